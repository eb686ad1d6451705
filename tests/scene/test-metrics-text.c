/* Metrics as people and spreadsheets read them. */
#include "scene/metrics-text.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static const struct
{
  const char *name;
  double value;
  void (*print) (double, ScopeText *);
  const char *expected;
} texts[] = {
  { "psnr", 34.249, scope_metrics_print_psnr, "34.2 dB" },
  { "psnr-equal", INFINITY, scope_metrics_print_psnr, "∞ dB" },
  { "psnr-none", NAN, scope_metrics_print_psnr, "–" },
  { "psnr-negative", -0.31, scope_metrics_print_psnr, "-0.3 dB" },
  { "ssim", 0.98349, scope_metrics_print_ssim, "0.983" },
  { "ssim-negative", -0.0504, scope_metrics_print_ssim, "-0.050" },
  { "ssim-none", NAN, scope_metrics_print_ssim, "–" },
  { "value", 0.123456, scope_metrics_print_value, "0.1235" },
  { "whole", 3, scope_metrics_print_value, "3" },
};

static void
test_text (gconstpointer data)
{
  const typeof (texts[0]) *c = data;
  ScopeText text = { 0 };
  c->print (c->value, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, c->expected);
  scope_text_clear (&text);
}

static const ScopeMetrics example = { .count = 12,
                                      .mse = 0.0125,
                                      .psnr = 19.03,
                                      .ssim = 0.5,
                                      .max_abs = 0.25,
                                      .max_at = { 1, 2 },
                                      .over = 3,
                                      .under = 1 };

static void
assert_text (ScopeText *text, const char *expected)
{
  g_assert_cmpstr (scope_text_string (text), ==, expected);
  scope_text_clear (text);
}

static void
test_note (void)
{
  ScopeText text = { 0 };
  scope_metrics_print_note (&example, 2, false, NULL, &text);
  assert_text (&text, "SSIM 0.500 · MSE 0.0125 · max |Δ| 0.25 at [1, 2] · overshoot 4");
  scope_metrics_print_note (&example, 2, true, NULL, &text);
  assert_text (&text, "overshoot 4");
  ScopeMetrics equal = { .count = 12, .psnr = INFINITY, .ssim = 1, .over = 1 };
  scope_metrics_print_note (&equal, 2, false, NULL, &text);
  assert_text (&text, "equal to the reference · overshoot 1");
  ScopeMetrics with_nan = example;
  with_nan.nans = 2;
  scope_metrics_print_note (&with_nan, 2, true, NULL, &text);
  assert_text (&text, "overshoot 4 · 2 NaN left out");
}

static void
test_conventions (void)
{
  ScopeText text = { 0 };
  ScopeMetricsOptions options = { .range = 2, .low = -1, .high = 1 };
  scope_metrics_print_conventions (&options, "area", NULL, &text);
  g_assert_true (g_str_has_prefix (scope_text_string (&text), "Against area. PSNR"));
  g_assert_nonnull (strstr (scope_text_string (&text), "R = 2"));
  g_assert_nonnull (strstr (scope_text_string (&text), "-1 … 1"));
  scope_text_clear (&text);
}

static void
test_table (void)
{
  ScopeText text = { 0 };
  scope_metrics_print_row ("a", "f(A, \"b\")", &example, 2, false, SCOPE_TABLE_CSV, &text);
  assert_text (&text, "a,\"f(A, \"\"b\"\")\",no,19.03,0.5,0.0125,0.25,\"[1, 2]\",4,3,1,12,0\r\n");
  scope_metrics_print_row ("a\tb", "f(A, 1)", &example, 2, true, SCOPE_TABLE_TSV, &text);
  assert_text (&text, "a b\tf(A, 1)\tyes\t19.03\t0.5\t0.0125\t0.25\t[1, 2]\t4\t3\t1\t12\t0\n");
  scope_metrics_print_row ("a", "f", NULL, 2, false, SCOPE_TABLE_CSV, &text);
  assert_text (&text, "a,f,no,,,,,,,,,,\r\n");
  ScopeMetrics equal = { .count = 1, .psnr = INFINITY, .ssim = NAN };
  scope_metrics_print_row ("a", "f", &equal, 0, false, SCOPE_TABLE_CSV, &text);
  assert_text (&text, "a,f,no,inf,,0.0,0.0,[],0,0,0,1,0\r\n");

  for (int style = 0; style < 2; style++)
    {
      const char *split = style == SCOPE_TABLE_CSV ? "," : "\t";
      scope_metrics_print_heads ((ScopeTableStyle)style, &text);
      g_auto (GStrv) heads = g_strsplit (scope_text_string (&text), split, -1);
      scope_text_clear (&text);
      scope_metrics_print_row ("a", "f", NULL, 2, false, (ScopeTableStyle)style, &text);
      g_auto (GStrv) row = g_strsplit (scope_text_string (&text), split, -1);
      scope_text_clear (&text);
      g_assert_cmpuint (g_strv_length (heads), ==, g_strv_length (row));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/metrics-text/%s", texts[i].name);
      g_test_add_data_func (path, &texts[i], test_text);
    }
  g_test_add_func ("/scene/metrics-text/note", test_note);
  g_test_add_func ("/scene/metrics-text/conventions", test_conventions);
  g_test_add_func ("/scene/metrics-text/table", test_table);
  return g_test_run ();
}
