/* Comparing the arguments given with the signatures of a PyTorch function, to say what is wrong as
 * its argument parser does. */
#include "ops/torch-signature.h"

#include "ops/argument.h"

#include <stdio.h>
#include <string.h>

enum
{
  MOST_WORDS = 16
};

/* One parameter of a signature: `int dim`, `tuple of ints dim`; `*` has no name. */
typedef struct
{
  const char *type, *name;
  size_t type_length, name_length;
} Word;

/* The arguments as PyTorch counts them: keywords in the reverse of the order written. */
typedef struct
{
  const ScopeCall *call;
  int positionals, keywords;
  const ScopeArgument *positional, *keyword; /* the latter: the last one written */
} Given;

static Given
count_given (const ScopeCall *call)
{
  int skipped = call->method;
  Given given = { .call = call, .positional = call->argument + skipped };
  while (skipped + given.positionals < call->arguments
         && given.positional[given.positionals].name == NULL)
    given.positionals++;
  given.keywords = call->arguments - skipped - given.positionals;
  given.keyword = call->argument + call->arguments - 1;
  return given;
}

static const char *
type_of (const Given *given, const ScopeArgument *argument)
{
  return scope_value_type_name (given->call, &argument->value);
}

/* `(Tensor, dim=float)`. PyTorch takes the last comma away only when something is positional. */
static void
print_given (const Given *given, ScopeText *text)
{
  scope_text_append (text, "(");
  for (int i = 0; i < given->positionals; i++)
    scope_text_printf (text, "%s%s", i > 0 ? ", " : "", type_of (given, &given->positional[i]));
  for (int i = 0; i < given->keywords; i++)
    {
      const ScopeArgument *keyword = given->keyword - i;
      scope_text_printf (text, "%s%s=%s", i + given->positionals > 0 ? ", " : "", keyword->name,
                         type_of (given, keyword));
    }
  scope_text_append (text, given->positionals == 0 && given->keywords > 0 ? ", )" : ")");
}

/* The words of "(a b, c d)"; "()" has one empty word. */
static int
split (const char *signature, Word *word)
{
  int words = 0;
  const char *at = signature + 1, *end = signature + strlen (signature) - 1;
  do
    {
      const char *comma = strstr (at, ", ");
      const char *stop = comma != NULL && comma < end ? comma : end;
      const char *space = stop;
      while (space > at && space[-1] != ' ')
        space--;
      word[words++] =
          (Word){ at, space, space > at ? (size_t)(space - 1 - at) : 0, (size_t)(stop - space) };
      at = stop + 2;
    }
  while (at <= end && words < MOST_WORDS);
  return words;
}

static bool
is_called (const Word *word, const char *name)
{
  return strlen (name) == word->name_length && strncmp (word->name, name, word->name_length) == 0;
}

/* Keywords that no parameter from `first` on is called. */
static bool
print_unmatched (const Given *given, const Word *word, int words, int first, ScopeText *text)
{
  bool any = false;
  for (int i = 0; i < given->keywords; i++)
    {
      const char *name = (given->keyword - i)->name;
      bool found = false;
      for (int w = first; w < words; w++)
        found = found || is_called (&word[w], name);
      if (found)
        continue;
      scope_text_printf (
          text, "%s%s",
          any ? ", " : "      didn't match because some of the keywords were incorrect: ", name);
      any = true;
    }
  if (any)
    scope_text_append (text, "\n");
  return any;
}

static bool
type_matches (const Word *word, const char *type)
{
  return strlen (type) == word->type_length && strncmp (word->type, type, word->type_length) == 0;
}

/* `(Tensor, !float!)`: what has the wrong type stands between exclamation marks. */
static void
print_mismatched (const Given *given, const Word *word, ScopeText *text)
{
  int total = given->positionals + given->keywords;
  scope_text_append (text,
                     "      didn't match because some of the arguments have invalid types: (");
  for (int i = 0; i < total; i++)
    {
      const ScopeArgument *argument = &given->positional[i];
      for (int k = 0; i >= given->positionals && k < given->keywords; k++)
        if (is_called (&word[i], (given->keyword - k)->name))
          argument = given->keyword - k;
      const char *type = type_of (given, argument);
      const char *mark = type_matches (&word[i], type) ? "" : "!";
      scope_text_printf (text, "%s%s", i > 0 ? ", " : "", mark);
      if (i >= given->positionals)
        scope_text_printf (text, "%.*s=", (int)word[i].name_length, word[i].name);
      scope_text_printf (text, "%s%s", type, mark);
    }
  scope_text_append (text, given->positionals == 0 && total > 0 ? ", )\n" : ")\n");
}

/* A signature, and why it does not fit if it takes as many arguments as were given. */
static void
print_signature (const Given *given, const char *signature, ScopeText *text)
{
  Word word[MOST_WORDS];
  int words = split (signature, word);
  scope_text_printf (text, " * %s\n", signature);
  if (words != given->positionals + given->keywords)
    return;
  if (!print_unmatched (given, word, words, words - given->keywords, text))
    print_mismatched (given, word, text);
}

bool
scope_torch_refuse_arguments (const ScopeCall *call,
                              const ScopeTorchSignatures *signatures,
                              ScopeFailure *failure)
{
  const char *const *signature = call->method ? signatures->method : signatures->function;
  Given given = count_given (call);
  ScopeText text = { 0 };
  scope_text_printf (&text, "%s() received an invalid combination of arguments - got ",
                     scope_call_function (call));
  print_given (&given, &text);
  scope_text_append (&text, ", but expected one of:\n");
  for (int i = 0; i < SCOPE_TORCH_SIGNATURES && signature[i] != NULL; i++)
    print_signature (&given, signature[i], &text);
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  scope_failure_explain (failure, "%s does not take these arguments.", scope_call_function (call));
  scope_failure_say (failure, "TypeError", "%s", scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

/* Where among the arguments in the brackets a parameter was given, from 1; 0: by name. */
static int
place_of (const ScopeCall *call, int parameter)
{
  const ScopeValue *value = &call->value[parameter];
  for (int i = call->method; i < call->arguments; i++)
    {
      const ScopeArgument *argument = &call->argument[i];
      if (argument->value.span.begin == value->span.begin
          && argument->value.span.end == value->span.end && argument->value.kind == value->kind)
        return argument->name == NULL ? i + 1 - call->method : 0;
    }
  return 0;
}

bool
scope_torch_refuse_argument (const ScopeCall *call,
                             int parameter,
                             const char *wanted,
                             ScopeFailure *failure)
{
  char place[32] = "";
  int position = place_of (call, parameter);
  if (position > 0)
    snprintf (place, sizeof place, " (position %d)", position);
  return scope_call_refuse (call, parameter, failure, "%s(): argument '%s'%s must be %s, not %s",
                            scope_call_function (call), call->op->parameter[parameter].name, place,
                            wanted, scope_value_type_name (call, &call->value[parameter]));
}
