/* Hazards of element types: integers that wrap round, are rounded down, or are cut to fit. */
#include "advice/hazard-parts.h"

#include "advice/edit.h"

#include <math.h>
#include <string.h>

static int
bits_of (ScopeDtype dtype)
{
  return 8 * (int)scope_dtype_bytes (dtype);
}

/* Narrow integers, which sums leave soon. */
static bool
is_narrow (ScopeDtype dtype)
{
  return scope_dtype_is_integer (dtype) && bits_of (dtype) <= 16;
}

static bool
is_signed (ScopeDtype dtype)
{
  return scope_dtype_kind (dtype) == SCOPE_KIND_SIGNED;
}

static int64_t
least (ScopeDtype dtype)
{
  return is_signed (dtype) ? -(INT64_C (1) << (bits_of (dtype) - 1)) : 0;
}

static int64_t
most (ScopeDtype dtype)
{
  return (INT64_C (1) << (bits_of (dtype) - (is_signed (dtype) ? 1 : 0))) - 1;
}

/* `value` as the type keeps it. */
static int64_t
wrap (int64_t value, ScopeDtype dtype)
{
  int64_t range = INT64_C (1) << bits_of (dtype);
  int64_t rest = (value - least (dtype)) % range;
  return least (dtype) + (rest < 0 ? rest + range : rest);
}

/* ---- wrapping round ------------------------------------------------------------------------- */

/* A calculation that leaves the type: `200 + 100 = 44`. */
static bool
print_example (const ScopeNode *node, ScopeText *out)
{
  const char *name = node->op->name;
  int64_t low = least (node->dtype), high = most (node->dtype), a = high, b = 1, right;
  const char *sign;
  if (strcmp (name, "add") == 0)
    {
      sign = "+";
      right = a + b;
    }
  else if (strcmp (name, "subtract") == 0)
    {
      sign = "−";
      a = low;
      right = a - b;
    }
  else if (strcmp (name, "power") == 0)
    {
      sign = "**";
      b = 2;
      right = a * a;
    }
  else if (strcmp (name, "multiply") == 0)
    {
      sign = "×";
      b = 2;
      right = a * b;
    }
  else
    return false;
  scope_text_printf (out, "%lld %s %lld = %lld", (long long)a, sign, (long long)b,
                     (long long)wrap (right, node->dtype));
  return true;
}

/* An operand as wider integers. */
static void
widen (const ScopeLookout *lookout, const ScopeNode *node, int operand, ScopeEdits *edits)
{
  ScopeSpan span = node->value[operand].span;
  ScopeText source = { 0 }, wider = { 0 };
  scope_lookout_print (lookout, span, node->dialect != SCOPE_TENSORFLOW, &source);
  const char *text = scope_text_string (&source);
  if (node->dialect == SCOPE_PYTORCH)
    scope_text_printf (&wider, "%s.int()", text);
  else if (node->dialect == SCOPE_TENSORFLOW)
    scope_text_printf (&wider, "tf.cast(%s, tf.int32)", text);
  else
    scope_text_printf (&wider, "%s.astype(%s.int32)", text,
                       node->dialect == SCOPE_JAX ? "jnp" : "np");
  scope_edits_replace (edits, span.begin, span.end, scope_text_string (&wider));
  scope_text_clear (&source);
  scope_text_clear (&wider);
}

/* Converts the first operand, and the second where types must be equal; or asks for a wider sum. */
static void
fix_overflow (ScopeLookout *lookout, ScopeHazard *hazard, const ScopeNode *node)
{
  static const char *const products[] = { "matmul", "mm", "bmm", "mv", "dot", "linear", NULL };
  static const char *const wide[SCOPE_N_DIALECTS] = { "torch.int64", "np.int64", "tf.int64",
                                                      "jnp.int32" };
  if (scope_node_argument (node, "dtype") != NULL)
    {
      scope_lookout_fix_argument (lookout, hazard, "dtype", wide[node->dialect]);
      return;
    }
  ScopeEdits edits = { 0 };
  ScopeText text = { 0 }, snippet = { 0 };
  bool both = node->dialect == SCOPE_TENSORFLOW || scope_node_is (node, products);
  widen (lookout, node, 0, &edits);
  if (edits.edits > 0)
    scope_text_append (&snippet, scope_text_string (&edits.edit[0].text));
  if (both && node->op->parameter[1].name != NULL && scope_node_operand (node, 1) != NULL)
    widen (lookout, node, 1, &edits);
  scope_edits_apply (&edits, lookout->program->expression->source, &text);
  if (!edits.failed)
    scope_lookout_fix_text (lookout, hazard, scope_text_string (&text),
                            scope_text_string (&snippet));
  scope_edits_clear (&edits);
  scope_text_clear (&text);
  scope_text_clear (&snippet);
}

static void
warn_of_overflow (ScopeLookout *lookout, const ScopeNode *node)
{
  ScopeHazard *hazard = scope_lookout_add (lookout, node, "integer-overflow", SCOPE_WORRY_OVERFLOW);
  if (hazard == NULL)
    return;
  ScopeText example = { 0 };
  if (print_example (node, &example))
    scope_text_printf (
        &hazard->sentence,
        translated (
            lookout,
            "%s holds %lld to %lld and wraps round without an error: %s. Convert to a wider "
            "type first."),
        scope_dtype_name (node->dtype), (long long)least (node->dtype),
        (long long)most (node->dtype), scope_text_string (&example));
  else
    scope_text_printf (&hazard->sentence,
                       translated (lookout, "The result stays %s, which holds %lld to %lld: sums "
                                            "beyond that wrap round without an error. Convert to a "
                                            "wider type first."),
                       scope_dtype_name (node->dtype), (long long)least (node->dtype),
                       (long long)most (node->dtype));
  if (!node->spelling->in_place)
    fix_overflow (lookout, hazard, node);
  scope_text_clear (&example);
}

/* Whether a number that stands in the text leaves every element as it is or smaller. */
static bool
is_harmless_number (const ScopeNode *node)
{
  const ScopeValue *value = &node->value[1];
  bool product = strcmp (node->op->name, "multiply") == 0;
  if (!scope_value_is_int (value))
    return false;
  return product ? value->integer == 0 || value->integer == 1 : value->integer == 0;
}

static bool
may_overflow (const ScopeNode *node)
{
  static const char *const operators[] = { "add",   "subtract",   "multiply",
                                           "power", "left_shift", NULL };
  static const char *const sums[] = { "sum",    "prod",  "cumsum", "cumprod",   "dot",  "matmul",
                                      "mm",     "bmm",   "mv",     "inner",     "vdot", "einsum",
                                      "square", "outer", "linear", "tensordot", NULL };
  static const char *const negation[] = { "negate", NULL };
  if (!is_narrow (node->dtype))
    return false;
  if (scope_node_is (node, operators))
    return !is_harmless_number (node);
  return scope_node_is (node, sums) || (scope_node_is (node, negation) && !is_signed (node->dtype));
}

/* ---- rounding down -------------------------------------------------------------------------- */

/* `A / B` for `A // B`. */
static void
fix_division (ScopeLookout *lookout, ScopeHazard *hazard, const ScopeNode *node)
{
  const ScopeSyntax *syntax = &lookout->program->expression->node[node->syntax];
  if (syntax->kind != SCOPE_SYNTAX_BINARY)
    return;
  ScopeText text = { 0 };
  scope_program_print_span (lookout->program, node->span, &text);
  const char *source = scope_text_string (&text), *at = source;
  ScopeText left = { 0 }, fixed = { 0 };
  scope_program_print_span (lookout->program, node->value[0].span, &left);
  at += left.length < text.length ? left.length : 0;
  const char *slashes = strstr (at, "//");
  if (slashes != NULL)
    {
      scope_text_append_bytes (&fixed, source, (size_t)(slashes - source));
      scope_text_append (&fixed, slashes + 1);
      scope_lookout_fix (lookout, hazard, node->span, scope_text_string (&fixed));
    }
  scope_text_clear (&text);
  scope_text_clear (&left);
  scope_text_clear (&fixed);
}

static void
look_at_division (ScopeLookout *lookout, const ScopeNode *node)
{
  static const char *const divisions[] = { "floor_divide", NULL };
  if (!scope_node_is (node, divisions) || !scope_dtype_is_integer (node->dtype))
    return;
  ScopeHazard *hazard = scope_lookout_add (lookout, node, "integer-division", SCOPE_WORRY_DIVISION);
  if (hazard == NULL)
    return;
  scope_text_append (&hazard->sentence,
                     translated (lookout, "// rounds down and drops the rest: 7 // 2 is 3 and "
                                          "−7 // 2 is −4. For the whole quotient write /."));
  fix_division (lookout, hazard, node);
}

/* ---- cutting to fit ------------------------------------------------------------------------- */

typedef enum
{
  LOSES_NOTHING,
  LOSES_FRACTIONS,
  WRAPS_ROUND,
} Loss;

static Loss
loss_of_number (const ScopeValue *value, ScopeDtype to)
{
  bool whole = scope_dtype_is_integer (to) || to == SCOPE_BOOL;
  if (value->kind == SCOPE_VALUE_FLOAT)
    return whole && value->number != floor (value->number) ? LOSES_FRACTIONS : LOSES_NOTHING;
  return scope_value_is_int (value) && scope_dtype_is_integer (to) && bits_of (to) < 64
                 && (value->integer < least (to) || value->integer > most (to))
             ? WRAPS_ROUND
             : LOSES_NOTHING;
}

/* What of values of one type another does not hold. */
static Loss
loss_of_type (ScopeDtype from, ScopeDtype to)
{
  if ((scope_dtype_is_integer (to) || to == SCOPE_BOOL) && scope_dtype_is_float (from))
    return LOSES_FRACTIONS;
  if (!scope_dtype_is_integer (to) || !scope_dtype_is_integer (from))
    return LOSES_NOTHING;
  bool narrower = bits_of (to) < bits_of (from);
  bool sign = !is_signed (to) && is_signed (from);
  bool unsign = is_signed (to) && !is_signed (from) && bits_of (to) == bits_of (from);
  return narrower || sign || unsign ? WRAPS_ROUND : LOSES_NOTHING;
}

static void
look_at_assignment (ScopeLookout *lookout, const ScopeNode *node)
{
  static const char *const assignments[] = { "assign", NULL };
  const ScopeValue *value =
      scope_node_is (node, assignments) ? scope_node_argument (node, "value") : NULL;
  if (value == NULL || node->inputs < 2)
    return;
  Loss loss = value->kind == SCOPE_VALUE_TENSOR
                  ? loss_of_type (lookout->program->node[node->input[1]]->dtype, node->dtype)
                  : loss_of_number (value, node->dtype);
  ScopeHazard *hazard = loss != LOSES_NOTHING ? scope_lookout_add (lookout, node, "type-narrowing",
                                                                   SCOPE_WORRY_NARROWING)
                                              : NULL;
  if (hazard == NULL)
    return;
  if (loss == LOSES_FRACTIONS)
    scope_text_printf (&hazard->sentence,
                       translated (lookout, "The target keeps its type %s and drops the fraction "
                                            "of every value, without an error. Convert the target "
                                            "first."),
                       scope_dtype_name (node->dtype));
  else
    scope_text_printf (&hazard->sentence,
                       translated (lookout, "The target keeps its type %s, and values that it does "
                                            "not hold wrap round, without an error. Convert the "
                                            "target first."),
                       scope_dtype_name (node->dtype));
}

void
scope_hazard_type (ScopeLookout *lookout, const ScopeNode *node)
{
  if (may_overflow (node))
    warn_of_overflow (lookout, node);
  look_at_division (lookout, node);
  look_at_assignment (lookout, node);
}
