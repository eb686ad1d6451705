/* What the files of the raster share: the inner loops, one set for each level of the processor. */
#pragma once

#include "core/raster.h"

enum
{
  SCOPE_RASTER_CHUNK = 64, /* values at once: the loops over them have no rest */
};

typedef struct
{
  /* Maps neighbours; `stream`: past the caches. Whether one of them is not from low to high. */
  bool (*map_float) (const ScopeRaster *raster,
                     const float *value,
                     int64_t count,
                     uint32_t *out,
                     bool stream);
  bool (*map_double) (const ScopeRaster *raster,
                      const double *value,
                      int64_t count,
                      uint32_t *out,
                      bool stream);
} ScopeRasterKernels;

/* Levels that were not compiled are the baseline's. */
extern const ScopeRasterKernels scope_raster_baseline;
extern const ScopeRasterKernels scope_raster_avx2;
extern const ScopeRasterKernels scope_raster_avx512;
extern const ScopeRasterKernels scope_raster_vbmi;
