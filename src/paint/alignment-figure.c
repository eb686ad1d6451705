/* The figure of a check: expression, verdict, alignment. */
#include "paint/composition.h"

#include "paint/sign.h"
#include "paint/text.h"

#include <math.h>

typedef struct
{
  const ScopeAlignmentFigure *figure;
  ScopePen pen;
  double em, padding, width; /* width: of what stands between the paddings */
  double title_height, sentence_height;
  ScopeTextStyle title, sentence;
  ScopeAlignmentGeometry geometry;
} Layout;

static const char *
text_of (const char *text)
{
  return text == NULL ? "" : text;
}

/* The sign before the verdict. */
static double
sign_room (const Layout *layout)
{
  return 1.5 * layout->em;
}

static void
measure_texts (Layout *layout)
{
  const ScopeAlignmentFigure *figure = layout->figure;
  ScopeColor red = scope_theme_failure (figure->theme);
  layout->title = (ScopeTextStyle){ .size = 1.2 * layout->em,
                                    .mono = TRUE,
                                    .bold = TRUE,
                                    .color = scope_theme_foreground (figure->theme),
                                    .too_long = SCOPE_TOO_LONG_WRAPS,
                                    .max_width = layout->width };
  layout->sentence =
      (ScopeTextStyle){ .size = layout->em,
                        .color = figure->fails ? red : scope_theme_foreground (figure->theme),
                        .too_long = SCOPE_TOO_LONG_WRAPS,
                        .max_width = fmax (layout->width - sign_room (layout), 1) };
  layout->title_height = layout->sentence_height = 0;
  if (text_of (figure->title)[0] != '\0')
    scope_pen_measure (&layout->pen, &layout->title, figure->title, NULL, &layout->title_height);
  if (text_of (figure->sentence)[0] != '\0')
    scope_pen_measure (&layout->pen, &layout->sentence, figure->sentence, NULL,
                       &layout->sentence_height);
}

/* The width follows the alignment, or the title when that is longer. */
static Layout
lay_out (const ScopeAlignmentFigure *figure, cairo_t *cr)
{
  Layout layout = { .figure = figure, .em = figure->theme->text_size };
  layout.padding = 1.2 * layout.em;
  scope_pen_init (&layout.pen, cr, figure->theme);

  double limit = figure->max_width > 0 ? figure->max_width - 2 * layout.padding : 60 * layout.em;
  double wanted = 28 * layout.em;
  if (figure->alignment != NULL)
    {
      double most = figure->max_width > 0 ? limit : 0;
      layout.geometry =
          scope_alignment_measure (figure->alignment, figure->axis_names, figure->theme, most, cr);
      wanted = fmax (wanted, layout.geometry.width);
      limit = fmax (limit, layout.geometry.width);
    }
  layout.width = limit;
  measure_texts (&layout);
  double title = 0, sentence = 0;
  if (layout.title_height > 0)
    scope_pen_measure (&layout.pen, &layout.title, figure->title, &title, NULL);
  if (layout.sentence_height > 0)
    scope_pen_measure (&layout.pen, &layout.sentence, figure->sentence, &sentence, NULL);
  wanted = fmax (wanted, fmax (title, sentence + sign_room (&layout)));
  layout.width = ceil (fmin (wanted, limit));
  measure_texts (&layout);
  return layout;
}

static double
height_of (const Layout *layout)
{
  double height = 2 * layout->padding;
  if (layout->title_height > 0)
    height += layout->title_height + 0.5 * layout->em;
  if (layout->sentence_height > 0)
    height += layout->sentence_height + layout->em;
  if (layout->figure->alignment != NULL)
    height += layout->geometry.height;
  return ceil (height);
}

/* A context to measure with. */
static cairo_t *
new_scratch (void)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  return cr;
}

void
scope_alignment_figure_measure (const ScopeAlignmentFigure *figure, double *width, double *height)
{
  cairo_t *cr = new_scratch ();
  Layout layout = lay_out (figure, cr);
  *width = layout.width + 2 * layout.padding;
  *height = height_of (&layout);
  scope_pen_clear (&layout.pen);
  cairo_destroy (cr);
}

static void
paint_sentence (Layout *layout, double y)
{
  double em = layout->em, x = layout->padding + 0.4 * em, middle = y + 0.7 * em;
  double line = 1.3 * scope_theme_line (layout->figure->theme);
  if (layout->figure->fails)
    scope_sign_paint (layout->pen.cr, SCOPE_MARK_FAILS, x, middle, 0.75 * em,
                      layout->sentence.color, line);
  else
    scope_sign_paint_tick (layout->pen.cr, x, middle, 0.75 * em, layout->sentence.color, line);
  scope_pen_write (&layout->pen, &layout->sentence, layout->figure->sentence,
                   layout->padding + sign_room (layout), y + layout->sentence_height / 2);
}

void
scope_alignment_figure_paint (cairo_t *cr, gpointer data)
{
  const ScopeAlignmentFigure *figure = data;
  Layout layout = lay_out (figure, cr);
  double y = layout.padding;
  cairo_save (cr);
  if (layout.title_height > 0)
    {
      scope_pen_write (&layout.pen, &layout.title, figure->title, layout.padding,
                       y + layout.title_height / 2);
      y += layout.title_height + 0.5 * layout.em;
    }
  if (layout.sentence_height > 0)
    {
      paint_sentence (&layout, y);
      y += layout.sentence_height + layout.em;
    }
  if (figure->alignment != NULL)
    {
      cairo_translate (cr, floor (layout.padding + (layout.width - layout.geometry.width) / 2),
                       ceil (y));
      scope_alignment_paint (figure->alignment, &layout.geometry, figure->axis_names, figure->theme,
                             cr);
    }
  cairo_restore (cr);
  scope_pen_clear (&layout.pen);
}
