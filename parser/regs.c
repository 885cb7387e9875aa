/* SPDX-License-Identifier: Apache-2.0 */
#include "parser/regs.h"

#include <string.h>

#define REG(at)                                                                    \
	{                                                                          \
		.kind = ARG_CTX, .size = 8, .base = (at), .index = ARG_NO_REGISTER \
	}

#if defined(__x86_64__)

/* struct pt_regs (arch/x86/include/asm/ptrace.h), each 8 bytes. */
static const char *const names[] = { "r15", "r14",     "r13", "r12", "bp",    "bx", "r11",
				     "r10", "r9",      "r8",  "ax",  "cx",    "dx", "si",
				     "di",  "orig_ax", "ip",  "cs",  "flags", "sp", "ss" };

/* al, ah, ax, eax, rax; sil, si, esi, rsi; r8b, r8w, r8d, r8: bytes of a part, or 0. */
static uint32_t part_size(const char *name, const char *reg, bool *high)
{
	size_t len = strlen(reg);

	*high = false;
	if (*reg == 'r' && !strncmp(name, reg, len))
		return !name[len]                 ? 8
		       : !strcmp(name + len, "d") ? 4
		       : !strcmp(name + len, "w") ? 2
		       : !strcmp(name + len, "b") ? 1
						  : 0;
	if ((*name == 'r' || *name == 'e') && !strcmp(name + 1, reg))
		return *name == 'r' ? 8 : 4;
	if (!strcmp(name, reg))
		return 2;
	if (reg[1] != 'x')
		return !strncmp(name, reg, 2) && !strcmp(name + 2, "l");
	*high = name[0] == reg[0] && !strcmp(name + 1, "h");
	return *high || (name[0] == reg[0] && !strcmp(name + 1, "l"));
}

bool regs_find(const char *name, bool kernel_name, struct arg *out)
{
	bool high;

	for (uint32_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		uint32_t size = part_size(name, names[i], &high);

		if (kernel_name && !strcmp(name, names[i]))
			size = 8;
		if (!size)
			continue;
		*out = (struct arg)REG(8 * i + high);
		out->size = size;
		return true;
	}
	return false;
}

static const struct arg arguments[] = { REG(112), REG(104), REG(96), REG(88), REG(72), REG(64) };
static const struct arg result = REG(80);

#define IP_NAME "ip"

#elif defined(__aarch64__)

/* struct user_pt_regs: x0 to x30, sp, pc, pstate, each 8 bytes. */
bool regs_find(const char *name, bool kernel_name, struct arg *out)
{
	static const char *const others[] = { "sp", "pc", "pstate" };
	uint32_t n = 0, digits = 0;

	for (uint32_t i = 0; i < 3; i++) {
		if (strcmp(name, others[i]))
			continue;
		*out = (struct arg)REG(8 * (31 + i));
		return true;
	}
	for (const char *p = name + 1; *name && *p >= '0' && *p <= '9' && digits < 3; p++, digits++)
		n = 10 * n + *p - '0';
	if ((*name != 'x' && *name != 'w' && !(kernel_name && *name == 'r')) || !digits ||
	    name[1 + digits] || n > 30)
		return false;
	*out = (struct arg)REG(8 * n);
	out->size = *name == 'w' ? 4 : 8;
	return true;
}

static const struct arg arguments[] = { REG(0),  REG(8),  REG(16), REG(24),
					REG(32), REG(40), REG(48), REG(56) };
static const struct arg result = REG(0);
#define IP_NAME "pc"

#else
#error "pktscript does not know the registers of this machine"
#endif

const struct arg *regs_arguments(uint32_t *n)
{
	*n = sizeof(arguments) / sizeof(*arguments);
	return arguments;
}

uint32_t regs_ip(void)
{
	struct arg ip = { 0 };

	regs_find(IP_NAME, true, &ip);
	return ip.base;
}

const struct arg *regs_result(void)
{
	return &result;
}
