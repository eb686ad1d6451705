/* A checked program: its nodes, calls of operations, and the reading of regions. */
#include "ops/program.h"

#include "core/checked.h"
#include "ops/builder.h"
#include "ops/listed.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool
is_power_of_two (int n)
{
  return (n & (n - 1)) == 0;
}

/* Appends to an arena array that doubles whenever its length is a power of two. */
static void *
grow (ScopeArena *arena, void *array, int length, size_t item)
{
  if (length > 0 && !is_power_of_two (length))
    return array;
  size_t capacity = length == 0 ? 1 : 2 * (size_t)length;
  void *larger = scope_arena_alloc (arena, capacity * item);
  if (larger != NULL && length > 0)
    memcpy (larger, array, (size_t)length * item);
  return larger;
}

ScopeNode *
scope_program_add_node (ScopeProgram *program, ScopeSpan span)
{
  ScopeNode **nodes = grow (program->arena, program->node, program->nodes, sizeof *nodes);
  ScopeNode *node = scope_arena_alloc (program->arena, sizeof *node);
  if (nodes == NULL || node == NULL)
    {
      program->out_of_memory = true;
      return NULL;
    }
  node->program = program;
  node->syntax = -1;
  node->number = program->nodes;
  node->span = span;
  node->dialect = program->dialect;
  nodes[program->nodes++] = node;
  program->node = nodes;
  return node;
}

static void
free_tensor (void *tensor)
{
  scope_tensor_unref (tensor);
}

/* The 0-d tensor of a number, exact. NULL when memory runs out. */
static ScopeTensor *
number_tensor (const ScopeValue *value, ScopeDtype dtype)
{
  void *data;
  ScopeStorage *storage = scope_storage_new_owned (dtype, 1, 64, &data, NULL);
  if (storage == NULL)
    return NULL;
  if (dtype == SCOPE_FLOAT64)
    *(double *)data = value->number;
  else if (dtype == SCOPE_INT64)
    *(int64_t *)data = value->integer;
  else
    *(uint8_t *)data = value->integer != 0;
  ScopeShape scalar = { .rank = 0 };
  ScopeTensor *tensor = scope_tensor_new ("", dtype, &scalar, NULL, storage, NULL);
  scope_storage_unref (storage);
  return tensor;
}

int
scope_program_add_number (ScopeProgram *program, const ScopeValue *value)
{
  ScopeNode *node = scope_program_add_node (program, value->span);
  if (node == NULL)
    return -1;
  node->dtype = value->kind == SCOPE_VALUE_FLOAT  ? SCOPE_FLOAT64
                : value->kind == SCOPE_VALUE_BOOL ? SCOPE_BOOL
                                                  : SCOPE_INT64;
  if (value->kind == SCOPE_VALUE_SIZE)
    return node->number;
  ScopeTensor *tensor = number_tensor (value, node->dtype);
  if (tensor == NULL || !scope_arena_own (program->arena, tensor, free_tensor))
    {
      scope_tensor_unref (tensor);
      program->out_of_memory = true;
      return -1;
    }
  node->tensor = tensor;
  node->readable = true;
  return node->number;
}

/* ---- calls ---------------------------------------------------------------------------------- */

static bool
is_number (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_INT || value->kind == SCOPE_VALUE_BOOL
         || value->kind == SCOPE_VALUE_FLOAT || value->kind == SCOPE_VALUE_SIZE;
}

const ScopeShape *
scope_call_shape (const ScopeCall *call, const ScopeValue *value)
{
  static const ScopeShape scalar = { .rank = 0 };
  return value->kind == SCOPE_VALUE_TENSOR ? &call->program->node[value->node]->shape : &scalar;
}

ScopeDtype
scope_call_dtype (const ScopeCall *call, const ScopeValue *value)
{
  if (value->kind == SCOPE_VALUE_TENSOR)
    return call->program->node[value->node]->dtype;
  if (value->kind == SCOPE_VALUE_BOOL)
    return SCOPE_BOOL;
  if (value->kind != SCOPE_VALUE_FLOAT)
    return SCOPE_INT64;
  return call->dialect == SCOPE_NUMPY ? SCOPE_FLOAT64 : SCOPE_FLOAT32;
}

int
scope_result_add_input (const ScopeCall *call, ScopeResult *result, const ScopeValue *value)
{
  assert (value->kind == SCOPE_VALUE_TENSOR || is_number (value));
  ScopeProgram *program = (ScopeProgram *)call->program;
  int number =
      value->kind == SCOPE_VALUE_TENSOR ? value->node : scope_program_add_number (program, value);
  int *input = grow (call->arena, result->input, result->inputs, sizeof *input);
  if (input == NULL || number < 0)
    {
      program->out_of_memory = true;
      return 0;
    }
  result->input = input;
  input[result->inputs] = number;
  return result->inputs++;
}

void
scope_result_set (ScopeResult *result, const ScopeShape *shape, ScopeDtype dtype)
{
  result->outputs = 1;
  result->output = (ScopeOutput){ *shape, dtype };
}

bool
scope_result_set_many (const ScopeCall *call,
                       ScopeResult *result,
                       int64_t count,
                       ScopeFailure *failure)
{
  if (count > SCOPE_MAX_OUTPUTS)
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      scope_failure_explain (failure, "This gives %lld tensors; Shapescope follows at most %d.",
                             (long long)count, SCOPE_MAX_OUTPUTS);
      return false;
    }
  result->tuple = true;
  result->outputs = (int)count;
  result->many = scope_arena_alloc (call->arena, (size_t)(count + 1) * sizeof *result->many);
  if (result->many == NULL)
    {
      ((ScopeProgram *)call->program)->out_of_memory = true;
      result->outputs = 0;
    }
  return true;
}

bool
scope_call_refuse (const ScopeCall *call,
                   int parameter,
                   ScopeFailure *failure,
                   const char *format,
                   ...)
{
  va_list arguments;
  va_start (arguments, format);
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = call->value[parameter].span;
  scope_failure_both_va (failure, "TypeError", format, arguments);
  va_end (arguments);
  return false;
}

static bool
refuse_kind (const ScopeCall *call, int parameter, ScopeFailure *failure, const char *wanted)
{
  return scope_call_refuse (call, parameter, failure, "%s(): argument '%s' must be %s",
                            call->op->name, call->op->parameter[parameter].name, wanted);
}

static bool
is_absent (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_ABSENT || value->kind == SCOPE_VALUE_NONE;
}

bool
scope_call_int (const ScopeCall *call, int parameter, int64_t *out, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  if (is_absent (value))
    return true;
  if (!scope_value_is_int (value) && value->kind != SCOPE_VALUE_SIZE)
    return refuse_kind (call, parameter, failure, "int");
  *out = value->integer;
  return true;
}

bool
scope_call_number (const ScopeCall *call, int parameter, double *out, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  if (is_absent (value))
    return true;
  if (value->kind != SCOPE_VALUE_FLOAT && !scope_value_is_int (value))
    return refuse_kind (call, parameter, failure, "a number");
  *out = value->kind == SCOPE_VALUE_FLOAT ? value->number : (double)value->integer;
  return true;
}

bool
scope_call_bool (const ScopeCall *call, int parameter, bool *out, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  if (is_absent (value))
    return true;
  if (!scope_value_is_int (value))
    return refuse_kind (call, parameter, failure, "bool");
  *out = value->integer != 0;
  return true;
}

bool
scope_call_string (const ScopeCall *call, int parameter, const char **out, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  if (is_absent (value))
    return true;
  if (value->kind != SCOPE_VALUE_STRING)
    return refuse_kind (call, parameter, failure, "str");
  *out = value->text;
  return true;
}

bool
scope_call_ints (const ScopeCall *call,
                 int parameter,
                 int64_t *out,
                 int *count,
                 ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  *count = -1;
  if (is_absent (value))
    return true;
  bool sequence = scope_value_is_sequence (value);
  const ScopeValue *item = sequence ? value->item : value;
  int items = sequence ? value->items : 1;
  if (items > SCOPE_MAX_RANK)
    return refuse_kind (call, parameter, failure, "at most 64 ints");
  for (int i = 0; i < items; i++)
    if (!scope_value_is_int (&item[i]) && item[i].kind != SCOPE_VALUE_SIZE)
      return refuse_kind (call, parameter, failure, "int or a tuple of ints");
  for (int i = 0; i < items; i++)
    out[i] = item[i].integer;
  *count = items;
  return true;
}

/* The tensors among the arguments, nested lists included, as the failure's operands. */
static void
collect_operands (const ScopeProgram *program, const ScopeValue *value, ScopeFailure *failure)
{
  if (value->kind == SCOPE_VALUE_TENSOR && failure->operands < SCOPE_VERDICT_OPERANDS)
    failure->operand[failure->operands++] =
        (ScopeOperand){ value->span, program->node[value->node]->shape };
  else if (scope_value_is_sequence (value))
    for (int i = 0; i < value->items && failure->operands < SCOPE_VERDICT_OPERANDS; i++)
      collect_operands (program, &value->item[i], failure);
}

/* A failure owned by the program; NULL when memory runs out. */
static ScopeFailure *
new_failure (ScopeProgram *program, const ScopeCheckOptions *options, ScopeSpan span)
{
  ScopeFailure *failure = calloc (1, sizeof *failure);
  if (failure == NULL
      || !scope_arena_own (program->arena, failure, (void (*) (void *))scope_failure_free))
    {
      free (failure);
      program->out_of_memory = true;
      return NULL;
    }
  failure->span = span;
  failure->exception = "";
  failure->translate = options->translate;
  return failure;
}

static ScopeNode *
add_failing_node (ScopeBuilder *builder, ScopeSpan span, ScopeFailure *failure)
{
  ScopeNode *node = scope_program_add_node (builder->program, span);
  if (node == NULL)
    return NULL;
  node->state = SCOPE_NODE_FAILS;
  node->failure = failure;
  node->syntax = builder->syntax;
  node->statement = builder->statement;
  if (builder->program->first_failure < 0)
    builder->program->first_failure = node->number;
  return node;
}

ScopeFailure *
scope_builder_fail (ScopeBuilder *builder, ScopeSpan span, ScopeRule rule, ScopeValue *failed)
{
  *failed = scope_value_failed (span);
  ScopeFailure *failure = new_failure (builder->program, builder->options, span);
  if (failure == NULL)
    return &builder->program->spare;
  scope_failure_begin (failure, rule);
  add_failing_node (builder, span, failure);
  return failure;
}

/* The nodes of a call that fits, one for each output, as a value. */
static ScopeValue
result_value (ScopeBuilder *builder,
              const ScopeCall *call,
              const ScopeResult *result,
              const ScopeFailure *operands)
{
  ScopeProgram *program = builder->program;
  int depth = 0;
  bool readable = true;
  for (int i = 0; i < result->inputs; i++)
    {
      depth = (int)scope_max (depth, program->node[result->input[i]]->depth);
      readable &= program->node[result->input[i]]->readable;
    }

  ScopeValue *items =
      scope_arena_alloc (program->arena, (size_t)(result->outputs + 1) * sizeof *items);
  ScopeOperand *operand =
      scope_arena_alloc (program->arena, (size_t)(operands->operands + 1) * sizeof *operand);
  if (operand == NULL)
    items = NULL;
  else
    memcpy (operand, operands->operand, (size_t)operands->operands * sizeof *operand);
  for (int i = 0; items != NULL && i < result->outputs; i++)
    {
      ScopeNode *node = scope_program_add_node (program, call->span);
      if (node == NULL)
        break;
      const ScopeOutput *output = result->many != NULL ? &result->many[i] : &result->output;
      node->statement = builder->statement;
      node->syntax = builder->syntax;
      node->op = call->op;
      node->spelling = call->spelling;
      node->variant = call->spelling->variant;
      node->dialect = call->dialect;
      node->shape = output->shape;
      node->dtype = output->dtype;
      node->stride = output->stride;
      node->inputs = result->inputs;
      node->input = result->input;
      node->part = i;
      node->plan = result->plan;
      node->value = call->value;
      node->depth = depth + 1;
      node->readable = readable && scope_shape_is_known (&node->shape);
      node->operands = operands->operands;
      node->operand = operand;
      items[i] =
          (ScopeValue){ .kind = SCOPE_VALUE_TENSOR, .node = node->number, .span = call->span };
    }
  if (items == NULL || program->out_of_memory)
    {
      program->out_of_memory = true;
      return scope_value_failed (call->span);
    }
  if (!result->tuple)
    return items[0];
  return (ScopeValue){
    .kind = SCOPE_VALUE_TUPLE, .item = items, .items = result->outputs, .span = call->span
  };
}

static bool
any_failed (const ScopeArgument *argument, int arguments)
{
  for (int i = 0; i < arguments; i++)
    if (argument[i].value.kind == SCOPE_VALUE_FAILED)
      return true;
  return false;
}

/* A node whose inputs failed: it stands in the list, but nothing is known of it. */
static ScopeValue
skip_call (ScopeBuilder *builder, const ScopeOp *op, ScopeDialect dialect, ScopeSpan span)
{
  ScopeNode *node = scope_program_add_node (builder->program, span);
  if (node != NULL)
    {
      node->state = SCOPE_NODE_SKIPPED;
      node->op = op;
      node->dialect = dialect;
      node->syntax = builder->syntax;
      node->statement = builder->statement;
    }
  return scope_value_failed (span);
}

/* Whether a call's arguments are bound already is decided by call->value. */
bool
scope_builder_try (ScopeBuilder *builder, ScopeCall *call, ScopeFailure *failure, ScopeValue *out)
{
  ScopeProgram *program = builder->program;
  call->program = program;
  call->arena = program->arena;
  call->builder = builder;
  int parameters = scope_op_parameters (call->op);
  assert (parameters <= SCOPE_MAX_PARAMETERS);
  failure->operands = 0;
  for (int i = 0; i < call->arguments; i++)
    collect_operands (program, &call->argument[i].value, failure);

  bool bound = call->value != NULL;
  if (!bound)
    {
      ScopeValue *value =
          scope_arena_alloc (program->arena, (size_t)(parameters + 1) * sizeof *value);
      if (value == NULL)
        {
          program->out_of_memory = true;
          return false;
        }
      call->value = value;
      bound = scope_bind (call, call->argument, call->arguments, value, failure)
              && (call->dialect != SCOPE_NUMPY || scope_listed_arrays (call, value, failure));
    }
  ScopeResult result = { 0 };
  if (!bound || !call->op->infer (call, &result, failure))
    return false;
  *out = result_value (builder, call, &result, failure);
  return true;
}

/* A call as the person wrote it: one that fails is a failing node. */
static ScopeValue
make_call (ScopeBuilder *builder, ScopeCall *call)
{
  ScopeProgram *program = builder->program;
  ScopeFailure *failure = new_failure (program, builder->options, call->span);
  if (failure == NULL)
    return scope_value_failed (call->span);
  ScopeValue value;
  if (scope_builder_try (builder, call, failure, &value))
    return value;
  ScopeNode *node = add_failing_node (builder, call->span, failure);
  if (node == NULL)
    return scope_value_failed (call->span);
  node->op = call->op;
  node->spelling = call->spelling;
  node->variant = call->spelling->variant;
  node->dialect = call->dialect;
  node->value = call->value;
  node->operands = failure->operands;
  node->operand = failure->operand;
  return scope_value_failed (call->span);
}

ScopeValue
scope_builder_call (ScopeBuilder *builder,
                    const ScopeOp *op,
                    const ScopeSpelling *spelling,
                    ScopeDialect dialect,
                    ScopeSpan span,
                    bool method,
                    const ScopeArgument *argument,
                    int arguments)
{
  if (any_failed (argument, arguments))
    return skip_call (builder, op, dialect, span);
  ScopeCall call = {
    .op = op,
    .spelling = spelling,
    .dialect = dialect,
    .span = span,
    .arguments = arguments,
    .argument = argument,
    .method = method,
  };
  return make_call (builder, &call);
}

ScopeValue
scope_builder_call_bound (ScopeBuilder *builder,
                          const ScopeOp *op,
                          const ScopeSpelling *spelling,
                          ScopeDialect dialect,
                          ScopeSpan span,
                          const ScopeValue *bound)
{
  int parameters = scope_op_parameters (op);
  ScopeArgument *argument =
      scope_arena_alloc (builder->program->arena, (size_t)(parameters + 1) * sizeof *argument);
  if (argument == NULL)
    {
      builder->program->out_of_memory = true;
      return scope_value_failed (span);
    }
  for (int i = 0; i < parameters; i++)
    argument[i] = (ScopeArgument){ .name = op->parameter[i].name, .value = bound[i] };
  ScopeCall call = {
    .op = op,
    .spelling = spelling,
    .dialect = dialect,
    .span = span,
    .arguments = parameters,
    .argument = argument,
    .value = bound,
  };
  return make_call (builder, &call);
}

ScopeDialect
scope_builder_dialect (const ScopeBuilder *builder, const ScopeValue *value, int values)
{
  const ScopeProgram *program = builder->program;
  for (int i = 0; i < values; i++)
    if (value[i].kind == SCOPE_VALUE_TENSOR
        && program->node[value[i].node]->dialect != program->dialect)
      return program->node[value[i].node]->dialect;
  return program->dialect;
}

/* ---- making and freeing --------------------------------------------------------------------- */

/* Frees what a builder needs only while building. */
static void
clear_builder (ScopeBuilder *builder)
{
  free (builder->value);
  free (builder->variable);
}

static bool
keep_tensors (ScopeProgram *program, ScopeTensor *const *tensors, int n_tensors)
{
  for (int i = 0; i < n_tensors; i++)
    {
      ScopeTensor *tensor = scope_tensor_ref (tensors[i]);
      if (!scope_arena_own (program->arena, tensor, free_tensor))
        {
          scope_tensor_unref (tensor);
          return false;
        }
    }
  return true;
}

ScopeProgram *
scope_program_new (const char *source,
                   size_t length,
                   ScopeTensor *const *tensors,
                   int n_tensors,
                   const ScopeCheckOptions *options,
                   ScopeError *error)
{
  ScopeExpression *expression = scope_expression_parse (source, length, error);
  if (expression == NULL)
    return NULL;

  ScopeProgram *program = calloc (1, sizeof *program);
  ScopeArena *arena = scope_arena_new ();
  if (program == NULL || arena == NULL)
    {
      free (program);
      scope_arena_free (arena);
      scope_expression_free (expression);
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for this expression.");
      return NULL;
    }
  program->references = 1;
  program->arena = arena;
  program->expression = expression;
  program->dialect = options->dialect == SCOPE_DIALECT_DEFAULT ? SCOPE_PYTORCH : options->dialect;
  program->result = -1;
  program->first_failure = -1;

  ScopeBuilder builder = {
    .program = program, .options = options, .tensor = tensors, .tensors = n_tensors
  };
  bool done = keep_tensors (program, tensors, n_tensors) && scope_evaluate (&builder)
              && !program->out_of_memory;
  clear_builder (&builder);
  if (done)
    return program;
  scope_program_unref (program);
  scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for this expression.");
  return NULL;
}

ScopeProgram *
scope_program_ref (ScopeProgram *program)
{
  program->references++;
  return program;
}

void
scope_program_unref (ScopeProgram *program)
{
  if (program == NULL || --program->references > 0)
    return;
  scope_expression_free ((ScopeExpression *)program->expression);
  scope_arena_free (program->arena);
  scope_text_clear (&program->spare.sentence);
  scope_text_clear (&program->spare.message);
  free (program);
}

void
scope_program_print_span (const ScopeProgram *program, ScopeSpan span, ScopeText *text)
{
  const char *source = program->expression->source;
  int32_t character = -1;
  const char *begin = NULL, *at = source;
  for (;; at++)
    {
      /* A byte that does not continue a character begins one; so does the end. */
      if (((unsigned char)*at & 0xC0) != 0x80)
        character++;
      if (begin == NULL && character == span.begin)
        begin = at;
      if (character == span.end || *at == '\0')
        break;
    }
  if (begin != NULL)
    scope_text_append_bytes (text, begin, (size_t)(at - begin));
}
