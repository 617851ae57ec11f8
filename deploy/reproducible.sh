#!/usr/bin/env bash
# Whether two builds of the same sources are the same bytes: all jars, the services' folders, their bills of materials.
#
# Usage: deploy/reproducible.sh [times | compare FOLDER FOLDER]
#
#   times            writes the time of the sources into the bills of materials of this checkout, in place of the clock's
#   compare          compares what two checkouts have built, by ./aerie or with `times` after Maven
#
# Without words it clones HEAD twice and builds both, with another path, time zone, language and number of threads, which
# takes minutes, and compares them. ./aerie test compares its own build with that of the bare machine. Jars have the modes
# of files: the mask of modes is 022. One file of each service is left out, generated-bytecode.jar: Quarkus numbers and
# orders what it generates as the threads of its build come to it; nor are the jars of tests, which quick builds leave empty.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$project/deploy/machine.sh"
export LC_ALL=C

fail() { echo "reproducible: $*" >&2; exit 1; }

times() { # CHECKOUT
    local bill time
    time=$(sed -n 's|.*<project.build.outputTimestamp>\(.*\)</.*|\1|p' "$1/pom.xml")
    for bill in "$1"/*/target/sbom.cdx.json; do
        [ -e "$bill" ] || continue
        sed "s/\(\"timestamp\" *: *\)\"[^\"]*\"/\1\"$time\"/" "$bill" >"$bill.next"
        mv "$bill.next" "$bill"
    done
}

# "PATH  DIGEST" of what a checkout has built, in order.
built() { # FOLDER
    cd "$1"
    find ./*/target -maxdepth 1 \( -name '*.jar' -o -name sbom.cdx.json \) ! -name '*-tests.jar' -print0 | xargs -0 sha256sum
    find ./*/target/quarkus-app ./embedded-broker/target/lib -type f ! -name generated-bytecode.jar -print0 |
        xargs -0 sha256sum
}

by_path() { sed 's/^\([0-9a-f]*\)  \(.*\)/\2  \1/' | sort; }

compare() { # FOLDER FOLDER
    local lists different missing
    lists=$(mktemp -d)
    (built "$1" | by_path) >"$lists/first" &
    (built "$2" | by_path) >"$lists/second"
    wait $! || fail "$1 is not built"
    different=$(join "$lists/first" "$lists/second" | awk '$2 != $3 {print $1}')
    missing=$(join -v 1 -v 2 "$lists/first" "$lists/second" | cut -d ' ' -f 1)
    [ -z "$different" ] || fail "these differ between $1 and $2 (an old target? mvn clean):"$'\n'"$different"
    [ -z "$missing" ] || fail "these are in one of $1 and $2 alone:"$'\n'"$missing"
    echo "reproducible: $(wc -l <"$lists/first") files are the same bytes in two builds," \
        "$(grep -c sbom.cdx.json "$lists/first") bills of materials among them"
    rm -rf "$lists"
}

clone_and_build() { # FOLDER OPTIONS...
    local folder=$1
    shift
    rm -rf "$folder"
    git_here clone -q "file://$project" "$folder"
    (cd "$folder" && mvn -B -q -Pfleet -DskipTests "$@" package >&2) || fail "$folder does not build"
    times "$folder"
}

case ${1:-} in
    times) times "$project" ;;
    compare)
        [ $# = 3 ] || fail "compare FOLDER FOLDER"
        compare "$2" "$3"
        ;;
    '')
        work=$project/.aerie/reproducible
        JAVA_HOME=$(find_jdk)
        export JAVA_HOME MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}"
        umask 022
        clone_and_build "$work/one"
        TZ=Asia/Tokyo LC_ALL=C.UTF-8 clone_and_build "$work/another/folder" -T 1C
        compare "$work/one" "$work/another/folder"
        ;;
    *) fail "times, compare FOLDER FOLDER, or nothing" ;;
esac
