/* Bound arguments of a node while it is written in another dialect. */
#include "advice/code.h"

#include <string.h>

const ScopeValue *
scope_written (const ScopeNode *node, const char *name)
{
  for (int i = 0; node->value != NULL && node->op->parameter[i].name != NULL; i++)
    if (strcmp (node->op->parameter[i].name, name) == 0)
      {
        const ScopeValue *value = &node->value[i];
        return scope_value_given (value) && value->kind != SCOPE_VALUE_NONE ? value : NULL;
      }
  return NULL;
}

const ScopeShape *
scope_written_shape (const ScopeNode *node, const char *name)
{
  const ScopeValue *value = scope_written (node, name);
  return value != NULL && value->kind == SCOPE_VALUE_TENSOR
             ? &node->program->node[value->node]->shape
             : NULL;
}

int64_t
scope_written_int (const ScopeNode *node, const char *name, int64_t otherwise)
{
  const ScopeValue *value = scope_written (node, name);
  return value != NULL && scope_value_is_int (value) ? value->integer : otherwise;
}

bool
scope_written_bool (const ScopeNode *node, const char *name, bool otherwise)
{
  return scope_written_int (node, name, otherwise) != 0;
}

int
scope_written_axis (const ScopeNode *node, const char *name, int rank, int otherwise)
{
  const ScopeValue *value = scope_written (node, name);
  if (value == NULL)
    return otherwise;
  int64_t axis = scope_value_is_int (value) ? value->integer : INT64_MAX;
  if (axis < 0)
    axis += rank;
  return axis >= 0 && axis < rank ? (int)axis : -1;
}

int
scope_written_ints (const ScopeNode *node, const char *name, int fill, int64_t *out)
{
  const ScopeValue *value = scope_written (node, name);
  if (value == NULL)
    return -1;
  if (scope_value_is_int (value))
    {
      for (int i = 0; i < fill; i++)
        out[i] = value->integer;
      return fill;
    }
  if (!scope_value_is_sequence (value) || value->items > SCOPE_MAX_RANK)
    return -1;
  for (int i = 0; i < value->items; i++)
    {
      if (!scope_value_is_int (&value->item[i]))
        return -1;
      out[i] = value->item[i].integer;
    }
  if (value->items != 1)
    return value->items;
  for (int i = 1; i < fill; i++)
    out[i] = out[0];
  return fill > 0 ? fill : 1;
}

/* The syntax a value was written as: among the nodes before the one it is an argument of. */
static int32_t
find_syntax (const ScopeNode *node, ScopeSpan span)
{
  const ScopeExpression *expression = node->program->expression;
  for (int32_t i = node->syntax - 1; i >= 0; i--)
    {
      const ScopeSyntax *syntax = &expression->node[i];
      if (syntax->span.begin == span.begin && syntax->span.end == span.end
          && syntax->kind != SCOPE_SYNTAX_KEYWORD && syntax->kind != SCOPE_SYNTAX_STAR)
        return i;
      if (syntax->span.end < node->span.begin)
        break;
    }
  return -1;
}

static void
write_literal (ScopeWriter *writer, const ScopeNode *node, const ScopeValue *value, ScopeText *out)
{
  switch (value->kind)
    {
    case SCOPE_VALUE_INT:
      scope_text_printf (out, "%lld", (long long)value->integer);
      break;
    case SCOPE_VALUE_BOOL:
      scope_text_append (out, value->integer != 0 ? "True" : "False");
      break;
    case SCOPE_VALUE_FLOAT:
      scope_text_append_double (out, value->number);
      break;
    case SCOPE_VALUE_STRING:
      scope_text_printf (out, "\"%s\"", value->text);
      break;
    case SCOPE_VALUE_DTYPE:
      scope_write_dtype (writer, value->dtype, out);
      break;
    case SCOPE_VALUE_TUPLE:
    case SCOPE_VALUE_LIST:
      scope_text_append (out, "(");
      for (int i = 0; i < value->items; i++)
        {
          scope_text_append (out, i > 0 ? ", " : "");
          scope_write_value (writer, node, &value->item[i], false, out);
        }
      scope_text_append (out, value->items == 1 ? ",)" : ")");
      break;
    default:
      scope_text_append (out, "None");
    }
}

void
scope_write_value (ScopeWriter *writer,
                   const ScopeNode *node,
                   const ScopeValue *value,
                   bool primary,
                   ScopeText *out)
{
  int32_t syntax = find_syntax (node, value->span);
  if (syntax >= 0 && primary)
    scope_write_primary (writer, syntax, out);
  else if (syntax >= 0)
    scope_write_syntax (writer, syntax, out);
  else if (value->kind == SCOPE_VALUE_TENSOR)
    scope_program_print_span (node->program, value->span, out);
  else
    write_literal (writer, node, value, out);
  writer->loose = false;
}

bool
scope_write_argument (ScopeWriter *writer, const ScopeNode *node, const char *name, ScopeText *out)
{
  const ScopeValue *value = scope_written (node, name);
  if (value != NULL)
    scope_write_value (writer, node, value, false, out);
  return value != NULL;
}

bool
scope_write_object (ScopeWriter *writer, const ScopeNode *node, const char *name, ScopeText *out)
{
  const ScopeValue *value = scope_written (node, name);
  if (value != NULL)
    scope_write_value (writer, node, value, true, out);
  return value != NULL;
}

void
scope_write_numbers (const int64_t *number, int count, ScopeText *out)
{
  for (int i = 0; i < count; i++)
    scope_text_printf (out, i > 0 ? ", %lld" : "%lld", (long long)number[i]);
}

void
scope_write_tuple (const int64_t *number, int count, ScopeText *out)
{
  scope_text_append (out, "(");
  scope_write_numbers (number, count, out);
  scope_text_append (out, count == 1 ? ",)" : ")");
}

void
scope_writer_name (ScopeWriter *writer, const char *wanted, ScopeText *out)
{
  scope_text_append (out, wanted);
  if (writer->names++ > 0)
    scope_text_printf (out, "%d", writer->names);
}

bool
scope_writer_refuse (ScopeWriter *writer)
{
  writer->refused = true;
  return false;
}

void
scope_writer_line (ScopeWriter *writer, const ScopeText *name, const char *value)
{
  scope_text_printf (&writer->before, "%s = %s\n", scope_text_string (name), value);
}
