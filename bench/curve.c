/* The cost of the first picture over the size of a tensor, from 10^3 to 10^15 elements.
 *
 *   bench-curve [PICTURE.svg]
 * A picture is one of 1024 × 768 pixels: the tensor opened, the expression checked, values read as
 * the window reads them, their range found, every pixel's colour put into memory. Values made up,
 * and files up to 2.5 × 10^11 float32 (a terabyte, sparse). Below 1024 × 768 elements there are
 * fewer cells than pixels, so less is to be read; the flat part begins where the view is full, and
 * it is what the rest is measured by. Each figure is the median of several processes of their own,
 * which do nothing else: the peak of memory is theirs. The exact picture, where it is made, comes
 * later and takes as long as reading everything does; its time is told beside. */
#include "files/tensor-file.h"
#include "model/evaluator.h"
#include "paint/heatmap.h"
#include "paint/plot.h"

#include <cairo-svg.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum
{
  WIDTH = 1024,
  HEIGHT = 768,
  FIRST_POWER = 3,
  LAST_POWER = 15,
  POWERS = LAST_POWER - FIRST_POWER + 1,
  LAST_FILE = 12, /* 2.5 × 10^11 elements, in truth */
  FULL_FILE = 8,  /* larger ones are sparse */
  FULL_POWER = 6, /* the first that has an element for every pixel */
  ROUNDS = 5,
  EXACT_POWER = 8, /* the largest that is waited for until it is exact */
};

#define HEADER 128 /* bytes of a .npy file before its data */

/* ---- one picture ---------------------------------------------------------------------------- */

/* A line of /proc/self/status in KiB. */
static gint64
memory_of (const char *name)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  const char *line = strstr (text, name);
  return line == NULL ? 0 : g_ascii_strtoll (line + strlen (name) + 1, NULL, 10);
}

static void
paint (const ScopePlane *plane, const ScopeView *view, cairo_surface_t *surface)
{
  ScopeColorScale scale =
      scope_color_scale_sampled (view, &plane->statistics, plane->sample, plane->samples);
  cairo_surface_t *raster = scope_heatmap_raster (plane, &scale);
  ScopeHeatmapGeometry geometry = scope_heatmap_fit (plane, 0, 0, WIDTH, HEIGHT);
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeHeatmapDecoration decoration = { 0 };
  cairo_t *cr = cairo_create (surface);
  scope_heatmap_paint (plane, raster, &scale, &geometry, &decoration, &theme, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_destroy (raster);
}

static void
ignore (ScopeEvaluation *evaluation, gpointer data)
{
}

/* Prints microseconds to the first picture, more of them until it is exact (−1: it never is, or is
 * not waited for), and KiB of memory at its most before the first picture was there. */
static int
picture (const char *definition, gboolean until_exact)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  ScopeError failed = { 0 };
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeTensor *tensor = scope_tensor_open ("A", definition, NULL, NULL, &error);
  if (tensor == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  ScopeProgram *program = scope_program_new ("A", 1, &tensor, 1, &options, &failed);
  const ScopeShape *shape = &program->node[program->result]->shape;
  ScopeEvaluatorRequest request = { .what = SCOPE_EVALUATE_PLANE,
                                    .program = program,
                                    .node = program->result,
                                    .view = scope_view_default (shape) };
  scope_heatmap_room (shape->size[0], shape->size[1], WIDTH, HEIGHT, &request.max_rows,
                      &request.max_columns);
  ScopeEvaluator *evaluator = scope_evaluator_new ();
  ScopeEvaluation *evaluation = scope_evaluator_read (evaluator, &request, ignore, NULL);
  gboolean finished = scope_evaluation_wait_first (evaluation, G_MAXINT64);
  ScopePlane *plane = scope_evaluation_steal_plane (evaluation);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  if (plane != NULL)
    paint (plane, &request.view, surface);
  gint64 first = g_get_monotonic_time () - begin, memory = memory_of ("VmHWM:"), later = -1;
  gboolean coarse = plane != NULL && plane->sampled;

  if (coarse && !finished && until_exact)
    {
      scope_evaluation_wait (evaluation, G_MAXINT64);
      ScopePlane *exact = scope_evaluation_steal_plane (evaluation);
      if (exact != NULL && !exact->sampled)
        {
          paint (exact, &request.view, surface);
          later = g_get_monotonic_time () - begin - first;
        }
      scope_plane_free (exact);
    }
  printf ("%lld %lld %lld %d\n", (long long)first, (long long)later, (long long)memory, coarse);
  cairo_surface_destroy (surface);
  scope_evaluation_cancel (evaluation);
  scope_evaluator_unref (evaluator);
  scope_plane_free (plane);
  scope_program_unref (program);
  scope_tensor_unref (tensor);
  return plane == NULL;
}

/* ---- all of them ---------------------------------------------------------------------------- */

typedef struct
{
  double first[POWERS], memory[POWERS]; /* milliseconds, MiB; NAN where there is none */
  double later[POWERS];
  gboolean coarse[POWERS];
} Curve;

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double
median (const double *value, int count)
{
  double sorted[POWERS > ROUNDS ? POWERS : ROUNDS];
  int finite = 0;
  for (int i = 0; i < count; i++)
    if (isfinite (value[i]))
      sorted[finite++] = value[i];
  qsort (sorted, (size_t)finite, sizeof *sorted, compare);
  return finite == 0 ? NAN : sorted[finite / 2];
}

typedef struct
{
  double first[POWERS][ROUNDS], memory[POWERS][ROUNDS];
} Rounds;

/* One process. */
static void
measure (const char *program,
         const char *definition,
         int power,
         int round,
         Curve *curve,
         Rounds *rounds)
{
  int i = power - FIRST_POWER;
  gboolean wait = round == 0 && power <= EXACT_POWER;
  const char *argv[] = { program, wait ? "--exact" : "--first", definition, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  long long took, later, kib;
  int coarse;
  if (!g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL,
                     &error)
      || sscanf (output, "%lld %lld %lld %d", &took, &later, &kib, &coarse) != 4)
    {
      fprintf (stderr, "bench-curve: %s\n", error != NULL ? error->message : definition);
      exit (2);
    }
  rounds->first[i][round] = (double)took / 1e3;
  rounds->memory[i][round] = (double)kib / 1024;
  curve->coarse[i] = coarse;
  if (wait)
    curve->later[i] = later >= 0 ? (double)later / 1e3 : NAN;
}

static void
put_medians (const Rounds *rounds, Curve *curve)
{
  for (int i = 0; i < POWERS; i++)
    {
      curve->first[i] = median (rounds->first[i], ROUNDS);
      curve->memory[i] = median (rounds->memory[i], ROUNDS);
      if (i > EXACT_POWER - FIRST_POWER)
        curve->later[i] = NAN;
    }
}

static void
shape_of (int power, gint64 *rows, gint64 *columns)
{
  double elements = pow (10, power);
  *rows = (gint64)sqrt (elements);
  *columns = (gint64)(elements / (double)*rows);
}

/* Data as ordinary as any, a mebibyte over and over. */
static gboolean
write_data (int fd, gint64 bytes)
{
  enum
  {
    CHUNK = 1 << 20
  };
  g_autofree float *chunk = g_malloc (CHUNK);
  for (int i = 0; i < CHUNK / 4; i++)
    chunk[i] = (float)((i * 40503u) % 65536) / 65536;
  for (gint64 done = 0; done < bytes; done += CHUNK)
    if (write (fd, chunk, (size_t)MIN (CHUNK, bytes - done)) < 0)
      return FALSE;
  return TRUE;
}

/* A .npy file: of data up to FULL_FILE, beyond of holes; FALSE where the file system refuses one so
 * large. */
static gboolean
make_file (const char *path, gint64 rows, gint64 columns, gboolean full)
{
  char header[HEADER + 1];
  int fd = open (path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  memset (header, ' ', HEADER);
  memcpy (header, "\x93NUMPY\x01\x00\x76\x00", 10);
  int length = g_snprintf (header + 10, HEADER - 10,
                           "{'descr': '<f4', 'fortran_order': False, 'shape': (%lld, %lld), }",
                           (long long)rows, (long long)columns);
  header[10 + length] = ' ';
  header[HEADER - 1] = '\n';
  gboolean made = fd >= 0 && write (fd, header, HEADER) == HEADER
                  && (full ? write_data (fd, rows * columns * 4)
                           : ftruncate (fd, HEADER + rows * columns * 4) == 0);
  if (fd >= 0)
    close (fd);
  return made;
}

/* Sizes take turns, so that what else the machine does meets all of them. */
static void
measure_values (const char *program, Curve *curve)
{
  Rounds rounds;
  for (int round = 0; round < ROUNDS; round++)
    for (int power = FIRST_POWER; power <= LAST_POWER; power++)
      {
        gint64 rows, columns;
        shape_of (power, &rows, &columns);
        g_autofree char *definition =
            g_strdup_printf ("random:float32[%lld,%lld]", (long long)rows, (long long)columns);
        measure (program, definition, power, round, curve, &rounds);
      }
  put_medians (&rounds, curve);
}

static void
measure_files (const char *program, Curve *curve)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-XXXXXX", NULL);
  char *path[POWERS] = { NULL };
  Rounds rounds;
  for (int power = FIRST_POWER; power <= LAST_FILE; power++)
    {
      gint64 rows, columns;
      shape_of (power, &rows, &columns);
      if (power == LAST_FILE)
        rows = columns = 500000; /* a terabyte */
      g_autofree char *name = g_strdup_printf ("%d.npy", power);
      path[power - FIRST_POWER] = g_build_filename (folder, name, NULL);
      if (!make_file (path[power - FIRST_POWER], rows, columns, power <= FULL_FILE))
        {
          unlink (path[power - FIRST_POWER]);
          g_clear_pointer (&path[power - FIRST_POWER], g_free);
        }
    }
  for (int round = 0; round < ROUNDS; round++)
    for (int i = 0; i < POWERS; i++)
      {
        rounds.first[i][round] = rounds.memory[i][round] = NAN;
        if (path[i] != NULL)
          measure (program, path[i], i + FIRST_POWER, round, curve, &rounds);
      }
  put_medians (&rounds, curve);
  for (int i = 0; i < POWERS; i++)
    if (path[i] != NULL)
      unlink (path[i]);
    else
      curve->later[i] = NAN;
  for (int i = 0; i < POWERS; i++)
    g_free (path[i]);
  rmdir (folder);
}

/* ---- told ----------------------------------------------------------------------------------- */

static const char *const names[] = { "values made up", "a mapped file (sparse from 10^9 on)" };

/* The worst of a curve, as a multiple of its flat part. */
static double
worst (const double *value, double *flat)
{
  double most = 0;
  *flat = median (value + FULL_POWER - FIRST_POWER, LAST_POWER - FULL_POWER + 1);
  for (int i = 0; i < POWERS; i++)
    if (isfinite (value[i]))
      most = fmax (most, value[i]);
  return most / *flat;
}

static void
tell (const Curve *curve)
{
  double flat, most = worst (curve->first, &flat);
  for (int i = 0; i < POWERS; i++)
    {
      if (!isfinite (curve->first[i]))
        continue;
      int bar = (int)lround (30 * curve->first[i] / (2 * flat));
      /* The bar is as long as twice the flat part at most. */
      printf ("  10^%-2d %8.1f ms |%-30.*s| %6.1f MiB%s", i + FIRST_POWER, curve->first[i],
              MIN (bar, 30), "##############################", curve->memory[i],
              curve->coarse[i] ? "  sampled" : "");
      if (isfinite (curve->later[i]))
        printf ("; exact %.0f ms later", curve->later[i]);
      printf ("\n");
    }
  printf ("  most, as a multiple of the flat part: %.2f of the time", most);
  double memory = worst (curve->memory, &flat);
  printf (", %.2f of the memory; goal, at most 2: %s\n", memory,
          most <= 2 && memory <= 2 ? "met" : "MISSED");
}

static void
draw (const Curve *curve, const char *path)
{
  ScopeSeries series[2];
  double logarithms[2][POWERS];
  for (int k = 0; k < 2; k++)
    {
      for (int i = 0; i < POWERS; i++)
        logarithms[k][i] = curve[k].first[i];
      series[k] = (ScopeSeries){ .name = names[k],
                                 .color = k,
                                 .value = logarithms[k],
                                 .count = POWERS,
                                 .begin = FIRST_POWER,
                                 .step = 1 };
    }
  double flat;
  ScopeTheme theme = scope_theme_default (FALSE);
  worst (curve[0].first, &flat);
  ScopePlot plot = { .title = "Milliseconds to the first picture",
                     .x_title = "elements, as a power of ten",
                     .series = series,
                     .n_series = 2,
                     .y_low = 0,
                     .y_high = 2 * flat,
                     .emphasized = -1,
                     .legend = TRUE };
  cairo_surface_t *surface = cairo_svg_surface_create (path, 640, 320);
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  scope_plot_paint (&plot, 8, 8, 624, 304, &theme, cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  printf ("the curve is drawn in %s\n", path);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && (g_str_equal (argv[1], "--first") || g_str_equal (argv[1], "--exact")))
    return picture (argv[2], g_str_equal (argv[1], "--exact"));
  Curve curve[2];
  measure_values (argv[0], &curve[0]);
  measure_files (argv[0], &curve[1]);
  for (int k = 0; k < 2; k++)
    {
      printf ("%s\n", names[k]);
      tell (&curve[k]);
    }
  if (argc > 1)
    draw (curve, argv[1]);
  return 0;
}
