/* A report as the terminal shows it. */
#pragma once

#include "advice/report.h"

#include <glib.h>

typedef struct
{
  gboolean colors; /* ANSI escapes for verdicts and marks */
  int columns;     /* of the terminal; 0: lines may be of any length */
} ScopePage;

/* The expression, its aligned axes, the verdict, the framework's own words, hazards and the
 * numbered remedies; ends with a line break. Freed by the caller. */
char *scope_text_report (const ScopeReport *report, const ScopePage *page);
/* The statements of a program of several, numbered, each with the shape after it; what fails is
 * marked ✗. Appended to `out`; nothing when memory runs out. */
void scope_text_steps (const ScopeProgram *program, const ScopePage *page, GString *out);
/* The aligned axes alone, as a block of lines; axes that do not fit into the page's columns go on
 * below. Appended to `out`. */
void scope_text_alignment (const ScopeAlignment *alignment, const ScopePage *page, GString *out);
