/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/command.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/fail.h"
#include "runtime/memory.h"

/* Copies one word from @p to @to; returns what follows it, or NULL when a quote is open. */
static const char *split_word(const char *p, char **to)
{
	char quote = 0;

	for (; *p && (quote || !isspace((unsigned char)*p)); p++) {
		if (quote ? *p == quote : *p == '\'' || *p == '"')
			quote = quote ? 0 : *p;
		else if (*p == '\\' && p[1] && quote != '\'' && (!quote || strchr("\"\\$`", p[1])))
			*(*to)++ = *++p;
		else
			*(*to)++ = *p;
	}
	*(*to)++ = 0;
	return quote ? NULL : p;
}

char **command_split(const char *line)
{
	size_t length = strlen(line), n = 0;
	/* Words and their ends need no more than the line and its end do. */
	char **words = memory_new(1, (length / 2 + 2) * sizeof(*words) + length + 1);
	char *to = (char *)(words + length / 2 + 2);

	for (;;) {
		while (isspace((unsigned char)*line))
			line++;
		if (!*line)
			break;
		words[n++] = to;
		line = split_word(line, &to);
		if (!line)
			break;
	}
	if (line && n)
		return words;
	free(words);
	return NULL;
}

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* Whether execvp() would find @name. */
static bool find_program(const char *name)
{
	const char *path = getenv("PATH"), *end;
	char file[PATH_MAX];

	if (strchr(name, '/'))
		return is_program(name);
	for (path = path ? path : "/bin:/usr/bin";; path = end + 1) {
		end = strchrnul(path, ':');
		snprintf(file, sizeof(file), "%.*s%s%s", (int)(end - path), path,
			 end > path ? "/" : "", name);
		if (is_program(file))
			return true;
		if (!*end)
			return false;
	}
}

/* Why find_program() did not take @name. */
static const char *not_found(const char *name)
{
	if (strchr(name, '/') && access(name, X_OK) < 0)
		return fail_text(errno);
	return strchr(name, '/') ? "it is no program" : "command not found";
}

/* The child: waits for a byte, then becomes the command. Ends with us. */
static void __attribute__((noreturn))
child(char **words, int go, int result, pid_t parent, const struct stop *stop)
{
	char byte;
	int err;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	stop_child(stop);
	if (read(go, &byte, 1) != 1)
		_exit(0);
	execvp(words[0], words);
	err = errno;
	if (write(result, &err, sizeof(err)) < 0)
		_exit(126);
	_exit(127);
}

static bool fork_child(struct command *c, char **words, const struct stop *stop)
{
	int go[2], result[2];
	pid_t parent = getpid();

	if (pipe2(go, O_CLOEXEC) < 0)
		return false;
	if (pipe2(result, O_CLOEXEC) < 0) {
		close(go[0]);
		close(go[1]);
		return false;
	}
	c->pid = fork();
	if (c->pid == 0) {
		close(go[1]);
		child(words, go[0], result[1], parent, stop);
	}
	close(go[0]);
	close(result[1]);
	c->go = go[1];
	c->result = result[0];
	if (c->pid > 0)
		return true;
	c->pid = 0;
	return false;
}

bool command_prepare(struct command *c, const char *line, const struct stop *stop)
{
	char **words = command_split(line);
	bool ok = false;

	if (!words)
		fail("-c takes one command with its arguments, as in -c 'curl -s example.org'",
		     "cannot understand the command of -c: %s",
		     strspn(line, " \t\n") == strlen(line) ? "it is empty" : "a quote is open");
	else if (!find_program(words[0]))
		fail("commands are looked up in PATH; for shell syntax use -c \"sh -c '...'\"",
		     "cannot run '%s': %s", words[0], not_found(words[0]));
	else if (!fork_child(c, words, stop))
		fail(NULL, "cannot run '%s': %s", words[0], fail_text(errno));
	else
		ok = true;
	free(words);
	return ok;
}

/* The command has been loaded, and stops; or a signal came first. */
static void wait_stopped(struct command *c)
{
	siginfo_t info = { 0 };

	if (waitid(P_PID, c->pid, &info, WSTOPPED | WEXITED | WNOWAIT) ||
	    info.si_code != CLD_TRAPPED)
		return;
	c->signal = info.si_status >> 8 ? 0 : info.si_status;
}

bool command_start(struct command *c, const char *line)
{
	int err = 0;
	bool ok;

	if (!c->pid)
		return true;
	c->traced = ptrace(PTRACE_SEIZE, c->pid, NULL, (void *)PTRACE_O_TRACEEXEC) == 0;
	ok = write(c->go, "", 1) == 1 && read(c->result, &err, sizeof(err)) == 0;
	if (!ok)
		fail(NULL, "cannot run '%s': %s", line, fail_text(err ? err : errno));
	close(c->go);
	close(c->result);
	c->go = c->result = -1;
	if (ok && c->traced)
		wait_stopped(c);
	return ok;
}

void command_continue(struct command *c)
{
	if (c->traced)
		ptrace(PTRACE_DETACH, c->pid, NULL, (void *)(intptr_t)c->signal);
	c->traced = false;
}

/* Whether the child ends within half a second. */
static bool ends_soon(pid_t pid)
{
	struct timespec pause = { .tv_nsec = 2000000 };
	int i;

	for (i = 0; i < 250; i++) {
		if (waitpid(pid, NULL, WNOHANG) != 0)
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

void command_end(struct command *c)
{
	if (c->go >= 0)
		close(c->go);
	if (c->result >= 0)
		close(c->result);
	c->go = c->result = -1;
	if (!c->pid)
		return;
	if (waitpid(c->pid, NULL, WNOHANG) == 0) {
		kill(c->pid, SIGTERM);
		if (!ends_soon(c->pid)) {
			kill(c->pid, SIGKILL);
			waitpid(c->pid, NULL, 0);
		}
	}
	c->pid = 0;
}
