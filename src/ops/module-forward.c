/* What the layers' forwards share. */
#include "ops/module-forward.h"

#include "core/arena.h"
#include "ops/bind.h"
#include "ops/operand.h"

#include <string.h>

const ScopeValue *
scope_module_parameter (const ScopeCall *call, const char *name)
{
  static const ScopeValue absent = { .kind = SCOPE_VALUE_ABSENT };
  for (int i = 0; call->op->parameter[i].name != NULL; i++)
    if (strcmp (call->op->parameter[i].name, name) == 0)
      return &call->value[i];
  return &absent;
}

ScopeSpan
scope_module_span (const ScopeCall *call)
{
  return call->value[scope_op_parameters (call->op)].span;
}

/* A parameter's default: None, a truth, or a whole number; a stride's is the size of the window. */
static ScopeValue
initial_value (const ScopeCall *call, const char *name)
{
  const char *text = "None";
  int64_t number = 0;
  for (int i = 0; call->op->parameter[i].name != NULL; i++)
    if (strcmp (call->op->parameter[i].name, name) == 0 && call->op->parameter[i].initial != NULL)
      text = call->op->parameter[i].initial;
  if (strcmp (name, "stride") == 0 && strcmp (text, "None") == 0)
    return *scope_module_parameter (call, "kernel_size");
  if (strcmp (text, "None") == 0)
    return scope_compose_none (call);
  bool truth = strcmp (text, "True") == 0, negative = text[0] == '-';
  if (truth || strcmp (text, "False") == 0)
    return (ScopeValue){ .kind = SCOPE_VALUE_BOOL, .integer = truth, .span = call->span };
  for (text += negative; *text != '\0'; text++)
    number = 10 * number + (*text - '0');
  return scope_compose_int (call, negative ? -number : number);
}

/* A word of `pass` as an argument; its name lies in the arena. */
static bool
pass_word (const ScopeCall *call, const char *word, size_t length, ScopeArgument *argument)
{
  char *text = scope_arena_alloc (call->arena, length + 1);
  if (text == NULL)
    return scope_call_out_of_memory (call);
  memcpy (text, word, length);
  bool always = text[0] == '!' || text[0] == '@';
  char *equals = strchr (text, '='), *name = equals != NULL ? equals + 1 : text + always;
  const ScopeValue *value = scope_module_parameter (call, name);
  if (equals != NULL)
    *equals = '\0';
  *argument = (ScopeArgument){ .name = text[0] == '@' ? NULL : text + always, .value = *value };
  if (always && (!scope_value_given (value) || value->kind == SCOPE_VALUE_NONE))
    argument->value = initial_value (call, name);
  return true;
}

bool
scope_module_pass (const ScopeCall *call,
                   ScopeFailure *failure,
                   const char *function,
                   const char *pass,
                   ScopeValue *out)
{
  enum
  {
    MOST = 16
  };
  ScopeArgument *argument = scope_arena_alloc (call->arena, MOST * sizeof *argument);
  if (argument == NULL)
    return scope_call_out_of_memory (call);
  int arguments = 0;
  for (; arguments < call->op->module; arguments++)
    argument[arguments] = (ScopeArgument){ .value = call->value[arguments] };
  while (*pass != '\0')
    {
      size_t length = strcspn (pass, " ");
      if (!pass_word (call, pass, length, &argument[arguments]))
        return false;
      arguments += scope_value_given (&argument[arguments].value);
      pass += length + (pass[length] == ' ');
    }
  return scope_compose (call, failure, function, argument, arguments, out);
}
