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
    return rng.choice(["1.0", "'a'", "(0,)", "[1]", "True", "A"]
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


MAKERS = [concatenation] * 4 + [stacking] * 2 + [stacks] * 3


def cases(rng):
    while True:
        dialect = rng.choice(["pytorch", "numpy"])
        expression, tensors = rng.choice(MAKERS)(rng, dialect)
        yield dialect, expression, {n: (d, list(s)) for n, (d, s) in tensors.items()}
