/* Einsum equations and einops patterns: an axis that has no letter, a letter that has no axis, the
 * letters of a transposed factor. */
#include "advice/finder.h"

#include <ctype.h>
#include <string.h>

enum
{
  MOST_LETTERS = 8 /* of an operand whose letters are put in another order */
};

static void
describe (ScopeFinder *finder,
          ScopeRemedy *remedy,
          double likelihood,
          const char *title,
          const char *sentence)
{
  if (remedy == NULL)
    return;
  scope_text_append (&remedy->title, scope_finder_say (finder, title));
  scope_finder_judge (finder, remedy, likelihood, SCOPE_BADGE_REORDERS, sentence);
}

/* Offers a pattern in the place of the one that is there, in the quotes that are there. */
static ScopeRemedy *
offer_pattern (ScopeFinder *finder, ScopeRemedyKind kind, const ScopeValue *pattern, const char *by)
{
  ScopeText text = { 0 };
  scope_program_print_span (finder->program, pattern->span, &text);
  bool single = scope_text_string (&text)[0] == '\'';
  scope_text_clear (&text);
  scope_text_printf (&text, single ? "'%s'" : "\"%s\"", by);
  ScopeRemedy *remedy =
      scope_finder_offer_text (finder, kind, pattern->span, scope_text_string (&text));
  scope_text_clear (&text);
  return remedy;
}

/* The operand's letters in the equation: begin … end of the part between commas. */
static bool
find_part (const char *equation, int operand, size_t *begin, size_t *end)
{
  const char *arrow = strstr (equation, "->");
  size_t length = arrow != NULL ? (size_t)(arrow - equation) : strlen (equation);
  *begin = 0;
  for (int i = 0; i < operand; i++)
    {
      const char *comma = memchr (equation + *begin, ',', length - *begin);
      if (comma == NULL)
        return false;
      *begin = (size_t)(comma - equation) + 1;
    }
  const char *comma = memchr (equation + *begin, ',', length - *begin);
  *end = comma != NULL ? (size_t)(comma - equation) : length;
  return true;
}

/* Two letters of one operand exchanged: `ij,jk` to `ij,kj`. */
static void
exchange_letters (ScopeFinder *finder, const ScopeValue *pattern)
{
  for (int operand = 0; operand < finder->failure->operands; operand++)
    {
      size_t begin, end;
      if (!find_part (pattern->text, operand, &begin, &end) || end - begin > MOST_LETTERS)
        continue;
      for (size_t i = begin; i < end; i++)
        for (size_t k = i + 1; k < end; k++)
          {
            ScopeText changed = { 0 };
            if (!isalpha ((unsigned char)pattern->text[i])
                || !isalpha ((unsigned char)pattern->text[k]))
              continue;
            scope_text_append (&changed, pattern->text);
            if (changed.failed)
              return;
            changed.data[i] = pattern->text[k];
            changed.data[k] = pattern->text[i];
            describe (finder,
                      offer_pattern (finder, SCOPE_REMEDY_TRANSPOSE, pattern,
                                     scope_text_string (&changed)),
                      k == i + 1 && k + 1 == end ? 0.88 : 0.6, SCOPE_TEXT ("Exchange two letters"),
                      SCOPE_TEXT ("names the axes of one factor in the order in which they stand"));
            scope_text_clear (&changed);
          }
    }
}

/* A letter for an axis that has none, put in front of the operand and of the result; or the first
 * letter left out. */
static void
count_letters (ScopeFinder *finder, const ScopeValue *pattern)
{
  for (int operand = 0; operand < finder->failure->operands; operand++)
    {
      const ScopeShape *shape = scope_finder_shape (finder, operand);
      size_t begin, end;
      int letters = 0;
      if (shape == NULL || !find_part (pattern->text, operand, &begin, &end))
        continue;
      for (size_t i = begin; i < end; i++)
        letters += isalpha ((unsigned char)pattern->text[i]) != 0;
      int before[SCOPE_MAX_RANK + 1] = { 0 };
      if (letters > shape->rank)
        {
          before[0] = letters - shape->rank;
          scope_change_unsqueeze (finder, operand, before, 0.85);
          before[0] = 0;
          before[shape->rank] = letters - shape->rank;
          scope_change_unsqueeze (finder, operand, before, 0.8);
          continue;
        }
      for (int axis = 0; axis < shape->rank && letters < shape->rank; axis++)
        if (shape->size[axis] == 1)
          scope_change_squeeze (finder, operand, axis, 0.9);
      if (letters + 1 != shape->rank)
        continue;
      const char *arrow = strstr (pattern->text, "->");
      ScopeText changed = { 0 };
      char letter = 'a';
      while (letter <= 'z' && strchr (pattern->text, letter) != NULL)
        letter++;
      char put[2] = { letter, '\0' };
      scope_text_append_bytes (&changed, pattern->text, begin);
      scope_text_append (&changed, put);
      if (arrow != NULL)
        {
          scope_text_append_bytes (&changed, pattern->text + begin,
                                   (size_t)(arrow + 2 - (pattern->text + begin)));
          scope_text_append (&changed, put);
          scope_text_append (&changed, arrow + 2);
        }
      else
        scope_text_append (&changed, pattern->text + begin);
      describe (
          finder,
          offer_pattern (finder, SCOPE_REMEDY_UNSQUEEZE, pattern, scope_text_string (&changed)),
          0.87, SCOPE_TEXT ("A letter for the batch"),
          SCOPE_TEXT ("names the axis in front too and keeps it in the result"));
      scope_text_clear (&changed);
      scope_change_pick (finder, operand, 0, 0.5);
    }
}

/* Sizes of one letter that differ: the longer is cut, the shorter is filled up. */
static void
fit_letters (ScopeFinder *finder, const ScopeValue *pattern)
{
  for (int a = 0; a < finder->failure->operands; a++)
    for (int b = 0; b < finder->failure->operands; b++)
      {
        const ScopeShape *one = scope_finder_shape (finder, a),
                         *other = scope_finder_shape (finder, b);
        size_t begin_a, end_a, begin_b, end_b;
        if (a == b || one == NULL || other == NULL
            || !find_part (pattern->text, a, &begin_a, &end_a)
            || !find_part (pattern->text, b, &begin_b, &end_b)
            || end_a - begin_a != (size_t)one->rank || end_b - begin_b != (size_t)other->rank)
          continue;
        for (int i = 0; i < one->rank; i++)
          for (int k = 0; k < other->rank; k++)
            if (pattern->text[begin_a + (size_t)i] == pattern->text[begin_b + (size_t)k]
                && one->size[i] != other->size[k])
              scope_change_size (finder, b, k, one->size[i], a < b ? 0.95 : 0.9);
      }
}

/* ---- einops --------------------------------------------------------------------------------- */

/* Axes of a pattern's left side, brackets counting as one; −1 with an ellipsis. */
static int
count_axes (const char *pattern)
{
  const char *arrow = strstr (pattern, "->");
  int axes = 0, depth = 0;
  bool in_name = false;
  for (const char *at = pattern; *at != '\0' && at != arrow; at++)
    {
      if (*at == '.')
        return -1;
      if (*at == '(' && depth++ == 0)
        axes++;
      if (*at == ')')
        depth--;
      bool name = isalnum ((unsigned char)*at) || *at == '_';
      axes += name && !in_name && depth == 0;
      in_name = name;
    }
  return axes;
}

static void
mend_einops (ScopeFinder *finder, const ScopeValue *pattern)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  const char *arrow = strstr (pattern->text, "->");
  if (shape == NULL || arrow == NULL)
    return;
  int axes = count_axes (pattern->text);
  int before[SCOPE_MAX_RANK + 1] = { 0 };
  if (axes > shape->rank)
    {
      before[0] = axes - shape->rank;
      scope_change_unsqueeze (finder, 0, before, 0.9);
      before[0] = 0;
      before[shape->rank] = axes - shape->rank;
      scope_change_unsqueeze (finder, 0, before, 0.7);
      return;
    }
  if (axes < 0 || axes == shape->rank)
    return;
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] == 1)
      scope_change_squeeze (finder, 0, axis, 0.9);
  /* The axes that the pattern does not name go along in front. */
  ScopeText changed = { 0 };
  scope_text_append (&changed, "... ");
  const char *left = pattern->text + strspn (pattern->text, " ");
  scope_text_append_bytes (&changed, left, (size_t)(arrow - left));
  scope_text_append (&changed, "-> ...");
  scope_text_append (&changed, arrow[2] == ' ' ? "" : " ");
  scope_text_append (&changed, arrow + 2);
  describe (finder,
            offer_pattern (finder, SCOPE_REMEDY_UNSQUEEZE, pattern, scope_text_string (&changed)),
            0.85, SCOPE_TEXT ("Let further axes go along"),
            SCOPE_TEXT ("leaves the axes in front as they are; every value stays"));
  scope_text_clear (&changed);
  scope_change_flatten (finder, 0, 0, shape->rank - axes, 0.6);
  scope_change_pick (finder, 0, 0, 0.5);
}

void
scope_remedy_pattern (ScopeFinder *finder)
{
  const ScopeValue *equation = scope_finder_argument (finder, "equation");
  const ScopeValue *pattern = scope_finder_argument (finder, "pattern");
  if (equation != NULL && equation->kind == SCOPE_VALUE_STRING)
    {
      count_letters (finder, equation);
      exchange_letters (finder, equation);
      fit_letters (finder, equation);
    }
  else if (pattern != NULL && pattern->kind == SCOPE_VALUE_STRING)
    mend_einops (finder, pattern);
}
