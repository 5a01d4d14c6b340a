//! `oc ztp diff` on changes of the example repository. `UPDATE_TRANSCRIPTS=1` records anew.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const SITE: &str = r#"
apiVersion: ran.openshift.io/v2
kind: SiteConfig
metadata: {name: harbour, namespace: harbour}
spec:
  baseDomain: example.com
  pullSecretRef: {name: pull}
  clusterImageSetNameRef: openshift-4.20
  sshPublicKey: ssh-ed25519 AAAA
  clusters:
    - clusterName: harbour
      clusterLabels: {common: "true", group-du: "", sites: harbour}
      clusterNetwork: [{cidr: 10.128.0.0/14, hostPrefix: 23}]
      machineNetwork: [{cidr: 192.0.2.0/24}]
      serviceNetwork: [172.30.0.0/16]
      extraManifests: {searchPaths: []}
      nodes:
        - hostName: harbour-1
          bmcAddress: redfish://192.0.2.9/x
          bmcCredentialsName: {name: bmc}
          bootMACAddress: 02:00:00:00:00:01
"#;

/// The policies of the example repository with one site, before a change (`old`) and after it (`new`).
struct Example(TempDir);

impl Example {
    fn new() -> io::Result<Self> {
        let example = Self(tempfile::tempdir()?);
        for side in ["old", "new"] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/policies");
            copy(&from, &example.path(side).join("policies"))?;
            std::fs::create_dir(example.path(side).join("sites"))?;
            std::fs::write(example.path(side).join("sites/harbour.yaml"), SITE)?;
        }
        Ok(example)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn replace(&self, file: &str, old: &str, new: &str) -> io::Result<()> {
        let path = self.path("new").join(file);
        let text = std::fs::read_to_string(&path)?;
        assert!(text.contains(old), "{file} has no {old:?}");
        std::fs::write(path, text.replace(old, new))
    }

    fn diff(&self, folder: &str, arguments: &[&str]) -> io::Result<Output> {
        Command::new(env!("CARGO_BIN_EXE_oc-ztp"))
            .arg("diff")
            .args(arguments)
            .current_dir(self.path(folder))
            .env("NO_COLOR", "1")
            .env_remove("CLICOLOR_FORCE")
            .output()
    }

    fn folders(&self, more: &[&str]) -> io::Result<Output> {
        self.diff(".", &[&["old", "new"], more].concat())
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn both(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}exit code {}\n", text(&output.stdout), text(&output.stderr), output.status.code().unwrap_or(-1))
}

fn check(name: &str, output: &Output) -> io::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts").join(name);
    let program = Path::new(env!("CARGO_BIN_EXE_oc-ztp")).parent().unwrap_or(Path::new(""));
    let text = both(output).replace(&program.display().to_string(), "PROGRAM");
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        return std::fs::write(file, text);
    }
    assert_eq!(text, std::fs::read_to_string(file)?, "{name}; UPDATE_TRANSCRIPTS=1 records anew");
    Ok(())
}

#[test]
fn policies_sites_and_placement_are_compared() -> io::Result<()> {
    let example = Example::new()?;
    assert_eq!(both(&example.folders(&[])?), "no differences\nexit code 0\n");
    example.replace("policies/site-harbour.yaml", "numVfs: 8", "numVfs: 16")?;
    example.replace("sites/harbour.yaml", "group-du: \"\", ", "")?;
    example.replace("sites/harbour.yaml", "hostPrefix: 23", "hostPrefix: 24")?;
    check("diff.txt", &example.folders(&[])?)?;
    check("diff.md", &example.folders(&["-o", "markdown"])?)
}

#[test]
fn what_a_removed_policy_applied_stays() -> io::Result<()> {
    let example = Example::new()?;
    std::fs::remove_file(example.path("new/policies/site-harbour.yaml"))?;
    example.replace("policies/kustomization.yaml", "  - site-harbour.yaml\n", "")?;
    check("diff-removed.txt", &example.folders(&[])?)
}

#[test]
fn a_policy_under_another_name_is_a_rename() -> io::Result<()> {
    let example = Example::new()?;
    example.replace("policies/site-harbour.yaml", "policyName: network", "policyName: fronthaul")?;
    check("diff-renamed.txt", &example.folders(&[])?)
}

#[test]
fn a_cr_that_a_policy_no_longer_asks_for_stays_on_the_clusters() -> io::Result<()> {
    let example = Example::new()?;
    let text = std::fs::read_to_string(example.path("new/policies/group-du.yaml"))?;
    let entry = text.find("    - fileName: MonitoringRetention.yaml").unwrap_or(text.len());
    let next = text[entry + 1..].find("    - fileName").map_or(text.len(), |at| entry + 1 + at);
    std::fs::write(example.path("new/policies/group-du.yaml"), format!("{}{}", &text[..entry], &text[next..]))?;
    check("diff-orphan.txt", &example.folders(&[])?)
}

/// What `oc ztp generate --output-dir` wrote, before and after.
#[test]
fn rendered_folders_are_compared() -> io::Result<()> {
    let example = Example::new()?;
    example.replace("policies/site-harbour.yaml", "numVfs: 8", "numVfs: 16")?;
    example.replace("sites/harbour.yaml", "hostPrefix: 23", "hostPrefix: 24")?;
    for side in ["old", "new"] {
        let out = example.path(&format!("{side}-build"));
        let output = Command::new(env!("CARGO_BIN_EXE_oc-ztp"))
            .args(["generate", "policies", "sites/harbour.yaml", "--output-dir"])
            .arg(&out)
            .current_dir(example.path(side))
            .output()?;
        assert!(output.status.success(), "{}", both(&output));
    }
    let built = example.diff(".", &["old-build", "new-build"])?;
    assert_eq!(both(&built), both(&example.folders(&[])?));
    assert!(both(&built).contains("reach 1 of 1 known cluster"), "{}", both(&built));
    Ok(())
}

const MANIFEST: &str = "apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata: {name: 50-chrony, labels: {machineconfiguration.openshift.io/role: master}}
spec:
  config:
    ignition: {version: 3.2.0}
    storage:
      files:
        - path: /etc/chrony.conf
          mode: 420
          contents: {source: \"data:text/plain;base64,c2VydmVyIDE5Mi4wLjIuMSBpYnVyc3QKZHJpZnRmaWxlIC92YXIvbGliL2Nocm9ueS9kcmlmdAo=\"}
";

const SECRET: &str = "apiVersion: v1
kind: Secret
metadata: {name: bmc, namespace: harbour}
data: {password: bm90LWZvci15b3VyLWV5ZXM=}
stringData: {note: not-for-your-eyes}
";

#[test]
fn files_in_manifests_are_read_and_secrets_are_not() -> io::Result<()> {
    let example = Example::new()?;
    for side in ["old", "new"] {
        std::fs::create_dir(example.path(side).join("sites/manifests"))?;
        std::fs::write(example.path(side).join("sites/manifests/chrony.yaml"), MANIFEST)?;
        std::fs::write(example.path(side).join("sites/secret.yaml"), SECRET)?;
        let kustomization = "generators:\n  - harbour.yaml\nresources:\n  - secret.yaml\n";
        std::fs::write(example.path(side).join("sites/kustomization.yaml"), kustomization)?;
        let site = SITE.replace("searchPaths: []", "searchPaths: [manifests]");
        std::fs::write(example.path(side).join("sites/harbour.yaml"), site)?;
    }
    // The first server becomes 192.0.2.7, in another spelling of the URL, and a second file comes.
    let other = "source: \"data:,server%20192.0.2.7%20iburst%0Adriftfile%20/var/lib/chrony/drift%0A\"}
        - path: /etc/issue
          contents: {source: \"data:,Authorized%20use%20only%0A\"}
";
    let at = MANIFEST.find("source:").unwrap_or_default();
    std::fs::write(example.path("new/sites/manifests/chrony.yaml"), format!("{}{other}", &MANIFEST[..at]))?;
    example.replace("sites/secret.yaml", "bm90LWZvci15b3VyLWV5ZXM=", "bm90LWZvci1teS1leWVz")?;
    example.replace("sites/secret.yaml", "not-for-your-eyes", "not-for-my-eyes")?;
    for format in ["text", "json", "markdown"] {
        let shown = both(&example.folders(&["-o", format])?);
        let secret = ["for-your-eyes", "for-my-eyes", "bm90LWZvci"].into_iter().find(|secret| shown.contains(secret));
        assert_eq!(secret, None, "{shown}");
    }
    check("diff-files.txt", &example.folders(&[])?)
}

#[test]
fn what_is_listed_twice_is_an_error_wherever_it_is() -> io::Result<()> {
    let example = Example::new()?;
    example.replace("policies/kustomization.yaml", "resources:", "  - common.yaml\nresources:")?;
    let output = example.folders(&[])?;
    assert!(both(&output).contains("error[kustomize/duplicate]"), "{}", both(&output));
    assert_eq!(output.status.code(), Some(2));
    Ok(())
}

/// A kustomization of which only the affected generators are run gives what the whole one gives.
#[test]
fn a_tree_in_part_is_the_whole_tree() -> io::Result<()> {
    let example = Example::new()?;
    std::fs::write(example.path("old/sites/kustomization.yaml"), "generators:\n  - harbour.yaml\n")?;
    std::fs::write(example.path("new/sites/kustomization.yaml"), "generators:\n  - harbour.yaml\n  - light.yaml\n")?;
    let light = SITE.replace("harbour", "light").replace("group-du: \"\", ", "");
    std::fs::write(example.path("new/sites/light.yaml"), light)?;
    example.replace("policies/site-harbour.yaml", "numVfs: 8", "numVfs: 16")?;
    example.replace("sites/harbour.yaml", "hostPrefix: 23", "hostPrefix: 24")?;
    let part = example.folders(&["-o", "json"])?;
    for folder in ["old/sites", "old/policies", "new/sites", "new/policies"] {
        let path = example.path(folder).join("kustomization.yaml");
        let text = std::fs::read_to_string(&path)?;
        // A field that changes nothing, but makes the tree one that is not taken apart.
        std::fs::write(path, format!("{text}\nsortOptions: {{order: fifo}}\n"))?;
    }
    let whole = example.folders(&["-o", "json"])?;
    let of_policy = |output: &Output| {
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let changes = report["changes"].as_array().cloned().unwrap_or_default();
        let of_kind = |change: &&serde_json::Value| change["object"]["kind"] == "Policy";
        (changes.len(), changes.iter().filter(of_kind).count(), report["clusters"].clone())
    };
    assert_eq!(of_policy(&part), of_policy(&whole), "{}\n{}", both(&part), both(&whole));
    assert_eq!(both(&part), both(&whole));
    Ok(())
}

#[test]
fn a_source_cr_changes_the_policies_that_use_it() -> io::Result<()> {
    let example = Example::new()?;
    example.replace("policies/source-crs/SriovNodePolicy.yaml", "metadata:", "metadata:\n  labels: {a: b}")?;
    let output = example.folders(&["-o", "json"])?;
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!(report["changes"][0]["object"]["name"], "harbour-network");
    assert_eq!(report["changes"][0]["risk"]["level"], "metadata");
    assert_eq!(report["clusters"], serde_json::json!(["harbour"]));
    Ok(())
}

#[test]
fn a_side_that_cannot_be_generated_is_an_error() -> io::Result<()> {
    let example = Example::new()?;
    example.replace("policies/site-harbour.yaml", "SriovNodePolicy.yaml", "SriovNodePolice.yaml")?;
    check("diff-error.txt", &example.folders(&[])?)
}

#[test]
fn trees_and_revisions_of_git_are_compared() -> io::Result<()> {
    let example = Example::new()?;
    for arguments in [&["init", "-q", "-b", "main"][..], &["add", "-A"], &["commit", "-q", "-m", "one"]] {
        git(&example.path("new"), arguments)?;
    }
    example.replace("policies/site-harbour.yaml", "numVfs: 8", "numVfs: 16")?;
    let worktree = example.diff("new", &["HEAD"])?;
    assert_eq!(worktree.status.code(), Some(1), "{}", both(&worktree));
    git(&example.path("new"), &["commit", "-q", "-a", "-m", "two"])?;
    let range = example.diff("new/policies", &["HEAD~1..", "."])?;
    assert_eq!(both(&range), both(&worktree));
    assert!(both(&range).contains("spec.numVfs: 8 -> 16"), "{}", both(&range));
    assert_eq!(both(&example.diff("new", &["main"])?), "no differences\nexit code 0\n");
    assert_eq!(example.diff("new", &["nothing"])?.status.code(), Some(2));
    Ok(())
}

fn git(folder: &Path, arguments: &[&str]) -> io::Result<()> {
    let name = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(name).args(arguments).current_dir(folder).output()?;
    assert!(output.status.success(), "{}", both(&output));
    Ok(())
}
