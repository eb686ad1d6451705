/* Looking for the next NaN of a plane. */
#include "core/checked.h"
#include "scene/plane.h"

#include <math.h>

enum
{
  PIECE = 1 << 18, /* elements read at once */
};

typedef struct
{
  const ScopeProgram *program;
  int node;
  const ScopeView *view;
  const ScopeReading *reading;
  int64_t rows, columns;
} Search;

/* The first NaN of a part, which is read. FALSE with the error set, or with *row −1 for none. */
static bool
search_part (const Search *self,
             const ScopePlanePart *part,
             int64_t *row,
             int64_t *column,
             ScopeError *error)
{
  ScopePlaneRequest request = {
    .view = *self->view, .part = part, .row_block = 1, .column_block = 1, .effort = INT64_MAX
  };
  ScopePlane *plane = scope_plane_make (self->program, self->node, &request, self->reading, error);
  *row = -1;
  if (plane == NULL)
    return false;
  int64_t cells = plane->cell_rows * plane->cell_columns;
  for (int64_t i = 0; plane->statistics.nans > 0 && i < cells && *row < 0; i++)
    if (isnan (plane->value[i]))
      {
        *row = plane->row_begin + i / plane->cell_columns;
        *column = plane->column_begin + i % plane->cell_columns;
      }
  scope_plane_free (plane);
  if (self->reading->cancelled != NULL && *self->reading->cancelled != 0)
    return scope_fail (error, SCOPE_ERROR_CANCELLED, -1, "Stopped.");
  return true;
}

/* Rows row…end from column `column` of the first on, as many at once as a piece holds. */
static bool
search_rows (const Search *self,
             int64_t row,
             int64_t end,
             int64_t column,
             int64_t *found_row,
             int64_t *found_column,
             ScopeError *error)
{
  int64_t high = scope_max (PIECE / self->columns, 1);
  int64_t wide = scope_min (self->columns, PIECE);
  *found_row = -1;
  while (row < end && *found_row < 0)
    {
      bool several = column == 0 && wide == self->columns;
      ScopePlanePart part = { row, several ? scope_min (row + high, end) : row + 1, column,
                              scope_min (column + wide, self->columns) };
      if (!search_part (self, &part, found_row, found_column, error))
        return false;
      column = part.column_end == self->columns ? 0 : part.column_end;
      row = column == 0 ? part.row_end : row;
    }
  return true;
}

bool
scope_plane_find_nan (const ScopeProgram *program,
                      int node,
                      const ScopeView *view,
                      int64_t *row,
                      int64_t *column,
                      const ScopeReading *reading,
                      ScopeError *error)
{
  const ScopeShape *shape = &program->node[node]->shape;
  ScopeView fitted = scope_view_fit (view, shape);
  Search search = { .program = program,
                    .node = node,
                    .view = &fitted,
                    .reading = reading,
                    .rows = fitted.row_axis < 0 ? 1 : shape->size[fitted.row_axis],
                    .columns = fitted.column_axis < 0 ? 1 : shape->size[fitted.column_axis] };
  int64_t from_row = scope_max (*row, 0), from_column = *row < 0 ? 0 : *column + 1;
  int64_t found_row = -1, found_column = -1;
  if (search.rows == 0 || search.columns == 0)
    {
      *row = *column = -1;
      return true;
    }
  if (from_column >= search.columns)
    {
      from_row++;
      from_column = 0;
    }
  /* To the end, then from the beginning to the row it began with. */
  if (!search_rows (&search, from_row, search.rows, from_column, &found_row, &found_column, error)
      || (found_row < 0
          && !search_rows (&search, 0, scope_min (from_row + 1, search.rows), 0, &found_row,
                           &found_column, error)))
    return false;
  *row = found_row;
  *column = found_column;
  return true;
}
