/* A pool of threads that take the parts of a run one by one. */
#include "core/executor.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum
{
  MAX_THREADS = 256
};

typedef struct
{
  void (*part) (void *data, int index);
  void *data;
  int parts;
  _Atomic int next; /* the part nobody has taken yet */
} Job;

typedef struct
{
  ScopeExecutor executor; /* first, so that a pool is one */
  _Atomic bool busy;      /* a run is going on */
  pthread_mutex_t mutex;  /* guards what follows */
  pthread_cond_t wake;    /* a new job, or the end */
  pthread_cond_t idle;    /* the last worker left the job */
  Job *job;               /* NULL: nothing to do */
  unsigned generation;    /* number of the job, so that no worker enters one twice */
  int inside;             /* workers in the job */
  bool ending;
  int workers;
  pthread_t worker[MAX_THREADS];
} Pool;

static void
take_parts (Job *job)
{
  for (;;)
    {
      int index = atomic_fetch_add_explicit (&job->next, 1, memory_order_relaxed);
      if (index >= job->parts)
        return;
      job->part (job->data, index);
    }
}

static void *
work (void *data)
{
  Pool *pool = data;
  unsigned seen = 0;
  pthread_mutex_lock (&pool->mutex);
  for (;;)
    {
      while (!pool->ending && (pool->job == NULL || pool->generation == seen))
        pthread_cond_wait (&pool->wake, &pool->mutex);
      if (pool->ending)
        break;
      Job *job = pool->job;
      seen = pool->generation;
      pool->inside++;
      pthread_mutex_unlock (&pool->mutex);
      take_parts (job);
      pthread_mutex_lock (&pool->mutex);
      if (--pool->inside == 0)
        pthread_cond_signal (&pool->idle);
    }
  pthread_mutex_unlock (&pool->mutex);
  return NULL;
}

static void
pool_run (ScopeExecutor *self, int parts, void (*part) (void *data, int index), void *data)
{
  Pool *pool = (Pool *)self;
  if (parts <= 1 || pool->workers == 0 || atomic_exchange (&pool->busy, true))
    {
      for (int i = 0; i < parts; i++)
        part (data, i);
      return;
    }
  Job job = { .part = part, .data = data, .parts = parts };
  pthread_mutex_lock (&pool->mutex);
  pool->job = &job;
  pool->generation++;
  pthread_cond_broadcast (&pool->wake);
  pthread_mutex_unlock (&pool->mutex);

  take_parts (&job);

  pthread_mutex_lock (&pool->mutex);
  pool->job = NULL; /* from here on nobody enters */
  while (pool->inside > 0)
    pthread_cond_wait (&pool->idle, &pool->mutex);
  pthread_mutex_unlock (&pool->mutex);
  atomic_store (&pool->busy, false);
}

ScopeExecutor *
scope_thread_pool_new (int threads)
{
  if (threads <= 0)
    {
      long processors = sysconf (_SC_NPROCESSORS_ONLN);
      threads = processors < 1 ? 1 : processors > MAX_THREADS ? MAX_THREADS : (int)processors;
    }
  threads = threads > MAX_THREADS ? MAX_THREADS : threads;
  Pool *pool = calloc (1, sizeof *pool);
  if (pool == NULL)
    return NULL;
  pthread_mutex_init (&pool->mutex, NULL);
  pthread_cond_init (&pool->wake, NULL);
  pthread_cond_init (&pool->idle, NULL);
  while (pool->workers < threads - 1
         && pthread_create (&pool->worker[pool->workers], NULL, work, pool) == 0)
    pool->workers++;
  pool->executor.run = pool_run;
  pool->executor.threads = pool->workers + 1;
  if (pool->workers == 0 && threads > 1)
    {
      scope_thread_pool_free (&pool->executor);
      return NULL;
    }
  return &pool->executor;
}

void
scope_thread_pool_free (ScopeExecutor *executor)
{
  if (executor == NULL)
    return;
  Pool *pool = (Pool *)executor;
  pthread_mutex_lock (&pool->mutex);
  pool->ending = true;
  pthread_cond_broadcast (&pool->wake);
  pthread_mutex_unlock (&pool->mutex);
  for (int i = 0; i < pool->workers; i++)
    pthread_join (pool->worker[i], NULL);
  pthread_cond_destroy (&pool->idle);
  pthread_cond_destroy (&pool->wake);
  pthread_mutex_destroy (&pool->mutex);
  free (pool);
}

void
scope_execute (ScopeExecutor *executor, int parts, void (*part) (void *data, int index), void *data)
{
  if (executor != NULL)
    executor->run (executor, parts, part, data);
  else
    for (int i = 0; i < parts; i++)
      part (data, i);
}
