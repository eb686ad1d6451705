/* Comparisons that stand ready: a source, a size, ways and a reference that show one thing well. */
#include "model/comparison-private.h"

#include <string.h>

static const struct
{
  const char *name;
  ScopeFillKind pattern; /* of the source, unless it is typed */
  int rows;              /* and columns of it */
  const char *typed;
  const char *size; /* of the results */
  const char *ways, *reference;
} ready[] = {
  { "shrinking", SCOPE_FILL_ZONEPLATE, 1280, NULL, "256 × 256",
    "nearest,bilinear,bicubic,area,bilinear+antialias,bicubic+antialias", "area" },
  /* Values that are their own columns: a result says where it was taken. */
  { "corners", SCOPE_FILL_RAMP, 0, "[[0, 1, 2, 3]]", "1 × 8",
    "bilinear,bilinear+align_corners,bicubic,bicubic+align_corners", "bilinear" },
  /* Not a whole ratio, where conventions part. */
  { "libraries", SCOPE_FILL_ZONEPLATE, 480, NULL, "336 × 336",
    "bilinear,pytorch-2:linear,opencv:linear,pillow:linear,tensorflow:linear,tensorflow-1:linear,"
    "onnx:linear,bilinear+antialias",
    "bilinear" },
  { "enlarging", SCOPE_FILL_TEXT, 48, NULL, "384 × 384",
    "nearest,bilinear,bicubic,filter:catmull-rom,filter:mitchell,filter:lanczos3", "bicubic" },
  { "filters", SCOPE_FILL_SIEMENS, 1024, NULL, "192 × 192",
    "area,bilinear+antialias,bicubic+antialias,filter:hamming+antialias,filter:mitchell+antialias,"
    "filter:gaussian+antialias,filter:catmull-rom+antialias,filter:lanczos3+antialias,"
    "filter:lanczos5+antialias",
    "filter:lanczos3+antialias" },
};

const char *
scope_comparison_ready (guint i)
{
  return i < G_N_ELEMENTS (ready) ? ready[i].name : NULL;
}

static guint
find_source (ScopeComparison *self, ScopeSourceKind kind, ScopeFillKind pattern)
{
  GListModel *sources = G_LIST_MODEL (self->sources);

  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (ScopeComparisonSource) source = g_list_model_get_item (sources, i);

      if (scope_comparison_source_get_kind (source) == kind
          && (kind != SCOPE_SOURCE_PATTERN
              || scope_comparison_source_get_fill (source).kind == pattern))
        return i;
    }
  return 0;
}

static void
take_source (ScopeComparison *self, guint i)
{
  ScopeSourceKind kind = ready[i].typed != NULL ? SCOPE_SOURCE_TYPED : SCOPE_SOURCE_PATTERN;

  self->source = find_source (self, kind, ready[i].pattern);
  if (ready[i].typed != NULL)
    {
      g_free (self->typed_text);
      self->typed_text = g_strdup (ready[i].typed);
    }
  else
    {
      self->pattern_size = (ScopeShape){ .rank = 2, .size = { ready[i].rows, ready[i].rows } };
      g_free (self->source_size_text);
      self->source_size_text = scope_comparison_write_size (&self->pattern_size);
    }
}

static void
take_tiles (ScopeComparison *self, guint i)
{
  g_auto (GStrv) words = g_strsplit (ready[i].ways, ",", -1);

  scope_comparison_clear_tiles (self);
  self->reference = 0;
  for (guint k = 0; words[k] != NULL; k++)
    {
      ScopeRecipe recipe;

      if (!scope_recipe_parse (words[k], strlen (words[k]), &recipe, NULL))
        g_assert_not_reached (); /* the table is wrong */
      if (strcmp (words[k], ready[i].reference) == 0)
        self->reference = k;
      scope_comparison_append_tile (self, &recipe);
    }
  scope_comparison_number_tiles (self);
}

gboolean
scope_comparison_take_ready (ScopeComparison *self, const char *name)
{
  static const char *const properties[] = { "source", "is-pattern",  "is-typed",
                                            "typed",  "source-size", "reference" };
  guint i = 0;

  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);

  while (i < G_N_ELEMENTS (ready) && strcmp (ready[i].name, name) != 0)
    i++;
  if (i == G_N_ELEMENTS (ready))
    return FALSE;
  scope_comparison_set_view (self, SCOPE_COMPARE_VALUES);
  scope_comparison_set_one_range (self, TRUE);
  take_source (self, i);
  take_tiles (self, i);
  for (guint k = 0; k < G_N_ELEMENTS (properties); k++)
    scope_comparison_notify (self, properties[k]);
  scope_comparison_set_size (self, ready[i].size);
  scope_comparison_restart (self);
  return TRUE;
}
