/* The command line: options, the expression, and the tensors it speaks of. */
#pragma once

#include "core/executor.h"
#include "core/tensor.h"
#include "ops/program.h"

#include <gio/gio.h>

typedef struct
{
  gboolean json, quiet;
  gboolean help; /* was asked for and has been printed: nothing else is to be done */
  ScopeDialect dialect;
  ScopeExecutor *executor; /* NULL: one thread */
  char *expression;        /* NULL when the subcommand has none */
  int tensors;
  ScopeTensor **tensor;
  char **rest; /* positional arguments beside these, NULL-terminated */
} ScopeArguments;

/* What a subcommand takes. */
typedef struct
{
  const char *usage;         /* after the name: "EXPR [NAME=TENSOR...]" */
  const char *about;         /* for --help */
  const GOptionEntry *extra; /* its own options, or NULL */
  gboolean has_expression;
  int leading; /* positional arguments before the expression; they go to `rest` */
} ScopeUsage;

/* Reads the command line of a subcommand, opens its tensors and does its `work`; gives the exit
 * status. What is wrong is said, in JSON too where that is asked for. */
int scope_arguments_run (const ScopeUsage *usage,
                         int argc,
                         char **argv,
                         int (*work) (const ScopeArguments *arguments, gpointer data),
                         gpointer data);

/* Says that a text of the command line is wrong, with a mark under the characters at fault. */
void scope_arguments_point (const char *text, gint64 begin, gint64 end);
/* Says why an expression cannot be parsed, in JSON too where that is asked for. */
void scope_arguments_refuse_expression (const ScopeArguments *self, const ScopeError *error);

/* Parses and checks the expression; NULL when it cannot be parsed, which has been said. */
ScopeProgram *scope_arguments_check (const ScopeArguments *self);
/* SCOPE_EXIT_DONE when the program has a result; else it says why not and gives the status. */
int scope_arguments_has_result (const ScopeArguments *self, const ScopeProgram *program);
