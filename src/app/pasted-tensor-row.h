/* One tensor of a pasted message: its name and its shape, to be corrected. */
#pragma once

#include "model/pasted-tensor.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PASTED_TENSOR_ROW (scope_pasted_tensor_row_get_type ())
G_DECLARE_FINAL_TYPE (ScopePastedTensorRow,
                      scope_pasted_tensor_row,
                      SCOPE,
                      PASTED_TENSOR_ROW,
                      GtkWidget)

GtkWidget *scope_pasted_tensor_row_new (ScopePastedTensor *tensor);

G_END_DECLS
