/* Which part of a tensor a result uses. */
#include "model/footprint.h"

#include "ops/join.h"

#include <math.h>
#include <string.h>

enum
{
  DEEPEST = 64,        /* operations on a way back */
  SAMPLES = 65,        /* cells looked at along an axis */
  CELLS_MOST = 200000, /* source cells visited altogether */
  CELLS_ALL = 4096,    /* a result of so many is followed cell by cell */
};

/* One following of result cells back to the leaves. */
typedef struct
{
  const ScopeProgram *program;
  const ScopeTensor *tensor; /* whose box is wanted, or NULL */
  ScopeFootprint *box;
  guint64 sources; /* which leaves were met, one bit for each */
  int visited;
  gboolean lost; /* an operation could not be followed, or there is too much */
} Way;

typedef struct
{
  ScopeTrace trace;
  Way *way;
  const ScopeNode *node;
  int depth;
} Step;

static gboolean follow (Way *way, int number, const gint64 *index, int depth);

static bool
follow_input (ScopeTrace *trace, int input, const int64_t *index, double weight)
{
  Step *step = (Step *)trace;

  if (input < 0 || input >= step->node->inputs)
    return true;
  return follow (step->way, step->node->input[input], index, step->depth + 1);
}

static void
meet_leaf (Way *way, const ScopeNode *leaf, const gint64 *index)
{
  ScopeFootprint *box = way->box;

  way->sources |= G_GUINT64_CONSTANT (1) << (leaf->number % 64);
  if (way->tensor == NULL || leaf->tensor != way->tensor)
    return;
  for (int axis = 0; axis < box->rank; axis++)
    {
      box->begin[axis] = box->used ? MIN (box->begin[axis], index[axis]) : index[axis];
      box->end[axis] = box->used ? MAX (box->end[axis], index[axis] + 1) : index[axis] + 1;
    }
  box->used = TRUE;
}

/* FALSE when the following is given up. */
static gboolean
follow (Way *way, int number, const gint64 *index, int depth)
{
  const ScopeNode *node = way->program->node[number];
  Step step = { .trace = { follow_input }, .way = way, .node = node, .depth = depth };

  way->visited++;
  if (node->op == NULL)
    {
      meet_leaf (way, node, index);
      return TRUE;
    }
  if (depth > DEEPEST || way->visited > CELLS_MOST || node->op->trace == NULL)
    {
      way->lost = TRUE;
      return FALSE;
    }
  node->op->trace (node, index, &step.trace);
  return !way->lost;
}

/* Cell number i of `samples` along an axis: the ends are always among them. */
static gint64
sample (gint64 size, int samples, int i)
{
  return samples < 2 ? 0 : (gint64)((double)(size - 1) * i / (samples - 1) + 0.5);
}

static int
samples_along (gint64 size)
{
  return (int)MIN (size, SAMPLES);
}

/* The middle, the beginning or the end of every axis. */
static void
base_index (const ScopeShape *shape, int base, gint64 *index)
{
  for (int axis = 0; axis < shape->rank; axis++)
    index[axis] = base == 0 ? shape->size[axis] / 2 : base == 1 ? 0 : shape->size[axis] - 1;
}

static gboolean
can_be_followed (const ScopeShape *shape)
{
  if (!scope_shape_is_known (shape))
    return FALSE;
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] == 0)
      return FALSE;
  return TRUE;
}

/* The leaves that one cell comes from; 0 when it comes from none or cannot be followed. */
static guint64
sources_of (Way *way, int node, gint64 *index, int axis, gint64 at)
{
  gint64 kept = index[axis];

  way->sources = 0;
  index[axis] = at;
  follow (way, node, index, 0);
  index[axis] = kept;
  return way->lost ? 0 : way->sources;
}

/* Between `inside`, which comes from somewhere, and `outside`, which does not: the last place that
 * does. */
static gint64
last_real (Way *way, int node, gint64 *index, int axis, gint64 inside, gint64 outside)
{
  while (ABS (outside - inside) > 1)
    {
      gint64 middle = inside + (outside - inside) / 2;

      if (sources_of (way, node, index, axis, middle) == 0)
        outside = middle;
      else
        inside = middle;
    }
  return inside;
}

/* From where to where along an axis cells come from somewhere, if the one at `index` does. */
static void
find_ends (Way *way, int node, gint64 *index, int axis, gint64 *begin, gint64 *end)
{
  gint64 size = way->program->node[node]->shape.size[axis], at = index[axis];

  *begin = 0;
  *end = size;
  if (sources_of (way, node, index, axis, at) == 0)
    return;
  if (sources_of (way, node, index, axis, 0) == 0)
    *begin = last_real (way, node, index, axis, at, 0);
  if (sources_of (way, node, index, axis, size - 1) == 0)
    *end = last_real (way, node, index, axis, at, size - 1) + 1;
}

/* Cells `low` and `high` of an axis come from different leaves: visits the cells on both sides of
 * where that changes. */
static void
visit_change (Way *way, int node, gint64 *index, int axis, gint64 low, gint64 high)
{
  guint64 of_low = sources_of (way, node, index, axis, low);

  while (high - low > 1 && !way->lost)
    {
      gint64 middle = low + (high - low) / 2;

      if (sources_of (way, node, index, axis, middle) == of_low)
        low = middle;
      else
        high = middle;
    }
}

/* Along one axis, the others as they are: samples, and the ends of what comes from one tensor. */
static void
follow_line (Way *way, int node, gint64 *index, int axis, gint64 first, gint64 end)
{
  int samples = samples_along (end - first);
  gint64 before = first;
  guint64 of_before = sources_of (way, node, index, axis, first);

  for (int i = 1; i < samples && !way->lost; i++)
    {
      gint64 at = first + sample (end - first, samples, i);
      guint64 of_at = sources_of (way, node, index, axis, at);

      if (of_at != of_before && at - before > 1)
        visit_change (way, node, index, axis, before, at);
      before = at;
      of_before = of_at;
    }
}

static gboolean
follow_lines (Way *way, int node, const ScopeShape *shape)
{
  gint64 index[SCOPE_MAX_RANK];

  for (int base = 0; base < 3; base++)
    {
      base_index (shape, base, index);
      if (shape->rank == 0 && !follow (way, node, index, 0))
        return FALSE;
      for (int axis = 0; axis < shape->rank && !way->lost; axis++)
        {
          gint64 first = 0, end = shape->size[axis];

          /* Padding has no sources: between its ends none is missed. */
          if (base == 0)
            find_ends (way, node, index, axis, &first, &end);
          follow_line (way, node, index, axis, first, end);
        }
    }
  return !way->lost;
}

/* Every cell of a small result. */
static gboolean
follow_all (Way *way, int node, const ScopeShape *shape)
{
  gint64 index[SCOPE_MAX_RANK] = { 0 };
  int axis;

  do
    {
      if (!follow (way, node, index, 0))
        return FALSE;
      for (axis = shape->rank - 1; axis >= 0 && ++index[axis] == shape->size[axis]; axis--)
        index[axis] = 0;
    }
  while (axis >= 0);
  return TRUE;
}

static gboolean
is_small (const ScopeShape *shape)
{
  gint64 cells = 1;

  for (int axis = 0; axis < shape->rank; axis++)
    {
      if (shape->size[axis] > CELLS_ALL / cells)
        return FALSE;
      cells *= shape->size[axis];
    }
  return TRUE;
}

/* What is joined or assigned is used as a whole: nothing between samples is missed. */
static gboolean
uses_all (const ScopeNode *node)
{
  return node->op != NULL && node->inputs > 0
         && (node->op->trace == scope_join_trace || node->op->align == SCOPE_ALIGN_ASSIGN);
}

static gboolean
follow_whole (Way *way, int number, int depth)
{
  const ScopeNode *node = way->program->node[number];

  if (depth < DEEPEST && uses_all (node))
    {
      for (int i = 0; i < node->inputs; i++)
        if (!follow_whole (way, node->input[i], depth + 1))
          return FALSE;
      return TRUE;
    }
  if (!can_be_followed (&node->shape))
    return TRUE; /* an empty one adds nothing */
  return is_small (&node->shape) ? follow_all (way, number, &node->shape)
                                 : follow_lines (way, number, &node->shape);
}

gboolean
scope_footprint_of_tensor (const ScopeProgram *program,
                           int node,
                           const ScopeTensor *tensor,
                           ScopeFootprint *out)
{
  const ScopeShape *shape = &program->node[node]->shape;
  ScopeFootprint box = { .rank = tensor->shape.rank };
  Way way = { .program = program, .tensor = tensor, .box = &box };

  if (!can_be_followed (shape) || !can_be_followed (&tensor->shape)
      || !follow_whole (&way, node, 0))
    return FALSE;
  box.whole = box.used;
  for (int axis = 0; axis < box.rank; axis++)
    box.whole = box.whole && box.begin[axis] == 0 && box.end[axis] == tensor->shape.size[axis];
  *out = box;
  return TRUE;
}
