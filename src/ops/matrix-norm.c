/* Reading norms of matrices, one matrix at a time. */
#include "ops/matrix-norm.h"

#include "core/checked.h"
#include "ops/blocks.h"
#include "ops/reduce-step.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum
{
  MOST_ELEMENTS = 1 << 22, /* of one matrix */
  MOST_SINGULAR = 512,     /* of its shorter side, where singular values are wanted */
  SWEEPS = 60,
};

/* ---- singular values --------------------------------------------------------------------------
 */

/* Turns columns p and q of a matrix that is stored by columns until they are at right angles.
 * False when they were already. */
static bool
rotate (double *p, double *q, int64_t rows)
{
  double pp = 0, qq = 0, pq = 0;
  for (int64_t i = 0; i < rows; i++)
    {
      pp += p[i] * p[i];
      qq += q[i] * q[i];
      pq += p[i] * q[i];
    }
  if (fabs (pq) <= DBL_EPSILON * sqrt (pp) * sqrt (qq) || pq == 0)
    return false;
  double zeta = (qq - pp) / (2 * pq);
  double tangent = copysign (1, zeta) / (fabs (zeta) + sqrt (1 + zeta * zeta));
  double cosine = 1 / sqrt (1 + tangent * tangent), sine = cosine * tangent;
  for (int64_t i = 0; i < rows; i++)
    {
      double x = p[i], y = q[i];
      p[i] = cosine * x - sine * y;
      q[i] = sine * x + cosine * y;
    }
  return true;
}

/* The columns are the longer vectors: a wide matrix in C order is its transpose by columns. */
void
scope_singular_values (double *matrix, int64_t rows, int64_t columns, double *values)
{
  int64_t vectors = rows, length = columns;
  for (int sweep = 0; sweep < SWEEPS; sweep++)
    {
      bool turned = false;
      for (int64_t p = 0; p < vectors; p++)
        for (int64_t q = p + 1; q < vectors; q++)
          turned |= rotate (matrix + p * length, matrix + q * length, length);
      if (!turned)
        break;
    }
  for (int64_t p = 0; p < vectors; p++)
    {
      double sum = 0;
      for (int64_t i = 0; i < length; i++)
        sum += matrix[p * length + i] * matrix[p * length + i];
      values[p] = sqrt (sum);
    }
}

/* ---- one matrix -------------------------------------------------------------------------------
 */

typedef struct
{
  const ScopeNode *node;
  const ScopeNorm *plan;
  ScopeReader *reader;
  ScopeDtype carrier;
  int64_t rows, columns;
  char *raw, *number; /* a matrix as it is read, and as the carrier holds it, C order */
  double *real;       /* for singular values: the shorter side first, complex numbers as 2 × 2 */
  double *values;
  ScopeError *error;
} Work;

static double
magnitude (const Work *work, int64_t row, int64_t column)
{
  const double *number = (const double *)work->number;
  int64_t place = row * work->columns + column;
  return work->carrier == SCOPE_COMPLEX128 ? hypot (number[2 * place], number[2 * place + 1])
                                           : fabs (number[place]);
}

static void
take_extreme (bool least, double value, bool first, double *best)
{
  if (first || isnan (value) || (!isnan (*best) && (least ? value < *best : value > *best)))
    *best = value;
}

/* The largest (or least) sum of magnitudes along the other side. */
static double
sum_norm (const Work *work)
{
  bool columns = work->plan->norm == SCOPE_MATRIX_COLUMNS;
  int64_t outer = columns ? work->columns : work->rows;
  int64_t inner = columns ? work->rows : work->columns;
  double best = 0;
  for (int64_t i = 0; i < outer; i++)
    {
      double sum = 0;
      for (int64_t k = 0; k < inner; k++)
        sum += columns ? magnitude (work, k, i) : magnitude (work, i, k);
      take_extreme (work->plan->least, sum, i == 0, &best);
    }
  return best;
}

/* Copies the matrix so that its shorter side comes first. A complex number x + iy becomes the
 * block (x −y; y x), which has every singular value twice. */
static void
lay_out_real (Work *work, int64_t rows, int64_t columns)
{
  const double *number = (const double *)work->number;
  bool turn = work->rows > work->columns;
  for (int64_t row = 0; row < work->rows; row++)
    for (int64_t column = 0; column < work->columns; column++)
      {
        int64_t place = row * work->columns + column;
        int64_t i = turn ? column : row, k = turn ? row : column;
        if (work->carrier != SCOPE_COMPLEX128)
          {
            work->real[i * columns + k] = number[place];
            continue;
          }
        double x = number[2 * place], y = number[2 * place + 1];
        work->real[2 * i * columns + 2 * k] = work->real[(2 * i + 1) * columns + 2 * k + 1] = x;
        work->real[2 * i * columns + 2 * k + 1] = turn ? y : -y;
        work->real[(2 * i + 1) * columns + 2 * k] = turn ? -y : y;
      }
}

static double
singular_norm (Work *work)
{
  int64_t width = work->carrier == SCOPE_COMPLEX128 ? 2 : 1;
  int64_t rows = width * scope_min (work->rows, work->columns);
  int64_t columns = width * scope_max (work->rows, work->columns);
  lay_out_real (work, rows, columns);
  scope_singular_values (work->real, rows, columns, work->values);
  double sum = 0, best = 0;
  for (int64_t i = 0; i < rows; i++)
    {
      sum += work->values[i];
      take_extreme (work->plan->least, work->values[i], i == 0, &best);
    }
  return work->plan->norm == SCOPE_MATRIX_NUCLEAR ? sum / (double)width : best;
}

/* Reads the matrix behind one cell of the result. */
static bool
load_matrix (Work *work, const int64_t *cell)
{
  const ScopeReduce *reduce = &work->plan->reduce;
  ScopeRegion region = { .rank = reduce->shape.rank };
  ScopeBuffer buffer = { .data = work->raw };
  int at = 0;
  for (int axis = 0; axis < region.rank; axis++)
    {
      region.step[axis] = region.count[axis] = 1;
      if (axis == work->plan->row_axis || axis == work->plan->column_axis)
        {
          region.count[axis] = reduce->shape.size[axis];
          buffer.stride[axis] = axis == work->plan->row_axis ? work->columns : 1;
          at += reduce->keep;
        }
      else
        region.start[axis] = cell[at++];
    }
  ScopeDtype own = work->node->program->node[work->node->input[0]]->dtype;
  if (!scope_read_go_on (work->reader, work->error)
      || !scope_read_input (work->node, work->reader, 0, &region, &buffer, work->error))
    return false;
  scope_dtype_convert (own, work->raw, 1, work->carrier, work->number, 1,
                       work->rows * work->columns);
  return true;
}

static bool
allocate (Work *work, char **memory)
{
  bool singular =
      work->plan->norm == SCOPE_MATRIX_SPECTRAL || work->plan->norm == SCOPE_MATRIX_NUCLEAR;
  int64_t elements;
  if (!scope_checked_mul (work->rows, work->columns, &elements) || elements > MOST_ELEMENTS
      || (singular && scope_min (work->rows, work->columns) > MOST_SINGULAR))
    return scope_fail (work->error, SCOPE_ERROR_TOO_BIG, -1,
                       "The norm of a matrix of %lld × %lld is not computed: it is too large.",
                       (long long)work->rows, (long long)work->columns);
  int64_t numbers = elements * (int64_t)scope_dtype_bytes (work->carrier);
  int64_t reals = singular ? 4 * elements + 2 * scope_min (work->rows, work->columns) : 0;
  *memory = scope_read_alloc (work->reader, 2 * numbers + reals * (int64_t)sizeof (double) + 16,
                              work->error);
  if (*memory == NULL)
    return false;
  work->number = *memory;
  work->raw = *memory + numbers;
  work->real = (double *)(*memory + 2 * numbers);
  work->values = work->real + 4 * elements;
  return true;
}

bool
scope_norm_read (const ScopeNode *node,
                 ScopeReader *reader,
                 const ScopeRegion *region,
                 const ScopeBuffer *out,
                 ScopeError *error)
{
  const ScopeNorm *plan = node->plan;
  if (plan->norm == SCOPE_MATRIX_NONE)
    return scope_reduce_read (node, reader, region, out, error);
  Work work = { .node = node,
                .plan = plan,
                .reader = reader,
                .carrier = scope_reduce_carrier (plan->reduce.cast),
                .rows = plan->reduce.shape.size[plan->row_axis],
                .columns = plan->reduce.shape.size[plan->column_axis],
                .error = error };
  char *memory = NULL;
  if (!allocate (&work, &memory))
    return false;
  bool sums = plan->norm == SCOPE_MATRIX_COLUMNS || plan->norm == SCOPE_MATRIX_ROWS;
  int64_t index[SCOPE_MAX_RANK] = { 0 }, cell[SCOPE_MAX_RANK];
  int64_t bytes = (int64_t)scope_dtype_bytes (node->dtype);
  bool done = true;
  do
    {
      int64_t target = 0;
      for (int axis = 0; axis < region->rank; axis++)
        {
          cell[axis] = region->start[axis] + index[axis] * region->step[axis];
          target += index[axis] * out->stride[axis];
        }
      done = load_matrix (&work, cell);
      double norm = !done ? 0 : sums ? sum_norm (&work) : singular_norm (&work);
      if (done)
        scope_dtype_store (node->dtype, (char *)out->data + target * bytes, SCOPE_KIND_FLOAT,
                           (ScopeNumber){ .f = norm });
    }
  while (done && scope_index_next (region->rank, region->count, index));
  scope_read_free (reader, memory);
  return done;
}
