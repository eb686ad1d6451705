#!/usr/bin/python3
"""What tf.image.resize and jax.image.resize give, restated in NumPy.

    /usr/bin/python3 tests/oracle/resize.py tests/golden/differential-resize.jsonl.gz

Neither TensorFlow nor JAX is asked: their published formulas are written down as whole matrices of
weights, which is how jax/_src/image/scale.py has them and unlike how Shapescope computes. Tensors
are ramps; tests/ops/test-differential.c replays the answers.
"""
import gzip
import json
import math
import random
import sys

import numpy as np

f32 = np.float32


def lanczos(radius):
    def kernel(x):
        y = radius * np.sin(np.pi * x) * np.sin(np.pi * x / radius)
        out = np.where(x > 1e-3, y / np.where(x != 0, np.pi**2 * x**2, 1), 1)
        return np.where(x > radius, 0.0, out)
    return kernel


def keys(x):
    out = ((1.5 * x - 2.5) * x) * x + 1.0
    out = np.where(x >= 1, ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0, out)
    return np.where(x >= 2, 0.0, out)


def mitchell(x):
    out = (7 / 6 * x - 2) * x * x + 8 / 9
    out = np.where(x >= 1, ((-7 / 18 * x + 2) * x - 10 / 3) * x + 16 / 9, out)
    return np.where(x >= 2, 0.0, out)


KERNELS = {
    "linear": lambda x: np.maximum(0, 1 - x), "cubic": keys, "lanczos3": lanczos(3),
    "lanczos5": lanczos(5), "mitchellcubic": mitchell,
    "gaussian": lambda x: np.where(x < 1.5, np.exp(-2 * x * x), 0),
}
NAMES = {"bilinear": "linear", "triangle": "linear", "trilinear": "linear", "bicubic": "cubic",
         "tricubic": "cubic"}


def table_weights(size, new):
    """TensorFlow's resize_bicubic: weights from a table of 1024 steps, elements outside weigh 0."""
    scale, matrix = f32(size) / f32(new), np.zeros((new, size))
    for i in range(new):
        at = (f32(i) + f32(0.5)) * scale - f32(0.5)
        left = int(np.floor(at))
        step = np.rint(f32(at - f32(left)) * f32(1024)) / 1024
        for k in (-1, 0, 1, 2):
            if 0 <= left + k < size:
                matrix[i, left + k] = keys(np.abs(step - k))
    return matrix / matrix.sum(1, keepdims=True)


def weights(size, new, method, antialias):
    """A matrix [new, size]."""
    if method == "table":
        return table_weights(size, new)
    if method == "nearest":
        matrix = np.zeros((new, size))
        at = np.floor(((np.arange(new) + 0.5) * size / new).astype(f32)).astype(int)
        matrix[np.arange(new), at] = 1
        return matrix
    if method == "area":
        ends = np.arange(new + 1) * size / new
        cells = np.arange(size)
        cover = np.minimum(ends[1:, None], cells + 1) - np.maximum(ends[:-1, None], cells)
        return np.maximum(cover, 0) * new / size
    scale = size / new
    width = max(scale, 1.0) if antialias else 1.0
    sample = (np.arange(new) + 0.5) * scale - 0.5
    matrix = KERNELS[NAMES.get(method, method)](np.abs(sample[:, None] - np.arange(size)) / width)
    return matrix / matrix.sum(1, keepdims=True)


def resize(x, shape, method, antialias):
    for axis, (size, new) in enumerate(zip(x.shape, shape)):
        if size != new:
            x = np.moveaxis(np.tensordot(weights(size, new, method, antialias), x, (1, axis)), 0,
                            axis)
    return x


def a_size(rng):
    return rng.choice([1, 2, 3, 4, 5, 6, 7])


def jax_case(rng):
    rank = rng.choice([1, 2, 2, 3])
    shape = [a_size(rng) for _ in range(rank)]
    new = [rng.choice([s, a_size(rng)]) for s in shape]
    method = rng.choice(["nearest", "linear", "bilinear", "triangle", "cubic", "bicubic",
                         "lanczos3", "lanczos5"])
    antialias = rng.random() < 0.5
    dtype = rng.choice(["float32", "float32", "float64", "int32"])
    text = "jax.image.resize(A, (%s,), '%s'%s)" % (
        ", ".join(map(str, new)), method, "" if antialias else ", antialias=False")
    kept = dtype if dtype != "int32" or method == "nearest" else "float32"
    return "jax", text, dtype, kept, shape, new, method, antialias


def tensorflow_case(rng):
    shape = [rng.choice([1, 2])] * rng.choice([0, 1]) + [a_size(rng), a_size(rng),
                                                         rng.choice([1, 3])]
    first = len(shape) - 3
    method = rng.choice(["nearest", "bilinear", "bilinear", "area", "lanczos3", "lanczos5",
                         "mitchellcubic", "gaussian", "bicubic"])
    antialias = rng.random() < 0.5
    new = list(shape)
    new[first:first + 2] = [a_size(rng), a_size(rng)]
    dtype = rng.choice(["float32", "uint8"])
    text = "tf.image.resize(A, (%d, %d), '%s'%s)" % (
        new[first], new[first + 1], method, ", antialias=True" if antialias else "")
    kept = dtype if method == "nearest" else "float32"
    if method == "bicubic" and not antialias:
        method = "table"
    return "tensorflow", text, dtype, kept, shape, new, method, antialias


def answer(case):
    dialect, text, dtype, kept, shape, new, method, antialias = case
    x = np.arange(math.prod(shape)).astype(dtype).astype(float).reshape(shape)
    y = resize(x, new, method, antialias)
    return {"dialect": dialect, "expression": text, "tensors": {"A": [dtype, shape]},
            "fits": True, "shapes": [new], "dtypes": [kept],
            "values": [y.reshape(-1).tolist() if y.size <= 64 else None]}


def main(path, count):
    rng = random.Random(5)
    lines = [json.dumps(answer((jax_case if i % 2 else tensorflow_case)(rng)),
                        separators=(",", ":")) + "\n" for i in range(count)]
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write("".join(lines).encode())


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 800)
