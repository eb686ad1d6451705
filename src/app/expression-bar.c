/* The statement, editable, with what fails underlined and what is wrong told below. */
#include "app/expression-bar.h"

#include "app/source-style.h"
#include "app/template.h"

#include <adwaita.h>
#include <glib/gi18n.h>

enum
{
  LONGEST = 64 * 1024 /* characters: what the parser takes at most */
};

struct _ScopeExpressionBar
{
  GtkWidget parent_instance;

  ScopeSession *session;
  GBindingGroup *bindings;
  GSignalGroup *signals;
  GtkTextView *view;
  GtkSourceBuffer *buffer;
  GtkTextTag *fault;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeExpressionBar, scope_expression_bar, GTK_TYPE_WIDGET)

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return text != NULL && text[0] != '\0';
}

/* Underlines the characters at fault; a fault at the end of the text marks its last character. */
static void
mark_fault (ScopeExpressionBar *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter begin, end;
  int from, to;

  gtk_text_buffer_get_bounds (buffer, &begin, &end);
  gtk_text_buffer_remove_tag (buffer, self->fault, &begin, &end);
  if (self->session == NULL || !scope_session_get_fault (self->session, &from, &to))
    return;

  gtk_text_buffer_get_iter_at_offset (buffer, &begin, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, MAX (to, from + 1));
  if (gtk_text_iter_equal (&begin, &end))
    gtk_text_iter_backward_char (&begin);
  gtk_text_buffer_apply_tag (buffer, self->fault, &begin, &end);
}

static void
problem_changed (ScopeExpressionBar *self)
{
  gboolean wrong = scope_session_get_problem (self->session) != NULL;

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
  mark_fault (self);
}

static void
focus_left (ScopeExpressionBar *self)
{
  if (self->session != NULL)
    scope_session_end_step (self->session);
}

void
scope_expression_bar_select (ScopeExpressionBar *self, int begin, int end)
{
  GtkTextIter from, to;

  g_return_if_fail (SCOPE_IS_EXPRESSION_BAR (self));

  if (self->session == NULL || scope_session_get_problem (self->session) != NULL)
    return;
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &from, begin);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &to, end);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (self->buffer), &to, &from);
  gtk_text_view_scroll_to_iter (self->view, &from, 0, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Longer text is not taken, so that neither parser nor view is asked for more than it bears. */
static void
insert_text (GtkTextBuffer *buffer, GtkTextIter *at, char *text, int length, gpointer data)
{
  if (gtk_text_buffer_get_char_count (buffer) + g_utf8_strlen (text, length) > LONGEST)
    {
      gtk_widget_error_bell (GTK_WIDGET (data));
      g_signal_stop_emission_by_name (buffer, "insert-text");
    }
}

/* Red belongs to failure: the same red as everywhere. */
static void
update_fault_color (ScopeExpressionBar *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA red;

  gdk_rgba_parse (&red, dark ? "#ff7b72" : "#c01c28");
  g_object_set (self->fault, "underline", PANGO_UNDERLINE_ERROR, "underline-rgba", &red, NULL);
}

static void
set_session (ScopeExpressionBar *self, ScopeSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  g_binding_group_set_source (self->bindings, session);
  g_signal_group_set_target (self->signals, session);
  if (session != NULL)
    problem_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
scope_expression_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SCOPE_EXPRESSION_BAR (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_expression_bar_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (SCOPE_EXPRESSION_BAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
scope_expression_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SCOPE_EXPRESSION_BAR (widget)->view));
}

static void
scope_expression_bar_dispose (GObject *object)
{
  ScopeExpressionBar *self = SCOPE_EXPRESSION_BAR (object);

  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->bindings);
  g_clear_object (&self->signals);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_EXPRESSION_BAR);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_expression_bar_parent_class)->dispose (object);
}

static void
scope_expression_bar_class_init (ScopeExpressionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_expression_bar_get_property;
  object_class->set_property = scope_expression_bar_set_property;
  object_class->dispose = scope_expression_bar_dispose;
  widget_class->grab_focus = scope_expression_bar_grab_focus;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "expressionbar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/expression-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeExpressionBar, view);
  gtk_widget_class_bind_template_child (widget_class, ScopeExpressionBar, buffer);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, focus_left);
}

static void
scope_expression_bar_init (ScopeExpressionBar *self)
{
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_init_template (GTK_WIDGET (self));

  scope_source_style_follow (self->buffer);
  self->fault = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), "fault", NULL);
  update_fault_color (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_fault_color), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (insert_text), self, 0);

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "expression", self->buffer, "text",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  self->signals = g_signal_group_new (SCOPE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::problem", G_CALLBACK (problem_changed),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::report", G_CALLBACK (mark_fault), self);
  /* A text that was put in by the binding has lost its marks. */
  g_signal_group_connect_swapped (self->signals, "notify::expression", G_CALLBACK (mark_fault),
                                  self);
}
