/* The source line that a traceback shows: the innermost one that is the user's, not the
 * framework's. Python's, IPython's, pytest's, rich's and TensorFlow's ways of showing it. */
#include "advice/message-parts.h"

#include <string.h>

enum
{
  LONGEST_CODE = 400,  /* bytes of a line that can be an expression */
  MOST_LINES = 12,     /* of one statement that Python 3.13 shows whole */
  HEADER_BYTES = 8192, /* around a marked line, the one that names the file is looked for */
  MOST_FRAMES = 400,   /* of a traceback that are looked at */
  BELOW_LINES = 8,     /* between a message and a traceback that stands behind it */
};

/* Bytes begin…end of the lines. */
typedef struct
{
  size_t begin, end;
} Line;

static size_t
skip_space (const ScopePaste *paste, size_t at, size_t end)
{
  while (at < end && (paste->line[at] == ' ' || paste->line[at] == '\t'))
    at++;
  return at;
}

static size_t
skip_digits (const ScopePaste *paste, size_t at, size_t end)
{
  while (at < end && paste->line[at] >= '0' && paste->line[at] <= '9')
    at++;
  return at;
}

static bool
starts (const ScopePaste *paste, Line line, const char *text)
{
  size_t length = strlen (text);
  return line.begin + length <= line.end && memcmp (paste->line + line.begin, text, length) == 0;
}

static bool
contains (const ScopePaste *paste, Line line, const char *text)
{
  size_t length = strlen (text);
  for (size_t i = line.begin; i + length <= line.end; i++)
    if (paste->line[i] == text[0] && memcmp (paste->line + i, text, length) == 0)
      return true;
  return false;
}

/* The line around byte `at`, without its indent; *indent is its width. */
static Line
line_at (const ScopePaste *paste, size_t at, size_t *indent)
{
  const char *close = memchr (paste->line + at, '\n', paste->length - at);
  Line line = { at, close == NULL ? paste->length : (size_t)(close - paste->line) };
  line.begin = skip_space (paste, at, line.end);
  *indent = line.begin - at;
  return line;
}

/* The begin of the line above the one that begins at `at`, which is not 0. */
static size_t
line_above (const ScopePaste *paste, size_t at)
{
  at--;
  while (at > 0 && paste->line[at - 1] != '\n')
    at--;
  return at;
}

/* ---- code on one line ----------------------------------------------------------------------- */

static bool
is_bar (const ScopePaste *paste, size_t at, size_t end)
{
  return at + 3 <= end && memcmp (paste->line + at, "\xe2\x94\x82", 3) == 0; /* │ */
}

/* Behind a line's number, the link that VS Code makes of it, and the bars of a box. */
static size_t
behind_number (const ScopePaste *paste, size_t at, size_t end)
{
  size_t i = skip_space (paste, at, end);
  bool link = i < end && paste->line[i] == '[';
  size_t first = i + link, digits = skip_digits (paste, first, end);
  if (digits == first)
    return at;
  i = digits;
  if (link)
    {
      const char *close = memchr (paste->line + digits, ')', end - digits);
      if (close == NULL || paste->line[digits] != ']' || paste->line[digits + 1] != '(')
        return at;
      i = (size_t)(close - paste->line) + 1;
    }
  for (;;)
    {
      i = skip_space (paste, i, end);
      if (!is_bar (paste, i, end))
        return i;
      i += 3;
    }
}

/* `----> 3 z = x + y`, `-> 12`, `--> [187](…) z = x + y`, or a marked line: where the code begins,
 * or line.end when it is no such line. */
static size_t
marked_code (const ScopePaste *paste, Line line)
{
  size_t i = line.begin;
  if (i < line.end && paste->line[i] == SCOPE_MARKED_LINE)
    {
      i = skip_space (paste, i + 1, line.end);
      return behind_number (paste, i, line.end);
    }
  while (i < line.end && paste->line[i] == '-')
    i++;
  if (i == line.begin || i >= line.end || paste->line[i] != '>')
    return line.end;
  size_t code = behind_number (paste, i + 1, line.end);
  return code == i + 1 ? line.end : code;
}

/* White space and the frame of a box at the end are not code. */
static size_t
without_frame (const ScopePaste *paste, Line code)
{
  for (;;)
    {
      if (code.end > code.begin
          && (paste->line[code.end - 1] == ' ' || paste->line[code.end - 1] == '\t'))
        code.end--;
      else if (code.end >= code.begin + 3 && is_bar (paste, code.end - 3, code.end))
        code.end -= 3;
      else
        return code.end;
    }
}

/* ---- code below the line that names the file ---------------------------------------------------
 */

/* Only `^`, `~` and white space: Python points at a part of the line above. */
static bool
is_pointer (const ScopePaste *paste, Line line)
{
  for (size_t i = line.begin; i < line.end; i++)
    if (paste->line[i] != '^' && paste->line[i] != '~' && paste->line[i] != ' ')
      return false;
  return line.begin < line.end;
}

/* TensorFlow's `/x/y.py:12 call  *`, of the traceback that it calls user code. */
static bool
is_user_code_header (const ScopePaste *paste, Line line)
{
  if (!contains (paste, line, ".py:") && !starts (paste, line, "<ipython-input"))
    return false;
  size_t end = line.end;
  while (end > line.begin && (paste->line[end - 1] == '*' || paste->line[end - 1] == ' '))
    end--;
  const char *colon = memchr (paste->line + line.begin, ':', end - line.begin);
  for (; colon != NULL; colon = memchr (colon + 1, ':', (size_t)(paste->line + end - colon - 1)))
    {
      size_t number = (size_t)(colon - paste->line) + 1, digits = skip_digits (paste, number, end);
      if (digits > number && digits < end && paste->line[digits] == ' ')
        return memchr (paste->line + digits + 1, ' ', end - digits - 1) == NULL;
    }
  return false;
}

/* The statement below a header, on however many lines it is shown. */
static bool
take_statement (const ScopePaste *paste, Line header, size_t indent, ScopeText *code)
{
  static const char here[] = "<--- HERE";
  size_t at = header.end, taken = 0, own = 0, last = 0;
  for (int i = 0; i < 2 * MOST_LINES && at < paste->length; i++)
    {
      size_t depth;
      Line line = line_at (paste, at + 1, &depth);
      at = line.end;
      if (i == 0)
        own = depth;
      if (line.begin >= line.end || depth < own || (indent > 0 && depth <= indent)
          || starts (paste, line, "File \"") || taken + (line.end - line.begin) > LONGEST_CODE)
        break;
      if (is_pointer (paste, line))
        continue;
      if (contains (paste, line, here)) /* TorchScript shows lines around the one that failed */
        {
          if (last > 0 && code->length > last)
            {
              memmove (code->data, code->data + last + 1, code->length - last);
              code->length -= last + 1;
            }
          break;
        }
      last = code->length;          /* a space follows */
      if (taken > 0 && indent == 0) /* nothing tells where a statement without an indent ends */
        break;
      line.end = without_frame (paste, line);
      scope_text_append (code, taken > 0 ? " " : "");
      scope_text_append_bytes (code, paste->line + line.begin, line.end - line.begin);
      taken += line.end - line.begin + 1;
    }
  return taken > 0;
}

/* ---- frames --------------------------------------------------------------------------------- */

/* Whose line it is, by the path that is shown. */
static bool
is_framework (const ScopePaste *paste, Line header)
{
  static const char *const packages[] = {
    "torch",       "numpy",
    "tensorflow",  "tensorflow_core",
    "keras",       "tf_keras",
    "jax",         "jaxlib",
    "flax",        "onnx",
    "onnxruntime", "einops",
    "pandas",      "sklearn",
    "scipy",       "xarray",
    "mxnet",       "paddle",
    "theano",      "cupy",
    "dask",        "torchvision",
    "mlx",         "Keras",
    "haiku",       "pytorch_lightning",
    "lightning",   "IPython",
    "accelerate",  "numba",
  };
  static const char *const others[] = {
    "<__array_function__", "<frozen ",      "<decorator-gen",   "/torch/nn/",
    "torch/functional.py", "\\torch\\nn\\", "/torch/_",         "/lib/python3.",
    "/lib/python2.",       "\\lib\\runpy",  "\\lib\\threading", "\\lib\\multiprocessing",
  };
  bool installed = false;
  for (size_t i = header.begin; i + 10 < header.end; i++)
    {
      if (memcmp (paste->line + i, "-packages", 9) != 0)
        continue;
      installed = true;
      size_t name = i + 10;
      for (size_t k = 0; k < sizeof packages / sizeof packages[0]; k++)
        {
          size_t length = strlen (packages[k]);
          if (name + length < header.end && memcmp (paste->line + name, packages[k], length) == 0
              && strchr ("/\\-.", paste->line[name + length]) != NULL)
            return true;
        }
    }
  for (size_t k = 0; k < sizeof others / sizeof others[0] && !installed; k++)
    if (contains (paste, header, others[k]))
      return true;
  return false;
}

/* The line below pytest's mark that names the file, `x.py:12: ValueError`, or an empty one. */
static Line
header_below (const ScopePaste *paste, size_t at)
{
  size_t stop = at + HEADER_BYTES < paste->length ? at + HEADER_BYTES : paste->length;
  while (at < stop)
    {
      size_t indent;
      Line line = line_at (paste, at, &indent);
      if (contains (paste, line, ".py:") && contains (paste, line, ": "))
        return line;
      if (line.begin < line.end && paste->line[line.begin] == SCOPE_MARKED_LINE)
        break;
      at = line.end + 1;
    }
  return (Line){ at, at };
}

/* The line above IPython's arrow or rich's mark that names the file, or an empty one. */
static Line
header_above (const ScopePaste *paste, size_t at)
{
  static const char *const begins[] = { "File ", "Cell ", "Input In", "<ipython", "~", "/", "[/" };
  for (size_t stop = at > HEADER_BYTES ? at - HEADER_BYTES : 0; at > stop;)
    {
      at = line_above (paste, at);
      size_t indent;
      Line line = line_at (paste, at, &indent);
      bool drive =
          line.begin + 3 < line.end && memcmp (paste->line + line.begin + 1, ":\\", 2) == 0;
      bool named = drive;
      for (size_t k = 0; k < sizeof begins / sizeof begins[0] && !named; k++)
        named = starts (paste, line, begins[k]);
      if (named && (contains (paste, line, " in ") || contains (paste, line, "line ")))
        return line;
    }
  return (Line){ at, at };
}

/* What a line of a traceback is: the header of a frame, or the marked line of one. */
static bool
read_frame (const ScopePaste *paste, Line line, size_t indent, ScopeText *code, Line *header)
{
  scope_text_clear (code);
  size_t begin = marked_code (paste, line);
  if (begin < line.end)
    {
      Line found = { begin, line.end };
      found.end = without_frame (paste, found);
      if (found.end - found.begin > LONGEST_CODE)
        return false;
      scope_text_append_bytes (code, paste->line + found.begin, found.end - found.begin);
      bool numbered = begin > line.begin + 1 && paste->line[line.begin] != SCOPE_MARKED_LINE;
      for (size_t i = line.begin + 1; i < begin && !numbered; i++)
        numbered = paste->line[i] >= '0' && paste->line[i] <= '9';
      *header =
          numbered ? header_above (paste, line.begin - indent) : header_below (paste, line.end + 1);
      return code->length > 0;
    }
  bool file = (starts (paste, line, "File ") && contains (paste, line, "line "))
              || (contains (paste, line, "File \"") && contains (paste, line, "\", line "));
  if (!file && !is_user_code_header (paste, line))
    return false;
  *header = line;
  return take_statement (paste, line, indent, code);
}

static bool
ends_traceback (const ScopePaste *paste, Line line)
{
  return contains (paste, line, "Traceback (most recent call last)")
         || contains (paste, line, "of the above exception, another exception occurred")
         || contains (paste, line, "exception was the direct cause of");
}

/* Frames above the message, the innermost first. VS Code prints them the other way round: then the
 * nearest is the module. */
static bool
search_above (const ScopePaste *paste, size_t place, ScopeSource *out)
{
  size_t at = place;
  while (at > 0 && paste->line[at - 1] != '\n')
    at--;
  bool found = false, upside_down = false, any = false;
  ScopeText code = { 0 };
  for (int frames = 0; at > 0 && frames < MOST_FRAMES;)
    {
      at = line_above (paste, at);
      size_t indent;
      Line line = line_at (paste, at, &indent), header;
      if (ends_traceback (paste, line))
        break;
      if (!read_frame (paste, line, indent, &code, &header))
        continue;
      frames++;
      if (!any)
        upside_down = contains (paste, header, "in <module>");
      bool framework = is_framework (paste, header);
      if (!framework && (!found || upside_down))
        {
          scope_text_clear (&out->code);
          out->code = code;
          code = (ScopeText){ 0 };
          out->direct = upside_down || !any;
          out->header_begin = header.begin;
          out->header_end = header.end;
          found = true;
        }
      else if (framework && upside_down)
        out->direct = false;
      any = true;
      if (found && !upside_down)
        break;
    }
  scope_text_clear (&code);
  return found;
}

/* Frames behind the message: VS Code's, the innermost first (older ones', the module first), or
 * dynamo's, the innermost last. */
static bool
search_below (const ScopePaste *paste, size_t place, ScopeSource *out)
{
  const char *close = memchr (paste->line + place, '\n', paste->length - place);
  bool found = false, any = false, user_code = false;
  ScopeText code = { 0 };
  int idle = 0;
  for (int frames = 0; close != NULL && frames < MOST_FRAMES && idle < BELOW_LINES;)
    {
      size_t indent;
      Line line = line_at (paste, (size_t)(close - paste->line) + 1, &indent), header;
      close = line.end < paste->length ? paste->line + line.end : NULL;
      idle++;
      user_code = user_code || contains (paste, line, "user code:")
                  || contains (paste, line, "node stack trace:");
      if (ends_traceback (paste, line) || (any && line.begin == line.end))
        break;
      if (!starts (paste, line, "File ") || !read_frame (paste, line, indent, &code, &header))
        continue;
      frames++;
      idle = 0;
      user_code = user_code || (!any && contains (paste, header, "in <module>"));
      bool framework = is_framework (paste, header);
      if (!framework && (!found || user_code))
        {
          scope_text_clear (&out->code);
          out->code = code;
          code = (ScopeText){ 0 };
          out->direct = user_code || !any;
          out->header_begin = header.begin;
          out->header_end = header.end;
          found = true;
        }
      any = true;
    }
  scope_text_clear (&code);
  return found;
}

static bool
is_letter (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The line right above the message where the traceback was cut off: indented code of the user's. A
 * frame that returns or raises may be the framework's. */
static bool
take_bare (const ScopePaste *paste, size_t place, ScopeSource *out)
{
  size_t at = place;
  while (at > 0 && paste->line[at - 1] != '\n')
    at--;
  if (at == 0)
    return false;
  size_t own, indent;
  line_at (paste, at, &own);
  Line line = line_at (paste, line_above (paste, at), &indent);
  char first = line.begin < line.end ? paste->line[line.begin] : '\0';
  bool word = is_letter (first);
  size_t behind = line.begin;
  while (is_letter (paste->line[behind])
         || (paste->line[behind] >= '0' && paste->line[behind] <= '9'))
    behind++;
  if (paste->line[behind] == ' ' && is_letter (paste->line[behind + 1])) /* two words: prose */
    return false;
  bool code = contains (paste, line, " = ") || contains (paste, line, "(");
  if (indent < own + 4 || !word || !code || line.end - line.begin > LONGEST_CODE
      || paste->line[line.end - 1] == ':' || starts (paste, line, "raise ")
      || starts (paste, line, "return ") || contains (paste, line, "self.forward(")
      || contains (paste, line, "self.call("))
    return false;
  line.end = without_frame (paste, line);
  scope_text_append_bytes (&out->code, paste->line + line.begin, line.end - line.begin);
  out->direct = true;
  return true;
}

bool
scope_message_source (const ScopePaste *paste, size_t place, size_t end, ScopeSource *out)
{
  *out = (ScopeSource){ 0 };
  return search_above (paste, place, out) || search_below (paste, end, out)
         || take_bare (paste, place, out);
}
