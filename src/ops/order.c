/* Sorting lanes of bounded length and reading off what was asked for. */
#include "ops/order.h"

#include "core/checked.h"
#include "ops/blocks.h"
#include "ops/reduce-step.h"

#include <math.h>
#include <string.h>

enum
{
  BLOCK_ELEMENTS = 1 << 18, /* read at once */
};

typedef struct
{
  double real, imaginary;
} Complex;

typedef struct
{
  const ScopeNode *node;
  const ScopeOrder *plan;
  ScopeReader *reader;
  ScopeDtype own, carrier;
  int64_t bytes;  /* of an element as the carrier holds it */
  int64_t length; /* of a lane */
  char *raw, *element;
  int64_t *place, *scratch; /* of one lane */
  ScopeError *error;
} Work;

/* ---- order ------------------------------------------------------------------------------------
 */

static bool
is_nan_at (const Work *work, const char *lane, int64_t i)
{
  if (work->carrier == SCOPE_FLOAT64)
    return isnan (((const double *)lane)[i]);
  const Complex *number = (const Complex *)lane;
  return work->carrier == SCOPE_COMPLEX128
         && (isnan (number[i].real) || isnan (number[i].imaginary));
}

/* Whether element i comes strictly before element k in rising order. */
static bool
is_less (const Work *work, const char *lane, int64_t i, int64_t k)
{
  switch (work->carrier)
    {
    case SCOPE_INT64:
      return ((const int64_t *)lane)[i] < ((const int64_t *)lane)[k];
    case SCOPE_UINT64:
      return ((const uint64_t *)lane)[i] < ((const uint64_t *)lane)[k];
    default:
      break;
    }
  bool nan_i = is_nan_at (work, lane, i), nan_k = is_nan_at (work, lane, k);
  if (nan_i || nan_k)
    return !nan_i && nan_k;
  if (work->carrier == SCOPE_FLOAT64)
    return ((const double *)lane)[i] < ((const double *)lane)[k];
  const Complex *number = (const Complex *)lane;
  return number[i].real < number[k].real
         || (number[i].real == number[k].real && number[i].imaginary < number[k].imaginary);
}

static bool
comes_before (const Work *work, const char *lane, int64_t i, int64_t k)
{
  return work->plan->descending ? is_less (work, lane, k, i) : is_less (work, lane, i, k);
}

/* Merges place[left…middle) and place[middle…right) into scratch. Equal elements keep their order.
 */
static void
merge (const Work *work, const char *lane, int64_t left, int64_t middle, int64_t right)
{
  int64_t a = left, b = middle;
  for (int64_t at = left; at < right; at++)
    if (b >= right || (a < middle && !comes_before (work, lane, work->place[b], work->place[a])))
      work->scratch[at] = work->place[a++];
    else
      work->scratch[at] = work->place[b++];
}

/* Sets work->place to the places of the elements in order. */
static void
sort_lane (Work *work, const char *lane)
{
  for (int64_t i = 0; i < work->length; i++)
    work->place[i] = i;
  for (int64_t width = 1; width < work->length; width *= 2)
    {
      for (int64_t left = 0; left < work->length; left += 2 * width)
        merge (work, lane, left, scope_min (left + width, work->length),
               scope_min (left + 2 * width, work->length));
      int64_t *swapped = work->place;
      work->place = work->scratch;
      work->scratch = swapped;
    }
}

/* ---- results ----------------------------------------------------------------------------------
 */

static void
store_value (const Work *work, const char *lane, int64_t place, void *out)
{
  scope_dtype_convert (work->carrier, lane + place * work->bytes, 1, work->node->dtype, out, 1, 1);
}

static void
store_place (const Work *work, int64_t place, void *out)
{
  scope_dtype_store (work->node->dtype, out, SCOPE_KIND_SIGNED, (ScopeNumber){ .i = place });
}

static void
store_real (const Work *work, double value, void *out)
{
  scope_dtype_store (work->node->dtype, out, SCOPE_KIND_FLOAT, (ScopeNumber){ .f = value });
}

/* How many elements are numbers: they come first in rising order. */
static int64_t
count_numbers (const Work *work, const char *lane)
{
  int64_t count = work->length;
  while (count > 0 && is_nan_at (work, lane, work->place[count - 1]))
    count--;
  return count;
}

/* The place of the element wanted by PICK, −1 when there is none. */
static int64_t
picked_place (const Work *work, const char *lane)
{
  const ScopeOrder *plan = work->plan;
  if (plan->rank >= 0)
    return work->place[plan->rank];
  int64_t numbers = count_numbers (work, lane);
  if (work->length == 0)
    return -1;
  if (plan->skip_nan)
    return work->place[numbers > 0 ? (numbers - 1) / 2 : 0];
  return work->place[numbers < work->length ? numbers : (work->length - 1) / 2];
}

/* The last place of the first longest run of equal elements. */
static int64_t
mode_place (const Work *work, const char *lane)
{
  int64_t best = 0, longest = 0, run = 0;
  for (int64_t i = 0; i < work->length; i++)
    {
      run++;
      bool ends = i + 1 == work->length || is_less (work, lane, work->place[i], work->place[i + 1]);
      if (ends && run > longest)
        {
          longest = run;
          best = work->place[i];
        }
      if (ends)
        run = 0;
    }
  return best;
}

static void
store_middle (const Work *work, const char *lane, void *out)
{
  int64_t numbers = count_numbers (work, lane);
  int64_t count = work->plan->skip_nan ? numbers : work->length;
  if (count == 0 || (!work->plan->skip_nan && numbers < work->length))
    {
      store_real (work, NAN, out);
      return;
    }
  int64_t low = work->place[(count - 1) / 2], high = work->place[count / 2];
  if (work->carrier == SCOPE_COMPLEX128)
    {
      const Complex *number = (const Complex *)lane;
      scope_dtype_store (
          work->node->dtype, out, SCOPE_KIND_COMPLEX,
          (ScopeNumber){ .f = (number[low].real + number[high].real) / 2,
                         .imaginary = (number[low].imaginary + number[high].imaginary) / 2 });
      return;
    }
  const double *number = (const double *)lane;
  store_real (work, low == high ? number[low] : (number[low] + number[high]) / 2, out);
}

static void
store_one (const Work *work, const char *lane, void *out)
{
  ScopeOrderKind kind = work->plan->kind[work->node->part];
  if (kind == SCOPE_ORDER_MIDDLE)
    {
      store_middle (work, lane, out);
      return;
    }
  bool mode = kind == SCOPE_ORDER_MODE || kind == SCOPE_ORDER_MODE_PLACE;
  int64_t place = mode ? mode_place (work, lane) : picked_place (work, lane);
  if (kind == SCOPE_ORDER_PICK_PLACE || kind == SCOPE_ORDER_MODE_PLACE)
    store_place (work, place, out);
  else if (place < 0)
    store_real (work, NAN, out);
  else
    store_value (work, lane, place, out);
}

/* Writes what the region wants of one sorted lane; `target` is where its first element goes. */
static void
store_lane (const Work *work,
            const char *lane,
            const ScopeRegion *region,
            const ScopeBuffer *out,
            int64_t target)
{
  const ScopeOrder *plan = work->plan;
  int64_t bytes = (int64_t)scope_dtype_bytes (work->node->dtype);
  char *data = (char *)out->data;
  ScopeOrderKind kind = plan->kind[work->node->part];
  if (kind != SCOPE_ORDER_VALUES && kind != SCOPE_ORDER_PLACES)
    {
      store_one (work, lane, data + target * bytes);
      return;
    }
  int64_t count = plan->axis >= 0 ? region->count[plan->axis] : 1;
  for (int64_t i = 0; i < count; i++)
    {
      int64_t rank = plan->axis >= 0 ? region->start[plan->axis] + i * region->step[plan->axis] : 0;
      int64_t step = plan->axis >= 0 ? out->stride[plan->axis] : 0;
      void *cell = data + (target + i * step) * bytes;
      if (kind == SCOPE_ORDER_VALUES)
        store_value (work, lane, work->place[rank], cell);
      else
        store_place (work, work->place[rank], cell);
    }
}

/* ---- reading ----------------------------------------------------------------------------------
 */

/* The axis of the result that stands for an axis of the input outside of the lanes. */
static int
result_axis (const ScopeOrder *plan, int wanted)
{
  int at = 0;
  for (int axis = 0; axis < wanted; axis++)
    at += !plan->lane[axis] || plan->keep || plan->axis == axis;
  return at;
}

/* Reads the lanes of a block of the other axes. */
static bool
load_lanes (Work *work, const ScopeRegion *region, const ScopeBlocks *block)
{
  const ScopeOrder *plan = work->plan;
  ScopeRegion from = { .rank = plan->shape.rank };
  ScopeBuffer buffer = { .data = work->raw };
  int64_t within = 1, between = work->length;
  int other = block->rank - 1;
  for (int axis = plan->shape.rank - 1; axis >= 0; axis--)
    {
      from.step[axis] = 1;
      if (plan->lane[axis])
        {
          from.count[axis] = plan->shape.size[axis];
          buffer.stride[axis] = within;
          within *= from.count[axis];
          continue;
        }
      int at = result_axis (plan, axis);
      from.step[axis] = region->step[at];
      from.start[axis] = region->start[at] + block->start[other] * region->step[at];
      from.count[axis] = block->here[other];
      buffer.stride[axis] = between;
      between *= block->here[other--];
    }
  if (!scope_read_go_on (work->reader, work->error)
      || !scope_read_input (work->node, work->reader, 0, &from, &buffer, work->error))
    return false;
  scope_dtype_convert (work->own, work->raw, 1, work->carrier, work->element, 1,
                       work->length * block->elements);
  return true;
}

static void
store_block (Work *work,
             const ScopeRegion *region,
             const ScopeBlocks *block,
             const ScopeBuffer *out)
{
  const ScopeOrder *plan = work->plan;
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  for (int64_t lane = 0; lane < block->elements; lane++)
    {
      int64_t target = 0;
      int other = 0;
      for (int axis = 0; axis < plan->shape.rank; axis++)
        if (!plan->lane[axis])
          {
            target += (block->start[other] + index[other]) * out->stride[result_axis (plan, axis)];
            other++;
          }
      const char *element = work->element + lane * work->length * work->bytes;
      sort_lane (work, element);
      store_lane (work, element, region, out, target);
      scope_index_next (block->rank, block->here, index);
    }
}

static bool
allocate (Work *work, int64_t lanes, char **memory)
{
  int64_t own = (int64_t)scope_dtype_bytes (work->own), elements, bytes;
  if (!scope_checked_mul (work->length, lanes, &elements)
      || !scope_checked_mul (elements, own + work->bytes, &bytes)
      || !scope_checked_mul (work->length, 2 * (int64_t)sizeof (int64_t), &own)
      || !scope_checked_add (bytes, own + 64, &bytes))
    return scope_fail (work->error, SCOPE_ERROR_TOO_BIG, -1,
                       "%lld elements are too many to be put in order.", (long long)work->length);
  *memory = scope_read_alloc (work->reader, bytes, work->error);
  if (*memory == NULL)
    return false;
  work->place = (int64_t *)*memory;
  work->scratch = work->place + work->length;
  work->element = (char *)(work->scratch + work->length);
  work->raw = work->element + elements * work->bytes;
  return true;
}

bool
scope_order_read (const ScopeNode *node,
                  ScopeReader *reader,
                  const ScopeRegion *region,
                  const ScopeBuffer *out,
                  ScopeError *error)
{
  const ScopeOrder *plan = node->plan;
  ScopeDtype own = node->program->node[node->input[0]]->dtype;
  Work work = { .node = node,
                .plan = plan,
                .reader = reader,
                .own = own,
                .error = error,
                .carrier = plan->kind[0] == SCOPE_ORDER_MIDDLE
                                   && scope_dtype_kind (own) != SCOPE_KIND_COMPLEX
                               ? SCOPE_FLOAT64
                               : scope_reduce_carrier (own),
                .length = 1 };
  work.bytes = (int64_t)scope_dtype_bytes (work.carrier);
  int64_t count[SCOPE_MAX_RANK];
  int others = 0;
  for (int axis = 0; axis < plan->shape.rank; axis++)
    if (!plan->lane[axis])
      count[others++] = region->count[result_axis (plan, axis)];
    else if (!scope_checked_mul (work.length, plan->shape.size[axis], &work.length))
      return scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
                         "These are too many elements to be put in order.");
  ScopeBlocks block;
  scope_blocks_begin (&block, others, count,
                      scope_max (BLOCK_ELEMENTS / scope_max (work.length, 1), 1));
  char *memory = NULL;
  if (!allocate (&work, block.elements, &memory))
    return false;
  bool done = true;
  while (done)
    {
      done = load_lanes (&work, region, &block);
      if (done)
        store_block (&work, region, &block, out);
      if (!scope_blocks_next (&block))
        break;
    }
  scope_read_free (reader, memory);
  return done;
}

/* ---- trace ------------------------------------------------------------------------------------
 */

/* Any element of the lane may be the one. */
bool
scope_order_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeOrder *plan = node->plan;
  int64_t size[SCOPE_MAX_RANK], at[SCOPE_MAX_RANK] = { 0 }, cell[SCOPE_MAX_RANK];
  int axes = 0;
  for (int axis = 0; axis < plan->shape.rank; axis++)
    if (plan->lane[axis])
      {
        if (plan->shape.size[axis] == 0)
          return true;
        size[axes++] = plan->shape.size[axis];
      }
  do
    {
      int lane = 0;
      for (int axis = 0; axis < plan->shape.rank; axis++)
        cell[axis] = plan->lane[axis] ? at[lane++] : index[result_axis (plan, axis)];
      if (!trace->add (trace, 0, cell, NAN))
        return false;
    }
  while (scope_index_next (axes, size, at));
  return true;
}
