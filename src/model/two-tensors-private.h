/* What the files of the element-wise comparison share. */
#pragma once

#include "model/two-tensors.h"

G_BEGIN_DECLS

enum
{
  SCOPE_N_UNEQUAL_TEXTS = 5,
};

ScopeUnequalItem *scope_unequal_item_new (const ScopeUnequalCell *cell, int rank);
const char *scope_unequal_item_get_text (ScopeUnequalItem *self, int i);
/* `[0, 3]`. Free with g_free. */
char *scope_unequal_index (const gint64 *index, int rank);

G_END_DECLS
