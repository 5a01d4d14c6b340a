//! Which clusters a report is about: by name, by the labels that the hub has for them, or by a list.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use ztp_common::api::Server;
use ztp_common::cli::{Failure, Terminal, clusters_from, is_stdin, one_stdin};
use ztp_common::inventory::{Inventory, Query};
use ztp_common::placement;
use ztp_common::resource::{LabelSelector, Metadata, Resource, read};

use crate::candidates;
use crate::source::{FromArgs, failure};
use crate::target::require_hub;

/// Clusters to report on.
#[derive(Args, Clone, Debug)]
pub struct WhichArgs {
    /// Managed clusters of the hub, or some of several recorded ones
    #[arg(value_name = "NAME", add = ArgValueCompleter::new(candidates::clusters))]
    names: Vec<String>,
    /// Managed clusters with these labels; given more than once, any of them may match
    #[arg(short = 'l', long, value_name = "SELECTOR", conflicts_with = "from")]
    selector: Vec<String>,
    /// The clusters named in a file, one a line; - for standard input
    #[arg(long, value_name = "FILE")]
    clusters_from: Option<PathBuf>,
}

impl WhichArgs {
    /// Their names, each once: none for the cluster of the context, or all recorded ones. Nothing where clusters are
    /// selected and there are none, which is said on standard error.
    ///
    /// # Errors
    /// A selector or the list cannot be read, or the hub cannot answer.
    pub fn names(&self, from: &FromArgs, terminal: &Terminal) -> Result<Option<Vec<String>>, Failure> {
        one_stdin(&[("--clusters-from", is_stdin(self.clusters_from.as_deref())), ("--from", from.takes_stdin())])?;
        let mut names = self.names.clone();
        if let Some(path) = &self.clusters_from {
            names.extend(clusters_from(path)?);
        }
        names.extend(self.selected(from, terminal)?);
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        let is_selection = !self.selector.is_empty() || self.clusters_from.is_some();
        if names.is_empty() && is_selection {
            eprintln!("no managed cluster matches the selection");
            return Ok(None);
        }
        Ok(Some(names))
    }

    /// Those with the labels, by name.
    fn selected(&self, from: &FromArgs, terminal: &Terminal) -> Result<Vec<String>, Failure> {
        if self.selector.is_empty() {
            return Ok(Vec::new());
        }
        let parse = |text: &String| {
            placement::parse(text).map_err(|reason| Failure::new("cannot read --selector").because(reason))
        };
        let selectors = self.selector.iter().map(parse).collect::<Result<Vec<LabelSelector>, _>>()?;
        for selector in &selectors {
            placement::validate(selector).map_err(|e| Failure::new("cannot read --selector").because(e))?;
        }
        let hub = Server::connect(&from.connection(terminal)?)?;
        require_hub(&hub)?;
        let mut names = Vec::new();
        hub.each(&Query::all(Resource::MANAGED_CLUSTER), &mut |object| {
            let cluster: Metadata = read(&object["metadata"]).unwrap_or_default();
            if selectors.iter().any(|selector| placement::matches(selector, &cluster.labels)) {
                names.push(cluster.name);
            }
        })
        .map_err(failure)?;
        names.sort();
        Ok(names)
    }
}
