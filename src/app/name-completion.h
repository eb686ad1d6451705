/* Offers the names of tensors, and of fills, while an expression is typed in an entry. */
#pragma once

#include "scene/scene.h"

#include <gtk/gtk.h>

/* Completes the word before the cursor. Free with g_object_unref; gtk_entry_set_completion keeps
 * it. */
GtkEntryCompletion *scope_name_completion_new (void);
/* Whether a word of its list goes on with what stands before the cursor. */
gboolean scope_name_completion_matches (GtkEntryCompletion *completion, GtkTreeIter *iter);
/* What is offered from now on: the names of the scene's tensors, and fills such as `zoneplate:` at
 * the beginning of the text. */
void scope_name_completion_set_scene (GtkEntryCompletion *completion, const ScopeScene *scene);
