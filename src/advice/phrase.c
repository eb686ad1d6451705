/* Phrases of the four frameworks. */
#include "advice/phrase.h"

static void
print_numbers (const ScopePhrase *phrase, ScopeText *out)
{
  for (int i = 0; i < phrase->rank; i++)
    scope_text_printf (out, i > 0 ? ", %lld" : "%lld", (long long)phrase->number[i]);
}

/* `(2, 3)`, `(2,)` */
static void
print_tuple (const ScopePhrase *phrase, ScopeText *out)
{
  scope_text_append (out, "(");
  print_numbers (phrase, out);
  scope_text_append (out, phrase->rank == 1 ? ",)" : ")");
}

static void
print_reshape (const ScopePhrase *phrase, const char *source, ScopeDialect dialect, ScopeText *out)
{
  scope_text_printf (out, dialect == SCOPE_TENSORFLOW ? "tf.reshape(%s, [" : "%s.reshape(", source);
  print_numbers (phrase, out);
  scope_text_append (out, dialect == SCOPE_TENSORFLOW ? "])" : ")");
}

static void
print_permute (const ScopePhrase *phrase, const char *source, ScopeDialect dialect, ScopeText *out)
{
  static const char *const head[SCOPE_N_DIALECTS] = {
    [SCOPE_PYTORCH] = "%s.permute(",
    [SCOPE_NUMPY] = "%s.transpose(",
    [SCOPE_TENSORFLOW] = "tf.transpose(%s, [",
    [SCOPE_JAX] = "%s.transpose(",
  };
  scope_text_printf (out, head[dialect], source);
  print_numbers (phrase, out);
  scope_text_append (out, dialect == SCOPE_TENSORFLOW ? "])" : ")");
}

static void
print_fold (const ScopePhrase *phrase, const char *source, ScopeDialect dialect, ScopeText *out)
{
  scope_text_append (out, dialect == SCOPE_TENSORFLOW ? "tf.reduce_mean(" : "");
  print_reshape (phrase, source, dialect, out);
  scope_text_printf (out, dialect == SCOPE_TENSORFLOW ? ", %d)" : ".mean(%d)", phrase->axis);
}

static void
print_pad (const ScopePhrase *phrase, const char *source, ScopeDialect dialect, ScopeText *out)
{
  if (dialect == SCOPE_PYTORCH)
    {
      /* Pairs from the last axis on, as far as one is padded. */
      int first = 0;
      while (first < phrase->rank - 1 && phrase->number[first] == 0)
        first++;
      scope_text_printf (out, "F.pad(%s, (", source);
      for (int axis = phrase->rank - 1; axis >= first; axis--)
        scope_text_printf (out, axis < phrase->rank - 1 ? ", 0, %lld" : "0, %lld",
                           (long long)phrase->number[axis]);
      scope_text_append (out, "))");
      return;
    }
  static const char *const head[SCOPE_N_DIALECTS] = { [SCOPE_NUMPY] = "np.pad(%s, [",
                                                      [SCOPE_TENSORFLOW] = "tf.pad(%s, [",
                                                      [SCOPE_JAX] = "jnp.pad(%s, [" };
  scope_text_printf (out, head[dialect], source);
  for (int axis = 0; axis < phrase->rank; axis++)
    scope_text_printf (out, axis > 0 ? ", (0, %lld)" : "(0, %lld)",
                       (long long)phrase->number[axis]);
  scope_text_append (out, "])");
}

static void
print_tile (const ScopePhrase *phrase, const char *source, ScopeDialect dialect, ScopeText *out)
{
  static const char *const head[SCOPE_N_DIALECTS] = {
    [SCOPE_PYTORCH] = "%s.repeat",
    [SCOPE_NUMPY] = "np.tile(%s, ",
    [SCOPE_TENSORFLOW] = "tf.tile(%s, ",
    [SCOPE_JAX] = "jnp.tile(%s, ",
  };
  scope_text_printf (out, head[dialect], source);
  print_tuple (phrase, out);
  scope_text_append (out, dialect == SCOPE_PYTORCH ? "" : ")");
}

static void
print_squeeze (const ScopePhrase *phrase, const char *source, ScopeDialect dialect, ScopeText *out)
{
  scope_text_printf (out, dialect == SCOPE_TENSORFLOW ? "tf.squeeze(%s, %d)" : "%s.squeeze(%d)",
                     source, phrase->axis);
}

void
scope_phrase_print (const ScopePhrase *phrase,
                    const char *source,
                    ScopeDialect dialect,
                    ScopeText *out)
{
  switch (phrase->kind)
    {
    case SCOPE_PHRASE_INDEX:
      scope_text_append (out, source);
      scope_text_append (out, phrase->text);
      break;
    case SCOPE_PHRASE_RESHAPE:
      print_reshape (phrase, source, dialect, out);
      break;
    case SCOPE_PHRASE_PERMUTE:
      print_permute (phrase, source, dialect, out);
      break;
    case SCOPE_PHRASE_FOLD_MEAN:
      print_fold (phrase, source, dialect, out);
      break;
    case SCOPE_PHRASE_PAD:
      print_pad (phrase, source, dialect, out);
      break;
    case SCOPE_PHRASE_TILE:
      print_tile (phrase, source, dialect, out);
      break;
    case SCOPE_PHRASE_SQUEEZE:
      print_squeeze (phrase, source, dialect, out);
      break;
    }
}
