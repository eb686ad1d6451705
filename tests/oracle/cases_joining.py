"""Random expressions of the joining group: concatenation, stacking, splitting, repeating, padding."""

TORCH_TYPES = [
    "float32", "float32", "float32", "float64", "int64", "int32", "int16", "int8", "uint8", "bool",
    "float16", "bfloat16",
]
NUMPY_TYPES = [
    "float32", "float64", "float64", "int64", "int64", "int32", "int16", "int8", "uint8", "uint16",
    "uint32", "uint64", "bool", "float16",
]
SIZES = [0, 1, 1, 2, 2, 3, 3, 4, 5]


def dtype(rng, dialect, like=None):
    if like is not None and rng.random() < 0.6:
        return like
    return rng.choice(TORCH_TYPES if dialect == "pytorch" else NUMPY_TYPES)


def size(rng):
    return rng.choice(SIZES)


def shape(rng, ranks=(0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6)):
    rank = rng.choice(ranks)
    while True:
        sizes = [size(rng) for _ in range(rank)]
        count = 1
        for s in sizes:
            count *= s
        if count <= 400:
            return sizes


def axis(rng, rank, spoil=0.12):
    """An axis of a tensor of that rank, sometimes out of range."""
    if rng.random() < spoil or rank == 0:
        return rng.randint(-rank - 3, rank + 2)
    return rng.randint(-rank, rank - 1)


def join(rng, items):
    text = ", ".join(items)
    if rng.random() < 0.4:
        return "[%s]" % text
    return "(%s,)" % text if len(items) == 1 else "(%s)" % text


NAMES = "ABCDE"


def alike(rng, dialect, spoil, along):
    """Tensors that agree but for one axis, or nearly."""
    first = shape(rng)
    kind = dtype(rng, dialect)
    tensors = {}
    for name in NAMES[: rng.choice([1, 2, 2, 2, 3, 3, 4])]:
        sizes = list(first)
        if sizes and along is not None:
            sizes[along % len(sizes)] = size(rng)
        while rng.random() < spoil:
            change = rng.random()
            if change < 0.6 and sizes:
                sizes[rng.randrange(len(sizes))] = size(rng)
            elif change < 0.75:
                sizes = sizes + [size(rng)]
            elif change < 0.85:
                sizes = sizes[:-1]
            elif change < 0.95:
                sizes = [0]
            else:
                sizes = []
        tensors[name] = (dtype(rng, dialect, kind), sizes[:6])
    return tensors


def a_list(rng, dialect, tensors):
    items = list(tensors)
    if rng.random() < 0.1:
        items.append(rng.choice(items))
    if rng.random() < 0.015:
        return rng.choice(["[]", "()"])
    if rng.random() < 0.02:
        return rng.choice(items)
    if rng.random() < 0.02:
        items[rng.randrange(len(items))] = rng.choice(["1", "None", "2.5"] if dialect == "pytorch"
                                                      else ["1", "2.5", "True"])
    return join(rng, items)


def a_bad_axis(rng, dialect):
    return rng.choice(["1.0", "'a'", "(0,)", "[1]", "True", "A[None]"]
                      + ([] if dialect == "pytorch" else ["None"]))


def concatenation(rng, dialect):
    name = rng.choice(["torch.cat", "torch.cat", "torch.concat", "torch.concatenate"]
                      if dialect == "pytorch" else ["np.concatenate"])
    along = rng.randint(0, 5)
    tensors = alike(rng, dialect, 0.12, along)
    rank = len(tensors["A"][1])
    arguments = [a_list(rng, dialect, tensors)]
    keyword = "dim=" if dialect == "pytorch" and rng.random() < 0.7 else "axis="
    if rng.random() < 0.9:
        value = str(along % rank if rank and rng.random() < 0.5 else axis(rng, rank))
        if rng.random() < 0.6 and rank:
            value = str(along % rank - rank) if rng.random() < 0.4 else str(along % rank)
        if rng.random() < 0.02:
            value = a_bad_axis(rng, dialect)
        if dialect == "numpy" and rng.random() < 0.06:
            value = "None"
        arguments.append((keyword if rng.random() < 0.5 else "") + value)
    if dialect == "numpy" and rng.random() < 0.05:
        arguments.append("dtype=" + rng.choice(["'float64'", "np.float32", "'int32'", "np.float16"]))
    return "%s(%s)" % (name, ", ".join(arguments)), tensors


def stacking(rng, dialect):
    name = ("torch." if dialect == "pytorch" else "np.") + "stack"
    tensors = alike(rng, dialect, 0.06, None)
    rank = len(tensors["A"][1])
    arguments = [a_list(rng, dialect, tensors)]
    if rng.random() < 0.8:
        value = str(axis(rng, rank + 1))
        if rng.random() < 0.02:
            value = a_bad_axis(rng, dialect)
        keyword = "dim=" if dialect == "pytorch" and rng.random() < 0.7 else "axis="
        arguments.append((keyword if rng.random() < 0.5 else "") + value)
    return "%s(%s)" % (name, ", ".join(arguments)), tensors


def stacks(rng, dialect):
    name = rng.choice(["hstack", "vstack", "row_stack", "dstack", "column_stack"])
    along = {"hstack": 1, "vstack": 0, "row_stack": 0, "dstack": 2, "column_stack": 1}[name]
    tensors = alike(rng, dialect, 0.12, None)
    for key, (kind, sizes) in tensors.items():
        if len(sizes) > along and rng.random() < 0.5:
            sizes[along] = size(rng)
        elif len(sizes) == 1 and rng.random() < 0.3:
            sizes[0] = size(rng)
    prefix = "torch." if dialect == "pytorch" else "np."
    return "%s%s(%s)" % (prefix, name, a_list(rng, dialect, tensors)), tensors


def one(rng, dialect, ranks=(0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6)):
    return {"A": (dtype(rng, dialect), shape(rng, ranks))}


def call(rng, dialect, name, arguments, method=True):
    """A function of the module or, sometimes, a method of A."""
    if dialect == "pytorch" and method and rng.random() < 0.4:
        return "A.%s(%s)" % (name, ", ".join(arguments))
    return "%s%s(%s)" % ("torch." if dialect == "pytorch" else "np.", name,
                         ", ".join(["A"] + arguments))


def axis_argument(rng, dialect, rank, spoil=0.12):
    keyword = "dim=" if dialect == "pytorch" else "axis="
    value = str(axis(rng, rank, spoil))
    if rng.random() < 0.015:
        value = a_bad_axis(rng, dialect)
    return (keyword if rng.random() < 0.6 else "") + value


def numbers(rng, values):
    text = ", ".join(str(v) for v in values)
    if rng.random() < 0.4:
        return "[%s]" % text
    return "(%s,)" % text if len(values) == 1 else "(%s)" % text


def parts_of(rng, total):
    """Sizes that add up to `total`, or nearly."""
    sizes = []
    while total > 0 and len(sizes) < 5:
        sizes.append(rng.randint(0 if rng.random() < 0.2 else 1, total))
        total -= sizes[-1]
    if rng.random() < 0.8:
        sizes.append(total) if total else None
    if rng.random() < 0.15 and sizes:
        sizes[rng.randrange(len(sizes))] += rng.choice([-1, 1])
    return sizes


def a_wrong_size(rng):
    return rng.choice(["2.0", "'a'", "None", "True", "(1, 2.0)", "[1.0]", "1.5"])


def splitting(rng, dialect):
    tensors = one(rng, dialect)
    sizes = tensors["A"][1]
    rank = len(sizes)
    along = rng.randrange(rank) if rank else 0
    length = sizes[along] if rank else 1
    where = []
    if along != 0 or rng.random() < 0.4:
        where = [str(along - rank if rng.random() < 0.3 else along)]
        if rng.random() < 0.08:
            where = [str(axis(rng, rank, 1))]
        if rng.random() < 0.015:
            where = [a_bad_axis(rng, dialect)]
        if rng.random() < 0.6:
            where[0] = ("dim=" if dialect == "pytorch" else "axis=") + where[0]
    divisors = [d for d in range(1, 7) if length % d == 0]
    count = str(rng.choice(divisors if divisors and rng.random() < 0.6 else [0, 1, 2, 3, 4, 7, -1]))
    places = numbers(rng, [rng.randint(-length - 1, length + 2) for _ in range(rng.randint(0, 3))])
    if dialect == "numpy":
        name = rng.choice(["split", "split", "array_split", "hsplit", "vsplit", "dsplit"])
        what = rng.choice([count, count, places])
        if rng.random() < 0.02:
            what = a_wrong_size(rng)
        if name[0] in "hvd":
            where = [] if rng.random() < 0.97 else ["0"]
        return call(rng, dialect, name, [what] + where), tensors
    name = rng.choice(["split", "split", "split", "chunk", "chunk", "tensor_split", "hsplit", "vsplit",
                       "dsplit", "unbind", "unbind", "split_with_sizes"])
    what = {"split": rng.choice([str(rng.randint(-1, 6)), numbers(rng, parts_of(rng, length))]),
            "split_with_sizes": numbers(rng, parts_of(rng, length)),
            "chunk": str(rng.randint(-1, 6))}.get(name, rng.choice([count, places]))
    if rng.random() < 0.02:
        what = a_wrong_size(rng)
    arguments = ([] if name == "unbind" else [what]) + (where if name[0] not in "hv" and name != "dsplit"
                                                        else [])
    if rng.random() < 0.01:
        arguments = arguments[1:] if rng.random() < 0.5 else ["0", "1"] + arguments
    return call(rng, dialect, name, arguments), tensors


def repeats_of(rng, rank, least=-1):
    count = rng.choice([rank, rank, rank, rank + 1, rank + 2, max(rank - 1, 0)])
    return [rng.choice([0, 1, 1, 1, 2, 2, 3, least if rng.random() < 0.2 else 2]) for _ in range(count)]


def written_out(rng, values):
    """A tuple, a list, or the numbers themselves as arguments."""
    if values and rng.random() < 0.6:
        return ", ".join(str(v) for v in values)
    return numbers(rng, values)


def stretch_target(rng, sizes):
    target = [rng.choice([2, 3, 4, 1, 0]) if s == 1 and rng.random() < 0.8 else s for s in sizes]
    target = [-1 if rng.random() < 0.08 else s for s in target]
    if rng.random() < 0.4:
        target = [rng.choice([1, 2, 3, -1 if rng.random() < 0.1 else 2])
                  for _ in range(rng.randint(1, 2))] + target
    if rng.random() < 0.2 and target:
        target[rng.randrange(len(target))] = rng.choice([0, 1, 2, 3, 4, 5])
    if rng.random() < 0.05:
        target = target[1:]
    return target[:7]


def repeating(rng, dialect):
    tensors = one(rng, dialect, (0, 1, 1, 2, 2, 2, 3, 3, 4))
    sizes = tensors["A"][1]
    for i in range(len(sizes)):
        if rng.random() < 0.3:
            sizes[i] = 1
    if dialect == "numpy":
        kind = rng.choice(["broadcast_to", "tile", "repeat", "repeat"])
    else:
        kind = rng.choice(["expand", "expand", "expand_as", "broadcast_to", "repeat", "repeat", "tile",
                           "repeat_interleave", "repeat_interleave"])
    wrong = rng.random() < 0.02
    if kind == "expand_as":
        tensors["B"] = (dtype(rng, dialect), [abs(s) for s in stretch_target(rng, sizes)])
        return "A.expand_as(%s)" % ("B" if not wrong else rng.choice(["1", "(2, 3)", "B, B", ""])), tensors
    if kind in ("expand", "broadcast_to"):
        target = stretch_target(rng, sizes)
        if dialect == "numpy":
            target = [s if rng.random() < 0.1 else abs(s) for s in target]
            text = numbers(rng, target)
            if len(target) == 1 and rng.random() < 0.5:
                text = str(target[0])
        else:
            text = written_out(rng, target) if kind == "expand" else numbers(rng, target)
        if wrong:
            text = rng.choice([a_wrong_size(rng), "2, 'a'", "2, 2.0", "", "[2.0, 1]"])
        if kind == "expand":
            return "A.expand(%s)" % text, tensors
        return call(rng, dialect, kind, [text]), tensors
    if kind == "tile" or (kind == "repeat" and dialect == "pytorch"):
        repeats = repeats_of(rng, len(sizes))
        if kind == "repeat":
            text = written_out(rng, repeats)
        else:
            text = numbers(rng, repeats)
            if dialect == "numpy" and rng.random() < 0.3:
                text = str(repeats[0] if repeats else 2)
        if wrong:
            text = rng.choice([a_wrong_size(rng), "(2, 'a')", "(2, 2.0)", "", "[2.0, 1]"])
        if kind == "repeat":
            return "A.repeat(%s)" % text, tensors
        return call(rng, dialect, kind, [text]), tensors
    rank = len(sizes)
    along = axis(rng, rank, 0.08)
    arguments = [str(rng.choice([0, 1, 2, 2, 3, 3, -1 if rng.random() < 0.3 else 2]))]
    flat = rng.random() < 0.3
    length = 1
    for s in (sizes if flat else sizes[along:along + 1] if -rank <= along < rank and along != -1
              else sizes[-1:] if along == -1 else []):
        length *= s
    if dialect == "numpy" and rng.random() < 0.4 and length < 40:
        count = length if rng.random() < 0.9 else rng.randint(0, 3)
        arguments = [numbers(rng, [rng.choice([0, 1, 2, 3, -1 if rng.random() < 0.03 else 2])
                                   for _ in range(count)])]
    if wrong:
        arguments = [rng.choice(["2.0", "'a'", "None", "True", "(1, 2.0)", "[[1]]"])]
    if not flat:
        keyword = "dim=" if dialect == "pytorch" else "axis="
        arguments.append((keyword if rng.random() < 0.6 else "") + str(along))
        if rng.random() < 0.02:
            arguments[-1] = a_bad_axis(rng, dialect)
    if dialect == "numpy" and rng.random() < 0.3:
        return "A.repeat(%s)" % ", ".join(arguments), tensors
    return call(rng, dialect, "repeat" if dialect == "numpy" else kind, arguments), tensors


def some_axes(rng, rank, spoil=0.1):
    if rank == 0:
        return [] if rng.random() < 0.5 else [rng.randint(-1, 1)]
    axes = rng.sample(range(rank), rng.randint(0 if rng.random() < 0.2 else 1, rank))
    axes = [a - rank if rng.random() < 0.3 else a for a in axes]
    if rng.random() < spoil:
        axes.append(rng.randint(-rank - 2, rank + 1))
    return axes


def flipping(rng, dialect):
    tensors = one(rng, dialect)
    rank = len(tensors["A"][1])
    torch = dialect == "pytorch"
    name = rng.choice(["flip", "flip", "flip", "fliplr", "flipud", "roll", "roll", "roll", "rot90",
                       "rot90"])
    wrong = rng.random() < 0.025
    if name in ("fliplr", "flipud"):
        return call(rng, dialect, name, ["0"] if wrong else []), tensors
    if name == "flip":
        axes = some_axes(rng, rank)
        text = numbers(rng, axes)
        if not torch and len(axes) == 1 and rng.random() < 0.6:
            text = str(axes[0])
        if wrong:
            text = rng.choice(["1.0", "'a'", "[1.0]", "True", "(0, 1.0)", "((0,),)", "None"])
        if torch and rng.random() < 0.4:
            return "A.flip(%s)" % (text if rng.random() < 0.4 else written_out(rng, axes)), tensors
        arguments = [text] if torch or rng.random() < 0.9 else []
        if arguments and rng.random() < 0.3:
            arguments = [("dims=" if torch else "axis=") + text]
        return call(rng, dialect, name, arguments, False), tensors
    if name == "roll":
        axes = some_axes(rng, rank, 0.08)
        shifts = [rng.randint(-7, 7) for _ in axes]
        if rng.random() < 0.08:
            shifts = shifts + [1] if rng.random() < 0.5 else shifts[1:]
        first = numbers(rng, shifts) if len(shifts) != 1 or rng.random() < 0.3 else str(shifts[0])
        second = numbers(rng, axes) if len(axes) != 1 or rng.random() < 0.3 else str(axes[0])
        if not torch and rng.random() < 0.15:
            first = str(rng.randint(-9, 9))
        if wrong:
            first = rng.choice(["1.0", "2.0", "'a'", "None", "(1, 2.0)", "True", "((1,),)"])
        elif rng.random() < 0.02:
            second = rng.choice(["1.0", "'a'", "(0, 1.0)", "None"])
        arguments = [first] + ([second] if rng.random() < 0.8 else [])
        if len(arguments) > 1 and rng.random() < 0.4:
            arguments[1] = ("dims=" if torch else "axis=") + second
        return call(rng, dialect, name, arguments), tensors
    axes = [rng.randint(-rank, max(rank - 1, 0)) for _ in range(2)]
    if rng.random() < 0.15:
        axes = [rng.randint(-rank - 2, rank + 1) for _ in range(rng.choice([1, 2, 2, 2, 3]))]
    turns = str(rng.randint(-5, 6))
    text = numbers(rng, axes)
    if wrong:
        turns = rng.choice(["1.0", "1.5", "'a'", "None", "True"])
    elif rng.random() < 0.02:
        text = rng.choice(["0", "(0, 1.0)", "None", "'ab'"])
    arguments = [turns, text][: rng.choice([0, 1, 2, 2, 2, 2])]
    if len(arguments) == 2 and rng.random() < 0.3:
        arguments[1] = ("dims=" if torch else "axes=") + text
    return call(rng, dialect, name, arguments), tensors


def torch_padding(rng):
    mode = rng.choice(["constant"] * 3 + ["reflect", "replicate", "circular"] * 2 + [None, None])
    tensors = one(rng, "pytorch", (1, 2, 2, 3, 3, 4, 4, 5, 5))
    kind, sizes = tensors["A"]
    if mode not in ("constant", None):
        if rng.random() < 0.8:
            kind = rng.choice(["float32", "float64"])
        sizes = [s if s or rng.random() < 0.3 else 2 for s in sizes]
        tensors["A"] = (kind, sizes)
    rank = len(sizes)
    pairs = rng.randint(0, rank)
    if mode not in ("constant", None) and rng.random() < 0.9:
        pairs = min(max(rank - (1 if mode != "circular" and rng.random() < 0.4 else 2), 0), 3)
    if rng.random() < 0.05:
        pairs += 1
    most = 3 if mode in ("constant", None, "replicate") else 2
    widths = [rng.choice([0, 1, 1, 2, rng.randint(0, most), rng.randint(-2, most)])
              for _ in range(2 * pairs)]
    if mode == "circular":  # cut off and wrapped around at once, PyTorch reads what is not there
        widths = [abs(w) for w in widths]
    if rng.random() < 0.04:
        widths.append(1)
    text = numbers(rng, widths)
    arguments = ["A", text]
    wrong = rng.random()
    if wrong < 0.02:
        arguments[1] = rng.choice(["1", "'a'", "None", "(1.0, 1)", "(1, 1.0)", "(True, 1)"])
    if mode is not None or rng.random() < 0.2:
        arguments.append(("mode=" if rng.random() < 0.5 else "") + "'%s'" % (mode or "constant"))
        if wrong > 0.98:
            arguments[2] = rng.choice(["'edge'", "'foo'", "None", "1"])
    if rng.random() < (0.4 if mode in ("constant", None) else 0.06):
        value = rng.choice(["1", "5", "0", "-1", "2.5", "0.0", "300", "1e10", "-40000.0", "True", "None"])
        if wrong > 0.99:
            value = "'a'"
        arguments.append(value if len(arguments) == 3 and "=" not in arguments[2] and rng.random() < 0.5
                         else "value=" + value)
    return "F.pad(%s)" % ", ".join(arguments), tensors


def numpy_widths(rng, rank, most):
    def width():
        return -1 if rng.random() < 0.01 else rng.randint(0, most)
    kind = rng.random()
    if kind < 0.3:
        return str(width())
    if kind < 0.5:
        return numbers(rng, [width(), width()])
    if kind < 0.57:
        return "((%d, %d),)" % (width(), width())
    if kind < 0.64:
        return "(%s)" % "".join("(%d,), " % width() for _ in range(rank)) if rank else "1"
    count = rank if rng.random() < 0.9 else rank + rng.choice([-1, 1])
    return "(%s)" % "".join("(%d, %d), " % (width(), width()) for _ in range(max(count, 1)))


def numpy_padding(rng):
    mode = rng.choice(["constant"] * 3 + ["edge", "reflect", "symmetric", "wrap"] * 2 + [None, None])
    tensors = one(rng, "numpy", (0, 1, 1, 2, 2, 2, 3, 3))
    sizes = tensors["A"][1]
    if mode not in ("constant", None):
        for i, s in enumerate(sizes):
            if s == 0 and rng.random() < 0.7:
                sizes[i] = 2
    text = numpy_widths(rng, len(sizes), rng.choice([1, 2, 3, 7]))
    wrong = rng.random()
    if wrong < 0.02:
        text = rng.choice(["1.0", "'a'", "None", "(1.0, 1)", "True", "()", "(1, 2, 3)", "((1, 2), (3,))",
                           "((1, 2, 3), (1, 2, 3))", "(((1, 2),),)"])
    arguments = ["A", text]
    if mode is not None:
        arguments.append(("mode=" if rng.random() < 0.5 else "") + "'%s'" % mode)
        if wrong > 0.98:
            arguments[2] = rng.choice(["'foo'", "None", "1", "'replicate'", "mode=2.5"])
    if rng.random() < (0.4 if mode in ("constant", None) else 0.03):
        value = rng.choice(["1", "5", "-1", "2.5", "(1, 2)", "(1, 2.5)", "((1, 2),)", "True", "300"])
        if rng.random() < 0.3 and sizes:
            value = "(%s)" % "".join("(%d, %d), " % (rng.randint(0, 9), rng.randint(0, 9)) for _ in sizes)
        if wrong > 0.97:
            value = rng.choice(["(1, 2, 3)", "'a'", "((1, 2), (3,))", "()"])
        arguments.append("constant_values=" + value)
    if wrong > 0.995:
        arguments.append("value=1")
    return "np.pad(%s)" % ", ".join(arguments), tensors


def padding(rng, dialect):
    return torch_padding(rng) if dialect == "pytorch" else numpy_padding(rng)


MAKERS = ([concatenation] * 4 + [stacking] * 2 + [stacks] * 3 + [splitting] * 5 + [repeating] * 6
          + [flipping] * 5 + [padding] * 6)


def cases(rng):
    while True:
        dialect = rng.choice(["pytorch", "numpy"])
        expression, tensors = rng.choice(MAKERS)(rng, dialect)
        yield dialect, expression, {n: (d, list(s)) for n, (d, s) in tensors.items()}
