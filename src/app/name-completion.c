/* One word at a time, in whatever stands around it. */
#include "app/name-completion.h"

#include "core/generator.h"

#include <string.h>

enum
{
  WORD,
};

static gboolean
is_word (gunichar c)
{
  return c == '_' || g_unichar_isalnum (c);
}

/* The word that ends at the cursor, to be freed; *begin is its first character. What follows a dot
 * is no name. */
static char *
find_word (GtkEditable *editable, int *begin)
{
  const char *text = gtk_editable_get_text (editable);
  int end = gtk_editable_get_position (editable);
  const char *at = g_utf8_offset_to_pointer (text, end), *last = at;

  *begin = end;
  while (at > text && is_word (g_utf8_get_char (g_utf8_prev_char (at))))
    {
      at = g_utf8_prev_char (at);
      (*begin)--;
    }
  return at > text && at[-1] == '.' ? g_strdup ("") : g_strndup (at, (gsize)(last - at));
}

gboolean
scope_name_completion_matches (GtkEntryCompletion *completion, GtkTreeIter *iter)
{
  GtkWidget *entry = gtk_entry_completion_get_entry (completion);
  int begin;
  g_autofree char *typed = find_word (GTK_EDITABLE (entry), &begin);
  g_autofree char *word = NULL;

  gtk_tree_model_get (gtk_entry_completion_get_model (completion), iter, WORD, &word, -1);
  if (typed[0] == '\0' || word == NULL || !g_str_has_prefix (word, typed)
      || strcmp (word, typed) == 0)
    return FALSE;
  /* A fill stands in front of everything. */
  return begin == 0 || !g_str_has_suffix (word, ":");
}

static gboolean
matches (GtkEntryCompletion *completion, const char *key, GtkTreeIter *iter, gpointer data)
{
  return scope_name_completion_matches (completion, iter);
}

static gboolean
match_selected (GtkEntryCompletion *completion, GtkTreeModel *model, GtkTreeIter *iter)
{
  GtkEditable *entry = GTK_EDITABLE (gtk_entry_completion_get_entry (completion));
  int begin;
  g_autofree char *typed = find_word (entry, &begin);
  g_autofree char *word = NULL;

  gtk_tree_model_get (model, iter, WORD, &word, -1);
  gtk_editable_delete_text (entry, begin, gtk_editable_get_position (entry));
  gtk_editable_insert_text (entry, word, -1, &begin);
  gtk_editable_set_position (entry, begin);
  return TRUE;
}

GtkEntryCompletion *
scope_name_completion_new (void)
{
  GtkEntryCompletion *completion = gtk_entry_completion_new ();
  g_autoptr (GtkListStore) words = gtk_list_store_new (1, G_TYPE_STRING);

  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (words));
  gtk_entry_completion_set_text_column (completion, WORD);
  gtk_entry_completion_set_match_func (completion, matches, NULL, NULL);
  g_signal_connect (completion, "match-selected", G_CALLBACK (match_selected), NULL);
  return completion;
}

static void
append (GtkListStore *words, const char *word)
{
  gtk_list_store_insert_with_values (words, NULL, -1, WORD, word, -1);
}

void
scope_name_completion_set_scene (GtkEntryCompletion *completion, const ScopeScene *scene)
{
  GtkListStore *words = GTK_LIST_STORE (gtk_entry_completion_get_model (completion));

  gtk_list_store_clear (words);
  for (int i = 0; scene != NULL && i < scene->tensors; i++)
    append (words, scene->tensor[i].tensor->name);
  for (int kind = 0; kind < SCOPE_FILL_CONSTANT; kind++)
    {
      g_autofree char *word = g_strconcat (scope_fill_name ((ScopeFillKind)kind), ":", NULL);

      append (words, word);
    }
}
