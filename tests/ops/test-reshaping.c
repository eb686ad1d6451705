/* Reshaping and reordering where no framework is at hand to ask: TensorFlow's and JAX's words are
 * those of their published sources (TensorFlow: reshape_op.h, transpose_op.cc, shape_ops.h; JAX:
 * array_methods.py, lax.py, lax_numpy.py), and sizes that are not known. */
#include "core/generator.h"
#include "core/tensor.h"
#include "ops/program.h"

#include <glib.h>
#include <string.h>

/* Tensors by shape text: `A=2,3`. */
static ScopeProgram *
check (const char *expression, const char *shape, ScopeDialect dialect)
{
  ScopeShape parsed;
  ScopeError error = { 0 };
  ScopeStorage *storage = NULL;
  g_assert_true (scope_shape_parse (shape, strlen (shape), &parsed, &error));
  if (scope_shape_is_known (&parsed))
    storage = scope_generator_new ((ScopeFill){ SCOPE_FILL_RAMP, 0 }, SCOPE_FLOAT32, &parsed, NULL);
  ScopeTensor *tensor = scope_tensor_new ("A", SCOPE_FLOAT32, &parsed, NULL, storage, &error);
  g_assert_cmpstr (error.sentence, ==, "");
  scope_storage_unref (storage);
  ScopeCheckOptions options = { .dialect = dialect };
  ScopeProgram *program =
      scope_program_new (expression, strlen (expression), &tensor, 1, &options, &error);
  g_assert_cmpstr (error.sentence, ==, "");
  scope_tensor_unref (tensor);
  return program;
}

/* ---- refused --------------------------------------------------------------------------------- */

#define KERNEL(name, words)                                                                        \
  "{{function_node __wrapped__" name                                                               \
  "_device_/job:localhost/replica:0/task:0/device:CPU:0}} " words " [Op:" name "] name: "

static const struct
{
  const char *name, *expression, *shape;
  ScopeDialect dialect;
  ScopeRule rule;
  int begin, end;
  const char *exception, *message;
} refused[] = {
  { "tf-reshape-count", "tf.reshape(A, [7])", "2,3", SCOPE_TENSORFLOW, SCOPE_RULE_COUNT, 14, 17,
    "InvalidArgumentError",
    KERNEL ("Reshape",
            "Input to reshape is a tensor with 6 values, but the requested shape has 7") },
  { "tf-reshape-divide", "tf.reshape(A, [-1, 4])", "2,3", SCOPE_TENSORFLOW, SCOPE_RULE_DIVIDE, 14,
    21, "InvalidArgumentError",
    KERNEL ("Reshape",
            "Input to reshape is a tensor with 6 values, but the requested shape requires "
            "a multiple of 4") },
  { "tf-reshape-zero", "tf.reshape(A, [-1, 0])", "2,3", SCOPE_TENSORFLOW, SCOPE_RULE_DIVIDE, 14, 21,
    "InvalidArgumentError",
    KERNEL ("Reshape",
            "Input to reshape is a tensor with 6 values, but the requested shape has 0") },
  { "tf-reshape-two-open", "tf.reshape(A, [-1, 2, -1])", "2,3", SCOPE_TENSORFLOW,
    SCOPE_RULE_ARGUMENT, 14, 25, "InvalidArgumentError",
    KERNEL ("Reshape", "Only one input size may be -1, not both 0 and 2") },
  { "tf-reshape-negative", "tf.reshape(A, [2, -3])", "2,3", SCOPE_TENSORFLOW, SCOPE_RULE_SIZE, 14,
    21, "InvalidArgumentError", KERNEL ("Reshape", "Size 1 must be non-negative, not -3") },
  { "tf-transpose-length", "tf.transpose(A, [1, 0])", "2,3,4", SCOPE_TENSORFLOW, SCOPE_RULE_RANK,
    16, 22, "InvalidArgumentError",
    KERNEL ("Transpose",
            "transpose expects a vector of size 3. But input(1) is a vector of size 2") },
  { "tf-transpose-range", "tf.transpose(A, [1, 0, 3])", "2,3,4", SCOPE_TENSORFLOW, SCOPE_RULE_AXIS,
    16, 25, "InvalidArgumentError", KERNEL ("Transpose", "3 is out of range [0 .. 3)") },
  { "tf-transpose-twice", "tf.transpose(A, [1, 1, 2])", "2,3,4", SCOPE_TENSORFLOW, SCOPE_RULE_AXIS,
    16, 25, "InvalidArgumentError", KERNEL ("Transpose", "0 is missing from {1,1,2}.") },
  { "tf-squeeze-size", "tf.squeeze(A, axis=1)", "1,2,1", SCOPE_TENSORFLOW, SCOPE_RULE_SIZE, 19, 20,
    "InvalidArgumentError",
    KERNEL ("Squeeze", "Can not squeeze dim[1], expected a dimension of 1, got 2") },
  { "tf-squeeze-axis", "tf.squeeze(A, [3])", "1,2,1", SCOPE_TENSORFLOW, SCOPE_RULE_AXIS, 14, 17,
    "InvalidArgumentError",
    KERNEL ("Squeeze", "Tried to squeeze dim index 3 for tensor with 3 dimensions.") },
  { "tf-expand-dims", "tf.expand_dims(A, 3)", "2,3", SCOPE_TENSORFLOW, SCOPE_RULE_AXIS, 18, 19,
    "InvalidArgumentError",
    KERNEL ("ExpandDims", "Tried to expand dim index 3 for tensor with 2 dimensions.") },
  { "jax-reshape-count", "jnp.reshape(A, (7,))", "2,3", SCOPE_JAX, SCOPE_RULE_COUNT, 15, 19,
    "TypeError", "cannot reshape array of shape (2, 3) (size 6) into shape (7,) (size 7)" },
  { "jax-reshape-int", "A.reshape(7)", "2,3", SCOPE_JAX, SCOPE_RULE_COUNT, 10, 11, "TypeError",
    "cannot reshape array of shape (2, 3) (size 6) into shape 7 (size 7)" },
  { "jax-reshape-divide", "A.reshape(-1, 4)", "2,3", SCOPE_JAX, SCOPE_RULE_DIVIDE, 10, 15,
    "TypeError",
    "cannot reshape array of shape (2, 3) (size 6) into shape (-1, 4) because the product of "
    "specified axis sizes (4) does not evenly divide 6" },
  { "jax-reshape-two-open", "A.reshape(-1, -1)", "2,3", SCOPE_JAX, SCOPE_RULE_ARGUMENT, 10, 16,
    "TypeError", "can only specify one unknown axis size with a `-1` value, got (-1, -1)" },
  { "jax-transpose-twice", "A.transpose(0, 0, 1)", "2,3,4", SCOPE_JAX, SCOPE_RULE_AXIS, 12, 19,
    "TypeError",
    "transpose permutation isn't a permutation of operand dimensions, got permutation (0, 0, 1) "
    "for "
    "operand shape (2, 3, 4)." },
  { "jax-transpose-length", "A.transpose(0, 1)", "2,3,4", SCOPE_JAX, SCOPE_RULE_RANK, 12, 16,
    "TypeError",
    "transpose permutation isn't a permutation of operand dimensions, got permutation (0, 1) for "
    "operand shape (2, 3, 4)." },
  { "jax-swapaxes", "A.swapaxes(0, 3)", "2,3,4", SCOPE_JAX, SCOPE_RULE_AXIS, 14, 15, "ValueError",
    "axis 3 is out of bounds for array of dimension 3" },
  { "jax-squeeze", "A.squeeze(1)", "1,2,1", SCOPE_JAX, SCOPE_RULE_SIZE, 10, 11, "ValueError",
    "cannot select an axis to squeeze out which has size not equal to one, got shape=(1, 2, 1) and "
    "dimensions=(1,)" },
  { "jax-moveaxis", "jnp.moveaxis(A, (0, 1), 2)", "2,3,4", SCOPE_JAX, SCOPE_RULE_ARGUMENT, 0, 26,
    "ValueError", "Inconsistent number of elements: 2 vs 1" },
};

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeProgram *program = check (refused[i].expression, refused[i].shape, refused[i].dialect);
  g_assert_cmpint (program->first_failure, >=, 0);
  const ScopeFailure *failure = program->node[program->first_failure]->failure;
  g_assert_cmpstr (scope_text_string (&failure->message), ==, refused[i].message);
  g_assert_cmpstr (failure->exception, ==, refused[i].exception);
  g_assert_cmpint (failure->rule, ==, refused[i].rule);
  g_assert_cmpint (failure->span.begin, ==, refused[i].begin);
  g_assert_cmpint (failure->span.end, ==, refused[i].end);
  g_assert_cmpuint (failure->sentence.length, >, 0);
  scope_program_unref (program);
}

/* ---- accepted -------------------------------------------------------------------------------- */

static const struct
{
  const char *name, *expression, *shape;
  ScopeDialect dialect;
  const char *result;
} accepted[] = {
  { "tf-reshape-empty", "tf.reshape(A, [-1, 0])", "0,3", SCOPE_TENSORFLOW, "[3, 0]" },
  { "tf-transpose", "tf.transpose(A, perm=[2, 0, 1])", "2,3,4", SCOPE_TENSORFLOW, "[4, 2, 3]" },
  { "tf-squeeze-all", "tf.squeeze(A)", "1,2,1", SCOPE_TENSORFLOW, "[2]" },
  { "tf-squeeze-empty-list", "tf.squeeze(A, [])", "1,2,1", SCOPE_TENSORFLOW, "[2]" },
  { "tf-matrix-transpose", "tf.linalg.matrix_transpose(A)", "2,3,4", SCOPE_TENSORFLOW,
    "[2, 4, 3]" },
  { "jax-order", "jnp.reshape(A, (3, 2), order='F')", "2,3", SCOPE_JAX, "[3, 2]" },
  { "jax-T", "A.T", "2,3,4", SCOPE_JAX, "[4, 3, 2]" },
  { "jax-expand-dims", "jnp.expand_dims(A, (0, -1))", "2,3", SCOPE_JAX, "[1, 2, 3, 1]" },
  { "unknown-passes", "A.reshape(4, -1)", "N,3", SCOPE_PYTORCH, "[4, ?]" },
  { "unknown-in-shape", "A.reshape(A.shape[0], 2, 3)", "N,6", SCOPE_PYTORCH, "[N, 2, 3]" },
  { "unknown-moves", "A.permute(1, 0)", "N,C", SCOPE_PYTORCH, "[C, N]" },
  { "unknown-flattens", "A.flatten(1)", "N,3,4", SCOPE_PYTORCH, "[N, 12]" },
  { "unknown-squeezes", "A.squeeze()", "?,1", SCOPE_PYTORCH, "[?]" },
  { "unknown-view", "A.transpose(0, 1).view(-1)", "N,3", SCOPE_PYTORCH, "[?]" },
  { "unknown-rearranges", "rearrange(A, 'b (h w) -> h w b', h=2)", "N,6", SCOPE_PYTORCH,
    "[2, 3, N]" },
  { "unknown-splits", "rearrange(A, 'b (h w) -> h w b', h=2)", "3,?", SCOPE_PYTORCH, "[2, ?, 3]" },
  { "huge", "A.reshape(-1).reshape(1000, 1000000, 1000000000)", "1000000000,1000000000",
    SCOPE_PYTORCH, "[1000, 1000000, 1000000000]" },
};

static void
test_accepted (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeProgram *program = check (accepted[i].expression, accepted[i].shape, accepted[i].dialect);
  if (program->first_failure >= 0)
    g_error ("%s", scope_text_string (&program->node[program->first_failure]->failure->sentence));
  ScopeText text = { 0 };
  scope_shape_print (&program->node[program->result]->shape, SCOPE_SHAPE_LIST, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, accepted[i].result);
  scope_text_clear (&text);
  scope_program_unref (program);
}

/* A few elements of a tensor of 10^18, through views that split, turn and join its axes. */
static void
test_huge (void)
{
  ScopeProgram *program =
      check ("A.reshape(1000, 1000, 1000, 1000000000).permute(3, 1, 0, 2).reshape(-1, 1000)",
             "1000000000,1000000000", SCOPE_PYTORCH);
  const ScopeNode *node = program->node[program->result];
  float values[4];
  ScopeRegion region = {
    .rank = 2, .start = { node->shape.size[0] - 1, 996 }, .step = { 1, 1 }, .count = { 1, 4 }
  };
  ScopeBuffer buffer = scope_buffer_dense (&region, values);
  ScopeError error = { 0 };
  g_assert_true (scope_program_read (program, program->result, &region, &buffer, NULL, &error));
  for (int i = 0; i < 4; i++)
    {
      double row = 999 * 1e6 + 999 * 1e3 + 996 + i;
      g_assert_cmpfloat (values[i], ==, (float)(row * 1e9 + 999999999));
    }
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/reshaping/refused/%s", refused[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/reshaping/accepted/%s", accepted[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_accepted);
    }
  g_test_add_func ("/ops/reshaping/huge", test_huge);
  return g_test_run ();
}
