/* Result types of mixed operands against what PyTorch and NumPy said (oracle/promote.py). */
#include "ops/promote.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static ScopeMixed
read_operand (const char *text)
{
  const char *bracket = strchr (text, '[');
  ScopeMixed operand = { .scalar = true, .number = true };
  if (bracket != NULL)
    {
      g_assert_true (scope_dtype_parse (text, (size_t)(bracket - text), &operand.dtype));
      operand.scalar = bracket[1] == ']';
      operand.number = false;
      operand.integer = 1;
      operand.real = 1;
    }
  else if (g_str_equal (text, "True") || g_str_equal (text, "False"))
    operand.dtype = SCOPE_BOOL;
  else if (strpbrk (text, ".e") != NULL)
    {
      operand.dtype = SCOPE_FLOAT64;
      operand.real = g_ascii_strtod (text, NULL);
    }
  else
    {
      operand.dtype = SCOPE_INT64;
      operand.integer = g_ascii_strtoll (text, NULL, 10);
    }
  return operand;
}

static const char *
loops_of (const char *ufunc)
{
  static const struct
  {
    const char *ufunc, *loops;
  } table[] = {
    { "floor_divide", "bBhHiIlLefd" }, { "power", "bBhHiIlLefdFD" },
    { "bitwise_and", "?bBhHiIlL" },    { "arctan2", "efd" },

    { "left_shift", "bBhHiIlL" },      { "logaddexp", "efd" },
  };
  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].ufunc, ufunc))
      return table[i].loops;
  g_assert_not_reached ();
}

static const char *
promote (const char *rule, const ScopeMixed *operand, int operands)
{
  ScopeDtype dtype;
  const char *dot = strchr (rule, '.');
  bool fits;
  if (dot != NULL)
    fits = scope_numpy_loop (loops_of (dot + 1), operand, operands, &dtype);
  else
    fits = scope_promote (g_str_equal (rule, "numpy") ? SCOPE_NUMPY : SCOPE_PYTORCH, operand,
                          operands, &dtype);
  return fits ? scope_dtype_name (dtype) : "-";
}

static void
test_golden (void)
{
  char *contents;
  g_assert_true (g_file_get_contents (SCOPE_TESTS "/golden/promote.txt", &contents, NULL, NULL));
  char **lines = g_strsplit (contents, "\n", -1);
  int cases = 0, wrong = 0;
  for (char **line = lines; **line != '\0'; line++, cases++)
    {
      char **word = g_strsplit (*line, " ", -1);
      int operands = (int)g_strv_length (word) - 2;
      ScopeMixed operand[3];
      g_assert_true (operands == 2 || operands == 3);
      for (int i = 0; i < operands; i++)
        operand[i] = read_operand (word[1 + i]);
      const char *result = promote (word[0], operand, operands);
      if (!g_str_equal (result, word[1 + operands]) && wrong++ < 20)
        g_test_message ("%s: %s", *line, result);
      g_strfreev (word);
    }
  g_strfreev (lines);
  g_free (contents);
  g_assert_cmpint (cases, >, 4000);
  g_assert_cmpint (wrong, ==, 0);
}

/* JAX's and TensorFlow's rules, from jax/_src/dtypes.py and math_ops.py as published. */
static const struct
{
  const char *name;
  ScopeDialect dialect;
  const char *a, *b, *result;
} published[] = {
  { "jax/int8-float16", SCOPE_JAX, "int8[3]", "float16[3]", "float16" },
  { "jax/int64-bfloat16", SCOPE_JAX, "int64[3]", "bfloat16[3]", "bfloat16" },
  { "jax/bfloat16-float16", SCOPE_JAX, "bfloat16[3]", "float16[3]", "float32" },
  { "jax/uint8-int8", SCOPE_JAX, "uint8[3]", "int8[3]", "int16" },
  { "jax/uint32-int32", SCOPE_JAX, "uint32[3]", "int32[3]", "int64" },
  { "jax/uint64-int64", SCOPE_JAX, "uint64[3]", "int64[3]", "float64" },
  { "jax/uint8-number", SCOPE_JAX, "uint8[3]", "300", "uint8" },
  { "jax/int8-float", SCOPE_JAX, "int8[3]", "1.5", "float32" },
  { "jax/bool-int", SCOPE_JAX, "bool[3]", "1", "int32" },
  { "jax/float16-float", SCOPE_JAX, "float16[3]", "1.5", "float16" },
  { "jax/0-d-is-strong", SCOPE_JAX, "float16[3]", "float32[]", "float32" },
  { "jax/float32-complex64", SCOPE_JAX, "float32[3]", "complex64[3]", "complex64" },
  { "jax/float64-complex64", SCOPE_JAX, "float64[3]", "complex64[3]", "complex128" },
  { "jax/8-bit-floats", SCOPE_JAX, "float8_e5m2[3]", "float32[3]", "-" },
  { "tensorflow/equal", SCOPE_TENSORFLOW, "int32[3]", "int32[]", "int32" },
  { "tensorflow/unequal", SCOPE_TENSORFLOW, "int32[3]", "float32[3]", "-" },
  { "tensorflow/number", SCOPE_TENSORFLOW, "float32[3]", "1", "float32" },
  { "tensorflow/float-for-int", SCOPE_TENSORFLOW, "int32[3]", "1.5", "-" },
  { "pytorch/uint16", SCOPE_PYTORCH, "uint16[3]", "int32[3]", "-" },
  { "pytorch/uint16-float", SCOPE_PYTORCH, "uint16[3]", "float32[3]", "float32" },
  { "numpy/bfloat16", SCOPE_NUMPY, "bfloat16[3]", "float32[3]", "float32" },
  { "numpy/bfloat16-number", SCOPE_NUMPY, "bfloat16[3]", "2.5", "bfloat16" },
};

static void
test_published (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeMixed operand[2] = { read_operand (published[i].a), read_operand (published[i].b) };
  for (int turn = 0; turn < 2; turn++)
    {
      ScopeDtype dtype;
      bool fits = scope_promote (published[i].dialect, operand, 2, &dtype);
      g_assert_cmpstr (fits ? scope_dtype_name (dtype) : "-", ==, published[i].result);
      ScopeMixed swap = operand[0];
      operand[0] = operand[1];
      operand[1] = swap;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promote/golden", test_golden);
  for (size_t i = 0; i < G_N_ELEMENTS (published); i++)
    {
      char *path = g_strconcat ("/promote/", published[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_published);
      g_free (path);
    }
  return g_test_run ();
}
