#!/bin/sh
# The command line of an installed copy (bin/cahier): the same program, without a window and without a
# display. With no command it opens the window.
program="$(dirname "$(readlink -f "$0")")/../cahier"
case "${1-}" in
  '' | -*) exec "$program" "$@" ;;
esac
# Chromium has no sandbox as root; here it draws nothing, and its own messages would drown the command's.
if [ "$(id -u)" -eq 0 ]; then set -- --no-sandbox "$@"; fi
exec "$program" --ozone-platform=headless --disable-gpu --log-level=3 "$@"
