/* The program: its windows, its command line, its style. */
#include "app/application.h"

#include "app/arguments.h"
#include "app/preferences.h"
#include "app/settings.h"
#include "app/window.h"

#include <glib/gi18n.h>

struct _ScopeApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* NULL where the schema is not installed */
};

G_DEFINE_FINAL_TYPE (ScopeApplication, scope_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.new-window", { "<Control>n" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.show-help-overlay", { "<Control>question", "F1" } },
  { "win.open-a", { "<Control>o" } },
  { "win.open-b", { "<Control><Shift>o" } },
  { "win.paste-error", { "<Control><Shift>v" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.apply-remedy", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.copy-code", { "<Control><Shift>c" } },
  { "win.next-failure", { "F8" } },
  { "win.previous-failure", { "<Shift>F8" } },
  { "win.side-panel", { "F9" } },
  { "win.fullscreen", { "F11" } },
  { "win.transpose", { "<Control>t" } },
  { "win.go-to-index", { "<Control>l" } },
  { "win.page::debug", { "<Alt>1" } },
  { "win.page::compare", { "<Alt>2" } },
  { "win.page::teach", { "<Alt>3" } },
  { "win.export", { "<Control>e" } },
  { "win.print", { "<Control>p" } },
  { "win.present", { "F5" } },
};

/* ---- windows -------------------------------------------------------------------------------- */

static ScopeWindow *
new_window (ScopeApplication *self)
{
  ScopeWindow *window = scope_window_new (GTK_APPLICATION (self), self->settings);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
load (ScopeWindow *window, const ScopeArguments *arguments)
{
  ScopeSession *session = scope_window_get_session (window);

  scope_session_load (session, arguments->expression, (const char *const *)arguments->names->pdata,
                      (const char *const *)arguments->texts->pdata);
  for (guint i = 0; i < arguments->files->len; i++)
    scope_session_open_file (session, i, g_ptr_array_index (arguments->files, i), NULL);
}

static void
scope_application_activate (GApplication *application)
{
  new_window (SCOPE_APPLICATION (application));
}

static int
scope_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  g_auto (GStrv) words = g_application_command_line_get_arguments (command_line, NULL);
  g_autoptr (GError) error = NULL;
  ScopeArguments arguments;

  if (!scope_arguments_read ((const char *const *)words + 1,
                             g_application_command_line_get_cwd (command_line), &arguments, &error))
    {
      g_application_command_line_printerr (command_line, "shapescope: %s\n", error->message);
      return 2;
    }
  load (new_window (SCOPE_APPLICATION (application)), &arguments);
  scope_arguments_clear (&arguments);
  return 0;
}

/* ---- actions -------------------------------------------------------------------------------- */

static void
open_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  new_window (data);
}

static void
show_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ScopeApplication *self = data;
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));
  GtkWidget *preferences = scope_preferences_new ();

  gtk_window_set_transient_for (GTK_WINDOW (preferences), parent);
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
show_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (data));

  adw_show_about_window (parent, "application-name", "Shapescope", "application-icon", SCOPE_APP_ID,
                         "version", SCOPE_VERSION, "comments",
                         _ ("Why tensor shapes do not fit, what would make them fit, and what the"
                            " result looks like."),
                         "license-type", GTK_LICENSE_GPL_3_0, "developer-name",
                         _ ("The Shapescope authors"),
                         /* TRANSLATORS: your names, one a line */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_quit (G_APPLICATION (data));
}

static const GActionEntry entries[] = {
  { "new-window", open_window },
  { "preferences", show_preferences },
  { "about", show_about },
  { "quit", quit },
};

static void
add_actions (ScopeApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           (const char *const *)accelerators[i].keys);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_application_startup (GApplication *application)
{
  ScopeApplication *self = SCOPE_APPLICATION (application);

  G_APPLICATION_CLASS (scope_application_parent_class)->startup (application);

  self->settings = scope_settings_new ();
  scope_preferences_follow_style (self->settings);
  add_actions (self);
  gtk_window_set_default_icon_name (SCOPE_APP_ID);
}

static int
scope_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("Shapescope %s\n", SCOPE_VERSION);
  return 0;
}

static void
scope_application_finalize (GObject *object)
{
  g_clear_object (&SCOPE_APPLICATION (object)->settings);
  G_OBJECT_CLASS (scope_application_parent_class)->finalize (object);
}

static void
scope_application_class_init (ScopeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = scope_application_finalize;
  application_class->startup = scope_application_startup;
  application_class->activate = scope_application_activate;
  application_class->command_line = scope_application_command_line;
  application_class->handle_local_options = scope_application_handle_local_options;
}

static void
scope_application_init (ScopeApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL }, { NULL }
  };
  GApplication *application = G_APPLICATION (self);

  g_application_add_main_option_entries (application, options);
  g_application_set_option_context_parameter_string (application,
                                                     _ ("[EXPRESSION] [NAME=TENSOR…] [FILE…]"));
  g_application_set_option_context_summary (
      application, _ ("Shows why tensor shapes do not fit, what would make them fit, and what the"
                      " result looks like.\nFiles are opened in A, B …"));
}

/* Without a session bus there is no other instance to find, and waiting for one would only take
 * time. */
static GApplicationFlags
uniqueness (void)
{
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);
  gboolean bus =
      g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL || g_file_test (socket, G_FILE_TEST_EXISTS);

  return bus ? 0 : G_APPLICATION_NON_UNIQUE;
}

ScopeApplication *
scope_application_new (void)
{
  return g_object_new (SCOPE_TYPE_APPLICATION, "application-id", SCOPE_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | uniqueness (), "resource-base-path",
                       "/org/shapescope/Shapescope", NULL);
}
