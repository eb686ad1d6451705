/* What a library written in C gives bench/peers.py: a resampling that is set up once and then run.
 * Each library is a file that is compiled to a shared object with these functions. */
#pragma once

#include <stdint.h>

typedef enum
{
  PEER_UINT8,
  PEER_FLOAT32,
  PEER_FLOAT64,
} PeerType;

typedef enum
{
  PEER_NEAREST,
  PEER_LINEAR,
  PEER_CUBIC,
  PEER_AREA,
} PeerFilter;

typedef struct
{
  int64_t rows, columns, bands; /* the bands of an element are neighbours in memory */
  PeerType type;
} PeerPicture;

typedef struct PeerPlan PeerPlan;

/* `a` is Keys' A of CUBIC. NULL when the library has nothing of the sort. */
PeerPlan *
peer_new (const PeerPicture *from, const PeerPicture *to, PeerFilter filter, double a, int kind);
void peer_free (PeerPlan *plan);
/* The input, and what the last run gave: dense, row after row. */
void peer_put (PeerPlan *plan, const void *data);
void peer_get (PeerPlan *plan, void *data);
/* Runs once; not 0 is a failure. */
int peer_run (PeerPlan *plan);
