/* The bytes of a zip archive's members. */
#define ZLIB_CONST
#include "files/zip.h"

#include <string.h>
#include <zlib.h>

enum
{
  INPUT_BYTES = 64 * 1024,
  MOST_INFLATION = 1032, /* bytes that one deflated byte can stand for at most */
};

static gboolean
fail (const ScopeZip *zip, const ScopeZipMember *member, GError **error, const char *what)
{
  g_autofree char *name = scope_file_visible_text (member->name);
  return scope_file_fail (error, SCOPE_FILE_ERROR_ZIP, scope_mapped_file_name (zip->file),
                          "member '%.80s' %s. Save the archive again with np.savez.", name, what);
}

gboolean
scope_zip_check_member (const ScopeZip *zip, const ScopeZipMember *member, GError **error)
{
  if (member->encrypted)
    return fail (zip, member, error, "is encrypted");
  if (member->method != 0 && member->method != Z_DEFLATED)
    {
      g_autofree char *what =
          g_strdup_printf ("is compressed by method %d; only stored and deflated "
                           "members are read",
                           member->method);
      return fail (zip, member, error, what);
    }
  if (member->method == 0 && member->size != member->data_bytes)
    return fail (zip, member, error, "is stored in another size than it declares");
  if (member->size / MOST_INFLATION > member->data_bytes + 1)
    return fail (zip, member, error, "declares more bytes than it can hold");
  return TRUE;
}

gboolean
scope_zip_begin (ScopeZipReader *reader,
                 const ScopeZip *zip,
                 const ScopeZipMember *member,
                 GError **error)
{
  *reader = (ScopeZipReader){ .zip = zip, .member = member, .crc = (guint32)crc32 (0, NULL, 0) };
  if (!scope_zip_check_member (zip, member, error))
    return FALSE;
  if (member->method == 0)
    return TRUE;

  z_stream *stream = g_new0 (z_stream, 1);
  reader->stream = stream;
  reader->input = g_malloc (INPUT_BYTES);
  if (inflateInit2 (stream, -MAX_WBITS) == Z_OK)
    return TRUE;
  return fail (zip, member, error, "cannot be inflated for want of memory");
}

/* Gives zlib the next bytes of the file, if there are any. */
static gboolean
refill (ScopeZipReader *reader, GError **error)
{
  z_stream *stream = reader->stream;
  gsize count = (gsize)MIN (reader->member->data_bytes - reader->taken, INPUT_BYTES);
  if (stream->avail_in > 0 || count == 0)
    return TRUE;
  if (!scope_mapped_file_copy (reader->zip->file, reader->member->data_offset + reader->taken,
                               count, reader->input, error))
    return FALSE;
  reader->taken += (gint64)count;
  stream->next_in = reader->input;
  stream->avail_in = (uInt)count;
  return TRUE;
}

/* Inflates up to `length` bytes; *got is less only at the end. */
static gboolean
inflate_some (ScopeZipReader *reader, guint8 *out, gsize length, gsize *got, GError **error)
{
  z_stream *stream = reader->stream;
  *got = 0;
  while (*got < length)
    {
      uInt room = (uInt)MIN (length - *got, (gsize)1 << 30);
      if (!refill (reader, error))
        return FALSE;
      stream->next_out = out + *got;
      stream->avail_out = room;
      int result = inflate (stream, Z_NO_FLUSH);
      *got += room - stream->avail_out;
      if (result == Z_STREAM_END)
        return TRUE;
      if (result != Z_OK)
        return fail (reader->zip, reader->member, error,
                     result == Z_BUF_ERROR ? "is cut off" : "is damaged");
    }
  return TRUE;
}

static gboolean
copy_stored (ScopeZipReader *reader, guint8 *out, gsize length, gsize *got, GError **error)
{
  *got = (gsize)MIN ((gint64)length, reader->member->data_bytes - reader->taken);
  if (!scope_mapped_file_copy (reader->zip->file, reader->member->data_offset + reader->taken, *got,
                               out, error))
    return FALSE;
  reader->taken += (gint64)*got;
  return TRUE;
}

static void
add_to_checksum (ScopeZipReader *reader, const guint8 *bytes, gsize length)
{
  reader->crc = (guint32)crc32_z (reader->crc, bytes, length);
  reader->given += (gint64)length;
}

gboolean
scope_zip_read (ScopeZipReader *reader, void *out, gsize length, GError **error)
{
  gsize got = 0;
  gboolean done = reader->stream == NULL ? copy_stored (reader, out, length, &got, error)
                                         : inflate_some (reader, out, length, &got, error);
  if (!done)
    return FALSE;
  add_to_checksum (reader, out, got);
  if (got < length || reader->given > reader->member->size)
    return fail (reader->zip, reader->member, error,
                 "holds another number of bytes than it declares");
  return TRUE;
}

gboolean
scope_zip_finish (ScopeZipReader *reader, GError **error)
{
  gsize got = 0;
  guint8 beyond;
  if (reader->stream != NULL && !inflate_some (reader, &beyond, 1, &got, error))
    return FALSE;
  if (got > 0 || reader->given != reader->member->size)
    return fail (reader->zip, reader->member, error,
                 "holds another number of bytes than it declares");
  if (reader->crc == reader->member->crc)
    return TRUE;
  g_autofree char *name = scope_file_visible_text (reader->member->name);
  return scope_file_fail (
      error, SCOPE_FILE_ERROR_CRC, scope_mapped_file_name (reader->zip->file),
      "member '%.80s' is damaged: its checksum is wrong. Copy or save the archive "
      "again.",
      name);
}

void
scope_zip_end (ScopeZipReader *reader)
{
  if (reader->stream != NULL)
    inflateEnd (reader->stream);
  g_free (reader->stream);
  g_free (reader->input);
}
