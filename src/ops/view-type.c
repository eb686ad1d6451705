/* Views with another element type: the last axis gets longer or shorter. */
#include "ops/view-type.h"

#include "ops/blocks.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/promote.h"
#include "ops/stride.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  CHUNK = 4096, /* elements of a row made at once */
};

/* ---- infer ----------------------------------------------------------------------------------- */

static bool
refuse_numpy (ScopeFailure *failure, const char *words)
{
  return scope_failure_say (failure, "ValueError", "%s", words);
}

static bool
refuse (const ScopeCall *call, ScopeFailure *failure, const char *sentence)
{
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  failure->span = call->value[1].span;
  scope_failure_explain (failure, "%s", sentence);
  return false;
}

/* " to view Float as Long (different element sizes)" */
static void
print_types (ScopeDtype from, ScopeDtype to, ScopeText *text)
{
  scope_text_printf (text, " to view %s as %s (different element sizes)",
                     scope_dtype_word (SCOPE_PYTORCH, from), scope_dtype_word (SCOPE_PYTORCH, to));
}

static bool
check_numpy (const ScopeCall *call,
             const ScopeOutput *input,
             const int64_t *stride,
             ScopeDtype dtype,
             ScopeFailure *failure)
{
  int last = input->shape.rank - 1;
  size_t own = scope_dtype_bytes (input->dtype), other = scope_dtype_bytes (dtype);
  if (last < 0)
    {
      refuse (call, failure, "A scalar has no axis that could get longer or shorter.");
      return refuse_numpy (failure, "Changing the dtype of a 0d array is only supported if the "
                                    "itemsize is unchanged");
    }
  int64_t size = input->shape.size[last];
  if (size != 1 && !scope_shape_is_empty (&input->shape) && stride[last] != 1)
    {
      refuse (call, failure, "The elements of the last axis do not lie side by side in memory.");
      return refuse_numpy (failure,
                           "To change to a dtype of a different size, the last axis must be "
                           "contiguous");
    }
  if (other > own && scope_size_is_known (size) && size * (int64_t)own % (int64_t)other != 0)
    {
      refuse (call, failure, "The last axis cannot be divided into elements of this type.");
      return refuse_numpy (failure,
                           "When changing to a larger dtype, its size must be a divisor of "
                           "the total size in bytes of the last axis of the array.");
    }
  return true;
}

static bool
check_torch (const ScopeCall *call,
             const ScopeOutput *input,
             const int64_t *stride,
             ScopeDtype dtype,
             ScopeFailure *failure)
{
  int last = input->shape.rank - 1;
  int64_t own = (int64_t)scope_dtype_bytes (input->dtype),
          other = (int64_t)scope_dtype_bytes (dtype);
  ScopeText types = { 0 };
  print_types (input->dtype, dtype, &types);
  bool fits = true;
  if (last < 0)
    {
      refuse (call, failure, "A scalar has no axis that could get longer or shorter.");
      fits = scope_failure_say (failure, "RuntimeError", "self.dim() cannot be 0%s",
                                scope_text_string (&types));
    }
  int64_t ratio = other / own, size = last >= 0 ? input->shape.size[last] : 0;
  if (fits && ratio > 1 && scope_size_is_known (size) && size % ratio != 0)
    {
      refuse (call, failure, "The last axis cannot be divided into elements of this type.");
      fits = scope_failure_say (failure, "RuntimeError",
                                "self.size(-1) must be divisible by %lld%s, but got %lld",
                                (long long)ratio, scope_text_string (&types), (long long)size);
    }
  if (fits && stride[last] != 1)
    {
      refuse (call, failure, "The elements of the last axis do not lie side by side in memory.");
      fits =
          scope_failure_say (failure, "RuntimeError", "self.stride(-1) must be 1%s, but got %lld",
                             scope_text_string (&types), (long long)stride[last]);
    }
  for (int axis = 0; fits && ratio > 1 && axis < last; axis++)
    if (stride[axis] % ratio != 0 && scope_size_is_known (stride[axis]))
      {
        refuse (call, failure, "The rows do not begin where elements of this type could.");
        fits = scope_failure_say (
            failure, "RuntimeError", "self.stride(%d) must be divisible by %lld%s, but got %lld",
            axis, (long long)ratio, scope_text_string (&types), (long long)stride[axis]);
      }
  scope_text_clear (&types);
  return fits;
}

bool
scope_view_type_infer (const ScopeCall *call,
                       ScopeDtype dtype,
                       ScopeResult *result,
                       ScopeFailure *failure)
{
  ScopeOutput input;
  int64_t stride[SCOPE_MAX_RANK];
  if (!scope_operand (call, 0, &input, failure))
    return false;
  int64_t own = (int64_t)scope_dtype_bytes (input.dtype),
          other = (int64_t)scope_dtype_bytes (dtype);
  scope_call_stride (call, &call->value[0], stride);
  bool fits =
      own == other
      || (call->dialect == SCOPE_NUMPY ? check_numpy (call, &input, stride, dtype, failure)
                                       : check_torch (call, &input, stride, dtype, failure));
  if (!fits)
    return false;

  ScopeShape shape = input.shape;
  int last = shape.rank - 1;
  for (int axis = 0; own != other && axis < last; axis++)
    stride[axis] =
        own > other ? scope_stride_times (stride[axis], own / other) : stride[axis] / (other / own);
  if (own != other)
    {
      int64_t bytes = scope_sizes_product ((int64_t[]){ shape.size[last], own }, 2);
      shape.size[last] = scope_size_is_known (bytes) ? bytes / other : SCOPE_SIZE_UNKNOWN;
      stride[last] = 1;
    }
  scope_result_set (result, &shape, dtype);
  result->output.stride = scope_stride_keep (call, &shape, stride);
  scope_result_add_input (call, result, &call->value[0]);
  return true;
}

/* ---- read ------------------------------------------------------------------------------------ */

typedef struct
{
  const ScopeNode *node;
  ScopeReader *reader;
  const ScopeRegion *region;
  int64_t own, other; /* bytes of an element of the input and of the node */
  char *scratch;
  int64_t room; /* elements of the input in scratch */
  ScopeError *error;
} Work;

/* Elements first…first+count−1 of the region along the last axis, to `out`, `step` bytes apart.
 * `part` has the other axes. */
static bool
read_chunk (const Work *work,
            ScopeRegion *part,
            int64_t first,
            int64_t count,
            char *out,
            int64_t step)
{
  int last = part->rank - 1;
  int64_t distance = work->region->step[last];
  int64_t place = work->region->start[last] + first * distance;
  int64_t end = place + (count - 1) * distance;
  int64_t low = place < end ? place : end, high = place < end ? end : place;
  int64_t begin = low * work->other / work->own;
  part->start[last] = begin;
  part->step[last] = 1;
  part->count[last] = ((high + 1) * work->other - 1) / work->own - begin + 1;
  ScopeBuffer buffer = { .data = work->scratch };
  buffer.stride[last] = 1;
  if (!scope_read_input (work->node, work->reader, 0, part, &buffer, work->error))
    return false;
  for (int64_t i = 0; i < count; i++)
    memcpy (out + i * step,
            work->scratch + (place + i * distance) * work->other - begin * work->own,
            (size_t)work->other);
  return true;
}

/* How many elements of a row scratch has room for. */
static int64_t
chunk_of (const Work *work)
{
  int64_t step = llabs (work->region->step[work->region->rank - 1]);
  int64_t span = step * work->other / work->own + 2;
  return span >= work->room ? 1 : work->room / span;
}

static bool
read_rows (const Work *work, const ScopeBuffer *out)
{
  int last = work->region->rank - 1;
  int64_t index[SCOPE_MAX_RANK] = { 0 }, chunk = chunk_of (work);
  ScopeRegion part = *work->region;
  do
    {
      char *row = out->data;
      for (int axis = 0; axis < last; axis++)
        {
          part.start[axis] = work->region->start[axis] + index[axis] * work->region->step[axis];
          part.step[axis] = 1;
          part.count[axis] = 1;
          row += index[axis] * out->stride[axis] * work->other;
        }
      for (int64_t at = 0; at < work->region->count[last]; at += chunk)
        {
          int64_t left = work->region->count[last] - at, step = out->stride[last] * work->other;
          if (!scope_read_go_on (work->reader, work->error)
              || !read_chunk (work, &part, at, left < chunk ? left : chunk, row + at * step, step))
            return false;
        }
    }
  while (scope_index_next (last, work->region->count, index));
  return true;
}

bool
scope_view_type_read (const ScopeNode *node,
                      ScopeReader *reader,
                      const ScopeRegion *region,
                      const ScopeBuffer *out,
                      ScopeError *error)
{
  Work work = {
    .node = node,
    .reader = reader,
    .region = region,
    .own = (int64_t)scope_dtype_bytes (node->program->node[node->input[0]]->dtype),
    .other = (int64_t)scope_dtype_bytes (node->dtype),
    .error = error,
  };
  if (work.own == work.other)
    return scope_read_input (node, reader, 0, region, out, error);
  work.room = CHUNK * (work.other > work.own ? work.other / work.own : 1) + 2;
  work.scratch = scope_read_alloc (reader, work.room * work.own, error);
  bool done = work.scratch != NULL && read_rows (&work, out);
  scope_read_free (reader, work.scratch);
  return done;
}

bool
scope_view_type_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  int64_t own = (int64_t)scope_dtype_bytes (node->program->node[node->input[0]]->dtype);
  int64_t other = (int64_t)scope_dtype_bytes (node->dtype), from[SCOPE_MAX_RANK];
  bool same = node->dtype == node->program->node[node->input[0]]->dtype;
  int last = node->shape.rank - 1;
  memcpy (from, index, (size_t)node->shape.rank * sizeof from[0]);
  if (own == other)
    return trace->add (trace, 0, from, same ? 1 : NAN);
  int64_t end = ((index[last] + 1) * other - 1) / own;
  for (from[last] = index[last] * other / own; from[last] <= end; from[last]++)
    if (!trace->add (trace, 0, from, NAN))
      return false;
  return true;
}
