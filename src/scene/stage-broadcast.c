/* The five steps of broadcasting and of assignment. */
#include "scene/stage-making.h"

#include "advice/alignment-text.h"

enum
{
  AXES_SAID = 4 /* in the sentence of a step */
};

static const char *
translated (const char *(*translate) (const char *), const char *text)
{
  return translate != NULL ? translate (text) : text;
}

static int
missing (const ScopeStage *stage, int r)
{
  int filled = 0;
  for (int i = 0; i < stage->tensor[r].boxes; i++)
    filled += stage->tensor[r].box[i].filled;
  return filled;
}

/* ---- the shapes as written ------------------------------------------------------------------ */

static void
write_shapes (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "Write the shapes"));
  for (int r = 0; r < scope_stage_operands (stage); r++)
    {
      int filled = missing (stage, r);
      scope_stage_place (making, step, r);
      scope_stage_show (making, step, r);
      for (int i = 0; i < stage->tensor[r].boxes; i++)
        {
          step->place[r][i].shown = !stage->tensor[r].box[i].filled;
          if (step->place[r][i].shown)
            step->place[r][i].column = (int8_t)(step->place[r][i].column - filled);
        }
    }
  scope_stage_say_shapes (making, &step->sentence);
}

static void
align (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "Align from the right"));
  bool moves = false;
  for (int r = 0; r < scope_stage_operands (stage); r++)
    {
      moves |= missing (stage, r) > 0;
      for (int i = 0; i < stage->tensor[r].boxes; i++)
        step->place[r][i].column = (int8_t)(stage->tensor[r].box[i].from_end + stage->columns);
    }
  step->numbered = true;
  scope_text_append (
      &step->sentence,
      moves ? translated (making->translate, "Push the shapes to the right, so that the last axes, "
                                             "−1, stand below each other.")
            : translated (making->translate,
                          "The last axes, −1, already stand below each other: count from there."));
}

/* ---- ones ----------------------------------------------------------------------------------- */

static void
say_filling (ScopeStageMaking *making, int r, ScopeText *out)
{
  ScopeStage *stage = making->stage;
  ScopeText shape = { 0 };
  ScopeShape filled = { .rank = stage->tensor[r].boxes };
  for (int i = 0; i < filled.rank; i++)
    filled.size[i] = stage->tensor[r].box[i].size;
  scope_shape_print (&filled, SCOPE_SHAPE_TUPLE, &shape);
  scope_text_append (out, out->length > 0 ? " " : "");
  scope_text_printf (out,
                     translated (making->translate, "%s lacks axes in front, which count as 1: "
                                                    "it is taken as %s."),
                     scope_stage_name (making, r), scope_text_string (&shape));
  scope_text_clear (&shape);
}

static void
fill_ones (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  ScopeStageStep *step = scope_stage_add (making, translated (making->translate, "Fill with ones"));
  for (int r = 0; r < scope_stage_operands (stage); r++)
    {
      for (int i = 0; i < stage->tensor[r].boxes; i++)
        step->place[r][i].shown = true;
      if (missing (stage, r) > 0)
        say_filling (making, r, &step->sentence);
    }
  if (step->sentence.length == 0)
    scope_text_append (
        &step->sentence,
        translated (making->translate, "No axis is missing, so there is nothing to fill in."));
}

/* ---- judging -------------------------------------------------------------------------------- */

static void
judge (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  const ScopeAlignment *alignment = making->alignment;
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "Judge each axis"));
  int said = 0;
  for (int column = stage->columns - 1; column >= 0; column--)
    {
      step->mark[column] = alignment->column[column];
      bool fails = alignment->column[column] == SCOPE_MARK_FAILS;
      if (said >= AXES_SAID && !fails)
        continue;
      scope_text_append (&step->sentence, said++ == 0 ? "" : " ");
      /* Translators: an axis counted from the end, then what happens to it */
      scope_text_printf (&step->sentence, translated (making->translate, "Axis −%d: "),
                         stage->columns - column);
      scope_alignment_explain (alignment, column, making->translate, &step->sentence);
      scope_text_append (&step->sentence, ".");
    }
  if (said == 0)
    scope_text_append (&step->sentence,
                       translated (making->translate, "Two scalars have no axis to judge."));
  else if (said < stage->columns)
    scope_text_append (&step->sentence, " …");
  if (stage->result >= 0)
    scope_stage_place (making, step, stage->result);
}

static void
compute (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  ScopeStageStep *step =
      scope_stage_add (making, translated (making->translate, "Stretch and compute"));
  bool stretches = false;
  for (int r = 0; r < scope_stage_operands (stage); r++)
    {
      step->grown[r] = true;
      stretches |= !scope_shape_equal (&stage->tensor[r].shape, &stage->tensor[r].grown);
    }
  if (stage->result >= 0)
    scope_stage_show (making, step, stage->result);
  ScopeText shape = { 0 };
  if (stage->result >= 0)
    scope_shape_print (&stage->tensor[stage->result].shape, SCOPE_SHAPE_TUPLE, &shape);
  const char *words =
      stage->kind == SCOPE_STAGE_ASSIGN
          ? stretches ? translated (making->translate,
                                    "The source is repeated along its ones, without copying, and "
                                    "its values go into the target, which keeps its shape.")
                      : translated (making->translate,
                                    "Every value of the source goes into its place of the target.")
      : stretches
          ? translated (making->translate, "Every 1 is repeated without copying (its stride "
                                           "becomes 0), and value meets value: the result "
                                           "has shape %s.")
          : translated (making->translate, "Value meets value: the result has shape %s.");
  scope_text_printf (&step->sentence, words, scope_text_string (&shape));
  scope_text_clear (&shape);
  if (stage->kind == SCOPE_STAGE_BROADCAST)
    scope_stage_light (making, step);
}

void
scope_stage_tell_broadcast (ScopeStageMaking *making)
{
  write_shapes (making);
  align (making);
  fill_ones (making);
  judge (making);
  if (making->stage->fails)
    scope_stage_add_failure (making);
  else
    compute (making);
}
