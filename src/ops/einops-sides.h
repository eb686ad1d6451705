/* Inside the matching of einops patterns: shared by einops-pattern and einops-match. */
#pragma once

#include "ops/einops-pattern.h"

enum
{
  SCOPE_EINOPS_AXES = 3 * SCOPE_MAX_RANK, /* of both sides together */
  SCOPE_EINOPS_ELLIPSIS = -1,             /* stands for the axes that `...` stands for */
};

/* An elementary axis: named, written as a number, or one of those that `...` stands for. */
typedef struct
{
  const char *name; /* NULL: a number or an ellipsis axis */
  int length;
  int64_t size;   /* SCOPE_SIZE_UNKNOWN until it is known */
  bool known;     /* given as a keyword or a number */
  bool anonymous; /* a number; no two are the same axis */
  bool left, right;
  int place; /* among the elementary axes, −1: a new axis */
} ScopeEinopsAxis;

typedef struct
{
  int groups;
  int16_t
      first[SCOPE_EINOPS_AXES + 1]; /* where each group begins in `axis`; one more marks the end */
  int16_t axis[SCOPE_EINOPS_AXES];  /* numbers of axes, or SCOPE_EINOPS_ELLIPSIS */
  int axes;
  bool ellipsis, ellipsis_in_group;
  bool anonymous;
} ScopeEinopsSide;

typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  const char *pattern;
  const char *operation; /* `rearrange`, `repeat`, or the reduction */
  const ScopeEinopsPlan *plan;
  ScopeEinopsAxis axis[SCOPE_EINOPS_AXES];
  int axes;
  ScopeEinopsSide left, right;
  int first_of_ellipsis; /* the axes of `...` */
} ScopeEinopsMatching;

/* Whether an argument of the functions, not the size of an axis, is called so. */
bool scope_einops_is_parameter (const char *name);
/* Fails in einops' words, wrapped in what it was doing; `words` is cleared. Returns false. */
bool scope_einops_fail_text (ScopeEinopsMatching *matching, ScopeRule rule, ScopeText *words);
/* The same for short words. */
bool scope_einops_fail (ScopeEinopsMatching *matching, ScopeRule rule, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));
#define SCOPE_EINOPS_FAIL(matching, rule, ...)                                                     \
  scope_einops_fail (matching, SCOPE_RULE_##rule, __VA_ARGS__)

/* Appends item number `count` of a set of axes, `{` before the first: {'a', 'b'}. Python's order of
 * a set is not fixed; ours is the pattern's. */
void scope_einops_append_axis (const ScopeEinopsAxis *axis, int count, ScopeText *text);
/* The number of the axis called so, −1 when there is none. */
int scope_einops_find (const ScopeEinopsMatching *matching, const char *name, int length);
/* The number of a new axis, −1 (the failure is filled) when there are too many. */
int scope_einops_new_axis (ScopeEinopsMatching *matching);
/* Reads both sides of the pattern. */
bool scope_einops_read (ScopeEinopsMatching *matching);
