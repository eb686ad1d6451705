/* Why do these shapes not fit, and what would make them fit: the page of one session. */
#include "app/debug-page.h"

#include "app/alignment-view.h"
#include "app/code-view.h"
#include "app/export-dialog.h"
#include "app/expression-bar.h"
#include "app/model-box.h"
#include "app/operation-form.h"
#include "app/panes.h"
#include "app/picture-card.h"
#include "app/remedy-list.h"
#include "app/template.h"
#include "app/step-strip.h"
#include "app/tensor-card.h"
#include "app/verdict-bar.h"
#include "app/widget-theme.h"
#include "app/wrap-layout.h"
#include "paint/composition.h"

#include <glib/gi18n.h>

struct _ScopeDebugPage
{
  GtkWidget parent_instance;

  ScopeSession *session;
  GSignalGroup *signals;
  gboolean show_side;
  gboolean show_hint;
  ScopeModelBox *tensors;
  ScopeModelBox *pictures;
  ScopeExpressionBar *expression;
  ScopeAlignmentView *alignment;
  ScopeCodeView *code;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_SHOW_SIDE,
  PROP_SHOW_HINT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeDebugPage, scope_debug_page, GTK_TYPE_WIDGET)

static double
get_opacity (GtkWidget *widget, gboolean stale)
{
  return stale ? 0.35 : 1;
}

static GtkWidget *
make_tensor (gpointer item, gpointer data)
{
  return scope_tensor_card_new (SCOPE_DEBUG_PAGE (data)->session, item);
}

static GtkWidget *
make_picture (gpointer item, gpointer data)
{
  return scope_picture_card_new (item);
}

gboolean
scope_debug_page_focus_failure (ScopeDebugPage *self, int direction)
{
  g_return_val_if_fail (SCOPE_IS_DEBUG_PAGE (self), FALSE);
  return scope_alignment_view_focus_failure (self->alignment, direction);
}

gboolean
scope_debug_page_copy_code (ScopeDebugPage *self)
{
  g_return_val_if_fail (SCOPE_IS_DEBUG_PAGE (self), FALSE);
  return scope_code_view_copy (self->code);
}

static void
set_flag (ScopeDebugPage *self, gboolean *flag, gboolean value, int property)
{
  value = !!value;
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Who has changed something needs no hint to begin. */
static void
history_changed (ScopeDebugPage *self)
{
  gboolean changed;

  g_object_get (self->session, "can-undo", &changed, NULL);
  if (changed)
    set_flag (self, &self->show_hint, FALSE, PROP_SHOW_HINT);
}

void
scope_debug_page_set_session (ScopeDebugPage *self, ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_DEBUG_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;
  scope_model_box_bind (self->tensors, session != NULL ? scope_session_get_tensors (session) : NULL,
                        make_tensor, self);
  scope_model_box_bind (self->pictures,
                        session != NULL ? scope_session_get_pictures (session) : NULL, make_picture,
                        self);
  g_signal_group_set_target (self->signals, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
dismiss_hint (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeDebugPage *self = SCOPE_DEBUG_PAGE (widget);

  set_flag (self, &self->show_hint, FALSE, PROP_SHOW_HINT);
}

/* The alignment with its sentence, as `shapescope-cli render align` draws it. */
static gboolean
write_alignment (const char *path, const ScopeTheme *theme, gpointer data, GError **error)
{
  ScopeDebugPage *self = data;
  const ScopeReport *report = scope_session_get_report (self->session);
  ScopeAlignmentFigure figure = { .theme = theme,
                                  .title = scope_session_get_expression (self->session),
                                  .sentence = scope_text_string (&report->verdict),
                                  .fails = report->failure != NULL,
                                  .alignment = report->alignment };
  double width, height;

  scope_alignment_figure_measure (&figure, &width, &height);
  return scope_figure_write (path, width, height, 2, theme, scope_alignment_figure_paint, &figure,
                             error);
}

static void
export_alignment (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_export_dialog_open (widget, SCOPE_DEBUG_PAGE (widget)->session, _ ("alignment"),
                            write_alignment, widget);
}

static void
select_step (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeDebugPage *self = SCOPE_DEBUG_PAGE (widget);
  int begin, end;

  g_variant_get (parameter, "(ii)", &begin, &end);
  scope_expression_bar_select (self->expression, begin, end);
}

static void
scope_debug_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeDebugPage *self = SCOPE_DEBUG_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_SHOW_SIDE:
      g_value_set_boolean (value, self->show_side);
      break;
    case PROP_SHOW_HINT:
      g_value_set_boolean (value, self->show_hint);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_debug_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeDebugPage *self = SCOPE_DEBUG_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      scope_debug_page_set_session (self, g_value_get_object (value));
      break;
    case PROP_SHOW_SIDE:
      set_flag (self, &self->show_side, g_value_get_boolean (value), PROP_SHOW_SIDE);
      break;
    case PROP_SHOW_HINT:
      set_flag (self, &self->show_hint, g_value_get_boolean (value), PROP_SHOW_HINT);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_debug_page_dispose (GObject *object)
{
  ScopeDebugPage *self = SCOPE_DEBUG_PAGE (object);

  if (self->tensors != NULL)
    scope_debug_page_set_session (self, NULL);
  self->tensors = NULL;
  g_clear_object (&self->signals);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_DEBUG_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_debug_page_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (SCOPE_TYPE_ALIGNMENT_VIEW);
  g_type_ensure (SCOPE_TYPE_CODE_VIEW);
  g_type_ensure (SCOPE_TYPE_EXPRESSION_BAR);
  g_type_ensure (SCOPE_TYPE_MODEL_BOX);
  g_type_ensure (SCOPE_TYPE_OPERATION_FORM);
  g_type_ensure (SCOPE_TYPE_PANES);
  g_type_ensure (SCOPE_TYPE_REMEDY_LIST);
  g_type_ensure (SCOPE_TYPE_STEP_STRIP);
  g_type_ensure (SCOPE_TYPE_VERDICT_BAR);
  g_type_ensure (SCOPE_TYPE_WRAP_LAYOUT);
}

static void
scope_debug_page_class_init (ScopeDebugPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = scope_debug_page_get_property;
  object_class->set_property = scope_debug_page_set_property;
  object_class->dispose = scope_debug_page_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION, flags);
  properties[PROP_SHOW_SIDE] = g_param_spec_boolean ("show-side", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_HINT] = g_param_spec_boolean ("show-hint", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "page.dismiss-hint", NULL, dismiss_hint);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_alignment);
  gtk_widget_class_install_action (widget_class, "page.select-step", "(ii)", select_step);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/debug-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, tensors);
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, pictures);
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, expression);
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, alignment);
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, code);
  gtk_widget_class_bind_template_callback (widget_class, get_opacity);
}

static void
scope_debug_page_init (ScopeDebugPage *self)
{
  ensure_types ();
  self->show_side = TRUE;
  self->signals = g_signal_group_new (SCOPE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::can-undo", G_CALLBACK (history_changed),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
