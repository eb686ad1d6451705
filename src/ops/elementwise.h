/* Reading and tracing of operations that compute each cell of the result from one cell of each
 * operand: blocks of a bounded size, converted to the type the operation computes in. */
#pragma once

#include "ops/op.h"

enum
{
  SCOPE_ELEMENTWISE_INPUTS = 5
};

typedef struct ScopeElementwise ScopeElementwise;

/* Computes `count` cells. in[k] and out point to elements of the plan's carrier types and advance
 * by in_step[k] and out_step elements. False when the values forbid it; *error is set. */
typedef bool (*ScopeElementwiseRun) (const ScopeElementwise *plan,
                                     int64_t count,
                                     const void *const *in,
                                     const int64_t *in_step,
                                     void *out,
                                     int64_t out_step,
                                     ScopeError *error);

/* The plan of a node. An operand is read, converted to `loop` (what the framework computes in) and
 * held as that type's carrier (int64 for small integers, float32 for small floats). */
struct ScopeElementwise
{
  int inputs;
  int first; /* the node's input that is the plan's first operand */
  ScopeDtype loop[SCOPE_ELEMENTWISE_INPUTS];
  ScopeDtype result; /* what the framework's loop gives, before the cast to the node's type */
  double weight[SCOPE_ELEMENTWISE_INPUTS]; /* for trace; NAN: not linear; 0: takes no part */
  ScopeElementwiseRun run;
  ScopeDialect dialect;
  int operation;  /* the kernel's own */
  double real[2]; /* numbers of the kernel's own */
  int64_t integer[2];
};

/* The type in which elements of `dtype` are held while computing: int64, uint64, float32, float64,
 * complex128; bool stays bool. */
ScopeDtype scope_carrier (ScopeDtype dtype);

/* The loop that copies elements of `dtype`'s carrier. */
ScopeElementwiseRun scope_elementwise_copy (ScopeDtype dtype);

/* A copy of `plan` in the call's arena; NULL (and the program out of memory) when it is full. */
const ScopeElementwise *scope_elementwise_keep (const ScopeCall *call,
                                                const ScopeElementwise *plan);

/* The read and trace of ScopeOp for nodes whose plan is a ScopeElementwise. */
bool scope_elementwise_read (const ScopeNode *node,
                             ScopeReader *reader,
                             const ScopeRegion *region,
                             const ScopeBuffer *out,
                             ScopeError *error);
bool scope_elementwise_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);

/* The same for any node and any plan, for operations that are elementwise in part. */
bool scope_elementwise_read_plan (const ScopeNode *node,
                                  const ScopeElementwise *plan,
                                  ScopeReader *reader,
                                  const ScopeRegion *region,
                                  const ScopeBuffer *out,
                                  ScopeError *error);

/* The cells of an input from which those of `region` come, `input` being stretched to the shape of
 * the region's space: stretched axes are read once (count 1). step[axis of region] is the step in
 * elements of a dense buffer over `out`, 0 on stretched axes. */
void scope_stretched_region (const ScopeShape *input,
                             const ScopeRegion *region,
                             ScopeRegion *out,
                             int64_t *step);

/* Reads an input stretched to the space of `region`, in the node's own type. Axes that the input
 * has more are of size 1 and stand in front. */
bool scope_read_stretched (const ScopeNode *node,
                           ScopeReader *reader,
                           int input,
                           const ScopeRegion *region,
                           const ScopeBuffer *out,
                           ScopeError *error);
