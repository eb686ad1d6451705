/* Translations of products, reductions, selection, new tensors and types. */
#include "advice/code.h"

#include <string.h>

static bool
is_numpy (const ScopeWriter *writer)
{
  return writer->dialect == SCOPE_NUMPY || writer->dialect == SCOPE_JAX;
}

static bool
is_called (const ScopeNode *node, const char *name)
{
  return strcmp (node->op->name, name) == 0;
}

/* ---- products ------------------------------------------------------------------------------- */

/* `A @ B`, which takes batches too. */
static bool
product (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const char *second = is_called (node, "mv")       ? "vec"
                       : is_called (node, "matmul") ? "other"
                                                    : "mat2";
  if (scope_written (node, second) == NULL)
    return false;
  if (writer->dialect == SCOPE_TENSORFLOW && is_called (node, "mv"))
    {
      scope_text_append (out, "tf.linalg.matvec(");
      scope_write_argument (writer, node, "input", out);
      scope_text_append (out, ", ");
      scope_write_argument (writer, node, second, out);
      scope_text_append (out, ")");
      return true;
    }
  scope_write_object (writer, node, "input", out);
  scope_text_append (out, " @ ");
  scope_write_object (writer, node, second, out);
  writer->loose = true;
  return true;
}

static bool
write_two (ScopeWriter *writer,
           const ScopeNode *node,
           const char *head,
           const char *first,
           const char *second,
           const char *tail,
           ScopeText *out)
{
  if (scope_written (node, first) == NULL || scope_written (node, second) == NULL)
    return false;
  scope_text_append (out, head);
  scope_write_argument (writer, node, first, out);
  scope_text_append (out, ", ");
  scope_write_argument (writer, node, second, out);
  scope_text_append (out, tail);
  return true;
}

static bool
dot (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *a = scope_written_shape (node, "input"),
                   *b = scope_written_shape (node, "tensor");
  if (writer->dialect == SCOPE_TENSORFLOW)
    return write_two (writer, node, "tf.tensordot(", "input", "tensor", ", 1)", out);
  if (writer->dialect != SCOPE_PYTORCH || a == NULL || b == NULL || (a->rank == 1 && b->rank == 1))
    return false;
  /* NumPy's dot sums the last axis of one over the last but one of the other, whatever their
   * ranks. */
  if (a->rank == 0 || b->rank == 0)
    return write_two (writer, node, "torch.mul(", "input", "tensor", ")", out);
  return write_two (writer, node, "torch.tensordot(", "input", "tensor",
                    b->rank == 1 ? ", dims=([-1], [0]))" : ", dims=([-1], [-2]))", out);
}

static bool
inner (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  return writer->dialect == SCOPE_TENSORFLOW
         && write_two (writer, node, "tf.tensordot(", "input", "other", ", [[-1], [-1]])", out);
}

static bool
outer (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  if (writer->dialect == SCOPE_TENSORFLOW)
    return write_two (writer, node, "tf.tensordot(", "input", "vec2", ", 0)", out);
  const ScopeShape *a = scope_written_shape (node, "input"),
                   *b = scope_written_shape (node, "vec2");
  if (writer->dialect != SCOPE_PYTORCH || a == NULL || b == NULL)
    return false;
  ScopeText left = { 0 }, right = { 0 };
  scope_write_object (writer, node, "input", &left);
  scope_write_object (writer, node, "vec2", &right);
  scope_text_printf (out, "torch.outer(%s%s, %s%s)", scope_text_string (&left),
                     a->rank == 1 ? "" : ".reshape(-1)", scope_text_string (&right),
                     b->rank == 1 ? "" : ".reshape(-1)");
  scope_text_clear (&left);
  scope_text_clear (&right);
  return true;
}

/* NumPy's vdot flattens what it is given. */
static bool
vdot (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const char *second = scope_written (node, "other") != NULL ? "other" : "tensor";
  if (writer->dialect != SCOPE_PYTORCH || scope_written (node, second) == NULL)
    return false;
  scope_text_append (out, "torch.vdot(");
  scope_write_object (writer, node, "input", out);
  scope_text_append (out, ".reshape(-1), ");
  scope_write_object (writer, node, second, out);
  scope_text_append (out, ".reshape(-1))");
  return true;
}

/* The axes of one factor that a tensordot sums over. */
static int
read_summed (const ScopeValue *dims, int factor, int rank, int64_t *axis)
{
  if (scope_value_is_int (dims))
    {
      for (int i = 0; i < dims->integer && i < rank; i++)
        axis[i] = factor == 0 ? rank - dims->integer + i : i;
      return (int)dims->integer;
    }
  if (!scope_value_is_sequence (dims) || dims->items != 2)
    return -1;
  const ScopeValue *own = &dims->item[factor];
  int count = scope_value_is_sequence (own) ? own->items : 1;
  for (int i = 0; i < count && i < rank; i++)
    {
      const ScopeValue *item = scope_value_is_sequence (own) ? &own->item[i] : own;
      if (!scope_value_is_int (item))
        return -1;
      axis[i] = item->integer < 0 ? item->integer + rank : item->integer;
    }
  return count;
}

/* PyTorch sums an axis of 1 over any other; NumPy wants both alike. */
static bool
tensordot (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *a = scope_written_shape (node, "a"), *b = scope_written_shape (node, "b");
  const ScopeValue *dims = scope_written (node, "dims");
  int64_t of_a[SCOPE_MAX_RANK], of_b[SCOPE_MAX_RANK];
  if (a == NULL || b == NULL || dims == NULL)
    return false;
  if (scope_value_is_int (dims) && dims->integer < 0)
    return scope_writer_refuse (writer);
  int count = read_summed (dims, 0, a->rank, of_a);
  if (count < 0 || count > a->rank || count > b->rank
      || read_summed (dims, 1, b->rank, of_b) != count)
    return false;
  for (int i = 0; i < count; i++)
    if (of_a[i] < 0 || of_a[i] >= a->rank || of_b[i] < 0 || of_b[i] >= b->rank
        || a->size[of_a[i]] != b->size[of_b[i]])
      return scope_writer_refuse (writer);
  return false;
}

/* ---- reductions ----------------------------------------------------------------------------- */

/* `, 1, keepdims=True` */
static void
write_axis (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  if (scope_written (node, "dim") != NULL)
    {
      scope_text_append (out, "axis=");
      scope_write_argument (writer, node, "dim", out);
    }
  else
    scope_text_append (out, "axis=None");
  if (scope_written_bool (node, "keepdim", false))
    scope_text_append (out, ", keepdims=True");
}

/* PyTorch divides by n − 1 unless told otherwise. */
static bool
variance (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  bool pair = is_called (node, "var_mean") || is_called (node, "std_mean");
  const char *name = is_called (node, "var") || is_called (node, "var_mean") ? "var" : "std";
  if (node->dialect != SCOPE_PYTORCH || !is_numpy (writer))
    return false;
  int64_t ddof = scope_written_bool (node, "unbiased", true) ? 1 : 0;
  ddof = scope_written_int (node, "correction", ddof);
  ScopeText x = { 0 }, axis = { 0 };
  scope_write_object (writer, node, "input", &x);
  write_axis (writer, node, &axis);
  scope_text_printf (out, pair ? "(%s.%s(%s, ddof=%lld), %s.mean(%s))" : "%s.%s(%s, ddof=%lld)",
                     scope_text_string (&x), name, scope_text_string (&axis), (long long)ddof,
                     scope_text_string (&x), scope_text_string (&axis));
  scope_text_clear (&x);
  scope_text_clear (&axis);
  return true;
}

/* PyTorch gives the places along with the values. */
static bool
extreme (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const char *name = node->op->name;
  const ScopeValue *dim = scope_written (node, "dim");
  if (!is_numpy (writer))
    return false;
  bool two = dim != NULL && dim->kind == SCOPE_VALUE_TENSOR;
  if (two || scope_written (node, "other") != NULL)
    {
      scope_text_printf (out, "%s.%simum(", scope_writer_module (writer), name);
      return write_two (writer, node, "", "input", two ? "dim" : "other", ")", out);
    }
  ScopeText x = { 0 }, axis = { 0 };
  scope_write_object (writer, node, "input", &x);
  write_axis (writer, node, &axis);
  const char *source = scope_text_string (&x), *where = scope_text_string (&axis);
  if (scope_written (node, "dim") != NULL)
    scope_text_printf (out, "(%s.%s(%s), %s.arg%s(%s))", source, name, where, source, name, where);
  else
    scope_text_printf (out, "%s.%s()", source, name);
  scope_text_clear (&x);
  scope_text_clear (&axis);
  return true;
}

/* PyTorch averages only what has fractions. */
static bool
mean (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeValue *input = scope_written (node, "input");
  if (writer->dialect != SCOPE_PYTORCH || input == NULL || input->kind != SCOPE_VALUE_TENSOR)
    return false;
  if (scope_dtype_is_integer (node->dtype))
    return scope_writer_refuse (writer);
  ScopeKind kind = scope_dtype_kind (node->program->node[input->node]->dtype);
  if (kind == SCOPE_KIND_FLOAT || kind == SCOPE_KIND_COMPLEX)
    return false;
  scope_write_object (writer, node, "input", out);
  scope_text_printf (out, ".double().%s(", node->op->name);
  bool dim = scope_written (node, "dim") != NULL;
  scope_write_argument (writer, node, "dim", out);
  if (scope_written_bool (node, "keepdim", false))
    scope_text_append (out, dim ? ", keepdim=True" : "keepdim=True");
  scope_text_append (out, ")");
  return true;
}

/* ---- selection ------------------------------------------------------------------------------ */

/* gather takes an index that is smaller along the other axes too; take_along_axis does not. */
static bool
gather (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  const ScopeShape *index = scope_written_shape (node, "index");
  int dim = shape == NULL ? -1 : scope_written_axis (node, "dim", shape->rank, -1);
  if (!is_numpy (writer) || index == NULL || dim < 0 || index->rank != shape->rank)
    return false;
  scope_text_printf (out, "%s.take_along_axis(", scope_writer_module (writer));
  bool cut = false;
  for (int axis = 0; axis < shape->rank; axis++)
    cut |= axis != dim && index->size[axis] != shape->size[axis];
  if (cut)
    scope_write_object (writer, node, "input", out);
  else
    scope_write_argument (writer, node, "input", out);
  for (int axis = 0; axis < shape->rank && cut; axis++)
    {
      scope_text_append (out, axis == 0 ? "[" : ", ");
      if (axis == dim)
        scope_text_append (out, ":");
      else
        scope_text_printf (out, ":%lld", (long long)index->size[axis]);
    }
  scope_text_append (out, cut ? "], " : ", ");
  scope_write_argument (writer, node, "index", out);
  scope_text_printf (out, ", axis=%d)", dim);
  return true;
}

static bool
index_select (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  static const char *const head[SCOPE_N_DIALECTS] = { NULL, "np.take(", "tf.gather(", "jnp.take(" };
  const ScopeShape *shape = scope_written_shape (node, "input");
  int dim = shape == NULL ? -1 : scope_written_axis (node, "dim", shape->rank, -1);
  if (head[writer->dialect] == NULL || dim < 0
      || !write_two (writer, node, head[writer->dialect], "input", "index", "", out))
    return false;
  scope_text_printf (out, ", axis=%d)", dim);
  return true;
}

/* PyTorch wants truths for a condition; NumPy takes any numbers. */
static bool
where (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeValue *condition = scope_written (node, "condition");
  if (condition == NULL || condition->kind != SCOPE_VALUE_TENSOR
      || scope_written (node, "other") == NULL)
    return false;
  bool truths = node->program->node[condition->node]->dtype == SCOPE_BOOL;
  bool casts = writer->dialect == SCOPE_PYTORCH && !truths;
  scope_text_printf (out, "%s.where(", scope_writer_module (writer));
  if (casts)
    scope_write_object (writer, node, "condition", out);
  else
    scope_write_argument (writer, node, "condition", out);
  scope_text_append (out, casts ? ".bool(), " : ", ");
  return write_two (writer, node, "", "input", "other", ")", out);
}

/* One limit or two. */
static bool
clamp (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  static const char *const limits[] = { "min", "max" };
  if (!is_numpy (writer) || node->spelling->in_place)
    return false;
  scope_text_printf (out, "%s.clip(", scope_writer_module (writer));
  scope_write_argument (writer, node, "input", out);
  for (int i = 0; i < 2; i++)
    {
      scope_text_append (out, ", ");
      if (!scope_write_argument (writer, node, limits[i], out))
        scope_text_append (out, "None");
    }
  scope_text_append (out, ")");
  return true;
}

/* PyTorch takes one axis where NumPy takes several. */
static bool
median (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeValue *dim = scope_written (node, "dim");
  (void)out;
  return writer->dialect == SCOPE_PYTORCH && dim != NULL && scope_value_is_sequence (dim)
         && scope_writer_refuse (writer);
}

/* PyTorch sums over an ellipsis that the result does not name. */
static bool
einsum (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeValue *equation = scope_written (node, "equation");
  (void)out;
  if (equation == NULL || equation->kind != SCOPE_VALUE_STRING || node->dialect != SCOPE_PYTORCH)
    return false;
  const char *arrow = strstr (equation->text, "->"), *dots = strstr (equation->text, "...");
  return arrow != NULL && dots != NULL && dots < arrow && strstr (arrow, "...") == NULL
         && scope_writer_refuse (writer);
}

/* Along an axis: as an index behind so many colons. */
static bool
take (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  const ScopeValue *index = scope_written (node, "index");
  int dim = shape == NULL ? -1 : scope_written_axis (node, "dim", shape->rank, -1);
  if (writer->dialect != SCOPE_PYTORCH || index == NULL || shape == NULL)
    return false;
  if (scope_written (node, "dim") == NULL)
    {
      scope_write_object (writer, node, "input", out);
      scope_text_append (out, ".reshape(-1)[");
      scope_write_value (writer, node, index, false, out);
      scope_text_append (out, "]");
      return true;
    }
  if (dim < 0)
    return scope_writer_refuse (writer);
  scope_write_object (writer, node, "input", out);
  scope_text_append (out, "[");
  for (int axis = 0; axis < dim; axis++)
    scope_text_append (out, ":, ");
  scope_write_value (writer, node, index, false, out);
  scope_text_append (out, "]");
  return true;
}

static bool
masked_fill (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  if (writer->dialect == SCOPE_PYTORCH || node->spelling->in_place)
    return false;
  scope_text_printf (out, "%s.where(", scope_writer_module (writer));
  scope_write_argument (writer, node, "mask", out);
  scope_text_append (out, ", ");
  scope_write_argument (writer, node, "value", out);
  scope_text_append (out, ", ");
  scope_write_argument (writer, node, "input", out);
  scope_text_append (out, ")");
  return true;
}

/* PyTorch's sort gives the places along. */
static bool
sort (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  int dim = shape == NULL ? -1 : scope_written_axis (node, "dim", shape->rank, shape->rank - 1);
  if (!is_numpy (writer) || node->dialect != SCOPE_PYTORCH || dim < 0
      || scope_written_bool (node, "descending", false))
    return false;
  ScopeText x = { 0 };
  scope_write_argument (writer, node, "input", &x);
  const char *module = scope_writer_module (writer);
  scope_text_printf (out, "(%s.sort(%s, axis=%d), %s.argsort(%s, axis=%d))", module,
                     scope_text_string (&x), dim, module, scope_text_string (&x), dim);
  scope_text_clear (&x);
  return true;
}

/* ---- new tensors, types --------------------------------------------------------------------- */

/* `torch.zeros(2, 3)` takes its sizes one by one, the others a tuple. */
static bool
create (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  if (node->spelling->name[0] == '.' || scope_written (node, "size") == NULL)
    return false;
  if (is_called (node, "empty") && writer->dialect == SCOPE_TENSORFLOW)
    return false;
  scope_text_printf (out, "%s.%s(", scope_writer_module (writer), node->op->name);
  scope_write_tuple (node->shape.size, node->shape.rank, out);
  if (scope_written (node, "dtype") != NULL || node->dialect == SCOPE_PYTORCH)
    {
      scope_text_append (out, ", dtype=");
      scope_write_dtype (writer, node->dtype, out);
    }
  scope_text_append (out, ")");
  return true;
}

static bool
fill (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  if (node->spelling->name[0] == '.' || scope_written (node, "fill_value") == NULL)
    return false;
  scope_text_printf (out, writer->dialect == SCOPE_TENSORFLOW ? "tf.fill(" : "%s.full(",
                     scope_writer_module (writer));
  scope_write_tuple (node->shape.size, node->shape.rank, out);
  scope_text_append (out, ", ");
  scope_write_argument (writer, node, "fill_value", out);
  if (scope_written (node, "dtype") != NULL && writer->dialect != SCOPE_TENSORFLOW)
    {
      scope_text_append (out, ", dtype=");
      scope_write_dtype (writer, node->dtype, out);
    }
  scope_text_append (out, ")");
  return true;
}

static bool
arange (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  (void)out;
  return writer->dialect == SCOPE_PYTORCH && node->shape.size[0] == 0
         && scope_writer_refuse (writer);
}

static bool
cast (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  if (writer->dialect == SCOPE_TENSORFLOW)
    {
      scope_text_append (out, "tf.cast(");
      scope_write_argument (writer, node, "input", out);
      scope_text_append (out, ", ");
    }
  else
    {
      scope_write_object (writer, node, "input", out);
      scope_text_append (out, writer->dialect == SCOPE_PYTORCH ? ".to(" : ".astype(");
    }
  scope_write_dtype (writer, node->dtype, out);
  scope_text_append (out, ")");
  return true;
}

static bool
copy (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  if (writer->dialect == SCOPE_NUMPY)
    {
      bool view = strstr (node->spelling->name, "detach") != NULL
                  || strstr (node->spelling->name, "cpu") != NULL
                  || strstr (node->spelling->name, "cuda") != NULL;
      if (view)
        return scope_write_argument (writer, node, "input", out);
      bool order = strstr (node->spelling->name, "contiguous") != NULL;
      scope_text_append (out, order ? "np.ascontiguousarray(" : "");
      if (order)
        scope_write_argument (writer, node, "input", out);
      else
        scope_write_object (writer, node, "input", out);
      scope_text_append (out, order ? ")" : ".copy()");
      return true;
    }
  if (writer->dialect != SCOPE_PYTORCH)
    return scope_write_argument (writer, node, "input", out);
  scope_write_object (writer, node, "input", out);
  scope_text_append (out, ".clone()");
  return true;
}

/* ---- activations ---------------------------------------------------------------------------- */

static bool
activate (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  static const struct
  {
    const char *op, *form; /* %s: the tensor in brackets where needed */
    int times;
  } forms[] = {
    { "relu", "np.maximum(%s, 0)", 1 },
    { "relu6", "np.clip(%s, 0, 6)", 1 },
    { "sigmoid", "1 / (1 + np.exp(-%s))", 1 },
    { "silu", "%s / (1 + np.exp(-%s))", 2 },
    { "softplus", "np.log1p(np.exp(%s))", 1 },
    { "softsign", "%s / (1 + np.abs(%s))", 2 },
    { "leaky_relu", "np.where(%s > 0, %s, 0.01 * %s)", 3 },
    { "elu", "np.where(%s > 0, %s, np.expm1(%s))", 3 },
    { "hardtanh", "np.clip(%s, -1, 1)", 1 },
    { "rsqrt", "1 / np.sqrt(%s)", 1 },
    { "logsigmoid", "-np.log1p(np.exp(-%s))", 1 },
  };
  if (writer->dialect != SCOPE_NUMPY || node->spelling->in_place)
    return false;
  for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
    if (is_called (node, forms[i].op))
      {
        ScopeText x = { 0 };
        scope_write_object (writer, node, "input", &x);
        for (const char *at = forms[i].form; *at != '\0'; at++)
          if (at[0] == '%' && at[1] == 's')
            {
              scope_text_append (out, scope_text_string (&x));
              at++;
            }
          else
            scope_text_append_bytes (out, at, 1);
        scope_text_clear (&x);
        writer->loose = strncmp (forms[i].form, "np.", 3) != 0;
        return true;
      }
  return false;
}

const ScopeTranslation scope_translations_of_values[] = {
  { "mm", product },
  { "bmm", product },
  { "mv", product },
  { "dot", dot },
  { "inner", inner },
  { "outer", outer },
  { "vdot", vdot },
  { "tensordot", tensordot },
  { "var", variance },
  { "std", variance },
  { "var_mean", variance },
  { "std_mean", variance },
  { "max", extreme },
  { "min", extreme },
  { "clamp", clamp },
  { "median", median },
  { "nanmedian", median },
  { "any", median },
  { "all", median },
  { "prod", median },
  { "argmax", median },
  { "argmin", median },
  { "einsum", einsum },
  { "full", fill },
  { "arange", arange },
  { "mean", mean },
  { "where", where },
  { "take", take },
  { "gather", gather },
  { "index_select", index_select },
  { "masked_fill", masked_fill },
  { "sort", sort },
  { "zeros", create },
  { "ones", create },
  { "empty", create },
  { "cast", cast },
  { "astype", cast },
  { "type_as", cast },
  { "copy", copy },
  { "relu", activate },
  { "relu6", activate },
  { "sigmoid", activate },
  { "silu", activate },
  { "softplus", activate },
  { "softsign", activate },
  { "leaky_relu", activate },
  { "elu", activate },
  { "hardtanh", activate },
  { "rsqrt", activate },
  { "logsigmoid", activate },
  { NULL, NULL },
};
