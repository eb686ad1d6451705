/* A dot in the colour that an axis has in every view. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_AXIS_SWATCH (scope_axis_swatch_get_type ())
G_DECLARE_FINAL_TYPE (ScopeAxisSwatch, scope_axis_swatch, SCOPE, AXIS_SWATCH, GtkWidget)

/* −1 is the last axis. */
void scope_axis_swatch_set_from_end (ScopeAxisSwatch *self, int from_end);

G_END_DECLS
