/* The texts of an alignment. Sizes are never localised, words are. */
#include "paint/alignment-words.h"

#include <glib/gi18n-lib.h>

ScopeTextStyle
scope_alignment_size_style (const ScopeAlignmentPicture *picture)
{
  return (ScopeTextStyle){ .size = 1.1 * picture->em,
                           .mono = TRUE,
                           .bold = TRUE,
                           .color = scope_theme_foreground (picture->theme),
                           .anchor = SCOPE_ANCHOR_MIDDLE };
}

ScopeTextStyle
scope_alignment_sign_style (const ScopeAlignmentPicture *picture)
{
  return (ScopeTextStyle){ .size = 0.87 * picture->em,
                           .color = scope_theme_dim (picture->theme),
                           .anchor = SCOPE_ANCHOR_START };
}

ScopeTextStyle
scope_alignment_axis_style (const ScopeAlignmentPicture *picture)
{
  return (ScopeTextStyle){ .size = 0.93 * picture->em,
                           .bold = TRUE,
                           .color = scope_theme_foreground (picture->theme),
                           .anchor = SCOPE_ANCHOR_MIDDLE,
                           .too_long = SCOPE_TOO_LONG_ENDS };
}

ScopeTextStyle
scope_alignment_number_style (const ScopeAlignmentPicture *picture)
{
  return (ScopeTextStyle){ .size = 0.8 * picture->em,
                           .color = scope_theme_dim (picture->theme),
                           .anchor = SCOPE_ANCHOR_MIDDLE };
}

ScopeTextStyle
scope_alignment_name_style (const ScopeAlignmentPicture *picture)
{
  return (ScopeTextStyle){ .size = 0.93 * picture->em,
                           .bold = TRUE,
                           .color = scope_theme_foreground (picture->theme),
                           .anchor = SCOPE_ANCHOR_END,
                           .too_long = SCOPE_TOO_LONG_OMITS_MIDDLE };
}

ScopeTextStyle
scope_alignment_role_style (const ScopeAlignmentPicture *picture)
{
  return (ScopeTextStyle){ .size = 0.87 * picture->em,
                           .color = scope_theme_dim (picture->theme),
                           .anchor = SCOPE_ANCHOR_END,
                           .too_long = SCOPE_TOO_LONG_ENDS };
}

double
scope_alignment_sign_size (const ScopeAlignmentPicture *picture)
{
  return 0.72 * picture->em;
}

double
scope_alignment_cell_padding (const ScopeAlignmentPicture *picture, gboolean tight)
{
  return (tight ? 0.4 : 0.8) * picture->em;
}

const ScopeAlignedRow *
scope_alignment_row (const ScopeAlignment *alignment, int r)
{
  return r < alignment->rows ? &alignment->row[r] : &alignment->result;
}

int
scope_alignment_row_count (const ScopeAlignment *alignment)
{
  return alignment->rows + (alignment->has_result ? 1 : 0);
}

gboolean
scope_alignment_row_is_scalar (const ScopeAlignment *alignment, int r)
{
  const ScopeAlignedRow *row = scope_alignment_row (alignment, r);
  if (row->shape.rank > 0)
    return FALSE;
  for (int column = 0; column < alignment->rank; column++)
    if (row->cell[column].present)
      return FALSE;
  return TRUE;
}

char *
scope_alignment_size_text (int64_t size)
{
  ScopeText text = { 0 };
  scope_size_print (size, &text);
  char *copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

char *
scope_alignment_number_text (const ScopeAlignment *alignment, int column, gboolean brief)
{
  int from_end = alignment->rank - column;
  if (brief)
    return g_strdup_printf ("%d · −%d", column, from_end);
  /* Translators: the number of an axis from the front and from the end: axis 2 · −2 */
  return g_strdup_printf (_ ("axis %d · −%d"), column, from_end);
}

char *
scope_alignment_becomes_text (const ScopeAlignment *alignment, int r, int column)
{
  const ScopeAlignedCell *cell = &scope_alignment_row (alignment, r)->cell[column];
  if (r == alignment->rows || !alignment->has_result
      || (cell->mark != SCOPE_MARK_STRETCHED && cell->mark != SCOPE_MARK_PADDED))
    return NULL;

  const ScopeAlignedCell *result = &alignment->result.cell[column];
  if (!result->present || result->mark == SCOPE_MARK_FAILS || result->size == cell->size)
    return NULL;
  return scope_alignment_size_text (result->size);
}

/* The sizes that fail in a column, each once, at most two; returns how many there are. `missing`:
 * an axis that is not there counts with the 1 that it is taken as. */
static int
failing_sizes (const ScopeAlignment *alignment, int column, gboolean missing, int64_t out[2], int n)
{
  for (int r = 0; r < alignment->rows && n < 2; r++)
    {
      const ScopeAlignedCell *cell = &alignment->row[r].cell[column];
      bool counts = cell->mark == SCOPE_MARK_FAILS || (missing && cell->mark == SCOPE_MARK_PADDED);
      if (cell->present && counts && (n == 0 || out[0] != cell->size))
        out[n++] = cell->size;
    }
  return n;
}

static char **
fail_words (const ScopeAlignment *alignment, int column)
{
  int64_t size[2];
  int n = failing_sizes (alignment, column, TRUE, size, 0);
  /* A product compares sizes of different columns. */
  for (int other = 0; other < alignment->rank && n == 1; other++)
    if (other != column)
      n = failing_sizes (alignment, other, FALSE, size, n);

  GStrvBuilder *words = g_strv_builder_new ();
  if (n == 2)
    {
      g_autofree char *first = scope_alignment_size_text (size[0]);
      g_autofree char *second = scope_alignment_size_text (size[1]);
      g_autofree char *one = g_strdup_printf ("%s ≠ %s", first, second);
      g_autofree char *two = g_strdup_printf ("%s\n≠ %s", first, second);
      g_strv_builder_add (words, one);
      g_strv_builder_add (words, two);
    }
  /* Translators: beside ✗, under an axis that does not fit */
  g_strv_builder_add (words, _ ("fails"));
  g_strv_builder_add (words, "");
  char **result = g_strv_builder_end (words);
  g_strv_builder_unref (words);
  return result;
}

static char **
join_words (const ScopeAlignment *alignment, int column)
{
  enum
  {
    MOST = 4
  };
  int64_t size[MOST];
  int n = 0;
  for (int r = 0; r < alignment->rows; r++)
    if (alignment->row[r].cell[column].present)
      {
        if (n < MOST)
          size[n] = alignment->row[r].cell[column].size;
        n++;
      }
  GStrvBuilder *words = g_strv_builder_new ();
  if (n >= 2 && n <= MOST && alignment->hidden == 0)
    {
      g_autoptr (GString) sum = g_string_new (NULL);
      for (int i = 0; i < n; i++)
        {
          g_autofree char *text = scope_alignment_size_text (size[i]);
          g_string_append_printf (sum, "%s%s", i > 0 ? " + " : "", text);
        }
      /* Translators: under the axis along which tensors are concatenated: joined 256 + 1280 */
      g_autofree char *joined = g_strdup_printf (_ ("joined %s"), sum->str);
      g_strv_builder_add (words, joined);
      g_strv_builder_add (words, sum->str);
    }
  /* Translators: beside ⊕, under the axis along which tensors are concatenated */
  g_strv_builder_add (words, _ ("joined"));
  g_strv_builder_add (words, "");
  char **result = g_strv_builder_end (words);
  g_strv_builder_unref (words);
  return result;
}

char **
scope_alignment_sign_words (const ScopeAlignment *alignment, int column)
{
  const char *word = "";
  switch (alignment->column[column])
    {
    case SCOPE_MARK_FAILS:
      return fail_words (alignment, column);
    case SCOPE_MARK_JOINED:
      return join_words (alignment, column);
    case SCOPE_MARK_NONE:
      break;
    case SCOPE_MARK_EQUAL:
      /* Translators: beside =, under an axis whose sizes are equal */
      word = _ ("equal");
      break;
    case SCOPE_MARK_STRETCHED:
      /* Translators: beside →, under an axis where a size of 1 is repeated */
      word = _ ("stretched");
      break;
    case SCOPE_MARK_PADDED:
      /* Translators: under an axis that an operand lacks, so that it is taken as 1 */
      word = _ ("padded");
      break;
    case SCOPE_MARK_CONTRACTED:
      /* Translators: beside ↔, under an axis that a matrix product sums over */
      word = _ ("contracted");
      break;
    case SCOPE_MARK_UNKNOWN:
      /* Translators: beside ?, under an axis whose size is not known */
      word = _ ("unknown");
      break;
    }
  const char *const words[] = { word, word[0] == '\0' ? NULL : "", NULL };
  return g_strdupv ((char **)words);
}
