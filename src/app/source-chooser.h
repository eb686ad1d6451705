/* Chooses what the Compare page resamples: from a list, with an entry for the size of a test
 * pattern or for what is typed. */
#pragma once

#include "model/comparison.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_SOURCE_CHOOSER (scope_source_chooser_get_type ())
G_DECLARE_FINAL_TYPE (ScopeSourceChooser, scope_source_chooser, SCOPE, SOURCE_CHOOSER, GtkWidget)

/* Both NULL: nothing. Names of the session's tensors are offered for completion. */
void scope_source_chooser_set_comparison (ScopeSourceChooser *self,
                                          ScopeSession *session,
                                          ScopeComparison *comparison);

G_END_DECLS
