/* Layers as objects, made and called. */
#include "ops/module.h"

#include "core/arena.h"
#include "ops/argument.h"
#include "ops/signature.h"

#include <stdlib.h>
#include <string.h>

/* ---- failing -------------------------------------------------------------------------------- */

/* Makes a failing node of what a check has written. */
static ScopeValue
fail_with (ScopeBuilder *builder, ScopeSpan span, ScopeFailure *written)
{
  ScopeValue failed;
  ScopeFailure *failure = scope_builder_fail (builder, span, written->rule, &failed);
  failure->span = written->span;
  failure->exception = written->exception;
  scope_text_append (&failure->sentence, scope_text_string (&written->sentence));
  scope_text_append (&failure->message, scope_text_string (&written->message));
  scope_failure_free (written);
  return failed;
}

static ScopeFailure *
new_failure (ScopeBuilder *builder, ScopeSpan span)
{
  ScopeFailure *failure = calloc (1, sizeof *failure);
  if (failure == NULL)
    {
      builder->program->out_of_memory = true;
      return NULL;
    }
  failure->span = span;
  failure->exception = "";
  failure->translate = builder->options->translate;
  return failure;
}

static bool
any_failed (const ScopeArgument *argument, int arguments)
{
  for (int i = 0; i < arguments; i++)
    if (argument[i].value.kind == SCOPE_VALUE_FAILED)
      return true;
  return false;
}

/* ---- making --------------------------------------------------------------------------------- */

static ScopeValue
make_sequential (ScopeBuilder *builder,
                 const ScopeSpelling *spelling,
                 ScopeSpan span,
                 const ScopeArgument *argument,
                 int arguments)
{
  ScopeValue *item =
      scope_arena_alloc (builder->program->arena, (size_t)(arguments + 1) * sizeof *item);
  if (item == NULL)
    {
      builder->program->out_of_memory = true;
      return scope_value_failed (span);
    }
  for (int i = 0; i < arguments; i++)
    {
      item[i] = argument[i].value;
      if (item[i].kind == SCOPE_VALUE_MODULE)
        continue;
      ScopeValue failed;
      ScopeFailure *failure =
          scope_builder_fail (builder, item[i].span, SCOPE_RULE_ARGUMENT, &failed);
      ScopeCall call = { .program = builder->program, .dialect = SCOPE_PYTORCH };
      scope_failure_both (
          failure, "TypeError", "%s is not a Module subclass",
          item[i].kind == SCOPE_VALUE_NAME ? "function" : scope_value_type_name (&call, &item[i]));
      return failed;
    }
  return (ScopeValue){ .kind = SCOPE_VALUE_MODULE,
                       .text = spelling->name,
                       .item = item,
                       .items = arguments,
                       .span = span };
}

ScopeValue
scope_module_make (ScopeBuilder *builder,
                   const ScopeOp *op,
                   const ScopeSpelling *spelling,
                   ScopeSpan span,
                   ScopeArgument *argument,
                   int arguments)
{
  if (any_failed (argument + 1, arguments))
    return scope_value_failed (span);
  if (op->infer == NULL)
    return make_sequential (builder, spelling, span, argument + 1, arguments);
  int parameters = scope_op_parameters (op);
  ScopeValue *bound =
      scope_arena_alloc (builder->program->arena, (size_t)(parameters + 1) * sizeof *bound);
  ScopeFailure *failure = new_failure (builder, span);
  if (bound == NULL || failure == NULL)
    {
      scope_failure_free (failure);
      builder->program->out_of_memory = true;
      return scope_value_failed (span);
    }
  /* Python counts the object itself among the arguments. */
  argument[0] = (ScopeArgument){ .value = { .kind = SCOPE_VALUE_NONE, .span = span } };
  ScopeSpelling plain = *spelling;
  plain.signature = NULL;
  ScopeCall call = { .program = builder->program,
                     .arena = builder->program->arena,
                     .op = op,
                     .spelling = &plain,
                     .dialect = SCOPE_PYTORCH,
                     .span = span };
  for (int i = 0; i <= parameters; i++)
    bound[i] = (ScopeValue){ .kind = SCOPE_VALUE_ABSENT, .span = span };
  bool anything = spelling->signature[0] == '\n'; /* nn.Identity takes whatever there is */
  if (!anything
      && (!scope_signature_holds (&call, spelling->signature, argument, arguments + 1, failure)
          || !scope_bind (&call, argument + 1, arguments, bound, failure)))
    return fail_with (builder, span, failure);
  call.value = bound;
  call.spelling = spelling;
  if (op->construct != NULL && !op->construct (&call, failure))
    return fail_with (builder, span, failure);
  scope_failure_free (failure);
  return (ScopeValue){ .kind = SCOPE_VALUE_MODULE,
                       .text = spelling->name,
                       .item = bound,
                       .items = parameters,
                       .span = span };
}

/* ---- calling -------------------------------------------------------------------------------- */

/* The second line of a layer's signature is that of its forward. */
static bool
check_forward (ScopeBuilder *builder,
               const ScopeOp *op,
               const ScopeSpelling *spelling,
               ScopeSpan span,
               const ScopeArgument *argument,
               int arguments,
               ScopeFailure *failure)
{
  const char *forward = strchr (spelling->signature, '\n');
  ScopeCall call = { .program = builder->program,
                     .op = op,
                     .spelling = spelling,
                     .dialect = SCOPE_PYTORCH,
                     .span = span };
  return forward == NULL
         || scope_signature_holds (&call, forward + 1, argument, arguments, failure);
}

/* Puts the arguments of a call in the places of the layer's inputs. */
static void
place_inputs (const ScopeOp *op, const ScopeArgument *argument, int arguments, ScopeValue *bound)
{
  for (int i = 0; i < arguments; i++)
    for (int p = 0; p < op->module; p++)
      if (argument[i].name == NULL ? p == i : strcmp (argument[i].name, op->parameter[p].name) == 0)
        bound[p] = argument[i].value;
}

static ScopeValue
call_layer (ScopeBuilder *builder,
            const ScopeValue *module,
            ScopeSpan span,
            ScopeArgument *argument,
            int arguments)
{
  const ScopeOp *op;
  const ScopeSpelling *spelling;
  ScopeDialect dialect;
  ScopeProgram *program = builder->program;
  if (!scope_builder_find (builder, module->text, false, SCOPE_PYTORCH, &op, &spelling, &dialect))
    return scope_value_failed (span);
  ScopeValue *bound =
      scope_arena_alloc (program->arena, (size_t)(module->items + 1) * sizeof *bound);
  ScopeFailure *failure = new_failure (builder, span);
  if (bound == NULL || failure == NULL)
    {
      scope_failure_free (failure);
      program->out_of_memory = true;
      return scope_value_failed (span);
    }
  argument[0] = (ScopeArgument){ .value = *module };
  if (!check_forward (builder, op, spelling, span, argument, arguments + 1, failure))
    return fail_with (builder, span, failure);
  scope_failure_free (failure);
  if (arguments > op->module)
    {
      ScopeValue failed;
      ScopeFailure *unknown =
          scope_builder_fail (builder, argument[arguments].value.span, SCOPE_RULE_UNKNOWN, &failed);
      scope_failure_explain (unknown, "Shapescope does not know this argument of a layer yet.");
      return failed;
    }
  memcpy (bound, module->item, (size_t)module->items * sizeof *bound);
  bound[module->items] = *module;
  place_inputs (op, argument + 1, arguments, bound);
  for (int p = 0; p < module->items; p++)
    if (module->integer != 0 && strcmp (op->parameter[p].name, "training") == 0)
      bound[p] = scope_value_truth (false, span);
  return scope_builder_call_bound (builder, op, spelling, dialect, span, bound);
}

/* Nested ones are as deep as brackets may be. */
static ScopeValue
call_sequential (ScopeBuilder *builder, const ScopeValue *module, ScopeValue value)
{
  for (int i = 0; i < module->items && value.kind != SCOPE_VALUE_FAILED; i++)
    {
      ScopeValue layer = module->item[i];
      layer.integer |= module->integer;
      ScopeArgument argument[2] = { [1] = { .value = value } };
      value = strcmp (layer.text, "nn.Sequential") == 0
                  ? call_sequential (builder, &layer, value)
                  : call_layer (builder, &layer, layer.span, argument, 1);
    }
  return value;
}

ScopeValue
scope_module_call (ScopeBuilder *builder,
                   const ScopeValue *module,
                   ScopeSpan span,
                   ScopeArgument *argument,
                   int arguments)
{
  if (any_failed (argument + 1, arguments))
    return scope_value_failed (span);
  if (strcmp (module->text, "nn.Sequential") != 0)
    return call_layer (builder, module, span, argument, arguments);
  bool keyword = arguments == 1 && argument[1].name != NULL;
  if (arguments == 1 && (!keyword || strcmp (argument[1].name, "input") == 0))
    {
      ScopeValue value = call_sequential (builder, module, argument[1].value);
      value.span = span;
      return value;
    }
  ScopeValue failed;
  ScopeFailure *failure = scope_builder_fail (builder, span, SCOPE_RULE_ARGUMENT, &failed);
  if (keyword)
    scope_failure_both (failure, "TypeError",
                        "Sequential.forward() got an unexpected keyword argument '%s'",
                        argument[1].name);
  else if (arguments == 0)
    scope_failure_both (failure, "TypeError",
                        "Sequential.forward() missing 1 required positional argument: 'input'");
  else
    scope_failure_both (failure, "TypeError",
                        "Sequential.forward() takes 2 positional arguments but %d were given",
                        arguments + 1);
  return failed;
}

bool
scope_module_method (const ScopeValue *module, const char *name, ScopeValue *out)
{
  static const char *const itself[] = { "eval", "train", "to",           "cuda",
                                        "cpu",  "float", "share_memory", "requires_grad_" };
  for (size_t i = 0; i < sizeof itself / sizeof itself[0]; i++)
    if (strcmp (name, itself[i]) == 0)
      {
        *out = *module;
        if (i < 2)
          out->integer = i == 0;
        return true;
      }
  return false;
}
