/* The ways to make it fit, best first; the chosen one is previewed and can be applied. */
#include "app/remedy-list.h"

#include "app/model-box.h"
#include "app/remedy-card.h"
#include "app/template.h"
#include "app/wrap-layout.h"

enum
{
  SHOWN_AT_FIRST = 3
};

struct _ScopeRemedyList
{
  GtkWidget parent_instance;

  ScopeSession *session;
  GBindingGroup *bindings;
  ScopeModelBox *cards;
  GtkWidget *resampling;
  GtkWidget *mode;
  GtkWidget *align_corners;
  GtkSliceListModel *slice;
  GtkWidget *more;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeRemedyList, scope_remedy_list, GTK_TYPE_WIDGET)

static gboolean
has_items (GtkWidget *widget, guint n)
{
  return n > 0;
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return text != NULL && text[0] != '\0';
}

static gboolean
has_more (GtkWidget *widget, guint n)
{
  return n > SHOWN_AT_FIRST;
}

static GtkWidget *
make_card (gpointer item, gpointer data)
{
  return scope_remedy_card_new (SCOPE_REMEDY_LIST (data)->session, item);
}

static void
more_toggled (ScopeRemedyList *self, GtkToggleButton *button)
{
  gtk_slice_list_model_set_size (
      self->slice, gtk_toggle_button_get_active (button) ? G_MAXUINT : SHOWN_AT_FIRST);
}

void
scope_remedy_list_set_session (ScopeRemedyList *self, ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_REMEDY_LIST (self));

  if (!g_set_object (&self->session, session))
    return;
  g_binding_group_set_source (self->bindings, session);
  gtk_slice_list_model_set_model (self->slice,
                                  session != NULL ? scope_session_get_remedies (session) : NULL);
  scope_model_box_bind (self->cards, session != NULL ? G_LIST_MODEL (self->slice) : NULL, make_card,
                        self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
scope_remedy_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SCOPE_REMEDY_LIST (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_remedy_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    scope_remedy_list_set_session (SCOPE_REMEDY_LIST (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_remedy_list_dispose (GObject *object)
{
  ScopeRemedyList *self = SCOPE_REMEDY_LIST (object);

  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  g_clear_object (&self->bindings);
  if (self->cards != NULL)
    scope_model_box_bind (self->cards, NULL, NULL, NULL);
  self->cards = NULL;
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_REMEDY_LIST);
  g_clear_object (&self->slice);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_remedy_list_parent_class)->dispose (object);
}

static void
scope_remedy_list_class_init (ScopeRemedyListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_remedy_list_get_property;
  object_class->set_property = scope_remedy_list_set_property;
  object_class->dispose = scope_remedy_list_dispose;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/remedy-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeRemedyList, cards);
  gtk_widget_class_bind_template_child (widget_class, ScopeRemedyList, resampling);
  gtk_widget_class_bind_template_child (widget_class, ScopeRemedyList, mode);
  gtk_widget_class_bind_template_child (widget_class, ScopeRemedyList, align_corners);
  gtk_widget_class_bind_template_child (widget_class, ScopeRemedyList, more);
  gtk_widget_class_bind_template_callback (widget_class, has_items);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, has_more);
  gtk_widget_class_bind_template_callback (widget_class, more_toggled);
}

static void
scope_remedy_list_init (ScopeRemedyList *self)
{
  g_type_ensure (SCOPE_TYPE_MODEL_BOX);
  g_type_ensure (SCOPE_TYPE_WRAP_LAYOUT);
  self->slice = gtk_slice_list_model_new (NULL, 0, SHOWN_AT_FIRST);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "resize-mode", self->mode, "selected",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "align-corners", self->align_corners, "active",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}
