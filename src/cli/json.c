/* Reports as JSON. */
#include "cli/json.h"

#include "cli/cli.h"
#include "core/checked.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
scope_json_put (json_t *value)
{
  char *text = json_dumps (value, JSON_REAL_PRECISION (15));
  json_decref (value);
  if (text == NULL)
    return;
  scope_cli_put (text);
  scope_cli_put ("\n");
  free (text);
}

json_t *
scope_json_text (const char *text)
{
  if (text == NULL)
    return json_null ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  return json_string (valid);
}

static json_t *
json_size (int64_t size)
{
  if (scope_size_is_known (size))
    return json_integer (size);
  ScopeText text = { 0 };
  scope_size_print (size, &text);
  json_t *name = json_string (scope_text_string (&text));
  scope_text_clear (&text);
  return name;
}

json_t *
scope_json_shape (const ScopeShape *shape)
{
  json_t *sizes = json_array ();
  for (int i = 0; i < shape->rank; i++)
    json_array_append_new (sizes, json_size (shape->size[i]));
  return sizes;
}

json_t *
scope_json_span (gint64 begin, gint64 end)
{
  return begin < 0 ? json_null () : json_pack ("[II]", (json_int_t)begin, (json_int_t)end);
}

static json_t *
json_written (const ScopeProgram *program, ScopeSpan span)
{
  ScopeText text = { 0 };
  scope_program_print_span (program, span, &text);
  json_t *written = scope_json_text (scope_text_string (&text));
  scope_text_clear (&text);
  return written;
}

json_t *
scope_json_result (const ScopeProgram *program)
{
  if (program->first_failure >= 0 || program->result < 0)
    return json_null ();

  const ScopeNode *node = program->node[program->result];
  int64_t count = 0, bytes = 0;
  gboolean counted =
      scope_shape_is_known (&node->shape) && scope_shape_count (&node->shape, &count, NULL);
  gboolean sized =
      counted && scope_checked_mul (count, (int64_t)scope_dtype_bytes (node->dtype), &bytes);
  return json_pack ("{s:o, s:s, s:o, s:o}", "shape", scope_json_shape (&node->shape), "dtype",
                    scope_dtype_name (node->dtype), "elements",
                    counted ? json_integer (count) : json_null (), "bytes",
                    sized ? json_integer (bytes) : json_null ());
}

static json_t *
json_node (const ScopeProgram *program, const ScopeNode *node)
{
  static const char *const states[] = { "fits", "fails", "skipped" };
  gboolean judged = node->state == SCOPE_NODE_FITS;
  const char *op = node->op != NULL ? node->op->name : node->tensor != NULL ? "tensor" : "number";
  return json_pack ("{s:o, s:o, s:s, s:o, s:o, s:s}", "text", json_written (program, node->span),
                    "span", scope_json_span (node->span.begin, node->span.end), "op", op, "shape",
                    judged ? scope_json_shape (&node->shape) : json_null (), "dtype",
                    judged ? json_string (scope_dtype_name (node->dtype)) : json_null (), "state",
                    states[node->state]);
}

static json_t *
json_failure (const ScopeProgram *program, const ScopeNode *node)
{
  const ScopeFailure *failure = node->failure;
  json_t *operands = json_array ();
  for (int i = 0; i < failure->operands; i++)
    json_array_append_new (
        operands, json_pack ("{s:o, s:o}", "name", json_written (program, failure->operand[i].span),
                             "shape", scope_json_shape (&failure->operand[i].shape)));
  json_t *axes = json_array ();
  for (int i = 0; i < failure->axes; i++)
    json_array_append_new (axes, json_pack ("{s:i, s:i, s:[oo]}", "axis", failure->axis[i].axis,
                                            "from_end", failure->axis[i].from_end, "sizes",
                                            json_size (failure->axis[i].size[0]),
                                            json_size (failure->axis[i].size[1])));
  return json_pack ("{s:s, s:o, s:s, s:o, s:o, s:o, s:s, s:o}", "op",
                    node->op != NULL ? node->op->name : "name", "span",
                    scope_json_span (failure->span.begin, failure->span.end), "rule",
                    scope_rule_name (failure->rule), "operands", operands, "axes", axes, "sentence",
                    scope_json_text (scope_text_string (&failure->sentence)), "exception",
                    failure->exception != NULL ? failure->exception : "", "message",
                    scope_json_text (scope_text_string (&failure->message)));
}

static json_t *
json_remedy (const ScopeRemedy *remedy)
{
  json_t *code = json_object ();
  for (int d = 0; d < SCOPE_N_DIALECTS; d++)
    json_object_set_new (code, scope_dialect_name ((ScopeDialect)d),
                         scope_json_text (scope_text_string (&remedy->code[d])));
  return json_pack ("{s:s, s:o, s:o, s:f, s:f, s:b, s:I, s:o, s:o, s:o, s:o}", "kind",
                    scope_remedy_kind_name (remedy->kind), "expression",
                    scope_json_text (scope_text_string (&remedy->expression)), "result",
                    scope_json_shape (&remedy->result), "keeps", remedy->keeps, "invents",
                    remedy->invents, "exact", remedy->exact, "bytes", (json_int_t)remedy->bytes,
                    "sentence", scope_json_text (scope_text_string (&remedy->sentence)), "title",
                    scope_json_text (scope_text_string (&remedy->title)), "caution",
                    scope_json_text (scope_text_string (&remedy->caution)), "code", code);
}

static json_t *
json_hazard (const ScopeProgram *program, const ScopeHazard *hazard)
{
  ScopeText picture = { 0 };
  ScopeSpan span = program->node[hazard->node]->span;
  json_t *object = json_pack (
      "{s:s, s:o, s:o, s:o}", "kind", hazard->kind, "sentence",
      scope_json_text (scope_text_string (&hazard->sentence)), "span",
      scope_json_span (span.begin, span.end), "fix",
      hazard->fix.length > 0 ? scope_json_text (scope_text_string (&hazard->fix)) : json_null ());
  scope_hazard_print_order (hazard, NULL, &picture);
  if (picture.length > 0)
    json_object_set_new (object, "picture", scope_json_text (scope_text_string (&picture)));
  scope_text_clear (&picture);
  return object;
}

json_t *
scope_json_report (const ScopeReport *report)
{
  const ScopeProgram *program = report->program;
  json_t *nodes = json_array (), *hazards = json_array (), *remedies = json_array ();
  for (int i = 0; i < program->nodes; i++)
    if (!program->node[i]->inner)
      json_array_append_new (nodes, json_node (program, program->node[i]));
  for (int i = 0; i < report->hazards; i++)
    json_array_append_new (hazards, json_hazard (program, &report->hazard[i]));
  for (int i = 0; i < report->remedies.count; i++)
    json_array_append_new (remedies, json_remedy (&report->remedies.remedy[i]));

  gboolean fits = program->first_failure < 0;
  return json_pack ("{s:i, s:o, s:s, s:b, s:o, s:o, s:o, s:o, s:o}", "version", 1, "expression",
                    scope_json_text (program->expression->source), "dialect",
                    scope_dialect_name (program->dialect), "fits", fits, "result",
                    scope_json_result (program), "nodes", nodes, "failure",
                    fits ? json_null ()
                         : json_failure (program, program->node[program->first_failure]),
                    "hazards", hazards, "remedies", remedies);
}

json_t *
scope_json_error (gint64 begin, gint64 end, const char *sentence, const char *tensor)
{
  json_t *error = json_pack ("{s:o, s:o}", "span", scope_json_span (begin, end), "sentence",
                             scope_json_text (sentence));
  if (tensor != NULL)
    json_object_set_new (error, "tensor", scope_json_text (tensor));
  return json_pack ("{s:i, s:o}", "version", 1, "error", error);
}
