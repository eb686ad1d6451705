/* Parts of steps that several rules share. */
#include "scene/stage-making.h"

#include <string.h>

static const char *
translated (const char *(*translate) (const char *), const char *text)
{
  return translate != NULL ? translate (text) : text;
}

int
scope_stage_operands (const ScopeStage *stage)
{
  return stage->tensors - (stage->result >= 0 ? 1 : 0);
}

ScopeStageStep *
scope_stage_add (ScopeStageMaking *making, const char *title)
{
  ScopeStage *stage = making->stage;
  int number = stage->steps < SCOPE_STAGE_STEPS ? stage->steps++ : SCOPE_STAGE_STEPS - 1;
  ScopeStageStep *step = &stage->step[number];
  if (number > 0)
    {
      *step = stage->step[number - 1];
      step->title = step->sentence = step->formula = (ScopeText){ 0 };
    }
  scope_text_append (&step->title, title);
  return step;
}

void
scope_stage_place (ScopeStageMaking *making, ScopeStageStep *step, int r)
{
  const ScopeStage *stage = making->stage;
  const ScopeStageTensor *tensor = &stage->tensor[r];
  step->named[r] = true;
  for (int i = 0; i < tensor->boxes; i++)
    step->place[r][i] = (ScopeStagePlace){
      .shown = true, .row = (int8_t)r, .column = (int8_t)(tensor->box[i].from_end + stage->columns)
    };
}

void
scope_stage_show (ScopeStageMaking *making, ScopeStageStep *step, int r)
{
  step->shown[r] = true;
}

const char *
scope_stage_name (const ScopeStageMaking *making, int r)
{
  return scope_text_string (&making->stage->tensor[r].name);
}

void
scope_stage_say_shapes (ScopeStageMaking *making, ScopeText *out)
{
  const ScopeStage *stage = making->stage;
  for (int r = 0; r < scope_stage_operands (stage); r++)
    {
      ScopeText shape = { 0 };
      scope_shape_print (&stage->tensor[r].shape, SCOPE_SHAPE_TUPLE, &shape);
      scope_text_append (out, r == 0 ? "" : ", ");
      scope_text_printf (out, translated (making->translate, "%s has shape %s"),
                         scope_stage_name (making, r), scope_text_string (&shape));
      scope_text_clear (&shape);
    }
  scope_text_append (out, ".");
}

ScopeStageStep *
scope_stage_write_shapes (ScopeStageMaking *making)
{
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "Write the shapes"));
  for (int r = 0; r < scope_stage_operands (making->stage); r++)
    {
      scope_stage_place (making, step, r);
      scope_stage_show (making, step, r);
    }
  scope_stage_say_shapes (making, &step->sentence);
  step->numbered = true;
  return step;
}

ScopeStageStep *
scope_stage_show_result (ScopeStageMaking *making, const char *title)
{
  ScopeStageStep *step = scope_stage_add (making, title);
  int result = making->stage->result;
  memset (step->framed, 0, sizeof step->framed);
  if (result >= 0)
    {
      scope_stage_place (making, step, result);
      scope_stage_show (making, step, result);
    }
  return step;
}

static void
print_result (const ScopeStageMaking *making, ScopeText *out)
{
  if (making->stage->result >= 0)
    scope_shape_print (&making->stage->tensor[making->stage->result].shape, SCOPE_SHAPE_TUPLE, out);
}

void
scope_stage_say_result (ScopeStageMaking *making, ScopeStageStep *step, const char *format)
{
  ScopeText shape = { 0 };
  print_result (making, &shape);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  scope_text_printf (&step->sentence, format, scope_text_string (&shape));
#pragma GCC diagnostic pop
  scope_text_clear (&shape);
}

void
scope_stage_add_failure (ScopeStageMaking *making)
{
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "It does not fit"));
  const ScopeFailure *failure = making->node->failure;
  bool worded = failure->sentence.length > 0;
  step->fails = true;
  scope_text_append (&step->sentence,
                     scope_text_string (worded ? &failure->sentence : &failure->message));
}
