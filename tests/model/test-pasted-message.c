/* A pasted message is understood, corrected, and becomes a scene: without a window. */
#include "model/pasted-message.h"

#include <string.h>

#define TORCH                                                                                      \
  "RuntimeError: The size of tensor a (512) must match the size of tensor b (500) at "             \
  "non-singleton dimension 1"

static const struct
{
  const char *name, *text;
  ScopePastedState state;
  const char *framework, *axis, *sizes, *expression;
  gboolean guessed;
  const char *shapes[3]; /* of the tensors, in order */
  ScopeState verdict;
} cases[] = {
  { "torch-broadcast",
    TORCH,
    SCOPE_PASTED_RECOGNIZED,
    "PyTorch",
    "1",
    "512 and 500",
    "A + B",
    TRUE,
    { "[?, 512]", "[?, 500]" },
    SCOPE_STATE_FAILS },
  { "numpy-broadcast",
    "ValueError: operands could not be broadcast together with shapes (3,4) (5,)",
    SCOPE_PASTED_RECOGNIZED,
    "NumPy",
    "?",
    "?",
    "A + B",
    TRUE,
    { "[3, 4]", "[5]" },
    SCOPE_STATE_FAILS },
  { "matmul",
    "RuntimeError: mat1 and mat2 shapes cannot be multiplied (64x512 and 2048x10)",
    SCOPE_PASTED_RECOGNIZED,
    "PyTorch",
    "?",
    "512 and 2048",
    "A @ B",
    TRUE,
    { "[64, 512]", "[2048, 10]" },
    SCOPE_STATE_FAILS },
  { "line-of-the-traceback",
    "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n"
    "    y = x + bias\n" TORCH "\n",
    SCOPE_PASTED_RECOGNIZED,
    "PyTorch",
    "1",
    "512 and 500",
    "y = x + bias",
    FALSE,
    { "[?, 512]", "[?, 500]" },
    SCOPE_STATE_FAILS },
  { "nothing",
    " \n\t ",
    SCOPE_PASTED_NOTHING,
    "",
    "",
    "",
    "",
    FALSE,
    { NULL },
    SCOPE_STATE_UNKNOWN },
  { "something-else",
    "KeyError: 'weights'",
    SCOPE_PASTED_UNKNOWN,
    "",
    "",
    "",
    "",
    FALSE,
    { NULL },
    SCOPE_STATE_UNKNOWN },
};

static char *
get_string (ScopePastedMessage *message, const char *property)
{
  char *string;

  g_object_get (message, property, &string, NULL);
  return string;
}

static gboolean
can_replace (ScopePastedMessage *message)
{
  gboolean can;

  g_object_get (message, "can-replace", &can, NULL);
  return can;
}

static ScopePastedTensor *
get_tensor (ScopePastedMessage *message, guint i)
{
  ScopePastedTensor *tensor = g_list_model_get_item (scope_pasted_message_get_tensors (message), i);

  g_assert_nonnull (tensor);
  g_object_unref (tensor);
  return tensor;
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ScopePastedMessage) message = scope_pasted_message_new ();
  g_autofree char *framework = NULL, *axis = NULL, *sizes = NULL;
  guint n;

  scope_pasted_message_take (message, cases[i].text);
  framework = get_string (message, "framework");
  axis = get_string (message, "axis");
  sizes = get_string (message, "sizes");
  g_assert_cmpint (scope_pasted_message_get_state (message), ==, cases[i].state);
  g_assert_cmpstr (framework, ==, cases[i].framework);
  g_assert_cmpstr (axis, ==, cases[i].axis);
  g_assert_cmpstr (sizes, ==, cases[i].sizes);
  g_assert_cmpstr (scope_pasted_message_get_expression (message), ==, cases[i].expression);
  g_assert_cmpint (scope_pasted_message_get_guessed (message), ==, cases[i].guessed);
  g_assert_cmpint (scope_pasted_message_get_verdict_state (message), ==, cases[i].verdict);
  g_assert_cmpint (can_replace (message), ==, cases[i].state == SCOPE_PASTED_RECOGNIZED);
  for (n = 0; cases[i].shapes[n] != NULL; n++)
    {
      ScopePastedTensor *tensor = get_tensor (message, n);

      g_assert_cmpstr (scope_pasted_tensor_get_text (tensor), ==, cases[i].shapes[n]);
      g_assert_cmpint (scope_pasted_tensor_get_open (tensor), ==,
                       strchr (cases[i].shapes[n], '?') != NULL);
    }
  g_assert_cmpuint (g_list_model_get_n_items (scope_pasted_message_get_tensors (message)), ==, n);
}

static void
count (guint *notified)
{
  (*notified)++;
}

static void
test_corrections (void)
{
  g_autoptr (ScopePastedMessage) message = scope_pasted_message_new ();
  guint verdicts = 0, replaces = 0;
  ScopeScene *scene;

  scope_pasted_message_take (message, TORCH);
  g_signal_connect_swapped (message, "notify::verdict", G_CALLBACK (count), &verdicts);
  g_signal_connect_swapped (message, "notify::can-replace", G_CALLBACK (count), &replaces);

  scope_pasted_tensor_set_text (get_tensor (message, 0), "[8, 51");
  g_assert_nonnull (scope_pasted_tensor_get_problem (get_tensor (message, 0)));
  g_assert_false (can_replace (message));
  g_assert_null (scope_pasted_message_make_scene (message));
  g_assert_cmpuint (verdicts, ==, 0);
  g_assert_cmpuint (replaces, ==, 1);

  scope_pasted_tensor_set_text (get_tensor (message, 0), "[8, 500]");
  g_assert_null (scope_pasted_tensor_get_problem (get_tensor (message, 0)));
  g_assert_true (can_replace (message));
  g_assert_cmpint (scope_pasted_message_get_verdict_state (message), ==, SCOPE_STATE_FITS);
  g_assert_cmpuint (verdicts, ==, 1);
  scope_pasted_tensor_set_text (get_tensor (message, 1), "uint8[9, 500]");
  g_assert_cmpint (scope_pasted_message_get_verdict_state (message), ==, SCOPE_STATE_FAILS);

  scope_pasted_message_set_expression (message, "A + ");
  g_assert_false (can_replace (message));
  scope_pasted_message_set_expression (message, "A * B");
  g_assert_false (scope_pasted_message_get_guessed (message));
  scope_pasted_message_set_dialect (message, SCOPE_NUMPY);

  scene = scope_pasted_message_make_scene (message);
  g_assert_nonnull (scene);
  g_assert_cmpstr (scene->expression, ==, "A * B");
  g_assert_cmpint (scene->dialect, ==, SCOPE_NUMPY);
  g_assert_cmpint (scene->tensors, ==, 2);
  g_assert_cmpstr (scene->tensor[1].origin, ==, "ramp:uint8[9, 500]");
  g_assert_cmpint (scene->tensor[1].tensor->dtype, ==, SCOPE_UINT8);
  scope_scene_unref (scene);
}

/* A shape of more elements than can be counted is no tensor. */
static void
test_too_big (void)
{
  g_autoptr (ScopePastedMessage) message = scope_pasted_message_new ();

  scope_pasted_message_take (message, TORCH);
  scope_pasted_tensor_set_text (get_tensor (message, 0), "[9999999999, 9999999999, 512]");
  g_assert_nonnull (scope_pasted_tensor_get_problem (get_tensor (message, 0)));
  g_assert_false (can_replace (message));
}

/* The message replaces whatever stands there, wrong texts included, in one step. */
static void
test_replace (void)
{
  g_autoptr (ScopeSession) session = scope_session_new ();
  g_autoptr (ScopePastedMessage) message = scope_pasted_message_new ();
  ScopeScene *scene;
  gboolean can_undo;

  scope_session_set_expression (session, "A + B");
  scope_session_set_expression (session, "A + (");
  scope_session_edit_tensor (session, 0, "[1, ");
  scope_pasted_message_take (message, TORCH);
  scene = scope_pasted_message_make_scene (message);
  scope_session_replace_scene (session, scene);
  scope_scene_unref (scene);
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A + B");
  g_assert_null (scope_session_get_problem (session));
  g_assert_false (scope_session_get_stale (session));
  g_assert_cmpint (scope_session_get_scene (session)->tensor[0].tensor->shape.rank, ==, 2);

  scope_session_undo (session);
  g_assert_cmpint (scope_session_get_scene (session)->tensor[0].tensor->shape.rank, ==, 4);
  scope_session_redo (session);
  g_assert_cmpint (scope_session_get_scene (session)->tensor[0].tensor->shape.rank, ==, 2);
  scope_session_undo (session);
  scope_session_undo (session);
  g_object_get (session, "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);
}

/* ---- long texts ----------------------------------------------------------------------------- */

static void
test_cut (void)
{
  g_autoptr (ScopePastedMessage) message = scope_pasted_message_new ();
  GString *text = g_string_new (TORCH "\n");
  g_autofree char *kept = NULL;

  while (text->len < SCOPE_MESSAGE_BYTES - 1)
    g_string_append_c (text, 'x');
  g_string_append (text, "é and more"); /* its first byte is the last that there is room for */
  scope_pasted_message_take (message, text->str);
  g_assert_true (scope_pasted_message_get_cut (message));
  g_assert_cmpint (scope_pasted_message_get_state (message), ==, SCOPE_PASTED_RECOGNIZED);
  g_assert_cmpuint (strlen (scope_pasted_message_get_text (message)), ==, SCOPE_MESSAGE_BYTES - 1);

  /* The view gives back what it was given: it stays cut. */
  kept = g_strdup (scope_pasted_message_get_text (message));
  scope_pasted_message_set_text (message, kept);
  g_assert_true (scope_pasted_message_get_cut (message));
  scope_pasted_message_take (message, TORCH);
  g_assert_false (scope_pasted_message_get_cut (message));
  g_string_free (text, TRUE);
}

static void
test_not_utf8 (void)
{
  g_autoptr (ScopePastedMessage) message = scope_pasted_message_new ();

  scope_pasted_message_take (message, "\xff\xfe " TORCH);
  g_assert_true (g_utf8_validate (scope_pasted_message_get_text (message), -1, NULL));
  g_assert_cmpint (scope_pasted_message_get_state (message), ==, SCOPE_PASTED_RECOGNIZED);
}

static void
test_long_lines (void)
{
  GString *text = g_string_new ("short\n");
  g_autofree char *shown = NULL, *joined = NULL, *cut = NULL;
  g_auto (GStrv) lines = NULL;

  for (int i = 0; i < 5000; i++)
    g_string_append (text, i % 7 == 0 ? "\u00e9" : i % 11 == 0 ? "\U0001F600" : "x");
  g_string_append (text, "\nlast");
  shown = scope_pasted_text_break (text->str, G_MAXSIZE);
  lines = g_strsplit (shown, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 7);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, SCOPE_PASTED_LINE + 1);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  joined = scope_pasted_text_join (shown);
  g_assert_cmpstr (joined, ==, text->str);

  for (gsize limit = 5000; limit < 5010; limit++)
    {
      g_free (cut);
      g_free (joined);
      cut = scope_pasted_text_break (text->str, limit);
      joined = scope_pasted_text_join (cut);
      g_assert_true (g_utf8_validate (joined, -1, NULL));
      g_assert_cmpuint (strlen (joined), <=, limit);
      g_assert_cmpuint (strlen (joined), >, limit - 4);
      g_assert_true (g_str_has_prefix (text->str, joined));
    }
  g_string_free (text, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pasted-message/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/pasted-message/corrections", test_corrections);
  g_test_add_func ("/pasted-message/too-big", test_too_big);
  g_test_add_func ("/pasted-message/replace", test_replace);
  g_test_add_func ("/pasted-message/cut", test_cut);
  g_test_add_func ("/pasted-message/not-utf8", test_not_utf8);
  g_test_add_func ("/pasted-message/long-lines", test_long_lines);
  return g_test_run ();
}
