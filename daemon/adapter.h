/*
 * adapter.h - which name of a serial port stays when its adapter is plugged in
 * again.
 *
 * Linux numbers adapters as they come: ttyUSB0 may be ttyUSB1 after a loose
 * plug.  udev keeps links that stay in DIR/by-path (the socket it is in) and
 * DIR/by-id (the adapter itself).  They are looked up when a port was opened
 * by the site's name, and from then on the port is opened by them alone: what
 * has the site's name then may be another adapter.
 */
#ifndef ADAPTER_H
#define ADAPTER_H

#include "mews.h"

#define ADAPTER_NAME 512

/*
 * Before any thread: DIR instead of /dev/serial; borrowed.
 */
void adapter_folder(const char *dir);

/*
 * From any thread.  find: the name to open the site's path by: by-path when
 * that exists, else by-id, else the path itself when nothing was learnt of it.
 * learn: the path is open, and leads to the adapter of the line.
 */
void adapter_find(const char *path, char out[ADAPTER_NAME]);
void adapter_learn(const char *path);

#endif
