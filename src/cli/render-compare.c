/* shapescope-cli render compare: ways of resampling side by side, measured. */
#include "cli/render.h"

#include "cli/cli.h"
#include "cli/json.h"
#include "ops/resampling.h"
#include "paint/compare-figure.h"
#include "paint/compare-plots.h"
#include "scene/materialize.h"
#include "scene/metrics-text.h"
#include "scene/recipe.h"

#include <math.h>
#include <string.h>

enum
{
  MOST = SCOPE_MOST_TILES
};

/* One column of what is drawn and written. */
typedef struct
{
  ScopeRecipe recipe;
  ScopeTile *tile;
  ScopeMetrics metrics;
  gboolean measured;
  ScopePlane *plane;
  char *badge, *note;
} Column;

typedef struct
{
  const ScopeArguments *arguments;
  const ScopeRenderOptions *options;
  ScopeProgram *program; /* of the expression */
  const char
      *resampled; /* the node's text is replaced: this stands before it (not NUL-terminated) */
  gsize before;   /* bytes of it */
  char *input;    /* what the calls are over */
  ScopeShape size;
  ScopeStatistics source;
  ScopeMetricsOptions metrics;
  ScopeReading reading;
  ScopeView view;
  Column column[MOST];
  int columns, reference;
} Comparison;

/* ---- what is compared ----------------------------------------------------------------------- */

static char *
text_of (const ScopeProgram *program, ScopeSpan span)
{
  ScopeText text = { 0 };
  scope_program_print_span (program, span, &text);
  char *copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

/* The node is a resampling: its size and its input are those of all tiles. */
static gboolean
take_resampling (Comparison *self, const ScopeNode *node)
{
  ScopeResampleAxis rule;
  int first = 0;
  while (first < node->shape.rank && !scope_resampling_rule (node, first, &rule))
    first++;
  if (first == node->shape.rank || node->operands < 1)
    return FALSE;
  self->size.rank = node->shape.rank - first;
  for (int i = 0; i < self->size.rank; i++)
    self->size.size[i] = node->shape.size[first + i];
  self->input = text_of (self->program, node->operand[0].span);
  g_autofree char *call = text_of (self->program, node->span);
  const char *at = strstr (self->arguments->expression, call);
  self->resampled = self->arguments->expression;
  self->before = at != NULL ? (gsize)(at - self->resampled) : 0;
  return TRUE;
}

static gboolean
take_size (Comparison *self)
{
  const char *text = self->options->to;
  ScopeError error;
  if (text == NULL)
    {
      scope_cli_complain ("render compare: '%s' does not resample. Write a call such as "
                          "F.interpolate(A, size=(256, 256)), or add --to ROWSxCOLUMNS.",
                          self->arguments->expression);
      return FALSE;
    }
  gboolean parsed = scope_shape_parse (text, strlen (text), &self->size, &error);
  if (parsed && self->size.rank == 1)
    {
      self->size.rank = 2;
      self->size.size[1] = self->size.size[0];
    }
  if (parsed && self->size.rank == 2 && self->size.size[0] > 0 && self->size.size[1] > 0)
    return TRUE;
  scope_cli_complain ("render: --to %s is not a size. Write ROWSxCOLUMNS, such as 256x256.", text);
  return FALSE;
}

/* Anything else is a source; the calls are over it. */
static gboolean
take_source (Comparison *self, const ScopeNode *node)
{
  if (!take_size (self))
    return FALSE;
  gboolean is_name = node->op == NULL && node->name != NULL;
  g_autofree char *name =
      is_name ? g_strdup (node->name) : g_strdup_printf ("(%s)", self->arguments->expression);
  ScopeText text = { 0 };
  ScopeError error;
  gboolean is_float = node->dtype == SCOPE_FLOAT32 || node->dtype == SCOPE_FLOAT64;
  gboolean taken = scope_recipe_input (name, &node->shape, is_float, &text, &error);
  self->input = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  if (!taken)
    scope_cli_complain ("render compare: %s", error.sentence);
  return taken;
}

static gboolean
take_modes (Comparison *self)
{
  const char *modes = self->options->modes;
  ScopeRecipe recipe[MOST];
  if (modes == NULL)
    {
      self->columns = scope_recipe_defaults (recipe, MOST);
      for (int i = 0; i < self->columns; i++)
        self->column[i].recipe = recipe[i];
      return TRUE;
    }
  g_auto (GStrv) words = g_strsplit (modes, ",", -1);
  int count = (int)g_strv_length (words);
  if (count < 1 || count > MOST)
    {
      scope_cli_complain ("render: --modes names %d ways. Write 1 to %d, such as "
                          "nearest,bilinear,bicubic+antialias.",
                          count, MOST);
      return FALSE;
    }
  for (int i = 0; i < count; i++)
    {
      const char *word = g_strstrip (words[i]);
      ScopeError error;
      if (!scope_recipe_parse (word, strlen (word), &self->column[i].recipe, &error))
        {
          scope_cli_complain ("render: --modes: %s", error.sentence);
          return FALSE;
        }
    }
  self->columns = count;
  return TRUE;
}

static int
find_recipe (const Comparison *self, const char *word)
{
  ScopeRecipe recipe;
  if (!scope_recipe_parse (word, strlen (word), &recipe, NULL))
    return -1;
  for (int i = 0; i < self->columns; i++)
    if (scope_recipe_equal (&recipe, &self->column[i].recipe))
      return i;
  return -1;
}

/* Area, the plain mean, unless another one is named. */
static gboolean
take_reference (Comparison *self)
{
  const char *word = self->options->reference;
  self->reference = find_recipe (self, word != NULL ? word : "area");
  if (self->reference < 0 && word != NULL)
    {
      scope_cli_complain ("render: --reference %s is not among the modes that are compared.", word);
      return FALSE;
    }
  self->reference = MAX (self->reference, 0);
  return TRUE;
}

/* ---- reading and measuring ------------------------------------------------------------------ */

static char *
write_call (const Comparison *self, const ScopeRecipe *recipe)
{
  ScopeText text = { 0 };
  scope_text_append_bytes (&text, self->resampled != NULL ? self->resampled : "", self->before);
  scope_recipe_expression (recipe, self->input, &self->size, &text);
  char *call = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return call;
}

static gboolean
read_column (Comparison *self, Column *column)
{
  const ScopeArguments *arguments = self->arguments;
  ScopeCheckOptions check = { .dialect = arguments->dialect };
  ScopeText title = { 0 };
  g_autofree char *call = write_call (self, &column->recipe);
  scope_recipe_title (&column->recipe, &title);
  column->tile = scope_tile_new (scope_text_string (&title), call, arguments->tensor,
                                 arguments->tensors, &check);
  scope_text_clear (&title);
  if (column->tile != NULL && scope_tile_read (column->tile, &self->reading))
    return TRUE;
  scope_cli_complain ("%s: %s", call,
                      column->tile != NULL ? column->tile->error.sentence : "out of memory");
  return FALSE;
}

/* Range and overshoots follow the source: what the calls are over, or the input of the call. */
static gboolean
read_source (Comparison *self)
{
  const ScopeNode *node = self->program->node[self->program->result];
  ScopeSubject source = { self->program, self->program->result };
  ScopeError error;
  if (self->resampled != NULL)
    source.node = node->input[0];
  if (!scope_statistics_read (&source, &self->reading, &self->source, &error))
    {
      scope_cli_complain ("%s: %s", self->arguments->expression, error.sentence);
      return FALSE;
    }
  self->metrics = (ScopeMetricsOptions){ .range = self->source.max - self->source.min,
                                         .low = self->source.min,
                                         .high = self->source.max };
  return TRUE;
}

static gboolean
measure (Comparison *self)
{
  ScopeSubject reference = scope_tile_subject (self->column[self->reference].tile);
  const ScopeShape *shape = scope_subject_shape (&reference);
  if (!scope_render_view (self->options, shape, &self->view))
    return FALSE;
  self->metrics.row_axis = self->view.row_axis;
  self->metrics.column_axis = self->view.column_axis;
  for (int i = 0; i < self->columns; i++)
    {
      Column *column = &self->column[i];
      ScopeSubject test = scope_tile_subject (column->tile);
      ScopeError error;
      if (!scope_metrics_read (&test, &reference, &self->metrics, &self->reading, &column->metrics,
                               &error))
        {
          scope_cli_complain ("%s: %s", column->tile->expression, error.sentence);
          return FALSE;
        }
      column->measured = TRUE;
    }
  return TRUE;
}

static gboolean
read_all (Comparison *self)
{
  if (!read_source (self))
    return FALSE;
  for (int i = 0; i < self->columns; i++)
    if (!read_column (self, &self->column[i]))
      return FALSE;
  return measure (self);
}

/* ---- the figure ----------------------------------------------------------------------------- */

/* One range for all: nothing is clipped, and equal colours are equal values. */
static void
share_range (Comparison *self)
{
  double low = INFINITY, high = -INFINITY;
  for (int i = 0; i < self->columns; i++)
    {
      low = fmin (low, self->column[i].tile->statistics.min);
      high = fmax (high, self->column[i].tile->statistics.max);
    }
  if (!(low <= high))
    return;
  self->view.range = SCOPE_RANGE_MANUAL;
  self->view.low = low;
  self->view.high = high;
  if (self->view.palette == SCOPE_PALETTE_AUTO)
    self->view.palette = SCOPE_PALETTE_VIRIDIS;
}

static gboolean
read_plane (Comparison *self, Column *column, const ScopeCompareFigure *figure)
{
  ScopeSubject subject = scope_tile_subject (column->tile);
  const ScopeShape *shape = scope_subject_shape (&subject);
  gint64 rows = self->view.row_axis < 0 ? 1 : shape->size[self->view.row_axis];
  gint64 columns = self->view.column_axis < 0 ? 1 : shape->size[self->view.column_axis];
  gint64 max_rows, max_columns;
  ScopeError error;
  scope_compare_figure_room (figure, rows, columns, scope_render_fineness (self->options),
                             &max_rows, &max_columns);
  column->plane = scope_plane_read (subject.program, subject.node, &self->view, max_rows,
                                    max_columns, 0, &self->reading, &error);
  if (column->plane == NULL)
    scope_cli_complain ("%s: %s", column->tile->expression, error.sentence);
  return column->plane != NULL;
}

static void
write_words (Comparison *self, Column *column, gboolean reference)
{
  ScopeText badge = { 0 }, note = { 0 };
  if (!reference)
    {
      scope_text_append (&badge, "PSNR ");
      scope_metrics_print_psnr (column->metrics.psnr, &badge);
    }
  scope_metrics_print_note (&column->metrics, self->view.rank, reference, NULL, &note);
  column->badge = g_strdup (reference ? "reference" : scope_text_string (&badge));
  column->note = g_strdup (scope_text_string (&note));
  scope_text_clear (&badge);
  scope_text_clear (&note);
}

static gboolean
fill_tiles (Comparison *self, const ScopeCompareFigure *figure, ScopeCompareTile *tile)
{
  for (int i = 0; i < self->columns; i++)
    {
      Column *column = &self->column[i];
      if (!read_plane (self, column, figure))
        return FALSE;
      write_words (self, column, i == self->reference);
      tile[i] = (ScopeCompareTile){ .title = column->tile->title,
                                    .call = column->tile->expression,
                                    .badge = column->badge,
                                    .note = column->note,
                                    .plane = column->plane,
                                    .view = self->view,
                                    .reference = i == self->reference };
    }
  return TRUE;
}

static ScopeComparePlots *
make_plots (Comparison *self)
{
  ScopePlottedTile plotted[MOST];
  for (int i = 0; i < self->columns; i++)
    plotted[i] = (ScopePlottedTile){ .tile = self->column[i].tile, .color = i };
  return scope_compare_plots_new (plotted, self->columns, self->reference, &self->view, FALSE, 0.5,
                                  &self->reading);
}

static gboolean
draw (Comparison *self)
{
  ScopeTheme theme = scope_theme_default (self->options->dark);
  ScopeCompareTile tile[MOST];
  ScopeText size = { 0 }, conventions = { 0 };
  share_range (self);
  scope_shape_print (scope_tile_shape (self->column[0].tile), SCOPE_SHAPE_LIST, &size);
  scope_metrics_print_conventions (&self->metrics, self->column[self->reference].tile->title, NULL,
                                   &conventions);
  g_autofree char *visible = scope_cli_visible (self->input);
  g_autofree char *title = g_strdup_printf ("%s → %s", visible, scope_text_string (&size));
  ScopeComparePlots *plots = make_plots (self);
  ScopePlot plot[3] = { plots->profile, plots->kernel, plots->response };
  plot[0].title = plots->profile_title;
  ScopeCompareFigure figure = { .theme = &theme,
                                .title = title,
                                .conventions = scope_text_string (&conventions),
                                .tile = tile,
                                .tiles = self->columns,
                                .one_range = TRUE,
                                .plot = plot,
                                .plots = plots->kernel.n_series > 0 ? 3 : 1,
                                .samples = plots->samples.rows > 0 ? &plots->samples : NULL };
  ScopeRenderPage page = { .paint = scope_compare_figure_paint, .figure = &figure };
  gboolean drawn = fill_tiles (self, &figure, tile);
  if (drawn)
    {
      scope_compare_figure_measure (&figure, &page.figure_width, &page.figure_height);
      drawn = scope_render_write_page (self->options, &theme, &page);
    }
  scope_compare_plots_free (plots);
  scope_text_clear (&size);
  scope_text_clear (&conventions);
  return drawn;
}

/* ---- the numbers ---------------------------------------------------------------------------- */

static json_t *
number (double value)
{
  return isfinite (value) ? json_real (value) : json_null ();
}

static json_t *
tile_json (const Comparison *self, const Column *column, gboolean reference)
{
  const ScopeMetrics *metrics = &column->metrics;
  json_t *at = json_array ();
  for (int axis = 0; axis < self->view.rank; axis++)
    json_array_append_new (at, json_integer (metrics->max_at[axis]));
  return json_pack ("{s:o, s:o, s:b, s:o, s:b, s:o, s:o, s:o, s:o, s:I, s:I, s:I}", "title",
                    scope_json_text (column->tile->title), "expression",
                    scope_json_text (column->tile->expression), "reference", reference, "psnr",
                    number (metrics->psnr), "equal", metrics->mse == 0, "ssim",
                    number (metrics->ssim), "mse", number (metrics->mse), "max_abs",
                    number (metrics->max_abs), "max_abs_at", at, "over", (json_int_t)metrics->over,
                    "under", (json_int_t)metrics->under, "nan", (json_int_t)metrics->nans);
}

static void
put_numbers (const Comparison *self)
{
  if (self->arguments->json)
    {
      json_t *tiles = json_array ();
      for (int i = 0; i < self->columns; i++)
        json_array_append_new (tiles, tile_json (self, &self->column[i], i == self->reference));
      scope_json_put (json_pack ("{s:i, s:o, s:o, s:o}", "version", 1, "shape",
                                 scope_json_shape (scope_tile_shape (self->column[0].tile)),
                                 "range", number (self->metrics.range), "tiles", tiles));
      return;
    }
  if (self->arguments->quiet)
    return;
  ScopeText text = { 0 };
  scope_metrics_print_heads (SCOPE_TABLE_TSV, &text);
  for (int i = 0; i < self->columns; i++)
    scope_metrics_print_row (self->column[i].tile->title, self->column[i].tile->expression,
                             &self->column[i].metrics, self->view.rank, i == self->reference,
                             SCOPE_TABLE_TSV, &text);
  g_autofree char *visible = g_strdup (scope_text_string (&text));
  scope_cli_put (visible);
  scope_text_clear (&text);
}

/* ---- all ------------------------------------------------------------------------------------ */

static gboolean
compare (Comparison *self)
{
  const ScopeNode *node = self->program->node[self->program->result];
  if (!scope_shape_is_known (&node->shape))
    {
      scope_cli_complain ("%s: a size is not known, so there are no values to compare.",
                          self->arguments->expression);
      return FALSE;
    }
  if (!take_resampling (self, node) && !take_source (self, node))
    return FALSE;
  if (!take_modes (self) || !take_reference (self) || !read_all (self) || !draw (self))
    return FALSE;
  put_numbers (self);
  return TRUE;
}

int
scope_render_compare (const ScopeArguments *arguments, const ScopeRenderOptions *options)
{
  Comparison self = { .arguments = arguments,
                      .options = options,
                      .program = scope_arguments_check (arguments),
                      .reading = { .executor = arguments->executor } };
  if (self.program == NULL)
    return SCOPE_EXIT_TROUBLE;
  int status = scope_arguments_has_result (arguments, self.program);
  if (status == SCOPE_EXIT_DONE && !compare (&self))
    status = SCOPE_EXIT_TROUBLE;
  for (int i = 0; i < MOST; i++)
    {
      scope_plane_free (self.column[i].plane);
      scope_tile_unref (self.column[i].tile);
      g_free (self.column[i].badge);
      g_free (self.column[i].note);
    }
  g_free (self.input);
  scope_program_unref (self.program);
  return status;
}
