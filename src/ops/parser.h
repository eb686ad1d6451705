/* What the files of the parser share: its state, its stacks, its sentences; private to it. */
#pragma once

#include "ops/expression.h"

#include "ops/lexer.h"
#include "ops/syntax-tree.h"

#include <assert.h>

/* How tightly operators bind, loosest first; a prefix operator stands in the same order. */
typedef enum
{
  SCOPE_BINDS_NONE,
  SCOPE_BINDS_CONDITION,
  SCOPE_BINDS_OR,
  SCOPE_BINDS_AND,
  SCOPE_BINDS_NOT,
  SCOPE_BINDS_COMPARE,
  SCOPE_BINDS_BIT_OR,
  SCOPE_BINDS_BIT_XOR,
  SCOPE_BINDS_BIT_AND,
  SCOPE_BINDS_SHIFT,
  SCOPE_BINDS_SUM,
  SCOPE_BINDS_PRODUCT,
  SCOPE_BINDS_SIGN,
  SCOPE_BINDS_POWER,
} ScopeParserBinding;

/* A finished value; its span has the brackets around it that its node's span lacks. */
typedef struct
{
  int32_t node;
  ScopeSpan span;
  int32_t chain;       /* of an unbracketed comparison: the node at its right end; else −1 */
  int32_t chain_begin; /* where that begins, brackets and all */
} ScopeParserOperand;

/* An operator that waits for the value at its right. */
typedef struct
{
  ScopeSymbol symbol;
  bool prefix;
  ScopeParserBinding binding;
  ScopeSpan span;
} ScopeParserOperator;

typedef enum
{
  SCOPE_FRAME_STATEMENT, /* no bracket: a value or a tuple without brackets */
  SCOPE_FRAME_GROUP,     /* ( … ): a value in brackets or a tuple */
  SCOPE_FRAME_LIST,      /* [ … ] */
  SCOPE_FRAME_SUBSCRIPT, /* value[ … ] */
  SCOPE_FRAME_CALL,      /* value( … ) */
} ScopeParserFrameKind;

/* An open bracket. Its finished items stand on the operand stack. */
typedef struct
{
  ScopeParserFrameKind kind;
  ScopeSpan open;
  size_t operands, operators; /* heights of the stacks at its begin */
  bool comma;                 /* there was one */
  int keywords;               /* keyword arguments before the current item */

  /* The item that is being read. */
  int32_t begin;             /* its first character, −1 while there is none */
  int colons;                /* of a slice, up to now */
  int32_t part[3];           /* of a slice */
  const ScopeToken *star;    /* the item is *value */
  const ScopeToken *keyword; /* the item is keyword=value */
} ScopeParserFrame;

typedef struct
{
  const char *bytes;
  ScopeTokens tokens;
  size_t at; /* the current token */
  ScopeTree tree;
  ScopeParserOperand *operand;
  size_t operands, operands_capacity;
  ScopeParserOperator *waiting;
  size_t operators, operators_capacity;
  int32_t *scratch; /* children of a node that is being made */
  size_t scratches, scratch_capacity;
  ScopeParserFrame frame[SCOPE_EXPRESSION_NESTING + 1];
  int frames;
  bool wants_value; /* a value must come next, not an operator */
  bool done;        /* the statement's frame is at its end */
  ScopeError *error;
} ScopeParser;

static inline const ScopeToken *
scope_parser_current (const ScopeParser *parser)
{
  return &parser->tokens.token[parser->at];
}

static inline ScopeParserFrame *
scope_parser_top_frame (ScopeParser *parser)
{
  return &parser->frame[parser->frames - 1];
}

static inline int32_t
scope_parser_end_of_previous (const ScopeParser *parser)
{
  return parser->at > 0 ? parser->tokens.token[parser->at - 1].span.end : 0;
}

static inline ScopeParserOperand
scope_parser_pop_operand (ScopeParser *parser)
{
  assert (parser->operands > 0);
  return parser->operand[--parser->operands];
}

/* ---- refusals.c: sentences ------------------------------------------------------------------- */

#define SCOPE_FAIL_AT(parser, code, where, ...)                                                    \
  scope_fail_at ((parser)->error, SCOPE_ERROR_##code, (where).begin, (where).end, __VA_ARGS__)

enum
{
  SCOPE_SHOWN_BYTES = 40 /* of a token in a sentence */
};

typedef struct
{
  char text[SCOPE_SHOWN_BYTES + 32];
} ScopeParserShown;

bool scope_parser_fail_memory (ScopeParser *parser);
/* `text` in backticks, long or broken ones cut. */
ScopeParserShown scope_parser_show_token (const ScopeParser *parser, const ScopeToken *token);
/* What stands where something else was expected: the end of a sentence. */
ScopeParserShown scope_parser_show_found (const ScopeParser *parser, const ScopeToken *token);
const char *scope_parser_closing (ScopeParserFrameKind kind);
const char *scope_parser_opening (ScopeParserFrameKind kind);
bool scope_parser_fail_unclosed (ScopeParser *parser, const ScopeToken *found);
bool scope_parser_fail_value (ScopeParser *parser, const ScopeToken *token);
bool scope_parser_fail_operator (ScopeParser *parser, const ScopeToken *token);
/* Statements that are not expressions. */
bool scope_parser_fail_statement (ScopeParser *parser, const ScopeToken *token);

/* ---- brackets.c: stacks and the items of brackets -------------------------------------------- */

bool scope_parser_push_operand (ScopeParser *parser, ScopeParserOperand operand);
/* A new node with children becomes the top operand. */
bool scope_parser_push_node (ScopeParser *parser,
                             const ScopeSyntax *syntax,
                             const int32_t *child,
                             size_t children);
bool scope_parser_open_frame (ScopeParser *parser, ScopeParserFrameKind kind, ScopeSpan open);
bool scope_parser_open_bracket (ScopeParser *parser, ScopeParserFrameKind kind);
/* Copies the nodes of the operands from `first` on to scratch, after those that are there. */
bool scope_parser_gather_children (ScopeParser *parser, size_t first);
/* The operands from `first` on become one, the children of a new node. */
bool scope_parser_fold_operands (ScopeParser *parser,
                                 size_t first,
                                 ScopeSyntaxKind kind,
                                 ScopeSpan span);
/* Nothing of the current item, or of the current part of a slice, was read. */
bool scope_parser_part_is_empty (ScopeParser *parser);
bool scope_parser_item_is_empty (ScopeParser *parser);
bool scope_parser_take_colon (ScopeParser *parser);
/* Ends the current item: the top operand is its value afterwards. */
bool scope_parser_finish_item (ScopeParser *parser);
/* The items of a frame without brackets of its own, or of an index: one value or a tuple. */
bool scope_parser_finish_tuple (ScopeParser *parser);
bool scope_parser_take_closing (ScopeParser *parser);
bool scope_parser_take_comma (ScopeParser *parser);

/* ---- values.c: operators and values ---------------------------------------------------------- */

/* Applies the operators of the current frame that bind at least as tightly as `binding`. */
bool scope_parser_reduce_while (ScopeParser *parser, ScopeParserBinding binding);
/* A value or a tuple without brackets, up to what ends a statement or a target. */
bool scope_parser_values (ScopeParser *parser, ScopeParserOperand *out);
