/* Translations of operations that change shapes: sizes are known, so that each is written by the
 * shape it leaves. */
#include "advice/code.h"

#include "core/checked.h"

#include <string.h>

static bool
is_numpy (const ScopeWriter *writer)
{
  return writer->dialect == SCOPE_NUMPY || writer->dialect == SCOPE_JAX;
}

static void
write_reshape (ScopeWriter *writer,
               const char *object,
               const int64_t *size,
               int rank,
               ScopeText *out)
{
  if (writer->dialect == SCOPE_TENSORFLOW)
    {
      scope_text_printf (out, "tf.reshape(%s, [", object);
      scope_write_numbers (size, rank, out);
      scope_text_append (out, "])");
    }
  else if (rank == 0)
    scope_text_printf (out, "%s.reshape(())", object);
  else
    {
      scope_text_printf (out, "%s.reshape(", object);
      scope_write_numbers (size, rank, out);
      scope_text_append (out, ")");
    }
}

/* The sizes as written, −1 included, else those of the result. */
static bool
reshape (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeValue *order = scope_written (node, "order");
  int64_t size[SCOPE_MAX_RANK];
  if (order != NULL && (order->kind != SCOPE_VALUE_STRING || strcmp (order->text, "C") != 0))
    return false;
  int rank = scope_written_ints (node, "shape", 1, size);
  if (rank < 0)
    {
      rank = node->shape.rank;
      memcpy (size, node->shape.size, sizeof size);
    }
  ScopeText object = { 0 };
  if (scope_write_object (writer, node, "input", &object))
    write_reshape (writer, scope_text_string (&object), size, rank, out);
  scope_text_clear (&object);
  return out->length > 0;
}

/* Several axes at once, which PyTorch takes one after the other. */
static bool
one_by_one (ScopeWriter *writer, const ScopeNode *node, int rank, bool down, ScopeText *out)
{
  int64_t axis[SCOPE_MAX_RANK];
  int count = scope_written_ints (node, "dim", 1, axis);
  bool taken[SCOPE_MAX_RANK] = { false };
  for (int i = 0; i < count; i++)
    {
      int64_t own = axis[i] < 0 ? axis[i] + rank : axis[i];
      if (own < 0 || own >= rank)
        return false;
      taken[own] = true;
    }
  scope_write_object (writer, node, "input", out);
  for (int i = 0; i < rank; i++)
    if (taken[down ? rank - 1 - i : i])
      scope_text_printf (out, down ? ".squeeze(%d)" : ".unsqueeze(%d)", down ? rank - 1 - i : i);
  return true;
}

static bool
is_list (const ScopeNode *node, const char *name)
{
  const ScopeValue *value = scope_written (node, name);
  return value != NULL && scope_value_is_sequence (value);
}

static bool
squeeze (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  if (shape == NULL)
    return false;
  if (node->spelling->in_place)
    return node->shape.rank == shape->rank && scope_writer_refuse (writer);
  if (node->shape.rank == shape->rank)
    return scope_write_argument (writer, node, "input", out);
  if (writer->dialect == SCOPE_PYTORCH && is_list (node, "dim"))
    return one_by_one (writer, node, shape->rank, true, out);
  ScopeText object = { 0 };
  scope_write_object (writer, node, "input", &object);
  bool function = writer->dialect == SCOPE_TENSORFLOW;
  scope_text_printf (out, function ? "tf.squeeze(%s" : "%s.squeeze(", scope_text_string (&object));
  scope_text_clear (&object);
  if (scope_written (node, "dim") != NULL)
    {
      scope_text_append (out, function ? ", " : "");
      scope_write_argument (writer, node, "dim", out);
    }
  scope_text_append (out, ")");
  return true;
}

static bool
unsqueeze (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  return writer->dialect == SCOPE_PYTORCH && is_list (node, "dim")
         && one_by_one (writer, node, node->shape.rank, false, out);
}

static bool
flip (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  int64_t axis[SCOPE_MAX_RANK];
  int count = scope_written_ints (node, "dims", 1, axis);
  if (shape == NULL)
    return false;
  if (shape->rank == 0)
    return scope_writer_refuse (writer);
  if (count < 0)
    for (count = 0; count < shape->rank; count++)
      axis[count] = count;
  static const char *const head[SCOPE_N_DIALECTS] = { "torch.flip(", "np.flip(", "tf.reverse(",
                                                      "jnp.flip(" };
  scope_text_append (out, head[writer->dialect]);
  scope_write_argument (writer, node, "input", out);
  scope_text_append (out, ", ");
  scope_write_tuple (axis, count, out);
  scope_text_append (out, ")");
  return true;
}

/* ---- order ---------------------------------------------------------------------------------- */

static void
write_permute (ScopeWriter *writer,
               const ScopeNode *node,
               const int64_t *order,
               int rank,
               ScopeText *out)
{
  static const char *const head[SCOPE_N_DIALECTS] = { "%s.permute(", "%s.transpose(",
                                                      "tf.transpose(%s, [", "%s.transpose(" };
  ScopeText object = { 0 };
  scope_write_object (writer, node, "input", &object);
  scope_text_printf (out, head[writer->dialect], scope_text_string (&object));
  scope_text_clear (&object);
  scope_write_numbers (order, rank, out);
  scope_text_append (out, writer->dialect == SCOPE_TENSORFLOW ? "])" : ")");
}

static bool
permute (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  int64_t order[SCOPE_MAX_RANK];
  if (shape == NULL)
    return false;
  int count = scope_written_ints (node, "dims", 1, order);
  if (shape->rank == 0)
    return scope_write_argument (writer, node, "input", out);
  if (count < 0 && writer->dialect == SCOPE_TENSORFLOW)
    {
      scope_text_append (out, "tf.transpose(");
      scope_write_argument (writer, node, "input", out);
      scope_text_append (out, ")");
      return true;
    }
  if (count < 0 && (writer->dialect != SCOPE_PYTORCH || shape->rank <= 2))
    {
      scope_write_object (writer, node, "input", out);
      scope_text_append (out, ".T");
      return true;
    }
  if (count < 0)
    for (count = 0; count < shape->rank; count++)
      order[count] = shape->rank - 1 - count;
  write_permute (writer, node, order, count, out);
  return true;
}

/* Two axes exchanged. TensorFlow knows only the whole order. */
static bool
transpose (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  int a, b;
  if (shape == NULL || (a = scope_written_axis (node, "dim0", shape->rank, -1)) < 0
      || (b = scope_written_axis (node, "dim1", shape->rank, -1)) < 0 || node->spelling->in_place)
    return false;
  if (writer->dialect == SCOPE_TENSORFLOW)
    {
      int64_t order[SCOPE_MAX_RANK];
      for (int i = 0; i < shape->rank; i++)
        order[i] = i == a ? b : i == b ? a : i;
      write_permute (writer, node, order, shape->rank, out);
      return true;
    }
  if (writer->dialect == SCOPE_PYTORCH)
    scope_write_object (writer, node, "input", out);
  else
    scope_text_printf (out, "%s.swapaxes(", scope_writer_module (writer));
  if (writer->dialect != SCOPE_PYTORCH)
    scope_write_argument (writer, node, "input", out);
  scope_text_append (out, writer->dialect == SCOPE_PYTORCH ? ".transpose(" : ", ");
  scope_write_argument (writer, node, "dim0", out);
  scope_text_append (out, ", ");
  scope_write_argument (writer, node, "dim1", out);
  scope_text_append (out, ")");
  return true;
}

static bool
transpose_matrix (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  static const char *const batch[SCOPE_N_DIALECTS] = { "%s.mT", "np.swapaxes(%s, -2, -1)",
                                                       "tf.linalg.matrix_transpose(%s)",
                                                       "jnp.swapaxes(%s, -2, -1)" };
  const ScopeShape *shape = scope_written_shape (node, "input");
  if (shape == NULL || scope_dtype_kind (node->dtype) == SCOPE_KIND_COMPLEX)
    return false;
  ScopeText object = { 0 };
  scope_write_object (writer, node, "input", &object);
  bool plain = shape->rank <= 2 && writer->dialect != SCOPE_TENSORFLOW;
  scope_text_printf (out, plain ? "%s.T" : batch[writer->dialect], scope_text_string (&object));
  scope_text_clear (&object);
  return true;
}

/* ---- stretching and repeating --------------------------------------------------------------- */

static bool
expand (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  if (writer->dialect == SCOPE_PYTORCH)
    {
      scope_write_object (writer, node, "input", out);
      scope_text_append (out, ".expand(");
      scope_write_tuple (node->shape.size, node->shape.rank, out);
    }
  else
    {
      scope_text_printf (out, "%s.broadcast_to(", scope_writer_module (writer));
      scope_write_argument (writer, node, "input", out);
      scope_text_append (out, ", ");
      scope_write_tuple (node->shape.size, node->shape.rank, out);
    }
  scope_text_append (out, ")");
  return true;
}

static bool
repeat (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  int64_t times[SCOPE_MAX_RANK];
  int count = scope_written_ints (node, "repeats", 1, times);
  if (shape == NULL || count < 0)
    return false;
  if (writer->dialect == SCOPE_PYTORCH)
    {
      scope_write_object (writer, node, "input", out);
      scope_text_append (out, count < shape->rank ? ".tile(" : ".repeat(");
    }
  else if (writer->dialect == SCOPE_TENSORFLOW && count != shape->rank)
    return false;
  else
    {
      scope_text_printf (out, "%s.tile(", scope_writer_module (writer));
      scope_write_argument (writer, node, "input", out);
      scope_text_append (out, ", ");
    }
  scope_write_tuple (times, count, out);
  scope_text_append (out, ")");
  return true;
}

/* ---- padding -------------------------------------------------------------------------------- */

/* What is put before and behind every axis. PyTorch counts pairs from the last axis; NumPy and
 * TensorFlow name one pair for each, or one for all. */
static bool
read_widths (const ScopeNode *node, int rank, int64_t (*width)[2])
{
  const ScopeValue *value = scope_written (node, "pad");
  memset (width, 0, (size_t)rank * sizeof *width);
  if (value == NULL)
    return false;
  if (node->dialect == SCOPE_PYTORCH)
    {
      int64_t flat[SCOPE_MAX_RANK];
      int count = scope_written_ints (node, "pad", 1, flat);
      if (count < 0 || count % 2 != 0 || count / 2 > rank)
        return false;
      for (int i = 0; i < count; i++)
        width[rank - 1 - i / 2][i % 2] = flat[i];
      return true;
    }
  for (int axis = 0; axis < rank; axis++)
    {
      const ScopeValue *pair = value;
      bool nested = scope_value_is_sequence (value) && value->items > 0
                    && scope_value_is_sequence (&value->item[0]);
      if (nested && value->items != rank && value->items != 1)
        return false;
      if (nested)
        pair = &value->item[value->items == 1 ? 0 : axis];
      if (scope_value_is_int (pair))
        width[axis][0] = width[axis][1] = pair->integer;
      else if (scope_value_is_sequence (pair) && (pair->items == 1 || pair->items == 2)
               && scope_value_is_int (&pair->item[0])
               && scope_value_is_int (&pair->item[pair->items - 1]))
        {
          width[axis][0] = pair->item[0].integer;
          width[axis][1] = pair->item[pair->items - 1].integer;
        }
      else
        return false;
    }
  return true;
}

static const char *
find_mode (const ScopeWriter *writer, const char *mode)
{
  static const char *const torch[] = { "constant", "reflect", "replicate", "circular" };
  static const char *const numpy[] = { "constant", "reflect", "edge", "wrap" };
  static const char *const tensorflow[] = { "CONSTANT", "REFLECT", NULL, NULL };
  for (int i = 0; i < 4; i++)
    if (strcmp (mode, torch[i]) == 0 || strcmp (mode, numpy[i]) == 0)
      return is_numpy (writer)                     ? numpy[i]
             : writer->dialect == SCOPE_TENSORFLOW ? tensorflow[i]
                                                   : torch[i];
  return NULL;
}

static void
write_torch_widths (int64_t (*width)[2], int rank, ScopeText *out)
{
  int first = 0;
  while (first < rank - 1 && width[first][0] == 0 && width[first][1] == 0)
    first++;
  scope_text_append (out, "(");
  for (int axis = rank - 1; axis >= first; axis--)
    scope_text_printf (out, axis < rank - 1 ? ", %lld, %lld" : "%lld, %lld",
                       (long long)width[axis][0], (long long)width[axis][1]);
  scope_text_append (out, ")");
}

/* `[1:, :-2]`: what negative widths cut off; they become 0. */
static bool
write_cuts (const ScopeShape *shape, int64_t (*width)[2], bool repeats, ScopeText *out)
{
  bool any = false;
  for (int axis = 0; axis < shape->rank; axis++)
    any |= width[axis][0] < 0 || width[axis][1] < 0;
  for (int axis = 0; axis < shape->rank && any; axis++)
    {
      int64_t begin = width[axis][0] < 0 ? -width[axis][0] : 0;
      int64_t end = shape->size[axis] + (width[axis][1] < 0 ? width[axis][1] : 0);
      scope_text_append (out, axis == 0 ? "[" : ", ");
      if (begin > 0)
        scope_text_printf (out, "%lld", (long long)begin);
      scope_text_append (out, ":");
      if (width[axis][1] < 0)
        scope_text_printf (out, "%lld", (long long)end);
      if (end < begin || repeats) /* what is repeated would be cut off first */
        return false;
      width[axis][0] = scope_max (width[axis][0], 0);
      width[axis][1] = scope_max (width[axis][1], 0);
    }
  scope_text_append (out, any ? "]" : "");
  return true;
}

/* PyTorch pads one to three axes at the end by repeating, with one or two in front, and by no more
 * than there is. */
static bool
torch_takes (const ScopeShape *shape, int64_t (*width)[2], const char *mode)
{
  int first = 0;
  while (first < shape->rank - 1 && width[first][0] == 0 && width[first][1] == 0)
    first++;
  int padded = shape->rank - first;
  bool circular = strcmp (mode, "circular") == 0;
  if (padded > 3 || (shape->rank != padded + 2 && (circular || shape->rank != padded + 1)))
    return false;
  for (int axis = first; axis < shape->rank; axis++)
    for (int side = 0; side < 2; side++)
      if (strcmp (mode, "replicate") != 0
          && width[axis][side] > shape->size[axis] - (strcmp (mode, "reflect") == 0))
        return false;
  return true;
}

static bool
pad (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  const ScopeValue *mode = scope_written (node, "mode");
  int64_t width[SCOPE_MAX_RANK][2];
  if (shape == NULL || shape->rank == 0 || (mode != NULL && mode->kind != SCOPE_VALUE_STRING)
      || !read_widths (node, shape->rank, width))
    return scope_writer_refuse (writer);
  bool torch = writer->dialect == SCOPE_PYTORCH;
  const char *name = find_mode (writer, mode != NULL ? mode->text : "constant");
  bool constant = mode == NULL || strcmp (mode->text, "constant") == 0;
  const ScopeValue *given = scope_written (node, "value");
  if (given != NULL && constant && scope_value_is_sequence (given))
    return scope_writer_refuse (writer);
  ScopeText source = { 0 }, cuts = { 0 };
  bool known = name != NULL && write_cuts (shape, width, !constant, &cuts)
               && (!torch || constant || torch_takes (shape, width, name));
  if (known && cuts.length > 0)
    scope_write_object (writer, node, "input", &source);
  else if (known)
    scope_write_argument (writer, node, "input", &source);
  if (known)
    {
      scope_text_printf (out, "%s.pad(%s%s, ", torch ? "F" : scope_writer_module (writer),
                         scope_text_string (&source), scope_text_string (&cuts));
      if (torch)
        write_torch_widths (width, shape->rank, out);
      else
        for (int axis = 0; axis < shape->rank; axis++)
          scope_text_printf (out, axis > 0 ? ", (%lld, %lld)" : "[(%lld, %lld)",
                             (long long)width[axis][0], (long long)width[axis][1]);
      scope_text_append (out, torch ? "" : "]");
      if (!constant)
        scope_text_printf (out, ", mode=\"%s\"", name);
      const ScopeValue *value = scope_written (node, "value");
      if (value != NULL && constant)
        {
          scope_text_append (out, torch ? ", value=" : ", constant_values=");
          scope_write_value (writer, node, value, false, out);
        }
      scope_text_append (out, ")");
    }
  scope_text_clear (&source);
  scope_text_clear (&cuts);
  return known || scope_writer_refuse (writer);
}

/* ---- splitting ------------------------------------------------------------------------------ */

/* The parts' sizes along the axis that is cut, from the nodes they are. */
static int
read_parts (const ScopeNode *node, int axis, int64_t *size, int most)
{
  const ScopeProgram *program = node->program;
  int count = 0;
  for (int i = node->number; i < program->nodes; i++)
    {
      const ScopeNode *part = program->node[i];
      if (part->op != node->op || part->syntax != node->syntax || part->part != count)
        break;
      if (count == most || axis >= part->shape.rank)
        return -1;
      size[count++] = part->shape.size[axis];
    }
  return count;
}

static bool
split (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  enum
  {
    PARTS = 64
  };
  const ScopeShape *shape = scope_written_shape (node, "input");
  int64_t size[PARTS], sum = 0;
  if (shape == NULL || shape->rank == 0)
    return false;
  bool columns = strcmp (node->op->name, "hsplit") == 0,
       depth = strcmp (node->op->name, "dsplit") == 0;
  int axis = columns ? (shape->rank > 1 ? 1 : 0)
             : depth ? 2
                     : scope_written_axis (node, "dim", shape->rank, 0);
  int parts = axis < 0 || axis >= shape->rank ? -1 : read_parts (node, axis, size, PARTS);
  if (parts < 1)
    return false;
  for (int i = 0; i < parts; i++)
    sum += size[i];
  if (sum != shape->size[axis])
    return false;
  scope_text_printf (out, "%s.split(", scope_writer_module (writer));
  scope_write_argument (writer, node, "input", out);
  scope_text_append (out, ", [");
  if (is_numpy (writer))
    {
      int64_t place = 0;
      for (int i = 0; i + 1 < parts; i++)
        scope_text_printf (out, i > 0 ? ", %lld" : "%lld", (long long)(place += size[i]));
    }
  else
    scope_write_numbers (size, parts, out);
  scope_text_printf (out, writer->dialect == SCOPE_PYTORCH ? "], dim=%d)" : "], axis=%d)", axis);
  return true;
}

static bool
unbind (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  int axis = shape == NULL ? -1 : scope_written_axis (node, "dim", shape->rank, 0);
  if (axis < 0 || !is_numpy (writer))
    return false;
  scope_text_printf (out, "tuple(%s.moveaxis(", scope_writer_module (writer));
  scope_write_argument (writer, node, "input", out);
  scope_text_printf (out, ", %d, 0))", axis);
  return true;
}

/* Groups of channels become blocks of pixels and back. */
static bool
pixel_shuffle (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  bool back = strcmp (node->op->name, "pixel_unshuffle") == 0;
  int64_t r = scope_written_int (node, back ? "downscale_factor" : "upscale_factor", 0);
  if (shape == NULL || shape->rank < 3 || shape->rank > 6 || r < 1
      || writer->dialect == SCOPE_PYTORCH)
    return false;
  int lead = shape->rank - 3;
  int64_t size[SCOPE_MAX_RANK], order[SCOPE_MAX_RANK];
  static const int shuffled[] = { 0, 3, 1, 4, 2 }, unshuffled[] = { 0, 2, 4, 1, 3 };
  for (int i = 0; i < lead; i++)
    {
      size[i] = shape->size[i];
      order[i] = i;
    }
  const int64_t *s = shape->size + lead;
  int64_t apart[] = { s[0] / (r * r), r, r, s[1], s[2] };
  int64_t blocks[] = { s[0], s[1] / r, r, s[2] / r, r };
  for (int i = 0; i < 5; i++)
    {
      size[lead + i] = back ? blocks[i] : apart[i];
      order[lead + i] = lead + (back ? unshuffled[i] : shuffled[i]);
    }
  ScopeText object = { 0 }, inner = { 0 }, turned = { 0 };
  scope_write_object (writer, node, "input", &object);
  write_reshape (writer, scope_text_string (&object), size, lead + 5, &inner);
  scope_text_printf (&turned,
                     writer->dialect == SCOPE_TENSORFLOW ? "tf.transpose(%s, [" : "%s.transpose(",
                     scope_text_string (&inner));
  scope_write_numbers (order, lead + 5, &turned);
  scope_text_append (&turned, writer->dialect == SCOPE_TENSORFLOW ? "])" : ")");
  write_reshape (writer, scope_text_string (&turned), node->shape.size, node->shape.rank, out);
  scope_text_clear (&object);
  scope_text_clear (&inner);
  scope_text_clear (&turned);
  return true;
}

/* Axes moved one by one, or a list to a list. */
static bool
movedim (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  int64_t from[SCOPE_MAX_RANK], to[SCOPE_MAX_RANK];
  int count = scope_written_ints (node, "source", 1, from);
  if (writer->dialect == SCOPE_TENSORFLOW || count < 1
      || scope_written_ints (node, "destination", 1, to) != count)
    return false;
  scope_text_printf (out, writer->dialect == SCOPE_PYTORCH ? "%s.movedim(" : "%s.moveaxis(",
                     scope_writer_module (writer));
  scope_write_argument (writer, node, "input", out);
  scope_text_append (out, ", ");
  if (count == 1)
    scope_text_printf (out, "%lld, %lld", (long long)from[0], (long long)to[0]);
  else
    {
      scope_write_tuple (from, count, out);
      scope_text_append (out, ", ");
      scope_write_tuple (to, count, out);
    }
  scope_text_append (out, ")");
  return true;
}

/* NumPy rolls every axis named by the same shift. */
static bool
roll (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  int64_t shift[SCOPE_MAX_RANK], axis[SCOPE_MAX_RANK];
  int axes = scope_written_ints (node, "dims", 1, axis);
  int shifts = scope_written_ints (node, "shifts", axes, shift);
  if (writer->dialect != SCOPE_PYTORCH || axes < 1 || shifts < 1 || node->spelling->in_place)
    return false;
  if (shifts != axes)
    return scope_writer_refuse (writer);
  scope_text_append (out, "torch.roll(");
  scope_write_argument (writer, node, "input", out);
  scope_text_append (out, ", ");
  scope_write_tuple (shift, shifts, out);
  scope_text_append (out, ", ");
  scope_write_tuple (axis, axes, out);
  scope_text_append (out, ")");
  return true;
}

/* So many copies of each element: a list of counts is a tensor in PyTorch. */
static bool
repeat_interleave (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  const ScopeShape *shape = scope_written_shape (node, "input");
  const ScopeValue *counts = scope_written (node, "repeats");
  if (writer->dialect != SCOPE_PYTORCH || shape == NULL)
    return false;
  if (shape->rank == 0 && scope_written (node, "dim") != NULL)
    return scope_writer_refuse (writer);
  if (counts == NULL || !scope_value_is_sequence (counts))
    return false;
  scope_text_append (out, "torch.repeat_interleave(");
  scope_write_argument (writer, node, "input", out);
  scope_text_append (out, counts->items == 1 ? ", " : ", torch.tensor(");
  scope_write_value (writer, node, counts->items == 1 ? &counts->item[0] : counts, false, out);
  scope_text_append (out, counts->items == 1 ? "" : ")");
  if (scope_written (node, "dim") != NULL)
    {
      scope_text_append (out, ", dim=");
      scope_write_argument (writer, node, "dim", out);
    }
  scope_text_append (out, ")");
  return true;
}

const ScopeTranslation scope_translations_of_shape[] = {
  { "reshape", reshape },
  { "view", reshape },
  { "reshape_as", reshape },
  { "flatten", reshape },
  { "unflatten", reshape },
  { "ravel", reshape },
  { "squeeze", squeeze },
  { "unsqueeze", unsqueeze },
  { "flip", flip },
  { "permute", permute },
  { "transpose", transpose },
  { "matrix_transpose", transpose_matrix },
  { "expand", expand },
  { "expand_as", expand },
  { "broadcast_to", expand },
  { "repeat", repeat },
  { "tile", repeat },
  { "movedim", movedim },
  { "roll", roll },
  { "repeat_interleave", repeat_interleave },
  { "pad", pad },
  { "split", split },
  { "chunk", split },
  { "tensor_split", split },
  { "hsplit", split },
  { "vsplit", split },
  { "dsplit", split },
  { "unbind", unbind },
  { "pixel_shuffle", pixel_shuffle },
  { "pixel_unshuffle", pixel_shuffle },
  { NULL, NULL },
};
