/* Scenes: each change gives a new one that shares what stayed the same. */
#include "scene/scene.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *
copy_string (const char *string)
{
  size_t bytes = strlen (string) + 1;
  char *copy = malloc (bytes);
  return copy == NULL ? NULL : memcpy (copy, string, bytes);
}

/* Replaces *string by a copy of `by`. False when memory runs out. */
static bool
set_string (char **string, const char *by)
{
  char *copy = copy_string (by);
  if (copy == NULL)
    return false;
  free (*string);
  *string = copy;
  return true;
}

static void
clear_tensor (ScopeSceneTensor *tensor)
{
  scope_tensor_unref (tensor->tensor);
  free (tensor->origin);
  free (tensor->axis_names);
}

static bool
fill_tensor (ScopeSceneTensor *out,
             ScopeTensor *tensor,
             const char *origin,
             const char *axis_names,
             bool file)
{
  *out = (ScopeSceneTensor){
    .tensor = scope_tensor_ref (tensor),
    .origin = copy_string (origin),
    .axis_names = copy_string (axis_names),
    .file = file,
  };
  return out->origin != NULL && out->axis_names != NULL;
}

/* The scene, or NULL when it is not whole. */
static ScopeScene *
whole (ScopeScene *scene, bool is_whole)
{
  if (is_whole)
    return scene;
  scope_scene_unref (scene);
  return NULL;
}

/* A scene with room for `room` tensors, of which it has none yet. */
static ScopeScene *
new_scene (const char *expression, ScopeDialect dialect, const ScopeView *view, int room)
{
  ScopeScene *scene = calloc (1, sizeof *scene);
  if (scene == NULL)
    return NULL;

  scene->references = 1;
  scene->dialect = dialect;
  scene->view = *view;
  scene->expression = copy_string (expression);
  scene->tensor = calloc ((size_t)room + 1, sizeof *scene->tensor);
  return whole (scene, scene->expression != NULL && scene->tensor != NULL);
}

/* Appends a copy of tensors begin…end of another scene. */
static bool
append (ScopeScene *scene, const ScopeScene *from, int begin, int end)
{
  for (int i = begin; i < end; i++)
    {
      const ScopeSceneTensor *tensor = &from->tensor[i];
      if (!fill_tensor (&scene->tensor[scene->tensors++], tensor->tensor, tensor->origin,
                        tensor->axis_names, tensor->file))
        return false;
    }
  return true;
}

/* A copy with room for one more tensor. */
static ScopeScene *
copy_scene (const ScopeScene *scene)
{
  ScopeScene *copy =
      new_scene (scene->expression, scene->dialect, &scene->view, scene->tensors + 1);
  return copy == NULL ? NULL : whole (copy, append (copy, scene, 0, scene->tensors));
}

ScopeScene *
scope_scene_new (void)
{
  ScopeShape scalar = { .rank = 0 };
  ScopeView view = scope_view_default (&scalar);
  return new_scene ("", SCOPE_PYTORCH, &view, 0);
}

ScopeScene *
scope_scene_ref (ScopeScene *scene)
{
  scene->references++;
  return scene;
}

void
scope_scene_unref (ScopeScene *scene)
{
  if (scene == NULL || --scene->references > 0)
    return;

  for (int i = 0; i < scene->tensors; i++)
    clear_tensor (&scene->tensor[i]);
  free (scene->tensor);
  free (scene->expression);
  free (scene);
}

ScopeScene *
scope_scene_with_expression (const ScopeScene *scene, const char *expression)
{
  ScopeScene *copy = copy_scene (scene);
  return copy == NULL ? NULL : whole (copy, set_string (&copy->expression, expression));
}

ScopeScene *
scope_scene_with_dialect (const ScopeScene *scene, ScopeDialect dialect)
{
  ScopeScene *copy = copy_scene (scene);
  if (copy != NULL)
    copy->dialect = dialect;
  return copy;
}

ScopeScene *
scope_scene_with_view (const ScopeScene *scene, const ScopeView *view)
{
  ScopeScene *copy = copy_scene (scene);
  if (copy != NULL)
    copy->view = *view;
  return copy;
}

ScopeScene *
scope_scene_with_tensor (const ScopeScene *scene,
                         int i,
                         ScopeTensor *tensor,
                         const char *origin,
                         bool file)
{
  assert (i >= 0 && i <= scene->tensors);
  ScopeScene *copy = copy_scene (scene);
  if (copy == NULL)
    return NULL;

  ScopeSceneTensor made;
  const char *names = i < scene->tensors ? scene->tensor[i].axis_names : "";
  if (!fill_tensor (&made, tensor, origin, names, file))
    {
      clear_tensor (&made);
      return whole (copy, false);
    }
  if (i < copy->tensors)
    clear_tensor (&copy->tensor[i]);
  else
    copy->tensors++;
  copy->tensor[i] = made;
  return copy;
}

ScopeScene *
scope_scene_with_axis_names (const ScopeScene *scene, int i, const char *names)
{
  assert (i >= 0 && i < scene->tensors);
  ScopeScene *copy = copy_scene (scene);
  return copy == NULL ? NULL : whole (copy, set_string (&copy->tensor[i].axis_names, names));
}

ScopeScene *
scope_scene_without_tensor (const ScopeScene *scene, int i)
{
  assert (i >= 0 && i < scene->tensors);
  ScopeScene *copy = new_scene (scene->expression, scene->dialect, &scene->view, scene->tensors);
  if (copy == NULL)
    return NULL;
  bool copied = append (copy, scene, 0, i) && append (copy, scene, i + 1, scene->tensors);
  return whole (copy, copied);
}

int
scope_scene_find (const ScopeScene *scene, const char *name)
{
  for (int i = 0; i < scene->tensors; i++)
    if (strcmp (scene->tensor[i].tensor->name, name) == 0)
      return i;
  return -1;
}

char *
scope_scene_free_name (const ScopeScene *scene)
{
  char name[16];
  for (int i = 0;; i++)
    {
      if (i < 26)
        snprintf (name, sizeof name, "%c", 'A' + i);
      else
        snprintf (name, sizeof name, "%c%d", 'A' + i % 26, i / 26);
      if (scope_scene_find (scene, name) < 0)
        return copy_string (name);
    }
}
