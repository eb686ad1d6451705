/* The terminal program as people and scripts run it: exit status, output, messages, files. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder; /* where the program runs and writes */

typedef struct
{
  int status;
  char *out, *err;
} Run;

static Run
run (const char *arguments)
{
  g_autofree char *line = g_strdup_printf ("%s %s", SCOPE_CLI, arguments);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_shell_parse_argv (line, NULL, &argv, &error));
  Run result = { 0 };
  int wait_status = 0;
  g_spawn_sync (folder, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &result.out, &result.err,
                &wait_status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (wait_status));
  result.status = WEXITSTATUS (wait_status);
  return result;
}

static void
run_clear (Run *self)
{
  g_free (self->out);
  g_free (self->err);
}

static int
count_files (void)
{
  int count = 0;
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (directory) != NULL)
    count++;
  return count;
}

static void
clear_folder (void)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

/* ---- what is written ------------------------------------------------------------------------ */

#define EXAMPLE "A=1,1,256,256 B=1,1,1280,256"

static const struct
{
  const char *name, *arguments;
  int status;
  const char *out; /* the whole of standard output; NULL: not looked at */
  const char *err; /* part of standard error; NULL: it is empty */
  gboolean more;   /* `out` is only the beginning: remedies follow */
} texts[] = {
  { "assign-fails", "check 'A[...] = B' " EXAMPLE, 1,
    "A[...] = B\n"
    "                axis 0   axis 1   axis 2   axis 3\n"
    "  A  target          1        1      256      256\n"
    "  B  source          1        1     1280      256\n"
    "                     =        =        ✗        =\n"
    "✗ Axis 2 (−2) does not fit: A has 256 and B has 1280; an assignment can only stretch the "
    "source, "
    "and only from 1.\n"
    "  PyTorch: RuntimeError: The expanded size of the tensor (256) must match the existing size "
    "(1280) at non-singleton dimension 2.  Target sizes: [1, 1, 256, 256].  Tensor sizes: [1280, "
    "256]\n"
    "  1  A[...] = B[:, :, :256, :]  ",
    .more = TRUE },
  { "assign-fits", "check 'A[...] = B[:, :, :256, :]' " EXAMPLE, 0,
    "A[...] = B[:, :, :256, :]\n"
    "                               axis 0   axis 1   axis 2   axis 3\n"
    "  A                 target          1        1      256      256\n"
    "  B[:, :, :256, :]  source          1        1      256      256\n"
    "                                    =        =        =        =\n"
    "  result                            1        1      256      256\n"
    "✓ It fits: the result is [1, 1, 256, 256], float32, 256 KiB.\n" },
  { "binary-fails", "check 'A + B' " EXAMPLE, 1,
    "A + B\n"
    "        axis 0   axis 1   axis 2   axis 3\n"
    "  A          1        1      256      256\n"
    "  B          1        1     1280      256\n"
    "             =        =        ✗        =\n"
    "✗ Axis 2 (−2) does not fit: A has 256 and B has 1280, and neither is 1.\n"
    "  PyTorch: RuntimeError: The size of tensor a (256) must match the size of tensor b (1280) at "
    "non-singleton dimension 2\n",
    .more = TRUE },
  { "numpy-example", "check 'A + B' A='8 × 1 × 6 × 1' B='7×1×5'", 0,
    "A + B\n"
    "             axis 0   axis 1   axis 2   axis 3\n"
    "  A               8        1        6        1\n"
    "  B             (1)        7        1        5\n"
    "                  →        →        →        →\n"
    "  result          8        7        6        5\n"
    "✓ It fits: the result is [8, 7, 6, 5], float32, 6.56 KiB.\n" },
  { "numpy-words", "check 'A + B' --dialect numpy A=2,3 B=4,3", 1,
    "A + B\n"
    "        axis 0   axis 1\n"
    "  A          2        3\n"
    "  B          4        3\n"
    "             ✗        =\n"
    "✗ Axis 0 (−2) does not fit: A has 2 and B has 4, and neither is 1.\n"
    "  NumPy: ValueError: operands could not be broadcast together with shapes (2,3) (4,3) \n",
    .more = TRUE },
  { "wide-sizes", "check 'A + B' A=1,4611686018427387904 B=2,1", 0,
    "A + B\n"
    "                          axis 0                axis 1\n"
    "  A                            1   4611686018427387904\n"
    "  B                            2                     1\n"
    "                               →                     →\n"
    "  result                       2   4611686018427387904\n"
    "✓ It fits: the result is [2, 4611686018427387904], float32.\n"
    "! A framework needs > 8 EiB for this result; here only what is looked at is computed.\n" },
  { "scramble", "check 'A.reshape(3, 2)' A=2,3", 0,
    "A.reshape(3, 2)\n"
    "             axis 0   axis 1\n"
    "  A               2        3\n"
    "  result          3        2\n"
    "✓ It fits: the result is [3, 2], float32, 24 B.\n"
    "! reshape keeps the order of the elements and does not exchange axes: the one at [0, 1] lands "
    "at [0, 1]. If axes were to change places it belongs at [1, 0]: permute puts it there.\n"
    "    before     reshape   permute\n"
    "     0  1  2    0  1      0  3\n"
    "     3  4  5    2  3      1  4\n"
    "                4  5      2  5\n"
    "  perhaps: A.permute(1, 0)\n" },
  { "no-axis-fails", "check 'A[...] = B' --dialect tensorflow A=2,3 B=2,3", 1,
    "A[...] = B\n✗ A TensorFlow tensor cannot be assigned to", .more = TRUE },
  { "quiet-fails", "check -q 'A + B' " EXAMPLE, 1, "" },
  { "quiet-fits", "check --quiet 'A + B' A=3 B=3", 0, "" },
  { "scalar", "check 'A + B' 'A=()' B=2", 0,
    "A + B\n"
    "             axis 0\n"
    "  A             (1)\n"
    "  B               2\n"
    "                  →\n"
    "  result          2\n"
    "✓ It fits: the result is [2], float32, 8 B.\n" },
  { "steps", "check 'C = torch.cat((A, B), dim=2); D = C + A; D.sum(); C' " EXAMPLE, 1,
    "C = torch.cat((A, B), dim=2); D = C + A; D.sum(); C\n"
    "  1  C = torch.cat((A, B), dim=2)  [1, 1, 1536, 256]\n"
    "✗ 2  D = C + A                     does not fit\n"
    "  3  D.sum()                       skipped\n"
    "  4  C                             [1, 1, 1536, 256]\n"
    "        axis 0   axis 1   axis 2   axis 3\n"
    "  C          1        1     1536      256\n",
    .more = TRUE },
  { "minus-first", "check -- '-1 * A' A=3", 0, NULL },
  { "escapes", "check 'A\x1b[31m' A=3", 2, "", "" },

  { "version", "--version", 0, "shapescope-cli 0.1.0\n" },
  { "help", "--help", 0, NULL },
  { "help-of-check", "check --help", 0, NULL },
  { "no-command", "", 2, "", "no command is named. Write" },
  { "unknown-command", "frobnicate", 2, "", "frobnicate: there is no such command. Write" },
  { "explain-no-file", "explain none.txt", 2, "", "none.txt: it cannot be opened" },
  { "explain-folder", "explain /", 2, "", "/: it cannot be read" },
  { "explain-two-files", "explain a b", 2, "", "more than one file is named" },
  { "explain-nothing", "explain /dev/null", 1, "", "no message about shapes is recognised" },
  { "no-expression", "check", 2, "", "check: an argument is missing. Write" },
  { "unknown-option", "check --frobnicate A A=1", 2, "", "Unknown option --frobnicate. Write" },
  { "unknown-dialect", "check A A=1 --dialect torch", 2, "", "torch is not known. Write pytorch" },
  { "bad-threads", "check A A=1 --threads -1", 2, "", "--threads -1 is out of range. Write" },
  { "bad-threads-word", "check A A=1 --threads many", 2, "", "many" },
  { "syntax", "check 'A + ' A=1", 2, "", "expression: Expected a value" },
  { "syntax-mark", "check 'A + ) + A' A=1", 2, "", "  A + ) + A\n      ^\n" },
  { "not-a-tensor-argument", "check A 1,2", 2, "", "1,2: it is not NAME=TENSOR. Write" },
  { "twice", "check A A=1 A=2", 2, "", "A is given twice. Leave" },
  { "bad-shape", "check A A=1,x-y", 2, "", "\n  A=1,x-y\n" },
  { "negative-size", "check A A=1,-2", 2, "", "1,-2: " },
  { "overflow", "check A A=9223372036854775807,2", 2, "", "2^63" },
  { "missing-file", "check A A=none.npy", 2, "",
    "none.npy: there is no such file. Check the name." },
  { "folder-as-file", "check A A=/", 2, "", "a folder" },
  { "unknown-name", "check 'A + C' A=1", 1, NULL },

  { "eval-without-output", "eval A A=1", 2, "", "eval: no output is named. Add -o OUT.npy." },
  { "eval-fails", "eval 'A + B' -o x.npy " EXAMPLE, 1, "", "Axis 2 (−2) does not fit" },
  { "eval-beyond-the-disk", "eval 'A + B' -o x.npy A=float64[1,1000000] B=float64[1250000000,1]", 2,
    "", "x.npy: it needs 8.88 PiB, but the disk has only " },
  { "eval-beyond-int64", "eval 'A + B' -o x.npy A=float64[1,1000000000] B=float64[1250000000,1]", 2,
    "", "x.npy: the result has more than 2^63 - 1 bytes." },
  { "eval-no-folder", "eval A A=1 -o none/x.npy", 2, "", "none/x.npy: it cannot be written" },
  { "eval-unknown-size", "eval A A=2,? -o x.npy", 2, "", "is not known" },
  { "eval-writes", "eval 'A + B' A=2,1 B=3 -o x.npy", 0, "x.npy: float32 [2, 3]\n" },

  { "info-without-file", "info", 2, "", "info: no file is named." },
  { "info-missing", "info none.npy", 2, "", "none.npy: it cannot be opened" },
  { "info", "info " SCOPE_TESTS "/golden/npy/cube-big-fortran.npy", 0,
    SCOPE_TESTS "/golden/npy/cube-big-fortran.npy: npy, 1 tensor\n"
                "  int32 [2, 3, 4]  96 B  Fortran order  (big-endian)\n" },
  { "info-some-missing", "info none.npy " SCOPE_TESTS "/golden/npy/scalar.npy", 2,
    SCOPE_TESTS "/golden/npy/scalar.npy: npy, 1 tensor\n  float64 []  8 B\n", "none.npy" },
  { "ops", "ops", 0, NULL },

  { "render-without-picture", "render", 2, "", "render: an argument is missing." },
  { "render-without-expression", "render align -o x.svg", 2, "",
    "render: an argument is missing." },
  { "render-without-output", "render align A A=1", 2, "", "render: no output is named. Add -o" },
  { "render-no-such-step", "render steps A A=1 -o x.svg --step 9", 2, "",
    "render: --step 9: there are 3 steps. Write 1 to 3." },
  { "render-no-answers-in-svg", "render steps A A=1 -o x.svg --no-answers", 2, "",
    "render: --no-answers is for a handout. Write to OUT.pdf, without --step." },
  { "render-no-tensor", "render steps 3 A=1 -o x.svg", 2, "", "3: it has no tensor to show." },
  { "two-equal", "compare A B A=2,3 'B=[[0, 1, 2], [3, 4, 5]]'", 0,
    "✓ All 6 elements are equal within the tolerance.\n"
    "  |actual - desired| <= 0 + 1e-07 * |desired|, NaN equals NaN\n"
    "  Max absolute difference: 0 at [0, 0]. Max relative difference: 0 at [0, 1].\n",
    NULL },
  { "two-different", "compare 2,3 '[[0, 1, 2], [3, 4.5, 7]]' --worst 1", 1,
    "✗ 2 of 6 elements (33.3 %) differ by more than the tolerance.\n"
    "  |actual - desired| <= 0 + 1e-07 * |desired|, NaN equals NaN\n"
    "  Max absolute difference: 2 at [1, 2]. Max relative difference: 0.285714 at [1, 2].\n"
    "  index   actual  desired  |Δ|  |Δ| ÷ |desired|\n"
    "  [1, 2]     5.0      7.0    2         0.285714\n"
    "  … and 1 more\n",
    NULL },
  { "two-within", "compare 2,3 '[[0, 1, 2], [3, 4.5, 7]]' --rtol 0.3 --worst 0 --atol 0.5", 0,
    "✓ All 6 elements are equal within the tolerance.\n"
    "  |actual - desired| <= 0.5 + 0.3 * |desired|, NaN equals NaN\n"
    "  Max absolute difference: 2 at [1, 2]. Max relative difference: 0.285714 at [1, 2].\n",
    NULL },
  { "two-nan", "compare '[1.0, nan]' '[1.0, nan]' --quiet", 0, "", NULL },
  { "two-unequal-nan", "compare '[1.0, nan]' '[1.0, nan]' --quiet --unequal-nan", 1, "", NULL },
  { "two-files",
    "compare " SCOPE_TESTS "/golden/npy/uint8.npy " SCOPE_TESTS "/golden/npy/uint8.npy -q", 0, "",
    NULL },
  { "two-expressions", "compare 'A.T @ A' 'np.matmul(A.T, A)' A=8,5 -q", 0, "", NULL },
  { "two-shapes", "compare 2,3 3,2", 1,
    "✗ The shapes [2, 3] and [3, 2] differ, so elements have no partners. Compare tensors of one "
    "shape, or slice or reshape one of them first.\n",
    NULL },
  { "two-fails", "compare 'A + A.T' A A=2,3", 1, "", "actual: Axis 0" },
  { "two-syntax", "compare A 'A +' A=2,3", 2, "", "desired: Expected a value" },
  { "two-unknown-size", "compare '?,3' 2,3", 2, "", "actual: A size is not known" },
  { "two-missing-file", "compare none.npy 2,3", 2, "", "none.npy: there is no such file" },
  { "two-one", "compare A", 2, "", "an argument is missing" },
  { "two-bad-rtol", "compare 3 3 --rtol x", 2, "", "--rtol x is not a tolerance" },
  { "two-negative-atol", "compare 3 3 --atol=-1", 2, "", "--atol -1 is not a tolerance" },
  { "two-bad-worst", "compare 3 3 --worst 101", 2, "", "Write 0 to 100" },
  { "compare-no-size", "render compare A A=4,4 -o x.svg", 2, "", "'A' does not resample. Write" },
  { "compare-bad-size", "render compare A A=4,4 -o x.svg --to 0x3", 2, "",
    "--to 0x3 is not a size." },
  { "compare-bad-mode", "render compare A A=4,4 -o x.svg --to 2x2 --modes sharp", 2, "",
    "PyTorch 1.13 has no mode 'sharp'. Write nearest" },
  { "compare-bad-library", "render compare A A=4,4 -o x.svg --to 2x2 --modes scipy:zoom", 2, "",
    "'scipy:' is no library" },
  { "compare-many", "render compare A A=4,4 -o x.svg --to 2x2 --modes ,,,,,,,,,", 2, "",
    "names 10 ways. Write 1 to 9" },
  { "compare-bad-reference", "render compare A A=4,4 -o x.svg --to 2x2 --reference opencv:area", 2,
    "", "--reference opencv:area is not among" },
  { "compare-scalar", "render compare A 'A=()' -o x.svg --to 2x2", 2, "", "A scalar cannot be" },
  { "compare-empty", "render compare A A=0,4 -o x.svg --to 2x2", 2, "", "F.interpolate(A" },
  { "compare-unknown-size", "render compare A A=?,4 -o x.svg --to 2x2", 2, "",
    "a size is not known" },
  { "compare-fails", "render compare 'F.interpolate(A, size=(2, 2))' A=4,4 -o x.svg", 1, "", "" },
  { "render-other", "render pie A A=1 -o x.svg", 2, "", "'pie' is not a picture. Write" },
  { "render-bad-ending", "render heatmap A A=1 -o x.gif", 2, "", "x.gif: " },
  { "render-bad-size", "render heatmap A A=1 -o x.svg --size 10", 2, "",
    "--size 10 is not a size." },
  { "render-huge-size", "render heatmap A A=1 -o x.svg --size 1x40000", 2, "", "is not a size." },
  { "render-bad-scale", "render heatmap A A=1 -o x.svg --scale 0", 2, "", "--scale 0 is out of" },
  { "render-bad-axis", "render heatmap A A=2,3 -o x.svg --row-axis 2", 2, "",
    "--row-axis 2 is no" },
  { "render-same-axis", "render heatmap A A=2,3 -o x.svg --row-axis 1 --column-axis -1", 2, "",
    "both axis 1" },
  { "render-bad-index", "render heatmap A A=2,3,4 -o x.svg --at 2", 2, "", "'2' is out of bounds" },
  { "render-indices", "render heatmap A A=2,3,4 -o x.svg --at 1,2", 2, "",
    "has 2 indices. Write 1" },
  { "render-unknown-size", "render heatmap A A=2,? -o x.svg", 2, "", "not known" },
  { "render-fails", "render heatmap 'A + B' A=2 B=3 -o x.svg", 1, "", "Axis 0 (−1) does not fit" },
  { "render-no-folder", "render align A A=1 -o none/x.svg", 2, "", "none/x.svg" },
};

static void
test_text (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  Run result = run (texts[i].arguments);
  if (texts[i].err == NULL)
    g_assert_cmpstr (result.err, ==, "");
  else
    {
      g_assert_nonnull (strstr (result.err, texts[i].err));
      g_assert_true (g_str_has_prefix (result.err, "shapescope-cli: "));
      g_assert_null (strchr (result.err, 0x1b));
    }
  g_assert_cmpint (result.status, ==, texts[i].status);
  if (texts[i].more)
    {
      g_assert_cmpint (strlen (result.out), >=, strlen (texts[i].out));
      result.out[strlen (texts[i].out)] = '\0';
    }
  if (texts[i].out != NULL)
    g_assert_cmpstr (result.out, ==, texts[i].out);
  else
    g_assert_cmpint (strlen (result.out), >, 0);
  g_assert_null (strchr (result.out, 0x1b));
  run_clear (&result);
  clear_folder ();
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static json_t *
parse (const char *text)
{
  json_error_t error;
  json_t *value = json_loads (text, JSON_REJECT_DUPLICATES, &error);
  if (value == NULL)
    g_error ("%s: %s", error.text, text);
  g_assert_cmpint (json_integer_value (json_object_get (value, "version")), ==, 1);
  return value;
}

/* Whether `got` has everything that `wanted` has; objects may have more. */
static void
assert_has (const json_t *got, const json_t *wanted, const char *where)
{
  const char *key;
  json_t *item;
  size_t index;
  if (json_is_object (wanted))
    json_object_foreach ((json_t *)wanted, key, item)
    {
      g_autofree char *place = g_strconcat (where, ".", key, NULL);
      if (json_object_get (got, key) == NULL)
        g_error ("%s is missing", place);
      assert_has (json_object_get (got, key), item, place);
    }
  else if (json_is_array (wanted))
    {
      if (json_array_size (got) != json_array_size (wanted))
        g_error ("%s has %zu items", where, json_array_size (got));
      json_array_foreach (wanted, index, item)
      {
        g_autofree char *place = g_strdup_printf ("%s[%zu]", where, index);
        assert_has (json_array_get (got, index), item, place);
      }
    }
  else if (!json_equal ((json_t *)got, (json_t *)wanted))
    g_error ("%s differs: %s", where, json_dumps (got, JSON_ENCODE_ANY));
}

static const struct
{
  const char *name, *arguments;
  int status;
  const char *has;
} documents[] = {
  { "info-formats",
    "info --json " SCOPE_TESTS "/golden/npz/mixed.npz " SCOPE_TESTS
    "/golden/png/color-2-16.png " SCOPE_TESTS "/golden/safetensors/types.safetensors",
    0,
    "{'files': [{'format': 'npz', 'tensors': [{'name': 'a', 'dtype': 'float32', 'shape': [2, 3]},"
    "                                         {'name': 'b', 'readable': true}]},"
    "           {'format': 'png', 'tensors': [{'name': '', 'dtype': 'uint16', 'shape': [5, 7, 3],"
    "                                          'bytes': 210}]},"
    "           {'format': 'safetensors'}]}" },
  { "info-refused", "info --json " SCOPE_TESTS "/golden/npz/checkpoint.npz", 2,
    "{'files': [{'format': null, 'tensors': []}]}" },
  { "check-members",
    "check --json 'A + B' A=" SCOPE_TESTS "/golden/npz/mixed.npz::a B=" SCOPE_TESTS
    "/golden/safetensors/types.safetensors::F64",
    0, "{'result': {'shape': [2, 3], 'dtype': 'float64'}}" },
  { "assign-fails", "check --json 'A[...] = B' " EXAMPLE, 1,
    "{'version': 1, 'expression': 'A[...] = B', 'dialect': 'pytorch', 'fits': false, 'result': "
    "null,"
    " 'failure': {'op': 'assign', 'span': [0, 10], 'rule': 'broadcast',"
    "   'operands': [{'name': 'A', 'shape': [1, 1, 256, 256]},"
    "                {'name': 'B', 'shape': [1, 1, 1280, 256]}],"
    "   'axes': [{'axis': 2, 'from_end': -2, 'sizes': [256, 1280]}],"
    "   'exception': 'RuntimeError'}, 'hazards': []}" },
  { "check-fails", "check --json 'A + B' " EXAMPLE, 1,
    "{'version': 1, 'expression': 'A + B', 'dialect': 'pytorch', 'fits': false, 'result': null,"
    " 'nodes': [{'text': 'A', 'span': [0, 1], 'op': 'tensor', 'shape': [1, 1, 256, 256],"
    "            'dtype': 'float32'},"
    "           {'text': 'B', 'span': [4, 5], 'op': 'tensor', 'shape': [1, 1, 1280, 256],"
    "            'dtype': 'float32'},"
    "           {'text': 'A + B', 'span': [0, 5], 'op': 'add', 'shape': null, 'dtype': null}],"
    " 'failure': {'op': 'add', 'span': [0, 5], 'rule': 'broadcast',"
    "   'operands': [{'name': 'A', 'shape': [1, 1, 256, 256]},"
    "                {'name': 'B', 'shape': [1, 1, 1280, 256]}],"
    "   'axes': [{'axis': 2, 'from_end': -2, 'sizes': [256, 1280]}],"
    "   'sentence': 'Axis 2 (−2) does not fit: A has 256 and B has 1280, and neither is 1.',"
    "   'exception': 'RuntimeError',"
    "   'message': 'The size of tensor a (256) must match the size of tensor b (1280) at "
    "non-singleton dimension 2'},"
    " 'hazards': []}" },
  { "check-fits", "check --json 'A + B' A=2,1 B=float64[3]", 0,
    "{'fits': true, 'failure': null, 'remedies': [], 'hazards': [],"
    " 'result': {'shape': [2, 3], 'dtype': 'float64', 'elements': 6, 'bytes': 48}}" },
  { "check-hazards", "check --json 'A - B' A=8 B=8,1", 0,
    "{'hazards': [{'kind': 'outer-product', 'span': [0, 5], 'fix': 'A[:, None] - B'}]}" },
  { "check-scramble", "check --json 'A.reshape(3, 2)' A=2,3", 0,
    "{'hazards': [{'kind': 'reshape-scramble', 'fix': 'A.permute(1, 0)'}]}" },
  { "check-unknown-size", "check --json 'A + B' A=2,? B=N,3", 0,
    "{'fits': true, 'nodes': [{'shape': [2, '?']}, {'shape': ['N', 3]}, {}]}" },
  { "check-dialect", "check --json 'A + B' --dialect jax A=2 B=3", 1,
    "{'dialect': 'jax', 'fits': false, 'failure': {'rule': 'broadcast'}}" },
  { "check-all-axes", "check --json 'A + B' A=2,3,4 B=5,3,7", 1,
    "{'failure': {'axes': [{'axis': 0, 'from_end': -3, 'sizes': [2, 5]},"
    "                      {'axis': 2, 'from_end': -1, 'sizes': [4, 7]}]}}" },
  { "check-spans-are-characters", "check --json 'Ä + B' Ä=2 B=3", 1,
    "{'nodes': [{'text': 'Ä', 'span': [0, 1]}, {'text': 'B', 'span': [4, 5]}, {'span': [0, 5]}]}" },
  { "check-syntax", "check --json 'A + ) + A' A=1", 2,
    "{'version': 1, 'error': {'span': [4, 5]}}" },
  { "check-bad-tensor", "check --json A 'A=1,x y'", 2,
    "{'version': 1, 'error': {'tensor': 'A', 'span': [4, 5]}}" },
  { "check-missing-file", "check --json A A=none.npy", 2,
    "{'version': 1, 'error': {'tensor': 'A', 'span': null,"
    "  'sentence': 'none.npy: there is no such file. Check the name.'}}" },
  { "eval", "eval --json 'A + B' A=2,1 B=3 -o x.npy", 0,
    "{'version': 1, 'output': 'x.npy',"
    " 'result': {'shape': [2, 3], 'dtype': 'float32', 'elements': 6, 'bytes': 24}}" },
  { "info",
    "info --json " SCOPE_TESTS "/golden/npy/int16-big-fortran.npy " SCOPE_TESTS
    "/golden/npy/scalar.npy",
    0,
    "{'version': 1, 'files': ["
    "  {'path': '" SCOPE_TESTS "/golden/npy/int16-big-fortran.npy', 'format': 'npy', 'tensors': ["
    "    {'name': '', 'dtype': 'int16', 'shape': [2, 3], 'bytes': 12, 'order': 'F', 'readable': "
    "true,"
    "     'note': 'big-endian'}]},"
    "  {'path': '" SCOPE_TESTS "/golden/npy/scalar.npy', 'format': 'npy', 'tensors': ["
    "    {'name': '', 'dtype': 'float64', 'shape': [], 'bytes': 8, 'order': 'C', 'readable': true,"
    "     'note': null}]}]}" },
  { "two-different", "compare --json 2,3 '[[0, 1, 2], [3, 4.5, nan]]' --rtol 0.5 --atol 0.25", 1,
    "{'equal': false, 'shape': [2, 3], 'elements': 6, 'rtol': 0.5, 'atol': 0.25, 'equal_nan': true,"
    " 'mismatched': 1, 'nan_mismatched': 1, 'infinite_mismatched': 0, 'max_abs': 0.5,"
    " 'max_abs_at': [1, 1], 'max_rel_at': [1, 1], 'cells': [{'index': [1, 2], 'actual': 5.0,"
    " 'desired': 'nan', 'abs': null, 'rel': null}]}" },
  { "two-empty", "compare --json 0,3 0,3", 0,
    "{'equal': true, 'elements': 0, 'max_abs': null, 'max_abs_at': null, 'cells': []}" },
  { "two-shapes", "compare --json 2,3 2", 1, "{'equal': false, 'shapes': [[2, 3], [2]]}" },
  { "two-syntax", "compare --json A 'A +' A=2,3", 2, "{'error': {'tensor': 'desired'}}" },
  { "info-missing", "info --json none.npy", 2,
    "{'version': 1, 'files': [{'path': 'none.npy', 'format': null, 'tensors': []}]}" },
};

static void
test_json (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  Run result = run (documents[i].arguments);
  g_assert_cmpint (result.status, ==, documents[i].status);
  if (documents[i].status == 2)
    g_assert_true (g_str_has_prefix (result.err, "shapescope-cli: "));
  else
    g_assert_cmpstr (result.err, ==, "");

  g_autofree char *text = g_strdup (documents[i].has);
  g_strdelimit (text, "'", '"');
  json_error_t error;
  json_t *wanted = json_loads (text, 0, &error);
  g_assert_nonnull (wanted);
  json_t *got = parse (result.out);
  assert_has (got, wanted, "");
  json_decref (got);
  json_decref (wanted);
  run_clear (&result);
  clear_folder ();
}

/* The example's remedies: each with all its keys, each checked again and fitting. */
static void
test_remedies (void)
{
  static const char *const kinds[] = { "slice", "interpolate", "concat" };
  static const char *const dialects[] = { "pytorch", "numpy", "tensorflow", "jax" };
  Run result = run ("check --json 'A[...] = B' " EXAMPLE);
  json_t *all = parse (result.out), *remedy;
  json_t *remedies = json_object_get (all, "remedies");
  guint seen = 0;
  size_t i;
  json_array_foreach (remedies, i, remedy)
  {
    const char *expression = json_string_value (json_object_get (remedy, "expression"));
    double keeps = json_real_value (json_object_get (remedy, "keeps"));
    double invents = json_real_value (json_object_get (remedy, "invents"));
    g_assert_true (keeps >= 0 && keeps <= 1 && invents >= 0 && invents <= 1);
    g_assert_true (json_is_boolean (json_object_get (remedy, "exact")));
    g_assert_true (json_is_integer (json_object_get (remedy, "bytes")));
    g_assert_true (json_is_string (json_object_get (remedy, "sentence")));
    for (gsize d = 0; d < G_N_ELEMENTS (dialects); d++)
      g_assert_true (
          json_is_string (json_object_get (json_object_get (remedy, "code"), dialects[d])));
    for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
      if (strcmp (kinds[k], json_string_value (json_object_get (remedy, "kind"))) == 0)
        seen |= 1u << k;

    g_autofree char *quoted = g_shell_quote (expression);
    g_autofree char *arguments = g_strdup_printf ("check --json %s " EXAMPLE, quoted);
    Run again = run (arguments);
    g_assert_cmpint (again.status, ==, 0);
    json_t *checked = parse (again.out);
    g_assert_true (json_equal (json_object_get (remedy, "result"),
                               json_object_get (json_object_get (checked, "result"), "shape")));
    json_decref (checked);
    run_clear (&again);
  }
  g_assert_cmpint (seen, ==, 7);
  json_decref (all);
  run_clear (&result);
}

/* Every operation is listed, with spellings and parameters. */
/* A traceback from a file: what it says, and the report on its line. */
static void
test_explain (void)
{
  g_autofree char *path = g_build_filename (folder, "error.txt", NULL);
  g_assert_true (g_file_set_contents (
      path,
      "Traceback (most recent call last):\r\n  File \"train.py\", line 3, in <module>\r\n"
      "    A[...] = B\r\nValueError: could not broadcast input array from shape (1,1,1280,256) "
      "into "
      "shape (1,1,256,256)\r\n",
      -1, NULL));
  static const char wanted_text[] =
      "{\"recognized\": true, \"framework\": \"numpy\", \"op\": \"assign\", \"a\": [1, 1, 1280, "
      "256], "
      "\"b\": [1, 1, 256, 256], \"axis\": null, \"sizes\": null, \"expression\": \"A[...] = B\", "
      "\"check\": {\"version\": 1, \"dialect\": \"numpy\", \"fits\": false, \"failure\": {\"op\": "
      "\"assign\", \"axes\": [{\"axis\": 2, \"from_end\": -2, \"sizes\": [256, 1280]}]}}}";
  Run result = run ("explain --json error.txt");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (result.err, ==, "");
  json_t *got = parse (result.out), *wanted = json_loads (wanted_text, 0, NULL);
  g_assert_nonnull (wanted);
  assert_has (got, wanted, "");
  json_decref (got);
  json_decref (wanted);
  run_clear (&result);

  g_assert_true (g_file_set_contents (path, "KeyError: 'weight'\n", -1, NULL));
  result = run ("explain --json error.txt");
  g_assert_cmpint (result.status, ==, 1);
  got = parse (result.out);
  wanted =
      json_loads ("{\"recognized\": false, \"framework\": null, \"op\": null, \"a\": null, \"b\": "
                  "null, \"axis\": null, \"sizes\": null, \"expression\": null, \"check\": null}",
                  0, NULL);
  assert_has (got, wanted, "");
  json_decref (got);
  json_decref (wanted);
  run_clear (&result);
  clear_folder ();
}

static void
test_ops_json (void)
{
  Run result = run ("ops --json");
  json_t *all = parse (result.out), *op;
  size_t i;
  gboolean found = FALSE;
  json_array_foreach (json_object_get (all, "operations"), i, op)
  {
    g_assert_cmpint (json_array_size (json_object_get (op, "spellings")), >, 0);
    g_assert_true (json_is_string (json_object_get (op, "about")));
    found = found || strcmp (json_string_value (json_object_get (op, "name")), "add") == 0;
  }
  g_assert_true (found);
  json_decref (all);
  run_clear (&result);
}

/* ---- long shapes ---------------------------------------------------------------------------- */

static char *
ones (int count)
{
  g_autoptr (GString) text = g_string_new ("1");
  for (int i = 1; i < count; i++)
    g_string_append (text, ",1");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_rank_64 (void)
{
  g_autofree char *shape = ones (64);
  g_autofree char *arguments = g_strdup_printf ("check 'A + B' A=%s B=2", shape);
  Run result = run (arguments);
  g_assert_cmpint (result.status, ==, 0);
  g_auto (GStrv) lines = g_strsplit (result.out, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "A + B");
  g_assert_nonnull (strstr (lines[1], "axis 63"));
  g_assert_cmpint (g_utf8_strlen (lines[1], -1), ==, g_utf8_strlen (lines[2], -1));
  g_assert_cmpint (g_utf8_strlen (lines[1], -1), ==, g_utf8_strlen (lines[4], -1));
  run_clear (&result);

  g_autofree char *longer = ones (65);
  g_autofree char *beyond = g_strdup_printf ("check A A=%s", longer);
  result = run (beyond);
  g_assert_cmpint (result.status, ==, 2);
  g_assert_nonnull (strstr (result.err, "64"));
  run_clear (&result);
}

/* ---- eval against NumPy --------------------------------------------------------------------- */

static void
test_eval_golden (gconstpointer data)
{
  const char *line = data; /* name, expression, tensors: between tabs */
  g_auto (GStrv) part = g_strsplit (line, "\t", 3);
  g_autofree char *expression = g_shell_quote (part[1]);
  g_auto (GStrv) words = g_strsplit (part[2], " ", -1);
  g_autoptr (GString) arguments = g_string_new ("eval --dialect numpy -o out.npy ");
  g_string_append (arguments, expression);
  for (int i = 0; words[i] != NULL; i++)
    {
      const char *equals = strchr (words[i], '=');
      g_string_append_printf (arguments, " %.*s=" SCOPE_TESTS "/golden/npy/%s",
                              (int)(equals - words[i]), words[i], equals + 1);
    }
  Run result = run (arguments->str);
  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);

  g_autofree char *out = g_build_filename (folder, "out.npy", NULL);
  g_autofree char *golden = g_strdup_printf (SCOPE_TESTS "/golden/npy/eval/%s.npy", part[0]);
  g_autofree char *a = NULL, *b = NULL;
  gsize a_length = 0, b_length = 0;
  g_assert_true (g_file_get_contents (out, &a, &a_length, NULL));
  g_assert_true (g_file_get_contents (golden, &b, &b_length, NULL));
  g_assert_cmpmem (a, a_length, b, b_length);
  run_clear (&result);
  clear_folder ();
}

static void
add_eval_golden (void)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (SCOPE_TESTS "/golden/npy/eval/cases.txt", &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/cli/eval/%.*s", (int)strcspn (lines[i], "\t"), lines[i]);
      g_test_add_data_func_full (path, g_strdup (lines[i]), test_eval_golden, g_free);
    }
}

/* A failed evaluation leaves no file, and an old one as it was. */
static void
test_eval_leaves_nothing (void)
{
  Run result = run ("eval 'A + B' -o x.npy A=float64[1,1000000] B=float64[1250000000,1]");
  g_assert_cmpint (result.status, ==, 2);
  g_assert_cmpint (count_files (), ==, 0);
  run_clear (&result);
}

/* ---- pictures ------------------------------------------------------------------------------- */

static const struct
{
  const char *name, *arguments, *file;
  const char *begins; /* the file's first bytes */
  const char *holds;  /* somewhere in it; NULL: not looked at */
  int width, height;  /* of a PNG; 0: not looked at */
} pictures[] = {
  { "align-svg", "render align 'A + B' " EXAMPLE " -o x.svg", "x.svg", "<?xml", ">A + B</text>" },
  { "align-pdf", "render align 'A + B' " EXAMPLE " -o x.PDF", "x.PDF", "%PDF-" },
  { "align-png", "render align 'A + B' " EXAMPLE " -o x.png --size 640x480", "x.png", "\x89PNG",
    NULL, 640, 480 },
  { "align-scalar", "render align 'A + B' 'A=()' 'B=()' -o x.svg", "x.svg", "<?xml" },
  { "heatmap-svg", "render heatmap A A=2,3 -o x.svg", "x.svg", "<?xml", ">A[:, :]</text>" },
  { "heatmap-of-a-sum", "render heatmap 'A + B' A=2,3 B=3 -o x.svg", "x.svg", "<?xml",
    ">(A + B)[:, :]</text>" },
  { "heatmap-at", "render heatmap A A=2,3,4,5 -o x.svg --at 1,-1", "x.svg", "<?xml",
    ">A[1, 2, :, :]</text>" },
  { "heatmap-at-all", "render heatmap A A=2,3,4,5 -o x.svg --at 1,2,0,0", "x.svg", "<?xml",
    ">A[1, 2, :, :]</text>" },
  { "heatmap-axes", "render heatmap A A=2,3,4 -o x.svg --row-axis 0 --column-axis 1 --at 3",
    "x.svg", "<?xml", ">A[:, :, 3]</text>" },
  { "heatmap-transposed", "render heatmap A A=2,3 -o x.svg --row-axis 1", "x.svg", "<?xml",
    ">A[:, :].T</text>" },
  { "heatmap-pdf", "render heatmap A A=random:1,1,1280,256 -o x.pdf --dark", "x.pdf", "%PDF-" },
  { "heatmap-png", "render heatmap A A=random:1,1,1280,256 -o x.png --size 300x400 --scale 2",
    "x.png", "\x89PNG", NULL, 600, 800 },
  { "heatmap-of-terabytes", "render heatmap A A=float64[1000000,1250000] -o x.png", "x.png",
    "\x89PNG" },
  { "heatmap-scalar", "render heatmap A 'A=()' -o x.svg", "x.svg", "<?xml" },
  { "heatmap-empty", "render heatmap A A=0,3 -o x.svg", "x.svg", "<?xml" },
  { "compare-svg", "render compare A A=zoneplate:64,64 --to 16x16 -q -o x.svg", "x.svg", "<?xml",
    ">bicubic · antialias</text>" },
  { "compare-call",
    "render compare 'B = A * 2; F.interpolate(B, size=(8, 8))' A=zoneplate:1,1,64,64 -q -o x.svg",
    "x.svg", "<?xml", ">B → [1, 1, 8, 8]</text>" },
  { "compare-profile", "render compare A A=step:9,9 --to 18 --modes nearest,area -q -o x.svg",
    "x.svg", "<?xml", ">Profile along row 9</text>" },
  { "compare-pdf", "render compare A A=siemens:40,40 --to 70x30 -q --dark -o x.pdf", "x.pdf",
    "%PDF-" },
  { "compare-libraries",
    "render compare A A=uint8[40,40] --to 20x20 --modes opencv:area,pillow:lanczos3,onnx:cubic+ac "
    "--reference onnx:cubic+align_corners -q -o x.svg",
    "x.svg", "<?xml", ">Pillow lanczos3</text>" },
  { "compare-png", "render compare A A=random:7,9 --to 3x3 -q --size 300x400 --scale 2 -o x.png",
    "x.png", "\x89PNG", NULL, 600, 800 },
  { "compare-volume", "render compare A A=random:2,3,4,9,8 --to 5x5 -q -o x.svg", "x.svg", "<?xml",
    ">A.flatten(0, 1) → [6, 4, 5, 5]</text>" },
  { "steps-svg", "render steps 'A + B' A=3,1 B=4 -o x.svg", "x.svg", "<?xml",
    ">5 of 5 – Stretch and compute</text>" },
  { "steps-one", "render steps 'A + B' A=3,1 B=4 --step 3 -o x.svg", "x.svg", "<?xml",
    ">B lacks axes in front, which count as 1: it is taken as (1, 4).</text>" },
  { "steps-fail", "render steps 'A[...] = B' " EXAMPLE " -o x.svg", "x.svg", "<?xml",
    ">5 of 5 – It does not fit</text>" },
  { "steps-png", "render steps 'A @ B' A=2,3 B=3,2 --size 400x300 --scale 3 -o x.png", "x.png",
    "\x89PNG", NULL, 1200, 900 },
  { "steps-unknown", "render steps 'A + B' A=?,3 B=N,3 -o x.svg", "x.svg", "<?xml", ">N</text>" },
  { "blocks-svg", "render blocks 'A + B' A=8,1,6,1 B=7,1,5 -o x.svg", "x.svg", "<?xml",
    ">B  (7, 1, 5) → (8, 7, 6, 5)</text>" },
  { "blocks-of-terabytes", "render blocks A A=float64[1000000,1250000] -o x.svg", "x.svg", "<?xml",
    ">1250000</text>" },
  { "heatmap-file", "render heatmap A A=" SCOPE_TESTS "/golden/npy/cube-big-fortran.npy -o x.svg",
    "x.svg", "<?xml", ">A[0, :, :]</text>" },
};

static void
test_picture (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  Run result = run (pictures[i].arguments);
  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  g_autofree char *path = g_build_filename (folder, pictures[i].file, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_str_has_prefix (bytes, pictures[i].begins));
  if (pictures[i].holds != NULL)
    g_assert_nonnull (g_strstr_len (bytes, (gssize)length, pictures[i].holds));
  if (pictures[i].width > 0)
    {
      guint32 size[2]; /* of the IHDR chunk, big-endian */
      memcpy (size, bytes + 16, sizeof size);
      g_assert_cmpint (GUINT32_FROM_BE (size[0]), ==, pictures[i].width);
      g_assert_cmpint (GUINT32_FROM_BE (size[1]), ==, pictures[i].height);
    }
  g_assert_cmpint (count_files (), ==, 1);
  run_clear (&result);
  clear_folder ();
}

/* The numbers are those of torch 1.13 and scikit-image's definitions in NumPy. */
static void
test_compare_numbers (void)
{
  static const struct
  {
    const char *title;
    double psnr, ssim, mse;
    int over;
  } expected[] = {
    { "nearest", 9.20656116, 0.05317248, 0.48017904, 0 },
    { "bilinear", 9.21324760, 0.06453656, 0.47944032, 0 },
    { "bicubic", 9.21324760, 0.06453656, 0.47944032, 0 },
    { "area", 0, 1, 0, 0 },
    { "bilinear · antialias", 28.19271228, 0.67873612, 0.00606440, 0 },
    { "bicubic · antialias", 29.25684712, 0.70438900, 0.00474651, 4 },
  };
  Run result = run ("render compare --json 'F.interpolate(A, size=(256, 256))' "
                    "A=zoneplate:1,1,1280,1280 -o x.svg");
  g_assert_cmpint (result.status, ==, 0);
  json_t *root = json_loads (result.out, 0, NULL);
  json_t *tiles = json_object_get (root, "tiles");
  g_assert_cmpuint (json_array_size (tiles), ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      json_t *tile = json_array_get (tiles, i);
      gboolean reference = expected[i].mse == 0;
      g_assert_cmpstr (json_string_value (json_object_get (tile, "title")), ==, expected[i].title);
      g_assert_cmpint (json_is_true (json_object_get (tile, "reference")), ==, reference);
      g_assert_cmpint (json_is_null (json_object_get (tile, "psnr")), ==, reference);
      if (!reference)
        g_assert_cmpfloat_with_epsilon (json_real_value (json_object_get (tile, "psnr")),
                                        expected[i].psnr, 1e-4);
      g_assert_cmpfloat_with_epsilon (json_real_value (json_object_get (tile, "ssim")),
                                      expected[i].ssim, 1e-6);
      g_assert_cmpfloat_with_epsilon (json_real_value (json_object_get (tile, "mse")),
                                      expected[i].mse, 1e-6);
      g_assert_cmpint (json_integer_value (json_object_get (tile, "over")), ==, expected[i].over);
    }
  json_decref (root);
  run_clear (&result);
  clear_folder ();
}

/* The table has a line for its heads and for each way. */
static void
test_compare_table (void)
{
  Run result = run ("render compare A A=zoneplate:32,32 --to 8x8 --modes nearest,area -o x.svg");
  g_auto (GStrv) lines = g_strsplit (result.out, "\n", -1);
  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], "tile\tcall\treference\tpsnr_db\t"));
  g_assert_true (
      g_str_has_prefix (lines[1], "nearest\tF.interpolate(A[None, None], size=(8, 8), "));
  g_assert_nonnull (strstr (lines[2], "\tyes\tinf\t1.0\t0.0\t"));
  run_clear (&result);
  clear_folder ();
}

/* Other programs open what is written, and find as many pages as there ought to be. */
static const struct
{
  const char *name, *arguments, *file;
  int pages;         /* of a PDF */
  const char *holds; /* among its words */
} opened[] = {
  { "steps-svg", "render steps 'A[...] = B' " EXAMPLE " -o x.svg", "x.svg", 0, NULL },
  { "step-svg", "render steps 'A.permute(1, 0, 2)' A=2,3,4 --step 2 -o x.svg", "x.svg", 0, NULL },
  { "blocks-svg", "render blocks 'torch.cat((A, B))' A=2,256,256 B=1,256,256 -o x.svg", "x.svg", 0,
    NULL },
  { "align-svg", "render align 'A + B' " EXAMPLE " -o x.svg", "x.svg", 0, NULL },
  { "handout", "render steps 'A + B' A=3,1 B=4 -o x.pdf", "x.pdf", 3, "Stretch and compute" },
  { "handout-to-fill-in", "render steps 'A + B' A=3,1 B=4 --no-answers -o x.pdf", "x.pdf", 1,
    "Because:" },
  { "step-pdf", "render steps 'A + B' A=3,1 B=4 --step 5 -o x.pdf", "x.pdf", 1,
    "Stretch and compute" },
  { "blocks-pdf", "render blocks 'A + B' A=8,1,6,1 B=7,1,5 --dark -o x.pdf", "x.pdf", 1, "result" },
};

/* Runs a program of another project in the folder; FALSE when it is not there. */
static gboolean
run_other (const char *line, char **out)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;
  g_assert_true (g_shell_parse_argv (line, NULL, &argv, NULL));
  g_autofree char *program = g_find_program_in_path (argv[0]);
  if (program == NULL)
    return FALSE;
  g_assert_true (g_spawn_sync (folder, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, out, NULL,
                               &status, &error));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return TRUE;
}

static void
test_opened (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gboolean svg = g_str_has_suffix (opened[i].file, ".svg");
  g_autofree char *words = NULL;
  Run result = run (opened[i].arguments);
  g_assert_cmpstr (result.err, ==, "");
  run_clear (&result);
  if (!run_other (svg ? "rsvg-convert -o y.png x.svg" : "pdftoppm -r 30 -png x.pdf y", NULL))
    g_test_skip ("rsvg-convert or pdftoppm is not installed");
  else
    g_assert_cmpint (count_files (), ==, svg ? 2 : 1 + opened[i].pages);
  if (opened[i].holds != NULL && run_other ("pdftotext x.pdf -", &words))
    g_assert_nonnull (strstr (words, opened[i].holds));
  clear_folder ();
}

/* What is to be filled in is not given away. */
static void
test_handout_without_answers (void)
{
  g_autofree char *words = NULL;
  Run result = run ("render steps 'A + B' A=70,1 B=80 --no-answers -o x.pdf");
  g_assert_cmpint (result.status, ==, 0);
  run_clear (&result);
  if (!run_other ("pdftotext x.pdf -", &words))
    g_test_skip ("pdftotext is not installed");
  else
    {
      g_assert_nonnull (strstr (words, "(70, 1)"));
      g_assert_null (strstr (words, "(70, 80)"));
      g_assert_null (strstr (words, "stretch"));
    }
  clear_folder ();
}

/* Whether a program has a file of the folder open, with a name or without one. */
static gboolean
is_writing (GPid pid)
{
  g_autofree char *open_files = g_strdup_printf ("/proc/%d/fd", pid);
  g_autofree char *real = realpath (folder, NULL);
  g_autoptr (GDir) directory = g_dir_open (open_files, 0, NULL);
  const char *name;
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (open_files, name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);
      if (target != NULL && g_str_has_prefix (target, real))
        return TRUE;
    }
  return FALSE;
}

/* A signal in the middle of writing leaves nothing behind. */
static void
test_eval_is_interrupted (void)
{
  const char *argv[] = { SCOPE_CLI, "eval", "A * A", "A=random:10000,10000", "-o", "x.npy", NULL };
  g_autoptr (GError) error = NULL;
  GPid pid = 0;
  g_assert_true (g_spawn_async (folder, (char **)argv, NULL,
                                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                                &pid, &error));
  int status = 0;
  for (int i = 0; i < 5000 && !is_writing (pid); i++)
    g_usleep (1000);
  if (waitpid (pid, &status, WNOHANG) == pid)
    {
      g_test_skip ("it ended before it could be interrupted");
      clear_folder ();
      return;
    }
  g_assert_cmpint (kill (pid, SIGINT), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 2);
  g_assert_cmpint (count_files (), ==, 0);
}

/* In the child: a terminal of its own, so that Ctrl+C reaches it and nobody else. */
static void
take_terminal (gpointer data)
{
  setsid ();
  ioctl (STDERR_FILENO, TIOCSCTTY, 0);
}

/* On a terminal there is progress; Ctrl+C, typed, ends it and leaves the file that was there. */
static void
test_eval_on_terminal (void)
{
  const char *argv[] = { SCOPE_CLI, "eval", "A @ A.T", "A=random:8000,400", "-o", "x.npy", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *path = g_build_filename (folder, "x.npy", NULL);
  g_autofree char *content = NULL;
  int status = 0, terminal = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  GPid pid = 0;
  g_assert_true (g_file_set_contents (path, "old", 3, NULL));
  g_assert_cmpint (terminal, >=, 0);
  g_assert_true (grantpt (terminal) == 0 && unlockpt (terminal) == 0);
  int other = open (ptsname (terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_true (g_spawn_async_with_fds (folder, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
                                         take_terminal, NULL, &pid, other, other, other, &error));
  close (other);
  char byte;
  while (read (terminal, &byte, 1) == 1 && byte != '%')
    g_string_append_c (seen, byte);
  g_assert_nonnull (strchr (seen->str, '\r')); /* it overwrites itself */
  g_assert_cmpint (write (terminal, "\003", 1), ==, 1);
  g_string_truncate (seen, 0);
  while (read (terminal, &byte, 1) == 1)
    g_string_append_c (seen, byte);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 2);
  g_assert_nonnull (strstr (seen->str, "topped"));
  g_assert_cmpint (count_files (), ==, 1);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "old");
  close (terminal);
  clear_folder ();
}

/* Results that are several times as large as all the memory the program may have. */
static void
test_eval_beyond_memory (void)
{
  static const struct
  {
    const char *expression, *tensor;
    gint64 elements;
  } large[] = {
    { "F.interpolate(A, size=(10000, 5000), mode=\"bilinear\")", "A=random:1,1,5000,5000",
      50000000 },
    { "torch.cat((A, A.T)).flip(1)", "A=random:5000,5000", 50000000 },
  };
#define LIMIT "ulimit -v 65536 && exec " /* KiB; the results have 190 MiB */
  g_autofree char *probe = g_strdup_printf ("sh -c '" LIMIT "%s --version'", SCOPE_CLI);
  g_autofree char *version = NULL;
  int status = 0;
  if (!g_spawn_command_line_sync (probe, &version, NULL, &status, NULL) || status != 0)
    {
      g_test_skip ("the program does not start in 64 MiB; with a sanitizer it cannot");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (large); i++)
    {
      const char *argv[] = { "sh",
                             "-c",
                             LIMIT "\"$0\" eval --threads 2 \"$1\" \"$2\" -o x.npy",
                             SCOPE_CLI,
                             large[i].expression,
                             large[i].tensor,
                             NULL };
      g_autofree char *err = NULL;
      g_autofree char *path = g_build_filename (folder, "x.npy", NULL);
      GStatBuf seen;
      g_assert_true (g_spawn_sync (folder, (char **)argv, NULL,
                                   G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
                                   NULL, &err, &status, NULL));
      g_assert_cmpstr (err, ==, "");
      g_assert_cmpint (status, ==, 0);
      g_assert_cmpint (g_stat (path, &seen), ==, 0);
      g_assert_cmpint (seen.st_size, ==, 128 + 4 * large[i].elements);
      clear_folder ();
    }
#undef LIMIT
}

/* A reader that goes away ends the program quietly. */
static void
test_closed_output (void)
{
  g_autofree char *line =
      g_strdup_printf ("sh -c '%s ops | true; %s ops --json >/dev/full'", SCOPE_CLI, SCOPE_CLI);
  g_autofree char *err = NULL;
  int status = 0;
  g_assert_true (g_spawn_command_line_sync (line, NULL, &err, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, 2);
  g_assert_cmpstr (
      err, ==, "shapescope-cli: standard output: it cannot be written: No space left on device.\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("NO_COLOR");
  folder = g_dir_make_tmp ("shapescope-test-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/text/%s", texts[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/json/%s", documents[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_json);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/picture/%s", pictures[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_picture);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (opened); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/opened/%s", opened[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_opened);
    }
  g_test_add_func ("/cli/handout-without-answers", test_handout_without_answers);
  g_test_add_func ("/cli/json/remedies", test_remedies);
  g_test_add_func ("/cli/json/explain", test_explain);
  g_test_add_func ("/cli/json/ops", test_ops_json);
  g_test_add_func ("/cli/rank-64", test_rank_64);
  add_eval_golden ();
  g_test_add_func ("/cli/eval-is-interrupted", test_eval_is_interrupted);
  g_test_add_func ("/cli/eval-on-terminal", test_eval_on_terminal);
  g_test_add_func ("/cli/eval-beyond-memory", test_eval_beyond_memory);
  g_test_add_func ("/cli/closed-output", test_closed_output);
  g_test_add_func ("/cli/eval-leaves-nothing", test_eval_leaves_nothing);
  g_test_add_func ("/cli/compare/numbers", test_compare_numbers);
  g_test_add_func ("/cli/compare/table", test_compare_table);
  int failed = g_test_run ();
  clear_folder ();
  g_rmdir (folder);
  g_free (folder);
  return failed;
}
