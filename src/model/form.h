/* Operations written for the person: choosing one rewrites the expression. */
#pragma once

#include "scene/scene.h"

#include <glib.h>

typedef struct
{
  const char *title; /* untranslated */
  gboolean axis;     /* takes an axis */
} ScopeForm;

/* Form number i, NULL after the last. */
const ScopeForm *scope_form_get (guint i);
/* The expression of a form over the scene's tensors in its dialect; NULL when the scene has too few
 * tensors or the dialect no such spelling. Free with g_free. */
char *scope_form_write (guint i, const ScopeScene *scene, gint64 axis);
/* The form that the scene's expression is, and its axis (0 when it takes none); −1 for none. */
int scope_form_recognise (const ScopeScene *scene, gint64 *axis);
