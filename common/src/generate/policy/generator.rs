//! From a PolicyGenTemplate file to its policies, placement and plain CRs: `Build` in `policyBuilder.go` of the
//! generator 4.20.

use std::sync::Arc;

use crate::finding::Finding;
use crate::generate::Generated;
use crate::suggest::nearest;
use crate::yaml::{NodeRef, Place, Source, documents};

use super::assembly::Assembly;
use super::report::{Report, unreadable};
use super::source_crs::SourceCrs;
use super::template;

/// The kind of file it reads.
pub const KIND: &str = "PolicyGenTemplate";

/// Whether CRs are wrapped in policies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrapping {
    /// As each file says.
    #[default]
    AsWritten,
    /// Never: upstream's `-wrapInPolicy=false`.
    Never,
}

/// Makes policies from PolicyGenTemplates. One for a run, used by all its threads.
#[derive(Clone, Debug)]
pub struct PgtGenerator {
    source_crs: Arc<SourceCrs>,
    wrapping: Wrapping,
}

impl PgtGenerator {
    /// A generator that takes its source CRs from `source_crs`.
    pub fn new(source_crs: Arc<SourceCrs>, wrapping: Wrapping) -> Self {
        Self { source_crs, wrapping }
    }

    /// The objects of a file, in the order they first come up in it, and everything there is to say about it. Objects
    /// are empty when there is an error, and when the file is of another kind.
    pub fn generate(&self, source: &Source) -> Generated {
        let mut documents = documents(source);
        let first = match documents.next() {
            Some(Ok(document)) => document,
            Some(Err(error)) => return only(unreadable(error)),
            None => return only(Finding::warning("policy/empty-file", format!("{} is empty", source.name()))),
        };
        let Some(root) = first.root().filter(|root| !root.is_null()) else {
            let fact = "the first document is empty, so nothing is generated";
            let fix = "remove the --- before the PolicyGenTemplate";
            return only(Finding::warning("policy/empty-file", fact).at(source.place(Default::default())).fix(fix));
        };
        let mut report = Report::default();
        if !is_template(root, &mut report) {
            return Generated { objects: Vec::new(), findings: report.finish() };
        }
        let template = template::read(root, &mut report);
        let objects = Assembly::new(&self.source_crs, self.wrapping, root, &template, &mut report).run(source.name());
        if let Some(more) = documents.next() {
            let place = match &more {
                Ok(document) => document.root().map(NodeRef::place),
                Err(error) => Some(error.place.clone()),
            };
            more_documents(root, place, &mut report);
        }
        let objects = if report.failed() { Vec::new() } else { objects };
        Generated { objects, findings: report.finish() }
    }
}

/// Looks at `kind` alone, as upstream does first.
fn is_template(root: NodeRef<'_>, report: &mut Report) -> bool {
    let kind = match root.fields() {
        Ok(fields) => fields.into_iter().find(|(key, _)| key.text() == Some("kind")).map(|(_, value)| value),
        Err(error) => {
            report.yaml(error);
            return false;
        }
    };
    let text = match kind.map(NodeRef::decode_text) {
        Some(Err(error)) => {
            report.yaml(error);
            return false;
        }
        Some(Ok(text)) => text,
        None => "",
    };
    if text == KIND {
        return true;
    }
    let fact = if text.is_empty() { "the file has no kind".to_owned() } else { format!("the file is of kind {text}") };
    let finding = Finding::warning("policy/other-kind", fact).label("skipped by the generator");
    let finding = match nearest(text, [KIND]) {
        Some(kind) => finding.fix(format!("did you mean {kind}?")),
        None => finding.fix("leave it out of the generators of the kustomization"),
    };
    report.at(kind.unwrap_or(root), finding);
    false
}

fn more_documents(root: NodeRef<'_>, place: Option<Place>, report: &mut Report) {
    let mut finding = Finding::warning("policy/more-documents", "only the first document of the file is read")
        .label("ignored by the generator")
        .fix("put each PolicyGenTemplate into its own file");
    finding.place = place;
    report.about(root, finding);
}

fn only(finding: Finding) -> Generated {
    Generated { objects: Vec::new(), findings: vec![finding] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Value;

    const HEAD: &str = "kind: PolicyGenTemplate\nmetadata: {name: t, namespace: ns}\nspec:\n  bindingRules: {a: b}\n";

    fn cr(name: &str, wave: &str) -> String {
        let metadata = format!("{{name: {name}, annotations: {{ran.openshift.io/ztp-deploy-wave: \"{wave}\"}}}}");
        format!("kind: K\nmetadata: {metadata}\nspec: {{a: 1, empty: \"\", pool: \"x-$mcp\"}}\n")
    }

    fn run(entries: &str) -> Generated {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("One.yaml"), cr("one", "1")).unwrap();
        std::fs::write(folder.path().join("Two.yaml"), cr("two", "2")).unwrap();
        let generator = PgtGenerator::new(SourceCrs::new([folder.path().into()]).into(), Wrapping::AsWritten);
        generator.generate(&Source::from_text("pgt.yaml", format!("{HEAD}{entries}")))
    }

    fn ids(generated: &Generated) -> Vec<&'static str> {
        generated.findings.iter().map(|finding| finding.id).collect()
    }

    #[test]
    fn a_policy_with_placement_and_a_plain_cr() {
        let generated = run("  mcp: m\n  sourceFiles:\n  - {fileName: One.yaml, policyName: p, spec: {a: 2}}\n  \
                             - {fileName: Two.yaml}\n");
        assert_eq!(ids(&generated), Vec::<&str>::new());
        let paths: Vec<_> = generated.objects.iter().map(|object| object.path.to_string_lossy()).collect();
        let plain = "customResource/t/K-two.yaml";
        assert_eq!(paths, ["t/t-p.yaml", plain, "t/t-placementrules.yaml", "t/t-placementbinding.yaml"]);
        let annotations = generated.objects[0].value.at(&["metadata", "annotations"]).unwrap();
        assert_eq!(annotations.get("ran.openshift.io/ztp-deploy-wave"), Some(&"1".into()));
        let templates = generated.objects[0].value.at(&["spec", "policy-templates"]).and_then(Value::as_seq).unwrap();
        let objects = templates[0].at(&["objectDefinition", "spec", "object-templates"]).and_then(Value::as_seq);
        let spec = objects.unwrap()[0].at(&["objectDefinition", "spec"]).unwrap();
        let expected: crate::yaml::Map = [("a", Value::Int(2)), ("pool", Value::from("x-m"))].into_iter().collect();
        assert_eq!(spec, &Value::Map(expected));
    }

    #[test]
    fn mixed_waves_name_both_lines_and_a_policy_that_fits() {
        let generated = run("  mcp: m\n  sourceFiles:\n  - {fileName: One.yaml, policyName: p}\n  \
                             - {fileName: Two.yaml, policyName: q}\n  - {fileName: Two.yaml, policyName: p}\n");
        assert!(generated.objects.is_empty());
        let [finding] = generated.findings.as_slice() else { panic!("{:?}", generated.findings) };
        assert_eq!(finding.fact, "policy \"t-p\" mixes deploy waves 1 and 2");
        assert_eq!(finding.label.as_deref(), Some("wave 2; the policy took wave 1 from line 7"));
        assert_eq!(finding.fix.as_deref(), Some("move it to \"q\" (wave 2, line 8) or give it its own policy"));
        assert_eq!(finding.place.as_ref().map(|place| (place.line, place.column)), Some((9, 6)));
    }

    #[test]
    fn all_problems_are_reported_in_order() {
        let generated =
            run("  sourceFiles:\n  - {fileName: Oen.yaml, policyName: p, evaluationInterval: {compliant: 1d}}\n  \
                             - {filename: Two.yaml}\n  - {fileName: One.yaml, policyName: p, rules: []}\n  \
                             - {fileName: Two.yaml, policyName: q, spec: [1]}\n");
        let expected = [
            "policy/source-missing",
            "policy/interval-invalid",
            "policy/file-name-missing",
            "policy/unknown-field",
            "policy/placeholder",
            "policy/unused-section",
            "policy/yaml",
        ];
        assert_eq!(ids(&generated), expected);
        assert_eq!(generated.findings[0].fix.as_deref(), Some("did you mean \"One.yaml\"?"));
        assert_eq!(generated.findings[3].fix.as_deref(), Some("did you mean \"fileName\"?"));
    }

    #[test]
    fn other_kinds_are_skipped() {
        let generated = PgtGenerator::new(Arc::default(), Wrapping::AsWritten)
            .generate(&Source::from_text("a.yaml", "kind: PolicyGenTemplat\n"));
        assert_eq!(ids(&generated), ["policy/other-kind"]);
        assert!(!generated.failed());
    }
}
