#!/bin/sh
# The stand-in for Electron's executable; see standin/README.md in the project.
SELF=$(readlink -f "$0")
SCRIPTS=$(dirname "$SELF")/resources/standin
NODE=$STANDIN_NODE
if [ -z "$NODE" ]; then NODE=$(cat "$SCRIPTS/node-path" 2>/dev/null); [ -x "$NODE" ] || NODE=node; fi
if ! command -v "$NODE" >/dev/null; then
  echo "stand-in: no Node found; set STANDIN_NODE to a Node 24 binary" >&2
  exit 1
fi
# The first two fuses that concern the launcher itself: RunAsNode and NODE_OPTIONS.
WIRE=$(tail -n 1 "$SELF")
if [ -n "$ELECTRON_RUN_AS_NODE" ] && echo "$WIRE" | grep -aq 'B9tsX..1'; then exec "$NODE" "$@"; fi
echo "$WIRE" | grep -aq 'B9tsX....1' || unset NODE_OPTIONS
STANDIN_LAUNCHER=$SELF
export STANDIN_LAUNCHER
exec "$NODE" --disable-warning=ExperimentalWarning "$SCRIPTS/boot.cjs" "$@"
