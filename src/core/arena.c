/* Memory that is freed all at once. */
#include "core/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum
{
  BLOCK_BYTES = 16 * 1024
};

typedef struct Block
{
  struct Block *next;
  size_t used, capacity; /* bytes of `memory` */
  max_align_t memory[];
} Block;

typedef struct Owned
{
  struct Owned *next;
  void *object;
  void (*free_it) (void *object);
} Owned;

struct ScopeArena
{
  Block *block; /* the one that is being filled is first */
  Owned *owned; /* the last one first */
};

ScopeArena *
scope_arena_new (void)
{
  return calloc (1, sizeof (ScopeArena));
}

void
scope_arena_free (ScopeArena *arena)
{
  if (arena == NULL)
    return;
  for (Owned *owned = arena->owned; owned != NULL; owned = owned->next)
    owned->free_it (owned->object);
  while (arena->block != NULL)
    {
      Block *next = arena->block->next;
      free (arena->block);
      arena->block = next;
    }
  free (arena);
}

static Block *
new_block (size_t capacity)
{
  if (capacity > SIZE_MAX - sizeof (Block))
    return NULL;
  Block *block = calloc (1, sizeof (Block) + capacity);
  if (block != NULL)
    block->capacity = capacity;
  return block;
}

void *
scope_arena_alloc (ScopeArena *arena, size_t bytes)
{
  if (bytes > SIZE_MAX - _Alignof(max_align_t))
    return NULL;
  bytes = (bytes + _Alignof(max_align_t) - 1) / _Alignof(max_align_t) * _Alignof(max_align_t);
  Block *block = arena->block;
  if (block != NULL && bytes <= block->capacity - block->used)
    {
      void *memory = (char *)block->memory + block->used;
      block->used += bytes;
      return memory;
    }
  bool large = bytes > BLOCK_BYTES / 4;
  Block *fresh = new_block (large ? bytes : BLOCK_BYTES);
  if (fresh == NULL)
    return NULL;
  fresh->used = bytes;
  if (large && block != NULL)
    { /* behind the block that still has room */
      fresh->next = block->next;
      block->next = fresh;
    }
  else
    {
      fresh->next = block;
      arena->block = fresh;
    }
  return fresh->memory;
}

char *
scope_arena_copy (ScopeArena *arena, const char *bytes, size_t length)
{
  if (length == SIZE_MAX)
    return NULL;
  char *copy = scope_arena_alloc (arena, length + 1);
  if (copy != NULL && length > 0)
    memcpy (copy, bytes, length);
  return copy;
}

bool
scope_arena_own (ScopeArena *arena, void *object, void (*free_it) (void *object))
{
  Owned *owned = scope_arena_alloc (arena, sizeof *owned);
  if (owned == NULL)
    return false;
  *owned = (Owned){ .next = arena->owned, .object = object, .free_it = free_it };
  arena->owned = owned;
  return true;
}
