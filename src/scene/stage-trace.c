/* Where the result's values come from: followed back one operation, cell by cell. */
#include "scene/stage-making.h"

#include "scene/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  TERMS_MOST = 8,      /* of a formula */
  SOURCES_MOST = 4096, /* looked at for one cell */
};

typedef struct
{
  int input;
  int64_t index[SCOPE_MAX_RANK];
  double weight;
} Source;

/* The sources of one cell: the first few, and of the first input all axes that vary. */
typedef struct
{
  ScopeTrace trace;
  const ScopeNode *node;
  int count, kept;
  Source source[SCOPE_STAGE_CELLS];
} Sources;

static bool
collect (ScopeTrace *trace, int input, const int64_t *index, double weight)
{
  Sources *self = (Sources *)trace;
  if (input < 0 || input >= self->node->inputs)
    return true;
  int rank = self->node->program->node[self->node->input[input]]->shape.rank;
  if (self->kept < SCOPE_STAGE_CELLS)
    {
      Source *source = &self->source[self->kept++];
      source->input = input;
      source->weight = weight;
      memcpy (source->index, index, (size_t)rank * sizeof index[0]);
    }
  return ++self->count < SOURCES_MOST;
}

static bool
find_sources (const ScopeNode *node, const int64_t *index, Sources *out)
{
  out->trace = (ScopeTrace){ .add = collect };
  out->node = node;
  out->count = out->kept = 0;
  if (node->op == NULL || node->op->trace == NULL || node->state != SCOPE_NODE_FITS)
    return false;
  node->op->trace (node, index, &out->trace);
  return out->count > 0;
}

/* A source's place among the own cells of its tensor, −1 when that is not drawn. */
static int
own_cell (const ScopeStageMaking *making, const Source *source)
{
  const ScopeStage *stage = making->stage;
  const ScopeNode *node = making->node;
  if (source->input >= stage->tensors || stage->tensor[source->input].result)
    return -1;
  const ScopeShape *shape = &stage->tensor[source->input].shape;
  const ScopeShape *input = &making->program->node[node->input[source->input]]->shape;
  if (!scope_shape_equal (shape, input))
    return -1;
  int64_t place = 0;
  for (int axis = 0; axis < shape->rank; axis++)
    place = place * shape->size[axis] + source->index[axis];
  return place >= 0 && place < SCOPE_STAGE_CELLS ? (int)place : -1;
}

void
scope_stage_find_flights (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  ScopeStageTensor *result = &stage->tensor[stage->result];
  const ScopeShape *shape = &result->shape;
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  Sources *sources = malloc (sizeof *sources);
  memset (result->source, -1, sizeof result->source);
  for (int i = 0; sources != NULL && i < result->own_rows * result->own_columns; i++)
    {
      if (find_sources (making->node, index, sources) && sources->count == 1
          && sources->source[0].weight == 1)
        {
          int cell = own_cell (making, &sources->source[0]);
          result->source[i] = cell < 0 ? -1 : (int8_t)sources->source[0].input;
          result->source_cell[i] = (int16_t)cell;
        }
      for (int axis = shape->rank - 1; axis >= 0 && ++index[axis] == shape->size[axis]; axis--)
        index[axis] = 0;
    }
  free (sources);
}

/* ---- one cell lit --------------------------------------------------------------------------- */

static const char *
value_of (const ScopeStageMaking *making, const Source *source)
{
  int cell = own_cell (making, source);
  return cell < 0 ? "" : making->stage->tensor[source->input].value[cell];
}

/* a·b + c·d: a product's factors come in pairs, one of each operand. */
static bool
print_products (const ScopeStageMaking *making, const Sources *sources, ScopeText *out)
{
  const Source *factor[2][TERMS_MOST];
  int count[2] = { 0, 0 };
  for (int i = 0; i < sources->kept; i++)
    {
      int input = sources->source[i].input;
      if (input > 1 || count[input] == TERMS_MOST)
        return false;
      factor[input][count[input]++] = &sources->source[i];
    }
  if (count[0] != count[1])
    return false;
  for (int i = 0; i < count[0]; i++)
    {
      const char *a = value_of (making, factor[0][i]), *b = value_of (making, factor[1][i]);
      if (a[0] == '\0' || b[0] == '\0')
        return false;
      scope_text_printf (out, i > 0 ? " + %s·%s" : "%s·%s", a, b);
    }
  return count[0] > 0;
}

/* (4 + 5 + 6) / 3: a mean. */
static bool
print_mean (const ScopeStageMaking *making, const Sources *sources, ScopeText *out)
{
  if (sources->count > TERMS_MOST || sources->count < 2)
    return false;
  for (int i = 0; i < sources->kept; i++)
    if (!(fabs (sources->source[i].weight * sources->count - 1) <= 1e-9)
        || value_of (making, &sources->source[i])[0] == '\0')
      return false;
  for (int i = 0; i < sources->kept; i++)
    scope_text_printf (out, i == 0 ? "(%s" : " + %s", value_of (making, &sources->source[i]));
  scope_text_printf (out, ") / %d", sources->count);
  return true;
}

/* 0.75·4 + 0.25·5, or 4 + 5 when every weight is 1. */
static bool
print_weighted (const ScopeStageMaking *making, const Sources *sources, ScopeText *out)
{
  if (sources->count > TERMS_MOST)
    return false;
  for (int i = 0; i < sources->kept; i++)
    {
      const Source *source = &sources->source[i];
      const char *value = value_of (making, source);
      if (value[0] == '\0' || isnan (source->weight))
        return false;
      scope_text_append (out, i > 0 ? " + " : "");
      if (source->weight != 1)
        {
          scope_number_print (source->weight, 3, 1e6, out);
          scope_text_append (out, "·");
        }
      scope_text_append (out, value);
    }
  return true;
}

/* 10 + 2: one value of each operand with the sign between them. */
static bool
print_signed (const ScopeStageMaking *making, const Sources *sources, ScopeText *out)
{
  const char *sign = making->stage->sign;
  if (sources->count != 2 || sign[0] == '\0'
      || sources->source[0].input == sources->source[1].input)
    return false;
  int first = sources->source[0].input < sources->source[1].input ? 0 : 1;
  const char *a = value_of (making, &sources->source[first]);
  const char *b = value_of (making, &sources->source[1 - first]);
  if (a[0] == '\0' || b[0] == '\0')
    return false;
  scope_text_printf (out, "%s %s %s", a, sign, b);
  return true;
}

static void
print_formula (const ScopeStageMaking *making,
               const Sources *sources,
               const char *value,
               ScopeText *out)
{
  ScopeStageKind kind = making->stage->kind;
  ScopeText sum = { 0 };
  bool printed = kind == SCOPE_STAGE_PRODUCT ? print_products (making, sources, &sum)
                 : kind == SCOPE_STAGE_BROADCAST
                     ? print_signed (making, sources, &sum)
                     : print_mean (making, sources, &sum) || print_weighted (making, sources, &sum);
  /* A value alone equals itself. */
  if (printed && value[0] != '\0'
      && (sources->count > 1 || strcmp (scope_text_string (&sum), value) != 0))
    scope_text_printf (out, "%s = %s", scope_text_string (&sum), value);
  scope_text_clear (&sum);
}

bool
scope_stage_light (ScopeStageMaking *making, ScopeStageStep *step)
{
  ScopeStage *stage = making->stage;
  int64_t index[SCOPE_MAX_RANK];
  int place = 0;
  if (stage->result < 0 || !stage->cells || stage->fails)
    return false;
  const ScopeStageTensor *result = &stage->tensor[stage->result];
  Sources *sources = malloc (sizeof *sources);
  for (int axis = 0; axis < result->shape.rank; axis++)
    {
      index[axis] = result->shape.size[axis] > 1 ? 1 : 0;
      place = place * (int)result->shape.size[axis] + (int)index[axis];
    }
  bool found = sources != NULL && find_sources (making->node, index, sources);
  if (found)
    {
      step->look[stage->result][place] = SCOPE_LOOK_LIT;
      for (int i = 0; i < sources->kept; i++)
        {
          int cell = own_cell (making, &sources->source[i]);
          if (cell >= 0)
            step->look[sources->source[i].input][cell] = SCOPE_LOOK_LIT;
        }
      print_formula (making, sources, result->value[place], &step->formula);
    }
  free (sources);
  return found;
}

void
scope_stage_unlight (ScopeStageStep *step)
{
  memset (step->look, SCOPE_LOOK_PLAIN, sizeof step->look);
}

/* ---- which axis becomes which --------------------------------------------------------------- */

/* The axes of a permutation as it was written. */
static bool
map_written (const ScopeNode *node, ScopeStageMap *out)
{
  int rank = node->shape.rank;
  const char *name = node->op->name;
  const ScopeValue *value = node->value;
  if (strcmp (name, "permute") == 0 && value[1].items == rank
      && scope_value_is_sequence (&value[1]))
    {
      for (int i = 0; i < rank; i++)
        {
          int64_t axis = value[1].item[i].integer;
          out->axis[i] = (int)(axis < 0 ? axis + rank : axis);
        }
      return true;
    }
  if (strcmp (name, "transpose") == 0 && scope_value_is_int (&value[1])
      && scope_value_is_int (&value[2]))
    {
      int64_t a = value[1].integer, b = value[2].integer;
      a += a < 0 ? rank : 0;
      b += b < 0 ? rank : 0;
      for (int i = 0; i < rank; i++)
        out->axis[i] = i == a ? (int)b : i == b ? (int)a : i;
      return true;
    }
  return false;
}

/* What is left over on both sides, axes of size 1 that no cell tells, in order. */
static void
map_rest (const ScopeShape *input, const ScopeShape *result, ScopeStageMap *out)
{
  bool taken[SCOPE_MAX_RANK] = { false };
  for (int i = 0; i < result->rank; i++)
    if (out->axis[i] >= 0)
      taken[out->axis[i]] = true;
  for (int i = 0; i < result->rank; i++)
    for (int axis = 0; axis < input->rank && out->axis[i] < 0; axis++)
      if (!taken[axis] && input->size[axis] == 1)
        {
          taken[axis] = true;
          out->axis[i] = axis;
        }
}

bool
scope_stage_map (const ScopeStageMaking *making, ScopeStageMap *out)
{
  const ScopeNode *node = making->node;
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  if (making->stage->fails || node->inputs == 0)
    return false;
  for (int i = 0; i < node->shape.rank; i++)
    if (node->shape.size[i] == 0)
      return false;
  Sources *sources = malloc (sizeof *sources);
  bool found = sources != NULL && find_sources (node, index, sources);
  const ScopeShape *input = &making->program->node[node->input[0]]->shape;
  if (found)
    memcpy (out->first, sources->source[0].index, sizeof out->first);
  for (int i = 0; found && i < node->shape.rank; i++)
    {
      out->axis[i] = -1;
      out->step[i] = 1;
      if (node->shape.size[i] < 2)
        continue;
      index[i] = 1;
      found = find_sources (node, index, sources);
      index[i] = 0;
      for (int axis = input->rank - 1; found && axis >= 0; axis--)
        if (sources->source[0].index[axis] != out->first[axis])
          {
            out->axis[i] = axis;
            out->step[i] = sources->source[0].index[axis] - out->first[axis];
          }
    }
  free (sources);
  if (found && !map_written (node, out) && making->stage->kind != SCOPE_STAGE_SLICE
      && making->stage->kind != SCOPE_STAGE_REDUCE)
    map_rest (input, &node->shape, out);
  return found;
}
