/* What the files of the raster share: the inner loops, one set for each level of the processor. */
#pragma once

#include "core/raster.h"

enum
{
  SCOPE_RASTER_CHUNK = 64, /* values at once: the loops over them have no rest */
};

/* Lines of neighbours, pitches in elements and in pixels. */
typedef struct
{
  const void *in; /* floats or doubles */
  int64_t in_pitch;
  uint32_t *out;
  int64_t out_pitch;
  int64_t rows, columns;
  bool stream;   /* past the caches */
  bool *outside; /* of each row: set when a value is not from low to high */
} ScopeRasterLines;

/* What each value of a type of one byte becomes. */
typedef struct
{
  uint32_t pixel[256];
  uint8_t channel[3][256]; /* of the pixels: bits 0–7, 8–15, 16–23 */
  uint8_t outside[256];    /* 0 or 1 */
  bool any_outside;
} ScopeRasterBytes;

typedef struct
{
  void (*map_float) (const ScopeRaster *raster, const ScopeRasterLines *lines);
  void (*map_double) (const ScopeRaster *raster, const ScopeRasterLines *lines);
  /* Kinds of neighbours, a byte each. */
  void (*sort_float) (const ScopeRaster *raster, const void *value, int64_t count, uint8_t *kind);
  void (*sort_double) (const ScopeRaster *raster, const void *value, int64_t count, uint8_t *kind);
  /* out[i] = from[column[i]] of columns that grow by at most 1 from each to the next. */
  void (*spread) (const uint32_t *from,
                  int64_t from_columns,
                  const int32_t *column,
                  int64_t columns,
                  uint32_t *out);
  /* Turns a tile of elements of 4 or 8 bytes: that of row r, column c stands at in[c·in_pitch + r]
   * and goes to out[r·out_pitch + c]. `following` columns stand behind and are read next. */
  void (*turn_32) (const void *in,
                   int64_t in_pitch,
                   void *out,
                   int64_t out_pitch,
                   int64_t rows,
                   int64_t columns,
                   int64_t following);
  void (*turn_64) (const void *in,
                   int64_t in_pitch,
                   void *out,
                   int64_t out_pitch,
                   int64_t rows,
                   int64_t columns,
                   int64_t following);
  void (*map_bytes) (const ScopeRasterBytes *bytes, const ScopeRasterLines *lines);
  /* Neighbours of a type as floats, which types of two bytes become, or doubles; NULL: not one of
   * these. Both aligned. */
  void (*convert[SCOPE_N_DTYPES]) (const void *from, void *to, int64_t count);
} ScopeRasterKernels;

/* Levels that were not compiled are the baseline's. */
extern const ScopeRasterKernels scope_raster_baseline;
extern const ScopeRasterKernels scope_raster_avx2;
extern const ScopeRasterKernels scope_raster_avx512;
extern const ScopeRasterKernels scope_raster_vbmi;
