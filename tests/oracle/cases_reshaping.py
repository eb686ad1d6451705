"""Random expressions of the reshaping group: other shapes, orders of axes, copies and types."""

TORCH_TYPES = ["float32", "float32", "float64", "int64", "int32", "uint8", "bool", "float16"]
NUMPY_TYPES = ["float32", "float64", "int64", "int32", "uint8", "bool", "uint16", "float16"]
ODD = ["'a'", "None", "1.0", "2.5", "True", "(0, 1)", "[1]", "()"]


def size(rng):
    return rng.choice([0, 1, 1, 1, 2, 2, 3, 3, 4, 5])


def shape(rng, least=0, most=6):
    while True:
        rank = rng.choice([r for r in (0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6) if least <= r <= most])
        sizes = [size(rng) for _ in range(rank)]
        if count(sizes) <= 720:
            return sizes


def count(sizes):
    product = 1
    for s in sizes:
        product *= s
    return product


def tensor(rng, dialect, sizes):
    return (rng.choice(TORCH_TYPES if dialect == "pytorch" else NUMPY_TYPES), sizes)


def axis(rng, rank, spoil=0.12):
    if rng.random() < spoil:
        return rng.choice([rank, rank + 1, -rank - 1, -rank - 2, rank + 5])
    return rng.randrange(-rank, rank) if rank else rng.choice([0, -1])


def integer(rng, rank):
    """An axis, or now and then something that is none."""
    return rng.choice(ODD) if rng.random() < 0.03 else str(axis(rng, rank))


def factors(rng, n, least=0):
    """Sizes whose product is n."""
    if n == 0:
        sizes = [0] + [rng.randint(0, 4) for _ in range(rng.randint(0, 3))]
        rng.shuffle(sizes)
        return sizes
    sizes = []
    while n > 1:
        divisors = [d for d in range(2, n + 1) if n % d == 0]
        d = rng.choice(divisors)
        sizes.append(d)
        n //= d
    for _ in range(rng.choice([0, 0, 1, 2])):
        sizes.insert(rng.randint(0, len(sizes)), 1)
    while len(sizes) < least:
        sizes.insert(rng.randint(0, len(sizes)), 1)
    return sizes


def target(rng, sizes):
    """A shape of as many elements, with -1 in it or not, right or wrong."""
    result = factors(rng, count(sizes)) if rng.random() < 0.8 else list(sizes)
    if result and rng.random() < 0.45:
        result[rng.randrange(len(result))] = -1
    if result and rng.random() < 0.2:
        result[rng.randrange(len(result))] = rng.choice([0, 1, 2, 3, 5, 7, -1, -2])
    if rng.random() < 0.05:
        result.insert(rng.randint(0, len(result)), rng.choice([-1, 2, -3, 100]))
    return result


def written(rng, sizes):
    """The arguments of a method that takes sizes one by one or together."""
    items = [str(s) for s in sizes]
    if items and rng.random() < 0.04:
        items[rng.randrange(len(items))] = rng.choice(ODD)
    if not items:
        return rng.choice(["()", "[]", "()"])
    if rng.random() < 0.6:
        return ", ".join(items)
    return sequence(rng, items)


def sequence(rng, items):
    items = list(items)
    if rng.random() < 0.3:
        return "[" + ", ".join(items) + "]"
    return "(" + ", ".join(items) + ("," if len(items) == 1 else "") + ")"


def turned(rng, sizes):
    """An expression of a tensor that does not lie in C order, and its shape."""
    rank = len(sizes)
    kind = rng.randrange(5)
    if kind == 0 and rank >= 2:
        a, b = rng.sample(range(rank), 2)
        result = list(sizes)
        result[a], result[b] = result[b], result[a]
        return "A.swapaxes(%d, %d)" % (a, b), result
    if kind == 1 and rank >= 2:
        order = list(range(rank))
        rng.shuffle(order)
        return None, order
    return "A", list(sizes)


def reshape(rng, dialect):
    sizes = shape(rng)
    expression, result = turned(rng, sizes)
    if expression is None:
        order = result
        result = [sizes[i] for i in order]
        name = "permute" if dialect == "pytorch" else "transpose"
        expression = "A.%s(%s)" % (name, ", ".join(map(str, order)))
    new = target(rng, result)
    arguments = written(rng, new)
    if dialect == "pytorch":
        kind = rng.randrange(10)
        if kind < 4:
            return "%s.reshape(%s)" % (expression, arguments), sizes
        if kind < 8:
            return "%s.view(%s)" % (expression, arguments), sizes
        if kind < 9:
            return "torch.reshape(%s, %s)" % (expression, sequence(rng, map(str, new))), sizes
        return "%s.view(%s=%s)" % (expression, rng.choice(["size", "size", "shape"]),
                                   sequence(rng, map(str, new))), sizes
    order = rng.choice(["", "", ", order='F'", ", order='A'", ", order='C'", ", order='K'", ", order='f'"])
    if rng.random() < 0.6:
        return "%s.reshape(%s%s)" % (expression, arguments, order), sizes
    if rng.random() < 0.1:
        return "np.reshape(%s, %s)" % (expression, rng.choice(ODD + ["-1", "6"])), sizes
    return "np.reshape(%s, %s%s)" % (expression, sequence(rng, map(str, new)), order), sizes


def flatten(rng, dialect):
    sizes = shape(rng)
    rank = len(sizes)
    if dialect == "numpy":
        order = rng.choice(["", "'F'", "'C'", "'A'", "'K'", "order='F'", "'Q'", "1", "order=None"])
        name = rng.choice(["A", "A.T", "A"])
        if rng.random() < 0.5:
            return "%s.%s(%s)" % (name, rng.choice(["ravel", "flatten"]), order), sizes
        return "np.ravel(%s%s)" % (name, ", " + order if order else ""), sizes
    kind = rng.randrange(8)
    if kind == 0:
        return rng.choice(["torch.ravel(A)", "A.ravel()", "A.flatten()", "A.T.flatten()"]), sizes
    arguments = [integer(rng, rank), integer(rng, rank)][:rng.randint(0, 2)]
    if len(arguments) == 2 and rng.random() < 0.6 and rank > 1:
        a, b = sorted(rng.sample(range(rank), 2))
        arguments = [str(a), str(b - rank if rng.random() < 0.5 else b)]
    if kind < 4:
        return "A.flatten(%s)" % ", ".join(arguments), sizes
    if kind < 5 and len(arguments) == 2:
        return "torch.flatten(A, start_dim=%s, end_dim=%s)" % tuple(arguments), sizes
    return "torch.flatten(%s)" % ", ".join(["A"] + arguments), sizes


def unflatten(rng, dialect):
    sizes = shape(rng, 1)
    dim = axis(rng, len(sizes))
    size_there = sizes[dim] if -len(sizes) <= dim < len(sizes) else 4
    parts = target(rng, [size_there])
    name = rng.choice(["A", "A", "A", "A.mT", "A.transpose(0, -1)"])
    return "%s.unflatten(%s, %s)" % (name, dim, sequence(rng, map(str, parts))), sizes


def squeeze(rng, dialect):
    sizes = shape(rng)
    if sizes and rng.random() < 0.5:
        sizes[rng.randrange(len(sizes))] = 1
    rank = len(sizes)
    word = "dim" if dialect == "pytorch" and rng.random() < 0.7 else "axis"
    argument = integer(rng, rank)
    if rng.random() < 0.5:
        ones = [i for i in range(rank) if sizes[i] == 1]
        argument = str(rng.choice(ones)) if ones else argument
    if dialect == "numpy" and rng.random() < 0.3 and rank:
        argument = sequence(rng, [str(axis(rng, rank, 0.05)) for _ in range(rng.randint(0, 3))])
    argument = rng.choice(["", argument, argument, argument, word + "=" + argument])
    if rng.random() < 0.5:
        return "A.squeeze(%s)" % argument, sizes
    module = "torch" if dialect == "pytorch" else "np"
    return "%s.squeeze(%s)" % (module, ", ".join(["A", argument] if argument else ["A"])), sizes


def unsqueeze(rng, dialect):
    sizes = shape(rng, 0, 5)
    rank = len(sizes)
    argument = integer(rng, rank + 1)
    if dialect == "numpy":
        if rng.random() < 0.4:
            several = rng.randint(0, 3)
            argument = sequence(rng, [str(axis(rng, rank + several, 0.08)) for _ in range(several)])
        return "np.expand_dims(A, %s%s)" % (rng.choice(["", "", "axis="]), argument), sizes
    word = rng.choice(["", "", "", "dim="])
    return rng.choice(["A.unsqueeze(%s%s)", "torch.unsqueeze(A, %s%s)"]) % (word, argument), sizes


def atleast(rng, dialect):
    sizes = shape(rng, 0, 4)
    module = "torch" if dialect == "pytorch" else "np"
    return "%s.atleast_%dd(A)" % (module, rng.randint(1, 3)), sizes


def permute(rng, dialect):
    sizes = shape(rng)
    rank = len(sizes)
    order = list(range(rank))
    rng.shuffle(order)
    order = [i - rank if rng.random() < 0.3 else i for i in order]
    if order and rng.random() < 0.12:
        order[rng.randrange(rank)] = axis(rng, rank, 0.5)
    if rng.random() < 0.06:
        order = order[1:] if rng.random() < 0.5 else order + [0]
    items = [str(i) for i in order]
    if items and rng.random() < 0.03:
        items[rng.randrange(len(items))] = rng.choice(ODD)
    name = "permute" if dialect == "pytorch" else "transpose"
    module = "torch" if dialect == "pytorch" else "np"
    if rng.random() < 0.25:
        return "%s.%s(A, %s)" % (module, name, sequence(rng, items)), sizes
    if rng.random() < 0.5 and items:
        return "A.%s(%s)" % (name, ", ".join(items)), sizes
    return "A.%s(%s)" % (name, sequence(rng, items)), sizes


def transpose(rng, dialect):
    sizes = shape(rng)
    rank = len(sizes)
    a, b = integer(rng, rank), integer(rng, rank)
    if dialect == "numpy":
        return rng.choice(["A.swapaxes(%s, %s)", "np.swapaxes(A, %s, %s)", "np.swapaxes(A, axis1=%s, axis2=%s)"]) % (a, b), sizes
    name = rng.choice(["transpose", "transpose", "swapaxes", "swapdims"])
    if rng.random() < 0.1:
        first, second = ("axis0", "axis1") if name == "swapaxes" else ("dim0", "dim1")
        return "A.%s(%s=%s, %s=%s)" % (name, first, a, second, b), sizes
    return rng.choice(["A.%s(%s, %s)", "torch.%s(A, %s, %s)"]) % (name, a, b), sizes


def attribute(rng, dialect):
    sizes = shape(rng)
    if dialect == "numpy":
        return rng.choice(["A.T", "A.transpose()", "np.transpose(A)", "A.transpose(None)"]), sizes
    if rng.random() < 0.6:
        sizes = shape(rng, 0, 3)
    return rng.choice(["A.T", "A.mT", "A.H", "A.mH", "A.t()", "torch.t(A)", "A.adjoint()",
                       "torch.adjoint(A)", "A.mT.mT", "A.t_()", "A.transpose_(0, -1)", "A.squeeze_()",
                       "A.squeeze_(1)", "A.unsqueeze_(1)", "A.swapaxes_(0, 1)", "A.transpose_(0)"]), sizes


def move(rng, dialect):
    sizes = shape(rng)
    rank = len(sizes)
    if dialect == "numpy" and rng.random() < 0.35:
        arguments = [integer(rng, rank)]
        if rng.random() < 0.7:
            arguments.append(str(axis(rng, rank + 1)))
        return "np.rollaxis(A, %s)" % ", ".join(arguments), sizes
    if rng.random() < 0.5:
        source, destination = integer(rng, rank), integer(rng, rank)
    else:
        many = rng.randint(0, min(rank, 3))
        pick = (lambda: [str(i - rank if rng.random() < 0.3 else i) for i in rng.sample(range(rank), many)])
        source, destination = pick(), pick()
        if rng.random() < 0.15 and source:
            source[0] = str(axis(rng, rank, 0.5))
        if rng.random() < 0.15 and destination:
            destination[-1] = str(axis(rng, rank, 0.5))
        if rng.random() < 0.08 and source:
            source.pop()
        source, destination = sequence(rng, source), sequence(rng, destination)
    if dialect == "numpy":
        return "np.moveaxis(A, %s, %s)" % (source, destination), sizes
    return rng.choice(["A.movedim(%s, %s)", "torch.movedim(A, %s, %s)", "torch.moveaxis(A, %s, %s)",
                       "A.moveaxis(%s, %s)"]) % (source, destination), sizes


def convert(rng, dialect):
    sizes = shape(rng, 0, 4)
    if dialect == "numpy":
        names = ["np.float32", "np.int64", "'float64'", "'uint8'", "np.int8", "int", "float", "bool", "'foo'",
                 "None", "3", "np.float16"]
        return rng.choice([
            "A.astype(%s)" % rng.choice(names), "A.astype(dtype=%s)" % rng.choice(names[:8]),
            "A.astype(%s, casting='%s')" % (rng.choice(names[:8]), rng.choice(["safe", "same_kind", "no", "unsafe", "x"])),
            "A.copy()", "np.copy(A)", "np.copy(A, 'F')", "A.copy('Z')", "np.ascontiguousarray(A)",
            "np.asfortranarray(A)", "A.T.copy().reshape(-1)"]), sizes
    names = ["torch.float32", "torch.int64", "torch.bool", "torch.float16", "torch.int32", "torch.uint8",
             "torch.float", "torch.long", "float"]
    return rng.choice([
        "A.to(%s)" % rng.choice(names), "A.to(dtype=%s)" % rng.choice(names), "A.to('cpu')",
        "A.to('cpu', %s)" % rng.choice(names[:8]), "A.type(%s)" % rng.choice(names[:8]), "A.to('foo')",
        "A.%s()" % rng.choice(["float", "double", "half", "long", "int", "short", "char", "byte", "bool",
                               "bfloat16"]),
        "A.contiguous()", "A.clone()", "A.detach()", "A.cpu()", "torch.clone(A)", "A.float(3)",
        "A.T.contiguous().view(-1)", "A.T.clone().view(-1)", "A.mT.double().view(-1)",
        "A.type('torch.IntTensor')", "A.type('foo')", "A.view_as(A.T)", "A.reshape_as(A.T)",
        "A.T.view_as(A)", "A.mT.reshape_as(A)"]), sizes


def chain(rng, dialect):
    """Views of views and sums of views, whose strides decide."""
    torch = dialect == "pytorch"
    sizes = shape(rng, 1, 5)
    expression, result = "A", list(sizes)
    for _ in range(rng.randint(1, 5)):
        rank = len(result)
        kind = rng.randrange(16)
        if kind == 0 and rank >= 2:
            a, b = rng.sample(range(rank), 2)
            result[a], result[b] = result[b], result[a]
            expression += ".swapaxes(%d, %d)" % (a, b)
        elif kind == 1 and rank < 6 and torch:
            a = rng.randint(0, rank)
            result.insert(a, 1)
            expression += ".unsqueeze(%d)" % a
        elif kind == 2:
            result = [s for s in result if s != 1]
            expression += ".squeeze()"
        elif kind == 3:
            result = factors(rng, count(result))
            expression += ".reshape(%s)" % (", ".join(map(str, result)) or "()")
        elif kind == 4:
            result.reverse()
            expression += ".T"
        elif kind == 5 and rank:
            a = rng.randrange(rank)
            if result[a] > 1:
                expression += "[%s1:]" % (":, " * a)
                result[a] -= 1
        elif kind == 6 and rank:
            a = rng.randrange(rank)
            expression += "[%s::2]" % (":, " * a)
            result[a] = (result[a] + 1) // 2
        elif kind == 7 and rank:
            a = rng.randrange(rank)
            if result[a] > 0:
                expression += "[%s-1]" % (":, " * a)
                result.pop(a)
        elif kind == 8 and rank < 6:
            a = rng.randint(0, rank)
            expression += "[%sNone]" % (":, " * a)
            result.insert(a, 1)
        elif kind == 9 and rank and rank < 6 and count(result) <= 240:
            wide = [rng.choice([2, 3]) if s == 1 and rng.random() < 0.7 else s for s in result]
            if rng.random() < 0.3:
                wide.insert(0, 2)
            if torch:
                expression += ".expand(%s)" % ", ".join(map(str, wide))
            else:
                expression = "np.broadcast_to(%s, %s)" % (expression, sequence(rng, map(str, wide)))
            result = wide
        elif kind == 10:
            form = rng.choice(["(%s + %s)", "(%s * 2)", "(1 - %s)", "torch.abs(%s)" if torch else "np.abs(%s)"])
            expression = form % ((expression,) * form.count("%s"))
        elif kind == 11 and rank and torch:
            a = rng.randrange(rank)
            if result[a] > 1:
                expression += ".split(1, %d)[1]" % a
                result[a] = 1
        elif kind == 15:
            expression += rng.choice([".clone()", ".double()", ".contiguous()"] if torch else [".copy('K')", ".astype('float64')", ".copy()"])
        elif kind == 13 and rank:
            a = rng.randrange(rank)
            expression = "%s.flip(%s, %d)" % ("torch" if torch else "np", expression, a)
        elif kind == 14 and rank >= 2:
            turns = rng.randint(0, 3)
            expression = "%s.rot90(%s, %d)" % ("torch" if torch else "np", expression, turns)
            if turns % 2:
                result[0], result[1] = result[1], result[0]
        elif kind == 12 and rank and torch:
            a = rng.randrange(rank)
            if result[a] > 0:
                expression += ".unbind(%d)[0]" % a
                result.pop(a)
    if not torch:
        return expression + rng.choice([".ravel('K')", ".ravel('A')", ".ravel()", ".flatten('F')", ".reshape(-1)"]), sizes
    return expression + ".view(%s)" % (", ".join(map(str, factors(rng, count(result)))) or "()"), sizes


def view_type(rng, dialect):
    sizes = shape(rng, 0, 4)
    name = rng.choice(["A", "A", "A", "A.T", "A[..., None]", "A[..., ::2]", "A.swapaxes(0, -1)"])
    if not sizes:
        name = "A"
    types = ["int32", "int16", "float64", "uint8", "int64", "float32", "bool"]
    module = "torch" if dialect == "pytorch" else "np"
    written = ("%s.%s" % (module, rng.choice(types))).replace("np.bool", "bool")
    if dialect == "numpy" and rng.random() < 0.2:
        written = rng.choice(["", "None", "'float32'", "3", "'foo'"])
    if rng.random() < 0.2 and written and written[0] in "nt":
        written = "dtype=" + written
    return "%s.view(%s)" % (name, written), sizes


KINDS = [(view_type, 2), (reshape, 6), (chain, 7), (flatten, 3), (squeeze, 3), (unsqueeze, 2), (permute, 4), (transpose, 3),
         (attribute, 2), (move, 3), (convert, 2), (atleast, 1)]


def cases(rng):
    kinds = [kind for kind, _ in KINDS]
    weights = [weight for _, weight in KINDS]
    while True:
        dialect = rng.choice(["pytorch", "numpy"])
        kind = rng.choices(kinds, weights)[0]
        if kind is attribute and rng.random() < 0.3 and dialect == "pytorch":
            kind = unflatten
        expression, sizes = kind(rng, dialect)
        yield dialect, expression, {"A": tensor(rng, dialect, sizes)}
