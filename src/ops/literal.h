/* Tensors written out as nested lists of numbers. */
#pragma once

#include "ops/op.h"

typedef enum
{
  SCOPE_LITERAL_FITS,
  SCOPE_LITERAL_RAGGED, /* lists of different lengths, or numbers beside lists */
  SCOPE_LITERAL_OTHER,  /* something that is no number */
} ScopeLiteralState;

/* The widest kind of number in it. */
typedef enum
{
  SCOPE_LITERAL_TRUTHS,
  SCOPE_LITERAL_INTEGERS,
  SCOPE_LITERAL_FLOATS,
} ScopeLiteralKind;

typedef struct
{
  ScopeShape shape;
  ScopeLiteralKind kind;
  int64_t count;
  const int64_t *integer; /* in C order, truths included; of floats without their fraction */
  const double *real;
  /* Where it goes wrong: */
  const ScopeValue *wrong; /* the value at fault */
  int axis;                /* of RAGGED: the axis whose lists differ */
  int64_t expected, got;   /* their lengths; got is −1 for a number in place of a list */
} ScopeLiteral;

/* Reads a number, or lists of lists of numbers; everything lies in the call's arena. */
ScopeLiteralState
scope_literal_read (const ScopeCall *call, const ScopeValue *value, ScopeLiteral *out);

/* The type a dialect gives it: bool, its integers or its floats; of no numbers its floats. */
ScopeDtype scope_literal_dtype (const ScopeLiteral *literal, ScopeDialect dialect);
