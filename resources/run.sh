#!/bin/sh
# sh resources/run.sh [FILE...]
# Installs what is missing, then starts Outspoken with these recordings, or with the tour.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/resources/setup.sh"

set_up '' "$root/resources/apt.txt"
[ $# -gt 0 ] || set -- "$root/resources/tour/tour.opus"

# Where no window can be, the main job is shown without one.
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY-}${WAYLAND_DISPLAY-}${WAYLAND_SOCKET-}${QT_QPA_PLATFORM-}" ] &&
    [ -f "$1" ]; then
    exec "$python" -P "$root/resources/prove.py" "$1"
fi
exec "$python" -P -m player "$@"
