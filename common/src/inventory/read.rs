//! Files to recorded objects.

use std::io::{Error, ErrorKind, Read};
use std::path::Path;

use jiff::Timestamp;

use super::archive::{self, Limits};
use super::{InventoryError, Recorded, content};

/// What standard input is called.
const STDIN: &str = "standard input";

pub(super) fn open(path: &Path, limits: &Limits) -> Result<Recorded, InventoryError> {
    not_empty(open_or_empty(path, limits)?, &path.display().to_string())
}

pub(super) fn open_or_empty(path: &Path, limits: &Limits) -> Result<Recorded, InventoryError> {
    if path == Path::new("-") {
        return stdin(limits);
    }
    let shown = path.display().to_string();
    let mut recorded = Recorded::of_files(shown.clone());
    let mut newest = None;
    let failed = |error: Error| match error.kind() {
        ErrorKind::NotFound => InventoryError::new(format!("there is no file or folder {shown}")),
        _ => InventoryError::new(format!("cannot read {shown}: {}", reason(&error))),
    };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        let mut left = Left { bytes: limits.total_bytes, entries: limits.entries };
        folder(path, limits.depth, &mut left, &mut recorded, &mut newest)?;
    } else if archive::is_archive(&shown) {
        archive::each_file(path, limits, &is_wanted, &mut |name, content, mtime| {
            newest = newest.max(i64::try_from(mtime).ok());
            content::add(name, content, &mut recorded);
        })?;
    } else {
        let content = std::fs::read(path).map_err(failed)?;
        newest = modified(&metadata);
        content::add(&shown, content, &mut recorded);
    }
    if let Some(at) = newest.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
        recorded.set_recorded_at(at);
    }
    Ok(recorded)
}

/// Reads standard input to its end.
fn stdin(limits: &Limits) -> Result<Recorded, InventoryError> {
    let mut content = Vec::new();
    let failed = |error: Error| InventoryError::new(format!("cannot read {STDIN}: {}", reason(&error)));
    std::io::stdin().lock().take(limits.file_bytes + 1).read_to_end(&mut content).map_err(failed)?;
    if content.len() as u64 > limits.file_bytes {
        return Err(InventoryError::new(format!("there is too much on {STDIN}; name a file or folder")));
    }
    bytes(STDIN, content)
}

/// What the system says, without its number.
fn reason(error: &Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

pub(super) fn bytes(name: &str, content: Vec<u8>) -> Result<Recorded, InventoryError> {
    let mut recorded = Recorded::of_files(name);
    let is_table = content.starts_with(b"NAME ") || content.starts_with(b"NAMESPACE ");
    if is_table {
        return Err(InventoryError::new(format!(
            "{name} holds a table for people; let the command before the pipe print -o yaml or -o json"
        )));
    }
    if content.iter().all(u8::is_ascii_whitespace) {
        let text = format!("there is nothing in {name}; did the command before the pipe fail?");
        return Err(InventoryError::new(text));
    }
    content::add(name, content, &mut recorded);
    not_empty(recorded, name)
}

fn not_empty(recorded: Recorded, shown: &str) -> Result<Recorded, InventoryError> {
    if recorded.is_empty() {
        let reason = recorded.skipped().first().map_or("no YAML or JSON in it has a kind", String::as_str);
        return Err(InventoryError::new(format!("there is no Kubernetes object in {shown}: {reason}")));
    }
    Ok(recorded)
}

struct Left {
    bytes: u64,
    entries: usize,
}

/// Reads a folder in the order of names. Links are not followed, so that nothing is read twice or from outside.
fn folder(
    path: &Path,
    depth: usize,
    left: &mut Left,
    recorded: &mut Recorded,
    newest: &mut Option<i64>,
) -> Result<(), InventoryError> {
    let failed = |source| InventoryError::because(format!("cannot read folder {}", path.display()), source);
    let Some(depth) = depth.checked_sub(1) else {
        recorded.skip(format!("{} is too deep and was left out", path.display()));
        return Ok(());
    };
    let mut entries: Vec<_> = std::fs::read_dir(path).map_err(failed)?.collect::<Result<_, _>>().map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        left.entries = left.entries.checked_sub(1).ok_or_else(|| too_much(path))?;
        let (kind, path) = (entry.file_type().map_err(failed)?, entry.path());
        let shown = path.display().to_string();
        if kind.is_dir() {
            folder(&path, depth, left, recorded, newest)?;
        } else if kind.is_file() && is_wanted(&shown) {
            let metadata = entry.metadata().map_err(failed)?;
            left.bytes = left.bytes.checked_sub(metadata.len()).ok_or_else(|| too_much(&path))?;
            *newest = (*newest).max(modified(&metadata));
            match std::fs::read(&path) {
                Ok(content) => content::add(&shown, content, recorded),
                Err(error) => recorded.skip(format!("{shown} cannot be read: {error}")),
            }
        }
    }
    Ok(())
}

fn too_much(at: &Path) -> InventoryError {
    InventoryError::new(format!("there is too much to read at {}; name a folder further down", at.display()))
}

fn modified(metadata: &std::fs::Metadata) -> Option<i64> {
    let since_epoch = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since_epoch.as_secs()).ok()
}

fn is_wanted(name: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::{Inventory, Query};
    use crate::resource::Resource;

    const CLUSTER: &str = r#"{"apiVersion": "cluster.open-cluster-management.io/v1", "kind": "ManagedCluster",
        "metadata": {"name": "sno1"}}"#;

    #[test]
    fn a_folder_is_read_with_the_folders_in_it() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        std::fs::write(folder.path().join("deep/a.json"), CLUSTER).unwrap();
        std::fs::write(folder.path().join("b.json"), "{").unwrap();
        std::fs::write(folder.path().join("c.log"), "text").unwrap();
        let recorded = Recorded::open(folder.path(), &Limits::default()).unwrap();
        let mut count = 0;
        recorded.each(&Query::all(Resource::MANAGED_CLUSTER), &mut |_| count += 1).unwrap();
        assert_eq!(count, 1);
        assert_eq!(recorded.skipped().len(), 1);
        assert!(recorded.recorded_at().is_some());
    }

    #[test]
    fn what_is_no_recording_is_told_with_what_to_do() {
        let told = |result: Result<Recorded, InventoryError>| result.unwrap_err().to_string();
        assert_eq!(told(open(Path::new("no/such"), &Limits::default())), "there is no file or folder no/such");
        assert!(told(bytes("standard input", b" \n".to_vec())).contains("nothing in standard input; did the command"));
        assert!(told(bytes("standard input", b"NAME   AGE\nsno1   3d\n".to_vec())).contains("print -o yaml"));
    }

    #[test]
    fn a_source_without_objects_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let error = Recorded::open(folder.path(), &Limits::default()).unwrap_err();
        assert!(error.to_string().contains("no Kubernetes object"));
    }
}
