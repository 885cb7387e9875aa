/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/output.h"

const struct output output_rows[OUTPUT_COUNT] = {
#define OUTPUT(ID, id, text)                         \
	[OUTPUT_##ID] = { .name = #id,               \
			  .doc = text,               \
			  .message = id##_message,   \
			  .remark = id##_remark,     \
			  .value = id##_value,       \
			  .map = id##_map,           \
			  .attached = id##_attached, \
			  .ended = id##_ended,       \
			  .lost = id##_lost,         \
			  .latency = id##_latency },
#include "runtime/output.def"
#undef OUTPUT
};

const char *remark_file(const char *name)
{
	return !strcmp(name, "-e") || !strcmp(name, "-") ? "stdin" : name;
}

enum output_id runtime_output(const char *name)
{
	enum output_id id;

	for (id = 0; id < OUTPUT_COUNT; id++)
		if (strcmp(output_rows[id].name, name) == 0)
			break;
	return id;
}

const char *runtime_output_name(enum output_id id)
{
	return output_rows[id].name;
}

const char *runtime_output_doc(enum output_id id)
{
	return output_rows[id].doc;
}
