/* One way to make it fit: a button that stays down while its result is previewed. */
#include "app/remedy-card.h"

#include "app/whole-text.h"

#include <glib/gi18n.h>

struct _ScopeRemedyCard
{
  GtkToggleButton parent_instance;

  ScopeSession *session;
  ScopeRemedyItem *item;
  GtkWidget *badge;
};

enum
{
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeRemedyCard, scope_remedy_card, GTK_TYPE_TOGGLE_BUTTON)

static const struct
{
  const char *label;
  const char *css_class;
} badges[] = {
  [SCOPE_BADGE_EXACT] = { NC_ ("badge", "exact"), "exact" },
  [SCOPE_BADGE_LOSES] = { NC_ ("badge", "loses data"), "loses" },
  [SCOPE_BADGE_INVENTS] = { NC_ ("badge", "invents data"), "invents" },
  [SCOPE_BADGE_REORDERS] = { NC_ ("badge", "reorders meaning"), "reorders" },
};

/* ---- what the template asks for ------------------------------------------------------------- */

static char *
get_badge_label (GtkWidget *widget, int badge)
{
  return g_strdup (g_dpgettext2 (NULL, "badge", badges[badge].label));
}

static char **
get_badge_classes (GtkWidget *widget, int badge)
{
  const char *classes[] = { "badge", badges[badge].css_class, NULL };

  return g_strdupv ((char **)classes);
}

/* ---- choosing ------------------------------------------------------------------------------- */

static int
get_position (ScopeRemedyCard *self)
{
  GListModel *remedies = scope_session_get_remedies (self->session);
  guint position;

  return g_list_store_find (G_LIST_STORE (remedies), self->item, &position) ? (int)position : -1;
}

static void
remedy_changed (ScopeRemedyCard *self)
{
  int position = get_position (self);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self),
                                position >= 0
                                    && scope_session_get_remedy (self->session) == position);
}

static void
scope_remedy_card_toggled (GtkToggleButton *button)
{
  ScopeRemedyCard *self = SCOPE_REMEDY_CARD (button);
  int position;

  if (self->session == NULL)
    return;
  position = get_position (self);
  if (gtk_toggle_button_get_active (button))
    scope_session_set_remedy (self->session, position);
  else if (position >= 0 && scope_session_get_remedy (self->session) == position)
    scope_session_set_remedy (self->session, -1);
}

static void
describe (ScopeRemedyCard *self)
{
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *caution = NULL;
  g_autofree char *result = NULL;
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;
  int badge;

  g_object_get (self->item, "title", &title, "sentence", &sentence, "caution", &caution, "result",
                &result, "badge", &badge, NULL);
  label = g_strdup_printf ("%s, %s, %s", title, result,
                           g_dpgettext2 (NULL, "badge", badges[badge].label));
  description = g_strdup_printf ("%s %s", sentence, caution);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_remedy_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEM)
    g_value_set_object (value, SCOPE_REMEDY_CARD (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_remedy_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEM)
    SCOPE_REMEDY_CARD (object)->item = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_remedy_card_dispose (GObject *object)
{
  ScopeRemedyCard *self = SCOPE_REMEDY_CARD (object);

  gtk_button_set_child (GTK_BUTTON (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_REMEDY_CARD);
  g_clear_object (&self->session);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (scope_remedy_card_parent_class)->dispose (object);
}

static void
scope_remedy_card_class_init (ScopeRemedyCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_remedy_card_get_property;
  object_class->set_property = scope_remedy_card_set_property;
  object_class->dispose = scope_remedy_card_dispose;
  GTK_TOGGLE_BUTTON_CLASS (klass)->toggled = scope_remedy_card_toggled;

  properties[PROP_ITEM] =
      g_param_spec_object ("item", NULL, NULL, SCOPE_TYPE_REMEDY_ITEM,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/remedy-card.ui");
  gtk_widget_class_bind_template_callback (widget_class, get_badge_label);
  gtk_widget_class_bind_template_callback (widget_class, scope_whole_text_query);
  gtk_widget_class_bind_template_callback (widget_class, get_badge_classes);
}

static void
scope_remedy_card_init (ScopeRemedyCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
scope_remedy_card_new (ScopeSession *session, ScopeRemedyItem *item)
{
  ScopeRemedyCard *self = g_object_new (SCOPE_TYPE_REMEDY_CARD, "item", item, NULL);

  self->session = g_object_ref (session);
  remedy_changed (self);
  g_signal_connect_object (session, "notify::remedy", G_CALLBACK (remedy_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify", G_CALLBACK (describe), self, G_CONNECT_SWAPPED);
  describe (self);
  return GTK_WIDGET (self);
}
