/* Following a resolved subscript to cells. */
#include "ops/subscript-read.h"

#include "ops/elementwise.h"
#include "ops/program.h"

#include <string.h>

bool
scope_next_place (int64_t *at, const int64_t *count, int rank)
{
  for (int axis = rank - 1; axis >= 0; axis--)
    {
      if (++at[axis] < count[axis])
        return true;
      at[axis] = 0;
    }
  return false;
}

/* Element `at` of a list of `shape`. */
static int64_t
written_value (const ScopeIndexArray *array, const ScopeRegion *own, const int64_t *at)
{
  int64_t place = 0;
  for (int axis = 0; axis < array->shape.rank; axis++)
    place = place * array->shape.size[axis] + own->start[axis] + at[axis] * own->step[axis];
  return array->value[place];
}

static void
copy_written (const ScopeIndexArray *array, const ScopeRegion *own, int64_t *value)
{
  int64_t at[SCOPE_MAX_RANK] = { 0 };
  for (int axis = 0; axis < own->rank; axis++)
    if (own->count[axis] == 0)
      return;
  do
    *value++ = written_value (array, own, at);
  while (scope_next_place (at, own->count, own->rank));
}

/* Counts negative indices from the end; refuses those beyond the axis. */
static bool
check_range (int64_t *value, int64_t count, int64_t size, int axis, bool clamps, ScopeError *error)
{
  for (int64_t i = 0; i < count; i++)
    {
      if (clamps)
        value[i] = value[i] < 0 ? (value[i] < -size ? -size : value[i])
                                : (value[i] >= size ? size - 1 : value[i]);
      if (value[i] < -size || value[i] >= size)
        return scope_fail (error, SCOPE_ERROR_DATA, axis,
                           "Index %lld is out of range: axis %d has %lld elements.",
                           (long long)value[i], axis, (long long)size);
      if (value[i] < 0)
        value[i] += size;
    }
  return true;
}

static bool
read_array (const ScopeNode *node,
            ScopeReader *reader,
            const ScopeIndexArray *array,
            int input,
            const ScopeRegion *part,
            ScopeIndexValues *values,
            int64_t *count,
            ScopeError *error)
{
  ScopeRegion own;
  scope_stretched_region (&array->shape, part, &own, values->step);
  if (!scope_region_count (&own, count, error))
    return false;
  values->value = scope_read_alloc (reader, (*count + 1) * (int64_t)sizeof (int64_t), error);
  if (values->value == NULL)
    return false;
  if (array->operand < 0)
    {
      copy_written (array, &own, values->value);
      return true;
    }
  return scope_read_input_as (node, reader, input, &own, SCOPE_INT64, values->value, error);
}

bool
scope_index_values_read (const ScopeNode *node,
                         ScopeReader *reader,
                         const ScopeSubscript *subscript,
                         const ScopeShape *shape,
                         int first_input,
                         const ScopeRegion *part,
                         ScopeIndexValues *values,
                         ScopeError *error)
{
  memset (values, 0, (size_t)subscript->arrays * sizeof *values);
  static const ScopeRegion whole = { .rank = 0 };
  for (int i = 0; i < subscript->takes; i++)
    {
      const ScopeTake *take = &subscript->take[i];
      if (take->array < 0)
        continue;
      const ScopeIndexArray *array = &subscript->array[take->array];
      int64_t count;
      if (array->mask)
        return scope_fail (error, SCOPE_ERROR_UNSUPPORTED, -1,
                           "Where a mask is true depends on its values; this cannot be read.");
      bool one = take->kind == SCOPE_TAKE_ONE;
      if (!read_array (node, reader, array, first_input + array->operand, one ? &whole : part,
                       &values[take->array], &count, error))
        return false;
      int64_t size = take->axis >= 0 ? shape->size[take->axis] : 1;
      if (!check_range (values[take->array].value, count, size, take->axis,
                        node->dialect == SCOPE_JAX, error))
        return false;
    }
  return true;
}

void
scope_index_values_free (ScopeReader *reader, ScopeIndexValues *values, int arrays)
{
  for (int i = arrays - 1; i >= 0; i--)
    scope_read_free (reader, values[i].value);
}

int64_t
scope_index_values_at (const ScopeIndexValues *values,
                       const ScopeTake *take,
                       const int64_t *at,
                       int rank)
{
  if (take->array < 0)
    return take->start;
  const ScopeIndexValues *own = &values[take->array];
  int64_t place = 0;
  if (take->kind == SCOPE_TAKE_ARRAY)
    for (int axis = 0; axis < rank; axis++)
      place += at[axis] * own->step[axis];
  return own->value[place];
}

int64_t
scope_written_index (const ScopeSubscript *subscript, const ScopeTake *take, const int64_t *at)
{
  const ScopeIndexArray *array = &subscript->array[take->array];
  int missing = subscript->array_shape.rank - array->shape.rank;
  int64_t place = 0;
  for (int axis = 0; axis < array->shape.rank; axis++)
    place =
        place * array->shape.size[axis] + (array->shape.size[axis] == 1 ? 0 : at[axis + missing]);
  return array->value[place];
}
