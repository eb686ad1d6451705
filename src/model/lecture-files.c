/* The files of a lecture: a folder of lessons, and those that are opened and watched. */
#include "model/lecture-private.h"

#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

void
scope_lecture_load_folder (ScopeLecture *self, const char *folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint at = 0;

  g_return_if_fail (SCOPE_IS_LECTURE (self));
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    if (g_str_has_suffix (name, ".md") && g_ascii_isdigit (name[0]))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GFile) file =
          g_file_new_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autoptr (ScopeLesson) lesson = scope_lesson_open (file, NULL);

      if (lesson != NULL)
        g_list_store_insert (self->lessons, at++, lesson);
    }
  if (at > 0)
    scope_lecture_open_place (self, 0, 0);
}

static gboolean
is_of_file (ScopeLesson *lesson, GFile *file)
{
  GFile *own = scope_lesson_get_file (lesson);

  return own != NULL && file != NULL && g_file_equal (own, file);
}

/* The lesson of the same file, or −1. */
static int
find_file (ScopeLecture *self, GFile *file)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lessons));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopeLesson) lesson = g_list_model_get_item (G_LIST_MODEL (self->lessons), i);

      if (is_of_file (lesson, file))
        return (int)i;
    }
  return -1;
}

/* In place of the lesson `at`; one that is shown stays at its slide. */
static void
replace_lesson (ScopeLecture *self, guint at, ScopeLesson *lesson, gboolean shown)
{
  guint place = at == self->lesson ? self->place : 0, slides = scope_lesson_get_n_slides (lesson);

  shown |= at == self->lesson;
  g_list_store_splice (self->lessons, at, 1, (gpointer *)&lesson, 1);
  if (shown)
    scope_lecture_open_place (self, at, slides > 0 ? MIN (place, slides - 1) : 0);
}

void
scope_lecture_put_lesson (ScopeLecture *self, ScopeLesson *lesson)
{
  int old;

  g_return_if_fail (SCOPE_IS_LECTURE (self));
  old = find_file (self, scope_lesson_get_file (lesson));
  scope_lecture_set_playing (self, FALSE);
  if (old >= 0)
    {
      replace_lesson (self, (guint)old, lesson, TRUE);
      return;
    }
  g_list_store_insert (self->lessons, 0, lesson);
  scope_lecture_open_place (self, 0, 0);
}

/* Saved again by its editor. While it is being written it may not be there. */
static void
file_changed (ScopeLecture *self, GFile *file, GFile *other, GFileMonitorEvent event)
{
  g_autoptr (ScopeLesson) lesson = NULL;
  int old;

  /* Most editors write another file and give it this one's name. */
  if (event == G_FILE_MONITOR_EVENT_RENAMED && other != NULL)
    file = other;
  old = find_file (self, file);
  if (old < 0
      || (event != G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT && event != G_FILE_MONITOR_EVENT_CREATED
          && event != G_FILE_MONITOR_EVENT_RENAMED && event != G_FILE_MONITOR_EVENT_MOVED_IN))
    return;
  lesson = scope_lesson_open (file, NULL);
  if (lesson != NULL)
    replace_lesson (self, (guint)old, lesson, FALSE);
}

gboolean
scope_lecture_open (ScopeLecture *self, GFile *file, GError **error)
{
  g_autoptr (ScopeLesson) lesson = scope_lesson_open (file, error);
  GFileMonitor *monitor;

  g_return_val_if_fail (SCOPE_IS_LECTURE (self), FALSE);
  if (lesson == NULL)
    return FALSE;
  if (find_file (self, file) < 0)
    {
      monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
      if (monitor != NULL)
        {
          g_signal_connect_object (monitor, "changed", G_CALLBACK (file_changed), self,
                                   G_CONNECT_SWAPPED);
          g_ptr_array_add (self->monitors, monitor);
        }
    }
  scope_lecture_put_lesson (self, lesson);
  return TRUE;
}
