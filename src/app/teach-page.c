/* The Teach page: lessons at the left, the stage, its sentence, the question that is asked first.
 */
#include "app/teach-page.h"

#include "app/environment.h"
#include "app/lecture-figure.h"
#include "app/presentation.h"
#include "app/stage-view.h"
#include "app/template.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _ScopeTeachPage
{
  GtkWidget parent_instance;

  ScopeSession *session;
  ScopeLecture *lecture;
  GSignalGroup *of_session, *of_lecture;
  GtkListBox *lessons;
  ScopeStageView *stage;
  GtkEditable *expression, *a, *b; /* of one's own shapes */
  GtkEditable *answer;
  GtkWidget *predict;
  GtkScrolledWindow *content;
  GtkFileChooserNative *chooser; /* while one is open */
  GtkWidget *presentation;       /* while there is one; a weak pointer */
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_LECTURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeTeachPage, scope_teach_page, GTK_TYPE_WIDGET)

/* ---- what the template asks for ------------------------------------------------------------- */

static gboolean
is_text (GtkWidget *widget, const char *text)
{
  return text != NULL && text[0] != '\0';
}

static gboolean
is_not (GtkWidget *widget, gboolean flag)
{
  return !flag;
}

static gboolean
are_several (GtkWidget *widget, guint n)
{
  return n > 1;
}

static char *
get_play_icon (GtkWidget *widget, gboolean playing)
{
  return g_strdup (playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
}

static char *
get_place (GtkWidget *widget, guint place, guint n)
{
  return g_strdup_printf ("%u / %u", place + 1, n);
}

/* ---- lessons -------------------------------------------------------------------------------- */

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  GtkWidget *label = gtk_label_new (scope_lesson_get_title (item));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

static void
row_selected (ScopeTeachPage *self, GtkListBoxRow *row)
{
  if (row != NULL)
    scope_lecture_set_lesson (self->lecture, (guint)gtk_list_box_row_get_index (row));
}

static void
lesson_changed (ScopeTeachPage *self)
{
  int lesson = (int)scope_lecture_get_lesson (self->lecture);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->lessons, lesson);

  if (row != NULL && gtk_list_box_get_selected_row (self->lessons) != row)
    gtk_list_box_select_row (self->lessons, row);
}

static void
show_own (ScopeTeachPage *self)
{
  scope_lecture_set_own (self->lecture, gtk_editable_get_text (self->expression),
                         gtk_editable_get_text (self->a), gtk_editable_get_text (self->b));
}

static void
take_scene (ScopeTeachPage *self)
{
  if (self->session != NULL)
    scope_lecture_take_scene (self->lecture, scope_session_get_scene (self->session), FALSE);
}

void
scope_teach_page_teach_scene (ScopeTeachPage *self)
{
  g_return_if_fail (SCOPE_IS_TEACH_PAGE (self));
  if (self->session == NULL)
    return;
  scope_lecture_take_scene (self->lecture, scope_session_get_scene (self->session), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->stage));
}

/* ---- opening a lesson ----------------------------------------------------------------------- */

static void
chooser_responded (ScopeTeachPage *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL && !scope_lecture_open (self->lecture, file, &error) && self->session != NULL)
    scope_session_add_notice (self->session, error->message);
}

static void
open_lesson (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);
  g_autoptr (GtkFileFilter) lessons = gtk_file_filter_new ();

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Open a lesson"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_file_filter_set_name (lessons, _ ("Lessons: .md"));
  gtk_file_filter_add_suffix (lessons, "md");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), lessons);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_responded), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- the question --------------------------------------------------------------------------- */

static void
check_answer (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);
  ScopeAnswerVerdict verdict =
      scope_lecture_answer (self->lecture, gtk_editable_get_text (self->answer));

  if (verdict == SCOPE_ANSWER_RIGHT)
    gtk_widget_grab_focus (GTK_WIDGET (self->stage));
}

static void
answer_entered (ScopeTeachPage *self)
{
  check_answer (GTK_WIDGET (self), NULL, NULL);
}

static void
give_hint (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_lecture_hint (SCOPE_TEACH_PAGE (widget)->lecture);
}

static void
reveal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);

  scope_lecture_reveal (self->lecture);
  gtk_widget_grab_focus (GTK_WIDGET (self->stage));
}

static void
next_question (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);

  scope_lecture_next_question (self->lecture);
  gtk_widget_grab_focus (GTK_WIDGET (self->answer));
}

/* What was said to an answer stands at the end: it is scrolled to as soon as there is more. */
static void
content_grew (ScopeTeachPage *self, GtkAdjustment *adjustment)
{
  g_autofree char *feedback = NULL;
  g_autofree char *hint = NULL;

  g_object_get (self->lecture, "feedback", &feedback, "hint", &hint, NULL);
  if (feedback[0] != '\0' || hint[0] != '\0')
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

/* Another question begins with an empty answer; what can be done depends on whether it is open. */
static void
stage_changed (ScopeTeachPage *self)
{
  gtk_editable_set_text (self->answer, "");
}

static void
asking_changed (ScopeTeachPage *self)
{
  gboolean asking = scope_lecture_get_asking (self->lecture);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.check", asking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.hint", asking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.reveal", asking);
}

/* ---- steps ---------------------------------------------------------------------------------- */

static void
go (ScopeTeachPage *self, int by)
{
  scope_lecture_set_playing (self->lecture, FALSE);
  if (!scope_lecture_go (self->lecture, by, FALSE))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
go_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go (SCOPE_TEACH_PAGE (widget), 1);
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go (SCOPE_TEACH_PAGE (widget), -1);
}

static void
go_first (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_lecture_set_step (SCOPE_TEACH_PAGE (widget)->lecture, 0);
}

static void
go_last (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeLecture *lecture = SCOPE_TEACH_PAGE (widget)->lecture;

  scope_lecture_set_step (lecture, scope_lecture_get_n_steps (lecture) - 1);
}

static void
play (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeLecture *lecture = SCOPE_TEACH_PAGE (widget)->lecture;

  scope_lecture_set_playing (lecture, !scope_lecture_get_playing (lecture));
}

static void
go_to_example (ScopeTeachPage *self, int by)
{
  guint n = scope_lecture_get_n_places (self->lecture);

  scope_lecture_set_place (self->lecture,
                           (scope_lecture_get_place (self->lecture) + n + (guint)by) % n);
}

static void
next_example (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go_to_example (SCOPE_TEACH_PAGE (widget), 1);
}

static void
previous_example (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go_to_example (SCOPE_TEACH_PAGE (widget), -1);
}

/* ---- presenting, figures -------------------------------------------------------------------- */

static void
present (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);

  scope_lecture_set_playing (self->lecture, FALSE);
  if (self->presentation == NULL)
    g_set_weak_pointer (
        &self->presentation,
        scope_presentation_new (self->lecture, GTK_WINDOW (gtk_widget_get_root (widget))));
  gtk_window_present (GTK_WINDOW (self->presentation));
}

static void
export_step (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);

  scope_lecture_figure_export (widget, self->session, self->lecture, SCOPE_FIGURE_OF_STEP);
}

static void
export_steps (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);

  scope_lecture_figure_export (widget, self->session, self->lecture, SCOPE_FIGURE_OF_STEPS);
}

static void
export_handout (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);

  scope_lecture_figure_export (widget, self->session, self->lecture, SCOPE_FIGURE_HANDOUT);
}

static void
export_worksheet (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);

  scope_lecture_figure_export (widget, self->session, self->lecture, SCOPE_FIGURE_WORKSHEET);
}

static void
print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);

  scope_lecture_figure_print (widget, self->session, self->lecture);
}

static void
copy_table (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);
  g_autofree char *table = scope_lecture_figure_table (self->lecture);

  if (table == NULL)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), table);
  gtk_widget_activate_action (widget, "win.say", "s", _ ("Table copied"));
}

/* ---- the object ----------------------------------------------------------------------------- */

void
scope_teach_page_set_session (ScopeTeachPage *self, ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_TEACH_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;
  g_signal_group_set_target (self->of_session, session);
  take_scene (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

ScopeLecture *
scope_teach_page_get_lecture (ScopeTeachPage *self)
{
  g_return_val_if_fail (SCOPE_IS_TEACH_PAGE (self), NULL);
  return self->lecture;
}

static void
scope_teach_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_LECTURE:
      g_value_set_object (value, self->lecture);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_teach_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    scope_teach_page_set_session (SCOPE_TEACH_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* The keyboard is where one begins: at the lessons. */
static void
scope_teach_page_map (GtkWidget *widget)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->lessons);

  GTK_WIDGET_CLASS (scope_teach_page_parent_class)->map (widget);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
scope_teach_page_dispose (GObject *object)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  if (self->presentation != NULL)
    gtk_window_destroy (GTK_WINDOW (self->presentation));
  g_clear_weak_pointer (&self->presentation);
  if (self->of_session != NULL)
    g_signal_group_set_target (self->of_session, NULL);
  if (self->of_lecture != NULL)
    g_signal_group_set_target (self->of_lecture, NULL);
  g_clear_object (&self->of_session);
  g_clear_object (&self->of_lecture);
  if (self->lessons != NULL)
    gtk_list_box_bind_model (self->lessons, NULL, NULL, NULL, NULL);
  self->lessons = NULL;
  if (self->lecture != NULL)
    scope_lecture_set_playing (self->lecture, FALSE);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_TEACH_PAGE);
  g_clear_object (&self->lecture);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_teach_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "page.present", NULL, present);
  gtk_widget_class_install_action (klass, "page.print", NULL, print);
  gtk_widget_class_install_action (klass, "page.open-lesson", NULL, open_lesson);
  gtk_widget_class_install_action (klass, "page.export", NULL, export_step);
  gtk_widget_class_install_action (klass, "page.export-steps", NULL, export_steps);
  gtk_widget_class_install_action (klass, "page.export-handout", NULL, export_handout);
  gtk_widget_class_install_action (klass, "page.export-worksheet", NULL, export_worksheet);
  gtk_widget_class_install_action (klass, "page.copy-table", NULL, copy_table);
  gtk_widget_class_install_action (klass, "page.on", NULL, go_on);
  gtk_widget_class_install_action (klass, "page.back", NULL, go_back);
  gtk_widget_class_install_action (klass, "page.first", NULL, go_first);
  gtk_widget_class_install_action (klass, "page.last", NULL, go_last);
  gtk_widget_class_install_action (klass, "page.play", NULL, play);
  gtk_widget_class_install_action (klass, "page.next-example", NULL, next_example);
  gtk_widget_class_install_action (klass, "page.previous-example", NULL, previous_example);
  gtk_widget_class_install_action (klass, "page.check", NULL, check_answer);
  gtk_widget_class_install_action (klass, "page.hint", NULL, give_hint);
  gtk_widget_class_install_action (klass, "page.reveal", NULL, reveal);
  gtk_widget_class_install_action (klass, "page.next-question", NULL, next_question);
}

static void
bind_keys (GtkWidgetClass *klass)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_Right, 0, "page.on" },
    { GDK_KEY_Left, 0, "page.back" },
    { GDK_KEY_Page_Down, 0, "page.on" },
    { GDK_KEY_Page_Up, 0, "page.back" },
    { GDK_KEY_Home, 0, "page.first" },
    { GDK_KEY_End, 0, "page.last" },
    { GDK_KEY_space, 0, "page.play" },
    { GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "page.export-handout" },
    { GDK_KEY_E, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "page.export-handout" },
    { GDK_KEY_Page_Down, GDK_CONTROL_MASK, "page.next-example" },
    { GDK_KEY_Page_Up, GDK_CONTROL_MASK, "page.previous-example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (klass, keys[i].key, keys[i].modifiers, keys[i].action,
                                         NULL);
}

static void
scope_teach_page_class_init (ScopeTeachPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_teach_page_get_property;
  object_class->set_property = scope_teach_page_set_property;
  object_class->dispose = scope_teach_page_dispose;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LECTURE] = g_param_spec_object ("lecture", NULL, NULL, SCOPE_TYPE_LECTURE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  widget_class->map = scope_teach_page_map;
  install_actions (widget_class);
  bind_keys (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/teach-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeTeachPage, lessons);
  gtk_widget_class_bind_template_child (widget_class, ScopeTeachPage, stage);
  gtk_widget_class_bind_template_child (widget_class, ScopeTeachPage, expression);
  gtk_widget_class_bind_template_child (widget_class, ScopeTeachPage, a);
  gtk_widget_class_bind_template_child (widget_class, ScopeTeachPage, b);
  gtk_widget_class_bind_template_child (widget_class, ScopeTeachPage, answer);
  gtk_widget_class_bind_template_child (widget_class, ScopeTeachPage, predict);
  gtk_widget_class_bind_template_child (widget_class, ScopeTeachPage, content);
  gtk_widget_class_bind_template_callback (widget_class, is_text);
  gtk_widget_class_bind_template_callback (widget_class, is_not);
  gtk_widget_class_bind_template_callback (widget_class, are_several);
  gtk_widget_class_bind_template_callback (widget_class, get_play_icon);
  gtk_widget_class_bind_template_callback (widget_class, get_place);
  gtk_widget_class_bind_template_callback (widget_class, row_selected);
  gtk_widget_class_bind_template_callback (widget_class, show_own);
  gtk_widget_class_bind_template_callback (widget_class, answer_entered);
}

static void
scope_teach_page_init (ScopeTeachPage *self)
{
  g_type_ensure (SCOPE_TYPE_STAGE_VIEW);
  self->lecture = scope_lecture_new ();
  if (scope_environment_get_lessons () != NULL)
    scope_lecture_load_folder (self->lecture, scope_environment_get_lessons ());
  self->of_session = g_signal_group_new (SCOPE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->of_session, "notify::report", G_CALLBACK (take_scene),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->lessons, scope_lecture_get_lessons (self->lecture), make_row, NULL,
                           NULL);
  self->of_lecture = g_signal_group_new (SCOPE_TYPE_LECTURE);
  g_signal_group_connect_swapped (self->of_lecture, "notify::lesson", G_CALLBACK (lesson_changed),
                                  self);
  g_signal_group_connect_swapped (self->of_lecture, "notify::stage", G_CALLBACK (stage_changed),
                                  self);
  g_signal_group_connect_swapped (self->of_lecture, "notify::asking", G_CALLBACK (asking_changed),
                                  self);
  g_signal_group_set_target (self->of_lecture, self->lecture);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->content), "changed",
                           G_CALLBACK (content_grew), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->lecture, "predict", self->predict, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  lesson_changed (self);
  asking_changed (self);
}
