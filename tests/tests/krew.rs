//! What krew installs agrees with the plugins, their version and what a release packs.

use std::path::Path;
use std::process::Command;

use ztp_common::yaml::{Source, Value, documents};

const PLUGINS: [&str; 3] = ["ztp", "talm", "ibu"];
const PLATFORMS: [&str; 4] = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"];

type Tested = Result<(), Box<dyn std::error::Error>>;

#[test]
fn the_manifest_names_each_plugin_version_and_archive() -> Tested {
    let text = std::fs::read_to_string(ztp_tests::workspace().join("krew-manifest.yaml"))?;
    let manifests = read(&text);
    assert_eq!(manifests.iter().map(|m| at(m, &["metadata", "name"])).collect::<Vec<_>>(), PLUGINS);
    let (version, repository) = (concat!("v", env!("CARGO_PKG_VERSION")), env!("CARGO_PKG_REPOSITORY"));
    for (plugin, manifest) in PLUGINS.iter().zip(&manifests) {
        assert_eq!(at(manifest, &["spec", "version"]), version);
        assert_eq!(at(manifest, &["spec", "homepage"]), repository);
        let mut found = Vec::new();
        for platform in platforms(manifest) {
            let label = |name| at(platform, &["selector", "matchLabels", name]);
            found.push(format!("{}_{}", label("os"), label("arch")));
            let archive = format!("oc-{plugin}_{version}_{}_{}.tar.gz", label("os"), label("arch"));
            assert_eq!(at(platform, &["uri"]), format!("{repository}/releases/download/{version}/{archive}"));
            assert_eq!(at(platform, &["bin"]), format!("oc-{plugin}"));
        }
        assert_eq!(found, PLATFORMS);
    }
    Ok(())
}

#[test]
fn a_release_packs_what_the_manifest_takes() -> Tested {
    let scratch = tempfile::tempdir()?;
    let (binaries, dist) = (scratch.path().join("binaries"), scratch.path().join("dist"));
    std::fs::create_dir(&binaries)?;
    for plugin in PLUGINS {
        std::fs::write(binaries.join(format!("oc-{plugin}")), "program")?;
    }
    for platform in PLATFORMS {
        release(&[Path::new("pack"), &binaries, Path::new(platform), &dist])?;
    }
    release(&[Path::new("manifests"), &dist])?;
    for plugin in PLUGINS {
        let manifest = read(&std::fs::read_to_string(dist.join(format!("{plugin}.yaml")))?);
        let [manifest] = manifest.as_slice() else { return Err("not one manifest".into()) };
        for platform in platforms(manifest) {
            assert_eq!(at(platform, &["sha256"]).len(), 64);
            let archive = at(platform, &["uri"]).rsplit('/').next().unwrap_or_default();
            let mut packed = packed(&dist.join(archive))?;
            for file in platform.get("files").and_then(Value::as_seq).into_iter().flatten() {
                let taken = |name: &String| matches(at(file, &["from"]), name);
                assert!(packed.iter().any(taken), "{archive} has no {}", at(file, &["from"]));
                packed.retain(|name| !taken(name));
            }
            assert!(packed.is_empty(), "{archive}: the manifest does not take {packed:?}");
        }
    }
    Ok(())
}

fn release(arguments: &[&Path]) -> Tested {
    let status = Command::new(ztp_tests::workspace().join(".ci/release")).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(format!(".ci/release {arguments:?}: {status}").into()) }
}

/// The files of an archive.
fn packed(archive: &Path) -> std::io::Result<Vec<String>> {
    let output = Command::new("tar").arg("-tzf").arg(archive).output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.lines().filter(|name| !name.ends_with('/')).map(str::to_owned).collect())
}

/// A pattern of the manifest: its one star does not cross folders.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => name
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|between| !between.contains('/')),
        None => pattern == name,
    }
}

fn read(text: &str) -> Vec<Value> {
    let source = Source::from_text("manifest.yaml", text);
    documents(&source).flatten().filter_map(|document| document.root()?.to_value().ok()).collect()
}

fn platforms(manifest: &Value) -> impl Iterator<Item = &Value> {
    manifest.get("spec").and_then(|spec| spec.get("platforms")).and_then(Value::as_seq).into_iter().flatten()
}

/// The text at a path, "" when there is none.
fn at<'v>(value: &'v Value, path: &[&str]) -> &'v str {
    path.iter().try_fold(value, |value, name| value.get(name)).and_then(Value::as_str).unwrap_or_default()
}
