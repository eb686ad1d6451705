/* Reading the command line with GOption, and opening what it names. */
#include "cli/arguments.h"

#include "cli/cli.h"
#include "cli/json.h"
#include "files/tensor-file.h"

#include <stdio.h>
#include <string.h>

enum
{
  MAX_THREADS = 256,
  MARKED_WIDTH = 72 /* columns of a long text around its fault */
};

/* ---- pointing at a fault -------------------------------------------------------------------- */

void
scope_arguments_point (const char *text, gint64 begin, gint64 end)
{
  if (begin < 0 || !g_utf8_validate (text, -1, NULL) || begin > g_utf8_strlen (text, -1))
    return;

  /* The line of the fault, then as much of it as has room. */
  const char *fault = g_utf8_offset_to_pointer (text, begin);
  const char *line = fault;
  while (line > text && line[-1] != '\n')
    line--;
  const char *line_end = fault + strcspn (fault, "\n");
  gint64 column = g_utf8_pointer_to_offset (line, fault);
  if (column > MARKED_WIDTH)
    {
      line = g_utf8_offset_to_pointer (line, column - MARKED_WIDTH / 2);
      column = MARKED_WIDTH / 2;
    }
  g_autofree char *rest = g_strndup (line, (gsize)(line_end - line));
  g_autofree char *shown =
      g_utf8_substring (rest, 0, MIN (g_utf8_strlen (rest, -1), column + MARKED_WIDTH));
  g_autofree char *before = g_utf8_substring (rest, 0, column);
  g_autofree char *visible = scope_cli_visible (shown);
  g_autofree char *visible_before = scope_cli_visible (before);
  gint64 width = CLAMP (end - begin, 1, MAX (g_utf8_strlen (shown, -1) - column, 1));
  g_autofree char *marks = g_strnfill ((gsize)width, '^');
  fprintf (stderr, "  %s\n  %*s%s\n", visible, scope_cli_width (visible_before), "", marks);
}

void
scope_arguments_refuse_expression (const ScopeArguments *self, const ScopeError *error)
{
  if (self->json)
    scope_json_put (scope_json_error (error->begin, error->end, error->sentence, NULL));
  gboolean ended = g_str_has_suffix (error->sentence, ".");
  scope_cli_complain ("expression: %s%s%s", error->sentence, ended ? "" : ".",
                      error->begin < 0 ? "" : " Correct what is marked.");
  scope_arguments_point (self->expression, error->begin, error->end);
}

/* ---- what the expression comes to ----------------------------------------------------------- */

ScopeProgram *
scope_arguments_check (const ScopeArguments *self)
{
  ScopeError error = { .begin = -1, .end = -1 };
  ScopeCheckOptions options = { .dialect = self->dialect };
  ScopeProgram *program = scope_program_new (self->expression, strlen (self->expression),
                                             self->tensor, self->tensors, &options, &error);
  if (program == NULL)
    scope_arguments_refuse_expression (self, &error);
  return program;
}

int
scope_arguments_has_result (const ScopeArguments *self, const ScopeProgram *program)
{
  if (program->first_failure < 0 && program->result >= 0)
    return SCOPE_EXIT_DONE;
  if (program->first_failure < 0)
    {
      scope_cli_complain ("%s: it is not a tensor. Name an expression whose value is one.",
                          self->expression);
      return SCOPE_EXIT_TROUBLE;
    }
  const ScopeFailure *failure = program->node[program->first_failure]->failure;
  const ScopeText *sentence = failure->sentence.length > 0 ? &failure->sentence : &failure->message;
  scope_cli_complain ("%s: %s Write shapescope-cli check for what would fit.", self->expression,
                      scope_text_string (sentence));
  return SCOPE_EXIT_FAILS;
}

/* ---- tensors -------------------------------------------------------------------------------- */

/* The length of the name before `=`, 0 when the argument is not NAME=TENSOR. */
static gsize
name_length (const char *argument)
{
  gsize length = 0;
  for (const char *c = argument; *c != '\0'; c++, length++)
    {
      gboolean word = g_ascii_isalnum (*c) || *c == '_' || (guchar)*c >= 0x80;
      if (*c == '=')
        return length;
      if (!word || (length == 0 && g_ascii_isdigit (*c)))
        return 0;
    }
  return 0;
}

static gboolean
open_tensor (ScopeArguments *self, const char *argument)
{
  gsize length = name_length (argument);
  if (length == 0 || !g_utf8_validate (argument, (gssize)length, NULL))
    {
      scope_cli_complain ("%s: it is not NAME=TENSOR. Write a name, = and a shape or file, such as "
                          "A=1,1,256,256; put an expression with spaces in quotes.",
                          argument);
      return FALSE;
    }
  g_autofree char *name = g_strndup (argument, length);
  for (int i = 0; i < self->tensors; i++)
    if (strcmp (self->tensor[i]->name, name) == 0)
      {
        scope_cli_complain ("%s: %s is given twice. Leave one out.", argument, name);
        return FALSE;
      }

  g_autoptr (GError) error = NULL;
  ScopeError span = { .begin = -1, .end = -1 };
  ScopeTensor *tensor = scope_tensor_open (name, argument + length + 1, NULL, &span, &error);
  if (tensor != NULL)
    {
      self->tensor[self->tensors++] = tensor;
      return TRUE;
    }
  if (self->json)
    scope_json_put (scope_json_error (span.begin, span.end, error->message, name));
  scope_cli_complain ("%s", error->message);
  if (span.begin >= 0)
    scope_arguments_point (argument, span.begin + (gint64)g_utf8_strlen (name, -1) + 1,
                           span.end + (gint64)g_utf8_strlen (name, -1) + 1);
  return FALSE;
}

static gboolean
take_positional (ScopeArguments *self,
                 const ScopeUsage *usage,
                 const char *command,
                 char **positional)
{
  int count = positional == NULL ? 0 : (int)g_strv_length (positional);
  int leading = usage->has_expression ? usage->leading : count;
  self->rest = g_new0 (char *, (gsize)leading + 1);
  if (usage->has_expression && count < leading + 1)
    {
      scope_cli_complain ("%s: an argument is missing. Write shapescope-cli %s %s.", command,
                          command, usage->usage);
      return FALSE;
    }
  for (int i = 0; i < leading; i++)
    self->rest[i] = g_strdup (positional[i]);
  if (!usage->has_expression)
    return TRUE;

  self->expression = g_strdup (positional[leading]);
  self->tensor = g_new0 (ScopeTensor *, (gsize)count);
  for (int i = leading + 1; i < count; i++)
    if (!open_tensor (self, positional[i]))
      return FALSE;
  return TRUE;
}

/* ---- options -------------------------------------------------------------------------------- */

static gboolean
take_dialect (ScopeArguments *self, const char *command, const char *name)
{
  if (name == NULL || scope_dialect_parse (name, &self->dialect))
    return TRUE;
  scope_cli_complain ("%s: --dialect %s is not known. Write pytorch, numpy, tensorflow or jax.",
                      command, name);
  return FALSE;
}

static gboolean
take_threads (ScopeArguments *self, const char *command, int threads)
{
  if (threads < 0 || threads > MAX_THREADS)
    {
      scope_cli_complain (
          "%s: --threads %d is out of range. Write 1 to %d, or 0 for one a processor.", command,
          threads, MAX_THREADS);
      return FALSE;
    }
  if (threads != 1)
    self->executor = scope_thread_pool_new (threads); /* without one, work is done on this thread */
  return TRUE;
}

static gboolean
parse (ScopeArguments *self, const ScopeUsage *usage, int argc, char **argv)
{
  g_autofree char *dialect = NULL;
  g_auto (GStrv) positional = NULL;
  int threads = 0;
  const GOptionEntry common[] = {
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &dialect, "pytorch (default), numpy, tensorflow or jax",
      "D" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, "Write JSON to standard output", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet, "Write only errors", NULL },
    { "threads", 0, 0, G_OPTION_ARG_INT, &threads, "Threads to work with (0: one a processor)",
      "N" },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &self->help, "Show this help", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &positional, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autofree char *command = g_strdup (argv[0]);
  g_autofree char *program = g_strconcat ("shapescope-cli ", command, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (usage->usage);
  g_option_context_set_help_enabled (context, FALSE); /* GLib's own obeys the locale's characters */
  g_option_context_set_summary (context, usage->about);
  if (usage->extra != NULL)
    g_option_context_add_main_entries (context, usage->extra, NULL);
  g_option_context_add_main_entries (context, common, NULL);

  g_set_prgname (program); /* stands in the help */
  g_autoptr (GError) error = NULL;
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      scope_cli_complain ("%s: %s. Write shapescope-cli %s --help for what there is; an expression "
                          "that begins with - comes after --.",
                          command, error->message, command);
      return FALSE;
    }
  if (self->help)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
      scope_cli_put (help);
      return FALSE;
    }
  return take_dialect (self, command, dialect) && take_threads (self, command, threads)
         && take_positional (self, usage, command, positional);
}

int
scope_arguments_run (const ScopeUsage *usage,
                     int argc,
                     char **argv,
                     int (*work) (const ScopeArguments *arguments, gpointer data),
                     gpointer data)
{
  ScopeArguments self = { 0 };
  int status = SCOPE_EXIT_TROUBLE;
  if (parse (&self, usage, argc, argv))
    status = work (&self, data);
  else if (self.help)
    status = SCOPE_EXIT_DONE;

  for (int i = 0; i < self.tensors; i++)
    scope_tensor_unref (self.tensor[i]);
  g_free (self.tensor);
  g_free (self.expression);
  g_strfreev (self.rest);
  if (self.executor != NULL)
    scope_thread_pool_free (self.executor);
  return status;
}
