/* Exporting, printing and copying a lecture. */
#include "app/lecture-figure.h"

#include "advice/alignment-text.h"
#include "app/export-dialog.h"
#include "app/widget-theme.h"
#include "paint/composition.h"
#include "paint/handout.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* ---- a whole lesson ------------------------------------------------------------------------- */

/* What a handout is made of, kept as long as it is written. */
typedef struct
{
  GPtrArray *exercises; /* of ScopeExercise: every place of the lesson */
  GPtrArray *stages;    /* of const ScopeStage */
  GArray *questions;    /* of ScopeHandoutExercise */
  ScopeTheme theme;
  ScopeHandout handout;
} Pages;

static void
free_exercise (gpointer exercise)
{
  scope_exercise_free (exercise);
}

static void
pages_free (gpointer data)
{
  Pages *pages = data;

  g_ptr_array_unref (pages->exercises);
  g_ptr_array_unref (pages->stages);
  g_array_unref (pages->questions);
  g_free (pages);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pages, pages_free)

static void
add_place (Pages *pages, const ScopeExercise *exercise, gboolean asked)
{
  ScopeHandoutExercise question = { scope_text_string (&exercise->question),
                                    scope_text_string (&exercise->answer) };

  if (asked)
    g_array_append_val (pages->questions, question);
  else
    g_ptr_array_add (pages->stages, exercise->stage);
}

/* Every place of the lesson; of one without places what is shown. */
static Pages *
make_pages (ScopeLecture *lecture, const ScopeTheme *theme, gboolean answers)
{
  Pages *pages = g_new0 (Pages, 1);
  g_autoptr (ScopeLesson) lesson = g_list_model_get_item (scope_lecture_get_lessons (lecture),
                                                          scope_lecture_get_lesson (lecture));
  const ScopeExercise *shown = scope_lecture_get_exercise (lecture);

  pages->exercises = g_ptr_array_new_with_free_func (free_exercise);
  pages->stages = g_ptr_array_new ();
  pages->questions = g_array_new (FALSE, FALSE, sizeof (ScopeHandoutExercise));
  pages->theme = *theme;
  for (guint i = 0; i < scope_lesson_get_n_slides (lesson); i++)
    {
      ScopeExercise *exercise = scope_lesson_make (lesson, i, NULL);

      if (exercise == NULL)
        continue;
      g_ptr_array_add (pages->exercises, exercise);
      add_place (pages, exercise, scope_lesson_get_slide (lesson, i)->kind == SCOPE_SLIDE_EXERCISE);
    }
  if (pages->exercises->len == 0 && shown != NULL)
    add_place (pages, shown, FALSE);
  pages->handout =
      (ScopeHandout){ .theme = &pages->theme,
                      .title = scope_lesson_get_title (lesson),
                      .answers = answers,
                      .stages = (int)pages->stages->len,
                      .stage = (const ScopeStage *const *)pages->stages->pdata,
                      .exercises = (int)pages->questions->len,
                      .exercise = (const ScopeHandoutExercise *)pages->questions->data };
  return pages;
}

/* ---- files ---------------------------------------------------------------------------------- */

static double
scale_of (const char *path)
{
  return g_str_has_suffix (path, "@1x.png") ? 1 : g_str_has_suffix (path, "@3x.png") ? 3 : 2;
}

gboolean
scope_lecture_figure_write (ScopeLecture *lecture,
                            ScopeLectureFigure what,
                            const char *path,
                            const ScopeTheme *theme,
                            GError **error)
{
  const ScopeExercise *exercise = scope_lecture_get_exercise (lecture);
  double width, height;

  if (exercise == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("There is no stage to export."));
      return FALSE;
    }
  if (what == SCOPE_FIGURE_HANDOUT || what == SCOPE_FIGURE_WORKSHEET)
    {
      g_autoptr (Pages) pages = make_pages (lecture, theme, what == SCOPE_FIGURE_HANDOUT);

      return scope_handout_write (&pages->handout, path, error);
    }
  ScopeStepsFigure figure = { .theme = theme,
                              .stage = exercise->stage,
                              .title = scope_text_string (&exercise->expression),
                              .step = what == SCOPE_FIGURE_OF_STEP
                                          ? scope_lecture_get_step (lecture)
                                          : -1,
                              .line = 1 };
  scope_steps_figure_measure (&figure, &width, &height);
  return scope_figure_write (path, width, height, scale_of (path), theme, scope_steps_figure_paint,
                             &figure, error);
}

static gboolean
write_step (const char *path, const ScopeTheme *theme, gpointer lecture, GError **error)
{
  return scope_lecture_figure_write (lecture, SCOPE_FIGURE_OF_STEP, path, theme, error);
}

static gboolean
write_steps (const char *path, const ScopeTheme *theme, gpointer lecture, GError **error)
{
  return scope_lecture_figure_write (lecture, SCOPE_FIGURE_OF_STEPS, path, theme, error);
}

static gboolean
write_handout (const char *path, const ScopeTheme *theme, gpointer lecture, GError **error)
{
  return scope_lecture_figure_write (lecture, SCOPE_FIGURE_HANDOUT, path, theme, error);
}

static gboolean
write_worksheet (const char *path, const ScopeTheme *theme, gpointer lecture, GError **error)
{
  return scope_lecture_figure_write (lecture, SCOPE_FIGURE_WORKSHEET, path, theme, error);
}

void
scope_lecture_figure_export (GtkWidget *widget,
                             ScopeSession *session,
                             ScopeLecture *lecture,
                             ScopeLectureFigure figure)
{
  static const struct
  {
    const char *name;
    ScopeExportWrite write;
  } kinds[] = {
    [SCOPE_FIGURE_OF_STEP] = { "step", write_step },
    [SCOPE_FIGURE_OF_STEPS] = { "steps", write_steps },
    [SCOPE_FIGURE_HANDOUT] = { "handout.pdf", write_handout },
    [SCOPE_FIGURE_WORKSHEET] = { "worksheet.pdf", write_worksheet },
  };

  scope_export_dialog_open (widget, session, kinds[figure].name, kinds[figure].write, lecture);
}

/* ---- paper ---------------------------------------------------------------------------------- */

static void
begin_print (GtkPrintOperation *operation, GtkPrintContext *context, Pages *pages)
{
  gtk_print_operation_set_n_pages (operation, scope_handout_pages (&pages->handout));
}

/* The page of A4 as large as the paper's printable part lets it be. */
static void
draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, Pages *pages)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context);
  double height = gtk_print_context_get_height (context);
  double zoom = fmin (width / SCOPE_HANDOUT_WIDTH, height / SCOPE_HANDOUT_HEIGHT);

  cairo_translate (cr, (width - zoom * SCOPE_HANDOUT_WIDTH) / 2, 0);
  cairo_scale (cr, zoom, zoom);
  scope_handout_paint (cr, page, &pages->handout);
}

static void
free_closure (gpointer data, GClosure *closure)
{
  pages_free (data);
}

GtkPrintOperation *
scope_lecture_figure_print_operation (ScopeLecture *lecture, const ScopeTheme *theme)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  Pages *pages = make_pages (lecture, theme, TRUE);

  gtk_print_operation_set_job_name (operation, pages->handout.title);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print), pages);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page), pages, free_closure, 0);
  return operation;
}

void
scope_lecture_figure_print (GtkWidget *widget, ScopeSession *session, ScopeLecture *lecture)
{
  ScopeTheme theme = scope_widget_theme (widget);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;

  theme.dark = theme.high_contrast = FALSE;
  operation = scope_lecture_figure_print_operation (lecture, &theme);
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (gtk_widget_get_root (widget)), &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    scope_session_add_notice (session, error->message);
}

/* ---- text ----------------------------------------------------------------------------------- */

char *
scope_lecture_figure_table (ScopeLecture *lecture)
{
  const ScopeExercise *exercise = scope_lecture_get_exercise (lecture);
  ScopeText text = { 0 };
  char *copy = NULL;

  if (exercise != NULL)
    scope_alignment_print_table (exercise->alignment, &text);
  if (text.length > 0)
    copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}
