/* The table of ways, and their spelling. */
#include "scene/recipe.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *of_rank[SCOPE_RECIPE_AXES]; /* what it is called for one, two, three axes; NULL: the
                                             same */
  const char *own; /* what the library itself calls it; NULL: as it is called here */
  bool align, antialias;
} Mode;

static const Mode pytorch_modes[] = {
  { "nearest" },
  { "nearest-exact" },
  { "bilinear", { "linear", "bilinear", "trilinear" }, .align = true, .antialias = true },
  { "bicubic", .align = true, .antialias = true },
  { "area" },
};
static const Mode pytorch_2_modes[] = {
  { "nearest", .own = "nearest" },
  { "nearest-exact", .own = "nearest-exact" },
  { "linear", .own = "bilinear", .align = true, .antialias = true },
  { "cubic", .own = "bicubic", .align = true, .antialias = true },
  { "area", .own = "area" },
};
static const Mode opencv_modes[] = {
  { "nearest", .own = "NEAREST" }, { "nearest-exact", .own = "NEAREST_EXACT" },
  { "linear", .own = "LINEAR" },   { "cubic", .own = "CUBIC" },
  { "area", .own = "AREA" },       { "lanczos4", .own = "LANCZOS4" },
};
static const Mode pillow_modes[] = {
  { "nearest", .own = "NEAREST" }, { "box", .own = "BOX" },       { "linear", .own = "BILINEAR" },
  { "hamming", .own = "HAMMING" }, { "cubic", .own = "BICUBIC" }, { "lanczos3", .own = "LANCZOS" },
};
static const Mode tensorflow_modes[] = {
  { "nearest", .own = "nearest" },
  { "linear", .own = "bilinear", .antialias = true },
  { "cubic", .own = "bicubic", .antialias = true },
  { "area", .own = "area" },
  { "mitchell", .own = "mitchellcubic", .antialias = true },
  { "gaussian", .own = "gaussian", .antialias = true },
  { "lanczos3", .own = "lanczos3", .antialias = true },
  { "lanczos5", .own = "lanczos5", .antialias = true },
};
static const Mode tensorflow_1_modes[] = {
  { "nearest", .own = "nearest_neighbor", .align = true },
  { "linear", .own = "bilinear", .align = true },
  { "cubic", .own = "bicubic", .align = true },
  { "area", .own = "area" },
};
static const Mode onnx_modes[] = {
  { "nearest", .own = "nearest", .align = true },
  { "linear", .own = "linear", .align = true, .antialias = true },
  { "cubic", .own = "cubic", .align = true, .antialias = true },
};
static const Mode filter_modes[] = {
  { "box", .antialias = true },      { "hermite", .antialias = true },
  { "hamming", .antialias = true },  { "catmull-rom", .antialias = true },
  { "mitchell", .antialias = true }, { "gaussian", .antialias = true },
  { "lanczos3", .antialias = true }, { "lanczos4", .antialias = true },
  { "lanczos5", .antialias = true },
};

#define MODES(table) table, sizeof table / sizeof table[0]

static const struct
{
  const char *name;
  const char *preset; /* of `resample`, and in front of a word; NULL: F.interpolate */
  const Mode *mode;
  int modes;
} libraries[] = {
  [SCOPE_LIBRARY_PYTORCH] = { "PyTorch 1.13", NULL, MODES (pytorch_modes) },
  [SCOPE_LIBRARY_PYTORCH_2] = { "PyTorch 2", "pytorch-2", MODES (pytorch_2_modes) },
  [SCOPE_LIBRARY_OPENCV] = { "OpenCV", "opencv", MODES (opencv_modes) },
  [SCOPE_LIBRARY_PILLOW] = { "Pillow", "pillow", MODES (pillow_modes) },
  [SCOPE_LIBRARY_TENSORFLOW] = { "TensorFlow 2", "tensorflow", MODES (tensorflow_modes) },
  [SCOPE_LIBRARY_TENSORFLOW_1] = { "TensorFlow 1", "tensorflow-1", MODES (tensorflow_1_modes) },
  [SCOPE_LIBRARY_ONNX] = { "ONNX", "onnx", MODES (onnx_modes) },
  [SCOPE_LIBRARY_FILTERS] = { "Filter", "pytorch", MODES (filter_modes) },
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
  if (recipe->library != SCOPE_LIBRARY_PYTORCH && recipe->library != SCOPE_LIBRARY_FILTERS)
    scope_text_printf (out, "%s ", libraries[recipe->library].name);
  scope_text_append (out, mode_of (recipe)->name);
  if (recipe->antialias)
    scope_text_append (out, " · antialias");
  if (recipe->align_corners)
    scope_text_append (out, " · align_corners");
}

/* F.interpolate's mode goes by the number of axes, and align_corners is always written. */
static void
write_interpolate (const ScopeRecipe *recipe,
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
}

static void
write_resample (const ScopeRecipe *recipe,
                const char *input,
                const ScopeShape *size,
                ScopeText *out)
{
  scope_text_printf (out, "resample(%s, size=", input);
  scope_shape_print (size, SCOPE_SHAPE_TUPLE, out);
  scope_text_printf (out, ", mode=\"%s\"", mode_of (recipe)->name);
  if (recipe->align_corners)
    scope_text_append (out, ", align_corners=True");
  if (recipe->library != SCOPE_LIBRARY_FILTERS)
    scope_text_printf (out, ", preset=\"%s\"", libraries[recipe->library].preset);
}

void
scope_recipe_expression (const ScopeRecipe *recipe,
                         const char *input,
                         const ScopeShape *size,
                         ScopeText *out)
{
  if (libraries[recipe->library].preset == NULL)
    write_interpolate (recipe, input, size, out);
  else
    write_resample (recipe, input, size, out);
  if (recipe->antialias)
    scope_text_append (out, ", antialias=True");
  scope_text_append (out, ")");
}

/* ---- in the library's own words ------------------------------------------------------------- */

static void
print_pair (int64_t first, int64_t second, ScopeText *out)
{
  scope_text_printf (out, "(%lld, %lld)", (long long)first, (long long)second);
}

static void
write_pytorch_2 (const ScopeRecipe *recipe,
                 const char *input,
                 const ScopeShape *size,
                 ScopeText *out)
{
  scope_text_printf (out, "F.interpolate(%s, size=", input);
  print_pair (size->size[0], size->size[1], out);
  scope_text_printf (out, ", mode=\"%s\"", mode_of (recipe)->own);
  if (mode_of (recipe)->align)
    scope_text_printf (out, ", align_corners=%s", recipe->align_corners ? "True" : "False");
  scope_text_append (out, recipe->antialias ? ", antialias=True)" : ")");
}

/* Pictures of rows and columns; the width stands first. */
static void
write_opencv (const ScopeRecipe *recipe, const char *input, const ScopeShape *size, ScopeText *out)
{
  scope_text_printf (out, "cv2.resize(%s, ", input);
  print_pair (size->size[1], size->size[0], out);
  scope_text_printf (out, ", interpolation=cv2.INTER_%s)", mode_of (recipe)->own);
}

static void
write_pillow (const ScopeRecipe *recipe, const char *input, const ScopeShape *size, ScopeText *out)
{
  scope_text_printf (out, "Image.fromarray(%s).resize(", input);
  print_pair (size->size[1], size->size[0], out);
  scope_text_printf (out, ", Image.%s)", mode_of (recipe)->own);
}

static void
write_tensorflow (const ScopeRecipe *recipe,
                  const char *input,
                  const ScopeShape *size,
                  ScopeText *out)
{
  scope_text_printf (out, "tf.image.resize(%s[..., None], ", input);
  print_pair (size->size[0], size->size[1], out);
  scope_text_printf (out, ", method=\"%s\"%s)", mode_of (recipe)->own,
                     recipe->antialias ? ", antialias=True" : "");
}

static void
write_tensorflow_1 (const ScopeRecipe *recipe,
                    const char *input,
                    const ScopeShape *size,
                    ScopeText *out)
{
  scope_text_printf (out, "tf.compat.v1.image.resize_%s(%s[None, ..., None], ",
                     mode_of (recipe)->own, input);
  print_pair (size->size[0], size->size[1], out);
  scope_text_append (out, recipe->align_corners ? ", align_corners=True)" : ")");
}

static void
write_onnx (const ScopeRecipe *recipe, const char *input, const ScopeShape *size, ScopeText *out)
{
  scope_text_printf (out, "Resize(%s, sizes=", input);
  print_pair (size->size[0], size->size[1], out);
  scope_text_printf (out, ", mode=\"%s\"%s%s)", mode_of (recipe)->own,
                     recipe->align_corners ? ", coordinate_transformation_mode=\"align_corners\""
                                           : "",
                     recipe->antialias ? ", antialias=1" : "");
}

bool
scope_recipe_own_call (const ScopeRecipe *recipe,
                       const char *input,
                       const char *picture,
                       const ScopeShape *size,
                       ScopeText *out)
{
  static void (*const write[SCOPE_N_LIBRARIES]) (const ScopeRecipe *, const char *,
                                                 const ScopeShape *, ScopeText *) = {
    [SCOPE_LIBRARY_PYTORCH_2] = write_pytorch_2,
    [SCOPE_LIBRARY_OPENCV] = write_opencv,
    [SCOPE_LIBRARY_PILLOW] = write_pillow,
    [SCOPE_LIBRARY_TENSORFLOW] = write_tensorflow,
    [SCOPE_LIBRARY_TENSORFLOW_1] = write_tensorflow_1,
    [SCOPE_LIBRARY_ONNX] = write_onnx,
  };
  if (write[recipe->library] == NULL || size->rank != 2)
    return false;
  write[recipe->library](recipe, recipe->library == SCOPE_LIBRARY_PYTORCH_2 ? input : picture, size,
                         out);
  return true;
}

/* ---- reading -------------------------------------------------------------------------------- */

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
refuse_mode (ScopeLibrary library, const char *bytes, size_t length, ScopeError *error)
{
  ScopeText names = { 0 };
  for (int i = 0; i < libraries[library].modes; i++)
    scope_text_printf (&names, "%s%s", i > 0 ? ", " : "", libraries[library].mode[i].name);
  scope_fail (error, SCOPE_ERROR_ARGUMENT, -1, "%s has no mode '%.*s'. Write %s.",
              libraries[library].name, (int)(length < 40 ? length : 40), bytes,
              scope_text_string (&names));
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

/* A library in front of `:`; *bytes moves on behind it. */
static bool
take_library (const char **bytes, const char *end, ScopeRecipe *recipe, ScopeError *error)
{
  const char *colon = memchr (*bytes, ':', (size_t)(end - *bytes));
  if (colon == NULL)
    return true;
  size_t length = (size_t)(colon - *bytes);
  for (int i = 0; i < SCOPE_N_LIBRARIES; i++)
    {
      const char *word = i == SCOPE_LIBRARY_PYTORCH   ? "pytorch"
                         : i == SCOPE_LIBRARY_FILTERS ? "filter"
                                                      : libraries[i].preset;
      if (!is_word (*bytes, length, word))
        continue;
      recipe->library = (ScopeLibrary)i;
      *bytes = colon + 1;
      return true;
    }
  return scope_fail (error, SCOPE_ERROR_ARGUMENT, -1,
                     "'%.*s:' is no library that is known. Write pytorch, pytorch-2, opencv, "
                     "pillow, tensorflow, tensorflow-1, onnx or filter.",
                     (int)(length < 40 ? length : 40), *bytes);
}

bool
scope_recipe_parse (const char *bytes, size_t length, ScopeRecipe *out, ScopeError *error)
{
  ScopeRecipe recipe = { .library = SCOPE_LIBRARY_PYTORCH };
  const char *end = bytes + length;
  if (!take_library (&bytes, end, &recipe, error))
    return false;
  const char *plus = memchr (bytes, '+', (size_t)(end - bytes));
  size_t word = (size_t)((plus != NULL ? plus : end) - bytes);
  if (!find_mode (bytes, word, &recipe))
    return refuse_mode (recipe.library, bytes, word, error);
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

bool
scope_recipe_picture (const char *name, const ScopeShape *shape, ScopeText *out)
{
  if (shape->rank < 2 || has_channels_last (shape))
    return false;
  scope_text_append (out, name);
  for (int axis = 0; axis < shape->rank - 2; axis++)
    scope_text_append (out, axis == 0 ? "[0" : ", 0");
  scope_text_append (out, shape->rank > 2 ? "]" : "");
  return true;
}
