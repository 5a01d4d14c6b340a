//! Archives (`.tar`, `.tar.gz`, `.tgz`) read without unpacking, within limits.

use std::io::Read;
use std::path::{Component, Path};

use super::InventoryError;

/// How much a source may hold before it is taken for a mistake or an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes of all files that are read, unpacked.
    pub total_bytes: u64,
    /// Bytes that come out of the decompressor, files that are not read included.
    pub unpacked_bytes: u64,
    /// Entries of an archive or folder.
    pub entries: usize,
    /// Folders below folders.
    pub depth: usize,
}

impl Default for Limits {
    /// Room for a must-gather of a hub with 3500 clusters.
    fn default() -> Self {
        const GIB: u64 = 1 << 30;
        Self { file_bytes: 2 * GIB, total_bytes: 4 * GIB, unpacked_bytes: 64 * GIB, entries: 2_000_000, depth: 32 }
    }
}

/// Whether a file name is that of an archive we read.
pub(super) fn is_archive(name: &str) -> bool {
    [".tar", ".tar.gz", ".tgz"].iter().any(|end| name.ends_with(end))
}

/// Calls `visit` with the name and content of every file that `wanted` accepts.
pub(super) fn each_file(
    path: &Path,
    limits: &Limits,
    wanted: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(&str, Vec<u8>, u64),
) -> Result<(), InventoryError> {
    let shown = path.display();
    let file = std::fs::File::open(path)
        .map_err(|source| InventoryError::because(format!("cannot read archive {shown}"), source))?;
    let failed = |source: std::io::Error| match source.to_string().contains(TOO_LARGE) {
        true => too_much(&shown.to_string(), TOO_LARGE),
        false => InventoryError::new(format!("archive {shown} is cut off or damaged; fetch it again")),
    };
    let plain = path.extension().is_some_and(|end| end == "tar");
    let unpacked: Box<dyn Read> =
        if plain { Box::new(file) } else { Box::new(flate2::read::MultiGzDecoder::new(std::io::BufReader::new(file))) };
    // One byte more than allowed tells a full archive from one that was cut here.
    let mut archive = tar::Archive::new(Counted { inner: unpacked, left: limits.unpacked_bytes });
    let mut total = 0;
    for (count, entry) in archive.entries().map_err(failed)?.enumerate() {
        let mut entry = entry.map_err(failed)?;
        if count >= limits.entries {
            return Err(too_much(&shown.to_string(), &format!("has more than {} entries", limits.entries)));
        }
        let name = entry.path().map_err(failed)?.to_string_lossy().into_owned();
        refuse_escape(&shown.to_string(), &name)?;
        if !entry.header().entry_type().is_file() || !wanted(&name) {
            continue;
        }
        total += entry.size();
        if entry.size() > limits.file_bytes || total > limits.total_bytes {
            return Err(too_much(&shown.to_string(), &format!("grows too large at {name}")));
        }
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(failed)?;
        visit(&name, content, entry.header().mtime().unwrap_or_default());
    }
    Ok(())
}

fn refuse_escape(archive: &str, name: &str) -> Result<(), InventoryError> {
    let outside =
        |part: Component<'_>| matches!(part, Component::ParentDir | Component::RootDir | Component::Prefix(_));
    if Path::new(name).components().any(outside) {
        return Err(InventoryError::new(format!(
            "archive {archive} is refused: its entry {name:?} points outside of it; make the archive again"
        )));
    }
    Ok(())
}

fn too_much(archive: &str, why: &str) -> InventoryError {
    InventoryError::new(format!(
        "archive {archive} is refused: it {why}; unpack it and name the folder to read instead"
    ))
}

const TOO_LARGE: &str = "unpacks to more than is allowed";

/// Fails when more bytes come out than allowed.
struct Counted<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| std::io::Error::other(TOO_LARGE))?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(name: &str, content: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::Builder::new().suffix(".tar.gz").tempfile().unwrap();
        let gz = flate2::write::GzEncoder::new(file.reopen().unwrap(), flate2::Compression::fast());
        let mut builder = tar::Builder::new(gz);
        let mut header = tar::Header::new_gnu();
        // `set_path` refuses what the test is about.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, content).unwrap();
        builder.into_inner().unwrap().finish().unwrap();
        file
    }

    fn read(file: &tempfile::NamedTempFile, limits: &Limits) -> Result<Vec<String>, String> {
        let mut names = Vec::new();
        each_file(file.path(), limits, &|n| n.ends_with(".yaml"), &mut |name, _, _| names.push(name.to_owned()))
            .map_err(|error| error.to_string())?;
        Ok(names)
    }

    #[test]
    fn an_entry_that_leaves_the_archive_is_refused() {
        assert!(read(&archive("../a.yaml", b"a: 1"), &Limits::default()).unwrap_err().contains("points outside"));
        assert_eq!(read(&archive("x/a.yaml", b"a: 1"), &Limits::default()).unwrap(), ["x/a.yaml"]);
        assert_eq!(read(&archive("x/a.log", b"a: 1"), &Limits::default()).unwrap(), [""; 0]);
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = archive("a.yaml", &vec![b' '; 100_000]);
        let small_files = Limits { file_bytes: 1000, ..Limits::default() };
        assert!(read(&bomb, &small_files).unwrap_err().contains("too large"));
        let bomb = archive("a.log", &vec![b' '; 100_000]);
        let little = Limits { unpacked_bytes: 10_000, ..Limits::default() };
        assert!(read(&bomb, &little).unwrap_err().contains("unpacks to more than is allowed; unpack it"));
    }

    #[test]
    fn what_was_not_fetched_whole_is_to_be_fetched_again() {
        let noise: Vec<u8> = (0..100_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        let file = archive("a.yaml", &noise);
        let whole = file.as_file().metadata().unwrap().len();
        for length in [whole / 2, whole / 100, 10] {
            file.as_file().set_len(length).unwrap();
            assert!(read(&file, &Limits::default()).unwrap_err().ends_with("is cut off or damaged; fetch it again"));
        }
    }
}
