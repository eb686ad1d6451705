/* Reading regions of a program's nodes: the request travels down to the leaves. */
#include "core/checked.h"
#include "core/cut.h"
#include "core/walk.h"
#include "ops/program.h"

#include <assert.h>
#include <math.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct ScopeReader
{
  const ScopeProgram *program;
  int64_t budget;
  int64_t used; /* bytes of scratch handed out */
  ScopeExecutor *executor;
  const _Atomic int *cancelled;
  int depth;
};

/* What stands before each piece of scratch memory. */
typedef struct
{
  alignas (max_align_t) int64_t bytes;
} ScratchHead;

void *
scope_read_alloc (ScopeReader *reader, int64_t bytes, ScopeError *error)
{
  assert (bytes >= 0);
  int64_t total;
  if (!scope_checked_add (reader->used, bytes, &total) || total > reader->budget)
    {
      scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
                  "Reading this needs %lld bytes of working memory at once, more than the %lld "
                  "allowed. Look at a smaller part.",
                  (long long)bytes, (long long)reader->budget);
      return NULL;
    }
  ScratchHead *head = malloc (sizeof *head + (size_t)bytes);
  if (head == NULL)
    {
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left to read this.");
      return NULL;
    }
  head->bytes = bytes;
  reader->used = total;
  return head + 1;
}

void
scope_read_free (ScopeReader *reader, void *memory)
{
  if (memory == NULL)
    return;
  ScratchHead *head = (ScratchHead *)memory - 1;
  reader->used -= head->bytes;
  free (head);
}

bool
scope_read_go_on (ScopeReader *reader, ScopeError *error)
{
  if (reader->cancelled != NULL && *reader->cancelled != 0)
    return scope_fail (error, SCOPE_ERROR_CANCELLED, -1, "Stopped.");
  return true;
}

ScopeExecutor *
scope_read_executor (ScopeReader *reader)
{
  return reader->executor;
}

static bool
is_empty (const ScopeRegion *region)
{
  for (int axis = 0; axis < region->rank; axis++)
    if (region->count[axis] == 0)
      return true;
  return false;
}

static bool
lies_within (const ScopeRegion *region, const ScopeShape *shape)
{
  for (int axis = 0; axis < region->rank; axis++)
    {
      int64_t last = region->start[axis] + (region->count[axis] - 1) * region->step[axis];
      if (scope_min (region->start[axis], last) < 0
          || scope_max (region->start[axis], last) >= shape->size[axis])
        return false;
    }
  return true;
}

typedef struct
{
  ScopeDtype dtype;
  char *data;
} Copy;

/* Operand 0 is written, operand 1 read. */
static bool
copy_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  const Copy *copy = data;
  int64_t bytes = (int64_t)scope_dtype_bytes (copy->dtype);
  scope_dtype_convert (copy->dtype, copy->data + at[1] * bytes, step[1], copy->dtype,
                       copy->data + at[0] * bytes, step[0], count);
  return true;
}

void
scope_read_repeat (ScopeDtype dtype,
                   const ScopeRegion *region,
                   const int64_t *written,
                   const ScopeBuffer *out)
{
  Copy copy = { dtype, out->data };
  int64_t count[SCOPE_MAX_RANK];
  memcpy (count, written, (size_t)region->rank * sizeof count[0]);
  for (int axis = 0; axis < region->rank; axis++)
    {
      if (count[axis] == region->count[axis])
        continue;
      int64_t from[SCOPE_MAX_RANK];
      memcpy (from, out->stride, (size_t)region->rank * sizeof from[0]);
      from[axis] = 0;
      count[axis] = region->count[axis] - 1;
      scope_walk (region->rank, count, 2, (const int64_t *[]){ out->stride, from },
                  (const int64_t[]){ out->stride[axis], 0 }, copy_run, &copy);
      count[axis] = region->count[axis];
    }
}

/* An operation never sees a repeated cell: it is read once and copied. */
static bool
read_operation (ScopeReader *reader,
                const ScopeNode *node,
                const ScopeRegion *region,
                const ScopeBuffer *out,
                ScopeError *error)
{
  ScopeRegion once = *region;
  bool repeats = false;
  for (int axis = 0; axis < region->rank; axis++)
    if (region->step[axis] == 0 && region->count[axis] > 1)
      {
        once.count[axis] = 1;
        repeats = true;
      }
  if (!node->op->read (node, reader, &once, out, error))
    return false;
  if (repeats)
    scope_read_repeat (node->dtype, region, once.count, out);
  return true;
}

/* A tensor of the scene, piece by piece, so that it can be stopped: all of it may be a terabyte. */
static bool
read_leaf (ScopeReader *reader,
           const ScopeTensor *tensor,
           const ScopeRegion *region,
           const ScopeBuffer *out,
           ScopeError *error)
{
  enum
  {
    PIECE = 1 << 20,      /* elements */
    PAGED_PIECE = 1 << 15 /* where each may be in a page of a file of its own */
  };
  bool paged = tensor->storage != NULL && tensor->storage->klass->page > 0;
  int64_t count;
  if (!scope_read_go_on (reader, error))
    return false;
  if ((tensor->storage != NULL && tensor->storage->data != NULL)
      || (scope_region_count (region, &count, NULL) && count <= (paged ? PAGED_PIECE : PIECE)))
    return scope_tensor_read (tensor, region, out, error);

  int axis = 0;
  while (axis < region->rank - 1 && region->count[axis] == 1)
    axis++;
  ScopeRegion part = *region;
  ScopeBuffer there = *out;
  int64_t half = region->count[axis] / 2;
  part.count[axis] = half;
  if (!read_leaf (reader, tensor, &part, &there, error))
    return false;
  part.count[axis] = region->count[axis] - half;
  part.start[axis] += half * region->step[axis];
  there.data =
      (char *)there.data + half * out->stride[axis] * (int64_t)scope_dtype_bytes (tensor->dtype);
  return read_leaf (reader, tensor, &part, &there, error);
}

static bool
read_node (ScopeReader *reader,
           const ScopeNode *node,
           const ScopeRegion *region,
           const ScopeBuffer *out,
           ScopeError *error)
{
  assert (region->rank == node->shape.rank);
  if (is_empty (region))
    return true;
  assert (lies_within (region, &node->shape));
  if (node->op == NULL)
    {
      if (node->tensor == NULL)
        return scope_fail (error, SCOPE_ERROR_SHAPE, -1,
                           "A value is not known, so there is nothing to read.");
      return read_leaf (reader, node->tensor, region, out, error);
    }
  if (!scope_read_go_on (reader, error))
    return false;
  if (reader->depth >= SCOPE_READ_DEPTH)
    return scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
                       "This is a chain of more than %d operations; their values are not computed.",
                       SCOPE_READ_DEPTH);
  reader->depth++;
  bool done = read_operation (reader, node, region, out, error);
  reader->depth--;
  return done;
}

bool
scope_read_input (const ScopeNode *node,
                  ScopeReader *reader,
                  int input,
                  const ScopeRegion *region,
                  const ScopeBuffer *out,
                  ScopeError *error)
{
  assert (input >= 0 && input < node->inputs);
  return read_node (reader, node->program->node[node->input[input]], region, out, error);
}

bool
scope_read_in_place (const ScopeNode *node, int input, ScopeBuffer *out)
{
  assert (input >= 0 && input < node->inputs);
  const ScopeTensor *tensor = node->program->node[node->input[input]]->tensor;
  if (tensor == NULL || tensor->storage == NULL || tensor->storage->data == NULL)
    return false;
  int64_t offset = tensor->layout.offset * (int64_t)scope_dtype_bytes (tensor->dtype);
  /* ScopeBuffer is for writing too. */
  out->data = (char *)(uintptr_t)tensor->storage->data + offset;
  memcpy (out->stride, tensor->layout.stride, sizeof out->stride);
  return true;
}

enum
{
  BLOCK_BYTES = 1 << 20 /* of scratch for a conversion */
};

typedef struct
{
  ScopeDtype from, to;
  const char *source;
  char *target;
} Conversion;

/* Operand 0 is written, operand 1 read. */
static bool
convert_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  const Conversion *conversion = data;
  scope_dtype_convert (
      conversion->from, conversion->source + at[1] * (int64_t)scope_dtype_bytes (conversion->from),
      step[1], conversion->to,
      conversion->target + at[0] * (int64_t)scope_dtype_bytes (conversion->to), step[0], count);
  return true;
}

/* Reads a block that fits the scratch memory and converts it. */
static bool
read_converted (const ScopeNode *node,
                ScopeReader *reader,
                int input,
                const ScopeRegion *block,
                void *scratch,
                ScopeDtype dtype,
                const ScopeBuffer *out,
                ScopeError *error)
{
  ScopeBuffer dense = scope_buffer_dense (block, scratch);
  if (!scope_read_input (node, reader, input, block, &dense, error))
    return false;
  Conversion conversion = { node->program->node[node->input[input]]->dtype, dtype, scratch,
                            out->data };
  return scope_walk (block->rank, block->count, 2, (const int64_t *[]){ out->stride, dense.stride },
                     (const int64_t[]){ 0, 0 }, convert_run, &conversion);
}

bool
scope_read_input_into (const ScopeNode *node,
                       ScopeReader *reader,
                       int input,
                       const ScopeRegion *region,
                       ScopeDtype dtype,
                       const ScopeBuffer *out,
                       ScopeError *error)
{
  ScopeDtype own = node->program->node[node->input[input]]->dtype;
  if (own == dtype)
    return scope_read_input (node, reader, input, region, out, error);
  if (is_empty (region))
    return true;

  ScopeCut cut = scope_cut_begin (region, BLOCK_BYTES / (int64_t)scope_dtype_bytes (own));
  int64_t bytes = scope_cut_elements (&cut, region) * (int64_t)scope_dtype_bytes (own);
  void *scratch = scope_read_alloc (reader, bytes, error);
  if (scratch == NULL)
    return false;
  bool done = true;
  do
    {
      ScopeRegion block = scope_cut_block (&cut, region);
      ScopeBuffer part = *out;
      part.data = (char *)out->data
                  + scope_cut_offset (&cut, out->stride) * (int64_t)scope_dtype_bytes (dtype);
      done = read_converted (node, reader, input, &block, scratch, dtype, &part, error);
    }
  while (done && scope_cut_next (&cut, region));
  scope_read_free (reader, scratch);
  return done;
}

bool
scope_read_input_as (const ScopeNode *node,
                     ScopeReader *reader,
                     int input,
                     const ScopeRegion *region,
                     ScopeDtype dtype,
                     void *out,
                     ScopeError *error)
{
  ScopeBuffer buffer = scope_buffer_dense (region, out);
  return scope_read_input_into (node, reader, input, region, dtype, &buffer, error);
}

bool
scope_program_read (const ScopeProgram *program,
                    int node,
                    const ScopeRegion *region,
                    const ScopeBuffer *out,
                    const ScopeReading *reading,
                    ScopeError *error)
{
  assert (node >= 0 && node < program->nodes);
  const ScopeNode *wanted = program->node[node];
  assert (wanted->state == SCOPE_NODE_FITS);
  if (!wanted->readable)
    return scope_fail (error, SCOPE_ERROR_SHAPE, -1,
                       "A size is not known, so there is nothing to read.");
  ScopeReader reader = {
    .program = program,
    .budget = reading != NULL && reading->budget > 0 ? reading->budget : SCOPE_READ_BUDGET,
    .executor = reading != NULL ? reading->executor : NULL,
    .cancelled = reading != NULL ? reading->cancelled : NULL,
  };
  bool done = read_node (&reader, wanted, region, out, error);
  assert (!done || reader.used == 0);
  return done;
}

/* ---- for trace ------------------------------------------------------------------------------ */

/* Whether `a` goes before `b`. */
static bool
is_before (ScopeKind kind, ScopeNumber a, ScopeNumber b, bool largest)
{
  switch (kind)
    {
    case SCOPE_KIND_FLOAT:
      if (isnan (a.f) || isnan (b.f))
        return isnan (a.f) && !isnan (b.f);
      return largest ? a.f > b.f : a.f < b.f;
    case SCOPE_KIND_SIGNED:
      return largest ? a.i > b.i : a.i < b.i;
    default:
      return largest ? a.u > b.u : a.u < b.u;
    }
}

static bool
find_extreme (const ScopeNode *node,
              const ScopeTrace *trace,
              const ScopeRegion *region,
              bool largest,
              int64_t *winner)
{
  const ScopeNode *input = node->program->node[node->input[0]];
  ScopeKind kind = scope_dtype_kind (input->dtype);
  int64_t count = 1;
  for (int axis = 0; axis < region->rank; axis++)
    if (!scope_checked_mul (count, region->count[axis], &count))
      return false;
  if (trace->reading == NULL || count < 1 || count > SCOPE_TRACE_CELLS || !input->readable
      || kind == SCOPE_KIND_COMPLEX)
    return false;
  size_t bytes = scope_dtype_bytes (input->dtype);
  char *values = malloc ((size_t)count * bytes);
  if (values == NULL)
    return false;
  ScopeBuffer buffer = scope_buffer_dense (region, values);
  bool done =
      scope_program_read (node->program, input->number, region, &buffer, trace->reading, NULL);
  *winner = 0;
  for (int64_t i = 1; done && i < count; i++)
    if (is_before (kind, scope_dtype_load (input->dtype, values + (size_t)i * bytes),
                   scope_dtype_load (input->dtype, values + (size_t)*winner * bytes), largest))
      *winner = i;
  free (values);
  return done;
}

bool
scope_trace_extreme (const ScopeNode *node,
                     ScopeTrace *trace,
                     const ScopeRegion *region,
                     bool largest,
                     int64_t *winner)
{
  bool found = find_extreme (node, trace, region, largest, winner);
  trace->picks = trace->picks || !found;
  return found;
}
