/* Finding the input's cell of each of the result's, axis by axis, and reading them together. */
#include "ops/place.h"

#include "core/arena.h"
#include "core/checked.h"
#include "core/cut.h"
#include "core/walk.h"
#include "ops/program.h"

#include <string.h>

ScopePlacing *
scope_placing_new (const ScopeCall *call, const ScopeShape *input, int shift)
{
  ScopePlacing *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    {
      ((ScopeProgram *)call->program)->out_of_memory = true;
      return NULL;
    }
  plan->rank = input->rank;
  for (int i = 0; i < input->rank; i++)
    plan->rule[i] = (ScopePlaceRule){
      .kind = SCOPE_PLACE_AFFINE, .axis = i + shift, .size = input->size[i], .step = 1
    };
  return plan;
}

/* ---- one place ------------------------------------------------------------------------------ */

static int64_t
modulo (int64_t a, int64_t n)
{
  a %= n;
  return a < 0 ? a + n : a;
}

/* The first i with p < end[i]. */
static int64_t
find_count (const int64_t *end, int64_t size, int64_t p)
{
  int64_t low = 0, high = size - 1;
  while (low < high)
    {
      int64_t middle = low + (high - low) / 2;
      if (p < end[middle])
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/* Each stage copies what is there, begin…end−1, to both sides as far as it reaches. */
static int64_t
find_staged (const ScopePlaceRule *rule, int64_t p)
{
  int64_t low = rule->start, high = rule->size + rule->extra; /* bounds of the result */
  while (p < 0 || p >= rule->size)
    {
      int64_t begin = 0, end = rule->size;
      for (;;)
        {
          int64_t period = end - begin;
          int64_t before = scope_min (period, begin - low), behind = scope_min (period, high - end);
          if (p >= begin - before && p < end + behind)
            {
              p += p < begin ? period : -period;
              break;
            }
          begin -= before;
          end += behind;
        }
    }
  return p;
}

int64_t
scope_place_of (const ScopePlaceRule *rule, int64_t p)
{
  int64_t size = rule->size;
  switch (rule->kind)
    {
    case SCOPE_PLACE_AFFINE:
      return rule->start + rule->step * p;
    case SCOPE_PLACE_MODULO:
      return rule->extra + modulo (rule->start + p, size);
    case SCOPE_PLACE_DIVIDE:
      return p / rule->step;
    case SCOPE_PLACE_COUNTS:
      return find_count (rule->end, size, p);
    case SCOPE_PLACE_EDGE:
      return scope_max (0, scope_min (rule->start + p, size - 1));
    case SCOPE_PLACE_REFLECT:
      if (size == 1)
        return 0;
      p = modulo (rule->start + p, 2 * (size - 1));
      return p < size ? p : 2 * (size - 1) - p;
    case SCOPE_PLACE_SYMMETRIC:
      p = modulo (rule->start + p, 2 * size);
      return p < size ? p : 2 * size - 1 - p;
    case SCOPE_PLACE_STAGED:
      return find_staged (rule, rule->start + p);
    case SCOPE_PLACE_CONSTANT:
      p += rule->start;
      return p >= 0 && p < size ? p : -1;
    }
  return -1;
}

bool
scope_place_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopePlacing *plan = node->plan;
  int64_t source[SCOPE_MAX_RANK];
  for (int i = 0; i < plan->rank; i++)
    {
      const ScopePlaceRule *rule = &plan->rule[i];
      source[i] = scope_place_of (rule, rule->axis >= 0 ? index[rule->axis] : 0);
      if (source[i] < 0)
        return true;
    }
  return trace->add (trace, 0, source, 1);
}

/* ---- where all places follow one another evenly ---------------------------------------------- */

static bool
is_affine (const ScopePlacing *plan)
{
  for (int i = 0; i < plan->rank; i++)
    if (plan->rule[i].kind != SCOPE_PLACE_AFFINE)
      return false;
  return true;
}

static bool
read_affine (const ScopeNode *node,
             ScopeReader *reader,
             const ScopeRegion *region,
             const ScopeBuffer *out,
             ScopeError *error)
{
  const ScopePlacing *plan = node->plan;
  ScopeRegion source = { .rank = plan->rank };
  ScopeBuffer buffer = { .data = out->data };
  for (int i = 0; i < plan->rank; i++)
    {
      const ScopePlaceRule *rule = &plan->rule[i];
      source.start[i] = rule->start;
      source.step[i] = 1;
      source.count[i] = 1;
      if (rule->axis < 0)
        continue;
      source.start[i] += rule->step * region->start[rule->axis];
      source.step[i] = rule->step * region->step[rule->axis];
      source.count[i] = region->count[rule->axis];
      buffer.stride[i] = out->stride[rule->axis];
    }
  return scope_read_input (node, reader, 0, &source, &buffer, error);
}

/* ---- constants ------------------------------------------------------------------------------ */

typedef struct
{
  char *data;
  const char *element;
  ScopeDtype dtype;
} Filling;

static bool
fill_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  const Filling *filling = data;
  int64_t bytes = (int64_t)scope_dtype_bytes (filling->dtype);
  scope_dtype_convert (filling->dtype, filling->element, 0, filling->dtype,
                       filling->data + at[0] * bytes, step[0], count);
  return true;
}

/* Writes an element to places first…first + count−1 of an axis, over the whole of the others. */
static void
fill_slab (const ScopeNode *node,
           const ScopeRegion *region,
           const ScopeBuffer *out,
           int axis,
           int64_t first,
           int64_t count,
           const char *element)
{
  Filling filling = { out->data, element, node->dtype };
  int64_t counts[SCOPE_MAX_RANK];
  memcpy (counts, region->count, (size_t)region->rank * sizeof counts[0]);
  counts[axis] = count;
  scope_walk (region->rank, counts, 1, (const int64_t *[]){ out->stride },
              (const int64_t[]){ first * out->stride[axis] }, fill_run, &filling);
}

/* How many of the region's places along an axis, from the first on, are below `bound` (above it
 * where the region runs backwards). */
static int64_t
places_before (const ScopeRegion *region, int axis, int64_t bound)
{
  int64_t start = region->start[axis], step = region->step[axis], count = region->count[axis];
  if (step > 0)
    return start >= bound ? 0 : scope_min (count, (bound - 1 - start) / step + 1);
  if (step < 0)
    return start <= bound ? 0 : scope_min (count, (start - bound - 1) / -step + 1);
  return start < bound ? count : 0;
}

/* Fills what is outside along one rule's axis and cuts the region down to what is inside. */
static void
fill_outside (const ScopeNode *node,
              const ScopePlaceRule *rule,
              const ScopeRegion *region,
              const ScopeBuffer *out,
              ScopeRegion *inside,
              ScopeBuffer *inside_out)
{
  int axis = rule->axis;
  int64_t first = -rule->start, past = rule->size - rule->start; /* inside, on the result's axis */
  bool backwards = region->step[axis] < 0;
  int64_t before = places_before (region, axis, backwards ? past - 1 : first);
  int64_t until = places_before (region, axis, backwards ? first - 1 : past);
  int64_t count = region->count[axis];
  until = scope_max (until, before);
  if (before > 0)
    fill_slab (node, region, out, axis, 0, before, rule->constant[backwards]);
  if (until < count)
    fill_slab (node, region, out, axis, until, count - until, rule->constant[!backwards]);
  inside->start[axis] += before * region->step[axis];
  inside->count[axis] = until - before;
  inside_out->data = (char *)inside_out->data
                     + before * out->stride[axis] * (int64_t)scope_dtype_bytes (node->dtype);
}

/* ---- gathering ------------------------------------------------------------------------------ */

/* Places of one input axis that are read at once: `count` of the result's from `first` on. They are
 * start, start + step … themselves when `direct`; else result i takes number place[i] of them. */
typedef struct
{
  int64_t first, count;
  int64_t start, step, read;
  bool direct;
} Chunk;

typedef struct
{
  int64_t *place; /* of the input, for each of the result's; later numbers within a chunk */
  Chunk *chunk;
  int64_t chunks, at;
} Axis;

static int64_t
greatest_divisor (int64_t a, int64_t b)
{
  while (b != 0)
    {
      int64_t rest = a % b;
      a = b;
      b = rest;
    }
  return a;
}

/* The number of places from `first` on that are evenly spaced. */
static int64_t
even_run (const int64_t *place, int64_t first, int64_t count)
{
  int64_t run = scope_min (2, count - first);
  while (first + run < count
         && place[first + run] - place[first + run - 1] == place[first + 1] - place[first])
    run++;
  return run;
}

/* All places in one chunk, each of which is read once; false when they lie too far apart. */
static bool
cover (Axis *axis, int64_t count)
{
  int64_t low = axis->place[0], high = low, divisor = 0;
  for (int64_t i = 1; i < count; i++)
    {
      int64_t difference = axis->place[i] - axis->place[0];
      low = scope_min (low, axis->place[i]);
      high = scope_max (high, axis->place[i]);
      divisor = greatest_divisor (difference < 0 ? -difference : difference, divisor);
    }
  int64_t read = divisor == 0 ? 1 : (high - low) / divisor + 1;
  if (read > 4 * count + 64)
    return false;
  axis->chunk[0] = (Chunk){ 0, count, low, divisor == 0 ? 1 : divisor, read, false };
  axis->chunks = 1;
  for (int64_t i = 0; i < count; i++)
    axis->place[i] = divisor == 0 ? 0 : (axis->place[i] - low) / divisor;
  return true;
}

static void
divide_axis (Axis *axis, int64_t count)
{
  if (even_run (axis->place, 0, count) < count && cover (axis, count))
    return;
  axis->chunks = 0;
  for (int64_t first = 0; first < count;)
    {
      int64_t run = even_run (axis->place, first, count);
      int64_t step = run > 1 ? axis->place[first + 1] - axis->place[first] : 1;
      axis->chunk[axis->chunks++] = (Chunk){ first, run, axis->place[first], step, run, true };
      first += run;
    }
}

typedef void (*GatherRow) (char *out,
                           int64_t out_step,
                           const char *in,
                           int64_t in_step,
                           const int64_t *place,
                           int64_t count);

#define GATHER_ROW(bytes)                                                                          \
  static void gather_##bytes (char *out, int64_t out_step, const char *in, int64_t in_step,        \
                              const int64_t *place, int64_t count)                                 \
  {                                                                                                \
    for (int64_t i = 0; i < count; i++)                                                            \
      memcpy (out + i * out_step * bytes, in + place[i] * in_step * bytes, bytes);                 \
  }

GATHER_ROW (1)
GATHER_ROW (2)
GATHER_ROW (4)
GATHER_ROW (8)
GATHER_ROW (16)

static GatherRow
row_function (size_t bytes)
{
  return bytes == 1   ? gather_1
         : bytes == 2 ? gather_2
         : bytes == 4 ? gather_4
         : bytes == 8 ? gather_8
                      : gather_16;
}

/* One block of the result while it is read. */
typedef struct
{
  const ScopeNode *node;
  ScopeReader *reader;
  const ScopePlacing *plan;
  Axis axis[SCOPE_MAX_RANK];
  ScopeRegion region; /* of the input: the chunks at hand */
  ScopeBuffer out;    /* by the input's axes */
} Gathering;

/* Copies what was read densely into `scratch` to all its places. */
static void
scatter (const Gathering *self, const char *scratch)
{
  static const int64_t only[1] = { 0 };
  const ScopeRegion *region = &self->region;
  size_t bytes = scope_dtype_bytes (self->node->dtype);
  ScopeBuffer dense = scope_buffer_dense (region, NULL);
  GatherRow row = row_function (bytes);
  int last = region->rank - 1;
  int64_t index[SCOPE_MAX_RANK] = { 0 }, identity = 0;
  for (;;)
    {
      int64_t from = 0, to = 0;
      for (int i = 0; i < last; i++)
        {
          const Axis *axis = &self->axis[i];
          const Chunk *chunk = &axis->chunk[axis->at];
          from +=
              (chunk->direct ? index[i] : axis->place[chunk->first + index[i]]) * dense.stride[i];
          to += index[i] * self->out.stride[i];
        }
      const Axis *axis = &self->axis[last];
      const Chunk *chunk = &axis->chunk[axis->at];
      char *target = (char *)self->out.data + to * (int64_t)bytes;
      const char *source = scratch + from * (int64_t)bytes;
      if (chunk->direct)
        for (identity = 0; identity < chunk->count; identity++)
          row (target + identity * self->out.stride[last] * (int64_t)bytes, 0,
               source + identity * (int64_t)bytes, 0, only, 1);
      else
        row (target, self->out.stride[last], source, 1, axis->place + chunk->first, chunk->count);
      int i = last - 1;
      while (i >= 0 && ++index[i] == self->axis[i].chunk[self->axis[i].at].count)
        index[i--] = 0;
      if (i < 0)
        return;
    }
}

/* Reads the chunks at hand. */
static bool
gather_chunks (Gathering *self, const ScopeBuffer *out, ScopeError *error)
{
  bool direct = true;
  int64_t bytes = (int64_t)scope_dtype_bytes (self->node->dtype), offset = 0, count;
  self->region.rank = self->plan->rank;
  for (int i = 0; i < self->plan->rank; i++)
    {
      const Chunk *chunk = &self->axis[i].chunk[self->axis[i].at];
      self->region.start[i] = chunk->start;
      self->region.step[i] = chunk->step;
      self->region.count[i] = chunk->read;
      int axis = self->plan->rule[i].axis;
      self->out.stride[i] = axis >= 0 ? out->stride[axis] : 0;
      offset += chunk->first * self->out.stride[i];
      direct = direct && chunk->direct;
    }
  self->out.data = (char *)out->data + offset * bytes;
  if (direct)
    return scope_read_input (self->node, self->reader, 0, &self->region, &self->out, error);

  if (!scope_region_count (&self->region, &count, error))
    return false;
  void *scratch = scope_read_alloc (self->reader, count * bytes, error);
  if (scratch == NULL)
    return false;
  ScopeBuffer dense = scope_buffer_dense (&self->region, scratch);
  bool done = scope_read_input (self->node, self->reader, 0, &self->region, &dense, error);
  if (done)
    scatter (self, scratch);
  scope_read_free (self->reader, scratch);
  return done;
}

static bool
next_chunks (Gathering *self)
{
  for (int i = self->plan->rank - 1; i >= 0; i--)
    {
      if (++self->axis[i].at < self->axis[i].chunks)
        return true;
      self->axis[i].at = 0;
    }
  return false;
}

/* Finds the places of all axes; `memory` has room for a place and a chunk of each. */
static void
find_places (Gathering *self, const ScopeRegion *region, void *memory)
{
  char *free_memory = memory;
  for (int i = 0; i < self->plan->rank; i++)
    {
      const ScopePlaceRule *rule = &self->plan->rule[i];
      Axis *axis = &self->axis[i];
      int64_t count = rule->axis >= 0 ? region->count[rule->axis] : 1;
      axis->place = (int64_t *)free_memory;
      free_memory += (size_t)count * sizeof *axis->place;
      axis->chunk = (Chunk *)free_memory;
      free_memory += (size_t)count * sizeof *axis->chunk;
      for (int64_t k = 0; k < count; k++)
        axis->place[k] = scope_place_of (
            rule, rule->axis >= 0 ? region->start[rule->axis] + k * region->step[rule->axis] : 0);
      divide_axis (axis, count);
    }
}

static bool
gather (const ScopeNode *node,
        ScopeReader *reader,
        const ScopeRegion *region,
        const ScopeBuffer *out,
        ScopeError *error)
{
  Gathering self = { .node = node, .reader = reader, .plan = node->plan };
  int64_t places = 0;
  for (int i = 0; i < self.plan->rank; i++)
    places += self.plan->rule[i].axis >= 0 ? region->count[self.plan->rule[i].axis] : 1;
  void *memory =
      scope_read_alloc (reader, places * (int64_t)(sizeof (int64_t) + sizeof (Chunk)) + 1, error);
  if (memory == NULL)
    return false;
  find_places (&self, region, memory);
  bool done = true;
  do
    done = scope_read_go_on (reader, error) && gather_chunks (&self, out, error);
  while (done && next_chunks (&self));
  scope_read_free (reader, memory);
  return done;
}

/* ---- reading -------------------------------------------------------------------------------- */

enum
{
  BLOCK_ELEMENTS = 1 << 18
};

static bool
read_block (const ScopeNode *node,
            ScopeReader *reader,
            const ScopeRegion *region,
            const ScopeBuffer *out,
            ScopeError *error)
{
  const ScopePlacing *plan = node->plan;
  ScopeRegion inside = *region;
  ScopeBuffer inside_out = *out;
  bool empty = false;
  for (int axis = 0; axis < region->rank; axis++)
    for (int i = 0; i < plan->rank; i++)
      if (plan->rule[i].kind == SCOPE_PLACE_CONSTANT && plan->rule[i].axis == axis)
        {
          fill_outside (node, &plan->rule[i], region, out, &inside, &inside_out);
          empty = empty || inside.count[axis] == 0;
        }
  return empty || gather (node, reader, &inside, &inside_out, error);
}

/* The region with every axis that no rule counts along reduced to one place. */
static ScopeRegion
without_free_axes (const ScopePlacing *plan, const ScopeRegion *region)
{
  ScopeRegion reduced = *region;
  bool counted[SCOPE_MAX_RANK] = { false };
  for (int i = 0; i < plan->rank; i++)
    if (plan->rule[i].axis >= 0)
      counted[plan->rule[i].axis] = true;
  for (int axis = 0; axis < region->rank; axis++)
    if (!counted[axis])
      reduced.count[axis] = 1;
  return reduced;
}

bool
scope_place_read (const ScopeNode *node,
                  ScopeReader *reader,
                  const ScopeRegion *region,
                  const ScopeBuffer *out,
                  ScopeError *error)
{
  const ScopePlacing *plan = node->plan;
  ScopeRegion once = without_free_axes (plan, region);
  bool done = true;
  if (is_affine (plan))
    done = read_affine (node, reader, &once, out, error);
  else
    {
      ScopeCut cut = scope_cut_begin (&once, BLOCK_ELEMENTS);
      do
        {
          ScopeRegion block = scope_cut_block (&cut, &once);
          ScopeBuffer part = *out;
          part.data =
              (char *)out->data
              + scope_cut_offset (&cut, out->stride) * (int64_t)scope_dtype_bytes (node->dtype);
          done = read_block (node, reader, &block, &part, error);
        }
      while (done && scope_cut_next (&cut, &once));
    }
  if (done)
    scope_read_repeat (node->dtype, region, once.count, out);
  return done;
}
