/* libFuzzer's entry: no text breaks the reading of written-out tensors. */
#include "core/literal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput (const unsigned char *data, size_t size);

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  const char *text = (const char *)data;
  scope_literal_recognize (text, size);
  ScopeError error = { .code = SCOPE_ERROR_NONE };
  ScopeTensor *tensor = scope_literal_parse ("A", text, size, &error);
  if (tensor == NULL && error.code == SCOPE_ERROR_NONE)
    abort ();
  scope_tensor_unref (tensor);
  return 0;
}
