/* .safetensors files: every type, every refusal, and headers that would cost more than they should.
 */
#include "golden.h"
#include "temporary.h"

#include <sys/resource.h>
#include <time.h>

#define FOLDER SCOPE_TESTS "/golden/safetensors"

static GByteArray *
build (const char *header, gsize data)
{
  GByteArray *bytes = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE (strlen (header));
  g_byte_array_append (bytes, (const guint8 *)&length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *)header, (guint)strlen (header));
  g_byte_array_set_size (bytes, bytes->len + (guint)data);
  return bytes;
}

static void
test_list (void)
{
  static const char header[] =
      "{\"__metadata__\": {\"a\": \"b\"}, "
      "\"z\": {\"dtype\": \"BF16\", \"shape\": [2, 1], \"data_offsets\": [4, 8], \"more\": []}, "
      "\"a\": {\"dtype\": \"F4\", \"shape\": [8], \"data_offsets\": [0, 4]}, "
      "\"s\": {\"dtype\": \"F8_E8M0\", \"shape\": [], \"data_offsets\": [8, 9]}}";
  static const struct
  {
    const char *name, *dtype;
    int rank;
    gint64 bytes;
    gboolean readable;
    const char *note;
  } expected[] = {
    { "z", "bfloat16", 2, 4, TRUE, "keys that are not known" },
    { "a", "F4", 1, 4, FALSE, "packed" },
    { "s", "F8_E8M0", 0, 1, TRUE, "shown as float32" },
  };
  g_autoptr (GByteArray) bytes = build (header, 9);
  g_autofree char *path = temporary_file ("list.safetensors", bytes->data, bytes->len);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *format = NULL;
  g_autoptr (GPtrArray) list = scope_tensor_file_list (file, &format, NULL, NULL);
  g_assert_cmpstr (format, ==, "safetensors");
  g_assert_cmpint (list->len, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const ScopeTensorInfo *info = list->pdata[i];
      g_assert_cmpstr (info->name, ==, expected[i].name);
      g_assert_cmpstr (info->dtype, ==, expected[i].dtype);
      g_assert_cmpint (info->shape.rank, ==, expected[i].rank);
      g_assert_cmpint (info->bytes, ==, expected[i].bytes);
      g_assert_cmpint (info->readable, ==, expected[i].readable);
      g_assert_nonnull (strstr (info->note, expected[i].note));
    }
  temporary_clear ();
}

/* Its length may look like the mark of a pickle: 0x280 is 80 02. */
static void
test_looks_like_pickle (void)
{
  g_autoptr (GString) header =
      g_string_new ("{\"a\": {\"dtype\": \"U8\", \"shape\": [1], \"data_offsets\": [0, 1]}}");
  while (header->len < 0x280)
    g_string_append_c (header, ' ');
  g_autoptr (GByteArray) bytes = build (header->str, 1);
  g_autofree char *path = temporary_file ("model.bin", bytes->data, bytes->len);
  g_autoptr (GError) error = NULL;
  ScopeTensor *tensor = scope_tensor_open ("A", path, NULL, NULL, &error);
  g_assert_no_error (error);
  scope_tensor_unref (tensor);
  temporary_clear ();
}

/* A hundred thousand tensors that all lie on each other: refused in time that follows the header.
 */
static void
test_many (void)
{
  g_autoptr (GString) header = g_string_new ("{");
  for (int i = 0; i < 100000; i++)
    g_string_append_printf (
        header, "%s\"%d\": {\"dtype\": \"U8\", \"shape\": [16], \"data_offsets\": [0, 16]}",
        i > 0 ? "," : "", i);
  g_string_append_c (header, '}');
  g_autoptr (GByteArray) bytes = build (header->str, 16);
  g_autofree char *path = temporary_file ("many.safetensors", bytes->data, bytes->len);
  clock_t begin = clock (); /* of the processor: a disk that is busy says nothing */
  g_autoptr (GError) error = NULL;
  g_assert_null (scope_tensor_open ("A", path, NULL, NULL, &error));
  g_assert_error (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_OFFSETS);
  g_assert_cmpint (clock () - begin, <, 5 * CLOCKS_PER_SEC);
  temporary_clear ();
}

/* A header that announces 100 MB in a small file costs nothing. */
static void
test_lying_length (void)
{
  struct rusage before, after;
  guint64 length = GUINT64_TO_LE (100000000);
  g_autofree char *path = temporary_file ("lies.safetensors", &length, sizeof length);
  getrusage (RUSAGE_SELF, &before);
  g_autoptr (GError) error = NULL;
  g_assert_null (scope_tensor_open ("A", path, NULL, NULL, &error));
  getrusage (RUSAGE_SELF, &after);
  g_assert_error (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_TRUNCATED);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 16384);
  temporary_clear ();
}

static void
test_damage (void)
{
  static const char header[] =
      "{\"a\": {\"dtype\": \"U8\", \"shape\": [2, 1], \"data_offsets\": [0, 2]}}";
  g_autoptr (GByteArray) whole = build (header, 2);
  static const guint8 flips[] = { 0x00, 0x01, 0x20, 0x80, 0xFF };
  for (gsize i = 0; i < whole->len; i++)
    for (gsize f = 0; f < G_N_ELEMENTS (flips); f++)
      {
        g_autofree guint8 *damaged = g_memdup2 (whole->data, whole->len);
        damaged[i] ^= flips[f];
        g_autofree char *path =
            temporary_file ("x.safetensors", damaged, flips[f] == 0 ? i : whole->len);
        g_autoptr (GError) error = NULL;
        ScopeTensor *tensor = scope_tensor_open ("A", path, NULL, NULL, &error);
        g_assert_true ((tensor == NULL) == (error != NULL));
        scope_tensor_unref (tensor);
      }
  temporary_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  temporary_begin ();
  g_assert_cmpint (golden_add ("/safetensors/golden", FOLDER), >, 100);
  g_test_add_func ("/safetensors/list", test_list);
  g_test_add_func ("/safetensors/looks-like-pickle", test_looks_like_pickle);
  g_test_add_func ("/safetensors/many", test_many);
  g_test_add_func ("/safetensors/lying-length", test_lying_length);
  g_test_add_func ("/safetensors/damage", test_damage);
  int failed = g_test_run ();
  temporary_end ();
  return failed;
}
