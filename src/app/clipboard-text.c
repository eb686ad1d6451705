/* The clipboard's text, as far as one wants it. */
#include "app/clipboard-text.h"

typedef struct
{
  ScopeClipboardDone done;
  GObject *owner;
  gsize limit;
  char *bytes;
} Reading;

static void
finish (Reading *reading, const char *text)
{
  reading->done (reading->owner, text);
  g_object_unref (reading->owner);
  g_free (reading->bytes);
  g_free (reading);
}

static void
was_read (GObject *object, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  gsize length = 0;
  g_autofree char *text = NULL;

  g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &length, NULL);
  text = g_utf8_make_valid (reading->bytes, (gssize)length);
  finish (reading, length > 0 ? text : NULL);
}

static void
was_opened (GObject *object, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  const char *type;
  g_autoptr (GInputStream) stream =
      gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, &type, NULL);

  if (stream == NULL)
    {
      finish (reading, NULL);
      return;
    }
  reading->bytes = g_malloc (reading->limit);
  g_input_stream_read_all_async (stream, reading->bytes, reading->limit, G_PRIORITY_DEFAULT, NULL,
                                 was_read, reading);
}

void
scope_clipboard_read_text (GdkClipboard *clipboard,
                           gsize limit,
                           ScopeClipboardDone done,
                           gpointer owner)
{
  static const char *types[] = { "text/plain;charset=utf-8", "text/plain", NULL };
  Reading *reading = g_new0 (Reading, 1);

  reading->done = done;
  reading->owner = g_object_ref (owner);
  reading->limit = limit;
  gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, NULL, was_opened, reading);
}
