/* shapescope-cli render: pictures of a check and of values as SVG, PDF or PNG. */
#include "cli/render.h"

#include "cli/cli.h"
#include "cli/json.h"
#include "advice/report.h"
#include "paint/composition.h"

#include <math.h>
#include <string.h>

typedef ScopeRenderOptions Options;

enum
{
  MAX_SIDE = 32767, /* of a Cairo surface, in its pixels */
  MAX_SCALE = 16,
  MAX_NAME = 60,    /* characters of an expression in a caption */
  VECTOR_SCALE = 2, /* cells for each CSS pixel of an SVG or PDF */
};

/* ---- options -------------------------------------------------------------------------------- */

static gboolean
read_int (const char *text, gint64 low, gint64 high, gint64 *out)
{
  return g_ascii_string_to_signed (text, 10, low, high, out, NULL);
}

static gboolean
take_size (Options *options)
{
  if (options->size == NULL)
    return TRUE;
  gint64 width = 0, height = 0;
  g_auto (GStrv) sides = g_strsplit (options->size, "x", 2);
  if (g_strv_length (sides) != 2 || !read_int (sides[0], 16, MAX_SIDE, &width)
      || !read_int (sides[1], 16, MAX_SIDE, &height))
    {
      scope_cli_complain (
          "render: --size %s is not a size. Write WIDTHxHEIGHT, 16 to %d each, such "
          "as 720x540.",
          options->size, MAX_SIDE);
      return FALSE;
    }
  options->width = (double)width;
  options->height = (double)height;
  return TRUE;
}

static gboolean
take_options (Options *options)
{
  if (options->output == NULL)
    {
      scope_cli_complain ("render: no output is named. Add -o OUT.svg, OUT.pdf or OUT.png.");
      return FALSE;
    }
  if (options->scale < 1 || options->scale > MAX_SCALE)
    {
      scope_cli_complain ("render: --scale %d is out of range. Write 1 to %d.", options->scale,
                          MAX_SCALE);
      return FALSE;
    }
  return take_size (options);
}

static gboolean
take_axis (const char *option, const char *text, int rank, int *axis)
{
  gint64 value = 0;
  if (text == NULL)
    return TRUE;
  if (!read_int (text, -rank, rank - 1, &value))
    {
      scope_cli_complain (
          "render: %s %s is no axis of the result, which has %d. Write %d to %d, or "
          "count from the end with -1.",
          option, text, rank, 0, rank - 1);
      return FALSE;
    }
  *axis = (int)(value < 0 ? value + rank : value);
  return TRUE;
}

/* Indices of all axes, or of those that are not shown alone. */
static gboolean
take_at (const char *text, const ScopeShape *shape, ScopeView *view)
{
  if (text == NULL)
    return TRUE;
  g_auto (GStrv) items = g_strsplit (text, ",", -1);
  int given = (int)g_strv_length (items), hidden = 0;
  for (int axis = 0; axis < shape->rank; axis++)
    hidden += axis != view->row_axis && axis != view->column_axis;
  if (given != shape->rank && given != hidden)
    {
      scope_cli_complain ("render: --at %s has %d indices. Write %d, one for each axis that is not "
                          "shown, or %d, one for each axis.",
                          text, given, hidden, shape->rank);
      return FALSE;
    }

  int item = 0;
  for (int axis = 0; axis < shape->rank; axis++)
    {
      gboolean shown = axis == view->row_axis || axis == view->column_axis;
      gint64 size = shape->size[axis], index = 0;
      if (shown && given == shape->rank)
        item++; /* the place on a shown axis says nothing */
      if (shown)
        continue;
      if (!read_int (g_strstrip (items[item]), -size, size - 1, &index))
        {
          scope_cli_complain ("render: --at: index '%s' is out of bounds for axis %d with size "
                              "%" G_GINT64_FORMAT ". Write one from 0 on.",
                              items[item], axis, size);
          return FALSE;
        }
      view->index[axis] = index < 0 ? index + size : index;
      item++;
    }
  return TRUE;
}

gboolean
scope_render_view (const Options *options, const ScopeShape *shape, ScopeView *view)
{
  *view = scope_view_default (shape);
  int rank = shape->rank;
  int row = view->row_axis, column = view->column_axis;
  if (!take_axis ("--row-axis", options->row_axis, rank, &row)
      || !take_axis ("--column-axis", options->column_axis, rank, &column))
    return FALSE;

  /* One axis given that the other one stood on: they change places. */
  if (row == column && rank > 1 && options->row_axis == NULL)
    row = view->column_axis;
  else if (row == column && rank > 1 && options->column_axis == NULL)
    column = view->row_axis;
  if (row == column && rank > 1)
    {
      scope_cli_complain ("render: rows and columns are both axis %d. Name two axes.", row);
      return FALSE;
    }
  view->row_axis = rank > 1 ? row : -1;
  view->column_axis = column;
  return take_at (options->at, shape, view);
}

/* ---- pages ---------------------------------------------------------------------------------- */

typedef ScopeRenderPage Page;

static void
paint_page (cairo_t *cr, gpointer data)
{
  const Page *page = data;
  double zoom = fmin (page->width / page->figure_width, page->height / page->figure_height);
  if (!page->enlarges)
    zoom = fmin (zoom, 1);
  cairo_translate (cr, floor ((page->width - zoom * page->figure_width) / 2),
                   floor ((page->height - zoom * page->figure_height) / 2));
  cairo_scale (cr, zoom, zoom);
  page->paint (cr, page->figure);
}

double
scope_render_fineness (const Options *options)
{
  return g_str_has_suffix (options->output, ".png") ? options->scale : VECTOR_SCALE;
}

gboolean
scope_render_write_page (const Options *options, const ScopeTheme *theme, Page *page)
{
  page->width = options->width > 0 ? options->width : page->figure_width;
  page->height = options->height > 0 ? options->height : page->figure_height;
  g_autoptr (GError) error = NULL;
  if (scope_figure_write (options->output, page->width, page->height, options->scale, theme,
                          paint_page, page, &error))
    return TRUE;
  scope_cli_complain ("%s", error->message);
  return FALSE;
}

/* ---- align ---------------------------------------------------------------------------------- */

static gboolean
draw_alignment (const ScopeArguments *arguments, const Options *options, const ScopeReport *report)
{
  ScopeTheme theme = scope_theme_default (options->dark);
  ScopeAlignmentFigure figure = { .theme = &theme,
                                  .title = arguments->expression,
                                  .sentence = scope_text_string (&report->verdict),
                                  .fails = report->failure != NULL,
                                  .alignment = report->alignment };
  Page page = { .paint = scope_alignment_figure_paint, .figure = &figure, .enlarges = TRUE };
  scope_alignment_figure_measure (&figure, &page.figure_width, &page.figure_height);
  return scope_render_write_page (options, &theme, &page);
}

static int
render_alignment (const ScopeArguments *arguments, const Options *options)
{
  ScopeError failed = { .begin = -1, .end = -1 };
  ScopeCheckOptions check = { .dialect = arguments->dialect };
  ScopeReport *report =
      scope_report_new (arguments->expression, strlen (arguments->expression), arguments->tensor,
                        arguments->tensors, &check, NULL, &failed);
  if (report == NULL)
    {
      scope_arguments_refuse_expression (arguments, &failed);
      return SCOPE_EXIT_TROUBLE;
    }

  gboolean drawn = draw_alignment (arguments, options, report);
  scope_report_free (report);
  return drawn ? SCOPE_EXIT_DONE : SCOPE_EXIT_TROUBLE;
}

/* ---- heatmap -------------------------------------------------------------------------------- */

static ScopePlane *
read_plane (const ScopeArguments *arguments,
            const Options *options,
            const ScopeProgram *program,
            const ScopeHeatmapFigure *figure)
{
  const ScopeView *view = &figure->view;
  const ScopeShape *shape = figure->shape;
  gint64 rows = view->row_axis < 0 ? 1 : shape->size[view->row_axis];
  gint64 columns = view->column_axis < 0 ? 1 : shape->size[view->column_axis];
  gint64 max_rows = 0, max_columns = 0;
  scope_heatmap_figure_room (figure, rows, columns, scope_render_fineness (options), &max_rows,
                             &max_columns);
  ScopeReading reading = { .executor = arguments->executor };
  ScopeError failed = { 0 };
  ScopePlane *plane = scope_plane_read (program, program->result, view, max_rows, max_columns, 0,
                                        &reading, &failed);
  if (plane == NULL)
    scope_cli_complain ("%s: %s", arguments->expression, failed.sentence);
  return plane;
}

/* What the slice of the caption is taken of: the variable, or the expression where it is short. */
static char *
name_result (const ScopeProgram *program, const ScopeNode *node)
{
  if (node->name != NULL)
    return g_strdup (node->name);
  ScopeText text = { 0 };
  scope_program_print_span (program, node->span, &text);
  const char *spelling = node->spelling != NULL ? node->spelling->name : "";
  gboolean call = g_ascii_isalpha (spelling[0]) || spelling[0] == '.';
  char *name = text.length > MAX_NAME ? g_strdup ("result")
               : call                 ? g_strdup (scope_text_string (&text))
                                      : g_strdup_printf ("(%s)", scope_text_string (&text));
  scope_text_clear (&text);
  return name;
}

static char *
make_caption (const ScopeProgram *program, const ScopeNode *node, const ScopeView *view)
{
  g_autofree char *name = name_result (program, node);
  g_autofree char *visible = scope_cli_visible (name);
  ScopeText text = { 0 };
  scope_view_caption (view, visible, &node->shape, &text);
  char *caption = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return caption;
}

static gboolean
draw_heatmap (const ScopeArguments *arguments, const Options *options, const ScopeProgram *program)
{
  const ScopeNode *node = program->node[program->result];
  ScopeTheme theme = scope_theme_default (options->dark);
  ScopeHeatmapFigure figure = { .theme = &theme,
                                .note = scope_dtype_name (node->dtype),
                                .shape = &node->shape,
                                .max_width = options->width,
                                .max_height = options->height };
  if (!scope_render_view (options, &node->shape, &figure.view))
    return FALSE;
  int rank = node->shape.rank;
  figure.decoration = (ScopeHeatmapDecoration){
    .row_from_end = figure.view.row_axis < 0 ? 0 : figure.view.row_axis - rank,
    .column_from_end = figure.view.column_axis < 0 ? 0 : figure.view.column_axis - rank,
    .values = TRUE,
  };
  g_autofree char *caption = make_caption (program, node, &figure.view);
  figure.caption = caption;
  ScopePlane *plane = read_plane (arguments, options, program, &figure);
  if (plane == NULL)
    return FALSE;

  figure.plane = plane;
  Page page = { .paint = scope_heatmap_figure_paint, .figure = &figure };
  scope_heatmap_figure_measure (&figure, &page.figure_width, &page.figure_height);
  gboolean drawn = scope_render_write_page (options, &theme, &page);
  scope_plane_free (plane);
  return drawn;
}

static int
render_heatmap (const ScopeArguments *arguments, const Options *options)
{
  ScopeProgram *program = scope_arguments_check (arguments);
  if (program == NULL)
    return SCOPE_EXIT_TROUBLE;
  int status = scope_arguments_has_result (arguments, program);
  if (status == SCOPE_EXIT_DONE && !draw_heatmap (arguments, options, program))
    status = SCOPE_EXIT_TROUBLE;
  scope_program_unref (program);
  return status;
}

/* ---- the subcommand ------------------------------------------------------------------------- */

static int
render (const ScopeArguments *arguments, gpointer data)
{
  Options *options = data;
  const char *what = arguments->rest[0];
  static const struct
  {
    const char *name;
    int (*draw) (const ScopeArguments *arguments, const Options *options);
  } pictures[] = {
    { "align", render_alignment },     { "compare", scope_render_compare },
    { "heatmap", render_heatmap },     { "steps", scope_render_steps },
    { "blocks", scope_render_blocks },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    if (strcmp (what, pictures[i].name) == 0)
      return take_options (options) ? pictures[i].draw (arguments, options) : SCOPE_EXIT_TROUBLE;
  scope_cli_complain (
      "render: '%s' is not a picture. Write align, compare, heatmap, steps or blocks.", what);
  return SCOPE_EXIT_TROUBLE;
}

int
scope_cli_render (int argc, char **argv)
{
  Options options = { .scale = 1 };
  const GOptionEntry extra[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "The file to write",
      "OUT.{svg,pdf,png}" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options.size, "Size in CSS pixels", "WxH" },
    { "scale", 0, 0, G_OPTION_ARG_INT, &options.scale, "Pixels of a PNG for each CSS pixel", "N" },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &options.dark, "Light on dark", NULL },
    { "row-axis", 0, 0, G_OPTION_ARG_STRING, &options.row_axis, "Axis that runs down (heatmap)",
      "AXIS" },
    { "column-axis", 0, 0, G_OPTION_ARG_STRING, &options.column_axis,
      "Axis that runs across (heatmap)", "AXIS" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, "Indices on the other axes (heatmap)",
      "I,J,..." },
    { "modes", 0, 0, G_OPTION_ARG_STRING, &options.modes,
      "Ways of resampling: bicubic, bilinear+antialias, opencv:area, ... (compare)", "A,B,..." },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to,
      "The size to resample to, when EXPR does not resample (compare)", "ROWSxCOLUMNS" },
    { "reference", 0, 0, G_OPTION_ARG_STRING, &options.reference,
      "The mode that the others are measured against (compare)", "MODE" },
    { "step", 0, 0, G_OPTION_ARG_INT, &options.step, "One step alone, from 1 (steps)", "N" },
    { "no-answers", 0, 0, G_OPTION_ARG_NONE, &options.unanswered,
      "A handout to be filled in (steps, OUT.pdf)", NULL },
    G_OPTION_ENTRY_NULL
  };
  const ScopeUsage usage = {
    .usage = "align|compare|heatmap|steps|blocks EXPR [NAME=TENSOR...] -o OUT.{svg,pdf,png}",
    .about =
        "Draws the aligned axes of a check, the values of a result, ways of resampling side by "
        "side, or an operation told in steps; steps in a PDF are a handout of several pages.",
    .extra = extra,
    .has_expression = TRUE,
    .leading = 1,
  };
  int status = scope_arguments_run (&usage, argc, argv, render, &options);
  g_free (options.output);
  g_free (options.size);
  g_free (options.at);
  g_free (options.row_axis);
  g_free (options.column_axis);
  g_free (options.modes);
  g_free (options.to);
  g_free (options.reference);
  return status;
}
