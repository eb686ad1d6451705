/* Where the neighbours of the input are not those of the output, tiles are turned: a tile's lines
 * are read whole and written whole, while both fit the first cache. */
#include "core/copy.h"

#include "core/checked.h"
#include "core/dtype.h"
#include "core/walk.h"

#include <string.h>

enum
{
  TILE = 32, /* elements of either axis */
  LEAST_TURNED = 8,
};

typedef struct
{
  size_t bytes;
  const char *in;
  char *out;
  /* The axes that are turned: neighbours of the output, and neighbours of the input. */
  int64_t columns, column_in;    /* `out` steps by 1 */
  int64_t rows, row_in, row_out; /* `in` steps by row_in */
  void (*turn) (const char *in,
                int64_t column_in,
                int64_t row_in,
                char *out,
                int64_t row_out,
                int columns,
                int rows);
} Turning;

/* Element (column, row) stands at in[column·column_in + row·row_in] and goes to
 * out[row·row_out + column]. */
#define TURN(T)                                                                                    \
  static void turn_##T (const char *in, int64_t column_in, int64_t row_in, char *out,              \
                        int64_t row_out, int columns, int rows)                                    \
  {                                                                                                \
    T tile[TILE][TILE + 1];                                                                        \
    const T *from = (const T *)(const void *)in;                                                   \
    T *to = (T *)(void *)out;                                                                      \
    for (int c = 0; c < columns; c++)                                                              \
      for (int r = 0; r < rows; r++)                                                               \
        tile[c][r] = from[c * column_in + r * row_in];                                             \
    for (int r = 0; r < rows; r++)                                                                 \
      for (int c = 0; c < columns; c++)                                                            \
        to[r * row_out + c] = tile[c][r];                                                          \
  }

typedef struct
{
  uint64_t half[2];
} Sixteen;

TURN (uint8_t)
TURN (uint16_t)
TURN (uint32_t)
TURN (uint64_t)
TURN (Sixteen)

/* A run of whatever axis is left: operand 0 is the output, operand 1 the input. */
static bool
turn_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  const Turning *turning = data;
  int64_t bytes = (int64_t)turning->bytes;
  for (int64_t i = 0; i < count; i++)
    {
      const char *in = turning->in + (at[1] + i * step[1]) * bytes;
      char *out = turning->out + (at[0] + i * step[0]) * bytes;
      for (int64_t r = 0; r < turning->rows; r += TILE)
        for (int64_t c = 0; c < turning->columns; c += TILE)
          turning->turn (in + (c * turning->column_in + r * turning->row_in) * bytes,
                         turning->column_in, turning->row_in,
                         out + (c + r * turning->row_out) * bytes, turning->row_out,
                         (int)scope_min (TILE, turning->columns - c),
                         (int)scope_min (TILE, turning->rows - r));
    }
  return true;
}

typedef struct
{
  ScopeDtype dtype;
  const char *in;
  char *out;
} Copying;

static bool
copy_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  const Copying *copying = data;
  int64_t bytes = (int64_t)scope_dtype_bytes (copying->dtype);
  scope_dtype_convert (copying->dtype, copying->in + at[1] * bytes, step[1], copying->dtype,
                       copying->out + at[0] * bytes, step[0], count);
  return true;
}

static int64_t
magnitude (int64_t value)
{
  return value < 0 ? -value : value;
}

/* The axis of more than one element on which a side moves least, not at all aside; −1: none. */
static int
nearest_axis (int rank, const int64_t *count, const int64_t *stride)
{
  int nearest = -1;
  for (int a = 0; a < rank; a++)
    if (count[a] > 1 && stride[a] != 0
        && (nearest < 0 || magnitude (stride[a]) < magnitude (stride[nearest])))
      nearest = a;
  return nearest;
}

static ScopeDtype
of_bytes (size_t bytes)
{
  return bytes == 1   ? SCOPE_UINT8
         : bytes == 2 ? SCOPE_UINT16
         : bytes == 4 ? SCOPE_UINT32
         : bytes == 8 ? SCOPE_UINT64
                      : SCOPE_COMPLEX128;
}

/* Whether bytes of both sides are aligned as elements are. */
static bool
is_aligned (size_t bytes, const void *in, const void *out)
{
  size_t to = bytes < 8 ? bytes : 8;
  return (uintptr_t)in % to == 0 && (uintptr_t)out % to == 0;
}

bool
scope_copy_turns (int rank,
                  const int64_t *count,
                  const int64_t *in_stride,
                  const int64_t *out_stride,
                  int *row,
                  int *column)
{
  int r = nearest_axis (rank, count, in_stride), c = nearest_axis (rank, count, out_stride);
  *row = r;
  *column = c;
  return c >= 0 && r >= 0 && c != r && out_stride[c] == 1 && count[c] >= LEAST_TURNED
         && count[r] >= LEAST_TURNED && magnitude (in_stride[r]) < magnitude (in_stride[c]);
}

void
scope_copy (int rank,
            const int64_t *count,
            size_t bytes,
            const void *in,
            const int64_t *in_stride,
            int64_t in_offset,
            void *out,
            const int64_t *out_stride,
            int64_t out_offset)
{
  const int64_t *stride[2] = { out_stride, in_stride };
  const int64_t offset[2] = { out_offset, in_offset };
  int row, column;
  bool turns = scope_copy_turns (rank, count, in_stride, out_stride, &row, &column)
               && is_aligned (bytes, in, out);
  if (!turns)
    {
      Copying copying = { of_bytes (bytes), in, out };
      scope_walk (rank, count, 2, stride, offset, copy_run, &copying);
      return;
    }
  Turning turning = { .bytes = bytes,
                      .in = in,
                      .out = out,
                      .columns = count[column],
                      .column_in = in_stride[column],
                      .rows = count[row],
                      .row_in = in_stride[row],
                      .row_out = out_stride[row],
                      .turn = bytes == 1   ? turn_uint8_t
                              : bytes == 2 ? turn_uint16_t
                              : bytes == 4 ? turn_uint32_t
                              : bytes == 8 ? turn_uint64_t
                                           : turn_Sixteen };
  int64_t rest[SCOPE_MAX_RANK];
  memcpy (rest, count, (size_t)rank * sizeof *rest);
  rest[column] = rest[row] = 1;
  scope_walk (rank, rest, 2, stride, offset, turn_run, &turning);
}
