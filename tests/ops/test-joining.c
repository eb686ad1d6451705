/* Joining, splitting, repeating, padding: every failing axis, sentences and places, TensorFlow's
 * and JAX's words (from their published sources: concat_op.cc, pack_op.cc, split_op.cc,
 * split_v_op.cc, tile_ops.cc, broadcast_to_op.cc, pad_op.cc, reverse_op.cc;
 * jax/_src/numpy/lax_numpy.py, jax/_src/lax/lax.py), sizes that are not known, and tensors far too
 * large to compute whole. PyTorch and NumPy are asked themselves: see
 * golden/differential-joining.jsonl.gz. */
#include "check.h"

#include <math.h>

#define WRAPPED(attributes)                                                                        \
  "{{function_node __wrapped__" attributes "_device_/job:localhost/replica:0/task:0/"              \
  "device:CPU:0}} "

static const struct
{
  const char *name;
  ScopeDialect dialect;
  const char *expression, *tensors;
  ScopeRule rule;
  const char *axes, *sentence, *exception, *message;
} failing[] = {
  { "cat/sizes", SCOPE_PYTORCH, "torch.cat((A, B), dim=0)", "A=2,3 B=2,4", SCOPE_RULE_MATCH,
    "1:-1:3/4",
    "Axis 1 (−1) does not fit: A has 3 and B has 4; only axis 0, along which they are joined, may "
    "differ.",
    "RuntimeError",
    "Sizes of tensors must match except in dimension 0. Expected size 3 but got size 4 for tensor "
    "number 1 in the list." },
  { "cat/all-axes", SCOPE_PYTORCH, "torch.cat([A, B], 1)", "A=2,3,4 B=5,6,7", SCOPE_RULE_MATCH,
    "0:-3:2/5 2:-1:4/7",
    "2 axes do not fit, the first is axis 0 (−3): A has 2 and B has 5; only axis 1, along which "
    "they "
    "are joined, may differ.",
    "RuntimeError", NULL },
  { "cat/third", SCOPE_NUMPY, "np.concatenate([A, A, B])", "A=2,3 B=2,4", SCOPE_RULE_MATCH,
    "1:-1:3/4", NULL, "ValueError",
    "all the input array dimensions except for the concatenation axis must match exactly, but "
    "along "
    "dimension 1, the array at index 0 has size 3 and the array at index 2 has size 4" },
  { "cat/ranks", SCOPE_PYTORCH, "torch.cat((A, B))", "A=2,3 B=2,3,1", SCOPE_RULE_RANK, "",
    "A has 2 axes and B has 3; what is joined must have the same number of axes.", "RuntimeError",
    "Tensors must have same number of dimensions: got 2 and 3" },
  { "cat/scalar", SCOPE_PYTORCH, "torch.cat((A, B))", "A=2 B=()", SCOPE_RULE_RANK, "",
    "B is a scalar: it has no axis along which it could be joined; stack makes one.",
    "RuntimeError", "zero-dimensional tensor (at position 1) cannot be concatenated" },
  { "cat/empty", SCOPE_JAX, "jnp.concatenate([])", "A=2", SCOPE_RULE_ARGUMENT, "",
    "There is nothing to join: the list is empty.", "ValueError",
    "Need at least one array to concatenate." },
  { "cat/tensorflow", SCOPE_TENSORFLOW, "tf.concat([A, B], 2)", "A=1,4,5,1 B=1,5,4,1",
    SCOPE_RULE_MATCH, "1:-3:4/5", NULL, "InvalidArgumentError",
    WRAPPED ("ConcatV2_N_2") "ConcatOp : Dimension 1 in both shapes must be equal: shape[0] = "
                             "[1,4,5,1] vs. shape[1] = [1,5,4,1] [Op:ConcatV2] name: concat" },
  { "cat/tensorflow-ranks", SCOPE_TENSORFLOW, "tf.concat([A, B], 0)", "A=2,3 B=2,3,1",
    SCOPE_RULE_RANK, "", NULL, "InvalidArgumentError",
    WRAPPED ("ConcatV2_N_2") "ConcatOp : Ranks of all input tensors should match: shape[0] = [2,3] "
                             "vs. shape[1] = [2,3,1] [Op:ConcatV2] name: concat" },
  { "cat/tensorflow-axis", SCOPE_TENSORFLOW, "tf.concat([A, A, A], 2)", "A=2,3", SCOPE_RULE_AXIS,
    "", NULL, "InvalidArgumentError",
    WRAPPED (
        "ConcatV2_N_3") "ConcatOp : Expected concatenating dimensions in the range [-2, 2), but "
                        "got 2 [Op:ConcatV2] name: concat" },
  { "cat/tensorflow-types", SCOPE_TENSORFLOW, "tf.concat([A, B], 0)", "A=2,3 B=int32[2,3]",
    SCOPE_RULE_TYPE, "", NULL, "InvalidArgumentError",
    "cannot compute ConcatV2 as input #1(zero-based) was expected to be a float tensor but is a "
    "int32 tensor [Op:ConcatV2] name: concat" },
  { "cat/jax", SCOPE_JAX, "jnp.concatenate([A, B], 1)", "A=1,3,32,32 B=1,64,30,30",
    SCOPE_RULE_MATCH, "2:-2:32/30 3:-1:32/30", NULL, "TypeError",
    "Cannot concatenate arrays with shapes that differ in dimensions other than the one being "
    "concatenated: concatenating along dimension 1 for shapes (1, 3, 32, 32), (1, 64, 30, 30)." },
  { "cat/jax-ranks", SCOPE_JAX, "jnp.concatenate([A, B])", "A=2,3 B=2", SCOPE_RULE_RANK, "", NULL,
    "TypeError",
    "Cannot concatenate arrays with different numbers of dimensions: got (2, 3), (2,)." },
  { "cat/jax-axis", SCOPE_JAX, "jnp.concatenate([A, A], 2)", "A=2,3", SCOPE_RULE_AXIS, "", NULL,
    "ValueError", "axis 2 is out of bounds for array of dimension 2" },
  { "stack/pytorch", SCOPE_PYTORCH, "torch.stack([A, A, B])", "A=2,3 B=2,4", SCOPE_RULE_MATCH,
    "1:-1:3/4",
    "Axis 1 (−1) does not fit: A has 3 and B has 4; only tensors of one shape can be stacked.",
    "RuntimeError",
    "stack expects each tensor to be equal size, but got [2, 3] at entry 0 and [2, 4] at entry 2" },
  { "stack/tensorflow", SCOPE_TENSORFLOW, "tf.stack([A, B], axis=-1)", "A=35,4 B=35,8",
    SCOPE_RULE_MATCH, "1:-1:4/8", NULL, "InvalidArgumentError",
    WRAPPED ("Pack_N_2") "Shapes of all inputs must match: values[0].shape = [35,4] != "
                         "values[1].shape = [35,8] [Op:Pack] name: stack" },
  { "stack/tensorflow-axis", SCOPE_TENSORFLOW, "tf.stack([A, A], axis=3)", "A=2,3", SCOPE_RULE_AXIS,
    "", NULL, "ValueError", "Argument `axis` = 3 not in range [-3, 3)" },
  { "stack/jax", SCOPE_JAX, "jnp.stack([A, B])", "A=2,3 B=2,4", SCOPE_RULE_MATCH, "1:-1:3/4", NULL,
    "ValueError", "All input arrays must have the same shape." },
  { "hstack/jax", SCOPE_JAX, "jnp.hstack([A, B])", "A=2,3 B=3,3", SCOPE_RULE_MATCH, "0:-2:2/3",
    NULL, "TypeError",
    "Cannot concatenate arrays with shapes that differ in dimensions other than the one being "
    "concatenated: concatenating along dimension 1 for shapes (2, 3), (3, 3)." },
  { "split/sum", SCOPE_PYTORCH, "A.split([2, 2])", "A=5,3", SCOPE_RULE_COUNT, "",
    "The sizes of the parts must add up to the 5 of axis 0.", "RuntimeError", NULL },
  { "split/jax", SCOPE_JAX, "jnp.split(A, 4)", "A=6", SCOPE_RULE_DIVIDE, "",
    "Axis 0 of size 6 cannot be cut into 4 equal parts; array_split makes them as equal as can be.",
    "ValueError", "array split does not result in an equal division" },
  { "split/tensorflow", SCOPE_TENSORFLOW, "tf.split(A, 53, axis=1)", "A=2,8", SCOPE_RULE_DIVIDE, "",
    NULL, "InvalidArgumentError",
    WRAPPED ("Split_num_split_53") "Number of ways to split should evenly divide the split "
                                   "dimension, but got split_dim 1 (size = 8) and num_split 53 "
                                   "[Op:Split] name: split" },
  { "split/tensorflow-axis", SCOPE_TENSORFLOW, "tf.split(A, 2, axis=67)", "A=2,2,2,2",
    SCOPE_RULE_AXIS, "", NULL, "InvalidArgumentError",
    WRAPPED ("Split_num_split_2") "-input rank(-4) <= split_dim < input rank (4), but got 67 "
                                  "[Op:Split] name: split" },
  { "split/tensorflow-sum", SCOPE_TENSORFLOW, "tf.split(A, [1, 2])", "A=4", SCOPE_RULE_COUNT, "",
    NULL, "InvalidArgumentError",
    WRAPPED ("SplitV_num_split_2") "Determined shape must either match input shape along split_dim "
                                   "exactly if fully specified, or be less than the size of the "
                                   "input along split_dim if not fully specified.  Got: 3 "
                                   "[Op:SplitV] name: split" },
  { "unstack/tensorflow-axis", SCOPE_TENSORFLOW, "tf.unstack(A, axis=2)", "A=2,2", SCOPE_RULE_AXIS,
    "", NULL, "ValueError", "Argument `axis` = 2 not in range [-2, 2)" },
  { "unbind/too-many", SCOPE_PYTORCH, "A.unbind()", "A=1000000", SCOPE_RULE_LIMIT, "",
    "This gives 1000000 tensors; Shapescope follows at most 4096.", "", "" },
  { "expand/all-axes", SCOPE_PYTORCH, "A.expand(4, 5, 6)", "A=2,1,3", SCOPE_RULE_BROADCAST,
    "0:-3:4/2 2:-1:6/3", "Axis 2 has 3 where the result has 6; only 1 stretches.", "RuntimeError",
    "The expanded size of the tensor (6) must match the existing size (3) at non-singleton "
    "dimension "
    "2.  Target sizes: [4, 5, 6].  Tensor sizes: [2, 1, 3]" },
  { "broadcast-to/numpy", SCOPE_NUMPY, "np.broadcast_to(A, (4, 4))", "A=2,3", SCOPE_RULE_BROADCAST,
    "0:-2:4/2 1:-1:4/3", NULL, "ValueError", NULL },
  { "broadcast-to/tensorflow", SCOPE_TENSORFLOW, "tf.broadcast_to(A, [9, 89, 10, 16])", "A=3,3",
    SCOPE_RULE_BROADCAST, "2:-2:10/3 3:-1:16/3", NULL, "InvalidArgumentError",
    WRAPPED ("BroadcastTo") "Incompatible shapes: [3,3] vs. [9,89,10,16] [Op:BroadcastTo] name: " },
  { "broadcast-to/jax", SCOPE_JAX, "jnp.broadcast_to(A, (2, 4))", "A=2,3", SCOPE_RULE_BROADCAST,
    "1:-1:4/3", NULL, "ValueError",
    "Incompatible shapes for broadcasting: (2, 3) and requested shape (2, 4)" },
  { "broadcast-to/jax-ranks", SCOPE_JAX, "jnp.broadcast_to(A, (3,))", "A=2,3", SCOPE_RULE_RANK, "",
    NULL, "ValueError",
    "Cannot broadcast to shape with fewer dimensions: arr_shape=(2, 3) shape=(3,)" },
  { "tile/tensorflow", SCOPE_TENSORFLOW, "tf.tile(A, [2])", "A=2,3", SCOPE_RULE_RANK, "",
    "The tensor has 2 axes and 1 numbers are given; every axis needs one.", "InvalidArgumentError",
    WRAPPED ("Tile") "Expected multiples argument to be a vector of length 2 but got length 1 "
                     "[Op:Tile] name: " },
  { "reverse/tensorflow", SCOPE_TENSORFLOW, "tf.reverse(A, [418315])", "A=2,2,2,2", SCOPE_RULE_AXIS,
    "", NULL, "InvalidArgumentError",
    WRAPPED ("ReverseV2") "'axis'[0] = 418315 is out of valid range [0, 3 [Op:ReverseV2] name: " },
  { "reverse/tensorflow-twice", SCOPE_TENSORFLOW, "tf.reverse(A, [0, -2])", "A=2,2",
    SCOPE_RULE_AXIS, "", NULL, "InvalidArgumentError",
    WRAPPED ("ReverseV2") "axis 0 specified more than once. [Op:ReverseV2] name: " },
  { "pad/tensorflow", SCOPE_TENSORFLOW, "tf.pad(A, [[1, 1]])", "A=2,3", SCOPE_RULE_COUNT, "", NULL,
    "InvalidArgumentError",
    WRAPPED ("PadV2") "The first dimension of paddings must be the rank of inputs[1,2] [2,3] "
                      "[Op:PadV2] name: " },
  { "pad/jax", SCOPE_JAX, "jnp.pad(A, ((1, 2, 3), (1, 2, 3)))", "A=2,3", SCOPE_RULE_COUNT, "", NULL,
    "ValueError",
    "jnp.pad: pad_width with nd=2 has unsupported shape (2, 3). Valid shapes are (2, 2), (1, 2), "
    "(2,), (1,), or ()." },
  { "pad/jax-mode", SCOPE_JAX, "jnp.pad(A, 1, mode='foo')", "A=2,3", SCOPE_RULE_ARGUMENT, "", NULL,
    "NotImplementedError", "Unimplemented padding mode 'foo' for np.pad." },
  { "overflow", SCOPE_PYTORCH, "torch.cat((A, A))", "A=4611686018427387904,1", SCOPE_RULE_LIMIT, "",
    "The result would have more than 2^63−1 elements.", "RuntimeError", NULL },
};

static void
test_failing (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program =
      check_program (failing[i].dialect, failing[i].expression, failing[i].tensors);
  const ScopeFailure *failure = check_failure (program);
  g_assert_nonnull (failure);
  g_assert_cmpstr (scope_rule_name (failure->rule), ==, scope_rule_name (failing[i].rule));
  g_autofree char *axes = check_axes (failure);
  g_assert_cmpstr (axes, ==, failing[i].axes);
  if (failing[i].sentence != NULL)
    g_assert_cmpstr (scope_text_string (&failure->sentence), ==, failing[i].sentence);
  g_assert_cmpstr (failure->exception, ==, failing[i].exception);
  if (failing[i].message != NULL)
    g_assert_cmpstr (scope_text_string (&failure->message), ==, failing[i].message);
  g_assert_cmpint (failure->sentence.length, >, 0);
  scope_program_unref (program);
}

static const struct
{
  const char *name, *expression, *tensors;
  int begin, end; /* characters */
} spans[] = {
  { "axis", "torch.cat((A, B), dim=7)", "A=2,3 B=2,3", 22, 23 },
  { "axis-by-place", "torch.cat((A, B), 7)", "A=2,3 B=2,3", 18, 19 },
  { "element", "torch.cat((A, 'é', B))", "A=2,3 B=2,3", 14, 17 },
  { "whole", "torch.cat((A, B))", "A=2,3 B=2,4", 0, 17 },
  { "sizes", "A.split([2, 2], 0)", "A=5", 8, 14 },
  { "widths", "F.pad(A, (1, 2, 3))", "A=5", 9, 18 },
  { "mode", "F.pad(A, (1, 2), 'what')", "A=5", 17, 23 },
  { "keyword", "torch.flip(A, dims=(4,))", "A=5", 19, 23 },
  { "unknown-keyword", "torch.stack([A], dims=0)", "A=5", 22, 23 },
  { "one-too-many", "torch.hstack([A], 1)", "A=5", 18, 19 },
};

static void
test_span (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program = check_program (SCOPE_PYTORCH, spans[i].expression, spans[i].tensors);
  const ScopeFailure *failure = check_failure (program);
  g_assert_nonnull (failure);
  g_assert_cmpint (failure->span.begin, ==, spans[i].begin);
  g_assert_cmpint (failure->span.end, ==, spans[i].end);
  scope_program_unref (program);
}

static const struct
{
  const char *name;
  ScopeDialect dialect;
  const char *expression, *tensors, *shape;
} shapes[] = {
  { "tensorflow/concat", SCOPE_TENSORFLOW, "tf.concat([A, B], -1)", "A=2,3 B=2,4", "[2,7]" },
  { "tensorflow/stack", SCOPE_TENSORFLOW, "tf.stack([A, A], axis=-1)", "A=2,3", "[2,3,2]" },
  { "tensorflow/split", SCOPE_TENSORFLOW, "tf.split(A, 3, axis=1)[2]", "A=2,6", "[2,2]" },
  { "tensorflow/split-rest", SCOPE_TENSORFLOW, "tf.split(A, [1, -1, 2], 1)[1]", "A=2,6", "[2,3]" },
  { "tensorflow/unstack", SCOPE_TENSORFLOW, "tf.unstack(A, axis=1)[0]", "A=2,6", "[2]" },
  { "tensorflow/tile", SCOPE_TENSORFLOW, "tf.tile(A, [2, 3])", "A=2,6", "[4,18]" },
  { "tensorflow/repeat", SCOPE_TENSORFLOW, "tf.repeat(A, 2, axis=0)", "A=2,6", "[4,6]" },
  { "tensorflow/pad", SCOPE_TENSORFLOW, "tf.pad(A, [[1, 1], [2, 0]], 'REFLECT')", "A=2,6",
    "[4,8]" },
  { "tensorflow/reverse", SCOPE_TENSORFLOW, "tf.reverse(A, axis=[0])", "A=2,6", "[2,6]" },
  { "tensorflow/roll", SCOPE_TENSORFLOW, "tf.roll(A, shift=[1], axis=[0])", "A=2,6", "[2,6]" },
  { "tensorflow/broadcast-to", SCOPE_TENSORFLOW, "tf.broadcast_to(A, [4, 2, 6])", "A=1,6",
    "[4,2,6]" },
  { "jax/concatenate", SCOPE_JAX, "jnp.concatenate([A, B], axis=None)", "A=2,3 B=2", "[8]" },
  { "jax/split", SCOPE_JAX, "jnp.split(A, [1, 3], axis=1)[1]", "A=2,6", "[2,2]" },
  { "jax/repeat", SCOPE_JAX, "A.repeat(2)", "A=2,6", "[24]" },
  { "jax/pad", SCOPE_JAX, "jnp.pad(A, 1, mode='wrap')", "A=2,6", "[4,8]" },
  { "jax/tile", SCOPE_JAX, "jnp.tile(A, (2, 1, 1))", "A=2,6", "[2,2,6]" },
  { "bare", SCOPE_PYTORCH, "cat([A, B], dim=1)", "A=2,3 B=2,4", "[2,7]" },
  { "bare-numpy", SCOPE_NUMPY, "concatenate([A, B], axis=1)", "A=2,3 B=2,4", "[2,7]" },
  { "full-path", SCOPE_PYTORCH, "torch.nn.functional.pad(A, (1, 1))", "A=2,3", "[2,5]" },
  { "unknown/cat", SCOPE_PYTORCH, "torch.cat((A, B), 1)", "A=?,3 B=4,5", "[4,8]" },
  { "unknown/cat-axis", SCOPE_PYTORCH, "torch.cat((A, B), 0)", "A=?,3 B=4,3", "[?,3]" },
  { "unknown/named", SCOPE_PYTORCH, "torch.cat((A, B), 1)", "A=N,3 B=N,5", "[N,8]" },
  { "unknown/stack", SCOPE_PYTORCH, "torch.stack((A, B))", "A=N,3 B=4,3", "[2,4,3]" },
  { "unknown/split", SCOPE_PYTORCH, "A.split(2, dim=1)[0]", "A=N,4", "[N,2]" },
  { "unknown/split-list", SCOPE_PYTORCH, "A.split([2, 3])[1]", "A=N,4", "[3,4]" },
  { "unknown/tensor-split", SCOPE_PYTORCH, "A.tensor_split(2)[1]", "A=N,4", "[?,4]" },
  { "unknown/expand-keeps", SCOPE_PYTORCH, "A.expand(5, -1, -1)", "A=N,C", "[5,N,C]" },
  { "unknown/expand-to-size", SCOPE_PYTORCH, "A.expand(B.shape[0], 3)", "A=1,3 B=N", "[N,3]" },
  { "unknown/repeat", SCOPE_PYTORCH, "A.repeat(2, 1)", "A=N,C", "[?,C]" },
  { "unknown/pad", SCOPE_PYTORCH, "F.pad(A, (1, 1))", "A=N,3", "[N,5]" },
  { "unknown/pad-axis", SCOPE_PYTORCH, "F.pad(A, (1, 1), 'reflect')", "A=2,3,N", "[2,3,?]" },
  { "unknown/flip", SCOPE_PYTORCH, "A.flip(0)", "A=N,3", "[N,3]" },
  { "unknown/rot90", SCOPE_PYTORCH, "A.rot90()", "A=N,3", "[3,N]" },
  { "unknown/roll", SCOPE_PYTORCH, "A.roll(1, 0)", "A=N,3", "[N,3]" },
  { "unknown/repeats-in-a-tensor", SCOPE_PYTORCH, "A.repeat_interleave(B, 0)", "A=2,3 B=int64[2]",
    "[?,3]" },
  { "unknown/places-in-a-tensor", SCOPE_NUMPY, "np.split(A, B)[1]", "A=6,3 B=int64[2]", "[?,3]" },
};

static void
test_shape (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program =
      check_program (shapes[i].dialect, shapes[i].expression, shapes[i].tensors);
  g_autofree char *shape = check_result (program);
  g_assert_cmpstr (shape, ==, shapes[i].shape);
  scope_program_unref (program);
}

/* Cells at the far ends of results with 10^15 elements and more: reading follows what is asked for.
 * Elements of a ramp of int64 say where they come from. */
static const struct
{
  const char *name, *expression, *tensors;
  gint64 index[3];
  gint64 value;
} cells[] = {
  { "cat",
    "torch.cat((A, B), 0)",
    "A=int64[1000000000000] B=int64[1000000000000]",
    { 1999999999999 },
    999999999999 },
  { "stack",
    "torch.stack((A, A), 1)",
    "A=int64[1000000000000]",
    { 999999999998, 1 },
    999999999998 },
  { "flip", "A.flip(0)", "A=int64[1000000000000000]", { 1 }, 999999999999998 },
  { "roll", "A.roll(3, 1)", "A=int64[1000,1000000000000]", { 999, 2 }, 999999999999999 },
  { "roll-flat", "A.roll(3)", "A=int64[1000,1000000000000]", { 0, 2 }, 999999999999999 },
  { "expand", "A.expand(1000000, 1000000, -1)", "A=int64[1000000]", { 999999, 999999, 7 }, 7 },
  { "repeat", "A.repeat(1000000)", "A=int64[1000000000]", { 999999999999999 }, 999999999 },
  { "repeat-interleave",
    "A.repeat_interleave(1000, 0)",
    "A=int64[1000000000000]",
    { 999999999999999 },
    999999999999 },
  { "repeat-interleave-flat",
    "A.repeat_interleave(1000)",
    "A=int64[1000000,1000000]",
    { 999999999999999 },
    999999999999 },
  { "pad-reflect", "F.pad(A, (5, 5), 'reflect')", "A=float64[3,1000000000000]", { 0, 0 }, 5 },
  { "pad-wrap", "np.pad(A, 5, mode='wrap')", "A=int64[1000000000000]", { 0 }, 999999999995 },
  { "pad-constant",
    "F.pad(A, (0, 1000000000000000), value=-3)",
    "A=int64[5]",
    { 1000000000000000 },
    -3 },
  { "split", "A.split(1000000000000)[999]", "A=int64[1000000000000000]", { 7 }, 999000000000007 },
  { "rot90", "A.rot90()", "A=int64[1000000,1000000]", { 0, 999999 }, 999999999999 },
};

static void
test_cell (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program = check_program (SCOPE_PYTORCH, cells[i].expression, cells[i].tensors);
  g_assert_null (check_failure (program));
  const ScopeNode *node = program->node[program->result];
  ScopeRegion region = { .rank = node->shape.rank };
  for (int axis = 0; axis < region.rank; axis++)
    {
      region.start[axis] = cells[i].index[axis];
      region.step[axis] = region.count[axis] = 1;
    }
  char element[16];
  ScopeBuffer buffer = scope_buffer_dense (&region, element);
  ScopeError error = { 0 };
  ScopeReading reading = { .budget = 1 << 22 };
  g_assert_true (scope_program_read (program, program->result, &region, &buffer, &reading, &error));
  ScopeNumber number = scope_dtype_load (node->dtype, element);
  g_assert_cmpint (node->dtype == SCOPE_FLOAT64 ? (gint64)number.f : number.i, ==, cells[i].value);
  scope_program_unref (program);
}

/* A thin sample of a wide result: the step is far larger than what is read. */
static void
test_sample (void)
{
  static const char *const expressions[] = {
    "A.flip(0)",
    "A.roll(12345, 0)",
    "A.roll(12345)",
    "torch.cat((A, A))",
    "A.repeat(3, 1)",
    "A.repeat_interleave(7, 0)",
    "A.repeat_interleave(7)[:1000000000000]",
    "F.pad(A, (0, 0, 1000, 1000), value=-1)",
    "np.pad(A, ((99, 99), (0, 0)), mode='symmetric')",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      ScopeProgram *program =
          check_program (SCOPE_PYTORCH, expressions[i], "A=int64[1000000000000,3]");
      g_assert_null (check_failure (program));
      const ScopeNode *node = program->node[program->result];
      ScopeRegion region = { .rank = node->shape.rank };
      for (int axis = 0; axis < region.rank; axis++)
        {
          region.count[axis] = axis == 0 ? 1000 : node->shape.size[axis];
          region.step[axis] = axis == 0 ? node->shape.size[0] / 1000 : 1;
        }
      gint64 *value = g_new0 (gint64, 3000), *one = g_new0 (gint64, 3);
      ScopeBuffer buffer = scope_buffer_dense (&region, value);
      ScopeReading reading = { .budget = 1 << 22 };
      ScopeError error = { 0 };
      g_assert_true (
          scope_program_read (program, program->result, &region, &buffer, &reading, &error));
      gint64 row = region.rank > 1 ? region.count[1] : 1;
      for (gint64 k = 0; k < 1000; k += 111)
        {
          ScopeRegion single = region;
          single.start[0] = k * region.step[0];
          single.count[0] = 1;
          ScopeBuffer to = scope_buffer_dense (&single, one);
          g_assert_true (
              scope_program_read (program, program->result, &single, &to, &reading, &error));
          g_assert_cmpmem (one, (gsize)row * 8, value + k * row, (gsize)row * 8);
        }
      g_free (value);
      g_free (one);
      scope_program_unref (program);
    }
}

#define ADD(table, path, function)                                                                 \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *name = g_strdup_printf (path "/%s", table[i].name);                         \
      g_test_add_data_func (name, GINT_TO_POINTER ((int)i), function);                             \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (failing, "/joining/failing", test_failing)
  ADD (spans, "/joining/span", test_span)
  ADD (shapes, "/joining/shape", test_shape)
  ADD (cells, "/joining/cell", test_cell)
  g_test_add_func ("/joining/sample", test_sample);
  return g_test_run ();
}
