/* One colour bar for pictures that share their range of colours. */
#pragma once

#include "model/picture.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_RANGE_BAR (scope_range_bar_get_type ())
G_DECLARE_FINAL_TYPE (ScopeRangeBar, scope_range_bar, SCOPE, RANGE_BAR, GtkWidget)

/* The picture whose view says range and palette; NULL draws nothing. */
void scope_range_bar_set_picture (ScopeRangeBar *self, ScopePicture *picture);

G_END_DECLS
