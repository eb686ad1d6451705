/* Many short numbers written at once, as into the cells of a heatmap. Laying a text out takes some
 * ten microseconds, and a thousand of them a frame: here each character is laid out once. */
#pragma once

#include "paint/text.h"

G_BEGIN_DECLS

typedef struct _ScopeNumerals ScopeNumerals;

/* Valid while `pen` is; ended by scope_numerals_free, which draws what was written. */
ScopeNumerals *scope_numerals_new (ScopePen *pen);

/* Writes as scope_pen_write does one line anchored in its middle; what is written may appear only
 * at the end, above anything drawn meanwhile. */
void scope_numerals_write (ScopeNumerals *self,
                           const ScopeTextStyle *style,
                           const char *text,
                           double x,
                           double middle);

void scope_numerals_free (ScopeNumerals *self);

G_END_DECLS
