/* libFuzzer's entry: no file breaks opening, listing and reading. The last byte says what the file
 * is called. */
#define _GNU_SOURCE
#include "files/tensor-file.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const unsigned char *data, size_t size);

enum
{
  MAX_READ = 1 << 20
};

/* The file is in memory; its name is a link in a folder, for the ending. */
static char *
make_file (const unsigned char *data, size_t size, const char *ending, int *fd)
{
  static char *folder;
  if (folder == NULL)
    folder = g_dir_make_tmp ("shapescope-fuzz-XXXXXX", NULL);
  *fd = memfd_create ("fuzz", 0);
  if (*fd < 0 || write (*fd, data, size) != (ssize_t)size)
    abort ();
  g_autofree char *target = g_strdup_printf ("/proc/self/fd/%d", *fd);
  char *path = g_strdup_printf ("%s/x%s", folder, ending);
  unlink (path);
  if (symlink (target, path) != 0)
    abort ();
  return path;
}

static void
read_some (const ScopeTensor *tensor)
{
  gint64 count = 0;
  ScopeRegion region = scope_region_all (&tensor->shape);
  if (tensor->storage == NULL || !scope_region_count (&region, &count, NULL)
      || count * (gint64)scope_dtype_bytes (tensor->dtype) > MAX_READ)
    return;
  g_autofree void *out = g_malloc ((gsize)count * scope_dtype_bytes (tensor->dtype) + 1);
  ScopeBuffer buffer = scope_buffer_dense (&region, out);
  if (!scope_tensor_read (tensor, &region, &buffer, NULL))
    abort ();
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  static const char *const endings[] = {
    "", ".npy", ".npz", ".safetensors", ".png", ".csv", ".pt"
  };
  int fd = -1;
  if (size == 0)
    return 0;
  g_autofree char *path =
      make_file (data, size - 1, endings[data[size - 1] % G_N_ELEMENTS (endings)], &fd);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) open_error = NULL, list_error = NULL;
  const char *format = NULL;
  g_autoptr (GPtrArray) list = scope_tensor_file_list (file, &format, NULL, &list_error);
  if ((list == NULL) != (list_error != NULL))
    abort ();
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (!g_utf8_validate (((ScopeTensorInfo *)list->pdata[i])->name, -1, NULL))
      abort ();
  ScopeTensor *tensor = scope_tensor_file_open (file, "A", NULL, NULL, &open_error);
  if (tensor != NULL)
    read_some (tensor);
  else if (open_error == NULL || !g_utf8_validate (open_error->message, -1, NULL))
    abort ();
  scope_tensor_unref (tensor);
  unlink (path);
  close (fd);
  return 0;
}
