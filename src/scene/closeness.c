/* Element by element, and a heap of the worst cells. */
#include "scene/closeness.h"

#include "core/cut.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  BLOCK = 1 << 16, /* elements read at once */
};

/* A cell and its number in C order. */
typedef struct
{
  int64_t place;
  ScopeCellPair cell;
} Found;

typedef struct
{
  const ScopeSubject *actual, *desired;
  const ScopeTolerance *tolerance;
  bool complex;
  double *x, *y, *x_imaginary, *y_imaginary; /* a block */
  int64_t first;                             /* number of the block's first element */
  int64_t max_abs_place, max_rel_place;
  int kept;
  Found heap[SCOPE_WORST_CELLS];
  ScopeCloseness *out;
} Comparer;

ScopeTolerance
scope_tolerance_default (void)
{
  return (ScopeTolerance){ .rtol = 1e-7, .atol = 0, .equal_nan = true };
}

/* ---- the worst cells ------------------------------------------------------------------------ */

/* Whether a is worse than b. Without a number is worst; of equal ones the first. */
static bool
is_worse (const Found *a, const Found *b)
{
  bool a_nan = isnan (a->cell.difference), b_nan = isnan (b->cell.difference);
  if (a_nan != b_nan)
    return a_nan;
  if (!a_nan && a->cell.difference != b->cell.difference)
    return a->cell.difference > b->cell.difference;
  return a->place < b->place;
}

static void
swap_found (Found *a, Found *b)
{
  Found kept = *a;
  *a = *b;
  *b = kept;
}

/* The heap's root is the least bad. */
static void
sink (Comparer *self)
{
  for (int at = 0;;)
    {
      int least = at;
      for (int child = 2 * at + 1; child <= 2 * at + 2 && child < self->kept; child++)
        if (is_worse (&self->heap[least], &self->heap[child]))
          least = child;
      if (least == at)
        return;
      swap_found (&self->heap[at], &self->heap[least]);
      at = least;
    }
}

static void
keep_cell (Comparer *self, const Found *found)
{
  if (self->kept == SCOPE_WORST_CELLS)
    {
      if (!is_worse (found, &self->heap[0]))
        return;
      self->heap[0] = *found;
      sink (self);
      return;
    }
  int at = self->kept++;
  self->heap[at] = *found;
  for (; at > 0 && is_worse (&self->heap[(at - 1) / 2], &self->heap[at]); at = (at - 1) / 2)
    swap_found (&self->heap[at], &self->heap[(at - 1) / 2]);
}

/* The index of the place-th element in C order. */
static void
unravel (const ScopeShape *shape, int64_t place, int64_t *index)
{
  for (int axis = shape->rank - 1; axis >= 0; axis--)
    {
      index[axis] = place % shape->size[axis];
      place /= shape->size[axis];
    }
}

/* Empties the heap into the list, the worst first. */
static void
list_cells (Comparer *self)
{
  ScopeCloseness *out = self->out;
  out->cells = self->kept;
  while (self->kept > 0)
    {
      Found least = self->heap[0];
      self->heap[0] = self->heap[--self->kept];
      sink (self);
      ScopeUnequalCell *cell = &out->cell[self->kept];
      cell->pair = least.cell;
      unravel (&out->shape, least.place, cell->index);
    }
  if (!isnan (out->max_abs))
    unravel (&out->shape, self->max_abs_place, out->max_abs_at);
  if (!isnan (out->max_rel))
    unravel (&out->shape, self->max_rel_place, out->max_rel_at);
}

/* ---- elements ------------------------------------------------------------------------------- */

static void
take_largest (double value, int64_t place, double *largest, int64_t *at)
{
  if (!isnan (*largest) && !(value > *largest))
    return;
  *largest = value;
  *at = place;
}

typedef enum
{
  CLOSE,
  FAR,
  NAN_DIFFERS,
  INFINITY_DIFFERS,
} Judgement;

static Judgement
judge (const ScopeTolerance *tolerance, const ScopeCellPair *cell)
{
  bool x_nan = isnan (cell->actual) || isnan (cell->actual_imaginary);
  bool y_nan = isnan (cell->desired) || isnan (cell->desired_imaginary);
  if (x_nan || y_nan)
    return x_nan && y_nan && tolerance->equal_nan ? CLOSE : NAN_DIFFERS;
  bool infinite = isinf (cell->actual) || isinf (cell->actual_imaginary) || isinf (cell->desired)
                  || isinf (cell->desired_imaginary);
  if (infinite)
    return cell->actual == cell->desired && cell->actual_imaginary == cell->desired_imaginary
               ? CLOSE
               : INFINITY_DIFFERS;
  double size = hypot (cell->desired, cell->desired_imaginary);
  return cell->difference <= tolerance->atol + tolerance->rtol * size ? CLOSE : FAR;
}

static ScopeCellPair
pair_at (const Comparer *self, int64_t i)
{
  ScopeCellPair cell = { .actual = self->x[i], .desired = self->y[i] };
  if (self->complex)
    {
      cell.actual_imaginary = self->x_imaginary[i];
      cell.desired_imaginary = self->y_imaginary[i];
    }
  cell.difference =
      hypot (cell.actual - cell.desired, cell.actual_imaginary - cell.desired_imaginary);
  return cell;
}

static void
compare_element (Comparer *self, int64_t i)
{
  ScopeCloseness *out = self->out;
  Found found = { .place = self->first + i, .cell = pair_at (self, i) };
  ScopeCellPair *cell = &found.cell;
  Judgement judgement = judge (self->tolerance, cell);
  if (!isfinite (cell->difference))
    cell->difference = NAN;
  double size = hypot (cell->desired, cell->desired_imaginary);
  cell->relative = cell->difference / size;
  if (!isnan (cell->difference))
    {
      take_largest (cell->difference, found.place, &out->max_abs, &self->max_abs_place);
      if (size > 0)
        take_largest (cell->relative, found.place, &out->max_rel, &self->max_rel_place);
    }
  if (judgement == CLOSE)
    return;
  out->mismatched++;
  out->nan_mismatched += judgement == NAN_DIFFERS;
  out->infinite_mismatched += judgement == INFINITY_DIFFERS;
  keep_cell (self, &found);
}

/* ---- blocks --------------------------------------------------------------------------------- */

static bool
compare_block (Comparer *self,
               const ScopeRegion *block,
               const ScopeReading *reading,
               ScopeError *error)
{
  int64_t count;
  if (!scope_region_count (block, &count, error)
      || !scope_subject_read (self->actual, block, reading, self->x, self->x_imaginary, error)
      || !scope_subject_read (self->desired, block, reading, self->y, self->y_imaginary, error))
    return false;
  for (int64_t i = 0; i < count; i++)
    compare_element (self, i);
  self->first += count;
  return true;
}

static bool
compare_all (Comparer *self, const ScopeReading *reading, ScopeError *error)
{
  ScopeRegion region = scope_region_all (&self->out->shape);
  ScopeCut cut = scope_cut_begin (&region, BLOCK);
  do
    {
      ScopeRegion block = scope_cut_block (&cut, &region);
      if (!compare_block (self, &block, reading, error))
        return false;
    }
  while (scope_cut_next (&cut, &region));
  return true;
}

static bool
compare (Comparer *self, const ScopeReading *reading, ScopeError *error)
{
  double *memory = malloc ((size_t)BLOCK * 4 * sizeof *memory);
  if (memory == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left to compare.");
  self->x = memory;
  self->y = memory + BLOCK;
  if (self->complex)
    {
      self->x_imaginary = memory + 2 * BLOCK;
      self->y_imaginary = memory + 3 * BLOCK;
    }
  bool done = self->out->count == 0 || compare_all (self, reading, error);
  if (done)
    list_cells (self);
  free (memory);
  return done;
}

static bool
is_tolerance (const ScopeTolerance *tolerance, ScopeError *error)
{
  if (tolerance->rtol >= 0 && tolerance->atol >= 0)
    return true;
  return scope_fail (error, SCOPE_ERROR_ARGUMENT, -1, "A tolerance is a number from 0 on.");
}

ScopeCloseness *
scope_closeness_read (const ScopeSubject *actual,
                      const ScopeSubject *desired,
                      const ScopeTolerance *tolerance,
                      const ScopeReading *reading,
                      ScopeError *error)
{
  const ScopeShape *shape = scope_subject_shape (actual), *other = scope_subject_shape (desired);
  if (!is_tolerance (tolerance, error))
    return NULL;
  if (!scope_shape_equal (shape, other))
    {
      ScopeText text = { 0 };
      scope_shape_print (shape, SCOPE_SHAPE_LIST, &text);
      scope_text_append (&text, " and ");
      scope_shape_print (other, SCOPE_SHAPE_LIST, &text);
      scope_fail (error, SCOPE_ERROR_SHAPE, -1,
                  "The shapes %s differ, so elements have no partners. Compare tensors of one "
                  "shape, or slice or reshape one of them first.",
                  scope_text_string (&text));
      scope_text_clear (&text);
      return NULL;
    }
  int64_t count;
  if (!scope_shape_count (shape, &count, error))
    return NULL;
  ScopeCloseness *out = malloc (sizeof *out);
  if (out == NULL)
    {
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left to compare.");
      return NULL;
    }
  *out = (ScopeCloseness){ .shape = *shape, .count = count, .max_abs = NAN, .max_rel = NAN };
  Comparer comparer = { .actual = actual,
                        .desired = desired,
                        .tolerance = tolerance,
                        .complex =
                            scope_subject_is_complex (actual) || scope_subject_is_complex (desired),
                        .out = out };
  if (compare (&comparer, reading, error))
    return out;
  free (out);
  return NULL;
}
