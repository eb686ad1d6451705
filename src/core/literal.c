/* Nested lists of numbers, read twice: once for shape and type, once for the values. */
#include "core/literal.h"

#include "core/generator.h"

#include <math.h>
#include <string.h>

enum
{
  MAX_BYTES = 1 << 20
};

typedef struct
{
  const char *begin, *at, *end;
  ScopeError *error;
  int depth;                          /* brackets that are open */
  char open[SCOPE_MAX_RANK];          /* which */
  const char *opened[SCOPE_MAX_RANK]; /* where */
  int64_t items[SCOPE_MAX_RANK];      /* of each open bracket so far */
  ScopeShape shape;                   /* what the closed brackets say; −1 while unknown */
  int leaf_depth;                     /* where the numbers stand, −1 while unknown */
  ScopeKind kind;                     /* BOOL, SIGNED or FLOAT: the widest so far */
  char *out;                          /* where values go, NULL in the first reading */
  ScopeDtype dtype;
} Reader;

static bool
fail (Reader *in, const char *from, const char *to, ScopeErrorCode code, const char *sentence)
{
  int64_t begin = scope_text_characters (in->begin, (size_t)(from - in->begin));
  int64_t length = scope_text_characters (from, (size_t)(to - from));
  return scope_fail_at (in->error, code, begin, begin + (length > 0 ? length : 1), "%s", sentence);
}

static void
skip_space (Reader *in)
{
  while (in->at < in->end && strchr (" \t\n\r", *in->at) != NULL && *in->at != '\0')
    in->at++;
}

static bool
is_word (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
         || c == '.';
}

/* The end of the word, sign included, that begins at `at`, for marking it. */
static const char *
word_end (const Reader *in, const char *at)
{
  if (at < in->end && (*at == '-' || *at == '+'))
    at++;
  while (at < in->end && is_word (*at))
    at++;
  return at;
}

/* ---- numbers -------------------------------------------------------------------------------- */

static bool
is_text (const char *word, size_t length, const char *text)
{
  return strlen (text) == length && memcmp (word, text, length) == 0;
}

static bool
read_named (const char *word, size_t length, ScopeKind *kind, ScopeNumber *number)
{
  bool is_true = is_text (word, length, "True");
  if (is_true || is_text (word, length, "False"))
    {
      *kind = SCOPE_KIND_BOOL;
      number->u = is_true;
      return true;
    }
  if (is_text (word, length, "nan") || is_text (word, length, "inf"))
    {
      *kind = SCOPE_KIND_FLOAT;
      number->f = word[0] == 'n' ? NAN : INFINITY;
      return true;
    }
  return false;
}

static bool
read_number (Reader *in, ScopeKind *kind, ScopeNumber *number)
{
  const char *begin = in->at;
  const char *end = word_end (in, begin);
  bool negative = *begin == '-';
  const char *digits = begin + (negative || *begin == '+');
  size_t length = (size_t)(end - digits);
  *number = (ScopeNumber){ 0 };

  if (read_named (digits, length, kind, number))
    {
      if (negative && *kind == SCOPE_KIND_FLOAT)
        number->f = -number->f;
      in->at = end;
      return true;
    }

  int64_t whole = 0;
  bool overflow = false;
  size_t taken = scope_text_read_digits (digits, length, &whole, &overflow);
  if (taken > 0 && taken == length)
    {
      if (negative && is_text (digits, length, "9223372036854775808"))
        {
          overflow = false;
          whole = INT64_MIN;
        }
      if (overflow)
        return fail (in, begin, end, SCOPE_ERROR_OVERFLOW, "the number does not fit int64");
      *kind = SCOPE_KIND_SIGNED;
      number->i = negative && whole != INT64_MIN ? -whole : whole;
      in->at = end;
      return true;
    }

  /* A signed exponent goes on after the word. */
  taken = scope_text_read_double (digits, (size_t)(in->end - digits), &number->f);
  if (taken == 0 || (digits + taken < in->end && is_word (digits[taken])))
    return fail (in, begin, end, SCOPE_ERROR_SYNTAX, "expected a number, True or False");
  *kind = SCOPE_KIND_FLOAT;
  number->f = negative ? -number->f : number->f;
  in->at = digits + taken;
  return true;
}

static void
store (Reader *in, ScopeKind kind, ScopeNumber number)
{
  if (in->out == NULL)
    {
      in->kind = kind > in->kind ? kind : in->kind;
      return;
    }
  scope_dtype_store (in->dtype, in->out, kind, number);
  in->out += scope_dtype_bytes (in->dtype);
}

/* ---- brackets ------------------------------------------------------------------------------- */

static bool
open_bracket (Reader *in)
{
  if (in->depth == SCOPE_MAX_RANK)
    return fail (in, in->at, in->at + 1, SCOPE_ERROR_SHAPE, "more than 64 axes");
  if (in->depth == in->leaf_depth)
    return fail (in, in->at, in->at + 1, SCOPE_ERROR_SHAPE,
                 "the lists are ragged: a list stands where a number stood before");
  in->opened[in->depth] = in->at;
  in->items[in->depth] = 0;
  in->open[in->depth++] = *in->at++;
  return true;
}

static bool
close_bracket (Reader *in)
{
  int axis = in->depth - 1;
  if (*in->at != (in->open[axis] == '[' ? ']' : ')'))
    return fail (in, in->at, in->at + 1, SCOPE_ERROR_SYNTAX,
                 "this bracket does not fit the one it closes");
  in->at++;
  in->depth--;

  if (in->items[axis] == 0 && in->leaf_depth < 0)
    in->leaf_depth = axis + 1; /* an empty list has no deeper axes */
  if (in->shape.size[axis] < 0)
    {
      in->shape.size[axis] = in->items[axis];
      return true;
    }
  if (in->shape.size[axis] == in->items[axis])
    return true;

  int64_t begin = scope_text_characters (in->begin, (size_t)(in->opened[axis] - in->begin));
  int64_t length = scope_text_characters (in->opened[axis], (size_t)(in->at - in->opened[axis]));
  return scope_fail_at (in->error, SCOPE_ERROR_SHAPE, begin, begin + length,
                        "the lists are ragged: this one has %lld items, the ones before it %lld",
                        (long long)in->items[axis], (long long)in->shape.size[axis]);
}

/* A number or an opening bracket. */
static bool
read_item (Reader *in)
{
  if (*in->at == '[' || *in->at == '(')
    return open_bracket (in);

  const char *begin = in->at;
  ScopeKind kind;
  ScopeNumber number;
  if (!read_number (in, &kind, &number))
    return false;
  if (in->leaf_depth < 0)
    in->leaf_depth = in->depth;
  if (in->leaf_depth != in->depth)
    return fail (in, begin, in->at, SCOPE_ERROR_SHAPE,
                 "the lists are ragged: a number stands where a list stood before");
  in->items[in->depth - 1]++;
  store (in, kind, number);
  return true;
}

/* Closes brackets and takes the comma after an item. */
static bool
read_separator (Reader *in)
{
  for (;;)
    {
      skip_space (in);
      if (in->at == in->end)
        return in->depth == 0
               || fail (in, in->opened[in->depth - 1], in->opened[in->depth - 1] + 1,
                        SCOPE_ERROR_SYNTAX, "this bracket is never closed");
      if (in->depth == 0)
        return fail (in, in->at, in->end, SCOPE_ERROR_SYNTAX,
                     "something stands after the last bracket");

      bool closes = *in->at == ']' || *in->at == ')';
      if (closes)
        {
          if (!close_bracket (in))
            return false;
          if (in->depth > 0)
            in->items[in->depth - 1]++;
          continue;
        }
      if (*in->at != ',')
        return fail (in, in->at, word_end (in, in->at), SCOPE_ERROR_SYNTAX,
                     "expected a comma or a bracket");
      in->at++;
      skip_space (in);
      if (in->at < in->end && (*in->at == ']' || *in->at == ')'))
        continue; /* Python allows a comma after the last item */
      return true;
    }
}

static bool
read_all (Reader *in)
{
  in->at = in->begin;
  in->depth = 0;
  in->leaf_depth = -1;
  for (int i = 0; i < SCOPE_MAX_RANK; i++)
    in->shape.size[i] = -1;

  skip_space (in);
  if (in->at == in->end || (*in->at != '[' && *in->at != '('))
    return fail (in, in->at, word_end (in, in->at), SCOPE_ERROR_SYNTAX,
                 "a literal begins with a bracket");
  do
    {
      if (in->at == in->end)
        return read_separator (in);
      if (!read_item (in))
        return false;
      skip_space (in);
      bool opened = in->depth > 0 && in->items[in->depth - 1] == 0;
      bool empty = in->at < in->end && (*in->at == ']' || *in->at == ')');
      if (opened && !empty)
        continue;
      if (!read_separator (in))
        return false;
    }
  while (in->depth > 0);
  in->shape.rank = in->leaf_depth;
  return true;
}

bool
scope_literal_recognize (const char *bytes, size_t length)
{
  Reader in = { .begin = bytes, .at = bytes, .end = bytes + length };
  skip_space (&in);
  if (in.at == in.end || (*in.at != '[' && *in.at != '('))
    return false;
  bool list = *in.at++ == '[';
  skip_space (&in);
  if (in.at < in.end && (*in.at == '[' || *in.at == '('))
    return true;

  for (; list && in.at < in.end; in.at++)
    {
      const char *end = word_end (&in, in.at);
      const char *word = in.at + (*in.at == '-' || *in.at == '+');
      size_t word_length = (size_t)(end - word);
      ScopeKind kind;
      ScopeNumber number;
      int64_t whole;
      bool overflow;
      if (word_length == 0)
        continue;
      size_t digits = scope_text_read_digits (word, word_length, &whole, &overflow);
      bool is_float = (digits > 0 || *word == '.') && digits < word_length
                      && memchr (".eE", word[digits], 3) != NULL;
      if (is_float || read_named (word, word_length, &kind, &number))
        return true;
      in.at = end - 1;
    }
  return false;
}

ScopeTensor *
scope_literal_parse (const char *name, const char *bytes, size_t length, ScopeError *error)
{
  if (length > MAX_BYTES)
    {
      scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
                  "a literal of more than 1 MiB; save it as a file");
      return NULL;
    }
  Reader in = { .begin = bytes, .end = bytes + length, .error = error, .kind = SCOPE_KIND_BOOL };
  if (!read_all (&in))
    return NULL;

  int64_t count = 1;
  for (int i = 0; i < in.shape.rank; i++)
    count *= in.shape.size[i]; /* at most as many as the text has characters */
  in.dtype = count == 0 || in.kind == SCOPE_KIND_FLOAT ? SCOPE_FLOAT32
             : in.kind == SCOPE_KIND_SIGNED            ? SCOPE_INT64
                                                       : SCOPE_BOOL;

  void *data;
  ScopeStorage *storage = scope_storage_new_owned (in.dtype, count, 8 * MAX_BYTES, &data, error);
  if (storage == NULL)
    return NULL;
  in.out = data;
  ScopeTensor *tensor = NULL;
  if (read_all (&in))
    tensor = scope_tensor_new (name, in.dtype, &in.shape, NULL, storage, error);
  scope_storage_unref (storage);
  return tensor;
}

static ScopeTensor *
make_from_text (const char *name, const char *bytes, size_t length, ScopeError *error)
{
  ScopeTensorText parsed;
  if (!scope_tensor_text_parse (bytes, length, &parsed, error))
    return NULL;

  ScopeStorage *storage = NULL;
  if (scope_shape_is_known (&parsed.shape))
    {
      storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, error);
      if (storage == NULL)
        return NULL;
    }
  ScopeTensor *tensor = scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, error);
  scope_storage_unref (storage);
  return tensor;
}

ScopeTensor *
scope_tensor_from_text (const char *name, const char *bytes, size_t length, ScopeError *error)
{
  return scope_literal_recognize (bytes, length) ? scope_literal_parse (name, bytes, length, error)
                                                 : make_from_text (name, bytes, length, error);
}
