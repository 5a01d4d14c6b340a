//! `oc talm create`: a new CGU, disabled unless it is asked otherwise.

use std::path::PathBuf;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use serde_json::Value;
use ztp_common::cli::{Failure, Outcome, Terminal, is_stdin, one_stdin};
use ztp_common::finding::Finding;
use ztp_common::resource::{ClusterGroupUpgrade, ClusterGroupUpgradeStatus};
use ztp_common::rollout::decide::{Draft, Pick, pick, unknown_fields};
use ztp_common::rollout::select;

use crate::candidates;
use crate::cgu_flags::CguFlags;
use crate::change::ChangeArgs;
use crate::facts::{Facts, cgu_in_file};
use crate::make::make;
use crate::selection::{SelectionArgs, named};
use crate::target::CguName;
use crate::words::{listed, many};
use crate::writing::typed;

const EXAMPLES: &str = "\
Examples:
  oc talm create du-4-20 -n ztp-group -l du-profile=latest --missing --canary sno1,sno7 --max-concurrency 50
  oc talm create du-4-20 -n ztp-group --clusters sno1,sno2 --policy common-ocp-4-20 --max-concurrency 2 --precache
  oc talm create -f cgu.yaml --enable
  oc talm create du-4-20 -n ztp-group -l du-profile=latest --waves 1-10 --max-concurrency 50 --dry-run=client -o yaml";

/// Create a ClusterGroupUpgrade, after showing what it will do
///
/// The CGU comes from flags, from a file, or from a file with flags written over it. It is created disabled: nothing
/// happens on clusters but pre-caching, until oc talm enable. What the API accepts but does harm is refused with the
/// reason; --accept insists. Running the command again changes nothing.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct CreateArgs {
    /// Name of the CGU
    #[arg(required_unless_present = "filename")]
    name: Option<CguName>,
    /// Namespace of the CGU
    #[arg(short, long, value_name = "NAMESPACE", add = ArgValueCompleter::new(candidates::namespaces))]
    namespace: Option<String>,
    /// File with the CGU; - for standard input
    #[arg(short, long, value_name = "FILE")]
    filename: Option<PathBuf>,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    cgu: CguFlags,
    /// Start the rollout at once
    #[arg(long)]
    enable: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Creates it.
///
/// # Errors
/// It is not described well enough, the hub cannot be reached, or refuses it.
pub fn run(args: &CreateArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    args.one_stdin()?;
    let facts = args.change.facts.gather(terminal)?;
    let writing = args.change.writing(&facts, terminal);
    let (draft, findings) = args.draft(&facts)?;
    make(&writing, &args.change.facts, &draft, findings, None)
}

impl CreateArgs {
    fn one_stdin(&self) -> Result<(), Failure> {
        one_stdin(&[
            ("--filename", is_stdin(self.filename.as_deref())),
            ("--clusters-from", self.selection.takes_stdin()),
            ("--from", self.change.facts.takes_stdin()),
        ])
    }

    fn draft(&self, facts: &Facts) -> Result<(Draft, Vec<Finding>), Failure> {
        let (mut cgu, unknown, mut findings) = match &self.filename {
            Some(path) => in_file(path)?,
            None => (ClusterGroupUpgrade::default(), Vec::new(), Vec::new()),
        };
        let mut namespace = self.namespace.as_deref();
        if let Some(name) = &self.name {
            cgu.metadata.name.clone_from(&name.name);
            namespace = name.given(namespace, &facts.hub)?;
        }
        if let Some(namespace) = namespace {
            namespace.clone_into(&mut cgu.metadata.namespace);
        } else if cgu.metadata.namespace.is_empty() {
            facts.default_namespace().clone_into(&mut cgu.metadata.namespace);
        }
        self.selection.apply(&mut cgu.spec)?;
        let config = self.cgu.apply(&mut cgu)?;
        // A file says what it wants; without one nothing starts unasked.
        let from_file = self.filename.is_some().then_some(cgu.spec.enable).flatten();
        cgu.spec.enable = Some(self.enable || from_file == Some(true));
        self.complete(&cgu)?;
        if self.cgu.picks() {
            findings.extend(self.pick(&mut cgu, facts)?);
        }
        Ok((Draft { cgu, unknown, config }, findings))
    }

    /// What a CGU cannot do without.
    fn complete(&self, cgu: &ClusterGroupUpgrade) -> Result<(), Failure> {
        let spec = &cgu.spec;
        if spec.clusters.is_none() && spec.cluster_selector.is_none() && spec.cluster_label_selectors.is_none() {
            return Err(Failure::new("no cluster is selected").fix("give -l, --clusters or --clusters-from"));
        }
        if self.filename.is_none() && self.cgu.max_concurrency.is_none() {
            return Err(Failure::new("a new CGU needs the size of a batch").fix("give --max-concurrency"));
        }
        Ok(())
    }

    /// The policies that --missing and --waves mean, behind those named.
    fn pick(&self, cgu: &mut ClusterGroupUpgrade, facts: &Facts) -> Result<Vec<Finding>, Failure> {
        let clusters = select(&facts.hub, &cgu.spec).clusters;
        let picked = pick(&facts.hub, &clusters, &Pick { waves: self.cgu.waves.clone(), missing: self.cgu.missing });
        let named =
            if named(&self.cgu.policy).next().is_none() { Vec::new() } else { cgu.spec.managed_policies.clone() };
        let fresh: Vec<String> = picked.policies.into_iter().filter(|name| !named.contains(name)).collect();
        if fresh.is_empty() && named.is_empty() {
            let what = match (self.cgu.missing, &self.cgu.waves) {
                (true, _) => "every policy on the selected clusters is compliant or enforced already",
                (false, _) => "no policy on the selected clusters has a wave in this range",
            };
            return Err(Failure::new("there is nothing to roll out")
                .because(what)
                .fix("oc talm plan, or name policies with --policy"));
        }
        cgu.spec.managed_policies = named.into_iter().chain(fresh).collect();
        let note = |names: &[String], why: &str| {
            (!names.is_empty()).then(|| format!("{} {why}: {}", many(names.len(), "policy"), listed(names, 5)))
        };
        let notes = [note(&picked.enforced, "enforced already"), note(&picked.without_wave, "without a wave")];
        for note in notes.into_iter().flatten() {
            eprintln!("passed over: {}", note);
        }
        Ok(Vec::new())
    }
}

type InFile = (ClusterGroupUpgrade, Vec<(Vec<String>, Value)>, Vec<Finding>);

fn in_file(path: &std::path::Path) -> Result<InFile, Failure> {
    let (object, shown) = cgu_in_file(path)?;
    let mut cgu = typed(&object)?;
    cgu.status = ClusterGroupUpgradeStatus::default();
    if cgu.metadata.name.is_empty() {
        return Err(Failure::new(format!("the ClusterGroupUpgrade in {shown} has no name"))
            .fix("name it: oc talm create NAME -f FILE"));
    }
    let unknown = unknown_fields(&object["spec"]);
    let findings = unknown.iter().map(|(_, _, finding)| finding.clone()).collect();
    Ok((cgu, unknown.into_iter().map(|(path, value, _)| (path, value)).collect(), findings))
}
