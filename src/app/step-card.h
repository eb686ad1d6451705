/* One step of several: the statement, and the shape it leaves or that it fails. */
#pragma once

#include "model/step-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_STEP_CARD (scope_step_card_get_type ())
G_DECLARE_FINAL_TYPE (ScopeStepCard, scope_step_card, SCOPE, STEP_CARD, GtkWidget)

/* Its button activates `page.select-step` with the statement's characters. */
GtkWidget *scope_step_card_new (ScopeStepItem *item);

G_END_DECLS
