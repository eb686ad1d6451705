/* Small tensors written out: [[1, 2], [3, 4]]. */
#pragma once

#include "core/tensor.h"

/* Whether a text is meant as a literal rather than a shape: it begins with two brackets, or with
 * one and holds True, False, a decimal point, an exponent, nan or inf. */
bool scope_literal_recognize (const char *bytes, size_t length);

/* Reads nested lists (or tuples) of numbers as torch.tensor does: whole numbers become int64, with
 * a float among them float32, True and False bool. Errors with the characters at fault: SYNTAX,
 * SHAPE (ragged, too deep), OVERFLOW, TYPE (bools among numbers), TOO_BIG, MEMORY. */
ScopeTensor *
scope_literal_parse (const char *name, const char *bytes, size_t length, ScopeError *error);

/* The tensor that `bytes` describe: a literal, or a tensor's text of core/generator.h, whose sizes
 * may be unknown (then it has no storage). Errors: those of either. */
ScopeTensor *
scope_tensor_from_text (const char *name, const char *bytes, size_t length, ScopeError *error);
