/* .npz archives: NumPy's own, odd ones, broken ones and hostile ones. */
#define _GNU_SOURCE
#include "golden.h"
#include "temporary.h"

#include <zlib.h>

#define FOLDER SCOPE_TESTS "/golden/npz"

static GPtrArray *
list_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  const char *format = NULL;
  GPtrArray *list = scope_tensor_file_list (file, &format, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (format, ==, "npz");
  return list;
}

/* An array of more than one chunk. */
static void
test_large (void)
{
  g_autoptr (GError) error = NULL;
  ScopeTensor *tensor = scope_tensor_open ("A", FOLDER "/large.npz", NULL, NULL, &error);
  g_assert_no_error (error);
  g_autofree gint64 *values = g_new (gint64, 100000);
  ScopeRegion region = scope_region_all (&tensor->shape);
  ScopeBuffer buffer = scope_buffer_dense (&region, values);
  g_assert_true (scope_tensor_read (tensor, &region, &buffer, NULL));
  for (gint64 i = 0; i < 100000; i++)
    g_assert_cmpint (values[i], ==, i % 251);
  scope_tensor_unref (tensor);
}

static void
test_list (void)
{
  static const struct
  {
    const char *name, *dtype;
    gboolean readable;
    const char *note;
  } expected[] = {
    { "objects", "|O", FALSE, "pickled" },
    { "records", "[('a', '<f4'), ('b', '<i4')]", FALSE, "records" },
    { "short", "", FALSE, "cut off" },
    { "short-stored", "", FALSE, "cut off" },
    { "fine", "float32", TRUE, NULL },
    { "tail", "float32", TRUE, "3 bytes after the array" },
  };
  g_autoptr (GPtrArray) list = list_file (FOLDER "/members.npz");
  g_assert_cmpint (list->len, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const ScopeTensorInfo *info = list->pdata[i];
      g_assert_cmpstr (info->name, ==, expected[i].name);
      g_assert_cmpstr (info->dtype, ==, expected[i].dtype);
      g_assert_cmpint (info->readable, ==, expected[i].readable);
      if (expected[i].note == NULL)
        g_assert_null (info->note);
      else
        g_assert_nonnull (strstr (info->note, expected[i].note));
    }
}

/* Odd names are listed, each at its place, and nothing is written anywhere. */
static void
test_names (void)
{
  g_autoptr (GPtrArray) list = list_file (FOLDER "/names.npz");
  static const char *const names[] = { "",         "",      "../up", "/etc/passwd",
                                       "nested/x", "twice", "twice", "readme.txt",
                                       "ä" };
  g_assert_cmpint (list->len, ==, G_N_ELEMENTS (names));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const ScopeTensorInfo *info = list->pdata[i];
      g_assert_cmpstr (info->name, ==, names[i]);
      g_assert_cmpint (info->readable, ==, strcmp (names[i], "readme.txt") != 0);
      g_assert_cmpstr (info->note, ==, info->readable ? NULL : "not an array");
    }
}

static void
put (GByteArray *bytes, guint64 value, int width)
{
  for (int i = 0; i < width; i++)
    {
      guint8 byte = (guint8)(value >> (8 * i));
      g_byte_array_append (bytes, &byte, 1);
    }
}

/* Local header, directory entry and end of a zip64 archive with one deflated member. */
static void
put_headers (GByteArray *before, GByteArray *after, guint64 size, guint64 packed)
{
  put (before, 0x04034b50, 4);
  put (before, 45, 2), put (before, 0, 2), put (before, 8, 2), put (before, 0, 4),
      put (before, 0, 4);
  put (before, 0xFFFFFFFF, 4), put (before, 0xFFFFFFFF, 4), put (before, 5, 2), put (before, 20, 2);
  g_byte_array_append (before, (const guint8 *)"a.npy", 5);
  put (before, 1, 2), put (before, 16, 2), put (before, size, 8), put (before, packed, 8);

  guint64 directory = before->len + packed;
  put (after, 0x02014b50, 4);
  put (after, 45, 2), put (after, 45, 2), put (after, 0, 2), put (after, 8, 2), put (after, 0, 4);
  put (after, 0, 4), put (after, 0xFFFFFFFF, 4), put (after, 0xFFFFFFFF, 4), put (after, 5, 2);
  put (after, 20, 2), put (after, 0, 2), put (after, 0, 2), put (after, 0, 2), put (after, 0, 4),
      put (after, 0, 4);
  g_byte_array_append (after, (const guint8 *)"a.npy", 5);
  put (after, 1, 2), put (after, 16, 2), put (after, size, 8), put (after, packed, 8);
  guint64 length = after->len;
  put (after, 0x06064b50, 4), put (after, 44, 8), put (after, 45, 2), put (after, 45, 2);
  put (after, 0, 4), put (after, 0, 4), put (after, 1, 8), put (after, 1, 8),
      put (after, length, 8), put (after, directory, 8);
  put (after, 0x07064b50, 4), put (after, 0, 4), put (after, directory + length, 8),
      put (after, 1, 4);
  put (after, 0x06054b50, 4), put (after, 0, 4), put (after, 0xFFFF, 2), put (after, 0xFFFF, 2);
  put (after, 0xFFFFFFFF, 4), put (after, 0xFFFFFFFF, 4), put (after, 0, 2);
}

/* The beginning of a deflated .npy of `count` bytes of zeros. */
static gsize
deflate_header (gint64 count, guint8 *out, gsize room)
{
  g_autofree char *text = g_strdup_printf (
      "{'descr': '|u1', 'fortran_order': False, 'shape': (%" G_GINT64_FORMAT ",), }\n", count);
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_byte_array_append (header, (const guint8 *)"\x93NUMPY\1", 8);
  put (header, strlen (text), 2);
  g_byte_array_append (header, (const guint8 *)text, (guint)strlen (text));
  z_stream stream = { 0 };
  guint8 zeros[20000] = { 0 }; /* enough for the whole of what is examined */
  deflateInit2 (&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
  stream.next_out = out;
  stream.avail_out = (uInt)room;
  stream.next_in = header->data;
  stream.avail_in = header->len;
  g_assert_cmpint (deflate (&stream, Z_NO_FLUSH), ==, Z_OK);
  stream.next_in = zeros;
  stream.avail_in = sizeof zeros;
  g_assert_cmpint (deflate (&stream, Z_FULL_FLUSH), ==, Z_OK);
  gsize length = room - stream.avail_out;
  deflateEnd (&stream);
  return length;
}

/* A member twice as large as may be kept: listed with its size, refused before it is inflated. */
static void
test_too_big (void)
{
  gint64 size = 2 * scope_file_memory_budget ();
  guint64 packed = (guint64)size / 1000;
  g_autoptr (GByteArray) before = g_byte_array_new (), after = g_byte_array_new ();
  put_headers (before, after, (guint64)size, packed);
  guint8 member[4096];
  gsize length = deflate_header (size - 200, member, sizeof member);
  g_byte_array_append (before, member, (guint)length);
  g_autofree char *path = temporary_file ("big.npz", before->data, before->len);
  FILE *file = fopen (path, "r+");
  g_assert_cmpint (fseeko (file, (off_t)(before->len - length + packed), SEEK_SET), ==, 0);
  g_assert_cmpint (fwrite (after->data, 1, after->len, file), ==, after->len);
  fclose (file);

  g_autoptr (GPtrArray) list = list_file (path);
  const ScopeTensorInfo *info = list->pdata[0];
  g_assert_true (info->readable);
  g_assert_cmpint (info->bytes, ==, size - 200);
  g_autoptr (GError) error = NULL;
  g_assert_null (scope_tensor_open ("A", path, NULL, NULL, &error));
  g_assert_error (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_TOO_BIG);
  g_assert_nonnull (strstr (error->message, "big.npz::a: it inflates to "));
  temporary_clear ();
}

/* Every cut and every changed byte of an archive has an answer. */
static void
test_damage (gconstpointer data)
{
  g_autofree char *source = g_build_filename (FOLDER, data, NULL), *bytes = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  for (gsize i = 0; i < length; i++)
    for (int change = 0; change < 4; change++)
      {
        static const guint8 flips[] = { 0x00, 0x01, 0x80, 0xFF };
        g_autofree char *damaged = g_memdup2 (bytes, length);
        damaged[i] ^= (char)flips[change];
        g_autofree char *path = temporary_file ("damaged.npz", damaged, change == 0 ? i : length);
        g_autoptr (GError) error = NULL;
        ScopeTensor *tensor = scope_tensor_open ("A", path, NULL, NULL, &error);
        g_assert_true ((tensor == NULL) == (error != NULL));
        if (error != NULL)
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
        scope_tensor_unref (tensor);
      }
  temporary_clear ();
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GFile) file = g_file_new_for_path (FOLDER "/large.npz");
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (scope_tensor_file_open (file, "A", NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  temporary_begin ();
  g_assert_cmpint (golden_add ("/npz/golden", FOLDER), >, 50);
  g_test_add_func ("/npz/large", test_large);
  g_test_add_func ("/npz/list", test_list);
  g_test_add_func ("/npz/names", test_names);
  g_test_add_func ("/npz/too-big", test_too_big);
  g_test_add_data_func ("/npz/damage/stored", "comment.npz", test_damage);
  g_test_add_data_func ("/npz/damage/deflated", "one.npz", test_damage);
  g_test_add_func ("/npz/cancel", test_cancel);
  int failed = g_test_run ();
  temporary_end ();
  return failed;
}
