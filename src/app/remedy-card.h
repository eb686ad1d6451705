/* One way to make it fit: a button that stays down while its result is previewed. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_REMEDY_CARD (scope_remedy_card_get_type ())
G_DECLARE_FINAL_TYPE (ScopeRemedyCard, scope_remedy_card, SCOPE, REMEDY_CARD, GtkToggleButton)

GtkWidget *scope_remedy_card_new (ScopeSession *session, ScopeRemedyItem *item);

G_END_DECLS
