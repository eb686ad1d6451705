/* What the tests of widgets share. */
#pragma once

#include "model/session.h"

#include <adwaita.h>

/* Starts GTK, libadwaita and the test framework. */
void scope_window_test_init (int *argc, char ***argv);
/* A window of this size with `child` in it, shown and drawn. */
GtkWidget *scope_test_window (GtkWidget *child, int width, int height);
/* Lets frames pass until nothing is left to do, a moment at least. */
void scope_test_settle (void);
/* Lets frames pass until `done (data)`; fails the test after ten seconds. */
void scope_test_wait (gboolean (*done) (gpointer data), gpointer data);
/* The first descendant of a type, or of a type with a CSS class; NULL for none. */
GtkWidget *scope_test_find (GtkWidget *root, GType type);
GtkWidget *scope_test_find_class (GtkWidget *root, const char *css_class);
/* The descendants of a type, in order. Free with g_ptr_array_unref. */
GPtrArray *scope_test_find_all (GtkWidget *root, GType type);
/* The label that assistive technology is told; free with g_free. */
#define scope_assert_label(widget, label)                                                          \
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,     \
                                       label)
/* Every control that can have the focus has a name for assistive technology. */
void scope_assert_named (GtkWidget *root);
/* Closes the window and proves that `widget`, which is in it, dies. */
void scope_assert_dies (GtkWidget *window, GtkWidget *widget);
/* What is drawn now: an ARGB32 surface of the widget. Free with cairo_surface_destroy. */
cairo_surface_t *scope_test_draw (GtkWidget *widget);
/* How many pixels of it are not transparent and not of the first opaque colour. */
int scope_test_count_drawn (GtkWidget *widget);
