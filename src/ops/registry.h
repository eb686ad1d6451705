/* The table of operations and the look-up of their spellings. */
#pragma once

#include "ops/op.h"

/* Operation number i, NULL after the last. */
const ScopeOp *scope_registry_op (int i);
const ScopeOp *scope_registry_by_name (const char *name);

/* Finds a spelling: a dotted path (`torch.nn.functional.interpolate`, `F.interpolate`, `cat`), a
 * method (`.reshape`) or an operator (`+`). `preferred` decides between dialects that share a
 * method or a bare name. *dialect is what the prefix says, or `preferred`. False when unknown. */
bool scope_registry_find (const char *name,
                          ScopeDialect preferred,
                          const ScopeOp **op,
                          const ScopeSpelling **spelling,
                          ScopeDialect *dialect);
/* Whether a name is the root of a module path: torch, F, nn, np, numpy, tf, jnp, jax, einops. */
bool scope_registry_is_module (const char *name);
