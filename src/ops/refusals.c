/* Why a text is no expression: the sentences of the parser. */
#include "ops/parser.h"

#include <string.h>

bool
scope_parser_fail_memory (ScopeParser *parser)
{
  return scope_fail (parser->error, SCOPE_ERROR_MEMORY, -1,
                     "Memory ran out while parsing the expression");
}

/* `text` in backticks, long or broken ones cut. */
ScopeParserShown
scope_parser_show_token (const ScopeParser *parser, const ScopeToken *token)
{
  const char *text = parser->bytes + token->begin;
  size_t length = (size_t)(token->end - token->begin), shown = 0;
  while (shown < length && shown < SCOPE_SHOWN_BYTES && text[shown] != '\n' && text[shown] != '\r')
    shown++;
  bool cut = shown < length;
  while (cut && shown > 0 && (text[shown] & 0xC0) == 0x80)
    shown--;

  ScopeParserShown out = { "`" };
  memcpy (out.text + 1, text, shown);
  const char *end = cut ? "…`" : "`";
  memcpy (out.text + 1 + shown, end, strlen (end) + 1);
  return out;
}

/* What stands where something else was expected: the end of a sentence. */
ScopeParserShown
scope_parser_show_found (const ScopeParser *parser, const ScopeToken *token)
{
  if (token->kind == SCOPE_TOKEN_END)
    return (ScopeParserShown){ "but the text ends" };
  if (token->kind == SCOPE_TOKEN_NEWLINE)
    return (ScopeParserShown){ "but the line ends" };

  ScopeParserShown shown = scope_parser_show_token (parser, token), out = { "but found " };
  memcpy (out.text + strlen (out.text), shown.text, strlen (shown.text) + 1);
  return out;
}

const char *
scope_parser_closing (ScopeParserFrameKind kind)
{
  return kind == SCOPE_FRAME_GROUP || kind == SCOPE_FRAME_CALL ? ")" : "]";
}

const char *
scope_parser_opening (ScopeParserFrameKind kind)
{
  return kind == SCOPE_FRAME_GROUP || kind == SCOPE_FRAME_CALL ? "(" : "[";
}

bool
scope_parser_fail_unclosed (ScopeParser *parser, const ScopeToken *found)
{
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  ScopeSpan span = found->kind == SCOPE_TOKEN_END ? frame->open : found->span;
  return SCOPE_FAIL_AT (parser, SYNTAX, span,
                        "Expected `%s` to close `%s` opened at character %d, %s",
                        scope_parser_closing (frame->kind), scope_parser_opening (frame->kind),
                        frame->open.begin + 1, scope_parser_show_found (parser, found).text);
}

/* A keyword that has no place in an expression. */
static bool
fail_keyword (ScopeParser *parser, const ScopeToken *token)
{
  const char *word = scope_symbol_text (token->symbol);
  switch (token->symbol)
    {
    case SCOPE_SYMBOL_LAMBDA:
    case SCOPE_SYMBOL_AWAIT:
    case SCOPE_SYMBOL_YIELD:
      return SCOPE_FAIL_AT (parser, UNSUPPORTED, token->span, "Shapescope does not know `%s`",
                            word);
    case SCOPE_SYMBOL_FOR:
    case SCOPE_SYMBOL_ASYNC:
      return SCOPE_FAIL_AT (parser, UNSUPPORTED, token->span,
                            "Shapescope does not know comprehensions (`%s` within brackets)", word);
    default:
      return SCOPE_FAIL_AT (parser, SYNTAX, token->span, "The keyword `%s` cannot stand here",
                            word);
    }
}

bool
scope_parser_fail_value (ScopeParser *parser, const ScopeToken *token)
{
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  if (token->kind == SCOPE_TOKEN_END && frame->kind != SCOPE_FRAME_STATEMENT)
    return scope_parser_fail_unclosed (parser, token);
  bool loose = token->kind == SCOPE_TOKEN_SYMBOL && scope_symbol_is_keyword (token->symbol);
  if (loose && token->symbol != SCOPE_SYMBOL_IF && token->symbol != SCOPE_SYMBOL_ELSE
      && token->symbol != SCOPE_SYMBOL_AND && token->symbol != SCOPE_SYMBOL_OR)
    return fail_keyword (parser, token);

  const ScopeToken *previous = parser->at > 0 ? token - 1 : NULL;
  if (previous != NULL && previous->kind == SCOPE_TOKEN_SYMBOL
      && previous->symbol != SCOPE_SYMBOL_SEMICOLON)
    return SCOPE_FAIL_AT (parser, SYNTAX, token->span, "Expected a value after %s, %s",
                          scope_parser_show_token (parser, previous).text,
                          scope_parser_show_found (parser, token).text);
  return SCOPE_FAIL_AT (parser, SYNTAX, token->span, "Expected a value, %s",
                        scope_parser_show_found (parser, token).text);
}

bool
scope_parser_fail_operator (ScopeParser *parser, const ScopeToken *token)
{
  const ScopeParserFrame *frame = scope_parser_top_frame (parser);
  ScopeParserShown found = scope_parser_show_found (parser, token);
  if (token->kind == SCOPE_TOKEN_SYMBOL && scope_symbol_is_keyword (token->symbol))
    return fail_keyword (parser, token);
  if (frame->kind != SCOPE_FRAME_STATEMENT)
    {
      if (token->kind == SCOPE_TOKEN_END || token->kind == SCOPE_TOKEN_SYMBOL)
        return scope_parser_fail_unclosed (parser, token);
      return SCOPE_FAIL_AT (parser, SYNTAX, token->span,
                            "Expected `,` or `%s` to close `%s` opened at character %d, %s",
                            scope_parser_closing (frame->kind), scope_parser_opening (frame->kind),
                            frame->open.begin + 1, found.text);
    }
  if (token->symbol == SCOPE_SYMBOL_CLOSE_ROUND || token->symbol == SCOPE_SYMBOL_CLOSE_SQUARE
      || token->symbol == SCOPE_SYMBOL_CLOSE_CURLY)
    return SCOPE_FAIL_AT (parser, SYNTAX, token->span, "%s closes nothing that was opened",
                          scope_parser_show_token (parser, token).text);
  return SCOPE_FAIL_AT (parser, SYNTAX, token->span,
                        "Expected an operator or the end of the line, %s", found.text);
}

/* Statements that are not expressions. */
bool
scope_parser_fail_statement (ScopeParser *parser, const ScopeToken *token)
{
  const char *word = scope_symbol_text (token->symbol);
  switch (token->symbol)
    {
    case SCOPE_SYMBOL_RETURN:
      return SCOPE_FAIL_AT (parser, UNSUPPORTED, token->span, "Paste only what follows `return`");
    case SCOPE_SYMBOL_ASSERT:
      return SCOPE_FAIL_AT (parser, UNSUPPORTED, token->span, "Paste only what follows `assert`");
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
      return SCOPE_FAIL_AT (parser, UNSUPPORTED, token->span,
                            "Shapescope does not know `%s`; paste only the lines within it", word);
    default:
      return SCOPE_FAIL_AT (parser, UNSUPPORTED, token->span,
                            "Shapescope does not know `%s`; delete it", word);
    }
}
