/* The list of element by element functions of one operand: rules and spellings. */
#include "ops/unary.h"
#include "ops/unary-rules.inc.h"

/* ---- parameters ----------------------------------------------------------------------------- */

static const ScopeParameter one_operand[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the operand" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter rounded[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the operand" },
  { "decimals", SCOPE_TAKES_INT, "0", NULL, "decimals to round to" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter relu6_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the operand" },
  { "min_val", SCOPE_TAKES_NUMBER, "0", NULL, "lower limit" },
  { "max_val", SCOPE_TAKES_NUMBER, "6", NULL, "upper limit" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter hardtanh_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the operand" },
  { "min_val", SCOPE_TAKES_NUMBER, "-1", NULL, "lower limit" },
  { "max_val", SCOPE_TAKES_NUMBER, "1", NULL, "upper limit" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter leaky_relu_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the operand" },
  { "negative_slope", SCOPE_TAKES_NUMBER, "0.01", NULL, "slope below 0" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter alpha_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the operand" },
  { "alpha", SCOPE_TAKES_NUMBER, "1", NULL, "what the negative side goes to" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter gelu_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the operand" },
  { "approximate", SCOPE_TAKES_CHOICE, "none", "none tanh", "how it is computed" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter softplus_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the operand" },
  { "beta", SCOPE_TAKES_NUMBER, "1", NULL, "sharpness" },
  { "threshold", SCOPE_TAKES_NUMBER, "20", NULL, "from where on it is linear" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter shrink_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the operand" },
  { "lambd", SCOPE_TAKES_NUMBER, "0.5", NULL, "what counts as near 0" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter threshold_operands[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the operand" },
  { "threshold", SCOPE_TAKES_NUMBER, NULL, NULL, "up to where" },
  { "value", SCOPE_TAKES_NUMBER, NULL, NULL, "what is put there" },
  { NULL, 0, NULL, NULL, NULL },
};

/* ---- spellings ------------------------------------------------------------------------------ */

#define FORM(name, dialect, takes)                                                                 \
  {                                                                                                \
    name, dialect, takes, SCOPE_UNARY_FUNCTION, false, NULL                                        \
  }
#define SIGN(sign)                                                                                 \
  {                                                                                                \
    sign, SCOPE_DIALECT_DEFAULT, "input", SCOPE_UNARY_OPERATOR, false, NULL                        \
  }
#define DECLARED(name, takes, in_place, signature)                                                 \
  {                                                                                                \
    name, SCOPE_PYTORCH, takes, SCOPE_UNARY_FUNCTION, in_place, signature                          \
  }
#define TORCH(name)                                                                                \
  DECLARED ("torch." name, "input=input=x=a=x1 | -out", false,                                     \
            "(Tensor input, *, Tensor out=None)"),                                                 \
      DECLARED ("." name, "input", false, "()")
#define TORCH_PLAIN(name)                                                                          \
  DECLARED ("torch." name, "input=input=x=a=x1", false, "(Tensor input)"),                         \
      DECLARED ("." name, "input", false, "()")
#define IN_PLACE(name)   DECLARED ("." name "_", "input", true, "()")
#define TORCH_BOTH(name) TORCH (name), IN_PLACE (name)
/* A function of torch.nn.functional that is written in Python, with its parameters. */
#define F(name, takes, parameters) F_NAMED (name, name, takes, parameters)
#define F_NAMED(name, real, takes, parameters)                                                     \
  DECLARED ("F." name, takes, false, "def " real "(" parameters ")")
/* One that is the function written in C++. */
#define F_BUILT(name, takes, signature) DECLARED ("F." name, takes, false, signature)
#define UFUNC(name, ufunc)                                                                         \
  {                                                                                                \
    "np." name, SCOPE_NUMPY, "input=x -out | -where", SCOPE_UNARY_FUNCTION, false,                 \
        "ufunc " ufunc "(x)"                                                                       \
  }
#define NP(name)  UFUNC (name, name)
#define TF(name)  FORM ("tf." name, SCOPE_TENSORFLOW, "input=x -name")
#define JNP(name) FORM ("jnp." name, SCOPE_JAX, "input=x")
#define JNN(name) FORM ("jax.nn." name, SCOPE_JAX, "input=x")
#define SPELLINGS(id, ...)                                                                         \
  static const ScopeSpelling id##_spellings[] = { __VA_ARGS__, { NULL, 0, NULL, 0, false, NULL } }

SPELLINGS (negate,
           SIGN ("-x"),
           TORCH_BOTH ("neg"),
           TORCH_BOTH ("negative"),
           NP ("negative"),
           TF ("negative"),
           TF ("math.negative"),
           JNP ("negative"));
SPELLINGS (positive, SIGN ("+x"), TORCH_PLAIN ("positive"), NP ("positive"), JNP ("positive"));
SPELLINGS (invert,
           SIGN ("~x"),
           TORCH_BOTH ("bitwise_not"),
           NP ("invert"),
           UFUNC ("bitwise_not", "invert"),
           TF ("bitwise.invert"),
           JNP ("invert"),
           JNP ("bitwise_not"));
SPELLINGS (absolute,
           TORCH_BOTH ("abs"),
           TORCH_BOTH ("absolute"),
           UFUNC ("abs", "absolute"),
           NP ("absolute"),
           TF ("abs"),
           TF ("math.abs"),
           JNP ("abs"),
           JNP ("absolute"));
SPELLINGS (fabs, NP ("fabs"), JNP ("fabs"));
SPELLINGS (sign, TORCH_BOTH ("sign"), NP ("sign"), TF ("sign"), TF ("math.sign"), JNP ("sign"));
SPELLINGS (sgn, TORCH_BOTH ("sgn"));
SPELLINGS (square,
           TORCH ("square"),
           IN_PLACE ("square"),
           NP ("square"),
           TF ("square"),
           TF ("math.square"),
           JNP ("square"));
SPELLINGS (floor,
           TORCH_BOTH ("floor"),
           NP ("floor"),
           TF ("floor"),
           TF ("math.floor"),
           JNP ("floor"));
SPELLINGS (ceil, TORCH_BOTH ("ceil"), NP ("ceil"), TF ("math.ceil"), JNP ("ceil"));
SPELLINGS (trunc, TORCH_BOTH ("trunc"), TORCH_BOTH ("fix"), NP ("trunc"), JNP ("trunc"));
SPELLINGS (
    round,
    DECLARED (
        "torch.round",
        "input=input=x=a=x1 | decimals -out",
        false,
        "(Tensor input, *, Tensor out=None)\n(Tensor input, *, int decimals, Tensor out=None)"),
    DECLARED (".round", "input | decimals", false, "()\n(*, int decimals)"),
    DECLARED (".round_", "input | decimals", true, "()\n(*, int decimals)"),
    { "np.round", SCOPE_NUMPY, "input=a decimals -out", SCOPE_UNARY_FUNCTION, false,
      "def round_(a, decimals=0, out=None)" },
    { "np.around", SCOPE_NUMPY, "input=a decimals -out", SCOPE_UNARY_FUNCTION, false,
      "def around(a, decimals=0, out=None)" },
    { "np.round_", SCOPE_NUMPY, "input=a decimals -out", SCOPE_UNARY_FUNCTION, false,
      "def round_(a, decimals=0, out=None)" },
    TF ("round"),
    TF ("math.round"),
    FORM ("jnp.round", SCOPE_JAX, "input=a decimals -out"));
SPELLINGS (rint, NP ("rint"), TF ("math.rint"), JNP ("rint"));
SPELLINGS (frac, TORCH_BOTH ("frac"));
SPELLINGS (exp, TORCH_BOTH ("exp"), NP ("exp"), TF ("exp"), TF ("math.exp"), JNP ("exp"));
SPELLINGS (exp2, TORCH_BOTH ("exp2"), NP ("exp2"), JNP ("exp2"));
SPELLINGS (expm1, TORCH_BOTH ("expm1"), NP ("expm1"), TF ("math.expm1"), JNP ("expm1"));
SPELLINGS (log, TORCH_BOTH ("log"), NP ("log"), TF ("math.log"), JNP ("log"));
SPELLINGS (log2, TORCH_BOTH ("log2"), NP ("log2"), JNP ("log2"));
SPELLINGS (log10, TORCH_BOTH ("log10"), NP ("log10"), JNP ("log10"));
SPELLINGS (log1p, TORCH_BOTH ("log1p"), NP ("log1p"), TF ("math.log1p"), JNP ("log1p"));
SPELLINGS (sqrt, TORCH_BOTH ("sqrt"), NP ("sqrt"), TF ("sqrt"), TF ("math.sqrt"), JNP ("sqrt"));
SPELLINGS (rsqrt, TORCH_BOTH ("rsqrt"), TF ("math.rsqrt"));
SPELLINGS (cbrt, NP ("cbrt"), JNP ("cbrt"));
SPELLINGS (reciprocal,
           TORCH_BOTH ("reciprocal"),
           NP ("reciprocal"),
           TF ("math.reciprocal"),
           JNP ("reciprocal"));
SPELLINGS (sin, TORCH_BOTH ("sin"), NP ("sin"), TF ("sin"), TF ("math.sin"), JNP ("sin"));
SPELLINGS (cos, TORCH_BOTH ("cos"), NP ("cos"), TF ("cos"), TF ("math.cos"), JNP ("cos"));
SPELLINGS (tan, TORCH_BOTH ("tan"), NP ("tan"), TF ("tan"), TF ("math.tan"), JNP ("tan"));
SPELLINGS (asin,
           TORCH_BOTH ("asin"),
           TORCH_BOTH ("arcsin"),
           NP ("arcsin"),
           TF ("asin"),
           TF ("math.asin"),
           JNP ("arcsin"));
SPELLINGS (acos,
           TORCH_BOTH ("acos"),
           TORCH_BOTH ("arccos"),
           NP ("arccos"),
           TF ("acos"),
           TF ("math.acos"),
           JNP ("arccos"));
SPELLINGS (atan,
           TORCH_BOTH ("atan"),
           TORCH_BOTH ("arctan"),
           NP ("arctan"),
           TF ("atan"),
           TF ("math.atan"),
           JNP ("arctan"));
SPELLINGS (sinh, TORCH_BOTH ("sinh"), NP ("sinh"), TF ("sinh"), TF ("math.sinh"), JNP ("sinh"));
SPELLINGS (cosh, TORCH_BOTH ("cosh"), NP ("cosh"), TF ("cosh"), TF ("math.cosh"), JNP ("cosh"));
SPELLINGS (tanh,
           TORCH_BOTH ("tanh"),
           NP ("tanh"),
           TF ("tanh"),
           TF ("math.tanh"),
           TF ("nn.tanh"),
           JNP ("tanh"),
           F ("tanh", "input", "input"));
SPELLINGS (asinh,
           TORCH_BOTH ("asinh"),
           TORCH_BOTH ("arcsinh"),
           NP ("arcsinh"),
           TF ("asinh"),
           TF ("math.asinh"),
           JNP ("arcsinh"));
SPELLINGS (acosh,
           TORCH_BOTH ("acosh"),
           TORCH_BOTH ("arccosh"),
           NP ("arccosh"),
           TF ("acosh"),
           TF ("math.acosh"),
           JNP ("arccosh"));
SPELLINGS (atanh,
           TORCH_BOTH ("atanh"),
           TORCH_BOTH ("arctanh"),
           NP ("arctanh"),
           TF ("atanh"),
           TF ("math.atanh"),
           JNP ("arctanh"));
SPELLINGS (sigmoid,
           TORCH_BOTH ("sigmoid"),
           TF ("sigmoid"),
           TF ("math.sigmoid"),
           TF ("nn.sigmoid"),
           F ("sigmoid", "input", "input"),
           JNN ("sigmoid"));
SPELLINGS (logit,
           DECLARED ("torch.logit",
                     "input=input=x=a=x1 -eps | -out",
                     false,
                     "(Tensor input, float eps=None, *, Tensor out=None)"),
           DECLARED (".logit", "input -eps", false, "(float eps=None)"),
           DECLARED (".logit_", "input -eps", true, "(float eps=None)"));
SPELLINGS (erf, TORCH_BOTH ("erf"), TF ("math.erf"));
SPELLINGS (erfc, TORCH_BOTH ("erfc"), TF ("math.erfc"));
SPELLINGS (lgamma, TORCH_BOTH ("lgamma"), TF ("math.lgamma"));
SPELLINGS (deg2rad, TORCH_BOTH ("deg2rad"), NP ("deg2rad"), NP ("radians"), JNP ("deg2rad"));
SPELLINGS (rad2deg, TORCH_BOTH ("rad2deg"), NP ("rad2deg"), NP ("degrees"), JNP ("rad2deg"));
SPELLINGS (isnan, TORCH_PLAIN ("isnan"), NP ("isnan"), TF ("math.is_nan"), JNP ("isnan"));
SPELLINGS (isinf, TORCH_PLAIN ("isinf"), NP ("isinf"), TF ("math.is_inf"), JNP ("isinf"));
SPELLINGS (isfinite,
           TORCH_PLAIN ("isfinite"),
           NP ("isfinite"),
           TF ("math.is_finite"),
           JNP ("isfinite"));
SPELLINGS (signbit, TORCH ("signbit"), NP ("signbit"), JNP ("signbit"));
SPELLINGS (logical_not,
           TORCH_BOTH ("logical_not"),
           NP ("logical_not"),
           TF ("logical_not"),
           TF ("math.logical_not"),
           JNP ("logical_not"));
SPELLINGS (relu,
           TORCH_PLAIN ("relu"),
           IN_PLACE ("relu"),
           F ("relu", "input -inplace", "input, inplace=False"),
           DECLARED ("F.relu_", "input", true, "(Tensor input)"),
           FORM ("tf.nn.relu", SCOPE_TENSORFLOW, "input=features -name"),
           JNN ("relu"));
SPELLINGS (relu6,
           F ("relu6", "input -inplace", "input, inplace=False"),
           FORM ("tf.nn.relu6", SCOPE_TENSORFLOW, "input=features -name"),
           JNN ("relu6"));
SPELLINGS (hardtanh,
           F ("hardtanh",
              "input min_val max_val -inplace",
              "input, min_val=-1.0, max_val=1.0, inplace=False"),
           JNN ("hard_tanh"));
SPELLINGS (leaky_relu,
           F ("leaky_relu",
              "input negative_slope -inplace",
              "input, negative_slope=0.01, inplace=False"),
           FORM ("tf.nn.leaky_relu", SCOPE_TENSORFLOW, "input=features negative_slope=alpha -name"),
           FORM ("jax.nn.leaky_relu", SCOPE_JAX, "input=x negative_slope"));
SPELLINGS (elu,
           F ("elu", "input alpha -inplace", "input, alpha=1.0, inplace=False"),
           FORM ("tf.nn.elu", SCOPE_TENSORFLOW, "input=features -name"),
           FORM ("jax.nn.elu", SCOPE_JAX, "input=x alpha"));
SPELLINGS (selu,
           TORCH_PLAIN ("selu"),
           IN_PLACE ("selu"),
           F ("selu", "input -inplace", "input, inplace=False"),
           FORM ("tf.nn.selu", SCOPE_TENSORFLOW, "input=features -name"),
           JNN ("selu"));
SPELLINGS (celu,
           F ("celu", "input alpha -inplace", "input, alpha=1.0, inplace=False"),
           FORM ("jax.nn.celu", SCOPE_JAX, "input=x alpha"));
SPELLINGS (gelu,
           F_BUILT ("gelu",
                    "input=input=x=a=x1 | approximate",
                    "(Tensor input, *, str approximate=none)"),
           FORM ("tf.nn.gelu", SCOPE_TENSORFLOW, "input=features approximate -name"),
           FORM ("jax.nn.gelu", SCOPE_JAX, "input=x approximate"));
SPELLINGS (silu,
           F ("silu", "input -inplace", "input, inplace=False"),
           FORM ("tf.nn.silu", SCOPE_TENSORFLOW, "input=features -name"),
           FORM ("tf.nn.swish", SCOPE_TENSORFLOW, "input=features -name"),
           JNN ("silu"),
           JNN ("swish"));
SPELLINGS (mish, F ("mish", "input -inplace", "input, inplace=False"), JNN ("mish"));
SPELLINGS (softplus,
           F_BUILT ("softplus",
                    "input beta threshold | -out",
                    "(Tensor input, Number beta=1, Number threshold=20, *, Tensor out=None)"),
           FORM ("tf.nn.softplus", SCOPE_TENSORFLOW, "input=features -name"),
           FORM ("tf.math.softplus", SCOPE_TENSORFLOW, "input=features -name"),
           JNN ("softplus"));
SPELLINGS (softsign,
           F ("softsign", "input", "input"),
           FORM ("tf.nn.softsign", SCOPE_TENSORFLOW, "input=features -name"),
           JNN ("soft_sign"));
SPELLINGS (tanhshrink, F ("tanhshrink", "input", "input"));
SPELLINGS (hardsigmoid,
           F ("hardsigmoid", "input -inplace", "input, inplace=False"),
           JNN ("hard_sigmoid"));
SPELLINGS (hardswish,
           F ("hardswish", "input -inplace", "input, inplace=False"),
           JNN ("hard_swish"),
           JNN ("hard_silu"));
SPELLINGS (logsigmoid,
           F_BUILT ("logsigmoid",
                    "input=input=x=a=x1 | -out",
                    "log_sigmoid(Tensor input, *, Tensor out=None)"),
           TF ("math.log_sigmoid"),
           JNN ("log_sigmoid"));
SPELLINGS (hardshrink,
           F_BUILT ("hardshrink",
                    "input lambd | -out",
                    "(Tensor input, Number lambd=0.5, *, Tensor out=None)"));
SPELLINGS (softshrink,
           F_BUILT ("softshrink",
                    "input lambd | -out",
                    "(Tensor input, Number lambd=0.5, *, Tensor out=None)"));
SPELLINGS (threshold,
           F_NAMED ("threshold",
                    "_threshold",
                    "input threshold value -inplace",
                    "input, threshold, value, inplace=False"));
SPELLINGS (
    nan_to_num,
    DECLARED (
        "torch.nan_to_num",
        "input=input=x=a=x1 -nan -posinf -neginf | -out",
        false,
        "(Tensor input, float nan=None, float posinf=None, float neginf=None, *, Tensor out=None)"),
    DECLARED (".nan_to_num",
              "input -nan -posinf -neginf | -out",
              false,
              "(float nan=None, float posinf=None, float neginf=None)"),
    DECLARED (".nan_to_num_",
              "input -nan -posinf -neginf | -out",
              true,
              "(float nan=None, float posinf=None, float neginf=None)"),
    { "np.nan_to_num", SCOPE_NUMPY, "input=x -copy -nan -posinf -neginf", SCOPE_UNARY_FUNCTION,
      false, "def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None)" },
    JNP ("nan_to_num"));

/* ---- the table ------------------------------------------------------------------------------ */

#define OPERATION(id, parameters, class, line)                                                     \
  {                                                                                                \
    .name = #id, .group = class, .about = line, .spelling = id##_spellings,                        \
    .parameter = parameters, .infer = scope_unary_infer, .read = scope_elementwise_read,           \
    .trace = scope_elementwise_trace,                                                              \
  }

const ScopeOp scope_ops_unary[] = {
  OPERATION (negate, one_operand, "functions", "the negative"),
  OPERATION (positive, one_operand, "functions", "the element itself"),
  OPERATION (invert, one_operand, "bits", "every bit, or the truth, inverted"),
  OPERATION (absolute, one_operand, "functions", "the absolute value"),
  OPERATION (fabs, one_operand, "functions", "the absolute value as a float"),
  OPERATION (sign, one_operand, "functions", "−1, 0 or 1"),
  OPERATION (sgn, one_operand, "functions", "the sign, of a complex number its direction"),
  OPERATION (square, one_operand, "functions", "the square"),
  OPERATION (floor, one_operand, "rounding", "rounded down"),
  OPERATION (ceil, one_operand, "rounding", "rounded up"),
  OPERATION (trunc, one_operand, "rounding", "rounded towards 0"),
  OPERATION (round, rounded, "rounding", "rounded, halves to even"),
  OPERATION (rint, one_operand, "rounding", "rounded to whole numbers as floats"),
  OPERATION (frac, one_operand, "rounding", "what is left of the point taken away"),
  OPERATION (exp, one_operand, "functions", "e to the power of x"),
  OPERATION (exp2, one_operand, "functions", "2 to the power of x"),
  OPERATION (expm1, one_operand, "functions", "exp (x) − 1"),
  OPERATION (log, one_operand, "functions", "the natural logarithm"),
  OPERATION (log2, one_operand, "functions", "the logarithm to base 2"),
  OPERATION (log10, one_operand, "functions", "the logarithm to base 10"),
  OPERATION (log1p, one_operand, "functions", "log (1 + x)"),
  OPERATION (sqrt, one_operand, "functions", "the square root"),
  OPERATION (rsqrt, one_operand, "functions", "1 / √x"),
  OPERATION (cbrt, one_operand, "functions", "the cube root"),
  OPERATION (reciprocal, one_operand, "functions", "1 / x"),
  OPERATION (sin, one_operand, "functions", "the sine"),
  OPERATION (cos, one_operand, "functions", "the cosine"),
  OPERATION (tan, one_operand, "functions", "the tangent"),
  OPERATION (asin, one_operand, "functions", "the angle whose sine is x"),
  OPERATION (acos, one_operand, "functions", "the angle whose cosine is x"),
  OPERATION (atan, one_operand, "functions", "the angle whose tangent is x"),
  OPERATION (sinh, one_operand, "functions", "the hyperbolic sine"),
  OPERATION (cosh, one_operand, "functions", "the hyperbolic cosine"),
  OPERATION (tanh, one_operand, "functions", "the hyperbolic tangent"),
  OPERATION (asinh, one_operand, "functions", "the inverse of sinh"),
  OPERATION (acosh, one_operand, "functions", "the inverse of cosh"),
  OPERATION (atanh, one_operand, "functions", "the inverse of tanh"),
  OPERATION (sigmoid, one_operand, "functions", "1 / (1 + exp −x)"),
  OPERATION (logit, one_operand, "functions", "log (x / (1 − x))"),
  OPERATION (erf, one_operand, "functions", "the error function"),
  OPERATION (erfc, one_operand, "functions", "1 − erf x"),
  OPERATION (lgamma, one_operand, "functions", "log |Γ (x)|"),
  OPERATION (deg2rad, one_operand, "functions", "degrees to radians"),
  OPERATION (rad2deg, one_operand, "functions", "radians to degrees"),
  OPERATION (isnan, one_operand, "comparison", "whether x is not a number"),
  OPERATION (isinf, one_operand, "comparison", "whether x is infinite"),
  OPERATION (isfinite, one_operand, "comparison", "whether x is a finite number"),
  OPERATION (signbit, one_operand, "comparison", "whether the sign is minus"),
  OPERATION (logical_not, one_operand, "logic", "whether x is 0"),
  OPERATION (relu, one_operand, "activation", "x, and 0 below 0"),
  OPERATION (relu6, relu6_operands, "activation", "x between 0 and 6"),
  OPERATION (hardtanh, hardtanh_operands, "activation", "x between two limits"),
  OPERATION (leaky_relu, leaky_relu_operands, "activation", "x, and a slope below 0"),
  OPERATION (elu, alpha_operands, "activation", "x, and α (exp x − 1) below 0"),
  OPERATION (selu, one_operand, "activation", "the scaled exponential linear unit"),
  OPERATION (celu, alpha_operands, "activation", "x, and α (exp (x/α) − 1) below 0"),
  OPERATION (gelu, gelu_operands, "activation", "x times the normal distribution of x"),
  OPERATION (silu, one_operand, "activation", "x · sigmoid x"),
  OPERATION (mish, one_operand, "activation", "x · tanh (softplus x)"),
  OPERATION (softplus, softplus_operands, "activation", "log (1 + exp x)"),
  OPERATION (softsign, one_operand, "activation", "x / (1 + |x|)"),
  OPERATION (tanhshrink, one_operand, "activation", "x − tanh x"),
  OPERATION (hardsigmoid, one_operand, "activation", "a sigmoid of straight lines"),
  OPERATION (hardswish, one_operand, "activation", "x · hardsigmoid x"),
  OPERATION (logsigmoid, one_operand, "activation", "log (sigmoid x)"),
  OPERATION (hardshrink, shrink_operands, "activation", "x, and 0 near 0"),
  OPERATION (softshrink, shrink_operands, "activation", "x drawn towards 0"),
  OPERATION (threshold, threshold_operands, "activation", "x, and a value up to a threshold"),
  OPERATION (nan_to_num, one_operand, "functions", "NaN to 0, infinities to the largest numbers"),
  { .name = NULL },
};

_Static_assert(sizeof scope_ops_unary / sizeof scope_ops_unary[0]
                   == sizeof rules / sizeof rules[0] + 1,
               "every operation has a row of rules");

const ScopeUnary *
scope_unary_of (const ScopeOp *op)
{
  return &rules[op - scope_ops_unary];
}
