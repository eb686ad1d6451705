/* What the pictures of `render` share. */
#pragma once

#include "cli/arguments.h"
#include "paint/figure.h"

typedef struct
{
  char *output;
  char *size, *at;
  char *row_axis, *column_axis; /* texts, so that "not given" needs no number of its own */
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

/* As large as --size says, else as the figure is. What goes wrong is said. */
gboolean scope_render_write_page (const ScopeRenderOptions *options,
                                  const ScopeTheme *theme,
                                  ScopeRenderPage *page);

/* render steps|blocks; they give the exit status. */
int scope_render_steps (const ScopeArguments *arguments, const ScopeRenderOptions *options);
int scope_render_blocks (const ScopeArguments *arguments, const ScopeRenderOptions *options);
