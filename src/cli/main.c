/* shapescope-cli: the terminal program. */
#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *about;
} Command;

static const Command commands[] = {
  { "check", scope_cli_check,
    "EXPR [NAME=TENSOR...]   does it fit, why not, what would make it fit" },
  { "compare", scope_cli_compare,
    "ACTUAL DESIRED [NAME=TENSOR...]   are two tensors equal within a tolerance, and where not" },
  { "eval", scope_cli_eval, "EXPR [NAME=TENSOR...] -o OUT.npy   computes the result" },
  { "explain", scope_cli_explain,
    "[FILE]   a pasted error message or traceback (standard input): the same report" },
  { "render", scope_cli_render,
    "align|heatmap EXPR [NAME=TENSOR...] -o OUT.{svg,pdf,png}   draws it" },
  { "info", scope_cli_info, "FILE...   what is in tensor files" },
  { "ops", scope_cli_ops, "the operations and their spellings" },
};

static void
print_help (void)
{
  scope_cli_put (
      "Usage: shapescope-cli COMMAND [ARGUMENT...]\n\n"
      "Shows why tensor shapes do not fit, what would make them fit, and what comes out.\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *line = g_strdup_printf ("  %-7s %s\n", commands[i].name, commands[i].about);
      scope_cli_put (line);
    }
  scope_cli_put ("\nshapescope-cli COMMAND --help says more of each.\n"
                 "Example: shapescope-cli check 'A[...] = B' A=1,1,256,256 B=1,1,1280,256\n");
}

static int
run (int argc, char **argv)
{
  if (argc < 2)
    {
      scope_cli_complain ("no command is named. Write shapescope-cli --help for what there is.");
      return SCOPE_EXIT_TROUBLE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0
      || strcmp (argv[1], "help") == 0)
    {
      print_help ();
      return SCOPE_EXIT_DONE;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      scope_cli_put ("shapescope-cli " SCOPE_VERSION "\n");
      return SCOPE_EXIT_DONE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return commands[i].run (argc - 1, argv + 1);
  scope_cli_complain (
      "%s: there is no such command. Write shapescope-cli --help for what there is.", argv[1]);
  return SCOPE_EXIT_TROUBLE;
}

int
main (int argc, char **argv)
{
  signal (SIGPIPE, SIG_IGN); /* a reader that went away and a full disk are errors to be said, */
  signal (SIGXFSZ, SIG_IGN); /* not reasons to die with half a file */
  int status = run (argc, argv);
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      if (errno != EPIPE)
        scope_cli_complain ("standard output: it cannot be written: %s.", g_strerror (errno));
      return SCOPE_EXIT_TROUBLE;
    }
  return status;
}
