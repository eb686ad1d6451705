#!/usr/bin/env python3
"""Writes tests/golden/messages.jsonl: messages and what is to be read in them.

The examples of templates below are curated by hand from the frameworks' sources; messages that NumPy,
PyTorch and ONNX Runtime printed come from a file of {"id", "text", "code"} lines named on the command
line, with what is to be read in them in messages-read.txt beside this script (id, then JSON).

    tests/oracle/messages.py PRINTED.jsonl > tests/golden/messages.jsonl
"""

import json
import os
import sys

N = None

# framework, op, text, what else is to be read
EXAMPLES = [
    # PyTorch
    ("pytorch", "broadcast", "The size of tensor a 3 must match the size of tensor b (5) at non-singleton dimension 1",
     dict(axis=1, sizes=[3, 5])),
    ("pytorch", "broadcast", "RuntimeError: Attempting to broadcast a dimension of length 2 at -1! Mismatching argument at "
     "index 1 had torch.Size([4, 2]); but expected shape should be broadcastable to [4, 3]",
     dict(a=[4, 2], b=[4, 3], axis=1, axis_raw=-1, sizes=[2, 3], index=1)),
    ("pytorch", "broadcast", "torch._dynamo.exc.TorchRuntimeError: Dynamo failed to run FX node with fake tensors: "
     "call_function <built-in function add>(*(FakeTensor(..., device='cuda:0', size=(8, 3)), FakeTensor(..., "
     "device='cuda:0', size=(8, 4))), **{}): got RuntimeError('Attempting to broadcast a dimension of length 4 at -1! "
     "Mismatching argument at index 1 had torch.Size([8, 4]); but expected shape should be broadcastable to [8, 3]')",
     dict(a=[8, 3], b=[8, 4], axis=1, axis_raw=-1, sizes=[3, 4], index=1)),
    ("pytorch", "broadcast", "Failed running call_function <built-in function mul>(*(FakeTensor(..., size=(s4, 3)), "
     "FakeTensor(..., size=(s4, 5))), **{}):\nThe size of tensor a (3) must match the size of tensor b (5) at "
     "non-singleton dimension 1)",
     dict(a=[N, 3], b=[N, 5], axis=1, sizes=[3, 5])),
    ("pytorch", "matmul", "Failed running call_function <built-in function linear>(*(FakeTensor(..., size=(8, 12)), "
     "Parameter(FakeTensor(..., size=(5, 10), requires_grad=True))), **{}):\na and b must have same reduction dim, but "
     "got [8, 12] X [10, 5].",
     dict(a=[8, 12], b=[10, 5], sizes=[12, 10])),
    ("pytorch", "expand", "RuntimeError: The expanded size of the tensor (4) must match the existing size (3) at "
     "non-singleton dimension 1", dict(axis=1, sizes=[3, 4])),
    ("pytorch", "assign", "Traceback (most recent call last):\n  File \"train.py\", line 12, in <module>\n"
     "    A[...] = B\nRuntimeError: The expanded size of the tensor (256) must match the existing size (1280) at "
     "non-singleton dimension 2.  Target sizes: [1, 1, 256, 256].  Tensor sizes: [1280, 256]",
     dict(a=[1280, 256], b=[1, 1, 256, 256], axis=2, sizes=[1280, 256], expression="A[...] = B")),
    ("pytorch", "cat", "RuntimeError: torch.cat(): Sizes of tensors must match except in dimension 2. Got 60 and 61 in "
     "dimension 3 (The offending index is 1)", dict(cat_axis=2, axis=3, sizes=[60, 61], index=1)),
    ("pytorch", "cat", "RuntimeError: Sizes of tensors must match except in dimension 2. Got 60 and 61 (The offending "
     "index is 0)", dict(axis=2, sizes=[60, 61], index=0)),
    ("pytorch", "cat", "RuntimeError: invalid argument 0: Sizes of tensors must match except in dimension 1. Got 24 and "
     "25 in dimension 2 at /pytorch/aten/src/TH/generic/THTensor.cpp:711", dict(cat_axis=1, axis=2, sizes=[24, 25])),
    ("pytorch", "cat", "All tensors must have the same shape: [2, 3] (except in the concatenating dimension), but found "
     "shape: [2, 4] at position 1", dict(a=[2, 3], b=[2, 4], index=1)),
    ("pytorch", "reshape", "RuntimeError: size '[2 x 3]' is invalid for input with 5 elements at "
     "/pytorch/torch/lib/TH/THStorage.c:55", dict(b=[2, 3], numel=[5, 6])),
    ("pytorch", "permute", "RuntimeError: number of dims don't match in permute", {}),
    ("pytorch", "matmul", "RuntimeError: size mismatch, m1: [64 x 512], m2: [2048 x 10] at "
     "/opt/conda/conda-bld/pytorch/aten/src/TH/generic/THTensorMath.cpp:136",
     dict(a=[64, 512], b=[2048, 10], sizes=[512, 2048])),
    ("pytorch", "matmul", "size mismatch, t: [5], m1: [2 x 3], m2: [4 x 5] at x.cpp:3", dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("pytorch", "matmul", "RuntimeError: mat1 must be a matrix, got 3-D tensor", dict(ranks=[3, N])),
    ("pytorch", "matmul", "RuntimeError: 1D tensors expected, got 2D, 1D tensors", dict(ranks=[2, 1])),
    ("pytorch", "matmul", "1D tensors expected, but got 2D and 2D tensors", dict(ranks=[2, 2])),
    ("pytorch", "matmul", "wrong matrix size, batch1: 3x4, batch2: 5x6 at x.cpp:712", dict(a=[3, 4], b=[5, 6])),
    ("pytorch", "matmul", "RuntimeError: batch1 must be a 3D tensor", {}),
    ("pytorch", "einsum", "RuntimeError: einsum(): operands do not broadcast with remapped shapes [original->remapped]: "
     "[2, 3]->[2, 1, 3] [4, 5]->[1, 5, 4]",
     dict(a=[2, 3], b=[4, 5], remapped=[[2, 1, 3], [1, 5, 4]])),
    ("pytorch", "conv", "Expected 4-dimensional input for 4-dimensional weight [64, 3, 7, 7], but got 3-dimensional input "
     "of size [3, 224, 224] instead", dict(a=[3, 224, 224], b=[64, 3, 7, 7], ranks=[3, 4])),
    ("pytorch", "conv", "Given groups=1, weight of size [64, 3, 7, 7], expected input[16, 1, 224, 224] to have 3 "
     "channels, but got 1 channels instead",
     dict(a=[16, 1, 224, 224], b=[64, 3, 7, 7], axis=1, sizes=[1, 3], groups=1)),
    ("pytorch", "conv", "Given weight of size [8, 3, 3, 3], expected bias to be 1-dimensional with 8 elements, but got "
     "bias of size [4] instead", dict(a=[4], b=[8, 3, 3, 3])),
    ("pytorch", "interpolate", "Non-empty 4D data tensor expected but got a tensor with sizes [1, 0, 4, 4]", dict(a=[1, 0, 4, 4])),
    ("pytorch", "loss", "RuntimeError: size mismatch (got input: [2, 3, 8, 8], target: [2, 8, 9])",
     dict(a=[2, 3, 8, 8], b=[2, 8, 9])),
    ("pytorch", "loss", "ValueError: Expected target size (16, 7), got torch.Size([16])", dict(a=[16, 7], b=[16])),
    ("pytorch", "loss", "only batches of spatial targets supported (3D tensors) but got targets of size: : [4, 1, 9, 9]",
     dict(b=[4, 1, 9, 9])),
    ("pytorch", "broadcast", "/x/torch/nn/modules/loss.py:431: UserWarning: Using a target size (torch.Size([32, 2])) "
     "that is different to the input size (torch.Size([32, 3])). This will likely lead to incorrect results due to "
     "broadcasting. Please ensure they have the same size.\n  return F.mse_loss(input, target)\nTraceback (most recent "
     "call last):\n  File \"t.py\", line 9, in f\n    loss = crit(out, y)\nRuntimeError: The size of tensor a (3) must match "
     "the size of tensor b (2) at non-singleton dimension 1", dict(a=[32, 3], b=[32, 2], axis=1, sizes=[3, 2])),
    ("pytorch", "load_state_dict", "size mismatch for layers.25.fc.weight: copying a param of torch.Size([10, 512]) from "
     "checkpoint, where the shape is torch.Size([2, 512]) in current model.",
     dict(a=[10, 512], b=[2, 512], param="layers.25.fc.weight", count=1)),
    ("pytorch", "load_state_dict", "size mismatch for s: copying a param with shape torch.Size([]) from checkpoint, the "
     "shape in current model is torch.Size([1]).", dict(a=[], b=[1], param="s", count=1)),
    ("pytorch", "index", "IndexError: The shape of the mask [3] at index 0does not match the shape of the indexed tensor "
     "[2, 3] at index 0", dict(a=[2, 3], b=[3], axis=0, axis_b=0, sizes=[2, 3])),
    ("pytorch", "gather", "Size does not match at dimension 0 expected index [3, 3] to be no larger than self [2, 3] apart "
     "from dimension 1", dict(a=[3, 3], b=[2, 3], axis=0)),
    ("pytorch", "layer_norm", "Given normalized_shape=[4096], expected input with shape [*4096], but got input of size[2, 8, "
     "5120]", dict(a=[4096], b=[2, 8, 5120])),

    # NumPy
    ("numpy", "broadcast", "ValueError: operands could not be broadcast together with shapes (2,3) (4,) and requested shape "
     "(2,3)", dict(a=[2, 3], b=[4])),
    ("numpy", "assign", "ValueError: could not broadcast input array from shape (4) into shape (3)", dict(a=[4], b=[3])),
    ("numpy", "assign", "ValueError: shape mismatch: value array of shape (2,3)  could not be broadcast to indexing result "
     "of shape (3,2)", dict(a=[2, 3], b=[3, 2], multiple=True)),
    ("numpy", "index", "IndexError: boolean index did not match indexed array along axis 1; size of axis is 3 but size of "
     "corresponding boolean axis is 4", dict(axis=1, sizes=[3, 4])),
    ("numpy", "cat", "ValueError: all the input array dimensions for the concatenation axis must match exactly, but along "
     "dimension 1, the array at index 0 has size 3 and the array at index 1 has size 4",
     dict(axis=1, sizes=[3, 4], index=1)),
    ("numpy", "cat", "ValueError: all the input array dimensions except for the concatenation axis must match exactly", {}),
    ("numpy", "cat", "ValueError: all the input arrays must have same number of dimensions", {}),
    ("numpy", "reshape", "ValueError: total size of new array must be unchanged", {}),
    ("numpy", "broadcast", "ValueError: shape mismatch: objects cannot be broadcast to a single shape", {}),
    ("numpy", "matmul", "ValueError: matrices are not aligned", {}),

    # TensorFlow
    ("tensorflow", "broadcast", "Incompatible shapes: [32,10] vs. [32,7] [Op:AddV2] name: add/",
     dict(a=[32, 10], b=[32, 7], tf_op="AddV2")),
    ("tensorflow", "broadcast", "InvalidArgumentError: {{function_node __wrapped__Mul_device_/job:localhost/replica:0/"
     "task:0/device:CPU:0}} Incompatible shapes: [2,3] vs. [2,4] [Op:Mul]", dict(a=[2, 3], b=[2, 4], tf_op="Mul")),
    ("tensorflow", "matmul", "ValueError: Dimensions must be equal, but are 3 and 4 for 'MatMul_2_' (op: 'MatMul') with "
     "input shapes: [2,3], [4,5].", dict(a=[2, 3], b=[4, 5], sizes=[3, 4], tf_op="MatMul", node_op="MatMul_2_")),
    ("tensorflow", "broadcast", "ValueError: Dimensions must be equal, but are 10 and 7 for '{{node add}} = AddV2[T=DT_FLOAT]"
     "(x, y)' with input shapes: [?,10], [?,7].", dict(a=[N, 10], b=[N, 7], sizes=[10, 7], tf_op="AddV2", node_op="add")),
    ("tensorflow", "broadcast", "Dimension 0 in both shapes must be equal, but are 3 and 4. Shapes are [3,2] and [4,2]. for "
     "'Select' (op: 'Select') with input shapes: [3,2], [4,2].",
     dict(a=[3, 2], b=[4, 2], axis=0, sizes=[3, 4], tf_op="Select", node_op="Select")),
    ("tensorflow", "cat", "Dimension 1 in both shapes must be equal, but are 8 and 9. Shapes are [?,8] and [?,9]. for "
     "'concat' (op: 'ConcatV2') with input shapes: [?,8,4], [?,9,4], [] and with computed input tensors: input[2] = <2>.",
     dict(a=[N, 8, 4], b=[N, 9, 4], axis=1, cat_axis=2, sizes=[8, 9], tf_op="ConcatV2", node_op="concat")),
    ("tensorflow", "stack", "Dimension 0 in both shapes must be equal, but are 3 and 4. Shapes are [3] and [4]. From merging "
     "shape 0 with other shapes. for 'stack' (op: 'Pack') with input shapes: [3], [4].",
     dict(a=[3], b=[4], axis=0, sizes=[3, 4], tf_op="Pack", node_op="stack")),
    ("tensorflow", "cat", "Shapes must be equal rank, but are 2 and 3 From merging shape 0 with other shapes. for 'concat' "
     "(op: 'ConcatV2') with input shapes: [2,3], [2,3,4], [].",
     dict(a=[2, 3], b=[2, 3, 4], ranks=[2, 3], tf_op="ConcatV2", node_op="concat")),
    ("tensorflow", "matmul", "Shape must be rank 2 but is rank 3 for 'MatMul' (op: 'MatMul') with input shapes: [2,3,4], [4,5].",
     dict(a=[2, 3, 4], b=[4, 5], ranks=[3, 2], tf_op="MatMul", node_op="MatMul")),
    ("tensorflow", "matmul", "Matrix size-incompatible: In[0]: [2,3], In[1]: [4,5] [Op:MatMul]",
     dict(a=[2, 3], b=[4, 5], sizes=[3, 4], tf_op="MatMul")),
    ("tensorflow", "matmul", "InvalidArgumentError: Matrix size-incompatible: In[0]: [32,10], In[1]: [5,20]\n\t [[Node: MatMul = "
     "MatMul[T=DT_FLOAT, transpose_a=false, transpose_b=true, _device=\"/job:localhost/replica:0/task:0/device:CPU:0\"](a, b)]]",
     dict(a=[32, 10], b=[5, 20], sizes=[10, 20], tf_op="MatMul")),
    ("tensorflow", "matmul", "In[0] and In[1] must have compatible batch dimensions: [2,3,4] vs. [5,4,6] [Op:BatchMatMulV2]",
     dict(a=[2, 3, 4], b=[5, 4, 6], tf_op="BatchMatMulV2")),
    ("tensorflow", "matmul", "In[0] mismatch In[1] shape: 4 vs. 5: [2,3,4] [2,5,6] 0 0",
     dict(a=[2, 3, 4], b=[2, 5, 6], sizes=[4, 5])),
    ("tensorflow", "cat", "ConcatOp : Dimensions of inputs should match: shape[0] = [2,3] vs. shape[1] = [2,4] [Op:ConcatV2]",
     dict(a=[2, 3], b=[2, 4], index=1, tf_op="ConcatV2")),
    ("tensorflow", "cat", "ConcatOp : Ranks of all input tensors should match: shape[0] = [2,3] vs. shape[2] = [2,3,4]",
     dict(a=[2, 3], b=[2, 3, 4], index=2, ranks=[2, 3])),
    ("tensorflow", "stack", "Shapes of all inputs must match: values[0].shape = [2,3] != values[1].shape = [2,4] [Op:Pack]",
     dict(a=[2, 3], b=[2, 4], index=1, tf_op="Pack")),
    ("tensorflow", "reshape", "Input to reshape is a tensor with 12 values, but the requested shape has 10 [Op:Reshape]",
     dict(numel=[12, 10], tf_op="Reshape")),
    ("tensorflow", "reshape", "Input to reshape is a tensor with 12 values, but the requested shape requires a multiple of 5",
     dict(numel=[12, 5])),
    ("tensorflow", "reshape", "Input has 12 values, which isn't the same as 10", dict(numel=[12, 10])),
    ("tensorflow", "reshape", "Cannot reshape a tensor with 12 elements to shape [5,2] (10 elements) for 'Reshape' (op: "
     "'Reshape') with input shapes: [3,4], [2] and with input tensors computed as partial shapes: input[1] = [5,2].",
     dict(a=[3, 4], b=[5, 2], numel=[12, 10], tf_op="Reshape", node_op="Reshape")),
    ("tensorflow", "assign", "Assign requires shapes of both tensors to match. lhs shape= [10,3] rhs shape= [10,4]",
     dict(a=[10, 3], b=[10, 4])),
    ("tensorflow", "assign", "Cannot assign value to variable ' dense/kernel:0': Shape mismatch.The variable shape (3, 4), and "
     "the assigned value shape (3, 5) are incompatible.", dict(a=[3, 4], b=[3, 5], param="dense/kernel:0")),
    ("tensorflow", "loss", "logits and labels must have the same first dimension, got logits shape [32,10] and labels shape [320]",
     dict(a=[32, 10], b=[320], axis=0, sizes=[32, 320])),
    ("tensorflow", "loss", "logits and labels must be broadcastable: logits_size=[32,10] labels_size=[16,10]",
     dict(a=[32, 10], b=[16, 10])),
    ("tensorflow", "feed", "ValueError: Cannot feed value of shape (64, 784) for Tensor u'Placeholder:0', which has shape "
     "'(?, 28, 28)'", dict(a=[64, 784], b=[N, 28, 28], param="Placeholder:0")),
    ("tensorflow", "shapes", "ValueError: Shapes (None, 1) and (None, 10) are incompatible", dict(a=[N, 1], b=[N, 10])),
    ("tensorflow", "shapes", "ValueError: Dimensions 3 and 4 are not compatible", dict(sizes=[3, 4])),
    ("tensorflow", "bias", "Must provide as many biases as the last dimension of the input tensor: [5] vs. [2,4] "
     "[Op:BiasAdd]", dict(a=[5], b=[2, 4], tf_op="BiasAdd")),
    ("tensorflow", "conv", "input depth must be evenly divisible by filter depth: 4 vs 3 [Op:Conv2D]",
     dict(sizes=[4, 3], tf_op="Conv2D")),

    # Keras
    ("keras", "input", "ValueError: Input 0 of layer \"dense_1\" is incompatible with the layer: expected axis -1 of input "
     "shape to have value 4, but received input with shape (None, 3)",
     dict(a=[N, 3], axis=1, axis_raw=-1, sizes=[3, 4], index=0, param="dense_1")),
    ("keras", "input", "ValueError: Input 0 of layer dense is incompatible with the layer: : expected axis -1 of input shape "
     "to have value 4 but received input with shape (None, 3)",
     dict(a=[N, 3], axis=1, axis_raw=-1, sizes=[3, 4], index=0, param="dense")),
    ("keras", "input", "Input 0 is incompatible with layer dense_1: expected axis -1 of input shape to have value 4 but got "
     "shape (None, 3)", dict(a=[N, 3], axis=1, axis_raw=-1, sizes=[3, 4], index=0, param="dense_1")),
    ("keras", "input", "Input 0 with name 'x' of layer 'conv2d_3' is incompatible with the layer: expected axis -1 of input "
     "shape to have value 3, but received input with shape (None, 8, 8, 1)\n\nArguments received by Conv2D.call():\n  • "
     "inputs=tf.Tensor(shape=(None, 8, 8, 1), dtype=float32)",
     dict(a=[N, 8, 8, 1], axis=3, axis_raw=-1, sizes=[1, 3], param="conv2d_3")),
    ("keras", "input", "Input 0 of layer \"lstm\" is incompatible with the layer: expected ndim=3, found ndim=2. Full shape "
     "received: (None, 10)", dict(a=[N, 10], ranks=[2, 3], index=0, param="lstm")),
    ("keras", "input", "ValueError: Input 0 is incompatible with layer lstm_1: expected ndim=3, found ndim=2",
     dict(ranks=[2, 3], index=0, param="lstm_1")),
    ("keras", "input", "Input 0 of layer \"model\" is incompatible with the layer: expected shape=(None, 224, 224, 3), found "
     "shape=(None, 200, 200, 3)", dict(a=[N, 200, 200, 3], b=[N, 224, 224, 3], index=0, param="model")),
    ("keras", "input", "ValueError: Error when checking input: expected conv2d_1_input to have 4 dimensions, but got array "
     "with shape (60000, 28, 28)", dict(a=[60000, 28, 28], ranks=[3, 4], param="conv2d_1_input")),
    ("keras", "input", "ValueError: Error when checking target: expected dense_2 to have shape (1,) but got array with shape "
     "(10,)", dict(a=[10], b=[1], param="dense_2")),
    ("keras", "loss", "A target array with shape (100, 1) was passed for an output of shape (None, 10) while using as loss "
     "`categorical_crossentropy`. This loss expects targets to have the same shape as the output.",
     dict(a=[N, 10], b=[100, 1])),
    ("keras", "input", "Invalid input shape for input <tf.Tensor 'x:0' shape=(2, 3)> with name 'x' and path '0'. Expected "
     "shape (None, 4), but input has incompatible shape (2, 3)", dict(a=[2, 3], b=[N, 4])),
    ("keras", "broadcast", "Inputs have incompatible shapes. Received shapes (32, 32, 64) and (16, 16, 64)",
     dict(a=[32, 32, 64], b=[16, 16, 64], multiple=True)),
    ("keras", "broadcast", "Operands could not be broadcast together with shapes (3, 4) (3, 5)", dict(a=[3, 4], b=[3, 5])),
    ("keras", "cat", "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. Received: "
     "input_shape=[(None, 4, 5), (None, 3, 5)]", dict(a=[N, 4, 5], b=[N, 3, 5])),
    ("keras", "cat", "A `Concatenate` layer requires inputs with matching shapes except for the concat axis. Got inputs "
     "shapes: [(None, 4), (None, 5, 5), (None, 6)]",
     dict(a=[N, 4], b=[N, 5, 5], shapes=[[N, 4], [N, 5, 5], [N, 6]])),
    ("keras", "matmul", "Incompatible input shapes: axis values 3 (at axis 1) != 4 (at axis 2). Full input shapes: (2, 3), "
     "(2, 5, 4)", dict(a=[2, 3], b=[2, 5, 4], axis=1, axis_b=2, sizes=[3, 4])),
    ("keras", "broadcast", "Cannot broadcast shape, the failure dim has value 3, which cannot be broadcasted to 4. Input shapes "
     "are: [2, 3] and [2, 4].", dict(a=[2, 3], b=[2, 4], sizes=[3, 4])),
    ("keras", "matmul", "Inner dimensions (`x1.shape[-1]` and `x2.shape[-2]`) must be equal, but received `x1.shape=(2, 3)` and "
     "`x2.shape=(4, 5)`.", dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("keras", "reshape", "The total size of the tensor must be unchanged. Received: input_shape=(12,), newshape=(5, 2)",
     dict(a=[12], b=[5, 2])),
    ("keras", "reshape", "total size of new array must be unchanged, input_shape = [12], output_shape = [5, 2]",
     dict(a=[12], b=[5, 2])),
    ("keras", "load_state_dict", "Layer dense weight shape (3, 4) is not compatible with provided weight shape (3, 5).",
     dict(a=[3, 4], b=[3, 5])),
    ("keras", "load_state_dict", "Shape mismatch in layer #12 (named dense_2) for weight dense_2/kernel:0. Weight expects shape "
     "(512, 10). Received saved weight with shape (512, 2)", dict(a=[512, 10], b=[512, 2], param="dense_2/kernel:0")),
    ("keras", "assign", "The shape of the target variable and the shape of the target value in `variable.assign(value)` must "
     "match. variable.shape=(3, 4), Received: value.shape=(3, 5). Target variable: <Variable shape=(3, 4)>",
     dict(a=[3, 4], b=[3, 5])),
    ("keras", "loss", "Arguments `target` and `output` must have the same shape. Received: target.shape=(None, 1), "
     "output.shape=(None, 10)", dict(a=[N, 10], b=[N, 1])),
    ("keras", "conv", "The number of input channels must match the kernel's input channels. Received: input channels=4, kernel "
     "input channels=3, data_format='channels_last'.", dict(sizes=[4, 3])),

    # JAX, Flax
    ("jax", "broadcast", "ValueError: Incompatible shapes for broadcasting: shapes=[(2, 3), (4,)]", dict(a=[2, 3], b=[4])),
    ("jax", "broadcast", "ValueError: Incompatible shapes for broadcasting: ((2, 4), (1, 2))", dict(a=[2, 4], b=[1, 2])),
    ("jax", "broadcast", "TypeError: add got incompatible shapes for broadcasting: (2, 3), (2, 4).",
     dict(a=[2, 3], b=[2, 4], node_op="add")),
    ("jax", "matmul", "TypeError: dot_general requires contracting dimensions to have the same shape, got (3,) and (4,).",
     dict(sizes=[3, 4])),
    ("jax", "matmul", "dot_general requires lhs batch dimensions and rhs batch dimensions to have the same shape, got (2,) and "
     "(5,).", dict(sizes=[2, 5])),
    ("jax", "matmul", "TypeError: Incompatible shapes for dot: got (2, 3) and (4, 5).", dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("jax", "cat", "TypeError: Cannot concatenate arrays with shapes that differ in dimensions other than the one being "
     "concatenated: concatenating along dimension 0 for shapes (2, 3), (2, 4).", dict(a=[2, 3], b=[2, 4], cat_axis=0)),
    ("jax", "stack", "ValueError: All input arrays must have the same shape. Got [(2, 3), (2, 4)].", dict(a=[2, 3], b=[2, 4])),
    ("jax", "reshape", "TypeError: cannot reshape array of shape (2, 3) (size 6) into shape (4, 2) (size 8)",
     dict(a=[2, 3], b=[4, 2], numel=[6, 8])),
    ("jax", "conv", "conv_general_dilated lhs feature dimension size divided by feature_group_count must equal the rhs input "
     "feature dimension size, but 4 // 1 != 3.", dict(sizes=[4, 3], groups=1)),
    ("jax", "scan", "ValueError: scan got values with different leading axis sizes: 10, 12.", dict(sizes=[10, 12])),
    ("jax", "vmap", "ValueError: vmap got inconsistent sizes for array axes to be mapped:\n  * one axis had size 2: axis 0 of "
     "argument x of type float32[2,3];\n  * one axis had size 4: axis 0 of argument y of type float32[4]",
     dict(a=[2, 3], b=[4], axis=0, axis_b=0, sizes=[2, 4])),
    ("jax", "vmap", "ValueError: vmap got inconsistent sizes for array axes to be mapped:\narg 0 has shape (10, 4) and axis 0 is "
     "to be mapped\narg 1 has shape (5,) and axis 0 is to be mapped\nso\narg 0 has an axis to be mapped of size 10",
     dict(a=[10, 4], b=[5], axis=0, axis_b=0, sizes=[10, 5])),
    ("flax", "param", "flax.errors.ScopeParamShapeError: For parameter \"kernel\" in \"/Dense_0\", the given initializer is "
     "expected to generate shape (3, 4), but the existing parameter it received has shape (5, 4).",
     dict(a=[3, 4], b=[5, 4], param="kernel")),
    ("flax", "param", "Initializer expected to generate shape (3, 4) but got shape (5, 4) instead for parameter \"kernel\" in "
     "\"/Dense_0\".", dict(a=[3, 4], b=[5, 4], param="kernel")),
    ("flax", "param", "Inconsistent shapes between value and initializer for parameter \"kernel\" in \"/Dense_0\": (5, 4), (3, 4).",
     dict(a=[3, 4], b=[5, 4], param="kernel")),

    # ONNX Runtime, ONNX, TensorRT
    ("onnxruntime", "input", "[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Got invalid dimensions for input: images for the "
     "following indices\n index: 2 Got: 480 Expected: 640\n index: 3 Got: 512 Expected: 640\n Please fix either the inputs/"
     "outputs or the model.", dict(axis=2, sizes=[480, 640], param="images", multiple=True,
                                   mismatches=[[2, 480, 640], [3, 512, 640]])),
    ("onnxruntime", "broadcast", "\x1b[1;31m2024-01-02 03:04:05.678 [E:onnxruntime:, sequential_executor.cc:514 ExecuteKernel] "
     "Non-zero status code returned while running Add node. Name:'Add_1' Status Message: /x/element_wise_ops.h:563 void "
     "onnxruntime::BroadcastIterator::Init(ptrdiff_t, ptrdiff_t) axis == 1 || axis == largest was false. Attempting to "
     "broadcast an axis by a dimension other than 1. 3 by 4\x1b[m", dict(sizes=[3, 4], node_op="Add")),
    ("onnxruntime", "cat", "Ranks of input data are different, cannot concatenate them. expected rank: 2 got: 3",
     dict(ranks=[3, 2])),
    ("onnx", "matmul", "[ShapeInferenceError] Incompatible dimensions for matrix multiplication", {}),
    ("tensorrt", "input", "[TRT] [E] 3: [executionContext.cpp::setInputShape::2068] Static dimension mismatch while setting input "
     "shape for images. Set dimensions are [1,3,640,480]. Expected dimensions are [1,3,640,640].",
     dict(a=[1, 3, 640, 480], b=[1, 3, 640, 640], param="images")),
    ("tensorrt", "input", "Supplied binding dimension [8,3,4] for bindings[0] exceed min ~ max range at index 0, maximum "
     "dimension in profile is 4, minimum dimension in profile is 1, but supplied dimension is 8.",
     dict(a=[8, 3, 4], axis=0, sizes=[8, 4], index=0)),
    ("tensorrt", "broadcast", "Add_5: elementwise inputs must have same dimensions or follow broadcast rules (input dimensions "
     "were [1,3,4] and [1,5,4]).", dict(a=[1, 3, 4], b=[1, 5, 4])),

    # others
    ("mlx", "broadcast", "ValueError: [broadcast_shapes] Shapes (2,3) and (2,4) cannot be broadcast.", dict(a=[2, 3], b=[2, 4])),
    ("mlx", "reshape", "[reshape] Cannot reshape array of size 6 into shape (4,2).", dict(b=[4, 2], numel=[6, 8])),
    ("mlx", "matmul", "[matmul] Last dimension of first input with shape (2,3) must match second to last dimension of second "
     "input with shape (4,5).", dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("mlx", "cat", "[concatenate] All the input array dimensions must match exactly except for the concatenation axis. However, "
     "the provided shapes are (2,3), (2,4), and the concatenation axis is 0.", dict(a=[2, 3], b=[2, 4], cat_axis=0)),
    ("mlx", "param", "Expected shape (3, 4) but received shape (3, 5) for parameter layers.0.weight",
     dict(a=[3, 4], b=[3, 5])),
    ("tinygrad", "matmul", "RuntimeError: cannot dot (2, 3) and (4, 5)", dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("tinygrad", "reshape", "ValueError: size mismatch, can't reshape (2, 3) -> (4, 2)", dict(a=[2, 3], b=[4, 2])),
    ("tinygrad", "broadcast", "ValueError: cannot broadcast (2, 3) to new_shape=(2, 4)", dict(a=[2, 3], b=[2, 4])),
    ("tinygrad", "load_state_dict", "Shape mismatch in layer `l1.weight`: Expected shape (3, 4), but found (3, 5) in state dict.",
     dict(a=[3, 4], b=[3, 5], param="l1.weight")),
    ("cupy", "matmul", "ValueError: shapes ((2, 3)) and ((4, 5)) not aligned: 3 (dim 1) != 4 (dim 0)",
     dict(a=[2, 3], b=[4, 5], axis=1, axis_b=0, sizes=[3, 4])),
    ("dask", "broadcast", "ValueError: cannot broadcast shape (2, 3) to shape (2, 4)", dict(a=[2, 3], b=[2, 4])),
    ("numpy", "assign", "could not broadcast input array from shape(2, 3) into shape (2, 4)", dict(a=[2, 3], b=[2, 4])),
    ("xarray", "coords", "ValueError: conflicting sizes for dimension 'x': length 3 on the data but length 4 on coordinate "
     "'x'", dict(sizes=[3, 4], param="x")),
    ("einops", "rearrange", "einops.EinopsError:  Error while processing rearrange-reduction pattern \"b (h w) c -> b c h w\".\n "
     "Input tensor shape: torch.Size([2, 10, 3]). Additional info: {'h': 3}.\n Shape mismatch, can't divide axis of length 10 "
     "in chunks of 3", dict(a=[2, 10, 3], sizes=[10, 3], node_op="rearrange", label="b (h w) c -> b c h w")),
    ("einops", "reduce", "Error while processing mean-reduction pattern \"b c -> b\".\n Input tensor shape: (2, 3, 4). Additional "
     "info: {}.\n Wrong shape: expected 2 dims. Received 3-dim tensor.",
     dict(a=[2, 3, 4], ranks=[3, 2], node_op="mean", label="b c -> b")),
    ("candle", "matmul", "Error: shape mismatch in matmul, lhs: [2, 3], rhs: [4, 5]", dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("candle", "broadcast", "shape mismatch in add, lhs: [2, 3], rhs: [2, 4]", dict(a=[2, 3], b=[2, 4], node_op="add")),
    ("candle", "cat", "shape mismatch in cat for dim 0, shape for arg 1: [2, 3] shape for arg 2: [2, 4]",
     dict(a=[2, 3], b=[2, 4], cat_axis=0, index=2)),
    ("llama.cpp", "param", "error loading model: create_tensor: tensor 'token_embd.weight' has wrong shape; expected  "
     "4096, 32001, got  4096, 32000,     1,     1", dict(a=[4096, 32000, 1, 1], b=[4096, 32001], param="token_embd.weight")),
    ("ndarray", "matmul", "ndarray: inputs 2 × 3 and 4 × 5 are not compatible for matrix multiplication",
     dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("xtensor", "broadcast", "Incompatible dimension of arrays:\n LHS shape = (2, 3)\n RHS shape = (2, 4)", dict(a=[2, 3], b=[2, 4])),
    ("tfjs", "broadcast", "Error: Operands could not be broadcast together with shapes 2,3 and 2,4.", dict(a=[2, 3], b=[2, 4])),
    ("mxnet", "broadcast", "mxnet.base.MXNetError: Error in operator conv0: [12:00:00] elemwise_op_common.h:135: Check failed: "
     "assign(&dattr, vec.at(i)): Incompatible attr in node broadcast_add0 at 1-th input: expected [2,3], got [2,4]",
     dict(a=[2, 4], b=[2, 3], index=1, param="broadcast_add0")),
    ("mxnet", "param", "Shape inconsistent, Provided = [10,512], inferred shape=[10,2048]", dict(a=[10, 512], b=[10, 2048])),
    ("mxnet", "matmul", "dot shape error: [2,3] X [4,5]", dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("paddle", "broadcast", "(InvalidArgument) Broadcast dimension mismatch. Operands could not be broadcast together with the "
     "shape of X = [2, 3] and the shape of Y = [2, 4]. Received [3] in X is not equal to [4] in Y at i:1.",
     dict(a=[2, 3], b=[2, 4], axis=1, sizes=[3, 4])),
    ("theano", "broadcast", "ValueError: Input dimension mis-match. (input[0].shape[1] = 3, input[1].shape[1] = 4)\nApply node\n"
     "Inputs shapes: [(2, 3), (2, 4)]\nInputs strides: [(12, 4), (16, 4)]",
     dict(a=[2, 3], b=[2, 4], axis=1, axis_b=1, sizes=[3, 4], index=0)),
    ("pandas", "assign", "ValueError: Length of values (3) does not match length of index (4)", dict(sizes=[3, 4])),
    ("pandas", "constructor", "ValueError: Shape of passed values is (2, 3), indices imply (2, 4)", dict(a=[2, 3], b=[2, 4])),
    ("scikit-learn", "lengths", "ValueError: Found input variables with inconsistent numbers of samples: [100, 90]",
     dict(axis=0, sizes=[100, 90])),
    ("scikit-learn", "features", "ValueError: X has 3 features, but LinearRegression is expecting 4 features as input.",
     dict(axis=1, sizes=[3, 4], param="LinearRegression")),
    ("opencv", "broadcast", "cv2.error: OpenCV(4.5.1) arithm.cpp:669: error: (-209:Sizes of input arguments do not match) The "
     "operation is neither 'array op array' (where arrays have the same size and the same number of channels), nor 'array op "
     "scalar', nor 'scalar op array' in function 'arithm_op'", {}),
    ("matlab", "assign", "Unable to perform assignment because the size of the left side is 3-by-4 and the size of the right side "
     "is 3-by-5.", dict(a=[3, 5], b=[3, 4])),
    ("matlab", "broadcast", "Arrays have incompatible sizes for this operation.", {}),
    ("matlab", "matmul", "Error using  * \nIncorrect dimensions for matrix multiplication. Check that the number of columns in the "
     "first matrix matches the number of rows in the second matrix.", {}),
    ("matlab", "cat", "Error using horzcat\nDimensions of arrays being concatenated are not consistent.", dict(cat_axis=1)),
    ("octave", "broadcast", "error: operator +: nonconformant arguments (op1 is 2x3, op2 is 2x4)", dict(a=[2, 3], b=[2, 4])),
    ("octave", "matmul", "error: operator *: nonconformant arguments (op1 is 2x3, op2 is 4x5)",
     dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("octave", "assign", "error: =: nonconformant arguments (op1 is 1x3, op2 is 1x4)", dict(a=[1, 4], b=[1, 3])),
    ("octave", "cat", "error: vertical dimensions mismatch (1x3 vs 1x4)", dict(a=[1, 3], b=[1, 4], cat_axis=0)),
    ("r", "matmul", "Error in A %*% B : non-conformable arguments", {}),
    ("julia", "matmul", "DimensionMismatch(\"matrix A has dimensions (2,3), matrix B has dimensions (4,5)\")",
     dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("julia", "matmul", "matrix A has dimensions (2,3) but B has dimensions (4, 5)", dict(a=[2, 3], b=[4, 5], sizes=[3, 4])),
    ("julia", "broadcast", "ERROR: DimensionMismatch(\"arrays could not be broadcast to a common size; got a dimension with lengths "
     "3 and 4\")", dict(sizes=[3, 4])),
    ("julia", "broadcast", "DimensionMismatch: dimensions must match: a has dims (Base.OneTo(3),), b has dims (Base.OneTo(4),), "
     "mismatch at 1", dict(a=[3], b=[4], axis=0, sizes=[3, 4])),
    ("julia", "assign", "DimensionMismatch(\"tried to assign 3 elements to 4 destinations\")", dict(sizes=[3, 4])),
    ("flux", "layer", "DimensionMismatch: layer Dense(10 => 5) expects size(input, 1) == 10, but got 3×4 Matrix{Float32}",
     dict(a=[3, 4], axis=0, sizes=[3, 10])),
    # wordings that are none of the templates', and what people leave of them
    ("pytorch", "matmul", "RuntimeError: mat1 and mat2 shapes cannot be multiplied (B x F and 512x10)",
     dict(a=[N, N], b=[512, 10], sizes=[N, 512])),
    ("pytorch", "matmul", "a and b must have same reduction dim, but got [s77, s0*s53] X [784, 128].",
     dict(a=[N, N], b=[784, 128], sizes=[N, 784])),
    ("pytorch", "cat", "RuntimeError: Tensors must have the same number of dimensions: got 4 and 2", dict(ranks=[4, 2])),
    ("pytorch", "cat", "RuntimeError: zero-dimensional tensor (at position 24) cannot be concatenated", dict(index=24)),
    ("pytorch", "conv", "RuntimeError: Expected 4-dimensional input for 4-dimensional weight 64 3 7 7 94387354416688, but got "
     "5-dimensional input of size [6, 3, 3, 224, 224] instead", dict(a=[6, 3, 3, 224, 224], b=[64, 3, 7, 7], ranks=[5, 4])),
    ("pytorch", "conv", "Expected 5-dimensional input for 5-dimensional weight [24, 1, 3, 3, 3], but got input of size "
     "[2, 20, 1, 10, 50, 100] instead", dict(a=[2, 20, 1, 10, 50, 100], b=[24, 1, 3, 3, 3], ranks=[6, 5])),
    ("jax", "index", "IndexError: Too many indices for array: 1 non-None/Ellipsis indices for dim 0.", dict(ranks=[0, 1])),
    ("jax", "index", "IndexError: Too many indices: 0-dimensional array indexed with 1 regular index.", dict(ranks=[0, 1])),
    ("tensorflow", "axis", "InvalidArgumentError: Expected dimension in the range [-1, 1), but got 1\n\t [[Node: ArgMax_1 = "
     "ArgMax[T=DT_INT32](_recv_Placeholder_2_0, ArgMax_1/dimension)]]", dict(ranks=[1, N], index=1, tf_op="ArgMax")),
    ("tensorflow", "shapes", "ValueError: Shape (?, 50, 512) must have rank 2", dict(a=[N, 50, 512], ranks=[3, 2])),
    ("tensorflow", "shapes", "ValueError: Shape (128, ?) must have rank at least 3", dict(a=[128, N], ranks=[2, 3])),
    ("tensorflow", "reshape", "Cannot reshape a tensor with 96 elements to shape [20,12] (240 elements) for '{{node r/Reshape}} = "
     "Reshape[T=DT_FLOAT, Tshape=DT_INT32](x, r/shape)' with input shapes: [2,4,12], [2] and with input tensors computed as "
     "partial shapes: input[1] = [20,12].",
     dict(a=[2, 4, 12], b=[20, 12], numel=[96, 240], tf_op="Reshape", node_op="r/Reshape")),
    ("tensorflow", "reshape", "ValueError: Cannot reshape a tensor with 2 elements to shape [0, 1] (0 elements)",
     dict(b=[0, 1], numel=[2, 0])),
    ("tensorflow", "cat", "ValueError: Shape must be rank 2 but is rank 3 for '{{node concat}} = ConcatV2[N=2, T=DT_FLOAT, "
     "Tidx=DT_INT32](args_0, args_2, concat/axis)' with input shapes: [128,0], [?,128,100], [].",
     dict(a=[128, 0], b=[N, 128, 100], ranks=[3, 2], tf_op="ConcatV2", node_op="concat")),
    ("tensorflow", "pool", "ValueError: Negative dimension size caused by subtracting 2 from 1 for '{{node max_pooling2d_2/"
     "MaxPool}} = MaxPool[T=DT_FLOAT, data_format=\"NCHW\", ksize=[1, 1, 2, 2], padding=\"VALID\", strides=[1, 1, 2, 2]]"
     "(conv2d_6/Identity)' with input shapes: [?,256,1,1].",
     dict(a=[N, 256, 1, 1], sizes=[1, 2], tf_op="MaxPool", node_op="max_pooling2d_2/MaxPool")),
    ("keras", "input", "ValueError: Data cardinality is ambiguous:\n  x sizes: 8035, 7680\n  y sizes: 8035\nMake sure all arrays "
     "contain the same number of samples.", dict(axis=0, sizes=[8035, 7680])),
    ("keras", "input", "Data cardinality is ambiguous:\n  x sizes: 9000, 9000\n  y sizes: 18000\nPlease provide data which "
     "shares the same first dimension.", dict(axis=0, sizes=[9000, 18000])),
    ("keras", "load_state_dict", "ValueError: Layer weight shape (1792, 128) not compatible with provided weight shape (1792, 512)",
     dict(a=[1792, 128], b=[1792, 512])),
    ("keras", "load_state_dict", "Layer shape (1024, 4) not compatible with weight shape (1024, 5).", dict(a=[1024, 4], b=[1024, 5])),
    ("paddle", "conv", "ValueError: (InvalidArgument) The number of input's channels should be equal to filter's channels * groups "
     "for Op(Conv). But received: the input's channels is 64, the input's shape is [4, 64, 48, 48]; the filter's channels is 24, "
     "the filter's shape is [64, 24, 3, 3]; the groups is 4, the data_format is NCHW. The error may come from wrong data_format "
     "setting.\n  [Hint: Expected input_channels == filter_dims[1] * groups, but received input_channels:64 != filter_dims[1] * "
     "groups:96.] (at /paddle/paddle/phi/infermeta/binary.cc:529)",
     dict(a=[4, 64, 48, 48], b=[64, 24, 3, 3], axis=1, sizes=[64, 96], groups=4)),
    ("paddle", "conv", "The input of Op(Conv) should be a 4-D or 5-D Tensor. But received: input's dimension is 3, input's shape is "
     "[1, 150, 150]", dict(a=[1, 150, 150], ranks=[3, N])),
    ("paddle", "cat", "The 2-th dimension of input[0] and input[1] is expected to be equal.But received input[0]'s shape = [1, 512, "
     "13, 64], input[1]'s shape = [1, 512, 1, 832].", dict(a=[1, 512, 13, 64], b=[1, 512, 1, 832], axis=2, sizes=[13, 1], index=1)),
    ("paddle", "matmul", "Enforce failed. Expected x_mat_dims[1] == y_mat_dims[0], but received x_mat_dims[1]:30 != "
     "y_mat_dims[0]:512.", dict(sizes=[30, 512])),
    ("flux", "layer", "ERROR: DimensionMismatch: layer Conv((3, 3), 3 => 4) expects size(x, 3) == 3, but got x = 10×10×2×1 "
     "Array{Float64, 4}", dict(a=[10, 10, 2, 1], axis=2, sizes=[2, 3])),
    ("flux", "layer", "DimensionMismatch(\"input size should equal to (10,), got (5, 2)\")", dict(a=[5, 2], b=[10])),
    ("scikit-learn", "lengths", "ValueError: Found arrays with inconsistent numbers of samples: [  1 999]",
     dict(axis=0, sizes=[1, 999])),
    ("matlab", "matmul", "Error using * Inner matrix dimensions must agree.", {}),
    ("matlab", "assign", "Unable to perform assignment because the indices on the left side are not compatible with the size of "
     "the right side.", {}),
    ("matlab", "assign", "Assignment has more non-singleton rhs dimensions than non-singleton subscripts", {}),
    ("einops", "rearrange", "einops.EinopsError: Shape mismatch, can't divide axis of length 85 in chunks of 2", dict(sizes=[85, 2])),
    ("pytorch", "cat", "Expected size 17 but got size 9 for tensor number 1 in the list.", dict(sizes=[17, 9], index=1)),
    ("pytorch", "load_state_dict", "AssertionError: Attempted to load weight (torch.Size([3600])) into parameter "
     "(torch.Size([3584]))", dict(a=[3600], b=[3584])),
    ("tensorflow", "input", "ValueError: Cannot set tensor: Dimension mismatch. Got 512 but expected 257 for dimension 2 of input 0.",
     dict(axis=2, sizes=[512, 257], index=0)),
    ("tensorflow", "input", "ValueError: Cannot set tensor: Dimension mismatch. Got 3 but expected 4 for input 0.",
     dict(ranks=[3, 4], index=0)),
    ("jax", "vmap", "TypeError: got inconsistent map dimension sizes: set([10, 2])", dict(sizes=[10, 2])),
    ("pandas", "index", "ValueError: Item wrong length 114 instead of 60.", dict(sizes=[114, 60])),
    ("openvino", "input", "Can't set the input tensor with index: 0, because the model input (shape=[?,3,1024,1024]) and the tensor "
     "(shape=(1.3.768.768)) are incompatible", dict(a=[1, 3, 768, 768], b=[N, 3, 1024, 1024])),
]

# texts that are not about shapes
OTHERS = [
    "",
    "RuntimeError: CUDA out of memory. Tried to allocate 256.00 MiB (GPU 0; 7.79 GiB total capacity; 5.20 GiB already allocated)",
    "ModuleNotFoundError: No module named 'torch'",
    "ImportError: cannot import name 'Shape' from 'tensorflow.python.framework' (/usr/lib/python3/tensor_shape.py)",
    "KeyError: 'conv1.weight'",
    "AttributeError: 'NoneType' object has no attribute 'shape'",
    "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
    "RuntimeError: Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!",
    "RuntimeError: expected scalar type Float but found Double",
    "RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn",
    "RuntimeError: one of the variables needed for gradient computation has been modified by an inplace operation: "
    "[torch.cuda.FloatTensor [64, 128]], which is output 0 of ReluBackward0, is at version 2; expected version 1 instead.",
    "FileNotFoundError: [Errno 2] No such file or directory: 'shape_1x3x224x224.npy'",
    "IndexError: list index out of range",
    "IndexError: index out of range in self",
    "ValueError: too many values to unpack (expected 2)",
    "ValueError: invalid literal for int() with base 10: '3x4'",
    "ValueError: could not convert string to float: '(2,3)'",
    "ZeroDivisionError: division by zero",
    "NameError: name 'A' is not defined",
    "SyntaxError: invalid syntax (train.py, line 256)",
    "IndentationError: unexpected indent",
    "RecursionError: maximum recursion depth exceeded while calling a Python object",
    "MemoryError: Unable to allocate 7.45 GiB for an array with shape (1000, 1000, 1000) and data type float64",
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x93 in position 0: invalid start byte",
    "OSError: [WinError 126] The specified module could not be found. Error loading \"C:\\x\\torch\\lib\\shm.dll\"",
    "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
    "pickle.UnpicklingError: invalid load key, '\\x1f'.",
    "RuntimeError: CUDA error: device-side assert triggered",
    "RuntimeError: cuDNN error: CUDNN_STATUS_EXECUTION_FAILED",
    "Segmentation fault (core dumped)",
    "Killed",
    "DeprecationWarning: `np.int` is a deprecated alias for the builtin `int`.",
    "FutureWarning: elementwise is deprecated; use shape=(2, 3) instead",
    "UserWarning: To copy construct from a tensor, it is recommended to use sourceTensor.clone().detach()",
    "2024-01-02 03:04:05.678901: I tensorflow/core/platform/cpu_feature_guard.cc:142] This TensorFlow binary is optimized",
    "Model: \"sequential\"\nLayer (type)  Output Shape  Param #\ndense (Dense)  (None, 10)  7850\nTotal params: 7,850",
    "x.shape == torch.Size([2, 3]) and y.shape == torch.Size([2, 4])",
    "print(a.shape)\n(1, 1, 256, 256)\nprint(b.shape)\n(1, 1, 1280, 256)",
    "The quick brown fox jumps over the lazy dog.",
    "How do I reshape a tensor of size 256 into shape (16, 16)?",
    "Broadcasting stretches an axis of 1; the sizes of all other axes must match.",
    "matrix multiplication needs the inner sizes to be equal, 3 and 4 are not",
    "epoch 3/10 - loss: 0.5312 - accuracy: 0.8123 - 12s 24ms/step [=====>....]",
    "error: RPC failed; curl 56 GnuTLS recv error (-54): Error in the pull function.",
    "main.c:12:5: error: expected ';' before 'return'",
    "error[E0382]: borrow of moved value: `shape`",
    "java.lang.ArrayIndexOutOfBoundsException: Index 5 out of bounds for length 3",
    "ERROR: UndefVarError: x not defined",
    "error: 'x' undefined near line 1, column 1",
    "Error in eval(expr, envir, enclos) : object 'x' not found",
    "cv2.error: OpenCV(4.5.1) resize.cpp:4051: error: (-215:Assertion failed) !ssize.empty() in function 'resize'",
    "ValueError: The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
    "TypeError: only size-1 arrays can be converted to Python scalars",
    "raise ValueError(f\"Shapes {a.shape} and {b.shape} are incompatible\")",
    "requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://example.org/1x3x224x224",
    "tensor([[0.1, 0.2], [0.3, 0.4]], device='cuda:0')",
    "[1;31mE0102 03:04:05.678 12345 main.cc:256] connection refused[0m",
    "\x1b[31m\x1b[1m\x1b[0m \x01\x02\x03",
    "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 23.65 GiB total capacity; 22.81 "
    "GiB already allocated; 6.56 MiB free; 22.97 GiB reserved in total by PyTorch) If reserved memory is >> allocated "
    "memory try setting max_split_size_mb to avoid fragmentation.",
    "RuntimeError: CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be asynchronously "
    "reported at some other API call, so the stacktrace below might be incorrect.",
    "RuntimeError: CUDA error: device-side assert triggered\n../aten/src/ATen/native/cuda/Loss.cu:250: "
    "nll_loss_forward_reduce_cuda_kernel_2d: block: [0,0,0], thread: [3,0,0] Assertion `t >= 0 && t < n_classes` failed.",
    "RuntimeError: Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the same",
    "RuntimeError: mat1 and mat2 must have the same dtype, but got Half and Float",
    "RuntimeError: \"addmm_impl_cpu_\" not implemented for 'Half'",
    "TypeError: can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first.",
    "RuntimeError: Expected object of scalar type Long but got scalar type Float for argument #2 'target' in call to "
    "_thnn_nll_loss_forward",
    "ValueError: only one element tensors can be converted to Python scalars",
    "RuntimeError: Boolean value of Tensor with more than one value is ambiguous",
    "TypeError: conv2d() received an invalid combination of arguments - got (list, Parameter, Parameter, tuple, tuple, "
    "tuple, int), but expected one of:\n * (Tensor input, Tensor weight, Tensor bias, tuple of ints stride, tuple of ints "
    "padding, tuple of ints dilation, int groups)",
    "TypeError: forward() missing 1 required positional argument: 'mask'",
    "TypeError: view(): argument 'size' (position 1) must be tuple of ints, not list of Tensors",
    "KeyError: 'unexpected key \"module.conv1.weight\" in state_dict'",
    "RuntimeError: Error(s) in loading state_dict for ResNet:\n\tMissing key(s) in state_dict: \"conv1.weight\", "
    "\"bn1.weight\", \"layer1.0.conv1.weight\".\n\tUnexpected key(s) in state_dict: \"module.conv1.weight\".",
    "ImportError: numpy.core.multiarray failed to import\nRuntimeError: module compiled against API version 0xe but this "
    "version of numpy is 0xd",
    "AttributeError: module 'numpy' has no attribute 'float'.\n`np.float` was a deprecated alias for the builtin `float`.",
    "numpy.linalg.LinAlgError: Singular matrix",
    "numpy.core._exceptions._ArrayMemoryError: Unable to allocate 12.4 GiB for an array with shape (40000, 41600) and data "
    "type float64",
    "RuntimeWarning: invalid value encountered in true_divide\n  return (x - mean) / std",
    "VisibleDeprecationWarning: Creating an ndarray from ragged nested sequences (which is a list-or-tuple of "
    "lists-or-tuples-or ndarrays with different lengths or shapes) is deprecated.",
    "TypeError: Cannot interpret '<attribute 'dtype' of 'numpy.generic' objects>' as a data type",
    "IndexError: invalid index to scalar variable.",
    "IndexError: only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are "
    "valid indices",
    "ValueError: cannot convert float NaN to integer",
    "ValueError: not enough values to unpack (expected 3, got 2)",
    "ValueError: zero-size array to reduction operation maximum which has no identity",
    "ValueError: Unknown label type: continuous",
    "ValueError: Input contains NaN, infinity or a value too large for dtype('float32').",
    "sklearn.exceptions.NotFittedError: This StandardScaler instance is not fitted yet.",
    "KeyError: \"None of [Index(['a', 'b'], dtype='object')] are in the [columns]\"",
    "pandas.errors.ParserError: Error tokenizing data. C error: Expected 5 fields in line 12, saw 7",
    "ValueError: You are trying to merge on object and int64 columns. If you wish to proceed you should use pd.concat",
    "tensorflow.python.framework.errors_impl.ResourceExhaustedError: OOM when allocating tensor with shape[32,512,64,64] "
    "and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc [Op:Conv2D]",
    "tensorflow.python.framework.errors_impl.NotFoundError: Key layer_1/kernel not found in checkpoint\n\t [[node "
    "save/RestoreV2 (defined at t.py:3) ]]",
    "2023-05-01 10:00:01.123456: W tensorflow/core/common_runtime/bfc_allocator.cc:290] Allocator (GPU_0_bfc) ran out of "
    "memory trying to allocate 1.12GiB with freed_by_count=0.",
    "UserWarning: The parameter 'pretrained' is deprecated since 0.13, please use 'weights' instead.",
    "jax.errors.TracerArrayConversionError: The numpy.ndarray conversion method __array__() was called on traced array with "
    "shape float32[3,4].",
    "jax._src.errors.ConcretizationTypeError: Abstract tracer value encountered where concrete value is expected: traced "
    "array with shape int32[].\nThe size argument of jnp.nonzero must be statically specified to use jnp.nonzero within JAX "
    "transformations.",
    "XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to allocate 4294967296 bytes.",
    "onnxruntime.capi.onnxruntime_pybind11_state.NoSuchFile: [ONNXRuntimeError] : 3 : NO_SUCHFILE : Load model from "
    "model_1x3x224x224.onnx failed",
    "[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Unexpected input data type. Actual: (tensor(double)) , expected: "
    "(tensor(float))",
    "[TensorRT] WARNING: Your ONNX model has been generated with INT64 weights, while TensorRT does not natively support "
    "INT64.",
    "ERROR: pip's dependency resolver does not currently take into account all the packages that are installed. torch "
    "1.13.1 requires nvidia-cudnn==8.5.0.96; numpy 1.24.2 [extra] (2, 3) installed",
    "Name: torch\nVersion: 2.0.1\nRequires: filelock, jinja2, networkx, sympy, triton [win32], typing-extensions\n",
    "total 48\ndrwxr-xr-x 2 u u 4096 Jan  1 12:00 (2, 3)\n-rw-r--r-- 1 u u  256 Jan  1 12:00 "
    "shape_mismatch[2,3].npy\n-rw-r--r-- 1 u u  256 Jan  1 12:00 a 3x4 and 5x6.txt",
    "epoch 1: loss 0.52, batch torch.Size([32, 3, 224, 224]), target torch.Size([32])\nepoch 2: loss 0.41, batch "
    "torch.Size([32, 3, 224, 224]), target torch.Size([32])\nDone in 12.3 s",
    "----------------------------------------------------------------\n        Layer (type)               Output Shape      "
    "   Param #\n================================================================\n            Conv2d-1         [-1, 64, "
    "112, 112]           9,408\n       BatchNorm2d-2         [-1, 64, 112, 112]             128\nInput size (MB): "
    "0.57\nEstimated Total Size (MB): 62.79",
    "LinearModel(\n  (fc1): Linear(in_features=512, out_features=10, bias=True)\n  (conv): Conv2d(3, 64, kernel_size=(7, "
    "7), stride=(2, 2), padding=(3, 3), bias=False)\n)",
    "The size of the tensor must match what the layer wants; I have shapes (2, 3) and (4, 5), do they broadcast together?",
    "In NumPy two operands broadcast together when their shapes match from the right, e.g. (8,1,6,1) and (7,1,5).",
    "Why do I get an error when the shapes are (3,4) and (5,)? It says they cannot be multiplied, I think.",
    "How to fix a size mismatch between two tensors in general?",
    "The matrix A has 3 rows and B has 4 columns.",
    "All the arrays have the same shape, (3, 4), so stacking works.",
    "assert x.shape == (2, 3), f\"expected shape (2, 3) but got {x.shape}\"",
    "    raise ValueError('operands could not be broadcast together with shapes {} {}'.format(a.shape, b.shape))",
    "        raise RuntimeError(\"stack expects each tensor to be equal size, but got {} at entry 0\".format(s))",
    "    if x.shape != y.shape:\n        raise ValueError(f\"Shapes {x.shape} and {y.shape} are incompatible\")\n",
    "        'input.size(-1) must be equal to input_size. Expected {}, got {}'.format(\n            self.input_size, "
    "input.size(-1)))",
    "error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413\nfatal: the remote end hung up unexpectedly",
    "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n    z = x + y\nTypeError: can only "
    "concatenate str (not \"int\") to str",
    "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n    x[3] = 2\nIndexError: list assignment "
    "index out of range",
    "java.lang.IllegalArgumentException: Comparison method violates its general contract! [2, 3] vs [3, 2]",
    "error C2338: static_assert failed: 'YOU_MIXED_MATRICES_OF_DIFFERENT_TYPES'",
    "rustc: error[E0308]: mismatched types expected `[i32; 3]`, found `[i32; 4]`",
    "ERROR: LoadError: BoundsError: attempt to access 3-element Vector{Float64} at index [4]\nStacktrace:\n [1] "
    "getindex(A::Vector{Float64}, i1::Int64) at array.jl:924",
    "ERROR: MethodError: no method matching *(::Matrix{Float64}, ::String)\nClosest candidates are:\n  *(::Any, ::Any, "
    "::Any, ::Any...)",
    "Error using zeros\nRequested 100000x100000 (74.5GB) array exceeds maximum array size preference.",
    "Undefined function or variable 'nonconformant'.",
    "Error in if (x > 3) { : the condition has length > 1",
    "Warning message:\nIn 1:3 + 1:2 : longer object length is not a multiple of shorter object length",
    "Screen resolution 1920x1080, DPI 96x96; window (800x600) and (640x480) are open",
    "docker: Error response from daemon: could not select device driver \"\" with capabilities: [[gpu]].",
    "10.0.0.1 - - [01/Jan/2024:12:00:00 +0000] \"GET /shape?a=[2,3]&b=[4,5] HTTP/1.1\" 200 256",
    "chess: 1. e4 e5 2. Nf3 Nc6 (3, 4) [5, 6]",
    "{\"shape\": [2, 3], \"dtype\": \"float32\", \"error\": null, \"size mismatch\": false}",
    "The file does not match the checksum: expected 3a7bd3e2, got 9b74c989",
    "expected sha256 of length 64 but got 63",
    "HTTP 400: expected 2 arguments, got 3",
    "AssertionError: 5 != 4 : wrong number of rows",
    "AssertionError: Lists differ: [1, 2, 3] != [1, 2, 4]",
    "AssertionError: expected 3 channels but found nothing",
    "OverflowError: Python int too large to convert to C long",
    "RuntimeError: DataLoader worker (pid 1234) is killed by signal: Killed.",
    "RuntimeError: Sizes are wrong",
    "dimension 3 of the universe does not fit in here",
    "BrokenPipeError: [Errno 32] Broken pipe\n[2024-01-02 03:04:05,678] [INFO] [runner.py:555:main] cmd = python -m "
    "torch.distributed.run --nproc_per_node=8",
    "RuntimeError: NCCL error in: ../torch/csrc/distributed/c10d/ProcessGroupNCCL.cpp:1269, internal error, NCCL version "
    "2.14.3",
    "wandb: WARNING Step must only increase in log calls. Step 3 < 4; dropping {'size': [2, 3]}.",
    "x.expand(3, 4) repeats a tensor of shape (3, 1); the number of dimensions stays 2.",
    "torch.broadcast_shapes((2, 3), (3,)) gives torch.Size([2, 3])",
    "RuntimeError: Trying to backward through the graph a second time",
    "RuntimeError: Found dtype Double but expected Float",
    "NotImplementedError: Cannot convert a symbolic Tensor (lstm/strided_slice:0) to a numpy array.",
    "ValueError: Layer dense expects 1 input(s), but it received 2 input tensors. Inputs received: [<tf.Tensor 'x:0' "
    "shape=(None, 3) dtype=float32>, <tf.Tensor 'y:0' shape=(None, 4) dtype=float32>]",
    "ValueError: Failed to find data adapter that can handle input: <class 'list'>, <class 'numpy.ndarray'>",
    "ValueError: No gradients provided for any variable: ['dense/kernel:0', 'dense/bias:0'].",
    "cv2.error: OpenCV(4.5.4) color.cpp:182: error: (-215:Assertion failed) !_src.empty() in function 'cv::cvtColor'",
    "cv2.error: OpenCV(4.7.0) error: (-5:Bad argument) in function 'rectangle'\n> Overload resolution failed:\n>  - img is "
    "not a numpy array, neither a scalar",
    "UserWarning: FixedFormatter should only be used together with FixedLocator",
    "ValueError: x and y can be no greater than 2D",
]


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    for number, (framework, op, text, read) in enumerate(EXAMPLES):
        print(json.dumps(dict(id="t%03d" % number, framework=framework, op=op, text=text, **read), ensure_ascii=False))
    for number, text in enumerate(OTHERS):
        print(json.dumps(dict(id="n%03d" % number, framework=None, op=None, text=text), ensure_ascii=False))
    read = dict(line.rstrip("\n").split(" ", 1) for line in open(os.path.join(here, "messages-read.txt"), encoding="utf-8"))
    for line in open(sys.argv[1], encoding="utf-8"):
        printed = json.loads(line)
        expected = json.loads(read[printed["id"]])
        print(json.dumps(dict(id=printed["id"], text=printed["text"], **expected), ensure_ascii=False))


main()
