//! How a file is packed, by its first bytes: names say little, as browsers unpack what they fetch.

use std::io::{Cursor, Read};

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// Not at all, as far as we know.
    None,
    /// A tar archive.
    Tar,
    /// With gzip.
    Gzip,
    /// In a way that is not read here.
    Unknown(&'static str),
}

/// As many bytes tell a tar archive.
const HEAD: u64 = 512;

impl Packing {
    fn of(head: &[u8]) -> Self {
        // An archive without entries begins with its end.
        let is_whole = head.len() as u64 == HEAD;
        let is_empty = is_whole && head.iter().all(|byte| *byte == 0);
        let is_tar = head.get(257..262) == Some(b"ustar") || is_empty || is_whole && has_checksum(head);
        match head {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [b'P', b'K', 3, 4, ..] => Self::Unknown("zip"),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, ..] => Self::Unknown("bzip2"),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Unknown("xz"),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Unknown("zstd"),
            _ if is_tar => Self::Tar,
            _ => Self::None,
        }
    }
}

/// Whether it is the header of an entry: the oldest format has no mark, but as all a sum of its bytes, in which its own
/// place counts as spaces.
fn has_checksum(head: &[u8]) -> bool {
    const PLACE: std::ops::Range<usize> = 148..156;
    let told = head.get(PLACE).and_then(|digits| std::str::from_utf8(digits).ok());
    let told = told.and_then(|digits| u64::from_str_radix(digits.trim_matches([' ', '\0']), 8).ok());
    let byte = |(at, byte): (usize, &u8)| u64::from(if PLACE.contains(&at) { b' ' } else { *byte });
    told == Some(head.iter().enumerate().map(byte).sum())
}

/// Tells how an input is packed, and gives it back whole.
pub(super) fn sniff<'r>(mut input: impl Read + 'r) -> std::io::Result<(Packing, Box<dyn Read + 'r>)> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD).read_to_end(&mut head)?;
    Ok((Packing::of(&head), Box::new(Cursor::new(head).chain(input))))
}

/// Whether a name is that of an archive, read here or not.
pub(super) fn is_archive(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = [".tar", ".tar.gz", ".tgz", ".zip", ".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".tar.zst"];
    ends.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_at_is_not_lost() {
        for length in [0, 3, 511, 512, 513, 100_000] {
            let (packing, mut input) = sniff(Cursor::new(vec![b'a'; length])).unwrap();
            let mut content = Vec::new();
            input.read_to_end(&mut content).unwrap();
            assert_eq!((packing, content.len()), (Packing::None, length));
        }
    }
}
