/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_ACTION_H
#define RUNTIME_ACTION_H

/* What programs ask user space to do. */

#include <stdbool.h>

#include "parser/plan.h"

struct session;

/* Prepares formats. */
void action_open(struct session *s);
void action_close(struct session *s);

/* Carries out the event whose arguments are in @record. */
/* With -k: what a helper could not do. */
void action_failure(struct session *s, const struct failure *f);
void action_run(struct session *s, const struct event *e, const void *record);

/* Ends the script with @status. */
void action_exit(struct session *s, int status);

#endif
