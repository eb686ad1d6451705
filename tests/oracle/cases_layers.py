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


def kernel(rng, spatial):
    shape = [rng.choice([1, 2, 2, 3]) for _ in range(spatial)]
    if rng.random() < 0.03:
        shape[rng.randrange(spatial)] = rng.choice([0, 6, 9])
    return shape


def mixed(rng, dtype):
    return dtype if rng.random() < 0.97 else rng.choice(["float32", "float64", "int64"])


def layer_type(rng):
    return rng.choice(["float32"] * 10 + ["float64"] * 3 + ["int64", "int32", "float16", "uint8",
                                                            "bool", "complex64"])


def convolution(rng):
    spatial = rng.choice([1, 2, 2, 2, 3])
    groups = rng.choice([1, 1, 1, 2, 3])
    inner, outer = rng.choice([1, 2]), rng.choice([1, 2])
    dtype = layer_type(rng)
    shape = list(image(rng, spatial))
    if len(shape) > spatial and rng.random() < 0.95:
        shape[-spatial - 1] = inner * groups if shape[-spatial - 1] else 0
    for axis in range(max(len(shape) - spatial, 0), len(shape)):
        if shape[axis]:
            shape[axis] += rng.choice([0, 1, 2])
    weight = [outer * groups, inner] + kernel(rng, spatial)
    if rng.random() < 0.04:
        weight[rng.randrange(2)] = rng.choice([0, 1, 3, 5])
    if rng.random() < 0.02:
        weight = weight[:-1] if rng.random() < 0.5 else weight + [1]
    tensors = {"A": (dtype, tuple(shape)), "W": (mixed(rng, dtype), tuple(weight))}
    bias = "None"
    if rng.random() < 0.4:
        tensors["B"] = (mixed(rng, dtype), (weight[0] if rng.random() < 0.93 else 7,))
        bias = "B"
    padding = sizes(rng, spatial, [0, 0, 1, 2], ODD)
    if rng.random() < 0.2:
        padding = rng.choice(["'same'", "'valid'", "'same'", "'full'"])
    optional = [("bias", bias), ("stride", sizes(rng, spatial, [1, 1, 2, 3], ODD)),
                ("padding", padding), ("dilation", sizes(rng, spatial, [1, 1, 2], ODD)),
                ("groups", str(groups) if rng.random() < 0.95 else rng.choice(["0", "-1", "2",
                                                                               "2.5", "None"]))]
    count = 5 if groups > 1 and rng.random() < 0.95 else given(rng, 0.75, optional)
    name = rng.choice(["F.conv%dd", "F.conv%dd", "torch.conv%dd"]) % spatial
    return call(rng, name, [("input", "A"), ("weight", "W")] + optional[:count]), tensors


def transposed(rng):
    spatial = rng.choice([1, 2, 2, 2, 3])
    groups = rng.choice([1, 1, 1, 2])
    inner, outer = rng.choice([1, 2]), rng.choice([1, 2])
    dtype = layer_type(rng)
    shape = list(image(rng, spatial))
    if len(shape) > spatial and rng.random() < 0.95:
        shape[-spatial - 1] = inner * groups if shape[-spatial - 1] else 0
    weight = [inner * groups, outer] + kernel(rng, spatial)
    if rng.random() < 0.04:
        weight[rng.randrange(2)] = rng.choice([0, 1, 3, 5])
    tensors = {"A": (dtype, tuple(shape)), "W": (mixed(rng, dtype), tuple(weight))}
    bias = "None"
    if rng.random() < 0.4:
        tensors["B"] = (mixed(rng, dtype), (outer * groups if rng.random() < 0.93 else 7,))
        bias = "B"
    optional = [("bias", bias), ("stride", sizes(rng, spatial, [1, 2, 2, 3], ODD)),
                ("padding", sizes(rng, spatial, [0, 0, 1], ODD)),
                ("output_padding", sizes(rng, spatial, [0, 0, 0, 1], ODD)),
                ("groups", str(groups) if rng.random() < 0.95 else rng.choice(["0", "-1", "2"])),
                ("dilation", sizes(rng, spatial, [1, 1, 2], ODD))]
    count = given(rng, 0.8, optional)
    if groups > 1 and rng.random() < 0.95:
        count = max(count, 5)
    name = rng.choice(["F.conv_transpose%dd", "torch.conv_transpose%dd"]) % spatial
    return call(rng, name, [("input", "A"), ("weight", "W")] + optional[:count]), tensors


def linear(rng):
    dtype = layer_type(rng)
    rank = rng.choice([0, 1, 2, 2, 2, 3, 3, 4])
    shape = [rng.choice([1, 2, 3, 3]) for _ in range(rank)]
    inner, outer = rng.choice([1, 2, 3, 4]), rng.choice([1, 2, 3])
    if rank and rng.random() < 0.9:
        shape[-1] = inner
    if rank and rng.random() < 0.05:
        shape[rng.randrange(rank)] = 0
    weight = [outer, inner] if rng.random() < 0.85 else rng.choice([[inner], [inner], [], [2, 2, 2]])
    tensors = {"A": (dtype, tuple(shape)), "W": (mixed(rng, dtype), tuple(weight))}
    arguments = [("input", "A"), ("weight", "W")]
    if rng.random() < 0.6:
        bias = (outer,) if rng.random() < 0.75 else rng.choice([(1,), (7,), (1, outer), (2, outer),
                                                                (), (2, 1, outer)])
        tensors["B"] = (mixed(rng, dtype), bias)
        arguments.append(("bias", "B" if rng.random() < 0.95 else rng.choice(["None", "3"])))
    return call(rng, "F.linear", arguments), tensors


def shuffle(rng):
    kind = rng.choice(["pixel_shuffle", "pixel_unshuffle", "channel_shuffle"])
    factor = rng.choice([1, 2, 2, 3])
    rank = rng.choice([3, 4, 4, 5]) if rng.random() < 0.93 else rng.choice([0, 1, 2])
    shape = [rng.choice([1, 2]) for _ in range(rank)]
    for axis in range(max(rank - 2, 0), rank):
        shape[axis] = rng.choice([1, 2, 3]) * (factor if kind == "pixel_unshuffle" else 1)
    if rank > 2:
        if kind == "pixel_shuffle":
            shape[-3] = factor * factor * rng.choice([1, 2])
        elif kind == "channel_shuffle":
            shape[1] = factor * rng.choice([1, 2, 3])
    if rank and rng.random() < 0.1:
        shape[rng.randrange(rank)] = rng.choice([0, 3, 5])
    name = {"pixel_shuffle": "upscale_factor", "pixel_unshuffle": "downscale_factor",
            "channel_shuffle": "groups"}[kind]
    text = str(factor) if rng.random() < 0.92 else rng.choice(["0", "-1", "2.0", "True", "None"])
    return (call(rng, rng.choice(["F.", "torch."]) + kind, [("input", "A"), (name, text)]),
            {"A": (a_type(rng), tuple(shape))})


def parameters(rng, dtype, names, shape, wrong):
    """Tensors for some of `names`, and their arguments."""
    tensors, arguments = {}, []
    for letter, name in zip("WBMV", names):
        if rng.random() < 0.6:
            tensors[letter] = (mixed(rng, dtype), shape if rng.random() < 0.93 else wrong)
            arguments.append((name, letter))
        else:
            arguments.append((name, "None"))
    return tensors, arguments


def norm_type(rng):
    return rng.choice(["float32"] * 8 + ["float64"] * 3 + ["int64", "float16", "bool"])


def layer_norm(rng):
    dtype = norm_type(rng)
    shape = tuple(rng.choice([1, 2, 3, 4]) for _ in range(rng.choice([0, 1, 2, 2, 3, 3, 4])))
    if rng.random() < 0.05:
        shape = shape[:-1] + (0,)
    count = rng.choice([1, 1, 2, 3])
    wanted = shape[-count:] if rng.random() < 0.9 else (3,) * count
    tensors, more = parameters(rng, dtype, ["weight", "bias"], wanted, (2, 2))
    tensors["A"] = (dtype, shape)
    text = sequence(rng, [str(s) for s in wanted]) if rng.random() < 0.95 else rng.choice(
        ["4", "()", "(2.5,)", "None", "[]"])
    more = more[:given(rng, 0.8, more)]
    if len(more) == 2 and rng.random() < 0.2:
        more.append(("eps", rng.choice(["0.1", "1e-3", "'a'", "1"])))
    tensors = {k: v for k, v in tensors.items() if k == "A" or (k in [a[1] for a in more])}
    return call(rng, "F.layer_norm", [("input", "A"), ("normalized_shape", text)] + more), tensors


def group_norm(rng):
    dtype = norm_type(rng)
    groups = rng.choice([1, 2, 2, 3])
    channels = groups * rng.choice([1, 2]) if rng.random() < 0.9 else 5
    shape = (rng.choice([1, 2]), channels) + tuple(rng.choice([1, 2, 3])
                                                   for _ in range(rng.choice([0, 1, 2])))
    if rng.random() < 0.05:
        shape = shape[:1]
    tensors, more = parameters(rng, dtype, ["weight", "bias"], (channels,), (7,))
    tensors["A"] = (dtype, shape)
    text = str(groups) if rng.random() < 0.93 else rng.choice(["0", "-1", "None"])
    more = more[:given(rng, 0.8, more)]
    tensors = {k: v for k, v in tensors.items() if k == "A" or (k in [a[1] for a in more])}
    return call(rng, "F.group_norm", [("input", "A"), ("num_groups", text)] + more), tensors


def batch_norm(rng):
    dtype = norm_type(rng)
    shape = (rng.choice([1, 2]), rng.choice([1, 2, 3])) + tuple(
        rng.choice([1, 2, 3]) for _ in range(rng.choice([0, 1, 2])))
    if rng.random() < 0.05:
        shape = tuple(rng.choice([0, 1, 2]) for _ in range(rng.choice([2, 3])))
    channels = (shape[1],) if len(shape) > 1 else (3,)
    tensors = {"A": (dtype, shape), "M": (mixed(rng, dtype), channels),
               "V": (mixed(rng, dtype), channels if rng.random() < 0.95 else (7,))}
    some, more = parameters(rng, dtype, ["weight", "bias"], channels, (7,))
    more = more[:given(rng, 0.8, more)]
    if len(more) == 2 and rng.random() < 0.5:
        more.append(("training", rng.choice(["True", "False", "True", "1"])))
    tensors.update({k: v for k, v in some.items() if k in [a[1] for a in more]})
    mean = rng.choice(["M", "M", "M", "M", "M", "None", "3"])
    return call(rng, "F.batch_norm", [("input", "A"), ("running_mean", mean),
                                      ("running_var", "V")] + more), tensors


def embedding(rng):
    indices = tuple(rng.choice([1, 2, 3]) for _ in range(rng.choice([0, 1, 1, 2, 2, 3])))
    dtype = rng.choice(["int64"] * 6 + ["int32", "float32", "bool", "int16"])
    table = (30, rng.choice([1, 2, 4])) if rng.random() < 0.92 else rng.choice([(), (3,), (30, 2, 2)])
    arguments = [("input", "A"), ("weight", "W")]
    if rng.random() < 0.2:
        arguments.append(("padding_idx", rng.choice(["0", "3", "-1", "40", "-31", "None"])))
    return (call(rng, "F.embedding", arguments),
            {"A": (dtype, indices), "W": (layer_type(rng), table)})


FAMILIES = [average_pool, maximum_pool, adaptive_pool, convolution, transposed, linear, shuffle,
            layer_norm, group_norm, batch_norm, embedding]
WEIGHTS = [1, 1, 1, 2, 1.5, 1.5, 0.7, 0.7, 0.5, 0.8, 0.5]


def cases(rng):
    while True:
        text, tensors = rng.choices(FAMILIES, WEIGHTS)[0](rng)
        yield "pytorch", text, tensors
