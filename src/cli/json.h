/* What scripts read: version 1 of the JSON, in which keys are added and none removed or renamed. */
#pragma once

#include "advice/report.h"

#include <glib.h>
#include <jansson.h>

/* Writes a value as one line to standard output and frees it. */
void scope_json_put (json_t *value);

/* A text that need not be valid UTF-8; NULL becomes null. */
json_t *scope_json_text (const char *text);
/* [1, 2]; an unknown size is "?" or its name. */
json_t *scope_json_shape (const ScopeShape *shape);
/* Characters begin…end, null when begin is negative. */
json_t *scope_json_span (gint64 begin, gint64 end);
/* { shape, dtype, elements, bytes } of what a program computes; null when there is none. */
json_t *scope_json_result (const ScopeProgram *program);

/* The whole of `check`. */
json_t *scope_json_report (const ScopeReport *report);
/* What cannot be read: an expression, or tensor `tensor` (NULL: the expression). */
json_t *scope_json_error (gint64 begin, gint64 end, const char *sentence, const char *tensor);
