/* The window of an element-wise comparison. */
#include "app/two-tensors-window.h"

#include "app/entry-fault.h"
#include "app/name-completion.h"
#include "app/picture-card.h"

#include <glib/gi18n.h>

struct _ScopeTwoTensorsWindow
{
  AdwWindow parent_instance;

  ScopeSession *session;
  ScopeTwoTensors *model;
  GtkWidget *picture_place;
  GtkEntry *actual, *desired;
  GtkEntryCompletion *names[2];
  GtkColumnView *cells;
  GtkFileChooserNative *chooser;
  const char *chooser_side; /* "actual" or "desired": what the opened file becomes */
};

enum
{
  PROP_0,
  PROP_MODEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeTwoTensorsWindow, scope_two_tensors_window, ADW_TYPE_WINDOW)

/* ---- what the template asks for ------------------------------------------------------------- */

static gboolean
is_set (GtkWidget *widget, const char *text)
{
  return text != NULL && text[0] != '\0';
}

static char **
get_classes (GtkWidget *widget, gboolean equal)
{
  static const char *const fits[] = { "verdict", "fits", NULL };
  static const char *const fails[] = { "verdict", "fails", NULL };

  return g_strdupv ((char **)(equal ? fits : fails));
}

/* ---- fields --------------------------------------------------------------------------------- */

/* Texts are taken at Enter and when the entry is left; its name says which property it is. */
static void
entered (ScopeTwoTensorsWindow *self, GtkWidget *entry)
{
  if (self->model != NULL)
    g_object_set (self->model, gtk_widget_get_name (entry),
                  gtk_editable_get_text (GTK_EDITABLE (entry)), NULL);
}

static void
left (ScopeTwoTensorsWindow *self, GtkEventController *controller)
{
  entered (self, gtk_event_controller_get_widget (controller));
}

static void
problem_changed (ScopeTwoTensorsWindow *self)
{
  int begin, end;
  const char *fault = scope_two_tensors_get_fault (self->model, &begin, &end);

  scope_entry_mark_fault (self->actual, g_strcmp0 (fault, "actual") == 0, begin, end);
  scope_entry_mark_fault (self->desired, g_strcmp0 (fault, "desired") == 0, begin, end);
}

static void
names_changed (ScopeTwoTensorsWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->names); i++)
    scope_name_completion_set_scene (self->names[i], scope_session_get_scene (self->session));
}

static void
nan_toggled (ScopeTwoTensorsWindow *self, GtkCheckButton *button)
{
  if (self->model != NULL)
    g_object_set (self->model, "equal-nan", gtk_check_button_get_active (button), NULL);
}

/* ---- files ---------------------------------------------------------------------------------- */

static void
tensor_added (GListModel *tensors, guint position, guint removed, guint added, gpointer data)
{
  ScopeTwoTensorsWindow *self = data;
  g_autoptr (ScopeTensorItem) item = NULL;

  if (added != 1 || removed > 0 || self->chooser_side == NULL)
    return;
  item = g_list_model_get_item (tensors, position);
  g_object_set (self->model, self->chooser_side, scope_tensor_item_get_name (item), NULL);
  self->chooser_side = NULL;
}

static void
chosen (ScopeTwoTensorsWindow *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  if (file != NULL)
    scope_session_open_file (self->session,
                             g_list_model_get_n_items (scope_session_get_tensors (self->session)),
                             file, NULL);
  else
    self->chooser_side = NULL;
  g_clear_object (&self->chooser);
}

static void
open_file (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTwoTensorsWindow *self = SCOPE_TWO_TENSORS_WINDOW (widget);
  gboolean desired = g_str_equal (g_variant_get_string (parameter, NULL), "desired");

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  self->chooser_side = desired ? "desired" : "actual";
  self->chooser = gtk_file_chooser_native_new (_ ("Open a tensor"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- the list ------------------------------------------------------------------------------- */

static void
copy_cells (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *table = scope_two_tensors_get_table (SCOPE_TWO_TENSORS_WINDOW (widget)->model);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), table);
}

static void
cell_activated (ScopeTwoTensorsWindow *self, guint position)
{
  scope_two_tensors_point_out (self->model, position);
}

static void
make_label (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_list_item_set_child (item, label);
}

static void
bind_label (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer property)
{
  g_autofree char *text = NULL;

  g_object_get (gtk_list_item_get_item (item), property, &text, NULL);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
add_columns (ScopeTwoTensorsWindow *self)
{
  static const struct
  {
    const char *property, *title;
  } columns[] = {
    { "index", N_ ("Index") },    { "actual", N_ ("Actual") },     { "desired", N_ ("Desired") },
    { "difference", N_ ("|Δ|") }, { "relative", N_ ("Relative") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column =
          gtk_column_view_column_new (_ (columns[i].title), factory);

      g_signal_connect (factory, "setup", G_CALLBACK (make_label), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_label), (gpointer)columns[i].property);
      gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (self->cells, column);
    }
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_two_tensors_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MODEL)
    g_value_set_object (value, SCOPE_TWO_TENSORS_WINDOW (object)->model);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_two_tensors_window_dispose (GObject *object)
{
  ScopeTwoTensorsWindow *self = SCOPE_TWO_TENSORS_WINDOW (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  if (self->cells != NULL)
    gtk_column_view_set_model (self->cells, NULL);
  adw_window_set_content (ADW_WINDOW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_TWO_TENSORS_WINDOW);
  g_clear_object (&self->model);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_two_tensors_window_parent_class)->dispose (object);
}

static void
scope_two_tensors_window_class_init (ScopeTwoTensorsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_two_tensors_window_get_property;
  object_class->dispose = scope_two_tensors_window_dispose;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, SCOPE_TYPE_TWO_TENSORS,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_install_action (widget_class, "two.open", "s", open_file);
  gtk_widget_class_install_action (widget_class, "two.copy", NULL, copy_cells);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/shapescope/Shapescope/ui/two-tensors-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeTwoTensorsWindow, picture_place);
  gtk_widget_class_bind_template_child (widget_class, ScopeTwoTensorsWindow, cells);
  gtk_widget_class_bind_template_child (widget_class, ScopeTwoTensorsWindow, actual);
  gtk_widget_class_bind_template_child (widget_class, ScopeTwoTensorsWindow, desired);
  gtk_widget_class_bind_template_callback (widget_class, is_set);
  gtk_widget_class_bind_template_callback (widget_class, get_classes);
  gtk_widget_class_bind_template_callback (widget_class, entered);
  gtk_widget_class_bind_template_callback (widget_class, left);
  gtk_widget_class_bind_template_callback (widget_class, nan_toggled);
  gtk_widget_class_bind_template_callback (widget_class, cell_activated);
}

static void
scope_two_tensors_window_init (ScopeTwoTensorsWindow *self)
{
  g_type_ensure (SCOPE_TYPE_TWO_TENSORS);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->names); i++)
    {
      self->names[i] = scope_name_completion_new ();
      gtk_entry_set_completion (i == 0 ? self->actual : self->desired, self->names[i]);
      g_object_unref (self->names[i]); /* the entry keeps it */
    }
}

GtkWidget *
scope_two_tensors_window_new (ScopeSession *session)
{
  ScopeTwoTensorsWindow *self = g_object_new (SCOPE_TYPE_TWO_TENSORS_WINDOW, NULL);
  GtkSelectionModel *selection;

  self->session = g_object_ref (session);
  self->model = scope_two_tensors_new (session);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (
      G_LIST_MODEL (g_object_ref (scope_two_tensors_get_cells (self->model)))));
  gtk_column_view_set_model (self->cells, selection);
  g_object_unref (selection);
  gtk_box_append (GTK_BOX (self->picture_place),
                  scope_picture_card_new (scope_two_tensors_get_picture (self->model)));
  g_signal_connect_object (scope_session_get_tensors (session), "items-changed",
                           G_CALLBACK (tensor_added), self, G_CONNECT_AFTER);
  g_signal_connect_object (session, "notify::report", G_CALLBACK (names_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::problem", G_CALLBACK (problem_changed), self,
                           G_CONNECT_SWAPPED);
  names_changed (self);
  problem_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
  return GTK_WIDGET (self);
}
