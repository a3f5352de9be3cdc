/*
 * service.h - one site being measured: its buses, its recorder and its gateway.
 */
#ifndef SERVICE_H
#define SERVICE_H

#include "event.h"
#include "gateway.h"
#include "place.h"
#include "recorder.h"

struct service;

/*
 * Reads the site from config.db, its profiles, and starts.  A device whose
 * profile is no good is told and left out.  Takes over the recorder of the
 * service before, if there was one, and goes on where it was.  Borrows the databases until
 * service_stop, and the options.
 */
enum mews_rc service_start(const struct mews_place *, struct mews_db *config,
    struct mews_db *history, struct mews_db *live,
    const struct gateway_options *, struct recorder *before,
    struct service **out, struct mews_err *);

/*
 * Ends all threads, within the time of one open() at most.  kept, unless NULL,
 * gets the recorder, halted, for the next service.
 */
void service_stop(struct service *, /* NULL is allowed */
    struct recorder **kept);

void service_status(struct service *, struct recorder_status *);

/*
 * Where requests for a line are handed in; NULL when it is not in the site.
 */
struct desk *service_desk(const struct service *, int64_t line);

/*
 * As recorder_event.
 */
void service_event(struct service *, const struct mews_event *);

/*
 * As recorder_do.
 */
enum mews_rc
service_do(struct service *, recorder_work *, void *arg, struct mews_err *);

/*
 * Has the recorder read anew what the history may take, and whether the clock
 * is in doubt.
 */
enum mews_rc
service_budget(struct service *, struct mews_db *config, struct mews_err *);

/*
 * As recorder_damaged.
 */
bool service_damaged(struct service *);

/*
 * NULL when the site has no port for other masters.
 */
struct gateway *service_gateway(struct service *);

#endif
