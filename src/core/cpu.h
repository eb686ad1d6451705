/* Which instructions the processor has. */
#pragma once

/* Sets of kernels, each in a file of its own; every set gives the same bits. */
typedef enum
{
  SCOPE_CPU_BASELINE, /* what the compiler takes for granted: SSE2 on x86-64, NEON on 64-bit ARM */
  SCOPE_CPU_AVX2,
  SCOPE_CPU_AVX512,      /* F, BW, DQ, VL */
  SCOPE_CPU_AVX512_VBMI, /* and VBMI */
  SCOPE_N_CPU_LEVELS
} ScopeCpuLevel;

/* The best level that the processor has and the environment allows: SCOPE_CPU may be `baseline`,
 * `avx2`, `avx512` or `avx512vbmi`; anything else does not limit. */
ScopeCpuLevel scope_cpu_level (void);
/* `baseline`, `avx2`, `avx512`, `avx512vbmi`. */
const char *scope_cpu_level_name (ScopeCpuLevel level);
