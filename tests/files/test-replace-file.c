/* Files that appear whole or not at all, however a program ends. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "files/replace-file.h"

#include "temporary.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Whether the file system has files without a name. */
static gboolean
has_nameless_files (void)
{
  int fd = open (temporary_folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;
  close (fd);
  return TRUE;
}

static ScopeReplaceFile *
begin (const char *path)
{
  g_autoptr (GError) error = NULL;
  ScopeReplaceFile *file = scope_replace_file_begin (path, 3, &error);
  g_assert_no_error (error);
  g_assert_true (scope_replace_file_write (file, "new", 3, &error));
  g_assert_no_error (error);
  return file;
}

static void
assert_content (const char *path, const char *expected)
{
  g_autofree char *content = NULL;
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
test_new (void)
{
  g_autofree char *path = temporary_path ("out");
  g_assert_true (scope_replace_file_commit (begin (path), NULL));
  assert_content (path, "new");
  g_assert_cmpint (temporary_count (), ==, 1);
  temporary_clear ();
}

static void
test_replaces (void)
{
  g_autofree char *path = temporary_file ("out", "old", 3);
  g_assert_cmpint (chmod (path, 0640), ==, 0);
  ScopeReplaceFile *file = begin (path);
  assert_content (path, "old");
  g_assert_true (scope_replace_file_commit (file, NULL));
  assert_content (path, "new");
  struct stat seen;
  g_assert_cmpint (stat (path, &seen), ==, 0);
  g_assert_cmpint (seen.st_mode & 0777, ==, 0640);
  g_assert_cmpint (temporary_count (), ==, 1);
  temporary_clear ();
}

/* Somebody else makes the file while this one is written. */
static void
test_appears_meanwhile (void)
{
  g_autofree char *path = temporary_path ("out");
  ScopeReplaceFile *file = begin (path);
  g_autofree char *other = temporary_file ("out", "other", 5);
  g_assert_true (scope_replace_file_commit (file, NULL));
  assert_content (path, "new");
  g_assert_cmpint (temporary_count (), ==, 1);
  temporary_clear ();
}

static void
test_abandoned (void)
{
  g_autofree char *path = temporary_path ("out");
  scope_replace_file_abandon (begin (path));
  g_assert_cmpint (temporary_count (), ==, 0);
}

/* A program that is killed while it writes leaves nothing. */
static void
test_killed (void)
{
  if (!has_nameless_files ())
    {
      g_test_skip ("the file system of the temporary folder has no files without a name");
      return;
    }
  g_autofree char *path = temporary_file ("out", "old", 3);
  pid_t child = fork ();
  if (child == 0)
    {
      begin (path);
      raise (SIGKILL);
    }
  int status;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  assert_content (path, "old");
  g_assert_cmpint (temporary_count (), ==, 1);
  temporary_clear ();
}

/* The folder goes away: nothing is written anywhere else, and it is said. */
static void
test_folder_goes (void)
{
  g_autofree char *folder = temporary_path ("folder");
  g_autofree char *path = g_build_filename (folder, "out", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  ScopeReplaceFile *file = begin (path);
  g_autofree char *moved = temporary_path ("moved");
  g_assert_cmpint (g_rename (folder, moved), ==, 0);
  g_assert_false (scope_replace_file_commit (file, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_autoptr (GDir) listed = g_dir_open (moved, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (listed)) != NULL)
    {
      g_autofree char *left = g_build_filename (moved, name, NULL);
      g_assert_cmpint (g_remove (left), ==, 0); /* of file systems without nameless files */
    }
  temporary_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  temporary_begin ();
  g_test_add_func ("/replace-file/new", test_new);
  g_test_add_func ("/replace-file/replaces", test_replaces);
  g_test_add_func ("/replace-file/appears-meanwhile", test_appears_meanwhile);
  g_test_add_func ("/replace-file/abandoned", test_abandoned);
  g_test_add_func ("/replace-file/killed", test_killed);
  g_test_add_func ("/replace-file/folder-goes", test_folder_goes);
  int failed = g_test_run ();
  temporary_end ();
  return failed;
}
