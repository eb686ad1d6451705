/* What the files that read messages share: the cleaned text, templates, what a template found. */
#pragma once

#include "advice/message.h"

/* ---- message-clean.c ------------------------------------------------------------------------ */

enum
{
  SCOPE_GAP_SPACE = 1, /* white space stood before the character */
  SCOPE_GAP_LINE = 2,  /* with a line break in it */
  SCOPE_GAP_QUOTE = 4, /* a quotation mark stood before it */
};

/* `\x02` begins a line that pytest marked as the failing one. */
#define SCOPE_MARKED_LINE '\x02'

/* A pasted text: once with its lines, once with white space and quotation marks left out, so that
 * wraps, lost spaces and lost quotes make no difference. Both are NUL-terminated. */
typedef struct
{
  size_t length;
  char *line;       /* colours, prefixes and invalid bytes removed, `×` written x */
  uint32_t *origin; /* of each of its bytes, in the text handed in; one more for the end */
  size_t tights;
  char *tight;
  char *folded;    /* the same in small letters, which words of templates are compared with */
  uint32_t *place; /* of each of its bytes, in `line`; one more for the end */
  uint8_t *gap;
} ScopePaste;

/* An ASCII letter as a small one; people write messages into titles with capitals. */
static inline char
scope_message_fold (char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* False when memory runs out. Freed with scope_paste_free in either case. */
bool scope_paste_make (ScopePaste *paste, const char *bytes, size_t length);
void scope_paste_free (ScopePaste *paste);

/* ---- templates ------------------------------------------------------------------------------ */

/* What a hole in a template is. */
typedef enum
{
  /* integers */
  SCOPE_HOLE_X,      /* size in a */
  SCOPE_HOLE_Y,      /* size in b */
  SCOPE_HOLE_AXIS,   /* the failing axis */
  SCOPE_HOLE_AXIS_B, /* and b's */
  SCOPE_HOLE_CAT,    /* the axis along which is joined */
  SCOPE_HOLE_HAVE,   /* elements there are */
  SCOPE_HOLE_WANT,   /* elements wanted */
  SCOPE_HOLE_RANK_A,
  SCOPE_HOLE_RANK_B,
  SCOPE_HOLE_INDEX,
  SCOPE_HOLE_SIZE,
  SCOPE_HOLE_GROUPS,
  SCOPE_HOLE_PLAIN,   /* a number that is none of these */
  SCOPE_HOLE_MINUS_1, /* an axis that is printed as a range −n … n−1: its last number */
  SCOPE_HOLE_NUMBERS,
  /* shapes */
  SCOPE_HOLE_A = SCOPE_HOLE_NUMBERS,
  SCOPE_HOLE_B,
  SCOPE_HOLE_SHAPES,   /* several shapes in a row, or a list of them */
  SCOPE_HOLE_SHAPE,    /* a further shape */
  SCOPE_HOLE_REMAPPED, /* pairs a->b in a row */
  SCOPE_HOLE_SPLITS,   /* a list of lengths */
  SCOPE_HOLE_IGNORED,  /* a shape that is none of these */
  SCOPE_HOLE_SPACED, /* b as `64 3 7 7 94387354416688`: as many sizes as {n} says, and a pointer */
  SCOPE_HOLE_EACH_END,
  /* words */
  SCOPE_HOLE_PARAM = SCOPE_HOLE_EACH_END,
  SCOPE_HOLE_LABEL,
  SCOPE_HOLE_TF_OP,
  SCOPE_HOLE_NODE_OP,
  SCOPE_HOLE_WORD, /* anything up to what follows */
  SCOPE_N_HOLES
} ScopeHole;

/* What else is known of a template. */
enum
{
  SCOPE_ROW_WARNING = 1 << 0,       /* decides only where no error does */
  SCOPE_ROW_WEAK = 1 << 1,          /* likewise, and only where no warning does */
  SCOPE_ROW_INNER = 1 << 2,         /* sizes are a's last and b's last but one (or only) */
  SCOPE_ROW_AT_AXIS = 1 << 3,       /* sizes are a's and b's at the axis */
  SCOPE_ROW_AXIS_0 = 1 << 4,        /* the axis is 0 */
  SCOPE_ROW_AXIS_1 = 1 << 5,        /* the axis is 1 */
  SCOPE_ROW_AXIS_LAST = 1 << 6,     /* the axis is −1 */
  SCOPE_ROW_CHANNEL = 1 << 7,       /* the axis is a's channel, as many from its end as b's is */
  SCOPE_ROW_FROM_ONE = 1 << 8,      /* axes count from 1 */
  SCOPE_ROW_INNERMOST = 1 << 9,     /* shapes are printed innermost axis first, filled with 1 */
  SCOPE_ROW_EACH = 1 << 10,         /* the message repeats it, once for each mismatch */
  SCOPE_ROW_NUMEL = 1 << 11,        /* want is b's number of elements, where that is known */
  SCOPE_ROW_WRAPPER = 1 << 12,      /* stands around the message and adds its shapes to it */
  SCOPE_ROW_AXIS_FROM_A = 1 << 13,  /* a negative axis counts in a (default: the longer of both) */
  SCOPE_ROW_COLUMNS = 1 << 14,      /* sizes are the last ones of a and b */
  SCOPE_ROW_NOTE_LEADING = 1 << 15, /* a leading −1 may be missing from b */
  SCOPE_ROW_RANKS = 1 << 16,        /* ranks are those of a and b */
  SCOPE_ROW_FOLDED = 1 << 17,       /* shapes may be folded to two axes */
  SCOPE_ROW_IN_PLACE = 1 << 18,     /* b does not fit into a */
  SCOPE_ROW_ELEMENTWISE = 1 << 19,  /* a and b meet element by element */
  SCOPE_ROW_REMAPPED = 1 << 20,     /* of a product or an einsum; b may be asked for as its core */
  SCOPE_ROW_BATCHED = 1 << 21,      /* the first two axes of b: wanted, got */
  SCOPE_ROW_PARTS = 1 << 22,        /* a and b are the axes that are summed over only */
  SCOPE_ROW_SILENT = 1 << 23,       /* no expression */
  SCOPE_ROW_NAMED = 1 << 24,        /* the operation is the one that TensorFlow names */
  SCOPE_ROW_NODE = 1 << 25,         /* the node's kind stands before the message */
  SCOPE_ROW_MULTIPLE_OF = 1 << 26,  /* want is what the count must be a multiple of */
  SCOPE_ROW_CAT_0 = 1 << 27,        /* joined along axis 0 */
  SCOPE_ROW_CAT_1 = 1 << 28,        /* joined along axis 1 */
};

/* Rows that are alike in nothing else; at most one of them. */
#define SCOPE_ROW_INDICES       (UINT64_C (1) << 32) /* further `index: Got: Expected:` follow */
#define SCOPE_ROW_GEMM          (UINT64_C (1) << 33) /* K and N of a, W may be transposed */
#define SCOPE_ROW_EINOPS        (UINT64_C (1) << 34) /* the pattern is the label */
#define SCOPE_ROW_INPUTS        (UINT64_C (1) << 35) /* `Inputs shapes: […]` follows */
#define SCOPE_ROW_CONCATENATING (UINT64_C (1) << 36) /* horzcat or vertcat stands before */
#define SCOPE_ROW_OPERATOR      (UINT64_C (1) << 37) /* `operator *:` or `=:` stands before */

#define SCOPE_ROW_LENGTHS (UINT64_C (1) << 38) /* Keras lists all lengths of x and of y */

/* A template: words as the framework prints them, with holes in braces (`{a}` a shape, `{x}` an
 * integer, `{*}` anything up to what follows) and alternatives in <this|that|>. White space and
 * quotation marks mean nothing. `\` makes the next character literal. */
typedef struct
{
  const char *pattern;
  const char *framework;
  const char *op;
  uint64_t flags;
} ScopeMessageRow;

typedef struct
{
  const ScopeMessageRow *row;
  size_t rows;
} ScopeMessageTable;

extern const ScopeMessageTable scope_message_torch_shapes, scope_message_torch_layers,
    scope_message_numpy, scope_message_tensorflow, scope_message_jax, scope_message_others;

/* All templates are numbered through. */
int scope_message_rows (void);
const ScopeMessageRow *scope_message_row (int number);

/* ---- message-match.c ------------------------------------------------------------------------ */

/* Characters begin…end of the tight text; none when begin is end. */
typedef struct
{
  size_t begin, end;
} ScopeTight;

typedef struct
{
  const ScopeMessageRow *row;
  ScopeTight whole;
  ScopeTight at[SCOPE_N_HOLES]; /* where each hole was last filled */
  bool filled[SCOPE_N_HOLES];
  int64_t number[SCOPE_HOLE_NUMBERS];
  ScopeShape a, b, splits;
  ScopeMessageShapes shapes, remapped;
} ScopeFinding;

/* Where literal pieces were looked for in vain, so that nothing is searched twice. Zero-initialise
 * for each text. */
enum
{
  SCOPE_MISSES = 256
};

typedef struct
{
  struct
  {
    const char *piece;
    bool apart;
    size_t begin, end; /* it does not begin in here */
  } miss[SCOPE_MISSES];
  int64_t steps; /* characters looked at */
} ScopeEffort;

/* Tries a template whose first literal piece begins at `place` of the tight text. */
bool scope_message_match (const ScopePaste *paste,
                          const ScopeMessageRow *row,
                          size_t place,
                          ScopeFinding *finding,
                          ScopeEffort *effort);
/* The first literal piece of a template, tight, up to `most` characters; its length. */
size_t scope_message_anchor (const ScopeMessageRow *row, char *out, size_t most);

/* Reads a shape in any spelling at *place of the tight text; moves *place behind it. */
bool scope_message_scan_shape (const ScopePaste *paste, size_t *place, ScopeShape *out);
/* Likewise an integer; one beyond int64 is SCOPE_SIZE_UNKNOWN. */
bool scope_message_scan_integer (const ScopePaste *paste, size_t *place, int64_t *out);

/* ---- message-find.c ------------------------------------------------------------------------- */

typedef struct
{
  int row; /* number */
  size_t place, end;
} ScopeHit;

enum
{
  SCOPE_HITS = 256 /* the last ones are kept */
};

typedef struct
{
  int hits, warnings, weak, wrappers; /* how many are kept */
  ScopeHit hit[SCOPE_HITS], warning[SCOPE_HITS], faint[SCOPE_HITS], wrapper[SCOPE_HITS];
  int64_t steps;
} ScopeHits;

/* One pass over the tight text: where templates match, in the order of the text. False when memory
 * runs out. */
bool scope_message_find (const ScopePaste *paste, ScopeHits *hits);

/* ---- message-around.c ----------------------------------------------------------------------- */

/* Adds to a finding what TensorFlow writes behind all of its messages about a node: `for 'add' (op:
 * 'Add') with input shapes: [2,3], [2,4].`, `for '{{node add}} = AddV2[…](…)' with …`. */
void scope_message_extend (ScopeFinding *finding, const ScopePaste *paste);
/* Reads what stands before and behind the words that decided: the operation's name, further
 * mismatches, shapes. */
void scope_message_read_around (ScopeMessage *message,
                                const ScopePaste *paste,
                                const ScopeFinding *finding);

/* ---- message-source.c ----------------------------------------------------------------------- */

/* The line of the user's that failed. */
typedef struct
{
  ScopeText code;
  bool direct;                     /* nothing of a framework's was called by it */
  size_t header_begin, header_end; /* of the line that names the file; none when equal */
} ScopeSource;

/* Looks for the innermost line of a traceback above byte `place` of the lines, or below byte `end`,
 * that is not a framework's. False when none is shown; out->code is to be cleared in either case.
 */
bool scope_message_source (const ScopePaste *paste, size_t place, size_t end, ScopeSource *out);

/* ---- message-expression.c, message-line.c -----------------------------------------------------
 */

/* Sets expression and tensors from the traceback's line or, where that does not serve, from what
 * the message says. The message stands at bytes place…end of the lines. False when memory runs out.
 */
bool scope_message_express (ScopeMessage *message,
                            const ScopePaste *paste,
                            size_t place,
                            size_t end,
                            uint64_t flags);
/* What the two files share: the message's tensors, and whether its expression fails as it says. */
void scope_message_define (ScopeMessage *message,
                           const char *name,
                           ScopeDtype dtype,
                           const ScopeShape *shape);
bool scope_message_define_pair (ScopeMessage *message, const char *first, const char *second);
void scope_message_print_sizes (ScopeMessage *message, const ScopeShape *shape);
bool scope_message_line_fails (const ScopeMessage *message);
ScopeShape scope_message_unknown_but (int rank, int64_t axis, int64_t size);
/* Sets source and place, and what kind of operation the line shows that the message leaves open. */
void scope_message_note_source (ScopeMessage *message,
                                const ScopePaste *paste,
                                const ScopeSource *source);
/* Makes the expression of the whole line of source; false where it does not serve. */
bool scope_message_express_line (ScopeMessage *message, const ScopeSource *source);
/* Puts the operation out of the line, with the names that stand there, in the place of the plainest
 * expression of it; false, and nothing is changed, where more than one might be meant. */
bool scope_message_express_part (ScopeMessage *message, const ScopeSource *source);

/* Tensors of the message's expression, to be unreferenced; how many, −1 when memory runs out. */
int scope_message_make_tensors (const ScopeMessage *message,
                                ScopeTensor *tensor[SCOPE_MESSAGE_SHAPES]);
