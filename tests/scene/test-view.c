/* Which axes are shown, what another shape keeps of that, and how it is written. */
#include "scene/view.h"

#include <glib.h>

static ScopeShape
shape_of (int rank, const int64_t *size)
{
  ScopeShape shape = { .rank = rank };
  for (int axis = 0; axis < rank; axis++)
    shape.size[axis] = size[axis];
  return shape;
}

static const struct
{
  const char *name;
  int rank, row, column;
} defaults[] = {
  { "scalar", 0, -1, -1 },
  { "vector", 1, -1, 0 },
  { "matrix", 2, 0, 1 },
  { "batch", 4, 2, 3 },
  { "all-axes", SCOPE_MAX_RANK, 62, 63 },
};

static void
test_default (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeShape shape = { .rank = defaults[i].rank };
  ScopeView view = scope_view_default (&shape);
  g_assert_cmpint (view.rank, ==, defaults[i].rank);
  g_assert_cmpint (view.row_axis, ==, defaults[i].row);
  g_assert_cmpint (view.column_axis, ==, defaults[i].column);
  g_assert_cmpint (view.palette, ==, SCOPE_PALETTE_AUTO);
  for (int axis = 0; axis < SCOPE_MAX_RANK; axis++)
    g_assert_cmpint (view.index[axis], ==, 0);
}

static const struct
{
  const char *name;
  ScopeView view;
  ScopeShape shape;
  int row, column;
  int64_t index[3];
  const char *caption;
} fits[] = {
  { "same",
    { .rank = 3, .row_axis = 1, .column_axis = 2, .index = { 4 } },
    { 3, { 5, 6, 7 } },
    1,
    2,
    { 4 },
    "A[4, :, :]" },
  { "index-clamped",
    { .rank = 3, .row_axis = 1, .column_axis = 2, .index = { 4 } },
    { 3, { 2, 6, 7 } },
    1,
    2,
    { 1 },
    "A[1, :, :]" },
  { "index-of-nothing",
    { .rank = 3, .row_axis = 1, .column_axis = 2, .index = { 4 } },
    { 3, { 0, 6, 7 } },
    1,
    2,
    { 0 },
    "A[0, :, :]" },
  { "index-of-unknown",
    { .rank = 3, .row_axis = 1, .column_axis = 2, .index = { 4 } },
    { 3, { SCOPE_SIZE_UNKNOWN, 6, 7 } },
    1,
    2,
    { 4 },
    "A[4, :, :]" },
  { "negative-index",
    { .rank = 3, .row_axis = 1, .column_axis = 2, .index = { -4 } },
    { 3, { 5, 6, 7 } },
    1,
    2,
    { 0 },
    "A[0, :, :]" },
  { "axes-from-the-end",
    { .rank = 4, .row_axis = 1, .column_axis = 3, .index = { 9, 0, 2 } },
    { 3, { 5, 6, 7 } },
    0,
    2,
    { 0, 2 },
    "A[:, 2, :]" },
  { "longer",
    { .rank = 2, .row_axis = 0, .column_axis = 1 },
    { 3, { 5, 6, 7 } },
    1,
    2,
    { 0 },
    "A[0, :, :]" },
  { "transposed",
    { .rank = 3, .row_axis = 2, .column_axis = 0, .index = { 0, 3 } },
    { 3, { 5, 6, 7 } },
    2,
    0,
    { 0, 3 },
    "A[:, 3, :].T" },
  { "transposed-loses-an-axis",
    { .rank = 2, .row_axis = 1, .column_axis = 0 },
    { 1, { 5 } },
    -1,
    0,
    { 0 },
    "A[:]" },
  { "row-axis-gone",
    { .rank = 3, .row_axis = 0, .column_axis = 2 },
    { 2, { 5, 6 } },
    0,
    1,
    { 0 },
    "A[:, :]" },
  { "column-axis-gone",
    { .rank = 3, .row_axis = 2, .column_axis = 0 },
    { 2, { 5, 6 } },
    1,
    0,
    { 0 },
    "A[:, :].T" },
  { "vector-to-matrix",
    { .rank = 1, .row_axis = -1, .column_axis = 0 },
    { 2, { 5, 6 } },
    0,
    1,
    { 0 },
    "A[:, :]" },
  { "to-scalar", { .rank = 2, .row_axis = 0, .column_axis = 1 }, { 0 }, -1, -1, { 0 }, "A" },
  { "from-scalar",
    { .rank = 0, .row_axis = -1, .column_axis = -1 },
    { 3, { 5, 6, 7 } },
    1,
    2,
    { 0 },
    "A[0, :, :]" },
};

static void
test_fit (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeView view = scope_view_fit (&fits[i].view, &fits[i].shape);
  g_assert_cmpint (view.rank, ==, fits[i].shape.rank);
  g_assert_cmpint (view.row_axis, ==, fits[i].row);
  g_assert_cmpint (view.column_axis, ==, fits[i].column);
  for (int axis = 0; axis < 3; axis++)
    if (axis != view.row_axis && axis != view.column_axis)
      g_assert_cmpint (view.index[axis], ==, fits[i].index[axis]);

  ScopeText text = { 0 };
  scope_view_caption (&view, "A", &fits[i].shape, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, fits[i].caption);
  scope_text_clear (&text);

  /* Fitting what already fits changes nothing. */
  ScopeView again = scope_view_fit (&view, &fits[i].shape);
  g_assert_cmpint (again.row_axis, ==, view.row_axis);
  g_assert_cmpint (again.column_axis, ==, view.column_axis);
  g_assert_cmpmem (again.index, sizeof again.index, view.index, sizeof view.index);
}

static void
test_every_pair_of_ranks (void)
{
  int64_t sizes[6] = { 2, 3, 4, 5, 6, 7 };
  for (int from = 0; from <= 6; from++)
    for (int to = 0; to <= 6; to++)
      for (int row = -1; row < from; row++)
        for (int column = from == 0 ? -1 : 0; column < from; column++)
          {
            if (row == column && row >= 0)
              continue;
            ScopeShape shape = shape_of (to, sizes);
            ScopeView view = { .rank = from, .row_axis = row, .column_axis = column };
            ScopeView fitted = scope_view_fit (&view, &shape);
            g_assert_cmpint (fitted.column_axis >= 0, ==, to >= 1);
            g_assert_cmpint (fitted.row_axis >= 0, ==, to >= 2);
            g_assert_cmpint (fitted.column_axis, <, to == 0 ? 1 : to);
            g_assert_cmpint (fitted.row_axis, <, to == 0 ? 1 : to);
            if (to >= 2)
              g_assert_cmpint (fitted.row_axis, !=, fitted.column_axis);
          }
}

static const struct
{
  const char *name, *tensor, *expected;
} captions[] = {
  { "name", "result", "result[:, :]" },
  { "call", "F.interpolate(B, size=(4, 4))", "F.interpolate(B, size=(4, 4))[:, :]" },
  { "subscript", "B[:, ::-1]", "B[:, ::-1][:, :]" },
  { "sum", "A + B", "(A + B)[:, :]" },
  { "product-without-spaces", "A@B", "(A@B)[:, :]" },
  { "negated", "-A", "(-A)[:, :]" },
};

static void
test_caption (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeShape shape = { 2, { 3, 4 } };
  ScopeView view = scope_view_default (&shape);
  ScopeText text = { 0 };
  scope_view_caption (&view, captions[i].tensor, &shape, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, captions[i].expected);
  scope_text_clear (&text);
}

/* Axes that are looked at as a whole, and one that has a picture for each place. */
static const struct
{
  const char *name;
  uint64_t over, facets;
  ScopeAggregate how;
  int row, column;
  const char *expected;
} wholes[] = {
  { "mean", 1, 0, SCOPE_AGGREGATE_MEAN, 2, 3, "A[:, 5, :, :].mean(0)" },
  { "second", 2, 0, SCOPE_AGGREGATE_MAX, 2, 3, "A[4, :, :, :].max(0)" },
  { "two", 3, 0, SCOPE_AGGREGATE_MIN, 2, 3, "A[:, :, :, :].min((0, 1))" },
  { "between", 2, 0, SCOPE_AGGREGATE_MIN, 0, 3, "A[:, :, 0, :].min(1)" },
  { "transposed", 1, 0, SCOPE_AGGREGATE_MEAN, 3, 2, "A[:, 5, :, :].mean(0).T" },
  { "facets", 0, 1, SCOPE_AGGREGATE_MEAN, 2, 3, "A[:, 5, :, :]" },
  { "shown-ones-are-not", 15, 12, SCOPE_AGGREGATE_MEAN, 2, 3, "A[:, :, :, :].mean((0, 1))" },
};

static void
test_whole (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeShape shape = { 4, { 10, 10, 3, 4 } };
  ScopeView view = scope_view_default (&shape);
  ScopeText text = { 0 };
  view.index[0] = 4;
  view.index[1] = 5;
  view.row_axis = wholes[i].row;
  view.column_axis = wholes[i].column;
  view.over_axes = wholes[i].over;
  view.over = wholes[i].how;
  view.facet_axes = wholes[i].facets;
  view = scope_view_fit (&view, &shape);
  scope_view_caption (&view, "A", &shape, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, wholes[i].expected);
  scope_text_clear (&text);
}

/* Another rank: counted from the end. */
static void
test_whole_shifted (void)
{
  ScopeShape four = { 4, { 10, 10, 3, 4 } }, three = { 3, { 10, 3, 4 } };
  ScopeView view = scope_view_default (&four);
  view.over_axes = 3;
  view = scope_view_fit (&view, &three);
  g_assert_cmpuint (view.over_axes, ==, 1);
  view = scope_view_fit (&view, &four);
  g_assert_cmpuint (view.over_axes, ==, 2);
}

#define ADD_TABLE(path, table, function)                                                           \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *full = g_strdup_printf (path "/%s", table[i].name);                         \
      g_test_add_data_func (full, GINT_TO_POINTER ((int)i), function);                             \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TABLE ("/scene/view/default", defaults, test_default);
  ADD_TABLE ("/scene/view/fit", fits, test_fit);
  ADD_TABLE ("/scene/view/caption", captions, test_caption);
  g_test_add_func ("/scene/view/every-pair-of-ranks", test_every_pair_of_ranks);
  ADD_TABLE ("/scene/view/whole/", wholes, test_whole);
  g_test_add_func ("/scene/view/whole-shifted", test_whole_shifted);
  return g_test_run ();
}
