/* What an error message says about shapes: PyTorch's, NumPy's, TensorFlow's and many others', as
 * they are pasted: with tracebacks, colours, prefixes and line wraps around them. */
#pragma once

#include "advice/report.h"

enum
{
  SCOPE_MESSAGE_BYTES = 1 << 20, /* longer texts: the first of them are read */
  SCOPE_MESSAGE_SHAPES = 16,     /* of one message */
};

/* A number that the message states, or not. */
typedef struct
{
  bool given;
  int64_t value;
} ScopeMessageNumber;

/* Two numbers, of a and of b; an unknown one is SCOPE_SIZE_UNKNOWN. */
typedef struct
{
  bool given;
  int64_t value[2];
} ScopeMessagePair;

/* Shapes as printed: sizes may be unknown (`None`, `?`, `*`, a symbol) or negative (`-1`). */
typedef struct
{
  int count;
  ScopeShape shape[SCOPE_MESSAGE_SHAPES];
} ScopeMessageShapes;

/* Where in the text something was understood: bytes begin…end of what was handed in. */
typedef struct
{
  const char *what; /* the field: `a`, `axis`, `sizes` …; static */
  size_t begin, end;
} ScopeMessageSpan;

enum
{
  SCOPE_MESSAGE_SPANS = 24
};

/* A tensor to define so that `expression` fails as the message says. */
typedef struct
{
  char name[64];
  ScopeDtype dtype;
  ScopeShape shape; /* sizes may be unknown */
} ScopeMessageTensor;

typedef struct
{
  bool recognized;       /* it is a message about shapes; else nothing below means anything */
  bool cut;              /* the text was longer than SCOPE_MESSAGE_BYTES */
  const char *framework; /* `pytorch`, `numpy`, `onnxruntime` …; static */
  const char *op;        /* `broadcast`, `assign`, `matmul`, `cat` …; static */
  ScopeDialect dialect;  /* for the expression */

  /* In the order of the message, with these exceptions: expand: a the tensor, b the target; assign:
   * a the value, b the destination (TensorFlow's Assign: a the variable); MATLAB and Octave the
   * same; loss: a input, b target; conv: a input, b weight; Keras, ONNX Runtime, MXNet, llama.cpp:
   * a got, b expected; mask index: a the indexed tensor, b the mask; load_state_dict: a the
   * checkpoint's, b the model's.
   *
   * These are the conventions of the collected templates. One example of the command line's JSON
   * has it the other way round for an assignment, a the target: the conventions win, since they say
   * so of every operation. Who needs the target reads `check.failure.operands`, where it
   * stands first, as it is written. */
  bool has_a, has_b;
  ScopeShape a, b;
  ScopeMessagePair sizes;      /* the mismatching pair where the message states it */
  ScopeMessageNumber axis;     /* that fails, from the front, where the message states it */
  ScopeMessageNumber axis_raw; /* as printed, where that is negative */
  ScopeMessageNumber axis_b;   /* the axis of b, where it is another */
  ScopeMessageNumber cat_axis; /* along which is joined */
  ScopeMessagePair numel;      /* elements: have, want */
  ScopeMessagePair ranks;
  ScopeMessageNumber index; /* of the operand, entry or element named */
  ScopeMessageNumber count; /* mismatches of a state dict, further ones included */
  ScopeMessageNumber size;  /* of the axis that an index leaves */
  ScopeMessageNumber groups;
  bool multiple;               /* more than one axis fails */
  ScopeMessageShapes shapes;   /* all of them when there are more than two, else none */
  ScopeMessageShapes remapped; /* as the message prints them beside the original ones */
  bool has_splits;
  ScopeShape splits; /* a list of lengths, not a shape */
  int mismatches;    /* further axes: index, got, expected */
  int64_t mismatch[SCOPE_MESSAGE_SHAPES][3];
  ScopeText param, label, tf_op, node_op; /* "" when not given */
  ScopeText axes;                         /* of einops: `h=2, w=3` */
  ScopeText note;                         /* what the message leaves open, or "" */
  ScopeText quote;                        /* the words that decided, cleaned */

  ScopeText expression; /* "" when there is none */
  bool from_source;     /* `expression` is the traceback's line, or the part of it that failed */
  ScopeText source;     /* the traceback's line as it is shown, or "" */
  ScopeText place;      /* `train.py:12`, where the traceback says it, or "" */
  int tensors;
  ScopeMessageTensor tensor[SCOPE_MESSAGE_SHAPES];

  int spans;
  ScopeMessageSpan span[SCOPE_MESSAGE_SPANS];
  int64_t steps; /* characters looked at, for tests of linear time */
} ScopeMessage;

/* Reads a text in time and memory proportional to its length; what is not about shapes leaves
 * `recognized` false. False only when memory runs out. Cleared with scope_message_clear. */
bool scope_message_read (const char *bytes, size_t length, ScopeMessage *out);
void scope_message_clear (ScopeMessage *message);

/* Checks the message's expression against its tensors; NULL when it has none or memory runs out. */
ScopeReport *scope_message_report (const ScopeMessage *message,
                                   const ScopeRemedyOptions *advice,
                                   ScopeError *error);
