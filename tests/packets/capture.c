/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/packets/capture.h"

#include <err.h>
#include <stdlib.h>

#define MAGIC 0xa1b2c3d4
#define LINK_ETHERNET 1

struct file_header {
	uint32_t magic;
	uint16_t major, minor;
	uint32_t zone, precision, snap_length, link;
};

struct packet_header {
	uint32_t seconds, microseconds, captured, length;
};

void capture_read(struct capture *c, const char *path)
{
	struct file_header head;
	struct packet_header h;
	FILE *f = fopen(path, "r");
	struct packet *p;

	if (!f || fread(&head, sizeof(head), 1, f) != 1 || head.magic != MAGIC)
		errx(1, "%s: not a capture of this machine's", path);
	while (fread(&h, sizeof(h), 1, f) == 1) {
		c->packets = realloc(c->packets, (c->count + 1) * sizeof(*c->packets));
		if (!c->packets || h.captured > CAPTURE_MAX)
			errx(1, "%s: too large", path);
		p = &c->packets[c->count++];
		p->size = h.captured;
		p->wire = h.length;
		if (fread(p->data, 1, h.captured, f) != h.captured)
			errx(1, "%s: cut off", path);
	}
	fclose(f);
}

void capture_begin(FILE *f)
{
	struct file_header head = {
		.magic = MAGIC, .major = 2, .minor = 4, .snap_length = 65535, .link = LINK_ETHERNET
	};

	fwrite(&head, sizeof(head), 1, f);
}

void capture_write(FILE *f, const struct packet *p)
{
	struct packet_header h = { .seconds = 1700000000, .captured = p->size, .length = p->wire };

	fwrite(&h, sizeof(h), 1, f);
	fwrite(p->data, 1, p->size, f);
}
