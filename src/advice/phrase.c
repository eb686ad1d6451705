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

static void
print_transpose (const ScopePhrase *phrase,
                 const char *source,
                 ScopeDialect dialect,
                 ScopeText *out)
{
  static const char *const tensor[SCOPE_N_DIALECTS] = {
    [SCOPE_PYTORCH] = "%s.transpose(-2, -1)",
    [SCOPE_NUMPY] = "np.swapaxes(%s, -2, -1)",
    [SCOPE_TENSORFLOW] = "tf.linalg.matrix_transpose(%s)",
    [SCOPE_JAX] = "jnp.swapaxes(%s, -2, -1)",
  };
  bool matrix = phrase->rank == 2;
  scope_text_printf (out,
                     matrix && dialect == SCOPE_TENSORFLOW ? "tf.transpose(%s)"
                     : matrix                              ? "%s.T"
                                                           : tensor[dialect],
                     source);
}

/* Where the first joined size can be left to the framework, the code fits any batch. */
static void
print_flatten (const ScopePhrase *phrase, const char *source, ScopeDialect dialect, ScopeText *out)
{
  if (dialect == SCOPE_PYTORCH && phrase->to_end)
    scope_text_printf (out, "%s.flatten(%d)", source, phrase->axis);
  else
    print_reshape (phrase, source, dialect, out);
}

static void
print_expand (const ScopePhrase *phrase, const char *source, ScopeDialect dialect, ScopeText *out)
{
  static const char *const head[SCOPE_N_DIALECTS] = {
    [SCOPE_PYTORCH] = "%s.expand(",
    [SCOPE_NUMPY] = "np.broadcast_to(%s, ",
    [SCOPE_TENSORFLOW] = "tf.broadcast_to(%s, ",
    [SCOPE_JAX] = "jnp.broadcast_to(%s, ",
  };
  scope_text_printf (out, head[dialect], source);
  if (dialect == SCOPE_PYTORCH)
    print_numbers (phrase, out);
  else
    print_tuple (phrase, out);
  scope_text_append (out, ")");
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
    case SCOPE_PHRASE_MEAN_KEPT:
      scope_text_printf (out,
                         dialect == SCOPE_PYTORCH      ? "%s.mean(%d, keepdim=True)"
                         : dialect == SCOPE_TENSORFLOW ? "tf.reduce_mean(%s, %d, keepdims=True)"
                                                       : "%s.mean(%d, keepdims=True)",
                         source, phrase->axis);
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
    case SCOPE_PHRASE_TRANSPOSE:
      print_transpose (phrase, source, dialect, out);
      break;
    case SCOPE_PHRASE_FLATTEN:
      print_flatten (phrase, source, dialect, out);
      break;
    case SCOPE_PHRASE_EXPAND:
      print_expand (phrase, source, dialect, out);
      break;
    }
}
