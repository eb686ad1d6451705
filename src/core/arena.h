/* Memory that is freed all at once. */
#pragma once

#include <stddef.h>

typedef struct ScopeArena ScopeArena;

ScopeArena *scope_arena_new (void);        /* NULL when memory runs out */
void scope_arena_free (ScopeArena *arena); /* NULL is fine */
/* `bytes` zeros, aligned for any type; NULL when memory runs out. */
void *scope_arena_alloc (ScopeArena *arena, size_t bytes);
char *scope_arena_copy (ScopeArena *arena, const char *bytes, size_t length);
/* Runs `free_it (object)` when the arena is freed. False when memory runs out. */
#include <stdbool.h>
bool scope_arena_own (ScopeArena *arena, void *object, void (*free_it) (void *object));
