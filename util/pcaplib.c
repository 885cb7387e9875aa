/* SPDX-License-Identifier: Apache-2.0 */
#include "util/pcaplib.h"

#include <dlfcn.h>
#include <pcap/pcap.h>
#include <stddef.h>

/* The functions that are used, by their names without "pcap_". */
#define FUNCTIONS(F)            \
	F(close)                \
	F(compile)              \
	F(datalink_val_to_name) \
	F(freecode)             \
	F(geterr)               \
	F(open_dead)

#define F(name) static __typeof__(pcap_##name) *lib_##name;
FUNCTIONS(F)
#undef F

static bool load(void)
{
	static const char *const names[] = { "libpcap.so.1", "libpcap.so.0.8" /* Debian */ };
	static void *lib;

	for (size_t i = 0; !lib && i < sizeof(names) / sizeof(*names); i++)
		lib = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
	if (!lib)
		return false;
#define F(name) lib_##name = (__typeof__(lib_##name))dlsym(lib, "pcap_" #name);
	FUNCTIONS(F)
#undef F
#define F(name) &&lib_##name
	return true FUNCTIONS(F);
#undef F
}

const char *pcaplib_link_name(int link)
{
	const char *name = load() ? lib_datalink_val_to_name(link) : NULL;

	return name ? name : "unknown";
}

static struct pcaplib_program failed(struct arena *a, const char *why)
{
	return (struct pcaplib_program){ .error = arena_strdup(a, why) };
}

static struct pcaplib_program copy(struct arena *a, const struct bpf_program *from)
{
	struct pcaplib_insn *insns = arena_alloc(a, from->bf_len * sizeof(*insns));

	for (u_int i = 0; i < from->bf_len; i++) {
		const struct bpf_insn *in = &from->bf_insns[i];

		insns[i] = (struct pcaplib_insn){ in->code, in->jt, in->jf, in->k };
	}
	return (struct pcaplib_program){ insns, from->bf_len, NULL };
}

#define LONGEST 65535 /* packet */

struct pcaplib_program pcaplib_compile(struct arena *a, const char *filter, bool ethernet)
{
	struct pcaplib_program result;
	struct bpf_program program;
	pcap_t *pcap;

	if (!load())
		return failed(a, "libpcap is not installed");
	pcap = lib_open_dead(ethernet ? DLT_EN10MB : DLT_RAW, LONGEST);
	if (!pcap)
		return failed(a, "libpcap has no memory");
	if (lib_compile(pcap, &program, filter, 1, PCAP_NETMASK_UNKNOWN)) {
		result = failed(a, lib_geterr(pcap));
	} else {
		result = copy(a, &program);
		lib_freecode(&program);
	}
	lib_close(pcap);
	return result;
}
