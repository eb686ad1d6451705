/* Reading and tracing of operations that compute cell by cell. */
#include "ops/elementwise.h"

#include "core/arena.h"
#include "core/checked.h"
#include "core/walk.h"
#include "ops/program.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum
{
  BLOCK_ELEMENTS = 1 << 14 /* few enough for the cache, many enough to forget the overhead */
};

ScopeDtype
scope_carrier (ScopeDtype dtype)
{
  switch (scope_dtype_kind (dtype))
    {
    case SCOPE_KIND_BOOL:
      return SCOPE_BOOL;
    case SCOPE_KIND_UNSIGNED:
      return dtype == SCOPE_UINT64 ? SCOPE_UINT64 : SCOPE_INT64;
    case SCOPE_KIND_SIGNED:
      return SCOPE_INT64;
    case SCOPE_KIND_FLOAT:
      return dtype == SCOPE_FLOAT64 ? SCOPE_FLOAT64 : SCOPE_FLOAT32;
    default:
      return SCOPE_COMPLEX128;
    }
}

const ScopeElementwise *
scope_elementwise_keep (const ScopeCall *call, const ScopeElementwise *plan)
{
  ScopeElementwise *kept = scope_arena_alloc (call->arena, sizeof *kept);
  if (kept != NULL)
    *kept = *plan;
  return kept;
}

void
scope_stretched_region (const ScopeShape *input,
                        const ScopeRegion *region,
                        ScopeRegion *out,
                        int64_t *step)
{
  int missing = region->rank - input->rank;
  int64_t stride = 1;
  out->rank = input->rank;
  for (int own = 0; own < -missing; own++)
    {
      out->start[own] = out->step[own] = 0;
      out->count[own] = 1;
    }
  for (int axis = region->rank - 1; axis >= 0; axis--)
    {
      step[axis] = 0;
      if (axis < missing)
        continue;
      int own = axis - missing;
      bool stretched = input->size[own] == 1;
      out->start[own] = stretched ? 0 : region->start[axis];
      out->step[own] = stretched ? 0 : region->step[axis];
      out->count[own] = stretched ? scope_min (1, region->count[axis]) : region->count[axis];
      if (!stretched)
        {
          step[axis] = stride;
          stride *= region->count[axis];
        }
    }
}

/* ---- blocks --------------------------------------------------------------------------------- */

/* Cuts a region into blocks of at most BLOCK_ELEMENTS: axes after `axis` are whole, `axis` is cut
 * into pieces, axes before it are taken one by one. */
typedef struct
{
  int axis;
  int64_t piece;
  int64_t at[SCOPE_MAX_RANK];
} Cut;

static Cut
begin_cut (const ScopeRegion *region)
{
  Cut cut = { .axis = region->rank - 1, .piece = 1 };
  int64_t whole = 1;
  for (; cut.axis > 0 && whole * region->count[cut.axis] <= BLOCK_ELEMENTS; cut.axis--)
    whole *= region->count[cut.axis];
  if (cut.axis >= 0)
    cut.piece = scope_max (1, scope_min (BLOCK_ELEMENTS / whole, region->count[cut.axis]));
  return cut;
}

/* The block at the cut's place. */
static ScopeRegion
cut_block (const Cut *cut, const ScopeRegion *region)
{
  ScopeRegion block = *region;
  for (int axis = 0; axis <= cut->axis; axis++)
    {
      block.start[axis] += cut->at[axis] * region->step[axis];
      block.count[axis] =
          axis < cut->axis ? 1 : scope_min (cut->piece, region->count[axis] - cut->at[axis]);
    }
  return block;
}

static bool
next_cut (Cut *cut, const ScopeRegion *region)
{
  for (int axis = cut->axis; axis >= 0; axis--)
    {
      cut->at[axis] += axis == cut->axis ? cut->piece : 1;
      if (cut->at[axis] < region->count[axis])
        return true;
      cut->at[axis] = 0;
    }
  return false;
}

/* ---- one block ------------------------------------------------------------------------------ */

/* An operand's cells of a block, dense in the carrier type. */
typedef struct
{
  void *data;
  size_t bytes; /* of an element */
  int64_t step[SCOPE_MAX_RANK];
} Operand;

typedef struct
{
  const ScopeElementwise *plan;
  const Operand *operand;
  char *result;
  size_t result_bytes;
  ScopeError *error;
} Block;

static bool
read_operand (const ScopeNode *node,
              ScopeReader *reader,
              const ScopeRegion *block,
              int input,
              ScopeDtype loop,
              Operand *operand,
              ScopeError *error)
{
  ScopeRegion own;
  scope_stretched_region (&node->program->node[node->input[input]]->shape, block, &own,
                          operand->step);
  int64_t count;
  if (!scope_region_count (&own, &count, error))
    return false;
  ScopeDtype carrier = scope_carrier (loop);
  operand->bytes = scope_dtype_bytes (carrier);
  operand->data = scope_read_alloc (reader, count * (int64_t)operand->bytes, error);
  if (operand->data == NULL)
    return false;
  if (carrier == loop)
    return scope_read_input_as (node, reader, input, &own, loop, operand->data, error);

  void *narrow = scope_read_alloc (reader, count * (int64_t)scope_dtype_bytes (loop), error);
  if (narrow == NULL)
    return false;
  bool done = scope_read_input_as (node, reader, input, &own, loop, narrow, error);
  if (done)
    scope_dtype_convert (loop, narrow, 1, carrier, operand->data, 1, count);
  scope_read_free (reader, narrow);
  return done;
}

static bool
run_block (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  Block *block = data;
  const void *in[SCOPE_ELEMENTWISE_INPUTS];
  for (int i = 0; i < block->plan->inputs; i++)
    in[i] = (const char *)block->operand[i].data + at[1 + i] * (int64_t)block->operand[i].bytes;
  return block->plan->run (block->plan, count, in, step + 1,
                           block->result + at[0] * (int64_t)block->result_bytes, step[0],
                           block->error);
}

/* Writes the dense carrier elements of a block to their places in `out`, through the type the
 * framework's loop gives to the node's own. */
typedef struct
{
  ScopeDtype from, loop, to;
  const char *source;
  char *target;
  void *narrow; /* room for a run of the loop's type */
} Store;

static bool
store_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  const Store *store = data;
  const char *source = store->source + at[1] * (int64_t)scope_dtype_bytes (store->from);
  char *target = store->target + at[0] * (int64_t)scope_dtype_bytes (store->to);
  if (store->loop == store->from || store->loop == store->to)
    {
      scope_dtype_convert (store->from, source, step[1], store->to, target, step[0], count);
      return true;
    }
  scope_dtype_convert (store->from, source, step[1], store->loop, store->narrow, 1, count);
  scope_dtype_convert (store->loop, store->narrow, 1, store->to, target, step[0], count);
  return true;
}

static void
dense_steps (const ScopeRegion *block, int64_t *step)
{
  int64_t stride = 1;
  for (int axis = block->rank - 1; axis >= 0; axis--)
    {
      step[axis] = stride;
      stride *= block->count[axis];
    }
}

static bool
compute_block (const ScopeNode *node,
               const ScopeElementwise *plan,
               ScopeReader *reader,
               const ScopeRegion *block,
               int64_t place,
               const ScopeBuffer *out,
               void *const result[2],
               ScopeError *error)
{
  Operand operand[SCOPE_ELEMENTWISE_INPUTS] = { { 0 } };
  bool done = true;
  for (int i = 0; i < plan->inputs && done; i++)
    done = read_operand (node, reader, block, plan->first + i, plan->loop[i], &operand[i], error);

  int64_t dense[SCOPE_MAX_RANK];
  dense_steps (block, dense);
  if (done)
    {
      const int64_t *stride[1 + SCOPE_ELEMENTWISE_INPUTS] = { dense };
      const int64_t offset[1 + SCOPE_ELEMENTWISE_INPUTS] = { 0 };
      for (int i = 0; i < plan->inputs; i++)
        stride[1 + i] = operand[i].step;
      Block run = { plan, operand, result[0], scope_dtype_bytes (scope_carrier (plan->result)),
                    error };
      done =
          scope_walk (block->rank, block->count, 1 + plan->inputs, stride, offset, run_block, &run);
    }
  if (done)
    {
      const int64_t *stride[2] = { out->stride, dense };
      const int64_t offset[2] = { place, 0 };
      Store store = {
        scope_carrier (plan->result), plan->result, node->dtype, result[0], out->data, result[1]
      };
      scope_walk (block->rank, block->count, 2, stride, offset, store_run, &store);
    }
  for (int i = plan->inputs - 1; i >= 0; i--)
    scope_read_free (reader, operand[i].data);
  return done;
}

bool
scope_elementwise_read_plan (const ScopeNode *node,
                             const ScopeElementwise *plan,
                             ScopeReader *reader,
                             const ScopeRegion *region,
                             const ScopeBuffer *out,
                             ScopeError *error)
{
  int64_t count;
  if (!scope_region_count (region, &count, error))
    return false;
  if (count == 0)
    return true;
  int64_t room = scope_min (count, BLOCK_ELEMENTS) * (int64_t)sizeof (double[2]);
  void *result[2] = { scope_read_alloc (reader, room, error), NULL };
  result[1] = result[0] != NULL ? scope_read_alloc (reader, room, error) : NULL;
  bool done = result[1] != NULL;

  Cut cut = begin_cut (region);
  do
    {
      if (!done)
        break;
      ScopeRegion block = cut_block (&cut, region);
      int64_t place = 0;
      for (int axis = 0; axis <= cut.axis; axis++)
        place += cut.at[axis] * out->stride[axis];
      done = scope_read_go_on (reader, error)
             && compute_block (node, plan, reader, &block, place, out, result, error);
    }
  while (next_cut (&cut, region));
  scope_read_free (reader, result[1]);
  scope_read_free (reader, result[0]);
  return done;
}

bool
scope_elementwise_read (const ScopeNode *node,
                        ScopeReader *reader,
                        const ScopeRegion *region,
                        const ScopeBuffer *out,
                        ScopeError *error)
{
  return scope_elementwise_read_plan (node, node->plan, reader, region, out, error);
}

/* ---- copies --------------------------------------------------------------------------------- */

#define COPY(name, T)                                                                              \
  static bool name (const ScopeElementwise *plan, int64_t count, const void *const *in,            \
                    const int64_t *in_step, void *out, int64_t out_step, ScopeError *error)        \
  {                                                                                                \
    const T *from = in[0];                                                                         \
    T *to = out;                                                                                   \
    for (int64_t i = 0; i < count; i++)                                                            \
      to[i * out_step] = from[i * in_step[0]];                                                     \
    return true;                                                                                   \
  }

typedef struct
{
  double real, imaginary;
} Pair;

COPY (copy_1, uint8_t)
COPY (copy_4, uint32_t)
COPY (copy_8, uint64_t)
COPY (copy_16, Pair)

ScopeElementwiseRun
scope_elementwise_copy (ScopeDtype dtype)
{
  switch (scope_dtype_bytes (scope_carrier (dtype)))
    {
    case 1:
      return copy_1;
    case 4:
      return copy_4;
    case 8:
      return copy_8;
    default:
      return copy_16;
    }
}

bool
scope_read_stretched (const ScopeNode *node,
                      ScopeReader *reader,
                      int input,
                      const ScopeRegion *region,
                      const ScopeBuffer *out,
                      ScopeError *error)
{
  const ScopeNode *source = node->program->node[node->input[input]];
  int missing = region->rank - source->shape.rank;
  bool direct = source->dtype == node->dtype;
  for (int axis = 0; axis < region->rank; axis++)
    if (region->count[axis] > 1 && (axis < missing || source->shape.size[axis - missing] == 1))
      direct = false;
  if (!direct)
    {
      ScopeElementwise plan = {
        .inputs = 1,
        .first = input,
        .loop = { source->dtype },
        .result = source->dtype,
        .run = scope_elementwise_copy (source->dtype),
      };
      return scope_elementwise_read_plan (node, &plan, reader, region, out, error);
    }
  ScopeRegion own;
  ScopeBuffer buffer = { .data = out->data };
  int64_t step[SCOPE_MAX_RANK];
  scope_stretched_region (&source->shape, region, &own, step);
  for (int axis = 0; axis < source->shape.rank; axis++)
    buffer.stride[axis] = axis + missing < 0 ? 0 : out->stride[axis + missing];
  return scope_read_input (node, reader, input, &own, &buffer, error);
}

bool
scope_elementwise_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeElementwise *plan = node->plan;
  for (int i = 0; i < plan->inputs; i++)
    {
      if (plan->weight[i] == 0)
        continue;
      const ScopeShape *shape = &node->program->node[node->input[plan->first + i]]->shape;
      int missing = node->shape.rank - shape->rank;
      int64_t own[SCOPE_MAX_RANK];
      for (int axis = 0; axis < shape->rank; axis++)
        own[axis] = shape->size[axis] == 1 ? 0 : index[axis + missing];
      if (!trace->add (trace, plan->first + i, own, plan->weight[i]))
        return false;
    }
  return true;
}
