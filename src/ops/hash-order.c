/* Follows libstdc++'s hash_bytes.cc (MurmurHash 64A) and hashtable.h. */
#include "ops/hash-order.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum
{
  BUCKETS = 13, /* what a first key makes room for; enough for as many */
  NOBODY = -1,
};

#define MULTIPLIER ((UINT64_C (0xc6a4a793) << 32) + UINT64_C (0x5bd1e995))
#define SEED       UINT64_C (0xc70f6907)

static uint64_t
shift_mix (uint64_t value)
{
  return value ^ (value >> 47);
}

static uint64_t
load (const char *bytes, size_t length)
{
  uint64_t value = 0;
  for (size_t i = length; i > 0; i--)
    value = (value << 8) | (unsigned char)bytes[i - 1];
  return value;
}

static uint64_t
hash_of (const char *key)
{
  size_t length = strlen (key), whole = length & ~(size_t)7;
  uint64_t hash = SEED ^ ((uint64_t)length * MULTIPLIER);
  for (size_t i = 0; i < whole; i += 8)
    hash = (hash ^ (shift_mix (load (key + i, 8) * MULTIPLIER) * MULTIPLIER)) * MULTIPLIER;
  if (whole < length)
    hash = (hash ^ load (key + whole, length - whole)) * MULTIPLIER;
  return shift_mix (shift_mix (hash) * MULTIPLIER);
}

/* One list holds all keys. A key whose bucket is empty goes to its front; another goes behind the
 * key that stands before its bucket. */
void
scope_hash_order (const char *const *key, int keys, int *order)
{
  int next[SCOPE_HASH_KEYS], bucket[SCOPE_HASH_KEYS], front = NOBODY;
  for (int k = 0; k < keys && keys <= BUCKETS; k++)
    {
      int before = NOBODY;
      bool shares = false;
      bucket[k] = (int)(hash_of (key[k]) % BUCKETS);
      for (int i = front; i != NOBODY && !shares; i = next[i])
        if (bucket[i] == bucket[k])
          shares = true;
        else
          before = i;
      if (shares && before != NOBODY)
        {
          next[k] = next[before];
          next[before] = k;
        }
      else
        {
          next[k] = front;
          front = k;
        }
    }
  int at = front;
  for (int k = 0; k < keys; k++)
    {
      order[k] = keys <= BUCKETS ? at : keys - 1 - k;
      at = keys <= BUCKETS ? next[at] : at;
    }
}
