/* A plane read once and kept: any coarser view of it, or of a part, follows without reading. */
#pragma once

#include "scene/plane.h"

enum
{
  SCOPE_PYRAMID_LEVELS = 24,
};

#define SCOPE_PYRAMID_CELLS (INT64_C (4) << 20) /* of the finest level, at most */

/* Immutable and reference-counted; several threads may ask it. */
typedef struct
{
  _Atomic int references;
  ScopeView view; /* that it was read with */
  int levels;
  ScopePlane *level[SCOPE_PYRAMID_LEVELS]; /* each has twice the blocks of the one before; whole
                                              planes, the first with statistics and sample */
} ScopePyramid;

/* Reads every element of the plane of `view`. Blocks of the finest level are powers of two, 1 where
 * there is room for every element. Errors: those of scope_program_read. Freed with
 * scope_pyramid_unref. */
ScopePyramid *scope_pyramid_new (const ScopeProgram *program,
                                 int node,
                                 const ScopeView *view,
                                 ScopeProgress *progress,
                                 const ScopeReading *reading,
                                 ScopeError *error);
ScopePyramid *scope_pyramid_ref (ScopePyramid *pyramid);
void scope_pyramid_unref (ScopePyramid *pyramid); /* NULL is fine */

/* A part (NULL: all) in blocks of these sizes, made larger to be multiples of the finest level's.
 * Its statistics are those of the whole plane; with a copy of the sample when it is the whole. NULL
 * when memory runs out. Freed with scope_plane_free. */
ScopePlane *scope_pyramid_plane (const ScopePyramid *pyramid,
                                 const ScopePlanePart *part,
                                 int64_t row_block,
                                 int64_t column_block);
