/* Sums of products: what matmul, einsum, tensordot and their kin compute, by labels. */
#pragma once

#include "ops/program.h"

enum
{
  SCOPE_CONTRACT_LABELS = 128
};

/* A factor: each of its axes carries a label; a label on two axes takes the diagonal. An axis of
 * size 1 whose label has another size is repeated. */
typedef struct
{
  int rank;
  int64_t size[SCOPE_MAX_RANK];
  uint8_t label[SCOPE_MAX_RANK];
} ScopeFactor;

/* output[0 … outputs−1] = beta · addend + alpha · Σ Π factors. Labels 0 … outputs−1 are the
 * output's axes in order, the others are summed. Lies in the program's arena. */
typedef struct
{
  int outputs;
  int labels;
  int64_t size[SCOPE_CONTRACT_LABELS]; /* of each label */
  int factors;                         /* inputs 0 … factors−1 of the node */
  ScopeFactor *factor;
  ScopeDtype dtype; /* of the output */
  bool conjugate;   /* the first factor */
  bool is_zero;     /* there is nothing to add up, though there are cells to fill */
  bool has_addend;  /* input number `factors`, broadcast to the output */
  ScopeShape addend;
  double alpha, beta;
} ScopeContraction;

/* A contraction of `factors` inputs with no labels yet; NULL when memory runs out. */
ScopeContraction *scope_contraction_new (ScopeArena *arena, int factors);

/* read and trace of an operation whose plan is a ScopeContraction. */
bool scope_contraction_read (const ScopeNode *node,
                             ScopeReader *reader,
                             const ScopeRegion *region,
                             const ScopeBuffer *out,
                             ScopeError *error);
bool scope_contraction_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
