/* One statement of several and what it leaves, as the strip shows it. */
#pragma once

#include "advice/steps.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_STEP_ITEM (scope_step_item_get_type ())
G_DECLARE_FINAL_TYPE (ScopeStepItem, scope_step_item, SCOPE, STEP_ITEM, GObject)

/* Copies what is shown of `step`, one of `total`. */
ScopeStepItem *scope_step_item_new (const ScopeStep *step, int total);
/* The same item for another step, so that what shows it can stay. */
void scope_step_item_update (ScopeStepItem *self, const ScopeStep *step, int total);

int scope_step_item_get_number (ScopeStepItem *self); /* from 1 */
int scope_step_item_get_total (ScopeStepItem *self);
ScopeStepState scope_step_item_get_state (ScopeStepItem *self);
/* Of a failing one: axes are at fault, not a name or an argument. */
gboolean scope_step_item_get_misfit (ScopeStepItem *self);
const char *scope_step_item_get_text (ScopeStepItem *self);
/* The shape, the sentence that says why it fails, or "". */
const char *scope_step_item_get_result (ScopeStepItem *self);
/* The characters of the expression it stands in. */
ScopeSpan scope_step_item_get_span (ScopeStepItem *self);

G_END_DECLS
