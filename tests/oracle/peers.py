#!/usr/bin/python3
"""Asks OpenCV and Pillow for resized pictures, and restates TensorFlow's and ONNX's published rules.

    OMP_NUM_THREADS=1 /usr/bin/python3 tests/oracle/peers.py tests/golden/peers.gz

OpenCV (4.6.0) and Pillow (9.4.0) are run. TensorFlow and ONNX are not: `tensorflow_weights` follows
tensorflow/core/kernels/image (image_resizer_state.h, resize_*_op.cc), `onnx_matrix` follows
onnx/reference/ops/op_resize.py; and so are the filters beyond PyTorch's (`window_matrix`), which no
library applies to float tensors of any rank. All of them are written down as whole matrices of
weights in double, unlike how Shapescope computes.

tests/ops/test-peers.c replays the cases. A line is, separated by tabs:
  expression  type  shape  seed  flags  tolerance  sum  samples…
The tensor A is made from hash (seed, i): see `fill`. `sum` is the mean of the result's elements with
signs from hash (seed ^ SALT, i); the samples stand at hash (seed ^ SALT, k) % count, or are all
elements when there are at most ALL. A tolerance is relative to the data's range, 2 (integers: 255).
"""
import gzip
import math
import random
import sys

import cv2
import numpy as np
from PIL import Image

SALT, ALL, SOME = 0x5CA1AB1E, 24, 12
MASK = (1 << 64) - 1
SPECIAL = 1


def mix(seed, index):
    """splitmix64 of a stream, vectorised."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed * 0x9E3779B97F4A7C15 & MASK) + np.uint64(0x9E3779B97F4A7C15) * (
            index.astype(np.uint64) + np.uint64(1))
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def fill(shape, dtype, seed, special):
    z = mix(seed, np.arange(math.prod(shape)))
    kind = np.dtype(dtype)
    if dtype == "int32":  # Pillow overflows where it overshoots
        return ((z >> np.uint64(34)).astype(np.int64) - (1 << 29)).astype(kind).reshape(shape)
    if kind.kind in "ui":
        unsigned = (z >> np.uint64(64 - 8 * kind.itemsize)).astype("u%d" % kind.itemsize)
        return unsigned.view(kind).reshape(shape)
    bits = {2: 10, 4: 23, 8: 52}[kind.itemsize]
    values = (z >> np.uint64(63 - bits)).astype(np.float64) / 2.0**bits - 1.0
    if special:
        pick = z % np.uint64(37)
        values[pick == 0] = np.nan
        values[pick == 1] = np.inf
        values[pick == 2] = -np.inf
    return values.astype(kind).reshape(shape)


# ---- rules restated ------------------------------------------------------------------------------

f32 = np.float32


def cubic(a):
    def kernel(x):
        x = np.abs(x)
        near = ((a + 2) * x - (a + 3)) * x * x + 1
        far = ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
        return np.where(x < 1, near, np.where(x < 2, far, 0.0))
    return kernel


def lanczos(radius):
    return lambda x: np.where(np.abs(x) < radius, np.sinc(x) * np.sinc(x / radius), 0.0)


def mitchell(x):
    b = c = 1 / 3
    x = np.abs(x)
    near = ((12 - 9 * b - 6 * c) * x**3 + (-18 + 12 * b + 6 * c) * x**2 + 6 - 2 * b) / 6
    far = ((-b - 6 * c) * x**3 + (6 * b + 30 * c) * x**2 + (-12 * b - 48 * c) * x + 8 * b + 24 * c) / 6
    return np.where(x < 1, near, np.where(x < 2, far, 0.0))


def hamming(x):
    """Pillow's, with its float constants."""
    near = np.sinc(x) * (float(f32(0.54)) + float(f32(0.46)) * np.cos(np.pi * x))
    return np.where(x == 0, 1.0, np.where(np.abs(x) < 1, near, 0.0))


WINDOWS = {  # name: radius, function
    "hermite": (1, lambda x: np.where(np.abs(x) < 1, 2 * np.abs(x)**3 - 3 * x**2 + 1, 0)),
    "hamming": (1, hamming),
    "catmull-rom": (2, cubic(-0.5)), "mitchell": (2, mitchell),
    "gaussian": (1.5, lambda x: np.where(np.abs(x) < 1.5, np.exp(-2 * x * x), 0)),
    "lanczos3": (3, lanczos(3)), "lanczos4": (4, lanczos(4)), "lanczos5": (5, lanczos(5)),
    "box": (0.5, lambda x: ((x > -0.5) & (x <= 0.5)).astype(float)),
}


def window_matrix(size, new, mode, corners, antialias):
    """Weights [new, size]; what lies outside is cut off and the rest scaled to a sum of 1."""
    function = WINDOWS[mode][1]
    scale = size / new
    place = (np.arange(new) + 0.5) * scale - 0.5
    if corners:
        scale = (size - 1) / (new - 1) if new > 1 else 0
        place = np.arange(new) * scale
    width = max(scale, 1.0) if antialias else 1.0
    distance = (np.arange(size)[None] - place[:, None]) / width
    if mode == "gaussian" and (np.abs(np.abs(distance) - 1.5) < 1e-9).any():
        return None  # whether an element there takes part depends on the last digit
    matrix = function(distance)
    return matrix / matrix.sum(1, keepdims=True)


def scatter(size, new, taps):
    """A matrix from (output, element, weight), elements moved to the edge."""
    matrix = np.zeros((new, size))
    for i, element, weight in taps:
        matrix[i, min(max(element, 0), size - 1)] += weight
    return matrix


def tensorflow_matrix(size, new, mode, corners):
    """resize_nearest_neighbor, resize_bilinear, resize_bicubic, resize_area; half_pixel_centers
    off."""
    scale = f32(size - 1) / f32(new - 1) if corners and new > 1 else f32(size) / f32(new)
    taps = []
    for i in range(new):
        at = f32(i) * scale
        left = int(np.floor(at))
        beyond = f32(at - f32(left))
        if mode == "nearest":
            taps.append((i, int(np.floor(f32(at + f32(0.5)))) if corners else left, 1.0))
        elif mode == "linear":
            taps += [(i, left, 1.0 - beyond), (i, left + 1, float(beyond))]
        elif mode == "cubic":
            # The table has 1024 steps from one element to the next.
            step = np.rint(beyond * f32(1024)) / 1024
            taps += [(i, left + k, float(cubic(-0.75)(step - k))) for k in (-1, 0, 1, 2)]
        else:
            begin, end = f32(i) * scale, f32(i + 1) * scale
            for k in range(int(np.floor(begin)), min(int(np.ceil(end)), size)):
                taps.append((i, k, (min(end, k + 1) - max(begin, k)) / float(scale)))
    return scatter(size, new, taps)


def keys_matrix(size, new):
    """TensorFlow's resize_bicubic with half_pixel_centers: elements outside weigh nothing."""
    scale = f32(size) / f32(new)
    matrix = np.zeros((new, size))
    for i in range(new):
        at = (f32(i) + f32(0.5)) * scale - f32(0.5)
        left = int(np.floor(at))
        step = np.rint(f32(at - f32(left)) * f32(1024)) / 1024
        for k in (-1, 0, 1, 2):
            if 0 <= left + k < size:
                matrix[i, left + k] = cubic(-0.5)(step - k)
    return matrix / matrix.sum(1, keepdims=True)


def onnx_place(i, size, scale, new, grid):
    """The x_ori of _interpolate_1d_with_x."""
    width = scale * size
    if grid == "align_corners":
        return 0.0 if width == 1 else i * (size - 1) / (width - 1)
    if grid == "asymmetric":
        return i / scale
    if grid == "pytorch_half_pixel" and width == 1:
        return -0.5
    shift = 0
    if grid == "half_pixel_symmetric":
        shift = size / 2 * (1 - new / width)
    return shift + (i + 0.5) / scale - 0.5


def onnx_coefficients(mode, ratio, scale, a, nearest, antialias):
    """get_coeffs: weights of as many elements left as right."""
    if mode == "nearest":
        right = {"round_prefer_floor": ratio > 0.5, "round_prefer_ceil": ratio >= 0.5,
                 "floor": False, "ceil": True}[nearest] or ratio == 1
        return [0.0 + (not right), 0.0 + right]
    shrink = min(scale, 1.0) if antialias else 1.0
    radius = 2 if mode == "cubic" else 1
    start = int(np.floor(-radius / shrink) + 1)
    distance = (np.arange(start, 2 - start) - ratio) * shrink
    if mode == "cubic":
        weights = cubic(a)(distance)
    else:
        weights = np.clip(1 - np.abs(distance), 0, 1)
    return list(weights / weights.sum()) if antialias else list(weights)


def onnx_matrix(size, new, scale, mode, grid, a, exclude, nearest, antialias):
    taps = []
    for i in range(new):
        at = onnx_place(i, size, scale, new, grid)
        left = math.floor(at)
        ratio = at - left
        if ratio == 0:
            left, ratio = left - 1, 1
        weights = onnx_coefficients(mode, ratio, scale, a, nearest, antialias)
        first = left + 1 - len(weights) // 2
        if exclude:
            weights = [w if 0 <= first + k < size else 0.0 for k, w in enumerate(weights)]
            weights = [w / sum(weights) for w in weights]
        taps += [(i, first + k, w) for k, w in enumerate(weights)]
    return scatter(size, new, taps)


def apply(x, axes, matrices):
    y = x.astype(np.float64)
    for axis, matrix in zip(axes, matrices):
        y = np.moveaxis(np.tensordot(matrix, y, (1, axis)), 0, axis)
    return y


# ---- cases ---------------------------------------------------------------------------------------

def a_size(rng, top):
    return 1 if rng.random() < 0.05 else rng.randint(1, top)


def pair(rng, top=300):
    """An old and a new size: any, whole ratios, odd ones."""
    size = a_size(rng, top)
    new = rng.choice([a_size(rng, top), a_size(rng, top), a_size(rng, top), size, 2 * size,
                      max(size // 2, 1), max(size // 3, 1), min(3 * size, top), size + 1])
    return size, new


def opencv_case(rng):
    (h, height), (w, width) = pair(rng), pair(rng, 90)
    if rng.random() < 0.3:
        h, height, w, width = w, width, h, height
    flag = rng.choice(["NEAREST", "LINEAR", "LINEAR", "CUBIC", "CUBIC", "AREA", "AREA", "LANCZOS4",
                       "NEAREST_EXACT", "LINEAR_EXACT"])
    dtype = rng.choice(["float32"] * 6 + ["float64", "uint8", "uint16", "int16"])
    exact = flag.startswith("NEAREST")
    if dtype == "uint8" and flag == "LINEAR_EXACT":
        dtype = "float32"
    shape = [h, w] if rng.random() < 0.6 else [h, w, rng.choice([2, 3, 4])]
    special = dtype == "float32" and exact and rng.random() < 0.3
    seed = rng.getrandbits(32)
    x = fill(shape, dtype, seed, special)
    own = len(shape) == 2 and rng.random() < 0.3 and not dtype.startswith("u") and dtype != "int16"
    text = "cv2.resize(A, (%d, %d), interpolation=cv2.INTER_%s)" % (width, height, flag)
    if rng.random() < 0.15:
        fx, fy = round(rng.uniform(0.2, 3), 2), round(rng.uniform(0.2, 3), 2)
        if round(w * fx) < 1 or round(h * fy) < 1:
            fx, fy = 1.5, 2.25
        text = "cv2.resize(A, None, fx=%r, fy=%r, interpolation=cv2.INTER_%s)" % (fx, fy, flag)
        y = cv2.resize(x, None, fx=fx, fy=fy, interpolation=getattr(cv2, "INTER_" + flag))
    else:
        y = cv2.resize(x, (width, height), interpolation=getattr(cv2, "INTER_" + flag))
        mode = {"NEAREST_EXACT": "nearest-exact", "LINEAR_EXACT": "linear"}.get(flag, flag.lower())
        if own:
            text = "resample(A, size=(%d, %d), mode='%s', preset='opencv')" % (height, width, mode)
    tolerance = 0 if exact else {"float32": 1e-6, "float64": 5e-7, "uint8": 1.01 / 255,
                                 "uint16": 1.01 / 65535, "int16": 1.01 / 65535}[dtype]
    return text, dtype, shape, seed, SPECIAL * special, tolerance, y


def pillow_case(rng):
    (h, height), (w, width) = pair(rng), pair(rng, 90)
    name = rng.choice(["NEAREST", "BOX", "BILINEAR", "HAMMING", "BICUBIC", "LANCZOS"])
    dtype = rng.choice(["float32"] * 6 + ["uint8", "uint8", "int32"])
    shape = [h, w] if dtype != "uint8" or rng.random() < 0.4 else [h, w, rng.choice([2, 3, 4])]
    special = dtype == "float32" and name == "NEAREST" and rng.random() < 0.3
    seed = rng.getrandbits(32)
    x = fill(shape, dtype, seed, special)
    y = np.asarray(Image.fromarray(x).resize((width, height), getattr(Image, name)))
    text = "Image.fromarray(A).resize((%d, %d), Image.%s)" % (width, height, name)
    if rng.random() < 0.4 and len(shape) == 2:
        text = "resample(A, (%d, %d), mode='%s', preset='pillow')" % (height, width, name.lower())
    tolerance = 0 if name == "NEAREST" else {"float32": 1e-6, "uint8": 0, "int32": 3e-10}[dtype]
    return text, dtype, shape, seed, SPECIAL * special, tolerance, y


def a_tensor(rng):
    """Some trailing axes of a tensor of any rank."""
    count = rng.choice([1, 1, 2, 2, 3])
    top = (300, 60, 12)[count - 1]
    old, new = zip(*[pair(rng, top) for _ in range(count)])
    front = [rng.randint(1, 3) for _ in range(rng.choice([0, 0, 1, 2]))]
    return front, list(old), list(new)


def finish(rng, text, front, old, matrices, tolerance, exact=False):
    dtype = rng.choice(["float32"] * 4 + ["float64", "float16"])
    shape = front + old
    seed = rng.getrandbits(32)
    x = fill(shape, dtype, seed, False)
    y = apply(x, range(len(front), len(shape)), matrices)
    if dtype == "float16":
        y, tolerance = y.astype(np.float16), 5e-4
    if exact:
        y, tolerance = y.astype(dtype), 0
    elif dtype == "float64":
        tolerance = max(tolerance * 1e-6, 1e-12) if tolerance < 1e-4 else tolerance
    return text, dtype, shape, seed, 0, tolerance, y


def sizes(new):
    return "(%s,)" % ", ".join(map(str, new))


def tensorflow_case(rng):
    front, old, new = a_tensor(rng)
    mode = rng.choice(["nearest", "linear", "cubic", "area"])
    corners = rng.random() < 0.4 and mode != "area"
    if rng.random() < 0.15:
        mode = "cubic"
        text = "resample(A, %s, mode='cubic', preset='tensorflow')" % sizes(new)
        matrices = [keys_matrix(s, n) if s != n else np.eye(s) for s, n in zip(old, new)]
    else:
        text = "resample(A, %s, mode='%s', preset='tensorflow-1'%s)" % (
            sizes(new), mode, ", align_corners=True" if corners else "")
        matrices = [tensorflow_matrix(s, n, mode, corners) if s != n else np.eye(s)
                    for s, n in zip(old, new)]
    if len(old) == 2 and not text.endswith("'tensorflow')") and rng.random() < 0.6:
        # height × width × channels behind a batch axis
        name = {"nearest": "nearest_neighbor", "linear": "bilinear", "cubic": "bicubic"}.get(mode, mode)
        text = "tf.compat.v1.image.resize_%s(A, %s%s)" % (
            name, sizes(new), ", align_corners=True" if corners else "")
        shape, seed = [rng.randint(1, 2)] + old + [rng.randint(1, 3)], rng.getrandbits(32)
        y = apply(fill(shape, "float32", seed, False), (1, 2), matrices).astype(np.float32)
        return text, "float32", shape, seed, 0, 0 if mode == "nearest" else 3e-6, y
    # Coordinates are floats whatever the tensor.
    result = finish(rng, text, front, old, matrices, 3e-6, mode == "nearest")
    if result[1] == "float64" and result[5] > 0:
        result = result[:5] + (8e-6,) + result[6:]
    return result


def onnx_case(rng):
    front, old, new = a_tensor(rng)
    mode = rng.choice(["nearest", "linear", "linear", "cubic", "cubic"])
    grid = rng.choice(["half_pixel", "half_pixel", "pytorch_half_pixel", "asymmetric",
                       "align_corners", "half_pixel_symmetric"])
    antialias = mode != "nearest" and rng.random() < 0.4
    exclude = mode != "nearest" and rng.random() < 0.3 and grid != "pytorch_half_pixel"
    a = rng.choice([-0.75, -0.5]) if mode == "cubic" else -0.75
    nearest = rng.choice(["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"])
    options = [] if grid == "half_pixel" else ["coordinate_transformation_mode='%s'" % grid]
    if a != -0.75:
        options.append("cubic_coeff_a=%r" % a)
    if exclude:
        options.append("exclude_outside=True")
    if antialias:
        options.append("antialias=True")
    if mode == "nearest" and nearest != "round_prefer_floor":
        options.append("nearest_mode='%s'" % nearest)
    nearest = nearest if mode == "nearest" else "floor"
    if rng.random() < 0.3:
        factor = [round(rng.uniform(0.3, 3), 2) for _ in old]
        factor = [f if math.floor(s * f) >= 1 else 1.25 for s, f in zip(old, factor)]
        new = [math.floor(s * f) for s, f in zip(old, factor)]
        given = "scale_factor=(%s,)" % ", ".join(map(repr, factor))
    else:
        factor = [n / s for s, n in zip(old, new)]
        given = "size=" + sizes(new)
    text = "resample(A, %s, mode='%s', preset='onnx'%s)" % (
        given, mode, "".join(", " + o for o in options))
    matrices = [onnx_matrix(s, n, f, mode, grid, a, exclude, nearest, antialias)
                for s, n, f in zip(old, new, factor)]
    if not all(np.isfinite(m).all() and np.abs(m).sum(1).max() < 20 for m in matrices):
        return onnx_case(rng)
    return finish(rng, text, front, old, matrices, 3e-6, mode == "nearest")


def crop_case(rng):
    """ONNX's tf_crop_and_resize, after _interpolate_1d_with_x."""
    front, old, new = a_tensor(rng)
    mode = rng.choice(["nearest", "linear", "linear", "cubic"])
    begin = [round(rng.uniform(-0.3, 0.7), 2) for _ in old]
    end = [round(b + rng.uniform(0.1, 0.9), 2) for b in begin]
    if rng.random() < 0.2:
        begin, end = end, begin  # mirrored
    value = rng.choice([0.0, 1.5, -2.0])
    matrices, outside = [], []
    for size, count, b, e in zip(old, new, begin, end):
        taps, out = [], []
        for i in range(count):
            at = (e - b) * (size - 1) / 2 if count == 1 else i * (e - b) * (size - 1) / (count - 1)
            at += b * (size - 1)
            out.append(at < 0 or at > size - 1)
            if abs(at) < 1e-9 or abs(at - (size - 1)) < 1e-9:
                return crop_case(rng)  # the last digit decides whether it is outside
            if mode == "nearest" and abs(at - math.floor(at) - 0.5) < 1e-6:
                return crop_case(rng)
            left = math.floor(at)
            ratio = at - left
            if ratio == 0:
                left, ratio = left - 1, 1
            weights = onnx_coefficients(mode, ratio, count / size, -0.75, "round_prefer_floor", False)
            taps += [(i, left + 1 - len(weights) // 2 + k, w) for k, w in enumerate(weights)]
        matrices.append(scatter(size, count, taps))
        outside.append(np.array(out))
    text = ("resample(A, size=%s, mode='%s', preset='onnx', coordinate_transformation_mode='tf_crop_and_resize', "
            "roi=(%s), extrapolation_value=%r)" % (sizes(new), mode, ", ".join(map(repr, begin + end)), value))
    text, dtype, shape, seed, flags, tolerance, y = finish(rng, text, front, old, matrices, 3e-6, mode == "nearest")
    y = y.copy()
    for axis, out in enumerate(outside, len(front)):
        np.moveaxis(y, axis, 0)[out] = value
    return text, dtype, shape, seed, flags, tolerance, y


def window_case(rng):
    front, old, new = a_tensor(rng)
    mode = rng.choice(list(WINDOWS))
    antialias = rng.random() < 0.6
    corners = rng.random() < 0.25
    text = "resample(A, %s, mode='%s'%s%s)" % (
        sizes(new), mode, ", antialias=True" if antialias else "",
        ", align_corners=True" if corners else "")
    matrices = [window_matrix(s, n, mode, corners, antialias) for s, n in zip(old, new)]
    if mode == "box" or any(m is None for m in matrices):  # the same with those halfway
        return window_case(rng)
    return finish(rng, text, front, old, matrices, 5e-6)


def record(case):
    text, dtype, shape, seed, flags, tolerance, y = case
    flat = np.asarray(y).reshape(-1)
    count = flat.size
    signs = np.where(mix(seed ^ SALT, np.arange(count)) >> np.uint64(63), -1.0, 1.0)
    total = 0.0
    if not flags & SPECIAL:
        total = float((flat.astype(np.float64) * signs).sum() / count)
    if count > ALL:
        where = (mix(seed ^ SALT, np.arange(SOME)) % np.uint64(count)).astype(np.int64)
        flat = flat[where]
    digits = "%.16g" if dtype == "float64" else "%.9g"
    fields = [text, dtype, ",".join(map(str, shape)), str(seed), str(flags), "%.3g" % tolerance,
              digits % total] + [digits % v for v in flat]
    return "\t".join(fields) + "\n"


def main(path, count):
    cv2.setNumThreads(1)
    rng = random.Random(20240607)
    kinds = [opencv_case, pillow_case, onnx_case, tensorflow_case, window_case, crop_case]
    chosen = [opencv_case] * 4 + [pillow_case] * 3 + [onnx_case] * 3 + [crop_case] + [tensorflow_case] + [window_case] * 2
    assert set(kinds) == set(chosen)
    data = "".join(record(chosen[i % len(chosen)](rng)) for i in range(count)).encode()
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(data)
    print(f"{count} cases, {len(data)} bytes")


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3200)
