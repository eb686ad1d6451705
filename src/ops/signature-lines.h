/* Inside the checking of signatures: shared by signature, signature-torch and signature-python. */
#pragma once

#include "ops/bind.h"

enum
{
  SCOPE_SIGNATURE_FIELDS = 16,
  SCOPE_SIGNATURE_LINES = 8,
};

/* A parameter of a signature; all texts lie in the spelling's. */
typedef struct
{
  const char *type; /* as PyTorch prints it: `tuple of ints`; NULL in Python's signatures */
  int type_length;
  const char *name;
  int name_length;
  int size; /* of `tuple of ints[2]`: one int stands for all; 0: it does not */
  bool optional, keyword_only, takes_none;
  bool takes_number; /* a Tensor for which a number will do */
} ScopeSignatureField;

typedef enum
{
  SCOPE_STYLE_TORCH,
  SCOPE_STYLE_PYTHON,
  SCOPE_STYLE_C,     /* PyArg_ParseTupleAndKeywords */
  SCOPE_STYLE_NPY,   /* npy_parse_arguments */
  SCOPE_STYLE_ARGS,  /* PyArg_ParseTuple */
  SCOPE_STYLE_ANY,   /* looks at its positional arguments itself */
  SCOPE_STYLE_UFUNC, /* NumPy's universal functions */
} ScopeSignatureStyle;

typedef struct
{
  ScopeSignatureStyle style;
  const char *function; /* its name in messages */
  int function_length;
  int fields;
  ScopeSignatureField field[SCOPE_SIGNATURE_FIELDS];
  int positional; /* fields that may be given by position */
  int required;
  bool hidden; /* PyTorch takes it but does not list it */
} ScopeSignatureLine;

/* The arguments as Python hands them over: without the object in a method of PyTorch's. */
typedef struct
{
  const ScopeCall *call;
  const ScopeArgument *argument;
  int arguments;
  int positional;
} ScopeGiven;

/* Whether text[0…length) is `word`. */
bool scope_signature_is (const char *text, int length, const char *word);
/* The keyword argument for a field, by its own name or one that PyTorch takes for it; NULL when it
 * was not given. */
const ScopeValue *scope_given_keyword (const ScopeGiven *given, const ScopeSignatureField *field);
/* type (value).__name__ in the call's dialect. */
const char *scope_given_type (const ScopeGiven *given, const ScopeValue *value);

#define SCOPE_REFUSE_CALL(failure, where, ...)                                                     \
  (scope_failure_begin (failure, SCOPE_RULE_ARGUMENT), (failure)->span = (where),                  \
   scope_failure_both (failure, "TypeError", __VA_ARGS__))

/* More positional arguments than the function takes. Returns false. */
bool scope_refuse_too_many (const ScopeGiven *given,
                            const ScopeSignatureLine *line,
                            ScopeFailure *failure);

/* Whether the arguments serve: PyTorch's overloads, a Python function, a function written in C. */
bool scope_signature_torch (const ScopeGiven *given,
                            const ScopeSignatureLine *line,
                            int lines,
                            ScopeFailure *failure);
bool scope_signature_python (const ScopeGiven *given,
                             const ScopeSignatureLine *line,
                             ScopeFailure *failure);
bool
scope_signature_c (const ScopeGiven *given, const ScopeSignatureLine *line, ScopeFailure *failure);
bool scope_signature_npy (const ScopeGiven *given,
                          const ScopeSignatureLine *line,
                          ScopeFailure *failure);
bool scope_signature_args (const ScopeGiven *given,
                           const ScopeSignatureLine *line,
                           ScopeFailure *failure);
bool scope_signature_ufunc (const ScopeGiven *given,
                            const ScopeSignatureLine *line,
                            ScopeFailure *failure);
bool scope_signature_any (const ScopeGiven *given,
                          const ScopeSignatureLine *line,
                          ScopeFailure *failure);
