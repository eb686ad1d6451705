"""Random calls of layers' functions: pooling, convolution, linear, normalisation, shuffles."""

FLOATS = ["float32"] * 14 + ["float64"] * 3 + ["int64"] * 2
OTHERS = ["bfloat16", "float16", "uint8", "bool", "int32", "complex64"]


def a_type(rng):
    return rng.choice(FLOATS if rng.random() < 0.85 else OTHERS)


def image(rng, spatial, batch=None):
    """Shape of a batch, or of one image, now and then of a wrong rank or empty."""
    rank = spatial + (2 if (rng.random() < 0.75 if batch is None else batch) else 1)
    if rng.random() < 0.04:
        rank = rng.choice([0, 1, 2, 3, 4, 5, 6])
    shape = [rng.choice([1, 2]), rng.choice([1, 2, 3]), 4, 4, 4, 4][:rank]
    for axis in range(max(rank - spatial, 0), rank):
        shape[axis] = rng.choice([1, 2, 3, 4, 5, 6, 7, 8])
    if rng.random() < 0.06 and rank:
        shape[rng.randrange(rank)] = 0
    return tuple(shape)


def sequence(rng, items):
    text = ", ".join(items)
    if rng.random() < 0.2:
        return "[%s]" % text
    return "(%s,)" % text if len(items) == 1 else "(%s)" % text


def sizes(rng, spatial, choices, odd):
    """A number or a list of them; sometimes of a wrong length or kind."""
    def one():
        return rng.choice(odd) if rng.random() < 0.03 else str(rng.choice(choices))
    if rng.random() < 0.5:
        return one()
    count = spatial if rng.random() < 0.94 else rng.choice([0, 1, 2, 3, 4])
    return sequence(rng, [one() for _ in range(count)])


def call(rng, name, arguments):
    """Arguments as (keyword, text); from a random place on by keyword."""
    arguments = [a for a in arguments if a[1] is not None]
    place = rng.randint(0, len(arguments)) if rng.random() < 0.5 else len(arguments)
    texts = [text for _, text in arguments[:place]]
    texts += ["%s=%s" % pair for pair in arguments[place:]]
    if rng.random() < 0.01:
        texts.append(rng.choice(["3", "foo=1", "None"]) if "=" not in "".join(texts) else "foo=1")
    elif rng.random() < 0.01:
        texts.pop()
    return "%s(%s)" % (name, ", ".join(texts))


def maybe(rng, share, text):
    return text if rng.random() < share else None


ODD = ["0", "-1", "2.5", "True", "'2'", "None", "9"]


def given(rng, share, names):
    """How many of the optional arguments, in order, are given."""
    count = 0
    while count < len(names) and rng.random() < share:
        count += 1
    return count


def average_pool(rng):
    spatial = rng.choice([1, 2, 2, 3])
    tensors = {"A": (a_type(rng), image(rng, spatial))}
    optional = [("stride", sizes(rng, spatial, [1, 2, 3], ODD)),
                ("padding", sizes(rng, spatial, [0, 0, 1], ODD)),
                ("ceil_mode", rng.choice(["True", "False", "True", "1"])),
                ("count_include_pad", rng.choice(["True", "False"])),
                ("divisor_override", rng.choice(["2", "3", "0", "-1", "None", "2.5"]))]
    count = given(rng, 0.7, optional)
    if spatial == 1:
        count = min(count, 4 if rng.random() < 0.97 else 5)
    name = "F.avg_pool%dd" % spatial
    if spatial == 1 and rng.random() < 0.2:
        name = "torch.avg_pool1d"
    return call(rng, name, [("input", "A"), ("kernel_size", sizes(rng, spatial, [1, 2, 3], ODD))]
                + optional[:count]), tensors


def maximum_pool(rng):
    spatial = rng.choice([1, 2, 2, 3])
    tensors = {"A": (a_type(rng), image(rng, spatial))}
    optional = [("stride", sizes(rng, spatial, [1, 2, 3], ODD)),
                ("padding", sizes(rng, spatial, [0, 0, 1], ODD)),
                ("dilation", sizes(rng, spatial, [1, 1, 2], ODD)),
                ("ceil_mode", rng.choice(["True", "False", "True", "1"]))]
    arguments = ([("input", "A"), ("kernel_size", sizes(rng, spatial, [1, 2, 3], ODD))]
                 + optional[:given(rng, 0.7, optional)])
    text = call(rng, "F.max_pool%dd" % spatial, arguments)
    if rng.random() < 0.3:
        text = text[:-1] + ", return_indices=True)"
    return text, tensors


def adaptive_pool(rng):
    spatial = rng.choice([1, 2, 2, 3])
    tensors = {"A": (a_type(rng), image(rng, spatial))}
    kind = rng.choice(["avg", "max"])
    odd = ["0", "-1", "2.5", "True", "'2'", "None", "9"]
    text = call(rng, "F.adaptive_%s_pool%dd" % (kind, spatial),
                [("input", "A"), ("output_size", sizes(rng, spatial, [1, 2, 3, 4], odd))])
    if kind == "max" and rng.random() < 0.3:
        text = text[:-1] + ", return_indices=True)"
    return text, tensors


FAMILIES = [average_pool, maximum_pool, adaptive_pool]


def cases(rng):
    while True:
        text, tensors = rng.choice(FAMILIES)(rng)
        yield "pytorch", text, tensors
