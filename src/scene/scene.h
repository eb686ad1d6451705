/* What is looked at: named tensors, one expression over them, a dialect, a view. Immutable. */
#pragma once

#include "core/tensor.h"
#include "ops/verdict.h"
#include "scene/view.h"

/* A tensor and where it comes from. */
typedef struct
{
  ScopeTensor *tensor;
  char *origin;     /* the text it was made from: `ramp:float32[4,5]`, a path, `a.npz::weights` */
  char *axis_names; /* `N C H W`, or "" */
  bool file;        /* origin is a path */
} ScopeSceneTensor;

typedef struct
{
  _Atomic int references;
  int tensors;
  ScopeSceneTensor *tensor;
  char *expression;
  ScopeDialect dialect;
  ScopeView view; /* of the result and, fitted, of every operand */
} ScopeScene;

/* An empty scene. NULL when memory runs out, as below. */
ScopeScene *scope_scene_new (void);
ScopeScene *scope_scene_ref (ScopeScene *scene);
void scope_scene_unref (ScopeScene *scene); /* NULL is fine */

/* Each gives a new scene that differs in one thing and leaves `scene` as it is. */
ScopeScene *scope_scene_with_expression (const ScopeScene *scene, const char *expression);
ScopeScene *scope_scene_with_dialect (const ScopeScene *scene, ScopeDialect dialect);
ScopeScene *scope_scene_with_view (const ScopeScene *scene, const ScopeView *view);
/* Replaces tensor `i`, whose axis names stay, or adds one when i is scene->tensors. Takes a
 * reference of `tensor`. */
ScopeScene *scope_scene_with_tensor (const ScopeScene *scene,
                                     int i,
                                     ScopeTensor *tensor,
                                     const char *origin,
                                     bool file);
ScopeScene *scope_scene_with_axis_names (const ScopeScene *scene, int i, const char *names);
ScopeScene *scope_scene_without_tensor (const ScopeScene *scene, int i);

/* The tensor called `name`, or −1. */
int scope_scene_find (const ScopeScene *scene, const char *name);
/* The first free name of A, B, C … Z, A1 …; owned by the caller. */
char *scope_scene_free_name (const ScopeScene *scene);
