/* Tensors written out as nested lists of numbers. */
#include "ops/literal.h"

#include "core/arena.h"
#include "ops/argument.h"
#include "ops/promote.h"

/* The shape that the first items promise. */
static bool
promised_shape (const ScopeValue *value, ScopeShape *shape)
{
  shape->rank = 0;
  for (; scope_value_is_sequence (value); value = &value->item[0])
    {
      if (shape->rank == SCOPE_MAX_RANK)
        return false;
      shape->size[shape->rank++] = value->items;
      if (value->items == 0)
        return true;
    }
  return scope_value_is_number (value) && value->kind != SCOPE_VALUE_SIZE;
}

typedef struct
{
  ScopeLiteral *literal;
  int64_t *integer;
  double *real;
} Flat;

static ScopeLiteralState
ragged (Flat *flat, const ScopeValue *value, int axis)
{
  flat->literal->wrong = value;
  flat->literal->axis = axis;
  flat->literal->expected = axis < flat->literal->shape.rank ? flat->literal->shape.size[axis] : 0;
  flat->literal->got = scope_value_is_sequence (value) ? value->items : -1;
  return SCOPE_LITERAL_RAGGED;
}

static ScopeLiteralState
add_number (Flat *flat, const ScopeValue *value)
{
  ScopeLiteral *literal = flat->literal;
  if (scope_value_is_sequence (value))
    return ragged (flat, value, literal->shape.rank);
  if (!scope_value_is_number (value) || value->kind == SCOPE_VALUE_SIZE)
    {
      literal->wrong = value;
      return SCOPE_LITERAL_OTHER;
    }
  ScopeLiteralKind kind = value->kind == SCOPE_VALUE_BOOL    ? SCOPE_LITERAL_TRUTHS
                          : value->kind == SCOPE_VALUE_FLOAT ? SCOPE_LITERAL_FLOATS
                                                             : SCOPE_LITERAL_INTEGERS;
  literal->kind = kind > literal->kind ? kind : literal->kind;
  bool real = value->kind == SCOPE_VALUE_FLOAT;
  bool whole = real && value->number > -9e18 && value->number < 9e18;
  flat->integer[literal->count] = whole ? (int64_t)value->number : real ? 0 : value->integer;
  flat->real[literal->count++] = real ? value->number : (double)value->integer;
  return SCOPE_LITERAL_FITS;
}

/* As deep as the shape has axes, which bounds the recursion. */
static ScopeLiteralState
flatten (Flat *flat, const ScopeValue *value, int axis)
{
  const ScopeShape *shape = &flat->literal->shape;
  if (axis == shape->rank)
    return add_number (flat, value);
  if (!scope_value_is_sequence (value) || value->items != shape->size[axis])
    return ragged (flat, value, axis);
  for (int i = 0; i < value->items; i++)
    {
      ScopeLiteralState state = flatten (flat, &value->item[i], axis + 1);
      if (state != SCOPE_LITERAL_FITS)
        return state;
    }
  return SCOPE_LITERAL_FITS;
}

ScopeLiteralState
scope_literal_read (const ScopeCall *call, const ScopeValue *value, ScopeLiteral *out)
{
  *out = (ScopeLiteral){ .kind = SCOPE_LITERAL_TRUTHS };
  int64_t count;
  if (!promised_shape (value, &out->shape))
    {
      const ScopeValue *first = value;
      for (int depth = 0; scope_value_is_sequence (first) && depth < SCOPE_MAX_RANK; depth++)
        first = &first->item[0];
      out->wrong = first;
      return SCOPE_LITERAL_OTHER;
    }
  /* The numbers are written out, so that there are no more than the text has characters. */
  if (!scope_shape_count (&out->shape, &count, NULL) || count > SCOPE_EXPRESSION_BYTES)
    return ragged (&(Flat){ .literal = out }, value, 0);
  Flat flat = {
    .literal = out,
    .integer = scope_arena_alloc (call->arena, (size_t)(count + 1) * sizeof (int64_t)),
    .real = scope_arena_alloc (call->arena, (size_t)(count + 1) * sizeof (double)),
  };
  if (flat.integer == NULL || flat.real == NULL)
    return SCOPE_LITERAL_OTHER;
  out->integer = flat.integer;
  out->real = flat.real;
  return flatten (&flat, value, 0);
}

ScopeDtype
scope_literal_dtype (const ScopeLiteral *literal, ScopeDialect dialect)
{
  if (literal->count == 0 || literal->kind == SCOPE_LITERAL_FLOATS)
    return scope_default_float (dialect);
  return literal->kind == SCOPE_LITERAL_TRUTHS ? SCOPE_BOOL : scope_default_int (dialect);
}
