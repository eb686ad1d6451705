/* Every way there is gives a call that fits, on sources of any rank and type; words in and out. */
#include "values.h"

#include "scene/recipe.h"
#include "scene/subject.h"

#include <string.h>

static char *
take (ScopeText *text)
{
  char *copy = g_strdup (scope_text_string (text));
  scope_text_clear (text);
  return copy;
}

static char *
expression_of (const ScopeRecipe *recipe, const char *input)
{
  ScopeShape size = { .rank = 2, .size = { 5, 3 } };
  ScopeText text = { 0 };
  scope_recipe_expression (recipe, input, &size, &text);
  return take (&text);
}

static const struct
{
  const char *name, *tensor, *input;
} sources[] = {
  { "vector", "9", "A[None, None, None]" },
  { "matrix", "9,8", "A[None, None]" },
  { "planes", "6,9,8", "A[None]" },
  { "image", "uint8[9,8,3]", "A.float().permute(2, 0, 1)[None]" },
  { "batch", "2,3,9,8", "A" },
  { "half", "float16[2,3,9,8]", "A.float()" },
  { "double", "float64[2,3,9,8]", "A" },
  { "volumes", "2,3,4,9,8", "A.flatten(0, 1)" },
  { "rank-6", "bool[2,3,4,5,9,8]", "A.float().flatten(0, 2)" },
};

/* Every combination of a mode's choices. */
static void
test_fits (gconstpointer data)
{
  const typeof (sources[0]) *c = data;
  ScopeTensor *tensor = tensor_from_text ("A", c->tensor);
  ScopeText text = { 0 };
  ScopeError error;
  gboolean is_float = tensor->dtype == SCOPE_FLOAT32 || tensor->dtype == SCOPE_FLOAT64;
  g_assert_true (scope_recipe_input ("A", &tensor->shape, is_float, &text, &error));
  g_autofree char *input = take (&text);
  g_assert_cmpstr (input, ==, c->input);

  for (int library = 0; library < SCOPE_N_LIBRARIES; library++)
    for (int i = 0; i < 4 * scope_library_modes ((ScopeLibrary)library); i++)
      {
        ScopeRecipe recipe = { .library = (ScopeLibrary)library,
                               .mode = i / 4,
                               .align_corners = (i & 1) != 0,
                               .antialias = (i & 2) != 0 };
        recipe = scope_recipe_valid (recipe);
        g_autofree char *source = expression_of (&recipe, input);
        scope_program_unref (program_of (source, scope_tensor_ref (tensor)));
      }
  scope_tensor_unref (tensor);
}

static void
test_scalar (void)
{
  ScopeShape scalar = { 0 };
  ScopeText text = { 0 };
  ScopeError error;
  g_assert_false (scope_recipe_input ("A", &scalar, true, &text, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
  scope_text_clear (&text);
}

static const struct
{
  const char *name, *word, *title, *expression;
} words[] = {
  { "nearest", "nearest", "nearest", "F.interpolate(A, size=(5, 3), mode=\"nearest\")" },
  { "bilinear", "bilinear", "bilinear",
    "F.interpolate(A, size=(5, 3), mode=\"bilinear\", align_corners=False)" },
  { "linear", "linear", "bilinear",
    "F.interpolate(A, size=(5, 3), mode=\"bilinear\", align_corners=False)" },
  { "both", "bicubic+ac+aa", "bicubic · antialias · align_corners",
    "F.interpolate(A, size=(5, 3), mode=\"bicubic\", align_corners=True, antialias=True)" },
  { "long", "bicubic+align_corners", "bicubic · align_corners",
    "F.interpolate(A, size=(5, 3), mode=\"bicubic\", align_corners=True)" },
  { "opencv", "opencv:area", "OpenCV area",
    "resample(A, size=(5, 3), mode=\"area\", preset=\"opencv\")" },
  { "onnx", "onnx:cubic+ac", "ONNX cubic · align_corners",
    "resample(A, size=(5, 3), mode=\"cubic\", align_corners=True, preset=\"onnx\")" },
  { "filter", "filter:lanczos3+aa", "lanczos3 · antialias",
    "resample(A, size=(5, 3), mode=\"lanczos3\", antialias=True)" },
  { "pytorch", "pytorch:area", "area", "F.interpolate(A, size=(5, 3), mode=\"area\")" },
  { "library", "scipy:zoom", NULL, NULL },
  { "mode-of-library", "opencv:mitchell", NULL, NULL },
  { "no-align-corners", "opencv:linear+ac", NULL, NULL },
  { "unknown", "sharp", NULL, NULL },
  { "empty", "", NULL, NULL },
  { "choice", "bilinear+fast", NULL, NULL },
  { "no-such-choice", "area+ac", NULL, NULL },
  { "no-antialias", "nearest+antialias", NULL, NULL },
};

static void
test_word (gconstpointer data)
{
  const typeof (words[0]) *c = data;
  ScopeRecipe recipe;
  ScopeError error = { 0 };
  gboolean parsed = scope_recipe_parse (c->word, strlen (c->word), &recipe, &error);
  g_assert_cmpint (parsed, ==, c->title != NULL);
  if (!parsed)
    {
      g_assert_cmpint (error.code, ==, SCOPE_ERROR_ARGUMENT);
      g_assert_true (error.sentence[0] != '\0');
      return;
    }
  ScopeText text = { 0 };
  scope_recipe_title (&recipe, &text);
  g_autofree char *title = take (&text);
  g_autofree char *expression = expression_of (&recipe, "A");
  g_assert_cmpstr (title, ==, c->title);
  g_assert_cmpstr (expression, ==, c->expression);
}

static void
test_defaults (void)
{
  ScopeRecipe recipe[9];
  g_assert_cmpint (scope_recipe_defaults (recipe, 9), ==, 6);
  g_assert_cmpint (scope_recipe_defaults (recipe, 2), ==, 2);
  g_assert_false (scope_recipe_equal (&recipe[0], &recipe[1]));
  g_assert_true (scope_recipe_equal (&recipe[0], &recipe[0]));
}

static double *
values_of (const char *expression, ScopeTensor *tensor, int64_t count)
{
  ScopeProgram *program = program_of (expression, scope_tensor_ref (tensor));
  ScopeSubject subject = { program, program->result };
  ScopeRegion all = scope_region_all (scope_subject_shape (&subject));
  ScopeReading reading = { 0 };
  ScopeError error;
  double *value = g_new (double, (gsize)count);
  int64_t elements;
  g_assert_true (scope_region_count (&all, &elements, &error));
  g_assert_cmpint (elements, ==, count);
  g_assert_true (scope_subject_read (&subject, &all, &reading, value, NULL, &error));
  scope_program_unref (program);
  return value;
}

/* What a library's own call gives is what its preset gives. PyTorch 2 and ONNX are not run here. */
static void
test_own_calls (void)
{
  ScopeTensor *tensor = tensor_from_text ("A", "random(3):float32[9,8]");
  ScopeShape size = { .rank = 2, .size = { 5, 11 } };
  int compared = 0;
  for (int library = 0; library < SCOPE_N_LIBRARIES; library++)
    for (int i = 0; i < 4 * scope_library_modes ((ScopeLibrary)library); i++)
      {
        ScopeRecipe recipe = { .library = (ScopeLibrary)library,
                               .mode = i / 4,
                               .align_corners = (i & 1) != 0,
                               .antialias = (i & 2) != 0 };
        recipe = scope_recipe_valid (recipe);
        ScopeText text = { 0 };
        gboolean has_own = scope_recipe_own_call (&recipe, "A[None, None]", "A", &size, &text);
        g_autofree char *own = take (&text);
        g_assert_cmpint (has_own, ==,
                         library != SCOPE_LIBRARY_PYTORCH && library != SCOPE_LIBRARY_FILTERS);
        if (!has_own || library == SCOPE_LIBRARY_PYTORCH_2 || library == SCOPE_LIBRARY_ONNX)
          continue;
        scope_recipe_expression (&recipe, "A", &size, &text);
        g_autofree char *expression = take (&text);
        g_autofree double *a = values_of (expression, tensor, 55);
        g_autofree double *b = values_of (own, tensor, 55);
        for (int k = 0; k < 55; k++)
          if (a[k] != b[k])
            g_error ("%s gives %g at %d, %s gives %g", own, b[k], k, expression, a[k]);
        compared++;
      }
  g_assert_cmpint (compared, >, 60);
  scope_tensor_unref (tensor);
}

static void
test_picture (void)
{
  static const struct
  {
    const char *shape, *picture;
  } pictures[] = {
    { "9", "" }, { "9,8", "A" }, { "6,9,8", "A[0]" }, { "2,3,9,8", "A[0, 0]" }, { "9,8,3", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      ScopeShape shape;
      ScopeText text = { 0 };
      g_assert_true (
          scope_shape_parse (pictures[i].shape, strlen (pictures[i].shape), &shape, NULL));
      gboolean is_picture = scope_recipe_picture ("A", &shape, &text);
      g_autofree char *written = take (&text);
      g_assert_cmpint (is_picture, ==, pictures[i].picture[0] != '\0');
      g_assert_cmpstr (written, ==, pictures[i].picture);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/recipe/fits/%s", sources[i].name);
      g_test_add_data_func (path, &sources[i], test_fits);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/recipe/word/%s", words[i].name);
      g_test_add_data_func (path, &words[i], test_word);
    }
  g_test_add_func ("/scene/recipe/own-calls", test_own_calls);
  g_test_add_func ("/scene/recipe/picture", test_picture);
  g_test_add_func ("/scene/recipe/scalar", test_scalar);
  g_test_add_func ("/scene/recipe/defaults", test_defaults);
  return g_test_run ();
}
