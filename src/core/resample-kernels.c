/* Resampling kernels for float and double with the vectors every processor has. */
#include "core/resample-kernels.h"

#include <stdbool.h>
#include <string.h>

#define VECTOR_BYTES 16

#define T       float
#define N(name) name##_float
#include "core/resample-kernels.inc.h"
#undef T
#undef N

#define T       double
#define N(name) name##_double
#include "core/resample-kernels.inc.h"
#undef T
#undef N

const ScopeKernels scope_kernels_float = { across_float, along_float, divide_float };
const ScopeKernels scope_kernels_double = { across_double, along_double, divide_double };
