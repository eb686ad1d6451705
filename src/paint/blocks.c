/* Isometric blocks. Axis −1 goes down to the right, −2 down, −3 up to the right; −4 puts blocks
 * side by side and −5 one below another. */
#include "paint/blocks.h"

#include "paint/sign.h"
#include "paint/text.h"

#include <math.h>
#include <string.h>

enum
{
  SOLID = 3,       /* axes of a block */
  COPIES_MOST = 3, /* drawn of a matrix of blocks, in each direction */
  LINES_MOST = 8,  /* a size up to which every element is told apart */
};

typedef struct
{
  double x, y;
} Point;

typedef struct
{
  const ScopeBlockPicture *picture;
  ScopePen pen;
  double em, unit;
  double room;          /* for labels, at the left and right */
  double length[SOLID]; /* of −1, −2, −3, grown so far, in CSS pixels */
  Point origin;         /* of the corner where all indices are 0 */
} Drawing;

/* ---- lengths -------------------------------------------------------------------------------- */

static const ScopeShape *
grown_shape (const ScopeBlockPicture *picture)
{
  return picture->grown != NULL ? picture->grown : picture->shape;
}

/* The size of axis −1−i, 1 where there is none. */
static int64_t
size_at (const ScopeShape *shape, int i)
{
  return i < shape->rank ? shape->size[shape->rank - 1 - i] : 1;
}

/* In units: small sizes are themselves; beside larger ones a ratio of 5 is one of 2. */
static double
units_of (const ScopeBlockPicture *picture, int64_t size)
{
  if (size < 0)
    return 3;
  if (size == 0)
    return 0.3;
  if (picture->largest <= LINES_MOST || size == 1)
    return (double)size;
  return 1 + 7 * pow ((double)size / (double)picture->largest, 0.4);
}

/* An axis that a shape does not have is thin. */
static double
length_at (const ScopeBlockPicture *picture, const ScopeShape *shape, int i, double unit)
{
  return unit * (i < shape->rank ? units_of (picture, size_at (shape, i)) : 0.4);
}

static double
length_now (const ScopeBlockPicture *picture, int i, double unit, double growth)
{
  double own = length_at (picture, picture->shape, i, unit);
  double grown = length_at (picture, grown_shape (picture), i, unit);
  return own + (grown - own) * growth;
}

static int
copies_at (const ScopeBlockPicture *picture, int i, const ScopeShape *shape)
{
  int64_t size = size_at (shape, i);
  return size < 0 ? 2 : (int)CLAMP (size, 1, COPIES_MOST);
}

static double
unit_of (const ScopeBlockPicture *picture)
{
  return (picture->largest <= LINES_MOST ? 1.25 : 1.45) * picture->theme->text_size;
}

/* Lines of labels above and below, in em. */
#define LABELS 2.6
#define COS30  0.866
#define SIN30  0.5

/* The extents of one block of the lengths given. */
static void
block_extents (const double *length, double *width, double *height)
{
  *width = COS30 * (length[0] + length[2]);
  *height = length[1] + SIN30 * (length[0] + length[2]);
}

/* The size beside an edge: as a line along it says, `1280`, or `1280 ✗`. */
static char *
size_text (const ScopeBlockPicture *picture, const ScopeShape *shape, int i, gboolean times)
{
  ScopeText size = { 0 };
  scope_text_append (&size, times ? "× " : "");
  scope_size_print (size_at (shape, i), &size);
  scope_text_append (&size, (picture->failing >> i & 1) != 0 ? " ✗" : "");
  char *copy = g_strdup (scope_text_string (&size));
  scope_text_clear (&size);
  return copy;
}

static ScopeTextStyle
size_style (const Drawing *drawing)
{
  return (ScopeTextStyle){ .size = 0.95 * drawing->em, .mono = TRUE, .bold = TRUE };
}

/* At every side, for the longest size, failing or not. */
static double
measure_room (Drawing *drawing)
{
  ScopeBlockPicture failing = *drawing->picture;
  const ScopeShape *shape = grown_shape (drawing->picture);
  ScopeTextStyle style = size_style (drawing);
  double room = 2.6 * drawing->em;
  failing.failing = ~0;
  for (int i = 0; i < SOLID && i < shape->rank; i++)
    {
      g_autofree char *grown = size_text (&failing, shape, i, FALSE);
      g_autofree char *own = size_text (&failing, drawing->picture->shape, i, FALSE);
      room = fmax (room, scope_pen_width (&drawing->pen, &style, grown) + 1.2 * drawing->em);
      room = fmax (room, scope_pen_width (&drawing->pen, &style, own) + 1.2 * drawing->em);
    }
  return ceil (room);
}

static void
begin (Drawing *drawing, const ScopeBlockPicture *picture, cairo_t *cr)
{
  drawing->picture = picture;
  drawing->em = picture->theme->text_size;
  drawing->unit = unit_of (picture);
  scope_pen_init (&drawing->pen, cr, picture->theme);
  drawing->room = measure_room (drawing);
}

/* The pitch of the matrix of blocks, when all have grown. */
static void
pitch_of (const Drawing *drawing, double *across, double *down)
{
  double length[SOLID];
  for (int i = 0; i < SOLID; i++)
    length[i] = length_now (drawing->picture, i, drawing->unit, 1);
  block_extents (length, across, down);
  *across += 0.8 * drawing->em;
  *down += 0.8 * drawing->em;
}

void
scope_blocks_measure (const ScopeBlockPicture *picture, cairo_t *cr, double *width, double *height)
{
  Drawing drawing;
  const ScopeShape *shape = grown_shape (picture);
  begin (&drawing, picture, cr);
  pitch_of (&drawing, width, height);
  *width = *width * copies_at (picture, 3, shape) + 2 * drawing.room;
  *height = *height * copies_at (picture, 4, shape) + 2 * LABELS * drawing.em;
  if (size_at (shape, SOLID) != 1)
    *height += 1.4 * drawing.em;
  scope_pen_clear (&drawing.pen);
}

/* ---- one block ------------------------------------------------------------------------------ */

/* A corner, in lengths along −1, −2, −3. */
static Point
corner (const Drawing *drawing, double x, double y, double z)
{
  return (Point){ drawing->origin.x + COS30 * (x + z), drawing->origin.y + y + SIN30 * (x - z) };
}

static void
path_face (const Drawing *drawing, const double at[4][SOLID])
{
  cairo_t *cr = drawing->pen.cr;
  for (int i = 0; i < 4; i++)
    {
      Point p = corner (drawing, at[i][0], at[i][1], at[i][2]);
      if (i == 0)
        cairo_move_to (cr, p.x, p.y);
      else
        cairo_line_to (cr, p.x, p.y);
    }
  cairo_close_path (cr);
}

typedef struct
{
  double from[SOLID], to[SOLID]; /* along −1, −2, −3 */
} Box;

/* The three faces one sees: the left (−1, −2), the right (−3, −2) and the top (−1, −3). */
static void
path_box_face (const Drawing *drawing, const Box *box, int face)
{
  const double *a = box->from, *b = box->to;
  const double faces[3][4][SOLID] = {
    { { a[0], a[1], a[2] }, { b[0], a[1], a[2] }, { b[0], b[1], a[2] }, { a[0], b[1], a[2] } },
    { { b[0], a[1], a[2] }, { b[0], a[1], b[2] }, { b[0], b[1], b[2] }, { b[0], b[1], a[2] } },
    { { a[0], a[1], a[2] }, { b[0], a[1], a[2] }, { b[0], a[1], b[2] }, { a[0], a[1], b[2] } },
  };
  path_face (drawing, faces[face]);
}

static void
paint_box (const Drawing *drawing, const Box *box, ScopeColor fill, ScopeColor ink, gboolean dashed)
{
  cairo_t *cr = drawing->pen.cr;
  const ScopeTheme *theme = drawing->picture->theme;
  static const double shade[3] = { 1, 0.86, 0.94 };
  double line = scope_theme_line (theme) * drawing->picture->line;
  double dash[] = { 0.3 * drawing->em, 0.22 * drawing->em };
  ScopeColor dark = scope_theme_foreground (theme);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (int face = 0; face < 3; face++)
    {
      ScopeColor color =
          scope_color_mix (fill, theme->dark ? scope_theme_background (theme) : dark, shade[face]);
      color.alpha = fill.alpha;
      path_box_face (drawing, box, face);
      scope_color_set (cr, color);
      cairo_fill_preserve (cr);
      scope_color_set (cr, ink);
      cairo_set_line_width (cr, line);
      if (dashed)
        cairo_set_dash (cr, dash, 2, 0);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
}

/* Thin lines between elements where there are few: across `along`, on both faces that show it. */
static void
paint_grid (const Drawing *drawing, const Box *box, int along, int64_t size, ScopeColor ink)
{
  static const int other[3][2] = { { 1, 2 }, { 0, 2 }, { 0, 1 } };
  cairo_t *cr = drawing->pen.cr;
  for (int64_t k = 1; k < size; k++)
    for (int side = 0; side < 2; side++)
      {
        double a[SOLID], b[SOLID];
        int moving = other[along][side], fixed = other[along][1 - side];
        memcpy (a, box->from, sizeof a);
        a[along] =
            box->from[along] + (box->to[along] - box->from[along]) * (double)k / (double)size;
        /* The faces seen are at −1's end, −2's begin and −3's begin. */
        a[fixed] = fixed == 0 ? box->to[0] : box->from[fixed];
        memcpy (b, a, sizeof b);
        b[moving] = box->to[moving];
        Point p = corner (drawing, a[0], a[1], a[2]), q = corner (drawing, b[0], b[1], b[2]);
        cairo_move_to (cr, p.x, p.y);
        cairo_line_to (cr, q.x, q.y);
      }
  ink.alpha = 0.35;
  scope_color_set (cr, ink);
  cairo_set_line_width (cr, 0.8 * scope_theme_line (drawing->picture->theme));
  cairo_stroke (cr);
}

static Box
whole_box (const double *length)
{
  Box box = { { 0 }, { length[0], length[1], length[2] } };
  return box;
}

static ScopeColor
outline_of (const ScopeTheme *theme)
{
  return scope_color_mix (scope_theme_foreground (theme), scope_theme_background (theme), 0.72);
}

/* A concatenation: boxes behind each other, each in its operand's colour; the ones further back
 * first. */
static void
paint_parts (const Drawing *drawing)
{
  const ScopeBlockPicture *picture = drawing->picture;
  int i = picture->shape->rank - 1 - picture->part_axis;
  int64_t total = 0;
  double begin = 0;
  Box part[SCOPE_BLOCKS_PARTS];
  for (int k = 0; k < picture->parts; k++)
    total += picture->part_size[k];
  for (int k = 0; k < picture->parts; k++)
    {
      double share = total > 0 ? (double)picture->part_size[k] / (double)total : 0;
      part[k] = whole_box (drawing->length);
      part[k].from[i] = begin;
      begin += share * drawing->length[i];
      part[k].to[i] = begin;
    }
  for (int k = 0; k < picture->parts; k++)
    {
      /* Along −1 later parts stand in front; along −2 and −3 earlier ones do. */
      int which = i == 0 ? k : picture->parts - 1 - k;
      paint_box (drawing, &part[which], picture->part_fill[which], outline_of (picture->theme),
                 FALSE);
    }
}

/* The part that a slice keeps inside the whole. */
static Box
kept_box (const Drawing *drawing)
{
  const ScopeBlockPicture *picture = drawing->picture;
  Box box = whole_box (drawing->length);
  for (int i = 0; i < SOLID && i < picture->shape->rank; i++)
    {
      int axis = picture->shape->rank - 1 - i;
      double size = (double)picture->shape->size[axis];
      if (size < 1)
        continue;
      box.from[i] = drawing->length[i] * (double)picture->kept_begin[axis] / size;
      box.to[i] = drawing->length[i] * (double)picture->kept_end[axis] / size;
    }
  return box;
}

static void
paint_block (const Drawing *drawing, gboolean ghost)
{
  const ScopeBlockPicture *picture = drawing->picture;
  const ScopeTheme *theme = picture->theme;
  ScopeColor ink = outline_of (theme), faint = picture->fill;
  faint.alpha = 0.3;
  Box all = whole_box (drawing->length), own = all;
  gboolean repeats = ghost;
  if (picture->parts > 0 && picture->shape->rank - 1 - picture->part_axis < SOLID)
    {
      paint_parts (drawing);
      return;
    }
  for (int i = 0; i < SOLID; i++)
    {
      own.to[i] = length_now (picture, i, drawing->unit, 0);
      repeats |= drawing->length[i] > own.to[i] + 0.5;
    }
  if (picture->kept_begin != NULL)
    {
      Box kept = kept_box (drawing);
      paint_box (drawing, &all, faint, scope_theme_dim (theme), TRUE);
      paint_box (drawing, &kept, picture->fill, ink, FALSE);
      return;
    }
  if (repeats)
    paint_box (drawing, &all, faint, scope_theme_dim (theme), TRUE);
  if (!ghost)
    paint_box (drawing, &own, picture->fill, ink, FALSE);
  for (int i = 0; i < SOLID && !ghost; i++)
    if (i < picture->shape->rank && picture->largest <= LINES_MOST)
      paint_grid (drawing, &own, i, size_at (picture->shape, i), ink);
}

/* ---- labels --------------------------------------------------------------------------------- */

static void
write_size (Drawing *drawing, int i, double x, double y, ScopeAnchor anchor, gboolean times)
{
  const ScopeBlockPicture *picture = drawing->picture;
  const ScopeShape *shape = picture->growth > 0.5 ? grown_shape (picture) : picture->shape;
  gboolean fails = (picture->failing >> i & 1) != 0;
  ScopeTextStyle style = size_style (drawing);
  if (i >= shape->rank)
    return;
  style.anchor = anchor;
  style.color =
      fails ? scope_theme_failure (picture->theme) : scope_theme_axis (picture->theme, -1 - i);
  g_autofree char *size = size_text (picture, shape, i, times);
  scope_pen_write (&drawing->pen, &style, size, x, y);
}

/* A line along an edge in its axis's colour, and the size beside it. */
static void
paint_edge (Drawing *drawing, int i, Point from, Point to)
{
  const ScopeBlockPicture *picture = drawing->picture;
  cairo_t *cr = drawing->pen.cr;
  gboolean fails = (picture->failing >> i & 1) != 0;
  if (i >= (picture->growth > 0.5 ? grown_shape (picture) : picture->shape)->rank)
    return;
  scope_color_set (cr, fails ? scope_theme_failure (picture->theme)
                             : scope_theme_axis (picture->theme, -1 - i));
  cairo_set_line_width (cr, (fails ? 3 : 2) * scope_theme_line (picture->theme) * picture->line);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, from.x, from.y);
  cairo_line_to (cr, to.x, to.y);
  cairo_stroke (cr);
}

static void
paint_labels (Drawing *drawing)
{
  const double *n = drawing->length;
  double em = drawing->em, off = 0.55 * em;
  Point a = corner (drawing, 0, n[1], 0), b = corner (drawing, n[0], n[1], 0);
  Point c = corner (drawing, 0, 0, 0), d = corner (drawing, n[0], n[1], n[2]);
  paint_edge (drawing, 0, (Point){ a.x - 0.3 * off, a.y + off },
              (Point){ b.x - 0.3 * off, b.y + off });
  write_size (drawing, 0, (a.x + b.x) / 2 - 0.5 * em, (a.y + b.y) / 2 + 1.5 * em, SCOPE_ANCHOR_END,
              FALSE);
  paint_edge (drawing, 1, (Point){ c.x - off, c.y }, (Point){ a.x - off, a.y });
  write_size (drawing, 1, c.x - off - 0.4 * em, (c.y + a.y) / 2, SCOPE_ANCHOR_END, FALSE);
  paint_edge (drawing, 2, (Point){ b.x + 0.3 * off, b.y + off },
              (Point){ d.x + 0.3 * off, d.y + off });
  write_size (drawing, 2, (b.x + d.x) / 2 + 0.5 * em, (b.y + d.y) / 2 + 1.5 * em,
              SCOPE_ANCHOR_START, FALSE);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void
paint_copy (Drawing *drawing, int across, int down, int column, int row)
{
  const ScopeBlockPicture *picture = drawing->picture;
  int own_across = copies_at (picture, 3, picture->shape);
  int own_down = copies_at (picture, 4, picture->shape);
  gboolean ghost = column >= own_across || row >= own_down;
  gboolean bottom_left = column == 0 && row == down - 1;
  if (ghost)
    cairo_push_group (drawing->pen.cr);
  paint_block (drawing, ghost);
  if (ghost)
    {
      cairo_pop_group_to_source (drawing->pen.cr);
      cairo_paint_with_alpha (drawing->pen.cr, picture->growth);
    }
  if (bottom_left)
    paint_labels (drawing);
}

/* `× 8` below the matrix, `× 5` at its left: how many there are of each. */
static void
label_matrix (Drawing *drawing, double width, double height)
{
  const ScopeShape *shape = drawing->picture->shape;
  double em = drawing->em;
  if (size_at (shape, 3) != 1 || size_at (grown_shape (drawing->picture), 3) != 1)
    write_size (drawing, 3, width / 2, height - 0.8 * em, SCOPE_ANCHOR_MIDDLE, TRUE);
  if (size_at (shape, 4) != 1 || size_at (grown_shape (drawing->picture), 4) != 1)
    write_size (drawing, 4, 0.2 * em, height / 2, SCOPE_ANCHOR_START, TRUE);
  if (shape->rank > 5)
    {
      /* Axes beyond the fifth are only counted. */
      ScopeText rest = { 0 };
      ScopeTextStyle style = { .size = 0.9 * em,
                               .mono = TRUE,
                               .color = scope_theme_dim (drawing->picture->theme),
                               .too_long = SCOPE_TOO_LONG_ENDS,
                               .max_width = width };
      for (int i = 5; i < shape->rank && i < 9; i++)
        {
          scope_text_append (&rest, "× ");
          scope_size_print (size_at (shape, i), &rest);
          scope_text_append (&rest, " ");
        }
      scope_text_append (&rest, shape->rank > 9 ? "…" : "");
      scope_pen_write (&drawing->pen, &style, scope_text_string (&rest), 0, 0.8 * em);
      scope_text_clear (&rest);
    }
}

void
scope_blocks_paint (const ScopeBlockPicture *picture, cairo_t *cr)
{
  Drawing drawing;
  const ScopeShape *shape = grown_shape (picture);
  double pitch_x, pitch_y, width, height, block_width, block_height;
  scope_blocks_measure (picture, cr, &width, &height);
  cairo_save (cr);
  begin (&drawing, picture, cr);
  pitch_of (&drawing, &pitch_x, &pitch_y);
  for (int i = 0; i < SOLID; i++)
    drawing.length[i] = length_now (picture, i, drawing.unit, picture->growth);
  block_extents (drawing.length, &block_width, &block_height);
  int across = copies_at (picture, 3, shape), down = copies_at (picture, 4, shape);
  if (picture->growth <= 0)
    {
      across = copies_at (picture, 3, picture->shape);
      down = copies_at (picture, 4, picture->shape);
    }
  for (int row = 0; row < down; row++)
    for (int column = 0; column < across; column++)
      {
        drawing.origin = (Point){ drawing.room + column * pitch_x,
                                  LABELS * drawing.em + row * pitch_y + SIN30 * drawing.length[2] };
        paint_copy (&drawing, across, down, column, row);
      }
  label_matrix (&drawing, width, height);
  scope_pen_clear (&drawing.pen);
  cairo_restore (cr);
}
