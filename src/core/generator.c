/* Tensors made up from their index. */
#include "core/generator.h"

#include "core/checked.h"
#include "core/letters.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

static const char *const fill_names[] = {
  [SCOPE_FILL_RAMP] = "ramp",           [SCOPE_FILL_RANDOM] = "random",
  [SCOPE_FILL_ZEROS] = "zeros",         [SCOPE_FILL_ONES] = "ones",
  [SCOPE_FILL_IDENTITY] = "identity",   [SCOPE_FILL_CHECKERBOARD] = "checkerboard",
  [SCOPE_FILL_ZONEPLATE] = "zoneplate", [SCOPE_FILL_IMPULSE] = "impulse",
  [SCOPE_FILL_STEP] = "step",           [SCOPE_FILL_SINE] = "sine",
  [SCOPE_FILL_SIEMENS] = "siemens",     [SCOPE_FILL_TEXT] = "text",
  [SCOPE_FILL_CONSTANT] = "constant",
};
_Static_assert(sizeof fill_names / sizeof fill_names[0] == SCOPE_N_FILLS, "a name for every fill");

const char *
scope_fill_name (ScopeFillKind kind)
{
  return fill_names[kind];
}

typedef struct
{
  ScopeStorage storage;
  ScopeFill fill; /* with the parameter filled in */
  int64_t rows;   /* of the last two axes, at least 1 */
  int64_t columns;
  uint64_t key;    /* of RANDOM */
  int random_bits; /* that the type tells apart below 1 */
} Generator;

#define PI 3.14159265358979323846

/* Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014: the finaliser. */
static uint64_t
mix (uint64_t x)
{
  x = (x ^ x >> 30) * UINT64_C (0xBF58476D1CE4E5B9);
  x = (x ^ x >> 27) * UINT64_C (0x94D049BB133111EB);
  return x ^ x >> 31;
}

/* In [0, 1): the highest bits of a hash, no more than the type holds, so that none rounds to 1. */
static double
random_value (const Generator *self, int64_t index)
{
  uint64_t hash = mix (self->key + (uint64_t)index * UINT64_C (0x9E3779B97F4A7C15));
  return ldexp ((double)(hash >> (64 - self->random_bits)), -self->random_bits);
}

/* cos (π r² / side), r from the middle, side the longer of the last two axes: half a cycle a pixel
 * at its ends. The phase is reduced in integers, so that it is right at any size. */
static double
zoneplate_value (const Generator *self, int64_t row, int64_t column)
{
  __int128 x = 2 * (__int128)column - (self->columns - 1);
  __int128 y = 2 * (__int128)row - (self->rows - 1);
  unsigned __int128 squared = (unsigned __int128)(x * x) + (unsigned __int128)(y * y); /* 4 r² */
  int64_t side = scope_max (self->rows, self->columns);
  unsigned __int128 turn = 8 * (unsigned __int128)side; /* 4 r² of one whole period */
  return cos (2 * PI * ((double)(squared % turn) / (double)turn));
}

/* tan (k·π/36) for k in 1…17: where the sectors of 5° of a quadrant begin. */
static const double sector_slopes[] = {
  0.087488663525924007, 0.17632698070846498, 0.2679491924311227,
  0.36397023426620234,  0.46630765815499858, 0.57735026918962573,
  0.70020753820970971,  0.83909963117727993, 1,
  1.19175359259421,     1.4281480067421142,  1.7320508075688767,
  2.1445069205095586,   2.7474774194546216,  3.7320508075688745,
  5.6712818196177066,   11.430052302761348
};

enum
{
  SECTOR_EDGES = sizeof sector_slopes / sizeof sector_slopes[0]
};

/* A star of 72 sectors about the middle: floor (atan2 (y, x)·36/π) is odd. By slopes, which is
 * exact on the diagonals and many times faster than atan2. The search for the sector begins at
 * *near, that of a place near by, and leaves there what it found; any start gives the same. */
static double
siemens_value (const Generator *self, int64_t row, int64_t column, int *near)
{
  double x = (double)column - ((double)self->columns - 1) / 2;
  double y = (double)row - ((double)self->rows - 1) / 2;
  double across = fabs (x), up = fabs (y);
  if (up == 0 || across == 0)
    return 0; /* the axes begin sectors 0, 18, 36, 54 */
  int sector = *near;
  while (sector < SECTOR_EDGES && up >= across * sector_slopes[sector])
    sector++;
  while (sector > 0 && up < across * sector_slopes[sector - 1])
    sector--;
  *near = sector;
  /* Mirrored quadrants count the other way: between two edges it is one sector further. */
  bool mirrored = (x < 0) != (y < 0);
  bool edge = sector > 0 && up == across * sector_slopes[sector - 1];
  return ((sector + (mirrored && !edge)) & 1) != 0;
}

/* The value at a place of the last two axes; ramp and random go by the index instead. `near` is
 * carried from one place to the next (see siemens_value), 0 at first. */
static double
cell_value (const Generator *self, int64_t row, int64_t column, int *near)
{
  double parameter = self->fill.parameter;
  switch (self->fill.kind)
    {
    case SCOPE_FILL_ONES:
      return 1;
    case SCOPE_FILL_IDENTITY:
      return row == column;
    case SCOPE_FILL_CHECKERBOARD:
      return row / (int64_t)parameter % 2 != column / (int64_t)parameter % 2;
    case SCOPE_FILL_ZONEPLATE:
      return zoneplate_value (self, row, column);
    case SCOPE_FILL_IMPULSE:
      return row == self->rows / 2 && column == self->columns / 2;
    case SCOPE_FILL_STEP:
      return column >= self->columns / 2;
    case SCOPE_FILL_SINE:
      return sin (2 * PI * (fmod ((double)column, parameter) / parameter));
    case SCOPE_FILL_SIEMENS:
      return siemens_value (self, row, column, near);
    case SCOPE_FILL_TEXT:
      return scope_letters_ink (row, column);
    case SCOPE_FILL_CONSTANT:
      return parameter;
    default:
      return 0;
    }
}

/* A fraction or a wave would all but vanish in an integer: it is stretched over 0…127 in int8,
 * 0…255 in the others, and cut at its middle in bool. */
static double
stretch (const Generator *self, double value)
{
  ScopeDtype dtype = self->storage.dtype;
  bool wave = self->fill.kind == SCOPE_FILL_ZONEPLATE || self->fill.kind == SCOPE_FILL_SINE;
  bool fraction = self->fill.kind == SCOPE_FILL_RANDOM;
  if (dtype > SCOPE_INT64 || (!wave && !fraction))
    return value;
  value = wave ? (value + 1) / 2 : value;
  if (dtype == SCOPE_BOOL)
    return value >= 0.5;
  double top = dtype == SCOPE_INT8 ? 127 : 255;
  return wave ? floor (value * top + 0.5) : floor (value * (top + 1));
}

/* ---- the storage ---------------------------------------------------------------------------- */

enum
{
  BLOCK = 256 /* elements */
};

static void
fill_ramp (int64_t index, int64_t step, int64_t count, int64_t *block)
{
  for (int64_t i = 0; i < count; i++)
    block[i] = index + i * step;
}

static void
fill_random (const Generator *self, int64_t index, int64_t step, int64_t count, double *block)
{
  for (int64_t i = 0; i < count; i++)
    block[i] = stretch (self, random_value (self, index + i * step));
}

/* (*at + on) modulo `size`, for *at and `on` in 0…size−1; true when it went past the end. */
static inline bool
advance (int64_t *at, int64_t on, int64_t size)
{
  bool wraps = *at >= size - on;
  *at = wraps ? *at - (size - on) : *at + on;
  return wraps;
}

/* Row and column are divided out once and then carried along. */
static void
fill_cells (const Generator *self, int64_t index, int64_t step, int64_t count, double *block)
{
  int64_t column = index % self->columns;
  int64_t row = index / self->columns % self->rows;
  int64_t columns_on = step % self->columns;
  int64_t rows_on = step / self->columns % self->rows;
  int near = 0;
  if (columns_on < 0)
    {
      columns_on += self->columns;
      rows_on--;
    }
  if (rows_on < 0)
    rows_on += self->rows;
  for (int64_t i = 0; i < count; i++)
    {
      block[i] = stretch (self, cell_value (self, row, column, &near));
      bool carry = advance (&column, columns_on, self->columns);
      advance (&row, rows_on, self->rows);
      if (carry)
        advance (&row, 1 % self->rows, self->rows);
    }
}

/* A star's cells, row by row: what a row has in common is computed once, the sector is the
 * neighbour's or the next. */
static void
fill_star (const Generator *self, int64_t index, int64_t step, int64_t count, double *block)
{
  int near = 0;
  for (int64_t i = 0; i < count;)
    {
      int64_t at = index + i * step;
      int64_t column = at % self->columns, row = at / self->columns % self->rows;
      int64_t run = scope_min ((self->columns - 1 - column) / step + 1, count - i);
      for (int64_t k = 0; k < run; k++)
        block[i + k] = siemens_value (self, row, column + k * step, &near);
      i += run;
    }
}

static bool
generator_read (ScopeStorage *storage,
                int64_t index,
                int64_t step,
                int64_t count,
                void *out,
                ScopeError *error)
{
  const Generator *self = (const Generator *)storage;
  size_t bytes = scope_dtype_bytes (storage->dtype);
  bool ramp = self->fill.kind == SCOPE_FILL_RAMP;
  union
  {
    int64_t i[BLOCK];
    double f[BLOCK];
  } block;
  char *to = out;
  for (int64_t done = 0; done < count; done += BLOCK)
    {
      int64_t part = scope_min (count - done, BLOCK);
      int64_t first = index + done * step;
      if (ramp)
        fill_ramp (first, step, part, block.i);
      else if (self->fill.kind == SCOPE_FILL_RANDOM)
        fill_random (self, first, step, part, block.f);
      else if (self->fill.kind == SCOPE_FILL_SIEMENS && step > 0 && step < self->columns)
        fill_star (self, first, step, part, block.f);
      else
        fill_cells (self, first, step, part, block.f);
      scope_dtype_convert (ramp ? SCOPE_INT64 : SCOPE_FLOAT64, &block, 1, storage->dtype,
                           to + (size_t)done * bytes, 1, part);
    }
  return true;
}

static void
generator_finalize (ScopeStorage *storage)
{
  free (storage);
}

static const ScopeStorageClass generator_class = { generator_read, generator_finalize };

/* The parameter that serves: what was given, within the kind's range, or its default. */
static double
sound_parameter (ScopeFill fill)
{
  double given = fill.parameter;
  switch (fill.kind)
    {
    case SCOPE_FILL_CHECKERBOARD:
      return isnan (given) ? 8 : given < 1 ? 1 : given > 0x1p53 ? 0x1p53 : floor (given);
    case SCOPE_FILL_SINE:
      return isnan (given) || given <= 0 ? 16 : given;
    case SCOPE_FILL_RANDOM:
      return isnan (given) ? 0 : given;
    default:
      return given;
    }
}

static int
random_bits (ScopeDtype dtype)
{
  switch (dtype)
    {
    case SCOPE_FLOAT8_E5M2:
      return 3;
    case SCOPE_FLOAT8_E4M3FN:
      return 4;
    case SCOPE_BFLOAT16:
      return 8;
    case SCOPE_FLOAT16:
      return 11;
    case SCOPE_FLOAT64:
    case SCOPE_COMPLEX128:
      return 53;
    default:
      return 24;
    }
}

ScopeStorage *
scope_generator_new (ScopeFill fill, ScopeDtype dtype, const ScopeShape *shape, ScopeError *error)
{
  int64_t count;
  if (!scope_shape_count (shape, &count, error))
    return NULL;
  Generator *self = calloc (1, sizeof *self);
  if (self == NULL)
    {
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "there is no memory for another tensor");
      return NULL;
    }
  self->storage.klass = &generator_class;
  atomic_init (&self->storage.references, 1);
  self->storage.dtype = dtype;
  self->storage.count = count;
  self->fill = (ScopeFill){ fill.kind, sound_parameter (fill) };
  self->columns = shape->rank >= 1 ? scope_max (shape->size[shape->rank - 1], 1) : 1;
  self->rows = shape->rank >= 2 ? scope_max (shape->size[shape->rank - 2], 1) : 1;
  self->random_bits = random_bits (dtype);
  ScopeNumber seed = { .f = self->fill.parameter };
  if (fill.kind == SCOPE_FILL_RANDOM)
    self->key = mix (seed.u + UINT64_C (0x9E3779B97F4A7C15));
  return &self->storage;
}

bool
scope_generator_fill (const ScopeStorage *storage, ScopeFill *out)
{
  if (storage == NULL || storage->klass != &generator_class)
    return false;
  *out = ((const Generator *)storage)->fill;
  return true;
}
