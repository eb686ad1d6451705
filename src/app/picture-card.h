/* A picture with its title, its heatmap, the sliders of its other axes and the read-out. */
#pragma once

#include "model/picture.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PICTURE_CARD (scope_picture_card_get_type ())
G_DECLARE_FINAL_TYPE (ScopePictureCard, scope_picture_card, SCOPE, PICTURE_CARD, GtkWidget)

/* Emits "enlarge" (no arguments) when it is to be seen large, or in its place again. */
GtkWidget *scope_picture_card_new (ScopePicture *picture);
ScopePicture *scope_picture_card_get_picture (ScopePictureCard *self);
/* A card that fills the page, and whose button gives the page back. */
void scope_picture_card_set_enlarged (ScopePictureCard *self, gboolean enlarged);
/* Gives the keyboard to its heatmap. */
void scope_picture_card_focus (ScopePictureCard *self);

G_END_DECLS
