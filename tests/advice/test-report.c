/* The report: verdict sentence, the framework's words, hazards, code in four frameworks. */
#include "scene-maker.h"

static const struct
{
  const char *name, *source, *a, *b;
  ScopeDialect dialect;
  const char *verdict, *exception, *message;
} verdicts[] = {
  { "the-example", "A[...] = B", "1,1,256,256", "1,1,1280,256", SCOPE_PYTORCH,
    "Axis 2 (−2) does not fit: A has 256 and B has 1280; an assignment can only stretch the "
    "source, "
    "and only from 1.",
    "RuntimeError",
    "The expanded size of the tensor (256) must match the existing size (1280) at non-singleton "
    "dimension 2.  Target sizes: [1, 1, 256, 256].  Tensor sizes: [1280, 256]" },
  { "the-example-numpy", "A[...] = B", "1,1,256,256", "1,1,1280,256", SCOPE_NUMPY, NULL,
    "ValueError",
    "could not broadcast input array from shape (1,1,1280,256) into shape (1,1,256,256)" },
  { "fits", "A + B", "256", "1,256", SCOPE_PYTORCH,
    "It fits: the result is [1, 256], float32, 1 KiB.", NULL, NULL },
  { "unknown", "A + B", "?,3", "4,3", SCOPE_PYTORCH,
    "It fits: the result is [4, 3], float32, 48 B.", NULL, NULL },
  { "not-defined", "A + C", "3", NULL, SCOPE_PYTORCH, "`C` is not defined. Define it: C=SHAPE.",
    "NameError", "name 'C' is not defined" },
  { "not-known", "torch.frobnicate(A)", "3", NULL, SCOPE_PYTORCH,
    "Shapescope does not know `torch.frobnicate` yet.", "", "" },
};

static void
test_verdict (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeReport *report =
      make_report (verdicts[i].source, verdicts[i].a, verdicts[i].b, verdicts[i].dialect, NULL);
  if (verdicts[i].verdict != NULL)
    g_assert_cmpstr (scope_text_string (&report->verdict), ==, verdicts[i].verdict);
  if (verdicts[i].exception == NULL)
    g_assert_null (report->failure);
  else
    {
      g_assert_nonnull (report->failure);
      g_assert_cmpstr (report->failure->exception, ==, verdicts[i].exception);
      g_assert_cmpstr (scope_text_string (&report->failure->message), ==, verdicts[i].message);
    }
  scope_report_free (report);
}

static const struct
{
  const char *name, *source, *a, *b, *kind;
} hazards[] = {
  { "outer-product", "A - B", "128", "128,1", "outer-product" },
  { "meant-outer-product", "A - B", "1,128", "128,1", NULL },
  { "memory", "A + B", "100000,1", "1,100000", "memory" },
  { "nothing-to-say", "A + B", "3", "3", NULL },
};

static void
test_hazard (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeReport *report =
      make_report (hazards[i].source, hazards[i].a, hazards[i].b, SCOPE_PYTORCH, NULL);
  g_assert_cmpint (report->hazards, ==, hazards[i].kind != NULL);
  if (hazards[i].kind != NULL)
    g_assert_cmpstr (report->hazard[0].kind, ==, hazards[i].kind);
  scope_report_free (report);
}

static const struct
{
  const char *name, *source, *numpy, *tensorflow, *jax;
} codes[] = {
  { "slice", "A[...] = B[:, :, :256, :]", "A[...] = B[:, :, :256, :]",
    "A = tf.broadcast_to(B[:, :, :256, :], A.shape)", "A = A.at[...].set(B[:, :, :256, :])" },
  { "joining", "torch.cat((A, B), dim=2)", "np.concatenate((A, B), axis=2)",
    "tf.concat((A, B), axis=2)", "jnp.concatenate((A, B), axis=2)" },
  { "comment-stays", "C = torch.cat([A, B], 2)  # grows", "C = np.concatenate([A, B], 2)  # grows",
    "C = tf.concat([A, B], 2)  # grows", "C = jnp.concatenate([A, B], 2)  # grows" },
};

static void
test_code (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  const char *expected[SCOPE_N_DIALECTS] = { [SCOPE_PYTORCH] = codes[i].source,
                                             [SCOPE_NUMPY] = codes[i].numpy,
                                             [SCOPE_TENSORFLOW] = codes[i].tensorflow,
                                             [SCOPE_JAX] = codes[i].jax };
  ScopeReport *report =
      make_report (codes[i].source, "1,1,256,256", "1,1,1280,256", SCOPE_PYTORCH, NULL);
  g_assert_null (report->failure);
  for (int dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
    {
      ScopeText code = { 0 };
      g_assert_true (scope_code_write (report->program, (ScopeDialect)dialect, &code));
      g_assert_cmpstr (scope_text_string (&code), ==, expected[dialect]);
      scope_text_clear (&code);
    }
  scope_report_free (report);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_autofree char *path = g_strconcat ("/report/verdict/", verdicts[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_verdict);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (hazards); i++)
    {
      g_autofree char *path = g_strconcat ("/report/hazard/", hazards[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_hazard);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *path = g_strconcat ("/report/code/", codes[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_code);
    }
  return g_test_run ();
}
