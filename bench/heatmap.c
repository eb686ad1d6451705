/* Times the making of pictures from numbers, for bench/heatmap.py: one request a line on standard
 * input, answered by one line of nanoseconds, a number a run.
 *   RUNS copy BYTES-READ BYTES-WRITTEN THREADS
 *                                        nothing but reading and writing as many bytes, past the
 *                                        caches, which nothing can beat
 *   RUNS plane DTYPE ROWS COLUMNS BLOCK AGGREGATE VALUES
 *                                        a tensor in memory to cells of BLOCK × BLOCK elements with
 *                                        its statistics and sample, AGGREGATE mean, min, max or
 *                                        maxabs
 *   RUNS pyramid DTYPE ROWS COLUMNS AGGREGATE VALUES
 *                                        a tensor in memory to a plane and coarser ones of it
 *   RUNS enlarge ROWS COLUMNS FACTOR VALUES
 *                                        a plane of float32 to a picture of so many pixels a cell,
 *                                        ROWS × COLUMNS pixels, colours and all
 *   RUNS statistics DTYPE COUNT VALUES   numbers in memory to statistics alone
 *   RUNS map DTYPE ROWS COLUMNS LAYOUT NORM VALUES THREADS
 *                                        numbers in memory to pixels; LAYOUT rows or turned, NORM
 *                                        linear, log or symlog, VALUES random, nan (a thousandth),
 *                                        clipped (a tenth at either end) or grid (whole numbers) */
#include "core/storage.h"
#include "paint/heatmap.h"
#include "scene/pyramid.h"
#include "scene/statistics.h"

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum
{
  MOST_WORDS = 12,
  MOST_LINE = 1024,
};

static G_NORETURN void
die (const char *what)
{
  fprintf (stderr, "bench-heatmap: %s\n", what);
  exit (2);
}

/* Of this process' own where one thread works, so that other programs do not count. */
static clockid_t ticking = CLOCK_PROCESS_CPUTIME_ID;

static gint64
now (void)
{
  struct timespec time;
  clock_gettime (ticking, &time);
  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

/* Memory that begins at a vector and has been touched. */
static void *
take (size_t bytes)
{
  void *memory = aligned_alloc (64, (bytes + 63) / 64 * 64);
  if (memory == NULL)
    die ("no memory");
  memset (memory, 1, bytes);
  return memory;
}

/* ---- the limit ------------------------------------------------------------------------------- */

typedef float Vector __attribute__ ((vector_size (16)));

enum
{
  AT_ONCE = 256, /* vectors read or written before the other has its turn: 4 KiB */
};

static Vector
read_some (const Vector *from, size_t count)
{
  Vector sum[4] = { 0 };
  for (size_t i = 0; i + 4 <= count; i += 4)
    for (size_t k = 0; k < 4; k++)
      sum[k] += from[i + k];
  return sum[0] + sum[1] + sum[2] + sum[3];
}

static void
write_one (Vector *to, Vector value)
{
#ifdef __SSE__
  __builtin_ia32_movntps ((float *)to, value);
#else
  *to = value;
#endif
}

/* As many bytes written as read: each goes where it belongs. */
static void
copy_all (const Vector *from, Vector *to, size_t count)
{
  for (size_t i = 0; i + 4 <= count; i += 4)
    for (size_t k = 0; k < 4; k++)
      write_one (&to[i + k], from[i + k]);
}

typedef struct
{
  const Vector *from;
  Vector *to;
  size_t reads, writes; /* pieces of AT_ONCE vectors, vectors */
  int parts;
} Copying;

static void
copy_part (void *data, int index)
{
  const Copying *copying = data;
  size_t reads = copying->reads / (size_t)copying->parts;
  size_t writes = copying->writes / (size_t)copying->parts, written = 0;
  const Vector *from = copying->from + (size_t)index * reads * AT_ONCE;
  Vector *to = copying->to + (size_t)index * writes, value = { 1, 2, 3, 4 };
  if (reads == writes / AT_ONCE)
    copy_all (from, to, writes);
  else
    for (size_t i = 0; i < reads; i++)
      {
        value += read_some (from + i * AT_ONCE, AT_ONCE);
        for (size_t until = writes * (i + 1) / reads; written < until; written++)
          write_one (&to[written], value);
      }
}

static void
answer_copy (int runs, char **word)
{
  int threads = atoi (word[2]);
  Copying copying = { .reads = strtoull (word[0], NULL, 10) / sizeof (Vector) / AT_ONCE,
                      .writes = strtoull (word[1], NULL, 10) / sizeof (Vector),
                      .parts = threads > 1 ? 8 : 1 };
  Vector *from = take ((copying.reads + 1) * AT_ONCE * sizeof (Vector));
  Vector *to = take ((copying.writes + 4) * sizeof (Vector));
  ScopeExecutor *pool = threads > 1 ? scope_thread_pool_new (threads) : NULL;
  ticking = threads > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
  for (size_t i = 0; i < copying.reads * AT_ONCE; i++)
    from[i] = (Vector){ 1, 2, 3, (float)(i % 17) };
  copying.from = from;
  copying.to = to;
  for (int run = 0; run < runs; run++)
    {
      gint64 begin = now ();
      scope_execute (pool, copying.parts, copy_part, &copying);
      printf ("%lld ", (long long)(now () - begin));
    }
  if (pool != NULL)
    scope_thread_pool_free (pool);
  free (from);
  free (to);
}

/* ---- pixels of numbers in memory --------------------------------------------------------------
 */

static ScopeDtype
dtype_of (const char *name)
{
  ScopeDtype dtype;
  if (!scope_dtype_parse (name, strlen (name), &dtype))
    die ("no such type");
  return dtype;
}

/* Numbers from 1 to 255, and what else was asked for. */
static double
a_number (GRand *rand, const char *values)
{
  double number = g_rand_double_range (rand, 1, 255);
  int choice = g_rand_int_range (rand, 0, 1000);
  if (strcmp (values, "nan") == 0 && choice == 0)
    return NAN;
  if (strcmp (values, "clipped") == 0 && choice < 200)
    return choice < 100 ? 0 : 300;
  return strcmp (values, "grid") == 0 ? floor (number) : number;
}

static void *
make_values (ScopeDtype dtype, size_t count, const char *values)
{
  GRand *rand = g_rand_new_with_seed (1);
  char *data = take (count * scope_dtype_bytes (dtype));
  double some[4093];
  for (int i = 0; i < 4093; i++)
    some[i] = a_number (rand, values);
  for (size_t i = 0; i < count; i += 4093)
    scope_dtype_convert (SCOPE_FLOAT64, some, 1, dtype, data + i * scope_dtype_bytes (dtype), 1,
                         (gint64)MIN (4093, count - i));
  g_rand_free (rand);
  return data;
}

static void
answer_map (int runs, char **word)
{
  gboolean turned = strcmp (word[3], "turned") == 0;
  gint64 rows = strtoll (word[1], NULL, 10), columns = strtoll (word[2], NULL, 10);
  int threads = atoi (word[6]);
  ScopeRasterWindow window = { .dtype = dtype_of (word[0]),
                               .rows = rows,
                               .columns = columns,
                               .row_stride = turned ? 1 : columns,
                               .column_stride = turned ? rows : 1 };
  ScopeColorScale scale = { .low = 1,
                            .high = 255,
                            .threshold = 3,
                            .palette = SCOPE_PALETTE_VIRIDIS,
                            .norm = strcmp (word[4], "log") == 0      ? SCOPE_NORM_LOG
                                    : strcmp (word[4], "symlog") == 0 ? SCOPE_NORM_SYMLOG
                                                                      : SCOPE_NORM_LINEAR };
  if (strcmp (word[5], "grid") == 0)
    {
      scale.low = 0;
      scale.high = 256;
    }
  void *data = make_values (window.dtype, (size_t)(rows * columns), word[5]);
  guint32 *out = take ((size_t)(rows * columns) * sizeof *out);
  ScopeExecutor *pool = threads > 1 ? scope_thread_pool_new (threads) : NULL;
  window.data = data;
  ticking = threads > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
  for (int run = 0; run < runs; run++)
    {
      gint64 begin = now ();
      ScopeRaster raster;
      scope_color_scale_raster (&scale, &raster);
      scope_raster_map (&raster, &window, out, columns, NULL, pool);
      printf ("%lld ", (long long)(now () - begin));
    }
  if (pool != NULL)
    scope_thread_pool_free (pool);
  free (data);
  free (out);
}

/* ---- cells of blocks, statistics ---------------------------------------------------------------
 */

static ScopeAggregate
aggregate_of (const char *name)
{
  static const char *const names[SCOPE_N_AGGREGATES] = { "mean", "min", "max", "maxabs" };
  for (int i = 0; i < SCOPE_N_AGGREGATES; i++)
    if (strcmp (name, names[i]) == 0)
      return (ScopeAggregate)i;
  die ("no such aggregate");
}

static ScopeProgram *
make_program (ScopeDtype dtype, const ScopeShape *shape, const char *values)
{
  ScopeError error = { 0 };
  void *data;
  gint64 count;
  scope_shape_count (shape, &count, &error);
  ScopeStorage *storage = scope_storage_new_owned (dtype, count, INT64_MAX, &data, &error);
  void *made = make_values (dtype, (size_t)count, values);
  if (storage == NULL)
    die (error.sentence);
  memcpy (data, made, (size_t)count * scope_dtype_bytes (dtype));
  free (made);
  ScopeTensor *tensor = scope_tensor_new ("A", dtype, shape, NULL, storage, &error);
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program = scope_program_new ("A", 1, &tensor, 1, &options, &error);
  if (tensor == NULL || program == NULL)
    die (error.sentence);
  scope_storage_unref (storage);
  scope_tensor_unref (tensor);
  return program;
}

static void
answer_plane (int runs, char **word)
{
  ScopeError error = { 0 };
  ScopeShape shape = { .rank = 2, .size = { atoll (word[1]), atoll (word[2]) } };
  ScopeProgram *program = make_program (dtype_of (word[0]), &shape, word[5]);
  ScopePlaneRequest request = { .view = scope_view_default (&shape),
                                .row_block = atoll (word[3]),
                                .column_block = atoll (word[3]),
                                .effort = INT64_MAX,
                                .sample = true };
  ScopeReading reading = { .budget = G_GINT64_CONSTANT (1) << 30 };
  request.view.aggregate = aggregate_of (word[4]);
  ticking = CLOCK_PROCESS_CPUTIME_ID;
  for (int run = 0; run < runs; run++)
    {
      gint64 begin = now ();
      ScopePlane *plane = scope_plane_make (program, program->result, &request, &reading, &error);
      printf ("%lld ", (long long)(now () - begin));
      if (plane == NULL)
        die (error.sentence);
      scope_plane_free (plane);
    }
  scope_program_unref (program);
}

static void
answer_pyramid (int runs, char **word)
{
  ScopeError error = { 0 };
  ScopeShape shape = { .rank = 2, .size = { atoll (word[1]), atoll (word[2]) } };
  ScopeProgram *program = make_program (dtype_of (word[0]), &shape, word[4]);
  ScopeView view = scope_view_default (&shape);
  ScopeReading reading = { .budget = G_GINT64_CONSTANT (1) << 30 };
  view.aggregate = aggregate_of (word[3]);
  ticking = CLOCK_PROCESS_CPUTIME_ID;
  for (int run = 0; run < runs; run++)
    {
      gint64 begin = now ();
      ScopePyramid *pyramid =
          scope_pyramid_new (program, program->result, &view, NULL, &reading, &error);
      printf ("%lld ", (long long)(now () - begin));
      if (pyramid == NULL)
        die (error.sentence);
      scope_pyramid_unref (pyramid);
    }
  scope_program_unref (program);
}

static void
answer_enlarge (int runs, char **word)
{
  ScopeError error = { 0 };
  int rows = atoi (word[0]), columns = atoi (word[1]), factor = atoi (word[2]);
  ScopeShape shape = { .rank = 2, .size = { rows / factor, columns / factor } };
  ScopeProgram *program = make_program (SCOPE_FLOAT32, &shape, word[3]);
  ScopeView view = scope_view_default (&shape);
  ScopeReading reading = { .budget = G_GINT64_CONSTANT (1) << 30 };
  ScopePlane *plane = scope_plane_read (program, program->result, &view, shape.size[0],
                                        shape.size[1], 0, &reading, &error);
  if (plane == NULL)
    die (error.sentence);
  ScopeColorScale scale = { .low = 1, .high = 255, .palette = SCOPE_PALETTE_VIRIDIS };
  ScopeHeatmapGeometry geometry = { .cell_width = factor,
                                    .cell_height = factor,
                                    .rows = plane->cell_rows,
                                    .columns = plane->cell_columns,
                                    .width = columns,
                                    .height = rows };
  ScopeHeatmapDecoration decoration = { .marks = 0 };
  ScopeTheme theme = scope_theme_default (FALSE);
  cairo_surface_t *target = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns, rows);
  ticking = CLOCK_PROCESS_CPUTIME_ID;
  for (int run = 0; run < runs; run++)
    {
      gint64 begin = now ();
      cairo_t *cr = cairo_create (target);
      cairo_surface_t *raster = scope_heatmap_raster (plane, &scale);
      scope_heatmap_paint (plane, raster, &scale, &geometry, &decoration, &theme, cr);
      cairo_surface_destroy (raster);
      cairo_destroy (cr);
      printf ("%lld ", (long long)(now () - begin));
    }
  cairo_surface_destroy (target);
  scope_plane_free (plane);
  scope_program_unref (program);
}

static void
answer_statistics (int runs, char **word)
{
  enum
  {
    PIECE = 1 << 18,
  };
  ScopeDtype dtype = dtype_of (word[0]);
  gint64 count = atoll (word[1]);
  char *data = make_values (dtype, (size_t)count, word[2]);
  ticking = CLOCK_PROCESS_CPUTIME_ID;
  for (int run = 0; run < runs; run++)
    {
      gint64 begin = now ();
      ScopeStatisticsSum sum = scope_statistics_begin (1);
      for (gint64 i = 0; i < count; i += PIECE)
        scope_statistics_add (&sum, (const double *)(const void *)data + i, MIN (PIECE, count - i));
      ScopeStatistics statistics = scope_statistics_end (&sum);
      printf ("%lld ", (long long)(now () - begin));
      if (!(statistics.mean > 0))
        die ("no mean");
    }
  free (data);
}

/* ---- requests -------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  int words;
  void (*answer) (int runs, char **word);
} requests[] = {
  { "copy", 3, answer_copy },       { "map", 7, answer_map },
  { "plane", 6, answer_plane },     { "pyramid", 5, answer_pyramid },
  { "enlarge", 4, answer_enlarge }, { "statistics", 3, answer_statistics },
};

int
main (void)
{
  char line[MOST_LINE];
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      char *word[MOST_WORDS], *rest = line;
      int words = 0;
      line[strcspn (line, "\n")] = '\0';
      while (rest != NULL && words < MOST_WORDS)
        word[words++] = strsep (&rest, " ");
      gsize which = 0;
      while (which < G_N_ELEMENTS (requests) && words > 1
             && strcmp (word[1], requests[which].name) != 0)
        which++;
      if (words < 2 || which == G_N_ELEMENTS (requests) || words - 2 != requests[which].words)
        die ("not a request");
      requests[which].answer (MAX (atoi (word[0]), 1), word + 2);
      printf ("\n");
      fflush (stdout);
    }
  return 0;
}
