/* Numbers and strings of Python. */
#include "ops/lexer-state.h"

#include "core/text.h"

#include <assert.h>
#include <string.h>

/* ---- numbers --------------------------------------------------------------------------------- */

static int
digit_value (char c)
{
  if (scope_lexer_is_digit (c))
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return 99;
}

/* Digits of a base with single underscores between them, without which they are added to texts.
 * False when there is no digit or an underscore stands wrong. */
static bool
read_digits (ScopeLexer *lexer, int base)
{
  if (digit_value (scope_lexer_look (lexer, 0)) >= base)
    return false;
  while (true)
    {
      char c = scope_lexer_look (lexer, 0);
      if (digit_value (c) < base)
        scope_lexer_add_text (lexer, &c, 1);
      else if (c != '_' || digit_value (scope_lexer_look (lexer, 1)) >= base)
        return c != '_';
      scope_lexer_skip (lexer, 1);
    }
}

/* A number may touch a keyword (`1if x else 2`) but no other letter. */
static bool
number_ends (const ScopeLexer *lexer)
{
  static const char *const allowed[] = { "and", "else", "for", "if", "in", "is", "or", "not" };

  if (scope_lexer_name_character (lexer, false) == 0)
    return true;
  for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
    if (scope_lexer_starts (lexer, allowed[i]))
      return true;
  return false;
}

static bool
wrong_number (ScopeLexer *lexer, const ScopeToken *token)
{
  int32_t begin = token->span.begin;
  size_t from = (size_t)token->begin;
  char c = scope_lexer_look (lexer, 0);
  bool imaginary = c == 'j' || c == 'J';
  size_t bytes;
  while ((bytes = scope_lexer_name_character (lexer, false)) > 0)
    scope_lexer_skip (lexer, bytes);
  int32_t end = lexer->characters > begin ? lexer->characters : begin + 1;
  int shown = (int)(lexer->at - from < 40 ? lexer->at - from : 40);
  lexer->out->tokens--;
  if (imaginary)
    return SCOPE_WRONG (lexer, UNSUPPORTED, begin, end,
                        "Shapescope does not know complex numbers like `%.*s` yet", shown,
                        lexer->bytes + from);
  return SCOPE_WRONG (lexer, SYNTAX, begin, end, "`%.*s` is not a number", shown,
                      lexer->bytes + from);
}

static bool
finish_integer (ScopeLexer *lexer, ScopeToken *token, size_t text, int base)
{
  bool fits = true;
  for (size_t i = text; i < lexer->out->texts_length; i++)
    fits = fits && !__builtin_mul_overflow (token->integer, base, &token->integer)
           && !__builtin_add_overflow (token->integer, digit_value (lexer->out->texts[i]),
                                       &token->integer);
  lexer->out->texts_length = text;
  if (!number_ends (lexer))
    return wrong_number (lexer, token);
  scope_lexer_end_token (lexer, token);
  if (fits)
    return true;

  ScopeSpan span = token->span;
  lexer->out->tokens--;
  return SCOPE_WRONG (lexer, OVERFLOW, span.begin, span.end,
                      "The integer is beyond int64, which ends at 9223372036854775807");
}

static bool
finish_float (ScopeLexer *lexer, ScopeToken *token, size_t text)
{
  ScopeTokens *out = lexer->out;
  if (!number_ends (lexer))
    {
      out->texts_length = text;
      return wrong_number (lexer, token);
    }
  scope_lexer_end_token (lexer, token);
  token->kind = SCOPE_TOKEN_FLOAT;
  size_t length = out->texts_length - text;
  size_t read = scope_text_read_double (out->texts + text, length, &token->number);
  out->texts_length = text;
  assert (read == length || !lexer->enough);
  return lexer->enough;
}

/* The part of a decimal number after its integer digits: a point, an exponent, or nothing. */
static bool
read_fraction (ScopeLexer *lexer, bool *is_float)
{
  if (scope_lexer_look (lexer, 0) == '.')
    {
      *is_float = true;
      scope_lexer_add_text (lexer, ".", 1);
      scope_lexer_skip (lexer, 1);
      if (scope_lexer_is_digit (scope_lexer_look (lexer, 0)) && !read_digits (lexer, 10))
        return false;
    }
  char e = scope_lexer_look (lexer, 0);
  size_t sign = scope_lexer_look (lexer, 1) == '+' || scope_lexer_look (lexer, 1) == '-';
  if ((e == 'e' || e == 'E') && scope_lexer_is_digit (scope_lexer_look (lexer, 1 + sign)))
    {
      *is_float = true;
      scope_lexer_add_text (lexer, lexer->bytes + lexer->at, 1 + sign);
      scope_lexer_skip (lexer, 1 + sign);
      if (!read_digits (lexer, 10))
        return false;
    }
  return true;
}

bool
scope_lexer_read_number (ScopeLexer *lexer)
{
  ScopeToken *token = scope_lexer_begin_token (lexer, SCOPE_TOKEN_INTEGER);
  if (token == NULL)
    return false;

  size_t text = lexer->out->texts_length;
  char prefix = scope_lexer_look (lexer, 0) == '0' ? scope_lexer_look (lexer, 1) | 0x20 : '\0';
  int base = prefix == 'x' ? 16 : prefix == 'o' ? 8 : prefix == 'b' ? 2 : 10;
  if (base != 10)
    {
      scope_lexer_skip (lexer, scope_lexer_look (lexer, 2) == '_' ? 3 : 2);
      if (!read_digits (lexer, base) || scope_lexer_is_digit (scope_lexer_look (lexer, 0)))
        {
          lexer->out->texts_length = text;
          return wrong_number (lexer, token);
        }
      return lexer->enough && finish_integer (lexer, token, text, base);
    }

  bool is_float = false;
  if ((scope_lexer_is_digit (scope_lexer_look (lexer, 0)) && !read_digits (lexer, 10))
      || !read_fraction (lexer, &is_float))
    {
      lexer->out->texts_length = text;
      return wrong_number (lexer, token);
    }
  if (!lexer->enough)
    return false;
  if (is_float)
    return finish_float (lexer, token, text);

  const char *digits = lexer->out->texts + text;
  size_t length = lexer->out->texts_length - text, zeros = 0;
  while (zeros < length && digits[zeros] == '0')
    zeros++;
  char next = scope_lexer_look (lexer, 0);
  if (zeros > 0 && zeros < length && next != 'j' && next != 'J')
    {
      ScopeSpan span = { token->span.begin, lexer->characters };
      lexer->out->texts_length = text;
      lexer->out->tokens--;
      return SCOPE_WRONG (lexer, SYNTAX, span.begin, span.end,
                          "An integer cannot begin with 0; write 0o… for octal digits");
    }
  return finish_integer (lexer, token, text, 10);
}

/* ---- strings --------------------------------------------------------------------------------- */

typedef struct
{
  int32_t begin; /* character of the token's begin */
  char quote;
  bool triple, raw;
} Quoted;

static bool
add_character (ScopeLexer *lexer, uint32_t c)
{
  char out[4];
  if (c < 0x80)
    return out[0] = (char)c, scope_lexer_add_text (lexer, out, 1);
  size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = length; i-- > 1; c >>= 6)
    out[i] = (char)(0x80 | (c & 0x3F));
  out[0] = (char)((0xF00 >> length & 0xFF) | c);
  return scope_lexer_add_text (lexer, out, length);
}

/* \xhh, \uhhhh, \Uhhhhhhhh: `digits` hexadecimal digits after two characters. */
static bool
read_hex_escape (ScopeLexer *lexer, size_t digits)
{
  int32_t begin = lexer->characters;
  uint32_t c = 0;
  scope_lexer_skip (lexer, 2);
  for (size_t i = 0; i < digits; i++)
    {
      int value = digit_value (scope_lexer_look (lexer, 0));
      if (value >= 16)
        return SCOPE_WRONG (lexer, SYNTAX, begin, lexer->characters,
                            "The escape needs %zu hexadecimal digits", digits);
      c = c << 4 | (uint32_t)value;
      scope_lexer_skip (lexer, 1);
    }
  if (c == 0 || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF)
    return SCOPE_WRONG (lexer, SYNTAX, begin, lexer->characters,
                        "The escape stands for U+%04X, which cannot stand in a text", c);
  return add_character (lexer, c);
}

static bool
read_octal_escape (ScopeLexer *lexer)
{
  int32_t begin = lexer->characters;
  uint32_t c = 0;
  scope_lexer_skip (lexer, 1);
  for (int i = 0; i < 3 && digit_value (scope_lexer_look (lexer, 0)) < 8; i++)
    {
      c = c << 3 | (uint32_t)digit_value (scope_lexer_look (lexer, 0));
      scope_lexer_skip (lexer, 1);
    }
  if (c == 0)
    return SCOPE_WRONG (lexer, SYNTAX, begin, lexer->characters,
                        "The escape stands for U+0000, which cannot stand in a text");
  return add_character (lexer, c);
}

/* A backslash and what follows. In raw strings both stay, but the quote does not end the string. */
static bool
read_escape (ScopeLexer *lexer, bool raw)
{
  static const char from[] = "\\'\"abfnrtv", to[] = "\\'\"\a\b\f\n\r\t\v";

  char c = scope_lexer_look (lexer, 1);
  const char *simple = c == '\0' ? NULL : strchr (from, c);
  if (raw)
    {
      size_t bytes = lexer->at + 1 < lexer->length && (unsigned char)c < 0x80 && c != '\0' ? 2 : 1;
      bool added = scope_lexer_add_text (lexer, lexer->bytes + lexer->at, bytes);
      scope_lexer_skip (lexer, bytes);
      return added;
    }
  if (simple != NULL)
    {
      scope_lexer_skip (lexer, 2);
      return scope_lexer_add_text (lexer, &to[simple - from], 1);
    }
  if (c == '\n' || c == '\r')
    {
      scope_lexer_skip (lexer, c == '\r' && scope_lexer_look (lexer, 2) == '\n' ? 3 : 2);
      return true;
    }
  if (c == 'x')
    return read_hex_escape (lexer, 2);
  if (c == 'u')
    return read_hex_escape (lexer, 4);
  if (c == 'U')
    return read_hex_escape (lexer, 8);
  if (c >= '0' && c <= '7')
    return read_octal_escape (lexer);
  if (c == 'N')
    return SCOPE_WRONG (lexer, UNSUPPORTED, lexer->characters, lexer->characters + 2,
                        "Shapescope does not know characters by name (`\\N`)");
  scope_lexer_skip (lexer, 1);
  return scope_lexer_add_text (lexer, "\\", 1);
}

/* The contents up to and with the closing quotes. */
static bool
read_contents (ScopeLexer *lexer, Quoted quoted)
{
  while (!scope_lexer_at_end (lexer))
    {
      char c = scope_lexer_look (lexer, 0);
      if (c == quoted.quote
          && (!quoted.triple
              || (scope_lexer_look (lexer, 1) == c && scope_lexer_look (lexer, 2) == c)))
        {
          scope_lexer_skip (lexer, quoted.triple ? 3 : 1);
          return scope_lexer_add_text (lexer, "", 1);
        }
      if (c == '\0')
        return scope_lexer_wrong_character (lexer);
      if (c == '\\')
        {
          if (!read_escape (lexer, quoted.raw))
            return false;
          continue;
        }
      if ((c == '\n' || c == '\r') && !quoted.triple)
        break;
      /* Python reads every kind of line end as one \n. */
      bool carriage = c == '\r';
      size_t bytes = carriage && scope_lexer_look (lexer, 1) == '\n' ? 2 : 1;
      if (!scope_lexer_add_text (lexer, carriage ? "\n" : lexer->bytes + lexer->at, 1))
        return false;
      scope_lexer_skip (lexer, bytes);
    }
  const char *quotes =
      quoted.quote == '"' ? (quoted.triple ? "\"\"\"" : "\"") : (quoted.triple ? "'''" : "'");
  return SCOPE_WRONG (lexer, SYNTAX, quoted.begin, lexer->characters,
                      "The string is not closed; expected `%s`", quotes);
}

static bool
is_quote (char c)
{
  return c == '"' || c == '\'';
}

/* Bytes of a string's prefix letters, or SIZE_MAX when no string begins here. */
size_t
scope_lexer_string_prefix (const ScopeLexer *lexer)
{
  char a = scope_lexer_look (lexer, 0), b = scope_lexer_look (lexer, 1);
  if (is_quote (a))
    return 0;
  a |= 0x20;
  if (is_quote (b) && (a == 'r' || a == 'b' || a == 'u' || a == 'f'))
    return 1;
  b |= 0x20;
  bool pair = (a == 'r' && (b == 'b' || b == 'f')) || (b == 'r' && (a == 'b' || a == 'f'));
  return pair && is_quote (scope_lexer_look (lexer, 2)) ? 2 : SIZE_MAX;
}

bool
scope_lexer_read_string (ScopeLexer *lexer, size_t prefix)
{
  Quoted quoted = { .begin = lexer->characters, .quote = scope_lexer_look (lexer, prefix) };
  for (size_t i = 0; i < prefix; i++)
    {
      char letter = scope_lexer_look (lexer, i) | 0x20;
      int32_t begin = lexer->characters;
      if (letter == 'f')
        return SCOPE_WRONG (lexer, UNSUPPORTED, begin, begin + (int32_t)prefix + 1,
                            "Shapescope does not fill in f-strings; write the text itself");
      if (letter == 'b')
        return SCOPE_WRONG (lexer, UNSUPPORTED, begin, begin + (int32_t)prefix + 1,
                            "Shapescope does not know byte strings; write the text without `b`");
      quoted.raw = quoted.raw || letter == 'r';
    }
  quoted.triple = scope_lexer_look (lexer, prefix + 1) == quoted.quote
                  && scope_lexer_look (lexer, prefix + 2) == quoted.quote;

  /* A string right after another goes on with it: its contents replace the NUL. */
  ScopeTokens *out = lexer->out;
  bool joins = out->tokens > 0 && out->token[out->tokens - 1].kind == SCOPE_TOKEN_STRING;
  ScopeToken *token =
      joins ? &out->token[out->tokens - 1] : scope_lexer_begin_token (lexer, SCOPE_TOKEN_STRING);
  if (token == NULL)
    return false;
  size_t number = (size_t)(token - out->token);
  if (joins)
    out->texts_length--;
  else
    token->text = (int32_t)out->texts_length;
  scope_lexer_skip (lexer, prefix + (quoted.triple ? 3 : 1));
  if (!read_contents (lexer, quoted))
    return false;
  scope_lexer_end_token (lexer, &out->token[number]);
  return true;
}
