#include "core/cpu.h"

#include <stdlib.h>
#include <string.h>

static ScopeCpuLevel
detect (void)
{
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
      && __builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512vl"))
    return __builtin_cpu_supports ("avx512vbmi") ? SCOPE_CPU_AVX512_VBMI : SCOPE_CPU_AVX512;
  if (__builtin_cpu_supports ("avx2"))
    return SCOPE_CPU_AVX2;
#endif
  return SCOPE_CPU_BASELINE;
}

const char *
scope_cpu_level_name (ScopeCpuLevel level)
{
  static const char *const names[SCOPE_N_CPU_LEVELS] = { "baseline", "avx2", "avx512",
                                                         "avx512vbmi" };
  return names[level];
}

ScopeCpuLevel
scope_cpu_level (void)
{
  ScopeCpuLevel level = detect ();
  const char *cap = getenv ("SCOPE_CPU");
  for (int i = 0; cap != NULL && i < (int)level; i++)
    if (strcmp (cap, scope_cpu_level_name ((ScopeCpuLevel)i)) == 0)
      return (ScopeCpuLevel)i;
  return level;
}
