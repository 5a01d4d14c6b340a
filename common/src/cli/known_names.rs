//! Names that a hub gave a moment ago, or before it became slow: a file for each question, for its owner only.

use std::path::PathBuf;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::kubeconfig::write_secret;
use crate::api::Named;

/// As long as somebody presses the key again and again; longer would hide what was just made.
const FRESH: Duration = Duration::from_secs(10);

/// Older names help nobody.
const USABLE: Duration = Duration::from_secs(24 * 60 * 60);

/// What is known of the answer to one question.
#[derive(Debug, PartialEq)]
pub enum Known {
    /// Nothing, or it is too old.
    Nothing,
    /// What to say when there is no answer in time.
    Old(Vec<Named>),
    /// Nobody has to be asked.
    Fresh(Vec<Named>),
}

/// Where the answer to one question is kept.
#[derive(Debug)]
pub struct KnownNames(PathBuf);

impl KnownNames {
    /// The place for a question, `None` where there is no folder for such files. The question says which server, who asks
    /// and for what.
    pub fn of(question: &str, variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let path = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let caches = path("XDG_CACHE_HOME").or_else(|| Some(path("HOME")?.join(".cache")))?;
        let name: String = Sha256::digest(question).iter().map(|byte| format!("{byte:02x}")).collect();
        Some(Self(caches.join("oc-ztp-plugins").join(name)))
    }

    /// What is known now.
    pub fn read(&self) -> Known {
        let age = std::fs::metadata(&self.0).and_then(|file| file.modified()).ok().and_then(|at| at.elapsed().ok());
        let names = || {
            let text = std::fs::read_to_string(&self.0).unwrap_or_default();
            text.lines().filter_map(|line| line.split_once('/')).map(named).collect()
        };
        match age {
            Some(age) if age < FRESH => Known::Fresh(names()),
            Some(age) if age < USABLE => Known::Old(names()),
            _ => Known::Nothing,
        }
    }

    /// Keeps an answer. That it cannot be kept is nothing to say at a prompt.
    pub fn keep(&self, names: &[Named]) {
        let text: String = names.iter().map(|named| format!("{}/{}\n", named.namespace, named.name)).collect();
        if let Some(folder) = self.0.parent()
            && make(folder).is_ok()
        {
            write_secret(&self.0, &text).ok();
        }
    }
}

fn named((namespace, name): (&str, &str)) -> Named {
    Named { namespace: namespace.to_owned(), name: name.to_owned() }
}

fn make(folder: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_fresh_then_old_then_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().display().to_string();
        let of = |question: &str| KnownNames::of(question, |name| (name == "HOME").then(|| home.clone())).unwrap();
        let names = vec![named(("", "sno1")), named(("fleet", "night"))];
        assert_eq!(of("a").read(), Known::Nothing);
        of("a").keep(&names);
        assert_eq!((of("a").read(), of("b").read()), (Known::Fresh(names.clone()), Known::Nothing));
        let aged = |seconds: u64| {
            let at = std::time::SystemTime::now() - Duration::from_secs(seconds);
            std::fs::File::open(&of("a").0).unwrap().set_modified(at).unwrap();
            of("a").read()
        };
        assert_eq!((aged(3600), aged(100_000)), (Known::Old(names), Known::Nothing));
    }

    #[test]
    #[cfg(unix)]
    fn nobody_else_reads_them() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().display().to_string();
        let known = KnownNames::of("a", |name| (name == "XDG_CACHE_HOME").then(|| cache.clone())).unwrap();
        known.keep(&[]);
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&known.0), mode(known.0.parent().unwrap())), (0o600, 0o700));
        assert!(KnownNames::of("a", |name| (name == "XDG_CACHE_HOME").then(|| "here".to_owned())).is_none());
    }
}
