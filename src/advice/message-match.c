/* Comparing a template with a text. Every hole is bounded, so that an attempt costs little. */
#include "advice/message-parts.h"

#include <assert.h>
#include <string.h>

enum
{
  SKIPPED = 400, /* characters at most that {*} or a word takes */
};

typedef struct
{
  const char name[10];
  uint8_t length;
  ScopeHole hole;
} HoleName;

#define HOLE(name, hole)                                                                           \
  {                                                                                                \
    name, sizeof name - 1, hole                                                                    \
  }

static const HoleName holes[] = {
  HOLE ("x", SCOPE_HOLE_X),
  HOLE ("y", SCOPE_HOLE_Y),
  HOLE ("axis", SCOPE_HOLE_AXIS),
  HOLE ("axis_b", SCOPE_HOLE_AXIS_B),
  HOLE ("cat", SCOPE_HOLE_CAT),
  HOLE ("have", SCOPE_HOLE_HAVE),
  HOLE ("want", SCOPE_HOLE_WANT),
  HOLE ("rank_a", SCOPE_HOLE_RANK_A),
  HOLE ("rank_b", SCOPE_HOLE_RANK_B),
  HOLE ("index", SCOPE_HOLE_INDEX),
  HOLE ("size", SCOPE_HOLE_SIZE),
  HOLE ("groups", SCOPE_HOLE_GROUPS),
  HOLE ("n", SCOPE_HOLE_PLAIN),
  HOLE ("last", SCOPE_HOLE_MINUS_1),
  HOLE ("a", SCOPE_HOLE_A),
  HOLE ("b", SCOPE_HOLE_B),
  HOLE ("shapes", SCOPE_HOLE_SHAPES),
  HOLE ("shape", SCOPE_HOLE_SHAPE),
  HOLE ("remapped", SCOPE_HOLE_REMAPPED),
  HOLE ("splits", SCOPE_HOLE_SPLITS),
  HOLE ("s", SCOPE_HOLE_IGNORED),
  HOLE ("spaced", SCOPE_HOLE_SPACED),
  HOLE ("param", SCOPE_HOLE_PARAM),
  HOLE ("label", SCOPE_HOLE_LABEL),
  HOLE ("tf_op", SCOPE_HOLE_TF_OP),
  HOLE ("node_op", SCOPE_HOLE_NODE_OP),
  HOLE ("*", SCOPE_HOLE_WORD),
};

typedef struct
{
  const ScopePaste *paste;
  ScopeFinding *finding;
  ScopeEffort *effort;
  size_t at; /* in the tight text */
} Matcher;

/* ---- templates ------------------------------------------------------------------------------ */

/* White space and quotation marks of a template mean nothing. */
static bool
means_nothing (char c)
{
  return c == ' ' || c == '\'' || c == '"' || c == '`' || c == '\n';
}

static bool
ends_literal (char c)
{
  return c == '\0' || c == '{' || c == '<' || c == '|' || c == '>';
}

/* The next literal character at *p, '\0' when none is left in this piece. */
static char
next_literal (const char **p)
{
  while (means_nothing (**p))
    (*p)++;
  if (ends_literal (**p))
    return '\0';
  if (**p == '\\')
    (*p)++;
  return *(*p)++;
}

static ScopeHole
hole_at (const char *p, const char **end)
{
  const char *close = strchr (p, '}');
  size_t length = (size_t)(close - p - 1);
  *end = close + 1;
  for (size_t i = 0; i < sizeof holes / sizeof holes[0]; i++)
    if (holes[i].length == length && memcmp (holes[i].name, p + 1, length) == 0)
      return holes[i].hole;
  assert (!"a hole of this name");
  return SCOPE_HOLE_WORD;
}

size_t
scope_message_anchor (const ScopeMessageRow *row, char *out, size_t most)
{
  const char *p = row->pattern;
  if (*p == '{')
    hole_at (p, &p);
  size_t length = 0;
  for (char c; length < most && (c = next_literal (&p)) != '\0';)
    out[length++] = c;
  return length;
}

/* ---- filling holes -------------------------------------------------------------------------- */

static void
note_place (Matcher *self, ScopeHole hole, size_t begin)
{
  self->finding->filled[hole] = true;
  self->finding->at[hole] = (ScopeTight){ begin, self->at };
}

static bool
add_shape (ScopeMessageShapes *shapes, const ScopeShape *shape)
{
  if (shapes->count < SCOPE_MESSAGE_SHAPES)
    shapes->shape[shapes->count++] = *shape;
  return true;
}

/* `[(2, 3), (4, 5)]`, `(2,3) (4,5)`, `[2,3], [4,5]`, `{2,3} and {4,5}`. */
static bool
fill_shapes (Matcher *self)
{
  const ScopePaste *paste = self->paste;
  size_t i = self->at;
  const char *text = paste->tight;
  char open = text[i];
  bool list =
      (open == '[' || open == '(')
      && (text[i + 1] == '(' || text[i + 1] == '[' || memcmp (text + i + 1, "torch.Size(", 11) == 0
          || memcmp (text + i + 1, "TensorShape(", 12) == 0);
  if (list)
    i++;
  int count = 0;
  for (;;)
    {
      ScopeShape shape;
      size_t before = i;
      if (!scope_message_scan_shape (paste, &i, &shape))
        break;
      self->effort->steps += (int64_t)(i - before);
      add_shape (&self->finding->shapes, &shape);
      count++;
      size_t next = i;
      if (text[next] == ',' || text[next] == ';')
        next++;
      if (memcmp (text + next, "and", 3) == 0)
        next += 3;
      if (text[next] != '(' && text[next] != '[' && text[next] != '{'
          && memcmp (text + next, "torch.Size(", 11) != 0
          && memcmp (text + next, "TensorShape(", 12) != 0)
        break;
      i = next;
    }
  if (count == 0)
    return false;
  if (list)
    {
      if (text[i] == ',')
        i++;
      if (text[i] == (open == '[' ? ']' : ')')) /* else a title was cut off */
        i++;
    }
  self->at = i;
  return true;
}

/* `(2,3,4)->(2,newaxis,newaxis) (5,4,6)->(5,newaxis,newaxis)`; the arrows may be missing. */
static bool
fill_remapped (Matcher *self)
{
  const ScopePaste *paste = self->paste;
  size_t i = self->at;
  int count = 0;
  ScopeShape shape;
  while (paste->tight[i] == '(' || paste->tight[i] == '[')
    {
      size_t before = i;
      if (!scope_message_scan_shape (paste, &i, &shape))
        break;
      add_shape (&self->finding->shapes, &shape);
      count++;
      if (paste->tight[i] == '-' && paste->tight[i + 1] == '>')
        {
          i += 2;
          if (!scope_message_scan_shape (paste, &i, &shape))
            break;
          for (int k = 0; k < shape.rank; k++)
            if (shape.size[k] < 0)
              shape.size[k] = SCOPE_SIZE_UNKNOWN;
          add_shape (&self->finding->remapped, &shape);
        }
      self->effort->steps += (int64_t)(i - before);
      if (paste->tight[i] == ',')
        i++;
    }
  self->at = i;
  return count > 0;
}

/* The sizes of a weight as PyTorch 1.0 printed them, with a pointer behind them. */
static bool
fill_spaced (Matcher *self)
{
  int64_t rank = self->finding->number[SCOPE_HOLE_PLAIN], size;
  ScopeShape *shape = &self->finding->b;
  size_t begin = self->at;
  if (!self->finding->filled[SCOPE_HOLE_PLAIN] || rank < 1 || rank > SCOPE_MAX_RANK)
    return false;
  shape->rank = 0;
  while (scope_message_scan_integer (self->paste, &self->at, &size))
    if (shape->rank < rank)
      shape->size[shape->rank++] = size;
  if (shape->rank != rank)
    return false;
  note_place (self, SCOPE_HOLE_B, begin);
  return true;
}

/* A symbol of dynamo's in the place of a size: `s0`, `s27: hint = 2048`. */
static bool
fill_symbol (Matcher *self, int64_t *out)
{
  const char *text = self->paste->tight + self->at;
  if ((text[0] != 's' && text[0] != 'u') || text[1] < '0' || text[1] > '9')
    return false;
  self->at++;
  int64_t ignored;
  scope_message_scan_integer (self->paste, &self->at, &ignored);
  static const char hint[] = ":hint=";
  size_t at = self->at + sizeof hint - 1;
  if (memcmp (self->paste->tight + self->at, hint, sizeof hint - 1) == 0
      && scope_message_scan_integer (self->paste, &at, &ignored))
    self->at = at;
  *out = SCOPE_SIZE_UNKNOWN;
  return true;
}

/* `{}` behind `{51}` is a scalar; elsewhere it is what a format string leaves open. */
static bool
is_empty_like_a (const Matcher *self)
{
  const char *text = self->paste->tight;
  return self->finding->filled[SCOPE_HOLE_A] && text[self->finding->at[SCOPE_HOLE_A].begin] == '{'
         && text[self->at] == '{' && text[self->at + 1] == '}';
}

static bool
fill_hole (Matcher *self, ScopeHole hole)
{
  size_t begin = self->at;
  ScopeFinding *finding = self->finding;
  bool filled;
  if (hole < SCOPE_HOLE_NUMBERS)
    filled = scope_message_scan_integer (self->paste, &self->at, &finding->number[hole])
             || (hole <= SCOPE_HOLE_Y && fill_symbol (self, &finding->number[hole]));
  else if (hole == SCOPE_HOLE_SHAPES)
    filled = fill_shapes (self);
  else if (hole == SCOPE_HOLE_REMAPPED)
    filled = fill_remapped (self);
  else if (hole == SCOPE_HOLE_SPACED)
    filled = fill_spaced (self);
  else if (hole == SCOPE_HOLE_B && is_empty_like_a (self))
    {
      finding->b.rank = 0;
      self->at += 2;
      filled = true;
    }
  else
    {
      ScopeShape shape;
      ScopeShape *into = hole == SCOPE_HOLE_A        ? &finding->a
                         : hole == SCOPE_HOLE_B      ? &finding->b
                         : hole == SCOPE_HOLE_SPLITS ? &finding->splits
                                                     : &shape;
      filled = scope_message_scan_shape (self->paste, &self->at, into);
      if (filled && hole == SCOPE_HOLE_SHAPE)
        add_shape (&finding->shapes, into);
    }
  self->effort->steps += (int64_t)(self->at - begin) + 1;
  if (filled)
    note_place (self, hole, begin);
  return filled;
}

/* Whether the literal piece at `p` begins at `at`. */
static bool
literal_begins (const Matcher *self, const char *p, size_t at)
{
  for (char c; (c = next_literal (&p)) != '\0'; at++)
    {
      self->effort->steps++;
      if (self->paste->folded[at] != scope_message_fold (c))
        return false;
    }
  return true;
}

/* Moves to where the literal piece at `p` begins, at most `most` characters on; `apart`: behind
 * white space or a quotation mark. */
static bool
search_piece (Matcher *self, const char *p, size_t most, bool apart)
{
  size_t begin = self->at, stop = begin + most;
  uint64_t hash = ((uint64_t)(uintptr_t)p * 2 + apart) * UINT64_C (0x9e3779b97f4a7c15);
  size_t slot = (size_t)(hash >> 32) % SCOPE_MISSES;
  bool known = self->effort->miss[slot].piece == p && self->effort->miss[slot].apart == apart
               && self->effort->miss[slot].begin <= begin && begin <= self->effort->miss[slot].end;
  if (known)
    {
      begin = self->effort->miss[slot].begin;
      self->at = self->effort->miss[slot].end;
    }
  if (self->at > stop)
    return false;
  while ((apart && self->paste->gap[self->at] == 0) || !literal_begins (self, p, self->at))
    if (self->paste->tight[self->at] == '\0' || ++self->at > stop)
      {
        self->effort->miss[slot].piece = p;
        self->effort->miss[slot].apart = apart;
        self->effort->miss[slot].begin = begin;
        self->effort->miss[slot].end = self->at;
        return false;
      }
  return true;
}

/* Anything up to the literal piece at `p`; nothing where none follows. */
static bool
skip_to (Matcher *self, const char *p, ScopeHole hole)
{
  size_t begin = self->at;
  const char *first = p;
  if (next_literal (&first) == '\0')
    {
      note_place (self, hole, begin);
      return true;
    }
  /* `in` behind "embedding" is not the one inside it; but spaces may be lost. */
  bool found = means_nothing (*p) && search_piece (self, p, SKIPPED, true);
  if (!found)
    {
      self->at = begin;
      if (!search_piece (self, p, SKIPPED, false))
        return false;
    }
  note_place (self, hole, begin);
  return true;
}

/* ---- pieces --------------------------------------------------------------------------------- */

/* Literals and holes up to the end of a piece: the end of the template or of an alternative. */
static bool
match_piece (Matcher *self, const char *p)
{
  for (;;)
    {
      while (means_nothing (*p))
        p++;
      if (*p == '{')
        {
          ScopeHole hole = hole_at (p, &p);
          if (hole >= SCOPE_HOLE_EACH_END ? !skip_to (self, p, hole) : !fill_hole (self, hole))
            return false;
        }
      else if (ends_literal (*p))
        return true;
      else
        {
          self->effort->steps++;
          if (self->paste->folded[self->at] != scope_message_fold (next_literal (&p)))
            return false;
          self->at++;
        }
    }
}

/* Behind a piece. */
static const char *
piece_end (const char *p)
{
  for (; *p != '\0' && *p != '<' && *p != '|' && *p != '>'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
    else if (*p == '{')
      p = strchr (p, '}');
  return p;
}

/* The first of the alternatives at *p (behind `<`) that fits; *p is moved behind `>`. */
static bool
match_alternatives (Matcher *self, const char **p)
{
  bool matched = false;
  for (;;)
    {
      size_t before = self->at;
      if (!matched)
        {
          matched = match_piece (self, *p);
          if (!matched)
            self->at = before;
        }
      *p = piece_end (*p);
      assert (**p == '|' || **p == '>');
      if (*(*p)++ == '>')
        return matched;
    }
}

/* ---- a hole before the first literal piece, read backwards ----------------------------------- */

static bool
belongs (ScopeHole hole, char c)
{
  bool digit = c >= '0' && c <= '9';
  if (hole < SCOPE_HOLE_NUMBERS)
    return digit || c == '-';
  if (hole < SCOPE_HOLE_EACH_END)
    return digit || c == 'x' || c == '-' || c == ',';
  return digit || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
}

/* Where the bracket that is closed before `place` opens, or `place`. */
static size_t
opening (const char *text, size_t place)
{
  int depth = 0;
  for (size_t i = place; i > 0 && place - i < SKIPPED; i--)
    {
      char c = text[i - 1];
      depth += (c == ')' || c == ']' || c == '}') - (c == '(' || c == '[' || c == '{');
      if (depth == 0)
        return i - 1;
    }
  return place;
}

static bool
fill_leading (Matcher *self, ScopeHole hole, size_t place)
{
  const char *text = self->paste->tight;
  bool shape = hole >= SCOPE_HOLE_NUMBERS && hole < SCOPE_HOLE_EACH_END;
  size_t begin = place;
  if (shape && place > 0 && !belongs (hole, text[place - 1]))
    begin = opening (text, place);
  else
    while (begin > 0 && place - begin < SKIPPED && belongs (hole, text[begin - 1]))
      if (self->paste->gap[--begin] != 0)
        break;
  self->effort->steps += (int64_t)(place - begin);
  self->at = begin;
  if (begin == place || (hole < SCOPE_HOLE_EACH_END && !fill_hole (self, hole)))
    return false;
  bool whole = self->at == place || hole >= SCOPE_HOLE_EACH_END;
  self->at = place;
  if (hole >= SCOPE_HOLE_EACH_END)
    note_place (self, hole, begin);
  return whole;
}

bool
scope_message_match (const ScopePaste *paste,
                     const ScopeMessageRow *row,
                     size_t place,
                     ScopeFinding *finding,
                     ScopeEffort *effort)
{
  memset (finding->filled, 0, sizeof finding->filled);
  finding->shapes.count = finding->remapped.count = 0;
  finding->row = row;
  Matcher self = { paste, finding, effort, place };
  const char *p = row->pattern;
  if (*p == '{')
    {
      ScopeHole hole = hole_at (p, &p);
      if (!fill_leading (&self, hole, place))
        return false;
    }
  while (*p != '\0')
    {
      if (!match_piece (&self, p))
        return false;
      p = piece_end (p);
      assert (*p == '<' || *p == '\0');
      if (*p == '<' && (p++, !match_alternatives (&self, &p)))
        return false;
    }
  finding->whole = (ScopeTight){ place, self.at };
  if (*row->pattern == '{')
    for (int i = 0; i < SCOPE_N_HOLES; i++)
      if (finding->filled[i] && finding->at[i].begin < finding->whole.begin)
        finding->whole.begin = finding->at[i].begin;
  return true;
}
