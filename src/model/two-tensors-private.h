/* What the files of the element-wise comparison share. */
#pragma once

#include "model/two-tensors.h"
#include "scene/closeness-text.h"

G_BEGIN_DECLS

ScopeUnequalItem *scope_unequal_item_new (const ScopeUnequalCell *cell, int rank);
/* Of ScopeCellText. */
const char *scope_unequal_item_get_text (ScopeUnequalItem *self, int i);

G_END_DECLS
