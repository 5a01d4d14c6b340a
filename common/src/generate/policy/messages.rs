//! What is said about the entries of a PolicyGenTemplate and their source CRs.

use std::path::Path;

use crate::finding::Finding;
use crate::yaml;

use super::draft::PolicyDraft;
use super::overlay::{Mismatch, Side};
use super::placement::Rule;
use super::report::Report;
use super::source_cr::{MCP, Placeholder};
use super::source_crs::SourceCrError;
use super::template::Entry;

const STOPS: &str = "the PolicyGenTemplate generator stops here, and Argo CD would report a ComparisonError";

/// A source CR that cannot be had.
pub fn source_cr(entry: &Entry<'_>, error: SourceCrError, report: &mut Report) {
    let fact = error.to_string();
    match error {
        SourceCrError::Missing { searched, nearest, .. } => {
            let folders: Vec<String> = searched.iter().map(|folder| folder.display().to_string()).collect();
            let finding = Finding::error("policy/source-missing", fact).label("not found");
            let finding = finding.note(format!("searched {}", folders.join(", ")));
            report.at(
                entry.anchor(),
                match nearest {
                    Some(nearest) => finding.fix(format!("did you mean \"{nearest}\"?")),
                    None => finding.fix("add the file to source-crs, or name the folder that has it with --source-crs"),
                },
            );
        }
        SourceCrError::Unreadable { .. } => {
            report.at(entry.anchor(), Finding::error("policy/source-unreadable", fact).fix("make it a readable file"));
        }
        SourceCrError::Invalid { file_name, error } => source_yaml(entry, &file_name, &error, report),
    }
}

/// A source CR that is not YAML, or not the YAML of CRs.
pub fn source_yaml(entry: &Entry<'_>, file_name: &str, error: &yaml::Error, report: &mut Report) {
    let finding = Finding::error("policy/source-invalid", format!("source CR \"{file_name}\": {}", error.message));
    let used = entry.anchor().place();
    report.about(entry.anchor(), finding.at(error.place.clone()).note(format!("used at {used}")).note(STOPS));
}

/// Sections overlaid on a file of several documents.
pub fn multi_document(entry: &Entry<'_>, file_name: &str, section: &str, documents: usize, report: &mut Report) {
    let fact = format!("{section} cannot be overlaid on \"{file_name}\", which has {documents} documents");
    let finding = Finding::error("policy/multi-document-overlay", fact).note(STOPS);
    report.at(entry.anchor(), finding.fix("copy the document to be changed into a file of its own in source-crs/"));
}

/// A file without documents that should be written alone.
pub fn empty_source(entry: &Entry<'_>, file_name: &str, report: &mut Report) {
    let finding = Finding::error("policy/source-empty", format!("source CR \"{file_name}\" has no document"));
    report.at(entry.anchor(), finding.note("the PolicyGenTemplate generator crashes here").fix("remove the entry"));
}

/// A policy that began with a file without documents and is now given more.
pub fn empty_policy(entry: &Entry<'_>, policy: &str, report: &mut Report) {
    let fact = format!("policy \"{policy}\" begins with a source CR without documents");
    let finding = Finding::error("policy/source-empty", fact).label("cannot be added to it").note(STOPS);
    report.at(entry.anchor(), finding.fix("remove the entry with the empty source CR"));
}

/// A plain CR without the texts that name its file.
pub fn no_name(entry: &Entry<'_>, file_name: &str, report: &mut Report) {
    let fact = format!("source CR \"{file_name}\" needs kind and metadata.name, and a namespace only as text");
    let finding = Finding::error("policy/cr-identity", fact).label("written without a policy, to a file of that name");
    report.at(entry.anchor(), finding.fix("set them in the source CR or in metadata of the entry, quoted if numbers"));
}

/// A name that leads out of the output folder.
pub fn outside(entry: &Entry<'_>, name: &str, report: &mut Report) {
    let fact = format!("\"{name}\" leads to a file outside the output folder");
    report.at(entry.anchor(), Finding::error("policy/path", fact).fix("use a name without .."));
}

/// Plain CRs and a policy that go to one file.
pub fn same_file(entry: &Entry<'_>, path: &Path, report: &mut Report) {
    let fact = format!("the policy and an earlier CR are both written to {}", path.display());
    report.at(entry.anchor(), Finding::error("policy/overwritten", fact).fix("change the policyName"));
}

/// Plain CRs that replace earlier ones.
pub fn overwritten(entry: &Entry<'_>, path: &Path, report: &mut Report) {
    let fact = format!("{} is written twice; only the last one stays", path.display());
    let finding = Finding::warning("policy/overwritten", fact).label("replaces what an earlier entry made");
    report.at(entry.anchor(), finding.fix("give the CRs different names, or remove one entry"));
}

/// A policy that placement replaces.
pub fn overwritten_by_placement(path: &Path) -> Finding {
    let fact = format!("{} is written twice: the placement replaces what an entry made", path.display());
    Finding::warning("policy/overwritten", fact).fix("change the policyName of that entry")
}

/// Parts that do not fit together.
pub fn mismatch(entry: &Entry<'_>, file_name: &str, mismatch: &Mismatch, report: &mut Report) {
    let finding = Finding::error("policy/overlay-mismatch", format!("\"{file_name}\": {mismatch}"));
    let finding = finding.note("the PolicyGenTemplate generator crashes here");
    report.at(
        entry.anchor(),
        match mismatch.side {
            Side::Overlay => finding.fix("give the overlay the structure of the source CR"),
            Side::Source => finding.fix("correct the source CR: sections, labels and annotations are maps"),
        },
    );
}

/// A text that nobody filled in.
pub fn placeholder(entry: &Entry<'_>, file_name: &str, placeholder: &Placeholder, report: &mut Report) {
    let fact = format!("placeholder \"{}\" of \"{file_name}\" stays in the CR", placeholder.text);
    let finding = Finding::warning("policy/placeholder", fact).label(format!("at {placeholder}"));
    report.at(
        entry.anchor(),
        if placeholder.text.contains(MCP) {
            finding.fix("set spec.mcp")
        } else {
            finding.fix(format!("overlay {placeholder}"))
        },
    );
}

/// A wave that is lost.
pub fn unquoted_wave(entry: &Entry<'_>, file_name: &str, found: &str, report: &mut Report) {
    let fact = format!("the deploy wave of \"{file_name}\" is {found}, not a text, and is lost");
    let finding = Finding::warning("policy/wave-unquoted", fact).label("the policy does not take this wave");
    report.at(entry.anchor(), finding.fix("quote the annotation ran.openshift.io/ztp-deploy-wave in the source CR"));
}

/// CRs of different waves in one policy.
pub fn wave_mismatch(
    file_name: &str,
    wave: &str,
    policy: &PolicyDraft<'_>,
    other: Option<&PolicyDraft<'_>>,
) -> Finding {
    let (policy_wave, line) = policy.wave.as_ref().map_or(("", 0), |(wave, node)| (&**wave, node.place().line));
    let (shown, policy_shown) = (display(wave), display(policy_wave));
    let fact = format!("policy \"{}\" mixes deploy waves {policy_shown} and {shown}", policy.name);
    let fix = match other.and_then(|other| Some((other, other.wave.as_ref()?.1.place().line))) {
        Some((other, line)) => {
            format!("move it to \"{}\" (wave {shown}, line {line}) or give it its own policy", other.policy_name)
        }
        None => format!("give \"{file_name}\" its own policy"),
    };
    Finding::error("policy/wave-mismatch", fact)
        .label(format!("wave {shown}; the policy took wave {policy_shown} from line {line}"))
        .note(STOPS)
        .fix(fix)
}

fn display(wave: &str) -> &str {
    if wave.is_empty() { "\"\"" } else { wave }
}

/// A label asked for and excluded.
pub fn contradiction(rule: Rule<'_>, excluded: Rule<'_>) -> Finding {
    let label = |rule: Rule<'_>| {
        if rule.value.is_empty() { rule.key.to_owned() } else { format!("{}={}", rule.key, rule.value) }
    };
    let fact = format!("no cluster can have {} and not have {}", label(rule), label(excluded));
    Finding::error("policy/binding-contradiction", fact)
        .label("bindingRules ask for this label")
        .note(STOPS)
        .fix("remove the label from bindingRules or from bindingExcludedRules")
}

/// Values asked for and excluded.
pub fn overlapping(key: &str, values: &[&str]) -> Finding {
    let fact = format!("{key} is asked for and excluded with the same value: {}", values.join(", "));
    Finding::warning("policy/binding-overlap", fact)
        .label("clusters with such a value get no policy")
        .fix("remove the value from bindingRules or from bindingExcludedRules")
}

/// A name that ACM does not take.
pub fn too_long(name: &str, length: usize, limit: usize) -> Finding {
    let fact = format!("\"{name}\" has {length} bytes; namespace and name may have {limit} with the dot between");
    let fix = format!("shorten the namespace, the PolicyGenTemplate's name or the policyName by {}", length - limit);
    Finding::error("policy/name-length", fact).note("a limit of ACM for policies and their placement").fix(fix)
}
