/* What one window works on: the current scene and its history, what was found about it, the chosen
 * remedy, and the pictures of its values. Every setter compares, clamps, stores, then notifies. */
#pragma once

#include "advice/report.h"
#include "model/evaluator.h"
#include "model/file-choice.h"
#include "model/hazard-item.h"
#include "model/notice.h"
#include "model/picture.h"
#include "model/remedy-item.h"
#include "model/step-item.h"
#include "model/tensor-item.h"
#include "scene/scene.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_SESSION (scope_session_get_type ())
G_DECLARE_FINAL_TYPE (ScopeSession, scope_session, SCOPE, SESSION, GObject)

/* Begins with the example: A `[1, 1, 256, 256]` is to be filled from B `[1, 1, 1280, 256]`. */
ScopeSession *scope_session_new (void);

/* What a session looks like as a whole. */
typedef enum
{
  SCOPE_STATE_FITS,
  SCOPE_STATE_FAILS,
  SCOPE_STATE_UNKNOWN, /* it fits as far as the sizes are known */
} ScopeState;

ScopeScene *scope_session_get_scene (ScopeSession *self);
/* Of the last text that could be parsed; never NULL. Valid until "report" is notified. */
const ScopeReport *scope_session_get_report (ScopeSession *self);
/* The program and node whose result is shown, or NULL: the chosen remedy's, else the text's own. */
ScopeProgram *scope_session_get_shown (ScopeSession *self, int *node);

/* Of ScopeStepItem: the statements when there are several, else empty; SCOPE_MAX_STEPS at most,
 * property "hidden-steps" says how many more there are. */
GListModel *scope_session_get_steps (ScopeSession *self);

/* ---- the text ---- */

/* What stands in the expression bar. A text that cannot be parsed becomes a problem; the report
 * stays and is stale. */
void scope_session_set_expression (ScopeSession *self, const char *expression);
const char *scope_session_get_expression (ScopeSession *self);
/* The same as a step of its own to undo. */
void scope_session_write_expression (ScopeSession *self, const char *expression);
const char *scope_session_get_problem (ScopeSession *self);
/* Characters of the expression to be marked as wrong: of the problem, or of what does not fit;
 * FALSE when there are none. */
gboolean scope_session_get_fault (ScopeSession *self, int *begin, int *end);
gboolean scope_session_get_stale (ScopeSession *self);
/* The rules that apply where a spelling does not say. */
void scope_session_set_dialect (ScopeSession *self, ScopeDialect dialect);
ScopeDialect scope_session_get_dialect (ScopeSession *self);
/* The framework whose code is shown. */
void scope_session_set_code_dialect (ScopeSession *self, ScopeDialect dialect);
ScopeDialect scope_session_get_code_dialect (ScopeSession *self);
const char *scope_session_get_failing_code (ScopeSession *self); /* "" when it fits */
const char *scope_session_get_fitting_code (ScopeSession *self); /* "" when nothing does */

/* ---- tensors ---- */

GListModel *scope_session_get_tensors (ScopeSession *self); /* of ScopeTensorItem */
/* What was typed into a tensor's entry: a shape, a tensor's text, a literal or a path. */
void scope_session_edit_tensor (ScopeSession *self, guint i, const char *text);
void scope_session_set_tensor_fill (ScopeSession *self, guint i, ScopeFill fill);
void scope_session_set_tensor_dtype (ScopeSession *self, guint i, ScopeDtype dtype);
/* FALSE for a tensor whose values do not come from its index (a file, a literal), or a shape that
 * is none. Edits with the same tag are one step to undo. */
gboolean scope_session_set_tensor_shape (ScopeSession *self,
                                         guint i,
                                         const ScopeShape *shape,
                                         const char *tag);
void scope_session_set_axis_names (ScopeSession *self, guint i, const char *names);
/* The expression follows. FALSE when it is not a name, or another tensor's. */
gboolean scope_session_rename_tensor (ScopeSession *self, guint i, const char *name);
void scope_session_add_tensor (ScopeSession *self);
void scope_session_remove_tensor (ScopeSession *self, guint i);
/* Exchanges the first two tensors; their names stay where they are. */
void scope_session_swap_tensors (ScopeSession *self);
/* Replaces or adds a tensor that was made elsewhere. */
void scope_session_put_tensor (ScopeSession *self,
                               guint i,
                               ScopeTensor *tensor,
                               const char *origin,
                               gboolean file);
/* Opens a file in a worker as tensor i; what goes wrong becomes a notice. When there are several
 * tensors in it and `member` is NULL, the signal "choose-member" brings a ScopeFileChoice. */
void scope_session_open_file (ScopeSession *self, guint i, GFile *file, const char *member);

/* ---- remedies ---- */

GListModel *scope_session_get_remedies (ScopeSession *self); /* of ScopeRemedyItem */
/* The one that is previewed, −1 for none. */
void scope_session_set_remedy (ScopeSession *self, int remedy);
int scope_session_get_remedy (ScopeSession *self);
/* How remedies that resample do it; align_corners counts for linear and cubic. */
void scope_session_set_resize_mode (ScopeSession *self, ScopeResizeMode mode);
void scope_session_set_align_corners (ScopeSession *self, gboolean align_corners);
/* Of ScopeHazardItem: what fits and deserves a second look, the most worrying first. */
GListModel *scope_session_get_hazards (ScopeSession *self);
/* Writes the chosen remedy into the expression. FALSE when none is chosen. */
gboolean scope_session_apply_remedy (ScopeSession *self);

/* ---- pictures ---- */

GListModel *scope_session_get_pictures (ScopeSession *self); /* of ScopePicture, the result last */
ScopePicture *scope_session_get_result (ScopeSession *self);

/* ---- history, notices ---- */

void scope_session_undo (ScopeSession *self);
void scope_session_redo (ScopeSession *self);
/* Makes another scene (a reference is taken) the current one: one step to undo. */
void scope_session_replace_scene (ScopeSession *self, ScopeScene *scene);
/* The next edit is a step of its own. */
void scope_session_end_step (ScopeSession *self);

GListModel *scope_session_get_notices (ScopeSession *self); /* of ScopeNotice */
void scope_session_add_notice (ScopeSession *self, const char *message);
void scope_session_dismiss_notice (ScopeSession *self, ScopeNotice *notice);

/* Takes an expression, and tensors instead of those there are, as NAME and TEXT pairs; what cannot
 * be taken becomes a notice. What is NULL stays as it is. */
void scope_session_load (ScopeSession *self,
                         const char *expression,
                         const char *const *names,
                         const char *const *texts);

G_END_DECLS
