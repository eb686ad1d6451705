/* What a heatmap's elements are: dots on what was made up, a corner on what is mixed from several,
 * a line where operands meet, and on the map's edges each operand's colour and name. The values'
 * colours stay as they are. */
#include "paint/heatmap-map.h"

#include "paint/sign.h"

#include <math.h>

#define BAND_GAP       3.0 /* CSS pixels between map and band */
#define BAND           5.0
#define NAME_GAP       3.0
#define MOST_NAME      96.0
#define UPRIGHT_NAME   1.8 /* times the type's size: longer names are turned */
#define DOT_PITCH      8.0
#define CORNER_CELL    13.0 /* from this size on a mixed element has its own mark */
#define CORNER_PITCH   14.0 /* where elements are smaller */
#define LEAST_CORNER   4.0
#define LARGEST_CORNER 8.0

/* How operands stand: one for each row, one for each column, or otherwise. */
typedef enum
{
  OPERANDS_NONE,
  OPERANDS_DOWN,
  OPERANDS_ACROSS,
  OPERANDS_OTHERWISE,
} Arrangement;

static int
part_of (const ScopeProvenance *provenance, int row, int column)
{
  return row * provenance->column_parts + column;
}

static gboolean
is_equal_along (const ScopeProvenance *provenance, gboolean rows)
{
  for (int r = 0; r < provenance->row_parts; r++)
    for (int c = 0; c < provenance->column_parts; c++)
      {
        int first = rows ? part_of (provenance, r, 0) : part_of (provenance, 0, c);
        if (provenance->operand[part_of (provenance, r, c)] != provenance->operand[first])
          return FALSE;
      }
  return TRUE;
}

static Arrangement
find_arrangement (const ScopeProvenance *provenance)
{
  if (provenance->operands == 0)
    return OPERANDS_NONE;
  if (is_equal_along (provenance, TRUE))
    return OPERANDS_DOWN;
  return is_equal_along (provenance, FALSE) ? OPERANDS_ACROSS : OPERANDS_OTHERWISE;
}

static const char *
name_at (const ScopeProvenance *provenance, int row, int column)
{
  int operand = provenance->operand[part_of (provenance, row, column)];
  return operand < 1 || operand > provenance->operands ? "" : provenance->name[operand - 1];
}

static ScopeTextStyle
name_style (const ScopeTheme *theme)
{
  return (ScopeTextStyle){ .size = 0.76 * theme->text_size,
                           .mono = TRUE,
                           .bold = TRUE,
                           .too_long = SCOPE_TOO_LONG_ENDS,
                           .max_width = MOST_NAME,
                           .color = scope_theme_foreground (theme) };
}

/* The width of the longest name. */
static double
longest_name (const ScopeProvenance *provenance, ScopePen *pen, const ScopeTextStyle *style)
{
  double width = 0;
  for (int k = 0; k < provenance->operands; k++)
    width = fmax (width, scope_pen_width (pen, style, provenance->name[k]));
  return width;
}

static gboolean
are_names_turned (const ScopeProvenance *provenance, ScopePen *pen, const ScopeTextStyle *style)
{
  return longest_name (provenance, pen, style) > UPRIGHT_NAME * style->size;
}

void
scope_heatmap_operands_room (const ScopeHeatmapDecoration *decoration,
                             const ScopeTheme *theme,
                             cairo_t *cr,
                             double *right,
                             double *bottom)
{
  const ScopeProvenance *provenance = decoration->provenance;
  ScopeTextStyle style = name_style (theme);
  ScopePen pen;
  Arrangement arrangement = provenance != NULL ? find_arrangement (provenance) : OPERANDS_NONE;
  *right = *bottom = 0;
  if (arrangement == OPERANDS_ACROSS)
    *bottom = ceil (BAND_GAP + BAND + NAME_GAP + 1.25 * style.size);
  if (arrangement != OPERANDS_DOWN)
    return;
  scope_pen_init (&pen, cr, theme);
  *right = are_names_turned (provenance, &pen, &style) ? 1.25 * style.size
                                                       : longest_name (provenance, &pen, &style);
  *right = ceil (BAND_GAP + BAND + NAME_GAP + *right);
  scope_pen_clear (&pen);
}

/* ---- where parts stand ---------------------------------------------------------------------- */

static double
x_of (const ScopeHeatmapPicture *picture, gint64 column)
{
  const ScopePlane *plane = picture->plane;
  double across = picture->geometry->cell_width / (double)plane->column_block;
  double x = picture->geometry->x + (double)(column - plane->column_begin) * across;
  return CLAMP (x, picture->x, picture->x + picture->width);
}

static double
y_of (const ScopeHeatmapPicture *picture, gint64 row)
{
  const ScopePlane *plane = picture->plane;
  double down = picture->geometry->cell_height / (double)plane->row_block;
  double y = picture->geometry->y + (double)(row - plane->row_begin) * down;
  return CLAMP (y, picture->y, picture->y + picture->height);
}

/* Adds to the path what is seen of the parts that are made so and have these sides at least.
 * Whether there is any. */
static gboolean
add_parts (ScopeHeatmapPicture *picture, ScopeMade made, double least)
{
  const ScopeProvenance *provenance = picture->decoration->provenance;
  gboolean any = FALSE;
  for (int r = 0; r < provenance->row_parts; r++)
    {
      double y = y_of (picture, provenance->row_at[r]);
      double height = y_of (picture, provenance->row_at[r + 1]) - y;
      for (int c = 0; c < provenance->column_parts && height > 0; c++)
        {
          int end = c;
          while (end < provenance->column_parts
                 && provenance->made[part_of (provenance, r, end)] == made)
            end++;
          if (end == c)
            continue;
          double x = x_of (picture, provenance->column_at[c]);
          double width = x_of (picture, provenance->column_at[end]) - x;
          if (width > 0 && width >= least && height >= least)
            {
              cairo_rectangle (picture->cr, x, y, width, height);
              any = TRUE;
            }
          c = end;
        }
    }
  return any;
}

/* ---- marks ---------------------------------------------------------------------------------- */

/* Small squares, dark and light, which are seen on every colour. */
static void
paint_dots (ScopeHeatmapPicture *picture)
{
  cairo_t *cr = picture->cr;
  cairo_save (cr);
  cairo_new_path (cr);
  if (add_parts (picture, SCOPE_MADE_INVENTED, 0))
    {
      cairo_clip (cr);
      for (int light = 0; light < 2; light++)
        {
          double shift = light == 0 ? 0 : 0.8;
          cairo_set_source_rgba (cr, 1 - light, 1 - light, 1 - light, 0.9);
          for (double y = DOT_PITCH / 2; y < picture->height; y += DOT_PITCH)
            for (double x = DOT_PITCH / 2; x < picture->width; x += DOT_PITCH)
              cairo_rectangle (cr, picture->x + x + shift, picture->y + y + shift, 1.6, 1.6);
          cairo_fill (cr);
        }
    }
  cairo_new_path (cr);
  cairo_restore (cr);
}

/* A filled corner with its point bottom left at x, y. */
static void
add_corner (cairo_t *cr, double x, double y, double size)
{
  cairo_move_to (cr, x, y - size);
  cairo_line_to (cr, x + size, y);
  cairo_line_to (cr, x, y);
  cairo_close_path (cr);
}

static void
fill_corners (ScopeHeatmapPicture *picture)
{
  cairo_set_line_join (picture->cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_source_rgba (picture->cr, 1, 1, 1, 0.9);
  cairo_set_line_width (picture->cr, 1.6);
  cairo_stroke_preserve (picture->cr);
  cairo_set_source_rgba (picture->cr, 0.08, 0.08, 0.1, 1);
  cairo_fill (picture->cr);
}

/* A corner in every element of a part that is seen. */
static void
add_corners (ScopeHeatmapPicture *picture, int r, int c, double across, double down)
{
  const ScopeProvenance *provenance = picture->decoration->provenance;
  double size = CLAMP (0.22 * fmin (across, down), LEAST_CORNER, LARGEST_CORNER);
  gint64 row_end = MIN (provenance->row_at[r + 1], picture->bottom);
  gint64 column_end = MIN (provenance->column_at[c + 1], picture->right);
  for (gint64 row = MAX (provenance->row_at[r], picture->top); row < row_end; row++)
    for (gint64 column = MAX (provenance->column_at[c], picture->left); column < column_end;
         column++)
      {
        double x = x_of (picture, column), y = y_of (picture, row + 1);
        if (x_of (picture, column + 1) - x > size && y - y_of (picture, row) > size)
          add_corner (picture->cr, x + 1, y - 1, size);
      }
}

/* Corners at regular distances where elements are too small to have their own: only in parts that
 * are large enough not to be taken for elements. */
static void
scatter_corners (ScopeHeatmapPicture *picture)
{
  cairo_t *cr = picture->cr;
  cairo_save (cr);
  cairo_new_path (cr);
  if (add_parts (picture, SCOPE_MADE_MIXED, 2 * CORNER_PITCH))
    {
      cairo_clip (cr);
      for (double y = CORNER_PITCH; y < picture->height; y += CORNER_PITCH)
        for (double x = 4; x < picture->width; x += CORNER_PITCH)
          add_corner (cr, picture->x + x, picture->y + y, LEAST_CORNER);
      fill_corners (picture);
    }
  cairo_new_path (cr);
  cairo_restore (cr);
}

static void
paint_corners (ScopeHeatmapPicture *picture)
{
  const ScopeProvenance *provenance = picture->decoration->provenance;
  double across = picture->geometry->cell_width / (double)picture->plane->column_block;
  double down = picture->geometry->cell_height / (double)picture->plane->row_block;
  /* What everything is needs no mark: the words say so. */
  if (!scope_provenance_marks_mixed (provenance))
    return;
  if (fmin (across, down) < CORNER_CELL)
    {
      scatter_corners (picture);
      return;
    }
  cairo_new_path (picture->cr);
  for (int r = 0; r < provenance->row_parts; r++)
    for (int c = 0; c < provenance->column_parts; c++)
      if (provenance->made[part_of (provenance, r, c)] == SCOPE_MADE_MIXED)
        add_corners (picture, r, c, across, down);
  fill_corners (picture);
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* Parts differ in where they come from, or one of them is made up. */
static gboolean
are_apart (const ScopeProvenance *provenance, int a, int b)
{
  return provenance->operand[a] != provenance->operand[b]
         || (provenance->made[a] == SCOPE_MADE_INVENTED)
                != (provenance->made[b] == SCOPE_MADE_INVENTED);
}

static gboolean
are_rows_apart (const ScopeProvenance *provenance, int row, int column)
{
  return are_apart (provenance, part_of (provenance, row - 1, column),
                    part_of (provenance, row, column));
}

static gboolean
are_columns_apart (const ScopeProvenance *provenance, int row, int column)
{
  return are_apart (provenance, part_of (provenance, row, column - 1),
                    part_of (provenance, row, column));
}

static void
add_lines_across (ScopeHeatmapPicture *picture, double beyond)
{
  const ScopeProvenance *provenance = picture->decoration->provenance;
  for (int r = 1; r < provenance->row_parts; r++)
    for (int c = 0; c < provenance->column_parts; c++)
      {
        gint64 at = provenance->row_at[r];
        int end = c;
        while (end < provenance->column_parts && are_rows_apart (provenance, r, end))
          end++;
        if (end == c || at <= picture->top || at >= picture->bottom)
          continue;
        double y = y_of (picture, at), right = x_of (picture, provenance->column_at[end]);
        cairo_move_to (picture->cr, x_of (picture, provenance->column_at[c]), y);
        cairo_line_to (picture->cr, right + (end == provenance->column_parts ? beyond : 0), y);
        c = end;
      }
}

static void
add_lines_down (ScopeHeatmapPicture *picture, double beyond)
{
  const ScopeProvenance *provenance = picture->decoration->provenance;
  for (int c = 1; c < provenance->column_parts; c++)
    for (int r = 0; r < provenance->row_parts; r++)
      {
        gint64 at = provenance->column_at[c];
        int end = r;
        while (end < provenance->row_parts && are_columns_apart (provenance, end, c))
          end++;
        if (end == r || at <= picture->left || at >= picture->right)
          continue;
        double x = x_of (picture, at), bottom = y_of (picture, provenance->row_at[end]);
        cairo_move_to (picture->cr, x, y_of (picture, provenance->row_at[r]));
        cairo_line_to (picture->cr, x, bottom + (end == provenance->row_parts ? beyond : 0));
        r = end;
      }
}

static void
paint_lines (ScopeHeatmapPicture *picture, Arrangement arrangement)
{
  double beyond = BAND_GAP + BAND;
  cairo_new_path (picture->cr);
  add_lines_across (picture, arrangement == OPERANDS_DOWN ? beyond : 0);
  add_lines_down (picture, arrangement == OPERANDS_ACROSS ? beyond : 0);
  scope_heatmap_stroke_twice (picture);
}

/* ---- operands ------------------------------------------------------------------------------- */

/* Parts along the edge one after another, those of one operand at once. */
typedef struct
{
  int begin, end;  /* parts, half-open */
  double from, to; /* CSS pixels */
  int color;
  const char *name;
} Run;

static gboolean
next_run (ScopeHeatmapPicture *picture, gboolean down, Run *run)
{
  const ScopeProvenance *provenance = picture->decoration->provenance;
  int parts = down ? provenance->row_parts : provenance->column_parts;
  int first = run->end, end = first + 1;
  if (first >= parts)
    return FALSE;
#define PART(i) (down ? part_of (provenance, (i), 0) : part_of (provenance, 0, (i)))
  while (end < parts && provenance->operand[PART (end)] == provenance->operand[PART (first)])
    end++;
#undef PART
  run->begin = first;
  run->end = end;
  run->from = down ? y_of (picture, provenance->row_at[first])
                   : x_of (picture, provenance->column_at[first]);
  run->to =
      down ? y_of (picture, provenance->row_at[end]) : x_of (picture, provenance->column_at[end]);
  run->color = scope_provenance_color (provenance, down ? first : 0, down ? 0 : first);
  run->name = name_at (provenance, down ? first : 0, down ? 0 : first);
  return TRUE;
}

/* A name that reads downwards along its band, as far as that is long. */
static void
write_turned (ScopeHeatmapPicture *picture, const Run *run, double x)
{
  cairo_t *cr = picture->cr;
  ScopeTextStyle style = name_style (picture->theme);
  style.anchor = SCOPE_ANCHOR_MIDDLE;
  style.max_width = run->to - run->from - 8;
  if (style.max_width < 0.7 * style.size)
    return;
  cairo_save (cr);
  cairo_translate (cr, x + 0.6 * style.size, (run->from + run->to) / 2);
  cairo_rotate (cr, G_PI / 2);
  scope_pen_write (&picture->pen, &style, run->name, 0, 0);
  cairo_restore (cr);
}

/* Right of the map, names beside their bands, none over the one before. */
static void
paint_bands_down (ScopeHeatmapPicture *picture)
{
  ScopeTextStyle style = name_style (picture->theme);
  gboolean turned = are_names_turned (picture->decoration->provenance, &picture->pen, &style);
  double x = picture->x + picture->width + BAND_GAP, free = picture->y - style.size;
  for (Run run = { 0 }; next_run (picture, TRUE, &run);)
    {
      double middle = (run.from + run.to) / 2;
      if (run.to <= run.from || run.color < 0)
        continue;
      cairo_rectangle (picture->cr, x, run.from, BAND, run.to - run.from);
      scope_color_set (picture->cr, scope_theme_operand (picture->theme, run.color));
      cairo_fill (picture->cr);
      if (turned)
        write_turned (picture, &run, x + BAND + NAME_GAP);
      if (turned || middle - 0.6 * style.size < free)
        continue;
      scope_pen_write (&picture->pen, &style, run.name, x + BAND + NAME_GAP, middle);
      free = middle + 0.6 * style.size;
    }
}

/* Below the map, names under their bands as far as they have room. */
static void
paint_bands_across (ScopeHeatmapPicture *picture)
{
  ScopeTextStyle style = name_style (picture->theme);
  double y = picture->y + picture->height + BAND_GAP;
  style.anchor = SCOPE_ANCHOR_MIDDLE;
  for (Run run = { 0 }; next_run (picture, FALSE, &run);)
    {
      if (run.to <= run.from || run.color < 0)
        continue;
      cairo_rectangle (picture->cr, run.from, y, run.to - run.from, BAND);
      scope_color_set (picture->cr, scope_theme_operand (picture->theme, run.color));
      cairo_fill (picture->cr);
      style.max_width = run.to - run.from - 2;
      if (style.max_width >= 0.7 * style.size)
        scope_pen_write (&picture->pen, &style, run.name, (run.from + run.to) / 2,
                         y + BAND + NAME_GAP + 0.6 * style.size);
    }
}

/* A name on a dark ground with a stripe of its colour. */
static void
paint_plate (ScopeHeatmapPicture *picture, const char *name, int color, double x, double y)
{
  ScopeTextStyle style = name_style (picture->theme);
  double width = scope_pen_width (&picture->pen, &style, name);
  double height = 1.35 * style.size;
  style.color = (ScopeColor){ 1, 1, 1, 1 };
  cairo_rectangle (picture->cr, x, y, BAND + width + 6, height);
  cairo_set_source_rgba (picture->cr, 0.08, 0.08, 0.1, 0.85);
  cairo_fill (picture->cr);
  cairo_rectangle (picture->cr, x, y, BAND, height);
  scope_color_set (picture->cr, scope_theme_operand (picture->theme, color));
  cairo_fill (picture->cr);
  scope_pen_write (&picture->pen, &style, name, x + BAND + 3, y + height / 2);
}

/* Operands that stand neither in rows nor in columns, as an assignment's: each one's name once, in
 * the first of its parts that has room. */
static void
paint_plates (ScopeHeatmapPicture *picture)
{
  const ScopeProvenance *provenance = picture->decoration->provenance;
  ScopeTextStyle style = name_style (picture->theme);
  gboolean told[SCOPE_PROVENANCE_OPERANDS + 1] = { FALSE };
  for (int r = 0; r < provenance->row_parts; r++)
    for (int c = 0; c < provenance->column_parts; c++)
      {
        int operand = provenance->operand[part_of (provenance, r, c)];
        int color = scope_provenance_color (provenance, r, c);
        const char *name = name_at (provenance, r, c);
        double x = x_of (picture, provenance->column_at[c]) + 3;
        double y = y_of (picture, provenance->row_at[r]) + 3;
        double width = x_of (picture, provenance->column_at[c + 1]) - x;
        double height = y_of (picture, provenance->row_at[r + 1]) - y;
        if (color < 0 || told[operand] || height < 1.6 * style.size
            || width < scope_pen_width (&picture->pen, &style, name) + BAND + 10)
          continue;
        told[operand] = TRUE;
        paint_plate (picture, name, color, x, y);
      }
}

void
scope_heatmap_paint_provenance (ScopeHeatmapPicture *picture)
{
  const ScopeProvenance *provenance = picture->decoration->provenance;
  Arrangement arrangement = find_arrangement (provenance);
  gboolean meant = provenance->count[SCOPE_MADE_INVENTED] == provenance->looked;
  if (!meant)
    paint_dots (picture);
  paint_corners (picture);
  paint_lines (picture, arrangement);
  if (arrangement == OPERANDS_DOWN)
    paint_bands_down (picture);
  else if (arrangement == OPERANDS_ACROSS)
    paint_bands_across (picture);
  else if (arrangement == OPERANDS_OTHERWISE)
    paint_plates (picture);
}
