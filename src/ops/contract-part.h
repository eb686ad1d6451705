/* Inside contractions: factors as dense numbers, and their products. */
#pragma once

#include "ops/contract.h"

/* A range of every label: the part of the sum that one block computes. */
typedef struct
{
  int64_t start[SCOPE_CONTRACT_LABELS];
  int64_t step[SCOPE_CONTRACT_LABELS];
  int64_t count[SCOPE_CONTRACT_LABELS];
} ScopeContractBox;

/* Numbers over some labels, dense, the last label fastest. */
typedef struct
{
  int labels;
  uint8_t label[SCOPE_CONTRACT_LABELS];
  int64_t count;
  void *data; /* of the work's compute type, from scope_read_alloc; NULL when there is none */
} ScopeContractPart;

typedef struct
{
  const ScopeNode *node;
  const ScopeContraction *plan;
  ScopeReader *reader;
  ScopeDtype compute; /* FLOAT64, COMPLEX128 or INT64 */
  size_t bytes;       /* of one number of it */
  ScopeError *error;
} ScopeContractWork;

/* Whether factor `f` varies along `label`. */
bool scope_contract_has (const ScopeContraction *plan, int f, int label);
/* Whether a label still matters after factors 0 … f have been multiplied. */
bool scope_contract_keeps (const ScopeContraction *plan, int f, int label);

/* Loads factor `f` of a box as numbers over part->label, in that order; part->data is the
 * caller's to free, also after a failure. */
bool scope_contract_load (ScopeContractWork *work,
                          int f,
                          const ScopeContractBox *box,
                          ScopeContractPart *part);
/* left := left · factor f, summed over the labels that nothing needs any more. */
bool scope_contract_multiply (ScopeContractWork *work,
                              int f,
                              const ScopeContractBox *box,
                              ScopeContractPart *left);
