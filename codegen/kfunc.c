/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/kfunc.h"

#include <elf.h>
#include <stdarg.h>
#include <string.h>

#include "codegen/cg.h"

#define MARK 0x40000000u /* above every helper's number; ids are below it */

static void add_attribute(struct cg *cg, LLVMValueRef call, const char *name)
{
	unsigned kind = LLVMGetEnumAttributeKindForName(name, strlen(name));

	LLVMAddCallSiteAttribute(call, LLVMAttributeFunctionIndex,
				 LLVMCreateEnumAttribute(cg->context, kind, 0));
}

static LLVMValueRef call(struct cg *cg, uint32_t id, uint32_t n, va_list ap)
{
	LLVMTypeRef types[5];
	LLVMValueRef args[5];

	for (uint32_t i = 0; i < n; i++) {
		args[i] = va_arg(ap, LLVMValueRef);
		types[i] = LLVMTypeOf(args[i]);
	}
	return LLVMBuildCall2(cg->b, LLVMFunctionType(cg->ptr, types, n, false),
			      LLVMConstIntToPtr(cg_int(cg, MARK + id), cg->ptr), args, n, "");
}

LLVMValueRef kfunc_call(struct cg *cg, uint32_t id, uint32_t n, ...)
{
	LLVMValueRef v;
	va_list ap;

	va_start(ap, n);
	v = call(cg, id, n, ap);
	va_end(ap);
	add_attribute(cg, v, "memory");
	add_attribute(cg, v, "nounwind");
	add_attribute(cg, v, "willreturn");
	return v;
}

void kfunc_run(struct cg *cg, uint32_t id, uint32_t n, ...)
{
	va_list ap;

	va_start(ap, n);
	call(cg, id, n, ap);
	va_end(ap);
}

static void patch_section(struct bpf_insn *insn, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (insn[i].code == (BPF_LD | BPF_DW | BPF_IMM)) {
			i++; /* its second half is no instruction */
		} else if (insn[i].code == (BPF_JMP | BPF_CALL) && !insn[i].src_reg &&
			   (uint32_t)insn[i].imm >= MARK) {
			insn[i].src_reg = BPF_PSEUDO_KFUNC_CALL;
			insn[i].imm -= MARK;
		}
	}
}

void kfunc_patch(void *data, size_t size)
{
	const Elf64_Ehdr *header = data;
	const Elf64_Shdr *section;

	if (size < sizeof(*header) || header->e_shoff + header->e_shnum * sizeof(*section) > size)
		return;
	section = (const Elf64_Shdr *)((const char *)data + header->e_shoff);
	for (uint32_t i = 0; i < header->e_shnum; i++)
		if (section[i].sh_type == SHT_PROGBITS && (section[i].sh_flags & SHF_EXECINSTR) &&
		    section[i].sh_offset + section[i].sh_size <= size)
			patch_section((struct bpf_insn *)((char *)data + section[i].sh_offset),
				      section[i].sh_size / sizeof(struct bpf_insn));
}
