/* A warning above the code: why a line that fits deserves a second look, and what may be meant. */
#include "app/hazard-card.h"

#include "app/template.h"

#include <glib/gi18n.h>

struct _ScopeHazardCard
{
  GtkWidget parent_instance;

  ScopeSession *session;
  ScopeHazardItem *item;
  GtkLabel *sentence;
  GtkLabel *picture;
  GtkWidget *fix;
  GtkLabel *snippet;
};

G_DEFINE_FINAL_TYPE (ScopeHazardCard, scope_hazard_card, GTK_TYPE_WIDGET)

static void
write_fix (ScopeHazardCard *self)
{
  /* The card may be gone when the expression is another one. */
  g_autoptr (ScopeHazardItem) item = g_object_ref (self->item);

  scope_session_write_expression (self->session, scope_hazard_item_get_fix (item));
}

static void
scope_hazard_card_dispose (GObject *object)
{
  ScopeHazardCard *self = SCOPE_HAZARD_CARD (object);

  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_HAZARD_CARD);
  g_clear_object (&self->session);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (scope_hazard_card_parent_class)->dispose (object);
}

static void
scope_hazard_card_class_init (ScopeHazardCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_hazard_card_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/hazard-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeHazardCard, sentence);
  gtk_widget_class_bind_template_child (widget_class, ScopeHazardCard, picture);
  gtk_widget_class_bind_template_child (widget_class, ScopeHazardCard, fix);
  gtk_widget_class_bind_template_child (widget_class, ScopeHazardCard, snippet);
  gtk_widget_class_bind_template_callback (widget_class, write_fix);
}

static void
scope_hazard_card_init (ScopeHazardCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
scope_hazard_card_new (ScopeSession *session, ScopeHazardItem *item)
{
  ScopeHazardCard *self = g_object_new (SCOPE_TYPE_HAZARD_CARD, NULL);
  const char *picture = scope_hazard_item_get_picture (item);
  const char *fix = scope_hazard_item_get_fix (item);
  const char *snippet = scope_hazard_item_get_snippet (item);
  g_autofree char *label = g_strdup_printf (_ ("Write %s"), snippet);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  gtk_label_set_text (self->sentence, scope_hazard_item_get_sentence (item));
  gtk_label_set_text (self->picture, picture);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), picture[0] != '\0');
  gtk_label_set_text (self->snippet, snippet);
  gtk_widget_set_visible (self->fix, fix[0] != '\0');
  gtk_widget_set_tooltip_text (self->fix, fix);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fix), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  scope_hazard_item_get_sentence (item), -1);
  return GTK_WIDGET (self);
}
