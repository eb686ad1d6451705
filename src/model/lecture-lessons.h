/* The lessons that are there without any file. */
#pragma once

#include "model/lesson.h"

/* Adds them to `store`, of ScopeLesson. */
void scope_lecture_add_lessons (GListStore *store);
