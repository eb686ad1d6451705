/* Layers as objects: nn.Linear (4, 10), and what calling one does. */
#pragma once

#include "ops/builder.h"

/* A layer made by `spelling` of `op` (op->module > 0): a MODULE value that holds the arguments, or
 * FAILED when Python's constructor refuses them. `argument` has a free place in front. */
ScopeValue scope_module_make (ScopeBuilder *builder,
                              const ScopeOp *op,
                              const ScopeSpelling *spelling,
                              ScopeSpan span,
                              ScopeArgument *argument,
                              int arguments);

/* The call of a layer; of a Sequential the calls of its layers. `argument` has a free place in
 * front. */
ScopeValue scope_module_call (ScopeBuilder *builder,
                              const ScopeValue *module,
                              ScopeSpan span,
                              ScopeArgument *argument,
                              int arguments);

/* Methods that give the layer itself: .eval (), .to (device). True when it is one. */
bool scope_module_method (const ScopeValue *module, const char *name, ScopeValue *out);
