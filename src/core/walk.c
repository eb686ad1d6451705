/* Walking several strided views of one shape at once. */
#include "core/walk.h"

#include <assert.h>

typedef struct
{
  int64_t count;
  int64_t stride[SCOPE_WALK_OPERANDS];
} Axis;

typedef struct
{
  int rank; /* at least 1 */
  int operands;
  Axis axis[SCOPE_MAX_RANK]; /* outermost first */
  int64_t at[SCOPE_WALK_OPERANDS];
} Plan;

static uint64_t
magnitude (int64_t value)
{
  return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

/* Whether a belongs outside b: operand 0 moves more on it, or if equal the next operand does. */
static bool
is_outer (const Axis *a, const Axis *b, int operands)
{
  for (int k = 0; k < operands; k++)
    if (magnitude (a->stride[k]) != magnitude (b->stride[k]))
      return magnitude (a->stride[k]) > magnitude (b->stride[k]);
  return false;
}

/* Walks an axis from its end where operand 0 runs backwards. */
static void
flip (Plan *plan, Axis *axis)
{
  if (axis->stride[0] >= 0)
    return;
  for (int k = 0; k < plan->operands; k++)
    {
      plan->at[k] += axis->stride[k] * (axis->count - 1);
      axis->stride[k] = -axis->stride[k];
    }
}

static void
insert (Plan *plan, const Axis *axis)
{
  int place = plan->rank++;
  for (; place > 0 && is_outer (axis, &plan->axis[place - 1], plan->operands); place--)
    plan->axis[place] = plan->axis[place - 1];
  plan->axis[place] = *axis;
}

/* Whether one step on `outer` is the whole of `inner` for every operand. */
static bool
may_merge (const Axis *outer, const Axis *inner, int operands)
{
  for (int k = 0; k < operands; k++)
    {
      int64_t whole;
      if (__builtin_mul_overflow (inner->stride[k], inner->count, &whole)
          || whole != outer->stride[k])
        return false;
    }
  return true;
}

static void
merge (Plan *plan)
{
  int kept = 0;
  for (int i = 1; i < plan->rank; i++)
    {
      Axis *outer = &plan->axis[kept];
      const Axis *inner = &plan->axis[i];
      int64_t count;
      if (may_merge (outer, inner, plan->operands)
          && !__builtin_mul_overflow (outer->count, inner->count, &count))
        {
          *outer = *inner;
          outer->count = count;
        }
      else
        plan->axis[++kept] = *inner;
    }
  plan->rank = kept + 1;
}

/* False when there is nothing to visit. */
static bool
make_plan (Plan *plan,
           int rank,
           const int64_t *count,
           int operands,
           const int64_t *const *stride,
           const int64_t *offset)
{
  plan->rank = 0;
  plan->operands = operands;
  for (int k = 0; k < operands; k++)
    plan->at[k] = offset[k];
  for (int i = 0; i < rank; i++)
    if (count[i] <= 0)
      return false;
  for (int i = 0; i < rank; i++)
    {
      if (count[i] == 1)
        continue;
      Axis axis = { .count = count[i] };
      for (int k = 0; k < operands; k++)
        axis.stride[k] = stride[k][i];
      flip (plan, &axis);
      insert (plan, &axis);
    }
  if (plan->rank == 0)
    insert (plan, &(Axis){ .count = 1 });
  merge (plan);
  return true;
}

bool
scope_walk (int rank,
            const int64_t *count,
            int operands,
            const int64_t *const *stride,
            const int64_t *offset,
            ScopeWalkRun run,
            void *data)
{
  assert (rank >= 0 && rank <= SCOPE_MAX_RANK);
  assert (operands >= 1 && operands <= SCOPE_WALK_OPERANDS);
  Plan plan;
  if (!make_plan (&plan, rank, count, operands, stride, offset))
    return true;

  const Axis *inner = &plan.axis[plan.rank - 1];
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  for (;;)
    {
      if (!run (data, inner->count, plan.at, inner->stride))
        return false;
      int i = plan.rank - 2;
      for (; i >= 0; i--)
        {
          const Axis *axis = &plan.axis[i];
          if (++index[i] < axis->count)
            {
              for (int k = 0; k < operands; k++)
                plan.at[k] += axis->stride[k];
              break;
            }
          index[i] = 0;
          for (int k = 0; k < operands; k++)
            plan.at[k] -= axis->stride[k] * (axis->count - 1);
        }
      if (i < 0)
        return true;
    }
}
