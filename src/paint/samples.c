/* A row of boxes for the source's elements, dots where the results' samples are. */
#include "paint/samples.h"

#include "paint/plot.h"
#include "paint/text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  const ScopeSampleDiagram *diagram;
  const ScopeTheme *theme;
  cairo_t *cr;
  ScopePen pen;
  double em;
  double x, y;      /* of the first row's boxes */
  double cell, gap; /* width of an element; between head and tail */
  double row;       /* height */
  double label;     /* width */
  gint64 in, head, tail;
} Layout;

static ScopeTextStyle
small_style (const Layout *layout)
{
  return (ScopeTextStyle){ .size = 0.78 * layout->em, .color = scope_theme_dim (layout->theme) };
}

double
scope_samples_height (const ScopeSampleDiagram *diagram, const ScopeTheme *theme)
{
  return (1.7 + 1.4 + 2.25 * MAX (diagram->rows, 1) + 0.4) * theme->text_size;
}

/* The left edge of a place: element i begins at i. */
static double
place_x (const Layout *layout, double place)
{
  if (layout->tail > 0 && place > (double)layout->head + 0.5)
    return layout->x
           + ((double)layout->head + place - (double)(layout->in - layout->tail)) * layout->cell
           + layout->gap;
  return layout->x + place * layout->cell;
}

static double
label_width (Layout *layout, double most)
{
  ScopeTextStyle style = small_style (layout);
  double widest = 0;
  for (int i = 0; i < layout->diagram->rows; i++)
    widest = fmax (widest, scope_pen_width (&layout->pen, &style, layout->diagram->row[i].name));
  return fmin (ceil (widest + 0.8 * layout->em), most);
}

/* Which elements have room for their number. */
static gint64
number_step (Layout *layout)
{
  ScopeTextStyle style = small_style (layout);
  g_autofree char *longest = g_strdup_printf ("%" G_GINT64_FORMAT, layout->in - 1);
  double width = scope_pen_width (&layout->pen, &style, longest) + 0.5 * layout->em;
  return (gint64)MAX (ceil (width / layout->cell), 1);
}

static void
paint_numbers (Layout *layout, gint64 begin, gint64 end, gint64 step)
{
  ScopeTextStyle style = small_style (layout);
  style.anchor = SCOPE_ANCHOR_MIDDLE;
  for (gint64 i = begin; i < end; i++)
    {
      gboolean last = end == layout->in;
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, i);
      if ((last ? (end - 1 - i) % step : (i - begin) % step) == 0)
        scope_pen_write (&layout->pen, &style, text, place_x (layout, (double)i + 0.5),
                         layout->y - 0.7 * layout->em);
    }
}

static void
paint_boxes (Layout *layout, double y, gint64 begin, gint64 end)
{
  double left = place_x (layout, (double)begin + (begin > 0 ? 1e-9 : 0));
  double right = left + (double)(end - begin) * layout->cell,
         height = layout->row - 1.15 * layout->em;
  cairo_t *cr = layout->cr;
  scope_color_set (cr, scope_color_mix (scope_theme_dim (layout->theme),
                                        scope_theme_background (layout->theme), 0.10));
  cairo_rectangle (cr, left, y, right - left, height);
  cairo_fill (cr);
  scope_color_set (cr, scope_color_mix (scope_theme_dim (layout->theme),
                                        scope_theme_background (layout->theme), 0.55));
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, floor (left) + 0.5, floor (y) + 0.5, floor (right - left), floor (height));
  for (gint64 i = begin + 1; i < end && layout->cell >= 3; i++)
    {
      double x = floor (left + (double)(i - begin) * layout->cell) + 0.5;
      cairo_move_to (cr, x, floor (y) + 0.5);
      cairo_line_to (cr, x, floor (y + height) + 0.5);
    }
  cairo_stroke (cr);
}

/* A dot and, where there is room, the number of the result it belongs to. */
static void
paint_samples (Layout *layout, const ScopeSampleRow *row, double y)
{
  const ScopeSamplePlaces *places = row->places;
  double height = layout->row - 1.15 * layout->em, free = -INFINITY;
  double radius = 0.26 * layout->em;
  ScopeTextStyle style = small_style (layout);
  ScopeColor color = scope_series_color (layout->theme, row->color);
  style.size = 0.7 * layout->em;
  style.anchor = SCOPE_ANCHOR_MIDDLE;
  style.color = color;
  for (int i = 0; i < places->samples; i++)
    {
      double x = place_x (layout, places->place[i] + 0.5);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, places->output[i]);
      double width = scope_pen_width (&layout->pen, &style, text);
      scope_color_set (layout->cr, color);
      cairo_arc (layout->cr, x, y + height / 2, radius, 0, 2 * G_PI);
      cairo_fill (layout->cr);
      cairo_rectangle (layout->cr, x - 0.75, y + height / 2, 1.5, height / 2 + 0.15 * layout->em);
      cairo_fill (layout->cr);
      if (x - width / 2 < free)
        continue;
      scope_pen_write (&layout->pen, &style, text, x, y + height + 0.45 * layout->em);
      free = x + width / 2 + 0.35 * layout->em;
    }
}

static void
paint_row (Layout *layout, const ScopeSampleRow *row, double y)
{
  ScopeTextStyle style = small_style (layout);
  double middle = y + (layout->row - 1.15 * layout->em) / 2;
  style.color = scope_theme_foreground (layout->theme);
  style.too_long = SCOPE_TOO_LONG_ENDS;
  style.max_width = fmax (layout->label - 0.6 * layout->em, 1);
  scope_pen_write (&layout->pen, &style, row->name, layout->x - layout->label, middle);
  paint_boxes (layout, y, 0, layout->head);
  if (layout->tail > 0)
    {
      ScopeTextStyle dots = small_style (layout);
      dots.anchor = SCOPE_ANCHOR_MIDDLE;
      scope_pen_write (&layout->pen, &dots, "…",
                       layout->x + (double)layout->head * layout->cell + layout->gap / 2, middle);
      paint_boxes (layout, y, layout->in - layout->tail, layout->in);
    }
  paint_samples (layout, row, y);
}

void
scope_samples_paint (const ScopeSampleDiagram *diagram,
                     double x,
                     double y,
                     double width,
                     double height,
                     const ScopeTheme *theme,
                     cairo_t *cr)
{
  Layout layout = { .diagram = diagram, .theme = theme, .cr = cr, .em = theme->text_size };
  double em = layout.em;
  if (diagram->rows == 0)
    return;
  cairo_save (cr);
  scope_pen_init (&layout.pen, cr, theme);
  ScopeTextStyle title = { .size = 0.93 * em,
                           .bold = TRUE,
                           .color = scope_theme_foreground (theme),
                           .too_long = SCOPE_TOO_LONG_ENDS,
                           .max_width = width };
  if (diagram->title != NULL)
    scope_pen_write (&layout.pen, &title, diagram->title, x, y + 0.65 * em);

  const ScopeSamplePlaces *places = diagram->row[0].places;
  layout.in = places->in;
  layout.head = places->head;
  layout.tail = places->tail;
  layout.label = label_width (&layout, 0.3 * width);
  layout.gap = layout.tail > 0 ? 2.2 * em : 0;
  layout.x = x + layout.label;
  layout.y = y + 3.1 * em;
  layout.row = fmin (2.25 * em, (height - 3.3 * em) / diagram->rows);
  layout.cell = fmax (
      (width - layout.label - layout.gap - em) / (double)MAX (layout.head + layout.tail, 1), 0.25);
  layout.cell = fmin (layout.cell, 12 * em);
  gint64 step = number_step (&layout);
  paint_numbers (&layout, 0, layout.head, step);
  if (layout.tail > 0)
    paint_numbers (&layout, layout.in - layout.tail, layout.in, step);
  for (int i = 0; i < diagram->rows; i++)
    paint_row (&layout, &diagram->row[i], layout.y + i * layout.row);
  scope_pen_clear (&layout.pen);
  cairo_restore (cr);
}
