/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/runner/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/runner/need.h"
#include "tests/runner/packets.h"

#define DEFAULT_TIMEOUT 20
#define NOBODY 65534
#define LOCKED "PKT_TEST_LOCKED" /* set for what a case with a network runs */

static char tmp[4096]; /* of the running case; empty: none. It holds $TMP/, out, err, log, note */
static sigset_t watched;

static const char *in_tmp(struct arena *a, const char *name)
{
	return arena_printf(a, "%s/%s", tmp, name);
}

static const char *read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = NULL;
	size_t len = 0, cap = 4096;

	if (!f)
		return "";
	do {
		char *more = arena_alloc(a, (cap *= 2) + 1);

		if (len)
			memcpy(more, text, len);
		text = more;
		len += fread(text + len, 1, cap - len, f);
	} while (len == cap);
	fclose(f);
	text[len] = 0;
	return text;
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	if (f) {
		fputs(text, f);
		fclose(f);
	}
}

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 }, NULL);
}

/* Ends this process: the case could not be carried out. */
__attribute__((noreturn, format(printf, 2, 3))) static void give_up(struct arena *a,
								    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	write_file(in_tmp(a, "note"), arena_vprintf(a, fmt, ap));
	va_end(ap);
	_exit(1);
}

static void redirect(const char *path, int fd, int flags)
{
	int file = open(path, flags, 0666);

	if (file < 0 || dup2(file, fd) < 0)
		_exit(126);
	if (file != fd)
		close(file);
}

static void become_nobody(struct arena *a)
{
	if (geteuid())
		return;
	if (setgroups(0, NULL) || setgid(NOBODY) || setuid(NOBODY))
		give_up(a, "setuid: %s", strerror(errno));
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* setuid cleared it */
}

/* A shell with the functions of lib.sh runs @command; output goes to files of @tmp. */
static pid_t start_shell(struct arena *a, const char *command, const char *out, const char *err,
			 const char *user)
{
	const char *lib = ". \"$SRCDIR/lib.sh\"\n";
	pid_t pid = fork();

	if (pid < 0)
		give_up(a, "fork: %s", strerror(errno));
	if (pid)
		return pid;
	redirect("/dev/null", 0, O_RDONLY);
	redirect(in_tmp(a, out), 1, O_WRONLY | O_CREAT | O_APPEND);
	redirect(in_tmp(a, err), 2, O_WRONLY | O_CREAT | O_APPEND);
	if (user)
		become_nobody(a);
	execl("/bin/sh", "sh", "-c", arena_printf(a, "%s%s", lib, command), (char *)NULL);
	_exit(127);
}

static int exit_status(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return 1;
	return exit_status(status);
}

/* A network and a /run of our own, so that `ip netns add` stays here too. */
static void enter_namespaces(struct arena *a)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
	int fd;

	if (unshare(CLONE_NEWNET | CLONE_NEWNS))
		give_up(a, "unshare: %s", strerror(errno));
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("tmpfs", "/run", "tmpfs", 0, NULL))
		give_up(a, "private /run: %s", strerror(errno));
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &lo))
		give_up(a, "lo up: %s", strerror(errno));
	close(fd);
}

static void set_environment(struct arena *a, const struct tcase *c)
{
	const char *dir = in_tmp(a, "tmp");

	setenv("TMP", dir, 1);
	setenv("TMPDIR", dir, 1);
	setenv("HOME", dir, 1);
	setenv("LC_ALL", "C", 1);
	setenv("TZ", "UTC", 1);
	setenv("NO_COLOR", "1", 1);
	setenv("SCRIPT", c->value[KEY_SCRIPT] ? c->value[KEY_SCRIPT] : "", 1);
	unsetenv("MAKEFLAGS");
	unsetenv("MAKELEVEL");
	unsetenv("BLESS");
	if (need_netns(c))
		setenv(LOCKED, "1", 1);
	if (chdir(dir))
		give_up(a, "chdir: %s", strerror(errno));
}

static const char *main_command(struct arena *a, const struct tcase *c)
{
	const char *args = c->value[KEY_ARGS] ? c->value[KEY_ARGS] : "";
	const char *replay = c->value[KEY_REPLAY];

	if (replay)
		replay = arena_printf(a, "-r \"$SRCDIR/%s\" ", replay);
	else
		replay = c->value[KEY_PACKETS] ? "-r \"$TMP/packets\" " : "";
	if (c->value[KEY_RUN])
		return c->value[KEY_RUN];
	return arena_printf(a, "exec \"$PKTSCRIPT\" %s%s-e \"$SCRIPT\" %s",
			    need_has(c, "root") ? "" : "--tracefs \"$SRCDIR/tracefs\" ", replay,
			    args);
}

/* False when the script ended before it said so. */
static bool wait_attached(struct arena *a, pid_t pid, int *status)
{
	const char *err = in_tmp(a, "err"), *out = in_tmp(a, "out");
	bool attached = false;

	while (!attached && !waitpid(pid, status, WNOHANG)) {
		struct arena *now = arena_new();
		const char *text = read_file(now, err), *word = strstr(text, "Attached");

		attached = word && (word == text || word[-1] == '\n') && strchr(word, '\n');
		if (!attached)
			attached = strstr(read_file(now, out), "\"attached_probes\"");
		arena_free(now);
		pause_ms(attached ? 0 : 2);
	}
	return attached;
}

/* Gives the script a moment to end by itself, then asks it to. */
static void interrupt(const struct tcase *c, pid_t pid)
{
	siginfo_t info = { 0 };

	if (c->value[KEY_ARGS] && strstr(c->value[KEY_ARGS], "--for"))
		return;
	for (int i = 0; i < 20; i++) {
		if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) || info.si_pid)
			return;
		pause_ms(5);
	}
	kill(pid, SIGINT);
}

static int run_with_traffic(struct arena *a, const struct tcase *c, pid_t pid)
{
	int status, traffic;

	if (!wait_attached(a, pid, &status))
		return exit_status(status);
	traffic = wait_for(start_shell(a, c->value[KEY_TRAFFIC], "log", "log", NULL));
	if (traffic)
		give_up(a, "traffic: exit status %d\n%s", traffic, read_file(a, in_tmp(a, "log")));
	interrupt(c, pid);
	return wait_for(pid);
}

static void write_packets(struct arena *a, const char *text)
{
	const char *wrong = packets_write(a, text, "packets");

	if (wrong)
		give_up(a, "%s", wrong);
}

/* The process of a case: everything the case starts is a child of it, in its group. */
__attribute__((noreturn)) static void play(struct arena *a, const struct tcase *c)
{
	int status;
	pid_t pid;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGINT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &watched, NULL);
	if (need_netns(c))
		enter_namespaces(a);
	set_environment(a, c);
	if (c->value[KEY_PACKETS])
		write_packets(a, c->value[KEY_PACKETS]);
	if (c->value[KEY_SETUP]) {
		status = wait_for(start_shell(a, c->value[KEY_SETUP], "log", "log", NULL));
		if (status)
			give_up(a, "setup: exit status %d\n%s", status,
				read_file(a, in_tmp(a, "log")));
	}
	pid = start_shell(a, main_command(a, c), "out", "err", c->value[KEY_USER]);
	_exit(c->value[KEY_TRAFFIC] ? run_with_traffic(a, c, pid) : wait_for(pid));
}

static void remove_tmp(void)
{
	pid_t pid;

	if (!*tmp)
		return;
	pid = fork();
	if (!pid) {
		execlp("rm", "rm", "-rf", tmp, (char *)NULL);
		_exit(127);
	}
	if (pid > 0)
		wait_for(pid);
	*tmp = 0;
}

/* The runner adopts what a case leaves behind: kill it, whichever group it is in. */
static void end_orphans(void)
{
	for (;;) {
		FILE *f = fopen("/proc/thread-self/children", "r");
		int pid, n = 0;

		while (f && fscanf(f, "%d", &pid) == 1) {
			kill(pid, SIGKILL);
			waitpid(pid, NULL, 0);
			n++;
		}
		if (f)
			fclose(f);
		if (!n)
			return;
	}
}

static void end_case(pid_t pid)
{
	kill(-pid, SIGKILL);
	end_orphans();
}

/* False when @seconds went by first. */
static bool wait_case(pid_t pid, long seconds, int *status)
{
	struct timespec now, end, left;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += seconds;
	for (;;) {
		int sig;

		if (waitpid(pid, status, WNOHANG) == pid)
			return true;
		clock_gettime(CLOCK_MONOTONIC, &now);
		left.tv_sec = end.tv_sec - now.tv_sec;
		left.tv_nsec = end.tv_nsec - now.tv_nsec;
		if (left.tv_nsec < 0) {
			left.tv_sec--;
			left.tv_nsec += 1000000000;
		}
		if (left.tv_sec < 0)
			return false;
		sig = sigtimedwait(&watched, NULL, &left);
		if (sig > 0 && sig != SIGCHLD) {
			end_case(pid);
			remove_tmp();
			_exit(128 + sig);
		}
	}
}

static const char *replace_all(struct arena *a, const char *text, const char *what,
			       const char *with)
{
	const char *hit;

	while (what && *what && (hit = strstr(text, what)))
		text = arena_printf(a, "%.*s%s%s", (int)(hit - text), text, with,
				    hit + strlen(what));
	return text;
}

static const char *read_output(struct arena *a, const char *name)
{
	const char *text = read_file(a, in_tmp(a, name));

	text = replace_all(a, text, in_tmp(a, "tmp"), "$TMP");
	text = replace_all(a, text, getenv("PKTSCRIPT"), "$PKTSCRIPT");
	return replace_all(a, text, getenv("SRCDIR"), "$SRCDIR");
}

/* Without the line that says the probes are attached. */
static const char *drop_attached(struct arena *a, const char *text)
{
	const char *line = text;

	while (line && strncmp(line, "Attached", 8)) {
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	if (!line)
		return text;
	return arena_printf(a, "%.*s%s", (int)(line - text), text,
			    strchrnul(line, '\n') + !!strchr(line, '\n'));
}

static bool make_tmp(struct arena *a)
{
	const char *base = getenv("TMPDIR");
	mode_t mask = umask(0);
	bool ok;

	snprintf(tmp, sizeof(tmp), "%s/pktscript-test.XXXXXX", base && *base ? base : "/tmp");
	ok = mkdtemp(tmp) && !chmod(tmp, 0755) && !mkdir(in_tmp(a, "tmp"), 0777);
	umask(mask);
	return ok;
}

/* Cases with a network see the same tracepoints, so one runs at a time on a machine. */
static int lock_network(const struct tcase *c)
{
	int fd = -1;

	if (need_netns(c) && !getenv(LOCKED))
		fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		while (flock(fd, LOCK_EX) && errno == EINTR)
			;
	return fd;
}

static long deadline(const struct tcase *c)
{
	const char *factor = getenv("PKT_TEST_SLOW");
	long seconds = c->value[KEY_TIMEOUT] ? atol(c->value[KEY_TIMEOUT]) : DEFAULT_TIMEOUT;

	return seconds * (factor && atol(factor) > 0 ? atol(factor) : 1);
}

void stage_init(void)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	sigemptyset(&watched);
	sigaddset(&watched, SIGCHLD);
	sigaddset(&watched, SIGINT);
	sigaddset(&watched, SIGTERM);
	sigaddset(&watched, SIGHUP);
	sigprocmask(SIG_BLOCK, &watched, NULL);
}

struct result stage_run(struct arena *a, const struct tcase *c)
{
	struct result r = { 0 };
	long seconds = deadline(c);
	int lock, status = 0;
	pid_t pid;

	if (!make_tmp(a)) {
		r.note = arena_printf(a, "%s: %s", tmp, strerror(errno));
		*tmp = 0;
		return r;
	}
	lock = lock_network(c);
	fflush(NULL);
	pid = fork();
	if (!pid)
		play(a, c);
	setpgid(pid, pid);
	if (pid < 0)
		r.note = "fork failed";
	else if (!wait_case(pid, seconds, &status))
		r.note = arena_printf(a, "no end after %ld s", seconds);
	if (pid > 0)
		end_case(pid);
	if (lock >= 0)
		close(lock);
	r.status = exit_status(status);
	r.out = read_output(a, "out");
	r.err = read_output(a, "err");
	if (c->value[KEY_SCRIPT])
		r.err = drop_attached(a, r.err);
	if (!r.note && !access(in_tmp(a, "note"), F_OK))
		r.note = read_output(a, "note");
	remove_tmp();
	return r;
}

void stage_diff(struct arena *a, const char *stream, const char *expected, const char *printed)
{
	const char *command;

	if (!make_tmp(a))
		return;
	write_file(in_tmp(a, "expected"), expected);
	write_file(in_tmp(a, "printed"), printed);
	command = arena_printf(a,
			       "diff -u --label 'expected %s' --label 'printed %s' "
			       "%s/expected %s/printed | sed 's/^/# /'",
			       stream, stream, tmp, tmp);
	fflush(stdout);
	if (system(command) < 0)
		puts("# diff failed");
	remove_tmp();
}
