//! Files to recorded objects.

use std::fs::{DirEntry, Metadata};
use std::io::{BufReader, Error, ErrorKind, Read};
use std::path::Path;

use jiff::Timestamp;

use super::archive::{self, Limits};
use super::packing::{Packing, is_archive, sniff};
use super::{Inventory, InventoryError, Recorded, content};

/// What standard input is called.
const STDIN: &str = "standard input";

pub(super) fn open(path: &Path, limits: &Limits) -> Result<Recorded, InventoryError> {
    let recorded = open_or_empty(path, limits)?;
    let shown = recorded.describe();
    not_empty(recorded, &shown)
}

pub(super) fn open_or_empty(path: &Path, limits: &Limits) -> Result<Recorded, InventoryError> {
    if path == Path::new("-") {
        let mut reading = Reading::new(STDIN, limits);
        reading.stream(STDIN, std::io::stdin().lock())?;
        return Ok(reading.end());
    }
    let shown = path.display().to_string();
    let mut reading = Reading::new(&shown, limits);
    let failed = |error: Error| match error.kind() {
        ErrorKind::NotFound => InventoryError::new(format!("there is no file or folder {shown}")),
        _ => unreadable(&shown, &error),
    };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        let entries = entries(path).map_err(failed)?;
        reading.folder(entries, limits.depth)?;
    } else {
        reading.newest = modified(&metadata);
        reading.stream(&shown, std::fs::File::open(path).map_err(failed)?)?;
    }
    Ok(reading.end())
}

fn unreadable(name: &str, error: &Error) -> InventoryError {
    InventoryError::new(format!("cannot read {name}: {}", reason(error)))
}

/// What the system says, without its number.
fn reason(error: &Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

pub(super) fn bytes(name: &str, content: Vec<u8>) -> Result<Recorded, InventoryError> {
    refuse_nothing(name, &content)?;
    let mut recorded = Recorded::of_files(name);
    content::add(name, content, &mut recorded);
    not_empty(recorded, name)
}

/// What a pipe brings when the command before it was not meant for one, or failed.
fn refuse_nothing(name: &str, content: &[u8]) -> Result<(), InventoryError> {
    if content.starts_with(b"NAME ") || content.starts_with(b"NAMESPACE ") {
        return Err(InventoryError::new(format!(
            "{name} holds a table for people; let the command before the pipe print -o yaml or -o json"
        )));
    }
    if content.iter().all(u8::is_ascii_whitespace) {
        return Err(InventoryError::new(format!("there is nothing in {name}; did the command before the pipe fail?")));
    }
    Ok(())
}

fn not_empty(recorded: Recorded, shown: &str) -> Result<Recorded, InventoryError> {
    if recorded.is_empty() {
        let reason = recorded.skipped().first().map_or("no YAML or JSON in it has a kind", String::as_str);
        return Err(InventoryError::new(format!("there is no Kubernetes object in {shown}: {reason}")));
    }
    Ok(recorded)
}

/// Entries of a folder in the order of their names.
fn entries(folder: &Path) -> Result<Vec<DirEntry>, Error> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

/// What has been read so far, and how much more may be.
struct Reading<'l> {
    limits: &'l Limits,
    bytes_left: u64,
    entries_left: usize,
    recorded: Recorded,
    /// When the newest file was changed, in seconds since 1970.
    newest: Option<i64>,
    /// An archive in a folder, which is not read with it.
    archive: Option<String>,
}

impl<'l> Reading<'l> {
    fn new(name: &str, limits: &'l Limits) -> Self {
        let (bytes_left, entries_left) = (limits.total_bytes, limits.entries);
        Self { limits, bytes_left, entries_left, recorded: Recorded::of_files(name), newest: None, archive: None }
    }

    fn end(mut self) -> Recorded {
        if let Some(archive) = self.archive.filter(|_| self.recorded.is_empty()) {
            self.recorded.skip(format!("archives in a folder are not read with it; name {archive} itself"));
        }
        if let Some(at) = self.newest.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
            self.recorded.set_recorded_at(at);
        }
        self.recorded
    }

    /// Reads a folder. Links are not followed, so that nothing is read twice or from outside.
    fn folder(&mut self, entries: Vec<DirEntry>, depth: usize) -> Result<(), InventoryError> {
        for entry in entries {
            let (path, shown) = (entry.path(), entry.path().display().to_string());
            self.entries_left = self.entries_left.checked_sub(1).ok_or_else(|| too_much(&path))?;
            match self.told(&shown, Found::at(&entry, &path)) {
                Some(Found::Folder(_)) if depth <= 1 => {
                    self.recorded.skip(format!("{shown} is too deep and was left out"));
                }
                Some(Found::Folder(entries)) => self.folder(entries, depth - 1)?,
                Some(Found::File(metadata)) => {
                    self.bytes_left = self.bytes_left.checked_sub(metadata.len()).ok_or_else(|| too_much(&path))?;
                    self.newest = self.newest.max(modified(&metadata));
                    if let Some(content) = self.told(&shown, std::fs::read(&path)) {
                        content::add(&shown, content, &mut self.recorded);
                    }
                }
                Some(Found::Archive) => self.archive = Some(shown),
                Some(Found::Other) | None => {}
            }
        }
        Ok(())
    }

    /// What the system gives; else the reason is kept, and reading goes on.
    fn told<T>(&mut self, name: &str, result: Result<T, Error>) -> Option<T> {
        result.map_err(|error| self.recorded.skip(format!("{name} cannot be read: {}", reason(&error)))).ok()
    }

    /// Reads one file or standard input: text, or a tar archive, either with gzip or without.
    fn stream(&mut self, name: &str, input: impl Read) -> Result<(), InventoryError> {
        let (packing, input) = sniff(input).map_err(|error| unreadable(name, &error))?;
        let (packing, input, failed): (_, _, fn(&str, &Error) -> InventoryError) = match packing {
            Packing::Gzip => {
                let unpacked = flate2::read::MultiGzDecoder::new(BufReader::new(input));
                let (packing, unpacked) = sniff(unpacked).map_err(|_| archive::damaged(name))?;
                (packing, unpacked, |name, _| archive::damaged(name))
            }
            packing => (packing, input, unreadable),
        };
        match packing {
            Packing::Tar => self.archive(name, input),
            Packing::Unknown(what) => {
                let text =
                    format!("{name} is packed with {what}, which is not read here; unpack it and name the result");
                Err(InventoryError::new(text))
            }
            Packing::None | Packing::Gzip => self.text(name, input, failed),
        }
    }

    fn archive(&mut self, name: &str, input: impl Read) -> Result<(), InventoryError> {
        // When it was fetched says nothing about what is in it.
        self.newest = None;
        archive::each_file(name, input, self.limits, &is_wanted, &mut |entry| {
            self.newest = self.newest.max(entry.modified);
            match entry.content {
                Some(content) => content::add(entry.name, content, &mut self.recorded),
                None => self.recorded.skip(format!("{} is a link to what is not read and was left out", entry.name)),
            }
        })
    }

    fn text(
        &mut self,
        name: &str,
        input: impl Read,
        failed: fn(&str, &Error) -> InventoryError,
    ) -> Result<(), InventoryError> {
        let mut content = Vec::new();
        input.take(self.limits.file_bytes + 1).read_to_end(&mut content).map_err(|error| failed(name, &error))?;
        if content.len() as u64 > self.limits.file_bytes {
            return Err(InventoryError::new(format!("there is too much in {name}; give it in several files")));
        }
        if name == STDIN {
            refuse_nothing(name, &content)?;
        }
        if content.is_empty() && is_archive(name) {
            return Err(archive::damaged(name));
        }
        content::add(name, content, &mut self.recorded);
        Ok(())
    }
}

/// What an entry of a folder is.
enum Found {
    Folder(Vec<DirEntry>),
    /// One that is read.
    File(Metadata),
    Archive,
    Other,
}

impl Found {
    fn at(entry: &DirEntry, path: &Path) -> Result<Self, Error> {
        let kind = entry.file_type()?;
        let name = path.to_string_lossy();
        Ok(match () {
            () if kind.is_dir() => Self::Folder(entries(path)?),
            () if kind.is_file() && is_wanted(&name) => Self::File(entry.metadata()?),
            () if kind.is_file() && is_archive(&name) => Self::Archive,
            () => Self::Other,
        })
    }
}

fn too_much(at: &Path) -> InventoryError {
    InventoryError::new(format!("there is too much to read at {}; name a folder further down", at.display()))
}

fn modified(metadata: &Metadata) -> Option<i64> {
    let since_epoch = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since_epoch.as_secs()).ok().filter(|at| *at > 0)
}

fn is_wanted(name: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Query;
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

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut gz = flate2::read::GzEncoder::new(content, flate2::Compression::fast());
        let mut packed = Vec::new();
        gz.read_to_end(&mut packed).unwrap();
        packed
    }

    fn tar(modified: u64) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(CLUSTER.len() as u64);
        header.set_mtime(modified);
        builder.append_data(&mut header, "a.json", CLUSTER.as_bytes()).unwrap();
        builder.into_inner().unwrap()
    }

    fn read(name: &str, content: &[u8]) -> Result<Recorded, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        Recorded::open(&path, &Limits::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn archives_are_known_by_their_first_bytes() {
        let (plain, gz) = (tar(1), packed(&tar(1)));
        let mut oldest = tar::Header::new_old();
        oldest.set_path("a.json").unwrap();
        oldest.set_size(CLUSTER.len() as u64);
        oldest.set_cksum();
        let mut builder = tar::Builder::new(Vec::new());
        builder.append(&oldest, CLUSTER.as_bytes()).unwrap();
        assert_eq!(read("a.tar", &builder.into_inner().unwrap()).unwrap().len(), 1);
        assert!(read("a.tar.gz", b"").unwrap_err().ends_with("is cut off or damaged; fetch it again"));
        for (name, content) in [("a.tar", &gz), ("a.tar.gz", &plain), ("A.TAR.GZ", &gz), ("download", &gz)] {
            assert_eq!(read(name, content).unwrap().len(), 1, "{name}");
        }
        assert_eq!(read("a.json.gz", &packed(CLUSTER.as_bytes())).unwrap().len(), 1);
        assert!(
            read("a.tar.gz", b"PK\x03\x04....")
                .unwrap_err()
                .ends_with("a.tar.gz is packed with zip, which is not read here; unpack it and name the result")
        );
        for length in [gz.len() / 2, 10] {
            assert!(read("a.tar.gz", &gz[..length]).unwrap_err().ends_with("is cut off or damaged; fetch it again"));
        }
        assert!(read("a.tar", &plain[..700]).unwrap_err().ends_with("is cut off or damaged; fetch it again"));
    }

    #[test]
    fn an_archive_that_does_not_date_its_files_is_of_unknown_age() {
        assert_eq!(read("a.tar", &tar(0)).unwrap().recorded_at(), None);
        assert_eq!(read("a.tar", &tar(60)).unwrap().recorded_at(), Timestamp::from_second(60).ok());
    }

    #[test]
    fn an_archive_alone_in_a_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("mg.tar.gz"), packed(&tar(1))).unwrap();
        let error = Recorded::open(folder.path(), &Limits::default()).unwrap_err().to_string();
        assert!(error.ends_with("mg.tar.gz itself"), "{error}");
    }

    #[test]
    fn a_file_that_does_not_end_is_refused() {
        let limits = Limits { file_bytes: 1000, ..Limits::default() };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, [b'a'; 1001]).unwrap();
        assert!(open(&path, &limits).unwrap_err().to_string().starts_with("there is too much in "));
    }

    #[test]
    fn what_cannot_be_read_in_a_folder_is_left_out_and_told() {
        let limits = Limits::default();
        let mut reading = Reading::new("test", &limits);
        let refused = || Err::<(), _>(Error::from_raw_os_error(13));
        assert!(reading.told("hub/locked", refused()).is_none());
        assert_eq!(reading.end().skipped(), ["hub/locked cannot be read: permission denied"]);
    }

    #[test]
    fn a_source_without_objects_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let error = Recorded::open(folder.path(), &Limits::default()).unwrap_err();
        assert!(error.to_string().contains("no Kubernetes object"));
    }
}
