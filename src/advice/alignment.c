/* Aligning a node's operands and result from the trailing end. */
#include "advice/alignment.h"

#include "core/checked.h"

#include <stdlib.h>
#include <string.h>

static const char *const signs[] = {
  [SCOPE_MARK_NONE] = "",        [SCOPE_MARK_EQUAL] = "=",   [SCOPE_MARK_STRETCHED] = "→",
  [SCOPE_MARK_PADDED] = "1",     [SCOPE_MARK_FAILS] = "✗",   [SCOPE_MARK_JOINED] = "⊕",
  [SCOPE_MARK_CONTRACTED] = "↔", [SCOPE_MARK_UNKNOWN] = "?",
};

const char *
scope_mark_sign (ScopeMark mark)
{
  return signs[mark];
}

static const char *
translated (const char *(*translate) (const char *), const char *text)
{
  return translate != NULL ? translate (text) : text;
}

static void
place_row (ScopeAlignedRow *row, const ScopeShape *shape, int rank, bool pads)
{
  int missing = rank - shape->rank;
  row->shape = *shape;
  for (int column = 0; column < rank; column++)
    if (column >= missing)
      row->cell[column] =
          (ScopeAlignedCell){ .size = shape->size[column - missing], .present = true };
    else if (pads)
      row->cell[column] =
          (ScopeAlignedCell){ .size = 1, .mark = SCOPE_MARK_PADDED, .present = true };
}

/* The matrix axes of a product are not filled up with ones. */
static void
remove_padding (ScopeAlignedRow *row, int begin, int end)
{
  for (int column = begin < 0 ? 0 : begin; column < end; column++)
    if (row->cell[column].mark == SCOPE_MARK_PADDED)
      row->cell[column] = (ScopeAlignedCell){ 0 };
}

/* The column along which operands are joined, or −1. */
static int
joined_column (const ScopeNode *node, int rank)
{
  if (node->op->align != SCOPE_ALIGN_JOIN || node->value == NULL)
    return -1;
  int64_t axis = 0;
  for (int i = 0; node->op->parameter[i].name != NULL; i++)
    if (strcmp (node->op->parameter[i].name, "dim") == 0 && scope_value_is_int (&node->value[i]))
      axis = node->value[i].integer;
  if (axis < 0)
    axis += rank;
  return axis >= 0 && axis < rank ? (int)axis : -1;
}

static bool
column_fails (const ScopeFailure *failure, int column)
{
  for (int i = 0; failure != NULL && i < failure->axes; i++)
    if (failure->axis[i].axis == column)
      return true;
  return false;
}

/* The size operands agree on in a column, the marks of its cells, and the column's own mark. */
static void
judge_broadcast_column (ScopeAlignment *alignment, int column, bool fails)
{
  ScopeMark mark = SCOPE_MARK_EQUAL;
  int64_t size = 1;
  for (int r = 0; r < alignment->rows; r++)
    {
      int64_t own = alignment->row[r].cell[column].size;
      if (own != 1 && (size == 1 || !scope_size_is_known (size)))
        size = own;
    }
  /* An unknown size is taken to fit, unless it has a name and all bear it. */
  for (int r = 0; r < alignment->rows; r++)
    {
      int64_t own = alignment->row[r].cell[column].size;
      if (!scope_size_is_known (own) && (own != size || own == SCOPE_SIZE_UNKNOWN))
        mark = SCOPE_MARK_UNKNOWN;
    }
  for (int r = 0; r < alignment->rows; r++)
    {
      ScopeAlignedCell *cell = &alignment->row[r].cell[column];
      if (fails)
        cell->mark = cell->mark == SCOPE_MARK_PADDED ? cell->mark : SCOPE_MARK_FAILS;
      else if (cell->size == 1 && size != 1)
        {
          cell->mark = cell->mark == SCOPE_MARK_PADDED ? cell->mark : SCOPE_MARK_STRETCHED;
          if (mark == SCOPE_MARK_EQUAL)
            mark = SCOPE_MARK_STRETCHED;
        }
      else if (cell->mark != SCOPE_MARK_PADDED)
        cell->mark = mark == SCOPE_MARK_UNKNOWN ? mark : SCOPE_MARK_EQUAL;
    }
  alignment->column[column] = fails ? SCOPE_MARK_FAILS : mark;
  alignment->result.cell[column] =
      (ScopeAlignedCell){ .size = fails ? SCOPE_SIZE_UNKNOWN : size,
                          .mark = fails ? SCOPE_MARK_FAILS : SCOPE_MARK_NONE,
                          .present = true };
}

/* Equal sizes, but along the joined column, where they add up. */
static void
judge_matched_column (ScopeAlignment *alignment, int column, bool fails, bool joined)
{
  ScopeMark mark = joined ? SCOPE_MARK_JOINED : fails ? SCOPE_MARK_FAILS : SCOPE_MARK_EQUAL;
  int64_t size = joined ? 0 : alignment->row[0].cell[column].size;
  for (int r = 0; r < alignment->rows; r++)
    {
      ScopeAlignedCell *cell = &alignment->row[r].cell[column];
      if (!cell->present)
        continue;
      if (!scope_size_is_known (cell->size) || !scope_size_is_known (size)
          || (joined && !scope_checked_add (size, cell->size, &size)))
        size = SCOPE_SIZE_UNKNOWN;
      cell->mark = mark;
    }
  alignment->column[column] = mark;
  alignment->result.cell[column] =
      (ScopeAlignedCell){ .size = fails ? SCOPE_SIZE_UNKNOWN : size,
                          .mark = fails ? SCOPE_MARK_FAILS : SCOPE_MARK_NONE,
                          .present = true };
}

/* (…, m, k) @ (…, k, n): k of both is summed away; the leading axes broadcast. */
static void
judge_product (ScopeAlignment *alignment, const ScopeFailure *failure)
{
  int rank = alignment->rank;
  bool contracts = failure != NULL && failure->rule == SCOPE_RULE_CONTRACT;
  for (int column = 0; column < rank - 2; column++)
    judge_broadcast_column (alignment, column, column_fails (failure, column));
  for (int r = 0; r < alignment->rows; r++)
    {
      /* The second's only axis is its contracted one. */
      int column = r == 0 || alignment->row[r].shape.rank == 1 ? rank - 1 : rank - 2;
      if (column < 0 || !alignment->row[r].cell[column].present)
        continue;
      alignment->row[r].cell[column].mark = contracts ? SCOPE_MARK_FAILS : SCOPE_MARK_CONTRACTED;
      if (contracts)
        alignment->column[column] = SCOPE_MARK_FAILS;
    }
}

static void
judge_columns (ScopeAlignment *alignment, const ScopeNode *node)
{
  ScopeAlign align = node->op->align;
  const ScopeFailure *failure = node->failure;
  if (align == SCOPE_ALIGN_PRODUCT)
    {
      judge_product (alignment, failure);
      return;
    }
  int joined = joined_column (node, alignment->rank);
  for (int column = 0; column < alignment->rank; column++)
    {
      bool fails = column_fails (failure, column);
      if (align == SCOPE_ALIGN_JOIN || align == SCOPE_ALIGN_MATCH)
        judge_matched_column (alignment, column, fails, column == joined);
      else if (align != SCOPE_ALIGN_NONE)
        judge_broadcast_column (alignment, column, fails);
      else if (fails)
        {
          alignment->column[column] = SCOPE_MARK_FAILS;
          for (int r = 0; r < alignment->rows; r++)
            if (alignment->row[r].cell[column].present)
              alignment->row[r].cell[column].mark = SCOPE_MARK_FAILS;
        }
    }
}

static void
name_rows (ScopeAlignment *alignment,
           const ScopeNode *node,
           const char *(*translate) (const char *))
{
  bool assigns = node->op->align == SCOPE_ALIGN_ASSIGN && alignment->rows == 2;
  for (int r = 0; r < alignment->rows; r++)
    {
      ScopeAlignedRow *row = &alignment->row[r];
      scope_program_print_span (node->program, node->operand[r].span, &row->name);
      if (assigns)
        scope_text_append (&row->role, r == 0 ? translated (translate, "target")
                                              : translated (translate, "source"));
    }
  scope_text_append (&alignment->result.name, translated (translate, "result"));
}

static void
align_operation (ScopeAlignment *alignment,
                 const ScopeNode *node,
                 const char *(*translate) (const char *))
{
  bool fits = node->state == SCOPE_NODE_FITS;
  /* What fails for another reason than its axes says nothing about them. */
  bool judged = fits || node->failure->axes > 0 || node->failure->rule == SCOPE_RULE_CONTRACT;
  ScopeAlign align = judged ? node->op->align : SCOPE_ALIGN_NONE;
  alignment->rows = (int)scope_min (node->operands, SCOPE_ALIGNED_ROWS);
  alignment->hidden = (int)scope_max (node->inputs - SCOPE_ALIGNED_ROWS, 0);
  for (int r = 0; r < alignment->rows; r++)
    alignment->rank = (int)scope_max (alignment->rank, node->operand[r].shape.rank);
  if (fits && (align == SCOPE_ALIGN_NONE || align == SCOPE_ALIGN_MATCH))
    alignment->rank = (int)scope_max (alignment->rank, node->shape.rank);

  bool pads = align == SCOPE_ALIGN_BROADCAST || align == SCOPE_ALIGN_ASSIGN;
  bool product = align == SCOPE_ALIGN_PRODUCT;
  alignment->compares = pads || (product && alignment->rank > 2);
  for (int r = 0; r < alignment->rows; r++)
    {
      place_row (&alignment->row[r], &node->operand[r].shape, alignment->rank, pads || product);
      if (product)
        remove_padding (&alignment->row[r], alignment->rank - 2, alignment->rank);
    }
  if (judged)
    judge_columns (alignment, node);
  alignment->has_result = fits || pads || align == SCOPE_ALIGN_JOIN;
  if (align == SCOPE_ALIGN_ASSIGN && alignment->rows > 0)
    for (int column = 0; column < alignment->rank; column++)
      alignment->result.cell[column].present =
          alignment->row[0].cell[column].mark != SCOPE_MARK_PADDED;
  else if (fits)
    {
      memset (alignment->result.cell, 0, sizeof alignment->result.cell);
      place_row (&alignment->result, &node->shape, alignment->rank, false);
    }
  name_rows (alignment, node, translate);
}

ScopeAlignment *
scope_alignment_new (const ScopeProgram *program,
                     int number,
                     const char *(*translate) (const char *text))
{
  ScopeAlignment *alignment = calloc (1, sizeof *alignment);
  if (alignment == NULL)
    return NULL;
  const ScopeNode *node = program->node[number];
  if (node->op != NULL && node->state != SCOPE_NODE_SKIPPED)
    align_operation (alignment, node, translate);
  else if (node->state == SCOPE_NODE_FITS)
    {
      alignment->rank = node->shape.rank;
      alignment->has_result = true;
      place_row (&alignment->result, &node->shape, alignment->rank, false);
      scope_program_print_span (program, node->span, &alignment->result.name);
    }
  return alignment;
}

void
scope_alignment_free (ScopeAlignment *alignment)
{
  if (alignment == NULL)
    return;
  for (int r = 0; r < alignment->rows; r++)
    {
      scope_text_clear (&alignment->row[r].name);
      scope_text_clear (&alignment->row[r].role);
    }
  scope_text_clear (&alignment->result.name);
  scope_text_clear (&alignment->result.role);
  free (alignment);
}
