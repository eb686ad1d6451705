/* The kernels of one element type. Needs T, N (its name with a suffix) and VECTOR_BYTES. */

typedef T N (Vector) __attribute__ ((vector_size (VECTOR_BYTES)));
enum
{
  N (LANES) = VECTOR_BYTES / sizeof (T)
};

static inline N (Vector) N (load) (const T *from)
{
  N (Vector) vector;
  memcpy (&vector, from, sizeof vector);
  return vector;
}

static inline void
N (store) (T *to, N (Vector) vector)
{
  memcpy (to, &vector, sizeof vector);
}

/* Two and four taps are the common ones: rows and weights stay in registers. */
static void
N (across_two) (const T *a, const T *b, const T *weight, T *out, int64_t length)
{
  T u = weight[0], v = weight[1];
  int64_t x = 0;
  for (; x <= length - N (LANES); x += N (LANES))
    N (store) (out + x, N (load) (a + x) * u + N (load) (b + x) * v);
  for (; x < length; x++)
    out[x] = a[x] * u + b[x] * v;
}

static void
N (across_four) (const T *const *row, const T *weight, T *out, int64_t length)
{
  const T *a = row[0], *b = row[1], *c = row[2], *d = row[3];
  T t = weight[0], u = weight[1], v = weight[2], w = weight[3];
  int64_t x = 0;
  for (; x <= length - N (LANES); x += N (LANES))
    N (store)
  (out + x,
   ((N (load) (a + x) * t + N (load) (b + x) * u) + N (load) (c + x) * v) + N (load) (d + x) * w);
  for (; x < length; x++)
    out[x] = ((a[x] * t + b[x] * u) + c[x] * v) + d[x] * w;
}

/* Any number of taps: four vectors of sums at a time stay in registers. */
static void
N (across_many) (const ScopePass *pass,
                 int64_t output,
                 const T *in,
                 int64_t pitch,
                 T *out,
                 int64_t length)
{
  int64_t first = pass->first[output] - pass->base;
  int32_t taps = pass->taps[output];
  const T *weight = (const T *)pass->weight + output * pass->weight_stride;
  const T *start = in + scope_pass_clamp (pass, first) * pitch;
  int64_t x = 0;
  for (; x <= length - 4 * N (LANES); x += 4 * N (LANES))
    {
      N (Vector) sum[4];
      for (int i = 0; i < 4; i++)
        sum[i] = N (load) (start + x + i * N (LANES)) * weight[0];
      for (int32_t k = 1; k < taps; k++)
        {
          const T *row = in + scope_pass_clamp (pass, first + k * pass->tap_step) * pitch + x;
          for (int i = 0; i < 4; i++)
            sum[i] += N (load) (row + i * N (LANES)) * weight[k];
        }
      for (int i = 0; i < 4; i++)
        N (store) (out + x + i * N (LANES), sum[i]);
    }
  for (; x < length; x++)
    {
      T sum = start[x] * weight[0];
      for (int32_t k = 1; k < taps; k++)
        sum += in[scope_pass_clamp (pass, first + k * pass->tap_step) * pitch + x] * weight[k];
      out[x] = sum;
    }
}

/* Sums without weights never clamp. */
static void
N (across_sum) (const T *start, int32_t taps, int64_t pitch, T *out, int64_t length)
{
  int64_t x = 0;
  for (; x <= length - 4 * N (LANES); x += 4 * N (LANES))
    {
      N (Vector) sum[4];
      for (int i = 0; i < 4; i++)
        sum[i] = N (load) (start + x + i * N (LANES)) + (T)0;
      for (int32_t k = 1; k < taps; k++)
        for (int i = 0; i < 4; i++)
          sum[i] += N (load) (start + k * pitch + x + i * N (LANES));
      for (int i = 0; i < 4; i++)
        N (store) (out + x + i * N (LANES), sum[i]);
    }
  for (; x < length; x++)
    {
      T sum = 0;
      for (int32_t k = 0; k < taps; k++)
        sum += start[k * pitch + x];
      out[x] = sum;
    }
}

static void
N (across) (const ScopePass *pass,
            int64_t output,
            const void *in_,
            int64_t pitch,
            void *out,
            int64_t length)
{
  const T *in = in_;
  int64_t first = pass->first[output] - pass->base;
  int32_t taps = pass->taps[output];
  if (pass->weight == NULL)
    {
      N (across_sum) (in + first * pitch, taps, pitch, out, length);
      return;
    }
  if (taps != 2 && taps != 4)
    {
      N (across_many) (pass, output, in, pitch, out, length);
      return;
    }
  const T *row[4];
  const T *weight = (const T *)pass->weight + output * pass->weight_stride;
  for (int32_t k = 0; k < taps; k++)
    row[k] = in + scope_pass_clamp (pass, first + k * pass->tap_step) * pitch;
  if (taps == 2)
    N (across_two) (row[0], row[1], weight, out, length);
  else
    N (across_four) (row, weight, out, length);
}

static void
N (along_clamped) (const ScopePass *pass, int64_t begin, int64_t end, const T *in, T *out)
{
  for (int64_t j = begin; j < end; j++)
    {
      const T *weight = (const T *)pass->weight + j * pass->weight_stride;
      int64_t first = pass->first[j] - pass->base;
      T sum = in[scope_pass_clamp (pass, first)] * weight[0];
      for (int32_t k = 1; k < pass->taps[j]; k++)
        sum += in[scope_pass_clamp (pass, first + k * pass->tap_step)] * weight[k];
      out[j] = sum;
    }
}

/* Outputs whose taps stand side by side; all have `taps` of them unless that is 0. */
static inline void
N (along_inside) (const ScopePass *pass,
                  int32_t taps,
                  int64_t begin,
                  int64_t end,
                  const T *in,
                  T *out)
{
  const int64_t *first = pass->first;
  int64_t stride = pass->weight_stride;
  const T *weight = (const T *)pass->weight + begin * stride;
  for (int64_t j = begin; j < end; j++, weight += stride)
    {
      const T *from = in + (first[j] - pass->base);
      int32_t count = taps != 0 ? taps : pass->taps[j];
      T sum = from[0] * weight[0];
      for (int32_t k = 1; k < count; k++)
        sum += from[k] * weight[k];
      out[j] = sum;
    }
}

static void
N (along_sum) (const ScopePass *pass, const T *in, T *out)
{
  for (int64_t j = 0; j < pass->outputs; j++)
    {
      const T *from = in + (pass->first[j] - pass->base);
      T sum = 0;
      for (int32_t k = 0; k < pass->taps[j]; k++)
        sum += from[k];
      out[j] = sum;
    }
}

static void
N (along) (const ScopePass *pass, const void *in, void *out)
{
  if (pass->weight == NULL)
    {
      N (along_sum) (pass, in, out);
      return;
    }
  int64_t begin, end;
  scope_pass_inside (pass, &begin, &end);
  N (along_clamped) (pass, 0, begin, in, out);
  /* Only antialiased axes differ in the number of taps, and they never need as few as this says. */
  bool even = pass->weight_stride == 2 || pass->weight_stride == 4;
  for (int64_t j = begin; even && j < end; j++)
    even = pass->taps[j] == pass->weight_stride;
  if (even && pass->weight_stride == 2)
    N (along_inside) (pass, 2, begin, end, in, out);
  else if (even)
    N (along_inside) (pass, 4, begin, end, in, out);
  else
    N (along_inside) (pass, 0, begin, end, in, out);
  N (along_clamped) (pass, end, pass->outputs, in, out);
}

static void
N (divide) (void *sum_, const int32_t *divisor, int64_t step, int64_t length)
{
  T *sum = sum_;
  for (int64_t x = 0; x < length; x++)
    sum[x] /= (T)divisor[x * step];
}
