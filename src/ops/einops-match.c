/* Holding patterns of einops against shapes. */
#include "ops/einops-sides.h"

#include "ops/ints.h"
#include "ops/operand.h"

#include <string.h>

/* ---- whether the sides agree ----------------------------------------------------------------- */

static bool
is_given (const ScopeEinopsMatching *matching, const ScopeEinopsAxis *axis)
{
  for (int i = 0; i < matching->call->arguments; i++)
    {
      const char *name = matching->call->argument[i].name;
      if (name != NULL && axis->name != NULL && strlen (name) == (size_t)axis->length
          && memcmp (name, axis->name, (size_t)axis->length) == 0)
        return true;
    }
  return false;
}

/* Fails with the set of the axes that `wrong` picks, when there are any. */
static bool
refuse_axes (ScopeEinopsMatching *matching,
             bool (*wrong) (const ScopeEinopsMatching *matching, const ScopeEinopsAxis *axis),
             bool ellipsis,
             const char *words)
{
  ScopeText text = { 0 };
  int count = 0;
  scope_text_append (&text, words);
  for (int i = 0; i < matching->axes; i++)
    if (wrong (matching, &matching->axis[i]))
      scope_einops_append_axis (&matching->axis[i], count++, &text);
  if (ellipsis)
    scope_text_append (&text, count++ == 0 ? "{'…'" : ", '…'");
  scope_text_append (&text, "}");
  if (count > 0)
    return scope_einops_fail_text (matching, SCOPE_RULE_PATTERN, &text);
  scope_text_clear (&text);
  return true;
}

static bool
is_on_one_side (const ScopeEinopsMatching *matching, const ScopeEinopsAxis *axis)
{
  return axis->left != axis->right;
}

static bool
is_only_left (const ScopeEinopsMatching *matching, const ScopeEinopsAxis *axis)
{
  return axis->left && !axis->right;
}

static bool
is_only_right (const ScopeEinopsMatching *matching, const ScopeEinopsAxis *axis)
{
  return axis->right && !axis->left;
}

static bool
has_no_size (const ScopeEinopsMatching *matching, const ScopeEinopsAxis *axis)
{
  return axis->right && !axis->left && !axis->anonymous && !is_given (matching, axis);
}

static bool
check_reduction (ScopeEinopsMatching *matching)
{
  static const char *const names[] = { "min", "max", "sum", "mean", "prod", "any", "all" };
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (strcmp (matching->operation, names[i]) == 0)
      {
        ScopeText words = { 0 };
        scope_text_printf (&words,
                           "Unexpected identifiers on the right side of reduce %s: ", names[i]);
        bool right = refuse_axes (matching, is_only_right, false, scope_text_string (&words));
        scope_text_clear (&words);
        return right;
      }
  return SCOPE_EINOPS_FAIL (
      matching, ARGUMENT,
      "Unknown reduction %.64s. Expect one of ('min', 'max', 'sum', 'mean', 'prod', 'any', "
      "'all').",
      matching->operation);
}

static bool
check_sides (ScopeEinopsMatching *matching, ScopeEinopsKind kind)
{
  const ScopeEinopsSide *left = &matching->left, *right = &matching->right;
  ScopeText words = { 0 };
  if (!left->ellipsis && right->ellipsis)
    {
      scope_text_printf (&words, "Ellipsis found in right side, but not left side of a pattern %s",
                         matching->pattern);
      return scope_einops_fail_text (matching, SCOPE_RULE_PATTERN, &words);
    }
  if (left->ellipsis && left->ellipsis_in_group)
    {
      scope_text_printf (&words, "Ellipsis inside parenthesis in the left side is not allowed: %s",
                         matching->pattern);
      return scope_einops_fail_text (matching, SCOPE_RULE_PATTERN, &words);
    }
  bool lost = left->ellipsis && !right->ellipsis;
  if (kind == SCOPE_EINOPS_REDUCE)
    return check_reduction (matching);
  if (kind == SCOPE_EINOPS_REPEAT)
    return refuse_axes (matching, is_only_left, lost,
                        "Unexpected identifiers on the left side of repeat: ")
           && refuse_axes (matching, has_no_size, false, "Specify sizes for new axes in repeat: ");
  if (left->anonymous || right->anonymous)
    return SCOPE_EINOPS_FAIL (
        matching, PATTERN,
        "Non-unitary anonymous axes are not supported in rearrange (exception is length 1)");
  return refuse_axes (matching, is_on_one_side, lost,
                      "Identifiers only on one side of expression (should be on both): ");
}

/* ---- axes and sizes -------------------------------------------------------------------------- */

static bool
check_rank (ScopeEinopsMatching *matching)
{
  int rank = matching->plan->from.rank, groups = matching->left.groups;
  if (matching->left.ellipsis && rank < groups - 1)
    return SCOPE_EINOPS_FAIL (matching, RANK,
                              "Wrong shape: expected >=%d dims. Received %d-dim tensor.",
                              groups - 1, rank);
  if (!matching->left.ellipsis && rank != groups)
    return SCOPE_EINOPS_FAIL (
        matching, RANK, "Wrong shape: expected %d dims. Received %d-dim tensor.", groups, rank);
  return true;
}

/* Replaces `...` by axes of its own. Those of both sides are the same. */
static bool
expand_ellipsis (ScopeEinopsMatching *matching)
{
  int many = matching->plan->from.rank - (matching->left.groups - 1);
  if (!matching->left.ellipsis)
    return true;
  matching->first_of_ellipsis = matching->axes;
  for (int i = 0; i < many; i++)
    {
      int axis = scope_einops_new_axis (matching);
      if (axis < 0)
        return false;
      matching->axis[axis].left = true;
      matching->axis[axis].right = matching->right.ellipsis;
    }
  for (int k = 0; k < 2; k++)
    {
      ScopeEinopsSide *side = k == 0 ? &matching->left : &matching->right, old = *side;
      side->groups = side->axes = 0;
      for (int group = 0; group < old.groups; group++)
        {
          int end = old.first[group + 1];
          bool alone = end == old.first[group] + 1
                       && old.axis[old.first[group]] == SCOPE_EINOPS_ELLIPSIS
                       && !old.ellipsis_in_group;
          if (side->groups + many >= SCOPE_EINOPS_AXES
              || side->axes + many + end >= SCOPE_EINOPS_AXES)
            return SCOPE_EINOPS_FAIL (matching, LIMIT, "The pattern has more than %d axes",
                                      SCOPE_EINOPS_AXES);
          if (!alone)
            side->first[side->groups++] = (int16_t)side->axes;
          for (int i = old.first[group]; i < end; i++)
            if (old.axis[i] != SCOPE_EINOPS_ELLIPSIS)
              side->axis[side->axes++] = old.axis[i];
            else
              for (int m = 0; m < many; m++)
                {
                  if (alone)
                    side->first[side->groups++] = (int16_t)side->axes;
                  side->axis[side->axes++] = (int16_t)(matching->first_of_ellipsis + m);
                }
        }
      side->first[side->groups] = (int16_t)side->axes;
    }
  return true;
}

/* The sizes that are given by keyword. */
static bool
take_sizes (ScopeEinopsMatching *matching)
{
  const ScopeCall *call = matching->call;
  for (int i = 0; i < call->arguments; i++)
    {
      const char *name = call->argument[i].name;
      const ScopeValue *value = &call->argument[i].value;
      if (name == NULL || scope_einops_is_parameter (name))
        continue;
      size_t length = strlen (name);
      if (name[0] == '_' || name[length - 1] == '_')
        return SCOPE_EINOPS_FAIL (matching, PATTERN, "('Invalid name for an axis', '%.64s')", name);
      int axis = scope_einops_find (matching, name, (int)length);
      if (axis < 0)
        return SCOPE_EINOPS_FAIL (matching, PATTERN, "Axis %.64s is not used in transform", name);
      bool whole = scope_value_is_int (value) || value->kind == SCOPE_VALUE_SIZE;
      if (!whole || (value->integer < 0 && !scope_int_is_unknown (value->integer)))
        {
          scope_failure_begin (matching->failure, SCOPE_RULE_SIZE);
          matching->failure->span = value->span;
          scope_failure_explain (matching->failure,
                                 "The size of axis `%s` must be an integer that "
                                 "is not negative.",
                                 name);
          return false;
        }
      matching->axis[axis].size = value->integer;
      matching->axis[axis].known = true;
    }
  return true;
}

/* An axis of the tensor: at most one of the axes it is made of may be unknown. */
static bool
check_unknown (ScopeEinopsMatching *matching, int group)
{
  const ScopeEinopsSide *left = &matching->left;
  int unknown = 0;
  for (int i = left->first[group]; i < left->first[group + 1]; i++)
    unknown += !matching->axis[left->axis[i]].known;
  if (unknown < 2)
    return true;
  ScopeText text = { 0 };
  int count = 0;
  scope_text_append (&text, "Could not infer sizes for ");
  for (int i = left->first[group]; i < left->first[group + 1]; i++)
    if (!matching->axis[left->axis[i]].known)
      scope_einops_append_axis (&matching->axis[left->axis[i]], count++, &text);
  scope_text_append (&text, "}");
  return scope_einops_fail_text (matching, SCOPE_RULE_PATTERN, &text);
}

static bool
refuse_zero (ScopeEinopsMatching *matching)
{
  scope_failure_begin (matching->failure, SCOPE_RULE_DIVIDE);
  scope_failure_explain (matching->failure, "With a size of 0 the other one cannot be found.");
  return scope_failure_say (matching->failure, "ZeroDivisionError", "integer modulo by zero");
}

static bool
solve (ScopeEinopsMatching *matching, int group)
{
  const ScopeEinopsSide *left = &matching->left;
  int64_t length = matching->plan->from.size[group], known[SCOPE_EINOPS_AXES];
  int knowns = 0, unknown = -1;
  for (int i = left->first[group]; i < left->first[group + 1]; i++)
    if (matching->axis[left->axis[i]].known)
      known[knowns++] = matching->axis[left->axis[i]].size;
    else
      unknown = left->axis[i];
  int64_t product = scope_sizes_product (known, knowns);
  bool clear = scope_size_is_known (product) && scope_size_is_known (length);
  if (unknown >= 0 && knowns == 0)
    matching->axis[unknown].size = length;
  if (!clear || (unknown >= 0 && knowns == 0))
    return true;
  if (unknown < 0 && length != product)
    {
      scope_failure_begin (matching->failure, SCOPE_RULE_MATCH);
      return SCOPE_EINOPS_FAIL (matching, MATCH, "Shape mismatch, %lld != %lld", (long long)length,
                                (long long)product);
    }
  if (unknown >= 0 && product == 0)
    return refuse_zero (matching);
  if (unknown >= 0 && length % product != 0)
    return SCOPE_EINOPS_FAIL (matching, DIVIDE,
                              "Shape mismatch, can't divide axis of length %lld in chunks of %lld",
                              (long long)length, (long long)product);
  if (unknown >= 0)
    matching->axis[unknown].size = length / product;
  return true;
}

/* ---- the plan -------------------------------------------------------------------------------- */

static bool
refuse_rank (ScopeEinopsMatching *matching)
{
  return SCOPE_EINOPS_FAIL (matching, LIMIT, "More than %d axes are needed", SCOPE_MAX_RANK);
}

static bool
fill_plan (ScopeEinopsMatching *matching, ScopeEinopsPlan *plan)
{
  const ScopeEinopsSide *left = &matching->left, *right = &matching->right;
  if (left->axes > SCOPE_MAX_RANK || right->axes > SCOPE_MAX_RANK || right->groups > SCOPE_MAX_RANK)
    return refuse_rank (matching);
  plan->elementary.rank = left->axes;
  for (int i = 0; i < left->axes; i++)
    {
      ScopeEinopsAxis *axis = &matching->axis[left->axis[i]];
      axis->place = i;
      plan->elementary.size[i] = axis->size;
      plan->reduced[i] = !axis->right;
    }
  plan->ordered.rank = right->axes;
  for (int i = 0; i < right->axes; i++)
    {
      const ScopeEinopsAxis *axis = &matching->axis[right->axis[i]];
      plan->ordered.size[i] = axis->size;
      plan->source[i] = (int8_t)axis->place;
    }
  plan->result.rank = right->groups;
  for (int group = 0; group < right->groups; group++)
    {
      int first = right->first[group], many = right->first[group + 1] - first;
      const int64_t *size = &plan->ordered.size[first];
      plan->result.size[group] = many == 1 ? *size : scope_sizes_product (size, many);
    }
  return true;
}

bool
scope_einops_match (const ScopeCall *call,
                    ScopeEinopsKind kind,
                    const char *pattern,
                    const char *reduction,
                    ScopeEinopsPlan *plan,
                    ScopeFailure *failure)
{
  ScopeEinopsMatching matching = {
    .call = call,
    .failure = failure,
    .pattern = pattern,
    .operation = reduction,
    .plan = plan,
  };
  if (!scope_einops_read (&matching) || !check_sides (&matching, kind) || !check_rank (&matching)
      || !expand_ellipsis (&matching) || !take_sizes (&matching))
    return false;
  for (int group = 0; group < matching.left.groups; group++)
    if (!check_unknown (&matching, group))
      return false;
  for (int group = 0; group < matching.left.groups; group++)
    if (!solve (&matching, group))
      return false;
  return fill_plan (&matching, plan);
}
