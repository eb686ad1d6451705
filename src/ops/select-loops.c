/* The loops of operations of three operands. */
#include "ops/select.h"

#include <complex.h>
#include <math.h>

/* A loop over x, y and z of types X, Y and Z that leaves `expression` in elements of type R. */
#define LOOP(name, X, Y, Z, R, expression)                                                         \
  static bool name (const ScopeElementwise *plan, int64_t count, const void *const *in,            \
                    const int64_t *in_step, void *out, int64_t out_step, ScopeError *error)        \
  {                                                                                                \
    const X *a = in[0];                                                                            \
    const Y *b = in[1];                                                                            \
    const Z *c = in[2];                                                                            \
    R *r = out;                                                                                    \
    for (int64_t i = 0; i < count; i++)                                                            \
      {                                                                                            \
        const X x = a[i * in_step[0]];                                                             \
        const Y y = b[i * in_step[1]];                                                             \
        const Z z = c[i * in_step[2]];                                                             \
        r[i * out_step] = (R)(expression);                                                         \
      }                                                                                            \
    return true;                                                                                   \
  }

typedef double complex Complex;

#define CHOOSE(name, T)  LOOP (name, uint8_t, T, T, T, x ? y : z)
#define REPLACE(name, T) LOOP (name, T, uint8_t, T, T, y ? z : x)
#define LIMIT(name, T)   LOOP (name, T, T, T, T, x<y ? (y < z ? y : z) : x> z ? z : x)
#define MIX(name, T)     LOOP (name, T, T, T, T, z < (T)0.5 ? x + z * (y - x) : y - (y - x) * (1 - z))

CHOOSE (choose_b, uint8_t)
CHOOSE (choose_i, int64_t)
CHOOSE (choose_u, uint64_t)
CHOOSE (choose_f, float)
CHOOSE (choose_d, double)
CHOOSE (choose_c, Complex)
REPLACE (replace_b, uint8_t)
REPLACE (replace_i, int64_t)
REPLACE (replace_u, uint64_t)
REPLACE (replace_f, float)
REPLACE (replace_d, double)
REPLACE (replace_c, Complex)
LIMIT (limit_b, uint8_t)
LIMIT (limit_i, int64_t)
LIMIT (limit_u, uint64_t)
LIMIT (limit_f, float)
LIMIT (limit_d, double)
MIX (mix_f, float)
MIX (mix_d, double)
LOOP (mix_c, Complex, Complex, Complex, Complex, x + z * (y - x))

#define WRAP(x, op, y) ((int64_t)((uint64_t)(x)op (uint64_t) (y)))

/* Of whole numbers the factor is whole: PyTorch cuts it. */
LOOP (add_product_i,
      int64_t,
      int64_t,
      int64_t,
      int64_t,
      WRAP (x, +, WRAP (plan->integer[0], *, WRAP (y, *, z))))
LOOP (add_product_f, float, float, float, float, x + (float)plan->real[0] * y * z)
LOOP (add_product_d, double, double, double, double, x + plan->real[0] * y * z)
LOOP (add_product_c, Complex, Complex, Complex, Complex, x + plan->real[0] * y * z)
LOOP (add_quotient_f, float, float, float, float, x + (float)plan->real[0] * y / z)
LOOP (add_quotient_d, double, double, double, double, x + plan->real[0] * y / z)
LOOP (add_quotient_c, Complex, Complex, Complex, Complex, x + plan->real[0] * y / z)

/* By carrier: bool, int64, uint64, float32, float64, complex128. */
static const ScopeElementwiseRun table[SCOPE_N_SELECTIONS][6] = {
  [SCOPE_CHOOSE] = { choose_b, choose_i, choose_u, choose_f, choose_d, choose_c },
  [SCOPE_REPLACE] = { replace_b, replace_i, replace_u, replace_f, replace_d, replace_c },
  [SCOPE_LIMIT] = { limit_b, limit_i, limit_u, limit_f, limit_d },
  [SCOPE_MIX] = { NULL, NULL, NULL, mix_f, mix_d, mix_c },
  [SCOPE_ADD_PRODUCT] = { NULL, add_product_i, NULL, add_product_f, add_product_d, add_product_c },
  [SCOPE_ADD_QUOTIENT] = { NULL, NULL, NULL, add_quotient_f, add_quotient_d, add_quotient_c },
};

ScopeElementwiseRun
scope_selection_run (ScopeSelection selection, ScopeDtype loop)
{
  switch (scope_carrier (loop))
    {
    case SCOPE_BOOL:
      return table[selection][0];
    case SCOPE_INT64:
      return table[selection][1];
    case SCOPE_UINT64:
      return table[selection][2];
    case SCOPE_FLOAT32:
      return table[selection][3];
    case SCOPE_FLOAT64:
      return table[selection][4];
    default:
      return table[selection][5];
    }
}
