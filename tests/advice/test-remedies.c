/* Replays random failures (tests/oracle/remedies.py): each but a few has a remedy, the first is the
 * one whose code was run, and what is offered fits, says so in full, and keeps its promise. */
#include "../ops/golden-cases.h"

#include "advice/report.h"

enum
{
  MOST_OFFERED = 8,
  MOST_HELPLESS = 5, /* per cent of the failures */
  MOST_OTHERS = 1,   /* whose first remedy is no longer the one that was run */
};

typedef struct
{
  int failures, helpless, remedies, others;
} Tally;

static void
check_words (const ScopeRemedy *remedy)
{
  g_assert_cmpuint (remedy->title.length, >, 0);
  g_assert_cmpuint (remedy->snippet.length, >, 0);
  g_assert_cmpuint (remedy->sentence.length, >, 0);
  for (int dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
    g_assert_cmpuint (remedy->code[dialect].length, >, 0);
}

static void
check_numbers (const ScopeRemedy *remedy)
{
  g_assert_cmpfloat (remedy->keeps, >, 0);
  g_assert_cmpfloat (remedy->keeps, <=, 1);
  g_assert_cmpfloat (remedy->invents, >=, 0);
  g_assert_cmpfloat (remedy->invents, <=, 1);
  g_assert_cmpint (remedy->bytes, >=, 0);
  if (remedy->exact)
    g_assert_cmpfloat (remedy->keeps - remedy->invents, ==, 1);
}

/* The expression alone, checked from nothing, leaves the promised shape. */
static void
check_promise (const json_t *record,
               const ScopeReport *report,
               const ScopeRemedy *remedy,
               ScopeTensor *const *tensors,
               int n_tensors)
{
  ScopeCheckOptions options = { .dialect = report->program->dialect };
  ScopeProgram *program =
      scope_program_new (scope_text_string (&remedy->expression), remedy->expression.length,
                         tensors, n_tensors, &options, NULL);
  g_assert_nonnull (program);
  int statement = report->program->node[report->program->first_failure]->statement;
  if (program->first_failure >= 0)
    g_assert_cmpint (program->node[program->first_failure]->statement, >, statement);
  const ScopeNode *last = NULL;
  for (int i = 0; i < program->nodes; i++)
    if (program->node[i]->statement == statement && program->node[i]->op != NULL)
      last = program->node[i];
  g_assert_nonnull (last);
  g_assert_true (scope_shape_equal (&last->shape, &remedy->result));
  scope_program_unref (program);
}

/* Cards are told apart by their titles, lines by their texts; the likelier stands first. */
static void
check_order (const ScopeRemedies *remedies)
{
  g_assert_cmpint (remedies->count, <=, MOST_OFFERED);
  for (int i = 0; i < remedies->count; i++)
    for (int k = 0; k < i; k++)
      {
        const ScopeRemedy *one = &remedies->remedy[k], *other = &remedies->remedy[i];
        g_assert_cmpfloat (one->likelihood, >=, other->likelihood);
        g_assert_cmpstr (scope_text_string (&one->title), !=, scope_text_string (&other->title));
        g_assert_cmpstr (scope_text_string (&one->expression), !=,
                         scope_text_string (&other->expression));
      }
}

/* Whether the first remedy is the one that was run then: kind, line and shape. */
static gboolean
is_first (const json_t *first, const ScopeRemedies *remedies)
{
  if (json_is_null (first) || remedies->count == 0)
    return json_is_null (first) && remedies->count == 0;
  const ScopeRemedy *remedy = &remedies->remedy[0];
  const json_t *shape = json_array_get (first, 2);
  gboolean same = remedy->result.rank == (int)json_array_size (shape);
  for (int i = 0; same && i < remedy->result.rank; i++)
    {
      const json_t *size = json_array_get (shape, (size_t)i);
      same = !json_is_integer (size) || json_integer_value (size) == remedy->result.size[i];
    }
  return same
         && g_str_equal (scope_remedy_kind_name (remedy->kind),
                         json_string_value (json_array_get (first, 0)))
         && g_str_equal (scope_text_string (&remedy->expression),
                         json_string_value (json_array_get (first, 1)));
}

static void
visit (json_t *record, gpointer data)
{
  Tally *tally = data;
  ScopeTensor *tensors[GOLDEN_TENSORS];
  int n_tensors = make_tensors (record, tensors);
  const char *expression = json_string_value (json_object_get (record, "expression"));
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  g_assert_true (scope_dialect_parse (json_string_value (json_object_get (record, "dialect")),
                                      &options.dialect));
  ScopeReport *report =
      scope_report_new (expression, strlen (expression), tensors, n_tensors, &options, NULL, NULL);
  g_assert_nonnull (report);
  g_assert_nonnull (report->failure);
  tally->failures++;
  tally->helpless += report->remedies.count == 0;
  tally->remedies += report->remedies.count;
  if (!is_first (json_object_get (record, "first"), &report->remedies))
    {
      tally->others++;
      g_test_message ("another first remedy: %s", expression);
    }
  check_order (&report->remedies);
  for (int i = 0; i < report->remedies.count; i++)
    {
      const ScopeRemedy *remedy = &report->remedies.remedy[i];
      check_words (remedy);
      check_numbers (remedy);
      check_promise (record, report, remedy, tensors, n_tensors);
    }
  scope_report_free (report);
  for (int i = 0; i < n_tensors; i++)
    scope_tensor_unref (tensors[i]);
}

static void
test_random (void)
{
  Tally tally = { 0 };
  visit_records (SCOPE_TESTS "/golden/remedies.jsonl.gz", visit, &tally);
  g_test_message ("%d failures, %d without a remedy, %d remedies", tally.failures, tally.helpless,
                  tally.remedies);
  g_assert_cmpint (tally.failures, >=, 2000);
  g_assert_cmpint (100 * tally.others, <=, MOST_OTHERS * tally.failures);
  g_assert_cmpint (100 * tally.helpless, <=, MOST_HELPLESS * tally.failures);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remedies/random", test_random);
  return g_test_run ();
}
