/* Threads belong to the caller: the core splits its work into parts and hands them over. */
#pragma once

#include <stdbool.h>

/* run() calls part (data, i) once for each i in 0…parts−1, on any threads, and returns when all
 * are done. The split never changes a result. */
typedef struct ScopeExecutor
{
  void (*run) (struct ScopeExecutor *self,
               int parts,
               void (*part) (void *data, int index),
               void *data);
  int threads; /* how many parts can run at once, ≥ 1 */
} ScopeExecutor;

/* A pool of `threads` (0: one for each processor), the caller being one of them; free with
 * scope_thread_pool_free. One run at a time: a run from within a run, or a second caller, does its
 * parts itself. NULL when no thread could be started. */
ScopeExecutor *scope_thread_pool_new (int threads);
void scope_thread_pool_free (ScopeExecutor *pool);

/* Runs the parts one after the other when `executor` is NULL. */
void scope_execute (ScopeExecutor *executor,
                    int parts,
                    void (*part) (void *data, int index),
                    void *data);
