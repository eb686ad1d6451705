/* What a file is, by its first bytes; and why some are not opened. */
#include "files/file-format.h"

#include <string.h>

#define TO_NPY         "Save the arrays with np.save instead"
#define TO_SAFETENSORS "Save the tensors with safetensors.torch.save_file instead"
#define TO_PNG         "Convert the picture to PNG"

static const struct
{
  const char *what;
  const char *route;
  guint offset;
  const char *mark;
  guint length;
} refused[] = {
#define MARK(offset, mark) offset, mark, sizeof (mark) - 1
  { "a Python pickle, which runs code when read", TO_SAFETENSORS, MARK (0, "\x80\x02") },
  { "a Python pickle, which runs code when read", TO_SAFETENSORS, MARK (0, "\x80\x03") },
  { "a Python pickle, which runs code when read", TO_SAFETENSORS, MARK (0, "\x80\x04") },
  { "a Python pickle, which runs code when read", TO_SAFETENSORS, MARK (0, "\x80\x05") },
  { "an HDF5 file", TO_NPY, MARK (0, "\x89HDF\r\n\x1a\n") },
  { "a GGUF model", TO_SAFETENSORS, MARK (0, "GGUF") },
  { "a GGML model", TO_SAFETENSORS, MARK (0, "lmgg") },
  { "a GGML model", TO_SAFETENSORS, MARK (0, "tjgg") },
  { "a MATLAB file", TO_NPY, MARK (0, "MATLAB 5.0 MAT-file") },
  { "a gzip-compressed file", "Unpack it with gunzip", MARK (0, "\x1f\x8b\x08") },
  { "an xz-compressed file", "Unpack it with unxz",
    MARK (0,
          "\xfd"
          "7zXZ\0") },
  { "a bzip2-compressed file", "Unpack it with bunzip2", MARK (0, "BZh") },
  { "a Zstandard-compressed file", "Unpack it with unzstd", MARK (0, "\x28\xb5\x2f\xfd") },
  { "a 7-Zip archive", "Unpack it", MARK (0, "7z\xbc\xaf\x27\x1c") },
  { "a RAR archive", "Unpack it", MARK (0, "Rar!\x1a\x07") },
  { "a tar archive", "Unpack it with tar -xf", MARK (257, "ustar") },
  { "a JPEG picture", TO_PNG, MARK (0, "\xff\xd8\xff") },
  { "a GIF picture", TO_PNG, MARK (0, "GIF8") },
  { "a TIFF picture", TO_PNG, MARK (0, "II*\0") },
  { "a TIFF picture", TO_PNG, MARK (0, "MM\0*") },
  { "a WebP picture", TO_PNG, MARK (8, "WEBP") },
  { "a sound file (WAV)", TO_NPY, MARK (8, "WAVE") },
  { "an OpenEXR picture", TO_NPY, MARK (0, "\x76\x2f\x31\x01") },
  { "a Parquet table", "Save it as CSV or with np.save", MARK (0, "PAR1") },
  { "an Arrow table", "Save it as CSV or with np.save", MARK (0, "ARROW1") },
  { "a FITS file", TO_NPY, MARK (0, "SIMPLE  =") },
  { "a NIfTI volume", TO_NPY, MARK (344, "n+1\0") },
  { "an SQLite database", "Save the table as CSV", MARK (0, "SQLite format 3\0") },
  { "a PDF document", "Open a tensor file", MARK (0, "%PDF-") },
  { "a program", "Open a tensor file",
    MARK (0,
          "\x7f"
          "ELF") },
  { "a TensorFlow Lite model", TO_NPY, MARK (4, "TFL3") },
#undef MARK
};

/* Formats without a mark: the name decides when nothing else has. */
static const struct
{
  const char *endings;
  const char *what;
  const char *route;
} refused_endings[] = {
  { ".pt .pth .ckpt .pkl .pickle .bin .joblib", "a Python pickle, which runs code when read",
    TO_SAFETENSORS },
  { ".onnx", "an ONNX model", TO_NPY },
  { ".pb", "a TensorFlow graph", TO_NPY },
  { ".tfrecord", "a TFRecord file", TO_NPY },
  { ".h5 .hdf5", "an HDF5 file", TO_NPY },
  { ".gguf", "a GGUF model", TO_SAFETENSORS },
  { ".mat", "a MATLAB file", TO_NPY },
};

gboolean
scope_head_has (const ScopeFileHead *head, gsize offset, const char *mark, gsize mark_length)
{
  return head->length >= offset + mark_length
         && memcmp (head->bytes + offset, mark, mark_length) == 0;
}

gboolean
scope_head_ends (const ScopeFileHead *head, const char *endings)
{
  g_auto (GStrv) list = g_strsplit (endings, " ", -1);
  gsize length = strlen (head->path);
  for (int i = 0; list[i] != NULL; i++)
    {
      gsize wanted = strlen (list[i]);
      if (length >= wanted && g_ascii_strcasecmp (head->path + length - wanted, list[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
refuse (const char *what, const char *route, const char *name, GError **error)
{
  return scope_file_fail (error, SCOPE_FILE_ERROR_REFUSED, name,
                          "it is %s; Shapescope does not open it. %s.", what, route);
}

gboolean
scope_head_refuse_mark (const ScopeFileHead *head, const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (scope_head_has (head, refused[i].offset, refused[i].mark, refused[i].length))
      return refuse (refused[i].what, refused[i].route, name, error);
  return TRUE;
}

gboolean
scope_head_refuse_ending (const ScopeFileHead *head, const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused_endings); i++)
    if (scope_head_ends (head, refused_endings[i].endings))
      return refuse (refused_endings[i].what, refused_endings[i].route, name, error);
  return TRUE;
}
