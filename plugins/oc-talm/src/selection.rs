//! The flags that select managed clusters, as everywhere in this family.

use std::path::PathBuf;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use ztp_common::cli::{Failure, Symbol, Terminal, clusters_from, is_stdin, quoted};
use ztp_common::placement;
use ztp_common::resource::ClusterGroupUpgradeSpec;
use ztp_common::rollout::Hub;
use ztp_common::rollout::status::Chosen;
use ztp_common::suggest::nearest;

use crate::candidates;
use crate::facts::Facts;
use crate::words::{many, wrapped};

/// Which clusters.
#[derive(Args, Clone, Debug, Default)]
pub struct SelectionArgs {
    /// Clusters with these labels; given more than once, any of them may match
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    selector: Vec<String>,
    /// These clusters; a CGU has them in this order
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
        if let Some(asked) = self.asked()? {
            spec.cluster_selector = None;
            spec.clusters = asked.spec.clusters;
            spec.cluster_label_selectors = asked.spec.cluster_label_selectors;
        }
        Ok(())
    }

    /// The selection with its file read, which standard input allows once. Without any, nothing.
    ///
    /// # Errors
    /// A selector or the file cannot be read.
    pub fn asked(&self) -> Result<Option<Asked>, Failure> {
        if !self.is_given() {
            return Ok(None);
        }
        let mut names: Vec<String> = self.names().map(str::to_owned).collect();
        if let Some(path) = &self.clusters_from {
            names.extend(clusters_from(path)?);
        }
        let read = |text: &String| {
            placement::parse(text).map_err(|reason| Failure::new("cannot read --selector").because(reason))
        };
        let selectors = self.selector.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let spec = ClusterGroupUpgradeSpec {
            clusters: (!names.is_empty() || selectors.is_empty()).then_some(names),
            cluster_label_selectors: (!selectors.is_empty()).then_some(selectors),
            ..Default::default()
        };
        Ok(Some(Asked { spec, again: self.again() }))
    }

    /// The flags once more, for commands to be pasted; nothing where they are too long, or cannot be repeated.
    pub fn again(&self) -> String {
        if self.takes_stdin() || self.clusters.len() > MAX_PASTED {
            return String::new();
        }
        let mut text: String = self.selector.iter().map(|text| format!(" -l {}", quoted(text))).collect();
        let names: Vec<&str> = self.names().collect();
        if !names.is_empty() {
            text += &format!(" --clusters {}", quoted(&names.join(",")));
        }
        if let Some(path) = &self.clusters_from {
            text += &format!(" --clusters-from {}", quoted(&path.display().to_string()));
        }
        text
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        named(&self.clusters)
    }
}

/// The names in a list: an empty one, as of a variable that is not set, is none.
pub fn named(list: &[String]) -> impl Iterator<Item = &str> {
    list.iter().map(|name| name.trim()).filter(|name| !name.is_empty())
}

/// Writes the names in a list, if there are any, over those of a field.
pub fn write_names(given: &[String], field: &mut Vec<String>) {
    if named(given).next().is_some() {
        *field = named(given).map(str::to_owned).collect();
    }
}

/// More names than this are not repeated in a command.
const MAX_PASTED: usize = 5;

/// A selection, read.
#[derive(Clone, Debug)]
pub struct Asked {
    spec: ClusterGroupUpgradeSpec,
    /// The flags that say it, with a space before; may be empty.
    pub again: String,
}

impl Asked {
    /// The clusters that the hub has for it now.
    ///
    /// # Errors
    /// A selector that the API refuses.
    pub fn chosen(&self, hub: &Hub) -> Result<Chosen, Failure> {
        Chosen::of(hub, &self.spec).map_err(|reason| Failure::new("cannot read --selector").because(reason))
    }
}

/// Whether there is nobody to report on, which is said on standard error.
pub fn say_nobody(chosen: &Chosen, facts: &Facts, terminal: &Terminal) -> bool {
    let is_nobody = chosen.clusters.is_empty();
    if is_nobody {
        let line = format!("no managed cluster matches the selection; {}\n", facts.line());
        eprint!("{}", wrapped(&line, terminal.width));
    }
    is_nobody
}

/// A line for each name that the hub does not know, with the name that may have been meant.
pub fn unknown(chosen: &Chosen, hub: &Hub, terminal: &Terminal, limit: usize) -> Vec<String> {
    let sign = terminal.out.error(terminal.symbols.sign(Symbol::Fail));
    let mut lines = Vec::new();
    for name in chosen.unknown.iter().take(limit) {
        lines.push(format!("{sign} the hub has no managed cluster {name:?}"));
        let near = nearest(name, hub.clusters.keys().map(String::as_str));
        lines.extend(near.map(|near| format!("  fix: did you mean {near}?")));
    }
    if chosen.unknown.len() > limit {
        lines.push(format!("+{} more names that the hub does not know", chosen.unknown.len() - limit));
    }
    lines
}

/// How many findings a selection hides.
pub fn left_out(count: usize) -> Option<String> {
    let findings = many(count, "finding");
    (count > 0).then(|| format!("{findings} about other clusters left out: shown without a selection"))
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
    fn an_empty_name_is_no_name() {
        let flags = |names: &[&str]| SelectionArgs {
            clusters: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Default::default()
        };
        let asked = flags(&["", "sno1", " "]).asked().unwrap().unwrap();
        assert_eq!((asked.spec.clusters, asked.again.as_str()), (Some(vec!["sno1".to_owned()]), " --clusters sno1"));
        assert_eq!(flags(&[""]).asked().unwrap().unwrap().spec.clusters, Some(Vec::new()));
        let mut field = vec!["old".to_owned()];
        write_names(&[String::new()], &mut field);
        assert_eq!(field, ["old"]);
        write_names(&["new".to_owned(), String::new()], &mut field);
        assert_eq!(field, ["new"]);
    }
}
