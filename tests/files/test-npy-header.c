/* Every row of the table of .npy headers, valid and not, with bytes built by hand. */
#include "files/file-error.h"
#include "files/npy.h"

#include <string.h>

enum
{
  FITS = -1
};

typedef struct
{
  const char *name;
  const char *text; /* of the header, as it stands after the length */
  gint64 data;      /* bytes that follow it */
  int outcome;      /* FITS or a ScopeFileError */
  const char *says; /* part of the message, or of the note (NULL: no note) */
  ScopeDtype dtype;
  const char *shape; /* as printed; NULL: not looked at */
  int major;         /* 0: version 1.0 */
} Case;

#define DICT(descr, order, shape)                                                                  \
  "{'descr': " descr ", 'fortran_order': " order ", 'shape': " shape ", }"
#define F4(shape)   DICT ("'<f4'", "False", shape)
#define TYPE(descr) DICT (descr, "False", "(2,)")
#define E(code)     SCOPE_FILE_ERROR_##code

#define TEN(x)     x x x x x x x x x x
#define SIZES_32   TEN ("1,") TEN ("1,") TEN ("1,") "1,1"
#define SIZES_64   SIZES_32 "," SIZES_32
#define DIGITS_100 TEN ("1234567890")

static const Case cases[] = {
  /* types */
  { "bool", TYPE ("'|b1'"), 2, FITS, NULL, SCOPE_BOOL, "(2,)" },
  { "int8", TYPE ("'|i1'"), 2, FITS, NULL, SCOPE_INT8, "(2,)" },
  { "uint8", TYPE ("'|u1'"), 2, FITS, NULL, SCOPE_UINT8, "(2,)" },
  { "int16", TYPE ("'<i2'"), 4, FITS, NULL, SCOPE_INT16, "(2,)" },
  { "int16-big", TYPE ("'>i2'"), 4, FITS, "big-endian", SCOPE_INT16, "(2,)" },
  { "int32", TYPE ("'<i4'"), 8, FITS, NULL, SCOPE_INT32, "(2,)" },
  { "int32-big", TYPE ("'>i4'"), 8, FITS, "big-endian", SCOPE_INT32, "(2,)" },
  { "int64", TYPE ("'<i8'"), 16, FITS, NULL, SCOPE_INT64, "(2,)" },
  { "int64-big", TYPE ("'>i8'"), 16, FITS, "big-endian", SCOPE_INT64, "(2,)" },
  { "uint16", TYPE ("'<u2'"), 4, FITS, NULL, SCOPE_UINT16, "(2,)" },
  { "uint16-big", TYPE ("'>u2'"), 4, FITS, "big-endian", SCOPE_UINT16, "(2,)" },
  { "uint32", TYPE ("'<u4'"), 8, FITS, NULL, SCOPE_UINT32, "(2,)" },
  { "uint32-big", TYPE ("'>u4'"), 8, FITS, "big-endian", SCOPE_UINT32, "(2,)" },
  { "uint64", TYPE ("'<u8'"), 16, FITS, NULL, SCOPE_UINT64, "(2,)" },
  { "uint64-big", TYPE ("'>u8'"), 16, FITS, "big-endian", SCOPE_UINT64, "(2,)" },
  { "float16", TYPE ("'<f2'"), 4, FITS, NULL, SCOPE_FLOAT16, "(2,)" },
  { "float16-big", TYPE ("'>f2'"), 4, FITS, "big-endian", SCOPE_FLOAT16, "(2,)" },
  { "float32", TYPE ("'<f4'"), 8, FITS, NULL, SCOPE_FLOAT32, "(2,)" },
  { "float32-big", TYPE ("'>f4'"), 8, FITS, "big-endian", SCOPE_FLOAT32, "(2,)" },
  { "float64", TYPE ("'<f8'"), 16, FITS, NULL, SCOPE_FLOAT64, "(2,)" },
  { "float64-big", TYPE ("'>f8'"), 16, FITS, "big-endian", SCOPE_FLOAT64, "(2,)" },
  { "complex64", TYPE ("'<c8'"), 16, FITS, NULL, SCOPE_COMPLEX64, "(2,)" },
  { "complex64-big", TYPE ("'>c8'"), 16, FITS, "big-endian", SCOPE_COMPLEX64, "(2,)" },
  { "complex128", TYPE ("'<c16'"), 32, FITS, NULL, SCOPE_COMPLEX128, "(2,)" },
  { "complex128-big", TYPE ("'>c16'"), 32, FITS, "big-endian", SCOPE_COMPLEX128, "(2,)" },
  { "question-mark", TYPE ("'?'"), 2, FITS, "unusual", SCOPE_BOOL, "(2,)" },
  { "byte-with-order", TYPE ("'<i1'"), 2, FITS, NULL, SCOPE_INT8, "(2,)" },
  { "byte-with-big-order", TYPE ("'>u1'"), 2, FITS, NULL, SCOPE_UINT8, "(2,)" },
  { "native-order", TYPE ("'=f4'"), 8, FITS, "byte order", SCOPE_FLOAT32, "(2,)" },
  { "no-order", TYPE ("'f4'"), 8, FITS, "byte order", SCOPE_FLOAT32, "(2,)" },
  { "no-order-bar", TYPE ("'|f4'"), 8, FITS, "byte order", SCOPE_FLOAT32, "(2,)" },
  { "alias-e", TYPE ("'<e'"), 4, FITS, "unusual", SCOPE_FLOAT16, "(2,)" },
  { "alias-f", TYPE ("'<f'"), 8, FITS, "unusual", SCOPE_FLOAT32, "(2,)" },
  { "alias-d", TYPE ("'<d'"), 16, FITS, "unusual", SCOPE_FLOAT64, "(2,)" },
  { "alias-b", TYPE ("'<b'"), 2, FITS, "unusual", SCOPE_INT8, "(2,)" },
  { "alias-B", TYPE ("'<B'"), 2, FITS, "unusual", SCOPE_UINT8, "(2,)" },
  { "alias-h", TYPE ("'<h'"), 4, FITS, "unusual", SCOPE_INT16, "(2,)" },
  { "alias-H", TYPE ("'<H'"), 4, FITS, "unusual", SCOPE_UINT16, "(2,)" },
  { "alias-i", TYPE ("'<i'"), 8, FITS, "unusual", SCOPE_INT32, "(2,)" },
  { "alias-I", TYPE ("'<I'"), 8, FITS, "unusual", SCOPE_UINT32, "(2,)" },
  { "alias-l", TYPE ("'<l'"), 16, FITS, "unusual", SCOPE_INT64, "(2,)" },
  { "alias-L", TYPE ("'<L'"), 16, FITS, "unusual", SCOPE_UINT64, "(2,)" },
  { "alias-q", TYPE ("'<q'"), 16, FITS, "unusual", SCOPE_INT64, "(2,)" },
  { "alias-Q", TYPE ("'<Q'"), 16, FITS, "unusual", SCOPE_UINT64, "(2,)" },
  { "alias-p", TYPE ("'<p'"), 16, FITS, "unusual", SCOPE_INT64, "(2,)" },
  { "alias-P", TYPE ("'<P'"), 16, FITS, "unusual", SCOPE_UINT64, "(2,)" },
  { "name-float32", TYPE ("'float32'"), 8, FITS, "unusual", SCOPE_FLOAT32, "(2,)" },

  /* spellings of the dictionary */
  { "version-2", F4 ("(2,)"), 8, FITS, NULL, SCOPE_FLOAT32, "(2,)", 2 },
  { "version-3", F4 ("(2,)"), 8, FITS, NULL, SCOPE_FLOAT32, "(2,)", 3 },
  { "keys-in-any-order", "{'shape': (2,), 'fortran_order': False, 'descr': '<f4'}", 8, FITS, NULL,
    SCOPE_FLOAT32, "(2,)" },
  { "double-quotes", "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (2,)}", 8, FITS,
    NULL, SCOPE_FLOAT32, "(2,)" },
  { "unicode-prefix", "{u'descr': u'<f4', 'fortran_order': False, 'shape': (2,)}", 8, FITS, NULL,
    SCOPE_FLOAT32, "(2,)" },
  { "spaces", "  { 'descr' :'<f4' ,\t'fortran_order': False,\n'shape' : ( 2 , 1 ) } \n", 8, FITS,
    NULL, SCOPE_FLOAT32, "(2, 1)" },
  { "no-trailing-comma", "{'descr':'<f4','fortran_order':False,'shape':(2,1)}", 8, FITS, NULL,
    SCOPE_FLOAT32, "(2, 1)" },
  { "python-2-long", F4 ("(2L,)"), 8, FITS, NULL, SCOPE_FLOAT32, "(2,)" },
  { "python-2-long-version-3", F4 ("(2L,)"), 8, E (HEADER_SYNTAX), "shape", .major = 3 },

  /* shapes */
  { "scalar", F4 ("()"), 4, FITS, NULL, SCOPE_FLOAT32, "()" },
  { "empty", F4 ("(0,)"), 0, FITS, NULL, SCOPE_FLOAT32, "(0,)" },
  { "empty-inside", F4 ("(3, 0, 5)"), 0, FITS, NULL, SCOPE_FLOAT32, "(3, 0, 5)" },
  { "fortran", DICT ("'<f4'", "True", "(2, 3)"), 24, FITS, NULL, SCOPE_FLOAT32, "(2, 3)" },
  { "fortran-big", DICT ("'>f8'", "True", "(2, 3, 1)"), 48, FITS, "big-endian", SCOPE_FLOAT64,
    "(2, 3, 1)" },
  { "fortran-1d", DICT ("'<f4'", "True", "(2,)"), 8, FITS, NULL, SCOPE_FLOAT32, "(2,)" },
  { "fortran-scalar", DICT ("'<f4'", "True", "()"), 4, FITS, NULL, SCOPE_FLOAT32, "()" },
  { "trailing-bytes", F4 ("(2,)"), 11, FITS, "3 bytes after the array", SCOPE_FLOAT32, "(2,)" },
  { "rank-32", F4 ("(" SIZES_32 ")"), 4, FITS, NULL, SCOPE_FLOAT32, NULL },
  { "rank-64", F4 ("(" SIZES_64 ")"), 4, FITS, NULL, SCOPE_FLOAT32, NULL },
  { "rank-65", F4 ("(" SIZES_64 ",1)"), 4, E (RANK), "64" },
  { "shape-list", F4 ("[2]"), 8, E (SHAPE), "tuple" },
  { "shape-int", F4 ("2"), 8, E (SHAPE), "tuple" },
  { "shape-no-tuple", F4 ("(2)"), 8, E (SHAPE), "(n,)" },
  { "shape-float", F4 ("(2.0,)"), 8, E (SHAPE), "whole" },
  { "shape-exponent", F4 ("(1e3,)"), 8, E (SHAPE), "whole" },
  { "shape-bool", F4 ("(True, 2)"), 8, E (SHAPE), "not a number" },
  { "shape-none", F4 ("None"), 8, E (SHAPE), "tuple" },
  { "shape-string", F4 ("('2',)"), 8, E (SHAPE), "not a number" },
  { "shape-np-int64", F4 ("(np.int64(1),)"), 8, E (SHAPE), "28334" },
  { "shape-comma-only", F4 ("(,)"), 8, E (HEADER_SYNTAX), "shape" },
  { "shape-two-commas", F4 ("(2,,1)"), 8, E (HEADER_SYNTAX), "shape" },
  { "shape-unclosed", F4 ("(2, 1"), 8, E (HEADER_SYNTAX), "shape" },
  { "minus-one", F4 ("(-1,)"), 8, E (NEGATIVE), "negative" },
  { "minus-two-three", F4 ("(-2, -3)"), 24, E (NEGATIVE), "negative" },
  { "two-to-63", F4 ("(9223372036854775808,)"), 0, E (OVERFLOW), "2^63" },
  { "two-to-64", F4 ("(18446744073709551616,)"), 0, E (OVERFLOW), "2^63" },
  { "hundred-digits", F4 ("(" DIGITS_100 ",)"), 0, E (OVERFLOW), "2^63" },
  { "largest-size", DICT ("'|u1'", "False", "(9223372036854775807,)"), 0, E (SHORT),
    "9223372036854775807 bytes are needed, the file has 0" },
  { "largest-size-of-floats", F4 ("(9223372036854775807,)"), 0, E (OVERFLOW), "2^63" },
  { "product-wraps-to-0", DICT ("'|u1'", "False", "(4294967296, 4294967296)"), 0, E (OVERFLOW),
    "2^63" },
  { "product-wraps-to-0-b", DICT ("'|u1'", "False", "(8589934592, 2147483648)"), 0, E (OVERFLOW),
    "2^63" },
  { "product-of-doubles", DICT ("'<f8'", "False", "(2147483648, 2147483648)"), 0, E (OVERFLOW),
    "2^63" },
  { "zero-first", DICT ("'<f8'", "False", "(0, 4611686018427387904, 4)"), 0, E (OVERFLOW), "2^63" },
  { "zero-between", DICT ("'<f8'", "False", "(4611686018427387904, 0, 4)"), 0, E (OVERFLOW),
    "2^63" },
  { "zero-last", DICT ("'<f8'", "False", "(4611686018427387904, 4, 0)"), 0, E (OVERFLOW), "2^63" },
  { "one-byte-short", F4 ("(2,)"), 7, E (SHORT), "8 bytes are needed, the file has 7" },
  { "scalar-without-data", F4 ("()"), 0, E (SHORT), "4 bytes are needed, the file has 0" },

  /* keys and syntax */
  { "missing-key", "{'descr': '<f4', 'shape': (2,), }", 8, E (KEYS), "fortran_order" },
  { "empty-dict", "{}", 8, E (KEYS), "descr" },
  { "extra-key", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}", 8, E (KEYS),
    "'x'" },
  { "list", "['descr', '<f4']", 8, E (HEADER_SYNTAX), "dictionary" },
  { "set", "{'descr', 'shape'}", 8, E (HEADER_SYNTAX), "colon" },
  { "number", "3", 8, E (HEADER_SYNTAX), "dictionary" },
  { "empty-text", "", 8, E (HEADER_SYNTAX), "dictionary" },
  { "duplicate-shape", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'shape': (1,)}", 8,
    E (DUPLICATE), "'shape'" },
  { "call", "{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (2,)}", 8,
    E (HEADER_SYNTAX), "byte" },
  { "call-in-shape", F4 ("(__import__('os'),)"), 8, E (HEADER_SYNTAX), "shape" },
  { "sum-in-shape", F4 ("(1+1,)"), 8, E (HEADER_SYNTAX), "comma" },
  { "leading-zero", F4 ("(02,)"), 8, E (HEADER_SYNTAX), "begins with 0" },
  { "hexadecimal", F4 ("(0x2,)"), 8, E (HEADER_SYNTAX), "shape" },
  { "underscore", F4 ("(1_0,)"), 8, E (HEADER_SYNTAX), "shape" },
  { "plus", F4 ("(+2,)"), 8, E (HEADER_SYNTAX), "shape" },
  { "comment", "{'descr': '<f4', # float\n'fortran_order': False, 'shape': (2,)}", 8,
    E (HEADER_SYNTAX), "key" },
  { "joined-strings", TYPE ("'<' 'f4'"), 8, E (HEADER_SYNTAX), "comma" },
  { "escaped-string", TYPE ("'\\x3cf4'"), 8, E (HEADER_SYNTAX), "backslash" },
  { "unclosed-string", "{'descr': '<f4", 8, E (HEADER_SYNTAX), "end" },
  { "after-dictionary", F4 ("(2,)") " x", 8, E (HEADER_SYNTAX), "after" },
  { "order-1", DICT ("'<f4'", "1", "(2,)"), 8, E (HEADER_SYNTAX), "fortran_order" },
  { "order-none", DICT ("'<f4'", "None", "(2,)"), 8, E (HEADER_SYNTAX), "fortran_order" },
  { "order-string", DICT ("'<f4'", "'True'", "(2,)"), 8, E (HEADER_SYNTAX), "fortran_order" },
  { "order-lower", DICT ("'<f4'", "true", "(2,)"), 8, E (HEADER_SYNTAX), "fortran_order" },
  { "order-longer", DICT ("'<f4'", "Trueish", "(2,)"), 8, E (HEADER_SYNTAX), "fortran_order" },
  { "bad-utf8-version-3", "{'descr': '<f4', '\xff': 1}", 8, E (UTF8), "UTF-8", .major = 3 },

  /* types that are not opened */
  { "object", TYPE ("'|O'"), 16, E (OBJECT), "pickled Python objects; not opened" },
  { "object-8", TYPE ("'|O8'"), 16, E (OBJECT), "pickled" },
  { "object-in-record", TYPE ("[('a', '|O')]"), 16, E (OBJECT), "pickled" },
  { "object-deeper", TYPE ("[('a', [('b', '<f4'), ('c', '|O')])]"), 16, E (OBJECT), "pickled" },
  { "record", TYPE ("[('a', '<f4'), ('b', '<i4')]"), 16, E (DTYPE_UNSUPPORTED), "'a', 'b'" },
  { "record-field-O", TYPE ("[('O', '<f4')]"), 8, E (DTYPE_UNSUPPORTED), "'O'" },
  { "record-nested", TYPE ("[('a', [('b', '<f4')]), ('c', '<f4')]"), 16, E (DTYPE_UNSUPPORTED),
    "'a', 'c'" },
  { "record-title", TYPE ("[(('title', 'a'), '<f4')]"), 8, E (DTYPE_UNSUPPORTED),
    "arrays themselves" },
  { "subarray-field", TYPE ("[('a', '<f4', (2, 2))]"), 32, E (DTYPE_UNSUPPORTED), "'a'" },
  { "subarray", TYPE ("('<f4', (2,))"), 16, E (DTYPE_UNSUPPORTED), "arrays" },
  { "record-text", TYPE ("'<f4,<i4'"), 16, E (DTYPE_UNSUPPORTED), "records" },
  { "record-unclosed", "{'descr': [('a', '<f4'", 16, E (HEADER_SYNTAX), "type" },
  { "record-crossed", TYPE ("[('a', '<f4'])"), 16, E (HEADER_SYNTAX), "bracket" },
  { "bytes-5", TYPE ("'|S5'"), 10, E (DTYPE_UNSUPPORTED), "byte strings" },
  { "bytes-0", DICT ("'|S0'", "False", "(1099511627776,)"), 0, E (DTYPE_UNSUPPORTED),
    "byte strings" },
  { "bytes-huge", TYPE ("'<S9223372036854775807'"), 10, E (DTYPE_UNSUPPORTED), "byte strings" },
  { "text-3", TYPE ("'<U3'"), 24, E (DTYPE_UNSUPPORTED), "text" },
  { "text-3-big", TYPE ("'>U3'"), 24, E (DTYPE_UNSUPPORTED), "text" },
  { "text-0", TYPE ("'<U0'"), 0, E (DTYPE_UNSUPPORTED), "text" },
  { "bytes-a5", TYPE ("'a5'"), 10, E (DTYPE_UNSUPPORTED), "byte strings" },
  { "date", TYPE ("'<M8[ns]'"), 16, E (DTYPE_UNSUPPORTED), "dates" },
  { "duration", TYPE ("'<m8[s]'"), 16, E (DTYPE_UNSUPPORTED), "time differences" },
  { "date-bare", TYPE ("'<M8'"), 16, E (DTYPE_UNSUPPORTED), "dates" },
  { "long-double", TYPE ("'<f16'"), 32, E (DTYPE_UNSUPPORTED), "long double" },
  { "long-double-g", TYPE ("'<g'"), 32, E (DTYPE_UNSUPPORTED), "long double" },
  { "complex-long-double", TYPE ("'<c32'"), 64, E (DTYPE_UNSUPPORTED), "long double" },
  { "void-2", TYPE ("'<V2'"), 4, E (DTYPE_UNSUPPORTED), "bfloat16" },
  { "void-2-bar", TYPE ("'|V2'"), 4, E (DTYPE_UNSUPPORTED), "bfloat16" },
  { "void-1", TYPE ("'<V1'"), 2, E (DTYPE_UNSUPPORTED), "8-bit float" },
  { "void-0", DICT ("'|V0'", "False", "(1099511627776,)"), 0, E (DTYPE_UNSUPPORTED), "void" },
  { "float8", TYPE ("'<f1'"), 2, E (DTYPE_UNSUPPORTED), "8-bit float" },
  { "bfloat16", TYPE ("'bfloat16'"), 4, E (DTYPE_UNSUPPORTED), "float32" },
  { "g2", TYPE ("'<g2'"), 4, E (DTYPE_UNSUPPORTED), "float" },
  { "i3", TYPE ("'<i3'"), 6, E (DTYPE_INVALID), "'<i3'" },
  { "f3", TYPE ("'<f3'"), 6, E (DTYPE_INVALID), "'<f3'" },
  { "i16", TYPE ("'<i16'"), 32, E (DTYPE_INVALID), "'<i16'" },
  { "type-empty", TYPE ("''"), 8, E (DTYPE_INVALID), "''" },
  { "type-order-only", TYPE ("'<'"), 8, E (DTYPE_INVALID), "'<'" },
  { "type-none", TYPE ("None"), 8, E (DTYPE_INVALID), "string" },
  { "type-number", TYPE ("3"), 8, E (DTYPE_INVALID), "string" },
  { "type-bytes", TYPE ("b'<f4'"), 8, E (DTYPE_INVALID), "string" },
  { "type-long", TYPE ("'<f99999999999999999999'"), 8, E (DTYPE_INVALID), "f999" },
  { "type-zz", TYPE ("'zz'"), 8, E (DTYPE_INVALID), "'zz'" },
  { "type-control", TYPE ("'\x1b[31m'"), 8, E (DTYPE_INVALID), "\\x1b[31m" },
};

static GByteArray *
build (int major, int minor, const char *text, gsize length)
{
  GByteArray *file = g_byte_array_new ();
  guint8 prefix[12] = { 0x93, 'N', 'U', 'M', 'P', 'Y', (guint8)major, (guint8)minor };
  for (int i = 0; i < 4; i++)
    prefix[8 + i] = (guint8)(length >> (8 * i));
  g_byte_array_append (file, prefix, major == 1 ? 10 : 12);
  g_byte_array_append (file, (const guint8 *)text, (guint)length);
  return file;
}

static void
check (const GByteArray *file, gint64 file_bytes, const Case *expected)
{
  g_autoptr (GError) error = NULL;
  ScopeNpyHeader header;
  /* On the heap to the byte, so that a sanitizer sees what is read beyond it. */
  g_autofree guint8 *bytes = g_memdup2 (file->data, file->len);
  gboolean fits = scope_npy_parse_header (bytes, file->len, file_bytes, "x.npy", &header, &error);
  if (expected->outcome != FITS)
    {
      g_assert_false (fits);
      g_assert_error (error, SCOPE_FILE_ERROR, expected->outcome);
      g_assert_true (g_str_has_prefix (error->message, "x.npy: "));
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_nonnull (strstr (error->message, expected->says));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }

  g_assert_no_error (error);
  g_assert_true (fits);
  g_assert_cmpint (header.dtype, ==, expected->dtype);
  g_assert_cmpint (header.data_offset, ==, file->len);
  if (expected->says == NULL)
    g_assert_null (header.note);
  else
    g_assert_nonnull (strstr (header.note, expected->says));
  if (expected->shape != NULL)
    {
      ScopeText text = { 0 };
      scope_shape_print (&header.shape, SCOPE_SHAPE_TUPLE, &text);
      g_assert_cmpstr (scope_text_string (&text), ==, expected->shape);
      scope_text_clear (&text);
    }
  g_free (header.note);
}

static void
test_header (gconstpointer data)
{
  const Case *expected = data;
  int major = expected->major == 0 ? 1 : expected->major;
  g_autoptr (GByteArray) file = build (major, 0, expected->text, strlen (expected->text));
  check (file, file->len + expected->data, expected);
}

/* ---- what stands before the dictionary ------------------------------------------------------ */

#define MAGIC "\x93NUMPY"

static const struct
{
  const char *name;
  const char *bytes;
  gsize length;
  Case expected;
} prefixes[] = {
#define BYTES(text) text, sizeof (text) - 1
  { "empty-file", BYTES (""), { .outcome = E (TRUNCATED), .says = "empty" } },
  { "three-bytes", BYTES ("\x93NU"), { .outcome = E (TRUNCATED), .says = "3 bytes" } },
  { "magic-only", BYTES (MAGIC), { .outcome = E (TRUNCATED), .says = "6 bytes" } },
  { "seven-bytes", BYTES (MAGIC "\1"), { .outcome = E (TRUNCATED), .says = "7 bytes" } },
  { "length-cut", BYTES (MAGIC "\1\0\x76"), { .outcome = E (TRUNCATED), .says = "9 bytes" } },
  { "length-cut-version-2",
    BYTES (MAGIC "\2\0\x76\0\0"),
    { .outcome = E (TRUNCATED), .says = "ends" } },
  { "numpx", BYTES ("\x93NUMPX\1\0\2\0{}"), { .outcome = E (MAGIC), .says = "begin" } },
  { "first-byte", BYTES ("\x92NUMPY\1\0\2\0{}"), { .outcome = E (MAGIC), .says = "begin" } },
  { "first-zero", BYTES ("\0NUMPY\1\0\2\0{}"), { .outcome = E (MAGIC), .says = "begin" } },
  { "lower-case", BYTES ("\x93numpy\1\0\2\0{}"), { .outcome = E (MAGIC), .says = "begin" } },
  { "matlab", BYTES ("\x93MATLB\1\0\2\0{}"), { .outcome = E (MAGIC), .says = "begin" } },
  { "version-0-0", BYTES (MAGIC "\0\0\2\0{}"), { .outcome = E (VERSION), .says = "0.0" } },
  { "version-0-1", BYTES (MAGIC "\0\1\2\0{}"), { .outcome = E (VERSION), .says = "0.1" } },
  { "version-1-1", BYTES (MAGIC "\1\1\2\0{}"), { .outcome = E (VERSION), .says = "1.1" } },
  { "version-2-2", BYTES (MAGIC "\2\2\2\0\0\0{}"), { .outcome = E (VERSION), .says = "2.2" } },
  { "version-4-0", BYTES (MAGIC "\4\0\2\0\0\0{}"), { .outcome = E (VERSION), .says = "4.0" } },
  { "version-255",
    BYTES (MAGIC "\xff\xff\2\0\0\0{}"),
    { .outcome = E (VERSION), .says = "255.255" } },
  { "header-beyond-file",
    BYTES (MAGIC "\1\0\x60\xea{}"),
    { .outcome = E (TRUNCATED), .says = "60000" } },
  { "version-2-all-bits",
    BYTES (MAGIC "\2\0\xff\xff\xff\xff"),
    { .outcome = E (TRUNCATED), .says = "4294967295" } },
  { "version-2-4-gib",
    BYTES (MAGIC "\2\0\xf0\xff\xff\xff{}"),
    { .outcome = E (TRUNCATED), .says = "4294967280" } },
  { "version-2-1-gib",
    BYTES (MAGIC "\2\0\0\0\0\x40{'descr': '<f4'"),
    { .outcome = E (TRUNCATED), .says = "1073741824" } },
  { "header-too-short",
    BYTES (MAGIC "\1\0\x0a\0{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}"),
    { .outcome = E (HEADER_SYNTAX), .says = "byte" } },
  { "header-of-0",
    BYTES (MAGIC "\1\0\0\0"),
    { .outcome = E (HEADER_SYNTAX), .says = "dictionary" } },
  { "nul-in-header",
    BYTES (MAGIC "\1\0\x12\0{'descr': '<f4\0', "),
    { .outcome = E (HEADER_SYNTAX), .says = "NUL" } },
#undef BYTES
};

static void
test_prefix (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_byte_array_append (file, (const guint8 *)prefixes[i].bytes, (guint)prefixes[i].length);
  check (file, file->len, &prefixes[i].expected);
}

/* ---- sizes of headers ----------------------------------------------------------------------- */

static void
check_length (gsize length, int major, const Case *expected)
{
  g_autoptr (GString) text = g_string_new (F4 ("(2,)"));
  while (text->len < length)
    g_string_append_c (text, ' ');
  g_autoptr (GByteArray) file = build (major, 0, text->str, text->len);
  check (file, file->len + 8, expected);
}

static void
test_lengths (void)
{
  static const Case fits = { .outcome = FITS, .dtype = SCOPE_FLOAT32, .shape = "(2,)" };
  static const Case large = { .outcome = E (HEADER_SIZE), .says = "10000" };
  check_length (9999, 1, &fits);
  check_length (10000, 1, &fits);
  check_length (10000, 2, &fits);
  check_length (10001, 1, &large);
  check_length (218100, 2, &large);
}

static void
test_deep_brackets (void)
{
  static const Case expected = { .outcome = E (HEADER_SYNTAX), .says = "deep" };
  g_autoptr (GString) text = g_string_new ("{'descr': ");
  for (int i = 0; i < 3000; i++)
    g_string_append_c (text, '(');
  g_autoptr (GByteArray) file = build (1, 0, text->str, text->len);
  check (file, file->len, &expected);
}

/* Every prefix and every single changed byte of a good file: an answer, and never a crash. */
static void
test_damage (void)
{
  const char *text = F4 ("(2, 3)");
  g_autoptr (GByteArray) whole = build (1, 0, text, strlen (text));
  g_byte_array_set_size (whole, whole->len + 24);
  static const guint8 replacements[] = { 0x00, 0x01, 0x7F, 0x80, 0xFF, '(', '\'', '{', ',' };
  for (gsize length = 0; length < whole->len; length++)
    {
      g_autoptr (GError) error = NULL;
      ScopeNpyHeader header;
      g_autofree guint8 *bytes = g_memdup2 (whole->data, MAX (length, 1));
      g_assert_false (
          scope_npy_parse_header (bytes, length, (gint64)length, "x.npy", &header, &error));
      ScopeFileError code =
          length < whole->len - 24 ? SCOPE_FILE_ERROR_TRUNCATED : SCOPE_FILE_ERROR_SHORT;
      g_assert_error (error, SCOPE_FILE_ERROR, (int)code);
    }
  for (gsize i = 0; i < whole->len; i++)
    for (gsize r = 0; r < G_N_ELEMENTS (replacements) + 8; r++)
      {
        g_autoptr (GError) error = NULL;
        ScopeNpyHeader header;
        g_autofree guint8 *bytes = g_memdup2 (whole->data, whole->len);
        bytes[i] = r < 8 ? bytes[i] ^ (guint8)(1 << r) : replacements[r - 8];
        if (scope_npy_parse_header (bytes, whole->len, whole->len, "x.npy", &header, &error))
          g_free (header.note);
        else
          g_assert_cmpuint (strlen (error->message), >, 20);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/npy/header/%s", cases[i].name);
      g_test_add_data_func (path, &cases[i], test_header);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/npy/prefix/%s", prefixes[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_prefix);
    }
  g_test_add_func ("/npy/lengths", test_lengths);
  g_test_add_func ("/npy/deep-brackets", test_deep_brackets);
  g_test_add_func ("/npy/damage", test_damage);
  return g_test_run ();
}
