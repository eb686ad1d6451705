/* np.append, np.insert, np.delete, and differences along an axis. */
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/compose.h"
#include "ops/operand.h"
#include "ops/program.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum
{
  INPUT,
  SECOND,
  THIRD,
  FOURTH,
  FIFTH,
};

static bool
is_torch (const ScopeCall *call)
{
  return call->dialect == SCOPE_PYTORCH;
}

static bool
is_there (const ScopeValue *value)
{
  return scope_value_given (value) && value->kind != SCOPE_VALUE_NONE;
}

/* Lists are arrays, as np.asanyarray makes them. */
static bool
as_array (const ScopeCall *call, ScopeFailure *failure, ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_TENSOR
         || SCOPE_COMPOSE (call, failure, value, "np.array", *value);
}

/* The array and its axis; without one, all elements in C order and their only axis. */
static bool
find_axis (const ScopeCall *call,
           int parameter,
           ScopeFailure *failure,
           ScopeValue *array,
           int *axis)
{
  int64_t given = 0;
  if (is_there (&call->value[parameter]))
    return scope_call_int (call, parameter, &given, failure)
           && scope_axis_find (call, parameter, &(ScopeAxisStyle){ 0 }, given,
                               scope_call_shape (call, array)->rank, axis, failure);
  *axis = 0;
  return scope_call_shape (call, array)->rank == 1
         || SCOPE_COMPOSE (call, failure, array, "np.ravel", *array);
}

/* ---- append --------------------------------------------------------------------------------- */

static bool
append_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue pair[2] = { call->value[INPUT], call->value[SECOND] }, value;
  bool flat = !is_there (&call->value[THIRD]);
  ScopeValue axis = flat ? scope_compose_int (call, 0) : call->value[THIRD];
  for (int i = 0; i < 2; i++)
    if (!as_array (call, failure, &pair[i])
        || (flat && scope_call_shape (call, &pair[i])->rank != 1
            && !SCOPE_COMPOSE (call, failure, &pair[i], "np.ravel", pair[i])))
      return false;
  ScopeValue both = scope_compose_tuple (call, pair, 2);
  return SCOPE_COMPOSE (call, failure, &value, "np.concatenate", both, axis)
         && scope_compose_finish (call, result, &value);
}

/* ---- delete and insert ---------------------------------------------------------------------- */

enum
{
  MOST_PLACES = 256
};

/* Places along an axis, sorted. */
typedef struct
{
  int count;
  int64_t at[MOST_PLACES];
  bool single; /* one number, not a list */
} Places;

static int
compare (const void *a, const void *b)
{
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static bool
add_place (const ScopeCall *call,
           Places *places,
           const ScopeValue *value,
           int64_t size,
           int64_t most,
           int axis,
           ScopeFailure *failure)
{
  if (value->kind != SCOPE_VALUE_INT || places->count == MOST_PLACES)
    {
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      failure->span = value->span;
      scope_failure_explain (failure, "Shapescope knows this only for whole numbers, a list of at "
                                      "most 256 of them, or a slice yet.");
      return false;
    }
  int64_t at = value->integer;
  if (scope_size_is_known (size) && (at < -size || at > most))
    return scope_refuse (call, SECOND, failure, SCOPE_RULE_INDEX, "IndexError",
                         "index %" PRId64 " is out of bounds for axis %d with size %" PRId64, at,
                         axis, size);
  places->at[places->count++] = at < 0 ? at + size : at;
  return true;
}

/* The places that `obj` names; `most` is the last that there may be. */
static bool
read_places (const ScopeCall *call,
             Places *places,
             int64_t size,
             int64_t most,
             int axis,
             ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[SECOND];
  places->count = 0;
  places->single = !scope_value_is_sequence (value) || value->items == 1;
  if (!scope_value_is_sequence (value))
    return add_place (call, places, value, size, most, axis, failure);
  for (int i = 0; i < value->items; i++)
    /* Of a list NumPy names axis 0, for the mask it makes has no other. */
    if (!add_place (call, places, &value->item[i], size, most, places->single ? axis : 0, failure))
      return false;
  qsort (places->at, (size_t)places->count, sizeof places->at[0], compare);
  return true;
}

/* Python's slice.indices, as places. */
static bool
read_slice (const ScopeCall *call, Places *places, int64_t size, ScopeFailure *failure)
{
  const ScopeValue *part = call->value[SECOND].item;
  ScopeSlice slice = { .has_start = part[0].kind == SCOPE_VALUE_INT,
                       .start = part[0].integer,
                       .has_stop = part[1].kind == SCOPE_VALUE_INT,
                       .stop = part[1].integer,
                       .has_step = part[2].kind == SCOPE_VALUE_INT,
                       .step = part[2].integer };
  int64_t start, step, count;
  *places = (Places){ 0 };
  if (!scope_slice_resolve (slice, size, &start, &step, &count, NULL))
    return scope_refuse (call, SECOND, failure, SCOPE_RULE_STEP, "ValueError",
                         "slice step cannot be zero");
  if (count > MOST_PLACES)
    return scope_refuse (call, SECOND, failure, SCOPE_RULE_UNKNOWN, "",
                         "Shapescope takes at most 256 places out at once.");
  for (int64_t i = 0; i < count; i++)
    places->at[places->count++] = start + i * step;
  qsort (places->at, (size_t)places->count, sizeof places->at[0], compare);
  return true;
}

static bool
delete_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue array = call->value[INPUT], part[MOST_PLACES + 1], value;
  Places places;
  int axis, parts = 0;
  if (!as_array (call, failure, &array) || !find_axis (call, THIRD, failure, &array, &axis))
    return false;
  int64_t size = scope_call_shape (call, &array)->size[axis], from = 0;
  bool slice = call->value[SECOND].kind == SCOPE_VALUE_SLICE;
  if (slice ? !read_slice (call, &places, size, failure)
            : !read_places (call, &places, size, size - 1, axis, failure))
    return false;
  for (int i = 0; i <= places.count; i++)
    {
      int64_t to = i < places.count ? places.at[i] : size;
      if (to > from || (i == places.count && parts == 0))
        {
          part[parts] = array;
          if (!scope_compose_slice (call, failure, axis, from, to > from ? to : from,
                                    &part[parts++]))
            return false;
        }
      from = scope_max (from, to + 1);
    }
  ScopeValue all = scope_compose_tuple (call, part, parts);
  return SCOPE_COMPOSE (call, failure, &value, "np.concatenate", all,
                        scope_compose_int (call, axis))
         && scope_compose_finish (call, result, &value);
}

static bool
refuse_inserted (const ScopeCall *call,
                 const ScopeShape *from,
                 const ScopeShape *to,
                 ScopeFailure *failure)
{
  ScopeText own = { 0 }, place = { 0 };
  ScopeShape shown = *from;
  while (shown.rank > to->rank && shown.size[0] == 1)
    memmove (shown.size, shown.size + 1, (size_t)--shown.rank * sizeof shown.size[0]);
  scope_shape_print (&shown, SCOPE_SHAPE_TIGHT_TUPLE, &own);
  scope_shape_print (to, SCOPE_SHAPE_TIGHT_TUPLE, &place);
  scope_refuse (call, THIRD, failure, SCOPE_RULE_BROADCAST, "ValueError",
                "could not broadcast input array from shape %s into shape %s",
                scope_text_string (&own), scope_text_string (&place));
  scope_text_clear (&own);
  scope_text_clear (&place);
  return false;
}

/* What is inserted at one place: stretched to the array's other axes. */
static bool
stretch_inserted (const ScopeCall *call,
                  ScopeFailure *failure,
                  const ScopeValue *array,
                  int axis,
                  ScopeValue *value)
{
  const ScopeShape *shape = scope_call_shape (call, array);
  ScopeShape own = *scope_call_shape (call, value), wanted = *shape;
  /* How many are inserted is asked before superfluous axes fall away. */
  int64_t inserted = own.rank > shape->rank ? own.size[axis] : SCOPE_SIZE_UNKNOWN;
  while (own.rank > shape->rank && own.size[0] == 1)
    memmove (own.size, own.size + 1, (size_t)--own.rank * sizeof own.size[0]);
  if (own.rank > shape->rank)
    {
      wanted.size[axis] = own.size[0];
      return refuse_inserted (call, &own, &wanted, failure);
    }
  while (own.rank < shape->rank)
    {
      memmove (own.size + 1, own.size, (size_t)own.rank++ * sizeof own.size[0]);
      own.size[0] = 1;
    }
  if (!SCOPE_COMPOSE (call, failure, value, "np.reshape", *value,
                      scope_compose_ints (call, own.size, own.rank))
      || !SCOPE_COMPOSE (call, failure, value, "np.moveaxis", *value, scope_compose_int (call, 0),
                         scope_compose_int (call, axis)))
    return false;
  const ScopeShape *moved = scope_call_shape (call, value);
  wanted.size[axis] = scope_size_is_known (inserted) ? inserted : moved->size[axis];
  for (int a = 0; a < wanted.rank; a++)
    if (scope_sizes_differ (moved->size[a], wanted.size[a]) && moved->size[a] != 1)
      return refuse_inserted (call, moved, &wanted, failure);
  ScopeValue type = { .kind = SCOPE_VALUE_DTYPE,
                      .dtype = scope_call_dtype (call, array),
                      .span = call->span };
  return SCOPE_COMPOSE (call, failure, value, ".astype", *value, type)
         && SCOPE_COMPOSE (call, failure, value, "np.broadcast_to", *value,
                           scope_compose_ints (call, wanted.size, wanted.rank));
}

static bool
insert_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue array = call->value[INPUT], inserted = call->value[THIRD];
  ScopeValue part[2 * MOST_PLACES + 1], value;
  Places places;
  int axis, parts = 0;
  if (!as_array (call, failure, &array) || !as_array (call, failure, &inserted)
      || !find_axis (call, FOURTH, failure, &array, &axis))
    return false;
  int64_t size = scope_call_shape (call, &array)->size[axis], from = 0;
  if (!read_places (call, &places, size, size, axis, failure))
    return false;
  if (!places.single && scope_call_shape (call, &inserted)->rank > 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      failure->span = inserted.span;
      scope_failure_explain (failure, "Shapescope inserts only a number at several places yet.");
      return false;
    }
  if (!stretch_inserted (call, failure, &array, axis, &inserted))
    return false;
  for (int i = 0; i <= places.count; i++)
    {
      int64_t to = i < places.count ? places.at[i] : size;
      part[parts] = array;
      if (to > from && !scope_compose_slice (call, failure, axis, from, to, &part[parts]))
        return false;
      parts += to > from;
      from = scope_max (from, to);
      if (i < places.count)
        part[parts++] = inserted;
    }
  ScopeValue all = scope_compose_tuple (call, part, parts);
  return SCOPE_COMPOSE (call, failure, &value, "np.concatenate", all,
                        scope_compose_int (call, axis))
         && scope_compose_finish (call, result, &value);
}

/* ---- diff ----------------------------------------------------------------------------------- */

/* PyTorch looks at the sizes of what is joined first. */
static bool
check_ends (const ScopeCall *call, ScopeFailure *failure, int axis)
{
  const ScopeShape *shape = scope_call_shape (call, &call->value[INPUT]);
  for (int p = FOURTH; p <= FIFTH; p++)
    {
      if (call->value[p].kind != SCOPE_VALUE_TENSOR)
        continue;
      const ScopeShape *own = scope_call_shape (call, &call->value[p]);
      for (int a = 0; a < shape->rank; a++)
        if (a != axis && scope_sizes_differ (own->size[a], shape->size[a]))
          return scope_refuse (
              call, p, failure, SCOPE_RULE_MATCH, "RuntimeError",
              "diff expects the shape of tensor to prepend or append to match that of input except "
              "along the differencing dimension; input.size(%d) = %" PRId64
              ", but got tensor.size(%d) = %" PRId64,
              a, shape->size[a], a, own->size[a]);
    }
  return true;
}

/* Joins what is put in front and behind. */
static bool
join_ends (const ScopeCall *call, ScopeFailure *failure, int axis, ScopeValue *value)
{
  ScopeValue piece[3];
  int pieces = 0;
  if (!is_there (&call->value[FOURTH]) && !is_there (&call->value[FIFTH]))
    return true;
  if (is_there (&call->value[FOURTH]))
    piece[pieces++] = call->value[FOURTH];
  piece[pieces++] = *value;
  if (is_there (&call->value[FIFTH]))
    piece[pieces++] = call->value[FIFTH];
  for (int i = 0; i < pieces && !is_torch (call); i++)
    {
      if (!as_array (call, failure, &piece[i]))
        return false;
      if (scope_call_shape (call, &piece[i])->rank > 0)
        continue;
      ScopeShape one = *scope_call_shape (call, value);
      one.size[axis] = 1;
      if (!SCOPE_COMPOSE (call, failure, &piece[i], "np.broadcast_to", piece[i],
                          scope_compose_ints (call, one.size, one.rank)))
        return false;
    }
  ScopeValue all = scope_compose_tuple (call, piece, pieces);
  return SCOPE_COMPOSE (call, failure, value, is_torch (call) ? "torch.cat" : "np.concatenate", all,
                        scope_compose_int (call, axis));
}

static bool
subtract_neighbours (const ScopeCall *call, ScopeFailure *failure, int axis, ScopeValue *value)
{
  ScopeValue next = *value;
  int64_t size = scope_call_shape (call, value)->size[axis];
  bool truths = scope_call_dtype (call, value) == SCOPE_BOOL;
  const char *function = is_torch (call) ? (truths ? "torch.logical_xor" : "torch.sub")
                                         : (truths ? "np.not_equal" : "np.subtract");
  if (!scope_size_is_known (size))
    return scope_refuse (call, INPUT, failure, SCOPE_RULE_UNKNOWN, "", "Sizes must be known here.");
  return scope_compose_slice (call, failure, axis, 1, scope_max (size, 1), &next)
         && scope_compose_slice (call, failure, axis, 0, scope_max (size - 1, 0), value)
         && SCOPE_COMPOSE (call, failure, value, function, next, *value);
}

static bool
diff_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue value = call->value[INPUT];
  int64_t times = 1, given = -1;
  int axis;
  if (!is_torch (call) && !as_array (call, failure, &value))
    return false;
  int rank = scope_call_shape (call, &value)->rank;
  if (!scope_call_int (call, SECOND, &times, failure)
      || !scope_call_int (call, THIRD, &given, failure))
    return false;
  if (!is_torch (call) && times == 0)
    return SCOPE_COMPOSE (call, failure, &value, "np.array", value)
           && scope_compose_finish (call, result, &value);
  if (!is_torch (call) && times < 0)
    return scope_refuse (call, SECOND, failure, SCOPE_RULE_SIZE, "ValueError",
                         "order must be non-negative but got %" PRId64, times);
  if (rank == 0)
    return is_torch (call) ? scope_refuse (call, INPUT, failure, SCOPE_RULE_RANK, "RuntimeError",
                                           "diff expects input to be at least one-dimensional")
                           : scope_refuse (call, INPUT, failure, SCOPE_RULE_RANK, "ValueError",
                                           "diff requires input that is at least one dimensional");
  for (int p = FOURTH; p <= FIFTH && is_torch (call); p++)
    if (call->value[p].kind == SCOPE_VALUE_TENSOR
        && scope_call_shape (call, &call->value[p])->rank != rank)
      return scope_refuse (call, p, failure, SCOPE_RULE_RANK, "RuntimeError",
                           "diff expects prepend or append to be the same dimension as input");
  if (is_torch (call) && times == 0)
    return SCOPE_COMPOSE (call, failure, &value, "torch.clone", value)
           && scope_compose_finish (call, result, &value);
  if (!scope_axis_find (call, THIRD, &(ScopeAxisStyle){ 0 }, given, rank, &axis, failure)
      || (is_torch (call) && !check_ends (call, failure, axis))
      || !join_ends (call, failure, axis, &value))
    return false;
  int64_t size = scope_call_shape (call, &value)->size[axis];
  if (is_torch (call) && times <= 0)
    return SCOPE_COMPOSE (call, failure, &value, "torch.clone", value)
           && scope_compose_finish (call, result, &value);
  if (scope_size_is_known (size))
    times = scope_min (times, scope_max (size, 1));
  if (times > 64)
    return scope_refuse (call, SECOND, failure, SCOPE_RULE_LIMIT, "",
                         "Shapescope takes differences at most 64 times.");
  for (int64_t i = 0; i < times; i++)
    if (!subtract_neighbours (call, failure, axis, &value))
      return false;
  return scope_compose_finish (call, result, &value);
}

/* ---- the table ------------------------------------------------------------------------------ */

#define ARRAY                                                                                      \
  {                                                                                                \
    "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any array"                                           \
  }
#define AXIS                                                                                       \
  {                                                                                                \
    "axis", SCOPE_TAKES_AXIS, "None", NULL, "along this axis; without one in C order"              \
  }

static const ScopeParameter append_parameters[] = { ARRAY,
                                                    { "values", SCOPE_TAKES_ANY, NULL, NULL,
                                                      "what is put behind" },
                                                    AXIS,
                                                    { NULL } };
static const ScopeParameter delete_parameters[] = { ARRAY,
                                                    { "obj", SCOPE_TAKES_ANY, NULL, NULL,
                                                      "a place, a list of places, or a slice" },
                                                    AXIS,
                                                    { NULL } };
static const ScopeParameter insert_parameters[] = {
  ARRAY,
  { "obj", SCOPE_TAKES_ANY, NULL, NULL, "a place, or a list of places" },
  { "values", SCOPE_TAKES_ANY, NULL, NULL, "what is put there" },
  AXIS,
  { NULL },
};
static const ScopeParameter diff_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any tensor" },
  { "n", SCOPE_TAKES_INT, "1", NULL, "how many times" },
  { "dim", SCOPE_TAKES_AXIS, "-1", NULL, "along this axis" },
  { "prepend", SCOPE_TAKES_ANY, "None", NULL, "put in front before" },
  { "append", SCOPE_TAKES_ANY, "None", NULL, "put behind before" },
  { NULL },
};

static const ScopeSpelling append_spellings[] = {
  { "np.append", SCOPE_NUMPY, "input=arr values axis",
    .signature = "def append(arr, values, axis=None)" },
  { NULL },
};
static const ScopeSpelling delete_spellings[] = {
  { "np.delete", SCOPE_NUMPY, "input=arr obj axis",
    .signature = "def delete(arr, obj, axis=None)" },
  { NULL },
};
static const ScopeSpelling insert_spellings[] = {
  { "np.insert", SCOPE_NUMPY, "input=arr obj values axis",
    .signature = "def insert(arr, obj, values, axis=None)" },
  { NULL },
};
#define TORCH_DIFF "int n=1, int dim=-1, Tensor prepend=None, Tensor append=None"
static const ScopeSpelling diff_spellings[] = {
  { "torch.diff", SCOPE_PYTORCH, "input n dim prepend append -out",
    .signature = "(Tensor input, " TORCH_DIFF ", *, Tensor out=None)" },
  { ".diff", SCOPE_PYTORCH, .signature = "(" TORCH_DIFF ")" },
  { "np.diff", SCOPE_NUMPY, "input=a n dim=axis prepend append",
    .signature = "def diff(a, n=1, axis=-1, prepend=None, append=None)" },
  { NULL },
};

#define ROW(id, words)                                                                             \
  {                                                                                                \
    .name = #id, .group = "joining", .about = words, .spelling = id##_spellings,                   \
    .parameter = id##_parameters, .infer = id##_infer, .read = scope_compose_read,                 \
    .trace = scope_compose_trace                                                                   \
  }

const ScopeOp scope_ops_edits[] = {
  ROW (append, "values put behind an array"),
  ROW (delete, "an array without some places"),
  ROW (insert, "an array with values at some places"),
  ROW (diff, "differences of neighbours"),
  { NULL },
};
