/* SPDX-License-Identifier: Apache-2.0 */
#include "util/pcaplib.h"

#include <dlfcn.h>
#include <pcap/pcap.h>
#include <stdbool.h>
#include <stddef.h>

/* The functions that are used, by their names without "pcap_". */
#define FUNCTIONS(F) F(datalink_val_to_name)

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
