/* Reading mapped memory whose file may shrink under it. */
#pragma once

#include <glib.h>

/* Runs `work (data)`, which reads bytes[0…length) and owns nothing while it does. FALSE when one of
 * those bytes was not there any more (SIGBUS): `work` was then left where it stood. Any thread may
 * call it; a SIGBUS anywhere else goes where it went before. */
gboolean
scope_sigbus_guard (const void *bytes, gsize length, void (*work) (void *data), void *data);
