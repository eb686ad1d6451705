/* Remedies: what is offered for a failure, in which order, and what is said of it. */
#include "scene-maker.h"

typedef struct
{
  const char *kind, *expression, *result, *sentence, *caution;
} Expected;

static const struct
{
  const char *name, *source, *a, *b;
  ScopeDialect dialect;
  ScopeRemedyOptions options;
  Expected remedies[4];
} cases[] = {
  { "the-example",
    "A[...] = B",
    "1,1,256,256",
    "1,1,1280,256",
    SCOPE_PYTORCH,
    SCOPE_REMEDY_DEFAULTS,
    { { "slice", "A[...] = B[:, :, :256, :]", "[1, 1, 256, 256]",
        "keeps the first 256 of 1280 rows (20 %)", "" },
      { "interpolate", "A[...] = F.interpolate(B, size=(256, 256), mode=\"bilinear\")",
        "[1, 1, 256, 256]", "picks 20 % of the values and mixes none", "" },
      { "concat", "torch.cat((A, B), dim=2)", "[1, 1, 1536, 256]",
        "keeps every value of both; axis 2 grows to 1536",
        "Assigning this to A still fails: axis 2 is 1536 here and 256 in A. A section of that size "
        "fits: A[...] = torch.cat((A, B), dim=2)[:, :, -256:, :]" } } },
  { "bicubic-aligned",
    "A[...] = B",
    "1,1,256,256",
    "1,1,1280,256",
    SCOPE_PYTORCH,
    { .mode = SCOPE_RESIZE_CUBIC, .align_corners = true },
    { { "slice", NULL, NULL, NULL, NULL },
      { "interpolate",
        "A[...] = F.interpolate(B, size=(256, 256), mode=\"bicubic\", align_corners=True)",
        "[1, 1, 256, 256]", NULL, "" },
      { "concat", NULL, NULL, NULL, NULL } } },
  { "up",
    "A[...] = B",
    "1,1,1280,256",
    "1,1,256,256",
    SCOPE_PYTORCH,
    SCOPE_REMEDY_DEFAULTS,
    { { "slice", "A[:, :, :256, :] = B", "[1, 1, 1280, 256]",
        "keeps the first 256 of 1280 rows (20 %)", "" },
      { "interpolate", "A[...] = F.interpolate(B, size=(1280, 256), mode=\"bilinear\")",
        "[1, 1, 1280, 256]", NULL, "" },
      { "concat", NULL, "[1, 1, 1536, 256]", NULL, NULL } } },
  { "sum-of-vectors",
    "A + B",
    "3",
    "5",
    SCOPE_NUMPY,
    SCOPE_REMEDY_DEFAULTS,
    { { "slice", "A + B[:3]", "[3]", "keeps the first 3 of 5 columns (60 %)", "" },
      { "interpolate", "A + F.interpolate(B[None, None], size=3, mode=\"linear\")[0, 0]", "[3]",
        NULL, "" },
      { "concat", "np.concatenate((A, B), axis=0)", "[8]", NULL, "" } } },
  { "both-axes-cut",
    "A + B",
    "2,9",
    "4,3",
    SCOPE_PYTORCH,
    SCOPE_REMEDY_DEFAULTS,
    { { "interpolate", "A + F.interpolate(B[None, None], size=(2, 9), mode=\"bilinear\")[0, 0]",
        "[2, 9]", NULL, "" },
      { "slice", "A[:, :3] + B[:2, :]", "[2, 3]",
        "keeps the first 3 of 9 columns, 2 of 4 rows (16.7 %)", "" } } },
  { "inside-a-larger-statement",
    "C = (A * 2 + B) - 1",
    "4,3",
    "6,3",
    SCOPE_PYTORCH,
    SCOPE_REMEDY_DEFAULTS,
    { { "slice", "C = (A * 2 + B[:4, :]) - 1", "[4, 3]", NULL, "" },
      { "interpolate", NULL, "[4, 3]", NULL, "" },
      { "concat", "C = (torch.cat((A * 2, B), dim=0)) - 1", "[10, 3]", NULL, "" } } },
  { "fits", "A + B", "3", "3", SCOPE_PYTORCH, SCOPE_REMEDY_DEFAULTS, { { NULL } } },
};

static void
check_text (const char *expected, const ScopeText *got)
{
  if (expected != NULL)
    g_assert_cmpstr (scope_text_string (got), ==, expected);
}

static void
test_case (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeReport *report =
      make_report (cases[i].source, cases[i].a, cases[i].b, cases[i].dialect, &cases[i].options);
  int at = 0;
  for (int k = 0; k < 4 && cases[i].remedies[k].kind != NULL; k++)
    {
      const Expected *expected = &cases[i].remedies[k];
      /* In this order; other remedies may stand between. */
      while (at < report->remedies.count
             && strcmp (scope_remedy_kind_name (report->remedies.remedy[at].kind), expected->kind)
                    != 0)
        at++;
      g_assert_cmpint (at, <, report->remedies.count);
      const ScopeRemedy *remedy = &report->remedies.remedy[at];
      ScopeText shape = { 0 };
      scope_shape_print (&remedy->result, SCOPE_SHAPE_LIST, &shape);
      check_text (expected->expression, &remedy->expression);
      check_text (expected->result, &shape);
      check_text (expected->sentence, &remedy->sentence);
      check_text (expected->caution, &remedy->caution);
      g_assert_cmpfloat (remedy->keeps, >, 0);
      g_assert_cmpfloat (remedy->keeps, <=, 1);
      g_assert_cmpfloat (remedy->invents, >=, 0);
      g_assert_cmpfloat (remedy->invents, <=, 1);
      for (int dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
        g_assert_cmpuint (remedy->code[dialect].length, >, 0);
      scope_text_clear (&shape);

      /* What is offered fits. */
      ScopeReport *again = make_report (scope_text_string (&remedy->expression), cases[i].a,
                                        cases[i].b, cases[i].dialect, NULL);
      g_assert_null (again->failure);
      scope_report_free (again);
    }
  g_assert_true ((report->remedies.count == 0) == (cases[i].remedies[0].kind == NULL));
  scope_report_free (report);
}

/* What people run into, and what they are told first. */
static const struct
{
  const char *name, *source, *a, *b, *kind, *expression;
  ScopeDialect dialect;
} classics[] = {
  /* sizes off by a few */
  { "u-net-skip", "torch.cat((A, B), dim=1)", "32,64,61,61", "32,64,60,60", "crop",
    "torch.cat((A[:, :, :60, :60], B), dim=1)" },
  { "mask-one-token-short", "A * B", "8,512", "8,511", "crop", "A[:, :511] * B" },
  { "mask-of-tokens-without-features", "A * B", "8,512,768", "8,511", "chain",
    "A[:, :511, :] * B[:, :, None]" },
  { "boolean-mask-length", "A[B]", "5,3", "bool[4]", "pad", "A[F.pad(B, (0, 1))]" },
  /* axes missing, too many, in another order */
  { "column-against-vector", "A[...] = B", "128", "128,1", "squeeze", "A[...] = B.squeeze(1)" },
  { "vector-against-column", "A[...] = B", "128,1", "128", "unsqueeze", "A[...] = B[:, None]" },
  { "per-row-weights", "A * B", "64,10", "64", "unsqueeze", "A * B[:, None]" },
  { "channels-last", "A + B", "3,256,256", "256,256,3", "permute", "A + B.permute(2, 0, 1)" },
  { "channels-last-numpy", "A + B", "3,256,256", "256,256,3", "permute", "A + B.transpose(2, 0, 1)",
    SCOPE_NUMPY },
  { "channels-last-with-alpha", "A + B", "256,256,4", "3,256,256", "chain",
    "A[:, :, :3] + B.permute(1, 2, 0)" },
  { "transposed-matrix", "A + B", "2,3", "3,2", "transpose", "A + B.T" },
  { "alpha-channel", "A + B", "8,4,32,32", "8,3,32,32", "channel", "A[:, :3, :, :] + B" },
  { "tall-image", "A[...] = B", "1,1,256,256", "1,1,1280,256", "slice",
    "A[...] = B[:, :, :256, :]" },
  { "minus-the-mean", "A - A.mean(1)", "4,3", NULL, "keepdim", "A - A.mean(1, keepdim=True)" },
  { "minus-the-mean-numpy", "A - A.mean(axis=1)", "4,3", NULL, "keepdim",
    "A - A.mean(axis=1, keepdims=True)", SCOPE_NUMPY },
  { "minus-the-mean-said-before", "m = A.mean(1)\nA - m", "4,3", NULL, "keepdim",
    "m = A.mean(1, keepdim=True)\nA - m" },
  { "grows-in-place", "A += B", "3", "2,3", "expand", "A = A + B" },
  { "assigned-the-wrong-way", "A[...] = B", "1,256", "4,256", "swap", "B[...] = A" },
  /* products */
  { "head-of-another-backbone", "A @ B", "64,512", "2048,10", "slice", "A @ B[:512, :]" },
  { "layer-of-another-backbone", "nn.Linear(2048, 10)(A)", "64,512", NULL, "channel",
    "nn.Linear(512, 10)(A)" },
  { "attention-without-transpose", "A @ B", "2,8,16,64", "2,8,16,64", "transpose",
    "A @ B.transpose(-2, -1)" },
  { "factors-exchanged", "A @ B", "2,3", "4,2", "swap", "B @ A" },
  { "weight-stored-transposed", "A @ B", "8,784", "10,784", "transpose", "A @ B.T" },
  { "flatten-before-linear", "F.linear(A, B)", "8,64,4,4", "10,1024", "flatten",
    "F.linear(A.flatten(1), B)" },
  { "flatten-before-layer", "nn.Linear(1024, 10)(A)", "8,64,4,4", NULL, "flatten",
    "nn.Linear(1024, 10)(A.flatten(1))" },
  { "flatten-before-matmul", "A @ B", "8,64,4,4", "1024,10", "flatten", "A.flatten(1) @ B" },
  { "channels-first-into-linear", "F.linear(A, B)", "8,64,4,4", "10,64", "permute",
    "F.linear(A.permute(0, 2, 3, 1), B)" },
  { "bmm-of-a-matrix", "torch.bmm(A, B)", "4,2,3", "3,5", "swap", "torch.matmul(A, B)" },
  { "mm-of-a-batch", "torch.mm(A, B)", "4,2,3", "3,5", "swap", "torch.matmul(A, B)" },
  { "einsum-letters", "torch.einsum('ij,jk->ik', A, B)", "2,3", "4,3", "transpose",
    "torch.einsum('ij,kj->ik', A, B)" },
  { "einsum-batch", "torch.einsum('ij,jk->ik', A, B)", "5,2,3", "3,4", "unsqueeze",
    "torch.einsum('aij,jk->aik', A, B)" },
  /* layers */
  { "conv-without-batch-and-channel", "F.conv2d(A, B)", "28,28", "16,1,3,3", "unsqueeze",
    "F.conv2d(A[None, None], B)" },
  { "conv-without-channel", "F.conv2d(A, B)", "8,28,28", "16,1,3,3", "unsqueeze",
    "F.conv2d(A[:, None], B)" },
  { "conv-channels-last", "F.conv2d(A, B)", "8,32,32,3", "16,3,3,3", "permute",
    "F.conv2d(A.permute(0, 3, 1, 2), B)" },
  { "conv-grey-image", "F.conv2d(A, B)", "8,1,28,28", "16,3,3,3", "channel",
    "F.conv2d(A.repeat(1, 3, 1, 1), B)" },
  { "conv-alpha", "F.conv2d(A, B)", "8,4,32,32", "16,3,3,3", "channel",
    "F.conv2d(A[:, :3, :, :], B)" },
  { "conv-kernel-too-large", "F.conv2d(A, B)", "1,3,2,2", "8,3,5,5", "pad",
    "F.conv2d(A, B, padding=(2, 2))" },
  { "layer-of-another-width", "nn.BatchNorm2d(64)(A)", "8,32,16,16", NULL, "channel",
    "nn.BatchNorm2d(32)(A)" },
  { "sequence-last", "nn.LayerNorm(512)(A)", "8,512,10", NULL, "transpose",
    "nn.LayerNorm(512)(A.transpose(-2, -1))" },
  { "interpolate-without-batch", "F.interpolate(A, size=(8, 8))", "3,4,4", NULL, "unsqueeze",
    "F.interpolate(A[None], size=(8, 8))" },
  /* losses */
  { "labels-as-a-column", "F.cross_entropy(A, B)", "32,10", "int64[32,1]", "squeeze",
    "F.cross_entropy(A, B.squeeze(1))" },
  { "segmentation-labels-with-a-channel", "F.cross_entropy(A, B)", "8,5,32,32", "int64[8,1,32,32]",
    "squeeze", "F.cross_entropy(A, B.squeeze(1))" },
  { "one-hot-labels", "F.nll_loss(A, B)", "32,10", "int64[32,10]", "fold",
    "F.nll_loss(A, B.argmax(1))" },
  { "fewer-labels", "F.cross_entropy(A, B)", "32,10", "int64[16]", "slice",
    "F.cross_entropy(A[:16, :], B)" },
  /* joining */
  { "cat-of-another-rank", "torch.cat((A, B), dim=1)", "2,3", "2", "unsqueeze",
    "torch.cat((A, B[:, None]), dim=1)" },
  { "cat-along-a-new-axis", "torch.cat((A, B), dim=2)", "2,3", "2,3", "stack",
    "torch.stack((A, B), dim=2)" },
  { "cat-along-the-other-axis", "torch.cat((A, B), dim=0)", "20,3", "20,40", "axis",
    "torch.cat((A, B), dim=1)" },
  { "stack-of-unequal-lengths", "torch.stack((A, B))", "64", "40", "concat",
    "torch.cat((A, B), dim=0)" },
  /* shapes asked for */
  { "view-of-another-count", "A.view(32, 100)", "32,16,5,5", NULL, "reshape", "A.view(32, -1)" },
  { "view-with-another-batch", "A.view(64, 400)", "32,16,5,5", NULL, "reshape", "A.view(-1, 400)" },
  { "view-of-a-transpose", "A.transpose(0, 1).view(12)", "3,4", NULL, "reshape",
    "A.transpose(0, 1).reshape(12)" },
  { "permute-without-batch", "A.permute(0, 3, 1, 2)", "32,32,3", NULL, "permute",
    "A.permute(2, 0, 1)" },
  { "permute-with-batch", "A.permute(2, 0, 1)", "8,32,32,3", NULL, "permute",
    "A.permute(0, 3, 1, 2)" },
  { "expand-from-the-front", "A.expand(3, 4)", "3", NULL, "unsqueeze", "A[:, None].expand(3, 4)" },
  { "split-that-does-not-add-up", "A.split([1, 2])", "5", NULL, "slice", "A.split((1, 4))" },
  { "pad-of-an-odd-count", "F.pad(A, (1, 1, 1))", "1,1,4,4", NULL, "pad",
    "F.pad(A, (1, 1, 1, 1))" },
  { "axis-that-is-not-there", "A.sum(2)", "2,3", NULL, "axis", "A.sum(1)" },
  { "too-many-indices", "A[0, 0, 0]", "2,3", NULL, "slice", "A[0, 0]" },
  { "index-beyond-the-end", "A[5]", "2,3", NULL, "slice", "A[-1]" },
  { "backwards", "A[::-1]", "5", NULL, "permute", "A.flip(0)[:]" },
  { "gather-with-a-vector", "torch.gather(A, 1, B)", "3,4", "int64[3]", "unsqueeze",
    "torch.gather(A, 1, B[:, None])" },
  { "einops-without-batch", "rearrange(A, 'b c h w -> b (c h w)')", "3,4,4", NULL, "unsqueeze",
    "rearrange(A[None], 'b c h w -> b (c h w)')" },
};

static void
test_classic (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeReport *report =
      make_report (classics[i].source, classics[i].a, classics[i].b, classics[i].dialect, NULL);
  g_assert_nonnull (report->failure);
  g_assert_cmpint (report->remedies.count, >, 0);
  const ScopeRemedy *first = &report->remedies.remedy[0];
  g_assert_cmpstr (scope_text_string (&first->expression), ==, classics[i].expression);
  g_assert_cmpstr (scope_remedy_kind_name (first->kind), ==, classics[i].kind);
  scope_report_free (report);
}

/* How much of the source an interpolation uses and makes up follows from its weights. */
static const struct
{
  const char *name, *a, *b;
  ScopeResizeMode mode;
  bool align_corners;
  double keeps, invents;
} shares[] = {
  { "odd-ratio-picks", "1,1,256,256", "1,1,1280,256", SCOPE_RESIZE_LINEAR, false, 0.2, 0 },
  { "even-ratio-mixes-two", "1,1,64,4", "1,1,256,4", SCOPE_RESIZE_LINEAR, false, 0.5, 1 },
  { "nearest-picks", "1,1,64,4", "1,1,256,4", SCOPE_RESIZE_NEAREST, false, 0.25, 0 },
  { "up-uses-all", "1,1,8,4", "1,1,4,4", SCOPE_RESIZE_LINEAR, false, 1, 0.75 },
  { "aligned-corners-keep-two", "1,1,4,4", "1,1,3,4", SCOPE_RESIZE_LINEAR, true, 1, 0.5 },
};

static void
test_share (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeRemedyOptions options = { .mode = shares[i].mode, .align_corners = shares[i].align_corners };
  ScopeReport *report =
      make_report ("A[...] = B", shares[i].a, shares[i].b, SCOPE_PYTORCH, &options);
  bool found = false;
  for (int k = 0; k < report->remedies.count; k++)
    if (report->remedies.remedy[k].kind == SCOPE_REMEDY_INTERPOLATE)
      {
        found = true;
        g_assert_cmpfloat_with_epsilon (report->remedies.remedy[k].keeps, shares[i].keeps, 1e-9);
        g_assert_cmpfloat_with_epsilon (report->remedies.remedy[k].invents, shares[i].invents,
                                        1e-9);
      }
  g_assert_true (found);
  scope_report_free (report);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/remedy/", cases[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (classics); i++)
    {
      g_autofree char *path = g_strconcat ("/remedy/classic/", classics[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_classic);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autofree char *path = g_strconcat ("/remedy/share/", shares[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_share);
    }
  return g_test_run ();
}
