/*
 * board.h - the newest value of everything that is measured, in memory, as the
 * registers of lib/map.h.
 *
 * The recorder puts values in, the gateway reads registers; neither waits for a
 * disk.  `now` is tick_us().
 */
#ifndef BOARD_H
#define BOARD_H

#include "live.h"
#include "map.h"
#include "plan.h"

struct board;

struct board *board_new(void);
void board_free(struct board *); /* NULL is allowed */

/*
 * Before the other threads run: what a device measures; and then a slot for
 * each value of all of them, in config.db.
 */
void board_add(struct board *, int64_t device, const struct mews_plan *);
enum mews_rc
board_open(struct board *, struct mews_db *config, struct mews_err *);

/*
 * Values as they were read.  NULL is allowed, and does nothing.
 */
void board_take(struct board *, const struct mews_live_value *, size_t n,
    int64_t now);

/*
 * Slots that were ever given; and n registers from first on, high byte first,
 * into 2 n bytes: false when they do not all lie within the slots.
 */
size_t board_slots(const struct board *);
bool board_read(struct board *, int first, int n, int64_t now, uint8_t *out);

#endif
