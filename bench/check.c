/* Times checks: one statement on small and on enormous shapes, and a long program; medians. */
#include "advice/message.h"
#include "advice/report.h"
#include "core/generator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum
{
  RUNS = 201
};

/* Milliseconds of this process' own: other programs on the machine do not count. */
static double
now (void)
{
  struct timespec time;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static ScopeTensor *
make (const char *name, const char *text)
{
  ScopeError error = { 0 };
  ScopeTensorText parsed;
  if (!scope_tensor_text_parse (text, strlen (text), &parsed, &error))
    {
      fprintf (stderr, "bench-check: %s\n", error.sentence);
      exit (2);
    }
  ScopeStorage *storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, &error);
  ScopeTensor *tensor = scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, &error);
  scope_storage_unref (storage);
  return tensor;
}

static void
measure (const char *what, const char *source, const char *a, const char *b)
{
  ScopeTensor *tensor[2] = { make ("A", a), make ("B", b) };
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  double check[RUNS], report[RUNS];
  for (int run = 0; run < RUNS; run++)
    {
      ScopeError error = { 0 };
      double begin = now ();
      ScopeProgram *program =
          scope_program_new (source, strlen (source), tensor, 2, &options, &error);
      check[run] = now () - begin;
      if (program == NULL)
        {
          fprintf (stderr, "bench-check: %s\n", error.sentence);
          exit (2);
        }
      scope_program_unref (program);
      begin = now ();
      ScopeReport *whole =
          scope_report_new (source, strlen (source), tensor, 2, &options, NULL, &error);
      report[run] = now () - begin;
      scope_report_free (whole);
    }
  qsort (check, RUNS, sizeof *check, compare);
  qsort (report, RUNS, sizeof *report, compare);
  printf ("%-44s check %8.3f ms   with advice %8.3f ms\n", what, check[RUNS / 2], report[RUNS / 2]);
  scope_tensor_unref (tensor[0]);
  scope_tensor_unref (tensor[1]);
}

/* The median time of reading the first `size` bytes. */
static double
time_reading (const char *text, size_t size)
{
  double reading[RUNS / 10];
  for (int run = 0; run < RUNS / 10; run++)
    {
      ScopeMessage message;
      double begin = now ();
      if (!scope_message_read (text, size, &message))
        exit (2);
      reading[run] = now () - begin;
      scope_message_clear (&message);
    }
  qsort (reading, RUNS / 10, sizeof *reading, compare);
  return reading[RUNS / 20];
}

/* Reads 1 MiB, `piece` over and over, and a quarter and half of it: time is to grow with length. */
static void
measure_message (const char *what, const char *piece)
{
  size_t length = strlen (piece), size = SCOPE_MESSAGE_BYTES;
  char *text = malloc (size);
  if (text == NULL)
    exit (2);
  for (size_t i = 0; i < size; i++)
    text[i] = piece[i % length];
  double quarter = time_reading (text, size / 4), half = time_reading (text, size / 2),
         whole = time_reading (text, size);
  printf ("%-44s read  %8.3f ms   of half %8.3f ms   of a quarter %8.3f ms\n", what, whole, half,
          quarter);
  free (text);
}

int
main (void)
{
  measure ("the example", "A[...] = B", "1,1,256,256", "1,1,1280,256");
  measure ("one statement on 10^18 elements", "A[...] = B", "1000000,1000000,1000000",
           "1000000,1000000,1000000");
  measure ("the same, failing", "A[...] = B", "1000000,1000000,1000000", "1000000,1000001,1000000");

  char source[16384] = "";
  size_t length = 0;
  for (int i = 0; i < 100; i++)
    length += (size_t)snprintf (source + length, sizeof source - length,
                                "C%d = torch.cat((A, B), dim=2)[:, :, :256] + A.mean(dim=-1, "
                                "keepdim=True) * %d\n",
                                i, i);
  measure ("100 statements", source, "1,1,256,256", "1,1,1280,256");
  measure_message ("1 MiB of log", "2024-01-02 03:04:05 INFO step 12: loss 0.5312, lr 1e-3\n");
  measure_message (
      "1 MiB of tracebacks",
      "Traceback (most recent call last):\n  File \"x.py\", line 3, in f\n    z = x + y\n"
      "ValueError: operands could not be broadcast together with shapes (2,3) (2,4) \n");
  measure_message ("1 MiB of words that nearly match", "Expected target size [2, ");
  measure_message ("1 MiB of IPython's arrows", "---> 12     z = x + y\n     13 \n");
  measure_message (
      "1 MiB of lines of frameworks",
      "  File \"/usr/lib/python3/dist-packages/torch/nn/modules/module.py\", line 1, in f\n"
      "    return forward_call(*input, **kwargs)\n"
      "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)\n");
  measure_message (
      "1 MiB of nodes of TensorFlow's",
      "Dimensions must be equal, but are 3 and 4 for '{{node a}} = Add[](x, y)' with ");
  measure_message ("1 MiB of a line without end", "Shapes must be equal rank, but are 1 and ");
  return 0;
}
