/* Planes against brute force: exact cells, blocks, samples, statistics. */
#include "scene/plane.h"

#include "core/generator.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static ScopeTensor *
new_tensor (const char *name, const char *text)
{
  ScopeTensorText parsed;
  ScopeError error;
  g_assert_true (scope_tensor_text_parse (text, strlen (text), &parsed, &error));
  ScopeStorage *storage = NULL;
  if (scope_shape_is_known (&parsed.shape))
    {
      storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, &error);
      g_assert_nonnull (storage);
    }
  ScopeTensor *tensor = scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, &error);
  g_assert_nonnull (tensor);
  scope_storage_unref (storage);
  return tensor;
}

/* A vector of given doubles. */
static ScopeTensor *
new_vector (const double *value, int count, ScopeDtype dtype)
{
  ScopeError error;
  void *data;
  ScopeStorage *storage = scope_storage_new_owned (dtype, count, 1 << 20, &data, &error);
  g_assert_nonnull (storage);
  scope_dtype_convert (SCOPE_FLOAT64, value, 1, dtype, data, 1, count);
  ScopeShape shape = { .rank = 1, .size = { count } };
  ScopeTensor *tensor = scope_tensor_new ("A", dtype, &shape, NULL, storage, &error);
  g_assert_nonnull (tensor);
  scope_storage_unref (storage);
  return tensor;
}

static ScopeProgram *
new_program (ScopeTensor *tensor)
{
  ScopeError error;
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program = scope_program_new ("A", 1, &tensor, 1, &options, &error);
  g_assert_nonnull (program);
  g_assert_cmpint (program->result, >=, 0);
  scope_tensor_unref (tensor);
  return program;
}

static ScopePlane *
read_plane (ScopeProgram *program,
            const ScopeView *view,
            gint64 rows,
            gint64 columns,
            gint64 effort)
{
  ScopeError error;
  ScopeReading reading = { 0 };
  ScopePlane *plane =
      scope_plane_read (program, program->result, view, rows, columns, effort, &reading, &error);
  if (plane == NULL)
    g_error ("%s", error.sentence);
  return plane;
}

static ScopeView
default_view (const ScopeProgram *program)
{
  return scope_view_default (&program->node[program->result]->shape);
}

/* Element (row, column) of the plane, read alone. */
static double
element_at (const ScopeProgram *program, const ScopeView *view, gint64 row, gint64 column)
{
  const ScopeNode *node = program->node[program->result];
  ScopeRegion region = { .rank = node->shape.rank };
  for (int axis = 0; axis < region.rank; axis++)
    {
      region.start[axis] = axis == view->row_axis      ? row
                           : axis == view->column_axis ? column
                                                       : view->index[axis];
      region.step[axis] = 1;
      region.count[axis] = 1;
    }
  char element[16];
  double value;
  ScopeError error;
  ScopeReading reading = { 0 };
  ScopeBuffer buffer = scope_buffer_dense (&region, element);
  g_assert_true (scope_program_read (program, program->result, &region, &buffer, &reading, &error));
  scope_dtype_convert (node->dtype, element, 1, SCOPE_FLOAT64, &value, 1, 1);
  return value;
}

static double
aggregate (const ScopeProgram *program,
           const ScopeView *view,
           const ScopePlane *plane,
           gint64 cell_row,
           gint64 cell_column)
{
  gint64 row_end = MIN ((cell_row + 1) * plane->row_block, plane->rows);
  gint64 column_end = MIN ((cell_column + 1) * plane->column_block, plane->columns);
  double sum = 0, least = INFINITY, most = -INFINITY, extreme = 0;
  gint64 count = 0;
  for (gint64 row = cell_row * plane->row_block; row < row_end; row++)
    for (gint64 column = cell_column * plane->column_block; column < column_end; column++)
      {
        double value = element_at (program, view, row, column);
        sum += value;
        least = fmin (least, value);
        most = fmax (most, value);
        extreme = fabs (value) > fabs (extreme) ? value : extreme;
        count++;
      }
  return view->aggregate == SCOPE_AGGREGATE_MIN       ? least
         : view->aggregate == SCOPE_AGGREGATE_MAX     ? most
         : view->aggregate == SCOPE_AGGREGATE_EXTREME ? extreme
                                                      : sum / (double)count;
}

static const struct
{
  const char *name, *tensor;
  int row_axis, column_axis;
  gint64 index[4];
  gint64 max_rows, max_columns;
} cases[] = {
  { "exact", "random(1):2,3,5,7", 2, 3, { 1, 2 }, 64, 64 },
  { "exact-transposed", "random(1):2,3,5,7", 3, 2, { 1, 2 }, 64, 64 },
  { "exact-other-axes", "random(1):2,3,5,7", 0, 2, { 0, 1, 0, 6 }, 64, 64 },
  { "integers", "ramp:int64[3,4]", 0, 1, { 0 }, 64, 64 },
  { "booleans", "identity:bool[5,5]", 0, 1, { 0 }, 64, 64 },
  { "scalar", "ones:()", -1, -1, { 0 }, 64, 64 },
  { "vector", "random(2):33", -1, 0, { 0 }, 64, 64 },
  { "vector-in-blocks", "random(2):33", -1, 0, { 0 }, 64, 10 },
  { "blocks", "random(3):40,60", 0, 1, { 0 }, 10, 20 },
  { "ragged-blocks", "random(3):41,61", 0, 1, { 0 }, 10, 20 },
  { "ragged-transposed", "random(3):41,61", 1, 0, { 0 }, 7, 9 },
  { "rows-only", "random(4):100,8", 0, 1, { 0 }, 10, 20 },
  { "one-cell", "random(5):13,17", 0, 1, { 0 }, 1, 1 },
  { "batch-in-blocks", "random(6):3,50,50", 1, 2, { 2 }, 16, 16 },
};

static void
test_against_brute_force (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program = new_program (new_tensor ("A", cases[i].tensor));
  ScopeView view = default_view (program);
  view.row_axis = cases[i].row_axis;
  view.column_axis = cases[i].column_axis;
  memcpy (view.index, cases[i].index, sizeof cases[i].index);

  for (int aggregation = 0; aggregation <= SCOPE_AGGREGATE_EXTREME; aggregation++)
    {
      view.aggregate = (ScopeAggregate)aggregation;
      ScopePlane *plane = read_plane (program, &view, cases[i].max_rows, cases[i].max_columns, 0);
      g_assert_false (plane->sampled);
      g_assert_cmpint (plane->cell_rows, <=, cases[i].max_rows);
      g_assert_cmpint (plane->cell_columns, <=, cases[i].max_columns);
      g_assert_cmpint (plane->statistics.count, ==, plane->rows * plane->columns);
      gboolean exact = plane->row_block == 1 && plane->column_block == 1;
      g_assert_cmpint (exact, ==, plane->element != NULL);
      for (gint64 row = 0; row < plane->cell_rows; row++)
        for (gint64 column = 0; column < plane->cell_columns; column++)
          g_assert_cmpfloat_with_epsilon (plane->value[row * plane->cell_columns + column],
                                          aggregate (program, &view, plane, row, column), 1e-12);
      scope_plane_free (plane);
    }
  scope_program_unref (program);
}

/* An axis looked at as a whole: what the framework's own reduction gives. */
static const struct
{
  const char *name, *source;
  ScopeAggregate over;
  uint64_t axes;
  gint64 rows, columns;
} overs[] = {
  { "mean", "A.mean(0)", SCOPE_AGGREGATE_MEAN, 1, 64, 64 },
  { "min", "A.amin(0)", SCOPE_AGGREGATE_MIN, 1, 64, 64 },
  { "max-in-blocks", "A.amax(0)", SCOPE_AGGREGATE_MAX, 1, 5, 4 },
  { "two-axes", "A.mean((0, 1))", SCOPE_AGGREGATE_MEAN, 3, 64, 64 },
};

static void
test_over (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gboolean both = overs[i].axes == 3;
  ScopeTensor *tensor = new_tensor ("A", "random(9):float64[6,5,20,30]");
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeError error;
  ScopeProgram *whole =
      scope_program_new (overs[i].source, strlen (overs[i].source), &tensor, 1, &options, &error);
  ScopeProgram *program = new_program (tensor);
  ScopeView view = default_view (program), reduced = default_view (whole);
  view.over_axes = overs[i].axes;
  view.over = overs[i].over;
  view.index[1] = 3;
  reduced.index[0] = both ? 0 : 3;
  ScopePlane *a = read_plane (program, &view, overs[i].rows, overs[i].columns, 0);
  ScopePlane *b = read_plane (whole, &reduced, overs[i].rows, overs[i].columns, 0);
  g_assert_null (a->element);
  g_assert_false (a->sampled);
  g_assert_cmpint (a->cell_rows, ==, b->cell_rows);
  for (gint64 c = 0; c < a->cell_rows * a->cell_columns; c++)
    g_assert_cmpfloat_with_epsilon (a->value[c], b->value[c], 1e-12);
  g_assert_cmpint (a->statistics.count, ==, 600);
  scope_plane_free (a);

  /* With little effort every few places count, and it says so. */
  a = read_plane (program, &view, 64, 64, 1500);
  g_assert_true (a->sampled);
  scope_plane_free (a);
  scope_plane_free (b);
  scope_program_unref (program);
  scope_program_unref (whole);
}

/* Every NaN is found once, row by row, and then the first again. */
static void
test_find_nan (void)
{
  static const struct
  {
    const char *name, *source;
    gint64 place[4][2];
    int places;
  } finds[] = {
    { "none", "A", { { 0 } }, 0 },
    { "some",
      "torch.where((A == 7) | (A == 4999) | (A == 2500), A / 0 - A / 0, A)",
      { { 0, 7 }, { 25, 0 }, { 49, 99 } },
      3 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (finds); i++)
    {
      ScopeTensor *tensor = new_tensor ("A", "ramp:float64[50,100]");
      ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
      ScopeError error;
      ScopeReading reading = { 0 };
      ScopeProgram *program = scope_program_new (finds[i].source, strlen (finds[i].source), &tensor,
                                                 1, &options, &error);
      scope_tensor_unref (tensor);
      ScopeView view = default_view (program);
      gint64 row = -1, column = -1;
      for (int round = 0; round < 2 * finds[i].places + 1; round++)
        {
          g_assert_true (scope_plane_find_nan (program, program->result, &view, &row, &column,
                                               &reading, &error));
          g_assert_cmpint (row, ==,
                           finds[i].places == 0 ? -1 : finds[i].place[round % finds[i].places][0]);
          g_assert_cmpint (column, ==,
                           finds[i].places == 0 ? -1 : finds[i].place[round % finds[i].places][1]);
        }
      scope_program_unref (program);
    }
}

/* Any part shows what the whole picture has there. */
static void
test_parts (void)
{
  enum
  {
    ROWS = 61,
    COLUMNS = 83,
    BLOCK = 4
  };
  ScopeProgram *program = new_program (new_tensor ("A", "random(7):2,61,83"));
  ScopeView view = default_view (program);
  view.index[0] = 1;
  ScopeError error;
  ScopeReading reading = { 0 };
  for (int block = 1; block <= BLOCK; block++)
    {
      ScopePlane *whole =
          read_plane (program, &view, (ROWS + block - 1) / block, (COLUMNS + block - 1) / block, 0);
      g_assert_cmpint (whole->row_block, ==, block);
      for (int round = 0; round < 50; round++)
        {
          gint64 row = g_test_rand_int_range (0, ROWS), column = g_test_rand_int_range (0, COLUMNS);
          ScopePlanePart chosen = { row, row + 20, column, column + 24 };
          gint64 rows = MIN (20, ROWS - row), columns = MIN (24, COLUMNS - column);
          ScopePlane *part = scope_plane_read_part (
              program, program->result, &view, &chosen, (rows + block - 1) / block,
              (columns + block - 1) / block, 0, &reading, &error);
          g_assert_nonnull (part);
          g_assert_cmpint (part->rows, ==, ROWS);
          g_assert_cmpint (part->row_begin, <=, row);
          g_assert_cmpint (part->row_begin + part->cell_rows * part->row_block, >=, row + rows);
          if (part->row_block == block && part->column_block == block)
            for (gint64 r = 0; r < part->cell_rows; r++)
              for (gint64 c = 0; c < part->cell_columns; c++)
                g_assert_cmpfloat (part->value[r * part->cell_columns + c], ==,
                                   whole->value[(part->row_begin / block + r) * whole->cell_columns
                                                + part->column_begin / block + c]);
          scope_plane_free (part);
        }
      scope_plane_free (whole);
    }
  scope_program_unref (program);
}

static const struct
{
  ScopePlanePart chosen;
  gint64 rows, columns;
} outside[] = {
  { { -5, 2, -5, 3 }, 2, 3 }, { { 2, 99, 3, 99 }, 1, 1 },
  { { 9, 12, 0, 4 }, 0, 0 },  { { 2, 1, 0, 4 }, 0, 0 },
  { { 0, 0, 0, 0 }, 0, 0 },   { { INT64_MIN, INT64_MAX, INT64_MIN, INT64_MAX }, 3, 4 },
};

static void
test_parts_outside (void)
{
  ScopeProgram *program = new_program (new_tensor ("A", "ramp:3,4"));
  ScopeView view = default_view (program);
  ScopeError error;
  ScopeReading reading = { 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      ScopePlane *plane = scope_plane_read_part (program, program->result, &view,
                                                 &outside[i].chosen, 50, 50, 0, &reading, &error);
      g_assert_nonnull (plane);
      g_assert_cmpint (plane->cell_rows, ==, outside[i].rows);
      g_assert_cmpint (plane->cell_columns, ==, outside[i].columns);
      scope_plane_free (plane);
    }
  scope_program_unref (program);
}

/* Zoomed to the last elements of a tensor of 2^40 elements: exactly they. */
static void
test_part_of_large (void)
{
  ScopeProgram *program = new_program (new_tensor ("A", "ramp:int64[1048576,1048576]"));
  ScopeView view = default_view (program);
  ScopePlanePart chosen = { 1048570, 1048576, 1048560, 1048576 };
  ScopeError error;
  ScopeReading reading = { 0 };
  ScopePlane *plane = scope_plane_read_part (program, program->result, &view, &chosen, 500, 500, 0,
                                             &reading, &error);
  g_assert_nonnull (plane->element);
  g_assert_cmpint (plane->cell_rows, ==, 6);
  g_assert_cmpint (plane->cell_columns, ==, 16);
  g_assert_cmpint (((const gint64 *)plane->element)[6 * 16 - 1], ==, (INT64_C (1) << 40) - 1);
  scope_plane_free (plane);
  scope_program_unref (program);
}

/* A ramp as large as a disk: sampled, said so, and still right in every sample. */
static void
test_sampled (void)
{
  ScopeProgram *program = new_program (new_tensor ("A", "ramp:float64[3,1048576,1048576]"));
  ScopeView view = default_view (program);
  view.index[0] = 2;
  view.aggregate = SCOPE_AGGREGATE_MIN;
  ScopePlane *plane = read_plane (program, &view, 50, 70, 100000);
  g_assert_true (plane->sampled);
  g_assert_null (plane->element);
  g_assert_cmpint (plane->statistics.count, <=, 200000);
  g_assert_cmpint (plane->statistics.count, >=, 50000);
  g_assert_cmpint (plane->cell_rows, <=, 50);
  g_assert_cmpint (plane->cell_columns, <=, 70);
  g_assert_cmpint (plane->cell_rows, >=, 45);
  for (gint64 row = 0; row < plane->cell_rows; row++)
    for (gint64 column = 0; column < plane->cell_columns; column++)
      g_assert_cmpfloat (
          plane->value[row * plane->cell_columns + column], ==,
          element_at (program, &view, row * plane->row_block, column * plane->column_block));
  scope_plane_free (plane);

  view.aggregate = SCOPE_AGGREGATE_MEAN;
  plane = read_plane (program, &view, 50, 70, 100000);
  double middle = element_at (program, &view, 524288, 524288);
  g_assert_cmpfloat_with_epsilon (plane->statistics.mean / middle, 1, 0.01);
  scope_plane_free (plane);
  scope_program_unref (program);
}

/* Sizes at the end of int64. */
static void
test_longest (void)
{
  ScopeProgram *program = new_program (new_tensor ("A", "zeros:uint8[9223372036854775807]"));
  ScopeView view = default_view (program);
  ScopePlane *plane = read_plane (program, &view, 100, 100, 1000);
  g_assert_true (plane->sampled);
  g_assert_cmpint (plane->cell_columns, <=, 100);
  g_assert_cmpint (plane->cell_columns, >=, 50);
  g_assert_cmpfloat (plane->statistics.max, ==, 0);
  scope_plane_free (plane);
  scope_program_unref (program);
}

static const struct
{
  const char *name;
  int count;
  double value[8];
  ScopeDtype dtype;
  double min, max, mean, deviation;
  gint64 nans, positive, negative;
  const char *line;
} statistics[] = {
  { "plain",
    4,
    { 1, 2, 3, 4 },
    SCOPE_FLOAT64,
    1,
    4,
    2.5,
    1.118033988749895,
    0,
    0,
    0,
    "tensor[4] n=4 x∈[1, 4] μ=2.5 σ=1.118" },
  { "nan",
    4,
    { NAN, 2, NAN, 4 },
    SCOPE_FLOAT32,
    2,
    4,
    3,
    1,
    2,
    0,
    0,
    "tensor[4] n=4 x∈[2, 4] μ=3 σ=1 nan!×2" },
  { "infinities",
    4,
    { INFINITY, -INFINITY, INFINITY, 0.5 },
    SCOPE_FLOAT32,
    0.5,
    0.5,
    0.5,
    0,
    0,
    2,
    1,
    "tensor[4] n=4 x=0.5 +inf!×2 -inf!" },
  { "nothing-finite",
    2,
    { NAN, NAN },
    SCOPE_FLOAT16,
    NAN,
    NAN,
    NAN,
    NAN,
    2,
    0,
    0,
    "tensor[2] n=2 nan!×2" },
  { "far-from-zero",
    3,
    { 1e9, 1e9 + 1, 1e9 + 2 },
    SCOPE_FLOAT64,
    1e9,
    1e9 + 2,
    1e9 + 1,
    0.816496580927726,
    0,
    0,
    0,
    "tensor[3] n=3 x∈[1000000000, 1000000002] μ=1000000001 σ=0.8165" },
  { "largest",
    2,
    { 1.5e308, -1.5e308 },
    SCOPE_FLOAT64,
    -1.5e308,
    1.5e308,
    0,
    1.5e308,
    0,
    0,
    0,
    "tensor[2] n=2 x∈[-1.5e+308, 1.5e+308] μ=0 σ=1.5e+308" },
  { "both-largest",
    2,
    { 1.5e308, 1.7e308 },
    SCOPE_FLOAT64,
    1.5e308,
    1.7e308,
    1.6e308,
    1e307,
    0,
    0,
    0,
    "tensor[2] n=2 x∈[1.5e+308, 1.7e+308] μ=1.6e+308 σ=1e+307" },
  { "one", 1, { -7 }, SCOPE_INT8, -7, -7, -7, 0, 0, 0, 0, "tensor[1] n=1 x=-7" },
};

static void
assert_close (double a, double b)
{
  if (isnan (b))
    g_assert_true (isnan (a));
  else
    g_assert_cmpfloat_with_epsilon (a, b, fabs (b) * 1e-12 + 1e-300);
}

static void
test_statistics (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program =
      new_program (new_vector (statistics[i].value, statistics[i].count, statistics[i].dtype));
  ScopeView view = default_view (program);
  for (int in_blocks = 0; in_blocks < 2; in_blocks++)
    {
      ScopePlane *plane = read_plane (program, &view, 1, in_blocks ? 1 : 100, 0);
      const ScopeStatistics *found = &plane->statistics;
      assert_close (found->min, statistics[i].min);
      assert_close (found->max, statistics[i].max);
      assert_close (found->mean, statistics[i].mean);
      assert_close (found->deviation, statistics[i].deviation);
      g_assert_cmpint (found->nans, ==, statistics[i].nans);
      g_assert_cmpint (found->positive_infinities, ==, statistics[i].positive);
      g_assert_cmpint (found->negative_infinities, ==, statistics[i].negative);
      if (in_blocks && statistics[i].nans > 0)
        g_assert_true (isnan (plane->value[0]));
      ScopeText line = { 0 };
      scope_statistics_print (found, &program->node[program->result]->shape, &line);
      g_assert_cmpstr (scope_text_string (&line), ==, statistics[i].line);
      scope_text_clear (&line);
      scope_plane_free (plane);
    }
  scope_program_unref (program);
}

/* The mean of a block of numbers whose sum is not a double. */
static void
test_mean_of_large (void)
{
  double value[4] = { 1.5e308, 1.5e308, 1, 3 };
  ScopeProgram *program = new_program (new_vector (value, 4, SCOPE_FLOAT64));
  ScopeView view = default_view (program);
  ScopePlane *plane = read_plane (program, &view, 1, 2, 0);
  assert_close (plane->value[0], 1.5e308);
  assert_close (plane->value[1], 2);
  scope_plane_free (plane);
  scope_program_unref (program);
}

static const char *const empties[] = { "0", "0,5", "5,0", "0,3,4", "3,0,4" };

static void
test_empty (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (empties); i++)
    {
      ScopeProgram *program = new_program (new_tensor ("A", empties[i]));
      ScopeView view = default_view (program);
      ScopePlane *plane = read_plane (program, &view, 100, 100, 0);
      g_assert_cmpint (plane->cell_rows * plane->cell_columns, ==, 0);
      g_assert_cmpint (plane->statistics.count, ==, 0);
      g_assert_true (isnan (plane->statistics.min));
      scope_plane_free (plane);
      scope_program_unref (program);
    }
}

static void
test_unknown_sizes (void)
{
  ScopeProgram *program = new_program (new_tensor ("A", "3,?"));
  ScopeView view = default_view (program);
  ScopeError error;
  ScopeReading reading = { 0 };
  g_assert_null (scope_plane_read (program, program->result, &view, 10, 10, 0, &reading, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
  scope_program_unref (program);
}

static void
test_cancelled (void)
{
  ScopeProgram *program = new_program (new_tensor ("A", "1000,1000"));
  ScopeView view = default_view (program);
  ScopeError error;
  _Atomic int cancelled = 1;
  ScopeReading reading = { .cancelled = &cancelled };
  g_assert_null (scope_plane_read (program, program->result, &view, 10, 10, 0, &reading, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_CANCELLED);
  scope_program_unref (program);
}

/* Integers beyond 2^53 are kept exact beside their rounded value. */
static void
test_exact_elements (void)
{
  ScopeProgram *program = new_program (new_tensor ("A", "ramp:int64[4,3]"));
  ScopeView view = default_view (program);
  ScopePlane *plane = read_plane (program, &view, 10, 10, 0);
  const gint64 *element = plane->element;
  for (int i = 0; i < 12; i++)
    g_assert_cmpint (element[i], ==, i);
  scope_plane_free (plane);
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/plane/brute-force/%s", cases[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_against_brute_force);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (statistics); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/plane/statistics/%s", statistics[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_statistics);
    }
  g_test_add_func ("/scene/plane/parts", test_parts);
  g_test_add_func ("/scene/plane/parts-outside", test_parts_outside);
  g_test_add_func ("/scene/plane/part-of-large", test_part_of_large);
  g_test_add_func ("/scene/plane/sampled", test_sampled);
  g_test_add_func ("/scene/plane/longest", test_longest);
  g_test_add_func ("/scene/plane/mean-of-large", test_mean_of_large);
  g_test_add_func ("/scene/plane/empty", test_empty);
  g_test_add_func ("/scene/plane/unknown-sizes", test_unknown_sizes);
  g_test_add_func ("/scene/plane/cancelled", test_cancelled);
  g_test_add_func ("/scene/plane/exact-elements", test_exact_elements);
  g_test_add_func ("/scene/plane/find-nan", test_find_nan);
  for (gsize i = 0; i < G_N_ELEMENTS (overs); i++)
    {
      g_autofree char *path = g_strconcat ("/scene/plane/over/", overs[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_over);
    }
  return g_test_run ();
}
