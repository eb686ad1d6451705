/* What is kept between starts: the window's size, the style, the panes. */
#pragma once

#include <gio/gio.h>

/* The program's settings, or NULL where the schema is not installed: then defaults serve. A
 * reference. */
GSettings *scope_settings_new (void);
/* Binds a property to a key, if there are settings. */
void
scope_settings_bind (GSettings *settings, const char *key, gpointer object, const char *property);
