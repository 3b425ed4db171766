# virt-viewer finds a guest and looks for its display. usage: viewer.sh URI NAME FOLDER
chmod 700 "$3"
export HOME=$3 XDG_RUNTIME_DIR=$3 XDG_CACHE_HOME=$3 NO_AT_BRIDGE=1
: >"$3/said"
setsid xvfb-run -a dbus-run-session -- virt-viewer --debug --connect "$1" "$2" >"$3/said" 2>&1 &
viewer=$!
until grep -qE 'Set connect info|Unable to connect' "$3/said" || ! kill -0 $viewer 2>/dev/null; do sleep 0.05; done
kill -- -$viewer
wait $viewer 2>/dev/null
sed -n 's/.*virt-viewer-DEBUG: [0-9:.]* //p' "$3/said" | sed 's/0x[0-9a-f]*/ADDRESS/g' | grep -v keymap
