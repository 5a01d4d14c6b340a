//! A mutated kustomization over files that stay as they are, in memory.

use std::io;
use std::path::{Path, PathBuf};

use ztp_common::generate::Generated;
use ztp_common::generate::kustomize::{Built, Files, GeneratorInput, GeneratorPlugin, build};

/// What uses most of the fields that are built natively.
pub const SEED: &str = "\
resources: [all.yaml]
generators: [all.yaml]
namespace: site
namePrefix: a-
nameSuffix: -z
commonLabels: {a: b}
commonAnnotations: {a: b}
labels: [{pairs: {c: d}, includeSelectors: true}]
configMapGenerator: [{name: c, literals: [a=b], files: [all.yaml, x=all.yaml], envs: [env]}]
secretGenerator: [{name: s, literals: [a=b], type: Opaque, options: {disableNameSuffixHash: true}}]
generatorOptions: {labels: {e: f}, immutable: true}
images: [{name: nginx, newName: httpd, newTag: '2', digest: 'sha256:1'}]
replicas: [{name: d, count: 3}]
patchesStrategicMerge: [all.yaml]
patchesJson6902: [{target: {version: v1, kind: ConfigMap, name: c}, patch: '- {op: add, path: /data/x, value: y}'}]
patches:
  - target: {kind: Deployment, labelSelector: 'app in (d), x!=y', name: '.*'}
    patch: |
      - {op: replace, path: /spec/template/spec/containers/0/image, value: nginx:3}
      - {op: copy, from: /metadata/labels, path: /metadata/annotations}
  - patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {template: {spec: {containers: [{name: n, $patch: delete}]}}}}'
sortOptions: {order: legacy}
";

const ALL: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: d, labels: {app: d}}
spec:
  selector: {matchLabels: {app: d}}
  template:
    metadata: {labels: {app: d}}
    spec:
      containers: [{name: n, image: 'nginx:1', env: [{name: E, valueFrom: {configMapKeyRef: {name: c, key: a}}}]}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: o, namespace: x}
data: {a: b}
";

/// A folder with one kustomization, whose text changes.
struct Folder<'t>(&'t str);

impl Files for Folder<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match path.file_name().and_then(|name| name.to_str()) {
            Some("kustomization.yaml") => Ok(self.0.as_bytes().to_vec()),
            Some("all.yaml") => Ok(ALL.as_bytes().to_vec()),
            Some("env") => Ok(b"# c\nA=1\nB\n".to_vec()),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        if self.is_folder(path) { Ok(path.to_path_buf()) } else { self.read(path).map(|_| path.to_path_buf()) }
    }

    fn is_folder(&self, path: &Path) -> bool {
        path == Path::new("/t")
    }

    fn names(&self, _: &Path) -> Vec<String> {
        vec!["kustomization.yaml".into(), "all.yaml".into(), "env".into()]
    }
}

/// A generator that makes nothing, and knows all kinds but one.
struct Silent;

impl GeneratorPlugin for Silent {
    fn generate(&self, input: &GeneratorInput<'_>) -> Option<Generated> {
        (input.kind != "Policy").then(Generated::default)
    }
}

/// Builds it twice.
pub fn twice(text: &str) {
    let once = || build(Path::new("/t"), &Silent, &Folder(text));
    match (once(), once()) {
        (Built::Native(first), Built::Native(second)) => assert_eq!(first, second),
        (Built::Foreign(first), Built::Foreign(second)) => assert_eq!(first, second),
        _ => unreachable!("one is native and one is not"),
    }
}
