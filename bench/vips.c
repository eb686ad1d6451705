/* libvips for bench/peers.py, which loads this as a shared library. A pipeline is set up anew in
 * each run, as vips works, and pulled into memory with one thread and no cache of results.
 * vips_reduce with its kernels widens them as antialiasing does; enlarging goes by vips_affine,
 * which is another filter than torch's. */
#include "peer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <vips/vips.h>

struct PeerPlan
{
  PeerPicture from, to;
  PeerFilter filter;
  double across, along; /* how many input elements an output is long */
  void *in, *out;
  size_t in_bytes, out_bytes;
};

static const VipsBandFormat formats[] = { VIPS_FORMAT_UCHAR, VIPS_FORMAT_FLOAT,
                                          VIPS_FORMAT_DOUBLE };
static const size_t bytes_of[] = { 1, 4, 8 };

static size_t
size_of (const PeerPicture *picture)
{
  return (size_t)(picture->rows * picture->columns * picture->bands) * bytes_of[picture->type];
}

void
peer_free (PeerPlan *plan)
{
  if (plan == NULL)
    return;
  free (plan->in);
  g_free (plan->out);
  free (plan);
}

PeerPlan *
peer_new (const PeerPicture *from, const PeerPicture *to, PeerFilter filter, double a, int kind)
{
  static bool begun;
  if (!begun && VIPS_INIT ("bench") != 0)
    return NULL;
  begun = true;
  vips_concurrency_set (1);
  vips_cache_set_max (0);
  PeerPlan *plan = calloc (1, sizeof *plan);
  if (plan == NULL)
    return NULL;
  plan->from = *from;
  plan->to = *to;
  plan->filter = filter;
  plan->across = (double)from->rows / (double)to->rows;
  plan->along = (double)from->columns / (double)to->columns;
  plan->in_bytes = size_of (from);
  plan->in = malloc (plan->in_bytes);
  if (plan->in == NULL)
    {
      peer_free (plan);
      return NULL;
    }
  return plan;
}

void
peer_put (PeerPlan *plan, const void *data)
{
  memcpy (plan->in, data, plan->in_bytes);
}

void
peer_get (PeerPlan *plan, void *data)
{
  memcpy (data, plan->out, plan->out_bytes);
}

/* A new image of `in` resampled; not 0 is a failure. */
static int
resample (const PeerPlan *plan, VipsImage *in, VipsImage **out)
{
  static const VipsKernel kernels[] = { VIPS_KERNEL_NEAREST, VIPS_KERNEL_LINEAR,
                                        VIPS_KERNEL_CUBIC };
  if (plan->filter == PEER_AREA)
    return vips_shrink (in, out, plan->along, plan->across, NULL);
  if (plan->across >= 1 && plan->along >= 1)
    return vips_reduce (in, out, plan->along, plan->across, "kernel", kernels[plan->filter], NULL);
  return vips_resize (in, out, 1 / plan->along, "vscale", 1 / plan->across, "kernel",
                      kernels[plan->filter], NULL);
}

int
peer_run (PeerPlan *plan)
{
  VipsImage *out = NULL;
  VipsImage *in = vips_image_new_from_memory (plan->in, plan->in_bytes, (int)plan->from.columns,
                                              (int)plan->from.rows, (int)plan->from.bands,
                                              formats[plan->from.type]);
  if (in == NULL)
    return -1;
  g_free (plan->out); /* the allocator keeps it, so that memory was touched before */
  plan->out = NULL;
  if (resample (plan, in, &out) == 0)
    plan->out = vips_image_write_to_memory (out, &plan->out_bytes);
  g_object_unref (in);
  g_clear_object (&out);
  return plan->out == NULL || plan->out_bytes != size_of (&plan->to) ? -1 : 0;
}
