/* .npz: a zip archive of .npy files. Stored members are mapped, deflated ones inflated on demand.
 */
#include "files/npy.h"

#include "files/file-format.h"
#include "files/gather.h"
#include "files/zip.h"

#include <string.h>

enum
{
  CHUNK_BYTES = 1 << 20,
  MAX_NAMES = 400, /* bytes of members' names in a message */
};

/* Stored members beyond this are mapped without reading them whole for their checksum. */
#define MAX_CHECKED (G_GINT64_CONSTANT (1) << 30)

static gboolean
npz_recognize (const ScopeFileHead *head)
{
  return scope_head_has (head, 0, "PK\3\4", 4) || scope_head_has (head, 0, "PK\5\6", 4);
}

/* ---- members -------------------------------------------------------------------------------- */

/* The array's name: the member's without `.npy`. */
static gsize
array_name_length (const ScopeZipMember *member)
{
  gsize length = member->name_length;
  return length >= 4 && memcmp (member->name + length - 4, ".npy", 4) == 0 ? length - 4 : length;
}

/* As texts show it; a name may hold anything, and is never used as a path. */
static char *
display_name (const ScopeZipMember *member)
{
  gsize length = array_name_length (member);
  if (strlen (member->name) < length || !g_utf8_validate (member->name, (gssize)length, NULL))
    return scope_file_escape (member->name, length, 200);
  return g_strndup (member->name, length);
}

static char *
message_name (const ScopeZip *zip, const ScopeZipMember *member)
{
  g_autofree char *name = display_name (member);
  g_autofree char *visible = scope_file_visible_text (name);
  g_autofree char *cut = g_utf8_substring (visible, 0, MIN (g_utf8_strlen (visible, -1), 60));
  return g_strconcat (scope_mapped_file_name (zip->file), "::", cut, NULL);
}

static gboolean
is_pickle (const ScopeZipMember *member)
{
  return strcmp (member->name, "data.pkl") == 0 || g_str_has_suffix (member->name, "/data.pkl");
}

static ScopeZip *
open_archive (ScopeMappedFile *file, GError **error)
{
  ScopeZip *zip = scope_zip_open (file, error);
  for (gsize i = 0; zip != NULL && i < zip->members; i++)
    if (is_pickle (&zip->member[i]))
      {
        scope_file_fail (
            error, SCOPE_FILE_ERROR_REFUSED, scope_mapped_file_name (file),
            "it is a PyTorch checkpoint (pickle), which runs code when read; Shapescope "
            "does not open it. Save the tensors with safetensors.torch.save_file instead.");
        scope_zip_free (zip);
        return NULL;
      }
  return zip;
}

/* ---- one array ------------------------------------------------------------------------------ */

/* A member whose header has been read, and perhaps more of it. */
typedef struct
{
  const ScopeZip *zip;
  const ScopeZipMember *member;
  char *name; /* for messages */
  ScopeZipReader reader;
  guint8 head[SCOPE_NPY_HEAD_BYTES];
  gsize head_length;
  ScopeNpyHeader header;
  char *type;
  GError *refused; /* why the type is not read */
} Array;

/* Reads the header alone; the member is an array when this is TRUE. */
static gboolean
array_begin (Array *array, const ScopeZip *zip, const ScopeZipMember *member, GError **error)
{
  memset (array, 0, sizeof *array);
  array->zip = zip;
  array->member = member;
  array->name = message_name (zip, member);
  array->head_length = (gsize)MIN (member->size, SCOPE_NPY_HEAD_BYTES);
  return scope_zip_begin (&array->reader, zip, member, error)
         && scope_zip_read (&array->reader, array->head, array->head_length, error)
         && scope_npy_examine_header (array->head, array->head_length, member->size, array->name,
                                      &array->header, &array->type, &array->refused, error);
}

static void
array_end (Array *array)
{
  scope_zip_end (&array->reader);
  g_free (array->header.note);
  g_free (array->type);
  g_free (array->name);
  g_clear_error (&array->refused);
}

/* Reads what is left of the member, piece by piece: into `out` as far as the array goes, and to
 * nowhere (out NULL, or behind the array). */
static gboolean
read_rest (Array *array, guint8 *out, gint64 count, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *scratch = g_malloc (CHUNK_BYTES);
  gint64 left = array->member->size - array->reader.given;
  while (left > 0)
    {
      gsize piece = (gsize)MIN (left, CHUNK_BYTES);
      gboolean kept = out != NULL && count > 0;
      if (kept)
        piece = (gsize)MIN ((gint64)piece, count);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !scope_zip_read (&array->reader, kept ? out : scratch, piece, error))
        return FALSE;
      left -= (gint64)piece;
      if (kept)
        {
          out += piece;
          count -= (gint64)piece;
        }
    }
  return scope_zip_finish (&array->reader, error);
}

static ScopeStorage *
map_stored (Array *array, GCancellable *cancellable, GError **error)
{
  const ScopeNpyHeader *header = &array->header;
  if (array->member->size <= MAX_CHECKED && !read_rest (array, NULL, 0, cancellable, error))
    return NULL;
  ScopeStorage *storage =
      scope_mapped_file_storage (array->zip->file, header->dtype, header->big_endian,
                                 array->member->data_offset + header->data_offset,
                                 header->data_bytes / (gint64)scope_dtype_bytes (header->dtype));
  if (storage == NULL)
    scope_file_fail (error, SCOPE_FILE_ERROR_TOO_BIG, array->name,
                     "there is no memory. Close other programs.");
  return storage;
}

static ScopeStorage *
inflate_deflated (Array *array, GCancellable *cancellable, GError **error)
{
  const ScopeNpyHeader *header = &array->header;
  gint64 count = header->data_bytes / (gint64)scope_dtype_bytes (header->dtype);
  gint64 budget = scope_file_memory_budget ();
  void *data = NULL;
  ScopeError failed = { 0 };
  if (header->data_bytes > budget)
    {
      ScopeText needed = { 0 }, limit = { 0 };
      scope_text_append_bytes_count (&needed, header->data_bytes);
      scope_text_append_bytes_count (&limit, budget);
      scope_file_fail (
          error, SCOPE_FILE_ERROR_TOO_BIG, array->name,
          "it inflates to %s, but %s are the most that is kept in memory. Save the array "
          "with np.save or np.savez, which do not compress.",
          scope_text_string (&needed), scope_text_string (&limit));
      scope_text_clear (&needed);
      scope_text_clear (&limit);
      return NULL;
    }
  ScopeStorage *storage = scope_storage_new_owned (header->dtype, count, budget, &data, &failed);
  if (storage == NULL)
    {
      scope_file_fail_core (error, &failed);
      return NULL;
    }

  gint64 there = MIN ((gint64)array->head_length - header->data_offset, header->data_bytes);
  memcpy (data, array->head + header->data_offset, (gsize)there);
  if (read_rest (array, (guint8 *)data + there, header->data_bytes - there, cancellable, error))
    {
      scope_gather_in_place (header->dtype, header->big_endian, data, count);
      return storage;
    }
  scope_storage_unref (storage);
  return NULL;
}

static ScopeTensor *
make_tensor (Array *array, const char *name, GCancellable *cancellable, GError **error)
{
  if (array->refused != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&array->refused));
      return NULL;
    }
  ScopeStorage *storage = array->member->method == 0 ? map_stored (array, cancellable, error)
                                                     : inflate_deflated (array, cancellable, error);
  if (storage == NULL)
    return NULL;
  ScopeTensor *tensor = scope_npy_make_tensor (name, &array->header, storage, error);
  scope_storage_unref (storage);
  return tensor;
}

/* ---- the format ----------------------------------------------------------------------------- */

/* All names, for a message. */
static char *
spell_names (const ScopeZip *zip)
{
  GString *names = g_string_new (NULL);
  for (gsize i = 0; i < zip->members; i++)
    {
      g_autofree char *name = display_name (&zip->member[i]);
      if (names->len + strlen (name) > MAX_NAMES)
        {
          g_string_append (names, ", …");
          break;
        }
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_string_free (names, FALSE);
}

static const ScopeZipMember *
find_member (const ScopeZip *zip, const char *wanted, GError **error)
{
  const char *file = scope_mapped_file_name (zip->file);
  g_autofree char *names = spell_names (zip);
  if (zip->members == 0)
    {
      scope_file_fail (error, SCOPE_FILE_ERROR_TEXT, file,
                       "it holds no arrays. Save some with np.savez.");
      return NULL;
    }
  if (wanted == NULL && zip->members == 1)
    return &zip->member[0];
  if (wanted == NULL)
    {
      scope_file_fail (error, SCOPE_FILE_ERROR_TEXT, file,
                       "it holds %" G_GSIZE_FORMAT " arrays: %s. Add '::' and the name of one.",
                       zip->members, names);
      return NULL;
    }
  for (gsize i = zip->members; i-- > 0;) /* of two with one name NumPy takes the last */
    {
      g_autofree char *name = display_name (&zip->member[i]);
      if (strcmp (name, wanted) == 0 || strcmp (zip->member[i].name, wanted) == 0)
        return &zip->member[i];
    }
  g_autofree char *shown = scope_file_display_name (wanted);
  scope_file_fail (error, SCOPE_FILE_ERROR_TEXT, file, "it holds no array '%s'. It holds %s.",
                   shown, names);
  return NULL;
}

static ScopeTensor *
npz_open (ScopeMappedFile *file,
          const char *name,
          const char *member,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (ScopeZip) zip = open_archive (file, error);
  const ScopeZipMember *found = zip == NULL ? NULL : find_member (zip, member, error);
  if (found == NULL)
    return NULL;
  Array array;
  ScopeTensor *tensor = NULL;
  if (array_begin (&array, zip, found, error))
    tensor = make_tensor (&array, name, cancellable, error);
  array_end (&array);
  return tensor;
}

static ScopeTensorInfo *
describe (const ScopeZip *zip, const ScopeZipMember *member)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = display_name (member);
  ScopeTensorInfo *info = NULL;
  Array array;
  if (array_begin (&array, zip, member, &error))
    {
      gboolean readable = array.refused == NULL;
      info = scope_tensor_info_new (
          name, readable ? scope_dtype_name (array.header.dtype) : array.type, &array.header.shape);
      info->readable = readable;
      info->order = array.header.fortran ? 'F' : 'C';
      info->bytes = readable ? array.header.data_bytes : -1;
      scope_tensor_info_add_note (info, readable ? array.header.note
                                                 : scope_file_reason (array.refused, array.name));
      if (readable && member->method == 0 && member->size > MAX_CHECKED)
        scope_tensor_info_add_note (info, "too large for its checksum to be looked at");
    }
  else
    {
      info = scope_tensor_info_new (name, "", NULL);
      info->bytes = member->size;
      const char *file = scope_mapped_file_name (zip->file);
      const char *reason = scope_file_reason (error, array.name);
      gboolean array_at_all = !g_error_matches (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_MAGIC);
      reason = reason == error->message ? scope_file_reason (error, file) : reason;
      scope_tensor_info_add_note (info, array_at_all ? reason : "not an array");
    }
  array_end (&array);
  return info;
}

static GPtrArray *
npz_list (ScopeMappedFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (ScopeZip) zip = open_archive (file, error);
  if (zip == NULL)
    return NULL;
  GPtrArray *list = scope_tensor_info_array_new ();
  for (gsize i = 0; i < zip->members; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_ptr_array_unref (list);
          return NULL;
        }
      g_ptr_array_add (list, describe (zip, &zip->member[i]));
    }
  return list;
}

const ScopeFileFormat scope_format_npz = {
  .id = "npz",
  .recognize = npz_recognize,
  .open = npz_open,
  .list = npz_list,
};
