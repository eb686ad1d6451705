/* The colours of the palettes, as matplotlib has them. */
#pragma once

#include "scene/view.h"

#include <stdint.h>

extern const uint32_t scope_palette_viridis[256];
extern const uint32_t scope_palette_cividis[256];
extern const uint32_t scope_palette_magma[256];
extern const uint32_t scope_palette_inferno[256];
extern const uint32_t scope_palette_plasma[256];
extern const uint32_t scope_palette_gray[256];
extern const uint32_t scope_palette_twilight[510];
extern const uint32_t scope_palette_diverging[256];

/* The colours of a palette (not AUTO) from low to high as opaque 0xAARRGGBB. */
const uint32_t *scope_palette_colors (ScopePalette palette, int *count);
/* `viridis`, `auto`, …: as matplotlib calls them. */
const char *scope_palette_name (ScopePalette palette);
