//! The extra manifests: MachineConfigs with scripts and units of the size that clusters really get.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A MachineConfig to be: its name and, roughly, how many bytes of script it brings.
const MANIFESTS: [(&str, usize); 9] = [
    ("01-mount-namespace", 1400),
    ("02-disk-watch", 8200),
    ("03-sctp", 60),
    ("05-kdump", 0),
    ("06-kernel-arguments", 0),
    ("07-rcu-normal", 3200),
    ("08-crio-no-wipe", 120),
    ("09-time-sync", 250),
    ("10-journal-limits", 180),
];

/// File names and texts of the extra manifests: each for masters and workers, a namespace and a template.
pub fn manifests() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = ["master", "worker"]
        .into_iter()
        .flat_map(|role| {
            MANIFESTS.iter().map(move |(name, size)| (format!("{name}-{role}.yaml"), machine_config(name, role, *size)))
        })
        .collect();
    files.push(("20-marketplace-namespace.yaml".into(), NAMESPACE.into()));
    files.push(("30-role-marker.yaml.tmpl".into(), TEMPLATE.into()));
    files
}

fn machine_config(name: &str, role: &str, size: usize) -> String {
    let mut text = format!(
        "# Kept small on purpose: one concern per MachineConfig.\napiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\nmetadata:\n  labels:\n    machineconfiguration.openshift.io/role: {role}\n  name: {name}-{role}\nspec:\n"
    );
    if size == 0 {
        let _ = writeln!(text, "  kernelArguments:\n    - example.{name}=1\n    - crashkernel=512M");
        return text;
    }
    let source = STANDARD.encode(script(name, size));
    let _ = write!(
        text,
        "  config:\n    ignition:\n      version: 3.2.0\n    storage:\n      files:\n        - contents:\n            source: data:text/plain;charset=utf-8;base64,{source}\n          mode: 493\n          path: /usr/local/bin/{name}.sh\n    systemd:\n      units:\n        - name: {name}.service\n          enabled: true\n          contents: |\n            [Unit]\n            Description=Example unit {name}\n            After=network-online.target\n\n            [Service]\n            Type=oneshot\n            ExecStart=/usr/local/bin/{name}.sh\n            RemainAfterExit=yes\n\n            [Install]\n            WantedBy=multi-user.target\n"
    );
    text
}

/// A shell script of about so many bytes.
fn script(name: &str, size: usize) -> String {
    let mut text = format!("#!/bin/bash\nset -euo pipefail\n# {name}\n");
    let mut step = 0;
    while text.len() < size {
        step += 1;
        let _ = writeln!(text, "if [[ -e /etc/example/{name}.{step} ]]; then logger -t {name} \"step {step}\"; fi");
    }
    text
}

const NAMESPACE: &str = "apiVersion: v1
kind: Namespace
metadata:
  name: openshift-marketplace
  annotations:
    workload.openshift.io/allowed: management
";

const TEMPLATE: &str = "# One marker file per role of the cluster
apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 97-role-marker-{{ .Role }}
  labels:
    machineconfiguration.openshift.io/role: {{ .Role }}
spec:
  config:
    ignition:
      version: 3.2.0
    storage:
      files:
        - path: /etc/example/cluster
          mode: 420
          contents:
            source: data:,{{ .Data.ClusterName }}
";
