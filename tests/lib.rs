//! What several test targets share.

use std::path::{Path, PathBuf};
use std::process::Command;

#[cfg(unix)]
pub mod control_plane;

#[cfg(unix)]
pub use control_plane::control_plane;

/// The workspace's own folder.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_path_buf()
}

/// A plugin's binary of the profile that the tests run in, built when it is missing or older than its sources.
///
/// # Panics
/// When it does not build.
#[expect(clippy::panic, reason = "only tests call this")]
pub fn built(plugin: &str) -> PathBuf {
    // target/PROFILE/deps/test-1234 → target/PROFILE
    let profile = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.parent()?.to_path_buf()));
    let Some(profile) = profile else { panic!("the test binary has no folder") };
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--locked", "-p", plugin]).current_dir(workspace());
    // What cargo tells a test about its package would make build scripts that look at it, as ring's does, run again, here
    // and then for the next command outside of tests.
    for (name, _) in std::env::vars_os() {
        let of_package = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "OUT_DIR"];
        if of_package.iter().any(|start| name.to_string_lossy().starts_with(start)) {
            cargo.env_remove(name);
        }
    }
    match profile.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => {}
        // Benchmarks live there too; their profile makes as fast a program in less time.
        Some("release") => {
            cargo.args(["--profile", "bench"]);
        }
        Some(name) => {
            cargo.args(["--profile", name]);
        }
    }
    match cargo.status() {
        Ok(status) if status.success() => profile.join(format!("{plugin}{}", std::env::consts::EXE_SUFFIX)),
        other => panic!("cargo build -p {plugin}: {other:?}"),
    }
}

/// All files below a folder, in order.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
