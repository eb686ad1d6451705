/* Stages: what every step says and shows, for each rule. */
#include "../advice/scene-maker.h"

#include "scene/stage.h"

static ScopeStage *
make_stage (const char *source, const char *a, const char *b, ScopeDialect dialect)
{
  ScopeTensor *tensor[2];
  int tensors = 0;
  if (a != NULL)
    tensor[tensors++] = make_tensor ("A", a);
  if (b != NULL)
    tensor[tensors++] = make_tensor ("B", b);
  ScopeCheckOptions options = { .dialect = dialect };
  ScopeError error = { 0 };
  ScopeProgram *program =
      scope_program_new (source, strlen (source), tensor, tensors, &options, &error);
  if (program == NULL)
    g_error ("%s: %s", source, error.sentence);
  ScopeStage *stage = scope_stage_new (program, -1, tensor, tensors, NULL);
  g_assert_nonnull (stage);
  scope_program_unref (program);
  while (tensors > 0)
    scope_tensor_unref (tensor[--tensors]);
  return stage;
}

/* ---- what is said --------------------------------------------------------------------------- */

static const struct
{
  const char *name, *source, *a, *b;
  gboolean cells, fails;
  const char *titles; /* of all steps */
  int step;           /* from 1 */
  const char *sentence, *formula;
} cases[] = {
  { "broadcast", "A + B", "3,1", "4", TRUE, FALSE,
    "Write the shapes|Align from the right|Fill with ones|Judge each axis|Stretch and compute", 3,
    "B lacks axes in front, which count as 1: it is taken as (1, 4).", "" },
  { "broadcast-computes", "A + B", "3,1", "4", TRUE, FALSE, NULL, 5,
    "Every 1 is repeated without copying (its stride becomes 0), and value meets value: the result "
    "has shape (3, 4).",
    "1 + 1 = 2" },
  { "broadcast-judges", "A + B", "3,1", "4", TRUE, FALSE, NULL, 4,
    "Axis −1: 4 meets 1, and the 1 stretches to 4. Axis −2: 3 meets the 1 that was filled in, "
    "which "
    "stretches.",
    "" },
  { "number", "A + 10", "2,3", NULL, TRUE, FALSE,
    "Write the shapes|Align from the right|Fill with ones|Judge each axis|Stretch and compute", 5,
    "Every 1 is repeated without copying (its stride becomes 0), and value meets value: the result "
    "has shape (2, 3).",
    "4 + 10 = 14" },
  { "number-in-front", "10 - A", "2,3", NULL, TRUE, FALSE, NULL, 3,
    "10 lacks axes in front, which count as 1: it is taken as (1, 1).", "" },
  { "broadcast-fails", "A + B", "3,4", "3", TRUE, TRUE,
    "Write the shapes|Align from the right|Fill with ones|Judge each axis|It does not fit", 5,
    "Axis 1 (−1) does not fit: A has 4 and B has 3, and neither is 1.", "" },
  { "the-example", "A[...] = B", "1,1,256,256", "1,1,1280,256", FALSE, TRUE,
    "Write the shapes|Align from the right|Fill with ones|Judge each axis|It does not fit", 4,
    "Axis −1: 256 meets 256, they are equal. Axis −2: 256 meets 1280, and neither is 1. Axis −3: 1 "
    "meets 1, they are equal. Axis −4: 1 meets 1, they are equal.",
    "" },
  { "scalars", "A * B", "()", "()", TRUE, FALSE, NULL, 4, "Two scalars have no axis to judge.",
    "" },
  { "assign", "A[1] = B", "3,4", "1", TRUE, FALSE, NULL, 5,
    "The source is repeated along its ones, without copying, and its values go into the target, "
    "which keeps its shape.",
    "" },
  { "concat", "torch.cat((A, B), dim=1)", "2,3", "2,2", TRUE, FALSE,
    "Write the shapes|Choose the axis|Compare the others|Add up the sizes|Put them together", 4,
    "Along the joined axis the sizes add up: the result has shape (2, 5).", "3 + 2 = 5" },
  { "concat-fails", "torch.cat((A, B), dim=0)", "2,3", "2,2", TRUE, TRUE,
    "Write the shapes|Choose the axis|Compare the others|It does not fit", 4,
    "Axis 1 (−1) does not fit: A has 3 and B has 2; only axis 0, along which they are joined, may "
    "differ.",
    "" },
  { "stack", "torch.stack((A, B), -1)", "3", "3", TRUE, FALSE,
    "Write the shapes|Compare the shapes|Add an axis|Put them together", 3,
    "The result gets a new axis 1, as long as there are tensors: 2.", "" },
  { "product", "A @ B", "2,3", "3,2", TRUE, FALSE,
    "Write the shapes|The inner sizes meet|The outer sizes remain|Row times column", 4,
    "Each value is a row of the first times a column of the second, added up.",
    "3·1 + 4·3 + 5·5 = 40" },
  { "product-fails", "A @ B", "2,3", "2,2", TRUE, TRUE,
    "Write the shapes|The inner sizes meet|It does not fit", 2,
    "The last axis of A meets the last but one of B: 3 ↔ 2. They have to be equal and are summed "
    "over.",
    "" },
  { "product-of-batches", "A @ B", "5,2,3", "3,2", FALSE, FALSE,
    "Write the shapes|The inner sizes meet|The batches broadcast|The outer sizes remain|Row times "
    "column",
    4,
    "What is not summed over remains: rows of the first, columns of the second. The result has "
    "shape (5, 2, 2).",
    "" },
  { "reshape", "A.reshape(3, -1)", "2,3", NULL, TRUE, FALSE,
    "Write the shapes|Count the values|Write the new shape|Read on, row by row", 3,
    "The result has shape (3, 2): the same number of values, cut differently.", "3 × 2 = 6" },
  { "reshape-fails", "A.reshape(4, 2)", "2,3", NULL, TRUE, TRUE,
    "Write the shapes|Count the values|It does not fit", 2,
    "A new shape has to hold exactly as many values as there are.", "2 × 3 = 6" },
  { "permute", "A.permute(2, 0, 1)", "2,3,4", NULL, FALSE, FALSE,
    "Write the shapes|Give the order|The sizes go along|The values go along", 2,
    "The axes change places: axis 0 of the result is axis 2, axis 1 of the result is axis 0, axis "
    "2 "
    "of the result is axis 1.",
    "" },
  { "permute-ones", "A.permute(1, 0, 3, 2)", "1,1,4,5", NULL, TRUE, FALSE, NULL, 2,
    "The axes change places: axis 0 of the result is axis 1, axis 1 of the result is axis 0, axis "
    "2 "
    "of the result is axis 3, axis 3 of the result is axis 2.",
    "" },
  { "slice", "A[::2, -1]", "3,4", NULL, TRUE, FALSE,
    "Write the shapes|Read the brackets|What remains|Take the values", 2,
    "Axis 0: 2 of 3 places, from 0 on. Axis 1: the index 3 takes one place, and the axis goes "
    "away.",
    "" },
  { "slice-of-one", "A[1:2, None, ...]", "3,4", NULL, TRUE, FALSE, NULL, 2,
    "Axis 0: 1 of 3 places, from 1 on.", "" },
  { "slice-fails", "A[5]", "3,4", NULL, TRUE, TRUE, "Write the shapes|It does not fit", 1,
    "A has shape (3, 4).", "" },
  { "sum", "A.sum(1)", "2,3", NULL, TRUE, FALSE,
    "Write the shapes|Choose the axes|What remains|Gather the values", 4,
    "Each value of the result is made of all values along the axis.", "3 + 4 + 5 = 12" },
  { "mean", "A.mean(1, keepdim=True)", "2,3", NULL, TRUE, FALSE, NULL, 4,
    "Each value of the result is made of all values along the axis.", "(3 + 4 + 5) / 3 = 4" },
  { "a-maximum-is-no-mean", "A.max()", "2,3", NULL, TRUE, FALSE, NULL, 4,
    "Each value of the result is made of all values along the axis.", "" },
  { "interpolate", "F.interpolate(A, size=4, mode='linear')", "1,1,2", NULL, TRUE, FALSE,
    "Write the shapes|Which axes change|Where a value comes from|Every value", 3,
    "Values are small areas: the middle of place i, (i + ½) · m / n − ½, says which of the m "
    "values "
    "before it lies between.",
    "0.75·0 + 0.25·1 = 0.25" },
  { "align-corners", "F.interpolate(A, size=3, mode='linear', align_corners=True)", "1,1,2", NULL,
    TRUE, FALSE, NULL, 3,
    "With align_corners the first and last values stand on each other: place i of n looks at i · "
    "(m "
    "− 1) / (n − 1) of the m before.",
    "(0 + 1) / 2 = 0.5" },
  { "other", "torch.relu(A)", "2,3", NULL, TRUE, FALSE, "Write the shapes|The rule|Compute", 3,
    "The result has shape (2, 3).", "" },
  { "one-tensor", "A", "2,3,4", NULL, FALSE, FALSE,
    "Write the shapes|Number the axes|Count the values", 3,
    "The sizes multiplied give the number of values.", "2 × 3 × 4 = 24" },
  { "unknown", "A + B", "?,3", "4,3", FALSE, FALSE, NULL, 4,
    "Axis −1: 3 meets 3, they are equal. Axis −2: a size is not known, so it is taken to fit.",
    "" },
  { "later-statement", "C = A + B; C.sum(0)", "3,1", "4", TRUE, FALSE, NULL, 4,
    "Each value of the result is made of all values along the axis.", "1 + 2 + 3 = 6" },
  { "terabytes", "A + B", "1000000,1000000", "1000000", FALSE, FALSE, NULL, 5,
    "Every 1 is repeated without copying (its stride becomes 0), and value meets value: the result "
    "has shape (1000000, 1000000).",
    "" },
  { "small-view-of-a-large-tensor", "A.mean(0)", "100000,100000,3", NULL, FALSE, FALSE, NULL, 1,
    "A has shape (100000, 100000, 3).", "" },
};

static void
test_case (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeStage *stage = make_stage (cases[i].source, cases[i].a, cases[i].b, SCOPE_PYTORCH);
  g_autoptr (GString) titles = g_string_new (NULL);
  for (int k = 0; k < stage->steps; k++)
    g_string_append_printf (titles, "%s%s", k > 0 ? "|" : "",
                            scope_text_string (&stage->step[k].title));
  if (cases[i].titles != NULL)
    g_assert_cmpstr (titles->str, ==, cases[i].titles);
  g_assert_cmpint (stage->steps, >=, cases[i].step);
  const ScopeStageStep *step = &stage->step[cases[i].step - 1];
  g_assert_cmpstr (scope_text_string (&step->sentence), ==, cases[i].sentence);
  g_assert_cmpstr (scope_text_string (&step->formula), ==, cases[i].formula);
  g_assert_cmpint (stage->cells, ==, cases[i].cells);
  g_assert_cmpint (stage->fails, ==, cases[i].fails);
  g_assert_cmpint (stage->step[stage->steps - 1].fails, ==, cases[i].fails);
  scope_stage_free (stage);
}

/* ---- what is shown -------------------------------------------------------------------------- */

/* Boxes of a step as `A 3@0 1@1; B 4@1`: what is shown, size and column. */
static char *
print_boxes (const ScopeStage *stage, int k)
{
  const ScopeStageStep *step = &stage->step[k];
  GString *out = g_string_new (NULL);
  for (int r = 0; r < stage->tensors; r++)
    {
      const ScopeStageTensor *tensor = &stage->tensor[r];
      if (!step->named[r])
        continue;
      g_string_append_printf (out, "%s%s", out->len > 0 ? "; " : "",
                              scope_text_string (&tensor->name));
      for (int b = 0; b < tensor->boxes; b++)
        if (step->place[r][b].shown)
          g_string_append_printf (out, " %d%s@%d,%d", (int)tensor->box[b].size,
                                  tensor->box[b].filled ? "*" : "", step->place[r][b].row,
                                  step->place[r][b].column);
    }
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *name, *source, *a, *b, *boxes[5];
} places[] = {
  { "broadcast",
    "A + B",
    "3,1",
    "4",
    { "A 3@0,0 1@0,1; B 4@1,0", "A 3@0,0 1@0,1; B 4@1,1", "A 3@0,0 1@0,1; B 1*@1,0 4@1,1",
      "A 3@0,0 1@0,1; B 1*@1,0 4@1,1; result 3@2,0 4@2,1",
      "A 3@0,0 1@0,1; B 1*@1,0 4@1,1; result 3@2,0 4@2,1" } },
  { "permute",
    "A.permute(2, 0, 1)",
    "2,3,4",
    NULL,
    { "A 2@0,0 3@0,1 4@0,2", "A 2@0,0 3@0,1 4@0,2; result 4@0,2 2@0,0 3@0,1",
      "A 2@0,0 3@0,1 4@0,2; result 4@1,0 2@1,1 3@1,2", NULL } },
  { "slice",
    "A[:, 1]",
    "2,3",
    NULL,
    { "A 2@0,0 3@0,1", "A 2@0,0 3@0,1", "A 2@0,0 3@0,1; result 2@1,0",
      "A 2@0,0 3@0,1; result 2@1,1" } },
};

static void
test_places (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeStage *stage = make_stage (places[i].source, places[i].a, places[i].b, SCOPE_PYTORCH);
  for (int k = 0; k < stage->steps && places[i].boxes[k] != NULL; k++)
    {
      g_autofree char *boxes = print_boxes (stage, k);
      g_assert_cmpstr (boxes, ==, places[i].boxes[k]);
    }
  scope_stage_free (stage);
}

/* A cell that is said to come from another has that one's value. */
static const struct
{
  const char *name, *source, *a, *b;
  int flights; /* cells of the result that come from somewhere */
  const char *values;
} flights[] = {
  { "concat", "torch.cat((A, B), dim=1)", "2,3", "random(7):2,1", 8, NULL },
  { "stack", "torch.stack((A, B), 1)", "3", "random(7):3", 6, NULL },
  { "reshape", "A.reshape(3, 2)", "2,3", NULL, 6, "0 1 2 3 4 5" },
  { "permute", "A.T", "2,3", NULL, 6, "0 3 1 4 2 5" },
  { "slice", "A[::2, 1:]", "3,3", NULL, 4, "1 2 7 8" },
  { "sum", "A.sum(0)", "2,3", NULL, 0, "3 5 7" },
  { "broadcast", "A + B", "2,1", "3", 0, "0 1 2 1 2 3" },
  { "product", "A @ B", "2,3", "3", 0, "5 14" },
  { "booleans", "A > B", "2,2", "2,1", 0, "False True True True" },
};

static void
test_flights (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data), found = 0;
  ScopeStage *stage = make_stage (flights[i].source, flights[i].a, flights[i].b, SCOPE_PYTORCH);
  g_assert_true (stage->cells);
  const ScopeStageTensor *result = &stage->tensor[stage->result];
  g_autoptr (GString) values = g_string_new (NULL);
  for (int c = 0; c < result->own_rows * result->own_columns; c++)
    {
      g_string_append_printf (values, "%s%s", c > 0 ? " " : "", result->value[c]);
      if (result->source[c] < 0)
        continue;
      found++;
      g_assert_cmpstr (stage->tensor[result->source[c]].value[result->source_cell[c]], ==,
                       result->value[c]);
    }
  g_assert_cmpint (found, ==, flights[i].flights);
  if (flights[i].values != NULL)
    g_assert_cmpstr (values->str, ==, flights[i].values);
  scope_stage_free (stage);
}

/* The target of an assignment is shown as it takes part, with its own values. */
static void
test_part_of_target (void)
{
  ScopeStage *stage = make_stage ("A[:, 1:3] = B", "2,4", "2,1", SCOPE_PYTORCH);
  g_assert_cmpstr (stage->tensor[0].value[0], ==, "1");
  g_assert_cmpstr (stage->tensor[0].value[3], ==, "6");
  g_assert_cmpint (stage->tensor[1].columns, ==, 2);
  g_assert_cmpint (stage->tensor[1].own_columns, ==, 1);
  scope_stage_free (stage);
}

/* A cell that is lit, and the row and column it comes from. */
static void
test_lit (void)
{
  ScopeStage *stage = make_stage ("A @ B", "2,3", "3,2", SCOPE_PYTORCH);
  const ScopeStageStep *step = &stage->step[stage->steps - 1];
  static const char *const expected[] = { "...###", ".#.#.#", "...#" };
  for (int r = 0; r < stage->tensors; r++)
    for (int c = 0; expected[r][c] != '\0'; c++)
      g_assert_cmpint (step->look[r][c], ==,
                       expected[r][c] == '#' ? SCOPE_LOOK_LIT : SCOPE_LOOK_PLAIN);
  scope_stage_free (stage);
}

static const char *
shout (const char *text)
{
  return strcmp (text, "Align from the right") == 0 ? "RIGHT!" : text;
}

static void
test_translates (void)
{
  ScopeTensor *tensor = make_tensor ("A", "2,3");
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program = scope_program_new ("A + A", 5, &tensor, 1, &options, NULL);
  ScopeStage *stage = scope_stage_new (program, -1, &tensor, 1, shout);
  g_assert_cmpstr (scope_text_string (&stage->step[1].title), ==, "RIGHT!");
  scope_stage_free (stage);
  scope_program_unref (program);
  scope_tensor_unref (tensor);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/stage/says/", cases[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat ("/stage/places/", places[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_places);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (flights); i++)
    {
      g_autofree char *path = g_strconcat ("/stage/flights/", flights[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_flights);
    }
  g_test_add_func ("/stage/part-of-target", test_part_of_target);
  g_test_add_func ("/stage/lit", test_lit);
  g_test_add_func ("/stage/translates", test_translates);
  return g_test_run ();
}
