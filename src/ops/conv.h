/* Convolution: what infer decides, and how it is read. */
#pragma once

#include "ops/op.h"

/* Inputs of the node: the tensor, its weight, the bias if there is one. */
typedef struct
{
  int spatial; /* 1 to 3 */
  bool transposed;
  bool has_bias;
  bool empty; /* no batch or no channels: there is nothing to add up */
  int64_t groups;
  int64_t in_channels, out_channels;                           /* of all groups */
  int64_t in[3], kernel[3], stride[3], before[3], dilation[3]; /* before: padding in front */
} ScopeConv;

bool scope_conv_read (const ScopeNode *node,
                      ScopeReader *reader,
                      const ScopeRegion *region,
                      const ScopeBuffer *out,
                      ScopeError *error);
bool scope_conv_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);

/* ---- shared by conv.c and conv-transpose.c --------------------------------------------------- */

enum
{
  SCOPE_CONV_INPUT,
  SCOPE_CONV_WEIGHT,
  SCOPE_CONV_BIAS,
  SCOPE_CONV_STRIDE,
  SCOPE_CONV_PADDING,
  SCOPE_CONV_DILATION,
  SCOPE_CONV_GROUPS,
  SCOPE_CONV_OUTPUT_PADDING,
};

/* A call of PyTorch's convolution as it is understood, step by step. */
typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  int spatial; /* of the function: conv2d has 2 */
  bool transposed;
  bool same; /* padding='same' */
  bool batched;
  ScopeShape input; /* with a batch axis */
  ScopeShape seen;  /* the same as the kernels see it: padding='same' may add an element */
  ScopeShape weight, bias;
  ScopeDtype dtype, weight_dtype, bias_dtype;
  bool has_bias;
  int64_t groups;
  /* For each spatial axis of the weight. */
  int64_t stride[SCOPE_MAX_RANK], padding[SCOPE_MAX_RANK], dilation[SCOPE_MAX_RANK];
  int64_t output_padding[SCOPE_MAX_RANK];
  ScopeShape out; /* with a batch axis */
} ScopeConvCall;

/* RuntimeError with PyTorch's words at a parameter (−1: at the call); returns false. */
bool
scope_conv_refuse (ScopeConvCall *request, ScopeRule rule, int parameter, const char *format, ...)
    __attribute__ ((format (printf, 4, 5)));
/* Everything up to the shapes' agreement: ranks, lists, groups, channels, bias. */
bool scope_conv_begin (ScopeConvCall *request, const ScopeCall *call, ScopeFailure *failure);
/* Whether nothing is computed at all; false with a refusal when only a spatial axis is empty. */
bool scope_conv_is_empty (ScopeConvCall *request, bool *empty);
/* `kernel_height: 0 kernel_width: 2`: one axis is a picture of one row. */
void scope_conv_print_axes (const ScopeConvCall *request,
                            const char *prefix,
                            const int64_t *value,
                            const char *separator,
                            ScopeText *text);
/* Sizes of the weight's kernel. */
static inline const int64_t *
scope_conv_kernel (const ScopeConvCall *request)
{
  return &request->weight.size[2];
}
/* The type of an empty result, or PyTorch's refusal. */
bool scope_conv_empty_type (ScopeConvCall *request, ScopeDtype *dtype);
/* Sets the result: request->out without the batch axis that was added. */
bool scope_conv_finish (ScopeConvCall *request, bool empty, ScopeDtype dtype, ScopeResult *result);
/* `input` and `weight` types that oneDNN refuses to mix; true when they are fine. */
bool scope_conv_same_types (ScopeConvCall *request, bool onednn);
