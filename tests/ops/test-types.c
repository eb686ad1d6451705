/* Types are kept: what only moves elements moves their bytes, whatever the type – int64 beyond what
 * a double holds, every pattern of the narrow floats, NaN with its payload. */
#include "core/storage.h"
#include "core/tensor.h"
#include "ops/program.h"

#include <glib.h>
#include <string.h>

enum
{
  ROWS = 5,
  COLUMNS = 6,
  COUNT = ROWS * COLUMNS,
};

/* Each gives A again, in PyTorch or NumPy. */
static const char *const ways[] = {
  "A",
  "A[:, :]",
  "A.flip(0).flip(0)",
  "A.permute(1, 0).permute(1, 0)",
  "A.T.T",
  "torch.cat((A[:2], A[2:]))",
  "torch.cat((A[:, :1], A[:, 1:]), dim=1)",
  "torch.stack((A, A))[1]",
  "A[None].expand(3, 5, 6)[2]",
  "F.pad(A, (1, 2))[:, 1:7]",
  "A.repeat(2, 3)[5:, 6:12]",
  "A.roll(2, 0).roll(-2, 0)",
  "A.reshape(-1).reshape(5, 6)",
  "A.reshape(3, 10).reshape(5, 6)",
  "A.unsqueeze(1).squeeze(1)",
  "torch.chunk(A, 1)[0]",
  "A.index_select(0, torch.tensor([0, 1, 2, 3, 4]))",
  "np.concatenate((A[:3], A[3:]))",
  "A[[0, 1, 2, 3, 4]]",
  "np.pad(A, 1)[1:-1, 1:-1]",
  "np.tile(A, (1, 2))[:, 6:]",
  "einops.rearrange(A, \"a (b c) -> (a b) c\", b=2).reshape(5, 6)",
  "B = A\nB[:2] = A[:2]\nB",
};

/* Bits that conversions would change: high and low ones together. */
static void
fill (ScopeDtype dtype, guint8 *data)
{
  gsize bytes = scope_dtype_bytes (dtype);
  for (gsize i = 0; i < COUNT * bytes; i++)
    data[i] = dtype == SCOPE_BOOL ? i % 3 == 0 : (guint8)(i * 151 + 7);
}

static void
test_kept (gconstpointer data)
{
  ScopeDtype dtype = (ScopeDtype)GPOINTER_TO_INT (data);
  gsize bytes = scope_dtype_bytes (dtype);
  ScopeError error = { 0 };
  ScopeShape shape = { 2, { ROWS, COLUMNS } };
  void *memory;
  ScopeStorage *storage = scope_storage_new_owned (dtype, COUNT, 1 << 20, &memory, &error);
  g_assert_nonnull (storage);
  fill (dtype, memory);
  g_autofree guint8 *expected = g_memdup2 (memory, COUNT * bytes);
  ScopeTensor *tensor = scope_tensor_new ("A", dtype, &shape, NULL, storage, &error);
  scope_storage_unref (storage);

  int compared = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
      ScopeProgram *program =
          scope_program_new (ways[i], strlen (ways[i]), &tensor, 1, &options, &error);
      g_assert_nonnull (program);
      const ScopeNode *node = program->result >= 0 ? program->node[program->result] : NULL;
      if (program->first_failure < 0 && node != NULL)
        {
          g_autofree guint8 *got = g_malloc0 (COUNT * bytes + 16);
          g_assert_cmpint (node->dtype, ==, dtype);
          g_assert_true (scope_shape_equal (&node->shape, &shape));
          ScopeRegion all = scope_region_all (&node->shape);
          ScopeBuffer buffer = scope_buffer_dense (&all, got);
          g_assert_true (scope_program_read (program, node->number, &all, &buffer, NULL, &error));
          if (memcmp (got, expected, COUNT * bytes) != 0)
            g_error ("%s of %s changes its elements", ways[i], scope_dtype_name (dtype));
          compared++;
        }
      else
        g_test_message ("%s does not take %s", ways[i], scope_dtype_name (dtype));
      scope_program_unref (program);
    }
  g_assert_cmpint (compared, >=, (int)G_N_ELEMENTS (ways) - 4);
  scope_tensor_unref (tensor);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int dtype = 0; dtype < SCOPE_N_DTYPES; dtype++)
    {
      g_autofree char *path =
          g_strconcat ("/ops/types/", scope_dtype_name ((ScopeDtype)dtype), NULL);
      g_test_add_data_func (path, GINT_TO_POINTER (dtype), test_kept);
    }
  return g_test_run ();
}
