/* An operation told in steps for a class: what is said at each, and what is drawn. Plain data; the
 * painter moves between two steps. (A program's statements one after another are advice/steps.h.)
 */
#pragma once

#include "advice/alignment.h"

enum
{
  SCOPE_STAGE_STEPS = 6,
  SCOPE_STAGE_TENSORS = SCOPE_ALIGNED_ROWS + 1, /* operands and the result */
  SCOPE_STAGE_CELLS = 96,                       /* of a tensor that is drawn cell by cell */
  SCOPE_STAGE_SIDE = 12,                        /* rows or columns of it */
  SCOPE_STAGE_VALUE_BYTES = 16,
};

/* Which rule the stage tells. */
typedef enum
{
  SCOPE_STAGE_VALUE,     /* one tensor: shape and axes */
  SCOPE_STAGE_BROADCAST, /* from the trailing end, either side stretches */
  SCOPE_STAGE_ASSIGN,    /* the same, only the source stretches */
  SCOPE_STAGE_CONCAT,
  SCOPE_STAGE_STACK,
  SCOPE_STAGE_PRODUCT,
  SCOPE_STAGE_RESHAPE,
  SCOPE_STAGE_PERMUTE,
  SCOPE_STAGE_SLICE,
  SCOPE_STAGE_RESAMPLE,
  SCOPE_STAGE_REDUCE,
  SCOPE_STAGE_OTHER, /* shapes, the operation's one line, and where a value comes from */
} ScopeStageKind;

/* How a cell of a tensor stands out. */
typedef enum
{
  SCOPE_LOOK_PLAIN,
  SCOPE_LOOK_LIT,     /* it is spoken of */
  SCOPE_LOOK_HATCHED, /* it is left out */
} ScopeLook;

/* A size of a shape, a box on the stage. */
typedef struct
{
  int64_t size;
  int from_end; /* its axis, −1 the last: its colour */
  bool filled;  /* an axis that is not there and counts as 1 */
} ScopeStageBox;

typedef struct
{
  ScopeText name;   /* `A`, `B[:, 0]`, `result` */
  ScopeText role;   /* `target`, `source`, or "" */
  ScopeShape shape; /* its own */
  ScopeShape grown; /* after stretching, rank of the stage's columns; else its own */
  bool result;
  int boxes;
  ScopeStageBox box[SCOPE_MAX_RANK];

  /* Where stage->cells: the last two axes of `grown` as rows and columns. */
  int rows, columns;                                      /* grown */
  int own_rows, own_columns;                              /* its own, 1 where it stretches */
  char value[SCOPE_STAGE_CELLS][SCOPE_STAGE_VALUE_BYTES]; /* of own cells, in C order; "" unread */
  /* Of the result: which tensor's own cell each value was taken from unchanged, −1: none. */
  int8_t source[SCOPE_STAGE_CELLS];
  int16_t source_cell[SCOPE_STAGE_CELLS];

  /* Where not stage->cells: what a slice keeps, half-open, or what was joined. */
  bool has_kept;
  int64_t kept_begin[SCOPE_MAX_RANK], kept_end[SCOPE_MAX_RANK];
  int joined_axis; /* of the result: −1, or the axis along which the operands stand */
} ScopeStageTensor;

/* Where a box stands at a step. */
typedef struct
{
  bool shown;
  int8_t row, column;
} ScopeStagePlace;

typedef struct
{
  ScopeText title;    /* `Align from the right` */
  ScopeText sentence; /* what the teacher says and a screen reader reads */
  ScopeText formula;  /* `0·1 + 1·3 = 3`, or "" */
  bool fails;         /* it tells of the failure */
  ScopeStagePlace place[SCOPE_STAGE_TENSORS][SCOPE_MAX_RANK];
  bool named[SCOPE_STAGE_TENSORS];                      /* the row's name is shown */
  bool shown[SCOPE_STAGE_TENSORS];                      /* the tensor is */
  bool grown[SCOPE_STAGE_TENSORS];                      /* its repeated values are */
  bool framed[SCOPE_MAX_RANK];                          /* a column that is spoken of */
  ScopeMark mark[SCOPE_MAX_RANK];                       /* the sign below a column */
  bool numbered;                                        /* axis numbers stand above the columns */
  uint8_t look[SCOPE_STAGE_TENSORS][SCOPE_STAGE_CELLS]; /* of own cells */
} ScopeStageStep;

typedef struct
{
  ScopeStageKind kind;
  bool fails;     /* the operation does not fit */
  bool cells;     /* tensors are drawn cell by cell, else as blocks */
  ScopeText code; /* the operation as written */
  char sign[8];   /* between the operands: `+`, `@`, or "" */
  int columns;    /* of boxes */
  int tensors;    /* operands, then the result if there is one */
  ScopeStageTensor tensor[SCOPE_STAGE_TENSORS];
  int result; /* number of the result, −1: none */
  int steps;
  ScopeStageStep step[SCOPE_STAGE_STEPS];
} ScopeStage;

/* The stage of node `focus` (scope_report's, or −1: found here) of a program that was checked
 * against `tensors`. Values are read only of tensors that are drawn cell by cell, and only when
 * nothing large has to be computed for them. NULL when memory runs out or there is no tensor. */
ScopeStage *scope_stage_new (const ScopeProgram *program,
                             int focus,
                             ScopeTensor *const *tensors,
                             int n_tensors,
                             const char *(*translate) (const char *text));
void scope_stage_free (ScopeStage *stage); /* NULL is fine */
