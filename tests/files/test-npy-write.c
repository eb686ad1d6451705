/* Writing .npy: the bytes of np.save, whole or not at all. */
#define _GNU_SOURCE
#include "files/file-error.h"
#include "files/npy.h"
#include "temporary.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A program that is one tensor, `A`. */
static ScopeProgram *
make_program (const char *text)
{
  g_autoptr (GError) error = NULL;
  ScopeTensor *tensor = scope_tensor_open ("A", text, NULL, NULL, &error);
  g_assert_no_error (error);
  ScopeError failed = { 0 };
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program = scope_program_new ("A", 1, &tensor, 1, &options, &failed);
  g_assert_cmpstr (failed.sentence, ==, "");
  scope_tensor_unref (tensor);
  return program;
}

static gboolean
write_text (const char *text,
            const char *path,
            gint64 budget,
            ScopeProgress progress,
            gpointer data,
            GError **error)
{
  ScopeProgram *program = make_program (text);
  ScopeReading reading = { .budget = budget };
  gboolean done = scope_npy_write (program, program->result, path, &reading, progress, data, error);
  scope_program_unref (program);
  return done;
}

static void
assert_same_file (const char *a, const char *b)
{
  g_autofree char *a_bytes = NULL, *b_bytes = NULL;
  gsize a_length = 0, b_length = 0;
  g_assert_true (g_file_get_contents (a, &a_bytes, &a_length, NULL));
  g_assert_true (g_file_get_contents (b, &b_bytes, &b_length, NULL));
  g_assert_cmpmem (a_bytes, a_length, b_bytes, b_length);
}

/* ---- NumPy's bytes -------------------------------------------------------------------------- */

static const struct
{
  const char *name, *text;
} same[] = {
  { "bool", SCOPE_TESTS "/golden/npy/written/bool.npy" },
  { "int8", "int8[2,3]" },
  { "uint8", "uint8[2,3]" },
  { "int16", "int16[2,3]" },
  { "uint16", "uint16[2,3]" },
  { "int32", "int32[2,3]" },
  { "uint32", "uint32[2,3]" },
  { "int64", "int64[2,3]" },
  { "uint64", "uint64[2,3]" },
  { "float16", "float16[2,3]" },
  { "float32", "float32[2,3]" },
  { "float64", "float64[2,3]" },
  { "complex64", "complex64[2,3]" },
  { "complex128", "complex128[2,3]" },
  { "scalar", "()" },
  { "one", "1" },
  { "empty", "0" },
  { "rank-5", "1,2,1,3,1" },
  { "rank-14-10", "1,1,1,1,1,1,1,1,1,1,1,1,1,10" },
  { "rank-15-2", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,2" },
};

static void
test_same (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = temporary_path ("out.npy");
  g_autofree char *golden =
      g_strdup_printf (SCOPE_TESTS "/golden/npy/written/%s.npy", same[i].name);
  g_assert_true (write_text (same[i].text, path, 0, NULL, NULL, &error));
  assert_same_file (path, golden);
  g_assert_cmpint (temporary_count (), ==, 1);
  temporary_clear ();
}

/* However small the blocks, the file is the same. */
static void
test_blocks (void)
{
  static const char *const shapes[] = { "random:7,5,3", "random:1,1,97", "random:13,1,7,2",
                                        "random:2,2,2,2,2", "random:64,64" };
  static const gint64 budgets[] = { 16, 20, 64, 100, 1000, 4096 };
  g_autofree char *whole = temporary_path ("whole.npy"), *part = temporary_path ("part.npy");
  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      g_assert_true (write_text (shapes[s], whole, 0, NULL, NULL, NULL));
      for (gsize b = 0; b < G_N_ELEMENTS (budgets); b++)
        {
          g_assert_true (write_text (shapes[s], part, budgets[b], NULL, NULL, NULL));
          assert_same_file (part, whole);
        }
    }
  temporary_clear ();
}

/* What Fortran order and other byte orders hold comes out in C order. */
static void
test_reorders (void)
{
  g_autofree char *out = temporary_path ("out.npy"), *again = temporary_path ("again.npy");
  g_assert_true (
      write_text (SCOPE_TESTS "/golden/npy/cube-big-fortran.npy", out, 0, NULL, NULL, NULL));
  g_assert_true (write_text ("int32[2,3,4]", again, 0, NULL, NULL, NULL));
  assert_same_file (out, again);
  temporary_clear ();
}

/* ---- progress and stopping ------------------------------------------------------------------ */

typedef struct
{
  int calls;
  int stop_at; /* call, or 0 */
  double last;
} Watch;

static gboolean
watch_progress (double share, gpointer data)
{
  Watch *watch = data;
  g_assert_cmpfloat (share, >, watch->last);
  watch->last = share;
  return ++watch->calls != watch->stop_at;
}

static void
test_progress (void)
{
  g_autofree char *path = temporary_path ("out.npy");
  Watch watch = { 0 };
  g_assert_true (write_text ("100,100", path, 4000, watch_progress, &watch, NULL));
  g_assert_cmpint (watch.calls, >=, 40);
  g_assert_cmpfloat (watch.last, ==, 1);
  temporary_clear ();
}

static void
test_stops (void)
{
  g_autofree char *path = temporary_file ("out.npy", "old", 3);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { .stop_at = 3 };
  g_assert_false (write_text ("100,100", path, 4000, watch_progress, &watch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (watch.calls, ==, 3);
  g_assert_cmpint (temporary_count (), ==, 1);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "old");
  temporary_clear ();
}

/* ---- refusals ------------------------------------------------------------------------------- */

static void
assert_refused (const char *text, const char *path, GQuark domain, int code, const char *says)
{
  g_autoptr (GError) error = NULL;
  int before = temporary_count ();
  g_assert_false (write_text (text, path, 0, NULL, NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_nonnull (strstr (error->message, says));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_cmpint (temporary_count (), ==, before);
}

static void
test_refusals (void)
{
  g_autofree char *path = temporary_path ("out.npy"), *folder = temporary_path ("no/out.npy");
  g_autofree char *pipe_path = temporary_path ("pipe");
  assert_refused ("float64[1000000,1250000000]", path, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "8.88 PiB");
  assert_refused ("float64[1152921504606846976,1]", path, SCOPE_FILE_ERROR,
                  SCOPE_FILE_ERROR_OVERFLOW, "2^63");
  assert_refused ("float64[1152921504606846975,1]", path, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "8 EiB");
  assert_refused ("2,?", path, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_SHAPE, "not known");
  assert_refused ("bfloat16[2]", path, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_DTYPE_UNSUPPORTED,
                  "bfloat16");
  assert_refused ("2", folder, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "out.npy");
  assert_refused ("2", temporary_folder, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a file");
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_refused ("2", pipe_path, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a file");
  temporary_clear ();
}

static void
test_file_size_limit (void)
{
  g_autofree char *path = temporary_path ("out.npy");
  struct rlimit old, small;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 100000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_autoptr (GError) error = NULL;
  gboolean done = write_text ("1000,1000", path, 0, NULL, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_false (done);
  g_assert_nonnull (error);
  g_assert_cmpint (temporary_count (), ==, 0);
}

/* A source that goes away while it is written leaves nothing behind. */
static void
test_source_shrinks (void)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_assert_true (
      g_file_get_contents (SCOPE_TESTS "/golden/npy/float64.npy", &bytes, &length, NULL));
  g_autofree char *source = temporary_file ("source.npy", bytes, length);
  g_autofree char *path = temporary_path ("out.npy");
  ScopeProgram *program = make_program (source);
  g_usleep (20000); /* small files are watched by the tick */
  g_assert_cmpint (truncate (source, 130), ==, 0);
  g_autoptr (GError) error = NULL;
  g_assert_false (scope_npy_write (program, program->result, path, NULL, NULL, NULL, &error));
  g_assert_error (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_CHANGED);
  g_assert_nonnull (strstr (error->message, "source.npy"));
  g_assert_cmpint (temporary_count (), ==, 1);
  scope_program_unref (program);
  temporary_clear ();
}

/* ---- what is there already ------------------------------------------------------------------ */

static void
test_symbolic_links (void)
{
  g_autofree char *target = temporary_file ("target.npy", "old", 3);
  g_autofree char *link = temporary_path ("link.npy"), *new_link = temporary_path ("new-link.npy");
  g_autofree char *absent = temporary_path ("absent.npy"), *loop = temporary_path ("loop.npy");
  g_assert_cmpint (symlink ("target.npy", link), ==, 0);
  g_assert_cmpint (symlink (absent, new_link), ==, 0);
  g_assert_cmpint (symlink ("loop.npy", loop), ==, 0);
  g_assert_true (write_text ("2", link, 0, NULL, NULL, NULL));
  g_assert_true (write_text ("2", new_link, 0, NULL, NULL, NULL));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (new_link, G_FILE_TEST_IS_SYMLINK));
  assert_same_file (target, absent);
  assert_refused ("2", loop, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS, "loop.npy");
  temporary_clear ();
}

static void
test_mode_is_kept (void)
{
  g_autofree char *path = temporary_file ("out.npy", "old", 3);
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_true (write_text ("2", path, 0, NULL, NULL, NULL));
  struct stat seen;
  g_assert_cmpint (stat (path, &seen), ==, 0);
  g_assert_cmpint (seen.st_mode & 0777, ==, 0640);
  temporary_clear ();
}

/* The result may replace the file it is made from. */
static void
test_over_its_source (void)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (SCOPE_TESTS "/golden/npy/int32.npy", &bytes, &length, NULL));
  g_autofree char *path = temporary_file ("same.npy", bytes, length);
  g_assert_true (write_text (path, path, 0, NULL, NULL, NULL));
  assert_same_file (path, SCOPE_TESTS "/golden/npy/int32.npy");
  temporary_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  temporary_begin ();
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *path = g_strdup_printf ("/npy-write/same/%s", same[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_same);
    }
  g_test_add_func ("/npy-write/blocks", test_blocks);
  g_test_add_func ("/npy-write/reorders", test_reorders);
  g_test_add_func ("/npy-write/progress", test_progress);
  g_test_add_func ("/npy-write/stops", test_stops);
  g_test_add_func ("/npy-write/refusals", test_refusals);
  g_test_add_func ("/npy-write/file-size-limit", test_file_size_limit);
  g_test_add_func ("/npy-write/source-shrinks", test_source_shrinks);
  g_test_add_func ("/npy-write/symbolic-links", test_symbolic_links);
  g_test_add_func ("/npy-write/mode-is-kept", test_mode_is_kept);
  g_test_add_func ("/npy-write/over-its-source", test_over_its_source);
  int failed = g_test_run ();
  temporary_end ();
  return failed;
}
