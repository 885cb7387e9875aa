/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_DETACH_H
#define RUNTIME_DETACH_H

struct fds;

/*
 * Closes BPF links. Each waits for the programs that still run, about 30 ms: they wait
 * side by side. When it returns none of the programs runs on any CPU.
 */
void detach_links(struct fds *links);

/* Closes perf events, which waits about 40 ms for each, one after the other. */
void detach_events(struct fds *perf);

/* The same in a process of its own that keeps nothing else open. */
void detach_events_later(struct fds *perf);

#endif
