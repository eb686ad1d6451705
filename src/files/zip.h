/* The members of a zip archive, believed only where they have been checked. */
#pragma once

#include "files/mapped-file.h"

/* One member as the central directory lists it; all places lie inside the file. */
typedef struct
{
  char *name; /* bytes as they stand, NUL-terminated; may hold NULs and not be UTF-8 */
  gsize name_length;
  int method; /* 0: stored, 8: deflated; others are listed and not read */
  gboolean encrypted;
  guint32 crc;
  gint64 size;        /* bytes when inflated, as declared */
  gint64 data_offset; /* of the stored or deflated bytes in the file */
  gint64 data_bytes;  /* how many those are */
  gint64 begin, end;  /* what the member occupies, local header included */
} ScopeZipMember;

typedef struct
{
  ScopeMappedFile *file;
  ScopeZipMember *member; /* in the order of the directory */
  gsize members;
  char *names; /* the memory behind their names */
} ScopeZip;

/* Reads the directory and holds it against every local header. Overlapping members, junk before the
 * archive, several disks and whatever else makes two readers see two archives are refused.
 * Errors: ZIP, TOO_BIG, CHANGED. */
ScopeZip *scope_zip_open (ScopeMappedFile *file, GError **error);
void scope_zip_free (ScopeZip *zip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeZip, scope_zip_free)

/* Whether a member can be read at all (stored or deflated, not encrypted, its sizes possible). */
gboolean scope_zip_check_member (const ScopeZip *zip, const ScopeZipMember *member, GError **error);

/* Reading a member's bytes from its beginning on. Zero-initialise; ended with scope_zip_end. */
typedef struct
{
  const ScopeZip *zip;
  const ScopeZipMember *member;
  gint64 taken;    /* bytes of the file so far */
  gint64 given;    /* inflated bytes so far */
  guint32 crc;     /* of these */
  gpointer stream; /* zlib's state */
  guint8 *input;
} ScopeZipReader;

gboolean scope_zip_begin (ScopeZipReader *reader,
                          const ScopeZip *zip,
                          const ScopeZipMember *member,
                          GError **error);
/* Gives exactly `length` further bytes. Errors: ZIP (there are not so many, or they are damaged),
 * CHANGED. */
gboolean scope_zip_read (ScopeZipReader *reader, void *out, gsize length, GError **error);
/* After the last byte: that there are no more, and that the checksum is right. Errors: ZIP, CRC. */
gboolean scope_zip_finish (ScopeZipReader *reader, GError **error);
void scope_zip_end (ScopeZipReader *reader);
