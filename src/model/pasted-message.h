/* A pasted error message: its text, what is understood of it, and what the person corrects of that,
 * until it becomes a scene. Knows nothing of a window. */
#pragma once

#include "advice/message.h"
#include "model/pasted-tensor.h"
#include "model/session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PASTED_MESSAGE (scope_pasted_message_get_type ())
G_DECLARE_FINAL_TYPE (ScopePastedMessage, scope_pasted_message, SCOPE, PASTED_MESSAGE, GObject)

typedef enum
{
  SCOPE_PASTED_NOTHING,    /* no text, or white space */
  SCOPE_PASTED_UNKNOWN,    /* a text that is not about shapes as far as is known */
  SCOPE_PASTED_RECOGNIZED, /* the rest of the properties say what it is */
} ScopePastedState;

ScopePastedMessage *scope_pasted_message_new (void);

/* Whether a text is a message about shapes, without keeping it. */
gboolean scope_pasted_message_recognizes (const char *text);

/* Reads a text anew: corrections of the one before are lost. What cannot be UTF-8 is replaced; of
 * more than SCOPE_MESSAGE_BYTES the first are kept and "cut" is set, until the text is empty or
 * taken anew. */
void scope_pasted_message_set_text (ScopePastedMessage *self, const char *text);
/* The same, not as an edit of the text before: "cut" starts anew. */
void scope_pasted_message_take (ScopePastedMessage *self, const char *text);
const char *scope_pasted_message_get_text (ScopePastedMessage *self);
ScopePastedState scope_pasted_message_get_state (ScopePastedMessage *self);
gboolean scope_pasted_message_get_cut (ScopePastedMessage *self);

/* The line of code, to be corrected; "" when none could be made up. */
void scope_pasted_message_set_expression (ScopePastedMessage *self, const char *expression);
const char *scope_pasted_message_get_expression (ScopePastedMessage *self);
/* Whether no line of code stands in the text: the expression is one that fails alike. */
gboolean scope_pasted_message_get_guessed (ScopePastedMessage *self);
/* The rules that apply. */
void scope_pasted_message_set_dialect (ScopePastedMessage *self, ScopeDialect dialect);
ScopeDialect scope_pasted_message_get_dialect (ScopePastedMessage *self);
GListModel *scope_pasted_message_get_tensors (ScopePastedMessage *self); /* of ScopePastedTensor */

/* What would be found, as in the window; "" while there is nothing to judge. */
const char *scope_pasted_message_get_verdict (ScopePastedMessage *self);
ScopeState scope_pasted_message_get_verdict_state (ScopePastedMessage *self);

/* The scene as corrected; NULL when it cannot be made yet ("can-replace" is false). */
ScopeScene *scope_pasted_message_make_scene (ScopePastedMessage *self);

/* A text as it can be shown: lines longer than SCOPE_PASTED_LINE characters broken, for one of a
 * megabyte takes a second to draw. Every break is marked, so that _join gives the text back. At
 * most `limit` bytes of `text` are shown. Free with g_free. */
#define SCOPE_PASTED_LINE 1000
char *scope_pasted_text_break (const char *text, gsize limit);
char *scope_pasted_text_join (const char *shown);

G_END_DECLS
