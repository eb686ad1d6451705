/* Metrics for people and for spreadsheets. */
#include "scene/metrics-text.h"

#include "scene/number.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ---- numbers -------------------------------------------------------------------------------- */

static void
print_number (double value, int digits, ScopeText *out)
{
  if (isnan (value))
    scope_text_append (out, "–");
  else if (isinf (value))
    scope_text_append (out, value > 0 ? "∞" : "−∞");
  else
    scope_number_print (value, digits, 1e6, out);
}

/* `value` with `decimals` digits after the point (1 or 3). */
static void
print_fixed (double value, int decimals, ScopeText *out)
{
  int64_t unit = decimals == 1 ? 10 : 1000;
  int64_t scaled = (int64_t)round (fabs (value) * (double)unit);
  scope_text_printf (out, "%s%lld.%0*lld", value < 0 && scaled != 0 ? "-" : "",
                     (long long)(scaled / unit), decimals, (long long)(scaled % unit));
}

void
scope_metrics_print_psnr (double psnr, ScopeText *out)
{
  if (isfinite (psnr))
    print_fixed (psnr, 1, out);
  else
    print_number (psnr, 4, out);
  if (!isnan (psnr))
    scope_text_append (out, " dB");
}

void
scope_metrics_print_ssim (double ssim, ScopeText *out)
{
  if (isfinite (ssim))
    print_fixed (ssim, 3, out);
  else
    print_number (ssim, 4, out);
}

void
scope_metrics_print_value (double value, ScopeText *out)
{
  print_number (value, 4, out);
}

/* ---- words ---------------------------------------------------------------------------------- */

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

static void
print_errors (const ScopeMetrics *metrics, int rank, ScopeTranslate translate, ScopeText *out)
{
  ScopeText at = { 0 };
  if (metrics->mse == 0)
    {
      /* TRANSLATORS: no value of this way of resampling differs from the reference's */
      scope_text_append (out, translated (translate, SCOPE_TEXT ("equal to the reference")));
      scope_text_append (out, " · ");
      return;
    }
  scope_text_append (out, "SSIM ");
  scope_metrics_print_ssim (metrics->ssim, out);
  scope_text_append (out, " · MSE ");
  scope_metrics_print_value (metrics->mse, out);
  scope_text_append (out, " · max |Δ| ");
  scope_metrics_print_value (metrics->max_abs, out);
  if (!isnan (metrics->max_abs) && rank > 0 && metrics->max_abs > 0)
    {
      print_index (metrics->max_at, rank, &at);
      scope_text_append (out, " ");
      /* TRANSLATORS: the place of the largest difference: at [0, 3, 5] */
      scope_text_printf (out, translated (translate, SCOPE_TEXT ("at %s")),
                         scope_text_string (&at));
      scope_text_clear (&at);
    }
  scope_text_append (out, " · ");
}

void
scope_metrics_print_note (const ScopeMetrics *metrics,
                          int rank,
                          bool reference,
                          ScopeTranslate translate,
                          ScopeText *out)
{
  if (!reference)
    print_errors (metrics, rank, translate, out);
  /* TRANSLATORS: how many values lie beyond the source's range */
  scope_text_printf (out, translated (translate, SCOPE_TEXT ("overshoot %lld")),
                     (long long)(metrics->over + metrics->under));
  if (metrics->nans > 0)
    {
      scope_text_append (out, " · ");
      scope_text_printf (out, translated (translate, SCOPE_TEXT ("%lld NaN left out")),
                         (long long)metrics->nans);
    }
}

void
scope_metrics_print_conventions (const ScopeMetricsOptions *options,
                                 const char *reference,
                                 ScopeTranslate translate,
                                 ScopeText *out)
{
  ScopeText range = { 0 }, low = { 0 }, high = { 0 };
  print_number (options->range, 4, &range);
  print_number (options->low, 4, &low);
  print_number (options->high, 4, &high);
  /* TRANSLATORS: the first %s is the reference's name, the others are numbers */
  scope_text_printf (
      out,
      translated (translate,
                  SCOPE_TEXT ("Against %s. PSNR = 10 log₁₀ (R² ÷ MSE) and SSIM (7 × 7 uniform "
                              "window, sample covariance, K₁ = 0.01, K₂ = 0.03) as scikit-image "
                              "defines them, with the source's range R = %s. Overshoot: values of "
                              "the result outside the source's %s … %s by more than R ÷ 10⁶.")),
      reference, scope_text_string (&range), scope_text_string (&low), scope_text_string (&high));
  scope_text_clear (&range);
  scope_text_clear (&low);
  scope_text_clear (&high);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const char *
separator (ScopeTableStyle style)
{
  return style == SCOPE_TABLE_CSV ? "," : "\t";
}

static void
end_line (ScopeTableStyle style, ScopeText *out)
{
  scope_text_append (out, style == SCOPE_TABLE_CSV ? "\r\n" : "\n");
}

/* A word; in CSV in quotes where it must be, in TSV without tabs and ends of lines. */
static void
print_word (const char *word, ScopeTableStyle style, ScopeText *out)
{
  bool quoted = style == SCOPE_TABLE_CSV && strpbrk (word, ",\"\r\n") != NULL;
  if (quoted)
    scope_text_append (out, "\"");
  for (const char *c = word; *c != '\0'; c++)
    {
      char byte = style == SCOPE_TABLE_TSV && strchr ("\t\r\n", *c) != NULL ? ' ' : *c;
      if (quoted && byte == '"')
        scope_text_append (out, "\"");
      scope_text_append_bytes (out, &byte, 1);
    }
  if (quoted)
    scope_text_append (out, "\"");
}

void
scope_metrics_print_heads (ScopeTableStyle style, ScopeText *out)
{
  static const char *const heads[] = { "tile",       "call",       "reference", "psnr_db",
                                       "ssim",       "mse",        "max_abs",   "max_abs_at",
                                       "overshoots", "above_high", "below_low", "elements",
                                       "nan" };
  for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
    scope_text_printf (out, "%s%s", i > 0 ? separator (style) : "", heads[i]);
  end_line (style, out);
}

static void
print_field (double value, bool there, ScopeTableStyle style, ScopeText *out)
{
  scope_text_append (out, separator (style));
  if (there && !isnan (value))
    scope_text_append_double (out, value);
}

static void
print_count (int64_t value, bool there, ScopeTableStyle style, ScopeText *out)
{
  scope_text_append (out, separator (style));
  if (there)
    scope_text_printf (out, "%" PRId64, value);
}

void
scope_metrics_print_row (const char *title,
                         const char *call,
                         const ScopeMetrics *metrics,
                         int rank,
                         bool reference,
                         ScopeTableStyle style,
                         ScopeText *out)
{
  static const ScopeMetrics none = { 0 };
  bool there = metrics != NULL;
  if (!there)
    metrics = &none;
  print_word (title, style, out);
  scope_text_append (out, separator (style));
  print_word (call, style, out);
  scope_text_printf (out, "%s%s", separator (style), reference ? "yes" : "no");
  print_field (metrics->psnr, there, style, out);
  print_field (metrics->ssim, there, style, out);
  print_field (metrics->mse, there, style, out);
  print_field (metrics->max_abs, there, style, out);
  scope_text_append (out, separator (style));
  if (there && !isnan (metrics->max_abs))
    {
      ScopeText at = { 0 };
      print_index (metrics->max_at, rank, &at);
      print_word (scope_text_string (&at), style, out);
      scope_text_clear (&at);
    }
  print_count (metrics->over + metrics->under, there, style, out);
  print_count (metrics->over, there, style, out);
  print_count (metrics->under, there, style, out);
  print_count (metrics->count, there, style, out);
  print_count (metrics->nans, there, style, out);
  end_line (style, out);
}
