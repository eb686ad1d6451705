/* Statements: expressions, assignments, and what is refused or skipped. */
#include "ops/parser.h"

#include <stdlib.h>

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

static bool
fail_attribute (ScopeParser *parser, ScopeSpan span)
{
  return SCOPE_FAIL_AT (parser, UNSUPPORTED, span,
                        "Shapescope assigns to names, `self.name` and `A[…]`, not to other "
                        "attributes");
}

/* self.layer: names and points alone. */
static bool
is_path (const ScopeParser *parser, int32_t number)
{
  const ScopeTreeNode *node = &parser->tree.node[number];
  while (node->syntax.kind == SCOPE_SYNTAX_ATTRIBUTE)
    node = &parser->tree.node[parser->tree.child[node->child]];
  return node->syntax.kind == SCOPE_SYNTAX_NAME;
}

/* Marks what an assignment writes. Recursion is bounded by the brackets that may be nested. */
static bool
mark_target (ScopeParser *parser, int32_t number)
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
      if (!is_path (parser, number))
        return fail_attribute (parser, syntax->span);
      syntax->target = true;
      return true;
    case SCOPE_SYNTAX_STAR:
      return SCOPE_FAIL_AT (parser, UNSUPPORTED, syntax->span,
                            "Shapescope does not know starred names left of `=`");
    default:
      return SCOPE_FAIL_AT (parser, SYNTAX, syntax->span,
                            "Expected a name, `A[…]` or a tuple of them left of `=`, but found %s",
                            kind_in_words (syntax->kind));
    }
}

static bool
add_statement (ScopeParser *parser,
               const ScopeSyntax *syntax,
               const int32_t *child,
               size_t children)
{
  int32_t node = scope_tree_add (&parser->tree, syntax, -1, child, children);
  if (node < 0 || !scope_tree_add_statement (&parser->tree, node))
    return scope_parser_fail_memory (parser);
  return true;
}

/* Puts the value, whose nodes begin at `middle`, before the targets, whose nodes begin at `first`
 * and whose numbers stand on scratch, as Python evaluates them. */
static bool
add_assignment (ScopeParser *parser,
                int32_t first,
                int32_t middle,
                ScopeParserOperand value,
                int32_t begin)
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

/* target = target = … = value; `target` is read, the current token is the first `=`. With `once`
 * a second one is left. */
static bool
parse_assignment (ScopeParser *parser, int32_t first, ScopeParserOperand target, bool once)
{
  int32_t begin = target.span.begin, middle = 0;
  parser->operand[0] = target;
  parser->operands = 1;
  parser->scratches = 0;
  if (!scope_parser_gather_children (parser, 0)) /* a place for the value */
    return false;

  ScopeParserOperand value = target;
  while (scope_parser_current (parser)->symbol == SCOPE_SYMBOL_ASSIGN)
    {
      parser->operand[0] = value;
      parser->operands = 1;
      if (!mark_target (parser, value.node) || !scope_parser_gather_children (parser, 0))
        return false;
      parser->at++;
      middle = (int32_t)parser->tree.nodes;
      if (!scope_parser_values (parser, &value))
        return false;
      if (once)
        break;
    }
  return add_assignment (parser, first, middle, value, begin);
}

/* target: annotation [= value]. The annotation says nothing that is checked. */
static bool
parse_annotated (ScopeParser *parser, int32_t first, ScopeParserOperand target)
{
  size_t nodes = parser->tree.nodes;
  ScopeParserOperand annotation;
  ScopeSyntaxKind kind = parser->tree.node[target.node].syntax.kind;
  const ScopeToken *colon = scope_parser_current (parser);
  if (kind == SCOPE_SYNTAX_TUPLE || kind == SCOPE_SYNTAX_LIST)
    return SCOPE_FAIL_AT (parser, SYNTAX, colon->span,
                          "Only a single name can have a type after `:`");
  if (kind != SCOPE_SYNTAX_NAME && kind != SCOPE_SYNTAX_SUBSCRIPT && kind != SCOPE_SYNTAX_ATTRIBUTE)
    return scope_parser_fail_operator (parser, colon);
  if (!mark_target (parser, target.node))
    return false;
  parser->at++;
  if (!scope_parser_values (parser, &annotation))
    return false;
  scope_tree_cut (&parser->tree, nodes);
  if (scope_parser_current (parser)->symbol == SCOPE_SYMBOL_ASSIGN)
    return parse_assignment (parser, first, target, true);
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
parse_augmented (ScopeParser *parser, ScopeParserOperand target)
{
  const ScopeToken *token = scope_parser_current (parser);
  const ScopeSyntax *syntax = &parser->tree.node[target.node].syntax;
  if (syntax->kind == SCOPE_SYNTAX_ATTRIBUTE)
    return fail_attribute (parser, target.span);
  if (syntax->kind != SCOPE_SYNTAX_NAME && syntax->kind != SCOPE_SYNTAX_SUBSCRIPT)
    return SCOPE_FAIL_AT (parser, SYNTAX, target.span, "Expected a name or `A[…]` left of %s",
                          scope_parser_show_token (parser, token).text);
  ScopeParserOperand value;
  parser->at++;
  if (!scope_parser_values (parser, &value))
    return false;
  return add_statement (parser,
                        &(ScopeSyntax){ .kind = SCOPE_SYNTAX_AUGMENT,
                                        .text = augmenting (token->symbol),
                                        .span = { target.span.begin, value.span.end } },
                        (int32_t[]){ target.node, value.node }, 2);
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

/* What an import statement may consist of. */
static bool
belongs_to_import (const ScopeToken *token)
{
  switch (token->symbol)
    {
    case SCOPE_SYMBOL_WORD:
      return token->kind == SCOPE_TOKEN_NAME;
    case SCOPE_SYMBOL_IMPORT:
    case SCOPE_SYMBOL_AS:
    case SCOPE_SYMBOL_DOT:
    case SCOPE_SYMBOL_ELLIPSIS:
    case SCOPE_SYMBOL_COMMA:
    case SCOPE_SYMBOL_TIMES:
    case SCOPE_SYMBOL_OPEN_ROUND:
    case SCOPE_SYMBOL_CLOSE_ROUND:
      return true;
    default:
      return false;
    }
}

/* import … and from … import … mean nothing to a check: the usual names of modules are known. */
static bool
skip_import (ScopeParser *parser)
{
  const ScopeToken *token = scope_parser_current (parser) + 1;
  bool relative = token[-1].symbol == SCOPE_SYMBOL_FROM
                  && (token->symbol == SCOPE_SYMBOL_DOT || token->symbol == SCOPE_SYMBOL_ELLIPSIS);
  if (token->kind != SCOPE_TOKEN_NAME && token->kind != SCOPE_TOKEN_WRONG && !relative)
    return SCOPE_FAIL_AT (parser, SYNTAX, token->span, "Expected the name of a module, %s",
                          scope_parser_show_found (parser, token).text);

  while (belongs_to_import (token))
    token++;
  parser->at = (size_t)(token - parser->tokens.token);
  if (token->kind != SCOPE_TOKEN_WRONG)
    return true;
  if (parser->error != NULL)
    *parser->error = parser->tokens.error;
  return false;
}

/* with …: says under what circumstances something runs, not what it computes. Moves behind the
 * colon; false when there is none. */
static bool
skip_with (ScopeParser *parser)
{
  const ScopeToken *with = scope_parser_current (parser), *token = with + 1;
  int depth = 0;
  for (;; token++)
    {
      bool ends = token->kind == SCOPE_TOKEN_END || token->kind == SCOPE_TOKEN_NEWLINE
                  || token->kind == SCOPE_TOKEN_WRONG;
      if (ends || (token->symbol == SCOPE_SYMBOL_COLON && depth == 0))
        break;
      depth +=
          token->symbol == SCOPE_SYMBOL_OPEN_ROUND || token->symbol == SCOPE_SYMBOL_OPEN_SQUARE;
      depth -=
          token->symbol == SCOPE_SYMBOL_CLOSE_ROUND || token->symbol == SCOPE_SYMBOL_CLOSE_SQUARE;
    }
  parser->at = (size_t)(token - parser->tokens.token);
  if (token->kind == SCOPE_TOKEN_WRONG)
    {
      if (parser->error != NULL)
        *parser->error = parser->tokens.error;
      return false;
    }
  if (token->symbol != SCOPE_SYMBOL_COLON || token == with + 1)
    return SCOPE_FAIL_AT (parser, SYNTAX, token->span, "Expected `:` after `with …`, %s",
                          scope_parser_show_found (parser, token).text);
  parser->at++;
  return true;
}

/* assert condition, message. */
static bool
parse_assert (ScopeParser *parser)
{
  ScopeParserOperand value;
  int32_t begin = scope_parser_current (parser)->span.begin;
  parser->at++;
  return scope_parser_values (parser, &value)
         && add_statement (
             parser,
             &(ScopeSyntax){ .kind = SCOPE_SYNTAX_ASSERT, .span = { begin, value.span.end } },
             &value.node, 1);
}

/* Whether something stands on the line behind the current token. */
static bool
goes_on (const ScopeParser *parser)
{
  const ScopeToken *next = &scope_parser_current (parser)[1];
  return next->kind != SCOPE_TOKEN_END && next->kind != SCOPE_TOKEN_NEWLINE
         && next->symbol != SCOPE_SYMBOL_SEMICOLON;
}

static bool
parse_statement (ScopeParser *parser)
{
  const ScopeToken *token = scope_parser_current (parser);
  int32_t first = (int32_t)parser->tree.nodes;
  while (token->symbol == SCOPE_SYMBOL_WITH)
    {
      if (!skip_with (parser))
        return false;
      token = scope_parser_current (parser);
      if (token->kind == SCOPE_TOKEN_NEWLINE || token->kind == SCOPE_TOKEN_END)
        return true;
    }
  if (token->symbol == SCOPE_SYMBOL_IMPORT || token->symbol == SCOPE_SYMBOL_FROM)
    return skip_import (parser);
  if (token->symbol == SCOPE_SYMBOL_ASSERT && goes_on (parser))
    return parse_assert (parser);
  if (token->symbol == SCOPE_SYMBOL_RETURN && goes_on (parser))
    {
      ScopeParserOperand result;
      parser->at++;
      return scope_parser_values (parser, &result)
             && add_statement (parser,
                               &(ScopeSyntax){ .kind = SCOPE_SYNTAX_VALUE, .span = result.span },
                               &result.node, 1);
    }
  if (!begins_expression (token))
    return scope_parser_fail_statement (parser, token);

  ScopeParserOperand value;
  if (!scope_parser_values (parser, &value))
    return false;
  token = scope_parser_current (parser);
  if (token->symbol == SCOPE_SYMBOL_ASSIGN)
    return parse_assignment (parser, first, value, false);
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
check_line (ScopeParser *parser, int32_t column)
{
  const ScopeToken *token = scope_parser_current (parser);
  bool sign = token->symbol == SCOPE_SYMBOL_PLUS || token->symbol == SCOPE_SYMBOL_MINUS;
  if (!sign || column < 0 || token->column <= column)
    return true;
  return SCOPE_FAIL_AT (parser, SYNTAX, token->span,
                        "The line before is complete; put both in brackets to go on with %s",
                        scope_parser_show_token (parser, token).text);
}

static bool
parse_statements (ScopeParser *parser)
{
  int32_t column = -1; /* of the line before */
  while (scope_parser_current (parser)->kind != SCOPE_TOKEN_END)
    {
      if (!check_line (parser, column))
        return false;
      column = scope_parser_current (parser)->column;
      bool line = true;
      while (line)
        {
          if (!parse_statement (parser))
            return false;
          const ScopeToken *token = scope_parser_current (parser);
          bool semicolon = token->symbol == SCOPE_SYMBOL_SEMICOLON;
          if (!semicolon && token->kind != SCOPE_TOKEN_NEWLINE && token->kind != SCOPE_TOKEN_END)
            return SCOPE_FAIL_AT (parser, SYNTAX, token->span, "Expected the end of the line, %s",
                                  scope_parser_show_found (parser, token).text);
          parser->at += token->kind != SCOPE_TOKEN_END;
          line = semicolon && scope_parser_current (parser)->kind != SCOPE_TOKEN_NEWLINE
                 && scope_parser_current (parser)->kind != SCOPE_TOKEN_END;
          if (semicolon && scope_parser_current (parser)->kind == SCOPE_TOKEN_NEWLINE)
            parser->at++;
        }
    }
  if (parser->tree.statements > 0)
    return true;
  return SCOPE_FAIL_AT (parser, SYNTAX, scope_parser_current (parser)->span,
                        "Expected an expression");
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

  ScopeParser parser = { .bytes = bytes, .error = error };
  ScopeExpression *expression = NULL;
  if (scope_tokens_read (&parser.tokens, bytes, length, error) && parse_statements (&parser))
    {
      expression = scope_tree_finish (&parser.tree, bytes, length, parser.tokens.texts,
                                      parser.tokens.texts_length);
      if (expression == NULL)
        scope_parser_fail_memory (&parser);
    }
  scope_tokens_free (&parser.tokens);
  scope_tree_free (&parser.tree);
  free (parser.operand);
  free (parser.waiting);
  free (parser.scratch);
  return expression;
}
