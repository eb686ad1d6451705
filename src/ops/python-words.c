/* Values in the words of Python's and PyTorch's messages. */
#include "ops/python-words.h"

#include "core/checked.h"
#include "ops/promote.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum
{
  REPR_DEPTH = 4
};

/* Python's repr of a float always shows that it is one. */
static void
print_float (double value, ScopeText *text)
{
  size_t before = text->length;
  scope_text_append_double (text, value);
  if (!isfinite (value) || text->failed)
    return;
  if (strpbrk (scope_text_string (text) + before, ".e") == NULL)
    scope_text_append (text, ".0");
}

static void
print_value (const ScopeValue *value, int depth, ScopeText *text)
{
  switch (value->kind)
    {
    case SCOPE_VALUE_BOOL:
      scope_text_append (text, value->integer != 0 ? "True" : "False");
      break;
    case SCOPE_VALUE_INT:
      scope_text_printf (text, "%" PRId64, value->integer);
      break;
    case SCOPE_VALUE_SIZE:
      scope_size_print (value->integer, text);
      break;
    case SCOPE_VALUE_FLOAT:
      print_float (value->number, text);
      break;
    case SCOPE_VALUE_STRING:
      scope_text_printf (text, "'%s'", value->text);
      break;
    case SCOPE_VALUE_TUPLE:
    case SCOPE_VALUE_LIST:
      scope_text_append (text, value->kind == SCOPE_VALUE_LIST ? "[" : "(");
      for (int i = 0; depth > 0 && i < value->items; i++)
        {
          scope_text_append (text, i > 0 ? ", " : "");
          print_value (&value->item[i], depth - 1, text);
        }
      if (value->kind == SCOPE_VALUE_TUPLE && value->items == 1)
        scope_text_append (text, ",");
      scope_text_append (text, value->kind == SCOPE_VALUE_LIST ? "]" : ")");
      break;
    case SCOPE_VALUE_ELLIPSIS:
      scope_text_append (text, "Ellipsis");
      break;
    default:
      scope_text_append (text, "None");
    }
}

void
scope_python_repr (const ScopeValue *value, ScopeText *text)
{
  print_value (value, REPR_DEPTH, text);
}

const char *
scope_python_type (const ScopeValue *value)
{
  switch (value->kind)
    {
    case SCOPE_VALUE_BOOL:
      return "bool";
    case SCOPE_VALUE_INT:
    case SCOPE_VALUE_SIZE:
      return "int";
    case SCOPE_VALUE_FLOAT:
      return "float";
    case SCOPE_VALUE_STRING:
      return "str";
    case SCOPE_VALUE_TUPLE:
      return "tuple";
    case SCOPE_VALUE_LIST:
      return "list";
    case SCOPE_VALUE_SLICE:
      return "slice";
    case SCOPE_VALUE_ELLIPSIS:
      return "ellipsis";
    case SCOPE_VALUE_DTYPE:
      return "torch.dtype";
    case SCOPE_VALUE_TENSOR:
      return "Tensor";
    default:
      return "NoneType";
    }
}

bool
scope_torch_is_int (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_INT || value->kind == SCOPE_VALUE_SIZE;
}

bool
scope_python_refuse (ScopeFailure *failure,
                     const ScopeValue *value,
                     const char *exception,
                     const char *format,
                     ...)
{
  va_list arguments;
  va_start (arguments, format);
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = value->span;
  scope_failure_both_va (failure, exception, format, arguments);
  va_end (arguments);
  return false;
}

bool
scope_torch_fits (const ScopeShape *shape, ScopeDtype dtype, ScopeFailure *failure)
{
  int64_t bytes = (int64_t)scope_dtype_bytes (dtype);
  bool fits = true;
  for (int a = 0; a < shape->rank && fits; a++)
    {
      if (!scope_size_is_known (shape->size[a]) || shape->size[a] == 0)
        return true;
      fits = scope_checked_mul (bytes, shape->size[a], &bytes);
    }
  if (fits)
    return true;
  ScopeText sizes = { 0 };
  scope_shape_print (shape, SCOPE_SHAPE_LIST, &sizes);
  scope_failure_begin (failure, SCOPE_RULE_LIMIT);
  scope_failure_both (failure, "RuntimeError", "Storage size calculation overflowed with sizes=%s",
                      scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}
