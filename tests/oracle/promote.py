#!/usr/bin/python3
"""Writes golden/promote.txt: the result types of mixed operands in PyTorch and NumPy.

A line is the dialect, the operands, and the type of their combination: torch.result_type,
np.result_type, or after a ufunc's name what its loops give (`-` when there is none). `uint8[3]`
is a tensor with an axis, `uint8[]` a 0-d one that holds 1, anything else a Python number.
"""
import itertools
import random
import sys

import numpy as np
import torch

torch.set_num_threads(1)

TORCH = "bool uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64 complex128"
NUMPY = (
    "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 float16 float32 float64 complex64 complex128"
)
TORCH_NUMBERS = ["True", "2", "2.5"]
NUMPY_NUMBERS = (
    "False True 0 1 127 128 255 256 300 32767 32768 65535 65536 2147483647 2147483648 4294967295 "
    "4294967296 9223372036854775807 -1 -128 -129 -32769 -2147483649 0.0 1.5 64999.0 65000.0 "
    "-65000.0 3e+38 3.4e+38 1e+300"
).split()
UFUNCS = "floor_divide power bitwise_and arctan2 left_shift logaddexp".split()


def operand(text, make):
    if "[" not in text:
        return eval(text)
    name, shape = text.rstrip("]").split("[")
    return make((3,) if shape else (), name)


def torch_type(operands):
    made = [operand(o, lambda s, d: torch.ones(s, dtype=getattr(torch, d))) for o in operands]
    return str(torch.result_type(*made)).removeprefix("torch.")


def numpy_type(operands):
    return str(np.result_type(*[operand(o, np.ones) for o in operands]))


def ufunc_type(name, operands):
    made = [operand(o, np.ones) for o in operands]
    try:
        return str(getattr(np, name)(*made).dtype)
    except TypeError:
        return "-"
    except ValueError:
        return None


def main(out):
    random.seed(1)
    np.seterr(all="ignore")
    forms = [d + s for d in TORCH.split() for s in ("[3]", "[]")]
    for a, b in itertools.product(forms + TORCH_NUMBERS, repeat=2):
        if "[" in a + b and (result := torch_type([a, b])) != "complex32":
            print("pytorch", a, b, result, file=out)
    forms = [d + s for d in NUMPY.split() for s in ("[3]", "[]")] + NUMPY_NUMBERS
    for a, b in itertools.product(forms, repeat=2):
        if "[" in a + b:
            print("numpy", a, b, numpy_type([a, b]), file=out)
    for _ in range(500):
        operands = [random.choice(forms) for _ in range(3)]
        print("numpy", *operands, numpy_type(operands), file=out)
    for name in UFUNCS:
        for a in random.sample(forms, 20):
            for b in random.sample(forms, 20):
                if "[3]" in a + b and (result := ufunc_type(name, [a, b])) is not None:
                    print("numpy." + name, a, b, result, file=out)


if __name__ == "__main__":
    main(open(sys.argv[1], "w") if len(sys.argv) > 1 else sys.stdout)
