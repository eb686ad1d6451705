/* One of a comparison's plots: profile, kernel, frequency response, sample positions. */
#pragma once

#include "paint/compare-plots.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PLOT_VIEW (scope_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (ScopePlotView, scope_plot_view, SCOPE, PLOT_VIEW, GtkWidget)

typedef enum
{
  SCOPE_PLOT_PROFILE,
  SCOPE_PLOT_KERNEL,
  SCOPE_PLOT_RESPONSE,
  SCOPE_PLOT_SAMPLES,
  SCOPE_N_PLOTS
} ScopePlotKind;

/* Property "kind". What is drawn is not owned: it lives until another one is set. */
void scope_plot_view_set_plots (ScopePlotView *self, const ScopeComparePlots *plots);

G_END_DECLS
