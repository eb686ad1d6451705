#!/usr/bin/env python3
"""Asks PyTorch and NumPy what they make of random expressions and keeps their answers.

Each group of operations has a module cases_<group>.py whose cases (rng) yields
    (dialect, expression, {name: (dtype, shape)})
without end; dialect is "pytorch" or "numpy", the expression is what a person would write there.
Tensors are ramps in C order: element i has the value i (bool: i is odd). The answers go, one JSON
object a line, to tests/golden/differential-<group>.jsonl.gz, which tests/ops/test-differential.c
replays without either framework.

    differential.py --group joining --count 4500 --seed 1
"""

import argparse
import gzip
import importlib
import io
import json
import math
import os
import random
import sys
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
warnings.simplefilter("ignore")

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
np.seterr(all="ignore")

MOST_VALUES = 64


def ramp(dialect, dtype, shape):
    count = math.prod(shape)
    if dialect == "numpy":
        values = np.arange(count) % 2 if dtype == "bool" else np.arange(count)
        return values.astype(dtype).reshape(shape)
    values = torch.arange(count)
    if dtype == "bool":
        values = values % 2
    return values.to(getattr(torch, dtype)).reshape(shape)


def namespace(dialect):
    names = {"np": np, "numpy": np}
    if dialect == "pytorch":
        names.update(torch=torch, nn=nn, F=F)
    try:
        import einops

        names["einops"] = einops
        for name in ("rearrange", "reduce", "repeat"):
            names[name] = getattr(einops, name)
    except ImportError:
        pass
    return names


def is_array(value):
    return isinstance(value, (np.ndarray, np.generic, torch.Tensor))


def number(value):
    """A value as JSON can hold it."""
    if isinstance(value, complex):
        return [number(value.real), number(value.imag)]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int) and value >= 2**63:
        return str(value)
    return value


def describe(value):
    """Shape, type and, when there are few, the values of a tensor."""
    shape = list(value.shape)
    dtype = str(value.dtype).replace("torch.", "")
    values = None
    if math.prod(shape) <= MOST_VALUES:
        if isinstance(value, torch.Tensor):
            flat = value.detach().reshape(-1).tolist()
        else:
            flat = np.asarray(value).reshape(-1).tolist()
        values = [number(v) for v in flat]
    return shape, dtype, values


def run(dialect, expression, tensors):
    """The framework's answer, or None when the case says nothing about shapes."""
    names = namespace(dialect)
    for name, (dtype, shape) in tensors.items():
        names[name] = ramp(dialect, dtype, tuple(shape))
    *first, last = expression.split("\n")
    answer = {"dialect": dialect, "expression": expression,
              "tensors": {n: [d, list(s)] for n, (d, s) in tensors.items()}}
    try:
        for line in first:
            exec(line, names)
        try:
            code = compile(last, "case", "eval")
        except SyntaxError:
            exec(last, names)
            value = names[last.split("=")[0].split("[")[0].rstrip("+-*/@%&|^<> ").strip()]
        else:
            value = eval(code, names)
    except Exception as error:
        answer.update(fits=False, exception=type(error).__name__, message=str(error))
        return answer
    items = list(value) if isinstance(value, (tuple, list)) else [value]
    if not items or not all(is_array(item) for item in items):
        return None
    described = [describe(item) for item in items]
    if any(size < 0 for d in described for size in d[0]):
        return None  # PyTorch lets empty tensors have negative sizes
    random_values = "nn." in expression or "dropout" in expression or "rand" in expression
    answer.update(fits=True, shapes=[d[0] for d in described], dtypes=[d[1] for d in described],
                  values=[None if random_values else d[2] for d in described])
    return answer


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--group", required=True)
    parser.add_argument("--count", type=int, default=4500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out")
    options = parser.parse_args()
    cases = importlib.import_module("cases_" + options.group).cases(random.Random(options.seed))
    out = options.out or os.path.join(
        HERE, "..", "golden", "differential-%s.jsonl.gz" % options.group)

    text = io.StringIO()
    kept = fits = 0
    torch.manual_seed(options.seed)
    seen = set()
    while kept < options.count:
        dialect, expression, tensors = next(cases)
        key = (dialect, expression, repr(sorted(tensors.items())))
        if key in seen:
            continue
        seen.add(key)
        answer = run(dialect, expression, tensors)
        if answer is None:
            continue
        kept += 1
        fits += answer["fits"]
        text.write(json.dumps(answer, separators=(",", ":")) + "\n")
    with open(out, "wb") as file:
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            packed.write(text.getvalue().encode())
    print("%s: %d cases, %d fit" % (os.path.basename(out), kept, fits))


if __name__ == "__main__":
    main()
