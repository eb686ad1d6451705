/* What stands in an alignment: texts, signs and type, shared by measuring and drawing. */
#pragma once

#include "paint/alignment.h"
#include "paint/sign.h"
#include "paint/text.h"

/* An alignment with the pen that measures and draws it. */
typedef struct
{
  const ScopeAlignment *alignment;
  const char *const *axis_names; /* or NULL */
  const ScopeTheme *theme;
  ScopePen pen;
  double em; /* the theme's text size: lengths follow it */
} ScopeAlignmentPicture;

/* Styles of its parts. */
ScopeTextStyle scope_alignment_size_style (const ScopeAlignmentPicture *picture);
ScopeTextStyle scope_alignment_sign_style (const ScopeAlignmentPicture *picture);
ScopeTextStyle scope_alignment_axis_style (const ScopeAlignmentPicture *picture);
ScopeTextStyle scope_alignment_number_style (const ScopeAlignmentPicture *picture);
ScopeTextStyle scope_alignment_name_style (const ScopeAlignmentPicture *picture);
ScopeTextStyle scope_alignment_role_style (const ScopeAlignmentPicture *picture);

/* Lengths that measuring and drawing share, in CSS pixels. */
double scope_alignment_sign_size (const ScopeAlignmentPicture *picture);
double scope_alignment_cell_padding (const ScopeAlignmentPicture *picture, gboolean tight);

/* A row: an operand, or the result when r is alignment->rows. */
const ScopeAlignedRow *scope_alignment_row (const ScopeAlignment *alignment, int r);
int scope_alignment_row_count (const ScopeAlignment *alignment);
/* Whether the row is a scalar that has no cell in any column. */
gboolean scope_alignment_row_is_scalar (const ScopeAlignment *alignment, int r);

/* The top of a row's cells, in CSS pixels. */
double scope_alignment_row_y (const ScopeAlignmentGeometry *geometry, int r);

/* The texts below are the caller's, freed with g_free. */
char *scope_alignment_size_text (int64_t size);
/* `axis 2 · −2`, or `2 · −2` when short. */
char *scope_alignment_number_text (const ScopeAlignment *alignment, int column, gboolean brief);
/* What an operand's cell becomes (`1` is stretched to `256`): NULL when it stays as it is. */
char *scope_alignment_becomes_text (const ScopeAlignment *alignment, int r, int column);
/* Words beside a column's sign, the longest first and "" last; g_strfreev. A text that may take
 * two lines has a newline where it breaks. */
char **scope_alignment_sign_words (const ScopeAlignment *alignment, int column);
