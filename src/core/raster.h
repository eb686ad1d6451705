/* Values to packed pixels: which colour a value has is a table of the values that colours begin
 * with, so that every way of looking it up gives the same picture. */
#pragma once

#include "core/cpu.h"
#include "core/dtype.h"
#include "core/executor.h"

#include <stdbool.h>
#include <stdint.h>

enum
{
  SCOPE_RASTER_COLORS = 512, /* at most, without SCOPE_RASTER's `bad` */
};

/* What a value needs beyond its colour. */
typedef enum
{
  SCOPE_RASTER_PLAIN,
  SCOPE_RASTER_BAD, /* NaN, or less than `least` */
  SCOPE_RASTER_POSITIVE_INFINITY,
  SCOPE_RASTER_NEGATIVE_INFINITY,
  SCOPE_RASTER_OVER, /* above `high` */
  SCOPE_RASTER_UNDER,
} ScopeRasterKind;

/* The same for one type of numbers: made by scope_raster_prepare. */
#define SCOPE_RASTER_TABLE(T)                                                                        \
  struct                                                                                             \
  {                                                                                                  \
    bool direct;     /* the place is near the guess */                                               \
    T origin, scale; /* of the guess, and what follows */                                            \
    T threshold, slope, base;                                                                        \
    T top; /* no place is beyond it */                                                               \
    T sure; /* … nearer than this to the middle between two colours' beginnings it is the place */ \
    T least, low, high;                                                                              \
    T first[SCOPE_RASTER_COLORS + 1];                                                                \
  }

/* How values become pixels. The caller fills in the first part and calls scope_raster_prepare; then
 * it is read only. */
typedef struct
{
  int colors;                          /* 1…SCOPE_RASTER_COLORS */
  uint32_t color[SCOPE_RASTER_COLORS]; /* from low to high */
  /* The smallest value that has color k, for k ≥ 1, growing; NAN: none has. What is less than
   * first[1] has color 0. */
  double first[SCOPE_RASTER_COLORS];
  uint32_t bad;     /* of NaN and what is less than `least` */
  double least;     /* −INFINITY: nothing is */
  double low, high; /* what lies outside is reported */
  /* A guess, which is quick where it is right and does no harm where it is not: color (value −
   * origin) · scale, or the next; when `logarithmic`, of ± base + log₂ |value| in place of the
   * value, or slope · value where that is not beyond ± threshold. A scale of 0: there is none. */
  double origin, scale;
  bool logarithmic;
  double threshold, slope, base;

  SCOPE_RASTER_TABLE (float) for_float;
  SCOPE_RASTER_TABLE (double) for_double;
  uint8_t channel[4][256]; /* of the colors, if there are at most 256: bits 0–7, 8–15, … */
} ScopeRaster;

void scope_raster_prepare (ScopeRaster *raster);

/* A window of numbers in memory; strides in elements, any of them. */
typedef struct
{
  ScopeDtype dtype; /* not complex */
  const void *data; /* of row 0, column 0 */
  int64_t rows, columns;
  int64_t row_stride, column_stride;
} ScopeRasterWindow;

/* Maps a window to pixels, `pitch` of them from row to row. `outside`, or NULL: set to whether a
 * row has a value that is not from low to high. Returns whether some row has. Pixels are the same
 * for every executor and level. */
bool scope_raster_map (const ScopeRaster *raster,
                       const ScopeRasterWindow *window,
                       uint32_t *out,
                       int64_t pitch,
                       bool *outside,
                       ScopeExecutor *executor);
/* The same with the kernels of a level that the processor has. */
bool scope_raster_map_at (const ScopeRaster *raster,
                          const ScopeRasterWindow *window,
                          uint32_t *out,
                          int64_t pitch,
                          bool *outside,
                          ScopeCpuLevel level,
                          ScopeExecutor *executor);
/* What the values of a row need beyond their colour: a ScopeRasterKind each. */
void scope_raster_sort (const ScopeRaster *raster,
                        const ScopeRasterWindow *window,
                        int64_t row,
                        uint8_t *kind);
void scope_raster_sort_at (const ScopeRaster *raster,
                           const ScopeRasterWindow *window,
                           int64_t row,
                           uint8_t *kind,
                           ScopeCpuLevel level);

/* A picture of which each pixel shows one of `from`: that of row[y], column[x]. Rows that are the
 * same are copied; columns that grow by at most 1 are picked by vectors. */
typedef struct
{
  const uint32_t *from;
  int64_t from_pitch, from_columns; /* pixels */
  const int64_t *row;
  const int32_t *column;
  int64_t rows, columns;
} ScopeRasterSpread;

void scope_raster_spread (const ScopeRasterSpread *spread, uint32_t *out, int64_t pitch);
void scope_raster_spread_at (const ScopeRasterSpread *spread,
                             uint32_t *out,
                             int64_t pitch,
                             ScopeCpuLevel level);
