/* The line under what is wrong. */
#include "app/entry-fault.h"

static gsize
byte_at (const char *text, int character)
{
  return (gsize)(g_utf8_offset_to_pointer (text, CLAMP (character, 0, g_utf8_strlen (text, -1)))
                 - text);
}

/* A red line under the characters at fault; all of them when the fault has no place. */
static PangoAttrList *
make_fault (const char *text, int begin, int end)
{
  PangoAttrList *list = pango_attr_list_new ();
  PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);
  int length = (int)g_utf8_strlen (text, -1);

  if (begin < 0)
    {
      begin = 0;
      end = length;
    }
  /* What is missing at the end marks the last character. */
  if (begin >= length)
    begin = length - 1;
  line->start_index = (guint)byte_at (text, begin);
  line->end_index = (guint)byte_at (text, MAX (end, begin + 1));
  pango_attr_list_insert (list, line);
  return list;
}

void
scope_entry_mark_fault (GtkEntry *entry, gboolean wrong, int begin, int end)
{
  g_autoptr (PangoAttrList) fault = NULL;

  if (wrong)
    {
      fault = make_fault (gtk_editable_get_text (GTK_EDITABLE (entry)), begin, end);
      gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_entry_set_attributes (entry, fault);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}
