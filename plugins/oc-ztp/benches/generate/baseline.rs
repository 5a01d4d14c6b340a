//! The least that any generator has to do: write so many bytes into so many files.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const CHUNK: usize = 64 * 1024;

/// The files below a path, or the path itself, with their sizes. Paths are relative to it.
pub fn list(path: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    if path.is_file() {
        files.push((PathBuf::new(), path.metadata()?.len()));
        return Ok(files);
    }
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else if let Ok(relative) = entry.path().strip_prefix(path) {
                files.push((relative.to_owned(), entry.metadata()?.len()));
            }
        }
    }
    Ok(files)
}

/// Keeps such a list for the program that writes.
pub fn save(files: &[(PathBuf, u64)], listing: &Path) -> io::Result<()> {
    let lines: Vec<String> = files.iter().map(|(path, size)| format!("{size} {}", path.display())).collect();
    fs::write(listing, lines.join("\n"))
}

fn load(listing: &Path) -> Result<Vec<(PathBuf, u64)>, Box<dyn Error>> {
    let text = fs::read_to_string(listing)?;
    let entry = |line: &str| -> Result<(PathBuf, u64), Box<dyn Error>> {
        let (size, path) = line.split_once(' ').ok_or("a line without a path")?;
        Ok((path.into(), size.parse()?))
    };
    text.lines().map(entry).collect()
}

fn write_bytes(out: &mut impl Write, size: u64) -> io::Result<()> {
    let chunk = [b'x'; CHUNK];
    let mut left = usize::try_from(size).unwrap_or(usize::MAX);
    while left > 0 {
        let now = left.min(CHUNK);
        out.write_all(chunk.get(..now).unwrap_or_default())?;
        left -= now;
    }
    Ok(())
}

/// Writes everything to standard output.
pub fn write_stream(listing: &Path) -> Result<(), Box<dyn Error>> {
    let size = load(listing)?.iter().map(|(_, size)| size).sum();
    Ok(write_bytes(&mut io::stdout().lock(), size)?)
}

/// Writes each file into a folder.
pub fn write_folder(listing: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut made = PathBuf::new();
    for (path, size) in load(listing)? {
        let path = folder.join(path);
        if let Some(parent) = path.parent().filter(|parent| *parent != made) {
            fs::create_dir_all(parent)?;
            made = parent.to_owned();
        }
        write_bytes(&mut File::create(&path)?, size)?;
    }
    Ok(())
}
