/* The scan's loops for one level. Included by a file for each, which defines LANES, the doubles of
 * a vector, and LEAST (a, b), MOST (a, b): a where it is less or more, else b. */

#define VECTORS (SCOPE_SCAN_LANES / LANES)

typedef double Vector __attribute__ ((vector_size (LANES * sizeof (double))));

static inline Vector
load (const double *value)
{
  Vector vector;
  memcpy (&vector, value, sizeof vector);
  return vector;
}

static inline Vector
spread (double value)
{
  return value - (Vector){ 0 };
}

/* The sum of all lanes, halves added to halves. */
static double
sum_lanes (double *lane)
{
  for (int half = SCOPE_SCAN_LANES / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++)
      lane[i] += lane[i + half];
  return lane[0];
}

static ScopeScan
scan (const double *value, int64_t count, double factor)
{
  Vector low[VECTORS], high[VECTORS], sum[VECTORS];
  int64_t i = 0;
  for (int v = 0; v < VECTORS; v++)
    {
      low[v] = spread (INFINITY);
      high[v] = spread (-INFINITY);
      sum[v] = spread (0);
    }
  for (; i + SCOPE_SCAN_LANES <= count; i += SCOPE_SCAN_LANES)
    for (int v = 0; v < VECTORS; v++)
      {
        Vector x = load (value + i + v * LANES);
        low[v] = LEAST (x, low[v]);
        high[v] = MOST (x, high[v]);
        sum[v] += x * factor;
      }
  double lows[SCOPE_SCAN_LANES], highs[SCOPE_SCAN_LANES], sums[SCOPE_SCAN_LANES];
  memcpy (lows, low, sizeof lows);
  memcpy (highs, high, sizeof highs);
  memcpy (sums, sum, sizeof sums);
  for (int lane = 0; i < count; i++, lane++)
    {
      lows[lane] = value[i] < lows[lane] ? value[i] : lows[lane];
      highs[lane] = value[i] > highs[lane] ? value[i] : highs[lane];
      sums[lane] += value[i] * factor;
    }
  ScopeScan found = { .low = INFINITY, .high = -INFINITY, .sum = sum_lanes (sums) };
  for (int lane = 0; lane < SCOPE_SCAN_LANES; lane++)
    {
      found.low = lows[lane] < found.low ? lows[lane] : found.low;
      found.high = highs[lane] > found.high ? highs[lane] : found.high;
    }
  return found;
}

static double
squares (const double *value, int64_t count, double factor, double mean)
{
  Vector sum[VECTORS];
  int64_t i = 0;
  for (int v = 0; v < VECTORS; v++)
    sum[v] = spread (0);
  for (; i + SCOPE_SCAN_LANES <= count; i += SCOPE_SCAN_LANES)
    for (int v = 0; v < VECTORS; v++)
      {
        Vector away = load (value + i + v * LANES) * factor - mean;
        sum[v] += away * away;
      }
  double sums[SCOPE_SCAN_LANES];
  memcpy (sums, sum, sizeof sums);
  for (int lane = 0; i < count; i++, lane++)
    {
      double away = value[i] * factor - mean;
      sums[lane] += away * away;
    }
  return sum_lanes (sums);
}

/* Plain, for the compiler: what is not above 0 counts as ∞. */
static double
least_positive (const double *value, int64_t count)
{
  double least[SCOPE_SCAN_LANES];
  int64_t i = 0;
  for (int lane = 0; lane < SCOPE_SCAN_LANES; lane++)
    least[lane] = INFINITY;
  for (; i + SCOPE_SCAN_LANES <= count; i += SCOPE_SCAN_LANES)
    for (int lane = 0; lane < SCOPE_SCAN_LANES; lane++)
      {
        double x = value[i + lane];
        x = x > 0 ? x : (double)INFINITY;
        least[lane] = x < least[lane] ? x : least[lane];
      }
  for (; i < count; i++)
    if (value[i] > 0 && value[i] < least[0])
      least[0] = value[i];
  double found = INFINITY;
  for (int lane = 0; lane < SCOPE_SCAN_LANES; lane++)
    found = least[lane] < found ? least[lane] : found;
  return found;
}

static void
sum_moments (const double *x, const double *y, int64_t pitch, int64_t count, double *const *moment)
{
  double *restrict ux = moment[0], *restrict uy = moment[1], *restrict vx = moment[2];
  double *restrict vy = moment[3], *restrict vxy = moment[4];
  for (int64_t i = 0; i < count; i++)
    {
      double sum[SCOPE_SCAN_MOMENTS] = { 0 };
#pragma GCC unroll 7
      for (int row = 0; row < SCOPE_SCAN_WINDOW; row++)
        {
          double a = x[row * pitch + i], b = y[row * pitch + i];
          sum[0] += a;
          sum[1] += b;
          sum[2] += a * a;
          sum[3] += b * b;
          sum[4] += a * b;
        }
      ux[i] = sum[0];
      uy[i] = sum[1];
      vx[i] = sum[2];
      vy[i] = sum[3];
      vxy[i] = sum[4];
    }
}

/* The mean of a window from the sums of its columns, in order. */
static inline double
window_mean (const double *column)
{
  const double elements = SCOPE_SCAN_WINDOW * SCOPE_SCAN_WINDOW;
  double sum = 0;
  for (int i = 0; i < SCOPE_SCAN_WINDOW; i++)
    sum += column[i];
  return sum / elements;
}

static void
similarities (double *const *moment, int64_t windows, double c1, double c2, double *restrict out)
{
  const double elements = SCOPE_SCAN_WINDOW * SCOPE_SCAN_WINDOW, sample = elements / (elements - 1);
  const double *x = moment[0], *y = moment[1], *xx = moment[2], *yy = moment[3], *xy = moment[4];
  for (int64_t i = 0; i < windows; i++)
    {
      double ux = window_mean (x + i), uy = window_mean (y + i);
      double vx = sample * (window_mean (xx + i) - ux * ux);
      double vy = sample * (window_mean (yy + i) - uy * uy);
      double vxy = sample * (window_mean (xy + i) - ux * uy);
      out[i] = (2 * ux * uy + c1) * (2 * vxy + c2) / ((ux * ux + uy * uy + c1) * (vx + vy + c2));
    }
}

#define DEFINE_WIDEN(name, S)                                                                      \
  static void widen_##name (const void *from, double *to, int64_t count)                           \
  {                                                                                                \
    const S *in = from;                                                                            \
    for (int64_t i = 0; i < count; i++)                                                            \
      to[i] = (double)in[i];                                                                       \
  }
DEFINE_WIDEN (uint8, uint8_t)
DEFINE_WIDEN (int8, int8_t)
DEFINE_WIDEN (uint16, uint16_t)
DEFINE_WIDEN (int16, int16_t)
DEFINE_WIDEN (uint32, uint32_t)
DEFINE_WIDEN (int32, int32_t)
DEFINE_WIDEN (uint64, uint64_t)
DEFINE_WIDEN (int64, int64_t)
DEFINE_WIDEN (float32, float)
#undef DEFINE_WIDEN

#define SCAN_KERNELS                                                                                 \
  {                                                                                                  \
    .scan = scan, .squares = squares, .least_positive = least_positive,                              \
    .sum_moments = sum_moments, .similarities = similarities,                                        \
    .widen = {                                                                                       \
      [SCOPE_UINT8] = widen_uint8,   [SCOPE_INT8] = widen_int8,     [SCOPE_UINT16] = widen_uint16,   \
      [SCOPE_INT16] = widen_int16,   [SCOPE_UINT32] = widen_uint32, [SCOPE_INT32] = widen_int32,     \
      [SCOPE_UINT64] = widen_uint64, [SCOPE_INT64] = widen_int64,   [SCOPE_FLOAT32] = widen_float32, \
    },                                                                                               \
  }
