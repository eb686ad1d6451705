"""Random expressions of the elementwise group: arithmetic, comparisons, assignment, indexing."""

TORCH_TYPES = [
    "float32", "float32", "float32", "float64", "int64", "int32", "int16", "int8", "uint8", "bool",
    "float16", "bfloat16",
]
NUMPY_TYPES = [
    "float32", "float64", "float64", "int64", "int64", "int32", "int16", "int8", "uint8", "uint16",
    "uint32", "uint64", "bool", "float16",
]
NUMBERS = ["2", "-3", "0", "1", "2.5", "-0.5", "True", "False", "300", "1e10"]


def types(dialect):
    return TORCH_TYPES if dialect == "pytorch" else NUMPY_TYPES


def size(rng):
    return rng.choice([0, 1, 1, 2, 2, 3, 3, 4, 5])


def shape(rng, most=6):
    rank = rng.choice([r for r in (0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6) if r <= most])
    while True:
        sizes = [size(rng) for _ in range(rank)]
        count = 1
        for s in sizes:
            count *= s
        if count <= 600:
            return sizes


def partner(rng, sizes, spoil=0.25):
    """A shape that broadcasts with `sizes`, or nearly."""
    result = [1 if rng.random() < 0.3 else s for s in sizes]
    result = result[rng.randint(0, len(result)):] if rng.random() < 0.3 else result
    if rng.random() < 0.15:
        result = [size(rng) for _ in range(rng.randint(1, 2))] + result
        result = result[-6:]
    while rng.random() < spoil and result:
        result[rng.randrange(len(result))] = size(rng)
    return result


def dtype(rng, dialect, like=None):
    if like is not None and rng.random() < 0.6:
        return like
    return rng.choice(types(dialect))


def two(rng, dialect):
    a = shape(rng)
    first = dtype(rng, dialect)
    return {"A": (first, a), "B": (dtype(rng, dialect, first), partner(rng, a))}


SIGNS = ["+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<<", ">>", "<", "<=", "==", "!=", ">=",
         ">"]
TORCH_FUNCTIONS = (
    "add sub mul div true_divide remainder fmod pow float_power bitwise_and bitwise_or bitwise_xor "
    "lt le gt ge eq ne maximum minimum fmax fmin atan2 hypot logaddexp logaddexp2 logical_and "
    "logical_or logical_xor copysign gcd lcm heaviside ldexp xlogy floor_divide subtract multiply"
).split()
NUMPY_FUNCTIONS = (
    "add subtract multiply divide true_divide floor_divide remainder mod fmod power float_power "
    "bitwise_and bitwise_or bitwise_xor less less_equal greater greater_equal equal not_equal "
    "maximum minimum fmax fmin arctan2 hypot logaddexp logaddexp2 logical_and logical_or logical_xor "
    "copysign gcd lcm heaviside ldexp"
).split()

INTEGER_DIVISION = {"//", "%", "floor_divide", "remainder", "fmod", "mod"}
SHIFTS = {"<<", ">>", "**", "power", "pow", "ldexp", "float_power"}


def safe(operation, name):
    """An operand for which the result does not depend on values that frameworks refuse."""
    if operation in INTEGER_DIVISION:
        return "(%s %% 7 + 1)" % name
    if operation in SHIFTS:
        return "(%s %% 3)" % name
    return name


def is_bool(tensors, name):
    return tensors[name][0] == "bool"


def operand(rng, operation, tensors):
    if operation in SHIFTS and is_bool(tensors, "B"):
        return "B"
    return safe(operation, "B")


def operator(rng, dialect):
    tensors = two(rng, dialect)
    sign = rng.choice(SIGNS)
    which = rng.random()
    if which < 0.7:
        return "A %s %s" % (sign, operand(rng, sign, tensors)), tensors
    number = rng.choice(NUMBERS)
    tensors.pop("B")
    if which < 0.85:
        if sign in INTEGER_DIVISION and number in ("0", "False"):
            number = "2"
        if sign in ("<<", ">>") and number in ("300", "-3"):
            number = "3"
        return "A %s %s" % (sign, number), tensors
    if sign in ("<<", ">>", "**"):
        return "%s %s A" % (number, sign), {"A": (tensors["A"][0], [2, 2])}
    return "%s %s %s" % (number, sign, safe(sign, "A")), tensors


def in_place(rng, dialect):
    tensors = two(rng, dialect)
    sign = rng.choice(["+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<<"])
    if rng.random() < 0.25:
        return "A %s= %s" % (sign, rng.choice(["2", "1", "2.5", "True", "3"])), tensors
    if dialect == "pytorch" and rng.random() < 0.3:
        name = rng.choice("add sub mul div pow logical_and lt eq atan2 copysign".split())
        return "A.%s_(%s)" % (name, operand(rng, name, tensors)), tensors
    return "A %s= %s" % (sign, operand(rng, sign, tensors)), tensors


def function(rng, dialect):
    tensors = two(rng, dialect)
    torch = dialect == "pytorch"
    name = rng.choice(TORCH_FUNCTIONS if torch else NUMPY_FUNCTIONS)
    other = operand(rng, name, tensors)
    which = rng.random()
    if which < 0.1:
        other = rng.choice(["2", "3.5", "True"])
    if not torch:
        return "np.%s(A, %s)" % (name, other), tensors
    if name in ("add", "sub") and rng.random() < 0.4:
        other += ", alpha=%s" % rng.choice(["2", "0.5", "-1", "True"])
    elif name == "div" and rng.random() < 0.5:
        other = "(B %% 7 + 1), rounding_mode=%s" % rng.choice(["'floor'", "'trunc'", "None", "'up'"])
    if rng.random() < 0.3:
        return "A.%s(%s)" % (name, other), tensors
    if which > 0.95:
        return "torch.%s(%s, %s)" % (name, rng.choice(["2", "1.5"]), safe(name, "A")), tensors
    return "torch.%s(A, %s)" % (name, other), tensors


def slice_text(rng, n, negative):
    def end():
        return rng.choice(["", "", str(rng.randint(-n - 2, n + 2))])

    step = rng.choice(["", "", "", ":", ":1", ":2", ":3"] + ([":-1", ":-2", ":0"] if negative else [":2"]))
    if rng.random() < 0.04:
        step = rng.choice([":-1", ":0"])
    text = "%s:%s%s" % (end(), end(), step)
    return "0:1.5" if rng.random() < 0.01 else text


def list_text(rng, n, length=None):
    length = rng.choice([0, 1, 2, 2, 3]) if length is None else length
    low, high = (-n, n - 1) if n else (0, 0)
    if rng.random() < 0.06:
        high += 2
    return "[%s]" % ", ".join(str(rng.randint(low, high)) for _ in range(length))


def mask_text(rng, n):
    if rng.random() < 0.15:
        n += 1
    return "[%s]" % ", ".join(rng.choice(["True", "False"]) for _ in range(n))


def index_text(rng, dialect, sizes, tensors):
    """An index of a tensor of `sizes`; may add index tensors K and L to `tensors`."""
    items, axis, ellipsis = [], 0, False
    advanced = rng.random() < 0.35
    length = rng.choice([1, 2, 2, 3])
    stop = rng.choice([len(sizes)] * 3 + [len(sizes) + 1, 1, 2])
    while axis < len(sizes) + (rng.random() < 0.04) and len(items) <= stop:
        n = sizes[axis] if axis < len(sizes) else 3
        kind = rng.random()
        if kind < 0.08:
            items.append("None")
            continue
        if kind < 0.18 and (not ellipsis or (dialect == "numpy" and rng.random() < 0.1)):
            items.append("...")
            ellipsis = True
            axis += rng.randint(0, max(0, len(sizes) - axis))
            continue
        if kind < 0.2:
            items.append(rng.choice(["True", "False", "1.5", "'x'"] if rng.random() < 0.4 else ["True"]))
            continue
        if advanced and kind < 0.55:
            which = rng.random()
            if which < 0.5:
                items.append(list_text(rng, n, length if rng.random() < 0.9 else None))
            elif which < 0.62:
                items.append(mask_text(rng, n))
            elif which < 0.72 and n >= 1:
                items.append("[%s, %s]" % (list_text(rng, n, length), list_text(rng, n, length)))
            elif sizes and min(sizes) >= 1:
                n = min(sizes)
                name = "K" if "K" not in tensors else "L"
                kind_of = rng.choice(["int64"] * 6 + ["int32", "float32"])
                shape_of = rng.choice([[min(n, 2)], [1], [min(n, 3)], [], [1, min(n, 2)]])
                tensors[name] = (kind_of, shape_of)
                items.append(name)
            else:
                items.append(":")
        elif kind < 0.45:
            low, high = (-n, n - 1) if n else (0, 0)
            if rng.random() < 0.06:
                high += 3
            items.append(str(rng.randint(low, high)))
        else:
            items.append(slice_text(rng, n, dialect == "numpy"))
        axis += 1
    if not items:
        items = [rng.choice(["...", "None", ":", "0", "True", "()"])]
    return ", ".join(items) + ("," if len(items) == 1 and rng.random() < 0.05 else "")


def indexing(rng, dialect):
    sizes = shape(rng)
    tensors = {"A": (dtype(rng, dialect), sizes)}
    return "A[%s]" % index_text(rng, dialect, sizes, tensors), tensors


def indexed_shape(sizes, text, tensors):
    """What `text` makes of `sizes`, or None; by NumPy, which is near enough for a guess."""
    import numpy as np

    names = {"A": np.zeros(sizes)}
    for name in "KL":
        if name in tensors:
            names[name] = np.zeros(tensors[name][1], "int64")
    try:
        return list(eval("A[%s].shape" % text, names))
    except Exception:
        return None


def assignment(rng, dialect):
    sizes = shape(rng)
    tensors = {"A": (dtype(rng, dialect), sizes)}
    text = index_text(rng, dialect, sizes, tensors)
    if rng.random() < 0.25:
        text = rng.choice(["...", ":", "()", "0", "None"])
    part = indexed_shape(sizes, text, tensors)
    if rng.random() < 0.2:
        value = rng.choice(["2", "-1", "2.5", "True", "300", "1e10"])
        if dialect == "numpy" and value == "1e10":
            value = "7"
    else:
        value = "B"
        like = tensors["A"][0] if rng.random() < 0.5 else None
        guess = shape(rng, 3) if part is None else part
        if rng.random() < 0.4:
            guess = partner(rng, guess)
        elif rng.random() < 0.3:
            guess = [1] * rng.randint(1, 2) + guess
        tensors["B"] = (dtype(rng, dialect, like), guess[-6:])
    return "A[%s] = %s" % (text, value), tensors


def copying(rng, dialect):
    sizes = shape(rng)
    tensors = {"A": (dtype(rng, dialect), sizes)}
    tensors["B"] = (dtype(rng, dialect, tensors["A"][0]), partner(rng, sizes))
    if dialect == "numpy":
        return "np.copyto(A, %s)\nA" % rng.choice(["B", "B", "B", "2", "2.5"]), tensors
    return rng.choice(["A.copy_(B)", "A.copy_(B)", "A.fill_(2)", "A.fill_(B)", "A.fill_(300)",
                       "A.fill_(-1.5)"]), tensors


TORCH_UNARY = (
    "neg positive abs sign sgn floor ceil trunc round frac exp exp2 expm1 log log2 log10 log1p sqrt "
    "rsqrt square reciprocal sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sigmoid logit "
    "erf erfc lgamma deg2rad rad2deg isnan isinf isfinite signbit logical_not bitwise_not relu "
    "nan_to_num negative absolute arcsin"
).split()
NUMPY_UNARY = (
    "negative positive abs absolute fabs sign floor ceil trunc round rint exp exp2 expm1 log log2 log10 "
    "log1p sqrt cbrt square reciprocal sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh "
    "arctanh deg2rad rad2deg isnan isinf isfinite signbit logical_not invert nan_to_num"
).split()
ACTIVATIONS = [
    "F.relu(A)", "F.relu6(A)", "F.leaky_relu(A)", "F.leaky_relu(A, 0.2)", "F.elu(A)", "F.selu(A)",
    "F.celu(A, alpha=2)", "F.gelu(A)", "F.gelu(A, approximate='tanh')", "F.silu(A)", "F.mish(A)",
    "F.softplus(A)", "F.softplus(A, beta=2)", "F.softsign(A)", "F.tanhshrink(A)", "F.hardtanh(A)",
    "F.hardtanh(A, 0, 2)", "F.hardsigmoid(A)", "F.hardswish(A)", "F.logsigmoid(A)", "F.hardshrink(A)",
    "F.softshrink(A)", "F.threshold(A, 1, 7)", "torch.round(A, decimals=1)", "F.relu(A - 2)",
    "F.gelu(A, approximate='up')",
]


def unary(rng, dialect):
    tensors = {"A": (dtype(rng, dialect), shape(rng, 4))}
    torch = dialect == "pytorch"
    which = rng.random()
    if which < 0.2:
        return rng.choice(["-A", "+A", "~A", "abs(A)" if torch else "-A"]), tensors
    if torch and which < 0.4:
        return rng.choice(ACTIVATIONS), tensors
    name = rng.choice(TORCH_UNARY if torch else NUMPY_UNARY)
    operand_of = "A" if rng.random() < 0.7 else "(A %s 2)" % rng.choice("+*/")
    if not torch:
        if name == "round" and rng.random() < 0.5:
            return "np.round(%s, %d)" % (operand_of, rng.randint(-1, 2)), tensors
        return "np.%s(%s)" % (name, operand_of), tensors
    if which < 0.55 and name not in ("positive", "isnan", "isinf", "isfinite", "signbit"):
        return "A.%s_()" % name, tensors
    if which < 0.7:
        return "A.%s()" % name, tensors
    if which > 0.98:
        return "torch.%s(%s)" % (name, rng.choice(["2", "1.5", "None", "'x'"])), {}
    return "torch.%s(%s)" % (name, operand_of), tensors


def selection(rng, dialect):
    sizes = shape(rng, 4)
    first = dtype(rng, dialect)
    tensors = {"A": (first, sizes), "B": (dtype(rng, dialect, first), partner(rng, sizes)),
               "C": (rng.choice(["bool"] * 6 + ["uint8", "int64", "float32"]), partner(rng, sizes))}
    number = rng.choice(["2", "0.5", "True", "-1", "300"])
    number2 = rng.choice(["3", "2.5", "7"])
    if dialect == "numpy":
        return rng.choice([
            "np.where(C, A, B)", "np.where(C, A, %s)" % number, "np.where(C, %s, B)" % number,
            "np.where(C, %s, %s)" % (number, number2), "np.clip(A, %s, %s)" % (number, number2),
            "np.clip(A, B, %s)" % number2, "np.clip(A, None, %s)" % number,
            "np.clip(A, %s, None)" % number, "A.clip(%s, %s)" % (number, number2),
            "np.clip(A, None, None)", "np.where(A > 2, A, B)", "np.clip(A, B, C)",
        ]), tensors
    return rng.choice([
        "torch.where(C, A, B)", "torch.where(C, A, B)", "torch.where(C, A, %s)" % number,
        "torch.where(C, %s, B)" % number, "torch.where(C, %s, %s)" % (number, number2),
        "A.where(C, B)", "torch.where(A > 2, A, B)", "torch.clamp(A, %s, %s)" % (number, number2),
        "A.clamp(min=%s)" % number, "A.clamp(max=%s)" % number, "torch.clamp(A, B, A)",
        "torch.clamp(A, min=B)", "A.clamp_(%s, %s)" % (number, number2), "A.clamp_(max=B)",
        "A.clamp_min(%s)" % number, "torch.clip(A, %s, B)" % number, "torch.clamp(A)",
        "A.masked_fill(C > 0, %s)" % number, "torch.masked_fill(A, B > 1, %s)" % number,
        "A.masked_fill_(C > 0, %s)" % number, "A.masked_fill(C > 0, B)",
        "torch.lerp(A, B, 0.25)", "torch.lerp(A, B, A)", "A.lerp_(B, 0.75)", "torch.lerp(A, A, B)",
        "torch.addcmul(A, B, B)", "torch.addcmul(A, A, B, value=0.5)", "torch.addcdiv(A, B, B + 1)",
        "A.addcmul_(B, A)", "torch.where(C, A, 'x')", "torch.lerp(A, B, None)",
        "torch.addcmul(A, B, 2)", "torch.where(C, A, None)",
    ]), tensors


WRONG = ["", "A", "A, B", "A, B, A", "A, B, A, B", "A, 'x'", "'x', A", "A, None", "None", "A, B, beta=2",
         "A, other=B", "input=A, other=B", "A, out=None", "2, 3", "2, A", "A, 2, 3", "[1, 2]", "A, (1, 2)",
         "A, B, alpha=2", "A, alpha=2", "A, B, rounding_mode='floor'", "A, True", "A, 2.5", "A, exponent=B",
         "x=A", "A, decimals=1", "A, B, alpha='x'", "2", "'x'"]


def wrong_arguments(rng, dialect):
    """Functions with arguments that mostly do not fit."""
    sizes = shape(rng, 2)
    kind = rng.choice(["float32", "float64", "int64"])
    tensors = {"A": (kind, sizes), "B": (kind, partner(rng, sizes, 0.1))}
    arguments = rng.choice(WRONG)
    if dialect == "numpy":
        name = rng.choice("add subtract maximum power logical_and exp sqrt floor negative abs mod".split())
        arguments = rng.choice(["", "A", "A, B, None", "A, B, A, B", "A, foo=1", "A, B, foo=1"])
        return "np.%s(%s)" % (name, arguments), tensors
    name = rng.choice(
        ["add", "sub", "mul", "div", "multiply", "divide", "subtract", "pow", "lt", "eq", "maximum", "atan2", "copysign", "xlogy", "logical_and", "heaviside",
         "float_power", "exp", "abs", "neg", "round", "relu", "square", "clamp", "clamp_min", "lerp",
         "where", "masked_fill", "addcmul", "rsub", "isnan", "nan_to_num", "ldexp"])
    which = rng.random()
    if name == "where" and arguments in ("A", "x=A"):
        arguments = "A, B"
    if name in ("add", "sub", "subtract", "addcmul") and arguments in ("A, B, A", "A, 2, 3", "A, B, A, B"):
        arguments = "A"  # an old order of arguments
    if which < 0.4 and name not in ("rsub",):
        in_place = rng.random() < 0.3 and name not in ("maximum", "where", "isnan")
        method = arguments[3:] if arguments.startswith("A, ") else arguments
        return "A.%s%s(%s)" % (name, "_" if in_place else "", method), tensors
    if which < 0.6:
        name = rng.choice("relu leaky_relu elu gelu silu softplus hardtanh threshold hardshrink".split())
        arguments = rng.choice(["", "A, 2", "A, 2, 3", "A, foo=1", "A, 'x'", "'x'", "A, inplace=True",
                                "A, approximate='none'", "A, 1, 2, 3, 4", "None", "2"])
        return "F.%s(%s)" % (name, arguments), tensors
    return "torch.%s(%s)" % (name, arguments), tensors


def views(rng, dialect):
    """Whether a result can be viewed tells how it lies in memory."""
    sizes = [rng.choice([1, 2, 3, 4]) for _ in range(rng.randint(2, 4))]
    tensors = {"A": (rng.choice(["float32", "int64"]), sizes), "B": ("float32", partner(rng, sizes, 0))}
    text = rng.choice([
        "A[%s]" % index_text(rng, "pytorch", sizes, {}), "A.transpose(0, -1) + 1",
        "A.transpose(0, 1) * A.transpose(0, 1)", "-A.transpose(0, -1)", "A[:, 0]", "A[:, :1]", "A[1:]",
        "A[::2]", "A[None, :, 0]", "A[..., 0]", "A.transpose(0, 1)[0]", "torch.where(A > 1, A, B)",
        "A.transpose(0, 1).clamp(0, 2)", "A[:, 1:]", "A.transpose(0, 1).exp()",
    ])
    return "(%s).view(-1)" % text, tensors


SIZES = ["2, 3", "(2, 3)", "[2, 3]", "()", "4", "0", "2, 0", "(2, -1)", "-1", "2.5", "'a'", "(2, 2.5)", "None",
         "(3,)", "True", "", "2, None", "(2, 'a')", "1, 2, 3, 1", "A.shape", "A.shape[0]", "(A.shape[0], 2)"]
TORCH_DTYPES = ["", "", "", ", dtype=torch.int64", ", dtype=torch.float64", ", dtype=bool", ", dtype=int",
                ", dtype=torch.uint8", ", foo=1", ", dtype=torch.float16"]
NUMPY_DTYPES = ["", "", "", ", dtype=int", ", dtype=np.float32", ", 'int8'", ", dtype=bool", ", dtype='float64'",
                ", dtype=np.uint8", ", foo=1", ", 3"]


def number_text(rng):
    return rng.choice(["0", "1", "2", "5", "7", "-3", "10", "2.5", "0.5", "-1.5", "1e3"])


def literal_text(rng):
    return rng.choice([
        "[1, 2, 3]", "[[1, 2], [3, 4]]", "[1.5, 2]", "[True, False]", "[True, 2]", "3", "2.5", "True", "[]",
        "[[]]", "[[1, 2], [3]]", "[1, 'a']", "(1, 2)", "[[1, 2], 3]", "[1, [2, 3]]", "[[[1], [2]], [[3], [4]]]",
        "[-1, 300]", "[[1.0, 2.0], [3.0, 4.0]]", "[[True], [False]]", "A", "[(1, 2), (3, 4)]",
    ])


def creation(rng, dialect):
    tensors = {"A": (dtype(rng, dialect), shape(rng, 3) or [2])}
    torch = dialect == "pytorch"
    kind = rng.random()
    if kind < 0.35:
        sizes = rng.choice(SIZES)
        if torch:
            name = rng.choice(["torch.zeros", "torch.ones", "torch.zeros", "A.new_zeros", "A.new_ones"])
            options = "" if sizes in ("", "2.5", "'a'", "A.shape") else rng.choice(TORCH_DTYPES)
            return "%s(%s%s)" % (name, sizes, options), tensors
        options = "" if sizes in ("", "2, None") else rng.choice(NUMPY_DTYPES)
        return "np.%s(%s%s)" % (rng.choice(["zeros", "ones"]), sizes, options), tensors
    if kind < 0.45:
        value = rng.choice(["7", "2.5", "True", "-1", "300", "0"])
        sizes = rng.choice(["(2, 3)", "4", "()", "(2, -1)", "[2, 2]", "(0, 2)"])
        if torch:
            return "%s(%s, %s%s)" % (rng.choice(["torch.full", "A.new_full"]), sizes, value,
                                     rng.choice(TORCH_DTYPES)), tensors
        return "np.full(%s, %s%s)" % (sizes, value, rng.choice(NUMPY_DTYPES)), tensors
    if kind < 0.55:
        name = rng.choice(["zeros_like", "ones_like", "full_like"])
        value = ", %s" % rng.choice(["7", "2.5", "True", "300"]) if name == "full_like" else ""
        if torch:
            return "torch.%s(A%s%s)" % (name, value, rng.choice(TORCH_DTYPES)), tensors
        return "np.%s(A%s%s)" % (name, value, rng.choice(NUMPY_DTYPES)), tensors
    if kind < 0.75:
        count = rng.choice([1, 2, 2, 3, 3])
        arguments = ", ".join(number_text(rng) for _ in range(count))
        lib = "torch" if torch else "np"
        return "%s.arange(%s)" % (lib, arguments), tensors
    if kind < 0.83:
        n = rng.choice(["0", "1", "2", "5", "-1", "9"])
        lib = "torch" if torch else "np"
        more = "" if torch else rng.choice(["", "", ", endpoint=False", ", dtype=int"])
        return "%s.linspace(%s, %s, %s%s)" % (lib, number_text(rng), number_text(rng), n, more), tensors
    if kind < 0.88:
        lib = "torch" if torch else "np"
        arguments = rng.choice(["3", "3, 4", "-1", "3, -1", "0", "2, 0", "", "2.5"])
        if not torch and arguments in ("3", "3, 4"):
            arguments += rng.choice(["", ", k=1", ", k=-1", ", dtype=int"])
        return "%s.eye(%s)" % (lib, arguments), tensors
    name = rng.choice(["torch.tensor", "torch.tensor", "torch.as_tensor"] if torch else ["np.array", "np.asarray"])
    text = literal_text(rng)
    if "'a'" in text and (not torch or rng.random() < 0.7):
        text = "[1, 2]"
    options = rng.choice(["", "", ", dtype=torch.float16", ", dtype=torch.int64", ", dtype=torch.uint8"] if torch
                         else ["", "", ", dtype=np.float32", ", dtype=np.int16"])
    return "%s(%s%s)" % (name, text, "" if "'a'" in text else options), tensors


KINDS = [(operator, 3), (in_place, 2), (function, 3), (indexing, 4), (assignment, 5), (copying, 1),
         (unary, 4), (selection, 3),
         (wrong_arguments, 2), (views, 1),
         (creation, 3)]


def cases(rng):
    weighted = [kind for kind, weight in KINDS for _ in range(weight)]
    while True:
        dialect = rng.choice(["pytorch", "numpy"])
        expression, tensors = rng.choice(weighted)(rng, dialect)
        if "view(" in expression:
            dialect = "pytorch"
        used = {name: t for name, t in tensors.items() if name in expression}
        yield dialect, expression, used
