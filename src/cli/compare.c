/* shapescope-cli compare: two tensors element by element, as numpy.testing.assert_allclose asks. */
#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "files/value-text.h"
#include "scene/closeness-text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  char *rtol, *atol;
  gboolean unequal_nan;
  int worst;
} CompareOptions;

enum
{
  SHOWN_CELLS = 10, /* unless --worst says otherwise */
};

typedef struct
{
  const ScopeArguments *arguments;
  const CompareOptions *options;
  ScopeTolerance tolerance;
  ScopeValueText actual, desired;
} Comparison;

/* ---- what is compared ----------------------------------------------------------------------- */

static gboolean
take_tolerance (const char *option, const char *text, double *out)
{
  if (text == NULL)
    return TRUE;
  char *end = NULL;
  *out = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && *out >= 0 && isfinite (*out))
    return TRUE;
  scope_cli_complain ("compare: %s %s is not a tolerance. Write a number from 0 on, such as 1e-5.",
                      option, text);
  return FALSE;
}

static gboolean
take_options (Comparison *self)
{
  self->tolerance = scope_tolerance_default ();
  self->tolerance.equal_nan = !self->options->unequal_nan;
  if (self->options->worst < 0 || self->options->worst > SCOPE_WORST_CELLS)
    {
      scope_cli_complain ("compare: --worst %d is out of range. Write 0 to %d.",
                          self->options->worst, SCOPE_WORST_CELLS);
      return FALSE;
    }
  return take_tolerance ("--rtol", self->options->rtol, &self->tolerance.rtol)
         && take_tolerance ("--atol", self->options->atol, &self->tolerance.atol);
}

static int
take_value (const ScopeArguments *arguments,
            const char *text,
            const char *name,
            ScopeValueText *out)
{
  ScopeCheckOptions check = { .dialect = arguments->dialect };
  ScopeError error = { .axis = -1, .begin = -1, .end = -1 };
  if (scope_value_text_read (text, name, arguments->tensor, arguments->tensors, &check, out,
                             &error))
    return SCOPE_EXIT_DONE;
  if (arguments->json)
    scope_json_put (scope_json_error (error.begin, error.end, error.sentence, name));
  gboolean ended = g_str_has_suffix (error.sentence, ".");
  scope_cli_complain ("%s: %s%s", name, error.sentence, ended ? "" : ".");
  scope_arguments_point (text, error.begin, error.end);
  return error.code == SCOPE_ERROR_SHAPE && error.begin >= 0 ? SCOPE_EXIT_FAILS
                                                             : SCOPE_EXIT_TROUBLE;
}

/* ---- what came out, for people -------------------------------------------------------------- */

static const char *const heads[SCOPE_N_CELL_TEXTS] = { "index", "actual", "desired", "|Δ|",
                                                       "|Δ| ÷ |desired|" };

/* The worst cells in columns. */
static void
append_cells (const ScopeCloseness *result, int cells, GString *out)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  int width[SCOPE_N_CELL_TEXTS] = { 0 };
  for (int row = -1; row < cells; row++)
    for (int column = 0; column < SCOPE_N_CELL_TEXTS; column++)
      {
        ScopeText text = { 0 };
        if (row < 0)
          scope_text_append (&text, heads[column]);
        else
          scope_closeness_print_cell (&result->cell[row], result->shape.rank, (ScopeCellText)column,
                                      &text);
        g_ptr_array_add (words, g_strdup (scope_text_string (&text)));
        scope_text_clear (&text);
        width[column] =
            MAX (width[column], scope_cli_width (g_ptr_array_index (words, words->len - 1)));
      }
  for (guint i = 0; i < words->len; i++)
    {
      int column = (int)(i % SCOPE_N_CELL_TEXTS);
      const char *word = g_ptr_array_index (words, i);
      int space = width[column] - scope_cli_width (word);
      /* Places to the left, numbers to the right. */
      g_string_append_printf (out, "  %*s%s", column > 0 ? space : 0, "", word);
      if (column == 0)
        g_string_append_printf (out, "%*s", space, "");
      if (column == SCOPE_N_CELL_TEXTS - 1)
        g_string_append_c (out, '\n');
    }
}

static void
put_text (const Comparison *self, const ScopeCloseness *result)
{
  g_autoptr (GString) out = g_string_new (NULL);
  ScopeText verdict = { 0 }, details = { 0 }, rule = { 0 };
  int cells = MIN (result->cells, self->options->worst);
  scope_closeness_print_verdict (result, NULL, &verdict);
  scope_closeness_print_details (result, NULL, &details);
  scope_text_append (&rule, "|actual - desired| <= ");
  scope_text_append_rounded (&rule, self->tolerance.atol, 6);
  scope_text_append (&rule, " + ");
  scope_text_append_rounded (&rule, self->tolerance.rtol, 6);
  scope_text_append (&rule, " * |desired|");
  g_string_append_printf (out, "%s %s\n  %s%s\n", result->mismatched == 0 ? "✓" : "✗",
                          scope_text_string (&verdict), scope_text_string (&rule),
                          self->tolerance.equal_nan ? ", NaN equals NaN" : ", NaN equals nothing");
  if (details.length > 0)
    g_string_append_printf (out, "  %s\n", scope_text_string (&details));
  if (cells > 0)
    append_cells (result, cells, out);
  if (cells > 0 && result->mismatched > cells)
    g_string_append_printf (out, "  … and %" G_GINT64_FORMAT " more\n", result->mismatched - cells);
  scope_cli_put (out->str);
  scope_text_clear (&verdict);
  scope_text_clear (&details);
  scope_text_clear (&rule);
}

/* ---- and for scripts ------------------------------------------------------------------------ */

/* JSON has no NaN and no infinities: those are the words that Python's float() reads. */
static json_t *
real (double value)
{
  if (isfinite (value))
    return json_real (value);
  return json_string (isnan (value) ? "nan" : value > 0 ? "inf" : "-inf");
}

static json_t *
value (const ScopeCloseness *result, double re, double im, gboolean is_complex)
{
  return is_complex ? json_pack ("[o, o]", real (re), real (im)) : real (re);
}

static json_t *
number (double value_or_none)
{
  return isnan (value_or_none) ? json_null () : real (value_or_none);
}

static json_t *
place (const int64_t *at, int rank, gboolean there)
{
  json_t *out = there ? json_array () : json_null ();
  for (int axis = 0; there && axis < rank; axis++)
    json_array_append_new (out, json_integer (at[axis]));
  return out;
}

static json_t *
cell_json (const ScopeCloseness *result, const ScopeUnequalCell *cell, gboolean is_complex)
{
  const ScopeCellPair *pair = &cell->pair;
  return json_pack ("{s:o, s:o, s:o, s:o, s:o}", "index",
                    place (cell->index, result->shape.rank, TRUE), "actual",
                    value (result, pair->actual, pair->actual_imaginary, is_complex), "desired",
                    value (result, pair->desired, pair->desired_imaginary, is_complex), "abs",
                    number (pair->difference), "rel", number (pair->relative));
}

static void
put_json (const Comparison *self, const ScopeCloseness *result, gboolean is_complex)
{
  json_t *cells = json_array ();
  int rank = result->shape.rank;
  for (int i = 0; i < MIN (result->cells, self->options->worst); i++)
    json_array_append_new (cells, cell_json (result, &result->cell[i], is_complex));
  scope_json_put (json_pack (
      "{s:i, s:b, s:o, s:I, s:f, s:f, s:b, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "version", 1,
      "equal", result->mismatched == 0, "shape", scope_json_shape (&result->shape), "elements",
      (json_int_t)result->count, "rtol", self->tolerance.rtol, "atol", self->tolerance.atol,
      "equal_nan", self->tolerance.equal_nan, "mismatched", (json_int_t)result->mismatched,
      "nan_mismatched", (json_int_t)result->nan_mismatched, "infinite_mismatched",
      (json_int_t)result->infinite_mismatched, "max_abs", number (result->max_abs), "max_abs_at",
      place (result->max_abs_at, rank, !isnan (result->max_abs)), "max_rel",
      number (result->max_rel), "max_rel_at",
      place (result->max_rel_at, rank, !isnan (result->max_rel)), "cells", cells));
}

/* ---- all ------------------------------------------------------------------------------------ */

/* Other shapes are an answer, not a trouble: the tensors are not equal. */
static int
refuse (const Comparison *self, const ScopeError *error)
{
  if (error->code != SCOPE_ERROR_SHAPE)
    {
      scope_cli_complain ("compare: %s", error->sentence);
      return SCOPE_EXIT_TROUBLE;
    }
  if (self->arguments->json)
    scope_json_put (json_pack ("{s:i, s:b, s:[o, o], s:o}", "version", 1, "equal", FALSE, "shapes",
                               scope_json_shape (scope_tile_shape (self->actual.tile)),
                               scope_json_shape (scope_tile_shape (self->desired.tile)), "sentence",
                               scope_json_text (error->sentence)));
  else if (!self->arguments->quiet)
    {
      g_autofree char *line = g_strdup_printf ("✗ %s\n", error->sentence);
      scope_cli_put (line);
    }
  return SCOPE_EXIT_FAILS;
}

static int
compare (const Comparison *self)
{
  ScopeReading reading = { .executor = self->arguments->executor };
  ScopeSubject actual = scope_tile_subject (self->actual.tile);
  ScopeSubject desired = scope_tile_subject (self->desired.tile);
  gboolean is_complex = scope_subject_is_complex (&actual) || scope_subject_is_complex (&desired);
  ScopeError error;
  ScopeCloseness *result =
      scope_closeness_read (&actual, &desired, &self->tolerance, &reading, &error);
  if (result == NULL)
    return refuse (self, &error);
  int status = result->mismatched == 0 ? SCOPE_EXIT_DONE : SCOPE_EXIT_FAILS;
  if (self->arguments->json)
    put_json (self, result, is_complex);
  else if (!self->arguments->quiet)
    put_text (self, result);
  free (result);
  return status;
}

static int
compare_two (const ScopeArguments *arguments, gpointer data)
{
  Comparison self = { .arguments = arguments, .options = data };
  if (!take_options (&self))
    return SCOPE_EXIT_TROUBLE;
  int status = take_value (arguments, arguments->rest[0], "actual", &self.actual);
  if (status == SCOPE_EXIT_DONE)
    status = take_value (arguments, arguments->expression, "desired", &self.desired);
  if (status == SCOPE_EXIT_DONE)
    status = compare (&self);
  scope_value_text_clear (&self.actual);
  scope_value_text_clear (&self.desired);
  return status;
}

int
scope_cli_compare (int argc, char **argv)
{
  CompareOptions options = { .worst = SHOWN_CELLS };
  const GOptionEntry entries[] = {
    { "rtol", 0, 0, G_OPTION_ARG_STRING, &options.rtol, "Relative tolerance (1e-7)", "R" },
    { "atol", 0, 0, G_OPTION_ARG_STRING, &options.atol, "Absolute tolerance (0)", "A" },
    { "unequal-nan", 0, 0, G_OPTION_ARG_NONE, &options.unequal_nan, "NaN does not equal NaN",
      NULL },
    { "worst", 0, 0, G_OPTION_ARG_INT, &options.worst,
      "How many of the worst elements to list (10)", "N" },
    G_OPTION_ENTRY_NULL
  };
  const ScopeUsage usage = {
    .usage = "ACTUAL DESIRED [NAME=TENSOR...]",
    .about = "Says whether two tensors are equal element by element within a tolerance, as\n"
             "numpy.testing.assert_allclose does: |actual - desired| <= atol + rtol * |desired|.\n"
             "Each is a file, a shape, a literal, or an expression over the tensors that follow.",
    .extra = entries,
    .has_expression = TRUE,
    .leading = 1,
  };
  int status = scope_arguments_run (&usage, argc, argv, compare_two, &options);
  g_free (options.rtol);
  g_free (options.atol);
  return status;
}
