#!/bin/sh
# What `make run` does: with a display, open the demonstration notebook; without one, do the main
# job through the same windows offscreen and print where its files are.
set -eu
bin=$1
demo=$2
mkdir -p "$(dirname "$demo")"

# A display that is named but cannot be reached would end Qt, and the program with it.
display() {
    [ "$(uname -s)" = Linux ] || return 0
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 1
    "$bin/python" -c "from PySide6.QtWidgets import QApplication; QApplication([])" >/dev/null 2>&1
}

if ! display; then
    echo "No display here: doing the main job offscreen, through the same windows."
    QT_QPA_PLATFORM=offscreen exec "$bin/python" -m tests.end_to_end.tour "$(dirname "$demo")/tour"
fi
[ -f "$demo" ] || "$bin/carnet-impact" demo "$demo"
exec "$bin/carnet-impact" "$demo"
