//! Kustomization trees: what this program builds itself and what the real kustomize builds with it as plugin are the
//! same objects. Needs kustomize, oc or kubectl on PATH; says so when there is none.

use std::fs;
use std::path::Path;
use std::process::Command;

use ztp_common::generate::kustomize::{External, plugin_home};
use ztp_common::yaml::{Source, Value, documents};

const KUSTOMIZATION: &str = "\
generators: [site.yaml, policies.yaml]
resources: [namespaces.yaml]
commonAnnotations: {team: ran}
patches:
- target: {kind: Policy}
  patch: |-
    - op: add
      path: /metadata/labels
      value: {tier: edge}
";

const FILES: [(&str, &str); 5] = [
    ("namespaces.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: ztp-site}\n"),
    (
        "policies.yaml",
        "apiVersion: ran.openshift.io/v1\nkind: PolicyGenTemplate\nmetadata: {name: site, namespace: ztp-site}\nspec:\n  \
         bindingRules: {sites: harbour}\n  mcp: master\n  sourceFiles:\n  - {fileName: Pool.yaml, policyName: config, \
         spec: {n: 2}}\n",
    ),
    (
        "source-crs/Pool.yaml",
        "apiVersion: example.com/v1\nkind: Pool\nmetadata:\n  name: p-$mcp\n  annotations: \
         {ran.openshift.io/ztp-deploy-wave: \"10\"}\nspec: {n: 1, empty: \"\", yes: \"on\"}\n",
    ),
    ("extra-manifest/note.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: note}\ndata: {a: \"1\"}\n"),
    (
        "site.yaml",
        "apiVersion: ran.openshift.io/v1\nkind: SiteConfig\nmetadata: {name: harbour, namespace: harbour}\nspec:\n  \
         baseDomain: example.com\n  pullSecretRef: {name: pull-secret}\n  clusterImageSetNameRef: openshift-4.20\n  \
         sshPublicKey: ssh-ed25519 AAAA\n  clusters:\n  - clusterName: harbour\n    networkType: OVNKubernetes\n    \
         clusterLabels: {sites: harbour, zone: \"0777\"}\n    clusterNetwork: [{cidr: 10.128.0.0/14, hostPrefix: 23}]\n    \
         machineNetwork: [{cidr: 192.0.2.0/24}]\n    serviceNetwork: [172.30.0.0/16]\n    nodes:\n    - hostName: \
         node1.example.com\n      bmcAddress: redfish-virtualmedia://192.0.2.9/redfish/v1/Systems/1\n      \
         bmcCredentialsName: {name: harbour-bmc}\n      bootMACAddress: \"02:00:00:00:00:01\"\n",
    ),
];

fn lookup(program: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn tree(folder: &Path, kustomization: &str) -> std::io::Result<()> {
    for (name, text) in FILES.iter().copied().chain([("kustomization.yaml", kustomization)]) {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(file, text)?;
    }
    Ok(())
}

/// The documents in one order.
fn objects(text: Vec<u8>) -> Vec<Value> {
    let source = Source::from_bytes("out.yaml", text).expect("UTF-8");
    let mut all: Vec<Value> = documents(&source)
        .map(|document| document.expect("YAML").root().map_or(Value::Null, |root| root.to_value().expect("values")))
        .filter(|value| !value.is_null())
        .collect();
    let text = |value: &Value, path: &[&str]| value.at(path).and_then(Value::as_str).unwrap_or_default().to_owned();
    all.sort_by_key(|value| [&["kind"][..], &["metadata", "name"]].map(|path| text(value, path)));
    all
}

fn generate(folder: &Path) -> std::process::Output {
    let tree = folder.join("k");
    let output = Command::new(env!("CARGO_BIN_EXE_oc-ztp")).arg("generate").arg(&tree).current_dir(folder).output();
    output.expect("oc-ztp runs")
}

#[test]
fn the_real_kustomize_makes_the_same_objects_with_our_plugin() -> std::io::Result<()> {
    let Some(external) = External::find(lookup) else {
        println!("skipped: neither kustomize nor oc nor kubectl is on PATH");
        return Ok(());
    };
    let scratch = tempfile::tempdir()?;
    tree(&scratch.path().join("k"), KUSTOMIZATION)?;
    let home = plugin_home(&scratch.path().join("config"), Path::new(env!("CARGO_BIN_EXE_oc-ztp")))?;
    let real = Command::new(&external.program)
        .args([external.command, "--enable-alpha-plugins"])
        .arg(scratch.path().join("k"))
        .env("XDG_CONFIG_HOME", scratch.path().join("config"))
        .env("KUSTOMIZE_PLUGIN_HOME", home)
        .output()?;
    assert!(real.status.success(), "{}", String::from_utf8_lossy(&real.stderr));
    let ours = generate(scratch.path());
    assert!(ours.status.success(), "{}", String::from_utf8_lossy(&ours.stderr));
    let (real, ours) = (objects(real.stdout), objects(ours.stdout));
    assert_eq!(real.len(), 12);
    assert_eq!(ours, real);
    Ok(())
}

#[test]
fn what_only_kustomize_can_do_is_handed_to_it() -> std::io::Result<()> {
    let scratch = tempfile::tempdir()?;
    let replacements = "replacements:\n- source: {kind: Namespace, name: ztp-site, fieldPath: metadata.name}\n  targets:\n  - select: \
                        {kind: Policy}\n    fieldPaths: [metadata.annotations.team]\n";
    tree(&scratch.path().join("k"), &format!("{KUSTOMIZATION}{replacements}"))?;
    let output = generate(scratch.path());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if External::find(lookup).is_none() {
        assert!(said.contains("install kustomize, oc or kubectl"), "{said}");
        return Ok(());
    }
    assert!(output.status.success() && said.contains("the tree is built by"), "{said}");
    let policy = objects(output.stdout).into_iter().find(|o| o.get("kind").and_then(Value::as_str) == Some("Policy"));
    let team = policy.as_ref().and_then(|p| p.at(&["metadata", "annotations", "team"])).and_then(Value::as_str);
    assert_eq!(team, Some("ztp-site"));
    Ok(())
}
