//! Standard input, which several flags take and only one of them can have.

use std::path::Path;

use super::Failure;

/// Whether a path stands for standard input.
pub fn is_stdin(path: Option<&Path>) -> bool {
    path.is_some_and(|path| path.as_os_str() == "-")
}

/// Standard input feeds at most one of the flags; each comes with whether it wants it.
///
/// # Errors
/// It was given to several.
pub fn one_stdin(flags: &[(&str, bool)]) -> Result<(), Failure> {
    if flags.iter().filter(|(_, wants)| *wants).count() < 2 {
        return Ok(());
    }
    let names: Vec<&str> = flags.iter().map(|(name, _)| *name).collect();
    let names = names.split_last().map(|(last, names)| format!("{} and {last}", names.join(", "))).unwrap_or_default();
    Err(Failure::new("standard input can be read only once").fix(format!("use - for one of {names}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_flag_gets_it() {
        assert!(one_stdin(&[("--clusters-from", true), ("--from", false)]).is_ok());
        let failure = one_stdin(&[("--filename", false), ("--clusters-from", true), ("--from", true)]).unwrap_err();
        assert_eq!(failure.fix.as_deref(), Some("use - for one of --filename, --clusters-from and --from"));
    }
}
