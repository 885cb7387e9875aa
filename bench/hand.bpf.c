/* SPDX-License-Identifier: Apache-2.0 */
/* The scripts of events.c by hand: the limit. At the tracepoint, and at its typed raw form. */
#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

struct net_device {
	char name[16];
} __attribute__((preserve_access_index));

struct sk_buff {
	unsigned int len, data_len;
	__u16 mac_header, network_header, protocol;
	unsigned int vlan_all;
	unsigned char *head, *data;
	struct net_device *dev;
} __attribute__((preserve_access_index));

/* The record of net_dev_queue and netif_receive_skb. */
struct record {
	__u64 common;
	void *skbaddr;
	__u32 len;
	__u32 name_at;
};

struct key {
	char text[16];
};

struct buckets {
	__u64 bucket[65];
};

#define MAP(name, kind, key_type, value_type, entries) \
	struct {                                       \
		__uint(type, kind);                    \
		__uint(max_entries, entries);          \
		__type(key, key_type);                 \
		__type(value, value_type);             \
	} name SEC(".maps")

MAP(counts, BPF_MAP_TYPE_PERCPU_HASH, struct key, __u64, 4096);
MAP(hists, BPF_MAP_TYPE_PERCPU_HASH, struct key, struct buckets, 4096);
MAP(zeros, BPF_MAP_TYPE_ARRAY, __u32, struct buckets, 1);
MAP(sums, BPF_MAP_TYPE_PERCPU_ARRAY, __u32, __u64, 2);

char LICENSE[] SEC("license") = "GPL";

static __always_inline int count(void)
{
	struct key key = {};
	__u64 one = 1, *n;

	bpf_get_current_comm(&key, sizeof(key));
	n = bpf_map_lookup_elem(&counts, &key);
	if (n)
		*n += 1;
	else
		bpf_map_update_elem(&counts, &key, &one, BPF_NOEXIST);
	return 0;
}

static __always_inline __u32 log2_of(__u64 v)
{
	__u32 shift, result = 0;

#pragma unroll
	for (shift = 32; shift; shift /= 2) {
		if (v >> shift) {
			v >>= shift;
			result += shift;
		}
	}
	return result;
}

static __always_inline int hist(const struct key *key, __u32 len)
{
	__u32 at = len ? log2_of(len) + 1 : 0, none = 0;
	struct buckets *b = bpf_map_lookup_elem(&hists, key), *zero;

	if (!b) {
		zero = bpf_map_lookup_elem(&zeros, &none);
		if (!zero)
			return 0;
		bpf_map_update_elem(&hists, key, zero, BPF_NOEXIST);
		b = bpf_map_lookup_elem(&hists, key);
	}
	if (b && at < 65)
		b->bucket[at]++;
	return 0;
}

static __always_inline int filter(__u32 len)
{
	__u32 first = 0, second = 1;
	__u64 *sum, *largest;

	if (len <= 500)
		return 0;
	sum = bpf_map_lookup_elem(&sums, &first);
	largest = bpf_map_lookup_elem(&sums, &second);
	if (sum)
		*sum += len;
	if (largest && len > *largest)
		*largest = len;
	return 0;
}

SEC("tracepoint/net/net_dev_queue")
int count_tp(void *ctx)
{
	(void)ctx;
	return count();
}

SEC("tp_btf/net_dev_queue")
int count_btf(void *ctx)
{
	(void)ctx;
	return count();
}

SEC("tracepoint/net/netif_receive_skb")
int hist_tp(struct record *r)
{
	struct key key = {};

	bpf_probe_read_kernel_str(&key, sizeof(key), (void *)r + (r->name_at & 0xffff));
	return hist(&key, r->len);
}

SEC("tp_btf/netif_receive_skb")
int hist_btf(struct sk_buff **args)
{
	struct sk_buff *skb = args[0];
	struct key key = {};

	bpf_probe_read_kernel_str(&key, sizeof(key), skb->dev->name);
	return hist(&key, skb->len);
}

SEC("tracepoint/net/net_dev_queue")
int filter_tp(struct record *r)
{
	return filter(r->len);
}

SEC("tp_btf/net_dev_queue")
int filter_btf(struct sk_buff **args)
{
	return filter(args[0]->len);
}

#include "flow.bpf.h"
