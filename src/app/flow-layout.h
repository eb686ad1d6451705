/* Children in lines, each as wide as it likes to be, in as few lines as have
 * room, the last ones the fullest. What is left
 * over goes to children that expand, else behind the first one of the line; a child that is alone
 * in its line has the whole of it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_FLOW_LAYOUT (scope_flow_layout_get_type ())
G_DECLARE_FINAL_TYPE (ScopeFlowLayout, scope_flow_layout, SCOPE, FLOW_LAYOUT, GtkLayoutManager)

G_END_DECLS
