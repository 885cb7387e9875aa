/* SPDX-License-Identifier: Apache-2.0 */
/* The time: of the kernel, or in a replay that of the capture. */
#include "codegen/cg.h"

LLVMValueRef clock_now(struct cg *cg)
{
	if (cg->plan->replay)
		return map_word(cg, cg_clock(cg), 8 * CLOCK_NOW);
	return HELPER(cg, ktime_get_boot_ns, 0);
}

LLVMValueRef clock_start(struct cg *cg)
{
	if (cg->plan->replay)
		return map_word(cg, cg_clock(cg), 8 * CLOCK_START);
	return cg_int(cg, cg->plan->start_ns);
}
