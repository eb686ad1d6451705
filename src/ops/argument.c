/* What Python and the frameworks say about arguments of the wrong kind. */
#include "ops/argument.h"

#include "ops/program.h"

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

/* Whether a type was written as Python's own `int`, `float`, `bool`, not as `torch.int`. */
static bool
is_builtin_type (const ScopeCall *call, const ScopeValue *value)
{
  ScopeText text = { 0 };
  scope_program_print_span (call->program, value->span, &text);
  bool dotted = strchr (scope_text_string (&text), '.') != NULL;
  scope_text_clear (&text);
  return !dotted;
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
      return call->dialect == SCOPE_PYTORCH && !is_builtin_type (call, value) ? "torch.dtype"
                                                                              : "type";
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
scope_torch_type_string (ScopeDtype dtype)
{
  static const char *const strings[SCOPE_N_DTYPES] = {
    [SCOPE_BOOL] = "CPUBoolType",
    [SCOPE_UINT8] = "torch.ByteTensor",
    [SCOPE_INT8] = "torch.CharTensor",
    [SCOPE_INT16] = "torch.ShortTensor",
    [SCOPE_INT32] = "torch.IntTensor",
    [SCOPE_INT64] = "torch.LongTensor",
    [SCOPE_BFLOAT16] = "CPUBFloat16Type",
    [SCOPE_FLOAT16] = "torch.HalfTensor",
    [SCOPE_FLOAT32] = "torch.FloatTensor",
    [SCOPE_FLOAT64] = "torch.DoubleTensor",
    [SCOPE_COMPLEX64] = "CPUComplexFloatType",
    [SCOPE_COMPLEX128] = "CPUComplexDoubleType",
    [SCOPE_UINT16] = "CPUUInt16Type",
    [SCOPE_UINT32] = "CPUUInt32Type",
    [SCOPE_UINT64] = "CPUUInt64Type",
    [SCOPE_FLOAT8_E5M2] = "CPUFloat8_e5m2Type",
    [SCOPE_FLOAT8_E4M3FN] = "CPUFloat8_e4m3fnType",
  };
  return strings[dtype];
}

bool
scope_torch_lists (const char *letters, ScopeDtype dtype)
{
  static const char letter[SCOPE_N_DTYPES] = {
    [SCOPE_BOOL] = '?',      [SCOPE_UINT8] = 'B',       [SCOPE_INT8] = 'b',
    [SCOPE_UINT16] = 'H',    [SCOPE_INT16] = 'h',       [SCOPE_UINT32] = 'I',
    [SCOPE_INT32] = 'i',     [SCOPE_UINT64] = 'L',      [SCOPE_INT64] = 'l',
    [SCOPE_FLOAT16] = 'e',   [SCOPE_FLOAT32] = 'f',     [SCOPE_FLOAT64] = 'd',
    [SCOPE_BFLOAT16] = 'y',  [SCOPE_FLOAT8_E5M2] = 'x', [SCOPE_FLOAT8_E4M3FN] = 'x',
    [SCOPE_COMPLEX64] = 'F', [SCOPE_COMPLEX128] = 'D',
  };
  return strchr (letters, letter[dtype]) != NULL;
}

bool
scope_torch_refuse_overflow (const ScopeValue *value, ScopeDtype to, ScopeFailure *failure)
{
  static const char *const names[SCOPE_N_DTYPES] = {
    [SCOPE_UINT8] = "uint8_t", [SCOPE_INT8] = "int8_t",           [SCOPE_INT16] = "int16_t",
    [SCOPE_INT32] = "int",     [SCOPE_INT64] = "int64_t",         [SCOPE_FLOAT16] = "at::Half",
    [SCOPE_FLOAT32] = "float", [SCOPE_BFLOAT16] = "at::BFloat16", [SCOPE_FLOAT64] = "double",
  };
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  failure->span = value->span;
  return scope_failure_both (failure, "RuntimeError",
                             "value cannot be converted to type %s without overflow",
                             names[to] != NULL ? names[to] : scope_dtype_name (to));
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

bool
scope_refuse (const ScopeCall *call,
              int parameter,
              ScopeFailure *failure,
              ScopeRule rule,
              const char *exception,
              const char *format,
              ...)
{
  va_list arguments;
  va_start (arguments, format);
  scope_failure_begin (failure, rule);
  if (parameter >= 0 && scope_value_given (&call->value[parameter]))
    failure->span = call->value[parameter].span;
  scope_failure_both_va (failure, exception, format, arguments);
  va_end (arguments);
  return false;
}

const char *
scope_torch_cpp_type (ScopeDtype dtype)
{
  static const char *const names[SCOPE_N_DTYPES] = {
    [SCOPE_BOOL] = "bool",
    [SCOPE_UINT8] = "unsigned char",
    [SCOPE_INT8] = "signed char",
    [SCOPE_INT16] = "short int",
    [SCOPE_INT32] = "int",
    [SCOPE_INT64] = "long int",
    [SCOPE_FLOAT16] = "c10::Half",
    [SCOPE_BFLOAT16] = "c10::BFloat16",
    [SCOPE_FLOAT32] = "float",
    [SCOPE_FLOAT64] = "double",
    [SCOPE_COMPLEX64] = "c10::complex<float>",
    [SCOPE_COMPLEX128] = "c10::complex<double>",
  };
  return names[dtype] != NULL ? names[dtype] : scope_dtype_name (dtype);
}
