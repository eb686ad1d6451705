/* A value of a program put into memory, to be looked at again and again. */
#pragma once

#include "scene/statistics.h"
#include "scene/subject.h"

/* The values as a dense tensor called `name`, and their statistics (NULL: not asked for). Errors:
 * TOO_BIG (more than `budget` bytes), and those of scope_program_read. Freed with
 * scope_tensor_unref. */
ScopeTensor *scope_materialize (const ScopeSubject *subject,
                                const char *name,
                                int64_t budget,
                                const ScopeReading *reading,
                                ScopeStatistics *statistics,
                                ScopeError *error);
/* Statistics of all values, block by block. Errors: those of scope_program_read. */
bool scope_statistics_read (const ScopeSubject *subject,
                            const ScopeReading *reading,
                            ScopeStatistics *out,
                            ScopeError *error);
