/* Inside padding: what is being judged. */
#pragma once

#include "ops/op.h"
#include "ops/place.h"

enum
{
  SCOPE_PAD_INPUT,
  SCOPE_PAD_WIDTHS,
  SCOPE_PAD_MODE,
  SCOPE_PAD_VALUE,
  SCOPE_PAD_REFLECT_TYPE,
  SCOPE_PAD_STATISTIC, /* stat_length, end_values */
  SCOPE_PAD_UNKNOWN,   /* the name of another keyword */
};

typedef struct
{
  const ScopeCall *call;
  ScopeOutput input;
  ScopePlaceKind kind;
  bool unread; /* the values of this mode are not computed */
  int64_t before[SCOPE_MAX_RANK], behind[SCOPE_MAX_RANK]; /* places added; negative: cut off */
  ScopeKind value_kind;                                   /* of `value`: SIGNED or FLOAT */
  ScopeNumber value[SCOPE_MAX_RANK][2];                   /* constants */
  ScopeShape result;
} ScopePad;

/* Each fills the rest of `pad` but the result, or refuses in its dialect's words. PyTorch's checks
 * sizes too and so fills the result. */
bool scope_pad_torch (ScopePad *pad, ScopeFailure *failure);
bool scope_pad_numpy (ScopePad *pad, ScopeFailure *failure);
bool scope_pad_tensorflow (ScopePad *pad, ScopeFailure *failure);

/* before + size + behind, unknown when the size is; may leave int64 as the framework's sum does. */
int64_t scope_padded_size (const ScopePad *pad, int axis);
