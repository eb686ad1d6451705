/* Expressions of several statements: what each step shows. */
#include "model/session.h"

static const struct
{
  const char *name, *expression;
  const char *a; /* NULL: the example's [1, 1, 256, 256]; B is [1, 1, 1280, 256] */
  const char
      *steps; /* number state begin-end text | result, a line each; * marks the first failure */
} cases[] = {
  { "one-statement", "A + A", NULL, "" },
  { "one-statement-that-fails", "A + B", NULL, "" },
  { "fits", "C = torch.cat((A, B), dim=2)\nC.sum(dim=(2, 3))", NULL,
    "1 fits 0-28 C = torch.cat((A, B), dim=2) | [1, 1, 1536, 256]\n"
    "2 fits 29-46 C.sum(dim=(2, 3)) | [1, 1]\n" },
  { "assign-gives-the-new-tensor", "A[...] = B[:, :, :256]; A[0, 0] = 1", NULL,
    "1 fits 0-22 A[...] = B[:, :, :256] | [1, 1, 256, 256]\n"
    "2 fits 24-35 A[0, 0] = 1 | [1, 1, 256, 256]\n" },
  { "tuple-shows-its-parts", "p = A.split(100, dim=2); q, r, s = p; q, s", NULL,
    "1 fits 0-23 p = A.split(100, dim=2) | [1, 1, 100, 256], [1, 1, 100, 256], [1, 1, 56, 256]\n"
    "2 fits 25-36 q, r, s = p | [1, 1, 100, 256], [1, 1, 100, 256], [1, 1, 56, 256]\n"
    "3 fits 38-42 q, s | [1, 1, 100, 256], [1, 1, 56, 256]\n" },
  { "many-parts", "A.unbind(dim=2)[:20]; A", "[1, 1, 30]",
    "1 fits 0-20 A.unbind(dim=2)[:20] | [1, 1], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1], "
    "[1, 1], … (20)\n"
    "2 fits 22-23 A | [1, 1, 30]\n" },
  { "no-tensor", "n = A.shape[2]; t = (n, 2.5); u = [1, -1]; x = None; d = A.dtype", NULL,
    "1 fits 0-14 n = A.shape[2] | int 256\n"
    "2 fits 16-28 t = (n, 2.5) | tuple (256, 2.5)\n"
    "3 fits 30-41 u = [1, -1] | list [1, -1]\n"
    "4 fits 43-51 x = None | None\n"
    "5 fits 53-64 d = A.dtype | dtype float32\n" },
  { "scalar", "C = A.sum(); C", NULL, "1 fits 0-11 C = A.sum() | []\n2 fits 13-14 C | []\n" },
  { "fails-and-skips", "C = A + B\nD = C * 2\nA * 2", NULL,
    "1 *fails 0-9 C = A + B | Axis 2 (−2) does not fit: A has 256 and B has 1280, and neither is "
    "1.\n"
    "2 skipped 10-19 D = C * 2 | \n"
    "3 fits 20-25 A * 2 | [1, 1, 256, 256]\n" },
  { "assign-fails", "A[...] = B; A + A", NULL,
    "1 *fails 0-10 A[...] = B | Axis 2 (−2) does not fit: A has 256 and B has 1280; an assignment "
    "can only stretch the source, and only from 1.\n"
    "2 fits 12-17 A + A | [1, 1, 256, 256]\n" },
  { "two-fail", "C = A + A; D = A + B; E = A * B", NULL,
    "1 fits 0-9 C = A + A | [1, 1, 256, 256]\n"
    "2 *fails 11-20 D = A + B | Axis 2 (−2) does not fit: A has 256 and B has 1280, and neither is "
    "1.\n"
    "3 fails 22-31 E = A * B | Axis 2 (−2) does not fit: A has 256 and B has 1280, and neither is "
    "1.\n" },
  { "a-name-fails", "C = X; C + A", NULL,
    "1 *fails(word) 0-5 C = X | `X` is not defined. Define it: X=SHAPE.\n2 skipped 7-12 C + A | "
    "\n" },
  { "unpacking-fails", "q, r = A.split(100, dim=2); q", NULL,
    "1 *fails(word) 0-26 q, r = A.split(100, dim=2) | too many values to unpack (expected 2)\n"
    "2 skipped 28-29 q | \n" },
  { "unknown-sizes", "C = A + 1; n = C.shape[0]; C[0]", "[N, 3]",
    "1 unknown 0-9 C = A + 1 | [N, 3]\n"
    "2 unknown 11-25 n = C.shape[0] | int N\n"
    "3 fits 27-31 C[0] | [3]\n" },
  { "augmented", "A += 1; A", NULL,
    "1 fits 0-6 A += 1 | [1, 1, 256, 256]\n2 fits 8-9 A | [1, 1, 256, 256]\n" },
  { "several-lines-become-one", "C = torch.cat(\n    (A,\r\n     B),   \n  dim=2\n )\nC", NULL,
    "1 fits 0-46 C = torch.cat((A, B), dim=2) | [1, 1, 1536, 256]\n"
    "2 fits 47-48 C | [1, 1, 1536, 256]\n" },
  { "characters-not-bytes", "ä = A; ä", NULL,
    "1 fits 0-5 ä = A | [1, 1, 256, 256]\n2 fits 7-8 ä | [1, 1, 256, 256]\n" },
};

static const char *const states[] = {
  [SCOPE_STEP_FITS] = "fits",
  [SCOPE_STEP_UNKNOWN] = "unknown",
  [SCOPE_STEP_FAILS] = "fails",
  [SCOPE_STEP_SKIPPED] = "skipped",
};

static void
put_item (GString *out, ScopeStepItem *item, int total)
{
  gboolean first;
  ScopeSpan span = scope_step_item_get_span (item);
  ScopeStepState state = scope_step_item_get_state (item);
  gboolean word = state == SCOPE_STEP_FAILS && !scope_step_item_get_misfit (item);

  g_object_get (item, "first-failure", &first, NULL);
  g_assert_cmpint (scope_step_item_get_total (item), ==, total);
  g_string_append_printf (out, "%d %s%s%s %d-%d %s | %s\n", scope_step_item_get_number (item),
                          first ? "*" : "", states[state], word ? "(word)" : "", span.begin,
                          span.end, scope_step_item_get_text (item),
                          scope_step_item_get_result (item));
}

static char *
print_steps (ScopeSession *session)
{
  GListModel *steps = scope_session_get_steps (session);
  guint n = g_list_model_get_n_items (steps);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopeStepItem) item = g_list_model_get_item (steps, i);

      put_item (out, item, (int)n);
    }
  return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeSession *session = scope_session_new ();
  g_autofree char *steps = NULL;

  if (cases[i].a != NULL)
    scope_session_edit_tensor (session, 0, cases[i].a);
  scope_session_set_expression (session, cases[i].expression);
  g_assert_null (scope_session_get_problem (session));
  steps = print_steps (session);
  g_assert_cmpstr (steps, ==, cases[i].steps);
  g_assert_finalize_object (session);
}

static void
count (gpointer data)
{
  ++*(int *)data;
}

/* What shows a step stays when only its shape changes, and is told of that alone. */
static void
test_items_stay (void)
{
  ScopeSession *session = scope_session_new ();
  GListModel *steps = scope_session_get_steps (session);
  g_autoptr (ScopeStepItem) item = NULL;
  g_autoptr (ScopeStepItem) after = NULL;
  int results = 0, texts = 0;

  scope_session_set_expression (session, "C = A + A; C.mean(); C");
  item = g_list_model_get_item (steps, 0);
  g_signal_connect_swapped (item, "notify::result", G_CALLBACK (count), &results);
  g_signal_connect_swapped (item, "notify::text", G_CALLBACK (count), &texts);
  scope_session_edit_tensor (session, 0, "[4, 5]");
  after = g_list_model_get_item (steps, 0);
  g_assert_true (item == after);
  g_assert_cmpstr (scope_step_item_get_result (item), ==, "[4, 5]");
  g_assert_cmpint (results, ==, 1);
  g_assert_cmpint (texts, ==, 0);
  scope_session_set_expression (session, "C = A + A; C");
  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, 2);
  scope_session_set_expression (session, "A + A");
  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, 0);
  g_assert_finalize_object (session);
}

static char *
repeat (const char *statement, int count, const char *last)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < count; i++)
    g_string_append (text, statement);
  g_string_append (text, last);
  return g_string_free (text, FALSE);
}

/* A long program shows a bounded number of steps, and its first failure in any case. */
static void
test_many (void)
{
  ScopeSession *session = scope_session_new ();
  GListModel *steps = scope_session_get_steps (session);
  g_autofree char *text = repeat ("A;", 3000, "A + B; A");
  g_autoptr (ScopeStepItem) last = NULL;
  g_autoptr (ScopeStepItem) before = NULL;
  guint hidden;

  scope_session_set_expression (session, text);
  g_object_get (session, "hidden-steps", &hidden, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, SCOPE_MAX_STEPS);
  g_assert_cmpuint (hidden, ==, 3002 - SCOPE_MAX_STEPS);
  before = g_list_model_get_item (steps, SCOPE_MAX_STEPS - 2);
  last = g_list_model_get_item (steps, SCOPE_MAX_STEPS - 1);
  g_assert_cmpint (scope_step_item_get_number (before), ==, SCOPE_MAX_STEPS - 1);
  g_assert_cmpint (scope_step_item_get_number (last), ==, 3001);
  g_assert_cmpint (scope_step_item_get_state (last), ==, SCOPE_STEP_FAILS);
  g_assert_cmpint (scope_step_item_get_total (last), ==, 3002);
  scope_session_set_expression (session, "A; A");
  g_object_get (session, "hidden-steps", &hidden, NULL);
  g_assert_cmpuint (hidden, ==, 0);
  g_assert_finalize_object (session);
}

/* A statement as long as the parser takes it is cut at a character. */
static void
test_long_statement (void)
{
  ScopeSession *session = scope_session_new ();
  g_autofree char *text = repeat ("ä + ", 500, "ä");
  g_autofree char *expression = g_strdup_printf ("ä = A; %s", text);
  g_autoptr (ScopeStepItem) item = NULL;
  const char *shown;

  scope_session_set_expression (session, expression);
  item = g_list_model_get_item (scope_session_get_steps (session), 1);
  shown = scope_step_item_get_text (item);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (shown, -1), ==, SCOPE_STEP_CHARACTERS + 1);
  g_assert_true (g_str_has_suffix (shown, "…"));
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/steps/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/steps/items-stay", test_items_stay);
  g_test_add_func ("/steps/many", test_many);
  g_test_add_func ("/steps/long-statement", test_long_statement);
  return g_test_run ();
}
