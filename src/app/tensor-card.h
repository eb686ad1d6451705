/* A tensor as a form: its name, shape, contents, type, names of the axes. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_TENSOR_CARD (scope_tensor_card_get_type ())
G_DECLARE_FINAL_TYPE (ScopeTensorCard, scope_tensor_card, SCOPE, TENSOR_CARD, GtkWidget)

GtkWidget *scope_tensor_card_new (ScopeSession *session, ScopeTensorItem *item);

G_END_DECLS
