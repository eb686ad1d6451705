/* The directory of a zip archive (PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3). */
#include "files/zip.h"

#include <stdlib.h>
#include <string.h>

enum
{
  LOCAL_BYTES = 30,
  CENTRAL_BYTES = 46,
  END_BYTES = 22,
  LOCATOR_BYTES = 20,
  END64_BYTES = 56,
  MAX_COMMENT = 65535,
  MAX_MEMBERS = 100000,
  MAX_DIRECTORY = 64 * 1024 * 1024,
  DESCRIPTOR_FLAG = 1 << 3,
  ENCRYPTED_FLAG = 1 << 0,
};

#define LOCAL_MARK   0x04034b50u
#define CENTRAL_MARK 0x02014b50u
#define END_MARK     0x06054b50u
#define LOCATOR_MARK 0x07064b50u
#define END64_MARK   0x06064b50u

static guint16
get_16 (const guint8 *at)
{
  return (guint16)(at[0] | at[1] << 8);
}

static guint32
get_32 (const guint8 *at)
{
  return (guint32)at[0] | (guint32)at[1] << 8 | (guint32)at[2] << 16 | (guint32)at[3] << 24;
}

static guint64
get_64 (const guint8 *at)
{
  return get_32 (at) | (guint64)get_32 (at + 4) << 32;
}

static gboolean
fail (ScopeMappedFile *file, GError **error, const char *what)
{
  return scope_file_fail (error, SCOPE_FILE_ERROR_ZIP, scope_mapped_file_name (file),
                          "the zip archive is broken: %s. Save it again with np.savez.", what);
}

/* ---- where the directory stands ------------------------------------------------------------- */

typedef struct
{
  gint64 begin, end; /* of the directory, in bytes of the file */
  guint64 members;
} Directory;

/* Finds the end record: its comment must reach to the end of the file, and no second one may hide
 * in that comment. */
static gboolean
find_end (ScopeMappedFile *file, gint64 *offset, guint8 record[END_BYTES], GError **error)
{
  gint64 bytes = scope_mapped_file_bytes (file);
  gsize tail = (gsize)MIN (bytes, END_BYTES + MAX_COMMENT);
  if (bytes < END_BYTES)
    return fail (file, error, "it is cut off");
  g_autofree guint8 *last = g_malloc (tail);
  if (!scope_mapped_file_copy (file, bytes - (gint64)tail, tail, last, error))
    return FALSE;

  gboolean found = FALSE;
  for (gsize i = 0; i + END_BYTES <= tail; i++)
    {
      if (get_32 (last + i) != END_MARK)
        continue;
      if (found)
        return fail (file, error, "its comment holds a second end of archive");
      if (i + END_BYTES + get_16 (last + i + 20) != tail)
        continue;
      found = TRUE;
      *offset = bytes - (gint64)tail + (gint64)i;
      memcpy (record, last + i, END_BYTES);
    }
  return found
         || fail (file, error, "its end is missing, so it is cut off or followed by other bytes");
}

/* The larger record of archives beyond 4 GiB or 65,535 members. */
static gboolean
read_end64 (ScopeMappedFile *file, gint64 end, Directory *out, GError **error)
{
  guint8 locator[LOCATOR_BYTES] = { 0 }, record[END64_BYTES] = { 0 };
  gint64 at = end - LOCATOR_BYTES;
  if (at < END64_BYTES)
    return fail (file, error, "its zip64 end is missing");
  if (!scope_mapped_file_copy (file, at, sizeof locator, locator, error))
    return FALSE;
  if (get_32 (locator) != LOCATOR_MARK)
    return fail (file, error, "its zip64 end is missing");
  guint64 offset = get_64 (locator + 8);
  if (get_32 (locator + 4) != 0 || get_32 (locator + 16) > 1)
    return fail (file, error, "it is spread over several disks");
  if (offset > (guint64)at - END64_BYTES)
    return fail (file, error, "its zip64 end lies outside of it");
  if (!scope_mapped_file_copy (file, (gint64)offset, sizeof record, record, error))
    return FALSE;
  if (get_32 (record) != END64_MARK || get_64 (record + 4) != (guint64)at - offset - 12)
    return fail (file, error, "its zip64 end is not where it should be");
  if (get_32 (record + 16) != 0 || get_32 (record + 20) != 0
      || get_64 (record + 24) != get_64 (record + 32))
    return fail (file, error, "it is spread over several disks");

  guint64 size = get_64 (record + 40), begin = get_64 (record + 48);
  if (begin > offset || size != offset - begin)
    return fail (file, error,
                 "its directory does not end where its end begins (bytes stand before or "
                 "within the archive)");
  *out = (Directory){ (gint64)begin, (gint64)offset, get_64 (record + 32) };
  return TRUE;
}

static gboolean
find_directory (ScopeMappedFile *file, Directory *out, GError **error)
{
  guint8 record[END_BYTES] = { 0 };
  gint64 end = 0;
  if (!find_end (file, &end, record, error))
    return FALSE;
  guint16 members = get_16 (record + 10);
  guint32 size = get_32 (record + 12), begin = get_32 (record + 16);
  if (members == 0xFFFF || size == 0xFFFFFFFFu || begin == 0xFFFFFFFFu)
    return read_end64 (file, end, out, error);
  if (get_16 (record + 4) != 0 || get_16 (record + 6) != 0 || get_16 (record + 8) != members)
    return fail (file, error, "it is spread over several disks");
  if (begin > end || size != end - begin)
    return fail (file, error,
                 "its directory does not end where its end begins (bytes stand before or "
                 "within the archive)");
  *out = (Directory){ begin, end, members };
  return TRUE;
}

/* ---- members -------------------------------------------------------------------------------- */

/* Replaces sizes of all ones by those of the zip64 field, in the order the standard gives. */
static gboolean
read_extra (const guint8 *extra, gsize length, guint64 *const value[3], const gboolean wanted[3])
{
  while (length >= 4)
    {
      gsize field = get_16 (extra + 2);
      if (field > length - 4)
        return FALSE;
      if (get_16 (extra) == 1)
        {
          const guint8 *at = extra + 4;
          for (int i = 0; i < 3; i++)
            {
              if (!wanted[i])
                continue;
              if (field < 8)
                return FALSE;
              *value[i] = get_64 (at);
              at += 8;
              field -= 8;
            }
          return TRUE;
        }
      extra += 4 + field;
      length -= 4 + field;
    }
  return !wanted[0] && !wanted[1] && !wanted[2];
}

typedef struct
{
  guint64 size, packed, offset;
  guint16 flags, method;
  guint32 crc;
  gsize name_length, extra_length;
} Entry;

/* One entry of the directory in bytes[0…length); gives what it occupies, 0 when it is broken. */
static gsize
read_central (const guint8 *bytes, gsize length, Entry *out)
{
  if (length < CENTRAL_BYTES || get_32 (bytes) != CENTRAL_MARK)
    return 0;
  *out = (Entry){ .flags = get_16 (bytes + 8),
                  .method = get_16 (bytes + 10),
                  .crc = get_32 (bytes + 16),
                  .packed = get_32 (bytes + 20),
                  .size = get_32 (bytes + 24),
                  .name_length = get_16 (bytes + 28),
                  .extra_length = get_16 (bytes + 30),
                  .offset = get_32 (bytes + 42) };
  gsize whole = CENTRAL_BYTES + out->name_length + out->extra_length + get_16 (bytes + 32);
  guint64 *const value[3] = { &out->size, &out->packed, &out->offset };
  const gboolean wanted[3] = { out->size == 0xFFFFFFFFu, out->packed == 0xFFFFFFFFu,
                               out->offset == 0xFFFFFFFFu };
  if (whole > length || get_16 (bytes + 34) != 0
      || !read_extra (bytes + CENTRAL_BYTES + out->name_length, out->extra_length, value, wanted))
    return 0;
  return whole;
}

/* Whether the header before the member's bytes says the same as the directory; gives its length. */
static gboolean
agrees (ScopeMappedFile *file, const Entry *entry, const char *name, gsize *header, GError **error)
{
  guint8 local[LOCAL_BYTES];
  if (!scope_mapped_file_copy (file, (gint64)entry->offset, sizeof local, local, error))
    return FALSE;
  gsize name_length = get_16 (local + 26), extra_length = get_16 (local + 28);
  *header = LOCAL_BYTES + name_length + extra_length;
  if (get_32 (local) != LOCAL_MARK || name_length != entry->name_length
      || *header > (guint64)scope_mapped_file_bytes (file) - entry->offset)
    return fail (file, error, "a member is not where its directory says");

  g_autofree guint8 *rest = g_malloc (name_length + extra_length + 1);
  if (!scope_mapped_file_copy (file, (gint64)entry->offset + LOCAL_BYTES,
                               name_length + extra_length, rest, error))
    return FALSE;
  guint64 size = get_32 (local + 22), packed = get_32 (local + 18), none = 0;
  guint64 *const value[3] = { &size, &packed, &none };
  const gboolean wanted[3] = { size == 0xFFFFFFFFu, packed == 0xFFFFFFFFu, FALSE };
  gboolean later = (entry->flags & DESCRIPTOR_FLAG) != 0; /* sizes stand after the bytes */
  gboolean same = memcmp (rest, name, name_length) == 0 && get_16 (local + 8) == entry->method
                  && ((get_16 (local + 6) ^ entry->flags) & (DESCRIPTOR_FLAG | ENCRYPTED_FLAG)) == 0
                  && read_extra (rest + name_length, extra_length, value, wanted);
  gboolean same_sizes =
      size == entry->size && packed == entry->packed && get_32 (local + 14) == entry->crc;
  if (!same || (!same_sizes && !later))
    return fail (file, error, "a member's own header and the directory disagree");
  return TRUE;
}

static gboolean
add_member (ScopeZip *zip,
            const Directory *directory,
            const Entry *entry,
            char *name,
            GError **error)
{
  gsize header = 0;
  guint64 room = (guint64)directory->begin;
  if (room < LOCAL_BYTES || entry->offset > room - LOCAL_BYTES)
    return fail (zip->file, error, "a member is not where its directory says");
  if (!agrees (zip->file, entry, name, &header, error))
    return FALSE;
  if (entry->offset + header > room || entry->packed > room - entry->offset - header)
    return fail (zip->file, error, "a member reaches into the directory");

  ScopeZipMember *member = &zip->member[zip->members++];
  *member = (ScopeZipMember){ .name = name,
                              .name_length = entry->name_length,
                              .method = entry->method,
                              .encrypted = (entry->flags & ENCRYPTED_FLAG) != 0,
                              .crc = entry->crc,
                              .size = (gint64)MIN (entry->size, (guint64)G_MAXINT64),
                              .data_offset = (gint64)(entry->offset + header),
                              .data_bytes = (gint64)entry->packed,
                              .begin = (gint64)entry->offset,
                              .end = (gint64)(entry->offset + header + entry->packed) };
  return TRUE;
}

static int
compare_begins (gconstpointer a, gconstpointer b)
{
  const ScopeZipMember *const *left = a, *const *right = b;
  return ((*left)->begin > (*right)->begin) - ((*left)->begin < (*right)->begin);
}

/* A byte that two members share lets 20 kB claim gigabytes. */
static gboolean
check_overlap (const ScopeZip *zip, GError **error)
{
  g_autofree const ScopeZipMember **sorted = g_new (const ScopeZipMember *, zip->members + 1);
  for (gsize i = 0; i < zip->members; i++)
    sorted[i] = &zip->member[i];
  qsort (sorted, zip->members, sizeof *sorted, compare_begins);
  for (gsize i = 1; i < zip->members; i++)
    if (sorted[i]->begin < sorted[i - 1]->end)
      return fail (zip->file, error, "members overlap");
  return TRUE;
}

static gboolean
read_directory (ScopeZip *zip, const Directory *directory, GError **error)
{
  gint64 bytes = directory->end - directory->begin;
  if (directory->members > MAX_MEMBERS || bytes > MAX_DIRECTORY)
    return scope_file_fail (error, SCOPE_FILE_ERROR_TOO_BIG, scope_mapped_file_name (zip->file),
                            "the archive has %" G_GUINT64_FORMAT
                            " members; at most %d are read. Split "
                            "it.",
                            directory->members, MAX_MEMBERS);
  if ((gint64)directory->members > bytes / CENTRAL_BYTES)
    return fail (zip->file, error, "the number of its members is wrong");
  g_autofree guint8 *all = g_try_malloc ((gsize)bytes + 1);
  zip->member = g_try_new (ScopeZipMember, directory->members + 1);
  zip->names = g_try_malloc ((gsize)bytes + directory->members + 1);
  if (all == NULL || zip->member == NULL || zip->names == NULL)
    return scope_file_fail (error, SCOPE_FILE_ERROR_TOO_BIG, scope_mapped_file_name (zip->file),
                            "there is no memory for its directory. Close other programs.");
  if (!scope_mapped_file_copy (zip->file, directory->begin, (gsize)bytes, all, error))
    return FALSE;

  gsize at = 0;
  char *name = zip->names;
  for (guint64 i = 0; i < directory->members; i++)
    {
      Entry entry;
      gsize taken = read_central (all + at, (gsize)bytes - at, &entry);
      if (taken == 0)
        return fail (zip->file, error, "an entry of its directory is wrong");
      memcpy (name, all + at + CENTRAL_BYTES, entry.name_length);
      name[entry.name_length] = '\0';
      if (!add_member (zip, directory, &entry, name, error))
        return FALSE;
      name += entry.name_length + 1;
      at += taken;
    }
  if (at != (gsize)bytes)
    return fail (zip->file, error, "the number of its members is wrong");
  return check_overlap (zip, error);
}

ScopeZip *
scope_zip_open (ScopeMappedFile *file, GError **error)
{
  Directory directory = { 0 };
  if (!find_directory (file, &directory, error))
    return NULL;
  g_autoptr (ScopeZip) zip = g_new0 (ScopeZip, 1);
  zip->file = scope_mapped_file_ref (file);
  return read_directory (zip, &directory, error) ? g_steal_pointer (&zip) : NULL;
}

void
scope_zip_free (ScopeZip *zip)
{
  if (zip == NULL)
    return;
  scope_mapped_file_unref (zip->file);
  g_free (zip->member);
  g_free (zip->names);
  g_free (zip);
}
