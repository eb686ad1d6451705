/* Remedies: what is offered for a failure, in which order, and what is said of it. */
#include "scene-maker.h"

typedef struct
{
  const char *kind, *expression, *result, *sentence, *caution;
} Expected;

static const struct
{
  const char *name, *source, *a, *b;
  ScopeDialect dialect;
  ScopeRemedyOptions options;
  Expected remedies[4];
} cases[] = {
  { "the-example",
    "A[...] = B",
    "1,1,256,256",
    "1,1,1280,256",
    SCOPE_PYTORCH,
    SCOPE_REMEDY_DEFAULTS,
    { { "slice", "A[...] = B[:, :, :256, :]", "[1, 1, 256, 256]",
        "keeps the first 256 of 1280 rows (20 %)", "" },
      { "interpolate", "A[...] = F.interpolate(B, size=(256, 256), mode=\"bilinear\")",
        "[1, 1, 256, 256]", "picks 20 % of the values and mixes none", "" },
      { "concat", "torch.cat((A, B), dim=2)", "[1, 1, 1536, 256]",
        "keeps every value of both; axis 2 grows to 1536",
        "Assigning this to A still fails: axis 2 is 1536 here and 256 in A. A section of that size "
        "fits: A[...] = torch.cat((A, B), dim=2)[:, :, -256:, :]" } } },
  { "bicubic-aligned",
    "A[...] = B",
    "1,1,256,256",
    "1,1,1280,256",
    SCOPE_PYTORCH,
    { .mode = SCOPE_RESIZE_CUBIC, .align_corners = true },
    { { "slice", NULL, NULL, NULL, NULL },
      { "interpolate",
        "A[...] = F.interpolate(B, size=(256, 256), mode=\"bicubic\", align_corners=True)",
        "[1, 1, 256, 256]", NULL, "" },
      { "concat", NULL, NULL, NULL, NULL } } },
  { "up",
    "A[...] = B",
    "1,1,1280,256",
    "1,1,256,256",
    SCOPE_PYTORCH,
    SCOPE_REMEDY_DEFAULTS,
    { { "slice", "A[:, :, :256, :] = B", "[1, 1, 1280, 256]",
        "keeps the first 256 of 1280 rows (20 %)", "" },
      { "interpolate", "A[...] = F.interpolate(B, size=(1280, 256), mode=\"bilinear\")",
        "[1, 1, 1280, 256]", NULL, "" },
      { "concat", NULL, "[1, 1, 1536, 256]", NULL, NULL } } },
  { "sum-of-vectors",
    "A + B",
    "3",
    "5",
    SCOPE_NUMPY,
    SCOPE_REMEDY_DEFAULTS,
    { { "slice", "A + B[:3]", "[3]", "keeps the first 3 of 5 columns (60 %)", "" },
      { "interpolate", "A + F.interpolate(B[None, None], size=3, mode=\"linear\")[0, 0]", "[3]",
        NULL, "" },
      { "concat", "np.concatenate((A, B), axis=0)", "[8]", NULL, "" } } },
  { "both-axes-cut",
    "A + B",
    "2,9",
    "4,3",
    SCOPE_PYTORCH,
    SCOPE_REMEDY_DEFAULTS,
    { { "interpolate", "A + F.interpolate(B[None, None], size=(2, 9), mode=\"bilinear\")[0, 0]",
        "[2, 9]", NULL, "" },
      { "slice", "A[:, :3] + B[:2, :]", "[2, 3]",
        "keeps the first 3 of 9 columns, 2 of 4 rows (16.7 %)", "" } } },
  { "inside-a-larger-statement",
    "C = (A * 2 + B) - 1",
    "4,3",
    "6,3",
    SCOPE_PYTORCH,
    SCOPE_REMEDY_DEFAULTS,
    { { "slice", "C = (A * 2 + B[:4, :]) - 1", "[4, 3]", NULL, "" },
      { "interpolate", NULL, "[4, 3]", NULL, "" },
      { "concat", "C = (torch.cat((A * 2, B), dim=0)) - 1", "[10, 3]", NULL, "" } } },
  { "fits", "A + B", "3", "3", SCOPE_PYTORCH, SCOPE_REMEDY_DEFAULTS, { { NULL } } },
};

static void
check_text (const char *expected, const ScopeText *got)
{
  if (expected != NULL)
    g_assert_cmpstr (scope_text_string (got), ==, expected);
}

static void
test_case (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeReport *report =
      make_report (cases[i].source, cases[i].a, cases[i].b, cases[i].dialect, &cases[i].options);
  int at = 0;
  for (int k = 0; k < 4 && cases[i].remedies[k].kind != NULL; k++)
    {
      const Expected *expected = &cases[i].remedies[k];
      /* In this order; other remedies may stand between. */
      while (at < report->remedies.count
             && strcmp (scope_remedy_kind_name (report->remedies.remedy[at].kind), expected->kind)
                    != 0)
        at++;
      g_assert_cmpint (at, <, report->remedies.count);
      const ScopeRemedy *remedy = &report->remedies.remedy[at];
      ScopeText shape = { 0 };
      scope_shape_print (&remedy->result, SCOPE_SHAPE_LIST, &shape);
      check_text (expected->expression, &remedy->expression);
      check_text (expected->result, &shape);
      check_text (expected->sentence, &remedy->sentence);
      check_text (expected->caution, &remedy->caution);
      g_assert_cmpfloat (remedy->keeps, >, 0);
      g_assert_cmpfloat (remedy->keeps, <=, 1);
      g_assert_cmpfloat (remedy->invents, >=, 0);
      g_assert_cmpfloat (remedy->invents, <=, 1);
      for (int dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
        g_assert_cmpuint (remedy->code[dialect].length, >, 0);
      scope_text_clear (&shape);

      /* What is offered fits. */
      ScopeReport *again = make_report (scope_text_string (&remedy->expression), cases[i].a,
                                        cases[i].b, cases[i].dialect, NULL);
      g_assert_null (again->failure);
      scope_report_free (again);
    }
  g_assert_true ((report->remedies.count == 0) == (cases[i].remedies[0].kind == NULL));
  scope_report_free (report);
}

/* How much of the source an interpolation uses and makes up follows from its weights. */
static const struct
{
  const char *name, *a, *b;
  ScopeResizeMode mode;
  bool align_corners;
  double keeps, invents;
} shares[] = {
  { "odd-ratio-picks", "1,1,256,256", "1,1,1280,256", SCOPE_RESIZE_LINEAR, false, 0.2, 0 },
  { "even-ratio-mixes-two", "1,1,64,4", "1,1,256,4", SCOPE_RESIZE_LINEAR, false, 0.5, 1 },
  { "nearest-picks", "1,1,64,4", "1,1,256,4", SCOPE_RESIZE_NEAREST, false, 0.25, 0 },
  { "up-uses-all", "1,1,8,4", "1,1,4,4", SCOPE_RESIZE_LINEAR, false, 1, 0.75 },
  { "aligned-corners-keep-two", "1,1,4,4", "1,1,3,4", SCOPE_RESIZE_LINEAR, true, 1, 0.5 },
};

static void
test_share (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeRemedyOptions options = { .mode = shares[i].mode, .align_corners = shares[i].align_corners };
  ScopeReport *report =
      make_report ("A[...] = B", shares[i].a, shares[i].b, SCOPE_PYTORCH, &options);
  bool found = false;
  for (int k = 0; k < report->remedies.count; k++)
    if (report->remedies.remedy[k].kind == SCOPE_REMEDY_INTERPOLATE)
      {
        found = true;
        g_assert_cmpfloat_with_epsilon (report->remedies.remedy[k].keeps, shares[i].keeps, 1e-9);
        g_assert_cmpfloat_with_epsilon (report->remedies.remedy[k].invents, shares[i].invents,
                                        1e-9);
      }
  g_assert_true (found);
  scope_report_free (report);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/remedy/", cases[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autofree char *path = g_strconcat ("/remedy/share/", shares[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_share);
    }
  return g_test_run ();
}
