/* Loading the factors of a contraction as dense numbers, and multiplying two of them. */
#include "ops/contract-part.h"

#include "core/checked.h"

#include <string.h>

enum
{
  PANEL = 64, /* summed indices per pass over the output: keeps a panel in cache */
};

bool
scope_contract_has (const ScopeContraction *plan, int f, int label)
{
  const ScopeFactor *factor = &plan->factor[f];
  for (int axis = 0; axis < factor->rank; axis++)
    if (factor->label[axis] == label && factor->size[axis] == plan->size[label])
      return true;
  return false;
}

bool
scope_contract_keeps (const ScopeContraction *plan, int f, int label)
{
  if (label < plan->outputs)
    return true;
  for (int later = f + 1; later < plan->factors; later++)
    if (scope_contract_has (plan, later, label))
      return true;
  return false;
}

/* ---- loading -------------------------------------------------------------------------------- */

/* The first axis of a factor with the same label: an axis after it makes a diagonal. */
static int
first_axis (const ScopeFactor *factor, int axis)
{
  int first = 0;
  while (factor->label[first] != factor->label[axis])
    first++;
  return first;
}

static bool
has_diagonal (const ScopeFactor *factor)
{
  for (int axis = 0; axis < factor->rank; axis++)
    if (first_axis (factor, axis) != axis)
      return true;
  return false;
}

static bool
is_on_diagonal (const ScopeFactor *factor, int axis)
{
  for (int other = 0; other < factor->rank; other++)
    if (other != axis && factor->label[other] == factor->label[axis])
      return true;
  return false;
}

/* The part of a factor that a box asks for. */
static void
region_of_factor (const ScopeContraction *plan,
                  const ScopeFactor *factor,
                  const ScopeContractBox *box,
                  ScopeRegion *region)
{
  region->rank = factor->rank;
  for (int axis = 0; axis < factor->rank; axis++)
    {
      int label = factor->label[axis];
      bool stretched = factor->size[axis] != plan->size[label];
      region->start[axis] = stretched ? 0 : box->start[label];
      region->step[axis] = stretched ? 1 : box->step[label];
      region->count[axis] = stretched ? 1 : box->count[label];
    }
}

/* Reads a factor whose labels repeat: one read for each place on the diagonals. */
static bool
read_diagonal (ScopeContractWork *work, int f, ScopeRegion *region, const ScopeBuffer *buffer)
{
  const ScopeFactor *factor = &work->plan->factor[f];
  int64_t bytes =
      (int64_t)scope_dtype_bytes (work->node->program->node[work->node->input[f]]->dtype);
  int64_t at[SCOPE_MAX_RANK] = { 0 }, extent[SCOPE_MAX_RANK], start[SCOPE_MAX_RANK];
  for (int axis = 0; axis < factor->rank; axis++)
    {
      bool walks = is_on_diagonal (factor, axis);
      extent[axis] = walks && first_axis (factor, axis) == axis ? region->count[axis] : 1;
      start[axis] = region->start[axis];
      if (walks)
        region->count[axis] = 1;
    }
  for (;;)
    {
      ScopeBuffer here = *buffer;
      for (int axis = 0; axis < factor->rank; axis++)
        {
          region->start[axis] = start[axis] + at[first_axis (factor, axis)] * region->step[axis];
          here.data = (char *)here.data + at[axis] * buffer->stride[axis] * bytes;
        }
      if (!scope_read_input (work->node, work->reader, f, region, &here, work->error))
        return false;
      int axis = factor->rank - 1;
      while (axis >= 0 && ++at[axis] >= extent[axis])
        at[axis--] = 0;
      if (axis < 0)
        return true;
    }
}

static bool
load_raw (ScopeContractWork *work,
          int f,
          const ScopeContractBox *box,
          const ScopeContractPart *part,
          void *raw)
{
  const ScopeFactor *factor = &work->plan->factor[f];
  int64_t stride[SCOPE_CONTRACT_LABELS] = { 0 }, step = 1;
  for (int i = part->labels - 1; i >= 0; i--)
    {
      stride[part->label[i]] = step;
      step *= box->count[part->label[i]];
    }
  ScopeRegion region;
  region_of_factor (work->plan, factor, box, &region);
  ScopeBuffer buffer = { .data = raw };
  for (int axis = 0; axis < factor->rank; axis++)
    buffer.stride[axis] = first_axis (factor, axis) == axis ? stride[factor->label[axis]] : 0;
  return has_diagonal (factor)
             ? read_diagonal (work, f, &region, &buffer)
             : scope_read_input (work->node, work->reader, f, &region, &buffer, work->error);
}

static int64_t
count_labels (const ScopeContractBox *box, const uint8_t *label, int labels)
{
  int64_t count = 1;
  for (int i = 0; i < labels; i++)
    count *= box->count[label[i]];
  return count;
}

bool
scope_contract_load (ScopeContractWork *work,
                     int f,
                     const ScopeContractBox *box,
                     ScopeContractPart *part)
{
  ScopeDtype own = work->node->program->node[work->node->input[f]]->dtype;
  part->count = count_labels (box, part->label, part->labels);
  part->data = NULL;
  void *raw =
      scope_read_alloc (work->reader, part->count * (int64_t)scope_dtype_bytes (own), work->error);
  if (raw == NULL)
    return false;
  bool done = load_raw (work, f, box, part, raw);
  if (done && own == work->compute)
    {
      part->data = raw;
      return true;
    }
  if (done)
    part->data = scope_read_alloc (work->reader, part->count * (int64_t)work->bytes, work->error);
  if (part->data != NULL)
    scope_dtype_convert (own, raw, 1, work->compute, part->data, 1, part->count);
  scope_read_free (work->reader, raw);
  return part->data != NULL;
}

/* ---- multiplying ---------------------------------------------------------------------------- */

/* c[b][i][j] += Σ_k a[b][i][k] · b[b][k][j]: batches × rows × inner, batches × inner × columns. */
typedef struct
{
  int64_t batches, rows, columns, inner;
  const void *a, *b;
  void *c;
  ScopeDtype compute;
  int parts;
} Product;

typedef struct
{
  double real, imaginary;
} Complex;

static inline Complex
add_product (Complex sum, Complex a, Complex b)
{
  return (Complex){ sum.real + (a.real * b.real - a.imaginary * b.imaginary),
                    sum.imaginary + (a.real * b.imaginary + a.imaginary * b.real) };
}

#define MULTIPLY_ROWS(name, type, next)                                                            \
  static void name (const Product *product, int64_t first, int64_t last)                           \
  {                                                                                                \
    int64_t inner = product->inner, columns = product->columns;                                    \
    for (int64_t panel = 0; panel < inner; panel += PANEL)                                         \
      for (int64_t row = first; row < last; row++)                                                 \
        {                                                                                          \
          const type *a = (const type *)product->a + row * inner;                                  \
          const type *b = (const type *)product->b + row / product->rows * inner * columns;        \
          type *restrict c = (type *)product->c + row * columns;                                   \
          int64_t end = scope_min (panel + PANEL, inner);                                          \
          for (int64_t k = panel; k < end; k++)                                                    \
            for (int64_t j = 0; j < columns; j++)                                                  \
              c[j] = next (c[j], a[k], b[k * columns + j]);                                        \
        }                                                                                          \
  }

#define ADD_REAL(sum, a, b) ((sum) + (a) * (b))
MULTIPLY_ROWS (multiply_rows_real, double, ADD_REAL)
MULTIPLY_ROWS (multiply_rows_integer, uint64_t, ADD_REAL)
MULTIPLY_ROWS (multiply_rows_complex, Complex, add_product)

static void
multiply_part (void *data, int index)
{
  const Product *product = data;
  int64_t rows = product->batches * product->rows;
  int64_t first = rows / product->parts * index + scope_min (index, rows % product->parts);
  int64_t last = first + rows / product->parts + (index < rows % product->parts);
  if (product->compute == SCOPE_COMPLEX128)
    multiply_rows_complex (product, first, last);
  else if (product->compute == SCOPE_INT64)
    multiply_rows_integer (product, first, last);
  else
    multiply_rows_real (product, first, last);
}

/* The labels of two parts, sorted by what becomes of them. */
typedef struct
{
  int labels;
  uint8_t label[SCOPE_CONTRACT_LABELS];
} Labels;

typedef struct
{
  Labels batch;  /* in both and kept */
  Labels inner;  /* in both and summed */
  Labels row;    /* in the left one only, kept */
  Labels column; /* in the right one only, kept */
  Labels left;   /* in the left one only, summed before multiplying */
  Labels right;  /* in the right one only, summed before multiplying */
} Roles;

static void
sort_labels (const ScopeContraction *plan, const ScopeContractPart *part, int f, Roles *roles)
{
  memset (roles, 0, sizeof *roles);
  for (int label = 0; label < plan->labels; label++)
    {
      bool in_left = memchr (part->label, label, (size_t)part->labels) != NULL;
      bool in_right = scope_contract_has (plan, f, label);
      bool kept = scope_contract_keeps (plan, f, label);
      if (!in_left && !in_right)
        continue;
      Labels *role = in_left && in_right ? (kept ? &roles->batch : &roles->inner)
                     : in_left           ? (kept ? &roles->row : &roles->left)
                                         : (kept ? &roles->column : &roles->right);
      role->label[role->labels++] = (uint8_t)label;
    }
}

static void
append_labels (ScopeContractPart *part, const Labels *labels)
{
  memcpy (part->label + part->labels, labels->label, (size_t)labels->labels);
  part->labels += labels->labels;
}

/* Adds up the leading slices of a part into the first; `leading` are its first labels. */
static void
sum_leading (const ScopeContractWork *work,
             ScopeContractPart *part,
             const ScopeContractBox *box,
             const Labels *leading)
{
  int64_t slices = count_labels (box, leading->label, leading->labels);
  if (leading->labels == 0)
    return;
  part->labels -= leading->labels;
  memmove (part->label, part->label + leading->labels, (size_t)part->labels);
  part->count = count_labels (box, part->label, part->labels);
  int64_t numbers = work->compute == SCOPE_COMPLEX128 ? 2 * part->count : part->count;
  double *real = part->data;
  uint64_t *integer = part->data;
  for (int64_t slice = 1; slice < slices; slice++)
    for (int64_t i = 0; i < numbers; i++)
      if (work->compute == SCOPE_INT64)
        integer[i] += integer[slice * numbers + i];
      else
        real[i] += real[slice * numbers + i];
}

/* Rearranges a part into the order of `wanted`, which has the same labels. */
static bool
reorder (ScopeContractWork *work,
         const ScopeContractBox *box,
         ScopeContractPart *part,
         const ScopeContractPart *wanted)
{
  if (part->labels == 0 || memcmp (part->label, wanted->label, (size_t)part->labels) == 0)
    return true;
  char *moved = scope_read_alloc (work->reader, part->count * (int64_t)work->bytes, work->error);
  if (moved == NULL)
    return false;

  int64_t from[SCOPE_CONTRACT_LABELS] = { 0 }, at[SCOPE_CONTRACT_LABELS] = { 0 };
  int64_t step = 1, source = 0, bytes = (int64_t)work->bytes;
  for (int i = part->labels - 1; i >= 0; i--)
    {
      from[part->label[i]] = step;
      step *= box->count[part->label[i]];
    }
  int last = part->labels - 1;
  int64_t run = box->count[wanted->label[last]], run_step = from[wanted->label[last]];
  for (int64_t target = 0; target < part->count; target += run)
    {
      scope_dtype_convert (work->compute, (char *)part->data + source * bytes, run_step,
                           work->compute, moved + target * bytes, 1, run);
      for (int i = last - 1; i >= 0; i--)
        {
          int label = wanted->label[i];
          source += from[label];
          if (++at[i] < box->count[label])
            break;
          source -= at[i] * from[label];
          at[i] = 0;
        }
    }
  scope_read_free (work->reader, part->data);
  part->data = moved;
  memcpy (part->label, wanted->label, (size_t)part->labels);
  return true;
}

/* The product of two parts whose labels stand in the order of their roles. */
static bool
multiply_parts (ScopeContractWork *work,
                const ScopeContractBox *box,
                const Roles *roles,
                const ScopeContractPart *left,
                const ScopeContractPart *right,
                ScopeContractPart *result)
{
  Product product = {
    .batches = count_labels (box, roles->batch.label, roles->batch.labels),
    .rows = count_labels (box, roles->row.label, roles->row.labels),
    .columns = count_labels (box, roles->column.label, roles->column.labels),
    .inner = count_labels (box, roles->inner.label, roles->inner.labels),
    .a = left->data,
    .b = right->data,
    .compute = work->compute,
  };
  append_labels (result, &roles->batch);
  append_labels (result, &roles->row);
  append_labels (result, &roles->column);
  result->count = product.batches * product.rows * product.columns;
  int64_t bytes = result->count * (int64_t)work->bytes;
  result->data = product.c = scope_read_alloc (work->reader, bytes, work->error);
  if (result->data == NULL)
    return false;
  memset (result->data, 0, (size_t)bytes);
  ScopeExecutor *executor = scope_read_executor (work->reader);
  product.parts = executor != NULL ? executor->threads : 1;
  scope_execute (executor, product.parts, multiply_part, &product);
  return true;
}

bool
scope_contract_multiply (ScopeContractWork *work,
                         int f,
                         const ScopeContractBox *box,
                         ScopeContractPart *left)
{
  Roles roles;
  sort_labels (work->plan, left, f, &roles);
  ScopeContractPart order = { 0 }, right = { 0 }, result = { 0 };
  append_labels (&order, &roles.left);
  append_labels (&order, &roles.batch);
  append_labels (&order, &roles.row);
  append_labels (&order, &roles.inner);
  append_labels (&right, &roles.right);
  append_labels (&right, &roles.batch);
  append_labels (&right, &roles.inner);
  append_labels (&right, &roles.column);
  bool done = reorder (work, box, left, &order) && scope_contract_load (work, f, box, &right);
  if (done)
    {
      sum_leading (work, left, box, &roles.left);
      sum_leading (work, &right, box, &roles.right);
      done = multiply_parts (work, box, &roles, left, &right, &result);
    }
  scope_read_free (work->reader, right.data);
  scope_read_free (work->reader, left->data);
  *left = result;
  return done;
}
