/* The state of the lexer, shared by lexer.c and literals.c; private to them. */
#pragma once

#include "ops/lexer.h"

#include <string.h>

typedef struct
{
  ScopeTokens *out;
  const char *bytes; /* valid UTF-8 */
  size_t length;
  size_t at;          /* in bytes */
  int32_t characters; /* before `at` */
  int32_t line;       /* characters before the current line's first, prompts not counted */
  int brackets;       /* open ones: a line end within them is white space */
  bool prompted;      /* `>>>` was seen, so `... ` at a line's begin is a prompt, too */
  bool ipython;       /* `In [3]:` was seen, so `...:` is one */
  bool enough;        /* memory so far */
} ScopeLexer;

/* The byte `ahead` of the current one, 0 beyond the end (and for a NUL, which is no token). */
static inline char
scope_lexer_look (const ScopeLexer *lexer, size_t ahead)
{
  return ahead < lexer->length - lexer->at ? lexer->bytes[lexer->at + ahead] : '\0';
}

static inline bool
scope_lexer_at_end (const ScopeLexer *lexer)
{
  return lexer->at == lexer->length;
}

static inline bool
scope_lexer_starts (const ScopeLexer *lexer, const char *word)
{
  size_t length = strlen (word);
  return length <= lexer->length - lexer->at
         && memcmp (lexer->bytes + lexer->at, word, length) == 0;
}

static inline bool
scope_lexer_is_digit (char c)
{
  return c >= '0' && c <= '9';
}

/* ---- lexer.c -------------------------------------------------------------------------------- */

/* Goes on by bytes, counting the characters that begin in them. */
void scope_lexer_skip (ScopeLexer *lexer, size_t bytes);
/* The character here and its length in bytes; the text is known to be valid. */
uint32_t scope_lexer_decode (const ScopeLexer *lexer, size_t *bytes);
/* Bytes of the character here when it may stand in a name (at its begin: no digit), else 0. */
size_t scope_lexer_name_character (const ScopeLexer *lexer, bool first);
/* A new token that begins here; scope_lexer_end_token ends it. NULL when memory runs out. */
ScopeToken *scope_lexer_begin_token (ScopeLexer *lexer, ScopeTokenKind kind);
void scope_lexer_end_token (ScopeLexer *lexer, ScopeToken *token);
/* Ends the tokens with a WRONG one; out->error says why. */
bool scope_lexer_wrong (ScopeLexer *lexer);
bool scope_lexer_add_text (ScopeLexer *lexer, const char *bytes, size_t length);
bool scope_lexer_wrong_character (ScopeLexer *lexer);

#define SCOPE_WRONG(lexer, code, begin, end, ...)                                                  \
  (scope_fail_at (&(lexer)->out->error, SCOPE_ERROR_##code, begin, end, __VA_ARGS__),              \
   scope_lexer_wrong (lexer))

/* ---- literals.c ----------------------------------------------------------------------------- */

bool scope_lexer_read_number (ScopeLexer *lexer);
/* Bytes of a string's prefix letters, or SIZE_MAX when no string begins here. */
size_t scope_lexer_string_prefix (const ScopeLexer *lexer);
bool scope_lexer_read_string (ScopeLexer *lexer, size_t prefix);
