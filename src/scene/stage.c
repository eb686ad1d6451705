/* The stage's tensors: shapes, boxes, values, and where values come from. */
#include "scene/stage-making.h"

#include "scene/number.h"

#include <stdlib.h>
#include <string.h>

enum
{
  READ_MOST = 1 << 20, /* elements of the whole program, that values are still read */
};

/* ---- what is told --------------------------------------------------------------------------- */

/* Which of two operands is a number that was written out, −1: none. */
static int
number_of (const ScopeNode *node)
{
  if (node->operands != 1 || node->inputs != 2 || node->state != SCOPE_NODE_FITS)
    return -1;
  for (int i = 0; i < 2; i++)
    {
      const ScopeNode *input = node->program->node[node->input[i]];
      if (input->op == NULL && input->shape.rank == 0
          && input->span.begin != node->operand[0].span.begin)
        return i;
    }
  return -1;
}

/* A number has no row in an alignment, but it broadcasts as every scalar does. */
static void
insert_number (ScopeAlignment *alignment, const ScopeNode *node)
{
  int which = number_of (node);
  if (node->op == NULL || node->op->align != SCOPE_ALIGN_BROADCAST || which < 0
      || alignment->rows != 1)
    return;
  if (which == 0)
    alignment->row[1] = alignment->row[0];
  ScopeAlignedRow *other = &alignment->row[1 - which], *row = &alignment->row[which];
  *row = (ScopeAlignedRow){ 0 };
  scope_program_print_span (node->program, node->program->node[node->input[which]]->span,
                            &row->name);
  alignment->rows = 2;
  for (int column = 0; column < alignment->rank; column++)
    {
      bool stretches = other->cell[column].size != 1;
      row->cell[column] =
          (ScopeAlignedCell){ .size = 1, .mark = SCOPE_MARK_PADDED, .present = true };
      alignment->column[column] = stretches ? SCOPE_MARK_STRETCHED : SCOPE_MARK_EQUAL;
    }
}

static ScopeStageKind
kind_of (const ScopeNode *node)
{
  static const struct
  {
    const char *group;
    ScopeStageKind kind;
  } groups[] = {
    { "reshaping", SCOPE_STAGE_RESHAPE },   { "reordering", SCOPE_STAGE_PERMUTE },
    { "resampling", SCOPE_STAGE_RESAMPLE }, { "reduction", SCOPE_STAGE_REDUCE },
    { "indexing", SCOPE_STAGE_SLICE },
  };
  if (node->op == NULL)
    return SCOPE_STAGE_VALUE;
  switch (node->op->align)
    {
    case SCOPE_ALIGN_BROADCAST:
      return node->operands > 1 || number_of (node) >= 0 ? SCOPE_STAGE_BROADCAST
                                                         : SCOPE_STAGE_OTHER;
    case SCOPE_ALIGN_ASSIGN:
      return node->operands > 1 ? SCOPE_STAGE_ASSIGN : SCOPE_STAGE_OTHER;
    case SCOPE_ALIGN_JOIN:
      return SCOPE_STAGE_CONCAT;
    case SCOPE_ALIGN_MATCH:
      return strcmp (node->op->name, "stack") == 0 ? SCOPE_STAGE_STACK : SCOPE_STAGE_OTHER;
    case SCOPE_ALIGN_PRODUCT:
      return SCOPE_STAGE_PRODUCT;
    case SCOPE_ALIGN_NONE:
      break;
    }
  for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
    if (strcmp (node->op->group, groups[i].group) == 0)
      return groups[i].kind;
  return SCOPE_STAGE_OTHER;
}

/* The first failure, the last operation, or the result. */
static int
find_focus (const ScopeProgram *program)
{
  if (program->first_failure >= 0)
    return program->first_failure;
  for (int i = program->nodes - 1; i >= 0; i--)
    if (program->node[i]->op != NULL && program->node[i]->state == SCOPE_NODE_FITS)
      return i;
  return program->result;
}

/* ---- tensors -------------------------------------------------------------------------------- */

static void
fill_tensor (ScopeStageMaking *making, const ScopeAlignedRow *row, bool result)
{
  ScopeStage *stage = making->stage;
  ScopeStageTensor *tensor = &stage->tensor[stage->tensors++];
  int columns = stage->columns;
  scope_text_append (&tensor->name, scope_text_string (&row->name));
  scope_text_append (&tensor->role, scope_text_string (&row->role));
  tensor->shape = row->shape;
  tensor->result = result;
  tensor->joined_axis = -1;
  for (int column = 0; column < columns; column++)
    if (row->cell[column].present)
      tensor->box[tensor->boxes++] =
          (ScopeStageBox){ .size = row->cell[column].size,
                           .from_end = column - columns,
                           .filled = row->cell[column].mark == SCOPE_MARK_PADDED };
}

/* The shape a tensor is repeated to. */
static void
grow_tensor (const ScopeStageMaking *making, ScopeStageTensor *tensor, int r)
{
  const ScopeAlignment *alignment = making->alignment;
  ScopeStage *stage = making->stage;
  bool stretches = stage->kind == SCOPE_STAGE_BROADCAST || stage->kind == SCOPE_STAGE_ASSIGN;
  tensor->grown = tensor->shape;
  if (!stretches || stage->fails || tensor->result)
    return;
  tensor->grown.rank = stage->columns;
  for (int column = 0; column < stage->columns; column++)
    tensor->grown.size[column] = alignment->result.cell[column].present
                                     ? alignment->result.cell[column].size
                                     : alignment->row[r].cell[column].size;
}

/* Rows and columns of a shape whose other axes have size 1; false when there are others. */
static bool
take_matrix (const ScopeShape *shape, int *rows, int *columns)
{
  for (int axis = 0; axis < shape->rank; axis++)
    {
      int64_t size = shape->size[axis];
      if (size < 1 || size > SCOPE_STAGE_SIDE || (axis < shape->rank - 2 && size != 1))
        return false;
    }
  *columns = shape->rank > 0 ? (int)shape->size[shape->rank - 1] : 1;
  *rows = shape->rank > 1 ? (int)shape->size[shape->rank - 2] : 1;
  return *rows * *columns <= SCOPE_STAGE_CELLS;
}

static void
swap_ints (int *a, int *b)
{
  int old = *a;
  *a = *b;
  *b = old;
}

/* A vector that stands as a column in a product. */
static bool
is_column (const ScopeStage *stage, int r)
{
  return stage->kind == SCOPE_STAGE_PRODUCT && r > 0 && stage->tensor[r].shape.rank == 1
         && stage->tensor[1].shape.rank == 1;
}

static bool
take_cells (ScopeStage *stage)
{
  for (int r = 0; r < stage->tensors; r++)
    {
      ScopeStageTensor *tensor = &stage->tensor[r];
      if (tensor->result && stage->fails)
        continue;
      if (!take_matrix (&tensor->grown, &tensor->rows, &tensor->columns)
          || !take_matrix (&tensor->shape, &tensor->own_rows, &tensor->own_columns))
        return false;
      if (is_column (stage, r))
        {
          swap_ints (&tensor->rows, &tensor->columns);
          swap_ints (&tensor->own_rows, &tensor->own_columns);
        }
    }
  return true;
}

/* ---- values --------------------------------------------------------------------------------- */

static bool
is_cheap (const ScopeProgram *program)
{
  int64_t total = 0;
  for (int i = 0; i < program->nodes; i++)
    {
      const ScopeNode *node = program->node[i];
      int64_t count;
      if (node->state != SCOPE_NODE_FITS)
        continue;
      if (!scope_shape_count (&node->shape, &count, NULL) || count > READ_MOST - total)
        return false;
      total += count;
    }
  return true;
}

static void
print_value (ScopeDtype dtype, const void *element, char *out)
{
  ScopeText text = { 0 };
  if (scope_dtype_is_float (dtype))
    scope_number_print (scope_dtype_load (dtype, element).f, 3, 1e6, &text);
  else
    scope_dtype_print (dtype, element, &text);
  if (text.length < SCOPE_STAGE_VALUE_BYTES)
    memcpy (out, scope_text_string (&text), text.length + 1);
  scope_text_clear (&text);
}

static void
read_values (const ScopeProgram *program, int number, ScopeStageTensor *tensor)
{
  const ScopeNode *node = program->node[number];
  int64_t count = 0;
  char data[SCOPE_STAGE_CELLS * 16] __attribute__ ((aligned (16)));
  size_t bytes = scope_dtype_bytes (node->dtype);
  if (node->state != SCOPE_NODE_FITS || !node->readable
      || !scope_shape_equal (&node->shape, &tensor->shape)
      || !scope_shape_count (&node->shape, &count, NULL) || count > SCOPE_STAGE_CELLS || bytes > 16)
    return;
  ScopeRegion region = scope_region_all (&node->shape);
  ScopeBuffer buffer = scope_buffer_dense (&region, data);
  ScopeReading reading = { 0 };
  if (!scope_program_read (program, number, &region, &buffer, &reading, NULL))
    return;
  for (int64_t i = 0; i < count; i++)
    print_value (node->dtype, data + (size_t)i * bytes, tensor->value[i]);
}

/* What an operand's text alone comes to, after the statements before it. */
static void
read_operand_text (const ScopeStageMaking *making, int r)
{
  const ScopeProgram *program = making->program;
  const ScopeExpression *expression = program->expression;
  const ScopeNode *node = making->node;
  ScopeText source = { 0 };
  int32_t begin = expression->node[expression->statement[node->statement]].span.begin;
  if (node->statement > 0)
    scope_program_print_span (program, (ScopeSpan){ 0, begin }, &source);
  scope_text_append (&source, "\n");
  scope_program_print_span (program, node->operand[r].span, &source);
  ScopeCheckOptions options = { .dialect = program->dialect };
  ScopeProgram *part = scope_program_new (scope_text_string (&source), source.length,
                                          making->tensors, making->n_tensors, &options, NULL);
  if (part != NULL && part->result >= 0)
    read_values (part, part->result, &making->stage->tensor[r]);
  else if (making->stage->tensor[r].shape.rank == 0
           && making->stage->tensor[r].name.length < SCOPE_STAGE_VALUE_BYTES)
    memcpy (making->stage->tensor[r].value[0], scope_text_string (&making->stage->tensor[r].name),
            making->stage->tensor[r].name.length + 1); /* a number */
  scope_program_unref (part);
  scope_text_clear (&source);
}

static void
read_all (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  const ScopeNode *node = making->node;
  for (int r = 0; r < stage->tensors; r++)
    {
      ScopeStageTensor *tensor = &stage->tensor[r];
      if (tensor->result || stage->kind == SCOPE_STAGE_VALUE)
        read_values (making->program, node->number, tensor);
      else if (r < node->inputs
               && scope_shape_equal (&making->program->node[node->input[r]]->shape, &tensor->shape))
        read_values (making->program, node->input[r], tensor);
      else
        read_operand_text (making, r);
    }
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void
take_sign (ScopeStage *stage, const ScopeNode *node)
{
  const char *name = node->spelling != NULL ? node->spelling->name : "";
  bool sign = name[0] != '\0' && strchr ("+-*/%@&|<>=!^", name[0]) != NULL;
  if (stage->kind == SCOPE_STAGE_ASSIGN)
    name = "=";
  else if (!sign)
    name = stage->kind == SCOPE_STAGE_PRODUCT ? "@" : "";
  if (strlen (name) < sizeof stage->sign)
    memcpy (stage->sign, name, strlen (name) + 1);
}

static void
make_tensors (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  const ScopeAlignment *alignment = making->alignment;
  bool value = stage->kind == SCOPE_STAGE_VALUE;
  stage->columns = alignment->rank;
  stage->result = -1;
  for (int r = 0; r < alignment->rows; r++)
    fill_tensor (making, &alignment->row[r], false);
  if (alignment->has_result)
    {
      stage->result = value ? -1 : stage->tensors;
      fill_tensor (making, &alignment->result, !value);
      if (!value && making->node->state == SCOPE_NODE_FITS)
        stage->tensor[stage->result].shape = making->node->shape;
    }
  for (int r = 0; r < stage->tensors; r++)
    grow_tensor (making, &stage->tensor[r], r);
  stage->cells = take_cells (stage);
}

static bool
is_whole (const ScopeStage *stage)
{
  bool failed = stage->code.failed;
  for (int r = 0; r < stage->tensors; r++)
    failed |= stage->tensor[r].name.failed || stage->tensor[r].role.failed;
  for (int k = 0; k < stage->steps; k++)
    failed |= stage->step[k].title.failed || stage->step[k].sentence.failed
              || stage->step[k].formula.failed;
  return !failed;
}

static void
make_stage (ScopeStageMaking *making)
{
  ScopeStage *stage = making->stage;
  const ScopeNode *node = making->node;
  stage->kind = kind_of (node);
  stage->fails = node->state != SCOPE_NODE_FITS;
  scope_program_print_span (making->program, node->span, &stage->code);
  take_sign (stage, node);
  make_tensors (making);
  if (stage->cells && is_cheap (making->program))
    read_all (making);
  if (stage->cells && stage->result >= 0 && !stage->fails)
    scope_stage_find_flights (making);
  if (stage->kind == SCOPE_STAGE_BROADCAST || stage->kind == SCOPE_STAGE_ASSIGN)
    scope_stage_tell_broadcast (making);
  else
    scope_stage_tell_rule (making);
}

ScopeStage *
scope_stage_new (const ScopeProgram *program,
                 int focus,
                 ScopeTensor *const *tensors,
                 int n_tensors,
                 const char *(*translate) (const char *text))
{
  int number = focus >= 0 ? focus : find_focus (program);
  if (number < 0 || program->node[number]->state == SCOPE_NODE_SKIPPED)
    return NULL;
  ScopeAlignment *alignment = scope_alignment_new (program, number, translate);
  ScopeStage *stage = calloc (1, sizeof *stage);
  if (stage != NULL && alignment != NULL)
    {
      insert_number (alignment, program->node[number]);
      ScopeStageMaking making = { .stage = stage,
                                  .program = program,
                                  .node = program->node[number],
                                  .alignment = alignment,
                                  .translate = translate,
                                  .tensors = tensors,
                                  .n_tensors = n_tensors };
      make_stage (&making);
    }
  if (stage != NULL && (alignment == NULL || !is_whole (stage)))
    {
      scope_stage_free (stage);
      stage = NULL;
    }
  scope_alignment_free (alignment);
  return stage;
}

void
scope_stage_free (ScopeStage *stage)
{
  if (stage == NULL)
    return;
  for (int r = 0; r < stage->tensors; r++)
    {
      scope_text_clear (&stage->tensor[r].name);
      scope_text_clear (&stage->tensor[r].role);
    }
  for (int k = 0; k < stage->steps; k++)
    {
      scope_text_clear (&stage->step[k].title);
      scope_text_clear (&stage->step[k].sentence);
      scope_text_clear (&stage->step[k].formula);
    }
  scope_text_clear (&stage->code);
  free (stage);
}
