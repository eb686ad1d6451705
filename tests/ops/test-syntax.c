/* Replays what CPython's own parser made of random texts (tests/oracle/syntax.py). */
#include "ops/expression.h"

#include "syntax-print.h"

#include <gio/gio.h>
#include <string.h>

static char *
read_golden (const char *name)
{
  g_autofree char *path = g_build_filename (SCOPE_TESTS, "golden", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) compressed = g_file_read (file, NULL, NULL);
  g_assert_nonnull (compressed);
  g_autoptr (GConverter) gzip =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) stream =
      g_converter_input_stream_new (G_INPUT_STREAM (compressed), gzip);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_NONE, NULL, NULL);
  g_output_stream_write_all (out, "", 1, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}

static gboolean
agrees (const char *text, const char *tree)
{
  ScopeError error = { 0 };
  ScopeExpression *expression = scope_expression_parse (text, strlen (text), &error);
  g_autoptr (GString) found = g_string_new (NULL);
  if (expression != NULL)
    syntax_print (expression, TRUE, found);
  else
    g_string_assign (found, "!");
  scope_expression_free (expression);
  if (strcmp (found->str, tree) == 0)
    return TRUE;
  g_test_message ("%s\n  CPython: %s\n  found:   %s %s", text, tree, found->str, error.sentence);
  return FALSE;
}

static void
test_golden (void)
{
  g_autofree char *golden = read_golden ("syntax.txt.gz");
  g_auto (GStrv) lines = g_strsplit (golden, "\n", -1);
  int texts = 0, differences = 0;
  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      char *tab = strchr (*line, '\t');
      g_assert_nonnull (tab);
      *tab = '\0';
      g_autofree char *text = g_strcompress (*line), *tree = g_strcompress (tab + 1);
      texts++;
      differences += !agrees (text, tree);
    }
  g_assert_cmpint (texts, ==, 3000);
  g_assert_cmpint (differences, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ops/syntax/cpython", test_golden);
  return g_test_run ();
}
