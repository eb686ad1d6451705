/* Splits text into Python's tokens: prompts, comments, continuation, numbers, strings. */
#include "ops/lexer.h"

#include "core/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SYMBOL_TEXT(name, text) [SCOPE_SYMBOL_##name] = text,
static const char *const symbol_text[SCOPE_N_SYMBOLS] = { [SCOPE_SYMBOL_WORD] = "",
                                                          SCOPE_PUNCTUATION (SYMBOL_TEXT)
                                                              SCOPE_KEYWORDS (SYMBOL_TEXT) };
#undef SYMBOL_TEXT

const char *
scope_symbol_text (ScopeSymbol symbol)
{
  return symbol_text[symbol];
}

bool
scope_symbol_is_keyword (ScopeSymbol symbol)
{
  return symbol >= SCOPE_SYMBOL_AND;
}

bool
scope_block_grow (void **block, size_t *capacity, size_t needed, size_t bytes)
{
  if (needed <= *capacity)
    return true;
  size_t wanted = *capacity == 0 ? 64 : *capacity * 2;
  if (wanted < needed)
    wanted = needed;
  void *grown = realloc (*block, wanted * bytes);
  if (grown == NULL)
    return false;
  *block = grown;
  *capacity = wanted;
  return true;
}

/* ---- the text, character by character ------------------------------------------------------- */

typedef struct
{
  ScopeTokens *out;
  const char *bytes; /* valid UTF-8 */
  size_t length;
  size_t at;          /* in bytes */
  int32_t characters; /* before `at` */
  int32_t line;       /* characters before the current line's first, prompts not counted */
  int brackets;       /* open ones: a line end within them is white space */
  bool prompted;      /* a `>>>` was seen, so `... ` at a line's begin is a prompt, too */
  bool enough;        /* memory so far */
} Lexer;

/* The byte `ahead` of the current one, 0 beyond the end (and for a NUL, which is no token). */
static char
look (const Lexer *lexer, size_t ahead)
{
  return ahead < lexer->length - lexer->at ? lexer->bytes[lexer->at + ahead] : '\0';
}

static bool
at_end (const Lexer *lexer)
{
  return lexer->at == lexer->length;
}

static bool
starts (const Lexer *lexer, const char *word)
{
  size_t length = strlen (word);
  return length <= lexer->length - lexer->at
         && memcmp (lexer->bytes + lexer->at, word, length) == 0;
}

/* Goes on by bytes, counting the characters that begin in them. */
static void
skip (Lexer *lexer, size_t bytes)
{
  for (size_t i = 0; i < bytes; i++)
    lexer->characters += (lexer->bytes[lexer->at + i] & 0xC0) != 0x80;
  lexer->at += bytes;
}

/* The character here and its length in bytes; the text is known to be valid. */
static uint32_t
decode (const Lexer *lexer, size_t *bytes)
{
  const unsigned char *p = (const unsigned char *)lexer->bytes + lexer->at;
  size_t length = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
  uint32_t character = length == 1 ? p[0] : p[0] & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; i++)
    character = character << 6 | (p[i] & 0x3Fu);
  *bytes = length;
  return character;
}

static bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static int
digit_value (char c)
{
  if (is_digit (c))
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return 99;
}

/* What is not a letter beyond ASCII; everything else there may stand in a name. Coarser than
 * Unicode's identifier tables, which matters to nobody who writes tensor code. */
static bool
is_symbol_beyond_ascii (uint32_t c)
{
  static const struct
  {
    uint32_t first, last;
  } symbols[] = {
    { 0x80, 0xA9 },     { 0xAB, 0xB4 },       { 0xB6, 0xB6 },       { 0xB8, 0xB9 },
    { 0xBB, 0xBF },     { 0xD7, 0xD7 },       { 0xF7, 0xF7 },       { 0x2C2, 0x2C5 },
    { 0x2D2, 0x2DF },   { 0x37E, 0x37E },     { 0x2000, 0x203E },   { 0x2041, 0x2053 },
    { 0x2055, 0x2070 }, { 0x2072, 0x207E },   { 0x2080, 0x208F },   { 0x209D, 0x20CF },
    { 0x2190, 0x2BFF }, { 0x2E00, 0x2FFF },   { 0x3000, 0x3004 },   { 0x3008, 0x3020 },
    { 0x3030, 0x3030 }, { 0xD800, 0xF8FF },   { 0xFE10, 0xFE1F },   { 0xFE30, 0xFE32 },
    { 0xFE35, 0xFE4C }, { 0xFE50, 0xFE6F },   { 0xFEFF, 0xFEFF },   { 0xFF01, 0xFF0F },
    { 0xFF1A, 0xFF20 }, { 0xFF3B, 0xFF3E },   { 0xFF40, 0xFF40 },   { 0xFF5B, 0xFF65 },
    { 0xFFE0, 0xFFFF }, { 0x1F000, 0x1FAFF }, { 0xE0000, 0xE00FF }, { 0xF0000, 0x10FFFF },
  };

  for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
    if (c >= symbols[i].first && c <= symbols[i].last)
      return true;
  return false;
}

/* Bytes of the character here when it may stand in a name (at its begin: no digit), else 0. */
static size_t
name_character (const Lexer *lexer, bool first)
{
  if (at_end (lexer))
    return 0;
  char c = look (lexer, 0);
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')
    return 1;
  if (is_digit (c))
    return first ? 0 : 1;
  if ((unsigned char)c < 0x80)
    return 0;
  size_t bytes;
  return is_symbol_beyond_ascii (decode (lexer, &bytes)) ? 0 : bytes;
}

/* ---- tokens --------------------------------------------------------------------------------- */

/* A new token that begins here; scope_token ends it. NULL when memory runs out. */
static ScopeToken *
begin_token (Lexer *lexer, ScopeTokenKind kind)
{
  ScopeTokens *out = lexer->out;
  if (!scope_block_grow ((void **)&out->token, &out->capacity, out->tokens + 1,
                         sizeof out->token[0]))
    {
      lexer->enough = false;
      return NULL;
    }

  ScopeToken *token = &out->token[out->tokens++];
  *token = (ScopeToken){
    .kind = kind,
    .span = { lexer->characters, lexer->characters },
    .begin = (int32_t)lexer->at,
    .end = (int32_t)lexer->at,
    .column = lexer->characters - lexer->line,
  };
  return token;
}

static void
end_token (Lexer *lexer, ScopeToken *token)
{
  token->span.end = lexer->characters;
  token->end = (int32_t)lexer->at;
}

/* The last token is wrong; `error` is already filled but for its span when begin < 0. */
static bool
wrong (Lexer *lexer)
{
  lexer->out->error.axis = -1;
  begin_token (lexer, SCOPE_TOKEN_WRONG);
  return false;
}

#define WRONG(lexer, code, begin, end, ...)                                                        \
  (scope_fail_at (&(lexer)->out->error, SCOPE_ERROR_##code, begin, end, __VA_ARGS__), wrong (lexer))

static bool
add_text (Lexer *lexer, const char *bytes, size_t length)
{
  ScopeTokens *out = lexer->out;
  if (!scope_block_grow ((void **)&out->texts, &out->texts_capacity, out->texts_length + length, 1))
    return lexer->enough = false;
  memcpy (out->texts + out->texts_length, bytes, length);
  out->texts_length += length;
  return true;
}

/* ---- characters that are wrong --------------------------------------------------------------- */

typedef struct
{
  uint32_t character;
  const char *name, *instead;
} Lookalike;

static const Lookalike lookalikes[] = {
  { 0x2212, "minus sign", "-" },
  { 0x2010, "hyphen", "-" },
  { 0x2011, "non-breaking hyphen", "-" },
  { 0x2013, "en dash", "-" },
  { 0x2014, "em dash", "-" },
  { 0xFF0D, "full-width hyphen-minus", "-" },
  { 0x00D7, "multiplication sign", "*" },
  { 0x00B7, "middle dot", "*" },
  { 0x22C5, "dot operator", "*" },
  { 0x2217, "asterisk operator", "*" },
  { 0x2297, "circled times", "*" },
  { 0x00F7, "division sign", "/" },
  { 0x2215, "division slash", "/" },
  { 0x2264, "less-than or equal to", "<=" },
  { 0x2265, "greater-than or equal to", ">=" },
  { 0x2260, "not equal to", "!=" },
  { 0x2026, "horizontal ellipsis", "..." },
  { 0x201C, "left double quotation mark", "\"" },
  { 0x201D, "right double quotation mark", "\"" },
  { 0x201E, "double low quotation mark", "\"" },
  { 0x2018, "left single quotation mark", "'" },
  { 0x2019, "right single quotation mark", "'" },
  { 0x00B4, "acute accent", "'" },
  { 0x00B2, "superscript two", "** 2" },
  { 0x00B3, "superscript three", "** 3" },
  { 0xFF08, "full-width left parenthesis", "(" },
  { 0xFF09, "full-width right parenthesis", ")" },
  { 0xFF0C, "full-width comma", "," },
  { 0xFF1A, "full-width colon", ":" },
  { 0xFF1B, "full-width semicolon", ";" },
  { 0xFF1D, "full-width equals sign", "=" },
  { 0x3001, "ideographic comma", "," },
};

static bool
wrong_character (Lexer *lexer)
{
  size_t bytes;
  uint32_t c = decode (lexer, &bytes);
  int32_t here = lexer->characters;
  const char *shown = lexer->bytes + lexer->at;

  for (size_t i = 0; i < sizeof lookalikes / sizeof lookalikes[0]; i++)
    if (lookalikes[i].character == c)
      return WRONG (lexer, SYNTAX, here, here + 1, "`%.*s` (U+%04X, %s) is not Python; write `%s`",
                    (int)bytes, shown, c, lookalikes[i].name, lookalikes[i].instead);

  bool hidden = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2000 && c < 0x2010)
                || (c >= 0x2028 && c < 0x2030) || (c >= 0x2060 && c < 0x2070) || c == 0xAD
                || c == 0xFEFF;
  if (hidden)
    return WRONG (lexer, SYNTAX, here, here + 1,
                  "The invisible character U+%04X cannot stand in an expression; delete it", c);
  if (c < 0x80)
    return WRONG (lexer, SYNTAX, here, here + 1, "`%c` cannot stand in an expression", (char)c);
  return WRONG (lexer, SYNTAX, here, here + 1, "`%.*s` (U+%04X) cannot stand in an expression",
                (int)bytes, shown, c);
}

/* ---- numbers --------------------------------------------------------------------------------- */

/* Digits of a base with single underscores between them, without which they are added to texts.
 * False when there is no digit or an underscore stands wrong. */
static bool
read_digits (Lexer *lexer, int base)
{
  if (digit_value (look (lexer, 0)) >= base)
    return false;
  while (true)
    {
      char c = look (lexer, 0);
      if (digit_value (c) < base)
        add_text (lexer, &c, 1);
      else if (c != '_' || digit_value (look (lexer, 1)) >= base)
        return c != '_';
      skip (lexer, 1);
    }
}

/* A number may touch a keyword (`1if x else 2`) but no other letter. */
static bool
number_ends (const Lexer *lexer)
{
  static const char *const allowed[] = { "and", "else", "for", "if", "in", "is", "or", "not" };

  if (name_character (lexer, false) == 0)
    return true;
  for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
    if (starts (lexer, allowed[i]))
      return true;
  return false;
}

static bool
wrong_number (Lexer *lexer, const ScopeToken *token)
{
  int32_t begin = token->span.begin;
  size_t from = (size_t)token->begin;
  char c = look (lexer, 0);
  bool imaginary = c == 'j' || c == 'J';
  size_t bytes;
  while ((bytes = name_character (lexer, false)) > 0)
    skip (lexer, bytes);
  int32_t end = lexer->characters > begin ? lexer->characters : begin + 1;
  int shown = (int)(lexer->at - from < 40 ? lexer->at - from : 40);
  lexer->out->tokens--;
  if (imaginary)
    return WRONG (lexer, UNSUPPORTED, begin, end,
                  "Shapescope does not know complex numbers like `%.*s` yet", shown,
                  lexer->bytes + from);
  return WRONG (lexer, SYNTAX, begin, end, "`%.*s` is not a number", shown, lexer->bytes + from);
}

static bool
finish_integer (Lexer *lexer, ScopeToken *token, size_t text, int base)
{
  bool fits = true;
  for (size_t i = text; i < lexer->out->texts_length; i++)
    fits = fits && !__builtin_mul_overflow (token->integer, base, &token->integer)
           && !__builtin_add_overflow (token->integer, digit_value (lexer->out->texts[i]),
                                       &token->integer);
  lexer->out->texts_length = text;
  if (!number_ends (lexer))
    return wrong_number (lexer, token);
  end_token (lexer, token);
  if (fits)
    return true;

  ScopeSpan span = token->span;
  lexer->out->tokens--;
  return WRONG (lexer, OVERFLOW, span.begin, span.end,
                "The integer is beyond int64, which ends at 9223372036854775807");
}

static bool
finish_float (Lexer *lexer, ScopeToken *token, size_t text)
{
  ScopeTokens *out = lexer->out;
  if (!number_ends (lexer))
    {
      out->texts_length = text;
      return wrong_number (lexer, token);
    }
  end_token (lexer, token);
  token->kind = SCOPE_TOKEN_FLOAT;
  size_t length = out->texts_length - text;
  size_t read = scope_text_read_double (out->texts + text, length, &token->number);
  out->texts_length = text;
  assert (read == length || !lexer->enough);
  return lexer->enough;
}

/* The part of a decimal number after its integer digits: a point, an exponent, or nothing. */
static bool
read_fraction (Lexer *lexer, bool *is_float)
{
  if (look (lexer, 0) == '.')
    {
      *is_float = true;
      add_text (lexer, ".", 1);
      skip (lexer, 1);
      if (is_digit (look (lexer, 0)) && !read_digits (lexer, 10))
        return false;
    }
  char e = look (lexer, 0);
  size_t sign = look (lexer, 1) == '+' || look (lexer, 1) == '-';
  if ((e == 'e' || e == 'E') && is_digit (look (lexer, 1 + sign)))
    {
      *is_float = true;
      add_text (lexer, lexer->bytes + lexer->at, 1 + sign);
      skip (lexer, 1 + sign);
      if (!read_digits (lexer, 10))
        return false;
    }
  return true;
}

static bool
read_number (Lexer *lexer)
{
  ScopeToken *token = begin_token (lexer, SCOPE_TOKEN_INTEGER);
  if (token == NULL)
    return false;

  size_t text = lexer->out->texts_length;
  char prefix = look (lexer, 0) == '0' ? look (lexer, 1) | 0x20 : '\0';
  int base = prefix == 'x' ? 16 : prefix == 'o' ? 8 : prefix == 'b' ? 2 : 10;
  if (base != 10)
    {
      skip (lexer, look (lexer, 2) == '_' ? 3 : 2);
      if (!read_digits (lexer, base) || is_digit (look (lexer, 0)))
        {
          lexer->out->texts_length = text;
          return wrong_number (lexer, token);
        }
      return lexer->enough && finish_integer (lexer, token, text, base);
    }

  bool is_float = false;
  if ((is_digit (look (lexer, 0)) && !read_digits (lexer, 10)) || !read_fraction (lexer, &is_float))
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
  char next = look (lexer, 0);
  if (zeros > 0 && zeros < length && next != 'j' && next != 'J')
    {
      ScopeSpan span = { token->span.begin, lexer->characters };
      lexer->out->texts_length = text;
      lexer->out->tokens--;
      return WRONG (lexer, SYNTAX, span.begin, span.end,
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
add_character (Lexer *lexer, uint32_t c)
{
  char out[4];
  if (c < 0x80)
    return out[0] = (char)c, add_text (lexer, out, 1);
  size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = length; i-- > 1; c >>= 6)
    out[i] = (char)(0x80 | (c & 0x3F));
  out[0] = (char)((0xF00 >> length & 0xFF) | c);
  return add_text (lexer, out, length);
}

/* \xhh, \uhhhh, \Uhhhhhhhh: `digits` hexadecimal digits after two characters. */
static bool
read_hex_escape (Lexer *lexer, size_t digits)
{
  int32_t begin = lexer->characters;
  uint32_t c = 0;
  skip (lexer, 2);
  for (size_t i = 0; i < digits; i++)
    {
      int value = digit_value (look (lexer, 0));
      if (value >= 16)
        return WRONG (lexer, SYNTAX, begin, lexer->characters,
                      "The escape needs %zu hexadecimal digits", digits);
      c = c << 4 | (uint32_t)value;
      skip (lexer, 1);
    }
  if (c == 0 || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF)
    return WRONG (lexer, SYNTAX, begin, lexer->characters,
                  "The escape stands for U+%04X, which cannot stand in a text", c);
  return add_character (lexer, c);
}

static bool
read_octal_escape (Lexer *lexer)
{
  int32_t begin = lexer->characters;
  uint32_t c = 0;
  skip (lexer, 1);
  for (int i = 0; i < 3 && digit_value (look (lexer, 0)) < 8; i++)
    {
      c = c << 3 | (uint32_t)digit_value (look (lexer, 0));
      skip (lexer, 1);
    }
  if (c == 0)
    return WRONG (lexer, SYNTAX, begin, lexer->characters,
                  "The escape stands for U+0000, which cannot stand in a text");
  return add_character (lexer, c);
}

/* A backslash and what follows. In raw strings both stay, but the quote does not end the string. */
static bool
read_escape (Lexer *lexer, bool raw)
{
  static const char from[] = "\\'\"abfnrtv", to[] = "\\'\"\a\b\f\n\r\t\v";

  char c = look (lexer, 1);
  const char *simple = c == '\0' ? NULL : strchr (from, c);
  if (raw)
    {
      size_t bytes = lexer->at + 1 < lexer->length && (unsigned char)c < 0x80 && c != '\0' ? 2 : 1;
      bool added = add_text (lexer, lexer->bytes + lexer->at, bytes);
      skip (lexer, bytes);
      return added;
    }
  if (simple != NULL)
    {
      skip (lexer, 2);
      return add_text (lexer, &to[simple - from], 1);
    }
  if (c == '\n' || c == '\r')
    {
      skip (lexer, c == '\r' && look (lexer, 2) == '\n' ? 3 : 2);
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
    return WRONG (lexer, UNSUPPORTED, lexer->characters, lexer->characters + 2,
                  "Shapescope does not know characters by name (`\\N`)");
  skip (lexer, 1);
  return add_text (lexer, "\\", 1);
}

/* The contents up to and with the closing quotes. */
static bool
read_contents (Lexer *lexer, Quoted quoted)
{
  while (!at_end (lexer))
    {
      char c = look (lexer, 0);
      if (c == quoted.quote && (!quoted.triple || (look (lexer, 1) == c && look (lexer, 2) == c)))
        {
          skip (lexer, quoted.triple ? 3 : 1);
          return add_text (lexer, "", 1);
        }
      if (c == '\0')
        return wrong_character (lexer);
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
      size_t bytes = carriage && look (lexer, 1) == '\n' ? 2 : 1;
      if (!add_text (lexer, carriage ? "\n" : lexer->bytes + lexer->at, 1))
        return false;
      skip (lexer, bytes);
    }
  const char *quotes =
      quoted.quote == '"' ? (quoted.triple ? "\"\"\"" : "\"") : (quoted.triple ? "'''" : "'");
  return WRONG (lexer, SYNTAX, quoted.begin, lexer->characters,
                "The string is not closed; expected `%s`", quotes);
}

static bool
is_quote (char c)
{
  return c == '"' || c == '\'';
}

/* Bytes of a string's prefix letters, or SIZE_MAX when no string begins here. */
static size_t
string_prefix (const Lexer *lexer)
{
  char a = look (lexer, 0), b = look (lexer, 1);
  if (is_quote (a))
    return 0;
  a |= 0x20;
  if (is_quote (b) && (a == 'r' || a == 'b' || a == 'u' || a == 'f'))
    return 1;
  b |= 0x20;
  bool pair = (a == 'r' && (b == 'b' || b == 'f')) || (b == 'r' && (a == 'b' || a == 'f'));
  return pair && is_quote (look (lexer, 2)) ? 2 : SIZE_MAX;
}

static bool
read_string (Lexer *lexer, size_t prefix)
{
  Quoted quoted = { .begin = lexer->characters, .quote = look (lexer, prefix) };
  for (size_t i = 0; i < prefix; i++)
    {
      char letter = look (lexer, i) | 0x20;
      int32_t begin = lexer->characters;
      if (letter == 'f')
        return WRONG (lexer, UNSUPPORTED, begin, begin + (int32_t)prefix + 1,
                      "Shapescope does not fill in f-strings; write the text itself");
      if (letter == 'b')
        return WRONG (lexer, UNSUPPORTED, begin, begin + (int32_t)prefix + 1,
                      "Shapescope does not know byte strings; write the text without `b`");
      quoted.raw = quoted.raw || letter == 'r';
    }
  quoted.triple =
      look (lexer, prefix + 1) == quoted.quote && look (lexer, prefix + 2) == quoted.quote;

  /* A string right after another goes on with it: its contents replace the NUL. */
  ScopeTokens *out = lexer->out;
  bool joins = out->tokens > 0 && out->token[out->tokens - 1].kind == SCOPE_TOKEN_STRING;
  ScopeToken *token =
      joins ? &out->token[out->tokens - 1] : begin_token (lexer, SCOPE_TOKEN_STRING);
  if (token == NULL)
    return false;
  size_t number = (size_t)(token - out->token);
  if (joins)
    out->texts_length--;
  else
    token->text = (int32_t)out->texts_length;
  skip (lexer, prefix + (quoted.triple ? 3 : 1));
  if (!read_contents (lexer, quoted))
    return false;
  end_token (lexer, &out->token[number]);
  return true;
}

/* ---- names and punctuation ------------------------------------------------------------------- */

static bool
read_name (Lexer *lexer)
{
  ScopeToken *token = begin_token (lexer, SCOPE_TOKEN_NAME);
  if (token == NULL)
    return false;
  size_t bytes;
  while ((bytes = name_character (lexer, false)) > 0)
    skip (lexer, bytes);
  end_token (lexer, token);

  const char *name = lexer->bytes + token->begin;
  size_t length = (size_t)(token->end - token->begin);
  for (int i = SCOPE_SYMBOL_AND; i < SCOPE_N_SYMBOLS; i++)
    if (strlen (symbol_text[i]) == length && memcmp (symbol_text[i], name, length) == 0)
      {
        token->kind = SCOPE_TOKEN_SYMBOL;
        token->symbol = (ScopeSymbol)i;
        return true;
      }
  token->text = (int32_t)lexer->out->texts_length;
  return add_text (lexer, name, length) && add_text (lexer, "", 1);
}

static bool
read_punctuation (Lexer *lexer)
{
  for (int i = SCOPE_SYMBOL_WORD + 1; i < SCOPE_SYMBOL_AND; i++)
    if (starts (lexer, symbol_text[i]))
      {
        ScopeToken *token = begin_token (lexer, SCOPE_TOKEN_SYMBOL);
        if (token == NULL)
          return false;
        token->symbol = (ScopeSymbol)i;
        skip (lexer, strlen (symbol_text[i]));
        end_token (lexer, token);
        char c = symbol_text[i][0];
        if (c == '(' || c == '[' || c == '{')
          lexer->brackets++;
        else if ((c == ')' || c == ']' || c == '}') && lexer->brackets > 0)
          lexer->brackets--;
        return true;
      }
  return wrong_character (lexer);
}

/* ---- lines ----------------------------------------------------------------------------------- */

/* Bytes of white space here, a no-break space (which web pages like to hold) among them; 0 when
 * there is none. */
static size_t
blank (const Lexer *lexer)
{
  char c = look (lexer, 0);
  if (c == ' ' || c == '\t' || c == '\f')
    return 1;
  return starts (lexer, "\xC2\xA0") ? 2 : 0;
}

static void
skip_blanks (Lexer *lexer)
{
  size_t bytes;
  while ((bytes = blank (lexer)) > 0)
    skip (lexer, bytes);
}

/* Bytes of `In [3]:` or `   ...:` here, else 0. */
static size_t
ipython_prompt (const Lexer *lexer)
{
  if (starts (lexer, "...:"))
    return 4;
  if (!starts (lexer, "In ["))
    return 0;
  size_t digits = 4;
  while (is_digit (look (lexer, digits)))
    digits++;
  return look (lexer, digits) == ']' && look (lexer, digits + 1) == ':' ? digits + 2 : 0;
}

/* What may stand before a line: white space and a prompt. `...` is Ellipsis, unless a `>>>` came
 * before. */
static void
begin_line (Lexer *lexer)
{
  lexer->line = lexer->characters;
  skip_blanks (lexer);
  size_t prompt = ipython_prompt (lexer);
  char after = look (lexer, 3);
  if (starts (lexer, ">>>"))
    {
      prompt = 3;
      lexer->prompted = true;
    }
  else if (lexer->prompted && starts (lexer, "...")
           && (after == ' ' || after == '\0' || after == '\n' || after == '\r'))
    prompt = 3;
  if (prompt == 0)
    return;
  skip (lexer, prompt);
  lexer->line = lexer->characters;
  skip_blanks (lexer);
}

/* A line end: a token unless the logical line goes on or has nothing in it. */
static bool
read_line_end (Lexer *lexer)
{
  const ScopeTokens *out = lexer->out;
  bool nothing = out->tokens == 0 || out->token[out->tokens - 1].kind == SCOPE_TOKEN_NEWLINE;
  ScopeToken *token = NULL;
  if (lexer->brackets == 0 && !nothing)
    {
      token = begin_token (lexer, SCOPE_TOKEN_NEWLINE);
      if (token == NULL)
        return false;
    }
  skip (lexer, look (lexer, 0) == '\r' && look (lexer, 1) == '\n' ? 2 : 1);
  if (token != NULL)
    end_token (lexer, token);
  begin_line (lexer);
  return true;
}

static bool
read_backslash (Lexer *lexer)
{
  char c = look (lexer, 1);
  int32_t begin = lexer->characters;
  if (lexer->at + 1 == lexer->length)
    return WRONG (lexer, SYNTAX, begin, begin + 1, "Expected another line after `\\`");
  if (c != '\n' && c != '\r')
    return WRONG (lexer, SYNTAX, begin, begin + 1,
                  "Only the end of the line may follow `\\`, not even a space");
  skip (lexer, c == '\r' && look (lexer, 2) == '\n' ? 3 : 2);
  begin_line (lexer);
  return true;
}

/* One token, or white space. */
static bool
read_one (Lexer *lexer)
{
  char c = look (lexer, 0);
  if (blank (lexer) > 0)
    return skip_blanks (lexer), true;
  if (c == '#')
    {
      while (!at_end (lexer) && look (lexer, 0) != '\n' && look (lexer, 0) != '\r')
        skip (lexer, 1);
      return true;
    }
  if (c == '\n' || c == '\r')
    return read_line_end (lexer);
  if (c == '\\')
    return read_backslash (lexer);
  size_t prefix = string_prefix (lexer);
  if (prefix != SIZE_MAX)
    return read_string (lexer, prefix);
  if (is_digit (c) || (c == '.' && is_digit (look (lexer, 1))))
    return read_number (lexer);
  if (name_character (lexer, true) > 0)
    return read_name (lexer);
  return read_punctuation (lexer);
}

bool
scope_tokens_read (ScopeTokens *tokens, const char *bytes, size_t length, ScopeError *error)
{
  *tokens = (ScopeTokens){ 0 };
  size_t valid = scope_text_valid_utf8 (bytes, length);
  if (valid < length)
    {
      int64_t character = scope_text_characters (bytes, valid);
      return scope_fail_at (error, SCOPE_ERROR_SYNTAX, character, character + 1,
                            "The text is not UTF-8 from byte %zu on", valid);
    }

  Lexer lexer = { .out = tokens, .bytes = bytes, .length = length, .enough = true };
  if (starts (&lexer, "\xEF\xBB\xBF"))
    skip (&lexer, 3);
  begin_line (&lexer);
  while (!at_end (&lexer))
    if (!read_one (&lexer))
      break;
  if (lexer.enough && at_end (&lexer)
      && (tokens->tokens == 0 || tokens->token[tokens->tokens - 1].kind != SCOPE_TOKEN_WRONG))
    begin_token (&lexer, SCOPE_TOKEN_END);
  if (lexer.enough)
    return true;
  return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "Memory ran out while reading the expression");
}

void
scope_tokens_free (ScopeTokens *tokens)
{
  free (tokens->token);
  free (tokens->texts);
  *tokens = (ScopeTokens){ 0 };
}
