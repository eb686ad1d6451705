/* A SIGBUS handler that knows which memory a thread is reading, and jumps out of it. */
#include "files/sigbus.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>

typedef struct Guard
{
  sigjmp_buf out;
  guintptr begin, end;
} Guard;

static __thread Guard *volatile guarded; /* what this thread is reading */
static struct sigaction previous;
static pthread_once_t installed = PTHREAD_ONCE_INIT;

static void
handle (int number, siginfo_t *information, void *context)
{
  Guard *guard = guarded;
  guintptr address = (guintptr)information->si_addr;
  if (guard != NULL && address >= guard->begin && address < guard->end)
    {
      guarded = NULL;
      siglongjmp (guard->out,
                  1); /* the fault is synchronous: it interrupted a plain load of ours */
    }

  if (previous.sa_flags & SA_SIGINFO)
    previous.sa_sigaction (number, information, context);
  else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN)
    previous.sa_handler (number);
  else
    sigaction (SIGBUS, &previous, NULL); /* the load is repeated and takes its usual course */
}

static void
install (void)
{
  /* SA_NODEFER, so that jumping out leaves the signal unblocked without saving the mask. */
  struct sigaction action = { .sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_NODEFER };
  sigemptyset (&action.sa_mask);
  sigaction (SIGBUS, &action, &previous);
}

gboolean
scope_sigbus_guard (const void *bytes, gsize length, void (*work) (void *data), void *data)
{
  pthread_once (&installed, install);

  /* A fault is reported at a page's address, so the guard covers whole pages. */
  const guintptr page = 65536;
  Guard guard = { .begin = (guintptr)bytes & ~(page - 1),
                  .end = ((guintptr)bytes + length + page - 1) & ~(page - 1) };
  if (sigsetjmp (guard.out, 0) != 0)
    return FALSE;

  guarded = &guard;
  work (data);
  guarded = NULL;
  return TRUE;
}
