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
  scope_expression_free (expression);
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
  return g_test_run ();
}
