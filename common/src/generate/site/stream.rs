//! What the site generator prints as a kustomize plugin when a file fails: the input comes back with the error in it,
//! so that Argo CD shows it (ZTP 4.20 `main.go`).

use crate::yaml::emit::quoted;

/// The text on standard output for an input that failed; `input` is `None` when the file could not be read. Upstream
/// does not escape the message, and one with a quote in it makes kustomize fail with a parse error instead.
pub fn site_config_error(input: Option<&str>, message: &str) -> String {
    let line = format!("siteConfigError: {}\n", quoted(message));
    match input {
        Some(text) => format!("---\n\n{}\n{line}", text.trim_end_matches([' ', '\t', '\r', '\n'])),
        None => format!("---\n\n{line}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_input_comes_back_with_the_error() {
        assert_eq!(site_config_error(Some("a: 1\n\n "), "no"), "---\n\na: 1\nsiteConfigError: \"no\"\n");
        assert_eq!(site_config_error(None, "\"no\""), "---\n\nsiteConfigError: \"\\\"no\\\"\"\n");
    }
}
