/* Calls of interpolate whose sizes, mode or axes do not suit each other. */
#include "advice/finder.h"

#include "core/checked.h"

#include <string.h>

enum
{
  LOWEST = 3, /* ranks that are resampled: batch × channels × one to three axes */
  HIGHEST = 5,
};

/* The mode of the same family for so many spatial axes; NULL when the mode suits any. */
static const char *
suiting_mode (const char *mode, int spatial)
{
  static const char *const linear[] = { "linear", "bilinear", "trilinear" };
  bool smooth = strstr (mode, "linear") != NULL || strstr (mode, "cubic") != NULL;
  if (!smooth || spatial < 1 || spatial > 3)
    return NULL;
  return spatial == 2 && strstr (mode, "cubic") != NULL ? "bicubic" : linear[spatial - 1];
}

/* As many numbers as there are axes: the first ones, or the last once more. */
static bool
edit_count (const ScopeFinder *finder, const ScopeValue *sizes, int spatial, ScopeEdits *edits)
{
  if (!scope_value_is_sequence (sizes) || sizes->items == spatial)
    return false;
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  bool factors = scope_finder_argument (finder, "scale_factor") == sizes;
  ScopeText text = { 0 };
  scope_text_append (&text, "(");
  for (int i = 0; i < spatial; i++)
    {
      scope_text_append (&text, i > 0 ? ", " : "");
      if (sizes->items > 0)
        scope_program_print_span (finder->program,
                                  sizes->item[i < sizes->items ? i : sizes->items - 1].span, &text);
      else
        scope_text_printf (&text, "%lld", factors ? 1 : (long long)shape->size[2 + i]);
    }
  scope_text_append (&text, spatial == 1 ? ",)" : ")");
  scope_edits_replace (edits, sizes->span.begin, sizes->span.end, scope_text_string (&text));
  scope_text_clear (&text);
  return true;
}

static void
offer_call (ScopeFinder *finder, const ScopeShape *shape)
{
  const ScopeValue *mode = scope_finder_argument (finder, "mode");
  const ScopeValue *sizes = scope_finder_argument (finder, "size");
  int spatial = shape->rank - 2;
  ScopeEdits edits = { 0 };
  if (sizes == NULL || sizes->kind == SCOPE_VALUE_NONE)
    sizes = scope_finder_argument (finder, "scale_factor");
  if (sizes != NULL)
    edit_count (finder, sizes, spatial, &edits);
  const char *suiting =
      mode != NULL && mode->kind == SCOPE_VALUE_STRING ? suiting_mode (mode->text, spatial) : NULL;
  if (suiting != NULL && strcmp (suiting, mode->text) != 0)
    {
      ScopeText text = { 0 };
      scope_text_printf (&text, "\"%s\"", suiting);
      scope_edits_replace (&edits, mode->span.begin, mode->span.end, scope_text_string (&text));
      scope_text_clear (&text);
    }
  if (edits.edits > 0)
    {
      ScopeRemedy *remedy = scope_finder_offer_edits (finder, SCOPE_REMEDY_INTERPOLATE, &edits,
                                                      suiting != NULL ? suiting : "size");
      if (remedy != NULL)
        {
          scope_text_append (&remedy->title,
                             scope_finder_say (finder, "Sizes and mode for the axes"));
          scope_text_printf (&remedy->sentence,
                             scope_finder_say (finder,
                                               "the tensor has %d axes behind batch and "
                                               "channels: as many sizes, and a mode for them"),
                             spatial);
          remedy->keeps = 1;
          remedy->invents = 1;
          remedy->badge = SCOPE_BADGE_INVENTS;
          remedy->likelihood = 0.8;
        }
    }
  scope_edits_clear (&edits);
}

void
scope_remedy_resample (ScopeFinder *finder)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  if (!scope_finder_is (finder, "interpolate") || shape == NULL)
    return;
  const ScopeValue *sizes = scope_finder_argument (finder, "size");
  if (sizes == NULL || sizes->kind == SCOPE_VALUE_NONE)
    sizes = scope_finder_argument (finder, "scale_factor");
  int wanted =
      sizes != NULL && scope_value_is_sequence (sizes) && sizes->items >= 1 && sizes->items <= 3
          ? sizes->items + 2
          : LOWEST;
  int before[SCOPE_MAX_RANK + 1] = { 0 };
  if (shape->rank < wanted)
    {
      before[0] = wanted - shape->rank;
      scope_change_unsqueeze (finder, 0, before, 0.9);
    }
  for (int rank = LOWEST; rank <= HIGHEST; rank++)
    if (shape->rank < rank && rank != wanted)
      {
        before[0] = rank - shape->rank;
        scope_change_unsqueeze (finder, 0, before, 0.7);
      }
  if (shape->rank >= LOWEST && shape->rank <= HIGHEST)
    offer_call (finder, shape);
  for (int rank = HIGHEST; rank >= LOWEST; rank--)
    if (shape->rank > rank)
      scope_change_flatten (finder, 0, 0, shape->rank - rank, rank == wanted ? 0.75 : 0.6);
}
