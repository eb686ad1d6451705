/* One tile of a comparison: an expression over the source, its values, and how they differ from
 * another tile's. Reading and measuring may happen in a worker: a tile is filled in steps, and
 * between them nobody else writes it. */
#pragma once

#include "core/resample.h"
#include "scene/metrics.h"
#include "scene/plane.h"

enum
{
  SCOPE_TILE_BUDGET = 64 << 20, /* bytes of values kept in memory; larger ones are read anew */
};

typedef struct
{
  _Atomic int references;
  char *title, *expression;
  ScopeError error;      /* code NONE when all went well; else why there are no values */
  ScopeProgram *program; /* NULL when it cannot be parsed or does not fit */
  ScopeProgram *kept;    /* over the values in memory, or NULL */
  ScopeStatistics statistics;
  bool read;
} ScopeTile;

/* Parses and checks; what is wrong stands in the tile's error, a sentence for people. NULL when
 * memory runs out. */
ScopeTile *scope_tile_new (const char *title,
                           const char *expression,
                           ScopeTensor *const *tensors,
                           int n_tensors,
                           const ScopeCheckOptions *options);
ScopeTile *scope_tile_ref (ScopeTile *tile);
void scope_tile_unref (ScopeTile *tile); /* NULL is fine */

/* Reads all values once: into memory when they are at most SCOPE_TILE_BUDGET bytes, and their
 * statistics. False, with the tile's error, when that fails. */
bool scope_tile_read (ScopeTile *tile, const ScopeReading *reading);

/* The result: of the values in memory, else of the expression. The tile must have a program. */
ScopeSubject scope_tile_subject (const ScopeTile *tile);
const ScopeShape *scope_tile_shape (const ScopeTile *tile); /* NULL without a program */

/* How the call at the end of the expression resamples an axis of the result; what follows it and
 * keeps shapes is looked through. False when it does not. */
bool scope_tile_rule (const ScopeTile *tile, int axis, ScopeResampleAxis *out);

/* What is shown instead of the values. */
typedef enum
{
  SCOPE_DIFFERENCE_SIGNED,
  SCOPE_DIFFERENCE_ABSOLUTE,
  SCOPE_DIFFERENCE_OVERSHOOT, /* how far beyond low…high, 0 inside; no reference */
} ScopeDifference;

/* A program over both tiles' values, whose result is the difference. In memory only (both tiles
 * read, and small enough). `low` and `high` are of OVERSHOOT. Errors: SHAPE (shapes differ),
 * TOO_BIG (not in memory), MEMORY. */
ScopeProgram *scope_tile_difference (const ScopeTile *tile,
                                     const ScopeTile *reference,
                                     ScopeDifference difference,
                                     double low,
                                     double high,
                                     ScopeError *error);

/* Row (or column) `at` of what `view` shows, as doubles: `count` of them, to be freed with free().
 * Of complex values the magnitude. NULL on failure. */
double *scope_tile_profile (const ScopeTile *tile,
                            const ScopeView *view,
                            bool column,
                            int64_t at,
                            const ScopeReading *reading,
                            int64_t *count,
                            ScopeError *error);
