/* Presenting with keys and clickers. */
#include "app/presentation.h"

#include "app/stage-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

enum
{
  HIDE_POINTER_AFTER = 2 /* seconds without moving it */
};

#define SPOTLIGHT_SHARE 0.13 /* its radius in the window's height */

struct _ScopePresentation
{
  GtkWindow parent_instance;

  ScopeLecture *lecture;
  GtkWidget *view, *words; /* the stage, or a slide of words alone */
  gboolean blank, spotlight;
  double x, y; /* of the pointer */
  guint pointer_source;
};

G_DEFINE_FINAL_TYPE (ScopePresentation, scope_presentation, GTK_TYPE_WINDOW)

/* ---- what lies over the stage --------------------------------------------------------------- */

static void
paint_spotlight (ScopePresentation *self, GtkSnapshot *snapshot, int width, int height)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_rectangle (cr, 0, 0, width, height);
  cairo_new_sub_path (cr);
  cairo_arc (cr, self->x, self->y, SPOTLIGHT_SHARE * height, 0, 2 * G_PI);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.62);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
scope_presentation_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScopePresentation *self = SCOPE_PRESENTATION (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  GTK_WIDGET_CLASS (scope_presentation_parent_class)->snapshot (widget, snapshot);
  if (self->blank)
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0, 0, 0, 1 },
                               &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  else if (self->spotlight)
    paint_spotlight (self, snapshot, width, height);
}

/* ---- the pointer ---------------------------------------------------------------------------- */

static gboolean
hide_pointer (gpointer data)
{
  ScopePresentation *self = data;

  self->pointer_source = 0;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "none");
  return G_SOURCE_REMOVE;
}

static void
moved (ScopePresentation *self, double x, double y)
{
  if (x == self->x && y == self->y)
    return;
  self->x = x;
  self->y = y;
  g_clear_handle_id (&self->pointer_source, g_source_remove);
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  self->pointer_source = g_timeout_add_seconds (HIDE_POINTER_AFTER, hide_pointer, self);
  if (self->spotlight)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- actions -------------------------------------------------------------------------------- */

/* A blank screen comes back first; an open question is answered before its steps are shown. */
static void
go (ScopePresentation *self, int by)
{
  if (self->blank)
    {
      self->blank = FALSE;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  else if (by > 0 && scope_lecture_get_asking (self->lecture))
    scope_lecture_reveal (self->lecture);
  else if (!scope_lecture_go (self->lecture, by, TRUE))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
go_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go (SCOPE_PRESENTATION (widget), 1);
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go (SCOPE_PRESENTATION (widget), -1);
}

static void
go_first (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_lecture_set_step (SCOPE_PRESENTATION (widget)->lecture, 0);
}

static void
go_last (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeLecture *lecture = SCOPE_PRESENTATION (widget)->lecture;

  scope_lecture_set_step (lecture, scope_lecture_get_n_steps (lecture) - 1);
}

static void
blank (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopePresentation *self = SCOPE_PRESENTATION (widget);

  self->blank = !self->blank;
  gtk_widget_queue_draw (widget);
}

static void
spotlight (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopePresentation *self = SCOPE_PRESENTATION (widget);

  self->spotlight = !self->spotlight;
  gtk_widget_queue_draw (widget);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_presentation_dispose (GObject *object)
{
  ScopePresentation *self = SCOPE_PRESENTATION (object);

  g_clear_handle_id (&self->pointer_source, g_source_remove);
  g_clear_object (&self->lecture);
  G_OBJECT_CLASS (scope_presentation_parent_class)->dispose (object);
}

/* Before anybody else: a window's own keys move the focus. */
static void
bind_keys (ScopePresentation *self)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_space, "present.on" },     { GDK_KEY_Return, "present.on" },
    { GDK_KEY_Page_Down, "present.on" }, { GDK_KEY_Right, "present.on" },
    { GDK_KEY_Down, "present.on" },      { GDK_KEY_n, "present.on" },
    { GDK_KEY_Page_Up, "present.back" }, { GDK_KEY_Left, "present.back" },
    { GDK_KEY_Up, "present.back" },      { GDK_KEY_BackSpace, "present.back" },
    { GDK_KEY_p, "present.back" },       { GDK_KEY_Home, "present.first" },
    { GDK_KEY_End, "present.last" },     { GDK_KEY_b, "present.blank" },
    { GDK_KEY_B, "present.blank" },      { GDK_KEY_period, "present.blank" },
    { GDK_KEY_s, "present.spotlight" },  { GDK_KEY_S, "present.spotlight" },
    { GDK_KEY_Escape, "window.close" },  { GDK_KEY_F5, "window.close" },
    { GDK_KEY_F11, "window.close" },     { GDK_KEY_q, "window.close" },
  };

  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                                                            gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
scope_presentation_class_init (ScopePresentationClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_presentation_dispose;
  widget_class->snapshot = scope_presentation_snapshot;
  gtk_widget_class_install_action (widget_class, "present.on", NULL, go_on);
  gtk_widget_class_install_action (widget_class, "present.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "present.first", NULL, go_first);
  gtk_widget_class_install_action (widget_class, "present.last", NULL, go_last);
  gtk_widget_class_install_action (widget_class, "present.blank", NULL, blank);
  gtk_widget_class_install_action (widget_class, "present.spotlight", NULL, spotlight);
}

static void
scope_presentation_init (ScopePresentation *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (moved), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  bind_keys (self);
  gtk_widget_add_css_class (GTK_WIDGET (self), "presentation");
}

/* ---- slides of words ------------------------------------------------------------------------ */

static void
slide_changed (ScopePresentation *self)
{
  g_autofree char *heading = NULL;
  g_autofree char *prose = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *markup = NULL;
  gboolean has_stage;

  g_object_get (self->lecture, "heading", &heading, "prose", &prose, "has-stage", &has_stage, NULL);
  escaped = g_markup_escape_text (heading, -1);
  markup = g_strdup_printf ("<b>%s</b>%s%s", escaped, heading[0] != '\0' ? "\n\n" : "", prose);
  gtk_label_set_markup (GTK_LABEL (self->words), markup);
  gtk_widget_set_visible (self->words, !has_stage);
  gtk_widget_set_visible (self->view, has_stage);
}

/* Large enough for the back row: some twelve lines and the spaces between them. */
static void
size_words (ScopePresentation *self, int height)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes,
                          pango_attr_size_new_absolute (MAX (height / 24, 14) * PANGO_SCALE));
  gtk_label_set_attributes (GTK_LABEL (self->words), attributes);
}

/* The monitor that the window is on, or the first one. */
static GdkMonitor *
find_monitor (GtkWindow *parent)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (parent));
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (parent));
  GdkMonitor *monitor =
      surface != NULL ? gdk_display_get_monitor_at_surface (display, surface) : NULL;

  return monitor != NULL ? g_object_ref (monitor)
                         : g_list_model_get_item (gdk_display_get_monitors (display), 0);
}

/* As large as the monitor even where nobody manages windows. */
static void
cover_monitor (ScopePresentation *self, GtkWindow *parent)
{
  g_autoptr (GdkMonitor) monitor = find_monitor (parent);
  GdkRectangle area;

  if (monitor == NULL)
    {
      gtk_window_fullscreen (GTK_WINDOW (self));
      size_words (self, 1080);
      return;
    }
  gdk_monitor_get_geometry (monitor, &area);
  size_words (self, area.height);
  gtk_window_set_default_size (GTK_WINDOW (self), area.width, area.height);
  gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), monitor);
}

GtkWidget *
scope_presentation_new (ScopeLecture *lecture, GtkWindow *parent)
{
  ScopePresentation *self =
      g_object_new (SCOPE_TYPE_PRESENTATION, "title", _ ("Presentation"), "decorated", FALSE,
                    "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->lecture = g_object_ref (lecture);
  self->view = g_object_new (SCOPE_TYPE_STAGE_VIEW, "projector", TRUE, "lecture", lecture,
                             "vexpand", TRUE, NULL);
  self->words = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "vexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->words, "words");
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_window_set_child (GTK_WINDOW (self), box);
  g_signal_connect_object (lecture, "notify::stage", G_CALLBACK (slide_changed), self,
                           G_CONNECT_SWAPPED);
  slide_changed (self);
  cover_monitor (self, parent);
  gtk_widget_grab_focus (self->view);
  return GTK_WIDGET (self);
}
