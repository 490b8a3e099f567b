#!/bin/sh
# Installs the programs that some tests drive, where that is possible without asking; never fails.
set -u
want=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || want="$want chromium"
command -v tesseract >/dev/null 2>&1 || want="$want tesseract-ocr"
command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || want="$want postgresql"
command -v soffice >/dev/null 2>&1 || command -v libreoffice >/dev/null 2>&1 || want="$want libreoffice-calc-nogui"
[ -z "$want" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "system packages: no apt-get here; tests that need$want will skip"
    exit 0
fi
if [ "$(id -u)" = 0 ]; then run=""
elif sudo -n true 2>/dev/null; then run="sudo -n"
else
    echo "system packages: not root; tests that need them will skip until: sudo apt-get install -y$want"
    exit 0
fi
echo "system packages: installing$want"
$run apt-get update -qq >/dev/null 2>&1
# One by one: a package that this distribution does not have keeps no other from coming.
for package in $want; do
    $run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 \
        || echo "system packages: apt-get could not install $package; the tests that need it will skip"
done
exit 0
