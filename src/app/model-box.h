/* A box whose children follow a list model; how they stand is its layout manager's affair. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_MODEL_BOX (scope_model_box_get_type ())
G_DECLARE_FINAL_TYPE (ScopeModelBox, scope_model_box, SCOPE, MODEL_BOX, GtkWidget)

/* Makes the widget of an item; the box owns it. */
typedef GtkWidget *(*ScopeMakeChild) (gpointer item, gpointer data);

/* `model` may be NULL; `data` must live as long as the model is bound. */
void
scope_model_box_bind (ScopeModelBox *self, GListModel *model, ScopeMakeChild make, gpointer data);

G_END_DECLS
