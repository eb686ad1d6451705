/* What samples of a plane cost: elements of a file are fetched by the page. */
#include "scene/plane-reader.h"

#include <math.h>
#include <stdlib.h>

/* What a page costs that the system has in memory already, in elements that are read, counted and
 * gathered: measured on one machine, 2 µs and 20 ns. From a disk it takes a hundred times as long.
 */
#define PAGE_WORTH 100

/* The largest page of a tensor that the node is read from, in bytes; 0: none has any. Inputs come
 * before what is made of them. */
static int64_t
page_of (const ScopeProgram *program, int node)
{
  bool *reached = calloc ((size_t)node + 1, sizeof *reached);
  int64_t page = 0;
  if (reached == NULL)
    return 0; /* dearer at worst: reading will find that there is no memory */
  reached[node] = true;
  for (int i = node; i >= 0; i--)
    {
      const ScopeNode *read = program->node[i];
      if (!reached[i])
        continue;
      if (read->tensor != NULL && read->tensor->storage != NULL)
        page = scope_max (page, read->tensor->storage->klass->page);
      for (int k = 0; k < read->inputs; k++)
        reached[read->input[k]] = true;
    }
  free (reached);
  return page;
}

/* Bytes from one element of an axis to the next: as the tensor lies, or the framework would lay out
 * what is made of it. */
static double
pitch_of (const ScopeNode *read, int axis)
{
  double elements = 1;
  if (axis < 0)
    return INFINITY;
  if (read->tensor != NULL)
    elements = fabs ((double)read->tensor->layout.stride[axis]);
  else if (read->stride != NULL)
    elements = fabs ((double)read->stride[axis]);
  else
    for (int behind = axis + 1; behind < read->shape.rank; behind++)
      elements *= (double)read->shape.size[behind];
  return elements * (double)scope_dtype_bytes (read->dtype);
}

ScopePlaneGround
scope_plane_ground (const ScopeProgram *program, int node, const ScopeView *view)
{
  const ScopeNode *read = program->node[node];
  return (ScopePlaneGround){ .page = (double)page_of (program, node),
                             .element = (double)scope_dtype_bytes (read->dtype),
                             .row_pitch = pitch_of (read, view->row_axis),
                             .column_pitch = pitch_of (read, view->column_axis) };
}

/* How many samples of an axis stand in one page. */
static double
in_a_page (const ScopePlaneGround *ground, double pitch, ScopeSteps steps)
{
  return fmax (fmin (ground->page / (pitch * (double)steps.step), (double)steps.samples), 1);
}

double
scope_plane_price (const ScopePlaneGround *ground, ScopeSteps row, ScopeSteps column, int64_t times)
{
  double samples = (double)row.samples * (double)column.samples * (double)times;
  if (ground->page == 0)
    return samples;
  double together =
      in_a_page (ground, ground->row_pitch, row) * in_a_page (ground, ground->column_pitch, column);
  double most = ground->page / ground->element;
  return samples * (1 + PAGE_WORTH * (1 / fmin (together, most) - 1 / most));
}
