/* Children in rows of equal columns, as many as have room. */
#include "app/wrap-layout.h"

struct _ScopeWrapLayout
{
  GtkLayoutManager parent_instance;

  int column_width; /* at least, in CSS pixels */
  int spacing;
  gboolean stretch_last; /* the last row's children share its whole width */
};

enum
{
  PROP_0,
  PROP_COLUMN_WIDTH,
  PROP_SPACING,
  PROP_STRETCH_LAST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeWrapLayout, scope_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
count_children (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      n++;
  return n;
}

static GtkWidget *
next_in_layout (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Columns for `n` children in `width`, rows filled evenly. */
static int
columns_for (ScopeWrapLayout *self, int n, int width)
{
  int most = MAX (1, (width + self->spacing) / (self->column_width + self->spacing));
  int rows = (n + most - 1) / most;

  return rows > 0 ? (n + rows - 1) / rows : 1;
}

/* The x and width of child i of `n`. */
static void
place (ScopeWrapLayout *self, int i, int n, int columns, int width, int *x, int *child_width)
{
  int in_row = columns;
  int last = n - (n - 1) / columns * columns;
  int column = i % columns;
  int from, to;

  if (self->stretch_last && i / columns == (n - 1) / columns)
    in_row = last;
  from = (int)((gint64)(width + self->spacing) * column / in_row);
  to = (int)((gint64)(width + self->spacing) * (column + 1) / in_row) - self->spacing;
  *x = from;
  *child_width = MAX (to - from, 1);
}

/* Fills the minimum and natural height of the row that begins at *child, and steps over it. */
static void
measure_row (ScopeWrapLayout *self,
             GtkWidget **child,
             int *i,
             int n,
             int columns,
             int width,
             int *minimum,
             int *natural)
{
  *minimum = *natural = 0;
  for (int column = 0; column < columns && *child != NULL; column++)
    {
      int x, child_width, child_minimum, child_natural;

      place (self, *i, n, columns, width, &x, &child_width);
      gtk_widget_measure (*child, GTK_ORIENTATION_VERTICAL, child_width, &child_minimum,
                          &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
      *child = next_in_layout (gtk_widget_get_next_sibling (*child));
      (*i)++;
    }
}

static void
measure_width (ScopeWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  int n = count_children (widget);

  *minimum = 0;
  for (GtkWidget *child = next_in_layout (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_in_layout (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, NULL, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
    }
  *natural = MAX (*minimum, n * self->column_width + (n - 1) * self->spacing);
}

static void
scope_wrap_layout_measure (GtkLayoutManager *manager,
                           GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  ScopeWrapLayout *self = SCOPE_WRAP_LAYOUT (manager);
  GtkWidget *child = next_in_layout (gtk_widget_get_first_child (widget));
  int n = count_children (widget);
  int columns, width, i = 0;

  *minimum = *natural = 0;
  if (n == 0)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }

  if (for_size < 0)
    measure_width (self, widget, &width, &for_size);
  columns = columns_for (self, n, for_size);
  while (child != NULL)
    {
      int row_minimum, row_natural;
      int gap = i > 0 ? self->spacing : 0;

      measure_row (self, &child, &i, n, columns, for_size, &row_minimum, &row_natural);
      *minimum += row_minimum + gap;
      *natural += row_natural + gap;
    }
}

static void
scope_wrap_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            int width,
                            int height,
                            int baseline)
{
  ScopeWrapLayout *self = SCOPE_WRAP_LAYOUT (manager);
  GtkWidget *child = next_in_layout (gtk_widget_get_first_child (widget));
  int n = count_children (widget);
  int columns = columns_for (self, n, width);
  int rows = n > 0 ? (n + columns - 1) / columns : 0;
  int minimum = 0, natural = 0, extra, y = 0, i = 0;

  if (n == 0)
    return;
  scope_wrap_layout_measure (manager, widget, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural,
                             NULL, NULL);
  extra = (height - natural) / rows; /* below 0: every row gives something up */
  while (child != NULL)
    {
      GtkWidget *in_row = child;
      int first = i, row_minimum, row_height;

      measure_row (self, &child, &i, n, columns, width, &row_minimum, &row_height);
      row_height = MAX (row_minimum, row_height + extra);
      for (int k = first; k < i; k++)
        {
          GtkAllocation at = { .y = y, .height = row_height };

          place (self, k, n, columns, width, &at.x, &at.width);
          gtk_widget_size_allocate (in_row, &at, -1);
          in_row = next_in_layout (gtk_widget_get_next_sibling (in_row));
        }
      y += row_height + self->spacing;
    }
}

static GtkSizeRequestMode
scope_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
scope_wrap_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeWrapLayout *self = SCOPE_WRAP_LAYOUT (object);

  switch (id)
    {
    case PROP_COLUMN_WIDTH:
      g_value_set_int (value, self->column_width);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_STRETCH_LAST:
      g_value_set_boolean (value, self->stretch_last);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_wrap_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeWrapLayout *self = SCOPE_WRAP_LAYOUT (object);

  switch (id)
    {
    case PROP_COLUMN_WIDTH:
      self->column_width = g_value_get_int (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_STRETCH_LAST:
      self->stretch_last = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
scope_wrap_layout_class_init (ScopeWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = scope_wrap_layout_get_property;
  object_class->set_property = scope_wrap_layout_set_property;
  layout_class->get_request_mode = scope_wrap_layout_get_request_mode;
  layout_class->measure = scope_wrap_layout_measure;
  layout_class->allocate = scope_wrap_layout_allocate;

  properties[PROP_COLUMN_WIDTH] = g_param_spec_int ("column-width", NULL, NULL, 1, G_MAXINT, 200,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 12,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STRETCH_LAST] = g_param_spec_boolean ("stretch-last", NULL, NULL, FALSE,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_wrap_layout_init (ScopeWrapLayout *self)
{
  self->column_width = 200;
  self->spacing = 12;
}
