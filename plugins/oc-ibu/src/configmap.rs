//! `oc ibu configmap`: wraps OADP content, extra manifests and catalog sources into the ConfigMaps that the agent reads.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ztp_common::cli::{Failure, Outcome, Terminal, print};
use ztp_common::finding::Finding;
use ztp_common::upgrade::extra_manifests;
use ztp_common::upgrade::manifest::{Manifest, read};
use ztp_common::upgrade::oadp::{self, Context};
use ztp_common::upgrade::object::{ConfigMapRef, LCA_NAMESPACE};
use ztp_common::upgrade::print::{Content, config_map, kustomization, patch};
use ztp_common::yaml::{Source, Value, emit};

use crate::inputs;
use crate::verdict::tell;

const EXAMPLES: &str = "\
Examples:
  oc ibu configmap oadp backup-restore/ | oc apply -f -
  oc ibu configmap extra-manifests ptp.yaml sriov.yaml --name du-manifests
  oc ibu configmap catalog-sources catalogs.yaml --patch
  oc ibu configmap oadp acm.yaml app.yaml --kustomize > kustomization.yaml";

/// What the API server stores at most in a ConfigMap.
const MAX_BYTES: usize = 1 << 20;

/// What is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Backups and Restores
    Oadp,
    /// Manifests to apply after the reboot
    ExtraManifests,
    /// CatalogSources, which all vanish at the reboot
    CatalogSources,
}

impl What {
    fn content(self) -> Content {
        if self == Self::Oadp { Content::Oadp } else { Content::ExtraManifests }
    }

    fn default_reference(self) -> (&'static str, &'static str) {
        match self {
            Self::Oadp => ("oadp-cm", "openshift-adp"),
            Self::ExtraManifests => ("extra-manifests-cm", LCA_NAMESPACE),
            Self::CatalogSources => ("catalog-sources-cm", LCA_NAMESPACE),
        }
    }
}

/// Print the ConfigMap for OADP content, extra manifests or catalog sources
///
/// The content is checked on the way; with an error in it nothing is printed. What needs knowledge of the cluster is
/// checked by `oc ibu validate`.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct ConfigMapArgs {
    /// oadp, extra-manifests or catalog-sources
    #[arg(value_name = "CONTENT", value_enum, hide_possible_values = true)]
    what: What,
    /// Files, folders of them, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Name of the ConfigMap [default: oadp-cm, extra-manifests-cm or catalog-sources-cm]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Its namespace, the same on hub and cluster [default: openshift-adp or openshift-lifecycle-agent]
    #[arg(short, long, value_name = "NAMESPACE")]
    namespace: Option<String>,
    /// Print the part of the ImageBasedUpgrade that names the ConfigMap instead
    #[arg(long, conflicts_with = "kustomize")]
    patch: bool,
    /// Print a kustomization that makes the ConfigMap from the files instead
    #[arg(long)]
    kustomize: bool,
}

/// Does `configmap`.
///
/// # Errors
/// A file cannot be read, two have one name, they are too large together, or standard output cannot be written.
pub fn run(args: &ConfigMapArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let sources = inputs::read(&args.files)?;
    let (name, namespace) = args.what.default_reference();
    let reference = ConfigMapRef {
        name: args.name.clone().unwrap_or_else(|| name.to_owned()),
        namespace: args.namespace.clone().unwrap_or_else(|| namespace.to_owned()),
    };
    let object = object(args, &reference, &sources)?;
    let tally = tell(&check(args.what, &sources), terminal);
    if tally.errors == 0 {
        print(&emit::to_string(&object))?;
        if !terminal.quiet && !args.patch && !args.kustomize {
            let field = args.what.content().field();
            eprintln!("name it in spec.{field} of the ImageBasedUpgrade: add --patch to this command to see how");
        }
    } else if !terminal.quiet {
        eprintln!("{}; nothing was printed", tally.text());
    }
    Ok(tally.outcome())
}

fn object(args: &ConfigMapArgs, reference: &ConfigMapRef, sources: &[Source]) -> Result<Value, Failure> {
    let total: usize = sources.iter().map(|s| s.text().len()).sum();
    if total > MAX_BYTES {
        return Err(Failure::new(format!("ConfigMap \"{}\" would hold {total} bytes", reference.name))
            .because("the API server takes 1 MiB at most")
            .fix("spread the files over several ConfigMaps, each with its --name"));
    }
    let files: Vec<(&str, &str)> = sources.iter().map(|s| (s.name().as_ref(), s.text())).collect();
    // The keys must differ in whatever form the ConfigMap is made.
    let map = config_map(reference, &files).map_err(Failure::new)?;
    if args.patch {
        return Ok(patch(args.what.content(), std::slice::from_ref(reference)));
    }
    if args.kustomize {
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        if paths.contains(&"stdin") {
            return Err(Failure::new("kustomize cannot read standard input").fix("name files"));
        }
        return Ok(kustomization(reference, &paths));
    }
    Ok(map)
}

fn check(what: What, sources: &[Source]) -> Vec<Finding> {
    let findings = match what {
        What::Oadp => oadp::check_sources(sources, Context::default()),
        What::ExtraManifests | What::CatalogSources => {
            extra_manifests::check_sources(sources, &extra_manifests::Cluster::default())
        }
    };
    let mut findings: Vec<Finding> = findings.into_iter().map(|f| f.finding).collect();
    if what == What::CatalogSources {
        findings.extend(read(sources, |manifests, _| manifests.iter().filter_map(other_kind).collect::<Vec<_>>()));
    }
    findings
}

fn other_kind(manifest: &Manifest<'_>) -> Option<Finding> {
    if manifest.kind() == "CatalogSource" {
        return None;
    }
    let fact = format!("{} \"{}\" is no CatalogSource", manifest.kind(), manifest.name());
    let finding = Finding::error("ibu/catalog-source-kind", fact).fix("wrap it with: oc ibu configmap extra-manifests");
    Some(match manifest.place(&["kind"]) {
        Some(place) => finding.at(place),
        None => finding,
    })
}
