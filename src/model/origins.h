/* Where one element of a result comes from: the elements of the tensors it is computed from, with
 * their weights, through every operation on the way. */
#pragma once

#include "ops/program.h"

#include <glib.h>

/* One element of a tensor of the scene (or of a number that stands in the expression). */
typedef struct
{
  int node; /* of the program: a leaf, or a step on the way */
  gint64 index[SCOPE_MAX_RANK];
  double weight; /* its share; NAN: it takes part, but not linearly */
} ScopeOrigin;

typedef struct
{
  ScopeProgram *program;
  int node;                     /* whose element it is */
  gint64 index[SCOPE_MAX_RANK]; /* where */
  GArray *leaf;                 /* of ScopeOrigin, each element once, as met */
  GArray *step;                 /* the same of results of earlier statements */
  gboolean complete;            /* FALSE: there are more than are told, or they are not known */
  gboolean picks;               /* only some of them count, which their values decide */
} ScopeOrigins;

/* Follows an element of a node that fits back to the leaves. Never fails; free with
 * scope_origins_free. With `reading`, which may take long, maxima and the like are followed to the
 * element they are; else, or where that is too much, `picks` is set. */
ScopeOrigins *scope_origins_new (ScopeProgram *program,
                                 int node,
                                 const gint64 *index,
                                 const ScopeReading *reading);
void scope_origins_free (ScopeOrigins *origins);                             /* NULL is fine */
gboolean scope_origins_equal (const ScopeOrigins *a, const ScopeOrigins *b); /* NULL is fine */
/* Whether they are those of an element, whatever is known of them. NULL is fine. */
gboolean scope_origins_are_of (const ScopeOrigins *origins,
                               const ScopeProgram *program,
                               int node,
                               const gint64 *index);
/* Every value as it was: one leaf with the weight 1. */
gboolean scope_origins_copied (const ScopeOrigins *origins);
/* "B[0, 2] × 0.25 + B[0, 3] × 0.75", the first `most` of them; what stands there when nothing does
 * (an invented value). Free with g_free. */
char *scope_origins_summarize (const ScopeOrigins *origins, guint most);
/* What a leaf or step is called, or NULL for a number that stands in the expression. */
const char *scope_origins_name (const ScopeOrigins *origins, const ScopeOrigin *origin);

/* Weights of one tensor as a table, when its elements differ along two axes at most and make a
 * grid that is full. */
typedef struct
{
  int node;
  int row_axis, column_axis; /* −1: all are in one */
  GArray *row, *column;      /* of gint64: the indices, ascending */
  double *weight;            /* rows × columns */
} ScopeOriginTable;

/* Of the tensor or step that `node` is, among its origins. NULL when they make no such table of at
 * most `most` × `most`. Free with scope_origin_table_free. */
ScopeOriginTable *scope_origin_table_new (const ScopeOrigins *origins, int node, guint most);
void scope_origin_table_free (ScopeOriginTable *table);
