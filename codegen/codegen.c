/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The object: maps, then programs, then LLVM's passes and code emission. The pipeline is
 * light on purpose: the same instruction counts as O2, a fraction of its time, and it keeps
 * the shapes the verifier understands (instcombine and sinking do not).
 */
#include "codegen/codegen.h"

#include <stdlib.h>
#include <string.h>

#include <llvm-c/Analysis.h>
#include <llvm-c/ErrorHandling.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <llvm/Config/llvm-config.h>

#include "codegen/cg.h"
#include "codegen/kfunc.h"

#define TRIPLE "bpf"
#define PASSES "function(sroa,early-cse,simplifycfg,adce,loop-simplify,loop(loop-rotate))"

/* A map's variable: as long as the longest definition of debug_map(), 8 bytes a member. */
static LLVMValueRef add_global(struct cg *cg, const char *name)
{
	LLVMTypeRef type = LLVMArrayType2(cg->i64, DEBUG_MAP_MEMBERS);
	LLVMValueRef g = LLVMAddGlobal(cg->module, type, name);

	LLVMSetInitializer(g, LLVMConstNull(type));
	LLVMSetSection(g, ".maps");
	return g;
}

static const enum bpf_map_type map_types[] = {
	[MAP_SCALAR] = BPF_MAP_TYPE_ARRAY, [MAP_SCALAR_PERCPU] = BPF_MAP_TYPE_PERCPU_ARRAY,
	[MAP_HASH] = BPF_MAP_TYPE_HASH,    [MAP_HASH_PERCPU] = BPF_MAP_TYPE_PERCPU_HASH,
	[MAP_LRU] = BPF_MAP_TYPE_LRU_HASH, [MAP_LRU_PERCPU] = BPF_MAP_TYPE_LRU_PERCPU_HASH,
};

static void add_map(struct cg *cg, uint32_t i)
{
	const struct map *m = cg->plan->maps[i];

	cg->maps[i] = add_global(cg, m->symbol);
	debug_map(cg, cg->maps[i], m->symbol, map_types[m->storage], m->key ? m->max_entries : 1,
		  m->key_size, m->value_size);
	if (!m->overflow)
		return;
	cg->overflows[i] = add_global(cg, m->overflow);
	debug_map(cg, cg->overflows[i], m->overflow, BPF_MAP_TYPE_PERCPU_ARRAY, 1, 4,
		  m->flag_offset + 8);
}

static void add_stacks(struct cg *cg)
{
	cg->stacks = arena_alloc(cg->arena, (cg->plan->nstacks + 1) * sizeof(*cg->stacks));
	for (uint32_t i = 0; i < cg->plan->nstacks; i++) {
		uint32_t id = cg->plan->stacks[i], frames = PLAN_STACK_FRAMES(id);
		const char *name = arena_printf(cg->arena, PLAN_MAP_STACKS, id);
		bool build_id = id & PLAN_STACK_BUILD_ID;
		uint32_t frame = build_id ? sizeof(struct bpf_stack_build_id) : 8;

		cg->stacks[i] = add_global(cg, name);
		debug_map_flags(cg, cg->stacks[i], name, BPF_MAP_TYPE_STACK_TRACE, PLAN_STACKS_KEPT,
				4, frame * frames, build_id ? BPF_F_STACK_BUILD_ID : 0);
	}
}

static LLVMValueRef add_array(struct cg *cg, LLVMValueRef *map, const char *name, uint32_t entries,
			      uint32_t size)
{
	if (!*map) {
		*map = add_global(cg, name);
		debug_map(cg, *map, name, BPF_MAP_TYPE_ARRAY, entries, 4, size);
	}
	return *map;
}

LLVMValueRef cg_command(struct cg *cg)
{
	return add_array(cg, &cg->command, PLAN_MAP_COMMAND, 1, 8);
}

LLVMValueRef cg_clock(struct cg *cg)
{
	return add_array(cg, &cg->clock, PLAN_MAP_CLOCK, 1, 8 * CLOCK_WORDS);
}

LLVMValueRef cg_ifaces(struct cg *cg)
{
	return add_array(cg, &cg->ifaces, PLAN_MAP_IFACES, PLAN_IFACES, PLAN_IFACE_NAME);
}

LLVMValueRef cg_packets(struct cg *cg)
{
	if (!cg->packets) {
		cg->packets = add_global(cg, PLAN_MAP_PACKETS);
		debug_map(cg, cg->packets, PLAN_MAP_PACKETS, BPF_MAP_TYPE_PERF_EVENT_ARRAY, 0, 4,
			  4);
	}
	return cg->packets;
}

static void add_maps(struct cg *cg)
{
	cg->maps = arena_alloc(cg->arena, (cg->plan->nmaps + 1) * sizeof(*cg->maps));
	cg->overflows = arena_alloc(cg->arena, (cg->plan->nmaps + 1) * sizeof(*cg->overflows));
	for (uint32_t i = 0; i < cg->plan->nmaps; i++)
		add_map(cg, i);
	cg->lost = add_global(cg, PLAN_MAP_LOST);
	debug_map(cg, cg->lost, PLAN_MAP_LOST, BPF_MAP_TYPE_ARRAY, LOST_COUNTERS, 4, 8);
	cg->scratch = add_global(cg, PLAN_MAP_SCRATCH);
	cg->zeros = add_global(cg, PLAN_MAP_ZEROS);
	cg->warnings = add_global(cg, PLAN_MAP_WARNINGS);
	add_stacks(cg);
	if (!cg->plan->nevents && !cg->plan->failures)
		return;
	cg->events = add_global(cg, PLAN_MAP_EVENTS);
	debug_map(cg, cg->events, PLAN_MAP_EVENTS, BPF_MAP_TYPE_RINGBUF,
		  cg->plan->config.ring_buffer_pages * 4096, 0, 0);
}

/* The maps whose size is known only now; they go when nothing uses them. */
static void finish_maps(struct cg *cg)
{
	if (cg->scratch_size)
		debug_map(cg, cg->scratch, PLAN_MAP_SCRATCH, BPF_MAP_TYPE_PERCPU_ARRAY,
			  cg->plan->nprograms, 4, cg->scratch_size);
	else
		LLVMDeleteGlobal(cg->scratch);
	if (cg->zeros_size)
		debug_map(cg, cg->zeros, PLAN_MAP_ZEROS, BPF_MAP_TYPE_ARRAY, 1, 4, cg->zeros_size);
	else
		LLVMDeleteGlobal(cg->zeros);
	if (cg->nplaces)
		debug_map(cg, cg->warnings, PLAN_MAP_WARNINGS, BPF_MAP_TYPE_ARRAY, 1, 4,
			  cg->nplaces * sizeof(struct warning));
	else
		LLVMDeleteGlobal(cg->warnings);
}

/* What the kernel asks of programs that use its tracing helpers. */
static void add_license(struct cg *cg)
{
	const char *license = config_text(cg->plan->config.license);
	LLVMValueRef text = LLVMConstStringInContext(cg->context, license, strlen(license), false);
	LLVMValueRef g = LLVMAddGlobal(cg->module, LLVMTypeOf(text), "_license");

	LLVMSetInitializer(g, text);
	LLVMSetSection(g, "license");
}

/* The backend reports errors here and goes on to emit wrong code: the first one counts. */
static void on_diagnostic(LLVMDiagnosticInfoRef info, void *ctx)
{
	struct cg *cg = ctx;
	char *text;

	if (LLVMGetDiagInfoSeverity(info) != LLVMDSError || cg->error)
		return;
	text = LLVMGetDiagInfoDescription(info);
	cg->error = arena_strdup(cg->arena, text);
	LLVMDisposeMessage(text);
}

#define JUMP_TOO_LONG "Branch target out of insn range"
#define TOO_LONG_STATUS 1 /* as of every error of the script */

/* LLVM aborts when this returns. */
static void on_fatal(const char *reason)
{
	if (strstr(reason, JUMP_TOO_LONG)) {
		fputs("pktscript: error: a program is too long: it jumps over more than 32767 "
		      "instructions\nhint: move parts of it into functions or other "
		      "probes\n",
		      stderr);
		exit(TOO_LONG_STATUS);
	}
	fprintf(stderr,
		"pktscript: internal error: LLVM: %s\nhint: please report it with the script\n",
		reason);
}

/* The set of instructions: v4 has jumps of any length. */
static const char *cpu(const struct plan *plan)
{
	return LLVM_VERSION_MAJOR >= 17 && plan->kernel >= KERNEL_V4 ? "v4" : "v3";
}

static LLVMTargetMachineRef make_machine(struct cg *cg)
{
	LLVMTargetRef target;
	char *message = NULL;

	LLVMInitializeBPFTargetInfo();
	LLVMInitializeBPFTarget();
	LLVMInitializeBPFTargetMC();
	LLVMInitializeBPFAsmPrinter();
	LLVMInitializeBPFAsmParser(); /* for cg_scalar() */
	if (LLVMGetTargetFromTriple(TRIPLE, &target, &message)) {
		cg->error = arena_strdup(cg->arena, message);
		LLVMDisposeMessage(message);
		return NULL;
	}
	return LLVMCreateTargetMachine(target, TRIPLE, cpu(cg->plan), "", LLVMCodeGenLevelDefault,
				       LLVMRelocStatic, LLVMCodeModelDefault);
}

static void begin(struct cg *cg, LLVMTargetMachineRef machine)
{
	LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(machine);

	LLVMContextSetDiagnosticHandler(cg->context, on_diagnostic, cg);
	cg->module = LLVMModuleCreateWithNameInContext("pktscript", cg->context);
	LLVMSetTarget(cg->module, TRIPLE);
	LLVMSetModuleDataLayout(cg->module, layout);
	LLVMDisposeTargetData(layout);
	cg->b = LLVMCreateBuilderInContext(cg->context);
	cg->i1 = LLVMInt1TypeInContext(cg->context);
	cg->i8 = LLVMInt8TypeInContext(cg->context);
	cg->i16 = LLVMInt16TypeInContext(cg->context);
	cg->i32 = LLVMInt32TypeInContext(cg->context);
	cg->i64 = LLVMInt64TypeInContext(cg->context);
	cg->ptr = LLVMPointerType(cg->i8, 0);
}

static void emit_module(struct cg *cg)
{
	debug_begin(cg);
	add_license(cg);
	add_maps(cg);
	site_functions(cg);
	for (uint32_t i = 0; i < cg->plan->nprograms; i++)
		cg_program(cg, &cg->plan->programs[i]);
	finish_maps(cg);
	LLVMDIBuilderFinalize(cg->di);
}

static void take_message(struct cg *cg, char *message)
{
	if (!cg->error)
		cg->error = arena_strdup(cg->arena, message ? message : "unknown");
	LLVMDisposeMessage(message);
}

static void optimize(struct cg *cg, LLVMTargetMachineRef machine)
{
	LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
	LLVMErrorRef e = LLVMRunPasses(cg->module, PASSES, machine, options);
	char *text;

	LLVMDisposePassBuilderOptions(options);
	if (!e)
		return;
	text = LLVMGetErrorMessage(e);
	cg->error = arena_strdup(cg->arena, text);
	LLVMDisposeErrorMessage(text);
}

static void take_buffer(struct cg *cg, LLVMTargetMachineRef machine, LLVMCodeGenFileType type,
			const void **data, size_t *size)
{
	LLVMMemoryBufferRef buffer = NULL;
	char *message = NULL;

	if (LLVMTargetMachineEmitToMemoryBuffer(machine, cg->module, type, &message, &buffer)) {
		take_message(cg, message);
		return;
	}
	*size = LLVMGetBufferSize(buffer);
	*data = arena_strndup(cg->arena, LLVMGetBufferStart(buffer), *size);
	if (type == LLVMObjectFile)
		kfunc_patch((void *)*data, *size);
	LLVMDisposeMemoryBuffer(buffer);
}

static void finish(struct cg *cg, LLVMTargetMachineRef machine, enum codegen_output output,
		   const void **data, size_t *size)
{
	char *message = NULL;

	if (LLVMVerifyModule(cg->module, LLVMReturnStatusAction, &message)) {
		take_message(cg, message);
		return;
	}
	LLVMDisposeMessage(message);
	optimize(cg, machine);
	if (cg->error)
		return;
	if (output == CODEGEN_IR) {
		message = LLVMPrintModuleToString(cg->module);
		*data = arena_strdup(cg->arena, message);
		*size = strlen(message);
		LLVMDisposeMessage(message);
		return;
	}
	take_buffer(cg, machine, output == CODEGEN_ASM ? LLVMAssemblyFile : LLVMObjectFile, data,
		    size);
}

int codegen(struct arena *a, const struct plan *plan, enum codegen_output output, const void **data,
	    size_t *size, struct diags *diags, const char **error)
{
	struct cg cg = { .arena = a, .plan = plan, .diags = diags };
	LLVMTargetMachineRef machine;

	LLVMInstallFatalErrorHandler(on_fatal);
	machine = make_machine(&cg);
	if (machine) {
		cg.context = LLVMContextCreate();
		begin(&cg, machine);
		emit_module(&cg);
		if (!diags->errors)
			finish(&cg, machine, output, data, size);
		LLVMDisposeDIBuilder(cg.di);
		LLVMDisposeBuilder(cg.b);
		LLVMDisposeModule(cg.module);
		LLVMContextDispose(cg.context);
		LLVMDisposeTargetMachine(machine);
	}
	LLVMResetFatalErrorHandler();
	*error = cg.error;
	return cg.error || diags->errors ? -1 : 0;
}
