/*
 * timeline.c - two clocks and the distance between them.
 */
#include "timeline.h"

#define MINUTE_MS 60000
#define JUMP_MS   2000    /* of the wall clock, that is told */
#define AGAIN_US  1000000 /* until a clock that is not set is looked at again */

void
timeline_init(struct timeline *l, int64_t wall, int64_t now, int64_t instead,
    timeline_valid *valid, void *ctx)
{
	*l = (struct timeline){ .offset = wall - now / 1000, .at = now };
	l->tried = l->offset;
	l->waits = !valid(ctx, wall);
	if (l->waits)
		l->offset = instead - now / 1000;
}

static bool
far(int64_t a, int64_t b)
{
	return a - b > JUMP_MS || b - a > JUMP_MS;
}

static enum timeline_change
wait(struct timeline *l, int64_t wall, int64_t now, timeline_valid *valid,
    void *ctx, int64_t *by)
{
	int64_t offset = wall - now / 1000, ahead = offset - l->offset;

	if (!far(offset, l->tried) && now < l->at + AGAIN_US)
		return TIMELINE_SAME;
	l->tried = offset;
	l->at = now;
	if (!valid(ctx, wall))
		return TIMELINE_SAME;
	l->waits = false;
	l->offset = offset;
	*by = ahead > MINUTE_MS / 2 ? ahead / MINUTE_MS * MINUTE_MS : 0;
	return TIMELINE_SET;
}

enum timeline_change
timeline_look(struct timeline *l, int64_t wall, int64_t now,
    timeline_valid *valid, void *ctx, int64_t *by)
{
	int64_t offset = wall - now / 1000;

	*by = 0;
	if (l->waits)
		return wait(l, wall, now, valid, ctx, by);
	if (!far(offset, l->offset)) {
		l->offset = offset;
		return TIMELINE_SAME;
	}
	*by = offset - l->offset;
	l->tried = offset;
	l->at = now;
	if (valid(ctx, wall)) {
		l->offset = offset;
		return TIMELINE_JUMPED;
	}
	l->waits = true;
	return TIMELINE_LOST;
}

int64_t
timeline_ms(const struct timeline *l, int64_t now)
{
	return now / 1000 + l->offset;
}
