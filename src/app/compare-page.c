/* Ways of resampling side by side: the page of one session. */
#include "app/compare-page.h"

#include "app/axis-sliders.h"
#include "app/compare-export.h"
#include "app/entry-fault.h"
#include "app/export-dialog.h"
#include "app/flow-layout.h"
#include "app/heatmap-view.h"
#include "app/model-box.h"
#include "app/plot-view.h"
#include "app/range-bar.h"
#include "app/source-chooser.h"
#include "app/template.h"
#include "app/tile-card.h"
#include "app/tile-cards.h"
#include "app/tile-layout.h"
#include "app/two-tensors-window.h"
#include "app/work-line.h"
#include "model/comparison.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ScopeComparePage
{
  GtkWidget parent_instance;

  ScopeSession *session;
  ScopeComparison *comparison;
  ScopeModelBox *tiles;
  ScopeRangeBar *bar;
  ScopeAxisSliders *sliders; /* of the first tile; the others follow */
  gboolean linking;          /* while one tile's viewport is carried over to the others */
  ScopeSourceChooser *source;
  ScopeWorkLine *work;
  GtkWidget *size;
  GtkSizeGroup *calls, *feet; /* of the cards */
  GtkWidget *plot[SCOPE_N_PLOTS];
  GtkWidget *profile, *kernel, *response, *samples;
  GtkStack *plot_stack;
  GtkWidget *samples_caption;

  ScopeComparePlots *plots;
  guint plots_source; /* that makes them anew */
  double wipe;        /* where the line is */
  gboolean held;      /* the reference is shown as long as this is */
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_COMPARISON,
  PROP_WIPE,
  PROP_HELD,
  PROP_VIEW,
  PROP_COLUMN_PROFILE,
  PROP_ONE_RANGE,
  PROP_LINKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeComparePage, scope_compare_page, GTK_TYPE_WIDGET)

static void
notify (ScopeComparePage *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* ---- what the template asks for ------------------------------------------------------------- */

static gboolean
is_view (GtkWidget *widget, const char *view, const char *name)
{
  return g_strcmp0 (view, name) == 0;
}

static gboolean
has_problem (GtkWidget *widget, const char *source, const char *size)
{
  return source != NULL || size != NULL;
}

/* What is wrong with source or size. */
static char *
get_problem (GtkWidget *widget, const char *source, const char *size)
{
  return g_strdup (source != NULL ? source : size);
}

/* ---- plots ---------------------------------------------------------------------------------- */

/* Bar and sliders are of the first tile that shows something. */
static void
follow_first (ScopeComparePage *self)
{
  GListModel *tiles = scope_comparison_get_tiles (self->comparison);
  ScopePicture *picture = NULL;

  for (guint i = g_list_model_get_n_items (tiles); i-- > 0;)
    {
      g_autoptr (ScopeComparisonTile) tile = g_list_model_get_item (tiles, i);

      if (i == 0 && picture == NULL)
        picture = scope_comparison_tile_get_picture (tile);
      else if (scope_comparison_tile_get_problem (tile) == NULL)
        picture = scope_comparison_tile_get_picture (tile);
    }
  scope_range_bar_set_picture (self->bar, picture);
  scope_axis_sliders_set_picture (self->sliders, picture);
}

static gboolean
update_plots (gpointer data)
{
  ScopeComparePage *self = data;
  ScopeComparePlots *old = self->plots;

  self->plots_source = 0;
  self->plots = scope_compare_export_plots (self->comparison);
  for (int i = 0; i < SCOPE_N_PLOTS; i++)
    scope_plot_view_set_plots (SCOPE_PLOT_VIEW (self->plot[i]), self->plots);
  scope_compare_plots_free (old);
  follow_first (self);
  return G_SOURCE_REMOVE;
}

/* What the diagram means stands below it. (Inside the stack it would make the page as wide as it is
 * long, for a stack asks how wide a child is at its least height.) */
static void
plot_chosen (ScopeComparePage *self)
{
  gtk_widget_set_visible (self->samples_caption,
                          g_strcmp0 (gtk_stack_get_visible_child_name (self->plot_stack), "samples")
                              == 0);
}

/* Many things change at once: the plots follow when it is quiet. */
static void
results_changed (ScopeComparePage *self)
{
  if (self->plots_source == 0)
    self->plots_source = g_idle_add_full (GTK_PRIORITY_RESIZE, update_plots, self, NULL);
}

/* ---- tiles ---------------------------------------------------------------------------------- */

/* What of each tile's width shows the tile itself. */
static double
share_of (ScopeComparePage *self)
{
  ScopeCompareView view =
      self->comparison != NULL ? scope_comparison_get_view (self->comparison) : 0;

  return view == SCOPE_COMPARE_WIPE                    ? self->wipe
         : view == SCOPE_COMPARE_FLICKER && self->held ? 0
                                                       : 1;
}

static void
update_shares (ScopeComparePage *self)
{
  gboolean draggable = self->comparison != NULL
                       && scope_comparison_get_view (self->comparison) == SCOPE_COMPARE_WIPE;

  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->tiles)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    g_object_set (card, "draggable", draggable, "share", share_of (self), NULL);
}

static void
set_wipe (ScopeComparePage *self, double wipe)
{
  if (self->wipe == wipe)
    return;
  self->wipe = wipe;
  update_shares (self);
  notify (self, PROP_WIPE);
}

/* One line for all tiles. */
static void
share_dragged (GtkWidget *card, GParamSpec *pspec, ScopeComparePage *self)
{
  double share;

  if (scope_comparison_get_view (self->comparison) != SCOPE_COMPARE_WIPE)
    return;
  g_object_get (card, "share", &share, NULL);
  set_wipe (self, share);
}

/* Zoom and pan show the same share of all tiles, as long as they are linked. */
static void
viewport_changed (ScopeHeatmapView *view, ScopeComparePage *self)
{
  if (self->linking)
    return;
  self->linking = TRUE;
  scope_tile_cards_follow (GTK_WIDGET (self->tiles), view,
                           scope_comparison_get_linked (self->comparison));
  self->linking = FALSE;
}

/* One bar for all tiles as long as they share their range, else one each. */
static void
update_bars (ScopeComparePage *self)
{
  gboolean one = scope_comparison_get_one_range (self->comparison);

  follow_first (self);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), one);
  scope_tile_cards_show_bars (GTK_WIDGET (self->tiles), !one);
}

static GtkWidget *
make_tile (gpointer item, gpointer data)
{
  ScopeComparePage *self = data;
  GtkWidget *card = scope_tile_card_new (self->comparison, item);
  GtkWidget *heatmap = scope_tile_card_get_heatmap (SCOPE_TILE_CARD (card));
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->tiles));

  if (first != NULL)
    scope_heatmap_view_set_viewport (SCOPE_HEATMAP_VIEW (heatmap),
                                     scope_heatmap_view_get_viewport (SCOPE_HEATMAP_VIEW (
                                         scope_tile_card_get_heatmap (SCOPE_TILE_CARD (first)))));
  g_signal_connect_object (heatmap, "viewport-changed", G_CALLBACK (viewport_changed), self, 0);
  scope_tile_card_align (SCOPE_TILE_CARD (card), self->calls, self->feet);
  g_object_set (card, "share", share_of (self), NULL);
  g_signal_connect_object (card, "notify::share", G_CALLBACK (share_dragged), self, 0);
  return card;
}

static void
one_range_changed (ScopeComparePage *self)
{
  update_bars (self);
  notify (self, PROP_ONE_RANGE);
}

/* Tiles that went ways of their own come back to what the first one shows. */
static void
linked_changed (ScopeComparePage *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->tiles));

  if (first != NULL && scope_comparison_get_linked (self->comparison))
    viewport_changed (SCOPE_HEATMAP_VIEW (scope_tile_card_get_heatmap (SCOPE_TILE_CARD (first))),
                      self);
  notify (self, PROP_LINKED);
}

static void
view_changed (ScopeComparePage *self)
{
  update_shares (self);
  notify (self, PROP_VIEW);
}

/* ---- actions -------------------------------------------------------------------------------- */

static void
set_held (ScopeComparePage *self, gboolean held)
{
  held = !!held;
  if (self->held == held)
    return;
  self->held = held;
  update_shares (self);
  notify (self, PROP_HELD);
}

static gboolean
key_pressed (GtkEventControllerKey *controller,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             ScopeComparePage *self)
{
  if (gdk_keyval_to_lower (keyval) != GDK_KEY_f || (state & gtk_accelerator_get_default_mod_mask ())
      || self->comparison == NULL
      || scope_comparison_get_view (self->comparison) != SCOPE_COMPARE_FLICKER)
    return FALSE;
  set_held (self, TRUE);
  return TRUE;
}

static void
key_released (GtkEventControllerKey *controller,
              guint keyval,
              guint keycode,
              GdkModifierType state,
              ScopeComparePage *self)
{
  if (gdk_keyval_to_lower (keyval) == GDK_KEY_f)
    set_held (self, FALSE);
}

static void
add_tile (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeComparePage *self = SCOPE_COMPARE_PAGE (widget);
  static const ScopeRecipe recipes[] = {
    { SCOPE_LIBRARY_FILTERS, 6, FALSE, TRUE }, /* lanczos3 */
    { SCOPE_LIBRARY_OPENCV, 4, FALSE, FALSE }, /* area */
    { SCOPE_LIBRARY_PILLOW, 4, FALSE, FALSE }, /* cubic */
  };
  guint tiles = g_list_model_get_n_items (scope_comparison_get_tiles (self->comparison));

  if (!scope_comparison_add (self->comparison, &recipes[tiles % G_N_ELEMENTS (recipes)]))
    gtk_widget_error_bell (widget);
  else
    scope_tile_cards_focus_nth (GTK_WIDGET (self->tiles), tiles);
}

static void
update_actions (ScopeComparePage *self)
{
  guint tiles = self->comparison != NULL
                    ? g_list_model_get_n_items (scope_comparison_get_tiles (self->comparison))
                    : 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.add", tiles < SCOPE_COMPARISON_TILES);
  if (tiles > 0)
    update_bars (self);
}

/* The file becomes another tensor of the session, and then stands in the list of sources. */
static void
open_file (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeComparePage *self = SCOPE_COMPARE_PAGE (widget);
  GListModel *tensors = scope_session_get_tensors (self->session);

  gtk_widget_activate_action (widget, "win.open-tensor", "u", g_list_model_get_n_items (tensors));
}

static void
copy_table (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeComparePage *self = SCOPE_COMPARE_PAGE (widget);
  g_autofree char *table = scope_comparison_get_table (self->comparison, SCOPE_TABLE_TSV);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), table);
  gtk_widget_activate_action (widget, "win.say", "s", _ ("Metrics copied"));
}

static gboolean
write_table (const char *path, const ScopeTheme *theme, gpointer data, GError **error)
{
  ScopeComparePage *self = data;
  g_autofree char *table = scope_comparison_get_table (self->comparison, SCOPE_TABLE_CSV);

  return g_file_set_contents (path, table, -1, error);
}

/* In the type of `shapescope-cli render compare`, which draws the same figure. */
static gboolean
write_figure (const char *path, const ScopeTheme *theme, gpointer data, GError **error)
{
  ScopeComparePage *self = data;
  ScopeTheme own = scope_theme_default (theme->dark);
  ScopeComparePlots *plots = scope_compare_export_plots (self->comparison);
  gboolean written = scope_compare_export_figure (self->comparison, plots, path, &own, error);

  scope_compare_plots_free (plots);
  return written;
}

static void
export_figure (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_export_dialog_open (widget, SCOPE_COMPARE_PAGE (widget)->session, _ ("comparison"),
                            write_figure, widget);
}

static void
save_table (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_export_table_open (widget, SCOPE_COMPARE_PAGE (widget)->session, _ ("Save the metrics"),
                           "metrics.csv", write_table, widget);
}

/* Replaces everything; of align_corners the diagram tells most. */
static void
take_ready (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeComparePage *self = SCOPE_COMPARE_PAGE (widget);
  const char *name = g_variant_get_string (parameter, NULL);

  if (!scope_comparison_take_ready (self->comparison, name))
    return;
  gtk_stack_set_visible_child_name (self->plot_stack,
                                    strcmp (name, "corners") == 0 ? "samples" : "profile");
}

static void
compare_two (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *window = scope_two_tensors_window_new (SCOPE_COMPARE_PAGE (widget)->session);

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_present (GTK_WINDOW (window));
}

/* ---- the comparison ------------------------------------------------------------------------- */

/* A file that was opened here is what the person wants to see. */
static void
tensors_changed (GListModel *tensors, guint position, guint removed, guint added, gpointer data)
{
  ScopeComparePage *self = data;
  g_autoptr (ScopeTensorItem) item = NULL;

  if (removed > 0 || added != 1 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  item = g_list_model_get_item (tensors, position);
  scope_comparison_set_source_name (self->comparison, scope_tensor_item_get_name (item));
}

static void
size_problem_changed (ScopeComparePage *self)
{
  g_autofree char *problem = NULL;
  int begin, end;

  g_object_get (self->comparison, "size-problem", &problem, NULL);
  scope_comparison_get_size_fault (self->comparison, &begin, &end);
  scope_entry_mark_fault (GTK_ENTRY (self->size), problem != NULL, begin, end);
}

/* Sizes are taken when they are whole: at Enter, and when the entry is left. */
static GtkEditable *
entry_of (GtkEventController *controller)
{
  return GTK_EDITABLE (gtk_event_controller_get_widget (controller));
}

static void
size_entered (ScopeComparePage *self, GtkEditable *entry)
{
  if (self->comparison != NULL)
    scope_comparison_set_size (self->comparison, gtk_editable_get_text (entry));
}

static void
size_left (ScopeComparePage *self, GtkEventController *controller)
{
  size_entered (self, entry_of (controller));
}

static void
drop_comparison (ScopeComparePage *self)
{
  g_clear_handle_id (&self->plots_source, g_source_remove);
  for (int i = 0; i < SCOPE_N_PLOTS; i++)
    if (self->plot[i] != NULL)
      scope_plot_view_set_plots (SCOPE_PLOT_VIEW (self->plot[i]), NULL);
  g_clear_pointer (&self->plots, scope_compare_plots_free);
  scope_model_box_bind (self->tiles, NULL, NULL, NULL);
  scope_source_chooser_set_comparison (self->source, NULL, NULL);
  scope_work_line_set_comparison (self->work, NULL);
  scope_range_bar_set_picture (self->bar, NULL);
  scope_axis_sliders_set_picture (self->sliders, NULL);
  if (self->comparison != NULL)
    g_signal_handlers_disconnect_by_data (self->comparison, self);
  g_clear_object (&self->comparison);
}

static void
follow (ScopeComparePage *self)
{
  g_signal_connect_object (self->comparison, "results-changed", G_CALLBACK (results_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "notify::view", G_CALLBACK (view_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "notify::one-range", G_CALLBACK (one_range_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "notify::linked", G_CALLBACK (linked_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "notify::size-problem",
                           G_CALLBACK (size_problem_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scope_comparison_get_tiles (self->comparison), "items-changed",
                           G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (scope_session_get_tensors (self->session), "items-changed",
                           G_CALLBACK (tensors_changed), self, G_CONNECT_AFTER);
}

static void
make_comparison (ScopeComparePage *self)
{
  self->comparison = scope_comparison_new (self->session);
  scope_source_chooser_set_comparison (self->source, self->session, self->comparison);
  scope_work_line_set_comparison (self->work, self->comparison);
  follow (self);
  scope_model_box_bind (self->tiles, scope_comparison_get_tiles (self->comparison), make_tile,
                        self);
  update_actions (self);
  results_changed (self);
}

void
scope_compare_page_set_session (ScopeComparePage *self, ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_COMPARE_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;
  drop_comparison (self);
  if (session != NULL)
    make_comparison (self);
  notify (self, PROP_COMPARISON);
  notify (self, PROP_SESSION);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
set_column_profile (ScopeComparePage *self, gboolean column)
{
  double place;

  if (self->comparison == NULL || scope_comparison_get_profile (self->comparison, &place) == column)
    return;
  scope_comparison_set_profile (self->comparison, column, place);
  notify (self, PROP_COLUMN_PROFILE);
}

static const char *const view_names[SCOPE_N_COMPARE_VIEWS] = {
  "values", "difference", "absolute", "overshoot", "wipe", "flicker",
};

static void
set_view (ScopeComparePage *self, const char *name)
{
  for (int i = 0; i < SCOPE_N_COMPARE_VIEWS; i++)
    if (self->comparison != NULL && g_strcmp0 (name, view_names[i]) == 0)
      scope_comparison_set_view (self->comparison, (ScopeCompareView)i);
}

static void
scope_compare_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeComparePage *self = SCOPE_COMPARE_PAGE (object);
  double place;

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_COMPARISON:
      g_value_set_object (value, self->comparison);
      break;
    case PROP_WIPE:
      g_value_set_double (value, self->wipe);
      break;
    case PROP_HELD:
      g_value_set_boolean (value, self->held);
      break;
    case PROP_VIEW:
      g_value_set_string (
          value, view_names[self->comparison != NULL ? scope_comparison_get_view (self->comparison)
                                                     : SCOPE_COMPARE_VALUES]);
      break;
    case PROP_ONE_RANGE:
      g_value_set_boolean (value, self->comparison == NULL
                                      || scope_comparison_get_one_range (self->comparison));
      break;
    case PROP_LINKED:
      g_value_set_boolean (value, self->comparison == NULL
                                      || scope_comparison_get_linked (self->comparison));
      break;
    case PROP_COLUMN_PROFILE:
      g_value_set_boolean (value, self->comparison != NULL
                                      && scope_comparison_get_profile (self->comparison, &place));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_compare_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeComparePage *self = SCOPE_COMPARE_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      scope_compare_page_set_session (self, g_value_get_object (value));
      break;
    case PROP_WIPE:
      set_wipe (self, g_value_get_double (value));
      break;
    case PROP_HELD:
      set_held (self, g_value_get_boolean (value));
      break;
    case PROP_VIEW:
      set_view (self, g_value_get_string (value));
      break;
    case PROP_ONE_RANGE:
      if (self->comparison != NULL)
        scope_comparison_set_one_range (self->comparison, g_value_get_boolean (value));
      break;
    case PROP_LINKED:
      if (self->comparison != NULL)
        scope_comparison_set_linked (self->comparison, g_value_get_boolean (value));
      break;
    case PROP_COLUMN_PROFILE:
      set_column_profile (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_compare_page_dispose (GObject *object)
{
  ScopeComparePage *self = SCOPE_COMPARE_PAGE (object);

  if (self->tiles != NULL)
    drop_comparison (self);
  self->tiles = NULL;
  for (int i = 0; i < SCOPE_N_PLOTS; i++)
    self->plot[i] = NULL;
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_COMPARE_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_compare_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION, flags);
  properties[PROP_COMPARISON] = g_param_spec_object (
      "comparison", NULL, NULL, SCOPE_TYPE_COMPARISON, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WIPE] = g_param_spec_double ("wipe", NULL, NULL, 0, 1, 0.5, flags);
  properties[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE, flags);
  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, "values", flags);
  properties[PROP_COLUMN_PROFILE] =
      g_param_spec_boolean ("column-profile", NULL, NULL, FALSE, flags);
  properties[PROP_ONE_RANGE] = g_param_spec_boolean ("one-range", NULL, NULL, TRUE, flags);
  properties[PROP_LINKED] = g_param_spec_boolean ("linked", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (klass, N_PROPS, properties);
}

static void
scope_compare_page_class_init (ScopeComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_compare_page_get_property;
  object_class->set_property = scope_compare_page_set_property;
  object_class->dispose = scope_compare_page_dispose;
  install_properties (object_class);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_property_action (widget_class, "compare.view", "view");
  gtk_widget_class_install_property_action (widget_class, "compare.column-profile",
                                            "column-profile");
  gtk_widget_class_install_property_action (widget_class, "compare.one-range", "one-range");
  gtk_widget_class_install_property_action (widget_class, "compare.linked", "linked");
  gtk_widget_class_install_action (widget_class, "compare.add", NULL, add_tile);
  gtk_widget_class_install_action (widget_class, "compare.ready", "s", take_ready);
  gtk_widget_class_install_action (widget_class, "compare.two", NULL, compare_two);
  gtk_widget_class_install_action (widget_class, "compare.open", NULL, open_file);
  gtk_widget_class_install_action (widget_class, "compare.copy-metrics", NULL, copy_table);
  gtk_widget_class_install_action (widget_class, "compare.save-metrics", NULL, save_table);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_figure);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, tiles);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, bar);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, sliders);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, source);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, size);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, work);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, calls);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, feet);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, profile);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, kernel);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, response);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, samples);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, plot_stack);
  gtk_widget_class_bind_template_child (widget_class, ScopeComparePage, samples_caption);
  gtk_widget_class_bind_template_callback (widget_class, plot_chosen);
  gtk_widget_class_bind_template_callback (widget_class, is_view);
  gtk_widget_class_bind_template_callback (widget_class, has_problem);
  gtk_widget_class_bind_template_callback (widget_class, get_problem);
  gtk_widget_class_bind_template_callback (widget_class, size_entered);
  gtk_widget_class_bind_template_callback (widget_class, size_left);
}

static void
scope_compare_page_init (ScopeComparePage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_type_ensure (SCOPE_TYPE_FLOW_LAYOUT);
  g_type_ensure (SCOPE_TYPE_MODEL_BOX);
  g_type_ensure (SCOPE_TYPE_AXIS_SLIDERS);
  g_type_ensure (SCOPE_TYPE_COMPARISON);
  g_type_ensure (SCOPE_TYPE_PLOT_VIEW);
  g_type_ensure (SCOPE_TYPE_RANGE_BAR);
  g_type_ensure (SCOPE_TYPE_SOURCE_CHOOSER);
  g_type_ensure (SCOPE_TYPE_TILE_LAYOUT);
  g_type_ensure (SCOPE_TYPE_WORK_LINE);
  self->wipe = 0.5;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->plot[SCOPE_PLOT_PROFILE] = self->profile;
  self->plot[SCOPE_PLOT_KERNEL] = self->kernel;
  self->plot[SCOPE_PLOT_RESPONSE] = self->response;
  self->plot[SCOPE_PLOT_SAMPLES] = self->samples;
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
