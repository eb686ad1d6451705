/* shapescope-cli explain: from a pasted error message to the same report as `check`. */
#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "cli/text-report.h"

#include "advice/message.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* ---- reading -------------------------------------------------------------------------------- */

/* At most one byte more than is read of a message, so that a longer text is seen to be one. */
static gboolean
read_all (int file, const char *name, GByteArray *bytes)
{
  guint8 block[65536];
  while (bytes->len <= SCOPE_MESSAGE_BYTES)
    {
      gsize room = MIN (sizeof block, (gsize)SCOPE_MESSAGE_BYTES + 1 - bytes->len);
      gssize count = read (file, block, room);
      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        {
          scope_cli_complain ("%s: it cannot be read: %s. Check the name.", name,
                              g_strerror (errno));
          return FALSE;
        }
      if (count == 0)
        break;
      g_byte_array_append (bytes, block, (guint)count);
    }
  return TRUE;
}

static gboolean
read_input (const char *path, GByteArray *bytes)
{
  if (path == NULL || strcmp (path, "-") == 0)
    return read_all (STDIN_FILENO, "standard input", bytes);
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (file < 0)
    {
      scope_cli_complain ("%s: it cannot be opened: %s. Check the name.", path, g_strerror (errno));
      return FALSE;
    }
  gboolean done = read_all (file, path, bytes);
  close (file);
  return done;
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static json_t *
json_number (int64_t value)
{
  return value == SCOPE_SIZE_UNKNOWN ? json_null () : json_integer (value);
}

/* Sizes as printed: unknown ones are null, a −1 stays. */
static json_t *
json_sizes (const ScopeShape *shape)
{
  json_t *sizes = json_array ();
  for (int i = 0; i < shape->rank; i++)
    json_array_append_new (sizes, json_number (shape->size[i]));
  return sizes;
}

static json_t *
json_shapes (const ScopeMessageShapes *shapes)
{
  json_t *list = json_array ();
  for (int i = 0; i < shapes->count; i++)
    json_array_append_new (list, json_sizes (&shapes->shape[i]));
  return list;
}

static json_t *
json_pair (const ScopeMessagePair *pair)
{
  if (!pair->given)
    return json_null ();
  return json_pack ("[oo]", json_number (pair->value[0]), json_number (pair->value[1]));
}

static json_t *
json_given (const ScopeMessageNumber *number)
{
  return number->given ? json_integer (number->value) : json_null ();
}

static void
set_given (json_t *object, const char *key, const ScopeMessageNumber *number)
{
  if (number->given)
    json_object_set_new (object, key, json_integer (number->value));
}

static void
set_text (json_t *object, const char *key, const ScopeText *text)
{
  if (text->length > 0)
    json_object_set_new (object, key, scope_json_text (scope_text_string (text)));
}

/* The keys that only some messages have. */
static void
set_further (json_t *object, const ScopeMessage *message)
{
  set_given (object, "axis_raw", &message->axis_raw);
  set_given (object, "axis_b", &message->axis_b);
  set_given (object, "cat_axis", &message->cat_axis);
  set_given (object, "index", &message->index);
  set_given (object, "count", &message->count);
  set_given (object, "size", &message->size);
  set_given (object, "groups", &message->groups);
  if (message->numel.given)
    json_object_set_new (object, "numel", json_pair (&message->numel));
  if (message->ranks.given)
    json_object_set_new (object, "ranks", json_pair (&message->ranks));
  if (message->multiple)
    json_object_set_new (object, "multiple", json_true ());
  if (message->shapes.count > 0)
    json_object_set_new (object, "shapes", json_shapes (&message->shapes));
  if (message->remapped.count > 0)
    json_object_set_new (object, "remapped", json_shapes (&message->remapped));
  if (message->has_splits)
    json_object_set_new (object, "splits", json_sizes (&message->splits));
  if (message->mismatches > 0)
    {
      json_t *list = json_array ();
      for (int i = 0; i < message->mismatches; i++)
        json_array_append_new (list, json_pack ("[ooo]", json_number (message->mismatch[i][0]),
                                                json_number (message->mismatch[i][1]),
                                                json_number (message->mismatch[i][2])));
      json_object_set_new (object, "mismatches", list);
    }
  set_text (object, "param", &message->param);
  set_text (object, "label", &message->label);
  set_text (object, "axes", &message->axes);
  set_text (object, "tf_op", &message->tf_op);
  set_text (object, "node_op", &message->node_op);
  set_text (object, "note", &message->note);
  set_text (object, "source", &message->source);
  set_text (object, "place", &message->place);
}

static json_t *
json_tensors (const ScopeMessage *message)
{
  json_t *tensors = json_array ();
  for (int i = 0; i < message->tensors; i++)
    json_array_append_new (tensors,
                           json_pack ("{s:s, s:o, s:s}", "name", message->tensor[i].name, "shape",
                                      json_sizes (&message->tensor[i].shape), "dtype",
                                      scope_dtype_name (message->tensor[i].dtype)));
  return tensors;
}

static json_t *
json_message (const ScopeMessage *message, const ScopeReport *report)
{
  gboolean known = message->recognized;
  json_t *object = json_pack (
      "{s:i, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "version", 1, "recognized", known,
      "framework", known ? json_string (message->framework) : json_null (), "op",
      known ? json_string (message->op) : json_null (), "a",
      message->has_a ? json_sizes (&message->a) : json_null (), "b",
      message->has_b ? json_sizes (&message->b) : json_null (), "axis", json_given (&message->axis),
      "sizes", json_pair (&message->sizes), "expression",
      message->expression.length > 0 ? scope_json_text (scope_text_string (&message->expression))
                                     : json_null (),
      "check", report != NULL ? scope_json_report (report) : json_null ());
  if (message->expression.length > 0)
    json_object_set_new (object, "tensors", json_tensors (message));
  if (message->cut)
    json_object_set_new (object, "cut", json_true ());
  set_further (object, message);
  return object;
}

/* ---- text ----------------------------------------------------------------------------------- */

static void
put_label (GString *out, const char *label)
{
  g_string_append_printf (out, "  %-14s", label);
}

static void
put_size (GString *out, int64_t size)
{
  if (size == SCOPE_SIZE_UNKNOWN)
    g_string_append_c (out, '?');
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, size);
}

static void
put_sizes (GString *out, const ScopeShape *shape)
{
  g_string_append_c (out, '[');
  for (int i = 0; i < shape->rank; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      put_size (out, shape->size[i]);
    }
  g_string_append_c (out, ']');
}

/* What a and b are, where the message tells. */
static const char *
role (const ScopeMessage *message, gboolean second)
{
  static const struct
  {
    const char *op, *framework; /* NULL: any */
    const char *role[2];
  } roles[] = {
    { "assign", "tensorflow", { "variable", "value" } },
    { "assign", "keras", { "variable", "value" } },
    { "assign", NULL, { "value", "destination" } },
    { "expand", NULL, { "tensor", "target" } },
    { "loss", NULL, { "output", "target" } },
    { "input", NULL, { "got", "expected" } },
    { "load_state_dict", "pytorch", { "checkpoint", "model" } },
    { "reshape", NULL, { "tensor", "new shape" } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (strcmp (roles[i].op, message->op) == 0
        && (roles[i].framework == NULL || strcmp (roles[i].framework, message->framework) == 0))
      return roles[i].role[second];
  return NULL;
}

static void
put_shape (GString *out, const ScopeMessage *message, gboolean second)
{
  if (second ? !message->has_b : !message->has_a)
    return;
  put_label (out, second ? "b" : "a");
  put_sizes (out, second ? &message->b : &message->a);
  if (role (message, second) != NULL)
    g_string_append_printf (out, "  %s", role (message, second));
  g_string_append_c (out, '\n');
}

static void
put_pair (GString *out, const char *label, const ScopeMessagePair *pair, const char *between)
{
  if (!pair->given)
    return;
  put_label (out, label);
  put_size (out, pair->value[0]);
  g_string_append (out, between);
  put_size (out, pair->value[1]);
  g_string_append_c (out, '\n');
}

static void
put_number (GString *out, const char *label, const ScopeMessageNumber *number)
{
  if (!number->given)
    return;
  put_label (out, label);
  put_size (out, number->value);
  g_string_append_c (out, '\n');
}

static void
put_words (GString *out, const char *label, const ScopeText *text)
{
  if (text->length == 0)
    return;
  g_autofree char *visible = scope_cli_visible (scope_text_string (text));
  put_label (out, label);
  g_string_append_printf (out, "%s\n", visible);
}

/* What was understood, before the report on it. */
static void
put_understood (const ScopeMessage *message)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *quote = scope_cli_visible (scope_text_string (&message->quote));
  g_string_append_printf (out, "%s\n", quote);
  put_label (out, "read as");
  g_string_append_printf (out, "%s: %s\n", message->framework, message->op);
  put_shape (out, message, FALSE);
  put_shape (out, message, TRUE);
  put_number (out, "axis", &message->axis);
  put_pair (out, "sizes", &message->sizes, " and ");
  put_pair (out, "ranks", &message->ranks, " and ");
  put_pair (out, "elements", &message->numel, " for ");
  put_number (out, "joined along", &message->cat_axis);
  put_words (out, "parameter", &message->param);
  put_words (out, "pattern", &message->label);
  for (int i = 1; i < message->mismatches; i++)
    {
      put_label (out, "also axis");
      put_size (out, message->mismatch[i][0]);
      g_string_append (out, ": ");
      put_size (out, message->mismatch[i][1]);
      g_string_append (out, " and ");
      put_size (out, message->mismatch[i][2]);
      g_string_append_c (out, '\n');
    }
  if (message->count.given && message->count.value > 1)
    put_number (out, "mismatches", &message->count);
  put_words (out, "failed in", &message->place);
  put_words (out, "line", &message->source);
  if (message->note.length > 0)
    {
      g_autofree char *note = scope_cli_visible (scope_text_string (&message->note));
      g_string_append_printf (out, "  %s\n", note);
    }
  scope_cli_put (out->str);
}

static void
put_text (const ScopeMessage *message, const ScopeReport *report)
{
  put_understood (message);
  scope_cli_put ("\n");
  if (report == NULL)
    {
      scope_cli_put ("The message does not say enough to check and draw it.\n");
      return;
    }
  ScopePage page = { scope_cli_has_colors (), scope_cli_columns () };
  g_autofree char *text = scope_text_report (report, &page);
  scope_cli_put (text);
}

/* ---- the command ---------------------------------------------------------------------------- */

static int
explain (const ScopeArguments *arguments, gpointer data)
{
  const char *path = arguments->rest[0];
  if (path != NULL && arguments->rest[1] != NULL)
    {
      scope_cli_complain ("explain: more than one file is named. Explain them one by one.");
      return SCOPE_EXIT_TROUBLE;
    }
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  if (!read_input (path, bytes))
    return SCOPE_EXIT_TROUBLE;

  ScopeMessage message;
  if (!scope_message_read ((const char *)bytes->data, bytes->len, &message))
    {
      scope_cli_complain ("explain: there is not enough memory. Give less text.");
      return SCOPE_EXIT_TROUBLE;
    }
  ScopeError error = { .begin = -1, .end = -1 };
  ScopeReport *report = scope_message_report (&message, NULL, &error);
  const char *name = path == NULL ? "standard input" : path;
  if (message.cut)
    scope_cli_complain ("%s: it is longer than 1 MiB; the first 1 MiB was read. Paste only the "
                        "end of a longer log.",
                        name);
  if (arguments->json)
    scope_json_put (json_message (&message, report));
  else if (!arguments->quiet && message.recognized)
    put_text (&message, report);
  if (!message.recognized && !arguments->quiet)
    scope_cli_complain ("%s: no message about shapes is recognised in it. Paste the whole error, "
                        "with its last line.",
                        name);
  int status = message.recognized ? SCOPE_EXIT_DONE : SCOPE_EXIT_FAILS;
  scope_report_free (report);
  scope_message_clear (&message);
  return status;
}

int
scope_cli_explain (int argc, char **argv)
{
  static const ScopeUsage usage = {
    .usage = "[FILE]",
    .about = "Reads a pasted error message or traceback (from standard input without FILE) and "
             "gives the same report as check.",
  };
  return scope_arguments_run (&usage, argc, argv, explain, NULL);
}
