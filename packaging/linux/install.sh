#!/bin/sh
# Put QMix into the menu and on the PATH, for this person alone; --remove takes both away again.
# The folder stays where it is: run this once more after moving it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
programs=$HOME/.local/bin
entry=$data/applications/qmix-gui.desktop
icon=$data/icons/hicolor/scalable/apps/qmix-gui.svg
if [ "${1:-}" = --remove ]; then
  rm -f "$entry" "$icon" "$programs/qmix-gui" "$programs/qmix"
  echo "QMix is out of the menu. Remove the folder $here, and the engine with: $here/qmix engine remove"
  exit 0
fi
mkdir -p "$(dirname "$entry")" "$(dirname "$icon")" "$programs"
ln -sf "$here/qmix-gui" "$programs/qmix-gui"
ln -sf "$here/qmix" "$programs/qmix"
cp "$here/qmix-gui.svg" "$icon"
sed "s|^Exec=.*|Exec=\"$here/qmix-gui\" %f|" "$here/qmix-gui.desktop" >"$entry"
echo "QMix is in the menu, and in a terminal: $programs/qmix-gui and qmix"
