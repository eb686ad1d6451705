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

/* What takes long comes by samples first, and says so; then exactly. */
static void
test_progressive (void)
{
  ScopePicture *picture = new_picture ();
  int planes = 0;

  g_signal_connect (picture, "notify::plane", G_CALLBACK (count), &planes);
  scope_picture_set_resolution (picture, 100, 100);
  show (picture, "random(1):float32[4000, 4000]");
  scope_picture_settle_first (picture, g_get_monotonic_time () + 10 * G_USEC_PER_SEC);
  g_assert_cmpint (planes, >=, 1);
  if (planes == 1)
    {
      g_assert_true (scope_picture_get_plane (picture)->sampled);
      g_assert_nonnull (scope_picture_get_quality (picture));
    }
  settle (picture);
  g_assert_cmpint (planes, ==, 2);
  g_assert_false (scope_picture_get_plane (picture)->sampled);
  g_assert_cmpint (scope_picture_get_plane (picture)->statistics.count, ==, 16000000);
  g_assert_null (scope_picture_get_quality (picture));
  g_assert_finalize_object (picture);
}

/* Reading what is refused time stays a sample, and says so. */
static void
test_cancel_refining (void)
{
  ScopePicture *picture = new_picture ();
  gint64 begin;

  show (picture, "random(1):float32[60000, 60000]");
  scope_picture_settle_first (picture, g_get_monotonic_time () + 10 * G_USEC_PER_SEC);
  g_assert_true (scope_picture_get_plane (picture)->sampled);
  begin = g_get_monotonic_time ();
  scope_picture_cancel (picture);
  g_assert_nonnull (scope_picture_get_plane (picture));
  g_assert_null (scope_picture_get_problem (picture));
  g_assert_nonnull (scope_picture_get_quality (picture));
  g_assert_finalize_object (picture);
  /* Not a measurement: reading all of it would take a minute. */
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

/* A part of a large plane is there element by element, and goes with the view. */
static void
test_part (void)
{
  ScopePicture *picture = new_picture ();
  ScopePlanePart part = { 2000, 2010, 3000, 3020 };
  const ScopePlane *detail;

  scope_picture_set_resolution (picture, 100, 100);
  show (picture, "ramp:int64[4, 4000, 4000]");
  settle (picture);
  g_assert_null (scope_picture_get_detail (picture));
  scope_picture_set_part (picture, &part, 1, 1);
  g_assert_true (scope_picture_settle_part (picture, G_MAXINT64));
  detail = scope_picture_get_detail (picture);
  g_assert_nonnull (detail);
  g_assert_cmpint (detail->row_block, ==, 1);
  g_assert_cmpint (detail->row_begin, <=, 2000);
  g_assert_cmpint (detail->column_begin + detail->cell_columns, >=, 3020);
  g_assert_cmpint (((const gint64 *)detail->element)[0], ==,
                   detail->row_begin * 4000 + detail->column_begin);

  /* The read-out is exact from it. */
  scope_picture_set_cursor (picture, 2005, 3005);
  g_assert_cmpstr (scope_picture_get_readout (picture), ==, "A[0, 2005, 3005] = 8023005  int64");

  /* Coarser blocks come from the pyramid, the same as if they were read. */
  part = (ScopePlanePart){ 0, 4000, 0, 4000 };
  scope_picture_set_part (picture, &part, 16, 16);
  g_assert_true (scope_picture_settle_part (picture, G_MAXINT64));
  detail = scope_picture_get_detail (picture);
  g_assert_cmpint (detail->row_block, ==, 16);
  g_assert_cmpfloat_with_epsilon (detail->value[0], 7.5 * 4001, 1e-6);

  scope_picture_set_index (picture, 0, 2);
  g_assert_null (scope_picture_get_detail (picture));
  settle (picture);
  g_assert_true (scope_picture_settle_part (picture, G_MAXINT64));
  g_assert_cmpfloat_with_epsilon (scope_picture_get_detail (picture)->value[0],
                                  7.5 * 4001 + 2 * 16e6, 1e-6);
  scope_picture_set_part (picture, NULL, 0, 0);
  g_assert_null (scope_picture_get_detail (picture));
  g_assert_finalize_object (picture);
}

/* The plane itself is enough where it has every element. */
static void
test_part_of_small (void)
{
  ScopePicture *picture = new_picture ();
  ScopePlanePart part = { 0, 2, 0, 2 };

  show (picture, "ramp:int64[4, 4]");
  settle (picture);
  scope_picture_set_part (picture, &part, 1, 1);
  g_assert_true (scope_picture_settle_part (picture, G_MAXINT64));
  g_assert_null (scope_picture_get_detail (picture));
  g_assert_finalize_object (picture);
}

/* Every setter of the view notifies once, and not when nothing changes. */
static const struct
{
  const char *property;
  int value;
} choices[] = {
  { "range", SCOPE_RANGE_DEVIATION }, { "norm", SCOPE_NORM_SYMLOG },
  { "palette", SCOPE_PALETTE_MAGMA }, { "aggregate", SCOPE_AGGREGATE_MAX },
  { "whole-tensor", TRUE },
};

static void
test_choice (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopePicture *picture = new_picture ();
  g_autofree char *signal = g_strconcat ("notify::", choices[i].property, NULL);
  int notified = 0;

  show (picture, "ramp:int64[4, 4]");
  settle (picture);
  g_signal_connect (picture, signal, G_CALLBACK (count), &notified);
  g_object_set (picture, choices[i].property, choices[i].value, NULL);
  g_object_set (picture, choices[i].property, choices[i].value, NULL);
  g_assert_cmpint (notified, ==, 1);
  settle (picture);
  g_assert_finalize_object (picture);
}

static gboolean
has_values (ScopePicture *picture)
{
  const ScopePlane *values;

  g_object_get (picture, "values", &values, NULL);
  return values != NULL;
}

/* The whole tensor's values are read when the range follows them. */
static void
test_whole_tensor (void)
{
  ScopePicture *picture = new_picture ();

  show (picture, "ramp:int64[4, 3, 5]");
  settle (picture);
  g_assert_true (scope_picture_get_values (picture) == scope_picture_get_plane (picture));
  scope_picture_set_whole_tensor (picture, TRUE);
  while (!has_values (picture))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (scope_picture_get_values (picture)->statistics.max, ==, 59);
  g_assert_cmpfloat (scope_picture_get_plane (picture)->statistics.max, ==, 14);
  g_assert_cmpint (scope_picture_get_values (picture)->samples, ==, 60);
  g_assert_finalize_object (picture);
}

/* An axis as a whole: the read-out says what of. */
static void
test_over (void)
{
  ScopePicture *picture = new_picture ();
  g_autofree char *caption = NULL;

  show (picture, "ramp:int64[4, 3, 5]");
  settle (picture);
  scope_picture_set_axis_use (picture, 0, SCOPE_AXIS_OVER, SCOPE_AGGREGATE_MAX);
  settle (picture);
  g_object_get (picture, "caption", &caption, NULL);
  g_assert_cmpstr (caption, ==, "A[:, :, :].max(0)");
  g_assert_cmpfloat (scope_picture_get_plane (picture)->value[0], ==, 45);
  scope_picture_set_cursor (picture, 2, 4);
  for (int i = 0; i < 1000 && scope_picture_get_readout (picture) == NULL; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (scope_picture_get_readout (picture), ==, "A[:, 2, 4].max(0) = 59  int64");
  scope_picture_set_axis_use (picture, 0, SCOPE_AXIS_SLICE, SCOPE_AGGREGATE_MEAN);
  settle (picture);
  g_assert_cmpfloat (scope_picture_get_plane (picture)->value[0], ==, 0);
  g_assert_finalize_object (picture);
}

/* A minimum or maximum over an axis is an element, exact in its own type; a mean is a double. */
static const struct
{
  const char *name, *tensor, *source;
  ScopeAggregate over;
  const char *readout;
} overs[] = {
  { "beyond-doubles", "ramp:int64[2, 3, 5]", "A + 9007199254740978", SCOPE_AGGREGATE_MAX,
    "A[:, 0, 0].max(0) = 9007199254740993  int64" },
  { "least-int64", "ramp:int64[2, 3, 5]", "A - 9223372036854775807 - 1", SCOPE_AGGREGATE_MIN,
    "A[:, 0, 0].min(0) = -9223372036854775808  int64" },
  { "float32", "ramp:float32[2, 3, 5]", "A * 0.1", SCOPE_AGGREGATE_MAX,
    "A[:, 0, 0].max(0) = 1.5  float32" },
  { "bool", "checkerboard(1):bool[2, 3, 5]", "A", SCOPE_AGGREGATE_MIN,
    "A[:, 0, 0].min(0) = False  bool" },
  { "mean", "ramp:int64[2, 3, 5]", "A", SCOPE_AGGREGATE_MEAN, "A[:, 0, 0].mean(0) = 7.5  float64" },
  { "long-axis", "ramp:int32[300000, 3, 5]", "A - 7", SCOPE_AGGREGATE_MAX,
    "A[:, 0, 0].max(0) = 4499978  int32" },
};

static void
test_over_exact (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopePicture *picture = new_picture ();
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeTensor *tensor = make_tensor (overs[i].tensor);
  ScopeProgram *program =
      scope_program_new (overs[i].source, strlen (overs[i].source), &tensor, 1, &options, NULL);

  scope_tensor_unref (tensor);
  g_assert_nonnull (program);
  scope_picture_show (picture, program, program->result, "A");
  scope_program_unref (program);
  settle (picture);
  scope_picture_set_axis_use (picture, 0, SCOPE_AXIS_OVER, overs[i].over);
  settle (picture);
  scope_picture_set_cursor (picture, 0, 0);
  for (int k = 0; k < 1000 && scope_picture_get_readout (picture) == NULL; k++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (scope_picture_get_readout (picture), ==, overs[i].readout);
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
  g_test_add_func ("/picture/progressive", test_progressive);
  g_test_add_func ("/picture/cancel-refining", test_cancel_refining);
  g_test_add_func ("/picture/part", test_part);
  g_test_add_func ("/picture/part-of-small", test_part_of_small);
  g_test_add_func ("/picture/whole-tensor", test_whole_tensor);
  g_test_add_func ("/picture/over", test_over);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *path = g_strconcat ("/picture/choice/", choices[i].property, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_choice);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (overs); i++)
    {
      g_autofree char *path = g_strconcat ("/picture/over/", overs[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_over_exact);
    }
  return g_test_run ();
}
