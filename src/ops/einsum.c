/* einsum: sums of products by letters. */
#include "core/arena.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/broadcast.h"
#include "ops/contract.h"
#include "ops/einsum-equation.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/torch-product.h"

#include <string.h>

enum
{
  P_EQUATION,
  P_OPERANDS,
  P_OPTIMIZE,
};

enum
{
  NO_LABEL = 0xFF,
  MOST_OPERANDS = 64,
};

/* The labels of a product: letters and the axes an ellipsis stands for, numbered as the plan wants
 * them: first those of the result in its order, then those that are summed. */
typedef struct
{
  int operands;
  const ScopeOutput *operand;
  ScopeEquation equation;
  int unnamed;                         /* the most axes that an ellipsis stands for */
  int ellipsis;                        /* label of the first of them */
  uint8_t letter[128];                 /* label of each letter, or NO_LABEL */
  int outputs, labels;                 /* labels of the result; all labels */
  uint8_t name[SCOPE_CONTRACT_LABELS]; /* the letter of a label, 0 for an axis of the ellipsis */
  ScopeContraction *plan;
} Einsum;

/* ---- labels ---------------------------------------------------------------------------------- */

static void
count_unnamed (Einsum *einsum)
{
  for (int i = 0; i < einsum->operands; i++)
    {
      const ScopeTerm *term = &einsum->equation.term[i];
      int unnamed = einsum->operand[i].shape.rank - (term->letters - 1);
      if (scope_term_has (term, SCOPE_EINSUM_ELLIPSIS) && unnamed > einsum->unnamed)
        einsum->unnamed = unnamed;
    }
}

static void
add_letter (Einsum *einsum, int letter)
{
  einsum->letter[letter] = (uint8_t)einsum->labels;
  einsum->name[einsum->labels++] = (uint8_t)letter;
}

static void
add_ellipsis (Einsum *einsum)
{
  einsum->ellipsis = einsum->labels;
  einsum->labels += einsum->unnamed;
}

/* Letters in the order of their codes: capitals first. */
static void
add_letters (Einsum *einsum, bool only_once)
{
  for (int letter = 'A'; letter <= 'z'; letter++)
    {
      int count = scope_equation_count (&einsum->equation, letter);
      if (count > 0 && einsum->letter[letter] == NO_LABEL && (!only_once || count == 1))
        add_letter (einsum, letter);
    }
}

static void
number_labels (Einsum *einsum)
{
  memset (einsum->letter, NO_LABEL, sizeof einsum->letter);
  count_unnamed (einsum);
  const ScopeTerm *output = &einsum->equation.output;
  bool ellipsis = !einsum->equation.has_output || scope_term_has (output, SCOPE_EINSUM_ELLIPSIS);
  if (einsum->equation.has_output)
    for (int i = 0; i < output->letters; i++)
      if (output->letter[i] == SCOPE_EINSUM_ELLIPSIS)
        add_ellipsis (einsum);
      else
        add_letter (einsum, output->letter[i]);
  else
    {
      add_ellipsis (einsum);
      add_letters (einsum, true);
    }
  einsum->outputs = einsum->labels;
  if (!ellipsis)
    add_ellipsis (einsum);
  add_letters (einsum, false);
}

/* The labels of an operand's axes. */
static void
label_factor (const Einsum *einsum, int i, ScopeFactor *factor)
{
  const ScopeTerm *term = &einsum->equation.term[i];
  const ScopeShape *shape = &einsum->operand[i].shape;
  factor->rank = shape->rank;
  memcpy (factor->size, shape->size, sizeof factor->size);
  int axis = 0;
  for (int k = 0; k < term->letters; k++)
    if (term->letter[k] != SCOPE_EINSUM_ELLIPSIS)
      factor->label[axis++] = einsum->letter[term->letter[k]];
    else
      {
        int own = shape->rank - (term->letters - 1);
        for (int j = einsum->unnamed - own; j < einsum->unnamed; j++)
          factor->label[axis++] = (uint8_t)(einsum->ellipsis + j);
      }
}

/* ---- sizes ----------------------------------------------------------------------------------- */

/* Where two sizes of one label differ. */
typedef struct
{
  int label;
  int operand, axis, reduced_axis; /* reduced: counted without the repeated letters before it */
  int64_t size, before;            /* the size here, and that seen before */
  int before_operand;
  bool repeated; /* within one operand */
} Mismatch;

static void
add_mismatch (const Einsum *einsum, const Mismatch *found, ScopeFailure *failure)
{
  int rank = 0;
  for (int i = 0; i < einsum->operands; i++)
    if (einsum->operand[i].shape.rank > rank)
      rank = einsum->operand[i].shape.rank;
  if (failure->axes == SCOPE_MAX_RANK)
    return;
  scope_failure_add_axis (failure, rank,
                          found->axis + rank - einsum->operand[found->operand].shape.rank,
                          found->before, found->size);
  failure->axis[failure->axes - 1].operand[0] = found->before_operand;
  failure->axis[failure->axes - 1].operand[1] = found->operand;
}

/* Whether NumPy makes a view of a single operand as far as `axis`: it gives up at the first letter
 * that is not in the result. */
static bool
is_numpy_view (const ScopeCall *call, const Einsum *einsum, int axis)
{
  if (call->dialect != SCOPE_NUMPY || einsum->operands != 1)
    return false;
  for (int i = 0; i <= axis; i++)
    if (einsum->plan->factor[0].label[i] >= einsum->outputs)
      return false;
  return true;
}

/* Sets the size of every label. The first mismatch goes to *first, all of them to `failure`.
 * Within one operand sizes must be equal, between operands 1 stretches. */
static bool
measure (const ScopeCall *call, const Einsum *einsum, ScopeFailure *failure, Mismatch *first)
{
  int64_t *size = einsum->plan->size;
  int seen[SCOPE_CONTRACT_LABELS];
  memset (seen, -1, sizeof seen);
  for (int label = 0; label < einsum->labels; label++)
    size[label] = 1;
  bool fits = true;
  for (int i = 0; i < einsum->operands; i++)
    {
      const ScopeFactor *factor = &einsum->plan->factor[i];
      int reduced = 0;
      for (int axis = 0; axis < factor->rank; axis++)
        {
          int label = factor->label[axis], before = 0;
          while (factor->label[before] != label)
            before++;
          Mismatch found = { .label = label,
                             .operand = i,
                             .axis = axis,
                             .reduced_axis = reduced,
                             .size = factor->size[axis],
                             .repeated = before < axis };
          bool differs;
          if (found.repeated)
            {
              found.before = factor->size[before];
              found.before_operand = i;
              differs = scope_sizes_differ (found.before, found.size);
              if (differs && found.before == 0 && is_numpy_view (call, einsum, axis))
                {
                  /* NumPy takes the 0 for a size not set yet, and shows memory beyond the array. */
                  size[label] = found.size;
                  einsum->plan->is_zero = true;
                  differs = false;
                }
            }
          else
            {
              reduced++;
              found.before = size[label];
              found.before_operand = seen[label];
              int64_t both = found.before;
              differs = !scope_broadcast_sizes (found.before, found.size, &both);
              size[label] = both;
              if (found.size != 1)
                seen[label] = i;
            }
          if (!differs)
            continue;
          if (fits)
            {
              scope_failure_begin (failure, SCOPE_RULE_CONTRACT);
              *first = found;
            }
          fits = false;
          add_mismatch (einsum, &found, failure);
        }
    }
  return fits;
}

/* ---- words ----------------------------------------------------------------------------------- */

static void
explain (const Einsum *einsum, const Mismatch *found, ScopeFailure *failure)
{
  int letter = einsum->name[found->label];
  long long size = found->size, before = found->before;
  if (letter != 0 && found->repeated)
    scope_failure_explain (failure,
                           "%c stands for axes of %lld and %lld in operand %d; a letter that is "
                           "repeated takes a diagonal, so they must be equal.",
                           letter, before, size, found->operand);
  else if (letter != 0)
    scope_failure_explain (failure, "%c has %lld elements in operand %d but %lld in operand %d.",
                           letter, before, found->before_operand, size, found->operand);
  else
    scope_failure_explain (
        failure,
        "An axis under the ellipsis has %lld elements in operand %d but %lld in operand %d.",
        before, found->before_operand, size, found->operand);
}

static bool
say_torch (const Einsum *einsum, const Mismatch *found, ScopeFailure *failure)
{
  int letter = einsum->name[found->label];
  long long size = found->size, before = found->before;
  if (found->repeated)
    return scope_failure_say (failure, "RuntimeError",
                              "einsum(): subscript %c is repeated for operand %d but the sizes "
                              "don't match, %lld != %lld",
                              letter, found->operand, size, before);
  if (letter != 0)
    return scope_failure_say (failure, "RuntimeError",
                              "einsum(): subscript %c has size %lld for operand %d which does not "
                              "broadcast with previously seen size %lld",
                              letter, size, found->operand, before);
  return scope_failure_say (failure, "RuntimeError",
                            "einsum(): dimension %d covered by ellipsis in operand %dhas size %lld "
                            "which does not broadcast with previously seen ellipsis with size %lld "
                            "for the respective dimension",
                            found->reduced_axis, found->operand, size, before);
}

/* The shape of an operand over the result's labels and then the summed ones, as NumPy's iterator
 * shows it: axes it lacks are `newaxis`, but not in front. */
static void
print_remapped (const Einsum *einsum, int operand, ScopeText *text)
{
  const ScopeFactor *factor = &einsum->plan->factor[operand];
  int printed = 0, skipped = 0;
  scope_text_append (text, "(");
  for (int label = 0; label < einsum->labels; label++)
    {
      int axis = 0;
      while (axis < factor->rank && factor->label[axis] != label)
        axis++;
      if (axis == factor->rank)
        {
          if (printed == 0)
            skipped++;
          else
            scope_text_append (text, ",newaxis");
          printed += printed > 0;
          continue;
        }
      if (printed++ > 0)
        scope_text_append (text, ",");
      scope_size_print (factor->size[axis], text);
    }
  scope_text_append (text, printed == 1 && skipped == 0 ? ",)" : ")");
}

/* The shape of an operand without the axes that its repeated letters take together. */
static ScopeShape
combined_shape (const ScopeFactor *factor)
{
  ScopeShape shape = { 0 };
  for (int axis = 0; axis < factor->rank; axis++)
    if (memchr (factor->label, factor->label[axis], (size_t)axis) == NULL)
      shape.size[shape.rank++] = factor->size[axis];
  return shape;
}

static bool
say_numpy (const Einsum *einsum, ScopeFailure *failure)
{
  ScopeText text = { 0 };
  for (int i = 0; i < einsum->operands; i++)
    {
      ScopeShape shape = combined_shape (&einsum->plan->factor[i]);
      scope_shape_print (&shape, SCOPE_SHAPE_TIGHT_TUPLE, &text);
      scope_text_append (&text, "->");
      print_remapped (einsum, i, &text);
      scope_text_append (&text, " ");
    }
  scope_failure_say (failure, "ValueError",
                     "operands could not be broadcast together with remapped shapes "
                     "[original->remapped]: %s",
                     scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

/* A letter repeated in one operand. */
static bool
say_numpy_repeated (const ScopeCall *call,
                    const Einsum *einsum,
                    const Mismatch *found,
                    ScopeFailure *failure)
{
  int letter = einsum->name[found->label];
  long long before = found->before, size = found->size;
  if (is_numpy_view (call, einsum, found->axis))
    return scope_failure_say (failure, "ValueError",
                              "dimensions in single operand for collapsing index '%c' don't match "
                              "(%lld != %lld)",
                              letter, before, size);
  return scope_failure_say (
      failure, "ValueError",
      "dimensions in operand %d for collapsing index '%c' don't match (%lld != %lld)",
      found->operand, letter, before, size);
}

static bool
say_mismatch (const ScopeCall *call,
              const Einsum *einsum,
              bool strict,
              const Mismatch *found,
              ScopeFailure *failure)
{
  explain (einsum, found, failure);
  int letter = einsum->name[found->label];
  long long before = found->before, size = found->size;
  if (strict && letter != 0)
    return scope_failure_say (
        failure, "ValueError",
        "Size of label '%c' for operand %d (%lld) does not match previous terms (%lld).", letter,
        found->operand, before, size);
  switch (call->dialect)
    {
    case SCOPE_PYTORCH:
      return say_torch (einsum, found, failure);
    case SCOPE_NUMPY:
      return found->repeated ? say_numpy_repeated (call, einsum, found, failure)
                             : say_numpy (einsum, failure);
    case SCOPE_TENSORFLOW:
      {
        ScopeText text = { 0 };
        scope_shape_print (&einsum->operand[found->operand].shape, SCOPE_SHAPE_TIGHT_LIST, &text);
        scope_say_tensorflow (failure, "Einsum",
                              "Expected dimension %lld at axis %d of the input shaped %s but got "
                              "dimension %lld",
                              before, found->axis, scope_text_string (&text), size);
        scope_text_clear (&text);
        return false;
      }
    default:
      return false;
    }
}

/* ---- PyTorch's types ------------------------------------------------------------------------- */

/* PyTorch multiplies from left to right, an operand being its sizes along all labels. */
typedef struct
{
  ScopeDtype dtype;
  int64_t size[SCOPE_CONTRACT_LABELS];
} Stage;

static void
start_stage (const Einsum *einsum, int i, Stage *stage)
{
  const ScopeFactor *factor = &einsum->plan->factor[i];
  stage->dtype = einsum->operand[i].dtype;
  for (int label = 0; label < einsum->labels; label++)
    stage->size[label] = 1;
  for (int axis = 0; axis < factor->rank; axis++)
    stage->size[factor->label[axis]] = factor->size[axis];
}

/* a · b over `summed` labels: batches, rows, columns and the sum are made one axis each. */
static bool
torch_pair (const Einsum *einsum,
            Stage *a,
            const Stage *b,
            const bool *summed,
            bool sums,
            ScopeFailure *failure)
{
  if (!sums)
    {
      const ScopeMixed mixed[2] = { scope_mixed_tensor (a->dtype, einsum->labels),
                                    scope_mixed_tensor (b->dtype, einsum->labels) };
      if (!scope_promote (SCOPE_PYTORCH, mixed, 2, &a->dtype))
        return scope_torch_expected_type (a->dtype, b->dtype, failure);
      for (int label = 0; label < einsum->labels; label++)
        scope_broadcast_sizes (a->size[label], b->size[label], &a->size[label]);
      return true;
    }
  int64_t part[4][SCOPE_CONTRACT_LABELS]; /* batch, row, column, sum */
  int parts[4] = { 0 };
  for (int label = 0; label < einsum->labels; label++)
    {
      bool left = a->size[label] != 1, right = b->size[label] != 1;
      int which = summed[label] ? 3 : left && right ? 0 : left ? 1 : 2;
      int64_t size = left ? a->size[label] : b->size[label];
      part[which][parts[which]++] = size;
      a->size[label] = summed[label] ? 1 : size;
    }
  int64_t size[4];
  for (int i = 0; i < 4; i++)
    size[i] = scope_sizes_product (part[i], parts[i]);
  ScopeOutput left = { { 3, { size[0], size[1], size[3] } }, a->dtype };
  ScopeOutput right = { { 3, { size[0], size[3], size[2] } }, b->dtype }, product;
  if (!scope_torch_bmm (&left, &right, &product, failure))
    return false;
  a->dtype = product.dtype;
  return true;
}

/* Labels that only one of the two still has are summed before they are multiplied. */
static bool
torch_step (const Einsum *einsum, int *counts, Stage *a, Stage *b, ScopeFailure *failure)
{
  bool summed[SCOPE_CONTRACT_LABELS] = { false }, sums = false;
  for (int label = einsum->outputs; label < einsum->labels; label++)
    if (a->size[label] != 1 && b->size[label] != 1)
      {
        if (--counts[label] == 1)
          {
            summed[label] = sums = true;
            counts[label] = 0;
          }
      }
    else if (counts[label] == 1 && (a->size[label] != 1 || b->size[label] != 1))
      {
        Stage *one = a->size[label] != 1 ? a : b;
        one->dtype = scope_torch_summed_type (one->dtype);
        one->size[label] = 1;
        counts[label] = 0;
      }
  return torch_pair (einsum, a, b, summed, sums, failure);
}

static bool
torch_type (const Einsum *einsum, ScopeDtype *out, ScopeFailure *failure)
{
  Stage stage, next;
  int counts[SCOPE_CONTRACT_LABELS] = { 0 };
  for (int i = 0; i < einsum->operands; i++)
    {
      start_stage (einsum, i, &next);
      for (int label = 0; label < einsum->labels; label++)
        counts[label] += next.size[label] != 1;
    }
  start_stage (einsum, 0, &stage);
  for (int i = 1; i < einsum->operands; i++)
    {
      start_stage (einsum, i, &next);
      if (!torch_step (einsum, counts, &stage, &next, failure))
        return false;
    }
  *out = einsum->operands == 1 && einsum->labels > einsum->outputs
             ? scope_torch_summed_type (stage.dtype)
             : stage.dtype;
  return true;
}

static bool
result_type (const ScopeCall *call, const Einsum *einsum, ScopeDtype *out, ScopeFailure *failure)
{
  if (call->dialect == SCOPE_PYTORCH)
    return torch_type (einsum, out, failure);
  ScopeMixed *mixed = scope_arena_alloc (call->arena, (size_t)einsum->operands * sizeof *mixed);
  if (mixed == NULL)
    return scope_call_out_of_memory (call);
  for (int i = 0; i < einsum->operands; i++)
    mixed[i] = scope_mixed_from_value (call, &call->value[P_OPERANDS].item[i]);
  if (scope_promote (call->dialect, mixed, einsum->operands, out))
    return true;
  return scope_refuse_tensorflow_types (failure, "Einsum", einsum->operand[0].dtype,
                                        einsum->operand[einsum->operands - 1].dtype);
}

/* ---- the operation --------------------------------------------------------------------------- */

static bool
refuse_call (const ScopeCall *call, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  scope_failure_explain (
      failure, "einsum needs an equation and at least one tensor: einsum('ij,jk', A, B).");
  if (call->dialect == SCOPE_NUMPY)
    return scope_failure_say (
        failure, "ValueError",
        "must specify the einstein sum subscripts string and at least one operand%s",
        scope_value_given (&call->value[P_EQUATION])
            ? ""
            : ", or at least one operand and its corresponding subscripts list");
  if (call->dialect == SCOPE_PYTORCH)
    return scope_failure_say (failure, "ValueError",
                              "einsum(): must specify the equation string and at least one "
                              "operand, or at least one operand and its subscripts list");
  return false;
}

static bool
read_operands (const ScopeCall *call, Einsum *einsum, int **rank_out, ScopeFailure *failure)
{
  const ScopeValue *operands = &call->value[P_OPERANDS];
  einsum->operands = operands->items;
  if (operands->items > MOST_OPERANDS)
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      scope_failure_explain (failure, "Shapescope multiplies at most %d tensors in one einsum.",
                             MOST_OPERANDS);
      return false;
    }
  ScopeOutput *operand =
      scope_arena_alloc (call->arena, (size_t)einsum->operands * sizeof *operand);
  int *rank = scope_arena_alloc (call->arena, (size_t)einsum->operands * sizeof *rank);
  if (operand == NULL || rank == NULL)
    return scope_call_out_of_memory (call);
  for (int i = 0; i < einsum->operands; i++)
    {
      const ScopeValue *item = &operands->item[i];
      bool number = scope_value_is_int (item) || item->kind == SCOPE_VALUE_FLOAT;
      if (item->kind != SCOPE_VALUE_TENSOR && (!number || call->dialect == SCOPE_PYTORCH))
        return scope_call_refuse (call, P_OPERANDS, failure,
                                  "expected Tensor as element %d in argument 1, but got %s", i,
                                  scope_value_type_name (call, item));
      operand[i].shape = *scope_call_shape (call, item);
      operand[i].dtype = scope_call_dtype (call, item);
      rank[i] = operand[i].shape.rank;
    }
  einsum->operand = operand;
  *rank_out = rank;
  return true;
}

/* Numbers the labels and lays out the plan; false (LIMIT) when there are too many. */
static bool
lay_out (const ScopeCall *call, Einsum *einsum, ScopeFailure *failure)
{
  number_labels (einsum);
  if (einsum->outputs > SCOPE_MAX_RANK)
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      scope_failure_explain (failure, "The result would have %d axes; Shapescope knows at most %d.",
                             einsum->outputs, SCOPE_MAX_RANK);
      return false;
    }
  einsum->plan = scope_contraction_new (call->arena, einsum->operands);
  if (einsum->plan == NULL)
    return scope_call_out_of_memory (call);
  einsum->plan->outputs = einsum->outputs;
  einsum->plan->labels = einsum->labels;
  for (int i = 0; i < einsum->operands; i++)
    label_factor (einsum, i, &einsum->plan->factor[i]);
  return true;
}

static bool
einsum_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *equation = &call->value[P_EQUATION];
  if (equation->kind == SCOPE_VALUE_TENSOR)
    {
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      scope_failure_explain (failure, "Shapescope knows einsum by its equation, not yet with lists "
                                      "of numbers: einsum('ij,jk', A, B).");
      return false;
    }
  const ScopeValue *operands = &call->value[P_OPERANDS];
  if (equation->kind != SCOPE_VALUE_STRING || !scope_value_is_sequence (operands)
      || operands->items == 0)
    return refuse_call (call, failure);

  Einsum einsum = { 0 };
  int *rank = NULL;
  bool optimize = false;
  const ScopeValue *option = &call->value[P_OPTIMIZE];
  if (option->kind == SCOPE_VALUE_STRING)
    optimize = true;
  else if (scope_value_is_int (option))
    optimize = option->integer != 0;
  bool strict = call->dialect == SCOPE_JAX || (call->dialect == SCOPE_NUMPY && optimize);
  if (!read_operands (call, &einsum, &rank, failure)
      || !scope_equation_parse (call, P_EQUATION, equation->text, einsum.operands, rank, strict,
                                &einsum.equation, failure)
      || !lay_out (call, &einsum, failure))
    return false;
  Mismatch first = { 0 };
  if (!measure (call, &einsum, failure, &first))
    return say_mismatch (call, &einsum, strict, &first, failure);
  ScopeContraction *plan = einsum.plan;
  if (!result_type (call, &einsum, &plan->dtype, failure))
    return false;

  ScopeShape out = { .rank = einsum.outputs };
  memcpy (out.size, plan->size, (size_t)out.rank * sizeof *out.size);
  scope_result_set (result, &out, plan->dtype);
  for (int i = 0; i < einsum.operands; i++)
    scope_result_add_input (call, result, &operands->item[i]);
  result->plan = plan;
  return true;
}

static const ScopeParameter einsum_parameters[] = {
  { "equation", SCOPE_TAKES_STRING, "''", NULL, "a letter for each axis: 'bij,bjk->bik'" },
  { "operands", SCOPE_TAKES_TENSORS, "()", NULL, "the factors" },
  { "optimize", SCOPE_TAKES_ANY, "False", NULL, "the order of multiplication; changes no result" },
  { NULL },
};

static const ScopeSpelling einsum_spellings[] = {
  { "torch.einsum", SCOPE_PYTORCH, "equation *operands", 0, false },
  { "np.einsum", SCOPE_NUMPY, "equation *operands | optimize -out -dtype -order -casting", 0,
    false },
  { "tf.einsum", SCOPE_TENSORFLOW, "equation *operands | optimize -name", 0, false },
  { "jnp.einsum", SCOPE_JAX, "equation *operands | optimize -precision", 0, false },
  { NULL },
};

const ScopeOp scope_ops_einsum[] = {
  {
      .name = "einsum",
      .group = "product",
      .about = "sums of products, with a letter for each axis",
      .spelling = einsum_spellings,
      .parameter = einsum_parameters,
      .infer = einsum_infer,
      .read = scope_contraction_read,
      .trace = scope_contraction_trace,
  },
  { .name = NULL },
};
