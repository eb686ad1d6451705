/* Python's expression grammar by operator precedence, with stacks in place of recursion. */
#include "ops/parser.h"

#include <string.h>

/* ---- operators ------------------------------------------------------------------------------- */

/* a < b, or the next link of a < b < c, which is (a < b) and (b < c) with one b. */
static bool
reduce_comparison (ScopeParser *parser,
                   const char *text,
                   ScopeParserOperand left,
                   ScopeParserOperand right)
{
  int32_t begin = left.chain >= 0 ? left.chain : left.node;
  ScopeSpan whole = { left.span.begin, right.span.end }, link = whole;
  if (left.chain >= 0)
    link.begin = left.chain_begin;

  int32_t node = scope_tree_add (
      &parser->tree, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_COMPARE, .span = link, .text = text }, -1,
      (int32_t[]){ begin, right.node }, 2);
  if (node >= 0 && left.chain >= 0)
    node = scope_tree_add (
        &parser->tree, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_BINARY, .span = whole, .text = "and" },
        -1, (int32_t[]){ left.node, node }, 2);
  return scope_parser_push_operand (
      parser,
      (ScopeParserOperand){
          .node = node, .span = whole, .chain = right.node, .chain_begin = right.span.begin });
}

/* Applies the top operator to the top operands. */
static bool
reduce (ScopeParser *parser)
{
  ScopeParserOperator waiting = parser->waiting[--parser->operators];
  const char *text = scope_symbol_text (waiting.symbol);
  ScopeParserOperand right = scope_parser_pop_operand (parser);
  if (waiting.prefix)
    return scope_parser_push_node (parser,
                                   &(ScopeSyntax){ .kind = SCOPE_SYNTAX_UNARY,
                                                   .text = text,
                                                   .span = { waiting.span.begin, right.span.end } },
                                   &right.node, 1);

  ScopeParserOperand left = scope_parser_pop_operand (parser);
  if (waiting.binding == SCOPE_BINDS_COMPARE)
    return reduce_comparison (parser, text, left, right);
  if (waiting.binding == SCOPE_BINDS_CONDITION)
    {
      ScopeParserOperand value = scope_parser_pop_operand (parser);
      return scope_parser_push_node (parser,
                                     &(ScopeSyntax){ .kind = SCOPE_SYNTAX_CONDITION,
                                                     .span = { value.span.begin, right.span.end } },
                                     (int32_t[]){ value.node, left.node, right.node }, 3);
    }
  return scope_parser_push_node (parser,
                                 &(ScopeSyntax){ .kind = SCOPE_SYNTAX_BINARY,
                                                 .text = text,
                                                 .span = { left.span.begin, right.span.end } },
                                 (int32_t[]){ left.node, right.node }, 2);
}

/* Applies the operators of the current frame that bind at least as tightly as `binding`. */
bool
scope_parser_reduce_while (ScopeParser *parser, ScopeParserBinding binding)
{
  while (parser->operators > scope_parser_top_frame (parser)->operators)
    {
      const ScopeParserOperator *waiting = &parser->waiting[parser->operators - 1];
      if (waiting->binding < binding)
        break;
      if (waiting->symbol == SCOPE_SYMBOL_IF)
        return SCOPE_FAIL_AT (parser, SYNTAX, scope_parser_current (parser)->span,
                              "Expected `else` for the `if` at character %d, %s",
                              waiting->span.begin + 1,
                              scope_parser_show_found (parser, scope_parser_current (parser)).text);
      if (!reduce (parser))
        return false;
    }
  return true;
}

static bool
push_operator (ScopeParser *parser,
               const ScopeToken *token,
               bool prefix,
               ScopeParserBinding binding)
{
  if (!scope_block_grow ((void **)&parser->waiting, &parser->operators_capacity,
                         parser->operators + 1, sizeof parser->waiting[0]))
    return scope_parser_fail_memory (parser);
  parser->waiting[parser->operators++] =
      (ScopeParserOperator){ token->symbol, prefix, binding, token->span };
  parser->wants_value = true;
  parser->at++;
  return true;
}

/* In tuples and lists Python lets only tightly bound operators follow a star. */
static bool
check_star (ScopeParser *parser, ScopeParserBinding binding)
{
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  if (frame->star == NULL || frame->kind == SCOPE_FRAME_CALL || frame->kind == SCOPE_FRAME_SUBSCRIPT
      || binding >= SCOPE_BINDS_BIT_OR)
    return true;
  return SCOPE_FAIL_AT (parser, SYNTAX, scope_parser_current (parser)->span,
                        "Expected brackets around the value after `*`, %s",
                        scope_parser_show_found (parser, scope_parser_current (parser)).text);
}

static bool
take_binary (ScopeParser *parser, ScopeParserBinding binding)
{
  ScopeParserBinding tighter = binding == SCOPE_BINDS_POWER ? binding + 1 : binding;
  return check_star (parser, binding) && scope_parser_reduce_while (parser, tighter)
         && push_operator (parser, scope_parser_current (parser), false, binding);
}

static bool
take_if (ScopeParser *parser)
{
  if (!check_star (parser, SCOPE_BINDS_CONDITION)
      || !scope_parser_reduce_while (parser, SCOPE_BINDS_CONDITION + 1))
    return false;
  size_t operators = parser->operators;
  if (operators > scope_parser_top_frame (parser)->operators
      && parser->waiting[operators - 1].symbol == SCOPE_SYMBOL_IF)
    return SCOPE_FAIL_AT (parser, SYNTAX, scope_parser_current (parser)->span,
                          "Expected `else` for the `if` at character %d, but found `if`",
                          parser->waiting[operators - 1].span.begin + 1);
  return push_operator (parser, scope_parser_current (parser), false, SCOPE_BINDS_CONDITION);
}

/* The waiting `if` becomes an operator of three operands. */
static bool
take_else (ScopeParser *parser)
{
  if (!scope_parser_reduce_while (parser, SCOPE_BINDS_CONDITION + 1))
    return false;
  size_t operators = parser->operators;
  if (operators == scope_parser_top_frame (parser)->operators
      || parser->waiting[operators - 1].symbol != SCOPE_SYMBOL_IF)
    return SCOPE_FAIL_AT (parser, SYNTAX, scope_parser_current (parser)->span,
                          "`else` has no `if` before it");
  parser->operators--;
  return push_operator (parser, scope_parser_current (parser), false, SCOPE_BINDS_CONDITION);
}

static bool
take_prefix (ScopeParser *parser)
{
  const ScopeToken *token = scope_parser_current (parser);
  size_t operators = parser->operators;
  bool within = operators > scope_parser_top_frame (parser)->operators;
  if (token->symbol != SCOPE_SYMBOL_NOT)
    return push_operator (parser, token, true, SCOPE_BINDS_SIGN);
  if (within && parser->waiting[operators - 1].binding > SCOPE_BINDS_NOT)
    return SCOPE_FAIL_AT (parser, SYNTAX, token->span,
                          "Expected brackets around `not …` after `%s`, which binds tighter",
                          scope_symbol_text (parser->waiting[operators - 1].symbol));
  return check_star (parser, SCOPE_BINDS_NOT)
         && push_operator (parser, token, true, SCOPE_BINDS_NOT);
}

static bool
take_attribute (ScopeParser *parser)
{
  const ScopeToken *name = &scope_parser_current (parser)[1];
  if (name->kind == SCOPE_TOKEN_WRONG)
    return parser->at++, true;
  if (name->kind != SCOPE_TOKEN_NAME)
    return SCOPE_FAIL_AT (parser, SYNTAX, name->span, "Expected a name after `.`, %s",
                          scope_parser_show_found (parser, name).text);
  ScopeParserOperand object = scope_parser_pop_operand (parser);
  ScopeSpan span = { object.span.begin, name->span.end };
  int32_t node =
      scope_tree_add (&parser->tree, &(ScopeSyntax){ .kind = SCOPE_SYNTAX_ATTRIBUTE, .span = span },
                      name->text, &object.node, 1);
  parser->at += 2;
  return scope_parser_push_operand (
      parser, (ScopeParserOperand){ .node = node, .span = span, .chain = -1 });
}

static bool
take_call (ScopeParser *parser)
{
  const ScopeParserOperand *function = &parser->operand[parser->operands - 1];
  ScopeTreeNode *node = &parser->tree.node[function->node];
  bool name = node->syntax.kind == SCOPE_SYNTAX_NAME;
  if (name || node->syntax.kind == SCOPE_SYNTAX_ATTRIBUTE)
    node->syntax.called = true;
  return scope_parser_open_bracket (parser, SCOPE_FRAME_CALL);
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool
take_leaf (ScopeParser *parser, ScopeSyntaxKind kind)
{
  const ScopeToken *token = scope_parser_current (parser);
  bool text = kind == SCOPE_SYNTAX_NAME || kind == SCOPE_SYNTAX_STRING;
  ScopeSyntax syntax = {
    .kind = kind, .span = token->span, .integer = token->integer, .number = token->number
  };
  int32_t node = scope_tree_add (&parser->tree, &syntax, text ? token->text : -1, NULL, 0);
  parser->wants_value = false;
  parser->at++;
  return scope_parser_push_operand (
      parser, (ScopeParserOperand){ .node = node, .span = token->span, .chain = -1 });
}

static bool
take_name (ScopeParser *parser)
{
  const ScopeToken *token = scope_parser_current (parser);
  ScopeParserFrame *frame = scope_parser_top_frame (parser);
  if (frame->kind == SCOPE_FRAME_CALL && scope_parser_item_is_empty (parser)
      && token[1].symbol == SCOPE_SYMBOL_ASSIGN)
    {
      frame->keyword = token;
      parser->at += 2;
      return true;
    }
  bool ellipsis = strcmp (parser->tokens.texts + token->text, "Ellipsis") == 0;
  return take_leaf (parser, ellipsis ? SCOPE_SYNTAX_ELLIPSIS : SCOPE_SYNTAX_NAME);
}

static bool
take_star (ScopeParser *parser)
{
  ScopeParserFrame *frame = scope_parser_top_frame (parser);
  const ScopeToken *token = scope_parser_current (parser);
  if (!scope_parser_item_is_empty (parser))
    return scope_parser_fail_value (parser, token);
  if (token->symbol == SCOPE_SYMBOL_POWER)
    return frame->kind == SCOPE_FRAME_CALL
               ? SCOPE_FAIL_AT (parser, UNSUPPORTED, token->span,
                                "Shapescope does not know `**` in a call; write the arguments out")
               : scope_parser_fail_value (parser, token);
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
take_nothing (ScopeParser *parser)
{
  const ScopeToken *token = scope_parser_current (parser);
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  if (!scope_parser_part_is_empty (parser))
    return scope_parser_fail_value (parser, token);
  bool close =
      token->symbol == SCOPE_SYMBOL_CLOSE_ROUND || token->symbol == SCOPE_SYMBOL_CLOSE_SQUARE;
  if (frame->kind == SCOPE_FRAME_SUBSCRIPT)
    {
      if (token->symbol == SCOPE_SYMBOL_COLON)
        return scope_parser_take_colon (parser);
      if (token->symbol == SCOPE_SYMBOL_COMMA && frame->colons > 0)
        return scope_parser_take_comma (parser);
    }
  if (close)
    return scope_parser_take_closing (parser);
  if (frame->kind == SCOPE_FRAME_STATEMENT && frame->comma && ends_value (token))
    return parser->done = true;
  return scope_parser_fail_value (parser, token);
}

static bool
take_value (ScopeParser *parser)
{
  ScopeParserFrame *frame = scope_parser_top_frame (parser);
  const ScopeToken *token = scope_parser_current (parser);
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
      return scope_parser_open_bracket (parser, SCOPE_FRAME_GROUP);
    case SCOPE_SYMBOL_OPEN_SQUARE:
      return scope_parser_open_bracket (parser, SCOPE_FRAME_LIST);
    case SCOPE_SYMBOL_OPEN_CURLY:
      return SCOPE_FAIL_AT (parser, UNSUPPORTED, token->span,
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

static ScopeParserBinding
binding_of (ScopeSymbol symbol)
{
  switch (symbol)
    {
    case SCOPE_SYMBOL_OR:
      return SCOPE_BINDS_OR;
    case SCOPE_SYMBOL_AND:
      return SCOPE_BINDS_AND;
    case SCOPE_SYMBOL_LESS:
    case SCOPE_SYMBOL_LESS_EQUAL:
    case SCOPE_SYMBOL_GREATER:
    case SCOPE_SYMBOL_GREATER_EQUAL:
    case SCOPE_SYMBOL_EQUAL:
    case SCOPE_SYMBOL_NOT_EQUAL:
      return SCOPE_BINDS_COMPARE;
    case SCOPE_SYMBOL_BIT_OR:
      return SCOPE_BINDS_BIT_OR;
    case SCOPE_SYMBOL_BIT_XOR:
      return SCOPE_BINDS_BIT_XOR;
    case SCOPE_SYMBOL_BIT_AND:
      return SCOPE_BINDS_BIT_AND;
    case SCOPE_SYMBOL_SHIFT_LEFT:
    case SCOPE_SYMBOL_SHIFT_RIGHT:
      return SCOPE_BINDS_SHIFT;
    case SCOPE_SYMBOL_PLUS:
    case SCOPE_SYMBOL_MINUS:
      return SCOPE_BINDS_SUM;
    case SCOPE_SYMBOL_TIMES:
    case SCOPE_SYMBOL_DIVIDE:
    case SCOPE_SYMBOL_FLOOR_DIVIDE:
    case SCOPE_SYMBOL_MODULO:
    case SCOPE_SYMBOL_MATMUL:
      return SCOPE_BINDS_PRODUCT;
    case SCOPE_SYMBOL_POWER:
      return SCOPE_BINDS_POWER;
    default:
      return SCOPE_BINDS_NONE;
    }
}

/* The value may end here. */
static bool
take_end (ScopeParser *parser)
{
  const ScopeToken *token = scope_parser_current (parser);
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  if (frame->kind == SCOPE_FRAME_STATEMENT)
    return scope_parser_finish_item (parser) && (parser->done = true);
  if (token->symbol == SCOPE_SYMBOL_COLON && frame->kind == SCOPE_FRAME_SUBSCRIPT)
    return scope_parser_take_colon (parser);
  if (token->symbol == SCOPE_SYMBOL_ASSIGN)
    return SCOPE_FAIL_AT (parser, SYNTAX, token->span,
                          frame->kind == SCOPE_FRAME_CALL
                              ? "Expected a name before `=`; `==` compares"
                              : "`=` cannot stand in brackets; `==` compares");
  return scope_parser_fail_operator (parser, token);
}

/* `in`, `not in`, `is`. */
static bool
fail_membership (ScopeParser *parser)
{
  const ScopeToken *token = scope_parser_current (parser);
  ScopeSpan span = token->span;
  bool two = token->symbol == SCOPE_SYMBOL_NOT && token[1].symbol == SCOPE_SYMBOL_IN;
  if (token->symbol == SCOPE_SYMBOL_NOT && !two)
    return scope_parser_fail_operator (parser, token);
  if (two)
    span.end = token[1].span.end;
  return SCOPE_FAIL_AT (parser, UNSUPPORTED, span, "Shapescope does not know the operator `%s`",
                        two ? "not in" : scope_symbol_text (token->symbol));
}

static bool
take_operator (ScopeParser *parser)
{
  const ScopeToken *token = scope_parser_current (parser);
  ScopeParserBinding binding = binding_of (token->symbol);
  if (binding != SCOPE_BINDS_NONE)
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
      return scope_parser_open_bracket (parser, SCOPE_FRAME_SUBSCRIPT);
    case SCOPE_SYMBOL_COMMA:
      return scope_parser_take_comma (parser);
    case SCOPE_SYMBOL_CLOSE_ROUND:
    case SCOPE_SYMBOL_CLOSE_SQUARE:
      return scope_parser_take_closing (parser);
    case SCOPE_SYMBOL_WALRUS:
      return SCOPE_FAIL_AT (parser, UNSUPPORTED, token->span, "Shapescope does not know `:=`");
    case SCOPE_SYMBOL_IN:
    case SCOPE_SYMBOL_IS:
    case SCOPE_SYMBOL_NOT:
      return fail_membership (parser);
    default:
      return scope_parser_fail_operator (parser, token);
    }
}

/* A value or a tuple without brackets, up to what ends a statement or a target. */
bool
scope_parser_values (ScopeParser *parser, ScopeParserOperand *out)
{
  const ScopeToken *first = scope_parser_current (parser);
  parser->operands = parser->operators = 0;
  parser->frames = 0;
  parser->done = false;
  if (!scope_parser_open_frame (parser, SCOPE_FRAME_STATEMENT, first->span))
    return false;
  while (!parser->done)
    {
      if (scope_parser_current (parser)->kind == SCOPE_TOKEN_WRONG)
        {
          if (parser->error != NULL)
            *parser->error = parser->tokens.error;
          return false;
        }
      if (!(parser->wants_value ? take_value (parser) : take_operator (parser)))
        return false;
    }
  if (!scope_parser_finish_tuple (parser))
    return false;
  *out = scope_parser_pop_operand (parser);
  return true;
}
