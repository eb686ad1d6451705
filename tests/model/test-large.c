/* A terabyte in a file and 10^15 values made up, in a real session: opened, panned and zoomed to
 * their elements. What it costs is counted in tests/scene/test-cost.c; here, that it works, and
 * that the memory stays small. */
#include "model/session.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SIDE G_GINT64_CONSTANT (500000)
#define MARK 1234.5f /* stands at one place of the file, the rest are holes: 0 */

enum
{
  MARK_ROW = 271828,
  MARK_COLUMN = 314159,
  HEADER = 128,
  ROWS = 768,
  COLUMNS = 1024,
  MOVES = 30,
};

static char *folder;

/* NULL where the file system has no files so large. */
static char *
write_sparse (void)
{
  g_autofree char *path = g_build_filename (folder, "terabyte.npy", NULL);
  char header[HEADER];
  float mark = MARK;
  gint64 place = HEADER + (MARK_ROW * SIDE + MARK_COLUMN) * (gint64)sizeof mark;
  int fd = open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  memset (header, ' ', sizeof header);
  memcpy (header, "\x93NUMPY\x01\x00\x76\x00", 10);
  const char *text = "{'descr': '<f4', 'fortran_order': False, 'shape': (500000, 500000), }";
  memcpy (header + 10, text, strlen (text));
  header[sizeof header - 1] = '\n';
  gboolean made = fd >= 0 && write (fd, header, sizeof header) == sizeof header
                  && ftruncate (fd, HEADER + SIDE * SIDE * (gint64)sizeof mark) == 0
                  && pwrite (fd, &mark, sizeof mark, place) == sizeof mark;
  if (fd >= 0)
    close (fd);
  if (made)
    return g_steal_pointer (&path);
  g_unlink (path);
  return NULL;
}

/* Bytes of memory that are this process's own, or of files that it has mapped. */
static gint64
resident (void)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  g_auto (GStrv) pages = g_strsplit (text, " ", -1);
  return g_ascii_strtoll (pages[1], NULL, 10) * sysconf (_SC_PAGESIZE);
}

static gint64
block_for (gint64 length, gint64 cells)
{
  return (length + cells - 1) / cells;
}

static gboolean
covers (const ScopePlane *plane, const ScopePlanePart *part)
{
  return plane != NULL && plane->row_begin <= part->row_begin
         && plane->column_begin <= part->column_begin
         && plane->row_begin + plane->cell_rows * plane->row_block >= part->row_end
         && plane->column_begin + plane->cell_columns * plane->column_block >= part->column_end;
}

/* Looks at a part in as many cells as a screen has pixels, and goes on as soon as there is
 * something to see. */
static void
look (ScopePicture *picture, const ScopePlanePart *part)
{
  gint64 rows = part->row_end - part->row_begin, columns = part->column_end - part->column_begin;
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  scope_picture_set_part (picture, part, block_for (rows, ROWS), block_for (columns, COLUMNS));
  while (!covers (scope_picture_get_detail (picture), part)
         && !(rows == scope_picture_get_plane (picture)->rows) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  /* What is close enough is there element by element. */
  if (rows <= ROWS && columns <= COLUMNS)
    {
      g_assert_true (scope_picture_settle_part (picture, G_MAXINT64));
      g_assert_true (covers (scope_picture_get_detail (picture), part));
      g_assert_false (scope_picture_get_detail (picture)->sampled);
      g_assert_nonnull (scope_picture_get_detail (picture)->element);
    }
}

static void
pan_and_zoom (ScopePicture *picture, gint64 rows, gint64 columns)
{
  GRand *rand = g_rand_new_with_seed (3);
  for (int i = 0; i < MOVES; i++)
    {
      int zoom = g_rand_int_range (rand, 0, 24);
      gint64 down = MAX (rows >> zoom, 1), across = MAX (columns >> zoom, 1);
      ScopePlanePart part = { .row_begin = (gint64)(g_rand_double (rand) * (double)(rows - down)),
                              .column_begin =
                                  (gint64)(g_rand_double (rand) * (double)(columns - across)) };
      part.row_end = part.row_begin + down;
      part.column_end = part.column_begin + across;
      look (picture, &part);
    }
  g_rand_free (rand);
}

static ScopePicture *
first_picture (ScopeSession *session, gint64 rows)
{
  ScopePicture *picture = g_list_model_get_item (scope_session_get_pictures (session), 0);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  scope_picture_set_resolution (picture, ROWS, COLUMNS);
  while (
      (scope_picture_get_plane (picture) == NULL || scope_picture_get_plane (picture)->rows != rows)
      && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (scope_picture_get_plane (picture)->rows, ==, rows);
  g_assert_true (scope_picture_get_plane (picture)->sampled);
  g_assert_nonnull (scope_picture_get_quality (picture)); /* and it says so */
  return picture;
}

static void
test_file (void)
{
  g_autofree char *path = write_sparse ();
  if (path == NULL)
    {
      g_test_skip ("the file system of the temporary folder has no files of a terabyte");
      return;
    }
  ScopeSession *session = scope_session_new ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64 before = resident ();
  scope_session_open_file (session, 0, file, NULL);
  ScopePicture *picture = first_picture (session, SIDE);
  pan_and_zoom (picture, SIDE, SIDE);

  ScopePlanePart part = { MARK_ROW - 100, MARK_ROW + 100, MARK_COLUMN - 200, MARK_COLUMN + 200 };
  look (picture, &part);
  const ScopePlane *detail = scope_picture_get_detail (picture);
  gint64 place =
      (MARK_ROW - detail->row_begin) * detail->cell_columns + MARK_COLUMN - detail->column_begin;
  g_assert_cmpfloat (detail->value[place], ==, (double)MARK);
  g_assert_cmpfloat (detail->value[place - 1], ==, 0);
  scope_picture_set_cursor (picture, MARK_ROW, MARK_COLUMN);
  g_assert_nonnull (strstr (scope_picture_get_readout (picture), "[271828, 314159] = 1234.5"));

  g_assert_cmpint (resident () - before, <, 512 << 20);
  g_object_unref (picture);
  g_assert_finalize_object (session);
  g_unlink (path);
}

static void
test_made_up (void)
{
  ScopeSession *session = scope_session_new ();
  gint64 before = resident ();
  scope_session_edit_tensor (session, 0, "ramp:int64[31622776, 31622777]");
  ScopePicture *picture = first_picture (session, 31622776);
  pan_and_zoom (picture, 31622776, 31622777);

  ScopePlanePart part = { 31622700, 31622776, 31622700, 31622777 };
  look (picture, &part);
  scope_picture_set_cursor (picture, 31622775, 31622776);
  g_assert_nonnull (
      strstr (scope_picture_get_readout (picture), "[31622775, 31622776] = 999999993568951"));
  g_assert_cmpint (resident () - before, <, 512 << 20);
  g_object_unref (picture);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("shapescope-test-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/large/file", test_file);
  g_test_add_func ("/large/made-up", test_made_up);
  int failed = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return failed;
}
