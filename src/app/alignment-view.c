/* The alignment of a session's operands, drawn by the paint layer, its cells edited by keyboard. */
#include "app/alignment-view.h"

#include "app/axis-cell.h"
#include "app/axis-edit.h"
#include "app/template.h"
#include "app/widget-theme.h"
#include "model/axis-names.h"
#include "paint/alignment.h"

#include <glib/gi18n.h>
#include <math.h>

enum
{
  DIGITS_WITHIN = 1500 * 1000, /* µs after which a digit begins a new number */
  MIN_WIDTH = 220,
};

struct _ScopeAlignmentView
{
  GtkWidget parent_instance;

  ScopeSession *session;
  GSignalGroup *signals;
  GPtrArray *cells; /* of ScopeAxisCell, row by row; owned as children */
  GtkWidget *menu;

  int row, column;   /* the roving focus */
  gint64 typed;      /* the number being typed */
  gint64 typed_time; /* of its last digit, 0 when none is being typed */
  int drawn_width;   /* the width `geometry` was made for, −1: none */
  ScopeAlignmentGeometry geometry;
  char **axis_names;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeAlignmentView, scope_alignment_view, GTK_TYPE_WIDGET)

static const ScopeAlignment *
get_alignment (ScopeAlignmentView *self)
{
  const ScopeReport *report =
      self->session != NULL ? scope_session_get_report (self->session) : NULL;

  return report != NULL ? report->alignment : NULL;
}

static const ScopeAlignedRow *
get_row (const ScopeAlignment *alignment, int row)
{
  return row < alignment->rows ? &alignment->row[row] : &alignment->result;
}

static int
count_rows (const ScopeAlignment *alignment)
{
  return alignment->rows + (alignment->has_result ? 1 : 0);
}

/* ---- geometry ------------------------------------------------------------------------------- */

static ScopeAlignmentGeometry
measure_for (ScopeAlignmentView *self, int width)
{
  ScopeTheme theme = scope_widget_theme (GTK_WIDGET (self));
  cairo_t *cr = scope_measuring_context ();
  ScopeAlignmentGeometry geometry = scope_alignment_measure (
      get_alignment (self), (const char *const *)self->axis_names, &theme, MAX (width, 0), cr);

  cairo_destroy (cr);
  return geometry;
}

static void
ensure_geometry (ScopeAlignmentView *self, int width)
{
  if (self->drawn_width == width)
    return;
  self->geometry = measure_for (self, width);
  self->drawn_width = width;
}

static void
scope_alignment_view_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (widget);
  ScopeAlignmentGeometry geometry;

  *minimum = *natural = 0;
  if (get_alignment (self) == NULL)
    return;
  geometry = measure_for (self, orientation == GTK_ORIENTATION_VERTICAL ? for_size : 0);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = (int)ceil (geometry.height);
  else
    {
      *natural = (int)ceil (geometry.width);
      *minimum = MIN (MIN_WIDTH, *natural);
    }
}

/* The picture stands in the middle. */
static double
left_edge (ScopeAlignmentView *self)
{
  return floor (MAX (gtk_widget_get_width (GTK_WIDGET (self)) - self->geometry.width, 0) / 2);
}

static void
allocate_cell (ScopeAlignmentView *self, GtkWidget *cell, double left)
{
  int row = scope_axis_cell_get_row (SCOPE_AXIS_CELL (cell));
  int column = scope_axis_cell_get_column (SCOPE_AXIS_CELL (cell));
  double x, y, width, height;
  gboolean shown = scope_alignment_cell (&self->geometry, row, column, &x, &y, &width, &height)
                   && get_row (get_alignment (self), row)->cell[column].present;
  GtkAllocation at;

  gtk_widget_set_child_visible (cell, shown);
  if (!shown)
    return;
  at.x = (int)floor (left + x);
  at.y = (int)floor (y);
  at.width = (int)ceil (left + x + width) - at.x;
  at.height = (int)ceil (y + height) - at.y;
  gtk_widget_size_allocate (cell, &at, -1);
}

static void
scope_alignment_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (widget);
  double left;

  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  if (get_alignment (self) == NULL)
    return;
  ensure_geometry (self, width);
  left = left_edge (self);
  for (guint i = 0; i < self->cells->len; i++)
    allocate_cell (self, g_ptr_array_index (self->cells, i), left);
}

static void
scope_alignment_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (widget);
  const ScopeAlignment *alignment = get_alignment (self);
  ScopeTheme theme = scope_widget_theme (widget);
  graphene_rect_t bounds;
  cairo_t *cr;

  if (alignment == NULL)
    return;
  ensure_geometry (self, gtk_widget_get_width (widget));
  graphene_rect_init (&bounds, 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, left_edge (self), 0);
  scope_alignment_paint (alignment, &self->geometry, (const char *const *)self->axis_names, &theme,
                         cr);
  cairo_destroy (cr);
  GTK_WIDGET_CLASS (scope_alignment_view_parent_class)->snapshot (widget, snapshot);
}

/* ---- cells ---------------------------------------------------------------------------------- */

static const char *
mark_words (ScopeMark mark)
{
  switch (mark)
    {
    case SCOPE_MARK_EQUAL:
      return _ ("equal");
    case SCOPE_MARK_STRETCHED:
      return _ ("stretched");
    case SCOPE_MARK_PADDED:
      return _ ("missing, taken as 1");
    case SCOPE_MARK_FAILS:
      return _ ("does not fit");
    case SCOPE_MARK_JOINED:
      return _ ("joined");
    case SCOPE_MARK_CONTRACTED:
      return _ ("summed away");
    case SCOPE_MARK_UNKNOWN:
      return _ ("size not known");
    case SCOPE_MARK_NONE:
    default:
      return NULL;
    }
}

/* "A, axis 2 of 4, size 256, does not fit" */
static char *
describe_cell (const ScopeAlignment *alignment, int row, int column)
{
  const ScopeAlignedRow *aligned = get_row (alignment, row);
  const ScopeAlignedCell *cell = &aligned->cell[column];
  ScopeMark mark = cell->mark != SCOPE_MARK_NONE ? cell->mark : alignment->column[column];
  const char *words = mark_words (mark);
  const char *name = scope_text_string (&aligned->name);
  ScopeText size = { 0 };
  char *label;

  if (row >= alignment->rows)
    name = _ ("result");
  scope_size_print (cell->size, &size);
  /* TRANSLATORS: a cell of the picture for people who do not see it: the tensor's name, which axis
     of how many, its size, and what is about it */
  label = words != NULL ? g_strdup_printf (_ ("%s, axis %d of %d, size %s, %s"), name, column,
                                           alignment->rank, scope_text_string (&size), words)
                        : g_strdup_printf (_ ("%s, axis %d of %d, size %s"), name, column,
                                           alignment->rank, scope_text_string (&size));
  scope_text_clear (&size);
  return label;
}

static GtkWidget *
get_cell (ScopeAlignmentView *self, int row, int column)
{
  const ScopeAlignment *alignment = get_alignment (self);
  guint at;

  if (alignment == NULL || row < 0 || column < 0 || column >= alignment->rank
      || row >= count_rows (alignment))
    return NULL;
  at = (guint)(row * alignment->rank + column);
  return at < self->cells->len ? g_ptr_array_index (self->cells, at) : NULL;
}

static void
match_cell_count (ScopeAlignmentView *self, guint wanted)
{
  while (self->cells->len > wanted)
    {
      GtkWidget *cell = g_ptr_array_steal_index (self->cells, self->cells->len - 1);

      gtk_widget_unparent (cell);
    }
  while (self->cells->len < wanted)
    {
      GtkWidget *cell = scope_axis_cell_new ();

      gtk_widget_set_parent (cell, GTK_WIDGET (self));
      g_ptr_array_add (self->cells, cell);
    }
}

static void
update_cells (ScopeAlignmentView *self)
{
  const ScopeAlignment *alignment = get_alignment (self);
  int rows = alignment != NULL ? count_rows (alignment) : 0;
  int rank = alignment != NULL ? alignment->rank : 0;

  match_cell_count (self, (guint)(rows * rank));
  for (int row = 0; row < rows; row++)
    for (int column = 0; column < rank; column++)
      {
        ScopeAxisCell *cell = SCOPE_AXIS_CELL (get_cell (self, row, column));
        g_autofree char *label = describe_cell (alignment, row, column);

        scope_axis_cell_set_place (cell, row, column);
        scope_axis_cell_describe (cell, label, alignment->column[column] == SCOPE_MARK_FAILS);
      }
}

/* The names that the first tensor with names gives to the columns. */
static void
update_axis_names (ScopeAlignmentView *self)
{
  const ScopeAlignment *alignment = get_alignment (self);
  const ScopeScene *scene = scope_session_get_scene (self->session);

  g_clear_pointer (&self->axis_names, g_strfreev);
  for (int i = 0; alignment != NULL && self->axis_names == NULL && i < scene->tensors; i++)
    self->axis_names = scope_axis_names_split (scene->tensor[i].axis_names, alignment->rank);
}

static void
report_changed (ScopeAlignmentView *self)
{
  self->drawn_width = -1;
  update_axis_names (self);
  update_cells (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- focus ---------------------------------------------------------------------------------- */

static gboolean
can_focus_cell (ScopeAlignmentView *self, int row, int column)
{
  GtkWidget *cell = get_cell (self, row, column);

  return cell != NULL && gtk_widget_get_child_visible (cell);
}

static gboolean
focus_cell (ScopeAlignmentView *self, int row, int column)
{
  if (!can_focus_cell (self, row, column))
    return FALSE;
  self->row = row;
  self->column = column;
  self->typed_time = 0;
  return gtk_widget_grab_focus (get_cell (self, row, column));
}

/* The first cell to be met in a row, going `step`, from the roving column. */
static gboolean
focus_row (ScopeAlignmentView *self, int row)
{
  const ScopeAlignment *alignment = get_alignment (self);

  if (focus_cell (self, row, self->column))
    return TRUE;
  for (int column = alignment->rank - 1; column >= 0; column--)
    if (focus_cell (self, row, column))
      return TRUE;
  return FALSE;
}

static gboolean
focus_along (ScopeAlignmentView *self, int row_step, int column_step)
{
  int row = self->row + row_step;
  int column = self->column + column_step;

  for (; get_cell (self, row, column) != NULL; row += row_step, column += column_step)
    if (focus_cell (self, row, column))
      return TRUE;
  return FALSE;
}

static gboolean
scope_alignment_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (widget);
  const ScopeAlignment *alignment = get_alignment (self);
  gboolean inside = gtk_widget_get_focus_child (widget) != NULL;
  gboolean backward = direction == GTK_DIR_TAB_BACKWARD;
  int rows;

  if (alignment == NULL || alignment->rank == 0)
    return FALSE;
  rows = count_rows (alignment);
  if (direction == GTK_DIR_LEFT)
    return inside && (focus_along (self, 0, -1), TRUE);
  if (direction == GTK_DIR_RIGHT)
    return inside && (focus_along (self, 0, 1), TRUE);
  if (!inside)
    return focus_row (self, backward ? rows - 1 : 0);
  /* Tab goes from row to row, then out. */
  return focus_row (self, self->row + (backward || direction == GTK_DIR_UP ? -1 : 1));
}

static gboolean
scope_alignment_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_get_focus_child (widget) != NULL
         || scope_alignment_view_focus (widget, GTK_DIR_TAB_FORWARD);
}

gboolean
scope_alignment_view_focus_failure (ScopeAlignmentView *self, int direction)
{
  const ScopeAlignment *alignment;
  gboolean inside;

  g_return_val_if_fail (SCOPE_IS_ALIGNMENT_VIEW (self), FALSE);

  alignment = get_alignment (self);
  if (alignment == NULL || alignment->rank == 0)
    return FALSE;
  inside = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  for (int i = 1; i <= alignment->rank; i++)
    {
      int from = inside ? self->column : direction > 0 ? -1 : alignment->rank;
      int column = (from + i * direction + 2 * alignment->rank) % alignment->rank;

      if (alignment->column[column] != SCOPE_MARK_FAILS)
        continue;
      for (int row = 0; row < alignment->rows; row++)
        if (focus_cell (self, row, column))
          return TRUE;
    }
  return FALSE;
}

/* ---- edits ---------------------------------------------------------------------------------- */

static void
refuse (ScopeAlignmentView *self)
{
  gtk_widget_error_bell (GTK_WIDGET (self));
}

/* The cell that has the focus, as an axis to edit. FALSE when it is no tensor's own. */
static gboolean
find_target (ScopeAlignmentView *self, ScopeAxisTarget *target)
{
  const ScopeAlignment *alignment = get_alignment (self);

  return alignment != NULL && self->row < alignment->rows
         && scope_axis_target_find (self->session, alignment, self->row, self->column, target);
}

static void
after_edit (ScopeAlignmentView *self, gboolean done, int column)
{
  if (!done)
    refuse (self);
  else
    focus_cell (self, self->row, column);
}

static void
resize_axis (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (widget);
  ScopeAxisTarget target;

  after_edit (self,
              find_target (self, &target)
                  && scope_axis_edit_resize (&target, g_variant_get_int32 (parameter)),
              self->column);
}

/* The column of the same axis after the rank has changed: columns are counted from the end. */
static int
column_after (ScopeAlignmentView *self, int from_end)
{
  const ScopeAlignment *alignment = get_alignment (self);

  return alignment != NULL ? CLAMP (alignment->rank + from_end, 0, alignment->rank - 1) : 0;
}

static void
insert_axis (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (widget);
  const ScopeAlignment *alignment = get_alignment (self);
  int from_end = alignment != NULL ? self->column - alignment->rank : -1;
  ScopeAxisTarget target;
  gboolean done = find_target (self, &target) && scope_axis_edit_insert (&target);

  after_edit (self, done, column_after (self, from_end));
}

static void
remove_axis (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (widget);
  const ScopeAlignment *alignment = get_alignment (self);
  int from_end = alignment != NULL ? self->column - alignment->rank : -1;
  ScopeAxisTarget target;
  gboolean done = find_target (self, &target) && scope_axis_edit_remove (&target);

  after_edit (self, done, column_after (self, from_end));
}

static void
move_axis (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (widget);
  int by = g_variant_get_int32 (parameter);
  ScopeAxisTarget target;

  after_edit (self, find_target (self, &target) && scope_axis_edit_move (&target, by),
              self->column + by);
}

/* Digits replace the size; digits that follow each other are one number. */
static void
type_digit (ScopeAlignmentView *self, int digit)
{
  gint64 now = g_get_monotonic_time ();
  gboolean goes_on = self->typed_time != 0 && now - self->typed_time < DIGITS_WITHIN;
  gint64 size;
  ScopeAxisTarget target;

  if (goes_on && self->typed > (G_MAXINT64 - 9) / 10)
    {
      refuse (self);
      return;
    }
  size = goes_on ? self->typed * 10 + digit : digit;
  if (!find_target (self, &target) || !scope_axis_edit_set_size (&target, size))
    {
      refuse (self);
      return;
    }
  self->typed = size;
  focus_cell (self, self->row, self->column);
  self->typed_time = now;
}

static gboolean
erase_digit (ScopeAlignmentView *self)
{
  ScopeAxisTarget target;

  if (!find_target (self, &target))
    return FALSE;
  self->typed = target.size / 10;
  if (!scope_axis_edit_set_size (&target, self->typed))
    return FALSE;
  self->typed_time = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
key_pressed (ScopeAlignmentView *self, guint key, guint code, GdkModifierType state)
{
  guint32 character = gdk_keyval_to_unicode (key);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0
      || gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    return FALSE;
  if (key == GDK_KEY_BackSpace)
    return erase_digit (self);
  if (key == GDK_KEY_Page_Up || key == GDK_KEY_Page_Down)
    return focus_along (self, key == GDK_KEY_Page_Up ? -1 : 1, 0), TRUE;
  if (character < '0' || character > '9')
    return FALSE;
  type_digit (self, (int)character - '0');
  return TRUE;
}

/* ---- pointer -------------------------------------------------------------------------------- */

static void
open_menu (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (widget);
  GtkWidget *cell = get_cell (self, self->row, self->column);
  graphene_rect_t bounds;
  GdkRectangle at;

  if (cell == NULL || !gtk_widget_compute_bounds (cell, widget, &bounds))
    return;
  at = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width,
                       (int)bounds.size.height };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed (ScopeAlignmentView *self, int presses, double x, double y, GtkGestureClick *click)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));
  int row, column;

  if (get_alignment (self) == NULL
      || !scope_alignment_pick (&self->geometry, x - left_edge (self), y, &row, &column)
      || !focus_cell (self, row, column))
    return;
  if (button == GDK_BUTTON_SECONDARY)
    open_menu (GTK_WIDGET (self), NULL, NULL);
}

/* ---- the object ----------------------------------------------------------------------------- */

void
scope_alignment_view_set_session (ScopeAlignmentView *self, ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_ALIGNMENT_VIEW (self));

  if (!g_set_object (&self->session, session))
    return;
  g_signal_group_set_target (self->signals, session);
  if (session != NULL)
    report_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
scope_alignment_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SCOPE_ALIGNMENT_VIEW (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_alignment_view_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    scope_alignment_view_set_session (SCOPE_ALIGNMENT_VIEW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_alignment_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (scope_alignment_view_parent_class)->css_changed (widget, change);

  /* The type may have another size. */
  SCOPE_ALIGNMENT_VIEW (widget)->drawn_width = -1;
  gtk_widget_queue_resize (widget);
}

static void
scope_alignment_view_dispose (GObject *object)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  if (self->cells != NULL)
    match_cell_count (self, 0);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_ALIGNMENT_VIEW);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_alignment_view_parent_class)->dispose (object);
}

static void
scope_alignment_view_finalize (GObject *object)
{
  ScopeAlignmentView *self = SCOPE_ALIGNMENT_VIEW (object);

  g_ptr_array_unref (self->cells);
  g_strfreev (self->axis_names);

  G_OBJECT_CLASS (scope_alignment_view_parent_class)->finalize (object);
}

static GtkSizeRequestMode
scope_alignment_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
scope_alignment_view_class_init (ScopeAlignmentViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_alignment_view_get_property;
  object_class->set_property = scope_alignment_view_set_property;
  object_class->dispose = scope_alignment_view_dispose;
  object_class->finalize = scope_alignment_view_finalize;
  widget_class->measure = scope_alignment_view_measure;
  widget_class->get_request_mode = scope_alignment_view_get_request_mode;
  widget_class->size_allocate = scope_alignment_view_size_allocate;
  widget_class->snapshot = scope_alignment_view_snapshot;
  widget_class->focus = scope_alignment_view_focus;
  widget_class->grab_focus = scope_alignment_view_grab_focus;
  widget_class->css_changed = scope_alignment_view_css_changed;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "alignment");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  gtk_widget_class_install_action (widget_class, "axis.resize", "i", resize_axis);
  gtk_widget_class_install_action (widget_class, "axis.insert", NULL, insert_axis);
  gtk_widget_class_install_action (widget_class, "axis.remove", NULL, remove_axis);
  gtk_widget_class_install_action (widget_class, "axis.move", "i", move_axis);
  gtk_widget_class_install_action (widget_class, "axis.menu", NULL, open_menu);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/alignment-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeAlignmentView, menu);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, pressed);
}

static void
scope_alignment_view_init (ScopeAlignmentView *self)
{
  self->cells = g_ptr_array_new ();
  self->drawn_width = -1;
  self->signals = g_signal_group_new (SCOPE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::report", G_CALLBACK (report_changed),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
  scope_widget_follow_theme (GTK_WIDGET (self));
}
