/* Written-out tensors: what they hold, and where a wrong one is wrong. */
#include "core/literal.h"

#include <glib.h>
#include <string.h>

static const struct
{
  const char *name, *text, *dtype, *shape, *values;
} good[] = {
  { "ints", "[[1, 2], [3, 4]]", "int64", "[2, 2]", "1 2 3 4" },
  { "floats", "[[1.5, 2], [-3, 4e2]]", "float32", "[2, 2]", "1.5 2.0 -3.0 400.0" },
  { "bools", "[[True, False]]", "bool", "[1, 2]", "True False" },
  { "bools-and-ints", "[[True, 2]]", "int64", "[1, 2]", "1 2" },
  { "one-axis", "[1.5, -2.5]", "float32", "[2]", "1.5 -2.5" },
  { "nan-inf", "[nan, inf, -inf]", "float32", "[3]", "nan inf -inf" },
  { "exponents", "[1e-3, 2.E+4, .5]", "float32", "[3]", "0.001 20000.0 0.5" },
  { "tuples", "((1, 2), (3, 4))", "int64", "[2, 2]", "1 2 3 4" },
  { "trailing-commas", "[[1, 2,], [3, 4,],]", "int64", "[2, 2]", "1 2 3 4" },
  { "spaces", " [ [ 1 ,2 ] ,\n[3 , 4] ] ", "int64", "[2, 2]", "1 2 3 4" },
  { "cube", "[[[1], [2]], [[3], [4]]]", "int64", "[2, 2, 1]", "1 2 3 4" },
  { "empty-lists", "[[], []]", "float32", "[2, 0]", "" },
  { "largest", "[[9223372036854775807, -9223372036854775808]]", "int64", "[1, 2]",
    "9223372036854775807 -9223372036854775808" },
};

static void
test_good (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeError error = { 0 };
  g_assert_true (scope_literal_recognize (good[i].text, strlen (good[i].text)));
  ScopeTensor *tensor = scope_literal_parse ("A", good[i].text, strlen (good[i].text), &error);
  g_assert_cmpstr (error.sentence, ==, "");
  g_assert_nonnull (tensor);
  g_assert_cmpstr (scope_dtype_name (tensor->dtype), ==, good[i].dtype);

  ScopeText text = { 0 };
  scope_shape_print (&tensor->shape, SCOPE_SHAPE_LIST, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, good[i].shape);
  scope_text_clear (&text);
  gsize width = scope_dtype_bytes (tensor->dtype);
  for (gint64 k = 0; k < tensor->storage->count; k++)
    {
      if (k > 0)
        scope_text_append (&text, " ");
      scope_dtype_print (tensor->dtype, (const char *)tensor->storage->data + (gsize)k * width,
                         &text);
    }
  g_assert_cmpstr (scope_text_string (&text), ==, good[i].values);
  scope_text_clear (&text);
  scope_tensor_unref (tensor);
}

static const struct
{
  const char *name, *text;
  ScopeErrorCode code;
  int begin, end;
  const char *says;
} bad[] = {
  { "ragged-short", "[[1, 2], [3]]", SCOPE_ERROR_SHAPE, 9, 12, "1 items" },
  { "ragged-long", "[[1], [2, 3]]", SCOPE_ERROR_SHAPE, 6, 12, "2 items" },
  { "ragged-number", "[[1], 2]", SCOPE_ERROR_SHAPE, 6, 7, "number" },
  { "ragged-list", "[1, [2]]", SCOPE_ERROR_SHAPE, 4, 5, "list" },
  { "ragged-empty", "[[], [1]]", SCOPE_ERROR_SHAPE, 5, 8, "1 items" },
  { "no-bracket", "2, ", SCOPE_ERROR_SYNTAX, 0, 1, "bracket" },
  { "nothing", " ", SCOPE_ERROR_SYNTAX, 1, 2, "bracket" },
  { "word", "[[1, two]]", SCOPE_ERROR_SYNTAX, 5, 8, "number" },
  { "after-umlaut", "[[1, zwölf]]", SCOPE_ERROR_SYNTAX, 5, 7, "number" },
  { "complex", "[[1j]]", SCOPE_ERROR_SYNTAX, 2, 4, "number" },
  { "two-points", "[[1.2.3]]", SCOPE_ERROR_SYNTAX, 2, 7, "number" },
  { "no-comma", "[[1 2]]", SCOPE_ERROR_SYNTAX, 4, 5, "comma" },
  { "two-commas", "[[1,, 2]]", SCOPE_ERROR_SYNTAX, 4, 5, "number" },
  { "unclosed", "[[1, 2]", SCOPE_ERROR_SYNTAX, 0, 1, "closed" },
  { "unclosed-empty", "[[", SCOPE_ERROR_SYNTAX, 1, 2, "closed" },
  { "crossed", "[(1, 2])", SCOPE_ERROR_SYNTAX, 6, 7, "bracket" },
  { "rest", "[[1]] 2", SCOPE_ERROR_SYNTAX, 6, 7, "after" },
  { "beyond-int64", "[[9223372036854775808]]", SCOPE_ERROR_OVERFLOW, 2, 21, "int64" },
};

static void
test_bad (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeError error = { 0 };
  /* Not terminated, so that a sanitizer sees what is read beyond the end. */
  gsize length = strlen (bad[i].text);
  g_autofree char *text = g_memdup2 (bad[i].text, length);
  g_assert_null (scope_literal_parse ("A", text, length, &error));
  g_assert_cmpint (error.code, ==, bad[i].code);
  g_assert_cmpint (error.begin, ==, bad[i].begin);
  g_assert_cmpint (error.end, ==, bad[i].end);
  g_assert_nonnull (strstr (error.sentence, bad[i].says));
}

static void
test_depth (void)
{
  ScopeError error = { 0 };
  g_autofree char *text = g_strnfill (100000, '[');
  g_assert_null (scope_literal_parse ("A", text, 100000, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
  g_assert_cmpint (error.begin, ==, 64);

  g_autoptr (GString) deep = g_string_new (NULL);
  for (int i = 0; i < 64; i++)
    g_string_append_c (deep, '[');
  g_string_append (deep, "7");
  for (int i = 0; i < 64; i++)
    g_string_append_c (deep, ']');
  ScopeTensor *tensor = scope_literal_parse ("A", deep->str, deep->len, &error);
  g_assert_nonnull (tensor);
  g_assert_cmpint (tensor->shape.rank, ==, 64);
  scope_tensor_unref (tensor);
}

/* A shape stays a shape. */
static void
test_recognize (void)
{
  static const char *const shapes[] = { "[1, 2]", "(256,)",  "1,2", "[]",     "()",
                                        "[N, C]", "[-1, 2]", "",    "[?, 2]", "f32[1,2]" };
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    g_assert_false (scope_literal_recognize (shapes[i], strlen (shapes[i])));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strdup_printf ("/literal/good/%s", good[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_good);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/literal/bad/%s", bad[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad);
    }
  g_test_add_func ("/literal/depth", test_depth);
  g_test_add_func ("/literal/recognize", test_recognize);
  return g_test_run ();
}
