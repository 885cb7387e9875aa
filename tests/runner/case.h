/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_RUNNER_CASE_H
#define TESTS_RUNNER_CASE_H

/*
 * Test files. A file holds cases; a case is a title and keys, each with a value
 * on its line or, after it, on lines indented by one tab:
 *
 *	# comment
 *	== counts packets
 *	requires: root
 *	script: net:net_dev_queue { @ = count(); }
 *	traffic: traffic udp 127.0.0.1 9 5
 *	expect~:
 *		^@: [0-9]+$
 *
 *   requires  words, else the case is skipped: root, net (private network namespaces),
 *             tracefs-absent, kernel-6.1 (at least), vm ($PKT_VM is set); any other word
 *             is a program that must be installed
 *   script    run as $PKTSCRIPT -e SCRIPT, on the tracepoints of $SRCDIR/tracefs unless
 *             the case requires root
 *   args      more arguments of it, read by the shell
 *   replay    a capture of $SRCDIR: adds -r FILE
 *   packets   the same with packets that are written here, a line each, in hex with blanks
 *             where you like; before it "@1.5" (seconds since 1970; else a millisecond after the
 *             last), "len=1500" (of the packet, when not all of it is there), "in" or "out".
 *             A line "iface NAME" names the interface of those that follow, "link 101" their
 *             link type (else 1, Ethernet). The file is $TMP/packets
 *   run       a shell command instead of script
 *   setup     a shell command run before
 *   traffic   a shell command run once the script has said "Attached" on stderr, or in JSON
 *             "attached_probes" on stdout (so no -q); then the script is interrupted,
 *             unless it ends by itself or has --for
 *   user      nobody: run without privileges
 *   status    expected exit status, 0 if not given; 128 + n for signal n
 *   timeout   in seconds, 20 if not given
 *   expect    the whole stdout; expect~: regular expressions (ERE) that lines of it match,
 *             in this order, other lines may come between; nothing at all: anything goes
 *   error     the whole stderr, without the "Attached" line of a script; error~ likewise
 *
 * A stream that is not mentioned must be empty. A blank line belongs to the value if an
 * indented line follows; at the end of a value it is a line with just the tab. Output whose
 * last line has no newline is shown by a last line "\ no newline".
 *
 * Commands see $PKTSCRIPT, $SRCDIR (tests/), $TMP (empty, private, current directory) and
 * the functions of lib.sh. These three paths are printed as $PKTSCRIPT, $SRCDIR and $TMP
 * in what is compared. Root cases have a network namespace of their own, with lo up.
 */

#include <stdbool.h>
#include <stddef.h>

#include "util/arena.h"

/* KEY(ID, spelling, whether a value of several lines keeps its last newline) */
#define CASE_KEYS(KEY)                   \
	KEY(REQUIRES, "requires", false) \
	KEY(SCRIPT, "script", false)     \
	KEY(ARGS, "args", false)         \
	KEY(REPLAY, "replay", false)     \
	KEY(PACKETS, "packets", false)   \
	KEY(RUN, "run", false)           \
	KEY(SETUP, "setup", false)       \
	KEY(TRAFFIC, "traffic", false)   \
	KEY(USER, "user", false)         \
	KEY(STATUS, "status", false)     \
	KEY(TIMEOUT, "timeout", false)   \
	KEY(EXPECT, "expect", true)      \
	KEY(EXPECT_RE, "expect~", true)  \
	KEY(ERROR, "error", true)        \
	KEY(ERROR_RE, "error~", true)

enum key {
/* clang-format off */
#define KEY(ID, name, text) KEY_##ID,
	CASE_KEYS(KEY)
#undef KEY
	KEY_COUNT
	/* clang-format on */
};

struct tcase {
	const char *title;
	const char *value[KEY_COUNT];             /* NULL: not given */
	size_t line;                              /* of the title; lines count from 0 */
	size_t first[KEY_COUNT], last[KEY_COUNT]; /* lines of the key */
	size_t end;                               /* first line after the last key */
	const char *blessed[KEY_COUNT]; /* new value, "" to remove the key; NULL: leave it */
};

struct tfile {
	const char *path;
	char **lines;
	size_t nlines;
	struct tcase *cases;
	size_t ncases;
};

/* Reads and checks a file; prints what is wrong with it to stderr and returns false. */
bool tfile_read(struct arena *a, struct tfile *f, const char *path);

/* Writes the file with the blessed values in place; 0 or -errno. */
int tfile_write(struct arena *a, const struct tfile *f);

#endif
