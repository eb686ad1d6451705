/* Progress and Cancel of a comparison. */
#include "app/work-line.h"

#include "app/template.h"

#include <glib/gi18n.h>

enum
{
  PATIENCE = 300, /* milliseconds until there is something to see */
};

struct _ScopeWorkLine
{
  GtkWidget parent_instance;

  ScopeComparison *comparison;
  guint waiting; /* source that ends the patience */
  gboolean slow; /* it has ended, and there still is work */
  GtkWidget *busy, *cancelled;
  GtkProgressBar *progress;
};

G_DEFINE_FINAL_TYPE (ScopeWorkLine, scope_work_line, GTK_TYPE_WIDGET)

static void
show_progress (ScopeWorkLine *self)
{
  guint tiles = g_list_model_get_n_items (scope_comparison_get_tiles (self->comparison));
  guint done = scope_comparison_get_done (self->comparison);
  /* TRANSLATORS: how many of how many tiles of a comparison have been read and measured */
  g_autofree char *text = g_strdup_printf (_ ("%u of %u tiles are ready"), done, tiles);

  gtk_progress_bar_set_fraction (self->progress, (double)done / (double)MAX (tiles, 1));
  gtk_progress_bar_set_text (self->progress, text);
}

static void
update (ScopeWorkLine *self)
{
  gboolean cancelled =
      self->comparison != NULL && scope_comparison_get_cancelled (self->comparison);

  gtk_widget_set_visible (self->busy, self->slow);
  gtk_widget_set_visible (self->cancelled, cancelled && !self->slow);
  gtk_widget_set_visible (GTK_WIDGET (self), self->slow || cancelled);
  if (self->slow)
    show_progress (self);
}

static gboolean
patience_ended (gpointer data)
{
  ScopeWorkLine *self = data;

  self->waiting = 0;
  self->slow = TRUE;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
changed (ScopeWorkLine *self)
{
  if (!scope_comparison_get_busy (self->comparison))
    {
      g_clear_handle_id (&self->waiting, g_source_remove);
      self->slow = FALSE;
    }
  else if (!self->slow && self->waiting == 0)
    self->waiting = g_timeout_add (PATIENCE, patience_ended, self);
  update (self);
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeWorkLine *self = SCOPE_WORK_LINE (widget);

  if (self->comparison != NULL)
    scope_comparison_cancel (self->comparison);
}

static void
go_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeWorkLine *self = SCOPE_WORK_LINE (widget);

  if (self->comparison != NULL)
    scope_comparison_go_on (self->comparison);
}

void
scope_work_line_set_comparison (ScopeWorkLine *self, ScopeComparison *comparison)
{
  g_return_if_fail (SCOPE_IS_WORK_LINE (self));

  g_clear_handle_id (&self->waiting, g_source_remove);
  self->slow = FALSE;
  if (self->comparison != NULL)
    g_signal_handlers_disconnect_by_data (self->comparison, self);
  g_set_object (&self->comparison, comparison);
  if (comparison != NULL)
    {
      g_signal_connect_object (comparison, "results-changed", G_CALLBACK (changed), self,
                               G_CONNECT_SWAPPED);
      changed (self);
    }
  else
    update (self);
}

static void
scope_work_line_dispose (GObject *object)
{
  ScopeWorkLine *self = SCOPE_WORK_LINE (object);

  if (self->comparison != NULL)
    scope_work_line_set_comparison (self, NULL);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_WORK_LINE);

  G_OBJECT_CLASS (scope_work_line_parent_class)->dispose (object);
}

static void
scope_work_line_class_init (ScopeWorkLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_work_line_dispose;
  gtk_widget_class_install_action (widget_class, "work.cancel", NULL, cancel);
  gtk_widget_class_install_action (widget_class, "work.go-on", NULL, go_on);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/work-line.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeWorkLine, busy);
  gtk_widget_class_bind_template_child (widget_class, ScopeWorkLine, cancelled);
  gtk_widget_class_bind_template_child (widget_class, ScopeWorkLine, progress);
}

static void
scope_work_line_init (ScopeWorkLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
