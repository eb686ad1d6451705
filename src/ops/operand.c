/* Tensors as arguments. */
#include "ops/operand.h"

#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/program.h"
#include "ops/promote.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum
{
  READABLE = 24, /* characters of an operand's text */
};

/* PyTorch's words; a method's object is not counted among its arguments. */
static bool
refuse (const ScopeCall *call, int parameter, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  const char *name = scope_call_function (call);
  const char *type = scope_value_type_name (call, value);
  if (strcmp (name, "@") == 0)
    {
      const ScopeValue *other = &call->value[1 - parameter];
      return scope_call_refuse (call, parameter, failure,
                                "unsupported operand type(s) for @: '%s' and '%s'",
                                parameter == 0 ? type : scope_value_type_name (call, other),
                                parameter == 0 ? scope_value_type_name (call, other) : type);
    }
  return scope_call_refuse (
      call, parameter, failure, "%s(): argument '%s' (position %d) must be Tensor, not %s", name,
      call->op->parameter[parameter].name, parameter + 1 - call->method, type);
}

bool
scope_operand_or_number (const ScopeCall *call,
                         int parameter,
                         ScopeOutput *out,
                         ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  if (value->kind != SCOPE_VALUE_TENSOR && !scope_value_is_number (value))
    return refuse (call, parameter, failure);
  out->shape = *scope_call_shape (call, value);
  out->dtype = scope_call_dtype (call, value);
  return true;
}

bool
scope_operand (const ScopeCall *call, int parameter, ScopeOutput *out, ScopeFailure *failure)
{
  if (call->dialect == SCOPE_PYTORCH && call->value[parameter].kind != SCOPE_VALUE_TENSOR)
    return refuse (call, parameter, failure);
  return scope_operand_or_number (call, parameter, out, failure);
}

int64_t
scope_sizes_product (const int64_t *size, int sizes)
{
  int64_t product = 1;
  for (int i = 0; i < sizes; i++)
    if (!scope_size_is_known (size[i]) || !scope_checked_mul (product, size[i], &product))
      return SCOPE_SIZE_UNKNOWN;
  return product;
}

bool
scope_shape_is_empty (const ScopeShape *shape)
{
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] == 0)
      return true;
  return false;
}

void
scope_operand_print (const ScopeCall *call,
                     const ScopeFailure *failure,
                     int operand,
                     ScopeText *text)
{
  if (operand >= failure->operands)
    {
      scope_text_append (text, "the tensor");
      return;
    }
  ScopeSpan span = failure->operand[operand].span;
  bool cut = span.end - span.begin > READABLE;
  if (cut)
    span.end = span.begin + READABLE;
  scope_program_print_span (call->program, span, text);
  if (cut)
    scope_text_append (text, "…");
}

static bool
say_tensorflow (ScopeFailure *failure,
                const char *wrapper,
                const char *kernel,
                const char *node,
                const char *format,
                va_list arguments)
{
  char words[512];
  vsnprintf (words, sizeof words, format, arguments);
  return scope_failure_say (failure, "InvalidArgumentError",
                            "{{function_node __wrapped__%s_device_/job:localhost/replica:0/task:0/"
                            "device:CPU:0}} %s [Op:%s] name: %s",
                            wrapper, words, kernel, node);
}

bool
scope_say_tensorflow (ScopeFailure *failure, const char *kernel, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  say_tensorflow (failure, kernel, kernel, "", format, arguments);
  va_end (arguments);
  return false;
}

bool
scope_say_tensorflow_node (ScopeFailure *failure,
                           const char *wrapper,
                           const char *kernel,
                           const char *node,
                           const char *format,
                           ...)
{
  va_list arguments;
  va_start (arguments, format);
  say_tensorflow (failure, wrapper, kernel, node, format, arguments);
  va_end (arguments);
  return false;
}

bool
scope_refuse_tensorflow_types (ScopeFailure *failure,
                               const char *kernel,
                               ScopeDtype first,
                               ScopeDtype second)
{
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  scope_failure_explain (failure, "The types differ: %s and %s. TensorFlow combines equal types.",
                         scope_dtype_name (first), scope_dtype_name (second));
  return scope_failure_say (failure, "InvalidArgumentError",
                            "cannot compute %s as input #1(zero-based) was expected to be a %s "
                            "tensor but is a %s tensor [Op:%s] name: ",
                            kernel, scope_dtype_word (SCOPE_TENSORFLOW, first),
                            scope_dtype_word (SCOPE_TENSORFLOW, second), kernel);
}

bool
scope_call_out_of_memory (const ScopeCall *call)
{
  ((ScopeProgram *)call->program)->out_of_memory = true;
  return false;
}
