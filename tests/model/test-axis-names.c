/* Names of axes in the spellings people use. */
#include "model/axis-names.h"

static const struct
{
  const char *name, *text;
  int rank;
  const char *expected; /* joined by /; NULL: no names */
} cases[] = {
  { "spaces", "N C H W", 4, "N/C/H/W" },
  { "commas", "batch, time", 2, "batch/time" },
  { "one-word", "NCHW", 4, "N/C/H/W" },
  { "one-name", "time", 1, "time" },
  { "one-capital", "N", 1, "N" },
  { "mixed-case-is-one-name", "Nx", 1, "Nx" },
  { "longer-rank-pads-in-front", "H W", 4, "//H/W" },
  { "shorter-rank-keeps-the-last", "N C H W", 2, "H/W" },
  { "scalar", "N C", 0, "" },
  { "empty", "", 2, NULL },
  { "only-spaces", "  ,", 2, NULL },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto (GStrv) names = scope_axis_names_split (cases[i].text, cases[i].rank);
  g_autofree char *joined = names != NULL ? g_strjoinv ("/", names) : NULL;

  g_assert_cmpstr (joined, ==, cases[i].expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/axis-names/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
