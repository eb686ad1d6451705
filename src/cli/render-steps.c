/* shapescope-cli render steps|blocks: an operation told in steps, as a figure or a handout. */
#include "cli/render.h"

#include "cli/cli.h"
#include "paint/composition.h"
#include "paint/handout.h"

static ScopeStage *
make_stage (const ScopeArguments *arguments)
{
  ScopeProgram *program = scope_arguments_check (arguments);
  if (program == NULL)
    return NULL;
  ScopeStage *stage = scope_stage_new (program, -1, arguments->tensor, arguments->tensors, NULL);
  if (stage == NULL)
    scope_cli_complain ("%s: it has no tensor to show. Name an expression of tensors.",
                        arguments->expression);
  scope_program_unref (program);
  return stage;
}

static gboolean
draw_figure (const ScopeRenderOptions *options, const ScopeTheme *theme, ScopeStepsFigure *figure)
{
  ScopeRenderPage page = { .paint = scope_steps_figure_paint, .figure = figure, .enlarges = TRUE };
  scope_steps_figure_measure (figure, &page.figure_width, &page.figure_height);
  return scope_render_write_page (options, theme, &page);
}

static gboolean
write_handout (const ScopeArguments *arguments,
               const ScopeRenderOptions *options,
               const ScopeTheme *theme,
               const ScopeStage *stage)
{
  const ScopeStage *const stages[] = { stage };
  ScopeHandout handout = { .theme = theme,
                           .title = "Shapescope",
                           .answers = !options->unanswered,
                           .stages = 1,
                           .stage = stages };
  g_autoptr (GError) error = NULL;
  if (scope_handout_write (&handout, options->output, &error))
    return TRUE;
  scope_cli_complain ("%s", error->message);
  return FALSE;
}

/* A handout is a PDF of all steps; one step, SVG and PNG are a single figure. */
static gboolean
is_handout (const ScopeRenderOptions *options)
{
  ScopeFigureFormat format;
  return options->step == 0 && scope_figure_format (options->output, &format, NULL)
         && format == SCOPE_FIGURE_PDF && options->width == 0;
}

static gboolean
take_step (const ScopeRenderOptions *options, const ScopeStage *stage)
{
  if (options->step >= 0 && options->step <= stage->steps)
    return TRUE;
  scope_cli_complain ("render: --step %d: there are %d steps. Write 1 to %d.", options->step,
                      stage->steps, stage->steps);
  return FALSE;
}

int
scope_render_steps (const ScopeArguments *arguments, const ScopeRenderOptions *options)
{
  ScopeTheme theme = scope_theme_default (options->dark);
  ScopeStage *stage = make_stage (arguments);
  gboolean done = FALSE;
  if (stage == NULL)
    return SCOPE_EXIT_TROUBLE;
  if (options->unanswered && !is_handout (options))
    scope_cli_complain ("render: --no-answers is for a handout. Write to OUT.pdf, without --step.");
  else if (take_step (options, stage) && is_handout (options))
    done = write_handout (arguments, options, &theme, stage);
  else if (take_step (options, stage))
    {
      ScopeStepsFigure figure = { .theme = &theme,
                                  .stage = stage,
                                  .title = arguments->expression,
                                  .step = options->step - 1,
                                  .line = 1 };
      done = draw_figure (options, &theme, &figure);
    }
  scope_stage_free (stage);
  return done ? SCOPE_EXIT_DONE : SCOPE_EXIT_TROUBLE;
}

int
scope_render_blocks (const ScopeArguments *arguments, const ScopeRenderOptions *options)
{
  ScopeTheme theme = scope_theme_default (options->dark);
  ScopeStage *stage = make_stage (arguments);
  if (stage == NULL)
    return SCOPE_EXIT_TROUBLE;
  stage->cells = false;
  ScopeStepsFigure figure = { .theme = &theme,
                              .stage = stage,
                              .title = arguments->expression,
                              .step = -1,
                              .bare = TRUE,
                              .line = 1 };
  gboolean done = draw_figure (options, &theme, &figure);
  scope_stage_free (stage);
  return done ? SCOPE_EXIT_DONE : SCOPE_EXIT_TROUBLE;
}
