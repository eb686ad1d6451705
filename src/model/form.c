/* Operations written for the person: choosing one rewrites the expression. */
#include "model/form.h"

#include "core/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In the texts stand %1 and %2 for the first two tensors, %* for all of them, %d for the axis. */
typedef struct
{
  ScopeForm form;
  const char *text[SCOPE_N_DIALECTS];
} FormRow;

#define SAME(text)                                                                                 \
  {                                                                                                \
    text, text, text, text                                                                         \
  }

static const FormRow rows[] = {
  { { N_ ("Assign: A[...] = B"), FALSE }, SAME ("%1[...] = %2") },
  { { N_ ("Add: A + B"), FALSE }, SAME ("%1 + %2") },
  { { N_ ("Subtract: A - B"), FALSE }, SAME ("%1 - %2") },
  { { N_ ("Multiply each: A * B"), FALSE }, SAME ("%1 * %2") },
  { { N_ ("Matrix product: A @ B"), FALSE }, SAME ("%1 @ %2") },
  { { N_ ("Concatenate"), TRUE },
    { "torch.cat((%*), dim=%d)", "np.concatenate((%*), axis=%d)", "tf.concat([%*], axis=%d)",
      "jnp.concatenate((%*), axis=%d)" } },
  { { N_ ("Stack"), TRUE },
    { "torch.stack((%*), dim=%d)", "np.stack((%*), axis=%d)", "tf.stack([%*], axis=%d)",
      "jnp.stack((%*), axis=%d)" } },
  { { N_ ("Broadcast B to A"), FALSE },
    { "torch.broadcast_to(%2, %1.shape)", "np.broadcast_to(%2, %1.shape)",
      "tf.broadcast_to(%2, %1.shape)", "jnp.broadcast_to(%2, %1.shape)" } },
  { { N_ ("Reshape B to A"), FALSE },
    { "%2.reshape(%1.shape)", "%2.reshape(%1.shape)", "tf.reshape(%2, %1.shape)",
      "%2.reshape(%1.shape)" } },
  { { N_ ("Sum of A"), TRUE },
    { "%1.sum(dim=%d)", "%1.sum(axis=%d)", "tf.reduce_sum(%1, axis=%d)", "%1.sum(axis=%d)" } },
  { { N_ ("Mean of A"), TRUE },
    { "%1.mean(dim=%d)", "%1.mean(axis=%d)", "tf.reduce_mean(%1, axis=%d)", "%1.mean(axis=%d)" } },
};

const ScopeForm *
scope_form_get (guint i)
{
  return i < G_N_ELEMENTS (rows) ? &rows[i].form : NULL;
}

static void
append_names (GString *out, const ScopeScene *scene)
{
  for (int i = 0; i < scene->tensors; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      g_string_append (out, scene->tensor[i].tensor->name);
    }
}

/* FALSE when the scene lacks a tensor that the text names. */
static gboolean
append_place (GString *out, char place, const ScopeScene *scene, const char *axis)
{
  int tensor = place - '1';

  if (place == '*')
    append_names (out, scene);
  else if (place == 'd')
    g_string_append (out, axis);
  else if (tensor < scene->tensors)
    g_string_append (out, scene->tensor[tensor].tensor->name);
  else
    return FALSE;
  return TRUE;
}

static char *
fill_in (const char *text, const ScopeScene *scene, const char *axis)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (*text != '%')
        g_string_append_c (out, *text);
      else if (!append_place (out, *++text, scene, axis))
        {
          g_string_free (out, TRUE);
          return NULL;
        }
    }
  return g_string_free (out, FALSE);
}

char *
scope_form_write (guint i, const ScopeScene *scene, gint64 axis)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, axis);

  g_return_val_if_fail (i < G_N_ELEMENTS (rows), NULL);

  return rows[i].text[scene->dialect] != NULL
             ? fill_in (rows[i].text[scene->dialect], scene, number)
             : NULL;
}

static void
skip_spaces (const char **text)
{
  while (g_ascii_isspace (**text))
    (*text)++;
}

/* Reads an axis, −3 or 12, and steps over it. */
static gboolean
read_axis (const char **text, gint64 *axis)
{
  gboolean negative = **text == '-';
  bool too_big = false;
  gsize length;

  if (negative)
    (*text)++;
  length = scope_text_read_digits (*text, strlen (*text), axis, &too_big);
  if (length == 0 || too_big)
    return FALSE;
  *text += length;
  if (negative)
    *axis = -*axis;
  return TRUE;
}

/* Whether two texts are the same but for spaces, with any axis where `form` has a #. */
static gboolean
matches (const char *form, const char *text, gint64 *axis)
{
  for (;;)
    {
      skip_spaces (&form);
      skip_spaces (&text);
      if (*form == '#')
        {
          form++;
          if (!read_axis (&text, axis))
            return FALSE;
        }
      else if (*form != *text)
        return FALSE;
      else if (*form == '\0')
        return TRUE;
      else
        {
          form++;
          text++;
        }
    }
}

int
scope_form_recognise (const ScopeScene *scene, gint64 *axis)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *text = rows[i].text[scene->dialect];
      g_autofree char *form = text != NULL ? fill_in (text, scene, "#") : NULL;

      *axis = 0;
      if (form != NULL && matches (form, scene->expression, axis))
        return (int)i;
    }
  *axis = 0;
  return -1;
}
