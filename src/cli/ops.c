/* shapescope-cli ops: the operations and their spellings. */
#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "ops/registry.h"

#include <string.h>

/* What a parameter takes, as JSON names it. */
static const char *
takes_name (ScopeTakes takes)
{
  static const char *const names[] = {
    [SCOPE_TAKES_TENSOR] = "tensor", [SCOPE_TAKES_TENSORS] = "tensors",
    [SCOPE_TAKES_INT] = "int",       [SCOPE_TAKES_AXIS] = "axis",
    [SCOPE_TAKES_AXES] = "axes",     [SCOPE_TAKES_SHAPE] = "shape",
    [SCOPE_TAKES_NUMBER] = "number", [SCOPE_TAKES_NUMBERS] = "numbers",
    [SCOPE_TAKES_BOOL] = "bool",     [SCOPE_TAKES_STRING] = "string",
    [SCOPE_TAKES_CHOICE] = "choice", [SCOPE_TAKES_DTYPE] = "dtype",
    [SCOPE_TAKES_ANY] = "any",
  };
  return names[takes];
}

static json_t *
describe (const ScopeOp *op)
{
  json_t *spellings = json_array (), *parameters = json_array ();
  for (const ScopeSpelling *spelling = op->spelling; spelling->name != NULL; spelling++)
    {
      gboolean any = spelling->dialect == SCOPE_DIALECT_DEFAULT; /* an operator */
      const char *dialect = any ? NULL : scope_dialect_name (spelling->dialect);
      json_array_append_new (spellings,
                             json_pack ("{s:s, s:o, s:b}", "name", spelling->name, "dialect",
                                        scope_json_text (dialect), "in_place", spelling->in_place));
    }
  for (const ScopeParameter *parameter = op->parameter; parameter->name != NULL; parameter++)
    json_array_append_new (parameters,
                           json_pack ("{s:s, s:s, s:o, s:o, s:o}", "name", parameter->name, "takes",
                                      takes_name (parameter->takes), "default",
                                      scope_json_text (parameter->initial), "choices",
                                      scope_json_text (parameter->choices), "about",
                                      scope_json_text (parameter->about)));
  return json_pack ("{s:s, s:s, s:s, s:o, s:o}", "name", op->name, "group", op->group, "about",
                    op->about, "spellings", spellings, "parameters", parameters);
}

static void
print_all (const GPtrArray *ops)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *group = NULL;
  for (guint i = 0; i < ops->len; i++)
    {
      const ScopeOp *op = ops->pdata[i];
      if (g_strcmp0 (group, op->group) != 0)
        g_string_append_printf (out, "%s%s\n", group == NULL ? "" : "\n", op->group);
      group = op->group;
      g_string_append_printf (out, "  %s: %s\n     ", op->name, op->about);
      for (const ScopeSpelling *spelling = op->spelling; spelling->name != NULL; spelling++)
        g_string_append_printf (out, " %s", spelling->name);
      g_string_append_c (out, '\n');
    }
  scope_cli_put (out->str);
}

/* By group as the table first names them, then as it lists them. */
static GPtrArray *
collect (void)
{
  GPtrArray *ops = g_ptr_array_new ();
  for (int i = 0; scope_registry_op (i) != NULL; i++)
    {
      const ScopeOp *op = scope_registry_op (i);
      guint place = ops->len;
      for (guint k = 0; k < ops->len; k++)
        if (strcmp (((const ScopeOp *)ops->pdata[k])->group, op->group) == 0)
          place = k + 1;
      g_ptr_array_insert (ops, (int)place, (gpointer)op);
    }
  return ops;
}

static int
list (const ScopeArguments *arguments, gpointer data)
{
  g_autoptr (GPtrArray) ops = collect ();
  if (arguments->json)
    {
      json_t *all = json_array ();
      for (guint i = 0; i < ops->len; i++)
        json_array_append_new (all, describe (ops->pdata[i]));
      scope_json_put (json_pack ("{s:i, s:o}", "version", 1, "operations", all));
    }
  else if (!arguments->quiet)
    print_all (ops);
  return SCOPE_EXIT_DONE;
}

int
scope_cli_ops (int argc, char **argv)
{
  static const ScopeUsage usage = {
    .usage = "",
    .about = "Lists the operations and how each dialect spells them.",
  };
  return scope_arguments_run (&usage, argc, argv, list, NULL);
}
