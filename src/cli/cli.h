/* What the subcommands of shapescope-cli share: exit statuses, messages, output. */
#pragma once

#include <glib.h>

enum
{
  SCOPE_EXIT_DONE = 0,    /* it fits; it is done */
  SCOPE_EXIT_FAILS = 1,   /* it does not fit */
  SCOPE_EXIT_TROUBLE = 2, /* wrong usage, unreadable input, failed output */
};

/* Each runs one subcommand; argv[0] is its name. */
int scope_cli_check (int argc, char **argv);
int scope_cli_compare (int argc, char **argv);
int scope_cli_eval (int argc, char **argv);
int scope_cli_explain (int argc, char **argv);
int scope_cli_info (int argc, char **argv);
int scope_cli_ops (int argc, char **argv);
int scope_cli_render (int argc, char **argv);

/* Writes "shapescope-cli: " and the message, control characters made visible, to standard error. */
void scope_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Writes a text to standard output as it stands. */
void scope_cli_put (const char *text);
/* Whether standard output shows colours: a terminal, and NO_COLOR not set. */
gboolean scope_cli_has_colors (void);
/* Columns of the terminal on standard output; 0 when it is none. */
int scope_cli_columns (void);
/* A text that came from outside: control and bidirectional characters made visible, line breaks
 * kept. Freed by the caller. */
char *scope_cli_visible (const char *text);
/* The columns that a text takes on a terminal. */
int scope_cli_width (const char *text);
