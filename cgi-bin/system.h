/*
 * system.h - what the administrator's home tells, part by part.
 *
 * Each sets values below the current node, and a row of alarm for what needs
 * somebody: alarm.N.{kind,icon,title,text,path,button}.
 */
#ifndef SYSTEM_H
#define SYSTEM_H

#include "page.h"

struct system {
	struct page_ctx *c;
	size_t alarms;
};

/*
 * A sentence of the language below system.alarm.WORD.{title,text,button}; the
 * text's {0} is given, or "".  kind is warn or alarm, path where to mend it.
 */
void system_alarm(struct system *, const char *kind, const char *word,
    const char *given, const char *path);

void system_box(struct system *);
enum mews_rc system_storage(struct system *, struct mews_err *);
void system_backups(struct system *);
void system_certificate(struct system *);
enum mews_rc system_people(struct system *, struct mews_err *);

/*
 * How what mews-courier carries out fares: way.N.{name,path,says,bad}.
 */
void system_ways(struct system *);

#endif
