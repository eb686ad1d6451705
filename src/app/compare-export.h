/* The comparison on paper. */
#pragma once

#include "model/comparison.h"
#include "paint/compare-plots.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The plots of a comparison as it is; freed with scope_compare_plots_free. */
ScopeComparePlots *scope_compare_export_plots (ScopeComparison *comparison);
/* Writes tiles, plots and sample positions as one figure, in the view that is shown. */
gboolean scope_compare_export_figure (ScopeComparison *comparison,
                                      const ScopeComparePlots *plots,
                                      const char *path,
                                      const ScopeTheme *theme,
                                      GError **error);

G_END_DECLS
