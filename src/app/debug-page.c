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

#include <adwaita.h>
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
  GtkStack *content;
  GtkWidget *all, *one; /* of the content: everything, or one picture that fills it */
  AdwBin *large;        /* where that stands */
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

/* ---- one picture that fills the page -------------------------------------------------------- */

static ScopePictureCard *
find_card (ScopeDebugPage *self, ScopePicture *picture)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->pictures)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    if (scope_picture_card_get_picture (SCOPE_PICTURE_CARD (card)) == picture)
      return SCOPE_PICTURE_CARD (card);
  return NULL;
}

/* Moves the keyboard to another card of a picture, to the cell it was at. */
static void
focus_card (ScopePictureCard *card, gint64 row, gint64 column)
{
  scope_picture_card_focus (card);
  if (row >= 0)
    scope_picture_set_cursor (scope_picture_card_get_picture (card), row, column);
}

static void
restore_pictures (ScopeDebugPage *self)
{
  GtkWidget *large = adw_bin_get_child (self->large);
  ScopePictureCard *card;
  ScopePicture *picture;
  gint64 row, column;

  if (large == NULL)
    return;
  picture = scope_picture_card_get_picture (SCOPE_PICTURE_CARD (large));
  scope_picture_get_cursor (picture, &row, &column);
  card = find_card (self, picture);
  gtk_stack_set_visible_child (self->content, self->all);
  adw_bin_set_child (self->large, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.restore", FALSE);
  if (card != NULL)
    focus_card (card, row, column);
}

static void
enlarge_picture (ScopeDebugPage *self, ScopePictureCard *card)
{
  GtkWidget *large = scope_picture_card_new (scope_picture_card_get_picture (card));
  gint64 row, column;

  scope_picture_get_cursor (scope_picture_card_get_picture (card), &row, &column);
  scope_picture_card_set_enlarged (SCOPE_PICTURE_CARD (large), TRUE);
  g_signal_connect_object (large, "enlarge", G_CALLBACK (restore_pictures), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->large, large);
  gtk_stack_set_visible_child (self->content, self->one);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.restore", TRUE);
  focus_card (SCOPE_PICTURE_CARD (large), row, column);
}

/* A picture that is no longer there is not shown large either. */
static void
pictures_changed (ScopeDebugPage *self)
{
  GtkWidget *large = adw_bin_get_child (self->large);

  if (large != NULL
      && find_card (self, scope_picture_card_get_picture (SCOPE_PICTURE_CARD (large))) == NULL)
    restore_pictures (self);
}

static void
restore (GtkWidget *widget, const char *action, GVariant *parameter)
{
  restore_pictures (SCOPE_DEBUG_PAGE (widget));
}

static GtkWidget *
make_picture (gpointer item, gpointer data)
{
  GtkWidget *card = scope_picture_card_new (item);

  g_signal_connect_object (card, "enlarge", G_CALLBACK (enlarge_picture), data, G_CONNECT_SWAPPED);
  return card;
}

/* ---- what the window asks for --------------------------------------------------------------- */

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
  restore_pictures (self);
  scope_model_box_bind (self->tensors, session != NULL ? scope_session_get_tensors (session) : NULL,
                        make_tensor, self);
  scope_model_box_bind (self->pictures,
                        session != NULL ? scope_session_get_pictures (session) : NULL, make_picture,
                        self);
  if (session != NULL)
    g_signal_connect_object (scope_session_get_pictures (session), "items-changed",
                             G_CALLBACK (pictures_changed), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
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
  gtk_widget_class_install_action (widget_class, "page.restore", NULL, restore);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.restore", NULL);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_alignment);
  gtk_widget_class_install_action (widget_class, "page.select-step", "(ii)", select_step);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/debug-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, tensors);
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, pictures);
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, content);
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, all);
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, one);
  gtk_widget_class_bind_template_child (widget_class, ScopeDebugPage, large);
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
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.restore", FALSE);
}
