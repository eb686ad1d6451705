/* What a person may type for a value, and how it is refused. */
#include "files/value-text.h"

#include "core/literal.h"

#include <string.h>

static const struct
{
  const char *name, *text, *shape;
  gboolean expression;
} right[] = {
  { "name", "A", "[2, 3]", TRUE },
  { "slice", "A[..., ::2]", "[2, 2]", TRUE },
  { "attribute", "A.T", "[3, 2]", TRUE },
  { "sum", "A + b", "[2, 3]", TRUE },
  { "division", "A / b", "[2, 3]", TRUE },
  { "in-parentheses", "(A + b) * 2", "[2, 3]", TRUE },
  { "call", "torch.zeros(3, 4)", "[3, 4]", TRUE },
  { "statements", "C = A * 2; C.T", "[3, 2]", TRUE },
  { "shape", "8x9", "[8, 9]", FALSE },
  { "list", "[1, 2]", "[1, 2]", FALSE },
  { "one-number", "5", "[5]", FALSE },
  { "filled", "zoneplate:1,1,64,64", "[1, 1, 64, 64]", FALSE },
  { "literal", "[[1, 2], [3, 4], [5, 6]]", "[3, 2]", FALSE },
  { "file", SCOPE_TESTS "/golden/npy/uint8.npy", "[2, 3]", FALSE },
};

static const struct
{
  const char *name, *text, *says;
  int begin, end; /* characters at fault */
} wrong[] = {
  { "empty", " ", "Write a tensor", -1, -1 },
  { "unfinished", "A[0", "", 1, 2 },
  { "unknown-name", "A + Q", "Q", 4, 5 },
  { "unknown-beside-a-slice", "A[..., ::2] + Q", "Q", 14, 15 },
  { "missing-member", "missing.npz::x", "there is no such file", -1, -1 },
  { "unknown-attribute", "Q.T", "Q", 0, 1 },
  { "does-not-fit", "A + A.T", "", 0, 7 },
  { "no-tensor", "A.shape[0]", "not a tensor", -1, -1 },
  { "unknown-size", "?,3", "not known", -1, -1 },
  { "shape", "1,x y", "1,x y: ", 4, 5 },
  { "ragged", "[[1, 2], [3]]", "Write a shape", -2, -2 },
  { "fill", "zoneplate:1,1,x y", "Write a shape", -2, -2 },
  { "fill-with-a-parameter", "random(7):64,6 4", "Write a shape", 15, 16 },
  { "missing-file", "missing.npy", "there is no such file", -1, -1 },
  { "missing-path", "./a", "there is no such file", -1, -1 },
};

static ScopeTensor *tensors[2];
static const ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };

static void
test_right (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeValueText value = { 0 };
  ScopeError error = { 0 };
  ScopeText shape = { 0 };
  gboolean read =
      scope_value_text_read (right[i].text, "source", tensors, 2, &options, &value, &error);
  g_assert_cmpstr (error.sentence, ==, "");
  g_assert_true (read);
  g_assert_cmpint (value.tensor == NULL, ==, right[i].expression);
  if (value.tensor != NULL)
    g_assert_cmpstr (value.tensor->name, ==, "source");
  scope_shape_print (scope_tile_shape (value.tile), SCOPE_SHAPE_LIST, &shape);
  g_assert_cmpstr (scope_text_string (&shape), ==, right[i].shape);
  scope_text_clear (&shape);
  scope_value_text_clear (&value);
}

static void
test_wrong (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeValueText value = { 0 };
  ScopeError error = { 0 };
  g_assert_false (
      scope_value_text_read (wrong[i].text, "source", tensors, 2, &options, &value, &error));
  g_assert_null (value.tile);
  if (strstr (error.sentence, wrong[i].says) == NULL)
    g_error ("%s", error.sentence);
  if (wrong[i].begin == -2)
    return;
  g_assert_cmpint (error.begin, ==, wrong[i].begin);
  g_assert_cmpint (error.end, ==, wrong[i].end);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tensors[0] = scope_tensor_from_text ("A", "2,3", 3, NULL);
  tensors[1] = scope_tensor_from_text ("b", "3", 1, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char *path = g_strconcat ("/files/value-text/", right[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_right);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat ("/files/value-text/wrong/", wrong[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_wrong);
    }
  int status = g_test_run ();
  scope_tensor_unref (tensors[0]);
  scope_tensor_unref (tensors[1]);
  return status;
}
