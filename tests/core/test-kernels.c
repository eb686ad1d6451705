/* Every variant of the resampling kernels against plain loops, to the last bit; and whole blocks at
 * every level of the processor against the baseline's. */
#include "core/resample-kernels.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static const struct
{
  const char *name;
  ScopeCpuLevel level;
  const ScopeKernels *kernels[2]; /* of floats, of doubles */
} variants[] = {
  { "baseline",
    SCOPE_CPU_BASELINE,
    { &scope_kernels_baseline_float, &scope_kernels_baseline_double } },
#ifdef __x86_64__
  { "avx2", SCOPE_CPU_AVX2, { &scope_kernels_avx2_float, &scope_kernels_avx2_double } },
  { "avx512", SCOPE_CPU_AVX512, { &scope_kernels_avx512_float, &scope_kernels_avx512_double } },
#endif
};

/* What the processor can run, whatever SCOPE_CPU allows. */
static bool
can_run (ScopeCpuLevel level)
{
  g_autofree char *cap = g_strdup (g_getenv ("SCOPE_CPU"));
  g_unsetenv ("SCOPE_CPU");
  bool can = scope_cpu_level () >= level;
  if (cap != NULL)
    g_setenv ("SCOPE_CPU", cap, TRUE);
  return can;
}

/* ---- passes --------------------------------------------------------------------------------- */

enum
{
  FLOAT,
  DOUBLE,
};

static const char *const shapes[] = { "few",   "two",  "four",  "many", "sums",   "wide",
                                      "clamp", "same", "steep", "near", "whole",  "shifted",
                                      "down",  "grow", "even",  "one",  "uneven", "single" };

/* A random table: outputs whose taps lie anywhere in the input, or, clamped, outside. */
typedef struct
{
  ScopeResampleTable table;
  int type;
} Made;

static double
a_number (GRand *rand)
{
  int special = g_rand_int_range (rand, 0, 60);
  if (special == 0)
    return (double)NAN;
  if (special == 1)
    return HUGE_VAL;
  if (special == 2)
    return -0.0;
  return g_rand_double_range (rand, -1, 1);
}

static void *
numbers (GRand *rand, int type, int64_t count)
{
  void *data = g_malloc ((gsize)count * 8 + 64);
  for (int64_t i = 0; i < count; i++)
    if (type == FLOAT)
      ((float *)data)[i] = (float)a_number (rand);
    else
      ((double *)data)[i] = a_number (rand);
  return data;
}

static void
copy_first_weights (ScopeResampleTable *table, int type)
{
  size_t bytes = (size_t)table->stride * (type == FLOAT ? 4 : 8);
  for (int64_t j = 1; j < table->count; j++)
    memcpy ((char *)table->weight + (size_t)j * bytes, table->weight, bytes);
}

static Made
make_table (GRand *rand, const char *name, int type)
{
#define IS(word) (strcmp (name, word) == 0)
  int most = IS ("two") || IS ("same") || IS ("grow") ? 2
             : IS ("four")                            ? 4
             : IS ("few")                             ? g_rand_int_range (rand, 1, 9)
             : IS ("single")                          ? 1
             : IS ("wide")                            ? g_rand_int_range (rand, 200, 700)
                                                      : g_rand_int_range (rand, 2, 40);
  bool regular = IS ("whole") || IS ("shifted") || IS ("even");
  bool clamp = IS ("clamp"), even = regular || clamp || IS ("one") || g_rand_boolean (rand);
  int64_t outputs = IS ("one") ? 1 : g_rand_int_range (rand, 1, 150);
  int64_t step = IS ("whole") ? g_rand_int_range (rand, 2, 10) : IS ("even") ? 2 : 1;
  int64_t spread = IS ("steep") ? 9000 : IS ("near") ? 0 : IS ("grow") ? outputs / 3 : 400;
  int64_t over = clamp ? 3 : 0, inputs = most + g_rand_int_range (rand, 0, (gint32)spread + 1);
  if (regular)
    inputs = most + (outputs - 1) * step + g_rand_int_range (rand, 0, 3);
  if (IS ("same"))
    inputs = outputs + g_rand_int_range (rand, 0, 3);
  if (IS ("uneven") || regular || IS ("few") || IS ("two"))
    even = !IS ("uneven");
  Made made = { .type = type };
  made.table = (ScopeResampleTable){
    .axis = { .arithmetic = type == FLOAT ? SCOPE_ARITHMETIC_FLOAT32 : SCOPE_ARITHMETIC_FLOAT64 },
    .count = outputs,
    .in = inputs,
    .tap_step = !IS ("same"),
    .ascending = true,
    .first = g_new (int64_t, outputs),
    .taps = g_new (int32_t, outputs),
    .stride = most,
    .weight = IS ("sums") || IS ("single") ? NULL : numbers (rand, type, outputs * most),
  };
  for (int64_t j = 0; j < outputs; j++)
    {
      /* Clamped ones reach three elements beyond either end. */
      int64_t room = inputs - most + 2 * over, at = IS ("down") ? outputs - 1 - j : j;
      made.table.taps[j] = even            ? most
                           : IS ("uneven") ? g_rand_int_range (rand, MAX (most - 2, 1), most + 1)
                                           : g_rand_int_range (rand, 1, most + 1);
      made.table.first[j] = outputs > 1 ? room * at / (outputs - 1) - over : 0;
      if (regular || IS ("same"))
        made.table.first[j] = j * step;
    }
  if (regular || IS ("same"))
    copy_first_weights (&made.table, type);
  if (regular && outputs > 40 && g_rand_boolean (rand)) /* other ends */
    {
      made.table.taps[0] = MAX (most - 1, 1);
      made.table.taps[outputs - 1] = MAX (most - 2, 1);
    }
  for (int64_t j = 1; j < outputs; j++)
    made.table.ascending &= made.table.first[j] >= made.table.first[j - 1]
                            && made.table.first[j] + made.table.taps[j]
                                   >= made.table.first[j - 1] + made.table.taps[j - 1];
#undef IS
  return made;
}

static void
made_clear (Made *made)
{
  g_free (made->table.first);
  g_free (made->table.taps);
  g_free (made->table.weight);
}

/* Output j of elements `pitch` apart, the first of which is element `input`. */
static double
plain (const Made *made, int64_t j, const void *in, int64_t input, int64_t pitch)
{
  const ScopeResampleTable *table = &made->table;
  volatile float narrow = 0;
  volatile double wide = 0;
  for (int32_t k = 0; k < table->taps[j]; k++)
    {
      int64_t place = table->first[j] + (int64_t)k * table->tap_step;
      int64_t at = (CLAMP (place, 0, table->in - 1) - input) * pitch;
      int64_t w = j * table->stride + k;
      if (made->type == FLOAT)
        {
          volatile float product = ((const float *)in)[at];
          if (table->weight != NULL)
            product = product * ((const float *)table->weight)[w];
          narrow = k == 0 ? product + (table->weight == NULL ? 0.0f : -0.0f) : narrow + product;
        }
      else
        {
          volatile double product = ((const double *)in)[at];
          if (table->weight != NULL)
            product = product * ((const double *)table->weight)[w];
          wide = k == 0 ? product + (table->weight == NULL ? 0.0 : -0.0) : wide + product;
        }
    }
  return made->type == FLOAT ? (double)narrow : wide;
}

/* Whether element i has the bits of `value`; any NaN is as good as another. */
static bool
is_same (int type, const void *data, int64_t i, double value)
{
  double have = type == FLOAT ? (double)((const float *)data)[i] : ((const double *)data)[i];
  return memcmp (&have, &value, sizeof have) == 0 || (isnan (have) && isnan (value));
}

static int kinds_seen; /* bits of ScopeColumnsKind */

/* Some outputs of a table, from rows that hold what they read, not more. */
static void
try_columns (GRand *rand, const ScopeKernels *kernels, const char *name, const Made *made)
{
  const ScopeResampleTable *table = &made->table;
  int type = made->type;
  size_t element = type == FLOAT ? 4 : 8;
  int rows = g_rand_int_range (rand, 1, 38), channels = g_rand_int_range (rand, 1, 6);
  int64_t output = g_rand_int_range (rand, 0, (gint32)table->count), input, end;
  int64_t pixels = g_rand_int_range (rand, 1, (gint32)(table->count - output) + 1);
  channels = channels > 3 ? 1 : channels;
  if (g_rand_boolean (rand))
    {
      output = 0;
      pixels = table->count;
    }
  scope_resample_table_span (table, output, pixels, &input, &end);
  ScopeColumns *columns =
      scope_columns_new (table, output, pixels, input, end - input, channels, rows, kernels, NULL);
  kinds_seen |= 1 << columns->kind;
  gsize length = (gsize)((end - input) * channels), made_length = (gsize)(pixels * channels);
  gsize room = columns->padded ? (gsize)columns->readable : length;
  gsize out_pitch = made_length + (gsize)g_rand_int_range (rand, 0, 5);
  const void *from[40];
  void *to[40];
  for (int r = 0; r < rows; r++)
    {
      from[r] = numbers (rand, type, (int64_t)room);
      /* Reading beyond is seen by a sanitizer. */
      from[r] = g_realloc ((void *)(uintptr_t)from[r], room * element);
      to[r] = g_malloc (out_pitch * element);
      memset (to[r], 0x5A, out_pitch * element);
    }
  char *scratch = g_aligned_alloc (1, columns->scratch + 64, 64);
  ScopeFetch fetch = { from[0], 0, (gint64)(length * element), 1, rows };
  kernels->columns (columns, rows, from, to, scratch, &fetch, 1);
  for (int r = 0; r < rows; r++)
    {
      for (gsize j = 0; j < made_length; j++)
        {
          int64_t pixel = output + (int64_t)j / channels, channel = (int64_t)j % channels;
          const char *at = (const char *)from[r] + (size_t)channel * element;
          double wanted = plain (made, pixel, at, input, channels);
          if (!is_same (type, to[r], (int64_t)j, wanted))
            g_error ("%s, way %d: row %d of %d, output %d of %d, not %.9g; %d taps of %d, first "
                     "%d, %d inputs, %d channels",
                     name, (int)columns->kind, r, rows, (int)j, (int)made_length, wanted,
                     table->taps[pixel], (int)table->stride, (int)(table->first[pixel] - input),
                     (int)(end - input), channels);
        }
      for (gsize j = made_length * element; j < out_pitch * element; j++)
        g_assert_cmpint (((const char *)to[r])[j], ==, 0x5A);
      g_free ((void *)(uintptr_t)from[r]);
      g_free (to[r]);
    }
  g_aligned_free (scratch);
  scope_columns_free (columns);
}

/* Some outputs at once, as many as share rows. */
static void
try_rows (GRand *rand, const ScopeKernels *kernels, const char *name, const Made *made)
{
  const ScopeResampleTable *table = &made->table;
  int type = made->type;
  size_t element = type == FLOAT ? 4 : 8;
  int64_t length = g_rand_int_range (rand, 1, 400), pitch = length;
  int64_t output = g_rand_int_range (rand, 0, (gint32)table->count);
  ScopeFetch fetch = { 0 };
  ScopeRows rows = {
    .length = length, .stream = g_rand_boolean (rand), .fetch = &fetch, .lines = 1
  };
  g_autofree char *in = numbers (rand, type, table->in * pitch);
  g_autofree const void **row = g_new (const void *, SCOPE_SHARED * table->stride);
  int32_t read = scope_rows_begin (&rows, kernels, table, output, table->count - output);
  gsize out_pitch = (gsize)length + (g_rand_boolean (rand) ? 16 - (gsize)length % 16 : 3);
  gsize bytes = (out_pitch * SCOPE_SHARED) * element;
  char *out = g_aligned_alloc (1, (bytes + 63) / 64 * 64, 64);
  g_assert_cmpint (read, <=, SCOPE_GROUP * table->stride);
  memset (out, 0x5A, bytes);
  for (int32_t r = 0; r < read; r++)
    row[r] = in + (size_t)(scope_rows_element (table, output, r) * pitch) * element;
  for (int g = 0; g < rows.outputs; g++)
    rows.out[g] = out + (size_t)g * out_pitch * element;
  rows.row = row;
  kernels->rows (&rows);
  for (int g = 0; g < rows.outputs; g++)
    {
      for (int64_t x = 0; x < length; x++)
        {
          double wanted = plain (made, output + g, in + (size_t)x * element, 0, pitch);
          if (!is_same (type, rows.out[g], x, wanted))
            g_error ("%s: output %d of %d, element %d of %d, not %.9g", name, g, rows.outputs,
                     (int)x, (int)length, wanted);
        }
      g_assert_cmpint (((const char *)rows.out[g])[(size_t)length * element], ==, 0x5A);
    }
  g_aligned_free (out);
}

static void
try_divide (GRand *rand, const ScopeKernels *kernels, int type)
{
  int64_t length = g_rand_int_range (rand, 1, 90), step = g_rand_int_range (rand, 0, 2);
  int32_t divisor[90], all = g_rand_int_range (rand, 1, 9);
  g_autofree void *sum = numbers (rand, type, length);
  g_autofree void *before = g_malloc ((gsize)length * 8);
  memcpy (before, sum, (gsize)length * (type == FLOAT ? 4 : 8));
  for (int i = 0; i < 90; i++)
    divisor[i] = g_rand_int_range (rand, 1, 9);
  kernels->divide (sum, all, divisor, step, length);
  for (int64_t x = 0; x < length; x++)
    {
      double wanted;
      if (type == FLOAT)
        wanted = (double)(((float *)before)[x] / (float)all / (float)divisor[x * step]);
      else
        wanted = ((double *)before)[x] / all / divisor[x * step];
      g_assert_true (is_same (type, sum, x, wanted));
    }
}

static void
test_variant (gconstpointer data)
{
  int variant = GPOINTER_TO_INT (data) / 2, type = GPOINTER_TO_INT (data) % 2;
  const ScopeKernels *kernels = variants[variant].kernels[type];
  if (!can_run (variants[variant].level))
    {
      g_test_skip ("this processor does not have it");
      return;
    }
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);
  kinds_seen = 0;
  for (int round = 0; round < 15; round++)
    for (int shape = 0; shape < (int)G_N_ELEMENTS (shapes); shape++)
      {
        Made made = make_table (rand, shapes[shape], type);
        try_columns (rand, kernels, shapes[shape], &made);
        try_rows (rand, kernels, shapes[shape], &made);
        try_divide (rand, kernels, type);
        made_clear (&made);
      }
  int all = 1 << SCOPE_COLUMNS_PLAIN | 1 << SCOPE_COLUMNS_SHIFTED | 1 << SCOPE_COLUMNS_WHOLE;
  if (kernels->ability.lanes > 2)
    all |= 1 << SCOPE_COLUMNS_TURNED;
  if (kernels->ability.picks > 0)
    all |= 1 << SCOPE_COLUMNS_LANES;
  g_assert_cmphex ((guint)kinds_seen, ==, (guint)all);
}

/* ---- blocks --------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  ScopeResampleFilter filter;
  bool antialias;
} modes[] = {
  { "nearest", SCOPE_FILTER_NEAREST, false },
  { "nearest-exact", SCOPE_FILTER_NEAREST_EXACT, false },
  { "linear", SCOPE_FILTER_LINEAR, false },
  { "cubic", SCOPE_FILTER_CUBIC, false },
  { "area", SCOPE_FILTER_AREA, false },
  { "box", SCOPE_FILTER_BOX, false },
  { "linear-smooth", SCOPE_FILTER_LINEAR, true },
  { "cubic-smooth", SCOPE_FILTER_CUBIC, true },
  { "lanczos3", SCOPE_FILTER_LANCZOS3, false },
  { "mitchell", SCOPE_FILTER_MITCHELL, false },
};

/* Two axes behind a kept one, resampled from the size `in` to `out`. */
static void
run_block (const int64_t *in,
           const int64_t *out,
           int mode,
           int type,
           const void *from,
           void *to,
           ScopeCpuLevel level,
           ScopeExecutor *executor)
{
  ScopeError error;
  ScopeResampleBlock block = { .rank = 3, .in = from, .out = to, .element = type == FLOAT ? 4 : 8 };
  ScopeResampleTable *table[3] = { NULL };
  int64_t in_stride = 1, out_stride = 1;
  for (int a = 2; a >= 0; a--)
    {
      ScopeResampleAxis rule = {
        .in = in[a],
        .out = out[a],
        .filter = modes[mode].filter,
        .antialias = modes[mode].antialias,
        .arithmetic = type == FLOAT ? SCOPE_ARITHMETIC_FLOAT32 : SCOPE_ARITHMETIC_FLOAT64,
      };
      if (a > 0)
        table[a] = scope_resample_table_new (&rule, 0, 1, out[a], 1 << 30, &error);
      block.axis[a] = (ScopeBlockAxis){ .table = table[a],
                                        .outputs = out[a],
                                        .inputs = in[a],
                                        .in_stride = in_stride,
                                        .out_stride = out_stride };
      in_stride *= in[a];
      out_stride *= out[a];
    }
  g_assert_true (scope_resample_block_at (&block, level, executor, &error));
  for (int a = 0; a < 3; a++)
    scope_resample_table_free (table[a]);
}

static void
test_blocks (gconstpointer data)
{
  int mode = GPOINTER_TO_INT (data);
  static const int threads[] = { 1, 2, 3, 7 };
  static const int64_t sizes[][6] = {
    { 2, 37, 53, 2, 91, 17 }, { 1, 301, 7, 1, 41, 299 },    { 3, 1, 129, 3, 5, 65 },
    { 1, 64, 64, 1, 16, 16 }, { 1, 333, 257, 1, 701, 613 },
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (23);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int type = FLOAT; type <= DOUBLE; type++)
      {
        const int64_t *in = sizes[i], *out = sizes[i] + 3;
        gsize bytes = (gsize)(out[0] * out[1] * out[2]) * (type == FLOAT ? 4 : 8);
        g_autofree void *from = numbers (rand, type, in[0] * in[1] * in[2]);
        g_autofree void *wanted = g_malloc0 (bytes);
        g_autofree void *have = g_malloc0 (bytes);
        run_block (in, out, mode, type, from, wanted, SCOPE_CPU_BASELINE, NULL);
        for (gsize v = 0; v < G_N_ELEMENTS (variants); v++)
          for (gsize t = 0; t < G_N_ELEMENTS (threads); t++)
            {
              if (!can_run (variants[v].level) || (t > 0 && i + 1 < G_N_ELEMENTS (sizes)))
                continue;
              ScopeExecutor *pool = scope_thread_pool_new (threads[t]);
              memset (have, 0xEE, bytes);
              run_block (in, out, mode, type, from, have, variants[v].level, pool);
              /* Which of two NaNs a sum keeps is the compiler's affair. */
              for (gint64 k = 0; k < out[0] * out[1] * out[2]; k++)
                {
                  double value =
                      type == FLOAT ? (double)((float *)wanted)[k] : ((double *)wanted)[k];
                  g_assert_true (is_same (type, have, k, value));
                }
              scope_thread_pool_free (pool);
            }
      }
}

/* ---- planes against plain passes ---------------------------------------------------------------
 */

/* The middle axis of [outer][in][inner] by plain loops, summed as the kernels do. */
static double *
plain_pass (const ScopeResampleTable *table, int type, int64_t outer, int64_t inner, double *in)
{
  double *out = g_new (double, outer * table->count * inner);
  for (int64_t o = 0; o < outer; o++)
    for (int64_t j = 0; j < table->count; j++)
      for (int64_t x = 0; x < inner; x++)
        {
          bool sums = table->axis.filter == SCOPE_FILTER_AREA;
          volatile float narrow = sums ? 0.0f : -0.0f;
          volatile double wide = sums ? 0.0 : -0.0;
          for (int32_t k = 0; k < table->taps[j]; k++)
            {
              int64_t at = scope_rows_element (table, j, k), w = j * table->stride + k;
              double element = in[(o * table->in + at) * inner + x];
              volatile float product = (float)element;
              if (table->weight != NULL && type == FLOAT)
                product = product * ((float *)table->weight)[w];
              else if (table->weight != NULL)
                element = element * ((double *)table->weight)[w];
              narrow = narrow + product;
              wide = wide + element;
            }
          out[(o * table->count + j) * inner + x] = type == FLOAT ? (double)narrow : wide;
        }
  return out;
}

/* Planes, rows and columns of `channels` neighbours, resampled in either order. */
static double *
plain_planes (ScopeResampleTable *const *table,
              int type,
              int64_t planes,
              int64_t channels,
              double *in,
              bool rows_first)
{
  const ScopeResampleTable *rows = table[0], *columns = table[1];
  double *first, *out;
  if (rows_first)
    {
      first = plain_pass (rows, type, planes, columns->in * channels, in);
      out = plain_pass (columns, type, planes * rows->count, channels, first);
    }
  else
    {
      first = plain_pass (columns, type, planes * rows->in, channels, in);
      out = plain_pass (rows, type, planes, columns->count * channels, first);
    }
  for (int64_t i = 0; rows->axis.filter == SCOPE_FILTER_AREA
                      && i < planes * rows->count * columns->count * channels;
       i++)
    {
      int64_t column = i / channels % columns->count;
      int64_t row = i / channels / columns->count % rows->count;
      if (type == FLOAT)
        out[i] = (double)((float)out[i] / (float)rows->taps[row] / (float)columns->taps[column]);
      else
        out[i] = out[i] / rows->taps[row] / columns->taps[column];
    }
  g_free (first);
  return out;
}

/* Every way of making a plane: whole ratios, the same size, a few columns, many taps. */
static const struct
{
  int64_t planes, in[2], out[2], channels;
} plane_cases[] = {
  { 1, { 40, 120 }, { 20, 40 }, 1 }, { 2, { 30, 200 }, { 30, 40 }, 1 },
  { 1, { 90, 66 }, { 30, 66 }, 1 },  { 1, { 33, 70 }, { 33, 70 }, 1 },
  { 3, { 7, 7 }, { 14, 14 }, 1 },    { 2, { 9, 1 }, { 3, 5 }, 1 },
  { 1, { 64, 300 }, { 17, 75 }, 1 }, { 1, { 20, 336 }, { 41, 42 }, 1 },
  { 1, { 31, 360 }, { 9, 60 }, 1 },  { 1, { 12, 455 }, { 24, 65 }, 1 },
  { 1, { 21, 50 }, { 85, 200 }, 1 }, { 2, { 18, 37 }, { 7, 91 }, 3 },
  { 1, { 25, 40 }, { 25, 20 }, 3 },  { 1, { 16, 20 }, { 40, 20 }, 2 },
  { 1, { 60, 11 }, { 13, 30 }, 20 }, { 1, { 50, 1100 }, { 3, 25 }, 1 },
  { 1, { 1, 500 }, { 1, 123 }, 1 },  { 2, { 100, 3 }, { 37, 2 }, 1 },
};

/* Values: none that spreads; one in the middle; many. */
static double *
make_values (GRand *rand, int type, int64_t count, int special)
{
  double *values = g_new (double, count);
  static const double one[] = { (double)NAN, HUGE_VAL, -0.0, 0.0 };
  for (int64_t i = 0; i < count; i++)
    {
      values[i] = special == 2 ? a_number (rand) : g_rand_double_range (rand, -1, 1);
      values[i] = type == FLOAT ? (double)(float)values[i] : values[i];
    }
  if (special == 1)
    values[g_rand_int_range (rand, 0, (gint32)count)] = one[g_rand_int_range (rand, 0, 4)];
  return values;
}

static bool
are_same (int type, const void *have, const double *wanted, int64_t count)
{
  for (int64_t i = 0; i < count; i++)
    if (!is_same (type, have, i, wanted[i]))
      return false;
  return true;
}

static void
try_planes (GRand *rand, int mode, int type, gsize which, int special)
{
  int64_t planes = plane_cases[which].planes, channels = plane_cases[which].channels;
  const int64_t *in = plane_cases[which].in, *out = plane_cases[which].out;
  int64_t inputs = planes * in[0] * in[1] * channels, outputs = planes * out[0] * out[1] * channels;
  gsize element = type == FLOAT ? 4 : 8;
  ScopeResampleTable *table[2];
  ScopeError error;
  for (int a = 0; a < 2; a++)
    {
      ScopeResampleAxis rule = { .in = in[a],
                                 .out = out[a],
                                 .filter = modes[mode].filter,
                                 .antialias = modes[mode].antialias,
                                 .arithmetic = type == FLOAT ? SCOPE_ARITHMETIC_FLOAT32
                                                             : SCOPE_ARITHMETIC_FLOAT64 };
      table[a] = scope_resample_table_new (&rule, 0, 1, out[a], 1 << 30, &error);
    }
  g_autofree double *values = make_values (rand, type, inputs, special);
  g_autofree double *rows_first = plain_planes (table, type, planes, channels, values, true);
  g_autofree double *columns_first = plain_planes (table, type, planes, channels, values, false);
  g_autofree char *from = g_malloc ((gsize)inputs * element);
  g_autofree char *to = g_malloc ((gsize)outputs * element);
  for (int64_t i = 0; i < inputs; i++)
    if (type == FLOAT)
      ((float *)(void *)from)[i] = (float)values[i];
    else
      ((double *)(void *)from)[i] = values[i];
  ScopeResampleBlock block = { .rank = 4, .in = from, .out = to, .element = element };
  int64_t row_in = in[1] * channels, row_out = out[1] * channels;
  block.axis[0] = (ScopeBlockAxis){
    .outputs = planes, .inputs = planes, .in_stride = in[0] * row_in, .out_stride = out[0] * row_out
  };
  block.axis[1] = (ScopeBlockAxis){ .table = table[0],
                                    .outputs = out[0],
                                    .inputs = in[0],
                                    .in_stride = row_in,
                                    .out_stride = row_out };
  block.axis[2] = (ScopeBlockAxis){ .table = table[1],
                                    .outputs = out[1],
                                    .inputs = in[1],
                                    .in_stride = channels,
                                    .out_stride = channels };
  block.axis[3] =
      (ScopeBlockAxis){ .outputs = channels, .inputs = channels, .in_stride = 1, .out_stride = 1 };
  for (gsize v = 0; v < G_N_ELEMENTS (variants); v++)
    if (can_run (variants[v].level))
      for (int again = 0; again < 2; again++) /* what was prepared is kept */
        {
          memset (to, 0xEE, (gsize)outputs * element);
          g_assert_true (scope_resample_block_at (&block, variants[v].level, NULL, &error));
          if (!are_same (type, to, rows_first, outputs)
              && !are_same (type, to, columns_first, outputs))
            g_error ("%s, %s, %s, case %d, values %d: neither order", modes[mode].name,
                     variants[v].name, type == FLOAT ? "float" : "double", (int)which, special);
        }
  for (int a = 0; a < 2; a++)
    scope_resample_table_free (table[a]);
}

static void
test_planes (gconstpointer data)
{
  int mode = GPOINTER_TO_INT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (29);
  for (gsize which = 0; which < G_N_ELEMENTS (plane_cases); which++)
    for (int type = FLOAT; type <= DOUBLE; type++)
      for (int special = 0; special < 3; special++)
        try_planes (rand, mode, type, which, special);
}

/* SCOPE_CPU takes levels away and never adds one. */
static void
test_cap (void)
{
  g_autofree char *cap = g_strdup (g_getenv ("SCOPE_CPU"));
  g_unsetenv ("SCOPE_CPU");
  ScopeCpuLevel best = scope_cpu_level ();
  for (int level = 0; level < SCOPE_N_CPU_LEVELS; level++)
    {
      g_setenv ("SCOPE_CPU", scope_cpu_level_name ((ScopeCpuLevel)level), TRUE);
      g_assert_cmpint (scope_cpu_level (), ==, MIN ((int)best, level));
    }
  g_setenv ("SCOPE_CPU", "pentium", TRUE);
  g_assert_cmpint (scope_cpu_level (), ==, best);
  g_unsetenv ("SCOPE_CPU");
  if (cap != NULL)
    g_setenv ("SCOPE_CPU", cap, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int v = 0; v < (int)G_N_ELEMENTS (variants); v++)
    for (int type = FLOAT; type <= DOUBLE; type++)
      {
        g_autofree char *path = g_strdup_printf ("/core/kernels/%s/%s", variants[v].name,
                                                 type == FLOAT ? "float" : "double");
        g_test_add_data_func (path, GINT_TO_POINTER (2 * v + type), test_variant);
      }
  for (int mode = 0; mode < (int)G_N_ELEMENTS (modes); mode++)
    {
      g_autofree char *path = g_strdup_printf ("/core/kernels/blocks/%s", modes[mode].name);
      g_test_add_data_func (path, GINT_TO_POINTER (mode), test_blocks);
      g_autofree char *planes = g_strdup_printf ("/core/kernels/planes/%s", modes[mode].name);
      g_test_add_data_func (planes, GINT_TO_POINTER (mode), test_planes);
    }
  g_test_add_func ("/core/kernels/cap", test_cap);
  return g_test_run ();
}
