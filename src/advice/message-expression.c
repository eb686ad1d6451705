/* From a message to an expression that fails as it says: the traceback's line, or the plainest one
 * of its operation. */
#include "advice/message-parts.h"

#include "core/generator.h"
#include <stdlib.h>
#include <string.h>

/* ---- checking ------------------------------------------------------------------------------- */

int
scope_message_make_tensors (const ScopeMessage *message, ScopeTensor *tensor[SCOPE_MESSAGE_SHAPES])
{
  for (int i = 0; i < message->tensors; i++)
    {
      const ScopeMessageTensor *wanted = &message->tensor[i];
      static const ScopeFill ramp = { .kind = SCOPE_FILL_RAMP };
      ScopeStorage *storage = NULL;
      ScopeError error = { 0 };
      bool known = scope_shape_is_known (&wanted->shape)
                   && scope_shape_count (&wanted->shape, &(int64_t){ 0 }, NULL);
      if (known)
        storage = scope_generator_new (ramp, wanted->dtype, &wanted->shape, &error);
      tensor[i] = known && storage == NULL
                      ? NULL
                      : scope_tensor_new (wanted->name, wanted->dtype, &wanted->shape, NULL,
                                          storage, &error);
      scope_storage_unref (storage);
      if (tensor[i] != NULL)
        continue;
      while (i > 0)
        scope_tensor_unref (tensor[--i]);
      return -1;
    }
  return message->tensors;
}

ScopeReport *
scope_message_report (const ScopeMessage *message,
                      const ScopeRemedyOptions *advice,
                      ScopeError *error)
{
  if (message->expression.length == 0)
    return NULL;
  ScopeTensor *tensor[SCOPE_MESSAGE_SHAPES];
  int tensors = scope_message_make_tensors (message, tensor);
  if (tensors < 0)
    return NULL;
  ScopeCheckOptions options = { .dialect = message->dialect };
  ScopeReport *report = scope_report_new (message->expression.data, message->expression.length,
                                          tensor, tensors, &options, advice, error);
  while (tensors > 0)
    scope_tensor_unref (tensor[--tensors]);
  return report;
}

typedef enum
{
  DOES_NOT_SERVE, /* it cannot be parsed, or fails for a reason that is not its shapes */
  FITS,
  FAILS,
} Outcome;

/* Whether a node fails for its shapes, not for a name, a type or what is not known. */
static bool
is_about_shapes (ScopeRule rule)
{
  static const ScopeRule others[] = {
    SCOPE_RULE_NONE,      SCOPE_RULE_ARGUMENT, SCOPE_RULE_TYPE,    SCOPE_RULE_PATTERN,
    SCOPE_RULE_READ_ONLY, SCOPE_RULE_NAME,     SCOPE_RULE_UNKNOWN, SCOPE_RULE_LIMIT,
  };
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    if (others[i] == rule)
      return false;
  return true;
}

/* Whether each operand that fails is one of the message's tensors as it is, not a part of it. */
static bool
operands_are_tensors (const ScopeMessage *message, const ScopeFailure *failure)
{
  if (failure->operands < message->tensors && failure->operands < SCOPE_VERDICT_OPERANDS)
    return false;
  for (int i = 0; i < failure->operands && i < message->tensors; i++)
    {
      bool found = false;
      for (int k = 0; k < message->tensors && !found; k++)
        found = scope_shape_equal (&failure->operand[i].shape, &message->tensor[k].shape);
      if (!found)
        return false;
    }
  return true;
}

/* What becomes of the message's expression; of a line of the source only what fails as it says. */
static Outcome
try_expression (const ScopeMessage *message, bool source)
{
  ScopeTensor *tensor[SCOPE_MESSAGE_SHAPES];
  int tensors = scope_message_make_tensors (message, tensor);
  if (tensors < 0)
    return DOES_NOT_SERVE;
  ScopeCheckOptions options = { .dialect = message->dialect };
  ScopeError error;
  ScopeProgram *program = scope_program_new (message->expression.data, message->expression.length,
                                             tensor, tensors, &options, &error);
  while (tensors > 0)
    scope_tensor_unref (tensor[--tensors]);
  Outcome outcome = DOES_NOT_SERVE;
  if (program != NULL && program->first_failure < 0)
    outcome = FITS;
  else if (program != NULL)
    {
      const ScopeFailure *failure = program->node[program->first_failure]->failure;
      if (is_about_shapes (failure->rule) && (!source || operands_are_tensors (message, failure)))
        outcome = FAILS;
    }
  scope_program_unref (program);
  return outcome;
}

/* ---- tensors -------------------------------------------------------------------------------- */

void
scope_message_define (ScopeMessage *message,
                      const char *name,
                      ScopeDtype dtype,
                      const ScopeShape *shape)
{
  if (message->tensors == SCOPE_MESSAGE_SHAPES || strlen (name) >= sizeof message->tensor[0].name)
    return;
  ScopeMessageTensor *tensor = &message->tensor[message->tensors++];
  memcpy (tensor->name, name, strlen (name) + 1);
  tensor->dtype = dtype;
  tensor->shape = *shape;
  for (int i = 0; i < shape->rank; i++)
    if (shape->size[i] < 0)
      tensor->shape.size[i] = SCOPE_SIZE_UNKNOWN;
}

static void
define_floats (ScopeMessage *message, const char *name, const ScopeShape *shape)
{
  scope_message_define (message, name, SCOPE_FLOAT32, shape);
}

/* `rank` unknown sizes, but `size` at `axis` (none when that is outside). */
ScopeShape
scope_message_unknown_but (int rank, int64_t axis, int64_t size)
{
  ScopeShape shape = { .rank = rank < SCOPE_MAX_RANK ? rank : SCOPE_MAX_RANK };
  for (int i = 0; i < shape.rank; i++)
    shape.size[i] = i == axis ? size : SCOPE_SIZE_UNKNOWN;
  return shape;
}

void
scope_message_print_sizes (ScopeMessage *message, const ScopeShape *shape)
{
  for (int i = 0; i < shape->rank; i++)
    scope_text_printf (&message->expression, "%s%lld", i > 0 ? ", " : "",
                       (long long)(shape->size[i] < 0 ? -1 : shape->size[i]));
}

/* ---- the plainest expression of an operation ------------------------------------------------- */

/* a and b, or shapes of which only the failing axis is known; false where not even that is. */
bool
scope_message_define_pair (ScopeMessage *message, const char *first, const char *second)
{
  if (message->has_a && message->has_b)
    {
      define_floats (message, first, &message->a);
      define_floats (message, second, &message->b);
      return true;
    }
  if (!message->sizes.given || (message->axis.given && message->axis.value < 0)
      || message->axis.value >= SCOPE_MAX_RANK)
    return false;
  int axis = message->axis.given ? (int)message->axis.value : 0;
  ScopeShape a = scope_message_unknown_but (axis + 1, axis, message->sizes.value[0]);
  ScopeShape b = scope_message_unknown_but (axis + 1, axis, message->sizes.value[1]);
  define_floats (message, first, &a);
  define_floats (message, second, &b);
  return true;
}

static void
express_broadcast (ScopeMessage *message, uint64_t flags)
{
  if (message->remapped.count > 0) /* an einsum, of which the equation is not known */
    return;
  if (message->shapes.count > 2)
    {
      for (int i = 0; i < message->shapes.count; i++)
        {
          const char name[2] = { (char)('A' + i), '\0' };
          scope_text_printf (&message->expression, "%s%s", i > 0 ? " + " : "", name);
          define_floats (message, name, &message->shapes.shape[i]);
        }
      return;
    }
  if (!scope_message_define_pair (message, "A", "B"))
    return;
  const char *sign = flags & SCOPE_ROW_IN_PLACE ? "+=" : flags & SCOPE_ROW_ELEMENTWISE ? "-" : "+";
  scope_text_printf (&message->expression, "A %s B", sign);
}

static void
express_assign (ScopeMessage *message)
{
  if (!message->has_a && message->sizes.given && !message->axis.given)
    {
      ScopeShape value = scope_message_unknown_but (1, 0, message->sizes.value[0]);
      ScopeShape target = scope_message_unknown_but (1, 0, message->sizes.value[1]);
      define_floats (message, "A", &target);
      define_floats (message, "B", &value);
    }
  else if (!scope_message_define_pair (message, "B", "A"))
    return;
  scope_text_append (&message->expression, "A[...] = B");
}

static void
express_expand (ScopeMessage *message)
{
  ScopeShape target = message->b;
  if (!message->has_b && message->sizes.given && message->axis.given && message->axis.value < 16)
    target = scope_message_unknown_but ((int)message->axis.value + 1, message->axis.value,
                                        message->sizes.value[1]);
  else if (!message->has_b || !message->has_a)
    return;
  if (message->has_a)
    define_floats (message, "A", &message->a);
  else
    {
      ScopeShape a =
          scope_message_unknown_but (target.rank, message->axis.value, message->sizes.value[0]);
      define_floats (message, "A", &a);
    }
  scope_text_append (&message->expression, "A.expand(");
  scope_message_print_sizes (message, &target);
  scope_text_append (&message->expression, ")");
}

static void
express_matmul (ScopeMessage *message, uint64_t flags)
{
  if (flags & SCOPE_ROW_BATCHED)
    {
      ScopeShape a = scope_message_unknown_but (3, 0, message->a.size[0]);
      ScopeShape b = scope_message_unknown_but (3, 0, message->b.size[0]);
      a.size[2] = message->a.size[1];
      b.size[1] = message->b.size[1];
      define_floats (message, "A", &a);
      define_floats (message, "B", &b);
      scope_text_append (&message->expression, "torch.bmm(A, B)");
      return;
    }
  if (message->has_a && message->has_b)
    {
      define_floats (message, "A", &message->a);
      define_floats (message, "B", &message->b);
    }
  else if (message->sizes.given)
    {
      ScopeShape a = scope_message_unknown_but (2, 1, message->sizes.value[0]);
      ScopeShape b = scope_message_unknown_but (2, 0, message->sizes.value[1]);
      define_floats (message, "A", &a);
      define_floats (message, "B", &b);
    }
  else
    return;
  scope_text_append (&message->expression, "A @ B");
}

static const char *
join_name (const ScopeMessage *message, bool stacks)
{
  static const char *const names[2][SCOPE_N_DIALECTS] = {
    { "torch.cat", "np.concatenate", "tf.concat", "jnp.concatenate" },
    { "torch.stack", "np.stack", "tf.stack", "jnp.stack" },
  };
  return names[stacks][message->dialect];
}

/* An axis along which a and b do not join either, where the message leaves it open. */
static int64_t
other_axis (const ScopeMessage *message)
{
  int rank = message->a.rank;
  for (int axis = rank - 1; axis >= 0; axis--)
    for (int i = 0; i < rank && i < message->b.rank; i++)
      if (i != axis && message->a.size[i] != message->b.size[i])
        return axis;
  return 0;
}

static void
express_cat (ScopeMessage *message)
{
  int64_t cat = message->cat_axis.given ? message->cat_axis.value : -1;
  if (message->has_a && message->has_b)
    {
      define_floats (message, "A", &message->a);
      define_floats (message, "B", &message->b);
      if (!message->cat_axis.given)
        cat = other_axis (message);
    }
  else if (message->ranks.given && message->ranks.value[0] >= 0 && message->ranks.value[1] >= 0
           && message->ranks.value[0] < 16 && message->ranks.value[1] < 16)
    {
      ScopeShape a = scope_message_unknown_but ((int)message->ranks.value[0], -1, 0);
      ScopeShape b = scope_message_unknown_but ((int)message->ranks.value[1], -1, 0);
      define_floats (message, "A", &a);
      define_floats (message, "B", &b);
      cat = cat < 0 ? 0 : cat;
    }
  else if (message->sizes.given && (message->axis.given || message->cat_axis.given) && cat < 16
           && (!message->axis.given || message->axis.value < 16))
    {
      int64_t failing = message->axis.given ? message->axis.value : cat == 0;
      if (!message->cat_axis.given)
        cat = failing == 0;
      if (!message->axis.given)
        scope_text_append (&message->note, message->note.length > 0 ? " " : "");
      if (!message->axis.given)
        scope_text_printf (&message->note,
                           "The message does not say which axis differs: axis %d is shown.",
                           (int)failing);
      int rank = (int)(failing > cat ? failing : cat) + 1;
      ScopeShape a = scope_message_unknown_but (rank, failing, message->sizes.value[0]);
      ScopeShape b = scope_message_unknown_but (rank, failing, message->sizes.value[1]);
      define_floats (message, "A", &a);
      define_floats (message, "B", &b);
    }
  else
    return;
  if (!message->cat_axis.given)
    scope_text_printf (&message->note,
                       "%sThe message does not say along which axis they are joined.",
                       message->note.length > 0 ? " " : "");
  scope_text_printf (&message->expression, "%s((A, B), %s=%lld)", join_name (message, false),
                     message->dialect == SCOPE_PYTORCH ? "dim" : "axis", (long long)cat);
}

static void
express_stack (ScopeMessage *message)
{
  if (!message->has_a || !message->has_b)
    return;
  define_floats (message, "A", &message->a);
  define_floats (message, "B", &message->b);
  scope_text_printf (&message->expression, "%s((A, B))", join_name (message, true));
}

static void
express_reshape (ScopeMessage *message, uint64_t flags)
{
  if (message->has_a)
    define_floats (message, "A", &message->a);
  else if (message->numel.given && message->numel.value[0] >= 0)
    {
      scope_text_printf (&message->note, "%sOf A the message gives the number of elements only.",
                         message->note.length > 0 ? " " : "");
      ScopeShape a = scope_message_unknown_but (1, 0, message->numel.value[0]);
      define_floats (message, "A", &a);
    }
  else
    return;
  ScopeShape target = message->b;
  if (flags & SCOPE_ROW_MULTIPLE_OF)
    {
      target = scope_message_unknown_but (2, 1, message->numel.value[1]);
      target.size[0] = -1;
    }
  else if (!message->has_b && message->numel.given && message->numel.value[1] >= 0)
    target = scope_message_unknown_but (1, 0, message->numel.value[1]);
  else if (!message->has_b)
    return;
  bool functional = message->dialect == SCOPE_TENSORFLOW;
  scope_text_append (&message->expression, functional ? "tf.reshape(A, (" : "A.reshape(");
  scope_message_print_sizes (message, &target);
  if (functional)
    scope_text_append (&message->expression, target.rank == 1 ? ",))" : "))");
  else
    scope_text_append (&message->expression, ")");
}

static void
express_conv (ScopeMessage *message, bool transposed)
{
  if (!message->has_a || !message->has_b || message->b.rank < 3 || message->b.rank > 5 || transposed
      || message->dialect != SCOPE_PYTORCH || !message->sizes.given)
    return;
  define_floats (message, "A", &message->a);
  define_floats (message, "B", &message->b);
  scope_text_printf (&message->expression, "F.conv%dd(A, B", message->b.rank - 2);
  if (message->groups.given && message->groups.value != 1)
    scope_text_printf (&message->expression, ", groups=%lld", (long long)message->groups.value);
  scope_text_append (&message->expression, ")");
}

static void
express_index (ScopeMessage *message)
{
  if (message->has_a && message->has_b && message->axis_b.given)
    {
      define_floats (message, "A", &message->a);
      scope_message_define (message, "B", SCOPE_BOOL, &message->b);
      scope_text_append (&message->expression, "A[B]");
      return;
    }
  if (message->sizes.given && message->axis.given && message->axis.value < 16)
    {
      int axis = (int)message->axis.value;
      ScopeShape a = scope_message_unknown_but (axis + 1, axis, message->sizes.value[0]);
      ScopeShape b = scope_message_unknown_but (axis + 1, axis, message->sizes.value[1]);
      define_floats (message, "A", &a);
      scope_message_define (message, "B", SCOPE_BOOL, &b);
      scope_text_append (&message->expression, "A[B]");
      return;
    }
  if (message->index.given && message->size.given && message->axis.given
      && message->axis.value < 16)
    {
      ScopeShape a = scope_message_unknown_but ((int)message->axis.value + 1, message->axis.value,
                                                message->size.value);
      define_floats (message, "A", &a);
      scope_text_append (&message->expression, "A[");
      for (int i = 0; i < message->axis.value; i++)
        scope_text_append (&message->expression, ":, ");
      scope_text_printf (&message->expression, "%lld]", (long long)message->index.value);
      return;
    }
  if (message->ranks.given && message->ranks.value[0] >= 0 && message->ranks.value[0] < 16)
    {
      int rank = (int)message->ranks.value[0];
      int64_t indices = message->ranks.value[1] >= 0 ? message->ranks.value[1] : rank + 1;
      ScopeShape a = scope_message_unknown_but (rank, -1, 0);
      define_floats (message, "A", &a);
      scope_text_append (&message->expression, "A[");
      for (int i = 0; i < indices && i < 64; i++)
        scope_text_append (&message->expression, i > 0 ? ", 0" : "0");
      scope_text_append (&message->expression, "]");
    }
}

static void
express_permute (ScopeMessage *message)
{
  if (!message->ranks.given || message->ranks.value[0] < 0 || message->ranks.value[0] > 16
      || message->ranks.value[1] < 0 || message->ranks.value[1] > 16)
    return;
  ScopeShape a = scope_message_unknown_but ((int)message->ranks.value[0], -1, 0);
  define_floats (message, "A", &a);
  scope_text_append (&message->expression, "A.permute(");
  for (int i = 0; i < message->ranks.value[1]; i++)
    scope_text_printf (&message->expression, "%s%d", i > 0 ? ", " : "", i);
  scope_text_append (&message->expression, ")");
}

static void
express_split (ScopeMessage *message)
{
  if (!message->has_splits || !message->size.given || !message->axis.given
      || message->axis.value >= 16)
    return;
  ScopeShape a = scope_message_unknown_but ((int)message->axis.value + 1, message->axis.value,
                                            message->size.value);
  define_floats (message, "A", &a);
  scope_text_append (&message->expression, "A.split([");
  scope_message_print_sizes (message, &message->splits);
  scope_text_printf (&message->expression, "], dim=%lld)", (long long)message->axis.value);
}

static void
express_axis (ScopeMessage *message)
{
  if (!message->ranks.given || message->ranks.value[0] < 0 || message->ranks.value[0] > 16
      || !message->index.given)
    return;
  ScopeShape a = scope_message_unknown_but ((int)message->ranks.value[0], -1, 0);
  define_floats (message, "A", &a);
  scope_text_printf (&message->expression, "A.sum(%s=%lld)",
                     message->dialect == SCOPE_PYTORCH ? "dim" : "axis",
                     (long long)message->index.value);
}

/* The reduction of einops's `reduce` is named where the others name themselves. */
static void
express_einops (ScopeMessage *message)
{
  if (!message->has_a || message->label.length == 0 || message->label.failed)
    return;
  scope_message_define (message, "A", SCOPE_FLOAT32, &message->a);
  scope_text_printf (&message->expression, "%s(A, \"%s\"", message->op, message->label.data);
  if (strcmp (message->op, "reduce") == 0)
    scope_text_printf (&message->expression, ", \"%s\"", scope_text_string (&message->node_op));
  scope_text_printf (&message->expression, "%s%s)", message->axes.length > 0 ? ", " : "",
                     scope_text_string (&message->axes));
}

static void
express_plainly (ScopeMessage *message, uint64_t flags)
{
  const char *op = message->op;
  if (flags & SCOPE_ROW_SILENT)
    return;
  if (strcmp (op, "broadcast") == 0 || (flags & SCOPE_ROW_ELEMENTWISE))
    express_broadcast (message, flags);
  else if (strcmp (op, "assign") == 0)
    express_assign (message);
  else if (strcmp (op, "expand") == 0)
    express_expand (message);
  else if (strcmp (op, "matmul") == 0)
    express_matmul (message, flags);
  else if (strcmp (op, "cat") == 0)
    express_cat (message);
  else if (strcmp (op, "stack") == 0)
    express_stack (message);
  else if (strcmp (op, "reshape") == 0)
    express_reshape (message, flags);
  else if (strcmp (op, "conv") == 0)
    express_conv (message, false);
  else if (strcmp (op, "index") == 0)
    express_index (message);
  else if (strcmp (op, "permute") == 0)
    express_permute (message);
  else if (strcmp (op, "split") == 0)
    express_split (message);
  else if (strcmp (op, "axis") == 0)
    express_axis (message);
  else if (strcmp (message->framework, "einops") == 0)
    express_einops (message);
}

static ScopeDialect
dialect_of (const char *framework)
{
  static const struct
  {
    const char *framework;
    ScopeDialect dialect;
  } known[] = {
    { "numpy", SCOPE_NUMPY },       { "cupy", SCOPE_NUMPY },
    { "dask", SCOPE_NUMPY },        { "xarray", SCOPE_NUMPY },
    { "pandas", SCOPE_NUMPY },      { "scikit-learn", SCOPE_NUMPY },
    { "scipy", SCOPE_NUMPY },       { "opencv", SCOPE_NUMPY },
    { "matlab", SCOPE_NUMPY },      { "octave", SCOPE_NUMPY },
    { "r", SCOPE_NUMPY },           { "julia", SCOPE_NUMPY },
    { "theano", SCOPE_NUMPY },      { "xtensor", SCOPE_NUMPY },
    { "onnxruntime", SCOPE_NUMPY }, { "onnx", SCOPE_NUMPY },
    { "tensorrt", SCOPE_NUMPY },    { "ndarray", SCOPE_NUMPY },
    { "keras", SCOPE_TENSORFLOW },  { "tensorflow", SCOPE_TENSORFLOW },
    { "tfjs", SCOPE_TENSORFLOW },   { "jax", SCOPE_JAX },
    { "flax", SCOPE_JAX },
  };
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (strcmp (known[i].framework, framework) == 0)
      return known[i].dialect;
  return SCOPE_PYTORCH;
}

bool
scope_message_line_fails (const ScopeMessage *message)
{
  return try_expression (message, true) == FAILS;
}

/* Whether the message leaves sizes of its tensors open. */
static bool
is_partly_known (const ScopeMessage *message)
{
  for (int i = 0; i < message->tensors; i++)
    if (!scope_shape_is_known (&message->tensor[i].shape))
      return true;
  return message->sizes.given && !message->has_a && !message->has_b;
}

/* The plainest expression; "" where its shapes are not about what it would say. */
static void
express_checked (ScopeMessage *message, uint64_t flags)
{
  express_plainly (message, flags);
  if (message->expression.length == 0)
    return;
  Outcome outcome = try_expression (message, false);
  if (outcome == FAILS && is_partly_known (message) && !message->has_a && !message->has_b)
    scope_text_printf (&message->note,
                       "%sOnly what the message says is shown: the tensors may have more axes.",
                       message->note.length > 0 ? " " : "");
  if (outcome == FITS)
    scope_text_printf (&message->note, "%sThe shapes fit as they are printed.",
                       message->note.length > 0 ? " " : "");
  if (outcome == DOES_NOT_SERVE)
    {
      message->tensors = 0;
      scope_text_clear (&message->expression);
    }
}

bool
scope_message_express (ScopeMessage *message,
                       const ScopePaste *paste,
                       size_t place,
                       size_t end,
                       uint64_t flags)
{
  message->dialect = dialect_of (message->framework);
  ScopeSource source;
  bool shown = scope_message_source (paste, place, end, &source);
  if (shown)
    {
      scope_message_note_source (message, paste, &source);
      message->from_source = scope_message_express_line (message, &source);
    }
  if (!message->from_source)
    {
      express_checked (message, flags);
      if (shown)
        message->from_source = scope_message_express_part (message, &source);
    }
  scope_text_clear (&source.code);
  return !message->expression.failed && !message->source.failed && !source.code.failed;
}
