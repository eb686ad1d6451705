/* Over every golden case that fits: reading a region gives what the whole has there, and what trace
 * says of a cell adds up to the cell. Inputs are ramps, so a value tells which element it was. */
#include "golden-cases.h"

#include "ops/registry.h"

#include <math.h>

enum
{
  MOST_ELEMENTS = 2048, /* larger nodes are left to other tests */
  REGIONS = 3,          /* random regions of a node */
  CELLS = 48,           /* traced cells of a node */
  MOST_PARTS = 65536,   /* cells that one trace may name */
};

/* Operations of which some region was compared. */
static GHashTable *seen;

typedef struct
{
  GRand *random;
  int nodes, regions, cells, linear;
  GHashTable *traced; /* operations with a cell that was traced */
} Tally;

/* All elements of a node as numbers and as bytes. */
typedef struct
{
  const ScopeNode *node;
  int64_t count;
  char *data;
  bool readable;
} Whole;

static bool
read_whole (const ScopeProgram *program, int number, Whole *whole)
{
  whole->node = program->node[number];
  whole->data = NULL;
  if (whole->node->state != SCOPE_NODE_FITS || !scope_shape_is_known (&whole->node->shape)
      || !scope_shape_count (&whole->node->shape, &whole->count, NULL)
      || whole->count > MOST_ELEMENTS)
    return false;
  whole->data = g_malloc0 ((gsize)(whole->count + 1) * scope_dtype_bytes (whole->node->dtype));
  ScopeRegion all = scope_region_all (&whole->node->shape);
  ScopeBuffer buffer = scope_buffer_dense (&all, whole->data);
  ScopeError error = { 0 };
  if (scope_program_read (program, number, &all, &buffer, NULL, &error))
    return true;
  /* An index that lies outside is found only when it is read. */
  g_assert_cmpint (error.code, !=, SCOPE_ERROR_NONE);
  g_free (whole->data);
  whole->data = NULL;
  return false;
}

static ScopeRegion
random_region (const ScopeShape *shape, GRand *random)
{
  ScopeRegion region = { .rank = shape->rank };
  for (int axis = 0; axis < shape->rank; axis++)
    {
      int size = (int)shape->size[axis];
      if (size == 0)
        continue;
      int start = g_rand_int_range (random, 0, size);
      int step = g_rand_int_range (random, -2, 4);
      int room = step > 0 ? (size - 1 - start) / step : step < 0 ? start / -step : 2;
      region.start[axis] = start;
      region.step[axis] = step;
      region.count[axis] =
          g_rand_int_range (random, 0, 8) == 0 ? 0 : g_rand_int_range (random, 1, room + 2);
    }
  return region;
}

/* The element of the whole that index `i` (C order) of a region is. */
static int64_t
element_of (const ScopeShape *shape, const ScopeRegion *region, int64_t i)
{
  int64_t element = 0, stride = 1;
  for (int axis = shape->rank - 1; axis >= 0; axis--)
    {
      int64_t at = i % region->count[axis];
      i /= region->count[axis];
      element += (region->start[axis] + at * region->step[axis]) * stride;
      stride *= shape->size[axis];
    }
  return element;
}

static void
check_region (const ScopeProgram *program, const Whole *whole, Tally *tally, const char *source)
{
  ScopeRegion region = random_region (&whole->node->shape, tally->random);
  int64_t count;
  g_assert_true (scope_region_count (&region, &count, NULL));
  gsize bytes = scope_dtype_bytes (whole->node->dtype);
  /* Every other element of the memory is not the buffer's and stays as it is. */
  g_autofree char *data = g_malloc ((gsize)(2 * count + 1) * bytes);
  memset (data, 0xA5, (gsize)(2 * count + 1) * bytes);
  ScopeBuffer buffer = scope_buffer_dense (&region, data);
  for (int axis = 0; axis < region.rank; axis++)
    buffer.stride[axis] *= 2;
  ScopeError error = { 0 };
  if (!scope_program_read (program, whole->node->number, &region, &buffer, NULL, &error))
    g_error ("%s: %s", source, error.sentence);
  for (int64_t i = 0; i < count; i++)
    {
      const char *expected =
          whole->data + (gsize)element_of (&whole->node->shape, &region, i) * bytes;
      const char *got = data + (gsize)(2 * i) * bytes;
      if (memcmp (expected, got, bytes) != 0)
        {
          ScopeText a = { 0 }, b = { 0 };
          scope_dtype_print (whole->node->dtype, expected, &a);
          scope_dtype_print (whole->node->dtype, got, &b);
          g_error ("%s: element %lld of a region is %s, of the whole %s", source, (long long)i,
                   scope_text_string (&b), scope_text_string (&a));
        }
      for (gsize k = 0; k < bytes; k++)
        g_assert_cmpint ((unsigned char)got[bytes + k], ==, 0xA5);
    }
  tally->regions++;
  g_hash_table_add (seen, (gpointer)whole->node->op->name);
}

/* ---- trace ---------------------------------------------------------------------------------- */

typedef struct
{
  ScopeTrace trace;
  const ScopeProgram *program;
  const Whole *input; /* of the node */
  const char *source;
  int parts;
  bool linear;
  double sum, magnitude;
} Sum;

static double
number_at (const Whole *whole, int64_t element)
{
  ScopeDtype dtype = whole->node->dtype;
  ScopeNumber number =
      scope_dtype_load (dtype, whole->data + (gsize)element * scope_dtype_bytes (dtype));
  ScopeKind kind = scope_dtype_kind (dtype);
  return kind == SCOPE_KIND_FLOAT    ? number.f
         : kind == SCOPE_KIND_SIGNED ? (double)number.i
                                     : (double)number.u;
}

static bool
add_part (ScopeTrace *trace, int input, const int64_t *index, double weight)
{
  Sum *sum = (Sum *)trace;
  const Whole *whole = &sum->input[input];
  const ScopeShape *shape = &whole->node->shape;
  int64_t element = 0;
  for (int axis = 0; axis < shape->rank; axis++)
    {
      if (index[axis] < 0 || index[axis] >= shape->size[axis])
        g_error ("%s: trace names a cell outside of input %d", sum->source, input);
      element = element * shape->size[axis] + index[axis];
    }
  if (isnan (weight) || whole->data == NULL
      || scope_dtype_kind (whole->node->dtype) == SCOPE_KIND_COMPLEX)
    sum->linear = false;
  else
    {
      double value = number_at (whole, element);
      sum->sum += weight * value;
      sum->magnitude += fabs (weight * value);
    }
  return ++sum->parts < MOST_PARTS;
}

/* Results that are rounded, wrapped or saturated tell nothing of a sum. */
static bool
is_exact (ScopeDtype dtype)
{
  return dtype == SCOPE_FLOAT32 || dtype == SCOPE_FLOAT64 || dtype == SCOPE_INT64
         || dtype == SCOPE_INT32;
}

static void
check_trace (const ScopeProgram *program, const Whole *whole, Tally *tally, const char *source)
{
  const ScopeNode *node = whole->node;
  g_autofree Whole *input = g_new0 (Whole, node->inputs + 1);
  for (int i = 0; i < node->inputs; i++)
    read_whole (program, node->input[i], &input[i]);
  int64_t step = whole->count / CELLS + 1;
  for (int64_t element = 0; element < whole->count; element += step)
    {
      int64_t index[SCOPE_MAX_RANK], rest = element;
      for (int axis = node->shape.rank - 1; axis >= 0; axis--)
        {
          index[axis] = rest % node->shape.size[axis];
          rest /= node->shape.size[axis];
        }
      static const ScopeReading reading = { 0 };
      Sum sum = { .trace = { add_part, &reading },
                  .program = program,
                  .input = input,
                  .source = source,
                  .linear = true };
      node->op->trace (node, index, &sum.trace);
      tally->cells++;
      /* What comes from no cell is a constant: the product of nothing is 1. */
      if (!sum.linear || sum.parts == 0 || sum.parts >= MOST_PARTS || !is_exact (node->dtype))
        continue;
      double got = number_at (whole, element);
      tally->linear++;
      if (isfinite (got) && fabs (got - sum.sum) > 1e-5 * (1 + sum.magnitude))
        g_error ("%s: cell %lld is %.9g, its trace adds up to %.9g", source, (long long)element,
                 got, sum.sum);
    }
  if (whole->count > 0)
    g_hash_table_add (tally->traced, (gpointer)node->op->name);
  for (int i = 0; i < node->inputs; i++)
    g_free (input[i].data);
}

static void
visit (json_t *record, gpointer data)
{
  Tally *tally = data;
  if (!json_is_true (json_object_get (record, "fits")))
    return;
  const char *source = json_string_value (json_object_get (record, "expression"));
  ScopeTensor *tensors[GOLDEN_TENSORS];
  int n_tensors = make_tensors (record, tensors);
  ScopeError error = { 0 };
  ScopeProgram *program = make_program (record, tensors, n_tensors, &error);
  for (int i = 0; program != NULL && i < program->nodes; i++)
    {
      Whole whole;
      if (program->node[i]->op == NULL || !read_whole (program, i, &whole))
        continue;
      for (int k = 0; k < REGIONS; k++)
        check_region (program, &whole, tally, source);
      check_trace (program, &whole, tally, source);
      tally->nodes++;
      g_free (whole.data);
    }
  scope_program_unref (program);
  for (int i = 0; i < n_tensors; i++)
    scope_tensor_unref (tensors[i]);
}

static void
test_group (gconstpointer path)
{
  Tally tally = { .random = g_rand_new_with_seed (1),
                  .traced = g_hash_table_new (g_str_hash, g_str_equal) };
  visit_records (path, visit, &tally);
  g_test_message ("%d nodes of %u operations, %d regions, %d cells traced, %d of them sums",
                  tally.nodes, g_hash_table_size (tally.traced), tally.regions, tally.cells,
                  tally.linear);
  g_assert_cmpint (tally.nodes, >, 0);
  g_assert_cmpint (tally.linear, >, 0);
  g_rand_free (tally.random);
  g_hash_table_unref (tally.traced);
}

/* ---- operations that no golden case reads ---------------------------------------------------- */

/* Of A [5, 6], B [5, 6], P [7, 9, 3] and Q [7, 9, 4] of bytes. */
static const char *const more[] = {
  "torch.empty(3, 4)",
  "torch.empty_like(A)",
  "torch.rand_like(A)",
  "torch.randn_like(A)",
  "torch.randn(3, 4)",
  "torch.randint(0, 9, (3, 4))",
  "torch.allclose(A, B)",
  "A[2, 1].item()",
  "A.tolist()",
  "Image.fromarray(P)",
  "nn.MSELoss()(A, B)",
  "nn.CosineSimilarity()(A, B)",
  "torch.nextafter(A, B * 2)",
  "torch.logspace(0, 3, 17)",
  "F.scaled_dot_product_attention(A, B, A)",
  "einops.rearrange(A, \"(a b) c -> c b a\", b=5)",
  "einops.repeat(A, \"a b -> b k a\", k=3)",
  "einops.reduce(A, \"a (b c) -> c a\", \"mean\", c=2)",
  "einops.reduce(A, \"a (b c) -> c a\", \"max\", c=3)",
  "resample(A, size=(9, 4), mode=\"lanczos3\", antialias=True)",
  "resample(A, size=(3, 11), mode=\"cubic\", preset=\"pillow\")",
  "resample(A, size=(3, 11), mode=\"linear\", preset=\"onnx\", "
  "coordinate_transformation_mode=\"align_corners\")",
  "resample(A, size=(7, 9), mode=\"linear\", preset=\"onnx\", "
  "coordinate_transformation_mode=\"tf_crop_and_resize\", roi=(-0.2, 1.2, 0.9, 0.3), "
  "extrapolation_value=7.5)",
  "cv2.resize(P, (4, 11), interpolation=cv2.INTER_AREA)",
  "cv2.resize(P, (13, 5), interpolation=cv2.INTER_LINEAR)",
  "Image.fromarray(P).resize((4, 11), Image.BICUBIC)",
  "Image.fromarray(P).resize((20, 3), Image.NEAREST)",
  "Image.fromarray(Q).resize((5, 11), Image.BICUBIC)",
};

/* What is never read by region, and an expression that shows it: nobody knows how many values there
 * are before a program runs, or it is a layer whose parts are what is read. */
static const struct
{
  const char *name, *expression;
} unread[] = {
  { "masked_select", "torch.masked_select(A, A > 3)" },
  { "nonzero", "torch.nonzero(A)" },
  { "argwhere", "np.argwhere(A)" },
  { "flatnonzero", "np.flatnonzero(A)" },
  { "unique", "torch.unique(A)" },
  { "sequential", "nn.Sequential(nn.ReLU(), nn.Flatten())(A)" },
};

/* Calls `look` with each node of the program that an operation makes. */
static void
each_node (const char *source,
           void (*look) (const ScopeProgram *program, int node, gpointer data),
           gpointer data)
{
  static const struct
  {
    const char *name;
    ScopeDtype dtype;
    ScopeShape shape;
  } given[] = {
    { "A", SCOPE_FLOAT32, { 2, { 5, 6 } } },
    { "B", SCOPE_FLOAT32, { 2, { 5, 6 } } },
    { "P", SCOPE_UINT8, { 3, { 7, 9, 3 } } },
    { "Q", SCOPE_UINT8, { 3, { 7, 9, 4 } } },
  };
  ScopeTensor *tensor[G_N_ELEMENTS (given)];
  ScopeError error = { 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    {
      ScopeFill fill = { .kind = SCOPE_FILL_RAMP, .parameter = NAN };
      ScopeStorage *storage = scope_generator_new (fill, given[i].dtype, &given[i].shape, &error);
      tensor[i] =
          scope_tensor_new (given[i].name, given[i].dtype, &given[i].shape, NULL, storage, &error);
      g_assert_nonnull (tensor[i]);
      scope_storage_unref (storage);
    }
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program =
      scope_program_new (source, strlen (source), tensor, G_N_ELEMENTS (tensor), &options, &error);
  if (program == NULL || program->first_failure >= 0)
    g_error ("%s does not fit", source);
  for (int i = 0; i < program->nodes; i++)
    if (program->node[i]->op != NULL)
      look (program, i, data);
  scope_program_unref (program);
  for (gsize i = 0; i < G_N_ELEMENTS (tensor); i++)
    scope_tensor_unref (tensor[i]);
}

static void
compare_node (const ScopeProgram *program, int node, gpointer data)
{
  Tally *tally = data;
  Whole whole;
  if (!read_whole (program, node, &whole))
    return;
  for (int k = 0; k < 40; k++)
    check_region (program, &whole, tally, program->expression->source);
  tally->nodes++;
  g_free (whole.data);
}

static void
test_more (gconstpointer source)
{
  Tally tally = { .random = g_rand_new_with_seed (1) };
  each_node (source, compare_node, &tally);
  g_assert_cmpint (tally.nodes, >, 0);
  g_rand_free (tally.random);
}

static void
assert_unread (const ScopeProgram *program, int node, gpointer name)
{
  Whole whole;
  if (strcmp (program->node[node]->op->name, name) != 0)
    return;
  if (read_whole (program, node, &whole))
    g_error ("%s can be read, so its regions are to be compared", (const char *)name);
}

/* Every operation of the registry, so that a new one cannot be forgotten. */
static void
test_every_operation (void)
{
  const ScopeOp *op;
  int missing = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (unread); i++)
    {
      g_assert_nonnull (scope_registry_by_name (unread[i].name));
      each_node (unread[i].expression, assert_unread, (gpointer)unread[i].name);
      g_hash_table_add (seen, (gpointer)unread[i].name);
    }
  for (int i = 0; (op = scope_registry_op (i)) != NULL; i++)
    if (!g_hash_table_contains (seen, op->name))
      {
        g_test_message ("%s is read by no test", op->name);
        missing++;
      }
  g_assert_cmpint (missing, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  seen = g_hash_table_new (g_str_hash, g_str_equal);
  add_golden_tests ("regions", test_group);
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_autofree char *path = g_strdup_printf ("/regions/more/%" G_GSIZE_FORMAT, i);
      g_test_add_data_func (path, more[i], test_more);
    }
  g_test_add_func ("/regions/whole-registry/every-operation", test_every_operation);
  return g_test_run ();
}
