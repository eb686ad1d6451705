/* The colours and type sizes of the paint layer as a widget has them. */
#pragma once

#include "paint/theme.h"

#include <gtk/gtk.h>

/* The family names are interned: they never go away. */
ScopeTheme scope_widget_theme (GtkWidget *widget);
/* Redraws `widget` whenever the style changes, as long as it lives. */
void scope_widget_follow_theme (GtkWidget *widget);
/* A context to measure text with; free with cairo_destroy. */
cairo_t *scope_measuring_context (void);
