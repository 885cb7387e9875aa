# SPDX-License-Identifier: Apache-2.0

# PKT_FIND_LIBBPF: libbpf, libelf and zlib. Sets LIBBPF_LIBS (shared), LIBBPF_STATIC (archives, or empty)
# and LIBBPF_CPPFLAGS; give LIBBPF_CPPFLAGS and LIBBPF_LIBS to use ones in another place.
AC_DEFUN([PKT_FIND_LIBBPF], [
AC_ARG_VAR([LIBBPF_CPPFLAGS], [preprocessor flags for libbpf])
AC_ARG_VAR([LIBBPF_LIBS], [linker flags for libbpf])
pkt_save_cppflags=$CPPFLAGS
pkt_save_libs=$LIBS
CPPFLAGS="$CPPFLAGS $LIBBPF_CPPFLAGS"

AC_CHECK_HEADER([zlib.h], [], [PKT_MISSING([zlib], [zlib1g-dev])])
AC_CHECK_HEADER([libelf.h], [], [PKT_MISSING([libelf], [libelf-dev])])
AC_MSG_CHECKING([for libbpf >= 1.1])
: ${LIBBPF_LIBS=-lbpf -lelf -lz}
LIBS="$LIBBPF_LIBS $LIBS"
AC_LINK_IFELSE([_PKT_LIBBPF_PROGRAM], [AC_MSG_RESULT([yes])], [
	AC_MSG_RESULT([no])
	PKT_MISSING([libbpf >= 1.1], [libbpf-dev])
])

# Since elfutils 0.189 or so, libelf.a needs libzstd.
LIBBPF_STATIC=
AS_IF([test "$pkt_static" != no], [
	AC_MSG_CHECKING([for libbpf and libelf archives])
	for pkt_extra in "-l:libz.a" "-l:libzstd.a -l:libz.a" "-lz" "-lzstd -lz"; do
		LIBS="-l:libbpf.a -l:libelf.a $pkt_extra $pkt_save_libs"
		AC_LINK_IFELSE([_PKT_LIBBPF_PROGRAM], [
			LIBBPF_STATIC="-l:libbpf.a -l:libelf.a $pkt_extra"
			break
		])
	done
	AC_MSG_RESULT([${LIBBPF_STATIC:-no}])
])

CPPFLAGS=$pkt_save_cppflags
LIBS=$pkt_save_libs
])

AC_DEFUN([_PKT_LIBBPF_PROGRAM], [AC_LANG_PROGRAM([[
#include <bpf/libbpf.h>
#include <bpf/bpf.h>
#if LIBBPF_MAJOR_VERSION * 100 + LIBBPF_MINOR_VERSION < 101
#error too old
#endif
]], [[return bpf_object__open_mem("", 0, NULL) != NULL;]])])

# PKT_FIND_LIBPCAP: its header. The library is loaded when a script asks for it (util/pcaplib.c).
AC_DEFUN([PKT_FIND_LIBPCAP], [
AC_CHECK_HEADER([pcap/pcap.h], [], [PKT_MISSING([libpcap], [libpcap-dev])])
AC_SEARCH_LIBS([dlopen], [dl])
])
