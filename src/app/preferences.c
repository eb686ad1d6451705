/* The preferences: the style. */
#include "app/preferences.h"

struct _ScopePreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow *style;
};

G_DEFINE_FINAL_TYPE (ScopePreferences, scope_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* In the order of the row's items and of the schema's enumeration. */
static const AdwColorScheme styles[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                         ADW_COLOR_SCHEME_FORCE_DARK };

static gboolean
style_from_item (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint item = g_value_get_uint (from);

  if (item >= G_N_ELEMENTS (styles))
    return FALSE;
  g_value_set_enum (to, styles[item]);
  return TRUE;
}

static gboolean
style_to_item (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if ((AdwColorScheme)g_value_get_enum (from) == styles[i])
      {
        g_value_set_uint (to, i);
        return TRUE;
      }
  return FALSE;
}

static gboolean
style_from_setting (GValue *value, GVariant *variant, gpointer data)
{
  const char *name = g_variant_get_string (variant, NULL);

  g_value_set_enum (value, g_str_equal (name, "light")  ? ADW_COLOR_SCHEME_FORCE_LIGHT
                           : g_str_equal (name, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                        : ADW_COLOR_SCHEME_DEFAULT);
  return TRUE;
}

static GVariant *
style_to_setting (const GValue *value, const GVariantType *type, gpointer data)
{
  int style = g_value_get_enum (value);

  return g_variant_new_string (style == ADW_COLOR_SCHEME_FORCE_LIGHT  ? "light"
                               : style == ADW_COLOR_SCHEME_FORCE_DARK ? "dark"
                                                                      : "system");
}

void
scope_preferences_follow_style (GSettings *settings)
{
  if (settings != NULL)
    g_settings_bind_with_mapping (settings, "style", adw_style_manager_get_default (),
                                  "color-scheme", G_SETTINGS_BIND_DEFAULT, style_from_setting,
                                  style_to_setting, NULL, NULL);
}

static void
scope_preferences_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SCOPE_TYPE_PREFERENCES);

  G_OBJECT_CLASS (scope_preferences_parent_class)->dispose (object);
}

static void
scope_preferences_class_init (ScopePreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopePreferences, style);
}

static void
scope_preferences_init (ScopePreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property_full (adw_style_manager_get_default (), "color-scheme", self->style,
                               "selected", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE,
                               style_to_item, style_from_item, NULL, NULL);
}

GtkWidget *
scope_preferences_new (void)
{
  return g_object_new (SCOPE_TYPE_PREFERENCES, NULL);
}
