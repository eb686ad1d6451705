"""Random layers of torch.nn, made and called as people write them. Their weights are random, so no
values are kept (differential.py sees to that)."""

from cases_layers import a_type, call, given, image, maybe, sizes

ODD = ["0", "-1", "2.5", "True", "None", "9"]


def tensors(rng, shape, dtype=None):
    return {"x": (dtype or ("float32" if rng.random() < 0.9 else a_type(rng)), tuple(shape))}


def shape_of(rng, low, high):
    shape = [rng.choice([1, 2, 3, 4, 5]) for _ in range(rng.randint(low, high))]
    if rng.random() < 0.05 and shape:
        shape[rng.randrange(len(shape))] = 0
    return shape


def near(rng, size):
    """The size, or now and then another."""
    return size if rng.random() < 0.8 else rng.choice([1, 2, 3, 4, size + 1])


def linear(rng):
    shape = shape_of(rng, 1 if rng.random() < 0.95 else 0, 4)
    arguments = [("in_features", str(near(rng, shape[-1] if shape else 1))),
                 ("out_features", str(rng.choice([1, 2, 3, 10]))),
                 ("bias", maybe(rng, 0.4, rng.choice(["True", "False"])))]
    return call(rng, "nn.Linear", arguments), tensors(rng, shape)


def conv(rng):
    spatial = rng.choice([1, 2, 2, 2, 3])
    shape = image(rng, spatial)
    channels = shape[-spatial - 1] if len(shape) > spatial else 2
    transposed = rng.random() < 0.35
    groups = rng.choice([1, 1, 1, 1, channels or 1, 2])
    optional = [("stride", sizes(rng, spatial, [1, 1, 2], ODD[:2])),
                ("padding", sizes(rng, spatial, [0, 0, 1], ODD[:2]) if rng.random() < 0.9 or transposed
                 else rng.choice(["'same'", "'valid'", "'full'"]))]
    if transposed:
        optional += [("output_padding", sizes(rng, spatial, [0, 0, 1], ["0"])), ("groups", str(groups)),
                     ("bias", rng.choice(["True", "False"])), ("dilation", str(rng.choice([1, 1, 2])))]
    else:
        optional += [("dilation", sizes(rng, spatial, [1, 1, 2], ODD[:2])), ("groups", str(groups)),
                     ("bias", rng.choice(["True", "False"]))]
        if rng.random() < 0.1:
            optional += [("padding_mode", rng.choice(["'zeros'", "'reflect'", "'circular'", "'replicate'"]))]
    arguments = [("in_channels", str(near(rng, channels))), ("out_channels", str(rng.choice([1, 2, 4, 6]))),
                 ("kernel_size", sizes(rng, spatial, [1, 2, 3], ["1"]))]
    name = "nn.Conv%s%dd" % ("Transpose" if transposed else "", spatial)
    return call(rng, name, arguments + optional[:given(rng, 0.6, optional)]), tensors(rng, shape)


def pool(rng):
    spatial = rng.choice([1, 2, 2, 3])
    kind = rng.choice(["Max", "Avg", "AdaptiveAvg", "AdaptiveMax"])
    if kind.startswith("Adaptive"):
        arguments = [("output_size", sizes(rng, spatial, [1, 2, 3], ODD))]
        if kind == "AdaptiveMax":
            arguments.append(("return_indices", maybe(rng, 0.2, "True")))
    else:
        optional = [("stride", sizes(rng, spatial, [1, 2, 3], ODD)), ("padding", sizes(rng, spatial, [0, 0, 1], ODD))]
        if kind == "Max":
            optional += [("dilation", sizes(rng, spatial, [1, 1, 2], ODD)), ("return_indices", "True"),
                         ("ceil_mode", "True")]
        else:
            optional += [("ceil_mode", "True"), ("count_include_pad", "False")]
        arguments = [("kernel_size", sizes(rng, spatial, [1, 2, 3], ODD))] + optional[:given(rng, 0.6, optional)]
    return call(rng, "nn.%sPool%dd" % (kind, spatial), arguments), tensors(rng, image(rng, spatial))


def norm(rng):
    kind = rng.choice(["BatchNorm", "BatchNorm", "InstanceNorm", "LayerNorm", "GroupNorm"])
    if kind == "LayerNorm":
        shape = shape_of(rng, 1, 4)
        last = rng.randint(1, len(shape))
        wanted = [near(rng, s) if rng.random() < 0.3 else s for s in shape[-last:]]
        text = str(wanted[0]) if last == 1 and rng.random() < 0.6 else rng.choice(["%s", "tuple(%s)"]) % wanted
        return call(rng, "nn.LayerNorm", [("normalized_shape", text)]), tensors(rng, shape)
    spatial = rng.choice([1, 2, 2, 3])
    shape = list(image(rng, spatial))
    if kind == "BatchNorm" and spatial == 1 and rng.random() < 0.4:
        shape = shape[:2]
    channels = shape[1] if len(shape) > 1 else 1
    if kind == "GroupNorm":
        groups = rng.choice([1, 1, 2, channels or 1, 3])
        return call(rng, "nn.GroupNorm", [("num_groups", str(groups)), ("num_channels", str(near(rng, channels))),
                                          ("eps", maybe(rng, 0.2, "1e-3")), ("affine", maybe(rng, 0.2, "False"))]), \
            tensors(rng, shape)
    arguments = [("num_features", str(near(rng, channels))), ("eps", maybe(rng, 0.3, "1e-3"))]
    if rng.random() < 0.3:
        arguments.append(("affine", rng.choice(["True", "False"])))
    if rng.random() < 0.2:
        arguments.append(("track_running_stats", rng.choice(["True", "False"])))
    if "eps" not in dict(arguments) or dict(arguments)["eps"] is None:
        arguments = arguments[:1] + [("momentum", "0.1")] * (rng.random() < 0) + \
            [a for a in arguments[1:] if a[1] is not None]
        text = "nn.%s%dd(%s)" % (kind, spatial, ", ".join([arguments[0][1]] + ["%s=%s" % a for a in arguments[1:]]))
    else:
        text = "nn.%s%dd(%s)" % (kind, spatial, ", ".join([arguments[0][1]] + ["%s=%s" % a for a in arguments[1:]]))
    if rng.random() < 0.2:
        text += ".eval()"
    return text, tensors(rng, shape)


SIMPLE = ["nn.ReLU()", "nn.ReLU(inplace=True)", "nn.LeakyReLU(0.2)", "nn.ELU()", "nn.SELU()", "nn.GELU()", "nn.SiLU()",
          "nn.Sigmoid()", "nn.Tanh()", "nn.Softmax(dim=1)", "nn.Softmax(dim=-1)", "nn.LogSoftmax(dim=1)", "nn.Softplus()",
          "nn.Hardtanh()", "nn.ReLU6()", "nn.PReLU()", "nn.PReLU(3)", "nn.Threshold(0.1, 20)", "nn.GLU()", "nn.GLU(dim=1)",
          "nn.Dropout()", "nn.Dropout(0.5)", "nn.Dropout2d(0.1)", "nn.Identity()", "nn.Identity(54, unused=1)",
          "nn.Flatten()", "nn.Flatten(0)", "nn.Flatten(1, 2)", "nn.Flatten(start_dim=2)", "nn.Flatten(0, -2)",
          "nn.Unflatten(1, (2, 2))", "nn.Unflatten(-1, (1, -1))", "nn.Unflatten(1, 4)", "nn.PixelShuffle(2)",
          "nn.PixelUnshuffle(2)", "nn.Upsample(scale_factor=2)", "nn.Upsample(size=(4, 4))", "nn.Upsample(scale_factor=2, mode='bilinear')",
          "nn.Upsample(scale_factor=2, mode='bilinear', align_corners=True)", "nn.Upsample()", "nn.Hardswish()",
          "nn.ReLU(1, 2)", "nn.Flatten(1, 2, 3)", "nn.Softmax()", "nn.Tanh(3)", "nn.Linear(3)", "nn.Conv2d(3, 4)", "nn.MaxPool2d()",
          "nn.Linear()", "nn.Dropout(p=0.3, inplace=True)", "nn.Unfold(2)", "nn.Unfold((2, 2), stride=2)", "nn.Fold((4, 4), 2)",
          "nn.Fold(output_size=(3, 3), kernel_size=(2, 2))"]


def simple(rng):
    return rng.choice(SIMPLE), tensors(rng, shape_of(rng, 0, 5))


def embedding(rng):
    text = call(rng, "nn.Embedding", [("num_embeddings", "4000"), ("embedding_dim", str(rng.choice([1, 3, 8]))),
                                      ("padding_idx", maybe(rng, 0.2, rng.choice(["0", "-1", "4000"])))])
    return text, tensors(rng, shape_of(rng, 0, 3), rng.choice(["int64", "int64", "int64", "int32", "float32", "uint8"]))


PLAIN = [linear, linear, conv, conv, conv, pool, pool, norm, norm, norm, simple, simple, simple, embedding]


def sequential(rng):
    count = rng.randint(1, 4)
    layers = [rng.choice(PLAIN)(rng)[0] for _ in range(count)]
    return "nn.Sequential(%s)" % ", ".join(layers), tensors(rng, image(rng, 2))


def a_net(rng):
    """Layers that mostly fit one another."""
    c, size = rng.choice([1, 3]), rng.choice([8, 9, 12])
    layers, shape, now, channels = [], [rng.choice([1, 2]), c, size, size], size, c
    for _ in range(rng.randint(1, 2)):
        out = rng.choice([4, 6, 8])
        k = rng.choice([1, 3, 5])
        pad = k // 2 if rng.random() < 0.8 else 0
        layers.append("nn.Conv2d(%d, %d, %d, padding=%d)" % (near(rng, channels) if rng.random() < 0.2 else channels, out, k, pad))
        channels, now = out, now + 2 * pad - k + 1
        if rng.random() < 0.5:
            layers.append("nn.BatchNorm2d(%d)" % (channels if rng.random() < 0.9 else 3))
        layers.append("nn.ReLU()")
        layers.append("nn.MaxPool2d(2)")
        now //= 2
    layers.append("nn.Flatten()")
    layers.append("nn.Linear(%d, 10)" % (channels * now * now if rng.random() < 0.6 else rng.choice([128, 256, channels * now])))
    return "nn.Sequential(%s)" % ", ".join(layers), tensors(rng, shape, "float32")


def cases(rng):
    while True:
        text, named = rng.choice(PLAIN + [sequential, a_net, a_net])(rng)
        form = rng.random()
        argument = "x" if rng.random() < 0.98 else rng.choice(["", "x, x", "input=x", "y=x"])
        if form < 0.6:
            yield "pytorch", "%s(%s)" % (text, argument), named
        else:
            yield "pytorch", "layer = %s\nlayer(%s)" % (text, argument), named
