/* Inside the search for remedies: what every generator of candidates gets. */
#pragma once

#include "advice/edit.h"
#include "advice/phrase.h"
#include "advice/remedy.h"

typedef struct
{
  const ScopeProgram *program;
  ScopeTensor *const *tensor;
  int tensors;
  const ScopeRemedyOptions *options;
  const ScopeNode *node;       /* the first that fails */
  const ScopeFailure *failure; /* of it */
  ScopeRemedies *found;
  bool out_of_memory;
} ScopeFinder;

/* `text` in the caller's language. */
const char *scope_finder_say (const ScopeFinder *finder, const char *text);
/* How operand `operand` is written; in brackets when something is to be appended to it that binds
 * more tightly (`[…]`, `.mean ()`). */
void
scope_finder_print_operand (const ScopeFinder *finder, int operand, bool append, ScopeText *out);
/* The statement the failing node stands in. */
const ScopeSyntax *scope_finder_statement (const ScopeFinder *finder);
/* Axis `column` of the aligned frame as operand `operand` counts it; negative: it has none there.
 */
int scope_finder_own_axis (const ScopeFinder *finder, int operand, int column);
/* The failing sizes of the two operands in a column. */
const ScopeFailingAxis *scope_finder_axis (const ScopeFinder *finder, int i);

/* Checks an edited text: a program that no longer fails in the statement at fault, or NULL. */
ScopeProgram *scope_finder_check (ScopeFinder *finder, const char *text);
/* The last operation of the statement at fault in an edited program. */
const ScopeNode *scope_finder_result (const ScopeFinder *finder, const ScopeProgram *program);
/* Makes room for a remedy whose edited text fits, fills expression, result and code, and returns
 * it for the rest; NULL when the text does not fit or memory runs out. */
ScopeRemedy *scope_finder_add (ScopeFinder *finder, ScopeRemedyKind kind, const char *text);

/* Appends `text` as a person would write it in `dialect`; `name` stands for a further tensor of
 * `shape`. */
void scope_finder_translate (ScopeFinder *finder,
                             const char *text,
                             const char *name,
                             const ScopeShape *shape,
                             ScopeDialect dialect,
                             ScopeText *out);

/* The text with a span replaced. */
void
scope_finder_replace (const ScopeFinder *finder, ScopeSpan span, const char *by, ScopeText *out);
/* Sets a remedy's title: a translatable text with %s for the operand. */
void
scope_finder_title (const ScopeFinder *finder, ScopeRemedy *remedy, const char *title, int operand);
/* Offers to put `phrase` in the place of an operand: adds a remedy whose code is the phrase in each
 * framework. Title and sentence are the caller's. */
ScopeRemedy *scope_finder_offer (ScopeFinder *finder,
                                 ScopeRemedyKind kind,
                                 int operand,
                                 const ScopePhrase *phrase);

/* `rows` for −2, `columns` for −1, `values along axis 0` otherwise; translated. */
void scope_finder_print_lines (const ScopeFinder *finder, int from_end, int axis, ScopeText *out);

/* The generators. */
void scope_remedy_slice (ScopeFinder *finder);
void scope_remedy_resize (ScopeFinder *finder);
void scope_remedy_join (ScopeFinder *finder);
void scope_remedy_axes (ScopeFinder *finder);  /* unsqueeze, squeeze, permute, reshape */
void scope_remedy_sizes (ScopeFinder *finder); /* pad, fold, pool, repeat */

/* The lines that resample `source` along its own failing axes, for frameworks whose resampling is
 * spelled too differently to be translated. */
typedef struct
{
  const char *source; /* as written, brackets included */
  int rank;           /* of the source */
  int axes;
  int axis[SCOPE_MAX_RANK]; /* own axes that change */
  int64_t from[SCOPE_MAX_RANK], to[SCOPE_MAX_RANK];
  ScopeResizeMode mode;
  bool align_corners;
} ScopeResize;

void scope_resize_code (const ScopeResize *resize, ScopeDialect dialect, ScopeText *out);
