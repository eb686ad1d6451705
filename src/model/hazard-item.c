/* A line that fits and deserves a second look, as a list shows it. */
#include "model/hazard-item.h"

struct _ScopeHazardItem
{
  GObject parent_instance;

  char *sentence;
  char *picture;
  char *fix;
  char *snippet;
};

G_DEFINE_FINAL_TYPE (ScopeHazardItem, scope_hazard_item, G_TYPE_OBJECT)

static void
scope_hazard_item_finalize (GObject *object)
{
  ScopeHazardItem *self = SCOPE_HAZARD_ITEM (object);

  g_free (self->sentence);
  g_free (self->picture);
  g_free (self->fix);
  g_free (self->snippet);

  G_OBJECT_CLASS (scope_hazard_item_parent_class)->finalize (object);
}

static void
scope_hazard_item_class_init (ScopeHazardItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scope_hazard_item_finalize;
}

static void
scope_hazard_item_init (ScopeHazardItem *self)
{
}

ScopeHazardItem *
scope_hazard_item_new (const ScopeHazard *hazard, const char *(*translate) (const char *text))
{
  ScopeHazardItem *self = g_object_new (SCOPE_TYPE_HAZARD_ITEM, NULL);
  ScopeText picture = { 0 };

  scope_hazard_print_order (hazard, translate, &picture);
  self->sentence = g_strdup (scope_text_string (&hazard->sentence));
  self->picture = g_strdup (scope_text_string (&picture));
  self->fix = g_strdup (scope_text_string (&hazard->fix));
  self->snippet = g_strdup (scope_text_string (&hazard->snippet));
  scope_text_clear (&picture);
  return self;
}

gboolean
scope_hazard_item_equal (ScopeHazardItem *a, ScopeHazardItem *b)
{
  g_return_val_if_fail (SCOPE_IS_HAZARD_ITEM (a) && SCOPE_IS_HAZARD_ITEM (b), FALSE);
  return g_str_equal (a->sentence, b->sentence) && g_str_equal (a->fix, b->fix);
}

const char *
scope_hazard_item_get_sentence (ScopeHazardItem *self)
{
  g_return_val_if_fail (SCOPE_IS_HAZARD_ITEM (self), NULL);
  return self->sentence;
}

const char *
scope_hazard_item_get_picture (ScopeHazardItem *self)
{
  g_return_val_if_fail (SCOPE_IS_HAZARD_ITEM (self), NULL);
  return self->picture;
}

const char *
scope_hazard_item_get_fix (ScopeHazardItem *self)
{
  g_return_val_if_fail (SCOPE_IS_HAZARD_ITEM (self), NULL);
  return self->fix;
}

const char *
scope_hazard_item_get_snippet (ScopeHazardItem *self)
{
  g_return_val_if_fail (SCOPE_IS_HAZARD_ITEM (self), NULL);
  return self->snippet;
}
