/* shapescope-cli check: does it fit, why not, what would make it fit. */
#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "cli/text-report.h"

#include <string.h>

static int
check (const ScopeArguments *arguments, gpointer data)
{
  ScopeError error = { .begin = -1, .end = -1 };
  ScopeCheckOptions options = { .dialect = arguments->dialect };
  ScopeReport *report =
      scope_report_new (arguments->expression, strlen (arguments->expression), arguments->tensor,
                        arguments->tensors, &options, NULL, &error);
  if (report == NULL)
    {
      scope_arguments_refuse_expression (arguments, &error);
      return SCOPE_EXIT_TROUBLE;
    }

  int status = report->program->first_failure < 0 ? SCOPE_EXIT_DONE : SCOPE_EXIT_FAILS;
  ScopePage page = { scope_cli_has_colors (), scope_cli_columns () };
  g_autofree char *text = scope_text_report (report, &page);
  if (arguments->json)
    scope_json_put (scope_json_report (report));
  else if (!arguments->quiet)
    scope_cli_put (text);
  scope_report_free (report);
  return status;
}

int
scope_cli_check (int argc, char **argv)
{
  static const ScopeUsage usage = {
    .usage = "EXPR [NAME=TENSOR...]",
    .about = "Says whether an expression over tensors fits, why not, and what would make it fit.",
    .has_expression = TRUE,
  };
  return scope_arguments_run (&usage, argc, argv, check, NULL);
}
