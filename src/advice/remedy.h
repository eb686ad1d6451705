/* Ways to make a failing statement fit: edited expressions, each checked before it is offered. */
#pragma once

#include "ops/program.h"

typedef enum
{
  SCOPE_REMEDY_SLICE,
  SCOPE_REMEDY_CROP,
  SCOPE_REMEDY_PAD,
  SCOPE_REMEDY_INTERPOLATE,
  SCOPE_REMEDY_POOL,
  SCOPE_REMEDY_FOLD,
  SCOPE_REMEDY_REPEAT,
  SCOPE_REMEDY_CONCAT,
  SCOPE_REMEDY_STACK,
  SCOPE_REMEDY_UNSQUEEZE,
  SCOPE_REMEDY_SQUEEZE,
  SCOPE_REMEDY_PERMUTE,
  SCOPE_REMEDY_TRANSPOSE,
  SCOPE_REMEDY_RESHAPE,
  SCOPE_REMEDY_FLATTEN,
  SCOPE_REMEDY_EXPAND,
  SCOPE_REMEDY_CHANNEL,
  SCOPE_REMEDY_AXIS,
  SCOPE_REMEDY_KEEPDIM,
  SCOPE_REMEDY_SWAP,
  SCOPE_REMEDY_CHAIN,
  SCOPE_N_REMEDIES
} ScopeRemedyKind;

const char *scope_remedy_kind_name (ScopeRemedyKind kind);

typedef enum
{
  SCOPE_BADGE_EXACT,    /* no value is changed, lost or made up */
  SCOPE_BADGE_LOSES,    /* values are left out */
  SCOPE_BADGE_INVENTS,  /* values are made up */
  SCOPE_BADGE_REORDERS, /* the meaning of axes changes */
} ScopeBadge;

typedef struct
{
  ScopeRemedyKind kind;
  ScopeText title;      /* a card's heading: `Slice B` */
  ScopeText expression; /* the whole text, edited; it has been checked and fits */
  ScopeText snippet;    /* the new part alone: `B[:, :, :256, :]` */
  ScopeText sentence;   /* what it keeps, invents and costs */
  ScopeText caution;    /* what still does not fit afterwards and what would, or "" */
  ScopeShape result;
  ScopeDtype dtype;
  double keeps;   /* share of the source's values that are used, 0…1 */
  double invents; /* share of the result's values that are made up, 0…1 */
  bool exact;
  ScopeBadge badge;
  double likelihood;                /* 0…1: how well the failure fits this remedy's pattern */
  int64_t bytes;                    /* memory beyond the operands */
  ScopeText code[SCOPE_N_DIALECTS]; /* runnable lines in each framework */
} ScopeRemedy;

typedef struct
{
  int count;
  ScopeRemedy *remedy; /* best first */
} ScopeRemedies;

/* How remedies that resample do it. */
typedef enum
{
  SCOPE_RESIZE_NEAREST,
  SCOPE_RESIZE_LINEAR, /* bilinear, trilinear by rank */
  SCOPE_RESIZE_CUBIC,  /* of two axes; linear where there are fewer or more */
} ScopeResizeMode;

typedef struct
{
  const char *(*translate) (const char *text); /* for sentences; NULL: English */
  ScopeResizeMode mode;
  bool align_corners; /* of linear and cubic */
} ScopeRemedyOptions;

#define SCOPE_REMEDY_DEFAULTS                                                                      \
  {                                                                                                \
    .mode = SCOPE_RESIZE_LINEAR                                                                    \
  }

/* Remedies for the first failure of `program`, which was made from `tensors`. Empty when it fits
 * or nothing is known. False only when memory runs out. */
bool scope_remedies_find (const ScopeProgram *program,
                          ScopeTensor *const *tensors,
                          int n_tensors,
                          const ScopeRemedyOptions *options,
                          ScopeRemedies *out);
void scope_remedies_clear (ScopeRemedies *remedies);
