#!/bin/sh
# The Debian libraries Qt loads and its wheel does not carry. Installs them when allowed to
# (root, or sudo without a password); else prints the exact line to type.
set -eu
python=$1
[ "$(uname -s)" = Linux ] || exit 0
command -v dpkg-query >/dev/null 2>&1 || exit 0

offscreen="libgl1 libegl1 libxkbcommon0 libfontconfig1 libglib2.0-0 libdbus-1-3 libx11-6"
xcb="libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
     libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libx11-xcb1"

missing=""
for package in $offscreen $xcb; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done

# Newer releases rename packages (libglib2.0-0t64): what counts is whether Qt finds its libraries.
qt_is_whole() {
    QT_QPA_PLATFORM=offscreen "$python" -c "from PySide6.QtWidgets import QApplication; QApplication([])" \
        >/dev/null 2>&1 || return 1
    plugins=$("$python" -c "from PySide6.QtCore import QLibraryInfo; print(QLibraryInfo.path(QLibraryInfo.PluginsPath))") || return 1
    told=$(ldd "$plugins/platforms/libqxcb.so") || return 1
    case $told in *"not found"*) return 1 ;; esac
}

if [ -n "$missing" ] && ! qt_is_whole; then
    sudo=""
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
            sudo="sudo"
        else
            echo "Qt needs Debian libraries that are not installed. Type this line, then start again:" >&2
            echo "  sudo apt-get install --no-install-recommends$missing" >&2
            exit 1
        fi
    fi
    echo "Installing the libraries Qt needs:$missing"
    # shellcheck disable=SC2086
    { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing; } >/dev/null
fi
