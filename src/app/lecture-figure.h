/* What leaves a lecture: figures, handouts, paper, a text table. */
#pragma once

#include "model/lecture.h"
#include "model/session.h"
#include "paint/theme.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  SCOPE_FIGURE_OF_STEP,   /* as it is shown: SVG, PDF, PNG */
  SCOPE_FIGURE_OF_STEPS,  /* all steps one below another */
  SCOPE_FIGURE_HANDOUT,   /* the whole lesson as pages of a PDF, with answers */
  SCOPE_FIGURE_WORKSHEET, /* the same to be filled in */
} ScopeLectureFigure;

/* Asks where it goes and has it written there. A PNG has two pixels for each of the picture's, or
 * as many as a name that ends in @1x.png or @3x.png says. */
void scope_lecture_figure_export (GtkWidget *widget,
                                  ScopeSession *session,
                                  ScopeLecture *lecture,
                                  ScopeLectureFigure figure);
/* Writes it to `path`. Errors: G_IO_ERROR. */
gboolean scope_lecture_figure_write (ScopeLecture *lecture,
                                     ScopeLectureFigure figure,
                                     const char *path,
                                     const ScopeTheme *theme,
                                     GError **error);
/* The operation that prints the lesson's handout; free with g_object_unref. */
GtkPrintOperation *scope_lecture_figure_print_operation (ScopeLecture *lecture,
                                                         const ScopeTheme *theme);
void scope_lecture_figure_print (GtkWidget *widget, ScopeSession *session, ScopeLecture *lecture);
/* The alignment as NumPy's manual writes it, or NULL; free with g_free. */
char *scope_lecture_figure_table (ScopeLecture *lecture);

G_END_DECLS
