//! Where etcd and kube-apiserver come from: `KUBEBUILDER_ASSETS`, an earlier build, or one build with Go.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The release of Kubernetes that `tests/control-plane/go.mod` pins: what the built kube-apiserver says of itself.
const VERSION: (&str, &str, &str) = ("1", "33", "4");

/// The two programs a control plane is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binaries {
    /// The store.
    pub etcd: PathBuf,
    /// The API server.
    pub apiserver: PathBuf,
}

impl Binaries {
    /// Finds them, and builds them once when there is only Go.
    ///
    /// # Errors
    /// The reason why there are none, to be printed.
    pub fn find() -> Result<Self, String> {
        let assets = std::env::var_os("KUBEBUILDER_ASSETS").filter(|folder| !folder.is_empty());
        if let Some(folder) = assets {
            let folder = PathBuf::from(folder);
            return Self::of_folder(&folder).ok_or_else(|| {
                format!("KUBEBUILDER_ASSETS is {}, which lacks etcd or kube-apiserver", folder.display())
            });
        }
        let built = crate::workspace().join("target/control-plane/bin");
        match Self::of_folder(&built) {
            Some(found) => Ok(found),
            None => build(&built),
        }
    }

    /// The folder of both, for `KUBEBUILDER_ASSETS`.
    pub fn folder(&self) -> &Path {
        self.apiserver.parent().unwrap_or(Path::new("."))
    }

    fn of_folder(folder: &Path) -> Option<Self> {
        let found = Self { etcd: folder.join("etcd"), apiserver: folder.join("kube-apiserver") };
        (found.etcd.is_file() && found.apiserver.is_file()).then_some(found)
    }
}

/// Builds what is missing. Test processes run side by side: the first builds, the others wait for its lock.
fn build(folder: &Path) -> Result<Binaries, String> {
    let go = on_path("go").ok_or(
        "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver, and there is no Go to build them with",
    )?;
    std::fs::create_dir_all(folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    let lock = File::create(folder.with_file_name("lock")).and_then(|file| file.lock().map(|()| file));
    let _lock = lock.map_err(|error| format!("cannot lock {}: {error}", folder.display()))?;
    if let Some(found) = Binaries::of_folder(folder) {
        return Ok(found);
    }
    super::say("building etcd and kube-apiserver once; this takes minutes");
    let etcd = folder.join("etcd");
    if !etcd.is_file() {
        match on_path("etcd") {
            Some(installed) => link(&installed, &etcd)?,
            None => go_build(&go, &etcd, "go.etcd.io/etcd/server/v3", "")?,
        }
    }
    let apiserver = folder.join("kube-apiserver");
    let (major, minor, patch) = VERSION;
    let stamps = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].map(|package| {
        format!("-X {package}.gitMajor={major} -X {package}.gitMinor={minor} -X {package}.gitVersion=v{major}.{minor}.{patch}")
    });
    go_build(&go, &apiserver, "k8s.io/kubernetes/cmd/kube-apiserver", &stamps.join(" "))?;
    Ok(Binaries { etcd, apiserver })
}

fn go_build(go: &Path, to: &Path, package: &str, stamps: &str) -> Result<(), String> {
    // Go writes a large program piece by piece: a build cut short must not look like one that was finished.
    let partial = to.with_extension("partial");
    let status = Command::new(go)
        .args(["build", "-trimpath", "-ldflags", &format!("-s -w {stamps}"), "-o"])
        .arg(&partial)
        .arg(package)
        .current_dir(crate::workspace().join("tests/control-plane"))
        .env("CGO_ENABLED", "0")
        .status();
    match status {
        Ok(status) if status.success() => {
            std::fs::rename(&partial, to).map_err(|error| format!("cannot name {}: {error}", to.display()))
        }
        Ok(status) => Err(format!("go build {package} failed ({status})")),
        Err(error) => Err(format!("cannot run {}: {error}", go.display())),
    }
}

fn link(installed: &Path, to: &Path) -> Result<(), String> {
    std::os::unix::fs::symlink(installed, to).map_err(|error| format!("cannot link {}: {error}", to.display()))
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
