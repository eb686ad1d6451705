/* What Python and the frameworks say about arguments of the wrong kind. */
#include "ops/argument.h"

#include <string.h>

bool
scope_value_is_number (const ScopeValue *value)
{
  return scope_value_is_int (value) || value->kind == SCOPE_VALUE_FLOAT
         || value->kind == SCOPE_VALUE_SIZE;
}

static const char *
tensor_type_name (ScopeDialect dialect)
{
  switch (dialect)
    {
    case SCOPE_NUMPY:
      return "numpy.ndarray";
    case SCOPE_TENSORFLOW:
      return "tensorflow.python.framework.ops.EagerTensor";
    case SCOPE_JAX:
      return "jaxlib.xla_extension.ArrayImpl";
    default:
      return "Tensor";
    }
}

const char *
scope_value_type_name (const ScopeCall *call, const ScopeValue *value)
{
  switch (value->kind)
    {
    case SCOPE_VALUE_NONE:
    case SCOPE_VALUE_ABSENT:
      return "NoneType";
    case SCOPE_VALUE_BOOL:
      return "bool";
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
      return call->dialect == SCOPE_PYTORCH ? "torch.dtype" : "type";
    case SCOPE_VALUE_TENSOR:
      return tensor_type_name (call->dialect);
    case SCOPE_VALUE_NAME:
      return "module";
    case SCOPE_VALUE_METHOD:
      return "builtin_function_or_method";
    default:
      return "int";
    }
}

const char *
scope_call_function (const ScopeCall *call)
{
  const char *dot = strrchr (call->spelling->name, '.');
  return dot != NULL ? dot + 1 : call->spelling->name;
}

bool
scope_torch_refuse_kind (const ScopeCall *call,
                         int parameter,
                         const char *name,
                         int place,
                         const char *wanted,
                         ScopeFailure *failure)
{
  return scope_call_refuse (call, parameter, failure,
                            "%s(): argument '%s' (position %d) must be %s, not %s",
                            scope_call_function (call), name, place, wanted,
                            scope_value_type_name (call, &call->value[parameter]));
}
