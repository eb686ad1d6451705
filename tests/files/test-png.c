/* PNG pictures: every kind, at full depth, and every kind of broken one. */
#include "golden.h"
#include "temporary.h"

#include <sys/resource.h>

#define FOLDER SCOPE_TESTS "/golden/png"

static void
test_list (void)
{
  static const struct
  {
    const char *file, *dtype, *shape;
    gint64 bytes;
    const char *note;
  } expected[] = {
    { "color-2-16.png", "uint16", "[5,7,3]", 210, NULL },
    { "color-0-1.png", "uint8", "[5,7]", 35, "stretched to 8 bits" },
    { "palette-4-transparent.png", "uint8", "[5,7,4]", 140, "colours of its palette" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path = g_build_filename (FOLDER, expected[i].file, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      const char *format = NULL;
      g_autoptr (GPtrArray) list = scope_tensor_file_list (file, &format, NULL, NULL);
      g_assert_cmpstr (format, ==, "png");
      const ScopeTensorInfo *info = list->pdata[0];
      ScopeText shape = { 0 };
      scope_shape_print (&info->shape, SCOPE_SHAPE_TIGHT_LIST, &shape);
      g_assert_cmpstr (info->dtype, ==, expected[i].dtype);
      g_assert_cmpstr (scope_text_string (&shape), ==, expected[i].shape);
      g_assert_cmpint (info->bytes, ==, expected[i].bytes);
      g_assert_cmpstr (info->note, ==, expected[i].note);
      scope_text_clear (&shape);
    }
}

/* A picture of 900 million pixels in 200 bytes, and 50 MB of comment in 50 kB: neither is inflated.
 */
static void
test_bombs (void)
{
  static const char *const files[] = { FOLDER "/bomb.png", FOLDER "/huge-text.png" };
  struct rusage before, after;
  getrusage (RUSAGE_SELF, &before);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    scope_tensor_unref (scope_tensor_open ("A", files[i], NULL, NULL, NULL));
  getrusage (RUSAGE_SELF, &after);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 24 * 1024);
}

static void
test_member (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (scope_tensor_open ("A", FOLDER "/one.png::x", NULL, NULL, &error));
  g_assert_error (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_TEXT);
}

static void
test_damage (gconstpointer data)
{
  g_autofree char *source = g_build_filename (FOLDER, data, NULL), *bytes = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  static const guint8 flips[] = { 0x00, 0x01, 0x80, 0xFF };
  for (gsize i = 8; i < length; i++)
    for (gsize f = 0; f < G_N_ELEMENTS (flips); f++)
      {
        g_autofree char *damaged = g_memdup2 (bytes, length);
        damaged[i] ^= (char)flips[f];
        g_autofree char *path = temporary_file ("x.png", damaged, f == 0 ? i : length);
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
  g_assert_cmpint (golden_add ("/png/golden", FOLDER), >, 50);
  g_test_add_func ("/png/list", test_list);
  g_test_add_func ("/png/bombs", test_bombs);
  g_test_add_func ("/png/member", test_member);
  g_test_add_data_func ("/png/damage/gray", "color-0-8.png", test_damage);
  g_test_add_data_func ("/png/damage/palette", "palette-2-transparent.png", test_damage);
  g_test_add_data_func ("/png/damage/interlaced", "color-6-16-interlaced.png", test_damage);
  int failed = g_test_run ();
  temporary_end ();
  return failed;
}
