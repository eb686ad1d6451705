/* Scenes change by making new ones, and nothing that was shared is lost. */
#include "scene/scene.h"

#include "core/generator.h"

#include <glib.h>
#include <stdlib.h>

static ScopeTensor *
new_tensor (const char *name, gint64 size)
{
  ScopeError error;
  ScopeShape shape = { .rank = 1, .size = { size } };
  ScopeFill fill = { .kind = SCOPE_FILL_RAMP };
  ScopeStorage *storage = scope_generator_new (fill, SCOPE_FLOAT32, &shape, &error);
  ScopeTensor *tensor = scope_tensor_new (name, SCOPE_FLOAT32, &shape, NULL, storage, &error);
  g_assert_nonnull (tensor);
  scope_storage_unref (storage);
  return tensor;
}

/* The scene with one more tensor; takes `scene`. */
static ScopeScene *
add (ScopeScene *scene, const char *name)
{
  ScopeTensor *tensor = new_tensor (name, 3);
  ScopeScene *next = scope_scene_with_tensor (scene, scene->tensors, tensor, "ramp:3", false);
  g_assert_nonnull (next);
  scope_tensor_unref (tensor);
  scope_scene_unref (scene);
  return next;
}

static ScopeScene *
new_scene (int tensors)
{
  static const char *const name[] = { "A", "B", "C" };
  ScopeScene *scene = scope_scene_new ();
  for (int i = 0; i < tensors; i++)
    scene = add (scene, name[i]);
  return scene;
}

static void
test_empty (void)
{
  ScopeScene *scene = scope_scene_new ();
  g_assert_cmpint (scene->tensors, ==, 0);
  g_assert_cmpstr (scene->expression, ==, "");
  g_assert_cmpint (scene->dialect, ==, SCOPE_PYTORCH);
  g_assert_cmpint (scope_scene_find (scene, "A"), ==, -1);
  scope_scene_unref (scene);
  scope_scene_unref (NULL);
}

static void
test_expression (void)
{
  ScopeScene *scene = new_scene (2);
  ScopeScene *changed = scope_scene_with_expression (scene, "A[...] = B");
  g_assert_cmpstr (scene->expression, ==, "");
  g_assert_cmpstr (changed->expression, ==, "A[...] = B");
  g_assert_true (changed->tensor[1].tensor == scene->tensor[1].tensor);
  scope_scene_unref (scene);
  g_assert_cmpstr (changed->tensor[1].tensor->name, ==, "B");
  scope_scene_unref (changed);
}

static void
test_dialect_and_view (void)
{
  ScopeScene *scene = new_scene (1);
  ScopeScene *numpy = scope_scene_with_dialect (scene, SCOPE_NUMPY);
  ScopeView view = scene->view;
  view.norm = SCOPE_NORM_LOG;
  ScopeScene *logarithmic = scope_scene_with_view (numpy, &view);
  g_assert_cmpint (scene->dialect, ==, SCOPE_PYTORCH);
  g_assert_cmpint (logarithmic->dialect, ==, SCOPE_NUMPY);
  g_assert_cmpint (numpy->view.norm, ==, SCOPE_NORM_LINEAR);
  g_assert_cmpint (logarithmic->view.norm, ==, SCOPE_NORM_LOG);
  scope_scene_unref (scene);
  scope_scene_unref (numpy);
  scope_scene_unref (logarithmic);
}

static void
test_tensors (void)
{
  ScopeScene *scene = new_scene (3);
  ScopeScene *named = scope_scene_with_axis_names (scene, 1, "N C");
  ScopeTensor *other = new_tensor ("D", 9);
  ScopeScene *replaced = scope_scene_with_tensor (named, 1, other, "d.npy", true);
  ScopeScene *removed = scope_scene_without_tensor (replaced, 0);

  g_assert_cmpstr (scene->tensor[1].axis_names, ==, "");
  g_assert_cmpstr (named->tensor[1].tensor->name, ==, "B");
  g_assert_cmpstr (replaced->tensor[1].axis_names, ==, "N C");
  g_assert_true (replaced->tensor[1].tensor == other);
  g_assert_cmpstr (replaced->tensor[1].origin, ==, "d.npy");
  g_assert_true (replaced->tensor[1].file);
  g_assert_cmpint (other->references, ==, 3);
  g_assert_cmpint (replaced->tensors, ==, 3);
  g_assert_cmpint (removed->tensors, ==, 2);
  g_assert_cmpint (scope_scene_find (removed, "A"), ==, -1);
  g_assert_cmpint (scope_scene_find (removed, "D"), ==, 0);
  g_assert_cmpint (scope_scene_find (removed, "C"), ==, 1);

  scope_scene_unref (scene);
  scope_scene_unref (named);
  scope_scene_unref (replaced);
  g_assert_cmpint (other->references, ==, 2);
  scope_scene_unref (removed);
  g_assert_cmpint (other->references, ==, 1);
  scope_tensor_unref (other);
}

static void
test_references (void)
{
  ScopeScene *scene = new_scene (1);
  ScopeTensor *tensor = scope_tensor_ref (scene->tensor[0].tensor);
  g_assert_true (scope_scene_ref (scene) == scene);
  scope_scene_unref (scene);
  g_assert_cmpint (tensor->references, ==, 2);
  scope_scene_unref (scene);
  g_assert_cmpint (tensor->references, ==, 1);
  scope_tensor_unref (tensor);
}

static void
test_free_name (void)
{
  ScopeScene *scene = new_scene (1);
  char *name = scope_scene_free_name (scene);
  g_assert_cmpstr (name, ==, "B");
  free (name);

  scene = add (scene, "C");
  name = scope_scene_free_name (scene);
  g_assert_cmpstr (name, ==, "B");
  free (name);

  for (char letter = 'B'; letter <= 'Z'; letter++)
    if (letter != 'C')
      {
        char text[2] = { letter, '\0' };
        scene = add (scene, text);
      }
  name = scope_scene_free_name (scene);
  g_assert_cmpstr (name, ==, "A1");
  free (name);
  scope_scene_unref (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/scene/empty", test_empty);
  g_test_add_func ("/scene/scene/expression", test_expression);
  g_test_add_func ("/scene/scene/dialect-and-view", test_dialect_and_view);
  g_test_add_func ("/scene/scene/tensors", test_tensors);
  g_test_add_func ("/scene/scene/references", test_references);
  g_test_add_func ("/scene/scene/free-name", test_free_name);
  return g_test_run ();
}
