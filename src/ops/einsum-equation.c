/* Reading the equation of einsum as PyTorch, NumPy and NumPy's optimizer read it. */
#include "ops/einsum-equation.h"

#include "core/arena.h"
#include "ops/operand.h"

#include <string.h>

typedef struct
{
  const ScopeCall *call;
  int parameter;
  const char *text; /* the whole equation */
  const int *rank;
  ScopeEquation *equation;
  ScopeFailure *failure;
} Reader;

#define refuse(reader, exception, ...)                                                             \
  (begin_failure (reader), scope_failure_both ((reader)->failure, exception, __VA_ARGS__))

static void
begin_failure (const Reader *reader)
{
  scope_failure_begin (reader->failure, SCOPE_RULE_PATTERN);
  reader->failure->span = reader->call->value[reader->parameter].span;
}

static bool
is_letter (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
scope_term_has (const ScopeTerm *term, int letter)
{
  return memchr (term->letter, letter, (size_t)term->letters) != NULL;
}

int
scope_equation_count (const ScopeEquation *equation, int letter)
{
  int count = 0;
  for (int i = 0; i < equation->terms; i++)
    for (int k = 0; k < equation->term[i].letters; k++)
      count += equation->term[i].letter[k] == letter;
  return count;
}

static void
append (ScopeTerm *term, int letter)
{
  term->letter[term->letters++] = (uint8_t)letter;
}

static int
count_letters (const ScopeTerm *term)
{
  return term->letters - scope_term_has (term, SCOPE_EINSUM_ELLIPSIS);
}

/* ---- PyTorch --------------------------------------------------------------------------------- */

/* What stands before the arrow. */
static bool
torch_inputs (Reader *reader, const char *text, size_t length)
{
  ScopeEquation *equation = reader->equation;
  int operand = 0;
  bool ellipsis = false;
  for (size_t i = 0; i < length; i++)
    switch (text[i])
      {
      case ' ':
        break;
      case '.':
        if (ellipsis)
          return refuse (reader, "RuntimeError",
                         "einsum(): found '.' for operand %d for which an ellipsis was already "
                         "found",
                         operand);
        if (i + 2 >= length || text[i + 1] != '.' || text[i + 2] != '.')
          return refuse (reader, "RuntimeError",
                         "einsum(): found '.' for operand %d that is not part of any ellipsis",
                         operand);
        i += 2;
        ellipsis = true;
        append (&equation->term[operand], SCOPE_EINSUM_ELLIPSIS);
        break;
      case ',':
        if (++operand >= equation->terms)
          return refuse (reader, "RuntimeError",
                         "einsum(): fewer operands were provided than specified in the equation");
        ellipsis = false;
        break;
      default:
        if (!is_letter (text[i]))
          return refuse (reader, "RuntimeError",
                         "einsum(): invalid subscript given at index %d in the equation string, "
                         "subscripts must be in [a-zA-Z]",
                         (int)i);
        append (&equation->term[operand], text[i]);
      }
  if (operand != equation->terms - 1)
    return refuse (reader, "RuntimeError",
                   "einsum(): more operands were provided than specified in the equation");
  return true;
}

static bool
torch_ranks (Reader *reader)
{
  for (int i = 0; i < reader->equation->terms; i++)
    {
      const ScopeTerm *term = &reader->equation->term[i];
      int letters = count_letters (term), rank = reader->rank[i];
      bool ellipsis = letters < term->letters;
      if (ellipsis ? letters <= rank : letters == rank)
        continue;
      begin_failure (reader);
      reader->failure->rule = SCOPE_RULE_RANK;
      return scope_failure_both (
          reader->failure, "RuntimeError",
          ellipsis ? "einsum(): the number of subscripts in the equation (%d) is more than the "
                     "number of dimensions (%d) for operand %d"
                   : "einsum(): the number of subscripts in the equation (%d) does not match the "
                     "number of dimensions (%d) for operand %d and no ellipsis was given",
          letters, rank, i);
    }
  return true;
}

/* What stands after the arrow, which ends `before` characters into the equation. */
static bool
torch_output (Reader *reader, const char *text, size_t before)
{
  ScopeEquation *equation = reader->equation;
  size_t length = strlen (text);
  bool ellipsis = false;
  for (size_t i = 0; i < length; i++)
    {
      char c = text[i];
      if (c == ' ')
        continue;
      if (c == '.')
        {
          if (ellipsis)
            return refuse (reader, "RuntimeError",
                           "einsum(): found '.' for output but an ellipsis (...) was already "
                           "found");
          if (i + 2 >= length || text[i + 1] != '.' || text[i + 2] != '.')
            return refuse (reader, "RuntimeError",
                           "einsum(): found '.' for output that is not part of any ellipsis "
                           "(...)");
          i += 2;
          ellipsis = true;
          append (&equation->output, SCOPE_EINSUM_ELLIPSIS);
          continue;
        }
      if (!is_letter (c))
        return refuse (reader, "RuntimeError",
                       "einsum(): invalid subscript given at index %d in the equation string, "
                       "subscripts must be in [a-zA-Z]",
                       (int)(before + i));
      if (scope_term_has (&equation->output, c))
        return refuse (reader, "RuntimeError",
                       "einsum(): output subscript %c appears more than once in the output", c);
      if (scope_equation_count (equation, c) == 0)
        return refuse (reader, "RuntimeError",
                       "einsum(): output subscript %c does not appear in the equation for any "
                       "input operand",
                       c);
      append (&equation->output, c);
    }
  return true;
}

static bool
torch_equation (Reader *reader)
{
  const char *arrow = strstr (reader->text, "->");
  size_t length = arrow != NULL ? (size_t)(arrow - reader->text) : strlen (reader->text);
  reader->equation->has_output = arrow != NULL;
  return torch_inputs (reader, reader->text, length) && torch_ranks (reader)
         && (arrow == NULL || torch_output (reader, arrow + 2, length + 2));
}

/* ---- NumPy ----------------------------------------------------------------------------------- */

static bool
numpy_operand (Reader *reader, int operand, const char *text, size_t length)
{
  ScopeTerm *term = &reader->equation->term[operand];
  int letters = 0, rank = reader->rank[operand];
  bool ellipsis = false;
  for (size_t i = 0; i < length; i++)
    if (is_letter (text[i]))
      {
        if (letters++ >= rank)
          return refuse (
              reader, "ValueError",
              "einstein sum subscripts string contains too many subscripts for operand %d",
              operand);
        append (term, text[i]);
      }
    else if (text[i] == '.')
      {
        if (ellipsis || i + 2 >= length || text[i + 1] != '.' || text[i + 2] != '.')
          return refuse (reader, "ValueError",
                         "einstein sum subscripts string contains a '.' that is not part of an "
                         "ellipsis ('...') in operand %d",
                         operand);
        i += 2;
        ellipsis = true;
        append (term, SCOPE_EINSUM_ELLIPSIS);
      }
    else if (text[i] != ' ')
      return refuse (reader, "ValueError",
                     "invalid subscript '%c' in einstein sum subscripts string, subscripts must be "
                     "letters",
                     text[i]);
  if (!ellipsis && letters != rank)
    return refuse (reader, "ValueError",
                   "operand has more dimensions than subscripts given in einstein sum, but no "
                   "'...' ellipsis provided to broadcast the extra dimensions.");
  return true;
}

/* Whether an ellipsis stands for at least one axis of an operand. */
static bool
has_unnamed_axes (const Reader *reader)
{
  for (int i = 0; i < reader->equation->terms; i++)
    if (count_letters (&reader->equation->term[i]) < reader->rank[i])
      return true;
  return false;
}

static bool
numpy_output (Reader *reader, const char *text)
{
  ScopeEquation *equation = reader->equation;
  size_t length = strlen (text);
  bool ellipsis = false;
  for (size_t i = 0; i < length; i++)
    if (is_letter (text[i]))
      {
        if (memchr (text + i + 1, text[i], length - i - 1) != NULL)
          return refuse (reader, "ValueError",
                         "einstein sum subscripts string includes output subscript '%c' multiple "
                         "times",
                         text[i]);
        if (scope_equation_count (equation, text[i]) == 0)
          return refuse (reader, "ValueError",
                         "einstein sum subscripts string included output subscript '%c' which "
                         "never appeared in an input",
                         text[i]);
        append (&equation->output, text[i]);
      }
    else if (text[i] == '.')
      {
        if (ellipsis || i + 2 >= length || text[i + 1] != '.' || text[i + 2] != '.')
          return refuse (reader, "ValueError",
                         "einstein sum subscripts string contains a '.' that is not part of an "
                         "ellipsis ('...') in the output");
        i += 2;
        ellipsis = true;
        append (&equation->output, SCOPE_EINSUM_ELLIPSIS);
      }
    else if (text[i] != ' ')
      return refuse (reader, "ValueError",
                     "invalid subscript '%c' in einstein sum subscripts string, subscripts must be "
                     "letters",
                     text[i]);
  if (!ellipsis && has_unnamed_axes (reader))
    return refuse (reader, "ValueError",
                   "output has more dimensions than subscripts given in einstein sum, but no '...' "
                   "ellipsis provided to broadcast the extra dimensions.");
  return true;
}

static bool
numpy_equation (Reader *reader)
{
  const char *text = reader->text;
  int operands = reader->equation->terms;
  for (int i = 0; i < operands; i++)
    {
      size_t length = strcspn (text, ",-");
      if (i == operands - 1 && text[length] == ',')
        return refuse (reader, "ValueError",
                       "more operands provided to einstein sum function than specified in the "
                       "subscripts string");
      if (i < operands - 1 && text[length] != ',')
        return refuse (reader, "ValueError",
                       "fewer operands provided to einstein sum function than specified in the "
                       "subscripts string");
      if (!numpy_operand (reader, i, text, length))
        return false;
      text += length + (i < operands - 1);
    }
  reader->equation->has_output = *text != '\0';
  if (*text == '\0')
    return true;
  if (strncmp (text, "->", 2) != 0)
    return refuse (reader, "ValueError",
                   "einstein sum subscript string does not contain proper '->' output specified");
  return numpy_output (reader, text + 2);
}

/* ---- NumPy's optimizer, and JAX ---------------------------------------------------------------
 */

static int
count_character (const char *text, char c)
{
  int count = 0;
  for (; *text != '\0'; text++)
    count += *text == c;
  return count;
}

/* The characters and the arrow of the equation without its spaces. */
static bool
strict_characters (Reader *reader)
{
  for (const char *at = reader->text; *at != '\0'; at++)
    if (strchr (".,-> ", *at) == NULL && !is_letter (*at))
      return refuse (reader, "ValueError", "Character %c is not a valid symbol.", *at);
  int dashes = count_character (reader->text, '-'), heads = count_character (reader->text, '>');
  if ((dashes > 0 || heads > 0) && (dashes > 1 || heads > 1 || strstr (reader->text, "->") == NULL))
    return refuse (reader, "ValueError", "Subscripts can only contain one '->'.");
  return true;
}

/* Fills a term from text[0…length). False when its dots make no ellipsis. */
static bool
strict_term (ScopeTerm *term, const char *text, size_t length)
{
  int dots = 0;
  bool ellipsis = false;
  for (size_t i = 0; i < length; i++)
    if (text[i] == '.')
      {
        dots++;
        bool whole = i + 2 < length && text[i + 1] == '.' && text[i + 2] == '.';
        if (whole && !ellipsis)
          append (term, SCOPE_EINSUM_ELLIPSIS);
        ellipsis = ellipsis || whole;
      }
    else if (is_letter (text[i]))
      append (term, text[i]);
  return dots == 0 || (dots == 3 && ellipsis);
}

static bool
strict_operands (Reader *reader, const char *text, size_t length)
{
  ScopeEquation *equation = reader->equation;
  size_t at = 0;
  int operand = 0;
  for (; at <= length; operand++)
    {
      size_t size = 0;
      while (at + size < length && text[at + size] != ',')
        size++;
      if (operand < equation->terms)
        {
          if (!strict_term (&equation->term[operand], text + at, size))
            return refuse (reader, "ValueError", "Invalid Ellipses.");
          if (scope_term_has (&equation->term[operand], SCOPE_EINSUM_ELLIPSIS)
              && count_letters (&equation->term[operand]) > reader->rank[operand])
            return refuse (reader, "ValueError", "Ellipses lengths do not match.");
        }
      at += size + 1;
    }
  if (operand != equation->terms)
    return refuse (reader, "ValueError",
                   "Number of einsum subscripts must be equal to the number of operands.");
  return true;
}

/* Character n of the equation, spaces not counted. */
static char
nth_character (const char *text, int n)
{
  for (; *text != '\0'; text++)
    if (*text != ' ' && n-- == 0)
      return *text;
  return ' ';
}

static bool
strict_ranks (Reader *reader)
{
  for (int i = 0; i < reader->equation->terms; i++)
    {
      const ScopeTerm *term = &reader->equation->term[i];
      if (scope_term_has (term, SCOPE_EINSUM_ELLIPSIS) || term->letters == reader->rank[i])
        continue;
      begin_failure (reader);
      reader->failure->rule = SCOPE_RULE_RANK;
      scope_failure_explain (reader->failure,
                             "Operand %d has %d axes, but its term has %d letters.", i,
                             reader->rank[i], term->letters);
      if (reader->call->dialect == SCOPE_NUMPY)
        /* NumPy means the term, but shows one character of the equation. */
        return scope_failure_say (reader->failure, "ValueError",
                                  "Einstein sum subscript %c does not contain the correct number "
                                  "of indices for operand %d.",
                                  nth_character (reader->text, i), i);
      return scope_failure_say (reader->failure, "ValueError",
                                "Einstein sum subscript '%.*s' does not contain the correct number "
                                "of indices for operand %d.",
                                term->letters, (const char *)term->letter, i);
    }
  return true;
}

static bool
strict_equation (Reader *reader)
{
  if (!strict_characters (reader))
    return false;
  ScopeEquation *equation = reader->equation;
  const char *arrow = strstr (reader->text, "->");
  size_t length = arrow != NULL ? (size_t)(arrow - reader->text) : strlen (reader->text);
  equation->has_output = arrow != NULL;
  if (!strict_operands (reader, reader->text, length))
    return false;
  if (arrow != NULL && !strict_term (&equation->output, arrow + 2, strlen (arrow + 2)))
    return refuse (reader, "ValueError", "Invalid Ellipses.");
  for (int i = 0; i < equation->output.letters; i++)
    {
      int letter = equation->output.letter[i];
      if (letter != SCOPE_EINSUM_ELLIPSIS && scope_equation_count (equation, letter) == 0)
        return refuse (reader, "ValueError", "Output character %c did not appear in the input",
                       letter);
      for (int k = 0; k < i; k++)
        if (equation->output.letter[k] == letter)
          return refuse (reader, "ValueError",
                         "Output character %c appeared more than once in the output.", letter);
    }
  return strict_ranks (reader);
}

bool
scope_equation_parse (const ScopeCall *call,
                      int parameter,
                      const char *text,
                      int operands,
                      const int *rank,
                      bool strict,
                      ScopeEquation *out,
                      ScopeFailure *failure)
{
  size_t length = strlen (text);
  out->terms = operands;
  out->term = scope_arena_alloc (call->arena, (size_t)operands * sizeof *out->term);
  uint8_t *letters = scope_arena_alloc (call->arena, 2 * length + 1);
  if (out->term == NULL || letters == NULL)
    return scope_call_out_of_memory (call);
  /* All terms together are no longer than the equation: each begins where its text does. */
  out->output = (ScopeTerm){ 0, letters + length };
  int operand = 0;
  out->term[0].letter = letters;
  for (size_t i = 0; i < length; i++)
    if (text[i] == ',' && operand + 1 < operands)
      out->term[++operand].letter = letters + i;
  for (operand++; operand < operands; operand++)
    out->term[operand].letter = letters + length;

  Reader reader = { call, parameter, text, rank, out, failure };
  return strict                           ? strict_equation (&reader)
         : call->dialect == SCOPE_PYTORCH ? torch_equation (&reader)
                                          : numpy_equation (&reader);
}
