"""Random expressions of what is built from other operations: products with an addend, diagonals,
windows, losses and more."""

import math

from cases_products import Maker, call, TORCH_TYPES


def number(m):
    return m.pick("0.5", "2", "1", "0", "-1", "1.5")


def case_added(m):
    n, k, p, c = (m.size() or (m.chance(0.2) and 0 or 2) for _ in range(4))
    name = m.pick("addmm", "addmm", "addmv", "addbmm", "baddbmm", "addr")
    out, a, b = {"addmm": ([n, p], [n, k], [k, p]), "addmv": ([n], [n, k], [k]), "addbmm": ([n, p], [c, n, k], [c, k, p]),
                 "baddbmm": ([c, n, p], [c, n, k], [c, k, p]), "addr": ([n, p], [n], [p])}[name]
    types = m.types("pytorch", 3)
    keywords = {}
    if m.chance(0.3):
        keywords["beta"] = number(m)
        if name == "baddbmm" and keywords["beta"] == "0":
            keywords["beta"] = "2"  # small batches are added to what lay in the memory
    if m.chance(0.3):
        keywords["alpha"] = number(m)
    tensors = {"C": (types[0], m.spoil(m.batch(out) if m.chance(0.6) else out, 0.06)), "A": (types[1], m.spoil(a, 0.08)),
               "B": (types[2], m.spoil(b, 0.08))}
    method = m.chance(0.4)
    if method and m.chance(0.2) and name != "addr":
        name += "_"
        if name == "addbmm_":  # PyTorch stretches the tensor in place, and then overwrites itself
            tensors["C"] = (types[0], out)
    words = ["C", "A", "B"] if m.chance(0.98) else ["C", "A"]
    return "pytorch", call("pytorch", name, *words, method=method, **keywords), tensors


def offset(m):
    return str(m.pick(0, 0, 1, -1, 2, -2, 5, -7)) if m.chance(0.95) else m.pick("1.5", "None", "True", "'a'")


def case_diagonal(m):
    dialect = m.dialect()
    name = m.pick("diagonal", "diagonal", "trace", "diag", "diag", "diagflat", "tril", "triu", "tril", "triu",
                  "diag_embed")
    if dialect == "numpy" and name == "diag_embed":
        name = "diagonal"
    low, high = {"diagonal": (1, 4), "trace": (1, 3), "diag": (0, 3), "diagflat": (0, 2), "diag_embed": (0, 3)}.get(name, (0, 4))
    shape = m.shape(low, high)
    if name == "diag" and m.chance(0.8):
        shape = m.shape(1, 2)
    if name == "trace" and m.chance(0.7):
        shape = m.shape(2, 2)
    tensors = {"A": (m.dtype(dialect), shape)}
    rank = len(shape)
    words, keywords = [], {}
    key = "k" if dialect == "numpy" and name in ("diag", "diagflat", "tril", "triu") else \
        "diagonal" if dialect == "pytorch" and name in ("diag", "tril", "triu") else "offset"
    axes = name in ("diagonal", "diag_embed") or name == "trace" and dialect == "numpy"
    if m.chance(0.6) and not (name == "trace" and dialect == "pytorch"):
        if m.chance(0.7):
            words.append(offset(m))
            if axes and m.chance(0.4):
                words += [str(m.axis(rank + (name == "diag_embed"))), str(m.axis(rank + (name == "diag_embed")))]
        else:
            keywords[key] = offset(m)
    if axes and len(words) < 2 and m.chance(0.5):
        r = rank + (name == "diag_embed")
        one, two = m.axis(r), m.axis(r)
        keywords["axis1" if dialect == "numpy" else "dim1"] = one
        if m.chance(0.8):
            keywords["axis2" if dialect == "numpy" else "dim2"] = two
    method = m.chance(0.4) and (dialect == "pytorch" or name in ("diagonal", "trace"))
    return dialect, call(dialect, name, "A", *words, method=method, **keywords), tensors


def case_vector(m):
    dialect = m.dialect()
    name = m.pick("cross", "cross", "kron", "linalg.cross")
    if dialect == "numpy" and name == "linalg.cross":
        name = "cross"
    types = m.types(dialect, 2)
    if name == "kron":
        a, b = m.shape(0, 3), m.shape(0, 3)
        return dialect, call(dialect, name, "A", "B", method=dialect == "pytorch" and m.chance(0.3)), \
            {"A": (types[0], a), "B": (types[1], b)}
    shape = m.shape(1, 3)
    shape = shape or [3]
    axis = m.rng.randrange(len(shape))
    if name == "linalg.cross" or dialect == "numpy":
        axis = len(shape) - 1 if m.chance(0.8) else axis
    shape[axis] = 3
    a, b = list(shape), m.batch(shape)
    if dialect == "pytorch" and len(b) < len(a) and m.chance(0.7):
        b = list(shape)
    if len(b) >= len(a) - axis and b:
        b[axis - len(a)] = 3
    if dialect == "numpy" and m.chance(0.3):
        a[axis] = m.pick(2, 3, 4)
        if b and axis == len(a) - 1:
            b[-1] = m.pick(2, 2, 3)
    keywords = {}
    if m.chance(0.5):
        keywords["dim" if dialect == "pytorch" else "axis"] = axis if m.chance(0.8) else m.axis(len(shape))
    elif dialect == "numpy" and m.chance(0.2):
        keywords[m.pick("axisa", "axisb", "axisc")] = m.axis(len(shape))
    method = name == "cross" and dialect == "pytorch" and m.chance(0.3)
    return dialect, call(dialect, name, "A", "B", method=method, **keywords), \
        {"A": (types[0], m.spoil(a, 0.06)), "B": (types[1], m.spoil(b, 0.06))}


FLOATS = ["float32"] * 8 + ["float64", "float64", "int64", "float16", "bfloat16", "bool", "complex64"]


def types(m, count):
    first = m.rng.choice(FLOATS)
    return [first if m.chance(0.85) else m.rng.choice(FLOATS) for _ in range(count)]


def reduced(m, words, keywords):
    if m.chance(0.5):
        keywords["reduction"] = m.pick("'mean'", "'sum'", "'none'", "'none'") if m.chance(0.96) else m.pick("'max'", "None", "3")
    elif m.chance(0.05):
        keywords[m.pick("reduce", "size_average")] = m.pick("True", "False")


def function(name, words, keywords):
    return "F.%s(%s)" % (name, ", ".join(words + ["%s=%s" % k for k in keywords.items()]))


def case_loss(m):
    name = m.pick("mse_loss", "mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "kl_div", "binary_cross_entropy",
                  "binary_cross_entropy_with_logits")
    shape = m.shape(0, 4)
    a, b = shape, m.spoil(shape, 0.08)
    stretches = name.endswith(("mse_loss", "l1_loss", "huber_loss", "kl_div"))
    if m.chance(0.4) and stretches:
        a, b = m.batch(shape), m.spoil(m.batch(shape), 0.05)
    ta, tb = types(m, 2)
    if name == "kl_div" and (m.chance(0.7) or "bfloat16" in (ta, tb) or "float64" in (ta, tb)):
        tb = ta
    if name == "kl_div" and ta == "bfloat16":
        ta = tb = "float32"  # differences of such are as wrong as the order makes them
    tensors, keywords = {"A": (ta, a), "B": (tb, b)}, {}
    words = ["A", "B"]
    if name.startswith("binary"):
        if name == "binary_cross_entropy":
            words = ["A / 1000" if ta not in ("bool", "int64") else "A", "B / 1000" if tb not in ("bool", "int64") else "B"]
            if ta == "int64":
                words[0] = "A % 2"
        if m.chance(0.35):
            tensors["W"] = (types(m, 1)[0] if m.chance(0.2) else "float32", m.spoil(m.batch(shape), 0.06))
            keywords["weight"] = "W"
        if name.endswith("logits") and m.chance(0.3):
            tensors["P"] = ("float32", m.batch(shape))
            keywords["pos_weight"] = "P"
    reduced(m, words, keywords)
    if name == "smooth_l1_loss" and m.chance(0.3):
        keywords["beta"] = m.pick("0.5", "2", "0", "-1", "1.5")
    if name == "huber_loss":
        keywords.pop("reduce", None), keywords.pop("size_average", None)
        if m.chance(0.3):
            keywords["delta"] = m.pick("0.5", "2", "0", "-1", "1.5")
    if name == "kl_div":
        if m.chance(0.2):
            keywords["reduction"] = "'batchmean'"
        if m.chance(0.2):
            keywords["log_target"] = m.pick("True", "False")
        if m.chance(0.5):
            words = ["A.log()", "B"] if ta not in ("bool", "complex64") and m.chance(0.5) else words
    if m.chance(0.02):
        words[m.pick(0, 1)] = m.pick("3", "1.5", "None")
    return "pytorch", function(name, words, keywords), tensors


def case_classes(m):
    name = m.pick("cross_entropy", "cross_entropy", "nll_loss")
    rank = m.pick(1, 2, 2, 2, 3, 4, 5)
    shape = [m.size() or (0 if m.chance(0.1) else 2) for _ in range(rank)]
    classes = shape[0] if rank == 1 else shape[1]
    if classes == 0:
        shape[0 if rank == 1 else 1] = classes = 3
    target = [] if rank == 1 else [shape[0]] + shape[2:]
    ttype, words, keywords = "int64", ["A", "T %% %d" % classes], {}
    if name == "cross_entropy" and m.chance(0.3):
        target, ttype, words[1] = list(shape), "float32" if m.chance(0.9) else "int64", "T"
    elif m.chance(0.08):
        ttype = m.pick("uint8", "int32", "float32", "bool")
        words[1] = "T %% %d" % classes if ttype != "bool" else "T"
    target = m.spoil(target, 0.06)
    dtype = m.rng.choice(["float32"] * 10 + FLOATS)
    if dtype == "bfloat16":
        dtype = "float32"  # long sums of such are as wrong as the order makes them
    tensors = {"A": (dtype, m.spoil(shape, 0.04)), "T": (ttype, target)}
    if m.chance(0.2):
        tensors["W"] = ("float32" if m.chance(0.9) or ttype == "float32" else "float64", [classes] if m.chance(0.9) else m.shape(0, 2))
        keywords["weight"] = "W"
    reduced(m, words, keywords)
    if m.chance(0.1):
        keywords["ignore_index"] = m.pick("0", "1", "-1")
    if name == "cross_entropy" and m.chance(0.15):
        keywords["label_smoothing"] = m.pick("0.1", "0.5", "0.0", "1.5", "1")
    return "pytorch", function(name, words, keywords), tensors


def case_grid(m):
    dialect = m.dialect()
    name = m.pick("meshgrid", "meshgrid", "broadcast", "block_diag")
    count = m.rng.randint(1, 3)
    names = "ABC"[:count]
    if name == "meshgrid":
        types_ = m.types(dialect, 1) * count
        shapes = [m.shape(1, 1) if m.chance(0.9) else [] for _ in names]
        if m.chance(0.05):
            types_[-1] = m.dtype(dialect)
        words = list(names)
        if m.chance(0.4):
            words.append("indexing=" + (m.pick("'ij'", "'xy'") if m.chance(0.95) else "'ab'"))
        if dialect == "numpy" and m.chance(0.2):
            words.append("sparse=True")
        prefix = "np." if dialect == "numpy" else "torch."
        return dialect, "%smeshgrid(%s)" % (prefix, ", ".join(words)), dict(zip(names, zip(types_, shapes)))
    if name == "broadcast":
        shape = m.shape(0, 4)
        tensors = {n: (m.dtype(dialect), m.spoil(m.batch(shape), 0.05)) for n in names}
        return dialect, call(dialect, "broadcast_arrays" if dialect == "numpy" else "broadcast_tensors", *names), tensors
    tensors = {n: (t, m.shape(0, 2) if m.chance(0.95) else m.shape(3, 3)) for n, t in zip(names, m.types("pytorch", count))}
    return "pytorch", call("pytorch", "block_diag", *names), tensors


def case_edit(m):
    name = m.pick("append", "append", "delete", "delete", "insert", "diff", "diff")
    dialect = m.dialect() if name == "diff" else "numpy"
    shape = m.shape(0 if m.chance(0.1) else 1, 3)
    rank = len(shape)
    ta, tb = m.types(dialect, 2)
    tensors = {"A": (ta, shape)}
    axis = m.axis(rank) if m.chance(0.7) else None
    size = math.prod(shape) if axis is None else shape[axis] if rank and -rank <= axis < rank else 1
    if name == "append":
        other = list(shape)
        if axis is not None and rank and -rank <= axis < rank:
            other[axis] = m.size()
        tensors["B"] = (tb, m.spoil(other, 0.08))
        words = ["A", m.pick("B", "B", "B", "5", "[1, 2]", "1.5")]
    elif name == "delete":
        words = ["A", m.pick("0", "-1", str(size - 1), str(size), "[0]", "[0, -1]", "[0, 1]", "slice(0, 2)", "slice(None, None, 2)",
                             "slice(3, 1)", "slice(None, None, -1)", "[0, %d]" % size, "1")]
    elif name == "insert":
        words = ["A", m.pick("0", "1", "-1", str(size), str(size + 1), "[0]", "[0, 1]", "[1, 0]"), m.pick("9", "1.5", "9", "B")]
        if words[2] == "B":
            words[1] = m.pick("0", "1", "-1")
            other = [s for k, s in enumerate(shape) if axis is None or k != axis % max(rank, 1)]
            tensors["B"] = (tb, other if m.chance(0.7) else m.shape(0, 2))
    else:
        keywords = {}
        words = ["A"]
        if m.chance(0.4):
            words.append(m.pick("1", "2", "3", "0", "9", "-1"))
        if m.chance(0.6):
            keywords["axis" if dialect == "numpy" else "dim"] = m.axis(rank)
        if m.chance(0.15):
            tensors["B"] = (tb, m.spoil(shape, 0.1))
            keywords[m.pick("prepend", "append")] = "B"
        return dialect, call(dialect, "diff", *words, method=dialect == "pytorch" and m.chance(0.3), **keywords), tensors
    return "numpy", call("numpy", name, *words, **({} if axis is None else {"axis": axis})), tensors


def case_distance(m):
    name = m.pick("cosine_similarity", "cosine_similarity", "pairwise_distance", "normalize", "normalize", "one_hot")
    shape = m.shape(1, 4)
    ta, tb = types(m, 2)
    keywords = {}
    if name == "one_hot":
        words = ["A % 5"] + ([m.pick("5", "7", "9")] if m.chance(0.9) else [m.pick("0", "-2", "2.5")])
        return "pytorch", function(name, words, keywords), \
            {"A": ("int64" if m.chance(0.9) else m.dtype("pytorch"), m.shape(0, 3))}
    if m.chance(0.6) and name != "pairwise_distance":
        keywords["dim"] = m.axis(len(shape))
    if name == "normalize":
        if m.chance(0.3):
            keywords["p"] = m.pick("1", "2", "3", "0.5", "float('inf')")
        return "pytorch", function(name, ["A"], keywords), {"A": (ta, shape)}
    if name == "pairwise_distance":
        if m.chance(0.3):
            keywords["p"] = m.pick("1", "2", "3")
        if m.chance(0.3):
            keywords["keepdim"] = m.pick("True", "False")
    return "pytorch", function(name, ["A", "B"], keywords), {"A": (ta, m.batch(shape)), "B": (tb, m.spoil(m.batch(shape), 0.06))}


def case_window(m):
    if m.chance(0.4):
        shape = m.shape(0 if m.chance(0.1) else 1, 4)
        rank = len(shape)
        words = [str(m.axis(rank)), m.pick("1", "2", "2", "3", "0", "5"), m.pick("1", "1", "2", "3", "0", "-1")]
        return "pytorch", "A.unfold(%s)" % ", ".join(words), {"A": (m.dtype("pytorch"), shape)}
    if m.chance(0.25):
        shape = m.shape(1, 3)
        axis = m.axis(len(shape))
        size = m.pick("1", "2", "2", "3", "(2,)", "(1, 2)", "0", "9")
        words = ["A", size] + ([] if m.chance(0.3) else ["axis=%d" % axis])
        return "numpy", "np.lib.stride_tricks.sliding_window_view(%s)" % ", ".join(words), {"A": (m.dtype("numpy"), shape)}
    def pair(*options):
        one, two = m.pick(*options), m.pick(*options)
        return str(one) if m.chance(0.5) else "(%s, %s)" % (one, two) if m.chance(0.97) else "(%s,)" % one
    keywords = {}
    for key, options in (("dilation", (1, 1, 2)), ("padding", (0, 0, 1)), ("stride", (1, 1, 2, 3))):
        if m.chance(0.35):
            keywords[key] = pair(*options) if m.chance(0.96) else str(m.pick(0, -1, 2.5))
    dtype = m.rng.choice(["float32"] * 6 + ["float64", "float16", "int64", "bfloat16"])
    if m.chance(0.6):
        shape = [m.pick(1, 2), m.pick(1, 2, 3), m.pick(3, 4, 5, 6), m.pick(3, 4, 5, 6)]
        if m.chance(0.3):
            shape = shape[1:]
        return "pytorch", function("unfold", ["A", pair(1, 2, 3)], keywords), {"A": (dtype, m.spoil(shape, 0.08))}
    def two(text, initial):
        value = eval(text) if text else initial
        return [value, value] if isinstance(value, (int, float)) else list(value) * 2
    kernel, output = pair(1, 2, 3), pair(3, 4, 5, 6)
    k, o, d, p, s = two(kernel, 1), two(output, 1), two(keywords.get("dilation"), 1), two(keywords.get("padding"), 0), \
        two(keywords.get("stride"), 1)
    columns = 1
    for i in range(2):
        columns *= max(int((o[i] + 2 * p[i] - d[i] * (k[i] - 1) - 1) // (s[i] or 1)) + 1, 0)
    shape = [m.pick(1, 2), m.pick(1, 2, 3) * k[0] * k[1], columns]
    if m.chance(0.3):
        shape = shape[1:]
    return "pytorch", function("fold", ["A", output, kernel], keywords), {"A": (dtype, m.spoil(shape, 0.08))}


def case_close(m):
    dialect = m.dialect()
    shape = m.shape(0, 3)
    ta = m.rng.choice(["float32", "float64", "int64", "bool", "float16"])
    tb = ta if m.chance(0.9) else m.rng.choice(["float32", "int64"])
    keywords = {}
    if m.chance(0.4):
        keywords[m.pick("rtol", "atol")] = m.pick("0.5", "1", "0", "-1" if dialect == "pytorch" else "2")
    return dialect, call(dialect, "isclose", "A", "B", method=dialect == "pytorch" and m.chance(0.3), **keywords), \
        {"A": (ta, m.batch(shape)), "B": (tb, m.spoil(m.batch(shape), 0.08))}


FAMILIES = [(4, case_added), (5, case_diagonal), (3, case_vector), (8, case_loss), (7, case_classes), (4, case_grid), (6, case_edit), (4, case_distance), (5, case_window), (3, case_close)]


def cases(rng):
    maker = Maker(rng)
    makers = [family for weight, family in FAMILIES for _ in range(weight)]
    while True:
        yield rng.choice(makers)(maker)
