/* Assignment: what fits, every failing axis in both numberings, sentences, the frameworks' words,
 * and values outside and inside of the assigned part. */
#include "check.h"

#define EXAMPLE "A=1,1,256,256 B=1,1,1280,256"

static const struct
{
  const char *name;
  ScopeDialect dialect;
  const char *expression, *tensors, *axes, *sentence, *exception, *message;
} failing[] = {
  { "example/pytorch", SCOPE_PYTORCH, "A[...] = B", EXAMPLE, "2:-2:256/1280",
    "Axis 2 (−2) does not fit: A has 256 and B has 1280; an assignment can only stretch the "
    "source, "
    "and only from 1.",
    "RuntimeError",
    "The expanded size of the tensor (256) must match the existing size (1280) at non-singleton "
    "dimension 2.  Target sizes: [1, 1, 256, 256].  Tensor sizes: [1280, 256]" },
  { "example/numpy", SCOPE_NUMPY, "A[...] = B", EXAMPLE, "2:-2:256/1280",
    "Axis 2 (−2) does not fit: A has 256 and B has 1280; an assignment can only stretch the "
    "source, "
    "and only from 1.",
    "ValueError",
    "could not broadcast input array from shape (1,1,1280,256) into shape (1,1,256,256)" },
  { "example/colons", SCOPE_PYTORCH, "A[:, :, :, :] = B", EXAMPLE, "2:-2:256/1280", NULL,
    "RuntimeError", NULL },
  { "example/tensorflow", SCOPE_TENSORFLOW, "A[...] = B", EXAMPLE, "",
    "A TensorFlow tensor cannot be assigned to; tf.tensor_scatter_nd_update makes a changed copy.",
    "TypeError",
    "'tensorflow.python.framework.ops.EagerTensor' object does not support item assignment" },
  { "example/jax", SCOPE_JAX, "A[...] = B", EXAMPLE, "", NULL, "TypeError", NULL },
  { "copy", SCOPE_PYTORCH, "A.copy_(B)", EXAMPLE, "2:-2:256/1280", NULL, "RuntimeError",
    "The size of tensor a (256) must match the size of tensor b (1280) at non-singleton dimension "
    "2" },
  { "copyto", SCOPE_NUMPY, "np.copyto(A, B)", EXAMPLE, "2:-2:256/1280", NULL, "ValueError",
    "could not broadcast input array from shape (1,1,1280,256) into shape (1,1,256,256)" },
  { "the-target-does-not-stretch", SCOPE_PYTORCH, "A[...] = B", "A=3,1 B=3,4", "1:-1:1/4", NULL,
    "RuntimeError",
    "The expanded size of the tensor (1) must match the existing size (4) at non-singleton "
    "dimension 1.  Target sizes: [3, 1].  Tensor sizes: [3, 4]" },
  { "two-axes", SCOPE_NUMPY, "A[...] = B", "A=2,3,4 B=5,3,7", "0:-3:2/5 2:-1:4/7",
    "Axis 0 (−3) does not fit: A has 2 and B has 5; an assignment can only stretch the source, and "
    "only from 1. Axis 2 (−1) does not fit either: A has 4 and B has 7.",
    "ValueError", "could not broadcast input array from shape (5,3,7) into shape (2,3,4)" },
  { "a-part", SCOPE_PYTORCH, "A[0, 1:3] = B", "A=5,4,3 B=3,3", "0:-2:2/3",
    "Axis 0 (−2) does not fit: A[0, 1:3] has 2 and B has 3; an assignment can only stretch the "
    "source, and only from 1.",
    "RuntimeError", NULL },
  { "too-many-axes", SCOPE_PYTORCH, "A[0] = B", "A=3,4,5 B=3,4,5", "0:-3:1/3", NULL, "RuntimeError",
    "expand(torch.FloatTensor{[3, 4, 5]}, size=[4, 5]): the number of sizes provided (2) must be "
    "greater or equal to the number of dimensions in the tensor (3)" },
  { "one-cell", SCOPE_NUMPY, "A[0, 0] = B", "A=3,4 B=2", NULL, NULL, "ValueError",
    "setting an array element with a sequence." },
  { "index-tensor", SCOPE_PYTORCH, "A[K] = B", "A=3,4 B=3,5 K=int64[2]", NULL, NULL, "RuntimeError",
    "shape mismatch: value tensor of shape [3, 5] cannot be broadcast to indexing result of shape "
    "[2, 4]" },
  { "mask", SCOPE_NUMPY, "A[A > 1] = B", "A=3,4 B=3,4", NULL, NULL, "TypeError",
    "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has 2 "
    "dimensions" },
  { "negative-step", SCOPE_PYTORCH, "A[::-1] = B", "A=3 B=3", "",
    "PyTorch takes no negative step; torch.flip reverses an axis.", "ValueError",
    "step must be greater than zero" },
  { "out-of-range", SCOPE_NUMPY, "A[3] = 1", "A=3", "",
    "Index 3 is out of range: axis 0 has 3 elements, so it takes -3 to 2.", "IndexError",
    "index 3 is out of bounds for axis 0 with size 3" },
  { "text", SCOPE_PYTORCH, "A[0] = 'x'", "A=3", "", NULL, "TypeError",
    "can't assign a str to a torch.FloatTensor" },
  { "overflow", SCOPE_PYTORCH, "A[0] = 300", "A=uint8[3]", "", NULL, "RuntimeError",
    "value cannot be converted to type uint8_t without overflow" },
};

static void
test_failing (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program =
      check_program (failing[i].dialect, failing[i].expression, failing[i].tensors);
  const ScopeFailure *failure = check_failure (program);
  g_assert_nonnull (failure);
  g_assert_cmpstr (failure->exception, ==, failing[i].exception);
  g_autofree char *axes = check_axes (failure);
  if (failing[i].axes != NULL)
    g_assert_cmpstr (axes, ==, failing[i].axes);
  if (failing[i].sentence != NULL)
    g_assert_cmpstr (scope_text_string (&failure->sentence), ==, failing[i].sentence);
  if (failing[i].message != NULL)
    g_assert_cmpstr (scope_text_string (&failure->message), ==, failing[i].message);
  g_assert_cmpint (failure->sentence.length, >, 0);
  scope_program_unref (program);
}

static const struct
{
  const char *name, *expression, *tensors;
  double values[24];
} values[] = {
  { "everything", "A[...] = B", "A=2,3 B=3", { 0, 1, 2, 0, 1, 2 } },
  { "a-row", "A[1] = 7", "A=2,3", { 0, 1, 2, 7, 7, 7 } },
  { "a-column", "A[:, 1] = B", "A=2,3 B=2", { 0, 0, 2, 3, 1, 5 } },
  { "steps", "A[::2] = -1", "A=6", { -1, 1, -1, 3, -1, 5 } },
  { "backwards", "A[::-1] = B", "A=4 B=4", { 3, 2, 1, 0 } },
  { "from-the-end", "A[-2:] = 9", "A=4", { 0, 1, 9, 9 } },
  { "nothing", "A[2:2] = 9", "A=4", { 0, 1, 2, 3 } },
  { "list", "A[[2, 0]] = B", "A=4 B=2", { 1, 1, 0, 3 } },
  { "the-last-wins", "A[[1, 1]] = B", "A=4 B=2", { 0, 1, 2, 3 } },
  { "index-tensor", "A[K] = 5", "A=4 K=int64[2]", { 5, 5, 2, 3 } },
  { "mask", "A[A > 1] = 0", "A=4", { 0, 1, 0, 0 } },
  { "mask-of-rows", "A[B > 0] = 8", "A=2,3 B=2", { 0, 1, 2, 8, 8, 8 } },
  { "a-mask-written-out", "A[[True, False]] = 8", "A=2,3", { 8, 8, 8, 3, 4, 5 } },
  { "leading-ones", "A[0] = B", "A=2,2 B=1,1,2", { 0, 1, 2, 3 } },
  { "twice", "A[0] = 7; A[1] = A[0] + 1", "A=2,2", { 7, 7, 8, 8 } },
  { "nested", "A[0][1] = 7", "A=2,2", { 0, 7, 2, 3 } },
  { "another-type", "A[...] = B", "A=int64[2] B=float64[2]", { 0, 1 } },
};

static void
test_values (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program = check_program (SCOPE_NUMPY, values[i].expression, values[i].tensors);
  g_assert_null (check_failure (program));
  const ScopeNode *node = program->node[program->result];
  int64_t count;
  g_assert_true (scope_shape_count (&node->shape, &count, NULL));
  g_assert_cmpint (count, <=, 24);
  char bytes[24 * 8];
  ScopeRegion all = scope_region_all (&node->shape);
  ScopeBuffer buffer = scope_buffer_dense (&all, bytes);
  ScopeError error = { 0 };
  if (!scope_program_read (program, program->result, &all, &buffer, NULL, &error))
    g_error ("%s", error.sentence);
  double got[24];
  scope_dtype_convert (node->dtype, bytes, 1, SCOPE_FLOAT64, got, 1, count);
  for (int64_t k = 0; k < count; k++)
    g_assert_cmpfloat (got[k], ==, values[i].values[k]);
  scope_program_unref (program);
}

/* One row of ten thousand million: the read asks for no more than it shows. */
static void
test_huge (void)
{
  ScopeProgram *program = check_program (SCOPE_PYTORCH, "A[:, 5:1000000000:7] = B",
                                         "A=float64[1000000000,1000000000] B=float64[1]");
  g_assert_null (check_failure (program));
  ScopeRegion region = { .rank = 2, .start = { 3, 999 }, .step = { 1, 1 }, .count = { 1, 8 } };
  double got[8];
  ScopeBuffer buffer = scope_buffer_dense (&region, got);
  ScopeError error = { 0 };
  g_assert_true (scope_program_read (program, program->result, &region, &buffer, NULL, &error));
  for (int i = 0; i < 8; i++)
    {
      int64_t column = 999 + i;
      g_assert_cmpfloat (got[i], ==, column % 7 == 5 ? 0 : 3e9 + (double)column);
    }
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (failing); i++)
    {
      g_autofree char *path = g_strconcat ("/assign/failing/", failing[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_failing);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *path = g_strconcat ("/assign/values/", values[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_values);
    }
  g_test_add_func ("/assign/huge", test_huge);
  return g_test_run ();
}
