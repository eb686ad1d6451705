/* The parsed text: one flat tree, children before parents, so that evaluating it is one loop. */
#pragma once

#include "core/error.h"

#include <stddef.h>

enum
{
  SCOPE_EXPRESSION_BYTES = 64 * 1024, /* longest text */
  SCOPE_EXPRESSION_NESTING = 64,      /* deepest brackets */
};

/* Characters (not bytes) begin…end of the text, half-open. */
typedef struct
{
  int32_t begin, end;
} ScopeSpan;

typedef enum
{
  SCOPE_SYNTAX_NAME,    /* text: the identifier */
  SCOPE_SYNTAX_INTEGER, /* integer */
  SCOPE_SYNTAX_FLOAT,   /* number */
  SCOPE_SYNTAX_STRING,  /* text: the contents, escapes resolved */
  SCOPE_SYNTAX_NONE,    /* None */
  SCOPE_SYNTAX_TRUE,
  SCOPE_SYNTAX_FALSE,
  SCOPE_SYNTAX_ELLIPSIS,  /* ... or Ellipsis */
  SCOPE_SYNTAX_TUPLE,     /* children: the items */
  SCOPE_SYNTAX_LIST,      /* children: the items */
  SCOPE_SYNTAX_SLICE,     /* three children: start, stop, step; −1 where absent */
  SCOPE_SYNTAX_STAR,      /* *child in a call or a tuple */
  SCOPE_SYNTAX_KEYWORD,   /* text: the name; child: the value (only in a call) */
  SCOPE_SYNTAX_ATTRIBUTE, /* text: the name; child: the object; `called` when a call follows */
  SCOPE_SYNTAX_SUBSCRIPT, /* children: the object, the index */
  SCOPE_SYNTAX_CALL,      /* children: the function, then arguments and keywords */
  SCOPE_SYNTAX_UNARY,     /* text: - + ~ not; child */
  SCOPE_SYNTAX_BINARY,    /* text: + - * / // % ** @ & | ^ << >> and or; two children */
  SCOPE_SYNTAX_COMPARE,   /* text: < <= == != >= >; two children; a chain is joined by `and` */
  SCOPE_SYNTAX_CONDITION, /* children: value if true, condition, value if false */
  SCOPE_SYNTAX_VALUE,     /* a statement that is only an expression; child */
  SCOPE_SYNTAX_ASSIGN,    /* C = value: children: the value, then the targets (NAME, SUBSCRIPT,
                             TUPLE of those, ATTRIBUTE of names), in the order Python assigns them */
  SCOPE_SYNTAX_AUGMENT,   /* A += value; text: the operator without =; children: target, value */
  SCOPE_SYNTAX_ASSERT,    /* child: the condition, or a tuple of it and the message */
} ScopeSyntaxKind;

typedef struct
{
  ScopeSyntaxKind kind;
  bool called; /* ATTRIBUTE, NAME: it is the function of a call */
  bool target; /* NAME, SUBSCRIPT, TUPLE: it is assigned to, not read (A += reads) */
  ScopeSpan span;
  const char *text; /* NUL-terminated, owned by the expression; NULL where the kind has none */
  int64_t integer;
  double number;
  int32_t *child; /* node numbers, all smaller than this node's; owned by the expression */
  int32_t children;
} ScopeSyntax;

/* Immutable once parsed. */
typedef struct
{
  char *source; /* the whole text */
  int32_t nodes;
  ScopeSyntax *node; /* children before parents, statements in order */
  int32_t statements;
  int32_t *statement; /* node numbers of VALUE, ASSIGN, AUGMENT, ASSERT */
  void *memory;       /* the one block everything above lies in */
} ScopeExpression;

/* Parses bytes[0…length): Python's expression grammar as far as tensor code uses it, statements on
 * lines or after `;`, comments, line continuation, `>>>`/`In [3]:` prompts, types after names
 * (`x: Tensor = …`, not kept). `import` and `with …:` are skipped, `return x` is x; `for`, `if` and
 * the like are refused by name. Time linear in the length, no recursion on it. A sentence counts
 * characters from one, a span from zero. The result is freed with scope_expression_free. NULL on
 * failure; the error's span marks the characters at fault. Errors: SYNTAX, UNSUPPORTED (right
 * Python that is not known), OVERFLOW (a number), TOO_BIG (length, nesting, keyword arguments),
 * MEMORY. */
ScopeExpression *scope_expression_parse (const char *bytes, size_t length, ScopeError *error);
void scope_expression_free (ScopeExpression *expression); /* NULL is fine */
