/* The sizes of texts, remembered with the font map they were measured with. */
#include "paint/text-sizes.h"

#include <string.h>

enum
{
  MOST_LINES = 4096, /* then all are forgotten: panning through numbers makes ever new ones */
  LONGEST = 256,     /* bytes; longer texts are rare */
};

static const char key[] = "scope-text-sizes";

typedef struct
{
  ScopeTextLine line; /* its strings belong to it */
  double width, height;
} Entry;

typedef struct
{
  GHashTable *entries;
  guint serial; /* of the font map when they were measured */
} Sizes;

static guint
entry_hash (gconstpointer data)
{
  const ScopeTextLine *line = data;
  return g_str_hash (line->text) ^ g_str_hash (line->family) ^ g_double_hash (&line->font_size)
         ^ (guint)line->bold;
}

static gboolean
entry_equal (gconstpointer a, gconstpointer b)
{
  const ScopeTextLine *one = a, *other = b;
  return one->font_size == other->font_size && one->bold == other->bold
         && strcmp (one->text, other->text) == 0 && strcmp (one->family, other->family) == 0;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  g_free ((char *)entry->line.family);
  g_free ((char *)entry->line.text);
  g_free (entry);
}

static void
sizes_free (gpointer data)
{
  Sizes *sizes = data;
  g_hash_table_unref (sizes->entries);
  g_free (sizes);
}

/* Font maps belong to their threads, so no lock is needed. */
static Sizes *
sizes_of (PangoFontMap *fonts)
{
  Sizes *sizes = g_object_get_data (G_OBJECT (fonts), key);
  if (sizes == NULL)
    {
      sizes = g_new0 (Sizes, 1);
      sizes->entries = g_hash_table_new_full (entry_hash, entry_equal, NULL, entry_free);
      g_object_set_data_full (G_OBJECT (fonts), key, sizes, sizes_free);
    }
  guint serial = pango_font_map_get_serial (fonts);
  if (sizes->serial != serial || g_hash_table_size (sizes->entries) >= MOST_LINES)
    g_hash_table_remove_all (sizes->entries);
  sizes->serial = serial;
  return sizes;
}

gboolean
scope_text_sizes_find (PangoFontMap *fonts,
                       const ScopeTextLine *line,
                       double *width,
                       double *height)
{
  const Entry *entry = g_hash_table_lookup (sizes_of (fonts)->entries, line);
  if (entry == NULL)
    return FALSE;
  *width = entry->width;
  *height = entry->height;
  return TRUE;
}

void
scope_text_sizes_add (PangoFontMap *fonts, const ScopeTextLine *line, double width, double height)
{
  if (strlen (line->text) > LONGEST)
    return;
  Entry *entry = g_new (Entry, 1);
  *entry = (Entry){ *line, width, height };
  entry->line.family = g_strdup (line->family);
  entry->line.text = g_strdup (line->text);
  g_hash_table_replace (sizes_of (fonts)->entries, &entry->line, entry);
}
