/* The list of element by element operations of two operands: rules and spellings. */
#include "ops/binary.h"

#define BITS    "efdyFD"
#define ORDERED "FD"
#define WHOLE   "?efdyFD"
#define REAL    "?FD"
#define FLOATS  "?bBhHiIlLeFD"

/* In the order of scope_ops_binary. */
static const ScopeBinary binaries[] = {
  { SCOPE_ADD, "add", NULL, NULL, "", false, 7, { "AddV2", "add" } },
  { SCOPE_SUBTRACT, "subtract", NULL, NULL, "", false, 7, { "Sub", "sub" } },
  { SCOPE_MULTIPLY, "multiply", NULL, NULL, "", false, 7, { "Mul", "mul" } },
  { SCOPE_DIVIDE, "divide", "efdFD", NULL, "", true, 7, { "RealDiv", "div" } },
  { SCOPE_FLOOR_DIVIDE,
    "floor_divide",
    "bBhHiIlLefd",
    "div_floor_cpu",
    REAL,
    false,
    7,
    { "FloorDiv", "div" } },
  { SCOPE_REMAINDER,
    "remainder",
    "bBhHiIlLefd",
    "remainder_cpu",
    REAL,
    false,
    3,
    { "FloorMod", "rem" } },
  { SCOPE_FMOD, "fmod", "bBhHiIlLefd", "fmod_cpu", REAL, false, 2, { "TruncateMod", "rem" } },
  { SCOPE_POWER, "power", "bBhHiIlLefdFD", "pow", "?", false, 3, { "Pow", "pow" } },
  { SCOPE_POWER, "float_power", "dD", NULL, "", false, 3, { "Pow", "pow" } },
  { SCOPE_AND,
    "bitwise_and",
    "?bBhHiIlL",
    "bitwise_and_cpu",
    BITS,
    false,
    3,
    { "BitwiseAnd", "and" } },
  { SCOPE_OR, "bitwise_or", "?bBhHiIlL", "bitwise_or_cpu", BITS, false, 3, { "BitwiseOr", "or" } },
  { SCOPE_XOR,
    "bitwise_xor",
    "?bBhHiIlL",
    "bitwise_xor_cpu",
    BITS,
    false,
    3,
    { "BitwiseXor", "xor" } },
  { SCOPE_SHIFT_LEFT,
    "left_shift",
    "bBhHiIlL",
    "lshift_cpu",
    WHOLE,
    false,
    3,
    { "LeftShift", "shift_left" } },
  { SCOPE_SHIFT_RIGHT,
    "right_shift",
    "bBhHiIlL",
    "rshift_cpu",
    WHOLE,
    false,
    3,
    { "RightShift", "shift_right_arithmetic" } },
  { SCOPE_LESS, "less", NULL, "lt_cpu", ORDERED, false, 2, { "Less", "lt" } },
  { SCOPE_LESS_EQUAL, "less_equal", NULL, "le_cpu", ORDERED, false, 2, { "LessEqual", "le" } },
  { SCOPE_GREATER, "greater", NULL, "gt_cpu", ORDERED, false, 2, { "Greater", "gt" } },
  { SCOPE_GREATER_EQUAL,
    "greater_equal",
    NULL,
    "ge_cpu",
    ORDERED,
    false,
    2,
    { "GreaterEqual", "ge" } },
  { SCOPE_EQUAL, "equal", NULL, NULL, "", false, 2, { "Equal", "eq" } },
  { SCOPE_NOT_EQUAL, "not_equal", NULL, NULL, "", false, 2, { "NotEqual", "ne" } },
  { SCOPE_LOGICAL_AND, "logical_and", NULL, NULL, "", false, 0, { "LogicalAnd", "and" } },
  { SCOPE_LOGICAL_OR, "logical_or", NULL, NULL, "", false, 0, { "LogicalOr", "or" } },
  { SCOPE_LOGICAL_XOR, "logical_xor", NULL, NULL, "", false, 0, { "LogicalXor", "xor" } },
  { SCOPE_MAXIMUM, "maximum", NULL, NULL, "", false, 0, { "Maximum", "max" } },
  { SCOPE_MINIMUM, "minimum", NULL, NULL, "", false, 0, { "Minimum", "min" } },
  { SCOPE_FMAX, "fmax", NULL, NULL, "", false, 0, { "Maximum", "max" } },
  { SCOPE_FMIN, "fmin", NULL, NULL, "", false, 0, { "Minimum", "min" } },
  { SCOPE_ARCTAN2, "arctan2", "efd", "atan2_cpu", "eFD", true, 0, { "Atan2", "atan2" } },
  { SCOPE_HYPOT, "hypot", "efd", "hypot_cpu", FLOATS, false, 0, { "Mul", "mul" } },
  { SCOPE_LOGADDEXP, "logaddexp", "efd", "logaddexp_cpu", FLOATS, false, 0, { "Maximum", "max" } },
  { SCOPE_LOGADDEXP2,
    "logaddexp2",
    "efd",
    "logaddexp2_cpu",
    FLOATS,
    false,
    0,
    { "Maximum", "max" } },
  { SCOPE_COPYSIGN, "copysign", "efd", "copysign_cpu", "FD", true, 2, { "Sign", "sign" } },
  { SCOPE_NEXTAFTER,
    "nextafter",
    "efd",
    "nextafter_cpu",
    FLOATS,
    false,
    0,
    { "NextAfter", "nextafter" } },
  { SCOPE_GCD, "gcd", "bBhHiIlL", "gcd_cpu", WHOLE, false, 0, { "Gcd", "rem" } },
  { SCOPE_LCM, "lcm", "bBhHiIlL", "lcm_cpu", WHOLE, false, 0, { "Lcm", "rem" } },
  { SCOPE_HEAVISIDE, "heaviside", "efd", NULL, "", false, 0, { "Heaviside", "ge" } },
  { SCOPE_LDEXP, "ldexp", "efd", NULL, "", true, 0, { "Ldexp", "mul" } },
  { SCOPE_XLOGY, "xlogy", "efd", "xlogy_cpu", "FD", true, 3, { "Xlogy", "mul" } },
};

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter two_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "first operand" },
  { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "second operand" },
  { NULL },
};
static const ScopeParameter sum_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "first operand" },
  { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "second operand" },
  { "alpha", SCOPE_TAKES_NUMBER, "1", NULL, "what the second operand is multiplied with" },
  { NULL },
};
static const ScopeParameter quotient_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "dividend" },
  { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "divisor" },
  { "rounding_mode", SCOPE_TAKES_CHOICE, "None", "floor trunc", "how the quotient is rounded" },
  { NULL },
};

#define SIGN(sign)                                                                                 \
  {                                                                                                \
    sign, SCOPE_DIALECT_DEFAULT, "input other", OPERATOR                                           \
  }
#define SIGN_IN_PLACE(sign)                                                                        \
  {                                                                                                \
    sign, SCOPE_DIALECT_DEFAULT, "input other", OPERATOR, true                                     \
  }
#define TORCH_ONLY(name, takes)                                                                    \
  {                                                                                                \
    "torch." name, SCOPE_PYTORCH, takes, FUNCTION                                                  \
  }
#define TORCH_FORMS(name, takes)                                                                   \
  { "torch." name, SCOPE_PYTORCH, takes, FUNCTION }, { "." name, SCOPE_PYTORCH, takes, FUNCTION }
#define TORCH_IN_PLACE(name, takes)                                                                \
  {                                                                                                \
    "." name "_", SCOPE_PYTORCH, takes, FUNCTION, true                                             \
  }
#define TORCH(name)      TORCH_FORMS (name, "input other | -out"), TORCH_IN_PLACE (name, "input other")
#define TORCH_PURE(name) TORCH_FORMS (name, "input other | -out")
#define NP(name)                                                                                   \
  {                                                                                                \
    "np." name, SCOPE_NUMPY, "input=x1 other=x2 -out | -where", FUNCTION                           \
  }
#define TF(name)                                                                                   \
  {                                                                                                \
    "tf." name, SCOPE_TENSORFLOW, "input=x other=y -name", FUNCTION                                \
  }
#define JNP(name)                                                                                  \
  {                                                                                                \
    "jnp." name, SCOPE_JAX, "input=x other=y", FUNCTION                                            \
  }
#define NONE                                                                                       \
  {                                                                                                \
    NULL, 0, NULL, 0                                                                               \
  }

#define SPELLINGS(id, ...) static const ScopeSpelling id##_spellings[] = { __VA_ARGS__, NONE }

#define WITH_ALPHA "input other | alpha -out"
SPELLINGS (add,
           SIGN ("+"),
           SIGN_IN_PLACE ("+="),
           TORCH_FORMS ("add", WITH_ALPHA),
           TORCH_IN_PLACE ("add", WITH_ALPHA),
           NP ("add"),
           TF ("add"),
           TF ("math.add"),
           JNP ("add"));
SPELLINGS (subtract,
           SIGN ("-"),
           SIGN_IN_PLACE ("-="),
           TORCH_FORMS ("sub", WITH_ALPHA),
           TORCH_IN_PLACE ("sub", WITH_ALPHA),
           TORCH_FORMS ("subtract", WITH_ALPHA),
           TORCH_IN_PLACE ("subtract", WITH_ALPHA),
           { "torch.rsub", SCOPE_PYTORCH, WITH_ALPHA, REVERSED },
           NP ("subtract"),
           TF ("subtract"),
           TF ("math.subtract"),
           JNP ("subtract"));
SPELLINGS (multiply,
           SIGN ("*"),
           SIGN_IN_PLACE ("*="),
           TORCH ("mul"),
           TORCH ("multiply"),
           NP ("multiply"),
           TF ("multiply"),
           TF ("math.multiply"),
           JNP ("multiply"));
#define WITH_ROUNDING "input other | rounding_mode -out"
SPELLINGS (divide,
           SIGN ("/"),
           SIGN_IN_PLACE ("/="),
           TORCH_FORMS ("div", WITH_ROUNDING),
           TORCH_IN_PLACE ("div", WITH_ROUNDING),
           TORCH_FORMS ("divide", WITH_ROUNDING),
           TORCH_IN_PLACE ("divide", WITH_ROUNDING),
           TORCH ("true_divide"),
           NP ("divide"),
           NP ("true_divide"),
           TF ("divide"),
           TF ("math.divide"),
           TF ("truediv"),
           TF ("math.truediv"),
           JNP ("divide"),
           JNP ("true_divide"));
SPELLINGS (floor_divide,
           SIGN ("//"),
           SIGN_IN_PLACE ("//="),
           TORCH ("floor_divide"),
           NP ("floor_divide"),
           TF ("math.floordiv"),
           TF ("floordiv"),
           JNP ("floor_divide"));
SPELLINGS (remainder,
           SIGN ("%"),
           SIGN_IN_PLACE ("%="),
           TORCH ("remainder"),
           NP ("remainder"),
           NP ("mod"),
           TF ("math.floormod"),
           TF ("math.mod"),
           JNP ("remainder"),
           JNP ("mod"));
SPELLINGS (fmod, TORCH ("fmod"), NP ("fmod"), TF ("truncatemod"), JNP ("fmod"));
#define EXPONENT "input other=exponent | -out"
SPELLINGS (power,
           SIGN ("**"),
           SIGN_IN_PLACE ("**="),
           TORCH_FORMS ("pow", EXPONENT),
           TORCH_IN_PLACE ("pow", EXPONENT),
           NP ("power"),
           TF ("pow"),
           TF ("math.pow"),
           JNP ("power"));
SPELLINGS (float_power,
           TORCH_FORMS ("float_power", EXPONENT),
           TORCH_IN_PLACE ("float_power", EXPONENT),
           NP ("float_power"),
           JNP ("float_power"));
SPELLINGS (bitwise_and,
           SIGN ("&"),
           SIGN_IN_PLACE ("&="),
           TORCH ("bitwise_and"),
           NP ("bitwise_and"),
           TF ("bitwise.bitwise_and"),
           JNP ("bitwise_and"));
SPELLINGS (bitwise_or,
           SIGN ("|"),
           SIGN_IN_PLACE ("|="),
           TORCH ("bitwise_or"),
           NP ("bitwise_or"),
           TF ("bitwise.bitwise_or"),
           JNP ("bitwise_or"));
SPELLINGS (bitwise_xor,
           SIGN ("^"),
           SIGN_IN_PLACE ("^="),
           TORCH ("bitwise_xor"),
           NP ("bitwise_xor"),
           TF ("bitwise.bitwise_xor"),
           JNP ("bitwise_xor"));
SPELLINGS (left_shift,
           SIGN ("<<"),
           SIGN_IN_PLACE ("<<="),
           TORCH ("bitwise_left_shift"),
           NP ("left_shift"),
           TF ("bitwise.left_shift"),
           JNP ("left_shift"));
SPELLINGS (right_shift,
           SIGN (">>"),
           SIGN_IN_PLACE (">>="),
           TORCH ("bitwise_right_shift"),
           NP ("right_shift"),
           TF ("bitwise.right_shift"),
           JNP ("right_shift"));
SPELLINGS (less,
           SIGN ("<"),
           TORCH ("lt"),
           TORCH ("less"),
           NP ("less"),
           TF ("less"),
           TF ("math.less"),
           JNP ("less"));
SPELLINGS (less_equal,
           SIGN ("<="),
           TORCH ("le"),
           TORCH ("less_equal"),
           NP ("less_equal"),
           TF ("less_equal"),
           TF ("math.less_equal"),
           JNP ("less_equal"));
SPELLINGS (greater,
           SIGN (">"),
           TORCH ("gt"),
           TORCH ("greater"),
           NP ("greater"),
           TF ("greater"),
           TF ("math.greater"),
           JNP ("greater"));
SPELLINGS (greater_equal,
           SIGN (">="),
           TORCH ("ge"),
           TORCH ("greater_equal"),
           NP ("greater_equal"),
           TF ("greater_equal"),
           TF ("math.greater_equal"),
           JNP ("greater_equal"));
SPELLINGS (equal,
           SIGN ("=="),
           TORCH ("eq"),
           NP ("equal"),
           TF ("equal"),
           TF ("math.equal"),
           JNP ("equal"));
SPELLINGS (not_equal,
           SIGN ("!="),
           TORCH ("ne"),
           TORCH ("not_equal"),
           NP ("not_equal"),
           TF ("not_equal"),
           TF ("math.not_equal"),
           JNP ("not_equal"));
SPELLINGS (logical_and,
           TORCH ("logical_and"),
           NP ("logical_and"),
           TF ("logical_and"),
           TF ("math.logical_and"),
           JNP ("logical_and"));
SPELLINGS (logical_or,
           TORCH ("logical_or"),
           NP ("logical_or"),
           TF ("logical_or"),
           TF ("math.logical_or"),
           JNP ("logical_or"));
SPELLINGS (logical_xor,
           TORCH ("logical_xor"),
           NP ("logical_xor"),
           TF ("math.logical_xor"),
           JNP ("logical_xor"));
SPELLINGS (maximum,
           TORCH_PURE ("maximum"),
           NP ("maximum"),
           TF ("maximum"),
           TF ("math.maximum"),
           JNP ("maximum"));
SPELLINGS (minimum,
           TORCH_PURE ("minimum"),
           NP ("minimum"),
           TF ("minimum"),
           TF ("math.minimum"),
           JNP ("minimum"));
SPELLINGS (fmax, TORCH_PURE ("fmax"), NP ("fmax"), JNP ("fmax"));
SPELLINGS (fmin, TORCH_PURE ("fmin"), NP ("fmin"), JNP ("fmin"));
SPELLINGS (arctan2,
           TORCH ("atan2"),
           TORCH ("arctan2"),
           NP ("arctan2"),
           { "tf.atan2", SCOPE_TENSORFLOW, "input=y other=x -name", FUNCTION },
           { "tf.math.atan2", SCOPE_TENSORFLOW, "input=y other=x -name", FUNCTION },
           JNP ("arctan2"));
SPELLINGS (hypot, TORCH ("hypot"), NP ("hypot"), JNP ("hypot"));
SPELLINGS (logaddexp, TORCH_PURE ("logaddexp"), NP ("logaddexp"), JNP ("logaddexp"));
SPELLINGS (logaddexp2, TORCH_PURE ("logaddexp2"), NP ("logaddexp2"), JNP ("logaddexp2"));
SPELLINGS (copysign, TORCH ("copysign"), NP ("copysign"), JNP ("copysign"));
SPELLINGS (nextafter,
           TORCH ("nextafter"),
           NP ("nextafter"),
           TF ("math.nextafter"),
           JNP ("nextafter"));
SPELLINGS (gcd, TORCH ("gcd"), NP ("gcd"), JNP ("gcd"));
SPELLINGS (lcm, TORCH ("lcm"), NP ("lcm"), JNP ("lcm"));
SPELLINGS (heaviside,
           TORCH_FORMS ("heaviside", "input other=values | -out"),
           TORCH_IN_PLACE ("heaviside", "input other=values"),
           NP ("heaviside"),
           JNP ("heaviside"));
SPELLINGS (ldexp, TORCH ("ldexp"), NP ("ldexp"), JNP ("ldexp"));
SPELLINGS (xlogy, TORCH ("xlogy"), TF ("math.xlogy"));

#define OPERATION(id, parameters, class, line)                                                     \
  {                                                                                                \
    .name = #id, .group = class, .about = line, .spelling = id##_spellings,                        \
    .parameter = parameters, .align = SCOPE_ALIGN_BROADCAST, .infer = scope_binary_infer,          \
    .read = scope_elementwise_read, .trace = scope_elementwise_trace,                              \
  }

const ScopeOp scope_ops_binary[] = {
  OPERATION (add, sum_operands, "arithmetic", "the sum of two tensors, element by element"),
  OPERATION (subtract, sum_operands, "arithmetic", "the difference of two tensors"),
  OPERATION (multiply, two_operands, "arithmetic", "the product of two tensors"),
  OPERATION (divide, quotient_operands, "arithmetic", "the quotient of two tensors"),
  OPERATION (floor_divide, two_operands, "arithmetic", "the quotient rounded down"),
  OPERATION (remainder, two_operands, "arithmetic", "the rest, with the sign of the divisor"),
  OPERATION (fmod, two_operands, "arithmetic", "the rest, with the sign of the dividend"),
  OPERATION (power, two_operands, "arithmetic", "the first to the power of the second"),
  OPERATION (float_power, two_operands, "arithmetic", "a power computed in float64"),
  OPERATION (bitwise_and, two_operands, "bits", "bit by bit and"),
  OPERATION (bitwise_or, two_operands, "bits", "bit by bit or"),
  OPERATION (bitwise_xor, two_operands, "bits", "bit by bit exclusive or"),
  OPERATION (left_shift, two_operands, "bits", "bits shifted to the left"),
  OPERATION (right_shift, two_operands, "bits", "bits shifted to the right"),
  OPERATION (less, two_operands, "comparison", "whether the first is less"),
  OPERATION (less_equal, two_operands, "comparison", "whether the first is less or equal"),
  OPERATION (greater, two_operands, "comparison", "whether the first is greater"),
  OPERATION (greater_equal, two_operands, "comparison", "whether the first is greater or equal"),
  OPERATION (equal, two_operands, "comparison", "whether both are equal"),
  OPERATION (not_equal, two_operands, "comparison", "whether both differ"),
  OPERATION (logical_and, two_operands, "logic", "whether both are true"),
  OPERATION (logical_or, two_operands, "logic", "whether one is true"),
  OPERATION (logical_xor, two_operands, "logic", "whether exactly one is true"),
  OPERATION (maximum, two_operands, "comparison", "the larger of two elements"),
  OPERATION (minimum, two_operands, "comparison", "the smaller of two elements"),
  OPERATION (fmax, two_operands, "comparison", "the larger of two elements, NaN aside"),
  OPERATION (fmin, two_operands, "comparison", "the smaller of two elements, NaN aside"),
  OPERATION (arctan2, two_operands, "functions", "the angle of a point"),
  OPERATION (hypot, two_operands, "functions", "the length of a diagonal"),
  OPERATION (logaddexp, two_operands, "functions", "log (exp x + exp y)"),
  OPERATION (logaddexp2, two_operands, "functions", "log2 (2^x + 2^y)"),
  OPERATION (copysign, two_operands, "functions", "the first with the sign of the second"),
  OPERATION (nextafter, two_operands, "functions", "the next float towards the second"),
  OPERATION (gcd, two_operands, "functions", "the greatest common divisor"),
  OPERATION (lcm, two_operands, "functions", "the least common multiple"),
  OPERATION (heaviside, two_operands, "functions", "0, 1, or the second where the first is 0"),
  OPERATION (ldexp, two_operands, "functions", "x · 2^y"),
  OPERATION (xlogy, two_operands, "functions", "x · log y, and 0 where x is 0"),
  { NULL },
};

_Static_assert(sizeof scope_ops_binary / sizeof scope_ops_binary[0]
                   == sizeof binaries / sizeof binaries[0] + 1,
               "every operation has a row of rules");

const ScopeBinary *
scope_binary_of (const ScopeOp *op)
{
  return &binaries[op - scope_ops_binary];
}
