/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Debug info, from which LLVM makes BTF. Two things need it: libbpf reads maps from it,
 * and the verifier's log quotes the script: the file is a virtual text that has one line
 * for each statement, "LINE:COLUMN| text".
 */
#include <stdlib.h>
#include <string.h>

#include <llvm-c/IRReader.h>

#include "codegen/cg.h"

#define DW_LANG LLVMDWARFSourceLanguageC99
#define MAX_TEXT 80
#define MAX_PARAMS 5
#define PRODUCER "pktscript"

struct offsets {
	struct arena *arena;
	uint32_t *list;
	uint32_t count;
};

static void add_offset(void *ctx, const struct node *n)
{
	struct offsets *o = ctx;

	if (n->kind >= NODE_STMT_BLOCK && n->kind <= NODE_STMT_RETURN)
		VEC_PUSH(o->arena, o->list, o->count, n->span.offset);
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* The offsets of all statements, sorted, each once. */
static void collect_lines(struct cg *cg)
{
	struct offsets o = { .arena = cg->arena };
	uint32_t n = 0;

	for (uint32_t i = 0; i < cg->plan->nprograms; i++) {
		const struct program *p = &cg->plan->programs[i];

		for (uint32_t j = 0; j < p->nfunctions; j++)
			node_walk(p->functions[j]->body, add_offset, &o);
		for (uint32_t j = 0; j < p->nclauses; j++) {
			node_walk(p->clauses[j].body, add_offset, &o);
			if (p->clauses[j].predicate)
				VEC_PUSH(o.arena, o.list, o.count,
					 p->clauses[j].predicate->span.offset);
		}
	}
	qsort(o.list, o.count, sizeof(*o.list), by_value);
	for (uint32_t i = 0; i < o.count; i++)
		if (!n || o.list[i] != o.list[n - 1])
			o.list[n++] = o.list[i];
	cg->lines = o.list;
	cg->nlines = n;
}

/* One line of the virtual text, escaped as LLVM writes strings. */
static void print_line(FILE *f, const struct source *src, uint32_t offset)
{
	struct position pos = source_position(src, (struct span){ offset, 0 });

	fprintf(f, "%u:%u| ", pos.line, pos.column);
	for (size_t i = offset; i < src->length && i < offset + MAX_TEXT && src->text[i] != '\n';
	     i++) {
		unsigned char c = src->text[i];

		if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f)
			fprintf(f, "\\%02x", c);
		else
			fputc(c, f);
	}
	fputs("\\0a", f);
}

/* A DIFile with text inside can only be made by parsing one. */
static LLVMMetadataRef make_file(struct cg *cg)
{
	LLVMMemoryBufferRef buffer;
	LLVMModuleRef module = NULL;
	LLVMValueRef operand;
	char *text = NULL, *message = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return LLVMDIBuilderCreateFile(cg->di, PRODUCER, strlen(PRODUCER), "", 0);
	fputs("!f = !{!0}\n!0 = !DIFile(filename: \"" PRODUCER "\", directory: \"\", source: \"",
	      f);
	for (uint32_t i = 0; i < cg->nlines; i++)
		print_line(f, cg->plan->source, cg->lines[i]);
	fputs("\")\n", f);
	fclose(f);
	buffer = LLVMCreateMemoryBufferWithMemoryRangeCopy(text, size, PRODUCER);
	free(text);
	if (LLVMParseIRInContext(cg->context, buffer, &module, &message)) {
		LLVMDisposeMessage(message);
		return LLVMDIBuilderCreateFile(cg->di, PRODUCER, strlen(PRODUCER), "", 0);
	}
	LLVMGetNamedMetadataOperands(module, "f", &operand);
	LLVMDisposeModule(module);
	return LLVMValueAsMetadata(operand);
}

static void add_flag(struct cg *cg, const char *name, uint32_t value)
{
	LLVMAddModuleFlag(cg->module, LLVMModuleFlagBehaviorWarning, name, strlen(name),
			  LLVMValueAsMetadata(LLVMConstInt(cg->i32, value, false)));
}

void debug_begin(struct cg *cg)
{
	add_flag(cg, "Debug Info Version", LLVMDebugMetadataVersion());
	add_flag(cg, "Dwarf Version", 5);
	cg->di = LLVMCreateDIBuilder(cg->module);
	collect_lines(cg);
	cg->file = make_file(cg);
	cg->unit = LLVMDIBuilderCreateCompileUnit(cg->di, DW_LANG, cg->file, PRODUCER,
						  strlen(PRODUCER), false, "", 0, 0, "", 0,
						  LLVMDWARFEmissionFull, 0, false, false, "", 0, "",
						  0);
	cg->di_int = LLVMDIBuilderCreateBasicType(cg->di, "int", 3, 32, 5 /* DW_ATE_signed */,
						  LLVMDIFlagZero);
	cg->di_long = LLVMDIBuilderCreateBasicType(cg->di, "long", 4, 64, 5, LLVMDIFlagZero);
	cg->di_ptr = LLVMDIBuilderCreatePointerType(cg->di, NULL, 64, 64, 0, "", 0);
}

/* __uint(name, value): a member that points at an array of @value ints. */
static LLVMMetadataRef number_member(struct cg *cg, const char *name, uint32_t value,
				     uint32_t place)
{
	LLVMMetadataRef range = LLVMDIBuilderGetOrCreateSubrange(cg->di, 0, value);
	LLVMMetadataRef array =
		LLVMDIBuilderCreateArrayType(cg->di, 32ull * value, 0, cg->di_int, &range, 1);
	LLVMMetadataRef pointer = LLVMDIBuilderCreatePointerType(cg->di, array, 64, 64, 0, "", 0);

	return LLVMDIBuilderCreateMemberType(cg->di, cg->file, name, strlen(name), cg->file, 0, 64,
					     64, 64ull * place, LLVMDIFlagZero, pointer);
}

void debug_map(struct cg *cg, LLVMValueRef global, const char *name, uint32_t type,
	       uint32_t max_entries, uint32_t key_size, uint32_t value_size)
{
	debug_map_flags(cg, global, name, type, max_entries, key_size, value_size, 0);
}

void debug_map_flags(struct cg *cg, LLVMValueRef global, const char *name, uint32_t type,
		     uint32_t max_entries, uint32_t key_size, uint32_t value_size, uint32_t flags)
{
	LLVMMetadataRef members[DEBUG_MAP_MEMBERS], def, variable;
	uint32_t n = 0;

	members[n] = number_member(cg, "type", type, n);
	n++;
	members[n] = number_member(cg, "max_entries", max_entries, n);
	n++;
	if (key_size) {
		members[n] = number_member(cg, "key_size", key_size, n);
		n++;
		members[n] = number_member(cg, "value_size", value_size, n);
		n++;
	}
	if (flags) {
		members[n] = number_member(cg, "map_flags", flags, n);
		n++;
	}
	def = LLVMDIBuilderCreateStructType(cg->di, cg->file, "", 0, cg->file, 0, 64ull * n, 64,
					    LLVMDIFlagZero, NULL, members, n, 0, NULL, "", 0);
	variable = LLVMDIBuilderCreateGlobalVariableExpression(
		cg->di, cg->unit, name, strlen(name), "", 0, cg->file, 0, def, false,
		LLVMDIBuilderCreateExpression(cg->di, NULL, 0), NULL, 0);
	LLVMGlobalSetMetadata(global, LLVMGetMDKindIDInContext(cg->context, "dbg", 3), variable);
}

LLVMMetadataRef debug_bytes(struct cg *cg, uint32_t size)
{
	LLVMMetadataRef byte = LLVMDIBuilderCreateBasicType(
		cg->di, "char", 4, 8, 6 /* DW_ATE_signed_char */, LLVMDIFlagZero);
	LLVMMetadataRef range = LLVMDIBuilderGetOrCreateSubrange(cg->di, 0, size);
	LLVMMetadataRef array =
		LLVMDIBuilderCreateArrayType(cg->di, 8ull * size, 0, byte, &range, 1);

	return LLVMDIBuilderCreatePointerType(cg->di, array, 64, 64, 0, "", 0);
}

/* Every parameter needs a name, or the kernel refuses the BTF of the function. */
LLVMMetadataRef debug_function(struct cg *cg, LLVMValueRef function, const char *name,
			       uint32_t nparams)
{
	LLVMMetadataRef types[1 + MAX_PARAMS] = { cg->di_int }, type, subprogram;
	static const char *const names[MAX_PARAMS] = { "a", "b", "c", "d", "e" };

	for (uint32_t i = 0; i < nparams; i++)
		types[i + 1] = cg->params ? cg->params[i] : cg->di_ptr;
	type = LLVMDIBuilderCreateSubroutineType(cg->di, cg->file, types, nparams + 1,
						 LLVMDIFlagZero);
	subprogram = LLVMDIBuilderCreateFunction(cg->di, cg->file, name, strlen(name), "", 0,
						 cg->file, 1, type,
						 LLVMGetLinkage(function) == LLVMInternalLinkage,
						 true, 1, LLVMDIFlagPrototyped, false);
	LLVMSetSubprogram(function, subprogram);
	for (uint32_t i = 0; i < nparams; i++)
		LLVMDIBuilderCreateParameterVariable(cg->di, subprogram, names[i], 1, i + 1,
						     cg->file, 1, types[i + 1], true,
						     LLVMDIFlagZero);
	LLVMSetCurrentDebugLocation2(cg->b, LLVMDIBuilderCreateDebugLocation(cg->context, 1, 0,
									     subprogram, NULL));
	return subprogram;
}

void debug_place(struct cg *cg, struct span span)
{
	uint32_t *at = bsearch(&span.offset, cg->lines, cg->nlines, sizeof(*cg->lines), by_value);

	cg->span = span;
	if (at)
		LLVMSetCurrentDebugLocation2(
			cg->b, LLVMDIBuilderCreateDebugLocation(cg->context, at - cg->lines + 1, 0,
								cg->f.subprogram, NULL));
}
