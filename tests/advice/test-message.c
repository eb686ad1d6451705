/* Reading error messages: every field of every golden message, however it was pasted; what is not
 * about shapes is not recognised; the work is proportional to the text. */
#include "advice/message.h"

#include <glib.h>
#include <jansson.h>
#include <string.h>

static json_t *golden; /* an array of messages */

static void
load (void)
{
  g_autofree char *path = g_build_filename (SCOPE_TESTS, "golden", "messages.jsonl", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  golden = json_array ();
  for (int i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      json_t *message = json_loads (lines[i], 0, NULL);
      g_assert_nonnull (message);
      json_array_append_new (golden, message);
    }
  g_assert_cmpuint (json_array_size (golden), >, 500);
}

/* ---- what was read, as the golden file writes it -------------------------------------------- */

static json_t *
number (int64_t value)
{
  return value == SCOPE_SIZE_UNKNOWN ? json_null () : json_integer (value);
}

static json_t *
sizes (const ScopeShape *shape)
{
  json_t *list = json_array ();
  for (int i = 0; i < shape->rank; i++)
    json_array_append_new (list, number (shape->size[i]));
  return list;
}

static void
set_shape (json_t *read, const char *key, bool has, const ScopeShape *shape)
{
  if (has)
    json_object_set_new (read, key, sizes (shape));
}

static void
set_number (json_t *read, const char *key, const ScopeMessageNumber *given)
{
  if (given->given)
    json_object_set_new (read, key, json_integer (given->value));
}

static void
set_pair (json_t *read, const char *key, const ScopeMessagePair *pair)
{
  if (pair->given)
    json_object_set_new (read, key,
                         json_pack ("[oo]", number (pair->value[0]), number (pair->value[1])));
}

static void
set_list (json_t *read, const char *key, const ScopeMessageShapes *shapes)
{
  if (shapes->count == 0)
    return;
  json_t *list = json_array ();
  for (int i = 0; i < shapes->count; i++)
    json_array_append_new (list, sizes (&shapes->shape[i]));
  json_object_set_new (read, key, list);
}

static void
set_text (json_t *read, const char *key, const ScopeText *text)
{
  if (text->length > 0)
    json_object_set_new (read, key, json_string (text->data));
}

static json_t *
read_fields (const ScopeMessage *message)
{
  json_t *read = json_object ();
  bool known = message->recognized;
  json_object_set_new (read, "framework", known ? json_string (message->framework) : json_null ());
  json_object_set_new (read, "op", known ? json_string (message->op) : json_null ());
  set_shape (read, "a", message->has_a, &message->a);
  set_shape (read, "b", message->has_b, &message->b);
  set_shape (read, "splits", message->has_splits, &message->splits);
  set_number (read, "axis", &message->axis);
  set_number (read, "axis_raw", &message->axis_raw);
  set_number (read, "axis_b", &message->axis_b);
  set_number (read, "cat_axis", &message->cat_axis);
  set_number (read, "index", &message->index);
  set_number (read, "count", &message->count);
  set_number (read, "groups", &message->groups);
  set_pair (read, "sizes", &message->sizes);
  set_pair (read, "numel", &message->numel);
  set_pair (read, "ranks", &message->ranks);
  set_list (read, "shapes", &message->shapes);
  set_list (read, "remapped", &message->remapped);
  set_text (read, "param", &message->param);
  set_text (read, "label", &message->label);
  set_text (read, "tf_op", &message->tf_op);
  set_text (read, "node_op", &message->node_op);
  if (message->multiple)
    json_object_set_new (read, "multiple", json_true ());
  if (message->mismatches > 0)
    {
      json_t *list = json_array ();
      for (int i = 0; i < message->mismatches; i++)
        json_array_append_new (list, json_pack ("[III]", (json_int_t)message->mismatch[i][0],
                                                (json_int_t)message->mismatch[i][1],
                                                (json_int_t)message->mismatch[i][2]));
      json_object_set_new (read, "mismatches", list);
    }
  return read;
}

/* Every field, and no other. */
static void
check (json_t *expected, const char *text, gsize length, const char *how)
{
  ScopeMessage message;
  g_assert_true (scope_message_read (text, length, &message));
  json_t *read = read_fields (&message);
  json_t *wanted = json_copy (expected);
  json_object_del (wanted, "id");
  json_object_del (wanted, "text");
  if (json_object_get (wanted, "expression") != NULL)
    {
      if (strcmp (how, "plain") == 0)
        g_assert_cmpstr (message.expression.data, ==,
                         json_string_value (json_object_get (wanted, "expression")));
      json_object_del (wanted, "expression");
    }
  if (!json_equal (read, wanted))
    {
      g_autofree char *got = json_dumps (read, JSON_SORT_KEYS);
      g_autofree char *want = json_dumps (wanted, JSON_SORT_KEYS);
      g_test_message ("%s, %s:\n%s\nread   %s\nwanted %s",
                      json_string_value (json_object_get (expected, "id")), how, text, got, want);
      g_test_fail ();
    }
  for (int i = 0; i < message.spans; i++)
    {
      g_assert_cmpuint (message.span[i].begin, <, message.span[i].end);
      g_assert_cmpuint (message.span[i].end, <=, length);
    }
  json_decref (read);
  json_decref (wanted);
  scope_message_clear (&message);
}

/* ---- how messages are pasted ---------------------------------------------------------------- */

static GString *
plain (const char *text)
{
  return g_string_new (text);
}

/* Lines of at most 72 columns, each after `prefix`, ended by `end`. */
static GString *
wrap (const char *text, const char *prefix, const char *end)
{
  GString *out = g_string_new (prefix);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_printf (out, "%s%s", end, prefix);
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      gsize column = 0;
      for (int k = 0; words[k] != NULL; k++)
        {
          if (k > 0 && column + 1 + strlen (words[k]) > 72)
            {
              g_string_append_printf (out, "%s%s", end, prefix);
              column = 0;
            }
          else if (k > 0)
            {
              g_string_append_c (out, ' ');
              column++;
            }
          g_string_append (out, words[k]);
          column += strlen (words[k]);
        }
    }
  return out;
}

static GString *
wrapped (const char *text)
{
  return wrap (text, "", "\n");
}

static GString *
wrapped_by_windows (const char *text)
{
  return wrap (text, "", "\r\n");
}

static GString *
quoted (const char *text)
{
  return wrap (text, "> ", "\n");
}

static GString *
quoted_twice (const char *text)
{
  return wrap (text, "> > ", "\n");
}

static GString *
by_pytest (const char *text)
{
  return wrap (text, "E       ", "\n");
}

static GString *
of_a_rank (const char *text)
{
  return wrap (text, "[rank0]: ", "\n");
}

static GString *
boxed (const char *text)
{
  return wrap (text, "│ ", "   │\n");
}

/* A colour before and after every other word. */
static GString *
color (const char *text, const char *on, const char *off)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (int k = 0; words[k] != NULL; k++)
    g_string_append_printf (out, "%s%s%s%s", k > 0 ? " " : "", k % 2 ? on : "", words[k],
                            k % 2 ? off : "");
  return out;
}

static GString *
colored (const char *text)
{
  return color (text, "\033[1;31m", "\033[0m");
}

static GString *
colored_without_escape (const char *text)
{
  return color (text, "[0;31m", "[0m");
}

static GString *
colored_as_written (const char *text)
{
  return color (text, "\\x1b[31m", "\\x1b[0m");
}

static GString *
in_a_traceback (const char *text)
{
  GString *out = g_string_new ("$ python train.py --size 256\n"
                               "Traceback (most recent call last):\n"
                               "  File \"/home/u/train.py\", line 40, in <module>\n"
                               "    main (arguments)\n"
                               "  File \"/home/u/model.py\", line 12, in forward\n"
                               "    return self.layers[3](x.view(-1, 256))\n");
  g_string_append (out, text);
  g_string_append (out, "\n\nProcess finished with exit code 1\n");
  return out;
}

/* Another error stands before it. */
static GString *
while_another_is_handled (const char *text)
{
  GString *out =
      g_string_new ("Traceback (most recent call last):\n"
                    "  File \"/home/u/cache.py\", line 4, in get\n"
                    "    return cache[key]\n"
                    "KeyError: (1, 3, 224, 224)\n\n"
                    "During handling of the above exception, another exception occurred:\n\n");
  GString *rest = in_a_traceback (text);
  g_string_append (out, rest->str);
  g_string_free (rest, TRUE);
  return out;
}

/* Spaces, curly quotes and the sign × as a web page makes them. */
static GString *
from_a_page (const char *text)
{
  GString *out = g_string_new (text);
  g_string_replace (out, "'", "’", 0);
  g_string_replace (out, "  ", " ", 0);
  return out;
}

static GString *
escaped (const char *text)
{
  GString *out = g_string_new (text);
  g_string_replace (out, "\n", "\\n", 0);
  return out;
}

static GString *
from_html (const char *text)
{
  GString *out = g_string_new (text);
  g_string_replace (out, "&", "&amp;", 0);
  g_string_replace (out, "'", "&#39;", 0);
  g_string_replace (out, "\"", "&quot;", 0);
  g_string_replace (out, "<", "&lt;", 0);
  g_string_replace (out, ">", "&gt;", 0);
  return out;
}

/* As typographers would have it. */
static GString *
typographic (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *c = text; *c != '\0'; c++)
    {
      gboolean digits = c > text && g_ascii_isdigit (c[-1]) && g_ascii_isdigit (c[1]);
      if (*c == 'x' && digits)
        g_string_append (out, "×");
      else if (*c == '-' && g_ascii_isdigit (c[1]))
        g_string_append (out, "−");
      else if (*c == '"')
        g_string_append (out, "”");
      else if (*c == '\'')
        g_string_append (out, "‘");
      else
        g_string_append_c (out, *c);
    }
  return out;
}

static GString *
between (const char *before, const char *text, const char *behind)
{
  GString *out = g_string_new (before);
  g_string_append (out, text);
  g_string_append (out, behind);
  return out;
}

static GString *
fenced (const char *text)
{
  return between ("I get this:\n```pytb\n", text, "\n```\nWhat is wrong?\n");
}

static GString *
emphasised (const char *text)
{
  return between ("The error says **`", text, "`** and nothing else.");
}

static GString *
logged (const char *text)
{
  return between ("2024-01-02 03:04:05,678 [INFO] [run.py:12:main] step 3, batch [8, 3, 64, 64]\n"
                  "2024-01-02 03:04:06,789 ERROR    [MainThread] train (train.py:40): ",
                  text, "\n2024-01-02 03:04:07,890 [INFO] [run.py:99:main] 0 of 4 workers left\n");
}

static GString *
by_docker (const char *text)
{
  return wrap (text, "worker-1  | ", "\n");
}

static GString *
by_kubernetes (const char *text)
{
  return wrap (text, "2024-05-01T12:00:00.123456789Z stderr F ", "\n");
}

/* Among lines without it. */
static GString *
by_mpirun (const char *text)
{
  GString *lines = wrap (text, "[1,0]<stderr>:", "\n");
  g_string_prepend (lines, "This is what I get on 2 nodes:\n\n");
  return lines;
}

static GString *
by_glog (const char *text)
{
  GString *lines = wrap (
      text, "E1013 15:52:48.898000 59860 torch/_subclasses/fake_tensor.py:2721] [7/0] ", "\n");
  g_string_prepend (lines, "W1013 15:52:48.796000 59860 torch/_dynamo/convert.py:12] [7/0] x\n");
  return lines;
}

static GString *
in_a_notebook (const char *text)
{
  return between ("---------------------------------------------------------------------------\n"
                  "RuntimeError                              Traceback (most recent call last)\n"
                  "<ipython-input-12-0123456789ab> in <module>()\n"
                  "     10 images = images.view(-1, 3, 64, 64)\n"
                  "---> 11 outputs = net(images)\n"
                  "     12 loss = criterion(outputs, labels)\n\n"
                  "~/env/lib/python3.8/site-packages/torch/nn/modules/module.py in __call__(self)\n"
                  "    720             result = self._slow_forward(*input, **kwargs)\n"
                  "--> 722             result = self.forward(*input, **kwargs)\n\n",
                  text, "\n");
}

static GString *
because_of_another (const char *text)
{
  return between ("Traceback (most recent call last):\n  File \"/home/u/a.py\", line 4, in get\n"
                  "    return cache[key]\nValueError: (1, 3, 224, 224) is not in list\n\nThe above "
                  "exception was the direct cause of the following exception:\n\nTraceback (most "
                  "recent call last):\n  File \"/home/u/b.py\", line 7, in run\n    go()\n",
                  text, "");
}

/* By a console of 100 columns, in the middle of words. */
static GString *
cut_by_a_console (const char *text)
{
  GString *out = g_string_new (NULL);
  int column = 0;
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '\n')
        column = -1;
      else if (column == 100 && (*c & 0xc0) != 0x80)
        {
          g_string_append_c (out, '\n');
          column = 0;
        }
      g_string_append_c (out, *c);
      column++;
    }
  return out;
}

typedef struct
{
  const char *name;
  GString *(*paste) (const char *text);
} Paste;

static const Paste pastes[] = {
  { "plain", plain },
  { "wrapped", wrapped },
  { "wrapped-by-windows", wrapped_by_windows },
  { "quoted", quoted },
  { "quoted-twice", quoted_twice },
  { "by-pytest", by_pytest },
  { "of-a-rank", of_a_rank },
  { "boxed", boxed },
  { "colored", colored },
  { "colored-without-escape", colored_without_escape },
  { "colored-as-written", colored_as_written },
  { "in-a-traceback", in_a_traceback },
  { "while-another-is-handled", while_another_is_handled },
  { "from-a-page", from_a_page },
  { "escaped", escaped },
  { "from-html", from_html },
  { "typographic", typographic },
  { "fenced", fenced },
  { "emphasised", emphasised },
  { "logged", logged },
  { "by-docker", by_docker },
  { "by-kubernetes", by_kubernetes },
  { "by-mpirun", by_mpirun },
  { "by-glog", by_glog },
  { "in-a-notebook", in_a_notebook },
  { "because-of-another", because_of_another },
  { "cut-by-a-console", cut_by_a_console },
};

static void
test_paste (gconstpointer data)
{
  const Paste *paste = data;
  size_t index;
  json_t *expected;
  json_array_foreach (golden, index, expected)
  {
    GString *text = paste->paste (json_string_value (json_object_get (expected, "text")));
    check (expected, text->str, text->len, paste->name);
    g_string_free (text, TRUE);
  }
}

/* ---- expressions ---------------------------------------------------------------------------- */

static const struct
{
  const char *name, *text, *expression, *tensors;
  bool from_source;
} expressions[] = {
  { "plain-sum",
    "The size of tensor a (3) must match the size of tensor b (5) at non-singleton dimension 1",
    "A + B", "A=[?, 3] B=[?, 5]", false },
  { "python-traceback",
    "Traceback (most recent call last):\n  File \"x.py\", line 3, in f\n    z = x + y\n"
    "ValueError: operands could not be broadcast together with shapes (2,3) (2,4) ",
    "z = x + y", "x=[2, 3] y=[2, 4]", true },
  { "python-3.11-marks",
    "Traceback (most recent call last):\n  File \"x.py\", line 3, in f\n    return x @ y\n"
    "           ~~^~~\nRuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)",
    "x @ y", "x=[2, 3] y=[4, 5]", true },
  { "notebook",
    "<ipython-input-3-abc> in <module>\n      1 x = f()\n----> 2 z = torch.cat((x, y), dim=1)\n    "
    "  3 \n\n"
    "ConcatOp : Dimensions of inputs should match: shape[0] = [2,3] vs. shape[1] = [4,3]",
    "z = torch.cat((x, y), dim=1)", "x=[2, 3] y=[4, 3]", true },
  { "pytest",
    "    def test_it():\n>       z = x + y\nE       ValueError: operands could not be broadcast "
    "together with "
    "shapes (2,3) (2,4) \n\ntest.py:3: ValueError",
    "z = x + y", "x=[2, 3] y=[2, 4]", true },
  { "library-below",
    "Traceback (most recent call last):\n  File \"x.py\", line 3, in f\n    z = np.concatenate([x, "
    "y], axis=0)\n"
    "  File \"<__array_function__ internals>\", line 180, in concatenate\n"
    "JAX: Cannot concatenate arrays with shapes that differ in dimensions other than the one being "
    "concatenated: concatenating along dimension 0 for shapes (2, 3), (2, 4).",
    "z = np.concatenate([x, y], axis=0)", "x=[2, 3] y=[2, 4]", true },
  { "assignment",
    "  File \"x.py\", line 3\n    out[:] = values\nValueError: could not broadcast input array "
    "from shape (4,) "
    "into shape (3,)",
    "out[:] = values", "values=[4] out=[3]", true },
  { "line-that-fits-is-taken-in-part",
    "Traceback (most recent call last):\n  File \"x.py\", line 3, in f\n    z = x[0] + y[:, 0, 0]\n"
    "RuntimeError: The size of tensor a (3) must match the size of tensor b (5) at non-singleton "
    "dimension 1",
    "A + B", "A=[?, 3] B=[?, 5]", true },
  { "line-of-an-earlier-traceback-is-not-taken",
    "  File \"a.py\", line 3, in f\n    z = p + q\nTraceback (most recent call last):\n  File "
    "\"x.py\", line 3, in f\n"
    "    return self.net(x)\nValueError: operands could not be broadcast together with shapes "
    "(2,3) (2,4) ",
    "A + B", "A=[2, 3] B=[2, 4]", false },
  { "reshape",
    "  File \"x.py\", line 3\n    y = x.view(-1, 256)\nRuntimeError: shape '[-1, 256]' is invalid "
    "for "
    "input of size 1000",
    "y = x.view(-1, 256)", "x=[1000]", true },
  { "part-of-a-tensor-is-not-the-tensor",
    "  File \"x.py\", line 3\n    y = a[:, 0] * b\nValueError: operands could not be broadcast "
    "together "
    "with shapes (2,3) (2,4)",
    "A * b", "A=[2, 3] b=[2, 4]", true },
  { "operation-inside-a-line",
    "Traceback (most recent call last):\n  File \"hyper_net.py\", line 49, in forward\n    hidden "
    "= "
    "F.relu(torch.matmul(x_, w1) + b1) # b * t\nRuntimeError: mat1 and mat2 shapes cannot be "
    "multiplied (2x3 and 4x5)",
    "torch.matmul(x_, w1)", "x_=[2, 3] w1=[4, 5]", true },
  { "operand-that-is-no-name",
    "Traceback (most recent call last):\n  File \"x.py\", line 36, in forward\n    gamma = "
    "torch.mm(A, self.gamma.t())\nRuntimeError: mat1 and mat2 shapes cannot be multiplied (1x2 and "
    "6x64)",
    "torch.mm(A, B)", "A=[1, 2] B=[6, 64]", true },
  { "two-operations-leave-it-open",
    "Traceback (most recent call last):\n  File \"x.py\", line 36, in forward\n    q = a[0] * b + "
    "c[1]\nRuntimeError: The size of tensor a (3) must match the size of tensor b (5) at "
    "non-singleton dimension 1",
    "A + B", "A=[?, 3] B=[?, 5]", false },
  { "a-call-may-have-failed-instead",
    "Traceback (most recent call last):\n  File \"x.py\", line 36, in forward\n    q = a[0] + "
    "torch.where(m, b, c)\nRuntimeError: The size of tensor a (3) must match the size of tensor b "
    "(5) at non-singleton dimension 1",
    "A + B", "A=[?, 3] B=[?, 5]", false },
  { "an-outer-operator-did-not-fail",
    "Traceback (most recent call last):\n  File \"x.py\", line 36, in forward\n    x = x + "
    "self.attention(y)\n  File \"/u/lib/python3.9/site-packages/torch/nn/modules/module.py\", line "
    "889, in _call_impl\n    result = self.forward(*input, **kwargs)\nRuntimeError: The size of "
    "tensor a (3) must match the size of tensor b (5) at non-singleton dimension 1",
    "A + B", "A=[?, 3] B=[?, 5]", false },
  { "view-with-variables",
    "Traceback (most recent call last):\n  File \"SAM.py\", line 212, in forward\n    v = "
    "v.view(B, "
    "H, W, C)\nRuntimeError: shape '[2, 5, 5, 4]' is invalid for input of size 199",
    "v.view(2, 5, 5, 4)", "v=[199]", true },
  { "cat-of-a-name-and-an-attribute",
    "Traceback (most recent call last):\n  File \"modules.py\", line 37, in forward\n    ip_x = "
    "torch.cat([ip_x, self.registers], dim=1)\nRuntimeError: Sizes of tensors must match except in "
    "dimension 1. Got 7 and 8 in dimension 2 (The offending index is 1)",
    "torch.cat([ip_x, B], dim=1)", "ip_x=[?, ?, 7] B=[?, ?, 8]", true },
  { "lines-of-frameworks-are-skipped",
    "Traceback (most recent call last):\n  File \"x.py\", line 3, in f\n    z = np.matmul(x, y)\n"
    "  File \"/usr/lib/python3/dist-packages/numpy/core/x.py\", line 9, in g\n    r = p + q\n"
    "ValueError: operands could not be broadcast together with shapes (2,3) (2,4) ",
    "z = np.matmul(x, y)", "x=[2, 3] y=[2, 4]", true },
  { "vs-code-shows-frames-behind-the-message",
    "Exception has occurred: RuntimeError\nmat1 and mat2 shapes cannot be multiplied (2x3 and "
    "4x5)\n"
    "  File \"/home/u/model.py\", line 246, in forward\n    rep = q @ k\n  File "
    "\"/home/u/main.py\", line 146, in <module>\n    main(args)\n",
    "rep = q @ k", "q=[2, 3] k=[4, 5]", true },
  { "vs-code-repeats-the-message",
    "Exception has occurred: RuntimeError\nmat1 and mat2 shapes cannot be multiplied (2x3 and "
    "4x5)\n"
    "  File \"/home/u/model.py\", line 246, in forward\n    rep = q @ k\n  File "
    "\"/home/u/main.py\", line 146, in <module>\n    main(args)\nRuntimeError: mat1 and mat2 "
    "shapes "
    "cannot be multiplied (2x3 and 4x5)",
    "rep = q @ k", "q=[2, 3] k=[4, 5]", true },
  { "dynamo-shows-user-code-behind",
    "Failed running call_function <built-in function mul>(*(FakeTensor(..., size=(8, 3)), "
    "FakeTensor(..., size=(8, 4))), **{}):\nThe size of tensor a (3) must match the size of tensor "
    "b "
    "(4) at non-singleton dimension 1)\n\nfrom user code:\n   File \"/home/u/a.py\", line 3, in "
    "f\n  "
    "  q = rope(q, k)\n  File \"/home/u/b.py\", line 7, in rope\n    return u * w\n\nSet "
    "TORCHDYNAMO_VERBOSE=1",
    "u * w", "u=[8, 3] w=[8, 4]", true },
  { "links-of-vs-code",
    "Cell In[28], [line 33](vscode-notebook-cell:?execution_count=28&line=33)\n     32 P = 2\n---> "
    "[33](vscode-notebook-cell:?execution_count=28&line=33) k = M @ act\n     34 q = 2 * "
    "k\n\nmatmul: "
    "shapes (2,3) and (4,5) not aligned: 3 (dim 1) != 4 (dim 0)",
    "k = M @ act", "M=[2, 3] act=[4, 5]", true },
  { "rich",
    "│ /home/u/dist-packages/torch/x.py:1371 in f │\n│ ❱ 1371 │ │ │ data.reraise() │\n"
    "│ /home/u/train.py:12 in g │\n│   11 │ x = 3 │\n│ ❱ 12 │ │ │ r = a - b │\n│   13 │ y │\n"
    "╰────╯\nRuntimeError: The size of tensor a (3) must match the size of tensor b (5) at "
    "non-singleton dimension 0",
    "r = a - b", "a=[3] b=[5]", true },
  { "statement-on-several-lines",
    "Traceback (most recent call last):\n  File \"x.py\", line 3, in f\n    z = torch.matmul(\n    "
    "    "
    "~~~~~~~~~~~~^\n        x,\n        ^^\n        y)\n        ^^\nRuntimeError: mat1 and mat2 "
    "shapes "
    "cannot be multiplied (2x3 and 4x5)",
    "z = torch.matmul( x, y)", "x=[2, 3] y=[4, 5]", true },
  { "user-code-of-tensorflow",
    "ValueError: in user code:\n\n    /usr/lib/python3/dist-packages/keras/engine/training.py:805 "
    "train_function  *\n        return step_function(self, iterator)\n    /home/u/net.py:12 call  "
    "*\n     "
    "   z = x + y\n\n    ValueError: Dimensions must be equal, but are 3 and 4 for 'add' (op: "
    "'AddV2') "
    "with input shapes: [2,3], [2,4].",
    "z = x + y", "x=[2, 3] y=[2, 4]", true },
  { "quoted-traceback",
    "> Traceback (most recent call last):\n>   File \"x.py\", line 3, in f\n>     z = x + y\n> "
    "ValueError: operands could not be broadcast together with shapes (2,3) (2,4) ",
    "z = x + y", "x=[2, 3] y=[2, 4]", true },
  { "equation-of-einsum",
    "Traceback (most recent call last):\n  File \"secondorder.py\", line 230, in f\n    "
    "torch.einsum(\"ik,k->i\", cache.mat, charges)\nRuntimeError: einsum(): operands do not "
    "broadcast "
    "with remapped shapes [original->remapped]: [53, 53]->[53, 53] [52]->[1, 52]",
    "torch.einsum(\"ik,k->i\", A, B)", "A=[53, 53] B=[52]", true },
  { "letter-of-an-equation",
    "einsum(): subscript l has size 300 for operand 1 which does not broadcast with previously "
    "seen "
    "size 10\n  File \"/u/lbs.py\", line 545, in blend_shapes\n    blend_shape = "
    "torch.einsum('bl,mkl->bmk', [betas, shape_disps])\n  File \"/u/main.py\", line 201, in "
    "<module>\n    runner.validate()",
    "torch.einsum(\"bl,mkl->bmk\", A, B)", "A=[?, 10] B=[?, ?, 300]", true },
  { "pattern-of-einops",
    "EinopsError: Error while processing rearrange-reduction pattern \"(b f) d c -> (b d) f c\". "
    "Input "
    "tensor shape: torch.Size([1, 4096, 320]). Additional info: {'f': 16}. Shape mismatch, can't "
    "divide axis of length 1 in chunks of 16",
    "rearrange(A, \"(b f) d c -> (b d) f c\", f=16)", "A=[1, 4096, 320]", false },
  { "nothing-to-draw", "LinAlgError: Last 2 dimensions of the array must be square", NULL, "",
    false },
};

static void
test_expression (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeMessage message;
  g_assert_true (scope_message_read (expressions[i].text, strlen (expressions[i].text), &message));
  g_assert_true (message.recognized);
  g_assert_cmpstr (message.expression.data, ==, expressions[i].expression);
  g_assert_cmpint (message.from_source, ==, expressions[i].from_source);
  g_autoptr (GString) tensors = g_string_new (NULL);
  for (int k = 0; k < message.tensors; k++)
    {
      ScopeText shape = { 0 };
      scope_shape_print (&message.tensor[k].shape, SCOPE_SHAPE_LIST, &shape);
      g_string_append_printf (tensors, "%s%s=%s", k > 0 ? " " : "", message.tensor[k].name,
                              scope_text_string (&shape));
      scope_text_clear (&shape);
    }
  g_assert_cmpstr (tensors->str, ==, expressions[i].tensors);
  ScopeError error;
  ScopeReport *report = scope_message_report (&message, NULL, &error);
  g_assert_cmpint (report != NULL, ==, expressions[i].expression != NULL);
  if (report != NULL)
    g_assert_nonnull (report->failure);
  scope_report_free (report);
  scope_message_clear (&message);
}

/* ---- spans ---------------------------------------------------------------------------------- */

static void
test_spans (void)
{
  static const char text[] = "> x\r\n> \033[31mcould not broadcast input array from\033[0m shape "
                             "(1,1,1280,256) into\r\n> shape (1,1,256,256)";
  ScopeMessage message;
  g_assert_true (scope_message_read (text, strlen (text), &message));
  int found = 0;
  for (int i = 0; i < message.spans; i++)
    {
      g_autofree char *span =
          g_strndup (text + message.span[i].begin, message.span[i].end - message.span[i].begin);
      if (strcmp (message.span[i].what, "a") == 0)
        g_assert_cmpstr (span, ==, "(1,1,1280,256)");
      else if (strcmp (message.span[i].what, "b") == 0)
        g_assert_cmpstr (span, ==, "(1,1,256,256)");
      else
        continue;
      found++;
    }
  g_assert_cmpint (found, ==, 2);
  scope_message_clear (&message);
}

/* ---- limits --------------------------------------------------------------------------------- */

/* What is repeated to make long texts: innocent, hostile, and messages that nearly match. */
static const char *const hostile[] = {
  "a",
  "\n",
  "(",
  "[[",
  "1,",
  "x",
  "\033[",
  "[1;",
  ";1",
  "> ",
  "The size of tensor a (",
  "The size of tensor a (3) must match the size of tensor b (5) at non-singleton dimension 1 ",
  "operands could not be broadcast together with shapes (1,",
  "operands could not be broadcast together with shapes (1,2) ",
  "Error when checking ",
  "Failed running call_",
  "Failed running call_(size=(",
  "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ",
  "size mismatch for a",
  "size mismatch for a: copying a param with shape torch.Size([2]) from checkpoint, the shape in "
  "current model is torch.Size([3]). ",
  "is out of bounds for axis",
  "' is invalid for input of size ",
  "111111 is out of bounds for axis 0 with size 3 ",
  "File \"x.py\", line 3\n    z = x + y\n",
  "----> 3 z = x + y\n",
  "Incompatible shapes for broadcasting: [(2, 3), ",
  "\xff\xfe",
  "\xe2\x82",
};

static char *
repeat (const char *piece, gsize length)
{
  char *text = g_malloc (length);
  gsize size = strlen (piece);
  for (gsize i = 0; i < length; i++)
    text[i] = piece[i % size];
  return text;
}

static int64_t
steps_for (const char *piece, gsize length)
{
  g_autofree char *text = repeat (piece, length);
  ScopeMessage message;
  g_assert_true (scope_message_read (text, length, &message));
  int64_t steps = message.steps;
  scope_message_clear (&message);
  return steps;
}

static void
test_linear (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      int64_t one = steps_for (hostile[i], 100000), two = steps_for (hostile[i], 200000);
      int64_t four = steps_for (hostile[i], 400000);
      g_assert_cmpint (two * 10, <=, one * 23);
      g_assert_cmpint (four * 10, <=, two * 23);
      g_assert_cmpint (four, <=, 400000 * 32);
    }
}

static void
test_cut (void)
{
  static const char text[] =
      "RuntimeError: The size of tensor a (3) must match the size of tensor b (5) at "
      "non-singleton dimension 1\n";
  g_autofree char *long_text = repeat ("nothing ", SCOPE_MESSAGE_BYTES + 4096);
  ScopeMessage message;

  memcpy (long_text, text, strlen (text));
  g_assert_true (scope_message_read (long_text, SCOPE_MESSAGE_BYTES, &message));
  g_assert_false (message.cut);
  g_assert_true (message.recognized);
  scope_message_clear (&message);
  g_assert_true (scope_message_read (long_text, SCOPE_MESSAGE_BYTES + 1, &message));
  g_assert_true (message.cut);
  g_assert_true (message.recognized);
  scope_message_clear (&message);

  memset (long_text, ' ', strlen (text));
  memcpy (long_text + SCOPE_MESSAGE_BYTES, text, strlen (text));
  g_assert_true (scope_message_read (long_text, SCOPE_MESSAGE_BYTES + 4096, &message));
  g_assert_true (message.cut);
  g_assert_false (message.recognized);
  scope_message_clear (&message);
}

/* Numbers beyond int64 are unknown, not wrapped. */
static void
test_overflow (void)
{
  static const char text[] = "operands could not be broadcast together with shapes "
                             "(99999999999999999999,3) (9223372036854775807,4)";
  ScopeMessage message;
  g_assert_true (scope_message_read (text, strlen (text), &message));
  g_assert_true (message.recognized);
  g_assert_cmpint (message.a.size[0], ==, SCOPE_SIZE_UNKNOWN);
  g_assert_cmpint (message.b.size[0], ==, INT64_MAX);
  scope_message_clear (&message);
}

/* ---- the line that failed ------------------------------------------------------------------- */

#define SUM "operands could not be broadcast together with shapes (2,3) (2,4) "

static const struct
{
  const char *text, *source, *place;
} sources[] = {
  { "Traceback (most recent call last):\n  File \"train.py\", line 12, in <module>\n    z = x + y\n"
    "ValueError: " SUM,
    "z = x + y", "train.py:12" },
  /* The user's line, not the library's below it. */
  { "  File \"train.py\", line 12, in f\n    z = net(x)\n"
    "  File \"/env/lib/python3.10/site-packages/torch/nn/modules/module.py\", line 9, in g\n"
    "    return forward_call(*args)\nRuntimeError: " SUM,
    "z = net(x)", "train.py:12" },
  /* VS Code prints the innermost frame first, below the message; older ones last. */
  { "Exception has occurred: ValueError\n" SUM "\n  File \"/x/a.py\", line 3, in f\n    z = x + y\n"
    "  File \"/x/a.py\", line 9, in <module>\n    f()\n",
    "z = x + y", "a.py:3" },
  { "Exception has occurred: ValueError\n" SUM
    "\n  File \"/x/a.py\", line 9, in <module>\n    f()\n"
    "  File \"/x/a.py\", line 3, in f\n    z = x + y\n",
    "z = x + y", "a.py:3" },
  /* TorchScript shows the lines around it too. */
  { "Traceback of TorchScript (most recent call last):\n  File \"m.py\", line 15, in forward\n"
    "        h = self.a(x)\n        y = h + b\n            ~~~~~ <--- HERE\n        return y\n"
    "RuntimeError: The size of tensor a (3) must match the size of tensor b (4) at non-singleton "
    "dimension 1",
    "y = h + b", "m.py:15" },
  { "I ran `  File \"a.py\", line 67, in <module>\n    m = m[:, 0]\n"
    "IndexError: too many indices for array: array is 1-dimensional, but 2 were indexed `",
    "m = m[:, 0]", "a.py:67" },
  /* Cut off above the line. */
  { "    p[:, 0:4] = im\nRuntimeError: The expanded size of the tensor (4) must match the existing "
    "size (5) at non-singleton dimension 1.  Target sizes: [3, 4].  Tensor sizes: [3, 5].",
    "p[:, 0:4] = im", "" },
  { "    raise ValueError(f(x))\nValueError: " SUM, "", "" },
  { "    def f(x):\nValueError: " SUM, "", "" },
  { "    I ran it (again)\nValueError: " SUM, "", "" },
  { "ERROR 07-31 10:21:45 [core.py:632]   File \"/vllm/linear.py\", line 443, in weight_loader\n"
    "ERROR 07-31 10:21:45 [core.py:632]     z = x + y\n"
    "ERROR 07-31 10:21:45 [core.py:632] ValueError: " SUM,
    "z = x + y", "linear.py:443" },
  { "ValueError: " SUM, "", "" },
};

static void
test_source (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      ScopeMessage message;
      g_assert_true (scope_message_read (sources[i].text, strlen (sources[i].text), &message));
      g_assert_true (message.recognized);
      g_assert_cmpstr (scope_text_string (&message.source), ==, sources[i].source);
      g_assert_cmpstr (scope_text_string (&message.place), ==, sources[i].place);
      scope_message_clear (&message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  load ();
  for (gsize i = 0; i < G_N_ELEMENTS (pastes); i++)
    {
      g_autofree char *name = g_strconcat ("/message/golden/", pastes[i].name, NULL);
      g_test_add_data_func (name, &pastes[i], test_paste);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autofree char *name = g_strconcat ("/message/expression/", expressions[i].name, NULL);
      g_test_add_data_func (name, GINT_TO_POINTER ((int)i), test_expression);
    }
  g_test_add_func ("/message/source", test_source);
  g_test_add_func ("/message/spans", test_spans);
  g_test_add_func ("/message/linear", test_linear);
  g_test_add_func ("/message/cut", test_cut);
  g_test_add_func ("/message/overflow", test_overflow);
  int status = g_test_run ();
  json_decref (golden);
  return status;
}
