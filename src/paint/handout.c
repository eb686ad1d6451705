/* Laying a handout out: items from top to bottom, a new page when one does not fit. */
#include "paint/handout.h"

#include "paint/text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  MARGIN = 56,
  HEAD = 44, /* title and page number */
  GAP = 22,
  CODE = 40, /* the operation as written, if it takes one line */
};

typedef struct
{
  const ScopeHandout *handout;
  cairo_t *cr;
  ScopePen pen;
  int wanted; /* the page to draw; −1: only count */
  int page;
  double y;
} Walk;

static double
page_width (void)
{
  return SCOPE_HANDOUT_WIDTH - 2 * MARGIN;
}

static gboolean
is_drawn (const Walk *walk)
{
  return walk->page == walk->wanted;
}

/* Room of `height` for the next item, on a new page when there is none left on this one. */
static void
make_room (Walk *walk, double height)
{
  if (walk->y + height <= SCOPE_HANDOUT_HEIGHT - MARGIN || walk->y <= MARGIN + HEAD)
    return;
  walk->page++;
  walk->y = MARGIN + HEAD;
}

static ScopeTextStyle
style_of (const Walk *walk, double size, gboolean bold, gboolean mono)
{
  return (ScopeTextStyle){ .size = size,
                           .bold = bold,
                           .mono = mono,
                           .color = scope_theme_foreground (walk->handout->theme),
                           .too_long = SCOPE_TOO_LONG_WRAPS,
                           .max_width = page_width () };
}

static void
put_text (Walk *walk, const ScopeTextStyle *style, const char *text)
{
  double height;
  scope_pen_measure (&walk->pen, style, text, NULL, &height);
  make_room (walk, height);
  if (is_drawn (walk))
    scope_pen_write (&walk->pen, style, text, MARGIN, walk->y + height / 2);
  walk->y += height + 6;
}

/* A line to write on, after a few words. */
static void
put_line (Walk *walk, const char *words)
{
  ScopeTextStyle style = style_of (walk, 13, FALSE, FALSE);
  double width = scope_pen_width (&walk->pen, &style, words);
  make_room (walk, 34);
  if (is_drawn (walk))
    {
      scope_pen_write (&walk->pen, &style, words, MARGIN, walk->y + 20);
      scope_color_set (walk->cr, scope_theme_dim (walk->handout->theme));
      cairo_set_line_width (walk->cr, 0.8);
      cairo_move_to (walk->cr, MARGIN + width + 10, walk->y + 28);
      cairo_line_to (walk->cr, SCOPE_HANDOUT_WIDTH - MARGIN, walk->y + 28);
      cairo_stroke (walk->cr);
    }
  walk->y += 34;
}

/* A step, reduced to the page's width, and to half its height. */
static void
put_step (Walk *walk, const ScopeStepsPicture *picture, int step)
{
  ScopeStepsGeometry geometry = scope_steps_measure (picture, 0, walk->cr);
  double zoom = fmin (1, page_width () / geometry.width);
  zoom = fmin (zoom,
               (SCOPE_HANDOUT_HEIGHT - 2 * MARGIN - HEAD - CODE - 2 * GAP) / 2 / geometry.height);
  double height = zoom * geometry.height;
  make_room (walk, height);
  if (is_drawn (walk))
    {
      cairo_save (walk->cr);
      cairo_translate (walk->cr, MARGIN + (page_width () - zoom * geometry.width) / 2, walk->y);
      cairo_scale (walk->cr, zoom, zoom);
      scope_steps_paint (picture, &geometry, step, 0, walk->cr);
      cairo_restore (walk->cr);
    }
  walk->y += height + GAP;
}

static void
put_stage (Walk *walk, const ScopeStage *stage)
{
  const ScopeHandout *handout = walk->handout;
  ScopeTextStyle code = style_of (walk, 16, TRUE, TRUE);
  ScopeStepsPicture picture = { .stage = stage,
                                .theme = handout->theme,
                                .line = 1,
                                .says = handout->answers,
                                .counts = TRUE,
                                .blank = !handout->answers };
  make_room (walk, SCOPE_HANDOUT_HEIGHT / 3); /* the code does not stand alone at a page's foot */
  put_text (walk, &code, scope_text_string (&stage->code));
  if (handout->answers)
    {
      for (int step = 0; step < stage->steps; step++)
        put_step (walk, &picture, step);
      return;
    }
  put_step (walk, &picture, stage->steps - 1);
  put_line (walk, _ ("Fits, with shape:"));
  put_line (walk, _ ("Or fails, at axis:"));
  put_line (walk, _ ("Because:"));
  walk->y += GAP;
}

static void
put_exercises (Walk *walk)
{
  const ScopeHandout *handout = walk->handout;
  ScopeTextStyle heading = style_of (walk, 17, TRUE, FALSE);
  ScopeTextStyle text = style_of (walk, 14, FALSE, FALSE);
  if (handout->exercises == 0)
    return;
  put_text (walk, &heading, _ ("Exercises"));
  for (int i = 0; i < handout->exercises; i++)
    {
      g_autofree char *question = g_strdup_printf ("%d.  %s", i + 1, handout->exercise[i].question);
      make_room (walk, 70);
      put_text (walk, &text, question);
      if (handout->answers)
        put_text (walk, &text, handout->exercise[i].answer);
      else
        put_line (walk, "");
      walk->y += 8;
    }
}

static void
put_head (Walk *walk, int page, int pages)
{
  ScopeTextStyle style = style_of (walk, 20, TRUE, FALSE);
  style.too_long = SCOPE_TOO_LONG_ENDS;
  style.max_width = page_width () - 80;
  scope_pen_write (&walk->pen, &style, walk->handout->title, MARGIN, MARGIN + 8);
  style = style_of (walk, 12, FALSE, FALSE);
  style.color = scope_theme_dim (walk->handout->theme);
  style.anchor = SCOPE_ANCHOR_END;
  g_autofree char *number = g_strdup_printf ("%d / %d", page + 1, pages);
  scope_pen_write (&walk->pen, &style, number, SCOPE_HANDOUT_WIDTH - MARGIN, MARGIN + 10);
}

/* Goes through everything; draws what stands on page `wanted`. Returns the number of pages. */
static int
walk_all (const ScopeHandout *handout, int wanted, cairo_t *cr)
{
  Walk walk = { .handout = handout, .cr = cr, .wanted = wanted, .y = MARGIN + HEAD };
  scope_pen_init (&walk.pen, cr, handout->theme);
  for (int i = 0; i < handout->stages; i++)
    put_stage (&walk, handout->stage[i]);
  put_exercises (&walk);
  if (wanted >= 0)
    put_head (&walk, wanted, walk.page + 1);
  scope_pen_clear (&walk.pen);
  return walk.page + 1;
}

int
scope_handout_pages (const ScopeHandout *handout)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  int pages = walk_all (handout, -1, cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return pages;
}

void
scope_handout_paint (cairo_t *cr, int page, gpointer handout)
{
  walk_all (handout, page, cr);
}

gboolean
scope_handout_write (const ScopeHandout *handout, const char *path, GError **error)
{
  return scope_figure_write_pages (path, SCOPE_HANDOUT_WIDTH, SCOPE_HANDOUT_HEIGHT,
                                   scope_handout_pages (handout), handout->theme,
                                   scope_handout_paint, (gpointer)handout, error);
}
