/* Shapes: every spelling people paste, the errors with their place, and the count of elements. */
#include "core/shape.h"

#include <glib.h>
#include <string.h>

static const struct
{
  const char *name, *text, *printed; /* as SCOPE_SHAPE_LIST */
} spellings[] = {
  { "commas", "1,1,256,256", "[1, 1, 256, 256]" },
  { "commas-spaced", " 1, 1 ,256 , 256\t", "[1, 1, 256, 256]" },
  { "one", "256", "[256]" },
  { "trailing-comma", "256,", "[256]" },
  { "list", "[1, 1, 256, 256]", "[1, 1, 256, 256]" },
  { "list-trailing-comma", "[1, 2, ]", "[1, 2]" },
  { "tuple", "(256,)", "[256]" },
  { "tuple-two", "(3, 4)", "[3, 4]" },
  { "tuple-without-comma", "(256)", "[256]" },
  { "torch-size", "torch.Size([1, 2])", "[1, 2]" },
  { "torch-size-scalar", "torch.Size([])", "[]" },
  { "size", "Size([5])", "[5]" },
  { "size-spaced", "torch.Size ( [ 1 , 2 ] )", "[1, 2]" },
  { "tensor-shape", "TensorShape([2, 3])", "[2, 3]" },
  { "tensor-shape-unknown", "TensorShape([None, 3])", "[?, 3]" },
  { "tf-tensor-shape", "tf.TensorShape([2])", "[2]" },
  { "keras-shape", "(None, 28, 28, 1)", "[?, 28, 28, 1]" },
  { "shape-equals", "shape=(2, 3)", "[2, 3]" },
  { "crosses", "1x1x256x256", "[1, 1, 256, 256]" },
  { "crosses-large", "1X1X256", "[1, 1, 256]" },
  { "crosses-spaced", "2 x 3", "[2, 3]" },
  { "times", "8 × 1 × 6 × 1", "[8, 1, 6, 1]" },
  { "times-tight", "8×1×6×1", "[8, 1, 6, 1]" },
  { "times-in-brackets", "[8×1]", "[8, 1]" },
  { "stars", "3*4", "[3, 4]" },
  { "no-break-space", "1,\302\2402", "[1, 2]" },
  { "scalar-tuple", "()", "[]" },
  { "scalar-list", "[]", "[]" },
  { "scalar-spaced", "[ ]", "[]" },
  { "zero", "0", "[0]" },
  { "zeros", "(2, 0, 3)", "[2, 0, 3]" },
  { "leading-zeros", "007", "[7]" },
  { "largest", "9223372036854775807", "[9223372036854775807]" },
  { "largest-product", "3037000499,3037000499", "[3037000499, 3037000499]" },
  { "unknown", "1,?,256", "[1, ?, 256]" },
  { "unknown-only", "?", "[?]" },
  { "names", "N,C,H,W", "[N, C, H, W]" },
  { "names-list", "[N, 3, H_out, x]", "[N, 3, H_out, x]" },
  { "names-crosses", "NxCxHxW", "[N, C, H, W]" },
  { "names-numbers-crosses", "3xHx224", "[3, H, 224]" },
  { "name-ends-in-x", "max", "[max]" },
  { "name-longest", "seq_len8,2", "[seq_len8, 2]" },
};

static void
test_spelling (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeShape shape = { .rank = -1 };
  ScopeError error = { 0 };
  bool read = scope_shape_parse (spellings[i].text, strlen (spellings[i].text), &shape, &error);
  g_assert_cmpstr (error.sentence, ==, "");
  g_assert_true (read);
  ScopeText text = { 0 };
  scope_shape_print (&shape, SCOPE_SHAPE_LIST, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, spellings[i].printed);
  scope_text_clear (&text);

  /* What is printed reads back as the same, in every style. */
  for (int style = SCOPE_SHAPE_LIST; style <= SCOPE_SHAPE_TIGHT_LIST; style++)
    {
      ScopeShape again;
      scope_shape_print (&shape, (ScopeShapeStyle)style, &text);
      g_assert_true (scope_shape_parse (text.data, text.length, &again, NULL));
      g_assert_true (scope_shape_equal (&shape, &again));
      scope_text_clear (&text);
    }
}

static const struct
{
  const char *name, *text;
  ScopeErrorCode code;
  int begin, end; /* characters */
} errors[] = {
  { "empty", "", SCOPE_ERROR_SYNTAX, 0, 0 },
  { "blank", "   ", SCOPE_ERROR_SYNTAX, 0, 3 },
  { "comma-only", ",", SCOPE_ERROR_SYNTAX, 0, 1 },
  { "comma-in-brackets", "(,)", SCOPE_ERROR_SYNTAX, 1, 2 },
  { "two-commas", "1,,2", SCOPE_ERROR_SYNTAX, 2, 3 },
  { "space-only", "1 2", SCOPE_ERROR_SYNTAX, 2, 3 },
  { "negative", "1,-2,3", SCOPE_ERROR_SHAPE, 2, 4 },
  { "minus-only", "1,-,3", SCOPE_ERROR_SYNTAX, 2, 3 },
  { "sign", "+12", SCOPE_ERROR_SHAPE, 0, 3 },
  { "fraction", "1,2.5", SCOPE_ERROR_SYNTAX, 2, 5 },
  { "exponent", "1e3,2", SCOPE_ERROR_SYNTAX, 0, 3 },
  { "size-overflow", "1,9223372036854775808", SCOPE_ERROR_OVERFLOW, 2, 21 },
  { "size-far-overflow", "99999999999999999999999", SCOPE_ERROR_OVERFLOW, 0, 23 },
  { "product-overflow", "2,4611686018427387904,1", SCOPE_ERROR_OVERFLOW, 2, 21 },
  { "product-overflow-zero", "0,4611686018427387904,4", SCOPE_ERROR_OVERFLOW, 22, 23 },
  { "product-overflow-unknown", "?,4611686018427387904,4", SCOPE_ERROR_OVERFLOW, 22, 23 },
  { "open-bracket", "[1, 2", SCOPE_ERROR_SYNTAX, 5, 5 },
  { "wrong-bracket", "[1, 2)", SCOPE_ERROR_SYNTAX, 5, 6 },
  { "closed-only", "1, 2]", SCOPE_ERROR_SYNTAX, 4, 5 },
  { "something-after", "[1, 2] 3", SCOPE_ERROR_SYNTAX, 7, 8 },
  { "torch-size-open", "torch.Size([1, 2]", SCOPE_ERROR_SYNTAX, 17, 17 },
  { "mixed-separators", "1,2x3", SCOPE_ERROR_SYNTAX, 3, 4 },
  { "cross-at-end", "2x3x", SCOPE_ERROR_SYNTAX, 4, 4 },
  { "times-at-end", "8 × 1 ×", SCOPE_ERROR_SYNTAX, 7, 7 },
  { "after-times", "8 × 1 × ö", SCOPE_ERROR_SYNTAX, 8, 9 },
  { "letter-with-accent", "é", SCOPE_ERROR_SYNTAX, 0, 1 },
  { "name-too-long", "1,batch_size", SCOPE_ERROR_SYNTAX, 2, 12 },
  { "too-many-brackets", "((((((1))))))", SCOPE_ERROR_SYNTAX, 4, 5 },
  { "colon", "1:2", SCOPE_ERROR_SYNTAX, 1, 2 },
};

static void
test_error (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeShape shape = { .rank = 77 };
  ScopeError error = { 0 };
  g_assert_false (scope_shape_parse (errors[i].text, strlen (errors[i].text), &shape, &error));
  g_test_message ("%s", error.sentence);
  g_assert_cmpint (error.code, ==, errors[i].code);
  g_assert_cmpint (error.begin, ==, errors[i].begin);
  g_assert_cmpint (error.end, ==, errors[i].end);
  g_assert_cmpint (shape.rank, ==, 77);
  g_assert_cmpint (strlen (error.sentence), >, 0);
}

static void
test_rank (void)
{
  g_autoptr (GString) text = g_string_new ("1");
  for (int rank = 2; rank <= SCOPE_MAX_RANK; rank++)
    g_string_append (text, ",1");
  ScopeShape shape;
  ScopeError error = { 0 };
  g_assert_true (scope_shape_parse (text->str, text->len, &shape, NULL));
  g_assert_cmpint (shape.rank, ==, SCOPE_MAX_RANK);
  g_string_append (text, ",1");
  g_assert_false (scope_shape_parse (text->str, text->len, &shape, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
  g_assert_cmpint (error.begin, ==, 128);
}

static const struct
{
  const char *name, *text;
  gint64 count; /* −1: overflow; −2: unknown */
} counts[] = {
  { "scalar", "()", 1 },    { "usual", "1,1,1280,256", 327680 },
  { "zero", "3,0,5", 0 },   { "largest", "9223372036854775807,1", G_MAXINT64 },
  { "unknown", "1,?", -2 }, { "name", "N", -2 },
};

static void
test_count (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeShape shape;
  ScopeError error = { 0 };
  gint64 count = 99;
  g_assert_true (scope_shape_parse (counts[i].text, strlen (counts[i].text), &shape, NULL));
  bool counted = scope_shape_count (&shape, &count, &error);
  g_assert_cmpint (counted, ==, counts[i].count >= 0);
  g_assert_cmpint (count, ==, counted ? counts[i].count : 99);
  if (!counted)
    g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
}

static void
test_count_overflow (void)
{
  static const ScopeShape shapes[] = {
    { 3, { 0, INT64_C (1) << 62, 4 } },
    { 3, { INT64_C (1) << 62, 4, 0 } },
    { 2, { INT64_C (1) << 32, INT64_C (1) << 31 } },
    { 2, { G_MAXINT64, 2 } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      gint64 count = 99;
      ScopeError error = { 0 };
      g_assert_false (scope_shape_count (&shapes[i], &count, &error));
      g_assert_cmpint (error.code, ==, SCOPE_ERROR_OVERFLOW);
      g_assert_cmpint (count, ==, 99);
    }
}

static void
test_axis (void)
{
  ScopeShape shape = { 3, { 2, 3, 4 } };
  ScopeError error = { 0 };
  int axis = 99;
  for (int i = -3; i < 3; i++)
    {
      g_assert_true (scope_shape_axis (&shape, i, &axis, NULL));
      g_assert_cmpint (axis, ==, (i + 3) % 3);
    }
  gint64 outside[] = { 3, -4, G_MAXINT64, G_MININT64 };
  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      axis = 99;
      g_assert_false (scope_shape_axis (&shape, outside[i], &axis, &error));
      g_assert_cmpint (error.code, ==, SCOPE_ERROR_AXIS);
      g_assert_cmpint (axis, ==, 99);
    }
  ScopeShape scalar = { 0 };
  g_assert_false (scope_shape_axis (&scalar, 0, &axis, &error));
}

static void
test_print (void)
{
  static const struct
  {
    ScopeShape shape;
    const char *style[4];
  } table[] = {
    { { 0 }, { "[]", "()", "()", "[]" } },
    { { 1, { 5 } }, { "[5]", "(5,)", "(5,)", "[5]" } },
    { { 3, { 1, 0, 7 } }, { "[1, 0, 7]", "(1, 0, 7)", "(1,0,7)", "[1,0,7]" } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    for (int style = 0; style < 4; style++)
      {
        ScopeText text = { 0 };
        scope_shape_print (&table[i].shape, (ScopeShapeStyle)style, &text);
        g_assert_cmpstr (scope_text_string (&text), ==, table[i].style[style]);
        scope_text_clear (&text);
      }
}

static void
test_names (void)
{
  static const char *const names[] = { "N", "C", "H_out", "a1234567", "_" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gint64 size = scope_size_from_name (names[i], strlen (names[i]));
      g_assert_false (scope_size_is_known (size));
      g_assert_cmpint (size, !=, SCOPE_SIZE_UNKNOWN);
      ScopeText text = { 0 };
      scope_size_print (size, &text);
      g_assert_cmpstr (scope_text_string (&text), ==, names[i]);
      scope_text_clear (&text);
      for (gsize j = 0; j < i; j++)
        g_assert_cmpint (size, !=, scope_size_from_name (names[j], strlen (names[j])));
    }
  g_assert_cmpint (scope_size_from_name ("", 0), ==, SCOPE_SIZE_UNKNOWN);
  g_assert_cmpint (scope_size_from_name ("ninechars", 9), ==, SCOPE_SIZE_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/shape/spelling/%s", spellings[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_spelling);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autofree char *path = g_strdup_printf ("/shape/error/%s", errors[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/shape/count/%s", counts[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_count);
    }
  g_test_add_func ("/shape/rank", test_rank);
  g_test_add_func ("/shape/count-overflow", test_count_overflow);
  g_test_add_func ("/shape/axis", test_axis);
  g_test_add_func ("/shape/print", test_print);
  g_test_add_func ("/shape/names", test_names);
  return g_test_run ();
}
