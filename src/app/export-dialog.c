/* Asks where a figure or a table goes and has it written there. */
#include "app/export-dialog.h"

#include "app/widget-theme.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *widget; /* the closure that uses this goes with it */
  ScopeSession *session;
  ScopeExportWrite write;
  gpointer data;
  const char *format; /* of a name without an ending; NULL: what the chooser says */
  GtkFileChooserNative *chooser;
} Export;

static void
export_free (gpointer data, GClosure *closure)
{
  Export *export = data;

  g_object_unref (export->session);
  g_object_unref (export->chooser);
  g_free (export);
}

/* Figures are light whatever the window is, in its fonts. */
static ScopeTheme
figure_theme (GtkWidget *widget)
{
  ScopeTheme theme = scope_widget_theme (widget);

  theme.dark = FALSE;
  theme.high_contrast = FALSE;
  return theme;
}

/* The file that is meant: a name without an ending gets the format's. The chooser asked before it
 * replaces a file, but not this one: if it is there already, another number is found for it. */
static char *
meant_path (const char *path, const char *format)
{
  g_autofree char *base = g_path_get_basename (path);
  char *whole;

  if (strchr (base, '.') != NULL)
    return g_strdup (path);
  whole = g_strdup_printf ("%s.%s", path, format);
  for (int i = 2; g_file_test (whole, G_FILE_TEST_EXISTS); i++)
    {
      g_free (whole);
      whole = g_strdup_printf ("%s-%d.%s", path, i, format);
    }
  return whole;
}

gboolean
scope_export_write (GtkWidget *widget,
                    ScopeSession *session,
                    const char *path,
                    const char *format,
                    ScopeExportWrite write,
                    gpointer data)
{
  ScopeTheme theme = figure_theme (widget);
  g_autofree char *whole = meant_path (path, format);
  g_autofree char *shown = g_filename_display_basename (whole);
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  if (!write (whole, &theme, data, &error))
    {
      scope_session_add_notice (session, error->message);
      return FALSE;
    }
  said = g_strdup_printf (_ ("Written to %s"), shown);
  gtk_widget_activate_action (widget, "win.say", "s", said);
  return TRUE;
}

static void
responded (GtkFileChooserNative *chooser, int response, Export *export)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    path = g_file_get_path (file);
  if (path != NULL)
    scope_export_write (export->widget, export->session, path,
                        export->format != NULL
                            ? export->format
                            : gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (chooser), "format"),
                        export->write, export->data);
  else if (file != NULL)
    scope_session_add_notice (export->session,
                              export->format == NULL
                                  ? _ ("A figure can only be written to this computer's own files. "
                                       "Choose a folder of it.")
                                  : _ ("A table can only be written to this computer's own files. "
                                       "Choose a folder of it."));
  g_signal_handlers_disconnect_by_data (chooser, export);
}

static void
destroy_chooser (GtkWidget *widget, GtkNativeDialog *chooser)
{
  gtk_native_dialog_destroy (chooser);
  g_signal_handlers_disconnect_matched (chooser, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, responded, NULL);
}

/* Shows a chooser, which goes with the widget. Takes `export`, whose chooser it is. */
static void
show (Export *export, const char *name)
{
  GtkFileChooserNative *chooser = export->chooser;

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (responded), export, export_free, 0);
  g_signal_connect_object (export->widget, "unrealize", G_CALLBACK (destroy_chooser), chooser, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
scope_export_dialog_open (GtkWidget *widget,
                          ScopeSession *session,
                          const char *name,
                          ScopeExportWrite write,
                          gpointer data)
{
  static const char *const endings[] = { "svg", "pdf", "png", NULL };
  const char *const labels[] = { _ ("SVG, for pages and slides"), _ ("PDF, for papers"),
                                 _ ("PNG, pixels"), NULL };
  g_autoptr (GtkFileFilter) figures = gtk_file_filter_new ();
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (_ ("Export a figure"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  Export *export = g_new (Export, 1);

  *export = (Export){ widget, g_object_ref (session), write, data, NULL, chooser };
  gtk_file_filter_set_name (figures, _ ("Figures: .svg, .pdf, .png"));
  for (guint i = 0; endings[i] != NULL; i++)
    gtk_file_filter_add_suffix (figures, endings[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), figures);
  gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (chooser), "format", _ ("Format"),
                               (const char **)endings, (const char **)labels);
  gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (chooser), "format", endings[0]);
  show (export, name);
}

void
scope_export_table_open (GtkWidget *widget,
                         ScopeSession *session,
                         const char *title,
                         const char *name,
                         ScopeExportWrite write,
                         gpointer data)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (widget)),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  Export *export = g_new (Export, 1);

  *export = (Export){ widget, g_object_ref (session), write, data, "csv", chooser };
  show (export, name);
}
