/* Where an element comes from: what the weights and sources give is what reading gives. */
#include "model/origins.h"

#include "model/footprint.h"

#include "core/generator.h"

#include <math.h>
#include <string.h>

static ScopeTensor *
make_tensor (const char *name, const char *text)
{
  ScopeTensorText parsed;
  ScopeStorage *storage;
  ScopeTensor *tensor;

  g_assert_true (scope_tensor_text_parse (text, strlen (text), &parsed, NULL));
  storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, NULL);
  tensor = scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, NULL);
  scope_storage_unref (storage);
  return tensor;
}

static ScopeProgram *
make_program (const char *a, const char *b, const char *source)
{
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeTensor *tensors[] = { make_tensor ("A", a), make_tensor ("B", b) };
  ScopeProgram *program = scope_program_new (source, strlen (source), tensors, 2, &options, NULL);

  scope_tensor_unref (tensors[0]);
  scope_tensor_unref (tensors[1]);
  g_assert_nonnull (program);
  g_assert_cmpint (program->result, >=, 0);
  g_assert_cmpint (program->node[program->result]->state, ==, SCOPE_NODE_FITS);
  return program;
}

static double
read_at (const ScopeProgram *program, int node, const gint64 *index)
{
  ScopeRegion region = { .rank = program->node[node]->shape.rank };
  ScopeReading reading = { 0 };
  ScopeBuffer buffer;
  char element[16];
  double value;

  for (int axis = 0; axis < region.rank; axis++)
    {
      region.start[axis] = index[axis];
      region.step[axis] = region.count[axis] = 1;
    }
  buffer = scope_buffer_dense (&region, element);
  g_assert_true (scope_program_read (program, node, &region, &buffer, &reading, NULL));
  scope_dtype_convert (program->node[node]->dtype, element, 1, SCOPE_FLOAT64, &value, 1, 1);
  return value;
}

/* Linear programs: the weighted sum of the sources is the value. */
static const struct
{
  const char *name, *a, *b, *source;
} linear[] = {
  { "slice", "random(1):float64[7, 9]", "[1]", "A[1:, ::2]" },
  { "concat", "random(1):float64[3, 4]", "random(2):float64[2, 4]", "torch.cat((A, B), 0)" },
  { "bilinear", "random(1):float64[1, 1, 5, 6]", "[1]",
    "F.interpolate(A, size=(9, 4), mode='bilinear')" },
  { "bicubic", "random(1):float64[1, 1, 5, 6]", "[1]",
    "F.interpolate(A, size=(9, 11), mode='bicubic')" },
  { "two-steps", "random(1):float64[1, 1, 8, 8]", "[1]",
    "t = F.interpolate(A, size=(5, 5), mode='bilinear')\nt[:, :, 1:, :].transpose(2, 3)" },
  { "pooled-then-cat", "random(1):float64[1, 1, 8, 8]", "random(2):float64[1, 1, 4, 2]",
    "t = F.avg_pool2d(A, 2)\ntorch.cat((t, B), dim=3)" },
  { "mean", "random(1):float64[6, 5]", "[1]", "A.mean(0)" },
};

static double
weighted_sum (const ScopeOrigins *origins)
{
  double sum = 0;

  for (guint i = 0; i < origins->leaf->len; i++)
    {
      const ScopeOrigin *origin = &g_array_index (origins->leaf, ScopeOrigin, i);

      sum += origin->weight * read_at (origins->program, origin->node, origin->index);
    }
  return sum;
}

static void
test_linear (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeProgram *program = make_program (linear[i].a, linear[i].b, linear[i].source);
  const ScopeShape *shape = &program->node[program->result]->shape;

  for (int round = 0; round < 40; round++)
    {
      gint64 index[SCOPE_MAX_RANK] = { 0 };
      ScopeOrigins *origins;

      for (int axis = 0; axis < shape->rank; axis++)
        index[axis] = g_test_rand_int_range (0, (int)shape->size[axis]);
      origins = scope_origins_new (program, program->result, index, NULL);
      g_assert_true (origins->complete);
      g_assert_cmpfloat_with_epsilon (weighted_sum (origins),
                                      read_at (program, program->result, index), 1e-9);
      scope_origins_free (origins);
    }
  scope_program_unref (program);
}

static const struct
{
  const char *name, *source;
  gint64 index[2];
  const char *summary;
} summaries[] = {
  { "copied", "A[1:]", { 0, 2 }, "A[1, 2]" },
  { "two", "(A + B) * 0.5", { 1, 1 }, NULL },
  { "times-a-number", "A * 2", { 1, 1 }, "A[1, 1] × 2" },
  { "and-a-number", "A + 2", { 1, 1 }, "A[1, 1] + 2" },
  { "from-a-number", "2 - A", { 1, 1 }, "2 + A[1, 1] × -1" },
  { "invented", "F.pad(A, (1, 1))", { 0, 0 }, "invented: it comes from no element" },
  { "means", "A.mean(0, keepdim=True)", { 0, 1 }, "A[0, 1] × 0.25 + A[1, 1] × 0.25 and 2 more" },
};

static void
test_summary (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeProgram *program =
      make_program ("ramp:float32[4, 3]", "ramp:float32[4, 3]", summaries[i].source);
  ScopeOrigins *origins = scope_origins_new (program, program->result, summaries[i].index, NULL);
  g_autofree char *summary = scope_origins_summarize (origins, 2);

  if (summaries[i].summary != NULL)
    g_assert_cmpstr (summary, ==, summaries[i].summary);
  else
    g_assert_true (g_str_has_prefix (summary, "A[1, 1]"));
  scope_origins_free (origins);
  scope_program_unref (program);
}

/* The 16 weights of bicubic stand in a table of 4 × 4 and add up to 1. */
static void
test_table (void)
{
  ScopeProgram *program = make_program ("random:float32[1, 1, 9, 9]", "[1]",
                                        "F.interpolate(A, size=(20, 20), mode='bicubic')");
  gint64 index[] = { 0, 0, 10, 11 };
  ScopeOrigins *origins = scope_origins_new (program, program->result, index, NULL);
  int node = g_array_index (origins->leaf, ScopeOrigin, 0).node;
  ScopeOriginTable *table = scope_origin_table_new (origins, node, 8);
  double sum = 0;

  g_assert_nonnull (table);
  g_assert_cmpuint (table->row->len, ==, 4);
  g_assert_cmpuint (table->column->len, ==, 4);
  g_assert_cmpint (table->row_axis, ==, 2);
  for (int i = 0; i < 16; i++)
    sum += table->weight[i];
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-6);
  scope_origin_table_free (table);
  g_assert_null (scope_origin_table_new (origins, node, 3));
  scope_origins_free (origins);
  scope_program_unref (program);
}

/* What an earlier statement left is told too. */
static void
test_steps (void)
{
  ScopeProgram *program =
      make_program ("ramp:float32[4, 3]", "[1]", "t = A[1:]\nu = t[1:]\nu.sum(1)");
  gint64 index[] = { 1 };
  ScopeOrigins *origins = scope_origins_new (program, program->result, index, NULL);

  g_assert_cmpuint (origins->leaf->len, ==, 3);
  g_assert_cmpuint (origins->step->len, ==, 6);
  g_assert_cmpstr (scope_origins_name (origins, &g_array_index (origins->step, ScopeOrigin, 0)), ==,
                   "u");
  scope_origins_free (origins);
  scope_program_unref (program);
}

/* A sum of millions ends soon, and says that there is more. */
static void
test_enough (void)
{
  ScopeProgram *program = make_program ("ramp:float32[3000, 3000]", "[1]", "A.sum()");
  gint64 index[] = { 0 };
  ScopeOrigins *origins = scope_origins_new (program, program->result, index, NULL);

  g_assert_false (origins->complete);
  g_assert_cmpuint (origins->leaf->len, >, 100);
  scope_origins_free (origins);
  scope_program_unref (program);
}

/* What a maximum and its like come from, without and with their values read. */
static const struct
{
  const char *name, *a, *source;
  gint64 index[4];
  const char *unread, *read;
} picks[] = {
  { "max",
    "ramp:float32[4, 3]",
    "A.max()",
    { 0 },
    "one of 12 elements: A[0, 0], A[0, 1] and 10 more",
    "A[3, 2]" },
  { "amin",
    "ramp:int64[4, 3]",
    "A.amin(0)",
    { 1 },
    "one of 4 elements: A[0, 1], A[1, 1] and 2 more",
    "A[0, 1]" },
  { "argmax",
    "ramp:float32[4, 3]",
    "A.argmax(1)",
    { 2 },
    "one of 3 elements: A[2, 0], A[2, 1] and 1 more",
    "A[2, 2]" },
  { "max-pool",
    "ramp:float32[1, 1, 4, 6]",
    "F.max_pool2d(A, 2)",
    { 0, 0, 1, 2 },
    "one of 4 elements: A[0, 0, 2, 4], A[0, 0, 2, 5] and 2 more",
    "A[0, 0, 3, 5]" },
  { "doubled",
    "ramp:float32[4, 3]",
    "A.max(1).values * 2",
    { 1 },
    "one of 3 elements: A[1, 0], A[1, 1] and 1 more",
    "A[1, 2] × 2" },
  { "too-many",
    "ramp:float32[300, 300]",
    "A.max()",
    { 0 },
    "one of more than 1024 elements: A[0, 0], A[0, 1] and more",
    "one of more than 1024 elements: A[0, 0], A[0, 1] and more" },
  { "just-few-enough",
    "ramp:float32[256, 256]",
    "A.max()",
    { 0 },
    "one of more than 1024 elements: A[0, 0], A[0, 1] and more",
    "A[255, 255]" },
};

static void
test_pick (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeProgram *program = make_program (picks[i].a, "[1]", picks[i].source);
  static const ScopeReading reading;

  for (int round = 0; round < 2; round++)
    {
      ScopeOrigins *origins = scope_origins_new (program, program->result, picks[i].index,
                                                 round == 0 ? NULL : &reading);
      g_autofree char *summary = scope_origins_summarize (origins, 2);

      g_assert_cmpstr (summary, ==, round == 0 ? picks[i].unread : picks[i].read);
      scope_origins_free (origins);
    }
  scope_program_unref (program);
}

/* What of A a result uses. */
static const struct
{
  const char *name, *a, *b, *source;
  gboolean whole;
  gint64 begin, end; /* of the first axis */
} footprints[] = {
  { "pad", "[2000, 3000]", "[1]", "F.pad(A, (100, 300))", TRUE, 0, 2000 },
  { "sum", "[2000, 3000]", "[1]", "A * A + A", TRUE, 0, 2000 },
  { "slice", "[2000, 3000]", "[1]", "A[10:, :]", FALSE, 10, 2000 },
  { "cat", "[2000, 3000]", "[70, 3000]", "torch.cat((A, B, A), 0)", TRUE, 0, 2000 },
  { "cat-between-samples", "[256, 100]", "[256, 300]", "torch.cat((A, B), 1)", TRUE, 0, 256 },
  { "doubled-cat", "[256, 100]", "[256, 300]", "torch.cat((A, B), 1) * 2", TRUE, 0, 256 },
  { "assigned-beside-the-middle", "[2, 2]", "[6, 6]", "B[1:3, 2:4] = A", TRUE, 0, 2 },
  { "assigned-in-a-large-one", "[7, 7]", "[900, 900]", "B[10:17, 20:27] = A", TRUE, 0, 7 },
  { "corner-of-small", "[6, 6]", "[1]", "A[1:3, 2:4]", FALSE, 1, 3 },
};

static void
test_footprint (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeProgram *program = make_program (footprints[i].a, footprints[i].b, footprints[i].source);
  const ScopeTensor *tensor = NULL;
  ScopeFootprint footprint;

  for (int n = 0; n < program->nodes && tensor == NULL; n++)
    if (program->node[n]->tensor != NULL && g_str_equal (program->node[n]->tensor->name, "A"))
      tensor = program->node[n]->tensor;
  g_assert_true (scope_footprint_of_tensor (program, program->result, tensor, &footprint));
  g_assert_true (footprint.used);
  g_assert_cmpint (footprint.whole, ==, footprints[i].whole);
  g_assert_cmpint (footprint.begin[0], ==, footprints[i].begin);
  g_assert_cmpint (footprint.end[0], ==, footprints[i].end);
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (linear); i++)
    {
      g_autofree char *path = g_strconcat ("/origins/linear/", linear[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_linear);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (summaries); i++)
    {
      g_autofree char *path = g_strconcat ("/origins/summary/", summaries[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_summary);
    }
  g_test_add_func ("/origins/table", test_table);
  g_test_add_func ("/origins/steps", test_steps);
  g_test_add_func ("/origins/enough", test_enough);
  for (gsize i = 0; i < G_N_ELEMENTS (footprints); i++)
    {
      g_autofree char *path = g_strconcat ("/origins/footprint/", footprints[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_footprint);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (picks); i++)
    {
      g_autofree char *path = g_strconcat ("/origins/pick/", picks[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_pick);
    }
  return g_test_run ();
}
