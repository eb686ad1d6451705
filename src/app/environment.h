/* Where the program's own data lies: installed, or beside a build that was not. */
#pragma once

/* To be called first, with argv[0] of main. */
void scope_environment_init (const char *program);
/* The folder of translations. */
const char *scope_environment_get_locales (void);
/* The folder of compiled settings schemas that the system does not know, or NULL. */
const char *scope_environment_get_schemas (void);
/* The folder of lessons, or NULL. */
const char *scope_environment_get_lessons (void);
