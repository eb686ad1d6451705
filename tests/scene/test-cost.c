/* What pictures of a large tensor cost: every element and every page that is read is counted, at
 * random zooms and places. Never a time. */
#include "core/checked.h"
#include "scene/plane-reader.h"

#include <glib.h>
#include <stdatomic.h>
#include <string.h>

enum
{
  PAGE = 4096,
  EFFORT = 1 << 16,
  ROWS = 96,
  COLUMNS = 128,
};

/* ---- a storage that counts ------------------------------------------------------------------ */

typedef struct
{
  ScopeStorage storage;
  _Atomic gint64 elements, pages;
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
  gint64 apart = ABS (step) * (gint64)scope_dtype_bytes (storage->dtype);
  g_assert_cmpint (index, >=, 0);
  g_assert_cmpint (index + (count - 1) * step, <, storage->count);
  self->elements += count;
  self->pages += apart >= PAGE ? count : (count * apart + PAGE - 1) / PAGE;
  for (int64_t i = 0; i < count; i++)
    ((float *)out)[i] = (float)((index + i * step) % 1000);
  return true;
}

static void
forget (ScopeStorage *storage)
{
  g_free (storage);
}

static const ScopeStorageClass in_pages = { count_read, forget, PAGE };
static const ScopeStorageClass made_up = { count_read, forget, 0 };

static Counting *
new_counting (const ScopeStorageClass *klass, const ScopeShape *shape)
{
  Counting *self = g_new0 (Counting, 1);
  self->storage = (ScopeStorage){ .klass = klass, .references = 1, .dtype = SCOPE_FLOAT32 };
  g_assert_true (scope_shape_count (shape, &self->storage.count, NULL));
  return self;
}

/* ---- random zooms and places ---------------------------------------------------------------- */

static const struct
{
  const char *name, *expression;
  gboolean paged;
  ScopeShape shape;
  int factor; /* elements read of the tensor for one of the result, at most */
} cases[] = {
  { "made-up", "A", FALSE, { 2, { 31622776, 31622776 } }, 1 },
  { "made-up-long", "A", FALSE, { 1, { G_GINT64_CONSTANT (1000000000000000) } }, 1 },
  { "file", "A", TRUE, { 2, { 500000, 500000 } }, 1 },
  { "file-of-few-columns", "A", TRUE, { 2, { G_GINT64_CONSTANT (62500000000), 4 } }, 1 },
  { "file-of-few-rows", "A", TRUE, { 2, { 4, G_GINT64_CONSTANT (62500000000) } }, 1 },
  { "file-of-pictures", "A", TRUE, { 4, { 1000, 250, 1000, 1000 } }, 1 },
  { "transposed", "A.permute(1, 0)", TRUE, { 2, { 500000, 500000 } }, 1 },
  { "flipped", "A.flip(0)", TRUE, { 2, { 500000, 500000 } }, 1 },
  { "sliced", "A[::3, ::7]", TRUE, { 2, { 500000, 500000 } }, 1 },
  { "joined", "torch.cat((A, A))", TRUE, { 2, { 500000, 500000 } }, 1 },
  { "added", "A + A * 2", TRUE, { 2, { 500000, 500000 } }, 2 },
  { "padded", "F.pad(A, (3, 5))", TRUE, { 2, { 500000, 500000 } }, 1 },
  { "enlarged",
    "F.interpolate(A[None, None], scale_factor=2, mode=\"nearest\")",
    TRUE,
    { 2, { 500000, 500000 } },
    4 },
  { "shrunk",
    "F.interpolate(A[None, None], size=(250000, 250000), mode=\"bilinear\")",
    TRUE,
    { 2, { 500000, 500000 } },
    16 },
};

typedef struct
{
  GRand *rand;
  Counting *counting;
  ScopeProgram *program;
  ScopeView view;
} Look;

/* A stretch of an axis, from one element to all of it; every length is as likely by its digits. */
static void
choose (Look *look, gint64 size, gint64 *begin, gint64 *end)
{
  gint64 length = size >> g_rand_int_range (look->rand, 0, 48);
  length = MAX (length, 1);
  *begin = (gint64)(g_rand_double (look->rand) * (double)(size - length));
  *end = MIN (*begin + length, size);
}

static gint64
block_for (gint64 length, gint64 cells)
{
  return (length + cells - 1) / cells;
}

static void
look_once (Look *look, int i)
{
  const ScopeShape *shape = &look->program->node[look->program->result]->shape;
  int row = look->view.row_axis, column = look->view.column_axis;
  ScopePlanePart part = { 0, 1, 0, 1 };
  ScopeReading reading = { 0 };
  ScopeError error = { 0 };

  for (int axis = 0; axis < shape->rank; axis++)
    look->view.index[axis] = (gint64)(g_rand_double (look->rand) * (double)(shape->size[axis] - 1));
  if (row >= 0)
    choose (look, shape->size[row], &part.row_begin, &part.row_end);
  choose (look, shape->size[column], &part.column_begin, &part.column_end);
  ScopePlaneRequest request = { .view = look->view,
                                .part = &part,
                                .row_block = block_for (part.row_end - part.row_begin, ROWS),
                                .column_block =
                                    block_for (part.column_end - part.column_begin, COLUMNS),
                                .effort = EFFORT,
                                .sample = true };
  look->counting->elements = look->counting->pages = 0;
  ScopePlane *plane =
      scope_plane_make (look->program, look->program->result, &request, &reading, &error);
  g_assert_nonnull (plane);
  g_assert_cmpint (plane->cell_rows * plane->cell_columns, >, 0);
  g_assert_cmpint (plane->cell_rows, <=, ROWS + 1);
  g_assert_cmpint (plane->cell_columns, <=, COLUMNS + 1);
  /* What was asked for is there, and a coarse picture is never without need. */
  g_assert_cmpint (plane->row_begin, <=, part.row_begin);
  g_assert_cmpint (plane->column_begin, <=, part.column_begin);
  /* Blocks are read to their ends, which is at most as much again in both directions. */
  g_assert_cmpint (look->counting->elements, <=, 4 * cases[i].factor * EFFORT);
  if (cases[i].paged)
    g_assert_cmpint (look->counting->pages, <=, 4 * cases[i].factor * (EFFORT / 64 + ROWS * 2));
  scope_plane_free (plane);
}

static void
test_look (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeError error = { 0 };
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  Look look = { .rand = g_rand_new_with_seed (7) };
  look.counting = new_counting (cases[i].paged ? &in_pages : &made_up, &cases[i].shape);
  ScopeTensor *tensor =
      scope_tensor_new ("A", SCOPE_FLOAT32, &cases[i].shape, NULL, &look.counting->storage, &error);
  look.program = scope_program_new (cases[i].expression, strlen (cases[i].expression), &tensor, 1,
                                    &options, &error);
  g_assert_nonnull (look.program);
  g_assert_cmpint (look.program->first_failure, <, 0);
  look.view = scope_view_default (&look.program->node[look.program->result]->shape);
  for (int round = 0; round < 40; round++)
    look_once (&look, i);
  g_rand_free (look.rand);
  scope_program_unref (look.program);
  scope_tensor_unref (tensor);
  scope_storage_unref (&look.counting->storage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/scene/cost/", cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_look);
    }
  return g_test_run ();
}
