/* Lessons as plain objects. */
#include "model/lesson.h"

#include "files/tensor-file.h"

#include <glib/gi18n-lib.h>

struct _ScopeLesson
{
  GObject parent_instance;

  ScopeLessonKind kind;
  ScopeDrillLevel level;
  char *title, *prose;
  GPtrArray *places; /* of ScopeLessonPlace, stages first */
  guint stages;
};

enum
{
  PROP_0,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeLesson, scope_lesson, G_TYPE_OBJECT)

static void
place_free (gpointer data)
{
  ScopeLessonPlace *place = data;

  g_free (place->expression);
  g_strfreev (place->names);
  g_strfreev (place->texts);
  g_free (place->words);
  g_free (place);
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
  g_ptr_array_unref (self->places);
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
  self->places = g_ptr_array_new_with_free_func (place_free);
  self->prose = g_strdup ("");
}

ScopeLesson *
scope_lesson_new (ScopeLessonKind kind, const char *title)
{
  ScopeLesson *self = g_object_new (SCOPE_TYPE_LESSON, NULL);

  self->kind = kind;
  self->title = g_strdup (title);
  return self;
}

void
scope_lesson_set_prose (ScopeLesson *self, const char *prose)
{
  g_return_if_fail (SCOPE_IS_LESSON (self));
  g_free (self->prose);
  self->prose = g_strdup (prose);
}

void
scope_lesson_set_level (ScopeLesson *self, ScopeDrillLevel level)
{
  g_return_if_fail (SCOPE_IS_LESSON (self));
  self->level = level;
}

static void
add_place (ScopeLesson *self,
           guint at,
           gboolean asked,
           const char *expression,
           const char *const *names,
           const char *const *texts,
           ScopeDialect dialect,
           const char *words)
{
  ScopeLessonPlace *place = g_new0 (ScopeLessonPlace, 1);

  place->expression = g_strdup (expression);
  place->names = g_strdupv ((char **)names);
  place->texts = g_strdupv ((char **)texts);
  place->dialect = dialect;
  place->words = g_strdup (words);
  place->asked = asked;
  g_ptr_array_insert (self->places, (int)at, place);
}

void
scope_lesson_add_stage (ScopeLesson *self,
                        const char *expression,
                        const char *const *names,
                        const char *const *texts,
                        ScopeDialect dialect,
                        const char *words)
{
  g_return_if_fail (SCOPE_IS_LESSON (self));
  add_place (self, self->stages++, FALSE, expression, names, texts, dialect, words);
}

void
scope_lesson_add_exercise (ScopeLesson *self,
                           const char *expression,
                           const char *const *names,
                           const char *const *texts,
                           ScopeDialect dialect,
                           const char *words)
{
  g_return_if_fail (SCOPE_IS_LESSON (self));
  add_place (self, self->places->len, TRUE, expression, names, texts, dialect, words);
}

ScopeLessonKind
scope_lesson_get_kind (ScopeLesson *self)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), SCOPE_LESSON_STAGES);
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

guint
scope_lesson_get_n_places (ScopeLesson *self)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), 0);
  return self->places->len;
}

const ScopeLessonPlace *
scope_lesson_get_place (ScopeLesson *self, guint place)
{
  g_return_val_if_fail (SCOPE_IS_LESSON (self), NULL);
  return place < self->places->len ? g_ptr_array_index (self->places, place) : NULL;
}

/* ---- making a place ready ------------------------------------------------------------------- */

static const char *
translate (const char *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text);
}

static void
unref_tensor (gpointer tensor)
{
  scope_tensor_unref (tensor);
}

ScopeExercise *
scope_lesson_make (ScopeLesson *self, guint number, GError **error)
{
  const ScopeLessonPlace *place = scope_lesson_get_place (self, number);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func (unref_tensor);
  ScopeError failed = { 0 };
  ScopeExercise *exercise;

  g_return_val_if_fail (place != NULL, NULL);
  for (guint i = 0; place->names[i] != NULL && place->texts[i] != NULL; i++)
    {
      ScopeTensor *tensor = scope_tensor_open (place->names[i], place->texts[i], NULL, NULL, error);

      if (tensor == NULL)
        return NULL;
      g_ptr_array_add (tensors, tensor);
    }
  exercise = scope_exercise_new_for (place->expression, (ScopeTensor *const *)tensors->pdata,
                                     (int)tensors->len, place->dialect, translate, &failed);
  if (exercise == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, failed.sentence);
  return exercise;
}
