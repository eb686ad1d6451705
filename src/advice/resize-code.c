/* Resampling as lines of NumPy, TensorFlow and JAX. */
#include "advice/code.h"

/* The ratio of source steps: (in − 1) / (out − 1) with aligned corners, 1 / factor where a factor
 * was given that is not out / in, else in / out. */
static void
print_ratio (const ScopeResize *resize, int i, ScopeText *out)
{
  long long from = (long long)resize->from[i], to = (long long)resize->to[i];
  scope_text_append (out, "(");
  if (resize->align_corners && resize->mode != SCOPE_RESIZE_NEAREST)
    scope_text_printf (out, "%lld / %lld", from - 1, to - 1);
  else if (resize->scale[i] > 0)
    {
      scope_text_append (out, "1 / ");
      scope_text_append_double (out, resize->scale[i]);
    }
  else
    scope_text_printf (out, "%lld / %lld", from, to);
  scope_text_append (out, ")");
}

/* Where each place of the result lies in the source. */
static void
print_positions (const ScopeResize *resize, int i, ScopeText *out)
{
  long long last = (long long)resize->from[i] - 1, to = (long long)resize->to[i];
  bool nearest = resize->mode == SCOPE_RESIZE_NEAREST;
  if (resize->align_corners && !nearest && to <= 1)
    {
      scope_text_append (out, "x = np.zeros(1)\n");
      return;
    }
  bool centres = nearest ? resize->exact : !resize->align_corners;
  bool clipped = centres && resize->mode == SCOPE_RESIZE_LINEAR;
  bool bounded = nearest && resize->scale[i] > 0;
  scope_text_append (out, clipped ? "x = np.maximum(" : bounded ? "x = np.minimum(" : "x = ");
  scope_text_printf (out, centres ? "(np.arange(%lld) + 0.5) * " : "np.arange(%lld) * ", to);
  print_ratio (resize, i, out);
  if (centres && !nearest)
    scope_text_append (out, " - 0.5");
  if (bounded)
    scope_text_printf (out, ", %lld)", last);
  scope_text_append (out, clipped ? ", 0)\n" : "\n");
}

/* One axis after the other: resampling is separable. */
static void
print_axis_by_axis (const ScopeResize *resize, const char *take, ScopeText *out)
{
  const char *source = resize->source;
  if (resize->mode == SCOPE_RESIZE_CUBIC)
    scope_text_append (out, "def cubic(t, a=-0.75):\n"
                            "    t = np.abs(t)\n"
                            "    return np.where(t < 1, ((a + 2) * t - (a + 3)) * t * t + 1,\n"
                            "                    ((a * t - 5 * a) * t + 8 * a) * t - 4 * a)\n");
  for (int i = 0; i < resize->axes; i++)
    {
      int axis = resize->axis[i];
      int behind = resize->rank - 1 - axis;
      long long last = (long long)resize->from[i] - 1;
      print_positions (resize, i, out);
      if (resize->mode == SCOPE_RESIZE_NEAREST)
        scope_text_printf (out, "%s = %s(%s, x.astype(int), axis=%d)\n", resize->name, take, source,
                           axis);
      else if (resize->mode == SCOPE_RESIZE_LINEAR)
        scope_text_printf (out,
                           "i = x.astype(int)\n"
                           "w = (x - i).reshape([-1] + [1] * %d)\n"
                           "%s = %s(%s, i, axis=%d) * (1 - w) + "
                           "%s(%s, np.minimum(i + 1, %lld), axis=%d) * w\n",
                           behind, resize->name, take, source, axis, take, source, last, axis);
      else
        scope_text_printf (out,
                           "i = np.floor(x).astype(int)\n"
                           "t = (x - i).reshape([-1] + [1] * %d)\n"
                           "%s = sum(%s(%s, np.clip(i + k, 0, %lld), axis=%d) * cubic(t - k) "
                           "for k in (-1, 0, 1, 2))\n",
                           behind, resize->name, take, source, last, axis);
      source = resize->name;
    }
}

/* The new sizes of all axes: those that do not change are asked of the source. */
static void
print_sizes (const ScopeResize *resize, int first, ScopeText *out)
{
  for (int axis = first; axis < resize->rank; axis++)
    {
      scope_text_append (out, axis > first ? ", " : "");
      int changed = -1;
      for (int i = 0; i < resize->axes; i++)
        if (resize->axis[i] == axis)
          changed = i;
      if (changed >= 0)
        scope_text_printf (out, "%lld", (long long)resize->to[changed]);
      else
        scope_text_printf (out, "%s.shape[%d]", resize->source, axis);
    }
}

static void
print_tensorflow (const ScopeResize *resize, ScopeText *out)
{
  static const char *const method[] = { "nearest", "bilinear", "bicubic" };
  if (resize->rank != 4 || resize->axis[0] < 2)
    {
      /* tf.image.resize takes only images; NumPy's indices serve tf.gather as well. */
      print_axis_by_axis (resize, "tf.gather", out);
      return;
    }
  if (resize->mode == SCOPE_RESIZE_CUBIC)
    scope_text_append (out, "# TensorFlow's bicubic uses a = -0.5, PyTorch's -0.75.\n");
  if (resize->mode == SCOPE_RESIZE_NEAREST && !resize->exact)
    scope_text_append (out, "# TensorFlow picks by cell centres, as PyTorch's nearest-exact.\n");
  bool aligned = resize->align_corners && resize->mode != SCOPE_RESIZE_NEAREST;
  scope_text_printf (out, "%s = tf.%simage.resize%s(tf.transpose(%s, [0, 2, 3, 1]), [",
                     resize->name, aligned ? "compat.v1." : "",
                     aligned && resize->mode == SCOPE_RESIZE_CUBIC ? "_bicubic"
                     : aligned                                     ? "_bilinear"
                                                                   : "",
                     resize->source);
  print_sizes (resize, 2, out);
  if (aligned)
    scope_text_append (out, "], align_corners=True)\n");
  else
    scope_text_printf (out, "], method=\"%s\")\n", method[resize->mode]);
  scope_text_printf (out, "%s = tf.transpose(%s, [0, 3, 1, 2])\n", resize->name, resize->name);
}

static void
print_jax (const ScopeResize *resize, ScopeText *out)
{
  static const char *const method[] = { "nearest", "linear", "cubic" };
  if (resize->align_corners && resize->mode != SCOPE_RESIZE_NEAREST)
    scope_text_append (out, "# jax.image.resize has no align_corners.\n");
  if (resize->mode == SCOPE_RESIZE_CUBIC)
    scope_text_append (out, "# JAX's cubic uses a = -0.5, PyTorch's -0.75.\n");
  if (resize->mode == SCOPE_RESIZE_NEAREST && !resize->exact)
    scope_text_append (out, "# JAX picks by cell centres, as PyTorch's nearest-exact.\n");
  scope_text_printf (out, "%s = jax.image.resize(%s, (", resize->name, resize->source);
  print_sizes (resize, 0, out);
  scope_text_printf (out,
                     resize->rank == 1 ? ",), method=\"%s\", antialias=False)\n"
                                       : "), method=\"%s\", antialias=False)\n",
                     method[resize->mode]);
}

void
scope_resize_code (const ScopeResize *resize, ScopeDialect dialect, ScopeText *out)
{
  bool scaled = false; /* the frameworks' own functions know only sizes */
  for (int i = 0; i < resize->axes; i++)
    scaled |= resize->scale[i] > 0;
  if (dialect == SCOPE_NUMPY)
    print_axis_by_axis (resize, "np.take", out);
  else if (dialect == SCOPE_TENSORFLOW && scaled)
    print_axis_by_axis (resize, "tf.gather", out);
  else if (dialect == SCOPE_TENSORFLOW)
    print_tensorflow (resize, out);
  else if (dialect == SCOPE_JAX && scaled)
    print_axis_by_axis (resize, "jnp.take", out);
  else if (dialect == SCOPE_JAX)
    print_jax (resize, out);
}
