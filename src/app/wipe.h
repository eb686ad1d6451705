/* Two widgets at one place: left of a line the first, right of it the second. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_WIPE (scope_wipe_get_type ())
G_DECLARE_FINAL_TYPE (ScopeWipe, scope_wipe, SCOPE, WIPE, GtkWidget)

/* Properties "under" and "over": the widgets; "share": how much of the width shows `under`, from 0
 * to 1; "draggable": whether the line is there and can be dragged. */

void scope_wipe_set_share (ScopeWipe *self, double share);
double scope_wipe_get_share (ScopeWipe *self);
void scope_wipe_set_draggable (ScopeWipe *self, gboolean draggable);

G_END_DECLS
