/* Reading a text as a tensor, else as an expression. */
#include "files/value-text.h"

#include "files/file-format.h"

#include <string.h>

void
scope_value_text_clear (ScopeValueText *value)
{
  scope_tensor_unref (value->tensor);
  scope_tile_unref (value->tile);
  *value = (ScopeValueText){ 0 };
}

static gboolean
fail_memory (ScopeError *error)
{
  return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for this value.");
}

/* The tile of an expression that has a value. */
static ScopeTile *
make_tile (const char *expression,
           ScopeTensor *const *tensors,
           int n_tensors,
           const ScopeCheckOptions *options,
           ScopeError *error)
{
  ScopeTile *tile = scope_tile_new ("", expression, tensors, n_tensors, options);
  if (tile == NULL)
    {
      fail_memory (error);
      return NULL;
    }
  if (tile->program != NULL)
    return tile;
  if (error != NULL)
    *error = tile->error;
  scope_tile_unref (tile);
  return NULL;
}

static gboolean
names_file (const char *text)
{
  static const char *const endings[] = { ".npy", ".npz", ".safetensors", ".png", ".csv" };
  const char *member = strstr (text, "::"); /* of a file; in brackets it is a slice */
  if ((member != NULL && memchr (text, '[', (gsize)(member - text)) == NULL)
      || strncmp (text, "./", 2) == 0 || strncmp (text, "~/", 2) == 0
      || strncmp (text, "file:", 5) == 0 || text[0] == '/')
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (text, endings[i]))
      return TRUE;
  return FALSE;
}

/* `zoneplate:` or `random(7):` in front. */
static gboolean
has_fill (const char *text)
{
  while (g_ascii_isalnum (*text) || *text == '_')
    text++;
  if (*text == '(')
    text += strcspn (text, ")");
  if (*text == ')')
    text++;
  return *text == ':';
}

/* A text that cannot be an expression is told how it fails as a tensor: it begins as a shape or a
 * literal, has a fill in front, or names a file. */
static gboolean
is_meant_as_tensor (const char *text)
{
  text += strspn (text, " \t");
  return names_file (text) || g_ascii_isdigit (*text) || *text == '[' || *text == '('
         || has_fill (text);
}

static gboolean
take_expression (const char *text,
                 ScopeTensor *const *tensors,
                 int n_tensors,
                 const ScopeCheckOptions *options,
                 ScopeValueText *out,
                 ScopeError *error)
{
  ScopeTile *tile = make_tile (text, tensors, n_tensors, options, error);
  if (tile == NULL)
    return FALSE;
  *out = (ScopeValueText){ .tile = tile };
  return TRUE;
}

/* Takes over the tensor. */
static gboolean
take_tensor (ScopeTensor *tensor,
             const ScopeCheckOptions *options,
             ScopeValueText *out,
             ScopeError *error)
{
  ScopeTile *tile = make_tile (tensor->name, &tensor, 1, options, error);
  if (tile == NULL)
    {
      scope_tensor_unref (tensor);
      return FALSE;
    }
  *out = (ScopeValueText){ .tensor = tensor, .tile = tile };
  return TRUE;
}

gboolean
scope_value_text_read (const char *text,
                       const char *name,
                       ScopeTensor *const *tensors,
                       int n_tensors,
                       const ScopeCheckOptions *options,
                       ScopeValueText *out,
                       ScopeError *error)
{
  g_autoptr (GError) refused = NULL;
  ScopeError at = { .axis = -1, .begin = -1, .end = -1 };
  if (text[strspn (text, " \t\r\n")] == '\0')
    return scope_fail (error, SCOPE_ERROR_SYNTAX, -1,
                       "Write a tensor's name, an expression, a shape, a literal, or the name of a "
                       "file.");
  ScopeTensor *tensor = scope_tensor_open (name, text, NULL, &at, &refused);
  if (tensor != NULL && scope_shape_is_known (&tensor->shape))
    return take_tensor (tensor, options, out, error);

  /* `A` is a shape too, of one axis whose size is called A: but then it has no values. */
  ScopeError wrong = { .axis = -1, .begin = -1, .end = -1 };
  gboolean taken = take_expression (text, tensors, n_tensors, options, out, &wrong);
  if (!taken && tensor != NULL && strchr (text, '?') != NULL)
    return take_tensor (tensor, options, out, error);
  scope_tensor_unref (tensor);
  if (taken)
    return TRUE;
  if (refused != NULL && is_meant_as_tensor (text))
    scope_fail_at (&wrong, SCOPE_ERROR_DATA, at.begin, at.end, "%s", refused->message);
  if (error != NULL)
    *error = wrong;
  return FALSE;
}
