/* One tensor value looked at: what is shown of it, and the plane that was read for it. */
#pragma once

#include "model/evaluator.h"
#include "model/footprint.h"
#include "model/origins.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_PICTURE (scope_picture_get_type ())
G_DECLARE_FINAL_TYPE (ScopePicture, scope_picture, SCOPE, PICTURE, GObject)

ScopePicture *scope_picture_new (ScopeEvaluator *evaluator);

/* Another picture of what `picture` looks at, at another place of an axis. */
ScopePicture *scope_picture_new_facet (ScopePicture *picture, int axis, gint64 index);

/* Looks at a node that fits. What was shown stays, stale, until the new plane is there; the view is
 * kept as far as it makes sense, its axes counted from the end. `name` stands in captions. */
void scope_picture_show (ScopePicture *self, ScopeProgram *program, int node, const char *name);
/* Shows nothing, for a reason that the view tells. */
void scope_picture_clear (ScopePicture *self, const char *name, const char *reason);
/* Marks what is shown as being of an earlier text, or no longer. */
void scope_picture_set_outdated (ScopePicture *self, gboolean outdated);
/* Waits at most until `deadline` (monotonic time) for what was asked for. */
void scope_picture_settle (ScopePicture *self, gint64 deadline);
/* The same, but a first plane, sampled where all of it takes long, will do. */
void scope_picture_settle_first (ScopePicture *self, gint64 deadline);
/* Stops reading; the last plane stays. */
void scope_picture_cancel (ScopePicture *self);
/* How many cells can be told apart on screen. */
void scope_picture_set_resolution (ScopePicture *self, gint64 rows, gint64 columns);

/* A part that is looked at more closely, in elements, and how many of them a cell may cover: what
 * has been read of it is `detail`, in cells of at most these blocks, and reaches a little further.
 * NULL: no part. The detail is NULL while the plane itself is fine enough, or it has not been
 * read; it may lag behind. */
void scope_picture_set_part (ScopePicture *self,
                             const ScopePlanePart *part,
                             gint64 row_block,
                             gint64 column_block);
const ScopePlane *scope_picture_get_detail (ScopePicture *self);
/* Waits for the detail; FALSE when it is not there by then. */
gboolean scope_picture_settle_part (ScopePicture *self, gint64 deadline);
/* Where range and histogram come from: the plane's own statistics and sample, or the whole tensor's
 * when the view says so and they have been read. */
const ScopePlane *scope_picture_get_values (ScopePicture *self);
/* "From a sample; reading all values: 37 %", or NULL when everything that is shown was read. */
const char *scope_picture_get_quality (ScopePicture *self);

const char *scope_picture_get_name (ScopePicture *self);
/* NULL when there is nothing to show. */
const ScopePlane *scope_picture_get_plane (ScopePicture *self);
const ScopeShape *scope_picture_get_shape (ScopePicture *self);
const ScopeView *scope_picture_get_view (ScopePicture *self);
/* Names of the axes as people write them, or "". */
void scope_picture_set_axis_names (ScopePicture *self, const char *names);
/* The name of an axis, or NULL. Free with g_free. */
char *scope_picture_get_axis_name (ScopePicture *self, int axis);
/* What axis `axis` is called: its name if it has one and both numbers, "H, axis 2 (−2)". Free with
 * g_free. */
char *scope_picture_describe_axis (ScopePicture *self, int axis);
gboolean scope_picture_get_stale (ScopePicture *self);
const char *scope_picture_get_problem (ScopePicture *self);
const char *scope_picture_get_readout (ScopePicture *self);

/* Which two axes are shown; choosing the other's axis swaps the two. −1 leaves it as it is. */
void scope_picture_set_axes (ScopePicture *self, int row_axis, int column_axis);
void scope_picture_transpose (ScopePicture *self);
/* Where an axis that is not shown stands. */
void scope_picture_set_index (ScopePicture *self, int axis, gint64 index);
gint64 scope_picture_get_index (ScopePicture *self, int axis);
void scope_picture_set_palette (ScopePicture *self, ScopePalette palette);
void scope_picture_set_range (ScopePicture *self, ScopeRange range);
/* A range by hand. */
void scope_picture_set_limits (ScopePicture *self, double low, double high);
void scope_picture_set_norm (ScopePicture *self, ScopeNorm norm);
void scope_picture_set_aggregate (ScopePicture *self, ScopeAggregate aggregate);
/* Whether the range follows the whole tensor rather than this slice. */
void scope_picture_set_whole_tensor (ScopePicture *self, gboolean whole);

/* What becomes of an axis that is not shown. */
typedef enum
{
  SCOPE_AXIS_SLICE,  /* one place of it */
  SCOPE_AXIS_OVER,   /* an aggregate of all places */
  SCOPE_AXIS_FACETS, /* a picture for each place; one axis only */
} ScopeAxisUse;

/* `aggregate` counts for OVER, for all axes that are. */
void scope_picture_set_axis_use (ScopePicture *self,
                                 int axis,
                                 ScopeAxisUse use,
                                 ScopeAggregate aggregate);

/* The element pointed out, in rows and columns of the whole plane; −1, −1 for none. */
void scope_picture_set_cursor (ScopePicture *self, gint64 row, gint64 column);
void scope_picture_get_cursor (ScopePicture *self, gint64 *row, gint64 *column);

/* Puts the cursor on the next NaN of the plane, from a worker; the signal "searched" (gint64 row,
 * gint64 column) tells when it is there, −1 when there is none. What is asked again begins anew. */
void scope_picture_find_nan (ScopePicture *self);
/* Goes to an element: the cursor, and the other axes' indices. FALSE when `text` (`0, 2, 5`; an
 * index counts from the end when negative) is no such place; *problem then says why (g_free). */
gboolean scope_picture_go_to (ScopePicture *self, const char *text, char **problem);
/* The value that the read-out tells, exact; and its place `A[0, 2, 5]`. NULL for none, else free
 * with g_free. */
char *scope_picture_get_value_text (ScopePicture *self);
char *scope_picture_get_place_text (ScopePicture *self);

/* The element that is kept chosen whatever the pointer does; −1, −1 for none. It must be in the
 * plane. What is "chosen" is this, or else what the cursor is at. */
void scope_picture_set_pin (ScopePicture *self, gint64 row, gint64 column);
void scope_picture_get_pin (ScopePicture *self, gint64 *row, gint64 *column);
/* The place in the tensor of what is chosen; FALSE when nothing is, or the view looks at some axis
 * as a whole. */
gboolean scope_picture_get_chosen (ScopePicture *self, gint64 *index);

/* Where the chosen element of this value comes from, or NULL. Taken. */
void scope_picture_take_origins (ScopePicture *self, ScopeOrigins *origins);
const ScopeOrigins *scope_picture_get_origins (ScopePicture *self);

/* An element of the plane that something else comes from. */
typedef struct
{
  gint64 row, column;
  double weight; /* NAN: not linear */
} ScopeSource;

/* Elements of this value that the chosen one of the result comes from, as places in the tensor;
 * `elsewhere` property: how many of them are not in the plane that is shown. */
void scope_picture_set_sources (ScopePicture *self, const ScopeOrigin *origin, guint count);
const ScopeOrigin *scope_picture_get_given_sources (ScopePicture *self, guint *count);
/* Those that are in the plane that is shown. */
const ScopeSource *scope_picture_get_sources (ScopePicture *self, guint *count);

/* What of this value the shown result uses; NULL when that is all of it, or not known. */
void scope_picture_set_footprint (ScopePicture *self, const ScopeFootprint *footprint);
const ScopeFootprint *scope_picture_get_footprint (ScopePicture *self);

/* Whether it tells what its elements are: those of a result. */
void scope_picture_set_tells_provenance (ScopePicture *self, gboolean tells);
/* What the elements of the plane are and which operand they come from. NULL while it is not known,
 * or there is nothing to tell. */
const ScopeProvenance *scope_picture_get_provenance (ScopePicture *self);
/* "12 of 64 values are mixed from several elements", and that some are made up; NULL for neither.
 * Free with g_free. */
char *scope_picture_describe_provenance (ScopePicture *self);

G_END_DECLS
