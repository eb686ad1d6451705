/* A checked program written in another framework's spellings. What need not change stays as it is
 * written: names, comments, layout. */
#include "advice/code.h"

#include "ops/bind.h"

#include <stdlib.h>
#include <string.h>

static const ScopeSyntax *
syntax_of (const ScopeWriter *writer, int32_t number)
{
  return &writer->program->expression->node[number];
}

static void
copy_source (const ScopeWriter *writer, int32_t begin, int32_t end, ScopeText *out)
{
  if (begin < end)
    scope_text_append_bytes (out, writer->program->expression->source + writer->byte[begin],
                             writer->byte[end] - writer->byte[begin]);
}

static bool
is_method (const ScopeSpelling *spelling)
{
  return spelling->name[0] == '.';
}

static bool
is_operator (const ScopeSpelling *spelling)
{
  char first = spelling->name[0];
  return first != '.' && first != '_' && !(first >= 'a' && first <= 'z')
         && !(first >= 'A' && first <= 'Z');
}

/* ---- what stays as it is, and its children -------------------------------------------------- */

/* Whether something that binds tightly stands around a child, so that an expression there needs
 * brackets. */
static bool
binds_child (const ScopeSyntax *parent, int i)
{
  switch (parent->kind)
    {
    case SCOPE_SYNTAX_ATTRIBUTE:
    case SCOPE_SYNTAX_UNARY:
    case SCOPE_SYNTAX_BINARY:
    case SCOPE_SYNTAX_COMPARE:
    case SCOPE_SYNTAX_CONDITION:
      return true;
    case SCOPE_SYNTAX_SUBSCRIPT:
      return i == 0;
    default:
      return false;
    }
}

static bool
is_loose_kind (ScopeSyntaxKind kind)
{
  return kind == SCOPE_SYNTAX_UNARY || kind == SCOPE_SYNTAX_BINARY || kind == SCOPE_SYNTAX_COMPARE
         || kind == SCOPE_SYNTAX_CONDITION;
}

/* Appends a child; in brackets when its translation became an expression where a call stood. */
static void
write_child (ScopeWriter *writer, int32_t number, bool tight, ScopeText *out)
{
  ScopeText text = { 0 };
  bool was_loose = is_loose_kind (syntax_of (writer, number)->kind);
  writer->loose = false;
  scope_write_syntax (writer, number, &text);
  bool brackets = tight && writer->loose && !was_loose;
  scope_text_append (out, brackets ? "(" : "");
  scope_text_append (out, scope_text_string (&text));
  scope_text_append (out, brackets ? ")" : "");
  scope_text_clear (&text);
  writer->loose = false;
}

/* The source of a node with its children written anew. */
static void
write_as_it_is (ScopeWriter *writer, const ScopeSyntax *syntax, ScopeText *out)
{
  int32_t at = syntax->span.begin;
  /* The value of an assignment is its first child and stands last. */
  int first = syntax->kind == SCOPE_SYNTAX_ASSIGN ? 1 : 0;
  for (int i = 0; i < syntax->children; i++)
    {
      int which = (i + first) % syntax->children;
      int32_t child = syntax->child[which];
      if (child < 0)
        continue;
      ScopeSpan span = syntax_of (writer, child)->span;
      if (span.begin < at) /* a chain of comparisons shares its middle */
        break;
      copy_source (writer, at, span.begin, out);
      write_child (writer, child, binds_child (syntax, which), out);
      at = span.end;
    }
  copy_source (writer, at, syntax->span.end, out);
  writer->loose = is_loose_kind (syntax->kind);
}

/* ---- names of modules ----------------------------------------------------------------------- */

const char *
scope_writer_module (const ScopeWriter *writer)
{
  static const char *const modules[SCOPE_N_DIALECTS] = { "torch", "np", "tf", "jnp" };
  return modules[writer->dialect];
}

void
scope_write_dtype (const ScopeWriter *writer, ScopeDtype dtype, ScopeText *out)
{
  const char *name = scope_dtype_name (dtype);
  bool numpy_bool = writer->dialect == SCOPE_NUMPY && strcmp (name, "bool") == 0;
  scope_text_printf (out, "%s.%s", scope_writer_module (writer), numpy_bool ? "bool_" : name);
}

/* `torch.float32`, `np.newaxis`, `np.pi`: false when it is none of these. */
static bool
write_constant (ScopeWriter *writer, const ScopeSyntax *syntax, ScopeText *out)
{
  static const char *const modules = " torch np numpy tf jnp ";
  static const char *const constants = " pi e inf nan ";
  if (syntax->kind != SCOPE_SYNTAX_ATTRIBUTE || syntax->called)
    return false;
  const ScopeSyntax *object = syntax_of (writer, syntax->child[0]);
  if (object->kind != SCOPE_SYNTAX_NAME)
    return false;
  ScopeText name = { 0 };
  scope_text_printf (&name, " %s ", object->text);
  bool module = strstr (modules, scope_text_string (&name)) != NULL;
  scope_text_clear (&name);
  scope_text_printf (&name, " %s ", syntax->text);
  bool constant = strstr (constants, scope_text_string (&name)) != NULL;
  scope_text_clear (&name);
  ScopeDtype dtype;
  if (!module)
    return false;
  if (strcmp (syntax->text, "newaxis") == 0)
    scope_text_append (out, "None");
  else if (constant)
    scope_text_printf (out, "%s.%s",
                       writer->dialect == SCOPE_TENSORFLOW ? "np" : scope_writer_module (writer),
                       syntax->text);
  else if (scope_dtype_parse (syntax->text, strlen (syntax->text), &dtype))
    scope_write_dtype (writer, dtype, out);
  else
    return false;
  return true;
}

/* `A.size(0)`, `A.dim()`, `A.numel()`: methods of PyTorch that no operation stands behind. */
static bool
write_query (ScopeWriter *writer, const ScopeSyntax *call, ScopeText *out)
{
  const ScopeSyntax *function = syntax_of (writer, call->child[0]);
  if (function->kind != SCOPE_SYNTAX_ATTRIBUTE || writer->dialect == SCOPE_PYTORCH)
    return false;
  const char *tail = strcmp (function->text, "size") == 0 && call->children <= 2 ? ".shape"
                     : strcmp (function->text, "dim") == 0                       ? ".ndim"
                     : strcmp (function->text, "numel") == 0                     ? ".size"
                                                                                 : NULL;
  if (tail == NULL)
    return false;
  scope_write_primary (writer, function->child[0], out);
  scope_text_append (out, tail);
  if (call->children == 2)
    {
      scope_text_append (out, "[");
      scope_write_syntax (writer, call->child[1], out);
      scope_text_append (out, "]");
    }
  writer->loose = false;
  return true;
}

/* ---- calls ---------------------------------------------------------------------------------- */

/* The spelling to write: same meaning (variant) and, where there is a choice, the same form. */
static const ScopeSpelling *
find_spelling (const ScopeNode *node, ScopeDialect dialect, bool method, bool in_place)
{
  const ScopeSpelling *other_form = NULL;
  for (const ScopeSpelling *spelling = node->op->spelling; spelling->name != NULL; spelling++)
    {
      if ((spelling->dialect != dialect && spelling->dialect != SCOPE_DIALECT_DEFAULT)
          || spelling->variant != node->variant || spelling->in_place != in_place)
        continue;
      if (is_operator (spelling) && spelling->name[0] == '[')
        continue;
      if (is_method (spelling) == method && !is_operator (spelling))
        return spelling;
      if (other_form == NULL || is_operator (other_form))
        other_form = spelling;
    }
  return other_form;
}

static void
remark_missing (ScopeWriter *writer, const ScopeNode *node)
{
  scope_text_printf (&writer->remarks, "# %s has no counterpart of %s.\n",
                     scope_dialect_title (writer->dialect), node->spelling->name);
}

/* The arguments from `first` on that one parameter swallows: as a tuple for a target that takes
 * one. */
static void
write_rest (ScopeWriter *writer, const ScopeSyntax *call, int first, bool tuple, ScopeText *out)
{
  int count = 0;
  for (int i = first; i < call->children; i++)
    count += syntax_of (writer, call->child[i])->kind != SCOPE_SYNTAX_KEYWORD;
  bool sequence = count == 1
                  && (syntax_of (writer, call->child[first])->kind == SCOPE_SYNTAX_TUPLE
                      || syntax_of (writer, call->child[first])->kind == SCOPE_SYNTAX_LIST);
  tuple &= count != 1 && !sequence;
  scope_text_append (out, tuple ? "(" : "");
  int written = 0;
  for (int i = first; i < call->children; i++)
    if (syntax_of (writer, call->child[i])->kind != SCOPE_SYNTAX_KEYWORD)
      {
        scope_text_append (out, written++ > 0 ? ", " : "");
        scope_write_syntax (writer, call->child[i], out);
      }
  scope_text_append (out, tuple ? ")" : "");
}

static void
write_keyword (const ScopeWriter *writer, const char *name, size_t length, ScopeText *out)
{
  scope_text_append_bytes (out, name, length);
  scope_text_append (out, "=");
}

/* An element type, which NumPy takes as a string too. */
static bool
write_type (ScopeWriter *writer, const ScopeNode *node, int parameter, ScopeText *out)
{
  if (parameter < 0 || node->value == NULL
      || node->op->parameter[parameter].takes != SCOPE_TAKES_DTYPE)
    return false;
  const ScopeValue *value = &node->value[parameter];
  ScopeDtype dtype;
  if (value->kind != SCOPE_VALUE_STRING
      || !scope_dtype_parse (value->text, strlen (value->text), &dtype))
    return false;
  scope_write_dtype (writer, dtype, out);
  return true;
}

/* Renames keywords, and names positional arguments that stand elsewhere in the other spelling.
 * `before`: positions taken already, by the object. */
static void
write_arguments (ScopeWriter *writer,
                 const ScopeNode *node,
                 const ScopeSyntax *call,
                 const ScopeSpelling *target,
                 int first,
                 int before,
                 ScopeText *out)
{
  int written = before;
  bool swallowed = false;
  for (int i = first; i < call->children; i++)
    {
      const ScopeSyntax *argument = syntax_of (writer, call->child[i]);
      bool keyword = argument->kind == SCOPE_SYNTAX_KEYWORD, rest = false, other_rest = false;
      int position = i - 1 + (is_method (node->spelling) ? 1 : 0);
      if (!keyword && swallowed)
        continue;
      int parameter = keyword
                          ? scope_spelling_find (node->op, node->spelling, argument->text)
                          : scope_spelling_parameter (node->op, node->spelling, position, &rest);
      size_t length = 0;
      const char *name =
          parameter < 0 ? NULL : scope_spelling_keyword (node->op, target, parameter, &length);
      if (parameter >= 0 && name == NULL)
        {
          scope_text_printf (&writer->remarks, "# %s takes no %s.\n", target->name,
                             node->op->parameter[parameter].name);
          continue;
        }
      scope_text_append (out, written > 0 ? ", " : "");
      bool in_place =
          parameter < 0
          || (!keyword
              && scope_spelling_parameter (node->op, target, position, &other_rest) == parameter);
      if (!in_place && name != NULL)
        write_keyword (writer, name, length, out);
      else if (keyword)
        write_keyword (writer, argument->text, strlen (argument->text), out);
      if (write_type (writer, node, parameter, out))
        ;
      else if (rest)
        {
          write_rest (writer, call, i, !other_rest, out);
          swallowed = true;
        }
      else
        scope_write_syntax (writer, keyword ? argument->child[0] : call->child[i], out);
      written++;
    }
}

/* The tensor that a call works on, if it stands where a method's object can be taken from. */
static int32_t
find_object (const ScopeWriter *writer, const ScopeNode *node, const ScopeSyntax *call)
{
  const ScopeSyntax *function = syntax_of (writer, call->child[0]);
  if (is_method (node->spelling))
    return function->child[0];
  if (call->children > 1 && syntax_of (writer, call->child[1])->kind != SCOPE_SYNTAX_KEYWORD)
    return call->child[1];
  return -1;
}

/* `A.add_(B)` as `A += B`, `A = np.add(A, B)`. */
static bool
write_in_place (ScopeWriter *writer,
                const ScopeNode *node,
                const ScopeSyntax *call,
                const ScopeSpelling *target,
                ScopeText *out)
{
  int32_t object = find_object (writer, node, call);
  if (object < 0 || call->children != 2 || !is_method (node->spelling))
    return false;
  scope_write_syntax (writer, object, out);
  scope_text_printf (out, " %s ", target->name);
  scope_write_syntax (writer, call->child[1], out);
  return true;
}

static bool
write_spelling (ScopeWriter *writer, const ScopeNode *node, const ScopeSyntax *call, ScopeText *out)
{
  bool method = is_method (node->spelling), in_place = node->spelling->in_place;
  const ScopeSpelling *target = find_spelling (node, writer->dialect, method, in_place);
  int32_t object = find_object (writer, node, call);
  if (target == NULL && in_place && object >= 0
      && syntax_of (writer, object)->kind == SCOPE_SYNTAX_NAME)
    {
      target = find_spelling (node, writer->dialect, method, false);
      if (target != NULL && !is_operator (target))
        scope_text_printf (out, "%s = ", syntax_of (writer, object)->text);
    }
  if (target == NULL)
    return false;
  if (is_operator (target))
    return in_place && write_in_place (writer, node, call, target, out);
  if (is_method (target))
    {
      if (object < 0)
        return false;
      scope_write_primary (writer, object, out);
      scope_text_printf (out, "%s(", target->name);
      write_arguments (writer, node, call, target, method ? 1 : 2, 0, out);
    }
  else
    {
      scope_text_printf (out, "%s(", target->name);
      if (method)
        scope_write_syntax (writer, object, out);
      write_arguments (writer, node, call, target, 1, method ? 1 : 0, out);
    }
  scope_text_append (out, ")");
  writer->loose = false;
  return true;
}

static ScopeTranslate
find_translation (const ScopeTranslation *list, const char *op)
{
  for (; list->op != NULL; list++)
    if (strcmp (list->op, op) == 0)
      return list->translate;
  return NULL;
}

static bool
translate (ScopeWriter *writer, const ScopeNode *node, ScopeText *out)
{
  static const ScopeTranslation *const lists[] = { scope_translations_of_shape,
                                                   scope_translations_of_layers,
                                                   scope_translations_of_norms,
                                                   scope_translations_of_values };
  writer->refused = false;
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
    {
      ScopeTranslate function = find_translation (lists[i], node->op->name);
      ScopeText text = { 0 };
      writer->loose = false;
      bool done = function != NULL && function (writer, node, &text);
      if (done)
        writer->refused = false; /* that of an argument, which has its own remark */
      if (done)
        scope_text_append (out, scope_text_string (&text));
      scope_text_clear (&text);
      if (done)
        return true;
    }
  return false;
}

/* Whether the dialect writes a node otherwise than it is written. */
static bool
is_foreign (const ScopeWriter *writer, const ScopeNode *node)
{
  return node != NULL && node->op != NULL && node->spelling != NULL
         && node->state == SCOPE_NODE_FITS && node->dialect != writer->dialect
         && !is_operator (node->spelling);
}

/* A slice that goes backwards, which PyTorch does not take. */
static bool
goes_back (const ScopeWriter *writer, const ScopeSyntax *item)
{
  if (item->kind != SCOPE_SYNTAX_SLICE || item->child[2] < 0)
    return false;
  const ScopeSyntax *step = syntax_of (writer, item->child[2]);
  return step->kind == SCOPE_SYNTAX_UNARY && strcmp (step->text, "-") == 0;
}

/* What the two index alike but not the same: lists within a list, truths, and tensors without axes
 * among other indices. */
static bool
means_otherwise (const ScopeWriter *writer, const ScopeSyntax *index, const ScopeSyntax *item)
{
  if (index == item && item->kind == SCOPE_SYNTAX_LIST)
    for (int i = 0; i < item->children; i++)
      if (syntax_of (writer, item->child[i])->kind == SCOPE_SYNTAX_LIST)
        return true;
  if (item->kind == SCOPE_SYNTAX_TRUE || item->kind == SCOPE_SYNTAX_FALSE)
    return true;
  if (index == item || item->kind != SCOPE_SYNTAX_NAME)
    return false;
  for (int i = 0; i < writer->program->nodes; i++)
    {
      const ScopeNode *node = writer->program->node[i];
      if (node->span.begin == item->span.begin && node->span.end == item->span.end)
        return node->shape.rank == 0;
    }
  return false;
}

static void
remark_index (ScopeWriter *writer, const ScopeSyntax *subscript)
{
  const ScopeSyntax *index = syntax_of (writer, subscript->child[1]);
  int items = index->kind == SCOPE_SYNTAX_TUPLE ? index->children : 1;
  if (writer->program->dialect == writer->dialect)
    return;
  for (int i = 0; i < items; i++)
    {
      const ScopeSyntax *item =
          index->kind == SCOPE_SYNTAX_TUPLE ? syntax_of (writer, index->child[i]) : index;
      bool back = writer->dialect == SCOPE_PYTORCH && goes_back (writer, item);
      if (!back && !means_otherwise (writer, index, item))
        continue;
      scope_text_printf (&writer->remarks,
                         back ? "# %s has no counterpart of a negative step; flip the axis first.\n"
                              : "# %s has no counterpart of this index.\n",
                         scope_dialect_title (writer->dialect));
      return;
    }
}

/* Frameworks disagree about the axes of a scalar, which has none. */
static bool
asks_scalar_for_axis (const ScopeNode *node)
{
  static const char *const own[] = { "unsqueeze", "expand", "broadcast_to", "reshape", "view" };
  const ScopeShape *shape = scope_written_shape (node, "input");
  for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
    if (strcmp (node->op->name, own[i]) == 0)
      return false;
  return shape != NULL && shape->rank == 0
         && (scope_written (node, "dim") != NULL || scope_written (node, "dim0") != NULL
             || scope_written (node, "keepdim") != NULL || scope_written (node, "source") != NULL);
}

void
scope_write_syntax (ScopeWriter *writer, int32_t number, ScopeText *out)
{
  const ScopeSyntax *syntax = syntax_of (writer, number);
  const ScopeNode *node = writer->made[number];
  if (writer->depth >= SCOPE_WRITER_DEPTH)
    {
      copy_source (writer, syntax->span.begin, syntax->span.end, out);
      return;
    }
  writer->depth++;
  bool done = false;
  if (syntax->kind == SCOPE_SYNTAX_CALL && is_foreign (writer, node))
    {
      done = !asks_scalar_for_axis (node)
             && (translate (writer, node, out)
                 || (!writer->refused && write_spelling (writer, node, syntax, out)));
      if (!done)
        remark_missing (writer, node);
    }
  else if (syntax->kind == SCOPE_SYNTAX_ATTRIBUTE && is_foreign (writer, node))
    done = translate (writer, node, out);
  else if (syntax->kind == SCOPE_SYNTAX_CALL && node == NULL)
    done = write_query (writer, syntax, out);
  else if (syntax->kind == SCOPE_SYNTAX_ATTRIBUTE)
    done = write_constant (writer, syntax, out);
  else if (syntax->kind == SCOPE_SYNTAX_SUBSCRIPT)
    remark_index (writer, syntax);
  if (!done)
    write_as_it_is (writer, syntax, out);
  writer->depth--;
}

void
scope_write_primary (ScopeWriter *writer, int32_t number, ScopeText *out)
{
  ScopeText text = { 0 };
  writer->loose = false;
  scope_write_syntax (writer, number, &text);
  scope_text_append (out, writer->loose ? "(" : "");
  scope_text_append (out, scope_text_string (&text));
  scope_text_append (out, writer->loose ? ")" : "");
  scope_text_clear (&text);
  writer->loose = false;
}

/* ---- statements ----------------------------------------------------------------------------- */

/* `A[i] = B` where tensors are not assigned to: JAX has .at[…].set, TensorFlow a new tensor. */
static bool
write_assignment (ScopeWriter *writer, const ScopeSyntax *statement, ScopeText *out)
{
  const ScopeSyntax *target =
      statement->children == 2 ? syntax_of (writer, statement->child[1]) : NULL;
  if (target == NULL || target->kind != SCOPE_SYNTAX_SUBSCRIPT || writer->dialect == SCOPE_PYTORCH
      || writer->dialect == SCOPE_NUMPY)
    return false;
  const ScopeSyntax *index = syntax_of (writer, target->child[1]);
  ScopeText name = { 0 }, value = { 0 }, place = { 0 };
  scope_write_syntax (writer, target->child[0], &name);
  scope_write_syntax (writer, statement->child[0], &value);
  scope_write_syntax (writer, target->child[1], &place);
  const char *a = scope_text_string (&name);
  if (writer->dialect == SCOPE_JAX)
    scope_text_printf (out, "%s = %s.at[%s].set(%s)", a, a, scope_text_string (&place),
                       scope_text_string (&value));
  else if (index->kind == SCOPE_SYNTAX_ELLIPSIS)
    scope_text_printf (out, "%s = tf.broadcast_to(%s, %s.shape)", a, scope_text_string (&value), a);
  else
    scope_text_printf (
        out, "%s = tf.Variable(%s)\n%s[%s].assign(tf.broadcast_to(%s, %s[%s].shape))", a, a, a,
        scope_text_string (&place), scope_text_string (&value), a, scope_text_string (&place));
  scope_text_clear (&name);
  scope_text_clear (&value);
  scope_text_clear (&place);
  return true;
}

/* One statement and the lines that go before it. */
static void
write_statement (ScopeWriter *writer, int32_t number, ScopeText *out)
{
  const ScopeSyntax *statement = syntax_of (writer, number);
  ScopeText text = { 0 };
  if (statement->kind != SCOPE_SYNTAX_ASSIGN || !write_assignment (writer, statement, &text))
    scope_write_syntax (writer, number, &text);
  if (writer->before.length > 0 && out->length > 0 && out->data[out->length - 1] != '\n')
    scope_text_append (out, "\n");
  scope_text_append (out, scope_text_string (&writer->before));
  scope_text_clear (&writer->before);
  scope_text_append (out, scope_text_string (&text));
  scope_text_clear (&text);
}

/* The byte of every character, so that spans are found at once. */
static bool
index_source (ScopeWriter *writer)
{
  const char *source = writer->program->expression->source;
  size_t length = strlen (source), at = 0;
  writer->characters = (int32_t)scope_text_characters (source, length);
  writer->byte = malloc (((size_t)writer->characters + 1) * sizeof *writer->byte);
  if (writer->byte == NULL)
    return false;
  for (int32_t i = 0; i < writer->characters; i++)
    {
      writer->byte[i] = at++;
      while (((unsigned char)source[at] & 0xC0) == 0x80)
        at++;
    }
  writer->byte[writer->characters] = length;
  return true;
}

static bool
index_nodes (ScopeWriter *writer)
{
  const ScopeProgram *program = writer->program;
  writer->made = calloc ((size_t)program->expression->nodes + 1, sizeof *writer->made);
  if (writer->made == NULL)
    return false;
  for (int i = 0; i < program->nodes; i++)
    {
      const ScopeNode *node = program->node[i];
      if (node->op != NULL && !node->inner && node->part == 0 && node->syntax >= 0)
        writer->made[node->syntax] = node;
    }
  return true;
}

bool
scope_code_write (const ScopeProgram *program, ScopeDialect dialect, ScopeText *out)
{
  ScopeWriter writer = { .program = program, .dialect = dialect };
  const ScopeExpression *expression = program->expression;
  ScopeText text = { 0 };
  bool done = index_source (&writer) && index_nodes (&writer);
  int32_t at = 0;
  for (int i = 0; done && i < expression->statements; i++)
    {
      const ScopeSyntax *statement = syntax_of (&writer, expression->statement[i]);
      copy_source (&writer, at, statement->span.begin, &text);
      write_statement (&writer, expression->statement[i], &text);
      at = statement->span.end;
    }
  if (done)
    copy_source (&writer, at, writer.characters, &text);
  scope_text_append (out, scope_text_string (&writer.remarks));
  scope_text_append (out, scope_text_string (&text));
  done &= !text.failed && !out->failed;
  scope_text_clear (&text);
  scope_text_clear (&writer.remarks);
  scope_text_clear (&writer.before);
  free (writer.byte);
  free (writer.made);
  return done;
}
