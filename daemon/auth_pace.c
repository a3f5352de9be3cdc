/*
 * auth_pace.c - a bucket that fills by the second.
 */
#include "auth_pace.h"

#define SILENT INT64_C(600) /* s between two lines of the log */

bool
auth_pace_take(struct auth_pace *p, int64_t now)
{
	int64_t s = now - p->t;

	/* a clock that was set back or far ahead fills it */
	if (s < 0 || s * AUTH_PACE_RATE >= p->used)
		p->used = 0;
	else
		p->used -= s * AUTH_PACE_RATE;
	p->t = now;
	if (p->used >= AUTH_PACE_MOST)
		return false;
	p->used++;
	return true;
}

void
auth_pace_give(struct auth_pace *p)
{
	if (p->used > 0)
		p->used--;
}

bool
auth_pace_tell(struct auth_pace *p, int64_t now)
{
	if (p->told <= now && now - p->told < SILENT)
		return false;
	p->told = now;
	return true;
}
