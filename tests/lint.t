# tests/lint as part of make check; `make lint` has clang-format and shellcheck besides.

== includes go one way
run: "$SRCDIR/lint" includes

== every source says its license
run: "$SRCDIR/lint" license

== nothing is left to do in a comment
run: "$SRCDIR/lint" words

== lines are clean and fit
run: "$SRCDIR/lint" lines

== every source and test is in Makefile.am
run: "$SRCDIR/lint" sources
