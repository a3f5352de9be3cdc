/*
 * watch.h - what a supervisor such as systemd gives, and wants to hear: sockets
 * that were opened for us (sd_listen_fds(3)), and that we live (sd_notify(3)).
 * Without one all of it does nothing.
 */
#ifndef WATCH_H
#define WATCH_H

#include "mews.h"

/*
 * Takes what the environment holds.  First of all, once.  The sockets let
 * nobody in until watch_socket().
 */
void watch_begin(void);

/*
 * One that listens at this address and port, for the caller to close with
 * watch_close(); -1 when there is none.
 */
int watch_socket(const char *address, int port);

/*
 * Closes any listening socket; one that was given lets nobody in from now on.
 */
void watch_close(int fd);

/*
 * Says that the service is ready, or that it is about to end.
 */
void watch_ready(void);
void watch_ending(void);

/*
 * Says that all is well, often enough, if sound is true.  Returns in how many
 * ms the next call is due, at most wait.
 */
int watch_kick(bool sound, int wait);

/*
 * Work that may take long without a kick begins, or is over.
 */
void watch_busy(bool);

#endif
