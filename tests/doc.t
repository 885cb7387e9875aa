# The documents that come from the program's tables are up to date: `make doc` writes them.

== doc/reference.md and man/pktscript.1 say what the program says
run: "$SRCDIR/../doc/generate" "$PKTSCRIPT" "$SRCDIR/.." "$TMP" && diff -u "$SRCDIR/../doc/reference.md" "$TMP/doc/reference.md" && diff -u "$SRCDIR/../man/pktscript.1" "$TMP/man/pktscript.1"

== the scripts pass --check
run: for f in "$SRCDIR"/../scripts/*.pkt; do "$PKTSCRIPT" --tracefs "$SRCDIR/tracefs" --check "$f" 2 || echo "$f"; done
