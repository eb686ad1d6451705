/* Inside the search for remedies: what every generator of candidates gets. */
#pragma once

#include "advice/edit.h"
#include "advice/phrase.h"
#include "advice/remedy.h"

enum
{
  SCOPE_FINDER_CHECKS = 480, /* candidates that are checked for one failure at most … */
  SCOPE_FINDER_CHAINS = 480, /* … and as many for second steps; */
  SCOPE_FINDER_LEAST = 8,    /* at least; */
  SCOPE_FINDER_WORK = 24000, /* fewer of a long program: checks times nodes of its syntax */
  SCOPE_FINDER_PENDING = 24, /* first steps of chains that are kept */
  SCOPE_FINDER_FITTING = 24, /* programs that are kept */
  SCOPE_FINDER_SEARCHED = 6, /* longest rank whose axes the blind search changes one by one */
};

/* Programs of candidates that fit, so that none is checked twice. */
typedef struct
{
  int count;
  ScopeProgram *program[SCOPE_FINDER_FITTING]; /* owned */
} ScopePrograms;

typedef struct
{
  const ScopeProgram *program;
  ScopeTensor *const *tensor;
  int tensors;
  const ScopeRemedyOptions *options;
  const ScopeNode *node;       /* the first that fails */
  const ScopeFailure *failure; /* of it */
  ScopeRemedies *found;
  ScopeRemedies *pending; /* changes after which the statement still fails; NULL: not kept */
  ScopeProgram *checked;  /* of the last candidate; owned */
  ScopePrograms *fitting; /* those of remedies, for writing their code; NULL: not kept */
  int checks;             /* left */
  bool out_of_memory;
} ScopeFinder;

/* `text` in the caller's language. */
const char *scope_finder_say (const ScopeFinder *finder, const char *text);
/* Whether what fails is a layer of torch.nn that is made and called: `nn.Linear(512, 10)(A)`. */
bool scope_finder_is_layer (const ScopeFinder *finder);
/* Whether the failing operation is `name`, or one of several separated by spaces; of layers the
 * names are those of the functions they call (`conv`, `linear`). */
bool scope_finder_is (const ScopeFinder *finder, const char *names);
/* Whether the failing operation compares its operands' axes from the trailing end, or wants them
 * equal. */
bool scope_finder_compares (const ScopeFinder *finder);
/* An operand's shape; NULL when there is no such operand or a size is unknown. */
const ScopeShape *scope_finder_shape (const ScopeFinder *finder, int operand);
/* The bound argument called `name`, or NULL when it was not given. */
const ScopeValue *scope_finder_argument (const ScopeFinder *finder, const char *name);
/* How operand `operand` is written; in brackets when something is to be appended to it that binds
 * more tightly (`[…]`, `.mean ()`). */
void
scope_finder_print_operand (const ScopeFinder *finder, int operand, bool append, ScopeText *out);
/* The statement the failing node stands in. */
const ScopeSyntax *scope_finder_statement (const ScopeFinder *finder);
/* The syntax of the failing node, or NULL. */
const ScopeSyntax *scope_finder_syntax (const ScopeFinder *finder);
/* Axis `column` of the aligned frame as operand `operand` counts it; negative: it has none there.
 */
int scope_finder_own_axis (const ScopeFinder *finder, int operand, int column);
/* The failing sizes of the two operands in a column. */
const ScopeFailingAxis *scope_finder_axis (const ScopeFinder *finder, int i);

/* Checks an edited text: a program that no longer fails in the statement at fault, or NULL. */
ScopeProgram *scope_finder_check (ScopeFinder *finder, const char *text);
/* The last operation of the statement at fault in an edited program. */
const ScopeNode *scope_finder_result (const ScopeFinder *finder, const ScopeProgram *program);
/* Makes room for a remedy whose edited text fits, fills expression and result, and returns it for
 * the rest; NULL when the text does not fit, was offered already, or memory runs out. A text that
 * fails elsewhere may become the first step of a chain: the remedy returned is then a pending one,
 * which its generator fills in the same way. */
ScopeRemedy *scope_finder_add (ScopeFinder *finder, ScopeRemedyKind kind, const char *text);

/* The text with a span replaced. */
void
scope_finder_replace (const ScopeFinder *finder, ScopeSpan span, const char *by, ScopeText *out);
/* Sets a remedy's title: a translatable text with %s for the operand. */
void
scope_finder_title (const ScopeFinder *finder, ScopeRemedy *remedy, const char *title, int operand);
/* Offers to put `phrase` in the place of an operand. Title and sentence are the caller's. */
ScopeRemedy *scope_finder_offer (ScopeFinder *finder,
                                 ScopeRemedyKind kind,
                                 int operand,
                                 const ScopePhrase *phrase);
/* Offers to put `text` in the place of a span within the failing operation: an argument, a name. */
ScopeRemedy *scope_finder_offer_text (ScopeFinder *finder,
                                      ScopeRemedyKind kind,
                                      ScopeSpan span,
                                      const char *text);
/* Offers several edits at once; `snippet` is what the card shows. Clears the edits. */
ScopeRemedy *scope_finder_offer_edits (ScopeFinder *finder,
                                       ScopeRemedyKind kind,
                                       ScopeEdits *edits,
                                       const char *snippet);
/* Fills what is said of a remedy that leaves every value: its sentence (translatable), its place,
 * its badge, and for a view that it needs no memory. NULL is fine. */
void scope_finder_judge (const ScopeFinder *finder,
                         ScopeRemedy *remedy,
                         double likelihood,
                         ScopeBadge badge,
                         const char *sentence);

/* A number written in the text, its sign included. */
typedef struct
{
  ScopeSpan span;
  int64_t value;
} ScopeWrittenNumber;

enum
{
  SCOPE_FINDER_NUMBERS = 16
};

/* The whole numbers among the operation's own arguments that lie within a span; returns how many.
 */
int scope_finder_numbers (const ScopeFinder *finder,
                          ScopeSpan within,
                          ScopeWrittenNumber number[SCOPE_FINDER_NUMBERS]);

/* `rows` for −2, `columns` for −1, `values along axis 0` otherwise; translated. */
void scope_finder_print_lines (const ScopeFinder *finder, int from_end, int axis, ScopeText *out);

/* ---- changes of one operand, each with title and sentence (remedy-change.c) ------------------ */

/* Puts an axis of 1 in before each axis of the operand that `before` marks (bit rank: at the end).
 */
ScopeRemedy *
scope_change_unsqueeze (ScopeFinder *finder, int operand, const int *before, double likelihood);
/* Takes out an axis of 1. */
ScopeRemedy *scope_change_squeeze (ScopeFinder *finder, int operand, int axis, double likelihood);
/* Exchanges the last two axes. */
ScopeRemedy *scope_change_transpose (ScopeFinder *finder, int operand, double likelihood);
/* Puts axis order[i] in place i. */
ScopeRemedy *
scope_change_permute (ScopeFinder *finder, int operand, const int *order, double likelihood);
/* Joins axes first … last. */
ScopeRemedy *
scope_change_flatten (ScopeFinder *finder, int operand, int first, int last, double likelihood);
/* As many values in another shape. */
ScopeRemedy *
scope_change_reshape (ScopeFinder *finder, int operand, const ScopeShape *to, double likelihood);
/* Keeps `size` places of an axis from `start` on. */
ScopeRemedy *scope_change_cut (ScopeFinder *finder,
                               int operand,
                               int axis,
                               int64_t start,
                               int64_t size,
                               double likelihood);
/* Takes one place of an axis, which goes. */
ScopeRemedy *scope_change_pick (ScopeFinder *finder, int operand, int axis, double likelihood);
/* Puts zeros behind an axis until it has `size` places. */
ScopeRemedy *
scope_change_pad (ScopeFinder *finder, int operand, int axis, int64_t size, double likelihood);
/* The operand `times` along an axis. */
ScopeRemedy *
scope_change_repeat (ScopeFinder *finder, int operand, int axis, int64_t times, double likelihood);
/* Averages blocks until an axis has `size` places, which must divide it: neighbours when `near`. */
ScopeRemedy *scope_change_average (ScopeFinder *finder,
                                   int operand,
                                   int axis,
                                   int64_t size,
                                   bool near,
                                   double likelihood);
/* Stretches axes of 1 and adds axes in front up to `to`. */
ScopeRemedy *
scope_change_expand (ScopeFinder *finder, int operand, const ScopeShape *to, double likelihood);
/* Brings one axis of an operand from its size to another by every means: cut, pad, average or
 * repeat. `weight` scales how likely each is. */
void scope_change_size (ScopeFinder *finder, int operand, int axis, int64_t size, double weight);

/* The generators. */
void scope_remedy_slice (ScopeFinder *finder);
void scope_remedy_resize (ScopeFinder *finder);
void scope_remedy_join (ScopeFinder *finder);
void scope_remedy_axes (ScopeFinder *finder);  /* unsqueeze, squeeze, permute, reshape */
void scope_remedy_sizes (ScopeFinder *finder); /* pad, fold, pool, repeat */
void scope_remedy_keepdim (ScopeFinder *finder);
void scope_remedy_other_way (ScopeFinder *finder); /* broadcast the other way */
void scope_remedy_cat (ScopeFinder *finder);       /* another axis, stack for cat and back */
void scope_remedy_product (ScopeFinder *finder);   /* matmul, mm, dot, linear, einsum … */
void scope_remedy_layer (ScopeFinder *finder);     /* convolution, pooling, normalisation */
void scope_remedy_resample (ScopeFinder *finder);  /* calls of interpolate */
void scope_remedy_shape (ScopeFinder *finder);     /* sizes asked for: reshape, expand, tile … */
void scope_remedy_argument (ScopeFinder *finder);  /* axes and numbers out of range */
void scope_remedy_index (ScopeFinder *finder);     /* indices, masks, gather */
void scope_remedy_pattern (ScopeFinder *finder);   /* einsum equations, einops patterns */
void scope_remedy_search (ScopeFinder *finder);    /* single changes tried in turn */
