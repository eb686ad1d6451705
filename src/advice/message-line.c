/* From the source line of a traceback to an expression that fails as the message says: the whole
 * line where each of its names is a tensor of the message, else the one operation in it that can
 * have failed. */
#include "advice/message-parts.h"

#include "ops/registry.h"

#include <stdlib.h>
#include <string.h>

/* ---- the line ------------------------------------------------------------------------------- */

static size_t
behind_keyword (const char *text, size_t length)
{
  static const char *const keywords[] = { "return ", "await ", "yield " };
  for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
    if (length > strlen (keywords[i]) && memcmp (text, keywords[i], strlen (keywords[i])) == 0)
      return strlen (keywords[i]);
  return 0;
}

/* Behind the `=` of an assignment, 0 when it is none; *subscript: its target ends with `]`. */
static size_t
behind_assignment (const char *text, size_t length, bool *subscript)
{
  int depth = 0;
  for (size_t i = 0; i + 1 < length; i++)
    {
      char c = text[i];
      if (c == '#' || c == '\'' || c == '"')
        return 0;
      depth += (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
      if (c != '=' || depth != 0)
        continue;
      if (i == 0 || text[i + 1] == '=' || strchr ("=!<>+-*/%@&|^:", text[i - 1]) != NULL)
        return 0;
      size_t end = i;
      while (end > 0 && text[end - 1] == ' ')
        end--;
      *subscript = end > 0 && text[end - 1] == ']';
      return i + 1;
    }
  return 0;
}

/* The file's name and the line's number out of the header of a frame. */
static void
note_place (ScopeMessage *message, const ScopePaste *paste, const ScopeSource *source)
{
  const char *header = paste->line + source->header_begin;
  size_t length = source->header_end - source->header_begin, dot = 0;
  for (size_t i = 0; i + 3 <= length && dot == 0; i++)
    if (memcmp (header + i, ".py", 3) == 0 && i > 0)
      dot = i;
  if (dot == 0)
    return;
  size_t begin = dot;
  while (begin > 0 && strchr ("/\\\"' :[(", header[begin - 1]) == NULL)
    begin--;
  scope_text_append_bytes (&message->place, header + begin, dot + 3 - begin);
  size_t digits = dot + 3;
  static const char word[] = "line ";
  for (size_t i = digits; i + sizeof word - 1 < length; i++)
    if (memcmp (header + i, word, sizeof word - 1) == 0)
      {
        digits = i + sizeof word - 2;
        break;
      }
  size_t end = digits + 1;
  while (end < length && header[end] >= '0' && header[end] <= '9')
    end++;
  if (digits < length && end > digits + 1 && (header[digits] == ':' || header[digits] == ' '))
    {
      scope_text_append (&message->place, ":");
      scope_text_append_bytes (&message->place, header + digits + 1, end - digits - 1);
    }
}

void
scope_message_note_source (ScopeMessage *message,
                           const ScopePaste *paste,
                           const ScopeSource *source)
{
  scope_text_append_bytes (&message->source, source->code.data, source->code.length);
  note_place (message, paste, source);
  /* PyTorch says the same of `A[…] = B` as of `B.expand (…)`. */
  bool subscript = false;
  if (strcmp (message->op, "expand") == 0
      && behind_assignment (source->code.data, source->code.length, &subscript) > 0 && subscript)
    message->op = "assign";
}

/* ---- the whole line ------------------------------------------------------------------------- */

typedef struct
{
  const char *name[SCOPE_MESSAGE_SHAPES];
  int names;
  bool assigns; /* `name[...] = value`: the first name is the destination */
} Names;

static bool
is_full_index (const ScopeSyntax *index)
{
  if (index->kind == SCOPE_SYNTAX_ELLIPSIS)
    return true;
  return index->kind == SCOPE_SYNTAX_SLICE && index->child[0] < 0 && index->child[1] < 0
         && index->child[2] < 0;
}

static void
add_name (Names *source, const char *name)
{
  for (int i = 0; i < source->names; i++)
    if (strcmp (source->name[i], name) == 0)
      return;
  if (source->names < SCOPE_MESSAGE_SHAPES)
    source->name[source->names++] = name;
}

/* The tensors of a line in the order they are written. */
static void
collect (const ScopeExpression *expression, Names *source)
{
  const ScopeSyntax *statement = &expression->node[expression->statement[0]];
  if (statement->kind == SCOPE_SYNTAX_ASSIGN && statement->children == 2)
    {
      const ScopeSyntax *target = &expression->node[statement->child[1]];
      if (target->kind == SCOPE_SYNTAX_SUBSCRIPT
          && expression->node[target->child[0]].kind == SCOPE_SYNTAX_NAME
          && is_full_index (&expression->node[target->child[1]]))
        {
          source->assigns = true;
          add_name (source, expression->node[target->child[0]].text);
        }
    }
  for (int begin = 0, found; begin >= 0;) /* nodes stand children first, not in reading order */
    {
      found = -1;
      for (int i = 0; i < expression->nodes; i++)
        {
          const ScopeSyntax *node = &expression->node[i];
          if (node->kind == SCOPE_SYNTAX_NAME && !node->called && !node->target
              && node->span.begin >= begin && !scope_registry_is_module (node->text)
              && (found < 0 || node->span.begin < expression->node[found].span.begin))
            found = i;
        }
      if (found >= 0)
        add_name (source, expression->node[found].text);
      begin = found >= 0 ? expression->node[found].span.end : -1;
    }
}

/* Defines the line's tensors by the message's shapes; false where that is not plain. */
static bool
define_source (ScopeMessage *message, const Names *source)
{
  message->tensors = 0;
  bool assign = strcmp (message->op, "assign") == 0 || strcmp (message->op, "expand") == 0;
  if (message->shapes.count > 2)
    {
      if (source->names != message->shapes.count)
        return false;
      for (int i = 0; i < source->names; i++)
        scope_message_define (message, source->name[i], SCOPE_FLOAT32, &message->shapes.shape[i]);
      return true;
    }
  if (strcmp (message->op, "reshape") == 0 && source->names == 1)
    {
      ScopeShape a =
          message->has_a ? message->a : scope_message_unknown_but (1, 0, message->numel.value[0]);
      scope_message_define (message, source->name[0], SCOPE_FLOAT32, &a);
      return message->has_a || message->numel.given;
    }
  if (source->names != 2)
    return false;
  if (assign)
    return source->assigns && scope_message_define_pair (message, source->name[1], source->name[0]);
  if (strcmp (message->op, "broadcast") == 0)
    return scope_message_define_pair (message, source->name[0], source->name[1]);
  if (strcmp (message->op, "matmul") != 0 && strcmp (message->op, "cat") != 0
      && strcmp (message->op, "stack") != 0)
    return false;
  if (!message->has_a || !message->has_b)
    return false;
  scope_message_define (message, source->name[0], SCOPE_FLOAT32, &message->a);
  scope_message_define (message, source->name[1], SCOPE_FLOAT32, &message->b);
  return true;
}

bool
scope_message_express_line (ScopeMessage *message, const ScopeSource *source)
{
  size_t skip = behind_keyword (source->code.data, source->code.length);
  const char *text = source->code.data + skip;
  size_t length = source->code.length - skip;
  ScopeError error;
  ScopeExpression *expression = scope_expression_parse (text, length, &error);
  if (expression == NULL)
    return false;
  Names names = { 0 };
  if (expression->statements == 1)
    collect (expression, &names);
  bool serves = false;
  if (names.names > 0 && define_source (message, &names))
    {
      scope_text_append_bytes (&message->expression, text, length);
      serves = scope_message_line_fails (message);
    }
  if (!serves)
    {
      message->tensors = 0;
      scope_text_clear (&message->expression);
    }
  scope_expression_free (expression);
  return serves;
}

/* ---- a part of the line ---------------------------------------------------------------------- */

typedef enum
{
  PRODUCT,
  ELEMENTWISE,
  JOIN,
  RESHAPE,
  NOTHING,
} Family;

static Family
family_of (const char *op)
{
  static const struct
  {
    const char *op;
    Family family;
  } known[] = {
    { "matmul", PRODUCT }, { "broadcast", ELEMENTWISE }, { "cat", JOIN },
    { "stack", JOIN },     { "reshape", RESHAPE },
  };
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (strcmp (known[i].op, op) == 0)
      return known[i].family;
  return NOTHING;
}

/* An operation in the line and its operands. */
typedef struct
{
  int found; /* how many there are */
  const ScopeSyntax *node, *operand[2];
} Part;

static bool
is_one_of (const char *name, const char *const *names, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (name != NULL && strcmp (name, names[i]) == 0)
      return true;
  return false;
}

#define IS_ONE_OF(name, names) is_one_of (name, names, sizeof names / sizeof names[0])

static void
add_part (Part *part, const ScopeSyntax *node, const ScopeSyntax *first, const ScopeSyntax *second)
{
  part->found++;
  part->node = node;
  part->operand[0] = first;
  part->operand[1] = second;
}

static bool
is_number (const ScopeSyntax *node)
{
  return node->kind == SCOPE_SYNTAX_INTEGER || node->kind == SCOPE_SYNTAX_FLOAT
         || node->kind == SCOPE_SYNTAX_STRING || node->kind == SCOPE_SYNTAX_NONE;
}

/* The name that a call calls; *object is what stands before it, NULL for a module or nothing. */
static const char *
callee (const ScopeExpression *line, const ScopeSyntax *call, const ScopeSyntax **object)
{
  const ScopeSyntax *function = &line->node[call->child[0]];
  *object = NULL;
  if (function->kind == SCOPE_SYNTAX_NAME)
    return function->text;
  if (function->kind != SCOPE_SYNTAX_ATTRIBUTE)
    return NULL;
  const ScopeSyntax *root = &line->node[function->child[0]];
  *object = root;
  while (root->kind == SCOPE_SYNTAX_ATTRIBUTE)
    root = &line->node[root->child[0]];
  if (root->kind == SCOPE_SYNTAX_NAME && scope_registry_is_module (root->text))
    *object = NULL;
  return function->text;
}

static const ScopeSyntax *
argument (const ScopeExpression *line, const ScopeSyntax *call, int i)
{
  if (i + 1 >= call->children)
    return NULL;
  const ScopeSyntax *node = &line->node[call->child[i + 1]];
  return node->kind == SCOPE_SYNTAX_KEYWORD || node->kind == SCOPE_SYNTAX_STAR ? NULL : node;
}

static void
look_at_call (const ScopeExpression *line, const ScopeSyntax *call, Family family, Part *part)
{
  static const char *const products[] = { "matmul", "mm", "bmm", "dot", "mv", "linear" };
  static const char *const joins[] = { "cat",    "concat", "concatenate", "stack",
                                       "hstack", "vstack", "dstack",      "column_stack" };
  static const char *const reshapes[] = { "view", "reshape" };
  const ScopeSyntax *object;
  const char *name = callee (line, call, &object);
  const ScopeSyntax *first = object != NULL ? object : argument (line, call, 0);
  const ScopeSyntax *second = argument (line, call, object != NULL ? 0 : 1);
  if (family == PRODUCT && IS_ONE_OF (name, products) && first != NULL && second != NULL)
    add_part (part, call, first, second);
  else if (family == RESHAPE && IS_ONE_OF (name, reshapes) && first != NULL)
    add_part (part, call, first, NULL);
  else if (family == JOIN && IS_ONE_OF (name, joins) && object == NULL && first != NULL
           && (first->kind == SCOPE_SYNTAX_LIST || first->kind == SCOPE_SYNTAX_TUPLE)
           && first->children == 2)
    add_part (part, call, &line->node[first->child[0]], &line->node[first->child[1]]);
  else if (family == JOIN && IS_ONE_OF (name, joins))
    part->found++; /* of something that is not shown */
}

/* Calls that do not broadcast, so that an operator beside them is what failed. */
static bool
is_harmless (const char *name)
{
  static const char *const names[] = {
    "size",  "view",        "reshape",    "permute", "transpose", "t",       "unsqueeze", "squeeze",
    "float", "long",        "cuda",       "cpu",     "to",        "sqrt",    "exp",       "log",
    "mean",  "sum",         "contiguous", "detach",  "numpy",     "sigmoid", "softmax",   "relu",
    "len",   "int",         "abs",        "astype",  "flatten",   "clone",   "half",      "double",
    "std",   "expand_dims", "tanh",       "item",    "max",       "min",     "norm",      "type",
  };
  return IS_ONE_OF (name, names);
}

/* The operations of a family in a line. */
static Part
find_part (const ScopeExpression *line, Family family, bool direct)
{
  Part part = { 0 };
  bool calls = false, harmless = true;
  for (int i = 0; i < line->nodes; i++)
    {
      const ScopeSyntax *node = &line->node[i];
      bool two = node->children == 2;
      const ScopeSyntax *first = two ? &line->node[node->child[0]] : NULL;
      const ScopeSyntax *second = two ? &line->node[node->child[1]] : NULL;
      if (node->kind == SCOPE_SYNTAX_CALL)
        {
          const ScopeSyntax *object;
          calls = true;
          harmless = harmless && is_harmless (callee (line, node, &object));
          look_at_call (line, node, family, &part);
        }
      else if (node->kind == SCOPE_SYNTAX_BINARY && family == PRODUCT && node->text[0] == '@')
        add_part (&part, node, first, second);
      else if (family == ELEMENTWISE && two && !is_number (first) && !is_number (second)
               && (node->kind == SCOPE_SYNTAX_COMPARE || node->kind == SCOPE_SYNTAX_AUGMENT
                   || (node->kind == SCOPE_SYNTAX_BINARY && node->text[0] != '@'
                       && strcmp (node->text, "and") != 0 && strcmp (node->text, "or") != 0)))
        add_part (&part, node, first, second);
    }
  bool operator= part.found == 1 && part.node != NULL && part.node->kind != SCOPE_SYNTAX_CALL;
  if (operator&& ((calls && !direct) || (family == ELEMENTWISE && !harmless)))
    part.found = 2;
  return part;
}

/* The bytes of a text up to character number `characters`. */
static size_t
bytes_of (const char *text, int32_t characters)
{
  size_t i = 0;
  for (; characters > 0 && text[i] != '\0'; characters--)
    for (i++; ((unsigned char)text[i] & 0xc0) == 0x80; i++)
      ;
  return i;
}

/* The operand's own name, or a letter that stands for more than a name. */
static const char *
name_of (const ScopeSyntax *operand, const ScopeSyntax *other, const char *letter)
{
  static const char *const letters[] = { "A", "B", "C" };
  if (operand->kind == SCOPE_SYNTAX_NAME && !scope_registry_is_module (operand->text)
      && strlen (operand->text) < sizeof (((ScopeMessageTensor *)0)->name))
    return operand->text;
  if (other == NULL || other->kind != SCOPE_SYNTAX_NAME || strcmp (other->text, letter) != 0)
    return letter;
  return letters[2];
}

static void
append_between (ScopeText *out, const char *source, int32_t begin, int32_t end)
{
  size_t from = bytes_of (source, begin), to = bytes_of (source, end);
  if (to > from)
    scope_text_append_bytes (out, source + from, to - from);
}

/* The operation as it is written, with names for its operands. */
static bool
write_part (ScopeMessage *message, const ScopeExpression *line, const Part *part, Family family)
{
  const ScopeSyntax *first = part->operand[0], *second = part->operand[1], *node = part->node;
  const char *name[2] = { name_of (first, second, "A"),
                          second != NULL ? name_of (second, first, "B") : NULL };
  if (second != NULL && strcmp (name[0], name[1]) == 0)
    return false;
  int tensors = family == RESHAPE ? 1 : 2;
  if (message->tensors != tensors || (second != NULL && second->span.begin < first->span.end))
    return false;
  for (int i = 0; i < tensors; i++)
    {
      ScopeMessageTensor *tensor = &message->tensor[i];
      const char *own = name[tensor->name[0] == 'B'];
      memcpy (tensor->name, own, strlen (own) + 1);
    }
  scope_text_clear (&message->expression);
  ScopeText *out = &message->expression;
  if (family == RESHAPE)
    {
      const ScopeSyntax *function = &line->node[node->child[0]];
      scope_text_printf (out, "%s.%s(", name[0], function->text);
      scope_message_print_sizes (message, &message->b);
      scope_text_append (out, ")");
      return true;
    }
  append_between (out, line->source, node->span.begin, first->span.begin);
  scope_text_append (out, name[0]);
  append_between (out, line->source, first->span.end, second->span.begin);
  scope_text_append (out, name[1]);
  append_between (out, line->source, second->span.end, node->span.end);
  return true;
}

/* ---- einsum --------------------------------------------------------------------------------- */

enum
{
  TERMS = 4 /* of an equation, at most */
};

/* The equation in the line: `"bl,mkl->bmk"`. */
typedef struct
{
  const char *text;
  size_t length;
  int terms;
  const char *term[TERMS];
  int letters[TERMS];
} Equation;

static bool
find_equation (const ScopeText *code, Equation *out)
{
  const char *call = code->length > 0 ? strstr (code->data, "einsum(") : NULL;
  if (call == NULL || strstr (call + 1, "einsum(") != NULL)
    return false;
  const char *text = call + strlen ("einsum(");
  if (*text != '\'' && *text != '"')
    return false;
  const char *close = strchr (text + 1, *text);
  if (close == NULL)
    return false;
  *out = (Equation){ .text = text + 1, .length = (size_t)(close - text - 1), .terms = 1 };
  out->term[0] = text + 1;
  for (const char *p = text + 1; p < close && *p != '-'; p++)
    if (*p == ',' && out->terms == TERMS)
      return false;
    else if (*p == ',')
      out->term[out->terms++] = p + 1;
    else if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'))
      out->letters[out->terms - 1]++;
    else if (*p != ' ') /* an ellipsis */
      return false;
  return true;
}

/* The shapes of an equation's operands of which only the size of one letter is known: `size` in the
 * operand that is named, `before` in the others. */
static void
define_terms (ScopeMessage *message, const Equation *equation, char letter)
{
  for (int i = 0; i < equation->terms; i++)
    {
      ScopeShape shape = scope_message_unknown_but (equation->letters[i], -1, 0);
      int axis = 0;
      for (const char *p = equation->term[i]; axis < shape.rank; p++)
        if (*p != ' ')
          {
            if (*p == letter)
              shape.size[axis] = message->sizes.value[i == message->index.value];
            axis++;
          }
      const char name[2] = { (char)('A' + i), '\0' };
      scope_message_define (message, name, SCOPE_FLOAT32, &shape);
    }
}

/* PyTorch's and NumPy's messages do not repeat the equation, but the line shows it. */
static bool
express_einsum (ScopeMessage *message, const ScopeSource *source)
{
  Equation equation;
  if (strcmp (message->op, "einsum") != 0 || !find_equation (&source->code, &equation))
    return false;
  bool whole = message->has_a && message->has_b && equation.terms == 2
               && equation.letters[0] == message->a.rank && equation.letters[1] == message->b.rank;
  bool letter = message->label.length == 1 && message->sizes.given && message->index.given
                && message->index.value < equation.terms;
  if (!whole && !letter)
    return false;
  if (whole)
    {
      scope_message_define (message, "A", SCOPE_FLOAT32, &message->a);
      scope_message_define (message, "B", SCOPE_FLOAT32, &message->b);
    }
  else
    define_terms (message, &equation, message->label.data[0]);
  scope_text_append (&message->expression,
                     message->dialect == SCOPE_NUMPY ? "np.einsum(\"" : "torch.einsum(\"");
  scope_text_append_bytes (&message->expression, equation.text, equation.length);
  scope_text_append (&message->expression, "\"");
  for (int i = 0; i < equation.terms; i++)
    scope_text_printf (&message->expression, ", %c", 'A' + i);
  scope_text_append (&message->expression, ")");
  if (scope_message_line_fails (message))
    return true;
  message->tensors = 0;
  scope_text_clear (&message->expression);
  return false;
}

bool
scope_message_express_part (ScopeMessage *message, const ScopeSource *source)
{
  if (message->expression.length == 0)
    return express_einsum (message, source);
  Family family = family_of (message->op);
  if (family == NOTHING || (family == RESHAPE && !message->has_b))
    return false;
  bool ignored;
  size_t skip = behind_keyword (source->code.data, source->code.length);
  size_t value = behind_assignment (source->code.data, source->code.length, &ignored);
  skip = value > skip ? value : skip;
  ScopeError error;
  ScopeExpression *line =
      scope_expression_parse (source->code.data + skip, source->code.length - skip, &error);
  if (line == NULL)
    return false;
  Part part = find_part (line, family, source->direct);
  bool done = false;
  ScopeMessage *plain = malloc (sizeof *plain);
  if (part.found == 1 && part.node != NULL && plain != NULL)
    {
      *plain = *message;
      message->expression = (ScopeText){ 0 };
      done = write_part (message, line, &part, family) && scope_message_line_fails (message);
      if (!done)
        {
          scope_text_clear (&message->expression);
          *message = *plain;
        }
      else
        scope_text_clear (&plain->expression);
    }
  free (plain);
  scope_expression_free (line);
  return done;
}
