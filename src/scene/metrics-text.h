/* Metrics in words and as a table. */
#pragma once

#include "scene/metrics.h"

/* A caller's gettext, or NULL for English. */
typedef const char *(*ScopeTranslate) (const char *text);

/* `34.2 dB`, `∞ dB`, `–`; `0.983`; a difference or an error with four digits. */
void scope_metrics_print_psnr (double psnr, ScopeText *out);
void scope_metrics_print_ssim (double ssim, ScopeText *out);
void scope_metrics_print_value (double value, ScopeText *out);

/* `SSIM 0.983 · MSE 0.0123 · max |Δ| 0.5 at [0, 0, 1, 2] · overshoot 12`. Of the reference itself
 * only its overshoots are told, and of what is equal to it that it is. */
void scope_metrics_print_note (const ScopeMetrics *metrics,
                               int rank,
                               bool reference,
                               ScopeTranslate translate,
                               ScopeText *out);
/* How the numbers are meant: against which reference, with which range. */
void scope_metrics_print_conventions (const ScopeMetricsOptions *options,
                                      const char *reference,
                                      ScopeTranslate translate,
                                      ScopeText *out);

typedef enum
{
  SCOPE_TABLE_TSV, /* for the clipboard: tabs */
  SCOPE_TABLE_CSV, /* RFC 4180: commas, quotes doubled, CRLF */
} ScopeTableStyle;

/* The heads of the columns, then a line a tile; numbers so that they read back as they are, never
 * in the user's locale, empty where there is none. Heads are not translated: programs read them. */
void scope_metrics_print_heads (ScopeTableStyle style, ScopeText *out);
void scope_metrics_print_row (const char *title,
                              const char *call,
                              const ScopeMetrics *metrics, /* NULL: there is none */
                              int rank,
                              bool reference,
                              ScopeTableStyle style,
                              ScopeText *out);
