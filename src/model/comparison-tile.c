/* A tile's texts, flags and pictures; the comparison fills them. */
#include "model/comparison-private.h"

#include <glib/gi18n-lib.h>

enum
{
  PROP_0,
  PROP_NUMBER,
  PROP_TITLE,
  PROP_CALL,
  PROP_OWN_CALL,
  PROP_BADGE,
  PROP_NOTE,
  PROP_PROBLEM,
  PROP_REFERENCE,
  PROP_BUSY,
  PROP_PICTURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeComparisonTile, scope_comparison_tile, G_TYPE_OBJECT)

static void
notify (ScopeComparisonTile *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
take (ScopeComparisonTile *self, char **field, char *text, int property)
{
  if (g_strcmp0 (*field, text) == 0)
    {
      g_free (text);
      return;
    }
  g_free (*field);
  *field = text;
  notify (self, property);
}

void
scope_comparison_tile_take_title (ScopeComparisonTile *self, char *text)
{
  take (self, &self->title, text, PROP_TITLE);
}

void
scope_comparison_tile_take_call (ScopeComparisonTile *self, char *text)
{
  take (self, &self->call, text, PROP_CALL);
}

void
scope_comparison_tile_take_own_call (ScopeComparisonTile *self, char *text)
{
  take (self, &self->own_call, text, PROP_OWN_CALL);
}

void
scope_comparison_tile_take_problem (ScopeComparisonTile *self, char *text)
{
  take (self, &self->problem, text, PROP_PROBLEM);
}

void
scope_comparison_tile_set_number (ScopeComparisonTile *self, guint number)
{
  if (self->number == number)
    return;
  self->number = number;
  notify (self, PROP_NUMBER);
}

void
scope_comparison_tile_set_reference (ScopeComparisonTile *self, gboolean reference)
{
  if (self->reference == reference)
    return;
  self->reference = reference;
  notify (self, PROP_REFERENCE);
}

void
scope_comparison_tile_notify_busy (ScopeComparisonTile *self)
{
  notify (self, PROP_BUSY);
}

static const char *
translate (const char *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text);
}

static char *
steal (ScopeText *text)
{
  char *copy = g_strdup (scope_text_string (text));

  scope_text_clear (text);
  return copy;
}

void
scope_comparison_tile_update_words (ScopeComparisonTile *self)
{
  ScopeText badge = { 0 }, note = { 0 };

  if (self->reference)
    scope_text_append (&badge, _ ("reference"));
  else if (self->measured)
    {
      scope_text_append (&badge, "PSNR ");
      scope_metrics_print_psnr (self->metrics.psnr, &badge);
    }
  if (self->measured && self->tile != NULL && self->tile->program != NULL)
    scope_metrics_print_note (&self->metrics, scope_tile_shape (self->tile)->rank, self->reference,
                              translate, &note);
  take (self, &self->badge, steal (&badge), PROP_BADGE);
  take (self, &self->note, steal (&note), PROP_NOTE);
}

/* ---- what it is ----------------------------------------------------------------------------- */

guint
scope_comparison_tile_get_number (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), 0);
  return self->number;
}

const char *
scope_comparison_tile_get_title (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), NULL);
  return self->title;
}

const char *
scope_comparison_tile_get_call (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), NULL);
  return self->call;
}

const char *
scope_comparison_tile_get_badge (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), NULL);
  return self->badge;
}

const char *
scope_comparison_tile_get_note (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), NULL);
  return self->note;
}

const char *
scope_comparison_tile_get_problem (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), NULL);
  return self->problem;
}

gboolean
scope_comparison_tile_get_is_reference (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), FALSE);
  return self->reference;
}

gboolean
scope_comparison_tile_get_recipe (ScopeComparisonTile *self, ScopeRecipe *recipe)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), FALSE);

  *recipe = self->recipe;
  return !self->custom;
}

const ScopeMetrics *
scope_comparison_tile_get_metrics (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), NULL);
  return self->measured ? &self->metrics : NULL;
}

ScopeTile *
scope_comparison_tile_get_tile (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), NULL);
  return self->ready ? self->tile : NULL;
}

ScopePicture *
scope_comparison_tile_get_picture (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), NULL);
  return self->picture;
}

gboolean
scope_comparison_tile_get_shown (ScopeComparisonTile *self, ScopeSubject *subject)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), FALSE);

  *subject = (ScopeSubject){ self->shown, self->shown_node };
  return self->shown != NULL;
}

void
scope_comparison_tile_show (ScopeComparisonTile *self,
                            ScopeProgram *program,
                            int node,
                            const char *name,
                            const char *problem)
{
  if (program != NULL)
    scope_program_ref (program);
  scope_program_unref (self->shown);
  self->shown = program;
  self->shown_node = node;
  if (program != NULL)
    scope_picture_show (self->picture, program, node, name);
  else
    scope_picture_clear (self->picture, name, problem);
}

ScopePicture *
scope_comparison_tile_get_other (ScopeComparisonTile *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON_TILE (self), NULL);
  return self->other;
}

void
scope_comparison_tile_stop (ScopeComparisonTile *self)
{
  g_clear_pointer (&self->reading, scope_compare_job_cancel);
  g_clear_pointer (&self->measuring, scope_compare_job_cancel);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_comparison_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeComparisonTile *self = SCOPE_COMPARISON_TILE (object);

  switch (id)
    {
    case PROP_NUMBER:
      g_value_set_uint (value, self->number);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CALL:
      g_value_set_string (value, self->call);
      break;
    case PROP_OWN_CALL:
      g_value_set_string (value, self->own_call);
      break;
    case PROP_BADGE:
      g_value_set_string (value, self->badge);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_REFERENCE:
      g_value_set_boolean (value, self->reference);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->reading != NULL || self->measuring != NULL);
      break;
    case PROP_PICTURE:
      g_value_set_object (value, self->picture);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_comparison_tile_dispose (GObject *object)
{
  scope_comparison_tile_stop (SCOPE_COMPARISON_TILE (object));
  G_OBJECT_CLASS (scope_comparison_tile_parent_class)->dispose (object);
}

static void
scope_comparison_tile_finalize (GObject *object)
{
  ScopeComparisonTile *self = SCOPE_COMPARISON_TILE (object);

  scope_program_unref (self->shown);
  scope_tile_unref (self->tile);
  g_object_unref (self->picture);
  g_object_unref (self->other);
  g_free (self->title);
  g_free (self->call);
  g_free (self->own_call);
  g_free (self->badge);
  g_free (self->note);
  g_free (self->problem);

  G_OBJECT_CLASS (scope_comparison_tile_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
flag_property (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
scope_comparison_tile_class_init (ScopeComparisonTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_comparison_tile_get_property;
  object_class->dispose = scope_comparison_tile_dispose;
  object_class->finalize = scope_comparison_tile_finalize;

  properties[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = string_property ("title");
  properties[PROP_CALL] = string_property ("call");
  properties[PROP_OWN_CALL] = string_property ("own-call");
  properties[PROP_BADGE] = string_property ("badge");
  properties[PROP_NOTE] = string_property ("note");
  properties[PROP_PROBLEM] = string_property ("problem");
  properties[PROP_REFERENCE] = flag_property ("reference");
  properties[PROP_BUSY] = flag_property ("busy");
  properties[PROP_PICTURE] = g_param_spec_object ("picture", NULL, NULL, SCOPE_TYPE_PICTURE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_comparison_tile_init (ScopeComparisonTile *self)
{
}

ScopeComparisonTile *
scope_comparison_tile_new (ScopeEvaluator *evaluator)
{
  ScopeComparisonTile *self = g_object_new (SCOPE_TYPE_COMPARISON_TILE, NULL);

  self->picture = scope_picture_new (evaluator);
  self->other = scope_picture_new (evaluator);
  return self;
}
