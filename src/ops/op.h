/* The interface of an operation: a row of the table in registry.c. One operation, one file. */
#pragma once

#include "core/executor.h"
#include "core/tensor.h"
#include "ops/value.h"
#include "ops/verdict.h"

typedef struct ScopeOp ScopeOp;
typedef struct ScopeNode ScopeNode;
typedef struct ScopeProgram ScopeProgram;
typedef struct ScopeReader ScopeReader;
typedef struct ScopeArena ScopeArena; /* memory freed with the program: core/arena.h */
typedef struct ScopeBuilder ScopeBuilder;

/* What a parameter takes; the form in the window and the binding of arguments follow from it. */
typedef enum
{
  SCOPE_TAKES_TENSOR,  /* a tensor, or a number that stands for one */
  SCOPE_TAKES_TENSORS, /* a tuple or list of tensors */
  SCOPE_TAKES_INT,
  SCOPE_TAKES_AXIS,    /* an int that names an axis */
  SCOPE_TAKES_AXES,    /* an axis or a tuple of them */
  SCOPE_TAKES_SHAPE,   /* an int or a tuple of sizes */
  SCOPE_TAKES_NUMBER,  /* int or float */
  SCOPE_TAKES_NUMBERS, /* a number or a tuple of them */
  SCOPE_TAKES_BOOL,
  SCOPE_TAKES_STRING,
  SCOPE_TAKES_CHOICE, /* a string of `choices` */
  SCOPE_TAKES_DTYPE,
  SCOPE_TAKES_ANY, /* the operation looks for itself */
} ScopeTakes;

typedef struct
{
  const char *name; /* the canonical name, PyTorch's where there is one */
  ScopeTakes takes;
  const char *initial; /* the default as written in code ("0", "None"); NULL: must be given */
  const char *choices; /* of CHOICE: separated by spaces */
  const char *about;   /* one line for the form and for `shapescope-cli ops` */
} ScopeParameter;

/* One way to write the operation. */
typedef struct
{
  /* A full dotted path (`torch.cat`, `np.concatenate`), a method (`.reshape`), or an operator
   * (`+`, `-x` for unary, `+=`). The dotted path's last part alone works too, in the default
   * dialect when that has it. `F.` stands for torch.nn.functional, `np.`, `tf.`, `jnp.` as usual
   * (other aliases of modules are resolved in registry.c). */
  const char *name;
  ScopeDialect dialect;
  /* The parameters in the order of this spelling, separated by spaces, each as
   *   name         the framework's name is the canonical one
   *   name=other   the framework calls `other` what the table calls `name`; more may follow
   *                (`dim=dim=axis`: both are accepted)
   *   *name        takes all remaining positional arguments (`A.permute (0, 2, 1)`), or one tuple
   *   |            keyword-only from here on
   *   **name       takes the name of the first keyword that is none of the above, as a string
   *   **           any other keyword; the operation looks for them in call->argument
   *   -name        accepted and ignored (`-out`, `-layout`)
   * A method's object is the first parameter. NULL: the table's parameters in order. */
  const char *takes;
  int variant;   /* handed to infer, read and trace; meaning is the operation's own */
  bool in_place; /* the first tensor's name stands for the result from then on (`+=`, `.add_`) */
  /* How the framework itself declares the function, so that wrong arguments are refused in its own
   * words (ops/signature.c); NULL: unknown. Each line is one of
   *   [name](int a, tuple of ints[2] b, *, Tensor out=None)   PyTorch's, types as it prints them;
   *           `[2]`: one int stands for all; `?` behind a type or a default None: takes None
   *   def name(a, b=0, *, c=None)                             a Python function
   *   c name(a, b=None)                                       a function of NumPy's written in C
   *   npy name(a, b=None)                                     the same with NumPy's newer parser
   *   args ndarray.name(a, b=0)                               a function of C without keywords
   *   any name(b)                                             any positional arguments, keyword b
   *   ufunc name(x1, x2)                                      a universal function of NumPy's
   * Several lines are PyTorch's overloads; `hidden ` before one: taken, but not listed; `numbers `:
   * numbers will do for its tensors. `name` is what the messages call it, if not what is
   * written. A method's object stands only in Python's declarations. */
  const char *signature;
} ScopeSpelling;

/* An argument as written; `name` is NULL for a positional one. */
typedef struct
{
  const char *name;
  ScopeValue value;
} ScopeArgument;

/* A call with its arguments bound: value[i] belongs to op->parameter[i]; absent ones are ABSENT. */
typedef struct
{
  const ScopeProgram *program;
  ScopeArena *arena; /* for the plan */
  const ScopeOp *op;
  const ScopeSpelling *spelling;
  ScopeDialect dialect;
  ScopeSpan span;
  const ScopeValue *value;
  int arguments; /* as written, for messages that repeat them; a method's object is the first */
  const ScopeArgument *argument;
  bool method;           /* written as A.name (…) */
  ScopeBuilder *builder; /* for operations made of others: compose.h */
} ScopeCall;

enum
{
  SCOPE_MAX_INPUTS = 4096,  /* tensors of one operation */
  SCOPE_MAX_OUTPUTS = 4096, /* of split, unbind … */
};

typedef struct
{
  ScopeShape shape;
  ScopeDtype dtype;
  /* How the framework lays the tensor out, in elements; NULL: dense in C order. Only `view` and the
   * like ask for it; values are read without it. See stride.h. */
  const int64_t *stride;
} ScopeOutput;

/* What infer decides. */
typedef struct
{
  int inputs; /* program nodes the result is read from; scope_result_add_input */
  int *input;
  int outputs;        /* 1, unless the operation gives several tensors */
  ScopeOutput output; /* of the only output */
  ScopeOutput *many;  /* outputs, in the arena, when there are several; else NULL */
  bool tuple;         /* the value is a tuple even when it has one item */
  void *plan;         /* in the arena: what read and trace need; immutable afterwards */
} ScopeResult;

typedef struct ScopeReading ScopeReading; /* how a caller reads: program.h */

/* Where trace reports: a cell of input `input` at `index` counts with `weight` (NAN: it takes part,
 * but not linearly). Returns false when the caller has enough. With `reading` an operation that
 * picks one of several cells (max, min and their like, the pooling of maxima) reads them and names
 * the one it picks, with weight 1 (argmax and argmin, whose value is its place: NAN); without it,
 * or where there are more than SCOPE_TRACE_CELLS of them, or where reading fails, it names them all
 * with NAN and sets `picks`. */
typedef struct ScopeTrace
{
  bool (*add) (struct ScopeTrace *self, int input, const int64_t *index, double weight);
  const ScopeReading *reading; /* NULL: values are not read */
  bool picks;                  /* of the cells named some were not picked */
} ScopeTrace;

enum
{
  SCOPE_TRACE_CELLS = 1 << 16
};

/* How the operands' axes meet, for the alignment picture. */
typedef enum
{
  SCOPE_ALIGN_NONE,      /* axes are not compared */
  SCOPE_ALIGN_BROADCAST, /* from the trailing end; 1 stretches on either side */
  SCOPE_ALIGN_ASSIGN,    /* the same, but only the last operand stretches, to the first's shape */
  SCOPE_ALIGN_JOIN,      /* sizes must be equal but along the parameter `dim`, where they add up */
  SCOPE_ALIGN_MATCH,     /* shapes must be equal (stack) */
  SCOPE_ALIGN_PRODUCT,   /* the first's last axis meets the second's last but one (matmul) */
} ScopeAlign;

struct ScopeOp
{
  const char *name;                /* canonical: stands in JSON (`assign`, `interpolate`) */
  const char *group;               /* for the list of operations: `broadcast`, `joining`, … */
  const char *about;               /* one line of documentation */
  const ScopeSpelling *spelling;   /* ends with a NULL name */
  const ScopeParameter *parameter; /* ends with a NULL name */
  ScopeAlign align;
  /* Decides shape, type and plan from shapes and arguments; never reads a value. On failure fills
   * `failure` (begun with operands and span of the call) and returns false. All failing axes are
   * reported; exception and message are the call's dialect's, byte for byte. Unknown sizes fit
   * anything. Bounded work: proportional to the rank and number of inputs, never to sizes. */
  bool (*infer) (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure);

  /* Writes a region of output node->part, in which no cell is repeated (a step of 0 has a count of
   * 1). Asks inputs only for the regions it needs (scope_read_input), which may repeat cells.
   * Results are the framework's to the last digit where it says so. */
  bool (*read) (const ScopeNode *node,
                ScopeReader *reader,
                const ScopeRegion *region,
                const ScopeBuffer *out,
                ScopeError *error);

  /* Which input cells one output cell comes from. Returns false when the trace had enough. */
  bool (*trace) (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);

  /* Of a layer of torch.nn: how many tensors its forward takes, the first parameters. A call of a
   * spelling makes the layer, the call of that is the operation; see module.h. Its spellings'
   * signatures have two lines, of the constructor and of forward. Behind the parameters' values
   * stands the layer itself. */
  int module;
  /* What the layer's constructor refuses beyond the number and names of arguments; NULL: nothing.
   */
  bool (*construct) (const ScopeCall *call, ScopeFailure *failure);
};

/* ---- for infer ------------------------------------------------------------------------------ */

/* The shape and type of a TENSOR value, or of a number as the 0-d tensor it stands for. */
const ScopeShape *scope_call_shape (const ScopeCall *call, const ScopeValue *value);
ScopeDtype scope_call_dtype (const ScopeCall *call, const ScopeValue *value);
/* Adds a TENSOR value as input (a number is made a constant node) and returns its position. */
int scope_result_add_input (const ScopeCall *call, ScopeResult *result, const ScopeValue *value);
/* The one output. */
void scope_result_set (ScopeResult *result, const ScopeShape *shape, ScopeDtype dtype);
/* `count` outputs, to be filled in result->many. False (LIMIT) when there are too many. */
bool scope_result_set_many (const ScopeCall *call,
                            ScopeResult *result,
                            int64_t count,
                            ScopeFailure *failure);

/* Arguments by position in the table; on a value of the wrong kind they fail with RULE_ARGUMENT
 * and return false. An absent argument leaves *out as it is. */
bool scope_call_int (const ScopeCall *call, int parameter, int64_t *out, ScopeFailure *failure);
bool scope_call_number (const ScopeCall *call, int parameter, double *out, ScopeFailure *failure);
bool scope_call_bool (const ScopeCall *call, int parameter, bool *out, ScopeFailure *failure);
bool
scope_call_string (const ScopeCall *call, int parameter, const char **out, ScopeFailure *failure);
/* An int or a sequence of ints, at most SCOPE_MAX_RANK; *count is −1 when absent or None. */
bool scope_call_ints (const ScopeCall *call,
                      int parameter,
                      int64_t *out,
                      int *count,
                      ScopeFailure *failure);

/* Fails at an argument: rule ARGUMENT, span of the argument, TypeError. */
bool scope_call_refuse (const ScopeCall *call,
                        int parameter,
                        ScopeFailure *failure,
                        const char *format,
                        ...) __attribute__ ((format (printf, 4, 5)));

/* ---- for read ------------------------------------------------------------------------------- */

/* Reads a region of an input, in the input's own type. */
bool scope_read_input (const ScopeNode *node,
                       ScopeReader *reader,
                       int input,
                       const ScopeRegion *region,
                       const ScopeBuffer *out,
                       ScopeError *error);
/* The same converted to `dtype`; block by block, so scratch memory stays small. */
bool scope_read_input_into (const ScopeNode *node,
                            ScopeReader *reader,
                            int input,
                            const ScopeRegion *region,
                            ScopeDtype dtype,
                            const ScopeBuffer *out,
                            ScopeError *error);
/* The same into dense memory. */
bool scope_read_input_as (const ScopeNode *node,
                          ScopeReader *reader,
                          int input,
                          const ScopeRegion *region,
                          ScopeDtype dtype,
                          void *out,
                          ScopeError *error);
/* The whole of an input where it lies, when that is a tensor whose elements are simply in memory;
 * nothing may be written there. False when it has to be read. */
bool scope_read_in_place (const ScopeNode *node, int input, ScopeBuffer *out);
/* Along axes of which only the first place was written (written[axis] is 1, not
 * region->count[axis]) copies it to all others. */
void scope_read_repeat (ScopeDtype dtype,
                        const ScopeRegion *region,
                        const int64_t *written,
                        const ScopeBuffer *out);
/* For trace: which of the cells of a region of input 0 (in C order) is the largest, or the
 * smallest; the first of several, a NaN before all others. False, with trace->picks set, when
 * values are not to be read, or cannot be. */
bool scope_trace_extreme (const ScopeNode *node,
                          ScopeTrace *trace,
                          const ScopeRegion *region,
                          bool largest,
                          int64_t *winner);
/* Memory within the reader's budget; NULL with the error set when it is exceeded. Freed with
 * scope_read_free. */
void *scope_read_alloc (ScopeReader *reader, int64_t bytes, ScopeError *error);
void scope_read_free (ScopeReader *reader, void *memory);
/* False (CANCELLED) when the caller asked to stop; to be called once per block of work. */
bool scope_read_go_on (ScopeReader *reader, ScopeError *error);
ScopeExecutor *scope_read_executor (ScopeReader *reader); /* may be NULL */
