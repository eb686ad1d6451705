/* .csv: a table of numbers as an array of rows and columns, int64 when all are whole, else
 * float64. Read twice: once for the size and type, once for the values. */
#include "files/csv-reader.h"
#include "files/file-format.h"

#include <math.h>
#include <string.h>

enum
{
  MAX_CELLS = 50 * 1000 * 1000
};

typedef struct
{
  ScopeMappedFile *file;
  char separator;
  gint64 rows, columns; /* of numbers */
  gint64 cells;
  gboolean has_names; /* the first row is not numbers */
  gboolean has_floats;
  gboolean has_gaps; /* empty cells, which are NaN */
  void *data;        /* in the second reading */
} Table;

static gboolean
csv_recognize (const ScopeFileHead *head)
{
  return scope_head_ends (head, ".csv .tsv .txt .dat");
}

/* ---- numbers -------------------------------------------------------------------------------- */

static gboolean
is_word (const char *text, gsize length, const char *word)
{
  return length == strlen (word) && g_ascii_strncasecmp (text, word, length) == 0;
}

/* Reads a floating-point number; a comma serves as point where it separates nothing. */
static gboolean
read_float (const char *text, gsize length, gboolean comma, double *value)
{
  if (is_word (text, length, "nan"))
    *value = NAN;
  else if (is_word (text, length, "inf") || is_word (text, length, "infinity"))
    *value = INFINITY;
  else
    {
      char copy[64];
      const char *point = comma && length < sizeof copy ? memchr (text, ',', length) : NULL;
      if (point != NULL)
        {
          memcpy (copy, text, length);
          copy[point - text] = '.';
          text = copy;
        }
      return length > 0 && scope_text_read_double (text, length, value) == length;
    }
  return TRUE;
}

/* A number of a cell: *whole says whether `integer` holds it exactly. */
static gboolean
read_number (const Table *table,
             const char *text,
             gsize length,
             gboolean *whole,
             gint64 *integer,
             double *value)
{
  gboolean negative = length > 0 && text[0] == '-';
  gsize sign = negative || (length > 0 && text[0] == '+') ? 1 : 0;
  bool overflow = false;
  gsize digits = scope_text_read_digits (text + sign, length - sign, integer, &overflow);
  *whole = digits > 0 && digits == length - sign && !overflow;
  if (*whole)
    {
      *integer = negative ? -*integer : *integer;
      *value = (double)*integer;
      return TRUE;
    }
  if (!read_float (text + sign, length - sign, table->separator == ';', value))
    return FALSE;
  *value = negative ? -*value : *value;
  return TRUE;
}

/* ---- the two readings ----------------------------------------------------------------------- */

static gboolean
fail_cell (const Table *table, GError **error, gint64 row, gint64 column, const char *what)
{
  return scope_file_fail (error, SCOPE_FILE_ERROR_CSV, scope_mapped_file_name (table->file),
                          "row %" G_GINT64_FORMAT ", column %" G_GINT64_FORMAT
                          ": %s. Correct it there.",
                          row + 1, column + 1, what);
}

/* Rows of a table are all as long as the first. */
static gboolean
check_place (Table *table, gint64 row, gint64 column, GError **error)
{
  if (row == 0)
    {
      table->columns = column + 1;
      return TRUE;
    }
  if (row == 1 && column == 0 && table->has_names)
    table->has_floats = table->has_gaps = FALSE; /* between names they mean nothing */
  if (column == 0 && table->cells != row * table->columns)
    {
      g_autofree char *what = g_strdup_printf (
          "the row has %" G_GINT64_FORMAT " cells, the first one %" G_GINT64_FORMAT,
          table->cells - (row - 1) * table->columns, table->columns);
      return fail_cell (table, error, row - 1, table->cells - (row - 1) * table->columns - 1, what);
    }
  if (column >= table->columns)
    {
      g_autofree char *what = g_strdup_printf (
          "the row has more cells than the first, which has %" G_GINT64_FORMAT, table->columns);
      return fail_cell (table, error, row, column, what);
    }
  return TRUE;
}

static gboolean
count_cell (gint64 row,
            gint64 column,
            const char *text,
            gsize length,
            gpointer data,
            GError **error)
{
  Table *table = data;
  gboolean whole = FALSE;
  gint64 integer = 0;
  double value = 0;
  if (!check_place (table, row, column, error))
    return FALSE;
  if (++table->cells > MAX_CELLS)
    return scope_file_fail (error, SCOPE_FILE_ERROR_TOO_BIG, scope_mapped_file_name (table->file),
                            "it has more than %d million cells. Save it with np.save.",
                            MAX_CELLS / 1000000);
  table->rows = row + 1;
  if (length == 0)
    table->has_gaps = TRUE;
  else if (read_number (table, text, length, &whole, &integer, &value))
    table->has_floats = table->has_floats || !whole;
  else if (row == 0)
    table->has_names = TRUE;
  else
    {
      g_autofree char *shown = scope_file_escape (text, length, 40);
      g_autofree char *what = g_strdup_printf ("'%s' is not a number", shown);
      return fail_cell (table, error, row, column, what);
    }
  return TRUE;
}

static gboolean
store_cell (gint64 row,
            gint64 column,
            const char *text,
            gsize length,
            gpointer data,
            GError **error)
{
  Table *table = data;
  gint64 at = (row - table->has_names) * table->columns + column;
  gboolean whole = FALSE;
  gint64 integer = 0;
  double value = NAN;
  if (table->has_names && row == 0)
    return TRUE;
  /* The file is watched, but who writes into it within a tick may show us another text. */
  if (column >= table->columns || row >= table->rows
      || (length > 0 && !read_number (table, text, length, &whole, &integer, &value)))
    return scope_file_fail (error, SCOPE_FILE_ERROR_CHANGED, scope_mapped_file_name (table->file),
                            "the file changed on disk while it was read. Open it again.");
  if (table->has_floats || table->has_gaps)
    ((double *)table->data)[at] = value;
  else
    ((gint64 *)table->data)[at] = integer;
  return TRUE;
}

static gboolean
measure (Table *table, const ScopeCsvStyle *style, GCancellable *cancellable, GError **error)
{
  if (!scope_csv_read (table->file, style, count_cell, table, cancellable, error))
    return FALSE;
  /* The last row has no next one that would have looked back. */
  gint64 last = table->cells - (table->rows - 1) * table->columns;
  if (table->rows > 0 && last != table->columns)
    {
      g_autofree char *what = g_strdup_printf ("the row has %" G_GINT64_FORMAT
                                               " cells, the first one %" G_GINT64_FORMAT,
                                               last, table->columns);
      return fail_cell (table, error, table->rows - 1, last - 1, what);
    }
  if (table->rows - table->has_names <= 0)
    return scope_file_fail (error, SCOPE_FILE_ERROR_CSV, scope_mapped_file_name (table->file),
                            "it holds no rows of numbers. Open a table of numbers.");
  return TRUE;
}

static gboolean
prepare (Table *table,
         ScopeMappedFile *file,
         ScopeCsvStyle *style,
         GCancellable *cancellable,
         GError **error)
{
  *table = (Table){ .file = file };
  if (!scope_csv_style (file, style, error))
    return FALSE;
  table->separator = style->separator;
  return measure (table, style, cancellable, error);
}

static ScopeDtype
dtype_of (const Table *table)
{
  return table->has_floats || table->has_gaps ? SCOPE_FLOAT64 : SCOPE_INT64;
}

static ScopeShape
shape_of (const Table *table)
{
  return (ScopeShape){ .rank = 2, .size = { table->rows - table->has_names, table->columns } };
}

/* ---- the format ----------------------------------------------------------------------------- */

static ScopeTensor *
csv_open (ScopeMappedFile *file,
          const char *name,
          const char *member,
          GCancellable *cancellable,
          GError **error)
{
  Table table;
  ScopeCsvStyle style;
  if (member != NULL)
    {
      scope_file_fail (error, SCOPE_FILE_ERROR_TEXT, scope_mapped_file_name (file),
                       "a table has no members. Leave out '::' and what follows.");
      return NULL;
    }
  if (!prepare (&table, file, &style, cancellable, error))
    return NULL;

  ScopeError failed = { 0 };
  ScopeShape shape = shape_of (&table);
  ScopeStorage *storage =
      scope_storage_new_owned (dtype_of (&table), shape.size[0] * shape.size[1],
                               scope_file_memory_budget (), &table.data, &failed);
  ScopeTensor *tensor = NULL;
  if (storage == NULL)
    scope_file_fail_core (error, &failed);
  else if (scope_csv_read (file, &style, store_cell, &table, cancellable, error))
    {
      tensor = scope_tensor_new (name, dtype_of (&table), &shape, NULL, storage, &failed);
      if (tensor == NULL)
        scope_file_fail_core (error, &failed);
    }
  scope_storage_unref (storage);
  return tensor;
}

static GPtrArray *
csv_list (ScopeMappedFile *file, GCancellable *cancellable, GError **error)
{
  Table table;
  ScopeCsvStyle style;
  if (!prepare (&table, file, &style, cancellable, error))
    return NULL;
  ScopeShape shape = shape_of (&table);
  ScopeTensorInfo *info = scope_tensor_info_new ("", scope_dtype_name (dtype_of (&table)), &shape);
  info->bytes = 8 * shape.size[0] * shape.size[1];
  info->readable = TRUE;
  if (table.has_names)
    scope_tensor_info_add_note (info, "the first row holds names");
  if (table.has_gaps)
    scope_tensor_info_add_note (info, "empty cells are NaN");
  GPtrArray *list = scope_tensor_info_array_new ();
  g_ptr_array_add (list, info);
  return list;
}

const ScopeFileFormat scope_format_csv = {
  .id = "csv",
  .by_name = TRUE,
  .recognize = csv_recognize,
  .open = csv_open,
  .list = csv_list,
};
