/* Finding all templates in one pass: the first six letters of each stand in a table, and a text is
 * read with a window of six letters. */
#include "advice/message-parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum
{
  HEAD = 32,    /* of which so many letters are compared first */
  ANCHOR = 6,   /* letters of a template's first literal piece */
  SLOTS = 2048, /* of the table; several times the templates */
  MOST_ROWS = 1024,
  CODE = 200, /* characters before words that are looked at for `raise` */
};

static const ScopeMessageTable *const tables[] = {
  &scope_message_torch_shapes, &scope_message_torch_layers, &scope_message_numpy,
  &scope_message_tensorflow,   &scope_message_jax,          &scope_message_others,
};

int
scope_message_rows (void)
{
  size_t rows = 0;
  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
    rows += tables[i]->rows;
  return (int)rows;
}

const ScopeMessageRow *
scope_message_row (int number)
{
  size_t row = (size_t)number;
  size_t i = 0;
  while (row >= tables[i]->rows)
    row -= tables[i++]->rows;
  return &tables[i]->row[row];
}

typedef struct
{
  uint64_t key[SLOTS];     /* six letters; 0: empty */
  int16_t first[SLOTS];    /* the first row with this key */
  int16_t next[MOST_ROWS]; /* the next one, −1 after the last */
  const ScopeMessageRow *row[MOST_ROWS];
  char head[MOST_ROWS][HEAD]; /* the beginning of a row's first literal piece */
  char folded[MOST_ROWS][HEAD];
  uint8_t heads[MOST_ROWS];
  ScopeFinding finding;
  ScopeEffort effort;
} Search;

#define KEY_MASK ((UINT64_C (1) << (8 * ANCHOR)) - 1)

static size_t
slot_of (uint64_t key)
{
  return (size_t)((key * UINT64_C (0x9e3779b97f4a7c15)) >> 53) % SLOTS;
}

/* The slot that holds the key, or the empty one where it would go. */
static size_t
look_up (const Search *search, uint64_t key)
{
  size_t slot = slot_of (key);
  while (search->key[slot] != 0 && search->key[slot] != key)
    slot = (slot + 1) % SLOTS;
  return slot;
}

static void
add_row (Search *search, int number)
{
  const ScopeMessageRow *row = scope_message_row (number);
  char *anchor = search->head[number];
  search->heads[number] = (uint8_t)scope_message_anchor (row, anchor, HEAD);
  assert (search->heads[number] >= ANCHOR);
  for (int i = 0; i < search->heads[number]; i++)
    search->folded[number][i] = scope_message_fold (anchor[i]);
  uint64_t key = 0;
  for (int i = 0; i < ANCHOR; i++)
    key = key << 8 | (unsigned char)search->folded[number][i];
  size_t slot = look_up (search, key);
  int16_t *last = &search->first[slot];
  if (search->key[slot] == 0)
    *last = -1;
  search->key[slot] = key;
  while (*last >= 0)
    last = &search->next[*last];
  *last = (int16_t)number;
  search->next[number] = -1;
  search->row[number] = row;
}

/* Keeps the last hits. */
static void
keep (ScopeHit *kept, int *count, ScopeHit hit)
{
  if (*count == SCOPE_HITS)
    {
      memmove (kept, kept + SCOPE_HITS / 2, SCOPE_HITS / 2 * sizeof *kept);
      *count = SCOPE_HITS / 2;
    }
  kept[(*count)++] = hit;
}

static void
add_hit (ScopeHits *hits, ScopeHit hit, uint64_t flags)
{
  if (flags & SCOPE_ROW_WRAPPER)
    keep (hits->wrapper, &hits->wrappers, hit);
  else if (flags & SCOPE_ROW_WEAK)
    keep (hits->faint, &hits->weak, hit);
  else if (flags & SCOPE_ROW_WARNING)
    keep (hits->warning, &hits->warnings, hit);
  else
    keep (hits->hit, &hits->hits, hit);
}

/* Whether the text at `place` begins as the row does: in the row's own capitals, or only otherwise
 * (JAX writes `Too many indices` where NumPy writes `too many indices`). */
static bool
head_fits (const Search *search, const ScopePaste *paste, int number, size_t place, bool own)
{
  size_t length = search->heads[number];
  return memcmp (paste->folded + place, search->folded[number], length) == 0
         && (memcmp (paste->tight + place, search->head[number], length) == 0) == own;
}

/* Whether the words stand in a line of code that would raise them, as tracebacks show it: a
 * template that states nothing else is only quoted there. */
static bool
is_code (const ScopePaste *paste, size_t place, size_t end)
{
  static const char raise[] = "raise ";
  size_t at = paste->place[place];
  for (size_t i = at; i > 0 && at - i < CODE && paste->line[i - 1] != '\n'; i--)
    if (memcmp (paste->line + i - 1, raise, sizeof raise - 1) == 0)
      return true;
  const char *behind = paste->tight + end;
  for (int i = 0; i < 8 && behind[i] != '\0' && behind[i] != '.'; i++)
    if (behind[i] == '{' || (behind[i] == '%' && (behind[i + 1] == 's' || behind[i + 1] == 'd')))
      return true;
  return false;
}

/* Tries the templates of a key, those that say little last; where to go on reading. */
static size_t
try_rows (Search *search, const ScopePaste *paste, size_t slot, size_t place, ScopeHits *hits)
{
  ScopeHit weak = { .row = -1 };
  for (int own = 1; own >= 0; own--)
    for (int number = search->first[slot]; number >= 0; number = search->next[number])
      {
        const ScopeMessageRow *row = search->row[number];
        search->effort.steps++;
        if (((row->flags & SCOPE_ROW_WEAK) && weak.row >= 0)
            || !head_fits (search, paste, number, place, own)
            || !scope_message_match (paste, row, place, &search->finding, &search->effort))
          continue;
        ScopeHit hit = { number, place, search->finding.whole.end };
        if (row->flags & SCOPE_ROW_WEAK)
          {
            bool within = hits->weak > 0 && hit.end <= hits->faint[hits->weak - 1].end;
            if (!within && !is_code (paste, hit.place, hit.end))
              weak = hit;
            continue;
          }
        add_hit (hits, hit, row->flags);
        return row->flags & SCOPE_ROW_WRAPPER || hit.end <= place ? place + 1 : hit.end;
      }
  if (weak.row >= 0)
    add_hit (hits, weak, SCOPE_ROW_WEAK);
  return place + 1;
}

bool
scope_message_find (const ScopePaste *paste, ScopeHits *hits)
{
  hits->hits = hits->warnings = hits->weak = hits->wrappers = 0;
  hits->steps = 0;
  Search *search = malloc (sizeof *search);
  if (search == NULL)
    return false;
  memset (search->key, 0, sizeof search->key);
  memset (&search->effort, 0, sizeof search->effort);
  int rows = scope_message_rows ();
  assert (rows <= MOST_ROWS);
  for (int i = 0; i < rows; i++)
    add_row (search, i);

  uint64_t window = 0;
  size_t next = 0; /* where a template may begin */
  for (size_t i = 0; i < paste->tights; i++)
    {
      window = (window << 8 | (unsigned char)paste->folded[i]) & KEY_MASK;
      search->effort.steps++;
      if (i + 1 < next + ANCHOR)
        continue;
      size_t slot = look_up (search, window);
      if (search->key[slot] != 0)
        next = try_rows (search, paste, slot, i + 1 - ANCHOR, hits);
    }
  hits->steps = search->effort.steps;
  free (search);
  return true;
}
