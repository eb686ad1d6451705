/* shapescope-cli eval: computes the result and writes it as .npy, block by block. */
#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "files/npy.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static _Atomic int stopped; /* set by Ctrl+C */

static void
stop (int number)
{
  atomic_store (&stopped, 1);
}

/* ---- progress ------------------------------------------------------------------------------- */

typedef struct
{
  gboolean shown; /* on a terminal */
  gint64 last;    /* when it was drawn, in microseconds */
} Progress;

enum
{
  FIRST_AFTER = 300000, /* microseconds of work before there is anything to see */
  BETWEEN = 100000,
};

static gboolean
progress_report (double share, gpointer data)
{
  Progress *progress = data;
  gint64 now = g_get_monotonic_time ();
  if (progress->shown && now - progress->last > BETWEEN)
    {
      fprintf (stderr, "\r%3d %%", (int)(share * 100));
      progress->last = now;
    }
  return !atomic_load (&stopped);
}

static void
progress_end (const Progress *progress)
{
  if (progress->shown)
    fprintf (stderr, "\r\033[K");
}

/* ---- the subcommand ------------------------------------------------------------------------- */

static gboolean
write_result (const ScopeArguments *arguments, const ScopeProgram *program, const char *path)
{
  Progress progress = { .shown = !arguments->quiet && isatty (STDERR_FILENO),
                        .last = g_get_monotonic_time () + FIRST_AFTER - BETWEEN };
  ScopeReading reading = { .executor = arguments->executor, .cancelled = &stopped };
  g_autoptr (GError) error = NULL;
  struct sigaction action = { .sa_handler = stop, .sa_flags = (int)SA_RESETHAND };
  sigaction (SIGINT, &action, NULL); /* a second Ctrl+C ends the program at once */
  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGHUP, &action, NULL);
  gboolean done = scope_npy_write (program, program->result, path, &reading, progress_report,
                                   &progress, &error);
  progress_end (&progress);
  if (!done)
    scope_cli_complain ("%s", error->message);
  return done;
}

static void
report (const ScopeArguments *arguments, const ScopeProgram *program, const char *path)
{
  const ScopeNode *node = program->node[program->result];
  if (arguments->json)
    {
      scope_json_put (json_pack ("{s:i, s:o, s:s, s:o, s:o}", "version", 1, "expression",
                                 scope_json_text (program->expression->source), "dialect",
                                 scope_dialect_name (program->dialect), "output",
                                 scope_json_text (path), "result", scope_json_result (program)));
      return;
    }
  if (arguments->quiet)
    return;
  ScopeText text = { 0 };
  g_autofree char *name = scope_cli_visible (path);
  scope_text_printf (&text, "%s: %s ", name, scope_dtype_name (node->dtype));
  scope_shape_print (&node->shape, SCOPE_SHAPE_LIST, &text);
  scope_text_append (&text, "\n");
  scope_cli_put (scope_text_string (&text));
  scope_text_clear (&text);
}

static int
evaluate (const ScopeArguments *arguments, const char *path)
{
  ScopeProgram *program = scope_arguments_check (arguments);
  if (program == NULL)
    return SCOPE_EXIT_TROUBLE;

  int status = scope_arguments_has_result (arguments, program);
  if (status == SCOPE_EXIT_DONE && !write_result (arguments, program, path))
    status = SCOPE_EXIT_TROUBLE;
  else if (status == SCOPE_EXIT_DONE)
    report (arguments, program, path);
  scope_program_unref (program);
  return status;
}

static int
evaluate_to_output (const ScopeArguments *arguments, gpointer data)
{
  char **path = data;
  if (*path != NULL)
    return evaluate (arguments, *path);
  scope_cli_complain ("eval: no output is named. Add -o OUT.npy.");
  return SCOPE_EXIT_TROUBLE;
}

int
scope_cli_eval (int argc, char **argv)
{
  g_autofree char *path = NULL;
  const GOptionEntry extra[] = { { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
                                   "The .npy file to write", "OUT.npy" },
                                 G_OPTION_ENTRY_NULL };
  const ScopeUsage usage = {
    .usage = "EXPR [NAME=TENSOR...] -o OUT.npy",
    .about = "Computes the result and writes it as .npy, piece by piece.",
    .extra = extra,
    .has_expression = TRUE,
  };
  return scope_arguments_run (&usage, argc, argv, evaluate_to_output, &path);
}
