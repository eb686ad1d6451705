/* What stands around the words of a message: names of operations, further mismatches, shapes. */
#include "advice/message-parts.h"

#include <string.h>

enum
{
  NEAR = 400, /* characters that are looked at before and behind a message */
  FAR = 2000
};

/* Where `text` (tight) next stands between begin and end, or `end`. */
static size_t
find (const ScopePaste *paste, size_t begin, size_t end, const char *text)
{
  size_t length = strlen (text);
  if (end > paste->tights)
    end = paste->tights;
  for (size_t i = begin; i + length <= end; i++)
    if (paste->tight[i] == text[0] && memcmp (paste->tight + i, text, length) == 0)
      return i;
  return end;
}

/* Where it last stands there, or `end`. */
static size_t
find_last (const ScopePaste *paste, size_t begin, size_t end, const char *text)
{
  size_t found = end;
  for (size_t i = begin; (i = find (paste, i, end, text)) < end; i++)
    found = i;
  return found;
}

static size_t
near_before (size_t place)
{
  return place > NEAR ? place - NEAR : 0;
}

static bool
is_word (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void
take_name (const ScopePaste *paste, size_t at, ScopeText *out)
{
  size_t end = at;
  while (is_word (paste->tight[end]) && end - at < 64)
    end++;
  scope_text_clear (out);
  scope_text_append_bytes (out, paste->tight + at, end - at);
}

/* ---- TensorFlow ----------------------------------------------------------------------------- */

static void
set_sizes (ScopeMessage *message, int64_t x, int64_t y)
{
  message->sizes = (ScopeMessagePair){ true, { x, y } };
}

/* `[Op:AddV2]`, `(op: 'Add')` or `[[Node: … = MatMul[…` behind the message. */
static void
find_tf_op (ScopeMessage *message, const ScopePaste *paste, size_t end)
{
  static const char *const signs[] = { "[Op:", "(op:" };
  size_t stop = end + NEAR < paste->tights ? end + NEAR : paste->tights;
  for (size_t i = 0; i < 2 && message->tf_op.length == 0; i++)
    {
      size_t at = find (paste, end, stop, signs[i]);
      if (at < stop)
        take_name (paste, at + strlen (signs[i]), &message->tf_op);
    }
  size_t node = find (paste, end, stop, "[[Node:");
  size_t equals = find (paste, node, stop, "=");
  if (message->tf_op.length == 0 && node < stop && equals < stop)
    take_name (paste, equals + 1, &message->tf_op);
}

static bool
stands (const ScopePaste *paste, size_t *at, const char *text)
{
  size_t length = strlen (text);
  if (memcmp (paste->tight + *at, text, length) != 0)
    return false;
  *at += length;
  return true;
}

/* `a, b, c` at `at`; behind them. */
static size_t
scan_list (const ScopePaste *paste, size_t at, ScopeMessageShapes *out)
{
  out->count = 0;
  while (out->count < SCOPE_MESSAGE_SHAPES
         && scope_message_scan_shape (paste, &at, &out->shape[out->count]))
    {
      out->count++;
      if (paste->tight[at] != ',')
        break;
      at++;
    }
  return at;
}

void
scope_message_extend (ScopeFinding *finding, const ScopePaste *paste)
{
  size_t at = finding->whole.end, stop = at + FAR < paste->tights ? at + FAR : paste->tights;
  int64_t ignored;
  at += paste->tight[at] == '.';
  if (stands (paste, &at, "Frommergingshape") && scope_message_scan_integer (paste, &at, &ignored))
    stands (paste, &at, "withothershapes.");
  if (strcmp (finding->row->framework, "tensorflow") != 0 || !stands (paste, &at, "for"))
    return;
  bool node = stands (paste, &at, "{{node");
  size_t name_end = find (paste, at, stop, node ? "}}=" : "(op:");
  size_t op = name_end + (node ? 3 : 4), op_end = op;
  if (name_end >= stop)
    return;
  while (is_word (paste->tight[op_end]))
    op_end++;
  static const char sign[] = "withinputshapes:";
  size_t list = find (paste, op_end, stop, sign);
  if (list >= stop)
    return;
  size_t first = list + sizeof sign - 1, end = scan_list (paste, first, &finding->shapes);
  if (finding->shapes.count == 0)
    return;
  finding->filled[SCOPE_HOLE_NODE_OP] = finding->filled[SCOPE_HOLE_TF_OP] = true;
  finding->at[SCOPE_HOLE_NODE_OP] = (ScopeTight){ at, name_end };
  finding->at[SCOPE_HOLE_TF_OP] = (ScopeTight){ op, op_end };
  finding->whole.end = end;
  if (strcmp (finding->row->op, "reshape") == 0) /* the other input is the target, not its shape */
    {
      finding->a = finding->shapes.shape[0];
      finding->shapes.count = 0;
      finding->filled[SCOPE_HOLE_A] = true;
      finding->at[SCOPE_HOLE_A] = (ScopeTight){ first, end };
      return;
    }
  finding->filled[SCOPE_HOLE_SHAPES] = true;
  finding->at[SCOPE_HOLE_SHAPES] = (ScopeTight){ first, end };
}

static const struct
{
  const char *tf_op, *op;
} tf_ops[] = {
  { "MatMul", "matmul" },
  { "BatchMatMul", "matmul" },
  { "BatchMatMulV2", "matmul" },
  { "BatchMatMulV3", "matmul" },
  { "SparseTensorDenseMatMul", "matmul" },
  { "Concat", "cat" },
  { "ConcatV2", "cat" },
  { "Pack", "stack" },
  { "Reshape", "reshape" },
  { "Conv1D", "conv" },
  { "Conv2D", "conv" },
  { "Conv3D", "conv" },
  { "DepthwiseConv2dNative", "conv" },
  { "Einsum", "einsum" },
  { "Assign", "assign" },
  { "AssignVariableOp", "assign" },
  { "MaxPool", "pool" },
  { "AvgPool", "pool" },
  { "Transpose", "transpose" },
  { "Split", "split" },
  { "SplitV", "split" },
  { "StridedSlice", "index" },
  { "GatherV2", "gather" },
  { "SparseSoftmaxCrossEntropyWithLogits", "loss" },
  { "SoftmaxCrossEntropyWithLogits", "loss" },
};

/* People type `Matmul`. */
static bool
same_letters (const char *a, const char *b)
{
  while (*a != '\0' && scope_message_fold (*a) == scope_message_fold (*b))
    {
      a++;
      b++;
    }
  return *a == *b;
}

static void
name_operation (ScopeMessage *message)
{
  for (size_t i = 0; i < sizeof tf_ops / sizeof tf_ops[0]; i++)
    if (message->tf_op.length > 0 && same_letters (tf_ops[i].tf_op, message->tf_op.data))
      message->op = tf_ops[i].op;
}

/* The shapes that a merge prints lack the axis along which ConcatV2 joins; its last input is that
 * axis. */
static void
correct_concat (ScopeMessage *message, const ScopePaste *paste, size_t end)
{
  ScopeMessageShapes *shapes = &message->shapes;
  if (shapes->count > 0 && shapes->shape[shapes->count - 1].rank == 0)
    shapes->count = shapes->count > 3 ? shapes->count - 1 : 0;
  ScopeMessageNumber merged = message->axis;
  message->axis = (ScopeMessageNumber){ 0 };
  size_t stop = end + NEAR < paste->tights ? end + NEAR : paste->tights;
  size_t at = find (paste, end, stop, "partialshapes:");
  at = find (paste, at < stop ? at : end, stop, "]=<");
  if (at >= stop)
    return;
  at += 3;
  int64_t axis;
  if (!scope_message_scan_integer (paste, &at, &axis) || paste->tight[at] != '>')
    return;
  if (axis < 0 && message->has_a)
    axis += message->a.rank;
  message->cat_axis = (ScopeMessageNumber){ true, axis };
  if (merged.given && axis >= 0)
    message->axis = (ScopeMessageNumber){ true, merged.value + (merged.value >= axis) };
}

/* Which axes a product sums over depends on flags that TensorFlow 1 prints. */
static void
correct_transposed (ScopeMessage *message, const ScopePaste *paste, size_t end)
{
  if (!message->has_a || !message->has_b || message->a.rank < 2 || message->b.rank < 2)
    return;
  size_t stop = end + NEAR < paste->tights ? end + NEAR : paste->tights;
  bool a = find (paste, end, stop, "transpose_a=true") < stop
           || find (paste, end, stop, "adj_x=true") < stop;
  bool b = find (paste, end, stop, "transpose_b=true") < stop
           || find (paste, end, stop, "adj_y=true") < stop;
  if (!a && !b)
    return;
  int64_t x = message->a.size[message->a.rank - (a ? 2 : 1)];
  int64_t y = message->b.size[message->b.rank - (b ? 1 : 2)];
  if (x != y)
    set_sizes (message, x, y);
}

static void
read_tensorflow (ScopeMessage *message, const ScopePaste *paste, const ScopeFinding *finding)
{
  size_t end = finding->whole.end;
  if (message->tf_op.length == 0)
    find_tf_op (message, paste, end);
  if (finding->row->flags & SCOPE_ROW_NAMED)
    name_operation (message);
  if (strcmp (message->op, "cat") == 0 && (finding->row->flags & SCOPE_ROW_NAMED))
    correct_concat (message, paste, end);
  if (strcmp (message->op, "matmul") == 0 && (finding->row->flags & SCOPE_ROW_INNER))
    correct_transposed (message, paste, end);
}

/* ---- ONNX Runtime --------------------------------------------------------------------------- */

/* `index: 1 Got: 4 Expected: 3`, as often as it stands there. */
static void
read_indices (ScopeMessage *message, const ScopePaste *paste, size_t end)
{
  int64_t numbers[3] = { message->axis.value, message->sizes.value[0], message->sizes.value[1] };
  static const char *const words[3] = { "index:", "Got:", "Expected:" };
  for (bool more = true; more && message->mismatches < SCOPE_MESSAGE_SHAPES;)
    {
      memcpy (message->mismatch[message->mismatches++], numbers, sizeof numbers);
      for (int i = 0; i < 3 && more; i++)
        {
          size_t length = strlen (words[i]);
          more = memcmp (paste->tight + end, words[i], length) == 0;
          end += more ? length : 0;
          more = more && scope_message_scan_integer (paste, &end, &numbers[i]);
        }
    }
  message->multiple = message->mismatches > 1;
  if (message->mismatches == 1)
    message->mismatches = 0;
}

/* `while running Add node.` before the message. */
static void
find_node (ScopeMessage *message, const ScopePaste *paste, size_t begin)
{
  static const char sign[] = "whilerunning";
  size_t at = find_last (paste, near_before (begin), begin, sign);
  if (at >= begin || message->node_op.length > 0)
    return;
  at += strlen (sign);
  size_t end = find (paste, at, begin, "node.");
  if (end < begin && end - at < 64)
    scope_text_append_bytes (&message->node_op, paste->tight + at, end - at);
}

/* W is K × N, or transposed. */
static void
read_gemm (ScopeMessage *message, const ScopeFinding *finding)
{
  message->sizes.given = false;
  if (!message->has_b || message->b.rank != 2)
    return;
  int64_t k = finding->number[SCOPE_HOLE_X], n = finding->number[SCOPE_HOLE_PLAIN];
  if (n == message->b.size[1])
    set_sizes (message, k, message->b.size[0]);
  else if (n == message->b.size[0])
    set_sizes (message, k, message->b.size[1]);
}

/* ---- others --------------------------------------------------------------------------------- */

/* The operator that Octave names before the message. */
static void
read_operator (ScopeMessage *message, const ScopePaste *paste, size_t begin)
{
  const char *text = paste->tight;
  if (begin < 2 || text[begin - 1] != ':')
    return;
  char sign = text[begin - 2];
  bool elementwise = begin >= 3 && text[begin - 3] == '.';
  bool assigns = sign == '=' && !(begin >= 3 && (text[begin - 3] == '=' || text[begin - 3] == '!'));
  if (assigns) /* op1 is the destination */
    {
      ScopeShape value = message->b;
      message->b = message->a;
      message->a = value;
      message->op = "assign";
    }
  else if (sign == '*' && !elementwise)
    {
      message->op = "matmul";
      if (message->a.rank == 2 && message->b.rank == 2 && message->a.size[1] != message->b.size[0])
        set_sizes (message, message->a.size[1], message->b.size[0]);
    }
}

/* `Error using horzcat`. */
static void
read_concatenating (ScopeMessage *message, const ScopePaste *paste, size_t begin)
{
  bool across = find (paste, near_before (begin), begin, "horzcat") < begin;
  bool down = find (paste, near_before (begin), begin, "vertcat") < begin;
  if (across != down)
    message->cat_axis = (ScopeMessageNumber){ true, across };
}

/* Theano's `Inputs shapes: [(2, 3), (2, 4)]`. */
static void
read_inputs (ScopeMessage *message, const ScopePaste *paste, size_t end)
{
  static const char sign[] = "Inputsshapes:[";
  size_t stop = end + FAR < paste->tights ? end + FAR : paste->tights;
  size_t at = find (paste, end, stop, sign);
  if (at >= stop)
    return;
  at += strlen (sign);
  ScopeMessageShapes shapes;
  scan_list (paste, at, &shapes);
  if (shapes.count > 2)
    message->shapes = shapes;
  int first = message->index.given ? (int)message->index.value : 0;
  if (shapes.count == 2)
    first = 0;
  int second = shapes.count == 2 ? 1 : first + 1;
  if (shapes.count < 2 || second >= shapes.count)
    return;
  message->has_a = message->has_b = true;
  message->a = shapes.shape[first];
  message->b = shapes.shape[second];
}

/* Keras' `x sizes: 9000, 9000 y sizes: 18000`: the first length and the first that is another. */
static void
read_lengths (ScopeMessage *message, const ScopePaste *paste, size_t at)
{
  int64_t first = message->sizes.value[0], length = first;
  for (; length == first; at += paste->tight[at] == ',')
    {
      stands (paste, &at, "ysizes:");
      if (!scope_message_scan_integer (paste, &at, &length))
        return;
    }
  set_sizes (message, first, length);
}

/* The operation of einops and its pattern, with its white space. */
static void
read_einops (ScopeMessage *message, const ScopePaste *paste, const ScopeFinding *finding)
{
  const char *op = scope_text_string (&message->node_op);
  message->op = strcmp (op, "rearrange") == 0 ? "rearrange"
                : strcmp (op, "repeat") == 0  ? "repeat"
                                              : "reduce";
  ScopeTight at = finding->at[SCOPE_HOLE_LABEL];
  scope_text_clear (&message->label);
  if (at.begin < at.end)
    for (size_t i = paste->place[at.begin]; i <= paste->place[at.end - 1]; i++)
      if (paste->line[i] != '\'' && paste->line[i] != '"')
        {
          char c = paste->line[i] == '\n' ? ' ' : paste->line[i];
          scope_text_append_bytes (&message->label, &c, 1);
        }
  /* {'h': 2, 'w': 3} */
  at = finding->at[SCOPE_HOLE_WORD];
  scope_text_clear (&message->axes);
  for (size_t i = at.begin; i < at.end && finding->filled[SCOPE_HOLE_WORD]; i++)
    {
      char c = paste->tight[i] == ':' ? '=' : paste->tight[i];
      scope_text_append_bytes (&message->axes, &c, 1);
    }
}

void
scope_message_read_around (ScopeMessage *message,
                           const ScopePaste *paste,
                           const ScopeFinding *finding)
{
  uint64_t flags = finding->row->flags;
  size_t begin = finding->whole.begin, end = finding->whole.end;
  if (strcmp (message->framework, "tensorflow") == 0)
    read_tensorflow (message, paste, finding);
  if (flags & SCOPE_ROW_NODE)
    find_node (message, paste, begin);
  if (flags & SCOPE_ROW_INDICES)
    read_indices (message, paste, end);
  if (flags & SCOPE_ROW_GEMM)
    read_gemm (message, finding);
  if (flags & SCOPE_ROW_OPERATOR)
    read_operator (message, paste, begin);
  if (flags & SCOPE_ROW_CONCATENATING)
    read_concatenating (message, paste, begin);
  if (flags & SCOPE_ROW_INPUTS)
    read_inputs (message, paste, end);
  if ((flags & SCOPE_ROW_LENGTHS) && !finding->filled[SCOPE_HOLE_Y])
    read_lengths (message, paste, end);
  if (flags & SCOPE_ROW_EINOPS)
    read_einops (message, paste, finding);
}
