/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/prepare.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/memory.h"

#define SLOW_KEYS 512 /* smaller maps are made faster than a thread */

struct prepared {
	const struct plan *plan;
	pthread_t thread;
	bool running;
	int *fds; /* as plan->maps; -1: not made */
};

static bool is_slow(const struct map *m)
{
	return m->key && m->max_entries >= SLOW_KEYS &&
	       (m->storage == MAP_HASH_PERCPU || m->storage == MAP_LRU_PERCPU);
}

static int make_map(const struct map *m)
{
	enum bpf_map_type type = m->storage == MAP_LRU_PERCPU ? BPF_MAP_TYPE_LRU_PERCPU_HASH
							      : BPF_MAP_TYPE_PERCPU_HASH;
	char name[BPF_OBJ_NAME_LEN];

	snprintf(name, sizeof(name), "%s", m->symbol);
	return bpf_map_create(type, name, m->key_size, m->value_size, m->max_entries, NULL);
}

static void *make_maps(void *ctx)
{
	struct prepared *p = ctx;

	for (uint32_t i = 0; i < p->plan->nmaps; i++)
		if (is_slow(p->plan->maps[i]))
			p->fds[i] = make_map(p->plan->maps[i]);
	return NULL;
}

struct prepared *prepare_begin(const struct plan *plan)
{
	struct prepared *p;
	sigset_t all, before;
	uint32_t slow = 0;

	for (uint32_t i = 0; i < plan->nmaps; i++)
		slow += is_slow(plan->maps[i]);
	if (!slow)
		return NULL;
	p = memory_new(1, sizeof(*p));
	p->plan = plan;
	p->fds = memory_new(plan->nmaps, sizeof(*p->fds));
	for (uint32_t i = 0; i < plan->nmaps; i++)
		p->fds[i] = -1;
	/* Signals are for the main thread. */
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	p->running = pthread_create(&p->thread, NULL, make_maps, p) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return p;
}

void prepare_wait(struct prepared *p)
{
	if (p && p->running)
		pthread_join(p->thread, NULL);
	if (p)
		p->running = false;
}

int prepare_use(const struct prepared *p, struct bpf_object *object)
{
	int err = 0;

	for (uint32_t i = 0; p && i < p->plan->nmaps && !err; i++) {
		struct bpf_map *map;

		if (p->fds[i] < 0)
			continue;
		map = bpf_object__find_map_by_name(object, p->plan->maps[i]->symbol);
		err = map ? bpf_map__reuse_fd(map, p->fds[i]) : 0;
	}
	return err;
}

void prepare_end(struct prepared *p)
{
	if (!p)
		return;
	prepare_wait(p);
	for (uint32_t i = 0; i < p->plan->nmaps; i++)
		if (p->fds[i] >= 0)
			close(p->fds[i]);
	free(p->fds);
	free(p);
}
