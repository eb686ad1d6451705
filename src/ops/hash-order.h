/* The order in which C++'s unordered_map of strings (libstdc++) visits its keys: PyTorch's messages
 * name keyword arguments in it. */
#pragma once

#include <stddef.h>

enum
{
  SCOPE_HASH_KEYS = 16
};

/* Fills order[0…keys) with the positions of the keys, which were put in from the first to the last.
 * Beyond SCOPE_HASH_KEYS − 3 the table would grow: such keys stand last to first. */
void scope_hash_order (const char *const *key, int keys, int *order);
