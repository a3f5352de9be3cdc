/*
 * report_files.h - the CSV files that go with a report.
 */
#ifndef REPORT_FILES_H
#define REPORT_FILES_H

#include "report.h"

/*
 * One file of what all devices counted in the mail's period, and one of each
 * device with all it measured.
 */
enum mews_rc report_files_add(const struct report *, const struct mews_mail *,
    struct letter *, struct mews_err *);

#endif
