# What the scripts of this folder share; they source it. `project` is the checkout, `say`, `skip` and `fail` are the
# script's own.

bare=$project/.aerie/bare
root=$bare/root
user=pilot
user_id=1000
suite=bookworm
max_age_days=30

install_missing() { # PROGRAM PACKAGE
    if ! command -v "$1" >/dev/null && command -v apt-get >/dev/null; then
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$2"; } \
            >"$bare/install-$2.log" 2>&1 </dev/null || true
    fi
}

# The checkout may belong to another user than root.
git_here() { git -c safe.directory='*' -C "$project" "$@"; }

# Debian's smallest base in `root`, with an ordinary user: made once a month.
make_root() {
    if [ -e "$bare/root.made" ] && [ -z "$(find "$bare/root.made" -mtime +$max_age_days)" ] &&
        chroot "$root" /bin/bash -c true 2>/dev/null; then
        return
    fi
    say "making Debian $suite"
    rm -rf "$root" "$bare/root.made"
    debootstrap --variant=minbase "$suite" "$root" >"$bare/debootstrap.log" 2>&1 ||
        skip "debootstrap fails: $(tail -n 1 "$bare/debootstrap.log")"
    chroot "$root" useradd --uid $user_id --create-home --shell /bin/bash $user
    touch "$bare/root.made"
}

# A JDK 25 or newer: JAVA_HOME, else where they usually lie.
find_jdk() {
    local home version
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        version=$("$home/bin/javac" -version 2>/dev/null) || continue
        version=${version##*javac }
        if [ "${version%%[!0-9]*}" -ge 25 ]; then
            readlink -f "$home"
            return
        fi
    done
    fail "no JDK 25 or newer found"
}

# Whether a log in the folder tells of machine code that did not load; prints the lines.
tells_of_a_library() { grep -E 'UnsatisfiedLinkError|NoClassDefFoundError|cannot open shared object' "$1"/*.log >&2; }
