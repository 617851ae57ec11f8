#!/usr/bin/env bash
# Runs the README's first command on a bare machine: Debian's smallest base, a JDK, Maven and an ordinary user.
#
# Usage: deploy/bare-machine.sh [--each | --prepare]
#
#   --each           every variant by itself as well, beside all of them together
#   --prepare        only makes the root, which takes a minute of waiting for packages
#
# First run: a clean clone of HEAD, and the README's first command with --seconds 60 --headless --json. Second run, with
# what the first one has built, for 30 s and with all of these at once:
#
#   noexec-tmp       /tmp does not let programs and libraries run from it
#   read-only-home   the home is read-only but for ~/.aerie and ~/.javacpp
#   no-ipv6          a network of 127.0.0.1 alone
#   lang-c           LANG=C
#   plain-root       a root that is no mount point, as in a plain chroot
#
# and ./aerie doctor, which must find nothing missing. Passes where every run exits 0, every part did its work and no
# log tells of a library that did not load. Where it cannot run, it says why in one line and exits 0 too.
#
# Needs root, namespaces, and debootstrap, which it installs where apt-get is. The root, a copy of Maven's repository
# and the logs of the last runs stay in .aerie/bare. Mounts and processes live in namespaces of their own and end with
# them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(dirname "$here")
. "$here/machine.sh"
checkout=/srv/aerie
limit_seconds=900
readme_seconds=60
variant_seconds=30
all_variants="noexec-tmp read-only-home no-ipv6 lang-c plain-root"

say() { echo "bare machine: $*"; }
skip() { say "skipped, $*"; exit 0; }
fail() { say "FAILED, $*" >&2; exit 1; }
lacks_network_namespace() { ! command -v ip >/dev/null || ! unshare --net true 2>/dev/null; }
has() { case " $2 " in *" $1 "*) return 0 ;; esac; return 1; }

require_host() {
    [ "$(uname -s)" = Linux ] || skip "it needs Linux"
    [ "$(id -u)" = 0 ] || skip "it needs root (chroot, namespaces)"
    unshare --mount --pid --fork true 2>/dev/null || skip "this machine allows no mount and process namespaces"
    git_here rev-parse -q --verify HEAD >/dev/null 2>&1 || skip "$project is no git checkout"
    install_missing debootstrap debootstrap
    command -v debootstrap >/dev/null || skip "debootstrap is missing (apt-get install debootstrap)"
    install_missing ip iproute2
    if lacks_network_namespace; then
        say "without the variant no-ipv6: this machine has no ip command, or allows no network namespace"
        all_variants=${all_variants/ no-ipv6/}
    fi
}

# Puts the JDK's folder and a copy of Maven where a stranger would have put them.
furnish_root() {
    local mvn outside
    jdk=$(find_jdk)
    mvn=$(command -v mvn) || fail "Maven is missing"
    rm -rf "$root/opt/maven" "$root/usr/lib/jvm"
    mkdir -p "$root/usr/lib/jvm/jdk" "$root/usr/local/bin"
    cp -rL "$(dirname "$(dirname "$(readlink -f "$mvn")")")" "$root/opt/maven"
    ln -sf /opt/maven/bin/mvn "$root/usr/local/bin/mvn"
    # What of a JDK lies outside its folder: Debian's certificates and settings.
    while read -r outside; do
        mkdir -p "$root$(dirname "$outside")"
        cp -rL "$outside" "$root$outside"
    done < <(find "$jdk" -type l -exec readlink -f {} + | grep -v "^$jdk/" | sort -u)
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
}

# Maven's repository as the host has it, for the ordinary user to write into, without what was ever installed of Aerie.
copy_repository() {
    local from=${HOME:-/root}/.m2
    mkdir -p "$bare/m2/repository"
    [ ! -d "$from/repository" ] || cp -a -u "$from/repository/." "$bare/m2/repository/"
    [ ! -e "$from/settings.xml" ] || cp -L "$from/settings.xml" "$bare/m2/"
    rm -rf "$bare/m2/repository/dev/aerie"
    chown -R $user_id:$user_id "$bare/m2"
}

clone() {
    rm -rf "$root/home/$user" "$root$checkout" "$root"/tmp/* "$root"/var/tmp/*
    cp -r "$root/etc/skel" "$root/home/$user"
    mkdir "$root/home/$user/.m2"
    printf '[safe]\n\tdirectory = *\n' >"$bare/gitconfig"
    GIT_CONFIG_GLOBAL=$bare/gitconfig git clone -q "file://$project" "$root$checkout"
    chown -R $user_id:$user_id "$root/home/$user" "$root$checkout"
    [ -z "$(git_here status --porcelain)" ] || say "what is not committed is not in it"
}

# Runs in mount, process and, without IPv6, network namespaces of its own, as their first process.
inside() { # VARIANTS COMMAND...
    local variants=$1 node home=$root/home/$user language=C.UTF-8
    shift
    trap 'exit 143' INT TERM
    mount --make-rprivate /
    has plain-root "$variants" || mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o mode=755 dev "$root/dev"
    for node in null zero full random urandom tty; do
        touch "$root/dev/$node"
        mount --bind "/dev/$node" "$root/dev/$node"
    done
    mkdir "$root/dev/shm"
    mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
    ln -s /proc/self/fd "$root/dev/fd"
    mount --bind "$jdk" "$root/usr/lib/jvm/jdk"
    mount -o remount,bind,ro "$root/usr/lib/jvm/jdk"
    ! has noexec-tmp "$variants" || mount -t tmpfs -o mode=1777,noexec tmp "$root/tmp"
    ! has read-only-home "$variants" || make_home_read_only "$home"
    mount --bind "$bare/m2" "$home/.m2"
    ! has read-only-home "$variants" || mount -o remount,bind,ro "$home/.m2"
    ! has no-ipv6 "$variants" || leave_loopback_without_ipv6
    ! has lang-c "$variants" || language=C
    timeout $limit_seconds chroot --userspec=$user_id:$user_id "$root" /usr/bin/env -i \
        HOME=/home/$user USER=$user LANG=$language PATH=/usr/local/bin:/usr/bin:/bin \
        ${MAVEN_OPTS:+"MAVEN_OPTS=$MAVEN_OPTS"} /bin/bash -c 'cd "$0" && "$@"' $checkout "$@"
}

make_home_read_only() {
    local writable
    for writable in .aerie .javacpp; do
        mkdir -p "$1/$writable"
        chown $user_id:$user_id "$1/$writable"
    done
    mount --bind "$1" "$1"
    mount -o remount,bind,ro "$1"
    for writable in .aerie .javacpp; do
        mount --bind "$1/$writable" "$1/$writable"
        mount -o remount,bind,rw "$1/$writable"
    done
}

leave_loopback_without_ipv6() {
    [ ! -e /proc/sys/net/ipv6/conf/all/disable_ipv6 ] || echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6
    ip link set lo up
}

# Runs a command on the bare machine; all that it starts ends with it, or with us.
on_bare_machine() { # VARIANTS COMMAND...
    local network='' status=0
    ! has no-ipv6 "$1" || network=--net
    JDK_FOLDER=$jdk setpriv --pdeathsig KILL unshare --mount --pid $network --fork --kill-child \
        "$here/bare-machine.sh" --inside "$@" </dev/null &
    running=$!
    wait $running || status=$?
    running=
    return $status
}

# A demo, with nothing left of an earlier one but the build.
fly() { # NAME VARIANTS SECONDS
    local name=$1 variants=$2 seconds=$3 command status=0 began=$SECONDS out=$bare/logs/$1.txt
    rm -rf "$root/home/$user/"{.aerie,.javacpp} "$root$checkout/.aerie/"{logs,archive,tmp} "$root"/tmp/*
    command=$(grep -m 1 '^\./aerie ' "$root$checkout/README.md")
    say "$name: $command --seconds $seconds --headless --json"
    # shellcheck disable=SC2086 # the README's words
    on_bare_machine "$variants" $command --seconds "$seconds" --headless --json >"$out" 2>&1 || status=$?
    cp -r "$root$checkout/.aerie/logs" "$bare/logs/$name" 2>/dev/null || true
    if [ $status != 0 ] || ! tail -n 1 "$out" | grep -q '"ok":true' || tells_of_a_library "$bare/logs/$name"; then
        tail -n 40 "$out" >&2
        fail "$name ends with $status; see $out and $bare/logs/$name"
    fi
    tail -n 1 "$out"
    say "$name: passed after $((SECONDS - began)) s"
}

examine() { # VARIANTS
    local out=$bare/logs/doctor.txt
    if ! on_bare_machine "$1" ./aerie doctor >"$out" 2>&1 || grep -q '^missing' "$out"; then
        cat "$out" >&2
        fail "./aerie doctor finds something missing"
    fi
    grep -E '^(ok|absent) +(ingest-server|frame-processor|slam-service|storage-service|ptz-service|webcams) ' "$out"
}

running=
end_all() { [ -z "$running" ] || kill -KILL "$running" 2>/dev/null || true; }

each=no
prepare=no
case ${1:-} in
    --inside)
        jdk=$JDK_FOLDER
        shift
        inside "$@"
        exit
        ;;
    --each) each=yes ;;
    --prepare) prepare=yes ;;
    '') ;;
    *) fail "no option '$1'" ;;
esac
mkdir -p "$bare"
exec 9>"$bare/lock"
flock 9
trap end_all EXIT
trap 'exit 130' INT TERM
require_host
make_root
[ $prepare = no ] || exit 0
rm -rf "$bare/logs"
mkdir -p "$bare/logs"
furnish_root
copy_repository
clone
fly README '' $readme_seconds
if [ $each = yes ]; then
    for variant in $all_variants; do
        fly "$variant" "$variant" $variant_seconds
    done
fi
fly all-variants "$all_variants" $variant_seconds
examine "$all_variants"
say "passed after $SECONDS s"
