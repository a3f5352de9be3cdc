/*
 * sinks.c - the table of sinks.
 */
#include "sink.h"

extern const struct sink sink_folder, sink_mail, sink_upload, sink_share;

static const struct sink *const table[] = {
	&sink_folder,
	&sink_mail,
	&sink_upload,
	&sink_share,
};

const struct sink *
sink_at(size_t i)
{
	return i < MEWS_LEN(table) ? table[i] : NULL;
}
