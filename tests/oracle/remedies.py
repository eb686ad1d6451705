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
OTHER_RULES = ("type", "name", "unknown", "limit", "read-only", "argument", "none")


def tame(case, rng):
    """One type for all numbers and, nearly always, no empty axis: what is left to fail are shapes."""
    dialect, expression, tensors = case
    empty = rng.random() < 0.03
    tamed = {}
    for name, (dtype, shape) in tensors.items():
        kind = "float32" if dtype[0] in "fc" or dtype == "bfloat16" else \
            dtype if dtype == "bool" else "int64"
        tamed[name] = (kind, [s or (0 if empty else 1) for s in shape])
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
    """The shape that the last line of some code gives, or the error."""
    names = differential.namespace("pytorch")
    for name, (dtype, shape) in tensors.items():
        names[name] = differential.ramp(dialect, dtype, tuple(shape))
        if dtype == "int64" and indices is not None:
            names[name] = names[name] * 0 + indices
    lines = code.rstrip("\n").split("\n")
    statements, last = "\n".join(lines[:-1]), lines[-1]
    exec(statements, names)
    try:
        compiled = compile(last, "remedy", "eval")
    except SyntaxError:
        exec(last, names)
        target = last.split("=")[0].split("[")[0].rstrip("+-*/@%&|^<> ").strip()
        return shape_of(names[target])
    return shape_of(eval(compiled, names))


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
                    shape = run(target, code, tensors)
                except (IndexError, RuntimeError):
                    shape = run(target, code, tensors, 0)  # a ramp is no index of a short axis
                problem = None if fits(shape, remedy["result"]) else "gives %s" % shape
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
        case = dialect, expression, tensors = tame(case, rng)
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
