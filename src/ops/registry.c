/* Looking up operations by their spellings. */
#include "ops/registry.h"

#include "ops/tables.h"

#include <string.h>

#define SCOPE_TABLE_ENTRY(file) scope_ops_##file,
static const ScopeOp *const tables[] = { SCOPE_OPERATION_FILES (SCOPE_TABLE_ENTRY) NULL };
#undef SCOPE_TABLE_ENTRY

/* Longer ways to write the module paths that spellings use; the longest match comes first. */
static const struct
{
  const char *written, *canonical;
} modules[] = {
  { "torch.nn.functional.", "F." }, { "nn.functional.", "F." },
  { "torch.nn.", "nn." },           { "numpy.", "np." },
  { "tensorflow.", "tf." },         { "jax.numpy.", "jnp." },
  { "functional.", "F." },          { "PIL.Image.", "Image." },
};

static const char *const module_roots[] = {
  "torch",      "F",   "nn",  "functional", "np",  "numpy", "tf",
  "tensorflow", "jnp", "jax", "einops",     "cv2", "PIL",   "Image",
};

const ScopeOp *
scope_registry_op (int i)
{
  for (int t = 0; tables[t] != NULL; t++)
    for (const ScopeOp *op = tables[t]; op->name != NULL; op++)
      if (i-- == 0)
        return op;
  return NULL;
}

const ScopeOp *
scope_registry_by_name (const char *name)
{
  for (int t = 0; tables[t] != NULL; t++)
    for (const ScopeOp *op = tables[t]; op->name != NULL; op++)
      if (strcmp (op->name, name) == 0)
        return op;
  return NULL;
}

bool
scope_registry_is_module (const char *name)
{
  for (size_t i = 0; i < sizeof module_roots / sizeof module_roots[0]; i++)
    if (strcmp (name, module_roots[i]) == 0)
      return true;
  return false;
}

/* A name as the caller wrote it, cut into the module path's canonical form and the rest. */
typedef struct
{
  const char *module; /* "F.", "np.", or "" when `rest` is the whole */
  const char *rest;
  bool bare; /* no dot: the last part of any path may match */
} WrittenName;

static WrittenName
canonical_name (const char *name)
{
  if (name[0] == '.' || strchr (name, '.') == NULL)
    return (WrittenName){ "", name, name[0] != '.' };
  for (size_t i = 0; i < sizeof modules / sizeof modules[0]; i++)
    {
      size_t length = strlen (modules[i].written);
      if (strncmp (name, modules[i].written, length) == 0)
        return (WrittenName){ modules[i].canonical, name + length, false };
    }
  return (WrittenName){ "", name, false };
}

static bool
matches (const char *spelling, const WrittenName *name)
{
  /* Nearly all differ in the first character, and an operator has no path to look behind. */
  bool word = (name->rest[0] | 0x20) >= 'a' && (name->rest[0] | 0x20) <= 'z';
  if (name->bare && !word && name->rest[0] != '_')
    return spelling[0] == name->rest[0] && strcmp (spelling, name->rest) == 0;
  if (name->bare)
    {
      if (spelling[0] == '.')
        return false;
      const char *last = strrchr (spelling, '.');
      return strcmp (last != NULL ? last + 1 : spelling, name->rest) == 0;
    }
  if (spelling[0] != (name->module[0] != '\0' ? name->module[0] : name->rest[0]))
    return false;
  size_t length = strlen (name->module);
  return strncmp (spelling, name->module, length) == 0
         && strcmp (spelling + length, name->rest) == 0;
}

bool
scope_registry_find (const char *written,
                     ScopeDialect preferred,
                     const ScopeOp **op_out,
                     const ScopeSpelling **spelling_out,
                     ScopeDialect *dialect_out)
{
  WrittenName name = canonical_name (written);
  bool found = false;
  for (int t = 0; tables[t] != NULL; t++)
    for (const ScopeOp *op = tables[t]; op->name != NULL; op++)
      for (const ScopeSpelling *spelling = op->spelling; spelling->name != NULL; spelling++)
        {
          if (!matches (spelling->name, &name))
            continue;
          bool fits = spelling->dialect == SCOPE_DIALECT_DEFAULT || spelling->dialect == preferred;
          if (found && !fits)
            continue;
          found = true;
          *op_out = op;
          *spelling_out = spelling;
          *dialect_out = spelling->dialect == SCOPE_DIALECT_DEFAULT ? preferred : spelling->dialect;
          if (fits)
            return true;
        }
  return found;
}
