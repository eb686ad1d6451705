/* Prints a parsed expression as S-expressions. The depth of a tree has no bound, so there is a
 * stack of what remains to be printed. */
#pragma once

#include "ops/expression.h"

#include <glib.h>
#include <string.h>

enum
{
  CLOSE = -2, /* stands for `)` on the stack, followed by the node it ends */
};

static void
print_string (const char *text, GString *out)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", (char)c);
      else if (c < 0x20 || c == 0x7F)
        g_string_append_printf (out, "\\x%02x", c);
      else
        g_string_append_unichar (out, c);
    }
  g_string_append_c (out, '"');
}

static void
print_span (const ScopeSyntax *syntax, gboolean spans, GString *out)
{
  if (spans)
    g_string_append_printf (out, "@%d-%d", syntax->span.begin, syntax->span.end);
}

/* A leaf as a whole, another node's head. */
static void
print_head (const ScopeSyntax *syntax, GString *out)
{
  static const char *const heads[] = {
    [SCOPE_SYNTAX_NONE] = "None",        [SCOPE_SYNTAX_TRUE] = "True",
    [SCOPE_SYNTAX_FALSE] = "False",      [SCOPE_SYNTAX_ELLIPSIS] = "...",
    [SCOPE_SYNTAX_TUPLE] = "(tuple",     [SCOPE_SYNTAX_LIST] = "(list",
    [SCOPE_SYNTAX_SLICE] = "(slice",     [SCOPE_SYNTAX_STAR] = "(star",
    [SCOPE_SYNTAX_SUBSCRIPT] = "(index", [SCOPE_SYNTAX_CALL] = "(call",
    [SCOPE_SYNTAX_CONDITION] = "(if",    [SCOPE_SYNTAX_VALUE] = "(value",
    [SCOPE_SYNTAX_ASSIGN] = "(set",      [SCOPE_SYNTAX_ASSERT] = "(assert",
  };
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (syntax->kind)
    {
    case SCOPE_SYNTAX_NAME:
      g_string_append_printf (out, "%s%s%s", syntax->target ? "=" : "", syntax->text,
                              syntax->called ? "!" : "");
      break;
    case SCOPE_SYNTAX_INTEGER:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, syntax->integer);
      break;
    case SCOPE_SYNTAX_FLOAT:
      g_string_append (out, g_ascii_formatd (number, sizeof number, "%.17g", syntax->number));
      if (strpbrk (number, ".en") == NULL)
        g_string_append (out, ".0");
      break;
    case SCOPE_SYNTAX_STRING:
      print_string (syntax->text, out);
      break;
    case SCOPE_SYNTAX_KEYWORD:
      g_string_append_printf (out, "(%s=", syntax->text);
      break;
    case SCOPE_SYNTAX_ATTRIBUTE:
      g_string_append_printf (out, "(%s.%s%s", syntax->target ? "=" : "", syntax->text,
                              syntax->called ? "!" : "");
      break;
    case SCOPE_SYNTAX_UNARY:
    case SCOPE_SYNTAX_BINARY:
    case SCOPE_SYNTAX_COMPARE:
      g_string_append_printf (out, "(%s", syntax->text);
      break;
    case SCOPE_SYNTAX_AUGMENT:
      g_string_append_printf (out, "(%s=", syntax->text);
      break;
    default:
      g_string_append (out, heads[syntax->kind]);
      if (syntax->target)
        g_string_append_c (out, '=');
    }
}

static gboolean
is_leaf (const ScopeSyntax *syntax)
{
  return syntax->kind <= SCOPE_SYNTAX_ELLIPSIS;
}

static void
print_statement (const ScopeExpression *expression, int root, gboolean spans, GString *out)
{
  GArray *stack = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_append_val (stack, root);
  while (stack->len > 0)
    {
      int number = g_array_index (stack, int, stack->len - 1);
      g_array_set_size (stack, stack->len - 1);
      char before = out->len > 0 ? out->str[out->len - 1] : '(';
      if (number == CLOSE)
        {
          g_string_append_c (out, ')');
          continue;
        }
      if (before != '(' && before != '\n')
        g_string_append_c (out, ' ');
      if (number < 0)
        {
          g_string_append_c (out, '_');
          continue;
        }
      const ScopeSyntax *syntax = &expression->node[number];
      print_head (syntax, out);
      print_span (syntax, spans, out);
      if (is_leaf (syntax))
        continue;
      int close = CLOSE;
      g_array_append_val (stack, close);
      for (int i = syntax->children - 1; i >= 0; i--)
        g_array_append_val (stack, syntax->child[i]);
    }
  g_array_unref (stack);
}

/* With spans, each node is followed by @begin-end. */
static void
syntax_print (const ScopeExpression *expression, gboolean spans, GString *out)
{
  for (int i = 0; i < expression->statements; i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      print_statement (expression, expression->statement[i], spans, out);
    }
}
