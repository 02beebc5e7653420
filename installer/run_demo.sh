#!/bin/sh
# What `make run` does: with a display, open the demonstration notebook; without one, do the main
# job through the same windows offscreen and print where its files are.
set -eu
bin=$1
demo=$2
mkdir -p "$(dirname "$demo")"
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname -s)" = Linux ]; then
    echo "No display here: doing the main job offscreen, through the same windows."
    QT_QPA_PLATFORM=offscreen exec "$bin/python" -m tests.end_to_end.tour "$(dirname "$demo")/tour"
fi
[ -f "$demo" ] || "$bin/carnet-impact" demo "$demo"
exec "$bin/carnet-impact" "$demo"
