/* NumPy's type strings: '<f4', '|b1', '>c16', 'float32'. */
#pragma once

#include "files/file-error.h"

typedef struct
{
  ScopeDtype dtype;
  gboolean big_endian;
  const char *note; /* what is odd, static, or NULL */
} ScopeNpyDescr;

/* Reads bytes[0…length), the text between the quotes. Errors: DTYPE_UNSUPPORTED (a type of NumPy's
 * that is not shown: text, dates, records, long double …), DTYPE_INVALID, OBJECT. */
gboolean scope_npy_descr_parse (const char *bytes,
                                gsize length,
                                const char *name,
                                ScopeNpyDescr *out,
                                GError **error);

/* What np.save writes for a type, in the processor's byte order; NULL for types NumPy has not. */
const char *scope_npy_descr_write (ScopeDtype dtype);
