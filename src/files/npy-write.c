/* Writing a node of a program as .npy: block after block in C order, never the whole in memory. */
#include "files/npy.h"

#include "files/npy-descr.h"
#include "files/replace-file.h"

#include <string.h>

enum
{
  BLOCK_BYTES = 16 * 1024 * 1024, /* of one block at most: larger ones were not faster */
  HEADER_ALIGNMENT = 64,
  GROWTH_DIGITS = 21, /* NumPy leaves room for the first size to grow in place */
};

typedef struct
{
  const ScopeProgram *program;
  int node;
  ScopeReading reading;
  ScopeReplaceFile *file;
  ScopeProgress progress;
  gpointer data;
  gint64 bytes;   /* of the array */
  gint64 written; /* of these */
  guint8 *block;
} Writer;

/* ---- the header ----------------------------------------------------------------------------- */

/* What np.save writes, byte for byte. */
static GByteArray *
make_header (const ScopeNode *node)
{
  ScopeText shape = { 0 };
  scope_shape_print (&node->shape, SCOPE_SHAPE_TUPLE, &shape);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }",
                   scope_npy_descr_write (node->dtype), scope_text_string (&shape));
  scope_text_clear (&shape);
  if (node->shape.rank > 0)
    {
      ScopeText first = { 0 };
      scope_size_print (node->shape.size[0], &first);
      for (gsize i = first.length; i < GROWTH_DIGITS; i++)
        g_string_append_c (text, ' ');
      scope_text_clear (&first);
    }
  /* The space before the end is always there: an aligned text gets a whole 64 of them. */
  gsize prefix = 10;
  gsize padding = HEADER_ALIGNMENT - (prefix + text->len + 1) % HEADER_ALIGNMENT;
  for (gsize i = 0; i < padding; i++)
    g_string_append_c (text, ' ');
  g_string_append_c (text, '\n');

  GByteArray *header = g_byte_array_new ();
  guint8 begin[10] = {
    0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (guint8)text->len, (guint8)(text->len >> 8)
  };
  g_byte_array_append (header, begin, sizeof begin);
  g_byte_array_append (header, (const guint8 *)text->str, (guint)text->len);
  return header;
}

/* ---- the blocks ----------------------------------------------------------------------------- */

static gboolean
write_block (Writer *self, const ScopeRegion *region, GError **error)
{
  gint64 bytes = (gint64)scope_dtype_bytes (self->program->node[self->node]->dtype);
  for (int i = 0; i < region->rank; i++)
    bytes *= region->count[i]; /* at most BLOCK_BYTES */

  ScopeError failed = { 0 };
  ScopeBuffer buffer = scope_buffer_dense (region, self->block);
  if (!scope_program_read (self->program, self->node, region, &buffer, &self->reading, &failed))
    return scope_file_fail_core (error, &failed);
  if (!scope_replace_file_write (self->file, self->block, (gsize)bytes, error))
    return FALSE;

  self->written += bytes;
  if (self->progress == NULL
      || self->progress ((double)self->written / (double)self->bytes, self->data))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       "Writing was stopped; nothing is left behind.");
  return FALSE;
}

/* Blocks span whole axes from the last one on, part of one axis, and single indices before it. */
static gboolean
write_blocks (Writer *self, gint64 block_bytes, GError **error)
{
  const ScopeShape *shape = &self->program->node[self->node]->shape;
  gint64 inner = (gint64)scope_dtype_bytes (self->program->node[self->node]->dtype);
  int split = shape->rank;
  while (split > 0 && inner <= block_bytes / shape->size[split - 1])
    inner *= shape->size[--split];

  ScopeRegion region = scope_region_all (shape);
  if (split == 0)
    return write_block (self, &region, error);

  int axis = split - 1; /* the one that is cut */
  gint64 rows = MAX (block_bytes / inner, 1);
  for (int i = 0; i <= axis; i++)
    region.count[i] = 1;
  for (;;)
    {
      region.count[axis] = MIN (rows, shape->size[axis] - region.start[axis]);
      if (!write_block (self, &region, error))
        return FALSE;

      region.start[axis] += region.count[axis];
      int carry = axis;
      while (carry > 0 && region.start[carry] == shape->size[carry])
        {
          region.start[carry] = 0;
          region.start[--carry]++;
        }
      if (region.start[carry] == shape->size[carry])
        return TRUE;
    }
}

static gboolean
write_data (Writer *self, GError **error)
{
  if (self->bytes == 0)
    return TRUE;
  gint64 budget = self->reading.budget == 0 ? SCOPE_READ_BUDGET : self->reading.budget;
  gint64 width = (gint64)scope_dtype_bytes (self->program->node[self->node]->dtype);
  gint64 block = MIN (MAX (MIN (BLOCK_BYTES, budget / 4), width), self->bytes);
  self->block = g_try_malloc ((gsize)block);
  if (self->block == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "There is no memory for a block of the result. Close other programs.");
      return FALSE;
    }
  self->reading.budget = MAX (budget - block, 1);
  gboolean done = write_blocks (self, block, error);
  g_free (self->block);
  return done;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static gboolean
check_node (const ScopeNode *node, const char *path, gint64 *bytes, GError **error)
{
  g_autofree char *name = scope_file_display_name (path);
  gint64 count = 0;
  ScopeError failed = { 0 };
  if (scope_npy_descr_write (node->dtype) == NULL)
    return scope_file_fail (error, SCOPE_FILE_ERROR_DTYPE_UNSUPPORTED, name,
                            ".npy has no type %s. Convert the result first, as with .float ().",
                            scope_dtype_name (node->dtype));
  if (!scope_shape_is_known (&node->shape))
    return scope_file_fail (error, SCOPE_FILE_ERROR_SHAPE, name,
                            "a size of the result is not known. Give every tensor a whole shape.");
  if (!scope_shape_count (&node->shape, &count, &failed)
      || __builtin_mul_overflow (count, (gint64)scope_dtype_bytes (node->dtype), bytes))
    return scope_file_fail (error, SCOPE_FILE_ERROR_OVERFLOW, name,
                            "the result has more than 2^63 - 1 bytes. Choose a smaller one.");
  return TRUE;
}

gboolean
scope_npy_write (const ScopeProgram *program,
                 int node,
                 const char *path,
                 const ScopeReading *reading,
                 ScopeProgress progress,
                 gpointer data,
                 GError **error)
{
  g_return_val_if_fail (program->node[node]->state == SCOPE_NODE_FITS, FALSE);

  Writer self = { .program = program, .node = node, .progress = progress, .data = data };
  if (reading != NULL)
    self.reading = *reading;
  if (!check_node (program->node[node], path, &self.bytes, error))
    return FALSE;

  g_autoptr (GByteArray) header = make_header (program->node[node]);
  gint64 total = 0;
  if (__builtin_add_overflow (self.bytes, (gint64)header->len, &total))
    total = G_MAXINT64;
  self.file = scope_replace_file_begin (path, total, error);
  if (self.file == NULL)
    return FALSE;
  if (!scope_replace_file_write (self.file, header->data, header->len, error)
      || !write_data (&self, error))
    {
      scope_replace_file_abandon (self.file);
      return FALSE;
    }
  return scope_replace_file_commit (self.file, error);
}
