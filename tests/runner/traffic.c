/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Makes traffic whose packets can be counted, for test cases:
 *	traffic udp ADDRESS PORT COUNT [BYTES]   sends COUNT datagrams of BYTES (default 32)
 *	traffic tcp ADDRESS PORT BYTES [NETNS [TEXT]]
 *	                                         listens there, connects, sends all, closes; what is
 *	                                         sent begins with TEXT; NETNS "" is the same as none
 *	traffic refused ADDRESS PORT             connects where nobody listens
 */

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((noreturn)) static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static struct addrinfo *address(const char *host, const char *port, int type)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
				  .ai_socktype = type };
	struct addrinfo *ai;
	int err = getaddrinfo(host, port, &hints, &ai);

	if (err) {
		fprintf(stderr, "%s: %s\n", host, gai_strerror(err));
		exit(1);
	}
	return ai;
}

static int open_socket(const struct addrinfo *ai)
{
	int one = 1, fd = socket(ai->ai_family, ai->ai_socktype, ai->ai_protocol);

	if (fd < 0)
		fail("socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	return fd;
}

/*
 * A local address gets a socket that receives, so that no ICMP answers come between. The
 * sending one is unconnected: a refused datagram does not stop the next one.
 */
static void udp(const struct addrinfo *ai, long count, size_t bytes)
{
	int fd = open_socket(ai), receiver = open_socket(ai);
	char *data = calloc(1, bytes + 1);

	if (!data)
		fail("calloc");
	if (bind(receiver, ai->ai_addr, ai->ai_addrlen) && errno != EADDRNOTAVAIL)
		fail("bind");
	while (count-- > 0)
		if (sendto(fd, data, bytes, 0, ai->ai_addr, ai->ai_addrlen) < 0)
			fail("sendto");
	close(receiver);
	free(data);
	close(fd);
}

static void send_bytes(const struct addrinfo *ai, size_t bytes, const char *text)
{
	char *data = calloc(1, bytes + 1);
	int fd = open_socket(ai);

	if (!data)
		fail("calloc");
	memcpy(data, text, strnlen(text, bytes));
	if (connect(fd, ai->ai_addr, ai->ai_addrlen))
		fail("connect");
	for (size_t done = 0; done < bytes;) {
		ssize_t n = write(fd, data + done, bytes - done);

		if (n < 0)
			fail("write");
		done += (size_t)n;
	}
	free(data);
	close(fd);
}

/* A socket in the network namespace @name, here when it is NULL. */
static int open_socket_in(const struct addrinfo *ai, const char *name)
{
	int here = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), there, fd;
	char path[128];

	if (!name || !*name)
		return open_socket(ai);
	snprintf(path, sizeof(path), "/run/netns/%s", name);
	there = open(path, O_RDONLY | O_CLOEXEC);
	if (setns(there, CLONE_NEWNET))
		fail(path);
	fd = open_socket(ai);
	if (setns(here, CLONE_NEWNET))
		fail("setns");
	return fd;
}

static void tcp(const struct addrinfo *ai, size_t bytes, const char *netns, const char *text)
{
	int fd = open_socket_in(ai, netns), conn, status;
	char data[4096];
	pid_t pid;

	if (bind(fd, ai->ai_addr, ai->ai_addrlen) || listen(fd, 1))
		fail("listen");
	pid = fork();
	if (pid < 0)
		fail("fork");
	if (!pid) {
		close(fd);
		send_bytes(ai, bytes, text);
		_exit(0);
	}
	conn = accept(fd, NULL, NULL);
	if (conn < 0)
		fail("accept");
	while (read(conn, data, sizeof(data)) > 0)
		;
	close(conn);
	close(fd);
	if (waitpid(pid, &status, 0) < 0 || status)
		exit(1);
}

static void refused(const struct addrinfo *ai)
{
	int fd = open_socket(ai);

	if (!connect(fd, ai->ai_addr, ai->ai_addrlen)) {
		fputs("connected\n", stderr);
		exit(1);
	}
	close(fd);
}

static int usage(void)
{
	fputs("usage: traffic udp ADDRESS PORT COUNT [BYTES]\n"
	      "       traffic tcp ADDRESS PORT BYTES [NETNS [TEXT]]\n"
	      "       traffic refused ADDRESS PORT\n",
	      stderr);
	return 2;
}

int main(int argc, char **argv)
{
	const char *what = argc > 3 ? argv[1] : "";
	bool is_udp = !strcmp(what, "udp") && (argc == 5 || argc == 6);
	bool is_tcp = !strcmp(what, "tcp") && argc >= 5 && argc <= 7;
	struct addrinfo *ai;

	if (!is_udp && !is_tcp && (strcmp(what, "refused") || argc != 4))
		return usage();
	ai = address(argv[2], argv[3], is_udp ? SOCK_DGRAM : SOCK_STREAM);
	if (is_udp)
		udp(ai, atol(argv[4]), argc > 5 ? (size_t)atol(argv[5]) : 32);
	else if (is_tcp)
		tcp(ai, (size_t)atol(argv[4]), argv[5], argc > 6 ? argv[6] : "");
	else
		refused(ai);
	freeaddrinfo(ai);
	return 0;
}
