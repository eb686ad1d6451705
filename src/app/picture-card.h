/* A picture with its title, its heatmap, the sliders of its other axes and the read-out. */
#pragma once

#include "model/picture.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PICTURE_CARD (scope_picture_card_get_type ())
G_DECLARE_FINAL_TYPE (ScopePictureCard, scope_picture_card, SCOPE, PICTURE_CARD, GtkWidget)

GtkWidget *scope_picture_card_new (ScopePicture *picture);

G_END_DECLS
