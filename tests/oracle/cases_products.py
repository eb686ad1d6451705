"""Random expressions of products, reductions and selection, most of them right, some of them wrong."""

import math

TORCH_TYPES = ["float32"] * 8 + ["float64", "int64", "int64", "int32", "int16", "int8", "uint8", "bool",
                                 "float16", "bfloat16", "complex64"]
NUMPY_TYPES = ["float32"] * 4 + ["float64"] * 4 + ["int64", "int64", "int32", "int16", "int8", "uint8",
                                                   "uint16", "uint32", "uint64", "bool", "float16",
                                                   "complex64", "complex128"]


class Maker:
    def __init__(self, rng):
        self.rng = rng

    def chance(self, share):
        return self.rng.random() < share

    def pick(self, *options):
        return self.rng.choice(options)

    def dialect(self):
        return self.pick("pytorch", "pytorch", "numpy")

    def size(self):
        return self.rng.choice([0, 1, 1, 2, 2, 3, 3, 4, 5, 7])

    def shape(self, low=0, high=4):
        rank = self.rng.randint(low, high)
        if self.chance(0.03):
            rank = self.rng.randint(0, 6)
        sizes = [self.size() for _ in range(rank)]
        if not self.chance(0.15):
            sizes = [s or 2 for s in sizes]
        return sizes

    def dtype(self, dialect):
        return self.rng.choice(TORCH_TYPES if dialect == "pytorch" else NUMPY_TYPES)

    def types(self, dialect, count):
        """Mostly one type for all, as products want."""
        first = self.dtype(dialect)
        return [first if self.chance(0.9) else self.dtype(dialect) for _ in range(count)]

    def axis(self, rank):
        """An axis, sometimes out of range."""
        if rank == 0:
            return self.rng.choice([0, -1, -1, 0, 1, -2])
        if self.chance(0.12):
            return self.rng.choice([rank, -rank - 1, rank + 3])
        return self.rng.randrange(-rank, rank)

    def axes(self, rank):
        if self.chance(0.5) or rank == 0 and self.chance(0.7):
            return str(self.axis(rank))
        count = self.rng.randint(0, max(rank, 1))
        chosen = self.rng.sample(range(rank), min(count, rank)) if rank else []
        chosen = [a - rank if self.chance(0.3) else a for a in chosen]
        if self.chance(0.08):
            chosen.append(self.axis(rank))
        return "(" + ", ".join(map(str, chosen)) + ("," if len(chosen) == 1 else "") + ")"

    def spoil(self, shape, share=0.15):
        """Changes a size or the rank now and then."""
        shape = list(shape)
        if self.chance(share) and shape:
            shape[self.rng.randrange(len(shape))] = self.size()
        if self.chance(share / 3):
            shape.insert(0, self.size())
        if self.chance(share / 3) and shape:
            shape.pop()
        return shape

    def batch(self, shape):
        """A shape that broadcasts with `shape`."""
        shape = [1 if self.chance(0.25) else s for s in shape]
        return shape[self.rng.randint(0, len(shape)):] if self.chance(0.4) else shape


def call(dialect, name, *arguments, method=False, **keywords):
    prefix = {"pytorch": "torch.", "numpy": "np."}[dialect]
    words = [a for a in arguments if a is not None] + ["%s=%s" % k for k in keywords.items()]
    if method:
        return "%s.%s(%s)" % (words[0], name, ", ".join(words[1:]))
    return "%s%s(%s)" % (prefix, name, ", ".join(words))


# ---- products -----------------------------------------------------------------------------------

def matrices(m):
    n, k, p = m.size() or 2, m.size(), m.size() or 3
    if k == 0 and not m.chance(0.2):
        k = 4
    batch = m.shape(0, 2)
    a, b = m.batch(batch) + [n, k], m.batch(batch) + [k, p]
    if m.chance(0.12):
        a = [k]
    if m.chance(0.12):
        b = [k]
    return m.spoil(a), m.spoil(b)


def case_matmul(m):
    dialect = m.dialect()
    a, b = matrices(m)
    ta, tb = m.types(dialect, 2)
    form = m.rng.randrange(3)
    text = "A @ B" if form == 0 or dialect == "numpy" and form == 1 else \
        call(dialect, "matmul", "A", "B", method=form == 1)
    return dialect, text, {"A": (ta, a), "B": (tb, b)}


def case_mm(m):
    n, k, p = m.size(), m.size(), m.size()
    ta, tb = m.types("pytorch", 2)
    name = m.pick("mm", "mm", "bmm", "bmm", "mv")
    if name == "mm":
        a, b = [n, k], [k, p]
    elif name == "mv":
        a, b = [n, k], [k]
    else:
        c = m.size()
        big = m.pick(1, 1, 5)
        a, b = [c, n * big, k], [c, k, p * big]
    return "pytorch", call("pytorch", name, "A", "B", method=m.chance(0.4)), \
        {"A": (ta, m.spoil(a)), "B": (tb, m.spoil(b))}


def case_dot(m):
    dialect = m.dialect()
    ta, tb = m.types(dialect, 2)
    k = m.size()
    name = m.pick("dot", "dot", "inner", "inner", "vdot", "outer")
    if dialect == "pytorch":
        a, b = ([k], [k])
        if name == "inner":
            a, b = m.shape(0, 2) + [k], m.shape(0, 2) + [k]
            if m.chance(0.1):
                a = []
        if name == "outer":
            b = [m.size()]
        a, b = m.spoil(a), m.spoil(b)
    elif name == "vdot":
        a = m.shape(0, 3)
        b = m.spoil(list(reversed(a)))
    elif name == "outer":
        a, b = m.shape(0, 2), m.shape(0, 2)
    else:
        a = m.shape(0, 2) + [k]
        b = m.shape(0, 2) + [k] if name == "inner" else m.shape(0, 1) + [k] + m.shape(1, 1)
        if m.chance(0.2):
            b = [k]
        if m.chance(0.1):
            a = []
        a, b = m.spoil(a), m.spoil(b)
    method = m.chance(0.3) and (dialect == "pytorch" or name == "dot")
    return dialect, call(dialect, name, "A", "B", method=method), {"A": (ta, a), "B": (tb, b)}


def case_tensordot(m):
    dialect = m.dialect()
    ta, tb = m.types(dialect, 2)
    shared = m.shape(0, 2)
    a, b = m.shape(0, 2) + shared, shared + m.shape(0, 2)
    key = "dims" if dialect == "pytorch" else "axes"
    tensors = {"A": (ta, m.spoil(a)), "B": (tb, m.spoil(b))}
    if m.chance(0.5):
        count = len(shared) if m.chance(0.8) else m.pick(-1, 0, 1, 2, 3)
        return dialect, call(dialect, "tensordot", "A", "B", **{key: count}), tensors
    left = list(range(len(a) - len(shared), len(a)))
    right = list(range(len(shared)))
    order = m.rng.sample(range(len(shared)), len(shared))
    left = [left[i] - (len(a) if m.chance(0.3) else 0) for i in order]
    right = [right[i] - (len(b) if m.chance(0.3) else 0) for i in order]
    if m.chance(0.1):
        right.append(m.axis(len(b)))
    if m.chance(0.1):
        left.append(m.axis(len(a)))
    return dialect, call(dialect, "tensordot", "A", "B", **{key: "(%s, %s)" % (left, right)}), tensors


def case_einsum(m):
    dialect = m.dialect()
    known = {}

    def sizes(letters):
        return [known.setdefault(c, m.size() or 2) for c in letters]

    if m.chance(0.4):
        equation = m.pick("ij,jk->ik", "ij,jk", "ij,jk->", "bij,bjk->bik", "i,j->ij", "ii->i", "ii", "ij->ji",
                          "ij->j", "...ij,...jk->...ik", "...ij,...jk", "bhqd,bhkd->bhqk", "ij,j->i", "ij,ij->ij",
                          "ij,jk,kl->il", "i,i", "bn,anm,bm->ba", "...i->...", "i...->...i", "iij->ij", "ijk->",
                          "iji->j", "ij,ij,ij->i", "Ai,iB->BA")
    else:
        terms = ["".join(m.rng.choice("ijkl") for _ in range(m.rng.randint(0, 3)))
                 for _ in range(m.rng.choice([1, 1, 2, 2, 2, 3]))]
        if m.chance(0.25):
            for t in range(len(terms)):
                if m.chance(0.7):
                    at = m.rng.randint(0, len(terms[t]))
                    terms[t] = terms[t][:at] + "..." + terms[t][at:]
        equation = ",".join(terms)
        if m.chance(0.7):
            letters = sorted(set(equation) - set(",."))
            out = m.rng.sample(letters, m.rng.randint(0, len(letters)))
            if "..." in equation and m.chance(0.85):
                out.insert(m.rng.randint(0, len(out)), "...")
            equation += "->" + "".join(out)
    inputs = equation.split("->")[0].split(",")
    shared = m.shape(0, 2)
    tensors = {}
    types = m.types(dialect, len(inputs))
    for name, term, dtype in zip("ABCDEF", inputs, types):
        before, _, after = term.partition("...")
        middle = m.batch(shared) if "..." in term else []
        shape = sizes(before) + middle + sizes(after)
        shape = [1 if m.chance(0.05) else s for s in shape]
        tensors[name] = (dtype, m.spoil(shape, 0.08))
    names = list(tensors)
    if m.chance(0.05):
        at = m.rng.randint(0, len(equation))
        equation = equation[:at] + m.rng.choice("z.,->1 !i") + equation[at:]
    if m.chance(0.03) and len(names) > 1:
        names.pop()
    if m.chance(0.03):
        names.append("A")
    text = "'%s'" % equation
    if dialect == "numpy" and m.chance(0.06) and "..." not in equation:
        return dialect, call(dialect, "einsum", text, *names, optimize=m.pick("True", "'optimal'", "False")), tensors
    return dialect, call(dialect, "einsum", text, *names), tensors


# ---- reductions ---------------------------------------------------------------------------------

DTYPES = {"pytorch": ["torch.float32", "torch.float64", "torch.int64", "torch.int8", "torch.float16"],
          "numpy": ["np.float32", "np.float64", "np.int64", "np.int8", "np.float16", "'float32'"]}


def reduction(m, dialect, name, axes=True, keep=True, dtype=False, first="dim", only_method=False):
    """A call of a reduction: the axis by position or by name, keepdim now and then."""
    shape = m.shape(0, 4)
    while ("prod" in name or name == "cumsum") and math.prod(shape) > 30:
        shape.pop()  # a product that overflows is infinite or, times 0, whatever the order makes of it
    tensors = {"A": (m.dtype(dialect), shape)}
    words, keywords = [], {}
    if m.chance(0.75):
        axis = m.axes(len(shape)) if axes else str(m.axis(len(shape)))
        if m.chance(0.02):
            axis = m.pick("None", "1.5", "True", "(0, 1)", "[0]", "'a'", "()")
        if m.chance(0.6):
            words.append(axis)
        else:
            keywords["axis" if dialect == "numpy" or m.chance(0.2) else first] = axis
    if keep and m.chance(0.35) and (words or keywords or m.chance(0.2)):
        key = "keepdims" if dialect == "numpy" else "keepdim"
        keywords[key] = m.pick("True", "True", "False")
    if dtype and m.chance(0.1):
        keywords["dtype"] = m.rng.choice(DTYPES[dialect])
    method = only_method or m.chance(0.5)
    return dialect, call(dialect, name, "A", *words, method=method, **keywords), tensors


def case_sum(m):
    dialect = m.dialect()
    name = m.pick("sum", "sum", "mean", "mean", "prod", "all", "any", "nansum", "nanmean", "count_nonzero",
                  "logsumexp")
    if dialect == "numpy" and name == "logsumexp":
        name = "nanprod"
    several = dialect == "numpy" or name not in ("prod", "all", "any")
    method_too = dialect == "pytorch" or name in ("sum", "mean", "prod", "all", "any")
    case = reduction(m, dialect, name, axes=several, keep=name != "count_nonzero" or dialect == "numpy",
                     dtype=name in ("sum", "mean", "prod", "nansum"))
    if not method_too and case[1].startswith("A."):
        case = dialect, case[1].replace("A.%s(" % name, "np.%s(A, " % name).replace("(A, )", "(A)"), case[2]
    return case


def case_extreme(m):
    dialect = m.dialect()
    if dialect == "numpy":
        name = m.pick("max", "min", "amax", "nanmax", "nanmin", "ptp", "argmax", "argmin")
        case = reduction(m, dialect, name, axes=not name.startswith("arg"))
        if name in ("amax", "nanmax", "nanmin") and case[1].startswith("A."):
            case = dialect, case[1].replace("A.%s(" % name, "np.%s(A, " % name).replace("(A, )", "(A)"), case[2]
        return case
    name = m.pick("max", "min", "max", "min", "amax", "amin", "argmax", "argmin", "aminmax")
    if name in ("max", "min") and m.chance(0.15):
        a = m.shape(0, 3)
        ta, tb = m.types(dialect, 2)
        return dialect, call(dialect, name, "A", "B", method=m.chance(0.5)), \
            {"A": (ta, a), "B": (tb, m.spoil(m.batch(a)))}
    case = reduction(m, dialect, name, axes=name.startswith("am") and name != "aminmax")
    return case


def case_spread(m):
    dialect = m.dialect()
    if dialect == "numpy":
        name = m.pick("var", "std", "nanvar", "nanstd")
        case = list(reduction(m, dialect, name, dtype=False))
        if name.startswith("nan") and case[1].startswith("A."):
            case[1] = case[1].replace("A.%s(" % name, "np.%s(A, " % name).replace("(A, )", "(A)")
        if m.chance(0.3):
            case[1] = case[1][:-1] + ", ddof=%d)" % m.pick(0, 1, 2)
            case[1] = case[1].replace("(, ", "(")
        return tuple(case)
    name = m.pick("var", "std", "var", "std", "var_mean", "std_mean")
    case = list(reduction(m, dialect, name))
    if name.endswith("mean") and case[1].startswith("A."):
        case[1] = case[1].replace("A.%s(" % name, "torch.%s(A, " % name).replace("(A, )", "(A)")
    if m.chance(0.3):
        word = m.pick("unbiased=False", "unbiased=True", "correction=0", "correction=2", "False", "True", "correction=1.5")
        if "=" in word or "=" not in case[1]:
            case[1] = (case[1][:-1] + ", %s)" % word).replace("(, ", "(")
    return tuple(case)


ORDERS = ["1", "2", "0", "3", "-1", "-2", "0.5", "float('inf')", "-float('inf')", "'fro'", "'nuc'", "'abc'", "None"]


def case_norm(m):
    dialect = m.dialect()
    name = "linalg.norm" if dialect == "numpy" else \
        m.pick("norm", "norm", "linalg.norm", "linalg.norm", "linalg.vector_norm", "linalg.matrix_norm")
    shape = m.shape(0, 4) if m.chance(0.5) else m.shape(1, 2)
    inexact = ["float32", "float64", "float16", "complex64"] + (["bfloat16"] if dialect == "pytorch" else [])
    dtype = m.rng.choice(inexact) if m.chance(0.8) else m.dtype(dialect)
    while dtype in ("float16", "bfloat16") and math.prod(shape) > 40:
        shape.pop()  # long sums of such are as wrong as the order makes them
    words, keywords = [], {}
    key = "p" if name == "norm" else "ord"
    if m.chance(0.65):
        order = m.rng.choice(ORDERS) if m.chance(0.6) else m.pick("1", "2", "2")
        if m.chance(0.5):
            words.append(order)
        else:
            keywords[key] = order
    if m.chance(0.6):
        keywords["axis" if dialect == "numpy" else "dim"] = m.axes(len(shape))
    if m.chance(0.25):
        keywords["keepdims" if dialect == "numpy" else "keepdim"] = "True"
    if dialect == "pytorch" and m.chance(0.08):
        keywords["dtype"] = m.rng.choice(DTYPES[dialect])
    method = name == "norm" and m.chance(0.5)
    return dialect, call(dialect, name, "A", *words, method=method, **keywords), {"A": (dtype, shape)}


def case_running(m):
    dialect = m.dialect()
    if dialect == "numpy":
        name = m.pick("cumsum", "cumprod", "nancumsum", "nancumprod")
        case = list(reduction(m, dialect, name, axes=False, keep=False, dtype=True))
        if name.startswith("nan") and case[1].startswith("A."):
            case[1] = case[1].replace("A.%s(" % name, "np.%s(A, " % name).replace("(A, )", "(A)")
        return tuple(case)
    name = m.pick("cumsum", "cumsum", "cumprod", "cummax", "cummin", "logcumsumexp")
    return reduction(m, dialect, name, axes=False, keep=False, dtype=name in ("cumsum", "cumprod"))


def case_softmax(m):
    name = m.pick("softmax", "log_softmax", "F.softmax", "F.softmax", "F.log_softmax", "F.softmin")
    case = list(reduction(m, "pytorch", name.replace("F.", ""), axes=False, keep=False, dtype=True,
                          only_method=not name.startswith("F.") and m.chance(0.5)))
    if name.startswith("F."):
        case[1] = case[1].replace("torch.s", "F.s").replace("torch.l", "F.l")
        if case[1].startswith("A."):
            case[1] = case[1].replace("A.%s(" % name[2:], "%s(A, " % name).replace("(A, )", "(A)")
    return tuple(case)


# ---- selection ----------------------------------------------------------------------------------

def as_function(case, prefix, name):
    """The same call not as a method."""
    text = case[1].replace("A.%s(" % name, "%s%s(A, " % (prefix, name)).replace("(A, )", "(A)")
    return case[0], text, case[2]


def case_sort(m):
    dialect = m.dialect()
    if dialect == "numpy":
        name = m.pick("sort", "argsort", "median", "nanmedian")
        case = reduction(m, dialect, name, axes=name.endswith("median"), keep=name.endswith("median"))
        if name != "argsort":
            case = as_function(case, "np.", name)
        if "bool" in case[2]["A"] and name == "argsort" and math.prod(case[2]["A"][1]) > 16:
            return case_sort(m)  # equal elements come in the order of the algorithm
        return case
    name = m.pick("sort", "argsort", "msort", "topk", "topk", "kthvalue", "median", "median", "nanmedian", "mode")
    case = reduction(m, dialect, name, axes=False, keep=name in ("kthvalue", "median", "nanmedian", "mode"))
    if name in ("topk", "kthvalue"):
        text, k = case[1], m.pick("1", "1", "2", "3", "0", "-1", "5", "1.5" if m.chance(0.2) else "2")
        if m.chance(0.95):
            head, tail = text.split("(", 1)
            if "(A" in text:
                tail = tail[1:]
                text = head + "(A, " + k + (tail if tail.startswith(",") or tail.startswith(")") else ", " + tail)
            else:
                text = head + "(" + k + (tail if tail.startswith(")") else ", " + tail)
        case = case[0], text, case[2]
    if name in ("sort", "argsort") and m.chance(0.3):
        word = m.pick("descending=True", "True", "stable=True", "descending=False")
        if "=" in word or "=" not in case[1]:
            case = case[0], (case[1][:-1] + ", %s)" % word).replace("(, ", "("), case[2]
    if name in ("argsort", "topk", "kthvalue", "median", "mode", "sort", "nanmedian") and case[2]["A"][0] == "bool" \
            and math.prod(case[2]["A"][1]) > 16:
        return case_sort(m)
    return case


def case_pick(m):
    dialect = m.dialect()
    kinds = ["gather", "index_select", "take", "take_along_dim"] if dialect == "pytorch" else ["take", "take_along_axis"]
    name = m.rng.choice(kinds)
    source = m.shape(0, 3)
    rank = len(source)
    if name == "index_select" and rank == 0:
        return case_pick(m)  # PyTorch writes beyond a scalar
    axis = m.axis(rank)
    at = axis % rank if rank and -rank <= axis < rank else 0
    itype = "int64" if m.chance(0.85) else m.pick("int32", "float32", "bool", "int8", "uint8")
    if name in ("gather", "take_along_dim", "take_along_axis"):
        index = [s if m.chance(0.8) else m.size() for s in source]
        if rank:
            index[at] = m.size()
        if name == "gather":
            index = [min(i, s) if k != at and m.chance(0.9) else i for k, (i, s) in enumerate(zip(index, source))]
        if m.chance(0.1) and rank:
            index.pop()
        if m.chance(0.15) and name != "gather":
            axis = None
            index = m.shape(1, 1)
    elif name == "index_select":
        index = [m.size()] if m.chance(0.85) else m.shape(0, 2)
    else:
        index = m.shape(0, 2)
        if m.chance(0.4):
            axis = None
    whole = axis is None or name == "take" and dialect == "pytorch"
    size = math.prod(source) if whole else (source[at] if rank else 1)
    text = "B"
    if itype not in ("float32", "bool"):
        text = "B %% %d" % max(size, 1)
        if m.chance(0.1) and name == "take" and dialect == "numpy":
            text = "B %% %d - %d" % (max(size, 1), max(size, 1))
    dtype = m.dtype(dialect)
    tensors = {"A": (dtype, source), "B": (itype, index)}
    method = m.chance(0.4) and (dialect == "pytorch" or name == "take")
    if name in ("gather", "index_select"):
        words = ["A", str(axis), text]
    elif name == "take" and dialect == "pytorch":
        words = ["A", text]
    elif name == "take":
        if m.chance(0.2):
            text = m.pick("0", "1", "[0, 1]", "-1", "[[0, 0], [0, 0]]", "9")
            tensors.pop("B")
        words = ["A", text] + ([] if axis is None else ["axis=%d" % axis])
    else:
        words = ["A", text] + ([] if axis is None and dialect == "pytorch" else [str(axis)])
    return dialect, call(dialect, name, *words, method=method), tensors


FAMILIES = [
    (7, case_pick),
    (6, case_sort),
    (4, case_running),
    (3, case_softmax),
    (6, case_norm),
    (8, case_extreme),
    (5, case_spread),
    (14, case_sum),
    (12, case_einsum),
    (10, case_matmul),
    (6, case_mm),
    (6, case_dot),
    (4, case_tensordot),
]


def cases(rng):
    maker = Maker(rng)
    makers = [family for weight, family in FAMILIES for _ in range(weight)]
    while True:
        yield rng.choice(makers)(maker)
