#!/bin/sh
# sh resources/test.sh [PYTEST ARGUMENTS...]
# Installs what is missing, then runs every check and test. Arguments choose among the tests.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/resources/setup.sh"

set_up test "$root/resources/apt.txt" "$root/resources/apt-test.txt"
cd "$root"
export QT_QPA_PLATFORM=offscreen
failed=

check() {
    say "$*"
    "$@" || failed="$failed $1"
}

PATH=$venv/bin:$PATH
check ruff format --check .
check ruff check .
check mypy
check lint-imports
if [ $# -eq 0 ]; then
    # The rooms without a window, whose lines and branches are nearly all worth a test.
    set -- -n auto --dist loadfile --cov=player.core --cov=player.readers --cov=player.writers --cov=player.library \
        --cov=player.session --cov-report=term-missing:skip-covered --cov-fail-under=95
fi
check pytest "$@"

[ -z "$failed" ] || fail "these checks failed:$failed"
