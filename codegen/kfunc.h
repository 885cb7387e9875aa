/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEGEN_KFUNC_H
#define CODEGEN_KFUNC_H

/*
 * Functions of the kernel that programs call by their BTF id (Documentation/bpf/kfuncs.rst). LLVM
 * gets a call of a helper with a number that none has; kfunc_patch() makes it what the kernel
 * expects, so that libbpf need not read all of the kernel's BTF to do so.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <llvm-c/Core.h>

struct cg;

/*
 * Calls the function of that id with @n numbers or pointers; its result is a pointer. It has no
 * effect: a call whose result is not used goes.
 */
LLVMValueRef kfunc_call(struct cg *cg, uint32_t id, uint32_t n, ...);
/* The same of a function that is called for its effect. */
void kfunc_run(struct cg *cg, uint32_t id, uint32_t n, ...);

/* Turns the calls in the ELF object at @data into those of kernel functions. */
void kfunc_patch(void *data, size_t size);

#endif
