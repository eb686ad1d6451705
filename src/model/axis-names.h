/* Names of axes as people write them: `N C H W`, `N, C, H, W`, `NCHW`. */
#pragma once

#include "core/shape.h"

#include <glib.h>

/* `rank` names, "" where there is none, the last one being the last axis's; a NULL-terminated array
 * to be freed with g_strfreev, or NULL when no name is given. */
char **scope_axis_names_split (const char *names, int rank);
