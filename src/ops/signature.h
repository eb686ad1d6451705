/* A call's arguments against the signatures that a framework writes its functions with, and the
 * words of its refusal; the grammar is described at ScopeSpelling.signature. */
#pragma once

#include "ops/bind.h"

/* True when some signature of call->spelling takes the arguments, or when it has none. Else fills
 * `failure` with rule ARGUMENT. A method's object is the first argument. */
bool scope_signature_check (const ScopeCall *call,
                            const ScopeArgument *argument,
                            int arguments,
                            ScopeFailure *failure);

/* The same for one signature and arguments as they are handed over: without a method's object,
 * which PyTorch finds before the first argument. */
bool scope_signature_holds (const ScopeCall *call,
                            const char *signature,
                            const ScopeArgument *argument,
                            int arguments,
                            ScopeFailure *failure);

/* A compiled function behind one of Python's: all its arguments are given by position. `order`
 * holds the parameters; what was not given is None, or its default as `initial` says. */
bool scope_signature_inner (const ScopeCall *call,
                            const char *signature,
                            const int *order,
                            int arguments,
                            ScopeFailure *failure);
