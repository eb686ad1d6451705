/* Interpolation of the source to the target's size on every failing axis. */
#include "advice/code.h"
#include "advice/finder.h"

#include "core/checked.h"
#include "core/resample.h"

#include <math.h>

enum
{
  COUNTED_OUTPUTS = 1 << 16, /* outputs whose taps are looked at; more are taken to be alike */
};

/* The last operand is resized to the first: the source of an assignment, the second of a sum. */
enum
{
  TARGET = 0,
  SOURCE = 1,
};

static bool
can_resize (const ScopeFinder *finder)
{
  const ScopeFailure *failure = finder->failure;
  if (!scope_finder_compares (finder) || failure->operands < 2 || failure->axes == 0)
    return false;
  for (int i = 0; i < failure->axes; i++)
    {
      const ScopeFailingAxis *axis = &failure->axis[i];
      if (axis->operand[0] != TARGET || axis->operand[1] != SOURCE || axis->size[0] < 1
          || axis->size[1] < 1)
        return false;
    }
  return true;
}

/* Describes the change in the source's own axes; false when an axis is not one of its own. */
static bool
describe (const ScopeFinder *finder, ScopeResize *resize)
{
  const ScopeFailure *failure = finder->failure;
  resize->rank = failure->operand[SOURCE].shape.rank;
  resize->mode = finder->options->mode;
  resize->align_corners = finder->options->align_corners;
  for (int i = 0; i < failure->axes; i++)
    {
      int own = scope_finder_own_axis (finder, SOURCE, failure->axis[i].axis);
      if (own < 0)
        return false;
      resize->axis[resize->axes] = own;
      resize->from[resize->axes] = failure->axis[i].size[1];
      resize->to[resize->axes++] = failure->axis[i].size[0];
    }
  return true;
}

/* F.interpolate takes (N, C, one to three more axes): how many axes of 1 go in front so that every
 * changing axis is behind the second; −1 when there is no way. */
static int
missing_axes (const ScopeResize *resize)
{
  int first = resize->axis[0];
  int missing = first < 2 ? 2 - first : 0;
  if (missing > 0 && resize->rank > 2)
    missing = first == 1 ? 1 : -1;
  int rank = resize->rank + missing;
  return missing < 0 || rank < 3 || rank > 5 ? -1 : missing;
}

static const char *
mode_name (ScopeResizeMode mode, int spatial)
{
  static const char *const linear[] = { "linear", "bilinear", "trilinear" };
  if (mode == SCOPE_RESIZE_NEAREST)
    return "nearest";
  return mode == SCOPE_RESIZE_CUBIC && spatial == 2 ? "bicubic" : linear[spatial - 1];
}

/* `F.interpolate(B, size=(256, 256), mode="bilinear")` */
static void
print_call (const ScopeFinder *finder, const ScopeResize *resize, int missing, ScopeText *out)
{
  const ScopeFailure *failure = finder->failure;
  const ScopeShape *shape = &failure->operand[SOURCE].shape;
  int spatial = resize->rank + missing - 2;
  scope_text_append (out, "F.interpolate(");
  scope_finder_print_operand (finder, SOURCE, missing > 0, out);
  scope_text_append (out, missing == 2 ? "[None, None]" : missing == 1 ? "[None]" : "");
  scope_text_append (out, spatial == 1 ? ", size=" : ", size=(");
  for (int axis = 2 - missing; axis < resize->rank; axis++)
    {
      int64_t size = shape->size[axis];
      for (int i = 0; i < resize->axes; i++)
        if (resize->axis[i] == axis)
          size = resize->to[i];
      scope_text_printf (out, axis > 2 - missing ? ", %lld" : "%lld", (long long)size);
    }
  scope_text_printf (out, spatial == 1 ? ", mode=\"%s\"" : "), mode=\"%s\"",
                     mode_name (resize->mode, spatial));
  if (resize->align_corners && resize->mode != SCOPE_RESIZE_NEAREST)
    scope_text_append (out, ", align_corners=True");
  scope_text_append (out, missing == 2 ? ")[0, 0]" : missing == 1 ? ")[0]" : ")");
}

/* What one axis uses of its input and how many of its outputs mix several elements. */
static void
measure_axis (const ScopeResize *resize,
              int i,
              ScopeResampleFilter filter,
              double *used,
              double *mixed)
{
  ScopeResampleAxis axis = {
    .in = resize->from[i],
    .out = resize->to[i],
    .filter = filter,
    .align_corners = resize->align_corners && filter != SCOPE_FILTER_NEAREST,
    .arithmetic = SCOPE_ARITHMETIC_FLOAT32,
  };
  int64_t looked_at = scope_min (axis.out, COUNTED_OUTPUTS), next = 0, places = 0, mixes = 0;
  for (int64_t output = 0; output < looked_at; output++)
    {
      ScopeTaps taps = scope_resample_taps (&axis, output);
      double weight[8] = { 1 };
      if (!scope_resample_copies (&axis))
        scope_resample_weights (&axis, output, taps, weight);
      int64_t first = -1, last = -1;
      for (int64_t k = 0; k < taps.count && k < 8; k++)
        if (weight[k] != 0)
          {
            int64_t place = scope_resample_tap (&axis, taps, k);
            first = first < 0 ? place : scope_min (first, place);
            last = scope_max (last, place);
          }
      mixes += last > first;
      if (last >= next)
        {
          places += last - scope_max (first, next) + 1;
          next = last + 1;
        }
    }
  double all = (double)axis.out / (double)looked_at;
  *used *= fmin (1, all * (double)places / (double)axis.in);
  *mixed *= 1 - (double)mixes / (double)looked_at;
}

static void
print_sentence (const ScopeFinder *finder, const ScopeRemedy *remedy, ScopeText *out)
{
  ScopeText uses = { 0 }, invents = { 0 };
  scope_text_append_rounded (&uses, 100 * remedy->keeps, 3);
  scope_text_append_rounded (&invents, 100 * remedy->invents, 3);
  if (remedy->invents == 0)
    scope_text_printf (out, scope_finder_say (finder, "picks %s %% of the values and mixes none"),
                       scope_text_string (&uses));
  else
    scope_text_printf (out,
                       scope_finder_say (finder, "uses %s %% of the values; %s %% of the result "
                                                 "is made up between them"),
                       scope_text_string (&uses), scope_text_string (&invents));
  scope_text_clear (&uses);
  scope_text_clear (&invents);
}

static void
fill (ScopeFinder *finder, ScopeRemedy *remedy, const ScopeResize *resize, int spatial)
{
  scope_finder_title (finder, remedy, "Interpolate %s", SOURCE);

  ScopeResampleFilter filter = resize->mode == SCOPE_RESIZE_NEAREST ? SCOPE_FILTER_NEAREST
                               : resize->mode == SCOPE_RESIZE_CUBIC && spatial == 2
                                   ? SCOPE_FILTER_CUBIC
                                   : SCOPE_FILTER_LINEAR;
  double used = 1, unmixed = 1;
  for (int i = 0; i < resize->axes; i++)
    measure_axis (resize, i, filter, &used, &unmixed);
  remedy->keeps = used;
  remedy->invents = 1 - unmixed;
  const ScopeOperand *operand = finder->failure->operand;
  bool aligned = resize->axes == 1 || operand[TARGET].shape.rank == operand[SOURCE].shape.rank;
  bool shrinks_to_one = false;
  for (int i = 0; i < resize->axes; i++)
    shrinks_to_one |= resize->to[i] == 1;
  remedy->likelihood = aligned && !shrinks_to_one ? 0.6 : 0.3;
  remedy->badge = remedy->invents > 0 ? SCOPE_BADGE_INVENTS
                  : used < 1          ? SCOPE_BADGE_LOSES
                                      : SCOPE_BADGE_INVENTS;
  print_sentence (finder, remedy, &remedy->sentence);
}

void
scope_remedy_resize (ScopeFinder *finder)
{
  ScopeResize resize = { 0 };
  if (!can_resize (finder) || !describe (finder, &resize))
    return;
  int missing = missing_axes (&resize);
  if (missing < 0)
    return;

  ScopeText call = { 0 }, text = { 0 }, source = { 0 };
  print_call (finder, &resize, missing, &call);
  scope_finder_print_operand (finder, SOURCE, true, &source);
  resize.source = scope_text_string (&source);
  scope_finder_replace (finder, finder->failure->operand[SOURCE].span, scope_text_string (&call),
                        &text);

  ScopeRemedy *remedy =
      scope_finder_add (finder, SCOPE_REMEDY_INTERPOLATE, scope_text_string (&text));
  if (remedy != NULL)
    {
      scope_text_append (&remedy->snippet, scope_text_string (&call));
      fill (finder, remedy, &resize, resize.rank + missing - 2);
    }
  scope_text_clear (&call);
  scope_text_clear (&text);
  scope_text_clear (&source);
}
