/* The frameworks' words about what stands between brackets; for subscript.c alone. Each fills the
 * failure, marks the item at fault, and returns false. */
#pragma once

#include "ops/op.h"

bool scope_subscript_say_too_many (const ScopeCall *call,
                                   const ScopeValue *index,
                                   int rank,
                                   int named,
                                   ScopeFailure *failure);
/* `item` names the index; `shown` is the axis that PyTorch names, −1 for an empty axis. */
bool scope_subscript_say_out_of_range (const ScopeCall *call,
                                       const ScopeValue *item,
                                       int64_t index,
                                       int shown,
                                       int axis,
                                       int64_t size,
                                       ScopeFailure *failure);
bool
scope_subscript_say_bad_item (const ScopeCall *call, const ScopeValue *item, ScopeFailure *failure);
bool scope_subscript_say_index_type (const ScopeCall *call,
                                     const ScopeValue *item,
                                     ScopeFailure *failure);
bool scope_subscript_say_second_ellipsis (const ScopeCall *call,
                                          const ScopeValue *item,
                                          ScopeFailure *failure);
bool scope_subscript_say_slice_part (const ScopeCall *call,
                                     const ScopeValue *part,
                                     ScopeFailure *failure);
bool scope_subscript_say_zero_step (const ScopeCall *call,
                                    const ScopeValue *slice,
                                    ScopeFailure *failure);
bool scope_subscript_say_negative_step (const ScopeCall *call,
                                        const ScopeValue *slice,
                                        ScopeFailure *failure);
/* Axis `k` of a mask stands for axis `axis` of the tensor, which is axis `place` of `sliced`. */
bool scope_subscript_say_mask (const ScopeCall *call,
                               const ScopeValue *item,
                               const ScopeShape *mask,
                               int k,
                               int axis,
                               int64_t size,
                               const ScopeShape *sliced,
                               int place,
                               ScopeFailure *failure);
bool scope_subscript_say_arrays (const ScopeCall *call,
                                 const ScopeShape *const *shape,
                                 int shapes,
                                 ScopeFailure *failure);
bool
scope_subscript_say_scalar (const ScopeCall *call, const ScopeValue *index, ScopeFailure *failure);
bool scope_subscript_say_rank (const ScopeCall *call, ScopeFailure *failure);

/* PyTorch: an item on an axis that is not there; more index tensors than axes. */
bool scope_subscript_say_dimension (const ScopeCall *call,
                                    const ScopeValue *item,
                                    int rank,
                                    int axis,
                                    ScopeFailure *failure);
bool
scope_subscript_say_places (const ScopeCall *call, int rank, int places, ScopeFailure *failure);
/* PyTorch: an array takes from an axis that has nothing. */
bool scope_subscript_say_nothing_there (const ScopeCall *call, ScopeFailure *failure);

/* What TensorFlow and JAX refuse before they look at sizes. True when they do not. */
bool scope_subscript_check_tensorflow (const ScopeCall *call,
                                       const ScopeValue *index,
                                       ScopeFailure *failure);
bool
scope_subscript_check_jax (const ScopeCall *call, const ScopeValue *index, ScopeFailure *failure);
