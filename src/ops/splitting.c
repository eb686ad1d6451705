/* Splitting a tensor along one axis: split, chunk, tensor_split, hsplit, vsplit, dsplit, unbind. */
#include "ops/splitting.h"

#include "core/arena.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/python-words.h"
#include "ops/stride.h"

/* What read and trace need. */
typedef struct
{
  int axis;
  bool unbound; /* the axis is gone: part i is place i */
  int64_t begin[];
} SplitPlan;

static bool
is_numpy_like (const ScopeSplit *split)
{
  return split->call->dialect == SCOPE_NUMPY || split->call->dialect == SCOPE_JAX;
}

/* ---- unbind --------------------------------------------------------------------------------- */

static bool
unbind (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  bool tensorflow = split->call->dialect == SCOPE_TENSORFLOW;
  if (tensorflow ? !scope_split_find_tensorflow_axis (split, failure)
                 : !scope_split_find_torch_axis (split, failure))
    return false;
  if (split->input.shape.rank == 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      scope_failure_explain (failure, "A scalar has no axis whose items it could give.");
      return scope_failure_say (failure, "IndexError",
                                "Dimension specified as %d but tensor has no dimensions", 0);
    }
  if (!scope_size_is_known (split->size))
    return scope_split_refuse_unknown (split, failure);
  return scope_split_make_room (split, split->size, result, failure);
}

/* ---- all ------------------------------------------------------------------------------------ */

static bool
cut (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  if (split->form == SCOPE_FORM_UNBIND)
    return unbind (split, result, failure);
  if (is_numpy_like (split))
    return scope_split_numpy (split, result, failure);
  if (split->call->dialect == SCOPE_TENSORFLOW)
    return scope_split_tensorflow (split, result, failure);
  switch (split->form)
    {
    case SCOPE_FORM_SPLIT:
      return scope_split_torch (split, result, failure);
    case SCOPE_FORM_CHUNK:
      return scope_split_torch_chunk (split, result, failure);
    case SCOPE_FORM_TENSOR_SPLIT:
      return scope_split_torch_tensor_split (split, result, failure);
    default:
      return scope_split_torch_named (split, result, failure);
    }
}

static void
set_outputs (const ScopeSplit *split, ScopeResult *result)
{
  /* Parts are views: they lie where they lay. */
  int64_t stride[SCOPE_MAX_RANK], without[SCOPE_MAX_RANK];
  scope_call_stride (split->call, &split->call->value[SCOPE_SPLIT_INPUT], stride);
  for (int axis = 0; axis + 1 < split->input.shape.rank; axis++)
    without[axis] = stride[axis < split->axis ? axis : axis + 1];
  for (int i = 0; i < split->parts; i++)
    {
      ScopeOutput *output = &result->many[i];
      *output = split->input;
      if (split->form != SCOPE_FORM_UNBIND)
        {
          output->shape.size[split->axis] = split->count[i];
          output->stride = scope_stride_keep (split->call, &output->shape, stride);
          continue;
        }
      output->shape.rank--;
      for (int axis = split->axis; axis < output->shape.rank; axis++)
        output->shape.size[axis] = split->input.shape.size[axis + 1];
      output->stride = scope_stride_keep (split->call, &output->shape, without);
    }
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeSplit split = { .call = call, .form = (ScopeSplitForm)call->spelling->variant };
  const ScopeValue *input = &call->value[SCOPE_SPLIT_INPUT];
  if (input->kind != SCOPE_VALUE_TENSOR && call->dialect == SCOPE_NUMPY)
    return scope_python_refuse (failure, &call->value[SCOPE_SPLIT_INPUT], "AttributeError", "%s",
                                scope_value_is_sequence (input)
                                    ? "'list' object has no attribute 'shape'"
                                    : "'int' object has no attribute 'shape'");
  if (!scope_operand_or_number (call, SCOPE_SPLIT_INPUT, &split.input, failure)
      || !cut (&split, result, failure))
    return false;
  set_outputs (&split, result);

  SplitPlan *plan =
      scope_arena_alloc (call->arena, sizeof *plan + (size_t)split.parts * sizeof plan->begin[0]);
  if (plan == NULL)
    return scope_call_out_of_memory (call);
  plan->axis = split.axis;
  plan->unbound = split.form == SCOPE_FORM_UNBIND;
  for (int i = 0; i < split.parts; i++)
    plan->begin[i] = plan->unbound ? i : split.begin[i];
  result->plan = plan;
  scope_result_add_input (call, result, input);
  return true;
}

static bool
read (const ScopeNode *node,
      ScopeReader *reader,
      const ScopeRegion *region,
      const ScopeBuffer *out,
      ScopeError *error)
{
  const SplitPlan *plan = node->plan;
  ScopeRegion source = *region;
  ScopeBuffer buffer = *out;
  if (plan->unbound)
    {
      source.rank++;
      for (int axis = source.rank - 1; axis > plan->axis; axis--)
        {
          source.start[axis] = region->start[axis - 1];
          source.step[axis] = region->step[axis - 1];
          source.count[axis] = region->count[axis - 1];
          buffer.stride[axis] = out->stride[axis - 1];
        }
      source.start[plan->axis] = 0;
      source.step[plan->axis] = 1;
      source.count[plan->axis] = 1;
      buffer.stride[plan->axis] = 0;
    }
  source.start[plan->axis] += plan->begin[node->part];
  return scope_read_input (node, reader, 0, &source, &buffer, error);
}

static bool
trace_part (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const SplitPlan *plan = node->plan;
  int64_t source[SCOPE_MAX_RANK];
  int rank = node->shape.rank + plan->unbound;
  for (int axis = 0, from = 0; axis < rank; axis++)
    {
      source[axis] = axis == plan->axis ? plan->begin[node->part] : 0;
      if (axis != plan->axis || !plan->unbound)
        source[axis] += index[from++];
    }
  return trace->add (trace, 0, source, 1);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter parameters[] = {
  [SCOPE_SPLIT_INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is split" },
  [SCOPE_SPLIT_SIZES] = { "sizes", SCOPE_TAKES_ANY, NULL, NULL,
                          "the size or number of parts, or where to cut" },
  [SCOPE_SPLIT_DIM] = { "dim", SCOPE_TAKES_AXIS, "0", NULL, "the axis that is cut" },
  { NULL },
};

static const ScopeParameter unbind_parameters[] = {
  [SCOPE_SPLIT_INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is taken apart" },
  [SCOPE_SPLIT_SIZES] = { "num", SCOPE_TAKES_INT, "None", NULL,
                          "the number of parts, for TensorFlow" },
  [SCOPE_SPLIT_DIM] = { "dim", SCOPE_TAKES_AXIS, "0", NULL, "the axis whose items are the parts" },
  { NULL },
};

static const ScopeSpelling split_spellings[] = {
  { "torch.split", SCOPE_PYTORCH, "input=tensor sizes=split_size_or_sections dim", SCOPE_FORM_SPLIT,
    .signature = "def split(tensor, split_size_or_sections, dim=0)" },
  { ".split", SCOPE_PYTORCH, "input sizes=split_size dim", SCOPE_FORM_SPLIT,
    .signature = "def Tensor.split(self, split_size, dim=0)" },
  { "torch.split_with_sizes", SCOPE_PYTORCH, "input sizes=split_sizes dim=dim=axis",
    SCOPE_FORM_SPLIT, .signature = "(Tensor input, tuple of ints split_sizes, int dim=0)" },
  { ".split_with_sizes", SCOPE_PYTORCH, "input sizes=split_sizes dim=dim=axis", SCOPE_FORM_SPLIT,
    .signature = "(tuple of ints split_sizes, int dim=0)" },
  { "np.split", SCOPE_NUMPY, "input=ary sizes=indices_or_sections dim=axis", SCOPE_FORM_EQUAL_SPLIT,
    .signature = "def split(ary, indices_or_sections, axis=0)" },
  { "tf.split", SCOPE_TENSORFLOW, "input=value sizes=num_or_size_splits dim=axis -num -name",
    SCOPE_FORM_SPLIT },
  { "jnp.split", SCOPE_JAX, "input=ary sizes=indices_or_sections dim=axis",
    SCOPE_FORM_EQUAL_SPLIT },
  { NULL },
};

static const ScopeSpelling chunk_spellings[] = {
  { "torch.chunk", SCOPE_PYTORCH, "input sizes=chunks dim=dim=axis", SCOPE_FORM_CHUNK,
    .signature = "(Tensor input, int chunks, int dim=0)" },
  { ".chunk", SCOPE_PYTORCH, "input sizes=chunks dim=dim=axis", SCOPE_FORM_CHUNK,
    .signature = "(int chunks, int dim=0)" },
  { NULL },
};

#define TORCH_TENSOR_SPLIT(object)                                                                 \
  .signature = "(" object "Tensor tensor_indices_or_sections, int dim=0)\n"                        \
               "(" object "int sections, int dim=0)\n"                                             \
               "(" object "tuple of ints indices, int dim=0)"

static const ScopeSpelling tensor_split_spellings[] = {
  { "torch.tensor_split", SCOPE_PYTORCH,
    "input sizes=sections=indices=tensor_indices_or_sections dim=dim=axis", SCOPE_FORM_TENSOR_SPLIT,
    TORCH_TENSOR_SPLIT ("Tensor input, ") },
  { ".tensor_split", SCOPE_PYTORCH,
    "input sizes=sections=indices=tensor_indices_or_sections dim=dim=axis", SCOPE_FORM_TENSOR_SPLIT,
    TORCH_TENSOR_SPLIT ("") },
  { "np.array_split", SCOPE_NUMPY, "input=ary sizes=indices_or_sections dim=axis",
    SCOPE_FORM_TENSOR_SPLIT, .signature = "def array_split(ary, indices_or_sections, axis=0)" },
  { "jnp.array_split", SCOPE_JAX, "input=ary sizes=indices_or_sections dim=axis",
    SCOPE_FORM_TENSOR_SPLIT },
  { NULL },
};

#define TORCH_NAMED_SPLIT                                                                          \
  .signature = "(Tensor input, int sections)\n(Tensor input, tuple of ints indices)"
#define TORCH_NAMED_METHOD .signature = "(int sections)\n(tuple of ints indices)"

#define NAMED_SPLITS(table, name, form)                                                            \
  static const ScopeSpelling table[] = {                                                           \
    { "torch." name, SCOPE_PYTORCH, "input sizes=sections=indices", form, TORCH_NAMED_SPLIT },     \
    { "." name, SCOPE_PYTORCH, "input *sizes=sections=indices", form, TORCH_NAMED_METHOD },        \
    { "np." name, SCOPE_NUMPY, "input=ary sizes=indices_or_sections", form,                        \
      .signature = "def " name "(ary, indices_or_sections)" },                                     \
    { "jnp." name, SCOPE_JAX, "input=ary sizes=indices_or_sections", form },                       \
    { NULL },                                                                                      \
  }

NAMED_SPLITS (hsplit_spellings, "hsplit", SCOPE_FORM_HSPLIT);
NAMED_SPLITS (vsplit_spellings, "vsplit", SCOPE_FORM_VSPLIT);
NAMED_SPLITS (dsplit_spellings, "dsplit", SCOPE_FORM_DSPLIT);

static const ScopeSpelling unbind_spellings[] = {
  { "torch.unbind", SCOPE_PYTORCH, "input dim=dim=axis", SCOPE_FORM_UNBIND,
    .signature = "(Tensor input, int dim=0)\n(Tensor input, name dim)" },
  { ".unbind", SCOPE_PYTORCH, "input dim=dim=axis", SCOPE_FORM_UNBIND,
    .signature = "(int dim=0)\n(name dim)" },
  { "tf.unstack", SCOPE_TENSORFLOW, "input=value num dim=axis -name", SCOPE_FORM_UNBIND },
  { NULL },
};

#define SPLITTING(title, words, spellings, table)                                                  \
  {                                                                                                \
    .name = title, .group = "joining", .about = words, .spelling = spellings, .parameter = table,  \
    .infer = infer, .read = read, .trace = trace_part                                              \
  }

const ScopeOp scope_ops_splitting[] = {
  SPLITTING ("split",
             "Cuts a tensor along an axis into parts of a size, or of given sizes.",
             split_spellings,
             parameters),
  SPLITTING ("chunk",
             "Cuts a tensor along an axis into at most so many parts.",
             chunk_spellings,
             parameters),
  SPLITTING ("tensor_split",
             "Cuts a tensor into parts as equal as can be, or at given places.",
             tensor_split_spellings,
             parameters),
  SPLITTING ("hsplit",
             "Cuts a tensor along axis 1, of one axis along axis 0.",
             hsplit_spellings,
             parameters),
  SPLITTING ("vsplit", "Cuts a tensor along axis 0.", vsplit_spellings, parameters),
  SPLITTING ("dsplit", "Cuts a tensor along axis 2.", dsplit_spellings, parameters),
  SPLITTING ("unbind",
             "Gives the items of an axis as separate tensors.",
             unbind_spellings,
             unbind_parameters),
  { NULL },
};
