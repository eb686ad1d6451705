/* The header of a .npy file: a strict subset of a Python dictionary, read without recursion and
 * without believing a size before it has been held against the file. */
#include "files/npy.h"

#include "files/npy-descr.h"

#include <string.h>

enum
{
  PREFIX_BYTES = 10,        /* magic, version and the length of version 1 */
  MAX_HEADER_BYTES = 10000, /* NumPy's own limit */
  MAX_NESTING = 16,         /* of a record type, which is only skipped */
};

typedef struct
{
  const char *begin; /* of the header's text */
  const char *at;
  const char *end;
  gint64 offset; /* of `begin` in the file */
  const char *name;
  gboolean old; /* versions 1 and 2: `2L` may stand in a shape */
  GError **error;
} Reader;

/* The dictionary's entries, found in any order. */
typedef struct
{
  gboolean has_descr, has_order, has_shape;
  ScopeNpyDescr descr;
  const char *type; /* the text of 'descr' */
  gsize type_length;
  GError *refused; /* why that type is not read: said when all the rest is right */
  gboolean fortran;
  ScopeShape shape;
} Entries;

#define AGAIN " Write the file again with np.save."

static gboolean
wrong_syntax (Reader *in, const char *what)
{
  return scope_file_fail (in->error, SCOPE_FILE_ERROR_HEADER_SYNTAX, in->name,
                          "the header is not as NumPy writes it: %s at byte %" G_GINT64_FORMAT
                          "." AGAIN,
                          what, in->offset + (in->at - in->begin));
}

static gboolean
wrong_shape (Reader *in, ScopeFileError code, const char *what)
{
  return scope_file_fail (in->error, code, in->name,
                          "the shape in the header is wrong: %s at byte %" G_GINT64_FORMAT
                          "." AGAIN,
                          what, in->offset + (in->at - in->begin));
}

/* ---- tokens --------------------------------------------------------------------------------- */

static void
skip_space (Reader *in)
{
  while (in->at < in->end && strchr (" \t\n\r\f", *in->at) != NULL && *in->at != '\0')
    in->at++;
}

/* The next character after spaces, or NUL at the end (a NUL in the header fits nothing either). */
static char
peek (Reader *in)
{
  skip_space (in);
  return in->at < in->end ? *in->at : '\0';
}

static gboolean
take (Reader *in, char character)
{
  if (peek (in) != character || in->at == in->end)
    return FALSE;
  in->at++;
  return TRUE;
}

static gboolean
is_word (char character)
{
  return g_ascii_isalnum (character) || character == '_' || character == '.';
}

static gboolean
begins_with (Reader *in, const char *word)
{
  gsize length = strlen (word);
  return (gsize)(in->end - in->at) >= length && memcmp (in->at, word, length) == 0;
}

/* Takes `word` when it stands there whole. */
static gboolean
take_word (Reader *in, const char *word)
{
  skip_space (in);
  gsize length = strlen (word);
  if (!begins_with (in, word))
    return FALSE;
  if (in->at + length < in->end && is_word (in->at[length]))
    return FALSE;
  in->at += length;
  return TRUE;
}

static gboolean
begins_string (Reader *in)
{
  char first = peek (in);
  if (first == 'u' && in->end - in->at > 1)
    return in->at[1] == '\'' || in->at[1] == '"';
  return first == '\'' || first == '"';
}

/* A quoted string without escapes, with Python 2's u before it or not. */
static gboolean
read_string (Reader *in, const char **text, gsize *length)
{
  if (*in->at == 'u')
    in->at++;
  char quote = *in->at;
  const char *begin = in->at + 1;
  for (const char *c = begin; c < in->end && *c != '\n'; c++)
    {
      if (*c == quote)
        {
          *text = begin;
          *length = (gsize)(c - begin);
          in->at = c + 1;
          return TRUE;
        }
      if (*c == '\\' || *c == '\0')
        {
          in->at = c;
          return wrong_syntax (in, *c == '\\' ? "a backslash in a string" : "a NUL");
        }
    }
  return wrong_syntax (in, "a string without its end");
}

/* ---- 'shape' -------------------------------------------------------------------------------- */

static gboolean
read_size (Reader *in, gint64 *size)
{
  gboolean negative = take (in, '-');
  if (in->at == in->end || !g_ascii_isdigit (*in->at))
    {
      if (begins_with (in, "np.") || begins_with (in, "numpy."))
        return wrong_shape (
            in, SCOPE_FILE_ERROR_SHAPE,
            "np.int64 (…) instead of a number (NumPy issue 28334: convert the sizes "
            "with int () before saving)");
      if (take_word (in, "True") || take_word (in, "False") || take_word (in, "None")
          || begins_string (in))
        return wrong_shape (in, SCOPE_FILE_ERROR_SHAPE, "something that is not a number");
      return wrong_syntax (in, "an unexpected character in the shape");
    }

  bool overflow = false;
  const char *begin = in->at;
  in->at += scope_text_read_digits (in->at, (gsize)(in->end - in->at), size, &overflow);
  char next = in->at < in->end ? *in->at : '\0';
  if (next == '.' || next == 'e' || next == 'E')
    return wrong_shape (in, SCOPE_FILE_ERROR_SHAPE, "a size that is not a whole number");
  if (*begin == '0' && in->at - begin > 1)
    return wrong_syntax (in, "a size that begins with 0");
  if (next == 'L' && in->old)
    in->at++;
  else if (is_word (next))
    return wrong_syntax (in, "an unexpected character in the shape");
  if (negative)
    return wrong_shape (in, SCOPE_FILE_ERROR_NEGATIVE, "a negative size");
  if (overflow)
    return wrong_shape (in, SCOPE_FILE_ERROR_OVERFLOW, "a size beyond 2^63 - 1");
  return TRUE;
}

static gboolean
read_shape (Reader *in, ScopeShape *shape)
{
  if (!take (in, '('))
    return wrong_shape (in, SCOPE_FILE_ERROR_SHAPE, "it must be a tuple like (2, 3),");

  shape->rank = 0;
  while (!take (in, ')'))
    {
      gint64 size = 0;
      if (!read_size (in, &size))
        return FALSE;
      if (shape->rank == SCOPE_MAX_RANK)
        return wrong_shape (in, SCOPE_FILE_ERROR_RANK, "more than 64 axes");
      shape->size[shape->rank++] = size;

      if (take (in, ','))
        continue;
      if (peek (in) != ')')
        return wrong_syntax (in, "a missing comma in the shape");
      if (shape->rank == 1)
        return wrong_shape (in, SCOPE_FILE_ERROR_SHAPE,
                            "(n) is a number in Python, a tuple is (n,),");
    }
  return TRUE;
}

/* ---- 'descr' -------------------------------------------------------------------------------- */

/* Walks over a record type, a list of (name, type) or a (type, shape), without recursion. Collects
 * the names of the outermost fields and whether an object hides in it. */
typedef struct
{
  char open[MAX_NESTING]; /* brackets that are open */
  int item[MAX_NESTING];  /* which item of each we are at */
  int depth;
  gboolean object;
  GString *fields;
} Record;

static gboolean
open_bracket (Reader *in, Record *record)
{
  if (record->depth == MAX_NESTING)
    return wrong_syntax (in, "brackets too deep");
  record->open[record->depth] = *in->at++;
  record->item[record->depth++] = 0;
  return TRUE;
}

static gboolean
close_bracket (Reader *in, Record *record)
{
  char fitting = record->open[record->depth - 1] == '(' ? ')' : ']';
  if (*in->at != fitting)
    return wrong_syntax (in, "a bracket that does not fit");
  in->at++;
  record->depth--;
  return TRUE;
}

static gboolean
note_string (Reader *in, Record *record)
{
  const char *text;
  gsize length;
  if (!read_string (in, &text, &length))
    return FALSE;

  int top = record->depth - 1;
  gboolean in_field = record->open[top] == '(' && top >= 1 && record->open[top - 1] == '[';
  gboolean is_type = (in_field && record->item[top] == 1)
                     || (record->open[top] == '(' && top == 0 && record->item[top] == 0);
  if (is_type && memchr (text, 'O', length) != NULL)
    record->object = TRUE;
  if (in_field && top == 1 && record->item[top] == 0)
    {
      g_autofree char *field = scope_file_escape (text, length, 24);
      if (record->fields->len < 80)
        g_string_append_printf (record->fields, "%s'%s'", record->fields->len > 0 ? ", " : "",
                                field);
      else if (!g_str_has_suffix (record->fields->str, "…"))
        g_string_append (record->fields, ", …");
    }
  return TRUE;
}

static gboolean
walk_record (Reader *in, Record *record)
{
  do
    {
      char next = peek (in);
      if (next == '(' || next == '[')
        {
          if (!open_bracket (in, record))
            return FALSE;
        }
      else if (next == ')' || next == ']')
        {
          if (!close_bracket (in, record))
            return FALSE;
        }
      else if (begins_string (in))
        {
          if (!note_string (in, record))
            return FALSE;
        }
      else if (next == ',')
        {
          in->at++;
          record->item[record->depth - 1]++;
        }
      else if (g_ascii_isdigit (next) && in->at < in->end)
        in->at++;
      else
        return wrong_syntax (in, "an unexpected character in the type");
    }
  while (record->depth > 0);
  return TRUE;
}

/* Sets entries->refused; FALSE only when the type is not well-formed. */
static gboolean
refuse_record (Reader *in, GError **refused)
{
  Record record = { .fields = g_string_new (NULL) };
  g_autoptr (GString) fields = record.fields;
  char opened = *in->at;
  if (!walk_record (in, &record))
    return FALSE;

  if (record.object)
    scope_file_fail (
        refused, SCOPE_FILE_ERROR_OBJECT, in->name,
        "it contains pickled Python objects; not opened, because reading them runs code. "
        "Save the numeric fields alone.");
  else if (opened == '(' || fields->len == 0)
    scope_file_fail (refused, SCOPE_FILE_ERROR_DTYPE_UNSUPPORTED, in->name,
                     "its elements are arrays themselves. Save a view of them as plain numbers.");
  else
    scope_file_fail (refused, SCOPE_FILE_ERROR_DTYPE_UNSUPPORTED, in->name,
                     "its elements are records with the fields %s. Save one field: "
                     "np.save (…, a[name]).",
                     fields->str);
  return TRUE;
}

static gboolean
read_descr (Reader *in, Entries *entries)
{
  char next = peek (in);
  const char *begin = in->at;
  entries->type = begin;
  if (next == '[' || next == '(')
    {
      if (!refuse_record (in, &entries->refused))
        return FALSE;
      entries->type_length = (gsize)(in->at - begin);
      return TRUE;
    }
  if (begins_string (in))
    {
      if (!read_string (in, &entries->type, &entries->type_length))
        return FALSE;
      scope_npy_descr_parse (entries->type, entries->type_length, in->name, &entries->descr,
                             &entries->refused);
      return TRUE;
    }
  if (!g_ascii_isalnum (next))
    return wrong_syntax (in, "an unexpected character instead of the type");
  return scope_file_fail (in->error, SCOPE_FILE_ERROR_DTYPE_INVALID, in->name,
                          "the type in the header is not a string at byte %" G_GINT64_FORMAT
                          "." AGAIN,
                          in->offset + (in->at - in->begin));
}

/* ---- the dictionary ------------------------------------------------------------------------- */

static gboolean
wrong_key (Reader *in, ScopeFileError code, const char *key, gsize length, const char *what)
{
  g_autofree char *shown = scope_file_escape (key, length, 40);
  return scope_file_fail (in->error, code, in->name, "the header %s '%s'." AGAIN, what, shown);
}

static gboolean
read_order (Reader *in, gboolean *fortran)
{
  *fortran = take_word (in, "True");
  if (*fortran || take_word (in, "False"))
    return TRUE;
  return wrong_syntax (in, "'fortran_order' must be True or False, it is something else");
}

static gboolean
read_entry (Reader *in, Entries *entries)
{
  const char *key;
  gsize length;
  if (!begins_string (in))
    return wrong_syntax (in, "a key that is not a string");
  if (!read_string (in, &key, &length))
    return FALSE;
  if (!take (in, ':'))
    return wrong_syntax (in, "a missing colon");

  gboolean *seen = NULL;
  if (length == 5 && memcmp (key, "descr", 5) == 0)
    seen = &entries->has_descr;
  else if (length == 13 && memcmp (key, "fortran_order", 13) == 0)
    seen = &entries->has_order;
  else if (length == 5 && memcmp (key, "shape", 5) == 0)
    seen = &entries->has_shape;
  else
    return wrong_key (in, SCOPE_FILE_ERROR_KEYS, key, length, "has an unknown key");
  if (*seen)
    return wrong_key (in, SCOPE_FILE_ERROR_DUPLICATE, key, length, "has twice the key");
  *seen = TRUE;

  if (seen == &entries->has_descr)
    return read_descr (in, entries);
  if (seen == &entries->has_order)
    return read_order (in, &entries->fortran);
  return read_shape (in, &entries->shape);
}

static gboolean
read_dictionary (Reader *in, Entries *entries)
{
  if (!take (in, '{'))
    return wrong_syntax (in, "it must begin with a dictionary; something else stands");
  while (!take (in, '}'))
    {
      if (!read_entry (in, entries))
        return FALSE;
      if (!take (in, ',') && peek (in) != '}')
        return wrong_syntax (in, "a missing comma");
    }
  skip_space (in);
  if (in->at != in->end)
    return wrong_syntax (in, *in->at == '\0' ? "a NUL" : "something after the dictionary");

  const char *missing = !entries->has_descr   ? "descr"
                        : !entries->has_order ? "fortran_order"
                        : !entries->has_shape ? "shape"
                                              : NULL;
  if (missing != NULL)
    return wrong_key (in, SCOPE_FILE_ERROR_KEYS, missing, strlen (missing), "lacks the key");
  return TRUE;
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* Magic, version and length: where the header's text stands. */
static gboolean
find_header (const guint8 *bytes,
             gsize length,
             gint64 file_bytes,
             const char *name,
             gint64 *begin,
             gint64 *end,
             GError **error)
{
  static const guint8 magic[6] = { 0x93, 'N', 'U', 'M', 'P', 'Y' };
  if (file_bytes == 0)
    return scope_file_fail (error, SCOPE_FILE_ERROR_TRUNCATED, name, "the file is empty." AGAIN);
  if (memcmp (bytes, magic, MIN (length, sizeof magic)) != 0)
    return scope_file_fail (error, SCOPE_FILE_ERROR_MAGIC, name,
                            "it does not begin as a .npy file does." AGAIN);
  if (length < PREFIX_BYTES)
    return scope_file_fail (error, SCOPE_FILE_ERROR_TRUNCATED, name,
                            "the file ends after %" G_GINT64_FORMAT " bytes, inside the header."
                            " Copy or write it again.",
                            file_bytes);
  guint8 major = bytes[6], minor = bytes[7];
  if (major < 1 || major > 3 || minor != 0)
    return scope_file_fail (
        error, SCOPE_FILE_ERROR_VERSION, name,
        "version %d.%d of the .npy format is not known; 1.0, 2.0 and 3.0 are." AGAIN, major, minor);

  gint64 announced = bytes[8] | bytes[9] << 8;
  *begin = PREFIX_BYTES;
  if (major > 1)
    {
      *begin += 2;
      if (length >= (gsize)*begin)
        announced |= (gint64)bytes[10] << 16 | (gint64)bytes[11] << 24;
    }
  if (file_bytes < *begin || announced > file_bytes - *begin)
    return scope_file_fail (error, SCOPE_FILE_ERROR_TRUNCATED, name,
                            "the header announces %" G_GINT64_FORMAT
                            " bytes of itself, but the file "
                            "ends after %" G_GINT64_FORMAT ". Copy or write it again.",
                            announced, file_bytes);
  if (announced > MAX_HEADER_BYTES)
    return scope_file_fail (error, SCOPE_FILE_ERROR_HEADER_SIZE, name,
                            "the header is %" G_GINT64_FORMAT
                            " bytes large; at most %d are read." AGAIN,
                            announced, MAX_HEADER_BYTES);
  *end = *begin + announced;
  return TRUE;
}

/* The bytes that the shape needs, held against the file. */
static gboolean
check_data (const Entries *entries,
            gint64 data_offset,
            gint64 file_bytes,
            const char *name,
            gint64 *data_bytes,
            GError **error)
{
  /* Zeros do not excuse the rest: whoever multiplies in another order must not overflow either. */
  gint64 width = (gint64)scope_dtype_bytes (entries->descr.dtype);
  gint64 nonzero = width;
  gboolean empty = FALSE;
  for (int i = 0; i < entries->shape.rank; i++)
    {
      gint64 size = entries->shape.size[i];
      empty = empty || size == 0;
      if (size > 0 && __builtin_mul_overflow (nonzero, size, &nonzero))
        return scope_file_fail (
            error, SCOPE_FILE_ERROR_OVERFLOW, name,
            "the sizes in the header multiply to more than 2^63 - 1 bytes." AGAIN);
    }

  *data_bytes = empty ? 0 : nonzero;
  if (*data_bytes > file_bytes - data_offset)
    return scope_file_fail (error, SCOPE_FILE_ERROR_SHORT, name,
                            "the data is cut off: %" G_GINT64_FORMAT
                            " bytes are needed, the file has "
                            "%" G_GINT64_FORMAT ". Copy or write it again.",
                            *data_bytes, file_bytes - data_offset);
  return TRUE;
}

static char *
collect_notes (const Entries *entries, gint64 trailing)
{
  GString *notes = g_string_new (entries->descr.note);
  if (trailing > 0)
    g_string_append_printf (notes, "%s%" G_GINT64_FORMAT " bytes after the array are not read",
                            notes->len > 0 ? "; " : "", trailing);
  return g_string_free (notes, notes->len == 0);
}

/* Frees what the caller of scope_npy_examine_header did not get. */
static gboolean
read_entries (Reader *in, Entries *entries)
{
  if (read_dictionary (in, entries))
    return TRUE;
  g_clear_error (&entries->refused);
  return FALSE;
}

gboolean
scope_npy_examine_header (const guint8 *bytes,
                          gsize length,
                          gint64 file_bytes,
                          const char *name,
                          ScopeNpyHeader *out,
                          char **type,
                          GError **refused,
                          GError **error)
{
  gint64 begin = 0, end = 0;
  if (!find_header (bytes, length, file_bytes, name, &begin, &end, error))
    return FALSE;
  g_return_val_if_fail ((gsize)end <= length, FALSE);

  const char *text = (const char *)bytes;
  gsize text_length = (gsize)(end - begin);
  if (bytes[6] == 3 && scope_text_valid_utf8 (text + begin, text_length) != text_length)
    return scope_file_fail (error, SCOPE_FILE_ERROR_UTF8, name,
                            "the header is not valid UTF-8." AGAIN);

  Reader in = { text + begin, text + begin, text + end, begin, name, bytes[6] < 3, error };
  Entries entries = { 0 };
  gint64 data_bytes = 0;
  if (!read_entries (&in, &entries)
      || (entries.refused == NULL
          && !check_data (&entries, end, file_bytes, name, &data_bytes, error)))
    return FALSE;

  *type = scope_file_escape (entries.type, entries.type_length, 200);
  *out = (ScopeNpyHeader){ .fortran = entries.fortran, .shape = entries.shape };
  if (entries.refused != NULL)
    {
      g_propagate_error (refused, entries.refused);
      return TRUE;
    }
  out->dtype = entries.descr.dtype;
  out->big_endian = entries.descr.big_endian;
  out->data_offset = end;
  out->data_bytes = data_bytes;
  out->note = collect_notes (&entries, file_bytes - end - data_bytes);
  return TRUE;
}

gboolean
scope_npy_parse_header (const guint8 *bytes,
                        gsize length,
                        gint64 file_bytes,
                        const char *name,
                        ScopeNpyHeader *out,
                        GError **error)
{
  ScopeNpyHeader header;
  g_autofree char *type = NULL;
  GError *refused = NULL;
  if (!scope_npy_examine_header (bytes, length, file_bytes, name, &header, &type, &refused, error))
    return FALSE;
  if (refused != NULL)
    {
      g_propagate_error (error, refused);
      return FALSE;
    }
  *out = header;
  return TRUE;
}
