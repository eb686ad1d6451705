/* Lessons as objects. */
#include "model/lesson.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ScopeLesson
{
  GObject parent_instance;

  ScopeLessonKind kind;
  ScopeDrillLevel level;
  char *title, *prose, *problems;
  GFile *file;
  ScopeLessonText *text; /* of SLIDES */
};

enum
{
  PROP_0,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeLesson, scope_lesson, G_TYPE_OBJECT)

static const char *
translate (const char *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text);
}

static void
scope_lesson_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TITLE)
    g_value_set_string (value, SCOPE_LESSON (object)->title);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_lesson_finalize (GObject *object)
{
  ScopeLesson *self = SCOPE_LESSON (object);

  g_free (self->title);
  g_free (self->prose);
  g_free (self->problems);
  g_clear_object (&self->file);
  scope_lesson_text_free (self->text);
  G_OBJECT_CLASS (scope_lesson_parent_class)->finalize (object);
}

static void
scope_lesson_class_init (ScopeLessonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_lesson_get_property;
  object_class->finalize = scope_lesson_finalize;
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_lesson_init (ScopeLesson *self)
{
}

/* ---- making --------------------------------------------------------------------------------- */

ScopeLesson *
scope_lesson_new (ScopeLessonKind kind, const char *title, const char *prose)
{
  ScopeLesson *self = g_object_new (SCOPE_TYPE_LESSON, NULL);

  self->kind = kind;
  self->title = g_strdup (title);
  self->prose = g_strdup (prose);
  self->problems = g_strdup ("");
  return self;
}

ScopeLesson *
scope_lesson_new_practice (ScopeDrillLevel level, const char *title, const char *prose)
{
  ScopeLesson *self = scope_lesson_new (SCOPE_LESSON_PRACTICE, title, prose);

  self->level = level;
  return self;
}

static char *
list_problems (const ScopeLessonText *text)
{
  GString *list = g_string_new (NULL);

  for (int i = 0; i < text->problems; i++)
    {
      if (i > 0)
        g_string_append_c (list, '\n');
      /* Translators: a line of a lesson's file and what is wrong there */
      g_string_append_printf (list, _ ("Line %d: %s"), text->problem[i].line,
                              text->problem[i].sentence);
    }
  return g_string_free (list, FALSE);
}

ScopeLesson *
scope_lesson_new_text (const char *bytes, gsize length, GFile *file)
{
  ScopeLesson *self = scope_lesson_new (SCOPE_LESSON_READ, NULL, "");

  self->text = scope_lesson_text_read (bytes, length, translate);
  if (file != NULL)
    self->file = g_object_ref (file);
  if (self->text == NULL)
    return self;
  g_free (self->problems);
  self->problems = list_problems (self->text);
  if (self->text->title[0] != '\0')
    self->title = g_strdup (self->text->title);
  else if (file != NULL)
    {
      g_autofree char *name = g_file_get_basename (file);

      self->title = g_filename_display_name (name);
    }
  else
    self->title = g_strdup (_ ("A lesson"));
  return self;
}

/* A lesson is small: what is larger is not read, not even in part. */
ScopeLesson *
scope_lesson_open (GFile *file, GError **error)
{
  g_autofree char *bytes = NULL;
  g_autofree char *shown = g_file_get_parse_name (file);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                         G_FILE_QUERY_INFO_NONE, NULL, error);
  gsize length;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
      || g_file_info_get_size (info) > SCOPE_LESSON_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("%s: a lesson is a text file of at most %d KiB."), shown,
                   SCOPE_LESSON_BYTES / 1024);
      return NULL;
    }
  if (!g_file_load_contents (file, NULL, &bytes, &length, NULL, error))
    return NULL;
  return scope_lesson_new_text (bytes, length, file);
}

/* ---- what it holds -------------------------------------------------------------------------- */

ScopeLessonKind
scope_lesson_get_kind (ScopeLesson *self)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), SCOPE_LESSON_READ);
  return self->kind;
}

ScopeDrillLevel
scope_lesson_get_level (ScopeLesson *self)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), SCOPE_DRILL_RANKS);
  return self->level;
}

const char *
scope_lesson_get_title (ScopeLesson *self)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), NULL);
  return self->title;
}

const char *
scope_lesson_get_prose (ScopeLesson *self)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), NULL);
  return self->prose;
}

GFile *
scope_lesson_get_file (ScopeLesson *self)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), NULL);
  return self->file;
}

const char *
scope_lesson_get_problems (ScopeLesson *self)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), NULL);
  return self->problems;
}

guint
scope_lesson_get_n_slides (ScopeLesson *self)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), 0);
  return self->text != NULL ? (guint)self->text->slides : 0;
}

const ScopeSlide *
scope_lesson_get_slide (ScopeLesson *self, guint slide)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), NULL);
  return slide < scope_lesson_get_n_slides (self) ? &self->text->slide[slide] : NULL;
}

/* The teacher's own hints stand before those that the engine gives. */
static void
put_hints (ScopeExercise *exercise, const ScopeSlide *slide)
{
  for (int i = 0; i < slide->hints; i++)
    {
      scope_text_clear (&exercise->hint[i]);
      scope_text_append (&exercise->hint[i], slide->hint[i]);
    }
  if (slide->question == NULL || slide->question[0] == '\0')
    return;
  g_autofree char *usual = g_strdup (scope_text_string (&exercise->question));

  scope_text_clear (&exercise->question);
  scope_text_append (&exercise->question, slide->question);
  scope_text_append (&exercise->question, "\n");
  scope_text_append (&exercise->question, usual);
}

ScopeExercise *
scope_lesson_make (ScopeLesson *self, guint number, GError **error)
{
  const ScopeSlide *slide = scope_lesson_get_slide (self, number);
  ScopeTensor *tensors[SCOPE_EXERCISE_TENSORS];
  ScopeError failed = { 0 };
  ScopeExercise *exercise = NULL;
  int n = 0;

  g_return_val_if_fail (slide != NULL, NULL);
  if (slide->kind != SCOPE_SLIDE_STAGE && slide->kind != SCOPE_SLIDE_EXERCISE)
    return NULL;
  if (scope_slide_make_tensors (slide, tensors, &n, &failed))
    {
      exercise = scope_exercise_new_for (slide->expression, tensors, n, slide->dialect, translate,
                                         &failed);
      while (n > 0)
        scope_tensor_unref (tensors[--n]);
    }
  if (exercise == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, failed.sentence);
  else if (slide->kind == SCOPE_SLIDE_EXERCISE)
    put_hints (exercise, slide);
  return exercise;
}
