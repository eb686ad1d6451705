/* The text of a tensor: fill, type, shape; errors with their place. */
#include "core/generator.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static const struct
{
  const char *name, *text;
  ScopeFillKind kind;
  double parameter;
  bool has_fill;
  ScopeDtype dtype;
  bool has_dtype;
  const char *shape;
} texts[] = {
  { "bare", "1,1,256,256", SCOPE_FILL_RAMP, NAN, false, SCOPE_FLOAT32, false, "[1, 1, 256, 256]" },
  { "jax", "f32[2,3]", SCOPE_FILL_RAMP, NAN, false, SCOPE_FLOAT32, true, "[2, 3]" },
  { "jax-scalar", "i32[]", SCOPE_FILL_RAMP, NAN, false, SCOPE_INT32, true, "[]" },
  { "type", "float64[4,5]", SCOPE_FILL_RAMP, NAN, false, SCOPE_FLOAT64, true, "[4, 5]" },
  { "type-tuple", "uint8(4, 5)", SCOPE_FILL_RAMP, NAN, false, SCOPE_UINT8, true, "[4, 5]" },
  { "type-torch", "torch.int[7]", SCOPE_FILL_RAMP, NAN, false, SCOPE_INT32, true, "[7]" },
  { "type-spaced", " bool [2, 3] ", SCOPE_FILL_RAMP, NAN, false, SCOPE_BOOL, true, "[2, 3]" },
  { "ramp", "ramp:float32[4,5]", SCOPE_FILL_RAMP, NAN, true, SCOPE_FLOAT32, true, "[4, 5]" },
  { "random", "random(7):1,1,256,256", SCOPE_FILL_RANDOM, 7, true, SCOPE_FLOAT32, false,
    "[1, 1, 256, 256]" },
  { "random-no-seed", "random:3", SCOPE_FILL_RANDOM, NAN, true, SCOPE_FLOAT32, false, "[3]" },
  { "spaced", " random ( 7 ) : f16 [ 2 ]", SCOPE_FILL_RANDOM, 7, true, SCOPE_FLOAT16, true, "[2]" },
  { "sine", "sine(16.5):8x8", SCOPE_FILL_SINE, 16.5, true, SCOPE_FLOAT32, false, "[8, 8]" },
  { "checkerboard", "checkerboard(8):uint8[64,64]", SCOPE_FILL_CHECKERBOARD, 8, true, SCOPE_UINT8,
    true, "[64, 64]" },
  { "zeros-of-torch-size", "zeros:torch.Size([1, 2])", SCOPE_FILL_ZEROS, NAN, true, SCOPE_FLOAT32,
    false, "[1, 2]" },
  { "torch-size", "torch.Size([1, 2])", SCOPE_FILL_RAMP, NAN, false, SCOPE_FLOAT32, false,
    "[1, 2]" },
  { "shape-colon", "shape: (2, 3)", SCOPE_FILL_RAMP, NAN, false, SCOPE_FLOAT32, false, "[2, 3]" },
  { "unknown", "ones:?,3", SCOPE_FILL_ONES, NAN, true, SCOPE_FLOAT32, false, "[?, 3]" },
};

static void
test_text (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeTensorText out;
  ScopeError error = { 0 };
  bool read = scope_tensor_text_parse (texts[i].text, strlen (texts[i].text), &out, &error);
  g_assert_cmpstr (error.sentence, ==, "");
  g_assert_true (read);
  g_assert_cmpint (out.fill.kind, ==, texts[i].kind);
  if (isnan (texts[i].parameter))
    g_assert_true (isnan (out.fill.parameter));
  else
    g_assert_cmpfloat (out.fill.parameter, ==, texts[i].parameter);
  g_assert_cmpint (out.has_fill, ==, texts[i].has_fill);
  g_assert_cmpint (out.dtype, ==, texts[i].dtype);
  g_assert_cmpint (out.has_dtype, ==, texts[i].has_dtype);
  ScopeText printed = { 0 };
  scope_shape_print (&out.shape, SCOPE_SHAPE_LIST, &printed);
  g_assert_cmpstr (scope_text_string (&printed), ==, texts[i].shape);
  scope_text_clear (&printed);
}

static void
test_every_fill (void)
{
  for (int kind = 0; kind < SCOPE_N_FILLS; kind++)
    {
      g_autofree char *text = g_strdup_printf ("%s:2,2", scope_fill_name ((ScopeFillKind)kind));
      ScopeTensorText out;
      bool read = scope_tensor_text_parse (text, strlen (text), &out, NULL);
      g_assert_cmpint (read, ==, kind != SCOPE_FILL_CONSTANT);
      if (read)
        g_assert_cmpint (out.fill.kind, ==, kind);
    }
}

static const struct
{
  const char *name, *text;
  ScopeErrorCode code;
  int begin, end;
} errors[] = {
  { "empty", "", SCOPE_ERROR_SYNTAX, 0, 0 },
  { "no-shape", "ramp:", SCOPE_ERROR_SYNTAX, 5, 5 },
  { "no-fill", "noise:2,2", SCOPE_ERROR_SYNTAX, 0, 5 },
  { "nothing-before-colon", ":2,2", SCOPE_ERROR_SYNTAX, 0, 1 },
  { "no-type", "ramp:floot32[2]", SCOPE_ERROR_SYNTAX, 5, 12 },
  { "no-number", "random():2", SCOPE_ERROR_SYNTAX, 7, 8 },
  { "negative-seed", "random(-1):2", SCOPE_ERROR_SYNTAX, 7, 8 },
  { "fraction-seed", "random(1.5):2", SCOPE_ERROR_SYNTAX, 7, 10 },
  { "cell-zero", "checkerboard(0):2", SCOPE_ERROR_SYNTAX, 13, 14 },
  { "period-zero", "sine(0):2", SCOPE_ERROR_SYNTAX, 5, 6 },
  { "number-not-taken", "zeros(3):2", SCOPE_ERROR_SYNTAX, 6, 7 },
  { "not-closed", "random(7:2", SCOPE_ERROR_SYNTAX, 8, 9 },
  { "no-colon-after", "random(7) 2:3", SCOPE_ERROR_SYNTAX, 10, 11 },
  { "shape-wrong", "ramp:2,-3", SCOPE_ERROR_SHAPE, 7, 9 },
  { "shape-wrong-after-type", "f32[2,×]", SCOPE_ERROR_SYNTAX, 6, 7 },
  { "overflow", "zeros:f32[4,9223372036854775807]", SCOPE_ERROR_OVERFLOW, 12, 31 },
  { "accent", "rämp:2", SCOPE_ERROR_SYNTAX, 1, 2 },
};

static void
test_error (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeTensorText out = { .dtype = SCOPE_N_DTYPES };
  ScopeError error = { 0 };
  g_assert_false (scope_tensor_text_parse (errors[i].text, strlen (errors[i].text), &out, &error));
  g_test_message ("%s", error.sentence);
  g_assert_cmpint (error.code, ==, errors[i].code);
  g_assert_cmpint (error.begin, ==, errors[i].begin);
  g_assert_cmpint (error.end, ==, errors[i].end);
  g_assert_cmpint (out.dtype, ==, SCOPE_N_DTYPES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tensor-text/%s", texts[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tensor-text/error/%s", errors[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_error);
    }
  g_test_add_func ("/tensor-text/every-fill", test_every_fill);
  return g_test_run ();
}
