/* Python's tokens, as far as tensor code uses them; private to the parser. */
#pragma once

#include "ops/expression.h"

/* X (NAME, spelling): longer spellings stand before their beginnings. */
#define SCOPE_PUNCTUATION(X)                                                                       \
  X (POWER_ASSIGN, "**=")                                                                          \
  X (FLOOR_ASSIGN, "//=")                                                                          \
  X (LEFT_ASSIGN, "<<=")                                                                           \
  X (RIGHT_ASSIGN, ">>=")                                                                          \
  X (ELLIPSIS, "...")                                                                              \
  X (POWER, "**")                                                                                  \
  X (FLOOR_DIVIDE, "//")                                                                           \
  X (SHIFT_LEFT, "<<")                                                                             \
  X (SHIFT_RIGHT, ">>")                                                                            \
  X (LESS_EQUAL, "<=")                                                                             \
  X (GREATER_EQUAL, ">=")                                                                          \
  X (EQUAL, "==")                                                                                  \
  X (NOT_EQUAL, "!=")                                                                              \
  X (WALRUS, ":=")                                                                                 \
  X (ARROW, "->")                                                                                  \
  X (PLUS_ASSIGN, "+=")                                                                            \
  X (MINUS_ASSIGN, "-=")                                                                           \
  X (TIMES_ASSIGN, "*=")                                                                           \
  X (DIVIDE_ASSIGN, "/=")                                                                          \
  X (MODULO_ASSIGN, "%=")                                                                          \
  X (MATMUL_ASSIGN, "@=")                                                                          \
  X (AND_ASSIGN, "&=")                                                                             \
  X (OR_ASSIGN, "|=")                                                                              \
  X (XOR_ASSIGN, "^=")                                                                             \
  X (OPEN_ROUND, "(")                                                                              \
  X (CLOSE_ROUND, ")")                                                                             \
  X (OPEN_SQUARE, "[")                                                                             \
  X (CLOSE_SQUARE, "]")                                                                            \
  X (OPEN_CURLY, "{")                                                                              \
  X (CLOSE_CURLY, "}")                                                                             \
  X (COMMA, ",")                                                                                   \
  X (COLON, ":")                                                                                   \
  X (SEMICOLON, ";")                                                                               \
  X (DOT, ".")                                                                                     \
  X (ASSIGN, "=")                                                                                  \
  X (PLUS, "+")                                                                                    \
  X (MINUS, "-")                                                                                   \
  X (TIMES, "*")                                                                                   \
  X (DIVIDE, "/")                                                                                  \
  X (MODULO, "%")                                                                                  \
  X (MATMUL, "@")                                                                                  \
  X (BIT_AND, "&")                                                                                 \
  X (BIT_OR, "|")                                                                                  \
  X (BIT_XOR, "^")                                                                                 \
  X (INVERT, "~")                                                                                  \
  X (LESS, "<")                                                                                    \
  X (GREATER, ">")

#define SCOPE_KEYWORDS(X)                                                                          \
  X (AND, "and")                                                                                   \
  X (OR, "or")                                                                                     \
  X (NOT, "not")                                                                                   \
  X (IF, "if")                                                                                     \
  X (ELSE, "else")                                                                                 \
  X (FOR, "for")                                                                                   \
  X (IN, "in")                                                                                     \
  X (IS, "is")                                                                                     \
  X (NONE, "None")                                                                                 \
  X (TRUE, "True")                                                                                 \
  X (FALSE, "False")                                                                               \
  X (IMPORT, "import")                                                                             \
  X (FROM, "from")                                                                                 \
  X (RETURN, "return")                                                                             \
  X (LAMBDA, "lambda")                                                                             \
  X (AS, "as")                                                                                     \
  X (ASSERT, "assert")                                                                             \
  X (ASYNC, "async")                                                                               \
  X (AWAIT, "await")                                                                               \
  X (BREAK, "break")                                                                               \
  X (CLASS, "class")                                                                               \
  X (CONTINUE, "continue")                                                                         \
  X (DEF, "def")                                                                                   \
  X (DEL, "del")                                                                                   \
  X (ELIF, "elif")                                                                                 \
  X (EXCEPT, "except")                                                                             \
  X (FINALLY, "finally")                                                                           \
  X (GLOBAL, "global")                                                                             \
  X (NONLOCAL, "nonlocal")                                                                         \
  X (PASS, "pass")                                                                                 \
  X (RAISE, "raise")                                                                               \
  X (TRY, "try")                                                                                   \
  X (WHILE, "while")                                                                               \
  X (WITH, "with")                                                                                 \
  X (YIELD, "yield")

#define SCOPE_SYMBOL_ENUM(name, text) SCOPE_SYMBOL_##name,
typedef enum
{
  SCOPE_SYMBOL_WORD, /* a token that is no punctuation and no keyword */
  SCOPE_PUNCTUATION (SCOPE_SYMBOL_ENUM) SCOPE_KEYWORDS (SCOPE_SYMBOL_ENUM) SCOPE_N_SYMBOLS
} ScopeSymbol;
#undef SCOPE_SYMBOL_ENUM

/* The spelling, static; "" for SCOPE_SYMBOL_WORD. */
const char *scope_symbol_text (ScopeSymbol symbol);
bool scope_symbol_is_keyword (ScopeSymbol symbol);

typedef enum
{
  SCOPE_TOKEN_END,     /* of the text */
  SCOPE_TOKEN_NEWLINE, /* of a logical line */
  SCOPE_TOKEN_SYMBOL,  /* symbol */
  SCOPE_TOKEN_NAME,    /* text */
  SCOPE_TOKEN_STRING,  /* text; adjacent strings are one token already */
  SCOPE_TOKEN_INTEGER, /* integer */
  SCOPE_TOKEN_FLOAT,   /* number */
  SCOPE_TOKEN_WRONG,   /* the list's error says why; the last token */
} ScopeTokenKind;

typedef struct
{
  ScopeTokenKind kind;
  ScopeSymbol symbol;
  ScopeSpan span;
  int32_t begin, end; /* the same in bytes */
  int32_t column;     /* characters between the line's begin (after a prompt) and the token */
  int32_t text;       /* where it begins in the list's texts, NUL-terminated */
  int64_t integer;
  double number;
} ScopeToken;

typedef struct
{
  ScopeToken *token; /* ends with END or WRONG */
  size_t tokens, capacity;
  char *texts;
  size_t texts_length, texts_capacity;
  ScopeError error; /* of WRONG */
} ScopeTokens;

/* Splits the text into tokens. A wrong character is a WRONG token, so that a mistake before it is
 * found first. False only when memory runs out or the text is no UTF-8. Freed with
 * scope_tokens_free, also after a failure. */
bool scope_tokens_read (ScopeTokens *tokens, const char *bytes, size_t length, ScopeError *error);
void scope_tokens_free (ScopeTokens *tokens);

/* Makes room for `needed` elements of `bytes` each in a block that grows geometrically. */
bool scope_block_grow (void **block, size_t *capacity, size_t needed, size_t bytes);
