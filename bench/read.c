/* Times the reading of whole results, for bench/peers.py: one request a line on standard input,
 *   RUNS <tab> EXPRESSION <tab> NAME=TENSOR <tab> …
 *   RUNS <tab> stream <tab> BYTES READ <tab> BYTES WRITTEN
 * answered by one line of nanoseconds, a number a run. `stream` does nothing but read and write as
 * many bytes, which no resampling can beat: writing goes past the caches where that is quicker.
 * Tensors are made first and lie in memory. The result is read into memory that has been touched
 * before, as the peers' results are. */
#include "core/executor.h"
#include "core/generator.h"
#include "ops/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum
{
  MOST_TENSORS = 8,
  MOST_LINE = 4096,
};

static void
die (const char *what)
{
  fprintf (stderr, "bench-read: %s\n", what);
  exit (2);
}

static int64_t
now (void)
{
  struct timespec time;
  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * INT64_C (1000000000) + time.tv_nsec;
}

/* The generator's values, computed once. */
static ScopeTensor *
make_tensor (char *definition)
{
  ScopeError error = { 0 };
  char *equals = strchr (definition, '=');
  ScopeTensorText text;
  if (equals == NULL || !scope_tensor_text_parse (equals + 1, strlen (equals + 1), &text, &error))
    die (equals == NULL ? "NAME=TENSOR expected" : error.sentence);
  *equals = '\0';

  int64_t count;
  void *data;
  if (!scope_shape_count (&text.shape, &count, &error))
    die (error.sentence);
  ScopeStorage *made = scope_generator_new (text.fill, text.dtype, &text.shape, &error);
  ScopeStorage *owned =
      scope_storage_new_owned (text.dtype, count, INT64_C (1) << 33, &data, &error);
  if (made == NULL || owned == NULL || !made->klass->read (made, 0, 1, count, data, &error))
    die (error.sentence);
  ScopeTensor *tensor = scope_tensor_new (definition, text.dtype, &text.shape, NULL, owned, &error);
  if (tensor == NULL)
    die (error.sentence);
  scope_storage_unref (made);
  scope_storage_unref (owned);
  return tensor;
}

/* ---- the streaming limit --------------------------------------------------------------------- */

typedef float Vector __attribute__ ((vector_size (16)));

enum
{
  AT_ONCE = 256, /* vectors read or written before the other has its turn: 4 KiB */
  CACHED_BYTES = 16 << 20,
};

static Vector
read_some (const Vector *from, size_t count)
{
  Vector sum[4] = { 0 };
  for (size_t i = 0; i + 4 <= count; i += 4)
    for (size_t k = 0; k < 4; k++)
      sum[k] += from[i + k];
  return sum[0] + sum[1] + sum[2] + sum[3];
}

static void
write_some (Vector *to, size_t count, Vector value, bool past_caches)
{
#ifdef __SSE__
  if (past_caches)
    {
      for (size_t i = 0; i < count; i++)
        __builtin_ia32_movntps ((float *)&to[i], value);
      return;
    }
#endif
  for (size_t i = 0; i < count; i++)
    to[i] = value;
}

static void
answer_stream (int runs, size_t bytes_read, size_t bytes_written)
{
  size_t reads = bytes_read / sizeof (Vector) / AT_ONCE, writes = bytes_written / sizeof (Vector);
  Vector *from = aligned_alloc (64, (reads + 1) * AT_ONCE * sizeof (Vector));
  Vector *to = aligned_alloc (64, (writes / 4 + 1) * 4 * sizeof (Vector));
  if (from == NULL || to == NULL)
    die ("no memory");
  for (size_t i = 0; i < reads * AT_ONCE; i++)
    from[i] = (Vector){ 1, 2, 3, (float)(i % 17) };
  for (size_t i = 0; i < writes; i++)
    to[i] = (Vector){ 1, 1, 1, 1 };
  for (int run = 0; run < runs; run++)
    {
      int64_t begin = now ();
      size_t written = 0;
      Vector value = { 1, 2, 3, 4 };
      for (size_t i = 0; i < reads; i++)
        {
          value += read_some (from + i * AT_ONCE, AT_ONCE);
          size_t until = writes * (i + 1) / reads;
          write_some (to + written, until - written, value, bytes_written > CACHED_BYTES);
          written = until;
        }
      printf ("%lld ", (long long)(now () - begin));
    }
  printf ("\n");
  fflush (stdout);
  free (from);
  free (to);
}

/* ---- expressions ------------------------------------------------------------------------------
 */

static void
answer (int runs, const char *expression, ScopeTensor **tensor, int tensors, ScopeExecutor *pool)
{
  ScopeError error = { 0 };
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program =
      scope_program_new (expression, strlen (expression), tensor, tensors, &options, &error);
  if (program == NULL)
    die (error.sentence);
  if (program->first_failure >= 0 || program->result < 0)
    die ("the expression does not fit");
  const ScopeNode *node = program->node[program->result];
  ScopeRegion all = scope_region_all (&node->shape);
  int64_t count;
  if (!scope_region_count (&all, &count, &error))
    die (error.sentence);
  size_t bytes = (size_t)count * scope_dtype_bytes (node->dtype);
  void *data = malloc (bytes);
  if (data == NULL)
    die ("no memory");
  memset (data, 1, bytes);
  ScopeBuffer buffer = scope_buffer_dense (&all, data);
  ScopeReading reading = { .budget = INT64_C (4) << 30, .executor = pool };
  for (int run = 0; run < runs; run++)
    {
      int64_t begin = now ();
      if (!scope_program_read (program, node->number, &all, &buffer, &reading, &error))
        die (error.sentence);
      printf ("%lld ", (long long)(now () - begin));
    }
  printf ("\n");
  fflush (stdout);
  free (data);
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  ScopeExecutor *pool = argc > 1 && strcmp (argv[1], "--threads") == 0
                            ? scope_thread_pool_new ((int)strtol (argv[2], NULL, 10))
                            : NULL;
  char line[MOST_LINE];
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      ScopeTensor *tensor[MOST_TENSORS];
      int tensors = 0;
      line[strcspn (line, "\n")] = '\0';
      char *rest = line;
      int runs = (int)strtol (strsep (&rest, "\t"), NULL, 10);
      char *expression = strsep (&rest, "\t");
      if (runs < 1 || expression == NULL)
        die ("RUNS and an expression expected");
      if (strcmp (expression, "stream") == 0)
        {
          const char *reads = rest != NULL ? strsep (&rest, "\t") : "";
          const char *writes = rest != NULL ? rest : "";
          answer_stream (runs, strtoull (reads, NULL, 10), strtoull (writes, NULL, 10));
          continue;
        }
      while (rest != NULL && tensors < MOST_TENSORS)
        tensor[tensors++] = make_tensor (strsep (&rest, "\t"));
      answer (runs, expression, tensor, tensors, pool);
      for (int i = 0; i < tensors; i++)
        scope_tensor_unref (tensor[i]);
    }
  if (pool != NULL)
    scope_thread_pool_free (pool);
  return 0;
}
