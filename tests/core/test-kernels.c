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
  const ScopeKernels *kernels;
} variants[] = {
  { "baseline", SCOPE_CPU_BASELINE, scope_kernels_baseline },
#ifdef __x86_64__
  { "avx2", SCOPE_CPU_AVX2, scope_kernels_avx2 },
  { "avx512", SCOPE_CPU_AVX512, scope_kernels_avx512 },
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

static const char *const shapes[] = { "few",  "two",   "four",  "many",  "sums",
                                      "wide", "clamp", "apart", "steep", "same" };

/* A random pass: outputs whose taps lie anywhere in the input, or, clamped, outside. */
typedef struct
{
  ScopePass pass;
  int64_t *first;
  int32_t *taps;
  void *weight;
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

static Made
make_pass (GRand *rand, int shape, int type)
{
  Made made = { 0 };
  const char *name = shapes[shape];
  bool clamp = strcmp (name, "clamp") == 0, sums = strcmp (name, "sums") == 0;
  bool even = shape < 3 || clamp || g_rand_boolean (rand); /* ends of taps ascend in tables */
  int most = strcmp (name, "two") == 0    ? 2
             : strcmp (name, "four") == 0 ? 4
             : strcmp (name, "few") == 0  ? g_rand_int_range (rand, 1, 9)
             : strcmp (name, "wide") == 0 ? g_rand_int_range (rand, 200, 700)
                                          : g_rand_int_range (rand, 2, 40);
  int64_t outputs = g_rand_int_range (rand, 1, 150);
  int64_t inputs = most + g_rand_int_range (rand, 0, strcmp (name, "steep") == 0 ? 9000 : 400);
  int64_t base = g_rand_int_range (rand, 0, 50);
  made.first = g_new (int64_t, outputs);
  made.taps = g_new (int32_t, outputs);
  made.weight = sums ? NULL : numbers (rand, type, outputs * most);
  for (int64_t j = 0; j < outputs; j++)
    {
      made.taps[j] = even ? most : g_rand_int_range (rand, 1, most + 1);
      /* Clamped ones reach three elements beyond either end. */
      int64_t over = clamp ? 3 : 0, room = inputs - most + 2 * over;
      made.first[j] = base - over + (outputs > 1 ? room * j / (outputs - 1) : 0);
    }
  made.pass = (ScopePass){ .first = made.first,
                           .taps = made.taps,
                           .weight = made.weight,
                           .weight_stride = most,
                           .tap_step = strcmp (name, "apart") == 0 && most < 20 ? 2 : 1,
                           .base = base,
                           .inputs = inputs,
                           .outputs = outputs,
                           .most_taps = most };
  if (strcmp (name, "same") == 0)
    {
      made.pass.most_taps = made.pass.weight_stride = 2;
      made.pass.tap_step = 0;
      made.pass.inputs = outputs + g_rand_int_range (rand, 0, 3);
      for (int64_t j = 0; j < outputs; j++)
        {
          made.first[j] = base + j;
          made.taps[j] = 2;
          for (int k = 0; k < 2; k++)
            if (type == FLOAT)
              ((float *)made.weight)[2 * j + k] = k == 0;
            else
              ((double *)made.weight)[2 * j + k] = k == 0;
        }
    }
  return made;
}

static void
made_clear (Made *made)
{
  g_free (made->first);
  g_free (made->taps);
  g_free (made->weight);
}

/* Output j of elements `pitch` apart. */
static double
plain (const ScopePass *pass, int type, int64_t j, const void *in, int64_t pitch)
{
  volatile float narrow = 0;
  volatile double wide = 0;
  for (int32_t k = 0; k < pass->taps[j]; k++)
    {
      int64_t at =
          scope_pass_clamp (pass, pass->first[j] - pass->base + k * pass->tap_step) * pitch;
      int64_t w = j * pass->weight_stride + k;
      if (type == FLOAT)
        {
          volatile float product = ((const float *)in)[at];
          if (pass->weight != NULL)
            product = product * ((const float *)pass->weight)[w];
          narrow = k == 0 ? product + (pass->weight == NULL ? 0.0f : -0.0f) : narrow + product;
        }
      else
        {
          volatile double product = ((const double *)in)[at];
          if (pass->weight != NULL)
            product = product * ((const double *)pass->weight)[w];
          wide = k == 0 ? product + (pass->weight == NULL ? 0.0 : -0.0) : wide + product;
        }
    }
  return type == FLOAT ? (double)narrow : wide;
}

/* Whether element i has the bits of `value`; any NaN is as good as another. */
static bool
is_same (int type, const void *data, int64_t i, double value)
{
  double have = type == FLOAT ? (double)((const float *)data)[i] : ((const double *)data)[i];
  return memcmp (&have, &value, sizeof have) == 0 || (isnan (have) && isnan (value));
}

static void
try_along (GRand *rand, const ScopeKernels *kernels, int type, const Made *made)
{
  const ScopePass *pass = &made->pass;
  size_t element = type == FLOAT ? 4 : 8;
  int64_t rows = g_rand_int_range (rand, 1, 38);
  int64_t in_pitch = pass->inputs + g_rand_int_range (rand, 0, 5);
  int64_t out_pitch = pass->outputs + g_rand_int_range (rand, 0, 5);
  g_autofree void *in = numbers (rand, type, rows * in_pitch);
  g_autofree char *out = g_malloc ((gsize)(rows * out_pitch) * element + 64);
  size_t bytes = scope_kernels_scratch (pass->outputs, pass->most_taps);
  char *scratch = g_aligned_alloc (1, (bytes + 63) / 64 * 64, 64);
  memset (scratch, 0, SCOPE_KEY_BYTES);
  memset (out, 0x5A, (gsize)(rows * out_pitch) * element);
  kernels->along (pass, rows, in, in_pitch, out, out_pitch, scratch);
  for (int64_t row = 0; row < rows; row++)
    {
      const char *from = (const char *)in + (size_t)(row * in_pitch) * element;
      for (int64_t j = 0; j < pass->outputs; j++)
        if (!is_same (type, out, row * out_pitch + j, plain (pass, type, j, from, 1)))
          g_error (
              "row %d of %d, output %d of %d: %.9g, not %.9g; %d taps of %d, step %d, first %d, "
              "%d inputs, weights %d",
              (int)row, (int)rows, (int)j, (int)pass->outputs,
              (double)((float *)(void *)out)[row * out_pitch + j], plain (pass, type, j, from, 1),
              pass->taps[j], (int)pass->most_taps, pass->tap_step,
              (int)(pass->first[j] - pass->base), (int)pass->inputs, pass->weight != NULL);
      for (int64_t j = pass->outputs; j < out_pitch; j++)
        g_assert_cmpint (out[(size_t)(row * out_pitch + j) * element], ==, 0x5A);
    }
  g_aligned_free (scratch);
}

static void
try_across (GRand *rand, const ScopeKernels *kernels, int type, const Made *made)
{
  const ScopePass *pass = &made->pass;
  size_t element = type == FLOAT ? 4 : 8;
  int64_t length = g_rand_int_range (rand, 1, 200), shift = g_rand_int_range (rand, 0, 9);
  int64_t pitch = length + g_rand_int_range (rand, 0, 5);
  int64_t j = g_rand_int_range (rand, 0, (gint32)pass->outputs);
  g_autofree char *in = numbers (rand, type, pass->inputs * pitch);
  char *memory = g_aligned_alloc (1, 64 * 40, 64);
  char *out = memory + (size_t)shift * element;
  memset (memory, 0x5A, 64 * 40);
  kernels->across (pass, j, in, pitch, out, length, g_rand_boolean (rand),
                   (ScopeSoon){ in, pitch * (int64_t)element, 1 });
  for (int64_t x = 0; x < length; x++)
    g_assert_true (is_same (type, out, x, plain (pass, type, j, in + (size_t)x * element, pitch)));
  g_assert_cmpint (out[(size_t)length * element], ==, 0x5A);
  g_aligned_free (memory);
}

/* Outputs that begin one after the other, as those of an axis that shrinks. */
static void
try_group (GRand *rand, const ScopeKernels *kernels, int type)
{
  size_t element = type == FLOAT ? 4 : 8;
  int group = g_rand_int_range (rand, 2, kernels->group + 1), most = g_rand_int_range (rand, 5, 20);
  int64_t first[SCOPE_GROUP], base = g_rand_int_range (rand, 0, 9), at = base;
  int32_t taps[SCOPE_GROUP];
  for (int g = 0; g < group; g++)
    {
      taps[g] = g > 0 && g_rand_boolean (rand) ? most : most - 1;
      first[g] = at;
      at += g_rand_int_range (rand, 2, most - 1);
    }
  ScopePass pass = { .first = first,
                     .taps = taps,
                     .weight = numbers (rand, type, group * most),
                     .weight_stride = most,
                     .tap_step = 1,
                     .base = base,
                     .inputs = first[group - 1] + most - base,
                     .outputs = group,
                     .most_taps = most };
  int64_t length = g_rand_int_range (rand, 1, 300), pitch = length + g_rand_int_range (rand, 0, 9);
  int64_t out_pitch = g_rand_boolean (rand) ? 320 : 320 + g_rand_int_range (rand, 0, 9);
  gsize bytes = (gsize)(out_pitch * group) * element;
  g_autofree char *in = numbers (rand, type, pass.inputs * pitch);
  char *out = g_aligned_alloc (1, bytes, 64);
  memset (out, 0x5A, bytes);
  kernels->across_group (&pass, 0, group, in, pitch, out, out_pitch, length, g_rand_boolean (rand),
                         (ScopeSoon){ in, pitch * (int64_t)element, 1 });
  for (int g = 0; g < group; g++)
    {
      for (int64_t x = 0; x < length; x++)
        g_assert_true (is_same (type, out, g * out_pitch + x,
                                plain (&pass, type, g, in + (size_t)x * element, pitch)));
      g_assert_cmpint (out[(size_t)(g * out_pitch + length) * element], ==, 0x5A);
    }
  g_aligned_free (out);
  g_free ((void *)pass.weight);
}

static void
test_variant (gconstpointer data)
{
  int variant = GPOINTER_TO_INT (data) / 2, type = GPOINTER_TO_INT (data) % 2;
  if (!can_run (variants[variant].level))
    {
      g_test_skip ("this processor does not have it");
      return;
    }
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);
  for (int round = 0; round < 15; round++)
    for (int shape = 0; shape < (int)G_N_ELEMENTS (shapes); shape++)
      {
        Made made = make_pass (rand, shape, type);
        try_along (rand, &variants[variant].kernels[type], type, &made);
        try_across (rand, &variants[variant].kernels[type], type, &made);
        try_group (rand, &variants[variant].kernels[type], type);
        made_clear (&made);
      }
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
    }
  g_test_add_func ("/core/kernels/cap", test_cap);
  return g_test_run ();
}
