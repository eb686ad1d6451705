/* Code as every view of it looks: Python's colours in the window's style. */
#pragma once

#include <gtksourceview/gtksource.h>

/* Sets the language and follows light and dark as long as the buffer lives. */
void scope_source_style_follow (GtkSourceBuffer *buffer);
