/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CODEGEN_CG_H
#define CODEGEN_CG_H

/* What the files of codegen share; no one else's business. */

#include <linux/bpf.h>
#include <llvm-c/Core.h>
#include <llvm-c/DebugInfo.h>

#include "codegen/codegen.h"
#include "codegen/packet.h"
#include "parser/node.h"
#include "parser/tables.h"

/* A loop around the statement being emitted. */
struct loop {
	struct loop *outer;
	LLVMBasicBlockRef next, done;
};

/* Where a variable is: on the stack, or at an offset in the scratch memory. */
struct slot {
	bool taken;
	LLVMValueRef stack;
	uint32_t offset;
};

/* Temporaries taken after a mark are given back to it. */
struct cg_mark {
	uint32_t temps, scratch;
};

/* A function being emitted: a program, or the body of a loop that the kernel calls back. */
struct frame {
	LLVMValueRef function, ctx, scratch_slot;
	LLVMMetadataRef subprogram;
	LLVMBasicBlockRef entry, leave; /* leave: the way out of all clauses */
	LLVMBasicBlockRef start;        /* of a program: before the first clause */
	LLVMBasicBlockRef clause_end;
	LLVMBasicBlockRef straight_block; /* that statements follow each other in */
	uint32_t straight;                /* how many have so far */
	LLVMBasicBlockRef absent; /* where code goes that needs a field that the packet lacks */
	const struct node *keyed; /* a map that is assigned to ... */
	LLVMBasicBlockRef no_key; /* ... and where code goes when its key needs one */
	struct packet_frame packet;
	struct loop *loop;
	struct slot *vars; /* by the variable's index */
	uint32_t nvars;
	uint32_t max_stack;              /* bytes this function may use */
	LLVMValueRef temps;              /* one stack slot for all temporaries */
	uint32_t temps_used, temps_size; /* bytes of it now, and at most */
	LLVMValueRef loop_block;         /* what loops share with this function, or NULL */
	uint32_t loop_block_size;        /* bytes of it at most */
	LLVMValueRef call_block;         /* what calls pass besides their arguments, or NULL */
	uint32_t vars_size;              /* bytes of variables on the stack */
	uint32_t scratch_used, scratch_max,
		scratch_vars; /* now, at most, and where variables end */
};

/* What is done to maps in many places. */
enum site { SITE_AGG, SITE_WRITE, SITE_ADD, SITES };

/* Of one map: in how many places, and the function that does it; NULL: there is none. */
struct sites {
	uint32_t count[SITES];
	LLVMValueRef function[SITES];
};

struct cg {
	struct arena *arena;
	const struct plan *plan;
	struct diags *diags;
	const char *error; /* first error of the backend; NULL: none */

	LLVMContextRef context;
	LLVMModuleRef module;
	LLVMBuilderRef b;
	LLVMTypeRef i1, i8, i16, i32, i64, ptr;

	/* debug.c */
	LLVMDIBuilderRef di;
	LLVMMetadataRef file, unit, di_int, di_long, di_ptr;
	const LLVMMetadataRef *params; /* types of the next function's; NULL: pointers */
	const uint32_t *lines; /* offset of each statement in the script; its place is its line */
	uint32_t nlines;

	LLVMValueRef *maps, *overflows; /* one for each plan->maps */
	struct sites *sites;            /* for each map */
	uint32_t site_stack;            /* bytes of stack of their functions; 0: there are none */
	LLVMValueRef *stacks;           /* one for each plan->stacks */
	LLVMValueRef events, lost, scratch, zeros;
	LLVMValueRef command, clock, ifaces, packets; /* NULL until they are needed */
	uint32_t scratch_size, zeros_size;            /* largest need of any program */
	LLVMValueRef warnings;
	struct warning *places; /* where programs may warn */
	uint32_t nplaces;

	struct span span;              /* of the statement or expression being emitted */
	const struct program *program; /* being emitted */
	uint32_t program_index, nloops;
	LLVMValueRef *used; /* functions that the program needs */
	uint32_t nused;
	uint32_t scratch_base; /* where the memory of functions ends */
	bool alone;            /* the program is one function, so its stack is its own */
	bool deep;        /* the kernel's stack has no frame left for functions of aggregations */
	bool forks_much;  /* so its variables are in the scratch memory */
	uint32_t *depths; /* frames below each function of the program */
	struct frame f;
};

/* ---- llvm.c: short names for what every file builds ---- */

LLVMValueRef cg_int(struct cg *cg, uint64_t value);
LLVMBasicBlockRef cg_block(struct cg *cg, const char *name);
void cg_at(struct cg *cg, LLVMBasicBlockRef block);
void cg_jump(struct cg *cg, LLVMBasicBlockRef to);
/* Jumps to @then when the i1 or i64 @condition is not zero. */
void cg_branch(struct cg *cg, LLVMValueRef condition, LLVMBasicBlockRef then,
	       LLVMBasicBlockRef otherwise);
LLVMValueRef cg_offset(struct cg *cg, LLVMValueRef base, uint64_t bytes);
LLVMValueRef cg_offset_by(struct cg *cg, LLVMValueRef base, LLVMValueRef bytes);
/* Integers of @size bytes in memory; in registers they are always i64. */
LLVMValueRef cg_load(struct cg *cg, LLVMValueRef from, uint32_t size, bool is_signed);
void cg_store(struct cg *cg, LLVMValueRef to, LLVMValueRef value, uint32_t size);
void cg_copy(struct cg *cg, LLVMValueRef to, LLVMValueRef from, uint32_t size);
void cg_zero(struct cg *cg, LLVMValueRef to, uint32_t size);
/* The bytes @from to @size of @to, which is 8-aligned as it is for the others. */
void cg_zero_rest(struct cg *cg, LLVMValueRef to, uint32_t from, uint32_t size);
/* Text that is known, as constants: 8 bytes of it from @offset on, zeros behind its end ... */
LLVMValueRef cg_text_word(struct cg *cg, const char *text, uint32_t length, uint32_t offset);
/* ... and all of it, padded to @size. */
void cg_text(struct cg *cg, LLVMValueRef to, const char *text, uint32_t length, uint32_t size);
/* The early way out of a comparison of many words: LLVM would load them all at once. */
struct cg_exit {
	LLVMBasicBlockRef block;
	LLVMValueRef pending; /* not zero when the words since the last test differ */
	uint32_t words;
};
void cg_exit_begin(struct cg *cg, struct cg_exit *e);
/* @difference of one more word. */
void cg_exit_word(struct cg *cg, struct cg_exit *e, LLVMValueRef difference);
/* 1 (i1) when all words were the same; the builder is behind the comparison. */
LLVMValueRef cg_exit_end(struct cg *cg, struct cg_exit *e);
/* i1 or narrower to i64. */
LLVMValueRef cg_widen(struct cg *cg, LLVMValueRef v);
/*
 * A pointer as a plain number. The verifier knows what the context's pointers point at, and then
 * takes no arithmetic on them; negated twice, they are numbers to it.
 */
LLVMValueRef cg_scalar(struct cg *cg, LLVMValueRef v);
/* @v, of which LLVM knows nothing from here on. */
LLVMValueRef cg_opaque(struct cg *cg, LLVMValueRef v);
/* The number of the block that the code comes @from, of @n. */
LLVMValueRef cg_phi(struct cg *cg, LLVMValueRef *values, LLVMBasicBlockRef *from, uint32_t n);
LLVMValueRef cg_is_null(struct cg *cg, LLVMValueRef p);
/* Calls a BPF helper by its number; the result is i64 or a pointer. */
LLVMValueRef cg_helper(struct cg *cg, enum bpf_func_id id, bool pointer, uint32_t n, ...);
#define HELPER(cg, id, n, ...) cg_helper((cg), BPF_FUNC_##id, false, (n), ##__VA_ARGS__)

/* ---- program.c: memory of the program being emitted ---- */

/*
 * @size bytes, 8-aligned, until the statement ends; undefined at first. What is large, or
 * does not fit the stack, is in the program's scratch memory.
 */
LLVMValueRef cg_temp(struct cg *cg, uint32_t size);
/* @size bytes of the scratch memory for as long as the frame runs. */
LLVMValueRef cg_keep(struct cg *cg, uint32_t size);
/* @v, of which the verifier knows nothing from here on. */
LLVMValueRef cg_forget(struct cg *cg, LLVMValueRef v);
struct cg_mark cg_mark(const struct cg *cg);
void cg_release(struct cg *cg, struct cg_mark mark);
/* The memory of a variable. */
LLVMValueRef cg_var(struct cg *cg, const struct var *v);
/* @size bytes on the stack for as long as the function runs. */
LLVMValueRef cg_stack(struct cg *cg, uint32_t size);
/*
 * A function from its entry to its end: frame_begin() makes the blocks, the caller emits, and
 * frame_end() finishes what is known only then. The builder is at the function's start in between.
 */
void frame_begin(struct cg *cg, LLVMValueRef function, const char *name, uint32_t nparams);
void frame_end(struct cg *cg);
/* The function's scratch memory beyond @base, looked up in @setup before @start goes on. */
void frame_scratch(struct cg *cg, uint32_t base, LLVMBasicBlockRef setup, LLVMBasicBlockRef start);
void cg_program(struct cg *cg, const struct program *program);

/* ---- debug.c ---- */

#define DEBUG_MAP_MEMBERS 5 /* type, max_entries, key_size, value_size */

void debug_begin(struct cg *cg);
void debug_map(struct cg *cg, LLVMValueRef global, const char *name, uint32_t type,
	       uint32_t max_entries, uint32_t key_size, uint32_t value_size);
/* The same with flags of bpf(2). */
void debug_map_flags(struct cg *cg, LLVMValueRef global, const char *name, uint32_t type,
		     uint32_t max_entries, uint32_t key_size, uint32_t value_size, uint32_t flags);
LLVMMetadataRef debug_function(struct cg *cg, LLVMValueRef function, const char *name,
			       uint32_t nparams);
/* The type of a pointer to @size bytes. */
LLVMMetadataRef debug_bytes(struct cg *cg, uint32_t size);
/* What is emitted from here on belongs to the statement or predicate at @span. */
void debug_place(struct cg *cg, struct span span);

/* ---- expr.c ---- */

/* The value of an expression: i64 for SHAPE_INT; SHAPE_MEM is written to @to. */
LLVMValueRef emit_expr(struct cg *cg, const struct node *n, LLVMValueRef to);
/* Writes the value of @n to @to in the layout of @t: integers as 8 bytes, strings padded. */
void emit_to(struct cg *cg, const struct node *n, LLVMValueRef to, const struct type *t);
/* An address where the SHAPE_MEM value of @n can be read. */
LLVMValueRef emit_address(struct cg *cg, const struct node *n);
/* A number cut to the size of @t, and extended as it says. */
LLVMValueRef emit_narrow(struct cg *cg, LLVMValueRef v, const struct type *t);
/* What a variable keeps of a number. */
LLVMValueRef emit_kept(struct cg *cg, LLVMValueRef v, const struct var *var);
/* @n, in bytes of what @t points at when it is a pointer. */
LLVMValueRef emit_step(struct cg *cg, LLVMValueRef n, const struct type *t);
/* Jumps by the truth of @n, with && and || as jumps. */
void emit_condition(struct cg *cg, const struct node *n, LLVMBasicBlockRef then,
		    LLVMBasicBlockRef otherwise);
/* @a op @b on i64. What is divided by 0 is 1, and a warning. */
LLVMValueRef emit_operator(struct cg *cg, enum op_id op, bool is_signed, LLVMValueRef a,
			   LLVMValueRef b);
/* The same for / and %, as the machine does it: 0 and @a. */
LLVMValueRef emit_division(struct cg *cg, enum op_id op, bool is_signed, LLVMValueRef a,
			   LLVMValueRef b);

/* ---- place.c: values in the kernel's or a process's memory ---- */

/* True when @n is a member, element or target of what a pointer points at. */
bool place_is_memory(const struct node *n);
/* Reads it, as emit_expr; what cannot be read is zero. */
LLVMValueRef place_read(struct cg *cg, const struct node *n, LLVMValueRef to);
/* Where it is, as a number. */
LLVMValueRef place_address(struct cg *cg, const struct node *n);
/* A bit-field's bits, moved to the low end. */
LLVMValueRef place_bits(struct cg *cg, const struct field *f, LLVMValueRef v);
/* Text of at most @array's length (NULL: unknown) at an address; see check_read_type(). */
void place_text(struct cg *cg, const struct type *string, const struct type *array,
		enum space space, LLVMValueRef at, LLVMValueRef to);
/* What one step of a pointer is, in bytes. */
uint64_t place_step(const struct type *pointer);

/* ---- compare.c: == and != of strings and bytes; i1 ---- */
LLVMValueRef emit_equal(struct cg *cg, const struct node *n);

/* ---- forks.c ---- */

/* About how often the code of @n chooses between ways: the verifier follows each. */
int64_t cg_forks(const struct node *n);
/* True when that is too often for variables that it knows something of. */
bool cg_forks_much(const struct program *program);

/* ---- member.c: operators of class MEMBER, == and != of addresses and prefixes; i1 ---- */
LLVMValueRef emit_member_operator(struct cg *cg, const struct node *n);

/* ---- slice.c ---- */
LLVMValueRef emit_slice(struct cg *cg, const struct node *n, LLVMValueRef to);

/* ---- func_string.c ---- */
LLVMValueRef cg_string_length(struct cg *cg, LLVMValueRef at, uint32_t size);
/* 1 (i1) when @part is in @whole: strings, or bytes. */
LLVMValueRef cg_contains(struct cg *cg, const struct node *whole, const struct node *part);

/* ---- called.c ---- */

/* The program needs @function; it may have some 255 of them. */
void cg_uses(struct cg *cg, LLVMValueRef function);
/* False: plain loops only. */
bool cg_can_call(const struct cg *cg);
/* Emits what is done with number @i. A jump to the frame's leave ends the loop. */
typedef void called_fn(struct cg *cg, const void *what, LLVMValueRef i, LLVMValueRef *pointers);
/*
 * Runs @fn for each number below @turns, in a function that all programs share by its @name. It
 * sees nothing of the code around the loop but @n @pointers.
 */
void cg_called(struct cg *cg, const char *name, LLVMValueRef turns, LLVMValueRef *pointers,
	       uint32_t n, called_fn *fn, const void *what);

/* ---- stmt.c, loop.c ---- */
/* @size bytes on the stack that loops share with this function, one after the other. */
LLVMValueRef cg_loop_block(struct cg *cg, uint32_t size);
/* Bytes that a loop needs of it here. */
uint32_t cg_block_size(const struct cg *cg);
void emit_stmt(struct cg *cg, const struct node *n);
void emit_stmt_range(struct cg *cg, const struct node *n);
void emit_stmt_each(struct cg *cg, const struct node *n);
void emit_stmt_while(struct cg *cg, const struct node *n);
/* How deep the loops of a program nest that are functions of their own. */
uint32_t loop_depth(const struct cg *cg, const struct program *program);
/* The same of what is below a statement. */
uint32_t depth_of(const struct cg *cg, const struct node *n);

/* ---- call.c: functions of the script ---- */

/* Emits those of the program, before itself. */
void call_functions(struct cg *cg, uint32_t max_stack);
uint32_t call_depth(const struct cg *cg, const struct function *f);
LLVMValueRef emit_user_call(struct cg *cg, const struct node *n, LLVMValueRef to);

/* ---- map.c ---- */

uint32_t map_index(const struct cg *cg, const struct map *m);
LLVMValueRef map_global(struct cg *cg, const struct map *m);
LLVMValueRef map_read(struct cg *cg, const struct node *n, LLVMValueRef to);
void map_write(struct cg *cg, const struct node *target, const struct node *value);
/* @m[k] = @m[k] op value; the new value. Additions are atomic. */
LLVMValueRef map_update(struct cg *cg, const struct node *target, enum op_id op,
			LLVMValueRef value);
LLVMValueRef map_delete(struct cg *cg, const struct node *target);
LLVMValueRef map_has_key(struct cg *cg, const struct node *target);
/* A pointer to the key of @target: what the kernel's map takes. */
LLVMValueRef map_key(struct cg *cg, const struct node *target);
LLVMValueRef map_lookup(struct cg *cg, LLVMValueRef map, LLVMValueRef key);
/* A pointer to 4 zero bytes: the key of scalars. */
LLVMValueRef map_key_zero(struct cg *cg);
/* The u64 at @offset of the one value of an array; 0 when it is not there. */
LLVMValueRef map_word(struct cg *cg, LLVMValueRef map, uint32_t offset);

/* The same of the value at @key with +. Or @value instead of it; a missing key is inserted. */
LLVMValueRef map_add(struct cg *cg, const struct map *m, LLVMValueRef key, LLVMValueRef value);
LLVMValueRef map_put(struct cg *cg, const struct map *m, LLVMValueRef key, LLVMValueRef value);

/* ---- site.c ---- */

/* Emits the functions of maps that are changed in many places, before all programs. */
void site_functions(struct cg *cg);
/* Calls the function that does this to @target with @v: its result; NULL: there is none. */
LLVMValueRef site_call(struct cg *cg, const struct node *target, enum site what, LLVMValueRef v);

/* ---- agg.c ---- */
/* One event with value @v for the aggregation at @key; nothing comes of it. */
LLVMValueRef agg_add(struct cg *cg, const struct map *m, LLVMValueRef key, LLVMValueRef v);
/* The number that the aggregation at @key of @m stands for at this moment. */
LLVMValueRef agg_read(struct cg *cg, const struct map *m, LLVMValueRef key);
/*
 * Emits @fn once, in a loop over the values @at that CPUs have of @key; @result goes to @fn.
 * @name is what it does.
 */
typedef void agg_cpu_fn(struct cg *cg, const struct map *m, LLVMValueRef at, LLVMValueRef result);
void agg_each_cpu(struct cg *cg, const struct map *m, LLVMValueRef key, const char *name,
		  agg_cpu_fn *fn, LLVMValueRef result);
void agg_update(struct cg *cg, const struct node *target, const struct node *call);
/* One event with value @v for the cell at @at. */
void agg_cell(struct cg *cg, const struct map *m, const struct type *t, enum cell_op op,
	      LLVMValueRef at, LLVMValueRef v);
/* series.c: the same for a series of cells. */
void series_update(struct cg *cg, const struct map *m, const struct type *t, LLVMValueRef at,
		   LLVMValueRef v);

/* builtin.c: the id of the process, in our namespace. */
LLVMValueRef cg_process(struct cg *cg);

/* ---- event.c ---- */
void event_emit(struct cg *cg, const struct node *call);
/* Counts what could not be done. */
void event_lost(struct cg *cg, enum lost counter);
/* Warns of what the expression being emitted comes to; @rc is what a helper returned, or NULL. */
void event_warn(struct cg *cg, enum warning_kind kind, LLVMValueRef rc);
/* With -k: says that a helper returned @rc for the expression being emitted ... */
void event_failure(struct cg *cg, enum bpf_func_id id, LLVMValueRef rc);
/* ... when that is an error. */
void event_if_failed(struct cg *cg, enum bpf_func_id id, LLVMValueRef rc);

/* ---- func*.c: one for each row of func.def, as emit_expr ---- */
#define FUNC(id, args, result, doc) \
	LLVMValueRef func_##id(struct cg *cg, const struct node *n, LLVMValueRef to);
#include "parser/func.def"
#undef FUNC

/* Bytes of an integer of @size bytes in reverse order. */
LLVMValueRef cg_bswap(struct cg *cg, LLVMValueRef v, uint32_t size);
/* Where an address points: what its type says, else where the program's arguments do. */
enum space cg_space(const struct cg *cg, const struct node *n);
/* Reads @size (i32) bytes at address @at; what cannot be read is zero. */
void cg_read(struct cg *cg, enum space space, LLVMValueRef to, LLVMValueRef size, LLVMValueRef at);

/* codegen.c: maps that user space fills in: the process id of -c, what -r reads. */
LLVMValueRef cg_command(struct cg *cg);
LLVMValueRef cg_ifaces(struct cg *cg);
LLVMValueRef cg_packets(struct cg *cg);
LLVMValueRef cg_clock(struct cg *cg);

/* ---- clock.c: nsecs, elapsed, and in a replay all other clocks ---- */
LLVMValueRef clock_now(struct cg *cg);
LLVMValueRef clock_start(struct cg *cg);

/* ---- context.c ---- */

/* The number of type @t at @offset of the program's context. */
LLVMValueRef cg_context(struct cg *cg, uint32_t offset, const struct type *t);
bool cg_typed_context(const struct cg *cg);
/* What a program of an iterator does before its clauses. */
void context_iterate(struct cg *cg);

/* ---- builtin.c, func.c: as emit_expr ---- */
LLVMValueRef emit_builtin(struct cg *cg, const struct node *n, LLVMValueRef to);
LLVMValueRef emit_func(struct cg *cg, const struct node *n, LLVMValueRef to);

#endif
