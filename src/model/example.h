/* The scene of the first start: 256 rows to be filled from 1280. */
#pragma once

#include "scene/scene.h"

/* NULL when memory runs out. */
ScopeScene *scope_example_new (void);
