/* Everything there is to say about a statement. */
#include "advice/report.h"

#include "core/checked.h"

#include <stdlib.h>
#include <string.h>

static const char *
translated (const ScopeCheckOptions *options, const char *text)
{
  return options->translate != NULL ? options->translate (text) : text;
}

/* The node to look at: the first failure, else the last operation, else the result. */
static int
find_focus (const ScopeProgram *program)
{
  if (program->first_failure >= 0)
    return program->first_failure;
  for (int i = program->nodes - 1; i >= 0; i--)
    if (program->node[i]->op != NULL)
      return i;
  return program->result;
}

static void
say_result (const ScopeProgram *program, const ScopeCheckOptions *options, ScopeText *out)
{
  if (program->result < 0)
    {
      scope_text_append (out, translated (options, "This is not a tensor."));
      return;
    }
  const ScopeNode *node = program->node[program->result];
  ScopeText shape = { 0 }, size = { 0 };
  int64_t count, bytes;
  scope_shape_print (&node->shape, SCOPE_SHAPE_LIST, &shape);
  if (!scope_shape_is_known (&node->shape))
    scope_text_printf (out,
                       translated (options, "It fits as far as sizes are known: the result is %s, "
                                            "%s."),
                       scope_text_string (&shape), scope_dtype_name (node->dtype));
  else if (scope_shape_count (&node->shape, &count, NULL)
           && scope_checked_mul (count, (int64_t)scope_dtype_bytes (node->dtype), &bytes))
    {
      scope_text_append_bytes_count (&size, bytes);
      scope_text_printf (out, translated (options, "It fits: the result is %s, %s, %s."),
                         scope_text_string (&shape), scope_dtype_name (node->dtype),
                         scope_text_string (&size));
    }
  else
    scope_text_printf (out, translated (options, "It fits: the result is %s, %s."),
                       scope_text_string (&shape), scope_dtype_name (node->dtype));
  scope_text_clear (&shape);
  scope_text_clear (&size);
}

static void
say_verdict (ScopeReport *report, const ScopeCheckOptions *options)
{
  const ScopeFailure *failure = report->failure;
  if (failure == NULL)
    say_result (report->program, options, &report->verdict);
  else if (failure->sentence.length > 0)
    scope_text_append (&report->verdict, scope_text_string (&failure->sentence));
  else
    scope_text_append (&report->verdict, scope_text_string (&failure->message));
}

ScopeReport *
scope_report_new (const char *source,
                  size_t length,
                  ScopeTensor *const *tensors,
                  int n_tensors,
                  const ScopeCheckOptions *options,
                  const ScopeRemedyOptions *advice,
                  ScopeError *error)
{
  static const ScopeRemedyOptions defaults = SCOPE_REMEDY_DEFAULTS;
  ScopeProgram *program = scope_program_new (source, length, tensors, n_tensors, options, error);
  if (program == NULL)
    return NULL;
  ScopeReport *report = calloc (1, sizeof *report);
  if (report == NULL)
    {
      scope_program_unref (program);
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for this report.");
      return NULL;
    }
  report->program = program;
  report->focus = find_focus (program);
  if (program->first_failure >= 0)
    report->failure = program->node[program->first_failure]->failure;
  say_verdict (report, options);
  if (report->focus >= 0)
    report->alignment = scope_alignment_new (program, report->focus, options->translate);
  report->hazards =
      scope_hazards_find (program, tensors, n_tensors, options->translate, report->hazard);
  bool found = scope_remedies_find (program, tensors, n_tensors,
                                    advice != NULL ? advice : &defaults, &report->remedies);
  if (found && (report->focus < 0 || report->alignment != NULL))
    return report;
  scope_report_free (report);
  scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for this report.");
  return NULL;
}

void
scope_report_free (ScopeReport *report)
{
  if (report == NULL)
    return;
  scope_text_clear (&report->verdict);
  scope_alignment_free (report->alignment);
  for (int i = 0; i < report->hazards; i++)
    scope_hazard_clear (&report->hazard[i]);
  scope_remedies_clear (&report->remedies);
  scope_program_unref (report->program);
  free (report);
}
