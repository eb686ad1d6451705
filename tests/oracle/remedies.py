#!/usr/bin/env python3
"""Runs the remedies that Shapescope offers for random failures.

Failures are drawn from the cases_<group>.py of differential.py, as many from each operation as there
are; only those count that have to do with shapes (not types, names, or arguments of the wrong kind).
For each the tool is asked; the expression of every remedy, and its PyTorch and NumPy code, is then run
in those frameworks and must give the promised shape. What came out goes, one JSON object a line, to
tests/golden/remedies.jsonl.gz, which tests/advice/test-remedies.c replays without either framework.

    remedies.py build/src/cli/shapescope-cli --count 2400 --seed 1
"""

import argparse
import ast
import collections
import gzip
import importlib
import io
import json
import os
import random
import subprocess
import sys
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
warnings.simplefilter("ignore")

import numpy as np
import torch

import differential

torch.set_num_threads(1)
np.seterr(all="ignore")

GROUPS = ("elementwise", "joining", "layers", "products", "resampling", "reshaping")
# What shapes have nothing to do with.
OTHER_RULES = ("type", "name", "unknown", "limit", "read-only", "argument", "pattern", "none")
# … though the rule is one of shapes.
OTHER_SENTENCES = ("must be integers", "single ellipsis", "An index is an integer", "have no names",
                   "must either be", "must be a single int", "should contain one int", "not zero",
                   "greater than zero", "non-positive", "more than 1 value per channel")
# Operations that take indices or truths, whose types are left to them.
PICKING = ("A[", "gather", "take", "index", "embedding", "where", "mask", "roll", "bitwise", "shift", "&",
           "|", "^", "~", "gcd", "lcm", "logical", "repeat", "split")


def tame(case):
    """One type for all numbers and no empty axis: what is left to fail are shapes."""
    dialect, expression, tensors = case
    picks = any(word in expression for word in PICKING)
    tamed = {}
    for name, (dtype, shape) in tensors.items():
        number = dtype[0] in "fc" or dtype == "bfloat16"
        kind = "float32" if number or not picks else dtype if dtype == "bool" else "int64"
        if name == "B" and "= B" in expression:
            kind = tamed.get("A", (kind,))[0]
        tamed[name] = (kind, [s or 1 for s in shape])
    return dialect, expression, tamed


def is_small(tensors):
    return all(np.prod([float(s) for s in shape]) < 1e7 for _, shape in tensors.values())


def ask(tool, dialect, expression, tensors, unknown=False):
    arguments = [tool, "check", "--json", "--dialect", dialect, "--", expression]
    for name, (dtype, shape) in tensors.items():
        sizes = "?" * len(shape) if unknown else map(str, shape)
        arguments.append("%s=%s[%s]" % (name, dtype, ",".join(sizes)))
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        return None
    return json.loads(done.stdout)


def shape_of(value):
    if isinstance(value, (tuple, list)):
        return shape_of(value[-1]) if value else None
    return list(value.shape) if hasattr(value, "shape") else list(np.shape(value))


def run(dialect, code, tensors, indices=None):
    """The shapes that the lines of some code give; None when they give none."""
    names = differential.namespace("pytorch")
    for name, (dtype, shape) in tensors.items():
        names[name] = differential.ramp(dialect, dtype, tuple(shape))
        if dtype == "int64" and indices is not None:
            names[name] = names[name] * 0 + indices
    shapes = []
    for statement in ast.parse(code).body:
        text = ast.unparse(statement)
        if isinstance(statement, ast.Expr):
            value = eval(text, names)
            if value is None:  # it wrote into its argument, whose shape says nothing
                return None
            shapes.append(shape_of(value))
            continue
        exec(text, names)
        target = statement
        while isinstance(target, (ast.Assign, ast.AugAssign, ast.Subscript, ast.Attribute)):
            target = (target.targets[0] if isinstance(target, ast.Assign) else
                      target.target if isinstance(target, ast.AugAssign) else target.value)
        if isinstance(target, ast.Name):
            shapes.append(shape_of(names[target.id]))
    return shapes


def fits(shape, promised):
    """A size that follows from values is promised as a question mark."""
    return len(shape) == len(promised) and all(p == "?" or s == p for s, p in zip(shape, promised))


class Judge:
    def __init__(self, verbose):
        self.ran = collections.Counter()
        self.wrong = collections.Counter()
        self.without_words = collections.Counter()
        self.verbose = verbose

    def judge(self, case, remedy):
        dialect, expression, tensors = case
        for target in ("pytorch", "numpy"):
            code = remedy["code"][target]
            if code.startswith("#") and " has no counterpart of " in code or " takes no " in code:
                self.without_words[target] += 1
                continue
            self.ran[target] += 1
            try:
                try:
                    shapes = run(target, code, tensors)
                except (IndexError, RuntimeError):
                    shapes = run(target, code, tensors, 0)  # a ramp is no index of a short axis
                # The promise is that of the statement at fault, which others may follow.
                looked_at = shapes if shapes is None or "\n" in expression else shapes[-1:]
                problem = None if shapes is None or any(fits(s, remedy["result"]) for s in looked_at) else \
                    "gives %s" % shapes[-1:]
            except Exception as error:
                problem = "%s: %s" % (type(error).__name__, str(error).split("\n")[0])
            if problem is not None:
                self.wrong[target] += 1
                if self.verbose:
                    print("%s\n  %s %s\n  %s: %s\n    promised %s; %s" %
                          (expression, dialect, tensors, target, code.replace("\n", "\n    "),
                           remedy["result"], problem))


def draw(groups, rng):
    makers = {g: importlib.import_module("cases_" + g).cases(random.Random(rng.random()))
              for g in groups}
    while True:
        yield next(makers[rng.choice(groups)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool")
    parser.add_argument("--count", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--group", choices=GROUPS)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--out")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    groups = [options.group] if options.group else list(GROUPS)
    judge, seen, text = Judge(options.verbose), set(), io.StringIO()
    drawn = helped = 0
    per_op, helpless = collections.Counter(), collections.Counter()
    for case in draw(groups, rng):
        if drawn == options.count:
            break
        case = dialect, expression, tensors = tame(case)
        key = (dialect, expression, repr(sorted(tensors.items())))
        if key in seen or not is_small(tensors):
            continue
        seen.add(key)
        report = ask(options.tool, dialect, expression, tensors)
        if report is None or report["fits"] or report["failure"]["rule"] in OTHER_RULES:
            continue
        # With sizes unknown only what is no matter of sizes can fail.
        blind = ask(options.tool, dialect, expression, tensors, True)
        if blind is None or not blind["fits"] and blind["failure"]["rule"] in OTHER_RULES:
            continue
        if any(text in report["failure"]["sentence"] for text in OTHER_SENTENCES):
            continue
        op = report["failure"]["op"]
        # Not one operation's failures alone.
        if per_op[op] >= max(20, options.count // 12):
            continue
        drawn += 1
        per_op[op] += 1
        remedies = report["remedies"]
        helped += bool(remedies)
        if not remedies:
            helpless[op, report["failure"]["rule"]] += 1
            if options.verbose:
                print("no remedy: %s %s %s: %s" % (dialect, expression, tensors,
                                                   report["failure"]["sentence"]))
        for remedy in remedies:
            judge.judge(case, remedy)
        text.write(json.dumps({
            "dialect": dialect, "expression": expression,
            "tensors": {n: [d, list(s)] for n, (d, s) in tensors.items()},
            "remedies": len(remedies),
            "first": [remedies[0]["kind"], remedies[0]["expression"], remedies[0]["result"]]
            if remedies else None}, separators=(",", ":")) + "\n")
    out = options.out or os.path.join(HERE, "..", "golden", "remedies.jsonl.gz")
    with open(out, "wb") as file:
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            packed.write(text.getvalue().encode())
    print("%d failures of %d operations, %d with a remedy (%.1f %%)" %
          (drawn, len(per_op), helped, 100 * helped / max(drawn, 1)))
    for (op, rule), count in helpless.most_common(40):
        print("  none for %-16s %-10s %d of %d" % (op, rule, count, per_op[op]))
    for target in ("pytorch", "numpy"):
        print("%s: %d pieces of code ran, %d wrong; %d where it has no words" %
              (target, judge.ran[target], judge.wrong[target], judge.without_words[target]))


if __name__ == "__main__":
    main()
