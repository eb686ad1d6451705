/* Neighbours of other types as floats or doubles, each exactly as scope_dtype_convert has it; plain
 * loops, which the compiler makes of a level's vectors. */

static inline float
widen_float16 (uint16_t half)
{
  /* The exponent is moved by multiplying, which is right for what is denormal too. */
  uint32_t magnitude = (uint32_t)(half & 0x7FFF) << 13, special = (half & 0x7C00) == 0x7C00;
  float scaled;
  memcpy (&scaled, &magnitude, sizeof scaled);
  scaled *= 0x1p112f;
  uint32_t bits;
  memcpy (&bits, &scaled, sizeof bits);
  bits |= -special & 0x7F800000u;
  bits |= (uint32_t)(half & 0x8000) << 16;
  memcpy (&scaled, &bits, sizeof scaled);
  return scaled;
}

static inline float
widen_bfloat16 (uint16_t brain)
{
  uint32_t bits = (uint32_t)brain << 16;
  float wide;
  memcpy (&wide, &bits, sizeof wide);
  return wide;
}

#define DEFINE_CONVERT(name, S, T, NUMBER)                                                         \
  static void convert_##name (const void *from, void *to, int64_t count)                           \
  {                                                                                                \
    const S *in = from;                                                                            \
    T *out = to;                                                                                   \
    for (int64_t i = 0; i < count; i++)                                                            \
      {                                                                                            \
        S x = in[i];                                                                               \
        out[i] = NUMBER;                                                                           \
      }                                                                                            \
  }
DEFINE_CONVERT (int16, int16_t, float, (float)x)
DEFINE_CONVERT (uint16, uint16_t, float, (float)x)
DEFINE_CONVERT (float16, uint16_t, float, widen_float16 (x))
DEFINE_CONVERT (bfloat16, uint16_t, float, widen_bfloat16 (x))
DEFINE_CONVERT (int32, int32_t, double, (double)x)
DEFINE_CONVERT (uint32, uint32_t, double, (double)x)
DEFINE_CONVERT (int64, int64_t, double, (double)x)
DEFINE_CONVERT (uint64, uint64_t, double, (double)x)
#undef DEFINE_CONVERT

#define CONVERSIONS                                                                                \
  {                                                                                                \
    [SCOPE_INT16] = convert_int16, [SCOPE_UINT16] = convert_uint16,                                \
    [SCOPE_FLOAT16] = convert_float16, [SCOPE_BFLOAT16] = convert_bfloat16,                        \
    [SCOPE_INT32] = convert_int32, [SCOPE_UINT32] = convert_uint32, [SCOPE_INT64] = convert_int64, \
    [SCOPE_UINT64] = convert_uint64                                                                \
  }
