/* What is kept between starts: the window's size, the style, the panes. */
#include "app/settings.h"

#include "app/environment.h"

GSettings *
scope_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) beside = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;
  const char *directory = scope_environment_get_schemas ();

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCOPE_APP_ID, TRUE);
  if (schema == NULL && directory != NULL)
    {
      beside = g_settings_schema_source_new_from_directory (directory, source, FALSE, NULL);
      if (beside != NULL)
        schema = g_settings_schema_source_lookup (beside, SCOPE_APP_ID, FALSE);
    }
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

void
scope_settings_bind (GSettings *settings, const char *key, gpointer object, const char *property)
{
  if (settings != NULL)
    g_settings_bind (settings, key, object, property, G_SETTINGS_BIND_DEFAULT);
}
