# SPDX-License-Identifier: Apache-2.0

# PKT_FIND_LLVM(MAJOR): find LLVM >= MAJOR with its BPF target, and decide how to link it.
# Sets LLVM_CONFIG, LLVM_VERSION, LLVM_CPPFLAGS, and for the final link PKT_LD (the compiler that
# links), PKT_LDFLAGS and PKT_LIBS.
AC_DEFUN([PKT_FIND_LLVM], [
AC_ARG_WITH([llvm-config],
	[AS_HELP_STRING([--with-llvm-config=PATH], [the llvm-config to use (default: 19, else any >= $1)])],
	[pkt_llvm_configs=$withval],
	[pkt_llvm_configs="llvm-config-19 /usr/lib/llvm19/bin/llvm-config llvm-config
		llvm-config-18 llvm-config-17 llvm-config-16 llvm-config-20 llvm-config-21 llvm-config-22"])
AC_MSG_CHECKING([for LLVM >= $1 with its BPF target])
LLVM_CONFIG=
for pkt_config in $pkt_llvm_configs; do
	LLVM_VERSION=$($pkt_config --version 2>/dev/null) || continue
	test "${LLVM_VERSION%%.*}" -ge $1 || continue
	test -f "$($pkt_config --includedir)/llvm-c/Core.h" || continue
	case " $($pkt_config --targets-built) " in
	*" BPF "*)
		LLVM_CONFIG=$pkt_config
		break
		;;
	esac
done
AC_SUBST([LLVM_CONFIG])
AC_SUBST([LLVM_CPPFLAGS])
AC_SUBST([PKT_LD])
AC_SUBST([PKT_LDFLAGS])
AC_SUBST([PKT_LIBS])
AS_IF([test -z "$LLVM_CONFIG"], [
	AC_MSG_RESULT([no])
	PKT_MISSING([LLVM >= $1 development files], [llvm-19-dev])
], [
	AC_MSG_RESULT([$LLVM_VERSION ($LLVM_CONFIG)])
	_PKT_LLVM_LINK
])
])

m4_define([_PKT_LLVM_COMPONENTS], [core analysis target irreader passes bpf])

AC_DEFUN([_PKT_LLVM_LINK], [
pkt_include=$($LLVM_CONFIG --includedir)
AS_IF([test "$pkt_include" != /usr/include], [LLVM_CPPFLAGS="-isystem $pkt_include"])
pkt_libdir=$($LLVM_CONFIG --libdir)
pkt_llvm_link=shared
AS_IF([test "$pkt_static" != no], [_PKT_LLVM_STATIC])
AS_IF([test "$pkt_llvm_link" = static], [
	PKT_LD='$(CXX)'
	AS_IF([test -n "$LIBBPF_STATIC"], [
		pkt_libbpf_link=static
		PKT_LIBS="$PKT_LIBS $LIBBPF_STATIC"
	], [
		pkt_libbpf_link=shared
		PKT_LIBS="$PKT_LIBS $LIBBPF_LIBS"
	])
], [
	AS_IF([test "$pkt_static" = yes], [AC_MSG_ERROR([--enable-static-llvm: $LLVM_CONFIG has no static libraries that link; install with: apt-get install llvm-${LLVM_VERSION%%.*}-dev libzstd-dev zlib1g-dev g++])])
	PKT_LD='$(CC)'
	PKT_LDFLAGS="-L$pkt_libdir"
	PKT_LIBS="$($LLVM_CONFIG --link-shared --libs _PKT_LLVM_COMPONENTS) $LIBBPF_LIBS -lstdc++"
	pkt_libbpf_link=shared
])
])

# LLVM's archives use libz and libzstd, whatever else llvm-config --system-libs prints; the unused
# rest of them is dropped by --gc-sections. Sets pkt_llvm_link, PKT_LDFLAGS and PKT_LIBS.
AC_DEFUN([_PKT_LLVM_STATIC], [
pkt_archives=$($LLVM_CONFIG --link-static --libs _PKT_LLVM_COMPONENTS 2>/dev/null) || pkt_archives=
AS_IF([test -n "$pkt_archives"], [
	AC_LANG_PUSH([C++])
	pkt_save_cppflags=$CPPFLAGS
	pkt_save_ldflags=$LDFLAGS
	pkt_save_libs=$LIBS
	CPPFLAGS="$CPPFLAGS $LLVM_CPPFLAGS"
	PKT_LDFLAGS="-static-libstdc++ -static-libgcc -Wl,--gc-sections -Wl,--as-needed -L$pkt_libdir"
	LDFLAGS="$LDFLAGS $PKT_LDFLAGS"
	AC_MSG_CHECKING([how to link LLVM statically])
	for pkt_extra in "-l:libzstd.a -l:libz.a" "-lzstd -lz" "-l:libzstd.so.1 -lz" "-lz" ""; do
		LIBS="$pkt_archives $pkt_extra -lrt -ldl -lm -lpthread $pkt_save_libs"
		AC_LINK_IFELSE([AC_LANG_PROGRAM([[
			#include <llvm-c/Core.h>
			#include <llvm-c/IRReader.h>
			#include <llvm-c/Target.h>
			#include <llvm-c/Transforms/PassBuilder.h>
		]], [[
			LLVMModuleRef m = LLVMModuleCreateWithName("m");
			char *message;
			LLVMInitializeBPFTargetInfo();
			LLVMInitializeBPFTarget();
			LLVMInitializeBPFTargetMC();
			LLVMInitializeBPFAsmPrinter();
			LLVMInitializeBPFAsmParser();
			LLVMParseIRInContext(LLVMGetGlobalContext(), 0, &m, &message);
			LLVMRunPasses(m, "", 0, LLVMCreatePassBuilderOptions());
		]])], [
			pkt_llvm_link=static
			PKT_LIBS="$pkt_archives $pkt_extra -lrt -ldl -lm -lpthread"
			break
		])
	done
	AS_IF([test "$pkt_llvm_link" = static], [AC_MSG_RESULT([with ${pkt_extra:-nothing else}])], [AC_MSG_RESULT([no])])
	LIBS=$pkt_save_libs
	AS_IF([test "$pkt_llvm_link" = static], [
		dnl LLVM's tables are half a megabyte of pointers: relocating them costs a quarter of the
		dnl start. Folding identical functions takes 5 MB of memory off (bench/README.md).
		AC_MSG_CHECKING([how to link for a quick start])
		for pkt_flags in "-no-pie -fuse-ld=gold -Wl,--icf=safe" "-no-pie -fuse-ld=lld -Wl,--icf=safe" "-no-pie" ""; do
			LDFLAGS="$pkt_save_ldflags $pkt_flags"
			AC_LINK_IFELSE([AC_LANG_PROGRAM()], [
				PKT_LDFLAGS="$PKT_LDFLAGS $pkt_flags"
				break
			])
		done
		AC_MSG_RESULT([${pkt_flags:-as usual}])
	])
	CPPFLAGS=$pkt_save_cppflags
	LDFLAGS=$pkt_save_ldflags
	AC_LANG_POP([C++])
])
])
