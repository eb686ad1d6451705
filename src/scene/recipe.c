/* The table of ways, and their spelling. */
#include "scene/recipe.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *of_rank[SCOPE_RECIPE_AXES]; /* what it is called for one, two, three axes; NULL: the
                                             same */
  bool align, antialias;
} Mode;

static const Mode pytorch_modes[] = {
  { "nearest" },
  { "nearest-exact" },
  { "bilinear", { "linear", "bilinear", "trilinear" }, .align = true, .antialias = true },
  { "bicubic", .align = true, .antialias = true },
  { "area" },
};

static const struct
{
  const char *name;
  const Mode *mode;
  int modes;
} libraries[] = {
  [SCOPE_LIBRARY_PYTORCH] = { "PyTorch", pytorch_modes,
                              sizeof pytorch_modes / sizeof pytorch_modes[0] },
};

const char *
scope_library_name (ScopeLibrary library)
{
  return libraries[library].name;
}

int
scope_library_modes (ScopeLibrary library)
{
  return libraries[library].modes;
}

const char *
scope_library_mode (ScopeLibrary library, int mode)
{
  return libraries[library].mode[mode].name;
}

static const Mode *
mode_of (const ScopeRecipe *recipe)
{
  return &libraries[recipe->library].mode[recipe->mode];
}

bool
scope_recipe_can_align (const ScopeRecipe *recipe)
{
  return mode_of (recipe)->align;
}

bool
scope_recipe_can_antialias (const ScopeRecipe *recipe)
{
  return mode_of (recipe)->antialias;
}

ScopeRecipe
scope_recipe_valid (ScopeRecipe recipe)
{
  if (recipe.mode < 0 || recipe.mode >= libraries[recipe.library].modes)
    recipe.mode = 0;
  recipe.align_corners = recipe.align_corners && mode_of (&recipe)->align;
  recipe.antialias = recipe.antialias && mode_of (&recipe)->antialias;
  return recipe;
}

bool
scope_recipe_equal (const ScopeRecipe *a, const ScopeRecipe *b)
{
  return a->library == b->library && a->mode == b->mode && a->align_corners == b->align_corners
         && a->antialias == b->antialias;
}

/* ---- text ----------------------------------------------------------------------------------- */

void
scope_recipe_title (const ScopeRecipe *recipe, ScopeText *out)
{
  if (SCOPE_N_LIBRARIES > 1 && recipe->library != SCOPE_LIBRARY_PYTORCH)
    scope_text_printf (out, "%s ", libraries[recipe->library].name);
  scope_text_append (out, mode_of (recipe)->name);
  if (recipe->antialias)
    scope_text_append (out, " · antialias");
  if (recipe->align_corners)
    scope_text_append (out, " · align_corners");
}

void
scope_recipe_expression (const ScopeRecipe *recipe,
                         const char *input,
                         const ScopeShape *size,
                         ScopeText *out)
{
  const Mode *mode = mode_of (recipe);
  const char *name = mode->name;
  if (size->rank >= 1 && size->rank <= SCOPE_RECIPE_AXES && mode->of_rank[size->rank - 1] != NULL)
    name = mode->of_rank[size->rank - 1];
  scope_text_printf (out, "F.interpolate(%s, size=", input);
  scope_shape_print (size, SCOPE_SHAPE_TUPLE, out);
  scope_text_printf (out, ", mode=\"%s\"", name);
  if (mode->align)
    scope_text_printf (out, ", align_corners=%s", recipe->align_corners ? "True" : "False");
  if (recipe->antialias)
    scope_text_append (out, ", antialias=True");
  scope_text_append (out, ")");
}

static bool
is_word (const char *bytes, size_t length, const char *word)
{
  return strlen (word) == length && memcmp (bytes, word, length) == 0;
}

static bool
find_mode (const char *bytes, size_t length, ScopeRecipe *recipe)
{
  for (int i = 0; i < libraries[recipe->library].modes; i++)
    {
      const Mode *mode = &libraries[recipe->library].mode[i];
      bool found = is_word (bytes, length, mode->name);
      for (int r = 0; r < SCOPE_RECIPE_AXES; r++)
        found = found || (mode->of_rank[r] != NULL && is_word (bytes, length, mode->of_rank[r]));
      if (!found)
        continue;
      recipe->mode = i;
      return true;
    }
  return false;
}

static bool
refuse_mode (const char *bytes, size_t length, ScopeError *error)
{
  ScopeText names = { 0 };
  for (int i = 0; i < libraries[SCOPE_LIBRARY_PYTORCH].modes; i++)
    scope_text_printf (&names, "%s%s", i > 0 ? ", " : "", pytorch_modes[i].name);
  scope_fail (error, SCOPE_ERROR_ARGUMENT, -1, "'%.*s' is no way of resampling. Write %s.",
              (int)(length < 40 ? length : 40), bytes, scope_text_string (&names));
  scope_text_clear (&names);
  return false;
}

/* One `+choice`. */
static bool
take_choice (ScopeRecipe *recipe, const char *bytes, size_t length, ScopeError *error)
{
  bool align = is_word (bytes, length, "align_corners") || is_word (bytes, length, "ac");
  bool antialias = is_word (bytes, length, "antialias") || is_word (bytes, length, "aa");
  if (!align && !antialias)
    return scope_fail (error, SCOPE_ERROR_ARGUMENT, -1,
                       "'+%.*s' is not known. Write +antialias or +align_corners.",
                       (int)(length < 40 ? length : 40), bytes);
  if (align && !scope_recipe_can_align (recipe))
    return scope_fail (error, SCOPE_ERROR_ARGUMENT, -1, "'%s' has no align_corners.",
                       mode_of (recipe)->name);
  if (antialias && !scope_recipe_can_antialias (recipe))
    return scope_fail (error, SCOPE_ERROR_ARGUMENT, -1, "'%s' has no antialias.",
                       mode_of (recipe)->name);
  recipe->align_corners = recipe->align_corners || align;
  recipe->antialias = recipe->antialias || antialias;
  return true;
}

bool
scope_recipe_parse (const char *bytes, size_t length, ScopeRecipe *out, ScopeError *error)
{
  ScopeRecipe recipe = { .library = SCOPE_LIBRARY_PYTORCH };
  const char *end = bytes + length, *plus = memchr (bytes, '+', length);
  size_t word = plus != NULL ? (size_t)(plus - bytes) : length;
  if (!find_mode (bytes, word, &recipe))
    return refuse_mode (bytes, word, error);
  while (plus != NULL)
    {
      const char *begin = plus + 1;
      plus = memchr (begin, '+', (size_t)(end - begin));
      size_t choice = (size_t)((plus != NULL ? plus : end) - begin);
      if (!take_choice (&recipe, begin, choice, error))
        return false;
    }
  *out = recipe;
  return true;
}

int
scope_recipe_defaults (ScopeRecipe *out, int most)
{
  static const char *const words[] = { "nearest", "bilinear",           "bicubic",
                                       "area",    "bilinear+antialias", "bicubic+antialias" };
  int count = 0;
  for (size_t i = 0; i < sizeof words / sizeof words[0] && count < most; i++)
    if (scope_recipe_parse (words[i], strlen (words[i]), &out[count], NULL))
      count++;
  return count;
}

/* ---- the source ----------------------------------------------------------------------------- */

/* An image with its colours last: [480, 640, 3]. */
static bool
has_channels_last (const ScopeShape *shape)
{
  return shape->rank == 3 && shape->size[2] >= 1 && shape->size[2] <= 4 && shape->size[0] > 4
         && shape->size[1] > 4;
}

bool
scope_recipe_input (const char *name,
                    const ScopeShape *shape,
                    bool is_float,
                    ScopeText *out,
                    ScopeError *error)
{
  if (shape->rank == 0)
    return scope_fail (error, SCOPE_ERROR_SHAPE, -1,
                       "A scalar cannot be resampled. Choose a source with at least one axis.");
  scope_text_append (out, name);
  if (!is_float)
    scope_text_append (out, ".float()");
  if (shape->rank > 4)
    scope_text_printf (out, ".flatten(0, %d)", shape->rank - 4);
  else if (has_channels_last (shape))
    scope_text_append (out, ".permute(2, 0, 1)[None]");
  else if (shape->rank < 4)
    scope_text_append (out, shape->rank == 3   ? "[None]"
                            : shape->rank == 2 ? "[None, None]"
                                               : "[None, None, None]");
  return true;
}
