#!/usr/bin/env python3
"""Times resampling against PyTorch, OpenCV, Pillow, zimg and libvips, in turn in one run.

    peers.py BUILD/bench [ROUNDS] [PART OF THE NAMES]
All sides use one thread, the same values, and memory that was touched before; plans are kept where a
library keeps them (ours and zimg do). Printed are our median time, the median of the paired ratios to
each peer (3 means that Shapescope is three times faster), and which share of the streaming limit it
reaches: the time of nothing but reading the bytes of the rows that count and writing the result's,
measured in the same rounds. A peer that is missing is left out.

A peer stands beside a case only where it does the same work. What it gives is compared with what its
column's definition gives (torch's for zimg and libvips, away from the edges, where these treat what
lies outside in another way); where that differs by more than a rounding the ratio is indicative,
stands in brackets, and counts neither in the medians nor as a win or a loss."""

import ctypes
import os
import statistics
import subprocess
import sys
import time

SETTINGS = {
    "OMP_NUM_THREADS": "1",
    "VIPS_CONCURRENCY": "1",
    # Freed memory is used again instead of being given back and touched anew: a page fault for each
    # 4 KiB of a result would otherwise be most of what a peer is seen to take.
    "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 40),
}
if any(os.environ.get(name) != value for name, value in SETTINGS.items()):
    os.execve(sys.executable, [sys.executable] + sys.argv, {**os.environ, **SETTINGS})

import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

try:
    import cv2
    cv2.setNumThreads(1)
except ImportError:
    cv2 = None
try:
    from PIL import Image
except ImportError:
    Image = None

torch.set_num_threads(1)
PEERS = ["torch", "OpenCV", "Pillow", "zimg", "libvips"]
TAPS = {"bilinear": 2, "bicubic": 4, "nearest": 1}


class Case:
    """Planes of rows × columns (`bands` elements each, side by side), and what becomes of them. `by` is
    whose function the expression names: torch's, or for bytes OpenCV's or Pillow's own."""

    def __init__(self, shape, size, mode, antialias=False, dtype="float32", planes=1, bands=1, by="torch"):
        self.shape, self.size, self.mode, self.antialias = shape, size, mode, antialias
        self.dtype, self.planes, self.bands, self.by = dtype, planes, bands, by
        self.grows = size[0] >= shape[0] and size[1] >= shape[1]
        self.whole = shape[0] % size[0] == 0 and shape[1] % size[1] == 0

    def name(self):
        many = "%d × " % self.planes if self.planes > 1 else ""
        return "%s%d×%d%s to %d×%d, %s%s%s%s" % (
            many, *self.shape, "×%d" % self.bands if self.bands > 1 else "", *self.size, self.mode,
            " antialiased" if self.antialias else "", "" if self.dtype == "float32" else ", " + self.dtype,
            "" if self.by == "torch" else ", %s's" % self.by)

    def expression(self):
        size = self.size
        if self.by == "OpenCV":
            return "cv2.resize(B, (%d, %d), interpolation=cv2.INTER_%s)" % (
                size[1], size[0], {"bilinear": "LINEAR", "bicubic": "CUBIC", "area": "AREA"}[self.mode])
        if self.by == "Pillow":
            return "Image.fromarray(B).resize((%d, %d), Image.%s)" % (
                size[1], size[0], {"bilinear": "BILINEAR", "bicubic": "BICUBIC", "area": "BOX"}[self.mode])
        return "F.interpolate(B, size=%r, mode=%r%s)" % (size, self.mode, ", antialias=True" if self.antialias else "")

    def tensor(self):
        shape = (1, self.planes) + self.shape if self.by == "torch" else self.shape + (self.bands,)
        return "B=random:%s[%s]" % (self.dtype, ",".join(map(str, shape)))

    def values(self):
        """Planes, each [rows, columns] or [rows, columns, bands]."""
        shape = (self.planes,) + self.shape + ((self.bands,) if self.bands > 1 else ())
        random = np.random.default_rng(1)
        return (random.integers(0, 256, shape, np.uint8) if self.dtype == "uint8"
                else random.random(shape, self.dtype))

    def needed_bytes(self):
        """Bytes of the input's rows that some output reads, and of the result."""
        rows, item = self.shape[0], np.dtype(self.dtype).itemsize * self.planes * self.bands
        if self.mode in TAPS and not self.antialias and self.by != "Pillow":
            rows = min(rows, TAPS[self.mode] * self.size[0])
        return rows * self.shape[1] * item, self.size[0] * self.size[1] * item


BIG, SMALL = (4096, 4096), (1024, 1024)
CASES = [
    Case(BIG, SMALL, "bilinear"),
    Case(BIG, SMALL, "bicubic"),
    Case(BIG, SMALL, "area"),
    Case(BIG, SMALL, "bilinear", True),
    Case(BIG, SMALL, "bicubic", True),
    Case(BIG, SMALL, "nearest"),
    Case(SMALL, BIG, "bilinear"),
    Case(SMALL, BIG, "bicubic"),
    Case(SMALL, BIG, "nearest"),
    Case((1280, 256), (256, 256), "bilinear"),
    Case((1280, 256), (256, 256), "bicubic"),
    Case((1280, 256), (256, 256), "area"),
    Case((1280, 256), (256, 256), "bilinear", True),
    Case((256, 1280), (256, 256), "bilinear", True),
    Case((256, 1280), (256, 256), "bicubic", True),
    Case((256, 256), (1280, 256), "bilinear"),
    Case((256, 256), (1280, 256), "bicubic"),
    Case((256, 256), (256, 1280), "bicubic"),
    Case((2160, 3840), (1000, 1777), "bilinear"),
    Case((2160, 3840), (1000, 1777), "bilinear", True),
    Case((2160, 3840), (1000, 1777), "bicubic", True),
    Case((1080, 1920), (2160, 3840), "bicubic"),
    # Odd sizes, small and oblong.
    Case((300, 217), (113, 97), "bilinear"),
    Case((300, 217), (113, 97), "bicubic", True),
    Case((113, 97), (300, 217), "bicubic"),
    Case((17, 4001), (31, 1999), "bilinear", True),
    Case((4001, 17), (1999, 31), "bilinear", True),
    Case((28, 28), (224, 224), "bilinear"),
    # Three channels, as pictures stand in torch.
    Case((1080, 1920), (720, 1280), "bilinear", planes=3),
    Case((1080, 1920), (720, 1280), "bilinear", True, planes=3),
    Case((1080, 1920), (224, 224), "bicubic", True, planes=3),
    Case((224, 224), (1080, 1920), "bicubic", planes=3),
    # double
    Case((2048, 2048), (512, 512), "bilinear", dtype="float64"),
    Case((2048, 2048), (777, 777), "bicubic", True, dtype="float64"),
    Case((512, 512), (2048, 2048), "bicubic", dtype="float64"),
    Case((2048, 2048), (512, 512), "area", dtype="float64"),
    # Bytes, three of them an element, as pictures stand in OpenCV and Pillow: bit for bit what these give.
    Case((1080, 1920), (720, 1280), "bilinear", dtype="uint8", bands=3, by="OpenCV"),
    Case((540, 960), (1080, 1920), "bicubic", dtype="uint8", bands=3, by="OpenCV"),
    Case((1080, 1920), (270, 480), "area", dtype="uint8", bands=3, by="OpenCV"),
    Case((1080, 1920), (720, 1280), "bilinear", dtype="uint8", bands=3, by="Pillow"),
    Case((1080, 1920), (224, 224), "bicubic", dtype="uint8", bands=3, by="Pillow"),
    Case((540, 960), (1080, 1920), "bicubic", dtype="uint8", bands=3, by="Pillow"),
]


# ---- libraries in C ----------------------------------------------------------------------------

class Picture(ctypes.Structure):
    _fields_ = [("rows", ctypes.c_int64), ("columns", ctypes.c_int64), ("bands", ctypes.c_int64),
                ("type", ctypes.c_int)]


class Library:
    """A file of bench/peer.h, compiled."""
    TYPES = ["uint8", "float32", "float64"]
    FILTERS = ["nearest", "bilinear", "bicubic", "area"]

    def __init__(self, path):
        self.code = ctypes.CDLL(path)
        self.code.peer_new.restype = ctypes.c_void_p
        self.code.peer_new.argtypes = [ctypes.POINTER(Picture)] * 2 + [ctypes.c_int, ctypes.c_double, ctypes.c_int]
        for name, arguments in [("peer_free", 1), ("peer_put", 2), ("peer_get", 2), ("peer_run", 1)]:
            getattr(self.code, name).argtypes = [ctypes.c_void_p] * arguments

    def plan(self, case, kind):
        pictures = [Picture(*size, case.bands, self.TYPES.index(case.dtype)) for size in (case.shape, case.size)]
        a = -0.75 if case.mode == "bicubic" and not case.antialias else -0.5
        return self.code.peer_new(*map(ctypes.byref, pictures), self.FILTERS.index(case.mode), a, kind)

    def result(self, plan, case):
        out = np.empty(case.size + ((case.bands,) if case.bands > 1 else ()), case.dtype)
        self.code.peer_get(plan, out.ctypes.data)
        return out

    def call(self, case, planes, kind=0):
        """What runs every plane, and what the first gives; None where there is nothing of the sort."""
        plans = [self.plan(case, kind) for _ in planes]
        if None in plans:
            return None
        for plan, plane in zip(plans, planes):
            self.code.peer_put(plan, plane.ctypes.data)
        run = self.code.peer_run

        def call():
            for plan in plans:
                run(plan)
        if any(run(plan) != 0 for plan in plans):
            return None
        call.free = lambda: [self.code.peer_free(plan) for plan in plans]
        return call, self.result(plans[0], case)


def load(folder):
    libraries = {}
    for name, path in [("zimg", "libbench-zimg.so"), ("libvips", "libbench-vips.so")]:
        try:
            libraries[name] = Library(os.path.join(folder, path))
        except OSError:
            pass
    return libraries


def quicker(calls):
    """Of some ways to call a library that which is quicker here."""
    calls = [call for call in calls if call is not None]
    return min(calls, key=lambda call: time_peer(call[0], 5), default=None)


def zimg_call(library, case, planes):
    if case.by != "torch" or (case.mode in ("bilinear", "bicubic") and not case.antialias and not case.grows):
        return None
    return quicker([library.call(case, planes, kind) for kind in (0, 1)])


def vips_call(library, case, planes):
    narrow = case.mode in ("bilinear", "bicubic") and not case.antialias and not case.grows
    if (case.by == "torch" and narrow) or case.by == "OpenCV" and case.mode != "area":
        return None
    if case.mode == "area" and not case.whole:
        return None
    return library.call(case, planes)


# ---- libraries of Python -----------------------------------------------------------------------

def opencv_call(case, planes):
    if cv2 is None or case.by == "Pillow" or case.antialias or (case.mode == "area" and not case.whole):
        return None
    flag = {"bilinear": cv2.INTER_LINEAR, "bicubic": cv2.INTER_CUBIC, "area": cv2.INTER_AREA,
            "nearest": cv2.INTER_NEAREST}[case.mode]
    out = np.ones(case.size + ((case.bands,) if case.bands > 1 else ()), case.dtype)

    def call():
        for plane in planes:
            cv2.resize(plane, case.size[::-1], out, interpolation=flag)
    cv2.resize(planes[0], case.size[::-1], out, interpolation=flag)
    return call, out.copy()


def pillow_call(case, planes):
    if Image is None or case.dtype == "float64" or case.by == "OpenCV":
        return None
    if not (case.by == "Pillow" or case.antialias or case.mode == "nearest"
            or (case.mode == "area" and case.whole) or (case.grows and case.mode == "bilinear")
            or (case.grows and case.mode == "bicubic")):
        return None
    flag = {"bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC, "area": Image.BOX,
            "nearest": Image.NEAREST}[case.mode]
    pictures = [Image.fromarray(plane) for plane in planes]

    def call():
        for picture in pictures:
            picture.resize(case.size[::-1], flag)
    return call, np.asarray(pictures[0].resize(case.size[::-1], flag))


def torch_call(case, planes):
    if case.by != "torch":
        return None
    tensor = torch.from_numpy(planes)[None]
    options = {"antialias": True} if case.antialias else {}

    def call():
        return F.interpolate(tensor, size=case.size, mode=case.mode, **options)
    return call, call()[0, 0].numpy()


def calls_of(case, planes, libraries):
    """name → (call, what the first plane gives) of the peers that have it."""
    calls = {"torch": torch_call(case, planes), "OpenCV": opencv_call(case, planes),
             "Pillow": pillow_call(case, planes)}
    if "zimg" in libraries:
        calls["zimg"] = zimg_call(libraries["zimg"], case, planes)
    if "libvips" in libraries:
        calls["libvips"] = vips_call(libraries["libvips"], case, planes)
    return {name: call for name, call in calls.items() if call is not None}


def differs(case, calls):
    """By how much each peer's result differs from the definition's, in the middle, of the data's range."""
    right = calls[case.by][1].astype(float)
    rows, columns = case.size[0] // 4, case.size[1] // 4
    inner = (slice(rows, case.size[0] - rows), slice(columns, case.size[1] - columns))
    span = 255 if case.dtype == "uint8" else 1
    return {name: np.abs(call[1].astype(float)[inner] - right[inner]).max() / span for name, call in calls.items()}


# ---- ours --------------------------------------------------------------------------------------

class Ours:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *fields):
        """Milliseconds of each run but the first, which touches the memory."""
        self.process.stdin.write("\t".join(map(str, fields)) + "\n")
        self.process.stdin.flush()
        return [int(t) / 1e6 for t in self.process.stdout.readline().split()][1:]


def time_peer(call, runs):
    spent = []
    for _ in range(runs):
        begin = time.perf_counter_ns()
        call()
        spent.append((time.perf_counter_ns() - begin) / 1e6)
    return statistics.median(spent)


# How far a result may be off before the work is another: OpenCV's ratio is a double, Pillow's and
# libvips' sums have other types; bytes are rounded once more.
SAME = {"float32": 2e-3, "float64": 2e-3, "uint8": 1.5 / 255}


def measure(ours, libraries, case, rounds):
    planes = case.values()
    calls = calls_of(case, planes, libraries)
    indicative = {name for name, off in differs(case, calls).items() if off > SAME[case.dtype]}
    mine, limit, ratios = [], [], {name: [] for name in calls}
    large = max(case.shape + case.size) > 2000
    runs = 5 if large else 21
    for _ in range(rounds):
        limit.append(statistics.median(ours.ask(runs, "stream", *case.needed_bytes())))
        mine.append(statistics.median(ours.ask(runs, case.expression(), case.tensor())))
        for name, (call, _) in calls.items():
            ratios[name].append(time_peer(call, 3 if large else 9) / mine[-1])
    for call, _ in calls.values():
        getattr(call, "free", lambda: None)()
    share = statistics.median(l / m for l, m in zip(limit, mine))
    return statistics.median(mine), share, {n: statistics.median(r) for n, r in ratios.items()}, indicative


def row(name, mine, share, cells):
    print("%-62s %9s %8s  %s" % (name, mine, share, "".join("%9s" % cell for cell in cells)), flush=True)


def of_all(title, kept, choose):
    row(title, "", "", ["%.2f" % choose(kept[p]) if kept[p] else "–" for p in PEERS])


def main():
    folder = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    part = sys.argv[3] if len(sys.argv) > 3 else ""
    ours, libraries = Ours(os.path.join(folder, "bench-read")), load(folder)
    row("one thread; float32 where nothing else is said", "ours (ms)", "of limit", PEERS)
    kept, slower, compared = {name: [] for name in PEERS}, [], 0
    for case in CASES:
        if part not in case.name():
            continue
        mine, share, ratios, indicative = measure(ours, libraries, case, rounds)
        for name in ratios.keys() - indicative:
            kept[name].append(ratios[name])
            compared += 1
            if ratios[name] <= 1:
                slower.append("%s (%s %.2f)" % (case.name(), name, ratios[name]))
        row(case.name(), "%.3f" % mine, "%.0f%%" % (100 * share),
            [("(%.2f)" if p in indicative else "%.2f") % ratios[p] if p in ratios else "–" for p in PEERS])
    of_all("median", kept, statistics.median)
    of_all("least", kept, min)
    print("times faster than; in brackets: another filter, so indicative only")
    missing = [name for name in PEERS if not kept[name]]
    if missing:
        print("not compared with: " + ", ".join(missing))
    if kept["torch"]:
        median = statistics.median(kept["torch"])
        print("goal, 5 times faster than torch in the median: %s" % ("met" if median >= 5 else "MISSED, %.2f" % median))
    print("goal, faster than every peer in each of %d comparisons: %s"
          % (compared, "met" if not slower else "MISSED in %d: %s" % (len(slower), "; ".join(slower))))


main()
