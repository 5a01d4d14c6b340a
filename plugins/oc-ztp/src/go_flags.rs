//! Flags as Go's package `flag` reads them: `-name value`, `-name=value`, one dash or two, until the first other word.

use std::ffi::OsString;

/// A flag that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoFlag {
    /// Takes a text.
    Text(&'static str),
    /// A switch; a value needs `=`.
    Switch(&'static str),
}

/// The flags found, in order, with their values (a switch: "true" or "false"), and the words behind them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    flags: Vec<(&'static str, String)>,
    /// What is not a flag.
    pub words: Vec<OsString>,
}

impl Parsed {
    /// The value of a flag; the last one counts.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.flags.iter().rev().find(|(flag, _)| *flag == name).map(|(_, value)| value.as_str())
    }
}

/// Reads arguments.
///
/// # Errors
/// A flag that is not known, has no value, or a switch with a value that is not a boolean.
pub fn parse(known: &[GoFlag], arguments: Vec<OsString>) -> Result<Parsed, String> {
    let mut parsed = Parsed::default();
    let mut rest = arguments.into_iter();
    while let Some(word) = rest.next() {
        let text = word.to_string_lossy().into_owned();
        if text == "--" {
            break;
        }
        let Some(flag) = text.strip_prefix('-').filter(|flag| !flag.is_empty()) else {
            parsed.words.push(word);
            break;
        };
        let flag = flag.strip_prefix('-').unwrap_or(flag);
        let (name, value) = match flag.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (flag, None),
        };
        let known = known.iter().find(|known| matches!(known, GoFlag::Text(n) | GoFlag::Switch(n) if *n == name));
        match known {
            Some(GoFlag::Text(name)) => {
                let next = || rest.next().map(|word| word.to_string_lossy().into_owned());
                let value = value.or_else(next).ok_or(format!("flag needs an argument: -{name}"))?;
                parsed.flags.push((name, value));
            }
            Some(GoFlag::Switch(name)) => {
                let value = boolean(value.as_deref().unwrap_or("true"))
                    .ok_or(format!("invalid boolean value for -{name}: {}", value.unwrap_or_default()))?;
                parsed.flags.push((name, value.to_string()));
            }
            None => return Err(format!("flag provided but not defined: -{name}")),
        }
    }
    parsed.words.extend(rest);
    Ok(parsed)
}

/// Go's `strconv.ParseBool`.
fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Parsed, String> {
        parse(&[GoFlag::Text("outPath"), GoFlag::Switch("wrapInPolicy")], words.iter().map(OsString::from).collect())
    }

    #[test]
    fn flags_end_at_the_first_word() -> Result<(), String> {
        let parsed = read(&["-outPath", "o", "--wrapInPolicy=F", "a.yaml", "-outPath"])?;
        assert_eq!((parsed.get("outPath"), parsed.get("wrapInPolicy")), (Some("o"), Some("false")));
        assert_eq!(parsed.words, ["a.yaml", "-outPath"]);
        assert_eq!(read(&["-wrapInPolicy"])?.get("wrapInPolicy"), Some("true"));
        Ok(())
    }

    #[test]
    fn what_go_refuses_is_refused() {
        assert!(read(&["-nope"]).is_err());
        assert!(read(&["-outPath"]).is_err());
        assert!(read(&["-wrapInPolicy=yes"]).is_err());
    }
}
