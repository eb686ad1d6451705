#!/usr/bin/python3
"""Writes .npy files with NumPy for the tests of reading and writing, into tests/golden/npy.

values.txt has a line for each file: name, type, shape, order, and the elements in C order as
hexadecimal bytes, little-endian. written/ holds what np.save makes of a ramp of each type, to be
compared byte for byte with what Shapescope writes. eval/ holds what NumPy makes of expressions over
these files; eval/cases.txt names each with its expression and its tensors.
"""

import os
import shutil

import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "npy")

EDGES = {
    "bool": [True, False, True, True, False, False],
    "float16": [65504.0, -0.0, np.nan, np.inf, -np.inf, 5.960464477539063e-08],
    "float32": [3.4028235e38, -0.0, np.nan, np.inf, -np.inf, 1e-45],
    "float64": [1.7976931348623157e308, -0.0, np.nan, np.inf, -np.inf, 5e-324],
    "complex64": [1 + 2j, complex(np.nan, 3), complex(0.0, -0.0), complex(np.inf, -1), -1j, 0.1],
    "complex128": [1 + 2j, complex(np.nan, 3), complex(0.0, -0.0), complex(np.inf, -1), -1j, 0.1],
}
INTEGERS = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]


def edges(name):
    if name in EDGES:
        return np.array(EDGES[name], dtype=name).reshape(2, 3)
    info = np.iinfo(name)
    return np.array([info.min, info.max, 0, 1, 2, info.max // 3], dtype=name).reshape(2, 3)


def spell(shape):
    return "[" + ",".join(map(str, shape)) + "]"

# name, expression, tensors
CASES = [
    ("float32", "A + B", "A=float32.npy B=float32-big.npy"),
    ("float64-big", "A * B", "A=float64-big.npy B=float64-fortran.npy"),
    ("int64", "A - B", "A=int64.npy B=int64-big-fortran.npy"),
    ("uint8", "A + A", "A=uint8-fortran.npy"),
    ("bool", "A & B", "A=bool.npy B=bool-fortran.npy"),
    ("mixed", "A + B", "A=uint8.npy B=float32-big.npy"),
    ("compare", "A < B", "A=int32-big.npy B=float64.npy"),
    ("complex", "A * B", "A=complex64-big.npy B=complex64-fortran.npy"),
    ("cube", "A + B", "A=cube-fortran.npy B=cube-row.npy"),
    ("stretched", "A - B", "A=cube-big-fortran.npy B=cube-column.npy"),
    ("empty", "A + B", "A=empty.npy B=scalar.npy"),
    ("slice", "A[1, ::2, -1:0:-2]", "A=cube-fortran.npy"),
    ("index", "A[:, 1, None]", "A=cube-big-fortran.npy"),
    ("assign", "A[:, :2] = B[:, 1:]", "A=float32-fortran.npy B=int8.npy"),
    ("concatenate", "np.concatenate([A, B], axis=1)", "A=cube-fortran.npy B=cube-big-fortran.npy"),
    ("scalar", "A / B", "A=scalar.npy B=scalar.npy"),
]


def evaluate():
    os.makedirs(os.path.join(OUT, "eval"))
    np.seterr(all="ignore")
    with open(os.path.join(OUT, "eval", "cases.txt"), "w") as file:
        for name, expression, tensors in CASES:
            values = {}
            for tensor in tensors.split():
                variable, path = tensor.split("=")
                values[variable] = np.load(os.path.join(OUT, path))
            if " = " in expression:
                exec(expression, {"np": np}, values)
                result = np.asarray(values["A"])
            else:
                result = np.asarray(eval(expression, {"np": np}, values))
            result = np.asarray(result, dtype=result.dtype.newbyteorder("="), order="C")
            np.save(os.path.join(OUT, "eval", name + ".npy"), result)
            file.write(f"{name}\t{expression}\t{tensors}\n")


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(os.path.join(OUT, "written"))
    lines = []

    def save(name, array):
        np.save(os.path.join(OUT, name + ".npy"), array)
        order = "F" if np.isfortran(array) else "C"
        plain = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"))
        lines.append(
            f"{name} {array.dtype.newbyteorder('=').name} {spell(array.shape)} {order} "
            f"{plain.tobytes().hex() or '-'}"
        )

    for name in [*INTEGERS, *EDGES]:
        array = edges(name)
        save(name, array)
        save(name + "-fortran", np.asfortranarray(array))
        if array.dtype.itemsize > 1:
            save(name + "-big", array.astype(array.dtype.newbyteorder(">")))
            save(name + "-big-fortran", np.asfortranarray(array.astype(array.dtype.newbyteorder(">"))))
        ramp = (np.arange(6) % 2 if name == "bool" else np.arange(6)).astype(name)
        np.save(os.path.join(OUT, "written", name + ".npy"), ramp.reshape(2, 3))
    for name, shape in {"scalar": (), "one": (1,), "empty": (0,), "rank-5": (1, 2, 1, 3, 1)}.items():
        np.save(os.path.join(OUT, "written", name + ".npy"), np.arange(np.prod(shape, dtype=int), dtype="float32").reshape(shape))
    # Headers that fill their last line but one byte, exactly, and one byte beyond.
    for rank in range(2, 33):
        for last in (2, 10):
            shape = (1,) * (rank - 1) + (last,)
            text = str({"descr": "<f4", "fortran_order": False, "shape": shape})[:-1] + ", }"
            if (10 + len(text) + 20 + 1) % 64 in (63, 0, 1):
                array = np.arange(last, dtype="float32").reshape(shape)
                np.save(os.path.join(OUT, "written", f"rank-{rank}-{last}.npy"), array)
    save("scalar", np.array(1.5))
    save("empty", np.zeros((3, 0, 5), dtype="float32"))
    save("cube-fortran", np.asfortranarray(np.arange(24, dtype="float32").reshape(2, 3, 4)))
    save("cube-big-fortran", np.asfortranarray(np.arange(24, dtype=">i4").reshape(2, 3, 4)))
    save("cube-row", np.array([0.5, -1, 2, 4], dtype="float32"))
    save("cube-column", np.array([[1], [2], [3]], dtype="int32"))
    with open(os.path.join(OUT, "values.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")
    evaluate()


main()
