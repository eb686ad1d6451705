/* .png: pictures at full depth, as arrays of rows, columns and channels. */
#include "files/file-format.h"

#include <png.h>
#include <string.h>

enum
{
  MAX_SIDE = 1000000,
  MAX_PIXELS = 64 * 1024 * 1024,
  CHUNK_BYTES = 64 * 1024,
};

/* One decoding. libpng leaves it by longjmp, so everything that must be freed hangs here. */
typedef struct
{
  ScopeMappedFile *file;
  GCancellable *cancellable;
  gint64 offset; /* in the file */
  guint8 *chunk; /* what has been copied of the file and not yet taken */
  gsize chunk_at, chunk_length;
  png_structp png;
  png_infop info;
  GError *error;
  /* what the header says */
  guint32 width, height;
  int channels;
  ScopeDtype dtype;
  const char *note;
  /* the result */
  ScopeStorage *storage;
  png_bytep *rows;
} Decoder;

static gboolean
png_recognize (const ScopeFileHead *head)
{
  return scope_head_has (head, 0, "\x89PNG\r\n\x1a\n", 8);
}

/* ---- what libpng calls ---------------------------------------------------------------------- */

static void
give_up (png_structp png, png_const_charp message)
{
  Decoder *self = png_get_error_ptr (png);
  if (self->error == NULL)
    scope_file_fail (&self->error, SCOPE_FILE_ERROR_PNG, scope_mapped_file_name (self->file),
                     "the picture is broken: %s. Save it again.", message);
  png_longjmp (png, 1);
}

static void
ignore (png_structp png, png_const_charp message)
{
}

static void
refill (Decoder *self)
{
  gint64 left = scope_mapped_file_bytes (self->file) - self->offset;
  gsize count = (gsize)MIN (left, CHUNK_BYTES);
  if (count == 0)
    scope_file_fail (&self->error, SCOPE_FILE_ERROR_TRUNCATED, scope_mapped_file_name (self->file),
                     "the picture is cut off. Copy or save it again.");
  if (count == 0 || g_cancellable_set_error_if_cancelled (self->cancellable, &self->error)
      || !scope_mapped_file_copy (self->file, self->offset, count, self->chunk, &self->error))
    png_error (self->png, "");
  self->offset += (gint64)count;
  self->chunk_at = 0;
  self->chunk_length = count;
}

static void
read_bytes (png_structp png, png_bytep out, size_t length)
{
  Decoder *self = png_get_io_ptr (png);
  while (length > 0)
    {
      if (self->chunk_at == self->chunk_length)
        refill (self);
      gsize piece = MIN (length, self->chunk_length - self->chunk_at);
      memcpy (out, self->chunk + self->chunk_at, piece);
      self->chunk_at += piece;
      out += piece;
      length -= piece;
    }
}

/* ---- decoding ------------------------------------------------------------------------------- */

/* Palettes become colours and fewer than eight bits become eight; nothing else is changed. */
static void
read_header (Decoder *self)
{
  png_structp png = self->png;
  png_read_info (png, self->info);
  self->width = png_get_image_width (png, self->info);
  self->height = png_get_image_height (png, self->info);
  int depth = png_get_bit_depth (png, self->info), color = png_get_color_type (png, self->info);
  if ((gint64)self->width * self->height > MAX_PIXELS)
    {
      scope_file_fail (
          &self->error, SCOPE_FILE_ERROR_TOO_BIG, scope_mapped_file_name (self->file),
          "the picture has %u × %u pixels; at most %d million are read. Cut or reduce it.",
          self->width, self->height, MAX_PIXELS / 1000000);
      png_error (png, "");
    }

  if (color == PNG_COLOR_TYPE_PALETTE)
    {
      png_set_palette_to_rgb (png);
      if (png_get_valid (png, self->info, PNG_INFO_tRNS))
        png_set_tRNS_to_alpha (png);
      self->note = "colours of its palette";
    }
  else if (depth < 8)
    {
      png_set_expand_gray_1_2_4_to_8 (png);
      self->note = "stretched to 8 bits";
    }
  if (depth == 16 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    png_set_swap (png);
  png_set_interlace_handling (png);
  png_read_update_info (png, self->info);
  self->channels = png_get_channels (png, self->info);
  self->dtype = depth == 16 ? SCOPE_UINT16 : SCOPE_UINT8;
}

static void
read_pixels (Decoder *self)
{
  ScopeError failed = { 0 };
  void *data = NULL;
  gint64 count = (gint64)self->width * self->height * self->channels;
  self->storage =
      scope_storage_new_owned (self->dtype, count, scope_file_memory_budget (), &data, &failed);
  gsize pitch = (gsize)self->width * (gsize)self->channels * scope_dtype_bytes (self->dtype);
  if (self->storage == NULL)
    {
      scope_file_fail_core (&self->error, &failed);
      png_error (self->png, "");
    }
  if (png_get_rowbytes (self->png, self->info) != pitch)
    png_error (self->png, "its rows have another length than its header says");
  self->rows = g_try_new (png_bytep, self->height);
  if (self->rows == NULL)
    png_error (self->png, "there is no memory for its rows");
  for (guint32 row = 0; row < self->height; row++)
    self->rows[row] = (png_bytep)data + row * pitch;
  png_read_image (self->png, self->rows);
  png_read_end (self->png, NULL);
}

/* Runs the decoding, the pixels too when `whole`; the only place libpng jumps to. */
static gboolean
decode (Decoder *self, gboolean whole)
{
  self->png = png_create_read_struct (PNG_LIBPNG_VER_STRING, self, give_up, ignore);
  self->info = self->png == NULL ? NULL : png_create_info_struct (self->png);
  if (self->info == NULL)
    return scope_file_fail (&self->error, SCOPE_FILE_ERROR_TOO_BIG,
                            scope_mapped_file_name (self->file),
                            "there is no memory. Close other programs.");
  if (setjmp (png_jmpbuf (self->png)) != 0)
    return FALSE;
  png_set_user_limits (self->png, MAX_SIDE, MAX_SIDE);
  png_set_read_fn (self->png, self, read_bytes);
  read_header (self);
  if (whole)
    read_pixels (self);
  return TRUE;
}

static void
decoder_init (Decoder *self, ScopeMappedFile *file, GCancellable *cancellable)
{
  *self = (Decoder){ .file = file, .cancellable = cancellable, .chunk = g_malloc (CHUNK_BYTES) };
}

static void
decoder_clear (Decoder *self)
{
  png_destroy_read_struct (&self->png, &self->info, NULL);
  scope_storage_unref (self->storage);
  g_free (self->rows);
  g_free (self->chunk);
  g_clear_error (&self->error);
}

static ScopeShape
shape_of (const Decoder *self)
{
  ScopeShape shape = { .rank = self->channels > 1 ? 3 : 2,
                       .size = { self->height, self->width, self->channels } };
  return shape;
}

/* ---- the format ----------------------------------------------------------------------------- */

static ScopeTensor *
png_open (ScopeMappedFile *file,
          const char *name,
          const char *member,
          GCancellable *cancellable,
          GError **error)
{
  if (member != NULL)
    {
      scope_file_fail (error, SCOPE_FILE_ERROR_TEXT, scope_mapped_file_name (file),
                       "a picture has no members. Leave out '::' and what follows.");
      return NULL;
    }
  Decoder decoder;
  ScopeTensor *tensor = NULL;
  decoder_init (&decoder, file, cancellable);
  if (decode (&decoder, TRUE))
    {
      ScopeError failed = { 0 };
      ScopeShape shape = shape_of (&decoder);
      tensor = scope_tensor_new (name, decoder.dtype, &shape, NULL, decoder.storage, &failed);
      if (tensor == NULL)
        scope_file_fail_core (error, &failed);
    }
  else
    g_propagate_error (error, g_steal_pointer (&decoder.error));
  decoder_clear (&decoder);
  return tensor;
}

static GPtrArray *
png_list (ScopeMappedFile *file, GCancellable *cancellable, GError **error)
{
  Decoder decoder;
  GPtrArray *list = NULL;
  decoder_init (&decoder, file, cancellable);
  if (decode (&decoder, FALSE))
    {
      ScopeShape shape = shape_of (&decoder);
      ScopeTensorInfo *info = scope_tensor_info_new ("", scope_dtype_name (decoder.dtype), &shape);
      info->bytes = (gint64)decoder.width * decoder.height * decoder.channels
                    * (gint64)scope_dtype_bytes (decoder.dtype);
      info->readable = TRUE;
      scope_tensor_info_add_note (info, decoder.note);
      list = scope_tensor_info_array_new ();
      g_ptr_array_add (list, info);
    }
  else
    g_propagate_error (error, g_steal_pointer (&decoder.error));
  decoder_clear (&decoder);
  return list;
}

const ScopeFileFormat scope_format_png = {
  .id = "png",
  .recognize = png_recognize,
  .open = png_open,
  .list = png_list,
};
