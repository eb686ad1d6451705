/* A comparison of two tensors for people. */
#include "scene/closeness-text.h"

#include <inttypes.h>
#include <math.h>

static const char *
translated (ScopeTranslate translate, const char *text)
{
  return translate != NULL ? translate (text) : text;
}

static void
print_index (const int64_t *index, int rank, ScopeText *out)
{
  scope_text_append (out, "[");
  for (int axis = 0; axis < rank; axis++)
    scope_text_printf (out, axis > 0 ? ", %" PRId64 : "%" PRId64, index[axis]);
  scope_text_append (out, "]");
}

void
scope_closeness_print_verdict (const ScopeCloseness *result,
                               ScopeTranslate translate,
                               ScopeText *out)
{
  ScopeText differ = { 0 }, all = { 0 }, percent = { 0 };
  double share = (double)result->mismatched / (double)(result->count > 0 ? result->count : 1);
  scope_text_printf (&differ, "%" PRId64, result->mismatched);
  scope_text_printf (&all, "%" PRId64, result->count);
  scope_text_append_rounded (&percent, 100 * share, 3);
  if (result->mismatched == 0)
    /* TRANSLATORS: %s is a number */
    scope_text_printf (
        out, translated (translate, SCOPE_TEXT ("All %s elements are equal within the tolerance.")),
        scope_text_string (&all));
  else
    /* TRANSLATORS: numbers: how many differ, of how many, and the percentage */
    scope_text_printf (
        out,
        translated (translate,
                    SCOPE_TEXT ("%s of %s elements (%s %%) differ by more than the tolerance.")),
        scope_text_string (&differ), scope_text_string (&all), scope_text_string (&percent));
  scope_text_clear (&differ);
  scope_text_clear (&all);
  scope_text_clear (&percent);
}

/* `format` takes a number and a place. */
static void
print_largest (const char *format, double value, const int64_t *at, int rank, ScopeText *out)
{
  ScopeText number = { 0 }, index = { 0 };
  if (isnan (value))
    return;
  scope_text_append_rounded (&number, value, 6);
  print_index (at, rank, &index);
  if (out->length > 0)
    scope_text_append (out, " ");
  scope_text_printf (out, format, scope_text_string (&number), scope_text_string (&index));
  scope_text_clear (&number);
  scope_text_clear (&index);
}

static void
print_lonely (const char *format, int64_t count, ScopeText *out)
{
  ScopeText number = { 0 };
  if (count == 0)
    return;
  scope_text_printf (&number, "%" PRId64, count);
  scope_text_printf (out, format, scope_text_string (&number));
  scope_text_clear (&number);
}

void
scope_closeness_print_details (const ScopeCloseness *result,
                               ScopeTranslate translate,
                               ScopeText *out)
{
  int rank = result->shape.rank;
  ScopeText text = { 0 };
  /* TRANSLATORS: a number and a place, as 0.5 at [0, 3] */
  print_largest (translated (translate, SCOPE_TEXT ("Max absolute difference: %s at %s.")),
                 result->max_abs, result->max_abs_at, rank, &text);
  print_largest (translated (translate, SCOPE_TEXT ("Max relative difference: %s at %s.")),
                 result->max_rel, result->max_rel_at, rank, &text);
  print_lonely (translated (translate, SCOPE_TEXT (" NaN without a partner: %s.")),
                result->nan_mismatched, &text);
  print_lonely (translated (translate, SCOPE_TEXT (" Infinities without a partner: %s.")),
                result->infinite_mismatched, &text);
  const char *string = scope_text_string (&text);
  scope_text_append (out, string[0] == ' ' ? string + 1 : string);
  scope_text_clear (&text);
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* What a float32 holds as a float32 is written, so that 0.1 is not 0.10000000149011612. */
static void
print_shortest (double value, ScopeText *out)
{
  if ((double)(float)value == value)
    scope_text_append_float (out, (float)value);
  else
    scope_text_append_double (out, value);
}

/* As NumPy writes it: a complex number with its imaginary part. */
static void
print_number (double real, double imaginary, ScopeText *out)
{
  print_shortest (real, out);
  if (imaginary == 0)
    return;
  scope_text_append (out, imaginary < 0 ? " - " : " + ");
  print_shortest (imaginary < 0 ? -imaginary : imaginary, out);
  scope_text_append (out, "j");
}

static void
print_rounded (double value, ScopeText *out)
{
  if (isnan (value))
    scope_text_append (out, "–");
  else
    scope_text_append_rounded (out, value, 6);
}

void
scope_closeness_print_cell (const ScopeUnequalCell *cell,
                            int rank,
                            ScopeCellText which,
                            ScopeText *out)
{
  const ScopeCellPair *pair = &cell->pair;
  switch (which)
    {
    case SCOPE_CELL_INDEX:
      print_index (cell->index, rank, out);
      return;
    case SCOPE_CELL_ACTUAL:
      print_number (pair->actual, pair->actual_imaginary, out);
      return;
    case SCOPE_CELL_DESIRED:
      print_number (pair->desired, pair->desired_imaginary, out);
      return;
    case SCOPE_CELL_DIFFERENCE:
      print_rounded (pair->difference, out);
      return;
    case SCOPE_CELL_RELATIVE:
    default:
      print_rounded (pair->relative, out);
      return;
    }
}
