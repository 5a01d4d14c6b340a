//! Where upstream writes its files: Go's `path.Join`.

use std::path::PathBuf;

/// Joins and cleans as Go's `path.Join`, then adds `.yaml`. `None` when the path leaves the output folder.
pub fn output_path(parts: &[&str]) -> Option<PathBuf> {
    let joined = parts.join("/");
    let mut kept: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            // At the root of an absolute path `..` is the root itself.
            ".." if kept.is_empty() && joined.starts_with('/') => {}
            ".." => _ = kept.pop()?,
            _ => kept.push(part),
        }
    }
    Some(PathBuf::from(format!("{}.yaml", kept.join("/"))))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::output_path;

    #[test]
    fn dots_and_slashes_are_cleaned() {
        assert_eq!(output_path(&["t", "t-../x"]).as_deref(), Some(Path::new("t/t-../x.yaml")));
        assert_eq!(output_path(&["t", "t-p/../q"]).as_deref(), Some(Path::new("t/q.yaml")));
        assert_eq!(output_path(&["/t", "a//b/."]).as_deref(), Some(Path::new("t/a/b.yaml")));
        assert_eq!(output_path(&["t", "t-/../../../x"]), None);
    }
}
