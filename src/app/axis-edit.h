/* Edits of one axis of a tensor, as the cells of the alignment make them. */
#pragma once

#include "model/session.h"

/* An axis that a cell stands for. */
typedef struct
{
  ScopeSession *session;
  guint tensor;
  int axis;    /* of the tensor; negative for a missing axis before its first */
  gint64 size; /* 1 for a missing axis */
} ScopeAxisTarget;

/* FALSE when the row is no tensor of the scene but an expression, or the sizes come from a file. */
gboolean scope_axis_target_find (ScopeSession *session,
                                 const ScopeAlignment *alignment,
                                 int row,
                                 int column,
                                 ScopeAxisTarget *out);

/* Each is one step to undo, repeated ones within a second too. FALSE when it cannot be. */
gboolean scope_axis_edit_resize (const ScopeAxisTarget *target, int by);
gboolean scope_axis_edit_set_size (const ScopeAxisTarget *target, gint64 size);
gboolean scope_axis_edit_insert (const ScopeAxisTarget *target);
gboolean scope_axis_edit_remove (const ScopeAxisTarget *target);
gboolean scope_axis_edit_move (const ScopeAxisTarget *target, int by);
