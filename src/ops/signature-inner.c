/* Compiled functions behind Python's. */
#include "ops/signature.h"

#include <string.h>

bool
scope_signature_inner (const ScopeCall *call,
                       const char *signature,
                       const int *order,
                       int arguments,
                       ScopeFailure *failure)
{
  ScopeArgument argument[SCOPE_MAX_PARAMETERS];
  ScopeSpelling spelling = { .name = call->spelling->name,
                             .dialect = SCOPE_PYTORCH,
                             .signature = signature };
  ScopeCall inner = *call;
  inner.spelling = &spelling;
  inner.argument = argument;
  inner.arguments = arguments;
  for (int i = 0; i < arguments; i++)
    {
      ScopeValue value = call->value[order[i]];
      if (!scope_value_given (&value))
        {
          const char *initial = call->op->parameter[order[i]].initial;
          bool truth =
              initial != NULL && (strcmp (initial, "True") == 0 || strcmp (initial, "False") == 0);
          bool none = initial == NULL || strcmp (initial, "None") == 0;
          value.kind = none ? SCOPE_VALUE_NONE : truth ? SCOPE_VALUE_BOOL : SCOPE_VALUE_FLOAT;
        }
      argument[i] = (ScopeArgument){ .value = value };
    }
  return scope_signature_check (&inner, argument, arguments, failure);
}
