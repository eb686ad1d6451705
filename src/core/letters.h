/* A small font, for a test picture of text. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Whether the picture has ink at a pixel: the lines of a pangram in four sizes, repeated without
 * end. Row and column ≥ 0. */
bool scope_letters_ink (int64_t row, int64_t column);
