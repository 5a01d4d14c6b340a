//! Lists of names in files, as `--clusters-from` takes them.

use std::io::{Error, ErrorKind};
use std::path::Path;

use super::Failure;
use super::stdin::is_stdin;

/// The clusters that a file names, or standard input for `-`: the first word of each line, comments left out.
///
/// # Errors
/// It cannot be read, or is no text.
pub fn clusters_from(path: &Path) -> Result<Vec<String>, Failure> {
    let text = match is_stdin(Some(path)) {
        true => std::io::read_to_string(std::io::stdin()),
        false => std::fs::read_to_string(path),
    };
    Ok(words(&text.map_err(|error| unreadable(path, error))?))
}

fn words(text: &str) -> Vec<String> {
    // Windows begins a text with a mark.
    let text = text.trim_start_matches('\u{feff}');
    let words = text.lines().filter_map(|line| line.split_whitespace().next());
    words.filter(|word| !word.starts_with('#')).map(str::to_owned).collect()
}

/// Why a list of clusters cannot be read.
fn unreadable(path: &Path, error: Error) -> Failure {
    let place = if is_stdin(Some(path)) { "standard input".to_owned() } else { path.display().to_string() };
    let failure = Failure::new(format!("cannot read clusters from {place}"));
    match error.kind() {
        ErrorKind::NotFound => failure.because(format!("there is no file {place}")),
        ErrorKind::IsADirectory => failure.because(format!("{place} is a folder, not a list of clusters")),
        ErrorKind::InvalidData => {
            failure.because(format!("{place} is not text")).fix("give a file with one name a line")
        }
        _ => failure.because(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_list_is_told_in_plain_words() {
        let folder = tempfile::tempdir().unwrap();
        let said = |path: &Path| {
            let failure = clusters_from(path).unwrap_err();
            failure.reasons.join("\n").replace(&format!("{}", folder.path().display()), "DIR")
        };
        assert_eq!(said(&folder.path().join("nope")), "there is no file DIR/nope");
        assert_eq!(said(folder.path()), "DIR is a folder, not a list of clusters");
        let binary = folder.path().join("binary");
        std::fs::write(&binary, [0xff, 0xfe, 0x00]).unwrap();
        assert_eq!(said(&binary), "DIR/binary is not text");
    }

    #[test]
    fn a_list_may_hold_comments_and_columns() {
        assert_eq!(words("\u{feff}# ours\r\nsno1  True\n\nsno2\n"), ["sno1", "sno2"]);
    }
}
