/* The broadcasting rule and the words for breaking it. */
#include "ops/broadcast.h"

#include "core/checked.h"
#include "ops/program.h"

#include <stdlib.h>
#include <string.h>

enum
{
  NAME_CHARACTERS = 40
};

bool
scope_broadcast_sizes (int64_t a, int64_t b, int64_t *out)
{
  bool fits = a == b || a == 1 || b == 1 || !scope_size_is_known (a) || !scope_size_is_known (b);
  if (!fits)
    return false;
  /* The one that says most: a number other than 1, then a name, then `?`. */
  if (a == 1 || (a == SCOPE_SIZE_UNKNOWN && b != 1))
    *out = b;
  else if (b == 1 || scope_size_is_known (a))
    *out = a;
  else
    *out = scope_size_is_known (b) ? b : a;
  return true;
}

/* The size of axis `axis` of a frame of `rank` axes aligned at the end. */
static int64_t
aligned_size (const ScopeShape *shape, int axis, int rank)
{
  int own = axis - (rank - shape->rank);
  return own < 0 ? 1 : shape->size[own];
}

static int
common_rank (const ScopeShape *const *shape, int shapes)
{
  int rank = 0;
  for (int i = 0; i < shapes; i++)
    rank = shape[i]->rank > rank ? shape[i]->rank : rank;
  return rank;
}

/* Joins an axis of all shapes. False with the first pair that does not fit. */
static bool
join_axis (const ScopeShape *const *shape,
           int shapes,
           int axis,
           int rank,
           int64_t *size,
           int pair[2])
{
  int64_t joined = 1;
  int owner = 0;
  for (int i = 0; i < shapes; i++)
    {
      int64_t own = aligned_size (shape[i], axis, rank), before = joined;
      if (!scope_broadcast_sizes (joined, own, &joined))
        {
          pair[0] = owner;
          pair[1] = i;
          return false;
        }
      if (joined != before)
        owner = i;
    }
  *size = joined;
  return true;
}

bool
scope_broadcast_shapes (const ScopeShape *const *shape, int shapes, ScopeShape *out)
{
  ScopeShape result = { .rank = common_rank (shape, shapes) };
  int pair[2];
  for (int axis = 0; axis < result.rank; axis++)
    if (!join_axis (shape, shapes, axis, result.rank, &result.size[axis], pair))
      return false;
  *out = result;
  return true;
}

bool
scope_broadcast_fits (const ScopeShape *from, const ScopeShape *to)
{
  if (from->rank > to->rank)
    return false;
  for (int axis = 0; axis < to->rank; axis++)
    {
      int64_t a = aligned_size (from, axis, to->rank), b = to->size[axis];
      if (a != b && a != 1 && scope_size_is_known (a) && scope_size_is_known (b))
        return false;
    }
  return true;
}

void
scope_broadcast_places (const ScopeFailure *failure,
                        const ScopeValue *const *value,
                        int values,
                        int *operand)
{
  for (int i = 0; i < values; i++)
    {
      operand[i] = -1;
      for (int k = 0; k < failure->operands && operand[i] < 0; k++)
        if (failure->operand[k].span.begin == value[i]->span.begin
            && failure->operand[k].span.end == value[i]->span.end)
          operand[i] = k;
    }
}

/* ---- sentences ------------------------------------------------------------------------------ */

void
scope_axis_print (int axis, int rank, ScopeText *text)
{
  scope_text_printf (text, "%d (−%d)", axis, rank - axis);
}

void
scope_operand_name (const ScopeCall *call,
                    const ScopeFailure *failure,
                    int operand,
                    ScopeText *text)
{
  if (operand < 0 || operand >= failure->operands)
    {
      scope_text_printf (text, "operand %d", operand + 1);
      return;
    }
  ScopeSpan span = failure->operand[operand].span;
  bool cut = span.end - span.begin > NAME_CHARACTERS;
  if (cut)
    span.end = span.begin + NAME_CHARACTERS - 1;
  scope_program_print_span (call->program, span, text);
  if (cut)
    scope_text_append (text, "…");
}

/* One failing axis as a sentence by `format`, which takes the axis, a name and a size twice. */
static void
append_axis (const ScopeCall *call,
             ScopeFailure *failure,
             const ScopeFailingAxis *failing,
             const char *format,
             ScopeText *text)
{
  ScopeText part[5] = { 0 };
  scope_axis_print (failing->axis, failing->axis - failing->from_end, &part[0]);
  for (int i = 0; i < 2; i++)
    {
      scope_operand_name (call, failure, failing->operand[i], &part[1 + 2 * i]);
      scope_size_print (failing->size[i], &part[2 + 2 * i]);
    }
  if (failure->translate != NULL)
    format = failure->translate (format);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  scope_text_printf (text, format, scope_text_string (&part[0]), scope_text_string (&part[1]),
                     scope_text_string (&part[2]), scope_text_string (&part[3]),
                     scope_text_string (&part[4]));
#pragma GCC diagnostic pop
  for (int i = 0; i < 5; i++)
    scope_text_clear (&part[i]);
}

/* The first failing axis by `first`, each further one by a sentence of the same kind. */
static void
explain_axes (const ScopeCall *call, ScopeFailure *failure, const char *first)
{
  scope_text_clear (&failure->sentence);
  for (int i = 0; i < failure->axes; i++)
    append_axis (call, failure, &failure->axis[i],
                 i == 0 ? first
                        : SCOPE_TEXT (" Axis %s does not fit either: %s has %s and %s has %s."),
                 &failure->sentence);
}

void
scope_broadcast_explain_into (const ScopeCall *call,
                              const ScopeShape *target,
                              const ScopeShape *source,
                              ScopeFailure *failure)
{
  int rank = target->rank > source->rank ? target->rank : source->rank;
  for (int axis = 0; axis < rank; axis++)
    {
      int64_t a = aligned_size (target, axis, rank), b = aligned_size (source, axis, rank);
      bool missing = axis < rank - target->rank;
      if (a != b && (b != 1 || missing) && scope_size_is_known (a) && scope_size_is_known (b))
        scope_failure_add_axis (failure, rank, axis, a, b);
    }
  if (failure->axes > 0)
    {
      explain_axes (call, failure,
                    "Axis %s does not fit: %s has %s and %s has %s; an assignment can only stretch "
                    "the source, and only from 1.");
      return;
    }
  ScopeText a = { 0 }, b = { 0 };
  scope_operand_name (call, failure, 0, &a);
  scope_operand_name (call, failure, 1, &b);
  scope_failure_explain (failure,
                         "%s has %d axes and %s has %d; an assignment cannot add axes to %s.",
                         scope_text_string (&a), target->rank, scope_text_string (&b), source->rank,
                         scope_text_string (&a));
  scope_text_clear (&a);
  scope_text_clear (&b);
}

/* ---- the frameworks' words ------------------------------------------------------------------ */

/* PyTorch joins one operand after the other and stops at the last axis that fails. */
static bool
say_pytorch (const ScopeShape *const *shape, int shapes, ScopeFailure *failure)
{
  ScopeShape running = *shape[0];
  for (int i = 1; i < shapes; i++)
    {
      int rank = running.rank > shape[i]->rank ? running.rank : shape[i]->rank;
      ScopeShape joined = { .rank = rank };
      for (int axis = rank - 1; axis >= 0; axis--)
        {
          int64_t a = aligned_size (&running, axis, rank), b = aligned_size (shape[i], axis, rank);
          if (!scope_broadcast_sizes (a, b, &joined.size[axis]))
            return scope_failure_say (failure, "RuntimeError",
                                      "The size of tensor a (%lld) must match the size of tensor b "
                                      "(%lld) at non-singleton dimension %d",
                                      (long long)a, (long long)b, axis);
        }
      running = joined;
    }
  return false;
}

static bool
say_shapes (ScopeFailure *failure,
            const char *exception,
            const char *format,
            const char *kernel,
            const ScopeShape *const *shape,
            int shapes,
            ScopeShapeStyle style,
            const char *separator)
{
  ScopeText list = { 0 };
  for (int i = 0; i < shapes; i++)
    {
      if (i > 0)
        scope_text_append (&list, separator);
      scope_shape_print (shape[i], style, &list);
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  scope_failure_say (failure, exception, format, scope_text_string (&list), kernel);
#pragma GCC diagnostic pop
  scope_text_clear (&list);
  return false;
}

/* lax broadcasts shapes of one rank itself; jnp joins the ranks before (jax/_src/numpy/util.py). */
static bool
say_jax (ScopeFailure *failure, const char *primitive, const ScopeShape *const *shape, int shapes)
{
  bool same_rank = true;
  for (int i = 1; i < shapes; i++)
    same_rank = same_rank && shape[i]->rank == shape[0]->rank;
  if (same_rank && primitive != NULL)
    return say_shapes (failure, "TypeError", "%2$s got incompatible shapes for broadcasting: %1$s.",
                       primitive, shape, shapes, SCOPE_SHAPE_TUPLE, ", ");
  return say_shapes (failure, "ValueError",
                     "Incompatible shapes for broadcasting: shapes=[%1$s]%2$s", "", shape, shapes,
                     SCOPE_SHAPE_TUPLE, ", ");
}

static bool
say_words (const ScopeCall *call,
           const ScopeShape *const *shape,
           int shapes,
           const ScopeKernelName *name,
           ScopeFailure *failure)
{
  switch (call->dialect)
    {
    case SCOPE_NUMPY:
      return say_shapes (failure, "ValueError",
                         "operands could not be broadcast together with shapes %1$s %2$s", "",
                         shape, shapes, SCOPE_SHAPE_TIGHT_TUPLE, " ");
    case SCOPE_TENSORFLOW:
      return say_shapes (failure, "InvalidArgumentError",
                         "{{function_node __wrapped__%2$s_device_/job:localhost/replica:0/task:0/"
                         "device:CPU:0}} Incompatible shapes: %1$s [Op:%2$s] name: ",
                         name->tensorflow, shape, shapes, SCOPE_SHAPE_TIGHT_LIST, " vs. ");
    case SCOPE_JAX:
      return say_jax (failure, name->jax, shape, shapes);
    default:
      return say_pytorch (shape, shapes, failure);
    }
}

bool
scope_broadcast (const ScopeCall *call,
                 const ScopeShape *const *shape,
                 const int *operand,
                 int shapes,
                 const ScopeKernelName *name,
                 ScopeShape *out,
                 ScopeFailure *failure)
{
  static const ScopeKernelName nameless = { "BroadcastTo", "broadcast_in_dim" };
  if (scope_broadcast_shapes (shape, shapes, out))
    return true;
  if (name == NULL)
    name = &nameless;

  scope_failure_begin (failure, SCOPE_RULE_BROADCAST);
  int rank = common_rank (shape, shapes), pair[2];
  int64_t size;
  for (int axis = 0; axis < rank; axis++)
    {
      if (join_axis (shape, shapes, axis, rank, &size, pair))
        continue;
      scope_failure_add_axis (failure, rank, axis, aligned_size (shape[pair[0]], axis, rank),
                              aligned_size (shape[pair[1]], axis, rank));
      for (int i = 0; i < 2; i++)
        failure->axis[failure->axes - 1].operand[i] = operand != NULL ? operand[pair[i]] : pair[i];
    }
  explain_axes (call, failure, "Axis %s does not fit: %s has %s and %s has %s, and neither is 1.");
  return say_words (call, shape, shapes, name, failure);
}
