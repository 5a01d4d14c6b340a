//! Files that a command is given by name: a file, the YAML and JSON files of a folder, or `-` for standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use ztp_common::cli::Failure;
use ztp_common::yaml::Source;

/// More than this in one file is no configuration.
const MAX_BYTES: u64 = 64 << 20;

/// Reads everything, in the order given; a folder is not searched deeper.
///
/// # Errors
/// Something cannot be read, is no text or is far too large, or a folder has no such file.
pub fn read(paths: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            sources.push(source("stdin", std::io::stdin().lock())?);
        } else if path.is_dir() {
            for file in folder(path)? {
                sources.push(open(&file)?);
            }
        } else {
            sources.push(open(path)?);
        }
    }
    Ok(sources)
}

fn folder(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |e| Failure::new(format!("cannot list folder {}", path.display())).because(e);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        let wanted = file.extension().is_some_and(|end| ["yaml", "yml", "json"].iter().any(|e| end == *e));
        if wanted && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        let failure = Failure::new(format!("folder {} has no YAML or JSON file", path.display()));
        return Err(failure.fix("name the folder that has them; folders in it are not searched"));
    }
    Ok(files)
}

fn open(path: &Path) -> Result<Source, Failure> {
    let file = std::fs::File::open(path)
        .map_err(|e| Failure::new(format!("cannot read {}", path.display())).because(e).fix("check the path"))?;
    source(&path.display().to_string(), file)
}

fn source(name: &str, reader: impl Read) -> Result<Source, Failure> {
    let mut bytes = Vec::new();
    let failed = |e| Failure::new(format!("cannot read {name}")).because(e);
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Failure::new(format!("{name} is larger than {} MiB", MAX_BYTES >> 20)));
    }
    Source::from_bytes(name, bytes).map_err(|e| Failure::new(format!("cannot read {name}")).because(e.message))
}
