/* Memory that is freed all at once. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Not for several threads at once while it is being filled. */
typedef struct ScopeArena ScopeArena;

ScopeArena *scope_arena_new (void);        /* NULL when memory runs out */
void scope_arena_free (ScopeArena *arena); /* NULL is fine */
/* `bytes` zeros, aligned for any type; NULL when memory runs out. */
void *scope_arena_alloc (ScopeArena *arena, size_t bytes);
/* A copy with a NUL behind it; NULL when memory runs out. */
char *scope_arena_copy (ScopeArena *arena, const char *bytes, size_t length);
/* Runs `free_it (object)` when the arena is freed, the last one first. False when memory runs out,
 * and then the object stays the caller's. */
bool scope_arena_own (ScopeArena *arena, void *object, void (*free_it) (void *object));
