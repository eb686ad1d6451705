/* .npy as a format: a header and a mapped array. */
#include "files/npy.h"

#include "files/file-format.h"

enum
{
  EXAMINED_BYTES = 16 * 1024 * 1024 /* of bools, looked through for a list */
};

static gboolean
npy_recognize (const ScopeFileHead *head)
{
  return scope_head_has (head, 0, "\x93NUMPY", 6);
}

/* *refused and *type as in scope_npy_examine_header. */
static gboolean
read_header (ScopeMappedFile *file,
             ScopeNpyHeader *header,
             char **type,
             GError **refused,
             GError **error)
{
  gint64 bytes = scope_mapped_file_bytes (file);
  gsize length = (gsize)MIN (bytes, SCOPE_NPY_HEAD_BYTES);
  guint8 head[SCOPE_NPY_HEAD_BYTES];
  return scope_mapped_file_copy (file, 0, length, head, error)
         && scope_npy_examine_header (head, length, bytes, scope_mapped_file_name (file), header,
                                      type, refused, error);
}

static ScopeStorage *
make_storage (ScopeMappedFile *file, const ScopeNpyHeader *header)
{
  gint64 count = header->data_bytes / (gint64)scope_dtype_bytes (header->dtype);
  return scope_mapped_file_storage (file, header->dtype, header->big_endian, header->data_offset,
                                    count);
}

ScopeTensor *
scope_npy_make_tensor (const char *name,
                       const ScopeNpyHeader *header,
                       ScopeStorage *storage,
                       GError **error)
{
  ScopeError failed = { 0 };
  ScopeLayout layout;
  ScopeTensor *tensor = NULL;
  if (scope_layout_dense (&header->shape, header->fortran, &layout, &failed))
    tensor = scope_tensor_new (name, header->dtype, &header->shape, &layout, storage, &failed);
  if (tensor == NULL)
    scope_file_fail_core (error, &failed);
  return tensor;
}

static ScopeTensor *
npy_open (ScopeMappedFile *file,
          const char *name,
          const char *member,
          GCancellable *cancellable,
          GError **error)
{
  if (member != NULL)
    {
      scope_file_fail (
          error, SCOPE_FILE_ERROR_TEXT, scope_mapped_file_name (file),
          "a .npy file holds one array, without a name. Leave out '::' and what follows.");
      return NULL;
    }

  ScopeNpyHeader header;
  g_autofree char *type = NULL;
  GError *refused = NULL;
  if (!read_header (file, &header, &type, &refused, error))
    return NULL;
  if (refused != NULL)
    {
      g_propagate_error (error, refused);
      return NULL;
    }
  g_free (header.note);

  ScopeStorage *storage = make_storage (file, &header);
  if (storage == NULL)
    {
      scope_file_fail (error, SCOPE_FILE_ERROR_TOO_BIG, scope_mapped_file_name (file),
                       "there is no memory. Close other programs.");
      return NULL;
    }
  ScopeTensor *tensor = scope_npy_make_tensor (name, &header, storage, error);
  scope_storage_unref (storage);
  return tensor;
}

/* Whether bytes other than 0 and 1 stand for bools in the part of the file that is looked through.
 */
static gboolean
has_odd_bools (ScopeMappedFile *file, const ScopeNpyHeader *header)
{
  if (header->dtype != SCOPE_BOOL)
    return FALSE;
  gsize length = (gsize)MIN (header->data_bytes, EXAMINED_BYTES);
  g_autofree guint8 *bytes = g_try_malloc (length + 1);
  if (bytes == NULL || !scope_mapped_file_copy (file, header->data_offset, length, bytes, NULL))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (bytes[i] > 1)
      return TRUE;
  return FALSE;
}

static GPtrArray *
npy_list (ScopeMappedFile *file, GCancellable *cancellable, GError **error)
{
  ScopeNpyHeader header;
  g_autofree char *type = NULL;
  g_autoptr (GError) refused = NULL;
  if (!read_header (file, &header, &type, &refused, error))
    return NULL;

  gboolean readable = refused == NULL;
  ScopeTensorInfo *info =
      scope_tensor_info_new ("", readable ? scope_dtype_name (header.dtype) : type, &header.shape);
  info->order = header.fortran ? 'F' : 'C';
  info->readable = readable;
  if (readable)
    {
      info->bytes = header.data_bytes;
      scope_tensor_info_add_note (info, header.note);
      if (has_odd_bools (file, &header))
        scope_tensor_info_add_note (info, "bytes other than 0 and 1 are taken as True");
      g_free (header.note);
    }
  else
    scope_tensor_info_add_note (info, scope_file_reason (refused, scope_mapped_file_name (file)));

  GPtrArray *list = scope_tensor_info_array_new ();
  g_ptr_array_add (list, info);
  return list;
}

const ScopeFileFormat scope_format_npy = {
  .id = "npy",
  .recognize = npy_recognize,
  .open = npy_open,
  .list = npy_list,
};
