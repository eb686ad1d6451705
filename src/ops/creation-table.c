/* The list of operations that make tensors: spellings and parameters. */
#include "ops/creation.h"

/* ---- how the frameworks declare them -------------------------------------------------------- */

#define TYPE                                                                                       \
  "torch.dtype dtype=None, torch.layout layout=None, torch.device device=None, bool "              \
  "pin_memory=False, bool requires_grad=False)"
#define SIZED                                                                                      \
  "(tuple of ints size, *, tuple of names names, " TYPE "\n(tuple of SymInts size, *, Tensor "     \
  "out=None, " TYPE
#define SIZED_EMPTY                                                                                \
  "(tuple of ints size, *, tuple of names names, torch.memory_format memory_format=None, " TYPE    \
  "\n(tuple of SymInts size, *, torch.memory_format memory_format=None, Tensor out=None, " TYPE
#define FILLED                                                                                     \
  "(tuple of ints size, Number fill_value, *, tuple of names names, " TYPE                         \
  "\n(tuple of SymInts size, Number fill_value, *, Tensor out=None, " TYPE
#define SIZED_RANDOM                                                                               \
  "(tuple of ints size, *, torch.Generator generator, tuple of names names, " TYPE                 \
  "\n(tuple of ints size, *, torch.Generator generator, Tensor out=None, " TYPE                    \
  "\n(tuple of ints size, *, Tensor out=None, " TYPE                                               \
  "\n(tuple of ints size, *, tuple of names names, " TYPE
#define BOUNDED                                                                                    \
  "(int high, tuple of ints size, *, torch.Generator generator=None, Tensor out=None, " TYPE       \
  "\n(int high, tuple of ints size, *, Tensor out=None, " TYPE                                     \
  "\n(int low, int high, tuple of ints size, *, torch.Generator generator=None, Tensor "           \
  "out=None, " TYPE "\n(int low, int high, tuple of ints size, *, Tensor out=None, " TYPE
#define RANGE                                                                                      \
  "(Number end, *, Tensor out=None, " TYPE "\n(Number start, Number end, *, " TYPE                 \
  "\n(Number start, Number end, Number step, *, Tensor out=None, " TYPE
#define SPACE  "(Number start, Number end, int steps, *, Tensor out=None, " TYPE
#define POWERS "(Number start, Number end, int steps, float base=10, *, Tensor out=None, " TYPE
#define EYE    "(int n, *, Tensor out=None, " TYPE "\n(int n, int m, *, Tensor out=None, " TYPE
#define LIKE   "(Tensor input, *, torch.memory_format memory_format=None, " TYPE
#define LIKE_FULL                                                                                  \
  "(Tensor input, Number fill_value, *, torch.memory_format memory_format=None, " TYPE
#define NEW      "(tuple of SymInts size, *, " TYPE
#define NEW_FULL "(tuple of SymInts size, Number fill_value, *, " TYPE
#define DATA                                                                                       \
  "(object data, *, torch.dtype dtype=None, torch.device device=None, bool pin_memory=False, "     \
  "bool requires_grad=False)"
#define DATA_AS "(object data, torch.dtype dtype=None, torch.device device=None)"

/* ---- spellings ------------------------------------------------------------------------------ */

#define KEYWORDS                                                                                   \
  "dtype -out -layout -device -pin_memory -requires_grad -names -memory_format -generator"
#define FORM(name, dialect, takes, signature)                                                      \
  {                                                                                                \
    name, dialect, takes, SCOPE_CREATE_PLAIN, false, signature                                     \
  }
#define TORCH(name, takes, signature)                                                              \
  FORM ("torch." name, SCOPE_PYTORCH, takes " | " KEYWORDS, signature)
#define METHOD(name, takes, signature)                                                             \
  {                                                                                                \
    "." name, SCOPE_PYTORCH, "like " takes " | " KEYWORDS, SCOPE_CREATE_METHOD, false, signature   \
  }
#define NP(name, takes, signature) FORM ("np." name, SCOPE_NUMPY, takes, signature)
#define TF(name, takes)            FORM ("tf." name, SCOPE_TENSORFLOW, takes, NULL)
#define JNP(name, takes)           FORM ("jnp." name, SCOPE_JAX, takes, NULL)
#define SPELLINGS(id, ...)                                                                         \
  static const ScopeSpelling id##_spellings[] = { __VA_ARGS__, { NULL, 0, NULL, 0, false, NULL } }

SPELLINGS (zeros,
           TORCH ("zeros", "*size", SIZED),
           METHOD ("new_zeros", "*size", NEW),
           NP ("zeros",
               "size=shape dtype -order | -like",
               "npy zeros(shape, dtype=None, order=None)"),
           TF ("zeros", "size=shape dtype -name"),
           JNP ("zeros", "size=shape dtype -device"));
SPELLINGS (ones,
           TORCH ("ones", "*size", SIZED),
           METHOD ("new_ones", "*size", NEW),
           NP ("ones",
               "size=shape dtype -order | -like",
               "def ones(shape, dtype=None, order='C', *, like=None)"),
           TF ("ones", "size=shape dtype -name"),
           JNP ("ones", "size=shape dtype -device"));
SPELLINGS (empty,
           TORCH ("empty", "*size", SIZED_EMPTY),
           METHOD ("new_empty", "*size", NEW),
           NP ("empty",
               "size=shape dtype -order | -like",
               "npy empty(shape, dtype=None, order=None)"),
           JNP ("empty", "size=shape dtype -device"));
SPELLINGS (full,
           TORCH ("full", "size fill_value", FILLED),
           METHOD ("new_full", "size fill_value", NEW_FULL),
           NP ("full",
               "size=shape fill_value dtype -order | -like",
               "def full(shape, fill_value, dtype=None, order='C', *, like=None)"),
           TF ("fill", "size=dims fill_value=value -name"),
           JNP ("full", "size=shape fill_value dtype -device"));
#define LIKE_TORCH(name) TORCH (name, "input=input=x=a=x1", LIKE)
#define LIKE_NP(name)                                                                              \
  NP (name, "input=a dtype -order -subok -shape",                                                  \
      "def " name "(a, dtype=None, order='K', subok=True, shape=None)")
SPELLINGS (zeros_like,
           LIKE_TORCH ("zeros_like"),
           LIKE_NP ("zeros_like"),
           TF ("zeros_like", "input dtype -name"),
           JNP ("zeros_like", "input=a dtype -shape"));
SPELLINGS (ones_like,
           LIKE_TORCH ("ones_like"),
           LIKE_NP ("ones_like"),
           TF ("ones_like", "input dtype -name"),
           JNP ("ones_like", "input=a dtype -shape"));
SPELLINGS (empty_like,
           LIKE_TORCH ("empty_like"),
           NP ("empty_like", "input=prototype dtype -order -subok -shape", NULL),
           JNP ("empty_like", "input=prototype dtype -shape"));
SPELLINGS (full_like,
           TORCH ("full_like", "input=input=x=a=x1 fill_value", LIKE_FULL),
           NP ("full_like",
               "input=a fill_value dtype -order -subok -shape",
               "def full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None)"),
           JNP ("full_like", "input=a fill_value dtype -shape"));
SPELLINGS (rand_like, LIKE_TORCH ("rand_like"));
SPELLINGS (randn_like, LIKE_TORCH ("randn_like"));
SPELLINGS (arange,
           TORCH ("arange", "start end step", RANGE),
           NP ("arange", "start end=stop step dtype | -like", NULL),
           TF ("range", "start end=limit step=delta dtype -name"),
           JNP ("arange", "start end=stop step dtype"));
SPELLINGS (
    linspace,
    TORCH ("linspace", "start end steps", SPACE),
    NP ("linspace",
        "start end=stop steps=num endpoint -retstep dtype -axis",
        "def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0)"),
    TF ("linspace", "start end=stop steps=num -name -axis"),
    JNP ("linspace", "start end=stop steps=num endpoint -retstep dtype -axis"));
SPELLINGS (logspace,
           TORCH ("logspace", "start end steps base", POWERS),
           NP ("logspace",
               "start end=stop steps=num -endpoint base dtype -axis",
               "def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0)"),
           JNP ("logspace", "start end=stop steps=num -endpoint base dtype -axis"));
SPELLINGS (eye,
           TORCH ("eye", "n m", EYE),
           NP ("eye",
               "n=N m=M k dtype -order | -like",
               "def eye(N, M=None, k=0, dtype=None, order='C', *, like=None)"),
           NP ("identity", "n dtype | -like", "def identity(n, dtype=None, *, like=None)"),
           TF ("eye", "n=num_rows m=num_columns -batch_shape dtype -name"),
           JNP ("eye", "n=N m=M k dtype"),
           JNP ("identity", "n dtype"));
SPELLINGS (rand,
           TORCH ("rand", "*size", SIZED_RANDOM),
           NP ("random.rand", "*size", NULL),
           NP ("random.random", "size", NULL),
           NP ("random.random_sample", "size", NULL),
           NP ("random.uniform", "-low -high size", NULL),
           TF ("random.uniform", "size=shape -minval -maxval dtype -seed -name"));
SPELLINGS (randn,
           TORCH ("randn", "*size", SIZED_RANDOM),
           NP ("random.randn", "*size", NULL),
           NP ("random.normal", "-loc -scale size", NULL),
           NP ("random.standard_normal", "size", NULL),
           TF ("random.normal", "size=shape -mean -stddev dtype -seed -name"));
SPELLINGS (randint,
           TORCH ("randint", "low high size", BOUNDED),
           NP ("random.randint", "low high size dtype", NULL));
SPELLINGS (
    tensor,
    TORCH ("tensor", "data", DATA),
    FORM ("torch.as_tensor", SCOPE_PYTORCH, "data dtype -device", DATA_AS),
    FORM ("torch.asarray", SCOPE_PYTORCH, "data=obj | dtype -device -copy -requires_grad", NULL),
    FORM ("torch.from_numpy", SCOPE_PYTORCH, "data", NULL),
    METHOD ("new_tensor", "data", DATA),
    NP ("array", "data=object dtype | -copy -order -subok -ndmin -like", NULL),
    NP ("asarray", "data=a dtype -order | -like", NULL),
    NP ("ascontiguousarray", "data=a dtype | -like", NULL),
    NP ("asanyarray", "data=a dtype -order | -like", NULL),
    TF ("constant", "data=value dtype -shape -name"),
    TF ("convert_to_tensor", "data=value dtype -dtype_hint -name"),
    JNP ("array", "data=object dtype -copy -order -ndmin"),
    JNP ("asarray", "data=a dtype -order"));

/* ---- parameters ----------------------------------------------------------------------------- */

#define DTYPE                                                                                      \
  {                                                                                                \
    "dtype", SCOPE_TAKES_DTYPE, "None", NULL, "the type of its elements"                           \
  }
#define SAME_TYPE                                                                                  \
  {                                                                                                \
    "like", SCOPE_TAKES_TENSOR, "None", NULL, "the tensor whose type it takes"                     \
  }
#define END                                                                                        \
  {                                                                                                \
    NULL, 0, NULL, NULL, NULL                                                                      \
  }

static const ScopeParameter sized[] = { { "size", SCOPE_TAKES_SHAPE, NULL, NULL, "its shape" },
                                        DTYPE,
                                        SAME_TYPE,
                                        END };
static const ScopeParameter filled[] = {
  { "size", SCOPE_TAKES_SHAPE, NULL, NULL, "its shape" },
  { "fill_value", SCOPE_TAKES_NUMBER, NULL, NULL, "the value of every element" },
  DTYPE,
  SAME_TYPE,
  END,
};
static const ScopeParameter alike[] = { { "input", SCOPE_TAKES_TENSOR, NULL, NULL,
                                          "whose shape and type it has" },
                                        DTYPE,
                                        END };
static const ScopeParameter alike_filled[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "whose shape and type it has" },
  { "fill_value", SCOPE_TAKES_NUMBER, NULL, NULL, "the value of every element" },
  DTYPE,
  END,
};
static const ScopeParameter range[] = {
  { "start", SCOPE_TAKES_NUMBER, "0", NULL, "the first value" },
  { "end", SCOPE_TAKES_NUMBER, "None", NULL, "where it ends, itself left out" },
  { "step", SCOPE_TAKES_NUMBER, "1", NULL, "from one value to the next" },
  DTYPE,
  END,
};
static const ScopeParameter space[] = {
  { "start", SCOPE_TAKES_NUMBER, NULL, NULL, "the first value" },
  { "end", SCOPE_TAKES_NUMBER, NULL, NULL, "the last value" },
  { "steps", SCOPE_TAKES_INT, "50", NULL, "how many values" },
  DTYPE,
  { "endpoint", SCOPE_TAKES_BOOL, "True", NULL, "whether the last value is one of them" },
  END,
};
static const ScopeParameter powers[] = {
  { "start", SCOPE_TAKES_NUMBER, NULL, NULL, "the first exponent" },
  { "end", SCOPE_TAKES_NUMBER, NULL, NULL, "the last exponent" },
  { "steps", SCOPE_TAKES_INT, "50", NULL, "how many values" },
  DTYPE,
  { "base", SCOPE_TAKES_NUMBER, "10", NULL, "what is raised to the exponents" },
  END,
};
static const ScopeParameter eye[] = {
  { "n", SCOPE_TAKES_INT, NULL, NULL, "rows" },
  { "m", SCOPE_TAKES_INT, "None", NULL, "columns; as many as rows" },
  { "k", SCOPE_TAKES_INT, "0", NULL, "which diagonal; above the main one when positive" },
  DTYPE,
  END,
};
static const ScopeParameter random_sized[] = { { "size", SCOPE_TAKES_SHAPE, "()", NULL,
                                                 "its shape" },
                                               DTYPE,
                                               END };
static const ScopeParameter random_bounded[] = {
  { "size", SCOPE_TAKES_SHAPE, "()", NULL, "its shape" },
  DTYPE,
  { "low", SCOPE_TAKES_INT, "0", NULL, "the smallest value" },
  { "high", SCOPE_TAKES_INT, "None", NULL, "one more than the largest value" },
  END,
};
static const ScopeParameter written[] = { { "data", SCOPE_TAKES_ANY, NULL, NULL,
                                            "numbers in lists of lists" },
                                          DTYPE,
                                          SAME_TYPE,
                                          END };

/* ---- the table ------------------------------------------------------------------------------ */

#define OPERATION(id, parameters, decides, line)                                                   \
  {                                                                                                \
    .name = #id, .group = "creation", .about = line, .spelling = id##_spellings,                   \
    .parameter = parameters, .infer = decides, .read = scope_creation_read,                        \
    .trace = scope_creation_trace,                                                                 \
  }

const ScopeOp scope_ops_creation[] = {
  OPERATION (zeros, sized, scope_fill_infer, "a tensor of zeros"),
  OPERATION (ones, sized, scope_fill_infer, "a tensor of ones"),
  OPERATION (empty, sized, scope_fill_infer, "a tensor of whatever was there, here zeros"),
  OPERATION (full, filled, scope_fill_infer, "a tensor of one value"),
  OPERATION (zeros_like, alike, scope_like_infer, "zeros in the shape of a tensor"),
  OPERATION (ones_like, alike, scope_like_infer, "ones in the shape of a tensor"),
  OPERATION (empty_like, alike, scope_like_infer, "whatever was there, in the shape of a tensor"),
  OPERATION (full_like, alike_filled, scope_like_infer, "one value in the shape of a tensor"),
  OPERATION (rand_like, alike, scope_like_infer, "random values in the shape of a tensor"),
  OPERATION (randn_like, alike, scope_like_infer, "normal values in the shape of a tensor"),
  OPERATION (arange, range, scope_arange_infer, "numbers in even steps"),
  OPERATION (linspace, space, scope_linspace_infer, "as many numbers as asked for, evenly spread"),
  OPERATION (logspace, powers, scope_linspace_infer, "powers with evenly spread exponents"),
  OPERATION (eye, eye, scope_eye_infer, "ones on a diagonal"),
  OPERATION (rand, random_sized, scope_random_infer, "random values between 0 and 1"),
  OPERATION (randn, random_sized, scope_random_infer, "random values of a normal distribution"),
  OPERATION (randint, random_bounded, scope_random_infer, "random integers"),
  OPERATION (tensor, written, scope_tensor_infer, "a tensor written out, or a copy of one"),
  { .name = NULL },
};
