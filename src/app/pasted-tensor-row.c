/* One tensor of a pasted message: its name and its shape, to be corrected. */
#include "app/pasted-tensor-row.h"

#include "app/template.h"

#include <glib/gi18n.h>

struct _ScopePastedTensorRow
{
  GtkWidget parent_instance;

  ScopePastedTensor *tensor;
  GtkEditable *shape;
};

enum
{
  PROP_0,
  PROP_TENSOR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopePastedTensorRow, scope_pasted_tensor_row, GTK_TYPE_WIDGET)

/* What is wrong comes before what is not known. */
static char *
get_remark (GtkWidget *widget, const char *problem, gboolean open)
{
  if (problem != NULL)
    return g_strdup (problem);
  return g_strdup (open ? _ ("? is a size that the message does not give. Type it if you know it.")
                        : "");
}

static char **
get_remark_classes (GtkWidget *widget, const char *problem)
{
  const char *classes[] = { problem != NULL ? "problem" : "guess", NULL };

  return g_strdupv ((char **)classes);
}

static gboolean
has_remark (GtkWidget *widget, const char *problem, gboolean open)
{
  return problem != NULL || open;
}

static void
problem_changed (ScopePastedTensorRow *self)
{
  const char *problem = scope_pasted_tensor_get_problem (self->tensor);

  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->shape), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->shape), "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->shape), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (problem != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->shape),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->shape),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
scope_pasted_tensor_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TENSOR)
    g_value_set_object (value, SCOPE_PASTED_TENSOR_ROW (object)->tensor);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_pasted_tensor_row_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  if (id == PROP_TENSOR)
    SCOPE_PASTED_TENSOR_ROW (object)->tensor = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_pasted_tensor_row_dispose (GObject *object)
{
  ScopePastedTensorRow *self = SCOPE_PASTED_TENSOR_ROW (object);

  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_PASTED_TENSOR_ROW);
  g_clear_object (&self->tensor);

  G_OBJECT_CLASS (scope_pasted_tensor_row_parent_class)->dispose (object);
}

static void
scope_pasted_tensor_row_class_init (ScopePastedTensorRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_pasted_tensor_row_get_property;
  object_class->set_property = scope_pasted_tensor_row_set_property;
  object_class->dispose = scope_pasted_tensor_row_dispose;

  properties[PROP_TENSOR] =
      g_param_spec_object ("tensor", NULL, NULL, SCOPE_TYPE_PASTED_TENSOR,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/shapescope/Shapescope/ui/pasted-tensor-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopePastedTensorRow, shape);
  gtk_widget_class_bind_template_callback (widget_class, get_remark);
  gtk_widget_class_bind_template_callback (widget_class, get_remark_classes);
  gtk_widget_class_bind_template_callback (widget_class, has_remark);
}

static void
scope_pasted_tensor_row_init (ScopePastedTensorRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
scope_pasted_tensor_row_new (ScopePastedTensor *tensor)
{
  ScopePastedTensorRow *self = g_object_new (SCOPE_TYPE_PASTED_TENSOR_ROW, "tensor", tensor, NULL);
  g_autofree char *label =
      g_strdup_printf (_ ("Pasted Shape of %s"), scope_pasted_tensor_get_name (tensor));

  g_object_bind_property (tensor, "text", self->shape, "text",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->shape), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_object (tensor, "notify::problem", G_CALLBACK (problem_changed), self,
                           G_CONNECT_SWAPPED);
  problem_changed (self);
  return GTK_WIDGET (self);
}
