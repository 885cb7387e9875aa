/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RUNTIME_LOADTYPE_H
#define RUNTIME_LOADTYPE_H

struct plan;

/*
 * From here on, until loadtype_end(), libbpf takes what our typed programs (tp_btf, fentry,
 * iter ...) attach to from @plan, not from the kernel's BTF: reading that takes it 20 ms.
 * 0 or -errno.
 */
int loadtype_begin(const struct plan *plan);
void loadtype_end(void);

#endif
