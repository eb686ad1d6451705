/* shapescope-cli info: what is in tensor files. */
#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "files/tensor-file.h"

#include <string.h>

static json_t *
describe (const char *path, const char *format, const GPtrArray *list)
{
  json_t *tensors = json_array ();
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const ScopeTensorInfo *info = list->pdata[i];
      const char order[2] = { info->order, '\0' };
      json_array_append_new (
          tensors,
          json_pack ("{s:o, s:o, s:o, s:o, s:s, s:b, s:o}", "name", scope_json_text (info->name),
                     "dtype", scope_json_text (info->dtype), "shape",
                     scope_json_shape (&info->shape), "bytes",
                     info->bytes < 0 ? json_null () : json_integer (info->bytes), "order", order,
                     "readable", info->readable, "note", scope_json_text (info->note)));
    }
  return json_pack ("{s:o, s:o, s:o}", "path", scope_json_text (path), "format",
                    format == NULL ? json_null () : json_string (format), "tensors", tensors);
}

static void
print (const char *path, const char *format, const GPtrArray *list)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *name = scope_cli_visible (path);
  g_string_append_printf (out, "%s: %s, %u tensor%s\n", name, format, list->len,
                          list->len == 1 ? "" : "s");
  for (guint i = 0; i < list->len; i++)
    {
      const ScopeTensorInfo *info = list->pdata[i];
      ScopeText shape = { 0 }, bytes = { 0 };
      scope_shape_print (&info->shape, SCOPE_SHAPE_LIST, &shape);
      g_autofree char *member = scope_cli_visible (info->name);
      g_autofree char *type = scope_cli_visible (info->dtype);
      g_string_append_printf (out, "  %s%s%s", member, member[0] != '\0' ? "  " : "", type);
      if (info->dtype[0] != '\0') /* what is no array has no shape either */
        g_string_append_printf (out, " %s", scope_text_string (&shape));
      if (info->bytes >= 0)
        {
          scope_text_append_bytes_count (&bytes, info->bytes);
          g_string_append_printf (out, "  %s", scope_text_string (&bytes));
        }
      if (info->order == 'F')
        g_string_append (out, "  Fortran order");
      if (info->note != NULL)
        {
          g_autofree char *note = scope_cli_visible (info->note);
          g_string_append_printf (out, "  (%s)", note);
        }
      g_string_append_c (out, '\n');
      scope_text_clear (&shape);
      scope_text_clear (&bytes);
    }
  scope_cli_put (out->str);
}

static gboolean
inspect (const char *path, const ScopeArguments *arguments, json_t *files)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  const char *format = NULL;
  g_autoptr (GPtrArray) list = scope_tensor_file_list (file, &format, NULL, &error);
  json_t *described = describe (path, format, list);
  if (list == NULL)
    {
      json_object_set_new (described, "error", scope_json_text (error->message));
      scope_cli_complain ("%s", error->message);
    }
  else if (!arguments->json && !arguments->quiet)
    print (path, format, list);
  json_array_append_new (files, described);
  return list != NULL;
}

static int
inspect_all (const ScopeArguments *arguments, gpointer data)
{
  if (arguments->rest[0] == NULL)
    {
      scope_cli_complain ("info: no file is named. Write shapescope-cli info FILE...");
      return SCOPE_EXIT_TROUBLE;
    }

  json_t *files = json_array ();
  int status = SCOPE_EXIT_DONE;
  for (int i = 0; arguments->rest[i] != NULL; i++)
    if (!inspect (arguments->rest[i], arguments, files))
      status = SCOPE_EXIT_TROUBLE;
  json_t *all = json_pack ("{s:i, s:o}", "version", 1, "files", files);
  if (arguments->json)
    scope_json_put (all);
  else
    json_decref (all);
  return status;
}

int
scope_cli_info (int argc, char **argv)
{
  static const ScopeUsage usage = {
    .usage = "FILE...",
    .about = "Lists the tensors in files: names, types, shapes, sizes.",
  };
  return scope_arguments_run (&usage, argc, argv, inspect_all, NULL);
}
