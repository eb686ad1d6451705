/* A[…]: shapes with unknown sizes, the sentences for people, and the words of the frameworks that
 * the differential test does not ask. */
#include "check.h"

static const struct
{
  const char *name;
  ScopeDialect dialect;
  const char *expression, *tensors, *result;
} cases[] = {
  { "all-kinds", SCOPE_NUMPY, "A[0, ..., None, 1:5, ::-1]", "A=2,3,4,8,6", "[3,4,1,4,6]" },
  { "ellipsis-alone", SCOPE_PYTORCH, "A[...]", "A=2,3", "[2,3]" },
  { "new-axis", SCOPE_PYTORCH, "A[:, None]", "A=2,3", "[2,1,3]" },
  { "np-newaxis", SCOPE_NUMPY, "A[np.newaxis, :]", "A=2,3", "[1,2,3]" },
  { "clamped", SCOPE_PYTORCH, "A[-100:100]", "A=4", "[4]" },
  { "extremes", SCOPE_NUMPY, "A[9223372036854775807:-4611686018427387903:-4611686018427387903]",
    "A=4", "[1]" },
  { "unknown-axis", SCOPE_PYTORCH, "A[0, 1:3]", "A=?,?", "[?]" },
  { "unknown-whole", SCOPE_PYTORCH, "A[:, 0]", "A=N,4", "[N]" },
  { "unknown-backwards", SCOPE_NUMPY, "A[::-1]", "A=N,4", "[N,4]" },
  { "mask", SCOPE_PYTORCH, "A[A > 2]", "A=3,4", "[?]" },
  { "mask-of-rows", SCOPE_PYTORCH, "A[M]", "A=3,4 M=bool[3]", "[?,4]" },
  { "empty-mask", SCOPE_PYTORCH, "A[M]", "A=0,4 M=bool[0]", "[0,4]" },
  { "written-mask", SCOPE_PYTORCH, "A[[True, False, True]]", "A=3,4", "[2,4]" },
  { "index-tensors-apart", SCOPE_NUMPY, "A[K, :, K]", "A=3,4,5 K=int64[2]", "[2,4]" },
  { "index-tensors-beside", SCOPE_NUMPY, "A[:, K, K]", "A=3,4,5 K=int64[2]", "[3,2]" },
  { "integer-is-an-array-in-numpy", SCOPE_NUMPY, "A[0, :, K]", "A=3,4,5 K=int64[2]", "[2,4]" },
  { "integer-is-none-in-pytorch", SCOPE_PYTORCH, "A[0, :, K]", "A=3,4,5 K=int64[2]", "[4,2]" },
  { "list-of-lists-in-numpy", SCOPE_NUMPY, "A[[[0, 1], [1, 2]]]", "A=3,4", "[2,2,4]" },
  { "list-of-lists-in-pytorch", SCOPE_PYTORCH, "A[[[0, 1], [1, 2]]]", "A=3,4", "[2]" },
  { "slice-of-a-size", SCOPE_PYTORCH, "A[:B.shape[0]]", "A=9 B=4", "[4]" },
  { "slice-of-an-unknown-size", SCOPE_PYTORCH, "A[:B.shape[0]]", "A=9 B=N", "[?]" },
  { "of-a-result", SCOPE_PYTORCH, "(A + A)[0][1]", "A=2,3,4", "[4]" },
  { "tensorflow-backwards", SCOPE_TENSORFLOW, "A[::-1, tf.newaxis]", "A=3,4", "[3,1,4]" },
  { "jax-clamps", SCOPE_JAX, "A[7]", "A=3,4", "[4]" },
  { "huge", SCOPE_PYTORCH, "A[5:9000000000000000000:2]", "A=9000000000000000000",
    "[4499999999999999998]" },
};

static void
test_case (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program = check_program (cases[i].dialect, cases[i].expression, cases[i].tensors);
  const ScopeFailure *failure = check_failure (program);
  if (failure != NULL)
    g_error ("%s", scope_text_string (&failure->sentence));
  g_autofree char *result = check_result (program);
  g_assert_cmpstr (result, ==, cases[i].result);
  scope_program_unref (program);
}

/* TensorFlow's words: strided_slice_op.cc and _check_index of array_ops.py; JAX's: lax_numpy.py. */
static const struct
{
  const char *name;
  ScopeDialect dialect;
  const char *expression, *tensors;
  ScopeRule rule;
  int begin, end; /* of the span */
  const char *sentence, *exception, *message;
} failing[] = {
  { "out-of-range", SCOPE_PYTORCH, "A[0, 9]", "A=3,4", SCOPE_RULE_INDEX, 5, 6,
    "Index 9 is out of range: axis 1 has 4 elements, so it takes -4 to 3.", "IndexError",
    "index 9 is out of bounds for dimension 1 with size 4" },
  { "empty-axis", SCOPE_NUMPY, "A[0]", "A=0,4", SCOPE_RULE_INDEX, 2, 3,
    "Index 0 is out of range: axis 0 is empty.", "IndexError",
    "index 0 is out of bounds for axis 0 with size 0" },
  { "too-many", SCOPE_NUMPY, "A[0, 0, 0]", "A=3,4", SCOPE_RULE_INDEX, 2, 9,
    "There are 3 indices, but the tensor has 2 axes.", "IndexError",
    "too many indices for array: array is 2-dimensional, but 3 were indexed" },
  { "negative-step", SCOPE_PYTORCH, "A[::-1]", "A=3", SCOPE_RULE_STEP, 2, 6,
    "PyTorch takes no negative step; torch.flip reverses an axis.", "ValueError",
    "step must be greater than zero" },
  { "zero-step", SCOPE_NUMPY, "A[::0]", "A=3", SCOPE_RULE_STEP, 2, 5,
    "The step of a slice cannot be 0.", "ValueError", "slice step cannot be zero" },
  { "mask", SCOPE_PYTORCH, "A[M]", "A=3,4 M=bool[2]", SCOPE_RULE_MATCH, 2, 3,
    "The mask has 2 on its axis 0, but axis 0 of the tensor has 3.", "IndexError",
    "The shape of the mask [2] at index 0 does not match the shape of the indexed tensor [3, 4] at "
    "index 0" },
  { "arrays", SCOPE_PYTORCH, "A[[0, 1], [0, 1, 2]]", "A=3,4", SCOPE_RULE_BROADCAST, 0, 20,
    "The indices have shapes [2], [3], which do not fit together.", "IndexError",
    "shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]" },
  { "float", SCOPE_PYTORCH, "A[1.5]", "A=3", SCOPE_RULE_INDEX, 2, 5,
    "An index is an integer, a slice, `...`, None, or a tensor of integers or truths.",
    "IndexError",
    "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
    "indices (got float)" },
  { "float-tensor", SCOPE_NUMPY, "A[B]", "A=3 B=2", SCOPE_RULE_TYPE, 2, 3,
    "A tensor of type float32 cannot be an index.", "IndexError",
    "arrays used as indices must be of integer (or boolean) type" },
  { "no-axes", SCOPE_PYTORCH, "A[0]", "A=()", SCOPE_RULE_INDEX, 2, 3,
    "A tensor without axes has nothing to index.", "IndexError",
    "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ "
    "to "
    "convert a 0-dim tensor to a number" },
  { "tensorflow/out-of-range", SCOPE_TENSORFLOW, "A[5]", "A=3,4", SCOPE_RULE_INDEX, 2, 3, NULL,
    "InvalidArgumentError",
    "slice index 5 of dimension 0 out of bounds. [Op:StridedSlice] name: strided_slice/" },
  { "tensorflow/list", SCOPE_TENSORFLOW, "A[[0, 1]]", "A=3,4", SCOPE_RULE_INDEX, 2, 8, NULL,
    "TypeError", NULL },
  { "jax/list", SCOPE_JAX, "A[[0, 1]]", "A=3,4", SCOPE_RULE_INDEX, 2, 8, NULL, "TypeError",
    "Using a non-tuple sequence for multidimensional indexing is not allowed; use "
    "`arr[array(seq)]` "
    "instead of `arr[seq]`. See https://github.com/google/jax/issues/4564 for more information." },
  { "jax/too-many", SCOPE_JAX, "A[0, 0, 0]", "A=3,4", SCOPE_RULE_INDEX, 2, 9, NULL, "IndexError",
    "Too many indices for array: 3 non-None/Ellipsis indices for dim 2." },
};

static void
test_failing (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program =
      check_program (failing[i].dialect, failing[i].expression, failing[i].tensors);
  const ScopeFailure *failure = check_failure (program);
  g_assert_nonnull (failure);
  g_assert_cmpint (failure->rule, ==, failing[i].rule);
  g_assert_cmpint (failure->span.begin, ==, failing[i].begin);
  g_assert_cmpint (failure->span.end, ==, failing[i].end);
  g_assert_cmpstr (failure->exception, ==, failing[i].exception);
  if (failing[i].sentence != NULL)
    g_assert_cmpstr (scope_text_string (&failure->sentence), ==, failing[i].sentence);
  if (failing[i].message != NULL)
    g_assert_cmpstr (scope_text_string (&failure->message), ==, failing[i].message);
  scope_program_unref (program);
}

/* A slice of a slice is the composed slice: the same cells, read and traced. */
static void
test_composed (void)
{
  ScopeProgram *twice = check_program (SCOPE_NUMPY, "A[2:20:3][::-2]", "A=int64[24]");
  ScopeProgram *once = check_program (SCOPE_NUMPY, "A[17:1:-6]", "A=int64[24]");
  int64_t a[8] = { 0 }, b[8] = { 0 };
  ScopeProgram *program[2] = { twice, once };
  int64_t *got[2] = { a, b };
  for (int i = 0; i < 2; i++)
    {
      const ScopeNode *node = program[i]->node[program[i]->result];
      ScopeRegion all = scope_region_all (&node->shape);
      ScopeBuffer buffer = scope_buffer_dense (&all, got[i]);
      ScopeError error = { 0 };
      g_assert_true (
          scope_program_read (program[i], program[i]->result, &all, &buffer, NULL, &error));
    }
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
  scope_program_unref (twice);
  scope_program_unref (once);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/index/shapes/", cases[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_case);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (failing); i++)
    {
      g_autofree char *path = g_strconcat ("/index/failing/", failing[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_failing);
    }
  g_test_add_func ("/index/composed", test_composed);
  return g_test_run ();
}
