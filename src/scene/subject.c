/* Reading a node as doubles. */
#include "scene/subject.h"

#include <stdlib.h>
#include <string.h>

const ScopeShape *
scope_subject_shape (const ScopeSubject *subject)
{
  return &subject->program->node[subject->node]->shape;
}

bool
scope_subject_is_complex (const ScopeSubject *subject)
{
  return scope_dtype_kind (subject->program->node[subject->node]->dtype) == SCOPE_KIND_COMPLEX;
}

static void
split (ScopeDtype dtype, const char *raw, int64_t count, double *real, double *imaginary)
{
  size_t bytes = scope_dtype_bytes (dtype);
  for (int64_t i = 0; i < count; i++)
    {
      ScopeNumber number = scope_dtype_load (dtype, raw + (size_t)i * bytes);
      real[i] = number.f;
      if (imaginary != NULL)
        imaginary[i] = number.imaginary;
    }
}

static void
to_doubles (ScopeDtype dtype, const void *raw, int64_t count, double *real, double *imaginary)
{
  if (scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX)
    {
      split (dtype, raw, count, real, imaginary);
      return;
    }
  scope_dtype_convert (dtype, raw, 1, SCOPE_FLOAT64, real, 1, count);
  if (imaginary != NULL)
    memset (imaginary, 0, (size_t)count * sizeof *imaginary);
}

bool
scope_subject_read (const ScopeSubject *subject,
                    const ScopeRegion *region,
                    const ScopeReading *reading,
                    double *real,
                    double *imaginary,
                    ScopeError *error)
{
  ScopeDtype dtype = subject->program->node[subject->node]->dtype;
  int64_t count;
  if (!scope_region_count (region, &count, error))
    return false;
  void *raw = malloc ((size_t)count * scope_dtype_bytes (dtype) + 1);
  if (raw == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left to read values.");
  ScopeBuffer buffer = scope_buffer_dense (region, raw);
  bool done = scope_program_read (subject->program, subject->node, region, &buffer, reading, error);
  if (done)
    to_doubles (dtype, raw, count, real, imaginary);
  free (raw);
  return done;
}
