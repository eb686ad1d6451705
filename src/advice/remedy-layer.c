/* Layers of networks: a batch or channel axis that is missing, channels at the end, channels too
 * many or too few, kernels larger than what they slide over. */
#include "advice/finder.h"

#include "core/checked.h"
#include "ops/bind.h"

#include <string.h>

enum
{
  GREY = 1,
  COLOR = 3,
  COLOR_ALPHA = 4,
};

/* Writes a keyword argument: over what stands there, or behind the rest. */
static ScopeRemedy *
offer_keyword (ScopeFinder *finder, ScopeRemedyKind kind, const char *name, const char *value)
{
  const ScopeValue *given = scope_finder_argument (finder, name);
  const ScopeSyntax *call = scope_finder_syntax (finder);
  if (given != NULL)
    return scope_finder_offer_text (finder, kind, given->span, value);
  if (call == NULL || call->kind != SCOPE_SYNTAX_CALL)
    return NULL;
  if (scope_finder_is_layer (finder))
    call = &finder->program->expression->node[call->child[0]];
  ScopeText text = { 0 };
  scope_text_printf (&text, ", %s=%s", name, value);
  ScopeRemedy *remedy =
      scope_finder_offer_text (finder, kind, (ScopeSpan){ call->span.end - 1, call->span.end - 1 },
                               scope_text_string (&text));
  scope_text_clear (&text);
  return remedy;
}

/* An axis of 1 in front: the batch; behind the batch: the channel. */
static void
offer_missing_axes (ScopeFinder *finder, int rank, bool channel)
{
  const ScopeShape *input = scope_finder_shape (finder, 0);
  int before[SCOPE_MAX_RANK + 1] = { 0 };
  int missing = rank - input->rank;
  if (missing == 1 || missing == 0)
    {
      before[1] = 1;
      if (channel && input->rank > 0)
        scope_change_unsqueeze (finder, 0, before, 0.93);
      before[1] = 0;
    }
  if (missing < 1 || missing > 3)
    return;
  before[0] = missing;
  scope_change_unsqueeze (finder, 0, before, 0.95);
}

static void
offer_fewer_axes (ScopeFinder *finder, int rank)
{
  const ScopeShape *input = scope_finder_shape (finder, 0);
  if (input->rank <= rank)
    return;
  for (int axis = 0; axis < input->rank; axis++)
    if (input->size[axis] == 1)
      scope_change_squeeze (finder, 0, axis, 0.94);
  scope_change_flatten (finder, 0, 0, input->rank - rank, 0.8);
  scope_change_pick (finder, 0, 0, 0.6);
}

/* Channels stand last, as TensorFlow, OpenCV and Pillow keep them. */
static void
offer_channels_first (ScopeFinder *finder, int channel, int64_t wanted)
{
  const ScopeShape *input = scope_finder_shape (finder, 0);
  for (int axis = input->rank - 1; axis > channel; axis--)
    {
      int order[SCOPE_MAX_RANK], at = 0;
      if (input->size[axis] != wanted)
        continue;
      for (int i = 0; i < input->rank; i++)
        if (i != axis)
          {
            if (at == channel)
              order[at++] = axis;
            order[at++] = i;
          }
      if (at == channel)
        order[at] = axis;
      scope_change_permute (finder, 0, order, axis == input->rank - 1 ? 0.93 : 0.7);
    }
  for (int axis = 0; axis < channel; axis++)
    if (input->size[axis] == wanted)
      {
        int order[SCOPE_MAX_RANK];
        for (int i = 0; i < input->rank; i++)
          order[i] = i == axis ? channel : i == channel ? axis : i;
        scope_change_permute (finder, 0, order, 0.7);
      }
}

static void
as_channel (ScopeFinder *finder, ScopeRemedy *remedy, const char *title, const char *sentence)
{
  if (remedy == NULL)
    return;
  remedy->kind = SCOPE_REMEDY_CHANNEL;
  scope_text_clear (&remedy->title);
  scope_text_clear (&remedy->sentence);
  scope_finder_title (finder, remedy, title, 0);
  scope_text_append (&remedy->sentence, scope_finder_say (finder, sentence));
}

/* Grey for colour, alpha too many. */
static void
offer_color (ScopeFinder *finder, int channel, int64_t wanted)
{
  const ScopeShape *input = scope_finder_shape (finder, 0);
  int64_t has = input->size[channel];
  if (has == COLOR_ALPHA && wanted == COLOR)
    as_channel (finder, scope_change_cut (finder, 0, channel, 0, COLOR, 0.91),
                SCOPE_TEXT ("Drop a channel of %s"),
                SCOPE_TEXT ("leaves out the last channel (alpha of RGBA)"));
  else if (has == GREY && wanted > 1)
    as_channel (finder, scope_change_repeat (finder, 0, channel, wanted, 0.9),
                SCOPE_TEXT ("Give %s the same in every channel"),
                SCOPE_TEXT ("copies the one channel; no value is made up"));
  else if (wanted == GREY && has > 1 && has <= COLOR_ALPHA)
    {
      ScopePhrase phrase = { .kind = SCOPE_PHRASE_MEAN_KEPT, .rank = input->rank, .axis = channel };
      ScopeRemedy *remedy = scope_finder_offer (finder, SCOPE_REMEDY_CHANNEL, 0, &phrase);
      if (remedy == NULL)
        return;
      scope_finder_title (finder, remedy, SCOPE_TEXT ("Make %s grey"), 0);
      scope_text_append (&remedy->sentence,
                         scope_finder_say (finder, "averages the channels into one; every value "
                                                   "counts"));
      remedy->keeps = 1;
      remedy->invents = 1;
      remedy->badge = SCOPE_BADGE_INVENTS;
      remedy->likelihood = 0.84;
    }
}

/* ---- convolution ---------------------------------------------------------------------------- */

static void
offer_groups (ScopeFinder *finder, int64_t channels)
{
  const ScopeShape *weight = scope_finder_shape (finder, 1);
  if (weight->size[1] < 1 || channels % weight->size[1] != 0 || channels == weight->size[1])
    return;
  ScopeText groups = { 0 };
  scope_text_printf (&groups, "%lld", (long long)(channels / weight->size[1]));
  ScopeRemedy *remedy =
      offer_keyword (finder, SCOPE_REMEDY_CHANNEL, "groups", scope_text_string (&groups));
  if (remedy != NULL)
    {
      scope_text_append (&remedy->title, scope_finder_say (finder, "Convolve in groups"));
      scope_text_printf (&remedy->sentence,
                         scope_finder_say (finder, "splits the %lld channels into %s groups; each "
                                                   "kernel sees only its own"),
                         (long long)channels, scope_text_string (&groups));
      remedy->keeps = 1;
      remedy->exact = true;
      remedy->badge = SCOPE_BADGE_REORDERS;
      remedy->likelihood = 0.45;
    }
  scope_text_clear (&groups);
}

/* A kernel of more places than the input has: zeros around it, as many as are lacking. */
static void
offer_padding (ScopeFinder *finder, const ScopeShape *kernel, int first)
{
  const ScopeShape *input = scope_finder_shape (finder, 0);
  int spatial = kernel->rank - first;
  ScopeText text = { 0 };
  if (input->rank < spatial)
    return;
  scope_text_append (&text, spatial > 1 ? "(" : "");
  for (int i = 0; i < spatial; i++)
    {
      int64_t lacking = kernel->size[first + i] - input->size[input->rank - spatial + i];
      scope_text_printf (&text, i > 0 ? ", %lld" : "%lld",
                         (long long)(lacking > 0 ? (lacking + 1) / 2 : 0));
    }
  scope_text_append (&text, spatial > 1 ? ")" : "");
  ScopeRemedy *remedy =
      offer_keyword (finder, SCOPE_REMEDY_PAD, "padding", scope_text_string (&text));
  if (remedy != NULL)
    {
      scope_finder_title (finder, remedy, SCOPE_TEXT ("Pad around %s"), 0);
      scope_text_printf (&remedy->sentence,
                         scope_finder_say (finder, "keeps every value and slides over zeros "
                                                   "around them: padding=%s"),
                         scope_text_string (&text));
      remedy->keeps = 1;
      remedy->invents = 0.5;
      remedy->badge = SCOPE_BADGE_INVENTS;
      remedy->likelihood = 0.85;
    }
  scope_text_clear (&text);
}

static void
mend_convolution (ScopeFinder *finder)
{
  const ScopeShape *input = scope_finder_shape (finder, 0),
                   *weight = scope_finder_shape (finder, 1);
  if (input == NULL || weight == NULL || weight->rank < 3)
    return;
  bool transposed = scope_finder_is (finder, "conv_transpose");
  const ScopeValue *given = scope_finder_argument (finder, "groups");
  int64_t groups = given != NULL && given->integer > 0 ? given->integer : 1, wanted;
  int spatial = weight->rank - 2, channel = input->rank - spatial - 1;
  if (transposed)
    wanted = weight->size[0];
  else if (!scope_checked_mul (weight->size[1], groups, &wanted))
    return;
  offer_missing_axes (finder, spatial + 2, wanted == 1);
  offer_fewer_axes (finder, spatial + 2);
  if (!transposed)
    offer_padding (finder, weight, 2);
  if (channel < 0 || channel > 1)
    return;
  int64_t has = input->size[channel];
  if (has != wanted)
    {
      offer_channels_first (finder, channel, wanted);
      offer_color (finder, channel, wanted);
      if (!transposed)
        offer_groups (finder, has);
      scope_change_size (finder, 0, channel, wanted, has > wanted ? 0.8 : 0.7);
      scope_change_size (finder, 1, transposed ? 0 : 1, transposed ? has : has / groups, 0.6);
    }
  if (finder->failure->operands > 2)
    scope_change_size (finder, 2, 0, transposed ? weight->size[1] * groups : weight->size[0], 0.9);
}

/* ---- pooling, normalisation ----------------------------------------------------------------- */

/* The number of spatial axes stands in the function's name. */
static int
spatial_axes (const ScopeFinder *finder)
{
  const char *name = finder->node->spelling != NULL ? finder->node->spelling->name : "";
  size_t length = strlen (name);
  return length > 2 && name[length - 1] == 'd' && name[length - 2] >= '1' && name[length - 2] <= '3'
             ? name[length - 2] - '0'
             : 0;
}

static void
mend_pooling (ScopeFinder *finder)
{
  const ScopeShape *input = scope_finder_shape (finder, 0);
  int spatial = spatial_axes (finder);
  if (input == NULL || spatial == 0)
    return;
  if (input->rank < spatial + 1)
    offer_missing_axes (finder, spatial + 1, false);
  if (input->rank < spatial + 2)
    offer_missing_axes (finder, spatial + 2, false);
  offer_fewer_axes (finder, spatial + 2);
}

/* `F.layer_norm(A, A.shape[-n:])`, written out. */
static void
mend_layer_norm (ScopeFinder *finder)
{
  const ScopeShape *input = scope_finder_shape (finder, 0);
  const ScopeValue *shape = scope_finder_argument (finder, "normalized_shape");
  if (input == NULL || shape == NULL || input->rank == 0)
    return;
  int wanted = scope_value_is_sequence (shape) ? shape->items : 1;
  for (int count = 1; count <= input->rank && count <= 3; count++)
    {
      ScopeText text = { 0 };
      scope_text_append (&text, "(");
      for (int i = input->rank - count; i < input->rank; i++)
        scope_text_printf (&text, i > input->rank - count ? ", %lld" : "%lld",
                           (long long)input->size[i]);
      scope_text_append (&text, count == 1 ? ",)" : ")");
      ScopeRemedy *remedy = scope_finder_offer_text (finder, SCOPE_REMEDY_AXIS, shape->span,
                                                     scope_text_string (&text));
      scope_text_clear (&text);
      if (remedy == NULL)
        continue;
      scope_text_append (&remedy->title, scope_finder_say (finder, "Normalise what is there"));
      scope_text_printf (&remedy->sentence,
                         scope_finder_say (finder, "normalises over the last %d axes as they are; "
                                                   "the layer is made for that shape"),
                         count);
      remedy->keeps = 1;
      remedy->exact = true;
      remedy->likelihood = count == wanted ? 0.8 : 0.7;
    }
  for (int axis = 0; axis + 1 < input->rank; axis++)
    {
      int order[SCOPE_MAX_RANK], at = 0;
      for (int i = 0; i < input->rank; i++)
        if (i != axis)
          order[at++] = i;
      order[at] = axis;
      scope_change_permute (finder, 0, order, 0.86);
    }
}

static void
mend_batch_norm (ScopeFinder *finder)
{
  const ScopeShape *input = scope_finder_shape (finder, 0);
  if (input == NULL)
    return;
  const ScopeShape *first = scope_finder_shape (finder, 1);
  if (input->rank >= 2 && first != NULL && first->rank == 1)
    offer_channels_first (finder, 1, first->size[0]);
  if (input->rank < 2)
    return;
  for (int operand = 1; operand < finder->failure->operands; operand++)
    {
      const ScopeShape *shape = scope_finder_shape (finder, operand);
      if (shape != NULL && shape->rank == 1)
        scope_change_size (finder, operand, 0, input->size[1], 0.8);
    }
  if (first != NULL && first->rank == 1)
    scope_change_size (finder, 0, 1, first->size[0], 0.7);
}

/* ---- layers that are made and called -------------------------------------------------------- */

static bool
has_size (const ScopeShape *shape, int64_t size)
{
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] == size)
      return true;
  return false;
}

/* `nn.Linear(2048, 10)(A)` where A has 512 features: the layer made for what is there. */
static void
remake_layer (ScopeFinder *finder)
{
  const ScopeShape *input = scope_finder_shape (finder, 0);
  const ScopeSyntax *call = scope_finder_syntax (finder);
  if (input == NULL || call == NULL || call->kind != SCOPE_SYNTAX_CALL)
    return;
  const ScopeExpression *expression = finder->program->expression;
  const ScopeSyntax *maker = &expression->node[call->child[0]];
  for (int i = 1; maker->kind == SCOPE_SYNTAX_CALL && i < maker->children && i < 3; i++)
    {
      const ScopeSyntax *argument = &expression->node[maker->child[i]];
      if (argument->kind == SCOPE_SYNTAX_KEYWORD)
        argument = &expression->node[argument->child[0]];
      if (argument->kind != SCOPE_SYNTAX_INTEGER)
        continue;
      for (int axis = input->rank - 1; axis >= 0; axis--)
        {
          ScopeText size = { 0 };
          scope_text_printf (&size, "%lld", (long long)input->size[axis]);
          ScopeRemedy *remedy = scope_finder_offer_text (finder, SCOPE_REMEDY_CHANNEL,
                                                         argument->span, scope_text_string (&size));
          if (remedy != NULL)
            {
              scope_text_printf (&remedy->title, scope_finder_say (finder, "Make the layer for %s"),
                                 scope_text_string (&size));
              scope_text_printf (&remedy->sentence,
                                 scope_finder_say (finder,
                                                   "makes the layer for %s instead of %lld; "
                                                   "every value stays, the weights are "
                                                   "others"),
                                 scope_text_string (&size), (long long)argument->integer);
              remedy->keeps = 1;
              remedy->exact = true;
              remedy->badge = SCOPE_BADGE_EXACT;
              remedy->likelihood = has_size (input, argument->integer) ? 0.7 : 0.86;
            }
          scope_text_clear (&size);
        }
    }
}

/* ---- losses --------------------------------------------------------------------------------- */

/* A target with one place for each class where the number of the class is wanted. */
static void
mend_target (ScopeFinder *finder)
{
  const ScopeShape *input = scope_finder_shape (finder, 0),
                   *target = scope_finder_shape (finder, 1);
  if (input == NULL || target == NULL || input->rank < 1 || !scope_shape_equal (input, target))
    return;
  ScopeText text = { 0 };
  scope_finder_print_operand (finder, 1, true, &text);
  scope_text_printf (&text, ".argmax(%d)", input->rank == 1 ? 0 : 1);
  ScopeRemedy *remedy = scope_finder_offer_text (
      finder, SCOPE_REMEDY_FOLD, finder->failure->operand[1].span, scope_text_string (&text));
  scope_text_clear (&text);
  if (remedy == NULL)
    return;
  scope_finder_title (finder, remedy, SCOPE_TEXT ("Take the class of %s"), 1);
  scope_finder_judge (finder, remedy, 0.9, SCOPE_BADGE_REORDERS,
                      SCOPE_TEXT ("takes the place of the largest instead of one place for each "
                                  "class; of one-hot targets nothing is lost"));
}

void
scope_remedy_layer (ScopeFinder *finder)
{
  if (scope_finder_is (finder, "nll_loss cross_entropy"))
    mend_target (finder);
  if (scope_finder_is_layer (finder))
    remake_layer (finder);
  if (scope_finder_is (finder, "conv conv_transpose"))
    mend_convolution (finder);
  else if (scope_finder_is (finder,
                            "avg_pool max_pool adaptive_avg_pool adaptive_max_pool pooling"))
    mend_pooling (finder);
  else if (scope_finder_is (finder, "layer_norm"))
    mend_layer_norm (finder);
  else if (scope_finder_is (finder, "batch_norm group_norm instance_norm"))
    mend_batch_norm (finder);
}
