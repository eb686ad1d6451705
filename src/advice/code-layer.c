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

/* ---- resampling ----------------------------------------------------------------------------- */

static bool
read_mode (const ScopeNode *node, ScopeResize *resize)
{
  const ScopeValue *mode = scope_written (node, "mode");
  const char *name = mode != NULL && mode->kind == SCOPE_VALUE_STRING ? mode->text : "nearest";
  bool upsample = strcmp (node->spelling->name, "F.upsample_bilinear") == 0;
  resize->exact = strcmp (name, "nearest-exact") == 0;
  if (upsample || strcmp (name, "linear") == 0 || strcmp (name, "bilinear") == 0
      || strcmp (name, "trilinear") == 0)
    resize->mode = SCOPE_RESIZE_LINEAR;
  else if (strcmp (name, "nearest") == 0 || resize->exact)
    resize->mode = SCOPE_RESIZE_NEAREST;
  else if (strcmp (name, "bicubic") == 0)
    resize->mode = SCOPE_RESIZE_CUBIC;
  else
    return false;
  resize->align_corners = upsample || scope_written_bool (node, "align_corners", false);
  return !scope_written_bool (node, "antialias", false);
}

/* The factor given for spatial axis `i`, unless it is to be worked out from the sizes. */
static double
read_factor (const ScopeNode *node, int i)
{
  const ScopeValue *factor = scope_written (node, "scale_factor");
  if (factor == NULL || scope_written_bool (node, "recompute_scale_factor", false))
    return 0;
  if (scope_value_is_sequence (factor))
    factor = i < factor->items ? &factor->item[i] : NULL;
  return factor == NULL                      ? 0
         : factor->kind == SCOPE_VALUE_FLOAT ? factor->number
         : scope_value_is_int (factor)       ? (double)factor->integer
                                             : 0;
}

static bool adaptive_pool (ScopeWriter *writer, const ScopeNode *node, ScopeText *out);

static bool
interpolate (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  ScopeResize resize = { 0 };
  const ScopeValue *mode = scope_written (node, "mode");
  if (shape == NULL || writer->dialect == SCOPE_PYTORCH || !scope_shape_is_known (shape)
      || node->shape.rank != shape->rank)
    return false;
  if (mode != NULL && mode->kind == SCOPE_VALUE_STRING && strcmp (mode->text, "area") == 0)
    return adaptive_pool (writer, node, out);
  if (!read_mode (node, &resize))
    return false;
  resize.rank = shape->rank;
  for (int axis = 2; axis < shape->rank; axis++)
    {
      double factor = read_factor (node, axis - 2);
      bool exact = factor * (double)shape->size[axis] == (double)node->shape.size[axis];
      if (shape->size[axis] == 0)
        return false;
      /* PyTorch copies an axis whose size stays, and takes twice the size for a factor of 2. */
      bool plain = resize.mode == SCOPE_RESIZE_NEAREST && !resize.exact
                   && node->shape.size[axis] == 2 * shape->size[axis];
      if (shape->size[axis] == node->shape.size[axis]
          && (factor == 0 || exact || resize.mode != SCOPE_RESIZE_NEAREST || !resize.exact))
        continue;
      exact |= plain;
      resize.scale[resize.axes] = exact ? 0 : factor;
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
  scope_writer_name (writer, "windows", &name);
  scope_writer_line (writer, &name, scope_text_string (&value));
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
  scope_writer_name (writer, "spread", &name);
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
  scope_writer_line (writer, &name, scope_text_string (&value));
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
  int n = windows.spatial;
  bool around = false, beyond = false, nan = false;
  for (int i = 0; i < n; i++)
    {
      around |= windows.before[i] > 0;
      beyond |= windows.behind[i] > windows.before[i];
    }
  /* A mean leaves out what lies beyond the end, and the padding when it is told to: as NaN. */
  bool leaves_out = around && !scope_written_bool (node, "count_include_pad", true);
  if (!largest && (beyond || leaves_out))
    {
      if (writer->dialect != SCOPE_NUMPY || (beyond && around && !leaves_out))
        return scope_writer_refuse (writer);
      nan = true;
    }
  ScopeText x = { 0 }, padded = { 0 };
  scope_write_object (writer, node, "input", &x);
  const char *source = scope_text_string (&x);
  const char *lowest = writer->dialect == SCOPE_TENSORFLOW ? ", constant_values=-float(\"inf\")"
                                                           : ", constant_values=-np.inf";
  if (writer->dialect == SCOPE_NUMPY)
    {
      write_padded (writer, &windows, source, input->rank,
                    largest ? lowest
                    : nan   ? ", constant_values=np.nan"
                            : "",
                    &padded);
      scope_text_append (out, nan ? "np.nanmean(" : "");
      write_windows (&windows, scope_text_string (&padded), input->rank, out);
      int64_t axes[SPATIAL];
      for (int i = 0; i < n; i++)
        axes[i] = i - n;
      scope_text_append (out, largest ? ".max(axis=" : nan ? ", axis=" : ".mean(axis=");
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

const ScopeTranslation scope_translations_of_layers[] = {
  { "interpolate", interpolate },
  { "conv", conv },
  { "conv_transpose", conv_transpose },
  { "linear", linear },
  { "avg_pool", pool },
  { "max_pool", pool },
  { "adaptive_avg_pool", adaptive_pool },
  { "adaptive_max_pool", adaptive_pool },
  { NULL, NULL },
};
