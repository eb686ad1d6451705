/* What np.pad of NumPy 1.24, jnp.pad and tf.pad take and refuse. */
#include "ops/padding.h"

#include "core/checked.h"
#include "ops/argument.h"
#include "ops/operand.h"
#include "ops/python-words.h"
#include "ops/torch-expand.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* ---- nested lists of numbers ---------------------------------------------------------------- */

/* The shape and items of a number or a list of (lists of) numbers, as np.array makes it. */
typedef struct
{
  int rank;          /* 0, 1, 2; 3: deeper, and then no more is known */
  int rows, columns; /* of rank 2; of rank 1 columns counts */
  const ScopeValue *value;
} Table;

static bool
refuse_ragged (const ScopeValue *value, ScopeFailure *failure)
{
  return scope_python_refuse (failure, value, "ValueError",
                              "setting an array element with a sequence. The requested array has "
                              "an inhomogeneous shape after 1 dimensions. The detected shape was "
                              "(%d,) + inhomogeneous part.",
                              value->items);
}

static bool
read_table (const ScopeValue *value, Table *table, ScopeFailure *failure)
{
  *table = (Table){ .value = value, .rows = 1, .columns = 1 };
  if (!scope_value_is_sequence (value))
    return true;
  int lists = 0;
  for (int i = 0; i < value->items; i++)
    lists += scope_value_is_sequence (&value->item[i]);
  table->rank = lists > 0 ? 2 : 1;
  table->columns = value->items;
  if (lists == 0)
    return true;
  table->rows = value->items;
  table->columns = value->item[0].items;
  for (int i = 0; i < value->items; i++)
    {
      if (lists < value->items || value->item[i].items != table->columns)
        return refuse_ragged (value, failure);
      for (int k = 0; k < table->columns; k++)
        if (scope_value_is_sequence (&value->item[i].item[k]))
          table->rank = 3;
    }
  return true;
}

static const ScopeValue *
table_item (const Table *table, int row, int column)
{
  if (table->rank == 0)
    return table->value;
  if (table->rank == 1)
    return &table->value->item[column];
  return &table->value->item[row].item[column];
}

/* The number for a side of an axis: one for all, a pair for all, or broadcast to (axes, 2). */
static const ScopeValue *
paired_item (const Table *table, int axis, int side)
{
  int size = table->rows * table->columns;
  if (size == 1)
    return table_item (table, 0, 0);
  return table_item (table, table->rows == 1 ? 0 : axis, table->columns == 1 ? 0 : side);
}

static bool
say_jax_shape (const char *name, const Table *table, int axes, ScopeFailure *failure)
{
  ScopeText shape = { 0 };
  if (table->rank == 1)
    scope_text_printf (&shape, "(%d,)", table->columns);
  else
    scope_text_printf (&shape, "(%d, %d)", table->rows, table->columns);
  scope_failure_say (failure, "ValueError",
                     "jnp.pad: %s with nd=%d has unsupported shape %s. Valid shapes are (%d, 2), "
                     "(1, 2), (2,), (1,), or ().",
                     name, axes, scope_text_string (&shape), axes);
  scope_text_clear (&shape);
  return false;
}

/* Whether the table can be broadcast to a pair for every axis. */
static bool
check_pairs (const ScopePad *pad, const char *name, const Table *table, ScopeFailure *failure)
{
  int size = table->rows * table->columns, axes = pad->input.shape.rank;
  bool pair = size == 2 && table->columns == 2;
  if (table->rank < 3 && (size == 1 || pair))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_COUNT);
  failure->span = table->value->span;
  scope_failure_explain (failure,
                         "One number, one pair, or a pair for each of the %d axes was "
                         "expected.",
                         axes);
  if (pad->call->dialect == SCOPE_JAX)
    return say_jax_shape (name, table, axes, failure);
  if (table->rank == 3)
    return scope_failure_say (failure, "ValueError",
                              "input operand has more dimensions than allowed by the axis "
                              "remapping");
  bool rows = table->rank == 1 || table->rows == 1 || table->rows == axes;
  if (rows && (table->columns == 1 || table->columns == 2))
    return true;
  ScopeText shape = { 0 };
  if (table->rank == 1)
    scope_text_printf (&shape, "(%d,)", table->columns);
  else
    scope_text_printf (&shape, "(%d,%d)", table->rows, table->columns);
  scope_failure_say (failure, "ValueError",
                     "operands could not be broadcast together with remapped shapes "
                     "[original->remapped]: %s  and requested shape (%d,2)",
                     scope_text_string (&shape), axes);
  scope_text_clear (&shape);
  return false;
}

/* ---- widths --------------------------------------------------------------------------------- */

/* np.asarray (pad_width).dtype.kind == 'i'. */
static bool
are_integers (const ScopeCall *call, const ScopeValue *value)
{
  if (value->kind == SCOPE_VALUE_TENSOR)
    return scope_dtype_kind (scope_call_dtype (call, value)) == SCOPE_KIND_SIGNED;
  if (!scope_value_is_sequence (value))
    return value->kind == SCOPE_VALUE_INT || value->kind == SCOPE_VALUE_SIZE;
  bool any = false;
  for (int i = 0; i < value->items; i++)
    {
      const ScopeValue *item = &value->item[i];
      if (item->kind == SCOPE_VALUE_BOOL)
        continue;
      if (scope_value_is_sequence (item) && item->items > 0 && !are_integers (call, item))
        {
          bool truths = true;
          for (int k = 0; k < item->items; k++)
            truths = truths && item->item[k].kind == SCOPE_VALUE_BOOL;
          if (!truths)
            return false;
          continue;
        }
      if (!scope_value_is_sequence (item) && !are_integers (call, item))
        return false;
      any = true;
    }
  return any;
}

static bool
is_negative_anywhere (const Table *table)
{
  for (int row = 0; row < table->rows && table->rank < 3; row++)
    for (int column = 0; column < table->columns; column++)
      if (scope_size_is_negative (table_item (table, row, column)->integer))
        return true;
  return false;
}

static bool
read_widths (ScopePad *pad, ScopeFailure *failure)
{
  const ScopeCall *call = pad->call;
  const ScopeValue *value = &call->value[SCOPE_PAD_WIDTHS];
  Table table;
  if (value->kind != SCOPE_VALUE_TENSOR && !read_table (value, &table, failure))
    return false;
  if (!are_integers (call, value))
    return scope_python_refuse (failure, value, "TypeError",
                                "`pad_width` must be of integral type.");
  if (value->kind == SCOPE_VALUE_TENSOR)
    {
      pad->unread = true;
      for (int axis = 0; axis < pad->input.shape.rank; axis++)
        pad->input.shape.size[axis] = SCOPE_SIZE_UNKNOWN;
      return true;
    }
  if (is_negative_anywhere (&table))
    {
      scope_failure_begin (failure, SCOPE_RULE_SIZE);
      failure->span = value->span;
      scope_failure_explain (failure, "A width cannot be negative; cut with a slice.");
      return scope_failure_say (failure, "ValueError", "index can't contain negative values");
    }
  if (!check_pairs (pad, "pad_width", &table, failure))
    return false;
  for (int axis = 0; axis < pad->input.shape.rank; axis++)
    {
      pad->before[axis] = paired_item (&table, axis, 0)->integer;
      pad->behind[axis] = paired_item (&table, axis, 1)->integer;
    }
  return true;
}

/* ---- the mode ------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  ScopePlaceKind kind;
  const char *keyword; /* the one it takes, NULL: none */
  bool computed;       /* its values are */
} Mode;

static const Mode modes[] = {
  { "constant", SCOPE_PLACE_CONSTANT, "constant_values", true },
  { "edge", SCOPE_PLACE_EDGE, NULL, true },
  { "reflect", SCOPE_PLACE_REFLECT, "reflect_type", true },
  { "symmetric", SCOPE_PLACE_SYMMETRIC, "reflect_type", true },
  { "wrap", SCOPE_PLACE_STAGED, NULL, true },
  { "empty", SCOPE_PLACE_CONSTANT, NULL, false },
  { "linear_ramp", SCOPE_PLACE_EDGE, "end_values", false },
  { "maximum", SCOPE_PLACE_EDGE, "stat_length", false },
  { "mean", SCOPE_PLACE_EDGE, "stat_length", false },
  { "median", SCOPE_PLACE_EDGE, "stat_length", false },
  { "minimum", SCOPE_PLACE_EDGE, "stat_length", false },
};

static bool
refuse_mode (const ScopePad *pad, const ScopeValue *value, ScopeFailure *failure)
{
  bool jax = pad->call->dialect == SCOPE_JAX;
  ScopeText text = { 0 };
  if (value->kind == SCOPE_VALUE_STRING)
    scope_text_append (&text, value->text);
  else
    scope_python_repr (value, &text);
  scope_python_refuse (failure, value, jax ? "NotImplementedError" : "ValueError",
                       jax ? "Unimplemented padding mode '%s' for np.pad."
                           : "mode '%s' is not supported",
                       scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

static bool
refuse_keyword (const ScopePad *pad, const Mode *mode, const char *name, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = pad->call->span;
  return scope_failure_both (failure, "ValueError",
                             "unsupported keyword arguments for mode '%s': {'%s'}", mode->name,
                             name);
}

static bool
check_keywords (const ScopePad *pad, const Mode *mode, ScopeFailure *failure)
{
  static const struct
  {
    int parameter;
    const char *name;
  } keywords[] = {
    { SCOPE_PAD_VALUE, "constant_values" },
    { SCOPE_PAD_REFLECT_TYPE, "reflect_type" },
    { SCOPE_PAD_STATISTIC, "stat_length" },
  };
  const ScopeValue *value = pad->call->value;
  if (scope_value_given (&value[SCOPE_PAD_UNKNOWN]))
    return refuse_keyword (pad, mode, value[SCOPE_PAD_UNKNOWN].text, failure);
  for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
    {
      bool taken = mode->keyword != NULL
                   && (strcmp (mode->keyword, keywords[i].name) == 0
                       || (keywords[i].parameter == SCOPE_PAD_STATISTIC
                           && strcmp (mode->keyword, "end_values") == 0));
      if (scope_value_given (&value[keywords[i].parameter]) && !taken)
        return refuse_keyword (pad, mode, keywords[i].name, failure);
    }
  return true;
}

static bool
find_mode (ScopePad *pad, const Mode **mode_out, ScopeFailure *failure)
{
  const ScopeValue *value = &pad->call->value[SCOPE_PAD_MODE];
  const char *name = "constant";
  if (scope_value_given (value) && value->kind != SCOPE_VALUE_STRING)
    return refuse_mode (pad, value, failure);
  if (scope_value_given (value))
    name = value->text;
  for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
    if (strcmp (name, modes[i].name) == 0)
      {
        pad->kind = modes[i].kind;
        pad->unread = pad->unread || !modes[i].computed;
        *mode_out = &modes[i];
        return check_keywords (pad, &modes[i], failure);
      }
  return refuse_mode (pad, value, failure);
}

/* ---- values --------------------------------------------------------------------------------- */

static bool
check_value_kinds (const ScopePad *pad, const Table *table, ScopeFailure *failure)
{
  bool whole = scope_dtype_is_integer (pad->input.dtype);
  for (int row = 0; row < table->rows; row++)
    for (int column = 0; column < table->columns; column++)
      {
        const ScopeValue *item = table_item (table, row, column);
        if (scope_value_is_number (item))
          continue;
        if (item->kind == SCOPE_VALUE_NONE && !whole)
          continue;
        if (item->kind == SCOPE_VALUE_STRING)
          return scope_python_refuse (failure, table->value, "ValueError",
                                      whole ? "invalid literal for int() with base 10: '%s'"
                                            : "could not convert string to float: '%s'",
                                      item->text);
        return scope_python_refuse (failure, table->value, "TypeError",
                                    "int() argument must be a string, a bytes-like object or a "
                                    "real number, not '%s'",
                                    scope_value_type_name (pad->call, item));
      }
  return true;
}

static bool
read_values (ScopePad *pad, ScopeFailure *failure)
{
  const ScopeValue *value = &pad->call->value[SCOPE_PAD_VALUE];
  Table table;
  pad->value_kind = SCOPE_KIND_SIGNED;
  if (!scope_value_given (value))
    return true;
  if (value->kind == SCOPE_VALUE_TENSOR)
    {
      pad->unread = true;
      return true;
    }
  if (!read_table (value, &table, failure) || !check_pairs (pad, "constant_values", &table, failure)
      || !check_value_kinds (pad, &table, failure))
    return false;
  for (int row = 0; row < table.rows; row++)
    for (int column = 0; column < table.columns; column++)
      {
        ScopeValueKind kind = table_item (&table, row, column)->kind;
        if (kind == SCOPE_VALUE_FLOAT || kind == SCOPE_VALUE_NONE)
          pad->value_kind = SCOPE_KIND_FLOAT;
      }
  for (int axis = 0; axis < pad->input.shape.rank; axis++)
    for (int side = 0; side < 2; side++)
      {
        const ScopeValue *item = paired_item (&table, axis, side);
        ScopeNumber *number = &pad->value[axis][side];
        bool none = item->kind == SCOPE_VALUE_NONE;
        if (pad->value_kind == SCOPE_KIND_SIGNED)
          number->i = item->integer;
        else
          number->f = none                              ? (pad->input.dtype == SCOPE_BOOL ? 0 : NAN)
                      : item->kind == SCOPE_VALUE_FLOAT ? item->number
                                                        : (double)item->integer;
      }
  return true;
}

/* ---- all ------------------------------------------------------------------------------------ */

/* Only constants make something of nothing. */
static bool
check_empty (const ScopePad *pad, const Mode *mode, ScopeFailure *failure)
{
  if (mode->kind == SCOPE_PLACE_CONSTANT)
    return true;
  for (int axis = 0; axis < pad->input.shape.rank; axis++)
    if (pad->input.shape.size[axis] == 0 && (pad->before[axis] > 0 || pad->behind[axis] > 0))
      {
        scope_failure_begin (failure, SCOPE_RULE_SIZE);
        scope_failure_explain (failure, "Axis %d has no elements that could be repeated.", axis);
        return scope_failure_say (failure, "ValueError",
                                  "can't extend empty axis %d using modes other than 'constant' or "
                                  "'empty'",
                                  axis);
      }
  return true;
}

static bool
check_size (const ScopePad *pad, ScopeFailure *failure)
{
  ScopeShape shape = pad->input.shape;
  bool negative = false;
  for (int axis = 0; axis < shape.rank; axis++)
    {
      bool known = scope_size_is_known (shape.size[axis]);
      shape.size[axis] = scope_padded_size (pad, axis);
      negative = negative || (known && shape.size[axis] < 0);
    }
  int64_t count;
  if (!negative
      && (!scope_shape_is_known (&shape)
          || (scope_shape_count (&shape, &count, NULL)
              && scope_checked_mul (count, (int64_t)scope_dtype_bytes (pad->input.dtype), &count))))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_LIMIT);
  scope_failure_explain (failure, "The result would be larger than any memory.");
  return scope_failure_say (failure, "ValueError",
                            negative ? "negative dimensions are not allowed"
                                     : "array is too big; `arr.size * arr.dtype.itemsize` is "
                                       "larger than the maximum possible size.");
}

bool
scope_pad_numpy (ScopePad *pad, ScopeFailure *failure)
{
  const Mode *mode = NULL;
  const char *type = NULL;
  if (!read_widths (pad, failure) || !find_mode (pad, &mode, failure) || !check_size (pad, failure)
      || !check_empty (pad, mode, failure))
    return false;
  const ScopeValue *reflect = &pad->call->value[SCOPE_PAD_REFLECT_TYPE];
  if (reflect->kind == SCOPE_VALUE_STRING)
    type = reflect->text;
  pad->unread = pad->unread || (type != NULL && strcmp (type, "odd") == 0);
  return mode->keyword == NULL || strcmp (mode->keyword, "constant_values") != 0
         || read_values (pad, failure);
}

/* ---- TensorFlow ----------------------------------------------------------------------------- */

static bool
find_tensorflow_mode (ScopePad *pad, ScopeFailure *failure)
{
  static const Mode names[] = {
    { "CONSTANT", SCOPE_PLACE_CONSTANT },
    { "REFLECT", SCOPE_PLACE_REFLECT },
    { "SYMMETRIC", SCOPE_PLACE_SYMMETRIC },
  };
  const char *mode = "CONSTANT";
  if (!scope_call_string (pad->call, SCOPE_PAD_MODE, &mode, failure))
    return false;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (strcasecmp (mode, names[i].name) == 0)
      {
        pad->kind = names[i].kind;
        return true;
      }
  return scope_python_refuse (failure, &pad->call->value[SCOPE_PAD_MODE], "ValueError",
                              "Value of argument `mode` expected to be one of \"CONSTANT\", "
                              "\"REFLECT\", or \"SYMMETRIC\". Received `mode` = %s",
                              mode);
}

static bool
refuse_tensorflow_widths (const ScopePad *pad, const Table *table, ScopeFailure *failure)
{
  ScopeText sizes = { 0 };
  int rank = pad->input.shape.rank;
  scope_failure_begin (failure, SCOPE_RULE_COUNT);
  failure->span = table->value->span;
  scope_failure_explain (failure, "A pair of widths is needed for each of the %d axes.", rank);
  scope_shape_print (&pad->input.shape, SCOPE_SHAPE_TIGHT_LIST, &sizes);
  if (table->rank != 2 || table->columns != 2)
    scope_say_tensorflow (failure, "PadV2", "paddings must be a matrix with 2 columns: [%d,%d]",
                          table->rows, table->columns);
  else
    scope_say_tensorflow (failure, "PadV2",
                          "The first dimension of paddings must be the rank of inputs[%d,%d] %s",
                          table->rows, table->columns, scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

/* A mirrored width is at most the axis, without its edge when that is not mirrored. */
static bool
check_tensorflow_widths (const ScopePad *pad, ScopeFailure *failure)
{
  for (int axis = 0; axis < pad->input.shape.rank; axis++)
    {
      int64_t size = pad->input.shape.size[axis];
      int64_t most = pad->kind == SCOPE_PLACE_REFLECT ? size - 1 : size;
      bool negative = pad->before[axis] < 0 || pad->behind[axis] < 0;
      bool wide = pad->kind != SCOPE_PLACE_CONSTANT && scope_size_is_known (size)
                  && (pad->before[axis] > most || pad->behind[axis] > most);
      if (!negative && !wide)
        continue;
      scope_failure_begin (failure, SCOPE_RULE_SIZE);
      failure->span = pad->call->value[SCOPE_PAD_WIDTHS].span;
      scope_failure_explain (failure, negative ? "A width cannot be negative; cut with a slice."
                                               : "No more can be mirrored than the axis has.");
      if (negative)
        return scope_say_tensorflow (failure, "PadV2", "Paddings must be non-negative: %lld %lld",
                                     (long long)pad->before[axis], (long long)pad->behind[axis]);
      return scope_say_tensorflow (
          failure, "MirrorPad", "paddings must be %s the dimension size: %lld, %lld %s %lld",
          pad->kind == SCOPE_PLACE_REFLECT ? "less than" : "no greater than",
          (long long)pad->before[axis], (long long)pad->behind[axis],
          pad->kind == SCOPE_PLACE_REFLECT ? "not less than" : "greater than", (long long)size);
    }
  return true;
}

bool
scope_pad_tensorflow (ScopePad *pad, ScopeFailure *failure)
{
  const ScopeValue *value = &pad->call->value[SCOPE_PAD_WIDTHS];
  Table table;
  double constant = 0;
  if (!find_tensorflow_mode (pad, failure) || !read_table (value, &table, failure)
      || !scope_call_number (pad->call, SCOPE_PAD_VALUE, &constant, failure))
    return false;
  if (table.rank != 2 || table.columns != 2 || table.rows != pad->input.shape.rank)
    return refuse_tensorflow_widths (pad, &table, failure);
  pad->value_kind = SCOPE_KIND_FLOAT;
  for (int axis = 0; axis < pad->input.shape.rank; axis++)
    {
      if (!are_integers (pad->call, &value->item[axis]))
        return scope_call_refuse (pad->call, SCOPE_PAD_WIDTHS, failure, "widths are integers");
      pad->before[axis] = table_item (&table, axis, 0)->integer;
      pad->behind[axis] = table_item (&table, axis, 1)->integer;
      pad->value[axis][0].f = pad->value[axis][1].f = constant;
    }
  return check_tensorflow_widths (pad, failure);
}
