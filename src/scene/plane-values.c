/* Statistics of a whole tensor, not only of the plane that is shown. */
#include "core/checked.h"
#include "scene/plane-reader.h"

#include <stdlib.h>

#define EFFORT (INT64_C (16) << 20)

/* Every k-th element along each axis. */
typedef struct
{
  int rank;
  int64_t step[SCOPE_MAX_RANK], samples[SCOPE_MAX_RANK];
  int64_t total;
} Grid;

static bool
count (Grid *grid)
{
  grid->total = 1;
  for (int axis = 0; axis < grid->rank; axis++)
    if (!scope_checked_mul (grid->total, grid->samples[axis], &grid->total))
      return false;
  return true;
}

/* Halves the samples of the longest axis until they are few enough. */
static Grid
choose_grid (const ScopeShape *shape, int64_t effort)
{
  Grid grid = { .rank = shape->rank };
  for (int axis = 0; axis < shape->rank; axis++)
    {
      grid.step[axis] = 1;
      grid.samples[axis] = shape->size[axis];
    }
  while (!count (&grid) || grid.total > effort)
    {
      int longest = 0;
      for (int axis = 1; axis < grid.rank; axis++)
        if (grid.samples[axis] > grid.samples[longest])
          longest = axis;
      if (grid.samples[longest] <= 1)
        break;
      grid.step[longest] *= 2;
      grid.samples[longest] = scope_divide_up (shape->size[longest], grid.step[longest]);
    }
  return grid;
}

/* The grid is read in pieces: all of the axes behind `axis`, `run` places of it, one place of each
 * before it. */
typedef struct
{
  Grid grid;
  int axis;
  int64_t run;
} Pieces;

static Pieces
cut (const Grid *grid)
{
  Pieces pieces = { .grid = *grid, .axis = 0, .run = 1 };
  int64_t behind = 1;
  for (int axis = grid->rank - 1; axis >= 0; axis--)
    {
      pieces.axis = axis;
      pieces.run = scope_max (scope_min (grid->samples[axis], SCOPE_PLANE_TILE / behind), 1);
      if (pieces.run < grid->samples[axis])
        break;
      behind *= grid->samples[axis];
    }
  return pieces;
}

static ScopeRegion
piece_at (const Pieces *pieces, const int64_t *place)
{
  const Grid *grid = &pieces->grid;
  ScopeRegion region = { .rank = grid->rank };
  for (int axis = 0; axis < grid->rank; axis++)
    {
      int64_t left = grid->samples[axis] - place[axis];
      region.start[axis] = place[axis] * grid->step[axis];
      region.count[axis] = axis < pieces->axis    ? 1
                           : axis == pieces->axis ? scope_min (pieces->run, left)
                                                  : grid->samples[axis];
      region.step[axis] = region.count[axis] == 1 ? 1 : grid->step[axis];
    }
  return region;
}

static bool
next_piece (const Pieces *pieces, int64_t *place)
{
  for (int axis = pieces->axis; axis >= 0 && pieces->grid.rank > 0; axis--)
    {
      place[axis] += axis == pieces->axis ? pieces->run : 1;
      if (place[axis] < pieces->grid.samples[axis])
        return true;
      place[axis] = 0;
    }
  return false;
}

/* All pieces into the sum. */
static bool
read_pieces (ScopePlaneReader *reader,
             const Pieces *pieces,
             ScopeStatisticsSum *sum,
             ScopeError *error)
{
  int64_t place[SCOPE_MAX_RANK] = { 0 }, bytes = (int64_t)scope_dtype_bytes (reader->dtype);
  do
    {
      ScopeRegion region = piece_at (pieces, place);
      ScopeBuffer buffer = scope_buffer_dense (&region, reader->raw);
      int64_t elements = 1;
      for (int axis = 0; axis < region.rank; axis++)
        elements *= region.count[axis];
      if (!scope_program_read (reader->program, reader->node, &region, &buffer, reader->reading,
                               error))
        return false;
      if (reader->reading->cancelled != NULL && *reader->reading->cancelled != 0)
        return scope_fail (error, SCOPE_ERROR_CANCELLED, -1, "Stopped.");
      for (int64_t i = 0; i < elements; i += SCOPE_PLANE_PIECE)
        {
          int64_t part = scope_min (SCOPE_PLANE_PIECE, elements - i);
          scope_plane_numbers (reader->dtype, (const char *)reader->raw + i * bytes, part,
                               reader->tile);
          if (!scope_plane_count (reader, sum, reader->tile, part, error))
            return false;
        }
    }
  while (next_piece (pieces, place));
  return true;
}

static bool
read_values (ScopePlaneReader *reader, const Pieces *pieces, ScopePlane *plane, ScopeError *error)
{
  ScopeStatisticsSum sum;
  for (double factor = 1;; factor = SCOPE_STATISTICS_SMALL)
    {
      sum = scope_statistics_begin (factor);
      reader->sample.count = reader->sample.seen = 0;
      reader->sample.stride = 1;
      if (!read_pieces (reader, pieces, &sum, error))
        return false;
      if (factor != 1 || !scope_statistics_overflows (&sum))
        break;
    }
  plane->statistics = scope_statistics_end (&sum);
  scope_sample_sort (&reader->sample);
  plane->sample = reader->sample.value;
  plane->samples = reader->sample.count;
  reader->sample.value = NULL;
  return true;
}

ScopePlane *
scope_plane_of_values (const ScopeProgram *program,
                       int node,
                       int64_t effort,
                       const ScopeReading *reading,
                       ScopeError *error)
{
  const ScopeNode *read = program->node[node];
  if (!scope_shape_is_known (&read->shape))
    {
      scope_fail (error, SCOPE_ERROR_SHAPE, -1,
                  "A size is not known, so there are no values to show.");
      return NULL;
    }
  Grid grid = choose_grid (&read->shape, effort > 0 ? effort : EFFORT);
  Pieces pieces = cut (&grid);
  ScopePlaneReader reader = {
    .program = program, .node = node, .dtype = read->dtype, .reading = reading, .sampling = true
  };
  ScopeStatisticsSum none = scope_statistics_begin (1);
  ScopePlane *plane = calloc (1, sizeof *plane);
  reader.raw = malloc (SCOPE_PLANE_TILE * scope_dtype_bytes (read->dtype));
  reader.tile = malloc (SCOPE_PLANE_PIECE * sizeof *reader.tile);
  bool whole = plane != NULL && reader.raw != NULL && reader.tile != NULL;
  if (!whole)
    scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left.");
  else
    {
      plane->dtype = read->dtype;
      plane->row_block = plane->column_block = 1;
      plane->statistics = scope_statistics_end (&none);
      for (int axis = 0; axis < grid.rank; axis++)
        plane->sampled = plane->sampled || grid.step[axis] > 1;
      whole = grid.total == 0 || read_values (&reader, &pieces, plane, error);
    }
  free (reader.raw);
  free (reader.tile);
  free (reader.sample.value);
  if (whole)
    return plane;
  scope_plane_free (plane);
  return NULL;
}
