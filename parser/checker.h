/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARSER_CHECKER_H
#define PARSER_CHECKER_H

/* What the files of check() share; no one else's business. */

#include "kernel/btf.h"
#include "parser/check.h"
#include "parser/packet.h"
#include "parser/tables.h"

/* How sure the signedness of a stored integer is; it only ever rises. */
enum sureness { SURE_LITERAL, SURE_UNSIGNED, SURE_SIGNED };

/* A type that grows with the values stored under one name: map key, map value or variable. */
struct growing {
	const struct type *type; /* NULL: nothing stored yet */
	enum sureness sure;
	struct span span; /* first use */
	uint32_t width;   /* bytes of the widest integer stored, literals aside: for bswap() */
	uint32_t literal; /* the same of literals, as small as they can be */
	bool huge;        /* an unsigned 64-bit value was stored */
};

struct map_state {
	struct map map; /* first: what nodes point at */
	struct growing key, value;
	bool keyed, declared, used;
	bool assigned;    /* somewhere, perhaps in vain */
	uint32_t writer;  /* program that writes it, from 1 */
	uint32_t user;    /* program that was counted last among those that use it, from 1 */
	struct span read; /* first use */
};

struct var_state {
	struct var var; /* first: what nodes point at */
	struct growing value;
	bool seen;  /* let $x; without a type was checked before */
	bool fixed; /* declared with a type, or of a loop: assignments do not change it */
};

/* Names in a block; blocks are a chain outwards. */
struct scope {
	struct scope *outer;
	struct var_state **vars;
	uint32_t nvars;
};

/* One PROBE body in one kind of place. */
struct body {
	struct node *predicate, *block;
	const struct node *origin;   /* the PROBE node it was cloned from */
	const struct attach *attach; /* one of the places it runs in */
	const struct tracepoint *tp; /* its description, or NULL */
	uint32_t program;            /* from 1 */
};

/* A type that the script defines: a tag of struct, union or enum, or a typedef. */
struct definition {
	const char *name; /* "" when it has none */
	struct node *node;
	struct type *type; /* NULL until it is asked for */
	bool tag, building;
};

/* A name of an enum of the script. */
struct enumerator {
	const char *name;
	int64_t value;
	const struct type *type;
};

/* A function in one program. */
struct function_state {
	struct function function; /* first: what nodes point at */
	const struct node *decl;
	struct node *node; /* the copy */
	uint32_t program, round;
	bool checking;
};

/* A named parameter that the script has. */
struct option {
	const char *name, *value, *doc;
	bool flag;
};

/* A program uses a map. */
struct map_user {
	const struct map_state *map;
	const struct body *body;
};

struct checker {
	struct arena *arena;
	struct kernel *kernel;
	struct diags *diags;
	const struct check_options *options;
	struct config config;
	struct map_state **maps;
	uint32_t nmaps;
	struct map_user *users;
	uint32_t nusers;
	struct event **events;
	uint32_t nevents;
	struct program *programs;
	uint32_t nprograms;
	struct body **bodies;
	uint32_t nbodies;
	uint32_t nattaches;
	uint32_t *stacks; /* plan.stacks */
	uint32_t nstacks;
	const char **skb_files; /* plan.skb_files */
	uint32_t nskb_files;
	struct packet_kernel *packet; /* NULL: no body reads packets so far */
	const struct type *drop_type,
		*subsys_type;     /* of drop.reason, drop.subsys; NULL: not asked */
	struct latency_end *ends; /* of the latencies that the script mentions */
	uint32_t nends;
	const struct body *body; /* being checked */
	struct definition **definitions;
	uint32_t ndefinitions;
	struct enumerator *enumerators;
	uint32_t nenumerators;
	struct option *getopts;
	uint32_t ngetopts;
	struct node **functions; /* as declared */
	uint32_t nfunctions;
	struct function_state **instances;
	uint32_t ninstances;
	struct function_state *function; /* being checked, or NULL */
	uint32_t round;
	struct scope *scope;
	struct scope assigned;  /* variables of this body that an assignment declared, in order */
	struct scope latencies; /* variables of this program that keep them */
	uint32_t nvars;         /* variables of this program so far */
	const struct type *symbols; /* whose names may stand here, or NULL */
	int loops;                  /* around the statement being checked */
	bool changed;               /* a type grew: everything is checked again */
};

/* Errors and warnings in one line each. Return the diag for a hint or a second place. */
#define ERR(c, id, span, ...) diag_add((c)->diags, E_##id, (span), __VA_ARGS__)
#define HINT(c, g, ...) diag_hint((c)->diags, (g), __VA_ARGS__)
#define NOTE(c, g, span, ...) diag_note((c)->diags, (g), (span), __VA_ARGS__)
#define TYPE_NAME(c, t) type_name((c)->arena, (t))

/* check_probe.c: attach points of a PROBE's specs; programs from all of them. */
void check_probes(struct checker *c, struct node *script);
/* check_config.c: config = { ... } and environment. */
void check_configs(struct checker *c, const struct node *script);

/* check_stmt.c */
void check_body(struct checker *c, struct body *b);
/* @n is an assignment. */
void check_assign(struct checker *c, struct node *n);
const struct type *check_var(struct checker *c, struct node *n);
/* The variable of this program that keeps a latency, by its name; NULL: there is none. */
struct var *check_latency_var(struct checker *c, const char *name);

/* check_expr.c: sets and returns n->type; type_error after a message. */
const struct type *check_expr(struct checker *c, struct node *n);
/* The same, and an error when the value is none of a number or pointer. */
bool check_condition(struct checker *c, struct node *n);
/* Turns @n into the integer it is known to be. */
void check_fold(struct node *n, uint64_t value, bool is_unsigned);

/* check_field.c: members, elements and what a pointer points at. */
const struct type *check_field(struct checker *c, struct node *n);
const struct type *check_element(struct checker *c, struct node *n);
const struct type *check_index(struct checker *c, struct node *n);
const struct type *check_deref(struct checker *c, struct node *n);
/* What reading something of type @t gives: arrays of char are strings. */
const struct type *check_read_type(struct checker *c, const struct type *t);
/* Where the pointers that a probe is given point, when nothing else says. */
enum space check_space(const struct checker *c);
enum space check_attach_space(const struct attach *at);

/* check_packet.c: fields of packets. The hint for what needs one, where there is none: */
#define WHERE_PACKETS_ARE                                                             \
	"packets are at net:netif_receive_skb, net:net_dev_queue, skb:kfree_skb and " \
	"all tracepoints with a struct sk_buff"
const struct type *check_packet(struct checker *c, struct node *n);
/* The node is `payload`, checked, and not some bytes of it; check_payload() makes it so. */
bool check_is_payload(const struct node *n);
const struct type *check_payload(struct checker *c, struct node *n, uint32_t offset,
				 uint32_t length);
/* A name of a packet's becomes a PACKET node; false: it is none. */
bool check_packet_name(struct checker *c, struct node *n);
/* A comparison with a field that is two, ip.addr, becomes two comparisons. */
bool check_packet_either(struct checker *c, struct node *n);

/* The row of the field that @n names, or NULL. */
const struct packet_row *check_packet_row(struct checker *c, const struct node *n);

/* The type of a ?? b, whose sides are checked. */
const struct type *check_default(struct checker *c, struct node *n);
const struct type *defined_type(struct checker *c, struct node *n);

/* check_args.c: what the kernel's BTF says about the probe's arguments; type_error: nothing. */
const struct type *check_typed_args(struct checker *c);
/* The probes that have the builtin, for a hint. */
const char *check_where(struct checker *c, const struct builtin *b);

/* btf_type.c: types of the kernel; a RECORD of it has no fields until btf_complete(). */
const struct type *btf_type(struct checker *c, const struct kbtf *b, uint32_t id, enum space space);
/* The member @name of a record of the kernel, or NULL. */
const struct field *btf_field(struct checker *c, const struct type *t, const char *name);
/* The type of that tag: struct, union or enum; NULL when the kernel has none. */
const struct type *btf_tag(struct checker *c, const char *tag);
const struct type *btf_typedef(struct checker *c, const char *name);
/* The types of the binary that the probe is in; NULL: it has none, or it is the kernel. */
const struct kbtf *btf_binary(struct checker *c);
/* The same type with all fields of all records in it, so that it can be printed. */
const struct type *btf_complete(struct checker *c, const struct type *t);

/* cdef.c: types that the script defines; NULL when it does not. */
void check_definitions(struct checker *c, struct node *script);
const struct type *cdef_tag(struct checker *c, const char *name);
const struct type *cdef_typedef(struct checker *c, const char *name);
const struct enumerator *cdef_enumerator(struct checker *c, const char *name);
const struct type *cdef_here(struct checker *c, struct node *n);
uint32_t cdef_align(struct checker *c, const struct type *t);

/* check_user.c: functions of the script. */
void check_functions(struct checker *c, struct node *script);
struct node *check_find_function(struct checker *c, const char *name);
const struct type *check_user_call(struct checker *c, struct node *n, const struct node *decl);
/* False, with a message, when the loops around @span and @inside more frames are too many. */
bool check_frames(struct checker *c, struct span span, uint32_t inside);
/* A value of type @from may become a parameter or result of type @to. */
bool check_passes(struct checker *c, const struct type *to, const struct type *from);
/* check_stmt.c */
void check_function_body(struct checker *c, struct function_state *f);

/* getopt.c */
const struct type *check_getopt(struct checker *c, struct node *n);
/* Complains about options that the script does not have; false when help was asked for. */
bool check_options_given(struct checker *c);

/* check_in.c: operators of class MEMBER, and the types of what stands only behind 'in'. */
const struct type *check_membership(struct checker *c, struct node *n);
/* One side of @n is a prefix; then it is the right one. */
bool check_is_prefix(struct node *n);
const struct type *check_prefix(struct checker *c, struct node *n);
const struct type *check_set(struct checker *c, struct node *n);
const struct type *check_interval(struct checker *c, struct node *n);

/* check_symbol.c: checks both sides of a BINARY, names of bits and enums by the other side. */
void check_sides(struct checker *c, struct node *n);
/* What to write for a name that c->symbols does not have. */
const char *check_symbol_hint(struct checker *c, const char *name);

/* check_slice.c */
const struct type *check_slice(struct checker *c, struct node *n);

/* check_record.c */
const struct type *check_record(struct checker *c, struct node *n);
const struct type *check_member(struct checker *c, struct node *n);
/* @n may be args as a whole, which is then a record. */
void check_spread_args(struct checker *c, struct node *n);
const struct type *check_offsetof(struct checker *c, struct node *n);
const struct type *check_sizeof(struct checker *c, struct node *n);
const struct type *check_cast(struct checker *c, struct node *n);

/* check_stmt.c: a block that is a value. */
const struct type *check_block(struct checker *c, struct node *n);

/* The type that holds every value of both, or NULL. */
const struct type *check_merge(struct checker *c, const struct type *a, const struct type *b);
/* A struct, union or enum by its tag: the script's, else the kernel's. NULL: neither has it. */
const struct type *check_tag(struct checker *c, const char *tag);

/* check_call.c */
const struct type *check_call(struct checker *c, struct node *n);
/* Says that argument @i is not what @n takes; returns false. */
bool check_bad_argument(struct checker *c, const struct node *n, uint32_t i, const char *takes);
/* @n is a call of an aggregation whose value @map takes. */
const struct type *check_agg(struct checker *c, struct node *n);
const struct agg *check_is_agg(const struct node *n);
/* check_series.c: the arguments of a time series, for its type @t; false after a message. */
bool check_series(struct checker *c, struct node *n, struct type *t);
/* The type of the aggregation in @m, named by @n, as a number; an error when it is not one. */
const struct type *check_agg_value(struct checker *c, const struct node *n,
				   const struct map_state *m);

/* check_type.c: what a name stores. @n is the value's node, for its signedness and place. */
bool check_store(struct checker *c, struct growing *g, const struct node *n, const struct type *t,
		 const char *what, const char *name);
/* Bytes of an integer before it was widened to be stored; 0: not known, or a literal ... */
uint32_t check_width(const struct node *n);
/* ... and the fewest bytes that hold it, of a literal or where one was stored; 0: none was. */
uint32_t check_literal_width(const struct node *n);
/* The type of @t where it is stored: integers widened, records with all their fields. */
const struct type *check_stored(struct checker *c, const struct type *t);
/* Integer a program can compute at once, from the types of both sides. */
const struct type *check_arith_type(const struct node *a, const struct node *b);
/* The type that a TYPENAME node names. */
const struct type *check_typename(struct checker *c, struct node *n);
/* True for a type, also for a name that is one and no value; it is a NODE_TYPENAME then. */
bool check_is_type(struct checker *c, struct node *n);

/* check_map.c */
/* @n names a map and a value in it: its key is checked. */
struct map_state *check_map_use(struct checker *c, struct node *n);
/* @n names a whole map. */
struct map_state *check_map_name(struct checker *c, struct node *n);
void check_map_write(struct checker *c, struct map_state *m, struct node *target,
		     struct node *value);
/* @m[k] += n where the value is a pointer. */
void check_map_step(struct checker *c, struct map_state *m, struct node *target);
const struct type *check_map_value(struct checker *c, struct map_state *m, struct node *n);
void check_map_layout(struct checker *c, struct map_state *m);
void check_map_decls(struct checker *c, struct node *script);

/* Text that goes along with an event. */
const struct fmt *check_plain_text(struct checker *c, const char *text);

/* check_capture.c: what the script wrote, and then what it did not. */
bool check_capture_args(struct checker *c, struct node *n);
void check_capture(struct checker *c, struct node *n, struct event *e);

/* format.c: the pieces of a printf format, checked against the types of the arguments. */
const struct fmt *check_format(struct checker *c, struct node *call, uint32_t format_arg);

/* @n names a builtin, as a variable or as a call without arguments. */
const struct type *check_builtin(struct checker *c, struct node *n, const struct builtin *b);

/* Turns @n into a constant of type @t whose first bytes are @bytes, the others zero. */
void check_fold_bytes(struct node *n, const struct type *t, const void *bytes, uint32_t length);
/* Turns @n into true or false. */
const struct type *check_fold_bool(struct node *n, bool value);

/* check_func.c, check_net.c, check_stack.c: results of functions, see func.def. */
const struct type *text_type(struct checker *c, struct node *n, enum type_kind kind);
const struct type *concat_type(struct checker *c, struct node *n);
const struct type *search_type(struct checker *c, struct node *n, const struct type *t);
const struct type *memcmp_type(struct checker *c, struct node *n);
const struct type *strncmp_type(struct checker *c, struct node *n);
const struct type *strcap_type(struct checker *c, struct node *n);
const struct type *buf_type(struct checker *c, struct node *n);
const struct type *bswap_type(struct checker *c, struct node *n);
const struct type *space_type(struct checker *c, struct node *n, enum space space);
const struct type *clock_type(struct checker *c, struct node *n);
const struct type *pcap_type(struct checker *c, struct node *n);
const struct type *strftime_type(struct checker *c, struct node *n);
const struct type *comptime_type(struct checker *c, struct node *n);
/* An if of comptime becomes the block that is taken. True: no more to check. */
bool check_comptime_if(struct checker *c, struct node *n);
const struct type *static_assert_type(struct checker *c, struct node *n);
const struct type *fail_type(struct checker *c, struct node *n);
const struct type *check_assert(struct checker *c, struct node *n);
const struct type *usermode_type(struct checker *c, struct node *n);
const struct type *is_type(struct checker *c, struct node *n, bool is);
const struct type *unsafe_type(struct checker *c, struct node *n);
const struct type *signal_type(struct checker *c, struct node *n);
const struct type *debugf_type(struct checker *c, struct node *n);
const struct type *len_type(struct checker *c, struct node *n);
const struct type *find_type(struct checker *c, struct node *n);
const struct type *kaddr_type(struct checker *c, struct node *n);
const struct type *cgroupid_type(struct checker *c, struct node *n);
const struct type *cookie_type(struct checker *c, struct node *n);
const struct type *skboutput_type(struct checker *c, struct node *n);
const struct type *path_type(struct checker *c, struct node *n);
const struct type *ntop_type(struct checker *c, struct node *n);
const struct type *pton_type(struct checker *c, struct node *n);
const struct type *mac_type(struct checker *c, struct node *n);
const struct type *stack_type(struct checker *c, struct node *n, enum space space);
/* A literal as type @t, which it is compared with, where it can be; false after a message. */
bool check_literal_as(struct checker *c, struct node *n, const struct type *t);
/* Arrays of char that are read as bytes, not up to their NUL. */
void check_raw_array(struct node *n);

/* Builtins and functions whose types depend on where they stand. */
const struct type *args_type(struct checker *c);
const struct type *arg_type(struct checker *c, uint32_t i);
const struct type *ctx_type(struct checker *c);
const struct type *retval_type(struct checker *c);
const struct type *reg_type(struct checker *c, struct node *n);
const struct type *probe_type(struct checker *c);
const struct type *probetype_type(struct checker *c);
const struct type *func_type(struct checker *c);
const struct type *cpid_type(struct checker *c, const struct node *n);
const struct type *curtask_type(struct checker *c);
/* Members of the current task, or of the one that is given ("group_leader.comm"): @n's kid then. */
const struct type *task_type(struct checker *c, struct node *n, const char *members);

/* check_hook.c: the context of programs on packets. */
const struct type *hook_ctx_type(struct checker *c);
/* True after a message: what @n names is not to be had in this probe. */
bool check_lacks(struct checker *c, struct node *n);
/* probe_replay.c: the same for captured packets. */
bool check_replay_lacks(struct checker *c, const struct node *n);

/* check_task.c, check_probe_func.c */
const struct type *ids_type(struct checker *c, struct node *n);
const struct type *is_err_type(struct checker *c, struct node *n);
const struct type *percpu_type(struct checker *c, struct node *n);
const struct type *kfunc_type(struct checker *c, struct node *n);
const struct type *uaddr_type(struct checker *c, struct node *n);
const struct type *override_type(struct checker *c, struct node *n);

#endif
