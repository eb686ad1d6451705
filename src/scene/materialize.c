/* Values in memory. */
#include "scene/materialize.h"

#include "core/cut.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  BLOCK = 1 << 16, /* elements read at once for statistics */
};

/* ---- statistics ----------------------------------------------------------------------------- */

static void
to_magnitudes (double *real, const double *imaginary, int64_t count)
{
  for (int64_t i = 0; i < count; i++)
    real[i] = hypot (real[i], imaginary[i]);
}

static bool
add_blocks (const ScopeSubject *subject,
            const ScopeReading *reading,
            double *memory,
            ScopeStatisticsSum *sum,
            ScopeError *error)
{
  ScopeRegion region = scope_region_all (scope_subject_shape (subject));
  ScopeCut cut = scope_cut_begin (&region, BLOCK);
  double *imaginary = scope_subject_is_complex (subject) ? memory + BLOCK : NULL;
  do
    {
      ScopeRegion block = scope_cut_block (&cut, &region);
      int64_t count;
      if (!scope_region_count (&block, &count, error)
          || !scope_subject_read (subject, &block, reading, memory, imaginary, error))
        return false;
      if (imaginary != NULL)
        to_magnitudes (memory, imaginary, count);
      scope_statistics_add (sum, memory, count);
    }
  while (scope_cut_next (&cut, &region));
  return true;
}

bool
scope_statistics_read (const ScopeSubject *subject,
                       const ScopeReading *reading,
                       ScopeStatistics *out,
                       ScopeError *error)
{
  int64_t count;
  if (!scope_shape_count (scope_subject_shape (subject), &count, error))
    return false;
  double *memory = malloc ((size_t)BLOCK * 2 * sizeof *memory);
  if (memory == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left to read values.");
  ScopeStatisticsSum sum = scope_statistics_begin (1);
  bool done = count == 0 || add_blocks (subject, reading, memory, &sum, error);
  if (done && scope_statistics_overflows (&sum))
    {
      sum = scope_statistics_begin (SCOPE_STATISTICS_SMALL);
      done = add_blocks (subject, reading, memory, &sum, error);
    }
  free (memory);
  if (done)
    *out = scope_statistics_end (&sum);
  return done;
}

/* ---- values --------------------------------------------------------------------------------- */

static ScopeTensor *
read_all (const ScopeSubject *subject,
          const char *name,
          int64_t budget,
          const ScopeReading *reading,
          ScopeError *error)
{
  const ScopeNode *node = subject->program->node[subject->node];
  int64_t count;
  if (!scope_shape_count (&node->shape, &count, error))
    return NULL;
  void *data;
  ScopeStorage *storage = scope_storage_new_owned (node->dtype, count, budget, &data, error);
  if (storage == NULL)
    return NULL;
  ScopeRegion region = scope_region_all (&node->shape);
  ScopeBuffer buffer = scope_buffer_dense (&region, data);
  ScopeTensor *tensor = NULL;
  if (count == 0
      || scope_program_read (subject->program, subject->node, &region, &buffer, reading, error))
    tensor = scope_tensor_new (name, node->dtype, &node->shape, NULL, storage, error);
  scope_storage_unref (storage);
  return tensor;
}

ScopeTensor *
scope_materialize (const ScopeSubject *subject,
                   const char *name,
                   int64_t budget,
                   const ScopeReading *reading,
                   ScopeStatistics *statistics,
                   ScopeError *error)
{
  ScopeTensor *tensor = read_all (subject, name, budget, reading, error);
  if (tensor == NULL || statistics == NULL)
    return tensor;
  ScopeCheckOptions options = { .dialect = subject->program->dialect };
  ScopeProgram *program =
      scope_program_new (tensor->name, strlen (tensor->name), &tensor, 1, &options, error);
  bool done = false;
  if (program != NULL)
    {
      ScopeSubject values = { program, program->result };
      done = scope_statistics_read (&values, reading, statistics, error);
    }
  scope_program_unref (program);
  if (done)
    return tensor;
  scope_tensor_unref (tensor);
  return NULL;
}
