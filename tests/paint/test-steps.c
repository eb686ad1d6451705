/* Stages painted: one step flows into the next, nothing is cut off, colour never speaks alone. */
#include "../advice/scene-maker.h"
#include "paint/composition.h"
#include "paint/handout.h"

#include <math.h>

static const struct
{
  const char *name, *source, *a, *b;
} cases[] = {
  { "broadcast", "A + B", "3,1", "4" },
  { "broadcast-fails", "A + B", "3,4", "3" },
  { "the-example", "A[...] = B", "1,1,256,256", "1,1,1280,256" },
  { "blocks-grow", "A * B", "8,1,6,1", "7,1,5" },
  { "five-axes", "A + B", "2,3,4,5,6", "1,1,4,5,1" },
  { "twelve-axes", "A + B", "2,1,2,1,2,1,2,1,2,1,2,1", "3" },
  { "scalars", "A + B", "()", "()" },
  { "empty", "A + B", "0,3", "1,3" },
  { "unknown", "A + B", "?,3", "N,1" },
  { "longest-size", "A + B", "9223372036854775807,1", "9223372036854775807,1" },
  { "concat", "torch.cat((A, B), 1)", "2,3", "2,2" },
  { "concat-of-blocks", "torch.cat((A, B), -3)", "2,3,256", "5,3,256" },
  { "stack", "torch.stack((A, B), 1)", "2,3", "2,3" },
  { "product", "A @ B", "2,3", "3,2" },
  { "product-with-a-vector", "A @ B", "2,3", "3" },
  { "reshape", "A.reshape(3, 2)", "2,3", NULL },
  { "permute", "A.permute(2, 0, 1)", "2,3,4", NULL },
  { "slice", "A[::2, -1]", "3,4", NULL },
  { "slice-of-blocks", "A[:, 2:5]", "30,40,3", NULL },
  { "mean", "A.mean(0)", "2,3", NULL },
  { "interpolate", "F.interpolate(A, size=4, mode='linear')", "1,1,2", NULL },
  { "one-tensor", "A", "2,3,4", NULL },
};

static ScopeStage *
make_stage (gsize i)
{
  ScopeTensor *tensor[2];
  int tensors = 0;
  tensor[tensors++] = make_tensor ("A", cases[i].a);
  if (cases[i].b != NULL)
    tensor[tensors++] = make_tensor ("B", cases[i].b);
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program = scope_program_new (cases[i].source, strlen (cases[i].source), tensor,
                                             tensors, &options, NULL);
  ScopeStage *stage = scope_stage_new (program, -1, tensor, tensors, NULL);
  g_assert_nonnull (stage);
  scope_program_unref (program);
  while (tensors > 0)
    scope_tensor_unref (tensor[--tensors]);
  return stage;
}

enum
{
  MARGIN = 40 /* around the picture, to see what sticks out */
};

/* The picture with a margin around it, white under it. */
static cairo_surface_t *
paint (const ScopeStepsPicture *picture, int step, double progress, int *width, int *height)
{
  cairo_surface_t *scratch = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1, 1);
  cairo_t *cr = cairo_create (scratch);
  ScopeStepsGeometry geometry = scope_steps_measure (picture, 0, cr);
  cairo_destroy (cr);
  cairo_surface_destroy (scratch);
  *width = (int)geometry.width;
  *height = (int)geometry.height;
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, *width + 2 * MARGIN, *height + 2 * MARGIN);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, MARGIN, MARGIN);
  scope_steps_paint (picture, &geometry, step, progress, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static gsize
byte_count (cairo_surface_t *surface)
{
  return (gsize)cairo_image_surface_get_stride (surface)
         * (gsize)cairo_image_surface_get_height (surface);
}

/* How far two pictures are apart in the component that differs most, 0…255. */
static int
largest_difference (cairo_surface_t *a, cairo_surface_t *b)
{
  const guchar *first = cairo_image_surface_get_data (a);
  const guchar *second = cairo_image_surface_get_data (b);
  int largest = 0;
  g_assert_cmpint (byte_count (a), ==, byte_count (b));
  for (gsize i = 0; i < byte_count (a); i++)
    if (i % 4 != 3)
      largest = MAX (largest, ABS (first[i] - second[i]));
  return largest;
}

/* The very end of a step looks as the beginning of the next one: going on does not jump. */
static void
test_flows (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeStage *stage = make_stage (i);
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeStepsPicture picture = {
    .stage = stage, .theme = &theme, .line = 1, .says = TRUE, .counts = TRUE
  };
  for (int k = 0; k + 1 < stage->steps; k++)
    {
      int width, height;
      cairo_surface_t *end = paint (&picture, k, 0.9999, &width, &height);
      cairo_surface_t *next = paint (&picture, k + 1, 0, &width, &height);
      cairo_surface_t *middle = paint (&picture, k, 0.5, &width, &height);
      if (largest_difference (end, next) > 32)
        g_error ("step %d jumps at its end", k + 1);
      g_assert_cmpint (largest_difference (middle, next), >, 8);
      cairo_surface_destroy (end);
      cairo_surface_destroy (next);
      cairo_surface_destroy (middle);
    }
  scope_stage_free (stage);
}

/* Nothing sticks out of the size that was measured, and something is there. */
static void
test_stays_inside (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeStage *stage = make_stage (i);
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeStepsPicture picture = {
    .stage = stage, .theme = &theme, .line = 1, .says = TRUE, .counts = TRUE
  };
  for (int k = 0; k < 2 * stage->steps; k++)
    {
      int width, height;
      picture.wide = k >= stage->steps;
      cairo_surface_t *surface = paint (&picture, k % stage->steps, 0, &width, &height);
      const guchar *pixel = cairo_image_surface_get_data (surface);
      int stride = cairo_image_surface_get_stride (surface), inside = 0;
      for (int y = 0; y < height + 2 * MARGIN; y++)
        for (int x = 0; x < width + 2 * MARGIN; x++)
          {
            guint32 value;
            memcpy (&value, pixel + y * stride + x * 4, sizeof value);
            gboolean within =
                x >= MARGIN && y >= MARGIN && x < MARGIN + width && y < MARGIN + height;
            if ((value & 0xFFFFFF) == 0xFFFFFF)
              continue;
            if (!within)
              g_error ("step %d: ink at %d, %d outside %d × %d", k + 1, x - MARGIN, y - MARGIN,
                       width, height);
            inside++;
          }
      g_assert_cmpint (inside, >, 500);
      cairo_surface_destroy (surface);
    }
  scope_stage_free (stage);
}

/* The texts of a step's SVG. */
static char *
svg_of (const ScopeStage *stage, int step, gboolean bare)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeStepsFigure figure = {
    .theme = &theme, .stage = stage, .step = step, .bare = bare, .line = 1
  };
  double width, height;
  scope_steps_figure_measure (&figure, &width, &height);
  g_autoptr (GBytes) bytes = scope_figure_render (SCOPE_FIGURE_SVG, width, height, 1, &theme,
                                                  scope_steps_figure_paint, &figure, NULL);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  return g_strndup (text, length);
}

/* The result is not told before its time. */
static void
test_tells_in_order (void)
{
  ScopeStage *stage = make_stage (0);
  g_autofree char *judge = svg_of (stage, 2, FALSE);
  g_autofree char *compute = svg_of (stage, 4, FALSE);
  g_assert_null (strstr (judge, ">result<"));
  g_assert_null (strstr (judge, "(3, 4)"));
  g_assert_nonnull (strstr (compute, ">result  (3, 4)</text>"));
  g_assert_nonnull (strstr (compute, ">1 + 1 = 2</text>"));
  g_assert_nonnull (strstr (compute, ">A  (3, 1) → (3, 4)</text>"));
  scope_stage_free (stage);
}

/* A failure has its sign: shapes are drawn, not only a colour. */
static void
test_failure_has_a_sign (void)
{
  ScopeStage *stage = make_stage (2);
  g_autofree char *svg = svg_of (stage, 4, FALSE);
  g_assert_nonnull (strstr (svg, ">1280 ✗</text>"));
  g_assert_nonnull (strstr (svg, ">5 of 5 – It does not fit</text>"));
  scope_stage_free (stage);
}

static void
test_handout_pages (void)
{
  ScopeStage *stage = make_stage (0);
  const ScopeStage *const stages[] = { stage, stage };
  const ScopeHandoutExercise exercise[] = { { "A + B with (2, 1) and (3,)?", "(2, 3)" } };
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeHandout handout = { .theme = &theme,
                           .title = "Broadcasting",
                           .answers = TRUE,
                           .stages = 2,
                           .stage = stages,
                           .exercises = 1,
                           .exercise = exercise };
  int with = scope_handout_pages (&handout);
  handout.answers = FALSE;
  g_assert_cmpint (with, >, scope_handout_pages (&handout));
  handout.stages = 0;
  handout.exercises = 0;
  g_assert_cmpint (scope_handout_pages (&handout), ==, 1);
  scope_stage_free (stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *flows = g_strconcat ("/steps/flows/", cases[i].name, NULL);
      g_autofree char *inside = g_strconcat ("/steps/stays-inside/", cases[i].name, NULL);
      g_test_add_data_func (flows, GSIZE_TO_POINTER (i), test_flows);
      g_test_add_data_func (inside, GSIZE_TO_POINTER (i), test_stays_inside);
    }
  g_test_add_func ("/steps/tells-in-order", test_tells_in_order);
  g_test_add_func ("/steps/failure-has-a-sign", test_failure_has_a_sign);
  g_test_add_func ("/steps/handout-pages", test_handout_pages);
  return g_test_run ();
}
