//! Relative links in the documentation lead to files that exist.

use std::path::{Path, PathBuf};

#[test]
fn relative_links_lead_somewhere() -> std::io::Result<()> {
    let root = ztp_tests::workspace();
    let mut broken = Vec::new();
    let pages = pages(&root)?;
    assert!(pages.len() > 3, "the pages were not found: {pages:?}");
    for page in pages {
        let text = std::fs::read_to_string(&page)?;
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            let local = !file.is_empty() && !link.contains("://");
            if local && !page.parent().unwrap_or(Path::new(".")).join(file).exists() {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    Ok(())
}

fn pages(root: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut pages = Vec::new();
    for folder in [".", "docs", "examples"] {
        for entry in std::fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    Ok(pages)
}
