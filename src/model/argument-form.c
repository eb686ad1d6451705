/* The operation under focus as a form. */
#include "model/argument-form.h"

#include "advice/form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ScopeArgumentForm
{
  GObject parent_instance;

  ScopeSession *session;
  const ScopeOp *op;
  int node;
  GListStore *parameters;
  ScopeParameterItem *writing; /* whose change is being written: what was typed stays */
};

enum
{
  PROP_0,
  PROP_OPERATION,
  PROP_ABOUT,
  PROP_EDITABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeArgumentForm, scope_argument_form, G_TYPE_OBJECT)

/* ---- tensors -------------------------------------------------------------------------------- */

/* The scene's tensors as an array. Free with g_free. */
static ScopeTensor **
get_tensors (ScopeArgumentForm *self, int *n)
{
  const ScopeScene *scene = scope_session_get_scene (self->session);
  ScopeTensor **tensors = g_new0 (ScopeTensor *, (gsize)scene->tensors + 1);

  for (int i = 0; i < scene->tensors; i++)
    tensors[i] = scene->tensor[i].tensor;
  *n = scene->tensors;
  return tensors;
}

static const ScopeProgram *
get_program (ScopeArgumentForm *self)
{
  const ScopeReport *report = scope_session_get_report (self->session);

  return report != NULL ? report->program : NULL;
}

/* The first tensor that a node takes, or NULL. */
static const ScopeNode *
first_operand (const ScopeNode *node)
{
  const ScopeValue *value = node->value;

  for (int i = 0; value != NULL && node->op->parameter[i].name != NULL; i++)
    {
      if (value[i].kind == SCOPE_VALUE_TENSOR)
        return node->program->node[value[i].node];
      if (scope_value_is_sequence (&value[i]) && value[i].items > 0
          && value[i].item[0].kind == SCOPE_VALUE_TENSOR)
        return node->program->node[value[i].item[0].node];
    }
  return NULL;
}

/* The names of its axes, as a person gave them; NULL for none. */
static GStrv
axis_names (ScopeArgumentForm *self, const ScopeNode *operand)
{
  const ScopeScene *scene = scope_session_get_scene (self->session);
  int i = operand->tensor != NULL ? scope_scene_find (scene, operand->tensor->name) : -1;
  g_auto (GStrv) names = NULL;

  if (i < 0 || scene->tensor[i].axis_names == NULL)
    return NULL;
  names = g_strsplit_set (scene->tensor[i].axis_names, " ,", -1);
  return g_strv_length (names) == (guint)operand->shape.rank ? g_steal_pointer (&names) : NULL;
}

/* ---- controls ------------------------------------------------------------------------------- */

/* What a control is made from. */
typedef struct
{
  ScopeArgumentForm *form;
  const ScopeNode *node;
  const ScopeParameter *parameter;
  ScopeParameterItem *item; /* that is made or follows */
  const char *text;         /* as written, "" when not given */
  GPtrArray *labels, *codes;
  ScopeParameterState *state;
} Making;

static void
add_option (Making *making, const char *label, const char *code)
{
  if (strcmp (code, making->text) == 0)
    making->state->selected = making->labels->len;
  g_ptr_array_add (making->labels, g_strdup (label));
  g_ptr_array_add (making->codes, g_strdup (code));
}

/* The default comes first, what is none of the options last. */
static void
begin_options (Making *making)
{
  const char *initial = making->parameter->initial;

  making->state->control = SCOPE_CONTROL_CHOICE;
  making->state->selected = G_MAXUINT;
  if (initial != NULL)
    {
      /* TRANSLATORS: an argument that is not given, and what then counts */
      g_autofree char *label = g_strdup_printf (_ ("%s (default)"), initial);

      add_option (making, label, "");
    }
}

static void
end_options (Making *making)
{
  if (making->state->selected == G_MAXUINT)
    {
      making->state->selected = making->labels->len;
      g_ptr_array_add (making->labels,
                       g_strdup (making->text[0] != '\0' ? making->text : _ ("not given")));
      g_ptr_array_add (making->codes, g_strdup (making->text));
    }
  g_ptr_array_add (making->labels, NULL);
  g_ptr_array_add (making->codes, NULL);
}

/* An axis counts from the end when it did before. */
static void
make_axis (Making *making)
{
  const ScopeNode *operand = first_operand (making->node);
  const char *name = making->node->op->name;
  gboolean more = strcmp (name, "stack") == 0 || strcmp (name, "unsqueeze") == 0;
  gboolean negative = making->text[0] == '-';
  int rank = operand != NULL ? operand->shape.rank + (more ? 1 : 0) : 0;
  g_auto (GStrv) names = operand != NULL && !more ? axis_names (making->form, operand) : NULL;

  begin_options (making);
  for (int axis = 0; axis < rank; axis++)
    {
      g_autofree char *code = g_strdup_printf ("%d", negative ? axis - rank : axis);
      g_autofree char *label =
          names != NULL ? g_strdup_printf ("%d (−%d) · %s", axis, rank - axis, names[axis])
                        : g_strdup_printf ("%d (−%d)", axis, rank - axis);

      add_option (making, label, code);
    }
  /* It becomes an entry then. */
  if (making->parameter->takes == SCOPE_TAKES_AXES && rank > 1)
    add_option (making, _ ("several: (0, 1)"), "(0, 1)");
  end_options (making);
}

/* One axis or none is chosen from a list; several are typed, and an order of all of them is. */
static gboolean
is_one_axis (const Making *making)
{
  const char *text = making->text;
  gsize digits = strspn (text + (text[0] == '-'), "0123456789") + (text[0] == '-');
  gboolean typed = making->item == making->form->writing && making->item != NULL
                   && scope_parameter_item_get_control (making->item) == SCOPE_CONTROL_ENTRY;

  return !typed && strcmp (making->node->op->name, "permute") != 0 && text[digits] == '\0';
}

static void
make_choice (Making *making)
{
  g_auto (GStrv) choices = g_strsplit (making->parameter->choices, " ", -1);
  char quote = making->text[0] == '"' ? '"' : '\'';

  begin_options (making);
  for (guint i = 0; choices[i] != NULL; i++)
    {
      g_autofree char *code = g_strdup_printf ("%c%s%c", quote, choices[i], quote);

      add_option (making, choices[i], code);
    }
  end_options (making);
}

static void
make_dtype (Making *making)
{
  static const char *const modules[] = { "torch", "np", "tf", "jnp" };
  ScopeDialect dialect = making->node->dialect;
  static const ScopeDtype dtypes[] = { SCOPE_FLOAT32, SCOPE_FLOAT64, SCOPE_FLOAT16,  SCOPE_BFLOAT16,
                                       SCOPE_UINT8,   SCOPE_INT8,    SCOPE_INT16,    SCOPE_INT32,
                                       SCOPE_INT64,   SCOPE_BOOL,    SCOPE_COMPLEX64 };

  begin_options (making);
  for (guint i = 0; i < G_N_ELEMENTS (dtypes); i++)
    {
      const char *name = scope_dtype_name (dtypes[i]);
      gboolean trailing = dialect == SCOPE_NUMPY && dtypes[i] == SCOPE_BOOL;
      g_autofree char *code =
          g_strdup_printf ("%s.%s%s", modules[dialect], name, trailing ? "_" : "");

      if (dialect != SCOPE_NUMPY || dtypes[i] != SCOPE_BFLOAT16)
        add_option (making, name, code);
    }
  end_options (making);
}

static void
make_tensor (Making *making)
{
  const ScopeScene *scene = scope_session_get_scene (making->form->session);

  begin_options (making);
  for (int i = 0; i < scene->tensors; i++)
    add_option (making, scene->tensor[i].tensor->name, scene->tensor[i].tensor->name);
  end_options (making);
}

/* TRUE when the text is no more than a truth value. */
static gboolean
make_check (Making *making)
{
  const char *initial = making->parameter->initial;
  const char *value = making->text[0] != '\0' ? making->text : initial;
  gboolean truth = g_strcmp0 (value, "True") == 0;

  if (making->text[0] != '\0' && !truth && strcmp (making->text, "False") != 0
      && strcmp (making->text, "None") != 0)
    return FALSE;
  making->state->control = SCOPE_CONTROL_CHECK;
  making->state->active = truth;
  making->state->inconsistent = g_strcmp0 (value, "None") == 0;
  return TRUE;
}

static void
make_control (Making *making)
{
  switch (making->parameter->takes)
    {
    case SCOPE_TAKES_AXIS:
      make_axis (making);
      break;
    case SCOPE_TAKES_AXES:
      if (is_one_axis (making))
        make_axis (making);
      break;
    case SCOPE_TAKES_CHOICE:
      make_choice (making);
      break;
    case SCOPE_TAKES_DTYPE:
      make_dtype (making);
      break;
    case SCOPE_TAKES_TENSOR:
      make_tensor (making);
      break;
    case SCOPE_TAKES_BOOL:
      make_check (making);
      break;
    default:
      break;
    }
}

/* ---- following the expression --------------------------------------------------------------- */

/* What the framework says of an argument that is at fault itself. */
static const char *
find_problem (const ScopeNode *node, const ScopeFormField *field)
{
  const ScopeFailure *failure = node->failure;

  if (failure == NULL || !field->given || failure->span.begin < field->span.begin
      || failure->span.end > field->span.end
      || (failure->span.begin == node->span.begin && failure->span.end == node->span.end))
    return NULL;
  return scope_text_string (failure->sentence.length > 0 ? &failure->sentence : &failure->message);
}

static void
update_item (ScopeArgumentForm *self,
             const ScopeNode *node,
             const ScopeFormField *field,
             ScopeParameterItem *item)
{
  const ScopeParameter *parameter = &node->op->parameter[field->parameter];
  const char *text = field->given ? scope_text_string (&field->text) : "";
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  ScopeParameterState state = { .control = SCOPE_CONTROL_ENTRY,
                                .text = text,
                                .placeholder = parameter->initial != NULL ? parameter->initial : "",
                                .problem = find_problem (node, field) };
  Making making = { self, node, parameter, item, text, labels, codes, &state };

  make_control (&making);
  if (state.control == SCOPE_CONTROL_CHOICE)
    {
      state.labels = (const char *const *)labels->pdata;
      state.codes = (const char *const *)codes->pdata;
    }
  /* While it is typed it stays as it is typed: 2 x 3, not (2, 3). */
  if (item == self->writing && state.control == SCOPE_CONTROL_ENTRY)
    state.text = scope_parameter_item_get_text (item);
  scope_parameter_item_update (item, &state);
}

static void written (ScopeArgumentForm *self, const char *code, ScopeParameterItem *item);

static ScopeParameterItem *
new_item (ScopeArgumentForm *self, const ScopeNode *node, const ScopeFormField *field)
{
  const ScopeParameter *parameter = &node->op->parameter[field->parameter];
  ScopeParameterItem *item =
      scope_parameter_item_new (field->parameter, parameter->name, parameter->about);

  update_item (self, node, field, item);
  g_signal_connect_object (item, "write", G_CALLBACK (written), self, G_CONNECT_SWAPPED);
  return item;
}

static gboolean
is_control (ScopeParameterItem *item, int parameter, ScopeControl control)
{
  return scope_parameter_item_get_parameter (item) == parameter
         && scope_parameter_item_get_control (item) == control;
}

/* Whether the items show the same parameters with the same controls, so that they can stay. */
static gboolean
update_items (ScopeArgumentForm *self, const ScopeNode *node, const ScopeForm *form)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->parameters));
  gboolean same = n == (guint)form->fields;

  for (int i = 0; same && i < form->fields; i++)
    {
      g_autoptr (ScopeParameterItem) item =
          g_list_model_get_item (G_LIST_MODEL (self->parameters), (guint)i);
      ScopeControl control = scope_parameter_item_get_control (item);

      same = scope_parameter_item_get_parameter (item) == form->field[i].parameter;
      if (!same)
        break;
      update_item (self, node, &form->field[i], item);
      same = is_control (item, form->field[i].parameter, control);
    }
  return same;
}

static void
fill_items (ScopeArgumentForm *self, const ScopeNode *node, const ScopeForm *form)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->parameters));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < form->fields; i++)
    g_ptr_array_add (items, new_item (self, node, &form->field[i]));
  g_list_store_splice (self->parameters, 0, n, items->pdata, items->len);
}

/* The node that the report looks at, else the last that has a form; −1 for none. */
static int
find_node (const ScopeReport *report)
{
  const ScopeProgram *program = report->program;
  int focus = report->focus;

  if (focus >= 0 && program->node[focus]->op != NULL && !program->node[focus]->inner)
    return focus;
  for (int i = program->nodes - 1; i >= 0; i--)
    if (program->node[i]->op != NULL && !program->node[i]->inner)
      return i;
  return -1;
}

static void
follow (ScopeArgumentForm *self)
{
  const ScopeReport *report = scope_session_get_report (self->session);
  const ScopeOp *old = self->op;
  ScopeForm form = { 0 };
  int node = report != NULL ? find_node (report) : -1;
  gboolean found = node >= 0 && scope_form_read (report->program, node, &form);

  self->op = found ? form.op : NULL;
  self->node = node;
  if (!found)
    g_list_store_remove_all (self->parameters);
  else if (self->op != old || !update_items (self, report->program->node[node], &form))
    fill_items (self, report->program->node[node], &form);
  scope_form_clear (&form);
  if (self->op == old)
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPERATION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ABOUT]);
}

static void
problem_changed (ScopeArgumentForm *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
}

/* ---- writing -------------------------------------------------------------------------------- */

/* Puts what was typed for a string in quotes, unless it has some. */
static char *
quote (const ScopeParameter *parameter, const char *code)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (code));
  g_autofree char *escaped = NULL;

  if (parameter->takes != SCOPE_TAKES_STRING || trimmed[0] == '\0' || trimmed[0] == '\''
      || trimmed[0] == '"' || strcmp (trimmed, "None") == 0)
    return g_steal_pointer (&trimmed);
  escaped = g_strescape (trimmed, NULL);
  return g_strdup_printf (strchr (escaped, '\'') != NULL ? "\"%s\"" : "'%s'", escaped);
}

static void
written (ScopeArgumentForm *self, const char *code, ScopeParameterItem *item)
{
  int parameter = scope_parameter_item_get_parameter (item), n;
  const ScopeProgram *program = get_program (self);
  g_autofree ScopeTensor **tensors = get_tensors (self, &n);
  g_autofree char *value = NULL;
  ScopeText text = { 0 };
  ScopeError error = { 0 };

  if (program == NULL || self->op == NULL)
    return;
  value = quote (&self->op->parameter[parameter], code);
  if (!scope_form_write (program, self->node, parameter, value, tensors, n, &text, &error))
    {
      scope_parameter_item_set_problem (item, error.sentence);
      scope_text_clear (&text);
      return;
    }
  scope_parameter_item_set_problem (item, NULL);
  self->writing = item;
  scope_session_set_expression (self->session, scope_text_string (&text));
  self->writing = NULL;
  scope_text_clear (&text);
}

gboolean
scope_argument_form_choose (ScopeArgumentForm *self, const ScopeOp *op)
{
  ScopeText text = { 0 };
  g_autofree ScopeTensor **tensors = NULL;
  gboolean found;
  int n;

  g_return_val_if_fail (SCOPE_IS_ARGUMENT_FORM (self), FALSE);
  g_return_val_if_fail (op != NULL, FALSE);

  tensors = get_tensors (self, &n);
  found = scope_form_example (op, scope_session_get_dialect (self->session), tensors, n, &text);
  if (found)
    scope_session_write_expression (self->session, scope_text_string (&text));
  scope_text_clear (&text);
  return found;
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_argument_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeArgumentForm *self = SCOPE_ARGUMENT_FORM (object);

  switch (id)
    {
    case PROP_OPERATION:
      g_value_set_string (value, self->op != NULL ? self->op->name : NULL);
      break;
    case PROP_ABOUT:
      g_value_set_string (value, self->op != NULL ? self->op->about : NULL);
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, scope_session_get_problem (self->session) == NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_argument_form_finalize (GObject *object)
{
  ScopeArgumentForm *self = SCOPE_ARGUMENT_FORM (object);

  g_clear_object (&self->session);
  g_object_unref (self->parameters);

  G_OBJECT_CLASS (scope_argument_form_parent_class)->finalize (object);
}

static void
scope_argument_form_class_init (ScopeArgumentFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = scope_argument_form_get_property;
  object_class->finalize = scope_argument_form_finalize;

  properties[PROP_OPERATION] = g_param_spec_string ("operation", NULL, NULL, NULL, readable);
  properties[PROP_ABOUT] = g_param_spec_string ("about", NULL, NULL, NULL, readable);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, TRUE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_argument_form_init (ScopeArgumentForm *self)
{
  self->parameters = g_list_store_new (SCOPE_TYPE_PARAMETER_ITEM);
}

ScopeArgumentForm *
scope_argument_form_new (ScopeSession *session)
{
  ScopeArgumentForm *self = g_object_new (SCOPE_TYPE_ARGUMENT_FORM, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::report", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::problem", G_CALLBACK (problem_changed), self,
                           G_CONNECT_SWAPPED);
  follow (self);
  return self;
}

const ScopeOp *
scope_argument_form_get_op (ScopeArgumentForm *self)
{
  g_return_val_if_fail (SCOPE_IS_ARGUMENT_FORM (self), NULL);
  return self->op;
}

GListModel *
scope_argument_form_get_parameters (ScopeArgumentForm *self)
{
  g_return_val_if_fail (SCOPE_IS_ARGUMENT_FORM (self), NULL);
  return G_LIST_MODEL (self->parameters);
}
