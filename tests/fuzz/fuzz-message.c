/* libFuzzer's entry: no pasted text breaks the reading of messages; what is read is sound, and its
 * expression can be checked. */
#include "advice/message.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput (const unsigned char *data, size_t size);

static void
check_shape (const ScopeShape *shape)
{
  if (shape->rank < 0 || shape->rank > SCOPE_MAX_RANK)
    abort ();
}

static void
check (const ScopeMessage *message, size_t size)
{
  if (!message->recognized)
    return;
  if (message->framework == NULL || message->op == NULL || message->tensors > SCOPE_MESSAGE_SHAPES
      || message->spans > SCOPE_MESSAGE_SPANS)
    abort ();
  for (int i = 0; i < message->spans; i++)
    if (message->span[i].begin >= message->span[i].end || message->span[i].end > size)
      abort ();
  if (message->has_a)
    check_shape (&message->a);
  if (message->has_b)
    check_shape (&message->b);
  for (int i = 0; i < message->shapes.count; i++)
    check_shape (&message->shapes.shape[i]);
  ScopeError error = { 0 };
  ScopeReport *report = scope_message_report (message, NULL, &error);
  if ((report != NULL) != (message->expression.length > 0))
    abort ();
  scope_report_free (report);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  ScopeMessage message;
  if (!scope_message_read ((const char *)data, size, &message))
    abort ();
  check (&message, size);
  scope_message_clear (&message);
  return 0;
}
