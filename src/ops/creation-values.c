/* Making up the values of created tensors from their places. */
#include "ops/creation.h"
#include "ops/elementwise.h"
#include "ops/program.h"
#include "ops/subscript-read.h"

#include <math.h>

/* Sebastiano Vigna's splitmix64, as a hash of a seed and a place. */
static uint64_t
scramble (uint64_t seed, uint64_t place)
{
  uint64_t z = seed + (place + 1) * UINT64_C (0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static double
uniform (uint64_t seed, uint64_t place)
{
  return (double)(scramble (seed, place) >> 11) * 0x1p-53;
}

/* Box and Muller's: two uniform numbers make a normal one. */
static double
normal (uint64_t seed, uint64_t place)
{
  double u = 1 - uniform (seed, 2 * place), v = uniform (seed, 2 * place + 1);
  return sqrt (-2 * log (u)) * cos (2 * M_PI * v);
}

/* Value i of `steps` from start to stop; the upper half is counted from the end, as PyTorch does
 * it, so that both ends are exact. */
static double
spaced_exactly (const ScopeCreation *plan, int64_t i, int64_t steps)
{
  int64_t parts = plan->closed ? steps - 1 : steps;
  if (parts <= 0)
    return plan->start;
  double step = (plan->stop - plan->start) / (double)parts;
  return i < steps / 2 || !plan->closed ? plan->start + (double)i * step
                                        : plan->stop - (double)(parts - i) * step;
}

static double
spaced (const ScopeCreation *plan, int64_t i, int64_t steps)
{
  double value = spaced_exactly (plan, i, steps);
  return plan->floors ? floor (value) : value;
}

/* The value at a place, given as index and in C order. */
static ScopeNumber
value_at (const ScopeCreation *plan, const ScopeShape *shape, const int64_t *index, int64_t place)
{
  bool whole = plan->kind == SCOPE_KIND_SIGNED;
  int64_t i = shape->rank > 0 ? index[shape->rank - 1] : 0;
  switch (plan->making)
    {
    case SCOPE_MAKES_RANGE:
      if (whole)
        return (ScopeNumber){ .i = (int64_t)((uint64_t)plan->integer[0]
                                             + (uint64_t)i * (uint64_t)plan->integer[1]) };
      return (ScopeNumber){ .f = plan->start + (double)i * plan->step };
    case SCOPE_MAKES_SPACE:
      return (ScopeNumber){ .f = spaced (plan, i, shape->size[0]) };
    case SCOPE_MAKES_POWERS:
      return (ScopeNumber){ .f = pow (plan->base, spaced (plan, i, shape->size[0])) };
    case SCOPE_MAKES_IDENTITY:
      return (ScopeNumber){ .i = index[1] - index[0] == plan->integer[0] };
    case SCOPE_MAKES_UNIFORM:
      return (ScopeNumber){ .f = uniform (plan->seed, (uint64_t)place) };
    case SCOPE_MAKES_NORMAL:
      return (ScopeNumber){ .f = normal (plan->seed, (uint64_t)place) };
    case SCOPE_MAKES_INTEGERS:
      return (ScopeNumber){ .i = plan->integer[0]
                                 + (int64_t)(scramble (plan->seed, (uint64_t)place)
                                             % ((uint64_t)plan->integer[1]
                                                - (uint64_t)plan->integer[0])) };
    case SCOPE_MAKES_LITERAL:
      if (whole)
        return (ScopeNumber){ .i = plan->literal.integer[place] };
      return (ScopeNumber){ .f = plan->literal.real[place] };
    default:
      return whole ? (ScopeNumber){ .i = plan->integer[0] } : (ScopeNumber){ .f = plan->start };
    }
}

bool
scope_creation_read (const ScopeNode *node,
                     ScopeReader *reader,
                     const ScopeRegion *region,
                     const ScopeBuffer *out,
                     ScopeError *error)
{
  if (node->inputs == 1)
    return scope_elementwise_read (node, reader, region, out, error);
  const ScopeCreation *plan = node->plan;
  size_t bytes = scope_dtype_bytes (node->dtype);
  int64_t at[SCOPE_MAX_RANK] = { 0 }, index[SCOPE_MAX_RANK];
  int64_t written = 0;
  do
    {
      int64_t place = 0, to = 0;
      for (int axis = 0; axis < region->rank; axis++)
        {
          index[axis] = region->start[axis] + at[axis] * region->step[axis];
          place = place * node->shape.size[axis] + index[axis];
          to += at[axis] * out->stride[axis];
        }
      scope_dtype_store (node->dtype, (char *)out->data + to * (int64_t)bytes, plan->kind,
                         value_at (plan, &node->shape, index, place));
      if ((++written & 0xFFFF) == 0 && !scope_read_go_on (reader, error))
        return false;
    }
  while (scope_next_place (at, region->count, region->rank));
  return true;
}

bool
scope_creation_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  return node->inputs != 1 || scope_elementwise_trace (node, index, trace);
}
