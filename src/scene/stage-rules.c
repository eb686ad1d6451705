/* The steps of operations that have a rule of their own. */
#include "scene/stage-making.h"

#include <string.h>

static const char *
translated (const char *(*translate) (const char *), const char *text)
{
  return translate != NULL ? translate (text) : text;
}

/* ---- one tensor ----------------------------------------------------------------------------- */

static void
tell_value (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  const ScopeShape *shape = &stage->tensor[0].shape;
  ScopeStageStep *step = scope_stage_write_shapes (making);
  step->numbered = false;
  step = scope_stage_add (making, translated (making->translate, "Number the axes"));
  step->numbered = true;
  scope_text_printf (&step->sentence,
                     shape->rank == 0
                         ? translated (making->translate, "A scalar has no axes: one value alone.")
                         : translated (making->translate,
                                       "Axes: %d. They count 0, 1, 2 … from the front and −1, −2 … "
                                       "from the end; −1 is the one whose values stand side by "
                                       "side."),
                     shape->rank);
  step = scope_stage_add (making, translated (making->translate, "Count the values"));
  int64_t count = 0;
  bool counted = scope_shape_count (shape, &count, NULL);
  for (int axis = 0; axis < shape->rank && counted; axis++)
    {
      scope_text_append (&step->formula, axis > 0 ? " × " : "");
      scope_size_print (shape->size[axis], &step->formula);
    }
  if (counted && shape->rank > 1)
    scope_text_printf (&step->formula, " = %lld", (long long)count);
  scope_text_append (
      &step->sentence,
      counted ? translated (making->translate, "The sizes multiplied give the number of values.")
              : translated (making->translate, "A size is not known, so neither is "
                                               "the number of values."));
}

/* ---- matrix product ------------------------------------------------------------------------- */

static void
say_inner (ScopeStageMaking *making, ScopeStageStep *step)
{
  const ScopeStageTensor *a = &making->stage->tensor[0], *b = &making->stage->tensor[1];
  ScopeText inner = { 0 };
  if (a->shape.rank > 0)
    scope_size_print (a->shape.size[a->shape.rank - 1], &inner);
  scope_text_append (&inner, " ↔ ");
  if (b->shape.rank > 0)
    scope_size_print (b->shape.size[b->shape.rank > 1 ? b->shape.rank - 2 : 0], &inner);
  scope_text_printf (
      &step->sentence,
      b->shape.rank > 1
          ? translated (making->translate,
                        "The last axis of %s meets the last but one of %s: %s. They "
                        "have to be equal and are summed over.")
          : translated (making->translate,
                        "The last axis of %s meets the only axis of %s: %s. They have "
                        "to be equal and are summed over."),
      scope_stage_name (making, 0), scope_stage_name (making, 1), scope_text_string (&inner));
  scope_text_clear (&inner);
}

static void
tell_product (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  const ScopeAlignment *alignment = making->alignment;
  int rank = alignment->rank;
  scope_stage_write_shapes (making);
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "The inner sizes meet"));
  for (int column = rank > 2 ? rank - 2 : 0; column < rank; column++)
    {
      step->mark[column] = alignment->column[column];
      for (int r = 0; r < alignment->rows; r++)
        if (alignment->row[r].cell[column].mark == SCOPE_MARK_CONTRACTED)
          step->mark[column] = SCOPE_MARK_CONTRACTED;
    }
  say_inner (making, step);
  if (stage->fails)
    {
      memcpy (step->mark, alignment->column, sizeof step->mark);
      scope_stage_add_failure (making);
      return;
    }
  if (rank > 2)
    {
      step = scope_stage_add (making, translated (making->translate, "The batches broadcast"));
      for (int column = 0; column < rank - 2; column++)
        step->mark[column] = alignment->column[column];
      scope_text_append (&step->sentence,
                         translated (making->translate, "The axes in front count matrices, and are "
                                                        "broadcast as everywhere."));
    }
  step = scope_stage_add (making, translated (making->translate, "The outer sizes remain"));
  if (stage->result >= 0)
    scope_stage_place (making, step, stage->result);
  scope_stage_say_result (making, step,
                          translated (making->translate,
                                      "What is not summed over remains: rows of the first, "
                                      "columns of the second. The result has shape %s."));
  step = scope_stage_show_result (making, translated (making->translate, "Row times column"));
  scope_text_append (&step->sentence,
                     translated (making->translate, "Each value is a row of the first times a "
                                                    "column of the second, added up."));
  scope_stage_light (making, step);
}

/* ---- reshaping ------------------------------------------------------------------------------ */

static void
print_count (const ScopeShape *shape, ScopeText *out)
{
  int64_t count = 0;
  bool known = scope_shape_count (shape, &count, NULL);
  for (int axis = 0; axis < shape->rank; axis++)
    {
      scope_text_append (out, axis > 0 ? " × " : "");
      scope_size_print (shape->size[axis], out);
    }
  scope_text_append (out, shape->rank == 0 ? "1" : "");
  if (known && shape->rank > 1)
    scope_text_printf (out, " = %lld", (long long)count);
}

static void
tell_reshape (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  scope_stage_write_shapes (making);
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "Count the values"));
  print_count (&stage->tensor[0].shape, &step->formula);
  scope_text_append (&step->sentence,
                     translated (making->translate,
                                 "A new shape has to hold exactly as many values as there are."));
  if (stage->fails || stage->result < 0)
    {
      scope_stage_add_failure (making);
      return;
    }
  step = scope_stage_add (making, translated (making->translate, "Write the new shape"));
  scope_stage_place (making, step, stage->result);
  print_count (&stage->tensor[stage->result].shape, &step->formula);
  scope_stage_say_result (
      making, step,
      translated (making->translate,
                  "The result has shape %s: the same number of values, cut differently."));
  step = scope_stage_show_result (making, translated (making->translate, "Read on, row by row"));
  scope_text_append (&step->sentence,
                     translated (making->translate,
                                 "The values are read in order, last axis fastest, and written in "
                                 "the same order. Nothing is turned: that would be a permute."));
}

/* ---- permuting ------------------------------------------------------------------------------ */

static void
tell_permute (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  ScopeStageMap map;
  scope_stage_write_shapes (making);
  if (stage->fails || stage->result < 0)
    {
      scope_stage_add_failure (making);
      return;
    }
  int rank = making->node->shape.rank;
  bool mapped = scope_stage_map (making, &map) && rank == stage->tensor[0].shape.rank;
  ScopeStageStep *step = scope_stage_add (making, translated (making->translate, "Give the order"));
  scope_stage_place (making, step, stage->result);
  if (mapped)
    for (int i = 0; i < rank; i++)
      step->place[stage->result][i] = (ScopeStagePlace){
        .shown = true, .row = 0, .column = (int8_t)(map.axis[i] + stage->columns - rank)
      };
  scope_text_append (&step->sentence, translated (making->translate, "The axes change places: "));
  for (int i = 0; mapped && i < rank; i++)
    {
      scope_text_append (&step->sentence, i > 0 ? ", " : "");
      scope_text_printf (&step->sentence,
                         translated (making->translate, "axis %d of the result is axis %d"), i,
                         map.axis[i]);
    }
  scope_text_append (&step->sentence, ".");
  step = scope_stage_add (making, translated (making->translate, "The sizes go along"));
  scope_stage_place (making, step, stage->result);
  scope_stage_say_result (making, step,
                          translated (making->translate,
                                      "Every size goes with its axis: the result has shape "
                                      "%s."));
  step = scope_stage_show_result (making, translated (making->translate, "The values go along"));
  scope_text_append (&step->sentence,
                     translated (making->translate,
                                 "Each value goes to the place its indices have in the new order: "
                                 "rows become columns. A reshape would not turn them."));
}

/* ---- slicing -------------------------------------------------------------------------------- */

/* Where result axes come from as the brackets say it: numbers, slices, None and an ellipsis. False
 * for anything else. */
static bool
map_brackets (const ScopeStageMaking *making, ScopeStageMap *map)
{
  const ScopeNode *node = making->node;
  const ScopeValue *index = &node->value[1];
  bool tuple = index->kind == SCOPE_VALUE_TUPLE;
  int items = tuple ? index->items : 1, axis = 0, to = 0, taken = 0;
  int rank = making->stage->tensor[0].shape.rank;
  for (int i = 0; i < items; i++)
    {
      ScopeValueKind kind = tuple ? index->item[i].kind : index->kind;
      taken += kind == SCOPE_VALUE_INT || kind == SCOPE_VALUE_SLICE;
    }
  for (int i = 0; i <= items; i++)
    {
      ScopeValueKind kind = i == items ? SCOPE_VALUE_ELLIPSIS
                            : tuple    ? index->item[i].kind
                                       : index->kind;
      int skipped = i == items ? rank - axis : rank - taken;
      if (kind == SCOPE_VALUE_INT)
        axis++;
      else if (kind == SCOPE_VALUE_SLICE)
        map->axis[to++] = axis++;
      else if (kind == SCOPE_VALUE_NONE)
        map->axis[to++] = -1;
      else if (kind == SCOPE_VALUE_ELLIPSIS)
        for (int k = 0; k < skipped && to < SCOPE_MAX_RANK; k++)
          map->axis[to++] = axis++;
      else
        return false;
    }
  return to == node->shape.rank;
}

/* The result's axis that runs along an input's, −1 for none. */
static int
target_of (const ScopeStageMap *map, int rank, int axis)
{
  for (int i = 0; i < rank; i++)
    if (map->axis[i] == axis)
      return i;
  return -1;
}

static void
say_takes (ScopeStageMaking *making, ScopeStageStep *step, const ScopeStageMap *map)
{
  ScopeStage *stage = making->stage;
  ScopeStageTensor *input = &stage->tensor[0];
  int shift = stage->columns - input->shape.rank, said = 0;
  for (int axis = 0; axis < input->shape.rank; axis++)
    {
      int to = target_of (map, making->node->shape.rank, axis);
      int64_t count = to < 0 ? 1 : making->node->shape.size[to];
      int64_t last = map->first[axis] + (to < 0 ? 0 : map->step[to] * (count - 1));
      input->kept_begin[axis] = last < map->first[axis] ? last : map->first[axis];
      input->kept_end[axis] = (last > map->first[axis] ? last : map->first[axis]) + 1;
      if (to >= 0 && count == input->shape.size[axis])
        continue;
      step->framed[axis + shift] = true;
      scope_text_append (&step->sentence, said++ > 0 ? " " : "");
      if (to < 0)
        scope_text_printf (&step->sentence,
                           translated (making->translate,
                                       "Axis %d: the index %lld takes one place, and the axis "
                                       "goes away."),
                           axis, (long long)map->first[axis]);
      else
        scope_text_printf (
            &step->sentence,
            translated (making->translate, "Axis %d: %lld of %lld places, from %lld on."), axis,
            (long long)count, (long long)input->shape.size[axis], (long long)map->first[axis]);
    }
  input->has_kept = true;
  if (said == 0)
    scope_text_append (&step->sentence,
                       translated (making->translate, "Every place of every axis is taken."));
}

/* Own cells of the input that no result cell comes from are hatched. */
static void
hatch_rest (const ScopeStage *stage, ScopeStageStep *step)
{
  const ScopeStageTensor *input = &stage->tensor[0], *result = &stage->tensor[stage->result];
  for (int i = 0; i < input->own_rows * input->own_columns; i++)
    step->look[0][i] = SCOPE_LOOK_HATCHED;
  for (int i = 0; i < result->own_rows * result->own_columns; i++)
    if (result->source[i] == 0)
      step->look[0][result->source_cell[i]] = SCOPE_LOOK_LIT;
}

static void
tell_slice (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  ScopeStageMap map;
  scope_stage_write_shapes (making);
  if (stage->fails || stage->result < 0)
    {
      scope_stage_add_failure (making);
      return;
    }
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "Read the brackets"));
  bool mapped = scope_stage_map (making, &map);
  if (mapped)
    {
      map_brackets (making, &map);
      say_takes (making, step, &map);
    }
  else
    scope_text_append (&step->sentence, scope_text_string (&stage->code));
  if (stage->cells && mapped)
    hatch_rest (stage, step);
  step = scope_stage_add (making, translated (making->translate, "What remains"));
  scope_stage_place (making, step, stage->result);
  int shift = stage->columns - stage->tensor[0].shape.rank;
  for (int i = 0; mapped && i < making->node->shape.rank && i < stage->tensor[stage->result].boxes;
       i++)
    if (map.axis[i] >= 0)
      step->place[stage->result][i].column = (int8_t)(map.axis[i] + shift);
  scope_stage_say_result (
      making, step,
      translated (making->translate,
                  "A slice keeps its axis, an integer takes it away, None adds one: the "
                  "result has shape %s."));
  step = scope_stage_show_result (making, translated (making->translate, "Take the values"));
  scope_text_append (
      &step->sentence,
      translated (making->translate, "The values taken stand closer together; none is changed."));
}

/* ---- reducing ------------------------------------------------------------------------------- */

/* Which axes of the input one result value runs along: those that no result axis follows. */
static void
frame_reduced (ScopeStageMaking *making, ScopeStageStep *step, const ScopeStageMap *map)
{
  const ScopeStageTensor *input = &making->stage->tensor[0];
  int shift = making->stage->columns - input->shape.rank, said = 0;
  for (int axis = 0; axis < input->shape.rank; axis++)
    {
      if (target_of (map, making->node->shape.rank, axis) >= 0)
        continue;
      bool keeps = making->node->shape.rank == input->shape.rank;
      if (input->shape.size[axis] == 1 && !(keeps && said > 0) && keeps)
        continue;
      step->framed[axis + shift] = true;
      scope_text_append (&step->sentence,
                         said++ > 0 ? ", "
                                    : translated (making->translate, "Gathered into one value: "));
      scope_text_printf (&step->sentence, translated (making->translate, "axis %d (−%d)"), axis,
                         input->shape.rank - axis);
    }
  scope_text_append (&step->sentence,
                     said > 0 ? "." : translated (making->translate, "Every axis stays as it is."));
}

static void
tell_reduce (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  ScopeStageMap map;
  scope_stage_write_shapes (making);
  if (stage->fails || stage->result < 0)
    {
      scope_stage_add_failure (making);
      return;
    }
  bool mapped = scope_stage_map (making, &map);
  ScopeStageStep *step;
  if (mapped)
    {
      step = scope_stage_add (making, translated (making->translate, "Choose the axes"));
      frame_reduced (making, step, &map);
    }
  step = scope_stage_add (making, translated (making->translate, "What remains"));
  scope_stage_place (making, step, stage->result);
  int shift = stage->columns - stage->tensor[0].shape.rank;
  for (int i = 0; mapped && i < making->node->shape.rank; i++)
    if (map.axis[i] >= 0)
      step->place[stage->result][i].column = (int8_t)(map.axis[i] + shift);
  bool keeps = making->node->shape.rank == stage->tensor[0].shape.rank;
  scope_stage_say_result (
      making, step,
      keeps ? translated (making->translate,
                          "The axis stays with size 1 (keepdim), so the result, %s, still "
                          "broadcasts with the tensor it came from.")
            : translated (making->translate, "The axis is gone: the result has shape %s. "
                                             "keepdim=True would leave a 1."));
  step = scope_stage_show_result (making, translated (making->translate, "Gather the values"));
  scope_text_append (&step->sentence,
                     translated (making->translate,
                                 "Each value of the result is made of all values along the axis."));
  scope_stage_light (making, step);
}

/* ---- resampling ----------------------------------------------------------------------------- */

static void
frame_resized (ScopeStageMaking *making, ScopeStageStep *step)
{
  const ScopeStageTensor *input = &making->stage->tensor[0];
  const ScopeShape *to = &making->node->shape;
  int said = 0;
  for (int axis = 0; axis < input->shape.rank && axis < to->rank; axis++)
    if (input->shape.size[axis] != to->size[axis])
      {
        step->framed[axis] = true;
        scope_text_append (&step->sentence, said++ > 0 ? " " : "");
        scope_text_printf (&step->sentence,
                           translated (making->translate, "Axis %d goes from %lld to %lld."), axis,
                           (long long)input->shape.size[axis], (long long)to->size[axis]);
      }
  if (said == 0)
    scope_text_append (&step->sentence, translated (making->translate, "Every size stays."));
  else
    scope_text_append (&step->sentence,
                       translated (making->translate, " The other axes stay as they are."));
}

static bool
is_aligned (const ScopeNode *node)
{
  for (int i = 0; node->op->parameter[i].name != NULL; i++)
    if (strcmp (node->op->parameter[i].name, "align_corners") == 0)
      return node->value[i].kind == SCOPE_VALUE_BOOL && node->value[i].integer != 0;
  return false;
}

static void
tell_resample (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  scope_stage_write_shapes (making);
  if (stage->fails || stage->result < 0)
    {
      scope_stage_add_failure (making);
      return;
    }
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "Which axes change"));
  scope_stage_place (making, step, stage->result);
  frame_resized (making, step);
  step = scope_stage_add (making, translated (making->translate, "Where a value comes from"));
  memset (step->framed, 0, sizeof step->framed);
  scope_stage_show (making, step, stage->result);
  scope_stage_light (making, step);
  scope_text_append (
      &step->sentence,
      is_aligned (making->node)
          ? translated (making->translate,
                        "With align_corners the first and last values stand on each other: place i "
                        "of n looks at i · (m − 1) / (n − 1) of the m before.")
          : translated (making->translate, "Values are small areas: the middle of place i, "
                                           "(i + ½) · m / n − ½, says which of the m values before "
                                           "it lies between."));
  step = scope_stage_show_result (making, translated (making->translate, "Every value"));
  scope_stage_unlight (step);
  scope_stage_say_result (
      making, step,
      translated (making->translate,
                  "So it goes for every place. The result has shape %s; values between "
                  "others are invented."));
}

/* ---- everything else ------------------------------------------------------------------------ */

static void
tell_other (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  scope_stage_write_shapes (making);
  if (stage->fails || stage->result < 0)
    {
      scope_stage_add_failure (making);
      return;
    }
  ScopeStageStep *step = scope_stage_add (making, translated (making->translate, "The rule"));
  scope_stage_place (making, step, stage->result);
  scope_text_printf (&step->sentence, "%s: %s", making->node->op->name, making->node->op->about);
  step = scope_stage_show_result (making, translated (making->translate, "Compute"));
  scope_stage_say_result (making, step, translated (making->translate, "The result has shape %s."));
  scope_stage_light (making, step);
}

void
scope_stage_tell_rule (ScopeStageMaking *making)
{
  switch (making->stage->kind)
    {
    case SCOPE_STAGE_VALUE:
      tell_value (making);
      break;
    case SCOPE_STAGE_CONCAT:
      scope_stage_tell_concat (making);
      break;
    case SCOPE_STAGE_STACK:
      scope_stage_tell_stack (making);
      break;
    case SCOPE_STAGE_PRODUCT:
      tell_product (making);
      break;
    case SCOPE_STAGE_RESHAPE:
      tell_reshape (making);
      break;
    case SCOPE_STAGE_PERMUTE:
      tell_permute (making);
      break;
    case SCOPE_STAGE_SLICE:
      tell_slice (making);
      break;
    case SCOPE_STAGE_RESAMPLE:
      tell_resample (making);
      break;
    case SCOPE_STAGE_REDUCE:
      tell_reduce (making);
      break;
    case SCOPE_STAGE_BROADCAST:
    case SCOPE_STAGE_ASSIGN:
    case SCOPE_STAGE_OTHER:
      tell_other (making);
      break;
    }
}
