/* The session: edits become scenes, setters notify once, wrong texts keep what was right. */
#include "model/session.h"

#include <glib/gstdio.h>
#include <string.h>

static void
count (GObject *object, GParamSpec *pspec, int *times)
{
  (*times)++;
}

static void
free_times (gpointer times, GClosure *closure)
{
  g_free (times);
}

static int *
watch (gpointer object, const char *property)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);
  int *times = g_new0 (int, 1);

  g_signal_connect_data (object, signal, G_CALLBACK (count), times, free_times, 0);
  return times;
}

static ScopeTensorItem *
get_item (ScopeSession *session, guint i)
{
  ScopeTensorItem *item = g_list_model_get_item (scope_session_get_tensors (session), i);

  g_object_unref (item);
  return item;
}

static char *
shape_of (ScopeSession *session, guint i)
{
  ScopeText text = { 0 };
  char *copy;

  scope_shape_print (&scope_session_get_scene (session)->tensor[i].tensor->shape, SCOPE_SHAPE_LIST,
                     &text);
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

#define assert_shape(session, i, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *shape_ = shape_of (session, i);                                               \
    g_assert_cmpstr (shape_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static gboolean
fits (ScopeSession *session)
{
  return scope_session_get_report (session)->failure == NULL;
}

static void
run_until_notice_or (ScopeSession *session, gboolean (*done) (ScopeSession *session))
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!done (session) && g_get_monotonic_time () < end
         && g_list_model_get_n_items (scope_session_get_notices (session)) == 0)
    g_main_context_iteration (NULL, FALSE);
}

/* ---- what there is at first ----------------------------------------------------------------- */

static void
test_example (void)
{
  ScopeSession *session = scope_session_new ();

  assert_shape (session, 0, "[1, 1, 256, 256]");
  assert_shape (session, 1, "[1, 1, 1280, 256]");
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A[...] = B");
  g_assert_false (fits (session));
  g_assert_cmpuint (g_list_model_get_n_items (scope_session_get_tensors (session)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (scope_session_get_pictures (session)), ==, 3);
  g_assert_false (scope_session_get_stale (session));
  g_assert_finalize_object (session);
}

/* ---- setters -------------------------------------------------------------------------------- */

static void
test_setters_notify_once (void)
{
  ScopeSession *session = scope_session_new ();
  int *expression = watch (session, "expression");
  int *dialect = watch (session, "dialect");
  int *code_dialect = watch (session, "code-dialect");
  int *report = watch (session, "report");

  scope_session_set_expression (session, "A + A");
  g_assert_cmpint (*expression, ==, 1);
  g_assert_cmpint (*report, ==, 1);
  scope_session_set_expression (session, "A + A");
  g_assert_cmpint (*expression, ==, 1);
  g_assert_cmpint (*report, ==, 1);

  scope_session_set_dialect (session, SCOPE_NUMPY);
  scope_session_set_dialect (session, SCOPE_NUMPY);
  g_assert_cmpint (*dialect, ==, 1);
  g_assert_cmpint (*code_dialect, ==, 1);
  scope_session_set_dialect (session, 99);
  g_assert_cmpint (scope_session_get_dialect (session), ==, SCOPE_JAX);
  scope_session_set_code_dialect (session, SCOPE_PYTORCH);
  scope_session_set_code_dialect (session, SCOPE_PYTORCH);
  g_assert_cmpint (*code_dialect, ==, 3);
  g_assert_finalize_object (session);
}

/* ---- undo ----------------------------------------------------------------------------------- */

static void
test_undo (void)
{
  ScopeSession *session = scope_session_new ();

  scope_session_set_expression (session, "A + A");
  scope_session_end_step (session);
  scope_session_edit_tensor (session, 0, "2, 3");
  assert_shape (session, 0, "[2, 3]");
  scope_session_undo (session);
  assert_shape (session, 0, "[1, 1, 256, 256]");
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A + A");
  g_assert_cmpstr (scope_tensor_item_get_text (get_item (session, 0)), ==, "[1, 1, 256, 256]");
  scope_session_undo (session);
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A[...] = B");
  scope_session_redo (session);
  scope_session_redo (session);
  assert_shape (session, 0, "[2, 3]");
  scope_session_redo (session);
  assert_shape (session, 0, "[2, 3]");
  g_assert_finalize_object (session);
}

/* Letters typed one after the other are one step. */
static void
test_typing_is_one_step (void)
{
  ScopeSession *session = scope_session_new ();

  scope_session_edit_tensor (session, 0, "[2");
  scope_session_edit_tensor (session, 0, "[2]");
  scope_session_edit_tensor (session, 0, "[25]");
  scope_session_edit_tensor (session, 0, "[256]");
  assert_shape (session, 0, "[256]");
  scope_session_undo (session);
  assert_shape (session, 0, "[1, 1, 256, 256]");
  g_assert_finalize_object (session);
}

/* ---- wrong texts ---------------------------------------------------------------------------- */

static void
test_wrong_expression (void)
{
  ScopeSession *session = scope_session_new ();
  gint64 latest = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  int begin, end;

  scope_session_set_expression (session, "A + A");
  /* On a busy machine the picture may come a moment later. */
  while (scope_picture_get_plane (scope_session_get_result (session)) == NULL
         && g_get_monotonic_time () < latest)
    g_main_context_iteration (NULL, FALSE);
  scope_session_set_expression (session, "A + (");
  g_assert_nonnull (scope_session_get_problem (session));
  g_assert_true (scope_session_get_fault (session, &begin, &end));
  g_assert_cmpint (begin, >=, 4);
  g_assert_true (scope_session_get_stale (session));
  g_assert_true (scope_picture_get_stale (scope_session_get_result (session)));
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A + (");
  g_assert_cmpstr (scope_session_get_scene (session)->expression, ==, "A + A");
  g_assert_true (fits (session));

  /* Undo gives the wrong text up first, and only that. */
  scope_session_undo (session);
  g_assert_null (scope_session_get_problem (session));
  g_assert_false (scope_session_get_stale (session));
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A + A");
  g_assert_finalize_object (session);
}

static void
test_wrong_shape (void)
{
  ScopeSession *session = scope_session_new ();
  ScopeTensorItem *item = get_item (session, 0);
  int begin, end;

  scope_tensor_item_set_text (item, "[1, 1, x!, 256]");
  g_assert_nonnull (scope_tensor_item_get_problem (item));
  g_object_get (item, "problem-begin", &begin, "problem-end", &end, NULL);
  g_assert_cmpint (begin, >=, 7);
  g_assert_cmpint (end, <=, 9);
  g_assert_true (scope_session_get_stale (session));
  assert_shape (session, 0, "[1, 1, 256, 256]");

  /* Another edit leaves the wrong text to be mended. */
  scope_session_edit_tensor (session, 1, "[7]");
  g_assert_cmpstr (scope_tensor_item_get_text (item), ==, "[1, 1, x!, 256]");
  g_assert_nonnull (scope_tensor_item_get_problem (item));

  scope_tensor_item_set_text (item, "[1, 1, 256, 256]");
  g_assert_null (scope_tensor_item_get_problem (item));
  g_assert_false (scope_session_get_stale (session));
  g_assert_finalize_object (session);
}

static const struct
{
  const char *name, *text;
  const char *shape; /* NULL: refused */
  ScopeDtype dtype;
} entries[] = {
  { "list", "[2, 3]", "[2, 3]", SCOPE_FLOAT32 },
  { "bare", "2,3", "[2, 3]", SCOPE_FLOAT32 },
  { "torch-size", "torch.Size([2, 3])", "[2, 3]", SCOPE_FLOAT32 },
  { "times", "2 × 3", "[2, 3]", SCOPE_FLOAT32 },
  { "scalar", "()", "[]", SCOPE_FLOAT32 },
  { "size-0", "[0, 3]", "[0, 3]", SCOPE_FLOAT32 },
  { "with-type", "int64[2, 3]", "[2, 3]", SCOPE_INT64 },
  { "with-fill", "random(7):f64[5]", "[5]", SCOPE_FLOAT64 },
  { "unknown", "[?, 3]", "[?, 3]", SCOPE_FLOAT32 },
  { "huge", "[1000000, 1000000, 1000]", "[1000000, 1000000, 1000]", SCOPE_FLOAT32 },
  { "literal", "[[1, 2], [3, 4]]", "[2, 2]", SCOPE_N_DTYPES },
  { "too-huge", "[9223372036854775807, 2]", NULL, 0 },
  { "negative", "[-1, 2]", NULL, 0 },
  { "no-such-file", "/nowhere/x.npy", NULL, 0 },
  { "empty", "", NULL, 0 },
  { "unclosed", "[[1, 2], [3", NULL, 0 },
};

static void
test_entry (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeSession *session = scope_session_new ();
  ScopeTensorItem *item = get_item (session, 0);

  scope_tensor_item_set_text (item, entries[i].text);
  if (entries[i].shape == NULL)
    {
      g_assert_nonnull (scope_tensor_item_get_problem (item));
      assert_shape (session, 0, "[1, 1, 256, 256]");
    }
  else
    {
      g_assert_cmpstr (scope_tensor_item_get_problem (item), ==, NULL);
      assert_shape (session, 0, entries[i].shape);
      if (entries[i].dtype < SCOPE_N_DTYPES)
        g_assert_cmpint (scope_session_get_scene (session)->tensor[0].tensor->dtype, ==,
                         entries[i].dtype);
      g_assert_cmpstr (scope_tensor_item_get_text (item), ==, entries[i].text);
    }
  g_assert_finalize_object (session);
}

/* ---- tensors -------------------------------------------------------------------------------- */

static void
test_choices_keep_the_shape (void)
{
  ScopeSession *session = scope_session_new ();
  ScopeTensorItem *item = get_item (session, 0);

  scope_tensor_item_set_text (item, "random(7):int64[5]");
  g_object_set (item, "dtype", SCOPE_FLOAT64, NULL);
  g_assert_cmpstr (scope_session_get_scene (session)->tensor[0].origin, ==, "random(7):float64[5]");
  g_object_set (item, "fill", SCOPE_FILL_ZEROS, NULL);
  g_assert_cmpstr (scope_session_get_scene (session)->tensor[0].origin, ==, "zeros:float64[5]");
  g_assert_cmpstr (scope_tensor_item_get_text (item), ==, "[5]");
  g_assert_finalize_object (session);
}

static const struct
{
  const char *name, *to, *expression;
  gboolean taken;
} names[] = {
  { "renamed-everywhere", "image", "image[...] = B + image", TRUE },
  { "unicode", "größe", "größe[...] = B + größe", TRUE },
  { "not-a-name", "a b", "A[...] = B + A", FALSE },
  { "number", "1", "A[...] = B + A", FALSE },
  { "keyword", "for", "A[...] = B + A", FALSE },
  { "taken", "B", "A[...] = B + A", FALSE },
  { "empty", "", "A[...] = B + A", FALSE },
};

static void
test_rename (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeSession *session = scope_session_new ();

  scope_session_set_expression (session, "A[...] = B + A");
  g_assert_cmpint (scope_session_rename_tensor (session, 0, names[i].to), ==, names[i].taken);
  g_assert_cmpstr (scope_session_get_expression (session), ==, names[i].expression);
  g_assert_cmpstr (scope_tensor_item_get_name (get_item (session, 0)), ==,
                   names[i].taken ? names[i].to : "A");
  g_assert_finalize_object (session);
}

static void
test_add_remove_swap (void)
{
  ScopeSession *session = scope_session_new ();

  scope_session_add_tensor (session);
  g_assert_cmpuint (g_list_model_get_n_items (scope_session_get_tensors (session)), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (scope_session_get_pictures (session)), ==, 4);
  g_assert_cmpstr (scope_tensor_item_get_name (get_item (session, 2)), ==, "C");
  scope_session_swap_tensors (session);
  assert_shape (session, 0, "[1, 1, 1280, 256]");
  assert_shape (session, 1, "[1, 1, 256, 256]");
  g_assert_cmpstr (scope_tensor_item_get_name (get_item (session, 0)), ==, "A");
  scope_session_remove_tensor (session, 0);
  g_assert_cmpuint (g_list_model_get_n_items (scope_session_get_tensors (session)), ==, 2);
  g_assert_cmpstr (scope_tensor_item_get_name (get_item (session, 0)), ==, "B");
  scope_session_remove_tensor (session, 0);
  scope_session_remove_tensor (session, 0);
  g_assert_cmpuint (g_list_model_get_n_items (scope_session_get_tensors (session)), ==, 1);
  while (scope_session_get_scene (session)->tensors != 2)
    scope_session_undo (session);
  g_assert_finalize_object (session);
}

/* ---- remedies ------------------------------------------------------------------------------- */

static void
test_remedies (void)
{
  ScopeSession *session = scope_session_new ();
  int n, node;

  scope_session_set_expression (session, "A + B");
  n = (int)g_list_model_get_n_items (scope_session_get_remedies (session));
  g_assert_cmpint (n, >, 1);
  g_assert_cmpint (scope_session_get_remedy (session), ==, 0);
  for (int i = 0; i < n; i++)
    {
      ScopeProgram *shown;

      scope_session_set_remedy (session, i);
      shown = scope_session_get_shown (session, &node);
      g_assert_nonnull (shown);
      g_assert_true (
          scope_shape_equal (&shown->node[node]->shape,
                             &scope_session_get_report (session)->remedies.remedy[i].result));
      g_assert_cmpstr (scope_session_get_fitting_code (session), !=, "");
    }
  scope_session_set_remedy (session, -1);
  g_assert_null (scope_session_get_shown (session, &node));
  g_assert_false (scope_session_apply_remedy (session));

  scope_session_set_remedy (session, 0);
  g_assert_true (scope_session_apply_remedy (session));
  g_assert_true (fits (session));
  g_assert_cmpint (scope_session_get_remedy (session), ==, -1);
  scope_session_undo (session);
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A + B");
  g_assert_false (fits (session));
  g_assert_finalize_object (session);
}

/* The chosen way stays chosen while the sizes change. */
static void
test_remedy_stays (void)
{
  ScopeSession *session = scope_session_new ();
  ScopeRemedyItem *item;
  g_autofree char *title = NULL;

  scope_session_set_expression (session, "A + B");
  scope_session_set_remedy (session, 1);
  item = g_list_model_get_item (scope_session_get_remedies (session), 1);
  title = g_strdup (scope_remedy_item_get_title (item));
  g_object_unref (item);
  scope_session_edit_tensor (session, 1, "[1, 1, 1024, 256]");
  item = g_list_model_get_item (scope_session_get_remedies (session),
                                (guint)scope_session_get_remedy (session));
  g_assert_cmpstr (scope_remedy_item_get_title (item), ==, title);
  g_object_unref (item);
  g_assert_finalize_object (session);
}

static void
test_footprints (void)
{
  ScopeSession *session = scope_session_new ();
  g_autoptr (ScopePicture) a = g_list_model_get_item (scope_session_get_pictures (session), 0);
  g_autoptr (ScopePicture) b = g_list_model_get_item (scope_session_get_pictures (session), 1);
  const ScopeFootprint *footprint;

  scope_session_set_expression (session, "A + B[:, :, 100:356]");
  g_assert_true (fits (session));
  g_assert_null (scope_picture_get_footprint (a));
  footprint = scope_picture_get_footprint (b);
  g_assert_nonnull (footprint);
  g_assert_cmpint (footprint->begin[2], ==, 100);
  g_assert_cmpint (footprint->end[2], ==, 356);
  g_assert_cmpint (footprint->end[3], ==, 256);

  scope_session_set_expression (session, "A + A");
  g_assert_null (scope_picture_get_footprint (a));
  g_assert_finalize_object (session);
}

/* ---- pictures follow each other ------------------------------------------------------------- */

static void
test_linked_views (void)
{
  ScopeSession *session = scope_session_new ();
  g_autoptr (ScopePicture) a = NULL;
  g_autoptr (ScopePicture) b = NULL;

  scope_session_edit_tensor (session, 0, "[4, 5, 6]");
  scope_session_edit_tensor (session, 1, "[2, 1, 5, 6]");
  a = g_list_model_get_item (scope_session_get_pictures (session), 0);
  b = g_list_model_get_item (scope_session_get_pictures (session), 1);
  scope_picture_set_index (a, 0, 3);
  g_assert_cmpint (scope_picture_get_index (b, 1), ==, 0);
  scope_picture_transpose (a);
  g_assert_cmpint (scope_picture_get_view (b)->row_axis, ==, 3);
  g_assert_cmpint (scope_picture_get_view (b)->column_axis, ==, 2);
  scope_picture_set_index (b, 0, 1);
  g_assert_cmpint (scope_picture_get_index (a, 0), ==, 3);
  g_assert_finalize_object (session);
}

/* ---- files ---------------------------------------------------------------------------------- */

/* Two by three float32, 0 … 5. */
static const char npy[] = "\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, "
                          "'shape': (2, 3), }                                                 "
                          "         \n";

static char *
write_npy (gboolean whole)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  char *path = NULL;
  int file = g_file_open_tmp ("scope-XXXXXX.npy", &path, NULL);
  float values[] = { 0, 1, 2, 3, 4, 5 };

  g_byte_array_append (bytes, (const guint8 *)npy, sizeof npy - 1);
  g_byte_array_append (bytes, (const guint8 *)values, whole ? sizeof values : 8);
  g_assert_cmpint (bytes->len, ==, 128 + (whole ? 24 : 8));
  g_close (file, NULL);
  g_assert_true (g_file_set_contents (path, (const char *)bytes->data, bytes->len, NULL));
  return path;
}

static gboolean
is_2_3 (ScopeSession *session)
{
  g_autofree char *shape = shape_of (session, 1);

  return g_str_equal (shape, "[2, 3]");
}

static void
test_open (void)
{
  ScopeSession *session = scope_session_new ();
  g_autofree char *path = write_npy (TRUE);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  scope_session_open_file (session, 1, file, NULL);
  run_until_notice_or (session, is_2_3);
  assert_shape (session, 1, "[2, 3]");
  g_assert_cmpstr (scope_session_get_scene (session)->tensor[1].tensor->name, ==, "B");
  g_assert_false (scope_tensor_item_get_generated (get_item (session, 1)));
  g_assert_cmpstr (scope_tensor_item_get_text (get_item (session, 1)), ==, path);
  scope_session_undo (session);
  assert_shape (session, 1, "[1, 1, 1280, 256]");
  g_unlink (path);
  g_assert_finalize_object (session);
}

static void
test_broken_file (void)
{
  ScopeSession *session = scope_session_new ();
  g_autofree char *path = write_npy (FALSE);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ScopeNotice) notice = NULL;
  ScopeScene *before = scope_session_get_scene (session);

  scope_session_open_file (session, 1, file, NULL);
  run_until_notice_or (session, is_2_3);
  g_assert_true (scope_session_get_scene (session) == before);
  notice = g_list_model_get_item (scope_session_get_notices (session), 0);
  g_assert_nonnull (notice);
  g_assert_nonnull (strstr (scope_notice_get_message (notice), name));
  scope_session_dismiss_notice (session, notice);
  g_assert_cmpuint (g_list_model_get_n_items (scope_session_get_notices (session)), ==, 0);
  g_unlink (path);
  g_assert_finalize_object (session);
}

/* A session may go while a file is being opened for it. */
/* A worker holds no session: it would end there. */
static void
test_dies_while_opening (void)
{
  ScopeSession *session = scope_session_new ();
  g_autofree char *path = write_npy (TRUE);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  scope_session_open_file (session, 1, file, NULL);
  g_assert_finalize_object (session);
  g_usleep (20000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_unlink (path);
}

/* Two tensors of two float32. */
static char *
write_safetensors (void)
{
  static const char header[] =
      "{\"bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
      "\"weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[8,16]}}";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE (sizeof header - 1);
  float values[] = { 1, 2, 3, 4 };
  char *path = NULL;
  int file = g_file_open_tmp ("scope-XXXXXX.safetensors", &path, NULL);

  g_byte_array_append (bytes, (const guint8 *)&length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *)header, sizeof header - 1);
  g_byte_array_append (bytes, (const guint8 *)values, sizeof values);
  g_close (file, NULL);
  g_assert_true (g_file_set_contents (path, (const char *)bytes->data, bytes->len, NULL));
  return path;
}

static void
keep_choice (ScopeSession *session, ScopeFileChoice *choice, ScopeFileChoice **kept)
{
  *kept = g_object_ref (choice);
}

/* A file of several tensors asks which one; what is chosen is opened. */
static void
test_choose_member (void)
{
  ScopeSession *session = scope_session_new ();
  g_autofree char *path = write_safetensors ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ScopeFileChoice) choice = NULL;
  g_autoptr (ScopeMember) member = NULL;
  ScopeScene *before = scope_session_get_scene (session);

  g_signal_connect (session, "choose-member", G_CALLBACK (keep_choice), &choice);
  scope_session_open_file (session, 1, file, NULL);
  while (choice == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (scope_session_get_scene (session) == before);
  g_assert_cmpuint (g_list_model_get_n_items (scope_file_choice_get_members (choice)), ==, 2);
  member = g_list_model_get_item (scope_file_choice_get_members (choice), 1);
  g_assert_cmpstr (scope_member_get_name (member), ==, "weight");
  g_assert_cmpstr (scope_member_get_facts (member), ==, "float32 [2, 1]");
  g_assert_true (scope_member_get_readable (member));

  scope_session_open_file (session, scope_file_choice_get_index (choice), file, "weight");
  while (scope_session_get_scene (session) == before)
    g_main_context_iteration (NULL, TRUE);
  assert_shape (session, 1, "[2, 1]");
  g_assert_true (
      g_str_has_suffix (scope_session_get_scene (session)->tensor[1].origin, "::weight"));
  g_unlink (path);
  g_assert_finalize_object (session);
}

/* ---- from the command line ------------------------------------------------------------------ */

static void
test_load (void)
{
  ScopeSession *session = scope_session_new ();
  const char *tensor_names[] = { "x", "y", NULL };
  const char *texts[] = { "2,3", "ramp:int64[3]", NULL };

  scope_session_load (session, "x + y", tensor_names, texts);
  g_assert_cmpint (scope_session_get_scene (session)->tensors, ==, 2);
  g_assert_cmpstr (scope_session_get_scene (session)->tensor[0].tensor->name, ==, "x");
  g_assert_true (fits (session));
  g_assert_finalize_object (session);
}

static void
test_load_wrong (void)
{
  ScopeSession *session = scope_session_new ();
  const char *tensor_names[] = { "x", "y", NULL };
  const char *texts[] = { "2,3", "[,", NULL };

  scope_session_load (session, "x +", tensor_names, texts);
  g_assert_cmpint (scope_session_get_scene (session)->tensors, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (scope_session_get_notices (session)), ==, 1);
  g_assert_nonnull (scope_session_get_problem (session));
  g_assert_finalize_object (session);
}

/* ---- all of them ---------------------------------------------------------------------------- */

static void
add_table (const char *prefix, const char *name, gsize i, GTestDataFunc test)
{
  g_autofree char *path = g_strconcat (prefix, name, NULL);

  g_test_add_data_func (path, GSIZE_TO_POINTER (i), test);
}

/* What the result's legend says; what was said goes with the expression. */
static const struct
{
  const char *name, *expression, *words;
} legends[] = {
  { "nothing", "A + 1", NULL },
  { "padding", "F.pad(A, (1, 1))", "∴ made up, from no element: 8 of 24" },
  { "mixed", "F.interpolate(A[None, None], size=(7, 7), mode='bilinear', align_corners=True)",
    "◣ mixed from several elements: 33 of 49" },
  { "all-mixed", "A.mean(0)", "mixed from several elements: 4 of 4" },
  { "both", "F.pad(A.mean(0, keepdim=True), (1, 0))",
    "◣ mixed from several elements: 4 of 5\n∴ made up, from no element: 1 of 5" },
  { "many", "F.pad(A, (0, 96, 0, 996))", "∴ made up, from no element: nearly all" },
  { "joined", "torch.cat((A, A))", NULL },
};

static void
test_legend (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ScopeSession) session = scope_session_new ();
  GListModel *pictures = scope_session_get_pictures (session);
  g_autoptr (ScopePicture) result = NULL;
  g_autofree char *words = NULL;
  g_autofree char *none = NULL;

  scope_session_edit_tensor (session, 0, "ramp:float32[4, 4]");
  scope_session_set_expression (session, legends[i].expression);
  result = g_list_model_get_item (pictures, g_list_model_get_n_items (pictures) - 1);
  scope_picture_settle (result, G_MAXINT64);
  words = scope_picture_describe_provenance (result);
  g_assert_cmpstr (words, ==, legends[i].words);
  scope_session_set_expression (session, "A * 2");
  scope_picture_settle (result, G_MAXINT64);
  none = scope_picture_describe_provenance (result);
  g_assert_null (none);
}

/* The result's maximum lights up where it is; another element, or none, lets go of it. */
static void
test_winner (void)
{
  g_autoptr (ScopeSession) session = scope_session_new ();
  g_autoptr (ScopePicture) a = g_list_model_get_item (scope_session_get_pictures (session), 0);
  ScopePicture *result = scope_session_get_result (session);
  const ScopeSource *source = NULL;
  guint count = 0;

  scope_session_edit_tensor (session, 0, "ramp:int64[40, 50]");
  scope_session_set_expression (session, "A.max(1).values");
  scope_picture_settle (result, G_MAXINT64);
  scope_picture_set_cursor (result, 0, 7);
  for (int i = 0; i < 1000 && count != 1; i++)
    {
      g_main_context_iteration (NULL, i > 0);
      source = scope_picture_get_sources (a, &count);
    }
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpint (source->row, ==, 7);
  g_assert_cmpint (source->column, ==, 49);
  g_assert_cmpfloat (source->weight, ==, 1);
  scope_picture_set_cursor (result, -1, -1);
  scope_picture_get_sources (a, &count);
  g_assert_cmpuint (count, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/example", test_example);
  g_test_add_func ("/session/setters-notify-once", test_setters_notify_once);
  g_test_add_func ("/session/undo", test_undo);
  g_test_add_func ("/session/typing-is-one-step", test_typing_is_one_step);
  g_test_add_func ("/session/wrong-expression", test_wrong_expression);
  g_test_add_func ("/session/wrong-shape", test_wrong_shape);
  g_test_add_func ("/session/choices-keep-the-shape", test_choices_keep_the_shape);
  g_test_add_func ("/session/add-remove-swap", test_add_remove_swap);
  g_test_add_func ("/session/remedies", test_remedies);
  g_test_add_func ("/session/remedy-stays", test_remedy_stays);
  g_test_add_func ("/session/footprints", test_footprints);
  g_test_add_func ("/session/linked-views", test_linked_views);
  g_test_add_func ("/session/open", test_open);
  g_test_add_func ("/session/broken-file", test_broken_file);
  g_test_add_func ("/session/dies-while-opening", test_dies_while_opening);
  g_test_add_func ("/session/choose-member", test_choose_member);
  g_test_add_func ("/session/load", test_load);
  g_test_add_func ("/session/load-wrong", test_load_wrong);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    add_table ("/session/entry/", entries[i].name, i, test_entry);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    add_table ("/session/rename/", names[i].name, i, test_rename);
  for (gsize i = 0; i < G_N_ELEMENTS (legends); i++)
    {
      g_autofree char *path = g_strconcat ("/session/legend/", legends[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_legend);
    }
  g_test_add_func ("/session/winner", test_winner);
  return g_test_run ();
}
