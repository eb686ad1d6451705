/* Slices against the definition of Python's range, dense layouts, regions. */
#include "core/layout.h"

#include <glib.h>

/* slice (start, stop, step).indices (size) and the length of its range, by Python's own words:
 * "bounds outside are clipped"; counted element by element in 128 bits. */
static void
expect_slice (ScopeSlice slice, gint64 size)
{
  gint64 start, step, count;
  g_assert_true (scope_slice_resolve (slice, size, &start, &step, &count, NULL));
  __int128 by = slice.has_step ? slice.step : 1;
  __int128 low = by < 0 ? -1 : 0;
  __int128 high = by < 0 ? (__int128)size - 1 : size;
  __int128 first = by < 0 ? high : low;
  __int128 past = by < 0 ? low : high;
  if (slice.has_start)
    {
      first = slice.start < 0 ? (__int128)slice.start + size : slice.start;
      first = CLAMP (first, low, high);
    }
  if (slice.has_stop)
    {
      past = slice.stop < 0 ? (__int128)slice.stop + size : slice.stop;
      past = CLAMP (past, low, high);
    }
  gint64 expected = 0;
  if (size <= 64)
    for (__int128 i = first; by < 0 ? i > past : i < past; i += by)
      expected++;
  else
    {
      __int128 distance = by < 0 ? first - past : past - first;
      __int128 stride = by < 0 ? -by : by;
      expected = distance <= 0 ? 0 : (gint64)((distance + stride - 1) / stride);
    }
  g_assert_cmpint (count, ==, expected);
  g_assert_cmpint (step, ==, (gint64)by);
  g_assert_cmpint (start, ==, (gint64)first);
}

static void
test_slice_all (void)
{
  static const gint64 bounds[] = {
    G_MININT64, G_MININT64 + 1, -100,      -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6,
    100,        G_MAXINT64 - 1, G_MAXINT64
  };
  static const gint64 sizes[] = { 0, 1, 2, 5, G_MAXINT64 - 1, G_MAXINT64 };
  const int n = G_N_ELEMENTS (bounds);
  for (gsize k = 0; k < G_N_ELEMENTS (sizes); k++)
    for (int a = -1; a < n; a++)
      for (int b = -1; b < n; b++)
        for (int c = -1; c < n; c++)
          {
            ScopeSlice slice = { .has_start = a >= 0, .has_stop = b >= 0, .has_step = c >= 0 };
            slice.start = a >= 0 ? bounds[a] : 0;
            slice.stop = b >= 0 ? bounds[b] : 0;
            slice.step = c >= 0 ? bounds[c] : 0;
            if (c >= 0 && slice.step == 0)
              {
                gint64 start = 7, step = 7, count = 7;
                ScopeError error = { 0 };
                g_assert_false (
                    scope_slice_resolve (slice, sizes[k], &start, &step, &count, &error));
                g_assert_cmpint (error.code, ==, SCOPE_ERROR_STEP);
                g_assert_cmpint (start + step + count, ==, 21);
              }
            else
              expect_slice (slice, sizes[k]);
          }
}

/* Rows of a table made by Python: [start, stop, step] of an axis of 10 → its range. */
static const struct
{
  const char *name;
  ScopeSlice slice;
  gint64 start, step, count;
} python[] = {
  { "all", { 0 }, 0, 1, 10 },
  { "first-three", { .has_stop = true, .stop = 3 }, 0, 1, 3 },
  { "last-three", { .has_start = true, .start = -3 }, 7, 1, 3 },
  { "reversed", { .has_step = true, .step = -1 }, 9, -1, 10 },
  { "every-third", { .has_step = true, .step = 3 }, 0, 3, 4 },
  { "every-third-back", { .has_step = true, .step = -3 }, 9, -3, 4 },
  { "back-to-two", { true, true, true, 8, 1, -2 }, 8, -2, 4 },
  { "empty", { true, true, false, 5, 5, 0 }, 5, 1, 0 },
  { "crossed", { true, true, false, 7, 2, 0 }, 7, 1, 0 },
  { "beyond", { true, true, false, 20, 30, 0 }, 10, 1, 0 },
  { "smallest-step", { .has_step = true, .step = G_MININT64 }, 9, G_MININT64, 1 },
  { "largest-step", { .has_step = true, .step = G_MAXINT64 }, 0, G_MAXINT64, 1 },
};

static void
test_python (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gint64 start, step, count;
  g_assert_true (scope_slice_resolve (python[i].slice, 10, &start, &step, &count, NULL));
  g_assert_cmpint (start, ==, python[i].start);
  g_assert_cmpint (step, ==, python[i].step);
  g_assert_cmpint (count, ==, python[i].count);
}

static void
test_dense (void)
{
  ScopeShape shape = { 3, { 2, 3, 4 } };
  ScopeLayout layout;
  g_assert_true (scope_layout_dense (&shape, false, &layout, NULL));
  g_assert_cmpint (layout.stride[0], ==, 12);
  g_assert_cmpint (layout.stride[1], ==, 4);
  g_assert_cmpint (layout.stride[2], ==, 1);
  g_assert_true (scope_layout_dense (&shape, true, &layout, NULL));
  g_assert_cmpint (layout.stride[0], ==, 1);
  g_assert_cmpint (layout.stride[1], ==, 2);
  g_assert_cmpint (layout.stride[2], ==, 6);
  g_assert_cmpint (layout.offset, ==, 0);

  ScopeShape scalar = { 0 };
  g_assert_true (scope_layout_dense (&scalar, false, &layout, NULL));
  g_assert_cmpint (layout.rank, ==, 0);

  ScopeError error = { 0 };
  ScopeShape wide = { 3, { 0, INT64_C (1) << 62, 4 } };
  g_assert_false (scope_layout_dense (&wide, false, &layout, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_OVERFLOW);
  ScopeShape unknown = { 1, { SCOPE_SIZE_UNKNOWN } };
  g_assert_false (scope_layout_dense (&unknown, false, &layout, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
}

/* The element a layout of one axis names at i. */
static gint64
place (const ScopeLayout *layout, gint64 i)
{
  return layout->offset + i * layout->stride[0];
}

/* A slice of a slice is the slice of the places. */
static void
test_slice_of_slice (void)
{
  ScopeShape shape = { 1, { 12 } };
  ScopeLayout dense;
  g_assert_true (scope_layout_dense (&shape, false, &dense, NULL));
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  for (int round = 0; round < 5000; round++)
    {
      ScopeSlice slice[2];
      for (int k = 0; k < 2; k++)
        {
          slice[k] = (ScopeSlice){ g_rand_boolean (random),
                                   g_rand_boolean (random),
                                   true,
                                   g_rand_int_range (random, -15, 15),
                                   g_rand_int_range (random, -15, 15),
                                   0 };
          do
            slice[k].step = g_rand_int_range (random, -4, 5);
          while (slice[k].step == 0);
        }
      ScopeLayout once, twice;
      g_assert_true (scope_layout_slice (&dense, 0, slice[0], &once, NULL));
      g_assert_true (scope_layout_slice (&once, 0, slice[1], &twice, NULL));
      gint64 start, step, count;
      g_assert_true (scope_slice_resolve (slice[1], once.size[0], &start, &step, &count, NULL));
      g_assert_cmpint (twice.size[0], ==, count);
      for (gint64 i = 0; i < count; i++)
        {
          g_assert_cmpint (place (&twice, i), ==, place (&once, start + i * step));
          g_assert_cmpint (place (&twice, i), >=, 0);
          g_assert_cmpint (place (&twice, i), <, 12);
        }
    }
}

static void
test_slice_axis (void)
{
  ScopeShape shape = { 2, { 3, 4 } };
  ScopeLayout layout, out = { .rank = 77 };
  ScopeError error = { 0 };
  g_assert_true (scope_layout_dense (&shape, false, &layout, NULL));
  g_assert_false (scope_layout_slice (&layout, 2, (ScopeSlice){ 0 }, &out, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_AXIS);
  g_assert_false (scope_layout_slice (&layout, 1, (ScopeSlice){ .has_step = true }, &out, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_STEP);
  g_assert_cmpint (error.axis, ==, 1);
  g_assert_cmpint (out.rank, ==, 77);
  /* A step beyond the axis does not leave int64 even where a stride is large. */
  layout.stride[0] = INT64_C (1) << 61;
  g_assert_true (scope_layout_slice (
      &layout, 0,
      (ScopeSlice){ .has_step = true, .step = G_MININT64, .has_stop = true, .stop = -4 }, &layout,
      NULL));
  g_assert_cmpint (layout.size[0], ==, 1);
}

static void
test_region (void)
{
  ScopeShape shape = { 2, { 3, 4 } };
  ScopeRegion region = scope_region_all (&shape);
  gint64 count = 0;
  g_assert_true (scope_region_count (&region, &count, NULL));
  g_assert_cmpint (count, ==, 12);
  region.count[0] = G_MAXINT64;
  ScopeError error = { 0 };
  g_assert_false (scope_region_count (&region, &count, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_OVERFLOW);
  g_assert_cmpint (count, ==, 12);
  region.count[1] = 0;
  g_assert_true (scope_region_count (&region, &count, NULL));
  g_assert_cmpint (count, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (python); i++)
    {
      g_autofree char *path = g_strdup_printf ("/layout/python/%s", python[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_python);
    }
  g_test_add_func ("/layout/slice-all", test_slice_all);
  g_test_add_func ("/layout/dense", test_dense);
  g_test_add_func ("/layout/slice-of-slice", test_slice_of_slice);
  g_test_add_func ("/layout/slice-axis", test_slice_axis);
  g_test_add_func ("/layout/region", test_region);
  return g_test_run ();
}
