#!/usr/bin/python3
"""Writes tests/golden/syntax.txt.gz: random texts and what CPython's own parser makes of them.

Each line is a text and its tree (or `!` when CPython refuses it), separated by a tab, both escaped as
C strings are. The tree is the S-expression of tests/ops/syntax-print.h, with spans. Texts that use what
Shapescope refuses by name (comprehensions, lambdas, …) are left out: test-parser.c has those.
"""
import ast
import gzip
import pathlib
import random
import re
import warnings

GOLDEN = pathlib.Path(__file__).parent.parent / "golden" / "syntax.txt.gz"
COUNT = 3000

BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
          ast.Pow: "**", ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
          ast.LShift: "<<", ast.RShift: ">>", ast.And: "and", ast.Or: "or"}
UNARY = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not"}
COMPARE = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


class Unknown(Exception):
    """CPython knows it, Shapescope refuses it by name."""


class Printer:
    def __init__(self, text):
        self.text = text
        self.lines = [0]
        for end in re.finditer(r"\r\n|\r|\n", text):
            self.lines.append(end.end())

    def place(self, line, column):
        begin = self.lines[line - 1]
        return begin + len(self.text[begin:].encode()[:column].decode())

    def span(self, node):
        return (self.place(node.lineno, node.col_offset),
                self.place(node.end_lineno, node.end_col_offset))

    def widened(self, node, whole):
        """The span of an operand with the brackets around it, which ast does not keep."""
        begin, end = self.span(node)
        while True:
            left = begin
            right = end
            while left > whole[0] and self.text[left - 1] in " \t\r\n\\":
                left -= 1
            while right < whole[1] and self.text[right] in " \t\r\n\\":
                right += 1
            if left > whole[0] and right < whole[1] and self.text[left - 1] + self.text[right] == "()":
                begin, end = left - 1, right + 1
            else:
                return begin, end

    def node(self, head, span, *children):
        return f"({head}@{span[0]}-{span[1]}" + "".join(" " + child for child in children) + ")"

    def optional(self, node):
        return "_" if node is None else self.value(node)

    def constant(self, value):
        if value is None or value is True or value is False:
            return str(value)
        if value is Ellipsis:
            return "..."
        if isinstance(value, int):
            if value >= 2 ** 63:
                raise Unknown
            return str(value)
        if isinstance(value, float):
            text = "%.17g" % value
            return text if re.search("[.en]", text) else text + ".0"
        if isinstance(value, str):
            if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
                raise Unknown
            return '"' + "".join("\\" + c if c in '"\\' else f"\\x{ord (c):02x}" if c < " " or c == "\x7f"
                                  else c for c in value) + '"'
        raise Unknown

    def comparison(self, node, whole):
        begin = self.widened(node.left, whole)
        left = node.left
        tree = None
        for operator, right in zip(node.ops, node.comparators):
            if type(operator) not in COMPARE:
                raise Unknown
            end = self.widened(right, whole)
            link = self.node(COMPARE[type(operator)], (begin[0], end[1]),
                              self.value(left), self.value(right))
            tree = link if tree is None else self.node("and", (whole[0], end[1]), tree, link)
            left, begin = right, end
        return tree

    def value(self, node, called=False):
        span = self.span(node)
        at = f"@{span[0]}-{span[1]}"
        target = isinstance(getattr(node, "ctx", None), ast.Store)
        match node:
            case ast.Name(id="Ellipsis") if not target:
                return "..." + at
            case ast.Name():
                return ("=" if target else "") + node.id + ("!" if called else "") + at
            case ast.Constant():
                return self.constant(node.value) + at
            case ast.Tuple() | ast.List():
                head = "tuple=" if target else "tuple" if isinstance(node, ast.Tuple) else "list"
                return self.node(head, span, *map(self.value, node.elts))
            case ast.Slice():
                return self.node("slice", span, *map(self.optional, (node.lower, node.upper, node.step)))
            case ast.Starred() if not target:
                return self.node("star", span, self.value(node.value))
            case ast.Attribute() if not target:
                return self.node("." + node.attr + ("!" if called else ""), span, self.value(node.value))
            case ast.Subscript():
                return self.node("index=" if target else "index", span,
                                  self.value(node.value), self.value(node.slice))
            case ast.Call():
                if isinstance(node.func, ast.Name) and node.func.id == "print":
                    raise Unknown
                return self.call(node, span)
            case ast.UnaryOp():
                return self.node(UNARY[type(node.op)], span, self.value(node.operand))
            case ast.BinOp():
                return self.node(BINARY[type(node.op)], span, self.value(node.left),
                                  self.value(node.right))
            case ast.BoolOp():
                tree = self.value(node.values[0])
                for value in node.values[1:]:
                    part = (span[0], self.widened(value, span)[1])
                    tree = self.node(BINARY[type(node.op)], part, tree, self.value(value))
                return tree
            case ast.Compare():
                return self.comparison(node, span)
            case ast.IfExp():
                return self.node("if", span, *map(self.value, (node.body, node.test, node.orelse)))
        raise Unknown

    def call(self, node, span):
        arguments = []
        for argument in node.args:
            arguments.append((self.span(argument), self.value(argument)))
        for keyword in node.keywords:
            if keyword.arg is None:
                raise Unknown
            place = self.span(keyword)
            arguments.append((place, self.node(keyword.arg + "=", place, self.value(keyword.value))))
        return self.node("call", span, self.value(node.func, called=True),
                          *(argument for _, argument in sorted(arguments)))

    def statement(self, node):
        span = self.span(node)
        match node:
            case ast.Expr():
                return self.node("value", span, self.value(node.value))
            case ast.Assign():
                return self.node("set", span, self.value(node.value), *map(self.value, node.targets))
            case ast.AnnAssign(value=None):
                self.value(node.target)
                self.value(node.annotation)
                return None
            case ast.AnnAssign():
                self.value(node.annotation)
                return self.node("set", span, self.value(node.value), self.value(node.target))
            case ast.AugAssign(target=ast.Name() | ast.Subscript()):
                node.target.ctx = ast.Load()
                return self.node(BINARY[type(node.op)] + "=", span, self.value(node.target),
                                  self.value(node.value))
            case ast.Import() | ast.ImportFrom():
                return None
        raise Unknown


def tree(text):
    """The S-expressions, None when CPython refuses the text; raises Unknown."""
    try:
        module = ast.parse(text)
        compile(text, "", "exec")
    except (SyntaxError, ValueError, OverflowError):
        return None
    printer = Printer(text)
    trees = [printer.statement(statement) for statement in module.body]
    trees = [tree for tree in trees if tree is not None]
    return "\n".join(trees) if trees else None


class Generator:
    NAMES = ["A", "B", "x", "y_1", "mask", "torch", "é", "αβ", "np", "_", "match"]
    NUMBERS = ["0", "1", "2", "17", "256", "1_000", "0x1F", "0b10", "0o7", "1.", ".5", "2.5e-3", "1e3", "00",
               "9223372036854775807", "1e400", "0.1", "12345.678901234567"]
    STRINGS = ["'a'", '"b c -> c b"', "r'\\d'", "'\\n\\t\\x41é'", "'''q\n'r'''", '""', "u'x' \"y\"", "'\\\n'"]
    BINARIES = list("+-*/%@&|^") + ["//", "**", "<<", ">>", "and", "or"]
    COMPARISONS = ["<", "<=", ">", ">=", "==", "!="]

    def __init__(self, rng):
        self.rng = rng
        self.depth = 0

    def space(self):
        return self.rng.choices(["", " ", "  ", "\t", "\n  " if self.depth else "", " \\\n"],
                                 [30, 60, 2, 1, 5, 1])[0]

    def word(self, word):
        return f" {word} " if word.isalpha() else self.space() + word + self.space()

    def bracketed(self, opening, closing, contents):
        self.depth += 1
        text = opening + self.space() + contents() + self.space() + closing
        self.depth -= 1
        return text

    def atom(self, size):
        rng = self.rng
        if size <= 1 or self.depth > 8:
            return rng.choices([rng.choice(self.NAMES), rng.choice(self.NUMBERS), rng.choice(self.STRINGS),
                                 rng.choice(["None", "True", "False", "...", "Ellipsis"])],
                                [60, 20, 6, 8])[0]
        kind = rng.randrange(5)
        if kind == 0:
            return self.bracketed("(", ")", lambda: self.expression(size - 1))
        if kind == 1:
            return self.bracketed("(", ")", lambda: self.items(size - 1, True))
        if kind == 2:
            return self.bracketed("[", "]", lambda: self.items(size - 1, False))
        return self.primary(size - 1)

    def primary(self, size):
        text = self.rng.choice(self.NAMES) if self.rng.random() < 0.7 else self.atom(size // 2)
        for _ in range(self.rng.randint(1, 3)):
            kind = self.rng.randrange(3)
            if kind == 0:
                text += self.rng.choice([".", ".", " . "]) + self.rng.choice(["T", "shape", "reshape", "é"])
            elif kind == 1:
                text += self.bracketed("(", ")", lambda: self.arguments(size // 2))
            else:
                text += self.bracketed("[", "]", lambda: self.index(size // 2))
        return text

    def separated(self, count, item):
        comma = self.space() + "," + self.space()
        return comma.join(item() for _ in range(count))

    def items(self, size, needs_comma):
        count = self.rng.randint(0, 4)
        text = self.separated(count, lambda: ("*" + self.primary(size // 3) if self.rng.random() < 0.1
                                               else self.expression(size // 3)))
        return text + ("," if count == 1 and needs_comma or count and self.rng.random() < 0.2 else "")

    def arguments(self, size):
        positional = self.rng.randint(0, 3)
        text = self.separated(positional, lambda: ("*" if self.rng.random() < 0.1 else "")
                               + self.expression(size // 3))
        names = self.rng.sample(["dim", "axis", "keepdim", "size", "h"], self.rng.randint(0, 2))
        named = [name + self.space() + "=" + self.space() + self.expression(size // 3) for name in names]
        return ", ".join(([text] if positional else []) + named)

    def slice(self, size):
        part = lambda: self.expression(size // 3) if self.rng.random() < 0.5 else ""
        return self.space().join([part(), ":", part()]
                                   + ([":", part()] if self.rng.random() < 0.4 else []))

    def index(self, size):
        def item():
            kind = self.rng.random()
            return (self.slice(size) if kind < 0.5 else self.expression(size // 3) if kind < 0.97
                    else "*" + self.primary(2))
        count = self.rng.randint(1, 4)
        return self.separated(count, item) + (self.rng.choice(["", "", ","]))

    def expression(self, size):
        """Operators without brackets in between, so that precedence decides."""
        rng = self.rng
        if size <= 1:
            return self.atom(1)
        if rng.random() < 0.12:
            return (self.expression(size // 3) + self.word("if") + self.expression(size // 3)
                    + self.word("else") + self.expression(size // 3))
        count = rng.randint(1, 5)
        text = ""
        for i in range(count):
            if i:
                text += self.word(rng.choice(self.COMPARISONS if rng.random() < 0.2 else self.BINARIES))
            while rng.random() < 0.15:
                text += rng.choice(["-", "+", "~", "- ", "not "])
            text += self.atom(size // count)
        return text

    def target(self, size):
        kind = self.rng.randrange(5)
        if kind == 0:
            return self.primary(size)
        if kind == 1:
            return self.bracketed("(", ")", lambda: self.separated(2, lambda: self.target(size // 2)))
        if kind == 2:
            return self.separated(2, lambda: self.target(size // 2))
        return self.rng.choice(self.NAMES)

    def statement(self, size):
        kind = self.rng.random()
        if kind < 0.5:
            return self.expression(size)
        if kind < 0.6:
            return self.items(size, True) or "a"
        if kind < 0.8:
            return self.target(6) + " = " + self.rng.choice(["", "b = "]) + self.expression(size)
        if kind < 0.9:
            operator = self.rng.choice(list("+-*/%@&|^") + ["//", "**", "<<", ">>"])
            return self.rng.choice(self.NAMES + ["A[i, :]"]) + " " + operator + "= " + self.expression(size)
        if kind < 0.95:
            return "x: Tensor[" + self.expression(2) + "] = " + self.expression(size)
        return self.rng.choice(["import torch", "from a.b import (c,\n  d as e)", "x: int"])

    def text(self):
        size = self.rng.choice([2, 4, 8, 16, 32])
        count = self.rng.choice([1, 1, 1, 1, 2, 3])
        text = self.rng.choice(["\n", "; ", "\n\n", " # é\n"]).join(self.statement(size) for _ in range(count))
        return text if self.rng.random() < 0.6 else self.damaged(text)

    TOKEN = re.compile(r"\s+|\w+|\*\*=?|//=?|<<=?|>>=?|[<>=!+\-*/%@&|^:]=|->|\.\.\.|.", re.S)
    WORDS = (NAMES + NUMBERS + BINARIES + COMPARISONS + list("()[],:.=~*;") + ["not", "if", "else", "\n", " ",
             "+=", "**", "->", "'", "\\", "#", "1_", "0x", "1e", "007", "5a", "...", "None", "$", "−", "é", "for"])

    def damaged(self, text):
        tokens = self.TOKEN.findall(text)
        for _ in range(self.rng.randint(1, 2)):
            at = self.rng.randrange(len(tokens) + 1)
            kind = self.rng.randrange(4)
            if kind == 0:
                tokens[at:at + 1] = []
            elif kind == 1:
                tokens.insert(at, self.rng.choice(self.WORDS))
            elif kind == 2:
                tokens[at:at + 1] = [self.rng.choice(self.WORDS)]
            else:
                other = self.rng.randrange(len(tokens) + 1)
                tokens[at:at + 1], tokens[other:other + 1] = tokens[other:other + 1], tokens[at:at + 1]
        return "".join(tokens)


def escaped(text):
    return "".join(f"\\{ord (c):03o}" if c in '\\\t\n\r"' else c for c in text)


def main():
    warnings.simplefilter("ignore")
    generator = Generator(random.Random(20240817))
    lines = {}
    while len(lines) < COUNT:
        text = generator.text()
        if len(text) > 400:
            continue
        try:
            found = tree(text)
        except Unknown:
            continue
        # How indented lines are taken is Shapescope's own affair: test-parser.c.
        if found is None and re.search(r"(^|\n)[ \t]+[^ \t\n#]", text):
            continue
        lines[escaped(text)] = escaped(found or "!")
    GOLDEN.parent.mkdir(exist_ok=True)
    data = "".join(f"{text}\t{tree}\n" for text, tree in lines.items())
    GOLDEN.write_bytes(gzip.compress(data.encode(), mtime=0))
    accepted = sum(tree != "!" for tree in lines.values())
    print(f"{len (lines)} texts, {accepted} accepted, {len (data)} bytes, {GOLDEN.stat ().st_size} compressed")


main()
