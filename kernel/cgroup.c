/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel/cgroup.h"

#include <fcntl.h>
#include <string.h>

bool cgroup_id(const char *path, uint64_t *id)
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + sizeof(*id)];
	} h = { .handle = { .handle_bytes = sizeof(*id) } };
	int mount;

	if (name_to_handle_at(AT_FDCWD, path, &h.handle, &mount, 0) ||
	    h.handle.handle_bytes != sizeof(*id))
		return false;
	memcpy(id, h.handle.f_handle, sizeof(*id));
	return true;
}
