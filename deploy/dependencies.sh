#!/usr/bin/env bash
# Which files builds take from Maven's local repository: plugins, dependencies and their descriptions, each with its
# SHA-256 in deploy/dependencies/pinned.sha256.
#
# Usage: deploy/dependencies.sh before | after | pin
#
#   before   compares the pinned files that are in the repository already, before a build takes them, and makes the part of
#            Maven that writes down what it takes
#   after    compares what the builds since `before` took: a file that is not pinned, or has another digest, fails. Another
#            version of Maven than that of the pins brings files of its own: they are counted, and fail nothing
#   pin      builds all there is, with one test of each module, and pins what that took, with the native libraries of the
#            other platforms; a few minutes. Look at what changed (git diff) before you commit it
#
# ./aerie calls the first two around its builds, and the third as ./aerie pin. Needs JAVA_HOME.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
pinned=$project/deploy/dependencies/pinned.sha256
pinned_by=$project/deploy/dependencies/maven-version
work=$project/.aerie/dependencies
platforms='linux-x86_64 linux-arm64 macosx-arm64 windows-x86_64'
export LC_ALL=C

fail() { echo "dependencies: $*" >&2; exit 1; }
say() { echo "dependencies: $*" >&2; }

# Digests in lines "DIGEST  PATH"; with -c compares with such lines.
digests() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# Compiled for the Maven that is there; --release, for Maven's own reader of classes knows no new ones.
make_witness() {
    local source=$project/deploy/dependencies/ResolvedFiles.java told home made=$work/witness/made
    told=$(mvn -v)
    home=$(sed -n 's/^Maven home: //p' <<<"$told")
    sed -n '1s/.*Apache Maven \([^ ]*[0-9]\).*/\1/p' <<<"$told" >"$work/maven-version"
    if [ "$made" -nt "$source" ] && [ "$(cat "$made")" = "$home" ]; then
        return
    fi
    rm -rf "$work/witness"
    mkdir -p "$work/witness/META-INF/sisu"
    "$JAVA_HOME/bin/javac" --release 11 -nowarn -proc:none -cp "$home/lib/*" -d "$work/witness" "$source"
    echo dev.aerie.deploy.ResolvedFiles >"$work/witness/META-INF/sisu/javax.inject.Named"
    echo "$home" >"$made"
}

# Of the lines "DIGEST  PATH" on stdin the paths of files with another digest.
differing() { digests -c 2>/dev/null | sed -n 's/: FAILED.*//p' || true; }

refuse() { # WHY FILES
    [ -z "$2" ] || fail "$1 (docs/security.md, supply chain):"$'\n'"$2"
}

before() {
    local digest file
    rm -rf "$work/builds"
    mkdir -p "$work/builds"
    make_witness
    : >"$work/compared"
    cd "${HOME:-/root}/.m2/repository" 2>/dev/null || return 0
    while read -r digest file; do
        [ ! -f "$file" ] || echo "$digest  $file"
    done <"$pinned" >"$work/compared"
    refuse "another content than pinned" "$(differing <"$work/compared")"
}

# What the builds took, in order; the working folder is then where they took it from.
gather_taken() {
    local repository
    repository=$(sed -n '/^repository /{s///p;q;}' "$work"/builds/*.txt 2>/dev/null || true)
    [ -n "$repository" ] || fail "no build has written down what it took"
    cat "$work"/builds/*.txt | grep -v '^repository ' | sort -u >"$work/taken"
    cd "$repository"
}

after() {
    gather_taken
    cut -c 67- "$pinned" | sort | comm -23 "$work/taken" - >"$work/not-pinned"
    if [ ! -e "$pinned_by" ] || cmp -s "$pinned_by" "$work/maven-version"; then
        refuse "not pinned" "$(cat "$work/not-pinned")"
    elif [ -s "$work/not-pinned" ]; then
        say "$(wc -l <"$work/not-pinned") files are not compared: Maven $(cat "$work/maven-version") takes them," \
            "the pins are those of $(cat "$pinned_by")"
    fi
    # What came since `before` looked.
    refuse "another content than pinned" "$(sort "$pinned" | comm -23 - <(sort "$work/compared") |
        awk 'NR == FNR { taken[$0]; next } substr($0, 67) in taken' "$work/taken" - | differing)"
    say "$(comm -23 "$work/taken" "$work/not-pinned" | wc -l) files are as pinned"
}

# The native libraries of the platforms that this machine is not.
bring_platforms() {
    local artifact platform name
    grep -E '^org/bytedeco/.*-(linux|macosx|windows)-[a-z0-9_]+\.jar$' "$work/taken" | while IFS=/ read -r -a artifact; do
        for platform in $platforms; do
            name=org/bytedeco/${artifact[2]}/${artifact[3]}/${artifact[2]}-${artifact[3]}-$platform.jar
            [ -f "$name" ] || mvn -B -q dependency:get -Dtransitive=false \
                "-Dartifact=org.bytedeco:${artifact[2]}:${artifact[3]}:jar:$platform" </dev/null >&2
            echo "$name"
        done
    done
}

pin() {
    local maven=(mvn -B -q "-Dmaven.ext.class.path=$work/witness" "-Daerie.resolved=$work/builds")
    rm -rf "$work/builds"
    mkdir -p "$work/builds"
    make_witness
    cd "$project"
    "${maven[@]}" verify -Dtest=HouseRulesTest -Dit.test=NONE_ -Dsurefire.failIfNoSpecifiedTests=false \
        -Dfailsafe.failIfNoSpecifiedTests=false >&2
    "${maven[@]}" -Pfuzz test-compile dependency:build-classpath -DincludeScope=test \
        -Dmdep.outputFile="$work/fuzz.txt" >&2
    write_pins
}

write_pins() {
    gather_taken
    bring_platforms | sort -u - "$work/taken" >"$work/to-pin"
    tr '\n' '\0' <"$work/to-pin" | xargs -0 sha256sum >"$work/pinned" # which of macOS only the newest have
    cp "$work/pinned" "$pinned"
    cp "$work/maven-version" "$pinned_by"
    say "$(wc -l <"$pinned") files pinned"
}

case ${1:-} in
    before | after | pin) "$1" ;;
    *) fail "before, after or pin" ;;
esac
