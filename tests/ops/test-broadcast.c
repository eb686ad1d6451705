/* The rule of broadcasting: results, all failing axes, sentences, and each framework's words. */
#include "check.h"

#include "ops/broadcast.h"

#define ONES_62                                                                                    \
  "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1," \
  "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"

static const struct
{
  const char *name, *expression, *tensors, *result, *axes;
} cases[] = {
  { "missing-axis", "A + B", "A=256 B=1,256", "[1,256]", NULL },
  { "size-one-stretches", "A + B", "A=8,1,6,1 B=7,1,5", "[8,7,6,5]", NULL },
  { "equal", "A * B", "A=3,4 B=3,4", "[3,4]", NULL },
  { "both-stretch", "A - B", "A=3,1 B=1,4", "[3,4]", NULL },
  { "scalar", "A / B", "A=() B=3,4", "[3,4]", NULL },
  { "two-scalars", "A + B", "A=() B=()", "[]", NULL },
  { "number", "2 * A + 1", "A=3,4", "[3,4]", NULL },
  { "empty-and-one", "A + B", "A=0,4 B=1,4", "[0,4]", NULL },
  { "empty-and-scalar", "A + B", "A=0 B=()", "[0]", NULL },
  { "empty-and-five", "A + B", "A=0 B=5", "-", "0:-1:0/5" },
  { "one-and-empty", "A + B", "A=1 B=0", "[0]", NULL },
  { "first-axis", "A + B", "A=3,4 B=5,4", "-", "0:-2:3/5" },
  { "last-axis", "A + B", "A=4,3 B=4,5", "-", "1:-1:3/5" },
  { "two-axes", "A + B", "A=2,3,4 B=5,3,7", "-", "0:-3:2/5 2:-1:4/7" },
  { "aligned-at-the-end", "A + B", "A=2,3,4 B=3", "-", "2:-1:4/3" },
  { "longer-second", "A + B", "A=3 B=2,3,4", "-", "2:-1:3/4" },
  { "rank-64", "A + B", "A=2," ONES_62 ",3 B=" ONES_62 ",5,3",
    "[2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
    "1,1,"
    "1,1,1,1,1,1,1,1,1,1,1,1,1,1,5,3]",
    NULL },
  { "huge", "A + B", "A=1000000000000000000,1 B=1,2", "[1000000000000000000,2]", NULL },
  { "unknown-fits", "A + B", "A=?,4 B=3,4", "[3,4]", NULL },
  { "unknown-with-one", "A + B", "A=?,4 B=1,4", "[?,4]", NULL },
  { "unknown-with-unknown", "A + B", "A=?,4 B=?,4", "[?,4]", NULL },
  { "unknown-fails-elsewhere", "A + B", "A=?,4 B=3,5", "-", "1:-1:4/5" },
  { "name-with-itself", "A + B", "A=N,4 B=N,4", "[N,4]", NULL },
  { "name-with-number", "A + B", "A=N,4 B=256,4", "[256,4]", NULL },
  { "number-with-name", "A + B", "A=256,4 B=N,4", "[256,4]", NULL },
  { "name-with-one", "A + B", "A=N,4 B=1,4", "[N,4]", NULL },
  { "name-with-unknown", "A + B", "A=?,4 B=N,4", "[N,4]", NULL },
  { "three-operands", "torch.where(A, B, C)", "A=bool[3,1] B=1,4 C=2,1,1", "[2,3,4]", NULL },
  { "three-operands-fail", "torch.where(A, B, C)", "A=bool[3,1] B=1,4 C=5,1", "-", "0:-2:3/5" },
  { "in-place", "A += B", "A=3,4 B=4", "[3,4]", NULL },
  { "in-place-keeps-its-shape", "A += B", "A=3,1 B=3,4", "-", "1:-1:1/4" },
  { "in-place-keeps-its-rank", "A += B", "A=4 B=3,4", "-", "0:-2:1/3" },
  { "a-chain-fails-once", "A + B + A * A", "A=3,4 B=5,4", "-", "0:-2:3/5" },
};

static void
test_case (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program = check_program (SCOPE_PYTORCH, cases[i].expression, cases[i].tensors);
  g_autofree char *result = check_result (program);
  g_assert_cmpstr (result, ==, cases[i].result);
  const ScopeFailure *failure = check_failure (program);
  g_assert_cmpint (failure == NULL, ==, cases[i].axes == NULL);
  if (failure != NULL)
    {
      g_autofree char *axes = check_axes (failure);
      g_assert_cmpstr (axes, ==, cases[i].axes);
      g_assert_cmpint (failure->rule, ==, SCOPE_RULE_BROADCAST);
    }
  scope_program_unref (program);
}

/* What PyTorch and NumPy say is what they said (differential.py); TensorFlow's words are those of
 * its kernels (bcast.cc, eager execution of 2.15), JAX's of lax.broadcast_shapes and
 * promote_shapes.
 */
static const struct
{
  const char *name;
  ScopeDialect dialect;
  const char *expression, *tensors, *exception, *message;
} words[] = {
  { "pytorch/first-axis", SCOPE_PYTORCH, "A + B", "A=3,4 B=5,4", "RuntimeError",
    "The size of tensor a (3) must match the size of tensor b (5) at non-singleton dimension 0" },
  { "pytorch/last-failing-axis", SCOPE_PYTORCH, "A + B", "A=2,3,4 B=5,3,7", "RuntimeError",
    "The size of tensor a (4) must match the size of tensor b (7) at non-singleton dimension 2" },
  { "pytorch/counted-in-the-result", SCOPE_PYTORCH, "A + B", "A=3,4 B=2,3,5", "RuntimeError",
    "The size of tensor a (4) must match the size of tensor b (5) at non-singleton dimension 2" },
  { "pytorch/in-place", SCOPE_PYTORCH, "A += B", "A=3,1 B=3,4", "RuntimeError",
    "output with shape [3, 1] doesn't match the broadcast shape [3, 4]" },
  { "numpy/trailing-space", SCOPE_NUMPY, "A + B", "A=3,4 B=5,4", "ValueError",
    "operands could not be broadcast together with shapes (3,4) (5,4) " },
  { "numpy/one-axis", SCOPE_NUMPY, "A + B", "A=3 B=4", "ValueError",
    "operands could not be broadcast together with shapes (3,) (4,) " },
  { "numpy/in-place-lists-the-output", SCOPE_NUMPY, "A += B", "A=3 B=4", "ValueError",
    "operands could not be broadcast together with shapes (3,) (4,) (3,) " },
  { "numpy/output", SCOPE_NUMPY, "A += B", "A=3,1 B=3,4", "ValueError",
    "non-broadcastable output operand with shape (3,1) doesn't match the broadcast shape (3,4)" },
  { "tensorflow/add", SCOPE_TENSORFLOW, "A + B", "A=3,4 B=5,4", "InvalidArgumentError",
    "{{function_node __wrapped__AddV2_device_/job:localhost/replica:0/task:0/device:CPU:0}} "
    "Incompatible shapes: [3,4] vs. [5,4] [Op:AddV2] name: " },
  { "tensorflow/types", SCOPE_TENSORFLOW, "A * B", "A=3 B=int32[3]", "InvalidArgumentError",
    "cannot compute Mul as input #1(zero-based) was expected to be a float tensor but is a int32 "
    "tensor [Op:Mul] name: " },
  { "jax/equal-ranks", SCOPE_JAX, "A + B", "A=3,4 B=5,4", "TypeError",
    "add got incompatible shapes for broadcasting: (3, 4), (5, 4)." },
  { "jax/different-ranks", SCOPE_JAX, "A + B", "A=2,4 B=2", "ValueError",
    "Incompatible shapes for broadcasting: shapes=[(2, 4), (2,)]" },
  { "prefix-decides", SCOPE_PYTORCH, "np.add(A, B)", "A=3,4 B=5,4", "ValueError",
    "operands could not be broadcast together with shapes (3,4) (5,4) " },
};

static void
test_words (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program = check_program (words[i].dialect, words[i].expression, words[i].tensors);
  const ScopeFailure *failure = check_failure (program);
  g_assert_nonnull (failure);
  g_assert_cmpstr (failure->exception, ==, words[i].exception);
  g_assert_cmpstr (scope_text_string (&failure->message), ==, words[i].message);
  scope_program_unref (program);
}

static const struct
{
  const char *name, *expression, *tensors, *sentence;
} sentences[] = {
  { "one-axis", "A + B", "A=3,4 B=5,4",
    "Axis 0 (−2) does not fit: A has 3 and B has 5, and neither is 1." },
  { "two-axes", "A + B", "A=2,3,4 B=5,3,7",
    "Axis 0 (−3) does not fit: A has 2 and B has 5, and neither is 1. Axis 2 (−1) does not fit "
    "either: A has 4 and B has 7." },
  { "operands-as-written", "A[:, 0] + B.sum(0)", "A=3,4 B=2,5",
    "Axis 0 (−1) does not fit: A[:, 0] has 3 and B.sum(0) has 5, and neither is 1." },
  { "in-place", "A += B", "A=3,1 B=3,4",
    "Axis 1 (−1) does not fit: A has 1 and B has 4; an assignment can only stretch the source, and "
    "only from 1." },
  { "third-operand", "torch.where(A > 1, A, B)", "A=3,4 B=5,4",
    "Axis 0 (−2) does not fit: A > 1 has 3 and B has 5, and neither is 1." },
  { "beside-a-number", "torch.where(A > 1, 2, B)", "A=3,4 B=5,4",
    "Axis 0 (−2) does not fit: A > 1 has 3 and B has 5, and neither is 1." },
};

static void
test_sentence (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program =
      check_program (SCOPE_PYTORCH, sentences[i].expression, sentences[i].tensors);
  const ScopeFailure *failure = check_failure (program);
  g_assert_nonnull (failure);
  g_assert_cmpstr (scope_text_string (&failure->sentence), ==, sentences[i].sentence);
  scope_program_unref (program);
}

/* Broadcasting is symmetric, associative where it fits, and idempotent. */
static void
test_properties (void)
{
  const int64_t sizes[] = { 0, 1, 2, 3, SCOPE_SIZE_UNKNOWN, scope_size_from_name ("N", 1) };
  for (size_t a = 0; a < G_N_ELEMENTS (sizes); a++)
    for (size_t b = 0; b < G_N_ELEMENTS (sizes); b++)
      {
        int64_t ab = -7, ba = -7, again = -7;
        bool fits = scope_broadcast_sizes (sizes[a], sizes[b], &ab);
        g_assert_cmpint (fits, ==, scope_broadcast_sizes (sizes[b], sizes[a], &ba));
        if (!fits)
          continue;
        g_assert_cmpint (ab, ==, ba);
        g_assert_true (scope_broadcast_sizes (ab, sizes[a], &again));
        g_assert_cmpint (ab, ==, again);
      }
}

static void
add_cases (const char *group, size_t count, const char *(*name) (size_t), GTestDataFunc test)
{
  for (size_t i = 0; i < count; i++)
    {
      g_autofree char *path = g_strdup_printf ("/broadcast/%s/%s", group, name (i));
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test);
    }
}

static const char *
case_name (size_t i)
{
  return cases[i].name;
}

static const char *
words_name (size_t i)
{
  return words[i].name;
}

static const char *
sentence_name (size_t i)
{
  return sentences[i].name;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_cases ("shapes", G_N_ELEMENTS (cases), case_name, test_case);
  add_cases ("words", G_N_ELEMENTS (words), words_name, test_words);
  add_cases ("sentences", G_N_ELEMENTS (sentences), sentence_name, test_sentence);
  g_test_add_func ("/broadcast/properties", test_properties);
  return g_test_run ();
}
