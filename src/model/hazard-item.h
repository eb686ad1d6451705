/* A line that fits and deserves a second look, as a list shows it. */
#pragma once

#include "advice/hazard.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_HAZARD_ITEM (scope_hazard_item_get_type ())
G_DECLARE_FINAL_TYPE (ScopeHazardItem, scope_hazard_item, SCOPE, HAZARD_ITEM, GObject)

/* Copies what is shown of `hazard`. */
ScopeHazardItem *scope_hazard_item_new (const ScopeHazard *hazard,
                                        const char *(*translate) (const char *text));
/* Whether it is the same hazard, so that what shows it can stay. */
gboolean scope_hazard_item_equal (ScopeHazardItem *a, ScopeHazardItem *b);

const char *scope_hazard_item_get_sentence (ScopeHazardItem *self);
/* What lands where, in lines for a fixed-width font; "" for none. */
const char *scope_hazard_item_get_picture (ScopeHazardItem *self);
/* The expression as it may have been meant, and the part that differs; "" for none. */
const char *scope_hazard_item_get_fix (ScopeHazardItem *self);
const char *scope_hazard_item_get_snippet (ScopeHazardItem *self);

G_END_DECLS
