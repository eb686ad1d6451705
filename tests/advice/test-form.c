/* Forms: every operation of the table, in every dialect that has it, is begun with a line that the
 * engine takes; each of its arguments is read, changed and taken away again, and the rest of the
 * text stays. */
#include "advice/form.h"
#include "ops/registry.h"
#include "scene-maker.h"

#include <glib.h>
#include <string.h>

static const struct
{
  const char *name, *a, *b;
} scenes[] = {
  { "images", "4,3,32,32", "4,3,32,32" },
  { "matrices", "6,6", "6,6" },
  { "vectors", "5", "5" },
  { "apart", "1,1,256,256", "1,1,1280,256" },
};

typedef struct
{
  int op, scene;
  ScopeDialect dialect;
} Case;

static ScopeTensor *tensors[2];

static void
make_tensors (int scene)
{
  tensors[0] = make_tensor ("A", scenes[scene].a);
  tensors[1] = make_tensor ("B", scenes[scene].b);
}

static void
free_tensors (void)
{
  scope_tensor_unref (tensors[0]);
  scope_tensor_unref (tensors[1]);
}

static ScopeProgram *
check (const char *text, ScopeDialect dialect)
{
  ScopeCheckOptions options = { .dialect = dialect };
  ScopeError error = { 0 };
  ScopeProgram *program = scope_program_new (text, strlen (text), tensors, 2, &options, &error);

  if (program == NULL)
    g_error ("%s: %s", text, error.sentence);
  return program;
}

/* The last node that the operation makes. */
static int
find_node (const ScopeProgram *program, const ScopeOp *op)
{
  int found = -1;

  for (int i = 0; i < program->nodes; i++)
    if (program->node[i]->op == op && !program->node[i]->inner && program->node[i]->part == 0)
      found = i;
  return found;
}

/* A value of a parameter's kind that is no default. */
static const char *
probe_of (const ScopeParameter *parameter)
{
  static char choice[64];

  switch (parameter->takes)
    {
    case SCOPE_TAKES_TENSOR:
      return "B";
    case SCOPE_TAKES_TENSORS:
      return "(B, A)";
    case SCOPE_TAKES_AXIS:
      return "-1";
    case SCOPE_TAKES_AXES:
    case SCOPE_TAKES_SHAPE:
      return "(0, 1)";
    case SCOPE_TAKES_NUMBER:
      return "0.25";
    case SCOPE_TAKES_BOOL:
      return g_strcmp0 (parameter->initial, "True") == 0 ? "False" : "True";
    case SCOPE_TAKES_CHOICE:
      g_snprintf (choice, sizeof choice, "'%s'", strrchr (parameter->choices, ' ') + 1);
      return choice;
    case SCOPE_TAKES_STRING:
      return "'a b -> b a'";
    case SCOPE_TAKES_DTYPE:
      return "float64";
    default:
      return "3";
    }
}

static char *
write_field (const ScopeProgram *program, int node, int parameter, const char *value)
{
  ScopeText out = { 0 };
  ScopeError error = { 0 };
  char *text;

  if (!scope_form_write (program, node, parameter, value, tensors, 2, &out, &error))
    g_error ("%s, parameter %d to %s: %s", program->expression->source, parameter, value,
             error.sentence);
  text = g_strdup (scope_text_string (&out));
  scope_text_clear (&out);
  return text;
}

/* Writes a value for one field, reads it back, and takes it away again. */
static void
probe_field (const ScopeProgram *program, const ScopeForm *form, int i)
{
  const ScopeFormField *field = &form->field[i];
  const ScopeParameter *parameter = &form->op->parameter[field->parameter];
  const char *source = program->expression->source, *probe = probe_of (parameter);
  g_autofree char *changed = write_field (program, form->node, field->parameter, probe);
  ScopeProgram *again = check (changed, program->dialect);
  ScopeForm read;
  int at = -1;

  /* A layer that cannot be made is not called. */
  if (form->op->module > 0 && find_node (again, form->op) < 0)
    {
      scope_program_unref (again);
      return;
    }
  /* What refuses the value still is the same operation. */
  g_assert_true (scope_form_read (again, find_node (again, form->op), &read));
  for (int k = 0; k < read.fields; k++)
    if (read.field[k].parameter == field->parameter)
      at = k;
  g_assert_cmpint (at, >=, 0);
  if (!read.field[at].given || strcmp (scope_text_string (&read.field[at].text), probe) != 0)
    g_error ("%s: wrote %s for %s, got %s and read %s", source, probe, parameter->name, changed,
             scope_text_string (&read.field[at].text));
  for (int k = 0; k < read.fields && !field->given; k++)
    for (int j = 0; j < form->fields; j++)
      if (k != at && form->field[j].parameter == read.field[k].parameter)
        g_assert_cmpstr (scope_text_string (&read.field[k].text), ==,
                         scope_text_string (&form->field[j].text));
  if (!field->given)
    {
      g_autofree char *back = write_field (again, read.node, field->parameter, "");
      ScopeProgram *last = check (back, program->dialect);

      /* Positional fillers may stay; the argument is gone or is its default. */
      if (strlen (back) == strlen (source))
        g_assert_cmpstr (back, ==, source);
      scope_program_unref (last);
    }
  scope_form_clear (&read);
  scope_program_unref (again);
}

static void
test_case (gconstpointer data)
{
  const Case *made = data;
  const ScopeOp *op = scope_registry_op (made->op);
  ScopeText line = { 0 };
  ScopeProgram *program;
  ScopeForm form;
  int node;

  make_tensors (made->scene);
  if (!scope_form_example (op, made->dialect, tensors, 2, &line))
    g_error ("no line with %s is taken: give it a hint in advice/form-example.c", op->name);
  program = check (scope_text_string (&line), made->dialect);
  node = find_node (program, op);
  if (node < 0)
    g_error ("%s is no %s", scope_text_string (&line), op->name);
  if (program->node[node]->failure != NULL)
    {
      ScopeRule rule = program->node[node]->failure->rule;

      if (rule == SCOPE_RULE_ARGUMENT || rule == SCOPE_RULE_NAME
          || (rule == SCOPE_RULE_UNKNOWN && op->module == 0) || rule == SCOPE_RULE_PATTERN)
        g_error ("%s: %s; give it a hint in advice/form-example.c", scope_text_string (&line),
                 scope_text_string (&program->node[node]->failure->message));
    }
  g_assert_true (scope_form_read (program, node, &form));
  g_assert_true (form.op == op);
  g_assert_cmpint (form.fields, >, 0);
  for (int i = 0; i < form.fields; i++)
    {
      const ScopeFormField *field = &form.field[i];

      if (field->given)
        {
          g_autofree char *same =
              write_field (program, node, field->parameter, scope_text_string (&field->text));

          g_assert_cmpstr (same, ==, scope_text_string (&line));
        }
      probe_field (program, &form, i);
    }
  scope_form_clear (&form);
  scope_program_unref (program);
  scope_text_clear (&line);
  free_tensors ();
}

/* ---- edits by hand -------------------------------------------------------------------------- */

static const struct
{
  const char *name, *text, *op, *parameter, *value;
  const char *expected; /* NULL: it is refused */
} edits[] = {
  { "keyword", "A.sum(dim=1)  # rows", "sum", "dim", "0", "A.sum(dim=0)  # rows" },
  { "brackets-of-a-keyword", "A.sum(dim=(1))", "sum", "dim", "0", "A.sum(dim=0)" },
  { "positional", "torch.cat((A, B), 1)", "cat", "dim", "-1", "torch.cat((A, B), -1)" },
  { "added", "torch.cat((A, B))", "cat", "dim", "2", "torch.cat((A, B), dim=2)" },
  { "added-in-numpy", "np.concatenate((A, B))", "cat", "dim", "2",
    "np.concatenate((A, B), axis=2)" },
  { "added-to-none", "A.sum()", "sum", "dim", "1", "A.sum(dim=1)" },
  { "added-by-name", "A.sum(1)", "sum", "keepdim", "True", "A.sum(1, keepdim=True)" },
  { "needs-the-one-before", "A.sum()", "sum", "keepdim", "True", "A.sum(None, True)" },
  { "added-behind-a-comma", "torch.cat((A, B), )", "cat", "dim", "1", "torch.cat((A, B), dim=1 )" },
  { "taken-away", "A.sum(dim=1, keepdim=True)", "sum", "dim", "", "A.sum(keepdim=True)" },
  { "last-taken-away", "A.sum(1, keepdim=True)", "sum", "keepdim", "", "A.sum(1)" },
  { "only-one-taken-away", "A.sum( dim=1 )", "sum", "dim", "", "A.sum( )" },
  { "required", "torch.cat((A, B))", "cat", "tensors", "", NULL },
  { "several-positional", "A.permute(0, 1, 3, 2)", "permute", "dims", "3, 2, 1, 0",
    "A.permute(3, 2, 1, 0)" },
  { "several-become-a-tuple", "A.permute(0, 1, 3, 2)", "permute", "dims", "(3, 2, 1, 0)",
    "A.permute((3, 2, 1, 0))" },
  { "tuple-without-brackets", "torch.reshape(A, (2, 3))", "reshape", "shape", "3, 2",
    "torch.reshape(A, (3, 2))" },
  { "shape-as-people-write-it", "torch.reshape(A, (2, 3))", "reshape", "shape", "3 × 2",
    "torch.reshape(A, (3, 2))" },
  { "operand", "A + B", "add", "other", "A * 2", "A + (A * 2)" },
  { "operand-in-brackets", "A + B", "add", "input", "(A - B)", "(A - B) + B" },
  { "operand-name", "A @ B", "matmul", "other", "A", "A @ A" },
  { "object", "A.sum(0)", "sum", "input", "A + B", "(A + B).sum(0)" },
  { "index", "A[0]", "index", "index", "..., 1:2", "A[..., 1:2]" },
  { "assigned", "A[...] = B", "assign", "value", "B[0]", "A[...] = B[0]" },
  { "assigned-index", "A[...] = B", "assign", "index", ":, 0", "A[:, 0] = B" },
  { "in-place", "A += B", "add", "other", "A", "A += A" },
  { "rest-of-the-program", "C = A + B\nC.sum(dim=0)", "sum", "dim", "1",
    "C = A + B\nC.sum(dim=1)" },
  { "umlauts-before", "# Größe\nA.sum(dim=0)", "sum", "dim", "1", "# Größe\nA.sum(dim=1)" },
  { "not-an-expression", "A.sum(dim=0)", "sum", "dim", "1 +", NULL },
  { "two-statements", "A.sum(dim=0)", "sum", "dim", "1; B", NULL },
  { "a-comment", "A.sum(dim=0)", "sum", "dim", "1 # no", NULL },
  { "closing-bracket", "A.sum(dim=0)", "sum", "dim", "1)", NULL },
  { "assignment", "A.sum(dim=0)", "sum", "dim", "x = 1", NULL },
  { "wrong-index", "A[0]", "index", "index", "0] + A[1", NULL },
  { "white-space", "A.sum(dim=0)", "sum", "dim", "  2 ", "A.sum(dim=2)" },
};

static void
test_edit (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const ScopeOp *op = scope_registry_by_name (edits[i].op);
  ScopeText out = { 0 };
  ScopeError error = { 0 };
  ScopeProgram *program;
  int parameter = 0;
  bool done;

  make_tensors (0);
  program = check (edits[i].text, SCOPE_PYTORCH);
  while (strcmp (op->parameter[parameter].name, edits[i].parameter) != 0)
    parameter++;
  done = scope_form_write (program, find_node (program, op), parameter, edits[i].value, tensors, 2,
                           &out, &error);
  g_assert_cmpint (done, ==, edits[i].expected != NULL);
  if (done)
    g_assert_cmpstr (scope_text_string (&out), ==, edits[i].expected);
  else
    g_assert_cmpstr (error.sentence, !=, "");
  scope_text_clear (&out);
  scope_program_unref (program);
  free_tensors ();
}

static void
add_case (int op, int scene, ScopeDialect dialect)
{
  g_autofree char *path =
      g_strdup_printf ("/form/%s/%s/%s", scenes[scene].name, scope_dialect_name (dialect),
                       scope_registry_op (op)->name);
  Case *made = g_new (Case, 1);

  *made = (Case){ .op = op, .scene = scene, .dialect = dialect };
  g_test_add_data_func_full (path, made, test_case, g_free);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize scene = 0; scene < G_N_ELEMENTS (scenes); scene++)
    for (int dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
      for (int op = 0; scope_registry_op (op) != NULL; op++)
        if (scope_form_spelling (scope_registry_op (op), dialect) != NULL)
          add_case (op, (int)scene, dialect);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *path = g_strconcat ("/form/edit/", edits[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_edit);
    }
  return g_test_run ();
}
