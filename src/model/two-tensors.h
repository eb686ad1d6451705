/* Two tensors compared element by element, as numpy.testing.assert_allclose does. */
#pragma once

#include "model/session.h"
#include "scene/closeness.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_TWO_TENSORS (scope_two_tensors_get_type ())
G_DECLARE_FINAL_TYPE (ScopeTwoTensors, scope_two_tensors, SCOPE, TWO_TENSORS, GObject)

/* Properties: "actual", "desired" (expressions over the session's tensors), "rtol", "atol" (texts),
 * "equal-nan"; read only: "verdict" (a sentence), "details" (another), "problem" (why there is no
 * verdict, or NULL), "equal", "busy". What is changed is compared again in a worker. */
ScopeTwoTensors *scope_two_tensors_new (ScopeSession *session);

/* Which text is wrong, "actual" or "desired", and the characters at fault (−1: all); NULL: neither.
 */
const char *scope_two_tensors_get_fault (ScopeTwoTensors *self, int *begin, int *end);
/* The worst cells, of ScopeUnequalItem. */
GListModel *scope_two_tensors_get_cells (ScopeTwoTensors *self);
/* The magnitude of the difference, or nothing. */
ScopePicture *scope_two_tensors_get_picture (ScopeTwoTensors *self);
/* Points a cell out in the picture. */
void scope_two_tensors_point_out (ScopeTwoTensors *self, guint cell);
/* The list with heads, separated by tabs. Free with g_free. */
char *scope_two_tensors_get_table (ScopeTwoTensors *self);
gboolean scope_two_tensors_get_busy (ScopeTwoTensors *self);
/* NULL until there is a result. */
const ScopeCloseness *scope_two_tensors_get_result (ScopeTwoTensors *self);

/* A cell with its texts: properties "index", "actual", "desired", "difference", "relative". */
#define SCOPE_TYPE_UNEQUAL_ITEM (scope_unequal_item_get_type ())
G_DECLARE_FINAL_TYPE (ScopeUnequalItem, scope_unequal_item, SCOPE, UNEQUAL_ITEM, GObject)

G_END_DECLS
