/* A tensor as text: a fill, a type and a shape. */
#include "core/generator.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *bytes;
  size_t length;
  ScopeError *error;
} Source;

#define FAIL(source, code, first, last, ...)                                                       \
  scope_fail_at ((source)->error, code, scope_text_characters ((source)->bytes, first),            \
                 scope_text_characters ((source)->bytes, last), __VA_ARGS__)

static bool
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_word (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
         || c == '.';
}

static size_t
skip_blanks (const Source *source, size_t at)
{
  while (at < source->length && is_blank (source->bytes[at]))
    at++;
  return at;
}

static size_t
skip_word (const Source *source, size_t at)
{
  while (at < source->length && is_word (source->bytes[at]))
    at++;
  return at;
}

static bool
find_fill (const char *name, size_t length, ScopeFillKind *kind)
{
  for (int i = 0; i < SCOPE_N_FILLS; i++)
    if (i != SCOPE_FILL_CONSTANT && strlen (scope_fill_name ((ScopeFillKind)i)) == length
        && memcmp (scope_fill_name ((ScopeFillKind)i), name, length) == 0)
      {
        *kind = (ScopeFillKind)i;
        return true;
      }
  return false;
}

/* What is wrong with a parameter of a fill; NULL when nothing is. */
static const char *
parameter_fault (ScopeFillKind kind, double parameter)
{
  switch (kind)
    {
    case SCOPE_FILL_RANDOM:
      return parameter != floor (parameter) || parameter > 0x1p53
                 ? "a seed is a whole number of at most 2^53"
                 : NULL;
    case SCOPE_FILL_CHECKERBOARD:
      return parameter != floor (parameter) || parameter < 1 || parameter > 0x1p53
                 ? "the fields of a checkerboard have a whole number of elements, at least 1"
                 : NULL;
    case SCOPE_FILL_SINE:
      return parameter <= 0 || isinf (parameter) ? "the period of a sine is above 0" : NULL;
    default:
      return "only random, checkerboard and sine take a number";
    }
}

/* The number in `random(7)` from its opening bracket on; *at moves behind the closing one. */
static bool
read_parameter (const Source *source, ScopeFillKind kind, size_t *at, double *parameter)
{
  size_t begin = skip_blanks (source, *at + 1);
  size_t read = scope_text_read_double (source->bytes + begin, source->length - begin, parameter);
  size_t end = begin + read;
  if (read == 0)
    return FAIL (source, SCOPE_ERROR_SYNTAX, begin, begin + (begin < source->length),
                 "a number was expected");
  size_t close = skip_blanks (source, end);
  if (close >= source->length || source->bytes[close] != ')')
    return FAIL (source, SCOPE_ERROR_SYNTAX, close, close + (close < source->length),
                 "a closing ) was expected");
  const char *fault = parameter_fault (kind, *parameter);
  if (fault != NULL)
    return FAIL (source, SCOPE_ERROR_SYNTAX, begin, end, "%s", fault);
  *at = close + 1;
  return true;
}

/* `ramp:` or `random(7):` at the beginning; *at moves behind the colon. */
static bool
read_fill (const Source *source, size_t *at, ScopeTensorText *text)
{
  if (memchr (source->bytes, ':', source->length) == NULL)
    return true;
  size_t begin = skip_blanks (source, 0);
  size_t end = skip_word (source, begin);
  size_t next = skip_blanks (source, end);
  char after = next < source->length ? source->bytes[next] : '\0';
  if (end - begin == 5 && memcmp (source->bytes + begin, "shape", 5) == 0)
    return true;
  if (after != ':' && after != '(')
    return true; /* the shape's reader will say what is wrong */
  if (!find_fill (source->bytes + begin, end - begin, &text->fill.kind))
    return FAIL (source, SCOPE_ERROR_SYNTAX, begin, end > begin ? end : begin + 1,
                 "there is no such fill: ramp, random, zeros, ones, identity, checkerboard, "
                 "zoneplate, impulse, step, sine, siemens and text are known");
  if (after == '(' && !read_parameter (source, text->fill.kind, &next, &text->fill.parameter))
    return false;
  next = skip_blanks (source, next);
  if (next >= source->length || source->bytes[next] != ':')
    return FAIL (source, SCOPE_ERROR_SYNTAX, next, next + (next < source->length),
                 "a colon was expected between the fill and the shape");
  text->has_fill = true;
  *at = next + 1;
  return true;
}

/* `float32` in front of a bracket; *at moves to the bracket. Words that belong to a shape's
 * spelling, such as torch.Size, stand. */
static bool
read_dtype (const Source *source, size_t *at, ScopeTensorText *text)
{
  size_t begin = skip_blanks (source, *at);
  size_t end = skip_word (source, begin);
  size_t next = skip_blanks (source, end);
  char after = next < source->length ? source->bytes[next] : '\0';
  if (end == begin || (after != '[' && after != '('))
    return true;
  if (scope_dtype_parse (source->bytes + begin, end - begin, &text->dtype))
    {
      text->has_dtype = true;
      *at = next;
      return true;
    }
  if (after == '[')
    return FAIL (source, SCOPE_ERROR_SYNTAX, begin, end,
                 "there is no element type “%.*s”; float32, uint8, bool and the like are known",
                 (int)(end - begin < 40 ? end - begin : 40), source->bytes + begin);
  return true;
}

bool
scope_tensor_text_parse (const char *bytes, size_t length, ScopeTensorText *out, ScopeError *error)
{
  Source source = { bytes, length, error };
  ScopeTensorText text = {
    .fill = { SCOPE_FILL_RAMP, NAN },
    .dtype = SCOPE_FLOAT32,
  };
  size_t at = 0;
  if (length > 0 && (!read_fill (&source, &at, &text) || !read_dtype (&source, &at, &text)))
    return false;

  ScopeError inner = { .axis = -1 };
  if (!scope_shape_parse (bytes + at, length - at, &text.shape, &inner))
    {
      int64_t before = scope_text_characters (bytes, at);
      return scope_fail_at (error, inner.code, inner.begin + before, inner.end + before, "%s",
                            inner.sentence);
    }
  *out = text;
  return true;
}
