/* What one window works on: the code of what fails and of what fits, in one framework. */
#include "model/session-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static ScopeProgram *
check_as (ScopeSession *self, const char *source, ScopeDialect dialect)
{
  const ScopeScene *scene = scope_session_get_scene (self);
  ScopeCheckOptions options = { .dialect = dialect, .translate = scope_session_translate };
  g_autofree ScopeTensor **tensors = g_new0 (ScopeTensor *, (gsize)scene->tensors + 1);

  for (int i = 0; i < scene->tensors; i++)
    tensors[i] = scene->tensor[i].tensor;
  return scope_program_new (source, strlen (source), tensors, scene->tensors, &options, NULL);
}

/* Adds a text as a comment, line by line. */
static void
append_comment (GString *out, const char *prefix, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, "\n# %s%s", i == 0 ? prefix : "", lines[i]);
}

/* The text as it stands and what the framework says to it. */
static char *
write_failing (const ScopeProgram *program, const char *source)
{
  const ScopeFailure *failure = program->node[program->first_failure]->failure;
  g_autofree char *prefix =
      failure->exception[0] != '\0' ? g_strconcat (failure->exception, ": ", NULL) : g_strdup ("");
  const char *message = scope_text_string (&failure->message);
  GString *out = g_string_new (source);

  append_comment (out, prefix,
                  message[0] != '\0' ? message : scope_text_string (&failure->sentence));
  return g_string_free (out, FALSE);
}

static char *
write_fitting (ScopeSession *self, const ScopeProgram *program)
{
  ScopeText text = { 0 };
  char *copy;

  if (program != NULL && program->first_failure < 0)
    scope_code_write (program, self->code_dialect, &text);
  else if (self->remedy >= 0)
    scope_text_append (
        &text,
        scope_text_string (&self->report->remedies.remedy[self->remedy].code[self->code_dialect]));
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return g_strchomp (copy);
}

static void
take_code (ScopeSession *self, char **field, char *value, int property)
{
  if (g_strcmp0 (*field, value) == 0)
    {
      g_free (value);
      return;
    }
  g_free (*field);
  *field = value;
  scope_session_notify (self, property);
}

void
scope_session_update_code (ScopeSession *self)
{
  const char *source = scope_session_get_scene (self)->expression;
  ScopeProgram *program = check_as (self, source, self->code_dialect);
  gboolean fails = program != NULL && program->first_failure >= 0;

  take_code (self, &self->failing_code, fails ? write_failing (program, source) : g_strdup (""),
             PROP_FAILING_CODE);
  take_code (self, &self->fitting_code, write_fitting (self, program), PROP_FITTING_CODE);
  scope_program_unref (program);
}
