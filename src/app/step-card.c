/* One step of several: the statement, and the shape it leaves or that it fails. */
#include "app/step-card.h"

#include "app/template.h"

#include <glib/gi18n.h>

enum
{
  STATEMENT_WIDTH = 24, /* characters that a statement asks for at most when room is scarce */
  SHAPE_WIDTH = 48,     /* characters of a shape that are shown at most */
};

struct _ScopeStepCard
{
  GtkWidget parent_instance;

  ScopeStepItem *item;
  GtkWidget *button;
};

enum
{
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeStepCard, scope_step_card, GTK_TYPE_WIDGET)

static const char *const state_classes[] = {
  [SCOPE_STEP_FITS] = "fits",
  [SCOPE_STEP_UNKNOWN] = "unknown",
  [SCOPE_STEP_FAILS] = "fails",
  [SCOPE_STEP_SKIPPED] = "skipped",
};

/* ---- what the template asks for ------------------------------------------------------------- */

static gboolean
has_predecessor (GtkWidget *widget, int number)
{
  return number > 1;
}

static char *
shorten (const char *text)
{
  g_autofree char *begin = NULL;

  if (text == NULL || g_utf8_strlen (text, -1) <= SHAPE_WIDTH)
    return g_strdup (text);
  begin = g_utf8_substring (text, 0, SHAPE_WIDTH - 1);
  return g_strconcat (begin, "…", NULL);
}

/* What comes out in a word or a shape; never only a colour. */
static char *
get_outcome (GtkWidget *widget, int state, gboolean misfit, const char *result)
{
  if (state == SCOPE_STEP_FAILS)
    return g_strdup (misfit ? _ ("does not fit") : C_ ("a step", "fails"));
  if (state == SCOPE_STEP_SKIPPED)
    return g_strdup (C_ ("a step", "skipped"));
  return shorten (result);
}

/* Short statements are never cut. */
static int
get_width (GtkWidget *widget, const char *text)
{
  return text != NULL ? (int)MIN (g_utf8_strlen (text, -1), STATEMENT_WIDTH) : -1;
}

static char *
get_sign (GtkWidget *widget, int state)
{
  return g_strdup (state == SCOPE_STEP_FAILS ? "✗" : "");
}

static gboolean
has_sign (GtkWidget *widget, int state)
{
  return state == SCOPE_STEP_FAILS;
}

static char **
get_classes (GtkWidget *widget, int state, gboolean first_failure)
{
  const char *classes[] = { "step", state_classes[state], first_failure ? "first" : NULL, NULL };

  return g_strdupv ((char **)classes);
}

/* The statement and its shape, which the card may cut short, or why it fails. */
static char *
get_tooltip (GtkWidget *widget, int state, const char *text, const char *result)
{
  return state == SCOPE_STEP_SKIPPED ? g_strdup (text) : g_strdup_printf ("%s\n%s", text, result);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
describe (ScopeStepCard *self)
{
  ScopeStepState state = scope_step_item_get_state (self->item);
  ScopeSpan span = scope_step_item_get_span (self->item);
  const char *result = scope_step_item_get_result (self->item);
  gboolean misfit = scope_step_item_get_misfit (self->item);
  g_autofree char *outcome = get_outcome (GTK_WIDGET (self), (int)state, misfit, result);
  /* Translators: what a screen reader says of a step: its number, the statement, what comes out. */
  g_autofree char *label = g_strdup_printf (
      _ ("Step %d of %d, %s, %s"), scope_step_item_get_number (self->item),
      scope_step_item_get_total (self->item), scope_step_item_get_text (self->item), outcome);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  state == SCOPE_STEP_FAILS ? result : "", -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "(ii)", span.begin, span.end);
}

static void
scope_step_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEM)
    g_value_set_object (value, SCOPE_STEP_CARD (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_step_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEM)
    SCOPE_STEP_CARD (object)->item = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_step_card_dispose (GObject *object)
{
  ScopeStepCard *self = SCOPE_STEP_CARD (object);

  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_STEP_CARD);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (scope_step_card_parent_class)->dispose (object);
}

static void
scope_step_card_class_init (ScopeStepCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_step_card_get_property;
  object_class->set_property = scope_step_card_set_property;
  object_class->dispose = scope_step_card_dispose;

  properties[PROP_ITEM] =
      g_param_spec_object ("item", NULL, NULL, SCOPE_TYPE_STEP_ITEM,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/step-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeStepCard, button);
  gtk_widget_class_bind_template_callback (widget_class, has_predecessor);
  gtk_widget_class_bind_template_callback (widget_class, get_outcome);
  gtk_widget_class_bind_template_callback (widget_class, get_width);
  gtk_widget_class_bind_template_callback (widget_class, get_sign);
  gtk_widget_class_bind_template_callback (widget_class, has_sign);
  gtk_widget_class_bind_template_callback (widget_class, get_classes);
  gtk_widget_class_bind_template_callback (widget_class, get_tooltip);
}

static void
scope_step_card_init (ScopeStepCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
scope_step_card_new (ScopeStepItem *item)
{
  ScopeStepCard *self = g_object_new (SCOPE_TYPE_STEP_CARD, "item", item, NULL);

  g_signal_connect_object (item, "notify", G_CALLBACK (describe), self, G_CONNECT_SWAPPED);
  describe (self);
  return GTK_WIDGET (self);
}
