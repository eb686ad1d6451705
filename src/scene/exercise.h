/* Predict first: an operation whose result is to be said before it is shown. The engine knows the
 * answer; nobody writes it down. */
#pragma once

#include "scene/stage.h"

enum
{
  SCOPE_EXERCISE_TENSORS = 4, /* that are written out */
  SCOPE_EXERCISE_MOST = 16,   /* that are there already */
  SCOPE_EXERCISE_HINTS = 3,
  SCOPE_FEEDBACK_LINES = 12, /* one for each axis, from the trailing end */
};

/* A tensor of an exercise: its name and text (`A`, `random(7):3,1`). */
typedef struct
{
  const char *name, *text;
} ScopeExerciseTensor;

typedef struct
{
  ScopeText expression;
  int tensors;
  ScopeTensor *tensor[SCOPE_EXERCISE_MOST];
  ScopeProgram *program;
  ScopeStage *stage;         /* that tells it afterwards */
  ScopeAlignment *alignment; /* of the operation that is asked about */
  bool askable;              /* every size is known, so that there is one answer */
  bool fails;
  const ScopeFailure *failure;          /* of FAILS, owned by the program */
  ScopeShape shape;                     /* of the result when it fits */
  ScopeText question;                   /* `A + B with A (3, 1), B (4,)` */
  ScopeText hint[SCOPE_EXERCISE_HINTS]; /* each says more than the one before */
  ScopeText answer;                     /* one sentence */
  int tries, hints;                     /* wrong answers so far; hints asked for */
  bool solved, revealed;
  const char *(*translate) (const char *text);
} ScopeExercise;

typedef enum
{
  SCOPE_ANSWER_RIGHT,
  SCOPE_ANSWER_PARTLY, /* it fails, but no axis was named */
  SCOPE_ANSWER_WRONG,
  SCOPE_ANSWER_UNREADABLE, /* neither a shape nor `fails`: counts as nothing */
} ScopeAnswerVerdict;

typedef struct
{
  ScopeAnswerVerdict verdict;
  ScopeText summary; /* one sentence */
  int lines;
  ScopeText line[SCOPE_FEEDBACK_LINES]; /* `Axis −1: 256, right.` */
  bool good[SCOPE_FEEDBACK_LINES];
} ScopeFeedback;

/* Errors: those of parsing the expression or a tensor, MEMORY, ARGUMENT (it has no tensor, or too
 * many). Sizes must be known. */
ScopeExercise *scope_exercise_new (const char *expression,
                                   const ScopeExerciseTensor *tensors,
                                   int n_tensors,
                                   ScopeDialect dialect,
                                   const char *(*translate) (const char *text),
                                   ScopeError *error);
/* The same with tensors that are there already; their values may be anything, and sizes unknown: it
 * cannot be asked then. */
ScopeExercise *scope_exercise_new_for (const char *expression,
                                       ScopeTensor *const *tensors,
                                       int n_tensors,
                                       ScopeDialect dialect,
                                       const char *(*translate) (const char *text),
                                       ScopeError *error);
void scope_exercise_free (ScopeExercise *exercise); /* NULL is fine */

/* Judges `answer`: a shape in any spelling, or `fails` with the axis, counted from either end
 * (`fails -2`). *out is freed with scope_feedback_clear. */
void scope_exercise_judge (ScopeExercise *exercise, const char *answer, ScopeFeedback *out);
void scope_feedback_clear (ScopeFeedback *feedback);
/* The next hint, the last one again after that; owned by the exercise. */
const char *scope_exercise_hint (ScopeExercise *exercise);
/* The answer; from then on the exercise is not solved any more. Owned by the exercise. */
const char *scope_exercise_reveal (ScopeExercise *exercise);

/* What was done so far; kept by the caller, sent nowhere. */
typedef struct
{
  int asked, right; /* exercises ended; solved */
  int unaided;      /* of these at the first try and without a hint */
  int streak;       /* solved one after another, up to now */
} ScopeTally;

/* Counts an exercise that has ended. */
void scope_tally_add (ScopeTally *tally, const ScopeExercise *exercise);
