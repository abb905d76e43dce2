# What run.sh and test.sh share: everything between a bare Debian or Ubuntu and a program that starts.
#
# Sourced, never run; POSIX sh. It expects $root, the folder of the repository, and leaves $python, the one of .venv.
# A second run finds everything in place and costs a fraction of a second.

venv=$root/.venv
python=$venv/bin/python

say() {
    printf 'outspoken: %s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

# set_up EXTRA LIST...: the system packages of the lists, .venv, and the program in it with that extra (or '').
set_up() {
    extra=$1
    shift
    if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
        install_system_packages "$@"
    elif [ "$(uname -s)" = Linux ] && [ ! -e "$venv" ]; then
        say "this system has no apt; should a library be missing, these are Debian's names of what is needed:" \
            $(listed_packages "$@")
    fi
    if ! is_venv_sound; then
        make_venv
    fi
    install_program "$extra"
}

# The packages named in the lists, one a line.
listed_packages() {
    sed -e 's/[#[:space:]].*//' -e '/^$/d' "$@"
}

install_system_packages() {
    installed=$(dpkg-query -W -f '${Package}=${db:Status-Status}.' 2>/dev/null)
    missing=
    for package in $(listed_packages "$@"); do
        case ".$installed" in
            # Newer releases have renamed some packages in the move to 64-bit time.
            *".$package=installed."* | *".${package}t64=installed."*) ;;
            *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0

    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            say "going on without some system packages; as root, this installs them: apt-get install$missing"
            return 0
        fi
        as_root=sudo
    fi
    say "installing system packages:$missing"
    log=$(mktemp)
    if update_and_install >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    grep '^[EW]: ' "$log" | tail -n 3 >&2 || true
    rm -f "$log"
    say "they could not be installed (is this computer online?); going on without them"
}

# Newer names are known only after the update, so they are looked up in between.
update_and_install() {
    $as_root apt-get -o DPkg::Lock::Timeout=120 update || return 1
    names=
    for package in $missing; do
        if apt-cache show "${package}t64" >/dev/null 2>&1; then
            package=${package}t64
        fi
        names="$names $package"
    done
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends $names
}

# Whether .venv still runs and is of the Python that it was made for: an upgrade of the system can take it away.
is_venv_sound() {
    version=$("$python" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) &&
        [ -d "$venv/lib/python$version/site-packages/pip" ]
}

make_venv() {
    base=
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            base=$name
            break
        fi
    done
    if [ -z "$base" ]; then
        found=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || found=none
        fail "Python 3.11 or newer is needed and this system has $found; install python3.11 and python3.11-venv" \
            "(or newer ones) and start again"
    fi
    say "making .venv with $("$base" -V)"
    rm -rf "$venv"
    if ! said=$("$base" -m venv "$venv" 2>&1); then
        rm -rf "$venv"
        printf '%s\n' "$said" | tail -n 3 >&2
        version=$("$base" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        fail "no virtual environment could be made; on Debian and Ubuntu, this brings what is missing:" \
            "apt-get install python$version-venv"
    fi
}

# Editable, so that the checkout is the program; again only when pyproject.toml or the place of the checkout changed.
install_program() {
    stamp="$(cksum <"$root/pyproject.toml") $root"
    for kind in "${1:-run}" test; do
        if [ "$(cat "$venv/outspoken-$kind" 2>/dev/null)" = "$stamp" ]; then
            return 0
        fi
    done
    say "installing the program and the parts of Python it needs (the first time, a download of some 250 MB)"
    log=$(mktemp)
    if ! "$python" -m pip install --disable-pip-version-check --quiet --editable "$root${1:+[$1]}" >"$log" 2>&1; then
        grep -i '^ *error' "$log" | tail -n 3 >&2
        rm -f "$log"
        fail "they could not be installed (is this computer online?); start again to go on from here"
    fi
    rm -f "$log"
    printf '%s\n' "$stamp" >"$venv/outspoken-${1:-run}"
}
