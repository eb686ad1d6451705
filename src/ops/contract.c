/* Reading sums of products, block by block, and tracing them. */
#include "ops/contract-part.h"

#include "core/arena.h"
#include "core/checked.h"

#include <math.h>
#include <string.h>

enum
{
  BLOCK_ELEMENTS = 1 << 20, /* of all factors of one block together */
};

typedef ScopeContractBox Box;
typedef ScopeContractWork Work;

ScopeContraction *
scope_contraction_new (ScopeArena *arena, int factors)
{
  ScopeContraction *plan = scope_arena_alloc (arena, sizeof *plan);
  if (plan == NULL)
    return NULL;
  plan->factors = factors;
  plan->factor = scope_arena_alloc (arena, (size_t)factors * sizeof *plan->factor);
  plan->alpha = plan->beta = 1;
  return plan->factor != NULL ? plan : NULL;
}

static ScopeDtype
compute_type (ScopeDtype dtype)
{
  switch (scope_dtype_kind (dtype))
    {
    case SCOPE_KIND_COMPLEX:
      return SCOPE_COMPLEX128;
    case SCOPE_KIND_SIGNED:
    case SCOPE_KIND_UNSIGNED:
      return SCOPE_INT64;
    default:
      return SCOPE_FLOAT64; /* of booleans too: a sum that is not zero is true */
    }
}

/* ---- planning the blocks -------------------------------------------------------------------- */

/* An upper bound of the numbers held at once: factors, what they are multiplied to, the result. */
static double
elements_of_box (const ScopeContraction *plan, const Box *box)
{
  double total = 0;
  bool seen[SCOPE_CONTRACT_LABELS] = { false };
  for (int f = 0; f < plan->factors; f++)
    {
      double factor = 1, product = 1;
      for (int label = 0; label < plan->labels; label++)
        {
          bool has = scope_contract_has (plan, f, label);
          seen[label] = seen[label] || has;
          if (has)
            factor *= (double)box->count[label];
          if (seen[label] && scope_contract_keeps (plan, f, label))
            product *= (double)box->count[label];
        }
      total += factor + product;
    }
  double result = 1;
  for (int label = 0; label < plan->outputs; label++)
    result *= (double)box->count[label];
  return total + result;
}

/* The label whose range is best halved: the one that leaves least, summed labels first. */
static int
best_to_halve (const ScopeContraction *plan, Box *block)
{
  int best = -1;
  double least = INFINITY;
  for (int label = plan->labels - 1; label >= 0; label--)
    {
      int64_t count = block->count[label];
      if (count <= 1)
        continue;
      block->count[label] = (count + 1) / 2;
      double elements = elements_of_box (plan, block);
      block->count[label] = count;
      if (elements < least)
        {
          least = elements;
          best = label;
        }
    }
  return best;
}

static void
choose_block (const ScopeContraction *plan, const Box *whole, Box *block)
{
  *block = *whole;
  while (elements_of_box (plan, block) > BLOCK_ELEMENTS)
    {
      int best = best_to_halve (plan, block);
      if (best < 0)
        return;
      block->count[best] = (block->count[best] + 1) / 2;
    }
}

/* Moves `at` to the next block of the labels first … last − 1. False after the last one, when it
 * stands at the first again. */
static bool
next_block (const Box *whole, const Box *block, Box *at, int first, int last)
{
  for (int label = last - 1; label >= first; label--)
    {
      int64_t done = at->start[label] + at->count[label];
      if (done < whole->count[label])
        {
          at->start[label] = done;
          at->count[label] = scope_min (block->count[label], whole->count[label] - done);
          return true;
        }
      at->start[label] = 0;
      at->count[label] = scope_min (block->count[label], whole->count[label]);
    }
  return false;
}

/* ---- one block ------------------------------------------------------------------------------ */

/* Adds element `source` of `from` to element `target` of `sum`. */
static inline void
add_number (ScopeDtype compute, void *sum, int64_t target, const void *from, int64_t source)
{
  if (compute == SCOPE_INT64)
    ((uint64_t *)sum)[target] += ((const uint64_t *)from)[source];
  else if (compute == SCOPE_FLOAT64)
    ((double *)sum)[target] += ((const double *)from)[source];
  else
    for (int part = 0; part < 2; part++)
      ((double *)sum)[2 * target + part] += ((const double *)from)[2 * source + part];
}

/* Adds a part to `sum`, whose labels are the output's: labels the part has beyond them are summed,
 * those it lacks are repeated. */
static void
add_part (const Work *work, const Box *box, const ScopeContractPart *part, void *sum)
{
  const ScopeContraction *plan = work->plan;
  int64_t stride[SCOPE_CONTRACT_LABELS] = { 0 }, at[SCOPE_CONTRACT_LABELS] = { 0 };
  int64_t step = 1, inner = 1, outer = 1, source = 0;
  for (int i = part->labels - 1; i >= 0; i--)
    {
      stride[part->label[i]] = step;
      step *= box->count[part->label[i]];
    }
  uint8_t walked[SCOPE_CONTRACT_LABELS];
  int labels = 0;
  for (int label = 0; label < plan->labels; label++)
    if (label < plan->outputs || stride[label] != 0)
      {
        walked[labels++] = (uint8_t)label;
        *(label < plan->outputs ? &outer : &inner) *= box->count[label];
      }
  for (int64_t i = 0; i < outer; i++)
    for (int64_t k = 0; k < inner; k++)
      {
        add_number (work->compute, sum, i, part->data, source);
        for (int w = labels - 1; w >= 0; w--)
          {
            int label = walked[w];
            source += stride[label];
            if (++at[label] < box->count[label])
              break;
            source -= at[label] * stride[label];
            at[label] = 0;
          }
      }
}

/* Whether a part is already laid out as the output is. */
static bool
is_output_order (const ScopeContraction *plan, const ScopeContractPart *part)
{
  if (part->labels != plan->outputs)
    return false;
  for (int i = 0; i < part->labels; i++)
    if (part->label[i] != i)
      return false;
  return true;
}

/* Adds one block of the sum to `sum`, numbers over the output's labels of the box. */
static bool
add_block (Work *work, const Box *box, void *sum)
{
  const ScopeContraction *plan = work->plan;
  ScopeContractPart part = { 0 };
  for (int label = 0; label < plan->labels; label++)
    if (scope_contract_has (plan, 0, label))
      part.label[part.labels++] = (uint8_t)label;
  bool done = scope_contract_load (work, 0, box, &part);
  if (done && plan->conjugate && work->compute == SCOPE_COMPLEX128)
    for (int64_t i = 0; i < part.count; i++)
      ((double *)part.data)[2 * i + 1] = -((double *)part.data)[2 * i + 1];
  for (int f = 1; done && f < plan->factors; f++)
    done = scope_contract_multiply (work, f, box, &part);
  if (done && is_output_order (plan, &part))
    for (int64_t i = 0; i < part.count; i++)
      add_number (work->compute, sum, i, part.data, i);
  else if (done)
    add_part (work, box, &part, sum);
  scope_read_free (work->reader, part.data);
  return done;
}

/* element := alpha · element + beta · added. */
static inline void
scale_and_add (const Work *work, void *sum, int64_t i, const void *added, int64_t source)
{
  double alpha = work->plan->alpha, beta = work->plan->beta;
  if (work->compute == SCOPE_INT64)
    {
      uint64_t *cell = (uint64_t *)sum + i;
      *cell = (uint64_t)(int64_t)alpha * *cell
              + (uint64_t)(int64_t)beta * ((const uint64_t *)added)[source];
      return;
    }
  int width = work->compute == SCOPE_COMPLEX128 ? 2 : 1;
  for (int part = 0; part < width; part++)
    {
      double *cell = (double *)sum + width * i + part;
      *cell *= alpha;
      if (beta != 0) /* so that a NaN that is not wanted does not show */
        *cell += beta * ((const double *)added)[width * source + part];
    }
}

/* sum := alpha · sum + beta · addend. */
static bool
add_addend (Work *work, const Box *box, void *sum, int64_t count)
{
  const ScopeContraction *plan = work->plan;
  int missing = plan->outputs - plan->addend.rank;
  ScopeRegion region = { .rank = plan->addend.rank };
  int64_t elements = 1, stride[SCOPE_MAX_RANK] = { 0 }, at[SCOPE_MAX_RANK] = { 0 };
  for (int axis = plan->addend.rank - 1; axis >= 0; axis--)
    {
      int label = axis + missing;
      bool stretched = plan->addend.size[axis] != plan->size[label];
      region.start[axis] = stretched ? 0 : box->start[label];
      region.step[axis] = stretched ? 1 : box->step[label];
      region.count[axis] = stretched ? 1 : box->count[label];
      stride[label] = stretched ? 0 : elements;
      elements *= region.count[axis];
    }
  void *addend = scope_read_alloc (work->reader, elements * (int64_t)work->bytes, work->error);
  bool done = addend != NULL
              && scope_read_input_as (work->node, work->reader, plan->factors, &region,
                                      work->compute, addend, work->error);
  int64_t source = 0;
  for (int64_t i = 0; done && i < count; i++)
    {
      scale_and_add (work, sum, i, addend, source);
      for (int label = plan->outputs - 1; label >= 0; label--)
        {
          source += stride[label];
          if (++at[label] < box->count[label])
            break;
          source -= at[label] * stride[label];
          at[label] = 0;
        }
    }
  scope_read_free (work->reader, addend);
  return done;
}

/* Writes the numbers of a block to where they belong in `out`; `first` counts in its elements. */
static void
store_block (const Work *work,
             const Box *box,
             const void *sum,
             int64_t count,
             const ScopeBuffer *out,
             const int64_t *first)
{
  const ScopeContraction *plan = work->plan;
  int64_t bytes = (int64_t)scope_dtype_bytes (plan->dtype), target = 0;
  int64_t at[SCOPE_MAX_RANK] = { 0 };
  int last = plan->outputs - 1;
  for (int axis = 0; axis < plan->outputs; axis++)
    target += first[axis] * out->stride[axis];
  int64_t run = last >= 0 ? box->count[last] : 1;
  for (int64_t i = 0; i < count; i += run)
    {
      scope_dtype_convert (work->compute, (const char *)sum + i * (int64_t)work->bytes, 1,
                           plan->dtype, (char *)out->data + target * bytes,
                           last >= 0 ? out->stride[last] : 1, run);
      for (int axis = last - 1; axis >= 0; axis--)
        {
          target += out->stride[axis];
          if (++at[axis] < box->count[axis])
            break;
          target -= at[axis] * out->stride[axis];
          at[axis] = 0;
        }
    }
}

/* A block in indices of the tensors: `at` counts in elements of the region. */
static Box
place_block (const Box *whole, const Box *at, int labels)
{
  Box box = *at;
  for (int label = 0; label < labels; label++)
    {
      box.step[label] = whole->step[label];
      box.start[label] = whole->start[label] + at->start[label] * whole->step[label];
    }
  return box;
}

/* Computes the block of the output at which `at` stands, over all blocks of the summed labels. */
static bool
compute_tile (Work *work, const Box *whole, const Box *block, Box *at, const ScopeBuffer *out)
{
  const ScopeContraction *plan = work->plan;
  int64_t count = 1;
  for (int label = 0; label < plan->outputs; label++)
    count *= at->count[label];
  void *sum = scope_read_alloc (work->reader, count * (int64_t)work->bytes, work->error);
  if (sum == NULL)
    return false;
  memset (sum, 0, (size_t)count * work->bytes);

  bool more = !plan->is_zero, done = true;
  for (int label = plan->outputs; label < plan->labels; label++)
    more = more && whole->count[label] > 0;
  while (done && more)
    {
      Box box = place_block (whole, at, plan->labels);
      done = scope_read_go_on (work->reader, work->error) && add_block (work, &box, sum);
      more = next_block (whole, block, at, plan->outputs, plan->labels);
    }
  Box box = place_block (whole, at, plan->labels);
  done = done && (!plan->has_addend || add_addend (work, &box, sum, count));
  if (done)
    store_block (work, &box, sum, count, out, at->start);
  scope_read_free (work->reader, sum);
  return done;
}

bool
scope_contraction_read (const ScopeNode *node,
                        ScopeReader *reader,
                        const ScopeRegion *region,
                        const ScopeBuffer *out,
                        ScopeError *error)
{
  const ScopeContraction *plan = node->plan;
  Work work = { node, plan, reader, compute_type (plan->dtype), 0, error };
  work.bytes = scope_dtype_bytes (work.compute);
  Box whole = { 0 }, block, at;
  for (int label = 0; label < plan->labels; label++)
    {
      bool output = label < plan->outputs;
      whole.start[label] = output ? region->start[label] : 0;
      whole.step[label] = output ? region->step[label] : 1;
      whole.count[label] = output ? region->count[label] : plan->size[label];
    }
  choose_block (plan, &whole, &block);
  at = block;
  memset (at.start, 0, sizeof at.start);
  do
    if (!compute_tile (&work, &whole, &block, &at, out))
      return false;
  while (next_block (&whole, &block, &at, 0, plan->outputs));
  return true;
}

/* ---- trace ---------------------------------------------------------------------------------- */

/* The cells of one factor that an output cell is summed from. A product is linear in none of its
 * factors alone. */
static bool
trace_factor (const ScopeContraction *plan, int f, const int64_t *index, ScopeTrace *trace)
{
  const ScopeFactor *factor = &plan->factor[f];
  double weight = plan->factors == 1 ? plan->alpha : NAN;
  int64_t at[SCOPE_CONTRACT_LABELS] = { 0 };
  for (int label = 0; label < plan->labels; label++)
    {
      at[label] = label < plan->outputs ? index[label] : 0;
      if (plan->size[label] == 0 || plan->is_zero)
        return true;
    }
  for (;;)
    {
      int64_t cell[SCOPE_MAX_RANK];
      for (int axis = 0; axis < factor->rank; axis++)
        {
          int label = factor->label[axis];
          cell[axis] = factor->size[axis] == plan->size[label] ? at[label] : 0;
        }
      if (!trace->add (trace, f, cell, weight))
        return false;
      int label = plan->labels - 1;
      for (; label >= plan->outputs; label--)
        {
          if (!scope_contract_has (plan, f, label))
            continue;
          if (++at[label] < plan->size[label])
            break;
          at[label] = 0;
        }
      if (label < plan->outputs)
        return true;
    }
}

bool
scope_contraction_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeContraction *plan = node->plan;
  for (int f = 0; f < plan->factors; f++)
    if (!trace_factor (plan, f, index, trace))
      return false;
  if (!plan->has_addend)
    return true;
  int64_t cell[SCOPE_MAX_RANK];
  int missing = plan->outputs - plan->addend.rank;
  for (int axis = 0; axis < plan->addend.rank; axis++)
    cell[axis] = plan->addend.size[axis] == plan->size[axis + missing] ? index[axis + missing] : 0;
  return trace->add (trace, plan->factors, cell, plan->beta);
}
