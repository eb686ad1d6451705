/* Hazards: lines that must be spoken of, each with its kind, and lines that must be left alone. */
#include "scene-maker.h"

#define PYTORCH    SCOPE_PYTORCH
#define NUMPY      SCOPE_NUMPY
#define TENSORFLOW SCOPE_TENSORFLOW
#define JAX        SCOPE_JAX

typedef struct
{
  const char *kind; /* of the first hazard; NULL: there is none */
  const char *expression, *a, *b;
  ScopeDialect dialect;
  const char *fix; /* that is offered; NULL: not looked at; "": none */
} Line;

static const Line lines[] = {
  /* Every value with every other. */
  { "outer-product", "A - B", "8", "8,1", PYTORCH, "A[:, None] - B" },
  { "outer-product", "A - B", "8,1", "8", PYTORCH, "A - B[:, None]" },
  { "outer-product", "A * B", "128", "128,1", NUMPY, "A[:, None] * B" },
  { "outer-product", "A == B", "32,1", "32", PYTORCH, "A == B[:, None]" },
  { "outer-product", "tf.subtract(A, B)", "16", "16,1", TENSORFLOW, "tf.subtract(A[:, None], B)" },
  { "outer-product", "jnp.maximum(A, B)", "5", "5,1", JAX, "jnp.maximum(A[:, None], B)" },
  { "outer-product", "C = A + B\nC.sum()", "7", "7,1", PYTORCH, "C = A[:, None] + B\nC.sum()" },
  { "outer-product", "A.float() - B", "int64[9]", "9,1", PYTORCH, "A.float()[:, None] - B" },
  { "outer-product", "A + B", "4,4", "4,4,1", PYTORCH, "A[..., None] + B" },
  { "outer-product", "torch.where(A > B, 1, 0)", "6", "6,1", PYTORCH, NULL },
  { NULL, "A - B", "8", "8", PYTORCH, NULL },
  { NULL, "A - B", "8,1", "8,1", PYTORCH, NULL },
  { NULL, "A - B", "8,1", "1,8", PYTORCH, NULL },
  { NULL, "A[:, None] - A", "8", NULL, PYTORCH, NULL },
  { NULL, "A[:, None] - A[None, :]", "8", NULL, NUMPY, NULL },
  { NULL, "A.unsqueeze(1) - A", "8", NULL, PYTORCH, NULL },
  { NULL, "A - B", "8,4", "4", PYTORCH, NULL },
  { NULL, "A - B", "8,4", "8,1", PYTORCH, NULL },
  { NULL, "A * B", "1", "1,1", PYTORCH, NULL },
  { NULL, "A + 1", "8", NULL, PYTORCH, NULL },
  { NULL, "A - A.mean(dim=0)", "8,4", NULL, PYTORCH, NULL },
  { NULL, "A - A.mean(dim=1, keepdim=True)", "8,4", NULL, PYTORCH, NULL },
  { NULL, "np.outer(A, B)", "8", "8", NUMPY, NULL },
  { NULL, "A * B", "3,4", "2,3,4", PYTORCH, NULL },
  { NULL, "A + B", "?", "?,1", PYTORCH, NULL },

  /* Losses of two shapes. */
  { "loss-shapes", "((A - B)**2).mean()", "8", "8,1", PYTORCH, "((A[:, None] - B)**2).mean()" },
  { "loss-shapes", "((A - B)**2).mean()", "8,1", "8", NUMPY, "((A - B[:, None])**2).mean()" },
  { "loss-shapes", "torch.mean((A - B)**2)", "32,1", "32", PYTORCH, NULL },
  { "loss-shapes", "np.mean(np.square(A - B))", "32", "32,1", NUMPY, NULL },
  { "loss-shapes", "(A - B).abs().mean()", "16,1", "16", PYTORCH, NULL },
  { "loss-shapes", "(A - B).pow(2).sum()", "16,1", "16", PYTORCH, NULL },
  { "loss-shapes", "tf.reduce_mean(tf.square(A - B))", "16,1", "16", TENSORFLOW, NULL },
  { "loss-shapes", "jnp.mean((A - B) ** 2)", "16,1", "16", JAX, NULL },
  { "loss-shapes", "((A - B)**2).mean()", "8,10", "10", PYTORCH, "" },
  { "loss-shapes", "d = A - B\n(d * d).mean()", "8", "8,1", PYTORCH, NULL },
  { "loss-shapes", "F.mse_loss(A, B)", "8", "8,1", PYTORCH, "F.mse_loss(A[:, None], B)" },
  { "loss-shapes", "F.l1_loss(A, B)", "8,1", "8", PYTORCH, "F.l1_loss(A, B[:, None])" },
  { "loss-shapes", "nn.MSELoss()(A, B)", "8,1", "8", PYTORCH, "nn.MSELoss()(A, B[:, None])" },
  { NULL, "F.mse_loss(A, B)", "8,1", "8,1", PYTORCH, NULL },
  { NULL, "F.cross_entropy(A, B)", "8,10", "int64[8]", PYTORCH, NULL },
  { NULL, "((A - B)**2).mean()", "8,1", "8,1", PYTORCH, NULL },
  { NULL, "((A - A.mean(dim=0))**2).mean()", "8,4", NULL, PYTORCH, NULL },
  { NULL, "((A - 1)**2).mean()", "8", NULL, PYTORCH, NULL },
  { NULL, "((A - B)**2).mean()", "8,4", "()", PYTORCH, NULL },
  { NULL, "(A - B).mean()", "8,4", "4", PYTORCH, NULL },
  { NULL, "((A - B)**2).sum(dim=1).sqrt()", "8,4", "8,4", PYTORCH, NULL },
  { NULL, "((A[:, None] - A[None])**2).sum(dim=-1)", "8,4", NULL, PYTORCH, NULL },

  /* Memory. */
  { "memory", "A + B", "100000,1", "1,100000", PYTORCH, "" },
  { "memory", "A + B", "100000,100000", "100000,100000", PYTORCH, "" },
  { "memory", "A.repeat(1000, 1000)", "1000,1000", NULL, PYTORCH, NULL },
  { "memory", "A @ B", "100000,10", "10,100000", PYTORCH, NULL },
  { "broadcast-memory", "A * B", "4096,1", "1,4096", PYTORCH, "" },
  { "broadcast-memory", "A[:, None] - A[None]", "1000,64", NULL, PYTORCH, "" },
  { "broadcast-memory", "A + B", "64,1,512,512", "1,16,1,1", PYTORCH, NULL },
  { NULL, "A.expand(100000, 100000)", "100000", NULL, PYTORCH, NULL },
  { NULL, "torch.broadcast_to(A, (100000, 100000))", "100000", NULL, PYTORCH, NULL },
  { NULL, "A.T", "100000,200000", NULL, PYTORCH, NULL },
  { NULL, "A[0]", "1000,1000,1000,1000", NULL, PYTORCH, NULL },
  { NULL, "A + B", "100,1", "1,100", PYTORCH, NULL },
  { NULL, "A + B", "64,64,64,64", "64", PYTORCH, NULL },
  { NULL, "A * B", "4096,4096", "4096,1", PYTORCH, NULL },
  { NULL, "A.sum()", "100000,100000", NULL, PYTORCH, NULL },

  /* Reshape where permute was meant. */
  { "reshape-scramble", "A.reshape(3, 2)", "2,3", NULL, PYTORCH, "A.permute(1, 0)" },
  { "reshape-scramble", "A.reshape(256, 256, 3)", "3,256,256", NULL, PYTORCH,
    "A.permute(1, 2, 0)" },
  { "reshape-scramble", "A.reshape((256, 256, 3))", "3,256,256", NULL, NUMPY,
    "A.transpose(1, 2, 0)" },
  { "reshape-scramble", "A.view(8, 32, 32, 3)", "8,3,32,32", NULL, PYTORCH,
    "A.permute(0, 2, 3, 1)" },
  { "reshape-scramble", "A.reshape(8, 1024, 3)", "8,3,32,32", NULL, PYTORCH, NULL },
  { "reshape-scramble", "A.reshape(2, 8, 10, 64)", "2,10,512", NULL, PYTORCH, NULL },
  { "reshape-scramble", "tf.reshape(A, (4, 7))", "7,4", NULL, TENSORFLOW,
    "tf.transpose(A, [1, 0])" },
  { "reshape-scramble", "A.reshape(-1, 3)", "3,100", NULL, JAX, NULL },
  { "reshape-scramble", "A.reshape(B.shape)", "6,5", "5,6", PYTORCH, "A.permute(1, 0)" },
  { "reshape-scramble", "A.reshape(1, 5, 1, 6)", "6,5", NULL, PYTORCH, NULL },
  { "reshape-scramble", "A.reshape(5, 1, 6)", "6,1,5", NULL, PYTORCH, "A.permute(2, 1, 0)" },
  { NULL, "A.reshape(6)", "2,3", NULL, PYTORCH, NULL },
  { NULL, "A.reshape(2, 3)", "6", NULL, PYTORCH, NULL },
  { NULL, "A.reshape(8, 3, 1024)", "8,3,32,32", NULL, PYTORCH, NULL },
  { NULL, "A.reshape(24, 32, 32)", "8,3,32,32", NULL, PYTORCH, NULL },
  { NULL, "A.reshape(2, 10, 8, 64)", "2,10,512", NULL, PYTORCH, NULL },
  { NULL, "A.reshape(4, 4)", "4,4", NULL, PYTORCH, NULL },
  { NULL, "A.reshape(1, 2, 3)", "2,1,3", NULL, PYTORCH, NULL },
  { NULL, "A.permute(1, 0)", "2,3", NULL, PYTORCH, NULL },
  { NULL, "A.reshape(-1)", "3,256,256", NULL, PYTORCH, NULL },
  { NULL, "A.flatten(1)", "8,3,32,32", NULL, PYTORCH, NULL },
  { NULL, "A.reshape(5, 7, order='F')", "7,5", NULL, NUMPY, NULL },

  /* Square matrices. */
  { "square-matrices", "A @ B", "64,64", "64,64", PYTORCH, "A @ B.T" },
  { "square-matrices", "np.matmul(A, B)", "3,3", "3,3", NUMPY, "np.matmul(A, B.T)" },
  { "square-matrices", "torch.bmm(A, B)", "8,16,16", "8,16,16", PYTORCH, NULL },
  { "square-matrices", "A @ B", "8,16,16", "8,16,16", PYTORCH, "A @ B.permute(0, 2, 1)" },
  { NULL, "A @ B", "64,32", "32,64", PYTORCH, NULL },
  { NULL, "A @ B.T", "64,64", "64,64", PYTORCH, NULL },
  { NULL, "A @ B.transpose(-2, -1)", "8,16,16", "8,16,16", PYTORCH, NULL },
  { NULL, "A @ B", "10,64", "64,64", PYTORCH, NULL },
  { NULL, "A @ B", "64,64", "64", PYTORCH, NULL },
  { NULL, "A * B", "64,64", "64,64", PYTORCH, NULL },

  /* Integers. */
  { "integer-overflow", "A + B", "uint8[4]", "uint8[4]", PYTORCH, "A.int() + B" },
  { "integer-overflow", "A - B", "uint8[4]", "uint8[4]", NUMPY, "A.astype(np.int32) - B" },
  { "integer-overflow", "A * 2", "uint8[4]", NULL, PYTORCH, "A.int() * 2" },
  { "integer-overflow", "A * B", "int8[4]", "int8[4]", JAX, "A.astype(jnp.int32) * B" },
  { "integer-overflow", "A + B", "uint8[4]", "uint8[4]", TENSORFLOW,
    "tf.cast(A, tf.int32) + tf.cast(B, tf.int32)" },
  { "integer-overflow", "A + 10", "uint8[4]", NULL, NUMPY, NULL },
  { "integer-overflow", "A ** 2", "int8[4]", NULL, PYTORCH, NULL },
  { "integer-overflow", "A += B", "uint8[4]", "uint8[4]", PYTORCH, "" },
  { "integer-overflow", "A + B", "int16[4]", "int16[4]", NUMPY, NULL },
  { "integer-overflow", "A @ B", "int8[2,3]", "int8[3,2]", PYTORCH, "A.int() @ B.int()" },
  { "integer-overflow", "tf.reduce_sum(A)", "int8[4]", NULL, TENSORFLOW, NULL },
  { "integer-overflow", "A.sum(dtype=np.uint8)", "uint8[4]", NULL, NUMPY, "A.sum(dtype=np.int64)" },
  { "integer-overflow", "-A", "uint8[4]", NULL, PYTORCH, NULL },
  { "integer-division", "A // B", "int64[4]", "int64[4]", PYTORCH, "A / B" },
  { "integer-division", "A // 2", "int32[4]", NULL, NUMPY, "A / 2" },
  { "integer-division", "np.floor_divide(A, B)", "int32[4]", "int32[4]", NUMPY, "" },
  { "type-narrowing", "A[...] = B", "int64[4]", "float32[4]", PYTORCH, NULL },
  { "type-narrowing", "A[0] = B", "uint8[4]", "int64[]", NUMPY, NULL },
  { "type-narrowing", "A[0] = 0.5", "int64[4]", NULL, PYTORCH, NULL },
  { "type-narrowing", "A[0] = 300", "uint8[4]", NULL, NUMPY, NULL },
  { NULL, "A + B", "uint8[4]", "float32[4]", PYTORCH, NULL },
  { NULL, "A + B", "int64[4]", "int64[4]", PYTORCH, NULL },
  { NULL, "A.int() + B", "uint8[4]", "uint8[4]", PYTORCH, NULL },
  { NULL, "A / 255", "uint8[4]", NULL, PYTORCH, NULL },
  { NULL, "A.sum()", "uint8[4]", NULL, PYTORCH, NULL },
  { NULL, "A.sum()", "int8[4]", NULL, NUMPY, NULL },
  { NULL, "A & B", "uint8[4]", "uint8[4]", PYTORCH, NULL },
  { NULL, "A > B", "uint8[4]", "uint8[4]", PYTORCH, NULL },
  { NULL, "A * 1", "uint8[4]", NULL, PYTORCH, NULL },
  { NULL, "torch.maximum(A, B)", "uint8[4]", "uint8[4]", PYTORCH, NULL },
  { NULL, "A // B", "4", "4", PYTORCH, NULL },
  { NULL, "A / B", "int64[4]", "int64[4]", PYTORCH, NULL },
  { NULL, "A[...] = B", "4", "float64[4]", PYTORCH, NULL },
  { NULL, "A[...] = B", "4", "int64[4]", PYTORCH, NULL },
  { NULL, "A[0] = 3", "uint8[4]", NULL, PYTORCH, NULL },
  { NULL, "A[...] = B", "int64[4]", "int32[4]", NUMPY, NULL },
  { NULL, "A[0] = 1.0", "int64[4]", NULL, PYTORCH, NULL },

  /* Resampling. */
  { "aliasing", "F.interpolate(A, size=(64, 64), mode='bilinear')", "1,3,256,256", NULL, PYTORCH,
    "F.interpolate(A, size=(64, 64), mode='bilinear', antialias=True)" },
  { "aliasing", "F.interpolate(A, size=(64, 64))", "1,3,256,256", NULL, PYTORCH,
    "F.interpolate(A, size=(64, 64), mode='area')" },
  { "aliasing", "F.interpolate(A, size=64, mode='linear')", "1,3,256", NULL, PYTORCH,
    "F.interpolate(A, size=64, mode='area')" },
  { "aliasing", "F.interpolate(A, scale_factor=0.25, mode='bicubic')", "1,3,256,256", NULL, PYTORCH,
    "F.interpolate(A, scale_factor=0.25, mode='bicubic', antialias=True)" },
  { "aliasing", "tf.image.resize(A, (64, 64))", "1,256,256,3", NULL, TENSORFLOW,
    "tf.image.resize(A, (64, 64), antialias=True)" },
  { "aliasing", "cv2.resize(A, (64, 64))", "256,256", NULL, NUMPY,
    "cv2.resize(A, (64, 64), interpolation=cv2.INTER_AREA)" },
  { "align-corners",
    "C = F.interpolate(A, scale_factor=2, mode='bilinear', align_corners=True)\n"
    "F.interpolate(C, scale_factor=2, mode='bilinear', align_corners=False)",
    "1,3,16,16", NULL, PYTORCH,
    "C = F.interpolate(A, scale_factor=2, mode='bilinear', align_corners=True)\n"
    "F.interpolate(C, scale_factor=2, mode='bilinear', align_corners=True)" },
  { "align-corners",
    "F.interpolate(A, scale_factor=2, mode='bilinear') + "
    "F.interpolate(A, scale_factor=2, mode='bilinear', align_corners=True)",
    "1,3,16,16", NULL, PYTORCH, NULL },
  { "overshoot", "F.interpolate(A, scale_factor=2, mode='bicubic')", "random:1,3,16,16", NULL,
    PYTORCH, "F.interpolate(A, scale_factor=2, mode='bicubic').clamp(0, 1)" },
  { "overshoot", "F.interpolate(A.float() / 255, scale_factor=2, mode='bicubic')",
    "uint8[1,3,16,16]", NULL, PYTORCH, NULL },
  { "overshoot", "F.interpolate(torch.sigmoid(A), scale_factor=2, mode='bicubic')", "1,3,16,16",
    NULL, PYTORCH, NULL },
  { "overshoot", "tf.image.resize(A, (64, 64), method='bicubic')", "uint8[16,16,3]", NULL,
    TENSORFLOW, "tf.clip_by_value(tf.image.resize(A, (64, 64), method='bicubic'), 0, 255)" },
  { "overshoot", "jax.image.resize(A, (64, 64), 'lanczos3')", "checkerboard:16,16", NULL, JAX,
    NULL },
  { NULL, "F.interpolate(A, scale_factor=2, mode='bilinear')", "1,3,16,16", NULL, PYTORCH, NULL },
  { NULL, "F.interpolate(A, size=(64, 64), mode='area')", "1,3,256,256", NULL, PYTORCH, NULL },
  { NULL, "F.interpolate(A, size=(64, 64), mode='bilinear', antialias=True)", "1,3,256,256", NULL,
    PYTORCH, NULL },
  { NULL, "F.interpolate(A, size=(64, 64))", "uint8[1,1,256,256]", NULL, PYTORCH, NULL },
  { NULL, "F.interpolate(A, size=(16, 16), mode='bilinear')", "1,3,16,16", NULL, PYTORCH, NULL },
  { NULL, "F.interpolate(A, scale_factor=2, mode='bicubic')", "1,3,16,16", NULL, PYTORCH, NULL },
  { NULL, "F.interpolate(A, scale_factor=2, mode='bicubic').clamp(0, 1)", "random:1,3,16,16", NULL,
    PYTORCH, NULL },
  { NULL, "F.interpolate(A, scale_factor=2, mode='bilinear')", "random:1,3,16,16", NULL, PYTORCH,
    NULL },
  { NULL,
    "C = F.interpolate(A, scale_factor=2, mode='bilinear', align_corners=True)\n"
    "F.interpolate(C, scale_factor=2, mode='bilinear', align_corners=True)",
    "1,3,16,16", NULL, PYTORCH, NULL },
  { NULL,
    "C = F.interpolate(A, scale_factor=2)\n"
    "F.interpolate(C, scale_factor=2, mode='bilinear', align_corners=True)",
    "1,3,16,16", NULL, PYTORCH, NULL },
  { NULL, "jax.image.resize(A, (64, 64), 'bilinear')", "256,256", NULL, JAX, NULL },
  { NULL, "F.adaptive_avg_pool2d(A, 64)", "1,3,256,256", NULL, PYTORCH, NULL },

  /* What has nothing to it. */
  { NULL, "A", "8", NULL, PYTORCH, NULL },
  { NULL, "torch.cat((A, B), dim=0)", "8,4", "2,4", PYTORCH, NULL },
  { NULL, "A.softmax(dim=-1)", "8,10", NULL, PYTORCH, NULL },
  { NULL, "F.linear(A, B)", "8,64", "64,64", PYTORCH, NULL },
  { NULL, "F.conv2d(A, B)", "1,3,32,32", "8,3,3,3", PYTORCH, NULL },
  { NULL, "nn.Linear(64, 64)(A)", "8,64", NULL, PYTORCH, NULL },
  { NULL, "A[...] = B", "1,1,256,256", "1,1,1280,256", PYTORCH, NULL },
  { NULL, "A + B", "3", "4", PYTORCH, NULL },
};

static char *
list_kinds (const ScopeReport *report)
{
  GString *out = g_string_new (NULL);

  for (int i = 0; i < report->hazards; i++)
    g_string_append_printf (out, "%s%s (%s)", i > 0 ? ", " : "", report->hazard[i].kind,
                            scope_text_string (&report->hazard[i].sentence));
  return g_string_free (out, FALSE);
}

static void
test_line (gconstpointer data)
{
  const Line *line = &lines[GPOINTER_TO_SIZE (data)];
  ScopeReport *report = make_report (line->expression, line->a, line->b, line->dialect, NULL);
  g_autofree char *kinds = list_kinds (report);
  const ScopeHazard *hazard = report->hazard;

  if (line->kind == NULL)
    {
      if (report->hazards > 0)
        g_error ("%s: nothing to say, but: %s", line->expression, kinds);
    }
  else
    {
      if (report->hazards == 0 || strcmp (hazard->kind, line->kind) != 0)
        g_error ("%s: %s expected, got: %s", line->expression, line->kind, kinds);
      g_assert_cmpuint (hazard->sentence.length, >, 20);
      g_assert_cmpint (hazard->node, <, report->program->nodes);
      if (line->fix != NULL)
        g_assert_cmpstr (scope_text_string (&hazard->fix), ==, line->fix);
    }
  /* What is offered fits, and says less than before. */
  for (int i = 0; i < report->hazards; i++)
    if (hazard[i].fix.length > 0)
      {
        ScopeReport *fixed =
            make_report (scope_text_string (&hazard[i].fix), line->a, line->b, line->dialect, NULL);

        g_assert_null (fixed->failure);
        for (int k = 0; k < fixed->hazards; k++)
          g_assert_cmpstr (fixed->hazard[k].kind, !=, hazard[i].kind);
        g_assert_cmpuint (hazard[i].snippet.length, >, 0);
        scope_report_free (fixed);
      }
  scope_report_free (report);
}

/* The table keeps what it promises. */
static void
test_numbers (void)
{
  int spoken = 0, quiet = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i].kind != NULL)
      spoken++;
    else
      quiet++;
  g_assert_cmpint (spoken, >=, 60);
  g_assert_cmpint (quiet, >=, 60);
}

/* The most worrying first, and of many alike two. */
static void
test_order (void)
{
  GString *source = g_string_new ("C = A // B\n");
  ScopeReport *report;

  for (int i = 0; i < 30; i++)
    g_string_append (source, "C = A + B\n");
  report = make_report (source->str, "uint8[4]", "uint8[4]", SCOPE_PYTORCH, NULL);
  g_assert_cmpint (report->hazards, ==, 3);
  g_assert_cmpstr (report->hazard[0].kind, ==, "integer-overflow");
  g_assert_cmpstr (report->hazard[1].kind, ==, "integer-overflow");
  g_assert_cmpstr (report->hazard[2].kind, ==, "integer-division");
  scope_report_free (report);
  report = make_report ("C = A // B\nA + B", "uint8[4]", "uint8[4]", SCOPE_PYTORCH, NULL);
  g_assert_cmpint (report->hazards, ==, 2);
  g_assert_cmpstr (report->hazard[0].kind, ==, "integer-overflow");
  g_assert_cmpstr (report->hazard[1].kind, ==, "integer-division");
  scope_report_free (report);
  g_string_free (source, TRUE);
}

/* What the sentence and the picture of a scramble say is what NumPy does. */
static void
test_scramble (void)
{
  ScopeReport *report = make_report ("A.reshape(3, 2)", "2,3", NULL, SCOPE_NUMPY, NULL);
  ScopeText picture = { 0 };

  g_assert_nonnull (
      strstr (scope_text_string (&report->hazard[0].sentence), "at [0, 1] lands at [0, 1]"));
  g_assert_nonnull (strstr (scope_text_string (&report->hazard[0].sentence), "belongs at [1, 0]"));
  scope_hazard_print_order (&report->hazard[0], NULL, &picture);
  g_assert_cmpstr (scope_text_string (&picture), ==,
                   "before     reshape   permute\n"
                   " 0  1  2    0  1      0  3\n"
                   " 3  4  5    2  3      1  4\n"
                   "            4  5      2  5");
  scope_text_clear (&picture);
  scope_report_free (report);
  report = make_report ("A + B", "8", "8,1", SCOPE_NUMPY, NULL);
  scope_hazard_print_order (&report->hazard[0], NULL, &picture);
  g_assert_cmpuint (picture.length, ==, 0);
  scope_report_free (report);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/hazard/%s/%zu", lines[i].kind != NULL ? lines[i].kind : "quiet", i);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_line);
    }
  g_test_add_func ("/hazard/numbers", test_numbers);
  g_test_add_func ("/hazard/order", test_order);
  g_test_add_func ("/hazard/scramble", test_scramble);
  return g_test_run ();
}
