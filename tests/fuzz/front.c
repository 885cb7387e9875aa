/* SPDX-License-Identifier: Apache-2.0 */
/* The front end on any bytes: it may complain, and nothing else. `make fuzz` builds and runs it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parser/check.h"
#include "parser/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct kernel *kernel(void)
{
	static struct kernel *k;
	struct kernel_config config = { .tracefs = getenv("FUZZ_TRACEFS"),
					.btf = getenv("FUZZ_BTF") };

	if (!k)
		k = kernel_open(arena_new(), &config);
	return k;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const params[] = { "12", "text", "-3" }, *const named[] = { "--x=1" };
	static FILE *null;
	struct check_options options = { .params = params,
					 .nparams = 3,
					 .named = named,
					 .nnamed = size % 2,
					 .kernel = KERNEL(6, 12),
					 .ncpus = 2 };
	struct arena *a = arena_new();
	struct source src = { .name = "fuzz",
			      .text = arena_strndup(a, (const char *)data, size),
			      .length = size };
	struct diags diags = { .arena = a, .source = &src };
	const struct plan *plan = NULL;
	struct node *script;

	if (!null)
		null = fopen("/dev/null", "w");
	script = parse(a, &src, &diags);
	if (script)
		plan = check(a, script, &src, kernel(), &diags, &options);
	diag_print(null, &diags);
	if (plan)
		plan_print(null, a, plan);
	arena_free(a);
	return 0;
}
