#!/bin/sh
# The disk image of the macOS bundle, signed by nobody in particular. NOT YET TRIED.
#   packaging/macos/make_dmg.sh VERSION      after packaging/build.py
set -eu
version=$1
cd "$(dirname "$0")/../.."
# what was put into the app after PyInstaller had signed it
codesign --force --deep --sign - dist/QMix.app
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R dist/QMix.app "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -volname QMix -srcfolder "$folder" -ov -format UDZO \
  "dist/qmix-gui-$version-macos-$(uname -m).dmg"
