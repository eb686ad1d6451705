/* A picture shows what was asked for last, whatever finishes when. */
#include "model/picture.h"

#include "core/generator.h"

#include <string.h>

static ScopeTensor *
make_tensor (const char *text)
{
  ScopeTensorText parsed;
  ScopeStorage *storage;
  ScopeTensor *tensor;

  g_assert_true (scope_tensor_text_parse (text, strlen (text), &parsed, NULL));
  storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, NULL);
  tensor = scope_tensor_new ("A", parsed.dtype, &parsed.shape, NULL, storage, NULL);
  scope_storage_unref (storage);
  return tensor;
}

/* A program of one tensor, called A. */
static ScopeProgram *
make_program (const char *text)
{
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeTensor *tensor = make_tensor (text);
  ScopeProgram *program = scope_program_new ("A", 1, &tensor, 1, &options, NULL);

  scope_tensor_unref (tensor);
  g_assert_nonnull (program);
  return program;
}

static void
show (ScopePicture *picture, const char *text)
{
  ScopeProgram *program = make_program (text);

  scope_picture_show (picture, program, program->result, "A");
  scope_program_unref (program);
}

static void
settle (ScopePicture *picture)
{
  scope_picture_settle (picture, g_get_monotonic_time () + 10 * G_USEC_PER_SEC);
}

static ScopePicture *
new_picture (void)
{
  ScopeEvaluator *evaluator = scope_evaluator_new ();
  ScopePicture *picture = scope_picture_new (evaluator);

  scope_evaluator_unref (evaluator);
  return picture;
}

static void
run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
count (GObject *object, GParamSpec *pspec, int *times)
{
  (*times)++;
}

static void
test_shows (void)
{
  ScopePicture *picture = new_picture ();
  const ScopePlane *plane;

  show (picture, "ramp:float32[2, 3]");
  settle (picture);
  plane = scope_picture_get_plane (picture);
  g_assert_nonnull (plane);
  g_assert_cmpint (plane->rows, ==, 2);
  g_assert_cmpint (plane->columns, ==, 3);
  g_assert_cmpfloat (plane->value[5], ==, 5);
  g_assert_false (scope_picture_get_stale (picture));
  g_assert_finalize_object (picture);
}

/* What was asked for first never shows once there is something newer. */
static void
test_overtaken (void)
{
  ScopePicture *picture = new_picture ();
  int planes = 0;

  g_signal_connect (picture, "notify::plane", G_CALLBACK (count), &planes);
  for (int i = 0; i < 20; i++)
    show (picture, "zoneplate:float64[512, 512]");
  show (picture, "ramp:float32[2, 3]");
  settle (picture);
  g_assert_cmpint (scope_picture_get_plane (picture)->rows, ==, 2);
  g_assert_cmpint (planes, ==, 1);
  g_usleep (50 * 1000);
  run_pending ();
  g_assert_cmpint (planes, ==, 1);
  g_assert_cmpint (scope_picture_get_plane (picture)->rows, ==, 2);
  g_assert_finalize_object (picture);
}

static void
test_stale_until_read (void)
{
  ScopePicture *picture = new_picture ();

  show (picture, "ramp:float32[2, 3]");
  settle (picture);
  show (picture, "ramp:float32[4, 3]");
  g_assert_cmpint (scope_picture_get_plane (picture)->rows, ==, 2);
  g_assert_true (scope_picture_get_stale (picture));
  settle (picture);
  g_assert_cmpint (scope_picture_get_plane (picture)->rows, ==, 4);
  g_assert_false (scope_picture_get_stale (picture));
  g_assert_finalize_object (picture);
}

/* Dying while a worker reads is no accident. */
static void
test_dies_while_reading (void)
{
  ScopePicture *picture = new_picture ();

  show (picture, "zoneplate:float64[2048, 2048]");
  g_assert_finalize_object (picture);
  run_pending ();
}

static void
test_cancel (void)
{
  ScopePicture *picture = new_picture ();

  show (picture, "ramp:float32[2, 3]");
  scope_picture_cancel (picture);
  settle (picture);
  g_assert_null (scope_picture_get_plane (picture));
  g_assert_nonnull (scope_picture_get_problem (picture));
  g_assert_finalize_object (picture);
}

static const struct
{
  const char *name, *tensor;
  gint64 row, column;
  const char *readout; /* NULL: none */
} readouts[] = {
  { "float", "ramp:float32[2, 3]", 1, 2, "A[1, 2] = 5.0  float32" },
  { "exact-int64", "ramp:int64[2, 3]", 0, 1, "A[0, 1] = 1  int64" },
  { "bool", "ones:bool[1, 1]", 0, 0, "A[0, 0] = True  bool" },
  { "vector", "ramp:uint8[4]", 0, 3, "A[3] = 3  uint8" },
  { "beyond-is-clamped", "ramp:float32[2, 3]", 99, 99, "A[1, 2] = 5.0  float32" },
  { "aggregated-is-still-exact", "ramp:int64[1000, 1000]", 999, 999,
    "A[999, 999] = 999999  int64  (one cell shows 4 × 4)" },
  { "none", "ramp:float32[2, 3]", -1, -1, NULL },
  { "empty", "ramp:float32[0, 3]", 0, 0, NULL },
};

static void
test_readout (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopePicture *picture = new_picture ();

  show (picture, readouts[i].tensor);
  settle (picture);
  scope_picture_set_cursor (picture, readouts[i].row, readouts[i].column);
  for (int waits = 0;
       waits < 200 && readouts[i].readout != NULL && scope_picture_get_readout (picture) == NULL;
       waits++)
    {
      g_usleep (10 * 1000);
      run_pending ();
    }
  g_assert_cmpstr (scope_picture_get_readout (picture), ==, readouts[i].readout);
  g_assert_finalize_object (picture);
}

static void
test_view (void)
{
  ScopePicture *picture = new_picture ();
  g_autofree char *caption = NULL;
  int views = 0;

  show (picture, "ramp:float32[2, 3, 4]");
  settle (picture);
  g_signal_connect (picture, "notify::view", G_CALLBACK (count), &views);
  scope_picture_set_index (picture, 0, 1);
  g_assert_cmpint (views, ==, 1);
  scope_picture_set_index (picture, 0, 7);
  g_assert_cmpint (views, ==, 1);
  settle (picture);
  g_assert_cmpfloat (scope_picture_get_plane (picture)->value[0], ==, 12);
  g_object_get (picture, "caption", &caption, NULL);
  g_assert_cmpstr (caption, ==, "A[1, :, :]");

  /* Rows along the columns' axis: the two change places. */
  scope_picture_set_axes (picture, 2, -1);
  g_assert_cmpint (scope_picture_get_view (picture)->row_axis, ==, 2);
  g_assert_cmpint (scope_picture_get_view (picture)->column_axis, ==, 1);
  settle (picture);
  g_assert_cmpint (scope_picture_get_plane (picture)->rows, ==, 4);

  /* Another rank: axes counted from the end. */
  show (picture, "ramp:float32[5, 2, 3, 4]");
  g_assert_cmpint (scope_picture_get_view (picture)->row_axis, ==, 3);
  g_assert_cmpint (scope_picture_get_index (picture, 1), ==, 1);
  g_assert_finalize_object (picture);
}

static void
test_resolution (void)
{
  ScopePicture *picture = new_picture ();
  int planes = 0;

  show (picture, "ramp:float32[1000, 1000]");
  settle (picture);
  g_signal_connect (picture, "notify::plane", G_CALLBACK (count), &planes);
  scope_picture_set_resolution (picture, 100, 100);
  settle (picture);
  g_assert_cmpint (scope_picture_get_plane (picture)->row_block, ==, 10);
  g_assert_cmpint (planes, ==, 1);
  /* The same blocks: nothing is read again. */
  scope_picture_set_resolution (picture, 101, 101);
  settle (picture);
  g_assert_cmpint (planes, ==, 1);
  g_assert_finalize_object (picture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/shows", test_shows);
  g_test_add_func ("/picture/overtaken", test_overtaken);
  g_test_add_func ("/picture/stale-until-read", test_stale_until_read);
  g_test_add_func ("/picture/dies-while-reading", test_dies_while_reading);
  g_test_add_func ("/picture/cancel", test_cancel);
  g_test_add_func ("/picture/view", test_view);
  g_test_add_func ("/picture/resolution", test_resolution);
  for (gsize i = 0; i < G_N_ELEMENTS (readouts); i++)
    {
      g_autofree char *path = g_strconcat ("/picture/readout/", readouts[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_readout);
    }
  return g_test_run ();
}
