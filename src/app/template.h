/* Taking a widget made from a template apart. */
#pragma once

#include <gtk/gtk.h>

/* To be called in dispose: lets go of the template's children and unparents what the widget holds,
 * while what they are bound to is still alive.
 *
 * Templates bind to themselves as `<binding name="…" object="ScopeX">` with `<lookup name="…"
 * type="ScopeX"/>`, not with the object inside the lookup: of those, GTK 4.8 loses count when a
 * child outlives the widget, as the one that had the focus does. */
void scope_template_dispose (GtkWidget *widget, GType type);
