/* Chooses the scan's loops. */
#include "core/scan.h"

#include "core/scan-kernels.h"

const ScopeScanKernels *
scope_scan_kernels_at (ScopeCpuLevel level)
{
#ifdef __x86_64__
  if (level >= SCOPE_CPU_AVX512)
    return &scope_scan_avx512;
  if (level >= SCOPE_CPU_AVX2)
    return &scope_scan_avx2;
#endif
  return &scope_scan_baseline;
}

const ScopeScanKernels *
scope_scan_kernels (void)
{
  return scope_scan_kernels_at (scope_cpu_level ());
}
