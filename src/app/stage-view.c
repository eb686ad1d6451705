/* The stage of a lecture as a widget. */
#include "app/stage-view.h"

#include "app/widget-theme.h"
#include "paint/steps.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

enum
{
  STEP_MILLISECONDS = 800,
  MIN_WIDTH = 280,
  MIN_HEIGHT = 170,
};

#define LARGEST_ZOOM   1.7 /* where it is not a projector */
#define PROJECTOR_LINE 1.35

struct _ScopeStageView
{
  GtkWidget parent_instance;

  ScopeLecture *lecture;
  GSignalGroup *signals;
  gboolean projector;
  AdwAnimation *animation;
  double position;
  int target; /* the step it stands at or goes to */

  gboolean wide;     /* its boxes stand beside the tensors */
  gboolean measured; /* `geometry` is of the stage that is shown, for these: */
  int width, height;
  ScopeStepsGeometry geometry;
};

enum
{
  PROP_0,
  PROP_LECTURE,
  PROP_PROJECTOR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeStageView, scope_stage_view, GTK_TYPE_WIDGET)

static const ScopeStage *
get_stage (ScopeStageView *self)
{
  return self->lecture != NULL ? scope_lecture_get_stage (self->lecture) : NULL;
}

static ScopeTheme
get_theme (ScopeStageView *self)
{
  ScopeTheme theme = scope_widget_theme (GTK_WIDGET (self));

  if (self->projector)
    theme.dark = theme.high_contrast = FALSE;
  return theme;
}

static ScopeStepsPicture
get_picture (ScopeStageView *self, const ScopeTheme *theme)
{
  const ScopeExercise *exercise = scope_lecture_get_exercise (self->lecture);
  gboolean asking = scope_lecture_get_asking (self->lecture);

  return (ScopeStepsPicture){
    .stage = exercise->stage,
    .theme = theme,
    .line = self->projector ? PROJECTOR_LINE : 1,
    .heading = !self->projector
                   ? NULL
                   : scope_text_string (asking ? &exercise->question : &exercise->expression),
    .says = self->projector,
    .counts = TRUE,
  };
}

/* ---- geometry ------------------------------------------------------------------------------- */

static double
get_zoom (ScopeStageView *self, const ScopeStepsGeometry *geometry, int width, int height)
{
  double room = self->projector ? 0.94 : 1;
  double zoom = fmin (room * width / geometry->width, room * height / geometry->height);

  return self->projector ? zoom : fmin (zoom, LARGEST_ZOOM);
}

/* The arrangement that is larger in this room, and lines of the sentence as long as it is wide. */
static void
measure (ScopeStageView *self, ScopeStepsPicture *picture, int width, int height)
{
  cairo_t *cr = scope_measuring_context ();
  double largest = 0;

  for (int wide = 0; wide < 2; wide++)
    {
      ScopeStepsGeometry geometry;
      double wanted;

      picture->wide = wide;
      geometry = scope_steps_measure (picture, 0, cr);
      wanted = floor (geometry.height * width / MAX (height, 1) * 0.96);
      if (picture->says && wanted > geometry.width)
        geometry = scope_steps_measure (picture, wanted, cr);
      if (get_zoom (self, &geometry, width, height) <= largest * 1.15)
        continue;
      self->geometry = geometry;
      self->wide = wide;
      largest = get_zoom (self, &geometry, width, height);
    }
  cairo_destroy (cr);
}

static void
ensure_measured (ScopeStageView *self, ScopeStepsPicture *picture, int width, int height)
{
  if (!self->measured || self->width != width || self->height != height)
    measure (self, picture, width, height);
  picture->wide = self->wide;
  self->measured = TRUE;
  self->width = width;
  self->height = height;
}

static void
scope_stage_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = 2 * *minimum;
}

static void
scope_stage_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScopeStageView *self = SCOPE_STAGE_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  ScopeTheme theme = get_theme (self);
  ScopeStepsPicture picture;
  graphene_rect_t bounds;
  double zoom, step = floor (self->position);
  cairo_t *cr;

  if (get_stage (self) == NULL || width < 1 || height < 1)
    return;
  picture = get_picture (self, &theme);
  ensure_measured (self, &picture, width, height);
  zoom = get_zoom (self, &self->geometry, width, height);
  graphene_rect_init (&bounds, 0, 0, width, height);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, floor ((width - zoom * self->geometry.width) / 2),
                   floor ((height - zoom * self->geometry.height) / 2));
  cairo_scale (cr, zoom, zoom);
  scope_steps_paint (&picture, &self->geometry, (int)step, self->position - step, cr);
  cairo_destroy (cr);
}

/* ---- moving --------------------------------------------------------------------------------- */

static void
set_position (double value, gpointer data)
{
  ScopeStageView *self = data;

  self->position = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What is drawn, in words. */
static void
describe (ScopeStageView *self)
{
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *words = NULL;

  if (self->lecture != NULL)
    g_object_get (self->lecture, "title", &title, "sentence", &sentence, NULL);
  words = g_strdup_printf ("%s. %s", title != NULL ? title : "", sentence != NULL ? sentence : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* From where it is now; what was under way is left. Without animations it is there at once. */
static void
step_changed (ScopeStageView *self)
{
  int step = scope_lecture_get_step (self->lecture);

  describe (self);
  if (step == self->target)
    return;
  self->target = step;
  adw_animation_pause (self->animation);
  adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->animation), self->position);
  adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->animation), step);
  adw_animation_play (self->animation);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    adw_animation_skip (self->animation);
}

static void
stage_changed (ScopeStageView *self)
{
  self->measured = FALSE;
  self->target = scope_lecture_get_step (self->lecture);
  adw_animation_reset (self->animation);
  set_position (self->target, self);
  describe (self);
}

static void
asking_changed (ScopeStageView *self)
{
  self->measured = FALSE;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
scope_stage_view_set_lecture (ScopeStageView *self, ScopeLecture *lecture)
{
  g_return_if_fail (SCOPE_IS_STAGE_VIEW (self));

  if (!g_set_object (&self->lecture, lecture))
    return;
  g_signal_group_set_target (self->signals, lecture);
  if (lecture != NULL)
    stage_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LECTURE]);
}

double
scope_stage_view_get_position (ScopeStageView *self)
{
  g_return_val_if_fail (SCOPE_IS_STAGE_VIEW (self), 0);
  return self->position;
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_stage_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeStageView *self = SCOPE_STAGE_VIEW (object);

  switch (id)
    {
    case PROP_LECTURE:
      g_value_set_object (value, self->lecture);
      break;
    case PROP_PROJECTOR:
      g_value_set_boolean (value, self->projector);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_stage_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeStageView *self = SCOPE_STAGE_VIEW (object);

  switch (id)
    {
    case PROP_LECTURE:
      scope_stage_view_set_lecture (self, g_value_get_object (value));
      break;
    case PROP_PROJECTOR:
      self->projector = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_stage_view_dispose (GObject *object)
{
  ScopeStageView *self = SCOPE_STAGE_VIEW (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  if (self->animation != NULL)
    adw_animation_reset (self->animation);
  g_clear_object (&self->animation);
  g_clear_object (&self->lecture);

  G_OBJECT_CLASS (scope_stage_view_parent_class)->dispose (object);
}

static void
scope_stage_view_class_init (ScopeStageViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_stage_view_get_property;
  object_class->set_property = scope_stage_view_set_property;
  object_class->dispose = scope_stage_view_dispose;
  widget_class->measure = scope_stage_view_measure;
  widget_class->snapshot = scope_stage_view_snapshot;

  properties[PROP_LECTURE] =
      g_param_spec_object ("lecture", NULL, NULL, SCOPE_TYPE_LECTURE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PROJECTOR] =
      g_param_spec_boolean ("projector", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "stageview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
scope_stage_view_init (ScopeStageView *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (set_position, self, NULL);

  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 0, STEP_MILLISECONDS, target);
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_EASE_IN_OUT_CUBIC);
  self->signals = g_signal_group_new (SCOPE_TYPE_LECTURE);
  g_signal_group_connect_swapped (self->signals, "notify::stage", G_CALLBACK (stage_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify::step", G_CALLBACK (step_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify::asking", G_CALLBACK (asking_changed),
                                  self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  scope_widget_follow_theme (GTK_WIDGET (self));
}
