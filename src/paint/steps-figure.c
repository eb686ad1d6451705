/* The figure of a stage: what `render steps` writes and the window exports. */
#include "paint/composition.h"

#include "paint/text.h"

#include <math.h>

typedef struct
{
  const ScopeStepsFigure *figure;
  ScopeStepsPicture picture;
  ScopeStepsGeometry geometry;
  ScopePen pen;
  ScopeTextStyle title;
  double em, padding, title_height, gap;
  int first, end; /* steps drawn */
} Layout;

static cairo_t *
new_scratch (void)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  return cr;
}

static void
lay_out (Layout *layout, const ScopeStepsFigure *figure, cairo_t *cr)
{
  *layout = (Layout){ .figure = figure, .em = figure->theme->text_size };
  layout->picture = (ScopeStepsPicture){ .stage = figure->stage,
                                         .theme = figure->theme,
                                         .line = figure->line,
                                         .says = !figure->bare,
                                         .counts = TRUE,
                                         .bare = figure->bare };
  layout->padding = 1.4 * layout->em;
  layout->gap = 1.6 * layout->em;
  layout->geometry = scope_steps_measure (&layout->picture, 0, cr);
  layout->end = figure->stage->steps;
  layout->first = figure->bare ? layout->end - 1 : 0;
  if (figure->step >= 0)
    {
      layout->first = MIN (figure->step, layout->end - 1);
      layout->end = layout->first + 1;
    }
  scope_pen_init (&layout->pen, cr, figure->theme);
  layout->title = (ScopeTextStyle){ .size = 1.15 * layout->em,
                                    .mono = TRUE,
                                    .bold = TRUE,
                                    .color = scope_theme_dim (figure->theme),
                                    .anchor = SCOPE_ANCHOR_MIDDLE,
                                    .too_long = SCOPE_TOO_LONG_WRAPS,
                                    .max_width = layout->geometry.width };
  if (figure->title == NULL || figure->title[0] == '\0')
    return;
  scope_pen_measure (&layout->pen, &layout->title, figure->title, NULL, &layout->title_height);
  layout->title_height += layout->em;
}

void
scope_steps_figure_measure (const ScopeStepsFigure *figure, double *width, double *height)
{
  Layout layout;
  cairo_t *cr = new_scratch ();
  lay_out (&layout, figure, cr);
  int steps = layout.end - layout.first;
  *width = ceil (layout.geometry.width + 2 * layout.padding);
  *height = ceil (2 * layout.padding + layout.title_height + steps * layout.geometry.height
                  + (steps - 1) * layout.gap);
  scope_pen_clear (&layout.pen);
  cairo_destroy (cr);
}

static void
paint_rule (const Layout *layout, cairo_t *cr, double y)
{
  ScopeColor faint = scope_theme_dim (layout->figure->theme);
  faint.alpha = 0.4;
  scope_color_set (cr, faint);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, layout->geometry.width, y);
  cairo_stroke (cr);
}

void
scope_steps_figure_paint (cairo_t *cr, gpointer data)
{
  Layout layout;
  cairo_save (cr);
  lay_out (&layout, data, cr);
  cairo_translate (cr, layout.padding, layout.padding);
  if (layout.title_height > 0)
    scope_pen_write (&layout.pen, &layout.title, layout.figure->title, layout.geometry.width / 2,
                     (layout.title_height - layout.em) / 2);
  cairo_translate (cr, 0, layout.title_height);
  for (int step = layout.first; step < layout.end; step++)
    {
      scope_steps_paint (&layout.picture, &layout.geometry, step, 0, cr);
      cairo_translate (cr, 0, layout.geometry.height);
      if (step + 1 == layout.end)
        continue;
      paint_rule (&layout, cr, layout.gap / 2);
      cairo_translate (cr, 0, layout.gap);
    }
  scope_pen_clear (&layout.pen);
  cairo_restore (cr);
}
