/* Hazards of resampling: false patterns, corners that differ, values beyond their range. */
#include "advice/hazard-parts.h"

#include "core/generator.h"
#include "ops/resampling.h"

#include <math.h>
#include <string.h>

/* The first axis that changes its size, with its rule; false when there is none. */
static bool
find_axis (const ScopeNode *node, bool shrinks, ScopeResampleAxis *rule)
{
  if (strcmp (node->op->group, "resampling") != 0 || !scope_shape_is_known (&node->shape))
    return false;
  for (int axis = 0; axis < node->shape.rank; axis++)
    if (scope_resampling_rule (node, axis, rule)
        && (shrinks ? rule->in > rule->out : rule->in != rule->out))
      return true;
  return false;
}

/* ---- shrinking ------------------------------------------------------------------------------ */

/* Whether the filter looks at every element however much is left out. */
static bool
sees_everything (const ScopeResampleAxis *rule)
{
  switch (rule->filter)
    {
    case SCOPE_FILTER_NEAREST:
    case SCOPE_FILTER_NEAREST_EXACT:
      return false;
    case SCOPE_FILTER_LINEAR:
    case SCOPE_FILTER_CUBIC:
      return rule->antialias;
    case SCOPE_FILTER_AREA:
    case SCOPE_FILTER_BOX:
      return true;
    default:
      return !rule->fixed_width && rule->coordinates != SCOPE_COORDINATES_OPENCV;
    }
}

static bool
is_nearest (const ScopeResampleAxis *rule)
{
  return rule->filter == SCOPE_FILTER_NEAREST || rule->filter == SCOPE_FILTER_NEAREST_EXACT;
}

/* The argument that lets the filter look at everything. */
static void
fix_shrinking (ScopeLookout *lookout,
               ScopeHazard *hazard,
               const ScopeNode *node,
               const ScopeResampleAxis *rule)
{
  const char *name = node->op->name;
  bool smooth = !is_nearest (rule);
  if (strcmp (name, "opencv_resize") == 0)
    scope_lookout_fix_argument (lookout, hazard, "interpolation", "cv2.INTER_AREA");
  else if (strcmp (name, "picture_resize") == 0)
    scope_lookout_fix_argument (lookout, hazard, "resample", "Image.BOX");
  else if (smooth)
    scope_lookout_fix_argument (lookout, hazard, "antialias", "True");
  if (hazard->fix.length == 0 && strcmp (name, "resize") == 0)
    scope_lookout_fix_argument (lookout, hazard, "method", "'area'");
  else if (hazard->fix.length == 0)
    scope_lookout_fix_argument (lookout, hazard, "mode", "'area'");
}

static void
look_at_shrinking (ScopeLookout *lookout, const ScopeNode *node)
{
  ScopeResampleAxis rule;
  if (!find_axis (node, true, &rule) || sees_everything (&rule))
    return;
  /* Labels must not be mixed. */
  const ScopeNode *input = scope_node_operand (node, 0);
  bool labels = input != NULL && !scope_dtype_is_float (input->dtype) && is_nearest (&rule);
  ScopeHazard *hazard =
      labels ? NULL : scope_lookout_add (lookout, node, "aliasing", SCOPE_WORRY_ALIASING);
  if (hazard == NULL)
    return;
  scope_text_printf (&hazard->sentence,
                     translated (lookout,
                                 "%lld places shrink to %lld without antialiasing: only a few "
                                 "neighbours of each count, and fine detail turns into patterns "
                                 "that are not there. Antialias, or average over areas."),
                     (long long)rule.in, (long long)rule.out);
  fix_shrinking (lookout, hazard, node, &rule);
}

/* ---- corners -------------------------------------------------------------------------------- */

static bool
has_corners (const ScopeNode *node, bool *aligned)
{
  ScopeResampleAxis rule;
  if (node->state != SCOPE_NODE_FITS || node->op == NULL || node->part > 0
      || !find_axis (node, false, &rule)
      || (rule.filter != SCOPE_FILTER_LINEAR && rule.filter != SCOPE_FILTER_CUBIC))
    return false;
  *aligned = rule.align_corners;
  return true;
}

void
scope_hazard_corners (ScopeLookout *lookout)
{
  const ScopeProgram *program = lookout->program;
  int first = -1;
  bool aligned = false, other;
  for (int i = 0; i < program->nodes; i++)
    {
      const ScopeNode *node = program->node[i];
      if (!has_corners (node, &other))
        continue;
      if (first < 0)
        aligned = other;
      if (first >= 0 && other != aligned)
        {
          ScopeHazard *hazard =
              scope_lookout_add (lookout, node, "align-corners", SCOPE_WORRY_CORNERS);
          if (hazard == NULL)
            return;
          scope_text_append (
              &hazard->sentence,
              translated (lookout,
                          "One step aligns corners and another does not: their grids differ, and "
                          "what they make is shifted against each other by up to half a cell. Use "
                          "the same align_corners in every step."));
          scope_lookout_fix_argument (lookout, hazard, "align_corners", aligned ? "True" : "False");
          return;
        }
      first = i;
    }
}

/* ---- values beyond their range -------------------------------------------------------------- */

typedef struct
{
  double low, high;
} Range;

/* What a made-up tensor holds; ramps and their like are only stand-ins. */
static bool
range_of_fill (const ScopeTensor *tensor, Range *out)
{
  ScopeFill fill;
  if (!scope_dtype_is_float (tensor->dtype) || !scope_generator_fill (tensor->storage, &fill))
    return false;
  switch (fill.kind)
    {
    case SCOPE_FILL_RANDOM:
    case SCOPE_FILL_IDENTITY:
    case SCOPE_FILL_CHECKERBOARD:
    case SCOPE_FILL_IMPULSE:
    case SCOPE_FILL_STEP:
    case SCOPE_FILL_SIEMENS:
    case SCOPE_FILL_TEXT:
      *out = (Range){ 0, 1 };
      return true;
    case SCOPE_FILL_ZONEPLATE:
    case SCOPE_FILL_SINE:
      *out = (Range){ -1, 1 };
      return true;
    default:
      return false;
    }
}

/* Those that give the elements of the first input again. */
static bool
keeps_values (const ScopeNode *node)
{
  static const char *const names[] = { "astype", "cast", "to",   "copy",   "type_as", "index",
                                       "expand", "flip", "roll", "repeat", "tile",    NULL };
  return strcmp (node->op->group, "reshaping") == 0 || strcmp (node->op->group, "reordering") == 0
         || scope_node_is (node, names);
}

static bool
number_of (const ScopeValue *value, double *out)
{
  if (value == NULL || (!scope_value_is_int (value) && value->kind != SCOPE_VALUE_FLOAT))
    return false;
  *out = value->kind == SCOPE_VALUE_FLOAT ? value->number : (double)value->integer;
  return true;
}

static bool
range_of_clamp (const ScopeNode *node, Range *out)
{
  return number_of (scope_node_argument (node, "min"), &out->low)
         && number_of (scope_node_argument (node, "max"), &out->high);
}

/* The range that the values of a node are known to be in, as far as that follows from a type or
 * from what is done to them. */
static bool
range_of (const ScopeNode *node, Range *out)
{
  enum
  {
    STEPS = 16
  };
  static const char *const units[] = {
    "sigmoid", "softmax", "hardsigmoid", "rand", "softmin", NULL
  };
  static const char *const signs[] = { "tanh", "hardtanh", "sin", "cos", NULL };
  static const char *const clamps[] = { "clamp", NULL };
  static const char *const scales[] = { "divide", "multiply", NULL };
  double scale = 1, number;
  for (int step = 0; node != NULL && step < STEPS; step++)
    {
      bool bytes = node->dtype == SCOPE_UINT8;
      Range range = bytes ? (Range){ 0, 255 } : (Range){ 0, 1 };
      bool known = bytes || node->dtype == SCOPE_BOOL
                   || (node->tensor != NULL && range_of_fill (node->tensor, &range))
                   || scope_node_is (node, units);
      if (!known && scope_node_is (node, signs))
        {
          range = (Range){ -1, 1 };
          known = true;
        }
      if (!known && scope_node_is (node, clamps))
        known = range_of_clamp (node, &range);
      if (known)
        {
          *out = (Range){ range.low * scale, range.high * scale };
          return true;
        }
      if (node->op == NULL)
        return false;
      if (scope_node_is (node, scales))
        {
          if (!number_of (&node->value[1], &number) || number <= 0)
            return false;
          scale *= strcmp (node->op->name, "divide") == 0 ? 1 / number : number;
        }
      else if (!keeps_values (node))
        return false;
      node = scope_node_operand (node, 0);
    }
  return false;
}

static bool
swings (ScopeResampleFilter filter)
{
  switch (filter)
    {
    case SCOPE_FILTER_CUBIC:
    case SCOPE_FILTER_CATMULL_ROM:
    case SCOPE_FILTER_MITCHELL:
    case SCOPE_FILTER_LANCZOS3:
    case SCOPE_FILTER_LANCZOS4:
    case SCOPE_FILTER_LANCZOS5:
      return true;
    default:
      return false;
    }
}

static void
fix_overshoot (ScopeLookout *lookout,
               ScopeHazard *hazard,
               const ScopeNode *node,
               const char *low,
               const char *high)
{
  static const char *const format[SCOPE_N_DIALECTS] = {
    [SCOPE_PYTORCH] = "%s.clamp(%s, %s)",
    [SCOPE_NUMPY] = "np.clip(%s, %s, %s)",
    [SCOPE_TENSORFLOW] = "tf.clip_by_value(%s, %s, %s)",
    [SCOPE_JAX] = "jnp.clip(%s, %s, %s)",
  };
  ScopeText source = { 0 }, text = { 0 };
  scope_lookout_print (lookout, node->span, node->dialect == SCOPE_PYTORCH, &source);
  scope_text_printf (&text, format[node->dialect], scope_text_string (&source), low, high);
  scope_lookout_fix (lookout, hazard, node->span, scope_text_string (&text));
  scope_text_clear (&source);
  scope_text_clear (&text);
}

static void
look_at_overshoot (ScopeLookout *lookout, const ScopeNode *node)
{
  static const char *const clamps[] = { "clamp", "hardtanh", "relu6", "sigmoid", NULL };
  ScopeResampleAxis rule;
  Range range;
  int user = lookout->user[node->number];
  if (!scope_dtype_is_float (node->dtype) || !find_axis (node, false, &rule)
      || !swings (rule.filter) || !range_of (scope_node_operand (node, 0), &range)
      || (user >= 0 && scope_node_is (lookout->program->node[user], clamps)))
    return;
  ScopeHazard *hazard = scope_lookout_add (lookout, node, "overshoot", SCOPE_WORRY_OVERSHOOT);
  if (hazard == NULL)
    return;
  ScopeText low = { 0 }, high = { 0 };
  scope_text_append_rounded (&low, range.low, 6);
  scope_text_append_rounded (&high, range.high, 6);
  scope_text_printf (&hazard->sentence,
                     translated (lookout,
                                 "This filter swings beyond its input at edges: from values of %s "
                                 "to %s come some below and some above. Clamp them behind it."),
                     scope_text_string (&low), scope_text_string (&high));
  fix_overshoot (lookout, hazard, node, scope_text_string (&low), scope_text_string (&high));
  scope_text_clear (&low);
  scope_text_clear (&high);
}

void
scope_hazard_resample (ScopeLookout *lookout, const ScopeNode *node)
{
  look_at_shrinking (lookout, node);
  look_at_overshoot (lookout, node);
}
