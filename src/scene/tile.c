/* Tiles: checked, read, subtracted. */
#include "scene/tile.h"

#include "core/checked.h"
#include "ops/resampling.h"
#include "scene/materialize.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static char *
copy_text (const char *text)
{
  size_t bytes = strlen (text) + 1;
  char *copy = malloc (bytes);
  if (copy != NULL)
    memcpy (copy, text, bytes);
  return copy;
}

/* ---- making --------------------------------------------------------------------------------- */

static void
explain (ScopeTile *tile, ScopeErrorCode code, const char *sentence)
{
  scope_fail (&tile->error, code, -1, "%s", sentence);
  scope_program_unref (tile->program);
  tile->program = NULL;
}

static void
check (ScopeTile *tile,
       ScopeTensor *const *tensors,
       int n_tensors,
       const ScopeCheckOptions *options)
{
  tile->error = (ScopeError){ .axis = -1, .begin = -1, .end = -1 };
  tile->program = scope_program_new (tile->expression, strlen (tile->expression), tensors,
                                     n_tensors, options, &tile->error);
  if (tile->program == NULL)
    return;
  if (tile->program->first_failure >= 0)
    {
      const ScopeFailure *failure = tile->program->node[tile->program->first_failure]->failure;
      ScopeSpan span = failure->span;
      explain (tile, SCOPE_ERROR_SHAPE,
               scope_text_string (failure->sentence.length > 0 ? &failure->sentence
                                                               : &failure->message));
      tile->error.begin = span.begin;
      tile->error.end = span.end;
      return;
    }
  const char *(*translate) (const char *) = options->translate;
  const char *sentence =
      SCOPE_TEXT ("This is not a tensor. Name an expression whose value is one.");
  if (tile->program->result < 0)
    explain (tile, SCOPE_ERROR_ARGUMENT, translate != NULL ? translate (sentence) : sentence);
  else if (!scope_shape_is_known (&tile->program->node[tile->program->result]->shape))
    {
      sentence = SCOPE_TEXT ("A size is not known, so there are no values to compare.");
      explain (tile, SCOPE_ERROR_SHAPE, translate != NULL ? translate (sentence) : sentence);
    }
}

ScopeTile *
scope_tile_new (const char *title,
                const char *expression,
                ScopeTensor *const *tensors,
                int n_tensors,
                const ScopeCheckOptions *options)
{
  ScopeTile *tile = calloc (1, sizeof *tile);
  if (tile == NULL)
    return NULL;
  atomic_init (&tile->references, 1);
  tile->title = copy_text (title);
  tile->expression = copy_text (expression);
  if (tile->title == NULL || tile->expression == NULL)
    {
      scope_tile_unref (tile);
      return NULL;
    }
  check (tile, tensors, n_tensors, options);
  return tile;
}

ScopeTile *
scope_tile_ref (ScopeTile *tile)
{
  atomic_fetch_add (&tile->references, 1);
  return tile;
}

void
scope_tile_unref (ScopeTile *tile)
{
  if (tile == NULL || atomic_fetch_sub (&tile->references, 1) > 1)
    return;
  scope_program_unref (tile->kept);
  scope_program_unref (tile->program);
  free (tile->expression);
  free (tile->title);
  free (tile);
}

/* ---- reading -------------------------------------------------------------------------------- */

ScopeSubject
scope_tile_subject (const ScopeTile *tile)
{
  const ScopeProgram *program = tile->kept != NULL ? tile->kept : tile->program;
  return (ScopeSubject){ program, program->result };
}

const ScopeShape *
scope_tile_shape (const ScopeTile *tile)
{
  return tile->program != NULL ? &tile->program->node[tile->program->result]->shape : NULL;
}

/* A program that is only a name. */
static ScopeProgram *
program_over (ScopeTensor *tensor, ScopeDialect dialect, ScopeError *error)
{
  ScopeCheckOptions options = { .dialect = dialect };
  return scope_program_new (tensor->name, strlen (tensor->name), &tensor, 1, &options, error);
}

static bool
is_small (const ScopeNode *node)
{
  int64_t count, bytes;
  return scope_shape_count (&node->shape, &count, NULL)
         && scope_checked_mul (count, (int64_t)scope_dtype_bytes (node->dtype), &bytes)
         && bytes <= SCOPE_TILE_BUDGET;
}

bool
scope_tile_read (ScopeTile *tile, const ScopeReading *reading)
{
  if (tile->program == NULL)
    return false;
  ScopeSubject subject = { tile->program, tile->program->result };
  ScopeError *error = &tile->error;
  if (!is_small (tile->program->node[subject.node]))
    return tile->read = scope_statistics_read (&subject, reading, &tile->statistics, error);
  ScopeTensor *values =
      scope_materialize (&subject, "T", SCOPE_TILE_BUDGET, reading, &tile->statistics, error);
  if (values == NULL)
    return false;
  tile->kept = program_over (values, tile->program->dialect, error);
  scope_tensor_unref (values);
  return tile->read = tile->kept != NULL;
}

/* ---- what it is ----------------------------------------------------------------------------- */

/* The only input of a node's shape, when all others are numbers; else NULL. */
static const ScopeNode *
only_input (const ScopeProgram *program, const ScopeNode *node)
{
  const ScopeNode *found = NULL;
  for (int i = 0; i < node->inputs; i++)
    {
      const ScopeNode *input = program->node[node->input[i]];
      if (input->op == NULL && input->shape.rank == 0 && node->shape.rank > 0)
        continue;
      if (found != NULL || !scope_shape_equal (&input->shape, &node->shape))
        return NULL;
      found = input;
    }
  return found;
}

bool
scope_tile_rule (const ScopeTile *tile, int axis, ScopeResampleAxis *out)
{
  if (tile->program == NULL)
    return false;
  const ScopeNode *node = tile->program->node[tile->program->result];
  while (node != NULL && !scope_resampling_rule (node, axis, out))
    node = only_input (tile->program, node);
  return node != NULL;
}

/* ---- differences ---------------------------------------------------------------------------- */

static ScopeTensor *
values_of (const ScopeTile *tile, const char *name, ScopeError *error)
{
  if (tile->kept != NULL)
    return scope_tensor_rename (tile->kept->node[tile->kept->result]->tensor, name, error);
  scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
              "The result is too large to be kept in memory, so no difference is shown. Choose a "
              "smaller size.");
  return NULL;
}

static void
write_difference (ScopeDifference difference, double low, double high, ScopeText *text)
{
  switch (difference)
    {
    case SCOPE_DIFFERENCE_SIGNED:
      scope_text_append (text, "T.double() - R.double()");
      break;
    case SCOPE_DIFFERENCE_ABSOLUTE:
      scope_text_append (text, "torch.abs(T.double() - R.double())");
      break;
    case SCOPE_DIFFERENCE_OVERSHOOT:
      scope_text_append (text, "T.double() - torch.clamp(T.double(), ");
      scope_text_append_double (text, low);
      scope_text_append (text, ", ");
      scope_text_append_double (text, high);
      scope_text_append (text, ")");
      break;
    }
}

/* Shapes that only broadcast are no pair: element by element is what is asked for. */
static bool
are_alike (const ScopeTensor *a, const ScopeTensor *b, ScopeError *error)
{
  if (scope_shape_equal (&a->shape, &b->shape))
    return true;
  ScopeText text = { 0 };
  scope_shape_print (&a->shape, SCOPE_SHAPE_LIST, &text);
  scope_text_append (&text, " and ");
  scope_shape_print (&b->shape, SCOPE_SHAPE_LIST, &text);
  scope_fail (error, SCOPE_ERROR_SHAPE, -1,
              "The shapes of this and of the reference differ: %s. Give both the same size.",
              scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

ScopeProgram *
scope_tile_difference (const ScopeTile *tile,
                       const ScopeTile *reference,
                       ScopeDifference difference,
                       double low,
                       double high,
                       ScopeError *error)
{
  if (difference == SCOPE_DIFFERENCE_OVERSHOOT)
    reference = tile;
  ScopeTensor *tensor[2] = { values_of (tile, "T", error), NULL };
  if (tensor[0] != NULL)
    tensor[1] = values_of (reference, "R", error);
  ScopeProgram *program = NULL;
  if (tensor[1] != NULL && are_alike (tensor[0], tensor[1], error))
    {
      ScopeText text = { 0 };
      ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
      write_difference (difference, low, high, &text);
      program =
          scope_program_new (scope_text_string (&text), text.length, tensor, 2, &options, error);
      scope_text_clear (&text);
    }
  scope_tensor_unref (tensor[0]);
  scope_tensor_unref (tensor[1]);
  if (program != NULL && program->first_failure >= 0)
    {
      scope_fail (error, SCOPE_ERROR_TYPE, -1, "Values of this type have no difference to show.");
      scope_program_unref (program);
      return NULL;
    }
  return program;
}

/* ---- profiles ------------------------------------------------------------------------------- */

double *
scope_tile_profile (const ScopeTile *tile,
                    const ScopeView *view,
                    bool column,
                    int64_t at,
                    const ScopeReading *reading,
                    int64_t *count,
                    ScopeError *error)
{
  ScopeSubject subject = scope_tile_subject (tile);
  const ScopeShape *shape = scope_subject_shape (&subject);
  ScopeView fitted = scope_view_fit (view, shape);
  int along = column ? fitted.row_axis : fitted.column_axis;
  int across = column ? fitted.column_axis : fitted.row_axis;
  ScopeRegion region = { .rank = shape->rank };
  *count = along < 0 ? 1 : shape->size[along];
  for (int axis = 0; axis < shape->rank; axis++)
    {
      region.start[axis] = axis == along ? 0 : axis == across ? at : fitted.index[axis];
      region.step[axis] = 1;
      region.count[axis] = axis == along ? *count : 1;
      if (region.start[axis] >= shape->size[axis])
        {
          scope_fail (error, SCOPE_ERROR_AXIS, axis, "There is no element %lld.",
                      (long long)region.start[axis]);
          return NULL;
        }
    }
  double *value = malloc ((size_t)*count * 2 * sizeof *value + 1);
  if (value == NULL)
    {
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the profile.");
      return NULL;
    }
  double *imaginary = scope_subject_is_complex (&subject) ? value + *count : NULL;
  if (!scope_subject_read (&subject, &region, reading, value, imaginary, error))
    {
      free (value);
      return NULL;
    }
  for (int64_t i = 0; imaginary != NULL && i < *count; i++)
    value[i] = hypot (value[i], imaginary[i]);
  return value;
}
