/* Pyramids give what reading gives. */
#include "scene/pyramid.h"

#include "core/generator.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static ScopeProgram *
new_program (const char *text, const char *source)
{
  ScopeTensorText parsed;
  ScopeError error;
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  g_assert_true (scope_tensor_text_parse (text, strlen (text), &parsed, &error));
  ScopeStorage *storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, &error);
  ScopeTensor *tensor = scope_tensor_new ("A", parsed.dtype, &parsed.shape, NULL, storage, &error);
  scope_storage_unref (storage);
  ScopeProgram *program = scope_program_new (source, strlen (source), &tensor, 1, &options, &error);
  g_assert_nonnull (program);
  g_assert_cmpint (program->result, >=, 0);
  scope_tensor_unref (tensor);
  return program;
}

static ScopePlane *
read_part (ScopeProgram *program,
           const ScopeView *view,
           const ScopePlanePart *part,
           gint64 rows,
           gint64 columns)
{
  ScopeError error;
  ScopeReading reading = { 0 };
  ScopePlaneRequest request = {
    .view = *view, .part = part, .row_block = rows, .column_block = columns, .effort = INT64_MAX
  };
  ScopePlane *plane = scope_plane_make (program, program->result, &request, &reading, &error);
  g_assert_nonnull (plane);
  return plane;
}

static const struct
{
  const char *name, *tensor, *source;
  ScopeAggregate aggregate;
  gint64 rows, columns;
} cases[] = {
  { "mean", "random(1):float32[301, 207]", "A", SCOPE_AGGREGATE_MEAN, 4, 6 },
  { "min", "random(2):float32[301, 207]", "A", SCOPE_AGGREGATE_MIN, 7, 16 },
  { "max", "random(3):float32[301, 207]", "A", SCOPE_AGGREGATE_MAX, 32, 1 },
  { "extreme", "random(4):float32[301, 207]", "A - 0.5", SCOPE_AGGREGATE_EXTREME, 8, 8 },
  { "vector", "random(5):float64[9001]", "A", SCOPE_AGGREGATE_MEAN, 1, 64 },
  { "with-nan", "random(6):float32[200, 150]", "torch.where(A > 0.999, A / 0 - A / 0, A)",
    SCOPE_AGGREGATE_MAX, 8, 4 },
  /* More than the finest level has room for: blocks of 2 × 2 at least. */
  { "large", "random(7):uint8[3001, 2801]", "A", SCOPE_AGGREGATE_MEAN, 8, 12 },
};

static void
assert_same (const ScopePlane *a, const ScopePlane *b)
{
  g_assert_cmpint (a->cell_rows, ==, b->cell_rows);
  g_assert_cmpint (a->cell_columns, ==, b->cell_columns);
  g_assert_cmpint (a->row_begin, ==, b->row_begin);
  g_assert_cmpint (a->column_begin, ==, b->column_begin);
  for (gint64 i = 0; i < a->cell_rows * a->cell_columns; i++)
    if (isnan (a->value[i]) || isnan (b->value[i]))
      g_assert_true (isnan (a->value[i]) && isnan (b->value[i]));
    else
      g_assert_cmpfloat_with_epsilon (a->value[i], b->value[i], 1e-9);
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeProgram *program = new_program (cases[i].tensor, cases[i].source);
  ScopeView view = scope_view_default (&program->node[program->result]->shape);
  ScopeError error;
  ScopeReading reading = { 0 };
  ScopeProgress progress = { 0 };
  view.aggregate = cases[i].aggregate;
  ScopePyramid *pyramid =
      scope_pyramid_new (program, program->result, &view, &progress, &reading, &error);
  g_assert_nonnull (pyramid);
  g_assert_cmpint (progress.done, ==, progress.total);
  g_assert_cmpint (pyramid->levels, >, 1);

  ScopePlane *all = scope_pyramid_plane (pyramid, NULL, cases[i].rows, cases[i].columns);
  ScopePlane *read = read_part (program, &view, NULL, all->row_block, all->column_block);
  g_assert_cmpint (all->row_block % cases[i].rows, ==, 0);
  assert_same (all, read);
  g_assert_cmpint (all->statistics.count, ==, read->statistics.count);
  g_assert_cmpint (all->statistics.nans, ==, read->statistics.nans);
  g_assert_cmpint (all->samples, >, 0);
  scope_plane_free (read);

  for (int round = 0; round < 20; round++)
    {
      gint64 row = g_test_rand_int_range (0, (int)all->rows);
      gint64 column = g_test_rand_int_range (0, (int)all->columns);
      ScopePlanePart part = { row, row + 50, column, column + 70 };
      ScopePlane *some = scope_pyramid_plane (pyramid, &part, cases[i].rows, cases[i].columns);
      read = read_part (program, &view, &part, all->row_block, all->column_block);
      assert_same (some, read);
      scope_plane_free (some);
      scope_plane_free (read);
    }
  scope_plane_free (all);
  scope_pyramid_unref (pyramid);
  scope_program_unref (program);
}

/* One NaN among 10^7 is a NaN in every coarser view, and counted. */
static void
test_one_nan (void)
{
  ScopeProgram *program =
      new_program ("ramp:float32[4000, 2500]", "torch.where(A == 7777777, A / 0 - A / 0, A)");
  ScopeView view = scope_view_default (&program->node[program->result]->shape);
  ScopeError error;
  ScopeReading reading = { 0 };
  ScopePyramid *pyramid =
      scope_pyramid_new (program, program->result, &view, NULL, &reading, &error);
  g_assert_nonnull (pyramid);
  for (gint64 block = 1; block < 5000; block *= 3)
    {
      ScopePlane *plane = scope_pyramid_plane (pyramid, NULL, block, block);
      int found = 0;
      for (gint64 i = 0; i < plane->cell_rows * plane->cell_columns; i++)
        found += isnan (plane->value[i]);
      g_assert_cmpint (found, ==, 1);
      g_assert_cmpint (plane->statistics.nans, ==, 1);
      scope_plane_free (plane);
    }
  scope_pyramid_unref (pyramid);
  scope_program_unref (program);
}

static void
test_cancelled (void)
{
  ScopeProgram *program = new_program ("random:float32[100000, 100000]", "A");
  ScopeView view = scope_view_default (&program->node[program->result]->shape);
  _Atomic int cancelled = 1;
  ScopeReading reading = { .cancelled = &cancelled };
  ScopeError error;
  g_assert_null (scope_pyramid_new (program, program->result, &view, NULL, &reading, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_CANCELLED);
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/scene/pyramid/", cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/scene/pyramid/one-nan", test_one_nan);
  g_test_add_func ("/scene/pyramid/cancelled", test_cancelled);
  return g_test_run ();
}
