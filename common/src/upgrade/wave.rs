//! Apply waves: when a Backup, a Restore or an extra manifest has its turn.

use super::annotation::{APPLY_WAVE, LAST_WAVE};
use super::manifest::Manifest;

/// The wave of an object; none or an empty one means the last (LCA main `internal/common` apply-wave).
///
/// # Errors
/// The text that is not an integer.
pub fn of<'m>(manifest: &'m Manifest<'_>) -> Result<i64, &'m str> {
    match manifest.annotation(APPLY_WAVE) {
        None | Some("") => Ok(LAST_WAVE),
        Some(text) => text.parse().map_err(|_| text),
    }
}

/// A wave for people.
pub fn name(wave: i64) -> String {
    if wave == LAST_WAVE { "no wave, so the last".to_owned() } else { format!("wave {wave}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_last_and_words_are_errors() {
        let of_text = |text: &str| {
            let value = serde_json::json!({"metadata": {"annotations": {APPLY_WAVE: text}}});
            of(&Manifest::from_value(value)).map_err(str::to_owned)
        };
        assert_eq!(of_text(""), Ok(LAST_WAVE));
        assert_eq!(of_text("-3"), Ok(-3));
        assert_eq!(of_text("one"), Err("one".to_owned()));
    }
}
