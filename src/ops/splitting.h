/* Inside splitting: what is being judged, and the ways of cutting. */
#pragma once

#include "ops/op.h"

typedef enum
{
  SCOPE_FORM_SPLIT,        /* PyTorch: parts of a size; TensorFlow: a number of equal parts */
  SCOPE_FORM_CHUNK,        /* PyTorch: at most so many parts */
  SCOPE_FORM_TENSOR_SPLIT, /* a number of parts as equal as can be, or where to cut */
  SCOPE_FORM_EQUAL_SPLIT,  /* NumPy: the same, but the parts must be equal */
  SCOPE_FORM_HSPLIT,
  SCOPE_FORM_VSPLIT,
  SCOPE_FORM_DSPLIT,
  SCOPE_FORM_UNBIND,
} ScopeSplitForm;

enum
{
  SCOPE_SPLIT_INPUT,
  SCOPE_SPLIT_SIZES,
  SCOPE_SPLIT_DIM,
};

typedef struct
{
  const ScopeCall *call;
  ScopeSplitForm form;
  ScopeOutput input;
  int axis;
  int64_t size; /* of the axis */
  int parts;
  int64_t *begin; /* of each part, for what its size is; parts are contiguous but need not follow */
  int64_t *count;
} ScopeSplit;

/* ---- cutting: each fills begin and count, or refuses ------------------------------------ */

bool scope_split_make_room (ScopeSplit *split,
                            int64_t parts,
                            ScopeResult *result,
                            ScopeFailure *failure);
/* How many parts there are follows from a size that is not known. */
bool scope_split_refuse_unknown (const ScopeSplit *split, ScopeFailure *failure);
/* Parts of `size`, the last one what is left. */
bool scope_split_cut_by_size (ScopeSplit *split,
                              int64_t size,
                              ScopeResult *result,
                              ScopeFailure *failure);
/* Parts whose sizes differ by one at most, the larger ones first. */
bool scope_split_cut_evenly (ScopeSplit *split,
                             int64_t parts,
                             ScopeResult *result,
                             ScopeFailure *failure);
/* Cut at given places as Python's slices count them: a part between two that cross is empty. */
bool scope_split_cut_at (ScopeSplit *split,
                         const ScopeValue *places,
                         ScopeResult *result,
                         ScopeFailure *failure);
/* Places that stand in a tensor: their number follows from its shape, the sizes from its values. */
bool scope_split_cut_at_tensor (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure);

/* ---- the dialects -------------------------------------------------------------------------- */

bool scope_split_find_torch_axis (ScopeSplit *split, ScopeFailure *failure);
bool scope_split_torch_named (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure);
bool scope_split_torch (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure);
bool scope_split_torch_chunk (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure);
bool scope_split_torch_tensor_split (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure);
bool scope_split_numpy (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure);
bool scope_split_find_tensorflow_axis (ScopeSplit *split, ScopeFailure *failure);
bool scope_split_tensorflow (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure);
