/* Evaluating the parsed tree, node by node, to values: shapes and numbers, never elements. */
#include "ops/evaluate.h"
#include "ops/module.h"
#include "ops/registry.h"

#include <stdlib.h>
#include <string.h>

/* ---- variables ------------------------------------------------------------------------------ */

static size_t
hash_name (const char *name)
{
  uint64_t hash = UINT64_C (14695981039346656037); /* FNV-1a */
  for (; *name != '\0'; name++)
    hash = (hash ^ (unsigned char)*name) * UINT64_C (1099511628211);
  return (size_t)hash;
}

/* The variable called `name`, or the free place for it. */
static ScopeVariable *
find_place (ScopeVariable *variable, size_t capacity, const char *name)
{
  size_t i = hash_name (name) & (capacity - 1);
  while (variable[i].name != NULL && strcmp (variable[i].name, name) != 0)
    i = (i + 1) & (capacity - 1);
  return &variable[i];
}

static const ScopeValue *
look_up (const ScopeBuilder *builder, const char *name)
{
  if (builder->capacity == 0)
    return NULL;
  ScopeVariable *variable = find_place (builder->variable, builder->capacity, name);
  return variable->name != NULL ? &variable->value : NULL;
}

void
scope_evaluate_store (ScopeBuilder *builder, const char *name, const ScopeValue *value)
{
  if (2 * (builder->variables + 1) > builder->capacity)
    {
      size_t capacity = builder->capacity == 0 ? 64 : 2 * builder->capacity;
      ScopeVariable *larger = calloc (capacity, sizeof *larger);
      if (larger == NULL)
        {
          builder->program->out_of_memory = true;
          return;
        }
      for (size_t i = 0; i < builder->capacity; i++)
        if (builder->variable[i].name != NULL)
          *find_place (larger, capacity, builder->variable[i].name) = builder->variable[i];
      free (builder->variable);
      builder->variable = larger;
      builder->capacity = capacity;
    }
  ScopeVariable *variable = find_place (builder->variable, builder->capacity, name);
  if (variable->name == NULL)
    builder->variables++;
  *variable = (ScopeVariable){ name, *value };

  /* The node that was computed for this name shows it. */
  if (value->kind == SCOPE_VALUE_TENSOR)
    {
      ScopeNode *node = builder->program->node[value->node];
      if (node->name == NULL && node->op != NULL)
        node->name = name;
    }
}

/* ---- names and attributes ------------------------------------------------------------------- */

static ScopeValue
leaf (ScopeBuilder *builder, ScopeTensor *tensor, ScopeSpan span)
{
  ScopeNode *node = scope_program_add_node (builder->program, span);
  if (node == NULL)
    return scope_value_failed (span);
  node->statement = builder->statement;
  node->syntax = builder->syntax;
  node->tensor = tensor;
  node->name = tensor->name;
  node->shape = tensor->shape;
  node->dtype = tensor->dtype;
  node->readable = tensor->storage != NULL;
  return (ScopeValue){ .kind = SCOPE_VALUE_TENSOR, .node = node->number, .span = span };
}

static ScopeTensor *
find_tensor (const ScopeBuilder *builder, const char *name)
{
  for (int i = 0; i < builder->tensors; i++)
    if (strcmp (builder->tensor[i]->name, name) == 0)
      return builder->tensor[i];
  return NULL;
}

ScopeValue
scope_evaluate_name (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  const ScopeValue *bound = look_up (builder, syntax->text);
  if (bound != NULL)
    {
      ScopeValue value = *bound;
      value.span = syntax->span;
      return value;
    }
  ScopeTensor *tensor = find_tensor (builder, syntax->text);
  if (tensor != NULL)
    return leaf (builder, tensor, syntax->span);

  ScopeValue name = { .kind = SCOPE_VALUE_NAME, .text = syntax->text, .span = syntax->span };
  if (syntax->called || scope_registry_is_module (syntax->text)
      || strcmp (syntax->text, "math") == 0 || strcmp (syntax->text, "self") == 0)
    return name;
  if (strcmp (syntax->text, "device") == 0) /* whatever it is, sizes do not depend on it */
    return (ScopeValue){ .kind = SCOPE_VALUE_STRING, .text = "cpu", .span = syntax->span };
  if (scope_query_constant (syntax->text, syntax->span, &name))
    return name;

  ScopeFailure *failure = scope_builder_fail (builder, syntax->span, SCOPE_RULE_NAME, &name);
  scope_failure_explain (failure, "`%s` is not defined. Define it: %s=SHAPE.", syntax->text,
                         syntax->text);
  scope_failure_say (failure, "NameError", "name '%s' is not defined", syntax->text);
  return name;
}

/* `torch` and `cat` to `torch.cat`; NULL when memory runs out. */
const char *
scope_evaluate_path (ScopeBuilder *builder, const ScopeValue *object, const ScopeSyntax *syntax)
{
  size_t left = strlen (object->text), right = strlen (syntax->text);
  char *path = scope_arena_alloc (builder->program->arena, left + right + 2);
  if (path == NULL)
    {
      builder->program->out_of_memory = true;
      return NULL;
    }
  memcpy (path, object->text, left);
  path[left] = '.';
  memcpy (path + left + 1, syntax->text, right);
  return path;
}

static ScopeValue
join_path (ScopeBuilder *builder, const ScopeValue *object, const ScopeSyntax *syntax)
{
  ScopeValue value = { .kind = SCOPE_VALUE_NAME, .span = syntax->span };
  const char *path = scope_evaluate_path (builder, object, syntax);
  if (path == NULL)
    return scope_value_failed (syntax->span);
  value.text = path;
  const ScopeValue *bound = look_up (builder, path); /* self.layer = … */
  if (bound != NULL)
    {
      value = *bound;
      value.span = syntax->span;
      return value;
    }
  ScopeValue constant;
  if (!syntax->called && scope_query_constant (path, syntax->span, &constant))
    return constant;
  return value;
}

static ScopeValue
unknown_name (ScopeBuilder *builder, const char *name, ScopeSpan span)
{
  ScopeValue failed;
  ScopeFailure *failure = scope_builder_fail (builder, span, SCOPE_RULE_UNKNOWN, &failed);
  scope_failure_explain (failure, "Shapescope does not know `%s` yet.", name);
  return failed;
}

/* A function of no module may be a layer, or another object, that was made before. */
static ScopeValue
unknown_function (ScopeBuilder *builder, const char *name, ScopeSpan span)
{
  if (strchr (name, '.') != NULL && strncmp (name, "self.", 5) != 0)
    return unknown_name (builder, name, span);
  ScopeValue failed;
  ScopeFailure *failure = scope_builder_fail (builder, span, SCOPE_RULE_UNKNOWN, &failed);
  scope_failure_explain (failure,
                         "Shapescope does not know `%s` yet. If it is a layer, define it first: %s "
                         "= nn.Linear(IN, OUT).",
                         name, name);
  return failed;
}

bool
scope_builder_find (ScopeBuilder *builder,
                    const char *name,
                    bool method,
                    ScopeDialect preferred,
                    const ScopeOp **op,
                    const ScopeSpelling **spelling,
                    ScopeDialect *dialect)
{
  size_t place = (hash_name (name) + (size_t)preferred) & (SCOPE_KNOWN_SPELLINGS - 1);
  ScopeKnownSpelling *known = &builder->known[place];
  size_t length = strlen (name), dot = method;
  if (length + dot >= sizeof known->written)
    return false;
  bool same = known->preferred == preferred && strcmp (known->written + dot, name) == 0
              && (known->written[0] == '.') == method;
  if (!same)
    {
      known->written[0] = '.';
      memcpy (known->written + dot, name, length + 1);
      known->preferred = preferred;
      known->found = scope_registry_find (known->written, preferred, &known->op, &known->spelling,
                                          &known->dialect);
    }
  *op = known->op;
  *spelling = known->spelling;
  *dialect = known->dialect;
  return known->found;
}

/* The operation of a method or property of `object`: `.reshape`, `.T`. */
static bool
find_method (ScopeBuilder *builder,
             const char *name,
             const ScopeValue *object,
             const ScopeOp **op,
             const ScopeSpelling **spelling,
             ScopeDialect *dialect)
{
  return scope_builder_find (builder, name, true, scope_builder_dialect (builder, object, 1), op,
                             spelling, dialect);
}

static ScopeValue
evaluate_attribute (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  const ScopeValue *object = &builder->value[syntax->child[0]];
  if (object->kind == SCOPE_VALUE_FAILED)
    return *object;
  if (object->kind == SCOPE_VALUE_NAME)
    return join_path (builder, object, syntax);
  if (syntax->called)
    return (ScopeValue){
      .kind = SCOPE_VALUE_METHOD, .text = syntax->text, .item = object, .span = syntax->span
    };

  ScopeValue value;
  if (scope_query_attribute (builder, object, syntax->text, syntax->span, &value))
    return value;
  const ScopeOp *op;
  const ScopeSpelling *spelling;
  ScopeDialect dialect;
  if (object->kind != SCOPE_VALUE_TENSOR
      || !find_method (builder, syntax->text, object, &op, &spelling, &dialect))
    return unknown_name (builder, syntax->text, syntax->span);
  ScopeArgument self = { .value = *object };
  return scope_builder_call (builder, op, spelling, dialect, syntax->span, true, &self, 1);
}

/* ---- operators and subscripts --------------------------------------------------------------- */

static bool
is_sequence_of_tensors (const ScopeValue *value)
{
  return scope_value_is_sequence (value) && value->items > 0
         && value->item[0].kind == SCOPE_VALUE_TENSOR;
}

ScopeValue
scope_evaluate_operator (ScopeBuilder *builder,
                         const char *sign,
                         const ScopeValue *operand,
                         int operands,
                         ScopeSpan span)
{
  const ScopeOp *op;
  const ScopeSpelling *spelling;
  ScopeDialect dialect = scope_builder_dialect (builder, operand, operands);
  if (!scope_builder_find (builder, sign, false, dialect, &op, &spelling, &dialect))
    return unknown_name (builder, sign, span);
  ScopeArgument argument[3];
  for (int i = 0; i < operands; i++)
    argument[i] = (ScopeArgument){ .value = operand[i] };
  return scope_builder_call (builder, op, spelling, dialect, span, false, argument, operands);
}

static ScopeValue
evaluate_unary (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  const ScopeValue *a = &builder->value[syntax->child[0]];
  ScopeValue value;
  if (a->kind == SCOPE_VALUE_FAILED)
    return *a;
  if (scope_number_unary (builder, syntax->text, a, syntax->span, &value))
    return value;
  /* Unary operators are spelled with their operand, to tell - from -x. */
  const char *sign = syntax->text[0] == '-'   ? "-x"
                     : syntax->text[0] == '+' ? "+x"
                     : syntax->text[0] == '~' ? "~x"
                                              : "not x";
  return scope_evaluate_operator (builder, sign, a, 1, syntax->span);
}

static ScopeValue
evaluate_binary (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  ScopeValue operand[2] = { builder->value[syntax->child[0]], builder->value[syntax->child[1]] };
  ScopeValue value;
  if (scope_number_binary (builder, syntax->text, &operand[0], &operand[1], syntax->span, &value))
    return value;
  return scope_evaluate_operator (builder, syntax->text, operand, 2, syntax->span);
}

ScopeValue
scope_evaluate_subscript (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  ScopeValue operand[2] = { builder->value[syntax->child[0]], builder->value[syntax->child[1]] };
  for (int i = 0; i < 2; i++)
    if (operand[i].kind == SCOPE_VALUE_FAILED)
      return operand[i];
  if (operand[0].kind == SCOPE_VALUE_TENSOR)
    return scope_evaluate_operator (builder, "[]", operand, 2, syntax->span);
  if (operand[0].kind == SCOPE_VALUE_NAME && strcmp (operand[0].text, "np.s_") == 0)
    return operand[1];
  return scope_query_item (builder, &operand[0], &operand[1], syntax->span);
}

static ScopeValue
evaluate_sequence (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  ScopeArena *arena = builder->program->arena;
  ScopeValue value = { .span = syntax->span };
  value.kind = syntax->kind == SCOPE_SYNTAX_TUPLE  ? SCOPE_VALUE_TUPLE
               : syntax->kind == SCOPE_SYNTAX_LIST ? SCOPE_VALUE_LIST
                                                   : SCOPE_VALUE_SLICE;
  int64_t count = 0;
  for (int i = 0; i < syntax->children; i++)
    {
      const ScopeSyntax *child =
          syntax->child[i] >= 0 ? &builder->program->expression->node[syntax->child[i]] : NULL;
      bool star = child != NULL && child->kind == SCOPE_SYNTAX_STAR;
      count += star ? builder->value[syntax->child[i]].items : 1;
    }
  ScopeValue *items = scope_arena_alloc (arena, (size_t)(count + 1) * sizeof *items);
  if (items == NULL)
    {
      builder->program->out_of_memory = true;
      return scope_value_failed (syntax->span);
    }
  for (int i = 0; i < syntax->children; i++)
    {
      int child = syntax->child[i];
      if (child < 0)
        {
          items[value.items++] = (ScopeValue){ .kind = SCOPE_VALUE_NONE, .span = syntax->span };
          continue;
        }
      const ScopeValue *item = &builder->value[child];
      if (item->kind == SCOPE_VALUE_FAILED)
        return scope_value_failed (syntax->span);
      if (builder->program->expression->node[child].kind != SCOPE_SYNTAX_STAR)
        items[value.items++] = *item;
      else
        for (int k = 0; k < item->items; k++)
          items[value.items++] = item->item[k];
    }
  value.item = items;
  return value;
}

/* `*x`: a sequence; a tensor's rows are not unpacked. */
static ScopeValue
evaluate_star (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  ScopeValue value = builder->value[syntax->child[0]];
  if (scope_value_is_sequence (&value) || value.kind == SCOPE_VALUE_FAILED)
    return value;
  ScopeFailure *failure = scope_builder_fail (builder, syntax->span, SCOPE_RULE_ARGUMENT, &value);
  scope_failure_explain (failure, "Only a tuple or a list can be unpacked with *.");
  return value;
}

static ScopeValue
evaluate_condition (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  const ScopeValue *condition = &builder->value[syntax->child[1]];
  if (scope_value_is_int (condition))
    return builder->value[syntax->child[condition->integer != 0 ? 0 : 2]];
  if (condition->kind == SCOPE_VALUE_NONE)
    return builder->value[syntax->child[2]];
  if (condition->kind == SCOPE_VALUE_FAILED)
    return *condition;
  ScopeValue failed;
  ScopeFailure *failure =
      scope_builder_fail (builder, condition->span, SCOPE_RULE_UNKNOWN, &failed);
  scope_failure_explain (
      failure, "Whether this is true depends on values; Shapescope decides by shapes alone.");
  return failed;
}

/* ---- calls ---------------------------------------------------------------------------------- */

/* A method that changes its object in place leaves the variable with the result; so does a function
 * that changes its first argument (np.copyto). */
static void
store_in_place (ScopeBuilder *builder,
                const ScopeSyntax *call,
                bool method,
                const ScopeValue *result)
{
  const ScopeSyntax *node = builder->program->expression->node;
  const ScopeSyntax *function = &node[call->child[0]];
  if (method ? function->kind != SCOPE_SYNTAX_ATTRIBUTE : call->children < 2)
    return;
  const ScopeSyntax *object = &node[method ? function->child[0] : call->child[1]];
  if (object->kind == SCOPE_SYNTAX_NAME
      && (result->kind == SCOPE_VALUE_TENSOR || result->kind == SCOPE_VALUE_MODULE))
    scope_evaluate_store (builder, object->text, result);
}

static ScopeValue
call_method (ScopeBuilder *builder,
             const ScopeSyntax *syntax,
             const ScopeValue *method,
             ScopeArgument *argument,
             int arguments)
{
  /* argument[0] is kept free for the object. */
  const ScopeValue *object = method->item;
  ScopeValue value;
  if (scope_query_method (builder, object, method->text, argument + 1, arguments, syntax->span,
                          &value))
    return value;
  if (object->kind == SCOPE_VALUE_MODULE && scope_module_method (object, method->text, &value))
    {
      store_in_place (builder, syntax, true, &value); /* model.eval () */
      return value;
    }
  const ScopeOp *op;
  const ScopeSpelling *spelling;
  ScopeDialect dialect;
  if (object->kind != SCOPE_VALUE_TENSOR
      || !find_method (builder, method->text, object, &op, &spelling, &dialect))
    return unknown_name (builder, method->text, method->span);
  argument[0] = (ScopeArgument){ .value = *object };
  value = scope_builder_call (builder, op, spelling, dialect, syntax->span, true, argument,
                              arguments + 1);
  if (spelling->in_place)
    store_in_place (builder, syntax, true, &value);
  return value;
}

/* The dialect a bare function name is looked for in: that of its arguments. */
static ScopeDialect
dialect_of_arguments (const ScopeBuilder *builder, const ScopeArgument *argument, int arguments)
{
  for (int i = 0; i < arguments; i++)
    {
      const ScopeValue *value = &argument[i].value;
      ScopeDialect dialect = is_sequence_of_tensors (value)
                                 ? scope_builder_dialect (builder, value->item, value->items)
                                 : scope_builder_dialect (builder, value, 1);
      if (dialect != builder->program->dialect)
        return dialect;
    }
  return builder->program->dialect;
}

/* print (…) shows a value, or several: those are what it is here; how it prints them is not. */
static ScopeValue
shown (ScopeBuilder *builder, const ScopeArgument *argument, int arguments, ScopeSpan span)
{
  ScopeValue *item =
      scope_arena_alloc (builder->program->arena, (size_t)(arguments + 1) * sizeof *item);
  ScopeValue value = { .kind = SCOPE_VALUE_TUPLE, .item = item, .span = span };
  if (item == NULL)
    {
      builder->program->out_of_memory = true;
      return scope_value_failed (span);
    }
  for (int i = 0; i < arguments; i++)
    {
      if (argument[i].value.kind == SCOPE_VALUE_FAILED)
        return scope_value_failed (span);
      if (argument[i].name == NULL)
        item[value.items++] = argument[i].value;
    }
  return value.items == 1 ? item[0] : value;
}

static ScopeValue
call_function (ScopeBuilder *builder,
               const ScopeSyntax *syntax,
               const ScopeValue *function,
               ScopeArgument *argument,
               int arguments)
{
  /* argument[0] is kept free for the object. */
  const ScopeArgument *given = argument + 1;
  ScopeValue value;
  if (strcmp (function->text, "print") == 0)
    return shown (builder, given, arguments, syntax->span);
  if (scope_query_function (builder, function->text, given, arguments, syntax->span, &value))
    return value;
  const ScopeOp *op;
  const ScopeSpelling *spelling;
  ScopeDialect dialect = dialect_of_arguments (builder, given, arguments);
  if (!scope_builder_find (builder, function->text, false, dialect, &op, &spelling, &dialect))
    return unknown_function (builder, function->text, function->span);
  if (op->module > 0)
    return scope_module_make (builder, op, spelling, syntax->span, argument, arguments);
  value =
      scope_builder_call (builder, op, spelling, dialect, syntax->span, false, given, arguments);
  if (spelling->in_place)
    store_in_place (builder, syntax, false, &value);
  return value;
}

/* Collects a call's arguments behind one free place. NULL when memory runs out. */
static ScopeArgument *
collect_arguments (ScopeBuilder *builder, const ScopeSyntax *syntax, int *count)
{
  const ScopeSyntax *node = builder->program->expression->node;
  int64_t total = 1;
  for (int i = 1; i < syntax->children; i++)
    total += node[syntax->child[i]].kind == SCOPE_SYNTAX_STAR
                 ? builder->value[syntax->child[i]].items
                 : 1;
  ScopeArgument *argument =
      scope_arena_alloc (builder->program->arena, (size_t)(total + 1) * sizeof *argument);
  *count = 0;
  if (argument == NULL)
    {
      builder->program->out_of_memory = true;
      return NULL;
    }
  for (int i = 1; i < syntax->children; i++)
    {
      const ScopeSyntax *child = &node[syntax->child[i]];
      const ScopeValue *value = &builder->value[syntax->child[i]];
      if (child->kind == SCOPE_SYNTAX_STAR && value->kind != SCOPE_VALUE_FAILED)
        for (int k = 0; k < value->items; k++)
          argument[1 + (*count)++] = (ScopeArgument){ .value = value->item[k] };
      else
        argument[1 + (*count)++] =
            (ScopeArgument){ child->kind == SCOPE_SYNTAX_KEYWORD ? child->text : NULL, *value };
    }
  return argument;
}

static ScopeValue
evaluate_call (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  const ScopeValue *function = &builder->value[syntax->child[0]];
  if (function->kind == SCOPE_VALUE_FAILED)
    return *function;
  int arguments;
  ScopeArgument *argument = collect_arguments (builder, syntax, &arguments);
  if (argument == NULL)
    return scope_value_failed (syntax->span);
  if (function->kind == SCOPE_VALUE_METHOD)
    return call_method (builder, syntax, function, argument, arguments);
  if (function->kind == SCOPE_VALUE_NAME)
    return call_function (builder, syntax, function, argument, arguments);
  if (function->kind == SCOPE_VALUE_MODULE)
    return scope_module_call (builder, function, syntax->span, argument, arguments);
  ScopeValue failed;
  ScopeFailure *failure =
      scope_builder_fail (builder, function->span, SCOPE_RULE_ARGUMENT, &failed);
  scope_failure_explain (failure, "This is not a function, so it cannot be called.");
  if (function->kind == SCOPE_VALUE_TENSOR)
    scope_failure_say (failure, "TypeError", "'%s' object is not callable",
                       builder->program->dialect == SCOPE_NUMPY ? "numpy.ndarray" : "Tensor");
  return failed;
}

/* assert fails where shapes decide the condition; where values do, it is taken to hold. */
static ScopeValue
evaluate_assert (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  const ScopeValue *value = &builder->value[syntax->child[0]];
  const ScopeSyntax *child = &builder->program->expression->node[syntax->child[0]];
  const char *message = "";
  if (child->kind == SCOPE_SYNTAX_TUPLE && value->kind == SCOPE_VALUE_TUPLE && value->items == 2)
    {
      message = value->item[1].kind == SCOPE_VALUE_STRING ? value->item[1].text : "";
      value = &value->item[0];
    }
  if (!(scope_value_is_int (value) && value->integer == 0) && value->kind != SCOPE_VALUE_NONE)
    return *value;
  ScopeValue failed;
  ScopeFailure *failure = scope_builder_fail (builder, value->span, SCOPE_RULE_ARGUMENT, &failed);
  scope_failure_explain (failure, "What is asserted here is false.");
  scope_failure_say (failure, "AssertionError", "%s", message);
  return failed;
}

/* ---- the loop ------------------------------------------------------------------------------- */

static ScopeValue
evaluate_node (ScopeBuilder *builder, const ScopeSyntax *syntax)
{
  ScopeValue value = { .span = syntax->span };
  switch (syntax->kind)
    {
    case SCOPE_SYNTAX_NAME:
      if (syntax->target)
        break;
      return scope_evaluate_name (builder, syntax);
    case SCOPE_SYNTAX_INTEGER:
      return scope_value_int (syntax->integer, syntax->span);
    case SCOPE_SYNTAX_FLOAT:
      return scope_value_float (syntax->number, syntax->span);
    case SCOPE_SYNTAX_STRING:
      value.kind = SCOPE_VALUE_STRING;
      value.text = syntax->text;
      return value;
    case SCOPE_SYNTAX_NONE:
      value.kind = SCOPE_VALUE_NONE;
      return value;
    case SCOPE_SYNTAX_TRUE:
    case SCOPE_SYNTAX_FALSE:
      return scope_value_truth (syntax->kind == SCOPE_SYNTAX_TRUE, syntax->span);
    case SCOPE_SYNTAX_ELLIPSIS:
      value.kind = SCOPE_VALUE_ELLIPSIS;
      return value;
    case SCOPE_SYNTAX_TUPLE:
    case SCOPE_SYNTAX_LIST:
      if (syntax->target)
        break;
      return evaluate_sequence (builder, syntax);
    case SCOPE_SYNTAX_SLICE:
      return evaluate_sequence (builder, syntax);
    case SCOPE_SYNTAX_STAR:
      return evaluate_star (builder, syntax);
    case SCOPE_SYNTAX_KEYWORD:
    case SCOPE_SYNTAX_VALUE:
      value = builder->value[syntax->child[0]];
      if (syntax->kind == SCOPE_SYNTAX_KEYWORD)
        value.span = builder->program->expression->node[syntax->child[0]].span;
      return value;
    case SCOPE_SYNTAX_ATTRIBUTE:
      if (syntax->target)
        break;
      return evaluate_attribute (builder, syntax);
    case SCOPE_SYNTAX_SUBSCRIPT:
      if (syntax->target)
        break;
      return scope_evaluate_subscript (builder, syntax);
    case SCOPE_SYNTAX_CALL:
      return evaluate_call (builder, syntax);
    case SCOPE_SYNTAX_UNARY:
      return evaluate_unary (builder, syntax);
    case SCOPE_SYNTAX_BINARY:
    case SCOPE_SYNTAX_COMPARE:
      return evaluate_binary (builder, syntax);
    case SCOPE_SYNTAX_CONDITION:
      return evaluate_condition (builder, syntax);
    case SCOPE_SYNTAX_AUGMENT:
      return scope_evaluate_augment (builder, syntax);
    case SCOPE_SYNTAX_ASSERT:
      return evaluate_assert (builder, syntax);
    case SCOPE_SYNTAX_ASSIGN:
      value = builder->value[syntax->child[0]];
      for (int i = 1; i < syntax->children; i++)
        scope_evaluate_assign (builder, &builder->program->expression->node[syntax->child[i]],
                               &value, syntax->span);
      return value;
    }
  value.kind = SCOPE_VALUE_ABSENT; /* a target: its statement deals with it */
  return value;
}

/* The value a statement leaves: what it evaluated, or the new version of what it assigned to. */
static ScopeValue
statement_outcome (const ScopeBuilder *builder, const ScopeSyntax *syntax, int first_node)
{
  const ScopeProgram *program = builder->program;
  for (int i = program->nodes - 1; i >= first_node && syntax->kind == SCOPE_SYNTAX_ASSIGN; i--)
    if (program->node[i]->op != NULL && strcmp (program->node[i]->op->name, "assign") == 0)
      return program->node[i]->state == SCOPE_NODE_FITS
                 ? (ScopeValue){ .kind = SCOPE_VALUE_TENSOR, .node = i, .span = syntax->span }
                 : scope_value_failed (syntax->span);
  return builder->value[syntax - program->expression->node];
}

/* The node that is shown of an outcome: the tensor, the first of several, or −1. */
static int
outcome_node (const ScopeValue *value)
{
  if (value->kind == SCOPE_VALUE_TENSOR)
    return value->node;
  if (scope_value_is_sequence (value) && value->items > 0
      && value->item[0].kind == SCOPE_VALUE_TENSOR)
    return value->item[0].node;
  return -1;
}

bool
scope_evaluate (ScopeBuilder *builder)
{
  ScopeProgram *program = builder->program;
  const ScopeExpression *expression = program->expression;
  size_t statements = (size_t)expression->statements;
  builder->value = calloc ((size_t)expression->nodes + 1, sizeof *builder->value);
  program->outcome =
      scope_arena_alloc (program->arena, (statements + 1) * sizeof *program->outcome);
  if (builder->value == NULL || program->outcome == NULL)
    return false;

  int next = 0;
  for (int s = 0; s < expression->statements; s++)
    {
      builder->statement = s;
      int first_node = program->nodes;
      for (; next <= expression->statement[s]; next++)
        {
          builder->syntax = next;
          builder->value[next] = evaluate_node (builder, &expression->node[next]);
          if (program->out_of_memory)
            return false;
        }
      program->outcome[s] =
          statement_outcome (builder, &expression->node[expression->statement[s]], first_node);
      program->result = outcome_node (&program->outcome[s]);
    }
  return true;
}
