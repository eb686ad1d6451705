/* Tables of numbers, and the cells of every kind of comma-separated text. */
#include "files/csv-reader.h"
#include "files/file-format.h"
#include "temporary.h"

#include <locale.h>
#include <string.h>

/* ---- cells ---------------------------------------------------------------------------------- */

static const struct
{
  const char *name, *text, *cells; /* cells between |, rows between / */
} texts[] = {
  { "simple", "a,b,c\n1,2,3\n", "a|b|c/1|2|3" },
  { "simple-crlf", "a,b,c\r\n1,2,3\r\n", "a|b|c/1|2|3" },
  { "simple-cr", "a,b,c\r1,2,3\r", "a|b|c/1|2|3" },
  { "no-last-line-end", "a,b\n1,2", "a|b/1|2" },
  { "comma-in-quotes", "first,address\nJohn,\"120, any st.\"\n",
    "first|address/John|120, any st." },
  { "empty-cells", "a,b,c\n1,\"\",\"\"\n2,,4\n,,\n", "a|b|c/1||/2||4/||" },
  { "empty-crlf", "a,b,c\r\n1,\"\",\"\"\r\n2,3,4\r\n", "a|b|c/1||/2|3|4" },
  { "escaped-quotes", "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", "a|b/1|ha \"ha\" ha/3|4" },
  { "json", "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [102.0, 0.5]}\"\n",
    "key|val/1|{\"type\": \"Point\", \"at\": [102.0, 0.5]}" },
  { "newlines", "a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n",
    "a|b|c/1|2|3/Once upon \na time|5|6/7|8|9" },
  { "newlines-crlf", "a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n",
    "a|b|c/1|2|3/Once upon \r\na time|5|6" },
  { "quotes-and-newlines", "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n", "a|b/1|ha \n\"ha\" \nha/3|4" },
  { "utf-8", "a,b,c\n1,2,3\n4,5,ʤ\n", "a|b|c/1|2|3/4|5|ʤ" },
  { "byte-order-mark",
    "\xef\xbb\xbf"
    "a,b\n1,2\n",
    "a|b/1|2" },
  { "semicolons", "a;b\n1,5;2,5\n", "a|b/1,5|2,5" },
  { "tabs", "a\tb\n1\t\t\n", "a|b/1||" },
  { "first-tab", "\ta\n1\t2\n", "|a/1|2" },
  { "blanks", "  1   2 3  \n4\t5 6\n", "1|2|3/4|5|6" },
  { "blanks-in-cells", " 1 , 2 ,\"  3\" \n", "1|2|  3" },
  { "comments", "# a, b\n1,2\n  # c\n3,4\n", "1|2/3|4" },
  { "empty-lines", "\n1,2\n\n \n3,4\n\n", "1|2/3|4" },
  { "one-column", "1\n2\n3\n", "1/2/3" },
};

typedef struct
{
  GString *cells;
  gint64 row, column;
} Collected;

static gboolean
collect (gint64 row, gint64 column, const char *text, gsize length, gpointer data, GError **error)
{
  Collected *collected = data;
  gboolean first = row == 0 && column == 0;
  g_assert_true (first || (row == collected->row && column == collected->column + 1)
                 || (row == collected->row + 1 && column == 0));
  if (!first)
    g_string_append_c (collected->cells, row > collected->row ? '/' : '|');
  g_string_append_len (collected->cells, text, (gssize)length);
  collected->row = row;
  collected->column = column;
  return TRUE;
}

static void
test_cells (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *path = temporary_file ("x.csv", texts[i].text, strlen (texts[i].text));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScopeMappedFile) mapped = scope_mapped_file_open (file, &error);
  g_autoptr (GString) cells = g_string_new (NULL);
  Collected collected = { .cells = cells };
  ScopeCsvStyle style;
  g_assert_true (scope_csv_style (mapped, &style, &error));
  g_assert_true (scope_csv_read (mapped, &style, collect, &collected, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (cells->str, ==, texts[i].cells);
  temporary_clear ();
}

/* ---- tables --------------------------------------------------------------------------------- */

static const struct
{
  const char *name, *text, *dtype, *shape, *values;
} tables[] = {
  { "whole", "1,2,3\n4,-5,+6\n", "int64", "[2, 3]", "1 2 3 4 -5 6" },
  { "floats", "1,2.5\n-3e2,.5\n", "float64", "[2, 2]", "1.0 2.5 -300.0 0.5" },
  { "names", "a,b\n1,2\n", "int64", "[1, 2]", "1 2" },
  { "names-with-gap", ",b\n1,2\n", "int64", "[1, 2]", "1 2" },
  { "names-with-number", "a,1.5\n1,2\n", "int64", "[1, 2]", "1 2" },
  { "gaps", "1,\n,4\n", "float64", "[2, 2]", "1.0 nan nan 4.0" },
  { "special", "nan,inf\n-Inf,NaN\n1e400,-1e-400\n", "float64", "[3, 2]",
    "nan inf -inf nan inf -0.0" },
  { "decimal-commas", "1,5;2\n-0,25;1e3\n", "float64", "[2, 2]", "1.5 2.0 -0.25 1000.0" },
  { "beyond-int64", "9223372036854775807,9223372036854775808\n", "float64", "[1, 2]",
    "9.223372036854776e+18 9.223372036854776e+18" },
  { "largest-int64", "9223372036854775807\n", "int64", "[1, 1]", "9223372036854775807" },
  { "savetxt", "# made by np.savetxt\n1.000000e+00 2.000000e+00\n3.000000e+00 4.000000e+00\n",
    "float64", "[2, 2]", "1.0 2.0 3.0 4.0" },
  { "quoted-numbers", "\"1\",\"2\"\n", "int64", "[1, 2]", "1 2" },
};

static void
test_table (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *path = temporary_file ("x.csv", tables[i].text, strlen (tables[i].text));
  g_autoptr (GError) error = NULL;
  ScopeTensor *tensor = scope_tensor_open ("A", path, NULL, NULL, &error);
  g_assert_no_error (error);
  ScopeText text = { 0 };
  scope_shape_print (&tensor->shape, SCOPE_SHAPE_LIST, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, tables[i].shape);
  g_assert_cmpstr (scope_dtype_name (tensor->dtype), ==, tables[i].dtype);
  scope_text_clear (&text);
  for (gint64 k = 0; k < tensor->storage->count; k++)
    {
      if (k > 0)
        scope_text_append (&text, " ");
      scope_dtype_print (tensor->dtype, (const char *)tensor->storage->data + 8 * k, &text);
    }
  g_assert_cmpstr (scope_text_string (&text), ==, tables[i].values);
  scope_text_clear (&text);
  scope_tensor_unref (tensor);
  temporary_clear ();
}

static const struct
{
  const char *name, *text;
  gsize length;
  ScopeFileError code;
  const char *says;
} wrong[] = {
#define BYTES(text) text, sizeof (text) - 1
  { "ragged-short", BYTES ("1,2\n3\n4,5\n"), SCOPE_FILE_ERROR_CSV,
    "row 2, column 1: the row has 1 cells" },
  { "ragged-short-last", BYTES ("1,2\n3\n"), SCOPE_FILE_ERROR_CSV,
    "row 2, column 1: the row has 1 cells" },
  { "ragged-long", BYTES ("1,2\n3,4,5\n"), SCOPE_FILE_ERROR_CSV,
    "row 2, column 3: the row has more" },
  { "word", BYTES ("1,2\n3,x\n"), SCOPE_FILE_ERROR_CSV, "row 2, column 2: 'x' is not a number" },
  { "hexadecimal", BYTES ("1\n0x10\n"), SCOPE_FILE_ERROR_CSV, "'0x10' is not a number" },
  { "comma-in-number", BYTES ("1,2\n\"3,4\",5\n"), SCOPE_FILE_ERROR_CSV, "'3,4' is not a number" },
  { "names-only", BYTES ("a,b\n"), SCOPE_FILE_ERROR_CSV, "no rows of numbers" },
  { "comments-only", BYTES ("# a\n\n"), SCOPE_FILE_ERROR_CSV, "no rows of numbers" },
  { "empty", BYTES (""), SCOPE_FILE_ERROR_TRUNCATED, "empty" },
  { "unclosed", BYTES ("1,\"2\n3,4\n"), SCOPE_FILE_ERROR_CSV, "never closed" },
  { "after-quotes", BYTES ("1,\"2\"3\n"), SCOPE_FILE_ERROR_CSV, "after a closing quote in line 1" },
  { "nul", BYTES ("1,2\n3,\0\n"), SCOPE_FILE_ERROR_UTF8, "NUL" },
  { "utf-16",
    BYTES ("\xff\xfe"
           "1\0,\0"),
    SCOPE_FILE_ERROR_UTF8, "UTF-16" },
  { "escape", BYTES ("1\n\x1b[31m\n"), SCOPE_FILE_ERROR_CSV, "'\\x1b[31m'" },
#undef BYTES
};

static void
test_wrong (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *path = temporary_file ("x.csv", wrong[i].text, wrong[i].length);
  g_autoptr (GError) error = NULL;
  g_assert_null (scope_tensor_open ("A", path, NULL, NULL, &error));
  g_assert_error (error, SCOPE_FILE_ERROR, (int)wrong[i].code);
  g_assert_nonnull (strstr (error->message, wrong[i].says));
  g_assert_nonnull (strstr (error->message, "x.csv: "));
  temporary_clear ();
}

/* ---- sizes ---------------------------------------------------------------------------------- */

/* One line of a million cells, and a cell too long to be a number. */
static void
test_long_lines (void)
{
  g_autoptr (GString) line = g_string_new ("0");
  for (int i = 1; i < 1000000; i++)
    g_string_append_printf (line, ",%d", i);
  g_autofree char *wide = temporary_file ("wide.csv", line->str, line->len);
  g_autoptr (GError) error = NULL;
  ScopeTensor *tensor = scope_tensor_open ("A", wide, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tensor->shape.size[1], ==, 1000000);
  g_assert_cmpint (((const gint64 *)tensor->storage->data)[999999], ==, 999999);
  scope_tensor_unref (tensor);

  g_autofree char *digits = g_strnfill (1000000, '7');
  g_autofree char *path = temporary_file ("long.csv", digits, 1000000);
  g_assert_null (scope_tensor_open ("A", path, NULL, NULL, &error));
  g_assert_error (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_CSV);
  g_assert_nonnull (strstr (error->message, "4096"));
  temporary_clear ();
}

/* Points stay points where people write commas. */
static void
test_locale (void)
{
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL && setlocale (LC_ALL, "fr_FR.UTF-8") == NULL)
    {
      g_test_skip ("no locale with decimal commas is installed");
      return;
    }
  g_autofree char *path = temporary_file ("x.csv", "1.5,2\n", 6);
  ScopeTensor *tensor = scope_tensor_open ("A", path, NULL, NULL, NULL);
  g_assert_cmpfloat (((const double *)tensor->storage->data)[0], ==, 1.5);
  scope_tensor_unref (tensor);
  setlocale (LC_ALL, "C");
  temporary_clear ();
}

/* What a file holds goes before what its name says. */
static void
test_renamed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = temporary_file ("x.csv", "\x1f\x8b\x08\0", 4);
  g_assert_null (scope_tensor_open ("A", path, NULL, NULL, &error));
  g_assert_error (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_REFUSED);
  temporary_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  temporary_begin ();
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/csv/cells/%s", texts[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_cells);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_strdup_printf ("/csv/table/%s", tables[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_table);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strdup_printf ("/csv/wrong/%s", wrong[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_wrong);
    }
  g_test_add_func ("/csv/long-lines", test_long_lines);
  g_test_add_func ("/csv/locale", test_locale);
  g_test_add_func ("/csv/renamed", test_renamed);
  int failed = g_test_run ();
  temporary_end ();
  return failed;
}
