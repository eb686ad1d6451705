/* Tokens of RFC 8259. */
#include "files/json-reader.h"

#include <string.h>

enum
{
  MAX_NESTING = 64
};

gboolean
scope_json_wrong (ScopeJsonReader *in, const char *what)
{
  return scope_file_fail (in->error, SCOPE_FILE_ERROR_JSON, in->name,
                          "the header is not right JSON: %s at byte %" G_GINT64_FORMAT
                          ". Save the file "
                          "again.",
                          what, in->offset + (in->at - in->begin));
}

static void
skip_space (ScopeJsonReader *in)
{
  while (in->at < in->end
         && (*in->at == ' ' || *in->at == '\t' || *in->at == '\n' || *in->at == '\r'))
    in->at++;
}

char
scope_json_peek (ScopeJsonReader *in)
{
  skip_space (in);
  return in->at < in->end ? *in->at : '\0';
}

gboolean
scope_json_take (ScopeJsonReader *in, char character)
{
  if (scope_json_peek (in) != character || in->at == in->end)
    return FALSE;
  in->at++;
  return TRUE;
}

/* ---- strings -------------------------------------------------------------------------------- */

/* Four hexadecimal digits, −1 when they are not. */
static int
read_unit (ScopeJsonReader *in)
{
  int unit = 0;
  if (in->end - in->at < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (in->at[i]);
      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }
  in->at += 4;
  return unit;
}

static gboolean
lone_surrogate (ScopeJsonReader *in)
{
  return scope_file_fail (in->error, SCOPE_FILE_ERROR_UTF8, in->name,
                          "half a surrogate pair stands in the header at byte %" G_GINT64_FORMAT
                          ". Save the file again.",
                          in->offset + (in->at - in->begin));
}

/* After \u. */
static gboolean
read_code_point (ScopeJsonReader *in, GString *text)
{
  int unit = read_unit (in);
  if (unit < 0)
    return scope_json_wrong (in, "an escape without four digits");
  gunichar character = (gunichar)unit;
  if (unit >= 0xDC00 && unit <= 0xDFFF)
    return lone_surrogate (in);
  if (unit >= 0xD800 && unit <= 0xDBFF)
    {
      gboolean pair = in->end - in->at >= 2 && in->at[0] == '\\' && in->at[1] == 'u';
      in->at += pair ? 2 : 0;
      int low = pair ? read_unit (in) : -1;
      if (low < 0xDC00 || low > 0xDFFF)
        return lone_surrogate (in);
      character = 0x10000 + ((gunichar)(unit - 0xD800) << 10) + (gunichar)(low - 0xDC00);
    }
  if (character == 0)
    g_string_append_c (text, '\0');
  else
    g_string_append_unichar (text, character);
  return TRUE;
}

static gboolean
read_escape (ScopeJsonReader *in, GString *text)
{
  static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  char escape = in->at < in->end ? *in->at : '\0';
  const char *found = escape == '\0' ? NULL : strchr (escapes, escape);
  if (escape == 'u')
    {
      in->at++;
      return read_code_point (in, text);
    }
  if (found == NULL)
    return scope_json_wrong (in, "an unknown escape");
  in->at++;
  g_string_append_c (text, meanings[found - escapes]);
  return TRUE;
}

gboolean
scope_json_string (ScopeJsonReader *in, char **text, gsize *length)
{
  if (!scope_json_take (in, '"'))
    return scope_json_wrong (in, "something that is not a string");
  g_autoptr (GString) read = g_string_new (NULL);
  while (in->at < in->end && *in->at != '"')
    {
      const char *plain = in->at;
      while (in->at < in->end && *in->at != '"' && *in->at != '\\' && (guchar)*in->at >= 0x20)
        in->at++;
      g_string_append_len (read, plain, in->at - plain);
      if (in->at == in->end || *in->at == '"')
        break;
      if (*in->at != '\\')
        return scope_json_wrong (in, "a control character in a string");
      in->at++;
      if (!read_escape (in, read))
        return FALSE;
    }
  if (in->at == in->end)
    return scope_json_wrong (in, "a string without its end");
  in->at++;
  *length = read->len;
  *text = g_string_free (g_steal_pointer (&read), FALSE);
  return TRUE;
}

/* ---- numbers and words ---------------------------------------------------------------------- */

static gsize
count_digits (const ScopeJsonReader *in)
{
  const char *at = in->at;
  while (at < in->end && g_ascii_isdigit (*at))
    at++;
  return (gsize)(at - in->at);
}

gboolean
scope_json_size (ScopeJsonReader *in, ScopeFileError code, gint64 *size)
{
  static const char most[] = "18446744073709551615"; /* 2^64 − 1 */
  skip_space (in);
  gsize digits = count_digits (in);
  const char *text = in->at;
  char next = text + digits < in->end ? text[digits] : '\0';
  gboolean whole = digits > 0 && next != '.' && next != 'e' && next != 'E';
  gboolean beyond =
      digits > sizeof most - 1 || (digits == sizeof most - 1 && memcmp (text, most, digits) > 0);
  if (whole && *text == '0' && digits > 1)
    return scope_json_wrong (in, "a number that begins with 0");
  if (!whole || beyond)
    return scope_file_fail (
        in->error, code, in->name,
        "a size or offset in the header is not a whole number from 0 to 2^63 - 1, at "
        "byte %" G_GINT64_FORMAT ". Save the file again.",
        in->offset + (text - in->begin));
  bool overflow = false;
  in->at += scope_text_read_digits (text, digits, size, &overflow);
  return !overflow
         || scope_file_fail (in->error, SCOPE_FILE_ERROR_OVERFLOW, in->name,
                             "a number in the header is beyond 2^63 - 1, at byte %" G_GINT64_FORMAT
                             ". Save the file again.",
                             in->offset + (text - in->begin));
}

static gboolean
skip_number (ScopeJsonReader *in)
{
  in->at += *in->at == '-';
  gsize digits = count_digits (in);
  if (digits == 0 || (*in->at == '0' && digits > 1))
    return scope_json_wrong (in, "a number that is none");
  in->at += digits;
  if (in->at < in->end && *in->at == '.')
    {
      in->at++;
      digits = count_digits (in);
      if (digits == 0)
        return scope_json_wrong (in, "a number that is none");
      in->at += digits;
    }
  if (in->at < in->end && (*in->at == 'e' || *in->at == 'E'))
    {
      in->at++;
      if (in->at < in->end && (*in->at == '+' || *in->at == '-'))
        in->at++;
      digits = count_digits (in);
      if (digits == 0)
        return scope_json_wrong (in, "a number that is none");
      in->at += digits;
    }
  return TRUE;
}

static gboolean
skip_scalar (ScopeJsonReader *in)
{
  static const char *const words[] = { "true", "false", "null" };
  char next = scope_json_peek (in);
  if (next == '"')
    {
      g_autofree char *text = NULL;
      gsize length = 0;
      return scope_json_string (in, &text, &length);
    }
  if (next == '-' || g_ascii_isdigit (next))
    return skip_number (in);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);
      if ((gsize)(in->end - in->at) >= length && memcmp (in->at, words[i], length) == 0)
        {
          in->at += length;
          return TRUE;
        }
    }
  return scope_json_wrong (in, "something that is no value");
}

/* ---- whole values --------------------------------------------------------------------------- */

gboolean
scope_json_next (ScopeJsonReader *in, char closing, gboolean *more)
{
  *more = scope_json_take (in, ',');
  return *more || scope_json_take (in, closing)
         || scope_json_wrong (in, "a missing comma or bracket");
}

/* `"key":` of an object. */
static gboolean
skip_key (ScopeJsonReader *in)
{
  g_autofree char *key = NULL;
  gsize length = 0;
  return scope_json_string (in, &key, &length)
         && (scope_json_take (in, ':') || scope_json_wrong (in, "a missing colon"));
}

gboolean
scope_json_skip (ScopeJsonReader *in)
{
  char closing[MAX_NESTING];
  int depth = 0;
  do
    {
      char next = scope_json_peek (in);
      gboolean opens = (next == '{' || next == '[') && in->at < in->end;
      if (opens)
        {
          if (depth == MAX_NESTING)
            return scope_json_wrong (in, "brackets deeper than 64");
          in->at++;
          closing[depth++] = next == '{' ? '}' : ']';
          if (!scope_json_take (in, closing[depth - 1]))
            {
              if (next == '{' && !skip_key (in))
                return FALSE;
              continue;
            }
          depth--;
        }
      else if (!skip_scalar (in))
        return FALSE;

      gboolean more = FALSE;
      while (depth > 0 && !more)
        {
          if (!scope_json_next (in, closing[depth - 1], &more))
            return FALSE;
          depth -= !more;
        }
      if (more && closing[depth - 1] == '}' && !skip_key (in))
        return FALSE;
    }
  while (depth > 0);
  return TRUE;
}
