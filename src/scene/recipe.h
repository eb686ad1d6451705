/* Ways of resampling that are offered for comparison, and the calls they stand for. */
#pragma once

#include "core/shape.h"

/* Whose conventions are kept. */
typedef enum
{
  SCOPE_LIBRARY_PYTORCH, /* F.interpolate of 1.13 */
  SCOPE_LIBRARY_PYTORCH_2,
  SCOPE_LIBRARY_OPENCV,
  SCOPE_LIBRARY_PILLOW,
  SCOPE_LIBRARY_TENSORFLOW,
  SCOPE_LIBRARY_TENSORFLOW_1, /* half_pixel_centers off */
  SCOPE_LIBRARY_ONNX,
  SCOPE_LIBRARY_FILTERS, /* filters that PyTorch does not have, on its grid */
  SCOPE_N_LIBRARIES
} ScopeLibrary;

enum
{
  SCOPE_RECIPE_AXES = 3, /* that one call resamples at most */
};

typedef struct
{
  ScopeLibrary library;
  int mode; /* number among the library's */
  bool align_corners, antialias;
} ScopeRecipe;

/* Names as people know them: `PyTorch 1.13`; `bilinear`. */
const char *scope_library_name (ScopeLibrary library);
int scope_library_modes (ScopeLibrary library);
const char *scope_library_mode (ScopeLibrary library, int mode);
/* Whether there is such a choice for the mode. */
bool scope_recipe_can_align (const ScopeRecipe *recipe);
bool scope_recipe_can_antialias (const ScopeRecipe *recipe);
/* Choices that the mode does not have are taken back. */
ScopeRecipe scope_recipe_valid (ScopeRecipe recipe);
bool scope_recipe_equal (const ScopeRecipe *a, const ScopeRecipe *b);

/* `bilinear · antialias`, the library in front where it is not PyTorch. */
void scope_recipe_title (const ScopeRecipe *recipe, ScopeText *out);
/* The call, over what is written `input` and has as many trailing axes to resample as `size`. */
void scope_recipe_expression (const ScopeRecipe *recipe,
                              const char *input,
                              const ScopeShape *size,
                              ScopeText *out);
/* The call of the library itself that a preset keeps to:
 * `cv2.resize(A, (336, 256), interpolation=cv2.INTER_LINEAR)`. `picture` has rows and columns only,
 * `input` is that of scope_recipe_expression. False, and nothing is written, of PyTorch 1.13, whose
 * call that expression is, of filters that no library has, and for other than two axes. */
bool scope_recipe_own_call (const ScopeRecipe *recipe,
                            const char *input,
                            const char *picture,
                            const ScopeShape *size,
                            ScopeText *out);
/* How one picture of rows and columns of a tensor called `name` is written: `A[0, 0]`. False when
 * it is none (a vector, colours last). */
bool scope_recipe_picture (const char *name, const ScopeShape *shape, ScopeText *out);
/* Reads `bilinear`, `bicubic+antialias`, `bilinear+align_corners` (`+aa` and `+ac` for short), and
 * with the library in front `opencv:area`, `pillow:lanczos3`. Errors: ARGUMENT. */
bool scope_recipe_parse (const char *bytes, size_t length, ScopeRecipe *out, ScopeError *error);

/* What is compared at first: six ways of shrinking. Returns how many. */
int scope_recipe_defaults (ScopeRecipe *out, int most);

/* How a tensor of `shape` called `name` is written so that a resampling call of two trailing axes
 * takes it: axes in front of them made two, colours that are the last axis (of at most four) moved
 * there, numbers that are no floats made so. Errors: SHAPE (a scalar). */
bool scope_recipe_input (const char *name,
                         const ScopeShape *shape,
                         bool is_float,
                         ScopeText *out,
                         ScopeError *error);
