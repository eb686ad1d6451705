/* A file without a name (or with a temporary one), room on the disk, fsync, rename, fsync of the
 * folder. */
#define _GNU_SOURCE /* O_TMPFILE; fallocate, which unlike posix_fallocate never writes zeros */
#include "files/replace-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct ScopeReplaceFile
{
  char *name;      /* for messages */
  char *target;    /* what is replaced: links followed */
  char *temporary; /* beside it; NULL before it exists, and while the file has no name */
  int fd;
};

enum
{
  MAX_LINKS = 40,  /* as the kernel */
  MAX_NAMES = 100, /* tried for a temporary one */
};

/* Where a chain of symbolic links ends, even when nothing is there yet. */
static char *
follow_links (const char *path, GError **error)
{
  char *at = g_strdup (path);
  for (int i = 0; i < MAX_LINKS; i++)
    {
      struct stat seen;
      if (lstat (at, &seen) != 0 || !S_ISLNK (seen.st_mode))
        return at;
      g_autofree char *link = g_file_read_link (at, NULL);
      if (link == NULL)
        return at;
      g_autofree char *folder = g_path_get_dirname (at);
      g_free (at);
      at = g_path_is_absolute (link) ? g_strdup (link) : g_build_filename (folder, link, NULL);
    }
  g_autofree char *name = scope_file_display_name (path);
  scope_file_fail_errno (error, ELOOP, name, "it cannot be written", "Choose another name.");
  g_free (at);
  return NULL;
}

static gboolean
check_room (ScopeReplaceFile *self, const char *folder, gint64 bytes, GError **error)
{
  struct statvfs disk;
  gint64 room = 0;
  if (statvfs (folder, &disk) != 0 || __builtin_mul_overflow (disk.f_bavail, disk.f_frsize, &room))
    return TRUE; /* unknown: writing will tell */
  if (bytes <= room)
    return TRUE;

  ScopeText needed = { 0 }, left = { 0 };
  scope_text_append_bytes_count (&needed, bytes);
  scope_text_append_bytes_count (&left, room);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               "%s: it needs %s, but the disk has only %s free. Choose another disk or a smaller "
               "result.",
               self->name, scope_text_string (&needed), scope_text_string (&left));
  scope_text_clear (&needed);
  scope_text_clear (&left);
  return FALSE;
}

/* Keeps the room for the whole file, where the file system can. */
static gboolean
reserve (ScopeReplaceFile *self, gint64 bytes, GError **error)
{
  if (bytes == 0 || fallocate (self->fd, 0, 0, bytes) == 0
      || (errno != ENOSPC && errno != EDQUOT && errno != EFBIG))
    return TRUE;
  return scope_file_fail_errno (error, errno, self->name, "there is no room for it",
                                "Choose another disk or a smaller result.");
}

/* A file that has no name yet: the system forgets it however this program ends. FALSE where that
 * cannot be, or could not be named later. */
static gboolean
open_nameless (ScopeReplaceFile *self, const char *folder)
{
  if (access ("/proc/self/fd", X_OK) != 0)
    return FALSE;
  self->fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  return self->fd >= 0;
}

/* A name beside the target that nothing has yet. */
static gboolean
open_named (ScopeReplaceFile *self, const char *folder, GError **error)
{
  g_autofree char *temporary = g_build_filename (folder, ".shapescope-XXXXXX", NULL);
  self->fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (self->fd < 0)
    return scope_file_fail_errno (error, errno, self->name, "it cannot be written",
                                  "Choose another folder.");
  self->temporary = g_steal_pointer (&temporary);
  return TRUE;
}

static gboolean
open_temporary (ScopeReplaceFile *self, gint64 bytes, GError **error)
{
  struct stat old;
  gboolean replaces = stat (self->target, &old) == 0;
  if (replaces && !S_ISREG (old.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   "%s: it is not a file and cannot be replaced by one. Choose another name.",
                   self->name);
      return FALSE;
    }

  g_autofree char *folder = g_path_get_dirname (self->target);
  if (!check_room (self, folder, bytes, error))
    return FALSE;
  if (!open_nameless (self, folder) && !open_named (self, folder, error))
    return FALSE;
  if (replaces)
    (void)!fchmod (self->fd, old.st_mode & 0777); /* a nicety; the default mode serves as well */
  return reserve (self, bytes, error);
}

ScopeReplaceFile *
scope_replace_file_begin (const char *path, gint64 bytes, GError **error)
{
  g_autoptr (ScopeReplaceFile) self = g_new0 (ScopeReplaceFile, 1);
  self->fd = -1;
  self->name = scope_file_display_name (path);
  self->target = follow_links (path, error);
  if (self->target == NULL || !open_temporary (self, bytes, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
scope_replace_file_write (ScopeReplaceFile *self, const void *bytes, gsize length, GError **error)
{
  const guint8 *at = bytes;
  while (length > 0)
    {
      gssize written = write (self->fd, at, MIN (length, (gsize)1 << 30));
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return scope_file_fail_errno (error, written < 0 ? errno : EIO, self->name,
                                      "writing failed", "The old file, if any, is as it was.");
      at += written;
      length -= (gsize)written;
    }
  return TRUE;
}

/* Gives a file without a name the target's, or a temporary one when there is a file to replace: a
 * link replaces nothing. errno says why not. */
static gboolean
give_name (ScopeReplaceFile *self)
{
  g_autofree char *open_file = g_strdup_printf ("/proc/self/fd/%d", self->fd);
  if (linkat (AT_FDCWD, open_file, AT_FDCWD, self->target, AT_SYMLINK_FOLLOW) == 0)
    return TRUE;
  g_autofree char *folder = g_path_get_dirname (self->target);
  for (int i = 0; errno == EEXIST && i < MAX_NAMES; i++)
    {
      g_autofree char *name = g_strdup_printf (".shapescope-%06x", g_random_int () & 0xFFFFFF);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (linkat (AT_FDCWD, open_file, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0)
        {
          self->temporary = g_steal_pointer (&path);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
finish (ScopeReplaceFile *self, GError **error)
{
  const char *hint = "The old file, if any, is as it was.";
  if (fsync (self->fd) != 0)
    return scope_file_fail_errno (error, errno, self->name, "writing failed", hint);
  if (self->temporary == NULL && !give_name (self))
    return scope_file_fail_errno (error, errno, self->name, "it cannot be given its name", hint);
  int fd = self->fd;
  self->fd = -1;
  if (close (fd) != 0 && errno != EINTR)
    return scope_file_fail_errno (error, errno, self->name, "writing failed", hint);
  if (self->temporary != NULL && rename (self->temporary, self->target) != 0)
    return scope_file_fail_errno (error, errno, self->name, "it cannot be replaced", hint);
  g_clear_pointer (&self->temporary, g_free);

  /* The new name is there; that it survives a loss of power is up to the folder. */
  g_autofree char *folder = g_path_get_dirname (self->target);
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      (void)!fsync (fd);
      close (fd);
    }
  return TRUE;
}

gboolean
scope_replace_file_commit (ScopeReplaceFile *self, GError **error)
{
  gboolean done = finish (self, error);
  scope_replace_file_abandon (self);
  return done;
}

void
scope_replace_file_abandon (ScopeReplaceFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->target);
  g_free (self->name);
  g_free (self);
}
