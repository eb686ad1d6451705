/* Arithmetic on sizes that says when it leaves int64. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Each is true and sets *out when the result is an int64; false and *out undefined otherwise. */
static inline bool
scope_checked_add (int64_t a, int64_t b, int64_t *out)
{
  return !__builtin_add_overflow (a, b, out);
}

static inline bool
scope_checked_sub (int64_t a, int64_t b, int64_t *out)
{
  return !__builtin_sub_overflow (a, b, out);
}

static inline bool
scope_checked_mul (int64_t a, int64_t b, int64_t *out)
{
  return !__builtin_mul_overflow (a, b, out);
}

static inline int64_t
scope_min (int64_t a, int64_t b)
{
  return a < b ? a : b;
}

static inline int64_t
scope_max (int64_t a, int64_t b)
{
  return a > b ? a : b;
}
