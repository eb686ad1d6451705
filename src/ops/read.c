/* Reading regions of a program's nodes: the request travels down to the leaves. */
#include "core/checked.h"
#include "ops/program.h"

#include <assert.h>
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
  if (!scope_read_go_on (reader, error))
    return false;
  if (node->op == NULL)
    {
      if (node->tensor == NULL)
        return scope_fail (error, SCOPE_ERROR_SHAPE, -1,
                           "A value is not known, so there is nothing to read.");
      return scope_tensor_read (node->tensor, region, out, error);
    }
  if (reader->depth >= SCOPE_READ_DEPTH)
    return scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
                       "This is a chain of more than %d operations; their values are not computed.",
                       SCOPE_READ_DEPTH);
  reader->depth++;
  bool done = node->op->read (node, reader, region, out, error);
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
scope_read_input_as (const ScopeNode *node,
                     ScopeReader *reader,
                     int input,
                     const ScopeRegion *region,
                     ScopeDtype dtype,
                     void *out,
                     ScopeError *error)
{
  ScopeDtype own = node->program->node[node->input[input]]->dtype;
  if (own == dtype)
    {
      ScopeBuffer buffer = scope_buffer_dense (region, out);
      return scope_read_input (node, reader, input, region, &buffer, error);
    }

  int64_t count, bytes;
  if (!scope_region_count (region, &count, error))
    return false;
  if (!scope_checked_mul (count, (int64_t)scope_dtype_bytes (own), &bytes))
    return scope_fail (error, SCOPE_ERROR_OVERFLOW, -1, "This part has too many elements.");
  void *scratch = scope_read_alloc (reader, bytes, error);
  if (scratch == NULL)
    return false;
  ScopeBuffer buffer = scope_buffer_dense (region, scratch);
  bool done = scope_read_input (node, reader, input, region, &buffer, error);
  if (done)
    scope_dtype_convert (own, scratch, 1, dtype, out, 1, count);
  scope_read_free (reader, scratch);
  return done;
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
  if (!scope_shape_is_known (&wanted->shape))
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
