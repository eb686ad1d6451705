/* A folder for one test program, removed when it ends. */
#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>

static char *temporary_folder;

static inline void
temporary_begin (void)
{
  temporary_folder = g_dir_make_tmp ("shapescope-test-XXXXXX", NULL);
  g_assert_nonnull (temporary_folder);
}

static inline char *
temporary_path (const char *name)
{
  return g_build_filename (temporary_folder, name, NULL);
}

/* Writes a file and gives its path. */
static inline char *
temporary_file (const char *name, const void *bytes, gsize length)
{
  char *path = temporary_path (name);
  g_assert_true (
      g_file_set_contents_full (path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
  return path;
}

/* The number of files in the folder, hidden ones included. */
static inline int
temporary_count (void)
{
  int count = 0;
  g_autoptr (GDir) folder = g_dir_open (temporary_folder, 0, NULL);
  while (g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

static inline void
temporary_clear (void)
{
  g_autoptr (GDir) folder = g_dir_open (temporary_folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = temporary_path (name);
      g_chmod (path, 0700);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

static inline void
temporary_end (void)
{
  temporary_clear ();
  g_rmdir (temporary_folder);
  g_clear_pointer (&temporary_folder, g_free);
}
