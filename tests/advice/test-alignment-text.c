/* Alignments in words: NumPy's table, and why every axis fits or not. */
#include "scene-maker.h"

#include "advice/alignment-text.h"

static const struct
{
  const char *name, *source, *a, *b, *table;
} tables[] = {
  { "numpys-own", "A + B", "8,1,6,1", "7,1,5",
    "A      (4d array):  8 x 1 x 6 x 1\n"
    "B      (3d array):      7 x 1 x 5\n"
    "Result (4d array):  8 x 7 x 6 x 5\n" },
  { "scalar", "A * B", "256,256,3", "()",
    "A      (3d array):  256 x 256 x 3\n"
    "B      (0d array):  scalar\n"
    "Result (3d array):  256 x 256 x 3\n" },
  { "fails", "A[...] = B", "1,1,256,256", "1,1,1280,256",
    "A (4d array):  1 x 1 x  256 x 256\n"
    "B (4d array):  1 x 1 x 1280 x 256\n"
    "                       ^^^^ mismatch\n" },
  { "named", "A + B", "N,1", "N,3",
    "A      (2d array):  N x 1\n"
    "B      (2d array):  N x 3\n"
    "Result (2d array):  N x 3\n" },
  { "long-name", "A[0, 1] + B", "2,2,4", "4",
    "A[0, 1] (1d array):  4\n"
    "B       (1d array):  4\n"
    "Result  (1d array):  4\n" },
};

static void
test_table (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeReport *report = make_report (tables[i].source, tables[i].a, tables[i].b, SCOPE_NUMPY, NULL);
  ScopeText text = { 0 };
  scope_alignment_print_table (report->alignment, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, tables[i].table);
  scope_text_clear (&text);
  scope_report_free (report);
}

static const struct
{
  const char *name, *source, *a, *b;
  int column;
  const char *words;
} reasons[] = {
  { "equal", "A + B", "3,4", "3,4", 0, "3 meets 3, they are equal" },
  { "stretched", "A + B", "3,4", "3,1", 1, "4 meets 1, and the 1 stretches to 4" },
  { "first-stretched", "A + B", "1,4", "3,4", 0, "3 meets 1, and the 1 stretches to 3" },
  { "filled-in", "A + B", "3,4", "4", 0, "3 meets the 1 that was filled in, which stretches" },
  { "fails", "A + B", "256", "1280", 0, "256 meets 1280, and neither is 1" },
  { "target", "A[...] = B", "1,4", "3,4", 0,
    "the target's 1 meets 3, and a target does not stretch" },
  { "target-too-short", "A[...] = B", "4", "3,4", 0,
    "the target has no such axis, and the source has 3" },
  { "joined", "torch.cat((A, B), 0)", "2,3", "4,3", 0,
    "here they are joined, so the sizes add up" },
  { "joined-fails", "torch.cat((A, B), 0)", "2,3", "4,5", 1,
    "3 meets 5, and they have to be equal" },
  { "not-compared", "A @ B", "2,3", "3,4", 1, "" },
  { "unknown", "A + B", "?,3", "4,3", 0, "a size is not known, so it is taken to fit" },
};

static void
test_reason (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeReport *report =
      make_report (reasons[i].source, reasons[i].a, reasons[i].b, SCOPE_PYTORCH, NULL);
  ScopeText text = { 0 };
  scope_alignment_explain (report->alignment, reasons[i].column, NULL, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, reasons[i].words);
  scope_text_clear (&text);
  scope_report_free (report);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_strconcat ("/alignment-text/table/", tables[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_table);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autofree char *path = g_strconcat ("/alignment-text/reason/", reasons[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_reason);
    }
  return g_test_run ();
}
