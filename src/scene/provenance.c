/* What the elements of a plane are, by following them back through every operation. */
#include "scene/provenance.h"

#include "core/checked.h"
#include "ops/join.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  EXACT = 1 << 16,      /* elements of a plane that are all looked at */
  SIDE = 64,            /* of a larger one so many rows and columns are */
  DEEPEST = 64,         /* operations on a way back */
  MOST_LEAVES = 256,    /* elements met on the way back of one: enough to know */
  MOST_UNJOINED = 32,   /* the same where no operands have to be told apart */
  MOST_PARTS = 64,      /* along an axis of a plane that is too large */
  MOST_STEPS = 1 << 24, /* operations gone through altogether */
};

/* Weights below this are rounding. */
#define NOTHING 1e-9

/* One following back. */
typedef struct
{
  const ScopeProgram *program;
  const _Atomic int *cancelled;
  const ScopeNode *join; /* whose operands are told; NULL: none met yet */
  int row_axis, column_axis;
  int64_t index[SCOPE_MAX_RANK];
  int most_leaves;
  int64_t steps;
  bool lost; /* given up for good */
  /* Of one element: */
  int leaves, tensors; /* met, and those of them that are no numbers */
  int operand;         /* of the join, from 1; 0: none yet; −1: several */
  bool mixes, computes;
} Way;

typedef struct
{
  ScopeTrace trace;
  Way *way;
  const ScopeNode *node;
  int depth;
  int input; /* that was told last; −1: none */
  int64_t index[SCOPE_MAX_RANK];
} Step;

static bool
joins (const ScopeNode *node)
{
  return node->inputs > 1
         && (node->op->trace == scope_join_trace || node->op->align == SCOPE_ALIGN_ASSIGN);
}

static bool follow (Way *way, int number, const int64_t *index, int depth);

/* Two different elements of one input with finite weights are mixed. */
static void
note_weight (Step *step, int input, const int64_t *index, double weight)
{
  const ScopeShape *shape = &step->node->program->node[step->node->input[input]]->shape;
  size_t bytes = (size_t)shape->rank * sizeof *index;
  if (isnan (weight) || weight != 1)
    step->way->computes = true;
  if (isnan (weight))
    return;
  if (input == step->input && memcmp (index, step->index, bytes) != 0)
    step->way->mixes = true;
  step->input = input;
  memcpy (step->index, index, bytes);
}

static bool
follow_input (ScopeTrace *trace, int input, const int64_t *index, double weight)
{
  Step *step = (Step *)trace;
  Way *way = step->way;
  if (input < 0 || input >= step->node->inputs || fabs (weight) < NOTHING)
    return true;
  note_weight (step, input, index, weight);
  if (step->node == way->join)
    way->operand = way->operand == 0 || way->operand == input + 1 ? input + 1 : -1;
  return follow (way, step->node->input[input], index, step->depth + 1);
}

/* False when enough is known of this element, or the way is lost. */
static bool
follow (Way *way, int number, const int64_t *index, int depth)
{
  const ScopeNode *node = way->program->node[number];
  if (++way->steps > MOST_STEPS || depth > DEEPEST
      || (way->cancelled != NULL && *way->cancelled != 0))
    way->lost = true;
  if (way->lost)
    return false;
  if (node->op == NULL)
    {
      way->tensors += node->tensor != NULL && !scope_node_is_number (node);
      return ++way->leaves < way->most_leaves;
    }
  if (node->op->trace == NULL)
    {
      way->lost = true;
      return false;
    }
  if (way->join == NULL && joins (node))
    way->join = node;
  Step step; /* its index is long, and set with its input */
  step.trace = (ScopeTrace){ .add = follow_input };
  step.way = way;
  step.node = node;
  step.depth = depth;
  step.input = -1;
  node->op->trace (node, index, &step.trace);
  return !way->lost && way->leaves < way->most_leaves;
}

/* What the element at a place of the plane is. */
static ScopeMade
look_at (Way *way, int node, int64_t row, int64_t column, uint8_t *operand)
{
  if (way->row_axis >= 0)
    way->index[way->row_axis] = row;
  if (way->column_axis >= 0)
    way->index[way->column_axis] = column;
  way->leaves = way->tensors = way->operand = 0;
  way->mixes = way->computes = false;
  follow (way, node, way->index, 0);
  *operand =
      way->operand > 0 && way->operand <= SCOPE_PROVENANCE_OPERANDS ? (uint8_t)way->operand : 0;
  if (way->tensors == 0)
    return SCOPE_MADE_INVENTED;
  if (way->mixes)
    return SCOPE_MADE_MIXED;
  return way->computes || way->tensors > 1 ? SCOPE_MADE_COMPUTED : SCOPE_MADE_COPIED;
}

/* ---- all elements --------------------------------------------------------------------------- */

static bool
same_lines (const uint8_t *cell, int64_t a, int64_t b, int64_t step, int64_t count, int64_t stride)
{
  for (int64_t i = 0; i < count; i++)
    if (cell[a * step + i * stride] != cell[b * step + i * stride])
      return false;
  return true;
}

/* Where lines that are not like the one before begin: 0, …, lines. Returns how many parts. */
static int
find_lines (const uint8_t *made,
            const uint8_t *operand,
            int64_t lines,
            int64_t step,
            int64_t count,
            int64_t stride,
            int64_t *at)
{
  int parts = 0;
  at[parts++] = 0;
  for (int64_t i = 1; i < lines; i++)
    if (!same_lines (made, i, i - 1, step, count, stride)
        || !same_lines (operand, i, i - 1, step, count, stride))
      at[parts++] = i;
  at[parts] = lines;
  return parts;
}

static bool
reserve (ScopeProvenance *out, int64_t row_parts, int64_t column_parts)
{
  size_t cells = (size_t)row_parts * (size_t)column_parts;
  out->row_at = malloc (((size_t)row_parts + 1) * sizeof *out->row_at);
  out->column_at = malloc (((size_t)column_parts + 1) * sizeof *out->column_at);
  out->made = malloc (cells);
  out->operand = malloc (cells);
  return out->row_at != NULL && out->column_at != NULL && out->made != NULL && out->operand != NULL;
}

/* Keeps the first of each run of equal rows and columns. */
static void
merge (ScopeProvenance *out)
{
  int64_t rows = out->rows, columns = out->columns;
  out->row_parts = find_lines (out->made, out->operand, rows, columns, columns, 1, out->row_at);
  out->column_parts =
      find_lines (out->made, out->operand, columns, 1, rows, columns, out->column_at);
  for (int r = 0; r < out->row_parts; r++)
    for (int c = 0; c < out->column_parts; c++)
      {
        int64_t from = out->row_at[r] * columns + out->column_at[c];
        int64_t to = (int64_t)r * out->column_parts + c;
        out->made[to] = out->made[from];
        out->operand[to] = out->operand[from];
      }
}

static bool
look_at_all (Way *way, int node, ScopeProvenance *out)
{
  if (!reserve (out, out->rows, out->columns))
    return false;
  out->exact = true;
  for (int64_t r = 0; r < out->rows; r++)
    for (int64_t c = 0; c < out->columns && !way->lost; c++)
      {
        int64_t i = r * out->columns + c;
        out->made[i] = (uint8_t)look_at (way, node, r, c, &out->operand[i]);
        out->count[out->made[i]]++;
      }
  if (!way->lost)
    merge (out);
  return !way->lost;
}

/* ---- some elements -------------------------------------------------------------------------- */

/* Place i of `samples` along an axis, both ends among them. */
static int64_t
place (int64_t size, int64_t samples, int64_t i)
{
  return samples < 2 ? 0 : (int64_t)((double)(size - 1) * (double)i / (double)(samples - 1) + 0.5);
}

/* What parts differ in: mixed elements alternate with copied ones, so that is not it. */
static int
signature (Way *way, int node, bool down, int64_t line, int64_t at)
{
  uint8_t operand;
  ScopeMade made =
      down ? look_at (way, node, at, line, &operand) : look_at (way, node, line, at, &operand);
  return 2 * operand + (made == SCOPE_MADE_INVENTED);
}

static void
add_cut (int64_t *at, int *cuts, int64_t where)
{
  int i = *cuts;
  for (int k = 0; k < *cuts; k++)
    if (at[k] == where)
      return;
  if (*cuts >= MOST_PARTS)
    return;
  for (; i > 0 && at[i - 1] > where; i--)
    at[i] = at[i - 1];
  at[i] = where;
  ++*cuts;
}

/* Cuts along one line of the plane: between samples that differ the place is halved. */
static void
cut_line (Way *way, int node, bool down, int64_t line, int64_t size, int64_t *at, int *cuts)
{
  int64_t samples = scope_min (size, SIDE + 1), before = 0;
  int of_before = signature (way, node, down, line, 0);
  for (int64_t i = 1; i < samples && !way->lost; i++)
    {
      int64_t here = place (size, samples, i), low = before, high = here;
      int of_here = signature (way, node, down, line, here);
      while (of_here != of_before && high - low > 1 && !way->lost)
        {
          int64_t middle = low + (high - low) / 2;
          if (signature (way, node, down, line, middle) == of_before)
            low = middle;
          else
            high = middle;
        }
      if (of_here != of_before)
        add_cut (at, cuts, high);
      before = here;
      of_before = of_here;
    }
}

/* Cuts along three lines; `at` has room for MOST_PARTS + 1. Returns how many parts. */
static int
cut_axis (Way *way, int node, bool down, int64_t size, int64_t across, int64_t *at)
{
  int cuts = 1;
  at[0] = 0;
  for (int64_t i = 0; i < 3; i++)
    cut_line (way, node, down, place (across, 3, i), size, at, &cuts);
  at[cuts] = size;
  return cuts;
}

/* Each part by its middle; of mixed and copied ones what there is more of. */
static void
judge_part (Way *way, int node, ScopeProvenance *out, int r, int c)
{
  int64_t count[SCOPE_N_MADE] = { 0 };
  int64_t i = (int64_t)r * out->column_parts + c;
  int64_t height = out->row_at[r + 1] - out->row_at[r];
  int64_t width = out->column_at[c + 1] - out->column_at[c];
  int best = 0;
  for (int k = 0; k < 9; k++)
    {
      int64_t row = out->row_at[r] + height * (2 * (k / 3) + 1) / 6;
      int64_t column = out->column_at[c] + width * (2 * (k % 3) + 1) / 6;
      uint8_t operand;
      count[look_at (way, node, row, column, &operand)]++;
      if (k == 4)
        out->operand[i] = operand;
    }
  for (int made = 1; made < SCOPE_N_MADE; made++)
    best = count[made] > count[best] ? made : best;
  out->made[i] = (uint8_t)best;
}

static bool
look_at_some (Way *way, int node, ScopeProvenance *out)
{
  int64_t rows = scope_min (out->rows, SIDE), columns = scope_min (out->columns, SIDE);
  if (!reserve (out, MOST_PARTS, MOST_PARTS))
    return false;
  out->row_parts = cut_axis (way, node, true, out->rows, out->columns, out->row_at);
  out->column_parts = cut_axis (way, node, false, out->columns, out->rows, out->column_at);
  for (int r = 0; r < out->row_parts && !way->lost; r++)
    for (int c = 0; c < out->column_parts && !way->lost; c++)
      judge_part (way, node, out, r, c);
  /* In the middle of as many strips each: periods of a power of two are not always hit alike. */
  for (int64_t r = 0; r < rows; r++)
    for (int64_t c = 0; c < columns && !way->lost; c++)
      {
        uint8_t operand;
        int64_t row = (int64_t)(((double)r + fmod (0.618 * (double)(c + 1), 1)) * (double)out->rows
                                / (double)rows);
        int64_t column = (int64_t)(((double)c + fmod (0.618 * (double)(r + 1), 1))
                                   * (double)out->columns / (double)columns);
        out->count[look_at (way, node, scope_min (row, out->rows - 1),
                            scope_min (column, out->columns - 1), &operand)]++;
      }
  return !way->lost;
}

/* ---- operands ------------------------------------------------------------------------------- */

/* Copies at most what has room, shortened at the end, never within a character. */
static void
shorten (const char *text, char *out)
{
  size_t length = strlen (text), most = SCOPE_PROVENANCE_NAME - 1;
  if (length > most)
    for (length = most - strlen ("…"); length > 0 && (text[length] & 0xC0) == 0x80;)
      length--;
  memcpy (out, text, length);
  memcpy (out + length, length < strlen (text) ? "…" : "", length < strlen (text) ? 4 : 1);
}

static void
name_operand (const ScopeNode *join, int input, char *out)
{
  const ScopeNode *node = join->program->node[join->input[input]];
  ScopeText text = { 0 };
  if (node->tensor != NULL && !scope_node_is_number (node))
    scope_text_append (&text, node->tensor->name);
  else if (node->name != NULL)
    scope_text_append (&text, node->name);
  else
    scope_program_print_span (join->program, node->span, &text);
  shorten (scope_text_string (&text), out);
  scope_text_clear (&text);
}

static bool
is_same (const ScopeNode *join, int a, int b)
{
  const ScopeNode *first = join->program->node[join->input[a]];
  const ScopeNode *second = join->program->node[join->input[b]];
  return first == second || (first->tensor != NULL && first->tensor == second->tensor);
}

static bool
operands_differ (const ScopeProvenance *provenance)
{
  int64_t parts = (int64_t)provenance->row_parts * provenance->column_parts;
  for (int64_t i = 1; i < parts; i++)
    if (provenance->operand[i] != provenance->operand[0])
      return true;
  return false;
}

/* What is joined has names even where one operand is all that is seen; what is assigned as a whole
 * has none. */
static bool
name_operands (const ScopeNode *join, ScopeProvenance *out)
{
  bool assigns = join->op->align == SCOPE_ALIGN_ASSIGN;
  int operands = (int)scope_min (join->inputs, SCOPE_PROVENANCE_OPERANDS);
  if (assigns && !operands_differ (out))
    return true;
  if (assigns)
    operands = 2; /* the others are index tensors */
  out->name = calloc ((size_t)operands, sizeof *out->name);
  out->same = calloc ((size_t)operands, sizeof *out->same);
  if (out->name == NULL || out->same == NULL)
    return false;
  out->operands = operands;
  for (int k = 0; k < operands; k++)
    {
      name_operand (join, k, out->name[k]);
      out->same[k] = k;
      for (int before = 0; before < k && out->same[k] == k; before++)
        if (is_same (join, before, k))
          out->same[k] = before;
    }
  return true;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static bool
has_elements (const ScopeShape *shape)
{
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] < 1)
      return false;
  return scope_shape_is_known (shape);
}

static Way
begin (const ScopeProgram *program, const ScopeView *view, const _Atomic int *cancelled)
{
  Way way = { .program = program,
              .cancelled = cancelled,
              .row_axis = view->row_axis,
              .column_axis = view->column_axis,
              .most_leaves = MOST_UNJOINED };
  for (int i = 0; i < program->nodes; i++)
    if (program->node[i]->op != NULL && joins (program->node[i]))
      way.most_leaves = MOST_LEAVES;
  memcpy (way.index, view->index, sizeof way.index);
  return way;
}

ScopeProvenance *
scope_provenance_new (const ScopeProgram *program,
                      int node,
                      const ScopeView *view,
                      const _Atomic int *cancelled)
{
  const ScopeShape *shape = &program->node[node]->shape;
  ScopeView fitted = scope_view_fit (view, shape);
  if (fitted.over_axes != 0 || !has_elements (shape))
    return NULL;

  Way way = begin (program, &fitted, cancelled);
  ScopeProvenance *out = calloc (1, sizeof *out);
  if (out == NULL)
    return NULL;
  out->rows = fitted.row_axis >= 0 ? shape->size[fitted.row_axis] : 1;
  out->columns = fitted.column_axis >= 0 ? shape->size[fitted.column_axis] : 1;
  bool small = out->rows <= EXACT / out->columns;
  bool done = small ? look_at_all (&way, node, out) : look_at_some (&way, node, out);
  for (int made = 0; made < SCOPE_N_MADE; made++)
    out->looked += out->count[made];
  if (done && (way.join == NULL || name_operands (way.join, out)))
    return out;
  scope_provenance_free (out);
  return NULL;
}

void
scope_provenance_free (ScopeProvenance *provenance)
{
  if (provenance == NULL)
    return;
  free (provenance->row_at);
  free (provenance->column_at);
  free (provenance->made);
  free (provenance->operand);
  free (provenance->name);
  free (provenance->same);
  free (provenance);
}

int
scope_provenance_color (const ScopeProvenance *provenance, int row_part, int column_part)
{
  int operand = provenance->operand[(int64_t)row_part * provenance->column_parts + column_part];
  return operand < 1 || operand > provenance->operands ? -1 : provenance->same[operand - 1];
}

bool
scope_provenance_tells (const ScopeProvenance *provenance)
{
  return provenance->operands > 0 || provenance->count[SCOPE_MADE_MIXED] > 0
         || (provenance->count[SCOPE_MADE_INVENTED] > 0
             && provenance->count[SCOPE_MADE_INVENTED] < provenance->looked);
}
