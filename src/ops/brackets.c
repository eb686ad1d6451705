/* Open brackets of an expression: their items, slices, keywords, and the stacks they stand on. */
#include "ops/parser.h"

#include <assert.h>
#include <string.h>

enum
{
  MOST_KEYWORDS = 255, /* keyword arguments of one call */
};

/* ---- stacks ---------------------------------------------------------------------------------- */

bool
scope_parser_push_operand (ScopeParser *parser, ScopeParserOperand operand)
{
  if (operand.node < 0
      || !scope_block_grow ((void **)&parser->operand, &parser->operands_capacity,
                            parser->operands + 1, sizeof operand))
    return scope_parser_fail_memory (parser);
  parser->operand[parser->operands++] = operand;
  return true;
}

/* A new node with children becomes the top operand. */
bool
scope_parser_push_node (ScopeParser *parser,
                        const ScopeSyntax *syntax,
                        const int32_t *child,
                        size_t children)
{
  int32_t node = scope_tree_add (&parser->tree, syntax, -1, child, children);
  return scope_parser_push_operand (
      parser, (ScopeParserOperand){ .node = node, .span = syntax->span, .chain = -1 });
}

bool
scope_parser_open_frame (ScopeParser *parser, ScopeParserFrameKind kind, ScopeSpan open)
{
  if (parser->frames > SCOPE_EXPRESSION_NESTING)
    return SCOPE_FAIL_AT (parser, TOO_BIG, open, "More than %d brackets stand within each other",
                          SCOPE_EXPRESSION_NESTING);
  parser->frame[parser->frames++] = (ScopeParserFrame){
    .kind = kind,
    .open = open,
    .operands = parser->operands,
    .operators = parser->operators,
    .begin = -1,
  };
  parser->wants_value = true;
  return true;
}

bool
scope_parser_open_bracket (ScopeParser *parser, ScopeParserFrameKind kind)
{
  const ScopeToken *token = scope_parser_current (parser);
  parser->at++;
  return scope_parser_open_frame (parser, kind, token->span);
}

/* Copies the nodes of the operands from `first` on to scratch, after those that are there. */
bool
scope_parser_gather_children (ScopeParser *parser, size_t first)
{
  size_t count = parser->operands - first;
  if (!scope_block_grow ((void **)&parser->scratch, &parser->scratch_capacity,
                         parser->scratches + count + 1, sizeof parser->scratch[0]))
    return scope_parser_fail_memory (parser);
  for (size_t i = first; i < parser->operands; i++)
    parser->scratch[parser->scratches++] = parser->operand[i].node;
  return true;
}

/* The operands from `first` on become one, the children of a new node. */
bool
scope_parser_fold_operands (ScopeParser *parser, size_t first, ScopeSyntaxKind kind, ScopeSpan span)
{
  size_t kept = parser->scratches;
  if (!scope_parser_gather_children (parser, first))
    return false;
  size_t count = parser->scratches - kept;
  parser->operands = first;
  parser->scratches = kept;
  return scope_parser_push_node (parser, &(ScopeSyntax){ .kind = kind, .span = span },
                                 parser->scratch + kept, count);
}

/* ---- items of brackets ----------------------------------------------------------------------- */

/* Nothing of the current item, or of the current part of a slice, was read. */
bool
scope_parser_part_is_empty (ScopeParser *parser)
{
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  return parser->wants_value && parser->operators == frame->operators && frame->star == NULL
         && frame->keyword == NULL;
}

bool
scope_parser_item_is_empty (ScopeParser *parser)
{
  return scope_parser_part_is_empty (parser) && scope_parser_top_frame (parser)->colons == 0;
}

/* Stores the part of a slice before a colon or at the slice's end. */
static bool
finish_part (ScopeParser *parser)
{
  ScopeParserFrame *frame = scope_parser_top_frame (parser);
  if (frame->star != NULL)
    return SCOPE_FAIL_AT (parser, SYNTAX, frame->star->span, "A slice cannot be starred");
  if (scope_parser_part_is_empty (parser))
    return frame->part[frame->colons] = -1, true;
  if (!scope_parser_reduce_while (parser, SCOPE_BINDS_CONDITION))
    return false;
  frame->part[frame->colons] = scope_parser_pop_operand (parser).node;
  return true;
}

bool
scope_parser_take_colon (ScopeParser *parser)
{
  ScopeParserFrame *frame = scope_parser_top_frame (parser);
  const ScopeToken *token = scope_parser_current (parser);
  if (frame->colons == 2)
    return SCOPE_FAIL_AT (parser, SYNTAX, token->span, "A slice has at most two colons");
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
finish_slice (ScopeParser *parser)
{
  ScopeParserFrame *frame = scope_parser_top_frame (parser);
  if (!finish_part (parser))
    return false;
  if (frame->colons == 1)
    frame->part[2] = -1;
  ScopeSpan span = { frame->begin, scope_parser_end_of_previous (parser) };
  return scope_parser_push_node (parser, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_SLICE, .span = span },
                                 frame->part, 3);
}

/* The top operand is the value of keyword=value. */
static bool
finish_keyword (ScopeParser *parser)
{
  ScopeParserFrame *frame = scope_parser_top_frame (parser);
  const ScopeToken *keyword = frame->keyword;
  const char *texts = parser->tokens.texts;
  for (size_t i = frame->operands; i + 1 < parser->operands; i++)
    {
      const ScopeTreeNode *other = &parser->tree.node[parser->operand[i].node];
      if (other->syntax.kind == SCOPE_SYNTAX_KEYWORD
          && strcmp (texts + other->pooled, texts + keyword->text) == 0)
        return SCOPE_FAIL_AT (parser, SYNTAX, keyword->span, "The argument %s is given twice",
                              scope_parser_show_token (parser, keyword).text);
    }
  if (++frame->keywords > MOST_KEYWORDS)
    return SCOPE_FAIL_AT (parser, TOO_BIG, keyword->span,
                          "The call has more than %d keyword arguments", MOST_KEYWORDS);

  ScopeParserOperand value = scope_parser_pop_operand (parser);
  ScopeSpan span = { keyword->span.begin, value.span.end };
  int32_t node =
      scope_tree_add (&parser->tree, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_KEYWORD, .span = span },
                      keyword->text, &value.node, 1);
  return scope_parser_push_operand (
      parser, (ScopeParserOperand){ .node = node, .span = span, .chain = -1 });
}

/* Ends the current item: the top operand is its value afterwards. */
bool
scope_parser_finish_item (ScopeParser *parser)
{
  ScopeParserFrame *frame = scope_parser_top_frame (parser);
  if (frame->colons > 0)
    {
      if (!finish_slice (parser))
        return false;
    }
  else if (!scope_parser_reduce_while (parser, SCOPE_BINDS_CONDITION))
    return false;

  ScopeParserOperand *value = &parser->operand[parser->operands - 1];
  if (frame->keyword != NULL)
    {
      if (!finish_keyword (parser))
        return false;
    }
  else if (frame->star != NULL)
    {
      ScopeSpan span = { frame->star->span.begin, value->span.end };
      if (!scope_parser_fold_operands (parser, parser->operands - 1, SCOPE_SYNTAX_STAR, span))
        return false;
    }
  else if (frame->keywords > 0)
    return SCOPE_FAIL_AT (parser, SYNTAX, value->span,
                          "An argument without a name cannot follow one with a name");
  frame->begin = -1;
  frame->colons = 0;
  frame->star = frame->keyword = NULL;
  return true;
}

/* The items of a frame without brackets of its own, or of an index: one value or a tuple. */
bool
scope_parser_finish_tuple (ScopeParser *parser)
{
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  const ScopeParserOperand *first = &parser->operand[frame->operands];
  bool star = parser->tree.node[first->node].syntax.kind == SCOPE_SYNTAX_STAR;
  if (!frame->comma && star && frame->kind != SCOPE_FRAME_SUBSCRIPT)
    return SCOPE_FAIL_AT (parser, SYNTAX, first->span,
                          "A starred value can only stand in a call, a tuple or a list");
  if (!frame->comma && !star)
    return true;
  ScopeSpan span = { first->span.begin, scope_parser_end_of_previous (parser) };
  return scope_parser_fold_operands (parser, frame->operands, SCOPE_SYNTAX_TUPLE, span);
}

static bool
close_group (ScopeParser *parser, ScopeSpan span)
{
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  size_t items = parser->operands - frame->operands;
  if (items != 1 || frame->comma)
    return scope_parser_fold_operands (parser, frame->operands, SCOPE_SYNTAX_TUPLE, span);
  if (!scope_parser_finish_tuple (parser))
    return false;
  ScopeParserOperand *value = &parser->operand[parser->operands - 1];
  value->span = span;
  value->chain = -1;
  return true;
}

/* The current token closes the current frame, whose items are finished. */
static bool
close_frame (ScopeParser *parser)
{
  const ScopeToken *token = scope_parser_current (parser);
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  ScopeSpan span = { frame->open.begin, token->span.end };
  size_t items = parser->operands - frame->operands;
  bool closed = false;
  switch (frame->kind)
    {
    case SCOPE_FRAME_GROUP:
      closed = close_group (parser, span);
      break;
    case SCOPE_FRAME_LIST:
      closed = scope_parser_fold_operands (parser, frame->operands, SCOPE_SYNTAX_LIST, span);
      break;
    case SCOPE_FRAME_SUBSCRIPT:
      if (items == 0)
        return SCOPE_FAIL_AT (parser, SYNTAX, span, "Expected an index between `[` and `]`");
      span.begin = parser->operand[frame->operands - 1].span.begin;
      closed =
          scope_parser_finish_tuple (parser)
          && scope_parser_fold_operands (parser, frame->operands - 1, SCOPE_SYNTAX_SUBSCRIPT, span);
      break;
    case SCOPE_FRAME_CALL:
      span.begin = parser->operand[frame->operands - 1].span.begin;
      closed = scope_parser_fold_operands (parser, frame->operands - 1, SCOPE_SYNTAX_CALL, span);
      break;
    case SCOPE_FRAME_STATEMENT:
      break;
    }
  parser->frames--;
  parser->wants_value = false;
  parser->at++;
  return closed;
}

bool
scope_parser_take_closing (ScopeParser *parser)
{
  const ScopeToken *token = scope_parser_current (parser);
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  if (frame->kind == SCOPE_FRAME_STATEMENT)
    return scope_parser_fail_operator (parser, token);
  if (strcmp (scope_parser_closing (frame->kind), scope_symbol_text (token->symbol)) != 0)
    return scope_parser_fail_unclosed (parser, token);
  if (!scope_parser_item_is_empty (parser) && !scope_parser_finish_item (parser))
    return false;
  return close_frame (parser);
}

bool
scope_parser_take_comma (ScopeParser *parser)
{
  if (!scope_parser_finish_item (parser))
    return false;
  scope_parser_top_frame (parser)->comma = true;
  parser->wants_value = true;
  parser->at++;
  return true;
}
