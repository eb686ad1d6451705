/* Translations of softmax, normalisation and embedding into plain array code. */
#include "advice/code.h"

#include <string.h>

static bool
is_numpy (const ScopeWriter *writer)
{
  return writer->dialect == SCOPE_NUMPY || writer->dialect == SCOPE_JAX;
}

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
  scope_writer_name (writer, "shifted", &name);
  if (negated)
    scope_text_printf (&value, "%s.min(axis=%d, keepdims=True) - %s", source, axis, source);
  else
    scope_text_printf (&value, "%s - %s.max(axis=%d, keepdims=True)", source, source, axis);
  scope_writer_line (writer, &name, scope_text_string (&value));
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
  scope_writer_name (writer, "grouped", &name);
  scope_text_printf (&value, "%s.reshape(%lld, %lld, -1)", scope_text_string (&x),
                     (long long)shape->size[0], (long long)groups);
  scope_writer_line (writer, &name, scope_text_string (&value));
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

const ScopeTranslation scope_translations_of_norms[] = {
  { "softmax", softmax },       { "log_softmax", softmax },
  { "softmin", softmax },       { "layer_norm", layer_norm },
  { "group_norm", group_norm }, { "batch_norm", batch_norm },
  { "embedding", embedding },   { NULL, NULL },
};
