#!/usr/bin/env bash
# Shows that what the audit found was so: builds the code of d493c5a, the commit that was audited, beside this one, puts the
# tests of deploy/audit into it and expects each of them to fail, by its assertion. Needs the history, Maven's repositories
# and some minutes.
#
#   deploy/audit.sh [FOLDER]     an empty or missing folder for the other checkout; a temporary one otherwise
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
commit=d493c5a
folder=${1:-}
[ -n "$folder" ] || { folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT; }
[ -e "$folder/pom.xml" ] || { git clone --quiet --no-checkout "$root" "$folder" && git -C "$folder" checkout --quiet "$commit"; }
cp -R "$root"/deploy/audit/. "$folder"
modules=$(cd "$root/deploy/audit" && echo *)
(cd "$folder" && mvn -B -q -pl "${modules// /,}" -am test -Dtest='Audit*Test' -Dsurefire.failIfNoSpecifiedTests=false \
    -Dmaven.test.failure.ignore=true -Dsurefire.rerunFailingTestsCount=0 >"$folder/audit.log" 2>&1) || {
    tail -n 30 "$folder/audit.log" >&2
    echo "the tests of deploy/audit do not compile at $commit" >&2
    exit 1
}
python3 - "$folder" "$root/deploy/audit" <<'END'
import glob, sys
import xml.etree.ElementTree as xml

folder, tests = sys.argv[1:]
expected = sum(open(file).read().count("@Test\n") for file in glob.glob(tests + "/**/*.java", recursive=True))
cases = [case for file in sorted(glob.glob(folder + "/*/target/surefire-reports/TEST-*.Audit*.xml"))
         for case in xml.parse(file).iter("testcase")]
wrong = len(cases) != expected
for case in cases:
    failure, error = case.find("failure"), case.find("error")
    if failure is not None:
        text = " ".join((failure.get("message") or failure.text or "").split())
        print(f"held          {case.get('name')}: {text[:160]}")
    else:
        wrong = True
        print(f"{'broke' if error is not None else 'did not hold':13} {case.get('name')} "
              f"{'' if error is None else ' '.join((error.text or '').split())[:300]}")
print(f"{len(cases)} of {expected} tests ran")
sys.exit(wrong)
END
