/* The side panel: hazards, the code that fails and the code that fits, in one framework. */
#include "app/code-view.h"

#include "app/hazard-card.h"
#include "app/model-box.h"
#include "app/source-style.h"
#include "app/template.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _ScopeCodeView
{
  GtkWidget parent_instance;

  ScopeSession *session;
  GSignalGroup *signals;
  GtkWidget *tabs;
  ScopeModelBox *hazards;
  GtkSourceBuffer *failing;
  GtkSourceBuffer *fitting;
  GtkTextTag *message;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeCodeView, scope_code_view, GTK_TYPE_WIDGET)

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return text != NULL && text[0] != '\0';
}

static gboolean
has_no_text (GtkWidget *widget, const char *failing, const char *fitting)
{
  return !has_text (widget, failing) && !has_text (widget, fitting);
}

/* ---- the frameworks ------------------------------------------------------------------------- */

/* GtkNotebook's tabs without its pages: the code below is the same two views for all. */
static void
tab_toggled (ScopeCodeView *self, GtkToggleButton *tab)
{
  gpointer dialect = g_object_get_data (G_OBJECT (tab), "dialect");

  if (self->session != NULL && gtk_toggle_button_get_active (tab))
    scope_session_set_code_dialect (self->session, GPOINTER_TO_UINT (dialect));
}

static void
add_tabs (ScopeCodeView *self)
{
  GtkToggleButton *group = NULL;

  for (guint i = 0; i < SCOPE_N_DIALECTS; i++)
    {
      GtkWidget *tab = gtk_toggle_button_new_with_label (scope_dialect_title (i));

      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab), group);
      if (group == NULL)
        group = GTK_TOGGLE_BUTTON (tab);
      gtk_widget_set_hexpand (tab, TRUE);
      g_object_set_data (G_OBJECT (tab), "dialect", GUINT_TO_POINTER (i));
      g_signal_connect_object (tab, "toggled", G_CALLBACK (tab_toggled), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->tabs), tab);
    }
}

static void
dialect_changed (ScopeCodeView *self)
{
  GtkWidget *tab = gtk_widget_get_first_child (self->tabs);

  for (guint i = scope_session_get_code_dialect (self->session); i > 0 && tab != NULL; i--)
    tab = gtk_widget_get_next_sibling (tab);
  if (tab != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), TRUE);
}

/* ---- the framework's words ------------------------------------------------------------------ */

/* They are what matters most: not as faint as the scheme's comments. */
static void
mark_message (ScopeCodeView *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->failing);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkTextIter begin, end;

  g_object_set (self->message, "foreground", dark ? "#d0d0d0" : "#4a4a4a", NULL);
  gtk_text_buffer_get_bounds (buffer, &begin, &end);
  if (!gtk_text_iter_forward_search (&begin, "\n#", 0, &begin, NULL, NULL))
    return;
  gtk_text_buffer_apply_tag (buffer, self->message, &begin, &end);
}

static gboolean
measure (gpointer data)
{
  gtk_widget_queue_resize (data);
  return G_SOURCE_REMOVE;
}

/* GtkTextView knows its height only when its lines have been laid out, and does not ask for it
 * again when it was moved meanwhile: it is asked once they are. */
static void
mapped (GtkWidget *view)
{
  g_idle_add_full (G_PRIORITY_LOW, measure, g_object_ref (view), g_object_unref);
}

/* ---- hazards -------------------------------------------------------------------------------- */

static GtkWidget *
make_hazard (gpointer item, gpointer data)
{
  return scope_hazard_card_new (SCOPE_CODE_VIEW (data)->session, item);
}

static gboolean
has_items (GtkWidget *widget, guint items)
{
  return items > 0;
}

/* ---- the code ------------------------------------------------------------------------------- */

gboolean
scope_code_view_copy (ScopeCodeView *self)
{
  const char *code;

  g_return_val_if_fail (SCOPE_IS_CODE_VIEW (self), FALSE);

  if (self->session == NULL)
    return FALSE;
  code = scope_session_get_fitting_code (self->session);
  if (code[0] == '\0')
    code = scope_session_get_failing_code (self->session);
  if (code[0] == '\0')
    return FALSE;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), code);
  return TRUE;
}

static void
set_session (ScopeCodeView *self, ScopeSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  g_signal_group_set_target (self->signals, session);
  scope_model_box_bind (self->hazards, session != NULL ? scope_session_get_hazards (session) : NULL,
                        make_hazard, self);
  if (session != NULL)
    dialect_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
scope_code_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SCOPE_CODE_VIEW (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_code_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (SCOPE_CODE_VIEW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_code_view_dispose (GObject *object)
{
  ScopeCodeView *self = SCOPE_CODE_VIEW (object);

  if (self->signals != NULL)
    {
      scope_model_box_bind (self->hazards, NULL, NULL, NULL);
      g_signal_group_set_target (self->signals, NULL);
    }
  g_clear_object (&self->signals);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_CODE_VIEW);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_code_view_parent_class)->dispose (object);
}

static void
scope_code_view_class_init (ScopeCodeViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_code_view_get_property;
  object_class->set_property = scope_code_view_set_property;
  object_class->dispose = scope_code_view_dispose;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "codeview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/code-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeCodeView, tabs);
  gtk_widget_class_bind_template_child (widget_class, ScopeCodeView, hazards);
  gtk_widget_class_bind_template_child (widget_class, ScopeCodeView, failing);
  gtk_widget_class_bind_template_child (widget_class, ScopeCodeView, fitting);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, has_no_text);
  gtk_widget_class_bind_template_callback (widget_class, has_items);
  gtk_widget_class_bind_template_callback (widget_class, mapped);
}

static void
scope_code_view_init (ScopeCodeView *self)
{
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (SCOPE_TYPE_MODEL_BOX);
  self->signals = g_signal_group_new (SCOPE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::code-dialect",
                                  G_CALLBACK (dialect_changed), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_tabs (self);
  scope_source_style_follow (self->failing);
  self->message = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->failing), "message", NULL);
  g_signal_connect_object (self->failing, "notify::text", G_CALLBACK (mark_message), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (mark_message), self, G_CONNECT_SWAPPED);
  scope_source_style_follow (self->fitting);
}
