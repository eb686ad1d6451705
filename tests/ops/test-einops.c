/* einops: results against the same written with PyTorch's own operations, and its refusals. The
 * words are those of einops' published source (einops.py and parsing.py of version 0.8). */
#include "core/generator.h"
#include "core/tensor.h"
#include "ops/program.h"

#include <glib.h>
#include <string.h>

static ScopeTensor *
ramp (const char *name, ScopeDtype dtype, const ScopeShape *shape)
{
  ScopeStorage *storage =
      scope_generator_new ((ScopeFill){ SCOPE_FILL_RAMP, 0 }, dtype, shape, NULL);
  ScopeTensor *tensor = scope_tensor_new (name, dtype, shape, NULL, storage, NULL);
  scope_storage_unref (storage);
  return tensor;
}

static ScopeProgram *
check (const char *expression, ScopeDialect dialect)
{
  static const struct
  {
    const char *name;
    ScopeDtype dtype;
    ScopeShape shape;
  } tensors[] = {
    { "A", SCOPE_FLOAT32, { 4, { 2, 3, 4, 6 } } },
    { "B", SCOPE_FLOAT32, { 2, { 6, 4 } } },
    { "C", SCOPE_FLOAT64, { 3, { 1, 5, 3 } } },
    { "I", SCOPE_INT32, { 2, { 4, 3 } } },
    { "S", SCOPE_FLOAT32, { 0 } },
    { "Z", SCOPE_FLOAT32, { 2, { 3, 0 } } },
    { "M", SCOPE_UINT8, { 1, { 6 } } },
  };
  ScopeTensor *tensor[G_N_ELEMENTS (tensors)];
  for (gsize i = 0; i < G_N_ELEMENTS (tensors); i++)
    tensor[i] = ramp (tensors[i].name, tensors[i].dtype, &tensors[i].shape);
  ScopeError error = { 0 };
  ScopeCheckOptions options = { .dialect = dialect };
  ScopeProgram *program = scope_program_new (expression, strlen (expression), tensor,
                                             G_N_ELEMENTS (tensors), &options, &error);
  g_assert_cmpstr (error.sentence, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (tensors); i++)
    scope_tensor_unref (tensor[i]);
  return program;
}

/* ---- the same as … --------------------------------------------------------------------------- */

static const struct
{
  const char *name, *einops, *plain;
} same[] = {
  { "order", "rearrange(A, 'b h w c -> c w h b')", "A.permute(3, 2, 1, 0)" },
  { "join", "rearrange(A, 'b h w c -> (b h) (w c)')", "A.reshape(6, 24)" },
  { "join-turned", "rearrange(A, 'b h w c -> h (w b) c')",
    "A.permute(1, 2, 0, 3).reshape(3, 8, 6)" },
  { "split", "rearrange(B, '(h1 h2) w -> h1 h2 w', h1=2)", "B.reshape(2, 3, 4)" },
  { "space-to-depth", "rearrange(A, 'b h (w w2) (c c2) -> b (w2 c2 h) w c', w2=2, c2=3)",
    "A.reshape(2, 3, 2, 2, 2, 3).permute(0, 3, 5, 1, 2, 4).reshape(2, 18, 2, 2)" },
  { "ellipsis", "rearrange(A, 'b ... c -> c ... b')", "A.permute(3, 1, 2, 0)" },
  { "ellipsis-joined", "rearrange(A, 'b ... c -> c (... b)')",
    "A.permute(3, 1, 2, 0).reshape(6, 24)" },
  { "ellipsis-of-nothing", "rearrange(B, 'h ... w -> w ... h')", "B.T" },
  { "ones", "rearrange(B, 'h w -> 1 h () w')", "B.reshape(1, 6, 1, 4)" },
  { "one-goes", "rearrange(C, '1 h w -> w h')", "C.squeeze(0).T" },
  { "scalar", "rearrange(S, ' -> 1')", "S.reshape(1)" },
  { "empty", "rearrange(Z, 'a b -> b a')", "Z.T" },
  { "list", "rearrange([B, B + 1, B], 'n h w -> h (n w)')",
    "torch.stack([B, B + 1, B]).permute(1, 0, 2).reshape(6, 12)" },
  { "repeat-new-axis", "repeat(B, 'h w -> h n w', n=3)", "torch.stack([B, B, B], 1)" },
  { "repeat-tiles", "repeat(B, 'h w -> (n h) w', n=2)", "torch.cat([B, B])" },
  { "repeat-stretches", "repeat(B, 'h w -> (h n) w', n=2)",
    "torch.stack([B, B], 1).reshape(12, 4)" },
  { "repeat-anonymous", "repeat(B, 'h w -> h 2 w')", "torch.stack([B, B], 1)" },
  { "repeat-both", "repeat(B, 'h w -> (2 h) (w 3)')",
    "torch.stack([torch.cat([B, B]), torch.cat([B, B]), torch.cat([B, B])], 2).reshape(12, 12)" },
  { "repeat-none", "repeat(B, 'h w -> h n w', n=0)", "B[:, None][:, :0]" },
  { "reduce-mean", "reduce(A, 'b h w c -> b c', 'mean')", "A.mean((1, 2))" },
  { "reduce-sum-joined", "reduce(A, 'b h w c -> (c b)', 'sum')", "A.sum((1, 2)).T.reshape(12)" },
  { "reduce-pools", "reduce(A, 'b h (w 2) (c 3) -> b h w c', 'max')",
    "A.reshape(2, 3, 2, 2, 2, 3)[:, :, :, 1, :, 2]" },
  { "reduce-min-all", "reduce(A, 'b h w c -> ', 'min')", "A[0, 0, 0, 0]" },
  { "reduce-keeps-ones", "reduce(B, 'h w -> h 1', 'sum')", "B.sum(1, keepdim=True)" },
  { "reduce-ellipsis", "reduce(A, '... c -> c', 'mean')", "A.mean((0, 1, 2))" },
  { "reduce-nothing", "reduce(B, 'h w -> w h', 'sum')", "B.T" },
  { "reduce-integers", "reduce(I, 'a b -> a', 'sum')", "I.sum(1)" },
  { "reduce-product", "reduce(I + 1, 'a b -> b', 'prod')", "(I + 1).prod(0)" },
  { "reduce-any", "reduce(I, 'a b -> a', 'any')", "I.any(1)" },
  { "reduce-all-bytes", "reduce(M, '(a b) -> a', 'all', a=2)", "M.reshape(2, 3).all(1)" },
  { "reduce-empty-sum", "reduce(Z, 'a b -> a', 'sum')", "Z.sum(1)" },
  { "module", "einops.rearrange(B, 'a b -> b a')", "B.T" },
};

static void
assert_same (const ScopeProgram *a, const ScopeProgram *b)
{
  const ScopeNode *left = a->node[a->result], *right = b->node[b->result];
  int64_t count;
  g_assert_true (scope_shape_equal (&left->shape, &right->shape));
  g_assert_cmpint (left->dtype, ==, right->dtype);
  g_assert_true (scope_shape_count (&left->shape, &count, NULL));
  gsize bytes = (gsize)count * scope_dtype_bytes (left->dtype);
  g_autofree char *first = g_malloc0 (bytes + 1), *second = g_malloc0 (bytes + 1);
  ScopeRegion all = scope_region_all (&left->shape);
  ScopeBuffer to_first = scope_buffer_dense (&all, first);
  ScopeBuffer to_second = scope_buffer_dense (&all, second);
  ScopeError error = { 0 };
  scope_program_read (a, a->result, &all, &to_first, NULL, &error);
  scope_program_read (b, b->result, &all, &to_second, NULL, &error);
  g_assert_cmpstr (error.sentence, ==, "");
  g_assert_cmpmem (first, bytes, second, bytes);
}

static void
test_same (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeProgram *a = check (same[i].einops, SCOPE_PYTORCH);
  ScopeProgram *b = check (same[i].plain, SCOPE_PYTORCH);
  const ScopeProgram *failed = a->first_failure >= 0 ? a : b->first_failure >= 0 ? b : NULL;
  if (failed != NULL)
    g_error ("%s", scope_text_string (&failed->node[failed->first_failure]->failure->sentence));
  assert_same (a, b);
  scope_program_unref (a);
  scope_program_unref (b);
}

/* ---- refused --------------------------------------------------------------------------------- */

#define WHILE(operation, pattern, shape, sizes, words)                                             \
  " Error while processing " operation "-reduction pattern \"" pattern                             \
  "\".\n Input tensor shape: " shape ". Additional info: " sizes ".\n " words
#define REARRANGE(pattern, words) WHILE ("rearrange", pattern, "torch.Size([6, 4])", "{}", words)

static const struct
{
  const char *name, *expression;
  ScopeRule rule;
  const char *exception, *message;
} refused[] = {
  { "rank", "rearrange(B, 'a b c -> a b c')", SCOPE_RULE_RANK, "EinopsError",
    REARRANGE ("a b c -> a b c", "Wrong shape: expected 3 dims. Received 2-dim tensor.") },
  { "rank-ellipsis", "rearrange(B, 'a b c ... -> a b c ...')", SCOPE_RULE_RANK, "EinopsError",
    REARRANGE ("a b c ... -> a b c ...",
               "Wrong shape: expected >=3 dims. Received 2-dim tensor.") },
  { "one-side", "rearrange(B, 'a b -> a c b')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("a b -> a c b",
               "Identifiers only on one side of expression (should be on both): {'c'}") },
  { "anonymous", "rearrange(B, 'a b -> a 2 b')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("a b -> a 2 b",
               "Non-unitary anonymous axes are not supported in rearrange (exception "
               "is length 1)") },
  { "ellipsis-right", "rearrange(B, 'a b -> a b ...')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("a b -> a b ...",
               "Ellipsis found in right side, but not left side of a pattern a b -> a b ...") },
  { "ellipsis-in-brackets", "rearrange(B, '(a ...) -> a ...', a=2)", SCOPE_RULE_PATTERN,
    "EinopsError",
    WHILE ("rearrange",
           "(a ...) -> a ...",
           "torch.Size([6, 4])",
           "{'a': 2}",
           "Ellipsis inside parenthesis in the left side is not allowed: (a ...) -> a ...") },
  { "ellipsis-lost", "rearrange(B, 'a ... -> a')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("a ... -> a",
               "Identifiers only on one side of expression (should be on both): {'…'}") },
  { "dots", "rearrange(B, 'a .. b -> a b')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("a .. b -> a b", "Expression may contain dots only inside ellipsis (...)") },
  { "two-ellipses", "rearrange(B, '... a ... -> a')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("... a ... -> a",
               "Expression may contain dots only inside ellipsis (...); only one "
               "ellipsis for tensor ") },
  { "twice", "rearrange(B, 'a a -> a')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("a a -> a", "Indexing expression contains duplicate dimension \"a\"") },
  { "underscore", "rearrange(B, '_a b -> b _a')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("_a b -> b _a",
               "Invalid axis identifier: _a\naxis name should should not start or "
               "end with underscore") },
  { "not-a-name", "rearrange(B, '2a b -> b 2a')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("2a b -> b 2a", "Invalid axis identifier: 2a\nnot a valid python identifier") },
  { "zero-axis", "repeat(B, 'a b -> a 0 b')", SCOPE_RULE_PATTERN, "EinopsError",
    WHILE ("repeat",
           "a b -> a 0 b",
           "torch.Size([6, 4])",
           "{}",
           "Anonymous axis should have positive length, not 0") },
  { "nested-brackets", "rearrange(B, '((a b)) c -> a b c')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("((a b)) c -> a b c",
               "Axis composition is one-level (brackets inside brackets not allowed)") },
  { "closes-nothing", "rearrange(B, 'a b) -> a b')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("a b) -> a b", "Brackets are not balanced") },
  { "never-closed", "rearrange(B, 'a (b -> a b')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("a (b -> a b", "Imbalanced parentheses in expression: \"a (b \"") },
  { "character", "rearrange(B, 'a, b -> a b')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("a, b -> a b", "Unknown character ','") },
  { "no-arrow", "rearrange(B, 'a b')", SCOPE_RULE_PATTERN, "ValueError",
    "not enough values to unpack (expected 2, got 1)" },
  { "two-arrows", "rearrange(B, 'a -> b -> a')", SCOPE_RULE_PATTERN, "ValueError",
    "too many values to unpack (expected 2)" },
  { "divide", "rearrange(B, '(a b) c -> a b c', b=4)", SCOPE_RULE_DIVIDE, "EinopsError",
    WHILE ("rearrange",
           "(a b) c -> a b c",
           "torch.Size([6, 4])",
           "{'b': 4}",
           "Shape mismatch, can't divide axis of length 6 in chunks of 4") },
  { "mismatch", "rearrange(B, '(a b) c -> a b c', a=2, b=4)", SCOPE_RULE_MATCH, "EinopsError",
    WHILE ("rearrange",
           "(a b) c -> a b c",
           "torch.Size([6, 4])",
           "{'a': 2, 'b': 4}",
           "Shape mismatch, 6 != 8") },
  { "one-is-not-one", "rearrange(B, '1 b -> b')", SCOPE_RULE_MATCH, "EinopsError",
    REARRANGE ("1 b -> b", "Shape mismatch, 6 != 1") },
  { "two-unknown", "rearrange(B, '(a b) c -> a b c')", SCOPE_RULE_PATTERN, "EinopsError",
    REARRANGE ("(a b) c -> a b c", "Could not infer sizes for {'a', 'b'}") },
  { "unused-size", "rearrange(B, 'a b -> b a', c=2)", SCOPE_RULE_PATTERN, "EinopsError",
    WHILE ("rearrange",
           "a b -> b a",
           "torch.Size([6, 4])",
           "{'c': 2}",
           "Axis c is not used in transform") },
  { "zero-chunks", "rearrange(B, '(a b) c -> a b c', b=0)", SCOPE_RULE_DIVIDE, "ZeroDivisionError",
    "integer modulo by zero" },
  { "repeat-without-size", "repeat(B, 'a b -> a b c')", SCOPE_RULE_PATTERN, "EinopsError",
    WHILE ("repeat",
           "a b -> a b c",
           "torch.Size([6, 4])",
           "{}",
           "Specify sizes for new axes in repeat: {'c'}") },
  { "repeat-loses", "repeat(B, 'a b -> a')", SCOPE_RULE_PATTERN, "EinopsError",
    WHILE ("repeat",
           "a b -> a",
           "torch.Size([6, 4])",
           "{}",
           "Unexpected identifiers on the left side of repeat: {'b'}") },
  { "reduce-invents", "reduce(B, 'a b -> a c', 'sum')", SCOPE_RULE_PATTERN, "EinopsError",
    WHILE ("sum",
           "a b -> a c",
           "torch.Size([6, 4])",
           "{}",
           "Unexpected identifiers on the right side of reduce sum: {'c'}") },
  { "reduce-unknown", "reduce(B, 'a b -> a', 'median')", SCOPE_RULE_ARGUMENT, "EinopsError",
    WHILE ("median",
           "a b -> a",
           "torch.Size([6, 4])",
           "{}",
           "Unknown reduction median. Expect one of ('min', 'max', 'sum', 'mean', 'prod', 'any', "
           "'all').") },
  { "reduce-mean-of-integers", "reduce(I, 'a b -> a', 'mean')", SCOPE_RULE_ARGUMENT,
    "NotImplementedError", "reduce_mean is not available for non-floating tensors" },
  { "reduce-max-of-nothing", "reduce(Z, 'a b -> a', 'max')", SCOPE_RULE_SIZE, "IndexError",
    "amax(): Expected reduction dim 1 to have non-zero size." },
  { "empty-list", "rearrange([], 'a -> a')", SCOPE_RULE_ARGUMENT, "TypeError",
    "Rearrange/Reduce/Repeat can't be applied to an empty list" },
};

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeProgram *program = check (refused[i].expression, SCOPE_PYTORCH);
  g_assert_cmpint (program->first_failure, >=, 0);
  const ScopeFailure *failure = program->node[program->first_failure]->failure;
  g_assert_cmpstr (scope_text_string (&failure->message), ==, refused[i].message);
  g_assert_cmpstr (failure->exception, ==, refused[i].exception);
  g_assert_cmpint (failure->rule, ==, refused[i].rule);
  g_assert_cmpuint (failure->sentence.length, >, 0);
  scope_program_unref (program);
}

/* NumPy prints shapes otherwise, and its sums of small types are wide. */
static void
test_numpy (void)
{
  ScopeProgram *program = check ("rearrange(B, 'a -> a')", SCOPE_NUMPY);
  const ScopeFailure *failure = program->node[program->first_failure]->failure;
  g_assert_cmpstr (scope_text_string (&failure->message), ==,
                   WHILE ("rearrange", "a -> a", "(6, 4)", "{}",
                          "Wrong shape: expected 1 dims. Received 2-dim tensor."));
  scope_program_unref (program);

  program = check ("reduce(M, 'a -> ', 'sum')", SCOPE_NUMPY);
  g_assert_cmpint (program->node[program->result]->dtype, ==, SCOPE_UINT64);
  scope_program_unref (program);
}

/* Patterns made from good ones by changing characters: a verdict, never a crash. */
static void
test_mutations (void)
{
  static const char characters[] = "abchw12._() ->,0\xC3\xA9";
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  for (int round = 0; round < 4000; round++)
    {
      gsize from = (gsize)g_rand_int_range (rand, 0, G_N_ELEMENTS (same));
      g_autoptr (GString) text = g_string_new (same[from].einops);
      const char *quote = strchr (text->str, '\'');
      gsize begin = (gsize)(quote - text->str) + 1,
            end = (gsize)(strchr (quote + 1, '\'') - text->str);
      for (int changes = g_rand_int_range (rand, 1, 5); changes > 0 && end > begin; changes--)
        text->str[g_rand_int_range (rand, (int)begin, (int)end)] =
            characters[g_rand_int_range (rand, 0, sizeof characters - 1)];
      if (!g_utf8_validate (text->str, -1, NULL))
        continue;
      ScopeProgram *program = check (text->str, SCOPE_PYTORCH);
      if (program->first_failure >= 0)
        {
          const ScopeFailure *failure = program->node[program->first_failure]->failure;
          g_assert_cmpuint (failure->sentence.length, >, 0);
          g_assert_true (g_utf8_validate (scope_text_string (&failure->message), -1, NULL));
        }
      scope_program_unref (program);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/einops/same/%s", same[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_same);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/einops/refused/%s", refused[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/ops/einops/numpy", test_numpy);
  g_test_add_func ("/ops/einops/mutations", test_mutations);
  return g_test_run ();
}
