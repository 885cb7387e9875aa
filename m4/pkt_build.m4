# SPDX-License-Identifier: Apache-2.0

# PKT_SWITCH(NAME, HELP, FLAGS): --enable-NAME, off by default, adds FLAGS to PKT_CFLAGS.
AC_DEFUN([PKT_SWITCH], [
AC_SUBST([PKT_CFLAGS])
AC_ARG_ENABLE([$1], [AS_HELP_STRING([--enable-$1], [$2])], [], [enable_$1=no])
AS_IF([test "$enable_$1" != no], [PKT_CFLAGS="$PKT_CFLAGS $3"])
])

# PKT_MISSING(WHAT, DEBIAN-PACKAGE): remember it for PKT_REPORT_MISSING.
AC_DEFUN([PKT_MISSING], [
pkt_missing="${pkt_missing:+$pkt_missing, }$1"
pkt_packages="$pkt_packages $2"
])

AC_DEFUN([PKT_REPORT_MISSING], [
AS_IF([test -n "$pkt_missing"], [AC_MSG_ERROR([missing: $pkt_missing; install with: apt-get install$pkt_packages (or: ./bootstrap --install-deps)])])
])

# PKT_TOOL(VARIABLE, PROGRAM, VERSION): PROGRAM is also the Debian package's name.
AC_DEFUN([PKT_TOOL], [
AC_ARG_VAR([$1], [the $2 to use])
AC_CHECK_PROG([$1], [$2], [$2])
AS_IF([test -n "$$1"], [
	AC_MSG_CHECKING([whether $$1 is at least version $3])
	pkt_version=$($$1 --version 2>/dev/null | sed -n '1s/.* //p')
	AS_VERSION_COMPARE([$pkt_version], [$3], [$1=])
	AS_IF([test -n "$$1"], [AC_MSG_RESULT([$pkt_version])], [AC_MSG_RESULT([no: $pkt_version])])
])
AS_IF([test -z "$$1"], [PKT_MISSING([$2 >= $3], [$2])])
])
