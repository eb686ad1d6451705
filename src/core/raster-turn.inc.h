/* Turning tiles of one element's width: T, LANES of which are a vector, N (name), ZIP (a, b) the
 * first and ZIP_REST (a, b) the last LANES of the elements of a and b taken in turn. Included twice
 * by a file for each level. */

typedef T N (Lanes) __attribute__ ((vector_size (LANES * sizeof (T))));

/* LANES × LANES elements: to take the lines of the first and the second half in turn, as often as
 * LANES can be halved, turns them. */
static inline void
N (turn_square) (const T *in, int64_t in_pitch, T *out, int64_t out_pitch)
{
  N (Lanes) line[LANES], next[LANES];
  for (int i = 0; i < LANES; i++)
    memcpy (&line[i], in + i * in_pitch, sizeof line[i]);
  for (int half = LANES; half > 1; half /= 2)
    {
      for (int i = 0; i < LANES / 2; i++)
        {
          next[2 * i] = ZIP (line[i], line[i + LANES / 2]);
          next[2 * i + 1] = ZIP_REST (line[i], line[i + LANES / 2]);
        }
      for (int i = 0; i < LANES; i++)
        line[i] = next[i];
    }
  for (int i = 0; i < LANES; i++)
    memcpy (out + i * out_pitch, &line[i], sizeof line[i]);
}

static void
N (turn_rest) (const T *in,
               int64_t in_pitch,
               T *out,
               int64_t out_pitch,
               int64_t rows,
               int64_t columns)
{
  for (int64_t row = 0; row < rows; row++)
    for (int64_t column = 0; column < columns; column++)
      out[row * out_pitch + column] = in[column * in_pitch + row];
}

/* What the tile behind this one reads is fetched: its lines are far from each other. */
static inline void
N (fetch) (const T *in, int64_t in_pitch, int64_t rows)
{
  for (int64_t row = 0; row < rows; row += 64 / (int64_t)sizeof (T))
    for (int column = 0; column < LANES; column++)
      __builtin_prefetch (in + column * in_pitch + row, 0, 2);
}

static void
N (turn) (const void *from,
          int64_t in_pitch,
          void *to,
          int64_t out_pitch,
          int64_t rows,
          int64_t columns,
          int64_t following)
{
  const T *in = from;
  T *out = to;
  int64_t whole_rows = rows - rows % LANES, column = 0;
  for (; column + LANES <= columns; column += LANES)
    {
      if (column + LANES <= following)
        N (fetch) (in + (column + columns) * in_pitch, in_pitch, rows);
      for (int64_t row = 0; row < whole_rows; row += LANES)
        N (turn_square)
      (in + column * in_pitch + row, in_pitch, out + row * out_pitch + column, out_pitch);
    }
  N (turn_rest)
  (in + whole_rows, in_pitch, out + whole_rows * out_pitch, out_pitch, rows - whole_rows, column);
  N (turn_rest) (in + column * in_pitch, in_pitch, out + column, out_pitch, rows, columns - column);
}
