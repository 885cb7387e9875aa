/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_USYMS_H
#define RUNTIME_USYMS_H

/* Symbols of processes, from their maps and the ELF files in them. */

#include <stdint.h>

struct usyms;

struct usyms *usyms_new(void);
void usyms_free(struct usyms *u);

/* Reads what is mapped into a process now, for addresses that are asked for when it has ended. */
void usyms_remember(struct usyms *u, uint32_t pid);

/*
 * The function that @address of process @pid is in, and how far; NULL when it has no name or
 * the process is gone. *@path is the file that is mapped there, NULL if none is.
 */
const char *usyms_find(struct usyms *u, uint32_t pid, uint64_t address, uint64_t *offset,
		       const char **path);

#endif
