/* Alignments made by hand, so that painting is tested without checking. */
#pragma once

#include "advice/alignment.h"

#include <glib.h>

typedef enum
{
  SAMPLE_BROADCAST,
  SAMPLE_ASSIGN, /* only the second stretches */
  SAMPLE_JOIN,   /* along the last axis but one */
  SAMPLE_PRODUCT /* of two matrices */
} SampleKind;

static inline void
sample_cell (ScopeAlignedRow *row, int column, int64_t size, ScopeMark mark)
{
  row->cell[column] = (ScopeAlignedCell){ .size = size, .mark = mark, .present = true };
}

static inline void
sample_row (ScopeAlignedRow *row, const char *name, const char *role, const char *shape)
{
  ScopeError error;
  gboolean read = scope_shape_parse (shape, strlen (shape), &row->shape, &error);
  g_assert_true (read);
  scope_text_append (&row->name, name);
  scope_text_append (&row->role, role);
}

/* What happens to one column of a broadcast. */
static inline ScopeMark
sample_judge (ScopeAlignment *alignment, int column, gboolean one_way, int64_t *result)
{
  int64_t size = alignment->row[0].cell[column].size;
  ScopeMark mark = SCOPE_MARK_EQUAL;
  for (int r = 1; r < alignment->rows; r++)
    {
      int64_t other = alignment->row[r].cell[column].size;
      if (size < 0 || other < 0)
        mark = SCOPE_MARK_UNKNOWN;
      else if (other != size && other != 1 && (size != 1 || one_way))
        mark = SCOPE_MARK_FAILS;
      else if (other != size && mark != SCOPE_MARK_FAILS)
        mark = SCOPE_MARK_STRETCHED;
      if (size == 1 && !one_way)
        size = other;
    }
  *result = mark == SCOPE_MARK_FAILS ? SCOPE_SIZE_UNKNOWN : size;
  return mark;
}

/* Fills in marks and result. `b` and `c` may be NULL. */
static inline ScopeAlignment *
sample_new (SampleKind kind, const char *a, const char *b, const char *c)
{
  ScopeAlignment *alignment = g_new0 (ScopeAlignment, 1);
  gboolean assign = kind == SAMPLE_ASSIGN;
  const char *shapes[] = { a, b, c };
  const char *names[] = { "A", "B", "C" };
  for (int r = 0; r < 3 && shapes[r] != NULL; r++)
    {
      sample_row (&alignment->row[r], names[r],
                  !assign  ? ""
                  : r == 0 ? "target"
                           : "source",
                  shapes[r]);
      alignment->rank = MAX (alignment->rank, alignment->row[r].shape.rank);
      alignment->rows++;
    }
  int rank = alignment->rank;
  alignment->compares = kind != SAMPLE_PRODUCT;
  alignment->has_result = true;
  scope_text_append (&alignment->result.name, "result");
  alignment->result.shape.rank = rank;

  for (int r = 0; r < alignment->rows; r++)
    for (int column = 0; column < rank; column++)
      {
        int axis = column - rank + alignment->row[r].shape.rank;
        int64_t size = axis < 0 ? 1 : alignment->row[r].shape.size[axis];
        sample_cell (&alignment->row[r], column, size,
                     axis < 0 ? SCOPE_MARK_PADDED : SCOPE_MARK_EQUAL);
      }

  for (int column = 0; column < rank; column++)
    {
      int64_t size;
      ScopeMark mark = sample_judge (alignment, column, assign, &size);
      if (kind == SAMPLE_JOIN && column == rank - 2)
        {
          mark = SCOPE_MARK_JOINED;
          size = 0;
          for (int r = 0; r < alignment->rows; r++)
            size += alignment->row[r].cell[column].size;
        }
      if (kind == SAMPLE_PRODUCT)
        {
          mark = SCOPE_MARK_NONE;
          size = alignment->row[column == rank - 1 ? 1 : 0].cell[column].size;
        }
      for (int r = 0; r < alignment->rows; r++)
        {
          ScopeAlignedCell *cell = &alignment->row[r].cell[column];
          if (mark == SCOPE_MARK_FAILS || mark == SCOPE_MARK_JOINED || mark == SCOPE_MARK_UNKNOWN)
            cell->mark = mark;
          else if (mark == SCOPE_MARK_STRETCHED && cell->size != size
                   && cell->mark != SCOPE_MARK_PADDED)
            cell->mark = mark;
        }
      alignment->column[column] = mark;
      sample_cell (&alignment->result, column, size, mark);
      alignment->result.shape.size[column] = size;
    }
  if (kind == SAMPLE_PRODUCT)
    {
      alignment->row[0].cell[rank - 1].mark = SCOPE_MARK_CONTRACTED;
      alignment->row[1].cell[rank - 2].mark = SCOPE_MARK_CONTRACTED;
    }
  return alignment;
}

static inline void
sample_free (ScopeAlignment *alignment)
{
  for (int r = 0; r < SCOPE_ALIGNED_ROWS; r++)
    {
      scope_text_clear (&alignment->row[r].name);
      scope_text_clear (&alignment->row[r].role);
    }
  scope_text_clear (&alignment->result.name);
  g_free (alignment);
}
