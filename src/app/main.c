/* Shapescope: shows why tensor shapes do not fit, and what would make them fit. */
#include "app/application.h"
#include "app/environment.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (ScopeApplication) application = NULL;

  setlocale (LC_ALL, "");
  scope_environment_init (argv[0]);
  bindtextdomain (GETTEXT_PACKAGE, scope_environment_get_locales ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_application_name ("Shapescope");
  application = scope_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
