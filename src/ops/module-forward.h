/* What the layers' forwards share. */
#pragma once

#include "ops/compose.h"

/* Calls `function` with the layer's inputs and with the parameters that `pass` names, separated by
 * spaces, as keywords: `name`, or `keyword=name`. What was not given is left out, but for
 * `!name`, of which the layer has another default than the function, and `@name`, which is handed
 * on by position. */
bool scope_module_pass (const ScopeCall *call,
                        ScopeFailure *failure,
                        const char *function,
                        const char *pass,
                        ScopeValue *out);
/* The value of the parameter called so. */
const ScopeValue *scope_module_parameter (const ScopeCall *call, const char *name);
/* Where the layer is written: what its weights are shown as. */
ScopeSpan scope_module_span (const ScopeCall *call);
