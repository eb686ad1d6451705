/* Translations of layers into frameworks that have none: the same arithmetic in plain array code.
 */
#include "advice/code.h"

#include <string.h>

enum
{
  SPATIAL = 3, /* axes at most */
};

static bool
is_numpy (const ScopeWriter *writer)
{
  return writer->dialect == SCOPE_NUMPY || writer->dialect == SCOPE_JAX;
}

/* A line before the statement: `name = …`; the name stands for what was computed. */
static void
begin_line (ScopeWriter *writer, const char *wanted, ScopeText *name)
{
  scope_text_clear (name);
  scope_writer_name (writer, wanted, name);
}

static void
end_line (ScopeWriter *writer, const ScopeText *name, const char *value)
{
  scope_text_printf (&writer->before, "%s = %s\n", scope_text_string (name), value);
}

/* ---- resampling ----------------------------------------------------------------------------- */

static bool
read_mode (const ScopeNode *node, ScopeResize *resize)
{
  const ScopeValue *mode = scope_written (node, "mode");
  const char *name = mode != NULL && mode->kind == SCOPE_VALUE_STRING ? mode->text : "nearest";
  if (strcmp (name, "nearest") == 0)
    resize->mode = SCOPE_RESIZE_NEAREST;
  else if (strcmp (name, "bicubic") == 0)
    resize->mode = SCOPE_RESIZE_CUBIC;
  else if (strcmp (name, "linear") == 0 || strcmp (name, "bilinear") == 0
           || strcmp (name, "trilinear") == 0)
    resize->mode = SCOPE_RESIZE_LINEAR;
  else
    return false;
  resize->align_corners = scope_written_bool (node, "align_corners", false);
  return !scope_written_bool (node, "antialias", false);
}

static bool
interpolate (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  ScopeResize resize = { 0 };
  if (shape == NULL || writer->dialect == SCOPE_PYTORCH || !read_mode (node, &resize)
      || !scope_shape_is_known (shape) || node->shape.rank != shape->rank)
    return false;
  resize.rank = shape->rank;
  for (int axis = 2; axis < shape->rank; axis++)
    if (shape->size[axis] != node->shape.size[axis])
      {
        if (shape->size[axis] == 0)
          return false;
        resize.axis[resize.axes] = axis;
        resize.from[resize.axes] = shape->size[axis];
        resize.to[resize.axes++] = node->shape.size[axis];
      }
  if (resize.axes == 0)
    return scope_write_argument (writer, node, "input", out);
  ScopeText source = { 0 }, name = { 0 };
  scope_write_object (writer, node, "input", &source);
  scope_writer_name (writer, "resized", &name);
  resize.source = scope_text_string (&source);
  resize.name = scope_text_string (&name);
  scope_resize_code (&resize, writer->dialect, &writer->before);
  scope_text_append (out, resize.name);
  scope_text_clear (&source);
  scope_text_clear (&name);
  return true;
}

/* ---- windows -------------------------------------------------------------------------------- */

typedef struct
{
  int spatial;
  bool batched;
  int64_t kernel[SPATIAL], stride[SPATIAL], dilation[SPATIAL];
  int64_t before[SPATIAL], behind[SPATIAL]; /* padding */
} Windows;

static bool
read_each (const ScopeNode *node, const char *name, int spatial, int64_t otherwise, int64_t *out)
{
  int64_t number[SCOPE_MAX_RANK];
  int count = scope_written_ints (node, name, spatial, number);
  for (int i = 0; i < spatial; i++)
    out[i] = count == spatial ? number[i] : otherwise;
  return count == spatial || scope_written (node, name) == NULL || count == 0;
}

/* `np.pad(A, [(0, 0), (0, 0), (1, 1), (1, 1)])`, or only the source where nothing is put around. */
static void
write_padded (ScopeWriter *writer,
              const Windows *windows,
              const char *source,
              int rank,
              const char *more,
              ScopeText *out)
{
  bool any = false;
  for (int i = 0; i < windows->spatial; i++)
    any |= windows->before[i] > 0 || windows->behind[i] > 0;
  if (!any)
    {
      scope_text_append (out, source);
      return;
    }
  scope_text_printf (out, "%s.pad(%s, [", scope_writer_module (writer), source);
  for (int axis = 0; axis < rank; axis++)
    {
      int i = axis - (rank - windows->spatial);
      scope_text_printf (out, axis > 0 ? ", (%lld, %lld)" : "(%lld, %lld)",
                         (long long)(i < 0 ? 0 : windows->before[i]),
                         (long long)(i < 0 ? 0 : windows->behind[i]));
    }
  scope_text_printf (out, "]%s)", more);
}

/* `np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(2, 3))[…, ::2, ::2, :, :]` */
static void
write_windows (const Windows *windows, const char *source, int rank, ScopeText *out)
{
  int64_t span[SPATIAL], axis[SPATIAL];
  bool plain = true;
  for (int i = 0; i < windows->spatial; i++)
    {
      span[i] = windows->dilation[i] * (windows->kernel[i] - 1) + 1;
      axis[i] = rank - windows->spatial + i;
      plain &= windows->stride[i] == 1 && windows->dilation[i] == 1;
    }
  scope_text_printf (out, "np.lib.stride_tricks.sliding_window_view(%s, ", source);
  scope_write_tuple (span, windows->spatial, out);
  scope_text_append (out, ", axis=");
  scope_write_tuple (axis, windows->spatial, out);
  scope_text_append (out, ")");
  if (plain)
    return;
  scope_text_append (out, "[...");
  for (int i = 0; i < windows->spatial; i++)
    scope_text_printf (out, ", ::%lld", (long long)windows->stride[i]);
  for (int i = 0; i < windows->spatial; i++)
    scope_text_printf (out, ", ::%lld", (long long)windows->dilation[i]);
  scope_text_append (out, "]");
}

/* ---- convolution ---------------------------------------------------------------------------- */

static bool
read_convolution (const ScopeNode *node, Windows *windows)
{
  const ScopeShape *input = scope_written_shape (node, "input");
  const ScopeShape *weight = scope_written_shape (node, "weight");
  if (input == NULL || weight == NULL || weight->rank < 3 || weight->rank > 2 + SPATIAL)
    return false;
  windows->spatial = weight->rank - 2;
  windows->batched = input->rank == windows->spatial + 2;
  memcpy (windows->kernel, weight->size + 2, (size_t)windows->spatial * sizeof (int64_t));
  const ScopeValue *padding = scope_written (node, "padding");
  bool word = padding != NULL && padding->kind == SCOPE_VALUE_STRING;
  if (!read_each (node, "stride", windows->spatial, 1, windows->stride)
      || !read_each (node, "dilation", windows->spatial, 1, windows->dilation)
      || (!word && !read_each (node, "padding", windows->spatial, 0, windows->before)))
    return false;
  for (int i = 0; i < windows->spatial; i++)
    {
      int64_t all = windows->dilation[i] * (windows->kernel[i] - 1);
      bool same = word && strcmp (padding->text, "same") == 0;
      if (word)
        windows->before[i] = same ? all / 2 : 0;
      windows->behind[i] = same ? all - all / 2 : windows->before[i];
    }
  return true;
}

static void
write_bias (ScopeWriter *writer, const ScopeNode *node, int spatial, ScopeText *out)
{
  if (scope_written (node, "bias") == NULL)
    return;
  ScopeText bias = { 0 };
  scope_write_object (writer, node, "bias", &bias);
  scope_text_printf (
      out, writer->dialect == SCOPE_TENSORFLOW ? " + tf.reshape(%s, [-1" : " + %s.reshape(-1",
      scope_text_string (&bias));
  for (int i = 0; i < spatial; i++)
    scope_text_append (out, ", 1");
  scope_text_append (out, writer->dialect == SCOPE_TENSORFLOW ? "])" : ")");
  scope_text_clear (&bias);
  writer->loose = true;
}

/* Every window times every kernel, added up. */
static void
convolve_numpy (ScopeWriter *writer,
                const ScopeNode *node,
                const Windows *windows,
                const char *input,
                const char *weight,
                ScopeText *out)
{
  static const char *const place[] = { "x", "yx", "zyx" }, *const within[] = { "k", "jk", "ijk" };
  const ScopeShape *kernels = scope_written_shape (node, "weight");
  int64_t groups = scope_written_int (node, "groups", 1);
  int n = windows->spatial, rank = n + 2;
  ScopeText name = { 0 }, value = { 0 }, padded = { 0 };
  write_padded (writer, windows, input, rank, "", &padded);
  write_windows (windows, scope_text_string (&padded), rank, &value);
  begin_line (writer, "windows", &name);
  end_line (writer, &name, scope_text_string (&value));
  const char *p = place[n - 1], *w = within[n - 1];
  if (groups == 1)
    scope_text_printf (out, "np.einsum(\"nc%s%s,oc%s->no%s\", %s, %s)", p, w, w, p,
                       scope_text_string (&name), weight);
  else
    {
      scope_text_printf (
          out,
          "np.einsum(\"ngc%s%s,goc%s->ngo%s\", %s.reshape(%s.shape[0], %lld, -1, *%s.shape[2:]), "
          "%s.reshape(%lld, -1, *%s.shape[1:]))",
          p, w, w, p, scope_text_string (&name), scope_text_string (&name), (long long)groups,
          scope_text_string (&name), weight, (long long)groups, weight);
      scope_text_append (out, ".reshape(");
      scope_text_printf (out, "-1, %lld", (long long)kernels->size[0]);
      for (int i = 0; i < n; i++)
        scope_text_printf (out, ", %lld", (long long)node->shape.size[node->shape.rank - n + i]);
      scope_text_append (out, ")");
    }
  scope_text_clear (&name);
  scope_text_clear (&value);
  scope_text_clear (&padded);
}

static void
convolve_jax (const ScopeNode *node,
              const Windows *windows,
              const char *input,
              const char *weight,
              ScopeText *out)
{
  scope_text_printf (out, "jax.lax.conv_general_dilated(%s, %s, window_strides=", input, weight);
  scope_write_tuple (windows->stride, windows->spatial, out);
  scope_text_append (out, ", padding=[");
  for (int i = 0; i < windows->spatial; i++)
    scope_text_printf (out, i > 0 ? ", (%lld, %lld)" : "(%lld, %lld)",
                       (long long)windows->before[i], (long long)windows->behind[i]);
  scope_text_append (out, "], rhs_dilation=");
  scope_write_tuple (windows->dilation, windows->spatial, out);
  int64_t groups = scope_written_int (node, "groups", 1);
  if (groups != 1)
    scope_text_printf (out, ", feature_group_count=%lld", (long long)groups);
  scope_text_append (out, ")");
}

static void
convolve_tensorflow (ScopeWriter *writer,
                     const Windows *windows,
                     const char *input,
                     const char *weight,
                     ScopeText *out)
{
  static const char *const order[] = { "2, 1, 0", "2, 3, 1, 0", "2, 3, 4, 1, 0" };
  static const char *const format[] = { "NCW", "NCHW", "NCDHW" };
  ScopeText padded = { 0 };
  write_padded (writer, windows, input, windows->spatial + 2, "", &padded);
  scope_text_printf (out, "tf.nn.convolution(%s, tf.transpose(%s, [%s]), strides=",
                     scope_text_string (&padded), weight, order[windows->spatial - 1]);
  scope_write_tuple (windows->stride, windows->spatial, out);
  scope_text_append (out, ", dilations=");
  scope_write_tuple (windows->dilation, windows->spatial, out);
  scope_text_printf (out, ", padding=\"VALID\", data_format=\"%s\")", format[windows->spatial - 1]);
  scope_text_clear (&padded);
}

static bool
conv (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  Windows windows = { 0 };
  if (writer->dialect == SCOPE_PYTORCH || !read_convolution (node, &windows))
    return false;
  ScopeText input = { 0 }, weight = { 0 };
  scope_write_object (writer, node, "input", &input);
  scope_write_object (writer, node, "weight", &weight);
  scope_text_append (&input, windows.batched ? "" : "[None]");
  const char *x = scope_text_string (&input), *w = scope_text_string (&weight);
  if (writer->dialect == SCOPE_NUMPY)
    convolve_numpy (writer, node, &windows, x, w, out);
  else if (writer->dialect == SCOPE_JAX)
    convolve_jax (node, &windows, x, w, out);
  else
    convolve_tensorflow (writer, &windows, x, w, out);
  scope_text_append (out, windows.batched ? "" : "[0]");
  scope_text_clear (&input);
  scope_text_clear (&weight);
  write_bias (writer, node, windows.spatial, out);
  return true;
}

/* The same kernel put down for every element: every place of the kernel adds a shifted, spread
 * copy. */
static bool
conv_transpose (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  Windows windows = { 0 };
  if (writer->dialect != SCOPE_NUMPY || !read_convolution (node, &windows)
      || scope_written_int (node, "groups", 1) != 1)
    return false;
  int n = windows.spatial;
  const ScopeShape *input = scope_written_shape (node, "input");
  ScopeText x = { 0 }, w = { 0 }, name = { 0 }, value = { 0 };
  scope_write_object (writer, node, "input", &x);
  scope_text_append (&x, windows.batched ? "" : "[None]");
  scope_write_object (writer, node, "weight", &w);
  begin_line (writer, "spread", &name);
  scope_text_printf (&value, "np.zeros((%lld, %lld",
                     (long long)(windows.batched ? input->size[0] : 1),
                     (long long)node->shape.size[node->shape.rank - n - 1]);
  for (int i = 0; i < n; i++)
    {
      int64_t full = (input->size[input->rank - n + i] - 1) * windows.stride[i]
                     + windows.dilation[i] * (windows.kernel[i] - 1) + 1;
      int64_t needed = node->shape.size[node->shape.rank - n + i] + windows.before[i];
      scope_text_printf (&value, ", %lld", (long long)(needed > full ? needed : full));
    }
  scope_text_append (&value, "))");
  end_line (writer, &name, scope_text_string (&value));
  scope_text_append (&writer->before, "for place in np.ndindex(");
  scope_write_numbers (windows.kernel, n, &writer->before);
  scope_text_printf (&writer->before, "):\n    %s[(...,", scope_text_string (&name));
  for (int i = 0; i < n; i++)
    {
      long long first_span =
          (long long)((input->size[input->rank - n + i] - 1) * windows.stride[i] + 1);
      scope_text_printf (&writer->before,
                         " slice(place[%d] * %lld, place[%d] * %lld + %lld, %lld),", i,
                         (long long)windows.dilation[i], i, (long long)windows.dilation[i],
                         first_span, (long long)windows.stride[i]);
    }
  static const char *const letters[] = { "x", "yx", "zyx" };
  scope_text_printf (&writer->before, ")] += np.einsum(\"nc%s,co->no%s\", %s, %s[(..., *place)])\n",
                     letters[n - 1], letters[n - 1], scope_text_string (&x),
                     scope_text_string (&w));
  scope_text_append (out, scope_text_string (&name));
  scope_text_append (out, windows.batched ? "[:, :" : "[0, :");
  for (int i = 0; i < n; i++)
    {
      long long from = (long long)windows.before[i];
      scope_text_printf (out, ", %lld:%lld", from,
                         from + (long long)node->shape.size[node->shape.rank - n + i]);
    }
  scope_text_append (out, "]");
  scope_text_clear (&x);
  scope_text_clear (&w);
  scope_text_clear (&name);
  scope_text_clear (&value);
  write_bias (writer, node, n, out);
  return true;
}

static bool
linear (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *weight = scope_written_shape (node, "weight");
  const ScopeShape *bias = scope_written_shape (node, "bias");
  if (weight == NULL || writer->dialect == SCOPE_PYTORCH)
    return false;
  if (bias != NULL && bias->rank > 1) /* PyTorch adds it to the flattened product */
    return scope_writer_refuse (writer);
  ScopeText x = { 0 }, w = { 0 };
  scope_write_object (writer, node, "input", &x);
  scope_write_object (writer, node, "weight", &w);
  bool tensorflow = writer->dialect == SCOPE_TENSORFLOW && weight->rank == 2;
  scope_text_printf (out, tensorflow ? "tf.einsum(\"...i,oi->...o\", %s, %s)" : "%s @ %s.T",
                     scope_text_string (&x), scope_text_string (&w));
  writer->loose = !tensorflow;
  scope_text_clear (&x);
  scope_text_clear (&w);
  if (scope_written (node, "bias") != NULL)
    {
      scope_text_append (out, " + ");
      scope_write_object (writer, node, "bias", out);
      writer->loose = true;
    }
  return true;
}

/* ---- pooling -------------------------------------------------------------------------------- */

static bool
read_pooling (const ScopeNode *node, Windows *windows)
{
  const ScopeShape *input = scope_written_shape (node, "input");
  const char *name = node->spelling->name;
  size_t length = strlen (name);
  if (input == NULL || length < 2 || name[length - 1] != 'd')
    return false;
  windows->spatial = name[length - 2] - '0';
  if (windows->spatial < 1 || windows->spatial > SPATIAL || input->rank < windows->spatial
      || !read_each (node, "kernel_size", windows->spatial, 1, windows->kernel)
      || !read_each (node, "padding", windows->spatial, 0, windows->before)
      || !read_each (node, "dilation", windows->spatial, 1, windows->dilation))
    return false;
  int64_t unused[SCOPE_MAX_RANK];
  if (scope_written_ints (node, "stride", 1, unused) <= 0)
    memcpy (windows->stride, windows->kernel, sizeof windows->stride);
  else if (!read_each (node, "stride", windows->spatial, 1, windows->stride))
    return false;
  for (int i = 0; i < windows->spatial; i++)
    {
      /* With ceil_mode the last window may reach beyond the end. */
      int64_t in = input->size[input->rank - windows->spatial + i];
      int64_t out = node->shape.size[node->shape.rank - windows->spatial + i];
      int64_t span = windows->dilation[i] * (windows->kernel[i] - 1) + 1;
      int64_t needed = (out - 1) * windows->stride[i] + span - in - windows->before[i];
      if (out == 0)
        return false;
      windows->behind[i] = needed > windows->before[i] ? needed : windows->before[i];
    }
  return true;
}

static bool
pool (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  Windows windows = { 0 };
  bool largest = strcmp (node->op->name, "max_pool") == 0;
  if (writer->dialect == SCOPE_PYTORCH || scope_written_bool (node, "return_indices", false)
      || scope_written (node, "divisor_override") != NULL || !read_pooling (node, &windows))
    return false;
  const ScopeShape *input = scope_written_shape (node, "input");
  ScopeText x = { 0 }, padded = { 0 };
  int n = windows.spatial;
  scope_write_object (writer, node, "input", &x);
  const char *source = scope_text_string (&x);
  const char *lowest = writer->dialect == SCOPE_TENSORFLOW ? ", constant_values=-float(\"inf\")"
                                                           : ", constant_values=-np.inf";
  if (writer->dialect == SCOPE_NUMPY)
    {
      write_padded (writer, &windows, source, input->rank, largest ? lowest : "", &padded);
      write_windows (&windows, scope_text_string (&padded), input->rank, out);
      int64_t axes[SPATIAL];
      for (int i = 0; i < n; i++)
        axes[i] = i - n;
      scope_text_append (out, largest ? ".max(axis=" : ".mean(axis=");
      scope_write_tuple (axes, n, out);
      scope_text_append (out, ")");
    }
  else if (writer->dialect == SCOPE_JAX)
    {
      int64_t window[SCOPE_MAX_RANK], step[SCOPE_MAX_RANK], product = 1;
      for (int axis = 0; axis < input->rank; axis++)
        {
          int i = axis - (input->rank - n);
          window[axis] = i < 0 ? 1 : windows.kernel[i];
          step[axis] = i < 0 ? 1 : windows.stride[i];
          product *= window[axis];
        }
      write_padded (writer, &windows, source, input->rank,
                    largest ? ", constant_values=-jnp.inf" : "", &padded);
      scope_text_printf (out, "jax.lax.reduce_window(%s, %s, ", scope_text_string (&padded),
                         largest ? "-jnp.inf, jax.lax.max" : "0.0, jax.lax.add");
      scope_write_tuple (window, input->rank, out);
      scope_text_append (out, ", ");
      scope_write_tuple (step, input->rank, out);
      scope_text_append (out, ", \"VALID\")");
      if (!largest)
        scope_text_printf (out, " / %lld", (long long)product);
      writer->loose = !largest;
    }
  else
    {
      static const char *const format[] = { "NCW", "NCHW", "NCDHW" };
      bool batched = input->rank == n + 2;
      scope_text_append (&x, batched ? "" : "[None]");
      write_padded (writer, &windows, scope_text_string (&x), n + 2, largest ? lowest : "",
                    &padded);
      scope_text_printf (out, "tf.nn.%s_pool%dd(%s, ", largest ? "max" : "avg", n,
                         scope_text_string (&padded));
      scope_write_tuple (windows.kernel, n, out);
      scope_text_append (out, ", ");
      scope_write_tuple (windows.stride, n, out);
      scope_text_printf (out, ", \"VALID\", data_format=\"%s\")%s", format[n - 1],
                         batched ? "" : "[0]");
    }
  scope_text_clear (&x);
  scope_text_clear (&padded);
  return true;
}

/* Window i of `out` covers i·in/out … ⌈(i+1)·in/out⌉: one axis after the other. */
static bool
adaptive_pool (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *input = scope_written_shape (node, "input");
  bool largest = strcmp (node->op->name, "adaptive_max_pool") == 0;
  if (!is_numpy (writer) || input == NULL || input->rank != node->shape.rank
      || scope_written_bool (node, "return_indices", false))
    return false;
  const char *module = scope_writer_module (writer);
  ScopeText source = { 0 }, name = { 0 };
  scope_write_object (writer, node, "input", &source);
  for (int axis = 0; axis < input->rank; axis++)
    {
      long long in = (long long)input->size[axis], size = (long long)node->shape.size[axis];
      if (in == size)
        continue;
      if (size < 1 || in < 1)
        {
          scope_text_clear (&source);
          scope_text_clear (&name);
          return false;
        }
      if (name.length == 0)
        scope_writer_name (writer, "pooled", &name);
      scope_text_printf (&writer->before, "%s = %s.stack([%s[", scope_text_string (&name), module,
                         scope_text_string (&source));
      for (int i = 0; i < axis; i++)
        scope_text_append (&writer->before, ":, ");
      scope_text_printf (&writer->before,
                         "i * %lld // %lld:-(-(i + 1) * %lld // %lld)].%s(axis=%d) for i in "
                         "range(%lld)], axis=%d)\n",
                         in, size, in, size, largest ? "max" : "mean", axis, size, axis);
      scope_text_clear (&source);
      scope_text_append (&source, scope_text_string (&name));
    }
  scope_text_append (out, scope_text_string (&source));
  scope_text_clear (&source);
  scope_text_clear (&name);
  return true;
}

/* ---- normalisation -------------------------------------------------------------------------- */

/* Exponentials that add up to 1; NumPy has no softmax. */
static bool
softmax (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  int axis = shape == NULL ? -1 : scope_written_axis (node, "dim", shape->rank, shape->rank - 1);
  bool logarithm = strcmp (node->op->name, "log_softmax") == 0;
  bool negated = strcmp (node->op->name, "softmin") == 0;
  if (writer->dialect != SCOPE_NUMPY || axis < 0)
    return false;
  ScopeText x = { 0 }, name = { 0 }, value = { 0 };
  scope_write_object (writer, node, "input", &x);
  const char *source = scope_text_string (&x);
  begin_line (writer, "shifted", &name);
  if (negated)
    scope_text_printf (&value, "%s.min(axis=%d, keepdims=True) - %s", source, axis, source);
  else
    scope_text_printf (&value, "%s - %s.max(axis=%d, keepdims=True)", source, source, axis);
  end_line (writer, &name, scope_text_string (&value));
  const char *e = scope_text_string (&name);
  if (logarithm)
    scope_text_printf (out, "%s - np.log(np.exp(%s).sum(axis=%d, keepdims=True))", e, e, axis);
  else
    scope_text_printf (out, "np.exp(%s) / np.exp(%s).sum(axis=%d, keepdims=True)", e, e, axis);
  writer->loose = true;
  scope_text_clear (&x);
  scope_text_clear (&name);
  scope_text_clear (&value);
  return true;
}

/* `(x - mean) / sqrt(var + eps)` over some axes. */
static void
write_standard (ScopeWriter *writer,
                const char *source,
                const char *axes,
                const ScopeNode *node,
                ScopeText *out)
{
  const char *module = scope_writer_module (writer);
  ScopeText eps = { 0 };
  if (!scope_write_argument (writer, node, "eps", &eps))
    scope_text_append (&eps, "1e-05");
  scope_text_printf (
      out, "(%s - %s.mean(axis=%s, keepdims=True)) / %s.sqrt(%s.var(axis=%s, keepdims=True) + %s)",
      source, source, axes, module, source, axes, scope_text_string (&eps));
  scope_text_clear (&eps);
}

/* ` * weight + bias`, each brought to the axes they belong to. */
static void
write_affine (ScopeWriter *writer, const ScopeNode *node, const char *index, ScopeText *out)
{
  static const char *const names[] = { "weight", "bias" }, *const signs[] = { " * ", " + " };
  for (int i = 0; i < 2; i++)
    if (scope_written (node, names[i]) != NULL)
      {
        scope_text_append (out, signs[i]);
        scope_write_object (writer, node, names[i], out);
        scope_text_append (out, index);
      }
}

static bool
layer_norm (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  int64_t size[SCOPE_MAX_RANK], axes[SCOPE_MAX_RANK];
  int count = scope_written_ints (node, "normalized_shape", 1, size);
  if (!is_numpy (writer) || count < 1)
    return false;
  ScopeText x = { 0 }, list = { 0 };
  for (int i = 0; i < count; i++)
    axes[i] = i - count;
  scope_write_tuple (axes, count, &list);
  scope_write_object (writer, node, "input", &x);
  write_standard (writer, scope_text_string (&x), scope_text_string (&list), node, out);
  write_affine (writer, node, "", out);
  writer->loose = true;
  scope_text_clear (&x);
  scope_text_clear (&list);
  return true;
}

/* `[:, None, None]` for an axis of channels with `rank` − 2 axes behind. */
static void
write_channel_index (int rank, ScopeText *out)
{
  scope_text_append (out, rank > 2 ? "[:" : "");
  for (int i = 2; i < rank; i++)
    scope_text_append (out, ", None");
  scope_text_append (out, rank > 2 ? "]" : "");
}

static bool
group_norm (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  int64_t groups = scope_written_int (node, "num_groups", 0);
  if (!is_numpy (writer) || shape == NULL || shape->rank < 2 || groups < 1)
    return false;
  ScopeText x = { 0 }, name = { 0 }, value = { 0 }, index = { 0 };
  scope_write_object (writer, node, "input", &x);
  begin_line (writer, "grouped", &name);
  scope_text_printf (&value, "%s.reshape(%lld, %lld, -1)", scope_text_string (&x),
                     (long long)shape->size[0], (long long)groups);
  end_line (writer, &name, scope_text_string (&value));
  scope_text_append (out, "(");
  write_standard (writer, scope_text_string (&name), "2", node, out);
  scope_text_append (out, ").reshape(");
  scope_write_numbers (shape->size, shape->rank, out);
  scope_text_append (out, ")");
  write_channel_index (shape->rank, &index);
  write_affine (writer, node, scope_text_string (&index), out);
  writer->loose = true;
  scope_text_clear (&x);
  scope_text_clear (&name);
  scope_text_clear (&value);
  scope_text_clear (&index);
  return true;
}

static bool
batch_norm (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  if (!is_numpy (writer) || shape == NULL || shape->rank < 2)
    return false;
  ScopeText x = { 0 }, axes = { 0 }, index = { 0 };
  int64_t reduced[SCOPE_MAX_RANK] = { 0 };
  for (int i = 2; i < shape->rank; i++)
    reduced[i - 1] = i;
  scope_write_tuple (reduced, shape->rank - 1, &axes);
  write_channel_index (shape->rank, &index);
  scope_write_object (writer, node, "input", &x);
  if (scope_written_bool (node, "training", false))
    write_standard (writer, scope_text_string (&x), scope_text_string (&axes), node, out);
  else
    {
      scope_text_printf (out, "(%s - ", scope_text_string (&x));
      scope_write_object (writer, node, "running_mean", out);
      scope_text_printf (out, "%s) / %s.sqrt(", scope_text_string (&index),
                         scope_writer_module (writer));
      scope_write_object (writer, node, "running_var", out);
      scope_text_printf (out, "%s + ", scope_text_string (&index));
      if (!scope_write_argument (writer, node, "eps", out))
        scope_text_append (out, "1e-05");
      scope_text_append (out, ")");
    }
  write_affine (writer, node, scope_text_string (&index), out);
  writer->loose = true;
  scope_text_clear (&x);
  scope_text_clear (&axes);
  scope_text_clear (&index);
  return true;
}

static bool
embedding (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  if (writer->dialect == SCOPE_PYTORCH)
    return false;
  bool function = writer->dialect == SCOPE_TENSORFLOW;
  scope_text_append (out, function ? "tf.gather(" : "");
  scope_write_object (writer, node, "weight", out);
  scope_text_append (out, function ? ", " : "[");
  scope_write_argument (writer, node, "input", out);
  scope_text_append (out, function ? ")" : "]");
  return true;
}

const ScopeTranslation scope_translations_of_layers[] = {
  { "interpolate", interpolate },
  { "conv", conv },
  { "conv_transpose", conv_transpose },
  { "linear", linear },
  { "avg_pool", pool },
  { "max_pool", pool },
  { "adaptive_avg_pool", adaptive_pool },
  { "adaptive_max_pool", adaptive_pool },
  { "softmax", softmax },
  { "log_softmax", softmax },
  { "softmin", softmax },
  { "layer_norm", layer_norm },
  { "group_norm", group_norm },
  { "batch_norm", batch_norm },
  { "embedding", embedding },
  { NULL, NULL },
};
