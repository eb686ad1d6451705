/* A report in words: what it is, why it fails, what would make it fit. */
#include "cli/text-report.h"

#include "cli/cli.h"

#include <string.h>

enum
{
  MAX_EXPRESSION_WIDTH = 60, /* beyond it a remedy's sentence stands on its own line */
};

static void
put_colored (GString *out, const char *text, const char *escape, const ScopePage *page)
{
  g_string_append_printf (out, "%s%s%s", page->colors ? escape : "", text,
                          page->colors ? "\033[0m" : "");
}

/* A text of several lines, each after `indent` spaces but the first. */
static void
put_lines (GString *out, const char *text, int indent)
{
  g_autofree char *visible = scope_cli_visible (text);
  g_auto (GStrv) lines = g_strsplit (visible, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      if (i > 0 && lines[i][0] == '\0' && lines[i + 1] == NULL)
        break;
      g_string_append_printf (out, "%*s%s\n", i > 0 ? indent : 0, "", lines[i]);
    }
}

static void
put_failure (const ScopeReport *report, const ScopePage *page, GString *out)
{
  const ScopeNode *node = report->program->node[report->program->first_failure];
  put_colored (out, "✗ ", "\033[1;31m", page);
  put_lines (out, scope_text_string (&report->verdict), 2);

  const ScopeFailure *failure = report->failure;
  if (failure->message.length == 0)
    return;
  g_string_append_printf (out, "  %s: ", scope_dialect_title (node->dialect));
  if (failure->exception != NULL && failure->exception[0] != '\0')
    g_string_append_printf (out, "%s: ", failure->exception);
  put_lines (out, scope_text_string (&failure->message), 4);
}

static void
put_picture (const ScopeHazard *hazard, GString *out)
{
  ScopeText picture = { 0 };
  scope_hazard_print_order (hazard, NULL, &picture);
  if (picture.length > 0)
    {
      g_string_append (out, "    ");
      put_lines (out, scope_text_string (&picture), 4);
    }
  scope_text_clear (&picture);
}

static void
put_fix (const char *fix, GString *out)
{
  g_string_append (out, "  perhaps: ");
  put_lines (out, fix, 11);
}

static void
put_hazards (const ScopeReport *report, const ScopePage *page, GString *out)
{
  for (int i = 0; i < report->hazards; i++)
    {
      put_colored (out, "! ", "\033[33m", page);
      put_lines (out, scope_text_string (&report->hazard[i].sentence), 2);
      put_picture (&report->hazard[i], out);
      if (report->hazard[i].fix.length > 0)
        put_fix (scope_text_string (&report->hazard[i].fix), out);
    }
}

/* The number before a remedy, two digits wide when there are so many. */
static int
number_width (const ScopeRemedies *remedies)
{
  return remedies->count > 9 ? 2 : 1;
}

static void
put_remedies (const ScopeRemedies *remedies, GString *out)
{
  int widest = 0;
  for (int i = 0; i < remedies->count; i++)
    {
      int width = scope_cli_width (scope_text_string (&remedies->remedy[i].expression));
      if (width <= MAX_EXPRESSION_WIDTH)
        widest = MAX (widest, width);
    }

  int indent = 2 + number_width (remedies) + 2;
  for (int i = 0; i < remedies->count; i++)
    {
      const ScopeRemedy *remedy = &remedies->remedy[i];
      g_autofree char *expression = scope_cli_visible (scope_text_string (&remedy->expression));
      g_string_append_printf (out, "  %*d  ", number_width (remedies), i + 1);
      gboolean narrow =
          scope_cli_width (expression) <= MAX_EXPRESSION_WIDTH && strchr (expression, '\n') == NULL;
      if (narrow)
        g_string_append_printf (out, "%s%*s", expression, widest - scope_cli_width (expression) + 2,
                                "");
      else
        {
          put_lines (out, expression, indent);
          g_string_append_printf (out, "%*s", indent + 2, "");
        }
      put_lines (out, scope_text_string (&remedy->sentence), indent + 2);
      if (remedy->caution.length > 0)
        {
          g_string_append_printf (out, "%*s", indent + 2, "");
          put_lines (out, scope_text_string (&remedy->caution), indent + 2);
        }
    }
}

char *
scope_text_report (const ScopeReport *report, const ScopePage *page)
{
  GString *out = g_string_new (NULL);
  put_lines (out, report->program->expression->source, 0);
  scope_text_steps (report->program, page, out);
  /* Axes that have nothing to do with the failure (a wrong argument, an unknown name) say nothing.
   */
  gboolean aligns = report->failure == NULL || report->failure->axes > 0;
  if (aligns && report->alignment != NULL && report->alignment->rows > 0)
    scope_text_alignment (report->alignment, page, out);
  if (report->failure != NULL)
    put_failure (report, page, out);
  else
    {
      put_colored (out, "✓ ", "\033[32m", page);
      put_lines (out, scope_text_string (&report->verdict), 2);
    }
  put_hazards (report, page, out);
  put_remedies (&report->remedies, out);
  return g_string_free (out, FALSE);
}
