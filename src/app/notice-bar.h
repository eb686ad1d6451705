/* A message that stays until it is dealt with. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_NOTICE_BAR (scope_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (ScopeNoticeBar, scope_notice_bar, SCOPE, NOTICE_BAR, GtkWidget)

GtkWidget *scope_notice_bar_new (ScopeSession *session, ScopeNotice *notice);

G_END_DECLS
