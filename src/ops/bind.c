/* Binding of arguments; the grammar of ScopeSpelling.takes is described in op.h. */
#include "ops/bind.h"

#include "core/arena.h"
#include "ops/signature.h"

#include <assert.h>
#include <string.h>

enum
{
  MAX_SLOTS = 32
};

/* One word of `takes`. */
typedef struct
{
  const char *text; /* into `takes`: the names, separated by = */
  size_t length;
  int parameter; /* −1: accepted and ignored */
  bool rest;     /* takes all remaining positional arguments */
  bool unknown;  /* takes the name of a keyword that no other slot has */
  bool keyword_only;
} Slot;

typedef struct
{
  int slots;
  Slot slot[MAX_SLOTS];
  bool any; /* takes any other keyword, which the operation finds in call->argument */
} Signature;

int
scope_op_parameters (const ScopeOp *op)
{
  int count = 0;
  while (op->parameter != NULL && op->parameter[count].name != NULL)
    count++;
  return count;
}

static int
find_parameter (const ScopeOp *op, const char *name, size_t length)
{
  for (int i = 0; op->parameter[i].name != NULL; i++)
    if (strlen (op->parameter[i].name) == length
        && strncmp (op->parameter[i].name, name, length) == 0)
      return i;
  return -1;
}

static Slot
read_slot (const ScopeOp *op, const char *word, size_t length, bool keyword_only)
{
  Slot slot = { .text = word, .length = length, .keyword_only = keyword_only };
  bool ignored = word[0] == '-';
  slot.unknown = length > 2 && word[0] == '*' && word[1] == '*';
  slot.rest = word[0] == '*' && !slot.unknown;
  if (slot.unknown)
    {
      slot.keyword_only = true;
      slot.text += 2;
      slot.length -= 2;
    }
  if (ignored || slot.rest)
    {
      slot.text++;
      slot.length--;
    }
  const char *equals = memchr (slot.text, '=', slot.length);
  size_t first = equals != NULL ? (size_t)(equals - slot.text) : slot.length;
  slot.parameter = ignored ? -1 : find_parameter (op, slot.text, first);
  assert (ignored || slot.parameter >= 0);
  /* `name=other`: only the names after the first are the framework's. */
  if (equals != NULL)
    {
      slot.length -= first + 1;
      slot.text += first + 1;
    }
  return slot;
}

static void
read_signature (const ScopeOp *op, const ScopeSpelling *spelling, Signature *signature)
{
  const char *takes = spelling->takes;
  signature->slots = 0;
  signature->any = false;
  if (takes == NULL)
    {
      for (int i = 0; op->parameter[i].name != NULL; i++)
        {
          const char *name = op->parameter[i].name;
          signature->slot[signature->slots++] =
              (Slot){ .text = name, .length = strlen (name), .parameter = i };
        }
      return;
    }

  bool keyword_only = false;
  while (*takes != '\0')
    {
      size_t length = strcspn (takes, " ");
      if (length == 1 && takes[0] == '|')
        keyword_only = true;
      else if (length == 2 && takes[0] == '*' && takes[1] == '*')
        signature->any = true;
      else if (length > 0)
        {
          assert (signature->slots < MAX_SLOTS);
          signature->slot[signature->slots++] = read_slot (op, takes, length, keyword_only);
        }
      takes += length + (takes[length] == ' ');
    }
}

/* Whether `name` is one of the names of a slot. */
static bool
slot_has_name (const Slot *slot, const char *name)
{
  size_t wanted = strlen (name);
  const char *at = slot->text, *end = slot->text + slot->length;
  while (at < end)
    {
      const char *equals = memchr (at, '=', (size_t)(end - at));
      size_t length = (size_t)((equals != NULL ? equals : end) - at);
      if (length == wanted && strncmp (at, name, length) == 0)
        return true;
      at += length + 1;
    }
  return false;
}

/* Python's own complaint about a call, at the argument that caused it. */
#define refuse(failure, where, ...)                                                                \
  (scope_failure_begin (failure, SCOPE_RULE_ARGUMENT), (failure)->span = (where),                  \
   scope_failure_both (failure, "TypeError", __VA_ARGS__))

/* `cat` of `torch.cat`, `reshape` of `.reshape`. */
static const char *
short_name (const ScopeCall *call)
{
  const char *dot = strrchr (call->spelling->name, '.');
  return dot != NULL ? dot + 1 : call->spelling->name;
}

/* The remaining positional arguments as one value: a single one stands for itself, but a tensor,
 * which makes a sequence of tensors. PyTorch does not look behind a sequence. */
static ScopeValue
gather_rest (const ScopeCall *call, const ScopeArgument *argument, int first, int last)
{
  bool alone =
      last - first == 1
      || (call->dialect == SCOPE_PYTORCH && scope_value_is_sequence (&argument[first].value));
  if (alone && argument[first].value.kind != SCOPE_VALUE_TENSOR)
    return argument[first].value;
  ScopeValue *items = scope_arena_alloc (call->arena, (size_t)(last - first) * sizeof *items);
  ScopeValue value = { .kind = SCOPE_VALUE_TUPLE, .item = items };
  value.span = argument[first].value.span;
  for (int i = first; items != NULL && i < last; i++)
    {
      items[value.items++] = argument[i].value;
      value.span.end = argument[i].value.span.end;
    }
  return value;
}

static bool
bind_positional (const ScopeCall *call,
                 const Signature *signature,
                 const ScopeArgument *argument,
                 int positional,
                 ScopeValue *bound,
                 ScopeFailure *failure)
{
  int slot = 0;
  for (int i = 0; i < positional; i++, slot++)
    {
      if (slot >= signature->slots || signature->slot[slot].keyword_only)
        {
          return refuse (failure, argument[i].value.span,
                         "%s() takes at most %d positional arguments, got %d", short_name (call),
                         slot, positional);
        }
      const Slot *taken = &signature->slot[slot];
      if (taken->rest)
        {
          bound[taken->parameter] = gather_rest (call, argument, i, positional);
          return true;
        }
      if (taken->parameter >= 0)
        bound[taken->parameter] = argument[i].value;
    }
  return true;
}

static bool
bind_keyword (const ScopeCall *call,
              const Signature *signature,
              const ScopeArgument *argument,
              ScopeValue *bound,
              ScopeFailure *failure)
{
  for (int s = 0; s < signature->slots; s++)
    {
      const Slot *slot = &signature->slot[s];
      if (slot->unknown)
        { /* it stands last */
          if (!scope_value_given (&bound[slot->parameter]))
            bound[slot->parameter] = (ScopeValue){ .kind = SCOPE_VALUE_STRING,
                                                   .text = argument->name,
                                                   .span = argument->value.span };
          return true;
        }
      if (!slot_has_name (slot, argument->name))
        continue;
      if (slot->parameter < 0)
        return true;
      if (scope_value_given (&bound[slot->parameter]))
        {
          return refuse (failure, argument->value.span,
                         "%s() got multiple values for argument '%s'", short_name (call),
                         argument->name);
        }
      bound[slot->parameter] = argument->value;
      return true;
    }
  if (signature->any)
    return true;
  return refuse (failure, argument->value.span, "%s() got an unexpected keyword argument '%s'",
                 short_name (call), argument->name);
}

/* Parameters without a default that this spelling takes must be there. */
static bool
check_missing (const ScopeCall *call,
               const Signature *signature,
               const ScopeValue *bound,
               ScopeFailure *failure)
{
  for (int s = 0; s < signature->slots; s++)
    {
      int parameter = signature->slot[s].parameter;
      if (parameter < 0 || scope_value_given (&bound[parameter])
          || call->op->parameter[parameter].initial != NULL)
        continue;
      const char *equals = memchr (signature->slot[s].text, '=', signature->slot[s].length);
      int length = (int)(equals != NULL ? equals - signature->slot[s].text
                                        : (long)signature->slot[s].length);
      return refuse (failure, call->span, "%s() missing 1 required positional argument: '%.*s'",
                     short_name (call), length, signature->slot[s].text);
    }
  return true;
}

bool
scope_bind (const ScopeCall *call,
            const ScopeArgument *argument,
            int arguments,
            ScopeValue *bound,
            ScopeFailure *failure)
{
  if (!scope_signature_check (call, argument, arguments, failure))
    return false;
  Signature signature;
  read_signature (call->op, call->spelling, &signature);
  int parameters = scope_op_parameters (call->op);
  for (int i = 0; i < parameters; i++)
    bound[i] = (ScopeValue){ .kind = SCOPE_VALUE_ABSENT, .span = call->span };

  int positional = 0;
  while (positional < arguments && argument[positional].name == NULL)
    positional++;
  if (!bind_positional (call, &signature, argument, positional, bound, failure))
    return false;
  for (int i = positional; i < arguments; i++)
    if (!bind_keyword (call, &signature, &argument[i], bound, failure))
      return false;
  return check_missing (call, &signature, bound, failure);
}

int
scope_spelling_parameter (const ScopeOp *op,
                          const ScopeSpelling *spelling,
                          int position,
                          bool *rest)
{
  Signature signature;
  read_signature (op, spelling, &signature);
  *rest = false;
  for (int s = 0; s < signature.slots && s <= position; s++)
    {
      const Slot *slot = &signature.slot[s];
      if (slot->keyword_only)
        return -1;
      if (slot->rest || s == position)
        {
          *rest = slot->rest;
          return slot->parameter;
        }
    }
  return -1;
}

const char *
scope_spelling_keyword (const ScopeOp *op,
                        const ScopeSpelling *spelling,
                        int parameter,
                        size_t *length)
{
  Signature signature;
  read_signature (op, spelling, &signature);
  for (int s = 0; s < signature.slots; s++)
    if (signature.slot[s].parameter == parameter)
      {
        const Slot *slot = &signature.slot[s];
        const char *equals = memchr (slot->text, '=', slot->length);
        *length = equals != NULL ? (size_t)(equals - slot->text) : slot->length;
        return slot->text;
      }
  return NULL;
}

int
scope_spelling_find (const ScopeOp *op, const ScopeSpelling *spelling, const char *name)
{
  Signature signature;
  read_signature (op, spelling, &signature);
  for (int s = 0; s < signature.slots; s++)
    if (slot_has_name (&signature.slot[s], name))
      return signature.slot[s].parameter;
  return -1;
}
