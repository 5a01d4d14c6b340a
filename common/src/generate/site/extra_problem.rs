//! What is said when the extra manifests of a cluster cannot be had (ZTP 4.20 `siteConfigBuilder.go`,
//! `getExtraManifest`, stops at the first of these).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::files::Files;
use super::record::Record;
use crate::finding::Finding;
use crate::suggest::nearest;
use crate::yaml::Span;

/// How many names a finding lists.
const LISTED: usize = 8;

/// A finding, and where it belongs in the SiteConfig.
#[derive(Debug)]
pub struct Problem {
    /// Without place.
    pub finding: Finding,
    /// The place.
    pub span: Span,
}

/// The field that a step of the collection comes from.
#[derive(Clone, Copy)]
pub struct Stage<'r> {
    /// The struct that has it.
    pub cluster: &'r Record,
    /// Its Go name.
    pub field: &'static str,
}

impl Stage<'_> {
    /// What stops the generator at this step.
    pub fn stops(self, fact: impl Into<String>) -> Vec<Problem> {
        let finding = Finding::error("siteconfig/extra-manifest", fact).fix("correct the extra manifests named here");
        vec![Problem { finding, span: self.cluster.span_of(self.field) }]
    }
}

/// The folders of `searchPaths` that do not exist.
pub fn missing_folders(files: &Files, settings: &Record) -> Vec<Problem> {
    let paths = settings.texts("SearchPaths").enumerate().filter(|(_, path)| !files.exists(Path::new(&***path)));
    let problem = |(i, path): (usize, &Arc<str>)| {
        let fact = format!("there is no folder {path:?}");
        let finding = Finding::error("siteconfig/search-path-missing", fact)
            .note("paths start at the folder of the kustomization that lists the SiteConfig");
        let finding = match files.nearest(Path::new(&**path)) {
            Some(near) => finding.fix(format!("did you mean {:?}?", near.display().to_string())),
            None => finding.fix("correct the path, or add the folder"),
        };
        Problem { finding, span: settings.span_of_item("SearchPaths", i) }
    };
    paths.map(problem).collect()
}

/// A name in a filter that no manifest has.
pub fn unknown_name(list: &str, name: &str, all: &BTreeSet<Arc<str>>, span: Span) -> Problem {
    let finding =
        Finding::error("siteconfig/filter-unknown", format!("{list} names {name:?}, which is no extra manifest"));
    let mut known = all.iter().map(|known| &**known).take(LISTED).collect::<Vec<_>>().join(", ");
    if all.len() > LISTED {
        known.push_str(&format!(" +{} more", all.len() - LISTED));
    }
    let finding = finding.note(if known.is_empty() { "there are none".into() } else { format!("there are: {known}") });
    // A template is known by the name it gets for each role.
    let rendered = name.strip_suffix(".tmpl").and_then(|stem| all.iter().find(|known| known.ends_with(stem)));
    let near = rendered.map(|known| &**known).or_else(|| nearest(name, all.iter().map(|known| &**known)));
    Problem {
        finding: match near {
            Some(near) => finding.fix(format!("did you mean {near:?}?")),
            None => finding.fix("remove the entry"),
        },
        span,
    }
}

/// A name that a filter excludes twice.
pub fn already_excluded(name: &str, span: Span) -> Problem {
    let finding = Finding::error("siteconfig/filter-unknown", format!("{name:?} is excluded twice"));
    Problem { finding: finding.note("the generator stops at the second one").fix("remove this entry"), span }
}
