/* Two tensors element by element: the verdict, the difference as a picture, the worst cells. */
#pragma once

#include "model/two-tensors.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_TWO_TENSORS_WINDOW (scope_two_tensors_window_get_type ())
G_DECLARE_FINAL_TYPE (ScopeTwoTensorsWindow,
                      scope_two_tensors_window,
                      SCOPE,
                      TWO_TENSORS_WINDOW,
                      AdwWindow)

/* Compares tensors and expressions of `session`; files that are opened become tensors of it. */
GtkWidget *scope_two_tensors_window_new (ScopeSession *session);

G_END_DECLS
