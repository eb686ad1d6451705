/* Lines as people paste them from notebooks and answers: what they are, or how they are refused. */
#include "check.h"

static const struct
{
  ScopeDialect dialect;
  const char *line, *expected;
} lines[] = {
#include "notebook-lines.inc"
};

/* `[4, 5] float32`, `no tensor`, `fails: …` in the framework's words or ours, `refused: …`. */
static char *
describe (ScopeDialect dialect, const char *line)
{
  ScopeTensor *tensor[CHECK_TENSORS];
  int count = check_make_tensors ("x=4,5", tensor);
  ScopeCheckOptions options = { .dialect = dialect };
  ScopeError error = { 0 };
  ScopeProgram *program = scope_program_new (line, strlen (line), tensor, count, &options, &error);
  for (int i = 0; i < count; i++)
    scope_tensor_unref (tensor[i]);
  if (program == NULL)
    return g_strdup_printf ("refused: %s", error.sentence);

  char *text;
  if (program->first_failure >= 0)
    {
      const ScopeFailure *failure = program->node[program->first_failure]->failure;
      text = failure->message.length > 0
                 ? g_strdup_printf ("fails: %s: %s", failure->exception,
                                    scope_text_string (&failure->message))
                 : g_strdup_printf ("fails: %s", scope_text_string (&failure->sentence));
    }
  else if (program->result < 0)
    text = g_strdup ("no tensor");
  else
    {
      const ScopeNode *node = program->node[program->result];
      ScopeText shape = { 0 };
      scope_shape_print (&node->shape, SCOPE_SHAPE_LIST, &shape);
      text = g_strdup_printf ("%s %s", scope_text_string (&shape), scope_dtype_name (node->dtype));
      scope_text_clear (&shape);
    }
  scope_program_unref (program);
  return text;
}

static void
test_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *found = describe (lines[i].dialect, lines[i].line);
      if (strcmp (found, lines[i].expected) != 0)
        g_error ("%s\n  expected %s\n  got      %s", lines[i].line, lines[i].expected, found);
    }
}

/* A layer's weights stay the same however often it is called, and follow its sizes. */
static void
test_weights (void)
{
  ScopeProgram *program = check_program (
      SCOPE_PYTORCH, "fc = nn.Linear(5, 3)\na = fc(x)\nb = fc(x)\n(a - b).abs().max()", "x=4,5");
  g_assert_cmpint (program->first_failure, ==, -1);
  float value = 1;
  ScopeRegion all = scope_region_all (&program->node[program->result]->shape);
  ScopeBuffer buffer = scope_buffer_dense (&all, &value);
  g_assert_true (scope_program_read (program, program->result, &all, &buffer, NULL, NULL));
  g_assert_cmpfloat (value, ==, 0);
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notebook/lines", test_lines);
  g_test_add_func ("/notebook/weights", test_weights);
  return g_test_run ();
}
