/* Splits text into Python's tokens: prompts, comments, continuation, numbers, strings. */
#include "ops/lexer-state.h"

#include "core/text.h"

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

/* Goes on by bytes, counting the characters that begin in them. */
void
scope_lexer_skip (ScopeLexer *lexer, size_t bytes)
{
  for (size_t i = 0; i < bytes; i++)
    lexer->characters += (lexer->bytes[lexer->at + i] & 0xC0) != 0x80;
  lexer->at += bytes;
}

/* The character here and its length in bytes; the text is known to be valid. */
uint32_t
scope_lexer_decode (const ScopeLexer *lexer, size_t *bytes)
{
  const unsigned char *p = (const unsigned char *)lexer->bytes + lexer->at;
  size_t length = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
  uint32_t character = length == 1 ? p[0] : p[0] & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; i++)
    character = character << 6 | (p[i] & 0x3Fu);
  *bytes = length;
  return character;
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
size_t
scope_lexer_name_character (const ScopeLexer *lexer, bool first)
{
  if (scope_lexer_at_end (lexer))
    return 0;
  char c = scope_lexer_look (lexer, 0);
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')
    return 1;
  if (scope_lexer_is_digit (c))
    return first ? 0 : 1;
  if ((unsigned char)c < 0x80)
    return 0;
  size_t bytes;
  return is_symbol_beyond_ascii (scope_lexer_decode (lexer, &bytes)) ? 0 : bytes;
}

/* ---- tokens --------------------------------------------------------------------------------- */

/* A new token that begins here; scope_lexer_end_token ends it. NULL when memory runs out. */
ScopeToken *
scope_lexer_begin_token (ScopeLexer *lexer, ScopeTokenKind kind)
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

void
scope_lexer_end_token (ScopeLexer *lexer, ScopeToken *token)
{
  token->span.end = lexer->characters;
  token->end = (int32_t)lexer->at;
}

/* Ends the tokens with a WRONG one; out->error says why. */
bool
scope_lexer_wrong (ScopeLexer *lexer)
{
  lexer->out->error.axis = -1;
  scope_lexer_begin_token (lexer, SCOPE_TOKEN_WRONG);
  return false;
}

bool
scope_lexer_add_text (ScopeLexer *lexer, const char *bytes, size_t length)
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

bool
scope_lexer_wrong_character (ScopeLexer *lexer)
{
  size_t bytes;
  uint32_t c = scope_lexer_decode (lexer, &bytes);
  int32_t here = lexer->characters;
  const char *shown = lexer->bytes + lexer->at;

  for (size_t i = 0; i < sizeof lookalikes / sizeof lookalikes[0]; i++)
    if (lookalikes[i].character == c)
      return SCOPE_WRONG (lexer, SYNTAX, here, here + 1,
                          "`%.*s` (U+%04X, %s) is not Python; write `%s`", (int)bytes, shown, c,
                          lookalikes[i].name, lookalikes[i].instead);

  bool hidden = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2000 && c < 0x2010)
                || (c >= 0x2028 && c < 0x2030) || (c >= 0x2060 && c < 0x2070) || c == 0xAD
                || c == 0xFEFF;
  if (hidden)
    return SCOPE_WRONG (lexer, SYNTAX, here, here + 1,
                        "The invisible character U+%04X cannot stand in an expression; delete it",
                        c);
  if (c < 0x80)
    return SCOPE_WRONG (lexer, SYNTAX, here, here + 1, "`%c` cannot stand in an expression",
                        (char)c);
  return SCOPE_WRONG (lexer, SYNTAX, here, here + 1,
                      "`%.*s` (U+%04X) cannot stand in an expression", (int)bytes, shown, c);
}

/* ---- names and punctuation ------------------------------------------------------------------- */

static bool
read_name (ScopeLexer *lexer)
{
  ScopeToken *token = scope_lexer_begin_token (lexer, SCOPE_TOKEN_NAME);
  if (token == NULL)
    return false;
  size_t bytes;
  while ((bytes = scope_lexer_name_character (lexer, false)) > 0)
    scope_lexer_skip (lexer, bytes);
  scope_lexer_end_token (lexer, token);

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
  return scope_lexer_add_text (lexer, name, length) && scope_lexer_add_text (lexer, "", 1);
}

static bool
read_punctuation (ScopeLexer *lexer)
{
  for (int i = SCOPE_SYMBOL_WORD + 1; i < SCOPE_SYMBOL_AND; i++)
    if (scope_lexer_starts (lexer, symbol_text[i]))
      {
        ScopeToken *token = scope_lexer_begin_token (lexer, SCOPE_TOKEN_SYMBOL);
        if (token == NULL)
          return false;
        token->symbol = (ScopeSymbol)i;
        scope_lexer_skip (lexer, strlen (symbol_text[i]));
        scope_lexer_end_token (lexer, token);
        char c = symbol_text[i][0];
        if (c == '(' || c == '[' || c == '{')
          lexer->brackets++;
        else if ((c == ')' || c == ']' || c == '}') && lexer->brackets > 0)
          lexer->brackets--;
        return true;
      }
  return scope_lexer_wrong_character (lexer);
}

/* ---- lines ----------------------------------------------------------------------------------- */

/* Bytes of white space here, a no-break space (which web pages like to hold) among them; 0 when
 * there is none. */
static size_t
blank (const ScopeLexer *lexer)
{
  char c = scope_lexer_look (lexer, 0);
  if (c == ' ' || c == '\t' || c == '\f')
    return 1;
  return scope_lexer_starts (lexer, "\xC2\xA0") ? 2 : 0;
}

static void
skip_blanks (ScopeLexer *lexer)
{
  size_t bytes;
  while ((bytes = blank (lexer)) > 0)
    scope_lexer_skip (lexer, bytes);
}

/* Bytes of `In [3]:` here, else 0. */
static size_t
ipython_prompt (const ScopeLexer *lexer)
{
  if (!scope_lexer_starts (lexer, "In ["))
    return 0;
  size_t digits = 4;
  while (scope_lexer_is_digit (scope_lexer_look (lexer, digits)))
    digits++;
  return scope_lexer_look (lexer, digits) == ']' && scope_lexer_look (lexer, digits + 1) == ':'
             ? digits + 2
             : 0;
}

/* Bytes of a prompt here, else 0. `...` is Ellipsis, unless a `>>>` or `In [3]:` came before. */
static size_t
prompt_here (ScopeLexer *lexer)
{
  size_t first = scope_lexer_starts (lexer, ">>>") ? 3 : ipython_prompt (lexer);
  if (first > 0)
    {
      lexer->ipython = first > 3;
      lexer->prompted = !lexer->ipython;
      return first;
    }
  if (!scope_lexer_starts (lexer, "..."))
    return 0;
  char after = scope_lexer_look (lexer, 3);
  if (lexer->ipython)
    return after == ':' ? 4 : 0;
  bool blank_after = after == ' ' || after == '\0' || after == '\n' || after == '\r';
  return lexer->prompted && blank_after ? 3 : 0;
}

/* Skips what may stand before a line: white space and a prompt. */
static void
begin_line (ScopeLexer *lexer)
{
  lexer->line = lexer->characters;
  skip_blanks (lexer);
  size_t prompt = prompt_here (lexer);
  if (prompt == 0)
    return;
  scope_lexer_skip (lexer, prompt);
  lexer->line = lexer->characters;
  skip_blanks (lexer);
}

/* A line end: a token unless the logical line goes on or has nothing in it. */
static bool
read_line_end (ScopeLexer *lexer)
{
  const ScopeTokens *out = lexer->out;
  bool nothing = out->tokens == 0 || out->token[out->tokens - 1].kind == SCOPE_TOKEN_NEWLINE;
  ScopeToken *token = NULL;
  if (lexer->brackets == 0 && !nothing)
    {
      token = scope_lexer_begin_token (lexer, SCOPE_TOKEN_NEWLINE);
      if (token == NULL)
        return false;
    }
  scope_lexer_skip (
      lexer, scope_lexer_look (lexer, 0) == '\r' && scope_lexer_look (lexer, 1) == '\n' ? 2 : 1);
  if (token != NULL)
    scope_lexer_end_token (lexer, token);
  begin_line (lexer);
  return true;
}

static bool
read_backslash (ScopeLexer *lexer)
{
  char c = scope_lexer_look (lexer, 1);
  int32_t begin = lexer->characters;
  if (lexer->at + 1 == lexer->length)
    return SCOPE_WRONG (lexer, SYNTAX, begin, begin + 1, "Expected another line after `\\`");
  if (c != '\n' && c != '\r')
    return SCOPE_WRONG (lexer, SYNTAX, begin, begin + 1,
                        "Only the end of the line may follow `\\`, not even a space");
  scope_lexer_skip (lexer, c == '\r' && scope_lexer_look (lexer, 2) == '\n' ? 3 : 2);
  begin_line (lexer);
  return true;
}

/* One token, or white space. */
static bool
read_one (ScopeLexer *lexer)
{
  char c = scope_lexer_look (lexer, 0);
  if (blank (lexer) > 0)
    return skip_blanks (lexer), true;
  if (c == '#')
    {
      while (!scope_lexer_at_end (lexer) && scope_lexer_look (lexer, 0) != '\n'
             && scope_lexer_look (lexer, 0) != '\r')
        scope_lexer_skip (lexer, 1);
      return true;
    }
  if (c == '\n' || c == '\r')
    return read_line_end (lexer);
  if (c == '\\')
    return read_backslash (lexer);
  size_t prefix = scope_lexer_string_prefix (lexer);
  if (prefix != SIZE_MAX)
    return scope_lexer_read_string (lexer, prefix);
  if (scope_lexer_is_digit (c) || (c == '.' && scope_lexer_is_digit (scope_lexer_look (lexer, 1))))
    return scope_lexer_read_number (lexer);
  if (scope_lexer_name_character (lexer, true) > 0)
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

  ScopeLexer lexer = { .out = tokens, .bytes = bytes, .length = length, .enough = true };
  if (scope_lexer_starts (&lexer, "\xEF\xBB\xBF"))
    scope_lexer_skip (&lexer, 3);
  begin_line (&lexer);
  while (!scope_lexer_at_end (&lexer))
    if (!read_one (&lexer))
      break;
  if (lexer.enough && scope_lexer_at_end (&lexer)
      && (tokens->tokens == 0 || tokens->token[tokens->tokens - 1].kind != SCOPE_TOKEN_WRONG))
    scope_lexer_begin_token (&lexer, SCOPE_TOKEN_END);
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
