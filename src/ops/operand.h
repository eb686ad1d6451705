/* Tensors as arguments of an operation, and small questions about their sizes. */
#pragma once

#include "ops/op.h"

/* The shape and type of a parameter that takes a tensor. PyTorch refuses numbers in its own words;
 * the others take them as scalars. */
bool scope_operand (const ScopeCall *call, int parameter, ScopeOutput *out, ScopeFailure *failure);
/* The same for a number or a tensor in every dialect. */
bool scope_operand_or_number (const ScopeCall *call,
                              int parameter,
                              ScopeOutput *out,
                              ScopeFailure *failure);

/* Both are known and not the same. */
static inline bool
scope_sizes_differ (int64_t a, int64_t b)
{
  return a != b && scope_size_is_known (a) && scope_size_is_known (b);
}

/* What two sizes that do not differ are: the known one. */
static inline int64_t
scope_size_either (int64_t a, int64_t b)
{
  return scope_size_is_known (a) ? a : b;
}

/* The product of sizes; unknown where one is, or when it leaves int64. */
int64_t scope_sizes_product (const int64_t *size, int sizes);
/* Whether a shape certainly has no elements. */
bool scope_shape_is_empty (const ScopeShape *shape);

/* The operand as the person wrote it, cut to a readable length. */
void scope_operand_print (const ScopeCall *call,
                          const ScopeFailure *failure,
                          int operand,
                          ScopeText *text);

/* TensorFlow's InvalidArgumentError of a kernel run eagerly, wrapped as it prints it. */
bool scope_say_tensorflow (ScopeFailure *failure, const char *kernel, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));
/* The same for a kernel whose wrapper tells its attributes (`ConcatV2_N_2`), called by a function
 * that names its node (`concat`). */
bool scope_say_tensorflow_node (ScopeFailure *failure,
                                const char *wrapper,
                                const char *kernel,
                                const char *node,
                                const char *format,
                                ...) __attribute__ ((format (printf, 5, 6)));
/* The TypeError of a second tensor whose type is not the first's. */
bool scope_refuse_tensorflow_types (ScopeFailure *failure,
                                    const char *kernel,
                                    ScopeDtype first,
                                    ScopeDtype second);

/* Memory for a plan ran out: the program is given up. Returns false. */
bool scope_call_out_of_memory (const ScopeCall *call);
