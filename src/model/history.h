/* Undo and redo: a list of scenes and a place in it. */
#pragma once

#include "scene/scene.h"

#include <glib.h>

typedef struct _ScopeHistory ScopeHistory;

/* Begins with `scene` (a reference is taken). */
ScopeHistory *scope_history_new (ScopeScene *scene);
void scope_history_free (ScopeHistory *history); /* NULL is fine */

ScopeScene *scope_history_get_current (ScopeHistory *history);
/* Makes `scene` the current one and forgets what was undone. Edits with the same `tag` (not NULL)
 * that follow each other within a second are one step. `now` is monotonic time in µs. */
void scope_history_push (ScopeHistory *history, ScopeScene *scene, const char *tag, gint64 now);
/* The next push is a step of its own. */
void scope_history_seal (ScopeHistory *history);
gboolean scope_history_can_undo (ScopeHistory *history);
gboolean scope_history_can_redo (ScopeHistory *history);
/* FALSE when there is nothing to undo or redo. */
gboolean scope_history_undo (ScopeHistory *history);
gboolean scope_history_redo (ScopeHistory *history);
