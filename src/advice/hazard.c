/* Hazards of legal shapes. */
#include "advice/hazard.h"

#include "core/checked.h"

/* A result of this size is worth a word. */
#define LARGE_BYTES (INT64_C (4) << 30)

static const char *
translated (const char *(*translate) (const char *), const char *text)
{
  return translate != NULL ? translate (text) : text;
}

/* Whether a stretches along some axis and b along another, both from 1: n with (n, 1) gives n × n
 * although each has n values. */
static bool
is_outer (const ScopeNode *node)
{
  if (node->op == NULL || node->op->align != SCOPE_ALIGN_BROADCAST || node->operands != 2)
    return false;
  const ScopeShape *a = &node->operand[0].shape, *b = &node->operand[1].shape;
  int64_t count_a, count_b, count;
  if (!scope_shape_count (a, &count_a, NULL) || !scope_shape_count (b, &count_b, NULL)
      || !scope_shape_count (&node->shape, &count, NULL))
    return false;
  /* Told apart from a deliberate outer product by the equal number of values and by ranks: who
   * writes (n, 1) with (1, n) means it. */
  return count_a == count_b && count_a > 1 && count > count_a && a->rank != b->rank;
}

static void
warn_of_outer (const ScopeNode *node, const char *(*translate) (const char *), ScopeHazard *hazard)
{
  ScopeText a = { 0 }, b = { 0 }, result = { 0 };
  scope_shape_print (&node->operand[0].shape, SCOPE_SHAPE_TUPLE, &a);
  scope_shape_print (&node->operand[1].shape, SCOPE_SHAPE_TUPLE, &b);
  scope_shape_print (&node->shape, SCOPE_SHAPE_TUPLE, &result);
  hazard->kind = "outer-product";
  scope_text_printf (&hazard->sentence,
                     translated (translate,
                                 "%s with %s fits, but every value meets every other: the result "
                                 "is %s. If they were to be paired one by one, give both the same "
                                 "shape."),
                     scope_text_string (&a), scope_text_string (&b), scope_text_string (&result));
  scope_text_clear (&a);
  scope_text_clear (&b);
  scope_text_clear (&result);
}

static bool
is_large (const ScopeNode *node, int64_t *bytes)
{
  int64_t count;
  if (node->op == NULL || !scope_shape_count (&node->shape, &count, NULL))
    return false;
  if (!scope_checked_mul (count, (int64_t)scope_dtype_bytes (node->dtype), bytes))
    *bytes = INT64_MAX;
  return *bytes >= LARGE_BYTES;
}

int
scope_hazards_find (const ScopeProgram *program,
                    const char *(*translate) (const char *text),
                    ScopeHazard hazard[SCOPE_MAX_HAZARDS])
{
  int found = 0;
  for (int i = 0; i < program->nodes && found < SCOPE_MAX_HAZARDS; i++)
    {
      const ScopeNode *node = program->node[i];
      int64_t bytes;
      if (node->state != SCOPE_NODE_FITS || node->inner)
        continue;
      hazard[found] = (ScopeHazard){ 0 };
      if (is_outer (node))
        warn_of_outer (node, translate, &hazard[found++]);
      else if (is_large (node, &bytes))
        {
          ScopeText size = { 0 };
          scope_text_append_bytes_count (&size, bytes);
          hazard[found].kind = "memory";
          scope_text_printf (&hazard[found++].sentence,
                             translated (translate, "A framework needs %s for this result; here "
                                                    "only what is looked at is computed."),
                             scope_text_string (&size));
          scope_text_clear (&size);
        }
    }
  return found;
}
