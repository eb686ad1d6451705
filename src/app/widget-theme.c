/* The colours and type sizes of the paint layer as a widget has them. */
#include "app/widget-theme.h"

#include <adwaita.h>

ScopeTheme
scope_widget_theme (GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  ScopeTheme theme = scope_theme_default (adw_style_manager_get_dark (manager));
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double)PANGO_SCALE;

  theme.high_contrast = adw_style_manager_get_high_contrast (manager);
  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;
  if (size > 0)
    theme.text_size = size;
  if (pango_font_description_get_family (font) != NULL)
    theme.font = g_intern_string (pango_font_description_get_family (font));
  return theme;
}

void
scope_widget_follow_theme (GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           widget, G_CONNECT_SWAPPED);
}

cairo_t *
scope_measuring_context (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  return cr;
}
