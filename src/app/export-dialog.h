/* Asks where a figure or a table goes and has it written there: SVG, PDF or PNG by the name's
 * ending, CSV. */
#pragma once

#include "model/session.h"
#include "paint/figure.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Writes the figure to `path` in the colours of `theme` (the light ones: figures are printed).
 * `data` is the one given to scope_export_dialog_open. */
typedef gboolean (*ScopeExportWrite) (const char *path,
                                      const ScopeTheme *theme,
                                      gpointer data,
                                      GError **error);

/* Opens a chooser over the window of `widget`, which proposes `name`, without an ending. What was
 * done is said by the window's action win.say; what went wrong becomes a notice of the session.
 * `data` must live as long as `widget`, with which the dialog goes. */
void scope_export_dialog_open (GtkWidget *widget,
                               ScopeSession *session,
                               const char *name,
                               ScopeExportWrite write,
                               gpointer data);
/* The same for a table: CSV. `title` heads the chooser; `name` has its ending. */
void scope_export_table_open (GtkWidget *widget,
                              ScopeSession *session,
                              const char *title,
                              const char *name,
                              ScopeExportWrite write,
                              gpointer data);
/* What the dialog does with the name that was chosen: one without an ending gets that of `format`
 * ("svg", "pdf", "png", "csv") and never replaces a file. */
gboolean scope_export_write (GtkWidget *widget,
                             ScopeSession *session,
                             const char *path,
                             const char *format,
                             ScopeExportWrite write,
                             gpointer data);

G_END_DECLS
