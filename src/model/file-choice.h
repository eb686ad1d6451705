/* A file that holds several tensors: what there is to choose from. */
#pragma once

#include "files/tensor-file.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One tensor of the file. */
#define SCOPE_TYPE_MEMBER (scope_member_get_type ())
G_DECLARE_FINAL_TYPE (ScopeMember, scope_member, SCOPE, MEMBER, GObject)

const char *scope_member_get_name (ScopeMember *self);
/* `float32 [3, 4]`, and what is odd about it. */
const char *scope_member_get_facts (ScopeMember *self);
gboolean scope_member_get_readable (ScopeMember *self);

#define SCOPE_TYPE_FILE_CHOICE (scope_file_choice_get_type ())
G_DECLARE_FINAL_TYPE (ScopeFileChoice, scope_file_choice, SCOPE, FILE_CHOICE, GObject)

/* `infos` is a list of ScopeTensorInfo; tensor i of the session is to come from the file. */
ScopeFileChoice *scope_file_choice_new (GFile *file, guint i, GPtrArray *infos);
GFile *scope_file_choice_get_file (ScopeFileChoice *self);
guint scope_file_choice_get_index (ScopeFileChoice *self);
GListModel *scope_file_choice_get_members (ScopeFileChoice *self); /* of ScopeMember */

G_END_DECLS
