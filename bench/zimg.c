/* zimg for bench/peers.py, which loads this as a shared library: a resampling of one plane, built
 * once and run many times. zimg wants rows of whole vectors, so planes are copied into such memory
 * beforehand, and only the resampling itself is timed. */
#include "peer.h"

#include <stdlib.h>
#include <string.h>
#include <zimg.h>

enum
{
  ALIGNMENT = 64,
};

struct PeerPlan
{
  zimg_filter_graph *graph;
  zimg_image_buffer_const in;
  zimg_image_buffer out;
  void *in_memory, *out_memory, *scratch;
  PeerPicture from, to;
};

static ptrdiff_t
pitch_of (const PeerPicture *picture)
{
  ptrdiff_t bytes = picture->columns * (ptrdiff_t)sizeof (float);
  return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void *
new_plane (const PeerPicture *picture)
{
  size_t bytes = (size_t)pitch_of (picture) * (size_t)picture->rows;
  void *memory = aligned_alloc (ALIGNMENT, bytes);
  if (memory != NULL)
    memset (memory, 1, bytes);
  return memory;
}

static zimg_image_format
format_of (const PeerPicture *picture)
{
  zimg_image_format format;
  zimg_image_format_default (&format, ZIMG_API_VERSION);
  format.width = (unsigned)picture->columns;
  format.height = (unsigned)picture->rows;
  format.pixel_type = ZIMG_PIXEL_FLOAT;
  format.color_family = ZIMG_COLOR_GREY;
  return format;
}

void
peer_free (PeerPlan *plan)
{
  if (plan == NULL)
    return;
  zimg_filter_graph_free (plan->graph);
  free (plan->in_memory);
  free (plan->out_memory);
  free (plan->scratch);
  free (plan);
}

/* `kind` is 0 with vectors of 32 bytes, 1 with those of 64: neither is always quicker. Only float32
 * of one band. */
PeerPlan *
peer_new (const PeerPicture *from, const PeerPicture *to, PeerFilter filter, double a, int kind)
{
  if (from->type != PEER_FLOAT32 || from->bands != 1 || filter == PEER_AREA)
    return NULL;
  PeerPlan *plan = calloc (1, sizeof *plan);
  if (plan == NULL)
    return NULL;
  plan->from = *from;
  plan->to = *to;
  zimg_image_format in = format_of (from), out = format_of (to);
  zimg_graph_builder_params how;
  zimg_graph_builder_params_default (&how, ZIMG_API_VERSION);
  how.resample_filter = filter == PEER_NEAREST  ? ZIMG_RESIZE_POINT
                        : filter == PEER_LINEAR ? ZIMG_RESIZE_BILINEAR
                                                : ZIMG_RESIZE_BICUBIC;
  if (filter == PEER_CUBIC)
    {
      how.filter_param_a = 0; /* B and C of Mitchell and Netravali; C is −A of Keys */
      how.filter_param_b = -a;
    }
  how.cpu_type = kind == 0 ? ZIMG_CPU_AUTO : ZIMG_CPU_AUTO_64B;
  plan->graph = zimg_filter_graph_build (&in, &out, &how);
  size_t scratch = 0;
  if (plan->graph == NULL || zimg_filter_graph_get_tmp_size (plan->graph, &scratch) != 0)
    {
      peer_free (plan);
      return NULL;
    }
  plan->scratch = aligned_alloc (ALIGNMENT, (scratch + ALIGNMENT) / ALIGNMENT * ALIGNMENT);
  plan->in_memory = new_plane (from);
  plan->out_memory = new_plane (to);
  if (plan->scratch == NULL || plan->in_memory == NULL || plan->out_memory == NULL)
    {
      peer_free (plan);
      return NULL;
    }
  plan->in.version = plan->out.version = ZIMG_API_VERSION;
  plan->in.plane[0].data = plan->in_memory;
  plan->in.plane[0].stride = pitch_of (from);
  plan->in.plane[0].mask = ZIMG_BUFFER_MAX;
  plan->out.plane[0].data = plan->out_memory;
  plan->out.plane[0].stride = pitch_of (to);
  plan->out.plane[0].mask = ZIMG_BUFFER_MAX;
  return plan;
}

void
peer_put (PeerPlan *plan, const void *data)
{
  size_t row = (size_t)plan->from.columns * sizeof (float);
  for (int64_t r = 0; r < plan->from.rows; r++)
    memcpy ((char *)plan->in_memory + r * pitch_of (&plan->from),
            (const char *)data + (size_t)r * row, row);
}

void
peer_get (PeerPlan *plan, void *data)
{
  size_t row = (size_t)plan->to.columns * sizeof (float);
  for (int64_t r = 0; r < plan->to.rows; r++)
    memcpy ((char *)data + (size_t)r * row,
            (const char *)plan->out_memory + r * pitch_of (&plan->to), row);
}

int
peer_run (PeerPlan *plan)
{
  return zimg_filter_graph_process (plan->graph, &plan->in, &plan->out, plan->scratch, NULL, NULL,
                                    NULL, NULL);
}
