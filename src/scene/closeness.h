/* Whether two tensors are equal element by element within a tolerance, as
 * numpy.testing.assert_allclose (actual, desired, rtol, atol, equal_nan) asks, and where not. */
#pragma once

#include "scene/subject.h"

enum
{
  SCOPE_WORST_CELLS = 100, /* listed at most */
};

typedef struct
{
  double rtol, atol; /* |actual − desired| ≤ atol + rtol · |desired| */
  bool equal_nan;    /* NaN equals NaN */
} ScopeTolerance;

/* assert_allclose's own: rtol = 1e-7, atol = 0, equal_nan. */
ScopeTolerance scope_tolerance_default (void);

/* Two elements at one place. */
typedef struct
{
  double actual, desired;                     /* real parts */
  double actual_imaginary, desired_imaginary; /* 0 of what is not complex */
  double difference; /* |actual − desired|; NAN when that is no finite number */
  double relative;   /* difference / |desired| */
} ScopeCellPair;

typedef struct
{
  ScopeCellPair pair;
  int64_t index[SCOPE_MAX_RANK];
} ScopeUnequalCell;

typedef struct
{
  ScopeShape shape;
  int64_t count, mismatched;   /* elements; of them not close */
  int64_t nan_mismatched;      /* of those: NaN on one side only (or on both, without equal_nan) */
  int64_t infinite_mismatched; /* of those: an infinity that the other side does not have */
  double max_abs, max_rel;     /* over all elements with a finite difference; max_rel of those
                                  whose desired is not 0; NAN when there is none */
  int64_t max_abs_at[SCOPE_MAX_RANK], max_rel_at[SCOPE_MAX_RANK]; /* the first such place */
  int cells;
  ScopeUnequalCell cell[SCOPE_WORST_CELLS]; /* the worst first: differences without a number, then
                                               the largest, equal ones in C order */
} ScopeCloseness;

/* Compares block by block: memory does not follow the tensors' size. Elements are compared in
 * double, as NumPy does as soon as a tolerance is involved. Freed with free(). NULL on failure.
 * Errors: SHAPE (shapes differ), ARGUMENT (a tolerance below 0 or NaN), those of
 * scope_program_read. */
ScopeCloseness *scope_closeness_read (const ScopeSubject *actual,
                                      const ScopeSubject *desired,
                                      const ScopeTolerance *tolerance,
                                      const ScopeReading *reading,
                                      ScopeError *error);
