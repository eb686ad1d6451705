/* What a person may write after NAME=, and what kinds of files are turned away. */
#include "files/file-error.h"
#include "temporary.h"

#include <string.h>

static const struct
{
  const char *name, *text, *dtype, *shape;
} texts[] = {
  { "shape", "1,1,256,256", "float32", "[1, 1, 256, 256]" },
  { "list", "[1, 2]", "float32", "[1, 2]" },
  { "scalar", "()", "float32", "[]" },
  { "typed", "int8[2,3]", "int8", "[2, 3]" },
  { "filled", "random(7):4,5", "float32", "[4, 5]" },
  { "ten-terabytes", "ramp:float64[1000000,1250000]", "float64", "[1000000, 1250000]" },
  { "unknown", "?,3", "float32", "[?, 3]" },
  { "literal", "[[1, 2], [3, 4]]", "int64", "[2, 2]" },
  { "file", SCOPE_TESTS "/golden/npy/uint8.npy", "uint8", "[2, 3]" },
  { "uri", "file://" SCOPE_TESTS "/golden/npy/uint8.npy", "uint8", "[2, 3]" },
};

static void
test_text (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  gboolean is_file = FALSE;
  ScopeTensor *tensor = scope_tensor_open ("A", texts[i].text, &is_file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (is_file, ==, strstr (texts[i].text, ".npy") != NULL);
  g_assert_cmpstr (tensor->name, ==, "A");
  g_assert_cmpstr (scope_dtype_name (tensor->dtype), ==, texts[i].dtype);
  ScopeText shape = { 0 };
  scope_shape_print (&tensor->shape, SCOPE_SHAPE_LIST, &shape);
  g_assert_cmpstr (scope_text_string (&shape), ==, texts[i].shape);
  scope_text_clear (&shape);
  scope_tensor_unref (tensor);
}

static const struct
{
  const char *name, *text, *says;
  int begin;
} wrong[] = {
  { "shape", "1,x y", "1,x y: ", 4 },
  { "empty", "", "Write a shape", -2 },
  { "missing-file", "missing.npy", "missing.npy: there is no such file", -2 },
  { "missing-path", "./a/b", "there is no such file", -2 },
  { "missing-member", "missing.npz::x", "there is no such file", -2 },
  { "ragged", "[[1], [2, 3]]", "ragged", 6 },
  { "escape", "\x1b[31m", "\\x1b", -2 },
};

static void
test_wrong (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  ScopeError span = { 0 };
  g_assert_null (scope_tensor_open ("A", wrong[i].text, NULL, &span, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_suffix (error->message, "."));
  if (strcmp (wrong[i].says, "\\x1b") == 0)
    g_assert_null (strchr (error->message, 0x1b));
  else
    g_assert_nonnull (strstr (error->message, wrong[i].says));
  if (wrong[i].begin != -2)
    g_assert_cmpint (span.begin, ==, wrong[i].begin);
}

static const struct
{
  const char *name, *file, *bytes;
  gsize length;
  ScopeFileError code;
  const char *says;
} refused[] = {
#define BYTES(text) text, sizeof (text) - 1
  { "pickle-2", "a.pt", BYTES ("\x80\x02}q\0."), SCOPE_FILE_ERROR_REFUSED, "pickle" },
  { "pickle-4", "a.npy", BYTES ("\x80\x04\x95\0\0\0\0\0\0\0\0."), SCOPE_FILE_ERROR_REFUSED,
    "pickle" },
  { "pickle-0", "a.pkl", BYTES ("(lp0\n."), SCOPE_FILE_ERROR_REFUSED, "safetensors" },
  { "checkpoint-bin", "a.bin", BYTES ("xyz"), SCOPE_FILE_ERROR_REFUSED, "pickle" },
  { "hdf5", "a.h5", BYTES ("\x89HDF\r\n\x1a\n"), SCOPE_FILE_ERROR_REFUSED, "HDF5" },
  { "hdf5-renamed", "a.npy", BYTES ("\x89HDF\r\n\x1a\n"), SCOPE_FILE_ERROR_REFUSED, "np.save" },
  { "gguf", "a", BYTES ("GGUF\3\0\0\0"), SCOPE_FILE_ERROR_REFUSED, "GGUF" },
  { "matlab", "a.mat", BYTES ("MATLAB 5.0 MAT-file, x"), SCOPE_FILE_ERROR_REFUSED, "MATLAB" },
  { "gzip", "a.npy.gz", BYTES ("\x1f\x8b\x08\0"), SCOPE_FILE_ERROR_REFUSED, "gunzip" },
  { "jpeg", "a.jpg", BYTES ("\xff\xd8\xff\xe0"), SCOPE_FILE_ERROR_REFUSED, "PNG" },
  { "onnx", "a.onnx", BYTES ("\x08\x07\x12"), SCOPE_FILE_ERROR_REFUSED, "ONNX" },
  { "numpx", "a.npy", BYTES ("\x93NUMPX\1\0"), SCOPE_FILE_ERROR_MAGIC, "np.save" },
  { "unknown", "a.xyz", BYTES ("\1\2\3\4"), SCOPE_FILE_ERROR_MAGIC, "\\x01\\x02" },
#undef BYTES
};

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *path = temporary_file (refused[i].file, refused[i].bytes, refused[i].length);
  g_autoptr (GError) error = NULL;
  g_assert_null (scope_tensor_open ("A", path, NULL, NULL, &error));
  g_assert_error (error, SCOPE_FILE_ERROR, (int)refused[i].code);
  g_assert_nonnull (strstr (error->message, refused[i].says));
  g_assert_nonnull (strstr (error->message, refused[i].file));
  temporary_clear ();
}

static void
test_names (void)
{
  g_autofree char *control = scope_file_display_name ("a\nb\x1b\xe2\x80\xae.npy");
  g_assert_cmpstr (control, ==, "a␊b␛\\u202e.npy");
  g_autofree char *path = g_strnfill (5000, 'x');
  g_autofree char *name = scope_file_display_name (path);
  g_assert_cmpint (g_utf8_strlen (name, -1), ==, 96);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  temporary_begin ();
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tensor-file/text/%s", texts[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tensor-file/wrong/%s", wrong[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_wrong);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tensor-file/refused/%s", refused[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/tensor-file/names", test_names);
  int failed = g_test_run ();
  temporary_end ();
  return failed;
}
