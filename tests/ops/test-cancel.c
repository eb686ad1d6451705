/* A reading that is cancelled ends soon: what it still reads of its tensors is counted, not its
 * time; and eval's blocks likewise. */
#include "ops/program.h"

#include "core/checked.h"

#include <glib.h>
#include <string.h>

enum
{
  SIDE = 4096,
  BEFORE = 1 << 20, /* elements that are read before it is cancelled */
  /* … and after it at most: what one step of an operation has asked for already. */
  AFTER = 1 << 20,
};

typedef struct
{
  ScopeStorage storage;
  _Atomic int cancelled;
  _Atomic gint64 before, after; /* elements read */
} Counting;

static bool
count_read (ScopeStorage *storage,
            int64_t index,
            int64_t step,
            int64_t count,
            void *out,
            ScopeError *error)
{
  Counting *self = (Counting *)storage;
  if (self->cancelled)
    self->after += count;
  else if ((self->before += count) >= BEFORE)
    self->cancelled = 1;
  for (int64_t i = 0; i < count; i++)
    ((float *)out)[i] = (float)((index + i * step) % 1000);
  return true;
}

static void
forget (ScopeStorage *storage)
{
  g_free (storage);
}

static const ScopeStorageClass counting_class = { count_read, forget, 0 };

static const char *const expressions[] = {
  "A",
  "A + A.T",
  "A.permute(1, 0)",
  "A.flip(0) * 2",
  "torch.cat((A, A, A))",
  "torch.stack((A, A.T))",
  "F.pad(A, (3, 5))",
  "A.repeat(2, 2)",
  "A @ A",
  "torch.einsum(\"ij,kj->ik\", A, A)",
  "A.sum()",
  "A.sum(dim=0)",
  "A.amax(dim=1)",
  "A.std()",
  "A.cumsum(dim=0)",
  "A.norm()",
  "torch.softmax(A, dim=0)",
  "torch.sort(A, dim=1)[0]",
  "A.argmax(dim=0)",
  "A.reshape(2048, 8192)",
  "A.reshape(-1).flip(0)",
  "A[::2, ::3]",
  "A.roll(5, 0)",
  "F.interpolate(A[None, None], size=(1000, 1000), mode=\"bilinear\", antialias=True)",
  "F.interpolate(A[None, None], size=(5000, 5000), mode=\"bicubic\")",
  "F.interpolate(A[None, None], size=(64, 64), mode=\"area\")",
  "F.avg_pool2d(A[None, None], 7)",
  "F.max_pool2d(A[None, None], 3)",
  "F.conv2d(A[None, None], A[None, None, :5, :5])",
  "F.layer_norm(A, (4096,))",
  "A.to(torch.float64)",
  "torch.where(A > 500, A, -A)",
  "torch.diff(A)",
  "torch.tril(A)",
};

static void
test_stops (gconstpointer data)
{
  const char *expression = data;
  ScopeError error = { 0 };
  ScopeShape shape = { 2, { SIDE, SIDE } };
  Counting *counting = g_new0 (Counting, 1);
  counting->storage = (ScopeStorage){
    .klass = &counting_class, .references = 1, .dtype = SCOPE_FLOAT32, .count = SIDE * SIDE
  };
  ScopeTensor *tensor =
      scope_tensor_new ("A", SCOPE_FLOAT32, &shape, NULL, &counting->storage, &error);
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program =
      scope_program_new (expression, strlen (expression), &tensor, 1, &options, &error);
  g_assert_nonnull (program);
  g_assert_cmpint (program->first_failure, <, 0);

  const ScopeNode *node = program->node[program->result];
  ScopeRegion all = scope_region_all (&node->shape);
  int64_t count;
  g_assert_true (scope_shape_count (&node->shape, &count, NULL));
  void *out = g_malloc ((gsize)count * scope_dtype_bytes (node->dtype));
  ScopeBuffer buffer = scope_buffer_dense (&all, out);
  ScopeReading reading = { .budget = 256 << 20, .cancelled = &counting->cancelled };
  g_assert_false (scope_program_read (program, node->number, &all, &buffer, &reading, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_CANCELLED);
  g_test_message ("%lld elements read afterwards", (long long)counting->after);
  g_assert_cmpint (counting->after, <=, AFTER);
  g_free (out);
  scope_program_unref (program);
  scope_tensor_unref (tensor);
  scope_storage_unref (&counting->storage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/cancel/%s", expressions[i]);
      g_strdelimit (path + strlen ("/ops/cancel/"), "/", '|');
      g_test_add_data_func (path, expressions[i], test_stops);
    }
  return g_test_run ();
}
