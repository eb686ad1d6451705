/* A message that stays until it is dealt with. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_NOTICE (scope_notice_get_type ())
G_DECLARE_FINAL_TYPE (ScopeNotice, scope_notice, SCOPE, NOTICE, GObject)

ScopeNotice *scope_notice_new (const char *message);
const char *scope_notice_get_message (ScopeNotice *self);

G_END_DECLS
