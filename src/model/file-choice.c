/* A file that holds several tensors: what there is to choose from. */
#include "model/file-choice.h"

struct _ScopeMember
{
  GObject parent_instance;

  char *name;
  char *facts;
  gboolean readable;
};

enum
{
  PROP_0,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeMember, scope_member, G_TYPE_OBJECT)

static void
scope_member_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NAME)
    g_value_set_string (value, SCOPE_MEMBER (object)->name);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_member_finalize (GObject *object)
{
  g_free (SCOPE_MEMBER (object)->name);
  g_free (SCOPE_MEMBER (object)->facts);

  G_OBJECT_CLASS (scope_member_parent_class)->finalize (object);
}

static void
scope_member_class_init (ScopeMemberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_member_get_property;
  object_class->finalize = scope_member_finalize;

  properties[PROP_NAME] =
      g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_member_init (ScopeMember *self)
{
}

static ScopeMember *
member_new (const ScopeTensorInfo *info)
{
  ScopeMember *self = g_object_new (SCOPE_TYPE_MEMBER, NULL);
  ScopeText facts = { 0 };

  scope_text_printf (&facts, "%s ", info->dtype);
  scope_shape_print (&info->shape, SCOPE_SHAPE_LIST, &facts);
  if (info->note != NULL)
    scope_text_printf (&facts, " · %s", info->note);
  self->name = g_strdup (info->name);
  self->facts = g_strdup (scope_text_string (&facts));
  self->readable = info->readable;
  scope_text_clear (&facts);
  return self;
}

const char *
scope_member_get_name (ScopeMember *self)
{
  g_return_val_if_fail (SCOPE_IS_MEMBER (self), NULL);
  return self->name;
}

const char *
scope_member_get_facts (ScopeMember *self)
{
  g_return_val_if_fail (SCOPE_IS_MEMBER (self), NULL);
  return self->facts;
}

gboolean
scope_member_get_readable (ScopeMember *self)
{
  g_return_val_if_fail (SCOPE_IS_MEMBER (self), FALSE);
  return self->readable;
}

/* ---- the choice ----------------------------------------------------------------------------- */

struct _ScopeFileChoice
{
  GObject parent_instance;

  GFile *file;
  guint index;
  GListStore *members;
};

G_DEFINE_FINAL_TYPE (ScopeFileChoice, scope_file_choice, G_TYPE_OBJECT)

static void
scope_file_choice_finalize (GObject *object)
{
  ScopeFileChoice *self = SCOPE_FILE_CHOICE (object);

  g_clear_object (&self->file);
  g_clear_object (&self->members);

  G_OBJECT_CLASS (scope_file_choice_parent_class)->finalize (object);
}

static void
scope_file_choice_class_init (ScopeFileChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scope_file_choice_finalize;
}

static void
scope_file_choice_init (ScopeFileChoice *self)
{
  self->members = g_list_store_new (SCOPE_TYPE_MEMBER);
}

ScopeFileChoice *
scope_file_choice_new (GFile *file, guint i, GPtrArray *infos)
{
  ScopeFileChoice *self = g_object_new (SCOPE_TYPE_FILE_CHOICE, NULL);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);

  self->file = g_object_ref (file);
  self->index = i;
  for (guint k = 0; k < infos->len; k++)
    g_ptr_array_add (members, member_new (g_ptr_array_index (infos, k)));
  g_list_store_splice (self->members, 0, 0, members->pdata, members->len);
  return self;
}

GFile *
scope_file_choice_get_file (ScopeFileChoice *self)
{
  g_return_val_if_fail (SCOPE_IS_FILE_CHOICE (self), NULL);
  return self->file;
}

guint
scope_file_choice_get_index (ScopeFileChoice *self)
{
  g_return_val_if_fail (SCOPE_IS_FILE_CHOICE (self), 0);
  return self->index;
}

GListModel *
scope_file_choice_get_members (ScopeFileChoice *self)
{
  g_return_val_if_fail (SCOPE_IS_FILE_CHOICE (self), NULL);
  return G_LIST_MODEL (self->members);
}
