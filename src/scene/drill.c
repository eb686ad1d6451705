/* Making exercises up. */
#include "scene/drill.h"

#include <stdio.h>
#include <string.h>

enum
{
  AXES_MOST = 4,
  TRIES = 32, /* for one that differs from the last */
};

typedef struct
{
  char expression[80];
  char shape[2][64];
  int tensors;
} Draft;

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
static uint64_t
next_bits (ScopeDrill *drill)
{
  uint64_t z = drill->state += UINT64_C (0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

/* low … high. */
static int
pick (ScopeDrill *drill, int low, int high)
{
  return low + (int)(next_bits (drill) % (uint64_t)(high - low + 1));
}

static bool
toss (ScopeDrill *drill)
{
  return pick (drill, 0, 1) == 1;
}

static void
print_shape (const int *size, int rank, char *out, size_t room)
{
  size_t used = (size_t)snprintf (out, room, "%s", rank == 0 ? "()" : "");
  for (int i = 0; i < rank && used < room; i++)
    used += (size_t)snprintf (out + used, room - used, i > 0 ? ",%d" : "%d", size[i]);
}

/* ---- broadcasting --------------------------------------------------------------------------- */

static void
fill_sizes (ScopeDrill *drill, int *size, int rank)
{
  static const int large[] = { 8, 16, 32, 64, 256 };
  bool few = pick (drill, 0, 3) > 0;
  for (int i = 0; i < rank; i++)
    size[i] = few ? pick (drill, 2, 6) : large[pick (drill, 0, 4)];
}

static const char *
pick_sign (ScopeDrill *drill)
{
  static const char *const signs[] = { "+", "-", "*" };
  return signs[pick (drill, 0, 2)];
}

/* Two shapes that broadcast: axes missing in front of one, ones on either side. */
static void
draft_pair (ScopeDrill *drill, bool ones, Draft *draft)
{
  int size[AXES_MOST], own[2][AXES_MOST], rank = pick (drill, ones ? 1 : 2, AXES_MOST - 1);
  int missing = ones && toss (drill) ? 0 : pick (drill, ones ? 0 : 1, rank - (ones ? 0 : 1));
  int shorter = pick (drill, 0, 1), stretched = 0;
  fill_sizes (drill, size, rank);
  memcpy (own[0], size, sizeof size);
  memcpy (own[1], size, sizeof size);
  for (int i = 0; ones && i < rank; i++)
    if (toss (drill) || (i == rank - 1 && stretched == 0))
      {
        own[pick (drill, 0, 1)][i] = 1;
        stretched++;
      }
  for (int t = 0; t < 2; t++)
    {
      int skip = t == shorter ? missing : 0;
      print_shape (own[t] + skip, rank - skip, draft->shape[t], sizeof draft->shape[t]);
    }
  draft->tensors = 2;
  snprintf (draft->expression, sizeof draft->expression, "A %s B", pick_sign (drill));
}

/* Half of them with one size changed, so that it meets another and neither is 1; or a target that
 * would have to stretch. */
static void
draft_failure (ScopeDrill *drill, Draft *draft)
{
  int own[2][AXES_MOST], rank = pick (drill, 1, AXES_MOST - 1);
  bool assigns = toss (drill), fails = toss (drill);
  int at = pick (drill, 0, rank - 1), missing = pick (drill, 0, at);
  fill_sizes (drill, own[0], rank);
  memcpy (own[1], own[0], sizeof own[0]);
  for (int i = 0; i < rank; i++)
    if (i != at && toss (drill))
      own[1][i] = 1;
  if (fails && assigns && toss (drill))
    own[0][at] = 1;
  else if (fails)
    own[1][at] = own[0][at] + pick (drill, 1, 3);
  print_shape (own[0], rank, draft->shape[0], sizeof draft->shape[0]);
  print_shape (own[1] + missing, rank - missing, draft->shape[1], sizeof draft->shape[1]);
  draft->tensors = 2;
  snprintf (draft->expression, sizeof draft->expression, assigns ? "A[...] = B" : "A %s B",
            pick_sign (drill));
}

/* ---- other operations ----------------------------------------------------------------------- */

static void
draft_join (ScopeDrill *drill, Draft *draft)
{
  int own[2][AXES_MOST], rank = pick (drill, 1, 3), axis = pick (drill, 0, rank - 1);
  bool stacks = pick (drill, 0, 2) == 0;
  fill_sizes (drill, own[0], rank);
  memcpy (own[1], own[0], sizeof own[0]);
  if (!stacks)
    own[1][axis] = pick (drill, 1, 6);
  if (pick (drill, 0, 3) == 0 && (rank > 1 || stacks))
    own[1][(axis + 1) % rank] += pick (drill, 1, 2);
  print_shape (own[0], rank, draft->shape[0], sizeof draft->shape[0]);
  print_shape (own[1], rank, draft->shape[1], sizeof draft->shape[1]);
  draft->tensors = 2;
  snprintf (draft->expression, sizeof draft->expression,
            stacks ? "torch.stack((A, B), dim=%d)" : "torch.cat((A, B), dim=%d)", axis);
}

static void
draft_product (ScopeDrill *drill, Draft *draft)
{
  int m = pick (drill, 2, 5), k = pick (drill, 2, 5), n = pick (drill, 2, 5);
  int batch = pick (drill, 2, 4), other = pick (drill, 0, 3) == 0 ? k + 1 : k;
  bool batches = toss (drill);
  const int a[] = { batch, m, k }, b[] = { other, n };
  print_shape (batches ? a : a + 1, batches ? 3 : 2, draft->shape[0], sizeof draft->shape[0]);
  print_shape (b, 2, draft->shape[1], sizeof draft->shape[1]);
  draft->tensors = 2;
  snprintf (draft->expression, sizeof draft->expression, "A @ B");
}

static void
draft_reshape (ScopeDrill *drill, Draft *draft)
{
  int a = pick (drill, 2, 4), b = pick (drill, 2, 4), c = pick (drill, 2, 4);
  const int size[] = { a, b * c };
  print_shape (size, 2, draft->shape[0], sizeof draft->shape[0]);
  draft->tensors = 1;
  switch (pick (drill, 0, 2))
    {
    case 0:
      snprintf (draft->expression, sizeof draft->expression, "A.reshape(%d, -1)", a * b);
      break;
    case 1:
      snprintf (draft->expression, sizeof draft->expression, "A.reshape(%d, %d, %d)", b, a, c);
      break;
    default:
      snprintf (draft->expression, sizeof draft->expression, "A.reshape(%d, %d)", a * b, c + 1);
      break;
    }
}

static void
draft_view (ScopeDrill *drill, Draft *draft)
{
  static const char *const views[] = { "A.permute(2, 0, 1)",
                                       "A.permute(1, 2, 0)",
                                       "A.transpose(0, 2)",
                                       "A[0]",
                                       "A[:, None]",
                                       "A[..., 1:]",
                                       "A[:, 1]",
                                       "A[:, ::2]",
                                       "A.sum(1)",
                                       "A.mean(-1)",
                                       "A.sum(0, keepdim=True)",
                                       "A.amax(2, keepdim=True)",
                                       "A.flatten(1)",
                                       "A.unsqueeze(0)" };
  int size[AXES_MOST];
  fill_sizes (drill, size, 3);
  print_shape (size, 3, draft->shape[0], sizeof draft->shape[0]);
  draft->tensors = 1;
  snprintf (draft->expression, sizeof draft->expression, "%s",
            views[pick (drill, 0, (int)(sizeof views / sizeof views[0]) - 1)]);
}

static void
draft_one (ScopeDrill *drill, Draft *draft)
{
  static void (*const others[]) (ScopeDrill *, Draft *) = { draft_join, draft_product,
                                                            draft_reshape, draft_view, draft_view };
  switch (drill->level)
    {
    case SCOPE_DRILL_RANKS:
      draft_pair (drill, false, draft);
      break;
    case SCOPE_DRILL_ONES:
      draft_pair (drill, true, draft);
      break;
    case SCOPE_DRILL_FAILURES:
      draft_failure (drill, draft);
      break;
    case SCOPE_DRILL_OPS:
    case SCOPE_N_DRILLS:
      others[pick (drill, 0, 4)](drill, draft);
      break;
    }
}

/* ---- the whole ------------------------------------------------------------------------------ */

void
scope_drill_begin (ScopeDrill *drill, ScopeDrillLevel level, uint64_t seed)
{
  *drill = (ScopeDrill){ .level = level, .state = seed };
}

ScopeExercise *
scope_drill_next (ScopeDrill *drill, const char *(*translate) (const char *text))
{
  Draft draft;
  char asked[sizeof drill->last];
  int tries = 0;
  do
    {
      draft = (Draft){ 0 };
      draft_one (drill, &draft);
      snprintf (asked, sizeof asked, "%s|%s|%s", draft.expression, draft.shape[0], draft.shape[1]);
    }
  while (strcmp (asked, drill->last) == 0 && ++tries < TRIES);
  memcpy (drill->last, asked, sizeof asked);
  const ScopeExerciseTensor tensors[] = { { "A", draft.shape[0] }, { "B", draft.shape[1] } };
  return scope_exercise_new (draft.expression, tensors, draft.tensors, SCOPE_PYTORCH, translate,
                             NULL);
}
