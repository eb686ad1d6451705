/* The steps of an expression in lines: the statement and the shape after it. */
#include "cli/text-report.h"

#include "advice/steps.h"
#include "cli/cli.h"

enum
{
  MAX_STATEMENT_WIDTH = 60, /* beyond it the shape stands on a line of its own */
};

static char *
visible (const ScopeText *text)
{
  return scope_cli_visible (scope_text_string (text));
}

/* The widest statement that has its shape beside it. */
static int
measure (const ScopeSteps *steps)
{
  int widest = 0;
  for (int i = 0; i < steps->count; i++)
    {
      g_autofree char *text = visible (&steps->step[i].text);
      int width = scope_cli_width (text);
      if (width <= MAX_STATEMENT_WIDTH)
        widest = MAX (widest, width);
    }
  return widest;
}

/* The shape, or a word: the sentence of a failure is the verdict's affair. */
static char *
outcome (const ScopeStep *step)
{
  if (step->state == SCOPE_STEP_FAILS)
    return g_strdup (step->misfit ? "does not fit" : "fails");
  if (step->state == SCOPE_STEP_SKIPPED)
    return g_strdup ("skipped");
  return visible (&step->result);
}

static const char *
ink (ScopeStepState state, const ScopePage *page)
{
  if (!page->colors)
    return "";
  return state == SCOPE_STEP_FAILS ? "\033[1;31m" : state == SCOPE_STEP_SKIPPED ? "\033[2m" : "";
}

static void
put_step (const ScopeStep *step, int digits, int widest, const ScopePage *page, GString *out)
{
  g_autofree char *text = visible (&step->text);
  g_autofree char *result = outcome (step);
  const char *escape = ink (step->state, page), *end = escape[0] != '\0' ? "\033[0m" : "";
  gboolean fails = step->state == SCOPE_STEP_FAILS;
  int gap = widest - scope_cli_width (text) + 2;
  g_string_append_printf (out, "%s%s%s %*d  %s", fails ? escape : "", fails ? "✗" : " ",
                          fails ? end : "", digits, step->number, text);
  if (gap < 2)
    g_string_append_printf (out, "\n%*s", 2 + digits + 4, "");
  else
    g_string_append_printf (out, "%*s", gap, "");
  g_string_append_printf (out, "%s%s%s\n", escape, result, end);
}

void
scope_text_steps (const ScopeProgram *program, const ScopePage *page, GString *out)
{
  ScopeSteps steps;
  if (!scope_steps_list (program, &steps))
    return;
  int widest = measure (&steps), digits = 1;
  if (steps.count > 0)
    for (int n = steps.step[steps.count - 1].number; n > 9; n /= 10)
      digits++;
  for (int i = 0; i < steps.count; i++)
    put_step (&steps.step[i], digits, widest, page, out);
  if (steps.hidden > 0)
    g_string_append_printf (out, "  and %d more\n", steps.hidden);
  scope_steps_clear (&steps);
}
