"""Random calls of F.interpolate, most of them right, many wrong in one place."""

MODES = ["nearest", "nearest-exact", "linear", "bilinear", "trilinear", "bicubic", "area"]
RANK = {"linear": 3, "bilinear": 4, "trilinear": 5, "bicubic": 4}
TYPES = ["float32"] * 12 + ["float64"] * 3 + ["bfloat16", "float16", "uint8", "int64", "bool",
                                            "int32", "complex64"]


def a_shape(rng, rank):
    shape = [rng.choice([1, 1, 2]), rng.choice([1, 1, 2, 3])][:rank]
    shape += [rng.choice([1, 2, 3, 4, 5, 7]) for _ in range(rank - 2)]
    if rng.random() < 0.06 and rank:
        shape[rng.randrange(rank)] = 0
    return tuple(shape)


def a_size(rng):
    if rng.random() < 0.05:
        return rng.choice(["0", "-1", "2.5", "True", "'8'", "4611686018427387904", "None"])
    return str(rng.choice([1, 2, 3, 4, 5, 6, 8, 9]))


def a_factor(rng):
    if rng.random() < 0.06:
        return rng.choice(["0", "-1", "-0.5", "0.1", "'2'", "True", "1e30", "None"])
    return rng.choice(["2", "0.5", "1.5", "1", "2.1", "3", "0.75", "1.3"])


def sequence(rng, items):
    text = ", ".join(items)
    if rng.random() < 0.25:
        return "[%s]" % text
    return "(%s,)" % text if len(items) == 1 else "(%s)" % text


def amount(rng, spatial, one):
    if rng.random() < 0.4:
        return one(rng)
    count = max(spatial, 0)
    if rng.random() < 0.08:
        count = rng.choice([1, 2, 3, 4])
    return sequence(rng, [one(rng) for _ in range(count)])


def a_mode(rng, rank):
    if rng.random() < 0.03:
        return rng.choice(["'cubic'", "'foo'", "None", "'lanczos'", "3"])
    fitting = [m for m in MODES if RANK.get(m, rank) == rank]
    return "'%s'" % rng.choice(fitting if fitting and rng.random() < 0.9 else MODES)


def cases(rng):
    while True:
        rank = rng.choice([3, 4, 4, 4, 5, 5]) if rng.random() < 0.94 else rng.choice([0, 1, 2, 6])
        tensors = {"A": (rng.choice(TYPES), a_shape(rng, rank))}
        spatial = rank - 2
        name, arguments = "F.interpolate", ["A"]
        kind = rng.random()
        size = amount(rng, spatial, a_size)
        factor = amount(rng, spatial, a_factor)
        if kind < 0.3:
            arguments.append(size)
        elif kind < 0.55:
            arguments.append("size=" + size)
        elif kind < 0.93:
            arguments.append("scale_factor=" + factor)
        elif kind < 0.96:
            arguments += ["size=" + size, "scale_factor=" + factor]
        if rng.random() < 0.08:
            name = rng.choice(["F.upsample", "F.upsample_nearest", "F.upsample_bilinear",
                               "torch.nn.functional.interpolate", "nn.functional.interpolate"])
        if "_" not in name and rng.random() < 0.85:
            mode = a_mode(rng, rank)
            arguments.append("mode=" + mode)
            if rng.random() < (0.5 if "linear" in mode or "cubic" in mode else 0.05):
                arguments.append("align_corners=" + rng.choice(
                    ["True", "False", "True", "False", "None", "1"]))
        if "interpolate" in name and rng.random() < 0.1:
            arguments.append("recompute_scale_factor=" + rng.choice(["True", "True", "False"]))
        if "interpolate" in name and rng.random() < (
                0.3 if "bilinear" in arguments[-1] or "bicubic" in arguments[-1] else 0.04):
            arguments.append("antialias=True")
        yield "pytorch", "%s(%s)" % (name, ", ".join(arguments)), tensors
