/* Preparing the outputs of a row: which way of making them is quickest, and what it needs. */
#include "core/resample-kernels.h"

#include "core/checked.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum
{
  MOST_LANE_TAPS = 64,
  MANY_CHANNELS = 64,
};

static size_t
element_bytes (const ScopeColumns *columns)
{
  return columns->wide ? sizeof (double) : sizeof (float);
}

static const char *
weight_at (const ScopeColumns *columns, int64_t pixel, int64_t k)
{
  return (const char *)columns->weight
         + (size_t)(pixel * columns->weight_stride + k) * element_bytes (columns);
}

/* ---- what all ways need -----------------------------------------------------------------------
 */

/* Finds the outputs whose taps all exist and stand side by side: [begin, end) in pixels. */
static void
find_inside (const ScopeColumns *columns, int64_t *begin, int64_t *end)
{
  const ScopeResampleTable *table = columns->table;
  int64_t low = 0, high = columns->pixels;
#define INSIDE(j) (columns->first[j] >= 0 && columns->first[j] + columns->taps[j] <= table->in)
  if (table->tap_step == 0 && columns->first[0] >= 0 && columns->first[high - 1] < table->in)
    low = 0; /* one element, several times */
  else
    {
      if (table->tap_step != 1)
        high = 0;
      while (low < high && !INSIDE (low))
        low++;
      while (high > low && !INSIDE (high - 1))
        high--;
    }
  for (int64_t j = low; j < high; j++) /* in the middle as well */
    if (table->tap_step == 1 && !INSIDE (j))
      high = low;
#undef INSIDE
  *begin = low;
  *end = high;
}

/* At the ends outputs have fewer taps: leaves out up to as many as are worth it. */
static void
trim (const ScopeColumns *columns, int64_t *begin, int64_t *end)
{
  int64_t middle = (*begin + *end) / 2, most = (*end - *begin) / 8;
  int32_t taps = columns->taps[middle];
  for (int64_t n = 0; n < most && columns->taps[*begin] + 1 < taps; n++)
    ++*begin;
  for (int64_t n = 0; n < most && columns->taps[*end - 1] + 1 < taps; n++)
    --*end;
}

static void
count_taps (ScopeColumns *columns, int64_t begin, int64_t end)
{
  columns->most = 0;
  columns->least = INT32_MAX;
  for (int64_t j = begin; j < end; j++)
    {
      int32_t taps = columns->taps[j];
      columns->most = taps > columns->most ? taps : columns->most;
      columns->least = taps < columns->least ? taps : columns->least;
    }
}

/* Whether outputs [begin, end) have as many taps, the weights of the first, and elements `step`
 * apart. */
static bool
is_regular (const ScopeColumns *columns, int64_t begin, int64_t end, int64_t step)
{
  size_t bytes = (size_t)columns->most * element_bytes (columns);
  if (columns->most != columns->least)
    return false;
  for (int64_t j = begin + 1; j < end; j++)
    if (columns->first[j] - columns->first[j - 1] != step
        || (columns->weight != NULL
            && memcmp (weight_at (columns, j, 0), weight_at (columns, begin, 0), bytes) != 0))
      return false;
  return true;
}

/* The same up to `most` outputs at either end, which *begin and *end leave out. */
static bool
find_regular (ScopeColumns *columns, int64_t *begin, int64_t *end, int64_t *step)
{
  int64_t low = *begin, high = *end, middle = (low + high) / 2;
  if (high - low < 2 * columns->ability.lanes)
    return false;
  *step = columns->first[middle] - columns->first[middle - 1];
  size_t bytes = (size_t)columns->taps[middle] * element_bytes (columns);
#define LIKE(j)                                                                                    \
  (columns->taps[j] == columns->taps[middle]                                                       \
   && columns->first[j] - columns->first[middle] == ((j)-middle) * *step                           \
   && (columns->weight == NULL                                                                     \
       || memcmp (weight_at (columns, j, 0), weight_at (columns, middle, 0), bytes) == 0))
  for (int n = 0; n < 8 && !LIKE (low); n++)
    low++;
  for (int n = 0; n < 8 && !LIKE (high - 1); n++)
    high--;
#undef LIKE
  count_taps (columns, low, high);
  if (high - low < columns->ability.lanes || !is_regular (columns, low, high, *step))
    return false;
  *begin = low;
  *end = high;
  return true;
}

int64_t
scope_resample_only (const ScopeResampleTable *table, int64_t output)
{
  bool wide = scope_arithmetic_is_wide (table->axis.arithmetic);
  int64_t only = -1, at = output * table->stride;
  for (int32_t k = 0; k < table->taps[output]; k++)
    {
      double weight = 1;
      if (table->weight != NULL)
        weight =
            wide ? ((double *)table->weight)[at + k] : (double)((float *)table->weight)[at + k];
      if (weight == 0)
        continue;
      if (weight != 1 || only >= 0)
        return -1;
      int64_t place = table->first[output] + (int64_t)k * table->tap_step;
      only = scope_min (scope_max (place, 0), table->in - 1);
    }
  return only;
}

/* ScopeColumns.same. */
static int64_t
find_same (const ScopeColumns *columns)
{
  int64_t first = scope_resample_only (columns->table, columns->output);
  for (int64_t j = 0; j < columns->pixels && first >= 0; j++)
    if (scope_resample_only (columns->table, columns->output + j) != first + j)
      return -1;
  return first < 0 ? -1 : (first - columns->input) * columns->channels;
}

/* ---- lanes ------------------------------------------------------------------------------------
 */

/* The vectors that the elements of output j's block span, or 0: too many; *base is where they
 * begin. */
static int
block_span (const ScopeColumns *columns, int64_t j, int64_t *base)
{
  int lanes = columns->ability.lanes;
  int64_t low = columns->start[j], high = low;
  for (int l = 1; l < lanes && j + l < columns->end; l++)
    {
      low = scope_min (low, columns->start[j + l]);
      high = scope_max (high, columns->start[j + l]);
    }
  int64_t span = high + (columns->most - 1) * columns->channels + 1 - low;
  *base = low;
  int vectors = span <= lanes ? 1 : span <= 2 * lanes ? 2 : span <= 4 * lanes ? 4 : 0;
  return vectors > columns->ability.picks ? 0 : vectors;
}

static int64_t
block_output (const ScopeColumns *columns, int64_t block)
{
  int lanes = columns->ability.lanes;
  int64_t last = scope_max (columns->end - lanes, columns->begin);
  return scope_min (columns->begin + block * lanes, last);
}

/* Instructions for a vector of outputs, or a lot: lanes cannot do it. */
static double
lanes_cost (const ScopeColumns *columns)
{
  double cost = 0;
  if (columns->ability.picks == 0 || columns->most > MOST_LANE_TAPS
      || columns->most - columns->least > 2)
    return 1e9;
  for (int64_t block = 0; block < columns->blocks; block++)
    {
      int64_t base;
      int vectors = block_span (columns, block_output (columns, block), &base);
      if (vectors == 0)
        return 1e9;
      double each = vectors == 1   ? 1
                    : vectors == 2 ? columns->ability.blend_cost
                                   : 2 * columns->ability.blend_cost + 1;
      cost += each * columns->most + 1.5 * (columns->most - columns->least);
    }
  return cost / (double)scope_max (columns->blocks, 1) + 2;
}

static double
turned_cost (const ScopeColumns *columns, int64_t rows)
{
  double ratio = (double)columns->window / (double)columns->pixels;
  int lanes = columns->ability.lanes, turn = lanes >= 16 ? 7 : lanes >= 8 ? 5 : 3;
  double cost = turn * (ratio + 1) + 2.2 * columns->most + 2;
  if (columns->most > SCOPE_MOST_TURNED)
    return 1e9;
  return rows >= lanes ? cost : cost * lanes / (double)rows;
}

/* One block's places, weights and counts. Lane l's output is j + l. */
static void
fill_block (ScopeColumns *columns, int64_t block)
{
  int lanes = columns->ability.lanes;
  size_t bytes = element_bytes (columns), mask = (size_t)(columns->most - columns->least);
  int64_t base, j = block_output (columns, block);
  int vectors = block_span (columns, j, &base);
  if (!columns->padded)
    base = scope_min (base, columns->readable - vectors * lanes);
  columns->block_from[block] = base;
  columns->block_to[block] = j;
  columns->block_vectors[block] = (uint8_t)vectors;
  char *place = (char *)columns->place + (size_t)(block * lanes) * bytes;
  char *kept = (char *)columns->kept + (size_t)(block * lanes) * mask * bytes;
  char *weight =
      (char *)(uintptr_t)columns->lane_weight + (size_t)(block * columns->most * lanes) * bytes;
  for (int l = 0; l < lanes && j + l < columns->end; l++)
    {
      int64_t at = columns->start[j + l] - base, pixel = (j + l) / columns->channels;
      int32_t narrow = (int32_t)at;
      memcpy (place + (size_t)l * bytes, columns->wide ? (void *)&at : (void *)&narrow, bytes);
      for (int32_t k = 0; k < columns->most; k++)
        {
          bool has = k < columns->taps[pixel];
          size_t to = (size_t)(k * lanes + l) * bytes;
          if (k >= columns->least)
            memset (kept + (size_t)((k - columns->least) * lanes + l) * bytes, has ? 0xFF : 0,
                    bytes);
          if (columns->weight != NULL && has)
            memcpy (weight + to, weight_at (columns, pixel, k), bytes);
        }
    }
}

static bool
is_like_first (const ScopeColumns *columns, int64_t block)
{
  size_t lanes = (size_t)columns->ability.lanes * element_bytes (columns);
  size_t most = (size_t)columns->most, spare = most - (size_t)columns->least, at = (size_t)block;
#define SAME(array, size) (memcmp ((array), (const char *)(array) + at * (size), (size)) == 0)
  return columns->block_vectors[block] == columns->block_vectors[0] && SAME (columns->place, lanes)
         && (spare == 0 || SAME (columns->kept, lanes * spare))
         && (columns->weight == NULL || SAME (columns->lane_weight, lanes * most));
#undef SAME
}

/* ---- memory -----------------------------------------------------------------------------------
 */

typedef struct
{
  char *memory; /* NULL: only counting */
  size_t used;
} Taking;

static void *
take (Taking *taking, int64_t count, size_t bytes)
{
  size_t all = ((size_t)count * bytes + 63) / 64 * 64;
  void *memory = taking->memory == NULL ? NULL : taking->memory + taking->used;
  taking->used += all;
  return memory;
}

static bool
take_lanes (ScopeColumns *columns, ScopeError *error)
{
  size_t bytes = element_bytes (columns);
  int64_t lanes = columns->ability.lanes, blocks = columns->blocks;
  Taking taking = { NULL, 0 };
  for (int round = 0; round < 2; round++)
    {
      taking.used = 0;
      columns->block_from = take (&taking, blocks, sizeof (int64_t));
      columns->block_to = take (&taking, blocks, sizeof (int64_t));
      columns->block_vectors = take (&taking, blocks, 1);
      columns->place = take (&taking, blocks * lanes, bytes);
      columns->kept = take (&taking, blocks * lanes * (columns->most - columns->least), bytes);
      columns->lane_weight =
          take (&taking, columns->weight == NULL ? 0 : blocks * lanes * columns->most, bytes);
      if (columns->weight == NULL)
        columns->lane_weight = NULL;
      if (round == 1)
        return true;
      taking.memory = aligned_alloc (64, taking.used + 64);
      if (taking.memory == NULL)
        return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out while resampling");
      memset (taking.memory, 0, taking.used + 64);
      columns->memory = taking.memory;
    }
  return true;
}

static bool
make_lanes (ScopeColumns *columns, ScopeError *error)
{
  columns->kind = SCOPE_COLUMNS_LANES;
  int64_t around = 4 * columns->ability.lanes;
  if (columns->readable < around)
    {
      columns->padded = true;
      columns->readable += around;
    }
  if (!take_lanes (columns, error))
    return false;
  for (int64_t block = 0; block < columns->blocks; block++)
    fill_block (columns, block);
  columns->uniform = true;
  for (int64_t block = 1; columns->uniform && block < columns->blocks; block++)
    columns->uniform = is_like_first (columns, block);
  return true;
}

/* Where the elements of each phase stand once they are gathered in one vector: of an odd ratio, or
 * of half an even one. */
static bool
make_apart (ScopeColumns *columns, ScopeError *error)
{
  int lanes = columns->ability.lanes;
  int ratio = columns->ratio % 2 == 0 ? columns->ratio / 2 : columns->ratio;
  size_t bytes = element_bytes (columns);
  columns->memory = aligned_alloc (64, (size_t)(SCOPE_MOST_RATIO * lanes) * bytes);
  if (columns->memory == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out while resampling");
  columns->place = columns->memory;
  char *to = columns->place;
  for (int phase = 0; phase < ratio; phase++)
    for (int l = 0; l < lanes; l++, to += bytes)
      {
        int64_t at = (l * ratio + phase) % lanes;
        int32_t narrow = (int32_t)at;
        memcpy (to, columns->wide ? (void *)&at : (void *)&narrow, bytes);
      }
  return true;
}

/* ---- choice -----------------------------------------------------------------------------------
 */

static bool
can_be_whole (const ScopeColumns *columns, int64_t step)
{
  bool even = step == 2 || step == 4 || step == 8;
  return columns->channels == 1 && columns->weight != NULL && step >= 2 && step <= SCOPE_MOST_RATIO
         && columns->most <= SCOPE_PHASE_TAPS
         && (columns->most > 4 || (step == 2 && columns->most > 2))
         && (even || (columns->ability.apart && !columns->few_rows));
}

/* Outputs in the middle that can be made some better way than one by one. */
static bool
choose (ScopeColumns *columns, int64_t rows, ScopeError *error)
{
  int64_t begin, end, step = 0, channels = columns->channels;
  find_inside (columns, &begin, &end);
  columns->kind = SCOPE_COLUMNS_PLAIN;
  columns->begin = begin * channels;
  columns->end = end * channels;
  columns->shift = columns->table->tap_step * channels;
  count_taps (columns, begin, end);
  if (columns->ability.lanes < 2 || end - begin < 1)
    return true;
  int64_t low = begin, high = end;
  bool regular = find_regular (columns, &low, &high, &step);
  if (regular && (step == 1 || can_be_whole (columns, step)))
    {
      columns->begin = low * channels;
      columns->end = high * channels;
      columns->lane_weight = columns->weight == NULL ? NULL : weight_at (columns, low, 0);
      columns->kind = step == 1 ? SCOPE_COLUMNS_SHIFTED : SCOPE_COLUMNS_WHOLE;
      columns->ratio = (int)step;
      if (columns->kind == SCOPE_COLUMNS_SHIFTED)
        {
          columns->same = find_same (columns);
          return true;
        }
      columns->scratch = (size_t)SCOPE_MOST_RATIO * (SCOPE_PHASE_STRIP + SCOPE_PHASE_TAPS)
                         * element_bytes (columns);
      return step == 2 || step == 4 || step == 8 || make_apart (columns, error);
    }
  if (columns->table->tap_step != 1)
    return true;

  trim (columns, &begin, &end);
  count_taps (columns, begin, end);
  columns->begin = begin * channels;
  columns->end = end * channels;
  columns->blocks =
      (columns->end - columns->begin + columns->ability.lanes - 1) / columns->ability.lanes;
  double lanes = lanes_cost (columns), turned = turned_cost (columns, rows);
  double plain = columns->ability.lanes * (1.1 * columns->most + 0.5);
  if (lanes <= turned && lanes < plain)
    return make_lanes (columns, error);
  if (turned < plain)
    {
      columns->kind = SCOPE_COLUMNS_TURNED;
      columns->scratch =
          ((size_t)(SCOPE_ROW_SPAN + 2 * columns->most * channels) + 64) * SCOPE_WIDEST_VECTOR;
    }
  return true;
}

ScopeColumns *
scope_columns_new (const ScopeResampleTable *table,
                   int64_t output,
                   int64_t pixels,
                   int64_t input,
                   int64_t window,
                   int64_t channels,
                   int64_t rows,
                   const ScopeKernels *kernels,
                   ScopeError *error)
{
  ScopeColumns *columns = calloc (1, sizeof *columns);
  int32_t *start = calloc ((size_t)(pixels * channels), sizeof *start);
  if (columns == NULL || start == NULL)
    {
      free (columns);
      free (start);
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out while resampling");
      return NULL;
    }
  bool wide = scope_arithmetic_is_wide (table->axis.arithmetic);
  *columns = (ScopeColumns){
    .table = table,
    .output = output,
    .pixels = pixels,
    .input = input,
    .window = window,
    .channels = channels,
    .wide = wide,
    .few_rows = rows < kernels->ability.lanes,
    .ability = kernels->ability,
    .outputs = pixels * channels,
    .readable = window * channels,
    .first = table->first + output,
    .taps = table->taps + output,
    .weight_stride = table->stride,
    .start = start,
    .same = -1,
  };
  if (table->weight != NULL)
    columns->weight =
        (const char *)table->weight + (size_t)(output * table->stride) * element_bytes (columns);
  bool numbered = window * channels < INT32_MAX - MANY_CHANNELS;
  for (int64_t j = 0; numbered && j < pixels; j++)
    for (int64_t c = 0; c < channels; c++)
      start[j * channels + c] = (int32_t)((columns->first[j] - input) * channels + c);
  if (!numbered)
    return columns; /* all are made one by one, as at the ends */
  if (!choose (columns, rows, error))
    {
      scope_columns_free (columns);
      return NULL;
    }
  return columns;
}

void
scope_columns_free (ScopeColumns *columns)
{
  if (columns == NULL)
    return;
  free (columns->memory);
  free (columns->start);
  free (columns);
}

/* ---- kept with the table ----------------------------------------------------------------------
 */

static bool
is_same_ability (const ScopeColumnsAbility *a, const ScopeColumnsAbility *b)
{
  return a->lanes == b->lanes && a->picks == b->picks && a->apart == b->apart;
}

const ScopeColumns *
scope_columns_kept (const ScopeResampleTable *table,
                    int64_t output,
                    int64_t pixels,
                    int64_t input,
                    int64_t window,
                    int64_t channels,
                    int64_t rows,
                    const ScopeKernels *kernels,
                    bool *kept,
                    ScopeError *error)
{
  struct ScopePrepared *prepared = output == 0 && pixels == table->count ? table->prepared : NULL;
  ScopeColumns *old = prepared != NULL ? atomic_load (&prepared->columns) : NULL;
  *kept = true;
  if (old != NULL && old->input == input && old->window == window && old->channels == channels
      && old->few_rows == (rows < kernels->ability.lanes)
      && is_same_ability (&old->ability, &kernels->ability))
    return old;
  ScopeColumns *fresh =
      scope_columns_new (table, output, pixels, input, window, channels, rows, kernels, error);
  *kept = false;
  /* The first stays: others may be reading it. */
  if (fresh != NULL && prepared != NULL && old == NULL
      && atomic_compare_exchange_strong (&prepared->columns, &old, fresh))
    *kept = true;
  return fresh;
}
