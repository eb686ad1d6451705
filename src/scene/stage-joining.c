/* The steps of concatenation and stacking. */
#include "scene/stage-making.h"

#include <string.h>

static const char *
translated (const char *(*translate) (const char *), const char *text)
{
  return translate != NULL ? translate (text) : text;
}

static int
joined_column (const ScopeAlignment *alignment)
{
  for (int column = 0; column < alignment->rank; column++)
    if (alignment->column[column] == SCOPE_MARK_JOINED)
      return column;
  return -1;
}

static void
say_sum (ScopeStageMaking *making, ScopeStageStep *step, int column)
{
  ScopeStage *stage = making->stage;
  for (int r = 0; r < scope_stage_operands (stage); r++)
    {
      scope_text_append (&step->formula, r > 0 ? " + " : "");
      scope_size_print (making->alignment->row[r].cell[column].size, &step->formula);
    }
  if (stage->result >= 0)
    {
      scope_text_append (&step->formula, making->alignment->hidden > 0 ? " + … = " : " = ");
      scope_size_print (making->alignment->result.cell[column].size, &step->formula);
    }
}

void
scope_stage_tell_concat (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  const ScopeAlignment *alignment = making->alignment;
  scope_stage_write_shapes (making);
  int joined = joined_column (alignment);
  if (joined < 0)
    {
      if (stage->fails)
        scope_stage_add_failure (making);
      else
        scope_stage_say_result (
            making, scope_stage_show_result (making, translated (making->translate, "Join")),
            translated (making->translate, "The result has shape %s."));
      return;
    }
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "Choose the axis"));
  step->framed[joined] = true;
  step->mark[joined] = SCOPE_MARK_JOINED;
  scope_text_printf (&step->sentence,
                     translated (making->translate,
                                 "Along axis %d (−%d) the tensors are put one behind another; it "
                                 "alone may differ."),
                     joined, alignment->rank - joined);
  step = scope_stage_add (making, translated (making->translate, "Compare the others"));
  for (int column = 0; column < alignment->rank; column++)
    step->mark[column] = alignment->column[column];
  scope_text_append (&step->sentence,
                     translated (making->translate, "Every other axis has to be equal in all of "
                                                    "them: nothing stretches here, not even a 1."));
  if (stage->fails)
    {
      scope_stage_add_failure (making);
      return;
    }
  if (stage->result >= 0)
    stage->tensor[stage->result].joined_axis = joined;
  step = scope_stage_add (making, translated (making->translate, "Add up the sizes"));
  scope_stage_place (making, step, stage->result);
  say_sum (making, step, joined);
  scope_stage_say_result (
      making, step,
      translated (making->translate,
                  "Along the joined axis the sizes add up: the result has shape %s."));
  step = scope_stage_show_result (making, translated (making->translate, "Put them together"));
  scope_text_append (&step->sentence, translated (making->translate, "Every value keeps its place "
                                                                     "in its part; no value is "
                                                                     "changed."));
}

/* The axis of the result that no operand has. */
static int
new_axis (const ScopeStageMaking *making)
{
  const ScopeNode *node = making->node;
  for (int i = 0; node->op->parameter[i].name != NULL; i++)
    if (strcmp (node->op->parameter[i].name, "dim") == 0 && scope_value_is_int (&node->value[i]))
      {
        int64_t axis = node->value[i].integer;
        return (int)(axis < 0 ? axis + node->shape.rank : axis);
      }
  return 0;
}

/* The operands' sizes stand around the column of the new axis. */
static void
make_way (const ScopeStage *stage, ScopeStageStep *step, int axis)
{
  for (int r = 0; r < stage->result; r++)
    for (int i = 0; i < stage->tensor[r].boxes; i++)
      step->place[r][i].column = (int8_t)(i < axis ? i : i + 1);
}

void
scope_stage_tell_stack (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  scope_stage_write_shapes (making);
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "Compare the shapes"));
  for (int column = 0; column < making->alignment->rank; column++)
    step->mark[column] = making->alignment->column[column];
  scope_text_append (
      &step->sentence,
      translated (making->translate,
                  "Stacking needs the very same shape: every axis has to be equal."));
  if (stage->fails)
    {
      scope_stage_add_failure (making);
      return;
    }
  int axis = new_axis (making);
  step = scope_stage_add (making, translated (making->translate, "Add an axis"));
  memset (step->mark, 0, sizeof step->mark);
  scope_stage_place (making, step, stage->result);
  make_way (stage, step, axis);
  stage->tensor[stage->result].joined_axis = axis;
  scope_text_printf (&step->sentence,
                     translated (making->translate,
                                 "The result gets a new axis %d, as long as there are tensors: "
                                 "%lld."),
                     axis, (long long)making->node->shape.size[axis]);
  step = scope_stage_show_result (making, translated (making->translate, "Put them together"));
  scope_stage_say_result (making, step,
                          translated (making->translate, "Each tensor is one place of the new "
                                                         "axis: the result has shape %s."));
}
