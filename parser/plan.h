/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_PLAN_H
#define PARSER_PLAN_H

/*
 * The plan: what check() makes of a script, and all that codegen and runtime
 * share. Every name is resolved to a row, every type is known, and every layout
 * (map keys and values, event records) is decided here once.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parser/packet.h"
#include "parser/type.h"
#include "util/pcaplib.h"
#include "util/source.h"

struct node;

/* A version of Linux: what programs may use depends on it. */
#define KERNEL(major, minor) (((uint32_t)(major) << 16) | (minor))
#define KERNEL_FETCH KERNEL(5, 12)  /* atomic operations that return a value */
#define KERNEL_EACH KERNEL(5, 13)   /* bpf_for_each_map_elem() */
#define KERNEL_LOOP KERNEL(5, 17)   /* bpf_loop() */
#define KERNEL_FRAGS KERNEL(5, 18)  /* XDP programs for packets of several buffers */
#define KERNEL_PERCPU KERNEL(5, 19) /* bpf_map_lookup_percpu_elem() */
#define KERNEL_FUNC_IP KERNEL(6, 7) /* bpf_get_func_ip() in probes of binaries */
#define KERNEL_V4 KERNEL(6, 7)      /* the instructions of v4: jumps of any length */
#define KERNEL_CAST KERNEL(6, 2)    /* bpf_rdonly_cast() */
#define KERNEL_DYNPTR KERNEL(6, 12) /* bpf_dynptr_from_skb() at raw tracepoints */
#define KERNEL_GLOBAL KERNEL(6, 12) /* what a global function is given may be a map's key */

/* Fixed names in the object. */
#define PLAN_MAP_EVENTS "events"     /* ring buffer of event records; only when there are events */
#define PLAN_MAP_LOST "lost"         /* array[LOST_COUNTERS] of u64: see enum lost */
#define PLAN_MAP_SCRATCH "scratch"   /* per-CPU array[programs] of temporary memory */
#define PLAN_MAP_COMMAND "command"   /* array of one u64: process id of -c; only for cpid */
#define PLAN_MAP_STACKS "stacks_%u"  /* stack traces: one for each plan.stacks */
#define PLAN_MAP_PACKETS "packets"   /* perf event array: what skboutput() writes */
#define PLAN_MAP_WARNINGS "warnings" /* array of one: a struct warning for each place */
#define PLAN_MAP_ZEROS "zeros"       /* array of one: the value of a new key of an aggregation */

/*
 * Replay (-r): programs whose probe carries a packet are SCHED_CLS ones that run once for each
 * packet of a file. Time is the capture's, in ns since 1970: what programs take for all clocks
 * is in one map, and __sk_buff.tstamp has it too.
 */
#define PLAN_MAP_CLOCK "clock" /* array of one: u64[CLOCK_WORDS] */
enum replay_clock {
	CLOCK_NOW,   /* when the last packet was captured */
	CLOCK_START, /* and the first one, for elapsed */
	CLOCK_WORDS
};
#define PLAN_MAP_IFACES "ifaces" /* array[PLAN_IFACES] of names, by number; "": it has none */
#define PLAN_IFACES 64
#define PLAN_IFACE_NAME 16

/* What __sk_buff.cb[] says of a packet that is replayed. */
enum replay_cb {
	REPLAY_FLAGS,   /* of enum replay_flags */
	REPLAY_IFACE,   /* number of its interface in the file */
	REPLAY_LENGTH,  /* bytes it had, without an Ethernet header of ours */
	REPLAY_CAPTURED /* bytes of it that are there, likewise; what follows is padding */
};
enum replay_flags {
	REPLAY_NO_LINK = 1, /* the first 14 bytes are ours: zeros and the ethertype */
	REPLAY_IN = 2,      /* it was received */
	REPLAY_OUT = 4,     /* it was sent; with neither, the file does not say */
	REPLAY_TIME = 8     /* tstamp is when it was captured */
};

/* How a stack prints; the words are in config.def. */
enum stack_mode { STACK_BPFTRACE, STACK_PERF, STACK_RAW, STACK_BUILD_ID };
#define PLAN_STACKS_KEPT 16384 /* stacks in each map of them */

/* What plan.stacks has: the frames at most, and whether files stand for addresses. */
#define PLAN_STACK_BUILD_ID 0x100
#define PLAN_STACK_FRAMES(id) ((id)&0xff)
static inline uint32_t plan_stack(const struct type *t)
{
	return t->count | (t->bits == STACK_BUILD_ID ? PLAN_STACK_BUILD_ID : 0);
}
#define PLAN_MAX_FRAMES 127 /* kernel.perf_event_max_stack */

/* What programs count when they cannot do what the script says. */
enum lost {
	LOST_EVENTS,      /* no room in the ring buffer */
	LOST_MAP_UPDATES, /* map full, or its memory not to be had */
	LOST_KEYS,        /* statements that were skipped: a field in a map's key was absent */
	LOST_TLS_SPLIT,   /* hellos of TLS whose extensions are not all in one packet */
	LOST_EXIT,        /* no count: LOST_EXIT_CALLED and the status of an exit() without room */
	LOST_COUNTERS
};
#define LOST_EXIT_CALLED (1ull << 32)

/* What a program warns of, each place of the script once. */
enum warning_kind { WARN_NONE, WARN_MAP_FULL, WARN_DIVISION, WARN_BOUNDS };
struct warning {
	struct span span;
	uint32_t kind;
	int32_t returned; /* by a helper */
};

enum map_storage {
	MAP_SCALAR,        /* array of one: value, then a u64 that is 1 once written */
	MAP_SCALAR_PERCPU, /* the same per CPU */
	MAP_HASH,
	MAP_HASH_PERCPU,
	MAP_LRU,
	MAP_LRU_PERCPU
};

/* A map of the script. */
struct map {
	const char *name;       /* as written: "@", "@bytes" */
	const char *symbol;     /* in the object */
	const char *overflow;   /* symbol of the array of one that takes what a full map refuses:
				   MAP_SCALAR_PERCPU layout; NULL when the map has none */
	struct span span;       /* first use, for messages */
	const struct type *key; /* NULL for a scalar; a TUPLE when there are several */
	const struct type *value;
	enum map_storage storage;
	uint32_t key_size;    /* bytes in the kernel's map; 4 for scalars */
	uint32_t value_size;  /* bytes, with the scalar's written flag */
	uint32_t flag_offset; /* scalars: where the written flag is */
	uint32_t max_entries;
	bool shared; /* several programs write it: cells are updated atomically */
	bool hidden; /* of a latency: the script does not know it */
};

/* What is counted of a latency: aggregations count() without a key. */
#define LATENCY_COUNTERS(X)                                      \
	X(starts)                                                \
	X(samples)                                               \
	X(repeated) /* ends whose start was seen twice */        \
	X(replaced) /* starts, by another one under their key */ \
	X(freed)    /* starts, when the packet was gone */       \
	X(ends)     /* ends without a start */

enum latency_counter {
#define COUNTER(id) LATENCY_##id,
	LATENCY_COUNTERS(COUNTER)
#undef COUNTER
		LATENCY_COUNTS
};

/* A latency that the script asks for. */
struct latency {
	const char *name;
	const struct map *stamps;                 /* starts that wait for their end */
	const struct map *counts[LATENCY_COUNTS]; /* NULL: it never counts that */
};

/* One conversion of a format string with the text before it; the last may be text alone. */
struct fmt_piece {
	const char *text;
	uint32_t length;
	char conv;     /* d u x X o c s p r; 0: only text */
	uint8_t bytes; /* hh 1, h 2, else 0: all of the argument */
	bool left, plus, space, alternate, zero;
	int width, precision; /* -1: not given */
	char modifier;        /* %rx: 'x', %rh: 'h'; else 0 */
};

struct fmt {
	const struct fmt_piece *pieces;
	uint32_t count;
	uint32_t args; /* pieces with a conversion */
};

/* An event: a record in the ring buffer that asks user space to act. */
struct event {
	uint32_t id; /* index in plan.events: the record's first word */
	const struct action *action;
	struct span span;
	const struct field *args; /* where each argument is in the record */
	uint32_t nargs;
	uint32_t size;         /* of the record in bytes, a multiple of 8 */
	const struct fmt *fmt; /* printf and its like */
	const struct map *map; /* print, clear, zero of a map */
	bool keyed;            /* print: of the key in the record, in the layout of the map */
	uint32_t bytes;        /* capture: of the packet at most, behind the record */
	const char *probe;     /* capture: its name */
};
/* Arguments of a capture() that the script does not write. */
enum capture_arg {
	CAPTURE_LENGTH, /* bytes the packet has */
	CAPTURE_TIME,   /* by the boot clock; in a replay, when it was captured */
	CAPTURE_DIR,    /* optional, as dir is */
	CAPTURE_IFACE,  /* "": unknown */
	CAPTURE_REASON, /* why it is dropped; a number when the probe does not say */
	CAPTURE_COMM,   /* "": not known, as is then the process id */
	CAPTURE_PID,
	CAPTURE_ARGS
};

/* The end of such a record, before the bytes of the packet. */
struct capture_head {
	uint32_t bytes, link; /* link 1: it begins with an Ethernet header, 0: with that of IP */
	uint16_t tci, type;   /* the tag that the device took off it; 0: none */
	uint32_t unused;
};

/* What stands before a packet of skboutput(). */
struct skb_head {
	uint32_t file;           /* index in plan.skb_files */
	uint32_t length, offset; /* bytes of the packet; those to leave out */
	uint32_t unused;
	uint64_t ns; /* boot clock */
};

/* With -k: a helper failed. The record's first word is EVENT_FAILED. */
#define EVENT_FAILED UINT32_MAX
struct failure {
	uint32_t id, helper; /* the helper's number */
	struct span span;
	int64_t returned;
};
#define EVENT_HEADER 8  /* bytes before the arguments */
#define EVENT_JOINED 16 /* strings of join() */

/* How the number is found that arg0, retval and the like are. */
enum arg_kind {
	ARG_CTX,   /* in the program's context */
	ARG_CONST, /* known beforehand */
	ARG_USER   /* in the process's memory, at an address made of registers */
};
#define ARG_NO_REGISTER UINT16_MAX

struct arg {
	enum arg_kind kind;
	uint8_t size; /* bytes: 1, 2, 4 or 8 */
	bool is_signed;
	uint8_t scale;        /* USER: the address is base + index * scale + value */
	uint16_t base, index; /* offsets in the context, or ARG_NO_REGISTER; CTX: base */
	int64_t value;
};

/* How a program runs, and what its context is: see probe.def. */
enum prog_kind {
	PROG_CALL,
	PROG_TRACEPOINT,
	PROG_RAW,
	PROG_PERF,
	PROG_REGS,
	PROG_FUNC,
	PROG_ITER,
	PROG_XDP,
	PROG_SKB
};

/* A place where a program attaches. */
struct attach {
	const struct provider *provider;
	enum prog_kind prog; /* its provider's, unless another gives the same answer for less */
	const char *name;    /* full name, what `probe` gives: "tracepoint:net:net_dev_queue" */
	const char *target;  /* category, module, binary, interface, cgroup ...; NULL: none */
	const char *symbol;  /* event, function ...; NULL: none */
	const char *linkage; /* a function of C++ as the binary calls it; NULL: as @symbol */
	uint64_t number;     /* tracepoint id, period in ns, every how many events, interface */
	uint64_t offset;     /* from the function's start, or in the binary */
	uint8_t watch_length,
		watch_mode;           /* watchpoint: bytes, and bits as in linux/hw_breakpoint.h */
	uint64_t semaphore;           /* usdt: where its counter is in the binary; 0: none */
	const struct perf_row *event; /* hardware, software, profile: what is counted */
	const struct kbtf *btf;       /* types of its arguments; NULL: unknown */
	uint32_t btf_id;              /* of the function or typedef that declares them */
	const struct arg *args;       /* arg0 and on */
	uint32_t nargs;
	const struct arg *retval;    /* NULL: none */
	const char *netns;           /* network namespace of its interface; NULL: ours */
	bool egress;                 /* tc, cgroup_skb: of packets that leave */
	struct packet_source packet; /* what it is given, when the script asks for it */
	bool optional; /* one of many: the script goes on when it cannot be attached */
	struct span span;
};

/* A body with its predicate (NULL: always) as codegen reads them. */
struct clause {
	const struct node *predicate, *body;
};

/* The filter of pcap(), for packets that begin with an Ethernet header and with that of IP. */
struct filter {
	struct pcaplib_program ethernet, network;
};

struct var;

/* A function of the script as one program calls it. */
struct function {
	const char *name, *symbol;
	struct var **params; /* their variables in it */
	uint32_t nparams;
	const struct var *result; /* the variable that return sets; NULL: none */
	const struct node *body;
	uint32_t frames; /* of the kernel's stack: its own, and those of loops and calls in it */
	bool exits;      /* it may end the program */
};

/* One BPF program: the clauses of one attach point in order, attached once or more. */
struct program {
	const char *symbol;  /* function in the object */
	const char *section; /* that holds it: what libbpf knows its type by */
	const struct provider *provider;
	enum prog_kind prog; /* of its places */
	enum space space;    /* of the addresses it is given */
	const struct clause *clauses;
	uint32_t nclauses;
	const struct attach *attaches;
	uint32_t nattaches;
	const struct function *const *functions; /* each after those that it calls */
	uint32_t nfunctions;
	bool pid_filter; /* skip other processes than plan.pid */
};

/* One value for each row of config.def; those of TEXT are read by config_text(). */
struct config {
#define CONFIG(key, kind, value, min, max, text, doc) uint64_t key;
#include "parser/config.def"
#undef CONFIG
};

static inline const char *config_text(uint64_t value)
{
	return (const char *)(uintptr_t)value;
}

struct plan {
	const struct source *source;
	const struct program *programs;
	uint32_t nprograms;
	const struct map *const *maps; /* in name order */
	uint32_t nmaps;
	const struct event *const *events;
	uint32_t nevents;
	const struct latency *latencies;
	uint32_t nlatencies;
	uint32_t nattaches;                 /* probes, as "Attached N probes" counts them */
	const struct packet_kernel *packet; /* NULL: no program reads packets */
	const uint32_t *stacks;             /* the stack maps: plan_stack() */
	uint32_t nstacks;
	const char *const *skb_files; /* of skboutput() */
	uint32_t nskb_files;
	struct config config;
	bool failures;             /* -k: programs tell what they could not read */
	uint32_t pid;              /* -p: only this process; 0: all */
	bool replay;               /* -r: the programs run on captured packets */
	bool command;              /* -c: PLAN_MAP_COMMAND is filled in, where there is one */
	uint32_t ncpus;            /* possible CPUs */
	uint64_t pid_dev, pid_ino; /* our namespace of processes; 0: that of the machine */
	uint64_t tai_offset_ns;    /* of CLOCK_TAI to the boot clock */
	uint64_t wall_offset_ns;   /* of CLOCK_REALTIME to the boot clock */
	uint32_t kernel;           /* version that the programs are for: KERNEL(5, 12) */
	uint64_t start_ns;         /* boot clock when the script began, for elapsed */
};

#endif
