/* Checking one expression against tensors given as text: shared by the tests of operations. */
#pragma once

#include "core/generator.h"
#include "core/tensor.h"
#include "ops/program.h"

#include <glib.h>
#include <string.h>

enum
{
  CHECK_TENSORS = 4
};

/* `A=2,3 B=int64[4]`: each tensor's text as in scope_tensor_text_parse. */
static inline int
check_make_tensors (const char *text, ScopeTensor **tensor)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  int count = 0;
  for (char **word = words; *word != NULL; word++)
    {
      char *equals = strchr (*word, '=');
      g_assert_nonnull (equals);
      g_assert_cmpint (count, <, CHECK_TENSORS);
      *equals = '\0';
      ScopeTensorText parsed;
      ScopeError error = { 0 };
      if (!scope_tensor_text_parse (equals + 1, strlen (equals + 1), &parsed, &error))
        g_error ("%s: %s", *word, error.sentence);
      ScopeStorage *storage = NULL;
      if (scope_shape_is_known (&parsed.shape))
        storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, &error);
      tensor[count] = scope_tensor_new (*word, parsed.dtype, &parsed.shape, NULL, storage, &error);
      g_assert_nonnull (tensor[count]);
      scope_storage_unref (storage);
      count++;
    }
  return count;
}

static inline ScopeProgram *
check_program (ScopeDialect dialect, const char *expression, const char *tensors)
{
  ScopeTensor *tensor[CHECK_TENSORS];
  int count = check_make_tensors (tensors, tensor);
  ScopeCheckOptions options = { .dialect = dialect };
  ScopeError error = { 0 };
  ScopeProgram *program =
      scope_program_new (expression, strlen (expression), tensor, count, &options, &error);
  if (program == NULL)
    g_error ("%s: %s", expression, error.sentence);
  for (int i = 0; i < count; i++)
    scope_tensor_unref (tensor[i]);
  return program;
}

/* Why the first failing node fails; NULL when all fits. */
static inline const ScopeFailure *
check_failure (const ScopeProgram *program)
{
  return program->first_failure < 0 ? NULL : program->node[program->first_failure]->failure;
}

/* The result's shape as NumPy writes it, or `-` when there is none. */
static inline char *
check_result (const ScopeProgram *program)
{
  if (program->first_failure >= 0 || program->result < 0)
    return g_strdup ("-");
  ScopeText text = { 0 };
  scope_shape_print (&program->node[program->result]->shape, SCOPE_SHAPE_TIGHT_LIST, &text);
  char *copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

/* The failing axes as `2:-2:256/1280`, one after the other. */
static inline char *
check_axes (const ScopeFailure *failure)
{
  ScopeText text = { 0 };
  for (int i = 0; i < failure->axes; i++)
    {
      const ScopeFailingAxis *axis = &failure->axis[i];
      scope_text_printf (&text, "%s%d:%d:", i > 0 ? " " : "", axis->axis, axis->from_end);
      scope_size_print (axis->size[0], &text);
      scope_text_append (&text, "/");
      scope_size_print (axis->size[1], &text);
    }
  char *copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}
