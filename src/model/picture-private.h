/* What the files of a picture share. */
#pragma once

#include "model/picture.h"

#include "core/text.h"

G_BEGIN_DECLS

enum
{
  SCOPE_PICTURE_SETTLE = 8000, /* microseconds that a change of the view may wait for its plane */
};

struct _ScopePicture
{
  GObject parent_instance;

  ScopeEvaluator *evaluator;
  char *name;
  ScopeProgram *program; /* NULL: nothing to show */
  int node;
  ScopeShape shape;
  ScopeView view;
  gint64 max_rows, max_columns;
  gboolean changing; /* another value is about to be read: what is set meanwhile reads nothing */

  ScopeEvaluation *reading; /* under way, else NULL */
  ScopePlane *plane;
  ScopePyramid *pyramid;  /* of what is asked for, or NULL */
  ScopeView plane_view;   /* the view `plane` was read with */
  ScopeShape plane_shape; /* of the tensor then */
  gboolean current;       /* `plane` is what is asked for */
  gboolean outdated;
  gboolean busy;
  guint busy_source;
  guint refining_source; /* while an exact plane follows */
  char *quality;
  char *problem;

  /* A part of the plane in more detail. */
  gboolean part_wanted;
  ScopePlanePart part;
  gint64 row_block, column_block;
  ScopeEvaluation *detailing; /* under way, else NULL */
  ScopePlanePart detailing_part;
  gint64 detailing_row_block, detailing_column_block;
  gboolean detailing_more; /* a first result of it has been taken */
  ScopePlane *detail;

  ScopeEvaluation *valuing; /* the whole tensor's statistics under way, else NULL */
  ScopePlane *values;       /* those, or NULL */

  gint64 cursor_row, cursor_column;
  ScopeEvaluation *element; /* the read-out's, when the plane does not have it */
  char *readout;
  char *caption;
  char *statistics;
  char *axis_names;
  gboolean tells_provenance;
  ScopeEvaluation *tracing;    /* for the provenance, else NULL */
  ScopeProvenance *provenance; /* of what is shown, or NULL */
  gboolean provenance_current; /* it is of what is asked for */
  ScopeFootprint footprint;
  gboolean has_footprint;
  gint64 pin_row, pin_column;
  ScopeEvaluation *searching; /* for a NaN, else NULL */
  ScopeOrigins *origins;
  GArray *given;  /* of ScopeOrigin: sources in this tensor */
  GArray *source; /* of ScopeSource: those of them in the plane */
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_SHAPE_TEXT,
  PROP_AVAILABLE,
  PROP_VIEW,
  PROP_ROW_AXIS,
  PROP_COLUMN_AXIS,
  PROP_PLANE,
  PROP_STALE,
  PROP_BUSY,
  PROP_PROBLEM,
  PROP_CAPTION,
  PROP_READOUT,
  PROP_STATISTICS,
  PROP_FOOTPRINT,
  PROP_PROVENANCE,
  PROP_DETAIL,
  PROP_VALUES,
  PROP_QUALITY,
  PROP_CURSOR,
  PROP_PIN,
  PROP_ORIGINS,
  PROP_SOURCES,
  PROP_ELSEWHERE,
  PROP_RANGE,
  PROP_NORM,
  PROP_PALETTE,
  PROP_AGGREGATE,
  PROP_WHOLE_TENSOR,
  N_PROPS
};

enum
{
  SEARCHED,
  N_SIGNALS
};

extern guint scope_picture_signals[N_SIGNALS];
extern GParamSpec *scope_picture_properties[N_PROPS];

void scope_picture_notify (ScopePicture *self, int property);
/* Replaces a string and notifies when it differs. Takes `value`. */
void scope_picture_take_string (ScopePicture *self, char **field, char *value, int property);
/* Empties the text. Free with g_free. */
char *scope_picture_steal_text (ScopeText *text);
gboolean scope_picture_has_axis (ScopePicture *self, int axis);

/* Takes over a view whose axes are there; reads nothing. */
void scope_picture_take_view (ScopePicture *self, const ScopeView *view);
void scope_picture_update_caption (ScopePicture *self);
/* Starts reading anew after a change of the view (`keep`: what the pyramid holds is still what is
 * asked for). */
void scope_picture_read_again (ScopePicture *self, gboolean keep);

void scope_picture_start_reading (ScopePicture *self, gboolean keep);
void scope_picture_stop_reading (ScopePicture *self);
void scope_picture_show_nothing (ScopePicture *self, const char *reason);

void scope_picture_clamp_cursor (ScopePicture *self);
void scope_picture_update_readout (ScopePicture *self);

/* Finds the sources in the plane that is shown now. */
void scope_picture_place_sources (ScopePicture *self);

/* What the elements are is looked for anew, waited for, dropped when it is of another plane. */
void scope_picture_start_tracing (ScopePicture *self);
void scope_picture_settle_tracing (ScopePicture *self, gint64 deadline);
void scope_picture_drop_old_provenance (ScopePicture *self);
void scope_picture_stop_tracing (ScopePicture *self);

/* Drops the detail, which is of another value or view; and asks for what is wanted now. */
void scope_picture_drop_detail (ScopePicture *self);
void scope_picture_update_detail (ScopePicture *self);
void scope_picture_update_values (ScopePicture *self);

G_END_DECLS
