/* One parameter of the operation under focus, as a form shows and changes it. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PARAMETER_ITEM (scope_parameter_item_get_type ())
G_DECLARE_FINAL_TYPE (ScopeParameterItem, scope_parameter_item, SCOPE, PARAMETER_ITEM, GObject)

/* The control that fits. */
typedef enum
{
  SCOPE_CONTROL_ENTRY,  /* "text" */
  SCOPE_CONTROL_CHECK,  /* "active", "inconsistent" */
  SCOPE_CONTROL_CHOICE, /* "labels", "selected" */
} ScopeControl;

/* What the expression says of it. Strings are copied. */
typedef struct
{
  ScopeControl control;
  const char *text;        /* of an entry; "" when the argument is not given */
  const char *placeholder; /* what then counts */
  gboolean active, inconsistent;
  const char *const *labels; /* of a choice, NULL-terminated */
  const char *const *codes;  /* that each label writes; "" takes the argument away */
  guint selected;
  const char *problem; /* why the argument is wrong, or NULL */
} ScopeParameterState;

/* The signal "write" brings the code that a change writes. */
ScopeParameterItem *scope_parameter_item_new (int parameter, const char *name, const char *about);
/* Follows the expression. */
void scope_parameter_item_update (ScopeParameterItem *self, const ScopeParameterState *state);
/* After a change that could not be written. */
void scope_parameter_item_set_problem (ScopeParameterItem *self, const char *problem);

int scope_parameter_item_get_parameter (ScopeParameterItem *self);
const char *scope_parameter_item_get_name (ScopeParameterItem *self);
const char *scope_parameter_item_get_about (ScopeParameterItem *self);
ScopeControl scope_parameter_item_get_control (ScopeParameterItem *self);
const char *scope_parameter_item_get_text (ScopeParameterItem *self);
const char *scope_parameter_item_get_problem (ScopeParameterItem *self);
const char *const *scope_parameter_item_get_labels (ScopeParameterItem *self);
guint scope_parameter_item_get_selected (ScopeParameterItem *self);

/* What a person does with the control. */
void scope_parameter_item_set_text (ScopeParameterItem *self, const char *text);
void scope_parameter_item_set_active (ScopeParameterItem *self, gboolean active);
void scope_parameter_item_set_selected (ScopeParameterItem *self, guint selected);

G_END_DECLS
