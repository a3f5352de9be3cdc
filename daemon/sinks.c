/*
 * sinks.c - the table of sinks.
 */
#include "sink.h"

extern const struct sink sink_folder, sink_mail, sink_upload;

static const struct sink *const table[] = {
	&sink_folder,
	&sink_mail,
	&sink_upload,
};

const struct sink *
sink_at(size_t i)
{
	return i < MEWS_LEN(table) ? table[i] : NULL;
}
