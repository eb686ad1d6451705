/* Which part of a tensor a result uses, and where in a result its operands meet. */
#include "model/footprint.h"

#include <math.h>
#include <string.h>

enum
{
  DEEPEST = 64,        /* operations on a way back */
  SAMPLES = 65,        /* cells looked at along an axis */
  CELLS_MOST = 200000, /* source cells visited altogether */
};

/* One following of result cells back to the leaves. */
typedef struct
{
  const ScopeProgram *program;
  const ScopeTensor *tensor; /* whose box is wanted, or NULL */
  ScopeFootprint *box;
  guint64 sources; /* which leaves were met, one bit for each */
  int visited;
  int shares; /* elements of one tensor met by the cell in the middle */
  int first;  /* the tensor of the first of them, and where */
  gint64 first_index[SCOPE_MAX_RANK];
  gboolean nonlinear;
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
  step->way->nonlinear = step->way->nonlinear || isnan (weight);
  return follow (step->way, step->node->input[input], index, step->depth + 1);
}

/* Counts different elements of the tensor that is met first: a sum of two tensors mixes nothing. */
static void
note_share (Way *way, const ScopeNode *leaf, const gint64 *index)
{
  gsize bytes = (gsize)leaf->shape.rank * sizeof *index;

  if (way->shares == 0)
    {
      way->first = leaf->number;
      memcpy (way->first_index, index, bytes);
      way->shares = 1;
    }
  else if (leaf->number == way->first && memcmp (way->first_index, index, bytes) != 0)
    way->shares++;
}

static void
meet_leaf (Way *way, const ScopeNode *leaf, const gint64 *index)
{
  ScopeFootprint *box = way->box;

  way->sources |= G_GUINT64_CONSTANT (1) << (leaf->number % 64);
  if (leaf->tensor != NULL)
    note_share (way, leaf, index);
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

static gboolean
follow_lines (Way *way, int node, const ScopeShape *shape)
{
  gint64 index[SCOPE_MAX_RANK];

  for (int base = 0; base < 3; base++)
    {
      base_index (shape, base, index);
      if (shape->rank == 0 && !follow (way, node, index, 0))
        return FALSE;
      for (int axis = 0; axis < shape->rank; axis++)
        {
          gint64 kept = index[axis], first = 0, end = shape->size[axis];
          int samples;

          /* Padding has no sources: between its ends none is missed. */
          if (base == 0)
            find_ends (way, node, index, axis, &first, &end);
          samples = samples_along (end - first);

          for (int i = 0; i < samples; i++)
            {
              index[axis] = first + sample (end - first, samples, i);
              if (!follow (way, node, index, 0))
                return FALSE;
            }
          index[axis] = kept;
        }
    }
  return TRUE;
}

gboolean
scope_footprint_of_tensor (const ScopeProgram *program,
                           int node,
                           const ScopeTensor *tensor,
                           ScopeFootprint *out)
{
  const ScopeShape *shape = &program->node[node]->shape;
  ScopeFootprint box = { .rank = tensor->shape.rank, .seam_axis = -1 };
  Way way = { .program = program, .tensor = tensor, .box = &box };

  if (!can_be_followed (shape) || !can_be_followed (&tensor->shape)
      || !follow_lines (&way, node, shape))
    return FALSE;
  box.whole = box.used;
  for (int axis = 0; axis < box.rank; axis++)
    box.whole = box.whole && box.begin[axis] == 0 && box.end[axis] == tensor->shape.size[axis];
  *out = box;
  return TRUE;
}

/* Cells `low` and `high` of an axis come from different leaves: the first cell that does not come
 * from those of `low`. */
static gint64
bisect (Way *way, int node, gint64 *index, int axis, gint64 low, gint64 high, guint64 of_low)
{
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (sources_of (way, node, index, axis, middle) == of_low)
        low = middle;
      else
        high = middle;
    }
  return high;
}

/* What the only leaf among some is called, interned; NULL when there are several. */
static const char *
name_of (const ScopeProgram *program, guint64 sources)
{
  const char *name = NULL;

  for (int i = 0; i < program->nodes; i++)
    if (program->node[i]->op == NULL && program->node[i]->tensor != NULL
        && (sources >> (program->node[i]->number % 64) & 1) != 0)
      {
        if (name != NULL)
          return NULL;
        name = g_intern_string (program->node[i]->tensor->name);
      }
  return name;
}

/* All seams along an axis, in order, between parts that both come from somewhere. */
static void
find_seams (Way *way, int node, gint64 *index, int axis, ScopeFootprint *out)
{
  gint64 size = way->program->node[node]->shape.size[axis];
  int samples = samples_along (size);
  gint64 before = 0;
  guint64 of_before = sources_of (way, node, index, axis, 0);

  for (int i = 1; i < samples && !way->lost && out->seams < SCOPE_MAX_SEAMS; i++)
    {
      gint64 at = sample (size, samples, i);
      guint64 of_at = sources_of (way, node, index, axis, at);

      if (of_at != of_before && of_at != 0 && of_before != 0)
        {
          out->seam_axis = axis;
          out->seam_name[out->seams] = name_of (way->program, of_before);
          out->seam_at[out->seams] = bisect (way, node, index, axis, before, at, of_before);
          out->seam_name[++out->seams] = name_of (way->program, of_at);
        }
      before = at;
      of_before = of_at;
    }
}

/* What of an axis through the middle comes from somewhere. */
static void
find_real (Way *way, int node, gint64 *index, int axis, ScopeFootprint *out)
{
  gint64 size = way->program->node[node]->shape.size[axis];

  find_ends (way, node, index, axis, &out->begin[axis], &out->end[axis]);
  out->invents = out->invents || out->begin[axis] > 0 || out->end[axis] < size;
}

gboolean
scope_footprint_of_result (const ScopeProgram *program, int node, ScopeFootprint *out)
{
  const ScopeShape *shape = &program->node[node]->shape;
  ScopeFootprint found = { .used = TRUE, .rank = shape->rank, .seam_axis = -1 };
  Way way = { .program = program };
  gint64 index[SCOPE_MAX_RANK];

  if (!can_be_followed (shape))
    return FALSE;
  base_index (shape, 0, index);
  way.shares = 0;
  follow (&way, node, index, 0);
  found.mixes = !way.lost && way.shares > 1 && !way.nonlinear;
  for (int axis = 0; axis < shape->rank && found.seams == 0 && !way.lost; axis++)
    find_seams (&way, node, index, axis, &found);
  /* Where operands meet each has places of its own that are made up: one box would be wrong. */
  for (int axis = 0; axis < shape->rank && found.seams == 0 && !way.lost; axis++)
    find_real (&way, node, index, axis, &found);
  found.seam = found.seam_at[0];
  if (way.lost || (found.seams == 0 && !found.invents && !found.mixes))
    return FALSE;
  *out = found;
  return TRUE;
}
