/* Lines of children of any width. */
#include "app/flow-layout.h"

enum
{
  COLUMN_SPACING = 12,
  ROW_SPACING = 6,
};

struct _ScopeFlowLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (ScopeFlowLayout, scope_flow_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Children that stand in one line. */
typedef struct
{
  GtkWidget *first, *end; /* `end` is the first of the next line, or NULL */
  int children, expanding;
  int width; /* natural, spacing included */
} Line;

static GtkWidget *
next_in_layout (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
step (GtkWidget *child)
{
  return next_in_layout (gtk_widget_get_next_sibling (child));
}

static int
natural_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* The least number of lines for a child and those behind it. */
static int
count_lines (GtkWidget *child, int width)
{
  int lines = 0, used = 0;

  for (; child != NULL; child = step (child))
    {
      int wider = used + natural_width (child) + (used > 0 ? COLUMN_SPACING : 0);

      if (lines == 0 || wider > width)
        {
          lines++;
          wider = natural_width (child);
        }
      used = wider;
    }
  return lines;
}

/* The line that begins with `child`: no more lines than must be, and the last ones the fullest, so
 * that small children at the end do not stand alone. */
static Line
find_line (GtkWidget *child, int width)
{
  Line line = { .first = child };
  int lines = count_lines (child, width);

  do
    {
      line.width += natural_width (child) + (line.children > 0 ? COLUMN_SPACING : 0);
      line.children++;
      line.expanding += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
      child = step (child);
    }
  while (count_lines (child, width) >= lines);
  line.end = child;
  return line;
}

/* The width of a child of a line in `width`. */
static int
width_in (const Line *line, GtkWidget *child, int width)
{
  int natural = natural_width (child);

  if (line->children == 1)
    return width;
  if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
    return natural + MAX (width - line->width, 0) / line->expanding;
  return natural;
}

static int
height_of (const Line *line, int width)
{
  int height = 0;

  for (GtkWidget *child = line->first; child != line->end; child = step (child))
    {
      int least;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width_in (line, child, width), &least,
                          NULL, NULL, NULL);
      height = MAX (height, least);
    }
  return height;
}

static GtkSizeRequestMode
scope_flow_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *first, int *minimum, int *natural)
{
  for (GtkWidget *child = first; child != NULL; child = step (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (child != first ? COLUMN_SPACING : 0);
    }
}

static void
scope_flow_layout_measure (GtkLayoutManager *manager,
                           GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  GtkWidget *child = next_in_layout (gtk_widget_get_first_child (widget));

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (child, minimum, natural);
      return;
    }
  while (child != NULL)
    {
      int width = for_size >= 0 ? for_size : G_MAXINT / 2;
      Line line = find_line (child, width);

      *minimum += height_of (&line, for_size >= 0 ? width : line.width) + ROW_SPACING;
      child = line.end;
    }
  *minimum = *natural = MAX (*minimum - ROW_SPACING, 0);
}

static void
allocate_line (const Line *line, GdkRectangle at, gboolean backwards, int width)
{
  for (GtkWidget *child = line->first; child != line->end; child = step (child))
    {
      GdkRectangle place = at;

      place.width = width_in (line, child, width);
      if (backwards)
        place.x = width - at.x - place.width;
      gtk_widget_size_allocate (child, &place, -1);
      at.x += place.width + COLUMN_SPACING;
      if (child == line->first && line->expanding == 0)
        at.x += MAX (width - line->width, 0);
    }
}

static void
scope_flow_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            int width,
                            int height,
                            int baseline)
{
  GtkWidget *child = next_in_layout (gtk_widget_get_first_child (widget));
  gboolean backwards = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  while (child != NULL)
    {
      Line line = find_line (child, width);
      GdkRectangle at = { 0, y, 0, height_of (&line, width) };

      allocate_line (&line, at, backwards, width);
      y += at.height + ROW_SPACING;
      child = line.end;
    }
}

static void
scope_flow_layout_class_init (ScopeFlowLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = scope_flow_layout_get_request_mode;
  layout_class->measure = scope_flow_layout_measure;
  layout_class->allocate = scope_flow_layout_allocate;
}

static void
scope_flow_layout_init (ScopeFlowLayout *self)
{
}
