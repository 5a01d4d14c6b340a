//! Files that several PolicyGenTemplates of a run write to: upstream keeps the last one without a word.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::finding::Finding;
use crate::generate::Generated;

/// The findings about output files that a later generator file replaces, in the order they are replaced. Usually two
/// PolicyGenTemplates have the same name.
pub fn overwritten_files(run: &[Generated]) -> Vec<Finding> {
    let mut writers: HashMap<&Path, &Arc<str>> = HashMap::new();
    let mut findings = Vec::new();
    for object in run.iter().flat_map(|generated| &generated.objects) {
        match writers.insert(&object.path, &object.origin) {
            Some(earlier) if *earlier != object.origin => {
                let path = object.path.display();
                let fact = format!("{path} of {earlier} is replaced by that of {}", object.origin);
                let finding = Finding::warning("policy/overwritten", fact);
                findings.push(finding.fix("give the PolicyGenTemplates different names"));
            }
            _ => {}
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::Object;
    use crate::yaml::Value;

    #[test]
    fn documents_of_one_file_do_not_replace_each_other() {
        let object = |path: &str, origin: &str| Object { value: Value::Null, path: path.into(), origin: origin.into() };
        let generated = |objects| Generated { objects, findings: Vec::new() };
        let run = [
            generated(vec![object("m.yaml", "a.yaml"), object("m.yaml", "a.yaml"), object("x.yaml", "a.yaml")]),
            generated(vec![object("x.yaml", "b.yaml")]),
        ];
        let findings = overwritten_files(&run);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].fact, "x.yaml of a.yaml is replaced by that of b.yaml");
    }
}
