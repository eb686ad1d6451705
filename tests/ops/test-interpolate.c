/* Properties of resampled tensors: a region is that region of the whole, whatever the budget and
 * the threads; trace says what read does. Values against torch: test-differential and core's
 * test-resample. */
#include "core/generator.h"
#include "core/tensor.h"
#include "ops/program.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* ---- programs ------------------------------------------------------------------------------- */

/* `held`: the values lie in memory, where operations find them in place. */
static ScopeTensor *
make_tensor (const char *name, const char *text, bool held)
{
  ScopeError error;
  ScopeTensorText parsed;
  g_assert_true (scope_tensor_text_parse (text, strlen (text), &parsed, &error));
  ScopeStorage *storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, &error);
  g_assert_nonnull (storage);
  if (held)
    {
      void *data;
      ScopeStorage *copy =
          scope_storage_new_owned (parsed.dtype, storage->count, 1 << 30, &data, &error);
      g_assert_nonnull (copy);
      g_assert_true (storage->klass->read (storage, 0, 1, storage->count, data, &error));
      scope_storage_unref (storage);
      storage = copy;
    }
  ScopeTensor *tensor = scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, &error);
  scope_storage_unref (storage);
  g_assert_nonnull (tensor);
  return tensor;
}

static ScopeProgram *
make_program_of (const char *expression, const char *text, bool held)
{
  ScopeError error;
  ScopeTensor *tensor = make_tensor ("A", text, held);
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program =
      scope_program_new (expression, strlen (expression), &tensor, 1, &options, &error);
  g_assert_nonnull (program);
  g_assert_cmpint (program->first_failure, ==, -1);
  scope_tensor_unref (tensor);
  return program;
}

static ScopeProgram *
make_program (const char *expression, const char *text)
{
  return make_program_of (expression, text, false);
}

static gsize
region_bytes (const ScopeNode *node, const ScopeRegion *region)
{
  int64_t count;
  g_assert_true (scope_region_count (region, &count, NULL));
  return (gsize)count * scope_dtype_bytes (node->dtype);
}

static char *
read_region (const ScopeProgram *program, const ScopeRegion *region, const ScopeReading *reading)
{
  ScopeError error = { 0 };
  const ScopeNode *node = program->node[program->result];
  char *data = g_malloc0 (region_bytes (node, region) + 1);
  ScopeBuffer buffer = scope_buffer_dense (region, data);
  if (!scope_program_read (program, program->result, region, &buffer, reading, &error))
    g_error ("%s", error.sentence);
  return data;
}

/* A random region: any start, step (0 and negative too) and count. */
static ScopeRegion
random_region (GRand *rand, const ScopeShape *shape)
{
  ScopeRegion region = { .rank = shape->rank };
  for (int a = 0; a < shape->rank; a++)
    {
      int64_t size = shape->size[a];
      int64_t from = g_rand_int_range (rand, 0, (gint32)size);
      int64_t to = g_rand_int_range (rand, 0, (gint32)size);
      int64_t step = g_rand_int_range (rand, 0, 4) == 0 ? 0 : g_rand_int_range (rand, 1, 5);
      region.start[a] = from;
      region.step[a] = to < from ? -step : step;
      region.count[a] = step == 0 ? g_rand_int_range (rand, 1, 4) : ABS (to - from) / step + 1;
    }
  return region;
}

static bool
next_index (int64_t *index, const int64_t *count, int rank)
{
  for (int a = rank - 1; a >= 0; a--)
    {
      if (++index[a] < count[a])
        return true;
      index[a] = 0;
    }
  return false;
}

/* Element (i, j, …) of `part` is element start + i·step, … of `whole`. */
static void
assert_is_part (const ScopeNode *node,
                const ScopeRegion *region,
                const char *whole,
                const char *part,
                const char *what)
{
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  gsize bytes = scope_dtype_bytes (node->dtype), at = 0;
  do
    {
      int64_t place = 0;
      for (int a = 0; a < region->rank; a++)
        place = place * node->shape.size[a] + region->start[a] + index[a] * region->step[a];
      if (memcmp (whole + (gsize)place * bytes, part + at, bytes) != 0)
        g_error ("%s: a region differs from the whole", what);
      at += bytes;
    }
  while (next_index (index, region->count, region->rank));
}

/* ---- regions, budgets, threads --------------------------------------------------------------- */

static const struct
{
  const char *name, *expression, *tensor;
} cases[] = {
  { "nearest-up", "F.interpolate(A, (40, 50))", "random:1,2,13,17" },
  { "nearest-down", "F.interpolate(A, (10, 17))", "random:1,2,40,170" },
  { "nearest-kept", "F.interpolate(A, scale_factor=(1.7, 2.0))", "random:1,1,13,17" },
  { "nearest-exact", "F.interpolate(A, 31, mode='nearest-exact')", "random:2,3,57" },
  { "nearest-3d", "F.interpolate(A, (7, 9, 4))", "random:1,2,4,5,6" },
  { "nearest-bytes", "F.interpolate(A, (19, 23))", "ramp:uint8[1,3,8,9]" },
  { "linear", "F.interpolate(A, 100, mode='linear')", "random:2,3,37" },
  { "bilinear-up", "F.interpolate(A, (41, 77), mode='bilinear')", "random:1,2,13,17" },
  { "bilinear-down", "F.interpolate(A, (11, 7), mode='bilinear')", "random:1,2,40,90" },
  { "bilinear-same", "F.interpolate(A, (40, 9), mode='bilinear')", "random:1,2,40,9" },
  { "bilinear-corners", "F.interpolate(A, (23, 50), mode='bilinear', align_corners=True)",
    "random:1,1,13,17" },
  { "bicubic", "F.interpolate(A, (33, 50), mode='bicubic')", "random:1,2,13,17" },
  { "bicubic-narrow", "F.interpolate(A, (9, 33), mode='bicubic')", "random:1,2,50,1" },
  { "double", "F.interpolate(A, (33, 50), mode='bicubic')", "random:float64[1,2,13,17]" },
  { "bfloat16", "F.interpolate(A, (33, 50), mode='bilinear')", "random:bfloat16[1,2,13,17]" },
  { "area", "F.interpolate(A, (7, 9), mode='area')", "random:1,2,33,40" },
  { "area-up", "F.interpolate(A, (40, 45), mode='area')", "random:1,2,13,17" },
  { "area-3d", "F.interpolate(A, (3, 4, 5), mode='area')", "random:1,1,8,9,11" },
  { "area-half", "F.interpolate(A, (3, 4, 5), mode='area')", "random:float16[1,1,8,9,11]" },
  { "trilinear", "F.interpolate(A, (9, 8, 13), mode='trilinear')", "random:1,2,4,5,6" },
  { "bilinear-smooth", "F.interpolate(A, (7, 13), mode='bilinear', antialias=True)",
    "random:1,2,50,41" },
  { "bicubic-smooth", "F.interpolate(A, (60, 5), mode='bicubic', antialias=True)",
    "random:1,1,50,41" },
  { "lanczos", "resample(A, (3, 40), mode='lanczos3', antialias=True)", "random:2,50,13" },
  { "mitchell-corners", "resample(A, 31, mode='mitchell', align_corners=True)", "random:13,17" },
  { "any-axes", "resample(A, (7, 9), mode='cubic', axes=(0, 2))", "random:5,4,17" },
  { "five-axes", "resample(A, (3, 4, 5, 2, 6), mode='hermite')", "random:2,3,4,3,5" },
  { "whole-numbers", "resample(A, (7, 40), mode='catmull-rom')", "ramp:int16[13,17]" },
  { "complex", "resample(A, (7, 40))", "random:complex64[13,17]" },
  { "onnx", "resample(A, (7, 40), mode='cubic', preset='onnx', antialias=True)", "random:13,17" },
  { "onnx-outside", "resample(A, (40, 7), preset='onnx', exclude_outside=True)", "random:13,17" },
  { "tensorflow-1", "resample(A, (40, 7), mode='cubic', preset='tensorflow-1')", "random:13,17" },
  { "opencv-area", "cv2.resize(A, (7, 5), interpolation=cv2.INTER_AREA)", "random:13,17,3" },
  { "opencv-area-up", "cv2.resize(A, (30, 5), interpolation=cv2.INTER_AREA)", "random:13,17" },
  { "opencv-lanczos", "cv2.resize(A, (30, 5), interpolation=cv2.INTER_LANCZOS4)", "random:13,17" },
  { "opencv-one-channel", "cv2.resize(A, (30, 5))", "random:13,17,1" },
  { "opencv-bytes", "cv2.resize(A, (30, 5))", "ramp:uint8[13,17,3]" },
  { "pillow", "Image.fromarray(A).resize((30, 5), Image.LANCZOS)", "random:13,17" },
  { "pillow-bytes", "Image.fromarray(A).resize((30, 5))", "ramp:uint8[13,17,3]" },
  { "pillow-nearest", "Image.fromarray(A).resize((30, 5), Image.NEAREST)", "random:13,17" },
  { "chain", "F.interpolate(F.interpolate(A, (30, 31), mode='bicubic'), (7, 50))",
    "random:1,1,13,17" },
};

static void
test_regions (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)i + 7);
  ScopeProgram *program = make_program (cases[i].expression, cases[i].tensor);
  const ScopeNode *node = program->node[program->result];
  ScopeRegion all = scope_region_all (&node->shape);
  ScopeProgram *held = make_program_of (cases[i].expression, cases[i].tensor, true);
  g_autofree char *whole = read_region (program, &all, NULL);
  for (int k = 0; k < 60; k++)
    {
      ScopeRegion region = random_region (rand, &node->shape);
      g_autofree char *part = read_region (k % 2 == 0 ? program : held, &region, NULL);
      assert_is_part (node, &region, whole, part, cases[i].name);
    }
  g_autofree char *again = read_region (held, &all, NULL);
  g_assert_true (memcmp (whole, again, region_bytes (node, &all)) == 0);
  scope_program_unref (held);
  scope_program_unref (program);
}

/* Into a buffer whose axes stand in another order, backwards. */
static void
test_strided (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeError error;
  ScopeProgram *program = make_program (cases[i].expression, cases[i].tensor);
  const ScopeNode *node = program->node[program->result];
  ScopeRegion all = scope_region_all (&node->shape);
  gsize bytes = region_bytes (node, &all), element = scope_dtype_bytes (node->dtype);
  g_autofree char *whole = read_region (program, &all, NULL);
  g_autofree char *turned = g_malloc0 (bytes);
  ScopeBuffer buffer = { .data = turned };
  int64_t stride = 1;
  for (int a = 0; a < node->shape.rank; a++)
    {
      buffer.stride[a] = -stride;
      buffer.data = (char *)buffer.data + (node->shape.size[a] - 1) * stride * (int64_t)element;
      stride *= node->shape.size[a];
    }
  ScopeProgram *held = make_program_of (cases[i].expression, cases[i].tensor, true);
  g_assert_true (scope_program_read (held, held->result, &all, &buffer, NULL, &error));
  scope_program_unref (held);
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  const char *at = whole;
  do
    {
      int64_t place = 0;
      for (int a = 0; a < node->shape.rank; a++)
        place += index[a] * buffer.stride[a];
      g_assert_true (memcmp ((char *)buffer.data + place * (int64_t)element, at, element) == 0);
      at += element;
    }
  while (next_index (index, node->shape.size, node->shape.rank));
  scope_program_unref (program);
}

/* Small budgets cut the work into other blocks; the bytes stay. */
static void
test_budget (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program = make_program (cases[i].expression, cases[i].tensor);
  const ScopeNode *node = program->node[program->result];
  ScopeRegion all = scope_region_all (&node->shape);
  g_autofree char *whole = read_region (program, &all, NULL);
  for (int64_t budget = 200000; budget < 3000000; budget = budget * 3 / 2)
    {
      ScopeReading reading = { .budget = budget };
      g_autofree char *again = read_region (program, &all, &reading);
      g_assert_true (memcmp (whole, again, region_bytes (node, &all)) == 0);
    }
  scope_program_unref (program);
}

static const char *const large[][2] = {
  { "F.interpolate(A, (1000, 1111), mode='bilinear')", "random:1,3,333,777" },
  { "F.interpolate(A, (1100, 900), mode='bicubic')", "random:1,1,733,2000" },
  { "F.interpolate(A, (700, 800), mode='area')", "random:1,1,2000,1333" },
  { "F.interpolate(A, (700, 800), mode='bicubic', antialias=True)", "random:1,1,2000,1333" },
  { "F.interpolate(A, (1300, 1001))", "random:1,1,700,433" },
  { "F.interpolate(A, 3000000, mode='linear')", "random:1,1,1000003" },
  { "F.interpolate(A, (1040, 1040), mode='bilinear')", "random:1,4,130,130" },
  { "F.interpolate(A, (90, 80, 100), mode='trilinear')", "random:1,1,44,55,66" },
  { "F.interpolate(A, (4, 4), mode='bilinear')", "random:1000,300,2,2" },
};

static void
test_threads (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program = make_program (large[i][0], large[i][1]);
  const ScopeNode *node = program->node[program->result];
  ScopeRegion all = scope_region_all (&node->shape);
  g_autofree char *whole = read_region (program, &all, NULL);
  ScopeProgram *held = make_program_of (large[i][0], large[i][1], true);
  static const int threads[] = { 1, 2, 3, 7 };
  for (gsize t = 0; t < G_N_ELEMENTS (threads); t++)
    {
      ScopeExecutor *pool = scope_thread_pool_new (threads[t]);
      ScopeReading reading = { .executor = pool };
      g_autofree char *again = read_region (program, &all, &reading);
      g_autofree char *in_place = read_region (held, &all, &reading);
      g_assert_true (memcmp (whole, again, region_bytes (node, &all)) == 0);
      g_assert_true (memcmp (whole, in_place, region_bytes (node, &all)) == 0);
      scope_thread_pool_free (pool);
    }
  scope_program_unref (held);
  scope_program_unref (program);
}

/* ---- spellings ------------------------------------------------------------------------------- */

/* `resample` with PyTorch's conventions is F.interpolate, bit by bit. */
static void
test_spellings (void)
{
  static const char *const modes[][2] = { { "nearest", "nearest" },
                                          { "nearest-exact", "nearest-exact" },
                                          { "linear", "bilinear" },
                                          { "cubic", "bicubic" },
                                          { "area", "area" } };
  static const char *const options[] = { "", ", align_corners=True", ", antialias=True" };
  for (gsize m = 0; m < G_N_ELEMENTS (modes); m++)
    for (gsize o = 0; o < G_N_ELEMENTS (options); o++)
      {
        if (o > 0 && m != 2 && m != 3)
          continue;
        g_autofree char *theirs =
            g_strdup_printf ("F.interpolate(A, (13, 50), mode='%s'%s)", modes[m][1], options[o]);
        g_autofree char *own =
            g_strdup_printf ("resample(A, (13, 50), mode='%s'%s)", modes[m][0], options[o]);
        ScopeProgram *a = make_program (theirs, "random:1,2,29,31");
        ScopeProgram *b = make_program (own, "random:1,2,29,31");
        ScopeRegion all = scope_region_all (&a->node[a->result]->shape);
        g_autofree char *one = read_region (a, &all, NULL);
        g_autofree char *other = read_region (b, &all, NULL);
        g_assert_cmpmem (one, region_bytes (a->node[a->result], &all), other,
                         region_bytes (b->node[b->result], &all));
        scope_program_unref (a);
        scope_program_unref (b);
      }
}

/* ---- sizes beyond any memory ----------------------------------------------------------------- */

/* A picture of a huge result costs what the picture shows. */
static void
test_huge (void)
{
  static const char *const expressions[] = {
    "F.interpolate(A, scale_factor=2)",
    "F.interpolate(A, scale_factor=1.5, mode='bilinear')",
    "F.interpolate(A, scale_factor=3, mode='bicubic')",
    "F.interpolate(A, scale_factor=0.25, mode='bicubic', antialias=True)",
    "F.interpolate(A, scale_factor=0.1, mode='area')",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      ScopeProgram *program = make_program (expressions[i], "zoneplate:1,1,1000000,1000000");
      const ScopeNode *node = program->node[program->result];
      ScopeRegion region = scope_region_all (&node->shape);
      for (int a = 2; a < 4; a++)
        {
          region.count[a] = 40;
          region.step[a] = node->shape.size[a] / 40;
        }
      g_autofree char *sparse = read_region (program, &region, NULL);
      region.step[2] = region.step[3] = 1;
      region.start[2] = region.start[3] = node->shape.size[2] / 2;
      g_autofree char *dense = read_region (program, &region, NULL);
      for (gsize k = 0; k < 1600; k++)
        g_assert_cmpfloat (fabsf (((float *)sparse)[k]), <=, 2);
      scope_program_unref (program);
    }
}

/* ---- trace ---------------------------------------------------------------------------------- */

typedef struct
{
  ScopeTrace trace;
  const char *source;
  const ScopeShape *shape;
  double sum, weights;
  int cells;
} Summing;

static bool
add_cell (ScopeTrace *self, int input, const int64_t *index, double weight)
{
  Summing *summing = (Summing *)self;
  int64_t place = 0;
  g_assert_cmpint (input, ==, 0);
  for (int a = 0; a < summing->shape->rank; a++)
    {
      g_assert_cmpint (index[a], >=, 0);
      g_assert_cmpint (index[a], <, summing->shape->size[a]);
      place = place * summing->shape->size[a] + index[a];
    }
  summing->sum += weight * (double)((const float *)summing->source)[place];
  summing->weights += weight;
  summing->cells++;
  return true;
}

static void
test_trace (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeProgram *program = make_program (cases[i].expression, cases[i].tensor);
  const ScopeNode *node = program->node[program->result];
  const ScopeNode *source = program->node[node->input[0]];
  if (node->dtype != SCOPE_FLOAT32 || source->op != NULL)
    {
      scope_program_unref (program);
      return;
    }
  ScopeRegion all = scope_region_all (&node->shape), from = scope_region_all (&source->shape);
  g_autofree char *whole = read_region (program, &all, NULL);
  g_autofree char *input = g_malloc (region_bytes (source, &from));
  ScopeBuffer buffer = scope_buffer_dense (&from, input);
  g_assert_true (scope_program_read (program, source->number, &from, &buffer, NULL, NULL));
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  const float *at = (const float *)(void *)whole;
  do
    {
      Summing summing = { .trace.add = add_cell, .source = input, .shape = &source->shape };
      g_assert_true (node->op->trace (node, index, &summing.trace));
      g_assert_cmpfloat_with_epsilon (summing.weights, 1, 1e-5);
      g_assert_cmpfloat_with_epsilon (summing.sum, (double)*at++, 1e-5);
    }
  while (next_index (index, node->shape.size, node->shape.rank));
  scope_program_unref (program);
}

/* A 4 × 4 table in the middle; at a corner clamped cells are one. */
static void
test_trace_bicubic (void)
{
  ScopeProgram *program =
      make_program ("F.interpolate(A, (64, 64), mode='bicubic')", "random:1,1,16,16");
  const ScopeNode *node = program->node[program->result];
  const ScopeNode *source = program->node[node->input[0]];
  g_autofree float *input = g_new0 (float, 256);
  Summing middle = { .trace.add = add_cell, .source = (char *)input, .shape = &source->shape };
  Summing corner = middle;
  g_assert_true (node->op->trace (node, (int64_t[]){ 0, 0, 33, 30 }, &middle.trace));
  g_assert_true (node->op->trace (node, (int64_t[]){ 0, 0, 0, 0 }, &corner.trace));
  g_assert_cmpint (middle.cells, ==, 16);
  g_assert_cmpint (corner.cells, ==, 4);
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      static const struct
      {
        const char *name;
        GTestDataFunc run;
      } tests[] = { { "regions", test_regions },
                    { "strided", test_strided },
                    { "budget", test_budget },
                    { "trace", test_trace } };
      for (gsize t = 0; t < G_N_ELEMENTS (tests); t++)
        {
          g_autofree char *path =
              g_strdup_printf ("/ops/interpolate/%s/%s", tests[t].name, cases[i].name);
          g_test_add_data_func (path, GINT_TO_POINTER ((int)i), tests[t].run);
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (large); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/interpolate/threads/%d", (int)i);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_threads);
    }
  g_test_add_func ("/ops/interpolate/spellings", test_spellings);
  g_test_add_func ("/ops/interpolate/huge", test_huge);
  g_test_add_func ("/ops/interpolate/trace-bicubic", test_trace_bicubic);
  return g_test_run ();
}
