/* pixel_shuffle, pixel_unshuffle and channel_shuffle: channels become pixels and back. */
#include "core/arena.h"
#include "core/checked.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/python-words.h"

#include <inttypes.h>
#include <string.h>

enum
{
  INPUT,
  FACTOR,
};

enum
{
  SHUFFLE,
  UNSHUFFLE,
  CHANNELS,
};

typedef struct
{
  int kind;
  int64_t factor;
  ScopeShape in;
} Plan;

typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  const ScopeShape *shape;
  int64_t factor;
} Request;

static bool refuse (Request *request, ScopeRule rule, int parameter, const char *format, ...)
    __attribute__ ((format (printf, 4, 5)));

static bool
refuse (Request *request, ScopeRule rule, int parameter, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  scope_failure_begin (request->failure, rule);
  if (parameter >= 0)
    request->failure->span = request->call->value[parameter].span;
  scope_failure_both_va (request->failure, "RuntimeError", format, arguments);
  va_end (arguments);
  return false;
}

/* An axis that must be divisible. */
static bool
divides (Request *request, int axis, int64_t by)
{
  int64_t size = request->shape->size[axis];
  return !scope_size_is_known (size) || size % by == 0;
}

static bool
check_common (Request *request, const char *name, const char *factor)
{
  if (request->shape->rank < 3)
    return refuse (request, SCOPE_RULE_RANK, INPUT,
                   "%s expects input to have at least 3 dimensions, but got input with %d "
                   "dimension(s)",
                   name, request->shape->rank);
  if (request->factor <= 0)
    return refuse (request, SCOPE_RULE_SIZE, FACTOR, "%s expects a positive %s, but got %" PRId64,
                   name, factor, request->factor);
  return true;
}

static int64_t
scaled (int64_t size, int64_t by, bool up)
{
  int64_t result;
  if (!scope_size_is_known (size))
    return SCOPE_SIZE_UNKNOWN;
  if (!up)
    return size / by;
  return scope_checked_mul (size, by, &result) ? result : INT64_MAX;
}

static bool
shuffle_shape (Request *request, ScopeShape *out)
{
  int rank = request->shape->rank;
  int64_t square;
  if (!check_common (request, "pixel_shuffle", "upscale_factor"))
    return false;
  if (!scope_checked_mul (request->factor, request->factor, &square))
    square = INT64_MAX;
  if (!divides (request, rank - 3, square))
    {
      scope_failure_begin (request->failure, SCOPE_RULE_DIVIDE);
      return refuse (request, SCOPE_RULE_DIVIDE, FACTOR,
                     "pixel_shuffle expects its input's 'channel' dimension to be divisible by the "
                     "square of upscale_factor, but input.size(-3)=%" PRId64
                     " is not divisible by %" PRId64,
                     request->shape->size[rank - 3], square);
    }
  *out = *request->shape;
  out->size[rank - 3] = scaled (out->size[rank - 3], square, false);
  out->size[rank - 2] = scaled (out->size[rank - 2], request->factor, true);
  out->size[rank - 1] = scaled (out->size[rank - 1], request->factor, true);
  return true;
}

static bool
unshuffle_shape (Request *request, ScopeShape *out)
{
  int rank = request->shape->rank;
  if (!check_common (request, "pixel_unshuffle", "downscale_factor"))
    return false;
  for (int a = rank - 2; a < rank; a++)
    if (!divides (request, a, request->factor))
      return refuse (request, SCOPE_RULE_DIVIDE, FACTOR,
                     "pixel_unshuffle expects %s to be divisible by downscale_factor, but "
                     "input.size(%d)=%" PRId64 " is not divisible by %" PRId64,
                     a == rank - 2 ? "height" : "width", a - rank, request->shape->size[a],
                     request->factor);
  *out = *request->shape;
  if (scope_shape_is_empty (out))
    return true; /* PyTorch hands an empty input back */
  out->size[rank - 3] =
      scaled (scaled (out->size[rank - 3], request->factor, true), request->factor, true);
  out->size[rank - 2] = scaled (out->size[rank - 2], request->factor, false);
  out->size[rank - 1] = scaled (out->size[rank - 1], request->factor, false);
  return true;
}

static bool
channel_shape (Request *request, ScopeShape *out)
{
  if (request->shape->rank <= 2)
    {
      ScopeText sizes = { 0 };
      scope_shape_print (request->shape, SCOPE_SHAPE_LIST, &sizes);
      refuse (request, SCOPE_RULE_RANK, INPUT,
              "channel_shuffle expects input with > 2 dims, but got input with sizes %s",
              scope_text_string (&sizes));
      scope_text_clear (&sizes);
      return false;
    }
  if (request->factor <= 0)
    return refuse (request, SCOPE_RULE_SIZE, FACTOR,
                   "Number of groups to divide channels in must be positive. Value of groups:"
                   "%" PRId64,
                   request->factor);
  if (!divides (request, 1, request->factor))
    return refuse (request, SCOPE_RULE_DIVIDE, FACTOR,
                   "Number of channels must be divisible by groups. Got %" PRId64
                   " channels and %" PRId64 " groups.",
                   request->shape->size[1], request->factor);
  *out = *request->shape;
  return true;
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Request request = { .call = call,
                      .failure = failure,
                      .shape = scope_call_shape (call, &call->value[INPUT]),
                      .factor = 1 };
  ScopeShape out;
  int kind = call->spelling->variant;
  if (!scope_call_int (call, FACTOR, &request.factor, failure))
    return false;
  if (!(kind == SHUFFLE     ? shuffle_shape
        : kind == UNSHUFFLE ? unshuffle_shape
                            : channel_shape) (&request, &out))
    return false;
  ScopeDtype dtype = scope_call_dtype (call, &call->value[INPUT]);
  if (!scope_torch_fits (&out, dtype, failure))
    return false;
  Plan *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan != NULL)
    *plan = (Plan){ .kind = kind, .factor = request.factor, .in = *request.shape };
  result->plan = plan;
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_set (result, &out, dtype);
  return true;
}

/* ---- read and trace ------------------------------------------------------------------------- */

/* Where the cell `index` of the result stands in the input. */
static void
source_of (const Plan *plan, const int64_t *index, int64_t *source)
{
  int rank = plan->in.rank;
  int64_t r = plan->factor;
  memcpy (source, index, (size_t)rank * sizeof *source);
  if (plan->kind == CHANNELS)
    source[1] = index[1] % r * (plan->in.size[1] / r) + index[1] / r;
  else if (plan->kind == SHUFFLE)
    {
      source[rank - 3] = index[rank - 3] * r * r + index[rank - 2] % r * r + index[rank - 1] % r;
      source[rank - 2] = index[rank - 2] / r;
      source[rank - 1] = index[rank - 1] / r;
    }
  else
    {
      int64_t within = index[rank - 3] % (r * r);
      source[rank - 3] = index[rank - 3] / (r * r);
      source[rank - 2] = index[rank - 2] * r + within / r;
      source[rank - 1] = index[rank - 1] * r + within % r;
    }
}

/* How many cells along the last axis come from evenly spaced cells of one row of the input, every
 * `*every`-th of them: all, or with a factor each phase on its own. */
static int64_t
phases_of (const Plan *plan, int64_t step)
{
  if (plan->kind != SHUFFLE)
    return 1;
  int64_t a = plan->factor, b = step < 0 ? -step : step;
  while (b != 0)
    {
      int64_t rest = a % b;
      a = b;
      b = rest;
    }
  return step == 0 ? 1 : plan->factor / a;
}

/* Cells first, first + phases, … of a row, whose index is `index`. */
static bool
read_phase (const ScopeNode *node,
            ScopeReader *reader,
            const ScopeRegion *region,
            int64_t *index,
            int64_t first,
            int64_t phases,
            char *out,
            int64_t out_stride,
            ScopeError *error)
{
  const Plan *plan = node->plan;
  int rank = plan->in.rank, last = rank - 1;
  int64_t source[SCOPE_MAX_RANK], next[SCOPE_MAX_RANK];
  int64_t count = (region->count[last] - first + phases - 1) / phases;
  ScopeRegion piece = { .rank = rank };
  ScopeBuffer buffer = { .data = out };
  index[last] = region->start[last] + first * region->step[last];
  source_of (plan, index, source);
  for (int a = 0; a < rank; a++)
    {
      piece.start[a] = source[a];
      piece.step[a] = 1;
      piece.count[a] = 1;
    }
  if (count > 1)
    {
      index[last] += phases * region->step[last];
      source_of (plan, index, next);
      piece.step[last] = next[last] - source[last];
    }
  piece.count[last] = count;
  buffer.stride[last] = phases * out_stride;
  return scope_read_input (node, reader, 0, &piece, &buffer, error);
}

static bool
read_rows (const ScopeNode *node,
           ScopeReader *reader,
           const ScopeRegion *region,
           const ScopeBuffer *out,
           ScopeError *error)
{
  int rank = region->rank, last = rank - 1;
  size_t element = scope_dtype_bytes (node->dtype);
  int64_t at[SCOPE_MAX_RANK] = { 0 }, index[SCOPE_MAX_RANK];
  int64_t phases = phases_of (node->plan, region->step[last]);
  for (;;)
    {
      int64_t place = 0;
      for (int a = 0; a < last; a++)
        {
          index[a] = region->start[a] + at[a] * region->step[a];
          place += at[a] * out->stride[a];
        }
      if (!scope_read_go_on (reader, error))
        return false;
      for (int64_t p = 0; p < phases && p < region->count[last]; p++)
        if (!read_phase (node, reader, region, index, p, phases,
                         (char *)out->data + (place + p * out->stride[last]) * (int64_t)element,
                         out->stride[last], error))
          return false;
      int a = last - 1;
      while (a >= 0 && ++at[a] == region->count[a])
        at[a--] = 0;
      if (a < 0)
        return true;
    }
}

static bool
trace_cell (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  int64_t source[SCOPE_MAX_RANK];
  source_of (node->plan, index, source);
  return trace->add (trace, 0, source, 1);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter shuffle_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any axes, then channels × height × width" },
  { "upscale_factor", SCOPE_TAKES_INT, NULL, NULL, "how many times larger both sides become" },
  { NULL },
};
static const ScopeParameter unshuffle_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any axes, then channels × height × width" },
  { "downscale_factor", SCOPE_TAKES_INT, NULL, NULL, "how many times smaller both sides become" },
  { NULL },
};
static const ScopeParameter channel_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "batch × channels × any axes" },
  { "groups", SCOPE_TAKES_INT, NULL, NULL, "the channels are dealt out to so many groups" },
  { NULL },
};

#define SIGNATURE(factor) .signature = "(Tensor input, int " factor ")"

static const ScopeSpelling shuffle_spellings[] = {
  { "F.pixel_shuffle", SCOPE_PYTORCH, NULL, SHUFFLE, SIGNATURE ("upscale_factor") },
  { "torch.pixel_shuffle", SCOPE_PYTORCH, NULL, SHUFFLE, SIGNATURE ("upscale_factor") },
  { NULL },
};
static const ScopeSpelling unshuffle_spellings[] = {
  { "F.pixel_unshuffle", SCOPE_PYTORCH, NULL, UNSHUFFLE, SIGNATURE ("downscale_factor") },
  { "torch.pixel_unshuffle", SCOPE_PYTORCH, NULL, UNSHUFFLE, SIGNATURE ("downscale_factor") },
  { NULL },
};
static const ScopeSpelling channel_spellings[] = {
  { "F.channel_shuffle", SCOPE_PYTORCH, NULL, CHANNELS, SIGNATURE ("groups") },
  { "torch.channel_shuffle", SCOPE_PYTORCH, NULL, CHANNELS, SIGNATURE ("groups") },
  { NULL },
};

const ScopeOp scope_ops_shuffle[] = {
  { .name = "pixel_shuffle",
    .group = "layers",
    .about = "groups of channels become blocks of pixels",
    .spelling = shuffle_spellings,
    .parameter = shuffle_parameters,
    .infer = infer,
    .read = read_rows,
    .trace = trace_cell },
  { .name = "pixel_unshuffle",
    .group = "layers",
    .about = "blocks of pixels become groups of channels",
    .spelling = unshuffle_spellings,
    .parameter = unshuffle_parameters,
    .infer = infer,
    .read = read_rows,
    .trace = trace_cell },
  { .name = "channel_shuffle",
    .group = "layers",
    .about = "deals the channels out to groups in turn",
    .spelling = channel_spellings,
    .parameter = channel_parameters,
    .infer = infer,
    .read = read_rows,
    .trace = trace_cell },
  { NULL },
};
