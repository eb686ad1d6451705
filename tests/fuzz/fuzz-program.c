/* libFuzzer's entry: whatever parses can be checked, advised on, written in every dialect, and what
 * fits can be read. The first byte chooses dialect and tensors, the rest is the text. */
#include "advice/report.h"
#include "core/generator.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const unsigned char *data, size_t size);

enum
{
  TENSORS = 3,
  MOST_ELEMENTS = 4096,
};

static const char *const sets[][TENSORS] = {
  { "2,3", "3,4", "2,3" },
  { "1,1,256,256", "1,1,1280,256", "2,1,4" },
  { "2,3,4,5", "int64[4]", "bool[2,3,4,5]" },
  { "()", "0,3", "float64[1]" },
  { "N,3", "?,4", "uint8[2,2]" },
  { "float16[3,3]", "complex64[3]", "int8[3,1]" },
  { "1000000,1000000,1000000", "1000000", "1,1" }, /* checked, not read: a sum would take years */
};

static ScopeTensor *
make (const char *name, const char *text)
{
  ScopeTensorText parsed;
  ScopeStorage *storage = NULL;
  if (!scope_tensor_text_parse (text, strlen (text), &parsed, NULL))
    abort ();
  if (scope_shape_is_known (&parsed.shape))
    storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, NULL);
  ScopeTensor *tensor = scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, NULL);
  scope_storage_unref (storage);
  return tensor;
}

static void
read_nodes (const ScopeProgram *program)
{
  static const ScopeReading reading = { .budget = INT64_C (16) << 20 };
  int read = 0;
  for (int i = 0; i < program->nodes && read < 16; i++)
    {
      const ScopeNode *node = program->node[i];
      int64_t count;
      if (node->state != SCOPE_NODE_FITS || !scope_shape_is_known (&node->shape)
          || !scope_shape_count (&node->shape, &count, NULL) || count > MOST_ELEMENTS)
        continue;
      ScopeRegion all = scope_region_all (&node->shape);
      void *data = malloc ((size_t)count * scope_dtype_bytes (node->dtype) + 1);
      ScopeBuffer buffer = scope_buffer_dense (&all, data);
      ScopeError error = { 0 };
      if (!scope_program_read (program, i, &all, &buffer, &reading, &error)
          && error.code == SCOPE_ERROR_NONE)
        abort ();
      free (data);
      read++;
    }
}

static void
check (const ScopeReport *report, size_t size, bool reads)
{
  const ScopeFailure *failure = report->failure;
  if (failure != NULL
      && (failure->span.begin < 0 || failure->span.end < failure->span.begin
          || (size_t)failure->span.end > size))
    abort ();
  for (int dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
    {
      ScopeText code = { 0 };
      scope_code_write (report->program, (ScopeDialect)dialect, &code);
      scope_text_clear (&code);
    }
  if (reads)
    read_nodes (report->program);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  if (size < 1)
    return 0;
  size_t set = data[0] / SCOPE_N_DIALECTS % (sizeof sets / sizeof sets[0]);
  const char *const *texts = sets[set];
  static const char *const names[TENSORS] = { "A", "B", "C" };
  ScopeTensor *tensor[TENSORS];
  for (int i = 0; i < TENSORS; i++)
    tensor[i] = make (names[i], texts[i]);
  ScopeCheckOptions options = { .dialect = (ScopeDialect)(data[0] % SCOPE_N_DIALECTS) };
  ScopeError error = { 0 };
  ScopeReport *report =
      scope_report_new ((const char *)data + 1, size - 1, tensor, TENSORS, &options, NULL, &error);
  if (report != NULL)
    check (report, size - 1, set + 1 < sizeof sets / sizeof sets[0]);
  else if (error.code == SCOPE_ERROR_NONE)
    abort ();
  scope_report_free (report);
  for (int i = 0; i < TENSORS; i++)
    scope_tensor_unref (tensor[i]);
  return 0;
}
