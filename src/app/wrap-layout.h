/* Children in rows of equal columns, as many as have room. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_WRAP_LAYOUT (scope_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (ScopeWrapLayout, scope_wrap_layout, SCOPE, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
