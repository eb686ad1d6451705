/* The scene of the first start: 256 rows to be filled from 1280. */
#include "model/example.h"

#include "core/generator.h"

#include <stddef.h>
#include <string.h>

static const struct
{
  const char *name, *text, *axis_names;
} tensors[] = {
  { "A", "checkerboard(32):float32[1, 1, 256, 256]", "N C H W" },
  { "B", "siemens:float32[1, 1, 1280, 256]", "N C H W" },
};

static ScopeTensor *
make_tensor (const char *name, const char *text)
{
  ScopeTensorText parsed;
  ScopeStorage *storage;
  ScopeTensor *tensor;

  if (!scope_tensor_text_parse (text, strlen (text), &parsed, NULL))
    return NULL;
  storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, NULL);
  tensor = storage != NULL
               ? scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, NULL)
               : NULL;
  scope_storage_unref (storage);
  return tensor;
}

/* Replaces *scene by what one step made of it. */
static void
advance (ScopeScene **scene, ScopeScene *next)
{
  scope_scene_unref (*scene);
  *scene = next;
}

ScopeScene *
scope_example_new (void)
{
  ScopeScene *scene = scope_scene_new ();
  int n = (int)(sizeof tensors / sizeof tensors[0]);

  for (int i = 0; scene != NULL && i < n; i++)
    {
      ScopeTensor *tensor = make_tensor (tensors[i].name, tensors[i].text);

      advance (&scene, tensor != NULL
                           ? scope_scene_with_tensor (scene, i, tensor, tensors[i].text, false)
                           : NULL);
      scope_tensor_unref (tensor);
      if (scene != NULL)
        advance (&scene, scope_scene_with_axis_names (scene, i, tensors[i].axis_names));
    }
  if (scene != NULL)
    advance (&scene, scope_scene_with_expression (scene, "A[...] = B"));
  return scene;
}
