//! Archives read without unpacking, within limits.

use std::cell::Cell;
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

/// An entry of an archive that is wanted.
pub(super) struct Entry<'a> {
    /// Its name.
    pub name: &'a str,
    /// What is in it; nothing for another name of an entry that is not wanted itself.
    pub content: Option<Vec<u8>>,
    /// When it was changed, in seconds since 1970; nothing where the archive does not tell.
    pub modified: Option<i64>,
}

/// Names and attributes of an entry are read into memory whole; more than this is no archive of files.
const HEADER_BYTES: u64 = 1 << 20;

/// Calls `visit` with every file of a tar archive whose name `wanted` accepts.
pub(super) fn each_file(
    shown: &str,
    input: impl Read,
    limits: &Limits,
    wanted: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(Entry<'_>),
) -> Result<(), InventoryError> {
    let failed = |source: std::io::Error| {
        let text = source.to_string();
        let why = [TOO_LARGE, HEADER_TOO_LARGE].into_iter().find(|why| text.contains(why));
        why.map_or_else(|| damaged(shown), |why| too_much(shown, why))
    };
    let until_entry = Cell::new(HEADER_BYTES);
    let counted = Counted { inner: input, left: limits.unpacked_bytes, until_entry: &until_entry };
    let mut archive = tar::Archive::new(counted);
    let mut total = 0;
    for (count, entry) in archive.entries().map_err(failed)?.enumerate() {
        let mut entry = entry.map_err(failed)?;
        if count >= limits.entries {
            return Err(too_much(shown, &format!("has more than {} entries", limits.entries)));
        }
        let header = entry.header();
        let kind = header.entry_type();
        // A sparse entry claims more than is there.
        let size = if kind.is_gnu_sparse() { header.entry_size().map_err(failed)? } else { entry.size() };
        until_entry.set(size.saturating_add(HEADER_BYTES));
        let modified = header.mtime().ok().filter(|at| *at > 0).and_then(|at| i64::try_from(at).ok());
        let name = entry.path().map_err(failed)?.to_string_lossy().into_owned();
        refuse_escape(shown, &name)?;
        let content = match kind {
            _ if !wanted(&name) => continue,
            tar::EntryType::Regular => {
                total += size;
                if size > limits.file_bytes || total > limits.total_bytes {
                    return Err(too_much(shown, &format!("grows too large at {name}")));
                }
                let mut content = Vec::new();
                entry.read_to_end(&mut content).map_err(failed)?;
                until_entry.set(HEADER_BYTES);
                Some(content)
            }
            // Another name of a file that is read says nothing new.
            tar::EntryType::Link => match entry.link_name().map_err(failed)? {
                Some(file) if wanted(&file.to_string_lossy()) => continue,
                _ => None,
            },
            _ => continue,
        };
        visit(Entry { name: &name, content, modified });
    }
    Ok(())
}

/// What is not whole.
pub(super) fn damaged(shown: &str) -> InventoryError {
    InventoryError::new(format!("archive {shown} is cut off or damaged; fetch it again"))
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
const HEADER_TOO_LARGE: &str = "has an entry with far too much beside its content";

/// Fails when more bytes come out than allowed, in all or before the next entry is known.
struct Counted<'c, R> {
    inner: R,
    left: u64,
    until_entry: &'c Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let less = |left: u64, why| left.checked_sub(count as u64).ok_or_else(|| std::io::Error::other(why));
        self.left = less(self.left, TOO_LARGE)?;
        self.until_entry.set(less(self.until_entry.get(), HEADER_TOO_LARGE)?);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(name: &str, content: &[u8]) -> Vec<u8> {
        archive_of(tar::EntryType::Regular, name, content)
    }

    fn archive_of(kind: tar::EntryType, name: &str, content: &[u8]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        // `set_path` refuses what the tests are about.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_entry_type(kind);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, content).unwrap();
        builder.into_inner().unwrap()
    }

    fn read(archive: &[u8], limits: &Limits) -> Result<Vec<String>, String> {
        let mut names = Vec::new();
        let wanted = |name: &str| name.ends_with(".yaml");
        each_file("a.tar", archive, limits, &wanted, &mut |entry| {
            let lacks_content = if entry.content.is_none() { " not read" } else { "" };
            names.push(format!("{}{lacks_content}", entry.name));
        })
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
    fn what_stands_beside_the_content_is_limited_too() {
        let mut large = archive("a.log", &vec![b' '; 3 << 20]);
        large.truncate(512 + (3 << 20));
        for kind in [tar::EntryType::GNULongName, tar::EntryType::XHeader] {
            let bomb = [&large[..], &archive_of(kind, "x", &vec![b'a'; 2 << 20])].concat();
            let error = read(&bomb, &Limits::default()).unwrap_err();
            assert!(error.contains("a.tar is refused: it has an entry with far too much beside"), "{error}");
        }
        assert_eq!(read(&[&large[..], &archive("x.yaml", b"a: 1")].concat(), &Limits::default()).unwrap(), ["x.yaml"]);
    }

    #[test]
    fn a_hard_link_to_what_is_not_read_is_told() {
        let link = |to: &str| {
            let mut builder = tar::Builder::new(Vec::new());
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(tar::EntryType::Link);
            header.set_size(0);
            builder.append_link(&mut header, "x.yaml", to).unwrap();
            builder.into_inner().unwrap()
        };
        assert_eq!(read(&link("a.log"), &Limits::default()).unwrap(), ["x.yaml not read"]);
        assert_eq!(read(&link("a.yaml"), &Limits::default()).unwrap(), [""; 0]);
    }
}
