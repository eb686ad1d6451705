/* What the files that look for hazards share; private to them. */
#pragma once

#include "advice/hazard.h"

/* How much a hazard worries: the larger, the earlier it is said. */
typedef enum
{
  SCOPE_WORRY_SQUARE,
  SCOPE_WORRY_DIVISION,
  SCOPE_WORRY_CORNERS,
  SCOPE_WORRY_ALIASING,
  SCOPE_WORRY_OVERSHOOT,
  SCOPE_WORRY_BROADCAST,
  SCOPE_WORRY_MEMORY,
  SCOPE_WORRY_NARROWING,
  SCOPE_WORRY_OVERFLOW,
  SCOPE_WORRY_SCRAMBLE,
  SCOPE_WORRY_OUTER,
  SCOPE_WORRY_LOSS,
} ScopeWorry;

enum
{
  SCOPE_MOST_FOUND = 24, /* before the most worrying are chosen */
  SCOPE_MOST_ALIKE = 2,  /* of one kind */
};

/* The search. */
typedef struct
{
  const ScopeProgram *program;
  ScopeTensor *const *tensor;
  int tensors;
  const char *(*translate) (const char *text);
  const int *user; /* of each node: the first node that takes it as an input, −1 for none */
  int found;
  ScopeHazard hazard[SCOPE_MOST_FOUND];
  ScopeWorry worry[SCOPE_MOST_FOUND];
} ScopeLookout;

static inline const char *
translated (const ScopeLookout *lookout, const char *text)
{
  return lookout->translate != NULL ? lookout->translate (text) : text;
}

/* A new hazard, its sentence to be written; NULL when there are enough, or enough of its kind. */
ScopeHazard *scope_lookout_add (ScopeLookout *lookout,
                                const ScopeNode *node,
                                const char *kind,
                                ScopeWorry worry);
/* Offers to write `by` in the place of a span, if the text then fits. */
void scope_lookout_fix (ScopeLookout *lookout, ScopeHazard *hazard, ScopeSpan span, const char *by);
/* The same with a whole text; `snippet` is what differs. */
void scope_lookout_fix_text (ScopeLookout *lookout,
                             ScopeHazard *hazard,
                             const char *text,
                             const char *snippet);
/* Offers to write an argument of the hazard's node. */
void scope_lookout_fix_argument (ScopeLookout *lookout,
                                 ScopeHazard *hazard,
                                 const char *parameter,
                                 const char *value);

/* Whether an operation is one of the names, which end with NULL. */
bool scope_node_is (const ScopeNode *node, const char *const *names);
/* The bound argument of a parameter by its name; NULL when there is none or it was not given. */
const ScopeValue *scope_node_argument (const ScopeNode *node, const char *parameter);
/* The node that an argument is, by its position in the table; NULL when it is no tensor. */
const ScopeNode *scope_node_operand (const ScopeNode *node, int parameter);
/* How an argument is written, in brackets when something binds more tightly is put behind it. */
void
scope_lookout_print (const ScopeLookout *lookout, ScopeSpan span, bool primary, ScopeText *out);
/* A shape and what it takes, `(3, 4)`. */
void scope_lookout_print_shape (const ScopeShape *shape, ScopeText *out);
/* Bytes of a node's value; INT64_MAX when more, −1 when a size is not known. */
int64_t scope_node_bytes (const ScopeNode *node);

/* What is looked for in one node that fits. */
void scope_hazard_meeting (ScopeLookout *lookout, const ScopeNode *node);  /* shapes that meet */
void scope_hazard_memory (ScopeLookout *lookout);                          /* the largest result */
void scope_hazard_order (ScopeLookout *lookout, const ScopeNode *node);    /* reshape, transpose */
void scope_hazard_type (ScopeLookout *lookout, const ScopeNode *node);     /* element types */
void scope_hazard_resample (ScopeLookout *lookout, const ScopeNode *node); /* resampling */
void scope_hazard_corners (ScopeLookout *lookout); /* align_corners of several steps */
