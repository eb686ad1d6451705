/* A line that does an operation to the scene's tensors: what a form begins with. Arguments are
 * candidates; the engine says which of them are taken, and which fit. */
#include "advice/form.h"

#include <inttypes.h>
#include <string.h>

/* What is tried. */
typedef struct
{
  const ScopeOp *op;
  const ScopeSpelling *spelling;
  ScopeDialect dialect;
  ScopeTensor *const *tensors;
  int n_tensors;
  bool optional; /* arguments that have a default, but mostly need saying, are given */
  bool small;    /* 1 instead of 2, its own sizes instead of another tensor's */
  bool made_up;  /* a tensor that fits instead of one of the scene's */
  bool integers; /* tensors are made integers */
  int axis;
} Attempt;

/* Arguments that are more than their kind tells. %1 and %2 are tensors, %d an axis, %s the sizes of
 * the first tensor, %o those of the second (or of the first when small), %n 2 (or 1 when small), %m
 * the module, %c the channels, %k a kernel's sizes, %l the last size, %v an order of the axes, %b a
 * number for each axis, %w pairs for each axis. */
typedef struct
{
  const char *op, *parameter;
  const char *text;
  const char *made_up; /* instead, when that is tried */
  bool optional;       /* only when optional arguments are given */
} Hint;

static const Hint hints[] = {
  { "assign", "index", "...", NULL, false },
  { "index", "index", "0", "...", false },
  { "tensor", "data", "[[1, 2], [3, 4]]", NULL, false },
  { "atleast", "tensors", "%1", NULL, false },
  { "to", "target", "%mfloat32", NULL, false },
  { "split", "sizes", "%n", NULL, false },
  { "split", "dim", "%d", NULL, true },
  { "chunk", "sizes", "%n", NULL, false },
  { "tensor_split", "sizes", "%n", NULL, false },
  { "hsplit", "sizes", "%n", NULL, false },
  { "vsplit", "sizes", "%n", NULL, false },
  { "dsplit", "sizes", "%n", NULL, false },
  { "repeat_interleave", "repeats", "2", NULL, false },
  { "repeat_interleave", "dim", "%d", NULL, true },
  { "repeat", "repeats", "%b", NULL, false },
  { "tile", "repeats", "%b", NULL, false },
  { "expand", "size", "%o", NULL, false },
  { "broadcast_to", "size", "%o", NULL, false },
  { "reshape", "shape", "%o", NULL, false },
  { "view", "shape", "%o", NULL, false },
  { "unflatten", "sizes", "(1, -1)", NULL, false },
  { "layer_norm", "normalized_shape", "(%l,)", NULL, false },
  { "interpolate", "scale_factor", "2", NULL, false },
  { "resize", "size", "(64, 64)", "%s", false },
  { "opencv_resize", "dsize", "(64, 64)", NULL, false },
  { "picture_resize", "picture", "Image.fromarray(%1)",
    "Image.fromarray(np.zeros((48, 64, 3), dtype=np.uint8))", false },
  { "picture", "obj", "%1", "np.zeros((48, 64, 3), dtype=np.uint8)", false },
  { "picture_resize", "size", "(64, 64)", NULL, false },
  { "resample", "scale_factor", "2", NULL, false },
  { "resize", "method", "'bilinear'", NULL, true },
  { "eye", "n", "3", NULL, false },
  { "linspace", "end", "1", NULL, false },
  { "linspace", "steps", "5", NULL, true },
  { "logspace", "end", "1", NULL, false },
  { "logspace", "steps", "5", NULL, true },
  { "arange", "end", "8", NULL, false },
  { "rand", "size", "%s", NULL, false },
  { "randn", "size", "%s", NULL, false },
  { "randint", "size", "%s", NULL, false },
  { "randint", "high", "10", NULL, false },
  { "clamp", "min", "0", NULL, false },
  { "clamp", "max", "1", NULL, false },
  { "lerp", "weight", "0.5", NULL, false },
  { "masked_fill", "mask", "%1 > 0", NULL, false },
  { "where", "condition", "%1 > 0", NULL, false },
  { "where", "input", "%1", NULL, false },
  { "where", "other", "%2", NULL, false },
  { "gather", "index", "%i", "%z", false },
  { "gather", "dim", "%d", NULL, true },
  { "take_along_dim", "index", "%i", "%z", false },
  { "take_along_dim", "dim", "%d", NULL, true },
  { "index_select", "index", "%i", "%t", false },
  { "index_select", "dim", "%d", NULL, true },
  { "take", "index", "%i", "%t", false },
  { "take", "dim", "%d", NULL, true },
  { "embedding", "input", "%1.long()", "%1.long()", false },
  { "embedding", "weight", "%2", "torch.ones(10, 4)", false },
  { "topk", "k", "1", NULL, true },
  { "kthvalue", "k", "1", NULL, true },
  { "flip", "dims", "(%d,)", NULL, true },
  { "permute", "dims", "%v", NULL, true },
  { "transpose", "dim0", "0", NULL, false },
  { "transpose", "dim1", "-1", NULL, false },
  { "movedim", "source", "0", NULL, false },
  { "movedim", "destination", "-1", NULL, false },
  { "softmax", "dim", "-1", NULL, false },
  { "log_softmax", "dim", "-1", NULL, false },
  { "softmin", "dim", "-1", NULL, false },
  { "cat", "dim", "%d", NULL, false },
  { "stack", "dim", "%d", NULL, false },
  { "conv", "weight", "%2", "torch.ones(4, %c, %k)", false },
  { "conv_transpose", "weight", "%2", "torch.ones(%c, 4, %k)", false },
  { "batch_norm", "running_mean", "torch.zeros(%c)", NULL, false },
  { "batch_norm", "running_var", "torch.ones(%c)", NULL, false },
  { "group_norm", "num_groups", "1", NULL, false },
  { "batch_norm_layer", "num_features", "%c", NULL, false },
  { "instance_norm_layer", "num_features", "%c", NULL, false },
  { "layer_norm_layer", "normalized_shape", "(%l,)", NULL, false },
  { "group_norm_layer", "num_groups", "1", NULL, false },
  { "group_norm_layer", "num_channels", "%c", NULL, false },
  { "linear_layer", "in_features", "%l", NULL, false },
  { "linear_layer", "out_features", "4", NULL, false },
  { "conv_layer", "in_channels", "%c", NULL, false },
  { "conv_layer", "out_channels", "4", NULL, false },
  { "conv_layer", "kernel_size", "3", NULL, false },
  { "embedding_layer", "num_embeddings", "10", NULL, false },
  { "embedding_layer", "embedding_dim", "4", NULL, false },
  { "pooling_layer", "kernel_size", "%n", NULL, false },
  { "resizing_layer", "scale_factor", "2", NULL, false },
  { "window_layer", "output_size", "(8, 8)", NULL, false },
  { "window_layer", "kernel_size", "%n", NULL, false },
  { "fold", "output_size", "(8, 8)", NULL, false },
  { "channel_shuffle", "groups", "1", NULL, false },
};

/* Optional parameters that are tried by their names in any operation. */
static const char *const wanted[] = { "dim", "dims", "end", "num" };

/* ---- texts ---------------------------------------------------------------------------------- */

static const ScopeTensor *
tensor_of (const Attempt *attempt, int i)
{
  return attempt->tensors[i % attempt->n_tensors];
}

static const char *
module_of (const Attempt *attempt)
{
  static const char *const modules[] = { "torch.", "np.", "tf.", "jnp." };
  return modules[attempt->dialect];
}

/* A tensor of the scene, as integers where those are tried. */
static void
append_tensor (const Attempt *attempt, int i, bool integer, ScopeText *out)
{
  const char *name = tensor_of (attempt, i)->name;
  if (!integer || scope_dtype_is_integer (tensor_of (attempt, i)->dtype))
    scope_text_append (out, name);
  else if (attempt->dialect == SCOPE_PYTORCH)
    scope_text_printf (out, "%s.long()", name);
  else if (attempt->dialect == SCOPE_TENSORFLOW)
    scope_text_printf (out, "tf.cast(%s, tf.int64)", name);
  else
    scope_text_printf (out, "%s.astype(%sint%s)", name, module_of (attempt),
                       attempt->dialect == SCOPE_JAX ? "32" : "64");
}

static void
append_sizes (const ScopeShape *shape, ScopeText *out)
{
  scope_text_append (out, "(");
  for (int i = 0; i < shape->rank; i++)
    {
      /* Unknown sizes are left to be worked out, as far as that can be. */
      int64_t size = scope_size_is_known (shape->size[i]) ? shape->size[i] : -1;
      scope_text_printf (out, "%s%" PRId64, i > 0 ? ", " : "", size);
    }
  scope_text_append (out, shape->rank == 1 ? ",)" : ")");
}

/* `before`, then one text for each axis. */
static void
append_per_axis (int rank, const char *usual, const char *last, ScopeText *out)
{
  scope_text_append (out, "(");
  for (int i = 0; i < rank; i++)
    scope_text_printf (out, "%s%s", i > 0 ? ", " : "", i == rank - 1 ? last : usual);
  scope_text_append (out, rank == 1 ? ",)" : ")");
}

/* The order with the last two axes exchanged. */
static void
append_order (int rank, ScopeText *out)
{
  scope_text_append (out, "(");
  for (int i = 0; i < rank; i++)
    {
      int axis = rank >= 2 && i == rank - 2 ? rank - 1 : rank >= 2 && i == rank - 1 ? rank - 2 : i;
      scope_text_printf (out, "%s%d", i > 0 ? ", " : "", axis);
    }
  scope_text_append (out, rank == 1 ? ",)" : ")");
}

static void
append_kernel (int spatial, ScopeText *out)
{
  for (int i = 0; i < spatial; i++)
    scope_text_printf (out, "%s3", i > 0 ? ", " : "");
}

static void
append_zeros (const Attempt *attempt, bool like, ScopeText *out)
{
  const char *name = tensor_of (attempt, 0)->name;
  const char *type = attempt->dialect == SCOPE_PYTORCH ? "torch.int64"
                     : attempt->dialect == SCOPE_JAX   ? "jnp.int32"
                     : attempt->dialect == SCOPE_NUMPY ? "np.int64"
                                                       : "tf.int64";
  if (like)
    scope_text_printf (out, "%szeros_like(%s, dtype=%s)", module_of (attempt), name, type);
  else if (attempt->dialect == SCOPE_PYTORCH)
    scope_text_append (out, "torch.tensor([0])");
  else
    scope_text_printf (out, "%sarray([0])", attempt->dialect == SCOPE_JAX ? "jnp." : "np.");
}

static void
append_place (const Attempt *attempt, char place, ScopeText *out)
{
  const ScopeShape *shape = &tensor_of (attempt, 0)->shape;
  switch (place)
    {
    case '1':
    case '2':
      append_tensor (attempt, place - '1', attempt->integers, out);
      break;
    case 'i':
      append_tensor (attempt, 1, true, out);
      break;
    case 'z':
    case 't':
      append_zeros (attempt, place == 'z', out);
      break;
    case 'd':
      scope_text_printf (out, "%d", attempt->axis);
      break;
    case 's':
      append_sizes (shape, out);
      break;
    case 'o':
      append_sizes (&tensor_of (attempt, attempt->small ? 0 : 1)->shape, out);
      break;
    case 'n':
      scope_text_append (out, attempt->small ? "1" : "2");
      break;
    case 'm':
      scope_text_append (out, module_of (attempt));
      break;
    case 'c':
      scope_text_printf (out, "%" PRId64, shape->rank > 1 ? shape->size[1] : 1);
      break;
    case 'k':
      append_kernel (shape->rank > 2 ? shape->rank - 2 : 1, out);
      break;
    case 'l':
      scope_text_printf (out, "%" PRId64, shape->rank > 0 ? shape->size[shape->rank - 1] : 1);
      break;
    case 'v':
      append_order (shape->rank, out);
      break;
    case 'b':
      append_per_axis (shape->rank, "1", "2", out);
      break;
    default:
      append_per_axis (shape->rank, "(0, 0)", "(1, 1)", out);
    }
}

static void
append_filled (const Attempt *attempt, const char *text, ScopeText *out)
{
  for (; *text != '\0'; text++)
    if (*text == '%')
      append_place (attempt, *++text, out);
    else
      scope_text_append_bytes (out, text, 1);
}

/* ---- arguments ------------------------------------------------------------------------------ */

static const Hint *
find_hint (const Attempt *attempt, const char *parameter)
{
  for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
    if (strcmp (hints[i].op, attempt->op->name) == 0 && strcmp (hints[i].parameter, parameter) == 0)
      return &hints[i];
  return NULL;
}

static bool
is_wanted (const Attempt *attempt, const char *parameter)
{
  for (size_t i = 0; attempt->optional && i < sizeof wanted / sizeof wanted[0]; i++)
    if (strcmp (wanted[i], parameter) == 0)
      return true;
  return false;
}

/* Letters for the axes of a tensor: `a b c d`, or `abcd`. */
static void
append_letters (int rank, const char *between, ScopeText *out)
{
  for (int i = 0; i < rank && i < 20; i++)
    scope_text_printf (out, "%s%c", i > 0 ? between : "", 'a' + i);
}

/* `'a b c d -> a (b c d)'` and the like. */
static void
append_pattern (const Attempt *attempt, ScopeText *out)
{
  int rank = tensor_of (attempt, 0)->shape.rank;
  scope_text_append (out, "'");
  append_letters (rank, " ", out);
  scope_text_append (out, " -> ");
  if (strcmp (attempt->op->name, "rearrange") == 0)
    {
      scope_text_append (out, "(");
      append_letters (rank, " ", out);
      scope_text_append (out, ")");
    }
  else if (strcmp (attempt->op->name, "einops_repeat") == 0)
    {
      append_letters (rank, " ", out);
      scope_text_append (out, " r");
    }
  else
    append_letters (rank > 0 ? rank - 1 : 0, " ", out);
  scope_text_append (out, "'");
}

static bool
is_matrix (const Attempt *attempt, int i)
{
  return tensor_of (attempt, i)->shape.rank == 2;
}

static void
append_equation (const Attempt *attempt, ScopeText *out)
{
  bool product = !attempt->small && is_matrix (attempt, 0) && is_matrix (attempt, 1);
  scope_text_append (out, product ? "'ij,jk->ik'" : "'...i,...i->...'");
}

static void
append_tensors (const Attempt *attempt, ScopeText *out)
{
  const char *brackets = attempt->dialect == SCOPE_TENSORFLOW ? "[]" : "()";
  int n = attempt->n_tensors > 1 ? attempt->n_tensors : 2;
  scope_text_append_bytes (out, brackets, 1);
  for (int i = 0; i < n; i++)
    {
      scope_text_append (out, i > 0 ? ", " : "");
      append_tensor (attempt, i, attempt->integers, out);
    }
  scope_text_append_bytes (out, brackets + 1, 1);
}

static void
append_padding (const Attempt *attempt, ScopeText *out)
{
  if (attempt->dialect == SCOPE_PYTORCH)
    scope_text_append (out, "(1, 1)");
  else if (attempt->dialect == SCOPE_TENSORFLOW)
    append_filled (attempt, "%w", out);
  else
    scope_text_append (out, "1");
}

/* TensorFlow's logic takes no numbers. */
static bool
wants_truth (const Attempt *attempt)
{
  const char *name = attempt->op->name;
  return attempt->dialect == SCOPE_TENSORFLOW
         && (strcmp (attempt->op->group, "logic") == 0 || strcmp (name, "all") == 0
             || strcmp (name, "any") == 0);
}

/* What an argument of its kind is, when nothing better is known. */
static void
append_usual (const Attempt *attempt, const ScopeParameter *parameter, int tensor, ScopeText *out)
{
  const char *choices = parameter->choices;
  switch (parameter->takes)
    {
    case SCOPE_TAKES_TENSOR:
      append_tensor (attempt, tensor, attempt->integers && !wants_truth (attempt), out);
      if (attempt->integers && wants_truth (attempt))
        scope_text_append (out, " > 0");
      break;
    case SCOPE_TAKES_TENSORS:
      append_tensors (attempt, out);
      break;
    case SCOPE_TAKES_AXIS:
    case SCOPE_TAKES_AXES:
      scope_text_printf (out, "%d", attempt->axis);
      break;
    case SCOPE_TAKES_SHAPE:
      append_filled (attempt, strcmp (parameter->name, "size") == 0 ? "%s" : "%n", out);
      break;
    case SCOPE_TAKES_NUMBER:
      scope_text_append (out, "0");
      break;
    case SCOPE_TAKES_BOOL:
      scope_text_append (out, "True");
      break;
    case SCOPE_TAKES_CHOICE:
      scope_text_printf (out, "'%.*s'", (int)strcspn (choices, " "), choices);
      break;
    case SCOPE_TAKES_DTYPE:
      append_filled (attempt, "%mfloat32", out);
      break;
    default:
      append_filled (attempt, "%n", out);
    }
}

/* Appends an argument; false when it is left out. `tensor` counts the tensors given so far. */
static bool
append_argument (const Attempt *attempt, int parameter, int *tensor, ScopeText *out)
{
  const ScopeParameter *about = &attempt->op->parameter[parameter];
  const char *op = attempt->op->name;
  const Hint *hint = find_hint (attempt, about->name);
  if (strcmp (about->name, "pattern") == 0)
    append_pattern (attempt, out);
  else if (strcmp (about->name, "equation") == 0)
    append_equation (attempt, out);
  else if (strcmp (op, "pad") == 0 && strcmp (about->name, "pad") == 0)
    append_padding (attempt, out);
  else if (strcmp (op, "einsum") == 0 && about->takes == SCOPE_TAKES_TENSORS)
    scope_text_printf (out, "%s, %s", tensor_of (attempt, 0)->name, tensor_of (attempt, 1)->name);
  else if (strcmp (about->name, "tensor") == 0 && about->takes == SCOPE_TAKES_ANY)
    append_tensor (attempt, 0, false, out);
  else if (hint != NULL && hint->optional && !attempt->optional)
    return false;
  else if (hint != NULL)
    append_filled (attempt, attempt->made_up && hint->made_up != NULL ? hint->made_up : hint->text,
                   out);
  else if (about->initial != NULL && !is_wanted (attempt, about->name))
    return false;
  else
    append_usual (attempt, about, *tensor, out);
  *tensor += about->takes == SCOPE_TAKES_TENSOR;
  return true;
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void
append_operator (const Attempt *attempt, ScopeText *out)
{
  const char *name = attempt->spelling->name;
  ScopeText operand[2] = { { 0 } };
  for (int i = 0; i < 2; i++)
    append_tensor (attempt, i, attempt->integers, &operand[i]);
  if (strchr (name, 'x') != NULL)
    scope_text_printf (out, "%.1s%s", name, scope_text_string (&operand[0]));
  else
    scope_text_printf (out, "%s %s %s", scope_text_string (&operand[0]), name,
                       scope_text_string (&operand[1]));
  scope_text_clear (&operand[0]);
  scope_text_clear (&operand[1]);
}

static void
append_brackets (const Attempt *attempt, ScopeText *out)
{
  bool assigns = attempt->spelling->name[2] == '=';
  scope_text_printf (out, "%s[", tensor_of (attempt, 0)->name);
  append_filled (attempt, assigns || attempt->small ? "..." : "0", out);
  scope_text_append (out, assigns ? "] = " : "]");
  if (assigns)
    append_tensor (attempt, 1, attempt->integers, out);
}

/* A layer of torch.nn is made, then called with tensors: `nn.ReLU()(A)`. */
static void
append_forward (const Attempt *attempt, ScopeText *out)
{
  for (int i = 0; i < attempt->op->module; i++)
    {
      scope_text_append (out, i == 0 ? "(" : ", ");
      append_tensor (attempt, i, attempt->integers, out);
    }
  scope_text_append (out, attempt->op->module > 0 ? ")" : "");
}

static void
append_call (const Attempt *attempt, ScopeText *out)
{
  const ScopeOp *op = attempt->op;
  const ScopeSpelling *spelling = attempt->spelling;
  bool method = spelling->name[0] == '.', gap = false;
  int arguments = 0, tensor = 0, parameters = scope_op_parameters (op);
  bool done[SCOPE_MAX_PARAMETERS] = { false }, rest = false;
  if (method)
    {
      append_argument (attempt, 0, &tensor, out);
      done[0] = true;
    }
  scope_text_printf (out, "%s(", spelling->name);
  /* Positional ones in the spelling's order, as long as none is left out; the rest by name. */
  for (int position = method ? 1 : 0; position < SCOPE_MAX_PARAMETERS && !gap && !rest; position++)
    {
      int parameter = scope_spelling_parameter (op, spelling, position, &rest);
      ScopeText text = { 0 };
      gap =
          parameter < 0 || done[parameter] || !append_argument (attempt, parameter, &tensor, &text);
      if (!gap)
        {
          scope_text_printf (out, "%s%s", arguments++ > 0 ? ", " : "", scope_text_string (&text));
          done[parameter] = true;
        }
      scope_text_clear (&text);
    }
  for (int parameter = 0; parameter < parameters; parameter++)
    {
      size_t length;
      const char *name = scope_spelling_keyword (op, spelling, parameter, &length);
      ScopeText text = { 0 };
      if (name != NULL && !done[parameter] && parameter >= op->module
          && append_argument (attempt, parameter, &tensor, &text))
        scope_text_printf (out, "%s%.*s=%s", arguments++ > 0 ? ", " : "", (int)length, name,
                           scope_text_string (&text));
      scope_text_clear (&text);
    }
  if (strcmp (op->name, "einops_repeat") == 0)
    scope_text_append (out, ", r=2");
  scope_text_append (out, ")");
  append_forward (attempt, out);
}

/* `A.T`, `A.mT`: methods without brackets. */
static bool
is_attribute (const ScopeSpelling *spelling)
{
  const char *name = spelling->name;
  return strcmp (name, ".T") == 0 || strcmp (name, ".mT") == 0 || strcmp (name, ".H") == 0
         || strcmp (name, ".mH") == 0;
}

static bool
is_operator (const ScopeSpelling *spelling)
{
  char c = spelling->name[0];
  return c != '.' && c != '[' && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z');
}

static void
write_line (const Attempt *attempt, ScopeText *out)
{
  if (attempt->spelling->name[0] == '[')
    append_brackets (attempt, out);
  else if (is_operator (attempt->spelling))
    append_operator (attempt, out);
  else if (is_attribute (attempt->spelling))
    {
      append_tensor (attempt, 0, attempt->integers, out);
      scope_text_append (out, attempt->spelling->name);
    }
  else
    append_call (attempt, out);
}

/* ---- trying --------------------------------------------------------------------------------- */

/* How well a line serves: 3 it fits, 2 its arguments are taken and shapes do not fit, 1 they are
 * refused, 0 it is something else. */
static int
judge (const Attempt *attempt, const char *line)
{
  ScopeCheckOptions options = { .dialect = attempt->dialect };
  ScopeProgram *program =
      scope_program_new (line, strlen (line), attempt->tensors, attempt->n_tensors, &options, NULL);
  int score = 0;
  for (int i = 0; program != NULL && i < program->nodes; i++)
    {
      const ScopeNode *node = program->node[i];
      if (node->op != attempt->op || node->inner)
        continue;
      ScopeRule rule = node->failure != NULL ? node->failure->rule : SCOPE_RULE_NONE;
      bool refused = rule == SCOPE_RULE_ARGUMENT || rule == SCOPE_RULE_TYPE
                     || rule == SCOPE_RULE_PATTERN || rule == SCOPE_RULE_NAME
                     || rule == SCOPE_RULE_AXIS || rule == SCOPE_RULE_READ_ONLY;
      score = node->state == SCOPE_NODE_FITS ? 3 : refused ? 1 : 2;
    }
  scope_program_unref (program);
  return score;
}

static bool
serves (const ScopeSpelling *spelling, ScopeDialect dialect)
{
  return !spelling->in_place
         && (spelling->dialect == dialect || spelling->dialect == SCOPE_DIALECT_DEFAULT);
}

const ScopeSpelling *
scope_form_spelling (const ScopeOp *op, ScopeDialect dialect)
{
  /* It is the layers in it. */
  if (strcmp (op->name, "sequential") == 0)
    return NULL;
  /* Their tensors are not assigned to. */
  if (strcmp (op->name, "assign") == 0 && dialect != SCOPE_PYTORCH && dialect != SCOPE_NUMPY)
    return NULL;
  for (const ScopeSpelling *spelling = op->spelling; spelling->name != NULL; spelling++)
    if (serves (spelling, dialect))
      return spelling;
  return NULL;
}

/* Tries one set of arguments after the other; keeps the best line and its score. */
static void
try_arguments (Attempt *attempt, int *best, ScopeText *out)
{
  enum
  {
    WAYS = 16,
    AXES = 5
  };
  int axes = tensor_of (attempt, 0)->shape.rank;
  if (axes > AXES || axes < 1)
    axes = axes < 1 ? 1 : AXES;
  for (int way = 0; way < WAYS && *best < 3; way++)
    for (attempt->axis = 0; attempt->axis < axes && *best < 3; attempt->axis++)
      {
        ScopeText line = { 0 };
        attempt->optional = (way & 1) != 0;
        attempt->integers = (way & 2) != 0;
        attempt->made_up = (way & 4) != 0;
        attempt->small = (way & 8) != 0;
        write_line (attempt, &line);
        int score = judge (attempt, scope_text_string (&line));
        if (score > *best)
          {
            *best = score;
            scope_text_clear (out);
            *out = line;
          }
        else
          scope_text_clear (&line);
      }
}

bool
scope_form_example (const ScopeOp *op,
                    ScopeDialect dialect,
                    ScopeTensor *const *tensors,
                    int n_tensors,
                    ScopeText *out)
{
  ScopeText line = { 0 };
  int best = 0;
  for (const ScopeSpelling *spelling = op->spelling;
       n_tensors > 0 && spelling->name != NULL && best < 3; spelling++)
    {
      Attempt attempt = { .op = op,
                          .spelling = spelling,
                          .dialect = dialect,
                          .tensors = tensors,
                          .n_tensors = n_tensors };
      if (serves (spelling, dialect))
        try_arguments (&attempt, &best, &line);
    }
  bool found = best > 0;
  if (found)
    scope_text_append_bytes (out, scope_text_string (&line), line.length);
  scope_text_clear (&line);
  return found && !out->failed;
}
