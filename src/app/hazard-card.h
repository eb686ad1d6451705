/* A warning above the code: why a line that fits deserves a second look, and what may be meant. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_HAZARD_CARD (scope_hazard_card_get_type ())
G_DECLARE_FINAL_TYPE (ScopeHazardCard, scope_hazard_card, SCOPE, HAZARD_CARD, GtkWidget)

GtkWidget *scope_hazard_card_new (ScopeSession *session, ScopeHazardItem *item);

G_END_DECLS
