/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/out.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/memory.h"
#include "runtime/stop.h"

#define OUT_ROOM 65536

void out_open(struct out *o, int fd)
{
	struct stat st;

	*o = (struct out){ .fd = fd, .room = fd < 0 ? 256 : OUT_ROOM };
	o->data = memory_new(o->room, 1);
	if (fd < 0)
		return;
	o->terminal = isatty(fd);
	o->may_block = fstat(fd, &st) == 0 && !S_ISREG(st.st_mode);
}

void out_close(struct out *o)
{
	free(o->data);
	o->data = NULL;
	o->length = o->room = 0;
}

/* True once the reader takes more; false when we are told twice to end while it does not. */
static bool reader_ready(struct out *o)
{
	struct pollfd fds[2] = { { .fd = o->fd, .events = POLLOUT },
				 { .fd = -1, .events = POLLIN } };

	for (;;) {
		if (o->stop)
			fds[1].fd = stop_fd(o->stop);
		if (poll(fds, 2, -1) < 0) {
			if (errno == EINTR)
				continue;
			return true;
		}
		if (fds[0].revents)
			return true;
		if (o->stop && stop_take(o->stop) > 1) {
			errno = EINTR;
			return false;
		}
	}
}

/* One write of some of @n bytes; 0 when it is worth another try, negative when it is not. */
static ssize_t write_some(struct out *o, const char *p, size_t n)
{
	ssize_t done;

	if (o->may_block) {
		if (!reader_ready(o))
			return -1;
		n = n < PIPE_BUF ? n : PIPE_BUF; /* what a pipe takes without blocking */
	}
	done = write(o->fd, p, n);
	return done < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : done;
}

static void write_all(struct out *o, const char *p, size_t n)
{
	while (n && !o->error) {
		ssize_t done = write_some(o, p, n);

		if (done < 0) {
			o->error = errno;
			return;
		}
		p += done;
		n -= (size_t)done;
	}
}

void out_flush(struct out *o)
{
	if (o->fd < 0)
		return;
	write_all(o, o->data, o->length);
	o->length = 0;
}

void out_bytes_slow(struct out *o, const void *p, size_t n)
{
	if (o->fd < 0) {
		while (o->room - o->length < n)
			o->room *= 2;
		o->data = memory_resize(o->data, o->room, 1);
	} else {
		out_flush(o);
		if (n > o->room) {
			write_all(o, p, n);
			return;
		}
	}
	memcpy(o->data + o->length, p, n);
	o->length += n;
}

void out_fill(struct out *o, char c, size_t n)
{
	char run[64];

	memset(run, c, sizeof(run));
	for (; n > sizeof(run); n -= sizeof(run))
		out_bytes(o, run, sizeof(run));
	out_bytes(o, run, n);
}

static const char pairs[201] = "00010203040506070809101112131415161718192021222324"
			       "25262728293031323334353637383940414243444546474849"
			       "50515253545556575859606162636465666768697071727374"
			       "75767778798081828384858687888990919293949596979899";

static char *decimal(char *end, uint64_t v)
{
	for (; v >= 100; v /= 100) {
		end -= 2;
		memcpy(end, pairs + v % 100 * 2, 2);
	}
	if (v >= 10) {
		end -= 2;
		memcpy(end, pairs + v * 2, 2);
	} else {
		*--end = (char)('0' + v);
	}
	return end;
}

char *out_digits(char *end, uint64_t v, unsigned int base, bool upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	unsigned int shift = base == 16 ? 4 : 3;

	if (base == 10)
		return decimal(end, v);
	do {
		*--end = digits[v & (base - 1)];
		v >>= shift;
	} while (v);
	return end;
}

void out_unsigned(struct out *o, uint64_t v)
{
	char digits[24], *end = digits + sizeof(digits), *p = decimal(end, v);

	out_bytes(o, p, (size_t)(end - p));
}

void out_signed(struct out *o, int64_t v)
{
	char digits[24], *end = digits + sizeof(digits);
	char *p = decimal(end, v < 0 ? -(uint64_t)v : (uint64_t)v);

	if (v < 0)
		*--p = '-';
	out_bytes(o, p, (size_t)(end - p));
}

void out_hex(struct out *o, uint64_t v)
{
	char digits[24], *end = digits + sizeof(digits), *p = out_digits(end, v, 16, false);

	out_bytes(o, p, (size_t)(end - p));
}

void out_json_unsigned(struct out *o, uint64_t v)
{
	/* 2^64 as a double would be out of range for the way back. */
	bool exact = v < UINT64_MAX - 1024 && (uint64_t)(double)v == v;

	if (!exact)
		out_char(o, '"');
	out_unsigned(o, v);
	if (!exact)
		out_char(o, '"');
}

void out_json_signed(struct out *o, int64_t v)
{
	bool exact = v < INT64_MAX - 512 && (int64_t)(double)v == v;

	if (!exact)
		out_char(o, '"');
	out_signed(o, v);
	if (!exact)
		out_char(o, '"');
}

/* Length of the UTF-8 sequence at @p, or 0 when it is not one (Unicode, table 3-7). */
static size_t utf8_length(const unsigned char *p, size_t n)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t length, i;

	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		length = 2;
	else if ((p[0] & 0xf0) == 0xe0)
		length = 3;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		length = 4;
	else
		return 0;
	if (n < length)
		return 0;
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	if (p[1] < low || p[1] > high)
		return 0;
	for (i = 2; i < length; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return length;
}

static void json_escape(struct out *o, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	const char escape[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };

	if (c == '\n')
		out_bytes(o, "\\n", 2);
	else if (c == '\r')
		out_bytes(o, "\\r", 2);
	else if (c == '\t')
		out_bytes(o, "\\t", 2);
	else
		out_bytes(o, escape, sizeof(escape));
}

void out_json_string(struct out *o, const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;
	size_t length;

	out_char(o, '"');
	for (; p < end; p += length) {
		if (*p >= 0x80 && (length = utf8_length(p, (size_t)(end - p)))) {
			out_bytes(o, p, length);
			continue;
		}
		length = 1;
		if (*p < 0x20 || *p >= 0x80) {
			json_escape(o, *p);
			continue;
		}
		if (*p == '"' || *p == '\\')
			out_char(o, '\\');
		out_char(o, (char)*p);
	}
	out_char(o, '"');
}

void out_escaped(struct out *o, const unsigned char *p, size_t n, bool all)
{
	static const char hex[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < n; i++) {
		const char escape[4] = { '\\', 'x', hex[p[i] >> 4], hex[p[i] & 15] };

		if (!all && p[i] >= 32 && p[i] <= 126)
			out_char(o, (char)p[i]);
		else
			out_bytes(o, escape, sizeof(escape));
	}
}

void out_hex_bytes(struct out *o, const unsigned char *p, size_t n)
{
	static const char hex[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < n; i++) {
		const char pair[3] = { ' ', hex[p[i] >> 4], hex[p[i] & 15] };

		out_bytes(o, pair + !i, sizeof(pair) - !i);
	}
}
