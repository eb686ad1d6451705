/* A checked program written in another framework's spellings: edits of the text, not a new one, so
 * that names, comments and layout stay. */
#include "advice/edit.h"
#include "advice/report.h"
#include "ops/bind.h"

#include <string.h>

typedef struct
{
  const ScopeProgram *program;
  ScopeDialect dialect;
  ScopeEdits edits;
  ScopeText remarks; /* comment lines for what the dialect has no words for */
} Writer;

static const ScopeSyntax *
syntax (const Writer *writer, int number)
{
  return &writer->program->expression->node[number];
}

static bool
is_method (const ScopeSpelling *spelling)
{
  return spelling->name[0] == '.';
}

/* The spelling to write: same meaning (variant) and, where there is a choice, the same form. */
static const ScopeSpelling *
find_spelling (const ScopeNode *node, ScopeDialect dialect, bool method)
{
  const ScopeSpelling *other_form = NULL;
  for (const ScopeSpelling *spelling = node->op->spelling; spelling->name != NULL; spelling++)
    {
      if ((spelling->dialect != dialect && spelling->dialect != SCOPE_DIALECT_DEFAULT)
          || spelling->variant != node->variant || spelling->in_place != node->spelling->in_place)
        continue;
      if (is_method (spelling) == method)
        return spelling;
      if (other_form == NULL)
        other_form = spelling;
    }
  return other_form;
}

static void
remark_missing (Writer *writer, const ScopeNode *node)
{
  scope_text_printf (&writer->remarks, "# %s has no counterpart of %s.\n",
                     scope_dialect_title (writer->dialect), node->spelling->name);
}

/* Renames keywords, and names positional arguments that stand elsewhere in the other spelling. */
static void
edit_arguments (Writer *writer,
                const ScopeNode *node,
                const ScopeSyntax *call,
                const ScopeSpelling *target,
                int bound_before)
{
  bool swallowed = false;
  for (int i = 1; i < call->children; i++)
    {
      const ScopeSyntax *argument = syntax (writer, call->child[i]);
      bool keyword = argument->kind == SCOPE_SYNTAX_KEYWORD, rest = false, other_rest;
      int position = i - 1 + bound_before;
      int parameter = keyword
                          ? scope_spelling_find (node->op, node->spelling, argument->text)
                          : scope_spelling_parameter (node->op, node->spelling, position, &rest);
      if (swallowed || parameter < 0)
        continue;
      swallowed = rest;
      size_t length;
      const char *name = scope_spelling_keyword (node->op, target, parameter, &length);
      if (name == NULL)
        {
          scope_text_printf (&writer->remarks, "# %s takes no %s.\n", target->name,
                             node->op->parameter[parameter].name);
          continue;
        }
      bool in_place =
          !keyword
          && scope_spelling_parameter (node->op, target, position, &other_rest) == parameter;
      if (in_place)
        continue;
      ScopeText text = { 0 };
      scope_text_append_bytes (&text, name, length);
      scope_text_append (&text, "=");
      int32_t begin = argument->span.begin;
      int32_t end = keyword ? syntax (writer, argument->child[0])->span.begin : begin;
      scope_edits_replace (&writer->edits, begin, end, scope_text_string (&text));
      scope_text_clear (&text);
    }
}

/* `B.unsqueeze(0)` to `np.expand_dims(B, 0)`. */
static void
method_to_function (Writer *writer, const ScopeSyntax *call, const ScopeSpelling *target)
{
  const ScopeSyntax *object = syntax (writer, syntax (writer, call->child[0])->child[0]);
  ScopeText head = { 0 };
  scope_text_printf (&head, "%s(", target->name);
  scope_edits_replace (&writer->edits, object->span.begin, object->span.begin,
                       scope_text_string (&head));
  scope_text_clear (&head);
  int32_t end =
      call->children > 1 ? syntax (writer, call->child[1])->span.begin : call->span.end - 1;
  scope_edits_replace (&writer->edits, object->span.end, end, call->children > 1 ? ", " : "");
}

/* `np.broadcast_to(B, s)` to `B.expand(s)`. */
static void
function_to_method (Writer *writer, const ScopeSyntax *call, const ScopeSpelling *target)
{
  const ScopeSyntax *object = syntax (writer, call->child[1]);
  bool brackets = object->kind != SCOPE_SYNTAX_NAME && object->kind != SCOPE_SYNTAX_CALL
                  && object->kind != SCOPE_SYNTAX_SUBSCRIPT
                  && object->kind != SCOPE_SYNTAX_ATTRIBUTE;
  scope_edits_replace (&writer->edits, call->span.begin, object->span.begin, brackets ? "(" : "");
  ScopeText head = { 0 };
  scope_text_printf (&head, "%s%s(", brackets ? ")" : "", target->name);
  int32_t end =
      call->children > 2 ? syntax (writer, call->child[2])->span.begin : call->span.end - 1;
  scope_edits_replace (&writer->edits, object->span.end, end, scope_text_string (&head));
  scope_text_clear (&head);
}

static void
edit_call (Writer *writer, const ScopeNode *node, const ScopeSyntax *call)
{
  const ScopeSyntax *function = syntax (writer, call->child[0]);
  bool method = is_method (node->spelling);
  const ScopeSpelling *target = find_spelling (node, writer->dialect, method);
  if (target == NULL || target->name[0] == '[')
    {
      remark_missing (writer, node);
      return;
    }
  if (method && is_method (target))
    scope_edits_replace (&writer->edits, function->span.end - (int32_t)strlen (function->text),
                         function->span.end, target->name + 1);
  else if (method)
    method_to_function (writer, call, target);
  else if (is_method (target) && call->children > 1
           && syntax (writer, call->child[1])->kind != SCOPE_SYNTAX_KEYWORD)
    function_to_method (writer, call, target);
  else if (is_method (target))
    {
      remark_missing (writer, node);
      return;
    }
  else
    scope_edits_replace (&writer->edits, function->span.begin, function->span.end, target->name);
  edit_arguments (writer, node, call, target, method ? 1 : 0);
}

/* `A[i] = B` where tensors are not assigned to: JAX has .at[…].set, TensorFlow a new tensor. */
static void
edit_assignment (Writer *writer, const ScopeSyntax *statement)
{
  const ScopeSyntax *value = syntax (writer, statement->child[0]);
  const ScopeSyntax *target = syntax (writer, statement->child[1]);
  if (writer->dialect == SCOPE_PYTORCH || writer->dialect == SCOPE_NUMPY
      || target->kind != SCOPE_SYNTAX_SUBSCRIPT)
    return;
  const ScopeSyntax *object = syntax (writer, target->child[0]);
  const ScopeSyntax *index = syntax (writer, target->child[1]);
  ScopeText head = { 0 }, name = { 0 };
  scope_program_print_span (writer->program, object->span, &name);
  if (writer->dialect == SCOPE_JAX)
    {
      scope_text_printf (&head, "%s = %s.at", scope_text_string (&name), scope_text_string (&name));
      scope_edits_replace (&writer->edits, object->span.begin, object->span.end,
                           scope_text_string (&head));
      scope_edits_replace (&writer->edits, target->span.end, value->span.begin, ".set(");
      scope_edits_replace (&writer->edits, value->span.end, value->span.end, ")");
    }
  else if (index->kind == SCOPE_SYNTAX_ELLIPSIS)
    {
      scope_text_printf (&head, "%s = tf.broadcast_to(", scope_text_string (&name));
      scope_edits_replace (&writer->edits, target->span.begin, value->span.begin,
                           scope_text_string (&head));
      scope_text_clear (&head);
      scope_text_printf (&head, ", %s.shape)", scope_text_string (&name));
      scope_edits_replace (&writer->edits, value->span.end, value->span.end,
                           scope_text_string (&head));
    }
  else
    scope_text_append (&writer->remarks,
                       "# TensorFlow tensors are not assigned to; tf.Variable has "
                       "A[i].assign(…), tensors tf.tensor_scatter_nd_update.\n");
  scope_text_clear (&head);
  scope_text_clear (&name);
}

static void
edit_node (Writer *writer, const ScopeNode *node)
{
  if (node->op == NULL || node->inner || node->part > 0 || node->syntax < 0
      || node->spelling == NULL || node->state != SCOPE_NODE_FITS)
    return;
  const ScopeSyntax *made_by = syntax (writer, node->syntax);
  if (made_by->kind == SCOPE_SYNTAX_CALL && node->dialect != writer->dialect)
    edit_call (writer, node, made_by);
}

bool
scope_code_write (const ScopeProgram *program, ScopeDialect dialect, ScopeText *out)
{
  Writer writer = { .program = program, .dialect = dialect };
  const ScopeExpression *expression = program->expression;
  for (int i = 0; i < program->nodes; i++)
    edit_node (&writer, program->node[i]);
  for (int i = 0; i < expression->statements; i++)
    {
      const ScopeSyntax *statement = &expression->node[expression->statement[i]];
      if (statement->kind == SCOPE_SYNTAX_ASSIGN)
        edit_assignment (&writer, statement);
    }
  scope_text_append (out, scope_text_string (&writer.remarks));
  scope_edits_apply (&writer.edits, expression->source, out);
  bool done = !writer.edits.failed && !out->failed;
  scope_edits_clear (&writer.edits);
  scope_text_clear (&writer.remarks);
  return done;
}
