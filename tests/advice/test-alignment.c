/* The alignment in numbers: marks of every cell and column, and the result's sizes. */
#include "scene-maker.h"

/* `rows` and `result`: a cell is its size and sign, `.` where there is none; `columns` the signs.
 */
static const struct
{
  const char *name, *source, *a, *b, *rows, *columns, *result;
} cases[] = {
  { "the-example", "A[...] = B", "1,1,256,256", "1,1,1280,256",
    "A/target 1= 1= 256✗ 256=; B/source 1= 1= 1280✗ 256=", "= = ✗ =", "1 1 ? 256" },
  { "size-one-stretches", "A + B", "8,1,6,1", "7,1,5", "A 8= 1→ 6= 1→; B 1 7= 1→ 5=", "→ → → →",
    "8 7 6 5" },
  { "missing-axis", "A + B", "256", "1,256", "A 1 256=; B 1= 256=", "= =", "1 256" },
  { "both-fail", "A + B", "2,3,4", "5,3,7", "A 2✗ 3= 4✗; B 5✗ 3= 7✗", "✗ = ✗", "? 3 ?" },
  { "scalar", "A + B", "()", "2,3", "A 1 1; B 2= 3=", "→ →", "2 3" },
  { "size-zero", "A + B", "0,3", "1,3", "A 0= 3=; B 1→ 3=", "→ =", "0 3" },
  { "unknown-size", "A + B", "?,3", "4,3", "A ?? 3=; B 4? 3=", "? =", "4 3" },
  { "concatenation", "torch.cat((A, B), dim=0)", "2,3", "4,3", "A 2⊕ 3=; B 4⊕ 3=", "⊕ =", "6 3" },
  { "concatenation-fails", "torch.cat((A, B), dim=0)", "2,3", "4,5", "A 2⊕ 3✗; B 4⊕ 5✗", "⊕ ✗",
    "6 ?" },
  { "product", "A @ B", "2,3", "3,4", "A 2 3↔; B 3↔ 4", " ", "2 4" },
  { "named-sizes", "A + B", "N,3", "N,1", "A N= 3=; B N= 1→", "= →", "N 3" },
  { "product-of-batches", "A @ B", "5,2,3", "3,4", "A 5= 2 3↔; B 1 3↔ 4", "→  ", "5 2 4" },
  { "longer-source", "A[0] = B", "2,3", "1,1,3",
    "A[0]/target 1 1 3=; B/source 1= 1= 3=", "= = =", "3" },
  { "product-fails", "A @ B", "2,3", "5,4", "A 2 3✗; B 5✗ 4", "✗ ✗", "" },
  { "part-of-the-target", "A[0] = B", "2,3", "4", "A[0]/target 3✗; B/source 4✗", "✗", "?" },
};

static void
print_cells (const ScopeAlignedRow *row, int rank, bool signs, GString *out)
{
  for (int column = 0; column < rank; column++)
    {
      const ScopeAlignedCell *cell = &row->cell[column];
      if (!cell->present)
        continue;
      if (out->len > 0)
        g_string_append_c (out, ' ');
      if (cell->mark == SCOPE_MARK_PADDED && signs)
        {
          g_string_append (out, "1");
          continue;
        }
      ScopeText size = { 0 };
      scope_size_print (cell->size, &size);
      g_string_append (out, scope_text_string (&size));
      scope_text_clear (&size);
      if (signs)
        g_string_append (out, scope_mark_sign (cell->mark));
    }
}

static void
test_case (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeReport *report = make_report (cases[i].source, cases[i].a, cases[i].b, SCOPE_PYTORCH, NULL);
  const ScopeAlignment *alignment = report->alignment;
  g_assert_nonnull (alignment);
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autoptr (GString) result = g_string_new (NULL);
  for (int r = 0; r < alignment->rows; r++)
    {
      g_autoptr (GString) row = g_string_new (scope_text_string (&alignment->row[r].name));
      if (alignment->row[r].role.length > 0)
        g_string_append_printf (row, "/%s", scope_text_string (&alignment->row[r].role));
      print_cells (&alignment->row[r], alignment->rank, true, row);
      g_string_append_printf (rows, "%s%s", r > 0 ? "; " : "", row->str);
    }
  for (int column = 0; column < alignment->rank; column++)
    g_string_append_printf (columns, "%s%s", column > 0 ? " " : "",
                            scope_mark_sign (alignment->column[column]));
  if (alignment->has_result)
    print_cells (&alignment->result, alignment->rank, false, result);
  g_assert_cmpstr (rows->str, ==, cases[i].rows);
  g_assert_cmpstr (columns->str, ==, cases[i].columns);
  g_assert_cmpstr (result->str, ==, cases[i].result);
  scope_report_free (report);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/alignment/", cases[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_case);
    }
  return g_test_run ();
}
