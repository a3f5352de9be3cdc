/*
 * report.h - what a mail says: a report of a period, events, or that mail
 * arrives.
 */
#ifndef REPORT_H
#define REPORT_H

#include "event.h"
#include "letter.h"
#include "mail.h"
#include "site.h"
#include "view.h"

/*
 * The last whole period of a daily, weekly or monthly report at a time:
 * [*since, *upto), local days, weeks from Monday, months.
 */
void
report_period(enum mews_letter, int64_t now, int64_t *since, int64_t *upto);

/*
 * The period behind the one that ends at since.
 */
int64_t report_next(enum mews_letter, int64_t since);

/*
 * Whether one is due at now, when all periods up to reached were told of: at
 * that minute of the local day behind a period; where the clock leaves it out,
 * an hour later or earlier, and where it comes twice, at the first.  *upto is
 * where the last whole period ends.
 */
bool report_due(enum mews_letter, int64_t reached, int64_t minute, int64_t now,
    int64_t *upto);

/*
 * What a mail of events tells of: from one id to another, or with this below 0
 * that the history cannot be written since so many s after 1970.
 */
struct report {
	struct mews_db *config, *history; /* to read */
	struct view *view;
	const struct mews_site *site;
	const char *from; /* address the mail comes from */
	int64_t now;
	enum mews_severity least; /* of events that are told */
	const char *disk;         /* why the history could not be written */
};

/*
 * Writes the whole mail, files and all.  MEWS_NONE: of its events none is to
 * be told any more.
 */
enum mews_rc report_write(const struct report *, const struct mews_mail *,
    struct letter *, struct mews_err *);

#endif
