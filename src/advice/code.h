/* Inside the translation of programs: the writer, and what the translations of single operations
 * share. */
#pragma once

#include "advice/report.h"

enum
{
  SCOPE_WRITER_DEPTH = 400, /* deepest nesting that is translated; deeper stays as it is written */
};

typedef struct
{
  const ScopeProgram *program;
  ScopeDialect dialect;
  const ScopeNode **made; /* by syntax: the node it makes, or NULL */
  size_t *byte;           /* of each character of the source, and of its end */
  int32_t characters;
  ScopeText remarks; /* comment lines for what the dialect has no words for */
  ScopeText before;  /* lines that stand before the statement that is being written */
  int names;         /* given to intermediate results so far */
  int depth;
  bool refused; /* the dialect cannot say this one, whatever its spellings */
  bool loose;   /* what was written last wants brackets when something is appended to it */
  bool failed;
} ScopeWriter;

/* Appends a node of the syntax as the dialect writes it. */
void scope_write_syntax (ScopeWriter *writer, int32_t number, ScopeText *out);
/* The same in brackets where they are needed, so that `.name` or an operator may follow. */
void scope_write_primary (ScopeWriter *writer, int32_t number, ScopeText *out);

/* ---- bound arguments of a node -------------------------------------------------------------- */

/* The argument called `name`; NULL when it was not given or is None. */
const ScopeValue *scope_written (const ScopeNode *node, const char *name);
/* Its shape when it is a tensor, else NULL. */
const ScopeShape *scope_written_shape (const ScopeNode *node, const char *name);
int64_t scope_written_int (const ScopeNode *node, const char *name, int64_t otherwise);
bool scope_written_bool (const ScopeNode *node, const char *name, bool otherwise);
/* An axis of `rank`, from the front; `otherwise` when it was not given, −1 when it is out of range.
 */
int scope_written_axis (const ScopeNode *node, const char *name, int rank, int otherwise);
/* Whole numbers, at most SCOPE_MAX_RANK; one number counts `fill` times. Their count, or −1. */
int scope_written_ints (const ScopeNode *node, const char *name, int fill, int64_t *out);

/* Appends an argument as the dialect writes it; false when it was not given. */
bool
scope_write_argument (ScopeWriter *writer, const ScopeNode *node, const char *name, ScopeText *out);
/* The same so that `.name` or an operator may follow. */
bool
scope_write_object (ScopeWriter *writer, const ScopeNode *node, const char *name, ScopeText *out);
void scope_write_value (ScopeWriter *writer,
                        const ScopeNode *node,
                        const ScopeValue *value,
                        bool primary,
                        ScopeText *out);

/* `2, 3`; between brackets as a tuple `(2,)`. */
void scope_write_numbers (const int64_t *number, int count, ScopeText *out);
void scope_write_tuple (const int64_t *number, int count, ScopeText *out);
/* torch, np, tf, jnp */
const char *scope_writer_module (const ScopeWriter *writer);
/* `np.float32` and the like. */
void scope_write_dtype (const ScopeWriter *writer, ScopeDtype dtype, ScopeText *out);
/* Says that the dialect has no words for a node. Returns false. */
bool scope_writer_refuse (ScopeWriter *writer);
/* A name for an intermediate result that no tensor has: `resized`, `resized2`. */
void scope_writer_name (ScopeWriter *writer, const char *wanted, ScopeText *out);

/* Puts the line `name = value` before the statement that is being written. */
void scope_writer_line (ScopeWriter *writer, const ScopeText *name, const char *value);

/* ---- operations whose spelling differs by more than names ----------------------------------- */

/* Appends node `node` in the writer's dialect; false when it has no words of its own for it, with
 * `refused` set when the table's spelling would be wrong too. */
typedef bool (*ScopeTranslate) (ScopeWriter *writer, const ScopeNode *node, ScopeText *out);

typedef struct
{
  const char *op; /* canonical name; ends with NULL */
  ScopeTranslate translate;
} ScopeTranslation;

extern const ScopeTranslation scope_translations_of_shape[];
extern const ScopeTranslation scope_translations_of_layers[];
extern const ScopeTranslation scope_translations_of_norms[];
extern const ScopeTranslation scope_translations_of_values[];

/* ---- resampling (resize-code.c) ------------------------------------------------------------- */

/* The lines that resample `source` along some of its axes, for frameworks whose resampling is
 * spelled too differently to be translated; the result is called `name`. */
typedef struct
{
  const char *source; /* as written, brackets included */
  const char *name;
  int rank; /* of the source */
  int axes;
  int axis[SCOPE_MAX_RANK]; /* that change */
  int64_t from[SCOPE_MAX_RANK], to[SCOPE_MAX_RANK];
  double scale[SCOPE_MAX_RANK]; /* the factor that was given, where it is not to / from; else 0 */
  ScopeResizeMode mode;
  bool exact; /* nearest by the cells' centres */
  bool align_corners;
} ScopeResize;

void scope_resize_code (const ScopeResize *resize, ScopeDialect dialect, ScopeText *out);
