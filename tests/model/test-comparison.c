/* A comparison from its first start on: what is read and measured, what follows a change, and what
 * is said of what cannot be. */
#include "model/comparison.h"

#include <math.h>
#include <string.h>

static ScopeComparison *comparison;
static ScopeSession *session;

static void
settle (void)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (scope_comparison_get_busy (comparison))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static ScopeComparisonTile *
tile (guint i)
{
  ScopeComparisonTile *item = g_list_model_get_item (scope_comparison_get_tiles (comparison), i);

  g_assert_nonnull (item);
  g_object_unref (item);
  return item;
}

static guint
tiles (void)
{
  return g_list_model_get_n_items (scope_comparison_get_tiles (comparison));
}

/* Small sources, so that tests are quick. */
static void
begin (void)
{
  session = scope_session_new ();
  comparison = scope_comparison_new (session);
  scope_comparison_set_source_size (comparison, "60x80");
  scope_comparison_set_size (comparison, "12 × 16");
  settle ();
}

static void
end (void)
{
  g_assert_finalize_object (comparison);
  g_object_unref (session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static const ScopePlane *
plane_of (ScopePicture *picture)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (scope_picture_get_stale (picture) || scope_picture_get_plane (picture) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      scope_picture_settle (picture, g_get_monotonic_time () + G_USEC_PER_SEC);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  return scope_picture_get_plane (picture);
}

static void
test_first_start (void)
{
  static const char *const titles[] = {
    "nearest", "bilinear", "bicubic", "area", "bilinear · antialias", "bicubic · antialias"
  };

  session = scope_session_new ();
  comparison = scope_comparison_new (session);
  settle ();
  g_assert_cmpuint (tiles (), ==, G_N_ELEMENTS (titles));
  g_assert_cmpuint (scope_comparison_get_reference (comparison), ==, 3);
  for (guint i = 0; i < tiles (); i++)
    {
      const ScopeMetrics *metrics = scope_comparison_tile_get_metrics (tile (i));

      g_assert_cmpstr (scope_comparison_tile_get_title (tile (i)), ==, titles[i]);
      g_assert_null (scope_comparison_tile_get_problem (tile (i)));
      g_assert_nonnull (metrics);
      g_assert_cmpint (metrics->count, ==, 256 * 256);
      g_assert_cmpint (scope_comparison_tile_get_is_reference (tile (i)), ==, i == 3);
    }
  g_assert_cmpstr (scope_comparison_tile_get_badge (tile (0)), ==, "PSNR 9.2 dB");
  g_assert_cmpstr (scope_comparison_tile_get_badge (tile (3)), ==, "reference");
  g_assert_cmpstr (scope_comparison_tile_get_badge (tile (5)), ==, "PSNR 29.3 dB");
  g_assert_nonnull (strstr (scope_comparison_tile_get_note (tile (5)), "overshoot 4"));
  g_assert_true (g_str_has_prefix (scope_comparison_get_conventions (comparison), "Against area"));
  end ();
}

static void
test_reference (void)
{
  begin ();
  scope_comparison_set_reference (comparison, 0);
  settle ();
  g_assert_true (scope_comparison_tile_get_is_reference (tile (0)));
  g_assert_false (scope_comparison_tile_get_is_reference (tile (3)));
  g_assert_cmpfloat (scope_comparison_tile_get_metrics (tile (0))->mse, ==, 0);
  g_assert_cmpfloat (scope_comparison_tile_get_metrics (tile (3))->mse, >, 0);
  g_assert_true (
      g_str_has_prefix (scope_comparison_get_conventions (comparison), "Against nearest"));
  /* There is no such tile. */
  scope_comparison_set_reference (comparison, 17);
  g_assert_cmpuint (scope_comparison_get_reference (comparison), ==, 0);
  end ();
}

/* What tiles show in every view, against values read alone. */
static void
test_views (void)
{
  g_autofree double *values = NULL;
  g_autofree double *reference = NULL;
  gsize bytes = 12 * 16 * sizeof (double);

  begin ();
  values = g_memdup2 (plane_of (scope_comparison_tile_get_picture (tile (0)))->value, bytes);
  reference = g_memdup2 (plane_of (scope_comparison_tile_get_picture (tile (3)))->value, bytes);
  for (int view = SCOPE_COMPARE_VALUES; view < SCOPE_N_COMPARE_VIEWS; view++)
    {
      ScopePicture *picture = scope_comparison_tile_get_picture (tile (0));
      ScopePicture *other = scope_comparison_tile_get_other (tile (0));
      const ScopePlane *plane;

      scope_comparison_set_view (comparison, (ScopeCompareView)view);
      plane = plane_of (picture);
      for (int i = 0; i < 12 * 16; i++)
        {
          double difference = values[i] - reference[i];
          double expected = view == SCOPE_COMPARE_DIFFERENCE ? difference
                            : view == SCOPE_COMPARE_ABSOLUTE ? fabs (difference)
                            : view == SCOPE_COMPARE_OVERSHOOT
                                ? values[i] - CLAMP (values[i], -1.0, 1.0)
                                : values[i];

          g_assert_cmpfloat_with_epsilon (plane->value[i], expected, 1e-6);
        }
      g_assert_cmpint (scope_picture_get_view (picture)->aggregate, ==,
                       view == SCOPE_COMPARE_DIFFERENCE || view == SCOPE_COMPARE_ABSOLUTE
                               || view == SCOPE_COMPARE_OVERSHOOT
                           ? SCOPE_AGGREGATE_EXTREME
                           : SCOPE_AGGREGATE_MEAN);
      if (view == SCOPE_COMPARE_WIPE || view == SCOPE_COMPARE_FLICKER)
        g_assert_cmpmem (plane_of (other)->value, bytes, reference, bytes);
      else
        g_assert_null (scope_picture_get_plane (other));
    }
  end ();
}

static void
test_one_range (void)
{
  const ScopeView *view;
  double low = INFINITY, high = -INFINITY;

  begin ();
  for (guint i = 0; i < tiles (); i++)
    {
      const ScopeTile *read = scope_comparison_tile_get_tile (tile (i));

      low = fmin (low, read->statistics.min);
      high = fmax (high, read->statistics.max);
    }
  for (guint i = 0; i < tiles (); i++)
    {
      view = scope_picture_get_view (scope_comparison_tile_get_picture (tile (i)));
      g_assert_cmpint (view->range, ==, SCOPE_RANGE_MANUAL);
      g_assert_cmpfloat (view->low, ==, low);
      g_assert_cmpfloat (view->high, ==, high);
    }
  scope_comparison_set_view (comparison, SCOPE_COMPARE_DIFFERENCE);
  view = scope_picture_get_view (scope_comparison_tile_get_picture (tile (1)));
  g_assert_cmpfloat (view->low, ==, -view->high);
  g_assert_cmpint (view->palette, ==, SCOPE_PALETTE_DIVERGING);
  scope_comparison_set_one_range (comparison, FALSE);
  view = scope_picture_get_view (scope_comparison_tile_get_picture (tile (1)));
  g_assert_cmpint (view->range, ==, SCOPE_RANGE_SLICE);
  end ();
}

static void
test_sizes (void)
{
  g_autofree char *problem = NULL;
  g_autofree char *none = NULL;
  static const char *const wrong[] = { "", "a × b", "0 × 3", "1 × 2 × 3", "99999999999999999999" };

  begin ();
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_clear_pointer (&problem, g_free);
      scope_comparison_set_size (comparison, wrong[i]);
      g_object_get (comparison, "size-problem", &problem, NULL);
      g_assert_nonnull (problem);
    }
  /* The last size stays. */
  g_assert_cmpint (scope_tile_shape (scope_comparison_tile_get_tile (tile (0)))->size[3], ==, 16);
  scope_comparison_set_size (comparison, "9");
  settle ();
  g_object_get (comparison, "size-problem", &none, NULL);
  g_assert_null (none);
  g_assert_cmpint (scope_tile_shape (scope_comparison_tile_get_tile (tile (0)))->size[2], ==, 9);
  end ();
}

static void
test_tiles (void)
{
  ScopeRecipe recipe = { .library = SCOPE_LIBRARY_OPENCV, .mode = 4 }, found;
  g_autofree char *own = NULL;

  begin ();
  while (scope_comparison_add (comparison, &recipe))
    ;
  settle ();
  g_assert_cmpuint (tiles (), ==, SCOPE_COMPARISON_TILES);
  g_assert_cmpstr (scope_comparison_tile_get_title (tile (8)), ==, "OpenCV area");
  g_object_get (tile (8), "own-call", &own, NULL);
  g_assert_cmpstr (own, ==, "cv2.resize(A[0, 0], (16, 12), interpolation=cv2.INTER_AREA)");
  g_assert_cmpuint (scope_comparison_tile_get_number (tile (8)), ==, 8);

  /* An expression of one's own, right and wrong. */
  scope_comparison_set_expression (comparison, 8, "F.avg_pool2d(A, 5)");
  settle ();
  g_assert_false (scope_comparison_tile_get_recipe (tile (8), &found));
  g_assert_cmpfloat (scope_comparison_tile_get_metrics (tile (8))->max_abs, <, 1e-6);
  scope_comparison_set_expression (comparison, 8, "F.avg_pool2d(A, 4)");
  settle ();
  g_assert_nonnull (strstr (scope_comparison_tile_get_problem (tile (8)), "different shapes"));
  scope_comparison_set_expression (comparison, 8, "F.avg_pool2d(Q, 5)");
  settle ();
  g_assert_nonnull (strstr (scope_comparison_tile_get_problem (tile (8)), "Q"));
  g_assert_null (scope_comparison_tile_get_metrics (tile (8)));
  scope_comparison_set_recipe (comparison, 8, &recipe);
  settle ();
  g_assert_null (scope_comparison_tile_get_problem (tile (8)));

  /* The reference goes: the next one takes over. */
  g_assert_true (scope_comparison_remove (comparison, 3));
  settle ();
  g_assert_cmpuint (scope_comparison_get_reference (comparison), ==, 3);
  g_assert_true (scope_comparison_tile_get_is_reference (tile (3)));
  g_assert_cmpfloat (scope_comparison_tile_get_metrics (tile (3))->mse, ==, 0);
  while (scope_comparison_remove (comparison, 0))
    ;
  settle ();
  g_assert_cmpuint (tiles (), ==, SCOPE_COMPARISON_LEAST);
  g_assert_cmpuint (scope_comparison_get_reference (comparison), <, SCOPE_COMPARISON_LEAST);
  end ();
}

/* A pattern comes in the size that it shows most with, as long as nobody has chosen one. */
static void
test_pattern_sizes (void)
{
  static const struct
  {
    guint source;
    const char *size;
  } sizes[] = { { 1, "15 × 15" }, { 2, "16 × 16" }, { 7, "16 × 16" }, { 3, "1280 × 1280" } };

  session = scope_session_new ();
  comparison = scope_comparison_new (session);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *size = NULL;

      scope_comparison_set_source (comparison, sizes[i].source);
      g_object_get (comparison, "source-size", &size, NULL);
      g_assert_cmpstr (size, ==, sizes[i].size);
    }
  scope_comparison_set_source_size (comparison, "40");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *size = NULL;

      scope_comparison_set_source (comparison, i);
      g_object_get (comparison, "source-size", &size, NULL);
      g_assert_cmpstr (size, ==, "40");
    }
  settle ();
  end ();
}

static void
test_session_sources (void)
{
  guint count;

  begin ();
  count = g_list_model_get_n_items (scope_comparison_get_sources (comparison));
  scope_session_edit_tensor (session, 1, "random:uint8[20,30,3]");
  g_assert_true (scope_comparison_set_source_name (comparison, "B"));
  settle ();
  g_assert_cmpstr (scope_comparison_tile_get_call (tile (3)), ==,
                   "F.interpolate(B.float().permute(2, 0, 1)[None], size=(12, 16), mode=\"area\")");
  g_assert_null (scope_comparison_tile_get_problem (tile (3)));

  /* What is changed on the Debug page is followed. */
  scope_session_edit_tensor (session, 1, "ramp:float32[20,30]");
  settle ();
  g_assert_cmpstr (scope_comparison_tile_get_call (tile (3)), ==,
                   "F.interpolate(B[None, None], size=(12, 16), mode=\"area\")");
  g_assert_cmpuint (g_list_model_get_n_items (scope_comparison_get_sources (comparison)), ==,
                    count);

  /* The expression's result: the last line but one, failing and fitting. */
  scope_comparison_set_source (comparison, count - 2);
  settle ();
  g_assert_nonnull (scope_comparison_tile_get_problem (tile (0)));
  scope_session_set_expression (session, "C = B * 2; C + 1");
  settle ();
  g_assert_null (scope_comparison_tile_get_problem (tile (0)));
  g_assert_cmpstr (scope_comparison_tile_get_call (tile (0)), ==,
                   "F.interpolate(result[None, None], size=(12, 16), mode=\"nearest\")");
  g_assert_cmpfloat (scope_comparison_get_options (comparison)->high, ==, 2 * 599 + 1);
  scope_session_set_expression (session, "B[0] = 7000");
  settle ();
  g_assert_cmpfloat (scope_comparison_get_options (comparison)->high, ==, 7000);
  scope_session_edit_tensor (session, 1, "()");
  settle ();
  g_assert_nonnull (scope_comparison_tile_get_problem (tile (0)));
  end ();
}

static const struct
{
  const char *text, *input; /* typed; what the calls are over */
  gint64 rows;              /* of the source */
} typed[] = {
  { "A", "A[None, None]", 20 },
  { "A[::2]", "A[::2][None, None]", 10 },
  { "A + 1", "(A + 1)[None, None]", 20 },
  { " B ", "B.float()[None, None]", 3 },
  { "C = A * 2; C + 1", "result[None, None]", 20 },
  { "A[::2] + A[::2] + A[::2] + A[::2] + A[::2] + A[::2] + A[::2]", "result[None, None]", 10 },
  { "[[1, 2], [3, 4], [5, 6]]", "source.float()[None, None]", 3 },
  { "siemens:1,1,50,40", "source", 50 },
  { "16x16", "source[None, None]", 16 },
};

static const struct
{
  const char *text;
  int begin, end;
} mistyped[] = {
  { "", -1, -1 },      { "A + ", 4, 4 },          { "A + Q", 4, 5 },     { "A[:2] + A[:3]", 0, 13 },
  { "16x16 y", 6, 7 }, { "missing.npy", -1, -1 }, { "A.shape", -1, -1 },
};

static char *
source_problem (void)
{
  char *problem;

  g_object_get (comparison, "source-problem", &problem, NULL);
  return problem;
}

/* What is typed as a source is taken as soon as it is right; until then the last one stays. */
static void
test_typed (void)
{
  int from, to;

  begin ();
  scope_comparison_set_source (
      comparison, g_list_model_get_n_items (scope_comparison_get_sources (comparison)) - 1);
  settle ();
  g_assert_cmpstr (scope_comparison_get_typed (comparison), ==, "zoneplate:float32[1, 1, 60, 80]");
  g_assert_null (scope_comparison_tile_get_problem (tile (0)));
  scope_session_edit_tensor (session, 0, "random:float32[20,30]");
  scope_session_edit_tensor (session, 1, "ramp:int32[3,4]");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *call =
          g_strdup_printf ("F.interpolate(%s, size=(12, 16), mode=\"area\")", typed[i].input);
      g_autofree char *title = g_strdup_printf ("%s → [1, 1, 12, 16]", typed[i].text);
      g_autofree char *problem = NULL;
      g_autofree char *said = scope_comparison_get_title (comparison);

      scope_comparison_set_typed (comparison, typed[i].text);
      settle ();
      problem = source_problem ();
      g_assert_cmpstr (problem, ==, NULL);
      g_assert_cmpstr (scope_comparison_tile_get_call (tile (3)), ==, call);
      g_assert_null (scope_comparison_tile_get_problem (tile (3)));
      g_assert_nonnull (scope_comparison_tile_get_metrics (tile (0)));
      g_free (said);
      said = scope_comparison_get_title (comparison);
      g_assert_cmpstr (said, ==, title);
    }
  g_assert_cmpfloat (scope_comparison_get_options (comparison)->high, ==, 255);
  for (guint i = 0; i < G_N_ELEMENTS (mistyped); i++)
    {
      g_autofree char *problem = NULL;

      scope_comparison_set_typed (comparison, mistyped[i].text);
      g_assert_false (scope_comparison_get_busy (comparison));
      problem = source_problem ();
      g_assert_nonnull (problem);
      scope_comparison_get_fault (comparison, &from, &to);
      g_assert_cmpint (from, ==, mistyped[i].begin);
      g_assert_cmpint (to, ==, mistyped[i].end);
      g_assert_nonnull (scope_comparison_tile_get_tile (tile (0)));
      g_assert_null (scope_comparison_tile_get_problem (tile (0)));
    }
  /* Once what is missing is there, the text is right. */
  scope_comparison_set_typed (comparison, "A[:2] + B[0, 0]");
  settle ();
  scope_session_edit_tensor (session, 0, "()");
  g_assert_true (scope_comparison_get_fault (comparison, &from, &to));
  scope_session_edit_tensor (session, 0, "6,7");
  settle ();
  g_assert_false (scope_comparison_get_fault (comparison, &from, &to));
  end ();
}

/* Each ready comparison has values in all tiles, and the reference that it names. */
static void
test_ready (void)
{
  begin ();
  for (guint i = 0; scope_comparison_ready (i) != NULL; i++)
    {
      g_assert_true (scope_comparison_take_ready (comparison, scope_comparison_ready (i)));
      settle ();
      g_assert_cmpuint (tiles (), >=, 4);
      for (guint k = 0; k < tiles (); k++)
        {
          g_assert_cmpstr (scope_comparison_tile_get_problem (tile (k)), ==, NULL);
          g_assert_nonnull (scope_comparison_tile_get_metrics (tile (k)));
          g_assert_cmpint (scope_comparison_tile_get_is_reference (tile (k)), ==,
                           k == scope_comparison_get_reference (comparison));
        }
    }
  g_assert_false (scope_comparison_take_ready (comparison, "none"));
  /* What align_corners does: values that say where they were taken. */
  scope_comparison_take_ready (comparison, "corners");
  settle ();
  g_assert_cmpfloat_with_epsilon (plane_of (scope_comparison_tile_get_picture (tile (0)))->value[1],
                                  0.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (plane_of (scope_comparison_tile_get_picture (tile (1)))->value[1],
                                  3.0 / 7, 1e-6);
  end ();
}

/* A cursor in one tile stands at the same place in the others, whatever their size. */
static void
test_cursor (void)
{
  gint64 row, column;
  double place;

  begin ();
  scope_comparison_set_expression (comparison, 1, "F.interpolate(A, size=(24, 32))");
  settle ();
  for (guint i = 0; i < tiles (); i++)
    plane_of (scope_comparison_tile_get_picture (tile (i)));
  scope_picture_set_cursor (scope_comparison_tile_get_picture (tile (0)), 3, 15);
  scope_picture_get_cursor (scope_comparison_tile_get_picture (tile (2)), &row, &column);
  g_assert_cmpint (row, ==, 3);
  g_assert_cmpint (column, ==, 15);
  scope_picture_get_cursor (scope_comparison_tile_get_picture (tile (1)), &row, &column);
  g_assert_cmpint (row, ==, 7);
  g_assert_cmpint (column, ==, 31);
  g_assert_false (scope_comparison_get_profile (comparison, &place));
  g_assert_cmpfloat_with_epsilon (place, 3.5 / 12, 1e-12);
  scope_picture_set_cursor (scope_comparison_tile_get_picture (tile (0)), -1, -1);
  scope_picture_get_cursor (scope_comparison_tile_get_picture (tile (1)), &row, &column);
  g_assert_cmpint (row, ==, -1);
  end ();
}

/* What is stopped says so, keeps what it showed, and goes on when it is asked to. */
static void
test_cancel (void)
{
  begin ();
  g_assert_cmpuint (scope_comparison_get_done (comparison), ==, tiles ());
  scope_comparison_cancel (comparison); /* there is nothing to stop */
  g_assert_false (scope_comparison_get_cancelled (comparison));
  plane_of (scope_comparison_tile_get_picture (tile (0)));
  scope_comparison_set_source_size (comparison, "4000");
  scope_comparison_set_size (comparison, "3000");
  g_assert_true (scope_comparison_get_busy (comparison));
  scope_comparison_cancel (comparison);
  g_assert_false (scope_comparison_get_busy (comparison));
  g_assert_true (scope_comparison_get_cancelled (comparison));
  g_assert_nonnull (scope_picture_get_plane (scope_comparison_tile_get_picture (tile (0))));
  g_assert_nonnull (scope_comparison_tile_get_problem (tile (0)));
  scope_comparison_set_source_size (comparison, "40");
  g_assert_false (scope_comparison_get_cancelled (comparison));
  scope_comparison_set_size (comparison, "30");
  scope_comparison_cancel (comparison);
  scope_comparison_go_on (comparison);
  settle ();
  g_assert_null (scope_comparison_tile_get_problem (tile (0)));
  g_assert_nonnull (scope_comparison_tile_get_metrics (tile (0)));
  g_assert_false (scope_comparison_get_cancelled (comparison));
  end ();
}

/* Each tile has a cursor of its own while they are not linked. */
static void
test_unlinked (void)
{
  gint64 row, column;

  begin ();
  for (guint i = 0; i < tiles (); i++)
    plane_of (scope_comparison_tile_get_picture (tile (i)));
  scope_comparison_set_linked (comparison, FALSE);
  scope_picture_set_cursor (scope_comparison_tile_get_picture (tile (0)), 3, 15);
  scope_picture_get_cursor (scope_comparison_tile_get_picture (tile (2)), &row, &column);
  g_assert_cmpint (row, ==, -1);
  scope_comparison_set_linked (comparison, TRUE);
  scope_picture_set_cursor (scope_comparison_tile_get_picture (tile (0)), 4, 15);
  scope_picture_get_cursor (scope_comparison_tile_get_picture (tile (2)), &row, &column);
  g_assert_cmpint (row, ==, 4);
  end ();
}

/* Tiles change places; the reference, the numbers and what was measured go with them. */
static void
test_move (void)
{
  static const struct
  {
    guint from, to, reference;
    const char *titles;
  } moves[] = {
    { 0, 2, 3, "bilinear bicubic nearest area" },
    { 3, 0, 0, "area bilinear bicubic nearest" },
    { 1, 0, 1, "bilinear area bicubic nearest" },
  };

  begin ();
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_auto (GStrv) titles = g_strsplit (moves[i].titles, " ", -1);

      g_assert_true (scope_comparison_move (comparison, moves[i].from, moves[i].to));
      g_assert_false (scope_comparison_get_busy (comparison));
      g_assert_cmpuint (scope_comparison_get_reference (comparison), ==, moves[i].reference);
      for (guint k = 0; titles[k] != NULL; k++)
        {
          g_assert_cmpstr (scope_comparison_tile_get_title (tile (k)), ==, titles[k]);
          g_assert_cmpuint (scope_comparison_tile_get_number (tile (k)), ==, k);
          g_assert_nonnull (scope_comparison_tile_get_metrics (tile (k)));
        }
    }
  g_assert_false (scope_comparison_move (comparison, 0, 6));
  g_assert_false (scope_comparison_move (comparison, 2, 2));
  end ();
}

static void
test_table (void)
{
  g_autofree char *csv = NULL;
  g_auto (GStrv) lines = NULL;

  begin ();
  csv = scope_comparison_get_table (comparison, SCOPE_TABLE_CSV);
  lines = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 8);
  g_assert_true (g_str_has_prefix (lines[1], "nearest,\"F.interpolate(A, size=(12, 16), mode="));
  end ();
}

/* Everything is dropped while it is under way. */
static void
test_dropped (void)
{
  session = scope_session_new ();
  for (int i = 0; i < 5; i++)
    {
      comparison = scope_comparison_new (session);
      scope_comparison_set_source (comparison, (guint)i);
      scope_comparison_set_size (comparison, "300");
      g_assert_finalize_object (comparison);
    }
  comparison = scope_comparison_new (session);
  g_clear_object (&session);
  settle ();
  g_assert_finalize_object (comparison);
}

static guint notified;

static void
count (void)
{
  notified++;
}

static void
test_notifies_once (void)
{
  begin ();
  g_signal_connect (comparison, "notify::view", G_CALLBACK (count), NULL);
  g_signal_connect (comparison, "notify::reference", G_CALLBACK (count), NULL);
  g_signal_connect (comparison, "notify::one-range", G_CALLBACK (count), NULL);
  g_signal_connect (comparison, "notify::linked", G_CALLBACK (count), NULL);
  for (int round = 0; round < 2; round++)
    {
      notified = 0;
      scope_comparison_set_view (comparison, SCOPE_COMPARE_WIPE);
      scope_comparison_set_reference (comparison, 1);
      scope_comparison_set_one_range (comparison, FALSE);
      scope_comparison_set_linked (comparison, FALSE);
      g_assert_cmpuint (notified, ==, round == 0 ? 4 : 0);
    }
  settle ();
  end ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/first-start", test_first_start);
  g_test_add_func ("/comparison/reference", test_reference);
  g_test_add_func ("/comparison/views", test_views);
  g_test_add_func ("/comparison/one-range", test_one_range);
  g_test_add_func ("/comparison/sizes", test_sizes);
  g_test_add_func ("/comparison/tiles", test_tiles);
  g_test_add_func ("/comparison/pattern-sizes", test_pattern_sizes);
  g_test_add_func ("/comparison/session-sources", test_session_sources);
  g_test_add_func ("/comparison/typed", test_typed);
  g_test_add_func ("/comparison/ready", test_ready);
  g_test_add_func ("/comparison/cursor", test_cursor);
  g_test_add_func ("/comparison/cancel", test_cancel);
  g_test_add_func ("/comparison/unlinked", test_unlinked);
  g_test_add_func ("/comparison/move", test_move);
  g_test_add_func ("/comparison/table", test_table);
  g_test_add_func ("/comparison/dropped", test_dropped);
  g_test_add_func ("/comparison/notifies-once", test_notifies_once);
  return g_test_run ();
}
