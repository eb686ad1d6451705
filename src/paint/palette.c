/* The table of palettes. */
#include "paint/palette.h"

#include <assert.h>

static const struct
{
  const char *name;
  const uint32_t *color;
  int count;
} palettes[] = {
  [SCOPE_PALETTE_AUTO] = { "auto", 0, 0 },
  [SCOPE_PALETTE_VIRIDIS] = { "viridis", scope_palette_viridis, 256 },
  [SCOPE_PALETTE_CIVIDIS] = { "cividis", scope_palette_cividis, 256 },
  [SCOPE_PALETTE_MAGMA] = { "magma", scope_palette_magma, 256 },
  [SCOPE_PALETTE_INFERNO] = { "inferno", scope_palette_inferno, 256 },
  [SCOPE_PALETTE_PLASMA] = { "plasma", scope_palette_plasma, 256 },
  [SCOPE_PALETTE_GRAY] = { "gray", scope_palette_gray, 256 },
  [SCOPE_PALETTE_TWILIGHT] = { "twilight", scope_palette_twilight, 510 },
  [SCOPE_PALETTE_DIVERGING] = { "diverging", scope_palette_diverging, 256 },
};
_Static_assert(sizeof palettes / sizeof palettes[0] == SCOPE_N_PALETTES, "a row per palette");

const uint32_t *
scope_palette_colors (ScopePalette palette, int *count)
{
  assert (palette > SCOPE_PALETTE_AUTO && palette < SCOPE_N_PALETTES);
  *count = palettes[palette].count;
  return palettes[palette].color;
}

const char *
scope_palette_name (ScopePalette palette)
{
  assert (palette >= 0 && palette < SCOPE_N_PALETTES);
  return palettes[palette].name;
}
