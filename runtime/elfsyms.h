/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_ELFSYMS_H
#define RUNTIME_ELFSYMS_H

/* The functions of an ELF file by their place in the file. */

#include <stdbool.h>
#include <stdint.h>

struct elfsyms;

/* NULL when the file is no ELF file or cannot be read. Give back with elfsyms_free(). */
struct elfsyms *elfsyms_read(const char *path);
void elfsyms_free(struct elfsyms *s);

/* The function whose code is at byte @at of the file, and how far into it; NULL: none. */
const char *elfsyms_find(const struct elfsyms *s, uint64_t at, uint64_t *offset);

/* What makes two paths the same file. */
struct elfsyms_id {
	uint64_t device, inode;
};
bool elfsyms_identify(const char *path, struct elfsyms_id *id);

#endif
