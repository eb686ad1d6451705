/* Hazards of shapes that meet: every value with every other, losses of two shapes, memory. */
#include "advice/hazard-parts.h"

#include <string.h>

#define MEBIBYTE INT64_C (1048576)
/* A result of this size is worth a word. */
#define LARGE_BYTES (4096 * MEBIBYTE)
/* A broadcast of this size is, when it is so many times larger than what meets. */
#define BROADCAST_BYTES (16 * MEBIBYTE)
#define BROADCAST_TIMES 8

/* The shapes that meet, as they take part. */
static bool
get_shapes (const ScopeNode *node, const ScopeShape **a, const ScopeShape **b)
{
  if (node->op->align != SCOPE_ALIGN_BROADCAST || node->operands != 2)
    return false;
  *a = &node->operand[0].shape;
  *b = &node->operand[1].shape;
  return scope_shape_is_known (*a) && scope_shape_is_known (*b);
}

static int64_t
count_of (const ScopeShape *shape)
{
  int64_t count;
  return scope_shape_count (shape, &count, NULL) ? count : INT64_MAX;
}

/* Who writes A[:, None] or A.unsqueeze (1) wants the product. */
static bool
is_deliberate (const ScopeNode *node)
{
  static const char *const names[] = { "index",        "unsqueeze", "expand",  "expand_as",
                                       "broadcast_to", "permute",   "atleast", "reshape",
                                       "view",         NULL };
  return scope_node_is (scope_node_operand (node, 0), names)
         || scope_node_is (scope_node_operand (node, 1), names);
}

/* Whether a stretches along some axis and b along another: n with (n, 1) gives n × n although each
 * has n values. Told apart from an outer product that is meant by the equal number of values and
 * by the ranks: who writes (n, 1) with (1, n) means it. */
static bool
is_outer (const ScopeShape *a, const ScopeShape *b, const ScopeShape *result)
{
  int64_t count_a = count_of (a), count_b = count_of (b), count = count_of (result);
  return count_a == count_b && count_a > 1 && count > count_a && a->rank != b->rank;
}

/* ---- losses --------------------------------------------------------------------------------- */

/* Losses whose two tensors belong together one by one. */
static bool
is_paired_loss (const ScopeNode *node)
{
  static const char *const losses[] = { "mse_loss",   "l1_loss", "smooth_l1_loss",
                                        "huber_loss", "kl_div",  NULL };
  static const char *const layers[] = { "nn.MSELoss",           "nn.L1Loss",  "nn.SmoothL1Loss",
                                        "nn.HuberLoss",         "nn.BCELoss", "nn.KLDivLoss",
                                        "nn.BCEWithLogitsLoss", NULL };
  if (scope_node_is (node, losses))
    return true;
  for (int i = 0; strcmp (node->op->name, "loss_layer") == 0 && layers[i] != NULL; i++)
    if (node->spelling != NULL && strcmp (node->spelling->name, layers[i]) == 0)
      return true;
  return false;
}

/* The difference that `((A - B)**2).mean()` and the like average, or NULL. */
static const ScopeNode *
averaged_difference (const ScopeNode *node)
{
  static const char *const averages[] = { "mean", "sum", "nanmean", "nansum", NULL };
  static const char *const losses[] = { "square", "absolute", "power", "multiply", "fabs", NULL };
  static const char *const differences[] = { "subtract", NULL };
  if (!scope_node_is (node, averages))
    return NULL;
  const ScopeNode *loss = scope_node_operand (node, 0);
  if (!scope_node_is (loss, losses))
    return NULL;
  const ScopeNode *difference = scope_node_operand (loss, 0);
  bool twice =
      strcmp (loss->op->name, "multiply") != 0 || scope_node_operand (loss, 1) == difference;
  return scope_node_is (difference, differences) && twice ? difference : NULL;
}

/* A mean or the like that is taken off: its shape is smaller on purpose. */
static bool
is_summary (const ScopeNode *node)
{
  return node == NULL || node->shape.rank == 0
         || (node->op != NULL && strcmp (node->op->group, "reduction") == 0);
}

/* The lower rank gets the axis that it lacks, when that makes both alike. */
static void
fix_axis (ScopeLookout *lookout, ScopeHazard *hazard, const ScopeNode *node)
{
  for (int low = 0; low < 2; low++)
    {
      const ScopeNode *lower = scope_node_operand (node, low);
      const ScopeNode *higher = scope_node_operand (node, 1 - low);
      if (lower == NULL || higher == NULL || higher->shape.rank != lower->shape.rank + 1
          || higher->shape.size[lower->shape.rank] != 1
          || memcmp (higher->shape.size, lower->shape.size,
                     (size_t)lower->shape.rank * sizeof lower->shape.size[0])
                 != 0)
        continue;
      ScopeText text = { 0 };
      scope_lookout_print (lookout, node->value[low].span, true, &text);
      scope_text_append (&text, lower->shape.rank == 1 ? "[:, None]" : "[..., None]");
      scope_lookout_fix (lookout, hazard, node->value[low].span, scope_text_string (&text));
      scope_text_clear (&text);
    }
}

/* `from` holds the two tensors. */
static void
warn_of_loss (ScopeLookout *lookout, const ScopeNode *node, const ScopeNode *from)
{
  const ScopeNode *first = scope_node_operand (from, 0), *second = scope_node_operand (from, 1);
  if (first == NULL || second == NULL || scope_shape_equal (&first->shape, &second->shape)
      || !scope_shape_is_known (&first->shape) || !scope_shape_is_known (&second->shape))
    return;
  ScopeHazard *hazard = scope_lookout_add (lookout, node, "loss-shapes", SCOPE_WORRY_LOSS);
  if (hazard == NULL)
    return;
  ScopeText a = { 0 }, b = { 0 };
  scope_lookout_print_shape (&first->shape, &a);
  scope_lookout_print_shape (&second->shape, &b);
  scope_text_printf (&hazard->sentence,
                     translated (lookout,
                                 "The loss compares %s with %s: values are paired by stretching, "
                                 "not one by one, and it learns the wrong thing without an error. "
                                 "Give both the same shape."),
                     scope_text_string (&a), scope_text_string (&b));
  fix_axis (lookout, hazard, from);
  scope_text_clear (&a);
  scope_text_clear (&b);
}

/* Whether the node is the difference that a loss averages: the loss says it. */
static bool
belongs_to_loss (const ScopeLookout *lookout, const ScopeNode *node)
{
  int loss = lookout->user[node->number];
  int average = loss >= 0 ? lookout->user[loss] : -1;
  return average >= 0 && averaged_difference (lookout->program->node[average]) == node;
}

static void
look_at_loss (ScopeLookout *lookout, const ScopeNode *node)
{
  const ScopeNode *difference = averaged_difference (node);
  if (is_paired_loss (node))
    warn_of_loss (lookout, node, node);
  else if (difference != NULL && !is_summary (scope_node_operand (difference, 0))
           && !is_summary (scope_node_operand (difference, 1)) && !is_deliberate (difference))
    warn_of_loss (lookout, node, difference);
}

/* ---- outer products and broadcasts ---------------------------------------------------------- */

static void
warn_of_outer (ScopeLookout *lookout,
               const ScopeNode *node,
               const ScopeShape *a,
               const ScopeShape *b)
{
  ScopeHazard *hazard = scope_lookout_add (lookout, node, "outer-product", SCOPE_WORRY_OUTER);
  if (hazard == NULL)
    return;
  ScopeText first = { 0 }, second = { 0 }, result = { 0 };
  scope_lookout_print_shape (a, &first);
  scope_lookout_print_shape (b, &second);
  scope_lookout_print_shape (&node->shape, &result);
  scope_text_printf (
      &hazard->sentence,
      translated (lookout, "%s with %s fits, but every value meets every other: the result "
                           "is %s. If they were to be paired one by one, give both the same "
                           "shape."),
      scope_text_string (&first), scope_text_string (&second), scope_text_string (&result));
  fix_axis (lookout, hazard, node);
  scope_text_clear (&first);
  scope_text_clear (&second);
  scope_text_clear (&result);
}

static int64_t
larger_operand (const ScopeNode *node)
{
  int64_t larger = 0;
  for (int i = 0; i < 2; i++)
    {
      const ScopeNode *operand = scope_node_operand (node, i);
      int64_t bytes = operand != NULL ? scope_node_bytes (operand) : 0;
      larger = bytes > larger ? bytes : larger;
    }
  return larger;
}

static void
warn_of_broadcast (ScopeLookout *lookout, const ScopeNode *node, int64_t before, int64_t after)
{
  ScopeHazard *hazard =
      scope_lookout_add (lookout, node, "broadcast-memory", SCOPE_WORRY_BROADCAST);
  if (hazard == NULL)
    return;
  ScopeText small = { 0 }, large = { 0 }, shape = { 0 };
  scope_text_append_bytes_count (&small, before);
  scope_text_append_bytes_count (&large, after);
  scope_lookout_print_shape (&node->shape, &shape);
  scope_text_printf (
      &hazard->sentence,
      translated (lookout, "Stretching multiplies memory: what meets takes %s at most, the "
                           "result %s takes %s."),
      scope_text_string (&small), scope_text_string (&shape), scope_text_string (&large));
  scope_text_clear (&small);
  scope_text_clear (&large);
  scope_text_clear (&shape);
}

void
scope_hazard_meeting (ScopeLookout *lookout, const ScopeNode *node)
{
  const ScopeShape *a, *b;
  look_at_loss (lookout, node);
  if (!get_shapes (node, &a, &b) || is_paired_loss (node) || belongs_to_loss (lookout, node))
    return;
  if (is_outer (a, b, &node->shape) && !is_deliberate (node))
    {
      warn_of_outer (lookout, node, a, b);
      return;
    }
  int64_t before = larger_operand (node), after = scope_node_bytes (node);
  if (after >= BROADCAST_BYTES && after < LARGE_BYTES && before > 0
      && after / before >= BROADCAST_TIMES)
    warn_of_broadcast (lookout, node, before, after);
}

/* ---- memory --------------------------------------------------------------------------------- */

/* Those that give another view of memory that is there. */
static bool
is_view (const ScopeNode *node)
{
  static const char *const names[] = {
    "expand",       "expand_as",  "broadcast_to",     "index",   "view",
    "permute",      "transpose",  "matrix_transpose", "movedim", "rollaxis",
    "squeeze",      "unsqueeze",  "unbind",           "split",   "chunk",
    "tensor_split", "unflatten",  "atleast",          "flatten", "ravel",
    "reshape",      "reshape_as", "view_type",        NULL
  };
  return scope_node_is (node, names);
}

/* Says how much the largest result takes, once. */
void
scope_hazard_memory (ScopeLookout *lookout)
{
  const ScopeProgram *program = lookout->program;
  const ScopeNode *largest = NULL;
  for (int i = 0; i < program->nodes; i++)
    {
      const ScopeNode *node = program->node[i];
      if (node->state == SCOPE_NODE_FITS && node->op != NULL && !is_view (node)
          && strcmp (node->op->name, "assign") != 0 && scope_node_bytes (node) >= LARGE_BYTES
          && (largest == NULL || scope_node_bytes (node) > scope_node_bytes (largest)))
        largest = node;
    }
  ScopeHazard *hazard =
      largest != NULL ? scope_lookout_add (lookout, largest, "memory", SCOPE_WORRY_MEMORY) : NULL;
  if (hazard == NULL)
    return;
  ScopeText size = { 0 };
  /* More than can be counted. */
  scope_text_append (&size, scope_node_bytes (largest) == INT64_MAX ? "> " : "");
  scope_text_append_bytes_count (&size, scope_node_bytes (largest));
  int64_t before = largest->op->align == SCOPE_ALIGN_BROADCAST ? larger_operand (largest) : 0;
  if (before > 0 && scope_node_bytes (largest) / before >= BROADCAST_TIMES)
    {
      ScopeText small = { 0 };
      scope_text_append_bytes_count (&small, before);
      scope_text_printf (&hazard->sentence,
                         translated (lookout,
                                     "Stretching makes a result of %s from operands of %s at most. "
                                     "A framework needs all of it; here only what is looked at is "
                                     "computed."),
                         scope_text_string (&size), scope_text_string (&small));
      scope_text_clear (&small);
    }
  else
    scope_text_printf (&hazard->sentence,
                       translated (lookout, "A framework needs %s for this result; here "
                                            "only what is looked at is computed."),
                       scope_text_string (&size));
  scope_text_clear (&size);
}
