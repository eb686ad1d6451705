/* Where the program's own data lies: installed, or beside a build that was not. */
#include "app/environment.h"

#include <glib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static char *locales;
static char *schemas;
static char *lessons;

/* The folder that holds the program, found without the working directory where possible. */
static char *
find_program_folder (const char *program)
{
  g_autofree char *link = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *found = link == NULL ? g_find_program_in_path (program) : NULL;

  return g_path_get_dirname (link != NULL ? link : found != NULL ? found : program);
}

/* `folder`/`path` when `probe` exists in it, else NULL. */
static char *
existing (const char *folder, const char *path, const char *probe)
{
  g_autofree char *whole = g_build_filename (folder, path, NULL);
  g_autofree char *file = g_build_filename (whole, probe, NULL);

  return g_file_test (file, G_FILE_TEST_EXISTS) ? g_steal_pointer (&whole) : NULL;
}

/* Every frame takes and gives back images of the window's size: memory that went back to the system
 * in between would have to be cleared again each time, which takes longer than the drawing. */
static void
keep_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
  mallopt (M_TRIM_THRESHOLD, 256 << 20);
  mallopt (M_TOP_PAD, 32 << 20);
#endif
}

void
scope_environment_init (const char *program)
{
  g_autofree char *folder = find_program_folder (program);

  keep_memory ();
  g_free (locales);
  g_free (schemas);
  g_free (lessons);
  /* A build stands as src/app/shapescope beside data/ and po/; an installation as bin/shapescope
   * beside share/. */
  locales = existing (folder, "../../po", "de/LC_MESSAGES/shapescope.mo");
  if (locales == NULL)
    locales = existing (folder, "../share/locale", "de/LC_MESSAGES/shapescope.mo");
  if (locales == NULL)
    locales = g_strdup (SCOPE_LOCALE_FOLDER);
  schemas = existing (folder, "../../data", "gschemas.compiled");
  if (schemas == NULL)
    schemas = existing (folder, "../share/glib-2.0/schemas", "gschemas.compiled");
  lessons = existing (folder, "../../data/lessons", "FORMAT.md");
  if (lessons == NULL)
    lessons = existing (folder, "../share/shapescope/lessons", "FORMAT.md");
}

const char *
scope_environment_get_locales (void)
{
  return locales;
}

const char *
scope_environment_get_schemas (void)
{
  return schemas;
}

const char *
scope_environment_get_lessons (void)
{
  return lessons;
}
