/* What is resampled: a test pattern, a tensor of the session, or what its expression gives. */
#include "model/comparison-private.h"

#include "files/value-text.h"
#include "model/tensor-item.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* ---- one line of the list ------------------------------------------------------------------- */

struct _ScopeComparisonSource
{
  GObject parent_instance;

  ScopeSourceKind kind;
  ScopeFill fill;
  char *name, *label;
};

enum
{
  PROP_0,
  PROP_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeComparisonSource, scope_comparison_source, G_TYPE_OBJECT)

static void
scope_comparison_source_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LABEL)
    g_value_set_string (value, SCOPE_COMPARISON_SOURCE (object)->label);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_comparison_source_finalize (GObject *object)
{
  ScopeComparisonSource *self = SCOPE_COMPARISON_SOURCE (object);

  g_free (self->name);
  g_free (self->label);

  G_OBJECT_CLASS (scope_comparison_source_parent_class)->finalize (object);
}

static void
scope_comparison_source_class_init (ScopeComparisonSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_comparison_source_get_property;
  object_class->finalize = scope_comparison_source_finalize;

  properties[PROP_LABEL] =
      g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_comparison_source_init (ScopeComparisonSource *self)
{
}

ScopeComparisonSource *
scope_comparison_source_new (ScopeSourceKind kind, ScopeFill fill, const char *name, char *label)
{
  ScopeComparisonSource *self = g_object_new (SCOPE_TYPE_COMPARISON_SOURCE, NULL);

  self->kind = kind;
  self->fill = fill;
  self->name = g_strdup (name);
  self->label = label;
  return self;
}

ScopeSourceKind
scope_comparison_source_get_kind (ScopeComparisonSource *self)
{
  return self->kind;
}

ScopeFill
scope_comparison_source_get_fill (ScopeComparisonSource *self)
{
  return self->fill;
}

const char *
scope_comparison_source_get_name (ScopeComparisonSource *self)
{
  return self->name;
}

/* Whether two lines mean the same source. */
static gboolean
is_same (const ScopeComparisonSource *a, const ScopeComparisonSource *b)
{
  return a->kind == b->kind && a->fill.kind == b->fill.kind && g_strcmp0 (a->name, b->name) == 0;
}

static const char *
translate (const char *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text);
}

/* ---- the list ------------------------------------------------------------------------------- */

static const struct
{
  ScopeFillKind kind;
  const char *label;
  int rows; /* and columns that it shows most with: shrinking shows aliasing, enlarging the kernel
             */
} patterns[] = {
  { SCOPE_FILL_ZONEPLATE, N_ ("Zone plate"), 1280 },
  { SCOPE_FILL_IMPULSE, N_ ("Impulse"), 15 },
  { SCOPE_FILL_STEP, N_ ("Step"), 16 },
  { SCOPE_FILL_CHECKERBOARD, N_ ("Checkerboard"), 1280 },
  { SCOPE_FILL_SIEMENS, N_ ("Siemens star"), 1280 },
  { SCOPE_FILL_TEXT, N_ ("Text"), 96 },
};

static int
best_size (const ScopeComparisonSource *source)
{
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    if (source != NULL && source->kind == SCOPE_SOURCE_PATTERN
        && source->fill.kind == patterns[i].kind)
      return patterns[i].rows;
  return 0;
}

void
scope_comparison_suit_size (ScopeComparison *self, guint before)
{
  g_autoptr (ScopeComparisonSource) old =
      g_list_model_get_item (G_LIST_MODEL (self->sources), before);
  g_autoptr (ScopeComparisonSource) chosen =
      g_list_model_get_item (G_LIST_MODEL (self->sources), self->source);
  int suits = best_size (chosen), suited = best_size (old);

  if (suited > 0)
    self->suited = self->pattern_size.size[0] == suited && self->pattern_size.size[1] == suited;
  if (suits == 0 || !self->suited)
    return;
  self->pattern_size = (ScopeShape){ .rank = 2, .size = { suits, suits } };
  g_free (self->source_size_text);
  self->source_size_text = scope_comparison_write_size (&self->pattern_size);
  scope_comparison_notify (self, "source-size");
}

static void
append_patterns (GPtrArray *list)
{
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      ScopeFill fill = { .kind = patterns[i].kind, .parameter = NAN };

      g_ptr_array_add (list, scope_comparison_source_new (SCOPE_SOURCE_PATTERN, fill, NULL,
                                                          g_strdup (_ (patterns[i].label))));
    }
}

static char *
label_of (const ScopeTensor *tensor)
{
  ScopeText text = { 0 };
  char *label;

  scope_text_printf (&text, "%s  ", tensor->name);
  scope_shape_print (&tensor->shape, SCOPE_SHAPE_LIST, &text);
  label = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return label;
}

static void
append_tensors (ScopeComparison *self, GPtrArray *list)
{
  ScopeScene *scene = scope_session_get_scene (self->session);
  ScopeFill none = { 0 };

  for (int i = 0; i < scene->tensors; i++)
    g_ptr_array_add (list, scope_comparison_source_new (SCOPE_SOURCE_TENSOR, none,
                                                        scene->tensor[i].tensor->name,
                                                        label_of (scene->tensor[i].tensor)));
  g_ptr_array_add (list, scope_comparison_source_new (SCOPE_SOURCE_RESULT, none, NULL,
                                                      g_strdup (_ ("Result of the expression"))));
}

/* What a person types; last, so that the entry for it stands right beside the list. */
static void
append_typed (GPtrArray *list)
{
  ScopeFill none = { 0 };

  g_ptr_array_add (
      list, scope_comparison_source_new (SCOPE_SOURCE_TYPED, none, NULL,
                                         /* TRANSLATORS: a source that is typed: an expression, a
                                            shape, a literal or a file's name */
                                         g_strdup (_ ("Typed expression"))));
}

/* Where the chosen source stands in another list; its first line when it is not there any more. */
static guint
find_same (GPtrArray *list, const ScopeComparisonSource *source)
{
  for (guint i = 0; source != NULL && i < list->len; i++)
    if (is_same (g_ptr_array_index (list, i), source))
      return i;
  return 0;
}

static gboolean
is_same_list (GPtrArray *list, GListModel *model)
{
  if (g_list_model_get_n_items (model) != list->len)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      ScopeComparisonSource *a = g_ptr_array_index (list, i);
      g_autoptr (ScopeComparisonSource) b = g_list_model_get_item (model, i);

      if (!is_same (a, b) || g_strcmp0 (a->label, b->label) != 0)
        return FALSE;
    }
  return TRUE;
}

void
scope_comparison_list_sources (ScopeComparison *self)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ScopeComparisonSource) chosen =
      g_list_model_get_item (G_LIST_MODEL (self->sources), self->source);

  append_patterns (list);
  if (self->session != NULL)
    append_tensors (self, list);
  append_typed (list);
  if (is_same_list (list, G_LIST_MODEL (self->sources)))
    return;
  self->source = find_same (list, chosen);
  g_list_store_splice (self->sources, 0, g_list_model_get_n_items (G_LIST_MODEL (self->sources)),
                       list->pdata, list->len);
  scope_comparison_notify (self, "source");
}

/* ---- taking one ----------------------------------------------------------------------------- */

ScopeSourceKind
scope_comparison_source_kind (ScopeComparison *self)
{
  g_autoptr (ScopeComparisonSource) source =
      g_list_model_get_item (G_LIST_MODEL (self->sources), self->source);

  return source != NULL ? source->kind : SCOPE_SOURCE_PATTERN;
}

void
scope_comparison_set_source_problem (ScopeComparison *self, const ScopeError *error)
{
  g_free (self->source_problem);
  self->source_problem = error != NULL ? g_strdup (error->sentence) : NULL;
  self->fault_begin = error != NULL ? (int)error->begin : -1;
  self->fault_end = error != NULL ? (int)error->end : -1;
  scope_comparison_notify (self, "source-problem");
}

static gboolean
fail (ScopeComparison *self, const char *problem)
{
  ScopeError error = { .begin = -1, .end = -1 };

  g_strlcpy (error.sentence, problem, sizeof error.sentence);
  scope_comparison_set_source_problem (self, &error);
  return FALSE;
}

static void
name_source (ScopeComparison *self, const char *name, char *definition)
{
  g_free (self->source_name);
  g_free (self->source_definition);
  self->source_name = g_strdup (name);
  self->source_definition = definition;
}

static gboolean
take_pattern (ScopeComparison *self, ScopeFill fill)
{
  ScopeShape shape = { .rank = 4,
                       .size = { 1, 1, self->pattern_size.size[0], self->pattern_size.size[1] } };
  ScopeError error;
  ScopeStorage *storage = scope_generator_new (fill, SCOPE_FLOAT32, &shape, &error);
  ScopeTensor *tensor = NULL;

  if (storage != NULL)
    tensor = scope_tensor_new ("A", SCOPE_FLOAT32, &shape, NULL, storage, &error);
  scope_storage_unref (storage);
  if (tensor == NULL)
    return fail (self, error.sentence);
  g_ptr_array_add (self->tensors, tensor);
  name_source (self, "A", g_strdup (""));
  return TRUE;
}

static void
add_scene_tensors (ScopeComparison *self)
{
  ScopeScene *scene = scope_session_get_scene (self->session);

  for (int i = 0; i < scene->tensors; i++)
    g_ptr_array_add (self->tensors, scope_tensor_ref (scene->tensor[i].tensor));
}

static gboolean
take_tensor (ScopeComparison *self, const char *name)
{
  if (self->session == NULL || scope_scene_find (scope_session_get_scene (self->session), name) < 0)
    return fail (self, _ ("This tensor is no longer there. Choose another source."));
  add_scene_tensors (self);
  name_source (self, name, g_strdup (""));
  return TRUE;
}

/* The statements with the last one's value kept as `result`, when it is not assigned anyway. */
static char *
define_result (const ScopeProgram *program, const ScopeNode *node, const char **name)
{
  const ScopeExpression *expression = program->expression;
  const ScopeSyntax *last = &expression->node[expression->statement[expression->statements - 1]];
  const char *begin, *end;

  if (last->kind != SCOPE_SYNTAX_VALUE && node->name != NULL)
    {
      *name = node->name;
      return g_strconcat (expression->source, "\n", NULL);
    }
  *name = "result";
  begin = g_utf8_offset_to_pointer (expression->source, last->span.begin);
  end = g_utf8_offset_to_pointer (expression->source, last->span.end);
  return g_strdup_printf ("%.*sresult = (%.*s)\n", (int)(begin - expression->source),
                          expression->source, (int)(end - begin), begin);
}

static gboolean
take_result (ScopeComparison *self)
{
  const ScopeProgram *program;
  const char *name;
  char *definition;

  if (self->session == NULL)
    return fail (self, _ ("There is no expression."));
  program = scope_session_get_report (self->session)->program;
  if (program->result < 0 || program->first_failure >= 0)
    return fail (self, _ ("The expression of the Debug page does not give a tensor yet. Mend it "
                          "there, or choose another source."));
  definition = define_result (program, program->node[program->result], &name);
  add_scene_tensors (self);
  name_source (self, name, definition);
  return TRUE;
}

/* ---- what was typed ------------------------------------------------------------------------- */

enum
{
  LONGEST_IN_CALLS = 48, /* characters of an expression that stands in every call */
};

/* Whether brackets or a dot may follow the expression as it is. */
static gboolean
is_primary (const ScopeSyntax *root)
{
  return root->kind == SCOPE_SYNTAX_NAME || root->kind == SCOPE_SYNTAX_CALL
         || root->kind == SCOPE_SYNTAX_SUBSCRIPT || root->kind == SCOPE_SYNTAX_ATTRIBUTE;
}

/* Calls are over the expression itself where it is short, else over a name that is given to it. */
static void
name_typed (ScopeComparison *self, const ScopeProgram *program)
{
  const ScopeNode *node = program->node[program->result];
  const ScopeExpression *expression = program->expression;
  const ScopeSyntax *root = &expression->node[expression->statement[0]];
  g_autofree char *text = g_strstrip (g_strdup (self->typed_text));
  g_autofree char *wrapped = g_strdup_printf ("(%s)", text);
  const char *name;
  char *definition;

  if (node->op == NULL && node->name != NULL)
    name_source (self, node->name, g_strdup (""));
  else if (expression->statements == 1 && root->kind == SCOPE_SYNTAX_VALUE
           && g_utf8_strlen (text, -1) <= LONGEST_IN_CALLS && strpbrk (text, "#;\n") == NULL)
    name_source (self, is_primary (&expression->node[root->child[0]]) ? text : wrapped,
                 g_strdup (""));
  else
    {
      definition = define_result (program, node, &name);
      name_source (self, name, definition);
    }
}

/* What is wrong leaves everything as it is. */
static gboolean
take_typed (ScopeComparison *self)
{
  ScopeScene *scene = self->session != NULL ? scope_session_get_scene (self->session) : NULL;
  g_autoptr (GPtrArray) tensors =
      g_ptr_array_new_with_free_func ((GDestroyNotify)scope_tensor_unref);
  ScopeCheckOptions options = { .translate = translate };
  ScopeValueText value = { 0 };
  ScopeError error = { .begin = -1, .end = -1 };

  options.dialect =
      self->session != NULL ? scope_session_get_dialect (self->session) : SCOPE_PYTORCH;
  for (int i = 0; scene != NULL && i < scene->tensors; i++)
    g_ptr_array_add (tensors, scope_tensor_ref (scene->tensor[i].tensor));
  if (!scope_value_text_read (self->typed_text, "source", (ScopeTensor *const *)tensors->pdata,
                              (int)tensors->len, &options, &value, &error))
    {
      scope_comparison_set_source_problem (self, &error);
      return FALSE;
    }
  scope_comparison_set_source_problem (self, NULL);
  if (value.tensor != NULL)
    {
      g_ptr_array_set_size (tensors, 0);
      g_ptr_array_add (tensors, scope_tensor_ref (value.tensor));
      name_source (self, "source", g_strdup (""));
    }
  else
    name_typed (self, value.tile->program);
  g_ptr_array_unref (self->tensors);
  self->tensors = g_steal_pointer (&tensors);
  scope_value_text_clear (&value);
  return TRUE;
}

char *
scope_comparison_write_source (ScopeComparison *self)
{
  g_autoptr (ScopeComparisonSource) source =
      g_list_model_get_item (G_LIST_MODEL (self->sources), self->source);
  ScopeShape shape = { .rank = 4,
                       .size = { 1, 1, self->pattern_size.size[0], self->pattern_size.size[1] } };

  if (source == NULL)
    return g_strdup ("");
  if (source->kind == SCOPE_SOURCE_PATTERN)
    return scope_tensor_text_compose (source->fill, SCOPE_FLOAT32, &shape);
  if (source->kind == SCOPE_SOURCE_RESULT && self->session != NULL)
    return g_strdup (scope_session_get_expression (self->session));
  return g_strdup (source->name != NULL ? source->name : "");
}

/* ---- all of them ---------------------------------------------------------------------------- */

gboolean
scope_comparison_take_source (ScopeComparison *self)
{
  g_autoptr (ScopeComparisonSource) source =
      g_list_model_get_item (G_LIST_MODEL (self->sources), self->source);

  if (source->kind == SCOPE_SOURCE_TYPED)
    return take_typed (self);
  g_ptr_array_set_size (self->tensors, 0);
  scope_comparison_set_source_problem (self, NULL);
  switch (source->kind)
    {
    case SCOPE_SOURCE_PATTERN:
      return take_pattern (self, source->fill);
    case SCOPE_SOURCE_TENSOR:
      return take_tensor (self, source->name);
    case SCOPE_SOURCE_RESULT:
    default:
      return take_result (self);
    }
}
