/* Reading patterns of einops. */
#include "ops/einops-sides.h"

#include "ops/bind.h"
#include "ops/ints.h"
#include "ops/operand.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- failing --------------------------------------------------------------------------------- */

bool
scope_einops_is_parameter (const char *name)
{
  return strcmp (name, "tensor") == 0 || strcmp (name, "pattern") == 0
         || strcmp (name, "reduction") == 0;
}

/* {'h': 2, 'w': 3} */
static void
print_sizes (const ScopeCall *call, ScopeText *text)
{
  int printed = 0;
  scope_text_append (text, "{");
  for (int i = 0; i < call->arguments; i++)
    if (call->argument[i].name != NULL && !scope_einops_is_parameter (call->argument[i].name))
      {
        scope_text_printf (text, "%s'%s': ", printed++ > 0 ? ", " : "", call->argument[i].name);
        if (scope_int_is_unknown (call->argument[i].value.integer))
          scope_size_print (call->argument[i].value.integer, text);
        else
          scope_text_printf (text, "%lld", (long long)call->argument[i].value.integer);
      }
  scope_text_append (text, "}");
}

static void
print_shape (const ScopeEinopsMatching *matching, ScopeText *text)
{
  bool torch = matching->call->dialect == SCOPE_PYTORCH;
  if (torch)
    scope_text_append (text, "torch.Size(");
  scope_shape_print (&matching->plan->from, torch ? SCOPE_SHAPE_LIST : SCOPE_SHAPE_TUPLE, text);
  if (torch)
    scope_text_append (text, ")");
}

/* einops wraps every complaint in what it was doing. `words` is freed. */
bool
scope_einops_fail_text (ScopeEinopsMatching *matching, ScopeRule rule, ScopeText *words)
{
  ScopeText shape = { 0 }, sizes = { 0 };
  print_shape (matching, &shape);
  print_sizes (matching->call, &sizes);
  scope_failure_begin (matching->failure, rule);
  matching->failure->span = matching->call->value[1].span;
  scope_failure_explain (matching->failure, "%s.", scope_text_string (words));
  scope_failure_say (
      matching->failure, "EinopsError",
      " Error while processing %s-reduction pattern \"%s\".\n Input tensor shape: %s. "
      "Additional info: %s.\n %s",
      matching->operation, matching->pattern, scope_text_string (&shape),
      scope_text_string (&sizes), scope_text_string (words));
  scope_text_clear (&shape);
  scope_text_clear (&sizes);
  scope_text_clear (words);
  return false;
}

bool
scope_einops_fail (ScopeEinopsMatching *matching, ScopeRule rule, const char *format, ...)
{
  /* The pieces are parts of the pattern, whose length has a bound. */
  char small[256];
  va_list arguments;
  va_start (arguments, format);
  vsnprintf (small, sizeof small, format, arguments);
  va_end (arguments);
  ScopeText words = { 0 };
  scope_text_append (&words, small);
  return scope_einops_fail_text (matching, rule, &words);
}

void
scope_einops_append_axis (const ScopeEinopsAxis *axis, int count, ScopeText *text)
{
  scope_text_append (text, count == 0 ? "{" : ", ");
  if (axis->anonymous)
    scope_text_printf (text, "%lld-axis", (long long)axis->size);
  else if (axis->name == NULL)
    scope_text_append (text, "'…'");
  else
    scope_text_printf (text, "'%.*s'", axis->length, axis->name);
}

/* ---- reading one side ------------------------------------------------------------------------ */

static bool
is_letter (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

int
scope_einops_find (const ScopeEinopsMatching *matching, const char *name, int length)
{
  for (int i = 0; i < matching->axes; i++)
    if (matching->axis[i].name != NULL && matching->axis[i].length == length
        && memcmp (matching->axis[i].name, name, (size_t)length) == 0)
      return i;
  return -1;
}

static bool
has_axis (const ScopeEinopsMatching *matching, const ScopeEinopsSide *side, int axis)
{
  const ScopeEinopsAxis *found = &matching->axis[axis];
  return side == &matching->left ? found->left : found->right;
}

/* A new axis of the pattern; −1 (LIMIT) when there are too many. */
int
scope_einops_new_axis (ScopeEinopsMatching *matching)
{
  if (matching->axes == SCOPE_EINOPS_AXES)
    {
      SCOPE_EINOPS_FAIL (matching, LIMIT, "The pattern has more than %d axes", SCOPE_EINOPS_AXES);
      return -1;
    }
  matching->axis[matching->axes] = (ScopeEinopsAxis){ .size = SCOPE_SIZE_UNKNOWN, .place = -1 };
  return matching->axes++;
}

static bool
add_to_side (ScopeEinopsMatching *matching, ScopeEinopsSide *side, int axis, bool in_group)
{
  if (side->axes == SCOPE_EINOPS_AXES || side->groups == SCOPE_EINOPS_AXES)
    return SCOPE_EINOPS_FAIL (matching, LIMIT, "The pattern has more than %d axes",
                              SCOPE_EINOPS_AXES);
  if (!in_group)
    side->first[side->groups++] = (int16_t)side->axes;
  side->axis[side->axes++] = (int16_t)axis;
  if (axis == SCOPE_EINOPS_ELLIPSIS)
    {
      side->ellipsis_in_group = in_group;
      return true;
    }
  if (side == &matching->left)
    matching->axis[axis].left = true;
  else
    matching->axis[axis].right = true;
  return true;
}

static bool
add_number (ScopeEinopsMatching *matching,
            ScopeEinopsSide *side,
            const char *word,
            int length,
            bool in_group)
{
  int64_t size;
  bool overflow = false;
  scope_text_read_digits (word, (size_t)length, &size, &overflow);
  if (length == 1 && word[0] == '1')
    {
      /* A group of nothing; within a group it says nothing. */
      if (!in_group && side->groups < SCOPE_EINOPS_AXES)
        side->first[side->groups++] = (int16_t)side->axes;
      return true;
    }
  if (overflow)
    return SCOPE_EINOPS_FAIL (matching, LIMIT, "The size is beyond int64");
  if (size == 1)
    return SCOPE_EINOPS_FAIL (
        matching, PATTERN, "No need to create anonymous axis of length 1. Report this as an issue");
  if (size == 0)
    return SCOPE_EINOPS_FAIL (matching, PATTERN,
                              "Anonymous axis should have positive length, not 0");
  int axis = scope_einops_new_axis (matching);
  if (axis < 0)
    return false;
  matching->axis[axis].size = size;
  matching->axis[axis].known = matching->axis[axis].anonymous = true;
  side->anonymous = true;
  return add_to_side (matching, side, axis, in_group);
}

static bool
add_name (ScopeEinopsMatching *matching,
          ScopeEinopsSide *side,
          const char *word,
          int length,
          bool in_group)
{
  int axis = scope_einops_find (matching, word, length);
  if (axis >= 0 && has_axis (matching, side, axis))
    return SCOPE_EINOPS_FAIL (matching, PATTERN,
                              "Indexing expression contains duplicate dimension \"%.*s\"", length,
                              word);
  int digits = 0;
  while (digits < length && is_digit (word[digits]))
    digits++;
  if (digits == length)
    return add_number (matching, side, word, length, in_group);
  if (digits > 0)
    return SCOPE_EINOPS_FAIL (matching, PATTERN,
                              "Invalid axis identifier: %.*s\nnot a valid python identifier",
                              length, word);
  if (word[0] == '_' || word[length - 1] == '_')
    return SCOPE_EINOPS_FAIL (
        matching, PATTERN,
        "Invalid axis identifier: %.*s\naxis name should should not start or end with "
        "underscore",
        length, word);
  if (axis < 0)
    {
      axis = scope_einops_new_axis (matching);
      if (axis < 0)
        return false;
      matching->axis[axis].name = word;
      matching->axis[axis].length = length;
    }
  return add_to_side (matching, side, axis, in_group);
}

static bool
check_dots (ScopeEinopsMatching *matching, ScopeEinopsSide *side, const char *text, int length)
{
  int dots = 0, ellipses = 0;
  for (int i = 0; i < length; i++)
    dots += text[i] == '.';
  for (int i = 0; i + 2 < length; i++)
    if (memcmp (text + i, "...", 3) == 0)
      {
        ellipses++;
        i += 2;
      }
  if (dots == 0)
    return true;
  if (ellipses == 0)
    return SCOPE_EINOPS_FAIL (matching, PATTERN,
                              "Expression may contain dots only inside ellipsis (...)");
  if (ellipses != 1 || dots != 3)
    return SCOPE_EINOPS_FAIL (
        matching, PATTERN,
        "Expression may contain dots only inside ellipsis (...); only one ellipsis for "
        "tensor ");
  side->ellipsis = true;
  return true;
}

/* The text with `...` as einops has it by now. */
static bool
refuse_imbalance (ScopeEinopsMatching *matching, const char *text, int length)
{
  ScopeText words = { 0 };
  scope_text_append (&words, "Imbalanced parentheses in expression: \"");
  for (int i = 0; i < length; i++)
    if (length - i >= 3 && memcmp (text + i, "...", 3) == 0)
      {
        scope_text_append (&words, "…");
        i += 2;
      }
    else
      scope_text_append_bytes (&words, text + i, 1);
  scope_text_append (&words, "\"");
  return scope_einops_fail_text (matching, SCOPE_RULE_PATTERN, &words);
}

static int
character_bytes (const char *text)
{
  unsigned char c = (unsigned char)*text;
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static bool
open_group (ScopeEinopsMatching *matching, ScopeEinopsSide *side)
{
  if (side->groups == SCOPE_EINOPS_AXES)
    return SCOPE_EINOPS_FAIL (matching, LIMIT, "The pattern has more than %d axes",
                              SCOPE_EINOPS_AXES);
  side->first[side->groups++] = (int16_t)side->axes;
  return true;
}

/* One side of the pattern. */
static bool
read_side (ScopeEinopsMatching *matching, ScopeEinopsSide *side, const char *text, int length)
{
  bool group = false;
  if (!check_dots (matching, side, text, length))
    return false;
  for (int i = 0; i < length;)
    {
      int word = i;
      while (i < length && (is_letter (text[i]) || is_digit (text[i])))
        i++;
      if (i > word)
        {
          if (!add_name (matching, side, text + word, i - word, group))
            return false;
          continue;
        }
      if (length - i >= 3 && memcmp (text + i, "...", 3) == 0)
        {
          if (!add_to_side (matching, side, SCOPE_EINOPS_ELLIPSIS, group))
            return false;
          i += 3;
          continue;
        }
      if (text[i] == '(' && group)
        return SCOPE_EINOPS_FAIL (
            matching, PATTERN,
            "Axis composition is one-level (brackets inside brackets not allowed)");
      if (text[i] == '(' && !open_group (matching, side))
        return false;
      if (text[i] == ')' && !group)
        return SCOPE_EINOPS_FAIL (matching, PATTERN, "Brackets are not balanced");
      if (text[i] != '(' && text[i] != ')' && text[i] != ' ')
        return SCOPE_EINOPS_FAIL (matching, PATTERN, "Unknown character '%.*s'",
                                  character_bytes (text + i), text + i);
      group = text[i] == '(' || (group && text[i] == ' ');
      i++;
    }
  side->first[side->groups] = (int16_t)side->axes;
  return !group || refuse_imbalance (matching, text, length);
}

static bool
refuse_arrows (ScopeEinopsMatching *matching, int arrows)
{
  scope_failure_begin (matching->failure, SCOPE_RULE_PATTERN);
  matching->failure->span = matching->call->value[1].span;
  scope_failure_explain (matching->failure, "A pattern has one `->`; this one has %d.", arrows);
  if (arrows == 0)
    return scope_failure_say (matching->failure, "ValueError",
                              "not enough values to unpack (expected 2, got 1)");
  return scope_failure_say (matching->failure, "ValueError",
                            "too many values to unpack (expected 2)");
}

bool
scope_einops_read (ScopeEinopsMatching *matching)
{
  int arrows = 0;
  const char *first = NULL;
  for (const char *at = matching->pattern; (at = strstr (at, "->")) != NULL; at += 2)
    {
      first = first == NULL ? at : first;
      arrows++;
    }
  if (arrows != 1)
    return refuse_arrows (matching, arrows);
  return read_side (matching, &matching->left, matching->pattern, (int)(first - matching->pattern))
         && read_side (matching, &matching->right, first + 2, (int)strlen (first + 2));
}
