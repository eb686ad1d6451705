/* Replacing parts of a text by their spans. */
#include "advice/edit.h"

#include <stdlib.h>

void
scope_edits_replace (ScopeEdits *edits, int32_t begin, int32_t end, const char *text)
{
  if (edits->edits == edits->capacity)
    {
      int capacity = edits->capacity == 0 ? 16 : 2 * edits->capacity;
      ScopeEdit *larger = realloc (edits->edit, (size_t)capacity * sizeof *larger);
      if (larger == NULL)
        {
          edits->failed = true;
          return;
        }
      edits->edit = larger;
      edits->capacity = capacity;
    }
  ScopeEdit *edit = &edits->edit[edits->edits];
  *edit = (ScopeEdit){ .span = { begin, end }, .order = edits->edits++ };
  scope_text_append (&edit->text, text);
}

static int
compare_edits (const void *left, const void *right)
{
  const ScopeEdit *a = left, *b = right;
  if (a->span.begin != b->span.begin)
    return a->span.begin < b->span.begin ? -1 : 1;
  return a->order < b->order ? -1 : 1;
}

void
scope_edits_apply (ScopeEdits *edits, const char *source, ScopeText *out)
{
  int32_t character = 0;
  const char *at = source;
  if (edits->edits > 1)
    qsort (edits->edit, (size_t)edits->edits, sizeof *edits->edit, compare_edits);
  for (int i = 0; i <= edits->edits; i++)
    {
      const ScopeEdit *edit = i < edits->edits ? &edits->edit[i] : NULL;
      const char *from = at;
      /* Copy up to the edit, then skip what it replaces. */
      while (*at != '\0' && (edit == NULL || character < edit->span.begin))
        {
          at++;
          character += ((unsigned char)*at & 0xC0) != 0x80;
        }
      scope_text_append_bytes (out, from, (size_t)(at - from));
      if (edit == NULL)
        break;
      scope_text_append (out, scope_text_string (&edit->text));
      while (*at != '\0' && character < edit->span.end)
        {
          at++;
          character += ((unsigned char)*at & 0xC0) != 0x80;
        }
    }
}

void
scope_edits_clear (ScopeEdits *edits)
{
  for (int i = 0; i < edits->edits; i++)
    scope_text_clear (&edits->edit[i].text);
  free (edits->edit);
  *edits = (ScopeEdits){ 0 };
}
