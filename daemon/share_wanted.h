/*
 * share_wanted.h - network drive and FTP server of the data folder, as they
 * are wanted: for who may start them.
 *
 * In state/wanted (wanted.h): share, a line "share smb=on ftp=off
 * password=..."; smb.conf and vsftpd.conf, their configurations below a line.
 */
#ifndef SHARE_WANTED_H
#define SHARE_WANTED_H

#include "mewsd.h"

/*
 * Serves share-set and share-password, as mewsd_serve.
 */
enum mews_rc share_wanted_serve(struct mewsd *, const struct door_caller *,
    const struct mews_message *, struct mews_message *answer,
    struct mews_err *);

#endif
