/* Replays what PyTorch and NumPy said about random expressions (tests/oracle/differential.py):
 * verdict, shapes and types must agree always, exception types and messages to the byte in 99 of
 * 100 cases of a group, values as far as a case holds them. SCOPE_DIFFERENTIAL=FILE replays another
 * file, SCOPE_DIFFERENTIAL_SHOW=N shows the first N differences. */
#include "golden-cases.h"

#include <math.h>

/* Differences that are accepted, each with its reason. `message` is the beginning of the
 * framework's message; the case then counts neither way. */
static const struct
{
  const char *message, *reason;
} accepted[] = {
#include "accepted-differences.inc"
  { NULL, NULL },
};

typedef struct
{
  int cases, fits, messages;                   /* of the framework */
  int verdicts, shapes, dtypes, words, values; /* how many differ */
  int accepted, unread;
  int shown, show;
} Tally;

static void
show (Tally *tally, const json_t *record, const char *what, const char *expected, const char *got)
{
  if (tally->shown++ >= tally->show)
    return;
  g_autofree char *tensors = json_dumps (json_object_get (record, "tensors"), JSON_COMPACT);
  g_test_message ("%s: %s | %s | %s\n    expected %s\n    got      %s", what,
                  json_string_value (json_object_get (record, "dialect")),
                  json_string_value (json_object_get (record, "expression")), tensors, expected,
                  got);
}

static gboolean
is_accepted (const char *message)
{
  for (int i = 0; accepted[i].message != NULL; i++)
    if (g_str_has_prefix (message, accepted[i].message))
      return TRUE;
  return FALSE;
}

static double
number_of (const json_t *value)
{
  if (json_is_string (value))
    return g_ascii_strtod (json_string_value (value), NULL);
  if (json_is_boolean (value))
    return json_is_true (value);
  return json_number_value (value);
}

/* Reads node `node` whole and compares with the framework's values. Types of few bits are compared
 * as coarsely as they are. */
static void
compare_values (Tally *tally,
                const json_t *record,
                const ScopeProgram *program,
                int number,
                const json_t *values)
{
  const ScopeNode *node = program->node[number];
  if (!json_is_array (values) || json_array_size (values) == 0
      || scope_dtype_kind (node->dtype) == SCOPE_KIND_COMPLEX)
    return;
  size_t count = json_array_size (values);
  size_t bytes = scope_dtype_bytes (node->dtype);
  g_autofree char *data = g_malloc0 (count * bytes);
  ScopeRegion all = scope_region_all (&node->shape);
  ScopeBuffer buffer = scope_buffer_dense (&all, data);
  ScopeError error = { 0 };
  if (!scope_program_read (program, number, &all, &buffer, NULL, &error))
    {
      tally->unread++;
      show (tally, record, "unread", "values", error.sentence);
      return;
    }
  double tolerance = node->dtype == SCOPE_FLOAT64         ? 1e-11
                     : node->dtype == SCOPE_FLOAT32       ? 2e-5
                     : scope_dtype_is_float (node->dtype) ? 2e-2
                                                          : 0;
  for (size_t i = 0; i < count; i++)
    {
      ScopeNumber element = scope_dtype_load (node->dtype, data + i * bytes);
      ScopeKind kind = scope_dtype_kind (node->dtype);
      double got = kind == SCOPE_KIND_FLOAT    ? element.f
                   : kind == SCOPE_KIND_SIGNED ? (double)element.i
                                               : (double)element.u;
      double expected = number_of (json_array_get (values, i));
      gboolean same = isnan (expected) ? isnan (got)
                      : isinf (expected)
                          ? got == expected
                          : fabs (got - expected) <= tolerance * fmax (1, fabs (expected));
      if (same)
        continue;
      tally->values++;
      g_autofree char *a = g_strdup_printf ("[%zu] = %.17g", i, expected);
      g_autofree char *b = g_strdup_printf ("%.17g", got);
      show (tally, record, "value", a, b);
      return;
    }
}

static void
compare_fitting (Tally *tally, const json_t *record, const ScopeProgram *program)
{
  const json_t *shapes = json_object_get (record, "shapes");
  const json_t *dtypes = json_object_get (record, "dtypes");
  const json_t *values = json_object_get (record, "values");
  for (size_t i = 0; i < json_array_size (shapes); i++)
    {
      ScopeShape expected = shape_of (json_array_get (shapes, i));
      const char *dtype = json_string_value (json_array_get (dtypes, i));
      int number = program->result + (int)i;
      ScopeText a = { 0 }, b = { 0 };
      scope_shape_print (&expected, SCOPE_SHAPE_LIST, &a);
      gboolean there = program->result >= 0 && number < program->nodes
                       && program->node[number]->state == SCOPE_NODE_FITS;
      if (there)
        scope_shape_print (&program->node[number]->shape, SCOPE_SHAPE_LIST, &b);
      gboolean same = there && scope_shape_equal (&expected, &program->node[number]->shape);
      if (!same)
        {
          tally->shapes++;
          show (tally, record, "shape", scope_text_string (&a),
                there ? scope_text_string (&b) : "nothing");
        }
      else if (strcmp (dtype, scope_dtype_name (program->node[number]->dtype)) != 0)
        {
          tally->dtypes++;
          show (tally, record, "dtype", dtype, scope_dtype_name (program->node[number]->dtype));
        }
      else
        compare_values (tally, record, program, number, json_array_get (values, i));
      scope_text_clear (&a);
      scope_text_clear (&b);
      if (!same)
        return;
    }
}

static void
compare_failing (Tally *tally, const json_t *record, const ScopeFailure *failure)
{
  const char *exception = json_string_value (json_object_get (record, "exception"));
  const char *message = json_string_value (json_object_get (record, "message"));
  tally->messages++;
  if (strcmp (exception, failure->exception) == 0
      && strcmp (message, scope_text_string (&failure->message)) == 0)
    return;
  tally->words++;
  g_autofree char *a = g_strdup_printf ("%s: %s", exception, message);
  g_autofree char *b =
      g_strdup_printf ("%s: %s", failure->exception, scope_text_string (&failure->message));
  show (tally, record, "words", a, b);
}

static void
replay (json_t *record, gpointer data)
{
  Tally *tally = data;
  gboolean fits = json_is_true (json_object_get (record, "fits"));
  const char *message = json_string_value (json_object_get (record, "message"));
  if (!fits && is_accepted (message))
    {
      tally->accepted++;
      return;
    }

  ScopeTensor *tensors[GOLDEN_TENSORS];
  int n_tensors = make_tensors (record, tensors);
  ScopeError error = { 0 };
  ScopeProgram *program = make_program (record, tensors, n_tensors, &error);
  tally->cases++;
  tally->fits += fits;
  gboolean ours = program != NULL && program->first_failure < 0;
  const ScopeFailure *failure =
      program != NULL && !ours ? program->node[program->first_failure]->failure : NULL;
  if (program == NULL)
    {
      tally->verdicts++;
      show (tally, record, "unparsed", fits ? "fits" : message, error.sentence);
    }
  else if (ours != fits)
    {
      tally->verdicts++;
      show (tally, record, "verdict", fits ? "fits" : message,
            ours ? "fits"
                 : scope_text_string (failure->message.length > 0 ? &failure->message
                                                                  : &failure->sentence));
    }
  else if (fits)
    compare_fitting (tally, record, program);
  else
    compare_failing (tally, record, failure);

  scope_program_unref (program);
  for (int i = 0; i < n_tensors; i++)
    scope_tensor_unref (tensors[i]);
}

static void
test_group (gconstpointer path)
{
  const char *wanted = g_getenv ("SCOPE_DIFFERENTIAL_SHOW");
  Tally tally = { .show = wanted != NULL ? (int)g_ascii_strtoll (wanted, NULL, 10) : 20 };
  visit_records (path, replay, &tally);
  g_test_message ("%d cases (%d fit): %d verdicts, %d shapes, %d types, %d values, %d of %d "
                  "messages differ; %d unread, %d accepted",
                  tally.cases, tally.fits, tally.verdicts, tally.shapes, tally.dtypes, tally.values,
                  tally.words, tally.messages, tally.unread, tally.accepted);
  g_assert_cmpint (tally.cases, >, 0);
  g_assert_cmpint (tally.verdicts, ==, 0);
  g_assert_cmpint (tally.shapes, ==, 0);
  g_assert_cmpint (tally.dtypes, ==, 0);
  g_assert_cmpint (tally.values, ==, 0);
  g_assert_cmpint (tally.unread, ==, 0);
  g_assert_cmpint (100 * tally.words, <=, tally.messages);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const char *only = g_getenv ("SCOPE_DIFFERENTIAL");
  if (only != NULL)
    g_test_add_data_func ("/differential/file", only, test_group);
  else
    add_golden_tests ("differential", test_group);
  return g_test_run ();
}
