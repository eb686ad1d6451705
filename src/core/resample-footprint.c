/* Which elements of an axis some outputs read, gaps left out. */
#include "core/resample.h"

#include "core/checked.h"

#include <assert.h>
#include <stdlib.h>

/* The elements [*begin, *end) of one output. */
static void
output_span (const ScopeResampleTable *table, int64_t output, int64_t *begin, int64_t *end)
{
  scope_resample_table_span (table, output, 1, begin, end);
}

/* The runs of `count` outputs, stored when `run` is not NULL. */
static int
find_runs (const ScopeResampleTable *table,
           int64_t output,
           int64_t count,
           int64_t gap,
           ScopeResampleRun *run)
{
  int runs = 0;
  int64_t begin, end, run_begin = 0, run_end = 0, place = 0;
  for (int64_t j = output; j <= output + count; j++)
    {
      bool more = j < output + count;
      if (more)
        output_span (table, j, &begin, &end);
      if (more && runs > 0 && begin - run_end <= gap)
        {
          run_end = scope_max (run_end, end);
          continue;
        }
      if (runs > 0)
        {
          if (run != NULL)
            run[runs - 1] = (ScopeResampleRun){ run_begin, 1, run_end - run_begin, place };
          place += run_end - run_begin;
        }
      if (!more)
        break;
      run_begin = begin;
      run_end = end;
      runs++;
    }
  return runs;
}

/* Single elements at even distances are one run with a step. */
static void
merge_even (ScopeResampleFootprint *footprint)
{
  const ScopeResampleRun *run = footprint->run;
  if (footprint->runs < 2)
    return;
  int64_t step = run[1].begin - run[0].begin;
  for (int i = 0; i < footprint->runs; i++)
    if (run[i].count != 1 || (i > 0 && run[i].begin - run[i - 1].begin != step))
      return;
  footprint->one = (ScopeResampleRun){ run[0].begin, step, footprint->runs, 0 };
  footprint->run = &footprint->one;
  footprint->runs = 1;
}

/* The outputs of `table` alone, reading from a block that begins at its element `base`. */
static ScopeResampleTable
table_part (const ScopeResampleTable *table, int64_t output, int64_t count)
{
  ScopeResampleTable part = *table;
  bool wide = scope_arithmetic_is_wide (table->axis.arithmetic);
  int64_t bytes = output * table->stride * (int64_t)(wide ? sizeof (double) : sizeof (float));
  part.start = table->start + output * table->step;
  part.count = count;
  part.first = table->first + output;
  part.taps = table->taps + output;
  if (table->weight != NULL)
    part.weight = (char *)table->weight + bytes;
  part.memory = NULL;
  part.prepared = NULL;
  return part;
}

/* Moves the indices of the outputs into the footprint. An output's elements stand in one run. */
static void
renumber (const ScopeResampleTable *table,
          int64_t output,
          ScopeResampleFootprint *footprint,
          int runs,
          const ScopeResampleRun *run)
{
  int at = 0;
  for (int64_t j = 0; j < footprint->table.count; j++)
    {
      int64_t begin, end;
      output_span (table, output + j, &begin, &end);
      while (at + 1 < runs && run[at + 1].begin <= begin)
        at++;
      footprint->memory[j] = table->first[output + j] - run[at].begin + run[at].place;
    }
  footprint->table.first = footprint->memory;
}

bool
scope_resample_footprint (const ScopeResampleTable *table,
                          int64_t output,
                          int64_t count,
                          int64_t gap,
                          ScopeResampleFootprint *out,
                          ScopeError *error)
{
  assert (count >= 1 && table->step >= 0);
  int runs = find_runs (table, output, count, gap, NULL);
  *out = (ScopeResampleFootprint){ .table = table_part (table, output, count), .runs = runs };
  if (runs > 1)
    out->run = malloc ((size_t)runs * sizeof *out->run);
  out->memory = malloc ((size_t)count * sizeof *out->memory);
  if (out->memory == NULL || (runs > 1 && out->run == NULL))
    {
      scope_resample_footprint_clear (out);
      return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out while resampling");
    }

  ScopeResampleRun *run = runs > 1 ? out->run : &out->one;
  out->run = run;
  find_runs (table, output, count, gap, run);
  out->inputs = run[runs - 1].place + run[runs - 1].count;
  renumber (table, output, out, runs, run);
  out->table.in = out->inputs;
  merge_even (out);
  if (out->run != run && run != &out->one)
    free (run);
  return true;
}

void
scope_resample_footprint_clear (ScopeResampleFootprint *footprint)
{
  if (footprint->run != &footprint->one)
    free (footprint->run);
  free (footprint->memory);
  footprint->run = NULL;
  footprint->memory = NULL;
}
