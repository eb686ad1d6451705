/* Concatenation along the one axis that fails; it grows instead of fitting into the target. */
#include "advice/finder.h"

static const char *const calls[SCOPE_N_DIALECTS] = {
  [SCOPE_PYTORCH] = "torch.cat((%s, %s), dim=%d)",
  [SCOPE_NUMPY] = "np.concatenate((%s, %s), axis=%d)",
  [SCOPE_TENSORFLOW] = "tf.concat((%s, %s), axis=%d)",
  [SCOPE_JAX] = "jnp.concatenate((%s, %s), axis=%d)",
};

/* `[:, :, -256:, :]`: the last `size` places of an axis. */
static void
print_section (int rank, int axis, int64_t size, ScopeText *out)
{
  for (int i = 0; i < rank; i++)
    {
      scope_text_append (out, i == 0 ? "[" : ", ");
      if (i == axis)
        scope_text_printf (out, "-%lld:", (long long)size);
      else
        scope_text_append (out, ":");
    }
  scope_text_append (out, "]");
}

/* An assignment of the concatenation still fails: says so, and which section of it would fit. Both
 * are checked. */
static void
warn_of_assignment (ScopeFinder *finder, ScopeRemedy *remedy, int axis, ScopeSpan target)
{
  ScopeText left = { 0 }, whole = { 0 }, section = { 0 }, name = { 0 };
  int64_t size = finder->failure->operand[0].shape.size[axis];
  const ScopeSyntax *statement = scope_finder_statement (finder);
  const ScopeSyntax *value = &finder->program->expression->node[statement->child[0]];
  scope_program_print_span (finder->program,
                            (ScopeSpan){ statement->span.begin, value->span.begin }, &left);
  scope_text_append (&whole, scope_text_string (&left));
  scope_text_append (&whole, scope_text_string (&remedy->snippet));
  scope_text_append (&section, scope_text_string (&whole));
  print_section (remedy->result.rank, axis, size, &section);
  scope_program_print_span (finder->program, target, &name);

  ScopeProgram *assigned = scope_finder_check (finder, scope_text_string (&whole));
  ScopeProgram *fits = scope_finder_check (finder, scope_text_string (&section));
  if (assigned == NULL && fits != NULL)
    scope_text_printf (&remedy->caution,
                       scope_finder_say (finder, "Assigning this to %s still fails: axis %d is "
                                                 "%lld here and %lld in %s. A section of that "
                                                 "size fits: %s"),
                       scope_text_string (&name), axis, (long long)remedy->result.size[axis],
                       (long long)size, scope_text_string (&name), scope_text_string (&section));
  scope_program_unref (assigned);
  scope_program_unref (fits);
  scope_text_clear (&left);
  scope_text_clear (&whole);
  scope_text_clear (&section);
  scope_text_clear (&name);
}

static bool
can_join (const ScopeFinder *finder)
{
  const ScopeOp *op = finder->node->op;
  const ScopeFailure *failure = finder->failure;
  return op != NULL && (op->align == SCOPE_ALIGN_BROADCAST || op->align == SCOPE_ALIGN_ASSIGN)
         && failure->axes == 1 && failure->operands == 2
         && failure->operand[0].shape.rank == failure->operand[1].shape.rank;
}

/* The text with the failing operation replaced; an assignment is replaced whole. */
static void
replace_operation (const ScopeFinder *finder, const char *call, ScopeText *out)
{
  ScopeSpan span = finder->node->op->align == SCOPE_ALIGN_ASSIGN
                       ? scope_finder_statement (finder)->span
                       : finder->node->span;
  scope_finder_replace (finder, span, call, out);
}

void
scope_remedy_join (ScopeFinder *finder)
{
  if (!can_join (finder))
    return;
  const ScopeFailingAxis *axis = scope_finder_axis (finder, 0);
  ScopeText a = { 0 }, b = { 0 }, call = { 0 }, text = { 0 };
  scope_finder_print_operand (finder, 0, false, &a);
  scope_finder_print_operand (finder, 1, false, &b);
  scope_text_printf (&call, calls[finder->node->dialect], scope_text_string (&a),
                     scope_text_string (&b), axis->axis);
  replace_operation (finder, scope_text_string (&call), &text);

  ScopeRemedy *remedy = scope_finder_add (finder, SCOPE_REMEDY_CONCAT, scope_text_string (&text));
  if (remedy != NULL)
    {
      scope_text_append (&remedy->title, scope_finder_say (finder, "Concatenate"));
      scope_text_append (&remedy->snippet, scope_text_string (&call));
      scope_text_printf (&remedy->sentence,
                         scope_finder_say (finder, "keeps every value of both; axis %d grows to "
                                                   "%lld"),
                         axis->axis, (long long)(axis->size[0] + axis->size[1]));
      remedy->keeps = 1;
      remedy->likelihood = 0.58;
      remedy->exact = true;
      if (finder->node->op->align == SCOPE_ALIGN_ASSIGN)
        warn_of_assignment (finder, remedy, axis->axis, finder->failure->operand[0].span);
    }
  scope_text_clear (&a);
  scope_text_clear (&b);
  scope_text_clear (&call);
  scope_text_clear (&text);
}
