/* What one window works on: edits of its tensors, typed, chosen or opened. */
#include "model/session-private.h"

#include "files/tensor-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const ScopeSceneTensor *
get_tensor (ScopeSession *self, guint i)
{
  ScopeScene *scene = scope_session_get_scene (self);

  return i < (guint)scene->tensors ? &scene->tensor[i] : NULL;
}

static char *
make_tag (const char *what, guint i)
{
  return g_strdup_printf ("%s:%u", what, i);
}

static void
adopt_tensor (ScopeSession *self,
              guint i,
              ScopeTensor *tensor,
              const char *origin,
              gboolean file,
              const char *tag)
{
  ScopeScene *scene = scope_session_get_scene (self);

  scope_session_adopt (self, scope_scene_with_tensor (scene, (int)i, tensor, origin, file), tag);
}

/* A tensor made up from its index; of unknown sizes it has no values. */
static ScopeTensor *
make_generated (const char *name,
                ScopeFill fill,
                ScopeDtype dtype,
                const ScopeShape *shape,
                ScopeError *error)
{
  ScopeStorage *storage = NULL;
  ScopeTensor *tensor;

  if (scope_shape_is_known (shape))
    {
      storage = scope_generator_new (fill, dtype, shape, error);
      if (storage == NULL)
        return NULL;
    }
  tensor = scope_tensor_new (name, dtype, shape, NULL, storage, error);
  scope_storage_unref (storage);
  return tensor;
}

/* Makes tensor i anew. FALSE with the error when it cannot be. */
static gboolean
put_generated (ScopeSession *self,
               guint i,
               ScopeFill fill,
               ScopeDtype dtype,
               const ScopeShape *shape,
               const char *tag,
               ScopeError *error)
{
  const ScopeSceneTensor *old = get_tensor (self, i);
  g_autofree char *origin = scope_tensor_text_compose (fill, dtype, shape);
  ScopeTensor *tensor;

  if (strcmp (old->origin, origin) == 0)
    {
      /* A wrong text was mended to what it had been. */
      scope_tensor_item_reset (scope_session_get_item (self, i));
      scope_tensor_item_sync (scope_session_get_item (self, i), old);
      scope_session_update_stale (self);
      return TRUE;
    }
  tensor = make_generated (old->tensor->name, fill, dtype, shape, error);
  if (tensor == NULL)
    return FALSE;
  adopt_tensor (self, i, tensor, origin, FALSE, tag);
  scope_tensor_unref (tensor);
  return TRUE;
}

static void
refuse (ScopeSession *self, guint i, const ScopeError *error)
{
  scope_tensor_item_set_problem (scope_session_get_item (self, i), error);
  scope_session_update_stale (self);
}

/* ---- typed ---------------------------------------------------------------------------------- */

static gboolean
looks_like_path (const char *text)
{
  return strchr (text, '/') != NULL || strstr (text, "::") != NULL
         || g_str_has_suffix (text, ".npy") || g_str_has_suffix (text, ".npz")
         || g_str_has_suffix (text, ".safetensors") || g_str_has_suffix (text, ".png")
         || g_str_has_suffix (text, ".csv");
}

static void
edit_path (ScopeSession *self, guint i, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "::", 2);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (parts[0]);
  ScopeError error = { .axis = -1, .begin = 0, .end = g_utf8_strlen (text, -1) };

  if (g_file_test (g_file_peek_path (file), G_FILE_TEST_IS_REGULAR))
    {
      scope_session_open_file (self, i, file, parts[1]);
      return;
    }
  scope_fail_at (&error, SCOPE_ERROR_DATA, 0, g_utf8_strlen (parts[0], -1), "%s",
                 _ ("There is no file of this name"));
  refuse (self, i, &error);
}

static void
edit_literal (ScopeSession *self, guint i, const char *text, const ScopeError *shape_error)
{
  const ScopeSceneTensor *old = get_tensor (self, i);
  g_autofree char *tag = make_tag ("tensor", i);
  g_autoptr (GError) error = NULL;
  ScopeError at = { .axis = -1, .begin = -1, .end = -1 };
  gboolean file;
  ScopeTensor *tensor = scope_tensor_open (old->tensor->name, text, &file, &at, &error);

  if (tensor != NULL)
    {
      adopt_tensor (self, i, tensor, text, file, tag);
      scope_tensor_unref (tensor);
      return;
    }
  if (at.begin < 0)
    at = *shape_error;
  refuse (self, i, &at);
}

/* A list of lists, or of numbers that are no sizes. */
static gboolean
looks_like_literal (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '[' && (strpbrk (text + 1, "[.-e") != NULL);
}

void
scope_session_edit_tensor (ScopeSession *self, guint i, const char *text)
{
  const ScopeSceneTensor *old;
  ScopeTensorItem *item;
  ScopeTensorText parsed;
  ScopeError error = { .axis = -1, .begin = -1, .end = -1 };
  g_autofree char *tag = make_tag ("tensor", i);

  g_return_if_fail (SCOPE_IS_SESSION (self));
  g_return_if_fail (text != NULL);

  old = get_tensor (self, i);
  if (old == NULL || strcmp (old->origin, text) == 0)
    return;
  if (looks_like_path (text))
    {
      edit_path (self, i, text);
      return;
    }

  item = scope_session_get_item (self, i);
  if (!scope_tensor_text_parse (text, strlen (text), &parsed, &error))
    {
      if (looks_like_literal (text))
        edit_literal (self, i, text, &error);
      else
        refuse (self, i, &error);
      return;
    }
  if (!put_generated (self, i, parsed.has_fill ? parsed.fill : scope_tensor_item_get_fill (item),
                      parsed.has_dtype ? parsed.dtype : scope_tensor_item_get_dtype (item),
                      &parsed.shape, tag, &error))
    refuse (self, i, &error);
}

/* ---- chosen --------------------------------------------------------------------------------- */

void
scope_session_set_tensor_fill (ScopeSession *self, guint i, ScopeFill fill)
{
  const ScopeSceneTensor *old;
  ScopeError error = { .axis = -1, .begin = -1, .end = -1 };

  g_return_if_fail (SCOPE_IS_SESSION (self));

  old = get_tensor (self, i);
  if (old != NULL
      && !put_generated (self, i, fill, old->tensor->dtype, &old->tensor->shape, NULL, &error))
    refuse (self, i, &error);
}

void
scope_session_set_tensor_dtype (ScopeSession *self, guint i, ScopeDtype dtype)
{
  const ScopeSceneTensor *old;
  ScopeTensorItem *item;
  ScopeError error = { .axis = -1, .begin = -1, .end = -1 };

  g_return_if_fail (SCOPE_IS_SESSION (self));

  old = get_tensor (self, i);
  item = scope_session_get_item (self, i);
  if (old == NULL || !scope_tensor_item_get_generated (item))
    return;
  if (!put_generated (self, i, scope_tensor_item_get_fill (item), dtype, &old->tensor->shape, NULL,
                      &error))
    refuse (self, i, &error);
}

gboolean
scope_session_set_tensor_shape (ScopeSession *self,
                                guint i,
                                const ScopeShape *shape,
                                const char *tag)
{
  ScopeTensorItem *item;

  g_return_val_if_fail (SCOPE_IS_SESSION (self), FALSE);

  item = scope_session_get_item (self, i);
  if (item == NULL || !scope_tensor_item_get_generated (item))
    return FALSE;
  return put_generated (self, i, scope_tensor_item_get_fill (item),
                        scope_tensor_item_get_dtype (item), shape, tag, NULL);
}

void
scope_session_set_axis_names (ScopeSession *self, guint i, const char *names)
{
  const ScopeSceneTensor *old;
  g_autofree char *tag = make_tag ("axis-names", i);

  g_return_if_fail (SCOPE_IS_SESSION (self));

  old = get_tensor (self, i);
  if (old == NULL || g_strcmp0 (old->axis_names, names) == 0)
    return;
  scope_session_adopt (
      self, scope_scene_with_axis_names (scope_session_get_scene (self), (int)i, names), tag);
}

/* ---- names ---------------------------------------------------------------------------------- */

/* Whether Python would take it as the name of a variable. */
static gboolean
is_name (const char *name)
{
  ScopeExpression *parsed = scope_expression_parse (name, strlen (name), NULL);
  gboolean one_name =
      parsed != NULL && parsed->nodes == 2 && parsed->node[0].kind == SCOPE_SYNTAX_NAME
      && parsed->node[1].kind == SCOPE_SYNTAX_VALUE && strcmp (parsed->node[0].text, name) == 0;

  scope_expression_free (parsed);
  return one_name;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return ((const ScopeSpan *)a)->begin - ((const ScopeSpan *)b)->begin;
}

/* The places where a variable is written, in the order of the text. */
static GArray *
find_name (const ScopeExpression *parsed, const char *name)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (ScopeSpan));

  for (int i = 0; i < parsed->nodes; i++)
    if (parsed->node[i].kind == SCOPE_SYNTAX_NAME && strcmp (parsed->node[i].text, name) == 0)
      g_array_append_val (places, parsed->node[i].span);
  g_array_sort (places, compare_places);
  return places;
}

/* The expression with one variable called otherwise; NULL when it cannot be parsed. */
static char *
replace_name (const char *expression, const char *name, const char *by)
{
  ScopeExpression *parsed = scope_expression_parse (expression, strlen (expression), NULL);
  GString *out;
  GArray *places;
  const char *from = expression;
  int at = 0;

  if (parsed == NULL)
    return NULL;
  out = g_string_new (NULL);
  places = find_name (parsed, name);
  for (guint i = 0; i < places->len; i++)
    {
      ScopeSpan span = g_array_index (places, ScopeSpan, i);
      const char *begin = g_utf8_offset_to_pointer (from, span.begin - at);

      g_string_append_len (out, from, begin - from);
      g_string_append (out, by);
      from = g_utf8_offset_to_pointer (begin, span.end - span.begin);
      at = span.end;
    }
  g_string_append (out, from);
  g_array_unref (places);
  scope_expression_free (parsed);
  return g_string_free (out, FALSE);
}

gboolean
scope_session_rename_tensor (ScopeSession *self, guint i, const char *name)
{
  ScopeScene *scene, *renamed, *rewritten;
  const ScopeSceneTensor *old;
  ScopeTensor *tensor;
  g_autofree char *expression = NULL;

  g_return_val_if_fail (SCOPE_IS_SESSION (self), FALSE);

  scene = scope_session_get_scene (self);
  old = get_tensor (self, i);
  if (old == NULL || !is_name (name) || scope_scene_find (scene, name) >= 0)
    return FALSE;
  expression = replace_name (scene->expression, old->tensor->name, name);
  tensor = scope_tensor_rename (old->tensor, name, NULL);
  if (tensor == NULL || expression == NULL)
    {
      scope_tensor_unref (tensor);
      return FALSE;
    }

  renamed = scope_scene_with_tensor (scene, (int)i, tensor, old->origin, old->file);
  rewritten = renamed != NULL ? scope_scene_with_expression (renamed, expression) : NULL;
  scope_scene_unref (renamed);
  scope_tensor_unref (tensor);
  scope_session_adopt (self, rewritten, NULL);
  return TRUE;
}

/* ---- more, fewer, swapped ------------------------------------------------------------------- */

void
scope_session_add_tensor (ScopeSession *self)
{
  ScopeScene *scene;
  ScopeShape shape = { .rank = 2, .size = { 3, 4 } };
  ScopeFill fill = { .kind = SCOPE_FILL_RAMP, .parameter = NAN };
  g_autofree char *origin = NULL;
  char *name;
  ScopeTensor *tensor;

  g_return_if_fail (SCOPE_IS_SESSION (self));

  scene = scope_session_get_scene (self);
  name = scope_scene_free_name (scene);
  if (scene->tensors > 0)
    shape = scene->tensor[scene->tensors - 1].tensor->shape;
  origin = scope_tensor_text_compose (fill, SCOPE_FLOAT32, &shape);
  tensor = name != NULL ? make_generated (name, fill, SCOPE_FLOAT32, &shape, NULL) : NULL;
  if (tensor != NULL)
    adopt_tensor (self, (guint)scene->tensors, tensor, origin, FALSE, NULL);
  scope_tensor_unref (tensor);
  free (name);
}

void
scope_session_remove_tensor (ScopeSession *self, guint i)
{
  ScopeScene *scene;

  g_return_if_fail (SCOPE_IS_SESSION (self));

  scene = scope_session_get_scene (self);
  if (i >= (guint)scene->tensors || scene->tensors <= 1)
    return;
  scope_session_adopt (self, scope_scene_without_tensor (scene, (int)i), NULL);
}

/* Scene with tensor `to` having the contents of `from`, or NULL. */
static ScopeScene *
with_contents (ScopeScene *scene, int to, const ScopeSceneTensor *from)
{
  ScopeTensor *tensor = scope_tensor_rename (from->tensor, scene->tensor[to].tensor->name, NULL);
  ScopeScene *filled = NULL, *named = NULL;

  if (tensor != NULL)
    filled = scope_scene_with_tensor (scene, to, tensor, from->origin, from->file);
  scope_tensor_unref (tensor);
  if (filled != NULL)
    named = scope_scene_with_axis_names (filled, to, from->axis_names);
  scope_scene_unref (filled);
  return named;
}

void
scope_session_swap_tensors (ScopeSession *self)
{
  ScopeScene *scene, *half, *whole = NULL;

  g_return_if_fail (SCOPE_IS_SESSION (self));

  scene = scope_session_get_scene (self);
  if (scene->tensors < 2)
    return;
  half = with_contents (scene, 0, &scene->tensor[1]);
  if (half != NULL)
    whole = with_contents (half, 1, &scene->tensor[0]);
  scope_scene_unref (half);
  scope_session_adopt (self, whole, NULL);
}

/* ---- opened --------------------------------------------------------------------------------- */

void
scope_session_put_tensor (ScopeSession *self,
                          guint i,
                          ScopeTensor *tensor,
                          const char *origin,
                          gboolean file)
{
  ScopeScene *scene;
  ScopeTensor *named;
  char *name;

  g_return_if_fail (SCOPE_IS_SESSION (self));

  scene = scope_session_get_scene (self);
  i = MIN (i, (guint)scene->tensors);
  name = i < (guint)scene->tensors ? strdup (scene->tensor[i].tensor->name)
                                   : scope_scene_free_name (scene);
  named = name != NULL ? scope_tensor_rename (tensor, name, NULL) : NULL;
  if (named != NULL)
    {
      ScopeScene *put = scope_scene_with_tensor (scene, (int)i, named, origin, file);

      /* Its axes are other ones: what they were called does not hold any more. */
      scope_session_adopt (self, put != NULL ? scope_scene_with_axis_names (put, (int)i, "") : NULL,
                           NULL);
      scope_scene_unref (put);
    }
  scope_tensor_unref (named);
  free (name);
}

/* What a worker is to open. It holds no session: the worker may be the last to let go of its task,
 * and a session must not end in a worker. */
typedef struct
{
  GWeakRef session;
  guint i;
  GFile *file;
  char *member;
} Opening;

static void
opening_free (Opening *opening)
{
  g_weak_ref_clear (&opening->session);
  g_object_unref (opening->file);
  g_free (opening->member);
  g_free (opening);
}

/* What a worker found: a tensor, or several to choose from. */
typedef struct
{
  ScopeTensor *tensor;
  GPtrArray *infos;
} Opened;

static void
opened_free (Opened *opened)
{
  scope_tensor_unref (opened->tensor);
  g_clear_pointer (&opened->infos, g_ptr_array_unref);
  g_free (opened);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Opening *opening = data;
  Opened *found = g_new0 (Opened, 1);
  GError *error = NULL;
  const char *format;

  if (opening->member == NULL)
    found->infos = scope_tensor_file_list (opening->file, &format, cancellable, &error);
  if (error == NULL && (found->infos == NULL || found->infos->len < 2))
    found->tensor =
        scope_tensor_file_open (opening->file, "A", opening->member, cancellable, &error);
  if (error == NULL)
    g_task_return_pointer (task, found, (GDestroyNotify)opened_free);
  else
    {
      opened_free (found);
      g_task_return_error (task, error);
    }
}

static void
take_opened (ScopeSession *self, const Opening *opening, const Opened *found)
{
  g_autofree char *path = g_file_get_parse_name (opening->file);
  g_autofree char *origin =
      opening->member != NULL ? g_strconcat (path, "::", opening->member, NULL) : g_strdup (path);

  if (found->tensor != NULL)
    scope_session_put_tensor (self, opening->i, found->tensor, origin, TRUE);
  else
    {
      g_autoptr (ScopeFileChoice) choice =
          scope_file_choice_new (opening->file, opening->i, found->infos);

      scope_session_emit_choose (self, choice);
    }
}

static void
opened (GObject *object, GAsyncResult *result, gpointer data)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));
  g_autoptr (ScopeSession) self = g_weak_ref_get (&opening->session);
  g_autoptr (GError) error = NULL;
  Opened *found = g_task_propagate_pointer (G_TASK (result), &error);

  if (self == NULL || self->tensors == NULL)
    ; /* the session has gone meanwhile */
  else if (found != NULL)
    take_opened (self, opening, found);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    scope_session_add_notice (self, error->message);
  g_clear_pointer (&found, opened_free);
}

void
scope_session_open_file (ScopeSession *self, guint i, GFile *file, const char *member)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening;

  g_return_if_fail (SCOPE_IS_SESSION (self));
  g_return_if_fail (G_IS_FILE (file));

  opening = g_new0 (Opening, 1);
  g_weak_ref_init (&opening->session, self);
  opening->i = i;
  opening->file = g_object_ref (file);
  opening->member = g_strdup (member);
  task = g_task_new (NULL, self->opening, opened, NULL);
  g_task_set_source_tag (task, scope_session_open_file);
  g_task_set_task_data (task, opening, (GDestroyNotify)opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

/* ---- from the command line ------------------------------------------------------------------ */

/* `scene` (taken) with one more tensor, or as it is when the text cannot be taken: a notice. */
static ScopeScene *
load_tensor (ScopeSession *self, ScopeScene *scene, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  ScopeError at = { .axis = -1, .begin = -1, .end = -1 };
  gboolean file = FALSE;
  ScopeTensor *tensor = scope_tensor_open (name, text, &file, &at, &error);
  int found = scope_scene_find (scene, name);
  ScopeScene *more;

  if (tensor == NULL)
    {
      g_autofree char *message = g_strdup_printf ("%s: %s", name, error->message);

      scope_session_add_notice (self, message);
      return scene;
    }
  more = scope_scene_with_tensor (scene, found >= 0 ? found : scene->tensors, tensor, text, file);
  scope_tensor_unref (tensor);
  if (more == NULL)
    return scene;
  scope_scene_unref (scene);
  return more;
}

static void
load_tensors (ScopeSession *self, const char *const *names, const char *const *texts)
{
  const ScopeScene *old = scope_session_get_scene (self);
  ScopeScene *empty = scope_scene_with_expression (old, old->expression);
  ScopeScene *scene;

  while (empty != NULL && empty->tensors > 0)
    {
      ScopeScene *fewer = scope_scene_without_tensor (empty, empty->tensors - 1);

      scope_scene_unref (empty);
      empty = fewer;
    }
  scene = empty;
  for (guint i = 0; scene != NULL && names[i] != NULL; i++)
    scene = load_tensor (self, scene, names[i], texts[i]);
  if (scene == NULL || scene->tensors > 0)
    scope_session_adopt (self, scene, NULL);
  else
    scope_scene_unref (scene);
}

void
scope_session_load (ScopeSession *self,
                    const char *expression,
                    const char *const *names,
                    const char *const *texts)
{
  g_return_if_fail (SCOPE_IS_SESSION (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (names != NULL && names[0] != NULL)
    load_tensors (self, names, texts);
  if (expression != NULL)
    scope_session_set_expression (self, expression);
  scope_session_end_step (self);
  g_object_thaw_notify (G_OBJECT (self));
}
