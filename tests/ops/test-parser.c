/* The parser: trees as S-expressions, refusals by span and sentence, and what holds of any text. */
#include "ops/expression.h"

#include "syntax-print.h"

#include <glib.h>
#include <string.h>

/* ---- accepted -------------------------------------------------------------------------------- */

static const struct
{
  const char *name, *text, *tree;
} accepted[] = {
  { "assign-all", "A[...] = B", "(set B (index= A ...))" },
  { "every-index", "A[0, ..., None, 1:5, ::-1, [0, 2], mask]",
    "(value (index A (tuple 0 ... None (slice 1 5 _) (slice _ _ (- 1)) (list 0 2) mask)))" },
  { "index-trailing-comma", "a[1,]", "(value (index a (tuple 1)))" },
  { "index-of-tuple", "a[(1, 2)]", "(value (index a (tuple 1 2)))" },
  { "index-star", "a[*b, 1]", "(value (index a (tuple (star b) 1)))" },
  { "index-lone-star", "a[*b]", "(value (index a (tuple (star b))))" },
  { "slices", "a[:, 1:, :2, ::3, 1::2, :, x:y:z]",
    "(value (index a (tuple (slice _ _ _) (slice 1 _ _) (slice _ 2 _) (slice _ _ 3) (slice 1 _ 2) "
    "(slice _ _ _) (slice x y z))))" },
  { "slice-of-conditions", "a[b if c else d:not e]",
    "(value (index a (slice (if b c d) (not e) _)))" },
  { "ellipsis-name", "A[Ellipsis]", "(value (index A ...))" },
  { "power-binds-before-sign", "-x ** 2", "(value (- (** x 2)))" },
  { "power-of-sign", "2 ** -x ** 3 * 4", "(value (* (** 2 (- (** x 3))) 4))" },
  { "power-to-the-right", "a ** b ** c", "(value (** a (** b c)))" },
  { "signs", "- + ~ -x", "(value (- (+ (~ (- x)))))" },
  { "left-to-right", "a - b + c - d", "(value (- (+ (- a b) c) d))" },
  { "every-operator", "a | b ^ c & d << e + f * g ** h",
    "(value (| a (^ b (& c (<< d (+ e (* f (** g h))))))))" },
  { "products", "a * b / c // d % e @ f", "(value (@ (% (// (/ (* a b) c) d) e) f))" },
  { "not-or-and", "not a == b and c or d", "(value (or (and (not (== a b)) c) d))" },
  { "comparison-chain", "a < b <= c != d", "(value (and (and (< a b) (<= b c)) (!= c d)))" },
  { "no-chain-in-brackets", "(a < b) < c", "(value (< (< a b) c))" },
  { "chain-of-sums", "a + 1 < b | c < d", "(value (and (< (+ a 1) (| b c)) (< (| b c) d)))" },
  { "conditions", "a if b else c if d else e", "(value (if a b (if c d e)))" },
  { "condition-in-brackets", "(a if b else c) if d else e", "(value (if (if a b c) d e))" },
  { "condition-of-conditions", "a or b if not c else d and e",
    "(value (if (or a b) (not c) (and d e)))" },
  { "call", "torch.cat((A, B), dim=1)", "(value (call (.cat! torch) (tuple A B) (dim= 1)))" },
  { "call-of-call", "f(1)(2)[3].g", "(value (.g (index (call (call f! 1) 2) 3)))" },
  { "call-star", "f(*a, b, *c, d=1, *e)", "(value (call f! (star a) b (star c) (d= 1) (star e)))" },
  { "call-trailing-comma", "f(a,)", "(value (call f! a))" },
  { "call-nothing", "f()", "(value (call f!))" },
  { "call-star-condition", "f(*a if b else c)", "(value (call f! (star (if a b c))))" },
  { "method-chain", "A.T.reshape(-1, 2).mT", "(value (.mT (call (.reshape! (.T A)) (- 1) 2)))" },
  { "attribute-of-number", "1 .real, 1..real", "(value (tuple (.real 1) (.real 1.0)))" },
  { "print", "x = print(a, b)", "(set (call print! a b) =x)" },
  { "with", "with torch.no_grad(): x", "(value x)" },
  { "with-line", "with f(a)[1:2] as g:\n    x\n    y", "(value x)\n(value y)" },
  { "with-with", "with a: with b: x = 1; y", "(set 1 =x)\n(value y)" },
  { "return", "return a + b", "(value (+ a b))" },
  { "assert", "assert a.shape == b.shape, 'no'",
    "(assert (tuple (== (.shape a) (.shape b)) \"no\"))" },
  { "assign-to-attribute", "self.a.b = 3", "(set 3 (=.b (.a self)))" },
  { "tuples", "(), (a,), (a, b), a", "(value (tuple (tuple) (tuple a) (tuple a b) a))" },
  { "tuple-trailing-comma", "a,", "(value (tuple a))" },
  { "lists", "[], [a], [a, *b,]", "(value (tuple (list) (list a) (list a (star b))))" },
  { "star-in-tuple", "*a, b", "(value (tuple (star a) b))" },
  { "brackets-are-no-nodes", "((a))", "(value a)" },
  { "constants", "None, True, False, ...", "(value (tuple None True False ...))" },
  { "integers", "0, 00, 1_000, 0x1F, 0o17, 0b1_01, 0X_f", "(value (tuple 0 0 1000 31 15 5 15))" },
  { "biggest-integer", "9223372036854775807", "(value 9223372036854775807)" },
  { "floats", "1., .5, 1e3, 1_0.2_5E-1_0, 0e0, 09.5",
    "(value (tuple 1.0 0.5 1000.0 1.0250000000000001e-09 0.0 9.5))" },
  { "number-touches-keyword", "1if 0else 2", "(value (if 1 0 2))" },
  { "strings", "'a' \"b\", r'\\n', u'c', ''''d'\n''', \"\"\"e\"\"\"",
    "(value (tuple \"ab\" \"\\\\n\" \"c\" \"'d'\\x0a\" \"e\"))" },
  { "escapes", "'\\n\\t\\\\\\'\\x41\\u00e9\\U0001F600\\101\\q\\\nz'",
    "(value \"\\x0a\\x09\\\\'Aé😀A\\\\qz\")" },
  { "raw-keeps-quote", "r'\\''", "(value \"\\\\'\")" },
  { "einops", "rearrange(x, 'b (h w) c -> b h w c', h=2)",
    "(value (call rearrange! x \"b (h w) c -> b h w c\" (h= 2)))" },
  { "assign", "C = A + B", "(set (+ A B) =C)" },
  { "assign-chain", "a = b[0] = c", "(set c =a (index= b 0))" },
  { "assign-tuple", "a, (b, c[1]), [d] = x",
    "(set x (tuple= =a (tuple= =b (index= c 1)) (tuple= =d)))" },
  { "assign-of-tuple", "a, = 1, 2", "(set (tuple 1 2) (tuple= =a))" },
  { "augment", "A[i] += 2,", "(+= (index A i) (tuple 2))" },
  { "every-augment", "a-=1;a*=1;a/=1;a//=1;a%=1;a@=1;a**=1;a&=1;a|=1;a^=1;a<<=1;a>>=1",
    "(-= a 1)\n(*= a 1)\n(/= a 1)\n(//= a 1)\n(%= a 1)\n(@= a 1)\n(**= a 1)\n(&= a 1)\n(|= a 1)\n"
    "(^= a 1)\n(<<= a 1)\n(>>= a 1)" },
  { "annotated", "x: Float[Tensor, 'b c'] = y.z", "(set (.z y) =x)" },
  { "only-annotated", "x: Tensor\nx", "(value x)" },
  { "semicolons", "a; b;\nc", "(value a)\n(value b)\n(value c)" },
  { "comments", "# one\na # two\n  # three\nb", "(value a)\n(value b)" },
  { "brackets-join-lines", "f(a, # one\n\n  b\n)", "(value (call f! a b))" },
  { "backslash-joins-lines", "a + \\\n  b", "(value (+ a b))" },
  { "windows-lines", "a\r\nb\rc", "(value a)\n(value b)\n(value c)" },
  { "indented", "    a\n    b", "(value a)\n(value b)" },
  { "python-prompt", ">>> f(1,\n...   2)\n>>> a", "(value (call f! 1 2))\n(value a)" },
  { "ellipsis-is-no-prompt", "A[\n... , 0]", "(value (index A (tuple ... 0)))" },
  { "ellipsis-begins-slice", "A[\n...:b]", "(value (index A (slice ... b _)))" },
  { "ipython-prompt", "In [12]: f(1,\n    ...: 2)", "(value (call f! 1 2))" },
  { "import", "import torch, numpy as np; a\nfrom x import (y,\n  z)\nb", "(value a)\n(value b)" },
  { "names", "α_1 + été + _x9", "(value (+ (+ α_1 été) _x9))" },
  { "no-break-space", "a\u00a0+ b", "(value (+ a b))" },
  { "byte-order-mark",
    "\ufeff"
    "a",
    "(value a)" },
  { "soft-keywords", "match + case + type", "(value (+ (+ match case) type))" },
};

/* Children before parents, spans within the text and within their parent's, statements in order,
 * texts where a kind has one, everything below one statement used. */
static void
check_expression (const ScopeExpression *x)
{
  int characters = (int)g_utf8_strlen (x->source, -1);
  g_autofree guint8 *used = g_new0 (guint8, (gsize)x->nodes);
  for (int i = 0; i < x->nodes; i++)
    {
      const ScopeSyntax *node = &x->node[i];
      g_assert_cmpint (node->span.begin, >=, 0);
      g_assert_cmpint (node->span.begin, <, node->span.end);
      g_assert_cmpint (node->span.end, <=, characters);
      if (node->kind == SCOPE_SYNTAX_NAME || node->kind == SCOPE_SYNTAX_STRING)
        g_assert_true (g_utf8_validate (node->text, -1, NULL));
      for (int k = 0; k < node->children; k++)
        {
          int child = node->child[k];
          if (child < 0 && node->kind == SCOPE_SYNTAX_SLICE)
            continue;
          g_assert_cmpint (child, >=, 0);
          g_assert_cmpint (child, <, i);
          g_assert_cmpint (x->node[child].span.begin, >=, node->span.begin);
          g_assert_cmpint (x->node[child].span.end, <=, node->span.end);
          used[child] = 1;
        }
    }
  g_assert_cmpint (x->statements, >, 0);
  for (int i = 0; i < x->statements; i++)
    {
      g_assert_cmpint (x->statement[i], >, i > 0 ? x->statement[i - 1] : -1);
      g_assert_cmpint (x->node[x->statement[i]].kind, >=, SCOPE_SYNTAX_VALUE);
      g_assert_false (used[x->statement[i]]);
      used[x->statement[i]] = 1;
    }
  g_assert_cmpint (x->statement[x->statements - 1], ==, x->nodes - 1);
  for (int i = 0; i < x->nodes; i++)
    g_assert_true (used[i]);
}

static void
test_accepted (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeError error = { 0 };
  ScopeExpression *expression =
      scope_expression_parse (accepted[i].text, strlen (accepted[i].text), &error);
  g_assert_cmpstr (error.sentence, ==, "");
  g_assert_nonnull (expression);
  g_assert_cmpstr (expression->source, ==, accepted[i].text);

  g_autoptr (GString) tree = g_string_new (NULL);
  syntax_print (expression, FALSE, tree);
  g_assert_cmpstr (tree->str, ==, accepted[i].tree);
  check_expression (expression);
  scope_expression_free (expression);
}

/* ---- refused --------------------------------------------------------------------------------- */

static const struct
{
  const char *name, *text;
  int code, begin, end;
  const char *sentence;
} refused[] = {
  { "empty", "", SCOPE_ERROR_SYNTAX, 0, 0, "Expected an expression" },
  { "nothing-but-comment", "# x", SCOPE_ERROR_SYNTAX, 3, 3, "Expected an expression" },
  { "only-import", "import torch", SCOPE_ERROR_SYNTAX, 12, 12, "Expected an expression" },
  { "import-nothing", "import", SCOPE_ERROR_SYNTAX, 6, 6,
    "Expected the name of a module, but the text ends" },
  { "import-sum", "import a + b", SCOPE_ERROR_SYNTAX, 9, 10,
    "Expected the end of the line, but found `+`" },
  { "lone-operator", "1 +", SCOPE_ERROR_SYNTAX, 3, 3,
    "Expected a value after `+`, but the text ends" },
  { "no-value", "= 3", SCOPE_ERROR_SYNTAX, 0, 1, "Expected a value, but found `=`" },
  { "value-after-comma", "f(a, , b)", SCOPE_ERROR_SYNTAX, 5, 6,
    "Expected a value after `,`, but found `,`" },
  { "unclosed-round", "f(a", SCOPE_ERROR_SYNTAX, 1, 2,
    "Expected `)` to close `(` opened at character 2, but the text ends" },
  { "unclosed-square", "x + [1, 2", SCOPE_ERROR_SYNTAX, 4, 5,
    "Expected `]` to close `[` opened at character 5, but the text ends" },
  { "unclosed-index", "A[1:", SCOPE_ERROR_SYNTAX, 1, 2,
    "Expected `]` to close `[` opened at character 2, but the text ends" },
  { "mismatch", "(a, [b)", SCOPE_ERROR_SYNTAX, 6, 7,
    "Expected `]` to close `[` opened at character 5, but found `)`" },
  { "closes-nothing", "a)", SCOPE_ERROR_SYNTAX, 1, 2, "`)` closes nothing that was opened" },
  { "two-names", "a b", SCOPE_ERROR_SYNTAX, 2, 3,
    "Expected an operator or the end of the line, but found `b`" },
  { "two-names-in-call", "f(a b)", SCOPE_ERROR_SYNTAX, 4, 5,
    "Expected `,` or `)` to close `(` opened at character 2, but found `b`" },
  { "number-after-string", "'a' 1", SCOPE_ERROR_SYNTAX, 4, 5,
    "Expected an operator or the end of the line, but found `1`" },
  { "for", "for x in y: pass", SCOPE_ERROR_UNSUPPORTED, 0, 3,
    "Shapescope does not know `for`; paste only the lines within it" },
  { "with-without-colon", "with torch.no_grad()\n x", SCOPE_ERROR_SYNTAX, 20, 21,
    "Expected `:` after `with …`, but the line ends" },
  { "with-nothing", "with: x", SCOPE_ERROR_SYNTAX, 4, 5,
    "Expected `:` after `with …`, but found `:`" },
  { "if", "if a: b", SCOPE_ERROR_UNSUPPORTED, 0, 2,
    "Shapescope does not know `if`; paste only the lines within it" },
  { "return", "return", SCOPE_ERROR_UNSUPPORTED, 0, 6, "Paste only what follows `return`" },
  { "assert", "assert", SCOPE_ERROR_UNSUPPORTED, 0, 6, "Paste only what follows `assert`" },
  { "def", "def f(x): return x", SCOPE_ERROR_UNSUPPORTED, 0, 3,
    "Shapescope does not know `def`; paste only the lines within it" },
  { "class", "class A: pass", SCOPE_ERROR_UNSUPPORTED, 0, 5,
    "Shapescope does not know `class`; paste only the lines within it" },
  { "del", "del a", SCOPE_ERROR_UNSUPPORTED, 0, 3, "Shapescope does not know `del`; delete it" },
  { "pass", "pass", SCOPE_ERROR_UNSUPPORTED, 0, 4, "Shapescope does not know `pass`; delete it" },
  { "lambda", "f(lambda x: x)", SCOPE_ERROR_UNSUPPORTED, 2, 8,
    "Shapescope does not know `lambda`" },
  { "yield", "(yield)", SCOPE_ERROR_UNSUPPORTED, 1, 6, "Shapescope does not know `yield`" },
  { "comprehension", "[x for x in y]", SCOPE_ERROR_UNSUPPORTED, 3, 6,
    "Shapescope does not know comprehensions (`for` within brackets)" },
  { "generator", "f(x for x in y)", SCOPE_ERROR_UNSUPPORTED, 4, 7,
    "Shapescope does not know comprehensions (`for` within brackets)" },
  { "walrus", "(a := 3)", SCOPE_ERROR_UNSUPPORTED, 3, 5, "Shapescope does not know `:=`" },
  { "dictionary", "{'a': 1}", SCOPE_ERROR_UNSUPPORTED, 0, 1,
    "Shapescope does not know dictionaries and sets" },
  { "f-string", "f\"{x}\"", SCOPE_ERROR_UNSUPPORTED, 0, 2,
    "Shapescope does not fill in f-strings; write the text itself" },
  { "bytes", "a + b'x'", SCOPE_ERROR_UNSUPPORTED, 4, 6,
    "Shapescope does not know byte strings; write the text without `b`" },
  { "complex", "2 * 1.5j", SCOPE_ERROR_UNSUPPORTED, 4, 8,
    "Shapescope does not know complex numbers like `1.5j` yet" },
  { "double-star", "f(**kwargs)", SCOPE_ERROR_UNSUPPORTED, 2, 4,
    "Shapescope does not know `**` in a call; write the arguments out" },
  { "keyword-as-name", "a + with", SCOPE_ERROR_SYNTAX, 4, 8,
    "The keyword `with` cannot stand here" },
  { "keyword-attribute", "a.if", SCOPE_ERROR_SYNTAX, 2, 4,
    "Expected a name after `.`, but found `if`" },
  { "attribute-missing", "a.", SCOPE_ERROR_SYNTAX, 2, 2,
    "Expected a name after `.`, but the text ends" },
  { "attribute-number", "a.1", SCOPE_ERROR_SYNTAX, 1, 3,
    "Expected an operator or the end of the line, but found `.1`" },
  { "minus-sign", "a − b", SCOPE_ERROR_SYNTAX, 2, 3,
    "`−` (U+2212, minus sign) is not Python; write `-`" },
  { "times", "A × B", SCOPE_ERROR_SYNTAX, 2, 3,
    "`×` (U+00D7, multiplication sign) is not Python; write `*`" },
  { "quotes", "“a”", SCOPE_ERROR_SYNTAX, 0, 1,
    "`“` (U+201C, left double quotation mark) is not Python; write `\"`" },
  { "unknown-symbol", "é + ☃", SCOPE_ERROR_SYNTAX, 4, 5,
    "`☃` (U+2603) cannot stand in an expression" },
  { "dollar", "$a", SCOPE_ERROR_SYNTAX, 0, 1, "`$` cannot stand in an expression" },
  { "question", "A?", SCOPE_ERROR_SYNTAX, 1, 2, "`?` cannot stand in an expression" },
  { "zero-width", "a​b", SCOPE_ERROR_SYNTAX, 1, 2,
    "The invisible character U+200B cannot stand in an expression; delete it" },
  { "control", "a\007b", SCOPE_ERROR_SYNTAX, 1, 2,
    "The invisible character U+0007 cannot stand in an expression; delete it" },
  { "bad-number", "1__0", SCOPE_ERROR_SYNTAX, 0, 4, "`1__0` is not a number" },
  { "bad-suffix", "12ab", SCOPE_ERROR_SYNTAX, 0, 4, "`12ab` is not a number" },
  { "bad-hex", "0x", SCOPE_ERROR_SYNTAX, 0, 2, "`0x` is not a number" },
  { "bad-octal", "0o18", SCOPE_ERROR_SYNTAX, 0, 4, "`0o18` is not a number" },
  { "bad-exponent", "1e", SCOPE_ERROR_SYNTAX, 0, 2, "`1e` is not a number" },
  { "leading-zero", "007", SCOPE_ERROR_SYNTAX, 0, 3,
    "An integer cannot begin with 0; write 0o… for octal digits" },
  { "too-big-integer", "A[9223372036854775808]", SCOPE_ERROR_OVERFLOW, 2, 21,
    "The integer is beyond int64, which ends at 9223372036854775807" },
  { "unclosed-string", "f(\"abc)", SCOPE_ERROR_SYNTAX, 2, 7,
    "The string is not closed; expected `\"`" },
  { "unclosed-triple", "'''abc", SCOPE_ERROR_SYNTAX, 0, 6,
    "The string is not closed; expected `'''`" },
  { "bad-escape", "\"\\xZZ\"", SCOPE_ERROR_SYNTAX, 1, 3, "The escape needs 2 hexadecimal digits" },
  { "nul-escape", "\"\\0\"", SCOPE_ERROR_SYNTAX, 1, 3,
    "The escape stands for U+0000, which cannot stand in a text" },
  { "surrogate", "\"\\ud800\"", SCOPE_ERROR_SYNTAX, 1, 7,
    "The escape stands for U+D800, which cannot stand in a text" },
  { "named-escape", "\"\\N{DASH}\"", SCOPE_ERROR_UNSUPPORTED, 1, 3,
    "Shapescope does not know characters by name (`\\N`)" },
  { "if-without-else", "a if b", SCOPE_ERROR_SYNTAX, 6, 6,
    "Expected `else` for the `if` at character 3, but the text ends" },
  { "if-without-else-in-call", "f(a if b, c)", SCOPE_ERROR_SYNTAX, 8, 9,
    "Expected `else` for the `if` at character 5, but found `,`" },
  { "if-if", "a if b if c else d else e", SCOPE_ERROR_SYNTAX, 7, 9,
    "Expected `else` for the `if` at character 3, but found `if`" },
  { "else-without-if", "a else b", SCOPE_ERROR_SYNTAX, 2, 6, "`else` has no `if` before it" },
  { "not-after-plus", "a + not b", SCOPE_ERROR_SYNTAX, 4, 7,
    "Expected brackets around `not …` after `+`, which binds tighter" },
  { "not-after-sign", "- not a", SCOPE_ERROR_SYNTAX, 2, 5,
    "Expected brackets around `not …` after `-`, which binds tighter" },
  { "in", "a in b", SCOPE_ERROR_UNSUPPORTED, 2, 4, "Shapescope does not know the operator `in`" },
  { "not-in", "a not in b", SCOPE_ERROR_UNSUPPORTED, 2, 8,
    "Shapescope does not know the operator `not in`" },
  { "is", "a is None", SCOPE_ERROR_UNSUPPORTED, 2, 4,
    "Shapescope does not know the operator `is`" },
  { "slice-of-three-colons", "a[1:2:3:4]", SCOPE_ERROR_SYNTAX, 7, 8,
    "A slice has at most two colons" },
  { "empty-index", "a[]", SCOPE_ERROR_SYNTAX, 1, 3, "Expected an index between `[` and `]`" },
  { "starred-slice", "a[*b:2]", SCOPE_ERROR_SYNTAX, 2, 3, "A slice cannot be starred" },
  { "lone-star", "*a", SCOPE_ERROR_SYNTAX, 0, 2,
    "A starred value can only stand in a call, a tuple or a list" },
  { "star-in-brackets", "(*a)", SCOPE_ERROR_SYNTAX, 1, 3,
    "A starred value can only stand in a call, a tuple or a list" },
  { "star-twice", "f(**a, * *b)", SCOPE_ERROR_UNSUPPORTED, 2, 4,
    "Shapescope does not know `**` in a call; write the arguments out" },
  { "star-binds", "*a < b, c", SCOPE_ERROR_SYNTAX, 3, 4,
    "Expected brackets around the value after `*`, but found `<`" },
  { "positional-after-keyword", "f(a=1, 2)", SCOPE_ERROR_SYNTAX, 7, 8,
    "An argument without a name cannot follow one with a name" },
  { "keyword-twice", "f(dim=1, axis=2, dim=3)", SCOPE_ERROR_SYNTAX, 17, 20,
    "The argument `dim` is given twice" },
  { "keyword-of-expression", "f(a.b=2)", SCOPE_ERROR_SYNTAX, 5, 6,
    "Expected a name before `=`; `==` compares" },
  { "assignment-in-brackets", "(a = 3)", SCOPE_ERROR_SYNTAX, 3, 4,
    "`=` cannot stand in brackets; `==` compares" },
  { "assign-to-call", "f(1) = 3", SCOPE_ERROR_SYNTAX, 0, 4,
    "Expected a name, `A[…]` or a tuple of them left of `=`, but found the result of a call" },
  { "assign-to-number", "1 = a", SCOPE_ERROR_SYNTAX, 0, 1,
    "Expected a name, `A[…]` or a tuple of them left of `=`, but found a number" },
  { "assign-to-sum", "a + b = c", SCOPE_ERROR_SYNTAX, 0, 5,
    "Expected a name, `A[…]` or a tuple of them left of `=`, but found an expression" },
  { "assign-to-constant", "None = 1", SCOPE_ERROR_SYNTAX, 0, 4,
    "Expected a name, `A[…]` or a tuple of them left of `=`, but found a constant" },
  { "assign-to-attribute", "a().b = 3", SCOPE_ERROR_UNSUPPORTED, 0, 5,
    "Shapescope assigns to names, `self.name` and `A[…]`, not to other attributes" },
  { "assign-to-star", "a, *b = c", SCOPE_ERROR_UNSUPPORTED, 3, 5,
    "Shapescope does not know starred names left of `=`" },
  { "assign-to-nested", "(a, (b, f())) = c", SCOPE_ERROR_SYNTAX, 8, 11,
    "Expected a name, `A[…]` or a tuple of them left of `=`, but found the result of a call" },
  { "augment-tuple", "a, b += 1", SCOPE_ERROR_SYNTAX, 0, 4,
    "Expected a name or `A[…]` left of `+=`" },
  { "augment-attribute", "a.b += 1", SCOPE_ERROR_UNSUPPORTED, 0, 3,
    "Shapescope assigns to names, `self.name` and `A[…]`, not to other attributes" },
  { "annotated-chain", "a: int = b = c", SCOPE_ERROR_SYNTAX, 11, 12,
    "Expected the end of the line, but found `=`" },
  { "augment-chain", "a += b = c", SCOPE_ERROR_SYNTAX, 7, 8,
    "Expected the end of the line, but found `=`" },
  { "annotated-tuple", "a, b: int = c", SCOPE_ERROR_SYNTAX, 4, 5,
    "Only a single name can have a type after `:`" },
  { "annotation-missing", "a: = 3", SCOPE_ERROR_SYNTAX, 3, 4,
    "Expected a value after `:`, but found `=`" },
  { "two-semicolons", "a;; b", SCOPE_ERROR_SYNTAX, 2, 3, "Expected a value, but found `;`" },
  { "colon", "a + b:", SCOPE_ERROR_SYNTAX, 5, 6,
    "Expected an operator or the end of the line, but found `:`" },
  { "continued-line", "A\n  + B", SCOPE_ERROR_SYNTAX, 4, 5,
    "The line before is complete; put both in brackets to go on with `+`" },
  { "backslash-space", "a \\ \nb", SCOPE_ERROR_SYNTAX, 2, 3,
    "Only the end of the line may follow `\\`, not even a space" },
  { "backslash-end", "a \\", SCOPE_ERROR_SYNTAX, 2, 3, "Expected another line after `\\`" },
  { "arrow", "a -> b", SCOPE_ERROR_SYNTAX, 2, 4,
    "Expected an operator or the end of the line, but found `->`" },
  { "at-line", "@decorated", SCOPE_ERROR_SYNTAX, 0, 1, "Expected a value, but found `@`" },
  { "error-after-newline", "a = 1\nb = (2\nc = 3", SCOPE_ERROR_SYNTAX, 13, 14,
    "Expected `,` or `)` to close `(` opened at character 11, but found `c`" },
  { "prompt-twice", ">>> >>> a", SCOPE_ERROR_SYNTAX, 4, 6, "Expected a value, but found `>>`" },
};

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeError error = { 0 };
  g_assert_null (scope_expression_parse (refused[i].text, strlen (refused[i].text), &error));
  g_assert_cmpstr (error.sentence, ==, refused[i].sentence);
  g_assert_cmpint (error.code, ==, refused[i].code);
  g_assert_cmpint (error.axis, ==, -1);
  g_assert_cmpint (error.begin, ==, refused[i].begin);
  g_assert_cmpint (error.end, ==, refused[i].end);
  g_assert_null (scope_expression_parse (refused[i].text, strlen (refused[i].text), NULL));
}

/* ---- what holds of any text ------------------------------------------------------------------ */

static ScopeExpression *
parse (const GString *text)
{
  ScopeError error = { 0 };
  ScopeExpression *expression = scope_expression_parse (text->str, text->len, &error);
  g_assert_cmpstr (error.sentence, ==, "");
  check_expression (expression);
  return expression;
}

static GString *
repeat (const char *before, const char *middle, gsize times, const char *after)
{
  GString *text = g_string_new (before);
  for (gsize i = 0; i < times; i++)
    g_string_append (text, middle);
  return g_string_append (text, after);
}

/* A chain of thousands grows the tree in proportion and needs no stack. */
static void
test_chains (void)
{
  static const struct
  {
    const char *before, *middle, *after;
    int nodes; /* for each repetition */
  } chains[] = {
    { "a", "+a", "", 2 },    { "a", "**a", "", 2 },          { "", "-", "a", 1 },
    { "", "~-", "a", 2 },    { "", "not ", "a", 1 },         { "a", "<a", "", 3 },
    { "a", " or a", "", 2 }, { "a", ".T", "", 1 },           { "a", "[0]", "", 2 },
    { "a", "()", "", 1 },    { "a", ",a", "", 1 },           { "f(a", ",a", ")", 1 },
    { "a[0", ",0", "]", 1 }, { "a", "=a", "", 1 },           { "a", "\na", "", 2 },
    { "a", ";a", "", 2 },    { "a", " if a else a", "", 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (chains); i++)
    for (gsize times = 1000; times <= 4000; times *= 2)
      {
        g_autoptr (GString) text =
            repeat (chains[i].before, chains[i].middle, times, chains[i].after);
        ScopeExpression *expression = parse (text);
        g_assert_cmpint (expression->nodes, <=, chains[i].nodes * (int)times + 8);
        g_assert_cmpint (expression->nodes, >=, chains[i].nodes * (int)times);
        scope_expression_free (expression);
      }
}

static void
test_longest_chain (void)
{
  g_autoptr (GString) text = repeat ("a", "+a", 30000, "");
  ScopeExpression *expression = parse (text);
  g_assert_cmpint (expression->nodes, ==, 60002);

  const ScopeSyntax *node = &expression->node[expression->nodes - 1];
  int depth = 0;
  for (; node->children > 0; node = &expression->node[node->child[0]])
    depth++;
  g_assert_cmpint (depth, ==, 30001);
  scope_expression_free (expression);
}

static void
test_nesting (void)
{
  static const char *const pairs[][2] = {
    { "(", ")" }, { "[", "]" }, { "f(", ")" }, { "a[", "]" }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (gsize deep = 64; deep <= 65; deep++)
      {
        g_autoptr (GString) text = repeat ("", pairs[i][0], deep, "x");
        for (gsize k = 0; k < deep; k++)
          g_string_append (text, pairs[i][1]);
        ScopeError error = { 0 };
        ScopeExpression *expression = scope_expression_parse (text->str, text->len, &error);
        g_assert_true ((expression != NULL) == (deep == 64));
        if (deep == 65)
          {
            g_assert_cmpint (error.code, ==, SCOPE_ERROR_TOO_BIG);
            g_assert_cmpint (error.end, ==, (int)strlen (pairs[i][0]) * 65);
          }
        scope_expression_free (expression);
      }
}

static void
test_length (void)
{
  ScopeError error = { 0 };
  g_autoptr (GString) text = repeat ("é", "+", SCOPE_EXPRESSION_BYTES - 3, "a");
  scope_expression_free (parse (text));
  g_string_append_c (text, ' ');
  g_assert_null (scope_expression_parse (text->str, text->len, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_TOO_BIG);
  g_assert_cmpint (error.begin, ==, SCOPE_EXPRESSION_BYTES - 1);
  g_assert_cmpstr (error.sentence, ==, "The expression has 65537 bytes, but only 65536 are read");
}

static void
test_keyword_limit (void)
{
  ScopeError error = { 0 };
  g_autoptr (GString) text = g_string_new ("f(");
  for (int i = 0; i < 255; i++)
    g_string_append_printf (text, "a%d=0,", i);
  g_string_append_c (text, ')');
  scope_expression_free (parse (text));
  g_string_truncate (text, text->len - 1);
  g_string_append (text, "b=0)");
  g_assert_null (scope_expression_parse (text->str, text->len, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_TOO_BIG);
}

static void
test_not_utf8 (void)
{
  ScopeError error = { 0 };
  g_assert_null (scope_expression_parse ("é+\xFF", 4, &error));
  g_assert_cmpstr (error.sentence, ==, "The text is not UTF-8 from byte 3 on");
  g_assert_cmpint (error.begin, ==, 2);
}

static void
test_nul (void)
{
  ScopeError error = { 0 };
  g_assert_null (scope_expression_parse ("a\0b", 3, &error));
  g_assert_cmpint (error.begin, ==, 1);
  g_assert_null (scope_expression_parse ("'a\0b'", 5, &error));
  g_assert_cmpint (error.begin, ==, 2);
}

/* Texts made from good ones by changing, removing, doubling and exchanging bytes: each is accepted
 * and sound, or refused with a span within the text. */
static void
test_mutations (void)
{
  static const char bytes[] = "()[]{},:;.=+-*/%@&|^~<>!#\\'\"\n\r\t 019aefnrx_\xC3\xA9\xE2\x88\x92";
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int round = 0; round < 20000; round++)
    {
      g_string_assign (text, accepted[g_rand_int_range (rand, 0, G_N_ELEMENTS (accepted))].text);
      for (int changes = g_rand_int_range (rand, 1, 6); changes > 0; changes--)
        {
          gsize at = (gsize)g_rand_int_range (rand, 0, (int)text->len + 1);
          gsize some = (gsize)g_rand_int_range (rand, 0, 8), length = MIN (some, text->len - at);
          char byte = bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
          if (g_rand_boolean (rand))
            g_string_insert_c (text, (gssize)at, byte);
          else if (g_rand_boolean (rand))
            g_string_erase (text, (gssize)at, (gssize)length);
          else
            {
              g_autofree char *part = g_strndup (text->str + at, length);
              g_string_insert_len (text, g_rand_int_range (rand, 0, (int)text->len + 1), part, -1);
            }
        }
      ScopeError error = { .begin = -1 };
      ScopeExpression *expression = scope_expression_parse (text->str, text->len, &error);
      if (expression != NULL)
        check_expression (expression);
      else
        {
          g_assert_cmpint (error.begin, >=, 0);
          g_assert_cmpint (error.begin, <=, error.end);
          g_assert_cmpint (error.end, <=, (gint64)text->len + 1);
          g_assert_true (g_utf8_validate (error.sentence, -1, NULL));
        }
      scope_expression_free (expression);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/parser/accepted/%s", accepted[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_accepted);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/parser/refused/%s", refused[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/ops/parser/chains", test_chains);
  g_test_add_func ("/ops/parser/longest-chain", test_longest_chain);
  g_test_add_func ("/ops/parser/nesting", test_nesting);
  g_test_add_func ("/ops/parser/length", test_length);
  g_test_add_func ("/ops/parser/keyword-limit", test_keyword_limit);
  g_test_add_func ("/ops/parser/not-utf8", test_not_utf8);
  g_test_add_func ("/ops/parser/nul", test_nul);
  g_test_add_func ("/ops/parser/mutations", test_mutations);
  return g_test_run ();
}
