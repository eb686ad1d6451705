/* The preferences: the style. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PREFERENCES (scope_preferences_get_type ())
G_DECLARE_FINAL_TYPE (ScopePreferences, scope_preferences, SCOPE, PREFERENCES, AdwPreferencesWindow)

GtkWidget *scope_preferences_new (void);
/* Keeps the style of the program as the settings say. */
void scope_preferences_follow_style (GSettings *settings);

G_END_DECLS
