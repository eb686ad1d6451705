/* One line for each of many results, with a checksum of its bytes: a build for another processor
 * must print the same lines. Plain C, so that the layers without libraries are all it needs. NaN
 * has many bit patterns, and which of them comes out of a sum is up to the processor: they count as
 * one.
 */
#include "core/generator.h"
#include "core/raster.h"
#include "core/resample.h"
#include "ops/program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUDGET (INT64_C (1) << 30)

static void
die (const char *what)
{
  fprintf (stderr, "checksums: %s\n", what);
  exit (2);
}

static void *
new_memory (int64_t count, size_t bytes)
{
  void *memory = calloc ((size_t)count + 1, bytes);
  if (memory == NULL)
    die ("no memory");
  return memory;
}

/* ---- checksums ------------------------------------------------------------------------------ */

/* FNV-1a. */
static uint64_t
add_bytes (uint64_t sum, const void *data, size_t bytes)
{
  const unsigned char *at = data;
  for (size_t i = 0; i < bytes; i++)
    sum = (sum ^ at[i]) * UINT64_C (0x100000001B3);
  return sum;
}

static uint64_t
add_elements (uint64_t sum, ScopeDtype dtype, const void *data, int64_t count)
{
  size_t bytes = scope_dtype_bytes (dtype);
  ScopeKind kind = scope_dtype_kind (dtype);
  for (int64_t i = 0; i < count; i++)
    {
      const char *element = (const char *)data + (size_t)i * bytes;
      ScopeNumber number = scope_dtype_load (dtype, element);
      bool inexact = kind == SCOPE_KIND_FLOAT || kind == SCOPE_KIND_COMPLEX;
      if (inexact && (isnan (number.f) || isnan (number.imaginary)))
        sum = add_bytes (sum, isnan (number.f) ? "nan" : "real", 3);
      else
        sum = add_bytes (sum, element, bytes);
    }
  return sum;
}

static void
put (const char *name, uint64_t sum)
{
  printf ("%016llx %s\n", (unsigned long long)sum, name);
}

#define BEGIN UINT64_C (0xCBF29CE484222325)

/* ---- resampling ----------------------------------------------------------------------------- */

static const char *const filter_names[] = {
  "nearest",  "nearest-exact", "linear",   "cubic",   "area",    "box",     "lanczos3", "lanczos4",
  "lanczos5", "mitchell",      "gaussian", "catmull", "hermite", "hamming", "step",
};

static const struct
{
  const char *name;
  ScopeCoordinates coordinates;
  unsigned filters; /* a bit each */
  bool align_corners, antialias, fixed_width, kept, exclude_outside;
  ScopeGrid grid;
} rules[] = {
  { "torch", SCOPE_COORDINATES_TORCH_1, 0x7FFF },
  { "torch-kept", SCOPE_COORDINATES_TORCH_1, 0xF, .kept = true },
  { "torch-2", SCOPE_COORDINATES_TORCH_2, 0x1F },
  { "torch-corners", SCOPE_COORDINATES_TORCH_1, 0xC, .align_corners = true },
  { "torch-antialias", SCOPE_COORDINATES_TORCH_1, 0xC, .antialias = true },
  { "torch-2-antialias", SCOPE_COORDINATES_TORCH_2, 0xC, .antialias = true },
  { "torch-narrow", SCOPE_COORDINATES_TORCH_1, 0x7FC0, .fixed_width = true },
  { "opencv", SCOPE_COORDINATES_OPENCV, 0xAF },
  { "tensorflow-1", SCOPE_COORDINATES_TENSORFLOW, 0xD, .grid = SCOPE_GRID_ASYMMETRIC },
  { "tensorflow-2", SCOPE_COORDINATES_TENSORFLOW, 0x8, .grid = SCOPE_GRID_HALF_PIXEL },
  { "onnx", SCOPE_COORDINATES_ONNX, 0xD },
  { "onnx-antialias", SCOPE_COORDINATES_ONNX, 0xC, .antialias = true },
  { "onnx-outside", SCOPE_COORDINATES_ONNX, 0xC, .exclude_outside = true },
};

static const struct
{
  int64_t in[2], out[2];
} sizes[] = {
  { { 37, 53 }, { 19, 101 } }, { { 19, 101 }, { 37, 53 } }, { { 64, 64 }, { 16, 16 } },
  { { 16, 16 }, { 64, 64 } },  { { 1, 300 }, { 7, 113 } },  { { 300, 5 }, { 13, 5 } },
  { { 5, 3 }, { 5, 100 } },    { { 90, 31 }, { 31, 29 } },
};

static const struct
{
  const char *name;
  ScopeArithmetic arithmetic;
  ScopeDtype dtype;
} arithmetics[] = {
  { "float32", SCOPE_ARITHMETIC_FLOAT32, SCOPE_FLOAT32 },
  { "float64", SCOPE_ARITHMETIC_FLOAT64, SCOPE_FLOAT64 },
  { "bfloat16", SCOPE_ARITHMETIC_BFLOAT16, SCOPE_FLOAT32 },
  { "float16", SCOPE_ARITHMETIC_FLOAT16, SCOPE_FLOAT32 },
};

/* Values in [−1, 1), and now and then one that is not finite. */
static void *
make_values (ScopeDtype dtype, int64_t count)
{
  void *data = new_memory (count, scope_dtype_bytes (dtype));
  uint64_t state = 88172645463325252u;
  for (int64_t i = 0; i < count; i++)
    {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      double value = (double)(state >> 41) / (double)(1 << 22) - 1;
      if (state % 997 < 3)
        value = state % 997 == 0 ? (double)NAN : state % 997 == 1 ? (double)INFINITY : -0.0;
      if (dtype == SCOPE_FLOAT64)
        ((double *)data)[i] = value;
      else
        ((float *)data)[i] = (float)value;
    }
  return data;
}

static void
resample_one (int rule, int filter, int size, int arithmetic)
{
  ScopeError error = { 0 };
  const int64_t *in = sizes[size].in, *out = sizes[size].out;
  ScopeDtype dtype = arithmetics[arithmetic].dtype;
  ScopeResampleTable *table[2];
  for (int axis = 0; axis < 2; axis++)
    {
      ScopeResampleAxis one = { .in = in[axis],
                                .out = out[axis],
                                .filter = (ScopeResampleFilter)filter,
                                .align_corners = rules[rule].align_corners,
                                .antialias = rules[rule].antialias,
                                .fixed_width = rules[rule].fixed_width,
                                .factor = rules[rule].kept
                                              ? (double)out[axis] / (double)in[axis] + 1e-3
                                              : 0,
                                .arithmetic = arithmetics[arithmetic].arithmetic,
                                .coordinates = rules[rule].coordinates,
                                .grid = rules[rule].grid,
                                .cubic_a = -0.75,
                                .exclude_outside = rules[rule].exclude_outside };
      table[axis] = scope_resample_table_new (&one, 0, 1, out[axis], BUDGET, &error);
      if (table[axis] == NULL)
        die (error.sentence);
    }
  void *from = make_values (dtype, 3 * in[0] * in[1]);
  void *to = new_memory (3 * out[0] * out[1], scope_dtype_bytes (dtype));
  ScopeResampleBlock block = { .rank = 3,
                               .axis = { { .outputs = 3,
                                           .inputs = 3,
                                           .in_stride = in[0] * in[1],
                                           .out_stride = out[0] * out[1] },
                                         { .table = table[0],
                                           .outputs = out[0],
                                           .inputs = in[0],
                                           .in_stride = in[1],
                                           .out_stride = out[1] },
                                         { .table = table[1],
                                           .outputs = out[1],
                                           .inputs = in[1],
                                           .in_stride = 1,
                                           .out_stride = 1 } },
                               .in = from,
                               .out = to,
                               .element = scope_dtype_bytes (dtype) };
  if (!scope_resample_block (&block, NULL, &error))
    die (error.sentence);
  char name[160];
  snprintf (name, sizeof name, "%s %s %s %lldx%lld to %lldx%lld", rules[rule].name,
            filter_names[filter], arithmetics[arithmetic].name, (long long)in[0], (long long)in[1],
            (long long)out[0], (long long)out[1]);
  put (name, add_elements (BEGIN, dtype, to, 3 * out[0] * out[1]));
  free (from);
  free (to);
  scope_resample_table_free (table[0]);
  scope_resample_table_free (table[1]);
}

static void
resample_all (void)
{
  for (size_t rule = 0; rule < sizeof rules / sizeof *rules; rule++)
    for (size_t filter = 0; filter < sizeof filter_names / sizeof *filter_names; filter++)
      for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
        for (size_t a = 0; a < sizeof arithmetics / sizeof *arithmetics; a++)
          /* The means of AREA are sums of floats, whatever is rounded afterwards. */
          if ((rules[rule].filters >> filter & 1) != 0 && (filter != SCOPE_FILTER_AREA || a < 2))
            resample_one ((int)rule, (int)filter, (int)size, (int)a);
}

/* ---- expressions ---------------------------------------------------------------------------- */

static const char *const types[] = { "float32", "float64", "float16", "bfloat16", "int64",
                                     "int32",   "uint8",   "int8",    "bool" };

/* Of tensors A [2, 3, 12, 17] and B [17, 9]. What is refused of a type must be everywhere. Without
 * erf and what is made of it: of doubles it is the C library's, which has fused multiplication on
 * some processors and differs in the last bit. */
static const char *const expressions[] = {
  "A",
  "A + A",
  "A * 2.5 - 1",
  "A / 3",
  "A // 2",
  "A % 3",
  "A ** 2",
  "-A",
  "abs(A)",
  "A @ B",
  "A.sum()",
  "A.sum(dim=2)",
  "A.mean(dim=(1, 3))",
  "A.std(dim=3)",
  "A.var()",
  "A.prod(dim=1)",
  "A.amax(dim=2)",
  "A.amin()",
  "A.cumsum(dim=3)",
  "A.norm()",
  "torch.softmax(A, dim=3)",
  "torch.sqrt(abs(A))",
  "torch.exp(A)",
  "torch.log(abs(A) + 1)",
  "torch.sin(A)",
  "torch.tanh(A)",
  "torch.sigmoid(A)",
  "F.relu(A)",
  "torch.atan2(A, A + 1)",
  "torch.pow(abs(A), 0.3)",
  "F.avg_pool2d(A, 3)",
  "F.max_pool2d(A, 3, stride=2, padding=1)",
  "F.adaptive_avg_pool2d(A, (5, 4))",
  "F.conv2d(A, A[:, :, :3, :5])",
  "F.linear(A, B.T)",
  "torch.einsum(\"bchw,wk->bck\", A, B)",
  "F.interpolate(A, size=(7, 31), mode=\"bilinear\")",
  "F.interpolate(A, size=(25, 9), mode=\"bicubic\")",
  "F.interpolate(A, size=(5, 5), mode=\"bilinear\", antialias=True)",
  "F.interpolate(A, size=(25, 40))",
  "resample(A, size=(9, 40), mode=\"lanczos3\")",
  "resample(A, size=(9, 40), mode=\"cubic\", preset=\"pillow\")",
  "resample(A, size=(9, 40), mode=\"linear\", preset=\"opencv\")",
  "resample(A, size=(9, 40), mode=\"mitchell\", preset=\"tensorflow\")",
  "resample(A, size=(9, 40), mode=\"cubic\", preset=\"onnx\")",
  "F.layer_norm(A, (17,))",
  "F.pad(A, (2, 3, 1, 2), mode=\"reflect\")",
  "torch.sort(A, dim=3)[0]",
  "A.argmax(dim=3)",
  "A.to(torch.int32)",
  "A.to(torch.uint8)",
  "A.to(torch.int64)",
  "(A * 1e12).to(torch.int32)",
  "(A * -1e25).to(torch.int64)",
  "(A * 300 - 100).to(torch.uint8)",
  "(A * 1e6).to(torch.int16)",
  "A.to(torch.float16)",
  "A.to(torch.bfloat16)",
  "A.to(torch.float64)",
  "A.to(torch.bool)",
  "torch.round(A * 7)",
  "torch.floor(A * 7)",
  "A.clamp(0.25, 0.75)",
  "torch.where(A > 0.5, A, -A)",
  "A.flip(3)",
  "A.permute(3, 1, 0, 2)",
  "torch.cat((A, A), dim=2)",
};

static ScopeTensor *
make_tensor (const char *name, const char *definition)
{
  ScopeError error = { 0 };
  ScopeTensorText text;
  if (!scope_tensor_text_parse (definition, strlen (definition), &text, &error))
    die (error.sentence);
  ScopeStorage *storage = scope_generator_new (text.fill, text.dtype, &text.shape, &error);
  ScopeTensor *tensor = scope_tensor_new (name, text.dtype, &text.shape, NULL, storage, &error);
  if (tensor == NULL)
    die (error.sentence);
  scope_storage_unref (storage);
  return tensor;
}

static void
evaluate (const char *expression, const char *type, ScopeTensor **tensors, int n_tensors)
{
  ScopeError error = { 0 };
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program =
      scope_program_new (expression, strlen (expression), tensors, n_tensors, &options, &error);
  if (program == NULL)
    die (error.sentence);
  char name[200];
  snprintf (name, sizeof name, "%s of %s", expression, type);
  const ScopeNode *node = program->result >= 0 ? program->node[program->result] : NULL;
  int64_t count;
  if (program->first_failure >= 0 || node == NULL
      || !scope_shape_count (&node->shape, &count, NULL))
    put (name, 0); /* refused: on every processor */
  else
    {
      void *data = new_memory (count, scope_dtype_bytes (node->dtype));
      ScopeRegion all = scope_region_all (&node->shape);
      ScopeBuffer buffer = scope_buffer_dense (&all, data);
      bool read = scope_program_read (program, node->number, &all, &buffer, NULL, &error);
      put (name, read ? add_elements (BEGIN, node->dtype, data, count) : 1);
      free (data);
    }
  scope_program_unref (program);
}

static void
evaluate_all (void)
{
  for (size_t t = 0; t < sizeof types / sizeof *types; t++)
    {
      char text[2][80];
      snprintf (text[0], sizeof *text, "random(1):%s[2,3,12,17]", types[t]);
      snprintf (text[1], sizeof *text, "random(2):%s[17,9]", types[t]);
      ScopeTensor *tensors[] = { make_tensor ("A", text[0]), make_tensor ("B", text[1]) };
      for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++)
        evaluate (expressions[i], types[t], tensors, 2);
      for (int i = 0; i < 2; i++)
        scope_tensor_unref (tensors[i]);
    }
}

/* ---- made-up values and types --------------------------------------------------------------- */

static void
fill_all (void)
{
  static const char *const fills[] = { "ramp",     "random(5)",      "zoneplate", "sine(7)",
                                       "siemens",  "text",           "step",      "impulse",
                                       "identity", "checkerboard(3)" };
  for (size_t f = 0; f < sizeof fills / sizeof *fills; f++)
    for (int dtype = 0; dtype < SCOPE_N_DTYPES; dtype++)
      {
        char text[120];
        snprintf (text, sizeof text, "%s:%s[61,83]", fills[f],
                  scope_dtype_name ((ScopeDtype)dtype));
        ScopeTensor *tensor = make_tensor ("A", text);
        evaluate ("A", text, &tensor, 1);
        scope_tensor_unref (tensor);
      }
}

/* Every pattern of 16 bits as each type, to double and to every other type. */
static void
convert_all (void)
{
  uint16_t *patterns = new_memory (1 << 16, sizeof *patterns);
  for (int i = 0; i < 1 << 16; i++)
    patterns[i] = (uint16_t)(i * 40503u);
  for (int from = 0; from < SCOPE_N_DTYPES; from++)
    for (int to = 0; to < SCOPE_N_DTYPES; to++)
      {
        ScopeDtype a = (ScopeDtype)from, b = (ScopeDtype)to;
        if (from == SCOPE_BOOL)
          continue; /* other bytes than 0 and 1 are none */
        int64_t count = (int64_t)(((size_t)1 << 17) / scope_dtype_bytes (a));
        void *out = new_memory (count, scope_dtype_bytes (b));
        scope_dtype_convert (a, patterns, 1, b, out, 1, count);
        char name[80];
        snprintf (name, sizeof name, "%s to %s", scope_dtype_name (a), scope_dtype_name (b));
        put (name, add_elements (BEGIN, b, out, count));
        free (out);
      }
  free (patterns);
}

/* ---- pixels --------------------------------------------------------------------------------- */

static void
map_all (void)
{
  ScopeRaster raster = {
    .colors = 256, .bad = 0xFFA3A3A3u, .least = -INFINITY, .low = -1, .high = 1
  };
  for (int i = 0; i < 256; i++)
    {
      raster.color[i] = 0xFF000000u | (uint32_t)i * 0x010203u;
      raster.first[i] = -1 + i / 128.0 + (i % 7) * 1e-4;
    }
  raster.origin = -1;
  raster.scale = 128;
  scope_raster_prepare (&raster);
  for (int wide = 0; wide < 2; wide++)
    for (int turned = 0; turned < 2; turned++)
      {
        enum
        {
          ROWS = 97,
          COLUMNS = 203
        };
        ScopeDtype dtype = wide ? SCOPE_FLOAT64 : SCOPE_FLOAT32;
        void *data = make_values (dtype, ROWS * COLUMNS);
        uint32_t *out = new_memory (ROWS * COLUMNS, sizeof *out);
        ScopeRasterWindow window = { .dtype = dtype,
                                     .data = data,
                                     .rows = ROWS,
                                     .columns = COLUMNS,
                                     .row_stride = turned ? 1 : COLUMNS,
                                     .column_stride = turned ? ROWS : 1 };
        scope_raster_map (&raster, &window, out, COLUMNS, NULL, NULL);
        char name[60];
        snprintf (name, sizeof name, "pixels of %s%s", scope_dtype_name (dtype),
                  turned ? ", turned" : "");
        put (name, add_bytes (BEGIN, out, sizeof *out * ROWS * COLUMNS));
        free (data);
        free (out);
      }
}

int
main (void)
{
  resample_all ();
  fill_all ();
  convert_all ();
  map_all ();
  evaluate_all ();
  return 0;
}
