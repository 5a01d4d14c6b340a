//! What a tree hands to a generator plugin, and in which spelling.
//!
//! Kustomize re-encodes a generator's document before the plugin sees it, so unquoted numbers, booleans and dates
//! arrive in their canonical spelling: `4.10` as `4.1`, `0777` as `511`. The same is done here inside the user's own
//! text, so that the places in what the plugin reports stay right.

use std::path::Path;

use super::read::{as_json, normal};
use crate::finding::Finding;
use crate::generate::Generated;
use crate::yaml::{Kind, NodeRef, Place, ScalarStyle, Source, Value, documents, emit};

/// One document for a generator.
#[derive(Debug)]
pub struct GeneratorInput<'i> {
    /// `apiVersion` of the document.
    pub api_version: &'i str,
    /// `kind` of the document.
    pub kind: &'i str,
    /// The document as the plugin sees it, under the name of the user's file.
    pub source: &'i Source,
    /// The working folder: the folder of the kustomization that lists the generator.
    pub folder: &'i Path,
    /// Where the document stands or is listed.
    pub place: Option<&'i Place>,
}

/// The generators a tree may use.
pub trait GeneratorPlugin: Sync {
    /// What a document generates; `None` when there is no generator for its kind.
    ///
    /// Objects beside error-level findings are taken, for errors that travel in an object; errors without objects
    /// fail the tree.
    fn generate(&self, input: &GeneratorInput<'_>) -> Option<Generated>;
}

/// The text of a document for its generator: the lines before it empty, scalars in canonical spelling. With warnings
/// about numbers and dates that change.
pub(super) fn respelled(source: &Source, root: NodeRef<'_>) -> (String, Vec<Finding>) {
    let mut changes = Vec::new();
    scalars(root, 0, &mut changes);
    changes.sort_by_key(|(node, _)| node.span().start);
    let place = root.place();
    let mut text = "\n".repeat(place.line.saturating_sub(1) as usize);
    text.push_str(&" ".repeat(place.column.saturating_sub(1) as usize));
    let mut at = root.span().start as usize;
    let whole = source.text();
    let mut findings = Vec::new();
    for (node, spelling) in changes {
        let span = node.span();
        text.push_str(whole.get(at..span.start as usize).unwrap_or_default());
        text.push_str(&spelling);
        at = span.end as usize;
        findings.extend(warning(node, &spelling));
    }
    text.push_str(whole.get(at..root.span().end as usize).unwrap_or_default());
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let wanted = normal(root).ok();
    if reread(&text) == wanted {
        return (text, findings);
    }
    (wanted.as_ref().map(emit::to_string).unwrap_or(text), findings)
}

fn reread(text: &str) -> Option<Value> {
    let source = Source::from_text("", text);
    let document = documents(&source).next()?.ok()?;
    normal(document.root()?).ok()
}

fn warning(node: NodeRef<'_>, spelling: &str) -> Option<Finding> {
    let written = node.text()?;
    let telling = written.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    telling.then(|| {
        let fact = format!("kustomize hands {written} to the generator as {spelling}");
        Finding::warning("kustomize/respelled-value", fact)
            .at(node.place())
            .fix(format!("write '{written}' in quotes if it is meant as text"))
    })
}

/// Plain scalars whose canonical spelling is another one.
fn scalars<'d>(node: NodeRef<'d>, depth: usize, changes: &mut Vec<(NodeRef<'d>, String)>) {
    if node.is_alias() || depth > 500 {
        return;
    }
    match node.kind() {
        Kind::Scalar(ScalarStyle::Plain) if node.tag().is_none() => {
            if let Some(spelling) = canonical(node).filter(|s| Some(s.as_str()) != node.text()) {
                changes.push((node, spelling));
            }
        }
        Kind::Seq => node.items().for_each(|item| scalars(item, depth + 1, changes)),
        Kind::Map => node.entries().for_each(|(_, value)| scalars(value, depth + 1, changes)),
        _ => {}
    }
}

fn canonical(node: NodeRef<'_>) -> Option<String> {
    let value = node.to_value().ok()?;
    if matches!(value, Value::Str(_) | Value::Null) {
        return None;
    }
    let value = as_json(&value).ok()?.unwrap_or(value);
    Some(emit::to_string(&value).trim_end().to_owned())
}
