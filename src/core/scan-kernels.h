/* The scan's loops of each level; what was not compiled is the baseline's. */
#pragma once

#include "core/scan.h"

extern const ScopeScanKernels scope_scan_baseline;
extern const ScopeScanKernels scope_scan_avx2;
extern const ScopeScanKernels scope_scan_avx512;
