/* Paste error: a message is pasted, what it says is shown and corrected, then it becomes the
 * scene. */
#include "app/paste-dialog.h"

#include "app/clipboard-text.h"
#include "app/model-box.h"
#include "app/pasted-tensor-row.h"

#include <glib/gi18n.h>

enum
{
  PAUSE = 60,                           /* milliseconds between typing and reading */
  MOST_BYTES = SCOPE_MESSAGE_BYTES + 4, /* of which one sees that there were more */
};

struct _ScopePasteDialog
{
  AdwWindow parent_instance;

  ScopeSession *session;
  ScopePastedMessage *message;
  GBindingGroup *bindings;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkEditable *expression;
  GtkDropDown *dialect;
  ScopeModelBox *tensors;
  guint reading;      /* source that reads the text after a pause */
  gboolean inserting; /* the text that is being inserted is ours */
};

enum
{
  PROP_0,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopePasteDialog, scope_paste_dialog, ADW_TYPE_WINDOW)

/* ---- for the template ----------------------------------------------------------------------- */

static char *
get_page (GtkWidget *widget, guint state)
{
  static const char *names[] = {
    [SCOPE_PASTED_NOTHING] = "nothing",
    [SCOPE_PASTED_UNKNOWN] = "unknown",
    [SCOPE_PASTED_RECOGNIZED] = "recognized",
  };

  return g_strdup (names[MIN (state, SCOPE_PASTED_RECOGNIZED)]);
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return text != NULL && text[0] != '\0';
}

static gboolean
is_unknown (GtkWidget *widget, const char *text)
{
  return g_strcmp0 (text, "?") == 0;
}

static char **
get_verdict_classes (GtkWidget *widget, guint state)
{
  static const char *names[] = {
    [SCOPE_STATE_FITS] = "fits",
    [SCOPE_STATE_FAILS] = "fails",
    [SCOPE_STATE_UNKNOWN] = "unknown",
  };
  const char *classes[] = { "verdict", names[MIN (state, SCOPE_STATE_UNKNOWN)], NULL };

  return g_strdupv ((char **)classes);
}

static char *
get_verdict_icon (GtkWidget *widget, guint state)
{
  static const char *names[] = {
    [SCOPE_STATE_FITS] = "scope-fits-symbolic",
    [SCOPE_STATE_FAILS] = "scope-fails-symbolic",
    [SCOPE_STATE_UNKNOWN] = "scope-unknown-symbolic",
  };

  return g_strdup (names[MIN (state, SCOPE_STATE_UNKNOWN)]);
}

/* ---- the text ------------------------------------------------------------------------------- */

static char *
get_text (ScopePasteDialog *self)
{
  GtkTextIter begin, end;
  g_autofree char *shown = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &begin, &end);
  shown = gtk_text_buffer_get_text (self->buffer, &begin, &end, FALSE);
  return scope_pasted_text_join (shown);
}

static gboolean
read_text (gpointer data)
{
  ScopePasteDialog *self = data;
  g_autofree char *text = get_text (self);

  self->reading = 0;
  scope_pasted_message_set_text (self->message, text);
  return G_SOURCE_REMOVE;
}

/* Not at once: a text arrives in pieces, and what changes it must not be changed meanwhile. */
static void
text_changed (ScopePasteDialog *self)
{
  if (self->reading == 0)
    self->reading = g_timeout_add (PAUSE, read_text, self);
}

/* After the message was cut, or taken from elsewhere. */
static void
message_text_changed (ScopePasteDialog *self)
{
  const char *text = scope_pasted_message_get_text (self->message);
  g_autofree char *old = get_text (self);
  g_autofree char *shown = NULL;

  if (strcmp (old, text) == 0)
    return;
  shown = scope_pasted_text_break (text, MOST_BYTES);
  self->inserting = TRUE;
  gtk_text_buffer_set_text (self->buffer, shown, -1);
  self->inserting = FALSE;
}

/* Whatever way a long text comes in, its lines are broken before they are drawn. */
static void
inserting (ScopePasteDialog *self, GtkTextIter *at, const char *text, int length)
{
  g_autofree char *whole = NULL;
  g_autofree char *shown = NULL;

  if (self->inserting || length < SCOPE_PASTED_LINE / 2)
    return;
  g_signal_stop_emission_by_name (self->buffer, "insert-text");
  whole = g_strndup (text, (gsize)length);
  shown = scope_pasted_text_break (whole, MOST_BYTES);
  self->inserting = TRUE;
  gtk_text_buffer_insert (self->buffer, at, shown, -1);
  self->inserting = FALSE;
}

static void
insert_clipboard (gpointer owner, const char *text)
{
  ScopePasteDialog *self = SCOPE_PASTE_DIALOG (owner);

  if (self->view == NULL || text == NULL)
    return;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (self->buffer, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
}

static void
paste (ScopePasteDialog *self)
{
  g_signal_stop_emission_by_name (self->view, "paste-clipboard");
  scope_clipboard_read_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), MOST_BYTES,
                             insert_clipboard, self);
}

static void
take_clipboard (gpointer owner, const char *text)
{
  ScopePasteDialog *self = SCOPE_PASTE_DIALOG (owner);

  if (self->view != NULL && text != NULL && gtk_text_buffer_get_char_count (self->buffer) == 0
      && scope_pasted_message_recognizes (text))
    scope_pasted_message_take (self->message, text);
}

/* ---- what was understood -------------------------------------------------------------------- */

static GtkWidget *
make_tensor (gpointer item, gpointer data)
{
  return scope_pasted_tensor_row_new (item);
}

static void
can_replace_changed (ScopePasteDialog *self)
{
  gboolean can_replace;

  g_object_get (self->message, "can-replace", &can_replace, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paste.replace", can_replace);
}

static void
replace (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopePasteDialog *self = SCOPE_PASTE_DIALOG (widget);
  ScopeScene *scene;

  if (self->reading != 0)
    {
      g_source_remove (self->reading);
      read_text (self);
    }
  scene = scope_pasted_message_make_scene (self->message);
  if (scene == NULL)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  scope_session_replace_scene (self->session, scene);
  scope_scene_unref (scene);
  gtk_window_close (GTK_WINDOW (self));
}

static void
activated (ScopePasteDialog *self)
{
  replace (GTK_WIDGET (self), NULL, NULL);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_paste_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MESSAGE)
    g_value_set_object (value, SCOPE_PASTE_DIALOG (object)->message);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_paste_dialog_dispose (GObject *object)
{
  ScopePasteDialog *self = SCOPE_PASTE_DIALOG (object);

  g_clear_handle_id (&self->reading, g_source_remove);
  if (self->tensors != NULL)
    scope_model_box_bind (self->tensors, NULL, NULL, NULL);
  g_clear_object (&self->bindings);
  adw_window_set_content (ADW_WINDOW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_PASTE_DIALOG);
  g_clear_object (&self->message);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_paste_dialog_parent_class)->dispose (object);
}

static void
scope_paste_dialog_class_init (ScopePasteDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_paste_dialog_get_property;
  object_class->dispose = scope_paste_dialog_dispose;

  properties[PROP_MESSAGE] = g_param_spec_object ("message", NULL, NULL, SCOPE_TYPE_PASTED_MESSAGE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "paste.replace", NULL, replace);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "paste.replace", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/paste-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopePasteDialog, view);
  gtk_widget_class_bind_template_child (widget_class, ScopePasteDialog, buffer);
  gtk_widget_class_bind_template_child (widget_class, ScopePasteDialog, expression);
  gtk_widget_class_bind_template_child (widget_class, ScopePasteDialog, dialect);
  gtk_widget_class_bind_template_child (widget_class, ScopePasteDialog, tensors);
  gtk_widget_class_bind_template_callback (widget_class, get_page);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, is_unknown);
  gtk_widget_class_bind_template_callback (widget_class, get_verdict_classes);
  gtk_widget_class_bind_template_callback (widget_class, get_verdict_icon);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
  gtk_widget_class_bind_template_callback (widget_class, inserting);
  gtk_widget_class_bind_template_callback (widget_class, paste);
  gtk_widget_class_bind_template_callback (widget_class, activated);
}

static void
fill_dialects (ScopePasteDialog *self)
{
  g_autoptr (GtkStringList) dialects = gtk_string_list_new (NULL);

  for (guint i = 0; i < SCOPE_N_DIALECTS; i++)
    gtk_string_list_append (dialects, scope_dialect_title (i));
  gtk_drop_down_set_model (self->dialect, G_LIST_MODEL (dialects));
}

static void
scope_paste_dialog_init (ScopePasteDialog *self)
{
  GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_type_ensure (SCOPE_TYPE_MODEL_BOX);
  self->message = scope_pasted_message_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_dialects (self);
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "expression", self->expression, "text", both);
  g_binding_group_bind (self->bindings, "dialect", self->dialect, "selected", both);
  g_binding_group_set_source (self->bindings, self->message);
  scope_model_box_bind (self->tensors, scope_pasted_message_get_tensors (self->message),
                        make_tensor, self);
  g_signal_connect_object (self->message, "notify::text", G_CALLBACK (message_text_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->message, "notify::can-replace", G_CALLBACK (can_replace_changed),
                           self, G_CONNECT_SWAPPED);
  can_replace_changed (self);
}

GtkWidget *
scope_paste_dialog_new (ScopeSession *session, const char *text)
{
  ScopePasteDialog *self = g_object_new (SCOPE_TYPE_PASTE_DIALOG, NULL);

  self->session = g_object_ref (session);
  if (text != NULL)
    scope_pasted_message_take (self->message, text);
  else
    scope_clipboard_read_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), MOST_BYTES,
                               take_clipboard, self);
  return GTK_WIDGET (self);
}

ScopePastedMessage *
scope_paste_dialog_get_message (ScopePasteDialog *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTE_DIALOG (self), NULL);
  return self->message;
}
