/* What the files of a comparison share. */
#pragma once

#include "model/comparison.h"

G_BEGIN_DECLS

/* Something under way in a worker. Whoever started it holds it and drops it with
 * scope_compare_job_cancel, finished or not. */
typedef struct _ScopeCompareJob ScopeCompareJob;

typedef void (*ScopeCompareJobDone) (ScopeCompareJob *job, gpointer data);

/* Called in the main context unless the job was cancelled before. `data` must outlive the job. */
ScopeCompareJob *scope_compare_job_read (ScopeTile *tile, ScopeCompareJobDone done, gpointer data);
ScopeCompareJob *scope_compare_job_measure (ScopeTile *test,
                                            ScopeTile *reference,
                                            const ScopeMetricsOptions *options,
                                            ScopeCompareJobDone done,
                                            gpointer data);
void scope_compare_job_cancel (ScopeCompareJob *job); /* NULL is fine */
/* Of a finished job: whether it went well, what came out, or why not. */
gboolean scope_compare_job_get_success (ScopeCompareJob *job);
const ScopeMetrics *scope_compare_job_get_metrics (ScopeCompareJob *job);
const ScopeError *scope_compare_job_get_error (ScopeCompareJob *job);

typedef enum
{
  SCOPE_SOURCE_PATTERN,
  SCOPE_SOURCE_TENSOR, /* of the session */
  SCOPE_SOURCE_RESULT, /* of the session's expression */
  SCOPE_SOURCE_TYPED,  /* an expression, a shape, a literal, a file's name */
} ScopeSourceKind;

ScopeComparisonSource *
scope_comparison_source_new (ScopeSourceKind kind, ScopeFill fill, const char *name, char *label);
ScopeSourceKind scope_comparison_source_get_kind (ScopeComparisonSource *self);
ScopeFill scope_comparison_source_get_fill (ScopeComparisonSource *self);
const char *scope_comparison_source_get_name (ScopeComparisonSource *self);

struct _ScopeComparisonTile
{
  GObject parent_instance;

  guint number;
  gboolean custom; /* an expression instead of a recipe */
  ScopeRecipe recipe;
  char *title, *call; /* call: without what defines the source */
  char *own_call;     /* of the library itself; NULL: there is no other */
  gboolean reference;

  ScopeTile *tile;
  gboolean ready; /* `tile` has been read */
  ScopeCompareJob *reading, *measuring;
  ScopeMetrics metrics;
  gboolean measured;
  char *badge, *note, *problem;
  ScopePicture *picture, *other;
  ScopeProgram *shown; /* by `picture`; NULL: nothing */
  int shown_node;
};

ScopeComparisonTile *scope_comparison_tile_new (ScopeEvaluator *evaluator);
void scope_comparison_tile_stop (ScopeComparisonTile *self);
/* Replaces a text or flag and notifies when it differs; `text` is taken. */
void scope_comparison_tile_take_title (ScopeComparisonTile *self, char *text);
void scope_comparison_tile_take_call (ScopeComparisonTile *self, char *text);
void scope_comparison_tile_take_own_call (ScopeComparisonTile *self, char *text);
void scope_comparison_tile_take_problem (ScopeComparisonTile *self, char *text);
void scope_comparison_tile_set_number (ScopeComparisonTile *self, guint number);
void scope_comparison_tile_set_reference (ScopeComparisonTile *self, gboolean reference);
/* Writes badge and note from what has been measured. */
void scope_comparison_tile_update_words (ScopeComparisonTile *self);
/* Shows a program's result in the picture; a NULL program shows why not. */
void scope_comparison_tile_show (ScopeComparisonTile *self,
                                 ScopeProgram *program,
                                 int node,
                                 const char *name,
                                 const char *problem);
void scope_comparison_tile_notify_busy (ScopeComparisonTile *self);

struct _ScopeComparison
{
  GObject parent_instance;

  ScopeSession *session; /* not a reference: it outlives its pages; NULL once it is gone */
  ScopeEvaluator *evaluator;

  GListStore *sources;
  guint source;
  char *source_name;       /* what the calls are over: A, result */
  char *source_definition; /* statements in front of the calls, or "" */
  GPtrArray *tensors;      /* ScopeTensor, for the calls */
  ScopeShape pattern_size; /* rows and columns of test patterns */
  gboolean suited;         /* they are the pattern's own, not a person's */
  char *typed_text;        /* of SCOPE_SOURCE_TYPED; NULL until it is chosen */
  char *source_size_text, *source_problem;
  int fault_begin, fault_end; /* characters of what was typed, or −1 */
  ScopeTile *source_tile;
  ScopeCompareJob *source_job;
  gboolean source_ready;
  ScopeMetricsOptions options;

  ScopeShape size;
  char *size_text, *size_problem;
  int size_fault_begin, size_fault_end;

  GListStore *tiles;
  guint reference;
  ScopeCompareView view;
  gboolean one_range, linked;
  gboolean cancelled; /* nothing has been begun since */
  gboolean profile_column;
  double profile_place;
  gboolean following; /* while what one tile shows is carried over to the others */
  char *conventions;
};

void scope_comparison_notify (ScopeComparison *self, const char *property);
/* Everything that plots and tables are made from has changed. */
void scope_comparison_results_changed (ScopeComparison *self);
ScopeComparisonTile *scope_comparison_get_tile (ScopeComparison *self, guint i); /* not owned */
guint scope_comparison_count (ScopeComparison *self);

/* comparison-tiles.c */
void scope_comparison_append_tile (ScopeComparison *self, const ScopeRecipe *recipe);
void scope_comparison_clear_tiles (ScopeComparison *self);
/* Lets go of a tile that leaves the list. */
void scope_comparison_forget_tile (ScopeComparisonTile *tile);
/* Tells tiles their numbers and which is the reference. */
void scope_comparison_number_tiles (ScopeComparison *self);
char *scope_comparison_write_size (const ScopeShape *size); /* free with g_free */

/* comparison-source.c */
void scope_comparison_list_sources (ScopeComparison *self);
/* Makes tensors and texts of the chosen source; FALSE with source_problem. */
gboolean scope_comparison_take_source (ScopeComparison *self);
/* Another pattern than `before` is shown in a size that suits it, unless a person chose one. */
void scope_comparison_suit_size (ScopeComparison *self, guint before);
ScopeSourceKind scope_comparison_source_kind (ScopeComparison *self);
/* Why there is no source, where in what was typed; notifies. A NULL error takes it back. */
void scope_comparison_set_source_problem (ScopeComparison *self, const ScopeError *error);
/* The text that says what the chosen source is, for going on with it; free with g_free. */
char *scope_comparison_write_source (ScopeComparison *self);

/* comparison-work.c */
/* Reads the source and all tiles anew. */
void scope_comparison_restart (ScopeComparison *self);
/* Checks and reads one tile. */
void scope_comparison_start_tile (ScopeComparison *self, ScopeComparisonTile *tile);
/* Measures what can be. */
void scope_comparison_measure (ScopeComparison *self);
/* comparison-look.c */
/* Shows in a tile what the view says, as far as it is there. */
void scope_comparison_show_tile (ScopeComparison *self, ScopeComparisonTile *tile);
void scope_comparison_show_all (ScopeComparison *self);
void scope_comparison_update_ranges (ScopeComparison *self);
void scope_comparison_follow_picture (ScopeComparison *self, ScopeComparisonTile *tile);

G_END_DECLS
