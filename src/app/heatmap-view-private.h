/* What the files of the heatmap share. */
#pragma once

#include "app/heatmap-view.h"

#include "paint/heatmap.h"
#include "paint/theme.h"
#include "scene/number.h"

G_BEGIN_DECLS

enum
{
  SCOPE_HEATMAP_EDGE = 6,     /* CSS pixels around the map, for the axes' colours and the cursor */
  SCOPE_HEATMAP_BAR_GAP = 10, /* between map and colour bar */
};

/* A plane that is shown, once its pixels are made. */
typedef struct
{
  ScopePlane *plane; /* a share of it, or NULL */
  cairo_surface_t *raster;
  ScopeColorScale scale; /* that the pixels were made with */
  GCancellable *making;  /* pixels that are being made in a worker, else NULL */
} ScopeHeatmapShown;

typedef enum
{
  SCOPE_HEATMAP_DRAG_NONE,
  SCOPE_HEATMAP_DRAG_MAP,
  SCOPE_HEATMAP_DRAG_LOW,
  SCOPE_HEATMAP_DRAG_HIGH,
} ScopeHeatmapDrag;

/* All that a colour bar's looks depend on; compared as bytes. */
typedef struct
{
  ScopeTheme theme;
  ScopeColorScale scale;
  graphene_rect_t place;
  double histogram;   /* its width beside the bar */
  ScopePlane *values; /* a share of what the histogram counts, or NULL */
} ScopeHeatmapBar;

struct _ScopeHeatmapView
{
  GtkWidget parent_instance;

  ScopePicture *picture;
  GSignalGroup *signals;
  GtkWidget *cursor;
  GtkWidget *popover;           /* for an index or a range, or NULL */
  gint64 go_row, go_column;     /* where it goes when it closes; −1: nowhere */
  gint64 last_row, last_column; /* chosen last, where the focus comes back to; −1: nowhere */
  gboolean show_bar;

  ScopeHeatmapShown overview; /* the whole plane */
  ScopeHeatmapShown detail;   /* a part in smaller cells */
  ScopeColorScale scale;
  GskRenderNode *node; /* the map as it is drawn, NULL when it has to be drawn anew */
  ScopeTheme node_theme;
  GskRenderNode *bar_node; /* the colour bar, which stays while the map moves, or NULL */
  ScopeHeatmapBar drawn_bar;

  ScopeHeatmapViewport viewport;
  ScopeHeatmapGeometry fit;    /* of the whole plane */
  ScopeHeatmapWindow window;   /* what is seen of it */
  double bar_width, left, top; /* what the map leaves to colour bar and edges */
  double right, bottom;        /* to what joined operands are called */
  char *row_name, *column_name;
  char *state; /* how far it is enlarged, what a cell stands for, what is clipped; or NULL */
  gint64 rows, columns; /* of the plane that the height was asked for */
  int width, height;    /* that was drawn for */
  int digits;           /* of values in cells */
  GdkRectangle cursor_at;
  gboolean keyboard; /* the cursor was moved by keys: the pointer leaving does not hide it */

  ScopeHeatmapDrag drag;
  ScopeHeatmapViewport drag_viewport; /* when it began */
  ScopeHeatmapWindow drag_window;
  ScopeColorScale drag_scale;
  gboolean dragged; /* far enough not to be a click */
  double pointer_x, pointer_y;
};

enum
{
  SCOPE_HEATMAP_PROP_0,
  SCOPE_HEATMAP_PROP_PICTURE,
  SCOPE_HEATMAP_PROP_SHOW_BAR,
  SCOPE_HEATMAP_PROP_ZOOM_TEXT,
  SCOPE_HEATMAP_N_PROPS
};

extern GParamSpec *scope_heatmap_view_properties[SCOPE_HEATMAP_N_PROPS];

/* ---- geometry ---- */

void scope_heatmap_view_update_geometry (ScopeHeatmapView *self);
/* The window has moved over the plane: the cursor comes along, without a layout when it stays. */
void scope_heatmap_view_follow (ScopeHeatmapView *self);
/* The room that the map may take when it is enlarged, and the colour bar's between its ends. */
graphene_rect_t scope_heatmap_view_room (ScopeHeatmapView *self);
graphene_rect_t scope_heatmap_view_bar (ScopeHeatmapView *self);

/* Something else is shown now: measures anew what stands around it. */
void scope_heatmap_view_shown (ScopeHeatmapView *self);

/* ---- drawing ---- */

void scope_heatmap_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void scope_heatmap_view_paint (ScopeHeatmapView *self, const ScopeTheme *theme, cairo_t *cr);
/* Drops the map's finished drawing. */
void scope_heatmap_view_redraw (ScopeHeatmapView *self);
void scope_heatmap_view_drop_nodes (ScopeHeatmapView *self);
/* Makes pixels of what the picture has now, in its colours now; what is shown stays until then. */
void scope_heatmap_view_update_rasters (ScopeHeatmapView *self);
void scope_heatmap_view_forget (ScopeHeatmapView *self);
/* What stands around the map: edges in the axes' colours with indices and names. */
ScopeHeatmapDecoration scope_heatmap_view_decoration (ScopeHeatmapView *self);
/* The width of colour bar and histogram. */
double scope_heatmap_view_bar_width (ScopeHeatmapView *self, const ScopeTheme *theme, cairo_t *cr);

/* ---- looking around ---- */

void scope_heatmap_view_add_controllers (ScopeHeatmapView *self);
void scope_heatmap_view_install_find_actions (GtkWidgetClass *widget_class);
void scope_heatmap_view_searched (ScopeHeatmapView *self, gint64 row, gint64 column);
void scope_heatmap_view_add_drop_target (ScopeHeatmapView *self);
void scope_heatmap_view_drop_popover (ScopeHeatmapView *self);
/* Puts the cursor on an element and brings it into view. */
void scope_heatmap_view_choose (ScopeHeatmapView *self, gint64 row, gint64 column);
void scope_heatmap_view_install_actions (GtkWidgetClass *widget_class);
/* Called when geometry or picture have changed: the part in detail follows. */
void scope_heatmap_view_update_part (ScopeHeatmapView *self);
/* The plane whose cell is drawn at a point, and the element there. */
gboolean scope_heatmap_view_element_at (ScopeHeatmapView *self,
                                        double x,
                                        double y,
                                        gint64 *row,
                                        gint64 *column);

G_END_DECLS
