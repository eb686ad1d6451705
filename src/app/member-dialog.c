/* Which tensor of a file is meant: a list to search and choose from. */
#include "app/member-dialog.h"

#include <glib/gi18n.h>

struct _ScopeMemberDialog
{
  AdwWindow parent_instance;

  ScopeSession *session;
  ScopeFileChoice *choice;
  AdwWindowTitle *title;
  GtkSearchEntry *search;
  GtkStringFilter *filter;
  GtkFilterListModel *shown;
  GtkSingleSelection *selection;
};

G_DEFINE_FINAL_TYPE (ScopeMemberDialog, scope_member_dialog, ADW_TYPE_WINDOW)

static ScopeMember *
get_selected (ScopeMemberDialog *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
open_selected (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeMemberDialog *self = SCOPE_MEMBER_DIALOG (widget);
  ScopeMember *member = get_selected (self);

  if (member == NULL || !scope_member_get_readable (member))
    {
      gtk_widget_error_bell (widget);
      return;
    }
  scope_session_open_file (self->session, scope_file_choice_get_index (self->choice),
                           scope_file_choice_get_file (self->choice),
                           scope_member_get_name (member));
  gtk_window_close (GTK_WINDOW (self));
}

static void
activated (ScopeMemberDialog *self)
{
  open_selected (GTK_WIDGET (self), NULL, NULL);
}

static void
selection_changed (ScopeMemberDialog *self)
{
  ScopeMember *member = get_selected (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "member.open",
                                 member != NULL && scope_member_get_readable (member));
}

static void
search_changed (ScopeMemberDialog *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* ---- rows ----------------------------------------------------------------------------------- */

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (NULL), *facts = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (facts), 0);
  gtk_label_set_ellipsize (GTK_LABEL (facts), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (facts, "caption");
  gtk_widget_add_css_class (facts, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), facts);
  gtk_widget_add_css_class (box, "member");
  gtk_list_item_set_child (item, box);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  ScopeMember *member = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *name = gtk_widget_get_first_child (box);

  gtk_label_set_text (GTK_LABEL (name), scope_member_get_name (member));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)),
                      scope_member_get_facts (member));
  gtk_widget_set_sensitive (box, scope_member_get_readable (member));
  gtk_widget_set_tooltip_text (box, scope_member_get_facts (member));
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_member_dialog_dispose (GObject *object)
{
  ScopeMemberDialog *self = SCOPE_MEMBER_DIALOG (object);

  adw_window_set_content (ADW_WINDOW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SCOPE_TYPE_MEMBER_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->choice);

  G_OBJECT_CLASS (scope_member_dialog_parent_class)->dispose (object);
}

static void
scope_member_dialog_class_init (ScopeMemberDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_member_dialog_dispose;

  gtk_widget_class_install_action (widget_class, "member.open", NULL, open_selected);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/member-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeMemberDialog, title);
  gtk_widget_class_bind_template_child (widget_class, ScopeMemberDialog, search);
  gtk_widget_class_bind_template_child (widget_class, ScopeMemberDialog, filter);
  gtk_widget_class_bind_template_child (widget_class, ScopeMemberDialog, shown);
  gtk_widget_class_bind_template_child (widget_class, ScopeMemberDialog, selection);
  gtk_widget_class_bind_template_callback (widget_class, activated);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
}

static void
scope_member_dialog_init (ScopeMemberDialog *self)
{
  g_type_ensure (SCOPE_TYPE_MEMBER);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
scope_member_dialog_new (ScopeSession *session, ScopeFileChoice *choice)
{
  ScopeMemberDialog *self = g_object_new (SCOPE_TYPE_MEMBER_DIALOG, NULL);
  g_autofree char *file = g_file_get_basename (scope_file_choice_get_file (choice));

  self->session = g_object_ref (session);
  self->choice = g_object_ref (choice);
  adw_window_title_set_subtitle (self->title, file);
  gtk_filter_list_model_set_model (self->shown, scope_file_choice_get_members (choice));
  selection_changed (self);
  return GTK_WIDGET (self);
}
