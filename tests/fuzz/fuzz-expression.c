/* libFuzzer's entry: no text breaks the parser, and what it accepts is sound. */
#include "ops/expression.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput (const unsigned char *data, size_t size);

/* Children stand before their parents and within their spans. */
static void
check (const ScopeExpression *expression)
{
  for (int i = 0; i < expression->nodes; i++)
    for (int k = 0; k < expression->node[i].children; k++)
      {
        int child = expression->node[i].child[k];
        if (child == -1 && expression->node[i].kind == SCOPE_SYNTAX_SLICE)
          continue;
        if (child < 0 || child >= i
            || expression->node[child].span.begin < expression->node[i].span.begin
            || expression->node[child].span.end > expression->node[i].span.end)
          abort ();
      }
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  ScopeError error;
  ScopeExpression *expression = scope_expression_parse ((const char *)data, size, &error);
  if (expression != NULL)
    check (expression);
  else if (error.code == SCOPE_ERROR_NONE || error.begin < 0 || error.end < error.begin)
    abort ();
  scope_expression_free (expression);
  return 0;
}
