/* A grid that fills its room. */
#include "app/tile-layout.h"

#include "paint/compare-figure.h"

enum
{
  SPACING = 10,
};

struct _ScopeTileLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (ScopeTileLayout, scope_tile_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  int children;
  int width, height; /* the least a child needs */
  int natural;       /* width */
} Needs;

static Needs
find_needs (GtkWidget *widget, int child_width)
{
  Needs needs = { 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, natural;

      if (!gtk_widget_should_layout (child))
        continue;
      needs.children++;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
      needs.width = MAX (needs.width, least);
      needs.natural = MAX (needs.natural, natural);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, MAX (child_width, least), &least,
                          &natural, NULL, NULL);
      needs.height = MAX (needs.height, least);
    }
  return needs;
}

static int
columns_in (const Needs *needs, int width)
{
  int fitting = (width + SPACING) / (MAX (needs->width, 1) + SPACING);

  return CLAMP (scope_compare_columns (needs->children), 1, MAX (fitting, 1));
}

static int
rows_of (const Needs *needs, int columns)
{
  return (needs->children + columns - 1) / columns;
}

static int
child_width (int width, int columns)
{
  return (width - (columns - 1) * SPACING) / columns;
}

static GtkSizeRequestMode
scope_tile_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
scope_tile_layout_measure (GtkLayoutManager *manager,
                           GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  Needs needs = find_needs (widget, -1);
  int columns;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      columns = scope_compare_columns (needs.children);
      *minimum = needs.width;
      *natural = columns * needs.natural + (columns - 1) * SPACING;
      return;
    }
  columns = columns_in (&needs, for_size > 0 ? for_size : G_MAXINT / 2);
  needs = find_needs (widget, for_size > 0 ? child_width (for_size, columns) : -1);
  *minimum = rows_of (&needs, columns) * (needs.height + SPACING) - SPACING;
  *minimum = *natural = MAX (*minimum, 0);
}

static void
scope_tile_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            int width,
                            int height,
                            int baseline)
{
  Needs needs = find_needs (widget, -1);
  int columns = columns_in (&needs, width), rows = MAX (rows_of (&needs, columns), 1);
  int across = child_width (width, columns), down = (height - (rows - 1) * SPACING) / rows;
  gboolean backwards = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int column = i % columns;
      GdkRectangle at;

      if (!gtk_widget_should_layout (child))
        continue;
      if (backwards)
        column = columns - 1 - column;
      at = (GdkRectangle){ column * (across + SPACING), i / columns * (down + SPACING),
                           MAX (across, needs.width), MAX (down, 1) };
      gtk_widget_size_allocate (child, &at, -1);
      i++;
    }
}

static void
scope_tile_layout_class_init (ScopeTileLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = scope_tile_layout_get_request_mode;
  layout_class->measure = scope_tile_layout_measure;
  layout_class->allocate = scope_tile_layout_allocate;
}

static void
scope_tile_layout_init (ScopeTileLayout *self)
{
}
