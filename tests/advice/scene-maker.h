/* For tests of advice: tensors from texts, and a report on them. */
#pragma once

#include "advice/report.h"
#include "core/generator.h"

#include <glib.h>
#include <string.h>

static inline ScopeTensor *
make_tensor (const char *name, const char *text)
{
  ScopeError error = { 0 };
  ScopeTensorText parsed;
  if (!scope_tensor_text_parse (text, strlen (text), &parsed, &error))
    g_error ("%s: %s", text, error.sentence);
  ScopeStorage *storage = NULL;
  if (scope_shape_is_known (&parsed.shape))
    storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, &error);
  ScopeTensor *tensor = scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, &error);
  g_assert_nonnull (tensor);
  scope_storage_unref (storage);
  return tensor;
}

/* A report on `source` with tensors A and B (either may be NULL). */
static inline ScopeReport *
make_report (const char *source,
             const char *a,
             const char *b,
             ScopeDialect dialect,
             const ScopeRemedyOptions *advice)
{
  ScopeTensor *tensor[2];
  int tensors = 0;
  if (a != NULL)
    tensor[tensors++] = make_tensor ("A", a);
  if (b != NULL)
    tensor[tensors++] = make_tensor ("B", b);
  ScopeCheckOptions options = { .dialect = dialect };
  ScopeError error = { 0 };
  ScopeReport *report =
      scope_report_new (source, strlen (source), tensor, tensors, &options, advice, &error);
  if (report == NULL)
    g_error ("%s: %s", source, error.sentence);
  while (tensors > 0)
    scope_tensor_unref (tensor[--tensors]);
  return report;
}
