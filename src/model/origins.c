/* Where one element of a result comes from. */
#include "model/origins.h"

#include <math.h>
#include <string.h>

enum
{
  DEEPEST = 64,    /* operations on a way back */
  MOST = 1024,     /* elements told */
  VISITED = 50000, /* elements met altogether */
};

/* One following back. */
typedef struct
{
  ScopeOrigins *origins;
  GHashTable *seen;            /* of Place → its number + 1 in leaf or step */
  const ScopeReading *reading; /* or NULL */
  int visited;
} Way;

typedef struct
{
  int node, rank;
  gint64 index[SCOPE_MAX_RANK];
} Place;

typedef struct
{
  ScopeTrace trace;
  Way *way;
  const ScopeNode *node;
  double weight; /* of this node's element in the result */
  int depth;
} Step;

static guint
place_hash (gconstpointer key)
{
  const Place *place = key;
  guint64 hash = (guint64)place->node * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  for (int axis = 0; axis < place->rank; axis++)
    hash = (hash ^ (guint64)place->index[axis]) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return (guint)(hash >> 32);
}

static gboolean
place_equal (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  return x->node == y->node && memcmp (x->index, y->index, (gsize)x->rank * sizeof *x->index) == 0;
}

/* Adds to the weight of an element, or tells it for the first time. FALSE when there are enough. */
static gboolean
tell (Way *way, GArray *list, const ScopeNode *node, const gint64 *index, double weight)
{
  Place place = { .node = node->number, .rank = node->shape.rank };
  ScopeOrigin origin = { .node = node->number, .weight = weight };
  guint number;

  memcpy (place.index, index, (gsize)place.rank * sizeof *index);
  memcpy (origin.index, index, (gsize)place.rank * sizeof *index);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (way->seen, &place));
  if (number > 0)
    {
      g_array_index (list, ScopeOrigin, number - 1).weight += weight;
      return TRUE;
    }
  if (list->len >= MOST)
    return FALSE;
  g_array_append_val (list, origin);
  g_hash_table_insert (way->seen, g_memdup2 (&place, sizeof place), GUINT_TO_POINTER (list->len));
  return TRUE;
}

static gboolean follow (Way *way, int number, const gint64 *index, double weight, int depth);

static bool
follow_input (ScopeTrace *trace, int input, const int64_t *index, double weight)
{
  Step *step = (Step *)trace;

  if (input < 0 || input >= step->node->inputs)
    return true;
  return follow (step->way, step->node->input[input], index, step->weight * weight,
                 step->depth + 1);
}

/* FALSE when the following is given up. */
static gboolean
follow (Way *way, int number, const gint64 *index, double weight, int depth)
{
  const ScopeNode *node = way->origins->program->node[number];
  Step step = { .trace = { .add = follow_input, .reading = way->reading },
                .way = way,
                .node = node,
                .weight = weight,
                .depth = depth };
  gboolean whole = ++way->visited <= VISITED && depth <= DEEPEST;

  if (node->op == NULL)
    whole = whole && tell (way, way->origins->leaf, node, index, weight);
  else if (node->op->trace == NULL)
    whole = FALSE;
  else if (whole)
    {
      if (depth > 0 && node->name != NULL)
        tell (way, way->origins->step, node, index, weight);
      node->op->trace (node, index, &step.trace);
      way->origins->picks = way->origins->picks || step.trace.picks;
      return way->origins->complete;
    }
  if (!whole)
    way->origins->complete = FALSE;
  return whole;
}

ScopeOrigins *
scope_origins_new (ScopeProgram *program,
                   int node,
                   const gint64 *index,
                   const ScopeReading *reading)
{
  ScopeOrigins *origins = g_new0 (ScopeOrigins, 1);
  Way way = { .origins = origins,
              .reading = reading,
              .seen = g_hash_table_new_full (place_hash, place_equal, g_free, NULL) };

  origins->program = scope_program_ref (program);
  origins->node = node;
  memcpy (origins->index, index, (gsize)program->node[node]->shape.rank * sizeof *origins->index);
  origins->leaf = g_array_new (FALSE, FALSE, sizeof (ScopeOrigin));
  origins->step = g_array_new (FALSE, FALSE, sizeof (ScopeOrigin));
  origins->complete = TRUE;
  follow (&way, node, index, 1, 0);
  g_hash_table_unref (way.seen);
  return origins;
}

void
scope_origins_free (ScopeOrigins *origins)
{
  if (origins == NULL)
    return;
  scope_program_unref (origins->program);
  g_array_unref (origins->leaf);
  g_array_unref (origins->step);
  g_free (origins);
}

gboolean
scope_origins_are_of (const ScopeOrigins *origins,
                      const ScopeProgram *program,
                      int node,
                      const gint64 *index)
{
  return origins != NULL && origins->program == program && origins->node == node
         && memcmp (origins->index, index, (gsize)program->node[node]->shape.rank * sizeof *index)
                == 0;
}

gboolean
scope_origins_equal (const ScopeOrigins *a, const ScopeOrigins *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return scope_origins_are_of (a, b->program, b->node, b->index) && a->picks == b->picks;
}

gboolean
scope_origins_copied (const ScopeOrigins *origins)
{
  return origins->complete && origins->leaf->len == 1
         && g_array_index (origins->leaf, ScopeOrigin, 0).weight == 1;
}
