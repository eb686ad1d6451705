/* The numbers written in a failing operation's arguments. */
#include "advice/finder.h"

#include <string.h>

static bool
is_within (ScopeSpan inner, ScopeSpan outer)
{
  return inner.begin >= outer.begin && inner.end <= outer.end;
}

/* Numbers inside an operand are not the operation's own: `A[3].sum (5)`. */
static bool
belongs_to_operand (const ScopeFinder *finder, ScopeSpan span)
{
  for (int i = 0; i < finder->failure->operands; i++)
    if (is_within (span, finder->failure->operand[i].span)
        && !is_within (finder->node->span, finder->failure->operand[i].span))
      return true;
  return false;
}

int
scope_finder_numbers (const ScopeFinder *finder,
                      ScopeSpan within,
                      ScopeWrittenNumber number[SCOPE_FINDER_NUMBERS])
{
  const ScopeExpression *expression = finder->program->expression;
  int count = 0;
  for (int i = 0; i < expression->nodes; i++)
    {
      const ScopeSyntax *syntax = &expression->node[i];
      if (!is_within (syntax->span, within) || belongs_to_operand (finder, syntax->span))
        continue;
      if (syntax->kind == SCOPE_SYNTAX_INTEGER && count < SCOPE_FINDER_NUMBERS)
        number[count++] = (ScopeWrittenNumber){ syntax->span, syntax->integer };
      else if (syntax->kind == SCOPE_SYNTAX_UNARY && strcmp (syntax->text, "-") == 0 && count > 0
               && expression->node[syntax->child[0]].span.begin == number[count - 1].span.begin
               && expression->node[syntax->child[0]].kind == SCOPE_SYNTAX_INTEGER)
        number[count - 1] = (ScopeWrittenNumber){ syntax->span, -number[count - 1].value };
    }
  return count;
}
