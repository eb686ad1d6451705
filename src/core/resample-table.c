/* Tables of indices and weights for some outputs of a resampled axis. */
#include "core/resample-kernels.h"

#include "core/checked.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

static size_t
weight_bytes (const ScopeResampleAxis *axis)
{
  return scope_arithmetic_is_wide (axis->arithmetic) ? sizeof (double) : sizeof (float);
}

static bool
has_weights (const ScopeResampleAxis *axis)
{
  return !scope_resample_copies (axis) && axis->filter != SCOPE_FILTER_AREA;
}

/* Bytes of first, taps and weights for `count` outputs of at most `most` taps, or −1. */
static int64_t
table_bytes (const ScopeResampleAxis *axis, int64_t count, int64_t most)
{
  int64_t weights, bytes, each = sizeof (int64_t) + sizeof (int32_t) + 4;
  int64_t wide = has_weights (axis) ? most * (int64_t)weight_bytes (axis) : 0;
  if (most > INT32_MAX / 16 || !scope_checked_mul (count, wide, &weights)
      || !scope_checked_mul (count, each, &bytes) || !scope_checked_add (bytes, weights, &bytes))
    return -1;
  return scope_max (bytes, 1);
}

/* The weights of one output, widened to the arithmetic's storage; `scratch` holds them first. */
static void
store_weights (ScopeResampleTable *table,
               int64_t at,
               int64_t output,
               ScopeTaps taps,
               double *scratch)
{
  scope_resample_weights (&table->axis, output, taps, scratch);
  if (scope_arithmetic_is_wide (table->axis.arithmetic))
    {
      double *weight = (double *)table->weight + at * table->stride;
      for (int64_t k = 0; k < taps.count; k++)
        weight[k] = scratch[k];
      return;
    }
  float *weight = (float *)table->weight + at * table->stride;
  for (int64_t k = 0; k < taps.count; k++)
    weight[k] = (float)scratch[k];
}

static void
fill (ScopeResampleTable *table, double *scratch)
{
  for (int64_t j = 0; j < table->count; j++)
    {
      int64_t output = table->start + j * table->step;
      ScopeTaps taps = scope_resample_taps (&table->axis, output);
      table->first[j] = taps.first;
      table->taps[j] = (int32_t)taps.count;
      table->tap_step = taps.step;
      if (j > 0)
        table->ascending &= taps.first >= table->first[j - 1]
                            && taps.first + taps.count >= table->first[j - 1] + table->taps[j - 1];
      if (table->weight != NULL)
        store_weights (table, j, output, taps, scratch);
    }
}

ScopeResampleTable *
scope_resample_table_new (const ScopeResampleAxis *axis,
                          int64_t start,
                          int64_t step,
                          int64_t count,
                          int64_t budget,
                          ScopeError *error)
{
  int64_t most = scope_resample_most_taps (axis);
  int64_t bytes = table_bytes (axis, count, most);
  if (bytes < 0 || bytes > budget)
    {
      scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
                  "the resampling weights of %lld outputs do not fit in memory", (long long)count);
      return NULL;
    }

  ScopeResampleTable *table = calloc (1, sizeof *table);
  char *memory = calloc (1, (size_t)bytes);
  double *scratch = has_weights (axis) ? calloc ((size_t)most, sizeof *scratch) : NULL;
  if (table == NULL || memory == NULL || (has_weights (axis) && scratch == NULL))
    {
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out for %lld resampling weights",
                  (long long)count);
      free (table);
      free (memory);
      free (scratch);
      return NULL;
    }

  *table = (ScopeResampleTable){ .axis = *axis,
                                 .start = start,
                                 .step = step,
                                 .count = count,
                                 .in = axis->in,
                                 .tap_step = 1,
                                 .ascending = true,
                                 .stride = most };
  table->memory = memory;
  table->first = (int64_t *)(void *)memory;
  if (has_weights (axis))
    table->weight = table->first + count;
  table->taps = (int32_t *)(void *)(memory + bytes - count * (int64_t)sizeof (int32_t));
  fill (table, scratch);
  free (scratch);
  table->prepared = calloc (1, sizeof *table->prepared); /* without it nothing is kept */
  return table;
}

ScopeResampleTable *
scope_window_table_new (int64_t in,
                        int64_t count,
                        int64_t taps,
                        int64_t tap_step,
                        int64_t budget,
                        ScopeError *error)
{
  int64_t bytes;
  if (taps > INT32_MAX || tap_step > INT32_MAX || !scope_checked_mul (count, 12, &bytes)
      || bytes > budget)
    {
      scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
                  "the windows of %lld outputs do not fit in memory", (long long)count);
      return NULL;
    }
  ScopeResampleTable *table = calloc (1, sizeof *table);
  int64_t *first = calloc ((size_t)count + 1, sizeof *first + sizeof *table->taps);
  if (table == NULL || first == NULL)
    {
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out for %lld windows",
                  (long long)count);
      free (table);
      free (first);
      return NULL;
    }
  *table = (ScopeResampleTable){
    .step = 1, .count = count, .in = in, .tap_step = (int)tap_step, .stride = taps
  };
  table->axis.in = in;
  table->memory = table->first = first;
  table->taps = (int32_t *)(void *)(first + count + 1);
  for (int64_t j = 0; j < count; j++)
    table->taps[j] = (int32_t)taps;
  return table;
}

void
scope_resample_table_free (ScopeResampleTable *table)
{
  if (table == NULL)
    return;
  if (table->prepared != NULL)
    scope_columns_free (atomic_load (&table->prepared->columns));
  free (table->prepared);
  free (table->memory);
  free (table);
}

void
scope_resample_table_span (const ScopeResampleTable *table,
                           int64_t output,
                           int64_t count,
                           int64_t *begin,
                           int64_t *end)
{
  assert (output >= 0 && count >= 1 && count <= table->count - output);
  int64_t low = INT64_MAX, high = 0, last = table->in - 1;
  int64_t step = table->ascending ? scope_max (count - 1, 1) : 1;
  for (int64_t j = output; j < output + count; j += step)
    {
      int64_t final = table->first[j] + (table->taps[j] - 1) * table->tap_step;
      low = scope_min (low, scope_min (scope_max (table->first[j], 0), last));
      high = scope_max (high, scope_min (scope_max (final, 0), last) + 1);
    }
  *begin = low;
  *end = high;
}
