/* Python's expression grammar by operator precedence, with stacks in place of recursion. */
#include "ops/expression.h"

#include "ops/lexer.h"
#include "ops/syntax-tree.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum
{
  MOST_KEYWORDS = 255, /* keyword arguments of one call */
};

/* How tightly operators bind, loosest first; a prefix operator stands in the same order. */
typedef enum
{
  BINDS_NONE,
  BINDS_CONDITION,
  BINDS_OR,
  BINDS_AND,
  BINDS_NOT,
  BINDS_COMPARE,
  BINDS_BIT_OR,
  BINDS_BIT_XOR,
  BINDS_BIT_AND,
  BINDS_SHIFT,
  BINDS_SUM,
  BINDS_PRODUCT,
  BINDS_SIGN,
  BINDS_POWER,
} Binding;

/* A finished value; its span has the brackets around it that its node's span lacks. */
typedef struct
{
  int32_t node;
  int32_t chain; /* of an unbracketed comparison: the node at its right end; else −1 */
  ScopeSpan span;
} Operand;

/* An operator that waits for the value at its right. */
typedef struct
{
  ScopeSymbol symbol;
  bool prefix;
  Binding binding;
  ScopeSpan span;
} Operator;

typedef enum
{
  FRAME_STATEMENT, /* no bracket: a value or a tuple without brackets */
  FRAME_GROUP,     /* ( … ): a value in brackets or a tuple */
  FRAME_LIST,      /* [ … ] */
  FRAME_SUBSCRIPT, /* value[ … ] */
  FRAME_CALL,      /* value( … ) */
} FrameKind;

/* An open bracket. Its finished items stand on the operand stack. */
typedef struct
{
  FrameKind kind;
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
} Frame;

typedef struct
{
  const char *bytes;
  ScopeTokens tokens;
  size_t at; /* the current token */
  ScopeTree tree;
  Operand *operand;
  size_t operands, operands_capacity;
  Operator *waiting;
  size_t operators, operators_capacity;
  int32_t *scratch; /* children of a node that is being made */
  size_t scratches, scratch_capacity;
  Frame frame[SCOPE_EXPRESSION_NESTING + 1];
  int frames;
  bool wants_value; /* a value must come next, not an operator */
  bool done;        /* the statement's frame is at its end */
  ScopeError *error;
} Parser;

/* ---- failing --------------------------------------------------------------------------------- */

#define FAIL_AT(parser, code, where, ...)                                                          \
  scope_fail_at ((parser)->error, SCOPE_ERROR_##code, (where).begin, (where).end, __VA_ARGS__)

static bool
fail_memory (Parser *parser)
{
  return scope_fail (parser->error, SCOPE_ERROR_MEMORY, -1,
                     "Memory ran out while parsing the expression");
}

enum
{
  SHOWN_BYTES = 40 /* of a token in a sentence */
};

typedef struct
{
  char text[SHOWN_BYTES + 32];
} Shown;

/* `text` in backticks, long or broken ones cut. */
static Shown
show_token (const Parser *parser, const ScopeToken *token)
{
  const char *text = parser->bytes + token->begin;
  size_t length = (size_t)(token->end - token->begin), shown = 0;
  while (shown < length && shown < SHOWN_BYTES && text[shown] != '\n' && text[shown] != '\r')
    shown++;
  bool cut = shown < length;
  while (cut && shown > 0 && (text[shown] & 0xC0) == 0x80)
    shown--;

  Shown out = { "`" };
  memcpy (out.text + 1, text, shown);
  strcpy (out.text + 1 + shown, cut ? "…`" : "`");
  return out;
}

/* What stands where something else was expected: the end of a sentence. */
static Shown
show_found (const Parser *parser, const ScopeToken *token)
{
  if (token->kind == SCOPE_TOKEN_END)
    return (Shown){ "but the text ends" };
  if (token->kind == SCOPE_TOKEN_NEWLINE)
    return (Shown){ "but the line ends" };

  Shown shown = show_token (parser, token), out = { "but found " };
  strcat (out.text, shown.text);
  return out;
}

static const char *
closing (FrameKind kind)
{
  return kind == FRAME_GROUP || kind == FRAME_CALL ? ")" : "]";
}

static const char *
opening (FrameKind kind)
{
  return kind == FRAME_GROUP || kind == FRAME_CALL ? "(" : "[";
}

/* The current token; the lexer's own failure is reported when it is reached. */
static const ScopeToken *
current (const Parser *parser)
{
  return &parser->tokens.token[parser->at];
}

static Frame *
top_frame (Parser *parser)
{
  return &parser->frame[parser->frames - 1];
}

static int32_t
end_of_previous (const Parser *parser)
{
  return parser->at > 0 ? parser->tokens.token[parser->at - 1].span.end : 0;
}

static bool
fail_unclosed (Parser *parser, const ScopeToken *found)
{
  const Frame *frame = top_frame (parser);
  ScopeSpan span = found->kind == SCOPE_TOKEN_END ? frame->open : found->span;
  return FAIL_AT (parser, SYNTAX, span, "Expected `%s` to close `%s` opened at character %d, %s",
                  closing (frame->kind), opening (frame->kind), frame->open.begin + 1,
                  show_found (parser, found).text);
}

/* A keyword that has no place in an expression. */
static bool
fail_keyword (Parser *parser, const ScopeToken *token)
{
  const char *word = scope_symbol_text (token->symbol);
  switch (token->symbol)
    {
    case SCOPE_SYMBOL_LAMBDA:
    case SCOPE_SYMBOL_AWAIT:
    case SCOPE_SYMBOL_YIELD:
      return FAIL_AT (parser, UNSUPPORTED, token->span, "Shapescope does not know `%s`", word);
    case SCOPE_SYMBOL_FOR:
    case SCOPE_SYMBOL_ASYNC:
      return FAIL_AT (parser, UNSUPPORTED, token->span,
                      "Shapescope does not know comprehensions (`%s` within brackets)", word);
    default:
      return FAIL_AT (parser, SYNTAX, token->span, "The keyword `%s` cannot stand here", word);
    }
}

static bool
fail_value (Parser *parser, const ScopeToken *token)
{
  const Frame *frame = top_frame (parser);
  if (token->kind == SCOPE_TOKEN_END && frame->kind != FRAME_STATEMENT)
    return fail_unclosed (parser, token);
  bool loose = token->kind == SCOPE_TOKEN_SYMBOL && scope_symbol_is_keyword (token->symbol);
  if (loose && token->symbol != SCOPE_SYMBOL_IF && token->symbol != SCOPE_SYMBOL_ELSE
      && token->symbol != SCOPE_SYMBOL_AND && token->symbol != SCOPE_SYMBOL_OR)
    return fail_keyword (parser, token);

  const ScopeToken *previous = parser->at > 0 ? token - 1 : NULL;
  if (previous != NULL && previous->kind == SCOPE_TOKEN_SYMBOL
      && previous->symbol != SCOPE_SYMBOL_SEMICOLON)
    return FAIL_AT (parser, SYNTAX, token->span, "Expected a value after %s, %s",
                    show_token (parser, previous).text, show_found (parser, token).text);
  return FAIL_AT (parser, SYNTAX, token->span, "Expected a value, %s",
                  show_found (parser, token).text);
}

static bool
fail_operator (Parser *parser, const ScopeToken *token)
{
  const Frame *frame = top_frame (parser);
  Shown found = show_found (parser, token);
  if (token->kind == SCOPE_TOKEN_SYMBOL && scope_symbol_is_keyword (token->symbol))
    return fail_keyword (parser, token);
  if (frame->kind != FRAME_STATEMENT)
    {
      if (token->kind == SCOPE_TOKEN_END || token->kind == SCOPE_TOKEN_SYMBOL)
        return fail_unclosed (parser, token);
      return FAIL_AT (parser, SYNTAX, token->span,
                      "Expected `,` or `%s` to close `%s` opened at character %d, %s",
                      closing (frame->kind), opening (frame->kind), frame->open.begin + 1,
                      found.text);
    }
  if (token->symbol == SCOPE_SYMBOL_CLOSE_ROUND || token->symbol == SCOPE_SYMBOL_CLOSE_SQUARE
      || token->symbol == SCOPE_SYMBOL_CLOSE_CURLY)
    return FAIL_AT (parser, SYNTAX, token->span, "%s closes nothing that was opened",
                    show_token (parser, token).text);
  return FAIL_AT (parser, SYNTAX, token->span, "Expected an operator or the end of the line, %s",
                  found.text);
}

/* ---- stacks ---------------------------------------------------------------------------------- */

static bool
push_operand (Parser *parser, Operand operand)
{
  if (operand.node < 0
      || !scope_block_grow ((void **)&parser->operand, &parser->operands_capacity,
                            parser->operands + 1, sizeof operand))
    return fail_memory (parser);
  parser->operand[parser->operands++] = operand;
  return true;
}

/* A new node with children becomes the top operand. */
static bool
push_node (Parser *parser, const ScopeSyntax *syntax, const int32_t *child, size_t children)
{
  int32_t node = scope_tree_add (&parser->tree, syntax, -1, child, children);
  return push_operand (parser, (Operand){ node, -1, syntax->span });
}

static Operand
pop_operand (Parser *parser)
{
  assert (parser->operands > 0);
  return parser->operand[--parser->operands];
}

static bool
push_operator (Parser *parser, const ScopeToken *token, bool prefix, Binding binding)
{
  if (!scope_block_grow ((void **)&parser->waiting, &parser->operators_capacity,
                         parser->operators + 1, sizeof parser->waiting[0]))
    return fail_memory (parser);
  parser->waiting[parser->operators++] = (Operator){ token->symbol, prefix, binding, token->span };
  parser->wants_value = true;
  parser->at++;
  return true;
}

static bool
open_frame (Parser *parser, FrameKind kind, ScopeSpan open)
{
  if (parser->frames > SCOPE_EXPRESSION_NESTING)
    return FAIL_AT (parser, TOO_BIG, open, "More than %d brackets stand within each other",
                    SCOPE_EXPRESSION_NESTING);
  parser->frame[parser->frames++] = (Frame){
    .kind = kind,
    .open = open,
    .operands = parser->operands,
    .operators = parser->operators,
    .begin = -1,
  };
  parser->wants_value = true;
  return true;
}

static bool
open_bracket (Parser *parser, FrameKind kind)
{
  const ScopeToken *token = current (parser);
  parser->at++;
  return open_frame (parser, kind, token->span);
}

/* Copies the nodes of the operands from `first` on to scratch, after those that are there. */
static bool
gather_children (Parser *parser, size_t first)
{
  size_t count = parser->operands - first;
  if (!scope_block_grow ((void **)&parser->scratch, &parser->scratch_capacity,
                         parser->scratches + count + 1, sizeof parser->scratch[0]))
    return fail_memory (parser);
  for (size_t i = first; i < parser->operands; i++)
    parser->scratch[parser->scratches++] = parser->operand[i].node;
  return true;
}

/* The operands from `first` on become one, the children of a new node. */
static bool
fold_operands (Parser *parser, size_t first, ScopeSyntaxKind kind, ScopeSpan span)
{
  size_t kept = parser->scratches;
  if (!gather_children (parser, first))
    return false;
  size_t count = parser->scratches - kept;
  parser->operands = first;
  parser->scratches = kept;
  return push_node (parser, &(ScopeSyntax){ .kind = kind, .span = span }, parser->scratch + kept,
                    count);
}

/* ---- operators ------------------------------------------------------------------------------- */

/* a < b, or the next link of a < b < c, which is (a < b) and (b < c) with one b. */
static bool
reduce_comparison (Parser *parser, const char *text, Operand left, Operand right)
{
  int32_t begin = left.chain >= 0 ? left.chain : left.node;
  ScopeSpan whole = { left.span.begin, right.span.end }, link = whole;
  if (left.chain >= 0)
    link.begin = parser->tree.node[left.chain].syntax.span.begin;

  int32_t node = scope_tree_add (
      &parser->tree, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_COMPARE, .span = link, .text = text }, -1,
      (int32_t[]){ begin, right.node }, 2);
  if (node >= 0 && left.chain >= 0)
    node = scope_tree_add (
        &parser->tree, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_BINARY, .span = whole, .text = "and" },
        -1, (int32_t[]){ left.node, node }, 2);
  return push_operand (parser, (Operand){ node, right.node, whole });
}

/* Applies the top operator to the top operands. */
static bool
reduce (Parser *parser)
{
  Operator waiting = parser->waiting[--parser->operators];
  const char *text = scope_symbol_text (waiting.symbol);
  Operand right = pop_operand (parser);
  if (waiting.prefix)
    return push_node (parser,
                      &(ScopeSyntax){ .kind = SCOPE_SYNTAX_UNARY,
                                      .text = text,
                                      .span = { waiting.span.begin, right.span.end } },
                      &right.node, 1);

  Operand left = pop_operand (parser);
  if (waiting.binding == BINDS_COMPARE)
    return reduce_comparison (parser, text, left, right);
  if (waiting.binding == BINDS_CONDITION)
    {
      Operand value = pop_operand (parser);
      return push_node (parser,
                        &(ScopeSyntax){ .kind = SCOPE_SYNTAX_CONDITION,
                                        .span = { value.span.begin, right.span.end } },
                        (int32_t[]){ value.node, left.node, right.node }, 3);
    }
  return push_node (parser,
                    &(ScopeSyntax){ .kind = SCOPE_SYNTAX_BINARY,
                                    .text = text,
                                    .span = { left.span.begin, right.span.end } },
                    (int32_t[]){ left.node, right.node }, 2);
}

/* Applies the operators of the current frame that bind at least as tightly as `binding`. */
static bool
reduce_while (Parser *parser, Binding binding)
{
  while (parser->operators > top_frame (parser)->operators)
    {
      const Operator *waiting = &parser->waiting[parser->operators - 1];
      if (waiting->binding < binding)
        break;
      if (waiting->symbol == SCOPE_SYMBOL_IF)
        return FAIL_AT (parser, SYNTAX, current (parser)->span,
                        "Expected `else` for the `if` at character %d, %s", waiting->span.begin + 1,
                        show_found (parser, current (parser)).text);
      if (!reduce (parser))
        return false;
    }
  return true;
}

/* Outside of calls Python lets only tightly bound operators follow a star. */
static bool
check_star (Parser *parser, Binding binding)
{
  const Frame *frame = top_frame (parser);
  if (frame->star == NULL || frame->kind == FRAME_CALL || binding >= BINDS_BIT_OR)
    return true;
  return FAIL_AT (parser, SYNTAX, current (parser)->span,
                  "Expected brackets around the value after `*`, %s",
                  show_found (parser, current (parser)).text);
}

static bool
take_binary (Parser *parser, Binding binding)
{
  Binding tighter = binding == BINDS_POWER ? binding + 1 : binding;
  return check_star (parser, binding) && reduce_while (parser, tighter)
         && push_operator (parser, current (parser), false, binding);
}

static bool
take_if (Parser *parser)
{
  if (!check_star (parser, BINDS_CONDITION) || !reduce_while (parser, BINDS_CONDITION + 1))
    return false;
  size_t operators = parser->operators;
  if (operators > top_frame (parser)->operators
      && parser->waiting[operators - 1].symbol == SCOPE_SYMBOL_IF)
    return FAIL_AT (parser, SYNTAX, current (parser)->span,
                    "Expected `else` for the `if` at character %d, but found `if`",
                    parser->waiting[operators - 1].span.begin + 1);
  return push_operator (parser, current (parser), false, BINDS_CONDITION);
}

/* The waiting `if` becomes an operator of three operands. */
static bool
take_else (Parser *parser)
{
  if (!reduce_while (parser, BINDS_CONDITION + 1))
    return false;
  size_t operators = parser->operators;
  if (operators == top_frame (parser)->operators
      || parser->waiting[operators - 1].symbol != SCOPE_SYMBOL_IF)
    return FAIL_AT (parser, SYNTAX, current (parser)->span, "`else` has no `if` before it");
  parser->operators--;
  return push_operator (parser, current (parser), false, BINDS_CONDITION);
}

static bool
take_prefix (Parser *parser)
{
  const ScopeToken *token = current (parser);
  size_t operators = parser->operators;
  bool within = operators > top_frame (parser)->operators;
  if (token->symbol != SCOPE_SYMBOL_NOT)
    return push_operator (parser, token, true, BINDS_SIGN);
  if (within && parser->waiting[operators - 1].binding > BINDS_NOT)
    return FAIL_AT (parser, SYNTAX, token->span,
                    "Expected brackets around `not …` after `%s`, which binds tighter",
                    scope_symbol_text (parser->waiting[operators - 1].symbol));
  return check_star (parser, BINDS_NOT) && push_operator (parser, token, true, BINDS_NOT);
}

static bool
take_attribute (Parser *parser)
{
  const ScopeToken *name = &current (parser)[1];
  if (name->kind == SCOPE_TOKEN_WRONG)
    return parser->at++, true;
  if (name->kind != SCOPE_TOKEN_NAME)
    return FAIL_AT (parser, SYNTAX, name->span, "Expected a name after `.`, %s",
                    show_found (parser, name).text);
  Operand object = pop_operand (parser);
  ScopeSpan span = { object.span.begin, name->span.end };
  int32_t node =
      scope_tree_add (&parser->tree, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_ATTRIBUTE, .span = span },
                      name->text, &object.node, 1);
  parser->at += 2;
  return push_operand (parser, (Operand){ node, -1, span });
}

static bool
take_call (Parser *parser)
{
  const Operand *function = &parser->operand[parser->operands - 1];
  ScopeTreeNode *node = &parser->tree.node[function->node];
  bool name = node->syntax.kind == SCOPE_SYNTAX_NAME;
  if (name && strcmp (parser->tokens.texts + node->pooled, "print") == 0)
    return FAIL_AT (parser, UNSUPPORTED, node->syntax.span,
                    "`print (…)` only shows a value; paste what stands between its brackets");
  if (name || node->syntax.kind == SCOPE_SYNTAX_ATTRIBUTE)
    node->syntax.called = true;
  return open_bracket (parser, FRAME_CALL);
}

/* ---- items of brackets ----------------------------------------------------------------------- */

/* Nothing of the current item, or of the current part of a slice, was read. */
static bool
part_is_empty (Parser *parser)
{
  const Frame *frame = top_frame (parser);
  return parser->wants_value && parser->operators == frame->operators && frame->star == NULL
         && frame->keyword == NULL;
}

static bool
item_is_empty (Parser *parser)
{
  return part_is_empty (parser) && top_frame (parser)->colons == 0;
}

/* Stores the part of a slice before a colon or at the slice's end. */
static bool
finish_part (Parser *parser)
{
  Frame *frame = top_frame (parser);
  if (frame->star != NULL)
    return FAIL_AT (parser, SYNTAX, frame->star->span, "A slice cannot be starred");
  if (part_is_empty (parser))
    return frame->part[frame->colons] = -1, true;
  if (!reduce_while (parser, BINDS_CONDITION))
    return false;
  frame->part[frame->colons] = pop_operand (parser).node;
  return true;
}

static bool
take_colon (Parser *parser)
{
  Frame *frame = top_frame (parser);
  const ScopeToken *token = current (parser);
  if (frame->colons == 2)
    return FAIL_AT (parser, SYNTAX, token->span, "A slice has at most two colons");
  if (!finish_part (parser))
    return false;
  if (frame->begin < 0)
    frame->begin = token->span.begin;
  frame->colons++;
  parser->wants_value = true;
  parser->at++;
  return true;
}

static bool
finish_slice (Parser *parser)
{
  Frame *frame = top_frame (parser);
  if (!finish_part (parser))
    return false;
  if (frame->colons == 1)
    frame->part[2] = -1;
  ScopeSpan span = { frame->begin, end_of_previous (parser) };
  return push_node (parser, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_SLICE, .span = span }, frame->part,
                    3);
}

/* The top operand is the value of keyword=value. */
static bool
finish_keyword (Parser *parser)
{
  Frame *frame = top_frame (parser);
  const ScopeToken *keyword = frame->keyword;
  const char *texts = parser->tokens.texts;
  for (size_t i = frame->operands; i + 1 < parser->operands; i++)
    {
      const ScopeTreeNode *other = &parser->tree.node[parser->operand[i].node];
      if (other->syntax.kind == SCOPE_SYNTAX_KEYWORD
          && strcmp (texts + other->pooled, texts + keyword->text) == 0)
        return FAIL_AT (parser, SYNTAX, keyword->span, "The argument %s is given twice",
                        show_token (parser, keyword).text);
    }
  if (++frame->keywords > MOST_KEYWORDS)
    return FAIL_AT (parser, TOO_BIG, keyword->span, "The call has more than %d keyword arguments",
                    MOST_KEYWORDS);

  Operand value = pop_operand (parser);
  ScopeSpan span = { keyword->span.begin, value.span.end };
  int32_t node =
      scope_tree_add (&parser->tree, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_KEYWORD, .span = span },
                      keyword->text, &value.node, 1);
  return push_operand (parser, (Operand){ node, -1, span });
}

/* Ends the current item: the top operand is its value afterwards. */
static bool
finish_item (Parser *parser)
{
  Frame *frame = top_frame (parser);
  if (frame->colons > 0)
    {
      if (!finish_slice (parser))
        return false;
    }
  else if (!reduce_while (parser, BINDS_CONDITION))
    return false;

  Operand *value = &parser->operand[parser->operands - 1];
  if (frame->keyword != NULL)
    {
      if (!finish_keyword (parser))
        return false;
    }
  else if (frame->star != NULL)
    {
      ScopeSpan span = { frame->star->span.begin, value->span.end };
      if (!fold_operands (parser, parser->operands - 1, SCOPE_SYNTAX_STAR, span))
        return false;
    }
  else if (frame->keywords > 0)
    return FAIL_AT (parser, SYNTAX, value->span,
                    "An argument without a name cannot follow one with a name");
  frame->begin = -1;
  frame->colons = 0;
  frame->star = frame->keyword = NULL;
  return true;
}

/* The items of a frame without brackets of its own, or of an index: one value or a tuple. */
static bool
finish_tuple (Parser *parser)
{
  const Frame *frame = top_frame (parser);
  const Operand *first = &parser->operand[frame->operands];
  bool star = parser->tree.node[first->node].syntax.kind == SCOPE_SYNTAX_STAR;
  if (!frame->comma && star && frame->kind != FRAME_SUBSCRIPT)
    return FAIL_AT (parser, SYNTAX, first->span,
                    "A starred value can only stand in a call, a tuple or a list");
  if (!frame->comma && !star)
    return true;
  ScopeSpan span = { first->span.begin, end_of_previous (parser) };
  return fold_operands (parser, frame->operands, SCOPE_SYNTAX_TUPLE, span);
}

static bool
close_group (Parser *parser, ScopeSpan span)
{
  const Frame *frame = top_frame (parser);
  size_t items = parser->operands - frame->operands;
  if (items != 1 || frame->comma)
    return fold_operands (parser, frame->operands, SCOPE_SYNTAX_TUPLE, span);
  if (!finish_tuple (parser))
    return false;
  Operand *value = &parser->operand[parser->operands - 1];
  value->span = span;
  value->chain = -1;
  return true;
}

/* The current token closes the current frame, whose items are finished. */
static bool
close_frame (Parser *parser)
{
  const ScopeToken *token = current (parser);
  const Frame *frame = top_frame (parser);
  ScopeSpan span = { frame->open.begin, token->span.end };
  size_t items = parser->operands - frame->operands;
  bool closed = false;
  switch (frame->kind)
    {
    case FRAME_GROUP:
      closed = close_group (parser, span);
      break;
    case FRAME_LIST:
      closed = fold_operands (parser, frame->operands, SCOPE_SYNTAX_LIST, span);
      break;
    case FRAME_SUBSCRIPT:
      if (items == 0)
        return FAIL_AT (parser, SYNTAX, span, "Expected an index between `[` and `]`");
      span.begin = parser->operand[frame->operands - 1].span.begin;
      closed = finish_tuple (parser)
               && fold_operands (parser, frame->operands - 1, SCOPE_SYNTAX_SUBSCRIPT, span);
      break;
    case FRAME_CALL:
      span.begin = parser->operand[frame->operands - 1].span.begin;
      closed = fold_operands (parser, frame->operands - 1, SCOPE_SYNTAX_CALL, span);
      break;
    case FRAME_STATEMENT:
      break;
    }
  parser->frames--;
  parser->wants_value = false;
  parser->at++;
  return closed;
}

static bool
take_closing (Parser *parser)
{
  const ScopeToken *token = current (parser);
  const Frame *frame = top_frame (parser);
  if (frame->kind == FRAME_STATEMENT)
    return fail_operator (parser, token);
  if (strcmp (closing (frame->kind), scope_symbol_text (token->symbol)) != 0)
    return fail_unclosed (parser, token);
  if (!item_is_empty (parser) && !finish_item (parser))
    return false;
  return close_frame (parser);
}

static bool
take_comma (Parser *parser)
{
  if (!finish_item (parser))
    return false;
  top_frame (parser)->comma = true;
  parser->wants_value = true;
  parser->at++;
  return true;
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool
take_leaf (Parser *parser, ScopeSyntaxKind kind)
{
  const ScopeToken *token = current (parser);
  bool text = kind == SCOPE_SYNTAX_NAME || kind == SCOPE_SYNTAX_STRING;
  ScopeSyntax syntax = {
    .kind = kind, .span = token->span, .integer = token->integer, .number = token->number
  };
  int32_t node = scope_tree_add (&parser->tree, &syntax, text ? token->text : -1, NULL, 0);
  parser->wants_value = false;
  parser->at++;
  return push_operand (parser, (Operand){ node, -1, token->span });
}

static bool
take_name (Parser *parser)
{
  const ScopeToken *token = current (parser);
  Frame *frame = top_frame (parser);
  if (frame->kind == FRAME_CALL && item_is_empty (parser) && token[1].symbol == SCOPE_SYMBOL_ASSIGN)
    {
      frame->keyword = token;
      parser->at += 2;
      return true;
    }
  bool ellipsis = strcmp (parser->tokens.texts + token->text, "Ellipsis") == 0;
  return take_leaf (parser, ellipsis ? SCOPE_SYNTAX_ELLIPSIS : SCOPE_SYNTAX_NAME);
}

static bool
take_star (Parser *parser)
{
  Frame *frame = top_frame (parser);
  const ScopeToken *token = current (parser);
  if (!item_is_empty (parser))
    return fail_value (parser, token);
  if (token->symbol == SCOPE_SYMBOL_POWER)
    return frame->kind == FRAME_CALL
               ? FAIL_AT (parser, UNSUPPORTED, token->span,
                          "Shapescope does not know `**` in a call; write the arguments out")
               : fail_value (parser, token);
  frame->star = token;
  parser->at++;
  return true;
}

/* A statement's end, or what stands between a target and a value. */
static bool
ends_value (const ScopeToken *token)
{
  switch (token->symbol)
    {
    case SCOPE_SYMBOL_SEMICOLON:
    case SCOPE_SYMBOL_COLON:
    case SCOPE_SYMBOL_ASSIGN:
      return true;
    case SCOPE_SYMBOL_WORD:
      return token->kind == SCOPE_TOKEN_END || token->kind == SCOPE_TOKEN_NEWLINE;
    default:
      return token->symbol >= SCOPE_SYMBOL_PLUS_ASSIGN && token->symbol <= SCOPE_SYMBOL_XOR_ASSIGN
                 ? true
                 : token->symbol >= SCOPE_SYMBOL_POWER_ASSIGN
                       && token->symbol <= SCOPE_SYMBOL_RIGHT_ASSIGN;
    }
}

/* What may stand in place of a value: nothing, where an item or a slice's part may be empty. */
static bool
take_nothing (Parser *parser)
{
  const ScopeToken *token = current (parser);
  const Frame *frame = top_frame (parser);
  if (!part_is_empty (parser))
    return fail_value (parser, token);
  bool close =
      token->symbol == SCOPE_SYMBOL_CLOSE_ROUND || token->symbol == SCOPE_SYMBOL_CLOSE_SQUARE;
  if (frame->kind == FRAME_SUBSCRIPT)
    {
      if (token->symbol == SCOPE_SYMBOL_COLON)
        return take_colon (parser);
      if (token->symbol == SCOPE_SYMBOL_COMMA && frame->colons > 0)
        return take_comma (parser);
    }
  if (close)
    return take_closing (parser);
  if (frame->kind == FRAME_STATEMENT && frame->comma && ends_value (token))
    return parser->done = true;
  return fail_value (parser, token);
}

static bool
take_value (Parser *parser)
{
  Frame *frame = top_frame (parser);
  const ScopeToken *token = current (parser);
  if (frame->begin < 0 && !ends_value (token))
    frame->begin = token->span.begin;

  switch (token->kind)
    {
    case SCOPE_TOKEN_NAME:
      return take_name (parser);
    case SCOPE_TOKEN_STRING:
      return take_leaf (parser, SCOPE_SYNTAX_STRING);
    case SCOPE_TOKEN_INTEGER:
      return take_leaf (parser, SCOPE_SYNTAX_INTEGER);
    case SCOPE_TOKEN_FLOAT:
      return take_leaf (parser, SCOPE_SYNTAX_FLOAT);
    default:
      break;
    }

  switch (token->symbol)
    {
    case SCOPE_SYMBOL_OPEN_ROUND:
      return open_bracket (parser, FRAME_GROUP);
    case SCOPE_SYMBOL_OPEN_SQUARE:
      return open_bracket (parser, FRAME_LIST);
    case SCOPE_SYMBOL_OPEN_CURLY:
      return FAIL_AT (parser, UNSUPPORTED, token->span,
                      "Shapescope does not know dictionaries and sets");
    case SCOPE_SYMBOL_PLUS:
    case SCOPE_SYMBOL_MINUS:
    case SCOPE_SYMBOL_INVERT:
    case SCOPE_SYMBOL_NOT:
      return take_prefix (parser);
    case SCOPE_SYMBOL_TIMES:
    case SCOPE_SYMBOL_POWER:
      return take_star (parser);
    case SCOPE_SYMBOL_NONE:
      return take_leaf (parser, SCOPE_SYNTAX_NONE);
    case SCOPE_SYMBOL_TRUE:
      return take_leaf (parser, SCOPE_SYNTAX_TRUE);
    case SCOPE_SYMBOL_FALSE:
      return take_leaf (parser, SCOPE_SYNTAX_FALSE);
    case SCOPE_SYMBOL_ELLIPSIS:
      return take_leaf (parser, SCOPE_SYNTAX_ELLIPSIS);
    default:
      return take_nothing (parser);
    }
}

/* ---- after a value --------------------------------------------------------------------------- */

static Binding
binding_of (ScopeSymbol symbol)
{
  switch (symbol)
    {
    case SCOPE_SYMBOL_OR:
      return BINDS_OR;
    case SCOPE_SYMBOL_AND:
      return BINDS_AND;
    case SCOPE_SYMBOL_LESS:
    case SCOPE_SYMBOL_LESS_EQUAL:
    case SCOPE_SYMBOL_GREATER:
    case SCOPE_SYMBOL_GREATER_EQUAL:
    case SCOPE_SYMBOL_EQUAL:
    case SCOPE_SYMBOL_NOT_EQUAL:
      return BINDS_COMPARE;
    case SCOPE_SYMBOL_BIT_OR:
      return BINDS_BIT_OR;
    case SCOPE_SYMBOL_BIT_XOR:
      return BINDS_BIT_XOR;
    case SCOPE_SYMBOL_BIT_AND:
      return BINDS_BIT_AND;
    case SCOPE_SYMBOL_SHIFT_LEFT:
    case SCOPE_SYMBOL_SHIFT_RIGHT:
      return BINDS_SHIFT;
    case SCOPE_SYMBOL_PLUS:
    case SCOPE_SYMBOL_MINUS:
      return BINDS_SUM;
    case SCOPE_SYMBOL_TIMES:
    case SCOPE_SYMBOL_DIVIDE:
    case SCOPE_SYMBOL_FLOOR_DIVIDE:
    case SCOPE_SYMBOL_MODULO:
    case SCOPE_SYMBOL_MATMUL:
      return BINDS_PRODUCT;
    case SCOPE_SYMBOL_POWER:
      return BINDS_POWER;
    default:
      return BINDS_NONE;
    }
}

/* The value may end here. */
static bool
take_end (Parser *parser)
{
  const ScopeToken *token = current (parser);
  const Frame *frame = top_frame (parser);
  if (frame->kind == FRAME_STATEMENT)
    return finish_item (parser) && (parser->done = true);
  if (token->symbol == SCOPE_SYMBOL_COLON && frame->kind == FRAME_SUBSCRIPT)
    return take_colon (parser);
  if (token->symbol == SCOPE_SYMBOL_ASSIGN)
    return FAIL_AT (parser, SYNTAX, token->span,
                    frame->kind == FRAME_CALL ? "Expected a name before `=`; `==` compares"
                                              : "`=` cannot stand in brackets; `==` compares");
  return fail_operator (parser, token);
}

/* `in`, `not in`, `is`. */
static bool
fail_membership (Parser *parser)
{
  const ScopeToken *token = current (parser);
  ScopeSpan span = token->span;
  bool two = token->symbol == SCOPE_SYMBOL_NOT && token[1].symbol == SCOPE_SYMBOL_IN;
  if (token->symbol == SCOPE_SYMBOL_NOT && !two)
    return fail_operator (parser, token);
  if (two)
    span.end = token[1].span.end;
  return FAIL_AT (parser, UNSUPPORTED, span, "Shapescope does not know the operator `%s`",
                  two ? "not in" : scope_symbol_text (token->symbol));
}

static bool
take_operator (Parser *parser)
{
  const ScopeToken *token = current (parser);
  Binding binding = binding_of (token->symbol);
  if (binding != BINDS_NONE)
    return take_binary (parser, binding);
  if (ends_value (token))
    return take_end (parser);

  switch (token->symbol)
    {
    case SCOPE_SYMBOL_IF:
      return take_if (parser);
    case SCOPE_SYMBOL_ELSE:
      return take_else (parser);
    case SCOPE_SYMBOL_DOT:
      return take_attribute (parser);
    case SCOPE_SYMBOL_OPEN_ROUND:
      return take_call (parser);
    case SCOPE_SYMBOL_OPEN_SQUARE:
      return open_bracket (parser, FRAME_SUBSCRIPT);
    case SCOPE_SYMBOL_COMMA:
      return take_comma (parser);
    case SCOPE_SYMBOL_CLOSE_ROUND:
    case SCOPE_SYMBOL_CLOSE_SQUARE:
      return take_closing (parser);
    case SCOPE_SYMBOL_WALRUS:
      return FAIL_AT (parser, UNSUPPORTED, token->span, "Shapescope does not know `:=`");
    case SCOPE_SYMBOL_IN:
    case SCOPE_SYMBOL_IS:
    case SCOPE_SYMBOL_NOT:
      return fail_membership (parser);
    default:
      return fail_operator (parser, token);
    }
}

/* A value or a tuple without brackets, up to what ends a statement or a target. */
static bool
parse_values (Parser *parser, Operand *out)
{
  const ScopeToken *first = current (parser);
  parser->operands = parser->operators = 0;
  parser->frames = 0;
  parser->done = false;
  if (!open_frame (parser, FRAME_STATEMENT, first->span))
    return false;
  while (!parser->done)
    {
      if (current (parser)->kind == SCOPE_TOKEN_WRONG)
        {
          if (parser->error != NULL)
            *parser->error = parser->tokens.error;
          return false;
        }
      if (!(parser->wants_value ? take_value (parser) : take_operator (parser)))
        return false;
    }
  if (!finish_tuple (parser))
    return false;
  *out = pop_operand (parser);
  return true;
}

/* ---- statements ------------------------------------------------------------------------------ */

static const char *
kind_in_words (ScopeSyntaxKind kind)
{
  switch (kind)
    {
    case SCOPE_SYNTAX_CALL:
      return "the result of a call";
    case SCOPE_SYNTAX_INTEGER:
    case SCOPE_SYNTAX_FLOAT:
      return "a number";
    case SCOPE_SYNTAX_STRING:
      return "a text";
    case SCOPE_SYNTAX_COMPARE:
      return "a comparison";
    case SCOPE_SYNTAX_NONE:
    case SCOPE_SYNTAX_TRUE:
    case SCOPE_SYNTAX_FALSE:
    case SCOPE_SYNTAX_ELLIPSIS:
      return "a constant";
    default:
      return "an expression";
    }
}

/* Marks what an assignment writes. Recursion is bounded by the brackets that may be nested. */
static bool
mark_target (Parser *parser, int32_t number)
{
  ScopeTreeNode *node = &parser->tree.node[number];
  ScopeSyntax *syntax = &node->syntax;
  switch (syntax->kind)
    {
    case SCOPE_SYNTAX_NAME:
    case SCOPE_SYNTAX_SUBSCRIPT:
      syntax->target = true;
      return true;
    case SCOPE_SYNTAX_TUPLE:
    case SCOPE_SYNTAX_LIST:
      syntax->kind = SCOPE_SYNTAX_TUPLE;
      syntax->target = true;
      for (int32_t i = 0; i < syntax->children; i++)
        if (!mark_target (parser, parser->tree.child[node->child + (size_t)i]))
          return false;
      return true;
    case SCOPE_SYNTAX_ATTRIBUTE:
      return FAIL_AT (parser, UNSUPPORTED, syntax->span,
                      "Shapescope assigns to names and `A[…]`, not to attributes");
    case SCOPE_SYNTAX_STAR:
      return FAIL_AT (parser, UNSUPPORTED, syntax->span,
                      "Shapescope does not know starred names left of `=`");
    default:
      return FAIL_AT (parser, SYNTAX, syntax->span,
                      "Expected a name, `A[…]` or a tuple of them left of `=`, but found %s",
                      kind_in_words (syntax->kind));
    }
}

static bool
add_statement (Parser *parser, const ScopeSyntax *syntax, const int32_t *child, size_t children)
{
  int32_t node = scope_tree_add (&parser->tree, syntax, -1, child, children);
  if (node < 0 || !scope_tree_add_statement (&parser->tree, node))
    return fail_memory (parser);
  return true;
}

/* Puts the value, whose nodes begin at `middle`, before the targets, whose nodes begin at `first`
 * and whose numbers stand on scratch, as Python evaluates them. */
static bool
add_assignment (Parser *parser, int32_t first, int32_t middle, Operand value, int32_t begin)
{
  int32_t end = (int32_t)parser->tree.nodes;
  scope_tree_rotate (&parser->tree, first, middle);
  parser->scratch[0] = value.node - (middle - first);
  for (size_t i = 1; i < parser->scratches; i++)
    parser->scratch[i] += end - middle;
  return add_statement (
      parser, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_ASSIGN, .span = { begin, value.span.end } },
      parser->scratch, parser->scratches);
}

/* target = target = … = value; `target` is read, the current token is the first `=`. */
static bool
parse_assignment (Parser *parser, int32_t first, Operand target)
{
  int32_t begin = target.span.begin, middle = 0;
  parser->operand[0] = target;
  parser->operands = 1;
  parser->scratches = 0;
  if (!gather_children (parser, 0)) /* a place for the value */
    return false;

  Operand value = target;
  while (current (parser)->symbol == SCOPE_SYMBOL_ASSIGN)
    {
      parser->operand[0] = value;
      parser->operands = 1;
      if (!mark_target (parser, value.node) || !gather_children (parser, 0))
        return false;
      parser->at++;
      middle = (int32_t)parser->tree.nodes;
      if (!parse_values (parser, &value))
        return false;
    }
  return add_assignment (parser, first, middle, value, begin);
}

/* target: annotation [= value]. The annotation says nothing that is checked. */
static bool
parse_annotated (Parser *parser, int32_t first, Operand target)
{
  size_t nodes = parser->tree.nodes;
  Operand annotation;
  ScopeSyntaxKind kind = parser->tree.node[target.node].syntax.kind;
  const ScopeToken *colon = current (parser);
  if (kind == SCOPE_SYNTAX_TUPLE || kind == SCOPE_SYNTAX_LIST)
    return FAIL_AT (parser, SYNTAX, colon->span, "Only a single name can have a type after `:`");
  if (!mark_target (parser, target.node))
    return false;
  parser->at++;
  if (!parse_values (parser, &annotation))
    return false;
  scope_tree_cut (&parser->tree, nodes);
  if (current (parser)->symbol == SCOPE_SYMBOL_ASSIGN)
    return parse_assignment (parser, first, target);
  scope_tree_cut (&parser->tree, (size_t)first);
  return true;
}

static const char *
augmenting (ScopeSymbol symbol)
{
  switch (symbol)
    {
    case SCOPE_SYMBOL_PLUS_ASSIGN:
      return "+";
    case SCOPE_SYMBOL_MINUS_ASSIGN:
      return "-";
    case SCOPE_SYMBOL_TIMES_ASSIGN:
      return "*";
    case SCOPE_SYMBOL_DIVIDE_ASSIGN:
      return "/";
    case SCOPE_SYMBOL_FLOOR_ASSIGN:
      return "//";
    case SCOPE_SYMBOL_MODULO_ASSIGN:
      return "%";
    case SCOPE_SYMBOL_MATMUL_ASSIGN:
      return "@";
    case SCOPE_SYMBOL_POWER_ASSIGN:
      return "**";
    case SCOPE_SYMBOL_AND_ASSIGN:
      return "&";
    case SCOPE_SYMBOL_OR_ASSIGN:
      return "|";
    case SCOPE_SYMBOL_XOR_ASSIGN:
      return "^";
    case SCOPE_SYMBOL_LEFT_ASSIGN:
      return "<<";
    case SCOPE_SYMBOL_RIGHT_ASSIGN:
      return ">>";
    default:
      return NULL;
    }
}

/* target += value. The target is read before it is written, so it is not marked. */
static bool
parse_augmented (Parser *parser, Operand target)
{
  const ScopeToken *token = current (parser);
  const ScopeSyntax *syntax = &parser->tree.node[target.node].syntax;
  if (syntax->kind != SCOPE_SYNTAX_NAME && syntax->kind != SCOPE_SYNTAX_SUBSCRIPT)
    return FAIL_AT (parser, SYNTAX, target.span, "Expected a name or `A[…]` left of %s",
                    show_token (parser, token).text);
  Operand value;
  parser->at++;
  if (!parse_values (parser, &value))
    return false;
  return add_statement (parser,
                        &(ScopeSyntax){ .kind = SCOPE_SYNTAX_AUGMENT,
                                        .text = augmenting (token->symbol),
                                        .span = { target.span.begin, value.span.end } },
                        (int32_t[]){ target.node, value.node }, 2);
}

/* Statements that are not expressions. */
static bool
fail_statement (Parser *parser, const ScopeToken *token)
{
  const char *word = scope_symbol_text (token->symbol);
  switch (token->symbol)
    {
    case SCOPE_SYMBOL_RETURN:
      return FAIL_AT (parser, UNSUPPORTED, token->span, "Paste only what follows `return`");
    case SCOPE_SYMBOL_ASSERT:
      return FAIL_AT (parser, UNSUPPORTED, token->span, "Paste only what follows `assert`");
    case SCOPE_SYMBOL_FOR:
    case SCOPE_SYMBOL_WHILE:
    case SCOPE_SYMBOL_IF:
    case SCOPE_SYMBOL_ELIF:
    case SCOPE_SYMBOL_ELSE:
    case SCOPE_SYMBOL_WITH:
    case SCOPE_SYMBOL_TRY:
    case SCOPE_SYMBOL_EXCEPT:
    case SCOPE_SYMBOL_FINALLY:
    case SCOPE_SYMBOL_DEF:
    case SCOPE_SYMBOL_CLASS:
    case SCOPE_SYMBOL_ASYNC:
      return FAIL_AT (parser, UNSUPPORTED, token->span,
                      "Shapescope does not know `%s`; paste only the lines within it", word);
    default:
      return FAIL_AT (parser, UNSUPPORTED, token->span, "Shapescope does not know `%s`; delete it",
                      word);
    }
}

static bool
begins_expression (const ScopeToken *token)
{
  switch (token->symbol)
    {
    case SCOPE_SYMBOL_NOT:
    case SCOPE_SYMBOL_NONE:
    case SCOPE_SYMBOL_TRUE:
    case SCOPE_SYMBOL_FALSE:
    case SCOPE_SYMBOL_LAMBDA:
    case SCOPE_SYMBOL_AWAIT:
    case SCOPE_SYMBOL_AND:
    case SCOPE_SYMBOL_OR:
    case SCOPE_SYMBOL_IN:
    case SCOPE_SYMBOL_IS:
    case SCOPE_SYMBOL_AS:
      return true;
    default:
      return !scope_symbol_is_keyword (token->symbol);
    }
}

/* import … and from … import … mean nothing to a check: the usual names of modules are known. */
static bool
skip_import (Parser *parser)
{
  while (current (parser)->kind != SCOPE_TOKEN_NEWLINE && current (parser)->kind != SCOPE_TOKEN_END
         && current (parser)->symbol != SCOPE_SYMBOL_SEMICOLON)
    {
      if (current (parser)->kind == SCOPE_TOKEN_WRONG)
        {
          if (parser->error != NULL)
            *parser->error = parser->tokens.error;
          return false;
        }
      parser->at++;
    }
  return true;
}

static bool
parse_statement (Parser *parser)
{
  const ScopeToken *token = current (parser);
  int32_t first = (int32_t)parser->tree.nodes;
  if (token->symbol == SCOPE_SYMBOL_IMPORT || token->symbol == SCOPE_SYMBOL_FROM)
    return skip_import (parser);
  if (!begins_expression (token))
    return fail_statement (parser, token);

  Operand value;
  if (!parse_values (parser, &value))
    return false;
  token = current (parser);
  if (token->symbol == SCOPE_SYMBOL_ASSIGN)
    return parse_assignment (parser, first, value);
  if (token->symbol == SCOPE_SYMBOL_COLON)
    return parse_annotated (parser, first, value);
  if (augmenting (token->symbol) != NULL)
    return parse_augmented (parser, value);
  return add_statement (parser, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_VALUE, .span = value.span },
                        &value.node, 1);
}

/* Two lines of which the second is indented more and begins with a sign look like one expression,
 * but Python takes them for two statements or refuses them. */
static bool
check_line (Parser *parser, int32_t column)
{
  const ScopeToken *token = current (parser);
  bool sign = token->symbol == SCOPE_SYMBOL_PLUS || token->symbol == SCOPE_SYMBOL_MINUS;
  if (!sign || column < 0 || token->column <= column)
    return true;
  return FAIL_AT (parser, SYNTAX, token->span,
                  "The line before is complete; put both in brackets to go on with %s",
                  show_token (parser, token).text);
}

static bool
parse_statements (Parser *parser)
{
  int32_t column = -1; /* of the line before */
  while (current (parser)->kind != SCOPE_TOKEN_END)
    {
      if (!check_line (parser, column))
        return false;
      column = current (parser)->column;
      bool line = true;
      while (line)
        {
          if (!parse_statement (parser))
            return false;
          const ScopeToken *token = current (parser);
          bool semicolon = token->symbol == SCOPE_SYMBOL_SEMICOLON;
          if (!semicolon && token->kind != SCOPE_TOKEN_NEWLINE && token->kind != SCOPE_TOKEN_END)
            return FAIL_AT (parser, SYNTAX, token->span, "Expected the end of the line, %s",
                            show_found (parser, token).text);
          parser->at += token->kind != SCOPE_TOKEN_END;
          line = semicolon && current (parser)->kind != SCOPE_TOKEN_NEWLINE
                 && current (parser)->kind != SCOPE_TOKEN_END;
          if (semicolon && current (parser)->kind == SCOPE_TOKEN_NEWLINE)
            parser->at++;
        }
    }
  if (parser->tree.statements > 0)
    return true;
  return FAIL_AT (parser, SYNTAX, current (parser)->span, "Expected an expression");
}

static bool
check_length (const char *bytes, size_t length, ScopeError *error)
{
  if (length <= SCOPE_EXPRESSION_BYTES)
    return true;
  int64_t characters = 0;
  for (size_t i = 0; i < SCOPE_EXPRESSION_BYTES; i++)
    characters += (bytes[i] & 0xC0) != 0x80;
  return scope_fail_at (error, SCOPE_ERROR_TOO_BIG, characters, characters + 1,
                        "The expression has %zu bytes, but only %d are read", length,
                        SCOPE_EXPRESSION_BYTES);
}

ScopeExpression *
scope_expression_parse (const char *bytes, size_t length, ScopeError *error)
{
  if (!check_length (bytes, length, error))
    return NULL;

  Parser parser = { .bytes = bytes, .error = error };
  ScopeExpression *expression = NULL;
  if (scope_tokens_read (&parser.tokens, bytes, length, error) && parse_statements (&parser))
    {
      expression = scope_tree_finish (&parser.tree, bytes, length, parser.tokens.texts,
                                      parser.tokens.texts_length);
      if (expression == NULL)
        fail_memory (&parser);
    }
  scope_tokens_free (&parser.tokens);
  scope_tree_free (&parser.tree);
  free (parser.operand);
  free (parser.waiting);
  free (parser.scratch);
  return expression;
}
