/* .safetensors: a JSON header and the tensors' bytes, which are mapped. Every rule of the reference
 * implementation (safetensors/src/tensor.rs), and where that is silent the stricter reading. */
#include "files/file-format.h"
#include "files/json-reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  LENGTH_BYTES = 8,
  MAX_HEADER_BYTES = 100000000, /* the reference's */
  MAX_TENSORS = 1000000,
  MAX_NAMES = 400, /* bytes of names in a message */
};

typedef struct
{
  char *name;
  gsize name_length;
  int type; /* row of `types` */
  int rank;
  gboolean extra;    /* it has keys that mean nothing here */
  guint first_size;  /* of its shape, in the header's sizes */
  gint64 begin, end; /* bytes of the data */
} Entry;

typedef struct
{
  ScopeMappedFile *file;
  GArray *entries;      /* Entry, in the header's order */
  GArray *sizes;        /* gint64: their shapes, one after the other */
  gint64 data_offset;   /* in the file */
  gboolean space_first; /* before the header's brace */
} Header;

static const struct
{
  const char *name;
  int bits;
  gboolean shown;
  ScopeDtype dtype; /* what it is shown as */
  gboolean decoded; /* into `dtype`, which is wider */
} types[] = {
  { "BOOL", 8, TRUE, SCOPE_BOOL },
  { "U8", 8, TRUE, SCOPE_UINT8 },
  { "I8", 8, TRUE, SCOPE_INT8 },
  { "U16", 16, TRUE, SCOPE_UINT16 },
  { "I16", 16, TRUE, SCOPE_INT16 },
  { "U32", 32, TRUE, SCOPE_UINT32 },
  { "I32", 32, TRUE, SCOPE_INT32 },
  { "U64", 64, TRUE, SCOPE_UINT64 },
  { "I64", 64, TRUE, SCOPE_INT64 },
  { "F16", 16, TRUE, SCOPE_FLOAT16 },
  { "BF16", 16, TRUE, SCOPE_BFLOAT16 },
  { "F32", 32, TRUE, SCOPE_FLOAT32 },
  { "F64", 64, TRUE, SCOPE_FLOAT64 },
  { "C64", 64, TRUE, SCOPE_COMPLEX64 },
  { "F8_E5M2", 8, TRUE, SCOPE_FLOAT8_E5M2 },
  { "F8_E4M3", 8, TRUE, SCOPE_FLOAT8_E4M3FN },
  { "F8_E8M0", 8, TRUE, SCOPE_FLOAT32, TRUE },
  { "F8_E4M3FNUZ", 8, TRUE, SCOPE_FLOAT32, TRUE },
  { "F8_E5M2FNUZ", 8, TRUE, SCOPE_FLOAT32, TRUE },
  { "F4", 4, FALSE },
  { "F6_E2M3", 6, FALSE },
  { "F6_E3M2", 6, FALSE },
};

#define AGAIN " Save the file again with safetensors."

/* ---- the header's JSON ---------------------------------------------------------------------- */

static gboolean
fail_entry (ScopeJsonReader *in, ScopeFileError code, const Entry *entry, const char *what)
{
  g_autofree char *name = scope_file_display_name (entry->name);
  return scope_file_fail (in->error, code, in->name, "tensor '%s' %s." AGAIN, name, what);
}

static gboolean
read_type (ScopeJsonReader *in, Header *header, Entry *entry)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  if (scope_json_peek (in) != '"')
    return fail_entry (in, SCOPE_FILE_ERROR_DTYPE_INVALID, entry,
                       "has a type that is not a string");
  if (!scope_json_string (in, &text, &length))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (length == strlen (types[i].name) && strcmp (types[i].name, text) == 0)
      {
        entry->type = (int)i;
        return TRUE;
      }
  g_autofree char *shown = scope_file_escape (text, length, 40);
  g_autofree char *what = g_strdup_printf ("has the unknown type '%s'", shown);
  return fail_entry (in, SCOPE_FILE_ERROR_DTYPE_INVALID, entry, what);
}

static gboolean
read_shape (ScopeJsonReader *in, Header *header, Entry *entry)
{
  gboolean more = TRUE;
  entry->first_size = header->sizes->len;
  if (!scope_json_take (in, '['))
    return fail_entry (in, SCOPE_FILE_ERROR_SHAPE, entry, "has a shape that is not a list");
  if (scope_json_take (in, ']'))
    return TRUE;
  while (more)
    {
      gint64 size = 0;
      if (!scope_json_size (in, SCOPE_FILE_ERROR_SHAPE, &size))
        return FALSE;
      if (entry->rank == SCOPE_MAX_RANK)
        return fail_entry (in, SCOPE_FILE_ERROR_RANK, entry, "has more than 64 axes");
      g_array_append_val (header->sizes, size);
      entry->rank++;
      if (!scope_json_next (in, ']', &more))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_offsets (ScopeJsonReader *in, Header *header, Entry *entry)
{
  gint64 offset[2] = { 0 };
  gboolean more = TRUE;
  if (!scope_json_take (in, '['))
    return scope_json_wrong (in, "offsets that are not a list");
  for (int i = 0; i < 2; i++)
    {
      if (!more)
        return scope_json_wrong (in, "offsets that are not two");
      if (!scope_json_size (in, SCOPE_FILE_ERROR_JSON, &offset[i])
          || !scope_json_next (in, ']', &more))
        return FALSE;
    }
  if (more)
    return scope_json_wrong (in, "offsets that are not two");
  entry->begin = offset[0];
  entry->end = offset[1];
  return TRUE;
}

static gboolean
duplicate (ScopeJsonReader *in, const char *key)
{
  g_autofree char *shown = scope_file_display_name (key);
  return scope_file_fail (in->error, SCOPE_FILE_ERROR_DUPLICATE, in->name,
                          "the header has twice the key '%s'." AGAIN, shown);
}

/* `"key":`; the key is freed by the caller. */
static gboolean
read_key (ScopeJsonReader *in, char **key, gsize *length)
{
  return scope_json_string (in, key, length)
         && (scope_json_take (in, ':') || scope_json_wrong (in, "a missing colon"));
}

static gboolean
read_part (ScopeJsonReader *in, Header *header, Entry *entry, guint *seen)
{
  static const char *const keys[] = { "dtype", "shape", "data_offsets" };
  static gboolean (*const readers[]) (ScopeJsonReader *, Header *,
                                      Entry *) = { read_type, read_shape, read_offsets };
  g_autofree char *key = NULL;
  gsize length = 0;
  if (!read_key (in, &key, &length))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (key, keys[i]) == 0 && length == strlen (keys[i]))
      {
        if (*seen & 1u << i)
          return duplicate (in, key);
        *seen |= 1u << i;
        return readers[i](in, header, entry);
      }
  entry->extra = TRUE;
  return scope_json_skip (in);
}

static gboolean
read_entry (ScopeJsonReader *in, Header *header, Entry *entry)
{
  guint seen = 0;
  gboolean more = TRUE;
  if (!scope_json_take (in, '{'))
    return scope_json_wrong (in, "a tensor that is not an object");
  if (scope_json_take (in, '}'))
    more = FALSE;
  while (more)
    if (!read_part (in, header, entry, &seen) || !scope_json_next (in, '}', &more))
      return FALSE;
  return seen == 7
         || fail_entry (in, SCOPE_FILE_ERROR_JSON, entry, "lacks its type, shape or offsets");
}

/* Texts by name, which only have to be texts. */
static gboolean
read_metadata (ScopeJsonReader *in)
{
  gboolean more = TRUE;
  if (!scope_json_take (in, '{'))
    return scope_json_wrong (in, "'__metadata__' that is not an object");
  if (scope_json_take (in, '}'))
    return TRUE;
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (more)
    {
      char *key = NULL;
      g_autofree char *value = NULL;
      gsize length = 0;
      gboolean good = read_key (in, &key, &length)
                      && (!g_hash_table_contains (keys, key) || duplicate (in, key))
                      && scope_json_string (in, &value, &length);
      if (key != NULL)
        g_hash_table_add (keys, key);
      if (!good || !scope_json_next (in, '}', &more))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_named (ScopeJsonReader *in, Header *header, gboolean *has_metadata)
{
  Entry entry = { 0 };
  if (!read_key (in, &entry.name, &entry.name_length))
    {
      g_free (entry.name);
      return FALSE;
    }
  if (strcmp (entry.name, "__metadata__") == 0 && entry.name_length == strlen ("__metadata__"))
    {
      gboolean twice = *has_metadata;
      *has_metadata = TRUE;
      gboolean good = twice ? duplicate (in, entry.name) : read_metadata (in);
      g_free (entry.name);
      return good;
    }
  g_array_append_val (header->entries, entry); /* the header owns the name from here on */
  if (header->entries->len > MAX_TENSORS)
    return scope_file_fail (in->error, SCOPE_FILE_ERROR_TOO_BIG, in->name,
                            "it holds more than %d tensors. Split it.", MAX_TENSORS);
  return read_entry (in, header, &g_array_index (header->entries, Entry, header->entries->len - 1));
}

static gboolean
read_all (ScopeJsonReader *in, Header *header)
{
  gboolean has_metadata = FALSE, more = TRUE;
  header->space_first = in->at < in->end && *in->at != '{';
  if (!scope_json_take (in, '{'))
    return scope_json_wrong (in, "something that is not an object");
  if (scope_json_take (in, '}'))
    more = FALSE;
  while (more)
    if (!read_named (in, header, &has_metadata) || !scope_json_next (in, '}', &more))
      return FALSE;
  scope_json_peek (in);
  return in->at == in->end || scope_json_wrong (in, "something after the object");
}

/* ---- what the numbers say ------------------------------------------------------------------- */

static gint64
size_at (const Header *header, const Entry *entry, int axis)
{
  return g_array_index (header->sizes, gint64, entry->first_size + (guint)axis);
}

static ScopeShape
shape_of (const Header *header, const Entry *entry)
{
  ScopeShape shape = { .rank = entry->rank };
  for (int i = 0; i < entry->rank; i++)
    shape.size[i] = size_at (header, entry, i);
  return shape;
}

/* The bytes of a shape; zeros do not excuse the other sizes. */
static gboolean
check_size (ScopeJsonReader *in, const Header *header, const Entry *entry)
{
  gint64 bits = types[entry->type].bits, product = bits;
  gboolean empty = FALSE;
  for (int i = 0; i < entry->rank; i++)
    {
      gint64 size = size_at (header, entry, i);
      empty = empty || size == 0;
      if (size > 0 && __builtin_mul_overflow (product, size, &product))
        return fail_entry (in, SCOPE_FILE_ERROR_OVERFLOW, entry,
                           "has sizes that multiply to more than 2^63 - 1 bits");
    }
  product = empty ? 0 : product;
  if (product % 8 == 0 && entry->end >= entry->begin && product / 8 == entry->end - entry->begin)
    return TRUE;
  g_autofree char *what =
      g_strdup_printf ("needs %" G_GINT64_FORMAT " bits, but its offsets %" G_GINT64_FORMAT
                       " and %" G_GINT64_FORMAT " give it another number of bytes",
                       product, entry->begin, entry->end);
  return fail_entry (in, SCOPE_FILE_ERROR_OFFSETS, entry, what);
}

static const Entry **
sort_entries (const Header *header, int (*compare) (gconstpointer a, gconstpointer b))
{
  guint count = header->entries->len;
  const Entry **sorted = g_new (const Entry *, count + 1);
  for (guint i = 0; i < count; i++)
    sorted[i] = &g_array_index (header->entries, Entry, i);
  qsort (sorted, count, sizeof *sorted, compare);
  return sorted;
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  const Entry *left = *(const Entry *const *)a, *right = *(const Entry *const *)b;
  if (left->begin != right->begin)
    return left->begin < right->begin ? -1 : 1;
  return (left->end > right->end) - (left->end < right->end);
}

/* The tensors follow each other without a hole to the end of the file. */
static gboolean
check_places (ScopeJsonReader *in, const Header *header)
{
  guint count = header->entries->len;
  g_autofree const Entry **sorted = sort_entries (header, compare_offsets);
  gint64 at = 0;
  for (guint i = 0; i < count; i++)
    {
      if (sorted[i]->begin != at)
        return fail_entry (in, SCOPE_FILE_ERROR_OFFSETS, sorted[i],
                           sorted[i]->begin < at ? "overlaps another one"
                                                 : "leaves a hole before it");
      at = sorted[i]->end;
    }

  gint64 there = scope_mapped_file_bytes (header->file) - header->data_offset;
  if (at == there)
    return TRUE;
  return scope_file_fail (
      in->error, at > there ? SCOPE_FILE_ERROR_SHORT : SCOPE_FILE_ERROR_TRAILING, in->name,
      at > there ? "the data is cut off: %" G_GINT64_FORMAT
                   " bytes are needed, the file has %" G_GINT64_FORMAT ". Copy the file again."
                 : "the tensors end after %" G_GINT64_FORMAT
                   " bytes of data, but the file has %" G_GINT64_FORMAT "." AGAIN,
      at, there);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const Entry *left = *(const Entry *const *)a, *right = *(const Entry *const *)b;
  int order = memcmp (left->name, right->name, MIN (left->name_length, right->name_length));
  if (order != 0)
    return order;
  return (left->name_length > right->name_length) - (left->name_length < right->name_length);
}

static gboolean
check_names (ScopeJsonReader *in, const Header *header)
{
  g_autofree const Entry **sorted = sort_entries (header, compare_names);
  for (guint i = 1; i < header->entries->len; i++)
    if (compare_names (&sorted[i - 1], &sorted[i]) == 0)
      return duplicate (in, sorted[i]->name);
  return TRUE;
}

static gboolean
check_all (ScopeJsonReader *in, const Header *header)
{
  if (!check_names (in, header))
    return FALSE;
  for (guint i = 0; i < header->entries->len; i++)
    if (!check_size (in, header, &g_array_index (header->entries, Entry, i)))
      return FALSE;
  return check_places (in, header);
}

/* ---- the whole header ----------------------------------------------------------------------- */

static void
entry_clear (gpointer data)
{
  g_free (((Entry *)data)->name);
}

static void
header_free (Header *header)
{
  if (header == NULL)
    return;
  g_array_unref (header->entries);
  g_array_unref (header->sizes);
  g_free (header);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Header, header_free)

/* The header's length, held against its limit and the file before memory is asked for. */
static gboolean
read_length (ScopeMappedFile *file, gint64 *length, GError **error)
{
  guint8 bytes[LENGTH_BYTES];
  guint64 announced = 0;
  const char *name = scope_mapped_file_name (file);
  gint64 there = scope_mapped_file_bytes (file) - LENGTH_BYTES;
  if (there < 0)
    return scope_file_fail (error, SCOPE_FILE_ERROR_TRUNCATED, name,
                            "the file ends inside the length of its header. Copy it again.");
  if (!scope_mapped_file_copy (file, 0, LENGTH_BYTES, bytes, error))
    return FALSE;
  for (int i = 0; i < LENGTH_BYTES; i++)
    announced |= (guint64)bytes[i] << (8 * i);
  if (announced > MAX_HEADER_BYTES)
    return scope_file_fail (error, SCOPE_FILE_ERROR_HEADER_SIZE, name,
                            "the header announces %" G_GUINT64_FORMAT
                            " bytes; at most %d are read." AGAIN,
                            announced, MAX_HEADER_BYTES);
  if ((gint64)announced > there)
    return scope_file_fail (error, SCOPE_FILE_ERROR_TRUNCATED, name,
                            "the header announces %" G_GUINT64_FORMAT " bytes, but only "
                            "%" G_GINT64_FORMAT " follow. Copy the file again.",
                            announced, there);
  *length = (gint64)announced;
  return TRUE;
}

static Header *
read_header (ScopeMappedFile *file, GError **error)
{
  gint64 length = 0;
  const char *name = scope_mapped_file_name (file);
  if (!read_length (file, &length, error))
    return NULL;
  g_autofree char *text = g_try_malloc ((gsize)length + 1);
  if (text == NULL)
    {
      scope_file_fail (error, SCOPE_FILE_ERROR_TOO_BIG, name,
                       "there is no memory for its header. Close other programs.");
      return NULL;
    }
  if (!scope_mapped_file_copy (file, LENGTH_BYTES, (gsize)length, text, error))
    return NULL;
  if (scope_text_valid_utf8 (text, (gsize)length) != (gsize)length)
    {
      scope_file_fail (error, SCOPE_FILE_ERROR_UTF8, name, "the header is not valid UTF-8." AGAIN);
      return NULL;
    }

  ScopeJsonReader in = { text, text, text + length, LENGTH_BYTES, name, error };
  g_autoptr (Header) header = g_new0 (Header, 1);
  header->file = file;
  header->data_offset = LENGTH_BYTES + length;
  header->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  header->sizes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_set_clear_func (header->entries, entry_clear);
  return read_all (&in, header) && check_all (&in, header) ? g_steal_pointer (&header) : NULL;
}

/* ---- values --------------------------------------------------------------------------------- */

/* The three 8-bit floats that are widened: a scale of powers of two, and the two without −0 and
 * infinity, whose bias is one larger and whose 0x80 is NaN. */
static float
decode (const char *type, guint8 byte)
{
  if (strcmp (type, "F8_E8M0") == 0)
    return byte == 0xFF ? NAN : ldexpf (1, byte - 127);
  if (byte == 0x80)
    return NAN;
  int mantissa_bits = strcmp (type, "F8_E4M3FNUZ") == 0 ? 3 : 2;
  int bias = mantissa_bits == 3 ? 8 : 16;
  int exponent = (byte & 0x7F) >> mantissa_bits;
  int mantissa = byte & ((1 << mantissa_bits) - 1);
  float magnitude = exponent == 0 ? ldexpf ((float)mantissa, 1 - bias - mantissa_bits)
                                  : ldexpf ((float)(mantissa + (1 << mantissa_bits)),
                                            exponent - bias - mantissa_bits);
  return byte & 0x80 ? -magnitude : magnitude;
}

static ScopeStorage *
decode_all (const Header *header, const Entry *entry, GError **error)
{
  ScopeError failed = { 0 };
  void *data = NULL;
  gint64 count = entry->end - entry->begin;
  ScopeStorage *storage =
      scope_storage_new_owned (SCOPE_FLOAT32, count, scope_file_memory_budget (), &data, &failed);
  if (storage == NULL)
    {
      scope_file_fail_core (error, &failed);
      return NULL;
    }
  float *value = data, table[256];
  for (int i = 0; i < 256; i++)
    table[i] = decode (types[entry->type].name, (guint8)i);

  guint8 block[4096];
  for (gint64 at = 0; at < count; at += (gint64)sizeof block)
    {
      gsize length = (gsize)MIN (count - at, (gint64)sizeof block);
      if (!scope_mapped_file_copy (header->file, header->data_offset + entry->begin + at, length,
                                   block, error))
        {
          scope_storage_unref (storage);
          return NULL;
        }
      for (gsize i = 0; i < length; i++)
        value[at + (gint64)i] = table[block[i]];
    }
  return storage;
}

static ScopeStorage *
make_storage (const Header *header, const Entry *entry, GError **error)
{
  ScopeDtype dtype = types[entry->type].dtype;
  if (types[entry->type].decoded)
    return decode_all (header, entry, error);
  gint64 count = (entry->end - entry->begin) / (gint64)scope_dtype_bytes (dtype);
  ScopeStorage *storage = scope_mapped_file_storage (header->file, dtype, FALSE,
                                                     header->data_offset + entry->begin, count);
  if (storage == NULL)
    scope_file_fail (error, SCOPE_FILE_ERROR_TOO_BIG, scope_mapped_file_name (header->file),
                     "there is no memory. Close other programs.");
  return storage;
}

static const Entry *
find_entry (const Header *header, const char *wanted, GError **error)
{
  guint count = header->entries->len;
  const char *file = scope_mapped_file_name (header->file);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < count; i++)
    {
      const Entry *entry = &g_array_index (header->entries, Entry, i);
      if (wanted == NULL ? count == 1 : strcmp (entry->name, wanted) == 0)
        return entry;
      if (names->len < MAX_NAMES)
        {
          g_autofree char *shown = scope_file_display_name (entry->name);
          g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", shown);
        }
    }
  if (names->len >= MAX_NAMES)
    g_string_append (names, ", …");

  g_autofree char *shown = scope_file_display_name (wanted != NULL ? wanted : "");
  if (count == 0)
    scope_file_fail (error, SCOPE_FILE_ERROR_TEXT, file, "it holds no tensors. Open another file.");
  else if (wanted == NULL)
    scope_file_fail (error, SCOPE_FILE_ERROR_TEXT, file,
                     "it holds %u tensors: %s. Add '::' and the name of one.", count, names->str);
  else
    scope_file_fail (error, SCOPE_FILE_ERROR_TEXT, file, "it holds no tensor '%s'. It holds %s.",
                     shown, names->str);
  return NULL;
}

/* ---- the format ----------------------------------------------------------------------------- */

/* There is no mark: a length that fits the file, and a brace after it. */
static gboolean
safetensors_recognize (const ScopeFileHead *head)
{
  if (head->length < LENGTH_BYTES + 2
      || (head->bytes[4] | head->bytes[5] | head->bytes[6] | head->bytes[7]) != 0)
    return FALSE;
  gsize at = LENGTH_BYTES;
  while (at < head->length && strchr (" \t\r\n", head->bytes[at]) != NULL && head->bytes[at] != 0)
    at++;
  return at < head->length && head->bytes[at] == '{';
}

static ScopeTensor *
safetensors_open (ScopeMappedFile *file,
                  const char *name,
                  const char *member,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (Header) header = read_header (file, error);
  const Entry *entry = header == NULL ? NULL : find_entry (header, member, error);
  if (entry == NULL)
    return NULL;
  if (!types[entry->type].shown)
    {
      g_autofree char *shown = scope_file_display_name (entry->name);
      scope_file_fail (
          error, SCOPE_FILE_ERROR_DTYPE_UNSUPPORTED, scope_mapped_file_name (file),
          "tensor '%s' is of the packed type %s, which is not shown. Save it as F8_E4M3 or "
          "wider.",
          shown, types[entry->type].name);
      return NULL;
    }
  ScopeStorage *storage = make_storage (header, entry, error);
  if (storage == NULL)
    return NULL;
  ScopeError failed = { 0 };
  ScopeShape shape = shape_of (header, entry);
  ScopeTensor *tensor =
      scope_tensor_new (name, types[entry->type].dtype, &shape, NULL, storage, &failed);
  scope_storage_unref (storage);
  if (tensor == NULL)
    scope_file_fail_core (error, &failed);
  return tensor;
}

static ScopeTensorInfo *
describe (const Header *header, const Entry *entry)
{
  gboolean plain = types[entry->type].shown && !types[entry->type].decoded;
  g_autofree char *name = entry->name_length == strlen (entry->name)
                              ? g_strdup (entry->name)
                              : scope_file_escape (entry->name, entry->name_length, 200);
  ScopeShape shape = shape_of (header, entry);
  ScopeTensorInfo *info = scope_tensor_info_new (
      name, plain ? scope_dtype_name (types[entry->type].dtype) : types[entry->type].name, &shape);
  info->readable = types[entry->type].shown;
  info->bytes = entry->end - entry->begin;
  if (types[entry->type].decoded)
    scope_tensor_info_add_note (info, "shown as float32");
  if (!types[entry->type].shown)
    scope_tensor_info_add_note (info, "packed bits are not shown");
  if (entry->extra)
    scope_tensor_info_add_note (info, "it has keys that are not known");
  if (header->space_first)
    scope_tensor_info_add_note (info, "the header begins with white space");
  return info;
}

static GPtrArray *
safetensors_list (ScopeMappedFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (Header) header = read_header (file, error);
  if (header == NULL)
    return NULL;
  GPtrArray *list = scope_tensor_info_array_new ();
  for (guint i = 0; i < header->entries->len; i++)
    g_ptr_array_add (list, describe (header, &g_array_index (header->entries, Entry, i)));
  return list;
}

const ScopeFileFormat scope_format_safetensors = {
  .id = "safetensors",
  .recognize = safetensors_recognize,
  .open = safetensors_open,
  .list = safetensors_list,
};
