/* Shapes as values, written and read; never an element. */
#include "core/shape.h"

#include "core/checked.h"

#include <string.h>

enum
{
  NAME_CHARACTERS = 8,
  SPELLING_DEPTH = 4, /* brackets around the sizes: `torch.Size([…])` has two */
};

int64_t
scope_size_from_name (const char *name, size_t length)
{
  if (length == 0 || length > NAME_CHARACTERS)
    return SCOPE_SIZE_UNKNOWN;
  uint64_t packed = 0;
  for (size_t i = 0; i < length; i++)
    packed |= (uint64_t)(name[i] & 0x7F) << (7 * i);
  return (int64_t)(packed | (uint64_t)1 << 63);
}

void
scope_size_print (int64_t size, ScopeText *text)
{
  if (scope_size_is_known (size))
    {
      scope_text_printf (text, "%lld", (long long)size);
      return;
    }
  if (size == SCOPE_SIZE_UNKNOWN)
    {
      scope_text_append (text, "?");
      return;
    }
  char name[NAME_CHARACTERS];
  size_t length = 0;
  for (; length < NAME_CHARACTERS; length++)
    {
      name[length] = (char)((uint64_t)size >> (7 * length) & 0x7F);
      if (name[length] == '\0')
        break;
    }
  scope_text_append_bytes (text, name, length);
}

bool
scope_shape_is_known (const ScopeShape *shape)
{
  for (int i = 0; i < shape->rank; i++)
    if (!scope_size_is_known (shape->size[i]))
      return false;
  return true;
}

bool
scope_shape_equal (const ScopeShape *a, const ScopeShape *b)
{
  return a->rank == b->rank && memcmp (a->size, b->size, (size_t)a->rank * sizeof a->size[0]) == 0;
}

/* The product of the sizes that are known, zeros left out; *zero says whether there was one. */
static bool
known_product (const ScopeShape *shape, int64_t *product, bool *zero)
{
  *product = 1;
  *zero = false;
  for (int i = 0; i < shape->rank; i++)
    if (shape->size[i] == 0)
      *zero = true;
    else if (scope_size_is_known (shape->size[i])
             && !scope_checked_mul (*product, shape->size[i], product))
      return false;
  return true;
}

bool
scope_shape_count (const ScopeShape *shape, int64_t *count, ScopeError *error)
{
  for (int i = 0; i < shape->rank; i++)
    if (!scope_size_is_known (shape->size[i]))
      return scope_fail (error, SCOPE_ERROR_SHAPE, i, "the size of axis %d is not known", i);
  int64_t product;
  bool zero;
  if (!known_product (shape, &product, &zero))
    return scope_fail (error, SCOPE_ERROR_OVERFLOW, -1,
                       "the product of the sizes is beyond 2^63−1");
  *count = zero ? 0 : product;
  return true;
}

bool
scope_shape_axis (const ScopeShape *shape, int64_t axis, int *out, ScopeError *error)
{
  if (axis < -shape->rank || axis >= shape->rank)
    return scope_fail (error, SCOPE_ERROR_AXIS, -1,
                       shape->rank == 0 ? "there is no axis %lld: a scalar has none"
                       : shape->rank == 1
                           ? "there is no axis %lld: the shape has %d axis, counted from 0"
                           : "there is no axis %lld: the shape has %d axes, counted from 0",
                       (long long)axis, shape->rank);
  *out = (int)(axis < 0 ? axis + shape->rank : axis);
  return true;
}

void
scope_shape_print (const ScopeShape *shape, ScopeShapeStyle style, ScopeText *text)
{
  bool tuple = style == SCOPE_SHAPE_TUPLE || style == SCOPE_SHAPE_TIGHT_TUPLE;
  bool tight = style == SCOPE_SHAPE_TIGHT_TUPLE || style == SCOPE_SHAPE_TIGHT_LIST;
  scope_text_append (text, tuple ? "(" : "[");
  for (int i = 0; i < shape->rank; i++)
    {
      if (i > 0)
        scope_text_append (text, tight ? "," : ", ");
      scope_size_print (shape->size[i], text);
    }
  if (tuple && shape->rank == 1)
    scope_text_append (text, ",");
  scope_text_append (text, tuple ? ")" : "]");
}

/* ---- reading -------------------------------------------------------------------------------- */

typedef struct
{
  const char *bytes;
  size_t length;
  size_t at;
  bool crosses; /* sizes are separated by x, not by commas */
  ScopeShape shape;
  ScopeError *error;
} Reader;

/* Fails at bytes begin…end. */
#define FAIL(reader, code, first, last, ...)                                                       \
  scope_fail_at ((reader)->error, code, scope_text_characters ((reader)->bytes, first),            \
                 scope_text_characters ((reader)->bytes, last), __VA_ARGS__)

static bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static bool
is_letter (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The bytes of a blank at `at`: ASCII ones and U+00A0, which web pages put into shapes. */
static size_t
blank_length (const Reader *reader, size_t at)
{
  char c = reader->bytes[at];
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
    return 1;
  bool no_break =
      reader->length - at >= 2 && c == (char)0xC2 && reader->bytes[at + 1] == (char)0xA0;
  return no_break ? 2 : 0;
}

static void
skip_blanks (Reader *reader)
{
  while (reader->at < reader->length && blank_length (reader, reader->at) > 0)
    reader->at += blank_length (reader, reader->at);
}

static char
peek (const Reader *reader)
{
  return reader->at < reader->length ? reader->bytes[reader->at] : '\0';
}

/* The end of the character at byte `at`. */
static size_t
character_end (const Reader *reader, size_t at)
{
  if (at >= reader->length)
    return reader->length;
  at++;
  while (at < reader->length && ((unsigned char)reader->bytes[at] & 0xC0) == 0x80)
    at++;
  return at;
}

/* Fails at the character that stands where `wanted` was expected. */
static bool
expected (const Reader *reader, const char *wanted)
{
  if (reader->at >= reader->length)
    return FAIL (reader, SCOPE_ERROR_SYNTAX, reader->length, reader->length,
                 "the shape ends where %s was expected", wanted);
  size_t end = character_end (reader, reader->at);
  return FAIL (reader, SCOPE_ERROR_SYNTAX, reader->at, end, "expected %s, not “%.*s”", wanted,
               (int)(end - reader->at), reader->bytes + reader->at);
}

static size_t
cross_length (const Reader *reader)
{
  static const char times[] = "×";
  char c = peek (reader);
  if (!reader->crosses)
    return 0;
  if (c == 'x' || c == 'X' || c == '*')
    return 1;
  if (reader->length - reader->at >= sizeof times - 1
      && memcmp (reader->bytes + reader->at, times, sizeof times - 1) == 0)
    return sizeof times - 1;
  return 0;
}

static bool
read_number (Reader *reader, int64_t *size)
{
  size_t begin = reader->at;
  bool overflow;
  reader->at +=
      scope_text_read_digits (reader->bytes + begin, reader->length - begin, size, &overflow);
  if (peek (reader) == '.' || peek (reader) == 'e')
    {
      while (is_digit (peek (reader)) || peek (reader) == '.' || peek (reader) == 'e')
        reader->at++;
      return FAIL (reader, SCOPE_ERROR_SYNTAX, begin, reader->at, "a size is a whole number");
    }
  if (overflow)
    return FAIL (reader, SCOPE_ERROR_OVERFLOW, begin, reader->at, "a size is at most 2^63−1");
  return true;
}

/* In `NxCxH` an x between letters separates; in `N, max` it belongs to the name. */
static bool
read_name (Reader *reader, int64_t *size)
{
  size_t begin = reader->at;
  while (is_letter (peek (reader)) || is_digit (peek (reader)))
    {
      size_t next = reader->at + 1;
      bool inside = reader->at > begin && next < reader->length
                    && (is_letter (reader->bytes[next]) || is_digit (reader->bytes[next]));
      if (reader->crosses && inside && peek (reader) == 'x')
        break;
      reader->at++;
    }
  size_t length = reader->at - begin;
  const char *name = reader->bytes + begin;
  if (length == 4 && memcmp (name, "None", 4) == 0)
    *size = SCOPE_SIZE_UNKNOWN;
  else if (length > NAME_CHARACTERS)
    return FAIL (reader, SCOPE_ERROR_SYNTAX, begin, reader->at,
                 "the name of a size has at most %d characters; write ? for any size",
                 NAME_CHARACTERS);
  else
    *size = scope_size_from_name (name, length);
  return true;
}

static bool
read_size (Reader *reader, int64_t *size)
{
  size_t begin = reader->at;
  char c = peek (reader);
  if (is_digit (c))
    return read_number (reader, size);
  if (is_letter (c))
    return read_name (reader, size);
  if (c == '?')
    {
      *size = SCOPE_SIZE_UNKNOWN;
      reader->at++;
      return true;
    }
  if (c == '-' || c == '+')
    {
      reader->at++;
      while (is_digit (peek (reader)))
        reader->at++;
      if (reader->at > begin + 1)
        return FAIL (reader, SCOPE_ERROR_SHAPE, begin, reader->at,
                     c == '-' ? "a size cannot be negative" : "a size is written without a sign");
      reader->at = begin;
    }
  return expected (reader, "a size");
}

/* Sizes up to a closing bracket or the end. A comma may follow the last one. */
static bool
read_sizes (Reader *reader, char close)
{
  skip_blanks (reader);
  bool may_end = close != '\0'; /* a bare text must have a size */
  for (;;)
    {
      if (may_end && (peek (reader) == close || reader->at >= reader->length))
        return true;
      size_t begin = reader->at;
      int64_t size;
      if (!read_size (reader, &size))
        return false;
      if (reader->shape.rank == SCOPE_MAX_RANK)
        return FAIL (reader, SCOPE_ERROR_SHAPE, begin, reader->at, "a shape has at most %d axes",
                     SCOPE_MAX_RANK);
      reader->shape.size[reader->shape.rank++] = size;
      int64_t product;
      bool zero;
      if (!known_product (&reader->shape, &product, &zero))
        return FAIL (reader, SCOPE_ERROR_OVERFLOW, begin, reader->at,
                     "the product of the sizes is beyond 2^63−1");
      skip_blanks (reader);
      if (peek (reader) == close || reader->at >= reader->length)
        return true;
      size_t cross = cross_length (reader);
      if (peek (reader) != ',' && cross == 0)
        return expected (reader, close == '\0' ? "a comma" : "a comma or a closing bracket");
      may_end = cross == 0;
      reader->at += cross > 0 ? cross : 1;
      skip_blanks (reader);
    }
}

/* What may stand in front of the bracket. */
static size_t
wrapper_length (const Reader *reader)
{
  static const char *const words[] = {
    "torch.Size", "tf.TensorShape", "TensorShape", "Size", "size", "shape", "tuple", "list",
  };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    {
      size_t length = strlen (words[i]);
      if (reader->length - reader->at > length
          && memcmp (reader->bytes + reader->at, words[i], length) == 0)
        {
          Reader after = *reader;
          after.at += length;
          skip_blanks (&after);
          if (peek (&after) == '=' || peek (&after) == ':')
            {
              after.at++;
              skip_blanks (&after);
              return after.at - reader->at;
            }
          if (peek (&after) == '(')
            return after.at - reader->at;
        }
    }
  return 0;
}

static bool
read_brackets (Reader *reader)
{
  char close[SPELLING_DEPTH];
  int depth = 0;
  for (;;)
    {
      skip_blanks (reader);
      reader->at += wrapper_length (reader);
      char c = peek (reader);
      if (c != '(' && c != '[')
        break;
      if (depth == SPELLING_DEPTH)
        return FAIL (reader, SCOPE_ERROR_SYNTAX, reader->at, reader->at + 1,
                     "too many brackets around the sizes");
      close[depth++] = c == '(' ? ')' : ']';
      reader->at++;
    }
  if (!read_sizes (reader, depth > 0 ? close[depth - 1] : '\0'))
    return false;
  while (depth > 0)
    {
      skip_blanks (reader);
      /* torch.Size ([1, 2],) and the like */
      if (reader->shape.rank > 0 && peek (reader) == ',')
        reader->at++;
      skip_blanks (reader);
      depth--;
      if (peek (reader) != close[depth])
        return expected (reader, close[depth] == ')' ? "a closing )" : "a closing ]");
      reader->at++;
    }
  skip_blanks (reader);
  return reader->at == reader->length || expected (reader, "the end of the shape");
}

bool
scope_shape_parse (const char *bytes, size_t length, ScopeShape *out, ScopeError *error)
{
  Reader reader = { .bytes = bytes, .length = length, .error = error };
  reader.crosses = length == 0 || memchr (bytes, ',', length) == NULL;
  skip_blanks (&reader);
  if (reader.at == length)
    return scope_fail_at (error, SCOPE_ERROR_SYNTAX, 0, scope_text_characters (bytes, length),
                          "a shape was expected, such as 1,1,256,256");
  if (!read_brackets (&reader))
    return false;
  *out = reader.shape;
  return true;
}
