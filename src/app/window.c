/* A window on one session: header bar, page, actions. It wires and computes nothing. */
#include "app/window.h"

#include "advice/alignment-text.h"
#include "app/compare-page.h"
#include "app/debug-page.h"
#include "app/late-page.h"
#include "app/heatmap-view.h"
#include "app/member-dialog.h"
#include "app/model-box.h"
#include "app/notice-bar.h"
#include "app/paste-dialog.h"
#include "app/settings.h"
#include "app/teach-page.h"

#include <glib/gi18n.h>

enum
{
  MESSAGE_SECONDS = 3
};

struct _ScopeWindow
{
  AdwApplicationWindow parent_instance;

  ScopeSession *session;
  GSettings *settings;
  ScopeModelBox *notices;
  GtkRevealer *message_revealer;
  GtkLabel *message;
  guint message_source; /* that takes the message away */
  AdwViewStack *stack;
  ScopeDebugPage *page;
  ScopeLatePage *compare;
  ScopeLatePage *teach;
  char *visible_page; /* its name in the stack */
  gboolean side_panel;
  GtkFileChooserNative *chooser; /* while one is open */
  guint chooser_tensor;          /* that its file goes to */
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_SIDE_PANEL,
  PROP_VISIBLE_PAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeWindow, scope_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_debug (ScopeWindow *self, const char *visible_page)
{
  return g_strcmp0 (visible_page, "debug") == 0;
}

static gboolean
hide_message (gpointer data)
{
  ScopeWindow *self = data;

  self->message_source = 0;
  gtk_revealer_set_reveal_child (self->message_revealer, FALSE);
  return G_SOURCE_REMOVE;
}

/* Says for a moment what was done. (libadwaita 1.2's toasts would do, but many of them in a row end
 * the program.) */
static void
say (ScopeWindow *self, const char *text)
{
  gtk_label_set_text (self->message, text);
  gtk_revealer_set_reveal_child (self->message_revealer, TRUE);
  g_clear_handle_id (&self->message_source, g_source_remove);
  self->message_source = g_timeout_add_seconds (MESSAGE_SECONDS, hide_message, self);
}

/* For what pages and dialogs have done. */
static void
say_text (GtkWidget *widget, const char *action, GVariant *parameter)
{
  say (SCOPE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static GtkWidget *
make_notice (gpointer item, gpointer data)
{
  return scope_notice_bar_new (SCOPE_WINDOW (data)->session, item);
}

/* ---- opening -------------------------------------------------------------------------------- */

static void
chooser_responded (ScopeWindow *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  if (file != NULL)
    scope_session_open_file (self->session, self->chooser_tensor, file, NULL);
  g_clear_object (&self->chooser);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (; suffixes != NULL && *suffixes != NULL; suffixes++)
    gtk_file_filter_add_suffix (filter, *suffixes);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
open_in (ScopeWindow *self, guint tensor)
{
  static const char *const tensor_suffixes[] = { "npy", "npz", "safetensors", "png",
                                                 "csv", "tsv", NULL };
  ScopeScene *scene = scope_session_get_scene (self->session);
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  g_autofree char *title =
      tensor < (guint)scene->tensors
          ? g_strdup_printf (_ ("Open a tensor in %s"), scene->tensor[tensor].tensor->name)
          : g_strdup (_ ("Open a tensor"));

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  self->chooser_tensor = tensor;
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("Tensor files"), tensor_suffixes);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_responded), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
open_a (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_in (SCOPE_WINDOW (widget), 0);
}

static void
open_b (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_in (SCOPE_WINDOW (widget), 1);
}

static void
open_tensor (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_in (SCOPE_WINDOW (widget), g_variant_get_uint32 (parameter));
}

static void
choose_member (ScopeWindow *self, ScopeFileChoice *choice)
{
  GtkWidget *dialog = scope_member_dialog_new (self->session, choice);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- pasted messages ------------------------------------------------------------------------ */

static void
paste_message (ScopeWindow *self, const char *text)
{
  GtkWidget *dialog = scope_paste_dialog_new (self->session, text);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
paste_error (GtkWidget *widget, const char *action, GVariant *parameter)
{
  paste_message (SCOPE_WINDOW (widget), NULL);
}

static gboolean
dropped (ScopeWindow *self, const GValue *value)
{
  const char *text = g_value_get_string (value);

  if (!scope_pasted_message_recognizes (text))
    {
      say (self, _ ("Nothing about shapes is recognised in this text"));
      return FALSE;
    }
  paste_message (self, text);
  return TRUE;
}

/* ---- the other actions ---------------------------------------------------------------------- */

static void
undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_session_undo (SCOPE_WINDOW (widget)->session);
}

static void
redo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_session_redo (SCOPE_WINDOW (widget)->session);
}

static void
apply_remedy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (!scope_session_apply_remedy (self->session))
    gtk_widget_error_bell (widget);
}

static void
copy_code (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  if (scope_debug_page_copy_code (self->page))
    say (self, _ ("Code copied"));
  else
    gtk_widget_error_bell (widget);
}

static void
next_failure (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (!scope_debug_page_focus_failure (SCOPE_WINDOW (widget)->page, 1))
    say (SCOPE_WINDOW (widget), _ ("Every axis fits"));
}

static void
previous_failure (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (!scope_debug_page_focus_failure (SCOPE_WINDOW (widget)->page, -1))
    say (SCOPE_WINDOW (widget), _ ("Every axis fits"));
}

static void
swap (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_session_swap_tensors (SCOPE_WINDOW (widget)->session);
}

static void
add_tensor (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_session_add_tensor (SCOPE_WINDOW (widget)->session);
}

static void
transpose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_picture_transpose (scope_session_get_result (SCOPE_WINDOW (widget)->session));
}

/* What each page does in its own way: the page shown has the action `name`, or none. */
static void
act_on_page (ScopeWindow *self, const char *name)
{
  GtkWidget *page = adw_view_stack_get_visible_child (self->stack);

  if (SCOPE_IS_LATE_PAGE (page))
    page = scope_late_page_get_page (SCOPE_LATE_PAGE (page));
  if (!gtk_widget_activate_action (page, name, NULL))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
export_figure (GtkWidget *widget, const char *action, GVariant *parameter)
{
  act_on_page (SCOPE_WINDOW (widget), "page.export");
}

static void
print (GtkWidget *widget, const char *action, GVariant *parameter)
{
  act_on_page (SCOPE_WINDOW (widget), "page.print");
}

static void
present (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);

  adw_view_stack_set_visible_child (self->stack, GTK_WIDGET (self->teach));
  act_on_page (self, "page.present");
}

/* The scene of the Debug page, step by step. */
static void
teach_this (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);
  GtkWidget *page = scope_late_page_get_page (self->teach);

  adw_view_stack_set_visible_child (self->stack, GTK_WIDGET (self->teach));
  scope_teach_page_teach_scene (SCOPE_TEACH_PAGE (page));
}

/* The heatmap that an index is gone to: the one with the focus, else the last that is seen. */
static GtkWidget *
find_heatmap (GtkWidget *root)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (SCOPE_IS_HEATMAP_VIEW (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_last_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_prev_sibling (child))
    found = find_heatmap (child);
  return found;
}

static void
go_to_index (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));
  GtkWidget *heatmap =
      focus != NULL ? gtk_widget_get_ancestor (focus, SCOPE_TYPE_HEATMAP_VIEW) : NULL;

  if (heatmap == NULL)
    heatmap = find_heatmap (widget);
  if (heatmap != NULL)
    gtk_widget_activate_action (heatmap, "heatmap.go-to", NULL);
  else
    gtk_widget_error_bell (widget);
}

/* The alignment as NumPy's manual writes it. */
static void
copy_table (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeWindow *self = SCOPE_WINDOW (widget);
  const ScopeReport *report = scope_session_get_report (self->session);
  ScopeText text = { 0 };

  if (report->alignment != NULL)
    scope_alignment_print_table (report->alignment, &text);
  if (text.length > 0)
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), scope_text_string (&text));
      say (self, _ ("Table copied"));
    }
  else
    gtk_widget_error_bell (widget);
  scope_text_clear (&text);
}

/* ---- what can be done now ------------------------------------------------------------------- */

static void
update_history (ScopeWindow *self)
{
  gboolean can_undo, can_redo;

  g_object_get (self->session, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo",
                                 can_undo || scope_session_get_stale (self->session));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", can_redo);
}

static void
update_remedy (ScopeWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.apply-remedy",
                                 scope_session_get_remedy (self->session) >= 0);
}

static void
follow_session (ScopeWindow *self)
{
  static const char *const of_history[] = { "notify::can-undo", "notify::can-redo",
                                            "notify::stale" };

  for (guint i = 0; i < G_N_ELEMENTS (of_history); i++)
    g_signal_connect_object (self->session, of_history[i], G_CALLBACK (update_history), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "choose-member", G_CALLBACK (choose_member), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::remedy", G_CALLBACK (update_remedy), self,
                           G_CONNECT_SWAPPED);
  update_history (self);
  update_remedy (self);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeWindow *self = SCOPE_WINDOW (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_SIDE_PANEL:
      g_value_set_boolean (value, self->side_panel);
      break;
    case PROP_VISIBLE_PAGE:
      g_value_set_string (value, self->visible_page);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_side_panel (ScopeWindow *self, gboolean side_panel)
{
  if (self->side_panel == side_panel)
    return;
  self->side_panel = side_panel;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDE_PANEL]);
}

/* A name that is no page's leaves things as they are. */
static void
set_visible_page (ScopeWindow *self, const char *name)
{
  if (name == NULL || g_strcmp0 (self->visible_page, name) == 0
      || (self->stack != NULL && adw_view_stack_get_child_by_name (self->stack, name) == NULL))
    return;
  g_free (self->visible_page);
  self->visible_page = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE_PAGE]);
}

static void
scope_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeWindow *self = SCOPE_WINDOW (object);

  switch (id)
    {
    case PROP_SIDE_PANEL:
      set_side_panel (self, g_value_get_boolean (value));
      break;
    case PROP_VISIBLE_PAGE:
      set_visible_page (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_window_dispose (GObject *object)
{
  ScopeWindow *self = SCOPE_WINDOW (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_handle_id (&self->message_source, g_source_remove);
  if (self->notices != NULL)
    scope_model_box_bind (self->notices, NULL, NULL, NULL);
  self->notices = NULL;
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->visible_page, g_free);

  G_OBJECT_CLASS (scope_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.say", "s", say_text);
  gtk_widget_class_install_action (klass, "win.open-a", NULL, open_a);
  gtk_widget_class_install_action (klass, "win.open-b", NULL, open_b);
  gtk_widget_class_install_action (klass, "win.open-tensor", "u", open_tensor);
  gtk_widget_class_install_action (klass, "win.paste-error", NULL, paste_error);
  gtk_widget_class_install_action (klass, "win.undo", NULL, undo);
  gtk_widget_class_install_action (klass, "win.redo", NULL, redo);
  gtk_widget_class_install_action (klass, "win.apply-remedy", NULL, apply_remedy);
  gtk_widget_class_install_action (klass, "win.copy-code", NULL, copy_code);
  gtk_widget_class_install_action (klass, "win.next-failure", NULL, next_failure);
  gtk_widget_class_install_action (klass, "win.previous-failure", NULL, previous_failure);
  gtk_widget_class_install_action (klass, "win.swap-tensors", NULL, swap);
  gtk_widget_class_install_action (klass, "win.add-tensor", NULL, add_tensor);
  gtk_widget_class_install_action (klass, "win.transpose", NULL, transpose);
  gtk_widget_class_install_action (klass, "win.go-to-index", NULL, go_to_index);
  gtk_widget_class_install_action (klass, "win.export", NULL, export_figure);
  gtk_widget_class_install_action (klass, "win.print", NULL, print);
  gtk_widget_class_install_action (klass, "win.present", NULL, present);
  gtk_widget_class_install_action (klass, "win.teach-this", NULL, teach_this);
  gtk_widget_class_install_action (klass, "win.copy-table", NULL, copy_table);
  gtk_widget_class_install_property_action (klass, "win.page", "visible-page");
  gtk_widget_class_install_property_action (klass, "win.side-panel", "side-panel");
  gtk_widget_class_install_property_action (klass, "win.fullscreen", "fullscreened");
}

static void
scope_window_class_init (ScopeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_window_get_property;
  object_class->set_property = scope_window_set_property;
  object_class->dispose = scope_window_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIDE_PANEL] =
      g_param_spec_boolean ("side-panel", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_VISIBLE_PAGE] =
      g_param_spec_string ("visible-page", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, notices);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, message_revealer);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, message);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, page);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, compare);
  gtk_widget_class_bind_template_child (widget_class, ScopeWindow, teach);
  gtk_widget_class_bind_template_callback (widget_class, is_debug);
}

static void
scope_window_init (ScopeWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  g_type_ensure (SCOPE_TYPE_DEBUG_PAGE);
  g_type_ensure (SCOPE_TYPE_LATE_PAGE);
  g_type_ensure (SCOPE_TYPE_MODEL_BOX);
  self->session = scope_session_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  scope_late_page_set_content (self->compare, SCOPE_TYPE_COMPARE_PAGE);
  scope_late_page_set_content (self->teach, SCOPE_TYPE_TEACH_PAGE);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  scope_model_box_bind (self->notices, scope_session_get_notices (self->session), make_notice,
                        self);
  follow_session (self);
}

static void
bind_settings (ScopeWindow *self, GSettings *settings)
{
  self->settings = g_object_ref (settings);
  scope_settings_bind (settings, "window-width", self, "default-width");
  scope_settings_bind (settings, "window-height", self, "default-height");
  scope_settings_bind (settings, "window-maximized", self, "maximized");
  scope_settings_bind (settings, "show-hint", self->page, "show-hint");
}

ScopeWindow *
scope_window_new (GtkApplication *application, GSettings *settings)
{
  ScopeWindow *self = g_object_new (SCOPE_TYPE_WINDOW, "application", application, NULL);

  if (settings != NULL)
    bind_settings (self, settings);
  return self;
}

ScopeSession *
scope_window_get_session (ScopeWindow *self)
{
  g_return_val_if_fail (SCOPE_IS_WINDOW (self), NULL);
  return self->session;
}
