//! The flags that select managed clusters, as everywhere in this family.

use std::path::PathBuf;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use ztp_common::cli::Failure;
use ztp_common::placement;
use ztp_common::resource::ClusterGroupUpgradeSpec;

use crate::candidates;
use crate::stdin::is_stdin;

/// Which clusters.
#[derive(Args, Clone, Debug, Default)]
pub struct SelectionArgs {
    /// Clusters with these labels; given more than once, any of them may match
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    selector: Vec<String>,
    /// These clusters, in this order
    #[arg(long, value_name = "NAME", value_delimiter = ',', add = ArgValueCompleter::new(candidates::clusters))]
    clusters: Vec<String>,
    /// The clusters named in a file, one a line; - for standard input
    #[arg(long, value_name = "FILE")]
    clusters_from: Option<PathBuf>,
}

impl SelectionArgs {
    /// Whether there is any.
    pub fn is_given(&self) -> bool {
        !self.selector.is_empty() || !self.clusters.is_empty() || self.clusters_from.is_some()
    }

    /// Whether it takes standard input.
    pub fn takes_stdin(&self) -> bool {
        is_stdin(self.clusters_from.as_deref())
    }

    /// Writes the selection into a spec, in the place of the one that is there. Without any, nothing changes.
    ///
    /// # Errors
    /// A selector or the file cannot be read.
    pub fn apply(&self, spec: &mut ClusterGroupUpgradeSpec) -> Result<(), Failure> {
        if !self.is_given() {
            return Ok(());
        }
        let mut names = self.clusters.clone();
        if let Some(path) = &self.clusters_from {
            let failed = |error| Failure::new(format!("cannot read clusters from {}", path.display())).because(error);
            let text = if self.takes_stdin() {
                std::io::read_to_string(std::io::stdin()).map_err(failed)?
            } else {
                std::fs::read_to_string(path).map_err(failed)?
            };
            names.extend(lines(&text));
        }
        let read = |text: &String| {
            placement::parse(text).map_err(|reason| Failure::new("cannot read --selector").because(reason))
        };
        let selectors = self.selector.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        spec.cluster_selector = None;
        spec.clusters = (!names.is_empty() || selectors.is_empty()).then_some(names);
        spec.cluster_label_selectors = (!selectors.is_empty()).then_some(selectors);
        Ok(())
    }
}

/// The first word of each line; comments and empty lines left out.
fn lines(text: &str) -> impl Iterator<Item = String> {
    let words = text.lines().filter_map(|line| line.split_whitespace().next());
    words.filter(|word| !word.starts_with('#')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_replaces_the_one_before() {
        let mut spec = ClusterGroupUpgradeSpec { clusters: Some(vec!["old".to_owned()]), ..Default::default() };
        SelectionArgs::default().apply(&mut spec).unwrap();
        assert_eq!(spec.clusters.as_deref(), Some(&["old".to_owned()][..]));
        let flags = SelectionArgs { selector: vec!["a=b".to_owned()], ..Default::default() };
        flags.apply(&mut spec).unwrap();
        assert_eq!((spec.clusters, spec.cluster_label_selectors.map(|list| list.len())), (None, Some(1)));
    }

    #[test]
    fn a_list_may_hold_comments_and_columns() {
        let names: Vec<String> = lines("# ours\nsno1  True\n\nsno2\n").collect();
        assert_eq!(names, ["sno1", "sno2"]);
    }
}
