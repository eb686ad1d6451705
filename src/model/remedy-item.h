/* One way to make it fit, as a list shows it. */
#pragma once

#include "advice/remedy.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_REMEDY_ITEM (scope_remedy_item_get_type ())
G_DECLARE_FINAL_TYPE (ScopeRemedyItem, scope_remedy_item, SCOPE, REMEDY_ITEM, GObject)

/* Copies what is shown of `remedy`. */
ScopeRemedyItem *scope_remedy_item_new (const ScopeRemedy *remedy);
/* The same item for another remedy, so that what shows it can stay. */
void scope_remedy_item_update (ScopeRemedyItem *self, const ScopeRemedy *remedy);

const char *scope_remedy_item_get_title (ScopeRemedyItem *self);
ScopeBadge scope_remedy_item_get_badge (ScopeRemedyItem *self);

G_END_DECLS
