/* Assignments of the language: names, paths, subscripts, tuples of them, and A += x. */
#include "ops/evaluate.h"

#include <string.h>

static ScopeValue
refuse_target (ScopeBuilder *builder, ScopeSpan span)
{
  ScopeValue failed;
  ScopeFailure *failure = scope_builder_fail (builder, span, SCOPE_RULE_UNKNOWN, &failed);
  scope_failure_explain (
      failure, "Only a name, an index of a tensor, or a tuple of these can be assigned to.");
  return failed;
}

/* An index that takes everything: `...`, `:`, or a tuple of these. */
static bool
takes_everything (const ScopeValue *index)
{
  if (index->kind == SCOPE_VALUE_ELLIPSIS)
    return true;
  if (index->kind == SCOPE_VALUE_SLICE)
    return index->item[0].kind == SCOPE_VALUE_NONE && index->item[1].kind == SCOPE_VALUE_NONE
           && index->item[2].kind == SCOPE_VALUE_NONE;
  if (index->kind != SCOPE_VALUE_TUPLE || index->items == 0)
    return false;
  for (int i = 0; i < index->items; i++)
    if (index->item[i].kind == SCOPE_VALUE_TUPLE || !takes_everything (&index->item[i]))
      return false;
  return true;
}

/* Assigns into A[i] or A[i][j]…: each step gives a new version of its object, the outermost one is
 * stored under the name. Iterates outwards, so nesting costs no stack. */
static void
assign_subscript (ScopeBuilder *builder,
                  const ScopeSyntax *target,
                  ScopeValue value,
                  ScopeSpan statement)
{
  const ScopeSyntax *node = builder->program->expression->node;
  for (;;)
    {
      const ScopeSyntax *object = &node[target->child[0]];
      ScopeValue operand[3] = { builder->value[target->child[0]], builder->value[target->child[1]],
                                value };
      if (operand[0].kind == SCOPE_VALUE_FAILED || operand[1].kind == SCOPE_VALUE_FAILED)
        return;
      if (operand[0].kind != SCOPE_VALUE_TENSOR)
        {
          refuse_target (builder, target->span);
          return;
        }
      if (!takes_everything (&operand[1]))
        operand[0].span = target->span;
      value = scope_evaluate_operator (builder, "[]=", operand, 3, statement);
      if (value.kind != SCOPE_VALUE_TENSOR)
        return;
      if (object->kind == SCOPE_SYNTAX_NAME)
        {
          scope_evaluate_store (builder, object->text, &value);
          return;
        }
      if (object->kind != SCOPE_SYNTAX_SUBSCRIPT)
        return; /* a temporary: the assignment has no name to live on under */
      target = object;
    }
}

/* self.layer = value: a variable with a point in its name. Of anything else (A.requires_grad = …)
 * an attribute changes no shape. */
static void
assign_attribute (ScopeBuilder *builder, const ScopeSyntax *target, const ScopeValue *value)
{
  const ScopeValue *object = &builder->value[target->child[0]];
  if (object->kind != SCOPE_VALUE_NAME)
    return;
  const char *path = scope_evaluate_path (builder, object, target);
  if (path != NULL)
    scope_evaluate_store (builder, path, value);
}

void
scope_evaluate_assign (ScopeBuilder *builder,
                       const ScopeSyntax *target,
                       const ScopeValue *value,
                       ScopeSpan span)
{
  const ScopeSyntax *node = builder->program->expression->node;
  if (target->kind == SCOPE_SYNTAX_NAME)
    scope_evaluate_store (builder, target->text, value);
  else if (target->kind == SCOPE_SYNTAX_SUBSCRIPT)
    assign_subscript (builder, target, *value, span);
  else if (target->kind == SCOPE_SYNTAX_ATTRIBUTE)
    assign_attribute (builder, target, value);
  else if (target->kind == SCOPE_SYNTAX_TUPLE || target->kind == SCOPE_SYNTAX_LIST)
    {
      bool known = scope_value_is_sequence (value);
      if (known && value->items != target->children)
        {
          ScopeValue failed;
          ScopeFailure *failure =
              scope_builder_fail (builder, target->span, SCOPE_RULE_COUNT, &failed);
          if (value->items > target->children)
            scope_failure_both (failure, "ValueError", "too many values to unpack (expected %d)",
                                target->children);
          else
            scope_failure_both (failure, "ValueError",
                                "not enough values to unpack (expected %d, got %d)",
                                target->children, value->items);
          known = false;
        }
      else if (!known && value->kind != SCOPE_VALUE_FAILED)
        refuse_target (builder, target->span);
      for (int i = 0; i < target->children; i++)
        {
          ScopeValue item = known ? value->item[i] : scope_value_failed (target->span);
          const ScopeSyntax *child = &node[target->child[i]];
          if (child->kind == SCOPE_SYNTAX_NAME)
            scope_evaluate_store (builder, child->text, &item);
          else if (child->kind == SCOPE_SYNTAX_SUBSCRIPT && known)
            assign_subscript (builder, child, item, span);
          else if (known)
            refuse_target (builder, child->span);
        }
    }
  else
    refuse_target (builder, target->span);
}

/* `A += x`: computed in place, then stored. */
ScopeValue
scope_evaluate_augment (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  const ScopeSyntax *target = &builder->program->expression->node[syntax->child[0]];
  ScopeValue operand[2] = { builder->value[syntax->child[0]], builder->value[syntax->child[1]] };
  if (target->kind == SCOPE_SYNTAX_SUBSCRIPT && operand[0].kind == SCOPE_VALUE_ABSENT)
    operand[0] = scope_evaluate_subscript (builder, target);
  else if (target->kind == SCOPE_SYNTAX_NAME && operand[0].kind == SCOPE_VALUE_ABSENT)
    operand[0] = scope_evaluate_name (builder, target);

  ScopeValue value;
  if (!scope_number_binary (builder, syntax->text, &operand[0], &operand[1], syntax->span, &value))
    {
      char sign[8];
      size_t length = strlen (syntax->text);
      memcpy (sign, syntax->text, length);
      memcpy (sign + length, "=", 2);
      const ScopeValue *first = &operand[0];
      /* A number += a tensor is an ordinary sum. */
      value =
          scope_evaluate_operator (builder, first->kind == SCOPE_VALUE_TENSOR ? sign : syntax->text,
                                   operand, 2, syntax->span);
    }
  if (value.kind != SCOPE_VALUE_FAILED)
    scope_evaluate_assign (builder, target, &value, syntax->span);
  return value;
}
