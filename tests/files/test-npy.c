/* .npy files that NumPy wrote, values compared to the bit; files that change while they are read;
 * things that are no files. */
#define _GNU_SOURCE
#include "files/file-error.h"
#include "files/npy.h"
#include "temporary.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static ScopeTensor *
open_tensor (const char *path)
{
  g_autoptr (GError) error = NULL;
  gboolean is_file = FALSE;
  ScopeTensor *tensor = scope_tensor_open ("A", path, &is_file, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_file);
  return tensor;
}

static GBytes *
read_region (const ScopeTensor *tensor, const ScopeRegion *region)
{
  gint64 count = 0;
  g_assert_true (scope_region_count (region, &count, NULL));
  gsize length = (gsize)count * scope_dtype_bytes (tensor->dtype);
  void *data = g_malloc (length + 1);
  ScopeBuffer buffer = scope_buffer_dense (region, data);
  ScopeError error = { 0 };
  g_assert_true (scope_tensor_read (tensor, region, &buffer, &error));
  return g_bytes_new_take (data, length);
}

/* ---- what NumPy wrote ----------------------------------------------------------------------- */

typedef struct
{
  char *name, *dtype, *shape, *order, *values;
  char **word; /* the strings above */
} Golden;

static GBytes *
from_hexadecimal (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();
  for (; g_ascii_isxdigit (text[0]); text += 2)
    {
      guint8 byte = (guint8)(g_ascii_xdigit_value (text[0]) * 16 + g_ascii_xdigit_value (text[1]));
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (bytes);
}

/* Reading backwards and in steps gives the same elements as picking them from the whole. */
static void
check_steps (const ScopeTensor *tensor, GBytes *whole)
{
  ScopeRegion region = scope_region_all (&tensor->shape);
  gsize width = scope_dtype_bytes (tensor->dtype);
  for (int axis = 0; axis < region.rank; axis++)
    {
      if (region.count[axis] < 2)
        continue;
      ScopeRegion reversed = region;
      reversed.start[axis] = region.count[axis] - 1;
      reversed.step[axis] = -1;
      g_autoptr (GBytes) backwards = read_region (tensor, &reversed);

      gsize inner = width;
      for (int i = axis + 1; i < region.rank; i++)
        inner *= (gsize)region.count[i];
      gsize size = (gsize)region.count[axis];
      const guint8 *a = g_bytes_get_data (whole, NULL), *b = g_bytes_get_data (backwards, NULL);
      for (gsize at = 0; at < g_bytes_get_size (whole); at += inner)
        {
          gsize row = at / inner;
          gsize mirrored = row - row % size + (size - 1 - row % size);
          g_assert_cmpmem (a + at, inner, b + mirrored * inner, inner);
        }
    }
}

static void
test_golden (gconstpointer data)
{
  const Golden *golden = data;
  g_autofree char *path = g_strdup_printf (SCOPE_TESTS "/golden/npy/%s.npy", golden->name);
  ScopeTensor *tensor = open_tensor (path);
  g_assert_cmpstr (scope_dtype_name (tensor->dtype), ==, golden->dtype);
  ScopeText shape = { 0 };
  scope_shape_print (&tensor->shape, SCOPE_SHAPE_TIGHT_LIST, &shape);
  g_assert_cmpstr (scope_text_string (&shape), ==, golden->shape);
  scope_text_clear (&shape);

  ScopeRegion region = scope_region_all (&tensor->shape);
  g_autoptr (GBytes) values = read_region (tensor, &region);
  g_autoptr (GBytes) expected = from_hexadecimal (golden->values);
  g_assert_cmpmem (g_bytes_get_data (values, NULL), g_bytes_get_size (values),
                   g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
  check_steps (tensor, values);
  scope_tensor_unref (tensor);

  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *format = NULL;
  g_autoptr (GPtrArray) list = scope_tensor_file_list (file, &format, NULL, NULL);
  g_assert_cmpstr (format, ==, "npy");
  g_assert_cmpint (list->len, ==, 1);
  const ScopeTensorInfo *info = list->pdata[0];
  g_assert_cmpstr (info->dtype, ==, golden->dtype);
  g_assert_cmpint (info->order, ==, golden->order[0]);
  g_assert_cmpint (info->bytes, ==, (gint64)g_bytes_get_size (expected));
  g_assert_true (info->readable);
  g_assert_cmpstr (info->note, ==, strstr (golden->name, "-big") != NULL ? "big-endian" : NULL);
}

static void
free_golden (gpointer data)
{
  Golden *golden = data;
  g_strfreev (golden->word);
  g_free (golden);
}

static void
add_golden (void)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (SCOPE_TESTS "/golden/npy/values.txt", &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpint (g_strv_length (lines), >, 40);
  for (int i = 0; lines[i] != NULL; i++)
    {
      char **word = g_strsplit (lines[i], " ", 5);
      Golden *golden = g_new (Golden, 1);
      *golden = (Golden){ word[0], word[1], word[2], word[3], word[4], word };
      g_autofree char *path = g_strdup_printf ("/npy/golden/%s", golden->name);
      g_test_add_data_func_full (path, golden, test_golden, free_golden);
    }
}

/* ---- values that NumPy does not write ------------------------------------------------------- */

static GByteArray *
build (const char *descr, const char *shape)
{
  g_autofree char *text =
      g_strdup_printf ("{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n", descr, shape);
  guint8 prefix[10] = { 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (guint8)strlen (text), 0 };
  GByteArray *file = g_byte_array_new ();
  g_byte_array_append (file, prefix, sizeof prefix);
  g_byte_array_append (file, (const guint8 *)text, (guint)strlen (text));
  return file;
}

/* A misaligned array of bools that are not 0 and 1. */
static void
test_odd_bools (void)
{
  g_autoptr (GByteArray) bytes = build ("|b1", "(4,)");
  g_byte_array_append (bytes, (const guint8 *)"\x00\x01\x02\xff", 4);
  g_autofree char *path = temporary_file ("odd.npy", bytes->data, bytes->len);
  ScopeTensor *tensor = open_tensor (path);
  ScopeRegion region = scope_region_all (&tensor->shape);
  g_autoptr (GBytes) values = read_region (tensor, &region);
  g_assert_cmpmem (g_bytes_get_data (values, NULL), 4, "\0\1\1\1", 4);
  scope_tensor_unref (tensor);

  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *format = NULL;
  g_autoptr (GPtrArray) list = scope_tensor_file_list (file, &format, NULL, NULL);
  const ScopeTensorInfo *info = list->pdata[0];
  g_assert_nonnull (strstr (info->note, "True"));
  temporary_clear ();
}

/* What is not read is listed nevertheless, with its type, shape and the reason. */
static void
test_list_of_objects (void)
{
  g_autoptr (GByteArray) bytes = build ("|O", "(3, 4)");
  g_autofree char *path = temporary_file ("objects.npy", bytes->data, bytes->len);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *format = NULL;
  g_autoptr (GPtrArray) list = scope_tensor_file_list (file, &format, NULL, NULL);
  const ScopeTensorInfo *info = list->pdata[0];
  g_assert_cmpstr (info->dtype, ==, "|O");
  g_assert_cmpint (info->shape.rank, ==, 2);
  g_assert_cmpint (info->shape.size[1], ==, 4);
  g_assert_false (info->readable);
  g_assert_nonnull (strstr (info->note, "pickled"));
  temporary_clear ();
}

static void
test_member (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (
      scope_tensor_open ("A", SCOPE_TESTS "/golden/npy/float32.npy::x", NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "float32.npy: "));
}

/* ---- files that are not what they were ------------------------------------------------------ */

enum
{
  BIG = 1 << 20
};

static char *
write_big (const char *name)
{
  g_autoptr (GByteArray) bytes = build ("<f4", "(262144,)");
  g_byte_array_set_size (bytes, bytes->len + BIG);
  return temporary_file (name, bytes->data, bytes->len);
}

static void
assert_changed (const ScopeTensor *tensor)
{
  ScopeRegion region = scope_region_all (&tensor->shape);
  g_autofree void *data = g_malloc (BIG);
  ScopeBuffer buffer = scope_buffer_dense (&region, data);
  ScopeError error = { 0 };
  g_assert_false (scope_tensor_read (tensor, &region, &buffer, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_DATA);
  g_assert_nonnull (strstr (error.sentence, "big.npy: the file changed on disk"));
}

static void
test_shrinks (void)
{
  g_autofree char *path = write_big ("big.npy");
  ScopeTensor *tensor = open_tensor (path);
  g_assert_cmpint (truncate (path, 100), ==, 0);
  assert_changed (tensor);
  assert_changed (tensor);
  scope_tensor_unref (tensor);
  temporary_clear ();
}

static void
test_is_rewritten (void)
{
  g_autofree char *path = write_big ("big.npy");
  ScopeTensor *tensor = open_tensor (path);
  g_usleep (20000); /* files' times and our watching both go by the tick */
  FILE *file = fopen (path, "r+");
  fseek (file, 1000, SEEK_SET);
  fputs ("changed", file);
  fclose (file);
  assert_changed (tensor);
  scope_tensor_unref (tensor);
  temporary_clear ();
}

/* Deleting or replacing the name leaves what was opened. */
static void
test_is_deleted (void)
{
  g_autofree char *path = write_big ("big.npy");
  ScopeTensor *tensor = open_tensor (path);
  g_assert_cmpint (unlink (path), ==, 0);
  ScopeRegion region = scope_region_all (&tensor->shape);
  g_autoptr (GBytes) values = read_region (tensor, &region);
  g_assert_cmpint (g_bytes_get_size (values), ==, BIG);
  scope_tensor_unref (tensor);
}

typedef struct
{
  const char *path;
  int stop; /* atomic */
} Shrinker;

static gpointer
shrink_and_grow (gpointer data)
{
  Shrinker *shrinker = data;
  while (!g_atomic_int_get (&shrinker->stop))
    {
      g_assert_cmpint (truncate (shrinker->path, 100), ==, 0);
      g_assert_cmpint (truncate (shrinker->path, 100 + BIG), ==, 0);
    }
  return NULL;
}

/* Every read of a file that shrinks and grows all the time ends: with values or with an error. */
static void
test_shrinks_meanwhile (void)
{
  g_autofree char *path = write_big ("big.npy");
  ScopeTensor *tensor = open_tensor (path);
  Shrinker shrinker = { .path = path };
  GThread *thread = g_thread_new ("shrinker", shrink_and_grow, &shrinker);
  ScopeRegion region = scope_region_all (&tensor->shape);
  g_autofree void *data = g_malloc (BIG);
  ScopeBuffer buffer = scope_buffer_dense (&region, data);
  int failures = 0;
  for (int i = 0; i < 1000; i++)
    {
      ScopeError error = { 0 };
      failures += !scope_tensor_read (tensor, &region, &buffer, &error);
    }
  g_atomic_int_set (&shrinker.stop, 1);
  g_thread_join (thread);
  g_assert_cmpint (failures, >, 0);
  scope_tensor_unref (tensor);
  temporary_clear ();
}

/* ---- things that are no files --------------------------------------------------------------- */

static void
assert_refused (const char *path, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64 begin = g_get_monotonic_time ();
  g_assert_null (scope_tensor_file_open (file, "A", NULL, NULL, &error));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 2000000);
  g_assert_error (error, domain, code);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_special_files (void)
{
  g_autofree char *pipe_path = temporary_path ("pipe");
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_refused (pipe_path, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (temporary_folder, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  assert_refused ("/dev/zero", G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused ("/proc/self/maps", SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_TRUNCATED);

  g_autofree char *missing = temporary_path ("missing.npy");
  assert_refused (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_autofree char *loop = temporary_path ("loop");
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  assert_refused (loop, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
  g_autofree char *empty = temporary_file ("empty.npy", "", 0);
  assert_refused (empty, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_TRUNCATED);
  g_autofree char *odd = temporary_file ("od\nd\xff.npy", "x", 1);
  assert_refused (odd, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_MAGIC);
  temporary_clear ();
}

/* A sparse terabyte opens at once and any element of it can be read. */
static void
test_terabyte (void)
{
  g_autoptr (GByteArray) bytes = build ("<f8", "(131072, 1048576)");
  g_autofree char *path = temporary_file ("big.npy", bytes->data, bytes->len);
  if (truncate (path, (off_t)bytes->len + ((off_t)1 << 40)) != 0)
    {
      g_test_skip ("the file system of the temporary folder has no files of a terabyte");
      temporary_clear ();
      return;
    }
  gint64 begin = g_get_monotonic_time ();
  ScopeTensor *tensor = open_tensor (path);
  ScopeRegion region = { 2, { 131071, 1048570 }, { 1, 1 }, { 1, 6 } };
  g_autoptr (GBytes) values = read_region (tensor, &region);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 1000000);
  const double *number = g_bytes_get_data (values, NULL);
  g_assert_cmpfloat (number[5], ==, 0);
  scope_tensor_unref (tensor);
  temporary_clear ();
}

/* Rows that are longer than a page, at any step: elements side by side, a little apart, a page
 * each; in a file of data, and in one with holes, where values stand here and there. */
static void
test_steps_of_long_rows (gconstpointer sparse)
{
  enum
  {
    ROWS = 7,
    COLUMNS = 100003,
  };
  g_autoptr (GByteArray) bytes = build (">i4", "(7, 100003)");
  gsize header = bytes->len;
  g_autofree char *path = temporary_file ("long.npy", bytes->data, bytes->len);
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (ftruncate (fd, (off_t)(header + ROWS * COLUMNS * 4)), ==, 0);
  for (int i = 0; i < ROWS * COLUMNS; i += sparse != NULL ? 50021 : 1)
    {
      gint32 value = GINT32_TO_BE (i + 1);
      g_assert_cmpint (pwrite (fd, &value, sizeof value, (off_t)(header + (gsize)i * 4)), ==, 4);
    }
  close (fd);

  ScopeTensor *tensor = open_tensor (path);
  static const int steps[] = { 1, 2, 13, 400, 511, 512, 1024, 7001, -1, -2, -13, -1024, -7001 };
  for (gsize k = 0; k < G_N_ELEMENTS (steps); k++)
    {
      int from = steps[k] > 0 ? 5 : COLUMNS - 3;
      int count = (COLUMNS - 8) / ABS (steps[k]) + 1;
      ScopeRegion region = { 2, { 0, from }, { 2, steps[k] }, { (ROWS + 1) / 2, count } };
      g_autoptr (GBytes) values = read_region (tensor, &region);
      const gint32 *value = g_bytes_get_data (values, NULL);
      for (int r = 0; r < region.count[0]; r++)
        for (int c = 0; c < count; c++)
          {
            int element = 2 * r * COLUMNS + from + c * steps[k];
            gboolean there = sparse == NULL || element % 50021 == 0;
            if (value[r * count + c] != (there ? element + 1 : 0))
              g_error ("step %d: element %d is %d", steps[k], element, value[r * count + c]);
          }
    }
  scope_tensor_unref (tensor);
  temporary_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  temporary_begin ();
  add_golden ();
  g_test_add_func ("/npy/odd-bools", test_odd_bools);
  g_test_add_func ("/npy/list-of-objects", test_list_of_objects);
  g_test_add_func ("/npy/member", test_member);
  g_test_add_func ("/npy/shrinks", test_shrinks);
  g_test_add_func ("/npy/is-rewritten", test_is_rewritten);
  g_test_add_func ("/npy/is-deleted", test_is_deleted);
  g_test_add_func ("/npy/shrinks-meanwhile", test_shrinks_meanwhile);
  g_test_add_func ("/npy/special-files", test_special_files);
  g_test_add_func ("/npy/terabyte", test_terabyte);
  g_test_add_data_func ("/npy/steps-of-long-rows", NULL, test_steps_of_long_rows);
  g_test_add_data_func ("/npy/steps-of-long-rows-with-holes", "", test_steps_of_long_rows);
  int failed = g_test_run ();
  temporary_end ();
  return failed;
}
