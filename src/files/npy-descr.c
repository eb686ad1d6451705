/* Type strings of .npy headers, as strict as the values they promise allow. */
#include "files/npy-descr.h"

#include <string.h>

static const struct
{
  const char *code; /* kind and bytes, without the byte order */
  ScopeDtype dtype;
} codes[] = {
  { "b1", SCOPE_BOOL },      { "i1", SCOPE_INT8 },        { "u1", SCOPE_UINT8 },
  { "i2", SCOPE_INT16 },     { "u2", SCOPE_UINT16 },      { "i4", SCOPE_INT32 },
  { "u4", SCOPE_UINT32 },    { "i8", SCOPE_INT64 },       { "u8", SCOPE_UINT64 },
  { "f2", SCOPE_FLOAT16 },   { "f4", SCOPE_FLOAT32 },     { "f8", SCOPE_FLOAT64 },
  { "c8", SCOPE_COMPLEX64 }, { "c16", SCOPE_COMPLEX128 },
};

/* One-letter codes that np.dtype accepts and np.save never writes; sizes of 64-bit Linux. */
static const struct
{
  char letter;
  ScopeDtype dtype;
} letters[] = {
  { '?', SCOPE_BOOL },    { 'b', SCOPE_INT8 },      { 'B', SCOPE_UINT8 },
  { 'h', SCOPE_INT16 },   { 'H', SCOPE_UINT16 },    { 'i', SCOPE_INT32 },
  { 'I', SCOPE_UINT32 },  { 'l', SCOPE_INT64 },     { 'L', SCOPE_UINT64 },
  { 'q', SCOPE_INT64 },   { 'Q', SCOPE_UINT64 },    { 'p', SCOPE_INT64 },
  { 'P', SCOPE_UINT64 },  { 'e', SCOPE_FLOAT16 },   { 'f', SCOPE_FLOAT32 },
  { 'd', SCOPE_FLOAT64 }, { 'F', SCOPE_COMPLEX64 }, { 'D', SCOPE_COMPLEX128 },
};

/* Types that NumPy reads and Shapescope does not show: what they are and the way round. */
static const struct
{
  const char *code; /* the beginning of the type string, without the byte order */
  gboolean counted; /* any number of digits may follow */
  const char *what;
} refused[] = {
  { "f16", FALSE,
    "long double, whose bytes differ between computers. Save it with .astype ('float64')" },
  { "g", TRUE,
    "long double, whose bytes differ between computers. Save it with .astype ('float64')" },
  { "c32", FALSE,
    "complex long double, whose bytes differ between computers. Save it with .astype "
    "('complex128')" },
  { "G", TRUE,
    "complex long double, whose bytes differ between computers. Save it with .astype "
    "('complex128')" },
  { "f1", FALSE,
    "probably an 8-bit float of ml_dtypes, which np.save does not record. Save it with "
    ".astype ('float32')" },
  { "V1", FALSE,
    "probably an 8-bit float of ml_dtypes, which np.save does not record. Save it with "
    ".astype ('float32')" },
  { "V2", FALSE,
    "probably bfloat16 of ml_dtypes, which np.save writes as 2-byte void. Save it with "
    ".astype ('float32')" },
  { "bfloat16", FALSE, "not a type of NumPy's own. Save it with .astype ('float32')" },
  { "float8_", FALSE, "not a type of NumPy's own. Save it with .astype ('float32')" },
  { "S", TRUE, "byte strings, not numbers. Save numbers" },
  { "a", TRUE, "byte strings, not numbers. Save numbers" },
  { "U", TRUE, "text, not numbers. Save numbers" },
  { "V", TRUE, "raw bytes (void). Save a view of them as numbers, such as .view ('uint8')" },
};

static gboolean
is_digits (const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (bytes[i]))
      return FALSE;
  return TRUE;
}

static gboolean
equals (const char *bytes, gsize length, const char *text)
{
  return length == strlen (text) && memcmp (bytes, text, length) == 0;
}

static gboolean
begins (const char *bytes, gsize length, const char *text)
{
  return length >= strlen (text) && memcmp (bytes, text, strlen (text)) == 0;
}

/* `M8[ns]`, `m8`, `M`. */
static gboolean
is_time (const char *bytes, gsize length)
{
  if (length == 0 || (bytes[0] != 'M' && bytes[0] != 'm'))
    return FALSE;
  if (length == 1)
    return TRUE;
  return bytes[1] == '8' && (length == 2 || (bytes[2] == '[' && bytes[length - 1] == ']'));
}

/* Says why a type string that is not numbers is refused. */
static gboolean
refuse (const char *code, gsize length, const char *whole, const char *name, GError **error)
{
  if (length >= 1 && code[0] == 'O' && is_digits (code + 1, length - 1))
    return scope_file_fail (
        error, SCOPE_FILE_ERROR_OBJECT, name,
        "it contains pickled Python objects; not opened, because reading them runs "
        "code. Save numbers: np.save with an array of a numeric type.");
  if (memchr (code, ',', length) != NULL)
    return scope_file_fail (
        error, SCOPE_FILE_ERROR_DTYPE_UNSUPPORTED, name,
        "its elements are records ('%s'). Save one field: np.save (…, a['f0']).", whole);
  if (is_time (code, length))
    return scope_file_fail (error, SCOPE_FILE_ERROR_DTYPE_UNSUPPORTED, name,
                            "its type '%s' holds %s, not numbers. Save it with .astype ('int64').",
                            whole, code[0] == 'M' ? "dates" : "time differences");
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      gsize fixed = strlen (refused[i].code);
      if (begins (code, length, refused[i].code)
          && (refused[i].counted ? is_digits (code + fixed, length - fixed)
                                 : length == fixed || refused[i].code[fixed - 1] == '_'))
        return scope_file_fail (error, SCOPE_FILE_ERROR_DTYPE_UNSUPPORTED, name,
                                "its type '%s' is %s.", whole, refused[i].what);
    }
  return scope_file_fail (error, SCOPE_FILE_ERROR_DTYPE_INVALID, name,
                          "its type '%s' is not one of NumPy's. Write the file again with np.save.",
                          whole);
}

/* Finds the type of a code or name without byte order; *canonical is whether np.save writes it so.
 */
static gboolean
look_up (const char *code, gsize length, ScopeDtype *dtype, gboolean *canonical)
{
  *canonical = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (equals (code, length, codes[i].code))
      {
        *dtype = codes[i].dtype;
        return TRUE;
      }

  *canonical = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (length == 1 && code[0] == letters[i].letter)
      {
        *dtype = letters[i].dtype;
        return TRUE;
      }
  return FALSE;
}

static gboolean
look_up_name (const char *text, gsize length, ScopeDtype *dtype)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (equals (text, length, scope_dtype_name (codes[i].dtype)))
      {
        *dtype = codes[i].dtype;
        return TRUE;
      }
  return FALSE;
}

gboolean
scope_npy_descr_parse (const char *bytes,
                       gsize length,
                       const char *name,
                       ScopeNpyDescr *out,
                       GError **error)
{
  char order = length > 0 && strchr ("<>=|", bytes[0]) != NULL ? bytes[0] : '\0';
  const char *code = order != '\0' ? bytes + 1 : bytes;
  gsize code_length = order != '\0' ? length - 1 : length;

  ScopeNpyDescr found = { 0 };
  gboolean canonical = FALSE;
  if (!look_up (code, code_length, &found.dtype, &canonical)
      && !(order == '\0' && look_up_name (bytes, length, &found.dtype)))
    {
      g_autofree char *whole = scope_file_escape (bytes, length, 60);
      return refuse (code, code_length, whole, name, error);
    }

  /* The order of single bytes means nothing; `=`, `|` and none mean this computer's. */
  gboolean single = scope_dtype_bytes (found.dtype) == 1;
  found.big_endian = !single && (order == '>' || (order != '<' && G_BYTE_ORDER == G_BIG_ENDIAN));
  if (!canonical)
    found.note = "an unusual type name";
  else if (!single && order != '<' && order != '>')
    found.note = "no byte order is given, this computer's is taken";
  else if (found.big_endian)
    found.note = "big-endian";
  *out = found;
  return TRUE;
}

const char *
scope_npy_descr_write (ScopeDtype dtype)
{
  static const char *const little[SCOPE_N_DTYPES] = {
    [SCOPE_BOOL] = "|b1",      [SCOPE_UINT8] = "|u1",       [SCOPE_INT8] = "|i1",
    [SCOPE_UINT16] = "<u2",    [SCOPE_INT16] = "<i2",       [SCOPE_UINT32] = "<u4",
    [SCOPE_INT32] = "<i4",     [SCOPE_UINT64] = "<u8",      [SCOPE_INT64] = "<i8",
    [SCOPE_FLOAT16] = "<f2",   [SCOPE_FLOAT32] = "<f4",     [SCOPE_FLOAT64] = "<f8",
    [SCOPE_COMPLEX64] = "<c8", [SCOPE_COMPLEX128] = "<c16",
  };
  G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  return little[dtype];
}
