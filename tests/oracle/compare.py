#!/usr/bin/python3
"""Metrics of scikit-image, restated, and what numpy.testing.assert_allclose says of two arrays.

    /usr/bin/python3 tests/oracle/compare.py tests/golden/metrics.txt.gz tests/golden/closeness.txt.gz

mean_squared_error, peak_signal_noise_ratio and structural_similarity (0.19's skimage/metrics,
gaussian_weights=False, win_size=7, use_sample_covariance=True) are written down from their published
definitions, SSIM with every window spelled out; where scikit-image is installed (python3-skimage) it
is asked too and must agree: to 1e-12, SSIM to 1e-8, for its running sums lose digits far from 0.
assert_allclose is NumPy's own. tests/scene replays both. Each case is a line of words:

  metrics:   name rows columns planes range  x…  y…  mse psnr ssim max index-of-max
  closeness: name count rtol atol equal_nan  x…  y…  mismatched max_abs max_rel
"""
import gzip
import re
import sys

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

try:
    from skimage import metrics as skimage
except ImportError:
    skimage = None


def ssim(x, y, data_range):
    """Of one plane."""
    window = 7
    if min(x.shape) < window:
        return np.nan
    wx, wy = (sliding_window_view(a, (window, window)) for a in (x, y))
    axes = (2, 3)
    ux, uy = wx.mean(axes), wy.mean(axes)
    sample = window**2 / (window**2 - 1)
    vx = sample * ((wx * wx).mean(axes) - ux * ux)
    vy = sample * ((wy * wy).mean(axes) - uy * uy)
    vxy = sample * ((wx * wy).mean(axes) - ux * uy)
    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    return (((2 * ux * uy + c1) * (2 * vxy + c2))
            / ((ux**2 + uy**2 + c1) * (vx + vy + c2))).mean()


def metrics(name, x, y, data_range):
    mse = np.mean((x - y) ** 2)
    with np.errstate(divide="ignore"):
        psnr = 10 * np.log10(data_range**2 / mse)
    similar = np.mean([ssim(a, b, data_range) for a, b in zip(x, y)])
    difference = np.abs(x - y)
    if skimage is not None:
        ask_skimage(x, y, data_range, mse, psnr, similar)
    words = [name, x.shape[1], x.shape[2], x.shape[0], data_range, *x.ravel(), *y.ravel(), mse, psnr,
             similar, difference.max(), difference.argmax()]
    return " ".join(w if isinstance(w, str) else repr(w) for w in words)


def ask_skimage(x, y, data_range, mse, psnr, similar):
    np.testing.assert_allclose(mse, skimage.mean_squared_error(x, y), rtol=1e-12)
    with np.errstate(divide="ignore"):
        theirs = skimage.peak_signal_noise_ratio(x, y, data_range=data_range)
    np.testing.assert_allclose(psnr, theirs, rtol=1e-12)
    if min(x.shape[1:]) < 7:
        return
    channels = [np.moveaxis(a, 0, -1) for a in (x, y)]
    theirs = skimage.structural_similarity(*channels, data_range=data_range, win_size=7, channel_axis=-1)
    np.testing.assert_allclose(similar, theirs, atol=1e-8)


def metrics_cases():
    rng = np.random.default_rng(6)

    def noise(*shape):
        return rng.random(shape).round(3)

    ramp = np.add.outer(np.arange(12), np.arange(16)).astype(float)[None]
    yield "noise", noise(1, 12, 16), noise(1, 12, 16), 1.0
    yield "smallest-window", noise(1, 7, 7), noise(1, 7, 7), 1.0
    yield "too-small", noise(1, 6, 20), noise(1, 6, 20), 1.0
    yield "equal", ramp, ramp, 26.0
    yield "shifted", ramp, ramp + 3, 26.0
    yield "scaled", ramp, ramp * 0.5, 26.0
    yield "noisy-ramp", ramp, ramp + noise(1, 12, 16), 26.0
    yield "wrong-range", ramp, ramp + noise(1, 12, 16), 255.0
    yield "negative", -ramp, ramp, 52.0
    yield "constant", np.ones((1, 9, 9)), np.zeros((1, 9, 9)), 1.0
    yield "three-planes", noise(3, 9, 8), noise(3, 9, 8), 1.0
    yield "beyond-a-block", noise(1, 71, 8), noise(1, 71, 8), 1.0
    far = np.round(rng.random((1, 9, 9)), 3) + 1000
    yield "far-from-zero", far, far + 0.25, 1.0


def closeness(name, x, y, rtol, atol, equal_nan):
    mismatched, largest, relative = 0, np.nan, np.nan
    try:
        np.testing.assert_allclose(x, y, rtol=rtol, atol=atol, equal_nan=equal_nan)
    except AssertionError as e:
        text = str(e)
        found = re.search(r"Mismatched elements: (\d+)", text)
        mismatched = int(found.group(1)) if found else -1  # a NaN or ∞ has no partner
        if found:
            largest = float(re.search(r"absolute difference: (\S+)", text).group(1))
            relative = float(re.search(r"relative difference: (\S+)", text).group(1))
    words = [name, len(x), rtol, atol, int(equal_nan), *x, *y, mismatched, largest, relative]
    return " ".join(w if isinstance(w, str) else repr(w) for w in words)


def closeness_cases():
    nan, inf = np.nan, np.inf
    a = np.array
    yield "equal", a([1., 2, 3]), a([1., 2, 3]), 1e-7, 0, True
    yield "within-rtol", a([1., 2, 3]), a([1., 2, 3 + 2e-7]), 1e-7, 0, True
    yield "beyond-rtol", a([1., 2, 3]), a([1., 2, 3 + 4e-7]), 1e-7, 0, True
    yield "atol-at-zero", a([1e-9, 1, 0]), a([0., 1, 0]), 1e-7, 1e-8, True
    yield "no-atol-at-zero", a([1e-9, 1, 0]), a([0., 1, 0]), 1e-7, 0, True
    yield "desired-counts", a([1., 100]), a([100., 1]), 0.99, 0, True
    yield "exactly-at-tolerance", a([1., 2]), a([2., 4]), 0.5, 0, True
    yield "same-nan", a([nan, 1]), a([nan, 1]), 1e-7, 0, True
    yield "nan-unequal", a([nan, 1]), a([nan, 1]), 1e-7, 0, False
    yield "nan-alone", a([nan, 1, 2]), a([0, 1, 3.]), 1e-7, 0, True
    yield "same-infinities", a([inf, -inf, 1]), a([inf, -inf, 2]), 1e-7, 0, True
    yield "other-infinity", a([inf, 1]), a([-inf, 1]), 1e-7, 0, True
    yield "infinity-alone", a([inf, 1]), a([5., 1]), 1e-7, 0, True
    yield "signed-zeros", a([0., -0.]), a([-0., 0.]), 0, 0, True
    rng = np.random.default_rng(7)
    x = rng.standard_normal(60).round(4)
    yield "random", x, (x + 1e-3 * rng.standard_normal(60)).round(4), 1e-3, 1e-4, True


def write(path, lines):
    with gzip.GzipFile(path, "wb", mtime=0) as out:
        out.write("".join(line + "\n" for line in lines).encode())


write(sys.argv[1], [metrics(*case) for case in metrics_cases()])
write(sys.argv[2], [closeness(*case) for case in closeness_cases()])
