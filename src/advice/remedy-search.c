/* The blind search: single changes of operands and numbers, tried in turn where what knows the
 * pattern found nothing good. */
#include "advice/finder.h"

#include "core/checked.h"

#include <string.h>

enum
{
  OPERANDS = 3, /* that are changed */
  ITEMS = 8,    /* of a tuple that gets more or fewer */
  VALUES = 24,  /* that are tried for a number */
};

/* ---- operands ------------------------------------------------------------------------------- */

static void
try_axes (ScopeFinder *finder, int operand, const ScopeShape *shape)
{
  int before[SCOPE_MAX_RANK + 1] = { 0 };
  bool lacking =
      finder->failure->rule == SCOPE_RULE_RANK || finder->failure->rule == SCOPE_RULE_AXIS;
  for (int place = 0; place <= shape->rank; place++)
    {
      before[place] = 1;
      scope_change_unsqueeze (finder, operand, before, !lacking ? 0.3 : place == 0 ? 0.5 : 0.45);
      before[place] = 0;
    }
  for (int more = 2; more <= 3 && lacking; more++)
    {
      before[0] = more;
      scope_change_unsqueeze (finder, operand, before, 0.44);
      before[0] = 0;
      before[shape->rank] = more;
      scope_change_unsqueeze (finder, operand, before, 0.4);
      before[shape->rank] = 0;
    }
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] == 1)
      scope_change_squeeze (finder, operand, axis, 0.48);
}

static void
try_orders (ScopeFinder *finder, int operand, const ScopeShape *shape)
{
  scope_change_transpose (finder, operand, 0.45);
  /* One axis elsewhere, the others in order. */
  for (int from = 0; from < shape->rank; from++)
    for (int to = 0; to < shape->rank; to++)
      {
        int order[SCOPE_MAX_RANK], at = 0;
        if (from == to)
          continue;
        for (int i = 0; i < shape->rank; i++)
          if (i != from)
            {
              if (at == to)
                order[at++] = from;
              order[at++] = i;
            }
        if (at == to)
          order[at] = from;
        scope_change_permute (finder, operand, order, 0.4);
      }
}

/* The sizes of the other operands, on every axis. */
static void
try_sizes (ScopeFinder *finder, int operand, const ScopeShape *shape)
{
  int64_t wanted[SCOPE_MAX_RANK];
  int count = 0;
  for (int other = 0; other < finder->failure->operands; other++)
    {
      const ScopeShape *from = scope_finder_shape (finder, other);
      if (from == NULL || from->rank > SCOPE_FINDER_SEARCHED)
        continue;
      for (int axis = 0; axis < from->rank && count < VALUES; axis++)
        {
          bool known = false;
          for (int i = 0; i < count; i++)
            known |= wanted[i] == from->size[axis];
          if (!known)
            wanted[count++] = from->size[axis];
        }
    }
  for (int axis = 0; axis < shape->rank; axis++)
    for (int i = 0; i < count; i++)
      if (wanted[i] != shape->size[axis])
        scope_change_size (finder, operand, axis, wanted[i], 0.6);
}

static void
try_operands (ScopeFinder *finder)
{
  int operands = (int)scope_min (finder->failure->operands, OPERANDS);
  for (int operand = operands - 1; operand >= 0; operand--)
    {
      const ScopeShape *shape = scope_finder_shape (finder, operand);
      if (shape == NULL || shape->rank > SCOPE_FINDER_SEARCHED)
        continue;
      try_axes (finder, operand, shape);
      try_orders (finder, operand, shape);
      scope_change_flatten (finder, operand, 0, shape->rank - 1, 0.4);
      scope_change_flatten (finder, operand, 1, shape->rank - 1, 0.42);
      scope_change_flatten (finder, operand, 0, 1, 0.35);
      try_sizes (finder, operand, shape);
      for (int axis = 0; axis < shape->rank && shape->rank > 1; axis++)
        scope_change_pick (finder, operand, axis, axis == 0 ? 0.2 : 0.15);
    }
}

/* ---- numbers -------------------------------------------------------------------------------- */

/* What kind of remedy another number is, by what the operation does. */
static ScopeRemedyKind
kind_of_number (const ScopeFinder *finder)
{
  static const struct
  {
    const char *group;
    ScopeRemedyKind kind;
  } kinds[] = {
    { "pooling", SCOPE_REMEDY_POOL },       { "resampling", SCOPE_REMEDY_INTERPOLATE },
    { "reshaping", SCOPE_REMEDY_RESHAPE },  { "creation", SCOPE_REMEDY_RESHAPE },
    { "reordering", SCOPE_REMEDY_PERMUTE }, { "indexing", SCOPE_REMEDY_SLICE },
    { "layers", SCOPE_REMEDY_CHANNEL },
  };
  static const struct
  {
    const char *names;
    ScopeRemedyKind kind;
  } single[] = {
    { "pad", SCOPE_REMEDY_PAD },
    { "expand expand_as broadcast_to", SCOPE_REMEDY_EXPAND },
    { "repeat tile repeat_interleave einops_repeat", SCOPE_REMEDY_REPEAT },
    { "split chunk tensor_split hsplit vsplit dsplit", SCOPE_REMEDY_SLICE },
    { "rearrange", SCOPE_REMEDY_RESHAPE },
    { "einops_reduce", SCOPE_REMEDY_POOL },
  };
  for (size_t i = 0; i < sizeof single / sizeof single[0]; i++)
    if (scope_finder_is (finder, single[i].names))
      return single[i].kind;
  for (size_t i = 0; finder->failure->rule != SCOPE_RULE_AXIS && i < sizeof kinds / sizeof kinds[0];
       i++)
    if (strcmp (finder->node->op->group, kinds[i].group) == 0)
      return kinds[i].kind;
  return SCOPE_REMEDY_AXIS;
}

static void
add_value (int64_t *value, int *count, int64_t tried)
{
  for (int i = 0; i < *count; i++)
    if (value[i] == tried)
      return;
  if (*count < VALUES)
    value[(*count)++] = tried;
}

static double
distance (int64_t a, int64_t b)
{
  double off = (double)a - (double)b;
  return off < 0 ? -off : off;
}

/* The nearest first; few: by insertion. */
static void
sort_by_distance (int64_t *value, int count, int64_t number)
{
  for (int i = 1; i < count; i++)
    {
      int64_t moved = value[i];
      int at = i;
      for (; at > 0 && distance (value[at - 1], number) > distance (moved, number); at--)
        value[at] = value[at - 1];
      value[at] = moved;
    }
}

/* The number itself, then values near it and those that the shapes suggest, the nearest first. */
static int
list_values (const ScopeFinder *finder, int64_t number, int64_t value[VALUES])
{
  int count = 0;
  add_value (value, &count, number);
  if (number < INT64_MAX - 2 && number > INT64_MIN + 2)
    {
      add_value (value, &count, number < 0 ? -number : number - 1);
      add_value (value, &count, number + 1);
      add_value (value, &count, number / 2);
    }
  for (int i = 3; i >= -1; i--)
    add_value (value, &count, i);
  for (int operand = 0; operand < finder->failure->operands && operand < OPERANDS; operand++)
    {
      const ScopeShape *shape = scope_finder_shape (finder, operand);
      for (int axis = 0; shape != NULL && axis < shape->rank && axis < SCOPE_FINDER_SEARCHED;
           axis++)
        {
          add_value (value, &count, shape->size[axis]);
          add_value (value, &count, shape->size[axis] - 1);
        }
    }
  sort_by_distance (value, count, number);
  return count;
}

static void
try_number (ScopeFinder *finder, const ScopeWrittenNumber *number, ScopeRemedyKind kind)
{
  int64_t value[VALUES];
  int count = list_values (finder, number->value, value), before = finder->found->count;
  for (int i = 1; i < count && finder->found->count < before + 2; i++)
    {
      ScopeText text = { 0 };
      scope_text_printf (&text, "%lld", (long long)value[i]);
      ScopeRemedy *remedy =
          scope_finder_offer_text (finder, kind, number->span, scope_text_string (&text));
      scope_text_clear (&text);
      if (remedy == NULL)
        continue;
      scope_text_printf (&remedy->title, scope_finder_say (finder, "%lld instead of %lld"),
                         (long long)value[i], (long long)number->value);
      scope_text_printf (&remedy->sentence,
                         scope_finder_say (finder, "fits with %lld in the place of %lld"),
                         (long long)value[i], (long long)number->value);
      remedy->keeps = 1;
      remedy->exact = true;
      remedy->badge = SCOPE_BADGE_REORDERS;
      remedy->likelihood = 0.42 - 0.01 * i;
    }
}

static void
describe_count (ScopeFinder *finder, ScopeRemedy *remedy, double likelihood)
{
  if (remedy == NULL)
    return;
  scope_text_append (&remedy->title, scope_finder_say (finder, "Another count of numbers"));
  scope_finder_judge (finder, remedy, likelihood, SCOPE_BADGE_REORDERS,
                      SCOPE_TEXT ("as many numbers as the axes call for"));
}

/* The tuple with so many items: the first ones, or the last once more. */
static void
try_count (ScopeFinder *finder, const ScopeSyntax *tuple, int items, ScopeRemedyKind kind)
{
  const ScopeExpression *expression = finder->program->expression;
  bool bare = expression->node[tuple->child[0]].span.begin == tuple->span.begin;
  bool list = tuple->kind == SCOPE_SYNTAX_LIST;
  ScopeText text = { 0 };
  scope_text_append (&text, bare ? "" : list ? "[" : "(");
  for (int i = 0; i < items; i++)
    {
      int item = i < tuple->children ? i : tuple->children - 1;
      scope_text_append (&text, i > 0 ? ", " : "");
      scope_program_print_span (finder->program, expression->node[tuple->child[item]].span, &text);
    }
  scope_text_append (&text, bare ? "" : list ? "]" : items == 1 ? ",)" : ")");
  describe_count (finder,
                  scope_finder_offer_text (finder, kind, tuple->span, scope_text_string (&text)),
                  items > tuple->children ? 0.45 : 0.44);
  scope_text_clear (&text);
}

/* Tuples that are too long or too short. */
static void
try_counts (ScopeFinder *finder, ScopeRemedyKind kind)
{
  const ScopeExpression *expression = finder->program->expression;
  for (int i = 0; i < expression->nodes; i++)
    {
      const ScopeSyntax *tuple = &expression->node[i];
      if ((tuple->kind != SCOPE_SYNTAX_TUPLE && tuple->kind != SCOPE_SYNTAX_LIST)
          || tuple->children == 0 || tuple->children > ITEMS
          || tuple->span.begin < finder->node->span.begin
          || tuple->span.end > finder->node->span.end)
        continue;
      const ScopeSyntax *first = &expression->node[tuple->child[0]];
      if (first->kind != SCOPE_SYNTAX_INTEGER && first->kind != SCOPE_SYNTAX_UNARY
          && first->kind != SCOPE_SYNTAX_FLOAT)
        continue;
      for (int items = 1; items <= tuple->children + 3; items++)
        if (items != tuple->children)
          try_count (finder, tuple, items, kind);
    }
}

static void
try_numbers (ScopeFinder *finder)
{
  ScopeWrittenNumber number[SCOPE_FINDER_NUMBERS];
  ScopeRemedyKind kind = kind_of_number (finder);
  try_counts (finder, kind);
  int numbers = scope_finder_numbers (finder, finder->node->span, number);
  for (int i = 0; i < numbers; i++)
    try_number (finder, &number[i], kind);
}

/* ---- words ---------------------------------------------------------------------------------- */

/* Another of the choices that a parameter has: the mode of an interpolation for its rank. */
static void
try_choices (ScopeFinder *finder, ScopeRemedyKind kind)
{
  const ScopeOp *op = finder->node->op;
  for (int p = 0; finder->node->value != NULL && op->parameter[p].name != NULL; p++)
    {
      const ScopeValue *value = &finder->node->value[p];
      const char *choices = op->parameter[p].choices;
      if (op->parameter[p].takes != SCOPE_TAKES_CHOICE || value->kind != SCOPE_VALUE_STRING
          || choices == NULL)
        continue;
      while (*choices != '\0')
        {
          size_t length = strcspn (choices, " ");
          ScopeText text = { 0 };
          scope_text_append (&text, "\"");
          scope_text_append_bytes (&text, choices, length);
          scope_text_append (&text, "\"");
          ScopeRemedy *remedy =
              scope_finder_offer_text (finder, kind, value->span, scope_text_string (&text));
          if (remedy != NULL)
            {
              scope_text_printf (&remedy->title, scope_finder_say (finder, "Use %s"),
                                 scope_text_string (&text));
              scope_text_printf (&remedy->sentence,
                                 scope_finder_say (finder, "%s=%s takes these shapes"),
                                 op->parameter[p].name, scope_text_string (&text));
              remedy->keeps = 1;
              remedy->exact = false;
              remedy->badge = SCOPE_BADGE_INVENTS;
              remedy->likelihood = 0.46;
            }
          scope_text_clear (&text);
          choices += length + strspn (choices + length, " ");
        }
    }
}

/* Keyword arguments left out. */
static void
try_without (ScopeFinder *finder, ScopeRemedyKind kind)
{
  const ScopeSyntax *call = scope_finder_syntax (finder);
  const ScopeExpression *expression = finder->program->expression;
  if (call == NULL || call->kind != SCOPE_SYNTAX_CALL)
    return;
  for (int i = 2; i < call->children; i++)
    {
      const ScopeSyntax *argument = &expression->node[call->child[i]];
      if (argument->kind != SCOPE_SYNTAX_KEYWORD)
        continue;
      ScopeSpan span = { expression->node[call->child[i - 1]].span.end, argument->span.end };
      ScopeRemedy *remedy = scope_finder_offer_text (finder, kind, span, "");
      if (remedy == NULL)
        continue;
      scope_text_printf (&remedy->title, scope_finder_say (finder, "Without %s"), argument->text);
      scope_text_printf (&remedy->sentence,
                         scope_finder_say (finder, "leaves %s out, so that its default counts"),
                         argument->text);
      remedy->keeps = 1;
      remedy->exact = true;
      remedy->badge = SCOPE_BADGE_REORDERS;
      remedy->likelihood = 0.35;
    }
}

void
scope_remedy_search (ScopeFinder *finder)
{
  if (finder->node->op == NULL)
    return;
  if (finder->failure->rule != SCOPE_RULE_ARGUMENT)
    try_operands (finder);
  try_numbers (finder);
  try_choices (finder, kind_of_number (finder));
  try_without (finder, kind_of_number (finder));
}
