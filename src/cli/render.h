/* What the pictures of `render` share. */
#pragma once

#include "cli/arguments.h"
#include "paint/figure.h"
#include "scene/view.h"

typedef struct
{
  char *output;
  char *size, *at;
  char *row_axis, *column_axis; /* texts, so that "not given" needs no number of its own */
  char *modes, *to, *reference; /* of compare */
  int scale;
  int step; /* of steps, from 1; 0: all */
  gboolean dark, unanswered;
  double width, height; /* of --size; 0: the figure's own */
} ScopeRenderOptions;

/* A figure centred on a page and reduced to it; enlarged too where it has no pixels of its own. */
typedef struct
{
  ScopeFigurePaint paint;
  gpointer figure;
  double figure_width, figure_height;
  gboolean enlarges;
  double width, height;
} ScopeRenderPage;

/* The view of a result of this shape that the options ask for. What goes wrong is said. */
gboolean
scope_render_view (const ScopeRenderOptions *options, const ScopeShape *shape, ScopeView *view);
/* How many pixels one CSS pixel has in the output; of SVG and PDF a finer one. */
double scope_render_fineness (const ScopeRenderOptions *options);
/* As large as --size says, else as the figure is. What goes wrong is said. */
gboolean scope_render_write_page (const ScopeRenderOptions *options,
                                  const ScopeTheme *theme,
                                  ScopeRenderPage *page);

/* render compare|steps|blocks; they give the exit status. */
int scope_render_compare (const ScopeArguments *arguments, const ScopeRenderOptions *options);
int scope_render_steps (const ScopeArguments *arguments, const ScopeRenderOptions *options);
int scope_render_blocks (const ScopeArguments *arguments, const ScopeRenderOptions *options);
