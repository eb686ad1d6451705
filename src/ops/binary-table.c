/* The list of element by element operations of two operands: rules and spellings. */
#include "ops/binary.h"

#define BITS    "efdyFD"
#define ORDERED "FD"
#define WHOLE   "?efdyFD"
#define REAL    "?FD"
#define FLOATS  "?bBhHiIlLeFD"

/* In the order of scope_ops_binary. */
static const ScopeBinary binaries[] = {
  { SCOPE_ADD, "add", NULL, NULL, "", false, { "AddV2", "add" } },
  { SCOPE_SUBTRACT, "subtract", NULL, NULL, "", false, { "Sub", "sub" } },
  { SCOPE_MULTIPLY, "multiply", NULL, NULL, "", false, { "Mul", "mul" } },
  { SCOPE_DIVIDE, "divide", "efdFD", NULL, "", true, { "RealDiv", "div" } },
  { SCOPE_FLOOR_DIVIDE,
    "floor_divide",
    "bBhHiIlLefd",
    "div_floor_cpu",
    REAL,
    false,
    { "FloorDiv", "div" } },
  { SCOPE_REMAINDER,
    "remainder",
    "bBhHiIlLefd",
    "remainder_cpu",
    REAL,
    false,
    { "FloorMod", "rem" } },
  { SCOPE_FMOD, "fmod", "bBhHiIlLefd", "fmod_cpu", REAL, false, { "TruncateMod", "rem" } },
  { SCOPE_POWER, "power", "bBhHiIlLefdFD", "pow", "?", false, { "Pow", "pow" } },
  { SCOPE_POWER, "float_power", "dD", NULL, "", false, { "Pow", "pow" } },
  { SCOPE_AND,
    "bitwise_and",
    "?bBhHiIlL",
    "bitwise_and_cpu",
    BITS,
    false,
    { "BitwiseAnd", "and" } },
  { SCOPE_OR, "bitwise_or", "?bBhHiIlL", "bitwise_or_cpu", BITS, false, { "BitwiseOr", "or" } },
  { SCOPE_XOR,
    "bitwise_xor",
    "?bBhHiIlL",
    "bitwise_xor_cpu",
    BITS,
    false,
    { "BitwiseXor", "xor" } },
  { SCOPE_SHIFT_LEFT,
    "left_shift",
    "bBhHiIlL",
    "lshift_cpu",
    WHOLE,
    false,
    { "LeftShift", "shift_left" } },
  { SCOPE_SHIFT_RIGHT,
    "right_shift",
    "bBhHiIlL",
    "rshift_cpu",
    WHOLE,
    false,
    { "RightShift", "shift_right_arithmetic" } },
  { SCOPE_LESS, "less", NULL, "lt_cpu", ORDERED, false, { "Less", "lt" } },
  { SCOPE_LESS_EQUAL, "less_equal", NULL, "le_cpu", ORDERED, false, { "LessEqual", "le" } },
  { SCOPE_GREATER, "greater", NULL, "gt_cpu", ORDERED, false, { "Greater", "gt" } },
  { SCOPE_GREATER_EQUAL,
    "greater_equal",
    NULL,
    "ge_cpu",
    ORDERED,
    false,
    { "GreaterEqual", "ge" } },
  { SCOPE_EQUAL, "equal", NULL, NULL, "", false, { "Equal", "eq" } },
  { SCOPE_NOT_EQUAL, "not_equal", NULL, NULL, "", false, { "NotEqual", "ne" } },
  { SCOPE_LOGICAL_AND, "logical_and", NULL, NULL, "", false, { "LogicalAnd", "and" } },
  { SCOPE_LOGICAL_OR, "logical_or", NULL, NULL, "", false, { "LogicalOr", "or" } },
  { SCOPE_LOGICAL_XOR, "logical_xor", NULL, NULL, "", false, { "LogicalXor", "xor" } },
  { SCOPE_MAXIMUM, "maximum", NULL, NULL, "", false, { "Maximum", "max" } },
  { SCOPE_MINIMUM, "minimum", NULL, NULL, "", false, { "Minimum", "min" } },
  { SCOPE_FMAX, "fmax", NULL, NULL, "", false, { "Maximum", "max" } },
  { SCOPE_FMIN, "fmin", NULL, NULL, "", false, { "Minimum", "min" } },
  { SCOPE_ARCTAN2, "arctan2", "efd", "atan2_cpu", "eFD", true, { "Atan2", "atan2" } },
  { SCOPE_HYPOT, "hypot", "efd", "hypot_cpu", FLOATS, false, { "Mul", "mul" } },
  { SCOPE_LOGADDEXP, "logaddexp", "efd", "logaddexp_cpu", FLOATS, false, { "Maximum", "max" } },
  { SCOPE_LOGADDEXP2, "logaddexp2", "efd", "logaddexp2_cpu", FLOATS, false, { "Maximum", "max" } },
  { SCOPE_COPYSIGN, "copysign", "efd", "copysign_cpu", "FD", true, { "Sign", "sign" } },
  { SCOPE_NEXTAFTER,
    "nextafter",
    "efd",
    "nextafter_cpu",
    FLOATS,
    false,
    { "NextAfter", "nextafter" } },
  { SCOPE_GCD, "gcd", "bBhHiIlL", "gcd_cpu", WHOLE, false, { "Gcd", "rem" } },
  { SCOPE_LCM, "lcm", "bBhHiIlL", "lcm_cpu", WHOLE, false, { "Lcm", "rem" } },
  { SCOPE_HEAVISIDE, "heaviside", "efd", NULL, "", false, { "Heaviside", "ge" } },
  { SCOPE_LDEXP, "ldexp", "efd", NULL, "", true, { "Ldexp", "mul" } },
  { SCOPE_XLOGY, "xlogy", "efd", "xlogy_cpu", "FD", true, { "Xlogy", "mul" } },
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

/* How PyTorch declares its functions: of tensors alone (ONE), with a number as the second operand
 * (TWO), as either (THREE, FOUR), and those that take numbers for tensors (NUMBERS). */
#define ONE_FUNCTION    "(Tensor input, Tensor other, *, Tensor out=None)"
#define ONE_METHOD      "(Tensor other)"
#define VALUES_FUNCTION "(Tensor input, Tensor values, *, Tensor out=None)"
#define VALUES_METHOD   "(Tensor values)"
#define TWO_FUNCTION                                                                               \
  "(Tensor input, Tensor other, *, Tensor out=None)\n(Tensor input, Number other, *, Tensor "      \
  "out=None)"
#define TWO_METHOD "(Tensor other)\n(Number other)"
#define THREE_FUNCTION                                                                             \
  "(Tensor input, Tensor other, *, Tensor out=None)\n(Number self, Tensor other)\n(Tensor input, " \
  "Number other, *, Tensor out=None)"
#define THREE_METHOD TWO_METHOD
#define FOUR_FUNCTION                                                                              \
  "(Tensor input, Tensor other, *, Tensor out=None)\n(Number self, Tensor other, *, Tensor "       \
  "out=None)\n(Tensor input, Number other, *, Tensor out=None)"
#define FOUR_METHOD TWO_METHOD
#define POWER_FUNCTION                                                                             \
  "(Tensor input, Tensor exponent, *, Tensor out=None)\n(Number self, Tensor exponent, *, Tensor " \
  "out=None)\n(Tensor input, Number exponent, *, Tensor out=None)"
#define POWER_METHOD     "(Tensor exponent)\n(Number exponent)"
#define NUMBERS_FUNCTION "numbers (Tensor input, Tensor other, *, Tensor out=None)"
#define NUMBERS_METHOD   "numbers (Tensor other)"
#define LISTED_FUNCTION                                                                            \
  "numbers (Tensor input, Tensor other, *, Tensor out=None)\nnumbers (Tensor input, Number other)"
#define LISTED_METHOD "numbers (Tensor other)\nnumbers (Number other)"
#define SUM_FUNCTION                                                                               \
  "numbers (Tensor input, Tensor other, *, Number alpha=1, Tensor out=None)\nhidden numbers "      \
  "(Tensor input, Number alpha, Tensor other)"
#define SUM_METHOD                                                                                 \
  "numbers (Tensor other, *, Number alpha=1)\nhidden numbers (Number alpha, Tensor other)"
#define SUBTRACT_FUNCTION                                                                          \
  "numbers (Tensor input, Tensor other, *, Number alpha=1, Tensor out=None)\nnumbers (Tensor "     \
  "input, Number other, Number alpha=1)"
#define SUBTRACT_METHOD                                                                            \
  "numbers (Tensor other, *, Number alpha=1)\nnumbers (Number other, Number alpha=1)"
#define RSUB_FUNCTION                                                                              \
  "(Tensor input, Tensor other, *, Number alpha=1)\n(Tensor input, Number other, Number alpha=1)"
#define DIV_FUNCTION                                                                               \
  "numbers (Tensor input, Tensor other, *, Tensor out=None)\nnumbers (Tensor input, Tensor "       \
  "other, "                                                                                        \
  "*, str? rounding_mode, Tensor out=None)\nnumbers (Tensor input, Number other, *, str? "         \
  "rounding_mode)"
#define DIV_METHOD                                                                                 \
  "numbers (Tensor other)\nnumbers (Tensor other, *, str? rounding_mode)\nnumbers (Number other, " \
  "*, str? rounding_mode)"
#define DIVIDE_FUNCTION                                                                            \
  "numbers (Tensor input, Tensor other, *, Tensor out=None)\nnumbers (Tensor input, Tensor "       \
  "other, "                                                                                        \
  "*, str? rounding_mode, Tensor out=None)\nnumbers (Tensor input, Number other)\nnumbers "        \
  "(Tensor "                                                                                       \
  "input, Number other, *, str? rounding_mode)"
#define DIVIDE_METHOD                                                                              \
  "numbers (Tensor other)\nnumbers (Tensor other, *, str? rounding_mode)\nnumbers (Number "        \
  "other)\nnumbers (Number other, *, str? rounding_mode)"

#define SIGN(sign)                                                                                 \
  {                                                                                                \
    sign, SCOPE_DIALECT_DEFAULT, "input other", OPERATOR, false, NULL                              \
  }
#define SIGN_IN_PLACE(sign)                                                                        \
  {                                                                                                \
    sign, SCOPE_DIALECT_DEFAULT, "input other", OPERATOR, true, NULL                               \
  }
#define PURE(name, kind, takes)                                                                    \
  { "torch." name, SCOPE_PYTORCH, takes " -out", FUNCTION, false, kind##_FUNCTION },               \
  {                                                                                                \
    "." name, SCOPE_PYTORCH, takes, FUNCTION, false, kind##_METHOD                                 \
  }
#define BOTH(name, kind, takes)                                                                    \
  PURE (name, kind, takes), { "." name "_", SCOPE_PYTORCH, takes, FUNCTION, true, kind##_METHOD }
#define OPERANDS               "input=input=x=a=x1 other=other=x2 |"
#define TORCH(name, kind)      BOTH (name, kind, OPERANDS)
#define TORCH_PURE(name, kind) PURE (name, kind, OPERANDS)
#define UFUNC(name, ufunc)                                                                         \
  {                                                                                                \
    "np." name, SCOPE_NUMPY, "input=x1 other=x2 -out | -where", FUNCTION, false,                   \
        "ufunc " ufunc "(x1, x2)"                                                                  \
  }
#define NP(name) UFUNC (name, name)
#define TF(name)                                                                                   \
  {                                                                                                \
    "tf." name, SCOPE_TENSORFLOW, "input=x other=y -name", FUNCTION, false, NULL                   \
  }
#define JNP(name)                                                                                  \
  {                                                                                                \
    "jnp." name, SCOPE_JAX, "input=x other=y", FUNCTION, false, NULL                               \
  }
#define NONE                                                                                       \
  {                                                                                                \
    NULL, 0, NULL, 0, false, NULL                                                                  \
  }

#define SPELLINGS(id, ...) static const ScopeSpelling id##_spellings[] = { __VA_ARGS__, NONE }

#define WITH_ALPHA    "input=input=x=a=x1 other=other=x2 alpha"
#define WITH_ROUNDING OPERANDS " rounding_mode"
#define EXPONENT      "input=input=x=a=x1 other=exponent |"
SPELLINGS (add,
           SIGN ("+"),
           SIGN_IN_PLACE ("+="),
           BOTH ("add", SUM, WITH_ALPHA),
           NP ("add"),
           TF ("add"),
           TF ("math.add"),
           JNP ("add"));
SPELLINGS (subtract,
           SIGN ("-"),
           SIGN_IN_PLACE ("-="),
           BOTH ("sub", SUM, WITH_ALPHA),
           BOTH ("subtract", SUBTRACT, WITH_ALPHA),
           { "torch.rsub", SCOPE_PYTORCH, WITH_ALPHA, REVERSED, false, RSUB_FUNCTION },
           NP ("subtract"),
           TF ("subtract"),
           TF ("math.subtract"),
           JNP ("subtract"));
SPELLINGS (multiply,
           SIGN ("*"),
           SIGN_IN_PLACE ("*="),
           TORCH ("mul", NUMBERS),
           TORCH ("multiply", LISTED),
           NP ("multiply"),
           TF ("multiply"),
           TF ("math.multiply"),
           JNP ("multiply"));
SPELLINGS (divide,
           SIGN ("/"),
           SIGN_IN_PLACE ("/="),
           BOTH ("div", DIV, WITH_ROUNDING),
           BOTH ("divide", DIVIDE, WITH_ROUNDING),
           TORCH ("true_divide", LISTED),
           NP ("divide"),
           UFUNC ("true_divide", "divide"),
           TF ("divide"),
           TF ("math.divide"),
           TF ("truediv"),
           TF ("math.truediv"),
           JNP ("divide"),
           JNP ("true_divide"));
SPELLINGS (floor_divide,
           SIGN ("//"),
           SIGN_IN_PLACE ("//="),
           TORCH ("floor_divide", LISTED),
           NP ("floor_divide"),
           TF ("math.floordiv"),
           TF ("floordiv"),
           JNP ("floor_divide"));
SPELLINGS (remainder,
           SIGN ("%"),
           SIGN_IN_PLACE ("%="),
           TORCH ("remainder", THREE),
           NP ("remainder"),
           UFUNC ("mod", "remainder"),
           TF ("math.floormod"),
           TF ("math.mod"),
           JNP ("remainder"),
           JNP ("mod"));
SPELLINGS (fmod, TORCH ("fmod", TWO), NP ("fmod"), TF ("truncatemod"), JNP ("fmod"));
SPELLINGS (power,
           SIGN ("**"),
           SIGN_IN_PLACE ("**="),
           BOTH ("pow", POWER, EXPONENT),
           NP ("power"),
           TF ("pow"),
           TF ("math.pow"),
           JNP ("power"));
SPELLINGS (float_power,
           BOTH ("float_power", POWER, EXPONENT),
           NP ("float_power"),
           JNP ("float_power"));
SPELLINGS (bitwise_and,
           SIGN ("&"),
           SIGN_IN_PLACE ("&="),
           TORCH ("bitwise_and", THREE),
           NP ("bitwise_and"),
           TF ("bitwise.bitwise_and"),
           JNP ("bitwise_and"));
SPELLINGS (bitwise_or,
           SIGN ("|"),
           SIGN_IN_PLACE ("|="),
           TORCH ("bitwise_or", THREE),
           NP ("bitwise_or"),
           TF ("bitwise.bitwise_or"),
           JNP ("bitwise_or"));
SPELLINGS (bitwise_xor,
           SIGN ("^"),
           SIGN_IN_PLACE ("^="),
           TORCH ("bitwise_xor", THREE),
           NP ("bitwise_xor"),
           TF ("bitwise.bitwise_xor"),
           JNP ("bitwise_xor"));
SPELLINGS (left_shift,
           SIGN ("<<"),
           SIGN_IN_PLACE ("<<="),
           TORCH ("bitwise_left_shift", THREE),
           NP ("left_shift"),
           TF ("bitwise.left_shift"),
           JNP ("left_shift"));
SPELLINGS (right_shift,
           SIGN (">>"),
           SIGN_IN_PLACE (">>="),
           TORCH ("bitwise_right_shift", THREE),
           NP ("right_shift"),
           TF ("bitwise.right_shift"),
           JNP ("right_shift"));
SPELLINGS (less,
           SIGN ("<"),
           TORCH ("lt", TWO),
           TORCH ("less", TWO),
           NP ("less"),
           TF ("less"),
           TF ("math.less"),
           JNP ("less"));
SPELLINGS (less_equal,
           SIGN ("<="),
           TORCH ("le", TWO),
           TORCH ("less_equal", TWO),
           NP ("less_equal"),
           TF ("less_equal"),
           TF ("math.less_equal"),
           JNP ("less_equal"));
SPELLINGS (greater,
           SIGN (">"),
           TORCH ("gt", TWO),
           TORCH ("greater", TWO),
           NP ("greater"),
           TF ("greater"),
           TF ("math.greater"),
           JNP ("greater"));
SPELLINGS (greater_equal,
           SIGN (">="),
           TORCH ("ge", TWO),
           TORCH ("greater_equal", TWO),
           NP ("greater_equal"),
           TF ("greater_equal"),
           TF ("math.greater_equal"),
           JNP ("greater_equal"));
SPELLINGS (equal,
           SIGN ("=="),
           TORCH ("eq", TWO),
           NP ("equal"),
           TF ("equal"),
           TF ("math.equal"),
           JNP ("equal"));
SPELLINGS (not_equal,
           SIGN ("!="),
           TORCH ("ne", TWO),
           TORCH ("not_equal", TWO),
           NP ("not_equal"),
           TF ("not_equal"),
           TF ("math.not_equal"),
           JNP ("not_equal"));
SPELLINGS (logical_and,
           TORCH ("logical_and", ONE),
           NP ("logical_and"),
           TF ("logical_and"),
           TF ("math.logical_and"),
           JNP ("logical_and"));
SPELLINGS (logical_or,
           TORCH ("logical_or", ONE),
           NP ("logical_or"),
           TF ("logical_or"),
           TF ("math.logical_or"),
           JNP ("logical_or"));
SPELLINGS (logical_xor,
           TORCH ("logical_xor", ONE),
           NP ("logical_xor"),
           TF ("math.logical_xor"),
           JNP ("logical_xor"));
SPELLINGS (maximum,
           TORCH_PURE ("maximum", ONE),
           NP ("maximum"),
           TF ("maximum"),
           TF ("math.maximum"),
           JNP ("maximum"));
SPELLINGS (minimum,
           TORCH_PURE ("minimum", ONE),
           NP ("minimum"),
           TF ("minimum"),
           TF ("math.minimum"),
           JNP ("minimum"));
SPELLINGS (fmax, TORCH_PURE ("fmax", ONE), NP ("fmax"), JNP ("fmax"));
SPELLINGS (fmin, TORCH_PURE ("fmin", ONE), NP ("fmin"), JNP ("fmin"));
SPELLINGS (arctan2,
           TORCH ("atan2", ONE),
           TORCH ("arctan2", ONE),
           NP ("arctan2"),
           { "tf.atan2", SCOPE_TENSORFLOW, "input=y other=x -name", FUNCTION, false, NULL },
           { "tf.math.atan2", SCOPE_TENSORFLOW, "input=y other=x -name", FUNCTION, false, NULL },
           JNP ("arctan2"));
SPELLINGS (hypot, TORCH ("hypot", ONE), NP ("hypot"), JNP ("hypot"));
SPELLINGS (logaddexp, TORCH_PURE ("logaddexp", ONE), NP ("logaddexp"), JNP ("logaddexp"));
SPELLINGS (logaddexp2, TORCH_PURE ("logaddexp2", ONE), NP ("logaddexp2"), JNP ("logaddexp2"));
SPELLINGS (copysign, TORCH ("copysign", TWO), NP ("copysign"), JNP ("copysign"));
SPELLINGS (nextafter,
           TORCH ("nextafter", ONE),
           NP ("nextafter"),
           TF ("math.nextafter"),
           JNP ("nextafter"));
SPELLINGS (gcd, TORCH ("gcd", ONE), NP ("gcd"), JNP ("gcd"));
SPELLINGS (lcm, TORCH ("lcm", ONE), NP ("lcm"), JNP ("lcm"));
SPELLINGS (heaviside,
           BOTH ("heaviside", VALUES, "input other=values |"),
           NP ("heaviside"),
           JNP ("heaviside"));
SPELLINGS (ldexp, TORCH ("ldexp", ONE), NP ("ldexp"), JNP ("ldexp"));
SPELLINGS (xlogy, TORCH ("xlogy", FOUR), TF ("math.xlogy"));

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
