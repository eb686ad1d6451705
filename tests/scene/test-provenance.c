/* What elements are and which operand they come from, against what is written. */
#include "scene/provenance.h"

#include "core/generator.h"

#include <glib.h>
#include <string.h>

static ScopeTensor *
new_tensor (const char *name, const char *text)
{
  ScopeTensorText parsed;
  g_assert_true (scope_tensor_text_parse (text, strlen (text), &parsed, NULL));
  ScopeStorage *storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, NULL);
  ScopeTensor *tensor = scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, NULL);
  scope_storage_unref (storage);
  return tensor;
}

static ScopeProgram *
new_program (const char *a, const char *b, const char *source)
{
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeTensor *tensors[] = { new_tensor ("A", a), new_tensor ("B", b) };
  ScopeProgram *program = scope_program_new (source, strlen (source), tensors, 2, &options, NULL);
  scope_tensor_unref (tensors[0]);
  scope_tensor_unref (tensors[1]);
  g_assert_nonnull (program);
  g_assert_cmpint (program->result, >=, 0);
  g_assert_cmpint (program->node[program->result]->state, ==, SCOPE_NODE_FITS);
  return program;
}

/* One letter for each rectangle: what it is made as, and in front the operand, where there are
 * some: `1=` is a copy of the first. */
static char *
describe (const ScopeProvenance *provenance)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int r = 0; r < provenance->row_parts; r++)
    {
      if (r > 0)
        g_string_append_c (text, '|');
      for (int c = 0; c < provenance->column_parts; c++)
        {
          int i = r * provenance->column_parts + c;
          if (provenance->operands > 0)
            g_string_append_printf (text, "%d", provenance->operand[i]);
          g_string_append_c (text, "=fx."[provenance->made[i]]);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const struct
{
  const char *name, *a, *b, *source;
  const char *parts; /* see describe */
  gint64 mixed, invented, looked;
  const char *rows, *names; /* where the rows' parts begin; what the operands are called */
} cases[] = {
  { "copy", "[3, 4]", "[1]", "A[1:]", "=", 0, 0, 8, "0 2", "" },
  { "sum", "[3, 4]", "[3, 4]", "A + B", "f", 0, 0, 12, "0 3", "" },
  { "cat", "[2, 3]", "[1, 3]", "torch.cat((A, B, A))", "1=|2=|3=", 0, 0, 15, "0 2 3 5", "A B A" },
  { "the-same-twice", "[2, 3]", "[1]", "torch.cat((A, A))", "1=|2=", 0, 0, 12, "0 2 4", "A A" },
  { "expression", "[2, 3]", "[2, 3]", "torch.cat((A * 2, B[:1]))", "1f|2=", 0, 0, 9, "0 2 3",
    "A * 2 B[:1]" },
  { "stack", "[2, 3]", "[2, 3]", "torch.stack((A, B))", "1=", 0, 0, 6, "0 2", "A B" },
  { "hstack", "[2, 3]", "[2, 1]", "np.hstack((A, B))", "1=2=", 0, 0, 8, "0 2", "A B" },
  { "block", "[2, 2]", "[2, 2]", "torch.cat((torch.cat((A, B), 1), torch.cat((B, A), 1)))",
    "1=|2=", 0, 0, 16, "0 2 4", "torch.cat((A, B), 1) torch.cat((B, A), 1)" },
  { "pad", "[2, 2]", "[1]", "F.pad(A, (1, 0, 0, 1))", ".=|..", 0, 5, 9, "0 2 3", "" },
  { "pad-meets-cat", "[2, 2]", "[1, 4]", "torch.cat((F.pad(A, (1, 1)), B))", "1.1=1.|2=2=2=", 0, 4,
    12, "0 2 3", "F.pad(A, (1, 1)) B" },
  { "nearest", "[1, 1, 2, 2]", "[1]", "F.interpolate(A, size=(4, 4))", "=", 0, 0, 16, "0 4", "" },
  { "bilinear", "[1, 1, 2, 2]", "[1]",
    "F.interpolate(A, size=(3, 3), mode='bilinear', align_corners=True)", "=x=|xxx|=x=", 5, 0, 9,
    "0 1 2 3", "" },
  { "mixed-in-one-part", "[1, 1, 2, 2]", "[1, 1, 1, 3]",
    "torch.cat((F.interpolate(A, size=(2, 3), mode='bilinear', align_corners=True), B), 2)",
    "1=1x1=|2=2=2=", 2, 0, 9, "0 2 3", "F.interpolate(A, siz… B" },
  { "mean", "[3, 4]", "[1]", "A.mean(0)", "x", 4, 0, 4, "0 1", "" },
  { "softmax", "[3, 4]", "[1]", "A.softmax(0)", "f", 0, 0, 12, "0 3", "" },
  { "assigned-in-part", "[3, 3]", "[1, 1]", "A[1, 1:] = B[0]", "1=1=|1=2=|1=1=", 0, 0, 9, "0 1 2 3",
    "A B[0]" },
  { "assigned-as-a-whole", "[3, 3]", "[3]", "A[...] = B", "=", 0, 0, 9, "0 3", "" },
  { "all-made-up", "[3, 3]", "[3]", "torch.zeros(2, 2)", ".", 0, 4, 4, "0 2", "" },
  { "scalar", "[]", "[]", "A * B", "f", 0, 0, 1, "0 1", "" },
  /* Too large to be looked at as a whole. */
  { "large-cat", "[70000, 3]", "[100, 3]", "torch.cat((A, B, A))", "1=|2=|3=", 0, 0, 192,
    "0 70000 70100 140100", "A B A" },
  { "large-pad", "[2000, 3000]", "[1]", "F.pad(A, (100, 300, 7, 0))", "...|.=.", 0, -1, 4096,
    "0 7 2007", "" },
  { "large-pad-meets-cat", "[2000, 3000]", "[50, 3100]", "torch.cat((F.pad(A, (0, 100)), B))",
    "1=1.|2=2=", 0, -1, 4096, "0 2000 2050", "F.pad(A, (0, 100)) B" },
  { "large-bicubic", "[1, 1, 1280, 256]", "[1]",
    "F.interpolate(A, size=(256, 512), mode='bicubic')", "x", -1, 0, 4096, "0 256", "" },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeProgram *program = new_program (cases[i].a, cases[i].b, cases[i].source);
  ScopeView view = scope_view_default (&program->node[program->result]->shape);
  ScopeProvenance *provenance = scope_provenance_new (program, program->result, &view, NULL);
  g_assert_nonnull (provenance);
  g_autofree char *parts = describe (provenance);
  g_autoptr (GString) rows = g_string_new ("0");
  g_autoptr (GString) names = g_string_new (NULL);
  for (int r = 1; r <= provenance->row_parts; r++)
    g_string_append_printf (rows, " %d", (int)provenance->row_at[r]);
  for (int k = 0; k < provenance->operands; k++)
    g_string_append_printf (names, k > 0 ? " %s" : "%s", provenance->name[k]);
  g_assert_cmpstr (parts, ==, cases[i].parts);
  g_assert_cmpstr (rows->str, ==, cases[i].rows);
  g_assert_cmpstr (names->str, ==, cases[i].names);
  g_assert_cmpint (provenance->looked, ==, cases[i].looked);
  if (cases[i].mixed >= 0)
    g_assert_cmpint (provenance->count[SCOPE_MADE_MIXED], ==, cases[i].mixed);
  else
    g_assert_cmpint (provenance->count[SCOPE_MADE_MIXED], >, provenance->looked * 9 / 10);
  if (cases[i].invented >= 0)
    g_assert_cmpint (provenance->count[SCOPE_MADE_INVENTED], ==, cases[i].invented);
  else
    g_assert_cmpint (provenance->count[SCOPE_MADE_INVENTED], >, 0);
  scope_provenance_free (provenance);
  scope_program_unref (program);
}

/* An operand's colour is its tensor's. */
static void
test_colors (void)
{
  ScopeProgram *program = new_program ("[2, 3]", "[1, 3]", "torch.cat((A, B, A))");
  ScopeView view = scope_view_default (&program->node[program->result]->shape);
  ScopeProvenance *provenance = scope_provenance_new (program, program->result, &view, NULL);
  g_assert_cmpint (scope_provenance_color (provenance, 0, 0), ==, 0);
  g_assert_cmpint (scope_provenance_color (provenance, 1, 0), ==, 1);
  g_assert_cmpint (scope_provenance_color (provenance, 2, 0), ==, 0);
  scope_provenance_free (provenance);
  scope_program_unref (program);
}

/* What is stopped, empty or too deep to follow gives nothing. */
static void
test_nothing (void)
{
  static const _Atomic int stopped = 1;
  ScopeProgram *program = new_program ("[200, 200]", "[0, 3]", "A * 2");
  ScopeView view = scope_view_default (&program->node[program->result]->shape);
  g_assert_null (scope_provenance_new (program, program->result, &view, &stopped));
  view.over_axes = 1;
  scope_program_unref (program);
  program = new_program ("[200, 200]", "[0, 3]", "B * 2");
  g_assert_null (scope_provenance_new (program, program->result, &view, NULL));
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/provenance/%s", cases[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/scene/provenance/colors", test_colors);
  g_test_add_func ("/scene/provenance/nothing", test_nothing);
  return g_test_run ();
}
