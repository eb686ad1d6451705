/* One tensor value looked at: what its elements are, traced by a worker. */
#include "model/picture-private.h"

#include <glib/gi18n-lib.h>

static void
take_provenance (ScopePicture *self, ScopeProvenance *provenance)
{
  if (self->provenance == NULL && provenance == NULL)
    return;
  scope_provenance_free (self->provenance);
  self->provenance = provenance;
  scope_picture_notify (self, PROP_PROVENANCE);
}

static void
tracing_done (ScopeEvaluation *evaluation, gpointer data)
{
  ScopePicture *self = data;
  ScopeProvenance *provenance = scope_evaluation_steal_provenance (evaluation);

  g_object_ref (self);
  scope_evaluation_cancel (g_steal_pointer (&self->tracing));
  if (provenance != NULL && !scope_provenance_tells (provenance))
    g_clear_pointer (&provenance, scope_provenance_free);
  self->provenance_current = TRUE;
  take_provenance (self, provenance);
  g_object_unref (self);
}

void
scope_picture_stop_tracing (ScopePicture *self)
{
  g_clear_pointer (&self->tracing, scope_evaluation_cancel);
  self->provenance_current = FALSE;
}

void
scope_picture_start_tracing (ScopePicture *self)
{
  ScopeEvaluatorRequest request = { .what = SCOPE_EVALUATE_PROVENANCE,
                                    .program = self->program,
                                    .node = self->node,
                                    .view = self->view };

  scope_picture_stop_tracing (self);
  if (self->tells_provenance)
    self->tracing = scope_evaluator_read (self->evaluator, &request, tracing_done, self);
}

void
scope_picture_settle_tracing (ScopePicture *self, gint64 deadline)
{
  if (self->tracing != NULL)
    scope_evaluation_wait (self->tracing, MAX (deadline - g_get_monotonic_time (), 0));
}

void
scope_picture_drop_old_provenance (ScopePicture *self)
{
  if (!self->provenance_current)
    take_provenance (self, NULL);
  else if (self->provenance != NULL)
    scope_picture_notify (self, PROP_PROVENANCE); /* it may have waited for this plane */
}

void
scope_picture_set_tells_provenance (ScopePicture *self, gboolean tells)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (self->tells_provenance == !!tells)
    return;
  self->tells_provenance = tells;
  if (tells && self->program != NULL && scope_shape_is_known (&self->shape))
    scope_picture_start_tracing (self);
  else if (!tells)
    {
      scope_picture_stop_tracing (self);
      take_provenance (self, NULL);
    }
}

const ScopeProvenance *
scope_picture_get_provenance (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);

  /* What has arrived before its plane waits for it. */
  if (self->provenance == NULL || self->plane == NULL || self->provenance->rows != self->plane->rows
      || self->provenance->columns != self->plane->columns)
    return NULL;
  return self->provenance;
}

/* ---- in words ------------------------------------------------------------------------------- */

/* "12 of 64", or a share where not every element was looked at. */
static char *
count_text (const ScopeProvenance *provenance, gint64 count)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  g_autofree char *all = g_strdup_printf ("%" G_GINT64_FORMAT, provenance->looked);
  double share = 100.0 * (double)count / (double)provenance->looked;

  if (provenance->exact)
    /* TRANSLATORS: the first number is how many, the second of how many altogether */
    return g_strdup_printf (_ ("%s of %s"), number, all);
  if (share > 99.4)
    return g_strdup (_ ("nearly all"));
  /* TRANSLATORS: a share of many values, 0.1 to 99.9 percent */
  return g_strdup_printf (_ ("about %.2g %%"), share);
}

static void
append_made (GString *text, const ScopeProvenance *provenance, ScopeMade made, const char *words)
{
  gint64 count = provenance->count[made];
  g_autofree char *number = NULL;
  g_auto (GStrv) part = NULL;
  g_autofree char *sentence = NULL;

  if (count == 0)
    return;
  number = count_text (provenance, count);
  part = g_strsplit (words, "%s", 2);
  sentence = g_strjoinv (number, part);
  g_string_append_printf (text, text->len > 0 ? "\n%s" : "%s", sentence);
}

char *
scope_picture_describe_provenance (ScopePicture *self)
{
  const ScopeProvenance *provenance = scope_picture_get_provenance (self);
  g_autoptr (GString) text = g_string_new (NULL);

  if (provenance == NULL)
    return NULL;
  /* TRANSLATORS: what a mark in a heatmap means; %s is like “12 of 64” or “about 3 %” */
  append_made (text, provenance, SCOPE_MADE_MIXED,
               scope_provenance_marks_mixed (provenance) ? _ ("◣ mixed from several elements: %s")
                                                         : _ ("mixed from several elements: %s"));
  if (provenance->count[SCOPE_MADE_INVENTED] < provenance->looked)
    append_made (text, provenance, SCOPE_MADE_INVENTED, _ ("∴ made up, from no element: %s"));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
