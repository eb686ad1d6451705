/* What the command line says: an expression, definitions NAME=TENSOR, files. */
#pragma once

#include <gio/gio.h>

typedef struct
{
  char *expression; /* NULL: none */
  GPtrArray *names; /* of char*, NULL-terminated once read; as many as texts */
  GPtrArray *texts;
  GPtrArray *files; /* of GFile */
} ScopeArguments;

/* Reads arguments (without the program's name); relative paths are of `folder` (NULL: the working
 * directory). FALSE with the error for what is neither a definition, a file, nor an expression
 * beside another. Cleared with scope_arguments_clear. */
gboolean scope_arguments_read (const char *const *arguments,
                               const char *folder,
                               ScopeArguments *out,
                               GError **error);
void scope_arguments_clear (ScopeArguments *arguments);
