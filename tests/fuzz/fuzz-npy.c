/* libFuzzer's entry: no bytes break the reading of .npy headers, and what is accepted lies inside
 * the file. */
#include "files/npy.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput (const unsigned char *data, size_t size);

static void
check (const ScopeNpyHeader *header, size_t size)
{
  gint64 count = 0;
  if (header->data_offset < 0 || header->data_bytes < 0
      || header->data_bytes > (gint64)size - header->data_offset
      || !scope_shape_count (&header->shape, &count, NULL)
      || count * (gint64)scope_dtype_bytes (header->dtype) != header->data_bytes)
    abort ();
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  ScopeNpyHeader header;
  GError *error = NULL;
  if (scope_npy_parse_header (data, size, (gint64)size, "x.npy", &header, &error))
    {
      check (&header, size);
      g_free (header.note);
    }
  else if (error == NULL || !g_utf8_validate (error->message, -1, NULL))
    abort ();
  g_clear_error (&error);
  return 0;
}
